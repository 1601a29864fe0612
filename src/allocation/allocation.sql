-- Sets of parameters and draws (migrations/0032_allocation.sql).

-- ---- sets ----

-- name: set_put :exec
-- in: id i64, organisation_id i64, valid_from text, valid_to text?, name text, parameters text, copied_from i64?, at i64, user_id i64
INSERT INTO allocation_set (id, organisation_id, state, valid_from, valid_to, name, parameters, copied_from, version, created_at, created_by)
VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, 1, $8, $9);

-- name: set_by_id :one -> set_row
-- in: id i64
-- out: id i64, organisation_id i64, state text, valid_from text, valid_to text?, name text, parameters text, version i64, created_at i64, created_by i64
-- out: proposed_at i64?, proposed_by i64?, approved_at i64?, approved_by i64?
SELECT id, organisation_id, state, valid_from, valid_to, name, parameters, version, created_at, created_by, proposed_at, proposed_by, approved_at, approved_by
FROM allocation_set WHERE id = $1;

-- name: sets_of :many -> set_row
-- in: organisation_id i64, most i64
-- out: id i64, organisation_id i64, state text, valid_from text, valid_to text?, name text, parameters text, version i64, created_at i64, created_by i64
-- out: proposed_at i64?, proposed_by i64?, approved_at i64?, approved_by i64?
SELECT id, organisation_id, state, valid_from, valid_to, name, parameters, version, created_at, created_by, proposed_at, proposed_by, approved_at, approved_by
FROM allocation_set WHERE organisation_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2;

-- The one in force that day: the latest to begin, then the latest to be approved.
-- name: set_in_force :one -> set_row
-- in: day text
-- out: id i64, organisation_id i64, state text, valid_from text, valid_to text?, name text, parameters text, version i64, created_at i64, created_by i64
-- out: proposed_at i64?, proposed_by i64?, approved_at i64?, approved_by i64?
SELECT id, organisation_id, state, valid_from, valid_to, name, parameters, version, created_at, created_by, proposed_at, proposed_by, approved_at, approved_by
FROM allocation_set WHERE state = 'active' AND valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1)
ORDER BY valid_from DESC, approved_at DESC, id DESC LIMIT 1;

-- name: set_change :exec
-- in: id i64, version i64, valid_from text, valid_to text?, name text, parameters text
UPDATE allocation_set SET valid_from = $3, valid_to = $4, name = $5, parameters = $6, version = version + 1
WHERE id = $1 AND version = $2 AND state = 'draft';

-- name: set_propose :exec
-- in: id i64, version i64, at i64, user_id i64
UPDATE allocation_set SET state = 'proposed', proposed_at = $3, proposed_by = $4, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft';

-- Whoever proposed it is not who approves it.
-- name: set_approve :exec
-- in: id i64, version i64, at i64, user_id i64
UPDATE allocation_set SET state = 'active', approved_at = $3, approved_by = $4, version = version + 1
WHERE id = $1 AND version = $2 AND state = 'proposed' AND proposed_by <> $4;

-- name: set_withdraw :exec
-- in: id i64, version i64
UPDATE allocation_set SET state = 'draft', proposed_at = NULL, proposed_by = NULL, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'proposed';

-- name: set_end :exec
-- in: id i64, version i64
UPDATE allocation_set SET state = 'ended', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'active';

-- name: set_resume :exec
-- in: id i64, version i64
UPDATE allocation_set SET state = 'active', version = version + 1 WHERE id = $1 AND version = $2 AND state = 'ended';

-- ---- draws ----

-- name: draw_put :exec
-- in: id i64, organisation_id i64, name text, commitment text, seed_enc blob, at i64
INSERT INTO allocation_draw (id, organisation_id, name, commitment, seed_enc, committed_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: draw_by_id :one -> draw_row
-- in: id i64
-- out: id i64, organisation_id i64, name text, commitment text, seed_enc blob, committed_at i64, list text?, list_digest text?, closed_at i64?, seed text?, revealed_at i64?
SELECT id, organisation_id, name, commitment, seed_enc, committed_at, list, list_digest, closed_at, seed, revealed_at FROM allocation_draw WHERE id = $1;

-- name: draws_of :many -> draw_line
-- in: organisation_id i64, most i64
-- out: id i64, name text, commitment text, committed_at i64, list_digest text?, closed_at i64?, seed text?, revealed_at i64?
SELECT id, name, commitment, committed_at, list_digest, closed_at, seed, revealed_at FROM allocation_draw
WHERE organisation_id = $1 ORDER BY committed_at DESC, id DESC LIMIT $2;

-- name: draws_public :many -> draw_line
-- in: most i64
-- out: id i64, name text, commitment text, committed_at i64, list_digest text?, closed_at i64?, seed text?, revealed_at i64?
SELECT id, name, commitment, committed_at, list_digest, closed_at, seed, revealed_at FROM allocation_draw ORDER BY committed_at DESC, id DESC LIMIT $1;

-- name: draw_close :exec
-- in: id i64, list text, digest text, at i64
UPDATE allocation_draw SET list = $2, list_digest = $3, closed_at = $4 WHERE id = $1 AND closed_at IS NULL;

-- name: draw_reveal :exec
-- in: id i64, seed text, at i64
UPDATE allocation_draw SET seed = $2, revealed_at = $3 WHERE id = $1 AND closed_at IS NOT NULL AND revealed_at IS NULL;
