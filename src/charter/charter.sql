-- The charter: its texts, and the acts that families sign (migrations/0045_charter.sql).

-- ---- texts ----

-- name: charter_version_by_id :one -> charter_version_row
-- in: id i64, campaign_id i64
-- out: id i64, campaign_id i64, number i64, from_day text?, version i64, user_id i64, at i64, published_by i64?, published_at i64?, signers text
SELECT id, campaign_id, number, from_day, version, user_id, at, published_by, published_at, signers FROM charter_version WHERE id = $1 AND campaign_id = $2;

-- name: charter_versions :many -> charter_version_row
-- in: campaign_id i64, most i64
-- out: id i64, campaign_id i64, number i64, from_day text?, version i64, user_id i64, at i64, published_by i64?, published_at i64?, signers text
SELECT id, campaign_id, number, from_day, version, user_id, at, published_by, published_at, signers FROM charter_version WHERE campaign_id = $1
ORDER BY number DESC LIMIT $2;

-- name: charter_version_in_force :one -> charter_version_row
-- in: campaign_id i64, day text
-- out: id i64, campaign_id i64, number i64, from_day text?, version i64, user_id i64, at i64, published_by i64?, published_at i64?, signers text
SELECT id, campaign_id, number, from_day, version, user_id, at, published_by, published_at, signers FROM charter_version
WHERE campaign_id = $1 AND from_day <= $2 ORDER BY from_day DESC, number DESC LIMIT 1;

-- name: charter_version_last :scalar
-- in: campaign_id i64
-- out: n i64
SELECT COALESCE(max(number), 0) AS n FROM charter_version WHERE campaign_id = $1;

-- name: charter_version_put :exec
-- in: id i64, campaign_id i64, number i64, user_id i64, at i64, signers text
INSERT INTO charter_version (id, campaign_id, number, version, user_id, at, signers) VALUES ($1, $2, $3, 1, $4, $5, $6);

-- name: charter_version_signers :exec
-- in: id i64, version i64, signers text
UPDATE charter_version SET signers = $3, version = version + 1 WHERE id = $1 AND version = $2 AND from_day IS NULL;

-- name: charter_version_touch :exec
-- in: id i64, version i64
UPDATE charter_version SET version = version + 1 WHERE id = $1 AND version = $2 AND from_day IS NULL;

-- name: charter_version_publish :exec
-- in: id i64, version i64, from_day text, user_id i64, at i64
UPDATE charter_version SET from_day = $3, published_by = $4, published_at = $5, version = version + 1 WHERE id = $1 AND version = $2 AND from_day IS NULL;

-- name: charter_version_drop :exec
-- in: id i64, version i64
DELETE FROM charter_version WHERE id = $1 AND version = $2 AND from_day IS NULL;

-- name: charter_texts :many -> charter_text_row
-- in: version_id i64
-- out: id i64, lang text, body text, hash blob, at i64
SELECT id, lang, body, hash, at FROM charter_text WHERE version_id = $1
ORDER BY CASE lang WHEN 'fr' THEN 0 WHEN 'simple' THEN 1 WHEN 'en' THEN 2 ELSE 3 END;

-- name: charter_text_of :one -> charter_text_row
-- in: version_id i64, lang text
-- out: id i64, lang text, body text, hash blob, at i64
SELECT id, lang, body, hash, at FROM charter_text WHERE version_id = $1 AND lang = $2;

