/* The action plan of an enterprise, and the tasks of the province: rows that are opened, filled in
 * and saved where they stand. */
#include "case_words.h"
#include "plan_view.h"
#include "plan_words.h"
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

#define TEXT_BYTES_MAX 4000 /* more than is taken: what is too long is told at its cell */

/* ---- for programs ---- */

static const struct json_member cell_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct plan_cell, "column", name),
    JSON_VALUE(MEMBER_TEXT, struct plan_cell, "text", text),
    JSON_VALUE(MEMBER_TEXT, struct plan_cell, "fault", fault),
    JSON_VALUE(MEMBER_TEXT, struct plan_cell, "theirs", theirs),
};
static const struct json_shape shape_cell =
    JSON_SHAPE(struct plan_cell, "DeskPlanCell", cell_members);

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_INT64, struct plan_line, "id", id),
    JSON_VALUE(MEMBER_INT64, struct plan_line, "version", version),
    JSON_VALUE(MEMBER_SIZE, struct plan_line, "number", number),
    JSON_VALUE(MEMBER_TEXT, struct plan_line, "owner", owner),
    JSON_PARTS(struct plan_line, "cells", cells, cell_count, &shape_cell),
    JSON_VALUE(MEMBER_TEXT, struct plan_line, "state", state_code),
    JSON_VALUE(MEMBER_TEXT, struct plan_line, "source", source),
    JSON_VALUE(MEMBER_FLAG, struct plan_line, "province", is_province),
    JSON_VALUE(MEMBER_FLAG, struct plan_line, "overdue", is_late),
    JSON_VALUE(MEMBER_FLAG, struct plan_line, "open", is_open),
    JSON_VALUE(MEMBER_TEXT, struct plan_line, "why", why),
};
const struct json_shape shape_plan_line =
    JSON_SHAPE(struct plan_line, "DeskPlanLine", line_members);

static const struct json_member plan_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct plan_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct plan_page, "name", name),
    JSON_VALUE(MEMBER_SIZE, struct plan_page, "refused", refused),
    JSON_PARTS(struct plan_page, "lines", lines, count, &shape_plan_line),
};
const struct json_shape shape_plan = JSON_SHAPE(struct plan_page, "DeskPlan", plan_members);

/* ---- what is shown ---- */

static const char *verified_words(const struct plan_view *view)
{
    struct request *rq = view->rq;
    const struct case_row *row = &view->c.row;

    if (!plan_is_verified(view))
        return tr(rq, WEB_plan_not_verified);
    return web_tr(rq->lang, WEB_plan_verified, rq->arena,
                  (const char *[]){case_points(rq, row->at.verified_points),
                                   case_points(rq, row->shown.points_max),
                                   case_level_text(rq, row->at.verified_level == STORE_UNKNOWN
                                                           ? -1
                                                           : (int)row->at.verified_level)},
                  3);
}

static const char *subject_of(const struct plan_view *view)
{
    const struct case_shown *shown = &view->c.row.shown;

    if (!view->is_firm)
        return tr(view->rq, WEB_plan_province_lead);
    return arena_printf(view->rq->arena, "%s · %s", case_area(view->rq, shown->area),
                        verified_words(view));
}

static const char *done_words(const struct plan_view *view)
{
    struct request *rq = view->rq;

    if (!view->saved || view->saved > PLAN_OPEN_ROWS_MAX)
        return NULL;
    return web_tr(rq->lang, WEB_plan_saved, rq->arena,
                  (const char *[]){arena_printf(rq->arena, "%zu", view->saved),
                                   time_of_day(rq->arena, rq->app.now)},
                  2);
}

static enum work_queue show(struct plan_view *view, unsigned status)
{
    struct request *rq = view->rq;
    struct desk_layout layout = desk_layout(rq, WEB_plans_title);
    const char *form;
    struct plan_page page = {.token = rq->form_token,
                             .title = rq->site->loaded.action_columns->title.in[rq->lang],
                             .id = view->is_firm ? view->c.row.id : 0,
                             .heads = plan_heads(rq),
                             .head_count = rq->site->loaded.action_columns->count};
    struct err err;

