-- What everything hangs on: the schema's own versions, page generations, jobs, sessions, the outbox, idempotency, settings.
-- Written in the common dialect that src/db/ddl.c turns into each engine's (docs/decisions/0003-postgresql.md).

-- pg:
CREATE COLLATION fr (provider = icu, locale = 'fr');
-- both:

CREATE TABLE schema_migration (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,                       -- BLAKE2b-256 of the file, hexadecimal
  applied_at BIGINT NOT NULL
);

-- Raised by whoever changes what public pages of a domain show; workers compare it before they answer from their cache.
CREATE TABLE generation (
  domain BIGINT PRIMARY KEY,                    -- enum generation
  value BIGINT NOT NULL
);
-- pg:
CREATE FUNCTION generation_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gabare_generation', '');
  RETURN NULL;
END $$;
CREATE TRIGGER generation_changed AFTER INSERT OR UPDATE ON generation
  FOR EACH STATEMENT EXECUTE FUNCTION generation_notify();
-- both:

-- The timetable and long work. A runner leases a row until lease_until; whoever finds the lease over may take it again.
CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  unique_key TEXT,                              -- periodic jobs: at most one row that is not ended
  payload TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  run_at BIGINT NOT NULL,
  lease_until BIGINT,
  lease_owner TEXT,
  attempts BIGINT NOT NULL DEFAULT 0,
  progress BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,              -- 0: not known
  result TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX job_unique_key ON job (unique_key) WHERE unique_key IS NOT NULL AND state IN ('waiting', 'running');
CREATE INDEX job_due ON job (run_at) WHERE state IN ('waiting', 'running');
CREATE INDEX job_updated ON job (updated_at);

CREATE TABLE session (
  id_hash BYTEA PRIMARY KEY,                    -- BLAKE2b-256 of the cookie's secret
  user_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);
CREATE INDEX session_expiring ON session (expires_at);

-- What goes out: mail, SMS, webhooks. Claimed by a write, so that nothing leaves that is not on disk; bodies are purged.
CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms', 'webhook')),
  recipient_enc BYTEA,
  subject_enc BYTEA,
  body_enc BYTEA,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL,
  last_error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_created ON outbox (created_at);

-- A repeated POST finds the answer of the first: same key, same answer, nothing done twice.
CREATE TABLE idempotency (
  key TEXT PRIMARY KEY,
  route TEXT NOT NULL,
  status BIGINT NOT NULL,
  location TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- What the city changes while the program runs.
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
