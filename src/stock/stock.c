/* A device in the database: entered, reserved, lent, given, back; each move in its history and in the audit log. */
#include "stock/stock.h"

#include "audit/audit.h"
#include "base/code.h"
#include "base/timex.h"
#include "db/id.h"
#include "html/format.h"
#include "stock/label.h"
#include "stock/stock_sql.h"

#define OF_FILE_MOST 8

const struct stock_words stock_states[SS_COUNT] = {
	[SS_IN_STOCK] = { "in_stock", N_("En stock") },
	[SS_RESERVED] = { "reserved", N_("Réservé") },
	[SS_LENT] = { "lent", N_("Prêté") },
	[SS_RETURNED] = { "returned", N_("Rendu, à vérifier") },
	[SS_IN_REPAIR] = { "in_repair", N_("En réparation") },
	[SS_LOST] = { "lost", N_("Perdu ou volé") },
	[SS_GONE] = { "gone", N_("Sorti du stock") },
};
const struct stock_words stock_kinds[] = {
	{ "laptop", N_("Portable") }, { "desktop", N_("Fixe") }, { "tablet", N_("Tablette") }, { NULL, NULL },
};
const struct stock_words stock_grades[] = {
	{ "A", N_("A : comme neuf") }, { "B", N_("B : bon état, quelques traces") }, { "C", N_("C : usé, il marche") }, { NULL, NULL },
};
const struct stock_reason stock_reasons[] = {
	{ SS_GONE, "entered-wrongly", N_("entré par erreur") },
	{ SS_GONE, "recycled", N_("hors d’usage, parti au recyclage") },
	{ SS_GONE, "parts", N_("démonté pour ses pièces") },
	{ SS_GONE, "handed-back", N_("rendu à son propriétaire") },
	{ SS_GONE, "given-body", N_("donné à une association") },
	{ SS_LOST, "lost", N_("perdu") },
	{ SS_LOST, "stolen", N_("volé") },
	{ SS_IN_REPAIR, "fault", N_("panne") },
	{ SS_RETURNED, "finished", N_("rendu par la famille") },
	{ SS_RETURNED, "found", N_("retrouvé") },
	{ SS_RETURNED, "broken", N_("pas réparable") },
	{ SS_RETURNED, "unfit", N_("il ne convenait pas") },
	{ SS_IN_STOCK, "checked", N_("vérifié, prêt") },
	{ SS_IN_STOCK, "mistake", N_("noté par erreur") },
	{ SS_COUNT, NULL, NULL },
};

/* ---- reading ---- */

static struct device device_of_row(const struct device_row *r)
{
	struct device d = { .id = r->id, .organisation_id = r->organisation_id, .file_id = r->file_id.set ? r->file_id.v : 0, .memory_gb = r->memory_gb,
		.disk_gb = r->disk_gb, .screen_tenths = r->screen_tenths, .version = r->version, .label = r->label, .owner = r->owner, .kind = r->kind,
		.model = r->model, .serial = r->serial, .grade = r->grade, .os = r->os, .state = SS_GONE };
	if (!stock_owner_of(r->owner_kind, &d.owner_kind))
		d.owner_kind = OWNER_CITY;       /* which may give the least */
	for (enum stock_state s = 0; s < SS_COUNT; s++)
		if (str_eq(r->state, str_c(stock_states[s].code)))
			d.state = s;
	return d;
}

enum err stock_get(struct db *db, i64 id, struct device *ret)
{
	struct device_row row;
	try(device_by_id(db, id, &row));
	*ret = device_of_row(&row);
	return OK;
}

enum err stock_by_label(struct db *db, str typed, struct device *ret)
{
	struct device_row row;
	str label;
	if (!label_read(db_arena(db), typed, &label))
		return INVALID;
	try(device_by_label(db, label, &row));
	*ret = device_of_row(&row);
	return OK;
}

