-- Files of families (migrations/0036_files.sql). "root" is the household that it is read as part of, when it was merged into another.

-- name: file_by_public :one -> family_file_row
-- in: public_id text, campaign_id i64
-- out: id i64, public_id text, campaign_id i64, household_id i64, root i64, wave_id i64, state text, since_day text, reason text, version i64
SELECT f.id, f.public_id, f.campaign_id, f.household_id, COALESCE(h.merged_into, h.id) AS root, f.wave_id, f.state, f.since_day, f.reason, f.version
FROM family_file f JOIN household h ON h.id = f.household_id WHERE f.public_id = $1 AND f.campaign_id = $2;

-- scope: a JSON array of ids.
-- name: files_by_ids :many -> family_file_row
-- in: scope text
-- out: id i64, public_id text, campaign_id i64, household_id i64, root i64, wave_id i64, state text, since_day text, reason text, version i64
SELECT f.id, f.public_id, f.campaign_id, f.household_id, COALESCE(h.merged_into, h.id) AS root, f.wave_id, f.state, f.since_day, f.reason, f.version
FROM family_file f JOIN household h ON h.id = f.household_id WHERE f.id
-- sqlite:
IN (SELECT value FROM json_each($1))
-- pg:
= ANY (CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
ORDER BY f.id;

-- The latest of a household (or of one that was merged into it) in a campaign.
-- name: file_of_household :one -> family_file_row
-- in: campaign_id i64, household_id i64
-- out: id i64, public_id text, campaign_id i64, household_id i64, root i64, wave_id i64, state text, since_day text, reason text, version i64
SELECT f.id, f.public_id, f.campaign_id, f.household_id, COALESCE(h.merged_into, h.id) AS root, f.wave_id, f.state, f.since_day, f.reason, f.version
FROM family_file f JOIN household h ON h.id = f.household_id
WHERE f.campaign_id = $1 AND f.state <> 'joined' AND (h.id = $2 OR h.merged_into = $2) ORDER BY f.id DESC LIMIT 1;

-- name: file_insert :exec
-- in: id i64, public_id text, campaign_id i64, household_id i64, wave_id i64, day text, at i64
INSERT INTO family_file (id, public_id, campaign_id, household_id, wave_id, state, since_day, reason, version, created_at)
VALUES ($1, $2, $3, $4, $5, 'identified', $6, '', 1, $7);

-- files: a JSON array of [id, version], here and below.
-- name: file_move :exec
-- in: files text, state text, day text, reason text
UPDATE family_file SET state = $2, since_day = $3, reason = $4, version = family_file.version + 1 FROM (
-- sqlite:
SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS version FROM json_each($1)
-- pg:
SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS version FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
) d WHERE family_file.id = d.id AND family_file.version = d.version;

-- name: file_touch :exec
-- in: id i64, version i64
UPDATE family_file SET version = version + 1 WHERE id = $1 AND version = $2;

-- name: file_carry_to :exec
-- in: files text, wave_id i64
UPDATE family_file SET wave_id = $2, version = family_file.version + 1 FROM (
-- sqlite:
SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS version FROM json_each($1)
-- pg:
SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS version FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
) d WHERE family_file.id = d.id AND family_file.version = d.version;

-- name: file_event_put :exec
-- in: id i64, file_id i64, kind text, before text, after text, day text, reason text, user_id i64, at i64
INSERT INTO family_file_event (id, file_id, kind, before, after, day, reason, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- A step of each of several, from where it stands. steps: a JSON array of [event, file].
-- name: file_steps_put :exec
-- in: steps text, after text, day text, reason text, user_id i64, at i64
INSERT INTO family_file_event (id, file_id, kind, before, after, day, reason, user_id, at)
SELECT d.id, f.id, 'step', f.state, $2, $3, $4, $5, $6 FROM (
-- sqlite:
SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS file_id FROM json_each($1)
-- pg:
SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS file_id FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
) d JOIN family_file f ON f.id = d.file_id;

-- name: file_events :many -> file_event_row
-- in: file_id i64
-- out: id i64, kind text, before text, after text, day text, reason text, user_id i64, at i64
SELECT id, kind, before, after, day, reason, user_id, at FROM family_file_event WHERE file_id = $1 ORDER BY id;

-- name: file_child_put :exec
-- in: id i64, file_id i64, household_id i64, person_id i64, school_id i64, class text, named_enc blob, by_school i64, organisation_id i64, user_id i64, at i64
INSERT INTO family_file_child (id, file_id, household_id, person_id, school_id, class, named_enc, by_school, organisation_id, user_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (file_id, person_id, school_id, by_school) DO NOTHING;

-- name: file_children_move :exec
-- in: file_id i64, to_id i64
UPDATE family_file_child SET file_id = $2 WHERE file_id = $1;

-- name: file_children :many -> file_child_row
-- in: file_id i64
-- out: id i64, person_id i64, school text, class text, by_school i64, organisation text, user_id i64, at i64
SELECT c.id, c.person_id, s.name AS school, c.class, c.by_school, o.name AS organisation, c.user_id, c.at
FROM family_file_child c JOIN school s ON s.id = c.school_id JOIN organisation o ON o.id = c.organisation_id WHERE c.file_id = $1 ORDER BY c.id;

-- What a school named, the latest first. An erased household has no key: it is left out.
-- name: file_named_by_school :many -> file_named_row
-- in: scope i64, most i64, skip i64
-- out: id i64, household_id i64, root i64, organisation_id i64, key_enc blob?, class text, named_enc blob, at i64, state text
SELECT c.id, c.household_id, COALESCE(h.merged_into, h.id) AS root, h.organisation_id, h.key_enc, c.class, c.named_enc, c.at, f.state
FROM family_file_child c JOIN household h ON h.id = c.household_id JOIN family_file f ON f.id = c.file_id
WHERE c.school_id = $1 AND c.by_school = 1 AND h.erased_at IS NULL ORDER BY c.id DESC LIMIT $2 OFFSET $3;

-- name: file_named_one :one -> file_named_one_row
-- in: scope i64, school_id i64
-- out: file_id i64, person_id i64, root i64, organisation_id i64
SELECT c.file_id, c.person_id, COALESCE(h.merged_into, h.id) AS root, c.organisation_id FROM family_file_child c JOIN household h ON h.id = c.household_id
WHERE c.id = $1 AND c.school_id = $2 AND c.by_school = 1 AND h.erased_at IS NULL;

-- name: file_child_drop :exec
-- in: id i64
DELETE FROM family_file_child WHERE id = $1;

-- How often a file's families were named, and in how many places a person was.
-- name: file_children_count :scalar
-- in: file_id i64
-- out: n i64
SELECT count(*) FROM family_file_child WHERE file_id = $1;

-- name: file_person_count :scalar
-- in: person_id i64
-- out: n i64
SELECT count(*) FROM family_file_child WHERE person_id = $1;

-- A file that was opened by mistake and that nobody has touched. Its history is never cut: it is neither counted nor listed any more, leaves room for a
-- new one, and says why.
-- name: file_drop :exec
-- in: scope i64, version i64, day text, reason text
UPDATE family_file SET state = 'joined', reason = $4, since_day = $3, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'identified';

-- The schools that see how far a household is.
-- name: file_named_by :many -> file_named_by_row
-- in: scope i64
-- out: name text
SELECT DISTINCT s.name FROM family_file_child c JOIN school s ON s.id = c.school_id JOIN household h ON h.id = c.household_id
WHERE c.by_school = 1 AND h.erased_at IS NULL AND COALESCE(h.merged_into, h.id) = $1 ORDER BY s.name LIMIT 20;

-- name: file_named_count :scalar
-- in: school_id i64
-- out: n i64
SELECT count(*) FROM family_file_child c JOIN household h ON h.id = c.household_id WHERE c.school_id = $1 AND c.by_school = 1 AND h.erased_at IS NULL;

-- ---- lists of a campaign ----

-- late: the steps made before that day, of files that wait for somebody; '' for all.
-- name: file_list :many -> file_line_row
-- in: scope i64, state text, school_id i64, wave_id i64, late text, most i64, skip i64
-- out: id i64, public_id text, root i64, wave i64, state text, since_day text, version i64, district text, contact_at i64?, school text?, class text?
SELECT f.id, f.public_id, r.id AS root, w.number AS wave, f.state, f.since_day, f.version, r.district, r.contact_at,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school,
  (SELECT min(c.class) FROM family_file_child c WHERE c.file_id = f.id) AS class
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id) JOIN wave w ON w.id = f.wave_id
WHERE f.campaign_id = $1 AND r.erased_at IS NULL AND ($2 = '' OR f.state = $2) AND ($4 = 0 OR f.wave_id = $4)
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $3))
  AND ($5 = '' OR (f.since_day < $5 AND f.state NOT IN ('not_eligible', 'kept', 'returned', 'lost', 'unreachable', 'withdrawn', 'joined')))
  AND f.state <> 'joined'
