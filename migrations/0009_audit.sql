-- Who did what: pseudonymous ids and words of ours, never a name. Rows are added and never changed; after a year they are
-- forgotten, their seals stay (src/audit/audit.h).

CREATE TABLE audit (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id BIGINT,                               -- NULL: a command, a job, the public
  organisation_id BIGINT,
  action TEXT NOT NULL,                         -- "account.invite"
  object TEXT NOT NULL,                         -- what it was done to: "user", "place"; '' when nothing in particular
  object_id BIGINT,
  detail TEXT NOT NULL                          -- "role=desk_agent": lower case, no name, no address
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_of_user ON audit (user_id, at);

-- Written with the row, taken away by the sealer.
CREATE TABLE audit_pending (
  audit_id BIGINT PRIMARY KEY
);

-- The chain: hash = BLAKE2b-256(the hash before, the row). It has no gap in its positions.
CREATE TABLE audit_seal (
  position BIGINT PRIMARY KEY,
  audit_id BIGINT NOT NULL UNIQUE,
  hash BYTEA NOT NULL
);

-- Its end, one row: whoever seals holds it. Rows below forgotten_before were forgotten when their time was over.
CREATE TABLE audit_head (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  position BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  forgotten_before BIGINT NOT NULL              -- an id
);
-- sqlite:
INSERT INTO audit_head (id, position, hash, forgotten_before) VALUES (1, 0, X'', 0);
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
CREATE TRIGGER audit_kept_whole BEFORE DELETE ON audit WHEN OLD.id >= (SELECT forgotten_before FROM audit_head) BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;
CREATE TRIGGER audit_seal_kept BEFORE UPDATE ON audit_seal BEGIN
  SELECT RAISE(ABORT, 'the audit log is never changed');
END;
CREATE TRIGGER audit_seal_kept_whole BEFORE DELETE ON audit_seal BEGIN
  SELECT RAISE(ABORT, 'the audit log is never cut');
END;
-- pg:
INSERT INTO audit_head (id, position, hash, forgotten_before) VALUES (1, 0, '', 0);
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit' THEN
    IF OLD.id < (SELECT forgotten_before FROM audit_head) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log is never changed nor cut';
END $$;
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_kept_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_kept BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_kept_whole BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- both:
