-- Lists of families that somebody uploads for a campaign (src/lists). What they hold is sealed under a key of the list's own: destroying it
-- erases them. Rows stay without their cells, for the list to be taken back.

CREATE TABLE family_list (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  school_id BIGINT REFERENCES school (id),      -- whose referent sent it: every row is of that school; NULL: a service's
  user_id BIGINT NOT NULL,                      -- who asked for the step under way
  at BIGINT NOT NULL,
  source TEXT NOT NULL,                         -- how its columns are known again: "9990001X", or what was typed
  state TEXT NOT NULL CHECK (state IN ('look', 'columns', 'check', 'schools', 'checked', 'apply', 'done', 'undo', 'undone', 'failed', 'stopped')),
  fault TEXT NOT NULL,                          -- why it failed, in French
  fields TEXT NOT NULL,                         -- a code for each column, separated by spaces
  never TEXT NOT NULL,                          -- a number for each column: what is never taken, 0 for the others
  total BIGINT NOT NULL,                        -- rows of data
  done BIGINT NOT NULL,                         -- of the step under way
  key_enc BYTEA,                                -- NULL: erased
  head_enc BYTEA,                               -- the names of its columns
  schools_enc BYTEA                             -- names of schools that somebody has to recognise
);
CREATE INDEX family_list_campaign ON family_list (campaign_id, at);
CREATE INDEX family_list_waiting ON family_list (at) WHERE state IN ('look', 'check', 'apply', 'undo');
CREATE INDEX family_list_ageing ON family_list (at) WHERE key_enc IS NOT NULL;

-- The file as it came, until it is read.
CREATE TABLE family_list_piece (
  list_id BIGINT NOT NULL REFERENCES family_list (id),
  number BIGINT NOT NULL,
  piece_enc BYTEA NOT NULL,
  PRIMARY KEY (list_id, number)
);

CREATE TABLE family_list_row (
  list_id BIGINT NOT NULL REFERENCES family_list (id),
  number BIGINT NOT NULL,                       -- from 1, in the file's order
  line BIGINT NOT NULL,                         -- of the file
  cells_enc BYTEA,                              -- NULL: erased
  verdict TEXT NOT NULL CHECK (verdict IN ('', 'new', 'same', 'ask', 'rejected')),
  reason TEXT NOT NULL,                         -- why it is rejected, or what was not taken of it; a code of src/lists/reasons.c
  position BIGINT NOT NULL,                     -- of the column that the reason is about, from 1; 0: none
  choice TEXT NOT NULL,                         -- 'other', or the rank of the family it is the same as; '': nobody has said
  by_city BIGINT NOT NULL CHECK (by_city IN (0, 1)),       -- a school's row that looks like a family which the school did not name: the city says
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'new', 'joined', 'known', 'undone', 'kept')),
  household_id BIGINT,
  household_version BIGINT,                     -- of one that was made, after this row
  file_id BIGINT,
  file_version BIGINT,                          -- after this row
  person_id BIGINT,                             -- the child, when it was added
  child_row_id BIGINT,                          -- family_file_child, when it was added
  PRIMARY KEY (list_id, number)
);
CREATE INDEX family_list_row_file ON family_list_row (file_id) WHERE file_id IS NOT NULL;

-- The families that a row is perhaps the same as: an earlier row of the list, or a household.
CREATE TABLE family_list_like (
  list_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  rank BIGINT NOT NULL,                         -- from 1, the surest first
  like_number BIGINT NOT NULL,                  -- 0: a household
  household_id BIGINT NOT NULL,                 -- 0: a row
  certain BIGINT NOT NULL CHECK (certain IN (0, 1)),
  why TEXT NOT NULL CHECK (why IN ('both', 'phone', 'names', 'address')),
  hidden BIGINT NOT NULL CHECK (hidden IN (0, 1)),         -- from the school that sent the list
  PRIMARY KEY (list_id, number, rank),
  FOREIGN KEY (list_id, number) REFERENCES family_list_row (list_id, number)
);

-- What the columns of a source's last list were: folded headers, and a code for each.
CREATE TABLE family_list_preset (
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  source TEXT NOT NULL,
  columns TEXT NOT NULL,                        -- lines "header|code"
  PRIMARY KEY (organisation_id, source)
);
