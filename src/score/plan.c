#include "score/plan.h"

#include <stdlib.h>
#include <string.h>

#include "plan_items.h"

/* ---- whole numbers for dimensions and for the total ---- */

/* How raw gains of a question count in its dimension and in the total, in whole units. */
struct scales {
    const struct score *score;
    int64_t dimension_factor[QUESTIONS_MAX];                /* dimension units per raw unit */
    int64_t value[DIMENSIONS_MAX], ceiling[DIMENSIONS_MAX]; /* in dimension units */
    int64_t total_factor[DIMENSIONS_MAX]; /* total units per dimension unit; 0: raw counts itself */
    int64_t total, total_ceiling;
};

#define UNITS_MAX ((wide)1 << 53)

static bool counts(const struct score *score, const struct answer *answers, size_t question)
{
    return score->scorer->questions[question].is_scored && answers[question].is_active &&
           answers[question].state != ANSWER_NA;
}

/* a common multiple of two denominators; 0 when too large */
static wide multiple(wide unit, struct ratio r)
{
    wide widened;

    if (!unit || !ratio_is_valid(r))
        return 0;
    widened = unit * ratio_mul(r, (struct ratio){unit, 1}).den;
    return widened < UNITS_MAX ? widened : 0;
}

static int64_t times(struct ratio r, wide unit)
{
    struct ratio whole = ratio_mul(r, (struct ratio){unit, 1});

    return (int64_t)whole.num;
}

/* A mean: each question's share of its ceiling, times its weight. */
static bool scale_mean(struct scales *s, const struct answer *answers, size_t d)
{
    const struct scorer *scorer = s->score->scorer;
    const struct dimension *dimension = &scorer->q->dimensions[d];
    size_t first = dimension->first_question, end = first + dimension->question_count;
    wide unit = 1;

    for (size_t i = first; i < end; i++) {
        if (counts(s->score, answers, i))
            unit = multiple(unit, ratio_mul(scorer->q->questions[i].weight,
                                            ratio_make(1, scorer->questions[i].ceiling)));
    }
    for (size_t i = first; unit && i < end; i++) {
        if (!counts(s->score, answers, i))
            continue;
        s->dimension_factor[i] = times(
            ratio_mul(scorer->q->questions[i].weight, ratio_make(1, scorer->questions[i].ceiling)),
            unit);
        s->value[d] += s->dimension_factor[i] * scorer_raw(scorer, i, &answers[i]);
        s->ceiling[d] += s->dimension_factor[i] * scorer->questions[i].ceiling;
    }
    return unit != 0;
}

static void scale_pooled(struct scales *s, size_t d)
{
    const struct dimension *dimension = &s->score->scorer->q->dimensions[d];

    for (size_t i = 0; i < dimension->question_count; i++)
        s->dimension_factor[dimension->first_question + i] = 1;
    s->value[d] = s->score->dimensions[d].raw;
    s->ceiling[d] = s->score->dimensions[d].ceiling;
}

/* The total as a mean of dimensions: each dimension unit is worth weight / (weights x ceiling). */
static bool scale_total(struct scales *s)
{
    const struct questionnaire *q = s->score->scorer->q;
    struct ratio weights = ratio_of(0);
    wide unit = 1;

    if (q->total == AGGREGATE_POOLED) {
        s->total = s->score->total.raw;
        s->total_ceiling = s->score->total.ceiling;
        return true;
    }
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (s->ceiling[d])
            weights = ratio_add(weights, q->dimensions[d].weight);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t d = 0; unit && d < q->dimension_count; d++) {
            struct ratio worth = s->ceiling[d]
                                     ? ratio_div(q->dimensions[d].weight,
                                                 ratio_mul(weights, ratio_of(s->ceiling[d])))
                                     : ratio_of(0);

            if (pass == 0) {
                unit = multiple(unit, worth);
                continue;
            }
            s->total_factor[d] = times(worth, unit);
            s->total += s->total_factor[d] * s->value[d];
        }
    }
    s->total_ceiling = (int64_t)unit;
    return unit != 0;
}

