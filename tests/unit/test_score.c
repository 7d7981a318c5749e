#include "fixture.h"

#include "score/compare.h"
#include "survey/convert.h"
#include "survey/quality.h"

#define DBI "questionnaires/dbi-sme@2021.json"

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

/* Answers so that the pillars of dbi-sme@2021 earn just these points (customer, strategy,
 * technology, operations, culture, data). Strategy takes multiples of 5. */
static struct response *with_points(const int points[6])
{
    struct response *response = fixture_empty(&f);

    for (size_t d = 0; d < 6; d++) {
        const struct dimension *dimension = &f.q->dimensions[d];
        int left = points[d];

        for (size_t i = 0; i < dimension->question_count; i++) {
            size_t at = dimension->first_question + i;
            int step = strcmp(dimension->id, "strategy") == 0 ? 5 : 1;
            int take = left > 5 * step ? 5 * step : left;

            fixture_answer(&f, response, f.q->questions[at].id, arena_printf(&f.arena, "%d", take));
            left -= take;
        }
        assert_int_equal(left, 0);
    }
    return response;
}

/* The two-condition rule of QĐ 1970 and the choices that we made where its text has gaps. */
static const struct {
    const char *what;
    int points[6];
    int level, by_total_only;
    const char *note;
} level_cases[] = {
    {"nothing", {0, 0, 0, 0, 0, 0}, 0, 0, NULL},
    {"exactly 20 points", {7, 5, 8, 0, 0, 0}, 0, 0, "at-bound"},
    {"21 points in three pillars", {21, 0, 0, 0, 0, 0}, 0, 1, "held-back"},
    {"level 1 by both", {7, 5, 9, 7, 6, 4}, 1, 1, NULL},
    {"four pillars at level 1", {7, 5, 9, 7, 0, 0}, 1, 1, NULL},
    {"exactly 10 % of culture is level 0", {7, 0, 9, 7, 5, 0}, 0, 1, "at-bound"},
    {"exactly 64 points", {14, 10, 17, 14, 9, 0}, 1, 1, NULL},
    {"65 points, four pillars at level 2", {14, 10, 17, 14, 10, 0}, 2, 2, NULL},
    {"100 points in few pillars", {65, 0, 35, 0, 0, 0}, 0, 2, "held-back"},
    {"exactly 128 points", {27, 15, 33, 27, 20, 6}, 2, 2, NULL},
    {"129 points, four at level 3", {27, 15, 33, 27, 20, 7}, 3, 3, NULL},
    {"39 of 65 is level 3 (official example)", {39, 15, 33, 27, 20, 7}, 3, 3, NULL},
    {"193 points, five at level 4", {40, 20, 49, 40, 31, 13}, 4, 4, NULL},
    {"193 points, four at level 4", {40, 15, 49, 40, 31, 18}, 3, 4, "held-back"},
    {"285 points and one empty pillar is level 4", {65, 25, 80, 65, 50, 0}, 4, 5, "held-back"},
    {"257 points, all six above 80 %", {53, 25, 65, 53, 41, 29}, 5, 5, NULL},
    {"everything", {65, 25, 80, 65, 50, 35}, 5, 5, NULL},
};

static bool has_note(const struct score *score, const char *code)
{
    struct score_note notes[SCORE_NOTES_MAX];
    size_t count = score_notes(score, &f.arena, notes);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(notes[i].code, code) == 0)
            return true;
    }
    return false;
}

static void levels_follow_both_conditions(void **state)
{
    (void)state;
    fixture_questionnaire(&f, DBI);
    for (size_t i = 0; i < ARRAY_SIZE(level_cases); i++) {
        struct score score;

        score_answers(f.scorer, with_points(level_cases[i].points)->answers, &score);
        if (score.total.level != level_cases[i].level ||
            score.by_total_only != level_cases[i].by_total_only)
            fail_msg("%s: level %d (by total %d)", level_cases[i].what, score.total.level,
                     score.by_total_only);
        if (level_cases[i].note && !has_note(&score, level_cases[i].note))
            fail_msg("%s: no note '%s'", level_cases[i].what, level_cases[i].note);
        assert_true(score.is_complete);
        assert_int_equal(score.held_back_by != 0, score.total.level < score.by_total_only);
    }
}

/* Upper bounds belong to the lower level: 13 of 65 is 20 %, level 1; 14 is level 2. */
static void pillar_bands_are_exact(void **state)
{
    static const int customer[][2] = {{0, 0},  {6, 0},  {7, 1},  {13, 1}, {14, 2}, {26, 2},
                                      {27, 3}, {39, 3}, {40, 4}, {52, 4}, {53, 5}, {65, 5}};

    (void)state;
    fixture_questionnaire(&f, DBI);
    for (size_t i = 0; i < ARRAY_SIZE(customer); i++) {
        int points[6] = {customer[i][0], 0, 0, 0, 0, 0};
        struct score score;

        score_answers(f.scorer, with_points(points)->answers, &score);
        assert_int_equal(score.dimensions[0].level, customer[i][1]);
    }
}

