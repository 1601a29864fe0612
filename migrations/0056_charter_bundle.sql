-- All the charters of a school and a wave in one document, for an evening of signatures (src/charter/bundle.h): asked for on a page, drawn by the
-- jobs process, kept a day under a key of its own, which is destroyed with it.

CREATE TABLE charter_bundle (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  school_id BIGINT NOT NULL,                    -- 0: all
  wave_id BIGINT NOT NULL,                      -- 0: all
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,                           -- asked
  state TEXT NOT NULL CHECK (state IN ('waiting', 'making', 'made', 'failed')),
  fault TEXT NOT NULL,                          -- a code of src/charter/bundle.c; '': none
  attempts BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  done BIGINT NOT NULL,                         -- charters set, of `total`
  total BIGINT NOT NULL,
  left_out BIGINT NOT NULL,                     -- beyond what one document holds
  pages BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  key_enc BYTEA                                 -- NULL: nothing is kept
);
CREATE INDEX charter_bundle_of ON charter_bundle (campaign_id, id);
CREATE INDEX charter_bundle_waiting ON charter_bundle (id) WHERE state IN ('waiting', 'making');

-- The acts that are in it, in its order, as they were: one that is no longer that is found out.
CREATE TABLE charter_bundle_line (
  bundle_id BIGINT NOT NULL REFERENCES charter_bundle (id),
  position BIGINT NOT NULL,
  act_id BIGINT NOT NULL REFERENCES charter_act (id),
  mark BYTEA NOT NULL,                          -- SHA-256 of what the act keeps sealed; empty: it could not be read, and is not there
  untranslated BIGINT NOT NULL CHECK (untranslated IN (0, 1)),      -- the family reads a language that the text does not have
  PRIMARY KEY (bundle_id, position)
);
CREATE INDEX charter_bundle_line_act ON charter_bundle_line (act_id);

CREATE TABLE charter_bundle_part (
  bundle_id BIGINT NOT NULL REFERENCES charter_bundle (id),
  position BIGINT NOT NULL,
  content_enc BYTEA NOT NULL,
  PRIMARY KEY (bundle_id, position)
);
