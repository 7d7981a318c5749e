#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

const struct cli_option cli_options[OPTION_ID__MAX] = {
    [OPTION_HELP] = {"help", 'h', NULL, {{"in hướng dẫn này", "print this help"}}},
    [OPTION_LANG] = {"lang", 0, "vi|en", {{"ngôn ngữ (mặc định: vi)", "language (default: vi)"}}},
    [OPTION_DATA] = {"data",
                     0,
                     "DIR",
                     {{"thư mục có questionnaires/, policies/, reports/ (hoặc DXREADY_DATA)",
                       "folder with questionnaires/, policies/, reports/ (or DXREADY_DATA)"}}},
    [OPTION_DB] = {"db",
                   0,
                   "URL",
                   {{"cơ sở dữ liệu: tệp SQLite (hoặc DXREADY_DB; mặc định dxready.db)",
                     "database: an SQLite file (or DXREADY_DB; default dxready.db)"}}},
    [OPTION_JSON] = {"json", 0, NULL, {{"in dạng JSON cho máy", "print JSON for machines"}}},
    [OPTION_ON] = {"on",
                   0,
                   "YYYY-MM-DD",
                   {{"xét theo quy định có hiệu lực ngày này (mặc định: hôm nay)",
                     "by the rules in force on this day (default: today)"}}},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", {{"tệp kết quả", "file to write"}}},
    [OPTION_FORCE] = {"force",
                      0,
                      NULL,
                      {{"ghi đè cả tệp không do dxready ghi ra; backup: bản sao lưu cũ; purge: tin "
                        "đồng hồ của máy",
                        "overwrite a file that dxready did not write, too; backup: an older one; "
                        "purge: believe the clock"}}},
    [OPTION_SUMMARY] = {"summary", 0, NULL, {{"bản tóm tắt một trang", "one-page summary"}}},
    [OPTION_ANNEX] = {"annex",
                      0,
                      NULL,
                      {{"thêm phụ lục: điểm từng câu, từng chính sách, mã băm",
                        "add an annex: every answer, every policy, the hashes"}}},
    [OPTION_QUESTIONNAIRE] = {"questionnaire",
                              0,
                              "ID@VERSION",
                              {{"bộ câu hỏi của các phiếu không tự nêu",
                                "questionnaire of responses that name none"}}},
    [OPTION_ROUND] = {"round", 0, "R", {{"đợt đánh giá", "round"}}},
    [OPTION_STRICT] = {"strict",
                       0,
                       NULL,
                       {{"dừng ở dòng lỗi đầu tiên, không lưu gì",
                         "stop at the first bad row and store nothing"}}},
    [OPTION_REPLACE] = {"replace",
                        0,
                        NULL,
                        {{"cho phiếu của ngày trước thay phiếu mới hơn đã lưu",
                          "let answers of an earlier day replace newer ones"}}},
    [OPTION_REJECTS] = {"rejects",
                        0,
                        "FILE",
                        {{"tệp ghi các dòng bị từ chối (mặc định: FILE.rejects.csv)",
                          "file for the rejected rows (default: FILE.rejects.csv)"}}},
    [OPTION_FORMAT] = {"format", 0, "csv|xlsx|jsonl", {{"định dạng xuất", "export format"}}},
    [OPTION_BY] = {"by",
                   0,
                   "LIST",
                   {{"nhóm theo area, section, size, level, form, round",
                     "group by area, section, size, level, form, round"}}},
    [OPTION_INTERNAL] = {"internal",
                         0,
                         NULL,
                         {{"cho cán bộ: hiện cả những số nhỏ",
                           "for officers: show small numbers too"}}},
    [OPTION_INCOMPLETE] = {"incomplete",
                           0,
                           NULL,
                           {{"stats, match: tính cả những phiếu chưa trả lời đủ; list, export, "
                             "report: chỉ những phiếu ấy",
                             "stats, match: count incomplete responses too; list, export, "
                             "report: only those"}}},
    [OPTION_LEVEL] = {"level", 0, "N", {{"chỉ mức này", "this level only"}}},
    [OPTION_AREA] = {"area",
                     0,
                     "AREA",
                     {{"chỉ địa bàn này: tên (có dấu hay không), mã, hoặc id; user: các địa bàn "
                       "được giao, cách nhau dấu phẩy, hoặc all",
                       "this area only: its name (with or without accents), code or id; user: the "
                       "areas of the account, with commas between them, or all"}}},
    [OPTION_SECTION] = {"section", 0, "LETTER", {{"chỉ ngành này", "this section only"}}},
    [OPTION_SIZE] = {"size",
                     0,
                     "CLASS",
                     {{"chỉ quy mô này: micro, small, medium, not-sme",
                       "this size class only: micro, small, medium, not-sme"}}},
    [OPTION_FORM] = {"form",
                     0,
                     "FORM",
                     {{"chỉ loại hình này: enterprise, cooperative, household",
                       "this form only: enterprise, cooperative, household"}}},
    [OPTION_NAME] = {"name",
                     0,
                     "TEXT",
                     {{"tên có những chữ này (không cần dấu)",
                       "name has these words (accents not needed)"}}},
    [OPTION_SORT] =
        {"sort",
         0,
         "KEY",
         {{"xếp theo name, score, level, date, area, section, size, round, flags, incomplete "
           "(thêm '-': giảm dần)",
           "sort by name, score, level, date, area, section, size, round, flags, incomplete "
           "('-' first: descending)"}}},
    [OPTION_LIMIT] = {"limit", 0, "N", {{"nhiều nhất N dòng", "at most N rows"}}},
    [OPTION_OFFSET] = {"offset", 0, "N", {{"bỏ qua N dòng đầu", "pass over the first N rows"}}},
    [OPTION_KEY] = {"key",
                    0,
                    "FILE",
                    {{"backup: mã hóa cho khóa công khai (.pub); restore: mở bằng khóa bí mật "
                      "(.key); verify: tệp của key export",
                      "backup: encrypt for a public key (.pub); restore: open with the secret key "
                      "(.key); verify: a file of key export"}}},
    [OPTION_NEW_KEY] = {"new-key",
                        0,
                        "NAME",
                        {{"tạo cặp khóa NAME.pub (để ở máy chủ) và NAME.key (cất nơi khác)",
                          "make a pair of keys: NAME.pub (for the server) and NAME.key (to be kept "
                          "elsewhere)"}}},
    [OPTION_FLAGS] =
        {"flags",
         0,
         NULL,
         {{"chỉ những phiếu cần xem lại: mâu thuẫn, trả lời quá nhanh, chọn cùng một bậc",
           "only what should be looked at: contradictions, answered too fast, one "
           "step throughout"}}},
    [OPTION_LEDGER] = {"ledger",
                       0,
                       NULL,
                       {{"từng câu đóng góp bao nhiêu", "what each question contributes"}}},
    [OPTION_CASES] = {"cases",
                      0,
                      NULL,
                      {{"in các ca pháp lý của từng chính sách thành bảng Markdown",
                        "print the cases of each policy as a Markdown table"}}},
    [OPTION_BEFORE] = {"before",
                       0,
                       "RESPONSE.json",
                       {{"phiếu trước đây của đơn vị, để so sánh",
                         "an earlier response of the enterprise, to compare with"}}},
    [OPTION_TO] = {"to",
                   0,
                   "ID@VERSION",
                   {{"phiên bản bộ câu hỏi để chấm lại", "version to score again by"}}},
    [OPTION_ALL] = {"all",
                    0,
                    NULL,
                    {{"mọi đánh giá đã lưu; cho cán bộ: không giấu số nhỏ nào",
                      "everybody stored; for officers: no small number is hidden"}}},
    [OPTION_STORE] = {"store",
                      0,
                      NULL,
                      {{"lưu kết quả thành đánh giá mới; đánh giá cũ vẫn còn",
                        "store the results as new assessments; the old ones stay"}}},
    [OPTION_LISTEN] = {"listen",
                       0,
                       "ADDRESS:PORT",
                       {{"địa chỉ nhận kết nối (mặc định 127.0.0.1:8080: chỉ máy này)",
                         "address to listen on (default 127.0.0.1:8080: this machine only)"}}},
    [OPTION_PUBLIC_URL] = {"public-url",
                           0,
                           "URL",
                           {{"địa chỉ mà người dùng gõ, sau máy chủ TLS: https://cds.example.vn",
                             "address that people use, behind the TLS proxy: "
                             "https://cds.example.vn"}}},
    [OPTION_AUTHORITY] = {"authority",
                          0,
                          "TEXT",
                          {{"cơ quan chủ quản: hiện ở trang đầu và cuối mọi trang",
                            "the authority in charge: shown on the first page and at the end of "
                            "every page"}}},
    [OPTION_CONTACT] = {"contact",
                        0,
                        "TEXT",
                        {{"ai trợ giúp, điện thoại nào: hiện ở cuối mọi trang",
                          "who helps, by which telephone: shown on every page"}}},
    [OPTION_SENDMAIL] = {"sendmail",
                         0,
                         "PATH",
                         {{"chương trình gửi thư nhắc (sendmail -t), đường dẫn đầy đủ; mặc định "
                           "không gửi thư",
                           "what sends reminders by mail (sendmail -t), its whole path; none are "
                           "sent by default"}}},
    [OPTION_MAIL_FROM] = {"mail-from",
                          0,
                          "ADDRESS",
                          {{"địa chỉ người gửi của thư nhắc",
                            "the address that reminders come from"}}},
    [OPTION_NOTICE] = {"notice",
                       0,
                       "TEXT",
                       {{"một dòng ở đầu mọi trang, ví dụ \"dữ liệu ví dụ\"",
                         "a line at the head of every page, for instance \"example data\""}}},
    [OPTION_CONFIG] = {"config",
                       0,
                       "FILE",
                       {{"tệp cấu hình: cơ quan, liên hệ, địa chỉ (hoặc DXREADY_CONFIG; mặc định "
                         "dxready.conf trong thư mục hiện tại, nếu có)",
                         "settings: authority, contact, addresses (or DXREADY_CONFIG; default: "
                         "dxready.conf in the present folder, if there is one)"}}},
    [OPTION_BEHIND_PROXY] = {"behind-proxy",
                             0,
                             NULL,
                             {{"tin X-Forwarded-For của máy chủ phía trước",
                               "trust X-Forwarded-For of the proxy in front"}}},
    [OPTION_FROM] = {"from",
                     0,
                     "YYYY-MM-DD",
                     {{"chỉ tính từ ngày này (mặc định: từ đầu)",
                       "count from this day on (default: all)"}}},
    [OPTION_KEEP_DRAFTS] = {"keep-drafts",
                            0,
                            "DAYS",
                            {{"xóa bản nháp không ai sửa trong DAYS ngày (mặc định 180; serve: 0 "
                              "là giữ mãi)",
                              "erase drafts that nobody changed for DAYS days (default 180; "
                              "serve: 0 keeps them)"}}},
    [OPTION_PLAIN] = {"plain",
                      0,
                      NULL,
                      {{"từng bước nhỏ thay cho các gói việc",
                        "single steps instead of packages of work"}}},
    [OPTION_DRY_RUN] = {"dry-run",
                        0,
                        NULL,
                        {{"chỉ cho biết sẽ làm gì, không xóa", "only say what would be done"}}},
    [OPTION_IMPORTS] = {"imports",
                        0,
                        NULL,
                        {{"các lần nhập: ai gửi tệp nào, khi nào, kết quả ra sao",
                          "what was imported: who sent which file, when, with what outcome"}}},
    [OPTION_SENDER] = {"sender",
                       0,
                       "NAME",
                       {{"ai gửi tệp (xã, hội, sở …): ghi cùng lần nhập",
                         "who sent the files (commune, association ...): kept with the import"}}},
    [OPTION_UNDO] = {"undo",
                     0,
                     "N",
                     {{"hoàn tác cả lần nhập số N (xem list --imports), khi chưa ai làm tiếp",
                       "take import N back as a whole (see list --imports), while nothing was "
                       "built on it"}}},
    [OPTION_ROLE] = {"role",
                     0,
                     "ROLE",
                     {{"vai trò: officer (cán bộ), head (lãnh đạo phòng), policymaker (người làm "
                       "chính sách), administrator (người quản trị)",
                       "role: officer, head, policymaker or administrator"}}},
    [OPTION_JOURNAL] = {"journal",
                        0,
                        "wal|rollback",
                        {{"nhật ký của SQLite (hoặc DXREADY_JOURNAL; tệp mới: rollback)",
                          "journal of SQLite (or DXREADY_JOURNAL; new files: rollback)"}}},
    [OPTION_EVIDENCE] = {"evidence",
                         0,
                         "DIR",
                         {{"thư mục tệp minh chứng (hoặc DXREADY_EVIDENCE; mặc định: bên cạnh cơ "
                           "sở dữ liệu, tên thêm .evidence)",
                           "folder of evidence (or DXREADY_EVIDENCE; default: beside the database, "
                           "its name with .evidence)"}}},
};