static void the_questionnaire_has_the_official_shape(void **state)
{
    static const int maxima[6] = {65, 25, 80, 65, 50, 35};

    (void)state;
    fixture_questionnaire(&f, DBI);
    assert_int_equal(f.q->dimension_count, 6);
    assert_int_equal(f.q->indicator_count, 10);
    assert_int_equal(f.q->question_count, 60);
    for (size_t d = 0; d < 6; d++) {
        struct ratio sum = ratio_of(0);

        for (size_t i = 0; i < f.q->dimensions[d].question_count; i++)
            sum = ratio_add(sum, f.q->questions[f.q->dimensions[d].first_question + i].max);
        assert_int_equal(ratio_cmp(sum, ratio_of(maxima[d])), 0);
    }
}

/* A small form with everything that scoring knows. */
static const char mixed[] =
    "{\"kind\":\"questionnaire\",\"id\":\"mixed\",\"version\":\"1\",\"title\":{\"vi\":\"a\",\"en\":"
    "\"a\"},"
    "\"total\":\"%s\",\"dimension_levels\":[{\"level\":1,\"from_percent\":50}],"
    "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"level\":1,\"name\":{\"vi\":\"b\",\"en\":\"b\"},\"from_percent\":50}],"
    "\"dimensions\":[{\"id\":\"d1\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"score\":\"%s\","
    "\"weight\":3,"
    "\"indicators\":[{\"id\":\"i1\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"questions\":["
    "{\"id\":\"s\",\"type\":\"single\",\"weight\":\"1/"
    "3\",\"not_applicable\":true,\"text\":{\"vi\":\"a\",\"en\":\"a\"},"
    "\"options\":[{\"id\":\"0\",\"points\":0,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"2\",\"points\":\"2\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"5\",\"points\":5,\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]},"
    "{\"id\":\"y\",\"type\":\"yesno\",\"weight\":2,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"m\",\"type\":\"multiple\",\"weight\":0.5,\"text\":{\"vi\":\"a\",\"en\":\"a\"},"
    "\"show_if\":{\"==\":[{\"var\":\"answers.y\"},\"yes\"]},\"options\":["
    "{\"id\":\"a\",\"points\":2,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"b\",\"points\":\"1/2\",\"requires\":[\"a\"],\"points_without\":\"1/"
    "4\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"c\",\"points\":-1,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"none\",\"points\":0,\"exclusive\":true,\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]}]}]},"
    "{\"id\":\"d2\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i2\",\"name\":{"
    "\"vi\":\"a\",\"en\":\"a\"},"
    "\"questions\":[{\"id\":\"q\",\"type\":\"scale\",\"text\":{\"vi\":\"a\",\"en\":\"a\"},"
    "\"rows\":[{\"id\":\"r1\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}},{\"id\":\"r2\",\"text\":{"
    "\"vi\":\"a\",\"en\":\"a\"}}],"
    "\"columns\":[{\"id\":\"no\",\"points\":0,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"part\",\"points\":0.5,\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
    "{\"id\":\"yes\",\"points\":1,\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]},"
    "{\"id\":\"n\",\"type\":\"number\",\"text\":{\"vi\":\"a\",\"en\":\"a\"},\"min\":0,\"max\":100,"
    "\"unit\":{\"vi\":\"%%\",\"en\":\"%%\"},"
    "\"bands\":[{\"from\":10,\"points\":1},{\"above\":20,\"points\":3}]},"
    "{\"id\":\"t\",\"type\":\"text\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]}]}]}";

static void use_mixed(const char *total, const char *score)
{
    fixture_questionnaire(&f, arena_printf(&f.arena, mixed, total, score));
}

struct answer_case {
    const char *answers; /* question=answer, parted by spaces */
    const char *raw[2];  /* points of the dimensions */
    const char *max[2];
    const char *total; /* percent, as a fraction */
};

static struct response *answered(const char *answers)
{
    struct response *response = fixture_empty(&f);
    char *text = arena_strdup(&f.arena, answers);

    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');

        *equals = '\0';
        fixture_answer(&f, response, word, equals + 1);
    }
    return response;
}

