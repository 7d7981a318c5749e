/* Which files belong to which answers, within the quotas. */
#include "dossier.h"

#include <stdio.h>
#include <string.h>

#define HASHES_MAX 500 /* read at a time */

static enum status check_evidence(const struct evidence *evidence, struct err *err)
{
    int64_t seconds;
    enum status status = time_read(evidence->added_at, &seconds, err);

    if (status == OK)
        status = evidence_check_hash(evidence->hash, err);
    if (status == OK && evidence->size < 0)
        return err_set(err, BAD_INPUT, "kích thước tệp không được âm",
                       "the size of a file cannot be negative");
    return status == OK ? dossier_check_text(evidence->name, err) : status;
}

/* ---- quotas: what other files there are, and what this one adds ---- */

static enum status check_dossier_quota(struct store *store, int64_t dossier,
                                       const struct evidence *evidence, struct err *err)
{
    int64_t files = 0, bytes = 0;
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status =
        statement_first(store, SQL_EVIDENCE_QUOTA, PARAMS(INT(dossier), TEXT(evidence->hash)),
                        &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row) {
        files = db_int(stmt, 0);
        bytes = db_int(stmt, 1);
    }
    db_done(stmt);
    if (files >= EVIDENCE_PER_DOSSIER_MAX)
        return err_set(err, LIMIT, "một hồ sơ chỉ được kèm %d tệp; hãy bỏ bớt tệp",
                       "a dossier may have only %d files; remove one first",
                       EVIDENCE_PER_DOSSIER_MAX);
    if (evidence->size > EVIDENCE_BYTES_PER_DOSSIER_MAX - bytes)
        return err_set(err, LIMIT, "các tệp của một hồ sơ chỉ được tới %d MiB; hãy bỏ bớt tệp",
                       "the files of a dossier may have only %d MiB; remove one first",
                       (int)(EVIDENCE_BYTES_PER_DOSSIER_MAX >> 20));
    return OK;
}

static enum status check_total(struct store *store, const struct evidence *evidence,
                               int64_t total_max, struct err *err)
{
    int64_t bytes = 0;
    bool has_row;
    enum status status = statement_int(store, SQL_EVIDENCE_TOTAL, PARAMS(TEXT(evidence->hash)),
                                       &bytes, &has_row, err);

    if (status == OK && evidence->size > total_max - bytes)
        return err_set(err, LIMIT, "kho tệp của hệ thống đã đầy; hãy báo cho đơn vị vận hành",
                       "the system has no room for more files; tell who runs it");
    return status;
}

/* ---- adding ---- */

static enum status insert(struct store *store, int64_t dossier, const struct evidence *evidence,
                          int64_t *id, struct err *err)
{
    bool has_row = false;
    enum status status = statement_int(
        store, SQL_EVIDENCE_ADD,
        PARAMS(INT(dossier), TEXT(evidence->question), TEXT(evidence->hash), TEXT(evidence->type),
               TEXT(evidence->name), INT(evidence->size), TEXT(evidence->added_at)),
        id, &has_row, err);

    return status == OK && !has_row ? dossier_not_found(err) : status;
}

static enum status add(struct store *store, int64_t dossier, const struct evidence *evidence,
                       int64_t total_max, int64_t *id, struct err *err)
{
    bool is_there = false;
    enum status status = statement_int(
        store, SQL_EVIDENCE_FIND,
        PARAMS(INT(dossier), TEXT(evidence->question), TEXT(evidence->hash)), id, &is_there, err);

    if (status != OK || is_there)
        return status;
    status = check_dossier_quota(store, dossier, evidence, err);
    if (status == OK)
        status = check_total(store, evidence, total_max, err);
    return status == OK ? insert(store, dossier, evidence, id, err) : status;
}

