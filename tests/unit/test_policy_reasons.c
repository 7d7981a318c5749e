/* What an enterprise reads of its policies: almost, families, what is promised, no examples. */
#include "policy_fixture.h"

#include <string.h>

#include "policy/combine.h"
#include "policy/reasons.h"
#include "report/report.h"

#define FIRM                                                                                       \
    "form=enterprise section=C employees=45 revenue_vnd=38000000000 capital_vnd=12000000000 "

struct almost_case {
    const char *what, *facts, *policy;
    bool is_early; /* on 14/01/2026 */
    bool is_almost;
    const char *condition; /* NULL: it starts later */
};

static const struct almost_case almost_cases[] = {
    {"a chain can be joined", FIRM "in_cluster=không in_value_chain=không", "nd80-art25-learners",
     false, true, "cluster_or_chain"},
    {"nobody becomes a start-up", FIRM "innovative_startup=không founded_on=2024-05-01",
     "nd80-art22-contest", false, false, NULL},
    {"nor younger", FIRM "innovative_startup=có founded_on=2015-05-01", "nd80-art22-contest", false,
     false, NULL},
    {"nor smaller", "form=enterprise section=C employees=300 in_cluster=có", "nd80-art25-learners",
     false, false, NULL},
    {"what was received this year comes again next year", FIRM "received_dx_skills=có",
     "nd224-art71-2-d", false, true, "not_this_year"},
    {"what starts later only waits", FIRM, "nd20-art10", true, true, NULL},
    {"two things in the way are not almost",
     "form=enterprise section=C employees=300 in_cluster=không in_value_chain=không",
     "nd80-art25-learners", false, false, NULL},
    {"an open question is not almost", FIRM, "nd80-art25-learners", false, false, NULL},
    {"eligible is not almost", FIRM "in_cluster=có", "nd80-art25-learners", false, false, NULL},
};

static void almost_is_what_an_owner_can_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(almost_cases); i++) {
        const struct almost_case *c = &almost_cases[i];
        const struct applicant *applicant =
            applicant_on(c->facts, c->is_early ? day_of(2026, 1, 14) : TODAY);
        const struct condition *failed;
        struct policy_match match;
        bool is_almost;

        policy_match_one(applicant, catalogue_find(catalogue, c->policy), &arena, &match);
        is_almost = match_is_almost(applicant, &match, &arena, &failed);
        if (is_almost != c->is_almost)
            fail_msg("%s", c->what);
        if (is_almost && c->condition)
            assert_string_equal(failed->id, c->condition);
        else if (is_almost)
            assert_null(failed);
    }
}

/* Random facts: whatever is almost fails for a rule that names a fact which can be changed. */
static bool names_changeable(const struct facts *facts, const struct rule_node *rule)
{
    if (rule->op == OP_FACT && rule->fact < facts->count) {
        const struct fact *fact = &facts->items[rule->fact];

        if (fact->is_changeable || (fact->rule && names_changeable(facts, fact->rule)))
            return true;
    }
    for (size_t i = 0; i < rule->count; i++) {
        if (names_changeable(facts, &rule->args[i]))
            return true;
    }
    return false;
}

static void almost_never_asks_for_the_impossible(void **state)
{
    struct dice dice = {11};
    size_t found = 0;

    (void)state;
    for (int round = 0; round < 200; round++) {
        const struct applicant *applicant =
            applicant_new(&arena, catalogue, random_values(&dice, 7), DAY_NONE, TODAY, NULL);
        const struct match *match = match_all(applicant, &arena);

        for (size_t i = 0; i < match->count; i++) {
            const struct condition *failed;

            if (!match_is_almost(applicant, &match->policies[i], &arena, &failed))
                continue;
            found++;
            assert_int_not_equal(match->policies[i].policy->open, OPEN_NO);
            assert_true(!failed || names_changeable(catalogue->facts, failed->rule));
        }
    }
    assert_true(found > 100);
}

