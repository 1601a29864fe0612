/* Devices in stock and handover days, for page tests. */
#ifndef GABARE_GIVEN_STOCK_H
#define GABARE_GIVEN_STOCK_H

#include "given_files.h"
#include "stock/stock.h"

/* A device in stock of an organisation, owned by whom that says ("city"…); its label as shown. */
str given_device_of(i64 organisation, const char *owner_kind);
/* The first of that organisation, made when there is none: its label as shown. */
str given_device_label(i64 organisation);
struct device given_device_now(str label);
/* A handover day of that organisation's campaign, today: its id. Twice: the same. */
i64 given_handover_day(i64 organisation);

#endif
