/* The second factor: a code of the telephone, or a recovery code. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <sodium.h>
#include <string.h>

#include "web_paths.h"
#include "web_views.h"

/* Who gets here knows the password. Three of a million codes are right at any time: at 480 tries a
 * day it takes two years to meet one. */
#define CODE_TRIES 10
#define CODE_SECONDS 180
#define KNOWN_SECONDS "7776000" /* 90 days */

enum { FIELD_CODE, FIELD_PATH, FIELD_BODY, SECOND_FIELDS };

struct second {
    struct field fields[SECOND_FIELDS];
    char code[RECOVERY_CHARS + 1];
    unsigned char hash[RECOVERY_HASH_BYTES];
    bool is_hashed;
};

static const struct field second_fields[SECOND_FIELDS] = {
    [FIELD_CODE] = {.name = "code", .max = 40},
    [FIELD_PATH] = {.name = "path", .max = SERVER_PATH_BYTES_MAX + SERVER_QUERY_BYTES_MAX},
    [FIELD_BODY] = {.name = "body", .max = FORM_BYTES_MAX, .is_raw = true},
};

static const struct form_faults no_faults;

/* Where one wanted to go stands in the address, so that the page can be loaded again; a form that
 * waits is too long for one, and stands in the page. */
#define QUERY_PATH "den"

static struct path going_to(struct request *rq, struct path page, const char *path)
{
    return *path ? path_with(rq->arena, page, QUERY_PATH, path) : page;
}

static const char *value(const struct second *s, int field)
{
    return s->fields[field].value ? s->fields[field].value : "";
}

/* ---- browsers that signed in before ---- */

static const char *known_name(const struct request *rq)
{
    return rq->site->is_secure ? "__Host-dxready-known" : "dxready-known";
}

/* A seal over the name that nobody else can make. */
static const char *known_seal(struct request *rq, const char *name)
{
    unsigned char mac[SESSION_TOKEN_BYTES];
    char *text = arena_alloc(rq->arena, 1, SESSION_TOKEN_CHARS + 1);
    const char *sealed = arena_printf(rq->arena, "known:%s", name);

    crypto_generichash(mac, sizeof(mac), (const unsigned char *)sealed, strlen(sealed),
                       rq->site->code_key, sizeof(rq->site->code_key));
    return sodium_bin2hex(text, SESSION_TOKEN_CHARS + 1, mac, sizeof(mac));
}

bool desk_is_known(struct request *rq, const char *name)
{
    const char *cookies = rq->x->request.cookie;
    const char *seal = cookies ? cookie_find(rq->arena, cookies, known_name(rq)) : NULL;

    return seal && strlen(seal) == SESSION_TOKEN_CHARS &&
           sodium_memcmp(seal, known_seal(rq, name), SESSION_TOKEN_CHARS) == 0;
}

/* ---- in ---- */

enum work_queue desk_open(struct request *rq, const char *path, const char *body)
{
    unsigned char before[TOKEN_HASH_BYTES];
    const char *agent = rq->x->request.user_agent;
    struct session_plan plan = {before, rq->session_hash, DESK_OPEN, agent ? agent : ""};
    struct err err;

    session_renew_desk(rq, before);
    if (sign_in_open(&rq->app, &rq->desk.account, &plan, &err) != OK)
        return request_error(rq, &err);
    request_cookie(rq, known_name(rq), known_seal(rq, rq->desk.account.name),
                   "; Max-Age=" KNOWN_SECONDS);
    return desk_go_on(rq, path, body);
}

/* ---- the pages ---- */

static enum work_queue show(struct request *rq, unsigned status, bool is_recovery,
                            struct sign_in_page *page)
{
    struct desk_layout layout =
        desk_layout(rq, is_recovery ? WEB_recovery_title : WEB_second_title);

    if (rq->wants_json)
        return request_reply(rq, status, &shape_desk_form, page);
    layout.layout.path =
        is_recovery ? path_page_recovery(rq->arena).text : path_page_second(rq->arena).text;
    page->other = going_to(
        rq, is_recovery ? path_page_second(rq->arena) : path_page_recovery(rq->arena), page->path);
    layout.layout.form = "page";
    layout.layout.has_fault = page->faults->count > 0;
    request_page(rq, status);
    if (is_recovery)
        view_recovery(&rq->view, &layout, page);
    else
        view_second(&rq->view, &layout, page);
    return QUEUE_DONE;
}

static struct sign_in_page page_of(const struct request *rq, const struct form_faults *faults,
                                   const char *path, const char *body)
{
    return (struct sign_in_page){.token = rq->form_token,
                                 .faults = faults,
                                 .name = rq->desk.account.name,
                                 .path = path,
                                 .body = body};
}

