/* dxready report --db URL -o DIR: reports of everybody stored who passes the filters. */
#include "cli/cli.h"

#include "app/database.h"
#include "app/output/reports.h"
#include "base/json_write.h"
#include "base/text.h"

static void show_progress(void *context, int64_t done, int64_t all)
{
    struct watch *watch = context;

    watch_show(watch, watch->cli->values[OPTION_OUTPUT], done, all);
}

static void write_result(struct cli *cli, const struct reports_result *result, struct buf *out)
{
    struct json_writer w;

    json_writer_init(&w, out);
    json_begin_object(&w);
    json_member_string(&w, "folder", cli->values[OPTION_OUTPUT]);
    json_member_int(&w, "assessments", result->assessments);
    json_member_int(&w, "written", result->written);
    json_member_int(&w, "kept", result->kept);
    json_member_int(&w, "renamed", result->renamed);
    json_member_int(&w, "failed", result->failed);
    json_end_object(&w);
}

static void print_result(struct cli *cli, const struct reports_result *result, struct buf *out)
{
    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "%s: %s báo cáo mới ghi, %s báo cáo đã có và không đổi.\n",
                              "%s: %s reports written, %s were there already and did not change.\n",
                              cli->values[OPTION_OUTPUT], cli_count_text(cli, result->written),
                              cli_count_text(cli, result->kept)));
    if (result->renamed)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "Trong đó %s báo cáo thay tệp mang tên cũ của đơn vị.\n",
                                  "Of these, %s replace a file under the enterprise's old name.\n",
                                  cli_count_text(cli, result->renamed)));
    if (result->failed)
        buf_puts(out, text_printf(&cli->arena, cli->lang, "Không lập được %s báo cáo.\n",
                                  "%s reports could not be made.\n",
                                  cli_count_text(cli, result->failed)));
}

static enum status refuse_before(const struct cli *cli, struct err *err)
{
    if (!cli_has(cli, OPTION_BEFORE))
        return OK;
    return err_set(err, BAD_USAGE,
                   "--before dành cho một phiếu trả lời; hãy nêu phiếu ấy, hoặc dùng 'dxready "
                   "compare' cho đơn vị đã lưu",
                   "--before is about a response; name it, or use 'dxready compare' for an "
                   "enterprise that is stored");
}

static enum status say(struct cli *cli, const struct reports_result *result, struct err *err)
{
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    (cli_has(cli, OPTION_JSON) ? write_result : print_result)(cli, result, &out);
    return cli_finish(&out, err);
}

enum status cli_report_all(struct cli *cli, struct err *err)
{
    struct watch watch;
    struct store_filter filter;
    struct reports_request request = {.filter = &filter,
                                      .folder = cli->values[OPTION_OUTPUT],
                                      .lang = cli->lang,
                                      .kind = cli_document_kind(cli),
                                      .contact = cli->values[OPTION_CONTACT],
                                      .is_forced = cli_has(cli, OPTION_FORCE),
                                      .database = database_url(cli->values[OPTION_DB]),
                                      .progress = show_progress,
                                      .context = &watch};
    struct reports_result result = {0};
    struct database *db = NULL;
    enum status status = refuse_before(cli, err);

    if (status == OK)
        status = cli_on(cli, &request.on, err);
    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = cli_choose_rows(cli, db, &filter, err);
    if (status == OK) {
        watch_init(&watch, cli, (struct words){{"báo cáo", "reports"}});
        status = reports_make(cli->workspace, db, &request, &cli->faults, &result, err);
        watch_end(&watch);
    }
    database_close(db);
    if (status == OK)
        status = say(cli, &result, err);
    return status == OK && cli->faults.errors ? cli_refuse(cli, err) : status;
}
