/* One's own account: password, recovery codes, sessions. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

static const struct form_faults no_faults;

/* Until there is work to do, one's own account is what everybody has. */
enum work_queue page_desk(struct request *rq)
{
    bool has_cases = permission(&rq->desk.account, ACT_SEE_CASES) != REACH_NONE;

    return request_redirect(rq, has_cases ? path_page_queue(rq->arena)
                                          : path_page_account(rq->arena));
}

/* ---- what is shown ---- */

static const struct json_member session_members[] = {
    JSON_VALUE(MEMBER_INT64, struct session_view, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct session_view, "browser", browser),
    JSON_VALUE(MEMBER_TEXT, struct session_view, "started_at", started_at),
    JSON_VALUE(MEMBER_TEXT, struct session_view, "used_at", used_at),
    JSON_VALUE(MEMBER_FLAG, struct session_view, "is_this", is_this),
};
const struct json_shape shape_desk_session =
    JSON_SHAPE(struct session_view, "DeskSession", session_members);

static const struct json_member account_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct account_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "full_name", full_name),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "role", role),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "areas", areas),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "signed_in_at", signed_in_at),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "password_on", password_on),
    JSON_VALUE(MEMBER_TEXT, struct account_page, "factor_on", factor_on),
    JSON_VALUE(MEMBER_SIZE, struct account_page, "codes_left", codes_left),
    JSON_PARTS(struct account_page, "sessions", sessions, session_count, &shape_desk_session),
};
const struct json_shape shape_account =
    JSON_SHAPE(struct account_page, "DeskAccount", account_members);

/* The first of the words that a browser calls itself by; those that others borrow stand last. */
struct known_word {
    const char *word, *name;
};

static const char *find_word(const struct known_word *words, size_t count, const char *agent)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(agent, words[i].word))
            return words[i].name;
    }
    return NULL;
}

static const char *browser_name(struct request *rq, const char *agent)
{
    static const struct known_word browsers[] = {
        {"coc_coc", "Cốc Cốc"}, {"Edg", "Edge"},       {"OPR/", "Opera"},
        {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}};
    static const struct known_word systems[] = {
        {"Android", "Android"}, {"iPhone", "iPhone"},   {"iPad", "iPad"},
        {"Windows", "Windows"}, {"Macintosh", "macOS"}, {"Linux", "Linux"}};
    const char *browser = find_word(browsers, ARRAY_SIZE(browsers), agent);
    const char *system = find_word(systems, ARRAY_SIZE(systems), agent);

    if (!browser)
        return tr(rq, WEB_account_browser_unknown);
    return system ? arena_printf(rq->arena, "%s, %s", browser, system) : browser;
}

static struct session_view view_of(struct request *rq, const struct desk_session *session)
{
    return (struct session_view){.id = session->id,
                                 .browser = browser_name(rq, session->agent),
                                 .started_at = time_of_seconds(rq->arena, session->started_at),
                                 .used_at = time_of_seconds(rq->arena, session->used_at),
                                 .is_this = session->id == rq->desk.session.id};
}

static enum status list_sessions(struct request *rq, struct account_page *page, struct err *err)
{
    struct desk_session *list;
    struct session_view *views;
    enum status status = own_sessions(&rq->app, rq->arena, &list, &page->session_count, err);

    if (status != OK)
        return status;
    views = ARENA_ARRAY(rq->arena, struct session_view, page->session_count + 1);
    for (size_t i = 0; i < page->session_count; i++)
        views[i] = view_of(rq, &list[i]);
    page->sessions = views;
    return OK;
}

