-- The network: groups of structures with their themes, the people who agreed to be written to, and what is written to them.
--
-- Personal data of contacts (name, address, telephone, what they do) are sealed by the vault; an address is found again by its keyed hash.
-- Why and how long: docs/security.md. Nothing is sent to who has not agreed, but the one question whether they do.

CREATE TABLE network_group (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  themes TEXT NOT NULL DEFAULT '',              -- a few words
  about TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  created_at BIGINT NOT NULL
);

CREATE TABLE network_member (
  group_id BIGINT NOT NULL REFERENCES network_group (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  added_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, organisation_id)
);
CREATE INDEX network_member_organisation ON network_member (organisation_id);

CREATE TABLE network_contact (
  id BIGINT PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  email_index BYTEA NOT NULL UNIQUE,            -- as the outbox's recipient_index: see msg_stop
  code_index BYTEA NOT NULL UNIQUE,             -- of the link to agree and to withdraw, made again from the id by the vault
  email_enc BYTEA NOT NULL,
  name_enc BYTEA NOT NULL,
  job_enc BYTEA NOT NULL,                       -- what they do there; may be empty
  phone_enc BYTEA NOT NULL,                     -- may be empty
  lang TEXT NOT NULL,                           -- in which they are written to
  added_by BIGINT NOT NULL,                     -- an account, 0: a command
  added_for TEXT NOT NULL,                      -- its organisation, as the question says it
  created_at BIGINT NOT NULL,
  write_asked BIGINT NOT NULL DEFAULT 0 CHECK (write_asked IN (0, 1)),   -- the question is to be written
  asks BIGINT NOT NULL DEFAULT 0,               -- questions that went to the outbox
  asked_at BIGINT,                              -- the last
  given_at BIGINT,                              -- when they agreed, or said so again; NULL: not yet
  how TEXT CHECK (how IN ('link', 'paper')),
  changed_at BIGINT NOT NULL
);
CREATE INDEX network_contact_organisation ON network_contact (organisation_id);
CREATE INDEX network_contact_to_write ON network_contact (id) WHERE write_asked = 1;

-- Who refused or withdrew: nothing is kept of them but this, so that nobody writes to them again.
CREATE TABLE network_refusal (
  email_index BYTEA PRIMARY KEY,
  at BIGINT NOT NULL
);

CREATE TABLE network_mail (
  id BIGINT PRIMARY KEY,
  author_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'dropped', 'sending', 'stopped', 'sent')),
  to_all BIGINT NOT NULL DEFAULT 0 CHECK (to_all IN (0, 1)),   -- every contact; else those of its groups
  version BIGINT NOT NULL DEFAULT 1,            -- what was read again is what is sent
  recipients BIGINT NOT NULL DEFAULT 0,         -- how many they were when it was sent
  changed_at BIGINT NOT NULL,
  queued_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX network_mail_sending ON network_mail (id) WHERE state = 'sending';

-- What it says, in French and perhaps in others: who has no text in their language gets the French one.
CREATE TABLE network_mail_text (
  mail_id BIGINT NOT NULL REFERENCES network_mail (id),
  lang TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (mail_id, lang)
);

CREATE TABLE network_mail_group (
  mail_id BIGINT NOT NULL REFERENCES network_mail (id),
  group_id BIGINT NOT NULL REFERENCES network_group (id),
  PRIMARY KEY (mail_id, group_id)
);

-- Who it goes to, each once. A contact who is forgotten meanwhile leaves a number behind that says nothing.
CREATE TABLE network_mail_to (
  mail_id BIGINT NOT NULL REFERENCES network_mail (id),
  contact_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'written', 'left')),
  message_id BIGINT,                            -- in the outbox
  PRIMARY KEY (mail_id, contact_id)
);
CREATE INDEX network_mail_to_waiting ON network_mail_to (mail_id, contact_id) WHERE state = 'waiting';
