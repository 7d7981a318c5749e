/* Packages of work: the minimum against every set of packages, and what an answer may change. */
#include "fixture.h"

#include <stdio.h>

#include "score/advice.h"

static struct fixture f;
static struct dice dice;

static int setup(void **state)
{
    const char *seed = getenv("ADVICE_SEED");

    (void)state;
    fixture_init(&f);
    dice.state = seed ? strtoull(seed, NULL, 10) : 20261130;
    print_message("# random packages with ADVICE_SEED=%llu\n", (unsigned long long)dice.state);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&f.arena);
    return 0;
}

static const char *keep_text(struct buf *b)
{
    const char *text = arena_strdup(&f.arena, buf_text(b));

    buf_free(b);
    return text;
}

/* ---- random forms and packages ---- */

#define QUESTIONS 6 /* of three kinds, two of each: single, scale of two rows, multiple */

static const char *random_form(void)
{
    static const char *const aggregations[] = {"pooled", "mean"};
    struct buf b;

    buf_init(&b, 100000);
    buf_printf(
        &b,
        "{\"kind\":\"questionnaire\",\"id\":\"r\",\"version\":\"1\",\"title\":{\"vi\":\"a\"},"
        "\"total\":\"%s\",\"dimension_levels\":[{\"level\":1,\"above_percent\":%zu}],"
        "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\"}},{\"level\":1,\"name\":{\"vi\":"
        "\"a\"},\"above_percent\":%zu,\"dimensions\":{\"at_least\":%zu,\"level\":1}}],"
        "\"dimensions\":[",
        aggregations[dice_roll(&dice, 2)], 30 + dice_roll(&dice, 40), 30 + dice_roll(&dice, 40),
        1 + dice_roll(&dice, 3));
    for (int d = 0; d < 3; d++) {
        buf_printf(&b,
                   "%s{\"id\":\"d%d\",\"name\":{\"vi\":\"a\"},\"score\":\"%s\",\"indicators\":[{"
                   "\"id\":\"i%d\",\"name\":{\"vi\":\"a\"},\"questions\":[{\"id\":\"q%d\",",
                   d ? "," : "", d, aggregations[dice_roll(&dice, 2)], d, d);
        buf_printf(
            &b,
            "\"type\":\"single\",\"weight\":\"%zu/2\",\"text\":{\"vi\":\"a\"},\"options\":["
            "{\"id\":\"0\",\"points\":0,\"text\":{\"vi\":\"a\"}},{\"id\":\"1\",\"points\":%zu,"
            "\"text\":{\"vi\":\"a\"}},{\"id\":\"2\",\"points\":3,\"text\":{\"vi\":\"a\"}},"
            "{\"id\":\"3\",\"points\":5,\"text\":{\"vi\":\"a\"}}]},{\"id\":\"q%d\",",
            1 + dice_roll(&dice, 3), 1 + dice_roll(&dice, 2), d + 3);
        if (d < 2)
            buf_puts(&b,
                     "\"type\":\"scale\",\"text\":{\"vi\":\"a\"},\"rows\":[{\"id\":\"x\",\"text"
                     "\":{\"vi\":\"a\"}},{\"id\":\"y\",\"text\":{\"vi\":\"a\"}}],\"columns\":[{"
                     "\"id\":\"0\",\"points\":0,\"text\":{\"vi\":\"a\"}},{\"id\":\"1\","
                     "\"points\":1,\"text\":{\"vi\":\"a\"}},{\"id\":\"2\",\"points\":2,\"text\":"
                     "{\"vi\":\"a\"}},{\"id\":\"3\",\"points\":3,\"text\":{\"vi\":\"a\"}}]}]}]}");
        else
            buf_puts(&b,
                     "\"type\":\"multiple\",\"text\":{\"vi\":\"a\"},\"options\":[{\"id\":\"0\","
                     "\"points\":1,\"text\":{\"vi\":\"a\"}},{\"id\":\"1\",\"points\":2,"
                     "\"requires\":[\"0\"],\"points_without\":\"1/2\",\"text\":{\"vi\":\"a\"}},{"
                     "\"id\":\"2\",\"points\":1,\"text\":{\"vi\":\"a\"}},{\"id\":\"3\","
                     "\"points\":0,\"exclusive\":true,\"text\":{\"vi\":\"a\"}}]}]}]}");
    }
    buf_puts(&b, "]}");
    return keep_text(&b);
}

