/* The summary: one page, short, easy to remember. */
#include "document.h"

#include "base/array.h"

/* How much is told; less and less until it fits on the page. */
struct summary_size {
    size_t steps, policies, questions;
};

static const struct summary_size sizes[] = {{3, 4, 3}, {3, 3, 2}, {3, 2, 1}, {2, 2, 1},
                                            {2, 1, 0}, {1, 1, 0}, {0, 0, 0}};

static void phrase_result(struct phraser *t, const struct summary_size *size)
{
    const struct report *report = t->report;
    static const double weights[] = {2, 5};

    (void)size;
    flow_heading(t->flow, 1, PHRASE(t, SUMMARY_TITLE, NULL));
    flow_columns_begin(t->flow, weights, 2);
    flow_picture(t->flow, phrase_gauge(t), 118, phrase_gauge_alt(t));
    flow_columns_next(t->flow);
    flow_runs(t->flow, FLOW_LEAD,
              &(struct run){.text = phrase_fact(t, "name"), FACE_BOLD, COLOUR_TITLE, NULL, 0}, 1);
    flow_runs(
        t->flow, FLOW_LEAD,
        &(struct run){.text = PHRASE(t, COVER_LEVEL, "level", phrase_level(t, report->level), NULL),
                      FACE_BOLD,
                      COLOUR_INK,
                      NULL,
                      0},
        1);
    flow_text(t->flow, FLOW_BODY, phrase_sentence(t));
    if (report->level && report->level->meaning.in[t->lang])
        flow_text(t->flow, FLOW_BODY, report->level->meaning.in[t->lang]);
    phrase_incomplete(t);
    flow_columns_end(t->flow);
}

static void phrase_dimension_bars(struct phraser *t, const struct summary_size *size)
{
    (void)size;
    flow_text(t->flow, FLOW_STRONG, PHRASE(t, SUMMARY_DIMENSIONS, NULL));
    flow_picture(t->flow, phrase_bars(t), 0, phrase_bars_alt(t));
}

static void phrase_first_steps(struct phraser *t, const struct summary_size *size)
{
    const struct report *report = t->report;

    if (!report->step_count || !size->steps)
        return;
    flow_text(t->flow, FLOW_STRONG,
              report->has_band
                  ? PHRASE(t, STEPS_FIRST, NULL)
                  : PHRASE(t, SUMMARY_STEPS, "level", phrase_level(t, report->demand.rule), NULL));
    for (size_t i = 0; i < report->package_count && i < size->steps; i++) {
        const struct package *package = report->packages[i].item->package;

        flow_item(
            t->flow, arena_printf(t->arena, "%zu.", i + 1),
            arena_printf(t->arena, "%s: %s", package->name.in[t->lang], package->what.in[t->lang]));
    }
    for (size_t i = 0; !report->source.advice && i < report->step_count && i < size->steps; i++) {
        const struct question *question = &report->q->questions[report->steps[i].step->question];
        const char *action = question->action.in[t->lang];

        flow_item(t->flow, arena_printf(t->arena, "%zu.", i + 1),
                  action ? action : phrase_step_label(t, &report->steps[i]));
    }
}

static void phrase_first_policies(struct phraser *t, const struct summary_size *size)
{
    const struct report *report = t->report;

    if (!size->policies)
        return;
    flow_text(t->flow, FLOW_STRONG,
              PHRASE(t, SUMMARY_POLICIES, "count", phrase_count(t, report->eligible_count), NULL));
    for (size_t i = 0; i < report->line_count && i < size->policies; i++) {
        const struct policy_match *match = report->lines[i].policies[0];

        flow_item(t->flow, NULL,
                  PHRASE(t, SUMMARY_POLICY, "policy", phrase_line(t, &report->lines[i]), "amount",
                         phrase_amount(t, match), "legal",
                         phrase_line_citation(t, &report->lines[i]), NULL));
    }
    if (report->line_count > size->policies)
        flow_text(t->flow, FLOW_SMALL,
                  PHRASE(t, SUMMARY_MORE, "count",
                         phrase_count(t, report_policies_after(report, size->policies)), NULL));
}

static void phrase_questions(struct phraser *t, const struct summary_size *size)
{
    const struct match *match = t->report->source.match;
    const struct facts *facts = match->applicant->catalogue->facts;

    if (!match->wanted_count || !size->questions)
        return;
    flow_text(t->flow, FLOW_STRONG, PHRASE(t, SUMMARY_QUESTIONS, NULL));
    for (size_t i = 0; i < match->wanted_count && i < size->questions; i++) {
        const struct fact *fact = &facts->items[match->wanted[i].fact];

        flow_item(t->flow, NULL,
                  fact->ask.in[t->lang] ? fact->ask.in[t->lang] : fact->label.in[t->lang]);
    }
}

static void phrase_source(struct phraser *t, const struct summary_size *size)
{
    const struct report *report = t->report;

    (void)size;
    flow_text(t->flow, FLOW_NOTE,
              PHRASE(t, SUMMARY_SOURCE, "questionnaire", report->q->title.in[t->lang], "day",
                     phrase_day(t, report->source.on), NULL));
}

static void (*const parts[SUMMARY_PART__MAX])(struct phraser *t,
                                              const struct summary_size *size) = {
    [SUMMARY_RESULT] = phrase_result,       [SUMMARY_DIMENSIONS] = phrase_dimension_bars,
    [SUMMARY_STEPS] = phrase_first_steps,   [SUMMARY_POLICIES] = phrase_first_policies,
    [SUMMARY_QUESTIONS] = phrase_questions, [SUMMARY_SOURCE] = phrase_source,
};

enum status document_summary(struct arena *arena, const struct report *report,
                             const struct wording *wording, enum lang lang, struct buf *out,
                             struct err *err)
{
    struct phraser t = {.report = report, .wording = wording, .lang = lang, .arena = arena};
    enum status status = OK;
    struct buf page;

    buf_init(&page, PDF_BYTES_MAX);
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        buf_clear(&page);
        t.flow = phrase_new_flow(&t, TEXT_SUMMARY_TITLE);
        for (size_t part = 0; part < wording->part_count; part++)
            parts[wording->parts[part]](&t, &sizes[i]);
        status = flow_finish(t.flow, &page, err);
        if (status != OK || flow_page_count(t.flow) == 1)
            break;
    }
    if (status == OK)
        buf_add(out, buf_text(&page), page.len);
    buf_free(&page);
    return status;
}
