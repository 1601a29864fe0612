-- What the hours of each version of a place say now and next, so that "open now" reads no hours. The two periods that follow
-- each other are kept: a row is right until the second ends, and is renewed when the first has.
CREATE TABLE place_opening (
  version_id BIGINT PRIMARY KEY REFERENCES place_version (id) ON DELETE CASCADE,
  state BIGINT NOT NULL CHECK (state IN (0, 1, 2)),       -- closed, open, unknown
  until BIGINT NOT NULL,                                  -- ms UTC
  then_state BIGINT NOT NULL CHECK (then_state IN (0, 1, 2)),
  then_until BIGINT NOT NULL
);
CREATE INDEX place_opening_until ON place_opening (until, then_until);

-- What is there already is to be worked out: it ended long ago.
INSERT INTO place_opening (version_id, state, until, then_state, then_until)
  SELECT id, 0, 0, 0, 0 FROM place_version WHERE horaires <> '' AND dead = 4611686018427387904;
