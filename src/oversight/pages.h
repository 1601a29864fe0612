/* What the pages of this folder show, for their templates; and the handlers. */
#ifndef GABARE_OVERSIGHT_PAGES_H
#define GABARE_OVERSIGHT_PAGES_H

#include "audit/audit_sql.h"
#include "html/format.h"
#include "http/fields.h"
#include "msg/desk.h"

#define MESSAGES_A_PAGE 20
#define LINES_A_PAGE 25
#define LINES_A_PIECE 200
#define SEALED_FIRST 100                         /* the jobs process seals each second: what this second left, and the export's own line */

/* ---- messages ---- */

struct message_line { i64 id; str at, to, what, how, state, reason; bool failed, can_retry, can_give_up; };
struct message_lines { struct message_line *v; size_t n; };
struct message_filter { str url, label; i64 n; const char *current; };
struct message_filters { struct message_filter *v; size_t n; };
struct message_holds { str *v; size_t n; };

struct messages_page {
	const struct form *form;
	struct message_filters filters;
	struct message_holds holds;              /* sentences: why a channel's messages wait */
	struct message_lines lines;
	str state, older;                        /* the filter; the URL of what is before, or absent */
	i64 failed;
	bool can_act;                            /* on one of the lines, or on those that failed */
};

/* ---- the audit log ---- */

struct log_line { str at, iso, action, action_url, user, user_url, object, detail; bool sealed; };
struct log_lines { struct log_line *v; size_t n; };

struct log_page { const struct form *form; struct log_lines lines; str older, csv, all; };

handler_fn messages_index, messages_post, log_index, log_csv;

/* "25/11/2026 15:04", in Paris. */
str time_shown(struct arena *a, i64 ms);

#endif
