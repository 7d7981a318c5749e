/* Cases: their rows, written and read. */
#include "store/cases.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "dossier.h"

static const char *const state_codes[CASE_STATE__MAX] = {
#define X(name, code) [CASE_##name] = code,
    CASE_STATES(X)
#undef X
};

const char *case_state_code(enum case_state state)
{
    return state_codes[state];
}

/* CASE_STATE__MAX for a word that is none. */
static enum case_state find_state(const char *code)
{
    for (int i = 0; i < CASE_STATE__MAX; i++) {
        if (strcmp(state_codes[i], code) == 0)
            return (enum case_state)i;
    }
    return CASE_STATE__MAX;
}

void case_object_name(int64_t id, char text[CASE_OBJECT_BYTES])
{
    snprintf(text, CASE_OBJECT_BYTES, "case:%lld", (long long)id);
}

static enum status not_found(struct err *err)
{
    return err_set(err, NOT_FOUND, "không có hồ sơ thẩm định này", "there is no such case");
}

/* ---- rows ---- */

#define STANDING_PARAMS 11
#define SHOWN_PARAMS 20

/* NULL for what is not known. */
static struct param known(int64_t number)
{
    return number == STORE_UNKNOWN ? TEXT(NULL) : INT(number);
}

static void put_standing(struct param *params, const struct case_standing *at)
{
    const struct param list[STANDING_PARAMS] = {
        TEXT(case_state_code(at->state)), INT(at->edition),          INT(at->assignee),
        INT(at->proposer),                TEXT(at->due_on),          INT(at->days_left),
        TEXT(at->firm_due_on),            TEXT(at->reason_code),     TEXT(at->reason),
        known(at->verified_points),       known(at->verified_level),
    };

    memcpy(params, list, sizeof(list));
}

static void put_shown(struct param *params, const struct case_shown *shown)
{
    const struct param list[SHOWN_PARAMS] = {
        TEXT(shown->round),        TEXT(shown->questionnaire), TEXT(shown->name),
        TEXT(shown->tax_code),     TEXT(shown->form),          TEXT(shown->section),
        TEXT(shown->area),         TEXT(shown->size_class),    TEXT(shown->submitted_on),
        INT(shown->points),        INT(shown->points_max),     known(shown->level),
        INT(shown->margin),        TEXT(shown->margin_in),     INT(shown->support_vnd),
        INT(shown->files),         INT(shown->asked),          INT(shown->answered),
        INT(shown->flag_count),    INT(shown->flags),
    };

    memcpy(params, list, sizeof(list));
}

static int64_t int_or_unknown(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? STORE_UNKNOWN : db_int(stmt, column);
}

static void read_standing(struct db_stmt *stmt, int first, struct arena *arena,
                          struct case_standing *at)
{
    enum case_state state = find_state(statement_text(stmt, first, arena));

    *at = (struct case_standing){.state = state == CASE_STATE__MAX ? CASE_SUBMITTED : state,
                                 .edition = (int)db_int(stmt, first + 1),
                                 .assignee = db_int(stmt, first + 2),
                                 .proposer = db_int(stmt, first + 3),
                                 .due_on = statement_text(stmt, first + 4, arena),
                                 .days_left = (int)db_int(stmt, first + 5),
                                 .firm_due_on = statement_text(stmt, first + 6, arena),
                                 .reason_code = statement_text(stmt, first + 7, arena),
                                 .reason = statement_text(stmt, first + 8, arena),
                                 .verified_points = int_or_unknown(stmt, first + 9),
                                 .verified_level = (int)int_or_unknown(stmt, first + 10)};
}

static void read_shown(struct db_stmt *stmt, int first, struct arena *arena,
                       struct case_shown *shown)
{
    const char **const texts[] = {&shown->round,    &shown->questionnaire, &shown->name,
                                  &shown->tax_code, &shown->form,          &shown->section,
                                  &shown->area,     &shown->size_class,    &shown->submitted_on};

    for (int i = 0; i < 9; i++)
        *texts[i] = statement_text(stmt, first + i, arena);
    shown->points = db_int(stmt, first + 9);
    shown->points_max = db_int(stmt, first + 10);
    shown->level = (int)int_or_unknown(stmt, first + 11);
    shown->margin = (int)db_int(stmt, first + 12);
    shown->margin_in = statement_text(stmt, first + 13, arena);
    shown->support_vnd = db_int(stmt, first + 14);
    shown->files = (int)db_int(stmt, first + 15);
    shown->asked = (int)db_int(stmt, first + 16);
    shown->answered = (int)db_int(stmt, first + 17);
    shown->flag_count = (int)db_int(stmt, first + 18);
    shown->flags = (unsigned)db_int(stmt, first + 19);
}

static void read_case(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct case_row *row = item;

    row->id = db_int(stmt, 0);
    row->assessment = db_int(stmt, 1);
    row->version = db_int(stmt, 2);
    row->revision = (int)db_int(stmt, 3);
    row->state_at = statement_text(stmt, 4, arena);
    row->touched_at = statement_text(stmt, 5, arena);
    read_standing(stmt, 6, arena, &row->at);
    read_shown(stmt, 6 + STANDING_PARAMS, arena, &row->shown);
    row->objected_at = statement_text(stmt, 6 + STANDING_PARAMS + SHOWN_PARAMS, arena);
}