static enum work_queue show(struct request *rq, unsigned status, const struct form_faults *faults,
                            const char *done)
{
    const struct account *account = &rq->desk.account;
    struct desk_layout layout = desk_layout(rq, WEB_account_title);
    struct account_page page = {.token = rq->form_token,
                                .faults = faults,
                                .name = account->name,
                                .full_name = account->full_name,
                                .role = layout.role ? layout.role : "",
                                .areas = desk_areas(rq, account),
                                .signed_in_at = time_and_day(rq->arena, account->signed_in_at),
                                .password_on = text_of_day(rq->arena,
                                                           day_of_utc(account->password_at)),
                                .factor_on = text_of_day(rq->arena, day_of_utc(account->factor_at)),
                                .codes_left = account->codes_left,
                                .done = done};
    struct err err;

    if (list_sessions(rq, &page, &err) != OK)
        return request_error(rq, &err);
    if (rq->wants_json)
        return request_reply(rq, status, &shape_account, &page);
    layout.layout.path = path_page_account(rq->arena).text;
    layout.layout.has_fault = faults->count > 0;
    request_page(rq, status);
    view_account(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* What was just done stands in the address behind a redirection; anything else there is passed
 * over. */
#define QUERY_DONE "xong"

static const struct done {
    const char *code;
    enum web_text text;
} done_texts[] = {{"mat-khau", WEB_account_password_done}, {"phien", WEB_account_session_done}};

static const char *done_of(struct request *rq)
{
    struct field field = {.name = QUERY_DONE, .max = 20};

    query_read(rq->arena, rq->x->request.query, &field, 1);
    for (size_t i = 0; field.value && i < ARRAY_SIZE(done_texts); i++) {
        if (strcmp(field.value, done_texts[i].code) == 0)
            return tr(rq, done_texts[i].text);
    }
    return NULL;
}

static enum work_queue say_done(struct request *rq, const char *code)
{
    return request_redirect(
        rq, path_with(rq->arena, path_page_account(rq->arena), QUERY_DONE, code));
}

enum work_queue page_account(struct request *rq)
{
    return show(rq, 200, &no_faults, done_of(rq));
}

/* ---- changing the password, and new codes: the password is asked for ---- */

enum { FIELD_PASSWORD, FIELD_NEW, OWN_FIELDS };

struct own_change {
    struct field fields[OWN_FIELDS];
    const char *typed, *next;
    char hash[PASSWORD_HASH_BYTES];
    struct second_factor factor;
    struct recovery_set codes;
    bool is_right, is_hashed;
};

static enum work_queue refuse(struct request *rq, const char *field, enum web_text label,
                              const char *text)
{
    struct form_faults faults = {0};
    enum work_queue queue;

    form_fault_add(&faults, field, tr(rq, label), text);
    queue = rq->wants_json ? request_faults_json(rq, &faults) : show(rq, 422, &faults, NULL);
    rq->must_undo = false; /* the try was made */
    return queue;
}

static const char *typed_at(struct request *rq, const struct own_change *change, int field)
{
    const char *value = change->fields[field].value;

    return password_normal(rq->arena, value ? value : "");
}

static struct own_change *read_change(struct request *rq, size_t fields)
{
    struct own_change *change = ARENA_NEW(rq->arena, struct own_change);

    change->fields[FIELD_PASSWORD] = (struct field){.name = "password", .max = PASSWORD_BYTES_MAX};
    change->fields[FIELD_NEW] = (struct field){.name = "new", .max = PASSWORD_BYTES_MAX};
    if (!request_form(rq, change->fields, fields))
        return NULL;
    change->typed = typed_at(rq, change, FIELD_PASSWORD);
    change->next = typed_at(rq, change, FIELD_NEW);
    return change;
}

static enum work_queue refuse_wrong(struct request *rq, const char *field)
{
    rq->x->event = "wrong-password";
    return refuse(rq, field, WEB_account_now, tr(rq, WEB_prove_wrong));
}

static enum work_queue store_password(struct request *rq)
{
    struct own_change *change = rq->page;
    struct err err;

    if (!change->is_right)
        return refuse_wrong(rq, "password");
    if (desk_limit_return(rq, "desk", rq->desk.account.name, &err) != OK ||
        own_password(&rq->app, rq->session_hash, change->hash, &err) != OK)
        return request_error(rq, &err);
    return say_done(rq, "mat-khau");
}

static enum work_queue hash_password(struct request *rq)
{
    struct own_change *change = rq->page;

    change->is_right = password_matches(rq->desk.account.password_hash, change->typed);
    if (change->is_right)
        password_hash(change->next, change->hash);
    return request_go(rq, QUEUE_WRITE, store_password);
}

enum work_queue post_password(struct request *rq)
{
    struct own_change *change = read_change(rq, OWN_FIELDS);
    const char *fault;
    struct err err;

    if (!change)
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, 200, &no_faults, NULL);
    fault = desk_password_fault(rq, &rq->desk.account, change->next);
    if (fault)
        return refuse(rq, "new", WEB_account_new, fault);
    if (desk_limit(rq, "desk", rq->desk.account.name, &err) != OK)
        return request_limited(rq, &err);
    rq->page = change;
    return request_go(rq, QUEUE_SLOW, hash_password);
}

static const struct json_member codes_members[] = {
    JSON_TEXT_LIST(struct codes_page, "codes", codes, code_count),
};
const struct json_shape shape_codes = JSON_SHAPE(struct codes_page, "DeskCodes", codes_members);

/* Shown once, and never again. */
static enum work_queue show_codes(struct request *rq, const struct second_factor *factor)
{
    struct desk_layout layout = desk_layout(rq, WEB_codes_title);
    const char **list = ARENA_ARRAY(rq->arena, const char *, RECOVERY_CODES);
    const struct codes_page page = {list, RECOVERY_CODES};

    for (size_t i = 0; i < RECOVERY_CODES; i++)
        list[i] = factor->codes[i];
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_codes, &page);
    layout.layout.path = path_page_account(rq->arena).text;
    request_page(rq, 200);
    view_codes(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

static enum work_queue store_codes(struct request *rq)
{
    struct own_change *change = rq->page;
    struct err err;

    if (!change->is_right)
        return refuse_wrong(rq, "codes-password");
    if (!change->is_hashed) {
        err_set(&err, FAILED, "không đủ bộ nhớ để băm mã khôi phục",
                "there is no memory to hash recovery codes");
        return request_error(rq, &err);
    }
    if (desk_limit_return(rq, "desk", rq->desk.account.name, &err) != OK ||
        own_codes(&rq->app, &change->codes, &err) != OK)
        return request_error(rq, &err);
    return show_codes(rq, &change->factor);
}

static enum work_queue hash_codes(struct request *rq)
{
    struct own_change *change = rq->page;
    unsigned char seed[DESK_SEED_BYTES];

    change->is_right = password_matches(rq->desk.account.password_hash, change->typed);
    second_factor_seed(seed);
    second_factor_make(seed, &change->factor);
    if (change->is_right)
        change->is_hashed = recovery_hash_all(&change->factor, &change->codes);
    return request_go(rq, QUEUE_WRITE, store_codes);
}

enum work_queue post_codes(struct request *rq)
{
    struct own_change *change = read_change(rq, FIELD_NEW);
    struct err err;

    if (!change)
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, 200, &no_faults, NULL);
    if (desk_limit(rq, "desk", rq->desk.account.name, &err) != OK)
        return request_limited(rq, &err);
    rq->page = change;
    return request_go(rq, QUEUE_SLOW, hash_codes);
}

/* ---- sessions ---- */

enum work_queue post_end_session(struct request *rq)
{
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, 200, &no_faults, NULL);
    if (own_session_end(&rq->app, rq->number, &err) != OK)
        return request_error(rq, &err);
    return say_done(rq, "phien");
}

enum work_queue post_end_sessions(struct request *rq)
{
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, 200, &no_faults, NULL);
    if (own_sessions_end(&rq->app, rq->session_hash, &err) != OK)
        return request_error(rq, &err);
    return say_done(rq, "phien");
}
