#include "scorer.h"

#include <string.h>

/* ---- one question ---- */

static int64_t raw_of_ticks(const struct scorer *scorer, size_t index, uint64_t ticks)
{
    const struct scored_question *scored = &scorer->questions[index];
    const struct question *question = &scorer->q->questions[index];
    int64_t raw = 0;

    for (uint64_t left = ticks; left; left &= left - 1) {
        int i = __builtin_ctzll(left);
        uint64_t requires = scored->has_requires ? question->options[i].requires : 0;

        raw += (ticks & requires) == requires ? scored->points[i] : scored->without[i];
    }
    return raw < 0 ? 0 : raw > scored->ceiling ? scored->ceiling : raw;
}

static int64_t raw_of_rows(const struct scorer *scorer, size_t index, const unsigned char *columns)
{
    const struct scored_question *scored = &scorer->questions[index];
    int64_t raw = 0;

    for (size_t i = 0; i < scorer->q->questions[index].row_count; i++) {
        if (columns[i] != COLUMN_NONE)
            raw += scored->points[columns[i]];
    }
    return raw;
}

static int64_t raw_of_number(const struct scorer *scorer, size_t index, struct ratio number)
{
    const struct question *question = &scorer->q->questions[index];
    int64_t raw = 0;

    for (size_t i = 0; i < question->band_count; i++) {
        int order = ratio_cmp(number, question->bands[i].from);

        if (order > 0 || (order == 0 && !question->bands[i].is_strict))
            raw = scorer->questions[index].points[i];
    }
    return raw;
}

int64_t scorer_raw(const struct scorer *scorer, size_t index, const struct answer *answer)
{
    if (answer->state != ANSWER_GIVEN || !scorer->questions[index].is_scored)
        return 0;
    switch (scorer->questions[index].type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return scorer->questions[index].points[answer->option];
    case QUESTION_MULTIPLE:
        return raw_of_ticks(scorer, index, answer->ticks);
    case QUESTION_SCALE:
        return raw_of_rows(scorer, index, answer->columns);
    case QUESTION_NUMBER:
        return raw_of_number(scorer, index, answer->number);
    default:
        return 0;
    }
}

/* A scale is answered when every row is; an open row makes the answer incomplete. */
static bool is_answered(const struct scorer *scorer, size_t index, const struct answer *answer)
{
    if (answer->state != ANSWER_GIVEN)
        return false;
    if (scorer->questions[index].type != QUESTION_SCALE) /* the question itself is far away */
        return true;
    return memchr(answer->columns, COLUMN_NONE, scorer->q->questions[index].row_count) == NULL;
}

static bool has_required(const struct scorer *scorer, const struct answer *answers)
{
    for (size_t i = 0; i < scorer->required_count; i++) {
        size_t at = scorer->required[i];

        if (!answer_is_settled(&scorer->q->questions[at], &answers[at]))
            return false;
    }
    return true;
}

/* ---- dimensions ---- */

static void add_questions(const struct scorer *scorer, size_t dimension,
                          const struct answer *answers, struct score_part *part)
{
    const struct dimension *d = &scorer->q->dimensions[dimension];
    struct score_part sum = *part; /* a copy stays in registers, which halves the time */

    for (size_t i = d->first_question; i < d->first_question + d->question_count; i++) {
        const struct scored_question *scored = &scorer->questions[i];

        if (!scored->is_scored || !answers[i].is_active)
            continue;
        sum.asked++;
        if (answers[i].state == ANSWER_NA) {
            sum.not_applicable++;
            continue;
        }
        sum.answered += is_answered(scorer, i, &answers[i]);
        sum.raw += scorer_raw(scorer, i, &answers[i]);
        sum.ceiling += scored->ceiling;
    }
    *part = sum;
}

/* Weighted mean of the shares of a dimension's questions. */
static struct ratio mean_of_questions(const struct scorer *scorer, size_t dimension,
                                      const struct answer *answers)
{
    const struct dimension *d = &scorer->q->dimensions[dimension];
    struct ratio sum = ratio_of(0), weights = ratio_of(0);

    for (size_t i = d->first_question; i < d->first_question + d->question_count; i++) {
        const struct scored_question *scored = &scorer->questions[i];
        struct ratio weight = scorer->q->questions[i].weight;

        if (!scored->is_scored || !answers[i].is_active || answers[i].state == ANSWER_NA)
            continue;
        sum = ratio_add(sum, ratio_mul(weight, ratio_make(scorer_raw(scorer, i, &answers[i]),
                                                          scored->ceiling)));
        weights = ratio_add(weights, weight);
    }
    return weights.num ? ratio_div(sum, weights) : ratio_of(0);
}

