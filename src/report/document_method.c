/* How the score was computed, and every answer: anybody can add it up again. */
#include "document.h"

#include "base/version.h"

/* ---- the ledger by dimension ---- */

/* What a dimension adds to the total, in percent points: the sum over its questions. */
static struct ratio dimension_contribution(const struct teller *t, size_t index)
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
static const char *exact_or_nearly(const struct teller *t, struct ratio r)
{
    const char *text = tell_number(t, r, 4);
    bool is_exact = !ratio_is_valid(r) || ratio_cmp(ratio_round(r, 4), r) == 0;

    return is_exact ? text : arena_printf(t->arena, "≈ %s", text);
}

static void tell_sums(struct teller *t)
{
    const struct report *report = t->report;
    const struct score *score = report->source.score;
    const struct flow_column columns[] = {
        {TELL(t, DIMENSION, NULL), 4, 0, false},      {TELL(t, POINTS, NULL), 1, 52, true},
        {TELL(t, MAXIMUM, NULL), 1, 52, true},        {TELL(t, PERCENT_SHORT, NULL), 1, 52, true},
        {TELL(t, LEVEL, NULL), 1, 40, true},          {TELL(t, COVERAGE_SHORT, NULL), 1, 56, true},
        {TELL(t, CONTRIBUTION, NULL), 1.4, 72, true},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, METHOD_SUMS, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < report->q->dimension_count; i++) {
        const struct score_part *part = &score->dimensions[i];
        const struct flow_cell cells[] = {
            plain_cell(report->q->dimensions[i].name.in[t->lang]),
            plain_cell(tell_number(t, score_points(score, part), 2)),
            plain_cell(tell_number(t, score_max(score, part), 2)),
            plain_cell(tell_number(t, score_percent(part), 2)),
            plain_cell(tell_dimension_level(t, &report->dimensions[i])),
            plain_cell(tell_number(t, score_coverage(part), 1)),
            plain_cell(exact_or_nearly(t, dimension_contribution(t, i))),
        };

        flow_row(t->flow, ROW_PLAIN, cells, COUNT_OF(cells));
    }
    flow_row(
        t->flow, ROW_TOTAL,
        (struct flow_cell[]){
            plain_cell(TELL(t, TOTAL, NULL)),
            plain_cell(tell_number(t, report->points, 2)),
            plain_cell(tell_number(t, report->max, 2)),
            plain_cell(tell_number(t, report->percent, 2)),
            plain_cell(report->level ? arena_printf(t->arena, "%d", report->level->level) : "–"),
            plain_cell(tell_number(t, score_coverage(&score->total), 1)),
            plain_cell(exact_or_nearly(t, report->percent)),
        },
        COUNT_OF(columns));
    flow_table_end(t->flow);
}

/* ---- the level rule ---- */

static const char *rule_text(const struct teller *t, const struct level_rule *rule)
{
    const char *bound = "", *dimensions = "";

    if (rule->kind != BOUND_NONE)
        bound = arena_printf(t->arena, "%s %s",
                             rule->is_strict ? TELL(t, MORE_THAN, NULL) : TELL(t, AT_LEAST, NULL),
                             rule->kind == BOUND_POINTS ? TELL(t, POINTS_OF, "points",
                                                               tell_number(t, rule->bound, 2), NULL)
                                                        : tell_percent(t, rule->bound, 2));
    if (rule->at_least)
        dimensions = TELL(t, RULE_DIMENSIONS, "count", tell_count(t, rule->at_least), "level",
                          arena_printf(t->arena, "%d", rule->dimension_level), NULL);
    if (!*bound && !*dimensions)
        return TELL(t, RULE_ELSE, NULL);
    return arena_printf(t->arena, "%s%s%s", bound, *bound && *dimensions ? "; " : "", dimensions);
}

static void tell_level_rules(struct teller *t)
{
    const struct questionnaire *q = t->report->q;
    const struct flow_column columns[] = {
        {TELL(t, LEVEL, NULL), 2, 0, false},
        {TELL(t, METHOD_RULE, NULL), 5, 0, false},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, METHOD_LEVELS, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < q->level_count; i++)
        flow_row(t->flow, ROW_PLAIN,
                 (struct flow_cell[]){plain_cell(tell_level(t, &q->levels[i])),
                                      plain_cell(rule_text(t, &q->levels[i]))},
                 2);
    flow_table_end(t->flow);
}

static const char *dimension_rules(const struct teller *t)
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

/* ---- where it all comes from ---- */

static const char *basis_text(const struct teller *t)
{
    const struct questionnaire *q = t->report->q;
    const char *text = "";

    for (size_t i = 0; i < q->basis_count; i++) {
        const struct basis *basis = &q->basis[i];

        text = arena_printf(t->arena, "%s%s%s%s%s%s", text, i ? "; " : "", basis->document,
                            basis->date == DAY_NONE ? "" : " (",
                            basis->date == DAY_NONE ? "" : tell_day(t, basis->date),
                            basis->date == DAY_NONE ? "" : ")");
    }
    return *text ? text : "–";
}

static void tell_origin(struct teller *t)
{
    const struct report_source *source = &t->report->source;
    const struct flow_pair pairs[] = {
        {TELL(t, METHOD_QUESTIONNAIRE, NULL), t->report->q->ref, NULL},
        {TELL(t, METHOD_PROGRAM, NULL), "dxready " DXREADY_VERSION, NULL},
        {TELL(t, METHOD_DAY, NULL), tell_day(t, source->on), NULL},
        {TELL(t, METHOD_BASIS, NULL), basis_text(t), NULL},
    };

    flow_pairs(t->flow, pairs, COUNT_OF(pairs), 4);
    flow_text(t->flow, FLOW_SMALL, TELL(t, METHOD_HASH, "hash", t->report->q->hash, NULL));
    flow_text(t->flow, FLOW_SMALL,
              TELL(t, METHOD_CATALOGUE, "hash", source->match->applicant->catalogue->hash, NULL));
}

void tell_method(struct teller *t)
{
    const struct questionnaire *q = t->report->q;
    const char *bands = dimension_rules(t);

    flow_page_break(t->flow);
    flow_heading(t->flow, 1, TELL(t, METHOD_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY,
              q->total == AGGREGATE_POOLED ? TELL(t, METHOD_POOLED, NULL)
                                           : TELL(t, METHOD_MEAN, NULL));
    tell_sums(t);
    tell_level_rules(t);
    if (*bands)
        flow_text(t->flow, FLOW_BODY, TELL(t, METHOD_BANDS, "bands", bands, NULL));
    flow_text(t->flow, FLOW_BODY, TELL(t, METHOD_UNKNOWN, NULL));
    tell_origin(t);
}

/* ---- every answer ---- */

static void answer_row(struct teller *t, size_t index)
{
    const struct question *question = &t->report->q->questions[index];
    const struct answer *answer = &t->report->source.response->answers[index];
    const struct score_line *line = &t->report->ledger[index];
    const struct flow_cell cells[] = {
        plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
        plain_cell(answer->is_active ? tell_answer(t, question, answer) : TELL(t, HIDDEN, NULL)),
        plain_cell(line->counts ? arena_printf(t->arena, "%s/%s", tell_number(t, line->points, 2),
                                               tell_number(t, line->max, 2))
                                : "–"),
        plain_cell(line->counts ? exact_or_nearly(t, ratio_mul(line->contribution, ratio_of(100)))
                                : "–"),
    };

    flow_row(t->flow, ROW_PLAIN, cells, COUNT_OF(cells));
}

void tell_answers(struct teller *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {TELL(t, QUESTION, NULL), 4, 0, false},
        {TELL(t, ANSWER, NULL), 5, 0, false},
        {TELL(t, POINTS, NULL), 0.8, 52, true},
        {TELL(t, CONTRIBUTION, NULL), 1, 74, true},
    };

    flow_heading(t->flow, 1, TELL(t, ANSWERS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, TELL(t, ANSWERS_LEAD, NULL));
    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, ANSWERS_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t d = 0; d < report->q->dimension_count; d++) {
        const struct dimension *dimension = &report->q->dimensions[d];

        flow_row(t->flow, ROW_GROUP,
                 &(struct flow_cell){.text = dimension->name.in[t->lang], .span = 4}, 1);
        for (size_t i = 0; i < dimension->question_count; i++)
            answer_row(t, dimension->first_question + i);
    }
    flow_row(t->flow, ROW_TOTAL,
             (struct flow_cell[]){
                 {.text = TELL(t, TOTAL, NULL), .span = 2},
                 plain_cell(arena_printf(t->arena, "%s/%s", tell_number(t, report->points, 2),
                                         tell_number(t, report->max, 2))),
                 plain_cell(exact_or_nearly(t, report->percent))},
             3);
    flow_table_end(t->flow);
}
