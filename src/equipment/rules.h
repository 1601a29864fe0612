/* Whom a campaign is for, as rules that hold from a day on: codes that a program can weigh, and words that a person does. */
#ifndef GABARE_EQUIPMENT_RULES_H
#define GABARE_EQUIPMENT_RULES_H

#include "http/form.h"

extern const struct choice public_rules[], grade_rules[], network_rules[], need_rules[];

/* Lines "day|kind|value" in words, for the history. */
str rules_words(const struct view *v, str value);

#endif
