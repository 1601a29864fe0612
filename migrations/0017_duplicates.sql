-- Places that are perhaps the same: pairs found by the jobs process, and those that somebody said to be two.

CREATE TABLE place_pair (
  first_id BIGINT NOT NULL REFERENCES place (id),
  second_id BIGINT NOT NULL REFERENCES place (id),
  score BIGINT NOT NULL,                        -- of 100
  reasons BIGINT NOT NULL,                      -- bits: src/duplicates/duplicates.h
  metres BIGINT,                                -- between them; NULL when one has no position
  run BIGINT NOT NULL,                          -- which search found it last
  PRIMARY KEY (first_id, second_id),
  CHECK (first_id < second_id)
);
CREATE INDEX place_pair_score ON place_pair (score, first_id);
CREATE INDEX place_pair_run ON place_pair (run);
CREATE INDEX place_pair_second ON place_pair (second_id);

-- The last search: nothing is searched again until the directory has changed.
CREATE TABLE place_pair_search (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  run BIGINT NOT NULL,
  generation BIGINT NOT NULL
);
INSERT INTO place_pair_search (id, run, generation) VALUES (1, 0, -1);

-- "These are two places": not shown again until it is taken back.
CREATE TABLE place_apart (
  first_id BIGINT NOT NULL REFERENCES place (id),
  second_id BIGINT NOT NULL REFERENCES place (id),
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (first_id, second_id),
  CHECK (first_id < second_id)
);
