-- What goes out. Rows are claimed by a write, so that nothing leaves before it is on disk.

-- name: outbox_due :scalar
-- in: channel text, at i64
-- out: n i64
SELECT count(*) AS n FROM outbox WHERE channel = $1 AND state IN ('waiting', 'sending') AND next_at <= $2;

-- name: outbox_claim :one -> outbox_row
-- in: channel text, at i64, until i64, run i64
-- out: id i64, recipient_enc blob?, subject_enc blob?, body_enc blob?, leave_enc blob?, recipient_index blob, attempts i64
UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_at = $3, claimed_by = $4
WHERE id = (SELECT id FROM outbox WHERE channel = $1 AND state IN ('waiting', 'sending') AND next_at <= $2 ORDER BY next_at, id LIMIT 1)
  AND state IN ('waiting', 'sending') AND next_at <= $2
RETURNING id, recipient_enc, subject_enc, body_enc, leave_enc, recipient_index, attempts;

-- What an outbox of this server had claimed when it died is taken again at once.
-- name: outbox_orphans :exec
-- in: run i64, at i64
UPDATE outbox SET next_at = $2 WHERE state = 'sending' AND claimed_by = $1;

-- name: outbox_sent :exec
-- in: id i64, at i64
UPDATE outbox SET state = 'sent', last_error = '', ended_at = $2 WHERE id = $1 AND state = 'sending';

-- name: outbox_again :exec
-- in: id i64, state text, attempts i64, next_at i64, last_error text, ended_at i64?
UPDATE outbox SET state = $2, attempts = $3, next_at = $4, last_error = $5, ended_at = $6 WHERE id = $1 AND state = 'sending';

-- A city that became a demonstration: what waited is kept, and never leaves.
-- name: outbox_keep :exec
-- in: at i64
UPDATE outbox SET state = 'demo', ended_at = $1 WHERE state IN ('waiting', 'sending');

-- What was said is forgotten; that it was said, when and how it went, is kept longer.
-- name: outbox_purge :exec
-- in: before i64, most i64
UPDATE outbox SET recipient_enc = NULL, subject_enc = NULL, body_enc = NULL, leave_enc = NULL,
  state = CASE WHEN state IN ('waiting', 'sending') THEN 'cancelled' ELSE state END,
  last_error = CASE WHEN state IN ('waiting', 'sending') THEN 'too old' ELSE last_error END
WHERE id IN (SELECT id FROM outbox WHERE created_at < $1 AND recipient_enc IS NOT NULL ORDER BY created_at LIMIT $2);

-- name: outbox_forget :exec
-- in: before i64, most i64
DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE created_at < $1 ORDER BY created_at LIMIT $2);
