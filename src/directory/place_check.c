/* The strict side: what is stored satisfies the schema, whoever wrote it (an import's child process, a form, a migration). */
#include "directory/place_clean.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "directory/place_terms.h"
#include "directory/place_values.h"

/* Reading it again changes nothing. */
static bool same(struct value_read r, str s)
{
	return !r.fault && str_eq(r.value, s);
}

static bool item_holds(struct arena *a, enum place_field f, str s)
{
	struct phone p;
	switch (f) {
	case P_TYPOLOGIE: return place_typologie_label(s) != NULL;
	case P_LANGUES: return str_eq(s, S("fsl")) || (s.n == 2 && s.p[0] >= 'a' && s.p[0] <= 'z' && s.p[1] >= 'a' && s.p[1] <= 'z');
	case P_TELEPHONES: return phone_read(s, &p) == PHONE_OK && str_eq(s, str_c(p.e164));
	case P_COURRIELS: return same(value_mail(a, s), s);
	case P_SITE_WEB: return same(value_url(a, s), s);
	default: return place_mask(f, s) != 0;
	}
}

static bool list_holds(struct arena *a, enum place_field f, str list)
{
	for (str rest = list, item; str_next(&rest, '|', &item);) {
		if (!item_holds(a, f, item))
			return false;
		for (str later = rest, other; str_next(&later, '|', &other);)
			if (str_eq(item, other))
				return false;
	}
	return true;
}

static bool text_holds(str s)
{
	if (!utf8_valid(s) || !str_eq(s, str_trim(s)))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (((u8)s.p[i] < ' ' && !strchr("\n\r\t", s.p[i])) || s.p[i] == 0x7F)
			return false;
	return true;
}

static bool value_holds(struct arena *a, enum place_field f, str s, struct date today)
{
	struct phone p;
	if (!text_holds(s))
		return false;
	if (place_field_kinds[f] == 'L')
		return list_holds(a, f, s);
	if (place_field_kinds[f] == 'B')
		return str_eq(s, S("oui")) || str_eq(s, S("non"));
	switch (f) {
	case P_ID: return s.n <= 250;
	case P_PIVOT: return same(value_pivot(a, s), s);
	case P_CODE_POSTAL: return same(value_postal_code(a, s), s);
	case P_CODE_INSEE: return same(value_insee_code(a, s), s);
	case P_LATITUDE: return same(value_degrees(a, s, 90), s);
	case P_LONGITUDE: return same(value_degrees(a, s, 180), s);
	case P_TELEPHONE: return phone_read(s, &p) == PHONE_OK && str_eq(s, str_c(p.e164));
	case P_HORAIRES: return same(value_hours(a, s), s);
	case P_PRESENTATION_RESUME: return utf8_length(s) <= 280;
	case P_DATE_MAJ: return same(value_date(a, s, today), s);
	case P_FICHE_ACCES_LIBRE:
	case P_PRISE_RDV: return same(value_url(a, s), s);
	default: return true;
	}
}

bool place_holds(struct arena *a, const struct place *p, struct date today, enum place_field *ret_bad)
{
	for (enum place_field f = 0; f < P_COUNT; f++) {
		*ret_bad = f;
		if (p->f[f].n ? !value_holds(a, f, p->f[f], today) : place_field_required(f))
			return false;
	}
	*ret_bad = P_LONGITUDE;
	return !p->f[P_LATITUDE].n == !p->f[P_LONGITUDE].n;
}
