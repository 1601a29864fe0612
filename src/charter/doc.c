/* The document of an act: a text in force with its blanks filled for one family. What was filled is sealed with the hash of the whole, so that
 * it is the same at each printing, whatever is published since, and a changed text is found out. */
#include "charter/pages.h"

#include "base/pack.h"
#include "db/id.h"
#include "people/people.h"

#define DOTS S("……………………")
#define FILLED_MAX ((size_t)16 << 10)

static const struct { const char *code; enum lang lang; } codes[] = { { "fr", LANG_FR }, { "simple", LANG_SIMPLE }, { "en", LANG_EN }, { "ar", LANG_AR } };
const struct choice charter_lang_choices[] = {
	{ "fr", N_("français") }, { "simple", N_("version simple") }, { "en", N_("anglais") }, { "ar", N_("arabe") }, { NULL, NULL },
};

bool charter_lang_of(str code, enum lang *ret)
{
	for (size_t i = 0; i < lengthof(codes); i++)
		if (str_eq(code, str_c(codes[i].code))) {
			*ret = codes[i].lang;
			return true;
		}
	return false;
}

str charter_lang_code(enum lang l)
{
	for (size_t i = 0; i < lengthof(codes); i++)
		if (codes[i].lang == l)
			return str_c(codes[i].code);
	return S("fr");
}

str charter_lang_label(const struct view *v, enum lang l)
{
	return choice_shown(v, charter_lang_choices, charter_lang_code(l));
}

struct charter_values charter_no_values(void)
{
	struct charter_values none;
	for (size_t i = 0; i < CB_COUNT; i++)
		none.v[i] = DOTS;
	return none;
}

/* ---- what is hashed ---- */

static str hash_of_doc(struct arena *a, const struct charter_doc *d)
{
	struct buf b = buf_new(a, (size_t)1 << 20);
	char *hash = arena_alloc(a, CHARTER_HASH);
	const str parts[] = { d->french, S("\f"), d->other.p ? d->other : S(""), S("\f"), d->review_who, S("\f"), d->review_day };
	for (size_t i = 0; i < lengthof(parts); i++)
		buf_put(&b, parts[i]);
	charter_hash_of(buf_str(&b), (u8 *)hash);
	return (str){ hash, CHARTER_HASH };
}

/* The texts of a version, filled. NOT_FOUND: it has no French. */
static enum err fill(struct db *db, struct arena *a, i64 version_id, struct charter_doc *d)
{
	struct charter_text_row fr, other;
	try(charter_text_of(db, version_id, S("fr"), &fr));
	d->text_hash = fr.hash;
	d->french = charter_fill(a, fr.body, LANG_FR, &d->values);
	d->other = (str){ 0 };
	if (d->lang == LANG_FR)
		return OK;
	try(charter_text_of(db, version_id, charter_lang_code(d->lang), &other));
	d->other = charter_fill(a, other.body, d->lang, &d->values);
	return OK;
}

/* ---- reading ---- */

static bool unpack_doc(str packed, struct charter_doc *d, str *ret_hash)
{
	struct unpack u = { .rest = packed };
	for (size_t i = 0; i < CB_COUNT; i++)
		d->values.v[i] = unpack_str(&u);
	d->review_who = unpack_str(&u);
	d->review_day = unpack_str(&u);
	*ret_hash = unpack_str(&u);
	return unpack_done(&u);
}

enum err charter_doc_read(struct db *db, const struct vault_asker *vault, str purpose, const struct charter_act_row *act, struct charter_doc *ret)
{
	struct vault_own item = charter_own(vault->a, act, "charter_act:filled", act->id, act->filled_enc);
	struct charter_numbered_row version;
	str packed, hash;
	*ret = (struct charter_doc){ .devices = act->devices };
	if (!charter_lang_of(act->lang, &ret->lang))
		return INVALID;
	try(vault_open_own(vault, purpose, &item, 1, &packed));
	try(charter_version_numbered(db, act->version_id, &version));
	ret->number = version.number;
	ret->from_day = version.from_day;
	ret->signers = version.signers;
	if (!unpack_doc(packed, ret, &hash))
		return INVALID;
	try(fill(db, vault->a, act->version_id, ret));
	ret->hash = hash_of_doc(vault->a, ret);
	return str_eq(ret->hash, hash) ? OK : INVALID;
}

