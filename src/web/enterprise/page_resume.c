/* Coming back: reference and secret, or the link; and forms that were kept meanwhile. */
#include "code.h"
#include "web/enterprise/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "web_paths.h"
#include "web_views.h"

/*
 * From one address five tries for a dossier at once, then one every three minutes: of 2^60 secrets
 * an attacker tries 175,000 a year, and a thousand addresses are as far from it. No dossier is
 * closed to other addresses, for then anybody could lock its owner out who knows its reference.
 * For all dossiers together an address has more; what was right is given back, so that a class room
 * comes in behind one address.
 */
#define SECRET_TRIES 5
#define SECRET_SECONDS 180
#define CLIENT_TRIES 60
#define CLIENT_SECONDS 20

enum { FIELD_REFERENCE, FIELD_SECRET, FIELD_LINK, FIELD_PATH, FIELD_BODY, RESUME_FIELDS };

struct resume {
    struct field fields[RESUME_FIELDS];
    char reference[DOSSIER_REFERENCE_BYTES];
    char secret[SECRET_CHARS + 1];
    int64_t dossier;
    const char *hash;
    bool is_right;
};

static const struct field resume_fields[RESUME_FIELDS] = {
    [FIELD_REFERENCE] = {.name = "reference", .max = 40},
    [FIELD_SECRET] = {.name = "secret", .max = 60},
    [FIELD_LINK] = {.name = "link", .max = SESSION_TOKEN_CHARS},
    [FIELD_PATH] = {.name = "path", .max = SERVER_PATH_BYTES_MAX},
    [FIELD_BODY] = {.name = "body", .max = FORM_BYTES_MAX, .is_raw = true},
};

static const char *value(const struct resume *r, int field)
{
    return r->fields[field].value ? r->fields[field].value : "";
}

static const struct json_member resume_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct resume_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct resume_page, "reference", reference),
};
const struct json_shape shape_resume = JSON_SHAPE(struct resume_page, "ResumeForm", resume_members);

static void show(struct request *rq, unsigned status, const struct resume_page *page)
{
    struct layout layout = request_layout(rq, WEB_resume_title);

    if (rq->wants_json) {
        request_reply(rq, status, &shape_resume, page);
        return;
    }
    layout.is_owner = false;
    layout.path = path_page_resume(rq->arena).text;
    layout.form = "resume";
    layout.has_fault = page->faults && page->faults->count;
    request_page(rq, status);
    view_resume(&rq->view, &layout, page, request_keep_days(rq));
}

static enum work_queue refuse_json(struct request *rq, unsigned status)
{
    struct err err;

    err_set(&err, DENIED, "Cần mở hồ sơ bằng mã hồ sơ và mã bí mật trước.",
            "The application has to be opened with its reference and secret code first.");
    return request_fail(rq, status, &err);
}

enum work_queue request_ask_code(struct request *rq, unsigned status, const char *reference)
{
    bool is_form =
        rq->x->request.method == METHOD_POST &&
        content_type_is(rq->x->request.content_type, "application/x-www-form-urlencoded");
    static const struct form_faults none;
    struct resume_page page = {.token = rq->form_token,
                               .faults = &none,
                               .reference = reference,
                               .path = rq->path,
                               .body = is_form ? rq->body : "",
                               .is_kept = is_form,
                               .is_denied = true};

    rq->x->event = "denied";
    if (rq->wants_json)
        return refuse_json(rq, status);
    show(rq, status, &page);
    return QUEUE_DONE;
}

enum work_queue page_resume(struct request *rq)
{
    struct field field = {.name = "ma", .max = 40};
    static const struct form_faults none;
    struct resume_page page = {
        .token = rq->form_token, .faults = &none, .reference = "", .path = "", .body = ""};

    query_read(rq->arena, rq->x->request.query, &field, 1);
    if (field.value)
        page.reference = field.value;
    show(rq, 200, &page);
    return QUEUE_DONE;
}

/* The page once more, with what was sent. */
static struct resume_page page_of(const struct request *rq, const struct resume *r,
                                  const struct form_faults *faults)
{
    return (struct resume_page){.token = rq->form_token,
                                .faults = faults,
                                .reference = value(r, FIELD_REFERENCE),
                                .path = value(r, FIELD_PATH),
                                .body = value(r, FIELD_BODY),
                                .is_kept = *value(r, FIELD_BODY) != '\0'};
}

static enum work_queue refuse(struct request *rq, const struct resume *r, const char *text)
{
    struct form_faults faults = {0};
    struct resume_page page = page_of(rq, r, &faults);
    struct err err;

    rq->x->event = "wrong-code";
    if (rq->wants_json) {
        enum work_queue queue;

        err_set(&err, DENIED, "%1$s", "%1$s", text);
        queue = request_fail(rq, 403, &err);
        rq->must_undo = false; /* the try was made */
        return queue;
    }
    form_fault_add(&faults, "reference", tr(rq, WEB_resume_code), text);
    show(rq, 403, &page);
    return QUEUE_DONE;
}

static enum work_queue refuse_wrong(struct request *rq, const struct resume *r)
{
    return refuse(rq, r, tr(rq, WEB_resume_wrong));
}

/* The dossier is open: on to where the visitor wanted to go. */
static enum work_queue go_on(struct request *rq, const struct resume *r)
{
    const char *path = value(r, FIELD_PATH);
    struct err err;

    if (access_reference(&rq->app, r->dossier, rq->arena, &rq->reference, &err) != OK)
        return request_error(rq, &err);
    return request_replay(rq, path, value(r, FIELD_BODY));
}

static enum work_queue open_dossier(struct request *rq, const struct resume *r)
{
    struct err err;

    return session_open(rq, r->dossier, &err) == OK ? go_on(rq, r) : request_error(rq, &err);
}

/* Who guesses at what. */
static const char *guess_key(const struct request *rq, const struct resume *r)
{
    return arena_printf(rq->arena, "%s:%s", r->reference, request_client(rq));
}

static enum work_queue finish(struct request *rq)
{
    struct resume *r = rq->page;
    struct err err;

    if (!r->is_right)
        return refuse_wrong(rq, r);
    if (request_limit_return(rq, "resume", guess_key(rq, r), &err) != OK ||
        request_limit_return(rq, "client", request_client(rq), &err) != OK)
        return request_error(rq, &err);
    return open_dossier(rq, r);
}

/* The same work for dossiers that there are not: how long it takes tells nothing. */
static enum work_queue try_secret(struct request *rq)
{
    static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    struct resume *r = rq->page;
    bool is_right = secret_matches(r->hash ? r->hash : nobody, r->secret);

    r->is_right = is_right && r->hash;
    return request_go(rq, QUEUE_WRITE, finish);
}

static enum work_queue try_link(struct request *rq, struct resume *r)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    struct err err;
    enum status status;

    hash_token(value(r, FIELD_LINK), hash);
    status = access_link(&rq->app, hash, &r->dossier, &err);
    if (status == NOT_FOUND)
        return refuse_wrong(rq, r);
    if (status == OK)
        status = request_limit_return(rq, "client", request_client(rq), &err);
    return status == OK ? open_dossier(rq, r) : request_error(rq, &err);
}

/* A form that the store refused a moment ago, from somebody whose session still holds. */
static bool is_granted(struct request *rq, struct resume *r)
{
    const char *path = value(r, FIELD_PATH);
    const char *reference = route_reference(rq, path);
    struct dossier dossier;
    struct session_check check;
    struct err err;

    if (!*reference ||
        access_enter(&rq->app, reference, rq->session_hash, rq->arena, &dossier, &check, &err) !=
            OK ||
        !check.is_granted)
        return false;
    r->dossier = dossier.id;
    return true;
}

static enum status limit_guesses(struct request *rq, const struct resume *r, struct err *err)
{
    enum status status =
        request_limit(rq, "client", request_client(rq), CLIENT_TRIES, CLIENT_SECONDS, err);

    if (status != OK || *value(r, FIELD_LINK))
        return status;
    return request_limit(rq, "resume", guess_key(rq, r), SECRET_TRIES, SECRET_SECONDS, err);
}

static enum work_queue begin_trying(struct request *rq, struct resume *r)
{
    struct err err;
    enum status status =
        access_secret(&rq->app, r->reference, rq->arena, &r->dossier, &r->hash, &err);

    if (status == NOT_FOUND)
        r->hash = NULL;
    else if (status != OK)
        return request_error(rq, &err);
    rq->page = r;
    return request_go(rq, QUEUE_SLOW, try_secret);
}

/* What cannot be a code is no try. */
static bool read_code(struct request *rq, struct resume *r, enum work_queue *queue)
{
    if (!dossier_reference_parse(value(r, FIELD_REFERENCE), r->reference))
        *queue = refuse(rq, r, tr(rq, WEB_resume_bad_reference));
    else if (!secret_parse(value(r, FIELD_SECRET), r->secret))
        *queue = refuse(rq, r, tr(rq, WEB_resume_bad_secret));
    else
        return true;
    return false;
}

enum work_queue post_resume(struct request *rq)
{
    struct resume *r = ARENA_NEW(rq->arena, struct resume);
    enum work_queue queue;
    struct err err;

    memcpy(r->fields, resume_fields, sizeof(resume_fields));
    if (!request_form(rq, r->fields, RESUME_FIELDS))
        return QUEUE_DONE;
    if (rq->stays) {
        static const struct form_faults none;
        struct resume_page page = page_of(rq, r, &none);

        show(rq, 200, &page);
        return QUEUE_DONE;
    }
    if (*value(r, FIELD_BODY) && is_granted(rq, r))
        return go_on(rq, r);
    if (!*value(r, FIELD_LINK) && !read_code(rq, r, &queue))
        return queue;
    if (limit_guesses(rq, r, &err) != OK)
        return request_limited(rq, &err);
    return *value(r, FIELD_LINK) ? try_link(rq, r) : begin_trying(rq, r);
}

enum work_queue post_leave(struct request *rq)
{
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (session_close(rq, &err) != OK)
        return request_error(rq, &err);
    code_forget(rq);
    return request_redirect(rq, path_page_home(rq->arena));
}

