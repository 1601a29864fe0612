/* A place where one is helped: the national schema "lieux de médiation numérique" v1.0.2, field for field and in its order,
 * then what it lacks (product.md §3). Every value is kept as text, as the schema writes it, so that an export is the import
 * again; what searches need (numbers, masks) is derived once, when stored. */
#ifndef GABARE_DIRECTORY_PLACE_H
#define GABARE_DIRECTORY_PLACE_H

#include "base/arena.h"

/* X(enumerator, column name, kind). The first PLACE_SCHEMA fields are the schema's columns, in order.
 * Kinds: T text, L list joined by '|', B "oui"/"non"/"" . */
#define PLACE_FIELDS(X)                                                                                                  \
	X(ID, id, T) X(PIVOT, pivot, T) X(NOM, nom, T) X(COMMUNE, commune, T) X(CODE_POSTAL, code_postal, T)             \
	X(CODE_INSEE, code_insee, T) X(ADRESSE, adresse, T) X(COMPLEMENT_ADRESSE, complement_adresse, T)                 \
	X(LATITUDE, latitude, T) X(LONGITUDE, longitude, T) X(TYPOLOGIE, typologie, L) X(TELEPHONE, telephone, T)        \
	X(COURRIELS, courriels, L) X(SITE_WEB, site_web, L) X(HORAIRES, horaires, T)                                     \
	X(PRESENTATION_RESUME, presentation_resume, T) X(PRESENTATION_DETAIL, presentation_detail, T)                    \
	X(SOURCE, source, T) X(ITINERANCE, itinerance, L) X(STRUCTURE_PARENTE, structure_parente, T)                     \
	X(DATE_MAJ, date_maj, T) X(SERVICES, services, L)                                                                \
	X(PUBLICS, publics_specifiquement_adresses, L) X(PRISE_EN_CHARGE, prise_en_charge_specifique, L)                 \
	X(FRAIS, frais_a_charge, L) X(DISPOSITIFS, dispositif_programmes_nationaux, L)                                   \
	X(FORMATIONS, formations_labels, L) X(AUTRES_FORMATIONS, autres_formations_labels, T)                            \
	X(MODALITES_ACCES, modalites_acces, L) X(MODALITES_ACCOMPAGNEMENT, modalites_accompagnement, L)                  \
	X(FICHE_ACCES_LIBRE, fiche_acces_libre, T) X(PRISE_RDV, prise_rdv, T)                                            \
	/* ours */                                                                                                       \
	X(TELEPHONES, telephones, L)           /* all numbers, the first one included */                                 \
	X(FERMETURES, fermetures, T)           /* holiday closures, in words */                                          \
	X(PASS_ACCEPTE, pass_accepte, B) X(LANGUES, langues, L) /* ISO 639-1 codes */                                    \
	X(PLAIN_PIED, plain_pied, B) X(ASCENSEUR, ascenseur, B)                                                          \
	X(ARRET, arret, T)                     /* nearest stop: "Tram 1, arrêt Mendès" */                                \
	X(TARIFS, tarifs, T)                   /* price list, in words */                                                \
	X(TELEPHONER_AVANT, telephoner_avant, B)                                                                         \
	X(NOTES, notes, T)                     /* internal: never on a public page or API */

enum place_field {
#define X(e, name, kind) P_##e,
	PLACE_FIELDS(X)
#undef X
	P_COUNT
};
#define PLACE_SCHEMA (P_PRISE_RDV + 1)           /* 32 */

extern const char *const place_field_names[P_COUNT];
extern const char place_field_kinds[P_COUNT];    /* 'T', 'L', 'B' */
/* The field of a column's name; P_COUNT when there is none. */
enum place_field place_field_named(str name);

struct place {
	i64 place_id;                            /* ours; 0 until stored */
	str f[P_COUNT];                          /* absent or empty when unknown */
};

/* The schema's closed vocabularies. A mask has bit i for the i-th value, so that filters are one comparison. */
struct vocabulary { enum place_field field; const char *const *values; size_t n; };
extern const struct vocabulary place_vocabularies[];   /* ends with values == NULL */
const struct vocabulary *place_vocabulary(enum place_field f);   /* NULL for free text */
/* The bits of a '|' list; unknown values give no bit. */
i64 place_mask(enum place_field f, str list);
/* The label of a typologie code in French ("CCAS" → "Centre communal d’action sociale"); NULL when it is not one. */
const char *place_typologie_label(str code);
/* The i-th of the schema's typologie codes, sorted bytewise; NULL after the last. */
const char *place_typologie_code(size_t i);

#endif
