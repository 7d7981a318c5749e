/* What the next level asks, the way there, and who does what until when. */
#include "document.h"

#include "base/array.h"

/* Steps that are told in full; the table has all of them. */
#define CARDS_MAX 3
/* Rows of the action plan, and empty ones behind them. */
#define ACTIONS_MAX 6
#define ACTION_POLICIES_MAX 3
#define EMPTY_ROWS 2
#define MONTHS_PER_QUARTER 3

/* ---- what the next level asks ---- */

static void demand_row(struct phraser *t, const char *what, const char *needed, const char *now,
                       bool is_met)
{
    const struct flow_cell cells[] = {
        {.text = what,
         .sign = is_met ? SIGN_YES : SIGN_ALMOST,
         .colour = is_met ? COLOUR_GOOD : COLOUR_WARN},
        plain_cell(needed),
        plain_cell(now),
    };

    flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

static const char *bound_text(const struct phraser *t, const struct report_demand *demand,
                              struct ratio value)
{
    return demand->rule->kind == BOUND_POINTS
               ? PHRASE(t, POINTS_OF, "points", phrase_number(t, value, 2), NULL)
               : phrase_percent(t, value, 2);
}

void phrase_demand(struct phraser *t)
{
    const struct report_demand *demand = &t->report->demand;
    const struct flow_column columns[] = {
        {PHRASE(t, DEMAND_WHAT, NULL), 3, 0, false},
        {PHRASE(t, DEMAND_NEEDED, NULL), 2, 0, false},
        {PHRASE(t, DEMAND_NOW, NULL), 2, 0, false},
    };

    flow_table_begin(t->flow,
                     &(struct flow_table){.title = PHRASE(t, DEMAND_TITLE, "level",
                                                          phrase_level(t, demand->rule), NULL),
                                          .columns = columns,
                                          .count = ARRAY_SIZE(columns)});
    if (ratio_is_valid(demand->bound))
        demand_row(t, PHRASE(t, DEMAND_TOTAL, NULL),
                   arena_printf(t->arena, "%s %s",
                                demand->rule->is_strict ? PHRASE(t, MORE_THAN, NULL)
                                                        : PHRASE(t, AT_LEAST, NULL),
                                bound_text(t, demand, demand->bound)),
                   bound_text(t, demand, demand->present), demand->is_met_by_total);
    if (demand->at_least)
        demand_row(t,
                   PHRASE(t, DEMAND_DIMENSIONS, "level",
                          arena_printf(t->arena, "%d", demand->rule->dimension_level), NULL),
                   arena_printf(t->arena, "%s %s", PHRASE(t, AT_LEAST, NULL),
                                phrase_count(t, demand->at_least)),
                   phrase_count(t, demand->have), demand->have >= demand->at_least);
    flow_table_end(t->flow);
}

/* ---- the way there ---- */

static void phrase_card(struct phraser *t, const struct report_step *step, size_t number)
{
    const struct question *question = phrase_step_question(t, step);
    const struct flow_pair pairs[] = {
        {PHRASE(t, STEP_NOW, NULL), phrase_step_from(t, step), NULL},
        {PHRASE(t, STEP_TO, NULL), phrase_step_to(t, step), NULL},
        {PHRASE(t, STEP_EFFORT, NULL), phrase_number(t, step->step->effort, 2), NULL},
    };

    flow_box_begin(
        t->flow, &(struct flow_box){
                     .tone = TONE_PLAIN,
                     .title = arena_printf(t->arena, "%zu. %s (%s)", number,
                                           phrase_step_label(t, step), question->id),
                     .badge = PHRASE(t, STEP_GAIN, "gain", phrase_number(t, step->gain, 2), NULL)});
    if (question->action.in[t->lang])
        flow_text(t->flow, FLOW_BODY, question->action.in[t->lang]);
    flow_pairs(t->flow, pairs, ARRAY_SIZE(pairs), 1);
    flow_box_end(t->flow);
}

static void phrase_step_table(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, QUESTION, NULL), 4, 0, false},
        {PHRASE(t, STEP_NOW, NULL), 4, 0, false},
        {PHRASE(t, STEP_TO, NULL), 4, 0, false},
        {PHRASE(t, STEP_EFFORT_SHORT, NULL), 1, 44, true},
        {PHRASE(t, STEP_GAIN_SHORT, NULL), 1, 52, true},
    };
    struct ratio gain = ratio_of(0);

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
            plain_cell(phrase_number(t, step->step->effort, 2)),
            plain_cell(phrase_number(t, step->gain, 2)),
        };

        gain = ratio_add(gain, step->gain);
        flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
    }
    flow_row(t->flow, ROW_TOTAL,
             (struct flow_cell[]){{.text = PHRASE(t, TOTAL, NULL), .span = 3},
                                  plain_cell(phrase_number(t, report->source.plan->effort, 2)),
                                  plain_cell(phrase_number(t, gain, 2))},
             3);
    flow_table_end(t->flow);
}

void phrase_steps(struct phraser *t)
{
    const struct report *report = t->report;

    flow_heading(t->flow, 1, PHRASE(t, STEPS_TITLE, NULL));
    if (!report->demand.rule) {
        phrase_keeping(t);
        return;
    }
    if (!report->has_band)
        phrase_demand(t);
    if (report->source.advice) {
        phrase_packages(t);
        return;
    }
    if (!report->step_count) {
        flow_text(t->flow, FLOW_BODY, PHRASE(t, STEPS_NO_WAY, NULL));
        return;
    }
    flow_text(t->flow, FLOW_BODY, phrase_steps_lead(t));
    flow_heading(t->flow, 2, PHRASE(t, STEPS_FIRST, NULL));
    for (size_t i = 0; i < report->step_count && i < CARDS_MAX; i++)
        phrase_card(t, &report->steps[i], i + 1);
    flow_heading(t->flow, 2, PHRASE(t, STEPS_ALL, NULL));
    phrase_step_table(t);
    flow_text(t->flow, FLOW_SMALL, PHRASE(t, STEPS_NOTE, NULL));
}

/* ---- the action plan: clear person, task, time, responsibility, result ("5 rõ") ---- */

static day months_later(day from, int months)
{
    struct civil c = day_civil(from);
    int month = c.month - 1 + months;

    /* the 28th exists in every month */
    return day_of(c.year + month / 12, month % 12 + 1, c.mday > 28 ? 28 : c.mday);
}

struct action {
    const char *who, *what, *until, *answers_for, *result;
};

static void action_row(struct phraser *t, const struct action *action, size_t number)
{
    const struct flow_cell cells[] = {
        plain_cell(number ? arena_printf(t->arena, "%zu", number) : " "),
        plain_cell(action->who),
        plain_cell(action->what),
        plain_cell(action->until),
        plain_cell(action->answers_for),
        plain_cell(action->result),
    };

    flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

static void phrase_step_action(struct phraser *t, size_t index, size_t number)
{
    const struct report_step *step = &t->report->steps[index];
    const struct question *question = phrase_step_question(t, step);
    int quarter = (int)index / t->wording->steps_per_quarter + 1;
    const struct action action = {
        .who = PHRASE(
            t, ACTION_WHO, "who",
            wording_owner(t->wording, t->report->q->dimensions[step->dimension].id, t->lang), NULL),
        .what = question->action.in[t->lang]
                    ? arena_printf(t->arena, "%s (%s)", question->action.in[t->lang], question->id)
                    : phrase_step_label(t, step),
        .until = phrase_day(t, months_later(t->report->source.on, MONTHS_PER_QUARTER * quarter)),
        .answers_for = PHRASE(t, ACTION_ANSWERS_FOR, NULL),
        .result = PHRASE(t, ACTION_RESULT, "answer", phrase_step_to(t, step), NULL)};

    action_row(t, &action, number);
}

static void phrase_package_action(struct phraser *t, const struct advice_item *item, size_t number)
{
    int months = item->first_month + item->months - 1;
    const struct action action = {
        .who = PHRASE(t, ACTION_WHO, "who", item->package->who.in[t->lang], NULL),
        .what = arena_printf(t->arena, "%s: %s", item->package->name.in[t->lang],
                             item->package->what.in[t->lang]),
        .until = phrase_day(t, months_later(t->report->source.on, months)),
        .answers_for = PHRASE(t, ACTION_ANSWERS_FOR, NULL),
        .result = item->package->result.in[t->lang]};

    action_row(t, &action, number);
}

static void phrase_policy_action(struct phraser *t, const struct policy_match *match, size_t number)
{
    const struct policy *policy = match->policy;
    const struct action action = {
        .who = PHRASE(t, ACTION_WHO, "who", wording_owner(t->wording, "*", t->lang), NULL),
        .what = PHRASE(t, ACTION_APPLY, "policy", phrase_policy_name(t, match), "where",
                       policy->apply_at.in[t->lang] ? policy->apply_at.in[t->lang] : "–", NULL),
        .until = phrase_day(t, months_later(t->report->source.on, 1)),
        .answers_for = PHRASE(t, ACTION_ANSWERS_FOR, NULL),
        .result = PHRASE(t, ACTION_APPLY_RESULT, "amount", phrase_amount(t, match), NULL)};

    action_row(t, &action, number);
}

void phrase_actions(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, ACTION_NUMBER, NULL), 0.4, 22, false},
        {PHRASE(t, ACTION_COLUMN_WHO, NULL), 2, 70, false},
        {PHRASE(t, ACTION_COLUMN_WHAT, NULL), 4, 0, false},
        {PHRASE(t, ACTION_COLUMN_WHEN, NULL), 1, 60, false},
        {PHRASE(t, ACTION_COLUMN_ANSWERS, NULL), 2, 66, false},
        {PHRASE(t, ACTION_COLUMN_RESULT, NULL), 3.4, 0, false},
    };
    static const struct action empty = {"\n\n", "", "", "", ""};
    size_t number = 0;

    flow_page_break(t->flow); /* a page to be printed and filled in */
    flow_heading(t->flow, 1, PHRASE(t, ACTIONS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, PHRASE(t, ACTIONS_LEAD, NULL));
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, ACTIONS_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns),
                                                   .has_lines = true});
    for (size_t i = 0; i < report->package_count; i++)
        phrase_package_action(t, report->packages[i].item, ++number);
    for (size_t i = 0; !report->source.advice && i < report->step_count && i < ACTIONS_MAX; i++)
        phrase_step_action(t, i, ++number);
    for (size_t i = 0; i < report->eligible_count && i < ACTION_POLICIES_MAX; i++) {
        if (report_is_chosen(report, report->eligible[i]))
            phrase_policy_action(t, report->eligible[i], ++number);
    }
    for (size_t i = 0; i < EMPTY_ROWS; i++)
        action_row(t, &empty, 0);
    flow_table_end(t->flow);
    flow_text(t->flow, FLOW_SMALL, PHRASE(t, ACTIONS_NOTE, NULL));
}
