/* Cover, overview, progress and the dimensions. */
#include "document.h"

#include <string.h>

#include "base/array.h"

/* ---- cover ---- */

static void phrase_subject(struct phraser *t)
{
    const struct report_source *source = &t->report->source;
    const struct flow_pair pairs[] = {
        {PHRASE(t, COVER_TAX_CODE, NULL), phrase_fact(t, "tax_code"), NULL},
        {PHRASE(t, COVER_FORM, NULL), phrase_fact(t, "form"), NULL},
        {PHRASE(t, COVER_SIZE, NULL), phrase_size(t), NULL},
        {PHRASE(t, COVER_SECTION, NULL), phrase_fact(t, "section"), NULL},
        {PHRASE(t, COVER_AREA, NULL), phrase_fact(t, "area"), NULL},
        {PHRASE(t, COVER_EMPLOYEES, NULL), phrase_fact(t, "employees"), NULL},
        {PHRASE(t, COVER_ROUND, NULL),
         source->response->round ? source->response->round : PHRASE(t, NOT_GIVEN, NULL), NULL},
        {PHRASE(t, COVER_SUBMITTED, NULL), phrase_day(t, source->response->submitted_on), NULL},
        {PHRASE(t, COVER_REPORT_DAY, NULL), phrase_day(t, source->on), NULL},
    };

    flow_text(t->flow, FLOW_SMALL, PHRASE(t, COVER_SUBJECT, NULL));
    flow_runs(t->flow, FLOW_LEAD,
              &(struct run){.text = phrase_fact(t, "name"), FACE_BOLD, COLOUR_TITLE, NULL, 0}, 1);
    flow_pairs(t->flow, pairs, ARRAY_SIZE(pairs), 3);
}

void phrase_cover(struct phraser *t)
{
    const struct report *report = t->report;
    static const double weights[] = {2, 3};

    flow_cover(t->flow, &(struct flow_cover){.kicker = PHRASE(t, COVER_KICKER, NULL),
                                             .title = PHRASE(t, TITLE, NULL),
                                             .subtitle = report->q->title.in[t->lang]});
    phrase_subject(t);
    flow_columns_begin(t->flow, weights, 2);
    flow_picture(t->flow, phrase_gauge(t), 165, phrase_gauge_alt(t));
    flow_columns_next(t->flow);
    flow_box_begin(t->flow,
                   &(struct flow_box){.tone = TONE_INFO,
                                      .title = PHRASE(t, COVER_LEVEL, "level",
                                                      phrase_level(t, report->level), NULL)});
    flow_text(t->flow, FLOW_BODY, phrase_sentence(t));
    if (report->level && report->level->meaning.in[t->lang])
        flow_text(t->flow, FLOW_BODY, report->level->meaning.in[t->lang]);
    flow_box_end(t->flow);
    flow_columns_end(t->flow);
    flow_picture(t->flow, phrase_levels(t), 0, phrase_levels_alt(t));
    flow_text(t->flow, FLOW_NOTE, PHRASE(t, COVER_SELF, NULL));
}

/* ---- overview ---- */

/* "Khách hàng (41,5 %) và Vận hành (46,2 %)" */
static const char *list_dimensions(const struct phraser *t, const size_t *order, size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(t->arena, "%s%s%s (%s)", text,
                            !i              ? ""
                            : i + 1 < count ? ", "
                                            : PHRASE(t, AND, NULL),
                            t->report->q->dimensions[order[i]].name.in[t->lang],
                            phrase_percent(t, t->report->dimensions[order[i]].percent, 1));
    return text;
}

static void phrase_extremes(struct phraser *t)
{
    const struct report *report = t->report;

    if (!report->strongest_count)
        return;
    flow_item(t->flow, NULL,
              PHRASE(t, OVERVIEW_STRONG, "dimensions",
                   list_dimensions(t, report->strongest, report->strongest_count), NULL));
    flow_item(t->flow, NULL,
              PHRASE(t, OVERVIEW_WEAK, "dimensions",
                   list_dimensions(t, report->weakest, report->weakest_count), NULL));
}

/* The questions that earn all or nothing, as what is done well and what is not done at all. */
static const char *list_answers(const struct phraser *t, bool is_full)
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

static void phrase_points(struct phraser *t)
{
    const char *full = list_answers(t, true), *none = list_answers(t, false);

    if (*full)
        flow_item(t->flow, NULL, PHRASE(t, OVERVIEW_FULL, "questions", full, NULL));
    if (*none)
        flow_item(t->flow, NULL, PHRASE(t, OVERVIEW_NONE, "questions", none, NULL));
}

