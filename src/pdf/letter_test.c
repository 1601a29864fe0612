/* What letters promise: a page each, and none whose text is cut. */
#include "pdf/letter.h"

#include "base/buf.h"
#include "unit.h"

TEST(letters_are_a_page_each_and_a_text_that_does_not_fit_is_refused)
{
	struct arena *a = unit_arena((size_t)128 << 20);
	struct pdf_letter l[2] = {
		{ S("Nantes"), S("Zoé Exemple\n44000 Nantes"), S("Objet"), S("Bonjour,\n\nUn texte.") },
		{ S("Nantes"), S("Zoé Exemple\n44000 Nantes"), S("الموضوع"), S("مرحبًا،\n\nنص.") },
	};
	struct buf b = buf_new(a, 1 << 20);
	size_t bad = 9;
	str pdf;
	assert_ok(pdf_letters(a, l, 2, &pdf, &bad));
	assert_true(str_starts(pdf, S("%PDF-")));
	assert_int_equal(bad, 2);
	for (int i = 0; i < 60; i++)
		buf_put(&b, S("Une ligne.\n"));
	l[1].body = buf_str(&b);
	assert_err(pdf_letters(a, l, 2, &pdf, &bad), INVALID);
	assert_int_equal(bad, 1);
}