static void points_and_ceilings_are_exact(void **state)
{
    /* d1 weighs 5/3 + 2 + 5/4 = 59/12 at most, 11/3 with m hidden; d2 2 + 3 = 5 */
    static const struct answer_case cases[] = {
        {"y=no", {"0", "0"}, {"11/3", "5"}, "0"},
        {"s=5 y=yes m=a,b q=r1=yes,r2=yes n=21", {"59/12", "5"}, {"59/12", "5"}, "100"},
        {"s=2 y=yes m=b", {"67/24", "0"}, {"59/12", "5"}, "3350/119"},
        {"s=2 y=yes m=a,c", {"19/6", "0"}, {"59/12", "5"}, "3800/119"},
        {"s=0 y=yes m=c", {"2", "0"}, {"59/12", "5"}, "2400/119"},
        {"s=5 y=no m=a", {"5/3", "0"}, {"11/3", "5"}, "250/13"},
        {"s=na:không y=yes m=none", {"2", "0"}, {"13/4", "5"}, "800/33"},
        {"y=no q=r1=part n=10", {"0", "3/2"}, {"11/3", "5"}, "225/13"},
        {"y=no n=20", {"0", "1"}, {"11/3", "5"}, "150/13"},
        {"y=no n=20,01", {"0", "3"}, {"11/3", "5"}, "450/13"},
    };

    (void)state;
    use_mixed("pooled", "pooled");
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct score score;

        score_answers(f.scorer, answered(cases[i].answers)->answers, &score);
        for (int d = 0; d < 2; d++) {
            const struct score_part *part = &score.dimensions[d];

            if (strcmp(fixture_ratio(&f, score_points(&score, part), -1), cases[i].raw[d]) != 0 ||
                strcmp(fixture_ratio(&f, score_max(&score, part), -1), cases[i].max[d]) != 0)
                fail_msg("%s: dimension %d has %s of %s", cases[i].answers, d,
                         fixture_ratio(&f, score_points(&score, part), -1),
                         fixture_ratio(&f, score_max(&score, part), -1));
        }
        assert_string_equal(fixture_ratio(&f, score_percent(&score.total), -1), cases[i].total);
    }
}

/* mean: (1/3 * 2/5 + 2 * 1 + 1/2 * 1) / (1/3 + 2 + 1/2) in d1, weight 3; d2 weight 1 */
static void means_weigh_percents(void **state)
{
    struct score score;

    (void)state;
    use_mixed("mean", "mean");
    score_answers(f.scorer, answered("s=2 y=yes m=a,b q=r1=yes,r2=yes")->answers, &score);
    assert_string_equal(fixture_ratio(&f, score_percent(&score.dimensions[0]), -1), "1580/17");
    assert_string_equal(fixture_ratio(&f, score_percent(&score.dimensions[1]), -1), "40");
    assert_string_equal(fixture_ratio(&f, score_percent(&score.total), -1), "1355/17");
    assert_string_equal(fixture_ratio(&f, score_max(&score, &score.dimensions[0]), 2), "100.00");
    score_answers(f.scorer, answered("s=na:x y=yes m=a,b q=r1=yes,r2=yes")->answers, &score);
    assert_string_equal(fixture_ratio(&f, score_percent(&score.dimensions[0]), -1), "100");
}

static void coverage_counts_what_was_asked(void **state)
{
    struct score score;

    (void)state;
    use_mixed("pooled", "pooled");
    score_answers(f.scorer, answered("s=na:x y=no q=r1=yes")->answers, &score);
    assert_int_equal(score.total.asked, 4);    /* m is hidden, t is not scored */
    assert_int_equal(score.total.answered, 1); /* the scale has an open row */
    assert_int_equal(score.total.not_applicable, 1);
    assert_false(score.is_complete);
    assert_string_equal(fixture_ratio(&f, score_coverage(&score.dimensions[0]), 2), "50.00");
    assert_true(has_note(&score, "low-coverage"));
    assert_true(has_note(&score, "incomplete"));
    fixture_questionnaire(&f, "questionnaires/sme-quick@1.json"); /* also of an estimate */
    score_answers(f.scorer, fixture_empty(&f)->answers, &score);
    assert_true(has_note(&score, "estimate"));
    assert_true(has_note(&score, "low-coverage"));
}

/* ---- properties, on random answers ---- */

static void answer_at_random(struct dice *dice, struct response *response)
{
    for (size_t i = 0; i < f.q->question_count; i++) {
        const struct question *question = &f.q->questions[i];
        struct answer *answer = &response->answers[i];
        unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, question->row_count);

        *answer = (struct answer){.state = ANSWER_GIVEN, .columns = columns};
        if (dice_roll(dice, 6) == 0)
            answer->state = question->may_be_na && dice_roll(dice, 2) ? ANSWER_NA : ANSWER_NONE;
        if (question->option_count)
            answer->option = (unsigned)dice_roll(dice, question->option_count);
        for (size_t j = 0; j < question->row_count; j++)
            columns[j] = (unsigned char)dice_roll(dice, question->option_count);
        if (question->type == QUESTION_MULTIPLE)
            answer->ticks = dice_next(dice) & 7;
        answer->number = ratio_of((int64_t)dice_roll(dice, 30));
        answer->text = "x";
    }
    response_activate(response, &f.arena);
}

static const char *const shapes[][2] = {
    {"pooled", "pooled"}, {"pooled", "mean"}, {"mean", "pooled"}, {"mean", "mean"}};

