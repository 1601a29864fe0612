/* The table of steps: whole, and the only way from a state to another. */
#include "files/steps.h"

#include "unit.h"

TEST(every_state_can_be_reached_and_is_told)
{
	bool reached[FS_COUNT] = { [FS_IDENTIFIED] = true, [FS_JOINED] = true };
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < file_steps_count; i++)
			if (reached[file_steps[i].from] && !reached[file_steps[i].to])
				more = reached[file_steps[i].to] = true;
	}
	for (enum file_state s = 0; s < FS_COUNT; s++) {
		enum file_state same;
		assert_true(reached[s]);
		assert_true(*file_states[s].label && *file_states[s].plain && file_states[s].todo);
		assert_true(file_state_of(str_c(file_states[s].code), &same) && same == s);
	}
}

TEST(what_the_table_does_not_hold_is_refused)
{
	static const char *const all[] = { "", "class", "calls", "mistake", "stolen", "appeal", "found", "nonsense" };
	for (enum file_state from = 0; from < FS_COUNT; from++)
		for (enum file_state to = 0; to < FS_COUNT; to++)
			for (size_t r = 0; r < lengthof(all); r++)
				for (enum file_who who = FW_SERVICE; who <= FW_OFFICER; who++) {
					bool there = false;
					for (size_t i = 0; i < file_steps_count; i++)
						there |= file_steps[i].from == from && file_steps[i].to == to && file_steps[i].who <= who && file_reason_fits(file_steps[i].reason,
							str_c(all[r]));
					assert_int_equal(file_step_check(from, to, who, str_c(all[r])) == FN_ALLOWED, there);
				}
	assert_int_equal(file_step_check(FS_ATTENDED, FS_ELIGIBLE, FW_SERVICE, S("")), FN_NOT_YOU);
	assert_int_equal(file_step_check(FS_ATTENDED, FS_NOT_ELIGIBLE, FW_OFFICER, S("")), FN_NO_REASON);
	assert_int_equal(file_step_check(FS_IDENTIFIED, FS_SIGNED, FW_OFFICER, S("")), FN_NO_STEP);
}

TEST(each_reason_has_one_meaning)
{
	for (const struct file_reason *r = file_reasons; r->code; r++)
		for (const struct file_reason *o = file_reasons; o < r; o++)
			assert_false(str_eq(str_c(r->code), str_c(o->code)) && r->kind == o->kind);
}