enum work_queue desk_ask_second(struct request *rq, const char *path, const char *body)
{
    struct path second = path_page_second(rq->arena);
    struct sign_in_page page = page_of(rq, &no_faults, path, body);

    if (*body && !rq->wants_json)
        return show(rq, 200, false, &page);
    return request_redirect(rq, going_to(rq, second, path));
}

static enum work_queue show_asked(struct request *rq, bool is_recovery)
{
    struct field field = {.name = QUERY_PATH,
                          .max = SERVER_PATH_BYTES_MAX + SERVER_QUERY_BYTES_MAX};
    struct sign_in_page page;

    query_read(rq->arena, rq->x->request.query, &field, 1);
    page = page_of(rq, &no_faults, field.value ? field.value : "", "");
    return show(rq, 200, is_recovery, &page);
}

enum work_queue page_second(struct request *rq)
{
    return show_asked(rq, false);
}

enum work_queue page_recovery(struct request *rq)
{
    return show_asked(rq, true);
}

static enum work_queue refuse(struct request *rq, const struct second *s, bool is_recovery,
                              enum web_text text)
{
    struct form_faults faults = {0};
    struct sign_in_page page =
        page_of(rq, &faults, value(s, FIELD_PATH), value(s, FIELD_BODY));
    struct err err;
    enum work_queue queue;

    rq->x->event = "wrong-code";
    form_fault_add(&faults, "code",
                   tr(rq, is_recovery ? WEB_recovery_label : WEB_second_label), tr(rq, text));
    if (!rq->wants_json)
        return show(rq, 403, is_recovery, &page);
    err_set(&err, DENIED, "%1$s", "%1$s", tr(rq, text));
    queue = request_fail(rq, 403, &err);
    rq->must_undo = false; /* the try was made */
    return queue;
}

/* The form, and whether it is to be looked at at all. */
static struct second *read_form(struct request *rq, bool is_recovery, enum work_queue *queue)
{
    struct second *s = ARENA_NEW(rq->arena, struct second);

    *queue = QUEUE_DONE;
    memcpy(s->fields, second_fields, sizeof(second_fields));
    if (!request_form(rq, s->fields, SECOND_FIELDS))
        return NULL;
    if (rq->stays) {
        struct sign_in_page page =
            page_of(rq, &no_faults, value(s, FIELD_PATH), value(s, FIELD_BODY));

        *queue = show(rq, 200, is_recovery, &page);
        return NULL;
    }
    return s;
}

static enum status limit(struct request *rq, struct err *err)
{
    return request_limit(rq, "desk-code", rq->desk.account.name, CODE_TRIES, CODE_SECONDS, err);
}

static enum work_queue open_in(struct request *rq, const struct second *s)
{
    struct err err;

    if (request_limit_return(rq, "desk-code", rq->desk.account.name, &err) != OK)
        return request_error(rq, &err);
    return desk_open(rq, value(s, FIELD_PATH), value(s, FIELD_BODY));
}

/* ---- a code of the telephone ---- */

enum work_queue post_second(struct request *rq)
{
    enum work_queue queue;
    struct second *s = read_form(rq, false, &queue);
    struct err err;
    enum status status;

    if (!s)
        return queue;
    if (limit(rq, &err) != OK)
        return request_limited(rq, &err);
    status = sign_in_code(&rq->app, &rq->desk.account, value(s, FIELD_CODE), &err);
    if (status == DENIED)
        return refuse(rq, s, false, WEB_second_wrong);
    if (status == CONFLICT)
        return refuse(rq, s, false, WEB_second_used);
    return status == OK ? open_in(rq, s) : request_error(rq, &err);
}

/* ---- a recovery code ---- */

static enum work_queue use_recovery(struct request *rq)
{
    struct second *s = rq->page;
    struct err err;
    enum status status = NOT_FOUND;

    if (s->is_hashed)
        status = sign_in_recovery(&rq->app, &rq->desk.account, s->hash, &err);
    if (status == NOT_FOUND)
        return refuse(rq, s, true, WEB_recovery_wrong);
    return status == OK ? open_in(rq, s) : request_error(rq, &err);
}

static enum work_queue hash_recovery(struct request *rq)
{
    struct second *s = rq->page;

    s->is_hashed = recovery_hash(s->code, rq->desk.account.code_salt, s->hash);
    return request_go(rq, QUEUE_WRITE, use_recovery);
}

enum work_queue post_recovery(struct request *rq)
{
    enum work_queue queue;
    struct second *s = read_form(rq, true, &queue);
    struct err err;

    if (!s)
        return queue;
    if (!recovery_parse(value(s, FIELD_CODE), s->code))
        return refuse(rq, s, true, WEB_recovery_bad);
    if (limit(rq, &err) != OK)
        return request_limited(rq, &err);
    rq->page = s;
    return request_go(rq, QUEUE_SLOW, hash_recovery);
}
