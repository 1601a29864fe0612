-- The audit log and its chain (migrations/0009_audit.sql).

-- name: audit_put :exec
-- in: id i64, at i64, user_id i64?, organisation_id i64?, action text, object text, object_id i64?, detail text
INSERT INTO audit (id, at, user_id, organisation_id, action, object, object_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: audit_pending_put :exec
-- in: id i64
INSERT INTO audit_pending (audit_id) VALUES ($1);

-- lines: a JSON array of [id, object_id].
-- name: audit_put_each :exec
-- in: lines text, at i64, user_id i64?, organisation_id i64?, action text, object text, detail text
INSERT INTO audit (id, at, user_id, organisation_id, action, object, object_id, detail)
-- sqlite:
SELECT json_extract(value, '$[0]'), $2, $3, $4, $5, $6, json_extract(value, '$[1]'), $7 FROM json_each($1)
-- pg:
SELECT CAST(value ->> 0 AS BIGINT), $2, $3, $4, $5, $6, CAST(value ->> 1 AS BIGINT), $7 FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
;

-- ids: a JSON array.
-- name: audit_pending_put_each :exec
-- in: ids text
INSERT INTO audit_pending (audit_id)
-- sqlite:
SELECT value FROM json_each($1)
-- pg:
SELECT unnest(CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
;

-- ---- sealing ----

-- name: audit_pending_any :scalar
-- out: n i64
SELECT count(*) AS n FROM (SELECT audit_id FROM audit_pending LIMIT 1) AS one;

-- The head is held until the end of the transaction: one machine seals at a time.
-- name: audit_head_hold :one -> audit_head_row
-- out: position i64, hash blob, forgotten_before i64
UPDATE audit_head SET position = position WHERE id = 1 RETURNING position, hash, forgotten_before;

-- name: audit_to_seal :many -> audit_row
-- in: most i64
-- out: id i64, at i64, user_id i64?, organisation_id i64?, action text, object text, object_id i64?, detail text
SELECT a.id, a.at, a.user_id, a.organisation_id, a.action, a.object, a.object_id, a.detail
FROM audit_pending p JOIN audit a ON a.id = p.audit_id ORDER BY p.audit_id LIMIT $1;

-- name: audit_seal_put :exec
-- in: position i64, audit_id i64, hash blob
INSERT INTO audit_seal (position, audit_id, hash) VALUES ($1, $2, $3);

-- Those sealed after a position: one statement, where a row with a lower id may commit meanwhile.
-- name: audit_pending_done :exec
-- in: position i64
DELETE FROM audit_pending WHERE audit_id IN (SELECT audit_id FROM audit_seal WHERE position > $1);

-- name: audit_head_set :exec
-- in: position i64, hash blob
UPDATE audit_head SET position = $1, hash = $2 WHERE id = 1;

-- ---- forgetting ----

-- The first id that is kept, when at most so many older ones go: only sealed rows do.
-- name: audit_forget_until :scalar
-- in: before i64, most i64
-- out: id i64
SELECT CAST(coalesce(max(id), 0) AS BIGINT) AS id FROM (SELECT a.id FROM audit a WHERE a.at < $1
  AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.audit_id <= a.id) ORDER BY a.id LIMIT $2) AS old;

-- name: audit_forgotten_set :exec
-- in: id i64
UPDATE audit_head SET forgotten_before = $1 WHERE id = 1 AND forgotten_before < $1;

-- name: audit_delete :exec
-- in: id i64
DELETE FROM audit WHERE id < $1;

-- ---- verifying ----

-- name: audit_head_read :one -> audit_head_row
-- out: position i64, hash blob, forgotten_before i64
SELECT position, hash, forgotten_before FROM audit_head WHERE id = 1;

-- name: audit_links :each -> audit_link
-- out: position i64, audit_id i64, hash blob, id i64?, at i64?, user_id i64?, organisation_id i64?, action text?, object text?, object_id i64?, detail text?
SELECT s.position, s.audit_id, s.hash, a.id, a.at, a.user_id, a.organisation_id, a.action, a.object, a.object_id, a.detail
FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id ORDER BY s.position;

-- name: audit_strays :one -> audit_stray
-- out: id i64
SELECT a.id FROM audit a WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.audit_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM audit_pending p WHERE p.audit_id = a.id) ORDER BY a.id LIMIT 1;

-- name: audit_pending_count :scalar
-- out: n i64
SELECT count(*) AS n FROM audit_pending;

-- A row that was taken away before it was sealed.
-- name: audit_lost :one -> audit_stray
-- out: id i64
SELECT p.audit_id AS id FROM audit_pending p WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = p.audit_id) ORDER BY p.audit_id LIMIT 1;

-- ---- reading (the page of the data protection officer, its export) ----

-- name: audit_lines :many -> audit_line
-- in: from i64?, to i64?, action text?, user_id i64?, before i64, most i64
-- out: id i64, at i64, user_id i64?, organisation_id i64?, action text, object text, object_id i64?, detail text, position i64?
SELECT a.id, a.at, a.user_id, a.organisation_id, a.action, a.object, a.object_id, a.detail, s.position
FROM audit a LEFT JOIN audit_seal s ON s.audit_id = a.id
WHERE a.id < $5 AND (CAST($1 AS BIGINT) IS NULL OR a.at >= $1) AND (CAST($2 AS BIGINT) IS NULL OR a.at < $2)
  AND (CAST($3 AS TEXT) IS NULL OR a.action = $3) AND (CAST($4 AS BIGINT) IS NULL OR a.user_id = $4)
ORDER BY a.id DESC LIMIT $6;

-- ---- what was done to one object ----

-- name: audit_of_object :many -> audit_row
-- in: object text, object_id i64, before i64, most i64
-- out: id i64, at i64, user_id i64?, organisation_id i64?, action text, object text, object_id i64?, detail text
SELECT id, at, user_id, organisation_id, action, object, object_id, detail FROM audit WHERE object = $1 AND object_id = $2 AND id < $3
ORDER BY id DESC LIMIT $4;
