/* A calendar is read by programs that are strict: CRLF, folded lines, escaped signs, instants of UTC. */
#include "base/ics.h"

#include "base/timex.h"
#include "unit.h"

TEST(ics_is_folded_and_escaped)
{
	struct arena *a = unit_arena(1 << 16);
	struct buf b = buf_new(a, 10000);
	i64 at = (i64)1797267600000;             /* 2026-12-14T17:00:00Z */
	ics_begin(&b, S("Réunions"));
	ics_put(&b, &(struct ics_event){ .uid = S("1@example.org"), .from_ms = at, .to_ms = at + 5400000, .changed_ms = at, .revision = 2,
		.summary = S("Présentation; école, La Cale"),
		.where = S("École élémentaire de la très longue rue qui n’en finit jamais, 12 bis rue du Très-Long-Quai, 44000 Exemple"), .about = S("un\ndeux") });
	ics_end(&b);
	str s = buf_str(&b), line, rest = s;
	assert_true(str_find(s, S("SUMMARY:Présentation\\; école\\, La Cale\r\n")) > 0);
	assert_true(str_find(s, S("DESCRIPTION:un\\ndeux\r\n")) > 0);
	assert_true(str_find(s, S("DTSTART:20261214T170000Z\r\n")) > 0);
	assert_true(str_find(s, S("SEQUENCE:2\r\n")) > 0);
	while (rest.n && str_next(&rest, '\n', &line)) {
		assert_true(line.n <= 76 && str_ends(line, S("\r")));
		assert_true(!line.n || ((u8)line.p[0] & 0xc0) != 0x80);
	}
	assert_true(str_ends(s, S("END:VCALENDAR\r\n")));
}
