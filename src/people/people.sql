-- People (migrations/0035_people.sql).

-- ---- households ----

-- name: household_by_public :one -> household_row
-- in: public_id text
-- out: id i64, public_id text, organisation_id i64, version i64, key_enc blob?, address_enc blob, district_code text, district text
-- out: priority_area_code text, priority_area text, areas_on text, ground_school i64, ground_rights i64, origin text, card_number i64
-- out: created_at i64, contact_at i64?, notice_at i64?, keep_until i64, erased_at i64?, card_good i64, merged_into i64?
SELECT id, public_id, organisation_id, version, key_enc, address_enc, district_code, district, priority_area_code, priority_area, areas_on,
  ground_school, ground_rights, origin, card_number, created_at, contact_at, notice_at, keep_until, erased_at,
  CASE WHEN card_index IS NULL THEN 0 ELSE 1 END AS card_good, merged_into
FROM household WHERE public_id = $1;

-- scope: a JSON array of ids.
-- name: households_by_ids :many -> household_row
-- in: scope text
-- out: id i64, public_id text, organisation_id i64, version i64, key_enc blob?, address_enc blob, district_code text, district text
-- out: priority_area_code text, priority_area text, areas_on text, ground_school i64, ground_rights i64, origin text, card_number i64
-- out: created_at i64, contact_at i64?, notice_at i64?, keep_until i64, erased_at i64?, card_good i64, merged_into i64?
SELECT id, public_id, organisation_id, version, key_enc, address_enc, district_code, district, priority_area_code, priority_area, areas_on,
  ground_school, ground_rights, origin, card_number, created_at, contact_at, notice_at, keep_until, erased_at,
  CASE WHEN card_index IS NULL THEN 0 ELSE 1 END AS card_good, merged_into
