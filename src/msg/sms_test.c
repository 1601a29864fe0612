/* What is known of the length of SMS: where a network cuts them, and what French becomes in their alphabet. */
#include "msg/sms.h"

#include "base/buf.h"
#include "unit.h"

static str times(struct arena *a, const char *s, int n, const char *then)
{
	struct buf b = buf_new(a, 100000);
	for (int i = 0; i < n; i++)
		buf_put(&b, str_c(s));
	buf_put(&b, str_c(then));
	return buf_str(&b);
}

static void expect(str text, bool ucs2, i64 units, i64 segments, i64 left)
{
	struct sms_size s = sms_measure(text);
	if (s.ucs2 != ucs2 || s.units != units || s.segments != segments || s.left != left)
		fail_msg("%.20s… of %zu bytes: ucs2=%d units=%lld segments=%lld left=%lld", text.p, text.n, s.ucs2, (long long)s.units,
		         (long long)s.segments, (long long)s.left);
}

TEST(sms_of_the_gsm_alphabet_is_cut_at_160_then_153)
{
	struct arena *a = unit_arena(1 << 20);
	expect(S(""), false, 0, 0, 160);
	expect(S("a"), false, 1, 1, 159);
	expect(times(a, "a", 160, ""), false, 160, 1, 0);
	expect(times(a, "a", 161, ""), false, 161, 2, 145);
	expect(times(a, "a", 306, ""), false, 306, 2, 0);
	expect(times(a, "a", 307, ""), false, 307, 3, 152);
	expect(S("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà"), false, 71, 1, 89);
}

TEST(sms_extension_table_takes_two_and_is_not_cut_in_two)
{
	struct arena *a = unit_arena(1 << 20);
	expect(S("€"), false, 2, 1, 158);
	expect(S("^{}\\[~]|€\f"), false, 20, 1, 140);
	expect(times(a, "a", 158, "€"), false, 160, 1, 0);
	expect(times(a, "a", 159, "€"), false, 161, 2, 145);
	/* the 153rd septet of a part cannot hold half of it: it moves to the next, which leaves one unused */
	expect(times(a, "a", 152, "€aaaaaaaa"), false, 162, 2, 143);
	expect(times(a, "a", 151, "€aaaaaaaa"), false, 161, 2, 145);
}

TEST(sms_of_ucs2_is_cut_at_70_then_67)
{
	struct arena *a = unit_arena(1 << 20);
	expect(S("ê"), true, 1, 1, 69);
	expect(times(a, "م", 70, ""), true, 70, 1, 0);
	expect(times(a, "م", 71, ""), true, 71, 2, 63);
	expect(times(a, "م", 134, ""), true, 134, 2, 0);
	expect(times(a, "م", 135, ""), true, 135, 3, 66);
	expect(S("😀"), true, 2, 1, 68);
	expect(times(a, "م", 69, "😀"), true, 71, 2, 63);
	/* a pair of surrogates that would begin at the 67th unit */
	expect(times(a, "م", 66, "😀مممم"), true, 72, 2, 61);
}

TEST(sms_french_fits_the_alphabet)
{
	struct arena *a = unit_arena(1 << 20);
	assert_str(sms_plain(a, S("L’été, à Nantes : 10 €")), "L'été, à Nantes : 10 €");
	assert_str(sms_plain(a, S("Fenêtre, cœur, ça, Noël, août, ŒUVRE, À, Ê, Ç, É")), "Fenetre, coeur, ca, Noel, aout, OEUVRE, A, E, Ç, É");
	assert_str(sms_plain(a, S("«\u00a0Tous aux ordis\u00a0!\u00a0»…")), "\"Tous aux ordis !\"...");
	assert_str(sms_plain(a, S("9 h – 17 h\u202f30")), "9 h - 17 h 30");
	assert_str(sms_plain(a, S("مرحبًا «Zoë»")), "مرحبًا «Zoë»");
	assert_false(sms_measure(sms_plain(a, S("Où êtes-vous ? Rendez-vous à l’hôtel de ville."))).ucs2);
}