bool cli_has(const struct cli *cli, enum option_id id)
{
    return cli->values[id] != NULL;
}

static uint64_t accepted_options(const struct cli *cli)
{
    return COMMON_OPTIONS | (cli->command ? cli->command->options : 0);
}

static enum option_id find_long(const char *name, size_t len)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if (strlen(cli_options[i].name) == len && memcmp(cli_options[i].name, name, len) == 0)
            return (enum option_id)i;
    }
    return OPTION_ID__MAX;
}

static enum option_id find_letter(char letter)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if (cli_options[i].letter && cli_options[i].letter == letter)
            return (enum option_id)i;
    }
    return OPTION_ID__MAX;
}

/* Sets an option; `inline_value` stands behind '=' or the letter, else the next word is taken. */
static enum status set_option(struct cli *cli, enum option_id id, const char *word,
                              const char *inline_value, char **next, struct err *err)
{
    const struct cli_option *option = &cli_options[id];

    if (cli->values[id])
        return err_set(err, BAD_USAGE, "tùy chọn %s được nêu hai lần",
                       "the option %s is given twice", word);
    if (!option->argument) {
        if (inline_value)
            return err_set(err, BAD_USAGE, "tùy chọn %s không có giá trị",
                           "the option %s takes no value", word);
        cli->values[id] = "";
        return OK;
    }
    cli->values[id] = inline_value ? inline_value : *next;
    if (!cli->values[id])
        return err_set(err, BAD_USAGE, "tùy chọn %s cần một giá trị: %s",
                       "the option %s needs a value: %s", word, option->argument);
    return OK;
}

