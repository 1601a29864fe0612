-- Drafts of places (migrations/0023_place_draft.sql).

-- name: draft_put :exec
-- in: place_id i64, user_id i64, at i64, version text, fields blob
INSERT INTO place_draft (place_id, user_id, at, version, fields) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (place_id, user_id) DO UPDATE SET at = excluded.at, version = excluded.version, fields = excluded.fields;

-- name: draft_get :one -> draft_row
-- in: place_id i64, user_id i64
-- out: at i64, version text, fields blob
SELECT at, version, fields FROM place_draft WHERE place_id = $1 AND user_id = $2;

-- name: draft_forget :exec
-- in: place_id i64, user_id i64
DELETE FROM place_draft WHERE place_id = $1 AND user_id = $2;

-- name: drafts_of :many -> draft_line_row
-- in: user_id i64, most i64
-- out: at i64, code text, name text
SELECT d.at, p.public_id AS code, v.nom AS name FROM place_draft d JOIN place p ON p.id = d.place_id JOIN place_now v ON v.place_id = d.place_id
WHERE d.user_id = $1 ORDER BY d.at DESC, d.place_id LIMIT $2;

-- name: drafts_purge :exec
-- in: before i64, most i64
DELETE FROM place_draft WHERE (place_id, user_id) IN (SELECT place_id, user_id FROM place_draft WHERE at < $1 ORDER BY at LIMIT $2);
