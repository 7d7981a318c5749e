/* Files that prove an answer: sent, used again, taken away, given back to who sent them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asked.h"
#include "code.h"
#include "submission.h"
#include "base/text.h"
#include "web/handlers.h"
#include "web/kit/site_log.h"
#include "web_paths.h"
#include "web_views.h"

#define FIELD_FILE "file"
#define FIELD_REUSE "reuse"

/* A file on its way in. */
struct sending {
    const struct question *question;
    size_t index; /* of the question */
    struct unlocked unlocked;
    struct upload upload;
    const char *type;
    char hash[EVIDENCE_HASH_CHARS + 1];
    struct form_faults faults;
};

/* ---- what there is ---- */

static enum status load_list(struct request *rq, const struct evidence **list, size_t *count,
                             struct err *err)
{
    return open_dossier_evidence(&rq->app, &rq->opened, rq->arena, list, count, err);
}

static const struct evidence *find_file(const struct evidence *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id)
            return &list[i];
    }
    return NULL;
}

/* The same file of this question; of another row too. */
static bool has_file(const struct evidence *list, size_t count, const char *question,
                     const char *hash)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].question, question) == 0 && strcmp(list[i].hash, hash) == 0)
            return true;
    }
    return false;
}

static enum work_queue to_evidence(struct request *rq, const char *question)
{
    return request_redirect(rq, path_page_evidence(rq->arena, rq->reference, question));
}

/* ---- the page ---- */

static const struct evidence_row *view_rows(struct request *rq, const struct sending *s,
                                            const struct evidence *list, size_t count, bool is_own,
                                            size_t *out_count)
{
    const char *question = s->question->id;
    struct evidence_row *rows = ARENA_ARRAY(rq->arena, struct evidence_row, count + 1);
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        size_t index;
        const struct question *about = request_question(rq, list[i].question, &index);

        if ((strcmp(list[i].question, question) == 0) != is_own ||
            (!is_own && has_file(list, count, question, list[i].hash)))
            continue;
        rows[at++] = (struct evidence_row){.id = list[i].id,
                                           .name = list[i].name,
                                           .size = bytes_words(rq, list[i].size),
                                           .added_at = time_and_day(rq->arena, list[i].added_at),
                                           .label = about ? about->label.in[rq->lang] : "",
                                           .may_go = unlocked_gives_up(&s->unlocked, s->index,
                                                                       &list[i])};
    }
    *out_count = at;
    return rows;
}

static enum work_queue show_page(struct request *rq, struct sending *s)
{
    struct layout layout = request_layout(rq, WEB_evidence_title);
    const struct question *question = s->question;
    int64_t page = (int64_t)question_page_of(&rq->opened.survey->pages, s->index) + 1;
    struct evidence_view view = {.reference = rq->reference,
                                 .question = question->id,
                                 .label = question->text.in[rq->lang],
                                 .hint = question->evidence.in[rq->lang],
                                 .page = page,
                                 .is_asked = rq->opened.dossier.state == DOSSIER_REVIEWING ||
                                             rq->opened.dossier.state == DOSSIER_RETURNED,
                                 .number = (int64_t)s->index + 1,
                                 .fault = form_fault_at(&s->faults, FIELD_FILE),
                                 .reuse_fault = form_fault_at(&s->faults, FIELD_REUSE)};
    const struct evidence *list;
    size_t count;
    struct err err;

    if (load_list(rq, &list, &count, &err) != OK ||
        open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, &s->unlocked, &err) != OK)
        return request_error(rq, &err);
    view.is_open = unlocked_takes_files(&s->unlocked, s->index);
    view.own = view_rows(rq, s, list, count, true, &view.own_count);
    view.other = view_rows(rq, s, list, count, false, &view.other_count);
    layout.has_fault = s->faults.count > 0;
    request_page(rq, s->faults.count ? 422 : 200);
    view_evidence(&rq->view, &layout, &view, &s->faults);
    return QUEUE_DONE;
}

struct evidence_reply {
    const char *token;
    const struct evidence *list;
    size_t count;
};

static const struct json_member evidence_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct evidence_reply, "token", token),
    JSON_PARTS(struct evidence_reply, "evidence", list, count, &shape_file),
};
const struct json_shape shape_evidence =
    JSON_SHAPE(struct evidence_reply, "Evidence", evidence_members);

static enum work_queue reply_json(struct request *rq, const char *question)
{
    const struct evidence *list;
    struct evidence *own;
    struct evidence_reply reply = {.token = rq->form_token};
    size_t count;
    struct err err;

    if (load_list(rq, &list, &count, &err) != OK)
        return request_error(rq, &err);
    own = ARENA_ARRAY(rq->arena, struct evidence, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].question, question) == 0)
            own[reply.count++] = list[i];
    }
    reply.list = own;
    return request_reply(rq, 200, &shape_evidence, &reply);
}

enum work_queue page_evidence(struct request *rq)
{
    struct sending s = {.faults.count = 0};

    s.question = request_question(rq, rq->segment, &s.index);
    if (!s.question)
        return request_not_found(rq);
    return rq->wants_json ? reply_json(rq, rq->segment) : show_page(rq, &s);
}

/* ---- sending ---- */

static void add_fault(struct request *rq, struct sending *s, const char *field, const char *text)
{
    form_fault_add(&s->faults, field,
                   tr(rq, strcmp(field, FIELD_FILE) == 0 ? WEB_evidence_file : WEB_evidence_reuse),
                   text);
}

/* In the store queue: the page lists what there is. */
static enum work_queue refuse_file(struct request *rq)
{
    struct sending *s = rq->page;

    rq->must_undo = true;
    return rq->wants_json ? faults_json(rq, &s->faults) : show_page(rq, s);
}

/* What is wrong with a file by its content; true if nothing is. */
static bool check_file(struct request *rq, struct sending *s)
{
    bool is_locked = false;
    enum file_kind kind = file_kind_of(s->upload.data, s->upload.len, &is_locked);
    const char *fault = !s->upload.is_sent                        ? tr(rq, WEB_evidence_none)
                        : s->upload.len == 0                      ? tr(rq, WEB_evidence_empty)
                        : s->upload.len > EVIDENCE_FILE_BYTES_MAX ? tr(rq, WEB_evidence_large)
                        : is_locked                               ? tr(rq, WEB_evidence_locked)
                        : kind == FILE_HEIC                       ? tr(rq, WEB_evidence_heic)
                        : kind == FILE_OTHER                      ? tr(rq, WEB_evidence_kind)
                                                                  : NULL;

    if (fault) {
        add_fault(rq, s, FIELD_FILE, fault);
        return false;
    }
    s->type = file_kind_type(kind);
    if (!*s->upload.name)
        s->upload.name = arena_printf(rq->arena, "minh-chung.%s", file_kind_suffix(kind));
    return true;
}

/* True if the question takes files. */
static bool may_send(struct request *rq, struct sending *s, enum work_queue *queue)
{
    struct err err;

    if (open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, &s->unlocked, &err) != OK)
        *queue = request_error(rq, &err);
    else if (!unlocked_takes_files(&s->unlocked, s->index))
        *queue = open_dossier_is_open(&rq->opened) ? refuse_locked(rq, &s->unlocked)
                                                   : refuse_state(rq);
    else
        return true;
    return false;
}

/* Whether it may still be changed, as it stands now: other windows go on meanwhile. */
static bool enter_again(struct request *rq, struct sending *s, enum work_queue *queue)
{
    struct err err;

    if (open_dossier_load(&rq->app, rq->reference, rq->arena, &rq->opened, &err) == OK)
        return may_send(rq, s, queue);
    *queue = request_error(rq, &err);
    return false;
}

/*
 * The file may have been deleted after it was found there and before its row was committed, because
 * the last other dossier that had it gave it up. From now on nobody deletes it: written again, it
 * stays.
 */
static enum work_queue keep_file(struct request *rq)
{
    struct sending *s = rq->page;
    struct err err;

    if (evidence_keep(&rq->app, s->upload.data, s->upload.len, s->hash, &err) != OK)
        return request_error(rq, &err);
    return to_evidence(rq, s->question->id);
}

static enum work_queue refuse_row(struct request *rq, const struct err *why)
{
    struct sending *s = rq->page;

    if (why->status != LIMIT)
        return request_error(rq, why);
    add_fault(rq, s, FIELD_FILE, tr_with(rq, WEB_evidence_quota, why->text[rq->lang]));
    return refuse_file(rq);
}

static enum work_queue add_file(struct request *rq)
{
    struct sending *s = rq->page;
    struct evidence file = {.question = s->question->id,
                            .hash = s->hash,
                            .type = s->type,
                            .name = s->upload.name,
                            .size = (int64_t)s->upload.len};
    enum work_queue queue;
    struct err err;

    /* Where no row comes of it nothing of it stays on the disk either. */
    evidence_drop_later(&rq->app, s->hash);
    if (!enter_again(rq, s, &queue))
        return queue;
    if (open_dossier_add_evidence(&rq->app, &rq->opened, &file, rq->arena, &err) != OK ||
        evidence_count_sent(&rq->app, request_client(rq), s->upload.len, &err) != OK)
        return refuse_row(rq, &err);
    return request_go(rq, QUEUE_SLOW, keep_file);
}

static enum work_queue receive_file(struct request *rq)
{
    struct sending *s = rq->page;
    struct err err;

