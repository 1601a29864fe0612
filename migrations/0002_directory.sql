-- The directory: organisations, places, their versions, where they come from and what changed.
--
-- A version row is visible when born <= epoch AND dead > epoch, `epoch` being directory_epoch.value: an import writes rows
-- of epoch + 1 in short batches, then one UPDATE of that single value makes all of them current at once. What a killed
-- import left (born > epoch, or dead > epoch and not "never") is swept before the next one. "Never" is 4611686018427387904.

CREATE TABLE directory_epoch (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  value BIGINT NOT NULL
);
INSERT INTO directory_epoch (id, value) VALUES (1, 0);

CREATE TABLE organisation (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  pivot TEXT,                                   -- SIRET, RNA or RIDET; NULL when unknown
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisation_pivot ON organisation (pivot) WHERE pivot IS NOT NULL;
CREATE INDEX organisation_name ON organisation (name);

-- One run of `gabare import places`.
CREATE TABLE place_import (
  id BIGINT PRIMARY KEY,
  source TEXT NOT NULL,                         -- --source: what matching and "vanished" go by
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  epoch BIGINT NOT NULL,                        -- the one that its rows are born in
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  n_read BIGINT NOT NULL DEFAULT 0,
  n_new BIGINT NOT NULL DEFAULT 0,
  n_changed BIGINT NOT NULL DEFAULT 0,
  n_unchanged BIGINT NOT NULL DEFAULT 0,
  n_rejected BIGINT NOT NULL DEFAULT 0,
  n_vanished BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX place_import_running ON place_import (state) WHERE state = 'running';

-- Identity: what never changes about a place. public_id is the exported id, and the one in /lieux/{id}.
CREATE TABLE place (
  id BIGINT PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id),
  created_at BIGINT NOT NULL,
  born BIGINT NOT NULL                          -- epoch of the import that brought it (swept with it)
);
CREATE INDEX place_organisation ON place (organisation_id);
CREATE INDEX place_born ON place (born);

-- Where a place is known from: it is found again by (source, source_id).
CREATE TABLE place_source (
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  place_id BIGINT NOT NULL REFERENCES place (id),
  born BIGINT NOT NULL,
  vanished BIGINT NOT NULL,                     -- epoch from which the source no longer has it; "never" = still there
  PRIMARY KEY (source, source_id)
);
CREATE INDEX place_source_place ON place_source (place_id);
CREATE INDEX place_source_born ON place_source (born);
CREATE INDEX place_source_vanished ON place_source (vanished);

-- What each import read for a place: the hash says "unchanged" without comparing 42 columns.
CREATE TABLE place_reading (
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  born BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (source, source_id, born)
);
CREATE INDEX place_reading_born ON place_reading (born);

CREATE TABLE place_version (
  id BIGINT PRIMARY KEY,
  place_id BIGINT NOT NULL REFERENCES place (id),
  born BIGINT NOT NULL,
  dead BIGINT NOT NULL,                         -- "never" = current
  -- derived, for searching
  lat DOUBLE PRECISION,
  lon DOUBLE PRECISION,
  cell BIGINT,                                  -- grid cell of the point; NULL without one
  services_mask BIGINT NOT NULL,
  publics_mask BIGINT NOT NULL,
  frais_mask BIGINT NOT NULL,
  commune_key TEXT NOT NULL,                    -- folded name of the commune
  name_text TEXT NOT NULL,                      -- folded, unstemmed words of the name
  search_text TEXT NOT NULL,                    -- stemmed words of everything searchable, separated by one space
  -- the national schema (id is place.public_id)
  pivot TEXT NOT NULL,
  nom TEXT NOT NULL,
  commune TEXT NOT NULL,
  code_postal TEXT NOT NULL,
  code_insee TEXT NOT NULL,
  adresse TEXT NOT NULL,
  complement_adresse TEXT NOT NULL,
  latitude TEXT NOT NULL,
  longitude TEXT NOT NULL,
  typologie TEXT NOT NULL,
  telephone TEXT NOT NULL,
  courriels TEXT NOT NULL,
  site_web TEXT NOT NULL,
  horaires TEXT NOT NULL,
  presentation_resume TEXT NOT NULL,
  presentation_detail TEXT NOT NULL,
  source TEXT NOT NULL,
  itinerance TEXT NOT NULL,
  structure_parente TEXT NOT NULL,
  date_maj TEXT NOT NULL,
  services TEXT NOT NULL,
  publics_specifiquement_adresses TEXT NOT NULL,
  prise_en_charge_specifique TEXT NOT NULL,
  frais_a_charge TEXT NOT NULL,
  dispositif_programmes_nationaux TEXT NOT NULL,
  formations_labels TEXT NOT NULL,
  autres_formations_labels TEXT NOT NULL,
  modalites_acces TEXT NOT NULL,
  modalites_accompagnement TEXT NOT NULL,
  fiche_acces_libre TEXT NOT NULL,
  prise_rdv TEXT NOT NULL,
  -- ours
  telephones TEXT NOT NULL,
  fermetures TEXT NOT NULL,
  pass_accepte TEXT NOT NULL,
  langues TEXT NOT NULL,
  plain_pied TEXT NOT NULL,
  ascenseur TEXT NOT NULL,
  arret TEXT NOT NULL,
  tarifs TEXT NOT NULL,
  telephoner_avant TEXT NOT NULL,
  notes TEXT NOT NULL
);
CREATE INDEX place_version_place ON place_version (place_id, born);
CREATE INDEX place_version_born ON place_version (born);
CREATE INDEX place_version_dead ON place_version (dead);
-- These three hold all that a search looks at, so that it reads the wide rows of its ten results only.
CREATE INDEX place_version_scan ON place_version
  (place_id, id, born, dead, services_mask, publics_mask, frais_mask, commune_key, code_postal, code_insee, lat, lon);
CREATE INDEX place_version_name ON place_version
  (nom COLLATE fr, id, place_id, born, dead, services_mask, publics_mask, frais_mask, commune_key, code_postal, code_insee);
CREATE INDEX place_version_cell ON place_version
  (cell, id, place_id, born, dead, services_mask, publics_mask, frais_mask, commune_key, code_postal, code_insee, lat, lon);

-- sqlite:
-- Kept by whoever writes versions: with trusted_schema off, triggers may not write to a virtual table.
CREATE VIRTUAL TABLE place_fts USING fts5 (search_text, content='place_version', content_rowid='id', detail='none', tokenize='ascii');
-- pg:
ALTER TABLE place_version ADD COLUMN search_terms tsvector
  GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(search_text, ' '), ''))) STORED;
