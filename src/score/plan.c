#include "score/plan.h"

#include <stdlib.h>
#include <string.h>

#include "plan_items.h"
#include "plan_scales.h"

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
        int64_t worth = scales_worth(search->scales, item->question);
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
                state.total_gain = now.list[j].total_gain + worth * choice->raw_gain;
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

    for (size_t i = 0; score->total.level != LEVEL_NONE && i < q->level_count; i++) {
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
    int64_t need = scales_total_need(s, rule);
    struct cells *start = new_cells(search->arena, rule->at_least + 1, 1);
    const struct cells *cells = start;
    size_t end;

    start->list[0] = (struct cell){0};
    for (size_t d = 0; d < q->dimension_count; d++) {
        struct states inside;

        if (!search_dimension(search, d, &inside))
            return too_large(err);
        cells = join_dimension(search, cells, &inside,
                               scales_dimension_need(s, d, rule->dimension_level));
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
    if (score->total.level == LEVEL_NONE)
        return err_set(err, NOT_FOUND,
                       "chưa trả lời đủ để xếp mức, nên chưa có đường lên mức nào",
                       "too little is answered for a level, so there is no way to one");
    if (!rule)
        return err_set(err, NOT_FOUND, "bộ câu hỏi không có mức %d",
                       "the questionnaire has no level %d", to);
    if (score->total.level >= to)
        return OK;
    if (!scales_make(scales, score, answers))
        return too_large(err);
    status = plan_items(arena, score, answers, &search.items, err);
    return status == OK ? search_all(&search, rule, plan, err) : status;
}
