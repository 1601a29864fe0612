-- The charter that a family, the city, the school and the association sign before a computer is lent (src/charter). A text in force is never
-- changed: another version takes its place. An act is one text with its blanks filled for one family: what was filled holds names, and is sealed
-- under the household's key, as are the names of who signed, the copies of what was signed on paper and the document to print.

CREATE TABLE charter_version (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  number BIGINT NOT NULL,                       -- 1, 2, … of the campaign
  from_day TEXT,                                -- in force from; NULL: a draft
  version BIGINT NOT NULL,
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL,
  published_by BIGINT,
  published_at BIGINT
);
CREATE UNIQUE INDEX charter_version_number ON charter_version (campaign_id, number);

CREATE TABLE charter_text (
  id BIGINT PRIMARY KEY,
  version_id BIGINT NOT NULL REFERENCES charter_version (id),
  lang TEXT NOT NULL CHECK (lang IN ('fr', 'simple', 'en', 'ar')),
  body TEXT NOT NULL,                           -- Markdown, in its canonical form: NFC, LF, no space at the end of a line
  hash BYTEA NOT NULL,                          -- SHA-256 of the body
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX charter_text_once ON charter_text (version_id, lang);

-- A translation that somebody has read again; of a text by its hash, so that a draft that changes is no longer reviewed.
CREATE TABLE charter_review (
  id BIGINT PRIMARY KEY,
  version_id BIGINT NOT NULL REFERENCES charter_version (id),
  lang TEXT NOT NULL,
  hash BYTEA NOT NULL,
  who TEXT NOT NULL,                            -- a service or a trade, not a name
  day TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX charter_review_of ON charter_review (version_id, lang, at);

CREATE TABLE charter_act (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  household_id BIGINT NOT NULL REFERENCES household (id),      -- whose key seals
  version_id BIGINT NOT NULL REFERENCES charter_version (id),
  lang TEXT NOT NULL,                           -- beside the French; 'fr': French alone
  devices BIGINT NOT NULL CHECK (devices BETWEEN 1 AND 20),
  filled_enc BYTEA NOT NULL,                    -- what stands in the blanks, the review as it was said, the document's own SHA-256
  state TEXT NOT NULL CHECK (state IN ('prepared', 'signed', 'cancelled')),
  version BIGINT NOT NULL,
  pdf TEXT NOT NULL CHECK (pdf IN ('waiting', 'made', 'failed')),
  pdf_tries BIGINT NOT NULL,
  pdf_until BIGINT NOT NULL,                    -- lease of who makes it
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
-- scoped: charter_act
CREATE UNIQUE INDEX charter_act_live ON charter_act (file_id) WHERE state <> 'cancelled';
CREATE INDEX charter_act_household ON charter_act (household_id);
CREATE INDEX charter_act_waiting ON charter_act (pdf_until) WHERE pdf = 'waiting';

CREATE TABLE charter_signature (
  id BIGINT PRIMARY KEY,
  act_id BIGINT NOT NULL REFERENCES charter_act (id),
  role TEXT NOT NULL CHECK (role IN ('family', 'city', 'education', 'association')),
  quality TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('paper', 'screen')),
  day TEXT NOT NULL,
  name_enc BYTEA NOT NULL,
  order_number TEXT NOT NULL,                   -- of the delegation; '' where none is needed
  order_day TEXT NOT NULL,
  user_id BIGINT NOT NULL,                      -- the agent who was there, or who noted it
  at BIGINT NOT NULL,
  withdrawn_at BIGINT
);
CREATE UNIQUE INDEX charter_signature_live ON charter_signature (act_id, role) WHERE withdrawn_at IS NULL;

-- A copy of what was signed on paper, or the document to print; its bytes in sealed parts.
CREATE TABLE charter_file (
  id BIGINT PRIMARY KEY,
  act_id BIGINT NOT NULL REFERENCES charter_act (id),
  kind TEXT NOT NULL CHECK (kind IN ('copy', 'print')),
  type TEXT NOT NULL CHECK (type IN ('pdf', 'jpeg', 'png')),
  size BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  gone_at BIGINT,
  gone_why TEXT NOT NULL
);
CREATE INDEX charter_file_of ON charter_file (act_id, id);
CREATE TABLE charter_part (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES charter_file (id),
  position BIGINT NOT NULL,
  content_enc BYTEA NOT NULL
);
CREATE UNIQUE INDEX charter_part_of ON charter_part (file_id, position);

-- What happened to an act, only ever added to.
CREATE TABLE charter_event (
  id BIGINT PRIMARY KEY,
  act_id BIGINT NOT NULL REFERENCES charter_act (id),
  kind TEXT NOT NULL CHECK (kind IN ('prepared', 'signed', 'complete', 'withdrawn', 'cancelled', 'copy', 'copy_removed')),
  what TEXT NOT NULL,                           -- a role, a way
  day TEXT NOT NULL,
  reason TEXT NOT NULL,                         -- a code of src/files/steps.c, or ''
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX charter_event_of ON charter_event (act_id, id);

-- sqlite:
CREATE TRIGGER charter_version_kept BEFORE UPDATE ON charter_version WHEN OLD.from_day IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a text in force is never changed');
END;
CREATE TRIGGER charter_version_kept_whole BEFORE DELETE ON charter_version WHEN OLD.from_day IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a text in force is never changed');
END;
CREATE TRIGGER charter_text_kept BEFORE UPDATE ON charter_text
WHEN (SELECT from_day FROM charter_version WHERE id = OLD.version_id) IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a text in force is never changed');
END;
CREATE TRIGGER charter_text_kept_whole BEFORE DELETE ON charter_text
WHEN (SELECT from_day FROM charter_version WHERE id = OLD.version_id) IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a text in force is never changed');
END;
CREATE TRIGGER charter_text_kept_alone BEFORE INSERT ON charter_text
WHEN (SELECT from_day FROM charter_version WHERE id = NEW.version_id) IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a text in force is never changed');
END;
CREATE TRIGGER charter_event_kept BEFORE UPDATE ON charter_event BEGIN
  SELECT RAISE(ABORT, 'the history of an act is never changed');
END;
CREATE TRIGGER charter_event_kept_whole BEFORE DELETE ON charter_event BEGIN
  SELECT RAISE(ABORT, 'the history of an act is never cut');
END;
-- pg:
CREATE FUNCTION charter_version_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.from_day IS NOT NULL THEN RAISE EXCEPTION 'a text in force is never changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER charter_version_kept BEFORE UPDATE OR DELETE ON charter_version FOR EACH ROW EXECUTE FUNCTION charter_version_refuse();
CREATE FUNCTION charter_text_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whose BIGINT;
BEGIN
  IF TG_OP = 'INSERT' THEN whose := NEW.version_id; ELSE whose := OLD.version_id; END IF;
  IF (SELECT from_day FROM charter_version WHERE id = whose) IS NOT NULL THEN RAISE EXCEPTION 'a text in force is never changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER charter_text_kept BEFORE INSERT OR UPDATE OR DELETE ON charter_text FOR EACH ROW EXECUTE FUNCTION charter_text_refuse();
CREATE FUNCTION charter_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of an act is never changed nor cut';
END $$;
CREATE TRIGGER charter_event_kept BEFORE UPDATE OR DELETE ON charter_event FOR EACH ROW EXECUTE FUNCTION charter_event_refuse();
