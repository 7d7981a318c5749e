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
    for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
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
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct term *before = terms_find(sections, cases[i].id, day_of(2025, 11, 14));
        const struct term *after = terms_find(sections, cases[i].id, day_of(2025, 11, 15));

        assert_string_equal(before->name.in[LANG_EN], cases[i].before);
        assert_string_equal(after->name.in[LANG_EN], cases[i].after);
    }
}

static size_t count_kind(const char *kind, day on)
{
    const struct terms *areas = catalogue->facts->areas;
    size_t count = 0;

    for (size_t i = 0; i < areas->count; i++)
        count += term_holds(&areas->items[i], on) && strcmp(areas->items[i].kind, kind) == 0;
    return count;
}

/* Resolution 1669/NQ-UBTVQH15: 114 units, of which 21 wards and 43 communes were Hải Dương. */
static void areas_change_with_the_merger(void **state)
{
    const struct terms *areas = catalogue->facts->areas;
    const day before = day_of(2025, 6, 30), after = day_of(2025, 7, 1);

    (void)state;
    assert_int_equal(count_kind("district", before), 12);
    assert_int_equal(count_kind("ward", before), 0);
    assert_int_equal(count_kind("district", after), 0);
    assert_int_equal(count_kind("ward", after), 45);
    assert_int_equal(count_kind("commune", after), 67);
    assert_int_equal(count_kind("special-zone", after), 2);
    assert_string_equal(terms_find(areas, "kinh-mon", before)->kind, "district");
    assert_string_equal(terms_find(areas, "kinh-mon", after)->kind, "ward");
}

/* The list of Decision 19/2025/QĐ-TTg: every unit has a code of five digits of its own. */
static void areas_have_their_codes(void **state)
{
    const struct terms *areas = catalogue->facts->areas;

    (void)state;
    for (size_t i = 0; i < areas->count; i++) {
        const struct term *term = &areas->items[i], *other;

        if (strcmp(term->kind, "other") == 0)
            continue;
        assert_int_equal(strspn(term->code, "0123456789"), term->from == DAY_NONE ? 3 : 5);
        assert_ptr_equal(terms_search(areas, term->code, DAY_NONE, &arena, &other), term);
        assert_null(other);
        assert_ptr_equal(terms_search(areas, term->name.in[LANG_VI], term->from, &arena, &other),
                         term);
        assert_null(other);
    }
    assert_string_equal(terms_find(areas, "chi-linh", TODAY)->code, "10546");
    assert_string_equal(terms_find(areas, "bach-long-vi", TODAY)->code, "11948");
}

struct search_case {
    const char *text, *id; /* NULL: nothing */
    const char *other;     /* NULL: it is one thing only */
};

static const struct search_case search_cases[] = {
    {"Phường Chí Linh", "chi-linh", NULL},
    {"chi linh", "chi-linh", NULL},
    {"P. CHI LINH, TP Hải Phòng", "chi-linh", NULL},
    {"dac khu bach long vi", "bach-long-vi", NULL},
    {"Cat Hai", "cat-hai", NULL},
    {"Thuy Nguyen", "thuy-nguyen", NULL},
    {"Thủy Nguyên Ward", "thuy-nguyen", NULL},
    {"xã vĩnh bảo", "vinh-bao", NULL},
    {"huyện Nam Sách", "nam-sach", NULL}, /* it is past, but people still write it */
    {"Cẩm Giang", "cam-giang-b", NULL},   /* accents tell these two apart */
    {"Cẩm Giàng", "cam-giang", NULL},
    {"xa cam giang", "cam-giang-b", "cam-giang"},
    {"11948", "bach-long-vi", NULL},
    {"Hà Nội", NULL, NULL},
    {"phường", NULL, NULL},
    {"", NULL, NULL},
    {",", NULL, NULL},
};

static void areas_are_found_by_name(void **state)
{
    const struct terms *areas = catalogue->facts->areas;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(search_cases); i++) {
        const struct search_case *c = &search_cases[i];
        const struct term *other, *found = terms_search(areas, c->text, TODAY, &arena, &other);

        if (!found != !c->id || (found && strcmp(found->id, c->id) != 0))
            fail_msg("'%s': %s", c->text, found ? found->id : "nothing");
        if (!other != !c->other || (other && strcmp(other->id, c->other) != 0))
            fail_msg("'%s': also %s", c->text, other ? other->id : "nothing");
    }
    assert_string_equal(terms_closest(areas, "phuong chi lin", TODAY, &arena)->id, "chi-linh");
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
    cmocka_unit_test_setup_teardown(areas_have_their_codes, setup, teardown),
    cmocka_unit_test_setup_teardown(areas_are_found_by_name, setup, teardown),
};

RUN(tests)