-- name: charter_text_put :exec
-- in: id i64, version_id i64, lang text, body text, hash blob, user_id i64, at i64
INSERT INTO charter_text (id, version_id, lang, body, hash, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (version_id, lang) DO UPDATE SET body = EXCLUDED.body, hash = EXCLUDED.hash, user_id = EXCLUDED.user_id, at = EXCLUDED.at;

-- name: charter_text_drop :exec
-- in: version_id i64, lang text
DELETE FROM charter_text WHERE version_id = $1 AND lang = $2;

-- name: charter_texts_drop :exec
-- in: version_id i64
DELETE FROM charter_text WHERE version_id = $1;

-- name: charter_review_put :exec
-- in: id i64, version_id i64, lang text, hash blob, who text, day text, user_id i64, at i64
INSERT INTO charter_review (id, version_id, lang, hash, who, day, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: charter_reviews_drop :exec
-- in: version_id i64
DELETE FROM charter_review WHERE version_id = $1;

-- name: charter_review_of :one -> charter_review_row
-- in: version_id i64, lang text, hash blob
-- out: who text, day text
SELECT who, day FROM charter_review WHERE version_id = $1 AND lang = $2 AND hash = $3 ORDER BY at DESC, id DESC LIMIT 1;

-- ---- acts ----

-- The one that is being signed or was; a cancelled one is history.
-- name: charter_act_of_file :one -> charter_act_row
-- in: file_id i64
-- out: id i64, file_id i64, household_id i64, version_id i64, lang text, devices i64, filled_enc blob, state text, version i64, pdf text, at i64, key_enc blob?, signers text
SELECT a.id, a.file_id, a.household_id, a.version_id, a.lang, a.devices, a.filled_enc, a.state, a.version, a.pdf, a.at, h.key_enc, v.signers
FROM charter_act a JOIN household h ON h.id = a.household_id JOIN charter_version v ON v.id = a.version_id WHERE a.file_id = $1 AND a.state <> 'cancelled';

-- name: charter_act_by_id :one -> charter_act_row
-- in: id i64
-- out: id i64, file_id i64, household_id i64, version_id i64, lang text, devices i64, filled_enc blob, state text, version i64, pdf text, at i64, key_enc blob?, signers text
SELECT a.id, a.file_id, a.household_id, a.version_id, a.lang, a.devices, a.filled_enc, a.state, a.version, a.pdf, a.at, h.key_enc, v.signers
FROM charter_act a JOIN household h ON h.id = a.household_id JOIN charter_version v ON v.id = a.version_id WHERE a.id = $1;

-- name: charter_act_put :exec
-- in: id i64, file_id i64, household_id i64, version_id i64, lang text, devices i64, filled_enc blob, user_id i64, at i64
INSERT INTO charter_act (id, file_id, household_id, version_id, lang, devices, filled_enc, state, version, pdf, pdf_tries, pdf_until, user_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'prepared', 1, 'waiting', 0, 0, $8, $9) ON CONFLICT DO NOTHING;

-- name: charter_act_move :exec
-- in: id i64, version i64, state text
UPDATE charter_act SET state = $3, version = version + 1 WHERE id = $1 AND version = $2 AND state <> 'cancelled';

-- Of all states, the latest first, for a household's own file.
-- name: charter_acts_of_household :many -> charter_held_row
-- in: scope i64
-- out: id i64, file_id i64, household_id i64, number i64, campaign text, named text, lang text, devices i64, state text, at i64, filled_enc blob, key_enc blob?
SELECT a.id, a.file_id, a.household_id, v.number, c.name AS campaign, c.named, a.lang, a.devices, a.state, a.at, a.filled_enc, h.key_enc
FROM charter_act a JOIN charter_version v ON v.id = a.version_id JOIN campaign c ON c.id = v.campaign_id JOIN household h ON h.id = a.household_id
WHERE (h.id = $1 OR h.merged_into = $1) AND h.erased_at IS NULL ORDER BY a.id DESC LIMIT 20;

-- Files whose charter is to be signed, by school.
-- name: charter_to_sign :many -> charter_to_sign_row
-- in: scope i64, school_id i64, only_prepared i64, most i64
-- out: id i64, public_id text, root i64, version i64, since_day text, act_id i64?, act_lang text?, signatures i64, signers text?, school text?, class text?
SELECT f.id, f.public_id, r.id AS root, f.version, f.since_day, a.id AS act_id, a.lang AS act_lang,
  (SELECT count(*) FROM charter_signature s WHERE s.act_id = a.id AND s.withdrawn_at IS NULL) AS signatures,
  (SELECT v.signers FROM charter_version v WHERE v.id = a.version_id) AS signers,
  (SELECT min(s.name) FROM family_file_child c JOIN school s ON s.id = c.school_id WHERE c.file_id = f.id) AS school,
  (SELECT min(c.class) FROM family_file_child c WHERE c.file_id = f.id) AS class
FROM family_file f JOIN household h ON h.id = f.household_id JOIN household r ON r.id = COALESCE(h.merged_into, h.id)
LEFT JOIN charter_act a ON a.file_id = f.id AND a.state <> 'cancelled'
WHERE f.campaign_id = $1 AND f.state = 'eligible' AND r.erased_at IS NULL AND ($3 = 0 OR a.id IS NOT NULL)
  AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_file_child c WHERE c.file_id = f.id AND c.school_id = $2))
