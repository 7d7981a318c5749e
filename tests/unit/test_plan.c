#include "fixture.h"

#include "score/plan.h"

static struct fixture f;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&f.arena);
    return 0;
}

/* A random form of a few questions of all types, small enough to try every set of answers. */
static const char *random_form(struct dice *dice)
{
    static const char *const aggregations[] = {"pooled", "mean"};
    struct buf b;
    const char *text;
    int id = 0;

    buf_init(&b, 100000);
    buf_printf(
        &b,
        "{\"kind\":\"questionnaire\",\"id\":\"r\",\"version\":\"1\",\"title\":{\"vi\":\"a\"},"
        "\"total\":\"%s\",\"dimension_levels\":[{\"level\":1,\"above_percent\":%zu},"
        "{\"level\":2,\"from_percent\":%zu}],\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\"}},"
        "{\"level\":1,\"name\":{\"vi\":\"a\"},\"from_percent\":%zu%s},"
        "{\"level\":2,\"name\":{\"vi\":\"a\"},\"above_percent\":%zu,\"dimensions\":"
        "{\"at_least\":%zu,\"level\":%zu}}],\"dimensions\":[",
        aggregations[dice_roll(dice, 2)], 10 + dice_roll(dice, 30), 50 + dice_roll(dice, 40),
        20 + dice_roll(dice, 30), dice_roll(dice, 2) ? ",\"rounded_to\":0" : "",
        50 + dice_roll(dice, 40), 1 + dice_roll(dice, 2), 1 + dice_roll(dice, 2));
    for (int d = 0; d < 2; d++) {
        buf_printf(&b,
                   "%s{\"id\":\"d%d\",\"name\":{\"vi\":\"a\"},\"score\":\"%s\",\"weight\":%zu,"
                   "\"indicators\":[{\"id\":\"i%d\",\"name\":{\"vi\":\"a\"},\"questions\":[",
                   d ? "," : "", d, aggregations[dice_roll(dice, 2)], 1 + dice_roll(dice, 3), d);
        for (size_t i = 0, n = 1 + dice_roll(dice, 2); i < n; i++) {
            size_t kind = dice_roll(dice, 3);

            buf_printf(&b,
                       "%s{\"id\":\"q%d\",\"weight\":\"%zu/%zu\",\"effort\":\"%zu/2\","
                       "\"text\":{\"vi\":\"a\"},",
                       i ? "," : "", id++, 1 + dice_roll(dice, 3), 1 + dice_roll(dice, 3),
                       1 + dice_roll(dice, 4));
            if (kind == 0)
                buf_printf(&b,
                           "\"type\":\"single\",\"options\":[{\"id\":\"a\",\"points\":0,\"text\":"
                           "{\"vi\":\"a\"}},{\"id\":\"b\",\"points\":%zu,\"text\":{\"vi\":\"a\"}},"
                           "{\"id\":\"c\",\"points\":5,\"text\":{\"vi\":\"a\"}}]}",
                           1 + dice_roll(dice, 4));
            else if (kind == 1)
                buf_printf(
                    &b,
                    "\"type\":\"multiple\",\"options\":[{\"id\":\"a\",\"points\":2,\"text\":"
                    "{\"vi\":\"a\"}},{\"id\":\"b\",\"points\":3,%s\"text\":{\"vi\":\"a\"}},"
                    "{\"id\":\"c\",\"points\":-1,\"text\":{\"vi\":\"a\"}},"
                    "{\"id\":\"n\",\"points\":%zu,\"exclusive\":true,\"text\":{\"vi\":\"a\"}}]}",
                    dice_roll(dice, 2) ? "\"requires\":[\"a\"],\"points_without\":1," : "",
                    dice_roll(dice, 3));
            else
                buf_puts(&b,
                         "\"type\":\"scale\",\"rows\":[{\"id\":\"x\",\"text\":{\"vi\":\"a\"}},"
                         "{\"id\":\"y\",\"text\":{\"vi\":\"a\"}}],\"columns\":[{\"id\":\"0\","
                         "\"points\":0,\"text\":{\"vi\":\"a\"}},{\"id\":\"1\",\"points\":\"1/2\","
                         "\"text\":{\"vi\":\"a\"}},{\"id\":\"2\",\"points\":1,\"text\":{\"vi\":"
                         "\"a\"}}]}");
        }
        buf_puts(&b, "]}]}");
    }
    buf_puts(&b, "]}");
    text = arena_strdup(&f.arena, buf_text(&b));
    buf_free(&b);
    return text;
}

/* All answers of a question, by number. */
static size_t answer_count(const struct question *q)
{
    size_t count = 1;

    if (q->type == QUESTION_SINGLE)
        return q->option_count;
    if (q->type == QUESTION_MULTIPLE)
        return 9; /* eight sets of the first three ticks, and the exclusive one */
    for (size_t i = 0; i < q->row_count; i++)
        count *= q->option_count;
    return count;
}

