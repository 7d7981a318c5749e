/* How rows of action plans are told. */
#include "plan_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

const struct plan_head *plan_heads(struct request *rq)
{
    const struct action_columns *columns = rq->site->loaded.action_columns;
    struct plan_head *heads = ARENA_ARRAY(rq->arena, struct plan_head, columns->count);

    for (size_t i = 0; i < columns->count; i++)
        heads[i] = (struct plan_head){columns->items[i].name.in[rq->lang],
                                      columns->items[i].gloss.in[rq->lang]};
    return heads;
}

static struct plan_cell *cells_of(struct request *rq, const struct plan_row *row, size_t number)
{
    const struct action_columns *columns = rq->site->loaded.action_columns;
    struct plan_cell *cells = ARENA_ARRAY(rq->arena, struct plan_cell, columns->count);

    for (size_t i = 0; i < columns->count; i++) {
        const struct action_heading *heading = &columns->items[i];
        const char *code = action_column_code(heading->column);

        cells[i] = (struct plan_cell){.name = code,
                                      .id = arena_printf(rq->arena, "%s-%zu", code, number),
                                      .label = heading->name.in[rq->lang],
                                      .gloss = heading->gloss.in[rq->lang],
                                      .text = plan_text(row, heading->column, rq->arena),
                                      .is_task = heading->column == ACTION_TASK,
                                      .is_time = heading->column == ACTION_TIME,
                                      .is_brief = heading->column == ACTION_TIME ||
                                                  heading->column == ACTION_PERSON};
    }
    return cells;
}

#define FAR_DAYS 400

/* What it was made from. */
static const char *note_of(struct request *rq, const struct plan_row *row)
{
    static const struct {
        const char *kind;
        enum web_text text;
        bool tells_id; /* ids of questions stand on every page; others are nobody's business */
    } kinds[] = {{PLAN_FROM_PACKAGE, WEB_plan_from_package, false},
                 {PLAN_FROM_STEP, WEB_plan_from_step, true},
                 {PLAN_FROM_POLICY, WEB_plan_from_policy, false}};

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        size_t len = strlen(kinds[i].kind);

        if (strncmp(row->source, kinds[i].kind, len) == 0)
            return kinds[i].tells_id ? tr_with(rq, kinds[i].text, row->source + len)
                                     : tr(rq, kinds[i].text);
    }
    return row->is_province && row->enterprise ? tr(rq, WEB_plan_of_province) : "";
}

static const char *due_of(struct request *rq, const struct plan_row *row, const char **tone)
{
    int left = working_days_until(rq->site->loaded.catalogue->calendar, rq->app.today, row->due_on);

    *tone = "brief";
    if (abs(left) >= FAR_DAYS) /* the calendar goes no further */
        return "";
    if (row->state != PLAN_OPEN && row->state != PLAN_DOING)
        return "";
    if (plan_is_overdue(row, rq->app.today)) {
        *tone = "brief bad";
        return tr_with(rq, WEB_case_due_over, arena_printf(rq->arena, "%d", left < 0 ? -left : 0));
    }
    return left == 0 ? tr(rq, WEB_case_due_today)
                     : tr_with(rq, WEB_case_due_left, arena_printf(rq->arena, "%d", left));
}

struct plan_line plan_line_of(struct request *rq, const struct plan_row *row, size_t number)
{
    static const char *const tones[PLAN_STATE__MAX] = {[PLAN_OPEN] = "quiet",
                                                       [PLAN_DOING] = "mine",
                                                       [PLAN_DONE] = "good",
                                                       [PLAN_DROPPED] = "quiet"};
    bool is_late = plan_is_overdue(row, rq->app.today);
    struct plan_line line = {.id = row->id,
                             .version = row->version,
                             .number = number,
                             .cells = cells_of(rq, row, number),
                             .cell_count = rq->site->loaded.action_columns->count,
                             .owner = plan_owner_name(row, rq->lang),
                             .note = note_of(rq, row),
                             .source = row->source,
                             .state = plan_standing(row, rq->app.today, rq->lang, rq->arena),
                             .state_code = plan_state_id(row->state),
                             .tone = is_late ? "bad" : tones[row->state],
                             .is_province = row->is_province,
                             .is_late = is_late};

    line.due = due_of(rq, row, &line.due_tone);
    return line;
}
