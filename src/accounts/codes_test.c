/* Codes: the vectors of RFC 6238, what is good once, what people copy. */
#include "accounts/codes.h"

#include "unit.h"

#define RFC_SECRET S("12345678901234567890")

TEST(totp_is_that_of_rfc_6238)
{
	/* Appendix B, SHA-1; its eight digits end with our six. */
	static const struct { i64 seconds; u32 code; } vectors[] = { { 59, 94287082 }, { 1111111109, 7081804 }, { 1111111111, 14050471 },
		{ 1234567890, 89005924 }, { 2000000000, 69279037 }, { 20000000000, 65353130 } };
	for (size_t i = 0; i < lengthof(vectors); i++)
		assert_int_equal(totp_code(RFC_SECRET, vectors[i].seconds / 30), vectors[i].code % 1000000);
}

TEST(totp_takes_the_half_minutes_around_and_none_twice)
{
	i64 now = (i64)1111111109 * 1000, step = now / TOTP_STEP_MS;
	assert_int_equal(totp_match(RFC_SECRET, S("081804"), now, -1), step);
	assert_int_equal(totp_match(RFC_SECRET, S("081804"), now + TOTP_STEP_MS, -1), step);
	assert_int_equal(totp_match(RFC_SECRET, S("081804"), now + 2 * TOTP_STEP_MS, -1), -1);
	assert_int_equal(totp_match(RFC_SECRET, S("081804"), now - TOTP_STEP_MS, -1), step);
	assert_int_equal(totp_match(RFC_SECRET, S("081804"), now, step), -1);
	assert_int_equal(totp_match(RFC_SECRET, S("081805"), now, -1), -1);
	assert_int_equal(totp_match(RFC_SECRET, S("81804"), now, -1), -1);
	assert_int_equal(totp_match(RFC_SECRET, S(""), now, -1), -1);
}

TEST(totp_secret_is_written_for_applications)
{
	struct arena *a = unit_arena(1 << 16);
	assert_str(totp_base32(a, RFC_SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	assert_str(totp_base32(a, S("foob")), "MZXW6YQ");
	assert_str(totp_url(a, S("foob"), S("Gabare Nantes"), S("a@b.example")),
	           "otpauth://totp/Gabare%20Nantes:a%40b.example?secret=MZXW6YQ&issuer=Gabare%20Nantes");
}
