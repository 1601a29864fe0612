-- What goes out. Rows are claimed by a write, so that nothing leaves before it is on disk.

-- name: outbox_due :scalar
-- in: at i64
-- out: n i64
SELECT count(*) AS n FROM outbox WHERE channel = 'mail' AND state IN ('waiting', 'sending') AND next_at <= $1;

-- name: outbox_claim :one -> outbox_row
-- in: at i64, until i64
-- out: id i64, recipient_enc blob?, subject_enc blob?, body_enc blob?, attempts i64
UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_at = $2
WHERE id = (SELECT id FROM outbox WHERE channel = 'mail' AND state IN ('waiting', 'sending') AND next_at <= $1 ORDER BY next_at, id LIMIT 1)
  AND state IN ('waiting', 'sending') AND next_at <= $1
RETURNING id, recipient_enc, subject_enc, body_enc, attempts;

-- name: outbox_sent :exec
-- in: id i64
UPDATE outbox SET state = 'sent', last_error = '' WHERE id = $1 AND state = 'sending';

-- name: outbox_again :exec
-- in: id i64, state text, next_at i64, last_error text
UPDATE outbox SET state = $2, next_at = $3, last_error = $4 WHERE id = $1 AND state = 'sending';

-- name: outbox_forget :exec
-- in: before i64, most i64
DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'failed') AND created_at < $1 ORDER BY id LIMIT $2);
