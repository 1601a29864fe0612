-- Presentation meetings (migrations/…_meetings.sql). "root" is the household that a file's is read as part of, when it was merged into another.

-- name: meeting_by_id :one -> meeting_row
-- in: id i64
-- out: id i64, campaign_id i64, day text, minute i64, place text, room text, capacity i64, speaker text, note text, state text, version i64
SELECT id, campaign_id, day, minute, place, room, capacity, speaker, note, state, version FROM meeting WHERE id = $1;

-- Of a campaign: those from that day on, the next first; those before it, the latest first.
-- name: meetings_from :many -> meeting_row
-- in: campaign_id i64, day text, most i64, skip i64
-- out: id i64, campaign_id i64, day text, minute i64, place text, room text, capacity i64, speaker text, note text, state text, version i64
SELECT id, campaign_id, day, minute, place, room, capacity, speaker, note, state, version FROM meeting
WHERE campaign_id = $1 AND day >= $2 ORDER BY day, minute, id LIMIT $3 OFFSET $4;

-- name: meetings_before :many -> meeting_row
-- in: campaign_id i64, day text, most i64, skip i64
-- out: id i64, campaign_id i64, day text, minute i64, place text, room text, capacity i64, speaker text, note text, state text, version i64
SELECT id, campaign_id, day, minute, place, room, capacity, speaker, note, state, version FROM meeting
WHERE campaign_id = $1 AND day < $2 ORDER BY day DESC, minute DESC, id DESC LIMIT $3 OFFSET $4;

-- name: meetings_before_n :scalar
-- in: campaign_id i64, day text
-- out: n i64
SELECT count(*) FROM meeting WHERE campaign_id = $1 AND day < $2;

-- name: meeting_schools :many -> meeting_school_row
-- in: meeting_id i64
-- out: id i64, uai text, name text, address text, postal_code text, commune text
SELECT s.id, s.uai, s.name, s.address, s.postal_code, s.commune FROM meeting_school m JOIN school s ON s.id = m.school_id
WHERE m.meeting_id = $1 ORDER BY s.name COLLATE fr, s.id;

-- Schools of a campaign's waves, with the association that accompanies their families.
-- name: meeting_school_choices :many -> meeting_school_choice
-- in: campaign_id i64
-- out: id i64, uai text, name text, number i64, association text
SELECT s.id, s.uai, s.name, v.number, w.association FROM wave v JOIN wave_school w ON w.wave_id = v.id JOIN school s ON s.id = w.school_id
WHERE v.campaign_id = $1 AND v.removed = 0 ORDER BY v.number, s.name COLLATE fr, s.id;

