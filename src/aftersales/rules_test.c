/* The table of tickets: whole, ending, and a spare computer only while the family's own is away. */
#include "aftersales/rules.h"

#include "unit.h"

TEST(care_every_state_can_be_reached_and_left_unless_it_is_an_end)
{
	bool reached[CS_COUNT] = { [CS_OPEN] = true }, left[CS_COUNT] = { false };
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < care_steps_count; i++)
			if (reached[care_steps[i].from] && !reached[care_steps[i].to])
				more = reached[care_steps[i].to] = true;
	}
	for (size_t i = 0; i < care_steps_count; i++)
		left[care_steps[i].from] = true;
	for (enum care_state s = 0; s < CS_COUNT; s++) {
		enum care_state same;
		assert_true(reached[s]);
		assert_int_equal(left[s], care_live(s));
		assert_int_equal(care_states[s].late > 0, care_live(s));
		assert_true(care_state_of(str_c(care_states[s].code), &same) && same == s);
	}
}

TEST(care_a_spare_computer_is_lent_only_while_the_own_one_is_away)
{
	for (enum care_state s = 0; s < CS_COUNT; s++)
		assert_true(!care_states[s].spare || (care_live(s) && care_states[s].place != CP_FAMILY));
	assert_true(care_states[CS_IN_REPAIR].spare);
}

TEST(care_what_ends_a_loan_is_an_officers)
{
	for (size_t i = 0; i < care_steps_count; i++)
		assert_int_equal(care_states[care_steps[i].to].place == CP_BACK, care_steps[i].who == FW_OFFICER);
	assert_null(care_step_of(CS_OPEN, CS_REPLACED));
	assert_null(care_step_of(CS_GIVEN_BACK, CS_OPEN));
	assert_null(care_step_of(CS_OPEN, CS_GIVEN_BACK));
}

TEST(care_late_from_the_day_after_its_time)
{
	assert_false(care_late(CS_OPEN, 7));
	assert_true(care_late(CS_OPEN, 8));
	assert_false(care_late(CS_REPLACED, 900));
}

TEST(care_codes_have_one_meaning_and_reasons_are_those_of_files)
{
	for (const struct choice *w = care_symptoms; w->value; w++) {
		assert_true(file_reason_fits(FR_FAULT, str_c(care_fault(str_c(w->value)))));
		for (const struct choice *o = care_symptoms; o < w; o++)
			assert_false(str_eq(str_c(w->value), str_c(o->value)));
	}
	assert_null(choice_label(care_findings, S("nonsense")));
	for (enum file_state s = 0; s < FS_COUNT; s++) {
		bool all = file_step_of(s, FS_REPLACED) && file_step_of(s, FS_RETURNED) && file_step_of(s, FS_LOST);
		assert_int_equal(care_file_has_device(s), all);
	}
}
