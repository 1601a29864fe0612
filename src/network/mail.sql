-- What is written to the network (migrations/0031_network.sql).

-- name: network_mails :many -> network_mail_line
-- in: offset i64, most i64
-- out: id i64, state text, recipients i64, changed_at i64, subject text?
SELECT m.id, m.state, m.recipients, m.changed_at, t.subject FROM network_mail m
LEFT JOIN network_mail_text t ON t.mail_id = m.id AND t.lang = 'fr' ORDER BY m.changed_at DESC, m.id DESC LIMIT $2 OFFSET $1;

-- name: network_mails_n :scalar
-- out: n i64
SELECT count(*) AS n FROM network_mail;

-- name: network_mail_by_id :one -> network_mail_row
-- in: id i64
-- out: id i64, state text, to_all i64, version i64, recipients i64, queued_at i64?, ended_at i64?
SELECT id, state, to_all, version, recipients, queued_at, ended_at FROM network_mail WHERE id = $1;

-- name: network_mail_texts :many -> network_mail_text_row
-- in: mail_id i64
-- out: lang text, subject text, body text
SELECT lang, subject, body FROM network_mail_text WHERE mail_id = $1 ORDER BY lang;

-- name: network_mail_groups :many -> network_mail_group_row
-- in: mail_id i64
-- out: group_id i64, name text, state text
SELECT t.group_id, g.name, g.state FROM network_mail_group t JOIN network_group g ON g.id = t.group_id WHERE t.mail_id = $1 ORDER BY g.name COLLATE fr, g.id;

-- name: network_mail_put :exec
-- in: id i64, author_id i64, to_all i64, at i64
INSERT INTO network_mail (id, author_id, state, to_all, changed_at) VALUES ($1, $2, 'draft', $3, $4);

-- name: network_mail_change :exec
-- in: id i64, version i64, to_all i64, at i64
UPDATE network_mail SET to_all = $3, version = version + 1, changed_at = $4 WHERE id = $1 AND version = $2 AND state = 'draft';

-- name: network_mail_text_put :exec
-- in: mail_id i64, lang text, subject text, body text
INSERT INTO network_mail_text (mail_id, lang, subject, body) VALUES ($1, $2, $3, $4)
ON CONFLICT (mail_id, lang) DO UPDATE SET subject = excluded.subject, body = excluded.body;

-- name: network_mail_text_drop :exec
-- in: mail_id i64, lang text
DELETE FROM network_mail_text WHERE mail_id = $1 AND lang = $2;

-- name: network_mail_groups_drop :exec
-- in: mail_id i64
DELETE FROM network_mail_group WHERE mail_id = $1;

-- A group that is not there is left out.
-- name: network_mail_group_put :exec
-- in: mail_id i64, group_id i64
INSERT INTO network_mail_group (mail_id, group_id) SELECT $1, id FROM network_group WHERE id = $2 AND state = 'open';

-- name: network_mail_turn :exec
-- in: id i64, before text, after text, at i64, ended_at i64?
UPDATE network_mail SET state = $3, changed_at = $4, ended_at = $5 WHERE id = $1 AND state = $2;

-- name: network_mail_begin :exec
-- in: id i64, version i64, at i64
UPDATE network_mail SET state = 'sending', queued_at = $3, changed_at = $3 WHERE id = $1 AND version = $2 AND state = 'draft';

-- Each contact who agreed and is on no stop list, once, in however many groups.
-- name: network_mail_aim :exec
-- in: mail_id i64
INSERT INTO network_mail_to (mail_id, contact_id, state)
SELECT m.id, c.id, 'waiting' FROM network_mail m JOIN network_contact c ON c.given_at IS NOT NULL
WHERE m.id = $1 AND NOT EXISTS (SELECT 1 FROM msg_stop s WHERE s.channel = 'mail' AND s.recipient_index = c.email_index)
  AND (m.to_all = 1 OR EXISTS (SELECT 1 FROM network_mail_group t JOIN network_member b ON b.group_id = t.group_id JOIN network_group g ON g.id = t.group_id
    WHERE t.mail_id = m.id AND g.state = 'open' AND b.organisation_id = c.organisation_id));

-- name: network_mail_count :exec
-- in: id i64, recipients i64
UPDATE network_mail SET recipients = $2 WHERE id = $1;

