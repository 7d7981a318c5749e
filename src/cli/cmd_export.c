/* dxready export: what is stored, as a table or one JSON object a line. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "app/export.h"

static enum status parse_format(const struct cli *cli, enum export_format *format, struct err *err)
{
    const char *code = cli->values[OPTION_FORMAT];

    for (int i = 0; code && i < EXPORT_FORMAT__MAX; i++) {
        if (strcmp(export_format_code((enum export_format)i), code) == 0) {
            *format = (enum export_format)i;
            return OK;
        }
    }
    return code ? err_set(err, BAD_USAGE, "--format: không có '%s'; hãy chọn csv hoặc jsonl",
                          "--format: there is no '%s'; choose csv or jsonl", code)
                : err_set(err, BAD_USAGE, "hãy nêu --format csv hoặc --format jsonl",
                          "say --format csv or --format jsonl");
}

enum status cmd_export(struct cli *cli, struct err *err)
{
    const char *path = cli_has(cli, OPTION_OUTPUT) ? cli->values[OPTION_OUTPUT] : "-";
    enum export_format format = EXPORT_CSV;
    struct store_filter filter;
    struct database *db = NULL;
    enum status status = parse_format(cli, &format, err);

    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = cli_filter(cli, db, &filter, err);
    if (status == OK)
        status = export_assessments(&cli->arena, cli->workspace, db, &filter, format, path, err);
    database_close(db);
    return status;
}
