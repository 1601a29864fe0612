-- Open data about the whole directory: its news, its counts.

-- name: open_new :many -> open_new_row
-- in: most i64
-- out: id text, nom text, commune text, at i64
SELECT p.public_id AS id, v.nom, v.commune, p.created_at AS at FROM place p JOIN place_now v ON v.place_id = p.id
ORDER BY p.id DESC LIMIT $1;

-- What changed, field by field, newest first; what the public may see of it.
-- name: open_changed :many -> open_changed_row
-- in: most i64
-- out: id text, nom text, commune text, field text, at i64
SELECT p.public_id AS id, v.nom, v.commune, c.field, c.at
FROM place_change c JOIN directory_epoch e ON e.id = 1 AND c.born <= e.value
  JOIN place p ON p.id = c.place_id AND p.born < c.born JOIN place_now v ON v.place_id = c.place_id
WHERE c.field NOT IN ('id', 'notes') ORDER BY c.id DESC LIMIT $1;

-- What no source has any more: places proposed for closing.
-- name: open_gone :many -> open_gone_row
-- in: most i64
-- out: id text, nom text, commune text, at i64
SELECT p.public_id AS id, v.nom, v.commune, i.started_at AS at
FROM place_source s JOIN directory_epoch e ON e.id = 1 AND s.vanished <= e.value
  JOIN place_import i ON i.source = s.source AND i.epoch = s.vanished AND i.state = 'done'
  JOIN place p ON p.id = s.place_id JOIN place_now v ON v.place_id = s.place_id
WHERE NOT EXISTS (SELECT 1 FROM place_source o WHERE o.place_id = s.place_id AND o.vanished > e.value)
ORDER BY s.vanished DESC, p.id DESC LIMIT $1;

-- name: open_communes :many -> open_commune_row
-- in: free i64, most i64
-- out: commune text, code_insee text, lieux i64, gratuits i64
SELECT min(commune) AS commune, code_insee, count(*) AS lieux,
  CAST(sum(CASE WHEN (frais_mask & CAST($1 AS BIGINT)) <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS gratuits
FROM place_now GROUP BY commune_key, code_insee ORDER BY commune_key, code_insee LIMIT $2;

-- The last time that an import or somebody changed a place; 0 before the first.
-- name: open_updated :scalar
-- out: at i64
SELECT coalesce(max(at), 0) FROM (
  SELECT max(started_at) AS at FROM place_import WHERE state = 'done' AND n_new + n_changed + n_vanished > 0
  UNION ALL
  SELECT max(at) AS at FROM (SELECT at FROM place_change WHERE import_id IS NULL ORDER BY id DESC LIMIT 1) AS edited
) AS news;
