/* What of a place can be found by words. */
#include "directory/place.h"
#include "directory/search.h"

str search_place_text(struct arena *a, const struct place *p)
{
	static const enum place_field fields[] = {
		P_NOM, P_COMMUNE, P_ADRESSE, P_COMPLEMENT_ADRESSE, P_CODE_POSTAL, P_SERVICES, P_PUBLICS, P_PRISE_EN_CHARGE, P_FRAIS, P_DISPOSITIFS,
		P_AUTRES_FORMATIONS, P_PRESENTATION_RESUME, P_PRESENTATION_DETAIL, P_STRUCTURE_PARENTE, P_ARRET, P_TARIFS,
	};
	str parts[lengthof(fields) + 8];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(fields); i++)
		parts[n++] = p->f[fields[i]];
	str codes = p->f[P_TYPOLOGIE], code;
	while (n < lengthof(parts) && str_next(&codes, '|', &code))
		parts[n++] = str_printf(a, "%.*s %s", STR_ARG(code), place_typologie_label(code));
	return str_join(a, parts, n, S(" "));
}
