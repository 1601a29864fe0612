-- The public wifi of the city.

-- name: wifi_open :many -> wifi_site
-- in: most i64
-- out: id i64, name text, address text, commune text, network text, hours text, lat f64?, lon f64?
SELECT id, name, address, commune, network, hours, lat, lon FROM wifi_site
WHERE ended_ms IS NULL ORDER BY name COLLATE fr, id LIMIT $1;

-- name: wifi_known :one -> wifi_known_row
-- in: code text
-- out: id i64, name text, address text, commune text, network text, hours text, lat f64?, lon f64?, ended_ms i64?
SELECT id, name, address, commune, network, hours, lat, lon, ended_ms FROM wifi_site WHERE code = $1;

-- name: wifi_put :exec
-- in: id i64, code text, name text, address text, commune text, network text, hours text, lat f64?, lon f64?
INSERT INTO wifi_site (id, code, name, address, commune, network, hours, lat, lon) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: wifi_change :exec
-- in: id i64, name text, address text, commune text, network text, hours text, lat f64?, lon f64?
UPDATE wifi_site SET name = $2, address = $3, commune = $4, network = $5, hours = $6, lat = $7, lon = $8, ended_ms = NULL WHERE id = $1;

-- name: wifi_ids_open :many -> wifi_id
-- out: id i64
SELECT id FROM wifi_site WHERE ended_ms IS NULL ORDER BY id;

-- name: wifi_end :exec
-- in: id i64, ended_ms i64
UPDATE wifi_site SET ended_ms = $2 WHERE id = $1;
