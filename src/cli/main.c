#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cli/cli.h"

#define READING_OPTIONS (ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_QUESTIONNAIRE))

/* Which assessments of the database. */
#define FILTER_OPTIONS (CHOOSING_OPTIONS | ON_OPTION(OPTION_QUESTIONNAIRE))

const struct cli_command cli_commands[] = {
    {"check",
     "PATH...",
     {{"kiểm tra bộ câu hỏi, chính sách, phiếu, lời văn báo cáo",
       "check questionnaires, policies, responses, report wording"}},
     ON_OPTION(OPTION_JSON),
     1,
     10000,
     cmd_check},
    {"score",
     "RESPONSE.json",
     {{"chấm điểm một phiếu trả lời", "score one response"}},
     READING_OPTIONS | ON_OPTION(OPTION_LEDGER),
     1,
     1,
     cmd_score},
    {"rule",
     "RULE.json FACTS.json",
     {{"tính một quy tắc trên các dữ kiện", "evaluate a rule on facts"}},
     0,
     2,
     2,
     cmd_rule},
    {"match",
     "RESPONSE.json | --all",
     {{"đối chiếu một phiếu, hoặc (--all) mọi đánh giá đã lưu, với các chính sách hỗ trợ",
       "match one response, or (--all) everybody stored, with the policies"}},
     READING_OPTIONS | FILTER_OPTIONS | ON_OPTION(OPTION_ON) | ON_OPTION(OPTION_ALL),
     0,
     1,
     cmd_match},
    {"plan",
     "RESPONSE.json",
     {{"cách ít công sức nhất để lên mức tiếp theo", "the cheapest way to the next level"}},
     READING_OPTIONS | ON_OPTION(OPTION_LEVEL),
     1,
     1,
     cmd_plan},
    {"report",
     "RESPONSE.json... -o FILE.pdf",
     {{"lập báo cáo PDF (nhiều phiếu: -o là thư mục)",
       "write a report as PDF (several responses: -o is a folder)"}},
     ON_OPTION(OPTION_QUESTIONNAIRE) | ON_OPTION(OPTION_OUTPUT) | ON_OPTION(OPTION_SUMMARY) |
         ON_OPTION(OPTION_ON) | ON_OPTION(OPTION_BEFORE),
     1,
     100000,
     cmd_report},
    {"compare",
     "BEFORE.json AFTER.json",
     {{"so sánh hai phiếu của một đơn vị, trước và sau",
       "compare two responses of one enterprise, earlier and later"}},
     READING_OPTIONS,
     2,
     2,
     cmd_compare},
    {"import",
     "FILE...",
     {{"nhập phiếu trả lời (JSON, CSV) vào cơ sở dữ liệu và chấm điểm",
       "import responses (JSON, CSV) into the database and score them"}},
     READING_OPTIONS | ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_STRICT) |
         ON_OPTION(OPTION_REJECTS),
     1,
     10000,
     cmd_import},
    {"list",
     "",
     {{"liệt kê, lọc, xếp các đánh giá đã lưu", "list, filter and sort the stored assessments"}},
     FILTER_OPTIONS | ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_SORT) | ON_OPTION(OPTION_LIMIT),
     0,
     0,
     cmd_list},
    {"show",
     "ID",
     {{"một đánh giá đã lưu, với lý do (ID: mã số thuế, mã tham chiếu, hoặc mã mà list in ra)",
       "one stored assessment with its reasons (ID: tax code, reference, or what list prints)"}},
     ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_ON) | ON_OPTION(OPTION_JSON),
     1,
     1,
     cmd_show},
    {"export",
     "",
     {{"xuất các đánh giá đã lưu ra tệp csv, xlsx hoặc jsonl",
       "write the stored assessments as csv, xlsx or jsonl"}},
     FILTER_OPTIONS | ON_OPTION(OPTION_FORMAT) | ON_OPTION(OPTION_OUTPUT),
     0,
     0,
     cmd_export},
    {"stats",
     "",
     {{"số liệu tổng hợp cho người làm chính sách, không làm lộ đơn vị nào",
       "aggregates for policymakers, which give nobody away"}},
     FILTER_OPTIONS | ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_BY) | ON_OPTION(OPTION_ON) |
         ON_OPTION(OPTION_INTERNAL),
     0,
     0,
     cmd_stats},
    {"pages",
     "",
     {{"trang nào của web hay bị bỏ dở hoặc điền sai, tính chung, không nêu ai",
       "which pages of the site people leave or get wrong, all together, naming nobody"}},
     ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_QUESTIONNAIRE) | ON_OPTION(OPTION_FROM) |
         ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_INTERNAL),
     0,
     0,
     cmd_pages},
    {"rescore",
     "[RESPONSE...] --to ID@VERSION",
     {{"chấm lại theo phiên bản khác: mức, điểm nào đổi và vì câu nào (không nêu phiếu: mọi đánh "
       "giá đã lưu)",
       "score by another version: what moves and why (without responses: everybody stored)"}},
     READING_OPTIONS | FILTER_OPTIONS | ON_OPTION(OPTION_TO) | ON_OPTION(OPTION_STORE),
     0,
     10000,
     cmd_rescore},
    {"form",
     "ID@VERSION -o FILE.pdf",
     {{"in bộ câu hỏi trống ra giấy (--lang vi, en hoặc both)",
       "print a blank questionnaire on paper (--lang vi, en or both)"}},
     ON_OPTION(OPTION_OUTPUT) | ON_OPTION(OPTION_ON),
     1,
     1,
     cmd_form},
    {"init",
     "questionnaire|policy",
     {{"viết một tệp mẫu để bắt đầu soạn", "write a file to start from"}},
     ON_OPTION(OPTION_OUTPUT),
     1,
     1,
     cmd_init},
    {"serve",
     "",
     {{"mở trang web cho đơn vị tự đánh giá", "serve the pages on which enterprises answer"}},
     ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_LISTEN) |
         ON_OPTION(OPTION_PUBLIC_URL) | ON_OPTION(OPTION_CONTACT) | ON_OPTION(OPTION_BEHIND_PROXY),
     0,
     0,
     cmd_serve},
};
const size_t cli_command_count = sizeof(cli_commands) / sizeof(*cli_commands);

