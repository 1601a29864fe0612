-- The paper guide (migrations/0028_guide_making.sql).

-- ---- what is on the site ----

-- name: guide_published :one -> guide_making_row
-- out: id i64, at i64, user_id i64?, edition text, title text, code text, area text, langs text, codes i64, sheets i64, state text, attempts i64
-- out: fault text, done i64, total i64, places i64, told text, since i64, published_at i64?
SELECT id, at, user_id, edition, title, code, area, langs, codes, sheets, state, attempts, fault, done, total, places, told, since, published_at
FROM guide_making WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT 1;

-- name: guide_publish_set :exec
-- in: id i64, at i64?
UPDATE guide_making SET published_at = $2 WHERE id = $1 AND state = 'done';

-- name: guide_files_of :many -> guide_file
-- in: making_id i64, lang text
-- out: code text, name text, pages i64, bytes i64
SELECT code, name, pages, bytes FROM guide_made WHERE making_id = $1 AND lang = $2 ORDER BY rank, code;

-- name: guide_booklets_of :many -> guide_booklet
-- in: making_id i64
-- out: lang text, pages i64, bytes i64
SELECT lang, pages, bytes FROM guide_made WHERE making_id = $1 AND code = '' ORDER BY id;

-- name: guide_file_read :one -> guide_file_pdf
-- in: making_id i64, lang text, code text
-- out: name text, pdf blob
SELECT name, pdf FROM guide_made WHERE making_id = $1 AND lang = $2 AND code = $3;

-- How many places came, changed or went since a moment.
-- name: guide_changed_since :scalar
-- in: since i64
-- out: n i64
SELECT count(*) AS n FROM (SELECT place_id FROM place_change WHERE at > $1 UNION SELECT id AS place_id FROM place WHERE created_at > $1
  UNION SELECT place_id FROM place_away WHERE at > $1) AS moved;

-- ---- making ----

-- name: guide_making_put :exec
-- in: id i64, at i64, user_id i64?, edition text, title text, code text, area text, langs text, codes i64, sheets i64
INSERT INTO guide_making (id, at, user_id, edition, title, code, area, langs, codes, sheets, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting');

-- name: guide_making_get :one -> guide_making_row
-- in: id i64
-- out: id i64, at i64, user_id i64?, edition text, title text, code text, area text, langs text, codes i64, sheets i64, state text, attempts i64
-- out: fault text, done i64, total i64, places i64, told text, since i64, published_at i64?
SELECT id, at, user_id, edition, title, code, area, langs, codes, sheets, state, attempts, fault, done, total, places, told, since, published_at
FROM guide_making WHERE id = $1;

-- name: guide_makings :many -> guide_making_row
-- in: most i64
-- out: id i64, at i64, user_id i64?, edition text, title text, code text, area text, langs text, codes i64, sheets i64, state text, attempts i64
-- out: fault text, done i64, total i64, places i64, told text, since i64, published_at i64?
SELECT id, at, user_id, edition, title, code, area, langs, codes, sheets, state, attempts, fault, done, total, places, told, since, published_at
FROM guide_making ORDER BY at DESC, id DESC LIMIT $1;

-- name: guide_making_next :scalar
-- in: now i64
-- out: id i64
SELECT id FROM guide_making WHERE state = 'waiting' OR (state = 'making' AND lease_until < $1) ORDER BY at LIMIT 1;

-- name: guide_making_claim :exec
-- in: id i64, now i64, until i64
UPDATE guide_making SET state = 'making', attempts = attempts + 1, lease_until = $3, done = 0
WHERE id = $1 AND (state = 'waiting' OR (state = 'making' AND lease_until < $2));

-- name: guide_making_known :exec
-- in: id i64, attempts i64, total i64, places i64, told text, since i64
UPDATE guide_making SET total = $3, places = $4, told = $5, since = $6 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: guide_making_moves :exec
-- in: id i64, attempts i64, until i64
UPDATE guide_making SET done = done + 1, lease_until = $3 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: guide_making_end :exec
-- in: id i64, attempts i64, state text, fault text
UPDATE guide_making SET state = $3, fault = $4 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: guide_making_stop :exec
-- in: id i64
UPDATE guide_making SET state = 'stopped' WHERE id = $1 AND state IN ('waiting', 'making');

-- name: guide_made_drop :exec
-- in: making_id i64
DELETE FROM guide_made WHERE making_id = $1;

-- name: guide_made_put :exec
-- in: id i64, making_id i64, lang text, code text, name text, rank i64, pages i64, bytes i64, pdf blob
INSERT INTO guide_made (id, making_id, lang, code, name, rank, pages, bytes, pdf) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- The oldest that may go: neither on the site, nor what was there before.
-- name: guide_making_old :scalar
-- in: before i64
-- out: id i64
SELECT id FROM guide_making WHERE at < $1 AND state <> 'making'
AND id NOT IN (SELECT id FROM guide_making WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT 2) ORDER BY at LIMIT 1;

-- name: guide_making_forget :exec
-- in: id i64
DELETE FROM guide_making WHERE id = $1;

-- ---- what can be asked for ----

-- name: guide_communes :many -> guide_commune
-- in: most i64
-- out: code text, name text
SELECT code_insee AS code, min(commune) AS name FROM place_now WHERE code_insee <> '' GROUP BY code_insee ORDER BY 2 LIMIT $1;