/* The id of question `i`, with the row of a scale. */
static void put_place(struct buf *b, size_t i)
{
    buf_printf(b, "\"id\":\"q%zu\"", i);
    if (i == 3 || i == 4)
        buf_printf(b, ",\"row\":\"%s\"", dice_roll(&dice, 2) ? "x" : "y");
}

static void put_raised(struct buf *b, size_t i)
{
    buf_putc(b, '{');
    put_place(b, i);
    if (i == 5)
        buf_puts(b, dice_roll(&dice, 2) ? ",\"ticks\":[\"1\",\"0\"]" : ",\"ticks\":[\"2\"]");
    else
        buf_printf(b, ",\"option\":\"%zu\"", 1 + dice_roll(&dice, 3));
    if (i != 5 && !dice_roll(&dice, 4))
        buf_puts(b, ",\"from\":\"1\"");
    if (dice_roll(&dice, 2))
        buf_puts(b, ",\"by\":1");
    buf_putc(b, '}');
}

static void put_package(struct buf *b, size_t i, size_t dear)
{
    static const char *const efforts[] = {"\"1/2\"", "1", "\"1.5\"", "2", "\"1/3\"", "3"};
    const char *effort = efforts[dice_roll(&dice, 6)];

    buf_printf(
        b,
        "%s{\"id\":\"p%zu\",\"name\":{\"vi\":\"a\"},\"what\":{\"vi\":\"a\"},\"result\":{\"vi"
        "\":\"a\"},\"who\":{\"vi\":\"a\"},\"months\":{\"micro\":1,\"small\":%zu,\"medium\":1},"
        "\"effort\":{\"micro\":1,\"small\":%s,\"medium\":1},\"questions\":[",
        i ? "," : "", i, 1 + dice_roll(&dice, 3), i == dear ? "40" : effort);
    for (size_t k = 0, n = 1 + dice_roll(&dice, 3); k < n; k++) {
        buf_puts(b, k ? "," : "");
        put_raised(b, dice_roll(&dice, QUESTIONS));
    }
    buf_puts(b, "]");
    if (!dice_roll(&dice, 3)) {
        buf_puts(b, ",\"requires\":[{");
        put_place(b, dice_roll(&dice, 5));
        buf_puts(b, ",\"option\":\"1\"}]");
    }
    if (!dice_roll(&dice, 4))
        buf_printf(b, ",\"base\":{\"order\":%zu,\"below\":[{\"id\":\"q0\",\"option\":\"2\"}]}",
                   i + 1);
    buf_puts(b, "}");
}

static const char *random_packages(size_t count, size_t dear)
{
    struct buf b;

    buf_init(&b, 100000);
    buf_puts(&b,
             "{\"kind\":\"packages\",\"questionnaire\":\"r@1\",\"plan\":{\"margin_points\":1,"
             "\"at_least\":2,\"fill_min_points\":\"1/2\",\"capacity_weeks_per_year\":{\"micro\":"
             "1,\"small\":12,\"medium\":1},\"capacity_weeks_per_month\":{\"micro\":1,\"small\":2,"
             "\"medium\":1},\"at_once\":{\"micro\":1,\"small\":2,\"medium\":1}},\"packages\":[");
    for (size_t i = 0; i < count; i++)
        put_package(&b, i, dear);
    buf_puts(&b, "]}");
    return keep_text(&b);
}

/* NULL where the packages wait for each other in a circle, which is refused. */
static const struct packages *read_packages(const char *text)
{
    const struct json *json = fixture_json(&f, text);
    const struct packages *packages = packages_read(&f.arena, json, f.q, &f.faults);

    for (size_t i = 0; !packages && i < f.faults.count; i++) {
        const struct fault *fault = &f.faults.items[i];

        if (!fault->is_warning && !strstr(fault->text[LANG_EN], "waits for itself"))
            fail_msg("%s: %s", fault->place.pointer, fault->text[LANG_EN]);
    }
    return packages;
}

static struct answer random_answer(const struct question *q)
{
    struct answer answer = {.state = ANSWER_GIVEN, .is_active = true};
    unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, q->row_count + 1);

    answer.state = dice_roll(&dice, 8) ? ANSWER_GIVEN : ANSWER_NONE;
    answer.option = (unsigned)dice_roll(&dice, 3);
    answer.ticks = dice_roll(&dice, 3) ? dice_roll(&dice, 8) : 8;
    for (size_t i = 0; i < q->row_count; i++)
        columns[i] = dice_roll(&dice, 6) ? (unsigned char)dice_roll(&dice, 3) : COLUMN_NONE;
    answer.columns = columns;
    return answer;
}

