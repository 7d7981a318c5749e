/*
 * Erasing: a dossier forgets whom it is about, and so does its assessment, which goes over to an
 * enterprise that nobody knows. Keys are composed of the number of the enterprise, so the rows get
 * other keys; scores and columns for statistics go with them unchanged.
 */
#include "dossier.h"
#include "store/cases.h"

#include <stdio.h>

#include "row.h"
#include "base/array.h"

/* Folded names have no such character (base/text.h): no search and no import finds this one. What
 * keeps such enterprises apart is the "area" that belongs to the name. */
#define NAMELESS "_"

struct bytes {
    const void *data;
    size_t len;
};

/* A revision on its way: as it was stored, then without what is personal. */
struct kept_revision {
    int64_t number;
    const char *questionnaire;
    struct bytes facts, answers;
};

struct erasing {
    struct store *store;
    struct arena arena;
    int64_t from, to, enterprise; /* the assessment before and after; whose it is then */
    void *revisions;              /* struct kept_revision, the current one last */
    size_t count;
};

/* ---- taking out what is personal ---- */

static struct bytes kept_bytes(struct arena *arena, const void *data, size_t len)
{
    return (struct bytes){arena_strndup(arena, data, len), len};
}

static struct bytes column_bytes(struct db_stmt *stmt, int column, struct arena *arena)
{
    size_t len;
    const void *data = db_bytes(stmt, column, &len);

    return kept_bytes(arena, data, len);
}

static void read_revision(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct kept_revision *revision = item;

    revision->number = db_int(stmt, ROW_REVISION);
    revision->questionnaire = statement_text(stmt, ROW_QUESTIONNAIRE, arena);
    revision->facts = column_bytes(stmt, ROW_FACTS, arena);
    revision->answers = column_bytes(stmt, ROW_ANSWERS, arena);
}

static enum status fail_bytes(const struct kept_revision *revision, struct err *err)
{
    return err_set(err, FAILED, "bản %d của đánh giá: dữ liệu trong cơ sở dữ liệu bị hỏng",
                   "revision %d of the assessment: its data in the database is damaged",
                   (int)revision->number);
}

static bool strip_facts(struct erasing *e, struct kept_revision *revision, struct value *values)
{
    struct store *store = e->store;
    const struct facts *facts = store->facts;
    struct buf *out = &store->facts_bytes;

    if (!codec_read_facts(revision->facts.data, revision->facts.len, facts, &store->keys, &e->arena,
                          values))
        return false;
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->items[i].is_personal)
            values[i] = value_unknown();
    }
    buf_clear(out);
    codec_write_facts(out, facts, &store->keys, values);
    revision->facts = kept_bytes(&e->arena, buf_text(out), out->len);
    return !out->is_full;
}

/* Whether something was written freely: it may name people. */
static bool is_free_text(const struct question *question, const struct answer *answer)
{
    return answer->state == ANSWER_NA ||
           (answer->state == ANSWER_GIVEN &&
            (question->type == QUESTION_TEXT || question->type == QUESTION_FILE));
}

static bool strip_answers(struct erasing *e, struct kept_revision *revision,
                          const struct questionnaire *q, struct answer *answers)
{
    struct buf *out = &e->store->answers_bytes;

    if (!codec_read_answers(revision->answers.data, revision->answers.len, q, answers))
        return false;
    for (size_t i = 0; i < q->question_count; i++) {
        if (is_free_text(&q->questions[i], &answers[i]))
            answers[i].text = STORE_ERASED_TEXT;
    }
    buf_clear(out);
    codec_write_answers(out, q, answers);
    revision->answers = kept_bytes(&e->arena, buf_text(out), out->len);
    return !out->is_full;
}

static enum status strip(struct erasing *e, struct kept_revision *revision, struct err *err)
{
    const struct questionnaire *q;
    struct response *response;
    enum status status = store_questionnaire(e->store, revision->questionnaire, &q, err);

    if (status != OK)
        return status;
    response = response_new(&e->arena, q, e->store->facts);
    if (!strip_facts(e, revision, response->values) ||
        !strip_answers(e, revision, q, response->answers))
        return fail_bytes(revision, err);
    return OK;
}

/* Everything that can be refused, before anything is written. */
static enum status prepare(struct erasing *e, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct kept_revision), read_revision};
    enum status status = store_find_keys(e->store, false, err);

    if (e->store->next_enterprise > STORE_ENTERPRISES_MAX)
        return err_set(err, LIMIT, "quá %d đơn vị", "more than %d enterprises",
                       STORE_ENTERPRISES_MAX);
    if (status == OK)
        status = statement_list(e->store, SQL_LIST_REVISIONS, PARAMS(INT(e->from)), &kind,
                                &e->arena, &e->revisions, &e->count, err);
    for (size_t i = 0; status == OK && i < e->count; i++)
        status = strip(e, (struct kept_revision *)e->revisions + i, err);
    return status;
}

/* ---- moving the assessment ---- */

static enum status add_enterprise(struct erasing *e, const char *now, struct err *err)
{
    struct store *store = e->store;
    char reference[REFERENCE_CHARS + 1], area[24];
    int64_t changes = 0;
    enum status status;

    e->enterprise = store->next_enterprise++;
    e->to = store_round_of(e->from) << ENTERPRISE_BITS | e->enterprise;
    reference_make(&store->pool, e->enterprise, reference);
    snprintf(area, sizeof(area), "%lld", (long long)e->enterprise);
    status = statement_write(store, SQL_ENTERPRISE_ADD,
                             PARAMS(INT(e->enterprise), TEXT(reference), TEXT(NULL), TEXT(NULL),
                                    TEXT(NAMELESS), TEXT(area), TEXT(now)),
                             &changes, err);
    if (status == OK && changes != 1)
        return err_set(err, FAILED, "không thêm được đơn vị vào cơ sở dữ liệu",
                       "the enterprise could not be added to the database");
    return status;
}

