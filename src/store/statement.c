/* Binding, running and reading statements in one call each. */
#include "statement.h"

#include <string.h>

static void bind(struct db_stmt *stmt, int n, const struct param *param)
{
    if (param->kind == PARAM_INT)
        db_bind_int(stmt, n, param->number);
    else if (param->kind == PARAM_TEXT)
        db_bind_text(stmt, n, param->data);
    else
        db_bind_bytes(stmt, n, param->data, param->len);
}

static enum status prepare_bound(struct store *store, enum sql_id sql, struct params params,
                                 struct db_stmt **stmt, struct err *err)
{
    enum status status = db_prepare(store->db, sql, stmt, err);

    for (size_t i = 0; status == OK && i < params.count; i++)
        bind(*stmt, (int)i + 1, &params.items[i]);
    return status;
}

enum status statement_first(struct store *store, enum sql_id sql, struct params params,
                            struct db_stmt **stmt, bool *has_row, struct err *err)
{
    enum status status = prepare_bound(store, sql, params, stmt, err);

    if (status != OK)
        return status;
    status = db_step(*stmt, has_row, err);
    if (status != OK)
        db_done(*stmt);
    return status;
}

enum status statement_ints(struct store *store, enum sql_id sql, struct params params,
                           int64_t *numbers, int count, bool *has_row, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = statement_first(store, sql, params, &stmt, has_row, err);

    if (status != OK)
        return status;
    for (int i = 0; *has_row && i < count; i++)
        numbers[i] = db_int(stmt, i);
    db_done(stmt);
    return OK;
}

enum status statement_int(struct store *store, enum sql_id sql, struct params params,
                          int64_t *number, bool *has_row, struct err *err)
{
    return statement_ints(store, sql, params, number, 1, has_row, err);
}

enum status statement_write(struct store *store, enum sql_id sql, struct params params,
                            int64_t *changes, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = prepare_bound(store, sql, params, &stmt, err);

    return status == OK ? db_run(stmt, changes, err) : status;
}

enum status statement_write_alone(struct store *store, enum sql_id sql, struct params params,
                                  int64_t *changes, struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = statement_write(store, sql, params, changes, err);
    return store_leave(store, has_own, false, status, err);
}

enum status statement_list(struct store *store, enum sql_id sql, struct params params,
                           const struct list_kind *kind, struct arena *arena, void **items,
                           size_t *count, struct err *err)
{
    size_t cap = 8, used = 0;
    char *list = arena_alloc(arena, cap, kind->size);
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status = statement_first(store, sql, params, &stmt, &has_row, err);

    if (status != OK)
        return status;
    while (status == OK && has_row) {
        if (used == cap) {
            char *bigger = arena_alloc(arena, cap * 2, kind->size);

            memcpy(bigger, list, used * kind->size);
            list = bigger;
            cap *= 2;
        }
        kind->read(stmt, arena, list + used++ * kind->size);
        status = db_step(stmt, &has_row, err);
    }
    db_done(stmt);
    if (status != OK)
        return status;
    *items = list;
    *count = used;
    return OK;
}

const char *statement_text(struct db_stmt *stmt, int column, struct arena *arena)
{
    const char *text = db_text(stmt, column);

    return text && *text ? arena_strdup(arena, text) : "";
}

void statement_bytes(struct db_stmt *stmt, int column, unsigned char *to, size_t size)
{
    size_t len = 0;
    const void *bytes = db_bytes(stmt, column, &len);

    memset(to, 0, size);
    if (bytes && len == size)
        memcpy(to, bytes, size);
}
