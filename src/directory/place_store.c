/* Places into rows: identity, organisation, versions with what searching needs, history. */
#include "directory/place_store.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/timex.h"
#include "base/words.h"
#include "db/id.h"
#include "directory/place_import_sql.h"
#include "directory/place_opening.h"
#include "directory/place_values.h"
#include "directory/search.h"
#include "directory/traits.h"
#include "geo/geo.h"

/* ---- fingerprints ---- */

static void hash_field(crypto_generichash_state *all, str s, u8 *ret4)
{
	u8 tag[9] = { s.p != NULL };
	u64 n = s.n;
	memcpy(tag + 1, &n, sizeof n);
	crypto_generichash_update(all, tag, sizeof tag);
	crypto_generichash_update(all, (const u8 *)s.p, s.n);
	u8 own[crypto_generichash_BYTES_MIN] = { 0 };
	if (s.p)
		crypto_generichash(own, sizeof own, (const u8 *)s.p, s.n, NULL, 0);
	memcpy(ret4, own, 4);
}

str place_hash(struct arena *a, const struct place *p)
{
	u8 *h = arena_alloc(a, PLACE_HASH);
	crypto_generichash_state all;
	crypto_generichash_init(&all, NULL, 0, 16);
	for (size_t f = 0; f < P_COUNT; f++)
		hash_field(&all, p->f[f], h + 16 + 4 * f);
	crypto_generichash_final(&all, h, 16);
	return (str){ (const char *)h, PLACE_HASH };
}

void place_hash_differences(str before, str after, bool ret[P_COUNT])
{
	assert(after.n == PLACE_HASH);
	bool comparable = before.n == PLACE_HASH, any = false;
	for (size_t f = 0; f < P_COUNT; f++) {
		size_t at = 16 + 4 * f;
		ret[f] = !comparable || memcmp(before.p + at, after.p + at, 4) != 0;
		any |= ret[f];
	}
	for (size_t f = 0; f < P_COUNT && !any; f++)     /* two texts with the same four bytes: rare, and then all are taken */
		ret[f] = true;
}

/* ---- words ---- */

/* The words of a text that are not known yet go to place_word, together. */
static enum err add_words(struct db *db, struct place_words *words, str search_text)
{
	struct buf news = buf_new(db_arena(db), search_text.n + 1), backwards = buf_new(db_arena(db), search_text.n + 1);
	for (str rest = search_text, w; str_next(&rest, ' ', &w);) {
		u64 h = str_hash(w);
		u64 *slot = &words->known[(h >> 20) % lengthof(words->known)];
		if (!w.n || *slot == h || !str_ascii(w))
			continue;
		*slot = h;
		if (news.n) {
			buf_byte(&news, ' ');
			buf_byte(&backwards, ' ');
		}
		buf_put(&news, w);
		for (size_t i = w.n; i > 0; i--)
			buf_byte(&backwards, w.p[i - 1]);
	}
	return news.n ? import_words_put(db, buf_str(&news), buf_str(&backwards)) : OK;
}

/* ---- versions ---- */

struct derived { struct opt_f64 lat, lon; struct opt_i64 cell; str commune_key, name_text, search_text; };

static struct derived derive(struct arena *a, const struct place *p)
{
	struct derived d = {
		.commune_key = search_commune_key(a, p->f[P_COMMUNE]),
		.name_text = search_words(a, p->f[P_NOM]),
		.search_text = search_stems(a, search_place_text(a, p)),
	};
	double lat, lon;
	if (str_f64(p->f[P_LATITUDE], &lat) && str_f64(p->f[P_LONGITUDE], &lon)) {
		d.lat = (struct opt_f64){ lat, true };
		d.lon = (struct opt_f64){ lon, true };
		d.cell = (struct opt_i64){ grid_cell(lat, lon), true };
	}
	return d;
}