-- Whom a draft is meant for, and whether it would reach them.
-- name: network_mail_reach :many -> network_reach
-- in: mail_id i64
-- out: id i64, organisation text, name_enc blob, asked_at i64?, given_at i64?, stopped i64
SELECT c.id, o.name AS organisation, c.name_enc, c.asked_at, c.given_at,
  (SELECT count(*) FROM msg_stop s WHERE s.channel = 'mail' AND s.recipient_index = c.email_index) AS stopped
FROM network_mail m JOIN network_contact c ON 1 = 1 JOIN organisation o ON o.id = c.organisation_id
WHERE m.id = $1 AND (m.to_all = 1 OR EXISTS (SELECT 1 FROM network_mail_group t JOIN network_member b ON b.group_id = t.group_id
  JOIN network_group g ON g.id = t.group_id WHERE t.mail_id = m.id AND g.state = 'open' AND b.organisation_id = c.organisation_id))
ORDER BY o.name COLLATE fr, o.id, c.id LIMIT 20000;

-- Structures it is meant for that have no contact at all.
-- name: network_mail_silent :many -> network_silent
-- in: mail_id i64, most i64
-- out: name text
SELECT o.name FROM network_mail m JOIN organisation o ON EXISTS (SELECT 1 FROM network_mail_group t JOIN network_member b ON b.group_id = t.group_id
  JOIN network_group g ON g.id = t.group_id
  WHERE t.mail_id = m.id AND g.state = 'open' AND b.organisation_id = o.id)
WHERE m.id = $1 AND m.to_all = 0 AND NOT EXISTS (SELECT 1 FROM network_contact c WHERE c.organisation_id = o.id)
ORDER BY o.name COLLATE fr, o.id LIMIT $2;

-- How it goes: what waits to be written, then what the outbox says of each message; a message that is forgotten there had ended.
-- name: network_mail_states :many -> network_mail_state
-- in: mail_id i64
-- out: state text, n i64
SELECT CASE t.state WHEN 'waiting' THEN 'unwritten' WHEN 'left' THEN 'left' ELSE coalesce(o.state, 'over') END AS state, count(*) AS n
FROM network_mail_to t LEFT JOIN outbox o ON o.id = t.message_id WHERE t.mail_id = $1 GROUP BY 1 ORDER BY 1;

-- name: network_to_write :many -> network_letter
-- in: most i64
-- out: mail_id i64, contact_id i64, lang text?, email_enc blob?, given_at i64?
SELECT t.mail_id, t.contact_id, c.lang, c.email_enc, c.given_at
FROM network_mail m JOIN network_mail_to t ON t.mail_id = m.id AND t.state = 'waiting' LEFT JOIN network_contact c ON c.id = t.contact_id
WHERE m.state = 'sending' ORDER BY m.queued_at, t.mail_id, t.contact_id LIMIT $1;

-- Unless it was stopped, or the contact withdrew, a moment ago.
-- name: network_written :exec
-- in: mail_id i64, contact_id i64, message_id i64
UPDATE network_mail_to SET state = 'written', message_id = $3
WHERE mail_id = $1 AND contact_id = $2 AND state = 'waiting' AND EXISTS (SELECT 1 FROM network_mail m WHERE m.id = $1 AND m.state = 'sending')
  AND EXISTS (SELECT 1 FROM network_contact c WHERE c.id = $2 AND c.given_at IS NOT NULL);

-- name: network_left :exec
-- in: mail_id i64, contact_id i64
UPDATE network_mail_to SET state = 'left' WHERE mail_id = $1 AND contact_id = $2 AND state = 'waiting';

-- name: network_mails_done :many -> network_old_mail
-- out: id i64
SELECT m.id FROM network_mail m WHERE m.state = 'sending' AND NOT EXISTS (SELECT 1 FROM network_mail_to t WHERE t.mail_id = m.id AND t.state = 'waiting') LIMIT 10;

-- ---- what is forgotten ----

-- name: network_old_mails :many -> network_old_mail
-- in: before i64, most i64
-- out: id i64
SELECT id FROM network_mail WHERE changed_at < $1 AND state <> 'sending' ORDER BY id LIMIT $2;

-- name: network_mail_forget_to :exec
-- in: mail_id i64
DELETE FROM network_mail_to WHERE mail_id = $1;

-- name: network_mail_forget_text :exec
-- in: mail_id i64
DELETE FROM network_mail_text WHERE mail_id = $1;

-- name: network_mail_forget_groups :exec
-- in: mail_id i64
DELETE FROM network_mail_group WHERE mail_id = $1;

-- name: network_mail_forget :exec
-- in: mail_id i64
DELETE FROM network_mail WHERE id = $1;
