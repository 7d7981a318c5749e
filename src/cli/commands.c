/* Which commands there are, and what each takes. */
#include "cli/cli.h"

#include "base/array.h"

#define READING_OPTIONS (ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_QUESTIONNAIRE))

/* Which assessments of the database. */
#define FILTER_OPTIONS (CHOOSING_OPTIONS | ON_OPTION(OPTION_QUESTIONNAIRE))

/* The same, for commands that show single assessments. */
#define ROW_OPTIONS (FILTER_OPTIONS | ON_OPTION(OPTION_FLAGS) | ON_OPTION(OPTION_INCOMPLETE))

const struct cli_command cli_commands[] = {
    {"check",
     "PATH...",
     {{"kiểm tra bộ câu hỏi, chính sách, phiếu, lời văn báo cáo",
       "check questionnaires, policies, responses, report wording"}},
     ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_CASES),
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
     READING_OPTIONS | FILTER_OPTIONS | ON_OPTION(OPTION_ON) | ON_OPTION(OPTION_ALL) |
         ON_OPTION(OPTION_INCOMPLETE),
     0,
     1,
     cmd_match},
    {"plan",
     "RESPONSE.json",
     {{"việc nên làm để lên mức tiếp theo", "what to do to reach the next level"}},
     READING_OPTIONS | ON_OPTION(OPTION_LEVEL) | ON_OPTION(OPTION_PLAIN),
     1,
     1,
     cmd_plan},
    {"report",
     "RESPONSE.json... -o FILE.pdf | -o DIR",
     {{"lập báo cáo PDF: của các phiếu (nhiều phiếu: -o là thư mục), hoặc của mọi đánh giá đã lưu "
       "khớp bộ lọc",
       "write reports as PDF: of responses (several: -o is a folder), or of everybody stored who "
       "passes the filters"}},
     ROW_OPTIONS | ON_OPTION(OPTION_OUTPUT) | ON_OPTION(OPTION_FORCE) | ON_OPTION(OPTION_SUMMARY) |
         ON_OPTION(OPTION_ON) | ON_OPTION(OPTION_BEFORE) | ON_OPTION(OPTION_JSON) |
         ON_OPTION(OPTION_ANNEX) | ON_OPTION(OPTION_CONTACT),
     0,
     100000,
     cmd_report},
    {"compare",
     "BEFORE.json AFTER.json | ID",
     {{"so sánh hai phiếu của một đơn vị, hoặc hai đợt gần nhất của đơn vị đã lưu (ID như ở show)",
       "compare two responses of one enterprise, or the two latest rounds of a stored one (ID: see "
       "show)"}},
     READING_OPTIONS | ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND),
     1,
     2,
     cmd_compare},
    {"import",
     "FILE...",
     {{"nhập phiếu trả lời (JSON, CSV) vào cơ sở dữ liệu và chấm điểm",
       "import responses (JSON, CSV) into the database and score them"}},
     READING_OPTIONS | ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_STRICT) |
         ON_OPTION(OPTION_REJECTS) | ON_OPTION(OPTION_REPLACE) | ON_OPTION(OPTION_JOURNAL),
     1,
     10000,
     cmd_import},
    {"list",
     "",
     {{"liệt kê, lọc, xếp các đánh giá đã lưu", "list, filter and sort the stored assessments"}},
     ROW_OPTIONS | ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_SORT) | ON_OPTION(OPTION_LIMIT) |
         ON_OPTION(OPTION_OFFSET) | ON_OPTION(OPTION_IMPORTS),
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
     ROW_OPTIONS | ON_OPTION(OPTION_FORMAT) | ON_OPTION(OPTION_OUTPUT) | ON_OPTION(OPTION_FORCE),
     0,
     0,
     cmd_export},
    {"stats",
     "",
     {{"số liệu tổng hợp cho người làm chính sách, không làm lộ đơn vị nào",
       "aggregates for policymakers, which give nobody away"}},
     FILTER_OPTIONS | ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_BY) | ON_OPTION(OPTION_ON) |
         ON_OPTION(OPTION_INTERNAL) | ON_OPTION(OPTION_INCOMPLETE),
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
     "ID@VERSION|facts -o FILE.pdf",
     {{"in bộ câu hỏi trống ra giấy, hoặc tờ thông tin thêm (facts); --section thêm giải thích, ví "
       "dụ của ngành",
       "print a blank questionnaire on paper, or the sheet of further facts (facts); --section "
       "adds help and its "
       "examples"}},
     ON_OPTION(OPTION_OUTPUT) | ON_OPTION(OPTION_FORCE) | ON_OPTION(OPTION_ON) |
         ON_OPTION(OPTION_SECTION),
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
         ON_OPTION(OPTION_PUBLIC_URL) | ON_OPTION(OPTION_AUTHORITY) |
         ON_OPTION(OPTION_CONTACT) | ON_OPTION(OPTION_BEHIND_PROXY) |
         ON_OPTION(OPTION_KEEP_DRAFTS) | ON_OPTION(OPTION_JOURNAL) | ON_OPTION(OPTION_EVIDENCE),
     0,
     0,
     cmd_serve},
    {"purge",
     "",
     {{"xóa bản nháp trên web mà lâu không ai sửa (serve tự làm việc này)",
       "erase drafts of the site that nobody changed for long (serve does it by itself)"}},
     ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_KEEP_DRAFTS) | ON_OPTION(OPTION_DRY_RUN) |
         ON_OPTION(OPTION_JSON) | ON_OPTION(OPTION_EVIDENCE) | ON_OPTION(OPTION_FORCE),
     0,
     0,
     cmd_purge},
};
const size_t cli_command_count = ARRAY_SIZE(cli_commands);
