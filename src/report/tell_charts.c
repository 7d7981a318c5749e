/* The pictures of a result. */
#include "draw/chart.h"
#include "report/tell.h"

struct picture tell_gauge(const struct teller *t)
{
    struct gauge *gauge = ARENA_NEW(t->arena, struct gauge);

    *gauge = (struct gauge){
        .value = t->report->level ? t->report->points : RATIO_NONE,
        .max = t->report->level ? t->report->max : ratio_of(1),
        .decimals = ratio_is_whole(t->report->points) ? 0 : 1,
        .below = TELL(t, GAUGE_BELOW, "max", tell_number(t, t->report->max, 2), NULL),
        .unknown = "–",
        .lang = t->lang};
    return chart_gauge(gauge);
}

const char *tell_gauge_alt(const struct teller *t)
{
    return TELL(t, GAUGE_ALT, "points", tell_number(t, t->report->points, 2), "max",
                tell_number(t, t->report->max, 2), NULL);
}

struct picture tell_levels(const struct teller *t)
{
    const struct questionnaire *q = t->report->q;
    struct level_scale *scale = ARENA_NEW(t->arena, struct level_scale);
    struct level_step *steps = ARENA_ARRAY(t->arena, struct level_step, q->level_count + 1);

    scale->steps = steps;
    scale->count = q->level_count;
    scale->current = -1;
    scale->here = TELL(t, LEVELS_HERE, NULL);
    for (size_t i = 0; i < q->level_count; i++) {
        steps[i].number = arena_printf(t->arena, "%d", q->levels[i].level);
        steps[i].name = q->levels[i].name.in[t->lang] ? q->levels[i].name.in[t->lang] : "";
        if (t->report->level && t->report->level->level == q->levels[i].level)
            scale->current = (int)i;
    }
    return chart_levels(scale);
}

const char *tell_levels_alt(const struct teller *t)
{
    return TELL(t, LEVELS_ALT, "level", tell_level(t, t->report->level), NULL);
}

static const char *short_name(const struct teller *t, size_t dimension)
{
    return t->report->q->dimensions[dimension].short_name.in[t->lang];
}

struct picture tell_radar(const struct teller *t)
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
                            .name = TELL(t, RADAR_NAME, NULL),
                            .unknown = TELL(t, NOT_RATED, NULL),
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

const char *tell_peers(const struct teller *t)
{
    const struct peer_group *peers = t->report->source.peers;

    return peers ? TELL(t, BAR_PEER, "count", tell_count(t, peers->n), "group",
                        wording_say(t->wording, peer_texts[peers->kind], t->lang, t->arena, NULL),
                        NULL)
                 : NULL;
}

static struct ratio peer_of(const struct teller *t, size_t dimension)
{
    const struct peer_group *peers = t->report->source.peers;

    return peers && dimension < peers->count ? peers->medians[dimension] : RATIO_NONE;
}

static struct bar bar_of(const struct teller *t, size_t index)
{
    const struct questionnaire *q = t->report->q;
    const struct report_dimension *dimension = &t->report->dimensions[index];

    return (struct bar){
        .label = q->dimensions[index].name.in[t->lang],
        .value = dimension->percent,
        .max = ratio_of(100),
        .threshold = dimension->threshold,
        .peer = peer_of(t, index),
        .note = q->dimension_level_count
                    ? TELL(t, BAR_LEVEL, "level", tell_dimension_level(t, dimension), NULL)
                    : NULL};
}

struct picture tell_bars(const struct teller *t)
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
                          .threshold_name = has_threshold ? TELL(t, BAR_THRESHOLD, NULL) : NULL,
                          .peer_name = has_peer ? tell_peers(t) : NULL,
                          .unknown = TELL(t, NOT_RATED, NULL),
                          .lang = t->lang};
    return chart_bars(bars);
}

/* The number behind a dimension: the own percent and, if wanted, that of the peers. */
static const char *list_values(const struct teller *t, bool has_peers)
{
    const char *text = TELL(t, BARS_ALT, NULL);

    for (size_t i = 0; i < t->report->q->dimension_count; i++) {
        struct ratio peer = has_peers ? peer_of(t, i) : RATIO_NONE;

        text = arena_printf(t->arena, "%s%s %s: %s", text, i ? ";" : "",
                            t->report->q->dimensions[i].name.in[t->lang],
                            tell_percent(t, t->report->dimensions[i].percent, 1));
        if (ratio_is_valid(peer))
            text = arena_printf(t->arena, "%s (%s: %s)", text, TELL(t, PEERS_SHORT, NULL),
                                tell_percent(t, peer, 0));
    }
    return text;
}

const char *tell_radar_alt(const struct teller *t)
{
    return list_values(t, false);
}

const char *tell_bars_alt(const struct teller *t)
{
    return list_values(t, true);
}
