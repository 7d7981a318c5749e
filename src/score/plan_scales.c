/* Gains of questions, dimensions and the total in whole numbers. */
#include "plan_scales.h"

/* ---- whole numbers for dimensions and for the total ---- */

#define UNITS_MAX ((wide)1 << 53)

static bool counts(const struct score *score, const struct answer *answers, size_t question)
{
    return score->scorer->questions[question].is_scored && answers[question].is_active &&
           answers[question].state != ANSWER_NA;
}

/* a common multiple of two denominators; 0 when too large */
static wide multiple(wide unit, struct ratio r)
{
    wide widened;

    if (!unit || !ratio_is_valid(r))
        return 0;
    widened = unit * ratio_mul(r, (struct ratio){unit, 1}).den;
    return widened < UNITS_MAX ? widened : 0;
}

static int64_t times(struct ratio r, wide unit)
{
    struct ratio whole = ratio_mul(r, (struct ratio){unit, 1});

    return (int64_t)whole.num;
}

/* A mean: each question's share of its ceiling, times its weight. */
static bool scale_mean(struct scales *s, const struct answer *answers, size_t d)
{
    const struct scorer *scorer = s->score->scorer;
    const struct dimension *dimension = &scorer->q->dimensions[d];
    size_t first = dimension->first_question, end = first + dimension->question_count;
    wide unit = 1;

    for (size_t i = first; i < end; i++) {
        if (counts(s->score, answers, i))
            unit = multiple(unit, ratio_mul(scorer->q->questions[i].weight,
                                            ratio_make(1, scorer->questions[i].ceiling)));
    }
    for (size_t i = first; unit && i < end; i++) {
        if (!counts(s->score, answers, i))
            continue;
        s->dimension_factor[i] = times(
            ratio_mul(scorer->q->questions[i].weight, ratio_make(1, scorer->questions[i].ceiling)),
            unit);
        s->value[d] += s->dimension_factor[i] * scorer_raw(scorer, i, &answers[i]);
        s->ceiling[d] += s->dimension_factor[i] * scorer->questions[i].ceiling;
    }
    return unit != 0;
}

static void scale_pooled(struct scales *s, size_t d)
{
    const struct dimension *dimension = &s->score->scorer->q->dimensions[d];

    for (size_t i = 0; i < dimension->question_count; i++)
        s->dimension_factor[dimension->first_question + i] = 1;
    s->value[d] = s->score->dimensions[d].raw;
    s->ceiling[d] = s->score->dimensions[d].ceiling;
}

/* The total as a mean of dimensions: each dimension unit is worth weight / (weights x ceiling). */
static bool scale_total(struct scales *s)
{
    const struct questionnaire *q = s->score->scorer->q;
    struct ratio weights = ratio_of(0);
    wide unit = 1;

    if (q->total == AGGREGATE_POOLED) {
        s->total = s->score->total.raw;
        s->total_ceiling = s->score->total.ceiling;
        return true;
    }
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (s->ceiling[d])
            weights = ratio_add(weights, q->dimensions[d].weight);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t d = 0; unit && d < q->dimension_count; d++) {
            struct ratio worth = s->ceiling[d]
                                     ? ratio_div(q->dimensions[d].weight,
                                                 ratio_mul(weights, ratio_of(s->ceiling[d])))
                                     : ratio_of(0);

            if (pass == 0) {
                unit = multiple(unit, worth);
                continue;
            }
            s->total_factor[d] = times(worth, unit);
            s->total += s->total_factor[d] * s->value[d];
        }
    }
    s->total_ceiling = (int64_t)unit;
    return unit != 0;
}

bool scales_make(struct scales *s, const struct score *score, const struct answer *answers)
{
    const struct questionnaire *q = score->scorer->q;

    *s = (struct scales){.score = score};
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (q->dimensions[d].score == AGGREGATE_POOLED)
            scale_pooled(s, d);
        else if (!scale_mean(s, answers, d))
            return false;
    }
    return scale_total(s);
}

/* ---- what the level asks, in those units ---- */

/* Whether a part that stood at value/ceiling would meet a bound. */
static bool would_meet(const struct score *score, enum aggregation aggregation, int64_t value,
                       int64_t ceiling, const struct level_rule *rule)
{
    struct score_part part = {.aggregation = aggregation,
                              .raw = value,
                              .ceiling = ceiling,
                              .share = ratio_make(value, ceiling)};

    return score_meets_bound(score, &part, rule);
}

/* The smallest value from `low` to `ceiling` that meets any of the rules; ceiling + 1 if none. */
static int64_t smallest_value(const struct score *score, enum aggregation aggregation, int64_t low,
                              int64_t ceiling, const struct level_rule *rules, size_t count)
{
    int64_t high = ceiling + 1;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        bool holds = false;

        for (size_t i = 0; i < count && !holds; i++)
            holds = would_meet(score, aggregation, middle, ceiling, &rules[i]);
        if (holds)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int64_t scales_dimension_need(const struct scales *s, size_t d, int level)
{
    const struct questionnaire *q = s->score->scorer->q;
    size_t first = 0;
    int64_t value;

    while (first < q->dimension_level_count && q->dimension_levels[first].level < level)
        first++;
    if (level == 0 || s->score->dimensions[d].level >= level)
        return 0;
    value = smallest_value(s->score, q->dimensions[d].score, s->value[d], s->ceiling[d],
                           q->dimension_levels + first, q->dimension_level_count - first);
    return value > s->ceiling[d] ? -1 : value - s->value[d];
}

int64_t scales_total_need(const struct scales *s, const struct level_rule *rule)
{
    return smallest_value(s->score, s->score->scorer->q->total, s->total, s->total_ceiling, rule,
                          1) -
           s->total;
}

int64_t scales_worth(const struct scales *s, size_t question)
{
    int64_t worth = s->total_factor[s->score->scorer->questions[question].dimension];

    return worth ? worth * s->dimension_factor[question] : 1;
}
