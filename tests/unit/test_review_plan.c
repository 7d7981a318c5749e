#include "test.h"

#include <math.h>

#include "insight/rate.h"
#include "insight/risk.h"
#include "insight/sample.h"

/* The sums behind a review plan: what a sample says of the whole, and what a risk list finds. */

#define SEED 20261102u

static void near_to(double found, double expected, double apart)
{
    if (fabs(found - expected) > apart)
        fail_msg("%.6f is not %.6f", found, expected);
}

/* ---- how many, and which ---- */

static void test_size(void **state)
{
    (void)state;
    /* Cochran 1977, exercise-like figures worked out by hand: n0 = 1,96^2 * 0,09 / 0,025^2 =
     * 553,1904; among 5,012 files 553,1904 / (1 + 552,1904 / 5012) = 498,3 */
    assert_int_equal(sample_size(5012, ratio_make(25, 1000), ratio_make(1, 10)), 499);
    assert_int_equal(sample_size(100000000, ratio_make(5, 100), ratio_make(1, 2)), 385);
    assert_int_equal(sample_size(3, ratio_make(25, 1000), ratio_make(1, 10)), 3);
    assert_int_equal(sample_size(0, ratio_make(25, 1000), ratio_make(1, 10)), 0);
}

static void test_shares(void **state)
{
    const size_t files[] = {600, 300, 95, 4, 1, 0};
    size_t taken[6];

    (void)state;
    sample_allocate(files, 6, 100, taken);
    /* 60 + 30 + 9,5 + 0,4 + 0,1: the largest remainder gets the last one; then two, or all there are */
    assert_int_equal(taken[0], 60);
    assert_int_equal(taken[1], 30);
    assert_int_equal(taken[2], 10);
    assert_int_equal(taken[3], 2);
    assert_int_equal(taken[4], 1);
    assert_int_equal(taken[5], 0);
    sample_allocate(files, 6, 5000, taken);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(taken[i], files[i]);
}

static void test_drawn(void **state)
{
    enum { FILES = 1000 };
    static struct sample_file files[FILES], turned[FILES], more[FILES];
    const size_t some[] = {70, 30}, larger[] = {140, 60};
    size_t early = 0;

    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        files[i] = (struct sample_file){.id = (int64_t)i + 1, .stratum = i % 10 >= 7};
        turned[FILES - 1 - i] = more[i] = files[i];
    }
    sample_draw(SEED, files, FILES, some, 2);
    sample_draw(SEED, turned, FILES, some, 2);
    sample_draw(SEED, more, FILES, larger, 2);
    for (size_t i = 0; i < FILES; i++) {
        assert_int_equal(files[i].position, turned[FILES - 1 - i].position);
        assert_true(!files[i].position || more[i].position); /* the larger one holds it */
        early += files[i].position && files[i].position <= 10 && files[i].stratum == 0;
    }
    assert_int_equal(early, 7); /* the first ten are spread as all are */
    /* splitmix64 that begins at 0: its published first number */
    assert_true(sample_number(0, 0) == 0xe220a8397b1dcdafu);
}

/* ---- the rate and its interval ---- */

static void test_wilson(void **state)
{
    double low, high;

    (void)state;
    /* Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 and 15 of 148 */
    rate_wilson(81.0 / 263, 263, &low, &high);
    near_to(low, 0.2553, 0.00005);
    near_to(high, 0.3662, 0.00005);
    rate_wilson(15.0 / 148, 148, &low, &high);
    near_to(low, 0.0624, 0.00005);
    near_to(high, 0.1605, 0.00005);
    rate_wilson(0, 20, &low, &high);
    near_to(low, 0, 0);
    near_to(high, 0.1611, 0.00005);
}

