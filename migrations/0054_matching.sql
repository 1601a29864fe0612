-- Which device of the stock for which family's file (src/matching): what a wave asks for, what a file asks for otherwise, proposals that are never
-- changed, what an officer takes out of one, what was kept. No name is in any of these tables.

-- What the families of a wave get unless their file says otherwise; its row is what two officers at once wait for.
CREATE TABLE match_wave (
  wave_id BIGINT PRIMARY KEY REFERENCES wave (id),
  version BIGINT NOT NULL,                      -- one more at each act of somebody
  kind TEXT NOT NULL CHECK (kind IN ('laptop', 'desktop', 'tablet')),
  memory_gb BIGINT NOT NULL,                    -- at least
  screen BIGINT NOT NULL,                       -- inches, at least
  grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C')),              -- at worst
  asked_at BIGINT,                              -- a proposal is waited for; NULL: none is
  asked_by BIGINT,
  tries BIGINT NOT NULL,
  until BIGINT NOT NULL,                        -- somebody is at it until then
  failed BIGINT NOT NULL CHECK (failed IN (0, 1))                    -- the last that was asked for could not be made
);

-- What a family asks for: a device, never why. A wish is never written over: another one follows it.
CREATE TABLE match_wish (
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  version BIGINT NOT NULL,                      -- 1, 2…: the last is what is asked
  kind TEXT NOT NULL CHECK (kind IN ('', 'laptop', 'desktop', 'tablet')),     -- '': as the wave
  memory_gb BIGINT NOT NULL,                    -- 0: as the wave
  large_screen BIGINT NOT NULL CHECK (large_screen IN (0, 1)),
  day TEXT NOT NULL,
  user_id BIGINT NOT NULL,                      -- who wrote it down; 0: the demonstration
  at BIGINT NOT NULL,
  PRIMARY KEY (file_id, version)
);
-- scoped: match_wish

CREATE TABLE match_proposal (
  id BIGINT PRIMARY KEY,
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  number BIGINT NOT NULL,                       -- in the wave, from 1
  devices TEXT NOT NULL,                        -- CSV of labels, as gabare allocate match reads it
  needs TEXT NOT NULL,                          -- CSV of file numbers, the same
  digest TEXT NOT NULL,                         -- SHA-256 of the two
  cost BIGINT NOT NULL,
  user_id BIGINT NOT NULL,                      -- who asked for it; 0: the demonstration
  at BIGINT NOT NULL,
  UNIQUE (wave_id, number)
);
CREATE TABLE match_line (
  proposal_id BIGINT NOT NULL REFERENCES match_proposal (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  school_id BIGINT REFERENCES school (id),
  device_id BIGINT REFERENCES device (id),      -- NULL: nothing is proposed
  need TEXT NOT NULL,                           -- "laptop 8 13 B"
  cost BIGINT NOT NULL,
  unfit BIGINT NOT NULL CHECK (unfit IN (0, 1)),                     -- less than what is asked
  PRIMARY KEY (proposal_id, file_id)
);
-- scoped: match_line
CREATE INDEX match_line_file ON match_line (file_id);

-- What an officer changes before accepting: nothing (NULL) or another device instead of what is proposed.
CREATE TABLE match_change (
  proposal_id BIGINT NOT NULL REFERENCES match_proposal (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  device_id BIGINT REFERENCES device (id),
  reason TEXT NOT NULL,                         -- a code of src/matching/words.c; '' with another device
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (proposal_id, file_id)
);

-- Accepted by whom, undone by whom; done: all its lines have been seen to.
CREATE TABLE match_act (
  proposal_id BIGINT NOT NULL REFERENCES match_proposal (id),
  act TEXT NOT NULL CHECK (act IN ('accepted', 'undone')),
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  done BIGINT NOT NULL CHECK (done IN (0, 1)),
  PRIMARY KEY (proposal_id, act)
);
CREATE INDEX match_act_due ON match_act (proposal_id, act) WHERE done = 0;

-- What became of each line of an accepted proposal.
CREATE TABLE match_kept (
  proposal_id BIGINT NOT NULL REFERENCES match_proposal (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  device_id BIGINT NOT NULL REFERENCES device (id),
  result TEXT NOT NULL CHECK (result IN ('kept', 'taken', 'moved', 'has', 'released')),
  at BIGINT NOT NULL,
  PRIMARY KEY (proposal_id, file_id)
);
-- sqlite:
CREATE TRIGGER match_wish_kept BEFORE UPDATE ON match_wish BEGIN
  SELECT RAISE(ABORT, 'a wish is never changed: another follows it');
END;
CREATE TRIGGER match_wish_kept_whole BEFORE DELETE ON match_wish BEGIN
  SELECT RAISE(ABORT, 'a wish is never cut out');
END;
CREATE TRIGGER match_proposal_kept BEFORE UPDATE ON match_proposal BEGIN
  SELECT RAISE(ABORT, 'a proposal is never changed');
END;
CREATE TRIGGER match_proposal_kept_whole BEFORE DELETE ON match_proposal BEGIN
  SELECT RAISE(ABORT, 'a proposal is never cut out');
END;
CREATE TRIGGER match_line_kept BEFORE UPDATE ON match_line BEGIN
  SELECT RAISE(ABORT, 'a line of a proposal is never changed');
END;
CREATE TRIGGER match_line_kept_whole BEFORE DELETE ON match_line BEGIN
  SELECT RAISE(ABORT, 'a line of a proposal is never cut out');
END;
-- pg:
CREATE TRIGGER match_wish_kept BEFORE UPDATE OR DELETE ON match_wish FOR EACH ROW EXECUTE FUNCTION award_refuse();
CREATE TRIGGER match_proposal_kept BEFORE UPDATE OR DELETE ON match_proposal FOR EACH ROW EXECUTE FUNCTION award_refuse();
CREATE TRIGGER match_line_kept BEFORE UPDATE OR DELETE ON match_line FOR EACH ROW EXECUTE FUNCTION award_refuse();
-- both:
