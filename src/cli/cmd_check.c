/* dxready check: every fault of every file, as FILE:LINE: POINTER: message. */
#include "cli/cli.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/text.h"
#include "policy/lint.h"
#include "policy/match.h"
#include "score/lint.h"
#include "survey/lint.h"
#include "survey/reading.h"

#define FOLDERS_DEEP_MAX 8

struct checker {
    struct cli *cli;
    struct workspace *ws;
    size_t files, skipped;
    struct timed *first, **last; /* the questionnaires without a fault */
    const struct policy *policies[POLICIES_MAX]; /* those that could be read */
    size_t policy_count;
    struct buf out;              /* what is printed: cases, then the result */
};

/* How long a questionnaire takes: said, since authors promise it to people. */
struct timed {
    const struct questionnaire *q;
    struct reading reading;
    struct timed *next;
};

/* One kind of file, and how it is checked. */
struct kind {
    const char *name;
    void (*check)(struct checker *c, const struct json *root);
};

static const struct catalogue *reference(struct checker *c)
{
    struct err err;
    const struct catalogue *catalogue = workspace_reference(c->ws, &err);

    if (!catalogue)
        faults_add(&c->cli->faults, (struct place){"policies", 0, ""}, "%1$s%2$.0s", "%2$s%1$.0s",
                   err.text[LANG_VI], err.text[LANG_EN]);
    return catalogue;
}

/* What an estimate stands for, where that questionnaire can be found. */
static void check_estimate(struct checker *c, const struct questionnaire *q)
{
    const struct scorer *original;
    struct err err;

    if (!q->estimate.of)
        return;
    original = workspace_scorer(c->ws, q->estimate.of, &err);
    if (original)
        estimate_check(q, scorer_questionnaire(original), &c->cli->faults);
    else
        faults_add(&c->cli->faults, (struct place){q->file, 0, "/estimate/of"}, "%1$s%2$.0s",
                   "%2$s%1$.0s", err.text[LANG_VI], err.text[LANG_EN]);
}

static void add_timed(struct checker *c, const struct questionnaire *q)
{
    struct timed *timed = ARENA_NEW(&c->cli->arena, struct timed);

    timed->q = q;
    timed->reading = questionnaire_reading(q, &c->cli->arena);
    *c->last = timed;
    c->last = &timed->next;
}

static void check_questionnaire(struct checker *c, const struct json *root)
{
    const struct catalogue *catalogue = reference(c);
    const struct questionnaire *q;
    const struct scorer *scorer;

    if (!catalogue)
        return;
    q = questionnaire_read(&c->cli->arena, root, &catalogue->facts->schema, &c->cli->faults);
    if (!q)
        return;
    questionnaire_check_ids(&c->cli->arena, q, &c->cli->faults);
    questionnaire_lint(&c->cli->arena, q, &c->cli->faults);
    check_estimate(c, q);
    scorer = scorer_new(&c->cli->arena, q, &c->cli->faults);
    if (!scorer)
        return;
    scorer_lint(scorer, &c->cli->faults);
    add_timed(c, q);
}

static const struct catalogue *whole_catalogue(struct checker *c)
{
    struct err err;
    const struct catalogue *catalogue = workspace_catalogue(c->ws, &err);

    if (!catalogue)
        faults_add(&c->cli->faults, (struct place){"policies", 0, ""}, "%1$s%2$.0s", "%2$s%1$.0s",
                   err.text[LANG_VI], err.text[LANG_EN]);
    return catalogue;
}

static void check_packages(struct checker *c, const struct json *root)
{
    const char *ref = packages_questionnaire(root);
    const struct scorer *scorer;
    const struct catalogue *catalogue;
    const struct packages *packages;
    struct err err;

    if (!ref) {
        faults_add(&c->cli->faults, json_place(root, &c->cli->faults),
                   "thiếu khóa 'questionnaire' nói các gói này là của bộ câu hỏi nào",
                   "the key 'questionnaire', which says what the packages are for, is missing");
        return;
    }
    scorer = workspace_scorer(c->ws, ref, &err);
    if (!scorer) {
        faults_add(&c->cli->faults, json_place(json_get(root, "questionnaire"), &c->cli->faults),
                   "%1$s%2$.0s", "%2$s%1$.0s", err.text[LANG_VI], err.text[LANG_EN]);
        return;
    }
    packages = packages_read(&c->cli->arena, root, scorer_questionnaire(scorer), &c->cli->faults);
    catalogue = packages ? whole_catalogue(c) : NULL;
    if (catalogue)
        catalogue_check_needs(catalogue, packages, &c->cli->faults);
}

