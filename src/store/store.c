/* Opening, transactions, and the small tables whose rows are known by heart. */
#include "store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "store/migrate.h"
#include "survey/convert.h"

static const char *const column_facts[FACT_COLUMN__MAX] = {
    [FACT_COLUMN_TAX_CODE] = "tax_code",   [FACT_COLUMN_NAME] = "name",
    [FACT_COLUMN_FORM] = "form",           [FACT_COLUMN_SECTION] = "section",
    [FACT_COLUMN_AREA] = "area",           [FACT_COLUMN_EMPLOYEES] = "employees",
    [FACT_COLUMN_REVENUE] = "revenue_vnd", [FACT_COLUMN_CAPITAL] = "capital_vnd",
};

static void forget(struct store *store)
{
    arena_reset(&store->known);
    map_init(&store->rounds, &store->known);
    store->last_origin.id = 0;
    store->has_keys = false;
    store->last_q = NULL;
}

enum status store_open(struct store **out, const struct store_options *options, struct err *err)
{
    struct store *store;
    struct db *db;
    enum status status = db_open(options->url, options->mode, &db, err);

    if (status != OK)
        return status;
    status = options->mode == DB_READ
                 ? migrate_check(db, migrations, migrations_count, err)
                 : migrate(db, migrations, migrations_count, options->now, err);
    if (status != OK) {
        db_close(db);
        return status;
    }
    store = xmalloc(sizeof(*store));
    *store = (struct store){.db = db, .facts = options->facts};
    for (size_t i = 0; i < FACT_COLUMN__MAX; i++)
        store->fact_columns[i] = facts_find(options->facts, column_facts[i]);
    map_init(&store->questionnaires, &store->arena);
    forget(store);
    buf_init(&store->facts_bytes, CODEC_BYTES_MAX);
    buf_init(&store->answers_bytes, CODEC_BYTES_MAX);
    buf_init(&store->minutes, CODEC_BYTES_MAX);
    buf_init(&store->name_fold, CODEC_BYTES_MAX);
    *out = store;
    return OK;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    db_close(store->db);
    arena_free(&store->known);
    arena_free(&store->origin_texts);
    arena_free(&store->arena);
    buf_free(&store->facts_bytes);
    buf_free(&store->answers_bytes);
    buf_free(&store->minutes);
    buf_free(&store->name_fold);
    free(store->loaded);
    free(store);
}

struct db *store_db(struct store *store)
{
    return store->db;
}

/* ---- transactions ---- */

static enum status find_last_enterprise(struct store *store, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(store->db, SQL_ENTERPRISE_LAST, &stmt, err);

    if (status != OK)
        return status;
    status = db_step(stmt, &has_row, err);
    if (status == OK && has_row) {
        store->next_enterprise = db_int(stmt, 0) + 1;
    }
    db_done(stmt);
    return status;
}

enum status store_begin_read(struct store *store, struct err *err)
{
    return db_begin_read(store->db, err);
}

void store_end_read(struct store *store)
{
    db_end_read(store->db);
}

enum status store_begin(struct store *store, struct err *err)
{
    enum status status = db_begin(store->db, err);

    if (status != OK)
        return status;
    store->is_broken = false;
    status = find_last_enterprise(store, err);
    if (status != OK)
        db_rollback(store->db);
    return status;
}

enum status store_commit(struct store *store, struct err *err)
{
    enum status status;

    if (store->is_broken) {
        store_rollback(store);
        return err_set(err, FAILED, "giao dịch đã gặp lỗi nên không có gì được ghi",
                       "the transaction met an error before, so nothing was stored");
    }
    status = db_commit(store->db, err);
    if (status != OK && status != BUSY)
        forget(store);
    return status;
}

void store_rollback(struct store *store)
{
    if (db_in_transaction(store->db))
        forget(store);
    db_rollback(store->db);
    store->is_broken = false;
}

/* ---- parts of transactions ---- */

static enum status refuse_broken(struct err *err)
{
    return err_set(err, FAILED, "giao dịch đã gặp lỗi, chỉ có thể hủy",
                   "the transaction met an error before and can only be rolled back");
}

enum status store_enter(struct store *store, bool *has_own, struct err *err)
{
    *has_own = !db_in_transaction(store->db);
    if (*has_own)
        return store_begin(store, err);
    return store->is_broken ? refuse_broken(err) : OK;
}