-- name: meeting_put :exec
-- in: id i64, campaign_id i64, day text, minute i64, place text, room text, capacity i64, speaker text, note text, at i64
INSERT INTO meeting (id, campaign_id, day, minute, place, room, capacity, speaker, note, state, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', 1, $10);

-- name: meeting_change :exec
-- in: id i64, version i64, day text, minute i64, place text, room text, capacity i64, speaker text, note text, state text
UPDATE meeting SET day = $3, minute = $4, place = $5, room = $6, capacity = $7, speaker = $8, note = $9, state = $10, version = version + 1
WHERE id = $1 AND version = $2;

-- name: meeting_schools_drop :exec
-- in: meeting_id i64
DELETE FROM meeting_school WHERE meeting_id = $1;

-- name: meeting_school_put :exec
-- in: meeting_id i64, uai text
INSERT INTO meeting_school (meeting_id, school_id) SELECT $1, id FROM school WHERE uai = $2 ON CONFLICT (meeting_id, school_id) DO NOTHING;

-- name: meeting_past_put :exec
-- in: id i64, meeting_id i64, field text, before text, after text, at i64, user_id i64
INSERT INTO meeting_past (id, meeting_id, field, before, after, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: meeting_pasts :many -> meeting_past_row
-- in: meeting_id i64, most i64
-- out: field text, before text, after text, at i64, user_id i64
SELECT field, before, after, at, user_id FROM meeting_past WHERE meeting_id = $1 ORDER BY id DESC LIMIT $2;

-- ---- whom to invite ----

-- Files of families of its schools (of all schools when it names none) that wait to be invited: contacted, or invited before and not come. Those
-- that another meeting still expects are left out. When a school, a wave or a state was chosen ('', 0, ''), those alone; a school then stands for
-- the meeting's own.
-- name: meeting_candidates :many -> meeting_candidate
-- in: scope i64, today text, most i64, uai text, wave_id i64, state text
-- out: file_id i64, public_id text, root i64, state text, school text?
SELECT f.id AS file_id, f.public_id, r.id AS root, f.state,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM meeting m JOIN family_file f ON f.campaign_id = m.campaign_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE m.id = $1 AND r.erased_at IS NULL AND f.state IN ('contacted', 'invited')
  AND ($4 = '' OR EXISTS (SELECT 1 FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id AND s.uai = $4))
  AND ($5 = 0 OR f.wave_id = $5) AND ($6 = '' OR f.state = $6)
  AND ($4 <> '' OR NOT EXISTS (SELECT 1 FROM meeting_school a WHERE a.meeting_id = $1)
    OR EXISTS (SELECT 1 FROM meeting_school a JOIN family_file_child c ON c.school_id = a.school_id WHERE a.meeting_id = $1 AND c.file_id = f.id))
  AND NOT EXISTS (SELECT 1 FROM meeting_guest g JOIN meeting o ON o.id = g.meeting_id
    WHERE g.file_id = f.id AND (o.id = $1 OR (o.state = 'planned' AND o.day >= $2 AND g.came = '' AND g.reply <> 'no')))
ORDER BY f.since_day, f.id LIMIT $3;

-- Of the same schools, those that nobody has reached yet.
-- name: meeting_unreached :many -> meeting_candidate
-- in: scope i64, most i64
-- out: file_id i64, public_id text, root i64, state text, school text?
SELECT f.id AS file_id, f.public_id, r.id AS root, f.state,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM meeting m JOIN family_file f ON f.campaign_id = m.campaign_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE m.id = $1 AND r.erased_at IS NULL AND f.state = 'identified'
  AND (NOT EXISTS (SELECT 1 FROM meeting_school a WHERE a.meeting_id = $1)
    OR EXISTS (SELECT 1 FROM meeting_school a JOIN family_file_child c ON c.school_id = a.school_id WHERE a.meeting_id = $1 AND c.file_id = f.id))
ORDER BY f.since_day, f.id LIMIT $2;

-- ---- who is invited ----

-- name: meeting_guest_put :exec
-- in: id i64, meeting_id i64, file_id i64, uninvited i64, to_write text, user_id i64, at i64
INSERT INTO meeting_guest (id, meeting_id, file_id, uninvited, to_write, channel, reply, came, user_id, at) VALUES ($1, $2, $3, $4, $5, '', '', '', $6, $7)
ON CONFLICT (meeting_id, file_id) DO NOTHING;

-- With what the outbox says of its last message; erased families are left out.
-- name: meeting_guests :many -> meeting_guest_row
-- in: scope i64, most i64
-- out: id i64, file_id i64, public_id text, root i64, file_state text, uninvited i64, to_write text, channel text, invited_at i64?, reminded_at i64?
-- out: reply text, came text, message text?, school text?
SELECT g.id, g.file_id, f.public_id, r.id AS root, f.state AS file_state, g.uninvited, g.to_write, g.channel, g.invited_at, g.reminded_at, g.reply, g.came,
  o.state AS message,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school
FROM meeting_guest g JOIN family_file f ON f.id = g.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
LEFT JOIN outbox o ON o.id = g.message_id
WHERE g.meeting_id = $1 AND r.erased_at IS NULL ORDER BY g.id LIMIT $2;

-- name: meeting_guest_counts :many -> meeting_guest_count
-- in: meeting_id i64
-- out: uninvited i64, to_write text, channel text, reply text, came text, message text?, n i64
SELECT g.uninvited, g.to_write, g.channel, g.reply, g.came, o.state AS message, count(*) AS n
FROM meeting_guest g LEFT JOIN outbox o ON o.id = g.message_id WHERE g.meeting_id = $1 GROUP BY 1, 2, 3, 4, 5, 6;

-- name: meeting_guest_reply :exec
-- in: id i64, reply text
UPDATE meeting_guest SET reply = $2 WHERE id = $1;

-- It was told by telephone.
-- name: meeting_guest_told :exec
-- in: id i64, at i64
UPDATE meeting_guest SET channel = 'phone', to_write = '', invited_at = COALESCE(invited_at, $2) WHERE id = $1;

-- name: meeting_guest_came :exec
-- in: id i64, came text
UPDATE meeting_guest SET came = $2 WHERE id = $1;

-- An invitation that has not been written is taken back; so is somebody who was added at the door by mistake.
-- name: meeting_guest_drop :exec
-- in: id i64
DELETE FROM meeting_guest WHERE id = $1 AND (to_write = 'invitation' OR uninvited = 1);

-- ---- writing ----

-- name: meetings_to_write :many -> meeting_letter
-- in: most i64
-- out: id i64, meeting_id i64, file_id i64, to_write text, channel text, user_id i64
SELECT id, meeting_id, file_id, to_write, channel, user_id FROM meeting_guest WHERE to_write <> '' ORDER BY id LIMIT $1;

-- name: meeting_guest_written :exec
-- in: id i64, what text, channel text, message_id i64?, invited_at i64?, reminded_at i64?
UPDATE meeting_guest SET to_write = '', channel = $3, message_id = COALESCE($4, message_id), invited_at = COALESCE(invited_at, $5),
  reminded_at = COALESCE($6, reminded_at)
WHERE id = $1 AND to_write = $2;

-- Those who know are told that it has changed, or is off; what was not written yet says it already, or never leaves.
-- name: meeting_guests_tell :exec
-- in: meeting_id i64, what text
UPDATE meeting_guest SET to_write = $2, reminded_at = NULL, reply = CASE WHEN $2 = 'change' THEN '' ELSE reply END
WHERE meeting_id = $1 AND to_write <> 'invitation' AND channel IN ('sms', 'mail', 'letter');

-- name: meeting_guests_call :exec
-- in: meeting_id i64
UPDATE meeting_guest SET channel = 'none', reply = '' WHERE meeting_id = $1 AND channel = 'phone';

-- name: meeting_guests_spare :exec
-- in: meeting_id i64
UPDATE meeting_guest SET to_write = '', channel = '' WHERE meeting_id = $1 AND to_write = 'invitation';

-- It is on again: those that were spared are invited after all.
-- name: meeting_guests_again :exec
-- in: meeting_id i64
UPDATE meeting_guest SET to_write = 'invitation' WHERE meeting_id = $1 AND to_write = '' AND channel = '' AND uninvited = 0 AND invited_at IS NULL;

-- name: meeting_reminders_due :scalar
-- in: today text, until text, invited_before i64
-- out: n i64
SELECT count(*) FROM meeting m JOIN meeting_guest g ON g.meeting_id = m.id
WHERE m.state = 'planned' AND m.day > $1 AND m.day <= $2 AND g.to_write = '' AND g.channel IN ('sms', 'mail') AND g.reminded_at IS NULL AND g.reply <> 'no'
  AND g.came = '' AND g.invited_at < $3;

-- name: meeting_reminders_mark :exec
-- in: today text, until text, invited_before i64
UPDATE meeting_guest SET to_write = 'reminder' WHERE to_write = '' AND channel IN ('sms', 'mail') AND reminded_at IS NULL AND reply <> 'no' AND came = ''
  AND invited_at < $3 AND meeting_id IN (SELECT id FROM meeting WHERE state = 'planned' AND day > $1 AND day <= $2);

-- ---- seen from elsewhere ----

-- name: meetings_of_file :many -> meeting_of_file
-- in: scope i64
-- out: meeting_id i64, day text, minute i64, place text, state text, uninvited i64, to_write text, channel text, invited_at i64?, reply text, came text
-- out: message text?, school text?
SELECT m.id AS meeting_id, m.day, m.minute, m.place, m.state, g.uninvited, g.to_write, g.channel, g.invited_at, g.reply, g.came, o.state AS message,
  (SELECT min(s.name) FROM meeting_school a JOIN school s ON s.id = a.school_id WHERE a.meeting_id = m.id) AS school
FROM meeting_guest g JOIN meeting m ON m.id = g.meeting_id LEFT JOIN outbox o ON o.id = g.message_id WHERE g.file_id = $1 ORDER BY m.day DESC, m.id DESC LIMIT 8;

-- name: meetings_of_household :many -> meeting_of_household
-- in: scope i64
-- out: campaign text, day text, minute i64, place text, state text, uninvited i64, channel text, invited_at i64?, reply text, came text, school text?
SELECT c.name AS campaign, m.day, m.minute, m.place, m.state, g.uninvited, g.channel, g.invited_at, g.reply, g.came,
  (SELECT min(s.name) FROM meeting_school a JOIN school s ON s.id = a.school_id WHERE a.meeting_id = m.id) AS school
FROM meeting_guest g JOIN family_file f ON f.id = g.file_id JOIN household h ON h.id = f.household_id JOIN meeting m ON m.id = g.meeting_id
JOIN campaign c ON c.id = m.campaign_id WHERE h.id = $1 OR h.merged_into = $1 ORDER BY m.day, m.id LIMIT 40;

-- The meetings to come at a school, with how many of those invited the school has named itself, and how many of these come.
-- name: meetings_of_school :many -> meeting_of_school
-- in: scope i64, today text
-- out: id i64, day text, minute i64, place text, room text, speaker text, named i64, coming i64
SELECT m.id, m.day, m.minute, m.place, m.room, m.speaker,
  (SELECT count(*) FROM meeting_guest g WHERE g.meeting_id = m.id AND EXISTS (SELECT 1 FROM family_file_child c
    WHERE c.file_id = g.file_id AND c.school_id = $1 AND c.by_school = 1)) AS named,
  (SELECT count(*) FROM meeting_guest g WHERE g.meeting_id = m.id AND g.reply = 'yes' AND EXISTS (SELECT 1 FROM family_file_child c
    WHERE c.file_id = g.file_id AND c.school_id = $1 AND c.by_school = 1)) AS coming
FROM meeting m JOIN meeting_school s ON s.meeting_id = m.id JOIN campaign c ON c.id = m.campaign_id
WHERE s.school_id = $1 AND m.state = 'planned' AND m.day >= $2 AND c.state = 'open' ORDER BY m.day, m.minute, m.id LIMIT 20;

-- ---- forgetting ----

-- name: meeting_guests_forget :exec
-- in: before text, most i64
UPDATE meeting_guest SET reply = '', channel = '', to_write = '', message_id = NULL WHERE id IN (SELECT g.id FROM meeting_guest g
  JOIN meeting m ON m.id = g.meeting_id WHERE m.day < $1 AND (g.reply <> '' OR g.channel <> '' OR g.to_write <> '') ORDER BY g.id LIMIT $2);

-- ---- for the demonstration ----

-- name: meetings_in_all :scalar
-- out: n i64
SELECT count(*) FROM meeting;

-- name: meeting_demo_campaign :scalar
-- out: id i64
SELECT id FROM campaign ORDER BY id LIMIT 1;

-- Of one school: files at a state.
-- name: meeting_demo_files :many -> meeting_demo_file
-- in: scope i64, uai text
-- out: id i64, state text
SELECT f.id, f.state FROM family_file f WHERE f.campaign_id = $1 AND EXISTS (SELECT 1 FROM family_file_child c JOIN school s ON s.id = c.school_id
  WHERE c.file_id = f.id AND s.uai = $2) ORDER BY f.id LIMIT 40;
