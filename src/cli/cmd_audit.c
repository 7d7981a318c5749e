/* dxready audit verify: whether the audit is as it was written. */
#include "cli/cli.h"

#include <string.h>

#include "app/audit.h"
#include "app/database.h"
#include "base/json_write.h"
#include "base/text.h"

static void write_check(const struct audit_check *check, const char *head, struct json_writer *w)
{
    json_begin_object(w);
    json_member_int(w, "entries", check->entries);
    json_member_int(w, "broken", check->broken);
    json_member_string(w, "head", head);
    json_end_object(w);
}

static enum status print_check(struct cli *cli, const struct audit_check *check, struct err *err)
{
    const char *head = audit_head_text(&cli->arena, check);
    struct json_writer w;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_check(check, head, &w);
    else
        buf_puts(&out, text_printf(&cli->arena, cli->lang,
                                   "Nhật ký kiểm tra: %s dòng liền mạch; mã cuối %s\n",
                                   "Audit: %s entries hold; the last hash is %s\n",
                                   cli_count_text(cli, check->entries), head));
    return cli_finish(&out, err);
}

enum status cmd_audit(struct cli *cli, struct err *err)
{
    struct audit_check check;
    struct database *db;
    struct app_context app;
    enum status status;

    if (strcmp(cli->args[0], "verify") != 0)
        return err_set(err, BAD_USAGE, "cách dùng: dxready audit verify",
                       "usage: dxready audit verify");
    status = cli_database(cli, &db, err);
    if (status != OK)
        return status;
    app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    status = audit_verify(&app, &check, err);
    database_close(db);
    if (status == OK)
        status = print_check(cli, &check, err);
    if (status != OK || !check.broken)
        return status;
    return err_set(err, BAD_INPUT,
                   "nhật ký kiểm tra bị sửa hoặc thiếu từ dòng %lld; các dòng trước đó còn nguyên",
                   "the audit was changed or lacks a row from entry %lld on; those before it hold",
                   (long long)check.broken);
}
