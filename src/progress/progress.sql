-- The state of campaigns, from counts by day (migrations/0041_file_counts.sql), and what is published of it.

-- name: progress_states :many -> progress_state_row
-- in: campaign_id i64, day text
-- out: wave_id i64, school_id i64, state text, n i64
SELECT wave_id, school_id, state, CAST(sum(n) AS BIGINT) AS n FROM file_count WHERE campaign_id = $1 AND day <= $2
GROUP BY wave_id, school_id, state ORDER BY wave_id, school_id, state;

-- name: progress_days :many -> progress_day_row
-- in: campaign_id i64, wave_id i64, day text
-- out: day text, state text, n i64
SELECT day, state, CAST(sum(n) AS BIGINT) AS n FROM file_count WHERE campaign_id = $1 AND ($2 = 0 OR wave_id = $2) AND day <= $3
GROUP BY day, state ORDER BY day, state;

-- The schools of the waves, and those that files came from. came: a JSON array of [wave, school], for progress_states has just met them all:
-- looking for them would be reading every count again.
-- name: progress_schools :many -> progress_school_row
-- in: campaign_id i64, came text
-- out: wave_id i64, number i64, school_id i64, uai text, name text
SELECT v.id AS wave_id, v.number, s.id AS school_id, s.uai, s.name FROM (
  SELECT w.wave_id, w.school_id FROM wave_school w JOIN wave x ON x.id = w.wave_id WHERE x.campaign_id = $1
  UNION
-- sqlite:
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($2)
-- pg:
  SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT) FROM jsonb_array_elements(CAST($2 AS JSONB))
-- both:
) p JOIN wave v ON v.id = p.wave_id JOIN school s ON s.id = p.school_id WHERE v.removed = 0 ORDER BY v.number, s.name COLLATE fr, s.id;

-- Files that wait since before that day, by step, as the list of files shows them.
-- name: progress_waiting :many -> progress_waiting_row
-- in: scope i64, wave_id i64, before text
-- out: state text, n i64
SELECT f.state, count(*) AS n FROM family_file f WHERE f.campaign_id = $1 AND ($2 = 0 OR f.wave_id = $2) AND f.since_day < $3
  AND f.state IN ('identified', 'contacted', 'invited', 'attended', 'eligible', 'signed', 'allocated', 'handed_over', 'followed', 'replaced')
  AND f.household_id NOT IN (SELECT h.id FROM household h WHERE h.erased_at IS NOT NULL)
GROUP BY f.state ORDER BY f.state;

-- Files as they are today, without names, in the order in which they were opened: what moves meanwhile is in one piece of them, and in no other.
-- name: progress_files :many -> progress_file_row
-- in: scope i64, wave_id i64, after i64, most i64
-- out: id i64, public_id text, wave i64, school text?, class text?, district text, state text, since_day text
SELECT f.id, f.public_id, w.number AS wave, s.name AS school, (SELECT min(c.class) FROM family_file_child c WHERE c.file_id = f.id) AS class, r.district, f.state,
  f.since_day
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id) JOIN wave w ON w.id = f.wave_id
LEFT JOIN school s ON s.id = f.school_id
WHERE f.campaign_id = $1 AND ($2 = 0 OR f.wave_id = $2) AND r.erased_at IS NULL AND f.state <> 'joined' AND f.id > $3 ORDER BY f.id LIMIT $4;

-- ---- what is published ----

-- The latest says.
-- name: publication_last :many -> publication_row
-- in: campaign_id i64
-- out: id i64, published i64, at i64
SELECT id, published, at FROM campaign_publication WHERE campaign_id = $1 ORDER BY id DESC LIMIT 1;

-- name: publication_put :exec
-- in: id i64, campaign_id i64, published i64, at i64, user_id i64
INSERT INTO campaign_publication (id, campaign_id, published, at, user_id) VALUES ($1, $2, $3, $4, $5);

-- name: published_campaigns :many -> published_row
-- in: most i64
-- out: id i64, name text, year i64, target i64, organisation text
SELECT c.id, c.name, c.year, c.target, o.name AS organisation FROM campaign c JOIN organisation o ON o.id = c.organisation_id
WHERE (SELECT p.published FROM campaign_publication p WHERE p.campaign_id = c.id ORDER BY p.id DESC LIMIT 1) = 1
ORDER BY c.year DESC, c.name COLLATE fr, c.id LIMIT $1;

-- name: figures_written :many -> figure_row
-- in: campaign_id i64
-- out: month text, wave_id i64, n i64
SELECT month, wave_id, n FROM campaign_figure WHERE campaign_id = $1 ORDER BY month, wave_id;

-- name: figure_put :exec
-- in: campaign_id i64, month text, wave_id i64, n i64
INSERT INTO campaign_figure (campaign_id, month, wave_id, n) VALUES ($1, $2, $3, $4);

-- name: figures_truth :many -> figure_truth_row
-- in: campaign_id i64, day text
-- out: wave_id i64, n i64
SELECT wave_id, CAST(sum(n) AS BIGINT) AS n FROM file_count
WHERE campaign_id = $1 AND day <= $2 AND state IN ('handed_over', 'followed', 'kept', 'replaced', 'returned', 'lost') GROUP BY wave_id ORDER BY wave_id;

-- Public campaigns that have no figures yet for that month.
-- name: figures_missing :many -> figures_missing_row
-- in: month text, most i64
-- out: id i64
SELECT c.id FROM campaign c WHERE (SELECT p.published FROM campaign_publication p WHERE p.campaign_id = c.id ORDER BY p.id DESC LIMIT 1) = 1
  AND EXISTS (SELECT 1 FROM wave v WHERE v.campaign_id = c.id AND v.removed = 0)
  AND NOT EXISTS (SELECT 1 FROM campaign_figure f WHERE f.campaign_id = c.id AND f.month >= $1) ORDER BY c.id LIMIT $2;

-- For the demonstration.
-- name: progress_first_campaign :scalar
-- out: id i64
SELECT id FROM campaign ORDER BY id LIMIT 1;
