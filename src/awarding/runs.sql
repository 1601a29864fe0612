-- Allocation of a wave: figures, lists, runs, decisions.

-- ---- where it stands ----

-- name: award_wave_of :one -> award_wave_row
-- in: wave_id i64
-- out: wave_id i64, version i64, draw_id i64?, list_id i64?
SELECT wave_id, version, draw_id, list_id FROM award_wave WHERE wave_id = $1;

-- name: award_wave_begin :exec
-- in: wave_id i64
INSERT INTO award_wave (wave_id, version) VALUES ($1, 0) ON CONFLICT (wave_id) DO NOTHING;

-- Waits for whoever is at it: what is read afterwards in the same transaction is what they left.
-- name: award_wave_lock :exec
-- in: wave_id i64
UPDATE award_wave SET version = version + 1 WHERE wave_id = $1;

-- name: award_wave_set :exec
-- in: wave_id i64, draw_id i64?, list_id i64?
UPDATE award_wave SET draw_id = $2, list_id = $3 WHERE wave_id = $1;

-- Files of the wave that have a device, or had one.
-- name: award_used :scalar
-- in: wave_id i64
-- out: n i64
SELECT count(*) FROM family_file WHERE wave_id = $1 AND state IN ('allocated', 'handed_over', 'followed', 'kept', 'replaced', 'returned', 'lost');

-- name: award_signed_count :scalar
-- in: wave_id i64
-- out: n i64
SELECT count(*) FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.wave_id = $1 AND f.state = 'signed' AND r.erased_at IS NULL;

-- Signed files that no school of the wave can have a place for.
-- name: award_astray_count :scalar
-- in: wave_id i64
-- out: n i64
SELECT count(*) FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.wave_id = $1 AND f.state = 'signed' AND r.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM family_file_child c JOIN wave_school w ON w.school_id = c.school_id WHERE c.file_id = f.id AND w.wave_id = f.wave_id)
  AND NOT EXISTS (SELECT 1 FROM award_decision d WHERE d.file_id = f.id AND d.act = 'carried');

-- name: award_urgent_count :scalar
-- in: wave_id i64
-- out: n i64
SELECT count(*) FROM award_decision d JOIN family_file f ON f.id = d.file_id WHERE d.wave_id = $1 AND d.act = 'urgent' AND f.state <> 'signed'
  AND NOT EXISTS (SELECT 1 FROM award_decision n WHERE n.file_id = d.file_id AND n.number = d.number + 1);

-- Files of the wave that wait for their device, and those for which one is kept in the stock.
-- name: award_waiting_device :one -> award_waiting_device_row
-- in: wave_id i64
-- out: n i64, kept i64
SELECT count(*) AS n, count(d.id) AS kept FROM family_file f LEFT JOIN device d ON d.file_id = f.id AND d.state = 'reserved'
WHERE f.wave_id = $1 AND f.state = 'allocated';

-- ---- shares ----

-- The wave's schools, and those of families that were carried over to it; what is said of each, and what a share can be counted from.
-- name: award_schools :many -> award_school_row
-- in: scope i64
-- out: id i64, uai text, name text, ips i64?, pupils i64?, in_wave i64, carried i64, weight i64?, least i64?, most i64?
SELECT s.id, s.uai, s.name, s.ips, (SELECT max(p.pupils) FROM school_spelling p WHERE p.school_id = s.id AND p.state = 'accepted') AS pupils,
  CASE WHEN EXISTS (SELECT 1 FROM wave_school w WHERE w.wave_id = v.id AND w.school_id = s.id) THEN 1 ELSE 0 END AS in_wave,
  (SELECT count(DISTINCT c.file_id) FROM family_file_child c JOIN family_file f ON f.id = c.file_id
    WHERE c.school_id = s.id AND f.wave_id = v.id AND f.state = 'signed') AS carried, a.weight, a.least, a.most
FROM wave v JOIN school s ON s.id IN (
  SELECT w.school_id FROM wave_school w WHERE w.wave_id = v.id
  UNION SELECT c.school_id FROM family_file_child c JOIN family_file f ON f.id = c.file_id JOIN award_decision d ON d.file_id = f.id
    WHERE f.wave_id = v.id AND f.state = 'signed' AND d.act = 'carried')
LEFT JOIN award_share a ON a.wave_id = v.id AND a.school_id = s.id
WHERE v.id = $1 ORDER BY s.name COLLATE fr, s.id;

-- name: award_shares_clear :exec
-- in: wave_id i64
DELETE FROM award_share WHERE wave_id = $1;

-- name: award_share_put :exec
-- in: wave_id i64, school_id i64, weight i64, least i64, most i64?
INSERT INTO award_share (wave_id, school_id, weight, least, most) VALUES ($1, $2, $3, $4, $5);

-- ---- the list ----

