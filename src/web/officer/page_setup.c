/* The first time: a link, a password, a second factor. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "draw/qr.h"
#include "web_paths.h"
#include "web_views.h"

static const struct form_faults no_faults;

/* ---- passwords ---- */

const char *desk_password_fault(struct request *rq, const struct account *account,
                                const char *password)
{
    static const enum web_text texts[PASSWORD_FAULT__MAX] = {
        [PASSWORD_SHORT] = WEB_password_short,
        [PASSWORD_COMMON] = WEB_password_common,
        [PASSWORD_NAMED] = WEB_password_named};
    const char *const names[] = {account->name, account->full_name};
    enum password_fault fault = password_check(rq->arena, password, names, 2);

    return fault == PASSWORD_FINE ? NULL : tr(rq, texts[fault]);
}

/* ---- the link ---- */

#define LINK_TRIES 20
#define LINK_SECONDS 30

struct opening {
    struct field password;
    struct account account;
    const char *typed;
    char hash[PASSWORD_HASH_BYTES];
    bool is_right;
};

static const struct json_member link_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct link_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct link_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct link_page, "full_name", full_name),
    JSON_VALUE(MEMBER_FLAG, struct link_page, "has_password", has_password),
};
const struct json_shape shape_link = JSON_SHAPE(struct link_page, "DeskLink", link_members);

static enum work_queue refuse_link(struct request *rq)
{
    struct err err;

    rq->x->event = "denied";
    err_set(&err, NOT_FOUND,
            "Đường dẫn này không dùng được: đã dùng xong, quá 72 giờ, hoặc đã có đường dẫn mới "
            "hơn. Hãy hỏi người quản trị của đơn vị để có đường dẫn khác.",
            "This link is not good any more: it was used, is older than 72 hours, or there is a "
            "newer one. Please ask your administrator for another.");
    return request_error(rq, &err);
}

static enum work_queue show_link(struct request *rq, unsigned status,
                                 const struct account *account, const struct form_faults *faults)
{
    const struct link_page page = {.token = rq->form_token,
                                   .faults = faults,
                                   .link = rq->segment,
                                   .name = account->name,
                                   .full_name = account->full_name,
                                   .has_password = *account->password_hash != '\0'};
    struct desk_layout layout = desk_layout(rq, WEB_link_title);

    if (rq->wants_json)
        return request_reply(rq, status, &shape_link, &page);
    layout.layout.form = "page";
    layout.layout.has_fault = faults->count > 0;
    request_page(rq, status);
    view_link(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* Programs that fetch what was sent in a chat only read: its owner's form uses the link up. */
enum work_queue page_link(struct request *rq)
{
    struct account account;
    struct err err;
    enum status status = sign_in_by_link(&rq->app, rq->segment, rq->arena, &account, &err);

    if (status == NOT_FOUND)
        return refuse_link(rq);
    return status == OK ? show_link(rq, 200, &account, &no_faults) : request_error(rq, &err);
}

static enum work_queue refuse_password(struct request *rq, const struct opening *o,
                                       const char *text)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, "password", tr(rq, WEB_sign_in_password), text);
    if (rq->wants_json)
        return request_faults_json(rq, &faults);
    return show_link(rq, 422, &o->account, &faults);
}

/* Half in: what is still lacking comes next. */
static enum work_queue begin(struct request *rq, const struct opening *o)
{
    bool has_factor = *o->account.factor_at != '\0';
    unsigned char before[TOKEN_HASH_BYTES];
    const char *agent = rq->x->request.user_agent;
    struct session_plan plan = {before, rq->session_hash, has_factor ? DESK_PASSWORD : DESK_SETUP,
                                agent ? agent : ""};
    struct err err;

    session_renew_desk(rq, before);
    if (sign_in_begin(&rq->app, &o->account, &plan, &err) != OK)
        return request_error(rq, &err);
    return request_redirect(rq, has_factor ? path_page_second(rq->arena)
                                           : path_page_setup(rq->arena));
}

/* The link is looked up again: it may have been replaced while the password was hashed. */
static enum work_queue finish_link(struct request *rq)
{
    struct opening *o = rq->page;
    bool had_password = *o->account.password_hash != '\0';
    struct err err;
    enum status status = sign_in_by_link(&rq->app, rq->segment, rq->arena, &o->account, &err);

    if (status == NOT_FOUND)
        return refuse_link(rq);
    if (status == OK && had_password != (*o->account.password_hash != '\0'))
        return refuse_link(rq);
    if (status == OK && had_password && !o->is_right)
        return refuse_password(rq, o, tr(rq, WEB_prove_wrong));
    if (status == OK && !had_password)
        status = sign_in_set_password(&rq->app, &o->account, o->hash, &err);
    return status == OK ? begin(rq, o) : request_error(rq, &err);
}

static enum work_queue hash_link(struct request *rq)
{
    struct opening *o = rq->page;

    if (*o->account.password_hash)
        o->is_right = password_matches(o->account.password_hash, o->typed);
    else
        password_hash(o->typed, o->hash);
    return request_go(rq, QUEUE_WRITE, finish_link);
}

static enum work_queue take_password(struct request *rq, struct opening *o)
{
    const char *fault = NULL;

    o->typed = password_normal(rq->arena, o->password.value ? o->password.value : "");
    if (!*o->account.password_hash)
        fault = desk_password_fault(rq, &o->account, o->typed);
    if (fault)
        return refuse_password(rq, o, fault);
    rq->page = o;
    return request_go(rq, QUEUE_SLOW, hash_link);
}

enum work_queue post_link(struct request *rq)
{
    struct opening *o = ARENA_NEW(rq->arena, struct opening);
    struct err err;
    enum status status;

