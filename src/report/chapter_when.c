/* Page 5: the plan by months, to be filled in, signed and put on the wall. */
#include "document.h"

#include "base/array.h"

#define MONTHS_LEAST 12
#define REVIEW_EVERY 6
#define EMPTY_ROWS 14
#define ROW_STRETCH 12.0 /* room to write */

static int plan_months(const struct document *d)
{
    int last = MONTHS_LEAST;

    for (size_t i = 0; i < d->task_count; i++) {
        int end = d->tasks[i].first_month + d->tasks[i].months - 1;

        last = end > last ? end : last;
    }
    return last < MONTHS_MAX ? last : MONTHS_MAX;
}

/* ---- the picture ---- */

static void name_months(const struct document *d, struct months *m)
{
    const char **names = ARENA_ARRAY(d->arena, const char *, MONTHS_MAX + 1);
    const char **years = ARENA_ARRAY(d->arena, const char *, MONTHS_MAX + 1);

    for (int i = 0; i < m->count; i++) {
        struct civil c = day_civil(month_end(d, i + 1));

        names[i] = arena_printf(d->arena, "%d", c.month);
        years[i] = i == 0 || c.month == 1 ? arena_printf(d->arena, "%d", c.year) : NULL;
    }
    m->names = names;
    m->years = years;
}

static void add_rows(const struct document *d, struct months *m)
{
    struct month_row *rows = ARENA_ARRAY(d->arena, struct month_row, MONTH_ROWS_MAX + 1);

    if (d->money[MONEY_KNOWN].count)
        rows[m->row_count++] = (struct month_row){
            .name = TELL(d, FILE_TASK, "count", tell_count(d, d->money[MONEY_KNOWN].count), NULL),
            .first = 1,
            .months = 1,
            .is_money = true,
            .note = TELL(d, FILE_NOTE, NULL)};
    for (size_t i = 0; i < d->task_count && m->row_count < MONTH_ROWS_MAX; i++)
        rows[m->row_count++] =
            (struct month_row){.name = arena_printf(d->arena, "%zu %s", i + 1, d->tasks[i].name),
                               .first = d->tasks[i].first_month,
                               .months = d->tasks[i].months};
    m->rows = rows;
}

static struct ratio gain_until(const struct document *d, int month)
{
    struct ratio sum = ratio_of(0);

    for (size_t i = 0; i < d->task_count; i++) {
        if (d->tasks[i].first_month + d->tasks[i].months - 1 <= month)
            sum = ratio_add(sum, d->tasks[i].gain);
    }
    return sum;
}

/* One step of the curve for each month in which something is finished. */
static void add_gains(const struct document *d, struct months *m)
{
    struct month_gain *gains = ARENA_ARRAY(d->arena, struct month_gain, MONTHS_MAX + 1);
    struct ratio so_far = ratio_of(0);

    if (!d->report->level || !phrase_is_in_points(d->t))
        return;
    for (int month = 1; month <= m->count; month++) {
        struct ratio sum = gain_until(d, month);

        if (ratio_cmp(sum, so_far) <= 0)
            continue;
        so_far = sum;
        gains[m->gain_count++] =
            (struct month_gain){month, ratio_add(d->report->points, sum),
                                tell_points(d, ratio_add(d->report->points, sum))};
    }
    m->gains = gains;
    m->start = d->report->points;
    m->start_words = TELL(d, CURVE_START, "points", tell_points(d, d->report->points), NULL);
    m->threshold = d->report->demand.bound;
    if (ratio_is_valid(m->threshold))
        m->threshold_words =
            d->report->demand.rule->is_strict
                ? TELL(d, CURVE_ABOVE, "level", tell_level(d, d->report->demand.rule->level),
                       "points", tell_points(d, m->threshold), NULL)
                : TELL(d, CURVE_FROM, "level", tell_level(d, d->report->demand.rule->level),
                       "points", tell_points(d, m->threshold), NULL);
}

static void add_marks(const struct document *d, struct months *m)
{
    struct month_mark *marks = ARENA_ARRAY(d->arena, struct month_mark, 2);

    marks[0] = (struct month_mark){REVIEW_EVERY, TELL(d, MARK_REVIEW, NULL)};
    marks[1] = (struct month_mark){m->count, TELL(d, MARK_AGAIN, NULL)};
    m->marks = marks;
    m->mark_count = 2;
}

