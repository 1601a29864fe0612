-- Sessions and "once only" (migrations/0001_trunk.sql).

-- name: session_insert :exec
-- in: id_hash blob, user_id i64, at i64, expires_at i64, pending i64, device text
INSERT INTO session (id_hash, user_id, created_at, seen_at, expires_at, pending, device) VALUES ($1, $2, $3, $3, $4, $5, $6);

-- name: session_find :one -> session_row
-- in: id_hash blob, at i64, seen_after i64
-- out: user_id i64, created_at i64, seen_at i64, expires_at i64, pending i64
SELECT user_id, created_at, seen_at, expires_at, pending FROM session WHERE id_hash = $1 AND expires_at > $2 AND seen_at > $3;

-- name: session_touch :exec
-- in: id_hash blob, at i64
UPDATE session SET seen_at = $2 WHERE id_hash = $1;

-- name: session_delete :exec
-- in: id_hash blob
DELETE FROM session WHERE id_hash = $1;

-- name: session_forget :exec
-- in: at i64, seen_before i64, most i64
DELETE FROM session WHERE id_hash IN (SELECT id_hash FROM session WHERE expires_at <= $1 OR seen_at <= $2 LIMIT $3);

-- The key is claimed first: a second request with it waits here for the first to commit, then finds its answer.
-- name: idempotency_claim :exec
-- in: key text, route text, at i64
INSERT INTO idempotency (key, route, status, location, created_at) VALUES ($1, $2, 303, '', $3) ON CONFLICT (key) DO NOTHING;

-- name: idempotency_settle :exec
-- in: key text, location text
UPDATE idempotency SET location = $2 WHERE key = $1;

-- name: idempotency_find :one -> idempotency_row
-- in: key text
-- out: route text, location text
SELECT route, location FROM idempotency WHERE key = $1;

-- name: idempotency_forget :exec
-- in: before i64, most i64
DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2);
