/* Page 3: why; every answer as a square, and those that hold most back. */
#include "document.h"

#include <string.h>

#include "base/array.h"

#define FLAGS_TOLD 2
#define ROW_STRETCH 10.0 /* of what stands of a dimension */

/* Few of the points: up to so many fifths of them. */
#define FEW_FIFTHS 2

static int fifths(const struct score_line *line)
{
    int64_t whole = 0;

    if (!line->counts || !line->max.num)
        return -1;
    if (!line->points.num)
        return 0;
    /* some points are never shown as none */
    if (!ratio_to_int64(ratio_round(ratio_mul(ratio_div(line->points, line->max), ratio_of(5)), 0),
                        &whole) ||
        whole < 1)
        return 1;
    return whole > 5 ? 5 : (int)whole;
}

/* The number of the task that raises an answer; NULL: none does. */
static const char *badge_of(const struct document *d, size_t question)
{
    const struct report *report = d->report;

    for (size_t i = 0; i < report->package_count; i++) {
        const struct advice_item *item = report->packages[i].item;

        for (size_t k = 0; k < item->step_count; k++) {
            if (item->steps[k].question == question)
                return arena_printf(d->arena, "%zu", i + 1);
        }
    }
    for (size_t i = 0; !report->source.advice && i < d->task_count; i++) {
        if (report->steps[i].step->question == question)
            return arena_printf(d->arena, "%zu", i + 1);
    }
    return NULL;
}

/* Wider where a question brings more than the five points of most. */
static unsigned units_of(const struct score_line *line)
{
    double units = line->counts ? ratio_approximate(line->max) / 5 : 1;

    return units <= 1 ? 1 : units >= 5 ? 5 : (unsigned)units;
}

static struct square square_of(const struct document *d, size_t question)
{
    const struct score_line *line = &d->report->ledger[question];
    unsigned units = units_of(line);

    return (struct square){.id = d->report->q->questions[question].id,
                           .points = !line->counts ? "–"
                                     : units > 1   ? arena_printf(d->arena, "%s/%s",
                                                                  tell_points(d, line->points),
                                                                  tell_points(d, line->max))
                                                   : tell_points(d, line->points),
                           .shade = fifths(line),
                           .units = units,
                           .badge = badge_of(d, question)};
}

/* ---- what holds it back ---- */

/* True if some package of the questionnaire raises it: what none does is left for later. */
static bool is_in_packages(const struct document *d, size_t question)
{
    const struct advice *advice = d->report->source.advice;

    for (size_t i = 0; advice && i < advice->packages->count; i++) {
        const struct package *package = &advice->packages->items[i];

        for (size_t k = 0; k < package->question_count; k++) {
            if (package->questions[k].question == question)
                return true;
        }
    }
    return !advice;
}

static const char *answer_remark(const struct document *d, const struct report_answer *costly)
{
    const struct question *question = &d->report->q->questions[costly->question];

    return arena_printf(
        d->arena, "%s: %s (%s/%s)", question->label.in[d->lang],
        phrase_answer(d->t, question, &d->report->source.response->answers[costly->question]),
        tell_points(d, costly->line.points), tell_points(d, costly->line.max));
}

static void find_remarks(const struct document *d, size_t dimension, const char *remarks[2])
{
    const struct report_dimension *found = &d->report->dimensions[dimension];
    size_t count = 0;

    for (int is_other = 0; is_other < 2; is_other++) {
        for (size_t i = 0; i < found->costly_count && count < 2; i++) {
            if (is_in_packages(d, found->costly[i].question) != is_other)
                remarks[count++] = answer_remark(d, &found->costly[i]);
        }
    }
}