static void the_ledger_adds_up_exactly(void **state)
{
    struct dice dice = {64};
    struct score_line *lines;

    (void)state;
    for (size_t shape = 0; shape < ARRAY_SIZE(shapes); shape++) {
        use_mixed(shapes[shape][0], shapes[shape][1]);
        lines = ARENA_ARRAY(&f.arena, struct score_line, f.q->question_count);
        for (int round = 0; round < 2000; round++) {
            struct response *response = fixture_empty(&f);
            struct ratio sum = ratio_of(0), whole = ratio_of(0), percent;
            struct score score;

            answer_at_random(&dice, response);
            score_answers(f.scorer, response->answers, &score);
            score_ledger(&score, response->answers, lines);
            for (size_t i = 0; i < f.q->question_count; i++) {
                assert_true(lines[i].counts ||
                            (lines[i].points.num == 0 && lines[i].lost.num == 0));
                sum = ratio_add(sum, lines[i].contribution);
                whole = ratio_add(whole, ratio_add(lines[i].contribution, lines[i].lost));
            }
            percent = score_percent(&score.total);
            if (!ratio_is_valid(percent))
                continue;
            assert_int_equal(ratio_cmp(ratio_mul(sum, ratio_of(100)), percent), 0);
            assert_int_equal(ratio_cmp(whole, ratio_of(1)), 0);
            assert_true(percent.num >= 0 && ratio_cmp(percent, ratio_of(100)) <= 0);
        }
    }
}

/* A better answer to one question never lowers a percentage or the level. */
static void better_answers_never_score_less(void **state)
{
    struct dice dice = {128};

    (void)state;
    fixture_questionnaire(&f, DBI);
    for (int round = 0; round < 3000; round++) {
        struct response *response = fixture_empty(&f);
        size_t at = dice_roll(&dice, f.q->question_count);
        struct score before, after;
        struct answer *answer = &response->answers[at];

        answer_at_random(&dice, response);
        score_answers(f.scorer, response->answers, &before);
        if (answer->state == ANSWER_GIVEN && answer->option + 1 < f.q->questions[at].option_count)
            answer->option++;
        answer->state = ANSWER_GIVEN;
        score_answers(f.scorer, response->answers, &after);
        assert_true(after.total.raw >= before.total.raw);
        assert_true(after.total.level >= before.total.level);
        assert_true(after.by_total_only >= before.by_total_only);
        assert_true(after.total.level <= after.by_total_only);
    }
}

/* One question per dimension, weights 3 and 1: answering just one gives its weight's share. */
static void weight_share_is_score_share(void **state)
{
    (void)state;
    for (int w = 1; w <= 9; w++) {
        struct score score;

        fixture_questionnaire(
            &f, arena_printf(&f.arena,
                             "{\"kind\":\"questionnaire\",\"id\":\"w\",\"version\":\"1\",\"title\":"
                             "{\"vi\":\"a\",\"en\":\"a\"},"
                             "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}}],"
                             "\"dimensions\":[{\"id\":\"d\","
                             "\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i\","
                             "\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
                             "\"questions\":[{\"id\":\"a\",\"type\":\"yesno\",\"weight\":\"%d/"
                             "7\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
                             "{\"id\":\"b\",\"type\":\"yesno\",\"weight\":\"1/"
                             "7\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]}]}]}",
                             w));
        score_answers(f.scorer, answered("a=yes b=no")->answers, &score);
        assert_int_equal(ratio_cmp(score_percent(&score.total), ratio_make(100 * w, w + 1)), 0);
    }
}

/* The order in which answers stand in a file is of no account. */
static void order_does_not_matter(void **state)
{
    struct response *a, *b;
    struct score x, y;

    (void)state;
    fixture_questionnaire(&f, DBI);
    a = fixture_response(
        &f, "{\"kind\":\"response\",\"questionnaire\":\"dbi-sme@2021\",\"enterprise\":{},"
            "\"answers\":{\"1.1.1\":3,\"2.1.1\":\"25\",\"6.1.7\":5}}");
    b = fixture_response(
        &f, "{\"answers\":{\"6.1.7\":\"5\",\"1.1.1\":\"3\",\"2.1.1\":25},\"enterprise\":{},"
            "\"questionnaire\":\"dbi-sme@2021\",\"kind\":\"response\"}");
    assert_non_null(a);
    assert_non_null(b);
    score_answers(f.scorer, a->answers, &x);
    score_answers(f.scorer, b->answers, &y);
    assert_int_equal(x.total.raw, 33);
    assert_int_equal(x.total.raw, y.total.raw);
}

/* Of one version: whether two answers say the same. */
static bool says_the_same(const struct question *question, const struct answer *a,
                          const struct answer *b)
{
    if (a->state != ANSWER_GIVEN || b->state != ANSWER_GIVEN)
        return a->state == b->state;
    switch (question->type) {
    case QUESTION_MULTIPLE:
        return a->ticks == b->ticks;
    case QUESTION_SCALE:
        return memcmp(a->columns, b->columns, question->row_count) == 0;
    case QUESTION_NUMBER:
        return ratio_cmp(a->number, b->number) == 0;
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return a->option == b->option;
    default:
        return true; /* all texts are the same here */
    }
}

