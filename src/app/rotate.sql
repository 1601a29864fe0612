-- What is sealed under the master key itself, to be sealed again under the next one (rotate.c), and how far that has come
-- (migrations/0040_rotation.sql). What is sealed under a key of somebody's own is not here: that key is, wrapped.

-- name: rotation_of :one -> rotation_row
-- in: to_id text
-- out: to_id text, from_id text, started_at i64, column_name text, after_id i64, pass i64, moved_in_pass i64, moved i64, lost i64, ended_at i64?
SELECT to_id, from_id, started_at, column_name, after_id, pass, moved_in_pass, moved, lost, ended_at FROM key_rotation WHERE to_id = $1;

-- name: rotation_begin :exec
-- in: to_id text, from_id text, at i64, column_name text
INSERT INTO key_rotation (to_id, from_id, started_at, column_name, after_id, pass, moved_in_pass, moved, lost) VALUES ($1, $2, $3, $4, 0, 1, 0, 0, 0)
ON CONFLICT (to_id) DO NOTHING;

-- Only from where it was read: another runner may have been there.
-- name: rotation_move :exec
-- in: to_id text, was_column text, was_after i64, was_pass i64, column_name text, after_id i64, pass i64, moved_in_pass i64, moved i64, lost i64, ended_at i64?
UPDATE key_rotation SET column_name = $5, after_id = $6, pass = $7, moved_in_pass = $8, moved = moved + $9, lost = $10, ended_at = $11
WHERE to_id = $1 AND column_name = $2 AND after_id = $3 AND pass = $4 AND ended_at IS NULL;

-- name: rotated_household_key :many -> rotated_row
-- in: scope i64, after i64, most i64
-- out: id i64, value blob
SELECT id, key_enc AS value FROM household WHERE ($1 = 0 OR organisation_id = $1) AND id > $2 AND length(key_enc) > 0 ORDER BY id LIMIT $3;

-- name: rotated_household_key_put :exec
-- in: id i64, was blob, value blob
UPDATE household SET key_enc = $3 WHERE id = $1 AND key_enc = $2;

-- name: rotated_person_key :many -> rotated_row
-- in: scope i64, after i64, most i64
-- out: id i64, value blob
SELECT id, key_enc AS value FROM person WHERE ($1 = 0 OR household_id IN (SELECT id FROM household WHERE organisation_id = $1)) AND id > $2 AND length(key_enc) > 0 ORDER BY id LIMIT $3;

-- name: rotated_person_key_put :exec
-- in: id i64, was blob, value blob
UPDATE person SET key_enc = $3 WHERE id = $1 AND key_enc = $2;

