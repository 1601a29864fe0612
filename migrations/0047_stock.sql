-- Devices that organisations lend or give (src/stock): what they are, where they stand, in whose hands. No name of a person: a device is lent
-- to a family's file, which is counted when its household is erased.

CREATE TABLE device (
  id BIGINT PRIMARY KEY,
  label TEXT NOT NULL UNIQUE,                   -- "P7K24QXM": its last sign checks the others
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),      -- who keeps it and lends it
  owner TEXT NOT NULL,                          -- who owns it, by name: a legal person
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('association', 'company', 'city', 'metropole', 'ccas')),
  kind TEXT NOT NULL CHECK (kind IN ('laptop', 'desktop', 'tablet')),
  model TEXT NOT NULL,
  serial TEXT NOT NULL,                         -- the maker's; '' when it has none that can be read
  grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C')),
  memory_gb BIGINT NOT NULL,                    -- 0: not known, as for the two below
  disk_gb BIGINT NOT NULL,
  screen_tenths BIGINT NOT NULL,                -- of an inch
  os TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('in_stock', 'reserved', 'lent', 'returned', 'in_repair', 'lost', 'gone')),
  file_id BIGINT REFERENCES family_file (id),   -- for whom it is reserved, to whom it is lent
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CHECK ((state IN ('reserved', 'lent')) = (file_id IS NOT NULL))
);
CREATE UNIQUE INDEX device_serial ON device (organisation_id, serial) WHERE serial <> '' AND state <> 'gone';
CREATE UNIQUE INDEX device_reserved ON device (file_id) WHERE state = 'reserved';
CREATE INDEX device_free ON device (organisation_id, state, grade, id);
CREATE INDEX device_file ON device (file_id) WHERE file_id IS NOT NULL;

-- In whose hands a device was, and by what title. Of one device one at a time; of one file one at a time, but for the spare device that a
-- family has while its own is mended.
CREATE TABLE device_loan (
  id BIGINT PRIMARY KEY,
  device_id BIGINT NOT NULL REFERENCES device (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  title TEXT NOT NULL CHECK (title IN ('loan', 'gift')),
  spare BIGINT NOT NULL CHECK (spare IN (0, 1)),
  from_day TEXT NOT NULL,
  from_reserved BIGINT NOT NULL CHECK (from_reserved IN (0, 1)),     -- it was kept for that family: where undoing leads
  ended_day TEXT,
  ended_why TEXT                                -- a code of src/stock/stock.c
);
CREATE UNIQUE INDEX device_loan_device ON device_loan (device_id) WHERE ended_day IS NULL;
CREATE UNIQUE INDEX device_loan_file ON device_loan (file_id) WHERE ended_day IS NULL AND spare = 0;
CREATE INDEX device_loan_of ON device_loan (device_id, id);
CREATE INDEX device_loan_of_file ON device_loan (file_id, id);

-- What happened to a device, only ever added to.
CREATE TABLE device_event (
  id BIGINT PRIMARY KEY,
  device_id BIGINT NOT NULL REFERENCES device (id),
  field TEXT NOT NULL,                          -- 'state', or what was corrected; '' when it came in
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason TEXT NOT NULL,                         -- a code of src/stock/stock.c, or ''
  file_id BIGINT,
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL
);
CREATE INDEX device_event_of ON device_event (device_id, id);
-- sqlite:
CREATE TRIGGER device_event_kept BEFORE UPDATE ON device_event BEGIN
  SELECT RAISE(ABORT, 'the history of a device is never changed');
END;
CREATE TRIGGER device_event_kept_whole BEFORE DELETE ON device_event BEGIN
  SELECT RAISE(ABORT, 'the history of a device is never cut');
END;
-- pg:
CREATE FUNCTION device_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a device is never changed nor cut';
END $$;
CREATE TRIGGER device_event_kept BEFORE UPDATE OR DELETE ON device_event FOR EACH ROW EXECUTE FUNCTION device_event_refuse();
-- both:
