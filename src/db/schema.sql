-- Which migrations a database has had. Only src/db/migrate.c uses these.

-- name: schema_exists :scalar
-- out: n i64
-- sqlite:
SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration';
-- pg:
SELECT count(*) AS n FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_migration';
-- both:

-- name: schema_applied :many -> schema_row
-- out: number i64, name text, checksum text
SELECT number, name, checksum FROM schema_migration ORDER BY number;

-- name: schema_record :exec
-- in: number i64, name text, checksum text, applied_at i64
INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4);
