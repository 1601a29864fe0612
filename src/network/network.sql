-- The network (migrations/0031_network.sql).

-- ---- groups ----

-- Of those whose organisation is in it, or all (scope NULL).
-- name: network_groups :many -> network_group_line
-- in: scope i64?
-- out: id i64, name text, themes text, state text, members i64, given i64
SELECT g.id, g.name, g.themes, g.state, (SELECT count(*) FROM network_member m WHERE m.group_id = g.id) AS members,
  (SELECT count(*) FROM network_contact c JOIN network_member m ON m.organisation_id = c.organisation_id WHERE m.group_id = g.id AND c.given_at IS NOT NULL) AS given
FROM network_group g
WHERE CAST($1 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM network_member m WHERE m.group_id = g.id AND m.organisation_id = $1)
ORDER BY CASE WHEN g.state = 'open' THEN 0 ELSE 1 END, g.name COLLATE fr, g.id LIMIT 200;

-- name: network_totals :one -> network_total
-- out: structures i64, contacts i64, given i64
SELECT (SELECT count(DISTINCT organisation_id) FROM network_member) AS structures, (SELECT count(*) FROM network_contact) AS contacts,
  (SELECT count(*) FROM network_contact WHERE given_at IS NOT NULL) AS given;

-- name: network_group_by_id :one -> network_group_row
-- in: id i64
-- out: id i64, name text, themes text, about text, state text
SELECT id, name, themes, about, state FROM network_group WHERE id = $1;

-- name: network_group_put :exec
-- in: id i64, name text, themes text, about text, at i64
INSERT INTO network_group (id, name, themes, about, state, created_at) VALUES ($1, $2, $3, $4, 'open', $5);

-- name: network_group_change :exec
-- in: id i64, name text, themes text, about text
UPDATE network_group SET name = $2, themes = $3, about = $4 WHERE id = $1;

-- name: network_group_state :exec
-- in: id i64, state text
UPDATE network_group SET state = $2 WHERE id = $1;

-- name: network_members :many -> network_member_row
-- in: group_id i64, offset i64, most i64
-- out: organisation_id i64, name text, contacts i64, given i64
SELECT m.organisation_id, o.name, (SELECT count(*) FROM network_contact c WHERE c.organisation_id = o.id) AS contacts,
  (SELECT count(*) FROM network_contact c WHERE c.organisation_id = o.id AND c.given_at IS NOT NULL) AS given
FROM network_member m JOIN organisation o ON o.id = m.organisation_id
WHERE m.group_id = $1 ORDER BY o.name COLLATE fr, o.id LIMIT $3 OFFSET $2;

-- name: network_members_n :scalar
-- in: group_id i64
-- out: n i64
SELECT count(*) AS n FROM network_member WHERE group_id = $1;

-- name: network_is_member :scalar
-- in: group_id i64, organisation_id i64
-- out: n i64
SELECT count(*) AS n FROM network_member WHERE group_id = $1 AND organisation_id = $2;

-- name: network_member_put :exec
-- in: group_id i64, organisation_id i64, at i64
INSERT INTO network_member (group_id, organisation_id, added_at) VALUES ($1, $2, $3) ON CONFLICT (group_id, organisation_id) DO NOTHING;

-- name: network_member_remove :exec
-- in: group_id i64, organisation_id i64
DELETE FROM network_member WHERE group_id = $1 AND organisation_id = $2;

-- ---- structures ----

-- name: network_structure :one -> network_structure_row
-- in: id i64
-- out: id i64, name text
SELECT id, name FROM organisation WHERE id = $1;

-- name: network_structures :many -> network_structure_row
-- out: id i64, name text
SELECT id, name FROM organisation ORDER BY name COLLATE fr, id LIMIT 20000;

-- name: network_structure_put :exec
-- in: id i64, name text, at i64
INSERT INTO organisation (id, name, created_at) VALUES ($1, $2, $3);

-- ---- contacts ----

-- The order of the list; what is sealed is read for one page only.
-- name: network_contact_heads :many -> network_contact_head
-- in: scope i64?
-- out: id i64, organisation_id i64, organisation text, email_index blob, asked_at i64?, given_at i64?
SELECT c.id, c.organisation_id, o.name AS organisation, c.email_index, c.asked_at, c.given_at
FROM network_contact c JOIN organisation o ON o.id = c.organisation_id
WHERE CAST($1 AS BIGINT) IS NULL OR c.organisation_id = $1
ORDER BY o.name COLLATE fr, o.id, c.id LIMIT 20000;