ORDER BY f.since_day, f.id LIMIT $6 OFFSET $7;

-- name: file_list_count :scalar
-- in: campaign_id i64, state text, school_id i64, wave_id i64, late text
-- out: n i64
SELECT count(*) FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND r.erased_at IS NULL AND ($2 = '' OR f.state = $2) AND ($4 = 0 OR f.wave_id = $4)
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $3))
  AND ($5 = '' OR (f.since_day < $5 AND f.state NOT IN ('not_eligible', 'kept', 'returned', 'lost', 'unreachable', 'withdrawn', 'joined')))
  AND f.state <> 'joined';

-- name: file_to_call :many -> file_call_row
-- in: scope i64, most i64
-- out: id i64, public_id text, root i64, state text, since_day text, calls i64, school text?
SELECT f.id, f.public_id, r.id AS root, f.state, f.since_day,
  (SELECT count(*) FROM family_file_event e WHERE e.file_id = f.id AND e.kind = 'call' AND e.reason <> 'undone')
  - (SELECT count(*) FROM family_file_event u WHERE u.file_id = f.id AND u.kind = 'call' AND u.reason = 'undone') AS calls,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND r.erased_at IS NULL AND f.state IN ('identified', 'contacted') ORDER BY f.since_day, f.id LIMIT $2;

