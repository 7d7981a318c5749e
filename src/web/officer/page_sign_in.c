/* Signing in with name and password, signing out, and typing the password again. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "web_paths.h"
#include "web_views.h"

/*
 * From one address five tries for a name at once, then one every three minutes. For a name from all
 * addresses there is a wide limit, which does not hold for a browser that signed in with it before:
 * nobody is locked out by strangers. Names that there are not are counted alike.
 */
#define NAME_TRIES 5
#define NAME_SECONDS 180
#define CLIENT_TRIES 60
#define CLIENT_SECONDS 20
#define ALL_TRIES 200
#define ALL_SECONDS 30
#define NAME_BYTES_MAX (4 * ACCOUNT_NAME_CHARS_MAX)

enum { FIELD_NAME, FIELD_PASSWORD, FIELD_PATH, FIELD_BODY, SIGN_IN_FIELDS };

struct sign_in {
    struct field fields[SIGN_IN_FIELDS];
    const char *name, *password;
    struct account account; /* id 0: there is none */
    bool is_right;
};

static const struct field sign_in_fields[SIGN_IN_FIELDS] = {
    [FIELD_NAME] = {.name = "name", .max = NAME_BYTES_MAX},
    [FIELD_PASSWORD] = {.name = "password", .max = PASSWORD_BYTES_MAX},
    [FIELD_PATH] = {.name = "path", .max = SERVER_PATH_BYTES_MAX + SERVER_QUERY_BYTES_MAX},
    [FIELD_BODY] = {.name = "body", .max = FORM_BYTES_MAX, .is_raw = true},
};

static const struct json_member token_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct sign_in_page, "token", token),
};
const struct json_shape shape_desk_form =
    JSON_SHAPE(struct sign_in_page, "DeskForm", token_members);

static const char *value(const struct sign_in *s, int field)
{
    return s->fields[field].value ? s->fields[field].value : "";
}

/* ---- limits ---- */

static const char *guess_key(struct request *rq, const char *name)
{
    return arena_printf(rq->arena, "%s:%s", name, request_client(rq));
}

enum status desk_limit(struct request *rq, const char *what, const char *name, struct err *err)
{
    enum status status =
        request_limit(rq, "desk-client", request_client(rq), CLIENT_TRIES, CLIENT_SECONDS, err);

    return status == OK
               ? request_limit(rq, what, guess_key(rq, name), NAME_TRIES, NAME_SECONDS, err)
               : status;
}

enum status desk_limit_return(struct request *rq, const char *what, const char *name,
                              struct err *err)
{
    enum status status = request_limit_return(rq, "desk-client", request_client(rq), err);

    return status == OK ? request_limit_return(rq, what, guess_key(rq, name), err) : status;
}

/* ---- the page ---- */

static void show(struct request *rq, unsigned status, struct desk_layout *layout,
                 const struct sign_in_page *page,
                 void (*view)(struct view *v, const struct desk_layout *layout,
                              const struct sign_in_page *page))
{
    if (rq->wants_json) {
        request_reply(rq, status, &shape_desk_form, page);
        return;
    }
    layout->layout.form = "page";
    layout->layout.has_fault = page->faults->count > 0;
    request_page(rq, status);
    view(&rq->view, layout, page);
}

enum work_queue desk_show_sign_in(struct request *rq, unsigned status,
                                  const struct sign_in_page *page)
{
    struct desk_layout layout = desk_layout(rq, WEB_sign_in_title);

    layout.layout.path = path_page_sign_in(rq->arena).text;
    show(rq, status, &layout, page, view_sign_in);
    return QUEUE_DONE;
}

enum work_queue desk_show_prove(struct request *rq, unsigned status,
                                const struct sign_in_page *page)
{
    struct desk_layout layout = desk_layout(rq, WEB_prove_title);

    layout.layout.path = path_page_prove(rq->arena).text;
    show(rq, status, &layout, page, view_prove);
    return QUEUE_DONE;
}

static const struct form_faults no_faults;

enum work_queue page_sign_in(struct request *rq)
{
    const struct sign_in_page page = {
        .token = rq->form_token, .faults = &no_faults, .name = "", .path = "", .body = ""};

    return desk_show_sign_in(rq, 200, &page);
}

static struct sign_in_page page_of(const struct request *rq, const struct sign_in *s,
                                   const struct form_faults *faults)
{
    return (struct sign_in_page){.token = rq->form_token,
                                 .faults = faults,
                                 .name = value(s, FIELD_NAME),
                                 .path = value(s, FIELD_PATH),
                                 .body = value(s, FIELD_BODY)};
}

static enum work_queue refuse(struct request *rq, const struct sign_in *s, const char *field,
                              enum web_text label, enum web_text text)
{
    struct form_faults faults = {0};
    struct sign_in_page page = page_of(rq, s, &faults);
    struct err err;
    enum work_queue queue;

    rq->x->event = "wrong-password";
    form_fault_add(&faults, field, tr(rq, label), tr(rq, text));
    if (!rq->wants_json)
        return rq->route->access == ACCESS_STRANGER ? desk_show_sign_in(rq, 403, &page)
                                                    : desk_show_prove(rq, 403, &page);
    err_set(&err, DENIED, "%1$s", "%1$s", tr(rq, text));
    queue = request_fail(rq, 403, &err);
    rq->must_undo = false; /* the try was made */
    return queue;
}

/* ---- signing in ---- */

static enum work_queue begin(struct request *rq, struct sign_in *s)
{
    unsigned char before[TOKEN_HASH_BYTES];
    const char *agent = rq->x->request.user_agent;
    struct session_plan plan = {before, rq->session_hash, DESK_PASSWORD, agent ? agent : ""};
    struct err err;

    session_renew_desk(rq, before);
    if (sign_in_begin(&rq->app, &s->account, &plan, &err) != OK)
        return request_error(rq, &err);
    return desk_ask_second(rq, value(s, FIELD_PATH), value(s, FIELD_BODY));
}

static enum work_queue finish(struct request *rq)
{
    struct sign_in *s = rq->page;
    struct err err;

    if (!s->is_right)
        return refuse(rq, s, "name", WEB_sign_in_name, WEB_sign_in_wrong);
    if (desk_limit_return(rq, "desk", s->name, &err) != OK)
        return request_error(rq, &err);
    if (!*s->account.factor_at)
        return refuse(rq, s, "name", WEB_sign_in_name, WEB_sign_in_no_factor);
    return begin(rq, s);
}

/* The same work whether there is such an account or not. */
static enum work_queue try_password(struct request *rq)
{
    struct sign_in *s = rq->page;
    bool matches = password_matches(s->account.password_hash, s->password);

    s->is_right = matches && s->account.id && !s->account.is_disabled;
    return request_go(rq, QUEUE_WRITE, finish);
}

static enum status limit_all(struct request *rq, const struct sign_in *s, struct err *err)
{
    enum status status = desk_limit(rq, "desk", s->name, err);

    if (status != OK || desk_is_known(rq, s->name))
        return status;
    return request_limit(rq, "desk-all", s->name, ALL_TRIES, ALL_SECONDS, err);
}

static enum work_queue look(struct request *rq, struct sign_in *s)
{
    struct err err;
    enum status status;

    if (limit_all(rq, s, &err) != OK)
        return request_limited(rq, &err);
    status = accounts_find(&rq->app, s->name, rq->arena, &s->account, &err);
    if (status != OK && status != NOT_FOUND)
        return request_error(rq, &err);
    rq->page = s;
    return request_go(rq, QUEUE_SLOW, try_password);
}

enum work_queue post_sign_in(struct request *rq)
{
    struct sign_in *s = ARENA_NEW(rq->arena, struct sign_in);

    memcpy(s->fields, sign_in_fields, sizeof(sign_in_fields));
    if (!request_form(rq, s->fields, SIGN_IN_FIELDS))
        return QUEUE_DONE;
    s->name = account_name_typed(rq->arena, value(s, FIELD_NAME));
    s->password = password_normal(rq->arena, value(s, FIELD_PASSWORD));
    if (rq->stays) {
        struct sign_in_page page = page_of(rq, s, &no_faults);

        return desk_show_sign_in(rq, 200, &page);
    }
    if (!*s->name)
        return refuse(rq, s, "name", WEB_sign_in_name, WEB_sign_in_no_name);
    if (!*s->password)
        return refuse(rq, s, "password", WEB_sign_in_password, WEB_sign_in_no_password);
    return look(rq, s);
}

enum work_queue post_sign_out(struct request *rq)
{
    unsigned char before[TOKEN_HASH_BYTES];
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (own_leave(&rq->app, rq->session_hash, &err) != OK)
        return request_error(rq, &err);
    session_renew_desk(rq, before);
    return request_redirect(rq, path_page_sign_in(rq->arena));
}

/* ---- the password once more ---- */

enum work_queue page_prove(struct request *rq)
{
    const struct sign_in_page page = {
        .token = rq->form_token, .faults = &no_faults, .name = "", .path = "", .body = ""};

    return desk_show_prove(rq, 200, &page);
}

static enum work_queue finish_proof(struct request *rq)
{
    struct sign_in *s = rq->page;
    struct err err;

    if (!s->is_right)
        return refuse(rq, s, "password", WEB_sign_in_password, WEB_prove_wrong);
    if (desk_limit_return(rq, "desk", s->name, &err) != OK ||
        own_prove(&rq->app, rq->session_hash, &err) != OK)
        return request_error(rq, &err);
    return desk_go_on(rq, value(s, FIELD_PATH), value(s, FIELD_BODY));
}

static enum work_queue try_proof(struct request *rq)
{
    struct sign_in *s = rq->page;

    s->is_right = password_matches(rq->desk.account.password_hash, s->password);
    return request_go(rq, QUEUE_WRITE, finish_proof);
}

enum work_queue post_prove(struct request *rq)
{
    struct sign_in *s = ARENA_NEW(rq->arena, struct sign_in);
    struct err err;

    memcpy(s->fields, sign_in_fields, sizeof(sign_in_fields));
    if (!request_form(rq, s->fields + FIELD_PASSWORD, SIGN_IN_FIELDS - FIELD_PASSWORD))
        return QUEUE_DONE;
    s->name = rq->desk.account.name;
    s->password = password_normal(rq->arena, value(s, FIELD_PASSWORD));
    if (rq->stays) {
        struct sign_in_page page = page_of(rq, s, &no_faults);

        return desk_show_prove(rq, 200, &page);
    }
    if (!*s->password)
        return refuse(rq, s, "password", WEB_sign_in_password, WEB_sign_in_no_password);
    if (desk_limit(rq, "desk", s->name, &err) != OK)
        return request_limited(rq, &err);
    rq->page = s;
    return request_go(rq, QUEUE_SLOW, try_proof);
}
