/* Files of the inbox: received, compared with what is stored, let in. */
#include "inbox_parts.h"

#include <inttypes.h>
#include <string.h>

#include "app/review/cases.h"
#include "base/clock.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/audit.h"

#define TRANSACTION_MS 20
#define BLOCK_ROWS 50

static enum status tell(const struct app_context *app, const char *act, const struct inbox *inbox,
                        const char *after, struct err *err)
{
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = context_tell(
        app,
        &(struct audit_entry){.act = act,
                              .object = arena_printf(&arena, "inbox:%" PRId64, inbox->id),
                              .before = inbox->file,
                              .after = after,
                              .reason = ""},
        err);
    arena_free(&arena);
    return status;
}

enum status inbox_receive(const struct app_context *app, struct inbox *inbox, const void *content,
                          size_t len, struct arena *arena, struct err *err)
{
    struct import_hash hash;
    char hex[IMPORT_HASH_CHARS + 1];
    enum status status;

    import_hash_init(&hash);
    import_hash_add(&hash, content, len);
    import_hash_end(&hash, hex);
    inbox->hash = arena_strdup(arena, hex);
    inbox->size = (int64_t)len;
    inbox->account = app->account->id;
    inbox->received_at = arena_strdup(arena, app->now);
    inbox->sender_key = text_identity(arena, inbox->sender);
    inbox->fault = (struct words){{"", ""}};
    inbox->separator = inbox->header = inbox->checked_at = inbox->areas = "";
    status = inbox_add(app->store, inbox, content, len, err);
    inbox->version = 1;
    return status == OK ? tell(app, "inbox-received", inbox, inbox->sender, err) : status;
}

/* ---- one row into the store ---- */

struct putting {
    const struct app_context *app;
    int64_t import;
    const char *file;
    struct arena arena; /* of one row */
};

/* One file does not revise what it brought itself. */
static bool may_revise(void *context, int64_t assessment)
{
    const struct putting *p = context;
    int64_t import = 0;
    struct err ignored;

    return !p->import || inbox_import_of(p->app->store, assessment, &import, &ignored) != OK ||
           import != p->import;
}

static enum status put(struct putting *p, struct response *response, struct store_put *out,
                       struct err *err)
{
    const struct app_context *app = p->app;
    const struct loaded_questionnaire *survey =
        loaded_data_find(app->loaded, response->questionnaire->ref);
    day on = response->submitted_on == DAY_NONE ? app->today : response->submitted_on;
    const struct store_extra extra = {
        .size_class = applicant_size_code(app->loaded->catalogue, response->values,
                                          response->submitted_on, on),
        .catalogue_hash = "",
        .imported_at = app->now,
        .source = p->file,
        .import = p->import,
        .may_revise = may_revise,
        .context = p};
    struct score score;

    score_answers(survey->scorer, response->answers, &score);
    return store_put_response(app->store, response, &score, &extra, out, err);
}

static enum inbox_outcome outcome_of(const struct store_put *done)
{
    if (done->outcome == STORE_INSERTED || done->was_withdrawn)
        return INBOX_NEW;
    return done->outcome == STORE_REVISED ? INBOX_CHANGED : INBOX_SAME;
}

/* What becomes of a row; a fault of the system is none of it. Texts live in `arena`. */
static enum status put_row(struct putting *p, struct inbox_row *row, struct arena *arena,
                           struct err *err)
{
    const struct app_context *app = p->app;
    struct store_put done = {0};
    struct response *response = NULL;
    struct faults *faults;
    const struct json *root;
    enum status status = BAD_INPUT;

    arena_reset(&p->arena);
    faults = ARENA_NEW(&p->arena, struct faults);
    faults_init(faults, &p->arena);
    root = json_parse(&p->arena, p->file, arena_strdup(&p->arena, row->response),
                      strlen(row->response), faults);
    if (root)
        response = response_read(&p->arena, root, app->loaded->facts,
                                 loaded_data_source(app->loaded), NULL, faults);
    status = response ? put(p, response, &done, err) : faults_to_err(faults, err);
    if (status != OK && status != BAD_INPUT && status != CONFLICT && status != LIMIT)
        return status;
    row->outcome = status == OK       ? outcome_of(&done)
                   : done.is_reviewed ? INBOX_REVIEWED
                                      : INBOX_REFUSED;
    row->assessment = done.outcome == STORE_INSERTED && !p->import ? 0 : done.assessment;
    row->reason = (struct words){{"", ""}};
    if (status != OK)
        row->reason = (struct words){{arena_strdup(arena, err->text[LANG_VI]),
                                      arena_strdup(arena, err->text[LANG_EN])}};
    if (status == OK && done.outcome == STORE_INSERTED)
        return OK;
    return done.assessment
               ? inbox_stored_area(app->store, done.assessment, arena, &row->stored_area, err)
               : OK;
}

