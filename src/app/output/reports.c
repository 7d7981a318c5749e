/* Reports of everybody stored: which there are, what they are called, and which are there already.
 */
#include "app/output/reports.h"

#include <ctype.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "app/own_file.h"
#include "base/file.h"
#include "base/map.h"
#include "base/text.h"
#include "base/version.h"
#include "report_pool.h"

#define NAME_CHARS_MAX 60
#define ROUND_CHARS_MAX 20
#define HASH_BYTES 16
#define HASH_CHARS (2 * HASH_BYTES)
/* Where the mark of a document stands, see pdf_save.c. */
#define HEAD_BYTES 64
#define DATA_FILE_BYTES_MAX ((size_t)16 << 20)
#define THREADS_MAX 64

struct reports {
    struct workspace *ws;
    struct database *db;
    const struct reports_request *request;
    struct reports_result result;
    struct report_pool *pool;
    char data_hash[HASH_CHARS + 1]; /* of what all reports have in common */
    struct arena one;               /* of the assessment that is looked at */
    struct arena names;
    struct map known; /* the end of a name, from the number on -> index of `files` */
    const char **files;
    size_t file_count;
    enum status status;
    struct err *err;
};

/* ---- which result it is ---- */

static void hash_text(crypto_generichash_state *hash, const char *text)
{
    (void)crypto_generichash_update(hash, (const unsigned char *)text, strlen(text) + 1);
}

static void end_hash(crypto_generichash_state *hash, char hex[HASH_CHARS + 1])
{
    unsigned char digest[HASH_BYTES];

    (void)crypto_generichash_final(hash, digest, sizeof(digest));
    sodium_bin2hex(hex, HASH_CHARS + 1, digest, sizeof(digest));
}

/* The files of a folder, by name and content; one that is not there has none. */
static enum status hash_folder(crypto_generichash_state *hash, const char *folder, struct err *err)
{
    const char **paths;
    size_t count, len;
    struct arena arena;
    char *data;
    enum status status = OK;

    if (!file_is_folder(folder))
        return OK;
    arena_init(&arena);
    status = file_list(&arena, folder, ".json", &paths, &count, err);
    for (size_t i = 0; status == OK && i < count; i++) {
        status = file_read(&arena, paths[i], DATA_FILE_BYTES_MAX, &data, &len, err);
        if (status == OK)
            hash_text(hash, data);
    }
    arena_free(&arena);
    return status;
}

/* What tells documents of one name apart. */
static const char *kind_word(enum document_kind kind)
{
    static const char *const words[] = {
        [DOCUMENT_REPORT] = "", [DOCUMENT_ANNEXED] = "annex", [DOCUMENT_SUMMARY] = "summary"};

    return words[kind];
}

/* Program, policies, packages, wording, day, language: a change of any makes other documents. */
static enum status hash_data(struct reports *r, struct err *err)
{
    const struct data_folders *folders = workspace_folders(r->ws);
    const struct catalogue *catalogue = workspace_catalogue(r->ws, err);
    crypto_generichash_state hash;
    char on[DAY_ISO_CHARS + 1];
    enum status status;

    if (!catalogue)
        return err->status;
    day_write_iso(on, r->request->on);
    (void)crypto_generichash_init(&hash, NULL, 0, HASH_BYTES);
    hash_text(&hash, DXREADY_VERSION);
    hash_text(&hash, catalogue->hash);
    hash_text(&hash, on);
    hash_text(&hash, lang_code(r->request->lang));
    hash_text(&hash, kind_word(r->request->kind));
    hash_text(&hash, r->request->contact ? r->request->contact : "");
    status = hash_folder(&hash, folders->policies, err);
    if (status == OK)
        status = hash_folder(&hash, folders->reports, err);
    if (status == OK)
        status = hash_folder(&hash, file_join(&r->names, folders->questionnaires, "packages"), err);
    end_hash(&hash, r->data_hash);
    return status;
}

/* A revision is never changed, so its number stands for what was answered. */
static void mark_of(const struct reports *r, const struct store_row *row, char mark[HASH_CHARS + 1])
{
    crypto_generichash_state hash;
    char revision[24];

    snprintf(revision, sizeof(revision), "%d", row->revision);
    (void)crypto_generichash_init(&hash, NULL, 0, HASH_BYTES);
    hash_text(&hash, r->data_hash);
    hash_text(&hash, row->reference);
    hash_text(&hash, revision);
    hash_text(&hash, row->questionnaire_hash);
    end_hash(&hash, mark);
}

