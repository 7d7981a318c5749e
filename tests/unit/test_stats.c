#include "test.h"

#include "insight/stats.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct stats_shape shape = {
    .by = {STATS_AREA, STATS_SECTION}, .by_count = 2, .scores = 2, .levels = 6, .policies = 1};

static void add(struct stats *stats, const char *area, const char *section, int level, int total,
                int64_t amount)
{
    int scores[2] = {total, level == 0 ? -1 : total / 2};
    struct stats_policy policy = {.is_eligible = amount > 0,
                                  .is_unknown = amount<0, .has_amount = amount> 1,
                                  .amount_vnd = amount};
    struct stats_record record = {.level = level, .scores = scores, .policies = &policy};

    record.keys[STATS_AREA] = area;
    record.keys[STATS_SECTION] = section;
    stats_add(stats, &record);
}

static void counts_means_and_medians_are_exact(void **state)
{
    struct stats stats;

    (void)state;
    stats_init(&stats, &arena, &shape);
    add(&stats, "b", "C", 1, 1000, 40);
    add(&stats, "a", "C", 2, 3333, 50);
    add(&stats, "a", "C", 3, 5001, -1);
    add(&stats, "a", "C", 0, 0, 1);
    add(&stats, NULL, "C", 2, 2000, 0);
    stats_finish(&stats);
    assert_int_equal(stats.count, 3);
    assert_string_equal(stats.groups[0].keys[0], "a");
    assert_string_equal(stats.groups[1].keys[0], "b");
    assert_null(stats.groups[2].keys[0]); /* not known: last */
    assert_int_equal(stats.groups[0].count, 3);
    assert_int_equal(ratio_cmp(stats_mean(&stats.groups[0].values[0]), ratio_make(8334, 300)), 0);
    assert_int_equal(ratio_cmp(stats_median(&stats.groups[0].values[0]), ratio_make(3333, 100)), 0);
    /* the one that was not rated does not count */
    assert_int_equal(stats.groups[0].values[1].count, 2);
    assert_int_equal(ratio_cmp(stats_median(&stats.groups[0].values[1]), ratio_make(4166, 200)), 0);
    assert_int_equal(stats.groups[0].policies[0].eligible, 2);
    assert_int_equal(stats.groups[0].policies[0].unknown, 1);
    assert_int_equal(stats.groups[0].policies[0].with_amount, 1);
    assert_int_equal(stats.total.policies[0].amount_vnd, 90);
    assert_int_equal(stats.total.levels[2], 2);
}

static void what_is_hidden_cannot_be_computed(void **state)
{
    static const struct {
        size_t counts[5];
        bool hidden[5];
    } cases[] = {
        {{10, 20, 30, 0, 7}, {0, 0, 0, 0, 0}},
        {{10, 20, 30, 0, 4}, {1, 0, 0, 0, 1}}, /* one alone is total minus the others */
        {{10, 20, 3, 3, 9}, {0, 0, 1, 1, 0}},
        {{10, 20, 1, 2, 9}, {0, 0, 1, 1, 1}}, /* 1 + 2 are still a small group */
        {{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}},   /* nothing left to hide behind */
        {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool hidden[5];

        stats_hide_counts(cases[i].counts, 5, hidden);
        for (size_t j = 0; j < 5; j++) {
            if (hidden[j] != cases[i].hidden[j])
                fail_msg("case %zu, count %zu", i, j);
        }
    }
}

/* Whatever the counts: the hidden ones are none, or at least two that add up to a safe group. */
static void hiding_is_safe_for_all_counts(void **state)
{
    struct dice dice = {5};

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t counts[8], n = 1 + dice_roll(&dice, 8), hidden_count = 0, sum = 0, shown = 0;
        bool hidden[8];

        for (size_t i = 0; i < n; i++)
            counts[i] = dice_roll(&dice, 12);
        stats_hide_counts(counts, n, hidden);
        for (size_t i = 0; i < n; i++) {
            hidden_count += hidden[i];
            sum += hidden[i] ? counts[i] : 0;
            shown += !hidden[i] && counts[i] > 0;
            assert_true(hidden[i] || counts[i] == 0 || counts[i] >= STATS_GROUP_MIN);
        }
        assert_true(!hidden_count || !shown || (hidden_count >= 2 && sum >= STATS_GROUP_MIN));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(counts_means_and_medians_are_exact, setup, teardown),
    cmocka_unit_test(what_is_hidden_cannot_be_computed),
    cmocka_unit_test(hiding_is_safe_for_all_counts),
};

RUN(tests)