static struct answer numbered_answer(const struct question *q, size_t number)
{
    struct answer answer = {.state = ANSWER_GIVEN, .is_active = true};
    unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, q->row_count);

    answer.option = (unsigned)number;
    answer.ticks = number < 8 ? number : 8;
    for (size_t i = 0; i < q->row_count; i++) {
        columns[i] = (unsigned char)(number % q->option_count);
        number /= q->option_count;
    }
    answer.columns = columns;
    return answer;
}

/* Some rows of the lowest column are left without an answer: they stand as low. */
static void leave_rows_open(struct dice *dice, const struct question *q, struct answer *answer)
{
    unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, q->row_count);

    for (size_t i = 0; i < q->row_count; i++) {
        bool is_open = answer->columns[i] == 0 && dice_roll(dice, 2);

        columns[i] = is_open ? COLUMN_NONE : answer->columns[i];
    }
    answer->columns = columns;
}

static unsigned column_of(const struct answer *answer, size_t row)
{
    return answer->columns[row] == COLUMN_NONE ? 0 : answer->columns[row];
}

/* Rungs of distinct points from one answer to another, as the plan counts them. */
static size_t rungs(const struct question *q, unsigned from, unsigned to)
{
    size_t count = 0;

    for (size_t i = 0; i < q->option_count; i++)
        count += ratio_cmp(q->options[i].points, q->options[from].points) > 0 &&
                 ratio_cmp(q->options[i].points, q->options[to].points) <= 0;
    return count;
}

/* Steps from one answer to another; RATIO_NONE where a rung would be lowered. */
static struct ratio effort_between(const struct question *q, const struct answer *from,
                                   const struct answer *to)
{
    size_t steps = 0;

    if (q->type == QUESTION_MULTIPLE)
        return ratio_mul(q->effort, ratio_of(__builtin_popcountll(from->ticks ^ to->ticks)));
    for (size_t i = 0; i < (q->type == QUESTION_SCALE ? q->row_count : 1); i++) {
        unsigned a = q->type == QUESTION_SCALE ? column_of(from, i) : from->option;
        unsigned b = q->type == QUESTION_SCALE ? column_of(to, i) : to->option;

        if (ratio_cmp(q->options[b].points, q->options[a].points) < 0)
            return RATIO_NONE;
        steps += rungs(q, a, b);
    }
    return ratio_mul(q->effort, ratio_of((int64_t)steps));
}

static bool level_holds(const struct score *score, int level)
{
    const struct level_rule *rule = questionnaire_level(f.q, level);

    return score_meets_bound(score, &score->total, rule) &&
           (!rule->at_least || score_dimensions_at(score, rule->dimension_level) >= rule->at_least);
}

/* The least effort by trying every set of answers; RATIO_NONE if none reaches the level. */
static struct ratio brute_force(const struct answer *from, int level)
{
    size_t digits[8] = {0}, sizes[8];
    struct ratio best = RATIO_NONE;
    struct answer *to = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);

    for (size_t i = 0; i < f.q->question_count; i++)
        sizes[i] = answer_count(&f.q->questions[i]);
    for (;;) {
        struct ratio effort = ratio_of(0);
        struct score score;
        size_t i = 0;

        for (size_t j = 0; j < f.q->question_count; j++) {
            to[j] = numbered_answer(&f.q->questions[j], digits[j]);
            effort = ratio_add(effort, effort_between(&f.q->questions[j], &from[j], &to[j]));
        }
        if (ratio_is_valid(effort) && (!ratio_is_valid(best) || ratio_cmp(effort, best) < 0)) {
            score_answers(f.scorer, to, &score);
            if (level_holds(&score, level))
                best = effort;
        }
        while (i < f.q->question_count && ++digits[i] == sizes[i])
            digits[i++] = 0;
        if (i == f.q->question_count)
            return best;
    }
}

/* The plan really leads there: its steps applied, the level holds. */
static bool leads_there(const struct response *response, const struct plan *plan, int level)
{
    struct answer *to = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);
    struct score score;

    memcpy(to, response->answers, f.q->question_count * sizeof(*to));
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        struct answer *answer = &to[step->question];
        unsigned char *columns;

        if (step->row == MAP_NONE) {
            *answer = step->to;
            continue;
        }
        columns = ARENA_ARRAY(&f.arena, unsigned char, f.q->questions[step->question].row_count);
        memcpy(columns, answer->columns, f.q->questions[step->question].row_count);
        columns[step->row] = (unsigned char)step->to.option;
        answer->columns = columns;
    }
    score_answers(f.scorer, to, &score);
    return level_holds(&score, level);
}

