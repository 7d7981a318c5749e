#include "arena_fixture.h"

#include "../../src/insight/suppress_parts.h"
#include "insight/stats.h"

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
    assert_int_equal(stats.groups[0].policies[0].counts[STATS_ELIGIBLE], 2);
    assert_int_equal(stats.groups[0].policies[0].counts[STATS_UNKNOWN], 1);
    assert_int_equal(stats.groups[0].policies[0].amount.n, 1);
    assert_int_equal(stats.total.policies[0].amount.sum, 90);
    assert_int_equal(stats.total.levels[2], 2);
}

/* ---- what is hidden ---- */

/* Groups of one key with these sizes. */
static void fill_sizes(struct stats *stats, const size_t *counts, size_t n)
{
    struct stats_shape one = {
        .by = {STATS_AREA}, .by_count = 1, .scores = 2, .levels = 6, .policies = 1};

    stats_init(stats, &arena, &one);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < counts[i]; j++)
            add(stats, arena_printf(&arena, "area-%zu", i), NULL, 1, 1000, 0);
    }
    stats_finish(stats);
    stats_suppress(stats);
}

static void small_groups_are_hidden_with_another(void **state)
{
    static const struct {
        size_t counts[5];
        bool hidden[5];
    } cases[] = {
        {{10, 20, 30, 8, 7}, {0, 0, 0, 0, 0}},
        {{10, 20, 30, 8, 4}, {0, 0, 0, 1, 1}}, /* one alone is total minus the others */
        {{10, 20, 3, 3, 9}, {0, 0, 1, 1, 0}},
        {{10, 20, 1, 2, 9}, {0, 0, 1, 1, 1}}, /* 1 + 2 are still a small group */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct stats stats;

        fill_sizes(&stats, cases[i].counts, 5);
        assert_false(stats.total.is_hidden);
        for (size_t j = 0; j < 5; j++) {
            if (stats.groups[j].is_hidden != cases[i].hidden[j])
                fail_msg("case %zu, group %zu", i, j);
        }
    }
}

static void nothing_is_told_of_a_small_whole(void **state)
{
    static const size_t few[] = {1, 3};
    struct stats stats;

    (void)state;
    fill_sizes(&stats, few, 2);
    assert_true(stats.total.is_hidden && stats.groups[0].is_hidden && stats.groups[1].is_hidden);
    assert_true(stats.total.values[0].is_hidden);
    assert_true(stats.total.hides_level[1]);
    assert_true(stats.total.policies[0].hides[STATS_NOT_ELIGIBLE]);
}

/* Whatever the counts: the hidden ones are none, or at least two that add up to a safe group. */
static void hiding_is_safe_for_all_counts(void **state)
{
    struct dice dice = {5};

    (void)state;
    for (int round = 0; round < 2000; round++) {
        size_t counts[8], n = 1 + dice_roll(&dice, 8), hidden_count = 0, sum = 0, shown = 0;
        struct stats stats;

        for (size_t i = 0; i < n; i++)
            counts[i] = 1 + dice_roll(&dice, 11);
        fill_sizes(&stats, counts, n);
        for (size_t i = 0; i < n; i++) {
            bool hidden = stats.groups[i].is_hidden;

            hidden_count += hidden;
            sum += hidden ? counts[i] : 0;
            shown += !hidden;
            assert_true(hidden || counts[i] >= STATS_GROUP_MIN);
        }
        assert_true(!hidden_count || !shown || (hidden_count >= 2 && sum >= STATS_GROUP_MIN));
        arena_reset(&arena);
    }
}

/* ---- the attack: equations of everything that is shown, solved in another way ---- */

#define CELLS_MAX 24