static struct response *random_response(void)
{
    struct response *response = fixture_empty(&f);

    for (size_t i = 0; i < f.q->question_count; i++)
        response->answers[i] = random_answer(&f.q->questions[i]);
    return response;
}

/* ---- every set of packages ---- */

/* Points of an answer (a row), without weight; 0 where it is open. */
static struct ratio points_now(const struct answer *answer, const struct question *q, size_t row)
{
    if (answer->state != ANSWER_GIVEN || (row != MAP_NONE && answer->columns[row] == COLUMN_NONE))
        return ratio_of(0);
    return q->options[row == MAP_NONE ? answer->option : answer->columns[row]].points;
}

/* What the package brings one answer to, from the answer of today alone; true if that is more. */
static bool brought(const struct package_question *raised, const struct answer *now,
                    unsigned *option)
{
    const struct question *q = &f.q->questions[raised->question];
    struct ratio points = points_now(now, q, raised->row);
    bool is_more = false;

    if (raised->from < q->option_count && ratio_cmp(points, q->options[raised->from].points) < 0)
        return false;
    for (unsigned up = 0; up < raised->by; up++) {
        for (unsigned i = 0; i < q->option_count; i++) { /* options rise strictly here */
            if (ratio_cmp(q->options[i].points, points) <= 0)
                continue;
            if (i > raised->option)
                break;
            *option = i;
            is_more = true;
            points = q->options[i].points;
            break;
        }
    }
    return is_more;
}

static uint64_t added_ticks(const struct package_question *raised, const struct answer *now)
{
    uint64_t ticks = now->state == ANSWER_GIVEN ? now->ticks & 7 : 0, added = 0;
    unsigned count = 0;

    for (size_t i = 0; i < raised->tick_count && count < raised->by; i++) {
        if (ticks >> raised->ticks[i] & 1)
            continue;
        added |= UINT64_C(1) << raised->ticks[i];
        count++;
    }
    return added;
}

static void raise_answer(const struct package_question *raised, const struct answer *now,
                         struct answer *to)
{
    const struct question *q = &f.q->questions[raised->question];
    unsigned char *columns;
    unsigned option = 0;

    if (raised->tick_count) {
        to->ticks = (to->state == ANSWER_GIVEN ? to->ticks & 7 : 0) | added_ticks(raised, now);
        to->state = ANSWER_GIVEN;
        return;
    }
    if (!brought(raised, now, &option) ||
        ratio_cmp(points_now(to, q, raised->row), q->options[option].points) >= 0)
        return;
    if (raised->row == MAP_NONE) {
        to->option = option;
    } else {
        columns = ARENA_ARRAY(&f.arena, unsigned char, q->row_count);
        for (size_t i = 0; i < q->row_count; i++)
            columns[i] = to->state == ANSWER_GIVEN ? to->columns[i] : COLUMN_NONE;
        columns[raised->row] = (unsigned char)option;
        to->columns = columns;
    }
    to->state = ANSWER_GIVEN;
}

static struct ratio effort_of(const struct package *package, const struct answer *answers)
{
    struct ratio effort = package->effort[HEADCOUNT_SMALL], halves;
    size_t done = 0;

    for (size_t i = 0; i < package->question_count; i++) {
        const struct package_question *raised = &package->questions[i];
        const struct question *q = &f.q->questions[raised->question];
        const struct answer *now = &answers[raised->question];
        uint64_t aim = 0;

        for (size_t k = 0; k < raised->tick_count; k++)
            aim |= UINT64_C(1) << raised->ticks[k];
        if (raised->tick_count)
            done += now->state == ANSWER_GIVEN && (now->ticks & aim) == aim;
        else
            done +=
                ratio_cmp(points_now(now, q, raised->row), q->options[raised->option].points) >= 0;
    }
    if (!done)
        return effort;
    halves = ratio_mul(effort, ratio_make((wide)(4 * package->question_count - 2 * done),
                                          (wide)(2 * package->question_count)));
    halves = ratio_floor(ratio_add(halves, ratio_make(999999, 1000000)));
    halves = ratio_div(halves, ratio_of(2));
    return ratio_cmp(halves, effort) < 0 ? halves : effort;
}

