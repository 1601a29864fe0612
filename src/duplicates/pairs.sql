-- Candidate pairs of places: what they are found from, and where they are kept.

-- name: pair_places :many -> pair_place
-- in: after i64, most i64
-- out: place_id i64, pivot text, name_text text, adresse text, code_postal text, telephone text, lat f64?, lon f64?
SELECT place_id, pivot, name_text, adresse, code_postal, telephone, lat, lon FROM place_now WHERE place_id > $1
ORDER BY place_id LIMIT $2;

-- name: pair_search :one -> pair_search_row
-- out: run i64, generation i64
SELECT run, generation FROM place_pair_search WHERE id = 1;

-- name: pair_search_done :exec
-- in: run i64, generation i64
UPDATE place_pair_search SET run = $1, generation = $2 WHERE id = 1;

-- name: pair_put :exec
-- in: first i64, second i64, score i64, reasons i64, metres i64?, run i64
INSERT INTO place_pair (first_id, second_id, score, reasons, metres, run) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (first_id, second_id) DO UPDATE SET score = excluded.score, reasons = excluded.reasons, metres = excluded.metres, run = excluded.run;

-- name: pairs_forget :exec
-- in: run i64, most i64
-- sqlite:
DELETE FROM place_pair WHERE rowid IN (SELECT rowid FROM place_pair WHERE run <> $1 LIMIT $2);
-- pg:
DELETE FROM place_pair WHERE ctid IN (SELECT ctid FROM place_pair WHERE run <> $1 LIMIT $2);
-- both:

-- Those that nobody has decided yet, the likeliest first. A place that was withdrawn since is no longer seen. The joins are crossed so
-- that SQLite begins with the pairs, which are few, not with the places.
-- name: pairs_open :many -> pair_row
-- in: most i64, skip i64
-- out: first_id i64, second_id i64, score i64, reasons i64, metres i64?, first_code text, first_name text, first_address text, first_commune text
-- out: second_code text, second_name text, second_address text, second_commune text
SELECT c.first_id, c.second_id, c.score, c.reasons, c.metres, p.public_id AS first_code, a.nom AS first_name, a.adresse AS first_address, a.commune AS first_commune,
  q.public_id AS second_code, b.nom AS second_name, b.adresse AS second_address, b.commune AS second_commune
FROM place_pair c CROSS JOIN place_now a CROSS JOIN place_now b CROSS JOIN place p CROSS JOIN place q
WHERE a.place_id = c.first_id AND b.place_id = c.second_id AND p.id = c.first_id AND q.id = c.second_id
  AND NOT EXISTS (SELECT 1 FROM place_apart x WHERE x.first_id = c.first_id AND x.second_id = c.second_id)
ORDER BY c.score DESC, c.first_id, c.second_id LIMIT $1 OFFSET $2;

-- name: pairs_open_count :scalar
-- out: n i64
SELECT count(*) FROM place_pair c CROSS JOIN place_now a CROSS JOIN place_now b
WHERE a.place_id = c.first_id AND b.place_id = c.second_id AND NOT EXISTS (SELECT 1 FROM place_apart x WHERE x.first_id = c.first_id AND x.second_id = c.second_id);

-- name: pair_label :one -> pair_label_row
-- in: place_id i64
-- out: code text, name text, address text, commune text
SELECT p.public_id AS code, v.nom AS name, v.adresse AS address, v.commune FROM place p JOIN place_now v ON v.place_id = p.id WHERE p.id = $1;

-- name: pair_apart :scalar
-- in: first i64, second i64
-- out: n i64
SELECT count(*) FROM place_apart WHERE first_id = $1 AND second_id = $2;

-- name: pair_apart_put :exec
-- in: first i64, second i64, at i64, user_id i64
INSERT INTO place_apart (first_id, second_id, at, user_id) VALUES ($1, $2, $3, $4) ON CONFLICT (first_id, second_id) DO NOTHING;

-- name: pair_apart_forget :exec
-- in: first i64, second i64
DELETE FROM place_apart WHERE first_id = $1 AND second_id = $2;

-- name: pairs_apart :many -> pair_apart_row
-- in: most i64
-- out: first_id i64, second_id i64, at i64, first_name text, second_name text
SELECT x.first_id, x.second_id, x.at, a.nom AS first_name, b.nom AS second_name
FROM place_apart x CROSS JOIN place_now a CROSS JOIN place_now b WHERE a.place_id = x.first_id AND b.place_id = x.second_id ORDER BY x.at DESC, x.first_id LIMIT $1;