static enum err put_version(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p)
{
	struct derived d = derive(db_arena(db), p);
	i64 id = id_new();
	try(import_version_put(db, id, place_id, w->born, EPOCH_NEVER, d.lat, d.lon, d.cell, place_mask(P_SERVICES, p->f[P_SERVICES]),
		place_mask(P_PUBLICS, p->f[P_PUBLICS]), place_mask(P_FRAIS, p->f[P_FRAIS]), d.commune_key, d.name_text, d.search_text,
		p->f[P_PIVOT], p->f[P_NOM], p->f[P_COMMUNE], p->f[P_CODE_POSTAL], p->f[P_CODE_INSEE], p->f[P_ADRESSE],
		p->f[P_COMPLEMENT_ADRESSE], p->f[P_LATITUDE], p->f[P_LONGITUDE], p->f[P_TYPOLOGIE], p->f[P_TELEPHONE], p->f[P_COURRIELS],
		p->f[P_SITE_WEB], p->f[P_HORAIRES], p->f[P_PRESENTATION_RESUME], p->f[P_PRESENTATION_DETAIL], p->f[P_SOURCE],
		p->f[P_ITINERANCE], p->f[P_STRUCTURE_PARENTE], p->f[P_DATE_MAJ], p->f[P_SERVICES], p->f[P_PUBLICS], p->f[P_PRISE_EN_CHARGE],
		p->f[P_FRAIS], p->f[P_DISPOSITIFS], p->f[P_FORMATIONS], p->f[P_AUTRES_FORMATIONS], p->f[P_MODALITES_ACCES],
		p->f[P_MODALITES_ACCOMPAGNEMENT], p->f[P_FICHE_ACCES_LIBRE], p->f[P_PRISE_RDV], p->f[P_TELEPHONES], p->f[P_FERMETURES],
		p->f[P_PASS_ACCEPTE], p->f[P_LANGUES], p->f[P_PLAIN_PIED], p->f[P_ASCENSEUR], p->f[P_ARRET], p->f[P_TARIFS],
		p->f[P_TELEPHONER_AVANT], p->f[P_NOTES], place_traits(p)));
	if (db_engine(db) == DB_SQLITE)
		try(import_index_put(db, id, d.search_text));
	try(place_opening_store(db, id, p->f[P_HORAIRES], w->at));
	return add_words(db, words, d.search_text);
}

enum err place_store_seen(struct db *db, i64 place_id, i64 epoch, i64 *ret_version_id, struct place *ret)
{
	struct import_version_row r;
	try(import_version(db, place_id, epoch, &r));
	*ret_version_id = r.version_id;
	*ret = (struct place){ .place_id = place_id };
#define COPY(e, name) ret->f[P_##e] = r.name;
	COPY(PIVOT, pivot) COPY(NOM, nom) COPY(COMMUNE, commune) COPY(CODE_POSTAL, code_postal) COPY(CODE_INSEE, code_insee)
	COPY(ADRESSE, adresse) COPY(COMPLEMENT_ADRESSE, complement_adresse) COPY(LATITUDE, latitude) COPY(LONGITUDE, longitude)
	COPY(TYPOLOGIE, typologie) COPY(TELEPHONE, telephone) COPY(COURRIELS, courriels) COPY(SITE_WEB, site_web) COPY(HORAIRES, horaires)
	COPY(PRESENTATION_RESUME, presentation_resume) COPY(PRESENTATION_DETAIL, presentation_detail) COPY(SOURCE, source)
	COPY(ITINERANCE, itinerance) COPY(STRUCTURE_PARENTE, structure_parente) COPY(DATE_MAJ, date_maj) COPY(SERVICES, services)
	COPY(PUBLICS, publics_specifiquement_adresses) COPY(PRISE_EN_CHARGE, prise_en_charge_specifique) COPY(FRAIS, frais_a_charge)
	COPY(DISPOSITIFS, dispositif_programmes_nationaux) COPY(FORMATIONS, formations_labels) COPY(AUTRES_FORMATIONS, autres_formations_labels)
	COPY(MODALITES_ACCES, modalites_acces) COPY(MODALITES_ACCOMPAGNEMENT, modalites_accompagnement)
	COPY(FICHE_ACCES_LIBRE, fiche_acces_libre) COPY(PRISE_RDV, prise_rdv) COPY(TELEPHONES, telephones) COPY(FERMETURES, fermetures)
	COPY(PASS_ACCEPTE, pass_accepte) COPY(LANGUES, langues) COPY(PLAIN_PIED, plain_pied) COPY(ASCENSEUR, ascenseur) COPY(ARRET, arret)
	COPY(TARIFS, tarifs) COPY(TELEPHONER_AVANT, telephoner_avant) COPY(NOTES, notes)
#undef COPY
	return OK;
}

