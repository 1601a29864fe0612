-- The access file as a document: what it says is put aside, sealed under the household's key, until the jobs process has drawn it; then the
-- document stands in its place, sealed too, for a day.
CREATE TABLE household_access (
  household_id BIGINT PRIMARY KEY REFERENCES household (id),
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,                           -- asked
  state TEXT NOT NULL CHECK (state IN ('asked', 'made', 'failed')),
  leased_until BIGINT NOT NULL,
  attempts BIGINT NOT NULL
);
CREATE TABLE household_access_part (
  household_id BIGINT NOT NULL REFERENCES household (id),
  position BIGINT NOT NULL,
  content_enc BYTEA NOT NULL,
  PRIMARY KEY (household_id, position)
);