-- name: rotated_charter_bundle_key :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, key_enc AS value FROM charter_bundle WHERE id > $1 AND length(key_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_charter_bundle_key_put :exec
-- in: id i64, was blob, value blob
UPDATE charter_bundle SET key_enc = $3 WHERE id = $1 AND key_enc = $2;

-- name: rotated_family_list_key :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, key_enc AS value FROM family_list WHERE id > $1 AND length(key_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_family_list_key_put :exec
-- in: id i64, was blob, value blob
UPDATE family_list SET key_enc = $3 WHERE id = $1 AND key_enc = $2;

-- name: rotated_user_account_email :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, email_enc AS value FROM user_account WHERE id > $1 AND length(email_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_user_account_email_put :exec
-- in: id i64, was blob, value blob
UPDATE user_account SET email_enc = $3 WHERE id = $1 AND email_enc = $2;

-- name: rotated_user_account_name :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, name_enc AS value FROM user_account WHERE id > $1 AND length(name_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_user_account_name_put :exec
-- in: id i64, was blob, value blob
UPDATE user_account SET name_enc = $3 WHERE id = $1 AND name_enc = $2;

-- name: rotated_user_account_totp :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, totp_enc AS value FROM user_account WHERE id > $1 AND length(totp_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_user_account_totp_put :exec
-- in: id i64, was blob, value blob
UPDATE user_account SET totp_enc = $3 WHERE id = $1 AND totp_enc = $2;

-- name: rotated_user_account_totp_new :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, totp_new_enc AS value FROM user_account WHERE id > $1 AND length(totp_new_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_user_account_totp_new_put :exec
-- in: id i64, was blob, value blob
UPDATE user_account SET totp_new_enc = $3 WHERE id = $1 AND totp_new_enc = $2;

-- name: rotated_identity_session_token :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, token_enc AS value FROM identity_session WHERE id > $1 AND length(token_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_identity_session_token_put :exec
-- in: id i64, was blob, value blob
UPDATE identity_session SET token_enc = $3 WHERE id = $1 AND token_enc = $2;

-- name: rotated_outbox_recipient :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, recipient_enc AS value FROM outbox WHERE id > $1 AND length(recipient_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_outbox_recipient_put :exec
-- in: id i64, was blob, value blob
UPDATE outbox SET recipient_enc = $3 WHERE id = $1 AND recipient_enc = $2;

-- name: rotated_outbox_subject :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, subject_enc AS value FROM outbox WHERE id > $1 AND length(subject_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_outbox_subject_put :exec
-- in: id i64, was blob, value blob
UPDATE outbox SET subject_enc = $3 WHERE id = $1 AND subject_enc = $2;

-- name: rotated_outbox_body :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, body_enc AS value FROM outbox WHERE id > $1 AND length(body_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_outbox_body_put :exec
-- in: id i64, was blob, value blob
UPDATE outbox SET body_enc = $3 WHERE id = $1 AND body_enc = $2;

-- name: rotated_outbox_leave :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, leave_enc AS value FROM outbox WHERE id > $1 AND length(leave_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_outbox_leave_put :exec
-- in: id i64, was blob, value blob
UPDATE outbox SET leave_enc = $3 WHERE id = $1 AND leave_enc = $2;

-- name: rotated_place_report_contact :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, contact_enc AS value FROM place_report WHERE id > $1 AND length(contact_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_place_report_contact_put :exec
-- in: id i64, was blob, value blob
UPDATE place_report SET contact_enc = $3 WHERE id = $1 AND contact_enc = $2;

-- name: rotated_print_delivery_received :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, received_enc AS value FROM print_delivery WHERE id > $1 AND length(received_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_print_delivery_received_put :exec
-- in: id i64, was blob, value blob
UPDATE print_delivery SET received_enc = $3 WHERE id = $1 AND received_enc = $2;

-- name: rotated_network_contact_email :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, email_enc AS value FROM network_contact WHERE id > $1 AND length(email_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_network_contact_email_put :exec
-- in: id i64, was blob, value blob
UPDATE network_contact SET email_enc = $3 WHERE id = $1 AND email_enc = $2;

-- name: rotated_network_contact_name :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, name_enc AS value FROM network_contact WHERE id > $1 AND length(name_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_network_contact_name_put :exec
-- in: id i64, was blob, value blob
UPDATE network_contact SET name_enc = $3 WHERE id = $1 AND name_enc = $2;

-- name: rotated_network_contact_job :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, job_enc AS value FROM network_contact WHERE id > $1 AND length(job_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_network_contact_job_put :exec
-- in: id i64, was blob, value blob
UPDATE network_contact SET job_enc = $3 WHERE id = $1 AND job_enc = $2;

-- name: rotated_network_contact_phone :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, phone_enc AS value FROM network_contact WHERE id > $1 AND length(phone_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_network_contact_phone_put :exec
-- in: id i64, was blob, value blob
UPDATE network_contact SET phone_enc = $3 WHERE id = $1 AND phone_enc = $2;

-- name: rotated_allocation_draw_seed :many -> rotated_row
-- in: after i64, most i64
-- out: id i64, value blob
SELECT id, seed_enc AS value FROM allocation_draw WHERE id > $1 AND length(seed_enc) > 0 ORDER BY id LIMIT $2;

-- name: rotated_allocation_draw_seed_put :exec
-- in: id i64, was blob, value blob
UPDATE allocation_draw SET seed_enc = $3 WHERE id = $1 AND seed_enc = $2;
