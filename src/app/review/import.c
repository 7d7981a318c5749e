/* Import: which files there are, their transactions, and what one response goes through. */
#include "import.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/array.h"

#define PROGRESS_ROWS 1000
/* Nobody notices a wait of this. */
#define TRANSACTION_US 20000

/* ---- one response ---- */

static struct seen_round *seen_of(struct import *im, int64_t round)
{
    for (size_t i = 0; i < im->seen_count; i++) {
        if (im->seen[i].round == round)
            return &im->seen[i];
    }
    if (im->seen_count == SEEN_ROUNDS_MAX)
        return NULL;
    im->seen[im->seen_count] = (struct seen_round){.round = round};
    return &im->seen[im->seen_count++];
}

static void mark_seen(struct import *im, int64_t assessment)
{
    struct seen_round *seen = seen_of(im, store_round_of(assessment));
    size_t number = (size_t)store_enterprise_of(assessment);

    if (!seen)
        return;
    if (number / 8 >= seen->bytes) {
        size_t bytes = 2 * (number / 8 + 512);

        seen->bits = xrealloc(seen->bits, bytes);
        memset(seen->bits + seen->bytes, 0, bytes - seen->bytes);
        seen->bytes = bytes;
    }
    seen->bits[number / 8] |= (unsigned char)(1u << number % 8);
}

/* False for an assessment that an earlier row of the same file made. */
static bool may_revise(void *context, int64_t assessment)
{
    struct import *im = context;
    const struct seen_round *seen = seen_of(im, store_round_of(assessment));
    size_t number = (size_t)store_enterprise_of(assessment);

    return !seen || number / 8 >= seen->bytes || !(seen->bits[number / 8] >> number % 8 & 1);
}

static void forget_seen(struct import *im)
{
    for (size_t i = 0; i < im->seen_count; i++)
        free(im->seen[i].bits);
    im->seen_count = 0;
}

/* ---- transactions ---- */

/* Who runs this: the name that the system knows, or its number. */
static const char *actor(struct import *im)
{
    const struct passwd *user = getpwuid(getuid());

    return user && user->pw_name && *user->pw_name
               ? arena_strdup(im->arena, user->pw_name)
               : arena_printf(im->arena, "%u", (unsigned)getuid());
}

/* The first transaction of a file says who sent it. */
static enum status begin_record(struct import *im, struct err *err)
{
    enum status status;

    if (im->record.id)
        return OK;
    im->record.hash = im->hash;
    im->record.file = im->file->path;
    im->record.actor = actor(im);
    im->record.sender = im->options->sender ? im->options->sender : "";
    im->record.started_at = im->now;
    im->record.ended_at = im->record.rejects_hash = "";
    status = store_import_add(database_store(im->db), &im->record, err);
    im->extra.import = status == OK ? im->record.id : 0;
    return status;
}

static enum status open_database(struct import *im, enum db_mode mode, struct err *err)
{
    enum status status = database_open(im->arena, im->ws, im->options->url, mode, &im->db, err);

    if (status == OK)
        db_set_long(store_db(database_store(im->db)), !im->options->is_strict);
    return status;
}

/* The database is made, and its transaction begun, when there is something to store. */
static enum status begin(struct import *im, struct err *err)
{
    enum status status = OK;

    if (!im->db)
        status = open_database(im, DB_CREATE, err);
    if (status != OK || store_is_open(database_store(im->db)))
        return status == OK ? begin_record(im, err) : status;
    status = store_begin(database_store(im->db), err);
    im->begun_us = clock_us();
    return status == OK ? begin_record(im, err) : status;
}

static enum status note_counts(struct import *im, struct err *err)
{
    const struct import_counts *counts = &im->file->counts;

    im->record.responses = (int64_t)counts->rows;
    im->record.inserted = (int64_t)counts->inserted;
    im->record.revised = (int64_t)counts->revised;
    im->record.unchanged = (int64_t)counts->unchanged;
    im->record.rejected = (int64_t)counts->rejected;
    return im->record.id ? store_import_note(database_store(im->db), &im->record, err) : OK;
}