/* ---- comparing ---- */

enum status inbox_try(const struct app_context *app, const struct inbox *inbox,
                      struct inbox_reading *reading, size_t *done, int64_t ms, struct err *err)
{
    struct putting p = {.app = app, .file = inbox->file};
    int64_t until = clock_ms() + ms;
    enum status status = OK;

    arena_init(&p.arena);
    for (; status == OK && *done < reading->count && clock_ms() < until; ++*done) {
        struct inbox_row *row = &reading->rows[*done];

        if (*row->response)
            status = put_row(&p, row, reading->arena, err);
    }
    arena_free(&p.arena);
    return status;
}

static enum status keep_rest(const struct app_context *app, struct inbox *inbox,
                             const struct inbox_reading *reading, struct err *err)
{
    enum status status = OK;

    for (size_t i = 0; i < reading->fault_count && status == OK; i++)
        status = inbox_fault_add(app->store, inbox->id, (int64_t)i + 1, &reading->faults[i], err);
    for (size_t i = 0; i < reading->heading_count && status == OK; i++)
        status = inbox_heading_add(app->store, inbox->id, (int64_t)i + 1, &reading->headings[i],
                                   err);
    if (status != OK)
        return status;
    inbox->state = reading->fault.in[LANG_VI] ? INBOX_UNREADABLE : INBOX_READY;
    inbox->fault = reading->fault.in[LANG_VI] ? reading->fault : (struct words){{"", ""}};
    inbox->separator = reading->separator;
    inbox->header = reading->header;
    inbox->columns = reading->columns;
    inbox->checked_at = app->now;
    return inbox_set(app->store, inbox, err);
}

/* Two who read the same file at once: the later one goes on. */
static enum status check_version(const struct app_context *app, const struct inbox *inbox,
                                 struct err *err)
{
    struct arena arena;
    struct inbox now = {.version = 0};
    enum status status;

    arena_init(&arena);
    status = inbox_load(app->store, inbox->id, &arena, &now, err);
    arena_free(&arena);
    if (status != OK || now.version == inbox->version)
        return status;
    return err_set(err, CONFLICT,
                   "Tệp này vừa được người khác xử lý; hãy mở lại trang để xem.",
                   "Somebody else has just worked on this file; open its page again.");
}

enum status inbox_keep(const struct app_context *app, struct inbox *inbox,
                       const struct inbox_reading *reading, size_t *done, int64_t ms,
                       struct err *err)
{
    int64_t until = clock_ms() + ms;
    enum status status = check_version(app, inbox, err);

    if (status == OK && !*done)
        status = inbox_forget(app->store, inbox->id, err);
    while (status == OK && *done < reading->count && clock_ms() < until)
        status = inbox_row_add(app->store, inbox->id, &reading->rows[(*done)++], err);
    if (status == OK && *done == reading->count) {
        ++*done; /* all of it */
        status = keep_rest(app, inbox, reading, err);
    }
    return status;
}

/* ---- one file ---- */

static enum status load_parts(const struct app_context *app, struct arena *arena,
                              struct open_inbox *out, struct err *err)
{
    struct store *store = app->store;
    int64_t id = out->inbox.id;
    enum status status =
        inbox_faults(store, id, arena, &out->faults, &out->fault_count, err);

    if (status == OK)
        status = inbox_headings(store, id, arena, &out->headings, &out->heading_count, err);
    if (status == OK)
        status = inbox_meanings(store, &out->inbox, arena, &out->meanings, &out->meaning_count,
                                err);
    if (status == OK)
        status = store_imports_of_inbox(store, id, arena, &out->imports, &out->import_count, err);
    for (size_t i = 0; status == OK && i < out->heading_count; i++)
        out->open_headings += out->headings[i].is_open;
    return status;
}

static bool has_own(const struct inbox_counts *counts)
{
    for (int i = 0; i < INBOX_OUTCOME__MAX; i++) {
        if (counts->own[i])
            return true;
    }
    return false;
}

enum status open_inbox_load(const struct app_context *app, int64_t id, struct arena *arena,
                            struct open_inbox *out, struct err *err)
{
    enum status status = inbox_load(app->store, id, arena, &out->inbox, err);

    if (status != OK)
        return status;
    *out = (struct open_inbox){.inbox = out->inbox, .areas = areas_seen(app, arena)};
    status = inbox_count(app->store, id, out->areas, &out->counts, err);
    if (status == OK && out->areas && out->inbox.account != app->account->id &&
        !has_own(&out->counts))
        return err_set(err, NOT_FOUND, "không có tệp này trong hộp nhập",
                       "there is no such file in the inbox");
    return status == OK ? load_parts(app, arena, out, err) : status;
}

