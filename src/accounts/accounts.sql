-- Accounts, memberships, invitations (migrations/0011_accounts.sql).

-- ---- the pipeline ----

-- What a session's user may do now: no row when the account is not active; without roles, one row whose role is NULL.
-- name: account_grants :many -> grant_row
-- in: user_id i64
-- out: organisation_id i64?, role text?
SELECT m.organisation_id, m.role FROM user_account u LEFT JOIN membership m ON m.user_id = u.id AND m.suspended_at IS NULL
WHERE u.id = $1 AND u.state = 'active' ORDER BY m.organisation_id, m.role;

-- ---- accounts ----

-- name: account_by_email :one -> account_row
-- in: email_index blob
-- out: id i64, email_enc blob, name_enc blob, state text, password_hash text?, totp_enc blob?, totp_new_enc blob?, demo i64, seen_at i64?
SELECT id, email_enc, name_enc, state, password_hash, totp_enc, totp_new_enc, demo, seen_at FROM user_account WHERE email_index = $1;

-- name: account_by_id :one -> account_row
-- in: id i64
-- out: id i64, email_enc blob, name_enc blob, state text, password_hash text?, totp_enc blob?, totp_new_enc blob?, demo i64, seen_at i64?
SELECT id, email_enc, name_enc, state, password_hash, totp_enc, totp_new_enc, demo, seen_at FROM user_account WHERE id = $1;

-- name: account_all :many -> account_row
-- in: most i64
-- out: id i64, email_enc blob, name_enc blob, state text, password_hash text?, totp_enc blob?, totp_new_enc blob?, demo i64, seen_at i64?
SELECT id, email_enc, name_enc, state, password_hash, totp_enc, totp_new_enc, demo, seen_at FROM user_account ORDER BY id LIMIT $1;

-- name: account_insert :exec
-- in: id i64, email_index blob, email_enc blob, name_enc blob, at i64
INSERT INTO user_account (id, email_index, email_enc, name_enc, state, created_at) VALUES ($1, $2, $3, $4, 'invited', $5)
ON CONFLICT (email_index) DO NOTHING;

-- name: account_make_demo :exec
-- in: id i64, password_hash text, at i64
UPDATE user_account SET state = 'active', password_hash = $2, password_at = $3, demo = 1 WHERE id = $1;

-- name: account_set_state :exec
-- in: id i64, state text
UPDATE user_account SET state = $2 WHERE id = $1;

-- name: account_set_password :exec
-- in: id i64, password_hash text, at i64
UPDATE user_account SET password_hash = $2, password_at = $3, demo = 0, state = CASE WHEN state = 'invited' THEN 'active' ELSE state END WHERE id = $1;

-- name: account_seen :exec
-- in: id i64, at i64
UPDATE user_account SET seen_at = $2 WHERE id = $1;

-- ---- organisations and roles ----

-- name: account_organisation_named :many -> account_organisation_row
-- in: name text
-- out: id i64, name text
SELECT id, name FROM organisation WHERE name = $1 OR pivot = $1 ORDER BY id LIMIT 2;

-- name: account_organisation :one -> account_organisation_row
-- in: id i64
-- out: id i64, name text
SELECT id, name FROM organisation WHERE id = $1;

-- Where somebody works, of the organisations in which they have a role: that one, if it is among them.
-- name: account_employer :one -> account_organisation_row
-- in: user_id i64, organisation_id i64
-- out: id i64, name text
SELECT o.id, o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.user_id = $1
ORDER BY CASE WHEN o.id = $2 THEN 0 ELSE 1 END, m.created_at, o.id LIMIT 1;

-- name: account_organisation_put :exec
-- in: id i64, name text, at i64
INSERT INTO organisation (id, name, created_at) VALUES ($1, $2, $3);

-- name: account_memberships :many -> account_membership_row
-- in: user_id i64
-- out: organisation_id i64, organisation text, role text, suspended_at i64?
SELECT m.organisation_id, o.name AS organisation, m.role, m.suspended_at FROM membership m JOIN organisation o ON o.id = m.organisation_id
WHERE m.user_id = $1 ORDER BY o.name COLLATE fr, o.id, m.role;

-- name: membership_put :exec
-- in: user_id i64, organisation_id i64, role text, at i64
INSERT INTO membership (user_id, organisation_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, organisation_id, role) DO NOTHING;

-- name: membership_remove :exec
-- in: user_id i64, organisation_id i64, role text
DELETE FROM membership WHERE user_id = $1 AND organisation_id = $2 AND role = $3;

-- ---- invitations ----

