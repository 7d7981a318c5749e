/* How the score was computed, and every answer: anybody can add it up again. */
#include "document.h"

#include "base/array.h"
#include "base/version.h"

/* ---- the ledger by dimension ---- */

/* What a dimension adds to the total, in percent points: the sum over its questions. */
static struct ratio dimension_contribution(const struct phraser *t, size_t index)
{
    const struct dimension *dimension = &t->report->q->dimensions[index];
    struct ratio sum = ratio_of(0);

    for (size_t i = 0; i < dimension->question_count; i++) {
        const struct score_line *line = &t->report->ledger[dimension->first_question + i];

        if (line->counts)
            sum = ratio_add(sum, line->contribution);
    }
    return ratio_mul(sum, ratio_of(100));
}

/* At most four decimals; what does not come out even says so. */
static const char *exact_or_nearly(const struct phraser *t, struct ratio r)
{
    const char *text = phrase_number(t, r, 4);
    bool is_exact = !ratio_is_valid(r) || ratio_cmp(ratio_round(r, 4), r) == 0;

    return is_exact ? text : arena_printf(t->arena, "≈ %s", text);
}

static void phrase_sums(struct phraser *t)
{
    const struct report *report = t->report;
    const struct score *score = report->source.score;
    const struct flow_column columns[] = {
        {PHRASE(t, DIMENSION, NULL), 4, 0, false},
        {PHRASE(t, POINTS, NULL), 1, 52, true},
        {PHRASE(t, MAXIMUM, NULL), 1, 52, true},
        {PHRASE(t, PERCENT_SHORT, NULL), 1, 52, true},
        {PHRASE(t, LEVEL, NULL), 1, 40, true},
        {PHRASE(t, COVERAGE_SHORT, NULL), 1, 56, true},
        {PHRASE(t, CONTRIBUTION, NULL), 1.4, 72, true},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, METHOD_SUMS, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->q->dimension_count; i++) {
        const struct score_part *part = &score->dimensions[i];
        const struct flow_cell cells[] = {
            plain_cell(report->q->dimensions[i].name.in[t->lang]),
            plain_cell(phrase_number(t, score_points(score, part), 2)),
            plain_cell(phrase_number(t, score_max(score, part), 2)),
            plain_cell(phrase_number(t, score_percent(part), 2)),
            plain_cell(phrase_dimension_level(t, &report->dimensions[i])),
            plain_cell(phrase_number(t, score_coverage(part), 1)),
            plain_cell(exact_or_nearly(t, dimension_contribution(t, i))),
        };

        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_row(
        t->flow, ROW_TOTAL,
        (struct flow_cell[]){
            plain_cell(PHRASE(t, TOTAL, NULL)),
            plain_cell(phrase_number(t, report->points, 2)),
            plain_cell(phrase_number(t, report->max, 2)),
            plain_cell(phrase_number(t, report->percent, 2)),
            plain_cell(report->level ? arena_printf(t->arena, "%d", report->level->level) : "–"),
            plain_cell(phrase_number(t, score_coverage(&score->total), 1)),
            plain_cell(exact_or_nearly(t, report->percent)),
        },
        ARRAY_SIZE(columns));
    flow_table_end(t->flow);
}

/* ---- the level rule ---- */

static const char *rule_text(const struct phraser *t, const struct level_rule *rule)
{
    const char *bound = "", *dimensions = "";

    if (rule->kind != BOUND_NONE)
        bound =
            arena_printf(t->arena, "%s %s",
                         rule->is_strict ? PHRASE(t, MORE_THAN, NULL) : PHRASE(t, AT_LEAST, NULL),
                         rule->kind == BOUND_POINTS ? PHRASE(t, POINTS_OF, "points",
                                                             phrase_number(t, rule->bound, 2), NULL)
                                                    : phrase_percent(t, rule->bound, 2));
    if (rule->at_least)
        dimensions = PHRASE(t, RULE_DIMENSIONS, "count", phrase_count(t, rule->at_least), "level",
                          arena_printf(t->arena, "%d", rule->dimension_level), NULL);
    if (!*bound && !*dimensions)
        return PHRASE(t, RULE_ELSE, NULL);
    return arena_printf(t->arena, "%s%s%s", bound, *bound && *dimensions ? "; " : "", dimensions);
}

static void phrase_level_rules(struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    const struct flow_column columns[] = {
        {PHRASE(t, LEVEL, NULL), 2, 0, false},
        {PHRASE(t, METHOD_RULE, NULL), 5, 0, false},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, METHOD_LEVELS, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < q->level_count; i++)
        flow_row(t->flow, ROW_PLAIN,
                 (struct flow_cell[]){plain_cell(phrase_level(t, &q->levels[i])),
                                      plain_cell(rule_text(t, &q->levels[i]))},
                 2);
    flow_table_end(t->flow);
}

static const char *dimension_rules(const struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    const char *text = "";

    for (size_t i = 0; i < q->dimension_level_count; i++) {
        const struct level_rule *rule = &q->dimension_levels[i];

        if (rule->kind == BOUND_NONE)
            continue;
        text = arena_printf(t->arena, "%s%s%d: %s", text, *text ? "; " : "", rule->level,
                            rule_text(t, rule));
    }
    return text;
}

/* How a score exactly at a bound was read. */
static void phrase_method_notes(struct phraser *t)
{
    const struct report_source *source = &t->report->source;

    for (size_t i = 0; i < source->note_count; i++) {
        if (phrase_is_of_method(&source->notes[i]))
            flow_item(t->flow, NULL, source->notes[i].text.in[t->lang]);
    }
}

/* ---- where it all comes from ---- */

static const char *basis_text(const struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    const char *text = "";

    for (size_t i = 0; i < q->basis_count; i++) {
        const struct basis *basis = &q->basis[i];

        text = arena_printf(t->arena, "%s%s%s%s%s%s", text, i ? "; " : "", basis->document,
                            basis->date == DAY_NONE ? "" : " (",
                            basis->date == DAY_NONE ? "" : phrase_day(t, basis->date),
                            basis->date == DAY_NONE ? "" : ")");
    }
    return *text ? text : "–";
}

static void phrase_origin(struct phraser *t)
{
    const struct report_source *source = &t->report->source;
    const struct flow_pair pairs[] = {
        {PHRASE(t, METHOD_QUESTIONNAIRE, NULL), t->report->q->ref, NULL},
        {PHRASE(t, METHOD_PROGRAM, NULL), "dxready " DXREADY_VERSION, NULL},
        {PHRASE(t, METHOD_DAY, NULL), phrase_day(t, source->on), NULL},
        {PHRASE(t, METHOD_BASIS, NULL), basis_text(t), NULL},
    };

    flow_pairs(t->flow, pairs, ARRAY_SIZE(pairs), 4);
    flow_text(t->flow, FLOW_SMALL, PHRASE(t, METHOD_HASH, "hash", t->report->q->hash, NULL));
    flow_text(t->flow, FLOW_SMALL,
              PHRASE(t, METHOD_CATALOGUE, "hash", source->match->applicant->catalogue->hash, NULL));
}

void phrase_method(struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    const char *bands = dimension_rules(t);

    flow_page_break(t->flow);
    flow_heading(t->flow, 1, PHRASE(t, METHOD_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY,
              q->total == AGGREGATE_POOLED ? PHRASE(t, METHOD_POOLED, NULL)
                                           : PHRASE(t, METHOD_MEAN, NULL));
    phrase_sums(t);
    phrase_level_rules(t);
    if (*bands)
        flow_text(t->flow, FLOW_BODY, PHRASE(t, METHOD_BANDS, "bands", bands, NULL));
    phrase_method_notes(t);
    flow_text(t->flow, FLOW_BODY, PHRASE(t, METHOD_UNKNOWN, NULL));
    phrase_origin(t);
}

/* ---- every answer ---- */

static void answer_row(struct phraser *t, size_t index)
{
    const struct question *question = &t->report->q->questions[index];
    const struct answer *answer = &t->report->source.response->answers[index];
    const struct score_line *line = &t->report->ledger[index];
    const struct flow_cell cells[] = {
        plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
        plain_cell(answer->is_active ? phrase_answer(t, question, answer)
                                     : PHRASE(t, HIDDEN, NULL)),
        plain_cell(line->counts ? arena_printf(t->arena, "%s/%s", phrase_number(t, line->points, 2),
                                               phrase_number(t, line->max, 2))
                                : "–"),
        plain_cell(line->counts ? exact_or_nearly(t, ratio_mul(line->contribution, ratio_of(100)))
                                : "–"),
    };

    flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

void phrase_answers(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, QUESTION, NULL), 4, 0, false},
        {PHRASE(t, ANSWER, NULL), 5, 0, false},
        {PHRASE(t, POINTS, NULL), 0.8, 52, true},
        {PHRASE(t, CONTRIBUTION, NULL), 1, 74, true},
    };

    flow_heading(t->flow, 1, PHRASE(t, ANSWERS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, PHRASE(t, ANSWERS_LEAD, NULL));
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, ANSWERS_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t d = 0; d < report->q->dimension_count; d++) {
        const struct dimension *dimension = &report->q->dimensions[d];

        flow_row(t->flow, ROW_GROUP,
                 &(struct flow_cell){.text = dimension->name.in[t->lang], .span = 4}, 1);
        for (size_t i = 0; i < dimension->question_count; i++)
            answer_row(t, dimension->first_question + i);
    }
    flow_row(t->flow, ROW_TOTAL,
             (struct flow_cell[]){
                 {.text = PHRASE(t, TOTAL, NULL), .span = 2},
                 plain_cell(arena_printf(t->arena, "%s/%s", phrase_number(t, report->points, 2),
                                         phrase_number(t, report->max, 2))),
                 plain_cell(exact_or_nearly(t, report->percent))},
             3);
    flow_table_end(t->flow);
}