-- Schools of a campaign's waves, with their wave: where a family can be named.
-- name: file_places :many -> file_place_row
-- in: campaign_id i64
-- out: wave_id i64, number i64, campaign_id i64, campaign text, organisation_id i64, school_id i64, uai text, school text, named text
SELECT v.id AS wave_id, v.number, c.id AS campaign_id, c.name AS campaign, c.organisation_id, s.id AS school_id, s.uai, s.name AS school, c.named
FROM wave v JOIN campaign c ON c.id = v.campaign_id JOIN wave_school w ON w.wave_id = v.id JOIN school s ON s.id = w.school_id
WHERE c.id = $1 AND v.removed = 0 ORDER BY v.number, s.name COLLATE fr, s.id;

-- The same for one school, in campaigns that are open.
-- name: file_places_of_school :many -> file_place_row
-- in: school_id i64
-- out: wave_id i64, number i64, campaign_id i64, campaign text, organisation_id i64, school_id i64, uai text, school text, named text
SELECT v.id AS wave_id, v.number, c.id AS campaign_id, c.name AS campaign, c.organisation_id, s.id AS school_id, s.uai, s.name AS school, c.named
FROM wave v JOIN campaign c ON c.id = v.campaign_id JOIN wave_school w ON w.wave_id = v.id JOIN school s ON s.id = w.school_id
WHERE s.id = $1 AND v.removed = 0 AND c.state = 'open' ORDER BY v.number, v.id;

-- ---- counts ----

-- name: file_counts :many -> file_count_row
-- in: scope i64
-- out: wave_id i64, state text, n i64
SELECT wave_id, state, count(*) AS n FROM family_file WHERE campaign_id = $1 AND state <> 'joined' GROUP BY wave_id, state ORDER BY wave_id, state;

-- For the demonstration: its campaign is the first.
-- name: file_first_campaign :scalar
-- out: id i64
SELECT id FROM campaign ORDER BY id LIMIT 1;

-- name: file_campaigns :many -> family_campaign_row
-- out: id i64, organisation_id i64, name text, organisation text
SELECT c.id, c.organisation_id, c.name, o.name AS organisation FROM campaign c JOIN organisation o ON o.id = c.organisation_id
WHERE c.state = 'open' ORDER BY c.year DESC, c.name COLLATE fr, c.id LIMIT 100;

-- Other files of the same household, since it was merged with another that had one.
-- name: file_siblings :many -> family_file_row
-- in: scope i64, root i64, but i64
-- out: id i64, public_id text, campaign_id i64, household_id i64, root i64, wave_id i64, state text, since_day text, reason text, version i64
SELECT f.id, f.public_id, f.campaign_id, f.household_id, COALESCE(h.merged_into, h.id) AS root, f.wave_id, f.state, f.since_day, f.reason, f.version
FROM family_file f JOIN household h ON h.id = f.household_id
WHERE f.campaign_id = $1 AND (h.id = $2 OR h.merged_into = $2) AND f.id <> $3 AND f.state <> 'joined' ORDER BY f.id LIMIT 8;

-- Of all campaigns, for the file that a family is handed over.
-- name: files_of_household :many -> file_held_row
-- in: scope i64
-- out: id i64, campaign text, named text
SELECT f.id, c.name AS campaign, c.named FROM family_file f JOIN campaign c ON c.id = f.campaign_id
JOIN household h ON h.id = f.household_id WHERE h.id = $1 OR h.merged_into = $1 ORDER BY f.id LIMIT 20;

-- How far each file of these households (scope: a JSON array of ids) has come, in all campaigns.
-- name: file_holds :many -> file_hold_row
-- in: scope text
-- out: root i64, state text, since_day text
SELECT o.root, f.state, f.since_day FROM (
-- sqlite:
SELECT value AS root, value AS id FROM json_each($1)
UNION ALL SELECT h.merged_into, h.id FROM household h WHERE h.merged_into IN (SELECT value FROM json_each($1))
-- pg:
SELECT r.id AS root, r.id FROM unnest(CAST(translate($1, '[]', '{}') AS BIGINT[])) AS r (id)
UNION ALL SELECT h.merged_into, h.id FROM household h WHERE h.merged_into = ANY (CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
) o JOIN family_file f ON f.household_id = o.id ORDER BY o.root;

-- name: file_named :many -> file_named_held_row
-- in: scope i64
-- out: id i64, household_id i64, key_enc blob?, named_enc blob, school text, class text, organisation text, at i64
SELECT c.id, c.household_id, h.key_enc, c.named_enc, s.name AS school, c.class, o.name AS organisation, c.at FROM family_file_child c
JOIN household h ON h.id = c.household_id JOIN school s ON s.id = c.school_id JOIN organisation o ON o.id = c.organisation_id
WHERE c.file_id = $1 AND h.erased_at IS NULL ORDER BY c.id LIMIT 20;
