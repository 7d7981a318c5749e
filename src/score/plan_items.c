/* What can be improved, question by question, and at what cost. */
#include "plan_items.h"

#include <stdlib.h>
#include <string.h>

struct maker {
    struct arena *arena;
    const struct scorer *scorer;
    const struct answer *answers;
    struct items *items;
};

static int cost_of(const struct maker *m, size_t question, size_t steps)
{
    struct ratio cost = ratio_mul(m->scorer->q->questions[question].effort,
                                  ratio_of((int64_t)steps * m->items->unit));

    return (int)cost.num;
}

static struct item *add_item(struct maker *m, size_t question, size_t row, size_t choices)
{
    struct item *item = &m->items->list[m->items->count++];

    *item = (struct item){.question = question,
                          .row = row,
                          .choices = ARENA_ARRAY(m->arena, struct choice_to, choices)};
    return item;
}

/* How many distinct rungs of points lie above `from` up to and including `to`. */
static size_t rungs_between(const int64_t *points, size_t count, int64_t from, int64_t to)
{
    size_t rungs = 0;

    for (size_t i = 0; i < count; i++) {
        bool is_new = points[i] > from && points[i] <= to;

        for (size_t j = 0; is_new && j < i; j++)
            is_new = points[j] != points[i];
        rungs += is_new;
    }
    return rungs;
}

/* The rungs above the present points; of options with equal points the first stands for all. */
static void add_ladder(struct maker *m, size_t question, size_t row, int64_t now, size_t count)
{
    const int64_t *points = m->scorer->questions[question].points;
    struct item *item = add_item(m, question, row, count);

    for (size_t i = 0; i < count; i++) {
        bool is_better = points[i] > now;

        for (size_t j = 0; is_better && j < i; j++)
            is_better = points[j] != points[i];
        if (is_better)
            item->choices[item->count++] = (struct choice_to){
                .cost = cost_of(m, question, rungs_between(points, count, now, points[i])),
                .raw_gain = points[i] - now,
                .option = (unsigned)i};
    }
}

static void add_rows(struct maker *m, size_t question)
{
    const struct question *q = &m->scorer->q->questions[question];
    const struct answer *answer = &m->answers[question];

    for (size_t row = 0; row < q->row_count; row++) {
        unsigned char column = answer->state == ANSWER_GIVEN ? answer->columns[row] : COLUMN_NONE;
        int64_t now = column == COLUMN_NONE ? 0 : m->scorer->questions[question].points[column];

        add_ladder(m, question, row, now, q->option_count);
    }
}

/* ---- ticks ---- */

/* A set of ticks that can be reached, if it is better than what was found for its cost. */
static void consider(struct maker *m, struct item *item, uint64_t ticks)
{
    const struct answer *now = &m->answers[item->question];
    uint64_t before = now->state == ANSWER_GIVEN ? now->ticks : 0;
    struct answer then = {.state = ANSWER_GIVEN, .ticks = ticks};
    int64_t gain =
        scorer_raw(m->scorer, item->question, &then) - scorer_raw(m->scorer, item->question, now);
    size_t changes = (size_t)__builtin_popcountll(before ^ ticks);
    struct choice_to *choice;

    if (gain <= 0 || !changes)
        return;
    choice = &item->choices[changes - 1];
    if (gain > choice->raw_gain)
        *choice = (struct choice_to){
            .cost = cost_of(m, item->question, changes), .raw_gain = gain, .ticks = ticks};
}

struct open_tick {
    uint64_t bit;
    int64_t gain;
};

static int by_gain(const void *a, const void *b)
{
    const struct open_tick *x = a, *y = b;

    if (x->gain != y->gain)
        return x->gain < y->gain ? 1 : -1;
    return x->bit < y->bit ? -1 : 1;
}

/* Ticks to set (positive) or to remove (negative) in any order but the exclusive ones. */
static size_t open_ticks(const struct maker *m, size_t question, uint64_t ticks, bool has_requires,
                         struct open_tick *open)
{
    const struct question *q = &m->scorer->q->questions[question];
    const int64_t *points = m->scorer->questions[question].points;
    size_t count = 0;

    for (size_t i = 0; i < q->option_count; i++) {
        uint64_t bit = UINT64_C(1) << i;
        bool is_set = ticks & bit;
        int64_t gain = is_set ? -points[i] : points[i];

        if (!q->options[i].is_exclusive && (gain > 0 || (has_requires && !is_set)))
            open[count++] = (struct open_tick){bit, gain};
    }
    qsort(open, count, sizeof(*open), by_gain);
    return count;
}