static void test_rate(void **state)
{
    const struct rate_stratum whole[] = {{10, 10, 2}, {10, 10, 0}};
    const struct rate_stratum part[] = {{900, 9, 0}, {100, 10, 5}, {50, 0, 0}};
    const struct rate_stratum little[] = {{900, 9, 4}};
    struct rate rate;

    (void)state;
    rate_estimate(whole, 2, &rate); /* all were looked at: nothing is estimated */
    assert_true(rate.is_known);
    near_to(rate.rate, 0.1, 1e-12);
    near_to(rate.low, 0.1, 1e-12);
    near_to(rate.high, 0.1, 1e-12);
    rate_estimate(part, 3, &rate);
    near_to(rate.rate, 0.05, 1e-12); /* 0,9 * 0 + 0,1 * 5 / 10 */
    /* 1 / (0,81 * 0,99 / 9 + 0,01 * 0,9 / 10) */
    near_to(rate.effective, 1 / 0.09, 1e-9);
    assert_int_equal(rate.strata_unseen, 1);
    assert_true(rate.low < 0.05 && rate.high > 0.2);
    rate_estimate(little, 1, &rate);
    assert_false(rate.is_known);
}

/* ---- 1,000 rounds ---- */

#define STRATA 12
#define FILES 3000
#define ROUNDS 1000

struct round {
    struct sample_file files[FILES];
    bool wrong[FILES];
    size_t sizes[STRATA], taken[STRATA];
    double rate;
};

/* Strata of unlike sizes, whose rates of wrong files differ around a rate of the round. */
static void make_round(struct dice *dice, struct round *round)
{
    size_t base = 40 + dice_roll(dice, 160), rates[STRATA], wrong = 0; /* in 1000ths */

    memset(round->sizes, 0, sizeof(round->sizes));
    for (size_t h = 0; h < STRATA; h++)
        rates[h] = base / 2 + dice_roll(dice, base);
    for (size_t i = 0; i < FILES; i++) {
        size_t a = dice_roll(dice, STRATA), b = dice_roll(dice, STRATA), h = a < b ? a : b;

        round->files[i] = (struct sample_file){.id = (int64_t)i + 1, .stratum = h};
        round->sizes[h]++;
        round->wrong[i] = dice_roll(dice, 1000) < rates[h];
        wrong += round->wrong[i];
    }
    round->rate = (double)wrong / FILES;
}

/* The estimate after so many of the sample were looked at, in its order. */
static struct rate look(const struct round *round, size_t most)
{
    struct rate_stratum strata[STRATA];
    struct rate rate;

    for (size_t h = 0; h < STRATA; h++)
        strata[h] = (struct rate_stratum){.files = round->sizes[h]};
    for (size_t i = 0; i < FILES; i++) {
        const struct sample_file *file = &round->files[i];

        if (!file->position || file->position > most)
            continue;
        strata[file->stratum].seen++;
        strata[file->stratum].wrong += round->wrong[i];
    }
    rate_estimate(strata, STRATA, &rate);
    return rate;
}

static void test_covers(void **state)
{
    static struct round round;
    struct dice dice = {SEED};
    size_t covered = 0, half = 0, size = 0;
    double width = 0;

    (void)state;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct rate rate, early;

        make_round(&dice, &round);
        size = sample_size(FILES, ratio_make(4, 100), ratio_make(1, 10));
        sample_allocate(round.sizes, STRATA, size, round.taken);
        sample_draw(dice_next(&dice), round.files, FILES, round.taken, STRATA);
        rate = look(&round, FILES);
        early = look(&round, size / 2);
        covered += rate.low <= round.rate && round.rate <= rate.high;
        half += early.low <= round.rate && round.rate <= early.high;
        width += (rate.high - rate.low) / 2;
    }
    print_message("# seed %u, %d rounds of %d files in %d strata, %zu drawn: the interval held the "
                  "truth in %.1f %%, after half of the sample in %.1f %%; half-width %.1f points\n",
                  SEED, ROUNDS, FILES, STRATA, size, 100.0 * (double)covered / ROUNDS,
                  100.0 * (double)half / ROUNDS, 100 * width / ROUNDS);
    assert_in_range(covered, 930, 970);
    assert_in_range(half, 930, 970);
    near_to(width / ROUNDS, 0.04, 0.005);
}

