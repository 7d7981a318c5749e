/* Accounts as an administrator sees and changes them. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web/kit/list_view.h"
#include "web_paths.h"
#include "web_views.h"

enum {
    COLUMN_NAME,
    COLUMN_FULL_NAME,
    COLUMN_ROLE,
    COLUMN_STATE,
    COLUMN_SEEN,
    COLUMN_AREAS,
    COLUMNS
};
enum { FILTER_ROLE, FILTERS };

#define ROWS 50

static const struct list_column columns[COLUMNS] = {
    [COLUMN_NAME] = {"ten", WEB_sign_in_name, false, true},
    [COLUMN_FULL_NAME] = {"ho-ten", WEB_accounts_full_name, false, true},
    [COLUMN_ROLE] = {"vai-tro", WEB_accounts_role, false, true},
    [COLUMN_STATE] = {"tinh-trang", WEB_accounts_state, false, true},
    [COLUMN_SEEN] = {"vao", WEB_accounts_seen, false, true},
    [COLUMN_AREAS] = {"dia-ban", WEB_accounts_areas, false, false},
};

static const struct list_filter filters[FILTERS] = {
    [FILTER_ROLE] = {"vai-tro-loc", WEB_accounts_role}};

static const struct list_kind accounts_kind = {.caption = WEB_accounts_title,
                                               .counted = WEB_accounts_counted,
                                               .none = WEB_accounts_none,
                                               .columns = columns,
                                               .column_count = COLUMNS,
                                               .filters = filters,
                                               .filter_count = FILTERS,
                                               .page_rows = ROWS};

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_INT64, struct account_line, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "full_name", full_name),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "role", role),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "state", state),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "areas", areas),
    JSON_VALUE(MEMBER_TEXT, struct account_line, "signed_in_on", signed_in_on),
};
const struct json_shape shape_account_line =
    JSON_SHAPE(struct account_line, "DeskAccountLine", line_members);

static const struct json_member accounts_members[] = {
    JSON_VALUE(MEMBER_SIZE, struct accounts_page, "total", total),
    JSON_VALUE(MEMBER_SIZE, struct accounts_page, "page", page),
    JSON_VALUE(MEMBER_SIZE, struct accounts_page, "pages", pages),
    JSON_PARTS(struct accounts_page, "accounts", accounts, count, &shape_account_line),
};
const struct json_shape shape_accounts =
    JSON_SHAPE(struct accounts_page, "DeskAccounts", accounts_members);

static const struct json_member one_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct one_account_page, "token", token),
    {.name = "account",
     .type = MEMBER_PART,
     .offset = offsetof(struct one_account_page, line),
     .shape = &shape_account_line},
    JSON_VALUE(MEMBER_FLAG, struct one_account_page, "is_disabled", is_disabled),
    JSON_VALUE(MEMBER_TEXT, struct one_account_page, "link", link),
};
const struct json_shape shape_one_account =
    JSON_SHAPE(struct one_account_page, "DeskOneAccount", one_members);

/* ---- a line ---- */

static enum web_text state_of(const struct request *rq, const struct account *account)
{
    if (account->is_disabled)
        return WEB_account_state_disabled;
    if (*account->password_hash && *account->factor_at)
        return WEB_account_state_ready;
    return account->link_until > context_seconds(&rq->app) ? WEB_account_state_waiting
                                                           : WEB_account_state_ended;
}

static struct account_line line_of(struct request *rq, const struct account *account)
{
    enum role role = account_role(account);
    day seen = day_of_utc(account->signed_in_at);

    return (struct account_line){
        .id = account->id,
        .name = account->name,
        .full_name = account->full_name,
        .role = role == ROLE__MAX ? "" : text_capital(rq->arena, role_words(role).in[rq->lang]),
        .state = tr(rq, state_of(rq, account)),
        .areas = desk_areas(rq, account),
        .signed_in_on = seen == DAY_NONE ? tr(rq, WEB_accounts_never)
                                         : text_of_day(rq->arena, seen)};
}

/* ---- the list ---- */

struct listed {
    struct account_line line;
    const char *key;
};

