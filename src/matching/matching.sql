-- Devices matched to files (migrations/0054_matching.sql).

-- ---- what a wave asks for, and where it stands ----

-- name: match_wave_of :one -> match_wave_row
-- in: wave_id i64
-- out: wave_id i64, version i64, kind text, memory_gb i64, screen i64, grade text, asked_at i64?, asked_by i64?, tries i64, failed i64
SELECT wave_id, version, kind, memory_gb, screen, grade, asked_at, asked_by, tries, failed FROM match_wave WHERE wave_id = $1;

-- name: match_wave_begin :exec
-- in: wave_id i64
INSERT INTO match_wave (wave_id, version, kind, memory_gb, screen, grade, tries, until, failed) VALUES ($1, 0, 'laptop', 8, 13, 'B', 0, 0, 0)
ON CONFLICT (wave_id) DO NOTHING;

-- Waits for whoever is at it, from the version that was seen.
-- name: match_wave_take :exec
-- in: wave_id i64, version i64
UPDATE match_wave SET version = version + 1 WHERE wave_id = $1 AND version = $2;

-- The same for the program itself: nobody's page is out of date by it.
-- name: match_wave_hold :exec
-- in: wave_id i64
UPDATE match_wave SET version = version WHERE wave_id = $1;

-- name: match_wave_say :exec
-- in: wave_id i64, kind text, memory_gb i64, screen i64, grade text
UPDATE match_wave SET kind = $2, memory_gb = $3, screen = $4, grade = $5 WHERE wave_id = $1;

-- name: match_wave_ask :exec
-- in: wave_id i64, at i64, user_id i64
UPDATE match_wave SET asked_at = $2, asked_by = $3, tries = 0, until = 0, failed = 0 WHERE wave_id = $1;

-- name: match_wave_due :one -> match_due_row
-- in: now i64
-- out: wave_id i64, campaign_id i64, asked_by i64?, tries i64
SELECT m.wave_id, w.campaign_id, m.asked_by, m.tries FROM match_wave m JOIN wave w ON w.id = m.wave_id WHERE m.asked_at IS NOT NULL AND m.until < $1
ORDER BY m.asked_at LIMIT 1;

-- name: match_wave_claim :exec
-- in: wave_id i64, now i64, until i64
UPDATE match_wave SET until = $3, tries = tries + 1 WHERE wave_id = $1 AND asked_at IS NOT NULL AND until < $2;

-- name: match_wave_end :exec
-- in: wave_id i64, failed i64
UPDATE match_wave SET asked_at = NULL, failed = $2, version = version + 1 WHERE wave_id = $1 AND asked_at IS NOT NULL;

-- Devices that are kept for files of a wave.
-- name: match_kept_count :scalar
-- in: wave_id i64
-- out: n i64
SELECT count(*) FROM device d JOIN family_file f ON f.id = d.file_id WHERE f.wave_id = $1 AND d.state = 'reserved';

-- name: match_free :many -> match_free_row
-- in: organisation_id i64
-- out: kind text, grade text, n i64
SELECT kind, grade, count(*) AS n FROM device WHERE organisation_id = $1 AND state = 'in_stock' GROUP BY kind, grade ORDER BY kind, grade;

-- ---- what files ask for ----

-- name: match_wish_of :one -> match_wish_row
-- in: file_id i64
-- out: file_id i64, version i64, kind text, memory_gb i64, large_screen i64, day text, user_id i64
SELECT file_id, version, kind, memory_gb, large_screen, day, user_id FROM match_wish WHERE file_id = $1 ORDER BY version DESC LIMIT 1;

-- name: match_wishes_ever :many -> match_wish_row
-- in: scope i64
-- out: file_id i64, version i64, kind text, memory_gb i64, large_screen i64, day text, user_id i64
SELECT file_id, version, kind, memory_gb, large_screen, day, user_id FROM match_wish WHERE file_id = $1 ORDER BY version LIMIT 50;