FROM household WHERE id
-- sqlite:
IN (SELECT value FROM json_each($1))
-- pg:
= ANY (CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
ORDER BY id;

-- name: household_by_card :one -> household_id_row
-- in: card_index blob
-- out: id i64, organisation_id i64
SELECT id, organisation_id FROM household WHERE card_index = $1 AND erased_at IS NULL;

-- name: card_of :one -> card_row
-- in: card_index blob
-- out: id i64, card_failures i64, card_failed_at i64
SELECT id, card_failures, card_failed_at FROM household WHERE card_index = $1 AND erased_at IS NULL;

-- name: card_give :exec
-- in: id i64, number i64, card_index blob
UPDATE household SET card_number = $2, card_index = $3, card_failures = 0, card_failed_at = 0 WHERE id = $1 AND card_number = $2 - 1 AND erased_at IS NULL;

-- name: card_stop :exec
-- in: id i64
UPDATE household SET card_index = NULL WHERE id = $1;

-- name: card_failed :exec
-- in: id i64, at i64
UPDATE household SET card_failures = card_failures + 1, card_failed_at = $2 WHERE id = $1;

-- name: card_passed :exec
-- in: id i64
UPDATE household SET card_failures = 0 WHERE id = $1;

-- name: visit_insert :exec
-- in: id_hash blob, household_id i64, at i64, expires_at i64
INSERT INTO household_visit (id_hash, household_id, seen_at, expires_at) VALUES ($1, $2, $3, $4);

-- name: visit_of :one -> visit_row
-- in: id_hash blob, seen_after i64, now i64
-- out: household_id i64, seen_at i64, expires_at i64
SELECT v.household_id, v.seen_at, v.expires_at FROM household_visit v JOIN household h ON h.id = v.household_id
WHERE v.id_hash = $1 AND v.seen_at > $2 AND v.expires_at > $3 AND h.erased_at IS NULL;

-- name: visit_touch :exec
-- in: id_hash blob, now i64
UPDATE household_visit SET seen_at = $2 WHERE id_hash = $1;

-- name: visit_end :exec
-- in: id_hash blob
DELETE FROM household_visit WHERE id_hash = $1;

-- name: visits_end :exec
-- in: household_id i64
DELETE FROM household_visit WHERE household_id = $1;

-- name: visits_forget :exec
-- in: now i64, most i64
DELETE FROM household_visit WHERE id_hash IN (SELECT id_hash FROM household_visit WHERE expires_at < $1 LIMIT $2);

-- name: household_insert :exec
-- in: id i64, public_id text, organisation_id i64, key_enc blob, address_enc blob, district_code text, district text, priority_area_code text
-- in: priority_area text, areas_on text, school i64, rights i64, origin text, at i64, contact_at i64?, notice_at i64?
INSERT INTO household (id, public_id, organisation_id, version, key_enc, address_enc, district_code, district, priority_area_code, priority_area,
  areas_on, ground_school, ground_rights, origin, created_at, contact_at, notice_at)
VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: household_update :exec
-- in: id i64, version i64, address_enc blob, district_code text, district text, priority_area_code text, priority_area text, areas_on text
-- in: school i64, rights i64, origin text, contact_at i64?, notice_at i64?
UPDATE household SET version = version + 1, address_enc = $3, district_code = $4, district = $5, priority_area_code = $6, priority_area = $7,
  areas_on = $8, ground_school = $9, ground_rights = $10, origin = $11, contact_at = $12, notice_at = $13
WHERE id = $1 AND version = $2 AND erased_at IS NULL;

-- name: household_next_version :exec
-- in: id i64, version i64
UPDATE household SET version = version + 1 WHERE id = $1 AND version = $2 AND erased_at IS NULL;

-- ids: a JSON array.
-- name: household_contact :exec
-- in: ids text, at i64
UPDATE household SET contact_at = $2 WHERE (contact_at IS NULL OR contact_at < $2) AND id
-- sqlite:
IN (SELECT value FROM json_each($1))
-- pg:
= ANY (CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
;

-- name: household_notice :exec
-- in: id i64, at i64
UPDATE household SET notice_at = $2 WHERE id = $1 AND notice_at IS NULL;

-- holds: a JSON array of [id, until].
-- name: household_keep :exec
-- in: holds text
UPDATE household SET keep_until = d.until FROM (
-- sqlite:
SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS until FROM json_each($1)
-- pg:
SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS until FROM jsonb_array_elements(CAST($1 AS JSONB))
-- both:
) d WHERE household.id = d.id AND household.keep_until <> d.until AND household.erased_at IS NULL;

-- ---- persons ----

-- Of several (scope: a JSON array of ids), those of what was merged into each too: `root` is the one that was asked for.
-- name: persons_of :many -> person_row
-- in: scope text
-- out: root i64, id i64, household_id i64, public_id text, kind text, key_enc blob?, given_enc blob, family_enc blob, birth_year_enc blob
-- out: phone_enc blob, mail_enc blob, school_enc blob, class text, language text, channel text, created_at i64
SELECT o.root, p.id, p.household_id, p.public_id, p.kind, p.key_enc, p.given_enc, p.family_enc, p.birth_year_enc, p.phone_enc, p.mail_enc, p.school_enc,
  p.class, p.language, p.channel, p.created_at FROM (
-- sqlite:
SELECT value AS root, value AS id FROM json_each($1)
UNION ALL SELECT r.id, h.id FROM household r JOIN household h ON h.merged_into = r.id AND h.organisation_id = r.organisation_id
  WHERE r.id IN (SELECT value FROM json_each($1))
-- pg:
SELECT r.id AS root, r.id FROM unnest(CAST(translate($1, '[]', '{}') AS BIGINT[])) AS r (id)
UNION ALL SELECT r.id, h.id FROM household r JOIN household h ON h.merged_into = r.id AND h.organisation_id = r.organisation_id
  WHERE r.id = ANY (CAST(translate($1, '[]', '{}') AS BIGINT[]))
-- both:
) o JOIN person p ON p.household_id = o.id WHERE p.erased_at IS NULL ORDER BY o.root, p.kind, p.id;

-- name: person_upsert :exec
-- in: id i64, public_id text, household_id i64, kind text, key_enc blob, given_enc blob, family_enc blob, birth_year_enc blob, phone_enc blob
-- in: mail_enc blob, school_enc blob, class text, language text, channel text, at i64
INSERT INTO person (id, public_id, household_id, kind, key_enc, given_enc, family_enc, birth_year_enc, phone_enc, mail_enc, school_enc, class, language,
  channel, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
ON CONFLICT (id) DO UPDATE SET given_enc = excluded.given_enc, family_enc = excluded.family_enc, birth_year_enc = excluded.birth_year_enc,
  phone_enc = excluded.phone_enc, mail_enc = excluded.mail_enc, school_enc = excluded.school_enc, class = excluded.class,
  language = excluded.language, channel = excluded.channel;

-- name: person_keep_past :exec
-- in: id i64, at i64
INSERT INTO person_past (person_id, at, given_enc, family_enc, birth_year_enc, phone_enc, mail_enc, school_enc, class, language, channel)
SELECT id, $2, given_enc, family_enc, birth_year_enc, phone_enc, mail_enc, school_enc, class, language, channel FROM person WHERE id = $1
ON CONFLICT (person_id) DO UPDATE SET at = excluded.at, given_enc = excluded.given_enc, family_enc = excluded.family_enc,
  birth_year_enc = excluded.birth_year_enc, phone_enc = excluded.phone_enc, mail_enc = excluded.mail_enc, school_enc = excluded.school_enc,
  class = excluded.class, language = excluded.language, channel = excluded.channel;

-- name: person_past_of :one -> person_past_row
-- in: person_id i64
-- out: at i64, given_enc blob, family_enc blob, birth_year_enc blob, phone_enc blob, mail_enc blob, school_enc blob, class text, language text
-- out: channel text
SELECT at, given_enc, family_enc, birth_year_enc, phone_enc, mail_enc, school_enc, class, language, channel FROM person_past WHERE person_id = $1;

-- name: person_past_drop :exec
-- in: person_id i64
DELETE FROM person_past WHERE person_id = $1;

-- name: household_keep_past :exec
-- in: id i64, at i64
INSERT INTO household_past (household_id, at, address_enc, ground_school, ground_rights, origin)
SELECT id, $2, address_enc, ground_school, ground_rights, origin FROM household WHERE id = $1
ON CONFLICT (household_id) DO UPDATE SET at = excluded.at, address_enc = excluded.address_enc, ground_school = excluded.ground_school,
  ground_rights = excluded.ground_rights, origin = excluded.origin;

-- name: household_past_of :one -> household_past_row
-- in: household_id i64
-- out: at i64, address_enc blob, ground_school i64, ground_rights i64, origin text
SELECT at, address_enc, ground_school, ground_rights, origin FROM household_past WHERE household_id = $1;

-- name: household_past_drop :exec
-- in: household_id i64
DELETE FROM household_past WHERE household_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id FROM household WHERE merged_into = $1);

-- name: person_forget :exec
-- in: id i64, nothing blob, at i64
UPDATE person SET key_enc = NULL, given_enc = $2, family_enc = $2, birth_year_enc = $2, phone_enc = $2, mail_enc = $2, school_enc = $2, erased_at = $3
WHERE id = $1 AND erased_at IS NULL;

-- name: token_put :exec
-- in: organisation_id i64, hash blob, household_id i64, person_id i64
INSERT INTO person_token (organisation_id, hash, household_id, person_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (organisation_id, hash, household_id, person_id) DO NOTHING;

-- name: tokens_drop :exec
-- in: person_id i64
DELETE FROM person_token WHERE person_id = $1;

-- ---- two that are one ----

-- name: household_merge_into :exec
-- in: id i64, into_id i64
UPDATE household SET merged_into = $2, card_index = NULL, version = version + 1 WHERE id = $1 AND merged_into IS NULL AND erased_at IS NULL AND id <> $2;

-- name: household_unmerge_from :exec
-- in: id i64, into_id i64
UPDATE household SET merged_into = NULL, version = version + 1 WHERE id = $1 AND merged_into = $2;

-- What was merged into the first is merged into the second: there is one level.
-- name: household_merge_others :exec
-- in: id i64, into_id i64
UPDATE household SET merged_into = $2 WHERE merged_into = $1;

-- name: tokens_move :exec
-- in: household_id i64, to_id i64
UPDATE person_token SET household_id = $2 WHERE person_id IN (SELECT id FROM person WHERE household_id = $1);

-- name: household_merged_list :many -> household_merged_row
-- in: scope i64, into_id i64
-- out: id i64, public_id text
SELECT id, public_id FROM household WHERE organisation_id = $1 AND merged_into = $2 ORDER BY id;

-- ---- erasing ----

-- name: household_forget :exec
-- in: id i64, nothing blob, at i64, why text
UPDATE household SET key_enc = NULL, address_enc = $2, card_index = NULL, version = version + 1, erased_at = $3, erased_why = $4
WHERE (id = $1 OR merged_into = $1) AND erased_at IS NULL;

-- name: notes_forget :exec
-- in: household_id i64, nothing blob
UPDATE household_note SET text_enc = $2 WHERE household_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id FROM household WHERE merged_into = $1);

-- name: shares_end :exec
-- in: household_id i64, at i64
UPDATE household_share SET ended_at = $2 WHERE household_id = $1 AND ended_at IS NULL;

-- name: people_rule_now :one -> people_rule_row
-- in: rule text, day text
-- out: days i64, months i64
SELECT days, months FROM people_rule WHERE rule = $1 AND from_day <= $2 ORDER BY from_day DESC LIMIT 1;

-- Those of all organisations, for the purge: `scope` is not looked at.
-- name: household_over :many -> household_over_row
-- in: scope i64, named_before i64, met_before i64, at i64, most i64
-- out: id i64, organisation_id i64, contact_at i64?
SELECT id, organisation_id, contact_at FROM household
WHERE erased_at IS NULL AND merged_into IS NULL AND keep_until < $4 AND ((contact_at IS NULL AND created_at < $2) OR contact_at < $3) AND $1 = 0
ORDER BY id LIMIT $5;

-- ---- finding ----

-- How many have a token, counted up to `most`.
-- name: token_count :scalar
-- in: organisation_id i64, hash blob, most i64
-- out: n i64
SELECT count(*) AS n FROM (SELECT household_id FROM person_token WHERE organisation_id = $1 AND hash = $2 LIMIT $3) AS counted;

-- Households with a token, and for each further word one of three: read in the order of the index, so that a common name ends soon. Counts rather
-- than EXISTS, of which PostgreSQL would make a table of all who have the other word.
-- name: token_match :many -> household_id_row
-- in: organisation_id i64, hash blob, words i64, a1 blob, a2 blob, a3 blob, b1 blob, b2 blob, b3 blob, most i64
-- out: id i64, organisation_id i64
SELECT DISTINCT t.household_id AS id, t.organisation_id FROM person_token t WHERE t.organisation_id = $1 AND t.hash = $2
AND ($3 < 2 OR (SELECT count(*) FROM person_token x WHERE x.organisation_id = $1 AND x.household_id = t.household_id AND x.hash IN ($4, $5, $6)) > 0)
AND ($3 < 3 OR (SELECT count(*) FROM person_token x WHERE x.organisation_id = $1 AND x.household_id = t.household_id AND x.hash IN ($7, $8, $9)) > 0)
ORDER BY t.household_id LIMIT $10;

-- The same among those shared with an organisation, by any of three first tokens.
-- name: token_match_shared :many -> household_id_row
-- in: scope i64, now i64, c1 blob, c2 blob, c3 blob, words i64, a1 blob, a2 blob, a3 blob, b1 blob, b2 blob, b3 blob, most i64
-- out: id i64, organisation_id i64
SELECT DISTINCT t.household_id AS id, t.organisation_id FROM household_share s JOIN household h ON h.id = s.household_id
JOIN person_token t ON t.organisation_id = h.organisation_id AND t.household_id = h.id AND t.hash IN ($3, $4, $5)
WHERE s.organisation_id = $1 AND s.until > $2 AND s.ended_at IS NULL
AND ($6 < 2 OR (SELECT count(*) FROM person_token x WHERE x.organisation_id = h.organisation_id AND x.household_id = h.id AND x.hash IN ($7, $8, $9)) > 0)
AND ($6 < 3 OR (SELECT count(*) FROM person_token x WHERE x.organisation_id = h.organisation_id AND x.household_id = h.id AND x.hash IN ($10, $11, $12)) > 0)
ORDER BY t.household_id LIMIT $13;

-- ---- notes ----

-- name: note_insert :exec
-- in: id i64, household_id i64, user_id i64, organisation_id i64, at i64, text_enc blob
INSERT INTO household_note (id, household_id, user_id, organisation_id, at, text_enc) VALUES ($1, $2, $3, $4, $5, $6);

-- Those of what was merged into it too.
-- name: note_list :many -> note_row
-- in: household_id i64, most i64, scope i64
-- out: id i64, household_id i64, key_enc blob?, user_id i64, organisation_id i64, at i64, text_enc blob
SELECT n.id, n.household_id, h.key_enc, n.user_id, n.organisation_id, n.at, n.text_enc FROM household_note n JOIN household h ON h.id = n.household_id
WHERE n.household_id IN (SELECT CAST($1 AS BIGINT) UNION ALL SELECT id FROM household WHERE merged_into = $1 AND organisation_id = $3) ORDER BY n.id DESC LIMIT $2;

-- ---- shares ----

-- name: share_insert :exec
-- in: id i64, household_id i64, organisation_id i64, reason text, at i64, until i64
INSERT INTO household_share (id, household_id, organisation_id, reason, at, until) VALUES ($1, $2, $3, $4, $5, $6);

-- name: share_end :exec
-- in: id i64, household_id i64, at i64
UPDATE household_share SET ended_at = $3 WHERE id = $1 AND household_id = $2 AND ended_at IS NULL AND until > $3;

-- name: share_with :scalar
-- in: household_id i64, organisation_id i64, now i64
-- out: n i64
SELECT count(*) AS n FROM household_share WHERE household_id = $1 AND organisation_id = $2 AND until > $3 AND ended_at IS NULL;

-- Where people are followed.
-- name: share_partners :many -> share_partner
-- in: but i64, most i64
-- out: id i64, name text
SELECT o.id, o.name FROM organisation o WHERE o.id <> $1 AND EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = o.id
  AND m.role IN ('mediator', 'desk_agent', 'programme_officer') AND m.suspended_at IS NULL)
ORDER BY o.name COLLATE fr, o.id LIMIT $2;

-- name: share_list :many -> share_row
-- in: household_id i64
-- out: id i64, organisation_id i64, organisation text, reason text, at i64, until i64, ended_at i64?
SELECT s.id, s.organisation_id, o.name AS organisation, s.reason, s.at, s.until, s.ended_at FROM household_share s
JOIN organisation o ON o.id = s.organisation_id WHERE s.household_id = $1 ORDER BY s.id DESC;

-- name: organisation_called :scalar
-- in: name text
-- out: id i64
SELECT id FROM organisation WHERE name = $1 ORDER BY id LIMIT 1;

-- ---- the access file as a document ----

-- name: access_ask :exec
-- in: household_id i64, user_id i64, at i64
INSERT INTO household_access (household_id, user_id, at, state, leased_until, attempts) VALUES ($1, $2, $3, 'asked', 0, 0)
ON CONFLICT (household_id) DO UPDATE SET user_id = excluded.user_id, at = excluded.at, state = 'asked', leased_until = 0, attempts = 0;

-- name: access_of :one -> access_row
-- in: household_id i64
-- out: at i64, state text, attempts i64
SELECT at, state, attempts FROM household_access WHERE household_id = $1;

-- name: access_next :one -> access_next_row
-- in: now i64
-- out: household_id i64, at i64, key_enc blob?
SELECT x.household_id, x.at, h.key_enc FROM household_access x JOIN household h ON h.id = x.household_id
WHERE x.state = 'asked' AND x.leased_until < $1 AND h.erased_at IS NULL ORDER BY x.at LIMIT 1;

-- name: access_claim :exec
-- in: household_id i64, at i64, now i64, until i64, most i64
UPDATE household_access SET leased_until = $4, attempts = attempts + 1,
  state = CASE WHEN attempts >= $5 THEN 'failed' ELSE state END
WHERE household_id = $1 AND at = $2 AND state = 'asked' AND leased_until < $3;

-- name: access_made :exec
-- in: household_id i64, at i64
UPDATE household_access SET state = 'made' WHERE household_id = $1 AND at = $2 AND state = 'asked';

-- name: access_part_put :exec
-- in: household_id i64, position i64, content_enc blob
INSERT INTO household_access_part (household_id, position, content_enc) VALUES ($1, $2, $3);

-- name: access_parts_of :many -> access_part_row
-- in: household_id i64
-- out: position i64, content_enc blob
SELECT position, content_enc FROM household_access_part WHERE household_id = $1 ORDER BY position;

-- name: access_parts_drop :exec
-- in: household_id i64
DELETE FROM household_access_part WHERE household_id = $1;

-- name: access_drop :exec
-- in: household_id i64
DELETE FROM household_access WHERE household_id = $1;

-- name: access_old :many -> access_old_row
-- in: before i64, most i64
-- out: household_id i64
SELECT household_id FROM household_access WHERE at < $1 LIMIT $2;