ORDER BY school, f.since_day, f.id LIMIT $4;

-- ---- signatures ----

-- name: charter_signature_put :exec
-- in: id i64, act_id i64, role text, quality text, way text, day text, name_enc blob, order_number text, order_day text, user_id i64, at i64
INSERT INTO charter_signature (id, act_id, role, quality, way, day, name_enc, order_number, order_day, user_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING;

-- name: charter_signatures :many -> charter_signature_row
-- in: act_id i64
-- out: id i64, role text, quality text, way text, day text, name_enc blob, order_number text, order_day text, user_id i64, at i64
SELECT id, role, quality, way, day, name_enc, order_number, order_day, user_id, at FROM charter_signature WHERE act_id = $1 AND withdrawn_at IS NULL
ORDER BY CASE role WHEN 'family' THEN 0 WHEN 'city' THEN 1 WHEN 'education' THEN 2 WHEN 'establishment' THEN 3 ELSE 4 END;

-- name: charter_signature_withdraw :exec
-- in: id i64, act_id i64, at i64
UPDATE charter_signature SET withdrawn_at = $3 WHERE id = $1 AND act_id = $2 AND withdrawn_at IS NULL;

-- ---- history ----

-- name: charter_event_put :exec
-- in: id i64, act_id i64, kind text, what text, day text, reason text, user_id i64, at i64
INSERT INTO charter_event (id, act_id, kind, what, day, reason, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- Of all the acts of a file.
-- name: charter_events :many -> charter_event_row
-- in: scope i64, most i64
-- out: id i64, act_id i64, kind text, what text, day text, reason text, user_id i64, at i64
SELECT e.id, e.act_id, e.kind, e.what, e.day, e.reason, e.user_id, e.at FROM charter_event e JOIN charter_act a ON a.id = e.act_id
WHERE a.file_id = $1 ORDER BY e.id DESC LIMIT $2;

-- ---- copies and the document to print ----

-- name: charter_file_put :exec
-- in: id i64, act_id i64, kind text, type text, size i64, user_id i64, at i64
INSERT INTO charter_file (id, act_id, kind, type, size, user_id, at, gone_why) VALUES ($1, $2, $3, $4, $5, $6, $7, '');

-- name: charter_files :many -> charter_file_row
-- in: act_id i64, kind text
-- out: id i64, act_id i64, kind text, type text, size i64, user_id i64, at i64, gone_at i64?, gone_why text
SELECT id, act_id, kind, type, size, user_id, at, gone_at, gone_why FROM charter_file WHERE act_id = $1 AND kind = $2 ORDER BY id LIMIT 20;

-- Of any act of that file; one that is gone is not there.
-- name: charter_copy_of :one -> charter_file_row
-- in: id i64, of_file i64
-- out: id i64, act_id i64, kind text, type text, size i64, user_id i64, at i64, gone_at i64?, gone_why text
SELECT d.id, d.act_id, d.kind, d.type, d.size, d.user_id, d.at, d.gone_at, d.gone_why FROM charter_file d JOIN charter_act a ON a.id = d.act_id
WHERE d.id = $1 AND a.file_id = $2 AND d.kind = 'copy' AND d.gone_at IS NULL;

-- name: charter_file_gone :exec
-- in: id i64, why text, at i64
UPDATE charter_file SET gone_at = $3, gone_why = $2 WHERE id = $1 AND gone_at IS NULL;

-- name: charter_part_put :exec
-- in: id i64, file_id i64, position i64, content_enc blob
INSERT INTO charter_part (id, file_id, position, content_enc) VALUES ($1, $2, $3, $4);

-- name: charter_parts :many -> charter_part_row
-- in: file_id i64
-- out: id i64, content_enc blob
SELECT id, content_enc FROM charter_part WHERE file_id = $1 ORDER BY position;

-- name: charter_parts_drop :exec
-- in: file_id i64
DELETE FROM charter_part WHERE file_id = $1;

-- ---- the document, by the jobs process ----

-- name: charter_pdf_next :scalar
-- in: now i64
-- out: id i64
SELECT a.id FROM charter_act a JOIN household h ON h.id = a.household_id
WHERE a.pdf = 'waiting' AND a.pdf_until < $1 AND a.state <> 'cancelled' AND h.erased_at IS NULL ORDER BY a.pdf_until, a.id LIMIT 1;

-- name: charter_pdf_claim :exec
-- in: id i64, now i64, until i64
UPDATE charter_act SET pdf_tries = pdf_tries + 1, pdf_until = $3 WHERE id = $1 AND pdf = 'waiting' AND pdf_until < $2;

-- name: charter_pdf_end :exec
-- in: id i64, tries_most i64, made i64
UPDATE charter_act SET pdf = CASE WHEN $3 = 1 THEN 'made' WHEN pdf_tries >= $2 THEN 'failed' ELSE 'waiting' END WHERE id = $1 AND pdf = 'waiting';

-- name: charter_pdf_again :exec
-- in: id i64
UPDATE charter_act SET pdf = 'waiting', pdf_tries = 0, pdf_until = 0 WHERE id = $1 AND pdf = 'failed';

-- ---- forgetting ----

-- Copies and documents whose time is over: the loan has ended before `ended` (a day), or the act was cancelled or its file ended without a loan
-- before `unused`, or the household was erased.
-- name: charter_files_over :many -> charter_over_row
-- in: scope i64, ended text, unused text, most i64
-- out: id i64, file_id i64, household_id i64
SELECT d.id, a.file_id, a.household_id FROM charter_file d JOIN charter_act a ON a.id = d.act_id JOIN family_file f ON f.id = a.file_id
JOIN household h ON h.id = a.household_id
WHERE d.gone_at IS NULL AND $1 = 0 AND (h.erased_at IS NOT NULL OR (f.state IN ('kept', 'returned', 'lost') AND f.since_day < $2)
  OR (f.state IN ('withdrawn', 'unreachable', 'not_eligible', 'joined') AND f.since_day < $3)
  OR (a.state = 'cancelled' AND f.since_day < $3 AND EXISTS (SELECT 1 FROM charter_event e WHERE e.act_id = a.id AND e.kind = 'cancelled' AND e.day < $3)))
ORDER BY d.id LIMIT $4;

-- For the demonstration.
-- name: charter_demo_campaign :scalar
-- out: id i64
SELECT id FROM campaign ORDER BY id LIMIT 1;

-- name: charter_demo_files :many -> charter_demo_row
-- in: scope i64, most i64
-- out: id i64, public_id text, state text, root i64
SELECT f.id, f.public_id, f.state, COALESCE(h.merged_into, h.id) AS root FROM family_file f JOIN household h ON h.id = f.household_id
WHERE f.campaign_id = $1 AND h.erased_at IS NULL AND f.state IN ('eligible', 'signed', 'allocated', 'handed_over', 'followed') ORDER BY f.public_id LIMIT $2;

-- name: charter_version_numbered :one -> charter_numbered_row
-- in: id i64
-- out: number i64, from_day text?, signers text
SELECT number, from_day, signers FROM charter_version WHERE id = $1;

-- The schools for which a family was named, and who accompanies families there.
-- name: charter_places :many -> charter_place_row
-- in: scope i64
-- out: school text, association text
SELECT DISTINCT s.name AS school, COALESCE(w.association, '') AS association FROM family_file f JOIN family_file_child c ON c.file_id = f.id
JOIN school s ON s.id = c.school_id LEFT JOIN wave_school w ON w.wave_id = f.wave_id AND w.school_id = s.id WHERE f.id = $1 ORDER BY 1, 2;

-- Schools of the files that are to be signed.
-- name: charter_schools :many -> charter_school_row
-- in: scope i64
-- out: uai text, school text
SELECT DISTINCT s.uai, s.name AS school FROM family_file f JOIN family_file_child c ON c.file_id = f.id JOIN school s ON s.id = c.school_id
WHERE f.campaign_id = $1 AND f.state = 'eligible' ORDER BY 2, 1 LIMIT 60;
