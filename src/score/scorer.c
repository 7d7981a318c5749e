/* Preparing a questionnaire for scoring: one common denominator, whole numbers. */
#include "scorer.h"

/* Points times weights, summed over a questionnaire, stay below this: exact in every sum here. */
#define RAW_MAX ((wide)1 << 53)

const struct questionnaire *scorer_questionnaire(const struct scorer *scorer)
{
    return scorer->q;
}

int64_t scorer_unit(const struct scorer *scorer)
{
    return scorer->unit;
}

int64_t scorer_ceiling(const struct scorer *scorer, size_t question)
{
    return scorer->questions[question].ceiling;
}

/* The least common multiple, or 0 once it is too large. */
static wide common_multiple(wide a, wide b)
{
    struct ratio reduced = ratio_make(a, b); /* a/b in lowest terms: lcm = a * den */

    if (!a || a > RAW_MAX || b > RAW_MAX)
        return 0;
    return a * reduced.den > RAW_MAX ? 0 : a * reduced.den;
}

static void widen_unit(wide *unit, struct ratio weight, struct ratio points)
{
    *unit = common_multiple(*unit, ratio_mul(weight, points).den);
}

static wide find_unit(const struct questionnaire *q)
{
    wide unit = 1;

    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];

        if (!question->is_scored)
            continue;
        widen_unit(&unit, question->weight, question->max);
        for (size_t j = 0; j < question->option_count; j++) {
            widen_unit(&unit, question->weight, question->options[j].points);
            widen_unit(&unit, question->weight, question->options[j].points_without);
        }
        for (size_t j = 0; j < question->band_count; j++)
            widen_unit(&unit, question->weight, question->bands[j].points);
    }
    return unit;
}

static int64_t in_units(struct ratio weight, struct ratio points, wide unit)
{
    struct ratio raw = ratio_mul(ratio_mul(weight, points), (struct ratio){unit, 1});
    int64_t whole = 0;

    (void)ratio_to_int64(raw, &whole);
    return whole;
}

static void prepare_options(struct arena *arena, const struct question *question, wide unit,
                            struct scored_question *scored)
{
    int64_t *points = ARENA_ARRAY(arena, int64_t, question->option_count);
    int64_t *without = ARENA_ARRAY(arena, int64_t, question->option_count);

    for (size_t i = 0; i < question->option_count; i++) {
        points[i] = in_units(question->weight, question->options[i].points, unit);
        without[i] = in_units(question->weight, question->options[i].points_without, unit);
        scored->has_requires |= question->options[i].requires != 0;
    }
    scored->points = points;
    scored->without = without;
}

static void prepare_bands(struct arena *arena, const struct question *question, wide unit,
                          struct scored_question *scored)
{
    int64_t *points = ARENA_ARRAY(arena, int64_t, question->band_count);

    for (size_t i = 0; i < question->band_count; i++)
        points[i] = in_units(question->weight, question->bands[i].points, unit);
    scored->points = points;
}

static void prepare_question(struct arena *arena, const struct question *question, wide unit,
                             struct scored_question *scored)
{
    scored->is_scored = question->is_scored;
    scored->type = question->type;
    scored->dimension = question->dimension;
    if (!question->is_scored)
        return;
    scored->ceiling = in_units(question->weight, question->max, unit);
    scored->weight = in_units(question->weight, ratio_of(1), unit);
    if (question->type == QUESTION_NUMBER)
        prepare_bands(arena, question, unit, scored);
    else
        prepare_options(arena, question, unit, scored);
}

int64_t smallest_raw(const struct level_rule *rule, int64_t ceiling)
{
    struct ratio bound = ratio_mul(rule->bound, ratio_make(ceiling, 100));
    struct ratio whole = ratio_floor(bound);

    if (rule->is_strict || ratio_cmp(whole, bound) < 0)
        return (int64_t)whole.num + 1;
    return (int64_t)whole.num;
}

static void prepare_thresholds(struct scorer *scorer)
{
    const struct questionnaire *q = scorer->q;

    for (size_t d = 0; d < q->dimension_count; d++) {
        for (size_t i = 0; i < q->dimension_level_count; i++)
            scorer->dimension_levels[d][i].min_raw =
                smallest_raw(&q->dimension_levels[i], scorer->dimension_ceilings[d]);
    }
}

static void list_required(struct arena *arena, struct scorer *scorer)
{
    const struct questionnaire *q = scorer->q;
    size_t *required = ARENA_ARRAY(arena, size_t, q->question_count);

    for (size_t i = 0; i < q->question_count; i++) {
        if (q->questions[i].is_required)
            required[scorer->required_count++] = i;
    }
    scorer->required = required;
}

const struct scorer *scorer_new(struct arena *arena, const struct questionnaire *q,
                                struct faults *faults)
{
    struct scorer *scorer = ARENA_NEW(arena, struct scorer);
    wide unit = find_unit(q), sum = 0;

    scorer->q = q;
    scorer->questions = ARENA_ARRAY(arena, struct scored_question, q->question_count);
    for (size_t i = 0; unit && i < q->question_count; i++) {
        struct ratio ceiling = ratio_mul(q->questions[i].weight, q->questions[i].max);

        if (q->questions[i].is_scored)
            sum += ratio_is_valid(ceiling) ? ceiling.num * (unit / ceiling.den) : RAW_MAX;
    }
    if (!unit || sum >= RAW_MAX) {
        faults_add(faults, (struct place){q->file, 1, ""},
                   "điểm và trọng số quá lớn hoặc quá lẻ để tính chính xác",
                   "points and weights are too large or too fine to be computed exactly");
        return NULL;
    }
    scorer->unit = (int64_t)unit;
    for (size_t i = 0; i < q->question_count; i++) {
        struct scored_question *scored = &scorer->questions[i];

        prepare_question(arena, &q->questions[i], unit, scored);
        scorer->dimension_ceilings[scored->dimension] += scored->ceiling;
    }
    prepare_thresholds(scorer);
    list_required(arena, scorer);
    return scorer;
}
