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
