-- Many charters at once: a pile of signed paper (migrations/…_charter_batch.sql).

-- Acts that are printed and not signed by all, of a school, of families who came to a meeting, of a wave (0: of all); in the order of the prints.
-- signed_roles: 1 the family, 2 the city, 4 the school, 8 the association, 16 the establishment. spoken: the language of the first adult.
-- name: charter_unsigned :many -> charter_unsigned_row
-- in: scope i64, school_id i64, meeting_id i64, wave_id i64, most i64, skip i64
-- out: id i64, file_id i64, public_id text, root i64, school text?, signed_roles i64, spoken text?
SELECT a.id, a.file_id, f.public_id, r.id AS root,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school,
  (SELECT COALESCE(sum(CASE s.role WHEN 'family' THEN 1 WHEN 'city' THEN 2 WHEN 'education' THEN 4 WHEN 'association' THEN 8 ELSE 16 END), 0) FROM charter_signature s
    WHERE s.act_id = a.id AND s.withdrawn_at IS NULL) AS signed_roles,
  (SELECT p.language FROM person p WHERE p.household_id = r.id AND p.erased_at IS NULL ORDER BY p.kind, p.id LIMIT 1) AS spoken
FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND a.state = 'prepared' AND r.erased_at IS NULL
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM meeting_guest g WHERE g.meeting_id = $3 AND g.file_id = f.id AND g.came = 'yes')) AND ($4 = 0 OR f.wave_id = $4)
ORDER BY school, f.since_day, f.id LIMIT $5 OFFSET $6;

-- name: charter_unsigned_n :scalar
-- in: campaign_id i64, school_id i64, meeting_id i64, wave_id i64
-- out: n i64
SELECT count(*) AS n FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id
JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND a.state = 'prepared' AND r.erased_at IS NULL
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM meeting_guest g WHERE g.meeting_id = $3 AND g.file_id = f.id AND g.came = 'yes')) AND ($4 = 0 OR f.wave_id = $4);

-- Acts that have no copy yet, of those; prepared or signed.
-- name: charter_uncopied :many -> charter_uncopied_row
-- in: scope i64, school_id i64, meeting_id i64, wave_id i64, most i64, skip i64
-- out: id i64, public_id text, root i64, school text?
SELECT a.id, f.public_id, r.id AS root,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND a.state <> 'cancelled' AND r.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM charter_file d WHERE d.act_id = a.id AND d.kind = 'copy' AND d.gone_at IS NULL)
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM meeting_guest g WHERE g.meeting_id = $3 AND g.file_id = f.id AND g.came = 'yes')) AND ($4 = 0 OR f.wave_id = $4)
ORDER BY school, f.since_day, f.id LIMIT $5 OFFSET $6;

-- name: charter_uncopied_n :scalar
-- in: campaign_id i64, school_id i64, meeting_id i64, wave_id i64
-- out: n i64
SELECT count(*) AS n FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id
JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND a.state <> 'cancelled' AND r.erased_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM charter_file d WHERE d.act_id = a.id AND d.kind = 'copy' AND d.gone_at IS NULL)
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM meeting_guest g WHERE g.meeting_id = $3 AND g.file_id = f.id AND g.came = 'yes')) AND ($4 = 0 OR f.wave_id = $4);

-- Every act of a campaign by the code that its sheet bears, with how many copies it has.
-- name: charter_codes :many -> charter_code_row
-- in: scope i64, most i64
-- out: id i64, public_id text, copies i64
SELECT a.id, f.public_id, (SELECT count(*) FROM charter_file d WHERE d.act_id = a.id AND d.kind = 'copy' AND d.gone_at IS NULL) AS copies
FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id
WHERE f.campaign_id = $1 AND a.state <> 'cancelled' AND h.erased_at IS NULL ORDER BY a.id LIMIT $2;

-- Meetings whose families have charters to sign.
-- name: charter_meetings :many -> charter_meeting_row
-- in: scope i64
-- out: id i64, day text, place text, school text?
SELECT m.id, m.day, m.place, (SELECT min(s.name) FROM meeting_school a JOIN school s ON s.id = a.school_id WHERE a.meeting_id = m.id) AS school
FROM meeting m WHERE m.campaign_id = $1 AND m.state = 'planned' AND EXISTS (SELECT 1 FROM meeting_guest g JOIN charter_act a ON a.file_id = g.file_id
  WHERE g.meeting_id = m.id AND g.came = 'yes' AND a.state = 'prepared') ORDER BY m.day DESC, m.id DESC LIMIT 20;

