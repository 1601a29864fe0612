/* How a file with columns of its own is read: what each of its columns is for us, and what its written values mean. Kept by source, so
 * that the next file of the same source is read alone. The form is JSON:
 *
 *	{ "colonnes": { "USER_NOM": "nom", "LAT": "latitude", "lundi matin": "lundi_matin",
 *	    "WIFI": { "champ": "services", "valeurs": { "oui": "Accès internet et matériel informatique", "non": "" } },
 *	    "code_label": { "champ": "", "separateurs": "-", "valeurs": { "APTIC": { "champ": "frais_a_charge", "valeur": "Gratuit" } } } },
 *	  "fixe": { "typologie": "RFS" } }
 *
 * A column that is not named, or whose "champ" is "" and that has no values, is not read. */
#ifndef GABARE_DIRECTORY_PLACE_LAYOUT_H
#define GABARE_DIRECTORY_PLACE_LAYOUT_H

#include "directory/place_clean.h"

/* What is written, and the value of a field that it means; "" for nothing. Several for one writing add up. */
struct layout_term { str written; enum place_field field; str value; };
struct layout_column { str name, as, separators; struct layout_term *v; size_t n; };
struct layout_fixed { enum place_field field; str value; };
struct place_layout {
	struct layout_column *v; size_t n;       /* n == 0: the file has the national columns */
	struct layout_fixed *fixed; size_t n_fixed;
};

#define LAYOUT_MAX ((size_t)256 << 10)           /* bytes of one, as JSON */

/* What a column can be besides a field: half a point in Lambert 93 (metres), a day's hours or half of it ("lundi", "lundi_matin",
 * "lundi_apres_midi"…). NULL after the last. */
const char *layout_special(size_t i);
/* Whether `as` is a field's name or one of these. */
bool layout_as_known(str as);

/* Reads the JSON form. INVALID: *ret_fault says what and where, in French. All in the arena. */
must_use enum err place_layout_read(struct arena *a, str json, struct place_layout *ret, str *ret_fault);
/* Writes it, with an end of line. */
str place_layout_write(struct arena *a, const struct place_layout *l);

/* A row as the layout reads it: national columns under the names they have in the file (for what is told), values ours, hours in one
 * cell, points in degrees. An id is made of name and address when no column is one; `day` (ISO) is the record's when none is. */
struct file_row place_layout_apply(struct arena *a, const struct place_layout *l, str day, const struct file_row *row);

#endif