enum status open_inbox_rows(const struct app_context *app, const struct open_inbox *open,
                            unsigned outcomes, bool only_other, size_t limit, size_t offset,
                            struct arena *arena, struct inbox_row **list, size_t *count,
                            struct err *err)
{
    const struct inbox_filter filter = {outcomes, open->areas, only_other, limit, offset};

    return inbox_rows(app->store, open->inbox.id, &filter, arena, list, count, err);
}

enum status inboxes_list(const struct app_context *app, struct arena *arena, struct inbox **list,
                         struct inbox_counts **counts, size_t *count, struct err *err)
{
    const char *areas = areas_seen(app, arena);
    enum status status = inbox_list(app->store, areas, app->account->id, INT64_MAX,
                                    INBOX_LISTED_MAX, arena, list, count, err);

    if (status != OK)
        return status;
    *counts = ARENA_ARRAY(arena, struct inbox_counts, *count + 1);
    for (size_t i = 0; i < *count && status == OK; i++)
        status = inbox_count(app->store, (*list)[i].id, areas, &(*counts)[i], err);
    return status;
}

enum status inbox_to_read(const struct app_context *app, const struct inbox *inbox,
                          struct arena *arena, const void **content, size_t *len,
                          struct inbox_meaning **meanings, size_t *meaning_count, struct err *err)
{
    enum status status = inbox_content(app->store, inbox->id, arena, content, len, err);

    return status == OK
               ? inbox_meanings(app->store, inbox, arena, meanings, meaning_count, err)
               : status;
}