-- As award_known, of all signed files of a wave.
-- name: award_signed :many -> award_signed_row
-- in: scope i64
-- out: id i64, public_id text, children i64, cm i64, area i64?
SELECT f.id, f.public_id,
  (SELECT count(*) FROM person p WHERE p.kind = 'child' AND p.erased_at IS NULL AND p.household_id IN (SELECT g.id FROM household g WHERE g.id = r.id OR g.merged_into = r.id)
    AND (p.class NOT IN ('', 'autre') OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.person_id = p.id))) AS children,
  CASE WHEN EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.class IN ('CM1', 'CM2'))
    OR EXISTS (SELECT 1 FROM person p WHERE p.kind = 'child' AND p.erased_at IS NULL AND p.class IN ('CM1', 'CM2')
      AND p.household_id IN (SELECT g.id FROM household g WHERE g.id = r.id OR g.merged_into = r.id)) THEN 1 ELSE 0 END AS cm,
  CASE WHEN r.areas_on = '' THEN NULL WHEN r.priority_area_code <> '' THEN 1 ELSE 0 END AS area
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.wave_id = $1 AND f.state = 'signed' AND r.erased_at IS NULL ORDER BY f.id;

-- name: award_signed_answers :many -> award_signed_answer
-- in: scope i64
-- out: file_id i64, fact text, value i64?
SELECT a.file_id, a.fact, a.value FROM award_answer a JOIN family_file f ON f.id = a.file_id
WHERE f.wave_id = $1 AND f.state = 'signed' AND NOT EXISTS (SELECT 1 FROM award_answer n WHERE n.file_id = a.file_id AND n.fact = a.fact AND n.version = a.version + 1)
ORDER BY a.file_id;

-- name: award_signed_schools :many -> award_signed_school
-- in: scope i64
-- out: file_id i64, school_id i64
SELECT c.file_id, c.school_id FROM family_file_child c JOIN family_file f ON f.id = c.file_id WHERE f.wave_id = $1 AND f.state = 'signed' ORDER BY c.file_id, c.id;

