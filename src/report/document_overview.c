/* Cover, overview, progress and the dimensions. */
#include "document.h"

/* ---- cover ---- */

static void tell_subject(struct teller *t)
{
    const struct report_source *source = &t->report->source;
    const struct flow_pair pairs[] = {
        {TELL(t, COVER_TAX_CODE, NULL), tell_fact(t, "tax_code"), NULL},
        {TELL(t, COVER_FORM, NULL), tell_fact(t, "form"), NULL},
        {TELL(t, COVER_SIZE, NULL), tell_size(t), NULL},
        {TELL(t, COVER_SECTION, NULL), tell_fact(t, "section"), NULL},
        {TELL(t, COVER_AREA, NULL), tell_fact(t, "area"), NULL},
        {TELL(t, COVER_EMPLOYEES, NULL), tell_fact(t, "employees"), NULL},
        {TELL(t, COVER_ROUND, NULL),
         source->response->round ? source->response->round : TELL(t, NOT_GIVEN, NULL), NULL},
        {TELL(t, COVER_SUBMITTED, NULL), tell_day(t, source->response->submitted_on), NULL},
        {TELL(t, COVER_REPORT_DAY, NULL), tell_day(t, source->on), NULL},
    };

    flow_text(t->flow, FLOW_SMALL, TELL(t, COVER_SUBJECT, NULL));
    flow_runs(t->flow, FLOW_LEAD,
              &(struct run){.text = tell_fact(t, "name"), FACE_BOLD, COLOUR_TITLE, NULL, 0}, 1);
    flow_pairs(t->flow, pairs, COUNT_OF(pairs), 3);
}

void tell_cover(struct teller *t)
{
    const struct report *report = t->report;
    static const double weights[] = {2, 3};

    flow_cover(t->flow, &(struct flow_cover){.kicker = TELL(t, COVER_KICKER, NULL),
                                             .title = TELL(t, TITLE, NULL),
                                             .subtitle = report->q->title.in[t->lang]});
    tell_subject(t);
    flow_columns_begin(t->flow, weights, 2);
    flow_picture(t->flow, tell_gauge(t), 165, tell_gauge_alt(t));
    flow_columns_next(t->flow);
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = TELL(t, COVER_LEVEL, "level",
                                                             tell_level(t, report->level), NULL)});
    flow_text(t->flow, FLOW_BODY, tell_sentence(t));
    if (report->level && report->level->meaning.in[t->lang])
        flow_text(t->flow, FLOW_BODY, report->level->meaning.in[t->lang]);
    flow_box_end(t->flow);
    flow_columns_end(t->flow);
    flow_picture(t->flow, tell_levels(t), 0, tell_levels_alt(t));
    flow_text(t->flow, FLOW_NOTE, TELL(t, COVER_SELF, NULL));
}

/* ---- overview ---- */

/* "Khách hàng (41,5 %) và Vận hành (46,2 %)" */
static const char *list_dimensions(const struct teller *t, const size_t *order, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(t->arena, "%s%s%s (%s)", text,
                            !i              ? ""
                            : i + 1 < count ? ", "
                                            : TELL(t, AND, NULL),
                            t->report->q->dimensions[order[i]].name.in[t->lang],
                            tell_percent(t, t->report->dimensions[order[i]].percent, 1));
    return text;
}

static void tell_extremes(struct teller *t)
{
    const struct report *report = t->report;

    if (!report->strongest_count)
        return;
    flow_item(t->flow, NULL,
              TELL(t, OVERVIEW_STRONG, "dimensions",
                   list_dimensions(t, report->strongest, report->strongest_count), NULL));
    flow_item(t->flow, NULL,
              TELL(t, OVERVIEW_WEAK, "dimensions",
                   list_dimensions(t, report->weakest, report->weakest_count), NULL));
}

/* The questions that earn all or nothing, as what is done well and what is not done at all. */
static const char *list_answers(const struct teller *t, bool is_full)
{
    const struct report *report = t->report;
    const char *text = "";
    size_t found = 0;

    for (size_t i = 0; i < report->q->question_count && found < 6; i++) {
        const struct score_line *line = &report->ledger[i];

        if (!line->counts || !line->max.num ||
            ratio_cmp(line->points, is_full ? line->max : ratio_of(0)) != 0)
            continue;
        text = arena_printf(t->arena, "%s%s%s", text, found++ ? "; " : "",
                            report->q->questions[i].label.in[t->lang]);
    }
    return text;
}

