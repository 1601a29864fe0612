-- People: households followed by the plan, and the persons in them (src/people). What names them is sealed under a key of their own, which is
-- sealed in turn by the vault: destroying key_enc is their erasure, and the row stays to be counted. Each row belongs to one organisation, its
-- controller. Purpose, legal basis and retention of each column: src/people/registry.c, docs/aipd.md.

CREATE TABLE household (
  id BIGINT PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,               -- random, "K7QM-2RXD-9HTA": what addresses and people say
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  version BIGINT NOT NULL,                      -- grows with each change of the household or its persons
  key_enc BYTEA,                                -- NULL: erased
  address_enc BYTEA NOT NULL,
  district_code TEXT NOT NULL,                  -- of the areas as they were on areas_on; '' when the address lies in none, or is not known
  district TEXT NOT NULL,
  priority_area_code TEXT NOT NULL,
  priority_area TEXT NOT NULL,
  areas_on TEXT NOT NULL,                       -- a day; '' while there is no address
  ground_school BIGINT NOT NULL CHECK (ground_school IN (0, 1)),     -- continuité scolaire
  ground_rights BIGINT NOT NULL CHECK (ground_rights IN (0, 1)),     -- accès aux droits
  origin TEXT NOT NULL CHECK (origin IN ('self', 'school', 'partner')),  -- who named them: themselves, a school, another organisation
  card_number BIGINT NOT NULL DEFAULT 0,        -- of cards given, each with another code
  card_index BYTEA UNIQUE,                      -- keyed hash of the code of the last one; NULL: none is good
  card_failures BIGINT NOT NULL DEFAULT 0,      -- wrong answers beside a right code, since the last right one
  card_failed_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  contact_at BIGINT,                            -- last contact; NULL: they have been named and not met yet
  notice_at BIGINT,                             -- when they were told what is held and what their rights are
  merged_into BIGINT REFERENCES household (id), -- the same family was recorded twice: read as part of that one, until that is undone
  keep_until BIGINT NOT NULL DEFAULT 0,         -- another domain holds the file until then (a loan, a charter)
  erased_at BIGINT,
  erased_why TEXT NOT NULL DEFAULT ''           -- 'asked', 'no-contact', 'time', 'mistake'
);
-- scoped: household
CREATE INDEX household_of_organisation ON household (organisation_id, id);
CREATE INDEX household_ageing ON household (contact_at, created_at) WHERE erased_at IS NULL;
CREATE INDEX household_merged ON household (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  household_id BIGINT NOT NULL REFERENCES household (id),
  kind TEXT NOT NULL CHECK (kind IN ('adult', 'child')),
  key_enc BYTEA,                                -- NULL: erased
  given_enc BYTEA NOT NULL,
  family_enc BYTEA NOT NULL,                    -- empty for a child, as are phone and mail
  birth_year_enc BYTEA NOT NULL,
  phone_enc BYTEA NOT NULL,
  mail_enc BYTEA NOT NULL,
  school_enc BYTEA NOT NULL,                    -- of a child, as it was said
  class TEXT NOT NULL,                          -- "CM1"; '' for an adult
  language TEXT NOT NULL,                       -- ISO 639-1; '' not asked
  channel TEXT NOT NULL CHECK (channel IN ('', 'phone', 'sms', 'mail', 'letter')),
  created_at BIGINT NOT NULL,
  erased_at BIGINT
);
CREATE INDEX person_of_household ON person (household_id, id);

-- What was there before the last change, for it to be taken back; under the same keys.
CREATE TABLE household_past (
  household_id BIGINT PRIMARY KEY REFERENCES household (id),
  at BIGINT NOT NULL,                           -- of the change
  address_enc BYTEA NOT NULL,
  ground_school BIGINT NOT NULL,
  ground_rights BIGINT NOT NULL,
  origin TEXT NOT NULL
);
CREATE TABLE person_past (
  person_id BIGINT PRIMARY KEY REFERENCES person (id),
  at BIGINT NOT NULL,
  given_enc BYTEA NOT NULL,
  family_enc BYTEA NOT NULL,
  birth_year_enc BYTEA NOT NULL,
  phone_enc BYTEA NOT NULL,
  mail_enc BYTEA NOT NULL,
  school_enc BYTEA NOT NULL,
  class TEXT NOT NULL,
  language TEXT NOT NULL,
  channel TEXT NOT NULL
);

-- How they are found again: keyed hashes of the sound and the first letters of each word of a name, and of telephones (src/people/find.c).
CREATE TABLE person_token (
  organisation_id BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (organisation_id, hash, household_id, person_id)
);
CREATE INDEX person_token_of ON person_token (person_id);

CREATE TABLE household_note (
  id BIGINT PRIMARY KEY,
  household_id BIGINT NOT NULL REFERENCES household (id),
  user_id BIGINT NOT NULL,
  organisation_id BIGINT NOT NULL,              -- where who wrote it works
  at BIGINT NOT NULL,
  text_enc BYTEA NOT NULL                       -- under the household's key
);
CREATE INDEX household_note_of ON household_note (household_id, id);

-- Somebody looks at their own file, by their card: hash of the cookie's secret.
CREATE TABLE household_visit (
  id_hash BYTEA PRIMARY KEY,
  household_id BIGINT NOT NULL REFERENCES household (id),
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX household_visit_expiring ON household_visit (expires_at);

-- A file open to another organisation, for a reason and a time.
CREATE TABLE household_share (
  id BIGINT PRIMARY KEY,
  household_id BIGINT NOT NULL REFERENCES household (id),
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended_at BIGINT                               -- taken back before its time
);
CREATE INDEX household_share_of ON household_share (household_id, organisation_id);
CREATE INDEX household_share_with ON household_share (organisation_id, until);

-- How long files are kept, from a day on: the last line of a rule that has begun is the one in force.
CREATE TABLE people_rule (
  rule TEXT NOT NULL CHECK (rule IN ('no_contact_days', 'file_days')),
  from_day TEXT NOT NULL,
  days BIGINT NOT NULL,
  PRIMARY KEY (rule, from_day)
);
INSERT INTO people_rule (rule, from_day, days) VALUES ('no_contact_days', '2026-01-01', 92), ('file_days', '2026-01-01', 730);

CREATE INDEX audit_of_object ON audit (object, object_id, id);
