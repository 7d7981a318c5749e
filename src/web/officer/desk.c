/* Who is let in where: sessions and rights of those who sign in. */
#include "web/officer/desk.h"

#include <string.h>

#include "base/text.h"
#include "web/handlers.h"
#include "web/kit/session_uses.h"
#include "web_paths.h"
#include "web_views.h"

#define PROOF_SECONDS 600 /* for so long a password that was typed counts for what asks for it */

/* ---- pages ---- */

struct desk_layout desk_layout(struct request *rq, enum web_text title)
{
    const struct account *account = rq->app.account;
    struct desk_layout layout = {.layout = request_layout(rq, title), .here = rq->path};

    if (!account || rq->desk.session.stage != DESK_OPEN)
        return layout;
    layout.full_name = account->full_name;
    if (account_role(account) != ROLE__MAX)
        layout.role = role_words(account_role(account)).in[rq->lang];
    layout.sees_accounts = permission(account, ACT_SEE_ACCOUNTS) != REACH_NONE;
    layout.sees_inbox = permission(account, ACT_IMPORT_FILES) != REACH_NONE;
    layout.sees_cases = permission(account, ACT_SEE_CASES) != REACH_NONE;
    layout.sees_plans = permission(account, ACT_SEE_PLANS) != REACH_NONE;
    layout.sees_audit = permission(account, ACT_SEE_AUDIT) != REACH_NONE;
    layout.counts_plans =
        !layout.sees_plans && permission(account, ACT_COUNT_PLANS) != REACH_NONE;
    layout.sees_statistics = permission(account, ACT_SEE_STATISTICS) != REACH_NONE;
    return layout;
}

const char *desk_number(const struct request *rq, int64_t number)
{
    return text_of_number(rq->arena, ratio_of(number), 0, rq->lang);
}

const char *desk_area_name(const struct request *rq, const char *area)
{
    const struct term *term = terms_find(rq->site->loaded.facts->areas, area, DAY_NONE);

    if (strcmp(area, ACCOUNT_AREA_ALL) == 0)
        return tr(rq, WEB_desk_all_areas);
    return term ? term->name.in[rq->lang] : area;
}

const char *desk_areas(struct request *rq, const struct account *account)
{
    const char *text = "";

    for (size_t i = 0; i < account->area_count; i++)
        text = arena_printf(rq->arena, "%s%s%s", text, i ? ", " : "",
                            desk_area_name(rq, account->areas[i]));
    return text;
}

/* ---- where one goes on ---- */

/* The route of an address of the desk that may be gone to; its query is passed over. */
static const struct route *find_target(struct request *rq, enum method method, const char *path)
{
    const char *plain = arena_strndup(rq->arena, path, strcspn(path, "?"));
    bool other_method;
    const struct route *route = route_find(rq, method, plain, &other_method);

    return route && route->access >= ACCESS_ACT_FIRST ? route : NULL;
}

enum work_queue desk_go_on(struct request *rq, const char *path, const char *body)
{
    const struct route *route = find_target(rq, *body ? METHOD_POST : METHOD_GET, path);

    if (!route)
        return request_redirect(rq, path_page_desk(rq->arena));
    if (!*body)
        return request_redirect(rq, (struct path){path}); /* of the route that was found */
    rq->path = path;
    rq->body = body;
    rq->body_len = strlen(body);
    rq->was_carried = true;
    rq->route = route;
    return desk_enter(rq);
}

/* ---- who is in ---- */

static bool is_form(const struct request *rq)
{
    return rq->x->request.method == METHOD_POST && session_is_same_site(rq) &&
           content_type_is(rq->x->request.content_type, "application/x-www-form-urlencoded");
}

static enum work_queue refuse_json(struct request *rq)
{
    struct err err;

    err_set(&err, DENIED, "Cần đăng nhập trước.", "You have to sign in first.");
    return request_fail(rq, 403, &err);
}

/* What was asked for, with its query. */
static const char *wanted(struct request *rq)
{
    const char *query = rq->x->request.query;

    return *query ? arena_printf(rq->arena, "%s?%s", rq->path, query) : rq->path;
}

/* Nothing that was typed is lost: the form is carried until its sender is in again. */
static enum work_queue ask_sign_in(struct request *rq)
{
    static const struct form_faults none;
    bool is_act = rq->route->access >= ACCESS_ACT_FIRST;
    struct sign_in_page page = {.token = rq->form_token,
                                .faults = &none,
                                .name = "",
                                .path = is_act ? wanted(rq) : "",
                                .body = is_act && is_form(rq) ? rq->body : "",
                                .is_denied = true};

    rq->x->event = "denied";
    if (rq->wants_json)
        return refuse_json(rq);
    return desk_show_sign_in(rq, 403, &page);
}

static enum work_queue refuse_right(struct request *rq)
{
    struct err err;

    rq->x->event = "denied";
    err_set(&err, DENIED,
            "Vai trò của bạn không được làm việc này. Trang “Ai được làm gì” nói ai được.",
            "Your role may not do this. The page “Who may do what” says who may.");
    return request_error(rq, &err);
}

static enum work_queue ask_password(struct request *rq)
{
    static const struct form_faults none;
    struct sign_in_page page = {.token = rq->form_token,
                                .faults = &none,
                                .name = "",
                                .path = wanted(rq),
                                .body = rq->was_carried || is_form(rq) ? rq->body : ""};
    struct err err;

    if (!rq->wants_json)
        return desk_show_prove(rq, 403, &page);
    err_set(&err, DENIED, "Việc này cần gõ lại mật khẩu trước, ở %1$s.",
            "The password has to be typed again before this, at %1$s.",
            path_page_prove(rq->arena).text);
    return request_fail(rq, 403, &err);
}

static enum work_queue check_right(struct request *rq)
{
    enum act act = (enum act)(rq->route->access - ACCESS_ACT_FIRST);
    int64_t age = context_seconds(&rq->app) - rq->desk.session.proved_at;

    if (permission(&rq->desk.account, act) == REACH_NONE)
        return refuse_right(rq);
    if (rights[act].asks_password && age >= PROOF_SECONDS)
        return ask_password(rq);
    return rq->route->handler(rq);
}

/* How far one has to be in for a route. */
static enum desk_stage stage_of(enum access access)
{
    return access == ACCESS_HALF ? DESK_PASSWORD : access == ACCESS_SETUP ? DESK_SETUP : DESK_OPEN;
}

enum work_queue desk_enter(struct request *rq)
{
    struct err err;
    enum status status =
        sign_in_enter(&rq->app, rq->session_hash, rq->arena, &rq->desk, &err);

    if (status == NOT_FOUND ||
        (status == OK && rq->desk.session.stage != stage_of(rq->route->access)))
        return ask_sign_in(rq);
    if (status != OK)
        return request_error(rq, &err);
    if (rq->desk.is_use_due)
        session_uses_note(rq->site->uses, rq->session_hash);
    rq->app.actor = (struct actor){ACTOR_ACCOUNT, rq->desk.account.id};
    rq->app.account = &rq->desk.account;
    rq->x->subject = arena_printf(rq->arena, "account-%lld", (long long)rq->desk.account.id);
    return rq->route->access >= ACCESS_ACT_FIRST ? check_right(rq) : rq->route->handler(rq);
}