-- name: award_list_put :exec
-- in: id i64, wave_id i64, draw_id i64, quantity i64, parameters text, schools text, files text, count i64, user_id i64, at i64
INSERT INTO award_list (id, wave_id, draw_id, quantity, parameters, schools, files, count, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: award_list_by_id :one -> award_list_row
-- in: id i64
-- out: id i64, wave_id i64, draw_id i64, quantity i64, parameters text, schools text, files text, count i64, user_id i64, at i64
SELECT id, wave_id, draw_id, quantity, parameters, schools, files, count, user_id, at FROM award_list WHERE id = $1;

-- ---- runs ----

-- name: award_run_put :exec
-- in: id i64, wave_id i64, number i64, list_id i64, digest text, record text, parameters text, user_id i64, at i64
INSERT INTO award_run (id, wave_id, number, list_id, digest, record, parameters, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: award_run_school_put :exec
-- in: run_id i64, school_id i64, quota i64, places i64, files i64, eligible i64, proposed i64, last i64
INSERT INTO award_run_school (run_id, school_id, quota, places, files, eligible, proposed, last) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- lines: a JSON array of [file, school, rank, points, alike, state, refusal, "facts"].
-- name: award_lines_put :exec
-- in: run_id i64, lines text
INSERT INTO award_line (run_id, file_id, school_id, rank, points, alike, state, refusal, facts)
-- sqlite:
SELECT $1, f.id, s.id, json_extract(d.value, '$[2]'), json_extract(d.value, '$[3]'), json_extract(d.value, '$[4]'), json_extract(d.value, '$[5]'),
  json_extract(d.value, '$[6]'), json_extract(d.value, '$[7]')
FROM json_each($2) d JOIN family_file f ON f.public_id = json_extract(d.value, '$[0]') JOIN school s ON s.uai = json_extract(d.value, '$[1]')
-- pg:
SELECT CAST($1 AS BIGINT), f.id, s.id, CAST(d.value ->> 2 AS BIGINT), CAST(d.value ->> 3 AS BIGINT), CAST(d.value ->> 4 AS BIGINT),
  CAST(d.value ->> 5 AS BIGINT), CAST(d.value ->> 6 AS BIGINT), d.value ->> 7
FROM jsonb_array_elements(CAST(CAST($2 AS TEXT) AS JSONB)) d JOIN family_file f ON f.public_id = d.value ->> 0 JOIN school s ON s.uai = d.value ->> 1
-- both:
;

-- name: award_run_by_number :one -> award_run_row
-- in: wave_id i64, number i64
-- out: id i64, wave_id i64, number i64, list_id i64, digest text, record text, parameters text, user_id i64, at i64
SELECT id, wave_id, number, list_id, digest, record, parameters, user_id, at FROM award_run WHERE wave_id = $1 AND number = $2;

-- Without its record, which may be large. The last one first.
-- name: award_runs :many -> award_run_line
-- in: wave_id i64
-- out: id i64, number i64, digest text, parameters text, quantity i64, count i64, draw_id i64, user_id i64, at i64
SELECT r.id, r.number, r.digest, r.parameters, l.quantity, l.count, l.draw_id, r.user_id, r.at FROM award_run r JOIN award_list l ON l.id = r.list_id
WHERE r.wave_id = $1 ORDER BY r.number DESC LIMIT 50;

-- For gabare allocate verify.
-- name: award_runs_all :many -> award_run_where
-- in: after i64
-- out: id i64, wave_id i64, number i64
SELECT id, wave_id, number FROM award_run WHERE id > $1 ORDER BY id LIMIT 1000;

-- name: award_run_schools :many -> award_run_school_row
-- in: run_id i64
-- out: school_id i64, uai text, name text, quota i64, places i64, files i64, eligible i64, proposed i64, last i64
SELECT r.school_id, s.uai, s.name, r.quota, r.places, r.files, r.eligible, r.proposed, r.last FROM award_run_school r JOIN school s ON s.id = r.school_id
WHERE r.run_id = $1 ORDER BY s.name COLLATE fr, s.id;

-- ---- what stands of a run ----

-- school_id 0: of all schools. The decision is the last of the file.
-- name: award_standing :many -> award_standing_row
-- in: scope i64, school_id i64
-- out: file_id i64, public_id text, root i64, school_id i64, rank i64, points i64, alike i64, state i64, refusal i64, facts text
-- out: file_state text, wave_id i64, version i64, act text?, decided_in i64?, reason text?, day text?, user_id i64?, number i64?
SELECT l.file_id, f.public_id, COALESCE(h.merged_into, h.id) AS root, l.school_id, l.rank, l.points, l.alike, l.state, l.refusal, l.facts,
  f.state AS file_state, f.wave_id, f.version, d.act, d.run_id AS decided_in, d.reason, d.day, d.user_id, d.number
FROM award_line l JOIN family_file f ON f.id = l.file_id JOIN household h ON h.id = f.household_id
LEFT JOIN award_decision d ON d.file_id = l.file_id AND NOT EXISTS (SELECT 1 FROM award_decision n WHERE n.file_id = d.file_id AND n.number = d.number + 1)
WHERE l.run_id = $1 AND ($2 = 0 OR l.school_id = $2)
ORDER BY l.school_id, CASE WHEN l.rank = 0 THEN 1 ELSE 0 END, l.rank, l.points DESC, l.file_id;

-- The last run that a file was in.
-- name: award_line_of :one -> award_line_row
-- in: file_id i64
-- out: run_id i64, wave_id i64, run_number i64, parameters text, at i64, school_id i64, rank i64, points i64, alike i64, state i64, refusal i64, facts text
SELECT l.run_id, r.wave_id, r.number AS run_number, r.parameters, r.at, l.school_id, l.rank, l.points, l.alike, l.state, l.refusal, l.facts
FROM award_line l JOIN award_run r ON r.id = l.run_id WHERE l.file_id = $1 ORDER BY r.id DESC LIMIT 1;

-- ---- decisions ----

-- files: a JSON array of [file, number, school or 0].
-- name: award_decisions_put :exec
-- in: files text, wave_id i64, run_id i64?, act text, reason text, day text, user_id i64, at i64
INSERT INTO award_decision (file_id, number, wave_id, run_id, school_id, act, reason, day, user_id, at)
-- sqlite:
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), $2, $3, NULLIF(json_extract(value, '$[2]'), 0), $4, $5, $6, $7, $8
FROM json_each($1) WHERE true
-- pg:
SELECT CAST(value ->> 0 AS BIGINT), CAST(value ->> 1 AS BIGINT), $2, $3, NULLIF(CAST(value ->> 2 AS BIGINT), 0), $4, $5, $6, $7, $8
FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
ON CONFLICT (file_id, number) DO NOTHING;

-- name: award_decision_last :one -> award_decision_row
-- in: file_id i64
-- out: file_id i64, number i64, wave_id i64, run_id i64?, school_id i64?, act text, reason text, day text, user_id i64, at i64
SELECT file_id, number, wave_id, run_id, school_id, act, reason, day, user_id, at FROM award_decision WHERE file_id = $1 ORDER BY number DESC LIMIT 1;

-- name: award_decisions :many -> award_decision_row
-- in: scope i64
-- out: file_id i64, number i64, wave_id i64, run_id i64?, school_id i64?, act text, reason text, day text, user_id i64, at i64
SELECT file_id, number, wave_id, run_id, school_id, act, reason, day, user_id, at FROM award_decision WHERE file_id = $1 ORDER BY number LIMIT 100;

-- For the demonstration: the first wave of the first campaign.
-- name: award_demo_wave :one -> award_demo_wave_row
-- out: id i64, campaign_id i64
SELECT w.id, w.campaign_id FROM wave w WHERE w.removed = 0 ORDER BY w.campaign_id, w.number LIMIT 1;
