-- Places made by hand, taken out and put back (migrations/0016_place_away.sql). "Never" is 4611686018427387904.

-- name: life_away_put :exec
-- in: place_id i64, at i64, author text, reason text, nom text, commune text, record blob
INSERT INTO place_away (place_id, at, author, reason, nom, commune, record) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: life_away :one -> life_away_row
-- in: public_id text
-- out: place_id i64, reason text, record blob
SELECT a.place_id, a.reason, a.record FROM place_away a JOIN place p ON p.id = a.place_id WHERE p.public_id = $1;

-- name: life_away_drop :exec
-- in: place_id i64
DELETE FROM place_away WHERE place_id = $1;

-- The joins are crossed so that SQLite begins with those that are out, which are few.
-- name: life_aways :many -> life_away_line
-- in: most i64
-- out: public_id text, at i64, reason text, nom text, commune text, kept_code text?, kept_name text?
SELECT p.public_id, a.at, a.reason, a.nom, a.commune,
  (SELECT q.public_id FROM place_merged m CROSS JOIN place_now n CROSS JOIN place q
    WHERE m.place_id = a.place_id AND n.place_id = m.kept_id AND q.id = m.kept_id) AS kept_code,
  COALESCE((SELECT n.nom FROM place_merged m CROSS JOIN place_now n WHERE m.place_id = a.place_id AND n.place_id = m.kept_id),
    (SELECT k.nom FROM place_merged m JOIN place_away k ON k.place_id = m.kept_id WHERE m.place_id = a.place_id)) AS kept_name
FROM place_away a CROSS JOIN place p WHERE p.id = a.place_id ORDER BY a.at DESC, a.place_id LIMIT $1;

-- Those that no source has any more. The joins are crossed so that SQLite begins with what has vanished, which is little.
-- name: life_lost :many -> life_lost_line
-- in: most i64
-- out: public_id text, nom text, commune text, date_maj text
SELECT p.public_id, n.nom, n.commune, n.date_maj
FROM directory_epoch e CROSS JOIN place_source s CROSS JOIN place p CROSS JOIN place_now n
WHERE e.id = 1 AND s.vanished <= e.value AND p.id = s.place_id AND n.place_id = p.id
  AND NOT EXISTS (SELECT 1 FROM place_source o WHERE o.place_id = s.place_id AND o.vanished > e.value)
GROUP BY p.id, p.public_id, n.nom, n.commune, n.date_maj ORDER BY n.nom COLLATE fr, p.id LIMIT $1;
