-- The census (migrations/0015_census.sql).

-- ---- editions ----

-- name: census_running :one -> census_edition
-- out: id i64, name text, state text, answer_by text, checked_before text, listed_to i64, listed i64, opened_at i64, closed_at i64?, places i64
-- out: digest text, record_digest text
SELECT id, name, state, answer_by, checked_before, listed_to, listed, opened_at, closed_at, places, digest, record_digest FROM census_edition WHERE running = 1;

-- name: census_named :one -> census_edition
-- in: name text
-- out: id i64, name text, state text, answer_by text, checked_before text, listed_to i64, listed i64, opened_at i64, closed_at i64?, places i64
-- out: digest text, record_digest text
SELECT id, name, state, answer_by, checked_before, listed_to, listed, opened_at, closed_at, places, digest, record_digest FROM census_edition WHERE name = $1;

-- name: census_closed :many -> census_edition
-- in: most i64
-- out: id i64, name text, state text, answer_by text, checked_before text, listed_to i64, listed i64, opened_at i64, closed_at i64?, places i64
-- out: digest text, record_digest text
SELECT id, name, state, answer_by, checked_before, listed_to, listed, opened_at, closed_at, places, digest, record_digest FROM census_edition
WHERE state = 'closed' ORDER BY closed_at DESC, id LIMIT $1;

-- name: census_insert :exec
-- in: id i64, name text, answer_by text, checked_before text, at i64
INSERT INTO census_edition (id, name, running, state, answer_by, checked_before, opened_at) VALUES ($1, $2, 1, 'open', $3, $4, $5)
ON CONFLICT DO NOTHING;

-- name: census_listing :exec
-- in: id i64, listed_to i64, listed i64
UPDATE census_edition SET listed_to = $2, listed = $3 WHERE id = $1;

-- name: census_begin_closing :exec
-- in: id i64
UPDATE census_edition SET state = 'closing' WHERE id = $1 AND state = 'open';

-- name: census_end :exec
-- in: id i64, at i64, places i64, digest text, record_digest text
UPDATE census_edition SET state = 'closed', running = NULL, closed_at = $2, places = $3, digest = $4, record_digest = $5 WHERE id = $1 AND state = 'closing';

-- name: census_piece_put :exec
-- in: edition_id i64, position i64, body blob
INSERT INTO census_piece (edition_id, position, body) VALUES ($1, $2, $3);

-- name: census_pieces_drop :exec
-- in: edition_id i64
DELETE FROM census_piece WHERE edition_id = $1;

-- name: census_piece_at :one -> census_piece_row
-- in: edition_id i64, position i64
-- out: body blob
SELECT body FROM census_piece WHERE edition_id = $1 AND position = $2;

-- name: census_record_put :exec
-- in: edition_id i64, position i64, what text, body blob
INSERT INTO census_record_piece (edition_id, position, what, body) VALUES ($1, $2, $3, $4);

-- name: census_records_drop :exec
-- in: edition_id i64
DELETE FROM census_record_piece WHERE edition_id = $1;

-- name: census_record_at :one -> census_record_row
-- in: edition_id i64, position i64
-- out: what text, body blob
SELECT what, body FROM census_record_piece WHERE edition_id = $1 AND position = $2;

-- name: census_withdraw :exec
-- in: id i64, edition_id i64, public_id text, contact text, reason text, at i64, user_id i64?
INSERT INTO census_withdrawal (id, edition_id, public_id, contact, reason, at, user_id) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (edition_id, public_id, contact) DO NOTHING;

-- name: census_unwithdraw :exec
-- in: edition_id i64, id i64
DELETE FROM census_withdrawal WHERE edition_id = $1 AND id = $2;

-- name: census_withdrawals :many -> census_withdrawal_row
-- in: edition_id i64
-- out: id i64, public_id text, contact text, reason text, at i64
SELECT id, public_id, contact, reason, at FROM census_withdrawal WHERE edition_id = $1 ORDER BY id;

-- name: census_withdrawn_n :scalar
-- in: name text, since i64
-- out: n i64
SELECT count(*) AS n FROM census_withdrawal w JOIN census_edition e ON e.id = w.edition_id WHERE e.name = $1 AND w.at >= $2;