static void tell_picture(struct document *d)
{
    struct months *m = ARENA_NEW(d->arena, struct months);
    const char *alt = TELL(d, MONTHS, NULL);

    *m = (struct months){.title = alt, .count = plan_months(d), .threshold = RATIO_NONE};
    name_months(d, m);
    add_rows(d, m);
    add_gains(d, m);
    add_marks(d, m);
    for (size_t i = 0; i < m->row_count; i++)
        alt =
            arena_printf(d->arena, "%s%s %s: %s", alt, i ? ";" : ":", m->rows[i].name,
                         phrase_day(d->t, month_end(d, m->rows[i].first + m->rows[i].months - 1)));
    if (!m->row_count)
        return;
    flow_picture(d->flow, diagram_months(m), 0, alt);
    flow_stretch(d->flow, diagram_months_stretch(m));
}

/* ---- the table to be filled in ---- */

static void tell_row(struct document *d, const char *number, const char *result, day until,
                     const char *who)
{
    const struct flow_cell cells[] = {
        number_cell(d, number),
        plain_cell(result),
        plain_cell(until == DAY_NONE ? "" : phrase_day(d->t, until)),
        plain_cell(who),
        {.text = "", .sign = SIGN_BOX},
    };

    flow_row(d->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

static void tell_table(struct document *d)
{
    const struct flow_column columns[] = {
        {"", 0.4, 20, false},
        {TELL(d, CLEAR_RESULT, NULL), 8, 0, false},
        {TELL(d, CLEAR_TIME, NULL), 1.4, 58, false},
        {TELL(d, CLEAR_WHO, NULL), 4.2, 0, false},
        {TELL(d, CLEAR_DONE, NULL), 0.6, 30, false},
    };

    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    flow_stretch(d->flow, ROW_STRETCH);
    if (d->money[MONEY_KNOWN].count)
        tell_row(d, " ", TELL(d, FILE_RESULT, NULL), month_end(d, 1),
                 TELL(d, WHO_LINE, "who", TELL(d, FILE_WHO, NULL), NULL));
    for (size_t i = 0; i < d->task_count; i++) {
        const struct task *task = &d->tasks[i];

        tell_row(d, arena_printf(d->arena, "%zu", i + 1), task->result,
                 month_end(d, task->first_month + task->months - 1),
                 TELL(d, WHO_LINE, "who", task->who, NULL));
    }
    for (size_t i = d->task_count ? EMPTY_ROWS : 0; i < EMPTY_ROWS; i++)
        tell_row(d, " ", TELL(d, LINE_TO_FILL, NULL), DAY_NONE, TELL(d, LINE_SHORT, NULL));
    flow_table_end(d->flow);
}

static void tell_signature(struct document *d)
{
    static const double weights[] = {1, 1, 1};

    flow_columns_begin(d->flow, weights, 3);
    flow_runs(d->flow, FLOW_SMALL,
              (struct run[]){{.text = TELL(d, CLEAR_DUTY, NULL), .face = FACE_BOLD},
                             {.text = " "},
                             {.text = TELL(d, CLEAR_DUTY_WORDS, NULL)}},
              3);
    flow_columns_next(d->flow);
    flow_runs(d->flow, FLOW_SMALL,
              (struct run[]){{.text = TELL(d, CLEAR_POWER, NULL), .face = FACE_BOLD},
                             {.text = " "},
                             {.text = TELL(d, CLEAR_POWER_WORDS, NULL)}},
              3);
    flow_columns_next(d->flow);
    flow_runs(d->flow, FLOW_SMALL,
              (struct run[]){{.text = TELL(d, CLEAR_SIGNED, NULL), .face = FACE_BOLD},
                             {.text = " "},
                             {.text = TELL(d, CLEAR_SIGNED_LINE, NULL)}},
              3);
    flow_columns_end(d->flow);
}

static const char *finding(const struct document *d)
{
    const struct advice *advice = d->report->source.advice;
    const char *count = tell_count_first(d, d->task_count);
    const char *months = phrase_count(d->t, (size_t)plan_months(d));

    if (!d->task_count)
        return TELL(d, WHEN_KEEP, NULL);
    if (advice && advice->is_reached && !d->report->has_band)
        return TELL(d, WHEN_FINDING, "count", count, "months",
                    phrase_count(d->t, (size_t)advice->months), "level", tell_level(d, advice->to),
                    "month", tell_month(d, advice->months), NULL);
    return advice ? TELL(d, WHEN_SHORT, "count", count, "months", months, NULL)
                  : TELL(d, WHEN_STEPS, "count", count, "months", months, NULL);
}

void chapter_when(struct document *d)
{
    chapter_begin(d, TELL(d, PAGE_WHEN, NULL), TELL(d, ASKS_WHEN, NULL), finding(d));
    tell_picture(d);
    tell_table(d);
    tell_signature(d);
    chapter_next(d, TELL(d, NEXT_WHEN, "month", tell_month(d, plan_months(d) + 1), NULL));
}