/* What is listed as changed is what differs, or counts differently. */
static void check_changes(const struct comparison *c, const struct response *a,
                          const struct response *b)
{
    size_t listed = 0;

    for (size_t i = 0; i < f.q->question_count; i++) {
        const struct question *question = &f.q->questions[i];
        bool is_same = says_the_same(question, &a->answers[i], &b->answers[i]);
        const struct compared_answer *found = NULL;

        for (size_t k = 0; k < c->answer_count; k++)
            found = c->answers[k].before == question ? &c->answers[k] : found;
        listed += found != NULL;
        assert_true(is_same || found);
        assert_true(!found || found->is_same == is_same);
        assert_true(!found || !is_same || found->change.num != 0);
    }
    assert_int_equal(listed, c->answer_count);
}

/* The changes of single answers add up to the change of the total. */
static void comparisons_add_up(void **state)
{
    struct dice dice = {2025};

    (void)state;
    for (size_t shape = 0; shape < ARRAY_SIZE(shapes); shape++) {
        use_mixed(shapes[shape][0], shapes[shape][1]);
        for (int round = 0; round < 200; round++) {
            struct response *a = fixture_empty(&f), *b = fixture_empty(&f);
            struct ratio sum = ratio_of(0);
            const struct comparison *c;
            struct score x, y;

            answer_at_random(&dice, a);
            answer_at_random(&dice, b);
            score_answers(f.scorer, a->answers, &x);
            score_answers(f.scorer, b->answers, &y);
            c = compare_scores(&f.arena, &x, a->answers, &y, b->answers);
            for (size_t i = 0; i < c->answer_count; i++)
                sum = ratio_add(sum, c->answers[i].change);
            if (ratio_is_valid(c->total.change))
                assert_int_equal(ratio_cmp(sum, c->total.change), 0);
            check_changes(c, a, b);
            for (size_t i = 1; i < c->answer_count; i++)
                assert_true(ratio_cmp(ratio_mul(c->answers[i - 1].change, c->answers[i - 1].change),
                                      ratio_mul(c->answers[i].change, c->answers[i].change)) >= 0);
        }
    }
}

