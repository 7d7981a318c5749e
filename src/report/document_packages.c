/* Packages of work: what is enough, what is worth doing in the same year, and how to keep the top.
 */

#include "document.h"

#include "base/array.h"

/* Packages that are told in full; the table has all of them. */
#define CARDS_MAX 3

static void phrase_package_card(struct phraser *t, const struct report_package *package,
                                size_t number)
{
    const struct advice_item *item = package->item;
    const struct flow_pair pairs[] = {
        {PHRASE(t, PACKAGE_RESULT, NULL), item->package->result.in[t->lang], NULL},
        {PHRASE(t, PACKAGE_WHO, NULL), item->package->who.in[t->lang], NULL},
        {PHRASE(t, PACKAGE_EFFORT, NULL),
         PHRASE(t, PACKAGE_WHEN, "weeks", phrase_number(t, item->effort, 2), "months",
                phrase_months(t, item), NULL),
         NULL},
        {PHRASE(t, STEP_SUPPORT, NULL), phrase_payers(t, package), NULL},
    };

    flow_box_begin(
        t->flow,
        &(struct flow_box){
            .tone = TONE_PLAIN,
            .title = arena_printf(t->arena, "%zu. %s", number, item->package->name.in[t->lang]),
            .badge = PHRASE(t, PACKAGE_GAIN, "gain", phrase_number(t, item->gain, 2), NULL)});
    flow_text(t->flow, FLOW_BODY, item->package->what.in[t->lang]);
    flow_pairs(t->flow, pairs, package->pay_count ? 4 : 3, 1);
    flow_box_end(t->flow);
}

static void phrase_package_table(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, PACKAGE, NULL), 3, 0, false},
        {PHRASE(t, PACKAGE_WHO, NULL), 2, 0, false},
        {PHRASE(t, PACKAGE_RESULT, NULL), 4, 0, false},
        {PHRASE(t, PACKAGE_MONTHS_SHORT, NULL), 1, 44, true},
        {PHRASE(t, PACKAGE_WEEKS_SHORT, NULL), 1, 50, true},
        {PHRASE(t, PACKAGE_GAIN_SHORT, NULL), 1, 44, true},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, PACKAGE_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->package_count; i++) {
        const struct advice_item *item = report->packages[i].item;
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%zu. %s", i + 1, item->package->name.in[t->lang])),
            plain_cell(item->package->who.in[t->lang]),
            plain_cell(item->package->result.in[t->lang]),
            plain_cell(phrase_months(t, item)),
            plain_cell(phrase_number(t, item->effort, 2)),
            plain_cell(phrase_number(t, item->gain, 2)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_row(t->flow, ROW_TOTAL,
             (struct flow_cell[]){{.text = PHRASE(t, TOTAL, NULL), .span = 4},
                                  plain_cell(phrase_number(t, report->source.advice->effort, 2)),
                                  plain_cell(phrase_number(t, report->source.advice->gain, 2))},
             3);
    flow_table_end(t->flow);
}

static void phrase_raised_table(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, QUESTION, NULL), 4, 0, false},
        {PHRASE(t, STEP_NOW, NULL), 4, 0, false},
        {PHRASE(t, STEP_TO, NULL), 4, 0, false},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, STEP_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->step_count; i++) {
        const struct report_step *step = &report->steps[i];
        const struct flow_cell cells[] = {
            plain_cell(arena_printf(t->arena, "%s %s", phrase_step_question(t, step)->id,
                                    phrase_step_label(t, step))),
            plain_cell(phrase_step_from(t, step)),
            plain_cell(phrase_step_to(t, step)),
        };

        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_table_end(t->flow);
}

static void phrase_asks(struct phraser *t)
{
    const struct advice *advice = t->report->source.advice;
    const struct facts *facts = t->report->source.response->facts;

    if (!advice->wanted_count)
        return;
    flow_text(t->flow, FLOW_BODY, PHRASE(t, PACKAGES_WANTED, NULL));
    for (size_t i = 0; i < advice->wanted_count; i++)
        flow_item(t->flow, NULL, facts->items[advice->wanted[i]].ask.in[t->lang]);
}

void phrase_packages(struct phraser *t)
{
    const struct report *report = t->report;

    if (!report->has_band) /* an estimate is no level */
        flow_text(t->flow, FLOW_BODY, phrase_minimum(t));
    flow_text(t->flow, FLOW_BODY, phrase_same_year(t));
    if (report->package_count) {
        flow_heading(t->flow, 2, PHRASE(t, STEPS_FIRST, NULL));
        for (size_t i = 0; i < report->package_count && i < CARDS_MAX; i++)
            phrase_package_card(t, &report->packages[i], i + 1);
        flow_heading(t->flow, 2, PHRASE(t, PACKAGES_ALL, NULL));
        phrase_package_table(t);
        phrase_raised_table(t);
    }
    phrase_asks(t);
    flow_text(t->flow, FLOW_SMALL, PHRASE(t, PACKAGES_NOTE, NULL));
}

/* ---- at the top ---- */

static void phrase_kept(struct phraser *t, const char *title, const struct kept_answer *answers,
                        size_t count)
{
    if (count)
        flow_heading(t->flow, 2, title);
    for (size_t i = 0; i < count; i++)
        flow_item(t->flow, NULL, phrase_kept_answer(t, &answers[i]));
}

void phrase_keeping(struct phraser *t)
{
    const struct report_source *source = &t->report->source;
    bool is_titled = false;

    flow_text(t->flow, FLOW_LEAD, PHRASE(t, STEPS_AT_TOP, NULL));
    if (!source->keeping)
        return;
    phrase_kept(t, PHRASE(t, KEEP_WEAK, NULL), source->keeping->weak, source->keeping->weak_count);
    for (size_t i = 0; i < source->flag_count; i++) {
        const char *text = phrase_contradiction(t, i);

        if (!text)
            continue;
        if (!is_titled)
            flow_heading(t->flow, 2, PHRASE(t, KEEP_CONTRADICTIONS, NULL));
        is_titled = true;
        flow_item(t->flow, NULL, text);
    }
    phrase_kept(t, PHRASE(t, KEEP_SHOW, NULL), source->keeping->strong,
                source->keeping->strong_count);
}