enum status store_leave(struct store *store, bool has_own, bool has_written, enum status status,
                        struct err *err)
{
    bool is_refusal =
        status == BAD_INPUT || status == CONFLICT || status == NOT_FOUND || status == LIMIT;

    store->is_broken = status != OK && (has_written || !is_refusal);
    if (status == OK && has_own)
        status = store_commit(store, err);
    if (has_own)
        store_rollback(store);
    return status;
}

enum status store_savepoint(struct store *store, struct err *err)
{
    return store->is_broken ? refuse_broken(err) : db_savepoint(store->db, err);
}

enum status store_release(struct store *store, struct err *err)
{
    return store->is_broken ? refuse_broken(err) : db_release(store->db, err);
}

enum status store_rollback_to(struct store *store, struct err *err)
{
    enum status status = db_rollback_to(store->db, err);

    forget(store); /* rows that the part added are known by heart no more */
    store->is_broken = status != OK;
    return status;
}

bool store_is_open(const struct store *store)
{
    return db_in_transaction(store->db);
}

int64_t store_enterprise_of(int64_t assessment)
{
    return assessment & ((INT64_C(1) << ENTERPRISE_BITS) - 1);
}

int64_t store_round_of(int64_t assessment)
{
    return assessment >> ENTERPRISE_BITS;
}

/* ---- rows that are looked up by their texts, and added where they are new ---- */

/* The id that a statement returns as its only column; -1 if it returns no row. */
static enum status run_for_id(struct store *store, enum sql_id sql, const char *const *texts,
                              size_t count, int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(store->db, sql, &stmt, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++)
        db_bind_text(stmt, (int)i + 1, texts[i]);
    status = db_step(stmt, &has_row, err);
    *id = status == OK && has_row ? db_int(stmt, 0) : -1;
    db_done(stmt);
    return status;
}

enum status store_find_origin(struct store *store, const struct store_extra *extra, int64_t *id,
                              struct err *err)
{
    const char *texts[] = {extra->catalogue_hash, DXREADY_VERSION, extra->source};
    struct known_origin *last = &store->last_origin;
    enum status status;

    *id = last->id;
    if (last->id > 0 && strcmp(last->catalogue_hash, extra->catalogue_hash) == 0 &&
        strcmp(last->source, extra->source) == 0)
        return OK;
    status = run_for_id(store, SQL_ORIGIN_FIND, texts, 3, id, err);
    if (status == OK && *id < 0)
        status = run_for_id(store, SQL_ORIGIN_ADD, texts, 3, id, err);
    if (status != OK)
        return status;
    arena_reset(&store->origin_texts);
    last->id = *id;
    last->catalogue_hash = arena_strdup(&store->origin_texts, extra->catalogue_hash);
    last->source = arena_strdup(&store->origin_texts, extra->source);
    return OK;
}

/* The whole document that a questionnaire was read from, in its canonical form. */
static void write_content(struct buf *out, const struct questionnaire *q)
{
    const struct json *root = q->questions[0].json;
    struct json_writer w;

    while (root->parent)
        root = root->parent;
    json_writer_init(&w, out);
    json_value(&w, root);
}

static enum status add_questionnaire(struct store *store, const struct questionnaire *q,
                                     int64_t *id, struct err *err)
{
    const char *texts[4] = {q->id, q->version, q->hash, NULL};
    enum status status;
    struct buf content;

    buf_init(&content, BUF_MAX_DEFAULT);
    write_content(&content, q);
    texts[3] = buf_text(&content);
    status = run_for_id(store, SQL_QUESTIONNAIRE_ADD, texts, 4, id, err);
    buf_free(&content);
    return status;
}

/* Another wording of what is stored is the same questionnaire: what was stored first is kept. */
static enum status check_content(struct store *store, const struct questionnaire *q,
                                 struct err *err)
{
    const struct questionnaire *stored;
    enum status status = store_questionnaire(store, q->ref, &stored, err);

    if (status != OK || questionnaires_score_alike(stored, q))
        return status;
    return err_set(
        err, CONFLICT,
        "bộ câu hỏi %s đã được lưu với câu hỏi, lựa chọn hoặc điểm khác, và nội dung đã dùng thì "
        "không được sửa: hãy đặt số phiên bản mới cho tệp, hoặc dùng một cơ sở dữ liệu mới",
        "the questionnaire %s is stored with other questions, options or points, and what was "
        "used must not change: give the file a new version, or use a new database",
        q->ref);
}

