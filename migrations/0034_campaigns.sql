-- Campaigns of equipment: whom they are for, their waves, the schools of each. Devices are counted here; money is not: it is in the
-- ledger alone, and a campaign only knows what its budget is called and who takes part.

CREATE TABLE campaign (
  id BIGINT PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  year BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  target BIGINT NOT NULL,                       -- devices
  budget TEXT NOT NULL,                         -- what its line is called
  from_day TEXT NOT NULL,                       -- '' when not known
  to_day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX campaign_organisation ON campaign (organisation_id);

CREATE TABLE campaign_funder (
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  devices BIGINT NOT NULL,
  PRIMARY KEY (campaign_id, position)
);

-- Who may have a device: a set of rules that holds from a day on, until the next set. Values are codes (src/equipment/rules.c) or words.
CREATE TABLE campaign_rule (
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  from_day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('public', 'grade', 'network', 'school', 'need', 'words')),
  value TEXT NOT NULL,
  PRIMARY KEY (campaign_id, from_day, kind, value)
);

CREATE TABLE wave (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  done_day TEXT NOT NULL,                       -- the day somebody said that it is over; '' until then
  removed BIGINT NOT NULL CHECK (removed IN (0, 1)),
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX wave_campaign ON wave (campaign_id, number);

CREATE TABLE wave_district (
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  code TEXT NOT NULL,
  PRIMARY KEY (wave_id, code)
);

CREATE TABLE wave_school (
  wave_id BIGINT NOT NULL REFERENCES wave (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  association TEXT NOT NULL,                    -- the organisation that accompanies the families, by its name
  organisation_id BIGINT REFERENCES organisation (id),   -- the same, when it is one that we know
  why TEXT NOT NULL,                            -- why this school is in another wave too
  PRIMARY KEY (wave_id, school_id)
);
CREATE INDEX wave_school_school ON wave_school (school_id);

-- What changed in a campaign or one of its waves, field by field.
CREATE TABLE campaign_past (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  wave_id BIGINT REFERENCES wave (id),
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT
);
CREATE INDEX campaign_past_campaign ON campaign_past (campaign_id, id);