static void tell_points(struct teller *t)
{
    const char *full = list_answers(t, true), *none = list_answers(t, false);

    if (*full)
        flow_item(t->flow, NULL, TELL(t, OVERVIEW_FULL, "questions", full, NULL));
    if (*none)
        flow_item(t->flow, NULL, TELL(t, OVERVIEW_NONE, "questions", none, NULL));
}

void tell_notes(struct teller *t)
{
    const struct report_source *source = &t->report->source;

    if (!source->note_count)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_WARN,
                                               .title = TELL(t, NOTES_TITLE, NULL),
                                               .sign = SIGN_INFO});
    for (size_t i = 0; i < source->note_count; i++)
        flow_item(t->flow, NULL, source->notes[i].text.in[t->lang]);
    flow_box_end(t->flow);
}

void tell_overview(struct teller *t)
{
    const struct report *report = t->report;
    static const double weights[] = {1, 1};

    flow_page_break(t->flow);
    flow_heading(t->flow, 1, TELL(t, OVERVIEW_TITLE, NULL));
    flow_text(t->flow, FLOW_LEAD, tell_sentence(t));
    flow_columns_begin(t->flow, weights, 2);
    flow_picture(t->flow, tell_radar(t), 0, tell_radar_alt(t));
    flow_columns_next(t->flow);
    tell_extremes(t);
    tell_points(t);
    flow_columns_end(t->flow);
    flow_heading(t->flow, 2, TELL(t, OVERVIEW_BARS, NULL));
    flow_picture(t->flow, tell_bars(t), 0, tell_bars_alt(t));
    flow_text(t->flow, FLOW_SMALL,
              TELL(t, OVERVIEW_COVERAGE, "answered",
                   tell_count(t, report->source.score->total.answered), "asked",
                   tell_count(t, report->source.score->total.asked), "coverage",
                   tell_percent(t, score_coverage(&report->source.score->total), 1), NULL));
}

/* ---- progress ---- */

static void tell_change_row(struct teller *t, const char *name, const struct compared_part *part,
                            bool has_levels, enum flow_row kind)
{
    const struct flow_cell cells[] = {
        plain_cell(name),
        plain_cell(tell_percent(t, part->percent_before, 1)),
        plain_cell(tell_percent(t, part->percent_after, 1)),
        plain_cell(tell_change(t, part->change)),
        plain_cell(has_levels
                       ? arena_printf(t->arena, "%d → %d", part->level_before, part->level_after)
                       : "–"),
    };

    flow_row(t->flow, kind, cells, COUNT_OF(cells));
}

static void tell_changed_parts(struct teller *t, const struct comparison *change)
{
    const struct flow_column columns[] = {
        {TELL(t, DIMENSION, NULL), 4, 0, false},      {TELL(t, PROGRESS_BEFORE, NULL), 1, 60, true},
        {TELL(t, PROGRESS_AFTER, NULL), 1, 60, true}, {TELL(t, PROGRESS_CHANGE, NULL), 1, 70, true},
        {TELL(t, LEVEL, NULL), 1, 60, true},
    };

    flow_table_begin(t->flow, &(struct flow_table){.columns = columns, .count = COUNT_OF(columns)});
    for (size_t i = 0; i < change->dimension_count; i++) {
        const struct compared_part *part = &change->dimensions[i];
        const struct dimension *dimension = part->after ? part->after : part->before;

        tell_change_row(t, dimension->name.in[t->lang], part,
                        t->report->q->dimension_level_count > 0, ROW_PLAIN);
    }
    tell_change_row(t, TELL(t, TOTAL, NULL), &change->total, true, ROW_TOTAL);
    flow_table_end(t->flow);
}

#define CHANGED_ANSWERS_MAX 20

static void tell_changed_answers(struct teller *t, const struct comparison *change)
{
    const struct flow_column columns[] = {
        {TELL(t, QUESTION, NULL), 3, 0, false},
        {TELL(t, PROGRESS_BEFORE, NULL), 3, 0, false},
        {TELL(t, PROGRESS_AFTER, NULL), 3, 0, false},
        {TELL(t, PROGRESS_CHANGE, NULL), 1, 60, true},
    };

    if (!change->answer_count)
        return;
    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, PROGRESS_ANSWERS, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < change->answer_count && i < CHANGED_ANSWERS_MAX; i++) {
        const struct compared_answer *answer = &change->answers[i];
        const struct question *question = answer->after ? answer->after : answer->before;
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
            plain_cell(answer->before ? tell_answer(t, answer->before, answer->answer_before)
                                      : "–"),
            plain_cell(answer->after ? tell_answer(t, answer->after, answer->answer_after) : "–"),
            plain_cell(tell_change(t, answer->change)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, COUNT_OF(cells));
    }
    flow_table_end(t->flow);
}

void tell_progress(struct teller *t)
{
    const struct report_source *source = &t->report->source;
    const struct comparison *change = source->change;

    if (!change)
        return;
    flow_heading(t->flow, 1, TELL(t, PROGRESS_TITLE, NULL));
    flow_text(t->flow, FLOW_LEAD,
              TELL(t, PROGRESS_LEAD, "before", tell_percent(t, change->total.percent_before, 1),
                   "after", tell_percent(t, change->total.percent_after, 1), "change",
                   tell_change(t, change->total.change), "round",
                   source->before_round ? source->before_round : "–", "day",
                   tell_day(t, source->before_on), NULL));
    tell_changed_parts(t, change);
    tell_changed_answers(t, change);
}

/* ---- dimensions ---- */

static void tell_costly(struct teller *t, const struct report_dimension *dimension)
{
    const struct flow_column columns[] = {
        {TELL(t, QUESTION, NULL), 4, 0, false},
        {TELL(t, ANSWER_NOW, NULL), 4, 0, false},
        {TELL(t, POINTS, NULL), 1, 48, true},
        {TELL(t, COSTS, NULL), 1, 62, true},
    };

    if (!dimension->costly_count) {
        flow_text(t->flow, FLOW_BODY, TELL(t, NOTHING_COSTS, NULL));
        return;
    }
    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, COSTLY_TITLE, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < dimension->costly_count; i++) {
        const struct report_answer *costly = &dimension->costly[i];
        const struct question *question = &t->report->q->questions[costly->question];
        const struct answer *answer = &t->report->source.response->answers[costly->question];
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
            plain_cell(tell_answer(t, question, answer)),
            plain_cell(arena_printf(t->arena, "%s/%s", tell_number(t, costly->line.points, 2),
                                    tell_number(t, costly->line.max, 2))),
            plain_cell(tell_number(t, ratio_mul(costly->line.lost, ratio_of(100)), 2)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, COUNT_OF(cells));
    }
    flow_table_end(t->flow);
}

static void tell_dimension(struct teller *t, const struct report_dimension *dimension)
{
    const struct report *report = t->report;
    const struct dimension *d = &report->q->dimensions[dimension->index];
    const struct score_part *part = &report->source.score->dimensions[dimension->index];
    struct words meaning = dimension_meaning(d, dimension->level);
    static const double whole[] = {1};
    const struct flow_pair pairs[] = {
        {TELL(t, POINTS, NULL),
         arena_printf(t->arena, "%s/%s",
                      tell_number(t, score_points(report->source.score, part), 2),
                      tell_number(t, score_max(report->source.score, part), 2)),
         NULL},
        {TELL(t, PERCENT_REACHED, NULL), tell_percent(t, dimension->percent, 2), NULL},
        {TELL(t, LEVEL, NULL), tell_dimension_level(t, dimension), NULL},
        {TELL(t, COVERAGE, NULL), tell_percent(t, score_coverage(part), 1), NULL},
    };

    flow_heading(t->flow, 2,
                 arena_printf(t->arena, "%zu. %s", dimension->index + 1, d->name.in[t->lang]));
    flow_columns_begin(t->flow, whole, 1); /* what stands here is not parted by a page break */
    if (d->meaning.in[t->lang])
        flow_text(t->flow, FLOW_BODY, d->meaning.in[t->lang]);
    flow_pairs(t->flow, pairs, COUNT_OF(pairs), 4);
    if (meaning.in[t->lang] && ratio_is_valid(dimension->percent)) {
        flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                                   .title = TELL(t, DIMENSION_MEANS, NULL)});
        flow_text(t->flow, FLOW_BODY, meaning.in[t->lang]);
        flow_box_end(t->flow);
    }
    flow_columns_end(t->flow);
    tell_costly(t, dimension);
}

void tell_dimensions(struct teller *t)
{
    flow_heading(t->flow, 1, TELL(t, DIMENSIONS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, TELL(t, DIMENSIONS_LEAD, NULL));
    for (size_t i = 0; i < t->report->q->dimension_count; i++)
        tell_dimension(t, &t->report->dimensions[i]);
}
