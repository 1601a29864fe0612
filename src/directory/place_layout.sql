-- Layouts by source (migrations/0019_import_layout.sql).

-- name: layout_put :exec
-- in: source text, layout text, at i64, author text
INSERT INTO import_layout (source, layout, at, author) VALUES ($1, $2, $3, $4)
ON CONFLICT (source) DO UPDATE SET layout = excluded.layout, at = excluded.at, author = excluded.author;

-- name: layout_get :one -> layout_row
-- in: source text
-- out: layout text, at i64, author text
SELECT layout, at, author FROM import_layout WHERE source = $1;

-- name: layout_drop :exec
-- in: source text
DELETE FROM import_layout WHERE source = $1;

-- name: layout_all :many -> layout_line
-- out: source text, at i64, author text
SELECT source, at, author FROM import_layout ORDER BY source;