/* True for a whole document with this mark. */
static bool is_there(const char *path, const char *mark)
{
    char head[HEAD_BYTES + HASH_CHARS + 1] = "", tail[7] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    const char *at = NULL;
    struct stat info;

    if (file < 0)
        return false;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > HEAD_BYTES &&
        pread(file, head, sizeof(head) - 1, 0) > 0 && pread(file, tail, 6, info.st_size - 6) == 6)
        at = strstr(head, "%dxready ");
    close(file);
    return at && strncmp(at + strlen("%dxready "), mark, HASH_CHARS) == 0 &&
           strcmp(tail, "%%EOF\n") == 0;
}

/* ---- names of files ---- */

/* "Công ty Đại Phát (2)" -> "cong-ty-dai-phat-2": letters and digits that every system takes. */
static const char *slug(struct arena *arena, const char *text, size_t max)
{
    const char *fold = text_fold(arena, text);
    char *name = arena_strdup(arena, fold);
    size_t len = 0, whole = 0; /* words that fit */

    for (const char *at = fold; *at && len < max; at++) {
        if (isascii((unsigned char)*at) && isalnum((unsigned char)*at)) {
            name[len++] = *at;
            whole = at[1] && at[1] != ' ' ? whole : len;
        } else if (len && name[len - 1] != '-') {
            name[len++] = '-';
        }
    }
    name[whole ? whole : len] = '\0';
    return name;
}

static bool is_summary(const struct reports *r)
{
    return r->request->kind == DOCUMENT_SUMMARY;
}

/* From the number on: what makes a name the only one of its kind. */
static const char *name_end(const struct reports *r, const struct store_row *row,
                            struct arena *arena)
{
    const char *round = strchr(row->reference, '-');

    return arena_printf(arena, "%.*s%s%s-%s.pdf", REFERENCE_NUMBER_CHARS, row->reference, round,
                        is_summary(r) ? "-summary" : "", lang_code(r->request->lang));
}

static const char *path_of(const struct reports *r, const struct store_row *row, const char *end,
                           struct arena *arena)
{
    const char *name = slug(arena, row->name ? row->name : "", NAME_CHARS_MAX);
    const char *round = slug(arena, row->round, ROUND_CHARS_MAX);

    return file_join(
        arena, r->request->folder,
        arena_printf(arena, "%s%s%s%s%s", name, *name ? "-" : "", round, *round ? "-" : "", end));
}

/* The end of a file's name as name_end() makes it, or NULL: it is none of these. */
static const char *end_in(const struct reports *r, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    int hyphens = is_summary(r) ? 4 : 3; /* -NUMBER-ROUND[-summary]-LANG */
    const char *at = name + strlen(name);

    while (at > name && hyphens)
        hyphens -= *--at == '-';
    return hyphens ? NULL : at + 1;
}

/* What is there already, by the ends of the names: the first part may have changed. */
static enum status list_files(struct reports *r, struct err *err)
{
    enum status status =
        file_list(&r->names, r->request->folder, ".pdf", &r->files, &r->file_count, err);

    map_init(&r->known, &r->names);
    for (size_t i = 0; status == OK && i < r->file_count; i++) {
        const char *end = end_in(r, r->files[i]);

        if (end)
            map_put(&r->known, end, strlen(end), i);
    }
    return status;
}

/* A report of the same assessment under another name, if it is ours; else NULL. */
static const char *old_file(const struct reports *r, const char *end, const char *path)
{
    const struct output_inputs none = {NULL, 0, NULL};
    size_t at = map_find(&r->known, end);
    struct err ignored;

    if (at == MAP_NONE || strcmp(r->files[at], path) == 0 ||
        output_check(r->files[at], false, &none, &ignored) != OK)
        return NULL;
    return r->files[at];
}

/* What a run left that was killed while it wrote: "….pdf.0123abcd.tmp". */
static enum status remove_leftovers(struct reports *r, struct err *err)
{
    const char **paths;
    size_t count;
    enum status status = file_list(&r->names, r->request->folder, ".tmp", &paths, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        size_t len = strlen(paths[i]), end = strlen(".pdf.01234567.tmp");

        if (len > end && strncmp(paths[i] + len - end, ".pdf.", 5) == 0)
            (void)unlink(paths[i]);
    }
    return status;
}

/* ---- one report ---- */

static enum status make_job(struct reports *r, struct report_job *job, int64_t assessment,
                            struct err *err)
{
    const struct output_inputs inputs = {NULL, 0, r->request->database};
    struct result_request request = {.on = r->request->on};
    char mark[HASH_CHARS + 1];
    struct store_item item;
    struct result made;
    const char *end;
    enum status status =
        store_load(database_store(r->db), assessment, 0, NULL, &job->arena, &item, err);

