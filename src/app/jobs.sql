-- The timetable: rows of `job`, leased by one runner at a time even where several machines run.

-- name: job_next :scalar
-- in: at i64
-- out: n i64
SELECT count(*) AS n FROM job
WHERE (state = 'waiting' AND run_at <= $1) OR (state = 'running' AND lease_until < $1);

-- name: job_claim :one -> job_row
-- in: at i64, until i64, owner text
-- out: id i64, kind text, payload text, attempts i64
UPDATE job SET state = 'running', lease_until = $2, lease_owner = $3, attempts = attempts + 1, updated_at = $1
WHERE id = (SELECT id FROM job
            WHERE (state = 'waiting' AND run_at <= $1) OR (state = 'running' AND lease_until < $1)
            ORDER BY run_at, id LIMIT 1)
  AND ((state = 'waiting' AND run_at <= $1) OR (state = 'running' AND lease_until < $1))
RETURNING id, kind, payload, attempts;

-- name: job_end :exec
-- in: id i64, owner text, state text, result text, at i64
UPDATE job SET state = $3, result = $4, lease_until = NULL, updated_at = $5
WHERE id = $1 AND lease_owner = $2 AND state = 'running';

-- name: job_retry :exec
-- in: id i64, owner text, run_at i64, result text, at i64
UPDATE job SET state = 'waiting', run_at = $3, result = $4, lease_until = NULL, updated_at = $5
WHERE id = $1 AND lease_owner = $2 AND state = 'running';

-- name: job_plan :exec
-- in: id i64, kind text, run_at i64, at i64
INSERT INTO job (id, kind, unique_key, state, run_at, created_at, updated_at) VALUES ($1, $2, $2, 'waiting', $3, $4, $4)
ON CONFLICT (unique_key) WHERE unique_key IS NOT NULL AND state IN ('waiting', 'running') DO NOTHING;

-- name: job_forget :exec
-- in: before i64, most i64
DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state IN ('done', 'failed') AND updated_at < $1 ORDER BY id LIMIT $2);

-- name: job_moves :exec
-- in: id i64, owner text, progress i64, total i64, until i64, at i64
UPDATE job SET progress = $3, total = $4, lease_until = $5, updated_at = $6 WHERE id = $1 AND lease_owner = $2 AND state = 'running';
