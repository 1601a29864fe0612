-- Schools, and how they are spelt (migrations/0033_schools.sql).

-- name: school_by_uai :one -> school
-- in: uai text
-- out: id i64, uai text, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- out: district_code text, district text, area text, ips i64?, ips_year text, state text, rep text, rep_source text, rep_day text
SELECT id, uai, name, kind, sector, address, postal_code, commune, insee, lat, lon, district_code, district, area, ips, ips_year, state, rep, rep_source, rep_day
FROM school WHERE uai = $1;

-- name: school_by_id :one -> school
-- in: id i64
-- out: id i64, uai text, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- out: district_code text, district text, area text, ips i64?, ips_year text, state text, rep text, rep_source text, rep_day text
SELECT id, uai, name, kind, sector, address, postal_code, commune, insee, lat, lon, district_code, district, area, ips, ips_year, state, rep, rep_source, rep_day
FROM school WHERE id = $1;

-- Those of a commune ('': of all), of a network ('': any; 'unknown': not said; 'priority': rep and rep+), of a district ('': any).
-- name: school_all :many -> school
-- in: insee text, network text, district text, most i64
-- out: id i64, uai text, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- out: district_code text, district text, area text, ips i64?, ips_year text, state text, rep text, rep_source text, rep_day text
SELECT id, uai, name, kind, sector, address, postal_code, commune, insee, lat, lon, district_code, district, area, ips, ips_year, state, rep, rep_source, rep_day
FROM school WHERE ($1 = '' OR insee = $1) AND ($3 = '' OR district_code = $3)
  AND ($2 = '' OR rep = $2 OR ($2 = 'unknown' AND rep = '') OR ($2 = 'priority' AND rep IN ('rep', 'rep+')))
ORDER BY name COLLATE fr, uai LIMIT $4;

-- name: school_put :exec
-- in: id i64, uai text, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- in: district_code text, district text, area text, ips i64?, ips_year text, state text
INSERT INTO school (id, uai, name, kind, sector, address, postal_code, commune, insee, lat, lon, district_code, district, area, ips, ips_year, state, rep, rep_source, rep_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', '');

-- name: school_change :exec
-- in: id i64, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- in: district_code text, district text, area text, ips i64?, ips_year text, state text
UPDATE school SET name = $2, kind = $3, sector = $4, address = $5, postal_code = $6, commune = $7, insee = $8, lat = $9, lon = $10, district_code = $11,
  district = $12, area = $13, ips = $14, ips_year = $15, state = $16 WHERE id = $1;

-- name: school_set_rep :exec
-- in: id i64, rep text, source text, day text, was text
UPDATE school SET rep = $2, rep_source = $3, rep_day = $4 WHERE id = $1 AND rep = $5;

-- name: school_districts :many -> school_district
-- out: code text, name text
SELECT DISTINCT district_code AS code, district AS name FROM school WHERE district_code <> '' ORDER BY district, district_code;

-- ---- what was said of one ----

-- name: school_past_put :exec
-- in: id i64, school_id i64, field text, before text, after text, reason text, at i64, user_id i64?
INSERT INTO school_past (id, school_id, field, before, after, reason, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: school_pasts :many -> school_past_row
-- in: school_id i64, most i64
-- out: id i64, field text, before text, after text, reason text, at i64, user_id i64?
SELECT id, field, before, after, reason, at, user_id FROM school_past WHERE school_id = $1 ORDER BY id DESC LIMIT $2;

-- ---- the organisation that it is ----

-- name: school_organisation_of :one -> school_organisation_row
-- in: school_id i64
-- out: id i64, name text
SELECT o.id, o.name FROM school_organisation s JOIN organisation o ON o.id = s.organisation_id WHERE s.school_id = $1;

-- name: school_organisation_named :many -> school_organisation_row
-- in: name text
-- out: id i64, name text
SELECT id, name FROM organisation WHERE name = $1 ORDER BY id LIMIT 2;

-- name: school_organisation_make :exec
-- in: id i64, name text, at i64
INSERT INTO organisation (id, name, created_at) VALUES ($1, $2, $3);

-- name: school_organisation_forget :exec
-- in: school_id i64
DELETE FROM school_organisation WHERE school_id = $1;

-- name: school_organisation_put :exec
-- in: school_id i64, organisation_id i64
INSERT INTO school_organisation (school_id, organisation_id) VALUES ($1, $2);

-- name: schools_of_organisation :many -> school
-- in: organisation_id i64
-- out: id i64, uai text, name text, kind text, sector text, address text, postal_code text, commune text, insee text, lat f64?, lon f64?
-- out: district_code text, district text, area text, ips i64?, ips_year text, state text, rep text, rep_source text, rep_day text
SELECT id, uai, name, kind, sector, address, postal_code, commune, insee, lat, lon, district_code, district, area, ips, ips_year, state, rep, rep_source, rep_day
FROM school WHERE id IN (SELECT school_id FROM school_organisation WHERE organisation_id = $1) ORDER BY name COLLATE fr, uai;

-- ---- spellings ----

-- name: spelling_known :one -> spelling_row
-- in: insee text, key text
-- out: id i64, insee text, key text, text text, pupils i64?, pupils_year text, state text, school_id i64?
SELECT id, insee, key, text, pupils, pupils_year, state, school_id FROM school_spelling WHERE insee = $1 AND key = $2;

-- name: spelling_by_id :one -> spelling_row
-- in: id i64
-- out: id i64, insee text, key text, text text, pupils i64?, pupils_year text, state text, school_id i64?
SELECT id, insee, key, text, pupils, pupils_year, state, school_id FROM school_spelling WHERE id = $1;

-- name: spellings_in :many -> spelling_row
-- in: state text, most i64, skip i64
-- out: id i64, insee text, key text, text text, pupils i64?, pupils_year text, state text, school_id i64?
SELECT id, insee, key, text, pupils, pupils_year, state, school_id FROM school_spelling WHERE state = $1 ORDER BY text COLLATE fr, id LIMIT $2 OFFSET $3;

-- name: spellings_count :scalar
-- in: state text
-- out: n i64
SELECT count(*) FROM school_spelling WHERE state = $1;

-- name: spellings_of :many -> spelling_row
-- in: school_id i64?
-- out: id i64, insee text, key text, text text, pupils i64?, pupils_year text, state text, school_id i64?
SELECT id, insee, key, text, pupils, pupils_year, state, school_id FROM school_spelling WHERE school_id = $1 ORDER BY text COLLATE fr, id;

-- name: spelling_put :exec
-- in: id i64, insee text, key text, text text, pupils i64?, pupils_year text, at i64
INSERT INTO school_spelling (id, insee, key, text, pupils, pupils_year, state, at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7);

-- name: spelling_count_pupils :exec
-- in: id i64, pupils i64?, pupils_year text
UPDATE school_spelling SET pupils = $2, pupils_year = $3 WHERE id = $1;

-- name: spelling_decide :exec
-- in: id i64, state text, school_id i64?, at i64, user_id i64?, was text
UPDATE school_spelling SET state = $2, school_id = $3, at = $4, user_id = $5 WHERE id = $1 AND state = $6;
