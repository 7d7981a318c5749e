/* Records of imports. */
#include "store/imports.h"

#include "statement.h"

static enum status add(struct store *store, struct store_import *import, struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_IMPORT_ADD,
                         PARAMS(TEXT(import->file), TEXT(import->hash), INT(import->size),
                                TEXT(import->actor), TEXT(import->started_at),
                                TEXT(import->sender), INT(import->account),
                                INT(import->inbox)),
                         &import->id, &has_row, err);
}

enum status store_import_add(struct store *store, struct store_import *import, struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = add(store, import, err);
    return store_leave(store, has_own, status != OK, status, err);
}

enum status store_import_note(struct store *store, const struct store_import *import,
                              struct err *err)
{
    int64_t changes = 0;
    enum status status =
        statement_write_alone(store, SQL_IMPORT_NOTE,
                              PARAMS(INT(import->id), INT(import->responses), INT(import->inserted),
                                     INT(import->revised), INT(import->unchanged),
                                     INT(import->rejected), TEXT(import->ended_at),
                                     TEXT(import->rejects_hash)),
                              &changes, err);

    if (status != OK || changes)
        return status;
    return err_set(err, CONFLICT, "lần nhập %lld đã bị hoàn tác trong lúc đang nhập",
                   "import %lld was undone while it went on", (long long)import->id);
}

static void read_import(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct store_import *import = item;

    *import = (struct store_import){
        .id = db_int(stmt, 0),
        .file = statement_text(stmt, 1, arena),
        .hash = statement_text(stmt, 2, arena),
        .size = db_int(stmt, 3),
        .actor = statement_text(stmt, 4, arena),
        .started_at = statement_text(stmt, 5, arena),
        .ended_at = statement_text(stmt, 6, arena),
        .responses = db_int(stmt, 7),
        .inserted = db_int(stmt, 8),
        .revised = db_int(stmt, 9),
        .unchanged = db_int(stmt, 10),
        .rejected = db_int(stmt, 11),
        .rejects_hash = "",
        .sender = statement_text(stmt, 12, arena),
        .account = db_int(stmt, 13),
        .undone_at = statement_text(stmt, 14, arena),
        .undone_by = statement_text(stmt, 15, arena),
        .inbox = db_int(stmt, 16),
    };
}

enum status store_imports(struct store *store, size_t max, struct arena *arena,
                          const struct store_import **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct store_import), read_import};
    void *items;
    enum status status =
        statement_list(store, SQL_IMPORT_LIST, PARAMS(INT(INT64_MAX), INT((int64_t)max)), &kind,
                       arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status store_import_load(struct store *store, int64_t id, struct arena *arena,
                              struct store_import *import, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status =
        statement_first(store, SQL_IMPORT_LOAD, PARAMS(INT(id)), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row)
        read_import(stmt, arena, import);
    db_done(stmt);
    return has_row ? OK
                   : err_set(err, NOT_FOUND, "không có lần nhập số %lld",
                             "there is no import number %lld", (long long)id);
}

enum status store_imports_of_inbox(struct store *store, int64_t inbox, struct arena *arena,
                                   const struct store_import **list, size_t *count,
                                   struct err *err)
{
    static const struct list_kind kind = {sizeof(struct store_import), read_import};
    void *items;
    enum status status = statement_list(store, SQL_IMPORTS_OF_INBOX, PARAMS(INT(inbox)), &kind,
                                        arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status store_wrote_rejects(struct store *store, const char *hash, bool *is_ours,
                                struct err *err)
{
    int64_t id;

    return statement_int(store, SQL_IMPORT_OF_REJECTS, PARAMS(TEXT(hash)), &id, is_ours, err);
}
