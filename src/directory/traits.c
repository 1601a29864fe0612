/* The bits of traits. They are in the database: a bit keeps its meaning for ever (migrations/0005_traits.sql), new ones come after. */
#include "directory/traits.h"

/* The languages that can be asked for, ISO 639-1 and "fsl"; the order is that of their bits. */
static const char *const languages[] = {
	"fr", "en", "ar", "tr", "es", "pt", "ru", "uk", "ro", "so", "fa", "ps", "zh", "vi", "de", "it", "br", "fsl",
};

static const struct { enum place_field field; int shift, bits; } groups[] = {
	{P_PRISE_EN_CHARGE, 0, 8}, {P_MODALITES_ACCES, 8, 8}, {P_MODALITES_ACCOMPAGNEMENT, 16, 8}, {P_PASS_ACCEPTE, 24, 1},
	{P_PLAIN_PIED, 25, 1}, {P_LANGUES, 32, 31},
};

static i64 language_mask(str list)
{
	i64 mask = 0;
	for (str code; list.n && str_next(&list, '|', &code);)
		for (size_t i = 0; i < lengthof(languages); i++)
			if (str_eq(code, str_c(languages[i])))
				mask |= (i64)1 << i;
	return mask;
}

static i64 mask_of(enum place_field f, str list)
{
	switch (f) {
	case P_LANGUES:
		return language_mask(list);
	case P_PASS_ACCEPTE:
	case P_PLAIN_PIED:
		return str_eq(list, S("oui"));
	default:
		return place_mask(f, list);
	}
}

i64 trait_group(enum place_field f)
{
	for (size_t i = 0; i < lengthof(groups); i++)
		if (groups[i].field == f)
			return (((i64)1 << groups[i].bits) - 1) << groups[i].shift;
	assert(!"a field of traits");
	return 0;
}

i64 trait_mask(enum place_field f, str list)
{
	for (size_t i = 0; i < lengthof(groups); i++)
		if (groups[i].field == f)
			return mask_of(f, list) << groups[i].shift;
	assert(!"a field of traits");
	return 0;
}

i64 place_traits(const struct place *p)
{
	i64 mask = 0;
	for (size_t i = 0; i < lengthof(groups); i++)
		mask |= mask_of(groups[i].field, p->f[groups[i].field]) << groups[i].shift;
	return mask;
}
