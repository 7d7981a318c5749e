/* dxready report: PDFs of one response or of many; of what is stored: cmd_report_all.c. */
#include "cli/cli.h"

#include <string.h>

#include "app/output/report.h"
#include "base/file.h"

/* What all reports of one call have in common. */
struct reporter {
    struct cli *cli;
    struct workspace *ws;
    const struct response *before;
    day on;
};

/* "DIR/NAME.pdf" for "x/NAME.json"; the language is part of the name where both are asked for. */
static const char *path_in_folder(struct cli *cli, const char *folder, const char *response)
{
    const char *slash = strrchr(response, '/'), *name = slash ? slash + 1 : response;
    const char *dot = strrchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : strlen(name);

    return file_join(&cli->arena, folder,
                     arena_printf(&cli->arena, "%.*s%s-%s.pdf", (int)len, name,
                                  cli_has(cli, OPTION_SUMMARY) ? "-summary" : "",
                                  lang_code(cli->lang)));
}

enum document_kind cli_document_kind(const struct cli *cli)
{
    if (cli_has(cli, OPTION_SUMMARY))
        return DOCUMENT_SUMMARY;
    return cli_has(cli, OPTION_ANNEX) ? DOCUMENT_ANNEXED : DOCUMENT_REPORT;
}

/* One report; its memory is given back before the next. */
static enum status make_one(struct reporter *r, const char *response_path, const char *out_path,
                            struct err *err)
{
    struct report_request request = {.before = r->before,
                                     .on = r->on,
                                     .lang = r->cli->lang,
                                     .kind = cli_document_kind(r->cli),
                                     .contact = r->cli->values[OPTION_CONTACT]};
    struct arena arena;
    enum status status;
    struct buf pdf;

    arena_init(&arena);
    buf_init(&pdf, PDF_BYTES_MAX);
    request.response = workspace_response(r->ws, &arena, response_path,
                                          r->cli->values[OPTION_QUESTIONNAIRE], &r->cli->faults);
    status = request.response ? report_make(r->ws, &arena, &request, &pdf, err)
                              : cli_refuse(r->cli, err);
    if (status == OK)
        status = cli_check_output(r->cli, out_path, err);
    if (status == OK)
        status = file_write(out_path, buf_text(&pdf), pdf.len, err);
    buf_free(&pdf);
    arena_free(&arena);
    return status;
}

static enum status make_all(struct reporter *r, const char *out, struct err *err)
{
    struct cli *cli = r->cli;
    bool is_folder = file_is_folder(out) || (*out && out[strlen(out) - 1] == '/');
    enum status status = OK;

    if (cli->arg_count > 1 && !is_folder)
        return err_set(err, BAD_USAGE,
                       "nhiều phiếu thì -o phải là một thư mục có sẵn hoặc tên kết thúc bằng '/'",
                       "for several responses -o must be a folder, or end with '/'");
    if (!is_folder)
        return make_one(r, cli->args[0], out, err);
    status = file_make_folders(out, err);
    for (size_t i = 0; status == OK && i < cli->arg_count; i++)
        status = make_one(r, cli->args[i], path_in_folder(cli, out, cli->args[i]), err);
    return status;
}

enum status cmd_report(struct cli *cli, struct err *err)
{
    struct reporter r = {.cli = cli};
    const char *out = cli->values[OPTION_OUTPUT];
    const char *before = cli->values[OPTION_BEFORE];
    enum status status;

    if (cli_has(cli, OPTION_SUMMARY) && cli_has(cli, OPTION_ANNEX))
        return err_set(err, BAD_USAGE,
                       "--summary là một trang, nên không đi cùng --annex; chọn một trong hai",
                       "--summary is one page, so it has no --annex; give one of the two");
    if (!out)
        return err_set(
            err, BAD_USAGE,
            "cần -o TỆP.pdf (hoặc -o THƯ-MỤC cho các đánh giá đã lưu) để biết ghi báo cáo "
            "vào đâu",
            "-o FILE.pdf (or -o DIR for what is stored) is needed to know where the "
            "report goes");
    if (!cli->arg_count)
        return cli_report_all(cli, err);
    status = cli_refuse_options(cli,
                                CHOOSING_OPTIONS | ON_OPTION(OPTION_FLAGS) |
                                    ON_OPTION(OPTION_INCOMPLETE) | ON_OPTION(OPTION_JSON),
                                err);
    if (status == OK)
        status = cli_workspace(cli, &r.ws, err);
    if (status == OK)
        status = cli_on(cli, &r.on, err);
    if (status != OK)
        return status;
    if (before) {
        r.before = workspace_response(r.ws, &cli->arena, before, cli->values[OPTION_QUESTIONNAIRE],
                                      &cli->faults);
        if (!r.before)
            return cli_refuse(cli, err);
    }
    return make_all(&r, out, err);
}
