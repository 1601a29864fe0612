-- The outbox as messages need it: a key so that one is queued once, the template it was made from, and an index of the
-- recipient to find it again without reading it. What 0001 made was never filled: nothing queued messages yet.

DROP TABLE outbox;

-- What people are told by e-mail, SMS or letter. Recipient, subject and body are sealed by the vault and forgotten after 30
-- days; the rest is the evidence that the city wrote, kept a year.
CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  key TEXT NOT NULL,                            -- what queued it, once: "invitation:…"; nothing of a person
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms', 'letter')),
  template TEXT NOT NULL,                       -- a name of src/msg/templates.c
  recipient_index BYTEA NOT NULL,               -- keyed hash of the address or number: see msg_stop
  recipient_enc BYTEA,
  subject_enc BYTEA,
  body_enc BYTEA,
  parts BIGINT NOT NULL DEFAULT 1,              -- segments of an SMS
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled', 'stopped', 'demo')),
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL,                      -- when it is to be sent or tried again; of 'sending': when another may take it
  last_error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  ended_at BIGINT                               -- when it left, or was given up
);
CREATE UNIQUE INDEX outbox_key ON outbox (key);
CREATE INDEX outbox_due ON outbox (channel, next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_of_recipient ON outbox (recipient_index);

-- Addresses and numbers that asked for no more messages. Nothing is sent to them again, whoever queues it.
CREATE TABLE msg_stop (
  channel TEXT NOT NULL,
  recipient_index BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (channel, recipient_index)
);
