/* Every way of writing a French number that was met in real files and forms, and the faults a person can put right. */
#include "base/phone.h"

#include "unit.h"

static void reads(const char *typed, const char *e164)
{
	struct phone p;
	enum phone_fault f = phone_read(str_c(typed), &p);

	if (f != PHONE_OK || strcmp(p.e164, e164) != 0)
		fail_msg("%s: fault %d, \"%s\" instead of \"%s\"", typed, (int)f, p.e164, e164);
}

static void refuses(const char *typed, enum phone_fault wanted, int digits)
{
	struct phone p;
	enum phone_fault f = phone_read(str_c(typed), &p);

	if (f != wanted || p.e164[0] || (digits && p.digits != digits))
		fail_msg("%s: fault %d (%d digits, \"%s\") instead of %d (%d)", typed, (int)f, p.digits, p.e164, (int)wanted, digits);
}

TEST(phone_reads_metropolitan_numbers_however_written)
{
	static const char *const typed[] = {
		"02 61 91 44 00", "0261914400", "02.61.91.44.00", "02-61-91-44-00", "02/61/91/44/00", "  02  61 91 44 00 ",
		"02\u00a061\u00a091\u00a044\u00a000", "02\u202f61\u202f91\u202f44\u202f00", "+33261914400", "+33 2 61 91 44 00",
		"+33 (0)2 61 91 44 00", "+330261914400", "0033261914400", "00 33 2 61 91 44 00", "0033 (0) 2 61 91 44 00",
		"33261914400", "330261914400", "261914400", "2 61 91 44 00", "+0261914400", "+0033261914400", "Tél. : 02 61 91 44 00",
		"tel:+33-2-61-91-44-00", "Téléphone 0261914400", "(02) 61 91 44 00", "02–61–91–44–00", "\u202a02 61 91 44 00\u202c",
		"\ufeff02 61 91 44 00", "٠٢٦١٩١٤٤٠٠", "＋33261914400", "02_61_91_44_00", "026 191 4400",
	};

	for (size_t i = 0; i < lengthof(typed); i++)
		reads(typed[i], "+33261914400");
	reads("06 12 34 56 78", "+33612345678");
	reads("09 70 00 00 00", "+33970000000");
	reads("0 800 123 456", "+33800123456");
}

TEST(phone_gives_overseas_numbers_their_own_country_code)
{
	reads("0590 12 34 56", "+590590123456");
	reads("0690 12 34 56", "+590690123456");
	reads("+590 590 12 34 56", "+590590123456");
	reads("590590123456", "+590590123456");
	reads("+590 0590 12 34 56", "+590590123456");
	reads("+33 590 12 34 56", "+590590123456");
	reads("05 94 12 34 56", "+594594123456");
	reads("0596 12 34 56", "+596596123456");
	reads("0696 12 34 56", "+596696123456");
	reads("0262 12 34 56", "+262262123456");
	reads("0692 12 34 56", "+262692123456");
	reads("0269 61 12 34", "+262269611234");
	reads("0639 12 34 56", "+262639123456");
	reads("+269 761 12 34", "+2697611234");
	reads("+687 29 07 00", "+687290700");
	reads("00687290700", "+687290700");
	reads("+689 40 12 34 56", "+68940123456");
	reads("0508 41 12 34", "+508411234");
	reads("+508 41 12 34", "+508411234");
	reads("+681 72 12 34", "+681721234");
}

TEST(phone_says_what_is_wrong)
{
	refuses("", PHONE_EMPTY, 0);
	refuses(" - ", PHONE_EMPTY, 0);
	refuses("02 61 91 44 0", PHONE_MISSING, 9);
	refuses("02 61 91 44", PHONE_MISSING, 8);
	refuses("+33124220", PHONE_MISSING, 6);
	refuses("02 61 91 44 000", PHONE_TOO_MANY, 11);
	refuses("+3322820252000", PHONE_TOO_MANY, 11);
	refuses("3949", PHONE_SHORT_NUMBER, 0);
	refuses("15", PHONE_SHORT_NUMBER, 0);
	refuses("+44 20 7946 0958", PHONE_COUNTRY, 0);
	refuses("0044 20 7946 0958", PHONE_COUNTRY, 0);
	refuses("+687 29 07", PHONE_MISSING, 4);
	refuses("02 61 91 44 00 poste 12", PHONE_CHARACTERS, 0);
	refuses("Salle informatique", PHONE_CHARACTERS, 0);
	refuses("2 salles adaptées", PHONE_CHARACTERS, 0);
	refuses("02 61 91 44 00 / 02 44 01 07 31", PHONE_TOO_MANY, 0);
	refuses("0000000000000000000000000000000000000000000000000000000", PHONE_TOO_MANY, 0);
	refuses("0", PHONE_SHORT_NUMBER, 0);
	refuses("00", PHONE_COUNTRY, 0);
	refuses("0508 00 12 00", PHONE_COUNTRY, 10);
	refuses("+", PHONE_EMPTY, 0);
	refuses("\xff\xfe", PHONE_CHARACTERS, 0);
}

static void cuts(const char *cell, const char *expected)
{
	struct arena *a = arena_new(1 << 16);
	str rest = str_c(cell), one, seen = S("");

	while (phone_next(&rest, &one))
		seen = str_printf(a, "%.*s[%.*s]", STR_ARG(seen), STR_ARG(one));
	assert_str(seen, expected);
	arena_free(a);
}

TEST(phone_cuts_cells_that_hold_several)
{
	cuts("", "");
	cuts("02 41 43 16 15", "[02 41 43 16 15]");
	cuts("02 41 43 16 15 / 02 44 01 07 31", "[02 41 43 16 15][02 44 01 07 31]");
	cuts("02/41/43/16/15/02/44/01/07/31", "[02/41/43/16/15][02/44/01/07/31]");
	cuts("0241431615;0244010731", "[0241431615][0244010731]");
	cuts("0241431615 ou 02 44 01 07 31 - 06 12 34 56 78", "[0241431615][02 44 01 07 31][06 12 34 56 78]");
	cuts("0241431615 | | 0244010731", "[0241431615][0244010731]");
}

TEST(phone_groups_for_reading)
{
	struct arena *a = arena_new(1 << 16);

	assert_str(phone_grouped(a, S("+33261914400")), "02\u00a061\u00a091\u00a044\u00a000");
	assert_str(phone_grouped(a, S("+687290700")), "+687\u00a029\u00a007\u00a000");
	assert_str(phone_grouped(a, S("+590590123456")), "+590\u00a0590\u00a012\u00a034\u00a056");
	assert_str(phone_grouped(a, S("3949")), "3949");
	arena_free(a);
}
