-- Imports taken back (migrations/0021_import_undo.sql). "Never" is 4611686018427387904.

-- name: undo_last :one -> undo_last_row
-- in: source text
-- out: id i64, epoch i64
SELECT id, epoch FROM place_import WHERE source = $1 AND state = 'done' AND undone_at IS NULL AND undoes IS NULL
  AND n_new + n_changed + n_vanished > 0 ORDER BY id DESC LIMIT 1;

-- name: undo_start :exec
-- in: id i64, source text, file_name text, epoch i64, started_at i64, undoes i64
INSERT INTO place_import (id, source, file_name, state, epoch, started_at, undoes) VALUES ($1, $2, $3, 'running', $4, $5, $6);

-- name: undo_done :exec
-- in: id i64, at i64
UPDATE place_import SET undone_at = $2 WHERE id = $1;

-- name: undo_places :many -> undo_place_row
-- in: import_id i64, after i64, most i64
-- out: place_id i64
SELECT DISTINCT place_id FROM place_change WHERE import_id = $1 AND place_id > $2 ORDER BY place_id LIMIT $3;

-- name: undo_changes :many -> undo_change_row
-- in: import_id i64, place_id i64
-- out: field text, before text?, after text?
SELECT field, before, after FROM place_change WHERE import_id = $1 AND place_id = $2 ORDER BY id;

-- name: undo_edits :scalar
-- in: place_id i64
-- out: n i64
SELECT count(*) FROM place_change WHERE place_id = $1 AND import_id IS NULL;

-- name: undo_vanish :exec
-- in: source text, place_id i64, epoch i64
UPDATE place_source SET vanished = $3 WHERE source = $1 AND place_id = $2;

-- What it had given up is there again.
-- name: undo_vanished :exec
-- in: source text, epoch i64
UPDATE place_source SET vanished = 4611686018427387904 WHERE source = $1 AND vanished = $2;

-- The next file of the source is compared with nothing: what the one taken back said is no measure.
-- name: undo_readings :exec
-- in: source text, epoch i64
DELETE FROM place_reading WHERE source = $1 AND born = $2;

-- Taken out by hand, as against gone with an import that was taken back.
-- name: undo_is_away :scalar
-- in: place_id i64
-- out: n i64
SELECT count(*) FROM place_away WHERE place_id = $1;
