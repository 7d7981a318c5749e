/* dxready backup, dxready restore: everything in one file, and back. */
#include "cli/cli.h"

#include <string.h>

#include "app/backup.h"
#include "app/own_file.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/text.h"

/* ---- what is said ---- */

static void write_result(const struct backup *backup, const char *path, bool is_sealed,
                         struct json_writer *w)
{
    json_begin_object(w);
    json_member_string(w, "file", path);
    json_member_string(w, "made_at", backup->made_at);
    json_member_bool(w, "encrypted", is_sealed);
    json_member_int(w, "bytes", (int64_t)backup->bytes);
    json_member_int(w, "enterprises", backup->totals.enterprises);
    json_member_int(w, "assessments", backup->totals.assessments);
    json_member_int(w, "dossiers", backup->totals.dossiers);
    json_member_int(w, "files", backup->files);
    json_member_int(w, "lost_files", backup->lost);
    json_end_object(w);
}

static const char *counts_text(struct cli *cli, const struct backup *backup)
{
    return text_printf(&cli->arena, cli->lang,
                       "%s đơn vị, %s phiếu đánh giá, %s hồ sơ trên web, %s tệp minh chứng",
                       "%s enterprises, %s assessments, %s dossiers of the site, %s files of "
                       "evidence",
                       cli_count_text(cli, backup->totals.enterprises),
                       cli_count_text(cli, backup->totals.assessments),
                       cli_count_text(cli, backup->totals.dossiers),
                       cli_count_text(cli, backup->files - backup->lost));
}

static enum status finish(struct cli *cli, const struct backup *backup, bool is_sealed,
                          const char *sentence, struct err *err)
{
    struct json_writer w;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_result(backup, cli->args[0], is_sealed, &w);
    else
        buf_puts(&out, sentence);
    return cli_finish(&out, err);
}

/* The rest of the backup is good; but nobody should believe that it is whole. */
static enum status refuse_lost(struct cli *cli, const struct backup *backup, struct err *err)
{
    const char *count = cli_count_text(cli, backup->lost);

    if (!*backup->lost_hash)
        return err_set(err, FAILED, "%s tệp minh chứng đã thiếu từ khi sao lưu",
                       "%s files of evidence were missing already when the backup was made", count);
    return err_set(err, FAILED,
                   "%s tệp minh chứng bị thiếu hoặc hỏng nên không có trong bản sao lưu (tệp đầu: "
                   "%s); hãy đề nghị đơn vị gửi lại",
                   "%s files of evidence are missing or damaged, and are not in the backup (the "
                   "first one: %s); ask the enterprises to send them again",
                   count, backup->lost_hash);
}

/* ---- backup ---- */

static enum status make_keys(struct cli *cli, struct err *err)
{
    const char *name = cli->values[OPTION_NEW_KEY];
    struct seal_keys keys;
    struct buf out;
    enum status status;

    if (cli->arg_count)
        return err_set(err, BAD_USAGE, "--new-key chỉ tạo khóa; hãy sao lưu bằng một lệnh khác",
                       "--new-key only makes keys; make the backup with another command");
    status = seal_make_keys(name, &keys, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, text_printf(&cli->arena, cli->lang,
                               "%1$s.pub: để ở máy chủ, dùng với backup --key.\n"
                               "%1$s.key: cất ở nơi khác. Mất tệp này thì không ai mở được bản sao "
                               "lưu.\n",
                               "%1$s.pub: for the server, to be used with backup --key.\n"
                               "%1$s.key: keep it elsewhere. Without it nobody can open the "
                               "backups.\n",
                               name));
    return cli_finish(&out, err);
}

static enum status check_file(struct cli *cli, struct err *err)
{
    const char *path;

    if (!cli->arg_count)
        return err_set(err, BAD_USAGE, "cần tên tệp: dxready backup TỆP",
                       "a file is needed: dxready backup FILE");
    path = cli->args[0];
    if (strcmp(path, "-") == 0)
        return err_set(err, BAD_USAGE, "bản sao lưu cần một tệp, không ghi ra màn hình được",
                       "a backup needs a file, and cannot go to standard output");
    if (file_exists(path) && !cli_has(cli, OPTION_FORCE))
        return err_set(err, CONFLICT,
                       "%s: đã có, và bản sao lưu cũ không bị ghi đè; hãy nêu tên khác, hoặc "
                       "--force",
                       "%s: it exists, and an older backup is not overwritten; choose another "
                       "name, or --force",
                       path);
    return output_check(
        path, cli_has(cli, OPTION_FORCE),
        &(struct output_inputs){.database = database_url(cli->values[OPTION_DB])}, err);
}

enum status cmd_backup(struct cli *cli, struct err *err)
{
    const char *key = cli->values[OPTION_KEY];
    struct seal_keys keys;
    struct backup backup;
    struct workspace *ws;
    struct database *db = NULL;
    enum status status;

    if (cli_has(cli, OPTION_NEW_KEY))
        return make_keys(cli, err);
    status = check_file(cli, err);
    if (status == OK && key)
        status = seal_read_public(key, &keys, err);
    cli_choose_evidence(cli);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = backup_make(db, ws, cli->args[0], key ? &keys : NULL, &cli->arena, &backup, err);
    database_close(db);
    if (status != OK)
        return status;
    status = finish(cli, &backup, key != NULL,
                    text_printf(&cli->arena, cli->lang,
                                "Đã sao lưu vào %s, đã mở lại và kiểm tra: %s.%s\n",
                                "Backed up to %s, opened again and checked: %s.%s\n", cli->args[0],
                                counts_text(cli, &backup),
                                key ? cli_say(cli, " Đã mã hóa.", " Encrypted.") : ""),
                    err);
    return status == OK && backup.lost ? refuse_lost(cli, &backup, err) : status;
}

/* ---- restore ---- */

enum status cmd_restore(struct cli *cli, struct err *err)
{
    const char *key = cli->values[OPTION_KEY];
    const char *url = database_url(cli->values[OPTION_DB]);
    struct seal_keys keys;
    struct backup backup;
    struct workspace *ws;
    enum status status = key ? seal_read_secret(key, &keys, err) : OK;

    cli_choose_evidence(cli);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status == OK)
        status = backup_restore(ws, cli->args[0], key ? &keys : NULL, url,
                                database_evidence_of(&cli->arena, url), &cli->arena, &backup, err);
    if (status != OK)
        return status;
    status = finish(cli, &backup, key != NULL,
                    text_printf(&cli->arena, cli->lang,
                                "Đã khôi phục vào %s như lúc %s (giờ UTC): %s.\n",
                                "Restored to %s as of %s (UTC): %s.\n", url, backup.made_at,
                                counts_text(cli, &backup)),
                    err);
    return status == OK && backup.lost ? refuse_lost(cli, &backup, err) : status;
}
