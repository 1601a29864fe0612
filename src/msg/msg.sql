-- Messages on their way out (migrations/0006_outbox.sql). What sends them is in src/app/outbox.sql.

-- name: msg_put :exec
-- in: id i64, key text, channel text, template text, recipient_index blob, recipient_enc blob, subject_enc blob?, body_enc blob?, parts i64, state text, next_at i64, at i64
INSERT INTO outbox (id, key, channel, template, recipient_index, recipient_enc, subject_enc, body_enc, parts, state, next_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (key) DO NOTHING;

-- name: msg_stopped :scalar
-- in: channel text, recipient_index blob
-- out: n i64
SELECT count(*) AS n FROM msg_stop WHERE channel = $1 AND recipient_index = $2;
