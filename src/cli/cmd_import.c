/* dxready import: responses from files into the database, scored. */
#include "cli/cli.h"

#include <stdio.h>

#include "app/review/import.h"
#include "base/json_write.h"
#include "base/text.h"

static void show_progress(void *context, const char *path, size_t rows, size_t lines)
{
    watch_show(context, path, (int64_t)rows, (int64_t)lines);
}

static void write_counts(struct json_writer *w, const struct import_counts *counts)
{
    json_member_int(w, "rows", (int64_t)counts->rows);
    json_member_int(w, "inserted", (int64_t)counts->inserted);
    json_member_int(w, "revised", (int64_t)counts->revised);
    json_member_int(w, "unchanged", (int64_t)counts->unchanged);
    json_member_int(w, "rejected", (int64_t)counts->rejected);
    json_member_int(w, "linked", (int64_t)counts->linked);
    json_member_int(w, "incomplete", (int64_t)counts->incomplete);
    json_member_int(w, "unrated", (int64_t)counts->unrated);
}

static void write_result(struct json_writer *w, const struct import_result *result)
{
    json_begin_object(w);
    write_counts(w, &result->total);
    json_key(w, "files");
    json_begin_array(w);
    for (size_t i = 0; i < result->count; i++) {
        const struct import_file *file = &result->files[i];

        json_begin_object(w);
        json_member_string(w, "file", file->path);
        json_member_bool(w, "stored", !file->is_refused);
        write_counts(w, &file->counts);
        json_member_string(w, "rejects", file->rejects);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

static const char *count_text(struct cli *cli, size_t count)
{
    return cli_count_text(cli, (int64_t)count);
}

static void print_result(struct cli *cli, const struct import_result *result, struct buf *out)
{
    const struct import_counts *total = &result->total;
    size_t stored = result->count - result->refused;

    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "Đã nhập %s tệp, %s phiếu: %s mới, %s sửa, %s không đổi, %s bị từ "
                              "chối.\n",
                              "%s files, %s responses: %s new, %s revised, %s unchanged, %s "
                              "rejected.\n",
                              count_text(cli, stored), count_text(cli, total->rows),
                              count_text(cli, total->inserted), count_text(cli, total->revised),
                              count_text(cli, total->unchanged), count_text(cli, total->rejected)));
    if (total->incomplete || total->unrated)
        buf_puts(out,
                 text_printf(&cli->arena, cli->lang,
                             "Trong đó %s phiếu chưa trả lời đủ, %s phiếu chưa xếp mức.\n",
                             "Of these, %s are incomplete and %s are not rated.\n",
                             count_text(cli, total->incomplete), count_text(cli, total->unrated)));
    if (total->linked)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "%s đơn vị trước đây chỉ biết tên nay đã có mã số thuế.\n",
                                  "%s enterprises that were known by name only now have a tax "
                                  "code.\n",
                                  count_text(cli, total->linked)));
    if (result->refused)
        buf_puts(out, text_printf(&cli->arena, cli->lang, "Không nhập được %s tệp.\n",
                                  "%s files could not be imported.\n",
                                  count_text(cli, result->refused)));
    for (size_t i = 0; i < result->count; i++) {
        const struct import_file *file = &result->files[i];

        if (file->rejects)
            buf_puts(out, text_printf(&cli->arena, cli->lang,
                                      "%s: %s dòng bị từ chối nằm ở %s; hãy sửa rồi nhập tệp đó.\n",
                                      "%s: %s rejected rows are in %s; mend them and import that "
                                      "file.\n",
                                      file->path, count_text(cli, file->counts.rejected),
                                      file->rejects));
    }
}

/* Where nothing at all could be read there is no result to print. */
static enum status report(struct cli *cli, const struct import_result *result, struct err *err)
{
    struct json_writer w;
    struct buf out;

    if (result->count == result->refused && !result->total.rows)
        return OK;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_result(&w, result);
    else
        print_result(cli, result, &out);
    return cli_finish(&out, err);
}

/* One transaction over all files: who has a site running should know before it begins. */
static void say_strict(const struct cli *cli)
{
    if (cli_has(cli, OPTION_STRICT) && !cli_has(cli, OPTION_JSON))
        fprintf(stderr, "dxready: %s\n",
                cli_say(cli,
                        "--strict: không ai khác ghi được cho đến khi nhập xong; trang web trả lời "
                        "'đang bận' trong lúc đó",
                        "--strict: nobody else can write until the import ends; the site answers "
                        "'busy' meanwhile"));
}

static enum status import_given(struct cli *cli, struct err *err)
{
    struct watch watch;
    struct import_options options = {.url = cli->values[OPTION_DB],
                                     .questionnaire = cli->values[OPTION_QUESTIONNAIRE],
                                     .round = cli->values[OPTION_ROUND],
                                     .sender = cli->values[OPTION_SENDER],
                                     .rejects = cli->values[OPTION_REJECTS],
                                     .replaces_newer = cli_has(cli, OPTION_REPLACE),
                                     .is_strict = cli_has(cli, OPTION_STRICT),
                                     .lang = cli->lang,
                                     .progress = show_progress,
                                     .context = &watch};
    struct import_result result = {0};
    struct workspace *ws;
    struct err later;
    enum status status = cli_workspace(cli, &ws, err), reported;

    if (!cli->arg_count)
        return err_set(err, BAD_USAGE, "import cần ít nhất một tệp, hoặc --undo N",
                       "import needs a file at least, or --undo N");
    watch_init(&watch, cli, (struct words){{"phiếu", "responses"}});
    if (status == OK)
        status = cli_choose_journal(cli, err);
    if (status == OK)
        say_strict(cli);
    if (status == OK)
        status = import_files(&cli->arena, ws, &options, cli->args, cli->arg_count, &cli->faults,
                              &result, err);
    watch_end(&watch);
    reported = report(cli, &result, &later);
    if (status == OK && reported != OK) {
        *err = later;
        return reported;
    }
    return status == OK && cli->faults.errors ? cli_refuse(cli, err) : status;
}

/* What reads files, and may not stand beside --undo. */
#define FILE_OPTIONS                                                                               \
    (ON_OPTION(OPTION_QUESTIONNAIRE) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_STRICT) |        \
     ON_OPTION(OPTION_REJECTS) | ON_OPTION(OPTION_REPLACE) | ON_OPTION(OPTION_SENDER))

enum status cmd_import(struct cli *cli, struct err *err)
{
    enum status status;

    if (!cli_has(cli, OPTION_UNDO))
        return import_given(cli, err);
    status = cli_refuse_options(cli, FILE_OPTIONS, err);
    if (status == OK && cli->arg_count)
        status = err_set(err, BAD_USAGE, "import --undo N không nhận tệp nào",
                         "import --undo N takes no files");
    return status == OK ? cli_undo_import(cli, err) : status;
}
