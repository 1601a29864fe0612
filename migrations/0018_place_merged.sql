-- Two records of one place made one: which place stands for the one that was taken out, and what it said just before and just after, so
-- that the merge can be undone without losing what was changed since. A place that is put back has no row here any more.
CREATE TABLE place_merged (
  place_id BIGINT PRIMARY KEY REFERENCES place_away (place_id),
  kept_id BIGINT NOT NULL REFERENCES place (id),
  before BYTEA NOT NULL,                        -- the kept place: every field, in order (base/pack.h)
  after BYTEA NOT NULL,
  CHECK (place_id <> kept_id)
);
CREATE INDEX place_merged_kept ON place_merged (kept_id);