enum status import_commit(struct import *im, struct err *err)
{
    enum status status;

    if (im->options->is_strict || !im->db || !store_is_open(database_store(im->db)))
        return OK;
    status = note_counts(im, err);
    if (status == OK)
        status = store_commit(database_store(im->db), err);
    if (status == OK)
        im->committed = im->file->counts;
    return status;
}

/* Others write between two transactions, who is short first. */
static enum status give_way(struct import *im, struct err *err)
{
    if (im->options->is_strict || clock_us() - im->begun_us < TRANSACTION_US)
        return OK;
    return import_commit(im, err);
}

static void count(struct import *im, const struct store_put *put, const struct score *score)
{
    struct import_counts *counts = &im->file->counts;
    size_t *const outcomes[] = {[STORE_INSERTED] = &counts->inserted,
                                [STORE_REVISED] = &counts->revised,
                                [STORE_UNCHANGED] = &counts->unchanged};

    ++*outcomes[put->outcome];
    counts->linked += put->is_linked;
    counts->incomplete += !score->is_complete;
    counts->unrated += score->total.level == LEVEL_NONE;
}

enum status import_check_answers(const struct response *response, struct err *err)
{
    if (response_has_answers(response))
        return OK;
    return err_set(err, BAD_INPUT,
                   "phiếu không trả lời câu hỏi nào nên không phải là một đánh giá; nếu đây là "
                   "dòng cộng hoặc dòng ký tên, hãy bỏ dòng này",
                   "no question is answered, so this is no assessment; if it is a row of "
                   "totals or signatures, leave it out");
}

enum status import_put(struct import *im, const struct response *response, struct err *err)
{
    struct store_put put;
    struct score score;
    enum status status;
    day on;

    if (import_check_answers(response, err) != OK)
        return err->status;
    if (response->questionnaire != im->last_q) {
        im->last_scorer = workspace_scorer(im->ws, response->questionnaire->ref, err);
        if (!im->last_scorer)
            return err->status;
        im->last_q = response->questionnaire;
    }
    status = begin(im, err);
    if (status != OK)
        return status;
    score_answers(im->last_scorer, response->answers, &score);
    on = response->submitted_on == DAY_NONE ? im->today : response->submitted_on;
    im->extra.size_class =
        applicant_size_code(im->reference, response->values, response->submitted_on, on);
    status = store_put_response(database_store(im->db), response, &score, &im->extra, &put, err);
    if (status != OK)
        return status == LIMIT ? BAD_INPUT : status;
    mark_seen(im, put.assessment);
    count(im, &put, &score);
    return give_way(im, err);
}

void import_progress(struct import *im)
{
    if (++im->file->counts.rows % PROGRESS_ROWS == 0 && im->options->progress)
        im->options->progress(im->options->context, im->file->path, im->file->counts.rows,
                              im->lines);
}

/* ---- faults ---- */

void import_add_fault(struct faults *faults, struct place place, const struct err *err)
{
    faults_add(faults, place, "%1$s%2$.0s", "%2$s%1$.0s", err->text[LANG_VI], err->text[LANG_EN]);
}

const char *import_reason(const struct faults *faults, enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];

        if (!fault->is_warning)
            text = arena_printf(arena, "%s%s%s%s%s", text, *text ? "; " : "", fault->place.pointer,
                                *fault->place.pointer ? ": " : "", fault->text[lang]);
    }
    return text;
}

/* ---- files ---- */

struct kind {
    const char *ending;
    enum status (*import)(struct import *im, struct err *err);
};

static const struct kind kinds[] = {
    {".json", import_json}, {".jsonl", import_lines}, {".ndjson", import_lines},
    {".csv", import_csv},   {".tsv", import_csv},     {".txt", import_csv},
};