/* ---- preparing ---- */

static enum err put_places(struct db *db, struct arena *a, i64 file_id, struct charter_values *values)
{
	struct charter_place_row_list rows;
	struct buf schools = buf_new(a, 2000), associations = buf_new(a, 2000);
	try(charter_places(db, file_id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		buf_printf(&schools, "%s%.*s", schools.n ? ", " : "", STR_ARG(rows.v[i].school));
		if (rows.v[i].association.n && str_find(buf_str(&associations), rows.v[i].association) < 0)
			buf_printf(&associations, "%s%.*s", associations.n ? ", " : "", STR_ARG(rows.v[i].association));
	}
	values->v[CB_SCHOOL] = schools.n ? buf_str(&schools) : DOTS;
	values->v[CB_ASSOCIATION] = associations.n ? buf_str(&associations) : DOTS;
	return OK;
}

static enum err put_review(struct db *db, i64 version_id, struct charter_doc *d)
{
	struct charter_text_row text;
	struct charter_review_row review;
	d->review_who = d->review_day = S("");
	if (d->lang == LANG_FR)
		return OK;
	try(charter_text_of(db, version_id, charter_lang_code(d->lang), &text));
	enum err e = charter_review_of(db, version_id, text.lang, text.hash, &review);
	if (e == OK) {
		d->review_who = review.who;
		d->review_day = review.day;
	}
	return e == NOT_FOUND ? OK : e;
}

static str pack_doc(struct arena *a, const struct charter_doc *d)
{
	struct buf b = buf_new(a, FILLED_MAX);
	for (size_t i = 0; i < CB_COUNT; i++)
		pack_str(&b, d->values.v[i]);
	pack_str(&b, d->review_who);
	pack_str(&b, d->review_day);
	pack_str(&b, d->hash);
	return b.full ? (str){ 0 } : buf_str(&b);
}

enum err charter_prepare(struct db *db, const struct vault_asker *vault, const struct city *city, const struct campaign *c, const struct file *f,
	const struct household *h, enum lang lang, i64 devices, struct charter_prepare *ret)
{
	struct arena *a = vault->a;
	struct charter_version_row version;
	struct charter_text_row text;
	struct charter_doc d = { .lang = lang };
	try(charter_version_in_force(db, c->id, date_iso(a, today_paris()), &version));
	enum err e = charter_text_of(db, version.id, charter_lang_code(lang), &text);
	if (e == NOT_FOUND)
		d.lang = LANG_FR;                /* not translated: French alone */
	else if (e != OK)
		return e;
	d.values = charter_no_values();
	d.values.v[CB_FAMILY] = household_name(a, h);
	d.values.v[CB_CITY] = city->name;
	d.values.v[CB_ORGANISATION] = c->organisation;
	d.values.v[CB_CAMPAIGN] = c->f[C_NAME];
	d.values.v[CB_NUMBER] = str_printf(a, "%lld", (long long)devices);
	d.values.v[CB_FILE] = f->public_id;
	try(put_places(db, a, f->id, &d.values));
	try(put_review(db, version.id, &d));
	try(fill(db, a, version.id, &d));
	d.hash = hash_of_doc(a, &d);
	str packed = pack_doc(a, &d);
	*ret = (struct charter_prepare){ .id = id_new(), .file_id = f->id, .household_id = h->id, .version_id = version.id, .devices = devices, .lang = d.lang };
	struct charter_act_row act = { .household_id = h->id, .key_enc = h->key };
	struct vault_own item = charter_own(a, &act, "charter_act:filled", ret->id, packed);
	return packed.p ? vault_seal_own(vault, &item, 1, &ret->filled) : INVALID;
}