static void print_fault(const struct fault *fault, const char *prefix, enum lang lang)
{
    fprintf(stderr, "%s%s:%d: %s%s%s%s\n", prefix, fault->place.file, fault->place.line,
            fault->place.pointer, *fault->place.pointer ? ": " : "",
            !fault->is_warning ? ""
            : lang == LANG_VI  ? "lưu ý: "
                               : "note: ",
            fault->text[lang]);
}

/* Faults of the inputs, each on a line; warnings only where `check` asked for them. */
static void print_faults(const struct cli *cli, bool with_warnings, const char *prefix)
{
    const struct faults *faults = &cli->faults;
    size_t shown = 0;

    for (size_t i = 0; i < faults->count; i++) {
        if (faults->items[i].is_warning && !with_warnings)
            continue;
        print_fault(&faults->items[i], prefix, cli->lang);
        shown += !faults->items[i].is_warning;
    }
    if (faults->errors > shown)
        fprintf(stderr,
                cli->lang == LANG_VI ? "dxready: và %zu lỗi nữa\n"
                                     : "dxready: and %zu more faults\n",
                faults->errors - shown);
}

static int finish(const struct cli *cli, enum status status, const struct err *err)
{
    bool is_check = cli->command && cli->command->run == cmd_check;

    if (cli->faults.errors || is_check)
        print_faults(cli, is_check, is_check ? "" : "dxready: ");
    if (status != OK && *err->text[cli->lang])
        fprintf(stderr, "dxready: %s\n", err->text[cli->lang]);
    return err_exit_code(status);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct cli cli = {.lang = LANG_VI};
    enum status status;
    int code;

    signal(SIGPIPE, SIG_IGN);
    arena_init(&cli.arena);
    faults_init(&cli.faults, &cli.arena);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("dxready %s\n", DXREADY_VERSION);
        return 0;
    }
    status = cli_parse(&cli, argc, argv, &err);
    if (status == OK && (cli_has(&cli, OPTION_HELP) || !cli.command)) {
        cli_print_help(cli.command, cli.lang);
        status = cli.command || cli_has(&cli, OPTION_HELP) ? OK : BAD_USAGE;
    } else if (status == OK) {
        status = cli.command->run(&cli, &err);
    }
    code = finish(&cli, status, &err);
    arena_free(&cli.arena);
    return code;
}
