/* Page 2: where each dimension stands. */
#include "document.h"

#include <string.h>

#include "base/array.h"

#define PILLAR_STRETCH 12.0

/* ---- pillars ---- */

static struct ratio peers_of(const struct document *d, size_t dimension)
{
    const struct peer_group *peers = d->report->source.peers;

    return peers && dimension < peers->count ? peers->medians[dimension] : RATIO_NONE;
}

static const struct compared_part *change_of(const struct document *d, size_t dimension)
{
    const struct comparison *change = d->report->source.change;
    const char *id = d->report->q->dimensions[dimension].id;

    for (size_t i = 0; change && i < change->dimension_count; i++) {
        if (change->dimensions[i].id && strcmp(change->dimensions[i].id, id) == 0)
            return &change->dimensions[i];
    }
    return NULL;
}

/* The bound of the dimension level that the next level of the whole asks for, if it is a percent;
 * else that of the dimension's own next level. */
static struct ratio threshold_of(const struct document *d, size_t dimension)
{
    const struct questionnaire *q = d->report->q;
    const struct level_rule *rule = d->report->demand.rule;

    for (size_t i = 0; rule && rule->at_least && i < q->dimension_level_count; i++) {
        if (q->dimension_levels[i].level == rule->dimension_level &&
            q->dimension_levels[i].kind == BOUND_PERCENT)
            return q->dimension_levels[i].bound;
    }
    return d->report->dimensions[dimension].threshold;
}

/* The option of a question that earns the next more points than the answer does; NULL: none, or it
 * is of another kind. */
static const struct option *next_option(const struct question *question,
                                        const struct answer *answer)
{
    const struct option *next = NULL;

    if (question->type != QUESTION_SINGLE || answer->state != ANSWER_GIVEN)
        return NULL;
    for (unsigned i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];

        if (ratio_cmp(option->points, question->options[answer->option].points) > 0 &&
            (!next || ratio_cmp(option->points, next->points) < 0))
            next = option;
    }
    return next;
}

/* "Website: twice a year; next: every quarter" */
static const char *weak_words(const struct document *d, size_t index)
{
    const struct question *question = &d->report->q->questions[index];
    const struct answer *answer = &d->report->source.response->answers[index];
    const struct option *next = next_option(question, answer);

    if (!next)
        return question->label.in[d->lang];
    return TELL(d, PILLAR_NEXT, "label", question->label.in[d->lang], "now",
                phrase_answer(d->t, question, answer), "next", next->text.in[d->lang], NULL);
}

/* Its best answer, and its weakest. */
static const char *remark_of(const struct document *d, size_t dimension)
{
    const struct dimension *part = &d->report->q->dimensions[dimension];
    const struct report_dimension *found = &d->report->dimensions[dimension];
    const struct score_line *ledger = d->report->ledger;
    size_t best = MAP_NONE;

    for (size_t i = part->first_question; i < part->first_question + part->question_count; i++) {
        if (!ledger[i].counts || !ledger[i].max.num || !ledger[i].points.num)
            continue;
        if (best == MAP_NONE || ratio_cmp(ratio_div(ledger[i].points, ledger[i].max),
                                          ratio_div(ledger[best].points, ledger[best].max)) > 0)
            best = i;
    }
    if (!found->costly_count)
        return TELL(d, PILLAR_FULL, NULL);
    if (best == MAP_NONE || best == found->costly[0].question)
        return TELL(d, PILLAR_WEAK, "weak", weak_words(d, found->costly[0].question), NULL);
    return TELL(d, PILLAR_REMARK, "strong", d->report->q->questions[best].label.in[d->lang], "weak",
                weak_words(d, found->costly[0].question), NULL);
}

static struct pillar pillar_of(const struct document *d, size_t dimension, bool is_small)
{
    const struct report_dimension *found = &d->report->dimensions[dimension];
    const struct dimension *part = &d->report->q->dimensions[dimension];
    const struct compared_part *change = change_of(d, dimension);
    struct pillar pillar = {
        .name = is_small ? part->short_name.in[d->lang] : part->name.in[d->lang],
        .value = found->percent,
        .before = change ? change->percent_before : RATIO_NONE,
        .peers = peers_of(d, dimension),
        .threshold = threshold_of(d, dimension),
        .value_words = ratio_is_valid(found->percent) ? phrase_percent(d->t, found->percent, 1)
                                                      : TELL(d, NOT_RATED, NULL)};

    if (is_small)
        return pillar;
    pillar.remark = remark_of(d, dimension);
    if (change && ratio_is_valid(change->change))
        pillar.change_words = TELL(d, PILLAR_CHANGE, "change",
                                   phrase_change(d->t, ratio_round(change->change, 1)), NULL);
    return pillar;
}