static enum status parse_option(struct cli *cli, char **argv, int *at, struct err *err)
{
    const char *word = argv[*at], *equals = strchr(word, '=');
    bool is_long = word[1] == '-';
    enum option_id id =
        is_long ? find_long(word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2))
                : find_letter(word[1]);
    const char *inline_value = is_long ? (equals ? equals + 1 : NULL) : (word[2] ? word + 2 : NULL);
    enum status status;

    if (id == OPTION_ID__MAX || (cli->command && !(accepted_options(cli) >> id & 1)))
        return err_set(err, BAD_USAGE, "không có tùy chọn '%s'; xem 'dxready %s%s--help'",
                       "there is no option '%s'; see 'dxready %s%s--help'", word,
                       cli->command ? cli->command->name : "", cli->command ? " " : "");
    status = set_option(cli, id, word, inline_value, &argv[*at + 1], err);
    if (status == OK && cli_options[id].argument && !inline_value)
        (*at)++;
    return status;
}

static enum status find_command(struct cli *cli, const char *name, struct err *err)
{
    const char **names = ARENA_ARRAY(&cli->arena, const char *, cli_command_count);
    const char *closest;

    for (size_t i = 0; i < cli_command_count; i++) {
        names[i] = cli_commands[i].name;
        if (strcmp(name, names[i]) == 0) {
            cli->command = &cli_commands[i];
            return OK;
        }
    }
    closest = text_closest(name, names, cli_command_count);
    return err_set(err, BAD_USAGE, "không có lệnh '%s'%s%s; xem 'dxready --help'",
                   "there is no command '%s'%s%s; see 'dxready --help'", name, closest ? " ≈ " : "",
                   closest ? closest : "");
}

