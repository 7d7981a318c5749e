/* Runs of acts on many cases. */
#include "store/bulk.h"

#include <string.h>

#include "dossier.h"

static const char *const state_codes[BULK_STATE__MAX] = {
#define X(name, code) [BULK_##name] = (code),
    BULK_STATES(X)
#undef X
};

static const char *const row_state_codes[BULK_ROW_STATE__MAX] = {
#define X(name, code) [BULK_ROW_##name] = (code),
    BULK_ROW_STATES(X)
#undef X
};

const char *bulk_state_code(enum bulk_state state)
{
    return state_codes[state];
}

static int find(const char *const *codes, int count, const char *code)
{
    int i = 0;

    while (i + 1 < count && strcmp(codes[i], code) != 0)
        i++;
    return i;
}

/* ---- runs ---- */

static void read_run(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct bulk_run *)item = (struct bulk_run){
        .id = db_int(stmt, 0),
        .account = db_int(stmt, 1),
        .act = statement_text(stmt, 2, arena),
        .target = db_int(stmt, 3),
        .reason = statement_text(stmt, 4, arena),
        .query = statement_text(stmt, 5, arena),
        .state = (enum bulk_state)find(state_codes, BULK_STATE__MAX,
                                       statement_text(stmt, 6, arena)),
        .made_at = statement_text(stmt, 7, arena),
        .ended_at = statement_text(stmt, 8, arena)};
}

static const struct list_kind run_kind = {sizeof(struct bulk_run), read_run};

enum status bulk_add(struct store *store, struct bulk_run *run, struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_BULK_ADD,
                         PARAMS(INT(run->account), TEXT(run->act), INT(run->target),
                                TEXT(run->reason), TEXT(run->query),
                                TEXT(state_codes[run->state]), TEXT(run->made_at),
                                TEXT(run->ended_at)),
                         &run->id, &has_row, err);
}

/* The first of what was found. */
static enum status first_run(struct store *store, enum sql_id sql, struct params params,
                             struct arena *arena, struct bulk_run *out, struct err *err)
{
    void *items;
    size_t count;
    enum status status = statement_list(store, sql, params, &run_kind, arena, &items, &count, err);

    if (status == OK && !count)
        return err_set(err, NOT_FOUND, "không có lô này", "there is no such run");
    if (status == OK)
        *out = *(struct bulk_run *)items;
    return status;
}

enum status bulk_load(struct store *store, int64_t id, struct arena *arena, struct bulk_run *out,
                      struct err *err)
{
    return first_run(store, SQL_BULK_LOAD, PARAMS(INT(id)), arena, out, err);
}

enum status bulk_active(struct store *store, struct arena *arena, struct bulk_run *out,
                        struct err *err)
{
    return first_run(store, SQL_BULK_ACTIVE, PARAMS_NONE, arena, out, err);
}

enum status bulk_move(struct store *store, const struct bulk_run *run, struct err *err)
{
    return statement_write_alone(
        store, SQL_BULK_MOVE,
        PARAMS(INT(run->id), TEXT(state_codes[run->state]), TEXT(run->ended_at)), NULL, err);
}

enum status bulk_list(struct store *store, int64_t account, size_t max, struct arena *arena,
                      struct bulk_run **list, size_t *count, struct err *err)
{
    void *items;
    enum status status =
        statement_list(store, SQL_BULK_LIST, PARAMS(INT(account), INT((int64_t)max)), &run_kind,
                       arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status bulk_drop_ready(struct store *store, int64_t account, struct err *err)
{
    enum status status =
        statement_write_alone(store, SQL_BULK_DROP_ROWS, PARAMS(INT(account)), NULL, err);

    return status == OK ? statement_write_alone(store, SQL_BULK_DROP, PARAMS(INT(account)), NULL,
                                                err)
                        : status;
}

/* ---- rows ---- */

enum status bulk_row_add(struct store *store, int64_t run, const struct bulk_row *row,
                         struct err *err)
{
    return statement_write_alone(
        store, SQL_BULK_ROW_ADD,
        PARAMS(INT(run), INT(row->review_case), INT(row->version), INT(row->revision),
               TEXT(row_state_codes[row->state]), TEXT(row->why[LANG_VI]),
               TEXT(row->why[LANG_EN])),
        NULL, err);
}

enum status bulk_row_set(struct store *store, int64_t run, const struct bulk_row *row,
                         struct err *err)
{
    return statement_write_alone(
        store, SQL_BULK_ROW_SET,
        PARAMS(INT(run), INT(row->review_case), INT(row->version),
               TEXT(row_state_codes[row->state]), TEXT(row->why[LANG_VI]),
               TEXT(row->why[LANG_EN])),
        NULL, err);
}

static enum bulk_row_state row_state(struct db_stmt *stmt, int column, struct arena *arena)
{
    return (enum bulk_row_state)find(row_state_codes, BULK_ROW_STATE__MAX,
                                     statement_text(stmt, column, arena));
}

static void read_row(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct bulk_row *)item = (struct bulk_row){
        .review_case = db_int(stmt, 0),
        .version = db_int(stmt, 1),
        .revision = (int)db_int(stmt, 2),
        .state = row_state(stmt, 3, arena),
        .why = {[LANG_VI] = statement_text(stmt, 4, arena),
                [LANG_EN] = statement_text(stmt, 5, arena)},
        .name = statement_text(stmt, 6, arena),
        .tax_code = statement_text(stmt, 7, arena)};
}

enum status bulk_rows(struct store *store, int64_t run, const struct bulk_window *window,
                      struct arena *arena, struct bulk_row **rows, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct bulk_row), read_row};
    const char *state =
        window->state == BULK_ROW_STATE__MAX ? NULL : row_state_codes[window->state];
    void *items;
    enum status status =
        statement_list(store, SQL_BULK_ROWS,
                       PARAMS(INT(run), TEXT(state), TEXT(window->why), INT(window->after),
                              INT(window->max)),
                       &kind, arena, &items, count, err);

    if (status == OK)
        *rows = items;
    return status;
}

static void read_group(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct bulk_group *)item = (struct bulk_group){
        .state = row_state(stmt, 0, arena),
        .why = {[LANG_VI] = statement_text(stmt, 1, arena),
                [LANG_EN] = statement_text(stmt, 2, arena)},
        .count = db_int(stmt, 3)};
}

enum status bulk_groups(struct store *store, int64_t run, struct arena *arena,
                        struct bulk_group **groups, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct bulk_group), read_group};
    void *items;
    enum status status = statement_list(store, SQL_BULK_GROUPS, PARAMS(INT(run)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *groups = items;
    return status;
}