static enum status find_questionnaire(struct store *store, const struct questionnaire *q,
                                      int64_t *id, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false, is_same = true;
    enum status status = db_prepare(store->db, SQL_QUESTIONNAIRE_FIND, &stmt, err);

    if (status != OK)
        return status;
    db_bind_text(stmt, 1, q->id);
    db_bind_text(stmt, 2, q->version);
    status = db_step(stmt, &has_row, err);
    if (status == OK && has_row) {
        *id = db_int(stmt, 0);
        is_same = strcmp(db_text(stmt, 1), q->hash) == 0;
    }
    db_done(stmt);
    if (status == OK && !is_same)
        status = check_content(store, q, err);
    return status != OK || has_row ? status : add_questionnaire(store, q, id, err);
}

static enum status add_round(struct store *store, const struct questionnaire *q, const char *round,
                             int64_t *id, struct err *err)
{
    char number[24];
    const char *texts[2] = {number, round}; /* databases convert numbers that come as text */
    enum status status;
    int64_t q_id;

    status = find_questionnaire(store, q, &q_id, err);
    if (status != OK)
        return status;
    snprintf(number, sizeof(number), "%lld", (long long)q_id);
    status = run_for_id(store, SQL_ROUND_FIND, texts, 2, id, err);
    if (status == OK && *id < 0) {
        status = run_for_id(store, SQL_ROUND_ADD, texts, 2, id, err);
        if (status == CONFLICT) /* the bound of its id: nobody else can write now */
            return err_set(err, LIMIT, "quá %d đợt đánh giá", "more than %d rounds",
                           STORE_ROUNDS_MAX);
    }
    return status;
}

enum status store_find_round(struct store *store, const struct questionnaire *q, const char *round,
                             int64_t *id, struct err *err)
{
    char key[sizeof(q->hash) + ROUND_BYTES_MAX + 1];
    enum status status;
    size_t known;

    *id = store->last_round_id;
    if (store->last_q == q && strcmp(store->last_round, round) == 0)
        return OK;
    snprintf(key, sizeof(key), "%s\n%s", q->hash, round);
    known = map_find(&store->rounds, key);
    *id = (int64_t)known;
    if (known == MAP_NONE) {
        status = add_round(store, q, round, id, err);
        if (status != OK)
            return status;
        map_put(&store->rounds, arena_strdup(&store->known, key), strlen(key), (size_t)*id);
    }
    store->last_q = q;
    store->last_round_id = *id;
    snprintf(store->last_round, sizeof(store->last_round), "%s", round);
    return OK;
}

/* ---- keys of facts ---- */

static enum status read_keys(struct store *store, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(store->db, SQL_FACT_KEY_LIST, &stmt, err);

    if (status != OK)
        return status;
    store->keys = (struct fact_keys){0};
    while ((status = db_step(stmt, &has_row, err)) == OK && has_row) {
        uint32_t key = (uint32_t)db_int(stmt, 0);
        size_t fact = facts_find(store->facts, db_text(stmt, 1));

        if (fact != MAP_NONE)
            fact_keys_set(&store->keys, fact, key);
        else if (key > store->keys.last)
            store->keys.last = key;
    }
    db_done(stmt);
    return status;
}

static enum status add_key(struct store *store, size_t fact, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(store->db, SQL_FACT_KEY_ADD, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, store->keys.last + 1);
    db_bind_text(stmt, 2, store->facts->items[fact].id);
    status = db_run(stmt, NULL, err);
    if (status == OK)
        fact_keys_set(&store->keys, fact, store->keys.last + 1);
    return status;
}

enum status store_find_keys(struct store *store, bool may_add, struct err *err)
{
    enum status status = OK;

    if (!store->has_keys)
        status = read_keys(store, err);
    for (size_t i = 0; may_add && !store->has_keys && status == OK && i < store->facts->count;
         i++) {
        if (!store->facts->items[i].is_derived && !store->keys.keys[i])
            status = add_key(store, i, err);
    }
    store->has_keys = status == OK && may_add;
    return status;
}
