/* Meetings in words: when, where, what families know and answered, what is odd. */
#include "hours/hours.h"
#include "meetings/pages.h"
#include "schools/schools.h"

str meeting_when(const struct view *v, str day, i64 minute)
{
	struct date d;
	return date_parse(day, &d) ? day_at_shown(v, day_shown(v, d), clock_shown(v, (int)minute)) : S("");
}

str meeting_where_short(str place, str school)
{
	return place.n ? place : school.p ? school_short(school) : S("");
}

str meeting_where(const struct view *v, const struct meeting *m)
{
	str where = m->f[M_PLACE];
	if (!where.n && m->schools.n) {
		const struct meeting_school_row *s = &m->schools.v[0];
		where = s->address.n ? str_printf(v->a, "%.*s, %.*s, %.*s %.*s", STR_ARG(s->name), STR_ARG(s->address), STR_ARG(s->postal_code), STR_ARG(s->commune))
			: s->name;
	}
	return m->f[M_ROOM].n ? str_printf(v->a, "%.*s (%.*s)", STR_ARG(where), STR_ARG(m->f[M_ROOM])) : where;
}

str meeting_title(const struct view *v, const struct meeting *m)
{
	return _f("Réunion du {1}", meeting_when(v, m->f[M_DAY], m->minute));
}

/* ---- families ---- */

bool guest_to_call(const struct meeting_guest_row *g)
{
	bool failed = family_told_failed(g->message);
	return !g->to_write.n && !g->came.n && (str_eq(g->channel, S("none")) || (failed && !str_eq(g->channel, S("phone"))));
}

str guest_told_words(const struct view *v, const struct meeting_guest_row *g)
{
	static const struct { const char *what, *words; } waits[] = {
		{ "invitation", N_("invitation à écrire") }, { "reminder", N_("rappel à écrire") }, { "change", N_("changement à écrire") },
		{ "cancellation", N_("annulation à écrire") },
	};
	for (size_t i = 0; i < lengthof(waits); i++)
		if (str_eq(g->to_write, str_c(waits[i].what)))
			return tr_here(v, waits[i].words);
	if (str_eq(g->channel, S("phone")))
		return _("prévenue par téléphone");
	if (str_eq(g->channel, S("none")))
		return _("à appeler : aucun message n’est possible");
	if (!g->channel.n)
		return g->uninvited ? _("venue sans invitation") : _("pas invitée : son dossier a changé");
	return family_told_words(v, g->channel, g->message);
}

str guest_reply_words(const struct view *v, str reply)
{
	return str_eq(reply, S("yes")) ? _("vient") : str_eq(reply, S("no")) ? _("ne vient pas") : str_eq(reply, S("perhaps")) ? _("peut-être") : S("");
}

static void count(str value, const char *word, i64 n, i64 *ret)
{
	*ret += str_eq(value, str_c(word)) ? n : 0;
}

void guest_counts_of(const struct meeting_guest_count_list *rows, struct guest_counts *ret)
{
	*ret = (struct guest_counts){ .invited = 0 };
	for (size_t i = 0; i < rows->n; i++) {
		const struct meeting_guest_count *r = &rows->v[i];
		struct meeting_guest_row like = { .channel = r->channel, .to_write = r->to_write, .came = r->came, .message = r->message };
		*(r->uninvited ? &ret->uninvited : &ret->invited) += r->n;
		ret->waiting += r->to_write.n ? r->n : 0;
		ret->to_call += guest_to_call(&like) ? r->n : 0;
		count(r->channel, "sms", r->n, &ret->sms);
		count(r->channel, "mail", r->n, &ret->mail);
		count(r->channel, "letter", r->n, &ret->letter);
		count(r->channel, "phone", r->n, &ret->phone);
		count(r->reply, "yes", r->n, &ret->yes);
		count(r->reply, "no", r->n, &ret->no);
		count(r->reply, "perhaps", r->n, &ret->perhaps);
		count(r->came, "yes", r->n, &ret->came);
		count(r->came, "no", r->n, &ret->absent);
	}
}

/* ---- what is odd ---- */

static void say(struct oddities *o, str what) { o->v[o->n++] = what; }

void meeting_oddities(const struct view *v, const struct meeting *m, struct oddities *ret)
{
	struct date d;
	*ret = (struct oddities){ .v = arena_many(v->a, str, 12) };
	if (meeting_cancelled(m) || meeting_past(m) || !date_parse(m->f[M_DAY], &d))
		return;
	if (public_holiday(d))
		say(ret, _("Ce jour est férié."));
	else if (date_weekday(d) == 6)
		say(ret, _("Ce jour est un dimanche."));
	if (school_holiday(date_days(d)) == SCHOOL_YES)
		say(ret, _("Ce jour est dans les vacances scolaires (zone B) : l’école est peut-être fermée."));
	if (m->minute < 8 * 60 || m->minute >= 21 * 60)
		say(ret, _("L’heure est inhabituelle : vérifiez-la."));
	if (!m->f[M_SPEAKER].n)
		say(ret, _("Qui présente n’est pas encore dit."));
}

/* ---- an hour ---- */

bool hour_of(str typed, i64 *ret)
{
	i64 n[2] = { 0, 0 };
	size_t part = 0, digits = 0;
	str s = str_trim(typed);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9') {
			n[part] = n[part] * 10 + (c - '0');
			if (++digits > 2)
				return false;
		} else if ((c == ':' || c == 'h' || c == 'H') && !part && digits) {
			part = 1;
			digits = 0;
		} else if (c != ' ' && c != '\xc2' && c != '\xa0')
			return false;
	}
	*ret = n[0] * 60 + n[1];
	return s.n && (part || digits) && n[0] < 24 && n[1] < 60 && (!part || !digits || digits == 2);
}