static struct devices devices_of_rows(struct arena *a, const struct device_row_list *rows)
{
	struct devices d = { .v = arena_many(a, struct device, rows->n + 1) };
	for (; d.n < rows->n; d.n++)
		d.v[d.n] = device_of_row(&rows->v[d.n]);
	return d;
}

enum err stock_free_list(struct db *db, i64 organisation_id, i64 most, struct devices *ret)
{
	struct device_row_list rows;
	try(devices_free(db, organisation_id, most, &rows));
	*ret = devices_of_rows(db_arena(db), &rows);
	return OK;
}

enum err stock_of_file(struct db *db, i64 file_id, struct devices *ret)
{
	struct device_row_list rows;
	try(devices_of_file(db, file_id, &rows));
	*ret = devices_of_rows(db_arena(db), &rows);
	return OK;
}

enum err stock_loan_now(struct db *db, i64 device_id, struct stock_loan *ret)
{
	struct device_loan_row row;
	try(device_loan_live(db, device_id, &row));
	*ret = (struct stock_loan){ row.id, row.device_id, row.file_id, str_eq(row.title, S("gift")), row.spare != 0, row.from_day };
	return OK;
}

/* ---- words ---- */

str stock_label_fault(const struct view *v, str typed)
{
	str plain = code_plain(v->a, typed);
	return plain.n == LABEL_SIGNS && plain.p[0] == 'P' ? _("Un signe est faux : relisez l’étiquette.")
		: _("Aucune étiquette ne s’écrit ainsi : elle commence par P et a huit signes. Relisez-la.");
}

str stock_label(struct arena *a, str label)
{
	return str_printf(a, "%.*s-%.*s", STR_ARG(str_slice(label, 0, 4)), STR_ARG(str_slice(label, 4, SIZE_MAX)));
}

static str kind_words(const struct view *v, str kind)
{
	for (const struct stock_words *w = stock_kinds; w->code; w++)
		if (str_eq(kind, str_c(w->code)))
			return tr(v->lang, w->label);
	return kind;
}

str stock_device_words(const struct view *v, const struct device *d)
{
	return _f("{1}, {2}", kind_words(v, d->kind), d->model);
}

str stock_device_facts(const struct view *v, const struct device *d)
{
	str facts[4];
	size_t n = 0;
	if (d->memory_gb)
		facts[n++] = _f("{1} Go de mémoire", number_shown(v->a, v->lang, d->memory_gb));
	if (d->disk_gb)
		facts[n++] = _f("disque de {1} Go", number_shown(v->a, v->lang, d->disk_gb));
	if (d->screen_tenths)
		facts[n++] = _f("{1} pouces", d->screen_tenths % 10 ? str_printf(v->a, "%lld%s%lld", (long long)d->screen_tenths / 10,
			v->lang == LANG_EN ? "." : ",", (long long)d->screen_tenths % 10) : number_shown(v->a, v->lang, d->screen_tenths / 10));
	if (d->os.n)
		facts[n++] = d->os;
	return str_join(v->a, facts, n, S(", "));
}

/* ---- writing ---- */

static bool reason_fits(enum stock_state to, str code)
{
	for (const struct stock_reason *r = stock_reasons; r->code; r++)
		if (r->to == to && str_eq(code, str_c(r->code)))
			return true;
	return code.n == 0 && to != SS_GONE;
}

static enum err write_down(struct db *db, const struct device *d, const char *action, str detail, const struct stock_doer *who)
{
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = action, .object = "device",
		.object_id = d->id, .detail = detail });
}

struct moving { const struct device *d; enum stock_state to; i64 file_id, concerned; str reason; const struct stock_doer *who; };

/* file_id: whose it is from then on; concerned: whom the history names. */
static enum err move(struct db *db, const struct moving *m)
{
	const struct device *d = m->d;
	try(device_move(db, d->id, d->version, str_c(stock_states[m->to].code), (struct opt_i64){ m->file_id, m->file_id != 0 }));
	if (!db_changes(db))
		return CONFLICT;
	try(device_event_put(db, id_new(), d->id, S("state"), str_c(stock_states[d->state].code), str_c(stock_states[m->to].code), m->reason,
		(struct opt_i64){ m->concerned, m->concerned != 0 }, m->who->user_id, now_ms()));
	return write_down(db, d, "device.move", str_printf(db_arena(db), "from=%s to=%s", stock_states[d->state].code, stock_states[m->to].code), m->who);
}