enum status evidence_add(struct store *store, int64_t dossier, const struct evidence *evidence,
                         int64_t total_max, int64_t *id, struct err *err)
{
    bool has_own;
    int64_t added = 0;
    enum status status = check_evidence(evidence, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = add(store, dossier, evidence, total_max, &added, err);
    status = store_leave(store, has_own, false, status, err);
    if (status == OK)
        *id = added;
    return status;
}

/* ---- listing and removing ---- */

static void read_evidence(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct evidence *evidence = item;

    evidence->id = db_int(stmt, 0);
    evidence->question = statement_text(stmt, 1, arena);
    evidence->hash = statement_text(stmt, 2, arena);
    evidence->type = statement_text(stmt, 3, arena);
    evidence->name = statement_text(stmt, 4, arena);
    evidence->size = db_int(stmt, 5);
    evidence->added_at = statement_text(stmt, 6, arena);
}

enum status evidence_list(struct store *store, int64_t dossier, struct arena *arena,
                          const struct evidence **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct evidence), read_evidence};
    void *items;
    enum status status = statement_list(store, SQL_EVIDENCE_LIST, PARAMS(INT(dossier)), &kind,
                                        arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static void read_hash(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct evidence *evidence = item;

    evidence->hash = statement_text(stmt, 0, arena);
    evidence->size = db_int(stmt, 1);
}

/* One block: at most HASHES_MAX files behind the hash `after`, which becomes the last of them. */
static enum status take_block(struct store *store, char after[EVIDENCE_HASH_CHARS + 1],
                              size_t *count, evidence_callback *take, void *context,
                              struct arena *arena, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct evidence), read_hash};
    const struct evidence *list;
    void *items;
    enum status status =
        statement_list(store, SQL_EVIDENCE_HASHES, PARAMS(TEXT(after), INT(HASHES_MAX)), &kind,
                       arena, &items, count, err);

    if (status != OK)
        return status;
    list = items;
    for (size_t i = 0; i < *count && status == OK; i++)
        status = take(context, list[i].hash, list[i].size, err);
    if (*count)
        snprintf(after, EVIDENCE_HASH_CHARS + 1, "%s", list[*count - 1].hash);
    return status;
}

enum status evidence_each(struct store *store, evidence_callback *take, void *context,
                          struct err *err)
{
    char after[EVIDENCE_HASH_CHARS + 1] = "";
    size_t count = HASHES_MAX;
    struct arena arena;
    enum status status = OK;

    arena_init(&arena);
    while (status == OK && count == HASHES_MAX) {
        arena_reset(&arena);
        status = take_block(store, after, &count, take, context, &arena, err);
    }
    arena_free(&arena);
    return status;
}

enum status evidence_count(struct store *store, int64_t *count, struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_EVIDENCE_COUNT, PARAMS_NONE, count, &has_row, err);
}

enum status evidence_total(struct store *store, int64_t *bytes, struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_EVIDENCE_TOTAL, PARAMS(TEXT("")), bytes, &has_row, err);
}

enum status evidence_is_unused(struct store *store, const char *hash, bool *is_unused,
                               struct err *err)
{
    bool is_used = false;
    int64_t size;
    enum status status =
        statement_int(store, SQL_EVIDENCE_IS_USED, PARAMS(TEXT(hash)), &size, &is_used, err);

    if (status == OK)
        *is_unused = !is_used;
    return status;
}

static enum status remove_row(struct store *store, int64_t dossier, int64_t id,
                              char hash[EVIDENCE_HASH_CHARS + 1], struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status = statement_first(store, SQL_EVIDENCE_REMOVE, PARAMS(INT(dossier), INT(id)),
                                         &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row)
        snprintf(hash, EVIDENCE_HASH_CHARS + 1, "%s", db_text(stmt, 0));
    db_done(stmt);
    return has_row ? OK
                   : err_set(err, NOT_FOUND, "hồ sơ này không có tệp đó",
                             "this dossier has no such file");
}

enum status evidence_remove(struct store *store, int64_t dossier, int64_t id, bool *is_unused,
                            char hash[EVIDENCE_HASH_CHARS + 1], struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = remove_row(store, dossier, id, hash, err);
    if (status == OK)
        status = evidence_is_unused(store, hash, is_unused, err);
    return store_leave(store, has_own, false, status, err);
}
