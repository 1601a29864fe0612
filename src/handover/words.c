/* Words and hours of handovers; how families are put into slots. */
#include "handover/pages.h"

bool minute_read(str typed, i64 *ret)
{
	i64 part[2] = { 0, 0 };
	size_t n = 0, digits = 0;
	bool split = false;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= '0' && c <= '9') {
			n += split && digits;
			digits = split ? 1 : digits + 1;
			split = false;
			if (n > 1 || digits > 2)
				return false;
			part[n] = part[n] * 10 + (c - '0');
		} else if (c != ':' && c != 'h' && c != 'H' && c != ' ')
			return false;
		else
			split = digits > 0;
	}
	*ret = part[0] * 60 + part[1];
	return digits && part[0] < 24 && part[1] < 60;
}

str slot_words(const struct view *v, const struct handover_day_row *d, i64 slot)
{
	return clock_shown(v, (int)(d->from_minute + slot * d->slot_minutes));
}

void slots_fill(const struct handover_day_row *d, i64 *taken, size_t n, i64 *ret)
{
	i64 slot = 0;
	for (size_t i = 0; i < n; i++) {
		while (slot < d->slots && taken[slot] >= d->per_slot)
			slot++;
		ret[i] = slot < d->slots ? slot : -1;
		if (ret[i] >= 0)
			taken[slot]++;
	}
}

str notice_words(const struct view *v, const struct handover_notice_row *r, const struct notice_state *s)
{
	static const char *const waits[] = { [N_NOTHING] = N_("à jour"), [N_INVITATION] = N_("invitation à écrire"), [N_REMINDER] = N_("rappel à écrire"),
		[N_CHANGE] = N_("changement à écrire"), [N_CANCELLATION] = N_("annulation à écrire") };
	if (!s->asked)
		return _("pas encore prévenue");
	if (s->waits && s->due != N_NOTHING)
		return tr_here(v, waits[s->due]);
	if (str_eq(r->channel, S("none")) || (s->to_call && !s->failed))
		return r->told.n ? _("à rappeler : ce qu’elle sait n’est plus juste") : _("à appeler : aucun message n’est possible");
	if (str_eq(r->channel, S("phone")))
		return _("prévenue de vive voix");
	str by = family_told_words(v, r->channel, r->message);
	return str_eq(r->told, S("off")) ? _f("annulation, {1}", by) : r->reminded_at.set ? _f("rappel, {1}", by) : by;
}

bool handed_over(str state)
{
	enum file_state s;
	return file_state_of(state, &s) && s >= FS_HANDED_OVER && s <= FS_LOST;
}
