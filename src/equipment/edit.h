/* What the two forms of this folder share. */
#ifndef GABARE_EQUIPMENT_EDIT_H
#define GABARE_EQUIPMENT_EDIT_H

#include "equipment/pages.h"

/* Somebody has written something else in this field since the form was opened: says so at the field. */
void tell_difference(struct req *req, const char *name, str now, str typed);
/* The fields "debut" and "fin" as ISO days, in order; what is wrong is said at the field. */
void take_days(struct req *req, str *ret_from, str *ret_to);
must_use enum err organisation_named_by(struct db *db, i64 id, str *ret);

#endif
