-- All the charters of a school and a wave in one document (migrations/…_charter_bundle.sql).

-- name: bundle_put :exec
-- in: id i64, campaign_id i64, school_id i64, wave_id i64, user_id i64, at i64
INSERT INTO charter_bundle (id, campaign_id, school_id, wave_id, user_id, at, state, fault, attempts, lease_until, done, total, left_out, pages, bytes)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', '', 0, 0, 0, 0, 0, 0, 0);

-- name: bundle_get :one -> bundle_row
-- in: id i64, campaign_id i64
-- out: id i64, campaign_id i64, school_id i64, wave_id i64, user_id i64, at i64, state text, fault text, attempts i64, done i64, total i64
-- out: left_out i64, pages i64, bytes i64, key_enc blob?, school text?, uai text?
SELECT b.id, b.campaign_id, b.school_id, b.wave_id, b.user_id, b.at, b.state, b.fault, b.attempts, b.done, b.total, b.left_out, b.pages, b.bytes, b.key_enc,
  s.name AS school, s.uai FROM charter_bundle b LEFT JOIN school s ON s.id = b.school_id WHERE b.id = $1 AND b.campaign_id = $2;

-- The last ones first.
-- name: bundles_of :many -> bundle_row
-- in: campaign_id i64, most i64
-- out: id i64, campaign_id i64, school_id i64, wave_id i64, user_id i64, at i64, state text, fault text, attempts i64, done i64, total i64
-- out: left_out i64, pages i64, bytes i64, key_enc blob?, school text?, uai text?
SELECT b.id, b.campaign_id, b.school_id, b.wave_id, b.user_id, b.at, b.state, b.fault, b.attempts, b.done, b.total, b.left_out, b.pages, b.bytes, b.key_enc,
  s.name AS school, s.uai FROM charter_bundle b LEFT JOIN school s ON s.id = b.school_id WHERE b.campaign_id = $1 ORDER BY b.id DESC LIMIT $2;

-- The same that is asked for already and not made yet.
-- name: bundle_asked :scalar
-- in: campaign_id i64, school_id i64, wave_id i64
-- out: id i64
SELECT id FROM charter_bundle WHERE campaign_id = $1 AND school_id = $2 AND wave_id = $3 AND state IN ('waiting', 'making') ORDER BY id LIMIT 1;

-- ---- by the jobs process ----

-- name: bundle_next :one -> bundle_next_row
-- in: now i64
-- out: id i64, campaign_id i64
SELECT id, campaign_id FROM charter_bundle WHERE state = 'waiting' OR (state = 'making' AND lease_until < $1) ORDER BY id LIMIT 1;

-- name: bundle_claim :exec
-- in: id i64, now i64, until i64
UPDATE charter_bundle SET state = 'making', attempts = attempts + 1, lease_until = $3, done = 0
WHERE id = $1 AND (state = 'waiting' OR (state = 'making' AND lease_until < $2));

-- name: bundle_moves :exec
-- in: id i64, attempts i64, done i64, total i64, left_out i64, until i64
UPDATE charter_bundle SET done = $3, total = $4, left_out = $5, lease_until = $6 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: bundle_made :exec
-- in: id i64, attempts i64, pages i64, bytes i64, key_enc blob
UPDATE charter_bundle SET state = 'made', fault = '', done = total, pages = $3, bytes = $4, key_enc = $5 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: bundle_failed :exec
-- in: id i64, attempts i64, fault text
UPDATE charter_bundle SET state = 'failed', fault = $3 WHERE id = $1 AND state = 'making' AND attempts = $2;

-- name: bundle_line_put :exec
-- in: bundle_id i64, position i64, act_id i64, mark blob, untranslated i64
INSERT INTO charter_bundle_line (bundle_id, position, act_id, mark, untranslated) VALUES ($1, $2, $3, $4, $5);

-- name: bundle_part_put :exec
-- in: bundle_id i64, position i64, content_enc blob
INSERT INTO charter_bundle_part (bundle_id, position, content_enc) VALUES ($1, $2, $3);

-- name: bundle_parts :many -> bundle_part_row
-- in: bundle_id i64
-- out: position i64, content_enc blob
SELECT position, content_enc FROM charter_bundle_part WHERE bundle_id = $1 ORDER BY position;

-- ---- what has changed since ----

-- Each act that is in it, as it is now. live: another act took its place.
-- name: bundle_lines :many -> bundle_line_row
-- in: scope i64
-- out: act_id i64, mark blob, untranslated i64, state text, filled_enc blob, root i64?, public_id text, live i64?
SELECT l.act_id, l.mark, l.untranslated, a.state, a.filled_enc, r.id AS root, f.public_id,
  (SELECT o.id FROM charter_act o WHERE o.file_id = a.file_id AND o.state <> 'cancelled') AS live
FROM charter_bundle_line l JOIN charter_act a ON a.id = l.act_id JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id
LEFT JOIN household r ON r.id = COALESCE(h.merged_into, h.id) AND r.erased_at IS NULL WHERE l.bundle_id = $1 ORDER BY l.position;

-- Acts to be signed that it does not hold.
-- name: bundle_unheld_n :scalar
-- in: campaign_id i64, school_id i64, wave_id i64, bundle_id i64
-- out: n i64
SELECT count(*) AS n FROM charter_act a JOIN family_file f ON f.id = a.file_id JOIN household h ON h.id = f.household_id
JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
WHERE f.campaign_id = $1 AND a.state = 'prepared' AND r.erased_at IS NULL AND ($3 = 0 OR f.wave_id = $3)
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
  AND NOT EXISTS (SELECT 1 FROM charter_bundle_line l WHERE l.bundle_id = $4 AND l.act_id = a.id);

-- ---- forgetting ----

-- Older than `before`, or with a family that was erased since.
-- name: bundles_over :many -> bundle_over_row
-- in: scope i64, before i64, most i64
-- out: id i64, campaign_id i64
SELECT b.id, b.campaign_id FROM charter_bundle b WHERE $1 = 0 AND (b.at < $2 OR EXISTS (SELECT 1 FROM charter_bundle_line l JOIN charter_act a ON a.id = l.act_id
  JOIN household h ON h.id = a.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
  WHERE l.bundle_id = b.id AND (h.erased_at IS NOT NULL OR r.erased_at IS NOT NULL))) ORDER BY b.id LIMIT $3;

-- The same that was made before another is asked for.
-- name: bundles_replaced :many -> bundle_over_row
-- in: campaign_id i64, school_id i64, wave_id i64
-- out: id i64, campaign_id i64
SELECT id, campaign_id FROM charter_bundle WHERE campaign_id = $1 AND school_id = $2 AND wave_id = $3 AND state IN ('made', 'failed') ORDER BY id LIMIT 20;

-- name: bundle_parts_drop :exec
-- in: bundle_id i64
DELETE FROM charter_bundle_part WHERE bundle_id = $1;

-- name: bundle_lines_drop :exec
-- in: bundle_id i64
DELETE FROM charter_bundle_line WHERE bundle_id = $1;

-- name: bundle_drop :exec
-- in: id i64
DELETE FROM charter_bundle WHERE id = $1;
