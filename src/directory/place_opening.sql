-- Which places are open: what is kept of their hours.

-- name: opening_put :exec
-- in: version_id i64, state i64, until i64, then_state i64, then_until i64
INSERT INTO place_opening (version_id, state, until, then_state, then_until) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (version_id) DO UPDATE SET state = excluded.state, until = excluded.until, then_state = excluded.then_state,
  then_until = excluded.then_until;

-- Those whose first period has ended.
-- name: openings_due :many -> opening_row
-- in: now i64, max i64
-- out: version_id i64, horaires text
SELECT o.version_id, v.horaires FROM place_opening o JOIN place_version v ON v.id = o.version_id WHERE o.until <= $1 LIMIT $2;

-- Those of which nothing is known any more: both periods have ended.
-- name: openings_expired :many -> opening_row
-- in: now i64, max i64
-- out: version_id i64, horaires text
SELECT o.version_id, v.horaires FROM place_opening o JOIN place_version v ON v.id = o.version_id
WHERE o.until <= $1 AND o.then_until <= $1 LIMIT $2;

-- name: openings_open :many -> opening_open
-- in: now i64
-- out: version_id i64
SELECT version_id FROM place_opening
WHERE (state = 1 AND until > $1) OR (then_state = 1 AND until <= $1 AND then_until > $1) ORDER BY version_id;

-- name: places_open_by_name :many -> place_open
-- in: commune text?, code text?, services i64, publics i64, frais i64, max i64, now i64, traits i64
-- out: id i64, place_id i64
SELECT v.id, v.place_id FROM place_opening o JOIN place_now v ON v.id = o.version_id
WHERE ((o.state = 1 AND o.until > $7) OR (o.then_state = 1 AND o.until <= $7 AND o.then_until > $7))
  AND (CAST($1 AS TEXT) IS NULL OR v.commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR v.code_postal = $2 OR v.code_insee = $2)
  AND (v.services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (v.publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (v.frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (v.traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY v.nom COLLATE fr, v.id LIMIT $6;

-- name: place_version_hours :one -> place_version_hours_row
-- in: version_id i64
-- out: horaires text
SELECT horaires FROM place_version WHERE id = $1;