/* --lang, or the language of the environment, or Vietnamese. */
static enum status choose_language(struct cli *cli, struct err *err)
{
    const char *code = cli->values[OPTION_LANG];
    const char *environment = getenv("DXREADY_LANG");

    if (!code && environment && *environment)
        code = environment;
    if (!code || lang_parse(code, &cli->lang) == 0)
        return OK;
    if (cli->command && cli->command->run == cmd_form && strcmp(code, "both") == 0)
        return OK; /* paper in both, one after the other */
    return err_set(err, BAD_USAGE, "--lang phải là vi hoặc en, không phải '%s'",
                   "--lang must be vi or en, not '%s'", code);
}

static enum status check_count(const struct cli *cli, struct err *err)
{
    const struct cli_command *command = cli->command;

    if (cli->arg_count >= command->min_args && cli->arg_count <= command->max_args)
        return OK;
    return err_set(err, BAD_USAGE, "cách dùng: dxready %s %s", "usage: dxready %s %s",
                   command->name, command->arguments);
}

/* Also a mistake in the words before --lang is said in the language that it asks for. */
static void find_language(struct cli *cli, int argc, char **argv)
{
    const char *environment = getenv("DXREADY_LANG");

    if (environment)
        (void)lang_parse(environment, &cli->lang);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            (void)lang_parse(argv[i] + 7, &cli->lang);
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            (void)lang_parse(argv[i + 1], &cli->lang);
    }
}

enum status cli_parse(struct cli *cli, int argc, char **argv, struct err *err)
{
    enum status status = OK;
    bool only_args = false;