/* Rated ones by percent, then the others. */
static size_t order_of(const struct document *d, size_t *order)
{
    const size_t count = d->report->q->dimension_count;

    for (size_t i = 0; i < count; i++) {
        struct ratio percent = d->report->dimensions[i].percent;
        size_t at = i;

        while (at > 0 && ratio_is_valid(percent) &&
               (!ratio_is_valid(d->report->dimensions[order[at - 1]].percent) ||
                ratio_cmp(percent, d->report->dimensions[order[at - 1]].percent) > 0)) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return count;
}

static struct pillars *pillars_of(const struct document *d, bool is_small)
{
    size_t *order = ARENA_ARRAY(d->arena, size_t, d->report->q->dimension_count + 1);
    struct pillars *pillars = ARENA_NEW(d->arena, struct pillars);
    struct pillar *items;

    pillars->count = order_of(d, order);
    items = ARENA_ARRAY(d->arena, struct pillar, pillars->count + 1);
    for (size_t i = 0; i < pillars->count; i++)
        items[i] = pillar_of(d, order[i], is_small);
    pillars->items = items;
    pillars->is_small = is_small;
    return pillars;
}

struct picture small_pillars(const struct document *d)
{
    struct pillars *pillars = pillars_of(d, true);

    pillars->pitch = 21;
    return diagram_pillars(pillars);
}

/* The levels of dimensions, where they begin; the lowest begins at 0. */
static void fill_zones(const struct document *d, struct pillars *pillars)
{
    const struct questionnaire *q = d->report->q;
    struct pillar_zone *zones =
        ARENA_ARRAY(d->arena, struct pillar_zone, q->dimension_level_count + 2);
    size_t count = 0;
    int level = d->report->level ? d->report->level->level : LEVEL_NONE;

    for (size_t i = 0; i < q->dimension_level_count; i++) {
        const struct level_rule *rule = &q->dimension_levels[i];
        struct ratio from = rule->kind == BOUND_PERCENT ? rule->bound : ratio_of(0);

        if (!count && from.num)
            zones[count++] = (struct pillar_zone){
                ratio_of(0), TELL(d, ZONE, "level", tell_level(d, rule->level - 1), NULL),
                rule->level - 1 == level};
        zones[count++] = (struct pillar_zone){
            from, TELL(d, ZONE, "level", tell_level(d, rule->level), NULL), rule->level == level};
    }
    pillars->zones = zones;
    pillars->zone_count = d->report->has_band ? 0 : count;
}

static bool any_threshold(const struct pillars *pillars)
{
    for (size_t i = 0; i < pillars->count; i++) {
        if (ratio_is_valid(pillars->items[i].threshold))
            return true;
    }
    return false;
}

static void tell_pillars(struct document *d)
{
    const struct report_source *source = &d->report->source;
    struct pillars *pillars = pillars_of(d, false);

    fill_zones(d, pillars);
    pillars->pitch = pillars->count <= 7 ? 66 : pillars->count <= 11 ? 44 : 26;
    pillars->own_words = TELL(d, LEGEND_OWN, NULL);
    if (source->change)
        pillars->before_words =
            TELL(d, LEGEND_BEFORE, "round",
                 source->before_round ? source->before_round : phrase_day(d->t, source->before_on),
                 NULL);
    pillars->peers_words = source->peers ? phrase_peers(d->t) : NULL;
    if (any_threshold(pillars))
        pillars->threshold_words = TELL(d, LEGEND_THRESHOLD, NULL);
    flow_picture(d->flow, diagram_pillars(pillars), 0, phrase_bars_alt(d->t));
    flow_stretch(d->flow, PILLAR_STRETCH * (double)pillars->count);
}

/* ---- what it comes to ---- */

/* How many dimensions are at the level of the whole, or above. */
static size_t count_at(const struct document *d, int level)
{
    size_t count = 0;

    for (size_t i = 0; i < d->report->q->dimension_count; i++)
        count += d->report->dimensions[i].level >= level;
    return count;
}

static bool is_over_peers(const struct document *d)
{
    for (size_t i = 0; i < d->report->q->dimension_count; i++) {
        struct ratio peers = peers_of(d, i), own = d->report->dimensions[i].percent;

        if (!ratio_is_valid(peers) || !ratio_is_valid(own) || ratio_cmp(own, peers) <= 0)
            return false;
    }
    return true;
}

static const char *finding(const struct document *d)
{
    const struct report *report = d->report;
    const size_t all = report->q->dimension_count;
    const char *level, *weakest;
    size_t at;

    if (!report->level || !report->q->dimension_level_count)
        return report->weakest_count
                   ? TELL(d, WHERE_WEAKEST, "dimension",
                          report->q->dimensions[report->weakest[0]].name.in[d->lang], NULL)
                   : TELL(d, WHERE_EVEN, NULL);
    level = tell_level(d, report->level->level);
    at = count_at(d, report->level->level);
    if (at == all)
        return is_over_peers(d)
                   ? TELL(d, WHERE_ALL_OVER, "count", tell_count(d, all), "level", level, NULL)
                   : TELL(d, WHERE_ALL, "count", tell_count(d, all), "level", level, NULL);
    if (!report->weakest_count)
        return TELL(d, WHERE_EVEN, NULL);
    weakest = report->q->dimensions[report->weakest[0]].name.in[d->lang];
    return TELL(d, WHERE_MIXED, "at", phrase_count(d->t, at), "count", phrase_count(d->t, all),
                "level", level, "dimension", weakest, NULL);
}

/* What the next level asks of the dimensions, and one that is exactly on the bound. */
static const char *demand_words(const struct document *d)
{
    const struct report_demand *demand = &d->report->demand;

    if (!demand->rule || !demand->at_least || d->report->has_band)
        return "";
    if (!demand->have)
        return TELL(d, WHERE_DEMAND_NONE, "level", tell_level(d, demand->rule->level), "count",
                    tell_count(d, demand->at_least), "dimension_level",
                    tell_level(d, demand->rule->dimension_level), NULL);
    return TELL(d, WHERE_DEMAND, "level", tell_level(d, demand->rule->level), "count",
                tell_count(d, demand->at_least), "dimension_level",
                tell_level(d, demand->rule->dimension_level), "have", tell_count(d, demand->have),
                NULL);
}

static const char *bound_words(const struct document *d)
{
    for (size_t i = 0; i < d->report->q->dimension_count; i++) {
        const struct report_dimension *one = &d->report->dimensions[i];

        if (one->is_strict && ratio_is_valid(one->percent) &&
            ratio_cmp(one->percent, one->threshold) == 0)
            return TELL(d, WHERE_ON_BOUND, "dimension",
                        d->report->q->dimensions[i].name.in[d->lang], "percent",
                        phrase_percent(d->t, one->percent, 1), NULL);
    }
    return "";
}

static void tell_callout(struct document *d, const char *small, const char *strong,
                         const char *words)
{
    flow_rule(d->flow, false);
    flow_text(d->flow, FLOW_NOTE, small);
    flow_text(d->flow, FLOW_STRONG, strong);
    flow_text(d->flow, FLOW_SMALL, words);
}

static const char *dimension_words(const struct document *d, size_t dimension)
{
    const struct report_dimension *one = &d->report->dimensions[dimension];
    const char *percent = phrase_percent(d->t, one->percent, 1);

    if (ratio_is_valid(one->threshold) && one->is_strict &&
        ratio_cmp(one->threshold, one->percent) == 0)
        return TELL(d, CALLOUT_ON_BOUND, "percent", percent, NULL);
    if (!ratio_is_valid(one->threshold))
        return TELL(d, CALLOUT_PERCENT, "percent", percent, NULL);
    return TELL(d, CALLOUT_THRESHOLD, "percent", percent, "missing",
                tell_points(d, ratio_sub(one->threshold, one->percent)), NULL);
}

static void tell_last_callout(struct document *d)
{
    const struct report_source *source = &d->report->source;

    if (source->change && ratio_is_valid(source->change->total.change)) {
        tell_callout(
            d,
            TELL(d, CALLOUT_SINCE, "round",
                 source->before_round ? source->before_round : phrase_day(d->t, source->before_on),
                 NULL),
            TELL(d, CALLOUT_CHANGE, "change",
                 phrase_change(d->t, ratio_round(source->change->total.change, 1)), NULL),
            phrase_progress_lead(d->t));
        return;
    }
    tell_callout(d, TELL(d, CALLOUT_OTHERS, NULL),
                 source->peers ? TELL(d, CALLOUT_PEERS, NULL) : TELL(d, CALLOUT_NO_PEERS, NULL),
                 source->peers ? phrase_peers(d->t) : TELL(d, CALLOUT_NO_PEERS_WORDS, NULL));
}

/* What the level of a dimension means in practice; "" where the questionnaire does not say. */
static const char *meaning_words(const struct document *d, size_t dimension)
{
    const char *meaning = dimension_meaning(&d->report->q->dimensions[dimension],
                                            d->report->dimensions[dimension].level)
                              .in[d->lang];

    return meaning ? meaning : "";
}

static void tell_callouts(struct document *d)
{
    static const double weights[] = {1, 1, 1};
    const struct report *report = d->report;
    const size_t *ends[] = {report->strongest, report->weakest};
    const char *const words[] = {TELL(d, CALLOUT_STRONGEST, NULL), TELL(d, CALLOUT_WEAKEST, NULL)};

    flow_columns_begin(d->flow, weights, report->strongest_count ? 3 : 1);
    for (size_t i = 0; i < 2 && report->strongest_count; i++) {
        tell_callout(d, words[i], report->q->dimensions[ends[i][0]].name.in[d->lang],
                     arena_printf(d->arena, "%s %s", dimension_words(d, ends[i][0]),
                                  meaning_words(d, ends[i][0])));
        flow_columns_next(d->flow);
    }
    tell_last_callout(d);
    flow_columns_end(d->flow);
}

void chapter_where(struct document *d)
{
    const char *lead;

    chapter_begin(d, TELL(d, PAGE_WHERE, NULL), TELL(d, ASKS_WHERE, NULL), finding(d));
    lead = arena_printf(d->arena, "%s %s", demand_words(d), bound_words(d));
    if (strcmp(lead, " ") != 0)
        flow_text(d->flow, FLOW_LEAD, lead);
    tell_pillars(d);
    tell_callouts(d);
    chapter_next(d, TELL(d, NEXT_WHERE, NULL));
}