/* Under the same version nothing moves; ids that a new version lacks are dropped and counted. */
static void answers_move_to_another_version_by_id(void **state)
{
    const struct questionnaire *old;
    struct response *response;
    struct conversion same, other;
    struct score x, y;

    (void)state;
    use_mixed("pooled", "pooled");
    old = f.q;
    response = answered("s=2 y=yes m=a,b q=r1=yes,r2=part n=21 t=xin");
    same = response_convert(&f.arena, response, old);
    assert_int_equal(same.dropped, 0);
    score_answers(f.scorer, response->answers, &x);
    score_answers(f.scorer, same.response->answers, &y);
    assert_int_equal(x.total.raw, y.total.raw);
    assert_string_equal(same.response->answers[5].text, "xin");
    assert_memory_equal(same.response->answers[3].columns, response->answers[3].columns, 2);
    same = response_convert(&f.arena, answered("q=r1=yes"), old);
    assert_int_equal(same.response->answers[3].columns[0], response->answers[3].columns[0]);
    assert_int_equal(same.response->answers[3].columns[1], COLUMN_NONE); /* open, and not "no" */
    fixture_questionnaire(
        &f, "{\"kind\":\"questionnaire\",\"id\":\"mixed\",\"version\":\"2\",\"title\":{\"vi\":"
            "\"a\",\"en\":\"a\"},"
            "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}}],\"dimensions\":[{"
            "\"id\":\"d1\","
            "\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":{\"vi\":"
            "\"a\",\"en\":\"a\"},"
            "\"questions\":[{\"id\":\"y\",\"type\":\"yesno\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}},"
            "{\"id\":\"m\",\"type\":\"multiple\",\"text\":{\"vi\":\"a\",\"en\":\"a\"},\"options\":["
            "{\"id\":\"b\",\"points\":1,\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]},"
            "{\"id\":\"new\",\"type\":\"yesno\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]}]}]}");
    other = response_convert(&f.arena, response, f.q);
    assert_int_equal(other.dropped, 5); /* s, a part of m, q, n, t */
    assert_int_equal(other.unmatched, 1);
    score_answers(f.scorer, other.response->answers, &y);
    assert_int_equal(y.total.raw, 2);
    assert_false(y.is_complete);
}

/* A form of two yes/no questions; what is said of it where it cannot be computed. */
static const char *refused(const char *weight_a, const char *weight_b)
{
    const char *text = arena_printf(
        &f.arena,
        "{\"kind\":\"questionnaire\",\"id\":\"w\",\"version\":\"1\",\"title\":{\"vi\":\"a\",\"en\":"
        "\"a\"},\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}}],\"dimensions\":[{"
        "\"id\":\"d\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":"
        "{\"vi\":\"a\",\"en\":\"a\"},\"questions\":[{\"id\":\"a\",\"type\":\"yesno\",\"weight\":\"%"
        "s\","
        "\"text\":{\"vi\":\"a\",\"en\":\"a\"}},{\"id\":\"b\",\"type\":\"yesno\",\"weight\":\"%s\","
        "\"text\":{\"vi\":\"a\",\"en\":\"a\"}}]}]}]}",
        weight_a, weight_b);

    f.q = questionnaire_read(&f.arena, fixture_json(&f, text), &f.facts->schema, &f.faults);
    assert_non_null(f.q);
    return scorer_new(&f.arena, f.q, &f.faults) ? "" : f.faults.items[0].text[LANG_EN];
}

/* Sums stay below 2^53 in the least common unit of all points: exact, or refused. */
static void what_cannot_be_computed_exactly_is_refused(void **state)
{
    static const char too_large[] =
        "points and weights are too large or too fine to be computed exactly";

    (void)state;
    assert_string_equal(refused("4503599627370496", "4503599627370495"), "");
    assert_string_equal(refused("4503599627370496", "4503599627370496"), too_large);
    assert_string_equal(refused("1/94906249", "1/94906247"), "");
    assert_string_equal(refused("1/94906267", "1/94906269"), too_large);
}

/* Dimensions and answers that one version has and the other lacks. */
static void versions_are_compared_by_id(void **state)
{
    static const char other[] =
        "{\"kind\":\"questionnaire\",\"id\":\"mixed\",\"version\":\"2\",\"title\":{\"vi\":\"a\","
        "\"en\":"
        "\"a\"},\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}}],\"dimensions\":[{"
        "\"id\":\"d3\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":"
        "{\"vi\":\"a\",\"en\":\"a\"},\"questions\":[{\"id\":\"y\",\"type\":\"yesno\",\"text\":{"
        "\"vi\":"
        "\"a\",\"en\":\"a\"}},{\"id\":\"new\",\"type\":\"yesno\",\"text\":{\"vi\":\"a\",\"en\":"
        "\"a\"}}"
        "]}]}]}";
    struct response *a, *b;
    const struct comparison *c;
    struct score x, y;

    (void)state;
    use_mixed("pooled", "pooled");
    a = answered("y=yes q=r1=yes,r2=yes");
    score_answers(f.scorer, a->answers, &x);
    fixture_questionnaire(&f, other);
    b = answered("y=yes new=no");
    score_answers(f.scorer, b->answers, &y);
    c = compare_scores(&f.arena, &x, a->answers, &y, b->answers);
    assert_int_equal(c->dimension_count, 3); /* the new one, then both that are gone */
    assert_string_equal(c->dimensions[0].id, "d3");
    assert_null(c->dimensions[0].before);
    assert_int_equal(c->dimensions[0].level_before, -1);
    assert_string_equal(c->dimensions[1].id, "d1");
    assert_string_equal(c->dimensions[2].id, "d2");
    assert_null(c->dimensions[2].after);
    assert_false(ratio_is_valid(c->dimensions[2].change));
    assert_string_equal(fixture_ratio(&f, c->dimensions[2].percent_before, -1), "40");
    assert_int_equal(c->answer_count, 3); /* y, which counts more; new; and q, which is gone */
    for (size_t i = 0; i < c->answer_count; i++) {
        const struct compared_answer *one = &c->answers[i];
        const char *id = one->after ? one->after->id : one->before->id;

        assert_int_equal(one->is_same, strcmp(id, "y") == 0);
        assert_int_equal(one->before == NULL, strcmp(id, "new") == 0);
        assert_int_equal(one->after == NULL, strcmp(id, "q") == 0);
    }
}

/* A question hangs on a fact and on answers before it; the values of facts stand behind those. */
static void questions_are_shown_by_facts(void **state)
{
    static const struct {
        const char *employees, *a;
        bool is_b_shown;
    } cases[] = {
        {"12", "yes", true}, {"12", "no", false}, {"9", "yes", false}, {"10", "yes", true}};

    (void)state;
    fixture_questionnaire(
        &f,
        "{\"kind\":\"questionnaire\",\"id\":\"s\",\"version\":\"1\",\"title\":{\"vi\":\"a\",\"en\":"
        "\"a\"},\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":\"a\"}}],\"dimensions\":[{"
        "\"id\":\"d\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{\"id\":\"i\",\"name\":"
        "{\"vi\":\"a\",\"en\":\"a\"},\"questions\":[{\"id\":\"a\",\"type\":\"yesno\",\"text\":{"
        "\"vi\":"
        "\"a\",\"en\":\"a\"}},{\"id\":\"b\",\"type\":\"yesno\",\"show_if\":{\"and\":[{\"==\":[{"
        "\"var\":"
        "\"answers.a\"},\"yes\"]},{\">=\":[{\"var\":\"employees\"},10]}]},\"text\":{\"vi\":\"a\","
        "\"en\":\"a\"}}]}]}]}");
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct response *response = fixture_response(
            &f, arena_printf(&f.arena,
                             "{\"kind\":\"response\",\"questionnaire\":\"s@1\",\"enterprise\":{"
                             "\"employees\":%s},\"answers\":{\"a\":\"%s\"}}",
                             cases[i].employees, cases[i].a));

        assert_non_null(response);
        if (response->answers[1].is_active != cases[i].is_b_shown)
            fail_msg("%s employees, a=%s", cases[i].employees, cases[i].a);
    }
}

