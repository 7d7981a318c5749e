/* Rows of action plans. */
#include "store/plans.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
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
        .review_case = db_int(stmt, 17),
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

static int64_t whose(const struct plan_filter *filter)
{
    return filter->only_province ? 1 : filter->only_firms ? 2 : filter->only_free ? 3 : 0;
}

/* $1 ... $7 of PLAN_FILTERS (sql_desk.c); the days are written into `days`. */
#define FILTER_PARAMS(filter, days)                                                                \
    INT((filter)->enterprise), INT(whose((filter))),                                               \
        INT((filter)->only_unfinished), day_param(&(days)[0], (filter)->due_from),                 \
        day_param(&(days)[1], (filter)->due_to), TEXT((filter)->areas), TEXT((filter)->states)

static bool has_words(const struct plan_filter *filter)
{
    return filter->person || filter->firm;
}

static bool contains(const char *text, const char *folded, struct buf *buf)
{
    if (!folded)
        return true;
    buf_clear(buf);
    text_fold_to(buf, text ? text : "", text ? strlen(text) : 0);
    return !buf->is_full && strstr(buf_text(buf), folded);
}

/* Reads all that the rest of the filter lets through, and keeps what the words and the window let.
 * Databases fold letters each in their own way, so it is done here. */
static enum status scan(struct store *store, const struct plan_filter *filter,
                        struct plan_window *window, struct arena *arena, struct plan_row *rows,
                        size_t *count, struct err *err)
{
    struct day_text days[2];
    enum sql_id sql = filter->enterprise ? SQL_PLAN_LIST_OF : SQL_PLAN_LIST;
    bool has_row = false;
    struct db_stmt *stmt;
    struct buf buf;
    enum status status = statement_first(
        store, sql, PARAMS(FILTER_PARAMS(filter, days), INT(INT64_MAX), INT(0)), &stmt, &has_row,
        err);

    if (status != OK)
        return status;
    buf_init(&buf, BUF_MAX_DEFAULT);
    window->total = *count = 0;
    while (status == OK && has_row) {
        if (contains(db_text(stmt, 4), filter->person, &buf) &&
            contains(db_text(stmt, 15), filter->firm, &buf) &&
            window->total++ >= window->first && *count < window->max)
            read_row(stmt, arena, &rows[(*count)++]);
        status = db_step(stmt, &has_row, err);
    }
    buf_free(&buf);
    db_done(stmt);
    return status;
}

static enum status list_window(struct store *store, const struct plan_filter *filter,
                               const struct plan_window *window, struct arena *arena,
                               const struct plan_row **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_row), read_row};
    struct day_text days[2];
    void *items;
    enum sql_id sql = filter->enterprise ? SQL_PLAN_LIST_OF : SQL_PLAN_LIST;
    enum status status =
        statement_list(store, sql,
                       PARAMS(FILTER_PARAMS(filter, days), INT((int64_t)window->max),
                              INT((int64_t)window->first)),
                       &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status plan_row_list(struct store *store, const struct plan_filter *filter,
                          struct plan_window *window, struct arena *arena,
                          const struct plan_row **list, size_t *count, struct err *err)
{
    struct plan_row *rows;
    enum status status;

    if (!has_words(filter)) {
        status = plan_row_count(store, filter, &window->total, err);
        return status == OK ? list_window(store, filter, window, arena, list, count, err) : status;
    }
    rows = ARENA_ARRAY(arena, struct plan_row, window->max + 1);
    *list = rows;
    return scan(store, filter, window, arena, rows, count, err);
}

enum status plan_row_count(struct store *store, const struct plan_filter *filter, size_t *count,
                           struct err *err)
{
    struct plan_window none = {.max = 0};
    struct day_text days[2];
    int64_t number = 0;
    bool has_row;
    enum status status;

    if (has_words(filter)) {
        status = scan(store, filter, &none, NULL, NULL, count, err);
        *count = none.total;
        return status;
    }
    status = statement_int(store, SQL_PLAN_COUNT, PARAMS(FILTER_PARAMS(filter, days)), &number,
                           &has_row, err);
    if (status == OK)
        *count = (size_t)number;
    return status;
}

static void read_sum(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct plan_sum *sum = item;

    *sum = (struct plan_sum){.area = statement_text(stmt, 0, arena),
                             .enterprises = db_int(stmt, 1),
                             .late = db_int(stmt, 2 + PLAN_STATE__MAX)};
    for (int i = 0; i < PLAN_STATE__MAX; i++)
        sum->states[i] = db_int(stmt, 2 + i);
}

enum status plan_row_sums(struct store *store, const char *areas, day today, struct arena *arena,
                          const struct plan_sum **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_sum), read_sum};
    struct day_text on;
    void *items;
    enum status status =
        statement_list(store, SQL_PLAN_SUMS, PARAMS(TEXT(areas), day_param(&on, today)), &kind,
                       arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}
