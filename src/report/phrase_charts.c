/* The pictures of a result. */
#include "draw/chart.h"
#include "draw/diagram.h"
#include "report/phrase.h"

/* ---- bars, with peers where there are some ---- */

/* Who the peers are, by enum peer_kind. */
static const enum report_text peer_texts[PEERS_KIND__MAX] = {
    [PEERS_SECTION_SIZE] = TEXT_PEERS_SECTION_SIZE,
    [PEERS_SECTION] = TEXT_PEERS_SECTION,
    [PEERS_SIZE] = TEXT_PEERS_SIZE,
    [PEERS_ALL] = TEXT_PEERS_ALL,
};

const char *phrase_peers(const struct phraser *t)
{
    const struct peer_group *peers = t->report->source.peers;

    return peers ? PHRASE(t, BAR_PEER, "count", phrase_count(t, peers->n), "group",
                          wording_tr(t->wording, peer_texts[peers->kind], t->lang, t->arena, NULL),
                          NULL)
                 : NULL;
}

static struct ratio peer_of(const struct phraser *t, size_t dimension)
{
    const struct peer_group *peers = t->report->source.peers;

    return peers && dimension < peers->count ? peers->medians[dimension] : RATIO_NONE;
}

static struct bar bar_of(const struct phraser *t, size_t index)
{
    const struct questionnaire *q = t->report->q;
    const struct report_dimension *dimension = &t->report->dimensions[index];

    return (struct bar){
        .label = q->dimensions[index].name.in[t->lang],
        .value = dimension->percent,
        .max = ratio_of(100),
        .threshold = dimension->threshold,
        .peer = peer_of(t, index),
        .note = q->dimension_level_count && !t->report->has_band
                    ? PHRASE(t, BAR_LEVEL, "level", phrase_dimension_level(t, dimension), NULL)
                    : NULL};
}

struct picture phrase_bars(const struct phraser *t)
{
    size_t count = t->report->q->dimension_count;
    struct bar *items = ARENA_ARRAY(t->arena, struct bar, count + 1);
    struct bars *bars = ARENA_NEW(t->arena, struct bars);
    bool has_threshold = false, has_peer = false;

    for (size_t i = 0; i < count; i++) {
        items[i] = bar_of(t, i);
        has_threshold |= ratio_is_valid(items[i].threshold);
        has_peer |= ratio_is_valid(items[i].peer);
    }
    *bars = (struct bars){.items = items,
                          .count = count,
                          .numbers = BARS_PERCENT,
                          .decimals = 1,
                          .threshold_name = has_threshold ? PHRASE(t, BAR_THRESHOLD, NULL) : NULL,
                          .peer_name = has_peer ? phrase_peers(t) : NULL,
                          .unknown = PHRASE(t, NOT_RATED, NULL),
                          .lang = t->lang};
    return chart_bars(bars);
}

/* The number behind a dimension: the own percent and, where there are some, that of the peers. */
static const char *list_values(const struct phraser *t)
{
    const char *text = PHRASE(t, BARS_ALT, NULL);

    for (size_t i = 0; i < t->report->q->dimension_count; i++) {
        struct ratio peer = peer_of(t, i);

        text = arena_printf(t->arena, "%s%s %s: %s", text, i ? ";" : "",
                            t->report->q->dimensions[i].name.in[t->lang],
                            phrase_percent(t, t->report->dimensions[i].percent, 1));
        if (ratio_is_valid(peer))
            text = arena_printf(t->arena, "%s (%s: %s)", text, PHRASE(t, PEERS_SHORT, NULL),
                                phrase_percent(t, peer, 0));
    }
    return text;
}

const char *phrase_bars_alt(const struct phraser *t)
{
    return list_values(t);
}

/* ---- the ladder of levels ---- */

bool phrase_is_in_points(const struct phraser *t)
{
    const struct questionnaire *q = t->report->q;

    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].kind == BOUND_PERCENT)
            return false;
    }
    return true;
}

struct ratio phrase_on_scale(const struct phraser *t, struct ratio percent)
{
    if (!phrase_is_in_points(t) || !ratio_is_valid(percent))
        return percent;
    return ratio_mul(ratio_div(percent, ratio_of(100)), t->report->max);
}

int phrase_level_index(const struct phraser *t, int level)
{
    for (size_t i = 0; i < t->report->q->level_count; i++) {
        if (t->report->q->levels[i].level == level)
            return (int)i;
    }
    return -1;
}

static struct ladder_step step_of(const struct phraser *t, const struct level_rule *rule)
{
    const char *name = rule->name.in[t->lang];
    bool has_bound = rule->kind != BOUND_NONE;

    return (struct ladder_step){.number = arena_printf(t->arena, "%d", rule->level),
                                .name = name ? name : "",
                                .from = has_bound ? rule->bound : ratio_of(0),
                                .from_words = has_bound ? phrase_number(t, rule->bound, 1) : "0"};
}

struct ladder *phrase_ladder(const struct phraser *t)
{
    const struct report *report = t->report;
    const struct questionnaire *q = report->q;
    const struct peer_group *peers = report->source.peers;
    struct ladder_step *steps = ARENA_ARRAY(t->arena, struct ladder_step, LADDER_STEPS_MAX);
    struct ladder *ladder = ARENA_NEW(t->arena, struct ladder);
    int level = report->level      ? report->level->level
                : report->has_band ? report->band.likely
                                   : LEVEL_NONE;

    *ladder = (struct ladder){.steps = steps,
                              .count = q->level_count < LADDER_STEPS_MAX ? q->level_count
                                                                         : LADDER_STEPS_MAX,
                              .max = phrase_is_in_points(t) ? report->max : ratio_of(100),
                              .current = level == LEVEL_NONE ? -1 : phrase_level_index(t, level),
                              .planned = -1,
                              .now.at = phrase_is_in_points(t) ? report->points : report->percent,
                              .before.at = RATIO_NONE,
                              .plan.at = RATIO_NONE,
                              .peers.at = phrase_on_scale(t, peers ? peers->total : RATIO_NONE)};
    for (size_t i = 0; i < ladder->count; i++)
        steps[i] = step_of(t, &q->levels[i]);
    return ladder;
}
