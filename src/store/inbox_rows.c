/* What was read of the files that wait: rows, faults, headings, and what people said they mean. */
#include "store/inbox.h"

#include <string.h>

#include "base/text.h"
#include "statement.h"

static const char *const outcomes[INBOX_OUTCOME__MAX] = {
    [INBOX_NEW] = "new",           [INBOX_CHANGED] = "changed",
    [INBOX_SAME] = "same",         [INBOX_REFUSED] = "refused",
    [INBOX_REVIEWED] = "reviewed", [INBOX_LET_NEW] = "let_new",
    [INBOX_LET_CHANGED] = "let_changed",
};

static enum inbox_outcome outcome_of(const char *code)
{
    int outcome = INBOX_NEW;

    while (outcome + 1 < INBOX_OUTCOME__MAX && strcmp(outcomes[outcome], code) != 0)
        outcome++;
    return (enum inbox_outcome)outcome;
}

/* ---- rows ---- */

enum status inbox_row_add(struct store *store, int64_t id, const struct inbox_row *row,
                          struct err *err)
{
    return statement_write_alone(
        store, SQL_INBOX_ROW_ADD,
        PARAMS(INT(id), INT(row->number), INT(row->line), TEXT(outcomes[row->outcome]),
               TEXT(row->name), TEXT(row->tax_code), TEXT(row->area), TEXT(row->stored_area),
               INT(row->assessment), TEXT(row->reason.in[LANG_VI]), TEXT(row->reason.in[LANG_EN]),
               TEXT(row->cells), TEXT(row->response)),
        NULL, err);
}

enum status inbox_row_done(struct store *store, int64_t id, const struct inbox_row *row,
                           struct err *err)
{
    return statement_write_alone(
        store, SQL_INBOX_ROW_DONE,
        PARAMS(INT(id), INT(row->number), TEXT(outcomes[row->outcome]), INT(row->assessment),
               TEXT(row->stored_area), TEXT(row->reason.in[LANG_VI]),
               TEXT(row->reason.in[LANG_EN]),
               INT(row->outcome == INBOX_LET_NEW || row->outcome == INBOX_LET_CHANGED)),
        NULL, err);
}

static void read_row(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct inbox_row *)item = (struct inbox_row){
        .number = db_int(stmt, 0),
        .line = db_int(stmt, 1),
        .outcome = outcome_of(db_text(stmt, 2)),
        .name = statement_text(stmt, 3, arena),
        .tax_code = statement_text(stmt, 4, arena),
        .area = statement_text(stmt, 5, arena),
        .stored_area = statement_text(stmt, 6, arena),
        .assessment = db_int(stmt, 7),
        .reason = {{statement_text(stmt, 8, arena), statement_text(stmt, 9, arena)}},
        .cells = statement_text(stmt, 10, arena),
        .response = statement_text(stmt, 11, arena),
    };
}

enum status inbox_rows(struct store *store, int64_t id, const struct inbox_filter *filter,
                       struct arena *arena, struct inbox_row **list, size_t *count,
                       struct err *err)
{
    static const struct list_kind kind = {sizeof(struct inbox_row), read_row};
    const char *codes = "|";
    void *items = NULL;
    enum status status;

    for (int i = 0; i < INBOX_OUTCOME__MAX; i++) {
        if (filter->outcomes >> i & 1)
            codes = arena_printf(arena, "%s%s|", codes, outcomes[i]);
    }
    status = statement_list(store, SQL_INBOX_ROWS,
                            PARAMS(INT(id), TEXT(codes), TEXT(filter->areas),
                                   INT(filter->only_other), INT((int64_t)filter->limit),
                                   INT((int64_t)filter->offset)),
                            &kind, arena, &items, count, err);
    *list = items;
    return status;
}

struct counted {
    enum inbox_outcome outcome;
    bool is_own;
    int64_t count;
};

static void read_counted(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct counted *)item =
        (struct counted){outcome_of(db_text(stmt, 0)), db_int(stmt, 1) != 0, db_int(stmt, 2)};
}

enum status inbox_count(struct store *store, int64_t id, const char *areas,
                        struct inbox_counts *counts, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct counted), read_counted};
    const struct counted *list;
    struct arena arena;
    void *items = NULL;
    size_t count = 0;
    enum status status;

    arena_init(&arena);
    *counts = (struct inbox_counts){.own = {0}};
    status = statement_list(store, SQL_INBOX_COUNTS, PARAMS(INT(id), TEXT(areas)), &kind, &arena,
                            &items, &count, err);
    list = items;
    for (size_t i = 0; status == OK && i < count; i++)
        (list[i].is_own ? counts->own : counts->other)[list[i].outcome] = list[i].count;
    arena_free(&arena);
    return status;
}

/* ---- faults and headings ---- */

enum status inbox_fault_add(struct store *store, int64_t id, int64_t number,
                            const struct inbox_fault *fault, struct err *err)
{
    return statement_write_alone(
        store, SQL_INBOX_FAULT_ADD,
        PARAMS(INT(id), INT(number), TEXT(fault->item), TEXT(fault->heading), TEXT(fault->text),
               TEXT(fault->guess), INT(fault->is_open), INT(fault->cells), INT(fault->bad_rows),
               INT(fault->line), TEXT(fault->fault.in[LANG_VI]), TEXT(fault->fault.in[LANG_EN])),
        NULL, err);
}

static void read_fault(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct inbox_fault *)item = (struct inbox_fault){
        .item = statement_text(stmt, 0, arena),
        .heading = statement_text(stmt, 1, arena),
        .text = statement_text(stmt, 2, arena),
        .guess = statement_text(stmt, 3, arena),
        .is_open = db_int(stmt, 4) != 0,
        .cells = db_int(stmt, 5),
        .bad_rows = db_int(stmt, 6),
        .line = db_int(stmt, 7),
        .fault = {{statement_text(stmt, 8, arena), statement_text(stmt, 9, arena)}},
    };
}

enum status inbox_faults(struct store *store, int64_t id, struct arena *arena,
                         struct inbox_fault **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct inbox_fault), read_fault};
    void *items = NULL;
    enum status status = statement_list(store, SQL_INBOX_FAULTS, PARAMS(INT(id)), &kind, arena,
                                        &items, count, err);

    *list = items;
    return status;
}

enum status inbox_heading_add(struct store *store, int64_t id, int64_t number,
                              const struct inbox_heading *heading, struct err *err)
{
    const char *source = heading->is_open         ? "open"
                         : heading->is_remembered ? "sender"
                                                  : "file";

    return statement_write_alone(store, SQL_INBOX_HEADING_ADD,
                                 PARAMS(INT(id), INT(number), TEXT(heading->heading),
                                        TEXT(heading->meaning), TEXT(source),
                                        TEXT(heading->guess)),
                                 NULL, err);
}

static void read_heading(struct db_stmt *stmt, struct arena *arena, void *item)
{
    const char *source = db_text(stmt, 2);

    *(struct inbox_heading *)item = (struct inbox_heading){
        .heading = statement_text(stmt, 0, arena),
        .meaning = statement_text(stmt, 1, arena),
        .guess = statement_text(stmt, 3, arena),
        .is_open = strcmp(source, "open") == 0,
        .is_remembered = strcmp(source, "sender") == 0,
    };
}

enum status inbox_headings(struct store *store, int64_t id, struct arena *arena,
                           struct inbox_heading **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct inbox_heading), read_heading};
    void *items = NULL;
    enum status status = statement_list(store, SQL_INBOX_HEADINGS, PARAMS(INT(id)), &kind, arena,
                                        &items, count, err);

    *list = items;
    return status;
}

/* ---- what people said ---- */

static void read_meaning(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct inbox_meaning *)item =
        (struct inbox_meaning){.is_remembered = db_int(stmt, 0) == 0,
                               .item = statement_text(stmt, 1, arena),
                               .text = statement_text(stmt, 2, arena),
                               .meaning = statement_text(stmt, 3, arena)};
}

enum status inbox_meanings(struct store *store, const struct inbox *inbox, struct arena *arena,
                           struct inbox_meaning **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct inbox_meaning), read_meaning};
    void *items = NULL;
    enum status status =
        statement_list(store, SQL_INBOX_MEANINGS, PARAMS(TEXT(inbox->sender_key), INT(inbox->id)),
                       &kind, arena, &items, count, err);

    *list = items;
    return status;
}

static enum status mean(struct store *store, const struct inbox *inbox,
                        const struct inbox_meaning *meaning, int64_t account, const char *at,
                        struct err *err)
{
    enum status status = statement_write(store, SQL_INBOX_MEANING_DROP,
                                         PARAMS(TEXT(inbox->sender_key), INT(inbox->id),
                                                TEXT(meaning->item), TEXT(meaning->text)),
                                         NULL, err);

    if (status != OK)
        return status;
    return statement_write(store, SQL_INBOX_MEANING_SET,
                           PARAMS(TEXT(inbox->sender_key),
                                  INT(meaning->is_remembered ? 0 : inbox->id),
                                  TEXT(meaning->item), TEXT(meaning->text), TEXT(meaning->meaning),
                                  INT(account), TEXT(at)),
                           NULL, err);
}

enum status inbox_mean(struct store *store, const struct inbox *inbox,
                       const struct inbox_meaning *meaning, int64_t account, const char *at,
                       struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = mean(store, inbox, meaning, account, at, err);
    return store_leave(store, has_own, status != OK, status, err);
}

/* ---- what is stored ---- */

enum status inbox_stored_area(struct store *store, int64_t assessment, struct arena *arena,
                              const char **area, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = statement_first(store, SQL_INBOX_STORED_AREA, PARAMS(INT(assessment)),
                                         &stmt, &has_row, err);

    *area = "";
    if (status != OK)
        return status;
    if (has_row)
        *area = statement_text(stmt, 0, arena);
    db_done(stmt);
    return OK;
}

enum status inbox_import_of(struct store *store, int64_t assessment, int64_t *import,
                            struct err *err)
{
    bool has_row = false;
    enum status status = statement_int(store, SQL_INBOX_IMPORT_OF, PARAMS(INT(assessment)), import,
                                       &has_row, err);

    if (!has_row)
        *import = 0;
    return status;
}
