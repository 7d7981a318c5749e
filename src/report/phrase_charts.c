/* The pictures of a result. */
#include "draw/chart.h"
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