/* The list of all numbers once the first has changed: the new one, then those that were beside the old one. */
static str other_phones(struct arena *a, str list, str before, str now)
{
	str kept = now, one;
	for (str rest = list; list.n && str_next(&rest, '|', &one);)
		if (!str_eq(one, before) && !str_eq(one, now)) {
			str both[] = { kept, one };
			kept = kept.n ? str_join(a, both, 2, S("|")) : one;
		}
	return kept;
}

static enum err put_change(struct db *db, const struct place_writer *w, i64 place_id, const char *field, str before, str after)
{
	struct opt_i64 import = { w->import, w->import != 0 };
	return import_change_put(db, id_new(), place_id, str_c(field), before, after, w->at, w->born, import, w->author);
}

/* What a place would become; *ret_changed: whether that differs from what it is. */
static enum err merge(struct db *db, i64 epoch, i64 place_id, const struct place *p, const bool *chosen, i64 *ret_version_id,
	struct place *ret_now, struct place *ret_next, bool *ret_changed)
{
	struct place *now = ret_now, *next = ret_next;
	try(place_store_seen(db, place_id, epoch, ret_version_id, now));
	*next = *now;
	for (size_t f = P_PIVOT; f < P_COUNT; f++)
		if (p->f[f].p && (!chosen || chosen[f]))
			next->f[f] = p->f[f];
	if (!p->f[P_TELEPHONES].p && !str_eq(next->f[P_TELEPHONE], now->f[P_TELEPHONE]))
		next->f[P_TELEPHONES] = other_phones(db_arena(db), now->f[P_TELEPHONES], now->f[P_TELEPHONE], next->f[P_TELEPHONE]);
	*ret_changed = false;
	for (size_t f = P_PIVOT; f < P_COUNT; f++)
		*ret_changed |= !str_eq(now->f[f], next->f[f]);
	return OK;
}

enum err place_store_compare(struct db *db, i64 epoch, i64 place_id, const struct place *p, const bool *chosen, struct place *ret_now,
	struct place *ret_next, bool *ret_changed)
{
	i64 version_id;
	return merge(db, epoch, place_id, p, chosen, &version_id, ret_now, ret_next, ret_changed);
}

enum err place_store_fields(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p,
	const bool *chosen, bool *ret_changed)
{
	i64 version_id;
	struct place now, next;
	try(merge(db, w->epoch, place_id, p, chosen, &version_id, &now, &next, ret_changed));
	if (!*ret_changed)
		return OK;
	for (size_t f = P_PIVOT; f < P_COUNT; f++)
		if (!str_eq(now.f[f], next.f[f]))
			try(put_change(db, w, place_id, place_field_names[f], now.f[f], next.f[f]));
	try(import_version_die(db, version_id, w->born));
	return put_version(db, w, words, place_id, &next);
}

enum err place_store_back(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p)
{
	return put_version(db, w, words, place_id, p);
}

