-- Changing a place by hand.

-- name: amend_place :one -> amend_place_row
-- in: public_id text
-- out: place_id i64, organisation_id i64, version_id i64
SELECT p.id AS place_id, p.organisation_id, n.id AS version_id FROM place p JOIN place_now n ON n.place_id = p.id WHERE p.public_id = $1;

-- name: amend_version :one -> amend_version_row
-- in: place_id i64
-- out: version_id i64
SELECT id AS version_id FROM place_now WHERE place_id = $1;

-- name: amend_owned :many -> amend_owned_row
-- in: organisation_id i64, most i64
-- out: public_id text, nom text, adresse text, commune text
SELECT p.public_id, n.nom, n.adresse, n.commune FROM place p JOIN place_now n ON n.place_id = p.id
WHERE p.organisation_id = $1 ORDER BY n.nom COLLATE fr, p.id LIMIT $2;

-- name: amend_history :many -> amend_past_row
-- in: place_id i64, most i64
-- out: id i64, at i64, field text, before text?, after text?, author text
SELECT c.id, c.at, c.field, c.before, c.after, c.author FROM place_change c JOIN directory_epoch e ON e.id = 1 AND c.born <= e.value
WHERE c.place_id = $1 ORDER BY c.at DESC, c.id DESC LIMIT $2;