/* A level may ask for levels of dimensions: those that there are, or 0. */
static void levels_ask_for_levels_that_there_are(void **state)
{
    (void)state;
    for (int level = 0; level <= 4; level++) {
        const char *text = arena_printf(&f.arena,
                                        "{\"kind\":\"questionnaire\",\"id\":\"w\",\"version\":"
                                        "\"1\",\"title\":{\"vi\":\"a\",\"en\":\"a\"},"
                                        "\"dimension_levels\":[{\"level\":2,\"from_percent\":20},{"
                                        "\"level\":3,\"from_percent\":50}],"
                                        "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":"
                                        "\"a\"}},{\"level\":1,\"name\":{\"vi\":\"a\","
                                        "\"en\":\"a\"},\"from_percent\":50,\"dimensions\":{\"at_"
                                        "least\":1,\"level\":%d}}],\"dimensions\":[{"
                                        "\"id\":\"d\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
                                        "\"indicators\":[{\"id\":\"i\",\"name\":{\"vi\":"
                                        "\"a\",\"en\":\"a\"},\"questions\":[{\"id\":\"q\",\"type\":"
                                        "\"yesno\",\"text\":{\"vi\":\"a\",\"en\":"
                                        "\"a\"}}]}]}]}",
                                        level);
        bool is_fine =
            questionnaire_read(&f.arena, fixture_json(&f, text), &f.facts->schema, &f.faults);

        if (is_fine != (level == 0 || level == 2 || level == 3))
            fail_msg("level %d: %s", level, is_fine ? "" : f.faults.items[0].text[LANG_EN]);
    }
}

#define NAMED(kind) "\"type\":\"" kind "\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}"
#define CHOICE(id) "{\"id\":\"" id "\",\"points\":1,\"text\":{\"vi\":\"a\",\"en\":\"a\"}}"
#define ROW(id) "{\"id\":\"" id "\",\"text\":{\"vi\":\"a\",\"en\":\"a\"}}"

/* What has a name has it alone: options, rows, questions, the columns and fields made of them. */
static void names_stand_once(void **state)
{
    static const struct {
        const char *questions, *fault; /* NULL: fine */
    } cases[] = {
        {"{\"id\":\"q\"," NAMED("single") ",\"options\":[" CHOICE("a") "," CHOICE("b") "," CHOICE(
             "c") "]}",
         NULL},
        {"{\"id\":\"q\"," NAMED("single") ",\"options\":[" CHOICE("a") "," CHOICE("b") "," CHOICE(
             "b") "]}",
         "'b'"},
        {"{\"id\":\"q\"," NAMED("scale") ",\"columns\":[" CHOICE("a") "," CHOICE(
             "b") "],\"rows\":[" ROW("x") "," ROW("y") "," ROW("z") "]}",
         NULL},
        {"{\"id\":\"q\"," NAMED("scale") ",\"columns\":[" CHOICE("a") "," CHOICE(
             "b") "],\"rows\":[" ROW("x") "," ROW("y") "," ROW("y") "]}",
         "'y' stands twice"},
        {"{\"id\":\"q\"," NAMED("scale") ",\"columns\":[" CHOICE("a") "," CHOICE("b") "," CHOICE(
             "b") "],\"rows\":[" ROW("x") "]}",
         "'b'"},
        {"{\"id\":\"q\"," NAMED("scale") ",\"columns\":[" CHOICE("a") "," CHOICE(
             "b") "],\"rows\":[" ROW("x") "," ROW("y") "]},{\"id\":\"q.y\"," NAMED("yesno") "}",
         "q.y"},
        {"{\"id\":\"q\"," NAMED("date") "},{\"id\":\"p\"," NAMED("yesno") "}", NULL},
        {"{\"id\":\"q\"," NAMED("date") "},{\"id\":\"q.d\"," NAMED("yesno") "}", "q.d"},
        {"{\"id\":\"q\"," NAMED("date") "},{\"id\":\"q.y\"," NAMED("yesno") "}", "q.y"},
        {"{\"id\":\"q\"," NAMED("text") "},{\"id\":\"q.y\"," NAMED("yesno") "}", NULL},
        {"{\"id\":\"p\"," NAMED("yesno") "},{\"id\":\"q\"," NAMED("yesno") "},{\"id\":\"q\"," NAMED(
             "yesno") "}",
         "'q'"},
        {"{\"id\":\"employees\"," NAMED("yesno") "}", "employees"},
        {"{\"id\":\"reason\"," NAMED("yesno") "}", "reason"},
        {"{\"id\":\"round\"," NAMED("yesno") "}", "round"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *text = arena_printf(&f.arena,
                                        "{\"kind\":\"questionnaire\",\"id\":\"w\",\"version\":"
                                        "\"1\",\"title\":{\"vi\":\"a\",\"en\":\"a\"},"
                                        "\"levels\":[{\"level\":0,\"name\":{\"vi\":\"a\",\"en\":"
                                        "\"a\"}}],\"dimensions\":[{\"id\":\"d\","
                                        "\"name\":{\"vi\":\"a\",\"en\":\"a\"},\"indicators\":[{"
                                        "\"id\":\"i\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
                                        "\"questions\":[{\"id\":\"first\",\"type\":\"yesno\","
                                        "\"text\":{\"vi\":\"a\",\"en\":\"a\"}},%s]}]}]}",
                                        cases[i].questions);
        const struct questionnaire *q;

        q = questionnaire_read(&f.arena, fixture_json(&f, text), &f.facts->schema, &f.faults);
        if (q)
            questionnaire_check_ids(&f.arena, q, &f.faults);
        if ((f.faults.errors == 0) != !cases[i].fault)
            fail_msg("%s: %zu", cases[i].questions, f.faults.errors);
        if (cases[i].fault && !strstr(f.faults.items[0].text[LANG_EN], cases[i].fault))
            fail_msg("%s: %s", cases[i].questions, f.faults.items[0].text[LANG_EN]);
    }
}

static bool is_flagged(const struct response *response, const char *code)
{
    struct quality_flag flags[QUALITY_FLAGS_MAX];
    size_t count = response_quality(response, &f.arena, flags);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(quality_code(flags[i].kind), code) == 0)
            return true;
    }
    return false;
}