-- Places by the age of their last check.
-- name: census_ages :one -> census_age_row
-- in: six text, twelve text, eighteen text
-- out: places i64, fresh i64, six i64, twelve i64, eighteen i64
SELECT count(*) AS places, coalesce(sum(CASE WHEN date_maj >= $1 THEN 1 ELSE 0 END), 0) AS fresh,
  coalesce(sum(CASE WHEN date_maj < $1 AND date_maj >= $2 THEN 1 ELSE 0 END), 0) AS six,
  coalesce(sum(CASE WHEN date_maj < $2 AND date_maj >= $3 THEN 1 ELSE 0 END), 0) AS twelve,
  coalesce(sum(CASE WHEN date_maj < $3 THEN 1 ELSE 0 END), 0) AS eighteen
FROM place_now;

-- ---- who is asked ----

-- name: census_candidates :many -> census_candidate
-- in: after i64, checked_before text, most i64
-- out: place_id i64, courriels text, commune text, typologie text, latitude text, longitude text
SELECT place_id, courriels, commune, typologie, latitude, longitude FROM place_now WHERE place_id > $1 AND date_maj < $2 ORDER BY place_id LIMIT $3;

-- name: census_ask_add :exec
-- in: id i64, edition_id i64, place_id i64, code_index blob, district text, kind text, channel text, mail text
INSERT INTO census_ask (id, edition_id, place_id, code_index, district, kind, state, channel, mail) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8)
ON CONFLICT (edition_id, place_id) DO NOTHING;

-- ---- writing to them ----

-- name: census_ask_first :exec
-- in: edition_id i64
UPDATE census_ask SET write_asked = 1 WHERE edition_id = $1 AND written = 0 AND write_asked = 0 AND state IN ('waiting', 'begun') AND channel <> 'none';

-- name: census_ask_again :exec
-- in: edition_id i64, before i64
UPDATE census_ask SET write_asked = 1
WHERE edition_id = $1 AND written > 0 AND written_at < $2 AND write_asked = 0 AND state IN ('waiting', 'begun') AND channel <> 'none';

-- name: census_to_write :many -> census_letter
-- in: most i64
-- out: id i64, edition_id i64, public_id text, channel text, mail text, written i64, name text, answer_by text
SELECT c.id, c.edition_id, p.public_id, c.channel, c.mail, c.written, e.name, e.answer_by
FROM census_ask c JOIN place p ON p.id = c.place_id JOIN census_edition e ON e.id = c.edition_id
WHERE c.write_asked = 1 AND e.state = 'open' ORDER BY c.id LIMIT $1;

-- Those that the same mail can ask, for the first time or again as this one.
-- name: census_to_write_with :many -> census_with
-- in: edition_id i64, mail text, again i64, most i64
-- out: id i64, public_id text
SELECT c.id, p.public_id FROM census_ask c JOIN place p ON p.id = c.place_id
WHERE c.edition_id = $1 AND c.mail = $2 AND c.write_asked = 1 AND c.channel = 'mail' AND CASE WHEN c.written > 0 THEN 1 ELSE 0 END = $3
ORDER BY c.id LIMIT $4;

-- name: census_is_to_write :scalar
-- in: id i64
-- out: n i64
SELECT count(*) AS n FROM census_ask WHERE id = $1 AND write_asked = 1;

-- name: census_written :exec
-- in: id i64, channel text, at i64
UPDATE census_ask SET write_asked = 0, written = written + 1, written_at = $3, channel = $2 WHERE id = $1 AND write_asked = 1;

-- name: census_unwritten :exec
-- in: id i64, channel text
UPDATE census_ask SET write_asked = 0, channel = $2 WHERE id = $1;

-- ---- looking ----

-- name: census_states :many -> census_state_row
-- in: edition_id i64
-- out: state text, answer text?, channel text, unwritten i64, n i64
SELECT state, answer, channel, CASE WHEN written = 0 AND write_asked = 0 THEN 1 ELSE 0 END AS unwritten, count(*) AS n FROM census_ask
WHERE edition_id = $1 GROUP BY 1, 2, 3, 4;

-- How many messages are still to be written.
-- name: census_unwritten_n :scalar
-- in: edition_id i64
-- out: n i64
SELECT count(*) AS n FROM census_ask WHERE edition_id = $1 AND write_asked = 1;

-- How many a reminder would reach.
-- name: census_late_n :scalar
-- in: edition_id i64, before i64
-- out: n i64
SELECT count(*) AS n FROM census_ask
WHERE edition_id = $1 AND written > 0 AND written_at < $2 AND write_asked = 0 AND state IN ('waiting', 'begun') AND channel <> 'none';

