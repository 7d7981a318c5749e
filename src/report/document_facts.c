/* What several pages of a report tell: tasks, money, numbers and months in words. */
#include "document.h"

#include <ctype.h>
#include <string.h>

#define MONTHS_PER_QUARTER 3
#define COUNT_WORDS 11

/* ---- numbers ---- */

static const struct words count_words[COUNT_WORDS] = {
    {{"không", "no"}},  {{"một", "one"}},   {{"hai", "two"}},  {{"ba", "three"}},
    {{"bốn", "four"}},  {{"năm", "five"}},  {{"sáu", "six"}},  {{"bảy", "seven"}},
    {{"tám", "eight"}}, {{"chín", "nine"}}, {{"mười", "ten"}},
};

/* In English it never comes first, so that no plural depends on it: "Papers: two". */
static const struct words first_words[COUNT_WORDS] = {
    {{"Không", "no"}},  {{"Một", "one"}},   {{"Hai", "two"}},  {{"Ba", "three"}},
    {{"Bốn", "four"}},  {{"Năm", "five"}},  {{"Sáu", "six"}},  {{"Bảy", "seven"}},
    {{"Tám", "eight"}}, {{"Chín", "nine"}}, {{"Mười", "ten"}},
};

const char *tell_count(const struct document *d, size_t count)
{
    return count < COUNT_WORDS ? count_words[count].in[d->lang] : phrase_count(d->t, count);
}

const char *tell_count_first(const struct document *d, size_t count)
{
    return count < COUNT_WORDS ? first_words[count].in[d->lang] : phrase_count(d->t, count);
}

const char *tell_millions(const struct document *d, int64_t dong)
{
    return phrase_number(d->t, ratio_make(dong, 1000000), 1);
}

const char *tell_level(const struct document *d, int level)
{
    return arena_printf(d->arena, "%d", level);
}

const char *tell_points(const struct document *d, struct ratio points)
{
    return phrase_number(d->t, points, 1);
}

/* ---- names ---- */

const char *short_policy_name(const struct document *d, const struct policy_match *match)
{
    const char *name = phrase_policy_name(d->t, match), *prefix = TELL(d, POLICY_PREFIX, NULL);
    size_t len = strlen(prefix);
    char *copy;

    /* letters beyond ASCII would need their capitals: such a name stays whole */
    if (strncmp(name, prefix, len) != 0 || !isalpha((unsigned char)name[len]))
        return name;
    copy = arena_printf(d->arena, "%s", name + len);
    *copy = (char)toupper((unsigned char)*copy);
    return copy;
}

/* ---- months ---- */

/* The first of the n-th month after that of the report. */
static struct civil month_of(const struct document *d, int months)
{
    struct civil c = day_civil(d->report->source.on);
    int month = c.month - 1 + months;

    return (struct civil){.year = c.year + month / 12, .month = month % 12 + 1, .mday = 1};
}

day month_end(const struct document *d, int months)
{
    return day_month_end(d->report->source.on, months);
}

const char *tell_month(const struct document *d, int months)
{
    struct civil c = month_of(d, months);

    return arena_printf(d->arena, "%02d/%d", c.month, c.year);
}

/* ---- the scale ---- */

/* Levels that lie above their bound take at least a point more; points come in whole ones here. */
struct ratio missing_points(const struct document *d)
{
    const struct report_demand *demand = &d->report->demand;
    struct ratio missing;

    if (!demand->rule || !ratio_is_valid(demand->bound) || !ratio_is_valid(demand->present))
        return RATIO_NONE;
    if (demand->is_met_by_total)
        return ratio_of(0);
    missing = ratio_sub(demand->bound, demand->present);
    if (!demand->rule->is_strict || !ratio_is_whole(missing))
        return missing;
    return demand->rule->kind == BOUND_POINTS ? ratio_add(missing, ratio_of(1)) : missing;
}

bool is_household(const struct document *d)
{
    bool is_assumed;

    return response_form(d->report->source.response, &is_assumed) == LEGAL_FORM_HOUSEHOLD;
}

/* ---- tasks ---- */

static struct task package_task(const struct document *d, const struct report_package *package)
{
    const struct advice_item *item = package->item;

    return (struct task){.name = item->package->name.in[d->lang],
                         .what = item->package->what.in[d->lang],
                         .result = item->package->result.in[d->lang],
                         .who = item->package->who.in[d->lang],
                         .pay = package->pay_count ? short_policy_name(d, package->pay[0]) : "",
                         .effort = item->effort,
                         .gain = item->gain,
                         .answers = item->step_count,
                         .first_month = item->first_month,
                         .months = item->months};
}

static struct task step_task(const struct document *d, size_t index)
{
    const struct report *report = d->report;
    const struct report_step *step = &report->steps[index];
    const struct question *question = phrase_step_question(d->t, step);
    const char *action = question->action.in[d->lang];
    int quarter = (int)index / d->t->wording->steps_per_quarter;
    struct ratio share = ratio_div(step->gain, ratio_of(100));

    return (struct task){
        .name = phrase_step_label(d->t, step),
        .what = action ? action : "",
        .result = phrase_step_to(d->t, step),
        .who = wording_owner(d->t->wording, report->q->dimensions[step->dimension].id, d->lang),
        .pay = "",
        .effort = step->step->effort,
        .gain = phrase_is_in_points(d->t) ? ratio_mul(share, report->max) : step->gain,
        .answers = 1,
        .first_month = MONTHS_PER_QUARTER * quarter + 1,
        .months = MONTHS_PER_QUARTER};
}

static void fill_tasks(struct document *d)
{
    const struct report *report = d->report;
    size_t steps = report->source.advice ? 0 : report->step_count;
    struct task *tasks;

    steps = steps < TASKS_MAX ? steps : TASKS_MAX;
    tasks = ARENA_ARRAY(d->arena, struct task, report->package_count + steps + 1);
    for (size_t i = 0; i < report->package_count; i++)
        tasks[d->task_count++] = package_task(d, &report->packages[i]);
    for (size_t i = 0; i < steps; i++)
        tasks[d->task_count++] = step_task(d, i);
    d->tasks = tasks;
}

/* ---- money ---- */

/* By what an enterprise gets. */
static enum money_group group_of(const struct document *d, const struct policy_match *match)
{
    const enum benefit benefit = match->policy->benefit;

    if (!report_is_chosen(d->report, match))
        return MONEY_OTHER;
    if (benefit == BENEFIT_LOAN || benefit == BENEFIT_GUARANTEE)
        return MONEY_LOAN;
    if (match->has_amount && match->amount_vnd > 0)
        return MONEY_KNOWN;
    return match->policy->amount && benefit != BENEFIT_IN_KIND && benefit != BENEFIT_DEFERRAL
               ? MONEY_PLANNED
           : benefit == BENEFIT_GRANT ? MONEY_PLANNED
                                      : MONEY_FREE;
}

int64_t planned_spend(const struct document *d, const struct policy_match *match)
{
    const struct applicant *applicant = d->report->source.match->applicant;
    const size_t fact = match->policy->plan_fact;
    int64_t dong = 0;

    if (fact == MAP_NONE || applicant->values[fact].kind != VALUE_NUMBER ||
        !ratio_to_int64(applicant->values[fact].number, &dong))
        return 0;
    return dong;
}

static void add_money(struct document *d, const struct policy_match *match)
{
    struct money_list *list = &d->money[group_of(d, match)];

    if (!list->items)
        list->items = ARENA_ARRAY(d->arena, const struct policy_match *, d->report->eligible_count);
    list->items[list->count++] = match;
}

static void fill_money(struct document *d)
{
    const struct money_list *known = &d->money[MONEY_KNOWN];

    for (size_t i = 0; i < d->report->eligible_count; i++)
        add_money(d, d->report->eligible[i]);
    for (size_t i = 0; i < known->count; i++) {
        d->planned_vnd += planned_spend(d, known->items[i]);
        d->paid_vnd += known->items[i]->amount_vnd;
    }
}

void document_fill(struct document *d)
{
    fill_tasks(d);
    fill_money(d);
}

/* ---- cells ---- */

struct flow_cell bold_cell(const struct document *d, const char *bold, const char *rest)
{
    struct run *runs = ARENA_ARRAY(d->arena, struct run, 2);

    runs[0] = (struct run){.text = bold, .face = FACE_BOLD};
    runs[1] = (struct run){.text = rest};
    return (struct flow_cell){.runs = runs, .run_count = 2};
}

struct flow_cell number_cell(const struct document *d, const char *number)
{
    struct run *run = ARENA_NEW(d->arena, struct run);

    *run = (struct run){.text = number, .face = FACE_BOLD, .colour = COLOUR_ACCENT};
    return (struct flow_cell){.runs = run, .run_count = 1};
}
