-- After-sales (migrations/0050_aftersales.sql). "root" is the household that a file is read as part of, when its own was merged into another.

-- name: care_ticket_insert :exec
-- in: id i64, file_id i64, household_id i64, device_id i64, symptom text, said_enc blob, day text, at i64
INSERT INTO care_ticket (id, file_id, household_id, device_id, symptom, said_enc, finding, state, since_day, opened_day, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, '', 'open', $7, $7, 1, $8);

-- name: care_ticket_by_id :one -> care_ticket_row
-- in: id i64
-- out: id i64, file_id i64, campaign_id i64, public_id text, household_id i64, root i64, key_enc blob?, device_id i64, spare_id i64?, new_id i64?, symptom text, said_enc blob, finding text, state text, since_day text, opened_day text, version i64
SELECT t.id, t.file_id, f.campaign_id, f.public_id, t.household_id, COALESCE(h.merged_into, h.id) AS root, k.key_enc, t.device_id, t.spare_id, t.new_id, t.symptom,
  t.said_enc, t.finding, t.state, t.since_day, t.opened_day, t.version
FROM care_ticket t JOIN family_file f ON f.id = t.file_id JOIN household h ON h.id = f.household_id JOIN household k ON k.id = t.household_id WHERE t.id = $1;

-- name: care_tickets_of_file :many -> care_ticket_row
-- in: scope i64
-- out: id i64, file_id i64, campaign_id i64, public_id text, household_id i64, root i64, key_enc blob?, device_id i64, spare_id i64?, new_id i64?, symptom text, said_enc blob, finding text, state text, since_day text, opened_day text, version i64
SELECT t.id, t.file_id, f.campaign_id, f.public_id, t.household_id, COALESCE(h.merged_into, h.id) AS root, k.key_enc, t.device_id, t.spare_id, t.new_id, t.symptom,
  t.said_enc, t.finding, t.state, t.since_day, t.opened_day, t.version
FROM care_ticket t JOIN family_file f ON f.id = t.file_id JOIN household h ON h.id = f.household_id JOIN household k ON k.id = t.household_id
WHERE t.file_id = $1 ORDER BY t.id DESC LIMIT 20;

-- name: care_ticket_move :exec
-- in: id i64, version i64, state text, day text, finding text, spare_id i64?, new_id i64?
UPDATE care_ticket SET state = $3, since_day = $4, finding = $5, spare_id = $6, new_id = $7, version = version + 1 WHERE id = $1 AND version = $2;

-- name: care_event_put :exec
-- in: id i64, ticket_id i64, kind text, before text, after text, day text, reason text, device_id i64?, user_id i64, at i64
INSERT INTO care_event (id, ticket_id, kind, before, after, day, reason, device_id, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: care_events :many -> care_event_row
-- in: ticket_id i64
-- out: id i64, kind text, before text, after text, day text, reason text, device_id i64?, user_id i64, at i64
SELECT id, kind, before, after, day, reason, device_id, user_id, at FROM care_event WHERE ticket_id = $1 ORDER BY id;

-- ---- how a loan ends ----

-- name: care_end_insert :exec
-- in: id i64, file_id i64, household_id i64, device_id i64?, spare i64, kind text, reason text, day text, report_enc blob, user_id i64, at i64
INSERT INTO care_end (id, file_id, household_id, device_id, spare, kind, reason, day, report_enc, state, state_day, version, user_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'noted', $8, 1, $10, $11);

-- name: care_ends_of_file :many -> care_end_row
-- in: scope i64
-- out: id i64, file_id i64, household_id i64, key_enc blob?, device_id i64?, spare i64, kind text, reason text, day text, report_enc blob, state text, state_day text, version i64
SELECT e.id, e.file_id, e.household_id, k.key_enc, e.device_id, e.spare, e.kind, e.reason, e.day, e.report_enc, e.state, e.state_day, e.version
FROM care_end e JOIN household k ON k.id = e.household_id WHERE e.file_id = $1 ORDER BY e.id DESC LIMIT 20;

-- name: care_end_move :exec
-- in: id i64, version i64, state text, day text
UPDATE care_end SET state = $3, state_day = $4, version = version + 1 WHERE id = $1 AND version = $2;

-- ---- lists of a campaign ----

-- state: '' for what is to be acted on, 'all' for all.
-- name: care_list :many -> care_line_row
-- in: scope i64, state text, most i64, skip i64
-- out: id i64, public_id text, root i64, symptom text, finding text, state text, since_day text, opened_day text, label text, model text, spare_label text?, new_label text?
SELECT t.id, f.public_id, r.id AS root, t.symptom, t.finding, t.state, t.since_day, t.opened_day, d.label, d.model,
  (SELECT s.label FROM device s WHERE s.id = t.spare_id) AS spare_label, (SELECT s.label FROM device s WHERE s.id = t.new_id) AS new_label
FROM care_ticket t JOIN family_file f ON f.id = t.file_id JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
  JOIN device d ON d.id = t.device_id
WHERE f.campaign_id = $1 AND r.erased_at IS NULL AND ($2 = 'all' OR t.state = $2 OR ($2 = '' AND t.state IN ('open', 'diagnosed', 'in_repair', 'beyond')))
ORDER BY t.since_day, t.id LIMIT $3 OFFSET $4;

-- name: care_list_count :scalar
-- in: campaign_id i64, state text
-- out: n i64
SELECT count(*) FROM care_ticket t JOIN family_file f ON f.id = t.file_id JOIN household h ON h.id = f.household_id
  JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND r.erased_at IS NULL AND ($2 = 'all' OR t.state = $2 OR ($2 = '' AND t.state IN ('open', 'diagnosed', 'in_repair', 'beyond')));

-- name: care_counts :many -> care_count_row
-- in: scope i64
-- out: state text, since_day text, n i64, spares i64
SELECT t.state, t.since_day, count(*) AS n, count(t.spare_id) AS spares FROM care_ticket t JOIN family_file f ON f.id = t.file_id
  JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND r.erased_at IS NULL GROUP BY t.state, t.since_day ORDER BY t.state, t.since_day;

-- name: care_end_counts :many -> care_end_count_row
-- in: scope i64
-- out: kind text, n i64
SELECT e.kind, count(*) AS n FROM care_end e JOIN family_file f ON f.id = e.file_id
WHERE f.campaign_id = $1 AND e.state IN ('noted', 'found') GROUP BY e.kind ORDER BY e.kind;

-- ---- of a household ----

-- What families said of tickets that have been over for that long.
-- name: care_words_forget :exec
-- in: day text, nothing blob, most i64
UPDATE care_ticket SET said_enc = $2 WHERE id IN (SELECT id FROM care_ticket
  WHERE state IN ('given_back', 'solved', 'replaced', 'ended', 'cancelled') AND since_day < $1 AND length(said_enc) > 0 ORDER BY id LIMIT $3);

-- For the demonstration: families that have a computer, in its campaign, which is the first.
-- name: care_demo_campaign :scalar
-- out: id i64
SELECT id FROM campaign ORDER BY id LIMIT 1;

-- name: care_demo_files :many -> care_demo_row
-- in: scope i64, most i64
-- out: id i64, organisation_id i64
SELECT f.id, c.organisation_id FROM family_file f JOIN campaign c ON c.id = f.campaign_id
WHERE f.campaign_id = $1 AND f.state IN ('handed_over', 'followed') ORDER BY f.state, f.id LIMIT $2;

-- name: care_tickets_in_all :scalar
-- out: n i64
SELECT count(*) FROM care_ticket;
