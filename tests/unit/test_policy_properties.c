#include "policy_fixture.h"

#include "policy/combine.h"

/* What must hold for every policy of the catalogue and every enterprise, whatever the numbers. */

#define ROUNDS 400

/* What the rounds leave behind is freed now and then, with a fresh catalogue after it. */
static void tidy(int round)
{
    if (round % 25 != 24)
        return;
    teardown(NULL);
    setup(NULL);
}

static bool is_free_of_lists(const struct value *values)
{
    for (size_t i = 0; i < catalogue->facts->count; i++) {
        if (values[i].kind == VALUE_LIST)
            return false;
    }
    return true;
}

/* Telling one more fact never turns a decided verdict or a known amount into something else. */
static void one_more_fact_never_unsettles(void **state)
{
    struct dice dice = {1717};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct value *values = random_values(&dice, 5);
        const struct match *before =
            match_all(applicant_new(&arena, catalogue, values, DAY_NONE, TODAY, NULL), &arena);
        size_t fact = dice_roll(&dice, catalogue->facts->count);
        const struct match *after;

        /* what the program takes for granted until told (form, age) may be corrected */
        if (catalogue->facts->items[fact].is_derived || values[fact].kind != VALUE_UNKNOWN ||
            strcmp(catalogue->facts->items[fact].id, "form") == 0 ||
            strcmp(catalogue->facts->items[fact].id, "founded_on") == 0)
            continue;
        values[fact] = random_value(&dice, &catalogue->facts->items[fact]);
        after = match_all(applicant_new(&arena, catalogue, values, DAY_NONE, TODAY, NULL), &arena);
        for (size_t i = 0; i < catalogue->count; i++) {
            const struct policy_match *x = &before->policies[i], *y = &after->policies[i];

            if ((x->verdict != VERDICT_UNKNOWN && x->verdict != y->verdict) ||
                (x->has_amount && (!y->has_amount || y->amount_vnd != x->amount_vnd)))
                fail_msg("round %d: %s changes with %s", round, x->policy->id,
                         catalogue->facts->items[fact].id);
        }
        tidy(round);
    }
}

/* A policy that drops one of its conditions has every enterprise that it had, and perhaps more. */
static void looser_rules_never_lose_anybody(void **state)
{
    struct dice dice = {2030};
    size_t gained = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const struct policy *policy = catalogue->policies[dice_roll(&dice, catalogue->count)];
        const struct applicant *applicant = random_applicant(&dice, 6, TODAY);
        struct condition *kept = ARENA_ARRAY(&arena, struct condition, policy->condition_count);
        size_t dropped = dice_roll(&dice, policy->condition_count);
        struct policy looser = *policy;
        struct policy_match strict, loose;

        looser.condition_count = 0;
        for (size_t i = 0; i < policy->condition_count; i++) {
            if (i != dropped)
                kept[looser.condition_count++] = policy->conditions[i];
        }
        looser.conditions = kept;
        policy_match_one(applicant, policy, &arena, &strict);
        policy_match_one(applicant, &looser, &arena, &loose);
        if (strict.verdict == VERDICT_ELIGIBLE)
            assert_int_equal(loose.verdict, VERDICT_ELIGIBLE);
        if (strict.verdict == VERDICT_UNKNOWN)
            assert_int_not_equal(loose.verdict, VERDICT_NOT_ELIGIBLE);
        gained += strict.verdict == VERDICT_NOT_ELIGIBLE && loose.verdict != strict.verdict;
    }
    assert_true(gained > 20);
}

/* ---- ceilings ---- */

static const struct parameter *parameter_of(const struct policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->parameter_count; i++) {
        if (strcmp(policy->parameters[i].name, name) == 0)
            return &policy->parameters[i];
    }
    return NULL;
}

/* The largest value that a parameter ever has; 0 without the parameter. */
static int64_t highest(const struct policy *policy, const char *name)
{
    const struct parameter *parameter = parameter_of(policy, name);
    int64_t most = 0;

    for (size_t i = 0; parameter && i < parameter->count; i++) {
        const struct parameter_value *value = &parameter->values[i];
        size_t choices = value->by ? catalogue->facts->items[parameter->by_fact].choice_count : 1;

        for (size_t j = 0; j < choices; j++) {
            const struct value *one = value->by ? &value->by[j] : &value->value;
            int64_t n;

            if (one->kind == VALUE_NUMBER && ratio_to_int64(one->number, &n) && n > most)
                most = n;
        }
    }
    return most;
}

/* The highest ceiling of a policy for so many contracts; 0 if it has none. */
static int64_t ceiling_of(const struct policy *policy, const struct applicant *applicant)
{
    static const char *const caps[] = {"cap", "cap_priority", "cap_startup"};
    static const char *const per_unit[][2] = {
        {"cap_month", "months_max"}, {"cap_learner", "learners_max"}, {"cap_year", "years_max"}};
    int64_t most = 0;
    size_t contracts = 1;

    for (size_t i = 0; i < ARRAY_SIZE(per_unit); i++) {
        int64_t units = highest(policy, per_unit[i][0]) * highest(policy, per_unit[i][1]);

        most = units > most ? units : most;
    }
    for (size_t i = 0; i < ARRAY_SIZE(caps); i++)
        most = highest(policy, caps[i]) > most ? highest(policy, caps[i]) : most;
    if (policy->plan_fact != MAP_NONE && cap_basis_is_each(policy->cap_basis) &&
        applicant->values[policy->plan_fact].kind == VALUE_LIST)
        contracts = applicant->values[policy->plan_fact].count;
    return most * (int64_t)contracts;
}

static void amounts_stay_under_their_ceilings(void **state)
{
    struct dice dice = {80};
    size_t checked = 0, reached = 0;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        const struct applicant *applicant = random_applicant(&dice, 7, TODAY);
        const struct match *match = match_all(applicant, &arena);

        for (size_t i = 0; i < match->count; i++) {
            const struct policy_match *one = &match->policies[i];
            int64_t ceiling = ceiling_of(one->policy, applicant);

            assert_true(!one->has_range || one->low_vnd <= one->high_vnd);
            if (!ceiling || !one->has_amount)
                continue;
            if (one->amount_vnd > ceiling)
                fail_msg("%s gives %lld, over %lld", one->policy->id, (long long)one->amount_vnd,
                         (long long)ceiling);
            checked++;
            reached += one->amount_vnd == ceiling;
        }
        tidy(round);
    }
    assert_true(checked > 200 && reached > 20);
}

/* Planning to spend more never brings less. */
static void more_spending_never_brings_less(void **state)
{
    struct dice dice = {2026};

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct value *values = random_values(&dice, 7);
        const struct policy *policy = catalogue->policies[dice_roll(&dice, catalogue->count)];
        struct policy_match less, more;
        int64_t spend;

        if (policy->plan_fact == MAP_NONE || !is_free_of_lists(values) ||
            values[policy->plan_fact].kind != VALUE_NUMBER)
            continue;
        policy_match_one(applicant_new(&arena, catalogue, values, DAY_NONE, TODAY, NULL), policy,
                         &arena, &less);
        assert_true(ratio_to_int64(values[policy->plan_fact].number, &spend));
        values[policy->plan_fact] = value_int(spend + 1 + (int64_t)dice_roll(&dice, 9000000));
        policy_match_one(applicant_new(&arena, catalogue, values, DAY_NONE, TODAY, NULL), policy,
                         &arena, &more);
        if (less.has_amount && more.has_amount)
            assert_true(less.amount_vnd <= more.amount_vnd);
    }
}

/* ---- the best combination, over the real catalogue ---- */

struct subset {
    const struct policy_match *members[16];
    size_t count;
};

static int64_t best_of_all(const struct subset *all, size_t at, unsigned chosen)
{
    bool is_allowed = true;
    int64_t without, with;

    if (at == all->count)
        return 0;
    without = best_of_all(all, at + 1, chosen);
    for (size_t i = 0; i < at && is_allowed; i++)
        is_allowed = !(chosen >> i & 1) ||
                     !policies_exclude(all->members[i]->policy, all->members[at]->policy, NULL);
    if (!is_allowed)
        return without;
    with = all->members[at]->amount_vnd + best_of_all(all, at + 1, chosen | 1u << at);
    return with > without ? with : without;
}

/* Grants and services with an amount that share a content with another: the rest do not matter. */
static struct subset members_of(const struct match *match)
{
    struct subset all = {.count = 0};

    for (size_t i = 0; i < match->count && all.count < 16; i++) {
        const struct policy_match *one = &match->policies[i];

        if (one->verdict == VERDICT_ELIGIBLE && one->has_amount && one->amount_vnd &&
            one->policy->content && one->policy->benefit != BENEFIT_LOAN &&
            one->policy->benefit != BENEFIT_GUARANTEE)
            all.members[all.count++] = one;
    }
    return all;
}

static void the_catalogue_combines_exactly(void **state)
{
    struct dice dice = {7375};
    size_t left_out = 0;

    (void)state;
    for (int round = 0; round < 120; round++) {
        const struct match *match = match_all(random_applicant(&dice, 7, TODAY), &arena);
        const struct combination *best = combine(match, &arena);
        struct subset all = members_of(match);
        int64_t given = 0;

        assert_true(best->is_exact);
        for (size_t i = 0; i < best->count; i++) {
            const struct combined_policy *one = &best->policies[i];

            for (size_t j = 0; j < all.count; j++)
                given +=
                    one->match == all.members[j] && one->is_chosen ? one->match->amount_vnd : 0;
            if (one->is_chosen)
                continue;
            /* why this one and not that one */
            left_out++;
            assert_true(one->instead && one->code && exclusion_words(one->code).in[LANG_VI]);
            assert_true(policies_exclude(one->match->policy, one->instead->policy, NULL));
        }
        if (all.count < 16)
            assert_int_equal(given, best_of_all(&all, 0, 0));
        tidy(round);
    }
    assert_true(left_out > 20);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(one_more_fact_never_unsettles, setup, teardown),
    cmocka_unit_test_setup_teardown(looser_rules_never_lose_anybody, setup, teardown),
    cmocka_unit_test_setup_teardown(amounts_stay_under_their_ceilings, setup, teardown),
    cmocka_unit_test_setup_teardown(more_spending_never_brings_less, setup, teardown),
    cmocka_unit_test_setup_teardown(the_catalogue_combines_exactly, setup, teardown),
};

RUN(tests)
