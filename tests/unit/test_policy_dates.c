#include "policy_fixture.h"

#include "policy/lint.h"

/* ---- every policy around the days on which it starts and ends ---- */

static struct policy_match match_on(const struct policy *policy, day on)
{
    struct policy_match match;

    policy_match_one(applicant_on("form=enterprise", on), policy, &arena, &match);
    return match;
}

static void policies_hold_from_their_first_day_to_their_last(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct policy *policy = catalogue->policies[i];
        struct policy_match before = match_on(policy, policy->from - 1);

        assert_true(before.is_coming && !before.is_in_force);
        assert_int_equal(before.verdict, VERDICT_NOT_ELIGIBLE);
        assert_true(match_on(policy, policy->from).is_in_force);
        if (policy->to == DAY_NONE) {
            assert_true(match_on(policy, day_of(2030, 1, 1)).is_in_force);
            continue;
        }
        assert_true(match_on(policy, policy->to).is_in_force);
        assert_false(match_on(policy, policy->to + 1).is_in_force);
        assert_false(match_on(policy, policy->to + 1).is_coming);
    }
}

/* On every day of its validity each parameter has a value (or one for each choice allowed). */
static void parameters_have_values_while_a_policy_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++)
        policy_lint(&arena, catalogue, catalogue->policies[i], &faults);
    if (faults.warnings)
        fail_with_faults("advice on the catalogue");
}

static int64_t amount_on(const char *facts, const char *id, day on)
{
    struct policy_match match;

    policy_match_one(applicant_on(facts, on), catalogue_find(catalogue, id), &arena, &match);
    assert_int_equal(match.verdict, VERDICT_ELIGIBLE);
    assert_true(match.has_amount);
    return match.amount_vnd;
}

/* The example of the province raises its ceiling on 01/01/2028. */
static void parameters_change_on_their_day(void **state)
{
    const char *facts = "size_class=small level=2 innovative_startup=không "
                        "plans.dx_solution_vnd=900000000";

    (void)state;
    assert_int_equal(amount_on(facts, "example-province-solution", day_of(2027, 12, 31)), 70000000);
    assert_int_equal(amount_on(facts, "example-province-solution", day_of(2028, 1, 1)), 80000000);
}

/* Thresholds of the size class are those of the decree in force. */
static void thresholds_are_of_the_decree_in_force(void **state)
{
    const char *facts = "section=C employees=45 revenue_vnd=38000000000";

    (void)state;
    assert_null(applicant_on(facts, day_of(2018, 3, 10))->size.legal);
    assert_string_equal(applicant_on(facts, day_of(2018, 3, 11))->size.legal, "39/2018/NĐ-CP 6");
    assert_string_equal(applicant_on(facts, day_of(2021, 10, 14))->size.legal, "39/2018/NĐ-CP 6");
    assert_string_equal(applicant_on(facts, day_of(2021, 10, 15))->size.legal, "80/2021/NĐ-CP 5");
}

/* ---- sections and areas ---- */

/* A agriculture, B-E industry, F construction, G onward trade and services: also since 15/11/2025,
 * when the letters from J on changed meaning and V came. */
static const char *expected_sector(char letter)
{
    return letter == 'A'   ? "agriculture"
           : letter <= 'E' ? "industry"
           : letter == 'F' ? "construction"
                           : "trade";
}

static void every_section_has_its_sector(void **state)
{
    const day days[] = {day_of(2025, 11, 14), day_of(2025, 11, 15)};

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        for (char letter = 'A'; letter <= 'V'; letter++) {
            const char id[] = {letter, '\0'};
            const struct term *term = terms_find(catalogue->facts->sections, id, days[i]);

            assert_true((term == NULL) == (letter == 'V' && i == 0));
            if (term)
                assert_string_equal(term->parent, expected_sector(letter));
        }
    }
}

static void letters_change_meaning(void **state)
{
    static const struct {
        const char *id, *before, *after;
    } cases[] = {
        {"J", "Information and communication", "Publishing, broadcasting, content production"},
        {"L", "Real estate", "Finance, banking and insurance"},
        {"P", "Education and training", "Party, state administration, defence"},
        {"C", "Manufacturing", "Manufacturing"},
    };
    const struct terms *sections = catalogue->facts->sections;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct term *before = terms_find(sections, cases[i].id, day_of(2025, 11, 14));
        const struct term *after = terms_find(sections, cases[i].id, day_of(2025, 11, 15));

        assert_string_equal(before->name.in[LANG_EN], cases[i].before);
        assert_string_equal(after->name.in[LANG_EN], cases[i].after);
    }
}

/* Resolution 1669/NQ-UBTVQH15: 21 wards and 43 communes of Hải Phòng were Hải Dương. */
static void areas_change_with_the_merger(void **state)
{
    const struct terms *areas = catalogue->facts->areas;
    size_t districts = 0, wards = 0, communes = 0;

    (void)state;
    for (size_t i = 0; i < areas->count; i++) {
        const struct term *term = &areas->items[i];

        districts += term_holds(term, day_of(2025, 6, 30)) && strcmp(term->kind, "district") == 0;
        wards += term_holds(term, day_of(2025, 7, 1)) && strcmp(term->kind, "ward") == 0;
        communes += term_holds(term, day_of(2025, 7, 1)) && strcmp(term->kind, "commune") == 0;
        assert_true(term->certainty == CERTAINTY_RECALLED || strcmp(term->kind, "other") == 0);
    }
    assert_int_equal(districts, 12);
    assert_int_equal(wards, 21);
    assert_int_equal(communes, 43);
    assert_string_equal(terms_find(areas, "kinh-mon", day_of(2025, 6, 30))->kind, "district");
    assert_string_equal(terms_find(areas, "kinh-mon", day_of(2025, 7, 1))->kind, "ward");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(policies_hold_from_their_first_day_to_their_last, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(parameters_have_values_while_a_policy_holds, setup, teardown),
    cmocka_unit_test_setup_teardown(parameters_change_on_their_day, setup, teardown),
    cmocka_unit_test_setup_teardown(thresholds_are_of_the_decree_in_force, setup, teardown),
    cmocka_unit_test_setup_teardown(every_section_has_its_sector, setup, teardown),
    cmocka_unit_test_setup_teardown(letters_change_meaning, setup, teardown),
    cmocka_unit_test_setup_teardown(areas_change_with_the_merger, setup, teardown),
};

RUN(tests)