-- name: network_contact_by_id :one -> network_contact_row
-- in: id i64
-- out: id i64, organisation_id i64, organisation text, email_index blob, email_enc blob, name_enc blob, job_enc blob, phone_enc blob, lang text
-- out: added_for text, created_at i64, write_asked i64, asks i64, asked_at i64?, given_at i64?, how text?
SELECT c.id, c.organisation_id, o.name AS organisation, c.email_index, c.email_enc, c.name_enc, c.job_enc, c.phone_enc, c.lang, c.added_for,
  c.created_at, c.write_asked, c.asks, c.asked_at, c.given_at, c.how
FROM network_contact c JOIN organisation o ON o.id = c.organisation_id WHERE c.id = $1;

-- name: network_contact_by_code :one -> network_contact_row
-- in: code_index blob
-- out: id i64, organisation_id i64, organisation text, email_index blob, email_enc blob, name_enc blob, job_enc blob, phone_enc blob, lang text
-- out: added_for text, created_at i64, write_asked i64, asks i64, asked_at i64?, given_at i64?, how text?
SELECT c.id, c.organisation_id, o.name AS organisation, c.email_index, c.email_enc, c.name_enc, c.job_enc, c.phone_enc, c.lang, c.added_for,
  c.created_at, c.write_asked, c.asks, c.asked_at, c.given_at, c.how
FROM network_contact c JOIN organisation o ON o.id = c.organisation_id WHERE c.code_index = $1;

-- name: network_contact_put :exec
-- in: id i64, organisation_id i64, email_index blob, code_index blob, email_enc blob, name_enc blob, job_enc blob, phone_enc blob, lang text, added_by i64, added_for text, at i64, write_asked i64, given_at i64?, how text?
INSERT INTO network_contact (id, organisation_id, email_index, code_index, email_enc, name_enc, job_enc, phone_enc, lang, added_by, added_for,
  created_at, write_asked, given_at, how, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $12)
ON CONFLICT (email_index) DO NOTHING;

-- name: network_contact_change :exec
-- in: id i64, organisation_id i64, name_enc blob, job_enc blob, phone_enc blob, lang text, at i64
UPDATE network_contact SET organisation_id = $2, name_enc = $3, job_enc = $4, phone_enc = $5, lang = $6, changed_at = $7 WHERE id = $1;

-- name: network_contact_ask :exec
-- in: id i64
UPDATE network_contact SET write_asked = 1 WHERE id = $1;

-- name: network_contact_agree :exec
-- in: id i64, at i64, how text
UPDATE network_contact SET given_at = $2, how = $3, write_asked = 0, changed_at = $2 WHERE id = $1;

-- name: network_contact_remove :exec
-- in: id i64
DELETE FROM network_contact WHERE id = $1;

-- name: network_refusal_put :exec
-- in: email_index blob, at i64
INSERT INTO network_refusal (email_index, at) VALUES ($1, $2) ON CONFLICT (email_index) DO NOTHING;

-- name: network_refusal_lift :exec
-- in: email_index blob
DELETE FROM network_refusal WHERE email_index = $1;

-- name: network_refused :scalar
-- in: email_index blob
-- out: n i64
SELECT count(*) AS n FROM network_refusal WHERE email_index = $1;

-- name: network_contact_known :scalar
-- in: email_index blob
-- out: n i64
SELECT count(*) AS n FROM network_contact WHERE email_index = $1;

-- name: network_to_ask :many -> network_question
-- in: most i64
-- out: id i64, organisation text, email_enc blob, lang text, added_for text, asks i64, given_at i64?
SELECT c.id, o.name AS organisation, c.email_enc, c.lang, c.added_for, c.asks, c.given_at
FROM network_contact c JOIN organisation o ON o.id = c.organisation_id WHERE c.write_asked = 1 ORDER BY c.id LIMIT $1;

-- name: network_asked :exec
-- in: id i64, at i64
UPDATE network_contact SET write_asked = 0, asks = asks + 1, asked_at = $2 WHERE id = $1 AND write_asked = 1;

-- ---- what is forgotten ----

-- Who never agreed; who agreed long ago, was asked again, and said nothing.
-- name: network_forget_silent :exec
-- in: before i64, agreed_before i64, most i64
DELETE FROM network_contact WHERE id IN (
  SELECT id FROM network_contact
  WHERE (given_at IS NULL AND coalesce(asked_at, created_at) < $1) OR (given_at < $2 AND asked_at > given_at AND asked_at < $1) ORDER BY id LIMIT $3);

-- name: network_ask_again :exec
-- in: agreed_before i64, most i64
UPDATE network_contact SET write_asked = 1 WHERE id IN (
  SELECT id FROM network_contact WHERE write_asked = 0 AND given_at < $1 AND (asked_at IS NULL OR asked_at <= given_at) ORDER BY id LIMIT $2);
