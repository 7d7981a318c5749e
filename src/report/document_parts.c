/* Parts that several pages share: who it is about, the ladder, the first tasks, whom to ask. */
#include "document.h"

#include <string.h>

#include "base/array.h"
#include "draw/stamp.h"

/* 85 modules with the quiet zone: 0.46 mm each, which phones read from paper. */
#define STAMP_WIDTH 112

/* Those of the whole come before those of single dimensions. */
#define WARNINGS_MAX 3

/* ---- who ---- */

/* What is known of the enterprise, in a line. */
static const char *subject_line(const struct document *d)
{
    static const char *const ids[] = {"form", "section", "area"};
    const struct phraser *t = d->t;
    const char *unknown = TELL(d, NOT_GIVEN, NULL), *line = "", *value;

    value = phrase_fact(t, "tax_code");
    if (strcmp(value, unknown) != 0)
        line = TELL(d, SUBJECT_TAX_CODE, "code", value, NULL);
    if (!is_household(d))
        line = arena_printf(d->arena, "%s%s%s", line, *line ? " · " : "",
                            TELL(d, SUBJECT_SIZE, "size", phrase_size(t), NULL));
    for (size_t i = is_household(d) ? 0 : 1; i < ARRAY_SIZE(ids); i++) {
        value = phrase_fact(t, ids[i]);
        if (strcmp(value, unknown) != 0)
            line = arena_printf(d->arena, "%s%s%s", line, *line ? " · " : "", value);
    }
    value = phrase_fact(t, "employees");
    if (strcmp(value, unknown) != 0)
        line = arena_printf(d->arena, "%s%s%s", line, *line ? " · " : "",
                            TELL(d, SUBJECT_EMPLOYEES, "count", value, NULL));
    return line;
}

void tell_name(struct document *d)
{
    flow_text(d->flow, FLOW_NAME, phrase_fact(d->t, "name"));
    flow_text(d->flow, FLOW_SMALL, subject_line(d));
}

/* Notes that make the level uncertain, or say why there is none. */
static bool is_warning(const struct score_note *note)
{
    static const char *const codes[] = {"incomplete", "no-level", "not-rated", "low-coverage"};

    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        if (strcmp(note->code, codes[i]) == 0)
            return true;
    }
    return false;
}

void tell_warnings(struct document *d)
{
    const struct report_source *source = &d->report->source;
    size_t told = 0;

    for (size_t i = 0; i < source->note_count; i++) {
        const struct score_note *note = &source->notes[i];
        const struct run runs[] = {
            {.text = TELL(d, NOT_COMPLETE, NULL), .face = FACE_BOLD, .colour = COLOUR_PEER},
            {.text = " "},
            {.text = note->text.in[d->lang], .colour = COLOUR_INK}};

        if (is_warning(note) && ++told <= WARNINGS_MAX)
            flow_runs(d->flow, FLOW_SMALL, runs, ARRAY_SIZE(runs));
    }
}

/* ---- what an authority has found ---- */

static const char *self_words(const struct document *d, const struct verification *verification)
{
    if (verification->self_level == LEVEL_NONE)
        return TELL(d, VERIFIED_SELF_NONE, NULL);
    return TELL(d, VERIFIED_SELF, "level", tell_level(d, verification->self_level), "points",
                tell_points(d, verification->self_points), NULL);
}

void tell_verified(struct document *d)
{
    const struct verification *verification = d->request->verification;
    const struct report *report = d->report;
    struct run found = {.face = FACE_BOLD, .colour = COLOUR_ACCENT};

    if (!verification || !report->level)
        return;
    found.text =
        TELL(d, VERIFIED, "day", phrase_day(d->t, verification->on), "level",
             tell_level(d, report->level->level), "points", tell_points(d, report->points), "max",
             tell_points(d, report->max), "self", self_words(d, verification), NULL);
    flow_runs(d->flow, FLOW_BODY, &found, 1);
    flow_text(d->flow, FLOW_SMALL,
              TELL(d, VERIFIED_BY, "unit", verification->unit, "reference",
                   verification->reference, NULL));
}

/* ---- the finding ---- */

