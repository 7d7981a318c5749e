/* dxready import --undo N: an import taken back as a whole. */
#include "cli/cli.h"

#include "app/review/import_undo.h"
#include "base/json_write.h"
#include "base/text.h"

static void print_undone(struct cli *cli, int64_t import, const struct store_undone *undone,
                         struct buf *out)
{
    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "Đã hoàn tác lần nhập %s: %s đánh giá nó đưa vào không còn được "
                              "tính, %s đánh giá nó sửa trở về như trước.\n",
                              "Import %s is undone: %s assessments that it brought count no more, "
                              "%s that it changed are as before.\n",
                              cli_count_text(cli, import), cli_count_text(cli, undone->withdrawn),
                              cli_count_text(cli, undone->restored)));
}

static enum status report(struct cli *cli, int64_t import, const struct store_undone *undone,
                          struct err *err)
{
    struct json_writer w;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON)) {
        json_begin_object(&w);
        json_member_int(&w, "import", import);
        json_member_int(&w, "withdrawn", undone->withdrawn);
        json_member_int(&w, "restored", undone->restored);
        json_end_object(&w);
    } else {
        print_undone(cli, import, undone, &out);
    }
    return cli_finish(&out, err);
}

static enum status open_to_write(struct cli *cli, struct database **db, struct err *err)
{
    struct workspace *ws;
    enum status status = cli_workspace(cli, &ws, err);

    if (status == OK)
        status = cli_choose_journal(cli, err);
    return status == OK ? database_open(&cli->arena, ws, cli->values[OPTION_DB], DB_WRITE, db, err)
                        : status;
}

enum status cli_undo_import(struct cli *cli, struct err *err)
{
    struct store_undone undone;
    struct database *db = NULL;
    int64_t import = 0;
    enum status status = cli_number(cli, OPTION_UNDO, 1, INT32_MAX, 0, &import, err);

    if (status == OK)
        status = open_to_write(cli, &db, err);
    if (status == OK) {
        struct app_context app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});

        status = import_undo(&app, import, &undone, err);
    }
    database_close(db);
    return status == OK ? report(cli, import, &undone, err) : status;
}