    if (plan_view_rest(view, &err) != OK)
        return request_error(rq, &err);
    page.name = view->is_firm ? case_name(rq, view->c.row.shown.name, &form) : NULL;
    page.subject = subject_of(view);
    page.left_out = view->total - view->count;
    for (size_t i = 0; i < view->typed_count; i++)
        page.refused += plan_is_refused(&view->outcomes[i]);
    page.is_stale = status == 409;
    plan_fill_lines(view, &page);
    plan_fill_links(view, &page);
    page.done = done_words(view);
    if (view->is_firm && !plan_is_verified(view))
        page.hint = tr(rq, WEB_plan_no_drafts);
    if (rq->wants_json)
        return request_reply(rq, status, &shape_plan, &page);
    layout.is_wide = true;
    layout.layout.path = plan_plain_path(view).text;
    layout.layout.has_fault = page.refused > 0;
    layout.layout.title = view->is_firm ? arena_printf(rq->arena, "%s – %s", page.name, page.title)
                                        : tr(rq, WEB_plan_province_title);
    request_page(rq, status);
    view_plan(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

static enum work_queue show_plan(struct request *rq)
{
    struct plan_view *view = ARENA_NEW(rq->arena, struct plan_view);
    struct err err;

    return plan_view_load(rq, view, &err) == OK ? show(view, 200) : request_error(rq, &err);
}

enum work_queue page_firm_plan(struct request *rq)
{
    return show_plan(rq);
}

enum work_queue page_province_plan(struct request *rq)
{
    return show_plan(rq);
}

/* ---- what is saved ---- */

enum {
    FIELD_COLUMNS, /* one for each enum action_column */
    FIELD_ID = FIELD_COLUMNS + ACTION_COLUMN__MAX,
    FIELD_VERSION,
    FIELD_NUMBER,
    FIELD_STATE,
    FIELD_SOURCE,
    FIELD_WHOSE,
    PLAN_FIELDS
};

static void declare_fields(struct field *fields)
{
    static const char *const others[] = {"id", "version", "number", "state", "source", "whose"};

    for (int i = 0; i < ACTION_COLUMN__MAX; i++)
        fields[i] = (struct field){.name = action_column_code((enum action_column)i),
                                   .max = TEXT_BYTES_MAX,
                                   .is_list = true,
                                   .has_lines = true};
    for (size_t i = 0; i < ARRAY_SIZE(others); i++)
        fields[FIELD_ID + i] = (struct field){.name = others[i], .max = 80, .is_list = true};
}

/* Every row brings each of its fields, so that they belong together by their order. */
static bool are_whole(const struct request *rq, const struct field *fields)
{
    const struct action_columns *columns = rq->site->loaded.action_columns;
    size_t count = fields[FIELD_ID].count;
    bool is_wanted[PLAN_FIELDS] = {false};

    for (size_t i = 0; i < columns->count; i++)
        is_wanted[columns->items[i].column] = true;
    for (size_t i = FIELD_ID; i < PLAN_FIELDS; i++)
        is_wanted[i] = true;
    for (size_t i = 0; i < PLAN_FIELDS; i++) {
        if (fields[i].count != (is_wanted[i] ? count : 0))
            return false;
    }
    return count <= PLAN_OPEN_ROWS_MAX;
}

static const struct plan_typed *typed_of(const struct plan_view *view, const struct field *fields)
{
    size_t count = fields[FIELD_ID].count;
    struct plan_typed *typed = ARENA_ARRAY(view->rq->arena, struct plan_typed, count + 1);

    for (size_t i = 0; i < count; i++) {
        const char *whose = fields[FIELD_WHOSE].values[i];

        typed[i] =
            (struct plan_typed){.id = plan_number(fields[FIELD_ID].values[i]),
                                .version = plan_number(fields[FIELD_VERSION].values[i]),
                                .number = (size_t)plan_number(fields[FIELD_NUMBER].values[i]),
                                .is_province = strcmp(whose, "province") == 0,
                                .state = fields[FIELD_STATE].values[i],
                                .source = fields[FIELD_SOURCE].values[i]};
        for (int k = 0; k < ACTION_COLUMN__MAX; k++)
            typed[i].texts[k] = fields[k].count ? fields[k].values[i] : NULL;
    }
    return typed;
}

/* 409 where somebody else was faster with any of them. */
static unsigned status_of(const struct plan_view *view)
{
    unsigned status = 200;

    for (size_t i = 0; i < view->typed_count; i++) {
        if (view->outcomes[i].result == PLAN_STALE)
            return 409;
        if (plan_is_refused(&view->outcomes[i]))
            status = 422;
    }
    return status;
}

static enum work_queue finish(struct plan_view *view)
{
    struct request *rq = view->rq;
    unsigned status = status_of(view);

    for (size_t i = 0; i < view->typed_count; i++)
        view->saved += view->outcomes[i].result == PLAN_SAVED;
    if (status == 200 && !rq->wants_json)
        return request_redirect(rq, path_with(rq->arena, plan_plain_path(view), PLAN_QUERY_DONE,
                                              arena_printf(rq->arena, "%zu", view->saved)));
    return show(view, status);
}

static enum work_queue save(struct request *rq)
{
    struct field fields[PLAN_FIELDS];
    struct plan_view *view = ARENA_NEW(rq->arena, struct plan_view);
    struct plan_outcome *outcomes;
    struct err err;

    declare_fields(fields);
    if (!request_form(rq, fields, PLAN_FIELDS))
        return QUEUE_DONE;
    if (plan_view_load(rq, view, &err) != OK)
        return request_error(rq, &err);
    if (rq->stays)
        return show(view, 200);
    if (!are_whole(rq, fields)) {
        err_set(&err, BAD_INPUT,
                "Mỗi dòng phải gửi đủ các ô của kế hoạch, mỗi lần nhiều nhất %d dòng.",
                "Every row has to bring all fields of the plan, and at most %d rows at once.",
                PLAN_OPEN_ROWS_MAX);
        return request_error(rq, &err);
    }
    view->typed = typed_of(view, fields);
    view->typed_count = fields[FIELD_ID].count;
    outcomes = ARENA_ARRAY(rq->arena, struct plan_outcome, view->typed_count + 1);
    view->outcomes = outcomes;
    if (plan_save(&rq->app, rq->site->loaded.action_columns, view->enterprise, view->typed,
                  view->typed_count, rq->arena, outcomes, &err) != OK)
        return request_error(rq, &err);
    return finish(view);
}

enum work_queue post_firm_plan(struct request *rq)
{
    return save(rq);
}

enum work_queue post_province_plan(struct request *rq)
{
    return save(rq);
}
