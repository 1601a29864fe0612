-- Identities at the OpenID Connect provider (migrations/0025_identity.sql).

-- name: identity_by_subject :one -> identity_row
-- in: subject_index blob
-- out: user_id i64, issuer text, linked_at i64, seen_at i64?
SELECT user_id, issuer, linked_at, seen_at FROM user_identity WHERE subject_index = $1;

-- name: identity_of_user :many -> identity_row
-- in: user_id i64
-- out: user_id i64, issuer text, linked_at i64, seen_at i64?
SELECT user_id, issuer, linked_at, seen_at FROM user_identity WHERE user_id = $1 ORDER BY issuer;

-- name: identity_put :exec
-- in: subject_index blob, user_id i64, issuer text, at i64
INSERT INTO user_identity (subject_index, user_id, issuer, linked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (subject_index) DO NOTHING;

-- name: identity_remove :exec
-- in: user_id i64, issuer text
DELETE FROM user_identity WHERE user_id = $1 AND issuer = $2;

-- name: identity_remove_all :exec
-- in: user_id i64
DELETE FROM user_identity WHERE user_id = $1;

-- name: identity_seen :exec
-- in: subject_index blob, at i64
UPDATE user_identity SET seen_at = $2 WHERE subject_index = $1;

-- An invited account becomes active by its identity, as by a password.
-- name: identity_activate :exec
-- in: user_id i64
UPDATE user_account SET state = 'active' WHERE id = $1 AND state = 'invited';

-- ---- on the way to the provider and back ----

-- name: identity_step_put :exec
-- in: id_hash blob, purpose text, user_id i64?, invitation_id i64?, suite text, lang text, expires_at i64
INSERT INTO identity_step (id_hash, purpose, user_id, invitation_id, suite, lang, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: identity_step_get :one -> identity_step_row
-- in: id_hash blob, at i64
-- out: purpose text, user_id i64?, invitation_id i64?, suite text, lang text
SELECT purpose, user_id, invitation_id, suite, lang FROM identity_step WHERE id_hash = $1 AND expires_at > $2;

-- name: identity_step_take :exec
-- in: id_hash blob
DELETE FROM identity_step WHERE id_hash = $1;

-- name: identity_step_forget :exec
-- in: at i64, most i64
DELETE FROM identity_step WHERE id_hash IN (SELECT id_hash FROM identity_step WHERE expires_at <= $1 LIMIT $2);

-- ---- leaving ----

-- name: identity_session_put :exec
-- in: id i64, session_hash blob, token_enc blob, at i64
INSERT INTO identity_session (id, session_hash, token_enc, created_at) VALUES ($1, $2, $3, $4);

-- name: identity_session_get :one -> identity_session_row
-- in: session_hash blob
-- out: id i64, token_enc blob
SELECT id, token_enc FROM identity_session WHERE session_hash = $1;

-- name: identity_session_move :exec
-- in: session_hash blob, next_hash blob
UPDATE identity_session SET session_hash = $2 WHERE session_hash = $1;

-- name: identity_session_remove :exec
-- in: id i64
DELETE FROM identity_session WHERE id = $1;

-- name: identity_session_forget :exec
-- in: before i64, most i64
DELETE FROM identity_session WHERE id IN (SELECT id FROM identity_session WHERE created_at < $1 LIMIT $2);
