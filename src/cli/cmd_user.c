/* dxready user: accounts of officers, heads, policymakers and administrators. */
#include "cli/cli.h"

#include <string.h>

#include "app/accounts.h"
#include "app/database.h"
#include "base/array.h"
#include "base/json_write.h"
#include "base/text.h"
#include "web/site.h"

/* One run: the database that was opened, and the account that is named. */
struct user_run {
    struct cli *cli;
    struct database *db;
    struct app_context app;
    const struct terms *areas;
    struct account account; /* where the action is about one that exists */
};

struct action {
    const char *name;
    size_t min_args, max_args; /* behind the name of the action */
    enum db_mode mode;
    bool needs_account;
    enum status (*run)(struct user_run *run, struct err *err);
};

/* ---- words ---- */

static struct words words_of_role(const struct account *account)
{
    static const struct words unknown = {{"chưa rõ", "unknown"}};
    enum role role = account_role(account);

    return role == ROLE__MAX ? unknown : role_words(role);
}

static const char *area_name(const struct user_run *run, const char *id)
{
    const struct term *term = terms_find(run->areas, id, DAY_NONE);

    if (strcmp(id, ACCOUNT_AREA_ALL) == 0)
        return cli_say(run->cli, "toàn tỉnh", "the whole province");
    return term ? term->name.in[run->cli->lang] : id;
}

static const char *area_names(const struct user_run *run, const struct account *account)
{
    const char *text = "";

    for (size_t i = 0; i < account->area_count; i++)
        text = arena_printf(&run->cli->arena, "%s%s%s", text, i ? ", " : "",
                            area_name(run, account->areas[i]));
    return text;
}

/* What stands between it and its owner, or that nothing does. */
static const char *state_of(const struct user_run *run, const struct account *account)
{
    struct cli *cli = run->cli;
    int64_t now = context_seconds(&run->app);

    if (account->is_disabled)
        return cli_say(cli, "đã khóa", "disabled");
    if (*account->password_hash && *account->factor_at)
        return cli_say(cli, "dùng được", "ready");
    return account->link_until > now ? cli_say(cli, "chờ mở đường dẫn", "link not opened yet")
                                     : cli_say(cli, "đường dẫn hết hạn", "link has ended");
}

/* ---- what is printed ---- */

static enum status print_link(struct user_run *run, const char *link, struct err *err)
{
    struct cli *cli = run->cli;
    const char *base = cli->values[OPTION_PUBLIC_URL];
    const char *address = site_account_link(&cli->arena, base, link);
    struct json_writer w;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON)) {
        json_begin_object(&w);
        json_member_string(&w, "name", run->account.name);
        json_member_string(&w, "link", address);
        json_member_int(&w, "hours", ACCOUNT_LINK_SECONDS / 3600);
        json_end_object(&w);
        return cli_finish(&out, err);
    }
    buf_puts(&out, text_printf(&cli->arena, cli->lang,
                               "Tài khoản %s (%s). Gửi riêng đường dẫn này cho chủ tài khoản; dùng "
                               "một lần, trong %d giờ:\n%s\n",
                               "Account %s (%s). Give this link to its owner, and to nobody else; "
                               "it is good once, for %d hours:\n%s\n",
                               run->account.name, words_of_role(&run->account).in[cli->lang],
                               ACCOUNT_LINK_SECONDS / 3600, address));
    if (!base)
        buf_puts(&out, cli_say(cli,
                               "(Địa chỉ của trang lấy theo mặc định của serve; dùng --public-url "
                               "nếu khác.)\n",
                               "(The address is the default of serve; use --public-url if it is "
                               "another.)\n"));
    return cli_finish(&out, err);
}

static enum status print_done(struct user_run *run, const char *vi, const char *en, struct err *err)
{
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, arena_printf(&run->cli->arena, "%s: %s\n", run->account.name,
                                cli_say(run->cli, vi, en)));
    return cli_finish(&out, err);
}

/* ---- the actions ---- */

static enum status read_role(const struct user_run *run, enum role *role, struct err *err)
{
    const char *code = run->cli->values[OPTION_ROLE];

    if (code && role_parse(code, role))
        return OK;
    if (!code)
        return err_set(err, BAD_USAGE, "cần --role officer, head, policymaker hoặc administrator",
                       "--role officer, head, policymaker or administrator is needed");
    return err_set(err, BAD_USAGE,
                   "--role cần officer, head, policymaker hoặc administrator, không phải '%s'",
                   "--role needs officer, head, policymaker or administrator, not '%s'", code);
}