bool import_ends_in(const char *path, const char *ending)
{
    size_t len = strlen(path), end = strlen(ending);

    return len > end && strcasecmp(path + len - end, ending) == 0;
}

static const struct kind *kind_of(const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (import_ends_in(path, kinds[i].ending))
            return &kinds[i];
    }
    return NULL;
}

/* Standard input and files without a known ending are tables. */
static enum status read_file(struct import *im, struct err *err)
{
    const struct kind *kind = kind_of(im->file->path);

    if (import_refuse_foreign(im))
        return OK;
    return kind ? kind->import(im, err) : import_csv(im, err);
}

static void add_counts(struct import_counts *sum, const struct import_counts *counts)
{
    sum->rows += counts->rows;
    sum->inserted += counts->inserted;
    sum->revised += counts->revised;
    sum->unchanged += counts->unchanged;
    sum->rejected += counts->rejected;
    sum->linked += counts->linked;
    sum->incomplete += counts->incomplete;
    sum->unrated += counts->unrated;
}

static void roll_back(struct import *im)
{
    if (im->db)
        store_rollback(database_store(im->db));
}

/* The record of a file that has come to its end, stored or not. */
static enum status end_record(struct import *im, struct err *err)
{
    char now[TIME_BYTES];

    if (!im->record.id)
        return OK;
    now_utc(now);
    im->record.ended_at = now;
    return note_counts(im, err);
}

/* What stood before the broken place may be stored already, and is not read out of order again. */
static void say_stored(struct import *im)
{
    size_t stored = im->committed.inserted + im->committed.revised + im->committed.unchanged;

    if (stored)
        faults_add(im->faults, (struct place){im->file->path, 0, ""},
                   "%zu phiếu đứng trước chỗ đó đã được lưu; hãy sửa tệp rồi nhập lại cả tệp",
                   "%zu responses before that place are stored; mend the file and import all of "
                   "it again",
                   stored);
}

/* A file that cannot be read to its end keeps what was committed before. */
static enum status refuse_file(struct import *im, struct import_result *result, struct err *err)
{
    struct import_file *file = im->file;

    file->is_refused = true;
    file->counts = im->committed;
    result->refused++;
    if (im->options->is_strict)
        return OK;
    roll_back(im);
    if (!im->committed.rows)
        return OK; /* the record is gone, too */
    say_stored(im);
    add_counts(&result->total, &file->counts);
    return end_record(im, err);
}

/* In a strict run only the end commits. */
static enum status end_file(struct import *im, struct import_result *result, struct err *err)
{
    enum status status;

    if (im->is_refused)
        return refuse_file(im, result, err);
    status = import_commit(im, err);
    if (status == OK)
        status = end_record(im, err);
    if (status == OK)
        add_counts(&result->total, &im->file->counts);
    return status;
}

static enum status import_file(struct import *im, const char *path, struct import_result *result,
                               struct err *err)
{
    int64_t size;
    enum status status;

    im->file = &result->files[result->count];
    *im->file = (struct import_file){.path = path};
    import_faults_begin(im);
    im->is_refused = false;
    im->extra.source = path;
    im->extra.import = 0;
    im->record = (struct store_import){.id = 0};
    im->committed = (struct import_counts){0};
    if (!import_look_at(path, im->hash, &size, &im->lines)) {
        *im->hash = '\0';
        size = STORE_UNKNOWN;
    }
    im->record.size = size;
    status = read_file(im, err);
    import_faults_end(im);
    forget_seen(im);
    if (status == OK)
        status = end_file(im, result, err);
    result->count += status == OK;
    return status;
}

static enum status import_all(struct import *im, const char *const *paths, size_t n,
                              struct import_result *result, struct err *err)
{
    size_t errors = im->faults->errors;
    enum status status = OK;