/* Officers are told what to look at; the score is the same. */
static void doubtful_responses_are_flagged(void **state)
{
    static const int all_three[6] = {39, 15, 48, 39, 30, 21};
    struct response *response;
    struct score before, after;

    (void)state;
    fixture_questionnaire(&f, DBI);
    response = fixture_empty(&f);
    for (size_t i = 0; i < f.q->question_count; i++)
        response->answers[i] =
            (struct answer){.state = ANSWER_GIVEN, .option = 3, .is_active = true};
    assert_true(is_flagged(response, "straight-lining"));
    for (size_t i = 0; i < f.q->question_count; i++)
        response->answers[i].option = 0;
    assert_false(is_flagged(response, "straight-lining"));
    score_answers(f.scorer, response->answers, &before);
    fixture_answer(&f, response, "1.1.6", "5");
    assert_true(is_flagged(response, "contradiction"));
    score_answers(f.scorer, response->answers, &after);
    assert_int_equal(after.total.raw, before.total.raw + 5);
    response = with_points(all_three);
    assert_false(is_flagged(response, "too-fast"));
    response->minutes = ratio_make(7, 2);
    assert_true(is_flagged(response, "too-fast"));
    response->minutes = ratio_of(4);
    assert_false(is_flagged(response, "too-fast"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(levels_follow_both_conditions, setup, teardown),
    cmocka_unit_test_setup_teardown(pillar_bands_are_exact, setup, teardown),
    cmocka_unit_test_setup_teardown(the_questionnaire_has_the_official_shape, setup, teardown),
    cmocka_unit_test_setup_teardown(points_and_ceilings_are_exact, setup, teardown),
    cmocka_unit_test_setup_teardown(means_weigh_percents, setup, teardown),
    cmocka_unit_test_setup_teardown(coverage_counts_what_was_asked, setup, teardown),
    cmocka_unit_test_setup_teardown(the_ledger_adds_up_exactly, setup, teardown),
    cmocka_unit_test_setup_teardown(better_answers_never_score_less, setup, teardown),
    cmocka_unit_test_setup_teardown(weight_share_is_score_share, setup, teardown),
    cmocka_unit_test_setup_teardown(order_does_not_matter, setup, teardown),
    cmocka_unit_test_setup_teardown(comparisons_add_up, setup, teardown),
    cmocka_unit_test_setup_teardown(what_cannot_be_computed_exactly_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(versions_are_compared_by_id, setup, teardown),
    cmocka_unit_test_setup_teardown(questions_are_shown_by_facts, setup, teardown),
    cmocka_unit_test_setup_teardown(levels_ask_for_levels_that_there_are, setup, teardown),
    cmocka_unit_test_setup_teardown(names_stand_once, setup, teardown),
    cmocka_unit_test_setup_teardown(answers_move_to_another_version_by_id, setup, teardown),
    cmocka_unit_test_setup_teardown(doubtful_responses_are_flagged, setup, teardown),
};

RUN(tests)