static bool make_scales(struct scales *s, const struct score *score, const struct answer *answers)
{
    const struct questionnaire *q = score->scorer->q;

    *s = (struct scales){.score = score};
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (q->dimensions[d].score == AGGREGATE_POOLED)
            scale_pooled(s, d);
        else if (!scale_mean(s, answers, d))
            return false;
    }
    return scale_total(s);
}

/* ---- what the level asks, in those units ---- */

/* Whether a part that stood at value/ceiling would meet a bound. */
static bool would_meet(const struct score *score, enum aggregation aggregation, int64_t value,
                       int64_t ceiling, const struct level_rule *rule)
{
    struct score_part part = {.aggregation = aggregation,
                              .raw = value,
                              .ceiling = ceiling,
                              .share = ratio_make(value, ceiling)};

    return score_meets_bound(score, &part, rule);
}

/* The smallest value from `low` to `ceiling` that meets any of the rules; ceiling + 1 if none. */
static int64_t smallest_value(const struct score *score, enum aggregation aggregation, int64_t low,
                              int64_t ceiling, const struct level_rule *rules, size_t count)
{
    int64_t high = ceiling + 1;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        bool holds = false;

        for (size_t i = 0; i < count && !holds; i++)
            holds = would_meet(score, aggregation, middle, ceiling, &rules[i]);
        if (holds)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* What a dimension lacks to be at the level; -1 if it can never be. */
static int64_t dimension_need(const struct scales *s, size_t d, int level)
{
    const struct questionnaire *q = s->score->scorer->q;
    size_t first = 0;
    int64_t value;

    while (first < q->dimension_level_count && q->dimension_levels[first].level < level)
        first++;
    if (level == 0 || s->score->dimensions[d].level >= level)
        return 0;
    value = smallest_value(s->score, q->dimensions[d].score, s->value[d], s->ceiling[d],
                           q->dimension_levels + first, q->dimension_level_count - first);
    return value > s->ceiling[d] ? -1 : value - s->value[d];
}

/* ---- the search ---- */

/* A way within one dimension: its effort, its gains, and how it came about. */
struct state {
    int cost;
    int64_t gain, total_gain; /* in the dimension; in the total */
    unsigned changed;         /* items improved */
    const struct state *before;
    const struct item *item; /* what was improved last, and how */
    const struct choice_to *choice;
};

struct states {
    struct state *list;
    size_t count, cap;
};

/* More states than this means two gains that pull apart (mean in pooled) on a huge form. */
#define STATES_MAX 400000

static void push(struct arena *arena, struct states *states, struct state state)
{
    if (states->count == states->cap) {
        size_t cap = states->cap ? states->cap * 2 : 64;
        struct state *list = ARENA_ARRAY(arena, struct state, cap);

        if (states->count)
            memcpy(list, states->list, states->count * sizeof(*list));
        states->list = list;
        states->cap = cap;
    }
    states->list[states->count++] = state;
}

/* Cheap first, then rich, then few changes. */
static int by_worth(const void *a, const void *b)
{
    const struct state *x = a, *y = b;

    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (x->total_gain != y->total_gain)
        return x->total_gain > y->total_gain ? -1 : 1;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    return x->changed < y->changed ? -1 : x->changed > y->changed;
}

/* Drops every state that a cheaper (or equal) one matches in both gains. Where both gains go
 * together (all but means in a pooled total) the last kept state decides at once. */
static void prune(struct states *states)
{
    size_t kept = 0;

    qsort(states->list, states->count, sizeof(*states->list), by_worth);
    for (size_t i = 0; i < states->count; i++) {
        const struct state *state = &states->list[i];
        bool is_beaten = false;

        for (size_t j = kept; j > 0 && !is_beaten; j--)
            is_beaten = states->list[j - 1].total_gain >= state->total_gain &&
                        states->list[j - 1].gain >= state->gain;
        if (!is_beaten)
            states->list[kept++] = *state;
    }
    states->count = kept;
}

struct search {
    struct arena *arena;
    const struct scales *scales;
    struct items items;
};

/* The frontier of one dimension: for each effort the most it can gain. */
static bool search_dimension(struct search *search, size_t d, struct states *out)
{
    const struct scorer *scorer = search->scales->score->scorer;
    struct states now = {0};

    push(search->arena, &now, (struct state){0});
    for (size_t i = 0; i < search->items.count; i++) {
        const struct item *item = &search->items.list[i];
        int64_t factor = search->scales->dimension_factor[item->question];
        int64_t worth = search->scales->total_factor[d];
        struct states next = {0};

        if (scorer->questions[item->question].dimension != d)
            continue;
        for (size_t j = 0; j < now.count; j++) {
            push(search->arena, &next, now.list[j]);
            for (size_t k = 0; k < item->count; k++) {
                const struct choice_to *choice = &item->choices[k];
                struct state state = {.cost = now.list[j].cost + choice->cost,
                                      .changed = now.list[j].changed + 1,
                                      .before = &now.list[j],
                                      .item = item,
                                      .choice = choice};

                state.gain = now.list[j].gain + factor * choice->raw_gain;
                state.total_gain =
                    now.list[j].total_gain + (worth ? worth * factor : 1) * choice->raw_gain;
                push(search->arena, &next, state);
            }
        }
        if (next.count > STATES_MAX)
            return false;
        prune(&next);
        now = next;
    }
    *out = now;
    return true;
}

/* The most that all dimensions so far gain in total for an effort, with so many of them at the
 * asked level. */
struct cell {
    int64_t total_gain; /* -1: not to be had */
    unsigned changed;
    unsigned before; /* cell of the dimensions before */
    unsigned inside; /* state of the last dimension */
};

/* One row of cells for each number of dimensions reached, one column for each effort. */
struct cells {
    struct cell *list;
    size_t rows, columns;
    struct states inside; /* the frontier of the dimension that was added last */
    const struct cells *before;
};

static struct cells *new_cells(struct arena *arena, size_t rows, size_t columns)
{
    struct cells *cells = ARENA_NEW(arena, struct cells);

    cells->rows = rows;
    cells->columns = columns;
    cells->list = ARENA_ARRAY(arena, struct cell, rows * columns);
    for (size_t i = 0; i < rows * columns; i++)
        cells->list[i].total_gain = -1;
    return cells;
}

static void improve(struct cell *cell, struct cell with)
{
    if (with.total_gain > cell->total_gain ||
        (with.total_gain == cell->total_gain && with.changed < cell->changed))
        *cell = with;
}

/* Adds one dimension, whose frontier is `inside` and which lacks `need` (-1: can never have it). */
static const struct cells *join_dimension(struct search *search, const struct cells *before,
                                          const struct states *inside, int64_t need)
{
    int dearest = inside->list[inside->count - 1].cost;
    struct cells *cells = new_cells(search->arena, before->rows, before->columns + (size_t)dearest);

    cells->inside = *inside;
    cells->before = before;
    for (size_t i = 0; i < before->rows * before->columns; i++) {
        const struct cell *from = &before->list[i];
        size_t row = i / before->columns, column = i % before->columns;

        if (from->total_gain < 0)
            continue;
        for (size_t j = 0; j < inside->count; j++) {
            const struct state *state = &inside->list[j];
            size_t reached = row + (need >= 0 && state->gain >= need);
            size_t at = (reached < cells->rows ? reached : cells->rows - 1) * cells->columns +
                        column + (size_t)state->cost;

            improve(&cells->list[at],
                    (struct cell){from->total_gain + state->total_gain,
                                  from->changed + state->changed, (unsigned)i, (unsigned)j});
        }
    }
    return cells;
}

static int by_question(const void *a, const void *b)
{
    const struct plan_step *x = a, *y = b;

    if (x->question != y->question)
        return x->question < y->question ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static struct answer improved(const struct scorer *scorer, const struct state *state)
{
    struct answer to = {.state = ANSWER_GIVEN, .is_active = true};
    const struct question *question = &scorer->q->questions[state->item->question];

    if (question->type == QUESTION_MULTIPLE)
        to.ticks = state->choice->ticks;
    else
        to.option = state->choice->option;
    if (question->type == QUESTION_NUMBER)
        to.number = question->bands[state->choice->option].from;
    return to;
}

/* Walks back from the last cell of the way and lists its steps. */
static void list_steps(const struct search *search, const struct cells *cells, size_t at,
                       struct plan *plan)
{
    const struct scorer *scorer = search->scales->score->scorer;
    struct plan_step *steps = ARENA_ARRAY(search->arena, struct plan_step, cells->list[at].changed);
    int64_t cost = (int64_t)(at % cells->columns);
    size_t count = 0;

    for (; cells->before; at = cells->list[at].before, cells = cells->before) {
        const struct state *state = &cells->inside.list[cells->list[at].inside];

        for (; state->before; state = state->before)
            steps[count++] =
                (struct plan_step){.question = state->item->question,
                                   .row = state->item->row,
                                   .to = improved(scorer, state),
                                   .effort = ratio_make(state->choice->cost, search->items.unit),
                                   .raw_gain = state->choice->raw_gain};
    }
    qsort(steps, count, sizeof(*steps), by_question);
    plan->steps = steps;
    plan->count = count;
    plan->effort = ratio_make(cost, search->items.unit);
}

int plan_next_level(const struct score *score)
{
    const struct questionnaire *q = score->scorer->q;

    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].level > score->total.level)
            return q->levels[i].level;
    }
    return -1;
}