const char *money_phrase(const struct document *d)
{
    return d->paid_vnd > 0 ? TELL(d, MONEY, "amount", tell_millions(d, d->paid_vnd), NULL) : NULL;
}

const char *level_statement(const struct document *d)
{
    const struct report *report = d->report;

    if (!report->level && !report->has_band)
        return TELL(d, STATEMENT_NOT_RATED, NULL);
    if (report->has_band)
        return TELL(d, STATEMENT_BAND, "level", tell_level(d, report->band.likely), "low",
                    tell_level(d, report->band.low), "high", tell_level(d, report->band.high),
                    NULL);
    return TELL(d, STATEMENT_LEVEL, "level", phrase_level(d->t, report->level), NULL);
}

const char *way_statement(const struct document *d)
{
    const struct report_demand *demand = &d->report->demand;
    struct ratio missing = missing_points(d);
    const char *level;

    if (d->report->has_band)
        return phrase_sentence(d->t);
    if (!d->report->level)
        return "";
    if (!demand->rule)
        return TELL(d, STATEMENT_TOP, NULL);
    level = tell_level(d, demand->rule->level);
    if (demand->is_met_by_total && demand->have < demand->at_least)
        return TELL(d, STATEMENT_HELD_BACK, "count", tell_count(d, demand->at_least - demand->have),
                    "dimension_level", tell_level(d, demand->rule->dimension_level), "level", level,
                    NULL);
    if (!ratio_is_valid(missing) || demand->is_met_by_total)
        return "";
    return phrase_is_in_points(d->t)
               ? TELL(d, STATEMENT_POINTS, "points", tell_points(d, missing), "level", level, NULL)
               : TELL(d, STATEMENT_PERCENT, "points", tell_points(d, missing), "level", level,
                      NULL);
}

/* ---- the ladder ---- */

/* "152 điểm" or "47,5 %" */
static const char *scale_words(const struct document *d, struct ratio value)
{
    return phrase_is_in_points(d->t) ? TELL(d, POINTS_OF, "points", tell_points(d, value), NULL)
                           : phrase_percent(d->t, value, 1);
}

/* The mark of the plan stands on the next step if the plan reaches it. */
static void mark_plan(const struct document *d, struct ladder *ladder)
{
    const struct advice *advice = d->report->source.advice;
    struct ratio after;

    if (d->report->has_band || !advice || !advice->count || !phrase_is_in_points(d->t) ||
        !ratio_is_valid(advice->gain))
        return;
    after = ratio_add(ladder->now.at, advice->gain);
    ladder->planned = advice->is_reached ? phrase_level_index(d->t, advice->to) : -1;
    ladder->plan =
        (struct ladder_mark){after, TELL(d, LADDER_PLAN, "month", tell_month(d, advice->months),
                                         "points", scale_words(d, after), NULL)};
}

static void mark_others(const struct document *d, struct ladder *ladder)
{
    const struct report_source *source = &d->report->source;

    if (source->change && ratio_is_valid(source->change->total.percent_before)) {
        struct ratio before = phrase_on_scale(d->t, source->change->total.percent_before);

        ladder->before = (struct ladder_mark){
            before, arena_printf(d->arena, "%s: %s",
                                 source->before_round ? source->before_round
                                                      : phrase_day(d->t, source->before_on),
                                 tell_points(d, before))};
    }
    if (ratio_is_valid(ladder->peers.at))
        ladder->peers.words =
            arena_printf(d->arena, "%s: %s", phrase_peers(d->t), tell_points(d, ladder->peers.at));
}

struct picture ladder_picture(const struct document *d, double rise)
{
    struct ladder *ladder = phrase_ladder(d->t);

    ladder->max_words = scale_words(d, ladder->max);
    ladder->rise = rise;
    if (d->report->level)
        ladder->now.words = TELL(d, LADDER_NOW, "points", scale_words(d, ladder->now.at), NULL);
    mark_plan(d, ladder);
    mark_others(d, ladder);
    return diagram_ladder(ladder);
}

const char *ladder_alt(const struct document *d)
{
    return arena_printf(d->arena, "%s %s", level_statement(d), way_statement(d));
}

/* ---- the first tasks ---- */

#define ROW_STRETCH 12.0

