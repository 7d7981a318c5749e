/* What people are told, and where they want mail. */
#include "store/outbox.h"

#include <string.h>

#include "dossier.h"

static const char *const state_codes[OUTBOX_STATE__MAX] = {
#define X(name, code) [OUTBOX_##name] = code,
    OUTBOX_STATES(X)
#undef X
};

static const char *const owner_codes[NOTICE_OWNER__MAX] = {[NOTICE_DOSSIER] = "dossier",
                                                           [NOTICE_ACCOUNT] = "account"};

/* OUTBOX_UNKNOWN for one of a newer program: it is not sent. */
static enum outbox_state find_state(const char *code)
{
    int state = 0;

    while (state < OUTBOX_UNKNOWN && strcmp(state_codes[state], code) != 0)
        state++;
    return (enum outbox_state)state;
}

/* ---- rows ---- */

/* The order of OUTBOX_COLUMNS (sql_desk.c). */
static void read_row(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct outbox_row *)item = (struct outbox_row){
        .id = db_int(stmt, 0),
        .name = statement_text(stmt, 1, arena),
        .kind = statement_text(stmt, 2, arena),
        .owner_kind = strcmp(db_text(stmt, 3), owner_codes[NOTICE_ACCOUNT]) == 0 ? NOTICE_ACCOUNT
                                                                                 : NOTICE_DOSSIER,
        .owner = db_int(stmt, 4),
        .about = db_int(stmt, 5),
        .while_state = statement_text(stmt, 6, arena),
        .address = statement_text(stmt, 7, arena),
        .lang = strcmp(db_text(stmt, 8), "en") == 0 ? LANG_EN : LANG_VI,
        .detail = statement_text(stmt, 9, arena),
        .made_at = statement_text(stmt, 10, arena),
        .state = find_state(db_text(stmt, 11)),
        .attempts = (int)db_int(stmt, 12),
        .not_before = db_int(stmt, 13),
        .changed_at = statement_text(stmt, 14, arena),
    };
}

static enum status list_rows(struct store *store, enum sql_id sql, struct params params,
                             struct arena *arena, const struct outbox_row **list, size_t *count,
                             struct err *err)
{
    static const struct list_kind kind = {sizeof(struct outbox_row), read_row};
    void *items;
    enum status status = statement_list(store, sql, params, &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static enum status one_row(struct store *store, enum sql_id sql, struct params params,
                           struct arena *arena, struct outbox_row *out, struct err *err)
{
    const struct outbox_row *list;
    size_t count;
    enum status status = list_rows(store, sql, params, arena, &list, &count, err);

    if (status == OK && !count)
        return err_set(err, NOT_FOUND, "không có thông báo này", "there is no such notice");
    if (status == OK)
        *out = list[0];
    return status;
}

enum status outbox_add(struct store *store, const struct outbox_row *row, bool *is_new,
                       struct err *err)
{
    int64_t changes = 0;
    enum status status = dossier_check_text(row->detail, err);

    if (status != OK)
        return status;
    status = statement_write_alone(
        store, SQL_OUTBOX_ADD,
        PARAMS(TEXT(row->name), TEXT(row->kind), TEXT(owner_codes[row->owner_kind]),
               INT(row->owner), INT(row->about), TEXT(row->while_state), TEXT(row->address),
               TEXT(row->lang == LANG_EN ? "en" : "vi"), TEXT(row->detail), TEXT(row->made_at),
               TEXT(state_codes[row->state]), INT(row->not_before)),
        &changes, err);
    if (is_new)
        *is_new = changes > 0;
    return status;
}

enum status outbox_find(struct store *store, const char *name, struct arena *arena,
                        struct outbox_row *out, struct err *err)
{
    return one_row(store, SQL_OUTBOX_FIND, PARAMS(TEXT(name)), arena, out, err);
}

enum status outbox_next(struct store *store, int64_t seconds, struct arena *arena,
                        struct outbox_row *out, struct err *err)
{
    return one_row(store, SQL_OUTBOX_NEXT, PARAMS(INT(seconds)), arena, out, err);
}

enum status outbox_move(struct store *store, const struct outbox_row *row, enum outbox_state from,
                        const char *now, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(
        store, SQL_OUTBOX_MOVE,
        PARAMS(INT(row->id), TEXT(state_codes[from]), TEXT(state_codes[row->state]),
               INT(row->attempts), INT(row->not_before), TEXT(now)),
        &changes, err);

    if (status == OK && !changes)
        return err_set(err, CONFLICT, "thư này đang ở tình trạng khác",
                       "this mail is in another state by now");
    return status;
}

enum status outbox_supersede(struct store *store, int64_t dossier, int64_t about,
                             const char *kind, const char *now, struct err *err)
{
    return statement_write_alone(store, SQL_OUTBOX_SUPERSEDE,
                                 PARAMS(INT(dossier), INT(about), TEXT(kind), TEXT(now)), NULL,
                                 err);
}

enum status outbox_lose(struct store *store, const char *now, int64_t *count, struct err *err)
{
    return statement_write_alone(store, SQL_OUTBOX_LOSE, PARAMS(TEXT(now)), count, err);
}

enum status outbox_of(struct store *store, enum notice_owner kind, int64_t owner,
                      const char *since, size_t max, struct arena *arena,
                      const struct outbox_row **list, size_t *count, struct err *err)
{
    return list_rows(store, SQL_OUTBOX_OF,
                     PARAMS(TEXT(owner_codes[kind]), INT(owner), TEXT(since), INT((int64_t)max)),
                     arena, list, count, err);
}

enum status outbox_unsent(struct store *store, size_t max, struct arena *arena,
                          const struct outbox_row **list, size_t *count, struct err *err)
{
    return list_rows(store, SQL_OUTBOX_UNSENT, PARAMS(INT((int64_t)max)), arena, list, count, err);
}

struct state_count {
    enum outbox_state state;
    int64_t count;
};

static void read_count(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct state_count *)item = (struct state_count){find_state(db_text(stmt, 0)),
                                                       db_int(stmt, 1)};
}

enum status outbox_count(struct store *store, int64_t counts[OUTBOX_STATE__MAX], struct err *err)
{
    static const struct list_kind kind = {sizeof(struct state_count), read_count};
    struct arena arena;
    void *items;
    size_t count = 0;
    enum status status;