static int ascending(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : strcmp(x->line.name, y->line.name);
}

static int descending(const void *a, const void *b)
{
    return ascending(b, a);
}

static const char *key_of(struct request *rq, const struct account *account,
                          const struct account_line *line, size_t sort)
{
    const char *keys[COLUMNS] = {[COLUMN_NAME] = line->name,
                                 [COLUMN_FULL_NAME] = line->full_name,
                                 [COLUMN_ROLE] = line->role,
                                 [COLUMN_STATE] = line->state,
                                 [COLUMN_SEEN] = account->signed_in_at,
                                 [COLUMN_AREAS] = ""};

    return text_fold(rq->arena, keys[sort]);
}

static struct list_choices role_choices(struct request *rq)
{
    struct choice_view *items = ARENA_ARRAY(rq->arena, struct choice_view, ROLE__MAX);

    for (int i = 0; i < ROLE__MAX; i++)
        items[i] = (struct choice_view){
            .value = role_code((enum role)i),
            .label = text_capital(rq->arena, role_words((enum role)i).in[rq->lang])};
    return (struct list_choices){items, ROLE__MAX};
}

static size_t find(struct request *rq, const struct list_view *list, const struct account *accounts,
                   size_t count, struct listed *found)
{
    const char *role = list->chosen[FILTER_ROLE];
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        struct account_line line;

        if (*role && strcmp(role, accounts[i].role) != 0)
            continue;
        line = line_of(rq, &accounts[i]);
        found[used++] = (struct listed){line, key_of(rq, &accounts[i], &line, list->sort)};
    }
    qsort(found, used, sizeof(*found), list->is_descending ? descending : ascending);
    return used;
}

static struct list_row row_of(struct request *rq, const struct account_line *line)
{
    const char **cells = ARENA_ARRAY(rq->arena, const char *, COLUMNS);

    cells[COLUMN_NAME] = line->name;
    cells[COLUMN_FULL_NAME] = line->full_name;
    cells[COLUMN_ROLE] = line->role;
    cells[COLUMN_STATE] = line->state;
    cells[COLUMN_SEEN] = line->signed_in_on;
    cells[COLUMN_AREAS] = line->areas;
    return (struct list_row){path_page_one_account(rq->arena, line->id), cells};
}

static struct accounts_page fill(struct request *rq, struct list_view *list,
                                 const struct listed *found, size_t total)
{
    struct list_window window = list_window(list, total);
    struct list_row *rows = ARENA_ARRAY(rq->arena, struct list_row, window.count + 1);
    struct account_line *lines = ARENA_ARRAY(rq->arena, struct account_line, window.count + 1);

    for (size_t i = 0; i < window.count; i++) {
        lines[i] = found[window.first + i].line;
        rows[i] = row_of(rq, &lines[i]);
    }
    list->rows = rows;
    list->row_count = window.count;
    return (struct accounts_page){list->total, list->page, list->pages, lines, window.count, list};
}

enum work_queue page_accounts(struct request *rq)
{
    struct list_choices choices[FILTERS] = {[FILTER_ROLE] = role_choices(rq)};
    struct desk_layout layout = desk_layout(rq, WEB_accounts_title);
    struct list_view list;
    struct account *accounts;
    struct accounts_page page;
    struct listed *found;
    struct err err;
    size_t count;

