-- Campaigns and their waves (migrations/0034_campaigns.sql).

-- name: campaign_by_id :one -> campaign_row
-- in: id i64
-- out: id i64, organisation_id i64, organisation text, name text, year i64, purpose text, target i64, budget text, from_day text, to_day text, state text, version i64, named text, asks text
SELECT c.id, c.organisation_id, o.name AS organisation, c.name, c.year, c.purpose, c.target, c.budget, c.from_day, c.to_day, c.state, c.version, c.named, c.asks
FROM campaign c JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1;

-- name: campaign_all :many -> campaign_row
-- in: most i64
-- out: id i64, organisation_id i64, organisation text, name text, year i64, purpose text, target i64, budget text, from_day text, to_day text, state text, version i64, named text, asks text
SELECT c.id, c.organisation_id, o.name AS organisation, c.name, c.year, c.purpose, c.target, c.budget, c.from_day, c.to_day, c.state, c.version, c.named, c.asks
FROM campaign c JOIN organisation o ON o.id = c.organisation_id ORDER BY c.year DESC, c.name COLLATE fr, c.id LIMIT $1;

-- name: campaign_put :exec
-- in: id i64, organisation_id i64, at i64
INSERT INTO campaign (id, organisation_id, name, year, purpose, target, budget, from_day, to_day, state, version, created_at)
VALUES ($1, $2, '', 0, '', 0, '', '', '', 'draft', 0, $3);

-- name: campaign_update :exec
-- in: id i64, version i64, name text, year i64, purpose text, target i64, budget text, from_day text, to_day text, state text, named text, asks text
UPDATE campaign SET name = $3, year = $4, purpose = $5, target = $6, budget = $7, from_day = $8, to_day = $9, state = $10, named = $11,
  asks = $12, version = $2 + 1
WHERE id = $1 AND version = $2;

-- name: campaign_funders :many -> campaign_funder_row
-- in: campaign_id i64
-- out: name text, devices i64
SELECT name, devices FROM campaign_funder WHERE campaign_id = $1 ORDER BY position;

-- name: campaign_funders_clear :exec
-- in: campaign_id i64
DELETE FROM campaign_funder WHERE campaign_id = $1;

-- name: campaign_funder_put :exec
-- in: campaign_id i64, position i64, name text, devices i64
INSERT INTO campaign_funder (campaign_id, position, name, devices) VALUES ($1, $2, $3, $4);

-- name: campaign_rules :many -> campaign_rule_row
-- in: campaign_id i64
-- out: from_day text, kind text, value text
SELECT from_day, kind, value FROM campaign_rule WHERE campaign_id = $1 ORDER BY from_day, kind, value;

-- name: campaign_rules_clear :exec
-- in: campaign_id i64
DELETE FROM campaign_rule WHERE campaign_id = $1;

-- name: campaign_rule_put :exec
-- in: campaign_id i64, from_day text, kind text, value text
INSERT INTO campaign_rule (campaign_id, from_day, kind, value) VALUES ($1, $2, $3, $4) ON CONFLICT (campaign_id, from_day, kind, value) DO NOTHING;

-- ---- waves ----

-- name: wave_by_id :one -> wave_row
-- in: id i64
-- out: id i64, campaign_id i64, number i64, title text, quantity i64, from_day text, to_day text, done_day text, removed i64, version i64
SELECT id, campaign_id, number, title, quantity, from_day, to_day, done_day, removed, version FROM wave WHERE id = $1;

-- name: waves_all :many -> wave_row
-- in: campaign_id i64
-- out: id i64, campaign_id i64, number i64, title text, quantity i64, from_day text, to_day text, done_day text, removed i64, version i64
SELECT id, campaign_id, number, title, quantity, from_day, to_day, done_day, removed, version FROM wave WHERE campaign_id = $1 ORDER BY number, id;

-- name: wave_put :exec
-- in: id i64, campaign_id i64, number i64
INSERT INTO wave (id, campaign_id, number, title, quantity, from_day, to_day, done_day, removed, version) VALUES ($1, $2, $3, '', 0, '', '', '', 0, 0);

