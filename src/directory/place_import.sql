-- Importing places: the staged epoch, its rows, the flip and the sweeping. See the head of migrations/0002_directory.sql.
-- "Never" is 4611686018427387904.

-- name: import_epoch :scalar
-- out: value i64
SELECT value FROM directory_epoch WHERE id = 1;

-- name: import_flip :exec
-- in: next i64
UPDATE directory_epoch SET value = $1 WHERE id = 1 AND value = $1 - 1;

-- name: import_start :exec
-- in: id i64, source text, file_name text, epoch i64, started_at i64
INSERT INTO place_import (id, source, file_name, state, epoch, started_at) VALUES ($1, $2, $3, 'running', $4, $5);

-- name: import_end :exec
-- in: id i64, state text, ended_at i64, n_read i64, n_new i64, n_changed i64, n_unchanged i64, n_rejected i64, n_vanished i64
UPDATE place_import SET state = $2, ended_at = $3, n_read = $4, n_new = $5, n_changed = $6, n_unchanged = $7, n_rejected = $8,
  n_vanished = $9 WHERE id = $1;

-- name: import_fail_running :exec
-- in: ended_at i64
UPDATE place_import SET state = 'failed', ended_at = $1 WHERE state = 'running';

-- Imports of one machine exclude each other by a file lock; on PostgreSQL, which several machines may share, by this one: one
-- a schema, since several cities may share the database.
-- name: import_lock :scalar
-- in: key i64
-- out: got i64
-- sqlite:
SELECT 1 + 0 * CAST($1 AS BIGINT) AS got;
-- pg:
SELECT CAST(CASE WHEN pg_try_advisory_lock($1 # CAST(hashtext(current_schema()) AS BIGINT)) THEN 1 ELSE 0 END AS BIGINT) AS got;
-- both:

-- name: import_unlock :scalar
-- in: key i64
-- out: released i64
-- sqlite:
SELECT 1 + 0 * CAST($1 AS BIGINT) AS released;
-- pg:
SELECT CAST(CASE WHEN pg_advisory_unlock($1 # CAST(hashtext(current_schema()) AS BIGINT)) THEN 1 ELSE 0 END AS BIGINT) AS released;
-- both:

-- ---- what is known of a place ----

-- name: import_source :one -> import_source_row
-- in: source text, source_id text
-- out: place_id i64, vanished i64
SELECT place_id, vanished FROM place_source WHERE source = $1 AND source_id = $2;

-- name: import_reading :one -> import_reading_row
-- in: source text, source_id text, epoch i64
-- out: hash blob
SELECT hash FROM place_reading WHERE source = $1 AND source_id = $2 AND born <= $3 ORDER BY born DESC LIMIT 1;

-- name: import_public_id :scalar
-- in: public_id text
-- out: n i64
SELECT count(*) FROM place WHERE public_id = $1;

-- name: import_public :one -> import_public_row
-- in: place_id i64
-- out: public_id text
SELECT public_id FROM place WHERE id = $1;

-- The version of a place that readers see now.
-- name: import_version :one -> import_version_row
-- in: place_id i64, epoch i64
-- out: version_id i64, pivot text, nom text, commune text, code_postal text, code_insee text
-- out: adresse text, complement_adresse text, latitude text, longitude text, typologie text, telephone text
-- out: courriels text, site_web text, horaires text, presentation_resume text, presentation_detail text
-- out: source text, itinerance text, structure_parente text, date_maj text, services text
-- out: publics_specifiquement_adresses text, prise_en_charge_specifique text, frais_a_charge text
-- out: dispositif_programmes_nationaux text, formations_labels text, autres_formations_labels text
-- out: modalites_acces text, modalites_accompagnement text, fiche_acces_libre text, prise_rdv text, telephones text
-- out: fermetures text, pass_accepte text, langues text, plain_pied text, ascenseur text, arret text, tarifs text
-- out: telephoner_avant text, notes text
SELECT id AS version_id, pivot, nom, commune, code_postal, code_insee, adresse, complement_adresse, latitude,
  longitude, typologie, telephone, courriels, site_web, horaires, presentation_resume, presentation_detail, source,
  itinerance, structure_parente, date_maj, services, publics_specifiquement_adresses, prise_en_charge_specifique,
  frais_a_charge, dispositif_programmes_nationaux, formations_labels, autres_formations_labels, modalites_acces,
  modalites_accompagnement, fiche_acces_libre, prise_rdv, telephones, fermetures, pass_accepte, langues, plain_pied,
  ascenseur, arret, tarifs, telephoner_avant, notes
FROM place_version WHERE place_id = $1 AND born <= $2 AND dead > $2;

-- name: import_organisation_by_pivot :one -> import_organisation_row
-- in: pivot text
-- out: id i64
SELECT id FROM organisation WHERE pivot = $1;

-- name: import_organisation_by_name :one -> import_organisation_row2
-- in: name text
-- out: id i64
SELECT id FROM organisation WHERE name = $1 AND pivot IS NULL ORDER BY id LIMIT 1;

-- ---- writing a place ----

-- name: import_organisation_put :exec
-- in: id i64, name text, pivot text?, created_at i64
INSERT INTO organisation (id, name, pivot, created_at) VALUES ($1, $2, $3, $4);

-- name: import_place_put :exec
-- in: id i64, public_id text, organisation_id i64, created_at i64, born i64
INSERT INTO place (id, public_id, organisation_id, created_at, born) VALUES ($1, $2, $3, $4, $5);

-- name: import_source_put :exec
-- in: source text, source_id text, place_id i64, born i64, vanished i64
INSERT INTO place_source (source, source_id, place_id, born, vanished) VALUES ($1, $2, $3, $4, $5);

-- name: import_reading_put :exec
-- in: source text, source_id text, born i64, hash blob
INSERT INTO place_reading (source, source_id, born, hash) VALUES ($1, $2, $3, $4)
ON CONFLICT (source, source_id, born) DO UPDATE SET hash = excluded.hash;

-- name: import_version_put :exec
-- in: id i64, place_id i64, born i64, dead i64, lat f64?, lon f64?, cell i64?, services_mask i64, publics_mask i64
-- in: frais_mask i64, commune_key text, name_text text, search_text text, pivot text, nom text, commune text
-- in: code_postal text, code_insee text, adresse text, complement_adresse text, latitude text, longitude text
-- in: typologie text, telephone text, courriels text, site_web text, horaires text, presentation_resume text
-- in: presentation_detail text, source text, itinerance text, structure_parente text, date_maj text, services text
-- in: publics_specifiquement_adresses text, prise_en_charge_specifique text, frais_a_charge text
-- in: dispositif_programmes_nationaux text, formations_labels text, autres_formations_labels text
-- in: modalites_acces text, modalites_accompagnement text, fiche_acces_libre text, prise_rdv text, telephones text
-- in: fermetures text, pass_accepte text, langues text, plain_pied text, ascenseur text, arret text, tarifs text
-- in: telephoner_avant text, notes text, traits_mask i64
INSERT INTO place_version (
  id, place_id, born, dead, lat, lon, cell, services_mask, publics_mask, frais_mask, commune_key, name_text,
  search_text, pivot, nom, commune, code_postal, code_insee, adresse, complement_adresse, latitude, longitude,
  typologie, telephone, courriels, site_web, horaires, presentation_resume, presentation_detail, source, itinerance,
  structure_parente, date_maj, services, publics_specifiquement_adresses, prise_en_charge_specifique, frais_a_charge,
  dispositif_programmes_nationaux, formations_labels, autres_formations_labels, modalites_acces,
  modalites_accompagnement, fiche_acces_libre, prise_rdv, telephones, fermetures, pass_accepte, langues, plain_pied,
  ascenseur, arret, tarifs, telephoner_avant, notes, traits_mask
) VALUES (
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
  $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48,
  $49, $50, $51, $52, $53, $54, $55
);

-- The index of words: on PostgreSQL it follows by itself.
-- name: import_index_put :exec
-- in: version_id i64, search_text text
-- sqlite:
INSERT INTO place_fts (rowid, search_text) VALUES ($1, $2);
-- pg:
UPDATE place_version SET id = $1 WHERE FALSE AND search_text = $2;
-- both:

-- name: import_version_die :exec
-- in: version_id i64, dead i64
UPDATE place_version SET dead = $2 WHERE id = $1;

-- name: import_index_forget :exec
-- in: place_id i64, born i64
-- sqlite:
INSERT INTO place_fts (place_fts, rowid, search_text)
SELECT 'delete', id, search_text FROM place_version WHERE place_id = $1 AND born = $2;
-- pg:
UPDATE place_version SET id = id WHERE FALSE AND place_id = $1 AND born = $2;
-- both:

-- name: import_version_forget :exec
-- in: place_id i64, born i64
DELETE FROM place_version WHERE place_id = $1 AND born = $2;

-- name: import_change_put :exec
-- in: id i64, place_id i64, field text, before text?, after text?, at i64, born i64, import_id i64?, author text
INSERT INTO place_change (id, place_id, field, before, after, at, born, import_id, author) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- Words and the same reversed, each list separated by one space.
-- name: import_words_put :exec
-- in: words text, reversed text
-- sqlite:
INSERT INTO place_word (word, reversed)
WITH RECURSIVE cut (word, reversed, words_left, reversed_left) AS (
  SELECT '', '', $1 || ' ', $2 || ' '
  UNION ALL
  SELECT substr(words_left, 1, instr(words_left, ' ') - 1), substr(reversed_left, 1, instr(reversed_left, ' ') - 1),
    substr(words_left, instr(words_left, ' ') + 1), substr(reversed_left, instr(reversed_left, ' ') + 1)
  FROM cut WHERE words_left <> ''
)
SELECT word, reversed FROM cut WHERE word <> '' ON CONFLICT (word) DO NOTHING;
-- pg:
INSERT INTO place_word (word, reversed)
SELECT w, r FROM unnest(string_to_array($1, ' '), string_to_array($2, ' ')) AS t (w, r) WHERE w <> '' ON CONFLICT (word) DO NOTHING;
-- both:

-- ---- vanished ----

-- name: import_known_ids :many -> import_known_row
-- in: source text, after text, max i64
-- out: source_id text, place_id i64, vanished i64
SELECT source_id, place_id, vanished FROM place_source WHERE source = $1 AND source_id > $2 ORDER BY source_id LIMIT $3;

-- name: import_vanish :exec
-- in: source text, source_id text, epoch i64
UPDATE place_source SET vanished = $3 WHERE source = $1 AND source_id = $2;

-- What was given up and is back: read by this import though it had vanished.
-- name: import_returned :many -> import_returned_row
-- in: source text, epoch i64, max i64
-- out: source_id text
SELECT s.source_id FROM place_source s JOIN place_reading r ON r.source = s.source AND r.source_id = s.source_id AND r.born = $2
WHERE s.source = $1 AND s.vanished <= $2 LIMIT $3;

-- ---- changes made by hand meanwhile ----

-- name: import_edited_since :many -> import_edited_row
-- in: since i64, max i64
-- out: id i64, place_id i64
SELECT id, place_id FROM place_change WHERE id > $1 AND import_id IS NULL ORDER BY id LIMIT $2;

-- name: import_staged_changes :many -> import_staged_row
-- in: place_id i64, born i64, import_id i64
-- out: field text, after text?
SELECT field, after FROM place_change WHERE place_id = $1 AND born = $2 AND import_id = $3 ORDER BY id;

-- name: import_changes_forget :exec
-- in: place_id i64, born i64, import_id i64
DELETE FROM place_change WHERE place_id = $1 AND born = $2 AND import_id = $3;

-- ---- sweeping: a few rows at a time ----

-- name: sweep_changes :exec
-- in: epoch i64, max i64
DELETE FROM place_change WHERE id IN (SELECT id FROM place_change WHERE born > $1 LIMIT $2);

-- name: sweep_versions_index :exec
-- in: epoch i64, max i64
-- sqlite:
INSERT INTO place_fts (place_fts, rowid, search_text)
SELECT 'delete', id, search_text FROM place_version WHERE id IN (SELECT id FROM place_version WHERE born > $1 ORDER BY id LIMIT $2);
-- pg:
UPDATE place_version SET id = id WHERE FALSE AND born > $1 AND dead > $2;
-- both:

-- name: sweep_versions :exec
-- in: epoch i64, max i64
DELETE FROM place_version WHERE id IN (SELECT id FROM place_version WHERE born > $1 ORDER BY id LIMIT $2);

-- name: sweep_revive :exec
-- in: epoch i64, max i64
UPDATE place_version SET dead = 4611686018427387904
WHERE id IN (SELECT id FROM place_version WHERE dead > $1 AND dead < 4611686018427387904 LIMIT $2);

-- name: sweep_readings :many -> sweep_reading_row
-- in: epoch i64, max i64
-- out: source text, source_id text, born i64
SELECT source, source_id, born FROM place_reading WHERE born > $1 LIMIT $2;

-- name: sweep_reading :exec
-- in: source text, source_id text, born i64
DELETE FROM place_reading WHERE source = $1 AND source_id = $2 AND born = $3;

-- name: sweep_sources :many -> sweep_source_row
-- in: epoch i64, max i64
-- out: source text, source_id text
SELECT source, source_id FROM place_source WHERE born > $1 LIMIT $2;

-- name: sweep_source :exec
-- in: source text, source_id text
DELETE FROM place_source WHERE source = $1 AND source_id = $2;

-- name: sweep_vanished :many -> sweep_vanished_row
-- in: epoch i64, max i64
-- out: source text, source_id text
SELECT source, source_id FROM place_source WHERE vanished > $1 AND vanished < 4611686018427387904 LIMIT $2;

-- name: sweep_places :exec
-- in: epoch i64, max i64
DELETE FROM place WHERE id IN (SELECT id FROM place WHERE born > $1 LIMIT $2);

-- name: sweep_organisations :exec
-- in: since i64, max i64
DELETE FROM organisation WHERE id IN (
  SELECT o.id FROM organisation o WHERE o.id >= $1 AND NOT EXISTS (SELECT 1 FROM place p WHERE p.organisation_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM network_member n WHERE n.organisation_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM network_contact c WHERE c.organisation_id = o.id) LIMIT $2);

-- Versions that no reader sees any more, and readings that a later one has replaced.
-- name: sweep_dead_index :exec
-- in: epoch i64, max i64
-- sqlite:
INSERT INTO place_fts (place_fts, rowid, search_text)
SELECT 'delete', id, search_text FROM place_version WHERE id IN (SELECT id FROM place_version WHERE dead <= $1 ORDER BY id LIMIT $2);
-- pg:
UPDATE place_version SET id = id WHERE FALSE AND born > $1 AND dead > $2;
-- both:

-- name: sweep_dead :exec
-- in: epoch i64, max i64
DELETE FROM place_version WHERE id IN (SELECT id FROM place_version WHERE dead <= $1 ORDER BY id LIMIT $2);

-- name: sweep_old_readings :many -> sweep_old_reading_row
-- in: epoch i64, max i64
-- out: source text, source_id text, born i64
SELECT o.source, o.source_id, o.born FROM place_reading n JOIN place_reading o ON o.source = n.source AND o.source_id = n.source_id AND o.born < n.born
WHERE n.born = $1 LIMIT $2;

-- name: import_last_running :one -> import_running_row
-- out: id i64, epoch i64
SELECT id, epoch FROM place_import WHERE state = 'running' ORDER BY id DESC LIMIT 1;

-- name: import_edited_count :scalar
-- in: since i64
-- out: n i64
SELECT count(*) FROM place_change WHERE id > $1 AND import_id IS NULL;

-- name: import_places_of :scalar
-- in: source text?
-- out: n i64
SELECT count(*) FROM place_source WHERE CAST($1 AS TEXT) IS NULL OR source = $1;

-- ---- what tests and checks ask ----

-- name: import_history :many -> import_history_row
-- in: place_id i64
-- out: field text, before text?, after text?, at i64, import_id i64?, author text
SELECT field, before, after, at, import_id, author FROM place_change WHERE place_id = $1 ORDER BY id;

-- name: import_organisations_count :scalar
-- out: n i64
SELECT count(*) FROM organisation;

-- name: import_versions_count :scalar
-- out: n i64
SELECT count(*) FROM place_version;

-- name: import_index_count :scalar
-- out: n i64
-- sqlite:
SELECT count(*) FROM place_fts WHERE place_fts MATCH 'nant OR nantes';
-- pg:
SELECT count(*) FROM place_version WHERE search_terms @@ CAST('nant | nantes' AS tsquery);
-- both:
