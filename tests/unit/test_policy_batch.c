#include "policy_fixture.h"

#include "policy/batch.h"

/* Numbers near the bounds that laws draw, where mistakes live. */
static int64_t random_integer(struct dice *dice, const struct fact *fact)
{
    static const int64_t bounds[] = {0,   1,   3,    5,     10,     11,       50,
                                     100, 200, 1000, 20000, 500000, 100000000};
    int64_t n = bounds[dice_roll(dice, COUNT(bounds))] + (int64_t)dice_roll(dice, 3) - 1;

    if (fact->kind == FACT_MONEY && dice_roll(dice, 4))
        n = (int64_t)dice_roll(dice, 400) * (dice_roll(dice, 2) ? 1000000 : 500000000) +
            (int64_t)dice_roll(dice, 2);
    return n < fact->min ? fact->min : n > fact->max ? fact->max : n;
}

static struct value random_list(struct dice *dice, const struct fact *fact)
{
    struct value list = {.kind = VALUE_LIST, .count = dice_roll(dice, 4)};
    struct value *items = ARENA_ARRAY(&arena, struct value, list.count);

    for (size_t i = 0; i < list.count; i++)
        items[i] = value_int(random_integer(dice, fact));
    list.items = items;
    return list;
}

static struct value random_value(struct dice *dice, const struct fact *fact)
{
    static const char *const sections[] = {"A", "C", "F", "G", "K"};

    switch (fact->kind) {
    case FACT_YESNO:
        return value_bool(dice_roll(dice, 2));
    case FACT_INTEGER:
        return value_int(random_integer(dice, fact));
    case FACT_MONEY:
        return fact->is_plan && !dice_roll(dice, 5) ? random_list(dice, fact)
                                                    : value_int(random_integer(dice, fact));
    case FACT_PERCENT:
        return value_number(ratio_make((wide)(400 + dice_roll(dice, 20)), 8));
    case FACT_DATE:
        return value_day(&arena, day_of(2017, 1, 1) + (day)dice_roll(dice, 3700));
    case FACT_SECTION:
        return value_text(sections[dice_roll(dice, COUNT(sections))]);
    case FACT_CHOICE:
        return value_text(fact->choices[dice_roll(dice, fact->choice_count)].id);
    default:
        return value_unknown();
    }
}

/* An enterprise of which about `known` in 8 facts are known. */
static const struct applicant *random_applicant(struct dice *dice, size_t known, day on)
{
    struct value *values = ARENA_ARRAY(&arena, struct value, catalogue->facts->count);

    for (size_t i = 0; i < catalogue->facts->count; i++) {
        const struct fact *fact = &catalogue->facts->items[i];

        if (!fact->is_derived && dice_roll(dice, 8) < known)
            values[i] = random_value(dice, fact);
    }
    return applicant_new(&arena, catalogue, values, DAY_NONE, on, NULL);
}

#define ROWS 150

struct seen {
    size_t verdicts[VERDICT__MAX], amounts;
};

static void compare_block(struct dice *dice, size_t known, day on, struct seen *seen)
{
    struct policy_batch *batch = policy_batch_new(&arena, catalogue, on);
    struct policy_outcome *outcomes =
        ARENA_ARRAY(&arena, struct policy_outcome, ROWS * catalogue->count);
    const struct applicant *applicants[ROWS];

    for (size_t i = 0; i < ROWS; i++)
        applicants[i] = random_applicant(dice, known, on);
    policy_batch_run(batch, applicants, ROWS, &arena, outcomes);
    for (size_t i = 0; i < ROWS * catalogue->count; i++) {
        const struct policy *policy = catalogue->policies[i % catalogue->count];
        struct policy_match match;

        policy_match_one(applicants[i / catalogue->count], policy, &arena, &match);
        if (outcomes[i].verdict != match.verdict || outcomes[i].has_amount != match.has_amount ||
            outcomes[i].amount_vnd != match.amount_vnd)
            fail_msg("%s, day %d, applicant %zu: %d %lld, alone %d %lld", policy->id, (int)on,
                     i / catalogue->count, outcomes[i].verdict, (long long)outcomes[i].amount_vnd,
                     match.verdict, (long long)match.amount_vnd);
        seen->verdicts[match.verdict]++;
        seen->amounts += match.has_amount;
    }
}

/*
 * Block by block, every policy and enterprise gets the verdict and amount that it gets alone: with
 * much and with little known, with several contracts in a year, on every day on which a policy
 * starts or ends, and on the days around it.
 */
static void batches_say_what_single_matches_say(void **state)
{
    static const size_t known[] = {3, 6, 7, 8};
    struct dice dice = {100000};
    struct seen seen = {{0}, 0};
    size_t rounds = 0;

    (void)state;
    for (size_t i = 0; i < catalogue->count; i++) {
        day days[] = {catalogue->policies[i]->from - 1, catalogue->policies[i]->from, TODAY};
        day on = days[dice_roll(&dice, COUNT(days))];

        compare_block(&dice, known[rounds++ % COUNT(known)], on, &seen);
        arena_free(&arena);
        setup(NULL);
    }
    assert_true(seen.verdicts[VERDICT_ELIGIBLE] > 300 &&
                seen.verdicts[VERDICT_NOT_ELIGIBLE] > 300 && seen.verdicts[VERDICT_UNKNOWN] > 300 &&
                seen.amounts > 100);
}

/* All policies run on columns, so that a whole province is matched at once. */
static void every_policy_is_compiled(void **state)
{
    struct policy_batch *batch = policy_batch_new(&arena, catalogue, TODAY);

    (void)state;
    assert_int_equal(policy_batch_compiled(batch), catalogue->count);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(batches_say_what_single_matches_say, setup, teardown),
    cmocka_unit_test_setup_teardown(every_policy_is_compiled, setup, teardown),
};

RUN(tests)
