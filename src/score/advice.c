/* The minimum and the plan: what an adviser would sign. */
#include "score/advice.h"

#include <stdlib.h>
#include <string.h>

#include "advice_parts.h"

/* A plan that takes longer is none: nobody knows what the firm is like by then. */
#define MONTHS_MAX (2 * ADVICE_MONTHS_OF_A_YEAR)

/* ---- in which order ---- */

static size_t next_base(const struct planner *p, const struct chosen *done, uint64_t set,
                        bool must_be_ready)
{
    const struct offers *offers = p->offers;
    size_t next = MAP_NONE;

    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *offer = &offers->list[i];

        if (!(set >> i & 1) || done->set >> i & 1 || !offer->base ||
            (must_be_ready && !offer_is_ready(offer, done->set)))
            continue;
        if (next == MAP_NONE || offer->base < offers->list[next].base)
            next = i;
    }
    return next;
}

/* Offers of the set that the one at `waiting` still waits for, also over others. */
static uint64_t waited_for(const struct planner *p, size_t waiting, uint64_t set, uint64_t done)
{
    const struct offer *offer = &p->offers->list[waiting];
    uint64_t all = 0;

    for (size_t i = 0; i < offer->provider_count; i++) {
        uint64_t providers = offer->providers[i] & set;

        if (offer->providers[i] & done)
            continue;
        all |= providers;
        for (uint64_t left = providers; left; left &= left - 1)
            all |= waited_for(p, (size_t)__builtin_ctzll(left), set, done);
    }
    return all;
}

/* Base packages in their order (after what they wait for), then by gain for the cost. */
static size_t next_of(const struct planner *p, const struct chosen *done, uint64_t set)
{
    size_t base = next_base(p, done, set, true), waiting;
    uint64_t candidates = set;

    if (base != MAP_NONE)
        return base;
    waiting = next_base(p, done, set, false);
    if (waiting != MAP_NONE)
        candidates = waited_for(p, waiting, set, done->set);
    return choose_best(p, done, candidates, INT64_MIN, INT64_MAX);
}

/* ---- what is raised ---- */

static struct plan_step step_of(const struct offers *offers, const struct progress *progress,
                                size_t place)
{
    const struct place_of_answer *at = &offers->places[place];
    struct plan_step step = {
        .question = at->question, .row = at->row, .to = {.state = ANSWER_GIVEN, .is_active = true}};

    step.effort = RATIO_NONE;
    step.raw_gain = progress->raw[place] - at->now;
    step.to.option = progress->option[place];
    step.to.ticks = progress->ticks[place];
    return step;
}

static int by_question(const void *a, const void *b)
{
    const struct plan_step *x = a, *y = b;

    if (x->question != y->question)
        return x->question < y->question ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* What differs between two states, as steps from the answers of today. */
static const struct plan_step *steps_between(const struct offers *offers,
                                             const struct progress *before,
                                             const struct progress *after, size_t *count)
{
    struct plan_step *steps = ARENA_ARRAY(offers->arena, struct plan_step, offers->place_count + 1);

    *count = 0;
    for (size_t i = 0; i < offers->place_count; i++) {
        if (after->raw[i] != before->raw[i])
            steps[(*count)++] = step_of(offers, after, i);
    }
    qsort(steps, *count, sizeof(*steps), by_question);
    return steps;
}

/* ---- all together ---- */

static struct ratio points_of(const struct offers *offers, int64_t units)
{
    const struct scales *s = offers->scales;

    return offers->scorer->q->total == AGGREGATE_POOLED
               ? ratio_make(units, offers->scorer->unit)
               : ratio_make((wide)units * 100, s->total_ceiling);
}

/* The least number of total units that are worth so many points. */
static int64_t units_of(const struct offers *offers, struct ratio points)
{
    struct ratio units =
        offers->scorer->q->total == AGGREGATE_POOLED
            ? ratio_mul(points, ratio_of(offers->scorer->unit))
            : ratio_div(ratio_mul(points, ratio_of(offers->scales->total_ceiling)), ratio_of(100));
    struct ratio floor = ratio_floor(units);

    return (int64_t)floor.num + (ratio_cmp(floor, units) < 0);
}

static void set_goal(const struct offers *offers, const struct level_rule *rule, struct goal *goal)
{
    const struct score *score = offers->scales->score;
    size_t have = score_dimensions_at(score, rule->dimension_level);

    *goal = (struct goal){.total = scales_total_need(offers->scales, rule),
                          .dimension_count = offers->scorer->q->dimension_count};
    if (!rule->at_least || have >= rule->at_least)
        return;
    goal->wanted = rule->at_least - have;
    for (size_t d = 0; d < goal->dimension_count; d++)
        goal->dimensions[d] = scales_dimension_need(offers->scales, d, rule->dimension_level);
}

/* One package more, in its place. */
static void add_item(const struct planner *p, struct chosen *done, size_t at,
                     struct advice_item *item)
{
    const struct offers *offers = p->offers;
    const struct offer *offer = &offers->list[at];
    struct progress before;

    progress_start(offers, &before);
    progress_copy(offers, &before, &done->progress);
    choose(p, done, at);
    *item = (struct advice_item){.package = offer->package,
                                 .effort = offer->effort,
                                 .gain = points_of(offers, done->progress.total - before.total),
                                 .is_base = offer->base > 0,
                                 .fits = offer->fits};
    item->steps = steps_between(offers, &before, &done->progress, &item->step_count);
}

/* Orders the set and lays it out; `order` gets the offers. */
static void list_items(const struct planner *p, struct chosen *chosen, size_t *order,
                       struct advice *out)
{
    const struct offers *offers = p->offers;
    struct advice_item *items = ARENA_ARRAY(offers->arena, struct advice_item, chosen->count + 1);
    struct progress before;
    struct chosen done;

    choose_none(p, &done);
    out->count = 0;
    out->months = 0;
    while (out->count < chosen->count) {
        size_t at = next_of(p, &done, chosen->set);

        add_item(p, &done, at, &items[out->count]);
        order[out->count++] = at;
    }
    out->items = items;
    lay_out(offers, out, items, order);
    progress_start(offers, &before);
    out->steps = steps_between(offers, &before, &done.progress, &out->step_count);
}

/* What is done within a year: nothing that ends later. */
static void best_of_a_year(const struct planner *p, struct chosen *chosen, size_t *order,
                           struct advice *out)
{
    struct chosen kept;

    choose_plan(p, false, chosen);
    list_items(p, chosen, order, out);
    choose_none(p, &kept);
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].first_month + out->items[i].months - 1 <= ADVICE_MONTHS_OF_A_YEAR)
            choose(p, &kept, order[i]);
    }
    *chosen = kept;
    list_items(p, chosen, order, out);
}

