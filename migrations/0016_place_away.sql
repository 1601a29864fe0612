-- Places that were taken out of the directory by hand, and what they said then. They have no current version; imports leave them out until
-- they are put back.
CREATE TABLE place_away (
  place_id BIGINT PRIMARY KEY REFERENCES place (id),
  at BIGINT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('closed', 'no-help', 'twin', 'mistake')),
  nom TEXT NOT NULL,
  commune TEXT NOT NULL,
  record BYTEA NOT NULL                         -- every field, in order (base/pack.h)
);
CREATE INDEX place_away_at ON place_away (at);