static enum status too_large(struct err *err)
{
    return err_set(err, LIMIT, "bộ câu hỏi quá lớn để tìm đường đi rẻ nhất một cách chính xác",
                   "the questionnaire is too large to find the cheapest way exactly");
}

/* The cell of least effort that meets the rule; MAP_NONE if none does. */
static size_t cheapest(const struct cells *cells, int64_t need)
{
    size_t last_row = (cells->rows - 1) * cells->columns;

    for (size_t column = 0; column < cells->columns; column++) {
        if (cells->list[last_row + column].total_gain >= need)
            return last_row + column;
    }
    return MAP_NONE;
}

static enum status search_all(struct search *search, const struct level_rule *rule,
                              struct plan *plan, struct err *err)
{
    const struct scales *s = search->scales;
    const struct questionnaire *q = s->score->scorer->q;
    int64_t need =
        smallest_value(s->score, q->total, s->total, s->total_ceiling, rule, 1) - s->total;
    struct cells *start = new_cells(search->arena, rule->at_least + 1, 1);
    const struct cells *cells = start;
    size_t end;

    start->list[0] = (struct cell){0};
    for (size_t d = 0; d < q->dimension_count; d++) {
        struct states inside;

        if (!search_dimension(search, d, &inside))
            return too_large(err);
        cells = join_dimension(search, cells, &inside, dimension_need(s, d, rule->dimension_level));
    }
    end = cheapest(cells, need);
    if (end == MAP_NONE)
        return err_set(err, NOT_FOUND, "không có câu trả lời nào đạt được mức %d",
                       "no answers reach level %d", rule->level);
    list_steps(search, cells, end, plan);
    return OK;
}

enum status plan_find(struct arena *arena, const struct score *score, const struct answer *answers,
                      int to, struct plan *plan, struct err *err)
{
    const struct level_rule *rule = questionnaire_level(score->scorer->q, to);
    struct scales *scales = ARENA_NEW(arena, struct scales);
    struct search search = {.arena = arena, .scales = scales};
    enum status status;

    *plan = (struct plan){.from = score->total.level, .to = to, .effort = ratio_of(0)};
    if (!rule)
        return err_set(err, NOT_FOUND, "bộ câu hỏi không có mức %d",
                       "the questionnaire has no level %d", to);
    if (!score->total.ceiling)
        return err_set(err, NOT_FOUND,
                       "chưa có câu nào được chấm điểm, nên chưa có đường lên mức nào",
                       "nothing is rated yet, so there is no way to a level");
    if (score->total.level >= to)
        return OK;
    if (!make_scales(scales, score, answers))
        return too_large(err);
    status = plan_items(arena, score, answers, &search.items, err);
    return status == OK ? search_all(&search, rule, plan, err) : status;
}