    memset(counts, 0, OUTBOX_STATE__MAX * sizeof(*counts));
    arena_init(&arena);
    status = statement_list(store, SQL_OUTBOX_COUNT, PARAMS_NONE, &kind, &arena, &items, &count,
                            err);
    for (size_t i = 0; status == OK && i < count; i++) {
        const struct state_count *one = (const struct state_count *)items + i;

        counts[one->state] += one->count;
    }
    arena_free(&arena);
    return status;
}

/* ---- addresses ---- */

enum status mail_address_set(struct store *store, enum notice_owner kind, int64_t owner,
                             const char *address, const char *now, struct err *err)
{
    const char *code = owner_codes[kind];
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = *address ? statement_write(store, SQL_MAIL_ADDRESS_SET,
                                        PARAMS(TEXT(code), INT(owner), TEXT(address), TEXT(now)),
                                        NULL, err)
                      : statement_write(store, SQL_MAIL_ADDRESS_DROP,
                                        PARAMS(TEXT(code), INT(owner)), NULL, err);
    if (status == OK)
        status = statement_write(store, SQL_OUTBOX_READDRESS,
                                 PARAMS(TEXT(code), INT(owner), TEXT(address)), NULL, err);
    return store_leave(store, has_own, true, status, err);
}

enum status mail_address_of(struct store *store, enum notice_owner kind, int64_t owner,
                            struct arena *arena, const char **address, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row;
    enum status status = statement_first(store, SQL_MAIL_ADDRESS_OF,
                                         PARAMS(TEXT(owner_codes[kind]), INT(owner)), &stmt,
                                         &has_row, err);

    if (status != OK)
        return status;
    *address = has_row ? statement_text(stmt, 0, arena) : "";
    db_done(stmt);
    return OK;
}

/* ---- what officers have to do ---- */

static void read_due(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct due_count *)item = (struct due_count){db_int(stmt, 0), db_int(stmt, 1),
                                                   db_int(stmt, 2), db_int(stmt, 3)};
}

enum status case_due_counts(struct store *store, const char *today, const char *until,
                            struct arena *arena, const struct due_count **list, size_t *count,
                            struct err *err)
{
    static const struct list_kind kind = {sizeof(struct due_count), read_due};
    void *items;
    enum status status = statement_list(store, SQL_CASE_DUE_COUNTS,
                                        PARAMS(TEXT(today), TEXT(until)), &kind, arena, &items,
                                        count, err);

    if (status == OK)
        *list = items;
    return status;
}