static bool is_met(const struct packages *packages, const struct answer *answers, size_t set,
                   size_t package, const struct package_answer *asked)
{
    const struct question *q = &f.q->questions[asked->question];
    struct ratio wanted = q->options[asked->option].points;
    unsigned option = 0;

    if (ratio_cmp(points_now(&answers[asked->question], q, asked->row), wanted) >= 0)
        return true;
    for (size_t i = 0; i < packages->count; i++) {
        for (size_t k = 0; i != package && set >> i & 1 && k < packages->items[i].question_count;
             k++) {
            const struct package_question *raised = &packages->items[i].questions[k];

            if (raised->question == asked->question && raised->row == asked->row &&
                brought(raised, &answers[asked->question], &option) &&
                ratio_cmp(q->options[option].points, wanted) >= 0)
                return true;
        }
    }
    return false;
}

static bool reaches(const struct answer *answers, int level)
{
    struct score score;

    score_answers(f.scorer, answers, &score);
    return score.total.level >= level;
}

/* The effort of a set; RATIO_NONE where it does not reach the level, or waits for something. */
static struct ratio try_set(const struct packages *packages, const struct answer *answers,
                            size_t set)
{
    struct answer *to = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);
    struct ratio effort = ratio_of(0);

    memcpy(to, answers, f.q->question_count * sizeof(*to));
    for (size_t i = 0; i < packages->count; i++) {
        const struct package *package = &packages->items[i];

        if (!(set >> i & 1))
            continue;
        effort = ratio_add(effort, effort_of(package, answers));
        for (size_t k = 0; k < package->require_count; k++) {
            if (!is_met(packages, answers, set, i, &package->requires[k]))
                return RATIO_NONE;
        }
        for (size_t k = 0; k < package->question_count; k++)
            raise_answer(&package->questions[k], &answers[package->questions[k].question],
                         &to[package->questions[k].question]);
    }
    return reaches(to, 1) ? effort : RATIO_NONE;
}

static struct ratio brute_force(const struct packages *packages, const struct answer *answers)
{
    struct ratio best = RATIO_NONE;

    for (size_t set = 0; set < (size_t)1 << packages->count; set++) {
        struct ratio effort = try_set(packages, answers, set);

        if (ratio_is_valid(effort) && (!ratio_is_valid(best) || ratio_cmp(effort, best) < 0))
            best = effort;
    }
    return best;
}

/* ---- what is checked ---- */

static void advise_one(const struct packages *packages, const struct response *response,
                       struct advice *advice)
{
    struct score score;
    struct err err;

    score_answers(f.scorer, response->answers, &score);
    if (advise(&f.arena, packages, &score, response, 1, advice, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
}

/* The answers that the plan raises, scored, reach the level exactly where it says so. */
static void check_steps(const struct response *response, const struct advice *advice)
{
    struct answer *to = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);

    memcpy(to, response->answers, f.q->question_count * sizeof(*to));
    for (size_t i = 0; i < advice->step_count; i++) {
        const struct plan_step *step = &advice->steps[i];
        unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, 3);

        if (step->row == MAP_NONE) {
            to[step->question] = step->to;
            continue;
        }
        for (size_t k = 0; k < 2; k++)
            columns[k] = to[step->question].state == ANSWER_GIVEN ? to[step->question].columns[k]
                                                                  : COLUMN_NONE;
        columns[step->row] = (unsigned char)step->to.option;
        to[step->question].state = ANSWER_GIVEN;
        to[step->question].columns = columns;
    }
    assert_int_equal(reaches(to, 1), advice->is_reached);
    assert_int_equal(!advice->short_points.num && !advice->short_dimensions, advice->is_reached);
}

/* Efforts and gains add up; nothing starts before what it waits for; no month has more work than
 * may be done beside each other. */
static void check_items(const struct advice *advice)
{
    struct ratio effort = ratio_of(0), gain = ratio_of(0);

    for (size_t i = 0; i < advice->count; i++) {
        effort = ratio_add(effort, advice->items[i].effort);
        gain = ratio_add(gain, advice->items[i].gain);
        assert_true(advice->items[i].first_month >= 1);
        assert_true(advice->items[i].first_month + advice->items[i].months - 1 <= advice->months);
        assert_true(advice->items[i].work >= 1 && advice->items[i].work <= advice->items[i].months);
    }
    assert_int_equal(ratio_cmp(effort, advice->effort), 0);
    assert_int_equal(ratio_cmp(gain, advice->gain), 0);
    for (int month = 1; month <= advice->months; month++) {
        int beside = 0;

        for (size_t i = 0; i < advice->count; i++)
            beside += month >= advice->items[i].first_month &&
                      month < advice->items[i].first_month + advice->items[i].work;
        assert_true(beside <= 2);
    }
}

