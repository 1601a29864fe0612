-- Presentation meetings of a campaign (src/meetings): where families hear what is lent to them and on which terms. Who is invited is a file, never
-- a name; what is written to a family is in the outbox, sealed. What stays of an erased family is counted.

CREATE TABLE meeting (
  id BIGINT PRIMARY KEY,
  campaign_id BIGINT NOT NULL REFERENCES campaign (id),
  day TEXT NOT NULL,
  minute BIGINT NOT NULL,                       -- of the local day, when it begins
  place TEXT NOT NULL,                          -- elsewhere than at its school; '' for the school
  room TEXT NOT NULL,
  capacity BIGINT NOT NULL,                     -- families that the room takes; 0: nobody has said
  speaker TEXT NOT NULL,                        -- the association that presents; '' when not known
  note TEXT NOT NULL,                           -- for agents: keys, chairs
  state TEXT NOT NULL CHECK (state IN ('planned', 'cancelled')),
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX meeting_campaign ON meeting (campaign_id, day, id);
CREATE INDEX meeting_coming ON meeting (day) WHERE state = 'planned';

CREATE TABLE meeting_school (
  meeting_id BIGINT NOT NULL REFERENCES meeting (id),
  school_id BIGINT NOT NULL REFERENCES school (id),
  PRIMARY KEY (meeting_id, school_id)
);
CREATE INDEX meeting_school_school ON meeting_school (school_id);

-- What changed in a meeting, field by field.
CREATE TABLE meeting_past (
  id BIGINT PRIMARY KEY,
  meeting_id BIGINT NOT NULL REFERENCES meeting (id),
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  at BIGINT NOT NULL,
  user_id BIGINT NOT NULL
);
CREATE INDEX meeting_past_of ON meeting_past (meeting_id, id);

CREATE TABLE meeting_guest (
  id BIGINT PRIMARY KEY,
  meeting_id BIGINT NOT NULL REFERENCES meeting (id),
  file_id BIGINT NOT NULL REFERENCES family_file (id),
  uninvited BIGINT NOT NULL CHECK (uninvited IN (0, 1)),        -- it came without having been invited
  to_write TEXT NOT NULL CHECK (to_write IN ('', 'invitation', 'reminder', 'change', 'cancellation')),      -- what waits to be written
  channel TEXT NOT NULL CHECK (channel IN ('', 'sms', 'mail', 'letter', 'phone', 'none')),  -- how it knows; 'none': it is to be called
  message_id BIGINT,                            -- of the outbox, the last one
  invited_at BIGINT,
  reminded_at BIGINT,
  reply TEXT NOT NULL CHECK (reply IN ('', 'yes', 'no', 'perhaps')),
  came TEXT NOT NULL CHECK (came IN ('', 'yes', 'no')),         -- '' until somebody has said it
  user_id BIGINT NOT NULL,                      -- who invited it; 0: the demonstration
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX meeting_guest_once ON meeting_guest (meeting_id, file_id);
CREATE INDEX meeting_guest_file ON meeting_guest (file_id, id);
CREATE INDEX meeting_guest_to_write ON meeting_guest (id) WHERE to_write <> '';