-- name: invitation_insert :exec
-- in: id i64, user_id i64, organisation_id i64?, code_hash blob, at i64, expires_at i64
INSERT INTO invitation (id, user_id, organisation_id, code_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: invitation_end_all :exec
-- in: user_id i64, at i64
UPDATE invitation SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL;

-- name: invitation_by_code :one -> invitation_row
-- in: code_hash blob, at i64
-- out: id i64, user_id i64, expires_at i64
SELECT id, user_id, expires_at FROM invitation WHERE code_hash = $1 AND ended_at IS NULL AND expires_at > $2;

-- name: invitation_use :exec
-- in: id i64, at i64
UPDATE invitation SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2;

-- name: invitation_forget :exec
-- in: before i64, most i64
DELETE FROM invitation WHERE id IN (SELECT id FROM invitation WHERE expires_at < $1 LIMIT $2);

-- ---- sessions ----

-- name: account_sessions :many -> account_session_row
-- in: user_id i64, at i64, seen_after i64
-- out: id_hash blob, created_at i64, seen_at i64, device text
SELECT id_hash, created_at, seen_at, device FROM session WHERE user_id = $1 AND pending = 0 AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC LIMIT 50;

-- name: account_session_end :exec
-- in: user_id i64, id_hash blob
DELETE FROM session WHERE user_id = $1 AND id_hash = $2;

-- name: account_sessions_end :exec
-- in: user_id i64, but blob?
DELETE FROM session WHERE user_id = $1 AND (CAST($2 AS BYTEA) IS NULL OR id_hash <> $2);

-- ---- codes ----

-- name: totp_take :exec
-- in: id i64, step i64
UPDATE user_account SET totp_step = $2 WHERE id = $1 AND totp_step < $2;

-- name: totp_begin :exec
-- in: id i64, totp_new_enc blob
UPDATE user_account SET totp_new_enc = $2 WHERE id = $1 AND totp_enc IS NULL;

-- name: totp_confirm :exec
-- in: id i64, totp_enc blob, step i64
UPDATE user_account SET totp_enc = $2, totp_new_enc = NULL, totp_step = $3 WHERE id = $1 AND totp_enc IS NULL;

-- name: totp_remove :exec
-- in: id i64
UPDATE user_account SET totp_enc = NULL, totp_new_enc = NULL WHERE id = $1;

-- name: recovery_put :exec
-- in: user_id i64, code_hash blob
INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2);

-- name: recovery_take :exec
-- in: user_id i64, code_hash blob?
DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2;

-- name: recovery_clear :exec
-- in: user_id i64
DELETE FROM recovery_code WHERE user_id = $1;

-- name: recovery_count :scalar
-- in: user_id i64
-- out: n i64
SELECT count(*) AS n FROM recovery_code WHERE user_id = $1;

-- ---- wrong passwords ----

-- name: login_failure_get :one -> login_failure_row
-- in: key blob
-- out: failures i64, last_at i64
SELECT failures, last_at FROM login_failure WHERE key = $1;

-- name: login_failure_add :exec
-- in: key blob, at i64, since i64
INSERT INTO login_failure (key, failures, last_at) VALUES ($1, 1, $2)
ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN login_failure.last_at < $3 THEN 1 ELSE login_failure.failures + 1 END, last_at = $2;

-- name: login_failure_clear :exec
-- in: key blob
DELETE FROM login_failure WHERE key = $1;

-- name: login_failure_forget :exec
-- in: before i64, most i64
DELETE FROM login_failure WHERE key IN (SELECT key FROM login_failure WHERE last_at < $1 LIMIT $2);

-- ---- an organisation's accounts ----

-- name: account_of_organisation :many -> account_row
-- in: organisation_id i64, most i64, skip i64
-- out: id i64, email_enc blob, name_enc blob, state text, password_hash text?, totp_enc blob?, totp_new_enc blob?, demo i64, seen_at i64?
SELECT id, email_enc, name_enc, state, password_hash, totp_enc, totp_new_enc, demo, seen_at FROM user_account
WHERE id IN (SELECT user_id FROM membership WHERE organisation_id = $1) ORDER BY id LIMIT $2 OFFSET $3;

-- name: account_count_of_organisation :scalar
-- in: organisation_id i64
-- out: n i64
SELECT count(DISTINCT user_id) AS n FROM membership WHERE organisation_id = $1;

-- name: membership_suspend :exec
-- in: user_id i64, organisation_id i64, at i64?
UPDATE membership SET suspended_at = $3 WHERE user_id = $1 AND organisation_id = $2;

-- name: invitation_end_from :exec
-- in: user_id i64, organisation_id i64, at i64
UPDATE invitation SET ended_at = $3 WHERE user_id = $1 AND organisation_id = $2 AND ended_at IS NULL;

-- name: invitation_from :one -> invitation_row
-- in: user_id i64, organisation_id i64, at i64
-- out: id i64, user_id i64, expires_at i64
SELECT id, user_id, expires_at FROM invitation WHERE user_id = $1 AND organisation_id = $2 AND ended_at IS NULL AND expires_at > $3
ORDER BY id DESC LIMIT 1;
