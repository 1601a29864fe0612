-- Messages on their way out (migrations/0006_outbox.sql). What sends them is in src/app/outbox.sql.

-- name: msg_put :exec
-- in: id i64, key text, channel text, template text, recipient_index blob, recipient_enc blob, subject_enc blob?, body_enc blob?, leave_enc blob?, parts i64, state text, next_at i64, at i64
INSERT INTO outbox (id, key, channel, template, recipient_index, recipient_enc, subject_enc, body_enc, leave_enc, parts, state, next_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (key) DO NOTHING;

-- name: msg_stopped :scalar
-- in: channel text, recipient_index blob
-- out: n i64
SELECT count(*) AS n FROM msg_stop WHERE channel = $1 AND recipient_index = $2;

-- ---- what those who watch over messages see and do (desk.h) ----

-- name: msg_rows :many -> msg_row
-- in: state text?, before i64, most i64
-- out: id i64, channel text, template text, state text, parts i64, attempts i64, next_at i64, last_error text, created_at i64, ended_at i64?, recipient_enc blob?
SELECT id, channel, template, state, parts, attempts, next_at, last_error, created_at, ended_at, recipient_enc FROM outbox
WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) AND id < $2
ORDER BY id DESC LIMIT $3;

-- name: msg_counts :many -> msg_count
-- out: state text, n i64
SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state;

-- Why a channel's messages wait: what its relay said last.
-- name: msg_holds :many -> msg_hold
-- out: channel text, last_error text, n i64
SELECT channel, last_error, count(*) AS n FROM outbox WHERE state = 'waiting' AND last_error <> '' GROUP BY channel, last_error ORDER BY channel, last_error;

-- name: msg_state :one -> msg_state_row
-- in: id i64
-- out: state text
SELECT state FROM outbox WHERE id = $1;

-- A body that was forgotten cannot be sent again; a letter that was printed can be printed again.
-- name: msg_again :exec
-- in: id i64, at i64
UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $2, last_error = '', ended_at = NULL
WHERE id = $1 AND (state IN ('waiting', 'failed', 'cancelled') OR (channel = 'letter' AND state = 'sent')) AND body_enc IS NOT NULL;

-- name: msg_all_again :exec
-- in: at i64
UPDATE outbox SET state = 'waiting', attempts = 0, next_at = $1, last_error = '', ended_at = NULL
WHERE state = 'failed' AND body_enc IS NOT NULL;

-- name: msg_cancel :exec
-- in: id i64, at i64
UPDATE outbox SET state = 'cancelled', ended_at = $2 WHERE id = $1 AND state IN ('waiting', 'failed');

-- name: msg_stop_put :exec
-- in: channel text, recipient_index blob, at i64
INSERT INTO msg_stop (channel, recipient_index, created_at) VALUES ($1, $2, $3) ON CONFLICT (channel, recipient_index) DO NOTHING;

-- name: msg_stop_waiting :exec
-- in: channel text, recipient_index blob, at i64
UPDATE outbox SET state = 'stopped', ended_at = $3, subject_enc = NULL, body_enc = NULL, leave_enc = NULL
WHERE channel = $1 AND recipient_index = $2 AND state IN ('waiting', 'failed');

-- name: msg_withdraw_all :exec
-- in: channel text, recipient_index blob, template text, at i64
UPDATE outbox SET state = CASE WHEN state IN ('waiting', 'failed') THEN 'stopped' ELSE state END, ended_at = coalesce(ended_at, $4),
  recipient_enc = NULL, subject_enc = NULL, body_enc = NULL, leave_enc = NULL
WHERE channel = $1 AND recipient_index = $2 AND template = $3 AND state <> 'sending';

-- name: msg_stop_end :exec
-- in: channel text, recipient_index blob
DELETE FROM msg_stop WHERE channel = $1 AND recipient_index = $2;

-- ---- letters: printed together ----

-- name: msg_letters :many -> msg_letter
-- in: at i64, most i64
-- out: id i64, recipient_enc blob?, subject_enc blob?, body_enc blob?, stopped i64
SELECT o.id, o.recipient_enc, o.subject_enc, o.body_enc,
  (SELECT count(*) FROM msg_stop s WHERE s.channel = o.channel AND s.recipient_index = o.recipient_index) AS stopped
FROM outbox o WHERE o.channel = 'letter' AND o.state = 'waiting' AND o.next_at <= $1 ORDER BY o.id LIMIT $2;

-- name: msg_letter_done :exec
-- in: id i64, state text, last_error text, at i64
UPDATE outbox SET state = $2, last_error = $3, ended_at = $4, attempts = attempts + 1 WHERE id = $1 AND channel = 'letter' AND state = 'waiting';
