#include "policy_fixture.h"

#include "policy/batch.h"

#define ROWS 60

struct seen {
    size_t verdicts[VERDICT__MAX], amounts;
};

static void compare_block(struct dice *dice, size_t known, day on, struct seen *seen)
{
    struct policy_batch *batch = policy_batch_new(&arena, catalogue, on);
    struct policy_outcome *outcomes =
        ARENA_ARRAY(&arena, struct policy_outcome, ROWS * catalogue->count);
    const struct applicant *applicants[ROWS];
    const struct applicant *needed[ROWS] = {NULL};

    for (size_t i = 0; i < ROWS; i++) {
        applicants[i] = random_applicant(dice, known, on);
        if (policy_batch_put(batch, i, applicants[i]))
            needed[i] = applicants[i];
    }
    policy_batch_run(batch, needed, ROWS, &arena, outcomes);
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
        day on = days[dice_roll(&dice, ARRAY_SIZE(days))];

        compare_block(&dice, known[rounds++ % ARRAY_SIZE(known)], on, &seen);
        arena_reset(&arena);
        faults_init(&faults, &arena);
    }
    assert_true(seen.verdicts[VERDICT_ELIGIBLE] > 300 &&
                seen.verdicts[VERDICT_NOT_ELIGIBLE] > 300 && seen.verdicts[VERDICT_UNKNOWN] > 300 &&
                seen.amounts > 100);
}

/* A catalogue of one policy whose amount follows from the number of employees. */
static struct catalogue catalogue_of(const char *amount)
{
    const char *text = arena_printf(
        &arena,
        "{\"kind\":\"policy\",\"id\":\"t\",\"version\":\"1\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
        "\"valid\":{\"from\":\"2026-01-01\"},\"legal\":{\"document\":\"1\",\"article\":\"1\"},"
        "\"conditions\":[{\"id\":\"a\",\"if\":{\">=\":[{\"var\":\"employees\"},0]}}],\"amount\":%s,"
        "\"tests\":[{\"facts\":{},\"verdict\":\"unknown\"}]}",
        amount);
    const struct json *json = json_parse(&arena, "t.json", text, strlen(text), &faults);
    const struct policy **policies = ARENA_ARRAY(&arena, const struct policy *, 1);
    struct catalogue mine = *catalogue;

    policies[0] = policy_read(&arena, json, catalogue->facts, &faults);
    if (!policies[0])
        fail_with_faults(amount);
    mine.policies = policies;
    mine.count = 1;
    return mine;
}

/* Amounts below zero, halves of a đồng, and numbers that no column holds. */
static void amounts_at_their_bounds_are_the_same(void **state)
{
    static const char *const amounts[] = {
        "{\"-\":[{\"var\":\"employees\"},10]}",
        "{\"/\":[{\"-\":[{\"var\":\"employees\"},10]},2]}",
        "{\"/\":[{\"-\":[{\"var\":\"employees\"},10]},4]}",
        "{\"*\":[{\"var\":\"employees\"},1000]}",
    };
    size_t employees = facts_find(catalogue->facts, "employees");

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(amounts); i++) {
        const struct catalogue mine = catalogue_of(amounts[i]);
        struct policy_batch *batch = policy_batch_new(&arena, &mine, TODAY);
        const struct applicant *applicants[ROWS], *needed[ROWS] = {NULL};
        struct policy_outcome outcomes[ROWS];

        for (int row = 0; row < ROWS; row++) {
            struct value *values = ARENA_ARRAY(&arena, struct value, mine.facts->count);

            values[employees] = value_number(ratio_make(row, row < ROWS / 2 ? 1 : 3));
            applicants[row] = applicant_new(&arena, &mine, values, DAY_NONE, TODAY, NULL);
            if (policy_batch_put(batch, (size_t)row, applicants[row]))
                needed[row] = applicants[row];
        }
        policy_batch_run(batch, needed, ROWS, &arena, outcomes);
        for (int row = 0; row < ROWS; row++) {
            struct policy_match match;

            policy_match_one(applicants[row], mine.policies[0], &arena, &match);
            if (outcomes[row].has_amount != match.has_amount ||
                outcomes[row].amount_vnd != match.amount_vnd)
                fail_msg("%s, row %d: %d %lld, alone %d %lld", amounts[i], row,
                         outcomes[row].has_amount, (long long)outcomes[row].amount_vnd,
                         match.has_amount, (long long)match.amount_vnd);
        }
    }
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
    cmocka_unit_test_setup_teardown(amounts_at_their_bounds_are_the_same, setup, teardown),
    cmocka_unit_test_setup_teardown(every_policy_is_compiled, setup, teardown),
};

RUN(tests)