/* True if `wanted` is a combination of the rows: then it adds nothing to their rank. */
static size_t rank_of(double rows[][CELLS_MAX], size_t count)
{
    size_t rank = 0;

    for (size_t c = 0; c < CELLS_MAX && rank < count; c++) {
        size_t best = rank;

        for (size_t r = rank; r < count; r++) {
            if (rows[r][c] * rows[r][c] > rows[best][c] * rows[best][c])
                best = r;
        }
        if (rows[best][c] * rows[best][c] < 1e-12)
            continue;
        for (size_t k = 0; k < CELLS_MAX; k++) {
            double kept = rows[rank][k];

            rows[rank][k] = rows[best][k];
            rows[best][k] = kept;
        }
        for (size_t r = rank + 1; r < count; r++) {
            double times = rows[r][c] / rows[rank][c];

            for (size_t k = 0; k < CELLS_MAX; k++)
                rows[r][k] -= times * rows[rank][k];
        }
        rank++;
    }
    return rank;
}

struct world {
    size_t areas, sections;
    size_t counts[4][6];
};

static void fill_world(struct stats *stats, const struct world *world, enum stats_key key,
                       bool is_both)
{
    struct stats_shape two = {.by = {STATS_AREA, STATS_SECTION},
                              .by_count = is_both ? 2 : 1,
                              .scores = 2,
                              .levels = 6,
                              .policies = 1};

    if (!is_both)
        two.by[0] = key;
    stats_init(stats, &arena, &two);
    for (size_t a = 0; a < world->areas; a++) {
        for (size_t s = 0; s < world->sections; s++) {
            for (size_t i = 0; i < world->counts[a][s]; i++)
                add(stats, arena_printf(&arena, "%zu", a), arena_printf(&arena, "%zu", s), 1, 1000,
                    0);
        }
    }
    stats_finish(stats);
    stats_suppress(stats);
}

static bool is_shown(const struct stats *stats, const char *a, const char *b)
{
    for (size_t i = 0; i < stats->count; i++) {
        if (strcmp(stats->groups[i].keys[0], a) == 0 &&
            (!b || strcmp(stats->groups[i].keys[1], b) == 0))
            return !stats->groups[i].is_hidden;
    }
    return true; /* nobody is there, and everybody sees it */
}

/* What is published: every shown cell, and the shown sums of other tables, as equations. */
static size_t publish(const struct world *world, double rows[][CELLS_MAX], bool with_cells)
{
    struct stats both, areas, sections;
    size_t count = 0;

    fill_world(&both, world, STATS_AREA, true);
    fill_world(&areas, world, STATS_AREA, false);
    fill_world(&sections, world, STATS_SECTION, false);
    for (size_t a = 0; a < world->areas; a++) {
        const char *name = arena_printf(&arena, "%zu", a);

        if (!is_shown(&areas, name, NULL))
            continue;
        for (size_t s = 0; s < world->sections; s++)
            rows[count][a * 6 + s] = world->counts[a][s] > 0;
        count++;
    }
    for (size_t s = 0; s < world->sections; s++) {
        if (!is_shown(&sections, arena_printf(&arena, "%zu", s), NULL))
            continue;
        for (size_t a = 0; a < world->areas; a++)
            rows[count][a * 6 + s] = world->counts[a][s] > 0;
        count++;
    }
    for (size_t i = 0; i < CELLS_MAX && !both.total.is_hidden; i++)
        rows[count][i] = world->counts[i / 6][i % 6] > 0;
    count += !both.total.is_hidden;
    for (size_t i = 0; with_cells && i < CELLS_MAX; i++) {
        if (world->counts[i / 6][i % 6] &&
            is_shown(&both, arena_printf(&arena, "%zu", i / 6), arena_printf(&arena, "%zu", i % 6)))
            rows[count++][i] = 1;
    }
    return count;
}

static bool is_derived(double published[][CELLS_MAX], size_t count, size_t cell)
{
    double rows[64][CELLS_MAX] = {{0}};
    size_t before;

    memcpy(rows, published, count * sizeof(*rows));
    before = rank_of(rows, count);
    memset(rows, 0, sizeof(rows));
    memcpy(rows, published, count * sizeof(*rows));
    rows[count][cell] = 1;
    return rank_of(rows, count + 1) == before;
}

/*
 * Random tables of areas and sections, published with their margins: no small cell follows from
 * all that is shown, unless the margins alone give it away, which no table can prevent.
 */
static void small_cells_do_not_follow_from_the_margins(void **state)
{
    struct dice dice = {11};
    size_t attacked = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct world world = {.areas = 2 + dice_roll(&dice, 3),
                              .sections = 2 + dice_roll(&dice, 5)};
        double all[64][CELLS_MAX] = {{0}}, margins[64][CELLS_MAX] = {{0}};
        size_t all_count, margin_count;

        for (size_t a = 0; a < world.areas; a++) {
            for (size_t s = 0; s < world.sections; s++)
                world.counts[a][s] = dice_roll(&dice, 4) ? dice_roll(&dice, 14) : 0;
        }
        all_count = publish(&world, all, true);
        margin_count = publish(&world, margins, false);
        for (size_t i = 0; i < CELLS_MAX; i++) {
            size_t n = world.counts[i / 6][i % 6];

            if (!n || n >= STATS_GROUP_MIN || is_derived(margins, margin_count, i))
                continue;
            attacked++;
            if (is_derived(all, all_count, i))
                fail_msg("round %d: cell %zu with %zu can be computed", round, i, n);
        }
        arena_reset(&arena);
    }
    assert_true(attacked > 500);
}

/* Levels within groups, groups, and levels of all: the same attack on a second kind of number. */
static void small_levels_do_not_follow_from_the_total(void **state)
{
    struct dice dice = {3};

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct stats_shape one = {
            .by = {STATS_AREA}, .by_count = 1, .scores = 2, .levels = 4, .policies = 1};
        struct stats stats;

        stats_init(&stats, &arena, &one);
        for (size_t i = 0, n = 10 + dice_roll(&dice, 80); i < n; i++)
            add(&stats, arena_printf(&arena, "%zu", (size_t)dice_roll(&dice, 3)), NULL,
                (int)dice_roll(&dice, 4), 1000, (int64_t)dice_roll(&dice, 3) * 10 - 10);
        stats_finish(&stats);
        stats_suppress(&stats);
        for (size_t l = 0; l < 4; l++) { /* the sum over the groups */
            size_t hidden = 0, sum = 0;

            for (size_t g = 0; g < stats.count; g++) {
                bool hides = stats.groups[g].hides_level[l];

                hidden += hides; /* also a 0, which nobody can tell from another */
                sum += hides ? stats.groups[g].levels[l] : 0;
                assert_true(hides || !stats.groups[g].levels[l] ||
                            stats.groups[g].levels[l] >= STATS_GROUP_MIN);
            }
            if (!stats.total.hides_level[l] && sum)
                assert_true(hidden >= 2 && sum >= STATS_GROUP_MIN);
        }
        for (size_t v = 0; v < STATS_VERDICT__MAX; v++) {
            size_t hidden = 0, sum = 0;

            for (size_t g = 0; g < stats.count; g++) {
                const struct stats_eligible *one_of = &stats.groups[g].policies[0];

                hidden += one_of->hides[v];
                sum += one_of->hides[v] ? one_of->counts[v] : 0;
                assert_true(one_of->hides[v] || !one_of->counts[v] ||
                            one_of->counts[v] >= STATS_GROUP_MIN);
            }
            if (!stats.total.policies[0].hides[v] && sum)
                assert_true(hidden >= 2 && sum >= STATS_GROUP_MIN);
        }
        arena_reset(&arena);
    }
}

static void one_firm_does_not_stand_behind_a_sum(void **state)
{
    static const int64_t even[] = {100, 100, 100, 100, 100, 100};
    static const int64_t dominated[] = {100000, 100, 100, 100, 100, 100};
    struct stats stats;

    (void)state;
    for (int is_dominated = 0; is_dominated < 2; is_dominated++) {
        struct stats_shape one = {
            .by = {STATS_AREA}, .by_count = 1, .scores = 2, .levels = 6, .policies = 1};

        stats_init(&stats, &arena, &one);
        for (size_t i = 0; i < 6; i++) {
            add(&stats, "a", NULL, 1, 1000, (is_dominated ? dominated : even)[i]);
            add(&stats, "b", NULL, 1, 1000, even[i]);
            add(&stats, "c", NULL, 1, 1000, even[i]);
        }
        stats_finish(&stats);
        stats_suppress(&stats);
        assert_false(stats.groups[0].policies[0].hides[STATS_ELIGIBLE]);
        assert_int_equal(stats.groups[0].policies[0].hides_amount, is_dominated);
        /* the sum of all would tell it as well; else another group goes with it */
        if (is_dominated)
            assert_true(stats.total.policies[0].hides_amount ||
                        stats.groups[1].policies[0].hides_amount ||
                        stats.groups[2].policies[0].hides_amount);
        else
            assert_int_equal(stats.total.policies[0].amount.sum, 1800);
    }
}

static void weights_keep_the_two_largest(void **state)
{
    struct suppress_weight sum = {0};
    static const int64_t amounts[] = {5, 9, 1, 9, 7};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(amounts); i++)
        suppress_add(&sum, &(struct suppress_weight){1, amounts[i], amounts[i], 0, NULL}, &arena);
    assert_int_equal(sum.n, 5);
    assert_int_equal(sum.sum, 31);
    assert_int_equal(sum.first, 9);
    assert_int_equal(sum.second, 9);
    assert_true(suppress_is_safe(&sum));
    sum = (struct suppress_weight){5, 109, 100, 1, NULL};
    assert_false(suppress_is_safe(&sum)); /* the second knows the first within 8 % */
    sum.sum = 111;
    assert_true(suppress_is_safe(&sum));
    /* of sums of sums, too */
    sum = (struct suppress_weight){2, 12, 10, 2, NULL};
    suppress_add(&sum, &(struct suppress_weight){3, 24, 9, 8, NULL}, &arena);
    assert_int_equal(sum.first, 10);
    assert_int_equal(sum.second, 9);
    suppress_add(&sum, &(struct suppress_weight){2, 50, 30, 20, NULL}, &arena);
    assert_int_equal(sum.first, 30);
    assert_int_equal(sum.second, 20);
}

/* Records of persons (0: one alone), each with this amount. */
static struct suppress_weight weight_by(const uint32_t *persons, const int64_t *amounts, size_t n)
{
    struct suppress_weight sum = {0};
    struct suppress_persons *kept = NULL;

    for (size_t i = 0; i < n; i++) {
        int64_t alone = persons[i] ? 0 : amounts[i];

        suppress_add(&sum, &(struct suppress_weight){1, amounts[i], alone, 0, NULL}, &arena);
        suppress_note(&kept, &arena, persons[i], amounts[i], true);
    }
    sum.persons = kept;
    return sum;
}

static void branches_are_one_contributor(void **state)
{
    static const int64_t tens[8] = {10, 10, 10, 10, 10, 10, 10, 10};
    static const int64_t large[8] = {10, 10, 10, 10, 1, 1, 1, 1};
    static const uint32_t one[8] = {7, 7, 7, 7, 7, 7, 7, 7}, four[8] = {7, 7, 7, 7, 7, 0, 0, 0},
                          five[8] = {7, 7, 9, 9, 0, 0, 0, 9}, none[8] = {0};
    struct suppress_weight a, b;

    (void)state;
    a = weight_by(one, tens, 8);
    assert_false(suppress_is_safe(&a));
    a = weight_by(four, tens, 8);
    assert_false(suppress_is_safe(&a));
    a = weight_by(five, tens, 8);
    assert_true(suppress_is_safe(&a));
    /* 40 of one owner beside 1, 1, 1 and 1: what is left is less than 10 % of 40 */
    a = weight_by(none, large, 8);
    assert_true(suppress_is_safe(&a));
    a = weight_by((uint32_t[8]){3, 3, 3, 3, 0, 0, 0, 0}, large, 8);
    assert_false(suppress_is_safe(&a));
    /* the same owner in two cells is not two */
    a = weight_by((uint32_t[3]){7, 8, 9}, tens, 3);
    b = weight_by((uint32_t[3]){7, 8, 9}, tens, 3);
    suppress_add(&a, &b, &arena);
    assert_false(suppress_is_safe(&a));
    b = weight_by((uint32_t[3]){7, 8, 0}, tens, 3);
    suppress_add(&a, &b, &arena);
    assert_false(suppress_is_safe(&a));
    b = weight_by((uint32_t[3]){7, 5, 9}, tens, 3);
    suppress_add(&a, &b, &arena);
    assert_true(suppress_is_safe(&a));
    assert_int_equal(a.persons->records, 11);
    assert_int_equal(a.persons->items[1].sum, 40); /* 7 in all four */
}

/* The branches of four owners in ten areas: no area, level or sum may be shown. */
static void owners_count_once_over_all_groups(void **state)
{
    struct stats stats;
    int scores[2] = {5000, 2500};
    struct stats_policy policy = {.is_eligible = true, .has_amount = true, .amount_vnd = 100};
    struct stats_record record = {.level = 2, .scores = scores, .policies = &policy};
    struct stats_shape one = {
        .by = {STATS_AREA}, .by_count = 1, .scores = 2, .levels = 6, .policies = 1};

    (void)state;
    for (uint32_t owners = 4; owners <= 5; owners++) {
        stats_init(&stats, &arena, &one);
        for (uint32_t i = 0; i < 60; i++) {
            record.keys[STATS_AREA] = i % 2 ? "a" : "b";
            record.person = 1 + i / 2 % owners;
            stats_add(&stats, &record);
        }
        stats_finish(&stats);
        stats_suppress(&stats);
        assert_int_equal(stats.total.is_hidden, owners == 4);
        assert_int_equal(stats.groups[0].is_hidden, owners == 4);
        assert_int_equal(stats.total.policies[0].hides_amount, owners == 4);
        assert_int_equal(stats.groups[1].policies[0].hides_amount, owners == 4);
        assert_int_equal(stats.total.values[0].is_hidden, owners == 4);
    }
}

/* Groups by level, whose halves ("level 2 or below") are read, too. */
static void fill_levels(struct stats *stats, const int counts[4])
{
    struct stats_shape one = {
        .by = {STATS_LEVEL}, .by_count = 1, .scores = 2, .levels = 4, .policies = 1};

    stats_init(stats, &arena, &one);
    for (int level = 0; level < 4; level++) {
        int scores[2] = {1000, 500};
        struct stats_policy policy = {.is_eligible = true};
        struct stats_record record = {.level = level, .scores = scores, .policies = &policy};

        record.keys[STATS_LEVEL] = arena_printf(&arena, "%d", level);
        for (int k = 0; k < counts[level]; k++)
            stats_add(stats, &record);
    }
    stats_finish(stats);
    stats_suppress(stats);
}

static void groups_by_level_are_shown_where_they_are_large(void **state)
{
    struct stats stats;

    (void)state;
    fill_levels(&stats, (const int[]){10, 12, 14, 16});
    assert_int_equal(stats.count, 4);
    for (size_t g = 0; g < 4; g++)
        assert_false(stats.groups[g].is_hidden);
    fill_levels(&stats, (const int[]){10, 12, 3, 16});
    assert_false(stats.total.is_hidden);
    assert_true(stats.groups[2].is_hidden && stats.groups[3].is_hidden); /* of one half */
}