    if (status != OK)
        return status;
    mark_of(r, &item.row, mark);
    end = name_end(r, &item.row, &job->arena);
    job->path = path_of(r, &item.row, end, &job->arena);
    job->old = old_file(r, end, job->path);
    request.response = item.response;
    request.mark = arena_strdup(&job->arena, mark);
    request.scorer = database_scorer(r->db, item.response->questionnaire, err);
    if (!request.scorer)
        return err->status;
    status = output_check(job->path, r->request->is_forced, &inputs, err);
    if (status == OK)
        status = result_make(r->ws, &job->arena, &request, &made, err);
    if (status == OK)
        job->report = made.report;
    return status;
}

static bool add_job(struct reports *r, int64_t assessment)
{
    struct report_job *job = report_job_new();

    r->status = make_job(r, job, assessment, r->err);
    if (r->status == OK)
        return report_pool_add(r->pool, job);
    report_job_free(job);
    return false;
}

static bool take_item(void *context, const struct store_item *item)
{
    struct reports *r = context;
    const struct store_row *row = &item->row;
    char mark[HASH_CHARS + 1];
    bool goes_on = true;

    arena_reset(&r->one);
    mark_of(r, row, mark);
    if (is_there(path_of(r, row, name_end(r, row, &r->one), &r->one), mark))
        r->result.kept++;
    else
        goes_on = add_job(r, row->assessment);
    if (r->request->progress)
        r->request->progress(r->request->context,
                             r->result.kept + report_pool_counts(r->pool).written,
                             r->result.assessments);
    return goes_on;
}

/* ---- all ---- */

static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 1;

    return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (unsigned)count;
}

static void copy_faults(const struct faults *from, struct faults *to)
{
    for (size_t i = 0; i < from->count; i++)
        faults_add(to, from->items[i].place, "%1$s%2$.0s", "%2$s%1$.0s",
                   from->items[i].text[LANG_VI], from->items[i].text[LANG_EN]);
    to->errors += from->errors - from->count;
}

/* Faults of the threads have an arena of their own: the workspace's is used meanwhile. */
static enum status make_reports(struct reports *r, struct faults *faults, struct err *err)
{
    struct report_pool_setup setup = {.lang = r->request->lang,
                                      .kind = r->request->kind,
                                      .contact = r->request->contact,
                                      .wording = workspace_wording(r->ws, err),
                                      .threads =
                                          r->request->threads ? r->request->threads : processors()};
    struct report_pool_counts counts = {0};
    struct arena arena;
    enum status status, closed;
    struct err later;

    if (!setup.wording)
        return err->status;
    arena_init(&arena);
    setup.faults = ARENA_NEW(&arena, struct faults);
    faults_init(setup.faults, &arena);
    status = report_pool_open(&r->pool, &setup, err);
    if (status == OK) {
        status = store_each(database_store(r->db), r->request->filter, 0, take_item, r, err);
        closed = report_pool_close(r->pool, &counts, &later);
        if (status == OK)
            status = r->status;
        if (status == OK && closed != OK) {
            *err = later;
            status = closed;
        }
        copy_faults(setup.faults, faults);
    }
    r->result.written = counts.written;
    r->result.renamed = counts.renamed;
    r->result.failed = counts.failed;
    arena_free(&arena);
    return status;
}

/* One run at a time; the lock ends with the process, however that ends. */
static enum status lock_folder(const char *folder, int *file, struct err *err)
{
    enum status status = file_make_folders(folder, err);

    if (status != OK)
        return status;
    *file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*file < 0)
        return err_set(err, BAD_USAGE, "-o: %s không phải là thư mục; hãy nêu một thư mục",
                       "-o: %s is no folder; name a folder", folder);
    if (flock(*file, LOCK_EX | LOCK_NB) == 0)
        return OK;
    close(*file);
    *file = -1;
    return err_set(err, BUSY, "%s: một lần chạy khác đang lập báo cáo vào thư mục này",
                   "%s: another run is writing reports to this folder", folder);
}

enum status reports_make(struct workspace *ws, struct database *db,
                         const struct reports_request *request, struct faults *faults,
                         struct reports_result *result, struct err *err)
{
    struct reports r = {.ws = ws, .db = db, .request = request, .err = err};
    struct store_count count;
    int folder = -1;
    enum status status = lock_folder(request->folder, &folder, err);

    if (status != OK)
        return status;
    arena_init(&r.one);
    arena_init(&r.names);
    status = hash_data(&r, err);
    if (status == OK)
        status = remove_leftovers(&r, err);
    if (status == OK)
        status = list_files(&r, err);
    if (status == OK)
        status = store_count(database_store(db), request->filter, &count, err);
    if (status == OK) {
        r.result.assessments = count.all;
        status = make_reports(&r, faults, err);
    }
    *result = r.result;
    arena_free(&r.names);
    arena_free(&r.one);
    close(folder);
    return status;
}
