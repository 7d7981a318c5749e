/* dxready list --imports; what of a database is chosen beside its name. */
#include "cli/cli.h"

#include <stdlib.h>

#include "app/database.h"
#include "app/review/stored_list.h"
#include "base/array.h"
#include "base/json_write.h"

/* More are not looked at: who wants older ones filters the table by other means. */
#define IMPORTS_SHOWN_MAX 1000

static void write_imports(struct json_writer *w, const struct store_import *list, size_t count)
{
    json_begin_object(w);
    json_key(w, "imports");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++) {
        const struct store_import *import = &list[i];

        json_begin_object(w);
        json_member_int(w, "import", import->id);
        json_member_string(w, "file", import->file);
        json_member_string(w, "hash", *import->hash ? import->hash : NULL);
        json_member_string(w, "by", import->actor);
        json_member_string(w, "sender", *import->sender ? import->sender : NULL);
        json_member_string(w, "started_at", import->started_at);
        json_member_string(w, "ended_at", *import->ended_at ? import->ended_at : NULL);
        json_member_int(w, "rows", import->responses);
        json_member_int(w, "inserted", import->inserted);
        json_member_int(w, "revised", import->revised);
        json_member_int(w, "unchanged", import->unchanged);
        json_member_int(w, "rejected", import->rejected);
        json_member_string(w, "undone_at", *import->undone_at ? import->undone_at : NULL);
        json_member_string(w, "undone_by", *import->undone_by ? import->undone_by : NULL);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

static void print_imports(struct cli *cli, const struct store_import *list, size_t count,
                          struct buf *out)
{
    static const char *const heads[][LANG__MAX] = {
        {"Lần", "No."},          {"Lúc (UTC)", "At (UTC)"}, {"Ai", "By"},
        {"Mới", "New"},          {"Sửa", "Revised"},        {"Không đổi", "Unchanged"},
        {"Từ chối", "Rejected"}, {"Xong", "Ended"},         {"Của", "Sent by"},
        {"Tệp", "File"}};
    struct table table;

    table_init(&table, &cli->arena, "rllrrrrlll");
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(&table, heads[i][cli->lang]);
    for (size_t i = 0; i < count; i++) {
        const struct store_import *import = &list[i];

        table_cell(&table, cli_count_text(cli, import->id));
        table_cell(&table, import->started_at);
        table_cell(&table, import->actor);
        table_cell(&table, cli_count_text(cli, import->inserted));
        table_cell(&table, cli_count_text(cli, import->revised));
        table_cell(&table, cli_count_text(cli, import->unchanged));
        table_cell(&table, cli_count_text(cli, import->rejected));
        table_cell(&table, *import->undone_at  ? cli_say(cli, "đã hoàn tác", "undone")
                           : *import->ended_at ? cli_say(cli, "xong", "yes")
                                               : cli_say(cli, "chưa xong", "no"));
        table_cell(&table, *import->sender ? import->sender : "–");
        table_cell(&table, import->file);
    }
    table_print(&table, out);
}

enum status cli_list_imports(struct cli *cli, struct database *db, struct err *err)
{
    struct app_context app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    const struct store_import *list;
    struct json_writer w;
    struct buf out;
    size_t count;
    enum status status = stored_imports(&app, IMPORTS_SHOWN_MAX, &cli->arena, &list, &count, err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_imports(&w, list, count);
    else
        print_imports(cli, list, count, &out);
    return cli_finish(&out, err);
}

/* ---- what is chosen beside the name ---- */

static const char *chosen(const struct cli *cli, enum option_id option, const char *environment)
{
    const char *value = cli_has(cli, option) ? cli->values[option] : getenv(environment);

    return value && *value ? value : NULL;
}

enum status cli_choose_journal(const struct cli *cli, struct err *err)
{
    return database_set_journal(chosen(cli, OPTION_JOURNAL, "DXREADY_JOURNAL"), err);
}

void cli_choose_evidence(const struct cli *cli)
{
    database_set_evidence(chosen(cli, OPTION_EVIDENCE, "DXREADY_EVIDENCE"));
}