static void families_are_one_line_with_a_count(void **state)
{
    const struct applicant *applicant =
        applicant_on(FIRM "innovative_startup=không founded_on=2015-05-01", TODAY);
    const struct match *match = match_all(applicant, &arena);
    const struct policy_match **refused =
        ARENA_ARRAY(&arena, const struct policy_match *, match->count);
    const struct policy_line *lines;
    size_t count = 0, line_count, told = 0;

    (void)state;
    for (size_t i = 0; i < match->count; i++) {
        if (match->policies[i].verdict == VERDICT_NOT_ELIGIBLE)
            refused[count++] = &match->policies[i];
    }
    lines = policy_lines(&arena, match, refused, count, FAMILY_OTHERS_MIN, &line_count);
    assert_true(line_count < count / 2);
    for (size_t i = 0; i < line_count; i++) {
        told += lines[i].count;
        assert_true(lines[i].family ? lines[i].count >= 3 : lines[i].count == 1);
        if (lines[i].family && strcmp(lines[i].family->id, "startup") == 0)
            assert_int_equal(lines[i].count, 20);
    }
    assert_int_equal(told, count);
}

/* What has an amount of its own is never hidden behind a family. */
static void amounts_stand_alone(void **state)
{
    const struct match *match = match_all(
        applicant_on(FIRM "innovative_startup=có founded_on=2024-05-01 plans.contest_vnd=80000000",
                     TODAY),
        &arena);
    const struct policy_match **eligible =
        ARENA_ARRAY(&arena, const struct policy_match *, match->count);
    const struct policy_line *lines;
    size_t count = 0, line_count;

    (void)state;
    for (size_t i = 0; i < match->count; i++) {
        if (match->policies[i].verdict == VERDICT_ELIGIBLE)
            eligible[count++] = &match->policies[i];
    }
    lines = policy_lines(&arena, match, eligible, count, FAMILY_OTHERS_MIN, &line_count);
    for (size_t i = 0; i < line_count; i++) {
        for (size_t k = 0; k < lines[i].count; k++)
            assert_true(!lines[i].policies[k]->has_amount || lines[i].count == 1);
    }
}

static void only_what_is_open_is_promised(void **state)
{
    const struct match *match =
        match_all(applicant_on(FIRM "plans.dx_solution_vnd=80000000", TODAY), &arena);
    const struct combination *best = combine(match, &arena);
    int64_t given = 0, promised = 0;

    (void)state;
    for (size_t i = 0; i < best->count; i++) {
        const struct policy_match *one = best->policies[i].match;
        bool is_lent =
            one->policy->benefit == BENEFIT_LOAN || one->policy->benefit == BENEFIT_GUARANTEE;

        assert_int_not_equal(one->policy->open, OPEN_NO);
        if (!best->policies[i].is_chosen || !one->has_amount || is_lent)
            continue;
        given += one->amount_vnd;
        promised += one->policy->open == OPEN_YES ? one->amount_vnd : 0;
    }
    assert_int_equal(best->given_vnd, given);
    assert_int_equal(best->promised_vnd, promised);
    assert_true(given >= 40000000);
    assert_int_equal(promised, 0);
}

static void examples_are_no_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++)
        assert_false(catalogue->policies[i]->is_example);
    assert_int_equal(catalogue->example_count, 2);
    for (size_t i = 0; i < catalogue->example_count; i++) {
        assert_true(catalogue->examples[i]->is_example);
        assert_ptr_equal(catalogue_find(catalogue, catalogue->examples[i]->id),
                         catalogue->examples[i]);
    }
    assert_non_null(catalogue_find(catalogue, "example-province-solution"));
    assert_null(catalogue_find(catalogue, "example-province"));
}

static void every_policy_says_whether_it_is_open(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct policy *policy = catalogue->policies[i];

        if (policy->open_on == DAY_NONE || !policy->open_source.in[LANG_VI] || !policy->family)
            fail_msg("%s", policy->id);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(almost_is_what_an_owner_can_change, setup, teardown),
    cmocka_unit_test_setup_teardown(almost_never_asks_for_the_impossible, setup, teardown),
    cmocka_unit_test_setup_teardown(families_are_one_line_with_a_count, setup, teardown),
    cmocka_unit_test_setup_teardown(amounts_stand_alone, setup, teardown),
    cmocka_unit_test_setup_teardown(only_what_is_open_is_promised, setup, teardown),
    cmocka_unit_test_setup_teardown(examples_are_no_law, setup, teardown),
    cmocka_unit_test_setup_teardown(every_policy_says_whether_it_is_open, setup, teardown),
};

RUN(tests)
