-- Allocation: sets of parameters with their dates, and draws committed to before the list closes (src/allocation).

CREATE TABLE allocation_set (
  id BIGINT PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'active', 'ended')),
  valid_from TEXT NOT NULL,                     -- ISO: in force from this day, when active
  valid_to TEXT,                                -- ISO: to this day; NULL: until another begins
  name TEXT NOT NULL,
  parameters TEXT NOT NULL,                     -- JSON (src/allocation/params.h)
  copied_from BIGINT,
  version BIGINT NOT NULL,                      -- one more at each change: two people at once are told
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  proposed_at BIGINT,
  proposed_by BIGINT,
  approved_at BIGINT,
  approved_by BIGINT,
  CHECK (approved_by IS NULL OR approved_by <> proposed_by),
  CHECK (state IN ('draft', 'proposed') OR approved_by IS NOT NULL)
);
CREATE INDEX allocation_set_organisation ON allocation_set (organisation_id, created_at);
CREATE INDEX allocation_set_active ON allocation_set (valid_from) WHERE state = 'active';

CREATE TABLE allocation_draw (
  id BIGINT PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,                           -- the wave's
  commitment TEXT NOT NULL,                     -- SHA-256 of the seed
  seed_enc BYTEA NOT NULL,                      -- sealed until it is revealed
  committed_at BIGINT NOT NULL,
  list TEXT,                                    -- pseudonymous ids, sorted, one a line; NULL while the list is open
  list_digest TEXT,                             -- SHA-256 of it
  closed_at BIGINT,
  seed TEXT,                                    -- public from then on
  revealed_at BIGINT,
  CHECK (closed_at IS NULL OR list IS NOT NULL),
  CHECK (revealed_at IS NULL OR (seed IS NOT NULL AND closed_at IS NOT NULL))
);
CREATE INDEX allocation_draw_organisation ON allocation_draw (organisation_id, committed_at);
CREATE INDEX allocation_draw_at ON allocation_draw (committed_at);
