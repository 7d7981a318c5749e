/* What the templates of a result print. */
#include "web/enterprise/result_page.h"

/* Units of the drawing: its letters have 9 of them, so these come out at 13 pixels or more where a
 * page is 300 and 680 pixels wide. */
#define NARROW_WIDTH 190.0
#define WIDE_WIDTH 440.0

static void view_picture(struct view *v, const struct picture *picture, const char *class_name,
                         const struct svg_words *words, double width)
{
    static const char open[] = "<div class=\"", close[] = "\">", end[] = "</div>";

    view_markup(v, open, sizeof(open) - 1);
    view_text(v, class_name);
    view_markup(v, close, sizeof(close) - 1);
    picture_svg(picture, width, words, v->out);
    view_markup(v, end, sizeof(end) - 1);
}

static void view_both(struct view *v, const struct picture *picture, const char *id,
                      const char *title, const char *description)
{
    const struct svg_words small = {arena_printf(v->arena, "%s-narrow", id), title, description},
                           large = {arena_printf(v->arena, "%s-wide", id), title, description};

    view_picture(v, picture, "on-narrow", &small, NARROW_WIDTH);
    view_picture(v, picture, "on-wide", &large, WIDE_WIDTH);
}

void view_result_bars(struct view *v, const struct phraser *t)
{
    struct picture bars = phrase_bars(t);

    view_both(v, &bars, "bars", PHRASE(t, OVERVIEW_BARS, NULL), phrase_bars_alt(t));
}

void view_result_ladder(struct view *v, const struct phraser *t)
{
    struct picture ladder;

    if (result_ladder(t, &ladder))
        view_both(v, &ladder, "ladder", web_tr(v->lang, WEB_result_ladder, v->arena, NULL, 0),
                  phrase_sentence(t));
}

/* ---- level and gap ---- */

static const char *tell(const struct phraser *t, enum web_text text, const char *a, const char *b)
{
    return web_tr(t->lang, text, t->arena, (const char *[]){a, b}, 2);
}

static const char *level_number(const struct phraser *t, int level)
{
    return arena_printf(t->arena, "%d", level);
}

const char *result_level(const struct phraser *t)
{
    const struct report *r = t->report;

    if (r->has_band)
        return tell(t, WEB_result_level_likely, level_number(t, r->band.likely), NULL);
    return r->level ? tell(t, WEB_result_level, phrase_level(t, r->level), NULL)
                    : tell(t, WEB_result_level_none, NULL, NULL);
}

/* Points that the next level's bound takes; RATIO_NONE where they are no whole numbers. */
static struct ratio points_wanted(const struct report *r)
{
    const struct level_rule *rule = r->demand.rule;
    const struct score *score = r->source.score;
    struct ratio bound = rule->bound, whole;

    if (score->total.aggregation != AGGREGATE_POOLED || rule->kind == BOUND_NONE ||
        rule->rounded_to >= 0 || scorer_unit(score->scorer) != 1)
        return RATIO_NONE;
    if (rule->kind == BOUND_PERCENT)
        bound = ratio_div(ratio_mul(bound, r->max), ratio_of(100));
    whole = ratio_floor(bound);
    return rule->is_strict || ratio_cmp(whole, bound) != 0 ? ratio_add(whole, ratio_of(1)) : bound;
}

static const char *bound_words(const struct phraser *t, struct ratio bound, bool is_percent,
                               bool is_strict)
{
    return arena_printf(t->arena, "%s\u00a0%s",
                        is_strict ? PHRASE(t, MORE_THAN, NULL) : PHRASE(t, AT_LEAST, NULL),
                        is_percent ? phrase_percent(t, bound, 1) : phrase_number(t, bound, 2));
}

const char *result_next_level(const struct phraser *t)
{
    const struct level_rule *rule = t->report->demand.rule;
    struct ratio wanted = points_wanted(t->report);
    const char *level = level_number(t, rule->level);

    if (ratio_is_valid(wanted) && rule->kind == BOUND_POINTS)
        return tell(t, WEB_result_next_from, level, phrase_number(t, wanted, 2));
    return tell(t, WEB_result_next_is, level,
                bound_words(t, rule->bound, rule->kind == BOUND_PERCENT, rule->is_strict));
}

/* The rule that a dimension must meet to count for the next level; NULL: there is none. */
static const struct level_rule *dimension_rule(const struct report *r)
{
    const struct level_rule *rule = r->demand.rule;

    for (size_t i = 0; rule && rule->at_least && i < r->q->dimension_level_count; i++) {
        if (r->q->dimension_levels[i].level == rule->dimension_level)
            return &r->q->dimension_levels[i];
    }
    return NULL;
}

static const char *dimension_bound(const struct phraser *t, const struct level_rule *rule)
{
    return bound_words(t, rule->bound, rule->kind == BOUND_PERCENT, rule->is_strict);
}

const char *result_gap(const struct phraser *t)
{
    const struct report *r = t->report;
    const struct report_demand *d = &r->demand;
    const struct level_rule *dimension = dimension_rule(r);
    struct ratio wanted;

    if (r->has_band || !r->level)
        return phrase_sentence(t);
    if (!d->rule)
        return PHRASE(t, STEPS_AT_TOP, NULL);
    if (d->is_met_by_total && dimension && d->have < d->at_least)
        return web_tr(t->lang, WEB_result_gap_dimensions, t->arena,
                      (const char *[]){phrase_count(t, d->at_least - d->have),
                                       dimension_bound(t, dimension),
                                       level_number(t, d->rule->level)},
                      3);
    wanted = points_wanted(r);
    if (ratio_is_valid(wanted))
        return tell(t, WEB_result_gap_points,
                    phrase_number(t, ratio_sub(wanted, r->points), 2),
                    level_number(t, d->rule->level));
    return web_tr(t->lang, WEB_result_gap_percent, t->arena,
                  (const char *[]){level_number(t, d->rule->level),
                                   bound_words(t, d->bound, d->rule->kind == BOUND_PERCENT,
                                               d->rule->is_strict),
                                   phrase_percent(t, r->percent, 1)},
                  3);
}

const char *result_dimensions(const struct phraser *t)
{
    const struct report *r = t->report;
    const struct level_rule *dimension = dimension_rule(r);

    if (!dimension || !r->level)
        return PHRASE(t, OVERVIEW_BARS, NULL);
    return web_tr(t->lang, WEB_result_dimensions_wanted, t->arena,
                  (const char *[]){phrase_count(t, r->q->dimension_count),
                                   phrase_count(t, r->demand.at_least),
                                   dimension_bound(t, dimension)},
                  3);
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