static enum status add_ticks(struct maker *m, size_t question, struct err *err)
{
    const struct question *q = &m->scorer->q->questions[question];
    const struct answer *now = &m->answers[question];
    bool has_requires = m->scorer->questions[question].has_requires;
    uint64_t ticks = now->state == ANSWER_GIVEN ? now->ticks : 0, kept = ticks;
    struct item *item = add_item(m, question, MAP_NONE, OPTIONS_MAX);
    struct open_tick open[OPTIONS_MAX];
    size_t count;

    for (size_t i = 0; i < q->option_count; i++) {
        if (q->options[i].is_exclusive) {
            consider(m, item, UINT64_C(1) << i);
            kept &= ~(UINT64_C(1) << i);
        }
    }
    count = open_ticks(m, question, kept, has_requires, open);
    if (has_requires && count > PLAN_TICKS_MAX)
        return err_set(err, LIMIT, "câu %s có %zu lựa chọn phụ thuộc nhau, quá %d để tìm đường đi",
                       "question %s has %zu options that depend on each other, over %d to search",
                       q->id, count, PLAN_TICKS_MAX);
    for (uint64_t set = 1; has_requires && set < UINT64_C(1) << count; set++) {
        uint64_t then = kept;

        for (uint64_t left = set; left; left &= left - 1)
            then ^= open[__builtin_ctzll(left)].bit;
        consider(m, item, then);
    }
    for (size_t i = 0; !has_requires && i < count; i++)
        consider(m, item, kept ^= open[i].bit);
    item->count = OPTIONS_MAX;
    return OK;
}

/* Choices that gain nothing over cheaper ones are dropped. */
static void drop_useless(struct item *item)
{
    size_t kept = 0;

    for (size_t i = 0; i < item->count; i++) {
        bool is_useful = item->choices[i].raw_gain > 0;

        for (size_t j = 0; is_useful && j < kept; j++)
            is_useful = item->choices[j].cost > item->choices[i].cost ||
                        item->choices[j].raw_gain < item->choices[i].raw_gain;
        if (is_useful)
            item->choices[kept++] = item->choices[i];
    }
    item->count = kept;
}

static enum status add_question(struct maker *m, size_t question, struct err *err)
{
    const struct question *q = &m->scorer->q->questions[question];
    enum status status = OK;
    size_t first = m->items->count;
    int64_t now;

    if (!q->is_scored || !m->answers[question].is_active || m->answers[question].state == ANSWER_NA)
        return OK;
    now = scorer_raw(m->scorer, question, &m->answers[question]);
    switch (q->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        add_ladder(m, question, MAP_NONE, now, q->option_count);
        break;
    case QUESTION_SCALE:
        add_rows(m, question);
        break;
    case QUESTION_NUMBER:
        add_ladder(m, question, MAP_NONE, now, q->band_count);
        break;
    default:
        status = add_ticks(m, question, err);
    }
    for (size_t i = first; i < m->items->count; i++)
        drop_useless(&m->items->list[i]);
    return status;
}

/* Effort units: the common denominator of all efforts. */
static int64_t effort_unit(const struct questionnaire *q)
{
    wide unit = 1;

    for (size_t i = 0; i < q->question_count && unit <= PLAN_EFFORT_MAX; i++)
        unit *= ratio_mul(q->questions[i].effort, (struct ratio){unit, 1}).den;
    return unit <= PLAN_EFFORT_MAX ? (int64_t)unit : 0;
}

static size_t most_items(const struct questionnaire *q)
{
    size_t count = 0;

    for (size_t i = 0; i < q->question_count; i++)
        count += q->questions[i].type == QUESTION_SCALE ? q->questions[i].row_count : 1;
    return count;
}

/* The search is as large as the sum of the dearest choices. */
static bool is_searchable(const struct items *items)
{
    int64_t sum = 0;

    for (size_t i = 0; i < items->count; i++) {
        int dearest = 0;

        for (size_t j = 0; j < items->list[i].count; j++) {
            int cost = items->list[i].choices[j].cost;

            dearest = cost > dearest ? cost : dearest;
        }
        sum += dearest;
    }
    return sum <= PLAN_EFFORT_MAX;
}

enum status plan_items(struct arena *arena, const struct score *score, const struct answer *answers,
                       struct items *items, struct err *err)
{
    const struct questionnaire *q = score->scorer->q;
    struct maker m = {arena, score->scorer, answers, items};
    enum status status = OK;

    *items = (struct items){.list = ARENA_ARRAY(arena, struct item, most_items(q)),
                            .unit = effort_unit(q)};
    for (size_t i = 0; items->unit && status == OK && i < q->question_count; i++)
        status = add_question(&m, i, err);
    if (status == OK && (!items->unit || !is_searchable(items)))
        status = err_set(err, LIMIT, "công sức các bước quá lớn hoặc quá lẻ để tìm đường đi",
                         "the efforts are too large or too fine to search for a way");
    return status;
}
