/* The pictures of a result. */
#include "draw/chart.h"
#include "report/phrase.h"

struct picture phrase_gauge(const struct phraser *t)
{
    struct gauge *gauge = ARENA_NEW(t->arena, struct gauge);

    *gauge = (struct gauge){
        .value = t->report->level ? t->report->points : RATIO_NONE,
        .max = t->report->level ? t->report->max : ratio_of(1),
        .decimals = ratio_is_whole(t->report->points) ? 0 : 1,
        .below = PHRASE(t, GAUGE_BELOW, "max", phrase_number(t, t->report->max, 2), NULL),
        .unknown = "–",
        .lang = t->lang};
    return chart_gauge(gauge);
}

const char *phrase_gauge_alt(const struct phraser *t)
{
    return PHRASE(t, GAUGE_ALT, "points", phrase_number(t, t->report->points, 2), "max",
                phrase_number(t, t->report->max, 2), NULL);
}

struct picture phrase_levels(const struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    struct level_scale *scale = ARENA_NEW(t->arena, struct level_scale);
    struct level_step *steps = ARENA_ARRAY(t->arena, struct level_step, q->level_count + 1);
    int here = t->report->has_band ? t->report->band.likely : LEVEL_NONE;

    if (t->report->level)
        here = t->report->level->level;
    scale->steps = steps;
    scale->count = q->level_count;
    scale->current = -1;
    scale->here =
        t->report->has_band ? PHRASE(t, LEVELS_LIKELY, NULL) : PHRASE(t, LEVELS_HERE, NULL);
    for (size_t i = 0; i < q->level_count; i++) {
        steps[i].number = arena_printf(t->arena, "%d", q->levels[i].level);
        steps[i].name = q->levels[i].name.in[t->lang] ? q->levels[i].name.in[t->lang] : "";
        if (q->levels[i].level == here)
            scale->current = (int)i;
    }
    return chart_levels(scale);
}

const char *phrase_levels_alt(const struct phraser *t)
{
    return PHRASE(t, LEVELS_ALT, "level", phrase_level(t, t->report->level), NULL);
}

static const char *short_name(const struct phraser *t, size_t dimension)
{
    return t->report->q->dimensions[dimension].short_name.in[t->lang];
}

struct picture phrase_radar(const struct phraser *t)
{
    const struct report *report = t->report;
    size_t count = report->q->dimension_count;
    struct radar_axis *axes = ARENA_ARRAY(t->arena, struct radar_axis, count + 1);
    struct radar *radar = ARENA_NEW(t->arena, struct radar);

    for (size_t i = 0; i < count; i++)
        axes[i] = (struct radar_axis){short_name(t, i), report->dimensions[i].percent, RATIO_NONE};
    *radar = (struct radar){.axes = axes,
                            .count = count,
                            .max = ratio_of(100),
                            .name = PHRASE(t, RADAR_NAME, NULL),
                            .unknown = PHRASE(t, NOT_RATED, NULL),
                            .decimals = 1,
                            .lang = t->lang};
    return chart_radar(radar);
}

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

/* The number behind a dimension: the own percent and, if wanted, that of the peers. */
static const char *list_values(const struct phraser *t, bool has_peers)
{
    const char *text = PHRASE(t, BARS_ALT, NULL);

    for (size_t i = 0; i < t->report->q->dimension_count; i++) {
        struct ratio peer = has_peers ? peer_of(t, i) : RATIO_NONE;

        text = arena_printf(t->arena, "%s%s %s: %s", text, i ? ";" : "",
                            t->report->q->dimensions[i].name.in[t->lang],
                            phrase_percent(t, t->report->dimensions[i].percent, 1));
        if (ratio_is_valid(peer))
            text = arena_printf(t->arena, "%s (%s: %s)", text, PHRASE(t, PEERS_SHORT, NULL),
                                phrase_percent(t, peer, 0));
    }
    return text;
}

const char *phrase_radar_alt(const struct phraser *t)
{
    return list_values(t, false);
}

const char *phrase_bars_alt(const struct phraser *t)
{
    return list_values(t, true);
}