-- Who signed last in that role, in a campaign, for a school (0: any).
-- name: charter_last_signer :one -> charter_signer_row
-- in: scope i64, role text, school_id i64
-- out: id i64, quality text, order_number text, order_day text, name_enc blob, household_id i64, key_enc blob?
SELECT s.id, s.quality, s.order_number, s.order_day, s.name_enc, a.household_id, h.key_enc FROM charter_signature s JOIN charter_act a ON a.id = s.act_id
JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = a.household_id
WHERE f.campaign_id = $1 AND s.role = $2 AND s.withdrawn_at IS NULL AND h.erased_at IS NULL
  AND ($3 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $3)) ORDER BY s.id DESC LIMIT 1;

-- ---- batches ----

-- name: charter_batch_put :exec
-- in: id i64, campaign_id i64, kind text, day text, user_id i64, at i64
INSERT INTO charter_batch (id, campaign_id, kind, day, user_id, at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: charter_batch_line_put :exec
-- in: id i64, batch_id i64, act_id i64?, position i64, saved text, why text
INSERT INTO charter_batch_line (id, batch_id, act_id, position, saved, why, undone) VALUES ($1, $2, $3, $4, $5, $6, '');

-- name: charter_signature_in_batch :exec
-- in: id i64, batch_id i64
UPDATE charter_signature SET batch_id = $2 WHERE id = $1;

-- name: charter_file_in_batch :exec
-- in: id i64, batch_id i64
UPDATE charter_file SET batch_id = $2 WHERE id = $1;

-- name: charter_batch_by_id :one -> charter_batch_row
-- in: id i64, campaign_id i64
-- out: id i64, kind text, day text, user_id i64, at i64, undone_at i64?
SELECT id, kind, day, user_id, at, undone_at FROM charter_batch WHERE id = $1 AND campaign_id = $2;

-- name: charter_batches :many -> charter_batch_row
-- in: campaign_id i64, most i64
-- out: id i64, kind text, day text, user_id i64, at i64, undone_at i64?
SELECT id, kind, day, user_id, at, undone_at FROM charter_batch WHERE campaign_id = $1 ORDER BY id DESC LIMIT $2;

-- With the family's root, unless it was erased.
-- name: charter_batch_lines :many -> charter_batch_line_row
-- in: scope i64
-- out: id i64, act_id i64?, file_id i64?, public_id text?, root i64?, position i64, saved text, why text, undone text
SELECT l.id, l.act_id, f.id AS file_id, f.public_id, r.id AS root, l.position, l.saved, l.why, l.undone
FROM charter_batch_line l LEFT JOIN charter_act a ON a.id = l.act_id LEFT JOIN family_file f ON f.id = a.file_id LEFT JOIN household h ON h.id = f.household_id
LEFT JOIN household r ON r.id = COALESCE(h.merged_into, h.id) AND r.erased_at IS NULL WHERE l.batch_id = $1 ORDER BY l.position LIMIT 60;

-- name: charter_batch_signatures :many -> charter_batch_signature_row
-- in: batch_id i64, act_id i64
-- out: id i64, role text
SELECT id, role FROM charter_signature WHERE batch_id = $1 AND act_id = $2 AND withdrawn_at IS NULL ORDER BY id;

-- name: charter_batch_files :many -> charter_batch_file_row
-- in: batch_id i64, act_id i64
-- out: id i64
SELECT id FROM charter_file WHERE batch_id = $1 AND act_id = $2 AND gone_at IS NULL ORDER BY id;

-- name: charter_batch_undo :exec
-- in: id i64, user_id i64, at i64
UPDATE charter_batch SET undone_at = $3, undone_by = $2 WHERE id = $1 AND undone_at IS NULL;

-- name: charter_batch_line_undo :exec
-- in: id i64, undone text
UPDATE charter_batch_line SET undone = $2 WHERE id = $1;
