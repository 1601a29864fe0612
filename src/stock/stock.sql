-- Devices (migrations/0047_stock.sql).

-- name: device_by_id :one -> device_row
-- in: id i64
-- out: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, state text, file_id i64?, version i64
SELECT id, label, organisation_id, owner, owner_kind, kind, model, serial, grade, memory_gb, disk_gb, screen_tenths, os, state, file_id, version
FROM device WHERE id = $1;

-- name: device_by_label :one -> device_row
-- in: label text
-- out: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, state text, file_id i64?, version i64
SELECT id, label, organisation_id, owner, owner_kind, kind, model, serial, grade, memory_gb, disk_gb, screen_tenths, os, state, file_id, version
FROM device WHERE label = $1;

-- name: devices_free :many -> device_row
-- in: organisation_id i64, most i64
-- out: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, state text, file_id i64?, version i64
SELECT id, label, organisation_id, owner, owner_kind, kind, model, serial, grade, memory_gb, disk_gb, screen_tenths, os, state, file_id, version
FROM device WHERE organisation_id = $1 AND state = 'in_stock' ORDER BY grade, id LIMIT $2;

-- name: devices_of_file :many -> device_row
-- in: file_id i64
-- out: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, state text, file_id i64?, version i64
SELECT id, label, organisation_id, owner, owner_kind, kind, model, serial, grade, memory_gb, disk_gb, screen_tenths, os, state, file_id, version
FROM device WHERE file_id = $1 OR id IN (SELECT l.device_id FROM device_loan l WHERE l.file_id = $1 AND l.ended_day IS NULL) ORDER BY id LIMIT 8;

-- name: device_insert :exec
-- in: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, at i64
INSERT INTO device (id, label, organisation_id, owner, owner_kind, kind, model, serial, grade, memory_gb, disk_gb, screen_tenths, os, state, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'in_stock', 1, $14);

-- name: device_move :exec
-- in: id i64, version i64, state text, file_id i64?
UPDATE device SET state = $3, file_id = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- name: device_event_put :exec
-- in: id i64, device_id i64, field text, before text, after text, reason text, file_id i64?, user_id i64, at i64
INSERT INTO device_event (id, device_id, field, before, after, reason, file_id, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: device_loan_put :exec
-- in: id i64, device_id i64, file_id i64, title text, spare i64, from_day text, from_reserved i64
INSERT INTO device_loan (id, device_id, file_id, title, spare, from_day, from_reserved) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: device_loan_live :one -> device_loan_row
-- in: device_id i64
-- out: id i64, device_id i64, file_id i64, title text, spare i64, from_day text, from_reserved i64
SELECT id, device_id, file_id, title, spare, from_day, from_reserved FROM device_loan WHERE device_id = $1 AND ended_day IS NULL;

-- name: device_loan_end :exec
-- in: device_id i64, day text, why text
UPDATE device_loan SET ended_day = $2, ended_why = $3 WHERE device_id = $1 AND ended_day IS NULL;

-- ---- pages ----

-- Of the organisations that `scope` names ("|12|34|"). words: folded, in "%word%"; since: the oldest id.
-- name: device_list :many -> device_line_row
-- in: scope text, state text, grade text, words text, since i64, most i64, skip i64
-- out: id i64, label text, organisation_id i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text, state text, file_id i64?, version i64, file text?
SELECT d.id, d.label, d.organisation_id, d.owner, d.owner_kind, d.kind, d.model, d.serial, d.grade, d.memory_gb, d.disk_gb, d.screen_tenths, d.os, d.state, d.file_id,
  d.version, f.public_id AS file
FROM device d LEFT JOIN family_file f ON f.id = d.file_id
WHERE $1 LIKE '%|' || d.organisation_id || '|%' AND ($2 = '' OR d.state = $2) AND ($3 = '' OR d.grade = $3) AND d.id >= $5
  AND ($4 = '' OR lower(d.label || ' ' || d.model || ' ' || d.serial || ' ' || d.owner) LIKE $4)
ORDER BY d.id DESC LIMIT $6 OFFSET $7;

-- name: device_list_count :scalar
-- in: scope text, state text, grade text, words text, since i64
-- out: n i64
SELECT count(*) FROM device d
WHERE $1 LIKE '%|' || d.organisation_id || '|%' AND ($2 = '' OR d.state = $2) AND ($3 = '' OR d.grade = $3) AND d.id >= $5
  AND ($4 = '' OR lower(d.label || ' ' || d.model || ' ' || d.serial || ' ' || d.owner) LIKE $4);

-- name: device_counts :many -> device_count_row
-- in: scope text
-- out: state text, grade text, n i64
SELECT state, grade, count(*) AS n FROM device WHERE $1 LIKE '%|' || organisation_id || '|%' GROUP BY state, grade ORDER BY state, grade;

-- name: device_update :exec
-- in: id i64, version i64, owner text, owner_kind text, kind text, model text, serial text, grade text, memory_gb i64, disk_gb i64, screen_tenths i64, os text
UPDATE device SET owner = $3, owner_kind = $4, kind = $5, model = $6, serial = $7, grade = $8, memory_gb = $9, disk_gb = $10, screen_tenths = $11, os = $12,
  version = version + 1 WHERE id = $1 AND version = $2;

-- name: device_events :many -> device_event_row
-- in: device_id i64, most i64
-- out: id i64, field text, before text, after text, reason text, file_id i64?, user_id i64, at i64
SELECT id, field, before, after, reason, file_id, user_id, at FROM device_event WHERE device_id = $1 ORDER BY id DESC LIMIT $2;

-- Whose hands it is in, or kept for.
-- name: device_file :one -> device_file_row
-- in: id i64
-- out: public_id text, campaign_id i64, organisation_id i64
SELECT f.public_id, f.campaign_id, c.organisation_id FROM family_file f JOIN campaign c ON c.id = f.campaign_id WHERE f.id = $1;

-- Organisations that accompany the families of the school of whoever has, or had last, that device: as its wave says.
-- name: device_followers :many -> device_follower_row
-- in: scope i64
-- out: organisation_id i64
SELECT DISTINCT w.organisation_id FROM family_file f JOIN family_file_child c ON c.file_id = f.id
JOIN wave_school w ON w.school_id = c.school_id AND w.wave_id = f.wave_id
WHERE f.id = (SELECT l.file_id FROM device_loan l WHERE l.device_id = $1 ORDER BY l.id DESC LIMIT 1) AND w.organisation_id IS NOT NULL;

-- name: devices_of_organisation :scalar
-- in: organisation_id i64
-- out: n i64
SELECT count(*) FROM device WHERE organisation_id = $1;
