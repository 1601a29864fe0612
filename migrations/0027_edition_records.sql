-- An edition keeps more than its open data: each place's whole record (prices, closures, languages… but no internal notes) with the
-- district it stood in, and the free wifi of that day, so that a guide of the edition is the same years later. Editions that were
-- closed before have none: record_digest is empty, and their CSV has to do.
ALTER TABLE census_edition ADD COLUMN record_digest TEXT NOT NULL DEFAULT '';   -- SHA-256 over the pieces in their order

CREATE TABLE census_record_piece (
  edition_id BIGINT NOT NULL REFERENCES census_edition (id),
  position BIGINT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('places', 'wifi')),
  body BYTEA NOT NULL,                          -- CSV; the first piece of each kind has the names of its columns
  PRIMARY KEY (edition_id, position)
);

-- A contact that somebody withdrew from a closed edition. The record stays as it was frozen, and its digests with it; whatever reads it for
-- people (exports, guides) leaves the value out.
CREATE TABLE census_withdrawal (
  id BIGINT PRIMARY KEY,
  edition_id BIGINT NOT NULL REFERENCES census_edition (id),
  public_id TEXT NOT NULL,                      -- of the place, as the edition has it
  contact TEXT NOT NULL CHECK (contact IN ('telephone', 'courriels', 'site_web', 'prise_rdv', 'complement_adresse', 'presentation')),
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'left', 'personal')),
  at BIGINT NOT NULL,
  user_id BIGINT,                               -- NULL: the command line
  UNIQUE (edition_id, public_id, contact)
);

-- sqlite:
CREATE TRIGGER census_record_piece_kept BEFORE UPDATE ON census_record_piece BEGIN
  SELECT RAISE(ABORT, 'a piece of an edition is never changed');
END;
CREATE TRIGGER census_record_piece_kept_whole BEFORE DELETE ON census_record_piece
WHEN (SELECT state FROM census_edition WHERE id = OLD.edition_id) = 'closed' BEGIN
  SELECT RAISE(ABORT, 'a closed edition is never cut');
END;
-- pg:
CREATE TRIGGER census_record_piece_kept BEFORE UPDATE OR DELETE ON census_record_piece FOR EACH ROW EXECUTE FUNCTION census_refuse();
-- both:
