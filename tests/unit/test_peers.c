#include "store_fixture.h"

#include "app/enterprise/peers.h"
#include "base/ratio.h"

/* ---- exact, with small data ---- */

/* Adds n enterprises whose total is first, first + step, ...; two dimensions beside it. */
static void add(struct peers *peers, const char *section, const char *size, size_t n, int first,
                int step)
{
    for (size_t i = 0; i < n; i++) {
        int total = first + (int)i * step;
        int scores[3] = {total, i < 9 ? total / 2 : -1, -1};

        assert_true(peers_add(peers, section, size, 0, scores));
    }
}

static struct peer_group found(const struct peers *peers, const char *section, const char *size,
                               bool is_in)
{
    struct peer_group group = {0};

    assert_true(peers_find(peers, section, size, is_in, &group));
    return group;
}

static void assert_median(struct ratio median, int64_t percent)
{
    assert_true(ratio_is_valid(median));
    assert_int_equal(ratio_cmp(median, ratio_of(percent)), 0);
}

static void medians_are_those_of_the_finest_group(void **state)
{
    struct peers *peers = peers_new(&f.arena, 2);
    struct peer_group group;

    (void)state;
    add(peers, "C", "small", 11, 1000, 100); /* 10 % to 20 %: 15 % */
    add(peers, "C", "micro", 10, 5000, 101); /* the middle two: 54,04 and 55,05: 54,545 % */
    add(peers, "G", "small", 3, 9000, 0);
    peers_finish(peers);
    group = found(peers, "C", "small", true);
    assert_int_equal(group.kind, PEERS_SECTION_SIZE);
    assert_int_equal(group.n, 10); /* at least */
    assert_int_equal(group.count, 2);
    assert_median(group.total, 15);
    group = found(peers, "C", "micro", false);
    assert_int_equal(group.kind, PEERS_SECTION_SIZE);
    assert_median(group.total, 55); /* half up */
    /* nine were rated in the first dimension, nobody in the second */
    assert_false(ratio_is_valid(group.medians[0]));
    assert_false(ratio_is_valid(group.medians[1]));
    /* in the whole section there are 18 rated, at 5 to 9 % and 25 to 29,04 % */
    group = found(peers, "C", "medium", false);
    assert_int_equal(group.kind, PEERS_SECTION);
    assert_int_equal(group.n, 20);
    assert_median(group.medians[0], 17);
}

static void small_groups_fall_back(void **state)
{
    static const struct {
        const char *section, *size;
        bool is_in;
        enum peer_kind kind;
        size_t n;
    } cases[] = {
        {"C", "small", false, PEERS_SECTION_SIZE, 10}, /* 10 others */
        {"C", "small", true, PEERS_SECTION, 10},       /* 9 others; in the section 13 */
        {"G", "small", true, PEERS_SIZE, 10},          /* section of 3 */
        {"G", "medium", false, PEERS_ALL, 15},         /* nobody at all is so */
        {"G", NULL, false, PEERS_ALL, 15},
        {NULL, "small", false, PEERS_SIZE, 10},
        {NULL, NULL, false, PEERS_ALL, 15}, /* two more that are unknown are no group */
        {"C", NULL, false, PEERS_SECTION, 10},
    };
    struct peers *peers = peers_new(&f.arena, 2);

    (void)state;
    add(peers, "C", "small", 10, 1000, 1);
    add(peers, "C", "micro", 4, 1000, 1);
    add(peers, "G", "small", 3, 1000, 1);
    add(peers, NULL, NULL, 2, 1000, 1);
    peers_finish(peers);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct peer_group group = found(peers, cases[i].section, cases[i].size, cases[i].is_in);

        if (group.kind != cases[i].kind || group.n != cases[i].n)
            fail_msg("case %zu: kind %d, n %zu", i, (int)group.kind, group.n);
    }
}

static void below_ten_nothing_is_told(void **state)
{
    struct peers *few = peers_new(&f.arena, 2), *none = peers_new(&f.arena, 2);
    struct peer_group group;

    (void)state;
    add(few, "C", "small", 5, 1000, 1);
    add(few, "G", "micro", 5, 1000, 1);
    peers_finish(few);
    peers_finish(none);
    assert_true(peers_find(few, "C", "small", false, &group)); /* ten others */
    assert_int_equal(group.kind, PEERS_ALL);
    assert_false(peers_find(few, "C", "small", true, &group)); /* nine */
    assert_false(peers_find(none, "C", "small", false, &group));
}

static void branches_are_one_of_the_others(void **state)
{
    struct peers *peers = peers_new(&f.arena, 2);
    const int rated[3] = {3000, 4000, -1}, unrated[3] = {3000, -1, -1};
    struct peer_group group;

    (void)state;
    add(peers, "C", "small", 9, 1000, 1);
    for (int i = 0; i < 4; i++) /* one firm with four branches, the first in another section */
        assert_true(peers_add(peers, i ? "C" : "G", "small", 7, i == 1 ? unrated : rated));
    peers_finish(peers);
    group = found(peers, "C", "small", false);
    assert_int_equal(group.kind, PEERS_SECTION_SIZE);
    assert_int_equal(group.n, 10);
    assert_true(ratio_is_valid(group.medians[0]));               /* nine, and the firm */
    assert_false(peers_find(peers, "C", "small", true, &group)); /* not more anywhere */
    assert_true(peers_find(peers, "G", "small", false, &group));
    assert_int_equal(group.kind, PEERS_SIZE);
    assert_int_equal(group.n, 10);
}

/* More firms with branches than there is room for at first. */
static void many_firms_have_branches(void **state)
{
    struct peers *peers = peers_new(&f.arena, 2);
    struct peer_group group;

    (void)state;
    for (uint32_t firm = 1; firm <= 300; firm++) {
        const int scores[3] = {20 * (int)firm, 20 * (int)firm, 1};

        assert_true(peers_add(peers, "C", "small", firm, scores));
        assert_true(peers_add(peers, "C", "small", firm, scores));
    }
    peers_finish(peers);
    group = found(peers, "C", "small", false);
    assert_int_equal(group.n, 300);
    assert_median(group.total, 30);
}

static void pairs_have_a_limit(void **state)
{
    struct peers *peers = peers_new(&f.arena, 2);
    const int scores[3] = {1, 2, 3};
    struct peer_group group;
    char section[80];

    (void)state;
    for (size_t i = 0; i < PEERS_CELLS_MAX; i++) {
        snprintf(section, sizeof(section), "S%zu", i);
        assert_true(peers_add(peers, section, "small", 0, scores));
    }
    assert_true(peers_add(peers, "S0", "small", 0, scores));
    assert_false(peers_add(peers, "another", "small", 0, scores));
    peers_finish(peers);
    group = found(peers, "S0", "small", false);
    assert_int_equal(group.kind, PEERS_SIZE);
    assert_int_equal(group.n, 255); /* of 257 */
}

/* ---- the demo's enterprises, against sorting ---- */

struct listed {
    const char *section;
    size_t count;
    int scores[64][1 + DIMENSIONS_MAX];
};

static bool take(void *context, const struct store_row *row)
{
    struct listed *listed = context;

    if (!row->is_complete)
        return true;
    if (listed->section && (!row->section || strcmp(row->section, listed->section) != 0))
        return true;
    listed->scores[listed->count][0] = row->total_percent;
    for (size_t i = 0; i < row->dimension_count; i++)
        listed->scores[listed->count][1 + i] = row->dimensions[i].percent;
    listed->count++;
    return true;
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static struct ratio sorted_median(const struct listed *listed, size_t score)
{
    int sorted[64];
    size_t count = listed->count;

    for (size_t i = 0; i < count; i++)
        sorted[i] = listed->scores[i][score];
    qsort(sorted, count, sizeof(*sorted), by_number);
    return ratio_round(ratio_make(sorted[(count - 1) / 2] + sorted[count / 2], 200), 0);
}

static void check_group(struct store *store, const struct peers *peers, const char *section,
                        const char *size, enum peer_kind kind, const char *listed_section)
{
    struct peer_group group = found(peers, section, size, true);
    struct listed listed = {.section = listed_section};
    struct store_filter filter = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_NAME};

    ASSERT_OK(store_list(store, &filter, &page, take, &listed, &err));
    assert_int_equal(group.kind, kind);
    assert_int_equal(group.n, listed.count - listed.count % PEERS_STEP);
    assert_int_equal(group.count, f.q->dimension_count);
    assert_int_equal(ratio_cmp(group.total, sorted_median(&listed, 0)), 0);
    for (size_t i = 0; i < group.count; i++)
        assert_int_equal(ratio_cmp(group.medians[i], sorted_median(&listed, 1 + i)), 0);
}

static void the_demo_has_the_medians_that_sorting_finds(void **state)
{
    struct store *store = open_store(":memory:");
    const struct app_context app = {.store = store};
    const struct peers *peers = NULL;
    struct peer_group group;

    (void)state;
    fixture_questionnaire(&f, DBI);
    assert_int_equal(import_demo(store), 48); /* all stored as "small" */
    ASSERT_OK(peers_build(&app, f.q->ref, "2026", &f.arena, &peers, &err));
    check_group(store, peers, "C", "small", PEERS_SECTION_SIZE, "C");
    check_group(store, peers, "C", "micro", PEERS_SECTION, "C");
    check_group(store, peers, "K", "small", PEERS_SIZE, NULL);
    check_group(store, peers, "K", "micro", PEERS_ALL, NULL);
    ASSERT_OK(peers_build(&app, f.q->ref, "1999", &f.arena, &peers, &err));
    assert_false(peers_find(peers, "C", "small", false, &group));
    ASSERT_FAILS(NOT_FOUND, "nobody@1",
                 peers_build(&app, "nobody@1", "2026", &f.arena, &peers, &err));
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(medians_are_those_of_the_finest_group, setup, teardown),
    cmocka_unit_test_setup_teardown(small_groups_fall_back, setup, teardown),
    cmocka_unit_test_setup_teardown(below_ten_nothing_is_told, setup, teardown),
    cmocka_unit_test_setup_teardown(many_firms_have_branches, setup, teardown),
    cmocka_unit_test_setup_teardown(branches_are_one_of_the_others, setup, teardown),
    cmocka_unit_test_setup_teardown(pairs_have_a_limit, setup, teardown),
    cmocka_unit_test_setup_teardown(the_demo_has_the_medians_that_sorting_finds, setup, teardown),
};

RUN(tests)