/* Three dimensions, of which the last refines the second: no table has it without that. */
static void finer_dimensions_need_coarser_ones(void **state)
{
    static const struct {
        unsigned coarser, set;
        bool is_coarser;
    } cases[] = {
        {0, 7, true},  {1, 7, true},  {2, 7, true},   {3, 7, true},    {6, 7, true},
        {7, 7, false}, {4, 7, false}, {5, 7, false},  {2, 6, true},    {1, 6, false},
        {0, 1, true},  {1, 2, false}, {6, ~0u, true}, {4, ~0u, false},
    };
    struct suppress_table table = {.dims = 3, .needs = {0, 0, 1u << 1}};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        if (suppress_is_coarser(&table, cases[i].coarser, cases[i].set) != cases[i].is_coarser)
            fail_msg("%u of %u", cases[i].coarser, cases[i].set);
    }
    table.needs[0] = 1u << 2; /* of the first, too */
    assert_false(suppress_is_coarser(&table, 1, 7));
    assert_false(suppress_is_coarser(&table, 3, 7));
}

/* Areas and kinds; a 0 is a cell of nobody. */
static void solve_counts(struct suppress_table *table, const int counts[4][2])
{
    struct suppress_cell cells[8] = {0};
    size_t n = 0;

    *table = (struct suppress_table){.dims = 2};
    for (uint32_t i = 0; i < 8; i++) {
        cells[n].at[0] = i / 2;
        cells[n].at[1] = i % 2;
        cells[n++].weight.n = (size_t)counts[i / 2][i % 2];
    }
    suppress_solve(table, &arena, cells, n);
}

/* What everybody can see to be 0 hides nothing, and is not hidden. */
static void zeros_that_all_know_protect_nothing(void **state)
{
    static const int square[4][2] = {{3, 10}, {0, 0}, {20, 20}, {30, 30}};
    struct suppress_table table;
    size_t hidden = 0;

    (void)state;
    solve_counts(&table, square);
    assert_false(suppress_is_hidden(&table, 1, 2)); /* the second area: 0 */
    assert_false(suppress_is_hidden(&table, 3, 2) || suppress_is_hidden(&table, 3, 3));
    for (size_t i = 0; i < 8; i++)
        hidden += suppress_is_hidden(&table, 3, i);
    assert_true(suppress_is_hidden(&table, 3, 0));
    assert_int_equal(hidden, 4); /* with the cells across */
}

static void every_key_is_read_by_its_code(void **state)
{
    enum stats_key key;

    (void)state;
    for (int i = 0; i < STATS_KEY__MAX; i++) {
        assert_true(stats_key_parse(stats_key_code((enum stats_key)i), &key));
        assert_int_equal(key, i);
    }
    assert_false(stats_key_parse("areas", &key));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_key_is_read_by_its_code),
    cmocka_unit_test_setup_teardown(counts_means_and_medians_are_exact, setup, teardown),
    cmocka_unit_test_setup_teardown(small_groups_are_hidden_with_another, setup, teardown),
    cmocka_unit_test_setup_teardown(nothing_is_told_of_a_small_whole, setup, teardown),
    cmocka_unit_test_setup_teardown(hiding_is_safe_for_all_counts, setup, teardown),
    cmocka_unit_test_setup_teardown(small_cells_do_not_follow_from_the_margins, setup, teardown),
    cmocka_unit_test_setup_teardown(small_levels_do_not_follow_from_the_total, setup, teardown),
    cmocka_unit_test_setup_teardown(one_firm_does_not_stand_behind_a_sum, setup, teardown),
    cmocka_unit_test_setup_teardown(weights_keep_the_two_largest, setup, teardown),
    cmocka_unit_test_setup_teardown(branches_are_one_contributor, setup, teardown),
    cmocka_unit_test_setup_teardown(owners_count_once_over_all_groups, setup, teardown),
    cmocka_unit_test_setup_teardown(groups_by_level_are_shown_where_they_are_large, setup,
                                    teardown),
    cmocka_unit_test(finer_dimensions_need_coarser_ones),
    cmocka_unit_test_setup_teardown(zeros_that_all_know_protect_nothing, setup, teardown),
};

RUN(tests)