static void check_policy(struct checker *c, const struct json *root)
{
    const struct catalogue *catalogue = reference(c);
    size_t errors = c->cli->faults.errors;
    const struct policy *policy;

    if (!catalogue)
        return;
    policy = policy_read(&c->cli->arena, root, catalogue->facts, &c->cli->faults);
    if (!policy)
        return;
    if (c->policy_count < POLICIES_MAX)
        c->policies[c->policy_count++] = policy;
    catalogue_check_family(catalogue, policy, &c->cli->faults);
    policy_run_tests(&c->cli->arena, catalogue, policy, &c->cli->faults);
    policy_lint(&c->cli->arena, catalogue, policy, &c->cli->faults);
    if (cli_has(c->cli, OPTION_CASES) && !cli_has(c->cli, OPTION_JSON) &&
        c->cli->faults.errors == errors)
        policy_print_cases(catalogue, policy, c->cli->lang, &c->cli->arena, &c->out);
}

/* Once all were read: what one excludes may be another one of them. */
static void check_excludes(struct checker *c)
{
    struct err ignored;
    const struct catalogue *catalogue =
        c->policy_count ? workspace_catalogue(c->ws, &ignored) : NULL;

    for (size_t i = 0; catalogue && i < c->policy_count; i++)
        catalogue_check_excludes(catalogue, c->policies, c->policy_count, c->policies[i],
                                 &c->cli->faults);
}

static void check_response(struct checker *c, const struct json *root)
{
    const struct catalogue *catalogue = reference(c);

    if (catalogue)
        (void)response_read(&c->cli->arena, root, catalogue->facts, workspace_source(c->ws), NULL,
                            &c->cli->faults);
}

/* The folder of the file, where its sister lists lie. */
static const char *folder_of(struct checker *c, const struct json *root)
{
    const char *slash = strrchr(root->file, '/');

    return slash ? arena_strndup(&c->cli->arena, root->file, (size_t)(slash - root->file)) : ".";
}

static void check_facts(struct checker *c, const struct json *root)
{
    (void)facts_load(&c->cli->arena, folder_of(c, root), &c->cli->faults);
}

static void check_areas(struct checker *c, const struct json *root)
{
    (void)terms_load(&c->cli->arena, root->file, "areas", &c->cli->faults);
}

static void check_sections(struct checker *c, const struct json *root)
{
    (void)terms_load(&c->cli->arena, root->file, "sections", &c->cli->faults);
}

static void check_sizes(struct checker *c, const struct json *root)
{
    (void)size_rules_load(&c->cli->arena, root->file, &c->cli->faults);
}

static void check_holidays(struct checker *c, const struct json *root)
{
    (void)calendar_read(&c->cli->arena, root, &c->cli->faults);
}

static void check_families(struct checker *c, const struct json *root)
{
    (void)families_load(&c->cli->arena, root->file, &c->cli->faults);
}

static void check_report(struct checker *c, const struct json *root)
{
    (void)wording_read(&c->cli->arena, root, &c->cli->faults);
}

static void check_action_plan(struct checker *c, const struct json *root)
{
    (void)action_columns_read(&c->cli->arena, root, &c->cli->faults);
}

static const struct kind kinds[] = {
    {"questionnaire", check_questionnaire},
    {"packages", check_packages},
    {"policy", check_policy},
    {"response", check_response},
    {"facts", check_facts},
    {"areas", check_areas},
    {"sections", check_sections},
    {"size-classes", check_sizes},
    {"holidays", check_holidays},
    {"families", check_families},
    {"report", check_report},
    {"action-plan", check_action_plan},
};

#define KIND_COUNT ARRAY_SIZE(kinds)

static void refuse_kind(struct checker *c, const struct json *root)
{
    struct faults *faults = &c->cli->faults;
    const struct json *kind = json_get(root, "kind");
    const char *names[KIND_COUNT];

    for (size_t i = 0; i < KIND_COUNT; i++)
        names[i] = kinds[i].name;
    if (kind)
        json_one_of(kind, names, KIND_COUNT, faults);
    else
        faults_add(faults, json_place(root, faults), "thiếu khóa 'kind' nói đây là loại tệp nào",
                   "the key 'kind', which says what the file is, is missing");
}

/* A schema file lies beside the data and is no data. */
static bool is_schema(const char *path)
{
    size_t len = strlen(path), end = strlen(".schema.json");

    return len > end && strcmp(path + len - end, ".schema.json") == 0;
}

