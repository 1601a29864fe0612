/* Writing iCalendar; see ics.h. Lines end with CRLF and are folded at 75 bytes, never inside a sign. */
#include "base/ics.h"

#include "base/timex.h"

#define FOLD 73

static void put_line(struct buf *b, const char *name, str value)
{
	str line = str_printf(b->a, "%s:%.*s", name, STR_ARG(value));
	size_t at = 0;
	while (line.n - at > FOLD) {
		size_t end = at + FOLD;
		while (((u8)line.p[end] & 0xc0) == 0x80)
			end--;
		buf_printf(b, "%.*s\r\n ", (int)(end - at), line.p + at);
		at = end;
	}
	buf_printf(b, "%.*s\r\n", (int)(line.n - at), line.p + at);
}

static void put_text(struct buf *b, const char *name, str text)
{
	struct buf out = buf_new(b->a, 2 * text.n + 1);
	if (!text.n)
		return;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '\n')
			buf_put(&out, S("\\n"));
		else if (c == '\\' || c == ';' || c == ',')
			buf_printf(&out, "\\%c", c);
		else if ((u8)c >= 32)
			buf_byte(&out, c);
	}
	put_line(b, name, buf_str(&out));
}

/* "20261214T170000Z" */
static void put_time(struct buf *b, const char *name, i64 ms)
{
	str iso = str_replace(b->a, str_replace(b->a, ms_iso(b->a, ms), S("-"), S("")), S(":"), S(""));
	put_line(b, name, iso);
}

void ics_begin(struct buf *b, str name)
{
	put_line(b, "BEGIN", S("VCALENDAR"));
	put_line(b, "VERSION", S("2.0"));
	put_line(b, "PRODID", S("-//Gabare//FR"));
	put_text(b, "NAME", name);
	put_text(b, "X-WR-CALNAME", name);
}

void ics_put(struct buf *b, const struct ics_event *e)
{
	put_line(b, "BEGIN", S("VEVENT"));
	put_text(b, "UID", e->uid);
	put_time(b, "DTSTAMP", e->changed_ms);
	put_time(b, "DTSTART", e->from_ms);
	put_time(b, "DTEND", e->to_ms);
	put_line(b, "SEQUENCE", str_printf(b->a, "%lld", (long long)e->revision));
	put_line(b, "STATUS", e->cancelled ? S("CANCELLED") : S("CONFIRMED"));
	put_text(b, "SUMMARY", e->summary);
	put_text(b, "LOCATION", e->where);
	put_text(b, "DESCRIPTION", e->about);
	put_line(b, "END", S("VEVENT"));
}

void ics_end(struct buf *b) { put_line(b, "END", S("VCALENDAR")); }