static struct ratio part_share(const struct score_part *part)
{
    if (!part->ceiling)
        return RATIO_NONE;
    return part->aggregation == AGGREGATE_MEAN ? part->share : ratio_make(part->raw, part->ceiling);
}

/* Weighted mean of the shares of the dimensions that were rated. */
static struct ratio mean_of_dimensions(const struct score *score)
{
    const struct questionnaire *q = score->scorer->q;
    struct ratio sum = ratio_of(0), weights = ratio_of(0);

    for (size_t d = 0; d < q->dimension_count; d++) {
        struct ratio share = part_share(&score->dimensions[d]);

        if (!ratio_is_valid(share))
            continue;
        sum = ratio_add(sum, ratio_mul(q->dimensions[d].weight, share));
        weights = ratio_add(weights, q->dimensions[d].weight);
    }
    return weights.num ? ratio_div(sum, weights) : ratio_of(0);
}

static void add_dimensions(struct score *score)
{
    struct score_part *total = &score->total;

    for (size_t d = 0; d < score->scorer->q->dimension_count; d++) {
        const struct score_part *part = &score->dimensions[d];

        total->raw += part->raw;
        total->ceiling += part->ceiling;
        total->asked += part->asked;
        total->answered += part->answered;
        total->not_applicable += part->not_applicable;
    }
    if (total->aggregation == AGGREGATE_MEAN)
        total->share = mean_of_dimensions(score);
}

/* ---- levels ---- */

bool score_meets_bound(const struct score *score, const struct score_part *part,
                       const struct level_rule *rule)
{
    struct ratio value;
    int order;

    if (rule->kind == BOUND_NONE)
        return true;
    value = rule->kind == BOUND_POINTS ? score_points(score, part) : score_percent(part);
    if (!ratio_is_valid(value))
        return false;
    if (rule->rounded_to >= 0)
        value = ratio_round(value, (unsigned)rule->rounded_to);
    order = ratio_cmp(value, rule->bound);
    return rule->is_strict ? order > 0 : order >= 0;
}

/* The dimension's level; by thresholds computed beforehand where nothing was left out. */
static int dimension_level(const struct score *score, size_t dimension)
{
    const struct scorer *scorer = score->scorer;
    const struct score_part *part = &score->dimensions[dimension];
    int level = part->ceiling ? 0 : LEVEL_NONE;

    for (size_t i = 0; part->ceiling && i < scorer->q->dimension_level_count; i++) {
        const struct level_rule *rule = &scorer->q->dimension_levels[i];
        bool is_plain = part->aggregation == AGGREGATE_POOLED && rule->rounded_to < 0 &&
                        part->ceiling == scorer->dimension_ceilings[dimension];
        bool holds = is_plain ? part->raw >= scorer->dimension_levels[dimension][i].min_raw
                              : score_meets_bound(score, part, rule);

        if (holds)
            level = rule->level;
    }
    return level;
}

size_t score_dimensions_at(const struct score *score, int level)
{
    size_t count = 0;

    for (size_t d = 0; d < score->scorer->q->dimension_count; d++)
        count += score->dimensions[d].level >= level;
    return count;
}

/* The dimensions that keep the level below what the points alone would give. */
static uint32_t lacking_dimensions(const struct score *score)
{
    const struct level_rule *rule;
    uint32_t lacking = 0;

    rule = questionnaire_level(score->scorer->q, score->by_total_only);
    if (!rule || score->total.level >= score->by_total_only)
        return 0;
    for (size_t d = 0; d < score->scorer->q->dimension_count; d++) {
        if (score->dimensions[d].level < rule->dimension_level)
            lacking |= UINT32_C(1) << d;
    }
    return lacking;
}

/* Something that counts was asked, and enough of it was answered. */
static bool is_rated(const struct score *score)
{
    const struct score_part *total = &score->total;

    return total->ceiling && total->answered * 100 >=
                                 total->asked * (size_t)score->scorer->q->rated_from;
}

static void find_level(struct score *score)
{
    const struct questionnaire *q = score->scorer->q;

    score->held_back_by = 0;
    score->no_level_holds = false;
    score->total.level = score->by_total_only = LEVEL_NONE;
    if (!is_rated(score))
        return;
    score->total.level = score->by_total_only = q->levels[0].level;
    score->no_level_holds = true;
    for (size_t i = 0; i < q->level_count; i++) {
        const struct level_rule *rule = &q->levels[i];

        if (!score_meets_bound(score, &score->total, rule))
            continue;
        score->by_total_only = rule->level;
        if (rule->at_least && score_dimensions_at(score, rule->dimension_level) < rule->at_least)
            continue;
        score->total.level = rule->level;
        score->no_level_holds = false;
    }
    score->held_back_by = lacking_dimensions(score);
}

int score_part_level(const struct score *score, const struct score_part *part)
{
    return part->ceiling && !score->scorer->q->estimate.of ? part->level : LEVEL_NONE;
}

int score_level(const struct score *score)
{
    return score_part_level(score, &score->total);
}

/* ---- estimates ---- */

/* The part as if all its questions had the answer with the least share, or (direction -1) the
 * greatest. */
static void take_extreme(const struct score *score, size_t dimension, const struct answer *answers,
                         int direction, struct score_part *part)
{
    const struct dimension *d = &score->scorer->q->dimensions[dimension];
    struct ratio share = RATIO_NONE;
    wide raw;

    for (size_t i = d->first_question; i < d->first_question + d->question_count; i++) {
        const struct scored_question *scored = &score->scorer->questions[i];
        struct ratio own;

        if (!scored->is_scored || !answers[i].is_active || answers[i].state == ANSWER_NA)
            continue;
        own = ratio_make(scorer_raw(score->scorer, i, &answers[i]), scored->ceiling);
        if (!ratio_is_valid(share) || direction * ratio_cmp(own, share) < 0)
            share = own;
    }
    if (!ratio_is_valid(share))
        return;
    raw = share.num * part->ceiling;
    part->raw = (int64_t)((raw + (direction < 0 ? share.den - 1 : 0)) / share.den);
    part->share = share;
}

static int extreme_level(const struct score *score, const struct answer *answers, int direction)
{
    struct score extreme = *score;

    extreme.total.raw = 0;
    for (size_t d = 0; d < score->scorer->q->dimension_count; d++) {
        struct score_part *part = &extreme.dimensions[d];

        take_extreme(score, d, answers, direction, part);
        part->level = dimension_level(&extreme, d);
        extreme.total.raw += part->raw;
    }
    if (extreme.total.aggregation == AGGREGATE_MEAN)
        extreme.total.share = mean_of_dimensions(&extreme);
    find_level(&extreme);
    return extreme.total.level;
}

bool score_band(const struct score *score, const struct answer *answers, struct score_band *band)
{
    if (!score->total.ceiling || !score->scorer->q->estimate.of)
        return false;
    *band = (struct score_band){.low = extreme_level(score, answers, 1),
                                .likely = score->total.level,
                                .high = extreme_level(score, answers, -1)};
    return true;
}

void score_answers(const struct scorer *scorer, const struct answer *answers, struct score *score)
{
    const struct questionnaire *q = scorer->q;

    score->scorer = scorer;
    score->total = (struct score_part){.aggregation = q->total};
    for (size_t d = 0; d < q->dimension_count; d++) {
        score->dimensions[d] = (struct score_part){.aggregation = q->dimensions[d].score};
        add_questions(scorer, d, answers, &score->dimensions[d]);
        if (score->dimensions[d].aggregation == AGGREGATE_MEAN)
            score->dimensions[d].share = mean_of_questions(scorer, d, answers);
        score->dimensions[d].level = dimension_level(score, d);
    }
    add_dimensions(score);
    find_level(score);
    score->is_complete =
        score->total.answered + score->total.not_applicable == score->total.asked &&
        has_required(scorer, answers);
}

/* ---- as shown ---- */

struct ratio score_points(const struct score *score, const struct score_part *part)
{
    if (part->aggregation == AGGREGATE_MEAN)
        return ratio_mul(part->share, ratio_of(100));
    return ratio_make(part->raw, score->scorer->unit);
}

struct ratio score_max(const struct score *score, const struct score_part *part)
{
    if (part->aggregation == AGGREGATE_MEAN)
        return ratio_of(part->ceiling ? 100 : 0);
    return ratio_make(part->ceiling, score->scorer->unit);
}

struct ratio score_percent(const struct score_part *part)
{
    return ratio_mul(part_share(part), ratio_of(100));
}

struct ratio score_coverage(const struct score_part *part)
{
    if (!part->asked)
        return ratio_of(0);
    return ratio_make(100 * (wide)part->answered, (wide)part->asked);
}
