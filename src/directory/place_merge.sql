-- Two records of one place made one, and the way back (migrations/0018_place_merged.sql).

-- name: merged_put :exec
-- in: place_id i64, kept_id i64, before blob, after blob
INSERT INTO place_merged (place_id, kept_id, before, after) VALUES ($1, $2, $3, $4);

-- name: merged :one -> merged_row
-- in: public_id text
-- out: place_id i64, kept_code text, before blob, after blob
SELECT m.place_id, q.public_id AS kept_code, m.before, m.after
FROM place p JOIN place_merged m ON m.place_id = p.id JOIN place q ON q.id = m.kept_id WHERE p.public_id = $1;

-- name: merged_into :one -> merged_into_row
-- in: public_id text
-- out: kept_code text
SELECT q.public_id AS kept_code FROM place p JOIN place_merged m ON m.place_id = p.id JOIN place q ON q.id = m.kept_id WHERE p.public_id = $1;

-- name: merged_drop :exec
-- in: place_id i64
DELETE FROM place_merged WHERE place_id = $1;
