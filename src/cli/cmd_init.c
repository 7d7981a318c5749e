/* dxready init: a starting file whose texts explain themselves, ready for `dxready check`. */
#include "cli/cli.h"

#include "base/asset.h"
#include "base/file.h"
#include "base/text.h"

/* src/cli/starters/: packed in while building. JSON has no comments, so the explanations stand in
 * the texts that an author replaces anyway. */
extern const struct asset starters[];
extern const size_t starters_count;

static enum status write_starter(struct cli *cli, const struct asset *starter, struct buf *out,
                                 struct err *err)
{
    const char *path = cli->values[OPTION_OUTPUT];

    if (!path) {
        buf_add(out, starter->data, starter->len);
        return OK;
    }
    if (file_exists(path))
        return err_set(err, BAD_INPUT, "%s đã có; lệnh này không ghi đè lên tệp nào",
                       "%s exists; this command overwrites nothing", path);
    /* what will be said first: nothing may fail any more once the file is there */
    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "Đã ghi %s. Sửa lời văn rồi chạy: dxready check %s\n",
                              "%s is written. Change its texts, then run: dxready check %s\n",
                              path, path));
    return file_write(path, starter->data, starter->len, err);
}

enum status cmd_init(struct cli *cli, struct err *err)
{
    const char *name = arena_printf(&cli->arena, "%s.json", cli->args[0]);
    const struct asset *starter = asset_find(starters, starters_count, name);
    enum status status;
    struct buf out;

    if (!starter)
        return err_set(err, BAD_USAGE, "cần 'questionnaire' hoặc 'policy', không phải '%s'",
                       "'questionnaire' or 'policy' is needed, not '%s'", cli->args[0]);
    buf_init(&out, BUF_MAX_DEFAULT);
    status = write_starter(cli, starter, &out, err);
    if (status == OK)
        return cli_finish(&out, err);
    buf_free(&out);
    return status;
}
