-- Handover days and handovers (src/handover): which family comes when, what it left with. Names are only in the receipt, which is sealed under
-- the household's key: erasing the household erases it.

CREATE TABLE handover_day (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  day TEXT NOT NULL,
  place TEXT NOT NULL,                          -- as people are told it
  school_id BIGINT REFERENCES school (id),      -- whose families are called; NULL: all of the campaign's
  from_minute BIGINT NOT NULL,                  -- of the day
  slot_minutes BIGINT NOT NULL CHECK (slot_minutes > 0),
  slots BIGINT NOT NULL CHECK (slots > 0),
  per_slot BIGINT NOT NULL CHECK (per_slot > 0),
  cancelled BIGINT NOT NULL CHECK (cancelled IN (0, 1)),
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX handover_day_of ON handover_day (campaign_id, day, id);

-- When a family comes. One appointment a file: another replaces it.
CREATE TABLE handover_booking (
  file_id BIGINT PRIMARY KEY REFERENCES family_file (id),
  day_id BIGINT NOT NULL REFERENCES handover_day (id),
  slot BIGINT NOT NULL CHECK (slot >= 0)
);
CREATE INDEX handover_booking_of ON handover_booking (day_id, slot);

CREATE TABLE handover (
  id BIGINT PRIMARY KEY,
  receipt_no TEXT NOT NULL UNIQUE,              -- "R7K2-4QXM"
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  household_id BIGINT NOT NULL REFERENCES household (id),      -- whose key seals receipt_enc
  device_id BIGINT NOT NULL REFERENCES device (id),
  day TEXT NOT NULL,
  gift BIGINT NOT NULL CHECK (gift IN (0, 1)),
  accessories TEXT NOT NULL,                    -- codes of src/handover/words.c
  seen TEXT NOT NULL,                           -- in which state the family saw it: a code
  workshop_place TEXT NOT NULL,                 -- where the first workshop is, and when; '' when not said
  workshop_day TEXT NOT NULL,
  workshop_hour TEXT NOT NULL,
  receipt_enc BYTEA NOT NULL,
  receipt_hash TEXT NOT NULL,
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL,
  undone_at BIGINT,
  undone_why TEXT
);
CREATE UNIQUE INDEX handover_live ON handover (file_id) WHERE undone_at IS NULL;
CREATE INDEX handover_device ON handover (device_id, id);

-- What happened to a day, only ever added to.
CREATE TABLE handover_event (
  id BIGINT PRIMARY KEY,
  day_id BIGINT NOT NULL REFERENCES handover_day (id),
  what TEXT NOT NULL CHECK (what IN ('made', 'changed', 'cancelled', 'restored', 'placed', 'moved', 'removed')),
  file_id BIGINT,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX handover_event_of ON handover_event (day_id, id);
-- sqlite:
CREATE TRIGGER handover_event_kept BEFORE UPDATE ON handover_event BEGIN
  SELECT RAISE(ABORT, 'the history of a handover day is never changed');
END;
CREATE TRIGGER handover_event_kept_whole BEFORE DELETE ON handover_event BEGIN
  SELECT RAISE(ABORT, 'the history of a handover day is never cut');
END;
-- pg:
CREATE FUNCTION handover_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a handover day is never changed nor cut';
END $$;
CREATE TRIGGER handover_event_kept BEFORE UPDATE OR DELETE ON handover_event FOR EACH ROW EXECUTE FUNCTION handover_event_refuse();
-- both:
