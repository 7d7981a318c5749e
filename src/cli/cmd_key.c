/* dxready key: the keys that verified reports are signed with. */
#include "cli/cli.h"

#include <string.h>

#include "app/database.h"
#include "app/own_file.h"
#include "app/signing_keys.h"
#include "base/array.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/text.h"

struct key_run {
    struct cli *cli;
    struct app_context app;
};

struct action {
    const char *name;
    size_t args; /* behind the name of the action */
    enum db_mode mode;
    enum status (*run)(struct key_run *run, struct err *err);
};

/* ---- the actions ---- */

static void write_key(const struct signing_key *key, struct arena *arena, struct json_writer *w)
{
    json_begin_object(w);
    json_member_string(w, "id", key->id);
    json_member_string(w, "public", base64_write(arena, key->public_key, SIGN_PUBLIC_BYTES));
    json_member_string(w, "since", key->since);
    json_member_string(w, "retired_at", key->retired_at);
    json_end_object(w);
}

static enum status make(struct key_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    struct signing_key key;
    struct json_writer w;
    struct buf out;
    enum status status = signing_key_make(&run->app, &key, err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_key(&key, &cli->arena, &w);
    else
        buf_puts(&out, text_printf(&cli->arena, cli->lang,
                                   "Khóa %s dùng để ký từ bây giờ; khóa trước đó thôi ký, báo cáo "
                                   "nó đã ký vẫn kiểm tra được.\n",
                                   "Key %s signs from now on; the one before it signs nothing "
                                   "more, and what it signed still verifies.\n",
                                   key.id));
    return cli_finish(&out, err);
}

static const char *day_text(struct cli *cli, const char *utc)
{
    return cli_day_text(cli, day_of_utc(utc));
}

static void print_keys(struct cli *cli, const struct signing_key *list, size_t count,
                       struct buf *out)
{
    struct table table;

    table_init(&table, &cli->arena, "llll");
    table_cell(&table, cli_say(cli, "Khóa", "Key"));
    table_cell(&table, cli_say(cli, "Từ ngày", "Since"));
    table_cell(&table, cli_say(cli, "Thay ngày", "Retired on"));
    table_cell(&table, cli_say(cli, "Tình trạng", "State"));
    for (size_t i = 0; i < count; i++) {
        table_cell(&table, list[i].id);
        table_cell(&table, day_text(cli, list[i].since));
        table_cell(&table, day_text(cli, list[i].retired_at));
        table_cell(&table, *list[i].retired_at ? cli_say(cli, "chỉ để kiểm tra", "only verifies")
                                               : cli_say(cli, "đang ký", "signs"));
    }
    table_print(&table, out);
}

static enum status list_keys(struct key_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    struct signing_key *list;
    struct json_writer w;
    struct buf out;
    size_t count;
    enum status status = signing_keys_all(&run->app, &cli->arena, &list, &count, err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (!cli_has(cli, OPTION_JSON)) {
        print_keys(cli, list, count, &out);
        return cli_finish(&out, err);
    }
    json_begin_array(&w);
    for (size_t i = 0; i < count; i++)
        write_key(&list[i], &cli->arena, &w);
    json_end_array(&w);
    return cli_finish(&out, err);
}

static enum status export_keys(struct key_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    const char *path = cli->args[1], *text = NULL;
    struct buf out;
    enum status status = signing_keys_export(&run->app, &cli->arena, &text, err);

    if (status == OK)
        status = file_write(path, text, strlen(text), err);
    if (status != OK || strcmp(path, "-") == 0)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, text_printf(&cli->arena, cli->lang,
                               "Đã ghi khóa công khai vào %s; ai cũng được giữ tệp này.\n",
                               "The public keys are in %s, which anybody may have.\n", path));
    return cli_finish(&out, err);
}

/* ---- which action ---- */

static const struct action actions[] = {
    {"new", 0, DB_WRITE, make},
    {"list", 0, DB_READ, list_keys},
    {"export", 1, DB_WRITE, export_keys},
};

/* A file of keys that is there already is replaced. */
static enum status check_output(const struct cli *cli, const char *path, struct err *err)
{
    const struct output_inputs inputs = {NULL, 0, database_url(cli->values[OPTION_DB])};

    return output_check(path, cli_has(cli, OPTION_FORCE), &inputs, err);
}

static enum status find_action(const struct cli *cli, const struct action **out, struct err *err)
{
    for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
        if (strcmp(actions[i].name, cli->args[0]) != 0 || actions[i].args != cli->arg_count - 1)
            continue;
        *out = &actions[i];
        return actions[i].args ? check_output(cli, cli->args[1], err) : OK;
    }
    return err_set(err, BAD_USAGE, "cách dùng: dxready %s %s", "usage: dxready %s %s",
                   cli->command->name, cli->command->arguments);
}

enum status cmd_key(struct cli *cli, struct err *err)
{
    struct key_run run = {.cli = cli};
    const struct action *action = NULL;
    struct workspace *ws;
    struct database *db;
    enum status status = find_action(cli, &action, err);

    if (status == OK)
        status = cli_choose_journal(cli, err);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status == OK)
        status = database_open(&cli->arena, ws, cli->values[OPTION_DB], action->mode, &db, err);
    if (status != OK)
        return status;
    run.app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    status = action->run(&run, err);
    database_close(db);
    return status;
}
