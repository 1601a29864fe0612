-- The census: every two years each place is asked to confirm or correct its record, by a link of its own.
--
-- No personal data: what is asked and answered is what the directory publishes. A code is made again from the ask's id by the vault;
-- here is its keyed hash, so that a stolen database opens no link.

CREATE TABLE census_edition (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,                    -- "2026": how it is cited, and named in addresses
  running BIGINT UNIQUE CHECK (running = 1),    -- NULL once closed: one at a time
  state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'closed')),
  answer_by TEXT NOT NULL,                      -- a day
  checked_before TEXT NOT NULL,                 -- asked are the places whose last check is before this day; '9999-12-31': all
  listed_to BIGINT NOT NULL DEFAULT 0,          -- the places up to this id have been looked at
  listed BIGINT NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  places BIGINT NOT NULL DEFAULT 0,             -- in the frozen file
  digest TEXT NOT NULL DEFAULT ''               -- SHA-256 of the frozen file
);

CREATE TABLE census_ask (
  id BIGINT PRIMARY KEY,
  edition_id BIGINT NOT NULL REFERENCES census_edition (id),
  place_id BIGINT NOT NULL REFERENCES place (id),
  code_index BYTEA NOT NULL UNIQUE,
  district TEXT NOT NULL,                       -- where it stood when the edition was opened; else its commune
  kind TEXT NOT NULL,                           -- the first code of its typologie; may be empty
  state TEXT NOT NULL CHECK (state IN ('waiting', 'begun', 'answered', 'settled', 'excused')),
  answer TEXT CHECK (answer IN ('same', 'changed', 'gone')),
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'letter', 'none')),
  write_asked BIGINT NOT NULL DEFAULT 0 CHECK (write_asked IN (0, 1)),   -- a message is to be written
  written BIGINT NOT NULL DEFAULT 0,            -- messages that went to the outbox
  written_at BIGINT,
  answered_at BIGINT,
  settled_at BIGINT,
  UNIQUE (edition_id, place_id)
);
CREATE INDEX census_ask_state ON census_ask (edition_id, state);
CREATE INDEX census_ask_place ON census_ask (place_id);
CREATE INDEX census_ask_to_write ON census_ask (id) WHERE write_asked = 1;

-- What a structure says of a field, and what became of it.
CREATE TABLE census_proposal (
  ask_id BIGINT NOT NULL REFERENCES census_ask (id),
  field TEXT NOT NULL,
  before TEXT NOT NULL,                         -- what the directory said when it was written
  after TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused')),
  PRIMARY KEY (ask_id, field)
);

-- A closed edition: the whole directory of that moment as CSV, in pieces.
CREATE TABLE census_piece (
  edition_id BIGINT NOT NULL REFERENCES census_edition (id),
  position BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (edition_id, position)
);
-- What is closed stays as it is: it is cited.
-- sqlite:
CREATE TRIGGER census_edition_kept BEFORE UPDATE ON census_edition WHEN OLD.state = 'closed' BEGIN
  SELECT RAISE(ABORT, 'a closed edition is never changed');
END;
CREATE TRIGGER census_edition_kept_whole BEFORE DELETE ON census_edition WHEN OLD.state = 'closed' BEGIN
  SELECT RAISE(ABORT, 'a closed edition is never deleted');
END;
CREATE TRIGGER census_piece_kept BEFORE UPDATE ON census_piece BEGIN
  SELECT RAISE(ABORT, 'a piece of an edition is never changed');
END;
CREATE TRIGGER census_piece_kept_whole BEFORE DELETE ON census_piece
WHEN (SELECT state FROM census_edition WHERE id = OLD.edition_id) = 'closed' BEGIN
  SELECT RAISE(ABORT, 'a closed edition is never cut');
END;
-- pg:
CREATE FUNCTION census_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'census_edition' THEN
    IF OLD.state = 'closed' THEN
      RAISE EXCEPTION 'a closed edition is never changed';
    END IF;
  ELSIF TG_OP = 'UPDATE' OR (SELECT state FROM census_edition WHERE id = OLD.edition_id) = 'closed' THEN
    RAISE EXCEPTION 'a closed edition is never cut';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER census_edition_kept BEFORE UPDATE OR DELETE ON census_edition FOR EACH ROW EXECUTE FUNCTION census_refuse();
CREATE TRIGGER census_piece_kept BEFORE UPDATE OR DELETE ON census_piece FOR EACH ROW EXECUTE FUNCTION census_refuse();
-- both:
