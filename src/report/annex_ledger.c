/* Annex: every answer, so that anybody can add it up again; and what identifies the data. */
#include "document.h"

#include "base/array.h"
#include "base/version.h"

/* At most four decimals; what does not come out even says so. */
static const char *exact_or_nearly(const struct document *d, struct ratio r)
{
    const char *text = phrase_number(d->t, r, 4);
    bool is_exact = !ratio_is_valid(r) || ratio_cmp(ratio_round(r, 4), r) == 0;

    return is_exact ? text : arena_printf(d->arena, "≈ %s", text);
}

static const char *answer_words(const struct document *d, size_t index)
{
    const struct question *question = &d->report->q->questions[index];
    const struct answer *answer = &d->report->source.response->answers[index];

    return answer->is_active ? phrase_answer(d->t, question, answer) : TELL(d, HIDDEN, NULL);
}

/* "2/5" and what it adds to the total, in percent points. */
static const char *line_points(const struct document *d, const struct score_line *line)
{
    return line->counts ? arena_printf(d->arena, "%s/%s", phrase_number(d->t, line->points, 2),
                                       phrase_number(d->t, line->max, 2))
                        : "–";
}

static const char *line_share(const struct document *d, const struct score_line *line)
{
    return line->counts ? exact_or_nearly(d, ratio_mul(line->contribution, ratio_of(100))) : "–";
}

static void fill_cells(const struct document *d, size_t index, struct flow_cell *cells)
{
    const struct question *question = &d->report->q->questions[index];
    const struct score_line *line = &d->report->ledger[index];

    cells[0] =
        bold_cell(d, arena_printf(d->arena, "%s %s: ", question->id, question->label.in[d->lang]),
                  answer_words(d, index));
    cells[1] = plain_cell(line_points(d, line));
    cells[2] = plain_cell(line_share(d, line));
}

/* The questions of a dimension in two columns, down the left one first. */
static void tell_dimension(struct document *d, const struct dimension *dimension)
{
    const size_t first = dimension->first_question, count = dimension->question_count;
    const size_t half = (count + 1) / 2;

    flow_row(d->flow, ROW_GROUP,
             &(struct flow_cell){.text = dimension->name.in[d->lang], .span = 6}, 1);
    for (size_t i = 0; i < half; i++) {
        struct flow_cell cells[6] = {{.text = ""}};
        bool has_right = half + i < count;

        fill_cells(d, first + i, cells);
        if (has_right)
            fill_cells(d, first + half + i, cells + 3);
        flow_row(d->flow, ROW_PLAIN, cells, has_right ? 6 : 3);
    }
}

void annex_ledger(struct document *d)
{
    const struct report *report = d->report;
    const char *const titles[] = {TELL(d, QUESTION, NULL), TELL(d, POINTS, NULL),
                                  TELL(d, CONTRIBUTION_SHORT, NULL)};
    const struct flow_column columns[] = {
        {titles[0], 5, 0, false}, {titles[1], 0.5, 46, true}, {titles[2], 0.5, 44, true},
        {titles[0], 5, 0, false}, {titles[1], 0.5, 46, true}, {titles[2], 0.5, 44, true},
    };

    flow_heading(d->flow, 2, TELL(d, ANSWERS_TITLE, NULL));
    flow_text(d->flow, FLOW_SMALL, TELL(d, ANSWERS_LEAD, NULL));
    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    for (size_t i = 0; i < report->q->dimension_count; i++)
        tell_dimension(d, &report->q->dimensions[i]);
    flow_row(d->flow, ROW_TOTAL,
             (struct flow_cell[]){
                 plain_cell(TELL(d, TOTAL, NULL)),
                 plain_cell(arena_printf(d->arena, "%s/%s", phrase_number(d->t, report->points, 2),
                                         phrase_number(d->t, report->max, 2))),
                 plain_cell(exact_or_nearly(d, report->percent))},
             3);
    flow_table_end(d->flow);
}

static void tell_origin(struct document *d)
{
    const struct report_source *source = &d->report->source;
    const struct flow_pair pairs[] = {
        {TELL(d, METHOD_QUESTIONNAIRE, NULL), d->report->q->ref, NULL},
        {TELL(d, METHOD_HASH, NULL), d->report->q->hash, NULL},
        {TELL(d, METHOD_CATALOGUE, NULL), source->match->applicant->catalogue->hash, NULL},
        {TELL(d, METHOD_PROGRAM, NULL), "dxready " DXREADY_VERSION, NULL},
        {TELL(d, METHOD_DAY, NULL), phrase_day(d->t, source->on), NULL},
    };

    flow_box_begin(d->flow, &(struct flow_box){.tone = TONE_PLAIN,
                                               .title = TELL(d, ORIGIN_TITLE, NULL),
                                               .anchor = d->annex});
    flow_pairs(d->flow, pairs, ARRAY_SIZE(pairs), 1);
    flow_box_end(d->flow);
}

void chapter_annex(struct document *d)
{
    chapter_begin(d, TELL(d, PAGE_ANNEX, NULL), TELL(d, ASKS_ANNEX, NULL),
                  TELL(d, ANNEX_FINDING, NULL));
    annex_ledger(d);
    annex_policies(d);
    tell_origin(d);
}
