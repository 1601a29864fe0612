-- Allocation of a wave from its files (src/awarding): figures of schools, the list as it was frozen, runs that can be made again to the same
-- bytes, and what somebody decided of each file. Files are there by their pseudonyms; no name is in any of these tables.

-- Where the allocation of a wave stands; its row is what two officers at once wait for.
CREATE TABLE award_wave (
  wave_id BIGINT PRIMARY KEY REFERENCES wave (id),
  version BIGINT NOT NULL,                      -- one more at each change of anything here
  draw_id BIGINT REFERENCES allocation_draw (id),                    -- committed to, not used yet
  list_id BIGINT                                -- closed, not run yet
);

-- What a coordinator says of a school's share, instead of what the program proposes.
CREATE TABLE award_share (
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  weight BIGINT NOT NULL CHECK (weight >= 0),
  least BIGINT NOT NULL CHECK (least >= 0),
  most BIGINT,                                  -- NULL: no ceiling
  PRIMARY KEY (wave_id, school_id)
);

CREATE TABLE award_list (
  id BIGINT PRIMARY KEY,
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  draw_id BIGINT NOT NULL UNIQUE REFERENCES allocation_draw (id),
  quantity BIGINT NOT NULL,                     -- devices of the wave that were not given yet
  parameters TEXT NOT NULL,                     -- JSON: the rule in force that day
  schools TEXT NOT NULL,                        -- CSV, as gabare allocate reads it
  files TEXT NOT NULL,                          -- CSV of pseudonyms and facts, the same
  count BIGINT NOT NULL,                        -- of files
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX award_list_wave ON award_list (wave_id, id);

CREATE TABLE award_run (
  id BIGINT PRIMARY KEY,
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  number BIGINT NOT NULL,                       -- in the wave, from 1
  list_id BIGINT NOT NULL UNIQUE REFERENCES award_list (id),
  digest TEXT NOT NULL,                         -- SHA-256 of the record
  record TEXT NOT NULL,                         -- src/allocation/record.c: runs again to the same bytes
  parameters TEXT NOT NULL,
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (wave_id, number)
);
CREATE TABLE award_run_school (
  run_id BIGINT NOT NULL REFERENCES award_run (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  quota BIGINT NOT NULL,
  places BIGINT NOT NULL,
  files BIGINT NOT NULL,
  eligible BIGINT NOT NULL,
  proposed BIGINT NOT NULL,
  last BIGINT NOT NULL,                         -- points of the last that is proposed; -1: nobody is
  PRIMARY KEY (run_id, school_id)
);
CREATE TABLE award_line (
  run_id BIGINT NOT NULL REFERENCES award_run (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  rank BIGINT NOT NULL,                         -- in the school; 0: not ranked
  points BIGINT NOT NULL,
  alike BIGINT NOT NULL,
  state BIGINT NOT NULL,                        -- enum alloc_state
  refusal BIGINT NOT NULL,
  facts TEXT NOT NULL,                          -- numbers of enum fact, in order; -1: unknown
  PRIMARY KEY (run_id, file_id)
);
-- scoped: award_line
CREATE INDEX award_line_order ON award_line (run_id, school_id, rank, file_id);
CREATE INDEX award_line_file ON award_line (file_id);

-- What somebody decided of a file; the last one of a file is what holds.
CREATE TABLE award_decision (
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  number BIGINT NOT NULL,                       -- of the file's, from 1
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  run_id BIGINT REFERENCES award_run (id),      -- NULL: out of any run
  school_id BIGINT REFERENCES school (id),
  act TEXT NOT NULL CHECK (act IN ('given', 'over', 'urgent', 'aside', 'undone', 'carried')),
  reason TEXT NOT NULL,                         -- a code of src/awarding/decide.c; '' for what the run proposed
  day TEXT NOT NULL,
  user_id BIGINT NOT NULL,                      -- who signs it; 0: the demonstration
  at BIGINT NOT NULL,
  PRIMARY KEY (file_id, number)
);
-- scoped: award_decision
CREATE INDEX award_decision_run ON award_decision (run_id, school_id);
CREATE INDEX award_decision_wave ON award_decision (wave_id);

-- sqlite:
CREATE TRIGGER award_list_kept BEFORE UPDATE ON award_list BEGIN
  SELECT RAISE(ABORT, 'a closed list is never changed');
END;
CREATE TRIGGER award_list_kept_whole BEFORE DELETE ON award_list BEGIN
  SELECT RAISE(ABORT, 'a closed list is never cut out');
END;
CREATE TRIGGER award_run_kept BEFORE UPDATE ON award_run BEGIN
  SELECT RAISE(ABORT, 'a run is never changed');
END;
CREATE TRIGGER award_run_kept_whole BEFORE DELETE ON award_run BEGIN
  SELECT RAISE(ABORT, 'a run is never cut out');
END;
CREATE TRIGGER award_line_kept BEFORE UPDATE ON award_line BEGIN
  SELECT RAISE(ABORT, 'a line of a run is never changed');
END;
CREATE TRIGGER award_line_kept_whole BEFORE DELETE ON award_line BEGIN
  SELECT RAISE(ABORT, 'a line of a run is never cut out');
END;
CREATE TRIGGER award_decision_kept BEFORE UPDATE ON award_decision BEGIN
  SELECT RAISE(ABORT, 'a decision is never changed: another follows it');
END;
CREATE TRIGGER award_decision_kept_whole BEFORE DELETE ON award_decision BEGIN
  SELECT RAISE(ABORT, 'a decision is never cut out');
END;
-- pg:
CREATE TRIGGER award_list_kept BEFORE UPDATE OR DELETE ON award_list FOR EACH ROW EXECUTE FUNCTION award_refuse();
CREATE TRIGGER award_run_kept BEFORE UPDATE OR DELETE ON award_run FOR EACH ROW EXECUTE FUNCTION award_refuse();
CREATE TRIGGER award_line_kept BEFORE UPDATE OR DELETE ON award_line FOR EACH ROW EXECUTE FUNCTION award_refuse();
CREATE TRIGGER award_decision_kept BEFORE UPDATE OR DELETE ON award_decision FOR EACH ROW EXECUTE FUNCTION award_refuse();
-- both:
