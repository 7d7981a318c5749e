/* Page 4: what to do first; at the top, what to look after. */
#include "document.h"

#include <string.h>

#include "base/array.h"

/* The lightest tasks that a headline counts. */
#define LIGHT_TASKS 4
/* By how much picture and rows may grow where there are few tasks. */
#define PICTURE_STRETCH 150.0
#define ROW_STRETCH 9.0

static struct ratio sum_of_gains(const struct document *d)
{
    struct ratio sum = ratio_of(0);

    for (size_t i = 0; i < d->task_count; i++)
        sum = ratio_add(sum, d->tasks[i].gain);
    return sum;
}

/* What the tasks of least effort bring, by insertion: there are few. */
static struct ratio gain_of_lightest(const struct document *d, size_t most)
{
    size_t *order = ARENA_ARRAY(d->arena, size_t, d->task_count + 1);
    struct ratio sum = ratio_of(0);

    for (size_t i = 0; i < d->task_count; i++) {
        size_t at = i;

        while (at > 0 && ratio_cmp(d->tasks[i].effort, d->tasks[order[at - 1]].effort) < 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    for (size_t i = 0; i < most && i < d->task_count; i++)
        sum = ratio_add(sum, d->tasks[order[i]].gain);
    return sum;
}

/* ---- the picture ---- */

static void tell_picture(struct document *d)
{
    struct efforts *efforts = ARENA_NEW(d->arena, struct efforts);
    struct effort_dot *dots = ARENA_ARRAY(d->arena, struct effort_dot, d->task_count + 1);
    const char *alt = "";

    for (size_t i = 0; i < d->task_count; i++) {
        const struct task *task = &d->tasks[i];

        dots[i] = (struct effort_dot){.number = arena_printf(d->arena, "%zu", i + 1),
                                      .name = task->name,
                                      .effort = task->effort,
                                      .gain = task->gain,
                                      .is_paid = *task->pay != '\0'};
        alt = arena_printf(d->arena, "%s%s%zu. %s (%s; +%s)", alt, i ? "; " : "", i + 1, task->name,
                           phrase_number(d->t, task->effort, 1), tell_points(d, task->gain));
    }
    *efforts = (struct efforts){
        .items = dots,
        .count = d->task_count,
        .corners = {TELL(d, CORNER_FIRST, NULL), TELL(d, CORNER_PLAN, NULL),
                    TELL(d, CORNER_BETWEEN, NULL), TELL(d, CORNER_LAST, NULL)},
        .across = d->report->source.advice ? TELL(d, AXIS_WEEKS, NULL) : TELL(d, AXIS_STEPS, NULL),
        .up = TELL(d, AXIS_GAIN, NULL)};
    flow_picture(d->flow, diagram_efforts(efforts), 0, alt);
    flow_stretch(d->flow, PICTURE_STRETCH);
}

/* ---- the table ---- */

/* Named where it comes first; "as task 1" where it pays for that one, too. */
static const char *payer_words(const struct document *d, size_t index)
{
    const char *pay = d->tasks[index].pay;

    for (size_t i = 0; *pay && i < index; i++) {
        if (strcmp(d->tasks[i].pay, pay) == 0)
            return TELL(d, PAY_AS, "number", phrase_count(d->t, i + 1), NULL);
    }
    return *pay ? pay : TELL(d, PAY_NONE, NULL);
}

static void tell_row(struct document *d, size_t index)
{
    const struct task *task = &d->tasks[index];
    const struct flow_cell cells[] = {
        number_cell(d, arena_printf(d->arena, "%zu", index + 1)),
        bold_cell(d, arena_printf(d->arena, "%s. ", task->name), task->what),
        plain_cell(phrase_count(d->t, task->answers)),
        plain_cell(payer_words(d, index)),
        plain_cell(phrase_number(d->t, task->effort, 1)),
        plain_cell(arena_printf(d->arena, "+%s", tell_points(d, task->gain))),
    };

    flow_row(d->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

/* "152 + 41 = 193 điểm: mức 4" where the plan reaches it, else what it brings. */
static const char *sum_words(const struct document *d)
{
    const struct advice *advice = d->report->source.advice;
    struct ratio now = d->report->points;

    if (!advice || d->report->has_band || !phrase_is_in_points(d->t))
        return TELL(d, TOTAL, NULL);
    if (!advice->is_reached)
        return TELL(d, SUM_SHORT, "now", tell_points(d, now), "gain", tell_points(d, advice->gain),
                    "after", tell_points(d, ratio_add(now, advice->gain)), "missing",
                    tell_points(d, advice->short_points), "level", tell_level(d, advice->to), NULL);
    return TELL(d, SUM_REACHED, "now", tell_points(d, now), "gain", tell_points(d, advice->gain),
                "after", tell_points(d, ratio_add(now, advice->gain)), "level",
                tell_level(d, advice->to), NULL);
}

static void tell_sum(struct document *d)
{
    struct ratio effort = ratio_of(0);
    size_t answers = 0;

    for (size_t i = 0; i < d->task_count; i++) {
        effort = ratio_add(effort, d->tasks[i].effort);
        answers += d->tasks[i].answers;
    }
    flow_row(d->flow, ROW_TOTAL,
             (struct flow_cell[]){
                 plain_cell(" "), plain_cell(sum_words(d)), plain_cell(phrase_count(d->t, answers)),
                 plain_cell(" "), plain_cell(phrase_number(d->t, effort, 1)),
                 plain_cell(arena_printf(d->arena, "+%s", tell_points(d, sum_of_gains(d))))},
             6);
}

static void tell_table(struct document *d)
{
    const struct flow_column columns[] = {
        {"", 0.4, 20, false},
        {TELL(d, TASK_WHAT, NULL), 9, 0, false},
        {TELL(d, TASK_ANSWERS, NULL), 0.7, 30, true},
        {TELL(d, TASK_PAY, NULL), 3.2, 0, false},
        {d->report->source.advice ? TELL(d, TASK_WEEKS, NULL) : TELL(d, TASK_STEPS, NULL), 0.7, 30,
         true},
        {TELL(d, TASK_GAIN, NULL), 0.7, 30, true},
    };

    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    flow_stretch(d->flow, ROW_STRETCH);
    for (size_t i = 0; i < d->task_count; i++)
        tell_row(d, i);
    tell_sum(d);
    flow_table_end(d->flow);
}

/* ---- at the top ---- */

static void tell_kept(struct document *d, const char *title, const struct kept_answer *answers,
                      size_t count)
{
    if (!count)
        return;
    flow_heading(d->flow, 2, title);
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &d->report->q->questions[answers[i].question];
        const char *action = question->action.in[d->lang];
        const struct run runs[] = {
            {.text = phrase_kept_answer(d->t, &answers[i]), .face = FACE_BOLD},
            {.text = ": "},
            {.text = phrase_answer(d->t, question,
                                   &d->report->source.response->answers[answers[i].question]),
             .colour = COLOUR_MUTED},
            {.text = ". "},
            {.text = action ? action : ""}};

        flow_item_runs(d->flow, NULL, runs, action ? 5 : 3);
    }
}

/* Answers with the most to win, as bars. */
static void tell_kept_picture(struct document *d, const struct kept_level *keeping)
{
    struct count_bar *items = ARENA_ARRAY(d->arena, struct count_bar, KEPT_ANSWERS_MAX);
    struct count_bars *bars = ARENA_NEW(d->arena, struct count_bars);
    const char *alt = TELL(d, KEEP_WEAK, NULL);

    for (size_t i = 0; i < keeping->weak_count; i++) {
        struct ratio percent = ratio_mul(keeping->weak[i].part, ratio_of(100));
        int64_t hundredths = 0;

        (void)ratio_to_int64(ratio_round(ratio_mul(percent, ratio_of(100)), 0), &hundredths);
        items[i] = (struct count_bar){
            .name = d->report->q->questions[keeping->weak[i].question].label.in[d->lang],
            .count = (size_t)hundredths,
            .words = arena_printf(d->arena, "−%s", phrase_percent(d->t, percent, 2))};
        alt = arena_printf(d->arena, "%s %s: %s;", alt, items[i].name, items[i].words);
    }
    *bars = (struct count_bars){items, keeping->weak_count};
    flow_picture(d->flow, diagram_counts(bars), 0, alt);
}

static void tell_contradictions(struct document *d)
{
    bool is_titled = false;

    for (size_t i = 0; i < d->report->source.flag_count; i++) {
        const char *text = phrase_contradiction(d->t, i);

        if (!text)
            continue;
        if (!is_titled)
            flow_heading(d->flow, 2, TELL(d, KEEP_CONTRADICTIONS, NULL));
        is_titled = true;
        flow_item(d->flow, NULL, text);
    }
}

static void tell_keeping(struct document *d)
{
    const struct kept_level *keeping = d->report->source.keeping;

    chapter_begin(d, TELL(d, PAGE_KEEP, NULL), TELL(d, ASKS_KEEP, NULL),
                  TELL(d, KEEP_FINDING, NULL));
    flow_text(d->flow, FLOW_LEAD, TELL(d, KEEP_LEAD, NULL));
    if (keeping) {
        tell_kept_picture(d, keeping);
        tell_kept(d, TELL(d, KEEP_WEAK, NULL), keeping->weak, keeping->weak_count);
        tell_kept(d, TELL(d, KEEP_SHOW, NULL), keeping->strong, keeping->strong_count);
    }
    tell_contradictions(d);
    chapter_next(d, TELL(d, NEXT_KEEP, NULL));
}

/* ---- the page ---- */

static const char *finding(const struct document *d)
{
    const size_t light = d->task_count > LIGHT_TASKS ? LIGHT_TASKS : d->task_count - 1;

    if (d->task_count < 2)
        return TELL(d, FIRST_ONE, "gain", tell_points(d, sum_of_gains(d)), NULL);
    if (light < 2)
        return TELL(d, FIRST_LIGHTEST, "gain", tell_points(d, gain_of_lightest(d, light)), "all",
                    tell_points(d, sum_of_gains(d)), NULL);
    return TELL(d, FIRST_FINDING, "first", tell_count_first(d, light), "count",
                tell_count(d, light), "gain", tell_points(d, gain_of_lightest(d, light)), "all",
                tell_points(d, sum_of_gains(d)), NULL);
}

/* No way was found: it is said, with what costs most on page 3. */
static void tell_no_way(struct document *d)
{
    chapter_begin(d, TELL(d, PAGE_FIRST, NULL), TELL(d, ASKS_FIRST, NULL),
                  TELL(d, FIRST_NONE, NULL));
    flow_text(d->flow, FLOW_LEAD, TELL(d, STEPS_NO_WAY, NULL));
    flow_picture(d->flow, small_pillars(d), 0, phrase_bars_alt(d->t));
    chapter_next(d, TELL(d, NEXT_NO_WAY, NULL));
}

void chapter_first(struct document *d)
{
    if (!d->task_count && !d->report->demand.rule && d->report->level) {
        tell_keeping(d);
        return;
    }
    if (!d->task_count) {
        tell_no_way(d);
        return;
    }
    chapter_begin(d, TELL(d, PAGE_FIRST, NULL), TELL(d, ASKS_FIRST, NULL), finding(d));
    flow_text(d->flow, FLOW_LEAD,
              d->report->source.advice ? TELL(d, FIRST_LEAD, NULL)
                                       : TELL(d, FIRST_LEAD_STEPS, NULL));
    tell_picture(d);
    tell_table(d);
    chapter_next(d, d->task_count > 1 ? TELL(d, NEXT_FIRST, "month", tell_month(d, 1), NULL)
                                      : TELL(d, NEXT_FIRST_ONE, "month", tell_month(d, 1), NULL));
}