-- name: wave_update :exec
-- in: id i64, version i64, title text, quantity i64, from_day text, to_day text, done_day text, removed i64
UPDATE wave SET title = $3, quantity = $4, from_day = $5, to_day = $6, done_day = $7, removed = $8, version = $2 + 1 WHERE id = $1 AND version = $2;

-- name: wave_districts :many -> wave_district_row
-- in: wave_id i64
-- out: code text
SELECT code FROM wave_district WHERE wave_id = $1 ORDER BY code;

-- name: wave_districts_clear :exec
-- in: wave_id i64
DELETE FROM wave_district WHERE wave_id = $1;

-- name: wave_district_put :exec
-- in: wave_id i64, code text
INSERT INTO wave_district (wave_id, code) VALUES ($1, $2) ON CONFLICT (wave_id, code) DO NOTHING;

-- name: wave_schools :many -> wave_school_row
-- in: wave_id i64
-- out: school_id i64, uai text, name text, district text, rep text, association text, why text
SELECT s.id AS school_id, s.uai, s.name, s.district, s.rep, w.association, w.why FROM wave_school w JOIN school s ON s.id = w.school_id
WHERE w.wave_id = $1 ORDER BY s.uai;

-- name: wave_schools_clear :exec
-- in: wave_id i64
DELETE FROM wave_school WHERE wave_id = $1;

-- The association is one that we know when exactly one organisation has this name.
-- name: wave_school_put :exec
-- in: wave_id i64, uai text, association text, why text
INSERT INTO wave_school (wave_id, school_id, association, organisation_id, why)
SELECT $1, s.id, $3, (SELECT min(o.id) FROM organisation o WHERE o.name = $3 AND $3 <> '' HAVING count(*) = 1), $4 FROM school s WHERE s.uai = $2
ON CONFLICT (wave_id, school_id) DO NOTHING;

-- In which other waves of the campaign schools are.
-- name: wave_school_elsewhere :many -> wave_elsewhere_row
-- in: campaign_id i64, but i64
-- out: school_id i64, number i64
SELECT w.school_id, v.number FROM wave_school w JOIN wave v ON v.id = w.wave_id WHERE v.campaign_id = $1 AND v.id <> $2 AND v.removed = 0 ORDER BY v.number;

-- What a school may know: the waves of open campaigns that it is in.
-- name: waves_of_school :many -> school_wave_row
-- in: school_id i64
-- out: wave_id i64, campaign text, organisation text, purpose text, number i64, title text, from_day text, to_day text, done_day text, association text
SELECT v.id AS wave_id, c.name AS campaign, o.name AS organisation, c.purpose, v.number, v.title, v.from_day, v.to_day, v.done_day, w.association
FROM wave_school w JOIN wave v ON v.id = w.wave_id JOIN campaign c ON c.id = v.campaign_id JOIN organisation o ON o.id = c.organisation_id
WHERE w.school_id = $1 AND v.removed = 0 AND c.state = 'open' ORDER BY v.from_day, v.number;

-- ---- what changed ----

-- name: campaign_past_put :exec
-- in: id i64, campaign_id i64, wave_id i64?, field text, before text, after text, at i64, user_id i64?
INSERT INTO campaign_past (id, campaign_id, wave_id, field, before, after, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: campaign_pasts :many -> campaign_past_row
-- in: campaign_id i64, most i64
-- out: id i64, wave_id i64?, field text, before text, after text, at i64, user_id i64?
SELECT id, wave_id, field, before, after, at, user_id FROM campaign_past WHERE campaign_id = $1 ORDER BY id DESC LIMIT $2;

-- name: equipment_organisation :one -> equipment_organisation_row
-- in: id i64
-- out: id i64, name text
SELECT id, name FROM organisation WHERE id = $1;

-- name: equipment_organisation_named :many -> equipment_organisation_row
-- in: name text
-- out: id i64, name text
SELECT id, name FROM organisation WHERE name = $1 ORDER BY id LIMIT 2;

-- name: campaigns_of_organisation :scalar
-- in: organisation_id i64
-- out: n i64
SELECT count(*) FROM campaign WHERE organisation_id = $1;
