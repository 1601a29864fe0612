-- Written pages as the city has changed them (migrations/0025_written.sql).

-- What a reader in a language needs: that language's text and the French.
-- name: written_read :many -> written_row
-- in: kind text, name text, lang text
-- out: name text, withdrawn_ms i64?, lang text?, text text?
SELECT p.name, p.withdrawn_ms, n.lang, t.text
FROM written_page p
LEFT JOIN written_now n ON n.page_id = p.id AND n.lang IN ('fr', $3) AND n.published_id IS NOT NULL
LEFT JOIN written_text t ON t.id = n.published_id
WHERE p.kind = $1 AND p.name = $2;

-- name: written_read_all :many -> written_row
-- in: kind text, lang text
-- out: name text, withdrawn_ms i64?, lang text?, text text?
SELECT p.name, p.withdrawn_ms, n.lang, t.text
FROM written_page p
LEFT JOIN written_now n ON n.page_id = p.id AND n.lang IN ('fr', $2) AND n.published_id IS NOT NULL
LEFT JOIN written_text t ON t.id = n.published_id
WHERE p.kind = $1 ORDER BY p.id;

-- name: written_page_find :one -> written_page_row
-- in: kind text, name text
-- out: id i64, withdrawn_ms i64?
SELECT id, withdrawn_ms FROM written_page WHERE kind = $1 AND name = $2;

-- name: written_page_put :exec
-- in: id i64, kind text, name text
INSERT INTO written_page (id, kind, name) VALUES ($1, $2, $3) ON CONFLICT (kind, name) DO NOTHING;

-- Nobody else changes this page until the transaction ends.
-- name: written_page_hold :exec
-- in: id i64
UPDATE written_page SET name = name WHERE id = $1;

-- name: written_page_withdraw :exec
-- in: id i64, at i64?
UPDATE written_page SET withdrawn_ms = $2 WHERE id = $1;

-- The four languages of a page, or fewer.
-- name: written_now_of :many -> written_now_row
-- in: kind text, name text
-- out: lang text, published_id i64?, draft_id i64?, french_id i64, published text?, draft text?
SELECT n.lang, n.published_id, n.draft_id, n.french_id, t.text AS published, d.text AS draft
FROM written_page p JOIN written_now n ON n.page_id = p.id
LEFT JOIN written_text t ON t.id = n.published_id
LEFT JOIN written_text d ON d.id = n.draft_id
WHERE p.kind = $1 AND p.name = $2;

-- name: written_states :many -> written_state_row
-- out: kind text, name text, withdrawn_ms i64?, lang text?, published_id i64?, draft_id i64?, french_id i64?, title text?
SELECT p.kind, p.name, p.withdrawn_ms, n.lang, n.published_id, n.draft_id, n.french_id, t.title
FROM written_page p
LEFT JOIN written_now n ON n.page_id = p.id
LEFT JOIN written_text t ON t.id = coalesce(n.published_id, n.draft_id)
ORDER BY p.id;

-- name: written_text_put :exec
-- in: id i64, page_id i64, lang text, state text, title text, text text, saved_ms i64, saved_by i64
INSERT INTO written_text (id, page_id, lang, state, title, text, saved_ms, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: written_now_put :exec
-- in: page_id i64, lang text, published_id i64?, draft_id i64?, french_id i64
INSERT INTO written_now (page_id, lang, published_id, draft_id, french_id) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (page_id, lang) DO UPDATE SET published_id = $3, draft_id = $4, french_id = $5;

-- name: written_now_drop :exec
-- in: page_id i64
DELETE FROM written_now WHERE page_id = $1;

-- name: written_versions :many -> written_version
-- in: page_id i64, lang text, most i64
-- out: id i64, state text, title text, text text, saved_ms i64, saved_by i64
SELECT id, state, title, text, saved_ms, saved_by FROM written_text WHERE page_id = $1 AND lang = $2 ORDER BY id DESC LIMIT $3;

-- name: written_version_of :one -> written_version
-- in: page_id i64, lang text, id i64
-- out: id i64, state text, title text, text text, saved_ms i64, saved_by i64
SELECT id, state, title, text, saved_ms, saved_by FROM written_text WHERE page_id = $1 AND lang = $2 AND id = $3;
