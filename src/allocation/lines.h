/* Lines of pasted CSV, for the readers of this folder (read.c, match_read.c). */
#ifndef GABARE_ALLOCATION_LINES_H
#define GABARE_ALLOCATION_LINES_H

#include "allocation/run.h"

#define COLUMNS_MAX 20
#define LINES_NO_ID N_("« {1} » n’est pas un numéro de dossier ni d’école : des lettres sans accent et des chiffres, sans espace.")
#define LINES_MISFIT N_("« {1} » ne va pas dans sa colonne.")
#define LINES_CELLS N_("Il n’y a pas autant de cases que de colonnes.")

struct lines { str rest; i64 number; char separator; struct alloc_fault *fault; };

/* Says what is wrong at the line that was read last: INVALID. */
enum err lines_fault(struct lines *l, const char *msgid, str what);
/* The next line that says something; NOT_FOUND after the last. */
must_use enum err lines_next(struct lines *l, str cells[COLUMNS_MAX], size_t *ret_n);
/* The columns of the first line, as numbers of `names`: each at most once, the first `needed` names there. */
must_use enum err lines_header(struct lines *l, const char *const *names, size_t n_names, size_t needed, size_t columns[COLUMNS_MAX], size_t *ret_n);
bool lines_is_id(str s);                         /* a pseudonym: letters without accents, digits, - _ . */
size_t lines_count(str s);                       /* no more than so many */

#endif
