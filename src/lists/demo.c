/* The demonstration's lists: one that was taken, and one that was checked, with families to look at. All invented. */
#include "db/id.h"
#include "lists/pages.h"

#define HEAD "Nom de l’élève;Prénom;Classe;École;Responsable 1;Tél.\n"

struct sending { const struct vault_asker *vault; i64 id, campaign; str content, source; struct list_sealed sealed; };

static enum err put_tx(struct db *db, void *arg)
{
	const struct sending *s = arg;
	try(list_put(db, s->id, s->campaign, (struct opt_i64){ 0 }, 0, now_ms(), s->source, s->sealed.key));
	for (size_t i = 0; i < s->sealed.n; i++)
		try(list_piece_put(db, s->id, (i64)i, s->sealed.pieces[i]));
	return OK;
}

static enum err steps(struct db *db, const struct vault_asker *vault)
{
	enum err e;
	do
		e = lists_step(db, vault);
	while (e == OK);
	return e == NOT_FOUND ? OK : e;
}

static enum err lay_tx(struct db *db, void *arg)
{
	const struct sending *s = arg;
	struct list_line l;
	try(list_get(db, s->id, &l));
	return list_laid(db, s->id, l.fields, 0);
}

static enum err take_tx(struct db *db, void *arg)
{
	return list_move(db, ((const struct sending *)arg)->id, S("checked"), S("apply"), 0);
}

static enum err send_list(struct db *db, struct sending *s, bool taken)
{
	s->id = id_new();
	try(list_seal_file(s->vault, s->id, s->content, &s->sealed));
	try(db_tx(db, put_tx, s));
	try(steps(db, s->vault));
	try(db_tx(db, lay_tx, s));
	try(steps(db, s->vault));
	try(taken ? db_tx(db, take_tx, s) : OK);
	return steps(db, s->vault);
}

enum err lists_demo_load(struct db *db, const struct vault_asker *vault)
{
	struct file_place_row_list places;
	struct list_summary_list had;
	i64 campaign;
	enum err e = file_first_campaign(db, &campaign);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(lists_of(db, campaign, 0, 1, &had));
	try(file_places(db, campaign, &places));
	if (had.n || !places.n)
		return OK;
	str school = places.v[0].school;
	struct sending first = { .vault = vault, .campaign = campaign, .source = S("Direction de l’éducation (inventée)"), .content = str_printf(vault->a, HEAD
		"Verlaine-Inventé;Milo;CM1;%.*s;Mme VERLAINE-INVENTÉ Odile;01 99 00 15 01\n"
		"Verlaine-Inventé;Jade;cm 2 A;%.*s;VERLAINE-INVENTÉ Odile;199001501\n"
		"Tremblay-Inventé;Noam;CM 2;%.*s;TREMBLAY-INVENTÉ Farid;01.99.00.15.02\n", STR_ARG(school), STR_ARG(school), STR_ARG(school)) };
	struct sending second = { .vault = vault, .campaign = campaign, .source = S("Service jeunesse (inventé)"), .content = str_printf(vault->a, HEAD
		"Verlaine-Inventé;Lou;CE2;%.*s;VERLAINE-INVENTÉ Odille;01 99 00 15 01\n"
		"Verlaine-Inventé;Anouk;CM1;%.*s;Paul VERLAINE-INVENTÉ;01 99 00 15 01\n"
		"Tremblay-Inventé;Sacha;CM1;%.*s;Farid TREMBLAY-INVENTÉ;\n"
		"Okoye-Inventé;Ayo;CM1-CM2;%.*s;OKOYE-INVENTÉ Grace;01 99 00 15 03\n"
		"Lindqvist-Inventé;Ebba;CM1;%.*s;LINDQVIST-INVENTÉ Astrid;01 99 00 15 04\n",
		STR_ARG(school), STR_ARG(school), STR_ARG(school), STR_ARG(school), STR_ARG(school)) };
	try(send_list(db, &first, true));
	return send_list(db, &second, false);
}
