-- Reading the directory: what pages, API and exports ask. Searches give ids from covering indexes; only the places shown are read.
-- Searches say what is current (the view place_now) in full: through a view, SQLite reads whole rows instead of the covering
-- indexes. INDEXED BY and `+` keep it from choosing the indexes on born and dead, which nearly every row satisfies.

-- name: place_read_version :one -> place_row
-- in: version_id i64
-- out: place_id i64, id text, pivot text, nom text, commune text, code_postal text, code_insee text, adresse text
-- out: complement_adresse text, latitude text, longitude text, typologie text, telephone text, courriels text
-- out: site_web text, horaires text, presentation_resume text, presentation_detail text, source text, itinerance text
-- out: structure_parente text, date_maj text, services text, publics_specifiquement_adresses text
-- out: prise_en_charge_specifique text, frais_a_charge text, dispositif_programmes_nationaux text
-- out: formations_labels text, autres_formations_labels text, modalites_acces text, modalites_accompagnement text
-- out: fiche_acces_libre text, prise_rdv text, telephones text, fermetures text, pass_accepte text, langues text
-- out: plain_pied text, ascenseur text, arret text, tarifs text, telephoner_avant text, notes text
SELECT
  v.place_id, p.public_id AS id, v.pivot, v.nom, v.commune, v.code_postal, v.code_insee, v.adresse, v.complement_adresse,
  v.latitude, v.longitude, v.typologie, v.telephone, v.courriels, v.site_web, v.horaires, v.presentation_resume,
  v.presentation_detail, v.source, v.itinerance, v.structure_parente, v.date_maj, v.services,
  v.publics_specifiquement_adresses, v.prise_en_charge_specifique, v.frais_a_charge,
  v.dispositif_programmes_nationaux, v.formations_labels, v.autres_formations_labels, v.modalites_acces,
  v.modalites_accompagnement, v.fiche_acces_libre, v.prise_rdv, v.telephones, v.fermetures, v.pass_accepte, v.langues,
  v.plain_pied, v.ascenseur, v.arret, v.tarifs, v.telephoner_avant, v.notes
FROM place_version v JOIN place p ON p.id = v.place_id WHERE v.id = $1;

-- name: place_read_public :one -> place_row
-- in: public_id text
-- out: place_id i64, id text, pivot text, nom text, commune text, code_postal text, code_insee text, adresse text
-- out: complement_adresse text, latitude text, longitude text, typologie text, telephone text, courriels text
-- out: site_web text, horaires text, presentation_resume text, presentation_detail text, source text, itinerance text
-- out: structure_parente text, date_maj text, services text, publics_specifiquement_adresses text
-- out: prise_en_charge_specifique text, frais_a_charge text, dispositif_programmes_nationaux text
-- out: formations_labels text, autres_formations_labels text, modalites_acces text, modalites_accompagnement text
-- out: fiche_acces_libre text, prise_rdv text, telephones text, fermetures text, pass_accepte text, langues text
-- out: plain_pied text, ascenseur text, arret text, tarifs text, telephoner_avant text, notes text
SELECT
  v.place_id, p.public_id AS id, v.pivot, v.nom, v.commune, v.code_postal, v.code_insee, v.adresse, v.complement_adresse,
  v.latitude, v.longitude, v.typologie, v.telephone, v.courriels, v.site_web, v.horaires, v.presentation_resume,
  v.presentation_detail, v.source, v.itinerance, v.structure_parente, v.date_maj, v.services,
  v.publics_specifiquement_adresses, v.prise_en_charge_specifique, v.frais_a_charge,
  v.dispositif_programmes_nationaux, v.formations_labels, v.autres_formations_labels, v.modalites_acces,
  v.modalites_accompagnement, v.fiche_acces_libre, v.prise_rdv, v.telephones, v.fermetures, v.pass_accepte, v.langues,
  v.plain_pied, v.ascenseur, v.arret, v.tarifs, v.telephoner_avant, v.notes
FROM place_now v JOIN place p ON p.id = v.place_id WHERE p.public_id = $1;

-- name: places_by_name :many -> place_key
-- in: commune text?, code text?, services i64, publics i64, frais i64, max i64, skip i64, traits i64
-- out: id i64, place_id i64
SELECT id, place_id FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY nom COLLATE fr, id LIMIT $6 OFFSET $7;

-- name: places_by_id :many -> place_key
-- in: commune text?, code text?, services i64, publics i64, frais i64, after i64, max i64, traits i64
-- out: id i64, place_id i64
-- sqlite:
SELECT id, place_id FROM place_version INDEXED BY place_version_scan
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND place_id > $6 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY place_id LIMIT $7;
-- pg:
SELECT id, place_id FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND place_id > $6 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY place_id LIMIT $7;

-- name: places_by_id_in_box :many -> place_key_at
-- in: commune text?, code text?, services i64, publics i64, frais i64, after i64, max i64, south f64, north f64, west f64, east f64, traits i64
-- out: id i64, place_id i64, lat f64?, lon f64?
-- sqlite:
SELECT id, place_id, lat, lon FROM place_version INDEXED BY place_version_scan
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND place_id > $6 AND lat >= $8 AND lat <= $9 AND lon >= $10 AND lon <= $11 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($12 AS BIGINT)) = CAST($12 AS BIGINT)
ORDER BY place_id LIMIT $7;
-- pg:
SELECT id, place_id, lat, lon FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND place_id > $6 AND lat >= $8 AND lat <= $9 AND lon >= $10 AND lon <= $11 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($12 AS BIGINT)) = CAST($12 AS BIGINT)
ORDER BY place_id LIMIT $7;

-- name: places_count :scalar
-- in: commune text?, code text?, services i64, publics i64, frais i64, traits i64
-- out: n i64
-- sqlite:
SELECT count(*) FROM place_version INDEXED BY place_version_scan
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($6 AS BIGINT)) = CAST($6 AS BIGINT);
-- pg:
SELECT count(*) FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($6 AS BIGINT)) = CAST($6 AS BIGINT);

-- name: places_in_cells :many -> place_near
-- in: commune text?, code text?, services i64, publics i64, frais i64, cell_from i64, cell_to i64, traits i64
-- out: id i64, place_id i64, lat f64?, lon f64?
SELECT id, place_id, lat, lon FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND cell >= $6 AND cell <= $7 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT);

-- name: places_matching :many -> place_match
-- in: commune text?, code text?, services i64, publics i64, frais i64, words text, max i64, traits i64
-- out: id i64, place_id i64, lat f64?, lon f64?, nom text, name_text text
-- sqlite:
SELECT id, place_id, lat, lon, nom, name_text FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND id IN (SELECT rowid FROM place_fts WHERE place_fts MATCH $6) AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY id LIMIT $7;
-- pg:
SELECT id, place_id, lat, lon, nom, name_text FROM place_now
WHERE search_terms @@ CAST($6 AS tsquery) AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($8 AS BIGINT)) = CAST($8 AS BIGINT)
ORDER BY id LIMIT $7;

-- name: places_matching_after :many -> place_key_at
-- in: commune text?, code text?, services i64, publics i64, frais i64, words text, after i64, max i64, traits i64
-- out: id i64, place_id i64, lat f64?, lon f64?
-- sqlite:
SELECT id, place_id, lat, lon FROM place_version
WHERE +born <= (SELECT value FROM directory_epoch WHERE id = 1) AND +dead > (SELECT value FROM directory_epoch WHERE id = 1)
  AND id IN (SELECT rowid FROM place_fts WHERE place_fts MATCH $6) AND place_id > $7 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($9 AS BIGINT)) = CAST($9 AS BIGINT)
ORDER BY place_id LIMIT $8;
-- pg:
SELECT id, place_id, lat, lon FROM place_now
WHERE search_terms @@ CAST($6 AS tsquery) AND place_id > $7 AND (CAST($1 AS TEXT) IS NULL OR commune_key = $1)
  AND (CAST($2 AS TEXT) IS NULL OR code_postal = $2 OR code_insee = $2)
  AND (services_mask & CAST($3 AS BIGINT)) = CAST($3 AS BIGINT) AND (CAST($4 AS BIGINT) = 0 OR (publics_mask & CAST($4 AS BIGINT)) <> 0) AND (CAST($5 AS BIGINT) = 0 OR (frais_mask & CAST($5 AS BIGINT)) <> 0)
  AND (traits_mask & CAST($9 AS BIGINT)) = CAST($9 AS BIGINT)
ORDER BY place_id LIMIT $8;

-- name: place_search_text :one -> place_terms
-- in: version_id i64
-- out: search_text text, name_text text
SELECT search_text, name_text FROM place_version WHERE id = $1;

-- name: place_report_add :exec
-- in: id i64, place_id i64, at i64, what text, contact blob?
INSERT INTO place_report (id, place_id, at, what, contact_enc, state) VALUES ($1, $2, $3, $4, $5, 'open');

-- name: place_report_forget_contacts :exec
-- in: before i64, most i64
UPDATE place_report SET contact_enc = NULL
WHERE id IN (SELECT id FROM place_report WHERE at < $1 AND contact_enc IS NOT NULL ORDER BY at LIMIT $2);