    list_read(rq, &accounts_kind, path_page_accounts(rq->arena), choices, &list);
    if (accounts_list(&rq->app, rq->arena, &accounts, &count, &err) != OK)
        return request_error(rq, &err);
    found = ARENA_ARRAY(rq->arena, struct listed, count + 1);
    page = fill(rq, &list, found, find(rq, &list, accounts, count, found));
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_accounts, &page);
    request_page(rq, 200);
    view_accounts(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* ---- one of them ---- */

static enum work_queue show_one(struct request *rq, const char *link, const char *done)
{
    struct desk_layout layout = desk_layout(rq, WEB_one_account_title);
    struct one_account_page page = {.token = rq->form_token, .link = link, .done = done};
    struct account account;
    struct err err;

    if (accounts_load(&rq->app, rq->number, rq->arena, &account, &err) != OK)
        return request_error(rq, &err);
    page.line = line_of(rq, &account);
    page.is_disabled = account.is_disabled;
    page.is_own = account.id == rq->desk.account.id;
    layout.layout.title = tr_with(rq, WEB_one_account_of, account.name);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_one_account, &page);
    request_page(rq, 200);
    view_one_account(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_one_account(struct request *rq)
{
    return show_one(rq, NULL, NULL);
}

static enum status give_link(struct request *rq, struct account *account, enum account_loss loss,
                             const char **address, struct err *err)
{
    char link[ACCOUNT_LINK_CHARS + 1];
    enum status status = accounts_give_link(&rq->app, account, loss, link, err);

    if (status == OK)
        *address = request_address(rq, path_page_link(rq->arena, link));
    return status;
}

static enum status lost_password(struct request *rq, struct account *account,
                                 const char **address, struct err *err)
{
    return give_link(rq, account, LOST_PASSWORD, address, err);
}

static enum status lost_factor(struct request *rq, struct account *account, const char **address,
                               struct err *err)
{
    return give_link(rq, account, LOST_FACTOR, address, err);
}

static enum status lost_both(struct request *rq, struct account *account, const char **address,
                             struct err *err)
{
    return give_link(rq, account, LOST_BOTH, address, err);
}

static enum status disable(struct request *rq, struct account *account, const char **address,
                           struct err *err)
{
    (void)address;
    return accounts_disable(&rq->app, account, true, err);
}

static enum status enable(struct request *rq, struct account *account, const char **address,
                          struct err *err)
{
    (void)address;
    return accounts_disable(&rq->app, account, false, err);
}

static enum status end_sessions(struct request *rq, struct account *account, const char **address,
                                struct err *err)
{
    (void)address;
    return accounts_end_sessions(&rq->app, account, err);
}

static const struct account_act {
    const char *code;
    enum web_text done;
    enum status (*run)(struct request *rq, struct account *account, const char **address,
                       struct err *err);
} account_acts[] = {
    {"password", WEB_one_account_link_done, lost_password},
    {"factor", WEB_one_account_link_done, lost_factor},
    {"both", WEB_one_account_link_done, lost_both},
    {"disable", WEB_one_account_disabled_done, disable},
    {"enable", WEB_one_account_enabled_done, enable},
    {"sessions", WEB_one_account_sessions_done, end_sessions},
};

static const struct account_act *find_act(const char *code)
{
    for (size_t i = 0; code && i < ARRAY_SIZE(account_acts); i++) {
        if (strcmp(account_acts[i].code, code) == 0)
            return &account_acts[i];
    }
    return NULL;
}

/* Oneself is changed at one's own account: nobody shuts oneself out by a slip. */
static enum work_queue refuse_own(struct request *rq)
{
    struct err err;

    err_set(&err, CONFLICT,
            "Đây là tài khoản của chính bạn: đổi mật khẩu và các phiên ở trang Tài khoản của tôi; "
            "việc khác nhờ người quản trị khác.",
            "This is your own account: change password and sessions on the page My account; for "
            "anything else ask another administrator.");
    return request_error(rq, &err);
}

enum work_queue post_one_account(struct request *rq)
{
    struct field field = {.name = "act", .max = 20};
    const struct account_act *act;
    const char *address = NULL;
    struct account account;
    struct err err;

    if (!request_form(rq, &field, 1))
        return QUEUE_DONE;
    if (rq->stays)
        return show_one(rq, NULL, NULL);
    act = find_act(field.value);
    if (!act) {
        err_set(&err, BAD_INPUT, "Chưa chọn việc cần làm với tài khoản.",
                "Nothing was chosen to be done with the account.");
        return request_error(rq, &err);
    }
    if (rq->number == rq->desk.account.id)
        return refuse_own(rq);
    if (accounts_load(&rq->app, rq->number, rq->arena, &account, &err) != OK ||
        act->run(rq, &account, &address, &err) != OK)
        return request_error(rq, &err);
    return show_one(rq, address, tr(rq, act->done));
}