enum err stock_reserve(struct db *db, const struct device *d, i64 file_id, const struct stock_doer *who)
{
	if (d->state != SS_IN_STOCK)
		return INVALID;
	return move(db, &(struct moving){ d, SS_RESERVED, file_id, file_id, S(""), who });
}

enum err stock_release(struct db *db, const struct device *d, const struct stock_doer *who)
{
	if (d->state != SS_RESERVED)
		return INVALID;
	return move(db, &(struct moving){ d, SS_IN_STOCK, 0, d->file_id, S(""), who });
}

enum err stock_lend(struct db *db, const struct device *d, const struct stock_loan *l, const struct stock_doer *who)
{
	if (d->state != SS_IN_STOCK && (d->state != SS_RESERVED || d->file_id != l->file_id))
		return INVALID;
	try(device_loan_put(db, id_new(), d->id, l->file_id, l->gift ? S("gift") : S("loan"), l->spare, l->from_day, d->state == SS_RESERVED));
	return move(db, &(struct moving){ d, l->gift ? SS_GONE : SS_LENT, l->gift ? 0 : l->file_id, l->file_id, l->gift ? S("given") : S(""), who });
}

enum err stock_lend_undo(struct db *db, const struct device *d, const struct stock_doer *who)
{
	struct device_loan_row l;
	enum err e = device_loan_live(db, d->id, &l);
	if (e != OK)
		return e == NOT_FOUND ? INVALID : e;
	try(device_loan_end(db, d->id, date_iso(db_arena(db), today_paris()), S("mistake")));
	return move(db, &(struct moving){ d, l.from_reserved ? SS_RESERVED : SS_IN_STOCK, l.from_reserved ? l.file_id : 0, l.file_id, S("mistake"), who });
}

enum err stock_back(struct db *db, const struct device *d, enum stock_state to, str day, str reason, const struct stock_doer *who)
{
	bool fits = to == SS_IN_STOCK || to == SS_RETURNED || to == SS_IN_REPAIR || to == SS_LOST;
	if (d->state != SS_LENT || !fits || !reason_fits(to, reason))
		return INVALID;
	try(device_loan_end(db, d->id, day, reason));
	return move(db, &(struct moving){ d, to, 0, d->file_id, reason, who });
}

static bool in_hands(enum stock_state s) { return s == SS_RESERVED || s == SS_LENT; }

enum err stock_move(struct db *db, const struct device *d, enum stock_state to, str reason, const struct stock_doer *who)
{
	struct device_loan_row given;
	if (in_hands(d->state) || in_hands(to) || d->state == to || !reason_fits(to, reason))
		return INVALID;
	enum err e = device_loan_live(db, d->id, &given);
	if (e != NOT_FOUND)
		return e == OK ? INVALID : e;    /* given to a family: undone as it was done */
	return move(db, &(struct moving){ d, to, 0, 0, reason, who });
}

enum err stock_add(struct db *db, struct device *v, size_t n, const struct stock_doer *who)
{
	i64 now = now_ms();
	for (size_t i = 0; i < n; i++) {
		struct device *d = &v[i];
		d->id = id_new();
		d->label = d->label.n ? d->label : label_new(db_arena(db));
		try(device_insert(db, d->id, d->label, d->organisation_id, d->owner, str_c(stock_owners[d->owner_kind].code), d->kind, d->model, d->serial, d->grade,
			d->memory_gb, d->disk_gb, d->screen_tenths, d->os, now));
		try(device_event_put(db, id_new(), d->id, S(""), S(""), S("in_stock"), S(""), (struct opt_i64){ 0 }, who->user_id, now));
		try(write_down(db, d, "device.add", S(""), who));
	}
	return OK;
}