    find_language(cli, argc, argv);
    cli->args = ARENA_ARRAY(&cli->arena, const char *, argc > 0 ? (size_t)argc : 1);
    for (int i = 1; i < argc && status == OK; i++) {
        if (!only_args && strcmp(argv[i], "--") == 0)
            only_args = true;
        else if (!only_args && argv[i][0] == '-' && argv[i][1])
            status = parse_option(cli, argv, &i, err);
        else if (!cli->command)
            status = find_command(cli, argv[i], err);
        else
            cli->args[cli->arg_count++] = argv[i];
    }
    if (status == OK)
        status = choose_language(cli, err);
    if (status != OK || cli_has(cli, OPTION_HELP) || !cli->command)
        return status;
    return check_count(cli, err);
}

enum status cli_refuse_options(const struct cli *cli, uint64_t options, struct err *err)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if ((options >> i & 1) && cli_has(cli, (enum option_id)i))
            return err_set(err, BAD_USAGE,
                           "--%s dành cho cơ sở dữ liệu, không dùng cùng tệp phiếu trả lời",
                           "--%s is about the database and does not go with response files",
                           cli_options[i].name);
    }
    return OK;
}

static void print_options(uint64_t options, enum lang lang)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        const struct cli_option *option = &cli_options[i];
        char name[64];

        if (!(options >> i & 1))
            continue;
        snprintf(name, sizeof(name), "%s%c%s--%s%s%s", option->letter ? "-" : " ",
                 option->letter ? option->letter : ' ', option->letter ? ", " : "  ", option->name,
                 option->argument ? " " : "", option->argument ? option->argument : "");
        printf("  %-30s %s\n", name, option->help.in[lang]);
    }
}

void cli_print_help(const struct cli_command *command, enum lang lang)
{
    static const struct words about = {
        {"dxready - đánh giá mức độ sẵn sàng chuyển đổi số của doanh nghiệp",
         "dxready - assesses how ready businesses are for digital transformation"}};
    static const struct words usage = {{"Cách dùng", "Usage"}};
    static const struct words options = {{"Tùy chọn", "Options"}};
    static const struct words commands = {{"Lệnh", "Commands"}};

    if (command) {
        printf("%s\n\n%s: dxready %s %s\n\n%s:\n", command->help.in[lang], usage.in[lang],
               command->name, command->arguments, options.in[lang]);
        print_options(COMMON_OPTIONS | command->options, lang);
        return;
    }
    printf("%s\n\n%s: dxready LỆNH ...\n\n%s:\n", about.in[lang], usage.in[lang],
           commands.in[lang]);
    for (size_t i = 0; i < cli_command_count; i++)
        printf("  %-10s %s\n", cli_commands[i].name, cli_commands[i].help.in[lang]);
    printf("\n%s:\n", options.in[lang]);
    print_options(COMMON_OPTIONS, lang);
}

enum status cli_workspace(struct cli *cli, struct workspace **out, struct err *err)
{
    enum status status = OK;

    if (!cli->workspace)
        status = workspace_open(&cli->arena, cli->values[OPTION_DATA], &cli->workspace, err);
    *out = cli->workspace;
    return status;
}

enum status cli_day(const struct cli *cli, enum option_id id, day fallback, day *out,
                    struct err *err)
{
    const char *text = cli->values[id];

    *out = fallback;
    if (!text || day_parse_typed(text, strlen(text), out))
        return OK;
    return err_set(err, BAD_USAGE, "--%s cần một ngày có thật dạng YYYY-MM-DD, không phải '%s'",
                   "--%s needs a real day of the form YYYY-MM-DD, not '%s'", cli_options[id].name,
                   text);
}

enum status cli_on(const struct cli *cli, day *on, struct err *err)
{
    return cli_day(cli, OPTION_ON, today(), on, err);
}

enum status cli_number(const struct cli *cli, enum option_id id, int64_t min, int64_t max,
                       int64_t fallback, int64_t *out, struct err *err)
{
    const char *text = cli->values[id];
    struct ratio r;

    *out = fallback;
    if (!text)
        return OK;
    if (ratio_parse(text, strlen(text), false, &r) && ratio_to_int64(r, out) && *out >= min &&
        *out <= max)
        return OK;
    return err_set(err, BAD_USAGE, "--%s cần một số nguyên từ %lld đến %lld, không phải '%s'",
                   "--%s needs a whole number from %lld to %lld, not '%s'", cli_options[id].name,
                   (long long)min, (long long)max, text);
}
