/* See place_format.h. */
#include "directory/place_format.h"

#include "directory/directory.h"
#include "directory/place_export.h"
#include "directory/place_inclusion.h"

static void csv(struct buf *out, const struct place_voice *voice, const struct place *p) { place_csv_row(out, p, voice->full); }
static void json(struct buf *out, const struct place_voice *voice, const struct place *p) { place_json_object(out, p, voice->full); }
static void geojson(struct buf *out, const struct place_voice *voice, const struct place *p) { place_geojson_feature(out, p, voice->full); }
static void structure(struct buf *out, const struct place_voice *voice, const struct place *p) { inclusion_structure(out, voice->city, p); }
static void service(struct buf *out, const struct place_voice *voice, const struct place *p) { inclusion_service(out, voice->city, p); }

static const struct writing {
	str type, before, between, after;
	bool (*holds)(const struct place *);     /* NULL: every place */
	void (*put)(struct buf *, const struct place_voice *, const struct place *);
} forms[PLACE_FORMS] = {
	[AS_CSV] = { S_INIT("text/csv; charset=utf-8; header=present"), S_INIT(""), S_INIT(""), S_INIT(""), NULL, csv },
	[AS_JSON] = { S_INIT("application/json; charset=utf-8"), S_INIT("["), S_INIT(",\n"), S_INIT("\n]\n"), NULL, json },
	[AS_GEOJSON] = { S_INIT("application/geo+json; charset=utf-8"), S_INIT("{\"type\":\"FeatureCollection\",\"features\":["), S_INIT(",\n"),
		S_INIT("\n]}\n"), NULL, geojson },
	[AS_STRUCTURES] = { S_INIT("application/json; charset=utf-8"), S_INIT("["), S_INIT(",\n"), S_INIT("\n]\n"), inclusion_holds, structure },
	[AS_SERVICES] = { S_INIT("application/json; charset=utf-8"), S_INIT("["), S_INIT(",\n"), S_INIT("\n]\n"), inclusion_serves, service },
};

str place_form_type(enum place_form form)
{
	return forms[form].type;
}

void place_form_begin(struct buf *out, const struct place_voice *voice)
{
	buf_put(out, forms[voice->form].before);
	if (voice->form == AS_CSV)
		place_csv_header(out, voice->full);
}

void place_form_end(struct buf *out, const struct place_voice *voice)
{
	buf_put(out, forms[voice->form].after);
}

void place_form_put(struct buf *out, const struct place_voice *voice, const struct place_list *places, i64 *n)
{
	const struct writing *f = &forms[voice->form];
	for (size_t i = 0; i < places->n; i++) {
		if (f->holds && !f->holds(&places->v[i]))
			continue;
		if (voice->form != AS_CSV)
			buf_put(out, *n ? f->between : S("\n"));
		f->put(out, voice, &places->v[i]);
		(*n)++;
	}
}
