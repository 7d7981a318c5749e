/* dxready purge: what the server does by itself, without it: erases drafts that nobody changes. */
#include "cli/cli.h"

#include "app/database.h"
#include "app/purge.h"
#include "app/trusted_clock.h"
#include "base/json_write.h"
#include "base/text.h"

static void write_result(const struct purge *purge, struct json_writer *w)
{
    json_begin_object(w);
    json_member_int(w, "keep_days", purge->keep_days);
    json_member_bool(w, "dry_run", purge->is_dry);
    json_member_int(w, "drafts", (int64_t)purge->drafts);
    json_member_int(w, "files", (int64_t)purge->files);
    json_end_object(w);
}

static void print_result(struct cli *cli, const struct purge *purge, struct buf *out)
{
    const char *drafts = cli_count_text(cli, (int64_t)purge->drafts);
    const char *files = cli_count_text(cli, (int64_t)purge->files);

    if (purge->is_dry)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "%s bản nháp không ai sửa trong %d ngày sẽ bị xóa.\n",
                                  "%s drafts that nobody changed for %d days would be erased.\n",
                                  drafts, purge->keep_days));
    else
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "Đã xóa %s bản nháp không ai sửa trong %d ngày và %s tệp minh "
                                  "chứng.\n",
                                  "Erased %s drafts that nobody changed for %d days, and %s files "
                                  "of evidence.\n",
                                  drafts, purge->keep_days, files));
}

static enum status finish(struct cli *cli, const struct purge *purge, const char *folder,
                          struct err *err)
{
    struct json_writer w;
    struct buf out;
    enum status status;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_result(purge, &w);
    else
        print_result(cli, purge, &out);
    status = cli_finish(&out, err);
    if (status != OK || !purge->has_left_files)
        return status;
    return err_set(err, FAILED, "có tệp minh chứng không xóa được trong %s",
                   "some files of evidence could not be deleted in %s", folder);
}

/* Nothing is erased by a clock that cannot be right, unless somebody says that it is. */
static enum status check_clock(struct cli *cli, const struct app_context *app, bool is_dry,
                               struct err *err)
{
    struct trusted_clock clock = {.is_doubted = false};
    bool may_write = !is_dry;
    enum status status = may_write && cli_has(cli, OPTION_FORCE)
                             ? trusted_clock_set(&clock, app, err)
                             : trusted_clock_look(&clock, app, 0, may_write, err);

    if (status != OK || !clock.is_doubted)
        return status;
    return err_set(err, CONFLICT,
                   "đồng hồ của máy (%1$s, giờ UTC) đi trước lần cuối cơ sở dữ liệu được dùng "
                   "(%2$s) quá %3$d ngày nên không xóa gì; hãy chỉnh đồng hồ, hoặc nếu đồng hồ "
                   "đúng thì chạy lại với --force",
                   "the clock of this machine (%1$s UTC) is more than %3$d days ahead of when the "
                   "database was last used (%2$s), so nothing is erased; set the clock, or run "
                   "this again with --force if it is right",
                   app->now, clock.known, CLOCK_AHEAD_DAYS);
}

enum status cmd_purge(struct cli *cli, struct err *err)
{
    struct purge purge = {.is_dry = cli_has(cli, OPTION_DRY_RUN)};
    struct database *db = NULL;
    struct workspace *ws;
    struct app_context app;
    int64_t days;
    enum status status =
        cli_number(cli, OPTION_KEEP_DRAFTS, 1, KEEP_DRAFTS_DAYS_MAX, KEEP_DRAFTS_DAYS, &days, err);

    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    cli_choose_evidence(cli);
    if (status == OK)
        status = database_open(&cli->arena, ws, cli->values[OPTION_DB],
                               purge.is_dry ? DB_READ : DB_WRITE, &db, err);
    if (status != OK)
        return status;
    app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    purge.keep_days = (int)days;
    status = check_clock(cli, &app, purge.is_dry, err);
    while (status == OK && !purge.is_done)
        status = purge_some(&purge, &app, err);
    database_close(db);
    return status == OK ? finish(cli, &purge, app.evidence, err) : status;
}