static void tell_dimension(struct document *d, size_t dimension)
{
    const struct dimension *part = &d->report->q->dimensions[dimension];
    const struct score *score = d->report->source.score;
    struct square *items = ARENA_ARRAY(d->arena, struct square, part->question_count + 1);
    struct squares *squares = ARENA_NEW(d->arena, struct squares);
    const char *alt;

    for (size_t i = 0; i < part->question_count; i++)
        items[i] = square_of(d, part->first_question + i);
    *squares = (struct squares){
        .name = part->name.in[d->lang],
        .sum = TELL(d, SUM_OF, "points",
                    tell_points(d, score_points(score, &score->dimensions[dimension])), "max",
                    tell_points(d, score_max(score, &score->dimensions[dimension])), NULL),
        .items = items,
        .count = part->question_count};
    find_remarks(d, dimension, squares->remarks);
    alt = arena_printf(d->arena, "%s: %s.", squares->name, squares->sum);
    for (size_t i = 0; i < 2 && squares->remarks[i]; i++)
        alt = arena_printf(d->arena, "%s %s.", alt, squares->remarks[i]);
    flow_picture(d->flow, diagram_squares(squares), 0, alt);
    flow_stretch(d->flow, ROW_STRETCH);
}

static void tell_legend(struct document *d)
{
    static const char *const fifth_words[] = {"0", "1", "2", "3", "4", "5"};
    struct squares_legend *legend = ARENA_NEW(d->arena, struct squares_legend);

    legend->title = TELL(d, SQUARES_LEGEND, NULL);
    for (int i = 0; i < SQUARE_SHADES; i++)
        legend->shades[i] = fifth_words[i];
    legend->badge = d->task_count ? TELL(d, SQUARES_BADGE, NULL) : NULL;
    flow_picture(d->flow, diagram_squares_legend(legend), 0, TELL(d, WHY_LEAD, NULL));
}

/* ---- the finding ---- */

static const char *finding(const struct document *d)
{
    const struct report *report = d->report;
    const struct advice *advice = report->source.advice;
    size_t few = 0, all = 0;

    for (size_t i = 0; i < report->q->question_count; i++) {
        int part = fifths(&report->ledger[i]);

        all += part >= 0;
        few += part >= 0 && part <= FEW_FIFTHS;
    }
    if (advice && advice->is_reached && advice->step_count && !report->has_band)
        return TELL(d, WHY_FINDING, "few", phrase_count(d->t, few), "all", phrase_count(d->t, all),
                    "raised", phrase_count(d->t, advice->step_count), "level",
                    tell_level(d, advice->to), NULL);
    return TELL(d, WHY_FEW, "few", phrase_count(d->t, few), "all", phrase_count(d->t, all), NULL);
}

static void tell_coverage(struct document *d)
{
    const struct score_part *total = &d->report->source.score->total;
    const struct report_source *source = &d->report->source;
    const char *text = TELL(d, WHY_COVERAGE, "answered", phrase_count(d->t, total->answered),
                            "asked", phrase_count(d->t, total->asked), NULL);

    if (source->evidenced)
        text = arena_printf(
            d->arena, "%s %s", text,
            TELL(d, WHY_EVIDENCE, "count", phrase_count(d->t, *source->evidenced), NULL));
    if (!source->flag_count)
        text = arena_printf(d->arena, "%s %s", text, TELL(d, WHY_NO_FLAGS, NULL));
    flow_text(d->flow, FLOW_SMALL, text);
    for (size_t i = 0; i < source->flag_count && i < FLAGS_TOLD; i++)
        flow_text(d->flow, FLOW_SMALL,
                  TELL(d, WHY_FLAG, "text", source->flags[i].text.in[d->lang], NULL));
}

void chapter_why(struct document *d)
{
    chapter_begin(d, TELL(d, PAGE_WHY, NULL), TELL(d, ASKS_WHY, NULL), finding(d));
    flow_text(d->flow, FLOW_BODY, TELL(d, WHY_LEAD, NULL));
    tell_legend(d);
    for (size_t i = 0; i < d->report->q->dimension_count; i++)
        tell_dimension(d, i);
    tell_coverage(d);
    chapter_next(d, d->task_count ? TELL(d, NEXT_WHY, NULL) : TELL(d, NEXT_WHY_KEEP, NULL));
}
