-- More to choose places by: whom they are ready to welcome, how one comes, how one is helped, the pass, the step-free door, the
-- languages spoken. One bit each (src/directory/traits.c), within the indexes that searches read.

ALTER TABLE place_version ADD COLUMN traits_mask BIGINT NOT NULL DEFAULT 0;
UPDATE place_version SET traits_mask =
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Surdité|%' THEN 1 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Handicaps moteurs|%' THEN 2 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Handicaps mentaux|%' THEN 4 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Illettrisme|%' THEN 8 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Langues étrangères (anglais)|%' THEN 16 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Langues étrangères (autres)|%' THEN 32 ELSE 0 END +
  CASE WHEN '|' || prise_en_charge_specifique || '|' LIKE '%|Déficience visuelle|%' THEN 64 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Se présenter|%' THEN 256 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Téléphoner|%' THEN 512 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Contacter par mail|%' THEN 1024 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Prendre un RDV en ligne|%' THEN 2048 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Ce lieu n''accueille pas de public|%' THEN 4096 ELSE 0 END +
  CASE WHEN '|' || modalites_acces || '|' LIKE '%|Envoyer un mail avec une fiche de prescription|%' THEN 8192 ELSE 0 END +
  CASE WHEN '|' || modalites_accompagnement || '|' LIKE '%|En autonomie|%' THEN 65536 ELSE 0 END +
  CASE WHEN '|' || modalites_accompagnement || '|' LIKE '%|Accompagnement individuel|%' THEN 131072 ELSE 0 END +
  CASE WHEN '|' || modalites_accompagnement || '|' LIKE '%|Dans un atelier collectif|%' THEN 262144 ELSE 0 END +
  CASE WHEN '|' || modalites_accompagnement || '|' LIKE '%|À distance|%' THEN 524288 ELSE 0 END +
  CASE WHEN '|' || pass_accepte || '|' LIKE '%|oui|%' THEN 16777216 ELSE 0 END +
  CASE WHEN '|' || plain_pied || '|' LIKE '%|oui|%' THEN 33554432 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|fr|%' THEN 4294967296 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|en|%' THEN 8589934592 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|ar|%' THEN 17179869184 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|tr|%' THEN 34359738368 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|es|%' THEN 68719476736 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|pt|%' THEN 137438953472 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|ru|%' THEN 274877906944 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|uk|%' THEN 549755813888 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|ro|%' THEN 1099511627776 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|so|%' THEN 2199023255552 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|fa|%' THEN 4398046511104 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|ps|%' THEN 8796093022208 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|zh|%' THEN 17592186044416 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|vi|%' THEN 35184372088832 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|de|%' THEN 70368744177664 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|it|%' THEN 140737488355328 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|br|%' THEN 281474976710656 ELSE 0 END +
  CASE WHEN '|' || langues || '|' LIKE '%|fsl|%' THEN 562949953421312 ELSE 0 END;

DROP INDEX place_version_scan;
DROP INDEX place_version_name;
DROP INDEX place_version_cell;
CREATE INDEX place_version_scan ON place_version
  (place_id, id, born, dead, services_mask, publics_mask, frais_mask, traits_mask, commune_key, code_postal, code_insee, lat, lon);
CREATE INDEX place_version_name ON place_version
  (nom COLLATE fr, id, place_id, born, dead, services_mask, publics_mask, frais_mask, traits_mask, commune_key, code_postal, code_insee);
CREATE INDEX place_version_cell ON place_version
  (cell, id, place_id, born, dead, services_mask, publics_mask, frais_mask, traits_mask, commune_key, code_postal, code_insee, lat, lon);

-- PostgreSQL reads * when the view is made.
DROP VIEW place_now;
CREATE VIEW place_now AS
  SELECT v.* FROM place_version v, directory_epoch e WHERE e.id = 1 AND v.born <= e.value AND v.dead > e.value;