/* ---- the risk list ---- */

static void test_risk(void **state)
{
    struct risk_learned learned = {.seen = {0}};

    (void)state;
    assert_int_equal(ratio_cmp(risk_chance(&learned, 0), ratio_make(1, 10)), 0);
    assert_int_equal(ratio_cmp(risk_chance(&learned, 7), ratio_make(5, 10)), 0);
    learned.seen[2] = 40;
    learned.wrong[2] = 25;
    assert_int_equal(ratio_cmp(risk_chance(&learned, 2), ratio_make(28, 50)), 0);
    assert_int_equal(risk_stake(0, 0, 12), 0);
    assert_int_equal(risk_stake(100000000, -1, 12), 150000000);
    assert_int_equal(risk_stake(0, 12, 12), 50000000 / 12);
    assert_int_equal(risk_expected(ratio_make(28, 50), 150000001), 84000000);
}

struct suspect {
    int64_t expected;
    bool wrong;
    size_t place;
};

static int by_expected(const void *a, const void *b)
{
    const struct suspect *x = a, *y = b;

    if (x->expected != y->expected)
        return x->expected > y->expected ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

/* Firms that have signals are wrong more often than those without, unlike the prior; whether a
 * change of points changes the level hangs on how near it is. */
static void make_suspects(struct dice *dice, const struct risk_learned *learned, bool *wrong,
                          struct suspect *list)
{
    static const size_t rates[] = {60, 140, 320, 450};

    for (size_t i = 0; i < FILES; i++) {
        size_t signals = dice_roll(dice, 4) * dice_roll(dice, 2);
        int margin = (int)dice_roll(dice, 25) - 12;
        int64_t support = dice_roll(dice, 3) ? 0 : 20000000 * (int64_t)dice_roll(dice, 10);
        size_t near = margin && abs(margin) < 4 ? 2 : 1;

        wrong[i] = dice_roll(dice, 1000) < rates[signals] * near;
        list[i] = (struct suspect){
            .expected = risk_expected(risk_chance(learned, signals),
                                      risk_stake(support, margin, 12)),
            .wrong = wrong[i],
            .place = i};
    }
}

static void test_list_finds_more(void **state)
{
    static struct suspect list[FILES];
    static bool wrong[FILES];
    const struct risk_learned nothing = {.seen = {0}};
    struct dice dice = {SEED};
    size_t found = 0, in_order = 0, better = 0;
    enum { TRIES = 50, LOOKED = 300 }; /* 75 hours of 15 minutes a file */

    (void)state;
    for (size_t t = 0; t < TRIES; t++) {
        size_t here = 0, there = 0;

        make_suspects(&dice, &nothing, wrong, list);
        qsort(list, FILES, sizeof(*list), by_expected);
        for (size_t i = 0; i < LOOKED; i++) {
            here += list[i].wrong;
            there += wrong[i];
        }
        found += here;
        in_order += there;
        better += here > there;
    }
    print_message("# wrong files found in an hour of four files: %.2f by the risk list, %.2f in "
                  "order; the list found more in %zu of %d rounds\n",
                  4.0 * (double)found / (TRIES * LOOKED),
                  4.0 * (double)in_order / (TRIES * LOOKED), better, TRIES);
    assert_true(2 * found > 3 * in_order);
    assert_int_equal(better, TRIES);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_size),   cmocka_unit_test(test_shares),
    cmocka_unit_test(test_drawn),  cmocka_unit_test(test_wilson),
    cmocka_unit_test(test_rate),   cmocka_unit_test(test_covers),
    cmocka_unit_test(test_risk),   cmocka_unit_test(test_list_finds_more),
};

RUN(tests)