static void check_file(struct checker *c, const char *path)
{
    const struct json *root;
    const char *name;

    if (is_schema(path)) {
        c->skipped++;
        return;
    }
    c->files++;
    root = json_load(&c->cli->arena, path, &c->cli->faults);
    if (!root)
        return;
    name = json_text(root, "kind");
    for (size_t i = 0; name && i < KIND_COUNT; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            kinds[i].check(c, root);
            return;
        }
    }
    refuse_kind(c, root);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_path(struct checker *c, const char *path, int depth);

static void check_folder(struct checker *c, const char *folder, int depth)
{
    struct arena *arena = &c->cli->arena;
    DIR *dir = depth < FOLDERS_DEEP_MAX ? opendir(folder) : NULL;
    const char **paths = ARENA_ARRAY(arena, const char *, 4096);
    size_t count = 0;

    for (struct dirent *entry; dir && count < 4096 && (entry = readdir(dir));) {
        size_t len = strlen(entry->d_name);
        const char *path = file_join(arena, folder, entry->d_name);
        bool is_json = len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;

        if (entry->d_name[0] != '.' && (is_json || file_is_folder(path)))
            paths[count++] = path;
    }
    if (dir)
        closedir(dir);
    qsort(paths, count, sizeof(*paths), by_text);
    for (size_t i = 0; i < count; i++)
        check_path(c, paths[i], depth + 1);
}

static void check_path(struct checker *c, const char *path, int depth)
{
    if (file_is_folder(path))
        check_folder(c, path, depth);
    else
        check_file(c, path);
}

static void write_faults(struct json_writer *w, const struct faults *faults)
{
    json_key(w, "faults");
    json_begin_array(w);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];

        json_begin_object(w);
        json_member_string(w, "file", fault->place.file);
        json_member_int(w, "line", fault->place.line);
        json_member_string(w, "pointer", fault->place.pointer);
        json_member_bool(w, "warning", fault->is_warning);
        json_member_words(w, "message",
                          (struct words){{fault->text[LANG_VI], fault->text[LANG_EN]}});
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_times(struct json_writer *w, const struct timed *timed)
{
    json_key(w, "questionnaires");
    json_begin_array(w);
    for (; timed; timed = timed->next) {
        json_begin_object(w);
        json_member_string(w, "ref", timed->q->ref);
        json_member_int(w, "minutes", timed->q->minutes);
        json_member_int(w, "questions", (int64_t)timed->reading.questions);
        json_member_int(w, "syllables", (int64_t)timed->reading.syllables);
        json_end_object(w);
    }
    json_end_array(w);
}

static void print_times(const struct checker *c, struct buf *out)
{
    for (const struct timed *timed = c->first; timed; timed = timed->next)
        buf_puts(out, text_printf(&c->cli->arena, c->cli->lang,
                                  "%s: khoảng %d phút (%s câu, %s âm tiết)\n",
                                  "%s: about %d minutes (%s questions, %s syllables)\n",
                                  timed->q->ref, timed->q->minutes,
                                  cli_count_text(c->cli, (int64_t)timed->reading.questions),
                                  cli_count_text(c->cli, (int64_t)timed->reading.syllables)));
}

static void print_result(struct checker *c)
{
    struct buf *out = &c->out;
    const struct faults *faults = &c->cli->faults;
    struct json_writer w;

    if (cli_has(c->cli, OPTION_JSON)) {
        json_writer_init(&w, out);
        json_begin_object(&w);
        json_member_int(&w, "files", (int64_t)c->files);
        json_member_int(&w, "errors", (int64_t)faults->errors);
        json_member_int(&w, "warnings", (int64_t)faults->warnings);
        write_faults(&w, faults);
        write_times(&w, c->first);
        json_end_object(&w);
        buf_putc(out, '\n');
    } else if (!faults->errors) {
        print_times(c, out);
        buf_printf(out,
                   c->cli->lang == LANG_VI ? "Đã kiểm tra %zu tệp: không có lỗi, %zu lưu ý.\n"
                                           : "%zu files checked: no faults, %zu notes.\n",
                   c->files, faults->warnings);
    }
}

enum status cmd_check(struct cli *cli, struct err *err)
{
    struct checker c = {.cli = cli, .last = &c.first};
    enum status status = cli_workspace(cli, &c.ws, err);

    if (status != OK)
        return status;
    buf_init(&c.out, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < cli->arg_count; i++)
        check_path(&c, cli->args[i], 0);
    check_excludes(&c);
    print_result(&c);
    status = c.files || c.skipped ? cli_print(&c.out, err)
                                  : err_set(err, BAD_INPUT, "không có tệp .json nào ở đó",
                                            "there is no .json file there");
    buf_free(&c.out);
    if (status == OK && cli->faults.errors)
        return cli_refuse(cli, err);
    return status;
}