static enum status read_areas(const struct user_run *run, struct account_plan *plan,
                              struct err *err)
{
    const char *typed = run->cli->values[OPTION_AREA];

    return accounts_areas(run->areas, typed ? typed : "", &run->cli->arena, plan, err);
}

static enum status add(struct user_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    struct account_plan plan = {.name = account_name_typed(&cli->arena, cli->args[1])};
    char link[ACCOUNT_LINK_CHARS + 1];
    enum status status = read_role(run, &plan.role, err);

    plan.full_name = cli->arg_count > 2 ? cli->args[2] : plan.name;
    if (status == OK)
        status = read_areas(run, &plan, err);
    if (status == OK)
        status = accounts_add(&run->app, &plan, link, err);
    if (status == OK)
        status = accounts_find(&run->app, plan.name, &cli->arena, &run->account, err);
    return status == OK ? print_link(run, link, err) : status;
}

/* The account as it is, but for what the options say. */
static enum status change(struct user_run *run, bool has_role, struct err *err)
{
    struct account *account = &run->account;
    struct account_plan plan = {.name = account->name,
                                .full_name = account->full_name,
                                .role = account_role(account),
                                .areas = account->areas,
                                .area_count = account->area_count};
    enum status status = has_role ? read_role(run, &plan.role, err) : OK;

    if (status == OK && (cli_has(run->cli, OPTION_AREA) || !has_role))
        status = read_areas(run, &plan, err);
    else if (status == OK && !role_has_areas(plan.role))
        plan.area_count = 0;
    if (status == OK && plan.role == ROLE__MAX)
        return err_set(err, BAD_INPUT, "vai trò '%s' của tài khoản do một bản dxready mới hơn đặt",
                       "the role '%s' of the account is that of a newer dxready", account->role);
    if (status == OK)
        status = accounts_change(&run->app, account, &plan, err);
    return status == OK ? print_done(run, "đã đổi quyền; các phiên đã kết thúc",
                                     "rights were changed; sessions have ended", err)
                        : status;
}

static enum status change_role(struct user_run *run, struct err *err)
{
    return change(run, true, err);
}

static enum status change_areas(struct user_run *run, struct err *err)
{
    return change(run, false, err);
}

static enum status give_link(struct user_run *run, enum account_loss loss, struct err *err)
{
    char link[ACCOUNT_LINK_CHARS + 1];
    enum status status = accounts_give_link(&run->app, &run->account, loss, link, err);

    return status == OK ? print_link(run, link, err) : status;
}

static enum status reset_password(struct user_run *run, struct err *err)
{
    return give_link(run, LOST_PASSWORD, err);
}

static enum status reset_factor(struct user_run *run, struct err *err)
{
    return give_link(run, LOST_FACTOR, err);
}

static enum status reset_both(struct user_run *run, struct err *err)
{
    return give_link(run, LOST_BOTH, err);
}

static enum status disable(struct user_run *run, struct err *err)
{
    enum status status = accounts_disable(&run->app, &run->account, true, err);

    return status == OK ? print_done(run, "đã khóa; các phiên đã kết thúc",
                                     "disabled; sessions have ended", err)
                        : status;
}

static enum status enable(struct user_run *run, struct err *err)
{
    enum status status = accounts_disable(&run->app, &run->account, false, err);

    return status == OK ? print_done(run, "đã mở lại", "enabled again", err)
                        : status;
}

static enum status sign_out(struct user_run *run, struct err *err)
{
    enum status status = accounts_end_sessions(&run->app, &run->account, err);

    return status == OK ? print_done(run, "mọi phiên đã kết thúc", "all sessions have ended", err)
                        : status;
}

/* ---- the list ---- */

static void write_account(const struct account *account, struct json_writer *w)
{
    json_begin_object(w);
    json_member_string(w, "name", account->name);
    json_member_string(w, "full_name", account->full_name);
    json_member_string(w, "role", account->role);
    json_key(w, "areas");
    json_begin_array(w);
    for (size_t i = 0; i < account->area_count; i++)
        json_string(w, account->areas[i]);
    json_end_array(w);
    json_member_bool(w, "disabled", account->is_disabled);
    json_member_bool(w, "has_password", *account->password_hash != '\0');
    json_member_bool(w, "has_second_factor", *account->factor_at != '\0');
    json_member_int(w, "recovery_codes", (int64_t)account->codes_left);
    json_member_string(w, "created_at", account->created_at);
    json_member_string(w, "signed_in_at", account->signed_in_at);
    json_end_object(w);
}