    s->upload.field = FIELD_FILE;
    if (!request_multipart(rq, NULL, 0, &s->upload))
        return QUEUE_DONE;
    if (!check_file(rq, s))
        return request_go(rq, QUEUE_WRITE, refuse_file);
    if (evidence_keep(&rq->app, s->upload.data, s->upload.len, s->hash, &err) != OK)
        return request_error(rq, &err);
    return request_go(rq, QUEUE_WRITE, add_file);
}

/* ---- the same file for another question ---- */

static enum work_queue reuse_file(struct request *rq)
{
    struct sending *s = rq->page;
    struct field fields[] = {{.name = FIELD_REUSE, .max = 20}};
    const struct evidence *list, *found;
    struct evidence file;
    size_t count;
    int64_t id;
    struct err err;

    if (!request_form(rq, fields, 1))
        return QUEUE_DONE;
    if (load_list(rq, &list, &count, &err) != OK)
        return request_error(rq, &err);
    if (!fields[0].value || !number_read(fields[0].value, &id)) {
        add_fault(rq, s, FIELD_REUSE, tr(rq, WEB_evidence_choose));
        return refuse_file(rq);
    }
    found = find_file(list, count, id);
    if (!found)
        return request_not_found(rq);
    file = *found;
    file.question = s->question->id;
    if (open_dossier_add_evidence(&rq->app, &rq->opened, &file, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return to_evidence(rq, s->question->id);
}

enum work_queue post_evidence(struct request *rq)
{
    struct sending *s = ARENA_NEW(rq->arena, struct sending);
    enum work_queue queue;

    s->question = request_question(rq, rq->segment, &s->index);
    if (!s->question)
        return request_not_found(rq);
    if (!may_send(rq, s, &queue))
        return queue;
    rq->page = s;
    if (content_type_is(rq->x->request.content_type, "multipart/form-data"))
        return request_go(rq, QUEUE_SLOW, receive_file);
    return reuse_file(rq);
}

/* ---- taking away ---- */

enum work_queue post_evidence_delete(struct request *rq)
{
    const struct evidence *list, *file;
    struct sending s = {.faults.count = 0};
    enum work_queue queue;
    size_t count;
    struct err err;

    if (!request_press(rq))
        return QUEUE_DONE;
    if (load_list(rq, &list, &count, &err) != OK)
        return request_error(rq, &err);
    file = find_file(list, count, rq->number);
    if (!file)
        return request_not_found(rq);
    s.question = request_question(rq, file->question, &s.index);
    /* a question that is not there any more takes no files, and gives them up with a draft */
    if (!s.question && rq->opened.dossier.state != DOSSIER_DRAFT)
        return refuse_state(rq);
    if (s.question && !may_send(rq, &s, &queue))
        return queue;
    if (s.question && !unlocked_gives_up(&s.unlocked, s.index, file))
        return refuse_locked(rq, &s.unlocked);
    if (open_dossier_remove_evidence(&rq->app, &rq->opened, file, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return to_evidence(rq, file->question);
}

/* ---- giving back ---- */

/* Told before it is on somebody's disk: no page can tell when it is opened from there. */
static enum work_queue warn_first(struct request *rq, const struct evidence *file)
{
    static const struct form_faults none;
    struct confirm_view confirm = {
        .lead = tr_with(rq, WEB_evidence_active_lead, file->name),
        .points = {tr(rq, WEB_evidence_active_known), tr(rq, WEB_evidence_active_refuse),
                   tr(rq, WEB_evidence_active_print)},
        .action = path_post_file(rq->arena, rq->reference, file->id),
        .button = tr(rq, WEB_evidence_active_button),
        .back = path_page_evidence(rq->arena, rq->reference, file->question)};

    return confirm_show(rq, WEB_evidence_active_title, &confirm, &none);
}

static enum work_queue send_file(struct request *rq)
{
    const struct evidence *file = rq->page;
    struct evidence_opened opened;

    if (!request_evidence_open(rq, file, &opened))
        return QUEUE_DONE;
    if (!opened.is_active || rq->wants_json || rq->x->request.method == METHOD_POST)
        return request_evidence(rq, file, &opened, rq->reference);
    close(opened.content.file);
    return warn_first(rq, file);
}

enum work_queue page_file(struct request *rq)
{
    const struct evidence *list, *file;
    size_t count;
    struct err err;

    if (load_list(rq, &list, &count, &err) != OK)
        return request_error(rq, &err);
    file = find_file(list, count, rq->number);
    if (!file)
        return request_not_found(rq);
    rq->page = (void *)(uintptr_t)file;
    return request_go(rq, QUEUE_SLOW, send_file);
}

enum work_queue post_file(struct request *rq)
{
    return request_press(rq) ? page_file(rq) : QUEUE_DONE;
}
