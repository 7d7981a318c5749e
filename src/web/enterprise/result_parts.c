/* What the templates of a result print. */
#include "web/enterprise/result_page.h"

#include <string.h>

/* Units of the drawing: its letters have 9 of them, so these come out at 13 pixels or more where a
 * page is 300 and 680 pixels wide. */
#define NARROW_WIDTH 190.0
#define WIDE_WIDTH 440.0

static void view_picture(struct view *v, const struct phraser *t, const char *class_name,
                         const char *id, double width)
{
    static const char open[] = "<div class=\"", close[] = "\">", end[] = "</div>";
    const struct svg_words words = {id, PHRASE(t, OVERVIEW_BARS, NULL), phrase_bars_alt(t)};
    struct picture picture = phrase_bars(t);

    view_markup(v, open, sizeof(open) - 1);
    view_text(v, class_name);
    view_markup(v, close, sizeof(close) - 1);
    picture_svg(&picture, width, &words, v->out);
    view_markup(v, end, sizeof(end) - 1);
}

void view_result_bars(struct view *v, const struct phraser *t)
{
    view_picture(v, t, "on-narrow", "bars-narrow", NARROW_WIDTH);
    view_picture(v, t, "on-wide", "bars-wide", WIDE_WIDTH);
}

/* ---- the table of dimensions ---- */

const char *result_points(const struct phraser *t, size_t dimension)
{
    const struct score *score = t->report->source.score;
    const struct score_part *part = &score->dimensions[dimension];

    return arena_printf(t->arena, "%s/%s", phrase_number(t, score_points(score, part), 2),
                        phrase_number(t, score_max(score, part), 2));
}

const char *result_threshold(const struct phraser *t, size_t dimension)
{
    const struct report_dimension *d = &t->report->dimensions[dimension];

    if (!ratio_is_valid(d->threshold))
        return "–";
    return arena_printf(t->arena, "%s\u00a0%s",
                        d->is_strict ? PHRASE(t, MORE_THAN, NULL) : PHRASE(t, AT_LEAST, NULL),
                        phrase_percent(t, d->threshold, 1));
}

const char *result_peer(const struct phraser *t, size_t dimension)
{
    const struct peer_group *peers = t->report->source.peers;

    return peers && dimension < peers->count ? phrase_percent(t, peers->medians[dimension], 0)
                                             : "–";
}

/* ---- policies ---- */

const char *result_anchor(const struct phraser *t, const struct policy_match *match)
{
    return arena_printf(t->arena, "cs-%s", match->policy->id);
}

bool result_is_uncertain(const struct policy_match *match)
{
    return match->policy->certainty != CERTAINTY_READ;
}

/* ---- what changed ---- */

static const char *level_text(const struct phraser *t, int level)
{
    return level < 0 ? "–" : arena_printf(t->arena, "%d", level);
}

const char *result_level_change(const struct phraser *t, const struct compared_part *part)
{
    if (part->id && !t->report->q->dimension_level_count)
        return "–";
    return arena_printf(t->arena, "%s\u00a0→\u00a0%s", level_text(t, part->level_before),
                        level_text(t, part->level_after));
}

/* ---- the ledger ---- */

const char *result_line(const struct phraser *t, size_t question)
{
    const struct score_line *line = &t->report->ledger[question];
    const char *points;

    if (!line->counts)
        return "–";
    points = arena_printf(t->arena, "%s/%s", phrase_number(t, line->points, 2),
                          phrase_number(t, line->max, 2));
    if (ratio_cmp(t->report->q->questions[question].weight, ratio_of(1)) == 0)
        return points;
    return arena_printf(t->arena, "%s × %s", points,
                        phrase_number(t, t->report->q->questions[question].weight, 2));
}

/* At most four decimals; what does not come out even says so. */
const char *result_contribution(const struct phraser *t, size_t question)
{
    const struct score_line *line = &t->report->ledger[question];
    struct ratio percents;
    bool is_exact;

    if (!line->counts)
        return "–";
    percents = ratio_mul(line->contribution, ratio_of(100));
    is_exact = ratio_cmp(ratio_round(percents, 4), percents) == 0;
    return arena_printf(t->arena, "%s%s", is_exact ? "" : "≈ ", phrase_number(t, percents, 4));
}

const char *result_answer(const struct phraser *t, size_t question)
{
    const struct answer *answer = &t->report->source.response->answers[question];

    return answer->is_active ? phrase_answer(t, &t->report->q->questions[question], answer)
                             : PHRASE(t, HIDDEN, NULL);
}