static void minimum_equals_every_set_tried(void **state)
{
    size_t reached = 0, beyond = 0;

    (void)state;
    for (int round = 0; round < 600; round++) {
        const struct packages *packages;
        struct response *response;
        struct advice advice;
        struct ratio least;

        fixture_questionnaire(&f, random_form());
        packages = read_packages(random_packages(3 + dice_roll(&dice, 6), MAP_NONE));
        response = random_response();
        if (packages && !reaches(response->answers, 1)) {
            least = brute_force(packages, response->answers);
            advise_one(packages, response, &advice);
            if (advice.minimum.exists != ratio_is_valid(least) || !advice.minimum.is_exact ||
                (advice.minimum.exists && ratio_cmp(advice.minimum.effort, least) != 0))
                fail_msg("round %d: minimum %s, least %s", round,
                         fixture_ratio(&f, advice.minimum.effort, -1),
                         fixture_ratio(&f, least, -1));
            assert_true(!advice.minimum.exists || advice.is_reached);
            check_steps(response, &advice);
            check_items(&advice);
            reached += advice.minimum.exists;
            beyond += !advice.minimum.exists;
        }
        arena_free(&f.arena);
        fixture_init(&f);
    }
    print_message("# %zu reached, %zu beyond reach\n", reached, beyond);
    assert_true(reached > 100 && beyond > 50);
}

/* One answer better by one option, row or tick; false where there was nothing to better. */
static bool better_one(struct response *response)
{
    size_t at = dice_roll(&dice, QUESTIONS);
    const struct question *q = &f.q->questions[at];
    struct answer *answer = &response->answers[at];
    unsigned char *columns;

    if (answer->state != ANSWER_GIVEN)
        return false;
    if (q->type == QUESTION_SINGLE)
        return answer->option < 3 && ++answer->option;
    if (q->type == QUESTION_MULTIPLE) {
        uint64_t before = answer->ticks;

        answer->ticks = (answer->ticks & 7) | UINT64_C(1) << dice_roll(&dice, 3);
        return answer->ticks != before;
    }
    columns = ARENA_ARRAY(&f.arena, unsigned char, q->row_count);
    memcpy(columns, answer->columns, q->row_count);
    answer->columns = columns;
    at = dice_roll(&dice, q->row_count);
    columns[at] = columns[at] == COLUMN_NONE ? 1 : columns[at] + 1;
    return columns[at] < 4;
}

static void a_better_answer_never_makes_the_minimum_dearer(void **state)
{
    size_t pairs = 0;

    (void)state;
    for (int round = 0; round < 900; round++) {
        const struct packages *packages;
        struct response *response;
        struct advice before, after;

        fixture_questionnaire(&f, random_form());
        packages = read_packages(random_packages(3 + dice_roll(&dice, 8), MAP_NONE));
        response = random_response();
        if (packages && !reaches(response->answers, 1)) {
            advise_one(packages, response, &before);
            if (before.minimum.exists && better_one(response)) {
                advise_one(packages, response, &after);
                if (!after.minimum.exists ||
                    ratio_cmp(after.minimum.effort, before.minimum.effort) > 0)
                    fail_msg("round %d: %s, with a better answer %s", round,
                             fixture_ratio(&f, before.minimum.effort, -1),
                             fixture_ratio(&f, after.minimum.effort, -1));
                pairs++;
            }
        }
        arena_free(&f.arena);
        fixture_init(&f);
    }
    print_message("# %zu pairs\n", pairs);
    assert_true(pairs > 200);
}