static void tell_minimum(const struct offers *offers, const struct found *found, struct advice *out)
{
    const struct package **list = ARENA_ARRAY(offers->arena, const struct package *, PACKAGES_MAX);

    out->minimum.exists = found->exists;
    out->minimum.is_exact = found->is_exact;
    out->minimum.effort = ratio_make(found->cost, offers->unit);
    out->minimum.packages = list;
    for (uint64_t left = found->chosen; left; left &= left - 1)
        list[out->minimum.count++] = offers->list[__builtin_ctzll(left)].package;
}

/* What the plan leaves to the level. */
static void tell_shortfall(const struct planner *p, const struct chosen *chosen, struct advice *out)
{
    const struct goal *goal = &p->goal;
    int64_t lacking = goal->total - chosen->progress.total;
    size_t reached = 0;

    for (size_t d = 0; d < goal->dimension_count; d++)
        reached += goal->dimensions[d] > 0 && chosen->progress.dimensions[d] >= goal->dimensions[d];
    out->short_points = points_of(p->offers, lacking > 0 ? lacking : 0);
    out->short_dimensions = reached < goal->wanted ? goal->wanted - reached : 0;
    out->is_reached = lacking <= 0 && !out->short_dimensions;
}

static void make_plan(struct offers *offers, const struct level_rule *rule, struct advice *out)
{
    struct planner *p = ARENA_NEW(offers->arena, struct planner);
    const struct packages *packages = offers->packages;
    size_t order[PACKAGES_MAX];
    struct chosen chosen;
    struct found least;

    p->offers = offers;
    set_goal(offers, rule, &p->goal);
    p->with_margin = p->goal;
    p->with_margin.total += units_of(offers, packages->margin);
    p->fill_min = units_of(offers, packages->fill_min_points);
    out->capacity = packages->year[offers->band];
    p->year = (int64_t)ratio_floor(ratio_mul(out->capacity, ratio_of(offers->unit))).num;
    search_least(offers, &p->goal, 0, &least);
    tell_minimum(offers, &least, out);
    choose_plan(p, least.exists, &chosen);
    list_items(p, &chosen, order, out);
    if (!least.exists || out->months > MONTHS_MAX)
        best_of_a_year(p, &chosen, order, out);
    tell_shortfall(p, &chosen, out);
    out->effort = ratio_make(chosen.cost, offers->unit);
    out->gain = points_of(offers, chosen.progress.total);
    out->is_over_a_year = chosen.cost > p->year || out->months > ADVICE_MONTHS_OF_A_YEAR;
}

enum status advise(struct arena *arena, const struct packages *packages, const struct score *score,
                   const struct response *response, int to, struct advice *out, struct err *err)
{
    const struct level_rule *rule = questionnaire_level(score->scorer->q, to);
    struct scales *scales = ARENA_NEW(arena, struct scales);
    struct offers *offers = ARENA_NEW(arena, struct offers);
    enum status status = OK;

    *out = (struct advice){.from = score->total.level, .to = to, .packages = packages};
    offers->arena = arena;
    offers->packages = packages;
    offers->scorer = score->scorer;
    offers->answers = response->answers;
    offers->scales = scales;
    if (!rule)
        return err_set(err, NOT_FOUND, "bộ câu hỏi không có mức %d",
                       "the questionnaire has no level %d", to);
    if (!score->total.ceiling)
        return err_set(err, NOT_FOUND,
                       "chưa có câu nào được chấm điểm, nên chưa có đường lên mức nào",
                       "nothing is rated yet, so there is no way to a level");
    if (!scales_make(scales, score, response->answers))
        return err_set(err, LIMIT, "bộ câu hỏi quá lớn để tìm đường đi rẻ nhất một cách chính xác",
                       "the questionnaire is too large to find the cheapest way exactly");
    status = offers_make(offers, response, out, err);
    if (status == OK)
        make_plan(offers, rule, out);
    return status;
}
