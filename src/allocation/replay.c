/* A record run again: it must give the same bytes. */
#include "allocation/run.h"

#include <jansson.h>
#include "html/i18n.h"

static str text(struct arena *a, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? str_copy(a, (str){ json_string_value(v), json_string_length(v) }) : S("");
}

static i64 whole(const json_t *o, const char *name, i64 most)
{
	const json_t *v = json_object_get(o, name);
	i64 n = json_is_integer(v) ? json_integer_value(v) : 0;
	return n < 0 ? 0 : n > most ? most : n;
}

static void read_schools(struct arena *a, const json_t *v, struct alloc_input *in)
{
	size_t n = json_array_size(v);
	in->schools = arena_many(a, struct share_school, n + 1);
	for (size_t i = 0; i < n && i < ALLOC_SCHOOLS_MAX; i++) {
		const json_t *o = json_array_get(v, i);
		struct share_school s = { text(a, o, "ecole"), whole(o, "poids", SHARE_WEIGHT_MAX), whole(o, "minimum", SHARE_QUANTITY_MAX),
			whole(o, "maximum", SHARE_QUANTITY_MAX) };
		s.least = s.least < s.most ? s.least : s.most;
		in->schools[in->n_schools++] = s;
	}
}

static void read_files(struct arena *a, const json_t *v, struct alloc_input *in)
{
	size_t n = json_array_size(v);
	in->files = arena_many(a, struct alloc_file, n + 1);
	for (size_t i = 0; i < n && i < ALLOC_FILES_MAX; i++) {
		const json_t *o = json_array_get(v, i);
		struct alloc_file *f = &in->files[in->n_files++];
		*f = (struct alloc_file){ .id = text(a, o, "id"), .school = text(a, o, "ecole") };
		for (enum fact k = 0; k < FACTS; k++)
			f->facts[k] = json_is_integer(json_object_get(o, fact_kinds[k].code)) ? whole(o, fact_kinds[k].code, fact_kinds[k].most) : FACT_UNKNOWN;
	}
}

/* As they stand in a record of ours. */
static str parameters_of(str record)
{
	ptrdiff_t from = str_find(record, S("\"parametres\":")), to = str_find(record, S(",\"graine\":"));
	return from >= 0 && to > from ? str_slice(record, (size_t)from + 13, (size_t)to) : S("");
}

static enum err again(struct arena *a, const json_t *root, str record, struct alloc_fault *f)
{
	struct params p;
	struct alloc_run run;
	struct alloc_input in = { .params = &p, .seed = text(a, root, "graine"), .quantity = whole(root, "quantite", SHARE_QUANTITY_MAX),
		.second = json_is_true(json_object_get(root, "seconde_repartition")) };
	f->msgid = N_("Ce n’est pas le compte rendu d’une attribution. {1}");
	try(params_read(a, parameters_of(record), &p, &f->what));
	read_schools(a, json_object_get(root, "ecoles"), &in);
	read_files(a, json_object_get(root, "dossiers"), &in);
	try(alloc_run(a, &in, &run, f));
	return str_eq(alloc_record(a, &run), record) ? OK : CONFLICT;
}

enum err alloc_replay(struct arena *a, str record, struct alloc_fault *ret_fault)
{
	json_error_t error;
	*ret_fault = (struct alloc_fault){ N_("Ce n’est pas le compte rendu d’une attribution. {1}"), S(""), 0 };
	json_t *root = json_loadb(record.p, record.n, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		ret_fault->what = str_copy(a, str_c(error.text));
		return INVALID;
	}
	enum err e = again(a, root, record, ret_fault);
	json_decref(root);
	return e;
}
