-- Handover days and handovers (migrations/0048_handover.sql).

-- ---- days ----

-- name: handover_day_by_id :one -> handover_day_row
-- in: id i64
-- out: id i64, campaign_id i64, day text, place text, school_id i64?, school text?, from_minute i64, slot_minutes i64, slots i64, per_slot i64, cancelled i64, version i64
SELECT d.id, d.campaign_id, d.day, d.place, d.school_id, s.name AS school, d.from_minute, d.slot_minutes, d.slots, d.per_slot, d.cancelled, d.version
FROM handover_day d LEFT JOIN school s ON s.id = d.school_id WHERE d.id = $1;

-- name: handover_days_of :many -> handover_day_line
-- in: scope i64, most i64
-- out: id i64, day text, place text, from_minute i64, slot_minutes i64, slots i64, per_slot i64, cancelled i64, placed i64, handed i64
SELECT d.id, d.day, d.place, d.from_minute, d.slot_minutes, d.slots, d.per_slot, d.cancelled,
  (SELECT count(*) FROM handover_booking b WHERE b.day_id = d.id) AS placed,
  (SELECT count(*) FROM handover_booking b JOIN family_file f ON f.id = b.file_id WHERE b.day_id = d.id
    AND f.state IN ('handed_over', 'followed', 'kept', 'replaced', 'returned', 'lost')) AS handed
FROM handover_day d WHERE d.campaign_id = $1 ORDER BY d.day DESC, d.id DESC LIMIT $2;

-- name: handover_day_insert :exec
-- in: id i64, campaign_id i64, day text, place text, school_id i64?, from_minute i64, slot_minutes i64, slots i64, per_slot i64, at i64
INSERT INTO handover_day (id, campaign_id, day, place, school_id, from_minute, slot_minutes, slots, per_slot, cancelled, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1, $10);

-- name: handover_day_cancel :exec
-- in: id i64, version i64, cancelled i64
UPDATE handover_day SET cancelled = $3, version = version + 1 WHERE id = $1 AND version = $2;

-- name: handover_day_touch :exec
-- in: id i64, version i64
UPDATE handover_day SET version = version + 1 WHERE id = $1 AND version = $2;