static void equals_brute_force_on_small_forms(void **state)
{
    struct dice dice = {3};
    size_t reached = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct response *response;
        struct score score;
        struct plan plan;
        struct ratio least;
        struct err err = {0};
        enum status status;

        fixture_questionnaire(&f, random_form(&dice));
        response = fixture_empty(&f);
        for (size_t i = 0; i < f.q->question_count; i++) {
            response->answers[i] = numbered_answer(
                &f.q->questions[i], dice_roll(&dice, answer_count(&f.q->questions[i])));
            leave_rows_open(&dice, &f.q->questions[i], &response->answers[i]);
        }
        score_answers(f.scorer, response->answers, &score);
        if (score.total.level == 2)
            continue;
        least = brute_force(response->answers, 2);
        status = plan_find(&f.arena, &score, response->answers, 2, &plan, &err);
        if (!ratio_is_valid(least)) {
            assert_int_equal(status, NOT_FOUND);
            continue;
        }
        if (status != OK || ratio_cmp(plan.effort, least) != 0)
            fail_msg("round %d: plan %s, least %s (%s)", round, fixture_ratio(&f, plan.effort, -1),
                     fixture_ratio(&f, least, -1), err.text[LANG_EN]);
        assert_true(leads_there(response, &plan, 2));
        reached++;
        arena_free(&f.arena);
        fixture_init(&f);
    }
    assert_true(reached > 200);
}

static void finds_the_way_through_dbi(void **state)
{
    struct response *response;
    struct score score;
    struct plan plan;
    struct err err;

    (void)state;
    fixture_questionnaire(&f, "questionnaires/dbi-sme@2021.json");
    response = fixture_empty(&f);
    score_answers(f.scorer, response->answers, &score);
    assert_int_equal(plan_find(&f.arena, &score, response->answers, 1, &plan, &err), NOT_FOUND);
    for (size_t i = 0; i < f.q->question_count; i++)
        response->answers[i].state = ANSWER_GIVEN; /* the first option: 0 points */
    score_answers(f.scorer, response->answers, &score);
    assert_int_equal(plan_find(&f.arena, &score, response->answers, 1, &plan, &err), OK);
    /* 21 points and four pillars above 10 %: strategy gains 5 a step, so 4 steps there give 20,
     * but three more pillars must pass 10 %: 4 of 35, 6 of 50, 7 of 65, 9 of 80 */
    assert_string_equal(fixture_ratio(&f, plan.effort, -1), "18");
    assert_true(leads_there(response, &plan, 1));
    assert_int_equal(plan_find(&f.arena, &score, response->answers, 5, &plan, &err), OK);
    assert_true(leads_there(response, &plan, 5));
    assert_int_equal(plan_find(&f.arena, &score, response->answers, 9, &plan, &err), NOT_FOUND);
    assert_int_equal(plan_next_level(&score), 1);
}

/* Steps of all improvements together are bounded; what is at its best already counts nothing. */
static void the_search_is_bounded(void **state)
{
    static const struct {
        int effort;
        enum status status;
    } cases[] = {{PLAN_EFFORT_MAX, OK}, {PLAN_EFFORT_MAX + 1, LIMIT}};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct response *response;
        struct score score;
        struct plan plan;
        struct err err;

        fixture_questionnaire(
            &f, arena_printf(
                    &f.arena,
                    "{\"kind\":\"questionnaire\",\"id\":\"r\",\"version\":\"1\",\"title\":{"
                    "\"vi\":\"a\"},\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\"}},{\"level\":1,"
                    "\"name\":{\"vi\":\"a\"},\"above_percent\":60}],\"dimensions\":[{\"id\":\"d\","
                    "\"name\":{\"vi\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":{\"vi\":\"a\"},"
                    "\"questions\":[{\"id\":\"a\",\"type\":\"yesno\",\"text\":{\"vi\":\"a\"}},"
                    "{\"id\":\"b\",\"type\":\"yesno\",\"effort\":%d,\"text\":{\"vi\":\"a\"}}]}]}]}",
                    cases[i].effort));
        response = fixture_empty(&f);
        fixture_answer(&f, response, "a", "yes");
        fixture_answer(&f, response, "b", "no");
        score_answers(f.scorer, response->answers, &score);
        assert_int_equal(plan_find(&f.arena, &score, response->answers, 1, &plan, &err),
                         cases[i].status);
        if (cases[i].status == OK)
            assert_int_equal(ratio_cmp(plan.effort, ratio_of(PLAN_EFFORT_MAX)), 0);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(equals_brute_force_on_small_forms, setup, teardown),
    cmocka_unit_test_setup_teardown(the_search_is_bounded, setup, teardown),
    cmocka_unit_test_setup_teardown(finds_the_way_through_dbi, setup, teardown),
};

RUN(tests)