/* ---- one case ---- */

enum status case_add(struct store *store, struct case_row *row, const char *now, struct err *err)
{
    struct param params[3 + STANDING_PARAMS + SHOWN_PARAMS + 1] = {
        INT(row->assessment), INT(row->revision), TEXT(now)};
    struct arena arena;
    bool has_row;
    enum status status;

    arena_init(&arena);
    put_standing(params + 3, &row->at);
    put_shown(params + 3 + STANDING_PARAMS, &row->shown);
    params[3 + STANDING_PARAMS + SHOWN_PARAMS] = TEXT(text_fold(&arena, row->shown.name));
    status = statement_int(store, SQL_CASE_ADD,
                           (struct params){params, 3 + STANDING_PARAMS + SHOWN_PARAMS + 1},
                           &row->id, &has_row, err);
    arena_free(&arena);
    row->version = 1;
    return status;
}

static enum status find(struct store *store, enum sql_id sql, int64_t key, struct arena *arena,
                        struct case_row *out, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_row), read_case};
    void *items;
    size_t count;
    enum status status =
        statement_list(store, sql, PARAMS(INT(key)), &kind, arena, &items, &count, err);

    if (status == OK && !count)
        return not_found(err);
    if (status == OK)
        *out = *(struct case_row *)items;
    return status;
}

enum status case_load(struct store *store, int64_t id, struct arena *arena, struct case_row *out,
                      struct err *err)
{
    return find(store, SQL_CASE_LOAD, id, arena, out, err);
}

enum status case_of_assessment(struct store *store, int64_t assessment, struct arena *arena,
                               struct case_row *out, struct err *err)
{
    return find(store, SQL_CASE_OF_ASSESSMENT, assessment, arena, out, err);
}

enum status case_show(struct store *store, const struct case_row *row, struct err *err)
{
    struct param params[2 + SHOWN_PARAMS + 1] = {INT(row->id), INT(row->revision)};
    struct arena arena;
    enum status status;

    arena_init(&arena);
    put_shown(params + 2, &row->shown);
    params[2 + SHOWN_PARAMS] = TEXT(text_fold(&arena, row->shown.name));
    status = statement_write_alone(store, SQL_CASE_SHOW,
                                   (struct params){params, 2 + SHOWN_PARAMS + 1}, NULL, err);
    arena_free(&arena);
    return status;
}

enum status case_move(struct store *store, struct case_row *row, const char *now, struct err *err)
{
    struct param params[3 + STANDING_PARAMS] = {INT(row->id), INT(row->version), TEXT(now)};
    int64_t changes = 0;
    enum status status;

    put_standing(params + 3, &row->at);
    status = statement_write_alone(store, SQL_CASE_MOVE,
                                   (struct params){params, 3 + STANDING_PARAMS}, &changes, err);
    if (status == OK && !changes)
        return err_set(err, CONFLICT,
                       "Hồ sơ vừa được người khác xử lý. Hãy mở lại để xem tình trạng mới.",
                       "Somebody else has just worked on this case. Please open it again.");
    row->version++;
    return status;
}

enum status case_touch(struct store *store, int64_t id, const char *now, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_TOUCH, PARAMS(INT(id), TEXT(now)), NULL, err);
}

enum status case_look(struct store *store, int64_t id, const char *now, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_LOOK, PARAMS(INT(id), TEXT(now)), NULL, err);
}

enum status case_object(struct store *store, int64_t id, const char *now, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(store, SQL_CASE_OBJECT, PARAMS(INT(id), TEXT(now)),
                                               &changes, err);

    if (status == OK && !changes)
        return err_set(err, CONFLICT, "Hồ sơ này đã có ý kiến không đồng ý.",
                       "This case was objected to already.");
    return status;
}

/* Its parts first: they name it. */
enum status case_forget(struct store *store, int64_t assessment, struct err *err)
{
    static const enum sql_id parts[] = {SQL_REVIEW_PLAN_FORGET, SQL_CASE_VALUE_DELETE,
                                        SQL_CASE_UNDO_DROP, SQL_CASE_FREEZE_DELETE, SQL_BULK_FORGET,
                                        SQL_CASE_DELETE};
    struct arena arena;
    struct case_row row;
    enum status status;

    arena_init(&arena);
    status = case_of_assessment(store, assessment, &arena, &row, err);
    arena_free(&arena);
    if (status == NOT_FOUND)
        return OK;
    for (size_t i = 0; status == OK && i < ARRAY_SIZE(parts); i++)
        status = statement_write_alone(store, parts[i], PARAMS(INT(row.id)), NULL, err);
    return status;
}

/* ---- what is to be looked at ---- */

static void read_id(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(int64_t *)item = db_int(stmt, 0);
}