enum status open_inbox_mean(const struct app_context *app, const struct open_inbox *open,
                            const struct inbox_meaning *meaning, struct err *err)
{
    struct arena arena;
    enum status status =
        inbox_mean(app->store, &open->inbox, meaning, app->account->id, app->now, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = tell(app, "inbox-meaning", &open->inbox,
                  arena_printf(&arena, "%s: %s = %s", *meaning->item ? meaning->item : "heading",
                               meaning->text, meaning->meaning),
                  err);
    arena_free(&arena);
    return status;
}

int64_t open_inbox_enterable(const struct open_inbox *open)
{
    return open->counts.own[INBOX_NEW] + open->counts.own[INBOX_CHANGED];
}

bool open_inbox_may(const struct open_inbox *open, enum inbox_act act)
{
    enum inbox_state state = open->inbox.state;

    if (state == INBOX_ENTERING || state == INBOX_DISCARDED)
        return false;
    if (act != INBOX_ACT_ENTER)
        return act == INBOX_ACT_READ || state != INBOX_ENTERED;
    return (state == INBOX_READY || state == INBOX_ENTERED) && !open->open_headings &&
           open_inbox_enterable(open) > 0;
}

static enum status begin_entering(const struct app_context *app, struct open_inbox *open,
                                  struct err *err)
{
    struct inbox *inbox = &open->inbox;
    struct store_import import = {.file = inbox->file,
                                  .hash = inbox->hash,
                                  .size = inbox->size,
                                  .actor = app->account->name,
                                  .started_at = app->now,
                                  .ended_at = "",
                                  .rejects_hash = "",
                                  .sender = inbox->sender,
                                  .account = app->account->id,
                                  .inbox = inbox->id};
    enum status status = store_import_add(app->store, &import, err);

    inbox->state = INBOX_ENTERING;
    inbox->import = import.id;
    inbox->areas = open->areas ? open->areas : "";
    return status;
}

static enum status apply(const struct app_context *app, struct open_inbox *open,
                         enum inbox_act act, struct err *err)
{
    static const char *const names[INBOX_ACT__MAX] = {[INBOX_ACT_ENTER] = "inbox-let-in",
                                                      [INBOX_ACT_DISCARD] = "inbox-discarded",
                                                      [INBOX_ACT_READ] = "inbox-read-again"};
    enum status status = OK;

    if (act == INBOX_ACT_ENTER)
        status = begin_entering(app, open, err);
    if (act == INBOX_ACT_READ)
        open->inbox.state = INBOX_RECEIVED;
    if (act == INBOX_ACT_DISCARD) {
        open->inbox.state = INBOX_DISCARDED;
        status = inbox_empty(app->store, open->inbox.id, err);
    }
    if (status == OK)
        status = inbox_set(app->store, &open->inbox, err);
    return status == OK ? tell(app, names[act], &open->inbox, "", err) : status;
}

enum status open_inbox_act(const struct app_context *app, struct open_inbox *open,
                           enum inbox_act act, int64_t version, struct err *err)
{
    bool is_own;
    enum status status;

    if (version != open->inbox.version || !open_inbox_may(open, act))
        return err_set(err, CONFLICT,
                       "Việc này không làm được với tệp như nó đang là; hãy mở lại trang để xem.",
                       "This cannot be done with the file as it is now; open its page again.");
    status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    return context_end(app, is_own, apply(app, open, act, err), err);
}

/* ---- letting in ---- */

struct entering {
    struct putting p;
    struct inbox inbox;
    struct store_import import;
    struct arena arena; /* of one transaction */
    bool is_done;       /* no row is left */
};

static bool is_in(const char *areas, const char *area)
{
    size_t len = strlen(area);
    const char *at = areas;

    while ((at = strstr(at, area)) != NULL) {
        if (at > areas && at[-1] == '|' && at[len] == '|')
            return true;
        at++;
    }
    return false;
}

static void count_row(struct entering *e, struct inbox_row *row)
{
    int64_t *const counts[INBOX_OUTCOME__MAX] = {
        [INBOX_NEW] = &e->import.inserted,      [INBOX_CHANGED] = &e->import.revised,
        [INBOX_SAME] = &e->import.unchanged,    [INBOX_REFUSED] = &e->import.rejected,
        [INBOX_REVIEWED] = &e->import.rejected,
    };

    e->import.responses++;
    ++*counts[row->outcome];
    if (row->outcome == INBOX_NEW)
        row->outcome = INBOX_LET_NEW;
    else if (row->outcome == INBOX_CHANGED)
        row->outcome = INBOX_LET_CHANGED;
}

/* What turned out to be of others' areas is taken back, and waits for them. */
static enum status enter_row(struct entering *e, struct inbox_row *row, struct err *err)
{
    struct store *store = e->p.app->store;
    enum status status = store_savepoint(store, err);
    bool is_foreign;

    if (status != OK)
        return status;
    status = put_row(&e->p, row, &e->arena, err);
    is_foreign = *e->inbox.areas && *row->stored_area && !is_in(e->inbox.areas, row->stored_area);
    if (status == OK)
        status = is_foreign ? store_rollback_to(store, err) : store_release(store, err);
    if (status == OK && !is_foreign)
        count_row(e, row);
    return status == OK ? inbox_row_done(store, e->inbox.id, row, err) : status;
}

static enum status enter_rows(struct entering *e, int64_t until, struct err *err)
{
    const struct inbox_filter filter = {.outcomes = 1u << INBOX_NEW | 1u << INBOX_CHANGED,
                                        .areas = *e->inbox.areas ? e->inbox.areas : NULL,
                                        .limit = BLOCK_ROWS};
    struct inbox_row *rows;
    size_t count = 0, done = 0;
    enum status status =
        inbox_rows(e->p.app->store, e->inbox.id, &filter, &e->arena, &rows, &count, err);

    while (status == OK && done < count && clock_ms() < until)
        status = enter_row(e, &rows[done++], err);
    e->is_done = count == 0;
    return status;
}

static enum status finish(struct entering *e, struct err *err)
{
    const struct app_context *app = e->p.app;
    enum status status;

    if (!e->is_done)
        return store_import_note(app->store, &e->import, err);
    e->import.ended_at = app->now;
    e->inbox.state = INBOX_ENTERED;
    status = store_import_note(app->store, &e->import, err);
    return status == OK ? inbox_set(app->store, &e->inbox, err) : status;
}

static enum status enter_block(struct entering *e, int64_t id, struct err *err)
{
    const struct app_context *app = e->p.app;
    enum status status = inbox_load(app->store, id, &e->arena, &e->inbox, err);

    if (status == OK)
        status = store_import_load(app->store, e->inbox.import, &e->arena, &e->import, err);
    e->import.rejects_hash = "";
    e->p.import = e->import.id;
    e->p.file = e->inbox.file;
    if (status == OK)
        status = enter_rows(e, clock_ms() + TRANSACTION_MS, err);
    return status == OK ? finish(e, err) : status;
}

enum status inbox_enter_some(const struct app_context *app, int64_t ms, struct err *err)
{
    int64_t until = clock_ms() + ms, id = 0;
    struct entering e = {.p = {.app = app}};
    bool is_own;
    enum status status = inbox_entering(app->store, &id, err);

    arena_init(&e.arena);
    arena_init(&e.p.arena);
    while (status == OK && id && !e.is_done && clock_ms() < until) {
        arena_reset(&e.arena);
        status = context_begin(app, &is_own, err);
        if (status == OK)
            status = context_end(app, is_own, enter_block(&e, id, err), err);
    }
    arena_free(&e.p.arena);
    arena_free(&e.arena);
    return status;
}
