-- Finding what was typed, and writing what is imported.

-- How many entries have a word: none that has more is looked for by it alone.
-- name: gaz_word_entries :scalar
-- in: word text
-- out: n i64
SELECT count(*) FROM (SELECT 1 AS one FROM gazetteer_word WHERE word = $1 LIMIT 2000) AS some_of;

-- name: gaz_terms_by_start :many -> gaz_term
-- in: start text, past text
-- out: word text
SELECT word FROM gazetteer_term WHERE word >= $1 AND word < $2 ORDER BY word LIMIT 4000;

-- name: gaz_terms_by_end :many -> gaz_term
-- in: start text, past text
-- out: word text
SELECT word FROM gazetteer_term WHERE reversed >= $1 AND reversed < $2 ORDER BY reversed LIMIT 4000;

-- name: gaz_entries_of :many -> gaz_entry
-- in: word text, today i64, max i64
-- out: id i64, kind i64, code text, name text, detail text, words text, around text, lat f64, lon f64
SELECT e.id, e.kind, e.code, e.name, e.detail, e.words, e.around, e.lat, e.lon
FROM (SELECT entry_id FROM gazetteer_word WHERE word = $1 ORDER BY entry_id LIMIT 2000) w JOIN gazetteer_entry e ON e.id = w.entry_id
WHERE e.valid_from <= $2 AND e.valid_to > $2 ORDER BY e.kind, e.id LIMIT $3;

-- An area that holds a point begins to its south, and not further than the tallest area is tall. The + keeps the index of kinds out
-- of it, which would have every outline read.
-- name: gaz_areas_around :many -> gaz_outline
-- in: lat f64, lon f64, today i64
-- out: id i64, kind i64, code text, name text, outline blob
SELECT id, kind, code, name, outline FROM gazetteer_entry
WHERE +kind IN (1, 2) AND south <= $1 AND south >= $1 - (SELECT max(CASE WHEN kind IN (1, 2) THEN north - south END) FROM gazetteer_entry)
  AND north >= $1 AND west <= $2 AND east >= $2 AND valid_from <= $3 AND valid_to > $3
ORDER BY kind, id;

-- name: gaz_shapes_in :many -> gaz_shape
-- in: south f64, west f64, north f64, east f64, today i64
-- out: kind i64, name text, outline blob
SELECT kind, name, outline FROM (
  SELECT kind, id, name, outline FROM gazetteer_entry
  WHERE +kind = 1 AND south <= $3 AND south >= $1 - (SELECT max(CASE WHEN kind IN (1, 2) THEN north - south END) FROM gazetteer_entry)
    AND north >= $1 AND east >= $2 AND west <= $4 AND valid_from <= $5 AND valid_to > $5
  UNION ALL
  SELECT kind, id, name, outline FROM gazetteer_entry
  WHERE kind = 4 AND north >= $1 AND east >= $2 AND south <= $3 AND west <= $4 AND valid_from <= $5 AND valid_to > $5
) AS seen ORDER BY kind, id LIMIT 200;

-- name: gaz_outlines :many -> gaz_outline
-- in: code text?, today i64
-- out: id i64, kind i64, code text, name text, outline blob
SELECT id, kind, code, name, outline FROM gazetteer_entry
WHERE kind IN (1, 2) AND valid_from <= $2 AND valid_to > $2
  AND (code = CAST($1 AS TEXT) OR (CAST($1 AS TEXT) IS NULL AND kind = 2)) ORDER BY kind, id;

-- name: gaz_areas_on :many -> gaz_area
-- in: today i64
-- out: id i64, kind i64, code text, name text
SELECT id, kind, code, name FROM gazetteer_entry
WHERE kind IN (1, 2) AND valid_from <= $1 AND valid_to > $1 ORDER BY kind, name COLLATE fr, id;

-- name: gaz_known :one -> gaz_known_row
-- in: kind i64, code text, valid_from i64
-- out: id i64, name text, detail text, words text, around text, lat f64, lon f64, valid_from i64, valid_to i64, outline blob?
SELECT id, name, detail, words, around, lat, lon, valid_from, valid_to, outline FROM gazetteer_entry
WHERE kind = $1 AND code = $2 AND valid_from <= $3 AND valid_to > $3 ORDER BY valid_from DESC LIMIT 1;

-- name: gaz_put :exec
-- in: id i64, kind i64, code text, name text, detail text, words text, around text, lat f64, lon f64, valid_from i64, valid_to i64, outline blob?, south f64?, north f64?, west f64?, east f64?
INSERT INTO gazetteer_entry (id, kind, code, name, detail, words, around, lat, lon, valid_from, valid_to, outline, south, north, west, east)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: gaz_forget :exec
-- in: id i64
DELETE FROM gazetteer_entry WHERE id = $1;

-- name: gaz_forget_words :exec
-- in: id i64
DELETE FROM gazetteer_word WHERE entry_id = $1;

-- name: gaz_end :exec
-- in: id i64, day i64
UPDATE gazetteer_entry SET valid_to = $2 WHERE id = $1;

-- name: gaz_areas_of :many -> gaz_dated
-- in: kind i64, day i64
-- out: id i64, code text
SELECT id, code FROM gazetteer_entry WHERE kind = $1 AND valid_from <= $2 AND valid_to > $2 ORDER BY id;

-- name: gaz_word_put :exec
-- in: word text, entry_id i64
INSERT INTO gazetteer_word (word, entry_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: gaz_term_put :exec
-- in: word text, reversed text
INSERT INTO gazetteer_term (word, reversed) VALUES ($1, $2) ON CONFLICT DO NOTHING;