enum status case_due_list(struct store *store, size_t max, struct arena *arena,
                          const int64_t **assessments, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(int64_t), read_id};
    void *items;
    enum status status = statement_list(store, SQL_CASE_DUE_LIST, PARAMS(INT((int64_t)max)), &kind,
                                        arena, &items, count, err);

    if (status == OK)
        *assessments = items;
    return status;
}

enum status case_due_add(struct store *store, int64_t assessment, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_DUE_ADD, PARAMS(INT(assessment)), NULL, err);
}

enum status case_due_done(struct store *store, int64_t assessment, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_DUE_DONE, PARAMS(INT(assessment)), NULL, err);
}

/* ---- lists ---- */

#define FILTER_PARAMS 17

static const char *pattern(struct arena *arena, const char *before, const char *words)
{
    return words ? arena_printf(arena, "%s%s%%", before, words) : NULL;
}

static void put_filter(struct param *params, const struct case_filter *f, struct arena *arena)
{
    const struct param list[FILTER_PARAMS] = {
        TEXT(f->areas),
        INT(f->mine),
        TEXT(f->states),
        INT(f->assignee),
        TEXT(f->area),
        TEXT(f->section),
        TEXT(f->size_class),
        TEXT(f->round),
        TEXT(pattern(arena, "%", f->words)),
        TEXT(pattern(arena, "", f->words)),
        TEXT(f->due_by),
        INT(f->level),
        INT(f->flags),
        INT(f->only_without_files),
        TEXT(f->firm_due_before),
        INT(f->plan),
        TEXT(f->plan_part),
    };

    memcpy(params, list, sizeof(list));
}

enum status case_list(struct store *store, const struct case_filter *filter,
                      const struct case_window *page, struct arena *arena, struct case_row **rows,
                      size_t *count, int64_t *total, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_row), read_case};
    struct param params[FILTER_PARAMS + 3];
    void *items;
    bool has_row;
    enum status status = OK;

    put_filter(params, filter, arena);
    params[FILTER_PARAMS] = INT(page->sort);
    params[FILTER_PARAMS + 1] = INT(page->limit);
    params[FILTER_PARAMS + 2] = INT(page->offset);
    if (total)
        status = statement_int(store, SQL_CASE_TOTAL, (struct params){params, FILTER_PARAMS}, total,
                               &has_row, err);
    if (status != OK)
        return status;
    status = statement_list(store, page->is_falling ? SQL_CASE_LIST_FALLING : SQL_CASE_LIST,
                            (struct params){params, FILTER_PARAMS + 3}, &kind, arena, &items, count,
                            err);
    if (status == OK)
        *rows = items;
    return status;
}

enum status case_untouched(struct store *store, const char *before, size_t max,
                           struct arena *arena, struct case_row **rows, size_t *count,
                           struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_row), read_case};
    void *items;
    enum status status = statement_list(store, SQL_CASE_UNTOUCHED,
                                        PARAMS(TEXT(before), INT((int64_t)max)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *rows = items;
    return status;
}

enum status case_count(struct store *store, const struct case_filter *seen, int64_t account,
                       const char *today, struct case_counts *out, struct err *err)
{
    int64_t n[10] = {0};
    bool has_row;
    enum status status =
        statement_ints(store, SQL_CASE_COUNT,
                       PARAMS(TEXT(seen->areas), INT(seen->mine), INT(account), TEXT(today)), n, 10,
                       &has_row, err);

    *out = (struct case_counts){n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]};
    return status;
}

/* ---- what may be taken back ---- */

enum status case_undo_put(struct store *store, int64_t id, const struct case_undo *undo,
                          struct err *err)
{
    struct param params[4 + STANDING_PARAMS] = {INT(id), TEXT(undo->act), INT(undo->account),
                                                INT(undo->until)};
    enum status status = case_undo_drop(store, id, err);

    put_standing(params + 4, &undo->before);
    return status == OK ? statement_write_alone(store, SQL_CASE_UNDO_PUT,
                                                (struct params){params, 4 + STANDING_PARAMS}, NULL,
                                                err)
                        : status;
}

static void read_undo(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct case_undo *undo = item;

    undo->act = statement_text(stmt, 0, arena);
    undo->account = db_int(stmt, 1);
    undo->until = db_int(stmt, 2);
    read_standing(stmt, 3, arena, &undo->before);
}

enum status case_undo_load(struct store *store, int64_t id, struct arena *arena,
                           struct case_undo *out, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_undo), read_undo};
    void *items;
    size_t count;
    enum status status = statement_list(store, SQL_CASE_UNDO_LOAD, PARAMS(INT(id)), &kind, arena,
                                        &items, &count, err);

    if (status == OK && !count)
        return err_set(err, NOT_FOUND, "không có việc nào để hoàn tác",
                       "there is nothing to be undone");
    if (status == OK)
        *out = *(struct case_undo *)items;
    return status;
}

enum status case_undo_drop(struct store *store, int64_t id, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_UNDO_DROP, PARAMS(INT(id)), NULL, err);
}
