-- Meetings as the families that are invited read them.

-- The next ones of a household, from today on.
-- name: meetings_for_family :many -> family_meeting
-- in: scope i64, today text
-- out: day text, minute i64, place text, room text, state text, reply text, school text?, address text?, postal_code text?, commune text?
SELECT m.day, m.minute, m.place, m.room, m.state, g.reply, s.name AS school, s.address, s.postal_code, s.commune
FROM meeting_guest g JOIN family_file f ON f.id = g.file_id JOIN household h ON h.id = f.household_id JOIN meeting m ON m.id = g.meeting_id
LEFT JOIN school s ON s.id = (SELECT min(a.school_id) FROM meeting_school a WHERE a.meeting_id = m.id)
WHERE (h.id = $1 OR h.merged_into = $1) AND m.day >= $2 AND g.uninvited = 0 AND g.came = '' ORDER BY m.day, m.id LIMIT 2;
