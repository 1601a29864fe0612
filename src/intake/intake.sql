-- Uploaded files of places (migrations/0020_import_upload.sql).

-- name: upload_put :exec
-- in: id i64, at i64, user_id i64, source text, file_name text, day text, content blob
INSERT INTO import_upload (id, at, user_id, source, file_name, day, state, fault, layout, counts, done, told, content)
VALUES ($1, $2, $3, $4, $5, $6, 'look', '', '', '', 0, 0, $7);

-- name: upload_get :one -> upload_row
-- in: id i64
-- out: id i64, at i64, user_id i64, source text, file_name text, day text, state text, fault text, layout text, counts text, done i64, told i64
-- out: import_id i64?
SELECT id, at, user_id, source, file_name, day, state, fault, layout, counts, done, told, import_id FROM import_upload WHERE id = $1;

-- name: upload_next :scalar
-- out: id i64
SELECT id FROM import_upload WHERE state IN ('look', 'check', 'apply', 'undo') ORDER BY at LIMIT 1;

-- name: uploads :many -> upload_line
-- in: most i64
-- out: id i64, at i64, source text, file_name text, state text, counts text
SELECT id, at, source, file_name, state, counts FROM import_upload ORDER BY at DESC, id LIMIT $1;

-- Those whose files were taken in, the last one first.
-- name: upload_sources :many -> upload_source
-- in: most i64
-- out: source text
SELECT source FROM place_import WHERE state = 'done' GROUP BY source ORDER BY max(id) DESC LIMIT $1;

-- name: upload_content :one -> upload_content_row
-- in: id i64
-- out: content blob
SELECT content FROM import_upload WHERE id = $1 AND content IS NOT NULL;

-- name: upload_survey :one -> upload_survey_row
-- in: id i64
-- out: survey blob
SELECT survey FROM import_upload WHERE id = $1 AND survey IS NOT NULL;

-- name: upload_rejects :one -> upload_rejects_row
-- in: id i64
-- out: rejects blob
SELECT rejects FROM import_upload WHERE id = $1 AND rejects IS NOT NULL;

-- name: upload_foreseen :one -> upload_foreseen_row
-- in: id i64
-- out: foreseen blob
SELECT foreseen FROM import_upload WHERE id = $1 AND foreseen IS NOT NULL;

-- What a check has foreseen; taking it in afterwards tells nothing new.
-- name: upload_foresees :exec
-- in: id i64, foreseen blob
UPDATE import_upload SET foreseen = $2 WHERE id = $1;

-- name: upload_looked :exec
-- in: id i64, survey blob, layout text, state text
UPDATE import_upload SET survey = $2, layout = $3, state = $4 WHERE id = $1 AND state = 'look';

-- name: upload_laid :exec
-- in: id i64, layout text, state text
UPDATE import_upload SET layout = $2, state = $3 WHERE id = $1 AND state IN ('columns', 'checked');

-- The next step is of who asked for it.
-- name: upload_move :exec
-- in: id i64, before text, state text, user_id i64
UPDATE import_upload SET state = $3, user_id = $4, done = 0 WHERE id = $1 AND state = $2;

-- name: upload_moves :exec
-- in: id i64, done i64
UPDATE import_upload SET done = $2 WHERE id = $1;

-- name: upload_checked :exec
-- in: id i64, before text, state text, counts text, told i64, rejects blob
UPDATE import_upload SET state = $3, counts = $4, told = $5, rejects = $6 WHERE id = $1 AND state = $2;

-- name: upload_applied :exec
-- in: id i64, import_id i64
UPDATE import_upload SET import_id = $2, content = NULL WHERE id = $1;

-- name: upload_undone :exec
-- in: id i64, state text, counts text, fault text
UPDATE import_upload SET state = $2, counts = $3, fault = $4 WHERE id = $1 AND state = 'undo';

-- name: upload_failed :exec
-- in: id i64, fault text
UPDATE import_upload SET state = 'failed', fault = $2 WHERE id = $1;

-- name: upload_stop :exec
-- in: id i64
UPDATE import_upload SET state = 'stopped', content = NULL, survey = NULL, rejects = NULL, foreseen = NULL
WHERE id = $1 AND state IN ('look', 'columns', 'check', 'checked', 'apply', 'failed');

-- name: uploads_forget :exec
-- in: before i64, most i64
DELETE FROM import_upload WHERE id IN (SELECT id FROM import_upload WHERE at < $1 ORDER BY at LIMIT $2);