static void task_row(struct document *d, size_t number, const char *name, const char *what,
                     const char *who, day until)
{
    struct flow_cell cells[] = {
        number_cell(d, arena_printf(d->arena, "%zu", number)),
        bold_cell(d, name, *what ? arena_printf(d->arena, "\n%s", what) : ""),
        plain_cell(who ? who : phrase_day(d->t, until)),
        plain_cell(phrase_day(d->t, until)),
    };

    flow_row(d->flow, ROW_PLAIN, cells, who ? 4 : 3);
}

void tell_first_tasks(struct document *d, size_t most, bool has_who)
{
    const size_t files = d->money[MONEY_KNOWN].count;
    const struct flow_column columns[] = {
        {"", 0.5, 24, false},
        {TELL(d, TASK, NULL), 9, 0, false},
        {TELL(d, WHO, NULL), 3, 0, false},
        {TELL(d, UNTIL, NULL), 2, 70, true},
    };
    const struct flow_column narrow[] = {columns[0], columns[1], columns[3]};
    size_t number = 0;

    flow_table_begin(d->flow, &(struct flow_table){.columns = has_who ? columns : narrow,
                                                   .count = has_who ? 4 : 3,
                                                   .is_open = true});
    flow_stretch(d->flow, ROW_STRETCH);
    if (files)
        task_row(d, ++number, TELL(d, FILE_TASK, "count", tell_count(d, files), NULL),
                 TELL(d, FILE_WHAT, "amount", tell_millions(d, d->paid_vnd), NULL),
                 has_who ? TELL(d, FILE_WHO, NULL) : NULL, month_end(d, 1));
    for (size_t i = 0; i < d->task_count && number < most; i++) {
        const struct task *task = &d->tasks[i];

        task_row(d, ++number, task->name, task->what, has_who ? task->who : NULL,
                 month_end(d, task->first_month + task->months - 1));
    }
    flow_table_end(d->flow);
}

/* ---- whom to ask ---- */

void tell_how_to_check(struct document *d)
{
    const char *address = d->request->verification->address;
    const struct run runs[] = {{.text = TELL(d, VERIFIED_CHECK, NULL)},
                               {.text = " "},
                               {.text = address, .colour = COLOUR_LINK, .uri = address}};

    flow_runs(d->flow, FLOW_BODY, runs, ARRAY_SIZE(runs));
}

static void contact_lines(struct document *d)
{
    const char *contact = d->request->contact, *uri = d->request->uri;
    const struct run ask[] = {{.text = TELL(d, ASK, NULL), .face = FACE_BOLD},
                              {.text = " "},
                              {.text = contact ? contact : TELL(d, ASK_LINE, NULL)}};
    const struct run see[] = {{.text = TELL(d, SEE_RESULT, NULL), .face = FACE_BOLD},
                              {.text = " "},
                              {.text = uri, .colour = COLOUR_LINK, .uri = uri}};

    if (d->request->verification)
        tell_how_to_check(d);
    if (uri)
        flow_runs(d->flow, FLOW_BODY, see, ARRAY_SIZE(see));
    flow_runs(d->flow, FLOW_BODY, ask, ARRAY_SIZE(ask));
    flow_text(d->flow, FLOW_SMALL, TELL(d, CAUTION, NULL));
}

/* The code of a verified result is that of the signature. */
static void tell_code(struct document *d)
{
    if (d->request->verification)
        flow_picture(d->flow, stamp_picture(), STAMP_WIDTH, TELL(d, VERIFIED_ALT, NULL));
    else
        flow_picture(d->flow, qr_picture(d->qr), 68,
                     TELL(d, QR_ALT, "uri", d->request->uri, NULL));
}

void tell_contact(struct document *d)
{
    static const double with_link[] = {1, 6}, with_stamp[] = {1, 3.2};
    const bool is_verified = d->request->verification != NULL;

    flow_fill(d->flow);
    if (!d->qr && !is_verified) {
        flow_rule(d->flow, false);
        contact_lines(d);
        return;
    }
    flow_columns_begin(d->flow, is_verified ? with_stamp : with_link, 2);
    tell_code(d);
    flow_columns_next(d->flow);
    contact_lines(d);
    flow_columns_end(d->flow);
}
