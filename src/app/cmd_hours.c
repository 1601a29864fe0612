/* Opening hours on the command line: gabare hours. */
#include "app/cli.h"

#include "base/json_out.h"
#include "base/timex.h"
#include "hours/hours.h"
#include "html/i18n.h"

static int refused(const struct hours_error *e)
{
	str said = tr(LANG_EN, e->message.p);
	if (e->words.n)
		cli_say("column %zu, \"%.*s\": %.*s", e->column, STR_ARG(e->words), STR_ARG(said));
	else
		cli_say("column %zu: %.*s", e->column, STR_ARG(said));
	return EXIT_USAGE;
}

static int from_french(struct invocation *in, str text)
{
	str expression;
	struct hours_error e;
	struct buf b = buf_new(in->a, 1 << 17);
	if (hours_from_french(in->a, text, &expression, &e) != OK)
		return refused(&e);
	struct json j = json_new(&b);
	if (in->json) {
		json_open(&j, '{');
		json_key(&j, S("expression"));
		json_str(&j, expression);
		json_close(&j, '}');
	} else {
		buf_put(&b, expression);
	}
	buf_byte(&b, '\n');
	cli_print(&b);
	return EXIT_DONE;
}

static void print_answer(struct invocation *in, const struct hours_answer *answer)
{
	static const char *const states[] = { "closed", "open", "unknown" };
	struct buf b = buf_new(in->a, 1 << 17);
	struct json j = json_new(&b);
	str next = answer->changes ? local_iso(in->a, answer->next) : (str){ 0 };
	if (in->json) {
		json_open(&j, '{');
		json_key(&j, S("state"));
		json_str(&j, str_c(states[answer->state]));
		json_key(&j, S("comment"));
		json_str(&j, answer->comment);
		json_key(&j, S("next"));
		json_str(&j, next);
		json_close(&j, '}');
	} else {
		buf_printf(&b, "%s\t%.*s\t%.*s", states[answer->state], STR_ARG(answer->comment), STR_ARG(next.p ? next : S("-")));
	}
	buf_byte(&b, '\n');
	cli_print(&b);
}

int cmd_hours(struct invocation *in)
{
	struct hours *h;
	struct hours_error e;
	struct hours_answer answer;
	str french = cli_option(in, "from-french"), at = cli_option(in, "at");
	struct local t = local_of_ms(now_ms());
	if ((french.p != NULL) == (in->n_operands == 1) || (french.p && at.p)) {
		cli_say("hours takes an expression, or --from-french TEXT");
		return EXIT_USAGE;
	}
	if (at.p && !local_parse(at, &t)) {
		cli_say("--at is a local minute, as 2026-05-01T10:00, not %.*s", STR_ARG(at));
		return EXIT_USAGE;
	}
	if (french.p)
		return from_french(in, french);
	if (hours_parse(in->a, in->operand[0], &h, &e) != OK)
		return refused(&e);
	answer = hours_at(h, t);
	print_answer(in, &answer);
	return EXIT_DONE;
}
