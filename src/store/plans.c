/* Rows of action plans. */
#include "store/plans.h"

#include <string.h>

#include "base/array.h"
#include "dossier.h"

static const char *const state_codes[PLAN_STATE__MAX] = {
#define X(name, code) [PLAN_##name] = (code),
    PLAN_STATES(X)
#undef X
};

const char *plan_state_code(enum plan_state state)
{
    return state_codes[state];
}

enum plan_state plan_state_find(const char *code)
{
    int state = 0;

    while (state < PLAN_STATE__MAX && strcmp(state_codes[state], code) != 0)
        state++;
    return (enum plan_state)state;
}

/* ---- as the database has it ---- */

static day read_day(struct db_stmt *stmt, int column)
{
    const char *text = db_text(stmt, column);
    day d = DAY_NONE;

    return text && day_parse_iso(text, strlen(text), &d) ? d : DAY_NONE;
}

/* The order of PLAN_COLUMNS (sql.c). */
static void read_row(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct plan_row *)item = (struct plan_row){
        .id = db_int(stmt, 0),
        .version = db_int(stmt, 1),
        .enterprise = db_is_null(stmt, 2) ? 0 : db_int(stmt, 2),
        .is_province = db_int(stmt, 3) != 0,
        .person = statement_text(stmt, 4, arena),
        .task = statement_text(stmt, 5, arena),
        .due_on = read_day(stmt, 6),
        .responsibility = statement_text(stmt, 7, arena),
        .authority = statement_text(stmt, 8, arena),
        .result = statement_text(stmt, 9, arena),
        .state = plan_state_find(statement_text(stmt, 10, arena)),
        .done_on = read_day(stmt, 11),
        .source = statement_text(stmt, 12, arena),
        .changed_at = statement_text(stmt, 13, arena),
        .account = db_int(stmt, 14),
        .name = statement_text(stmt, 15, arena),
        .area = statement_text(stmt, 16, arena),
    };
}

/* Days as parameters: NULL for DAY_NONE. */
struct day_text {
    char text[DAY_ISO_CHARS + 1];
};

static struct param day_param(struct day_text *buffer, day d)
{
    if (d == DAY_NONE)
        return TEXT(NULL);
    day_write_iso(buffer->text, d);
    return TEXT(buffer->text);
}

/* ---- one row ---- */

static enum status check_row(const struct plan_row *row, const char *now, struct err *err)
{
    const char *const texts[] = {row->person,    row->task,   row->responsibility,
                                 row->authority, row->result, row->source};
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    for (size_t i = 0; i < ARRAY_SIZE(texts) && status == OK; i++)
        status = dossier_check_text(texts[i], err);
    return status;
}

static enum status check_room(struct store *store, int64_t enterprise, struct err *err)
{
    int64_t max = enterprise ? PLAN_ROWS_MAX : PLAN_PROVINCE_ROWS_MAX, count = 0;
    bool has_row;
    enum status status = statement_int(store, enterprise ? SQL_PLAN_COUNT_OF : SQL_PLAN_COUNT_FREE,
                                       enterprise ? PARAMS(INT(enterprise)) : PARAMS_NONE, &count,
                                       &has_row, err);

    if (status == OK && count >= max)
        return err_set(err, LIMIT, "kế hoạch đã có %d dòng, nhiều nhất được phép",
                       "the plan has %d rows, as many as are allowed", (int)max);
    return status;
}

static enum status check_enterprise(struct store *store, int64_t enterprise, struct err *err)
{
    int64_t found = 0;
    bool has_row = false;
    enum status status = statement_int(store, SQL_PLAN_ENTERPRISE, PARAMS(INT(enterprise)), &found,
                                       &has_row, err);

    if (status == OK && !has_row)
        return err_set(err, NOT_FOUND, "không có đơn vị này", "there is no such enterprise");
    return status;
}

static enum status insert(struct store *store, struct plan_row *row, const char *now,
                          struct err *err)
{
    struct day_text due, done;
    bool has_row = false;
    enum status status = row->enterprise ? check_enterprise(store, row->enterprise, err) : OK;

    if (status == OK)
        status = check_room(store, row->enterprise, err);
    if (status != OK)
        return status;
    return statement_int(
        store, SQL_PLAN_ADD,
        PARAMS(INT(row->enterprise), INT(row->is_province), TEXT(row->person), TEXT(row->task),
               day_param(&due, row->due_on), TEXT(row->responsibility), TEXT(row->authority),
               TEXT(row->result), TEXT(state_codes[row->state]), day_param(&done, row->done_on),
               TEXT(row->source), TEXT(now), INT(row->account)),
        &row->id, &has_row, err);
}

enum status plan_row_add(struct store *store, struct plan_row *row, const char *now,
                         struct err *err)
{
    bool has_own;
    enum status status = check_row(row, now, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = insert(store, row, now, err);
    if (status == OK)
        row->version = 1;
    return store_leave(store, has_own, false, status, err);
}

enum status plan_row_load(struct store *store, int64_t id, struct arena *arena,
                          struct plan_row *out, struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status = statement_first(store, SQL_PLAN_LOAD, PARAMS(INT(id)), &stmt, &has_row,
                                         err);

    if (status != OK)
        return status;
    if (has_row)
        read_row(stmt, arena, out);
    db_done(stmt);
    return has_row ? OK
                   : err_set(err, NOT_FOUND, "không có dòng kế hoạch này",
                             "there is no such row of a plan");
}

static enum status update(struct store *store, struct plan_row *row, const char *now,
                          struct err *err)
{
    struct day_text due, done;
    int64_t changes = 0, version = 0;
    bool has_row = false;
    enum status status = statement_write(
        store, SQL_PLAN_CHANGE,
        PARAMS(INT(row->id), INT(row->version), INT(row->is_province), TEXT(row->person),
               TEXT(row->task), day_param(&due, row->due_on), TEXT(row->responsibility),
               TEXT(row->authority), TEXT(row->result), TEXT(state_codes[row->state]),
               day_param(&done, row->done_on), TEXT(now), INT(row->account)),
        &changes, err);

    if (status != OK || changes)
        return status;
    status = statement_int(store, SQL_PLAN_VERSION, PARAMS(INT(row->id)), &version, &has_row, err);
    if (status != OK)
        return status;
    return has_row ? err_set(err, CONFLICT, "dòng này vừa được người khác sửa",
                             "somebody else has just changed this row")
                   : err_set(err, NOT_FOUND, "không có dòng kế hoạch này",
                             "there is no such row of a plan");
}

enum status plan_row_change(struct store *store, struct plan_row *row, const char *now,
                            struct err *err)
{
    bool has_own;
    enum status status = check_row(row, now, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = update(store, row, now, err);
    if (status == OK)
        row->version++;
    return store_leave(store, has_own, false, status, err);
}

/* ---- lists ---- */

/* $1 ... $6 of PLAN_FILTERS (sql.c); the days are written into `days`. */
#define FILTER_PARAMS(filter, days)                                                                \
    INT((filter)->enterprise), INT((filter)->only_province), INT((filter)->only_unfinished),       \
        day_param(&(days)[0], (filter)->due_from), day_param(&(days)[1], (filter)->due_to),        \
        TEXT((filter)->areas)

enum status plan_row_list(struct store *store, const struct plan_filter *filter, size_t max,
                          struct arena *arena, const struct plan_row **list, size_t *count,
                          struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_row), read_row};
    struct day_text days[2];
    void *items;
    enum sql_id sql = filter->enterprise ? SQL_PLAN_LIST_OF : SQL_PLAN_LIST;
    enum status status =
        statement_list(store, sql, PARAMS(FILTER_PARAMS(filter, days), INT((int64_t)max)), &kind,
                       arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status plan_row_count(struct store *store, const struct plan_filter *filter, size_t *count,
                           struct err *err)
{
    struct day_text days[2];
    int64_t number = 0;
    bool has_row;
    enum status status = statement_int(store, SQL_PLAN_COUNT, PARAMS(FILTER_PARAMS(filter, days)),
                                       &number, &has_row, err);

    if (status == OK)
        *count = (size_t)number;
    return status;
}