-- name: match_wish_put :exec
-- in: file_id i64, version i64, kind text, memory_gb i64, large_screen i64, day text, user_id i64, at i64
INSERT INTO match_wish (file_id, version, kind, memory_gb, large_screen, day, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (file_id, version) DO NOTHING;

-- Files to which a device is allocated and for which none is kept, with what they ask for otherwise than their wave.
-- name: match_needs :many -> match_need_row
-- in: scope i64, most i64
-- out: file_id i64, public_id text, school_id i64?, kind text?, memory_gb i64?, large_screen i64?
SELECT f.id AS file_id, f.public_id, f.school_id, w.kind, w.memory_gb, w.large_screen
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
LEFT JOIN match_wish w ON w.file_id = f.id AND NOT EXISTS (SELECT 1 FROM match_wish n WHERE n.file_id = w.file_id AND n.version = w.version + 1)
WHERE f.wave_id = $1 AND f.state = 'allocated' AND r.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM device d WHERE d.file_id = f.id AND d.state IN ('reserved', 'lent'))
ORDER BY f.id LIMIT $2;

-- ---- proposals ----

-- name: match_proposal_put :exec
-- in: id i64, wave_id i64, number i64, devices text, needs text, digest text, cost i64, user_id i64, at i64
INSERT INTO match_proposal (id, wave_id, number, devices, needs, digest, cost, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- lines: a JSON array of [file, school or 0, device or 0, "need", cost, unfit].
-- name: match_lines_put :exec
-- in: proposal_id i64, lines text
INSERT INTO match_line (proposal_id, file_id, school_id, device_id, need, cost, unfit)
-- sqlite:
SELECT $1, json_extract(d.value, '$[0]'), NULLIF(json_extract(d.value, '$[1]'), 0), NULLIF(json_extract(d.value, '$[2]'), 0), json_extract(d.value, '$[3]'),
  json_extract(d.value, '$[4]'), json_extract(d.value, '$[5]')
FROM json_each($2) d
-- pg:
SELECT CAST($1 AS BIGINT), CAST(d.value ->> 0 AS BIGINT), NULLIF(CAST(d.value ->> 1 AS BIGINT), 0), NULLIF(CAST(d.value ->> 2 AS BIGINT), 0), d.value ->> 3,
  CAST(d.value ->> 4 AS BIGINT), CAST(d.value ->> 5 AS BIGINT)
FROM jsonb_array_elements(CAST(CAST($2 AS TEXT) AS JSONB)) d
-- both:
;

-- Without what they were made from, which may be large. The last one first.
-- name: match_proposals :many -> match_proposal_row
-- in: wave_id i64
-- out: id i64, number i64, digest text, cost i64, user_id i64, at i64, accepted_by i64?, accepted_at i64?, keeping i64?, undone_by i64?, undone_at i64?, undoing i64?
SELECT p.id, p.number, p.digest, p.cost, p.user_id, p.at, a.user_id AS accepted_by, a.at AS accepted_at, 1 - a.done AS keeping, u.user_id AS undone_by,
  u.at AS undone_at, 1 - u.done AS undoing
FROM match_proposal p LEFT JOIN match_act a ON a.proposal_id = p.id AND a.act = 'accepted' LEFT JOIN match_act u ON u.proposal_id = p.id AND u.act = 'undone'
WHERE p.wave_id = $1 ORDER BY p.number DESC LIMIT 50;

-- name: match_inputs :one -> match_inputs_row
-- in: proposal_id i64
-- out: devices text, needs text
SELECT devices, needs FROM match_proposal WHERE id = $1;

-- given: with a device, as an officer has changed it; short_of: less than what is asked; kept: now.
-- name: match_schools :many -> match_school_row
-- in: scope i64
-- out: uai text?, name text?, files i64, given i64, short_of i64, kept i64
SELECT s.uai, s.name, count(*) AS files, count(CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END) AS given,
  CAST(sum(CASE WHEN c.file_id IS NULL THEN l.unfit ELSE 0 END) AS BIGINT) AS short_of,
  count(CASE WHEN k.result = 'kept' AND x.file_id = l.file_id THEN 1 END) AS kept
FROM match_line l LEFT JOIN school s ON s.id = l.school_id
LEFT JOIN match_change c ON c.proposal_id = l.proposal_id AND c.file_id = l.file_id
LEFT JOIN match_kept k ON k.proposal_id = l.proposal_id AND k.file_id = l.file_id LEFT JOIN device x ON x.id = k.device_id
WHERE l.proposal_id = $1 GROUP BY s.id, s.uai, s.name ORDER BY s.name COLLATE fr, s.id;

-- By school. uai: '' for all, '-' for files without a school; what: '', 'sans' (no device), 'ecarts' (less than what is asked), 'refus' (accepted, not kept).
-- name: match_lines :many -> match_line_row
-- in: scope i64, uai text, what text, most i64, skip i64
-- out: file_id i64, public_id text, root i64, uai text?, school text?, need text, cost i64, changed i64?, reason text?, device_id i64?, result text?
-- out: label text?, kind text?, model text?, grade text?, memory_gb i64?, disk_gb i64?, screen_tenths i64?, os text?, now text?
SELECT l.file_id, f.public_id, COALESCE(h.merged_into, h.id) AS root, s.uai, s.name AS school, l.need, l.cost, c.file_id AS changed, c.reason,
  CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END AS device_id, k.result,
  d.label, d.kind, d.model, d.grade, d.memory_gb, d.disk_gb, d.screen_tenths, d.os, d.state AS now
FROM match_line l JOIN family_file f ON f.id = l.file_id JOIN household h ON h.id = f.household_id LEFT JOIN school s ON s.id = l.school_id
LEFT JOIN match_change c ON c.proposal_id = l.proposal_id AND c.file_id = l.file_id
LEFT JOIN match_kept k ON k.proposal_id = l.proposal_id AND k.file_id = l.file_id
LEFT JOIN device d ON d.id = CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END
WHERE l.proposal_id = $1 AND ($2 = '' OR COALESCE(s.uai, '-') = $2)
  AND ($3 <> 'sans' OR d.id IS NULL) AND ($3 <> 'ecarts' OR (c.file_id IS NULL AND l.unfit = 1))
  AND ($3 <> 'refus' OR k.result IN ('taken', 'moved', 'has'))
ORDER BY s.name COLLATE fr, s.id, f.public_id LIMIT $4 OFFSET $5;

-- name: match_lines_count :scalar
-- in: proposal_id i64, uai text, what text
-- out: n i64
SELECT count(*) FROM match_line l LEFT JOIN school s ON s.id = l.school_id
LEFT JOIN match_change c ON c.proposal_id = l.proposal_id AND c.file_id = l.file_id
LEFT JOIN match_kept k ON k.proposal_id = l.proposal_id AND k.file_id = l.file_id
WHERE l.proposal_id = $1 AND ($2 = '' OR COALESCE(s.uai, '-') = $2)
  AND ($3 <> 'sans' OR CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END IS NULL)
  AND ($3 <> 'ecarts' OR (c.file_id IS NULL AND l.unfit = 1)) AND ($3 <> 'refus' OR k.result IN ('taken', 'moved', 'has'));

-- name: match_line_of :one -> match_line_found
-- in: proposal_id i64, public_id text
-- out: file_id i64
SELECT l.file_id FROM match_line l JOIN family_file f ON f.id = l.file_id WHERE l.proposal_id = $1 AND f.public_id = $2;

-- Whose line of the proposal has that device now, but for one file's.
-- name: match_line_with :many -> match_line_found
-- in: scope i64, device_id i64, but i64
-- out: file_id i64
SELECT l.file_id FROM match_line l LEFT JOIN match_change c ON c.proposal_id = l.proposal_id AND c.file_id = l.file_id
WHERE l.proposal_id = $1 AND CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END = $2 AND l.file_id <> $3 LIMIT 1;

-- name: match_change_put :exec
-- in: proposal_id i64, file_id i64, device_id i64?, reason text, user_id i64, at i64
INSERT INTO match_change (proposal_id, file_id, device_id, reason, user_id, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (proposal_id, file_id) DO UPDATE SET device_id = excluded.device_id, reason = excluded.reason, user_id = excluded.user_id, at = excluded.at;

-- name: match_change_clear :exec
-- in: proposal_id i64, file_id i64
DELETE FROM match_change WHERE proposal_id = $1 AND file_id = $2;

-- ---- what is kept ----

-- name: match_act_put :exec
-- in: proposal_id i64, act text, user_id i64, at i64
INSERT INTO match_act (proposal_id, act, user_id, at, done) VALUES ($1, $2, $3, $4, 0) ON CONFLICT (proposal_id, act) DO NOTHING;

-- name: match_act_end :exec
-- in: proposal_id i64, act text
UPDATE match_act SET done = 1 WHERE proposal_id = $1 AND act = $2;

-- name: match_act_due :one -> match_act_row
-- out: proposal_id i64, act text, user_id i64, wave_id i64, organisation_id i64
SELECT a.proposal_id, a.act, a.user_id, p.wave_id, c.organisation_id FROM match_act a JOIN match_proposal p ON p.id = a.proposal_id
JOIN wave w ON w.id = p.wave_id JOIN campaign c ON c.id = w.campaign_id WHERE a.done = 0 ORDER BY a.proposal_id, a.act LIMIT 1;

-- Lines of an accepted proposal that nobody has seen to yet. had: a device that the file has already.
-- name: match_to_keep :many -> match_to_keep_row
-- in: scope i64, most i64
-- out: file_id i64, device_id i64, state text, wave_id i64, erased i64?, had i64?
SELECT l.file_id, x.id AS device_id, f.state, f.wave_id, r.erased_at AS erased,
  (SELECT min(d.id) FROM device d WHERE d.file_id = l.file_id AND d.state IN ('reserved', 'lent')) AS had
FROM match_line l LEFT JOIN match_change c ON c.proposal_id = l.proposal_id AND c.file_id = l.file_id
JOIN device x ON x.id = CASE WHEN c.file_id IS NULL THEN l.device_id ELSE c.device_id END
JOIN family_file f ON f.id = l.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE l.proposal_id = $1 AND NOT EXISTS (SELECT 1 FROM match_kept k WHERE k.proposal_id = l.proposal_id AND k.file_id = l.file_id)
  AND EXISTS (SELECT 1 FROM match_act a WHERE a.proposal_id = l.proposal_id AND a.act = 'accepted' AND a.done = 0)
ORDER BY l.file_id LIMIT $2;

-- name: match_kept_put :exec
-- in: proposal_id i64, file_id i64, device_id i64, result text, at i64
INSERT INTO match_kept (proposal_id, file_id, device_id, result, at) VALUES ($1, $2, $3, $4, $5);

-- Those that are kept still, by this proposal, and not handed over.
-- name: match_to_release :many -> match_to_release_row
-- in: scope i64, most i64
-- out: file_id i64, device_id i64
SELECT k.file_id, k.device_id FROM match_kept k JOIN device d ON d.id = k.device_id
WHERE k.proposal_id = $1 AND k.result = 'kept' AND d.state = 'reserved' AND d.file_id = k.file_id ORDER BY k.file_id LIMIT $2;

-- name: match_kept_release :exec
-- in: proposal_id i64, file_id i64, at i64
UPDATE match_kept SET result = 'released', at = $3 WHERE proposal_id = $1 AND file_id = $2 AND result = 'kept';

-- For the demonstration: the first wave of the first campaign.
-- name: match_demo_wave :one -> match_demo_row
-- out: id i64, campaign_id i64, organisation_id i64
SELECT w.id, w.campaign_id, c.organisation_id FROM wave w JOIN campaign c ON c.id = w.campaign_id WHERE w.removed = 0 ORDER BY w.campaign_id, w.number LIMIT 1;
