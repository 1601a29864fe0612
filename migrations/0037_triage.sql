-- Desk triage that a family agreed to have kept with its file: the last one only. Without a name, nothing is kept.
CREATE TABLE household_triage (
  household_id BIGINT PRIMARY KEY REFERENCES household (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),      -- for which it was asked
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL,
  answers_enc BYTEA NOT NULL                    -- under the household's key
);
CREATE INDEX household_triage_at ON household_triage (at);
