-- The file of a family in a campaign of equipment: how far it has come (src/files). It bears no name: names are the household's, sealed
-- there, and what a school wrote is sealed here under the household's key, so that erasing the household erases it too. What stays is counted.

CREATE TABLE family_file (
  id BIGINT PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,               -- "K7QM-2RXD": on lists and paper, instead of a name
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  household_id BIGINT NOT NULL REFERENCES household (id),
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  state TEXT NOT NULL CHECK (state IN ('identified', 'contacted', 'invited', 'attended', 'eligible', 'not_eligible', 'signed', 'allocated',
    'handed_over', 'followed', 'kept', 'replaced', 'returned', 'lost', 'unreachable', 'withdrawn', 'joined')),
  since_day TEXT NOT NULL,                      -- of the last step
  reason TEXT NOT NULL,                         -- of the last step; a code of src/files/steps.c, or ''
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
-- scoped: family_file
CREATE UNIQUE INDEX family_file_live ON family_file (campaign_id, household_id) WHERE state NOT IN ('unreachable', 'withdrawn', 'joined');
CREATE INDEX family_file_campaign ON family_file (campaign_id, since_day, id);
CREATE INDEX family_file_household ON family_file (household_id);

-- A child for whom the family was named, by whom: a school, or a service of the organisation that runs the campaign.
CREATE TABLE family_file_child (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  household_id BIGINT NOT NULL REFERENCES household (id),      -- whose key seals named_enc
  person_id BIGINT NOT NULL REFERENCES person (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  class TEXT NOT NULL,
  named_enc BYTEA NOT NULL,                     -- the parent's names and the child's, as they were given
  by_school BIGINT NOT NULL CHECK (by_school IN (0, 1)),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  user_id BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX family_file_child_once ON family_file_child (file_id, person_id, school_id, by_school);
CREATE INDEX family_file_child_school ON family_file_child (school_id, id);

-- What happened to a file, only ever added to.
CREATE TABLE family_file_event (
  id BIGINT PRIMARY KEY,
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  kind TEXT NOT NULL CHECK (kind IN ('named', 'step', 'back', 'call', 'joined')),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  day TEXT NOT NULL,                            -- on which it was, not on which it was written
  reason TEXT NOT NULL,
  user_id BIGINT NOT NULL,                      -- 0: the demonstration
  at BIGINT NOT NULL
);
CREATE INDEX family_file_event_of ON family_file_event (file_id, id);
-- sqlite:
CREATE TRIGGER family_file_event_kept BEFORE UPDATE ON family_file_event BEGIN
  SELECT RAISE(ABORT, 'the history of a file is never changed');
END;
CREATE TRIGGER family_file_event_kept_whole BEFORE DELETE ON family_file_event BEGIN
  SELECT RAISE(ABORT, 'the history of a file is never cut');
END;
-- pg:
CREATE FUNCTION family_file_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a file is never changed nor cut';
END $$;
CREATE TRIGGER family_file_event_kept BEFORE UPDATE OR DELETE ON family_file_event FOR EACH ROW EXECUTE FUNCTION family_file_event_refuse();
-- both:
