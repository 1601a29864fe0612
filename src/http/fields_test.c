/* The fields of forms: values kept, errors said twice, everything linked. */
#include "unit.h"

#include "http/fields_html.h"
#include "look.h"

static struct view view(enum lang l)
{
	static struct arena *a;
	arena_free(a);
	return look_view(a = arena_new(1 << 20), l);
}

static const struct choice kinds[] = { { "a", N_("lundi") }, { "b", N_("mardi") }, { "bis", NULL }, { NULL, NULL } };
static const struct field fields[] = { { .name = "nom" }, { .name = "jour", .choices = kinds } };
static const struct form_spec spec = { "essai", fields, 2 };

TEST(widgets_keep_values_and_show_errors)
{
	struct view v = view(LANG_EN);
	str many[] = { S("b") };
	struct form_value values[2] = { { .text = S("O\"Neil <x>") }, { .many = many, .n_many = 1 } };
	struct form_error errors[] = { { "nom", S("Trop <long>") } };
	struct form form = { &spec, values, errors, 1 };
	struct text_field f = { .name = "nom", .label = S("Nom"), .hint = { S("Court") }, .autocomplete = "name", .action = S("Aller") };
	buf_put(v.out, S("<form>"));
	assert_ok(error_summary_html(&v, &form));
	assert_ok(text_field_html(&v, &form, &f));
	assert_ok(checkboxes_html(&v, &form, "jour", S("Jour")));
	buf_put(v.out, S("</form>"));
	str page = buf_str(v.out);
	assert_null(look_at_piece(v.a, page).fault);
	assert_true(look_has(page, "<a href=\"#nom\">Trop &lt;long&gt;</a>"));
	assert_true(look_has(page, "role=\"alert\" tabindex=\"-1\" autofocus"));
	assert_true(look_has(page, "value=\"O&quot;Neil &lt;x&gt;\" autocomplete=\"name\""));
	assert_true(look_has(page, " aria-describedby=\"nom-aide nom-erreur\" aria-invalid=\"true\">"));
	assert_true(look_has(page, "value=\"b\" checked id=\"jour-1\">Tuesday"));
}

TEST(select_marks_the_choice_and_a_sound_form_has_no_summary)
{
	struct view v = view(LANG_FR);
	struct form_value values[2] = { { 0 }, { .text = S("a") } };
	struct form form = { &spec, values, NULL, 0 };
	assert_ok(error_summary_html(&v, &form));
	assert_ok(error_summary_html(&v, NULL));
	assert_int_equal(v.out->n, 0);
	assert_ok(select_field_html(&v, &form, "jour", S("Jour"), S("peu importe")));
	str page = buf_str(v.out);
	assert_true(look_has(page, "<option value=\"\">peu importe</option>"));
	assert_true(look_has(page, "<option value=\"a\" selected>lundi</option>"));
	assert_false(look_has(page, "aria-describedby"));
	assert_int_equal(look_count(page, "<option"), 3);
	values[1].text = S("bis");
	assert_true(field_options(&v, &form, "jour")->v[1].chosen);
}
