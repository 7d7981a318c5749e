/* Files that wait to be let in. */
#include "store/inbox.h"

#include <string.h>

#include "base/array.h"
#include "statement.h"

static const char *const states[INBOX_STATE__MAX] = {
    [INBOX_RECEIVED] = "received", [INBOX_UNREADABLE] = "unreadable",
    [INBOX_READY] = "ready",       [INBOX_ENTERING] = "entering",
    [INBOX_ENTERED] = "entered",   [INBOX_UNDONE] = "undone",
    [INBOX_DISCARDED] = "discarded",
};

/* Unknown ones are of a newer program, which this one does not open. */
static enum inbox_state state_of(const char *code)
{
    int state = INBOX_RECEIVED;

    while (state + 1 < INBOX_STATE__MAX && strcmp(states[state], code) != 0)
        state++;
    return (enum inbox_state)state;
}

static void read_inbox(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct inbox *inbox = item;

    *inbox = (struct inbox){
        .id = db_int(stmt, 0),
        .version = db_int(stmt, 1),
        .state = state_of(db_text(stmt, 2)),
        .sender = statement_text(stmt, 3, arena),
        .sender_key = statement_text(stmt, 4, arena),
        .file = statement_text(stmt, 5, arena),
        .hash = statement_text(stmt, 6, arena),
        .size = db_int(stmt, 7),
        .account = db_int(stmt, 8),
        .received_at = statement_text(stmt, 9, arena),
        .questionnaire = statement_text(stmt, 10, arena),
        .round = statement_text(stmt, 11, arena),
        .fault = {{statement_text(stmt, 12, arena), statement_text(stmt, 13, arena)}},
        .separator = statement_text(stmt, 14, arena),
        .header = statement_text(stmt, 15, arena),
        .columns = db_int(stmt, 16),
        .checked_at = statement_text(stmt, 17, arena),
        .import = db_int(stmt, 18),
        .areas = statement_text(stmt, 19, arena),
    };
}

static enum status add(struct store *store, struct inbox *inbox, const void *content, size_t len,
                       struct err *err)
{
    bool has_row;
    enum status status = statement_int(
        store, SQL_INBOX_ADD,
        PARAMS(TEXT(inbox->sender), TEXT(inbox->sender_key), TEXT(inbox->file), TEXT(inbox->hash),
               INT(inbox->size), INT(inbox->account), TEXT(inbox->received_at),
               TEXT(inbox->questionnaire), TEXT(inbox->round)),
        &inbox->id, &has_row, err);

    if (status == OK)
        status = statement_write(store, SQL_INBOX_CONTENT_ADD,
                                 PARAMS(INT(inbox->id), BYTES(content, len)), NULL, err);
    return status;
}

enum status inbox_add(struct store *store, struct inbox *inbox, const void *content, size_t len,
                      struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = add(store, inbox, content, len, err);
    return store_leave(store, has_own, status != OK, status, err);
}

enum status inbox_load(struct store *store, int64_t id, struct arena *arena, struct inbox *out,
                       struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status =
        statement_first(store, SQL_INBOX_LOAD, PARAMS(INT(id)), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row)
        read_inbox(stmt, arena, out);
    db_done(stmt);
    return has_row ? OK
                   : err_set(err, NOT_FOUND, "không có tệp này trong hộp nhập",
                             "there is no such file in the inbox");
}

enum status inbox_set(struct store *store, struct inbox *inbox, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(
        store, SQL_INBOX_SET,
        PARAMS(INT(inbox->id), INT(inbox->version), TEXT(states[inbox->state]),
               TEXT(inbox->fault.in[LANG_VI]), TEXT(inbox->fault.in[LANG_EN]),
               TEXT(inbox->separator), TEXT(inbox->header), INT(inbox->columns),
               TEXT(inbox->checked_at), INT(inbox->import), TEXT(inbox->areas)),
        &changes, err);

    if (status == OK && !changes)
        return err_set(err, CONFLICT,
                       "Tệp này vừa được người khác xử lý; hãy mở lại trang để xem.",
                       "Somebody else has just worked on this file; open its page again.");
    inbox->version += status == OK;
    return status;
}

enum status inbox_list(struct store *store, const char *areas, int64_t account, int64_t below,
                       size_t max, struct arena *arena, struct inbox **list, size_t *count,
                       struct err *err)
{
    static const struct list_kind kind = {sizeof(struct inbox), read_inbox};
    void *items = NULL;
    enum status status = statement_list(
        store, SQL_INBOX_LIST,
        PARAMS(TEXT(areas), INT(account), INT(below), INT((int64_t)max)), &kind, arena, &items,
        count, err);

    *list = items;
    return status;
}

enum status inbox_entering(struct store *store, int64_t *id, struct err *err)
{
    bool has_row = false;
    enum status status =
        statement_int(store, SQL_INBOX_ENTERING, PARAMS_NONE, id, &has_row, err);

    if (!has_row)
        *id = 0;
    return status;
}

enum status inbox_content(struct store *store, int64_t id, struct arena *arena,
                          const void **content, size_t *len, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status =
        statement_first(store, SQL_INBOX_CONTENT, PARAMS(INT(id)), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row) {
        const void *data = db_bytes(stmt, 0, len);

        *content = *len ? memcpy(arena_alloc(arena, *len, 1), data, *len) : "";
    }
    db_done(stmt);
    return has_row ? OK
                   : err_set(err, NOT_FOUND, "Tệp gốc không còn được giữ; hãy gửi lại tệp.",
                             "The file itself is not kept any more; please send it again.");
}

static enum status run_all(struct store *store, int64_t id, const enum sql_id *list, size_t count,
                           struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < count && status == OK; i++)
        status = statement_write(store, list[i], PARAMS(INT(id)), NULL, err);
    return store_leave(store, has_own, status != OK, status, err);
}

enum status inbox_empty(struct store *store, int64_t id, struct err *err)
{
    static const enum sql_id list[] = {SQL_INBOX_CONTENT_DROP, SQL_INBOX_ROWS_DROP,
                                       SQL_INBOX_FAULTS_DROP, SQL_INBOX_HEADINGS_DROP};

    return run_all(store, id, list, ARRAY_SIZE(list), err);
}

enum status inbox_forget(struct store *store, int64_t id, struct err *err)
{
    static const enum sql_id list[] = {SQL_INBOX_ROWS_DROP, SQL_INBOX_FAULTS_DROP,
                                       SQL_INBOX_HEADINGS_DROP};

    return run_all(store, id, list, ARRAY_SIZE(list), err);
}
