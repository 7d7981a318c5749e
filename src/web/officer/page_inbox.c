/* The inbox: files that arrived, and taking one in. */
#include "inbox_reading.h"
#include "web/officer/inbox_page.h"
#include "web/handlers.h"

#include <string.h>

#include "base/text.h"
#include "survey/response.h"
#include "web_paths.h"
#include "web_views.h"

/* A file on its way in. */
struct arriving {
    struct upload upload;
    const char *sender, *survey, *round;
    struct form_faults faults;
};

/* ---- for programs ---- */

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_INT64, struct inbox_line, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct inbox_line, "file", file),
    JSON_VALUE(MEMBER_TEXT, struct inbox_line, "sender", sender),
    JSON_VALUE(MEMBER_TEXT, struct inbox_line, "state", state),
};
static const struct json_shape shape_line =
    JSON_SHAPE(struct inbox_line, "DeskInboxLine", line_members);

static const struct json_member page_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct inbox_page, "token", token),
    JSON_PARTS(struct inbox_page, "files", files, count, &shape_line),
};
static const struct json_shape shape_page =
    JSON_SHAPE(struct inbox_page, "DeskInbox", page_members);

/* ---- the page ---- */

static int64_t sum(const struct inbox_counts *counts)
{
    int64_t all = 0;

    for (int i = 0; i < INBOX_OUTCOME__MAX; i++)
        all += counts->own[i] + counts->other[i];
    return all;
}

static enum status add_files(struct request *rq, struct inbox_page *page, struct err *err)
{
    struct inbox *list;
    struct inbox_counts *counts;
    struct inbox_line *lines;
    enum status status = inboxes_list(&rq->app, rq->arena, &list, &counts, &page->count, err);

    if (status != OK)
        return status;
    lines = ARENA_ARRAY(rq->arena, struct inbox_line, page->count + 1);
    for (size_t i = 0; i < page->count; i++) {
        lines[i] = (struct inbox_line){.id = list[i].id,
                                       .file = list[i].file,
                                       .sender = list[i].sender,
                                       .day = time_and_day(rq->arena, list[i].received_at),
                                       .rows = desk_number(rq, sum(&counts[i]))};
        lines[i].state = inbox_state_text(rq, list[i].state, &lines[i].tone);
    }
    page->files = lines;
    return OK;
}

static void add_surveys(struct request *rq, struct inbox_page *page, const char *chosen)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    struct choice_view *list = ARENA_ARRAY(rq->arena, struct choice_view, loaded->count + 1);

    for (size_t i = 0; i < loaded->count; i++)
        list[i] = (struct choice_view){loaded->items[i].q->ref,
                                       loaded->items[i].q->title.in[rq->lang],
                                       strcmp(loaded->items[i].q->ref, chosen) == 0};
    page->surveys = list;
    page->survey_count = loaded->count;
}

static enum work_queue show(struct request *rq, const struct arriving *a)
{
    struct desk_layout layout = desk_layout(rq, WEB_inbox_title);
    struct inbox_page page = {.token = rq->form_token,
                              .faults = &a->faults,
                              .sender = a->sender,
                              .round = a->round};
    struct err err;

    layout.is_wide = true;
    layout.layout.has_fault = a->faults.count > 0;
    page.limits = INBOX_SAY(rq, WEB_inbox_limits, desk_number(rq, INBOX_FILE_BYTES_MAX >> 20),
                          desk_number(rq, INBOX_ROWS_MAX));
    add_surveys(rq, &page, a->survey);
    if (add_files(rq, &page, &err) != OK)
        return request_error(rq, &err);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_page, &page);
    request_page(rq, a->faults.count ? 422 : 200);
    view_inbox(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_inbox(struct request *rq)
{
    const struct arriving a = {.sender = "", .survey = "dbi-sme@2021", .round = rq->site->round};

    return show(rq, &a);
}

/* ---- taking one in ---- */

static enum work_queue show_faulty(struct request *rq)
{
    const struct arriving *a = rq->page;

    rq->must_undo = true;
    return rq->wants_json ? request_faults_json(rq, &a->faults) : show(rq, a);
}

static void check(struct request *rq, struct arriving *a)
{
    struct faults faults;
    const char *megabytes = desk_number(rq, INBOX_FILE_BYTES_MAX >> 20);

    faults_init(&faults, rq->arena);
    if (!a->upload.is_sent || !a->upload.len)
        form_fault_add(&a->faults, "file", tr(rq, WEB_inbox_file), tr(rq, WEB_inbox_no_file));
    else if (a->upload.len > INBOX_FILE_BYTES_MAX)
        form_fault_add(&a->faults, "file", tr(rq, WEB_inbox_file),
                       tr_with(rq, WEB_inbox_large, megabytes));
    if (!*a->sender)
        form_fault_add(&a->faults, "sender", tr(rq, WEB_inbox_sender),
                       tr(rq, WEB_inbox_no_sender));
    if (!loaded_data_find(&rq->site->loaded, a->survey))
        form_fault_add(&a->faults, "survey", tr(rq, WEB_inbox_survey),
                       tr(rq, WEB_inbox_no_survey));
    if (!*a->round || !response_check_round(a->round, (struct place){"", 0, ""}, &faults))
        form_fault_add(&a->faults, "round", tr(rq, WEB_inbox_round), tr(rq, WEB_inbox_bad_round));
}

static enum work_queue receive(struct request *rq)
{
    const struct arriving *a = rq->page;
    struct inbox inbox = {.sender = a->sender,
                          .file = *a->upload.name ? a->upload.name : "tep.csv",
                          .questionnaire = a->survey,
                          .round = a->round};
    struct err err;

    if (inbox_receive(&rq->app, &inbox, a->upload.data, a->upload.len, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return inbox_begin_reading(rq, &inbox, "");
}

static enum work_queue take(struct request *rq)
{
    struct arriving *a = rq->page;
    struct field fields[] = {{.name = "sender", .max = INBOX_SENDER_BYTES_MAX},
                             {.name = "survey", .max = 200},
                             {.name = "round", .max = 200}};

    a->upload.field = "file";
    if (!request_multipart(rq, fields, 3, &a->upload))
        return QUEUE_DONE;
    a->sender = fields[0].value ? fields[0].value : "";
    a->survey = fields[1].value ? fields[1].value : "";
    a->round = fields[2].value ? fields[2].value : "";
    check(rq, a);
    return request_go(rq, QUEUE_WRITE, a->faults.count ? show_faulty : receive);
}

enum work_queue post_inbox(struct request *rq)
{
    rq->page = ARENA_NEW(rq->arena, struct arriving);
    return request_go(rq, QUEUE_SLOW, take);
}
