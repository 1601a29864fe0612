/* Opening hours at this moment, in words. */
#include "directory/opening.h"

#include "html/format.h"

static str opens_text(const struct view *v, struct local now, struct local next)
{
	static const char *const days[] = {N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche")};
	str clock = clock_shown(v, next.minute);
	struct date d = date_of_days(next.day);
	if (next.day == now.day)
		return _f("Ouvre à {1}", clock);
	if (next.day == now.day + 1)
		return _f("Ouvre demain à {1}", clock);
	if (next.day < now.day + 7)
		return _f("Ouvre {1} à {2}", tr(v->lang, days[date_weekday(d)]), clock);
	return _f("Ouvre le {1} à {2}", date_shown(v, d), clock);
}

static str open_text(const struct view *v, struct local now, const struct hours_answer *a)
{
	bool soon = a->changes && (a->next.day == now.day || (a->next.day == now.day + 1 && a->next.minute < now.minute));
	return soon ? _f("Ouvert jusqu’à {1}", clock_shown(v, a->next.minute)) : _("Ouvert");
}

i64 midnight_ms(void)
{
	return ms_of_local((struct local){.day = date_days(today_paris()) + 1});
}

struct opening opening_now(struct req *req, str hours)
{
	struct view *v = &req->v;
	struct hours *h;
	struct hours_error error;
	struct local now = local_of_ms(now_ms());
	if (!hours.n || hours_parse(v->a, hours, &h, &error) != OK)
		return (struct opening){.known = false};
	struct hours_answer a = hours_at(h, now);
	/* tomorrow the words change too ("demain") */
	true_until(req, midnight_ms());
	if (a.changes)
		true_until(req, ms_of_local(a.next));
	struct opening o = {.known = true, .state = a.state};
	if (a.state == HOURS_OPEN)
		o.text = open_text(v, now, &a);
	else if (a.state == HOURS_UNKNOWN)
		o.text = _("Téléphonez pour savoir si c’est ouvert");
	else
		o.text = a.changes ? opens_text(v, now, a.next) : _("Fermé");
	return o;
}
