-- After-sales (src/aftersales): computers of families that break down, and how a loan ends. It bears no name; what a family says and what a
-- declaration of theft holds are sealed under its household's key, so that erasing the household erases them too. What stays is counted.

CREATE TABLE care_ticket (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  household_id BIGINT NOT NULL REFERENCES household (id),      -- whose key seals said_enc
  device_id BIGINT NOT NULL REFERENCES device (id),            -- what broke down
  spare_id BIGINT REFERENCES device (id),       -- what the family has meanwhile
  new_id BIGINT REFERENCES device (id),         -- what replaced it
  symptom TEXT NOT NULL,                        -- a code of src/aftersales/rules.c
  said_enc BYTEA NOT NULL,                      -- what the family says; '': nothing, or its time is over
  finding TEXT NOT NULL,                        -- a code of src/aftersales/rules.c; '': not known yet
  state TEXT NOT NULL CHECK (state IN ('open', 'diagnosed', 'in_repair', 'beyond', 'given_back', 'solved', 'replaced', 'ended', 'cancelled')),
  since_day TEXT NOT NULL,
  opened_day TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CHECK (spare_id IS NULL OR state IN ('in_repair', 'beyond'))
);
CREATE UNIQUE INDEX care_ticket_live ON care_ticket (device_id) WHERE state IN ('open', 'diagnosed', 'in_repair', 'beyond');
CREATE UNIQUE INDEX care_ticket_of_file ON care_ticket (file_id) WHERE state IN ('open', 'diagnosed', 'in_repair', 'beyond');
CREATE INDEX care_ticket_file ON care_ticket (file_id, id);
CREATE INDEX care_ticket_list ON care_ticket (state, since_day, id);

-- What happened to a ticket, only ever added to.
CREATE TABLE care_event (
  id BIGINT PRIMARY KEY,
  ticket_id BIGINT NOT NULL REFERENCES care_ticket (id),
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'step', 'back', 'spare', 'spare_back', 'spare_lost')),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  day TEXT NOT NULL,                            -- on which it was, not on which it was written
  reason TEXT NOT NULL,                         -- what was found, or ''
  device_id BIGINT REFERENCES device (id),      -- the spare one, or the one that replaces
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL
);
CREATE INDEX care_event_of ON care_event (ticket_id, id);
-- sqlite:
CREATE TRIGGER care_event_kept BEFORE UPDATE ON care_event BEGIN
  SELECT RAISE(ABORT, 'the history of a ticket is never changed');
END;
CREATE TRIGGER care_event_kept_whole BEFORE DELETE ON care_event BEGIN
  SELECT RAISE(ABORT, 'the history of a ticket is never cut');
END;
-- pg:
CREATE FUNCTION care_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a ticket is never changed nor cut';
END $$;
CREATE TRIGGER care_event_kept BEFORE UPDATE OR DELETE ON care_event FOR EACH ROW EXECUTE FUNCTION care_event_refuse();
-- both:

-- A computer that came back from a family, or that is lost. Taken back ("undone") when it was a mistake; found again when it was lost.
CREATE TABLE care_end (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  household_id BIGINT NOT NULL REFERENCES household (id),      -- whose key seals report_enc
  device_id BIGINT REFERENCES device (id),      -- none: a computer that is not in the stock
  spare BIGINT NOT NULL CHECK (spare IN (0, 1)),               -- it was lent during a repair: the file goes on
  kind TEXT NOT NULL CHECK (kind IN ('returned', 'lost', 'stolen')),
  reason TEXT NOT NULL,
  day TEXT NOT NULL,
  report_enc BYTEA NOT NULL,                    -- of a theft: the declaration's number, day and station; '': none
  state TEXT NOT NULL CHECK (state IN ('noted', 'undone', 'found', 'found_kept')),
  state_day TEXT NOT NULL,
  version BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  CHECK (kind <> 'stolen' OR length(report_enc) > 0)
);
CREATE UNIQUE INDEX care_end_live ON care_end (file_id) WHERE state = 'noted' AND spare = 0;
CREATE INDEX care_end_file ON care_end (file_id, id);
