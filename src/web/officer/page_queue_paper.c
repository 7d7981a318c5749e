/* The queue on paper: the list that is filtered, and a covering letter for what is sent with it. */
#include "queue_list.h"
#include "case_words.h"
#include "web/officer/queue_paper.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

static const struct json_member row_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct paper_row, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct paper_row, "tax_code", tax_code),
    JSON_VALUE(MEMBER_TEXT, struct paper_row, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct paper_row, "state", state),
    JSON_VALUE(MEMBER_TEXT, struct paper_row, "level", level),
};
const struct json_shape shape_paper_row =
    JSON_SHAPE(struct paper_row, "DeskPaperRow", row_members);

static const struct json_member paper_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct queue_paper, "filters", filters),
    JSON_VALUE(MEMBER_TEXT, struct queue_paper, "made_at", made_at),
    JSON_PARTS(struct queue_paper, "cases", rows, count, &shape_paper_row),
};
const struct json_shape shape_queue_paper =
    JSON_SHAPE(struct queue_paper, "DeskPaper", paper_members);

/* What was verified holds where there is something verified, as in the signed report. */
static struct paper_row row_of(struct request *rq, const struct case_row *row, size_t number)
{
    const struct queue_row view = queue_row_of(rq, row);
    bool is_verified = row->at.verified_points != STORE_UNKNOWN;
    day due;
    bool has_day = day_parse_iso(row->at.due_on, strlen(row->at.due_on), &due);

    return (struct paper_row){
        .number = number,
        .name = view.name,
        .form = view.form,
        .tax_code = row->shown.tax_code,
        .reference = arena_printf(rq->arena, "HS-%lld-%d", (long long)row->id, row->at.edition),
        .state = view.state,
        .due = has_day ? text_of_day(rq->arena, due) : view.due,
        .area = view.area,
        .business = view.business,
        .points = is_verified ? case_points(rq, row->at.verified_points) : view.points,
        .level = case_level_text(rq, is_verified ? row->at.verified_level : row->shown.level),
        .support = view.support,
        .flag = view.flag};
}

static enum status fill(struct request *rq, struct queue_paper *page, struct err *err)
{
    struct queue_asked asked;
    struct case_row *rows;
    struct paper_row *lines;
    enum status status;

    queue_read(rq, rq->x->request.query, &asked);
    page->filters = queue_words(rq, &asked);
    page->back = queue_with(rq, &asked, path_page_queue(rq->arena));
    page->made_at = time_and_day(rq->arena, rq->app.now);
    page->made_by = rq->desk.account.full_name;
    status = queue_rows(rq, &asked, QUEUE_PAPER_ROWS_MAX + 1, &rows, &page->count, err);
    if (status == OK && page->count > QUEUE_PAPER_ROWS_MAX)
        return err_set(err, LIMIT,
                       "Danh sách in nhận nhiều nhất %d hồ sơ: hãy lọc hẹp lại, hoặc tải tệp XLSX.",
                       "A list to print takes at most %d files: filter fewer, or take the XLSX.",
                       QUEUE_PAPER_ROWS_MAX);
    if (status != OK)
        return status;
    lines = ARENA_ARRAY(rq->arena, struct paper_row, page->count + 1);
    for (size_t i = 0; i < page->count; i++)
        lines[i] = row_of(rq, &rows[i], i + 1);
    page->rows = lines;
    return OK;
}

static enum work_queue show(struct request *rq, enum web_text title,
                            void (*view)(struct view *v, const struct desk_layout *desk,
                                         const struct queue_paper *page))
{
    struct desk_layout layout = desk_layout(rq, title);
    struct queue_paper page = {.count = 0};
    struct err err;

    if (fill(rq, &page, &err) != OK)
        return request_error(rq, &err);
    layout.is_wide = true;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_queue_paper, &page);
    request_page(rq, 200);
    view(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_queue_print(struct request *rq)
{
    return show(rq, WEB_paper_list_title, view_queue_print);
}

enum work_queue page_queue_letter(struct request *rq)
{
    return show(rq, WEB_letter_title, view_queue_letter);
}
