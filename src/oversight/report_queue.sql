-- What people said is wrong, for who coordinates the network.

-- name: reports_open :many -> report_row
-- in: most i64
-- out: id i64, at i64, what text, public_id text, nom text, commune text
SELECT r.id, r.at, r.what, p.public_id, v.nom, v.commune
FROM place_report r JOIN place p ON p.id = r.place_id JOIN place_now v ON v.place_id = r.place_id
WHERE r.state = 'open' ORDER BY r.id LIMIT $1;

-- name: reports_closed :many -> report_closed_row
-- in: most i64
-- out: id i64, closed_at i64, state text, what text, note text, public_id text, nom text
SELECT r.id, coalesce(r.closed_at, 0) AS closed_at, r.state, r.what, r.note, p.public_id, v.nom
FROM place_report r JOIN place p ON p.id = r.place_id JOIN place_now v ON v.place_id = r.place_id
WHERE r.state <> 'open' ORDER BY r.closed_at DESC, r.id DESC LIMIT $1;

-- name: report_one :one -> report_one_row
-- in: id i64
-- out: id i64, at i64, what text, contact_enc blob?, state text, public_id text, nom text, commune text
SELECT r.id, r.at, r.what, r.contact_enc, r.state, p.public_id, v.nom, v.commune
FROM place_report r JOIN place p ON p.id = r.place_id JOIN place_now v ON v.place_id = r.place_id
WHERE r.id = $1;

-- name: report_close :exec
-- in: id i64, state text, note text, at i64, user_id i64
UPDATE place_report SET state = $2, note = $3, closed_at = $4, closed_by = $5 WHERE id = $1 AND state = 'open';
