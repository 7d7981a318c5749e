/* Where every part of a score comes from, and what a reader must know of it. */
#include "scorer.h"

#include "base/buf.h"

/* What a whole point of share of a question is worth in the total. */
static struct ratio question_share(const struct score *score, size_t question,
                                   const struct answer *answers)
{
    const struct scorer *scorer = score->scorer;
    const struct questionnaire *q = scorer->q;
    const struct scored_question *scored = &scorer->questions[question];
    const struct dimension *dimension = &q->dimensions[scored->dimension];
    struct ratio in_dimension, weights = ratio_of(0);

    if (q->total == AGGREGATE_POOLED)
        return ratio_make(scored->ceiling, score->total.ceiling);
    if (dimension->score == AGGREGATE_POOLED) {
        in_dimension = ratio_make(scored->ceiling, score->dimensions[scored->dimension].ceiling);
    } else {
        for (size_t i = dimension->first_question;
             i < dimension->first_question + dimension->question_count; i++) {
            if (scorer->questions[i].is_scored && answers[i].is_active &&
                answers[i].state != ANSWER_NA)
                weights = ratio_add(weights, q->questions[i].weight);
        }
        in_dimension = ratio_div(q->questions[question].weight, weights);
        weights = ratio_of(0);
    }
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (score->dimensions[d].ceiling)
            weights = ratio_add(weights, q->dimensions[d].weight);
    }
    if (!weights.num) /* every dimension that counts is "not applicable" */
        return ratio_of(0);
    return ratio_mul(in_dimension, ratio_div(dimension->weight, weights));
}

void score_ledger(const struct score *score, const struct answer *answers, struct score_line *lines)
{
    const struct scorer *scorer = score->scorer;

    for (size_t i = 0; i < scorer->q->question_count; i++) {
        const struct question *question = &scorer->q->questions[i];
        const struct scored_question *scored = &scorer->questions[i];
        struct score_line *line = &lines[i];
        struct ratio share, earned;

        *line = (struct score_line){.points = ratio_of(0),
                                    .max = question->max,
                                    .contribution = ratio_of(0),
                                    .lost = ratio_of(0)};
        line->counts = scored->is_scored && answers[i].is_active && answers[i].state != ANSWER_NA;
        if (!line->counts)
            continue;
        earned = ratio_make(scorer_raw(scorer, i, &answers[i]), scored->ceiling);
        share = question_share(score, i, answers);
        line->points = ratio_mul(earned, question->max);
        line->contribution = ratio_mul(earned, share);
        line->lost = ratio_sub(share, line->contribution);
    }
}

/* ---- notes ---- */

struct note_list {
    struct score_note *items;
    size_t count;
};

static void add_note(struct note_list *list, const char *code, const char *vi, const char *en)
{
    if (list->count < SCORE_NOTES_MAX)
        list->items[list->count++] = (struct score_note){code, {{vi, en}}};
}

static void note_incomplete(const struct score *score, struct arena *arena, struct note_list *list)
{
    size_t open = score->total.asked - score->total.answered - score->total.not_applicable;

    if (!open)
        return;
    add_note(list, "incomplete",
             arena_printf(arena, "Còn %zu câu chưa trả lời; mỗi câu đó được tính 0 điểm.", open),
             arena_printf(arena,
                          open == 1 ? "%zu question is not answered and counts 0."
                                    : "%zu questions are not answered and count 0.",
                          open));
}

/* Less was answered than the questionnaire asks for. */
static void note_too_little(const struct score *score, struct arena *arena, struct note_list *list)
{
    const struct score_part *total = &score->total;
    int from = score->scorer->q->rated_from;

    add_note(list, "not-rated",
             arena_printf(arena,
                          "Mới trả lời %zu trên %zu câu; cần ít nhất %d%% số câu mới xếp được mức.",
                          total->answered, total->asked, from),
             arena_printf(arena,
                          "Only %zu of %zu questions are answered; a level needs at least %d%% of "
                          "them.",
                          total->answered, total->asked, from));
}

/* Nothing that counts was asked, for instance of an industry whose list is not known. */
static void note_not_rated(const struct score *score, struct arena *arena, struct note_list *list)
{
    const struct words *own = &score->scorer->q->if_not_rated;

    if (score->total.level != LEVEL_NONE)
        return;
    if (score->total.ceiling) {
        note_too_little(score, arena, list);
        return;
    }
    if (own->in[LANG_VI])
        add_note(list, "not-rated", own->in[LANG_VI], own->in[LANG_EN]);
    else
        add_note(list, "not-rated", "Không có câu nào được chấm điểm, nên chưa xếp mức được.",
                 "No question was rated, so no level can be given.");
}

/* "Level 4 by points, but ..." in the questionnaire's own words where it has some. */
static void note_held_back(const struct score *score, struct arena *arena, struct note_list *list)
{
    const struct questionnaire *q = score->scorer->q;
    const struct level_rule *rule = questionnaire_level(q, score->by_total_only);

    if (score->total.level >= score->by_total_only || !rule)
        return;
    if (rule->if_held_back.in[LANG_VI]) {
        add_note(list, "held-back", rule->if_held_back.in[LANG_VI], rule->if_held_back.in[LANG_EN]);
        return;
    }
    add_note(
        list, "held-back",
        arena_printf(arena,
                     "Tổng điểm đủ cho mức %d, nhưng mức đó đòi ít nhất %zu trụ cột đạt mức %d "
                     "và mới có %zu.",
                     rule->level, rule->at_least, rule->dimension_level,
                     score_dimensions_at(score, rule->dimension_level)),
        arena_printf(arena,
                     "The total is enough for level %d, but that level asks for at least %zu "
                     "dimensions at level %d and there are %zu.",
                     rule->level, rule->at_least, rule->dimension_level,
                     score_dimensions_at(score, rule->dimension_level)));
}

/* A dimension exactly on a strict bound: the one case that readers compute by hand and doubt. */
static void note_at_bound(const struct score *score, struct arena *arena, struct note_list *list)
{
    const struct questionnaire *q = score->scorer->q;

    for (size_t d = 0; d < q->dimension_count; d++) {
        struct ratio percent = score_percent(&score->dimensions[d]);

        for (size_t i = 0; i < q->dimension_level_count; i++) {
            const struct level_rule *rule = &q->dimension_levels[i];

            if (!rule->is_strict || !rule->at_bound.in[LANG_VI] || !ratio_is_valid(percent) ||
                ratio_cmp(percent, rule->bound) != 0)
                continue;
            add_note(list, "at-bound",
                     arena_printf(arena, "%s: %s", q->dimensions[d].name.in[LANG_VI],
                                  rule->at_bound.in[LANG_VI]),
                     arena_printf(arena, "%s: %s", q->dimensions[d].name.in[LANG_EN],
                                  rule->at_bound.in[LANG_EN]));
        }
    }
}

static void note_coverage(const struct score *score, struct arena *arena, struct note_list *list)
{
    const struct questionnaire *q = score->scorer->q;

    for (size_t d = 0; d < q->dimension_count; d++) {
        const struct score_part *part = &score->dimensions[d];

        if (!part->asked || ratio_cmp(score_coverage(part), ratio_of(COVERAGE_LOW)) >= 0)
            continue;
        add_note(list, "low-coverage",
                 arena_printf(arena, "%s: chỉ trả lời %zu trên %zu câu, nên điểm này ít tin cậy.",
                              q->dimensions[d].name.in[LANG_VI], part->answered, part->asked),
                 arena_printf(arena,
                              "%s: only %zu of %zu questions are answered, so this score "
                              "says little.",
                              q->dimensions[d].name.in[LANG_EN], part->answered, part->asked));
    }
}

size_t score_notes(const struct score *score, struct arena *arena,
                   struct score_note notes[SCORE_NOTES_MAX])
{
    struct note_list list = {.items = notes};

    note_incomplete(score, arena, &list);
    note_not_rated(score, arena, &list);
    if (score->scorer->q->estimate.of) {
        add_note(&list, "estimate", score->scorer->q->estimate.note.in[LANG_VI],
                 score->scorer->q->estimate.note.in[LANG_EN]);
        note_coverage(score, arena, &list);
        return list.count;
    }
    note_held_back(score, arena, &list);
    if (score->no_level_holds && score->total.level >= score->by_total_only)
        add_note(&list, "no-level", "Không mức nào đủ điều kiện, nên xếp mức thấp nhất.",
                 "No level's conditions hold, so the lowest level is given.");
    note_at_bound(score, arena, &list);
    note_coverage(score, arena, &list);
    return list.count;
}