-- name: census_rates :many -> census_rate
-- in: edition_id i64
-- out: district text, kind text, asked i64, answered i64
SELECT district, kind, count(*) AS asked, sum(CASE WHEN state IN ('answered', 'settled') THEN 1 ELSE 0 END) AS answered FROM census_ask
WHERE edition_id = $1 AND state <> 'excused' GROUP BY district, kind;

-- name: census_asks :many -> census_ask_line
-- in: edition_id i64, state text?, offset i64, most i64
-- out: id i64, state text, answer text?, channel text, written i64, written_at i64?, answered_at i64?, nom text?, commune text?
SELECT c.id, c.state, c.answer, c.channel, c.written, c.written_at, c.answered_at, n.nom, n.commune
FROM census_ask c LEFT JOIN place_now n ON n.place_id = c.place_id
WHERE c.edition_id = $1 AND (CAST($2 AS TEXT) IS NULL OR c.state = $2) ORDER BY n.nom COLLATE fr, c.id LIMIT $4 OFFSET $3;

-- name: census_asks_n :scalar
-- in: edition_id i64, state text?
-- out: n i64
SELECT count(*) AS n FROM census_ask WHERE edition_id = $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2);

-- ---- one ask ----

-- name: census_ask_by_code :one -> census_ask_row
-- in: code_index blob
-- out: id i64, edition_id i64, public_id text, state text, answer text?, channel text, written i64, written_at i64?, answered_at i64?, name text
-- out: edition_state text, answer_by text
SELECT c.id, c.edition_id, p.public_id, c.state, c.answer, c.channel, c.written, c.written_at, c.answered_at, e.name, e.state AS edition_state, e.answer_by
FROM census_ask c JOIN place p ON p.id = c.place_id JOIN census_edition e ON e.id = c.edition_id WHERE c.code_index = $1;

-- name: census_ask_by_id :one -> census_ask_row
-- in: id i64
-- out: id i64, edition_id i64, public_id text, state text, answer text?, channel text, written i64, written_at i64?, answered_at i64?, name text
-- out: edition_state text, answer_by text
SELECT c.id, c.edition_id, p.public_id, c.state, c.answer, c.channel, c.written, c.written_at, c.answered_at, e.name, e.state AS edition_state, e.answer_by
FROM census_ask c JOIN place p ON p.id = c.place_id JOIN census_edition e ON e.id = c.edition_id WHERE c.id = $1;

-- name: census_next_to_read :scalar
-- in: edition_id i64, after i64
-- out: id i64
SELECT id FROM census_ask WHERE edition_id = $1 AND state = 'answered' AND id <> $2 ORDER BY answered_at, id LIMIT 1;

-- name: census_ask_begin :exec
-- in: id i64
UPDATE census_ask SET state = 'begun' WHERE id = $1 AND state IN ('waiting', 'excused');

-- name: census_ask_state :exec
-- in: id i64, state text, answer text?, answered_at i64?, settled_at i64?
UPDATE census_ask SET state = $2, answer = $3, answered_at = $4, settled_at = $5, write_asked = 0 WHERE id = $1;

-- What was shown is settled, unless the structure has answered again meanwhile.
-- name: census_ask_settle :exec
-- in: id i64, answered_at i64, settled_at i64
UPDATE census_ask SET state = 'settled', settled_at = $3 WHERE id = $1 AND state = 'answered' AND answered_at = $2;

-- name: census_proposals :many -> census_proposal_row
-- in: ask_id i64
-- out: field text, before text, after text, state text
SELECT field, before, after, state FROM census_proposal WHERE ask_id = $1 ORDER BY field;

-- name: census_propose :exec
-- in: ask_id i64, field text, before text, after text
INSERT INTO census_proposal (ask_id, field, before, after, state) VALUES ($1, $2, $3, $4, 'proposed')
ON CONFLICT (ask_id, field) DO UPDATE SET before = excluded.before, after = excluded.after, state = 'proposed';

-- name: census_unpropose :exec
-- in: ask_id i64, field text
DELETE FROM census_proposal WHERE ask_id = $1 AND field = $2;

-- name: census_proposal_end :exec
-- in: ask_id i64, field text, state text
UPDATE census_proposal SET state = $3 WHERE ask_id = $1 AND field = $2 AND state = 'proposed';
