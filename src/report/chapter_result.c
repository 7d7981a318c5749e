/* Page 1: the result at a look. */
#include "document.h"

#include "base/array.h"

#define LADDER_STRETCH 110.0

/* ---- three numbers ---- */

static struct figure points_figure(const struct document *d)
{
    const struct report *report = d->report;
    const struct comparison *change = report->source.change;
    struct figure figure = {.number = "–", .unit = "", .words = TELL(d, FIGURE_NOT_RATED, NULL)};

    if (!report->level)
        return figure;
    figure.number = phrase_is_in_points(d->t) ? tell_points(d, report->points)
                                              : phrase_percent(d->t, report->percent, 1);
    figure.unit =
        phrase_is_in_points(d->t)
            ? TELL(d, FIGURE_POINTS, "max", tell_points(d, report->max), NULL)
            : "";
    figure.words =
        change && ratio_is_valid(change->total.change)
            ? TELL(d, FIGURE_BEFORE, "round",
                   report->source.before_round ? report->source.before_round
                                               : phrase_day(d->t, report->source.before_on),
                   "before", phrase_percent(d->t, change->total.percent_before, 1), "change",
                   phrase_change(d->t, change->total.change), NULL)
            : TELL(d, FIGURE_PERCENT, "percent", phrase_percent(d->t, report->percent, 1), NULL);
    return figure;
}

static struct figure work_figure(const struct document *d)
{
    const struct report *report = d->report;
    const struct advice *advice = report->source.advice;
    const struct kept_level *keeping = report->source.keeping;
    size_t weak = keeping ? keeping->weak_count : 0;

    if (advice && advice->count)
        return (struct figure){.number = phrase_count(d->t, d->task_count),
                               .unit = TELL(d, FIGURE_PACKAGES, NULL),
                               .words = advice->is_reached && !report->has_band
                                            ? TELL(d, FIGURE_PLAN, "months",
                                                   phrase_count(d->t, (size_t)advice->months),
                                                   "points", tell_points(d, advice->gain), "level",
                                                   tell_level(d, advice->to), NULL)
                                            : TELL(d, FIGURE_PLAN_SHORT, "months",
                                                   phrase_count(d->t, (size_t)advice->months),
                                                   "points", tell_points(d, advice->gain), NULL)};
    if (d->task_count)
        return (struct figure){.number = phrase_count(d->t, report->step_count),
                               .unit = TELL(d, FIGURE_STEPS, NULL),
                               .words = TELL(d, FIGURE_STEPS_WORDS, NULL)};
    return (struct figure){.number = phrase_count(d->t, weak),
                           .unit = TELL(d, FIGURE_KEEP, NULL),
                           .words = TELL(d, FIGURE_KEEP_WORDS, NULL)};
}

static struct figure money_figure(const struct document *d)
{
    const char *eligible = phrase_count(d->t, d->report->eligible_count);

    if (d->paid_vnd > 0)
        return (struct figure){.number = tell_millions(d, d->paid_vnd),
                               .unit = TELL(d, FIGURE_MILLIONS, NULL),
                               .words = TELL(d, FIGURE_MONEY, "count",
                                             tell_count_first(d, d->money[MONEY_KNOWN].count),
                                             "eligible", eligible, NULL)};
    return (struct figure){.number = eligible,
                           .unit = TELL(d, FIGURE_POLICIES, NULL),
                           .words = TELL(d, FIGURE_POLICIES_WORDS, NULL)};
}

static void tell_figures(struct document *d)
{
    struct figure *items = ARENA_ARRAY(d->arena, struct figure, 3);
    struct figures *figures = ARENA_NEW(d->arena, struct figures);
    const char *alt = "";

    items[0] = points_figure(d);
    items[1] = work_figure(d);
    items[2] = money_figure(d);
    *figures = (struct figures){items, 3};
    for (size_t i = 0; i < 3; i++)
        alt = arena_printf(d->arena, "%s%s%s %s: %s", alt, i ? "; " : "", items[i].number,
                           items[i].unit, items[i].words);
    flow_picture(d->flow, diagram_figures(figures), 0, alt);
}

/* ---- the page ---- */

static void tell_statement(struct document *d)
{
    const struct run runs[] = {
        {.text = level_statement(d), .face = FACE_BOLD}, {.text = " "}, {.text = way_statement(d)}};

    flow_runs(d->flow, FLOW_STATEMENT, runs, d->report->has_band ? 1 : ARRAY_SIZE(runs));
}

void chapter_result(struct document *d)
{
    d->chapters++;
    flow_chapter(d->flow, TELL(d, PAGE_RESULT, NULL));
    tell_name(d);
    tell_warnings(d);
    tell_verified(d);
    tell_statement(d);
    flow_picture(d->flow, ladder_picture(d, 24), 0, ladder_alt(d));
    flow_stretch(d->flow, LADDER_STRETCH);
    tell_figures(d);
    if (d->task_count || d->money[MONEY_KNOWN].count) {
        flow_heading(d->flow, 2, TELL(d, FIRST_TASKS, NULL));
        tell_first_tasks(d, 3, true);
    } else if (!d->report->demand.rule) {
        flow_heading(d->flow, 2, TELL(d, FIRST_TASKS, NULL));
        flow_text(d->flow, FLOW_BODY, TELL(d, KEEP_LEAD, NULL));
    }
    tell_contact(d);
}
