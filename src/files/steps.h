/* The path of a file: its states, and from which to which, by whom, for which reason. One table (steps.c): nothing else moves a file, but
 * for taking the last step back. A step that another module makes (a charter signs, a handover hands over) names it in made_in: it is made and
 * taken back there, not on the file's page. */
#ifndef GABARE_FILES_STEPS_H
#define GABARE_FILES_STEPS_H

#include "base/str.h"

enum file_state {
	FS_IDENTIFIED, FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE, FS_NOT_ELIGIBLE, FS_SIGNED, FS_ALLOCATED, FS_HANDED_OVER, FS_FOLLOWED, FS_KEPT,
	FS_REPLACED, FS_RETURNED, FS_LOST, FS_UNREACHABLE, FS_WITHDRAWN, FS_JOINED, FS_COUNT
};
/* code: as stored; others are msgids: what agents read, what is to be done, and what a school reads. */
struct file_state_words { const char *code, *label, *todo, *plain; };
extern const struct file_state_words file_states[FS_COUNT];
/* False: no such state. */
bool file_state_of(str code, enum file_state *ret);

enum file_reason_kind { FR_NONE, FR_REFUSED, FR_APPEAL, FR_UNREACHABLE, FR_WITHDRAWN, FR_FAULT, FR_RETURN, FR_LOST, FR_REOPEN, FR_BACK, FR_NAMED };
struct file_reason { enum file_reason_kind kind; const char *code, *label; };
extern const struct file_reason file_reasons[];  /* ends with a code NULL */
/* The label of a reason; "" when there is none of that code. */
const char *file_reason_label(str code);

enum file_who { FW_SERVICE, FW_OFFICER };        /* who follows families there; who runs the programme */
/* made_in: a msgid, where one goes to make it ("la charte"); NULL: it is noted on the file's page. */
struct file_step { enum file_state from, to; enum file_who who; enum file_reason_kind reason; const char *made_in; };
extern const struct file_step file_steps[];
extern const size_t file_steps_count;

/* NULL: the table has no such step. */
const struct file_step *file_step_of(enum file_state from, enum file_state to);
enum file_refusal { FN_ALLOWED, FN_NO_STEP, FN_NOT_YOU, FN_NO_REASON };
enum file_refusal file_step_check(enum file_state from, enum file_state to, enum file_who who, str reason);
/* Whether a reason of that kind has this code: "" for FR_NONE alone. */
bool file_reason_fits(enum file_reason_kind kind, str code);

#endif