/* The same packages, one of them at 40 weeks: the minimum changes as every set tried says. */
static void effort_in_the_file_changes_the_minimum(void **state)
{
    size_t dearer = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        size_t count = 3 + dice_roll(&dice, 4), dear = dice_roll(&dice, count);
        const struct packages *packages, *changed;
        struct response *response;
        struct advice before, after;
        struct dice again;

        fixture_questionnaire(&f, random_form());
        again = dice;
        packages = read_packages(random_packages(count, MAP_NONE));
        dice = again;
        changed = read_packages(random_packages(count, dear));
        response = random_response();
        if (packages && changed && !reaches(response->answers, 1)) {
            struct ratio least = brute_force(changed, response->answers);

            advise_one(packages, response, &before);
            advise_one(changed, response, &after);
            assert_int_equal(after.minimum.exists, ratio_is_valid(least));
            if (after.minimum.exists) {
                assert_int_equal(ratio_cmp(after.minimum.effort, least), 0);
                dearer += ratio_cmp(after.minimum.effort, before.minimum.effort) > 0;
            }
        }
        arena_free(&f.arena);
        fixture_init(&f);
    }
    print_message("# %zu became dearer\n", dearer);
    assert_true(dearer > 20);
}

/* ---- packages written by hand ---- */

#define BANDS(n) "{\"micro\":" n ",\"small\":" n ",\"medium\":" n "}"
#define PACKAGE(id, weeks, questions, more)                                                        \
    "{\"id\":\"" id                                                                                \
    "\",\"name\":{\"vi\":\"a\"},\"what\":{\"vi\":\"a\"},\"result\":{\"vi\":\"a\"},"                \
    "\"who\":{\"vi\":\"a\"},\"months\":" BANDS("1") ",\"effort\":" BANDS(                          \
        weeks) ",\"questions\":[" questions "]" more "}"
#define RAISED(id, option) "{\"id\":\"" id "\",\"option\":\"" option "\"}"
#define QUESTION(id, weight)                                                                       \
    "{\"id\":\"" id "\",\"type\":\"single\",\"weight\":" weight                                    \
    ",\"text\":{\"vi\":\"a\"},\"options\":["                                                       \
    "{\"id\":\"0\",\"points\":0,\"text\":{\"vi\":\"a\"}},{\"id\":\"1\",\"points\":1,\"text\":{"    \
    "\"vi\":"                                                                                      \
    "\"a\"}},{\"id\":\"2\",\"points\":2,\"text\":{\"vi\":\"a\"}}]}"

/* Five questions, all at 0; a level above 90 %. */
static const char five[] =
    "{\"kind\":\"questionnaire\",\"id\":\"r\",\"version\":\"1\",\"title\":{\"vi\":\"a\"},"
    "\"levels\":[{"
    "\"level\":0,\"name\":{\"vi\":\"a\"}},{\"level\":1,\"name\":{\"vi\":\"a\"},\"above_percent\":"
    "90}],"
    "\"dimensions\":[{\"id\":\"d\",\"name\":{\"vi\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":{"
    "\"vi\":\"a\"},\"questions\":[" QUESTION("q0", "9") "," QUESTION("q1", "8") "," QUESTION(
        "q2", "7") "," QUESTION("q3", "6") "," QUESTION("q4", "5") "]}]}]}";

/* A month has one week for it, a year as many as are given; what an adviser says of it. */
static const struct packages *advise_by_hand(const char *weeks, const char *fill, const char *list,
                                             struct advice *advice)
{
    const struct packages *packages;
    struct response *response;

    fixture_questionnaire(&f, five);
    packages =
        read_packages(arena_printf(&f.arena,
                                   "{\"kind\":\"packages\",\"questionnaire\":\"r@1\",\"plan\":{"
                                   "\"margin_points\":1,\"at_least\":2,"
                                   "\"fill_min_points\":%s,\"capacity_weeks_per_year\":{\"micro\":%"
                                   "s,\"small\":%s,\"medium\":%s},"
                                   "\"capacity_weeks_per_month\":" BANDS("1") ",\"at_once\":" BANDS(
                                       "1") "},\"packages\":[%s]}",
                                   fill, weeks, weeks, weeks, list));
    assert_non_null(packages);
    response = fixture_empty(&f);
    for (size_t i = 0; i < f.q->question_count; i++)
        fixture_answer(&f, response, f.q->questions[i].id, "0");
    advise_one(packages, response, advice);
    return packages;
}

static void check_order(const struct advice *advice, const char *ids)
{
    const char *got = "";

    for (size_t i = 0; i < advice->count; i++)
        got = arena_printf(&f.arena, "%s%s%s", got, i ? " " : "", advice->items[i].package->id);
    assert_string_equal(got, ids);
}

/* Where a level is out of reach: what ends in the twelfth month still belongs to the year. */
static void a_year_has_twelve_months(void **state)
{
    struct advice advice;

    (void)state;
    advise_by_hand("24", "1",
                   PACKAGE("a", "4", RAISED("q0", "2"), "") "," PACKAGE(
                       "b", "4", RAISED("q1", "2"),
                       "") "," PACKAGE("c", "4", RAISED("q2", "2"),
                                       "") "," PACKAGE("d", "4", RAISED("q3", "2"), ""),
                   &advice);
    assert_false(advice.is_reached);
    check_order(&advice, "a b c");
    assert_int_equal(advice.months, 12);
    assert_int_equal(advice.items[2].first_month, 9);
    assert_int_equal(advice.items[2].months, 4);
    assert_false(advice.is_over_a_year);
    check_items(&advice);
}

/* The one that stands in for a floor takes its place in the order, if that is before its own. */
static void base_packages_stand_in_for_others(void **state)
{
    static const char *const first[] = {"1", "3"}, *const last[] = {"3", "1"};
    struct advice advice;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(first); i++) {
        const char *list = arena_printf(
            &f.arena,
            PACKAGE(
                "own", "4", RAISED("q0", "1"),
                ",\"base\":{\"order\":%s,\"below\":[" RAISED(
                    "q0",
                    "1") "],\"or\":[\"other\"]}") "," PACKAGE("between", "1", RAISED("q1", "1"),
                                                              ",\"base\":{\"order\":2,\"below\":"
                                                              "[" RAISED(
                                                                  "q1",
                                                                  "1") "]}") "," PACKAGE("other",
                                                                                         "1",
                                                                                         RAISED(
                                                                                             "q0",
                                                                                             "2") "," RAISED("q2",
                                                                                                             "2"),
                                                                                         ",\"base\""
                                                                                         ":{"
                                                                                         "\"order\""
                                                                                         ":%s,"
                                                                                         "\"below\""
                                                                                         ":"
                                                                                         "[" RAISED(
                                                                                             "q2",
                                                                                             "1") "]}"),
            first[i], last[i]);

        advise_by_hand("12", "1", list, &advice);
        check_order(&advice, "other between");
        assert_true(advice.items[0].is_base && advice.items[1].is_base);
    }
}