static void print_accounts(struct user_run *run, const struct account *list, size_t count,
                           struct buf *out)
{
    struct cli *cli = run->cli;
    struct table table;

    table_init(&table, &cli->arena, "llllll");
    table_cell(&table, cli_say(cli, "Tên đăng nhập", "Name"));
    table_cell(&table, cli_say(cli, "Họ tên", "Full name"));
    table_cell(&table, cli_say(cli, "Vai trò", "Role"));
    table_cell(&table, cli_say(cli, "Tình trạng", "State"));
    table_cell(&table, cli_say(cli, "Vào lần cuối", "Last signed in"));
    table_cell(&table, cli_say(cli, "Địa bàn", "Areas"));
    for (size_t i = 0; i < count; i++) {
        day last = day_of_utc(list[i].signed_in_at);

        table_cell(&table, list[i].name);
        table_cell(&table, list[i].full_name);
        table_cell(&table, words_of_role(&list[i]).in[cli->lang]);
        table_cell(&table, state_of(run, &list[i]));
        table_cell(&table, cli_day_text(cli, last));
        table_cell(&table, area_names(run, &list[i]));
    }
    table_print(&table, out);
}

static enum status list_accounts(struct user_run *run, struct err *err)
{
    struct account *list;
    struct json_writer w;
    struct buf out;
    size_t count;
    enum status status = accounts_list(&run->app, &run->cli->arena, &list, &count, err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (!cli_has(run->cli, OPTION_JSON)) {
        print_accounts(run, list, count, &out);
        return cli_finish(&out, err);
    }
    json_begin_array(&w);
    for (size_t i = 0; i < count; i++)
        write_account(&list[i], &w);
    json_end_array(&w);
    return cli_finish(&out, err);
}

/* ---- which action ---- */

static const struct action actions[] = {
    {"add", 1, 2, DB_CREATE, false, add},
    {"list", 0, 0, DB_READ, false, list_accounts},
    {"role", 1, 1, DB_WRITE, true, change_role},
    {"area", 1, 1, DB_WRITE, true, change_areas},
    {"passwd", 1, 1, DB_WRITE, true, reset_password},
    {"totp", 1, 1, DB_WRITE, true, reset_factor},
    {"reset", 1, 1, DB_WRITE, true, reset_both},
    {"disable", 1, 1, DB_WRITE, true, disable},
    {"enable", 1, 1, DB_WRITE, true, enable},
    {"signout", 1, 1, DB_WRITE, true, sign_out},
};

static enum status find_action(const struct cli *cli, const struct action **out, struct err *err)
{
    size_t given = cli->arg_count - 1;

    for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
        const struct action *action = &actions[i];

        if (strcmp(action->name, cli->args[0]) != 0)
            continue;
        *out = action;
        if (given >= action->min_args && given <= action->max_args)
            return OK;
        break;
    }
    return err_set(err, BAD_USAGE, "cách dùng: dxready %s %s", "usage: dxready %s %s",
                   cli->command->name, cli->command->arguments);
}

static enum status check_address(const struct cli *cli, struct err *err)
{
    const char *url = cli->values[OPTION_PUBLIC_URL];

    return url ? site_check_url(url, err) : OK;
}

static enum status run_action(struct user_run *run, const struct action *action, struct err *err)
{
    struct cli *cli = run->cli;
    enum status status = OK;

    run->app = context_of(run->db, (struct actor){ACTOR_SYSTEM, 0});
    if (action->needs_account)
        status = accounts_find(&run->app, cli->args[1], &cli->arena, &run->account, err);
    if (status == NOT_FOUND)
        return err_set(err, NOT_FOUND, "không có tài khoản '%s'; xem 'dxready user list'",
                       "there is no account '%s'; see 'dxready user list'", cli->args[1]);
    return status == OK ? action->run(run, err) : status;
}

enum status cmd_user(struct cli *cli, struct err *err)
{
    struct user_run run = {.cli = cli};
    const struct action *action = NULL;
    const struct catalogue *reference = NULL;
    struct workspace *ws;
    enum status status = find_action(cli, &action, err);

    if (status == OK)
        status = check_address(cli, err);
    if (status == OK)
        status = cli_choose_journal(cli, err);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status != OK)
        return status;
    reference = workspace_reference(ws, err);
    if (!reference)
        return err->status;
    run.areas = reference->facts->areas;
    status = database_open(&cli->arena, ws, cli->values[OPTION_DB], action->mode, &run.db, err);
    if (status != OK)
        return status;
    status = run_action(&run, action, err);
    database_close(run.db);
    return status;
}
