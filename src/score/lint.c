#include "score/lint.h"

#include "scorer.h"

/* Every dimension and the total at their ceilings. */
static void make_best(const struct scorer *scorer, struct score *best)
{
    const struct questionnaire *q = scorer->q;

    *best = (struct score){.scorer = scorer};
    best->total = (struct score_part){.aggregation = q->total, .share = ratio_of(1)};
    for (size_t d = 0; d < q->dimension_count; d++) {
        struct score_part *part = &best->dimensions[d];

        *part = (struct score_part){.aggregation = q->dimensions[d].score,
                                    .share = ratio_of(1),
                                    .raw = scorer->dimension_ceilings[d],
                                    .ceiling = scorer->dimension_ceilings[d]};
        best->total.raw += part->raw;
        best->total.ceiling += part->ceiling;
        for (size_t i = 0; part->ceiling && i < q->dimension_level_count; i++) {
            if (score_meets_bound(best, part, &q->dimension_levels[i]))
                part->level = q->dimension_levels[i].level;
        }
    }
}

static bool can_hold(const struct score *best, const struct level_rule *rule)
{
    return score_meets_bound(best, &best->total, rule) &&
           (!rule->at_least || score_dimensions_at(best, rule->dimension_level) >= rule->at_least);
}

/* True if whenever `low` holds `high` does too, so that `low` is never given. */
static bool is_covered(const struct level_rule *low, const struct level_rule *high)
{
    bool is_bound_weaker = high->kind == BOUND_NONE;
    bool are_dimensions_weaker = !high->at_least || (low->at_least >= high->at_least &&
                                                     low->dimension_level >= high->dimension_level);

    if (high->kind == low->kind && high->rounded_to == low->rounded_to && low->kind != BOUND_NONE) {
        int order = ratio_cmp(high->bound, low->bound);

        is_bound_weaker = order < 0 || (order == 0 && (!high->is_strict || low->is_strict));
    }
    return is_bound_weaker && are_dimensions_weaker;
}

void scorer_lint(const struct scorer *scorer, struct faults *faults)
{
    const struct questionnaire *q = scorer->q;
    struct score best;

    make_best(scorer, &best);
    for (size_t i = 0; i < q->level_count; i++) {
        struct place place = json_place(q->levels[i].json, faults);

        if (!can_hold(&best, &q->levels[i]))
            faults_warn(faults, place, "không câu trả lời nào đạt được mức %d",
                        "no answers reach level %d", q->levels[i].level);
        for (size_t j = i + 1; j < q->level_count; j++) {
            if (!is_covered(&q->levels[i], &q->levels[j]))
                continue;
            faults_warn(faults, place, "mức %d không bao giờ được xếp vì mức %d luôn đạt cùng lúc",
                        "level %d is never given: level %d holds whenever it does",
                        q->levels[i].level, q->levels[j].level);
            break;
        }
    }
}