    o->password = (struct field){.name = "password", .max = PASSWORD_BYTES_MAX};
    if (!request_form(rq, &o->password, 1))
        return QUEUE_DONE;
    if (request_limit(rq, "desk-link", request_client(rq), LINK_TRIES, LINK_SECONDS, &err) != OK)
        return request_limited(rq, &err);
    status = sign_in_by_link(&rq->app, rq->segment, rq->arena, &o->account, &err);
    if (status == NOT_FOUND)
        return refuse_link(rq);
    if (status != OK)
        return request_error(rq, &err);
    return rq->stays ? show_link(rq, 200, &o->account, &no_faults) : take_password(rq, o);
}

/* ---- the second factor ---- */

enum { FIELD_CODE, FIELD_KEPT, SETUP_FIELDS };

struct setup {
    struct field fields[SETUP_FIELDS];
    struct second_factor factor;
    struct recovery_set codes;
    int64_t step;
    bool is_hashed;
};

static const struct field setup_fields[SETUP_FIELDS] = {
    [FIELD_CODE] = {.name = "code", .max = 40},
    [FIELD_KEPT] = {.name = "kept", .max = 1},
};

static const struct json_member setup_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct setup_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct setup_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct setup_page, "key", key),
    JSON_TEXT_LIST(struct setup_page, "codes", codes, code_count),
};
const struct json_shape shape_setup = JSON_SHAPE(struct setup_page, "DeskSetup", setup_members);

static const char *const *code_list(struct request *rq, const struct second_factor *factor)
{
    const char **list = ARENA_ARRAY(rq->arena, const char *, RECOVERY_CODES);

    for (size_t i = 0; i < RECOVERY_CODES; i++)
        list[i] = arena_strdup(rq->arena, factor->codes[i]);
    return list;
}

static enum work_queue show_setup(struct request *rq, unsigned status,
                                  const struct form_faults *faults, bool is_kept)
{
    const char *name = rq->desk.account.name;
    struct second_factor factor;
    struct setup_page page = {.token = rq->form_token,
                              .faults = faults,
                              .name = name,
                              .code_count = RECOVERY_CODES,
                              .is_kept = is_kept};
    struct desk_layout layout = desk_layout(rq, WEB_setup_title);
    const struct qr *qr = NULL;
    struct err err;

    second_factor_make(rq->desk.session.seed, &factor);
    page.key = totp_key_text(rq->arena, factor.key);
    page.codes = code_list(rq, &factor);
    if (qr_new(rq->arena, totp_address(rq->arena, factor.key, name), &qr, &err) == OK)
        page.qr = qr;
    if (rq->wants_json)
        return request_reply(rq, status, &shape_setup, &page);
    layout.layout.form = "page";
    layout.layout.has_fault = faults->count > 0;
    request_page(rq, status);
    view_setup(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_setup(struct request *rq)
{
    return show_setup(rq, 200, &no_faults, false);
}

enum work_queue page_codes_file(struct request *rq)
{
    struct second_factor factor;

    second_factor_make(rq->desk.session.seed, &factor);
    request_attachment(rq, "text/plain; charset=utf-8", "dxready-ma-khoi-phuc.txt");
    buf_puts(&rq->x->reply.body,
             tr_with(rq, WEB_codes_file, rq->desk.account.name));
    buf_puts(&rq->x->reply.body, "\n\n");
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        buf_puts(&rq->x->reply.body, arena_printf(rq->arena, "%s\n", factor.codes[i]));
    return QUEUE_DONE;
}

static enum work_queue enroll(struct request *rq)
{
    struct setup *s = rq->page;
    struct err err;
    enum status status = OK;

    if (!s->is_hashed)
        status = err_set(&err, FAILED, "không đủ bộ nhớ để băm mã khôi phục",
                         "there is no memory to hash recovery codes");
    if (status == OK)
        status = sign_in_enroll(&rq->app, &rq->desk.account, &s->factor, s->step, &s->codes, &err);
    return status == OK ? desk_open(rq, "", "") : request_error(rq, &err);
}

static enum work_queue hash_codes(struct request *rq)
{
    struct setup *s = rq->page;

    s->is_hashed = recovery_hash_all(&s->factor, &s->codes);
    return request_go(rq, QUEUE_WRITE, enroll);
}

static enum work_queue refuse_setup(struct request *rq, const char *field, enum web_text label,
                                    enum web_text text, bool is_kept)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, field, tr(rq, label), tr(rq, text));
    if (rq->wants_json)
        return request_faults_json(rq, &faults);
    return show_setup(rq, 422, &faults, is_kept);
}

enum work_queue post_setup(struct request *rq)
{
    struct setup *s = ARENA_NEW(rq->arena, struct setup);
    const char *code;
    bool is_kept;

    memcpy(s->fields, setup_fields, sizeof(setup_fields));
    if (!request_form(rq, s->fields, SETUP_FIELDS))
        return QUEUE_DONE;
    is_kept = s->fields[FIELD_KEPT].value && *s->fields[FIELD_KEPT].value;
    code = s->fields[FIELD_CODE].value ? s->fields[FIELD_CODE].value : "";
    if (rq->stays)
        return show_setup(rq, 200, &no_faults, is_kept);
    second_factor_make(rq->desk.session.seed, &s->factor);
    if (!totp_matches(s->factor.key, code, context_seconds(&rq->app), &s->step))
        return refuse_setup(rq, "code", WEB_second_label, WEB_second_wrong, is_kept);
    if (!is_kept)
        return refuse_setup(rq, "kept", WEB_setup_codes, WEB_setup_not_kept, false);
    rq->page = s;
    return request_go(rq, QUEUE_SLOW, hash_codes);
}