bool phrase_is_of_method(const struct score_note *note)
{
    return strcmp(note->code, "at-bound") == 0;
}

size_t phrase_count_notes(const struct phraser *t, bool is_of_method)
{
    const struct report_source *source = &t->report->source;
    size_t count = 0;

    for (size_t i = 0; i < source->note_count; i++)
        count += phrase_is_of_method(&source->notes[i]) == is_of_method;
    return count;
}

void phrase_notes(struct phraser *t)
{
    const struct report_source *source = &t->report->source;

    if (!phrase_count_notes(t, false))
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_WARN,
                                               .title = PHRASE(t, NOTES_TITLE, NULL),
                                               .sign = SIGN_INFO});
    for (size_t i = 0; i < source->note_count; i++) {
        if (!phrase_is_of_method(&source->notes[i]))
            flow_item(t->flow, NULL, source->notes[i].text.in[t->lang]);
    }
    flow_box_end(t->flow);
}

void phrase_incomplete(struct phraser *t)
{
    static const char *const codes[] = {"incomplete", "not-rated"};
    const struct report_source *source = &t->report->source;

    for (size_t i = 0; i < source->note_count; i++) {
        for (size_t c = 0; c < ARRAY_SIZE(codes); c++) {
            if (strcmp(source->notes[i].code, codes[c]) == 0)
                flow_text(t->flow, FLOW_STRONG, source->notes[i].text.in[t->lang]);
        }
    }
}

void phrase_overview(struct phraser *t)
{
    const struct report *report = t->report;
    static const double weights[] = {1, 1};

    flow_page_break(t->flow);
    flow_heading(t->flow, 1, PHRASE(t, OVERVIEW_TITLE, NULL));
    flow_text(t->flow, FLOW_LEAD, phrase_sentence(t));
    flow_columns_begin(t->flow, weights, 2);
    flow_picture(t->flow, phrase_radar(t), 0, phrase_radar_alt(t));
    flow_columns_next(t->flow);
    phrase_extremes(t);
    phrase_points(t);
    flow_columns_end(t->flow);
    flow_heading(t->flow, 2, PHRASE(t, OVERVIEW_BARS, NULL));
    flow_picture(t->flow, phrase_bars(t), 0, phrase_bars_alt(t));
    flow_text(t->flow, FLOW_SMALL,
              PHRASE(t, OVERVIEW_COVERAGE, "answered",
                   phrase_count(t, report->source.score->total.answered), "asked",
                   phrase_count(t, report->source.score->total.asked), "coverage",
                   phrase_percent(t, score_coverage(&report->source.score->total), 1), NULL));
}

/* ---- progress ---- */

static void phrase_change_row(struct phraser *t, const char *name, const struct compared_part *part,
                            bool has_levels, enum flow_row kind)
{
    const struct flow_cell cells[] = {
        plain_cell(name),
        plain_cell(phrase_percent(t, part->percent_before, 1)),
        plain_cell(phrase_percent(t, part->percent_after, 1)),
        plain_cell(phrase_change(t, part->change)),
        plain_cell(has_levels
                       ? arena_printf(t->arena, "%d → %d", part->level_before, part->level_after)
                       : "–"),
    };

    flow_row(t->flow, kind, cells, ARRAY_SIZE(cells));
}

static void phrase_changed_parts(struct phraser *t, const struct comparison *change)
{
    const struct flow_column columns[] = {
        {PHRASE(t, DIMENSION, NULL), 4, 0, false},
        {PHRASE(t, PROGRESS_BEFORE, NULL), 1, 60, true},
        {PHRASE(t, PROGRESS_AFTER, NULL), 1, 60, true},
        {PHRASE(t, PROGRESS_CHANGE, NULL), 1, 70, true},
        {PHRASE(t, LEVEL, NULL), 1, 60, true},
    };

    flow_table_begin(t->flow,
                     &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < change->dimension_count; i++) {
        const struct compared_part *part = &change->dimensions[i];
        const struct dimension *dimension = part->after ? part->after : part->before;

        phrase_change_row(t, dimension->name.in[t->lang], part,
                        t->report->q->dimension_level_count > 0, ROW_PLAIN);
    }
    phrase_change_row(t, PHRASE(t, TOTAL, NULL), &change->total, true, ROW_TOTAL);
    flow_table_end(t->flow);
}

static void phrase_changed_answers(struct phraser *t, const struct comparison *change)
{
    const struct flow_column columns[] = {
        {PHRASE(t, QUESTION, NULL), 3, 0, false},
        {PHRASE(t, PROGRESS_BEFORE, NULL), 3, 0, false},
        {PHRASE(t, PROGRESS_AFTER, NULL), 3, 0, false},
        {PHRASE(t, PROGRESS_CHANGE, NULL), 1, 60, true},
    };

    if (!change->answer_count)
        return;
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, PROGRESS_ANSWERS, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < change->answer_count && i < PHRASE_ANSWERS_COMPARED; i++) {
        const struct compared_answer *answer = &change->answers[i];
        const struct question *question = answer->after ? answer->after : answer->before;
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
            plain_cell(phrase_answer_before(t, answer)),
            plain_cell(phrase_answer_now(t, answer)),
            plain_cell(phrase_change(t, answer->change)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_table_end(t->flow);
}

void phrase_progress(struct phraser *t)
{
    const struct comparison *change = t->report->source.change;

    if (!change)
        return;
    flow_heading(t->flow, 1, PHRASE(t, PROGRESS_TITLE, NULL));
    flow_text(t->flow, FLOW_LEAD, phrase_progress_lead(t));
    phrase_changed_parts(t, change);
    phrase_changed_answers(t, change);
}

/* ---- dimensions ---- */

static void phrase_costly(struct phraser *t, const struct report_dimension *dimension)
{
    const struct flow_column columns[] = {
        {PHRASE(t, QUESTION, NULL), 4, 0, false},
        {PHRASE(t, ANSWER_NOW, NULL), 4, 0, false},
        {PHRASE(t, POINTS, NULL), 1, 48, true},
        {PHRASE(t, COSTS, NULL), 1, 62, true},
    };

    if (!dimension->costly_count) {
        flow_text(t->flow, FLOW_BODY, PHRASE(t, NOTHING_COSTS, NULL));
        return;
    }
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, COSTLY_TITLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < dimension->costly_count; i++) {
        const struct report_answer *costly = &dimension->costly[i];
        const struct question *question = &t->report->q->questions[costly->question];
        const struct answer *answer = &t->report->source.response->answers[costly->question];
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang])),
            plain_cell(phrase_answer(t, question, answer)),
            plain_cell(arena_printf(t->arena, "%s/%s", phrase_number(t, costly->line.points, 2),
                                    phrase_number(t, costly->line.max, 2))),
            plain_cell(phrase_number(t, ratio_mul(costly->line.lost, ratio_of(100)), 2)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_table_end(t->flow);
}

static void phrase_dimension(struct phraser *t, const struct report_dimension *dimension)
{
    const struct report *report = t->report;
    const struct dimension *d = &report->q->dimensions[dimension->index];
    const struct score_part *part = &report->source.score->dimensions[dimension->index];
    struct words meaning = dimension_meaning(d, dimension->level);
    static const double whole[] = {1};
    const struct flow_pair pairs[] = {
        {PHRASE(t, POINTS, NULL),
         arena_printf(t->arena, "%s/%s",
                      phrase_number(t, score_points(report->source.score, part), 2),
                      phrase_number(t, score_max(report->source.score, part), 2)),
         NULL},
        {PHRASE(t, PERCENT_REACHED, NULL), phrase_percent(t, dimension->percent, 2), NULL},
        {PHRASE(t, LEVEL, NULL), phrase_dimension_level(t, dimension), NULL},
        {PHRASE(t, COVERAGE, NULL), phrase_percent(t, score_coverage(part), 1), NULL},
    };

    flow_heading(t->flow, 2,
                 arena_printf(t->arena, "%zu. %s", dimension->index + 1, d->name.in[t->lang]));
    flow_columns_begin(t->flow, whole, 1); /* what stands here is not parted by a page break */
    if (d->meaning.in[t->lang])
        flow_text(t->flow, FLOW_BODY, d->meaning.in[t->lang]);
    flow_pairs(t->flow, pairs, ARRAY_SIZE(pairs), 4);
    if (meaning.in[t->lang] && ratio_is_valid(dimension->percent)) {
        flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                                   .title = PHRASE(t, DIMENSION_MEANS, NULL)});
        flow_text(t->flow, FLOW_BODY, meaning.in[t->lang]);
        flow_box_end(t->flow);
    }
    flow_columns_end(t->flow);
    phrase_costly(t, dimension);
}

void phrase_dimensions(struct phraser *t)
{
    flow_heading(t->flow, 1, PHRASE(t, DIMENSIONS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, PHRASE(t, DIMENSIONS_LEAD, NULL));
    for (size_t i = 0; i < t->report->q->dimension_count; i++)
        phrase_dimension(t, &t->report->dimensions[i]);
}