/* A plan that does not reach the level is filled with what gains enough, a point in full. */
static void plans_are_filled_with_what_gains_enough(void **state)
{
    static const char *const fill[] = {"5", "\"11/2\"", "8", "9"}, *const ids[] = {"a b c", "a b",
                                                                                   "a b", "a b"};
    struct advice advice;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(fill); i++) {
        advise_by_hand("12", fill[i],
                       PACKAGE("a", "1", RAISED("q0", "1"),
                               "") "," PACKAGE("b", "1", RAISED("q1", "1"),
                                               "") "," PACKAGE("c", "1", RAISED("q4", "1"), ""),
                       &advice);
        check_order(&advice, ids[i]);
        assert_string_equal(fixture_ratio(&f, advice.items[1].gain, -1), "8");
    }
}

/* All that policies may pay for, in the order of the file. */
static void packages_name_what_they_need(void **state)
{
    struct advice advice;
    const struct packages *packages = advise_by_hand(
        "12", "1",
        PACKAGE("a", "1", RAISED("q0", "2"),
                ",\"needs\":[\"x\",\"y\",\"z\"]") "," PACKAGE("b", "1", RAISED("q1", "2"), ""),
        &advice);

    (void)state;
    assert_int_equal(packages->items[0].need_count, 3);
    assert_string_equal(packages->items[0].needs[0], "x");
    assert_string_equal(packages->items[0].needs[2], "z");
    assert_int_equal(packages->items[1].need_count, 0);
}

/* ---- the published packages ---- */

static const struct packages *published(const char *ref)
{
    const struct packages *packages;

    fixture_questionnaire(&f, arena_printf(&f.arena, "questionnaires/%s.json", ref));
    faults_init(&f.faults, &f.arena);
    packages = packages_read(
        &f.arena,
        json_load(&f.arena, arena_printf(&f.arena, "questionnaires/packages/%s.json", ref),
                  &f.faults),
        f.q, &f.faults);
    if (!packages)
        fixture_fail(&f, ref);
    return packages;
}

static void set_fact(struct response *response, const char *fact, struct value value)
{
    response->values[facts_find(f.facts, fact)] = value;
}

static bool has_package(const struct advice *advice, const char *id)
{
    for (size_t i = 0; i < advice->count; i++) {
        if (strcmp(advice->items[i].package->id, id) == 0)
            return true;
    }
    return false;
}