enum err place_store_again(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id)
{
	struct import_staged_row_list staged;
	struct place p = { 0 };
	bool changed;
	try(import_staged_changes(db, place_id, w->born, w->import, &staged));
	for (size_t i = 0; i < staged.n; i++)
		for (size_t f = P_PIVOT; f < P_COUNT; f++)
			if (str_eq(staged.v[i].field, str_c(place_field_names[f])))
				p.f[f] = staged.v[i].after.p ? staged.v[i].after : S("");
	if (!staged.n)
		return OK;
	try(import_index_forget(db, place_id, w->born));
	try(import_version_forget(db, place_id, w->born));
	try(import_changes_forget(db, place_id, w->born, w->import));
	enum err e = place_store_fields(db, w, words, place_id, &p, NULL, &changed);
	return e == NOT_FOUND ? OK : e;
}

/* ---- new places ---- */

/* Whose place it is: the organisation of its SIRET, else the one it names as its parent, else one of its own. */
static enum err organisation(struct db *db, const struct place_writer *w, const struct place *p, i64 *ret)
{
	str pivot = p->f[P_PIVOT], parent = p->f[P_STRUCTURE_PARENTE];
	struct import_organisation_row by_pivot;
	struct import_organisation_row2 by_name;
	bool known = !value_pivot_is_placeholder(pivot);
	enum err e = known ? import_organisation_by_pivot(db, pivot, &by_pivot) : NOT_FOUND;
	if (e == OK) {
		*ret = by_pivot.id;
		return OK;
	}
	if (e == NOT_FOUND && !known && parent.n) {
		e = import_organisation_by_name(db, parent, &by_name);
		if (e == OK) {
			*ret = by_name.id;
			return OK;
		}
	}
	if (e != NOT_FOUND)
		return e;
	*ret = id_new();
	str none = { NULL, 0 };
	return import_organisation_put(db, *ret, parent.n ? parent : p->f[P_NOM], known ? pivot : none, w->at);
}

static enum err free_public_id(struct db *db, str source, str id, str *ret)
{
	i64 n = 0;
	*ret = id;
	try(import_public_id(db, id, &n));
	for (int i = 1; n; i++) {
		*ret = i == 1 ? str_printf(db_arena(db), "%.*s--%.*s", STR_ARG(source), STR_ARG(id))
			: str_printf(db_arena(db), "%.*s--%.*s--%d", STR_ARG(source), STR_ARG(id), i);
		try(import_public_id(db, *ret, &n));
	}
	return OK;
}

/* All of a new place: what its source does not say is empty, not absent. */
static struct place whole_of(const struct place *p)
{
	struct place whole = *p;
	for (size_t f = 0; f < P_COUNT; f++)
		if (!whole.f[f].p)
			whole.f[f] = S("");
	if (!p->f[P_TELEPHONES].p)
		whole.f[P_TELEPHONES] = whole.f[P_TELEPHONE];
	return whole;
}

enum err place_store_gone(struct db *db, const struct place_writer *w, i64 place_id)
{
	struct import_public_row place;
	str none = { NULL, 0 };
	try(import_public(db, place_id, &place));
	return put_change(db, w, place_id, place_field_names[P_ID], place.public_id, none);
}

enum err place_store_returned(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p)
{
	struct import_public_row place;
	struct place whole = whole_of(p);
	str none = { NULL, 0 };
	try(import_public(db, place_id, &place));
	try(put_change(db, w, place_id, place_field_names[P_ID], none, place.public_id));
	return put_version(db, w, words, place_id, &whole);
}

enum err place_store_new(struct db *db, const struct place_writer *w, struct place_words *words, str source, const struct place *p,
	i64 *ret_place_id)
{
	i64 organisation_id, place_id = id_new();
	str public_id, none = { NULL, 0 };
	struct place whole = whole_of(p);
	try(organisation(db, w, &whole, &organisation_id));
	try(free_public_id(db, source, p->f[P_ID], &public_id));
	try(import_place_put(db, place_id, public_id, organisation_id, w->at, w->born));
	try(import_source_put(db, source, p->f[P_ID], place_id, w->born, EPOCH_NEVER));
	try(put_change(db, w, place_id, place_field_names[P_ID], none, public_id));
	*ret_place_id = place_id;
	return put_version(db, w, words, place_id, &whole);
}
