/* What is done with a file of the inbox: explained, let in, discarded, read again, undone. */
#include "inbox_reading.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "web_paths.h"

static enum work_queue to_file(struct request *rq, const char *done)
{
    struct path path = path_page_inbox_file(rq->arena, rq->number);

    return request_redirect(rq, *done ? path_with(rq->arena, path, "xong", done) : path);
}

/* What a form sends that another page has shown is no number: then nothing fits it. */
static int64_t number_in(const struct field *field)
{
    return field->value ? strtoll(field->value, NULL, 10) : 0;
}

static enum work_queue refuse_act(struct request *rq)
{
    struct err err;

    err_set(&err, BAD_INPUT, "Không có việc này.", "There is no such act.");
    return request_error(rq, &err);
}

/* Only what this file was let in by. */
static enum work_queue undo(struct request *rq, const struct open_inbox *open, int64_t import)
{
    struct store_undone undone;
    struct err err;

    for (size_t i = 0; i < open->import_count; i++) {
        if (open->imports[i].id != import)
            continue;
        if (open->imports[i].account != rq->desk.account.id && open->areas)
            break;
        if (import_undo(&rq->app, import, &undone, &err) == OK)
            return to_file(rq, "hoan-tac");
        rq->must_undo = true;
        return request_error(rq, &err);
    }
    err_set(&err, CONFLICT,
            "Chỉ người đã cho vào, hoặc người phụ trách toàn tỉnh, được hoàn tác lần nhập này.",
            "Only who let it in, or who has the whole province, may undo this import.");
    return request_error(rq, &err);
}

static enum work_queue act(struct request *rq, struct open_inbox *open, enum inbox_act act,
                           int64_t version)
{
    struct err err;

    if (open_inbox_act(&rq->app, open, act, version, &err) != OK) {
        rq->must_undo = true;
        return request_error(rq, &err);
    }
    if (act == INBOX_ACT_READ)
        return inbox_begin_reading(rq, &open->inbox, "");
    return act == INBOX_ACT_DISCARD ? request_redirect(rq, path_page_inbox(rq->arena))
                                    : to_file(rq, "");
}

enum work_queue post_inbox_file(struct request *rq)
{
    static const char *const names[INBOX_ACT__MAX] = {[INBOX_ACT_ENTER] = "enter",
                                                      [INBOX_ACT_DISCARD] = "discard",
                                                      [INBOX_ACT_READ] = "read"};
    struct field fields[] = {{.name = "act", .max = 20},
                             {.name = "version", .max = 18},
                             {.name = "import", .max = 18}};
    struct open_inbox open;
    struct err err;

    if (!request_form(rq, fields, ARRAY_SIZE(fields)))
        return QUEUE_DONE;
    if (rq->stays || !fields[0].value)
        return rq->stays ? to_file(rq, "") : refuse_act(rq);
    if (open_inbox_load(&rq->app, rq->number, rq->arena, &open, &err) != OK)
        return request_error(rq, &err);
    if (strcmp(fields[0].value, "undo") == 0)
        return undo(rq, &open, number_in(&fields[2]));
    for (int i = 0; i < INBOX_ACT__MAX; i++) {
        if (strcmp(fields[0].value, names[i]) == 0)
            return act(rq, &open, (enum inbox_act)i, number_in(&fields[1]));
    }
    return refuse_act(rq);
}

/* ---- what it means ---- */

/* "": nothing was said; "-": the column is passed over, or the cell empty. */
static enum status mean(struct request *rq, const struct open_inbox *open, const struct field *said,
                        const struct field *kept, const char *item, const char *text,
                        struct err *err)
{
    struct inbox_meaning meaning = {.item = item, .text = text};

    if (!said->value || !*said->value)
        return OK;
    meaning.meaning = strcmp(said->value, "-") == 0 ? "" : said->value;
    meaning.is_remembered = kept->is_sent;
    return open_inbox_mean(&rq->app, open, &meaning, err);
}

struct asked {
    struct field *fields; /* version; then two for each heading, two for each fault */
    size_t headings, faults;
};

static void declare(struct request *rq, const struct open_inbox *open, struct asked *asked)
{
    struct field *at;

    asked->headings = open->heading_count < INBOX_ASKED_MAX ? open->heading_count
                                                            : INBOX_ASKED_MAX;
    asked->faults = open->fault_count;
    asked->fields = ARENA_ARRAY(rq->arena, struct field,
                                1 + 2 * (asked->headings + asked->faults));
    at = asked->fields;
    *at++ = (struct field){.name = "version", .max = 18};
    for (size_t i = 0; i < asked->headings; i++) {
        *at++ = (struct field){.name = arena_printf(rq->arena, "cot%zu", i), .max = 200};
        *at++ = (struct field){.name = arena_printf(rq->arena, "nho-cot%zu", i), .max = 1};
    }
    for (size_t i = 0; i < asked->faults; i++) {
        *at++ = (struct field){.name = arena_printf(rq->arena, "o%zu", i), .max = 200};
        *at++ = (struct field){.name = arena_printf(rq->arena, "nho-o%zu", i), .max = 1};
    }
}

static enum status mean_all(struct request *rq, const struct open_inbox *open,
                            const struct asked *asked, struct err *err)
{
    const struct field *at = asked->fields + 1;
    enum status status = OK;

    for (size_t i = 0; i < asked->headings && status == OK; i++, at += 2)
        status = mean(rq, open, &at[0], &at[1], "", open->headings[i].heading, err);
    for (size_t i = 0; i < asked->faults && status == OK; i++, at += 2) {
        if (open->faults[i].is_open)
            status = mean(rq, open, &at[0], &at[1], open->faults[i].item, open->faults[i].text,
                          err);
    }
    return status;
}

enum work_queue post_inbox_meanings(struct request *rq)
{
    struct open_inbox open;
    struct asked asked;
    struct err err;

    if (open_inbox_load(&rq->app, rq->number, rq->arena, &open, &err) != OK)
        return request_error(rq, &err);
    declare(rq, &open, &asked);
    if (!request_form(rq, asked.fields, 1 + 2 * (asked.headings + asked.faults)))
        return QUEUE_DONE;
    if (rq->stays)
        return to_file(rq, "");
    if (open_inbox_act(&rq->app, &open, INBOX_ACT_READ, number_in(&asked.fields[0]), &err) != OK ||
        mean_all(rq, &open, &asked, &err) != OK) {
        rq->must_undo = true;
        return request_error(rq, &err);
    }
    return inbox_begin_reading(rq, &open.inbox, "ghep");
}