static struct param is_personal(const struct store *store, enum column_fact column)
{
    size_t fact = store->fact_columns[column];

    return INT(fact != MAP_NONE && store->facts->items[fact].is_personal);
}

/* `third`: the enterprise of the current revision, the number of an older one. */
static enum status move(struct erasing *e, enum sql_id sql, int64_t third,
                        const struct kept_revision *revision, struct err *err)
{
    const struct store *store = e->store;

    return statement_write(
        e->store, sql,
        PARAMS(INT(e->from), INT(e->to), INT(third),
               BYTES(revision->facts.data, revision->facts.len),
               BYTES(revision->answers.data, revision->answers.len),
               is_personal(store, FACT_COLUMN_FORM), is_personal(store, FACT_COLUMN_SECTION),
               is_personal(store, FACT_COLUMN_AREA), is_personal(store, FACT_COLUMN_EMPLOYEES),
               is_personal(store, FACT_COLUMN_REVENUE), is_personal(store, FACT_COLUMN_CAPITAL)),
        NULL, err);
}

static enum status move_all(struct erasing *e, struct err *err)
{
    const struct kept_revision *revisions = e->revisions;
    enum status status = move(e, SQL_ASSESSMENT_MOVE, e->enterprise, &revisions[e->count - 1], err);

    for (size_t i = 0; status == OK && i + 1 < e->count; i++)
        status = move(e, SQL_REVISION_MOVE, revisions[i].number, &revisions[i], err);
    return status;
}

static enum status detach(struct erasing *e, const char *now, struct err *err)
{
    struct store *store = e->store;
    enum status status = case_forget(store, e->from, err);

    if (status == OK)
        status = statement_write(store, SQL_CASE_DUE_DONE, PARAMS(INT(e->from)), NULL, err);
    if (status == OK)
        status = add_enterprise(e, now, err);
    if (status == OK)
        status = move_all(e, err);
    if (status == OK)
        status =
            statement_write(store, SQL_DOSSIER_DETACH_EARLIER, PARAMS(INT(e->from)), NULL, err);
    if (status == OK)
        status = statement_write(store, SQL_ASSESSMENT_DELETE, PARAMS(INT(e->from)), NULL, err);
    if (status == OK)
        status = statement_write(store, SQL_ENTERPRISE_DELETE,
                                 PARAMS(INT(store_enterprise_of(e->from))), NULL, err);
    return status;
}

/* ---- the dossier ---- */

static enum status erase_rows(struct store *store, int64_t dossier, const char *now,
                              struct err *err)
{
    static const enum sql_id parts[] = {SQL_DOSSIER_ERASE_EVENTS, SQL_DOSSIER_ERASE_QUESTIONS,
                                        SQL_DOSSIER_ERASE_EVIDENCE, SQL_DOSSIER_ERASE_SESSIONS,
                                        SQL_OUTBOX_ERASE, SQL_MAIL_ADDRESS_ERASE,
                                        SQL_DATA_REQUEST_ERASE};
    enum status status =
        statement_write(store, SQL_DOSSIER_ERASE, PARAMS(INT(dossier), TEXT(now)), NULL, err);

    for (size_t i = 0; status == OK && i < ARRAY_SIZE(parts); i++)
        status = statement_write(store, parts[i], PARAMS(INT(dossier)), NULL, err);
    return status;
}

/* The assessment as it is stored, not as the caller says: it might name another's. */
static enum status find_assessment(struct erasing *e, int64_t dossier, struct err *err)
{
    bool has_row, is_shared = false;
    int64_t other;
    enum status status = statement_int(e->store, SQL_DOSSIER_ASSESSMENT, PARAMS(INT(dossier)),
                                       &e->from, &has_row, err);

    if (status == OK && e->from)
        status = statement_int(e->store, SQL_DOSSIER_IS_SHARED, PARAMS(INT(e->from), INT(dossier)),
                               &other, &is_shared, err);
    if (is_shared)
        e->from = 0;
    return status;
}

static enum status erase(struct erasing *e, const struct dossier *dossier, const char *now,
                         bool *has_written, struct err *err)
{
    enum status status = dossier_check_version(e->store, dossier, err);

    if (status == OK)
        status = find_assessment(e, dossier->id, err);
    if (status == OK && e->from)
        status = prepare(e, err);
    if (status != OK)
        return status;
    *has_written = true;
    status = erase_rows(e->store, dossier->id, now, err);
    return status == OK && e->from ? detach(e, now, err) : status;
}

enum status dossier_erase(struct store *store, struct dossier *dossier, const char *now,
                          struct err *err)
{
    struct erasing e = {.store = store};
    bool has_own, has_written = false;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status != OK || dossier->state == DOSSIER_ERASED)
        return status;
    status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    arena_init(&e.arena);
    status = erase(&e, dossier, now, &has_written, err);
    arena_free(&e.arena);
    status = store_leave(store, has_own, has_written, status, err);
    if (status != OK)
        return status;
    dossier->state = DOSSIER_ERASED;
    dossier->version++;
    dossier->content = "";
    dossier->progress = "{}";
    dossier->assessment = dossier->earlier = 0;
    dossier->revision = 0;
    dossier->changed_at = now;
    return OK;
}
