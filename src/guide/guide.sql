-- The published guide.

-- name: guide_file_drop :exec
-- in: lang text, code text
DELETE FROM guide_file WHERE lang = $1 AND code = $2;

-- name: guide_file_put :exec
-- in: id i64, lang text, code text, name text, rank i64, pages i64, bytes i64, made_ms i64, pdf blob
INSERT INTO guide_file (id, lang, code, name, rank, pages, bytes, made_ms, pdf) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: guide_files_forget :exec
-- in: made_ms i64
DELETE FROM guide_file WHERE made_ms < $1;

-- name: guide_files_in :many -> guide_file
-- in: lang text
-- out: code text, name text, pages i64, bytes i64, made_ms i64
SELECT code, name, pages, bytes, made_ms FROM guide_file WHERE lang = $1 ORDER BY rank, code;

-- name: guide_file_read :one -> guide_file_pdf
-- in: lang text, code text
-- out: name text, made_ms i64, pdf blob
SELECT name, made_ms, pdf FROM guide_file WHERE lang = $1 AND code = $2;