CREATE INDEX place_version_terms ON place_version USING gin (search_terms);
-- both:

-- What is current (after the columns above: PostgreSQL reads * once).
CREATE VIEW place_now AS
  SELECT v.* FROM place_version v, directory_epoch e WHERE e.id = 1 AND v.born <= e.value AND v.dead > e.value;

-- Words that occur, for typing errors: the neighbours of an unknown word share its first or its last half.
-- Bytewise order on both engines, whatever the database's own collation.
-- sqlite:
CREATE TABLE place_word (word TEXT PRIMARY KEY, reversed TEXT NOT NULL);
-- pg:
CREATE TABLE place_word (word TEXT COLLATE "C" PRIMARY KEY, reversed TEXT COLLATE "C" NOT NULL);
-- both:
CREATE INDEX place_word_reversed ON place_word (reversed);

-- Who changed what, field by field.
CREATE TABLE place_change (
  id BIGINT PRIMARY KEY,
  place_id BIGINT NOT NULL REFERENCES place (id),
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  at BIGINT NOT NULL,
  born BIGINT NOT NULL,                         -- visible from this epoch on
  import_id BIGINT,
  author TEXT NOT NULL                          -- "import SOURCE", or who
);
CREATE INDEX place_change_place ON place_change (place_id, at);
CREATE INDEX place_change_born ON place_change (born);
CREATE INDEX place_change_by_hand ON place_change (id) WHERE import_id IS NULL;

-- "Signaler une erreur": what a reader tells us about a place. The contact is sealed by the vault and purged.
CREATE TABLE place_report (
  id BIGINT PRIMARY KEY,
  place_id BIGINT NOT NULL REFERENCES place (id),
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  contact_enc BYTEA,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused'))
);
CREATE INDEX place_report_place ON place_report (place_id);
CREATE INDEX place_report_at ON place_report (at);
