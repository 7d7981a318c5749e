/* dxready rescore: the same answers under another version of the questionnaire. */
#include "cli/cli.h"

#include "app/review/rescore.h"
#include "base/text.h"

static const char *level_text(struct cli *cli, const struct evaluation *a)
{
    const struct level_rule *level =
        questionnaire_level(a->response->questionnaire, score_level(&a->score));

    if (!level)
        return cli->lang == LANG_VI ? "chưa xếp mức được" : "not rated";
    return text_printf(&cli->arena, cli->lang, "mức %d – %s", "level %d – %s", level->level,
                       level->name.in[cli->lang]);
}

static void print_rescoring(struct cli *cli, const char *path, const struct rescoring *r,
                            struct buf *out)
{
    buf_printf(out, "%s: %s → %s\n", path, r->before.response->questionnaire->ref,
               r->after.response->questionnaire->ref);
    buf_printf(out, "%s → %s\n", level_text(cli, &r->before), level_text(cli, &r->after));
    if (r->conversion.dropped)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "Câu trả lời không có chỗ trong phiên bản mới: %zu.\n",
                                  "Answers without a place in the new version: %zu.\n",
                                  r->conversion.dropped));
    if (r->conversion.unmatched)
        buf_puts(out,
                 text_printf(&cli->arena, cli->lang,
                             "Câu hỏi mới chưa được hỏi: %zu; câu nào chấm điểm thì tính 0.\n",
                             "New questions that nobody was asked: %zu; those scored count 0.\n",
                             r->conversion.unmatched));
    buf_putc(out, '\n');
    cli_print_comparison(cli, r->comparison, out);
}

static enum status rescore_file(struct cli *cli, const char *path, struct rescoring *r,
                                struct err *err)
{
    struct workspace *ws;
    const struct response *response;
    enum status status = cli_workspace(cli, &ws, err);

    if (status == OK)
        status = cli_response(cli, ws, path, &response, err);
    if (status != OK)
        return status;
    return rescore(ws, &cli->arena, response, cli->values[OPTION_TO], today(), r, err);
}

/* One document for one file, an array for several. */
static enum status rescore_files(struct cli *cli, struct json_writer *w, struct buf *out,
                                 struct err *err)
{
    bool is_json = cli_has(cli, OPTION_JSON), is_list = is_json && cli->arg_count > 1;

    if (is_list)
        json_begin_array(w);
    for (size_t i = 0; i < cli->arg_count; i++) {
        struct rescoring *r = ARENA_NEW(&cli->arena, struct rescoring);
        enum status status = rescore_file(cli, cli->args[i], r, err);

        if (status != OK)
            return status;
        if (is_json) {
            rescoring_write(w, r, &cli->arena);
        } else {
            buf_puts(out, i ? "\n" : "");
            print_rescoring(cli, cli->args[i], r, out);
        }
    }
    if (is_list)
        json_end_array(w);
    return OK;
}

static enum status print_files(struct cli *cli, struct err *err)
{
    struct json_writer w;
    struct buf out;
    enum status status = cli_refuse_options(cli, CHOOSING_OPTIONS | ON_OPTION(OPTION_STORE), err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    status = rescore_files(cli, &w, &out, err);
    if (status == OK)
        return cli_finish(&out, err);
    buf_free(&out);
    return status;
}

enum status cmd_rescore(struct cli *cli, struct err *err)
{
    if (!cli_has(cli, OPTION_TO))
        return err_set(err, BAD_USAGE, "cần --to ID@VERSION, ví dụ --to dbi-sme@2025",
                       "--to ID@VERSION is needed, for instance --to dbi-sme@2025");
    return cli->arg_count ? print_files(cli, err) : cli_rescore_all(cli, err);
}
