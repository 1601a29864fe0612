-- The page generations (migrations/0001_trunk.sql); generation_bump() and the workers' caches are in src/http/.

-- name: generation_raise :exec
-- in: domain i64
INSERT INTO generation (domain, value) VALUES ($1, 1)
ON CONFLICT (domain) DO UPDATE SET value = generation.value + 1;

-- name: generation_value :scalar
-- in: domain i64
-- out: value i64
SELECT coalesce(max(value), 0) FROM generation WHERE domain = $1;

-- name: generation_all :many -> generation_row
-- out: domain i64, value i64
SELECT domain, value FROM generation ORDER BY domain;
