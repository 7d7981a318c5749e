#include "score/margin.h"

#include <stdlib.h>

/* Points that a dimension has to lose or gain. */
struct step {
    int points;
    size_t dimension;
};

static int nearer(const void *a, const void *b)
{
    const struct step *x = a, *y = b;

    return x->points != y->points ? x->points - y->points
                                  : (x->dimension > y->dimension) - (x->dimension < y->dimension);
}

/* The fewest points after which a part meets the bound of a rule, or does not any more; 0 where it
 * is so already, max + 1 where it is too far. */
static int points_until(const struct score *score, const struct score_part *part,
                        const struct level_rule *rule, bool meets, int max)
{
    struct score_part moved = *part;
    int64_t unit = scorer_unit(score->scorer) * (meets ? 1 : -1);

    for (int points = 0; points <= max; points++, moved.raw += unit) {
        if (moved.raw < 0 || moved.raw > part->ceiling)
            break;
        if (score_meets_bound(score, &moved, rule) == meets)
            return points;
    }
    return max + 1;
}

/* The rule of the level that dimensions have to reach. */
static const struct level_rule *dimension_rule(const struct questionnaire *q, int level)
{
    for (size_t i = 0; i < q->dimension_level_count; i++) {
        if (q->dimension_levels[i].level == level)
            return &q->dimension_levels[i];
    }
    return NULL;
}

/* The `wanted` dimensions that are nearest to meeting the rule, or to not meeting it: their points
 * together, or max + 1. */
static int nearest(const struct score *score, const struct level_rule *rule, bool meets,
                   size_t wanted, int max, struct step steps[DIMENSIONS_MAX])
{
    const struct questionnaire *q = scorer_questionnaire(score->scorer);
    const struct level_rule *bound = dimension_rule(q, rule->dimension_level);
    size_t count = 0;
    int sum = 0;

    for (size_t i = 0; bound && i < q->dimension_count; i++) {
        int points = points_until(score, &score->dimensions[i], bound, meets, max);

        if (points > 0 && points <= max)
            steps[count++] = (struct step){points, i};
    }
    if (count < wanted)
        return max + 1;
    qsort(steps, count, sizeof(*steps), nearer);
    for (size_t i = 0; i < wanted; i++)
        sum += steps[i].points;
    return sum;
}

static const char *names(const struct score *score, const struct step *steps, size_t count,
                         struct arena *arena)
{
    const struct questionnaire *q = scorer_questionnaire(score->scorer);
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? " " : "",
                            q->dimensions[steps[i].dimension].id);
    return text;
}

/* Lost: the total falls under the bound, or enough dimensions do. */
static void find_loss(const struct score *score, const struct level_rule *rule, int max,
                      struct arena *arena, struct score_margin *out)
{
    struct step steps[DIMENSIONS_MAX];
    size_t have = score_dimensions_at(score, rule->dimension_level);
    size_t fall = rule->at_least ? have - rule->at_least + 1 : 0;
    int total = points_until(score, &score->total, rule, false, max);
    int parts = fall && have >= rule->at_least ? nearest(score, rule, false, fall, max, steps)
                                               : max + 1;

    if (total <= max && total <= parts)
        *out = (struct score_margin){-total, ""};
    else if (parts <= max)
        *out = (struct score_margin){-parts, names(score, steps, fall, arena)};
}

/* Gained: the total and the dimensions both have to be there; nearer than what is known so far. */
static void find_gain(const struct score *score, const struct level_rule *rule, int max,
                      struct arena *arena, struct score_margin *out)
{
    struct step steps[DIMENSIONS_MAX];
    size_t have = score_dimensions_at(score, rule->dimension_level);
    size_t rise = rule->at_least > have ? rule->at_least - have : 0;
    int total = points_until(score, &score->total, rule, true, max);
    int parts = rise ? nearest(score, rule, true, rise, max, steps) : 0;
    int points = total > parts ? total : parts;

    if (points == 0 || points > max || (out->points && points >= -out->points))
        return;
    *out = (struct score_margin){points, total > parts ? "" : names(score, steps, rise, arena)};
}

bool score_margin(const struct score *score, int max, struct arena *arena,
                  struct score_margin *out)
{
    const struct questionnaire *q = scorer_questionnaire(score->scorer);
    int level = score_level(score);

    *out = (struct score_margin){0, ""};
    if (level == LEVEL_NONE || score->total.aggregation != AGGREGATE_POOLED)
        return false;
    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].level == level && !score->no_level_holds)
            find_loss(score, &q->levels[i], max, arena, out);
    }
    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].level > level) {
            find_gain(score, &q->levels[i], max, arena, out);
            break;
        }
    }
    return out->points != 0;
}
