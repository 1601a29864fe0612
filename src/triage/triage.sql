-- Desk triage (migrations/0037_triage.sql).

-- name: triage_put :exec
-- in: household_id i64, organisation_id i64, user_id i64, at i64, answers_enc blob
INSERT INTO household_triage (household_id, organisation_id, user_id, at, answers_enc) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (household_id) DO UPDATE SET organisation_id = excluded.organisation_id, user_id = excluded.user_id, at = excluded.at,
  answers_enc = excluded.answers_enc;

-- The last of a household, or of one that was merged into it.
-- name: triage_of_household :one -> triage_row
-- in: household_id i64, scope i64
-- out: household_id i64, key_enc blob?, organisation text, user_id i64, at i64, answers_enc blob
SELECT t.household_id, h.key_enc, o.name AS organisation, t.user_id, t.at, t.answers_enc
FROM household_triage t JOIN household h ON h.id = t.household_id JOIN organisation o ON o.id = t.organisation_id
WHERE t.household_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id FROM household WHERE merged_into = $1 AND organisation_id = $2)
AND h.erased_at IS NULL ORDER BY t.at DESC LIMIT 1;

-- name: triage_drop :exec
-- in: household_id i64, scope i64
DELETE FROM household_triage
WHERE household_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id FROM household WHERE merged_into = $1 AND organisation_id = $2);

-- Over their time, or of a household that was erased.
-- name: triage_over :exec
-- in: before i64, most i64
DELETE FROM household_triage WHERE household_id IN (SELECT t.household_id FROM household_triage t JOIN household h ON h.id = t.household_id
  WHERE t.at < $1 OR h.erased_at IS NOT NULL LIMIT $2);

-- name: triage_campaigns :many -> triage_campaign_row
-- in: most i64
-- out: name text, organisation text
SELECT c.name, o.name AS organisation FROM campaign c JOIN organisation o ON o.id = c.organisation_id WHERE c.state = 'open' ORDER BY c.id LIMIT $1;
