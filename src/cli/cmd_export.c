/* dxready export: what is stored, as a table, a workbook, or one JSON object a line. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/output/export.h"
#include "base/text.h"

static enum status parse_format(const struct cli *cli, enum export_format *format, struct err *err)
{
    const char *code = cli->values[OPTION_FORMAT];

    for (int i = 0; code && i < EXPORT_FORMAT__MAX; i++) {
        if (strcmp(export_format_code((enum export_format)i), code) == 0) {
            *format = (enum export_format)i;
            return OK;
        }
    }
    return code ? err_set(err, BAD_USAGE, "--format: không có '%s'; hãy chọn csv, xlsx hoặc jsonl",
                          "--format: there is no '%s'; choose csv, xlsx or jsonl", code)
                : err_set(err, BAD_USAGE, "hãy nêu --format csv, xlsx hoặc jsonl",
                          "say --format csv, xlsx or jsonl");
}

static enum status choose(const struct cli *cli, struct export_options *options, struct err *err)
{
    enum status status = parse_format(cli, &options->format, err);

    options->lang = cli->lang;
    options->path = cli_has(cli, OPTION_OUTPUT) ? cli->values[OPTION_OUTPUT] : "-";
    if (status == OK && options->format == EXPORT_XLSX && strcmp(options->path, "-") == 0 &&
        isatty(STDOUT_FILENO))
        return err_set(err, BAD_USAGE, "một tệp xlsx không xem được trên màn hình: hãy nêu -o FILE",
                       "a workbook cannot be read on a terminal: say -o FILE");
    return status;
}

/* "30/11/2026 17:14 UTC" of "2026-11-30T17:14:05Z" */
static const char *now_for_people(struct arena *arena)
{
    char now[TIME_BYTES];

    now_utc(now);
    return arena_printf(arena, "%.2s/%.2s/%.4s %.5s UTC", now + 8, now + 5, now, now + 11);
}

/* Rows are read while others write: what was stored meanwhile may be in it, or not. */
static const char *as_of_now(struct cli *cli)
{
    return text_printf(
        &cli->arena, cli->lang,
        "bản xuất bắt đầu lúc %s; phiếu gửi hoặc sửa từ lúc đó có thể có hoặc chưa có trong bản "
        "này",
        "the export began at %s; what was sent or revised since then may be in it or not",
        now_for_people(&cli->arena));
}

static enum status run_export(struct cli *cli, struct err *err)
{
    struct export_options options = {0};
    struct store_filter filter;
    struct database *db = NULL;
    const char *as_of;
    enum status status = choose(cli, &options, err);

    if (status == OK)
        status = cli_database(cli, &db, err);
    as_of = as_of_now(cli); /* said at the end, when nothing may fail any more */
    if (status == OK)
        status = cli_choose_rows(cli, db, &filter, err);
    if (status == OK)
        status = export_assessments(&cli->arena, cli->workspace, db, &filter, &options, err);
    if (status == OK)
        fprintf(stderr, "dxready: %s\n", as_of);
    database_close(db);
    return status;
}

/* The library of workbooks does not bear a lack of memory: it dies, with words of its own. */
enum status cmd_export(struct cli *cli, struct err *err)
{
    struct export_options options = {0};
    enum status status = choose(cli, &options, err);

    if (status == OK)
        status = cli_check_output(cli, options.path, err);
    if (status != OK)
        return status;
    return options.format == EXPORT_XLSX ? cli_run_apart(cli, run_export, options.path, err)
                                         : run_export(cli, err);
}