    result->files = ARENA_ARRAY(im->arena, struct import_file, n);
    for (size_t i = 0; i < n && status == OK; i++) {
        status = import_file(im, paths[i], result, err);
        if (im->options->is_strict && im->faults->errors != errors)
            break;
    }
    if (!im->options->is_strict)
        return status;
    if (status == OK && im->faults->errors == errors && im->db &&
        store_is_open(database_store(im->db)))
        return store_commit(database_store(im->db), err);
    if (im->faults->errors != errors) /* nothing is stored */
        *result = (struct import_result){0};
    return status;
}

/* ---- folders ---- */

struct path_list {
    const char **paths;
    size_t count, cap;
};

static void add_path(struct arena *arena, struct path_list *list, const char *path)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 64;
        const char **paths = ARENA_ARRAY(arena, const char *, cap);

        if (list->count)
            memcpy(paths, list->paths, list->count * sizeof(*paths));
        list->paths = paths;
        list->cap = cap;
    }
    list->paths[list->count++] = path;
}

/* Files of responses, but not what an import has left there. */
static bool is_wanted(const char *path)
{
    return kind_of(path) && !import_ends_in(path, ".txt") &&
           !import_ends_in(path, ".rejects.csv") &&
           !import_ends_in(path, ".rejects.jsonl");
}

static enum status add_folder(struct arena *arena, struct path_list *list, const char *folder,
                              struct err *err)
{
    size_t count, before = list->count;
    const char **paths;
    enum status status = file_list(arena, folder, "", &paths, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        if (is_wanted(paths[i]))
            add_path(arena, list, paths[i]);
    }
    if (status == OK && list->count == before)
        return err_set(err, BAD_INPUT, "%s: thư mục không có tệp .json, .jsonl hay .csv nào",
                       "%s: the folder has no .json, .jsonl or .csv file", folder);
    return status;
}

/* One rejects file cannot take the rows of several tables: their columns differ. */
static enum status check_rejects(const struct import_options *options, const struct path_list *list,
                                 struct err *err)
{
    if (!options->rejects || list->count < 2)
        return OK;
    return err_set(err, BAD_USAGE,
                   "--rejects chỉ dùng được khi nhập một tệp; khi nhập nhiều tệp, mỗi tệp có tệp "
                   "FILE.rejects.csv riêng",
                   "--rejects needs just one file to import; with several, each has its own "
                   "FILE.rejects.csv");
}

enum status import_files(struct arena *arena, struct workspace *ws,
                         const struct import_options *options, const char *const *paths,
                         size_t count, struct faults *faults, struct import_result *result,
                         struct err *err)
{
    struct import *im = ARENA_NEW(arena, struct import);
    struct path_list list = {0};
    enum status status = OK;

    *result = (struct import_result){0};
    for (size_t i = 0; i < count && status == OK; i++) {
        if (file_is_folder(paths[i]))
            status = add_folder(arena, &list, paths[i], err);
        else
            add_path(arena, &list, paths[i]);
    }
    if (status == OK && list.count > IMPORT_FILES_MAX)
        status = err_set(err, LIMIT, "quá %d tệp trong một lần nhập", "more than %d files at once",
                         IMPORT_FILES_MAX);
    if (status == OK)
        status = check_rejects(options, &list, err);
    if (status != OK)
        return status;
    *im = (struct import){
        .arena = arena, .ws = ws, .options = options, .faults = faults, .today = today()};
    im->reference = workspace_reference(ws, err);
    if (!im->reference)
        return err->status;
    now_utc(im->now);
    im->extra = (struct store_extra){.catalogue_hash = "",
                                     .imported_at = im->now,
                                     .may_revise = may_revise,
                                     .context = im,
                                     .replaces_newer = options->replaces_newer};
    /* What is wrong with one that is there is no fault of a row. */
    status = open_database(im, DB_WRITE, err);
    if (status == OK || status == NOT_FOUND)
        status = import_all(im, list.paths, list.count, result, err);
    roll_back(im);
    database_close(im->db);
    arena_free(&im->kinds.arena);
    return status;
}