-- name: handover_event_put :exec
-- in: id i64, day_id i64, what text, file_id i64?, before text, after text, user_id i64, at i64
INSERT INTO handover_event (id, day_id, what, file_id, before, after, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: handover_events :many -> handover_event_row
-- in: scope i64, most i64
-- out: id i64, what text, file text?, before text, after text, user_id i64, at i64
SELECT e.id, e.what, (SELECT f.public_id FROM family_file f WHERE f.id = e.file_id) AS file, e.before, e.after, e.user_id, e.at
FROM handover_event e WHERE e.day_id = $1 ORDER BY e.id DESC LIMIT $2;

-- ---- who comes when ----

-- name: handover_bookings :many -> handover_booking_row
-- in: scope i64
-- out: file_id i64, public_id text, root i64, state text, slot i64, school text?, label text?, device text?
SELECT b.file_id, f.public_id, r.id AS root, f.state, b.slot,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school,
  (SELECT min(d.label) FROM device d WHERE d.file_id = f.id) AS label, (SELECT min(d.model) FROM device d WHERE d.file_id = f.id) AS device
FROM handover_booking b JOIN family_file f ON f.id = b.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE b.day_id = $1 AND r.erased_at IS NULL ORDER BY b.slot, b.file_id LIMIT 200;

-- Families to whom a device is allocated and who have no appointment on a day to come: of a school, or (0) of all.
-- name: handover_waiting :many -> handover_waiting_row
-- in: scope i64, school_id i64, today text, most i64
-- out: file_id i64, public_id text, root i64, school text?
SELECT f.id AS file_id, f.public_id, r.id AS root,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND f.state = 'allocated' AND r.erased_at IS NULL
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND NOT EXISTS (SELECT 1 FROM handover_booking b JOIN handover_day d ON d.id = b.day_id WHERE b.file_id = f.id AND d.cancelled = 0 AND d.day >= $3)
ORDER BY f.since_day, f.id LIMIT $4;

-- How a day ended, family by family.
-- name: handover_outcomes :many -> handover_outcome_row
-- in: scope i64
-- out: public_id text, root i64, state text, slot i64, school text?, label text?, receipt text?, undone text?, told text?, channel text?, message text?
SELECT f.public_id, r.id AS root, f.state, b.slot,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school,
  (SELECT min(d.label) FROM device d WHERE d.file_id = f.id) AS label,
  (SELECT min(o.receipt_no) FROM handover o WHERE o.file_id = f.id AND o.undone_at IS NULL) AS receipt,
  (SELECT min(u.undone_why) FROM handover u WHERE u.file_id = f.id AND u.undone_at IS NOT NULL) AS undone, n.told, n.channel, m.state AS message
FROM handover_booking b JOIN family_file f ON f.id = b.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
LEFT JOIN handover_notice n ON n.file_id = f.id LEFT JOIN outbox m ON m.id = n.message_id
WHERE b.day_id = $1 AND r.erased_at IS NULL ORDER BY b.slot, b.file_id LIMIT 60;

-- name: handover_booking_of :one -> handover_booked_row
-- in: file_id i64
-- out: day_id i64, slot i64, day text, place text, from_minute i64, slot_minutes i64, cancelled i64
SELECT b.day_id, b.slot, d.day, d.place, d.from_minute, d.slot_minutes, d.cancelled
FROM handover_booking b JOIN handover_day d ON d.id = b.day_id WHERE b.file_id = $1;

-- name: handover_booking_put :exec
-- in: file_id i64, day_id i64, slot i64
INSERT INTO handover_booking (file_id, day_id, slot) VALUES ($1, $2, $3)
ON CONFLICT (file_id) DO UPDATE SET day_id = excluded.day_id, slot = excluded.slot;

-- name: handover_booking_delete :exec
-- in: file_id i64, day_id i64
DELETE FROM handover_booking WHERE file_id = $1 AND day_id = $2;

-- name: handover_forget :exec
-- in: before text, most i64
DELETE FROM handover_booking WHERE file_id IN (SELECT b.file_id FROM handover_booking b JOIN handover_day d ON d.id = b.day_id WHERE d.day < $1 LIMIT $2);

-- Families of today's days, of an organisation's campaigns, who are still to be handed their device; $2: today.
-- name: handover_awaiting :many -> handover_awaiting_row
-- in: scope i64, today text, most i64
-- out: campaign_id i64, day_id i64, public_id text, root i64, slot i64, from_minute i64, slot_minutes i64, place text, reserved i64?
SELECT f.campaign_id, b.day_id, f.public_id, r.id AS root, b.slot, d.from_minute, d.slot_minutes, d.place,
  (SELECT min(v.id) FROM device v WHERE v.file_id = f.id AND v.state = 'reserved') AS reserved
FROM handover_booking b JOIN handover_day d ON d.id = b.day_id JOIN campaign c ON c.id = d.campaign_id JOIN family_file f ON f.id = b.file_id
JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE c.organisation_id = $1 AND d.day = $2 AND d.cancelled = 0 AND f.state = 'allocated' AND r.erased_at IS NULL
ORDER BY d.from_minute + b.slot * d.slot_minutes, b.file_id LIMIT $3;

-- ---- what families know ----

-- Those of a day, booked on it or told of it, with what the outbox says of their last message; erased families are left out.
-- name: handover_notices :many -> handover_notice_row
-- in: scope i64
-- out: file_id i64, public_id text, root i64, file_state text, booked_day i64?, slot i64?, told text?, told_day_id i64?, told_slot i64?, channel text?, told_at i64?
-- out: reminded_at i64?, due_at i64?, message text?, school text?
SELECT f.id AS file_id, f.public_id, r.id AS root, f.state AS file_state, b.day_id AS booked_day, b.slot, n.told, n.told_day_id, n.told_slot, n.channel, n.told_at,
  n.reminded_at, n.due_at, o.state AS message,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
LEFT JOIN handover_booking b ON b.file_id = f.id LEFT JOIN handover_notice n ON n.file_id = f.id LEFT JOIN outbox o ON o.id = n.message_id
WHERE r.erased_at IS NULL AND f.id IN (SELECT x.file_id FROM handover_booking x WHERE x.day_id = $1
  UNION SELECT y.file_id FROM handover_notice y WHERE y.told_day_id = $1) ORDER BY b.slot, f.id LIMIT 200;

-- name: handover_notice_of :one -> handover_notice_one
-- in: file_id i64
-- out: told text, told_day_id i64?, told_slot i64?, channel text, told_at i64?, reminded_at i64?, due_at i64?, turn i64, user_id i64, message text?
SELECT n.told, n.told_day_id, n.told_slot, n.channel, n.told_at, n.reminded_at, n.due_at, n.turn, n.user_id, o.state AS message
FROM handover_notice n LEFT JOIN outbox o ON o.id = n.message_id WHERE n.file_id = $1;

-- It is to be told from now on.
-- name: handover_notice_put :exec
-- in: file_id i64, due_at i64?, user_id i64, at i64
INSERT INTO handover_notice (file_id, told, channel, due_at, turn, user_id, at) VALUES ($1, '', '', $2, 0, $3, $4)
ON CONFLICT (file_id) DO NOTHING;

-- Its booking has changed: what that means to it is written then.
-- name: handover_notice_touch :exec
-- in: file_id i64, due_at i64
UPDATE handover_notice SET due_at = $2, turn = turn + 1 WHERE file_id = $1;

-- name: handover_notices_touch :exec
-- in: day_id i64, due_at i64
UPDATE handover_notice SET due_at = $2, turn = turn + 1 WHERE file_id IN (SELECT b.file_id FROM handover_booking b WHERE b.day_id = $1);

-- name: handover_notices_due :many -> handover_notice_due_row
-- in: now i64, most i64
-- out: file_id i64
SELECT file_id FROM handover_notice WHERE due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, file_id LIMIT $2;

-- name: handover_notice_told :exec
-- in: file_id i64, turn i64, told text, day_id i64?, slot i64?, channel text, message_id i64?, told_at i64?, reminded_at i64?
UPDATE handover_notice SET due_at = NULL, turn = turn + 1, told = $3, told_day_id = $4, told_slot = $5, channel = $6, message_id = $7, told_at = $8, reminded_at = $9
WHERE file_id = $1 AND turn = $2;

-- Nothing is to be said after all.
-- name: handover_notice_rest :exec
-- in: file_id i64, turn i64
UPDATE handover_notice SET due_at = NULL WHERE file_id = $1 AND turn = $2;

-- Days that are near, of families that were told before `before` and not reminded.
-- name: handover_reminders_due :scalar
-- in: today text, until text, before i64
-- out: n i64
SELECT count(*) FROM handover_notice n JOIN handover_booking b ON b.file_id = n.file_id JOIN handover_day d ON d.id = b.day_id
WHERE n.told = 'coming' AND n.due_at IS NULL AND n.reminded_at IS NULL AND n.channel IN ('sms', 'mail') AND n.told_at < $3
  AND d.cancelled = 0 AND d.day > $1 AND d.day <= $2;

-- name: handover_reminders_mark :exec
-- in: today text, until text, before i64, now i64
UPDATE handover_notice SET due_at = $4 WHERE told = 'coming' AND due_at IS NULL AND reminded_at IS NULL AND channel IN ('sms', 'mail') AND told_at < $3
  AND file_id IN (SELECT b.file_id FROM handover_booking b JOIN handover_day d ON d.id = b.day_id WHERE d.cancelled = 0 AND d.day > $1 AND d.day <= $2);

-- name: handover_notices_forget :exec
-- in: before i64, most i64
DELETE FROM handover_notice WHERE file_id IN (SELECT n.file_id FROM handover_notice n LEFT JOIN handover_booking b ON b.file_id = n.file_id
  WHERE b.file_id IS NULL AND n.due_at IS NULL AND COALESCE(n.told_at, n.at) < $1 LIMIT $2);

-- ---- handovers ----

-- name: handover_insert :exec
-- in: id i64, receipt_no text, file_id i64, household_id i64, device_id i64, day text, gift i64, accessories text, seen text, workshop_place text, workshop_day text, workshop_hour text, receipt_enc blob, receipt_hash text, user_id i64, at i64
INSERT INTO handover (id, receipt_no, file_id, household_id, device_id, day, gift, accessories, seen, workshop_place, workshop_day, workshop_hour, receipt_enc, receipt_hash,
  user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: handover_live :one -> handover_row
-- in: file_id i64
-- out: id i64, receipt_no text, file_id i64, household_id i64, device_id i64, day text, gift i64, accessories text, seen text, workshop_place text, workshop_day text, workshop_hour text, receipt_enc blob, receipt_hash text, user_id i64, at i64
SELECT id, receipt_no, file_id, household_id, device_id, day, gift, accessories, seen, workshop_place, workshop_day, workshop_hour, receipt_enc, receipt_hash, user_id, at
FROM handover WHERE file_id = $1 AND undone_at IS NULL;

-- name: handover_undo :exec
-- in: id i64, at i64, why text
UPDATE handover SET undone_at = $2, undone_why = $3 WHERE id = $1 AND undone_at IS NULL;

-- Of a household, of all campaigns, for the file that a family is handed over.
-- name: handovers_of_household :many -> handover_held_row
-- in: scope i64
-- out: id i64, receipt_no text, household_id i64, key_enc blob?, receipt_enc blob, undone_at i64?, day text
SELECT o.id, o.receipt_no, o.household_id, h.key_enc, o.receipt_enc, o.undone_at, o.day FROM handover o JOIN household h ON h.id = o.household_id
WHERE (h.id = $1 OR h.merged_into = $1) AND h.erased_at IS NULL ORDER BY o.id LIMIT 20;

-- The day of the charter, and where the household's school is.
-- name: handover_signed :one -> handover_signed_row
-- in: file_id i64
-- out: day text
SELECT day FROM family_file_event WHERE file_id = $1 AND kind = 'step' AND after = 'signed' ORDER BY id DESC LIMIT 1;

-- name: handover_school_at :one -> handover_school_row
-- in: file_id i64
-- out: lat f64?, lon f64?
SELECT s.lat, s.lon FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = $1 ORDER BY c.id LIMIT 1;

-- name: handover_school_named :many -> handover_named_row
-- in: scope i64
-- out: school_id i64, uai text, name text
SELECT DISTINCT s.id AS school_id, s.uai, s.name FROM wave w JOIN wave_school x ON x.wave_id = w.id JOIN school s ON s.id = x.school_id
WHERE w.campaign_id = $1 AND w.removed = 0 ORDER BY s.name, s.uai LIMIT 120;

-- ---- the demonstration ----

-- name: handover_demo_campaign :one -> handover_demo_campaign_row
-- in: organisation text
-- out: id i64, name text, organisation_id i64
SELECT c.id, c.name, c.organisation_id FROM campaign c JOIN organisation o ON o.id = c.organisation_id WHERE o.name = $1 ORDER BY c.id LIMIT 1;

-- name: handover_demo_files :many -> handover_demo_row
-- in: scope i64
-- out: id i64, public_id text, root i64, state text, since_day text
SELECT f.id, f.public_id, COALESCE(h.merged_into, h.id) AS root, f.state, f.since_day FROM family_file f JOIN household h ON h.id = f.household_id
WHERE f.campaign_id = $1 AND f.state IN ('signed', 'allocated', 'handed_over', 'followed') AND h.erased_at IS NULL ORDER BY f.id LIMIT 40;

-- name: handover_days_count :scalar
-- in: campaign_id i64
-- out: n i64
SELECT count(*) FROM handover_day WHERE campaign_id = $1;

-- ---- the receipt as a document ----

-- name: handover_pdf_put :exec
-- in: handover_id i64
INSERT INTO handover_pdf (handover_id, state, tries, until) VALUES ($1, 'waiting', 0, 0);

-- name: handover_pdf_next :one -> handover_pdf_job
-- in: now i64
-- out: id i64, household_id i64, key_enc blob, receipt_enc blob, at i64
SELECT o.id, o.household_id, h.key_enc, o.receipt_enc, o.at FROM handover_pdf p JOIN handover o ON o.id = p.handover_id JOIN household h ON h.id = o.household_id
WHERE p.state = 'waiting' AND p.until < $1 AND h.erased_at IS NULL AND h.key_enc IS NOT NULL ORDER BY p.until, o.id LIMIT 1;

-- name: handover_pdf_claim :exec
-- in: handover_id i64, now i64, until i64
UPDATE handover_pdf SET tries = tries + 1, until = $3 WHERE handover_id = $1 AND state = 'waiting' AND until < $2;

-- name: handover_pdf_made :exec
-- in: handover_id i64, pdf_enc blob
UPDATE handover_pdf SET state = 'made', pdf_enc = $2 WHERE handover_id = $1 AND state = 'waiting';

-- name: handover_pdf_failed :exec
-- in: handover_id i64, most i64
UPDATE handover_pdf SET state = 'failed' WHERE handover_id = $1 AND state = 'waiting' AND tries >= $2;

-- name: handover_pdf_of :one -> handover_pdf_row
-- in: handover_id i64
-- out: state text, pdf_enc blob?
SELECT state, pdf_enc FROM handover_pdf WHERE handover_id = $1;
