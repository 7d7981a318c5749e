/* The summary: one page that says it all, short enough to remember. */
#include "document.h"

#include "base/array.h"

#define MONEY_ROWS_MAX 4
#define TASKS_TOLD 3
#define HOUSEHOLD_TASKS 5
#define RISE 22.0 /* of the ladder */
#define RISE_HOUSEHOLD 15.0
#define RISE_LESS 4.0 /* each time that it did not fit */

/* Less and less is told until it fits on one page. */
static size_t at_most(const struct document *d, size_t most)
{
    return most > d->tightness ? most - d->tightness : 1;
}

static double rise_of(const struct document *d)
{
    return (is_household(d) ? RISE_HOUSEHOLD : RISE) -
           RISE_LESS * (d->tightness < 3 ? (double)d->tightness : 3);
}

/* ---- the finding ---- */

static void tell_statement(struct document *d)
{
    const char *money = money_phrase(d);
    const size_t free = d->money[MONEY_FREE].count;
    struct run runs[6];
    size_t count = 0;

    runs[count++] = (struct run){.text = level_statement(d), .face = FACE_BOLD};
    if (!d->report->has_band) {
        runs[count++] = (struct run){.text = " "};
        runs[count++] = (struct run){.text = way_statement(d)};
    }
    runs[count++] = (struct run){.text = " "};
    if (money)
        runs[count++] = (struct run){.text = TELL(d, STATEMENT_MONEY, "money", money, NULL)};
    else if (free)
        runs[count++] =
            (struct run){.text = TELL(d, STATEMENT_FREE, "count", tell_count(d, free), NULL)};
    flow_runs(d->flow, FLOW_LEAD, runs, count);
}

/* ---- pillars beside money ---- */

static void tell_pillars(struct document *d)
{
    const struct report *report = d->report;
    const char *note =
        report->demand.rule && report->demand.at_least && !report->has_band
            ? TELL(d, SUMMARY_TICK, "level", tell_level(d, report->demand.rule->level), "count",
                   tell_count(d, report->demand.at_least), NULL)
            : "";

    flow_heading(
        d->flow, 2,
        TELL(d, SUMMARY_PILLARS, "count", tell_count_first(d, report->q->dimension_count), NULL));
    flow_picture(d->flow, small_pillars(d), 0, phrase_bars_alt(d->t));
    flow_text(d->flow, FLOW_NOTE,
              arena_printf(d->arena, "%s %s", note,
                           report->source.peers
                               ? TELL(d, SUMMARY_PEERS, "peers", phrase_peers(d->t), NULL)
                               : TELL(d, CALLOUT_NO_PEERS_WORDS, NULL)));
}

static void tell_amounts(struct document *d)
{
    const struct money_list *known = &d->money[MONEY_KNOWN];
    const size_t rows = at_most(d, MONEY_ROWS_MAX);
    const struct flow_column columns[] = {
        {TELL(d, MONEY_FOR, NULL), 5, 0, false},
        {TELL(d, MONEY_PLAN, NULL), 1.4, 46, true},
        {TELL(d, MONEY_UP_TO, NULL), 1.4, 46, true},
    };

    flow_heading(d->flow, 2, TELL(d, SUMMARY_MONEY, NULL));
    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    for (size_t i = 0; i < known->count && i < rows; i++) {
        int64_t planned = planned_spend(d, known->items[i]);

        flow_row(d->flow, ROW_PLAIN,
                 (struct flow_cell[]){plain_cell(short_policy_name(d, known->items[i])),
                                      plain_cell(planned ? tell_millions(d, planned) : "–"),
                                      plain_cell(tell_millions(d, known->items[i]->amount_vnd))},
                 3);
    }
    flow_row(d->flow, ROW_TOTAL,
             (struct flow_cell[]){
                 plain_cell(known->count > rows ? TELL(d, SUMMARY_TOTAL_OF, "count",
                                                       phrase_count(d->t, known->count), NULL)
                                                : TELL(d, TOTAL, NULL)),
                 plain_cell(d->planned_vnd ? tell_millions(d, d->planned_vnd) : "–"),
                 plain_cell(tell_millions(d, d->paid_vnd))},
             3);
    flow_table_end(d->flow);
}

/* Where no amount is known: what there is, with its article. */
static void tell_policies(struct document *d)
{
    const struct report *report = d->report;
    const size_t rows = at_most(d, MONEY_ROWS_MAX);
    const struct flow_column columns[] = {
        {TELL(d, POLICY, NULL), 5, 0, false},
        {TELL(d, MONEY_LEGAL, NULL), 4, 0, false},
    };

    flow_heading(d->flow, 2, TELL(d, SUMMARY_POLICIES, NULL));
    if (!report->line_count) {
        flow_text(d->flow, FLOW_BODY, TELL(d, ELIGIBLE_NONE, NULL));
        return;
    }
    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    for (size_t i = 0; i < report->line_count && i < rows; i++)
        flow_row(d->flow, ROW_PLAIN,
                 (struct flow_cell[]){plain_cell(phrase_line(d->t, &report->lines[i])),
                                      plain_cell(phrase_line_citation(d->t, &report->lines[i]))},
                 2);
    flow_table_end(d->flow);
}

static void tell_money(struct document *d)
{
    const struct report *report = d->report;
    size_t told = d->money[MONEY_KNOWN].count;

    if (told) {
        tell_amounts(d);
    } else {
        tell_policies(d);
        told = report->eligible_count - report_policies_after(report, at_most(d, MONEY_ROWS_MAX));
    }
    if (report->eligible_count > told)
        flow_text(d->flow, FLOW_NOTE,
                  TELL(d, SUMMARY_MORE, "count", phrase_count(d->t, report->eligible_count - told),
                       NULL));
}

/* ---- the page ---- */

static void tell_tasks(struct document *d)
{
    const size_t most = at_most(d, is_household(d) ? HOUSEHOLD_TASKS : TASKS_TOLD);
    const size_t all = d->task_count + (d->money[MONEY_KNOWN].count > 0);
    const size_t told = all < most ? all : most;

    if (!told) {
        if (!d->report->demand.rule && d->report->level) {
            flow_heading(d->flow, 2, TELL(d, ASKS_KEEP, NULL));
            flow_text(d->flow, FLOW_BODY, TELL(d, KEEP_LEAD, NULL));
        }
        return;
    }
    flow_heading(d->flow, 2, TELL(d, SUMMARY_TASKS, "count", tell_count_first(d, told), NULL));
    tell_first_tasks(d, most, false);
}

void chapter_summary(struct document *d)
{
    static const double weights[] = {1, 1};

    d->chapters++;
    flow_chapter(d->flow, TELL(d, PAGE_RESULT, NULL));
    flow_text(d->flow, d->tightness < 3 ? FLOW_NAME : FLOW_LEAD, phrase_fact(d->t, "name"));
    tell_warnings(d);
    tell_verified(d);
    tell_statement(d);
    flow_picture(d->flow, ladder_picture(d, rise_of(d)), 0, ladder_alt(d));
    flow_columns_begin(d->flow, weights, 2);
    tell_pillars(d);
    flow_columns_next(d->flow);
    tell_money(d);
    flow_columns_end(d->flow);
    tell_tasks(d);
    tell_contact(d);
}