/* The letter Q was health until 14/11/2025 and is education since: both keep patients' data. */
static void sections_are_read_as_of_the_day(void **state)
{
    const struct packages *packages = published("dbi-sme@2021");
    struct response *response = fixture_empty(&f);
    struct advice advice;

    (void)state;
    set_fact(response, "section", value_text("K"));
    set_fact(response, "employees", value_int(20));
    fixture_answer(&f, response, "3.2.8", "2");
    fixture_answer(&f, response, "4.1.2", "2");
    response->submitted_on = day_of(2025, 6, 1); /* banking: L today, which keeps customers' data */
    advise_one(packages, response, &advice);
    assert_true(has_package(&advice, "safe-2"));
    response->submitted_on = day_of(2026, 6, 1); /* software */
    advise_one(packages, response, &advice);
    assert_false(has_package(&advice, "safe-2"));
}

static void facts_are_asked_where_they_matter(void **state)
{
    const struct packages *packages = published("dbi-sme@2021");
    struct response *response = fixture_empty(&f);
    struct advice advice;

    (void)state;
    advise_one(packages, response, &advice);
    assert_int_equal(advice.wanted_count, 2);
    set_fact(response, "section", value_text("C"));
    set_fact(response, "employees", value_int(20));
    advise_one(packages, response, &advice);
    assert_int_equal(advice.wanted_count, 2);
    assert_string_equal(f.facts->items[advice.wanted[0]].id, "to_order");
    assert_string_equal(f.facts->items[advice.wanted[1]].id, "exports");
    set_fact(response, "to_order", value_bool(true));
    set_fact(response, "exports", value_bool(true));
    advise_one(packages, response, &advice);
    assert_int_equal(advice.wanted_count, 1);
    assert_string_equal(f.facts->items[advice.wanted[0]].id, "food");
    set_fact(response, "section", value_text("G"));
    advise_one(packages, response, &advice);
    assert_int_equal(advice.wanted_count, 0);
}

static void bands_follow_headcount(void **state)
{
    static const int64_t heads[] = {10, 11, 50, 51};
    static const char *const years[] = {"12", "36", "36", "100"};
    const struct packages *packages = published("dbi-sme@2021");
    struct response *response = fixture_empty(&f);
    struct advice advice;

    (void)state;
    advise_one(packages, response, &advice);
    assert_string_equal(fixture_ratio(&f, advice.capacity, -1), "36");
    for (size_t i = 0; i < 4; i++) {
        set_fact(response, "employees", value_int(heads[i]));
        advise_one(packages, response, &advice);
        assert_string_equal(fixture_ratio(&f, advice.capacity, -1), years[i]);
    }
}

static void errors_are_said(void **state)
{
    const struct packages *packages = published("dbi-sme@2021");
    struct response *response = fixture_empty(&f);
    struct advice advice;
    struct score score;
    struct err err;

    (void)state;
    score_answers(f.scorer, response->answers, &score);
    assert_int_equal(advise(&f.arena, packages, &score, response, 9, &advice, &err), NOT_FOUND);
    for (size_t i = 0; i < f.q->question_count; i++)
        response->answers[i].state = ANSWER_NA;
    score_answers(f.scorer, response->answers, &score);
    assert_int_equal(advise(&f.arena, packages, &score, response, 1, &advice, &err), NOT_FOUND);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(minimum_equals_every_set_tried, setup, teardown),
    cmocka_unit_test_setup_teardown(a_better_answer_never_makes_the_minimum_dearer, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(effort_in_the_file_changes_the_minimum, setup, teardown),
    cmocka_unit_test_setup_teardown(a_year_has_twelve_months, setup, teardown),
    cmocka_unit_test_setup_teardown(base_packages_stand_in_for_others, setup, teardown),
    cmocka_unit_test_setup_teardown(plans_are_filled_with_what_gains_enough, setup, teardown),
    cmocka_unit_test_setup_teardown(packages_name_what_they_need, setup, teardown),
    cmocka_unit_test_setup_teardown(sections_are_read_as_of_the_day, setup, teardown),
    cmocka_unit_test_setup_teardown(facts_are_asked_where_they_matter, setup, teardown),
    cmocka_unit_test_setup_teardown(bands_follow_headcount, setup, teardown),
    cmocka_unit_test_setup_teardown(errors_are_said, setup, teardown),
};

RUN(tests)
