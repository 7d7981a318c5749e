/* Sessions of people who signed in; known by the hash of their token. */
#include "store/accounts.h"

#include <string.h>

#include "dossier.h"

static const char *const stage_codes[DESK_STAGE__MAX] = {
    [DESK_PASSWORD] = "password", [DESK_SETUP] = "setup", [DESK_OPEN] = "open"};

static enum desk_stage stage_of(const char *code)
{
    for (int i = 0; i < DESK_STAGE__MAX; i++) {
        if (strcmp(stage_codes[i], code) == 0)
            return (enum desk_stage)i;
    }
    return DESK_PASSWORD; /* of a newer program: nothing is open to it here */
}

static void read_session(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct desk_session *session = item;
    size_t len = 0;
    const void *seed = db_bytes(stmt, 7, &len);

    *session = (struct desk_session){.id = db_int(stmt, 0),
                                     .account = db_int(stmt, 1),
                                     .stage = stage_of(db_text(stmt, 2)),
                                     .started_at = db_int(stmt, 3),
                                     .used_at = db_int(stmt, 4),
                                     .proved_at = db_int(stmt, 5),
                                     .agent = statement_text(stmt, 6, arena)};
    if (seed && len == DESK_SEED_BYTES)
        memcpy(session->seed, seed, len);
}

static bool is_over(const struct desk_session *session, int64_t now)
{
    if (session->stage != DESK_OPEN)
        return now - session->started_at >= DESK_HALF_SECONDS;
    return now - session->used_at >= DESK_IDLE_SECONDS ||
           now - session->started_at >= DESK_SECONDS;
}

static enum status insert(struct store *store, const unsigned char *hash,
                          const struct desk_session *session, int64_t now, struct err *err)
{
    const void *seed = session->stage == DESK_SETUP ? session->seed : NULL;
    int64_t started_at = session->started_at ? session->started_at : now;
    enum status status = statement_write(
        store, SQL_DESK_START,
        PARAMS(BYTES(hash, TOKEN_HASH_BYTES), INT(session->account),
               TEXT(stage_codes[session->stage]), INT(started_at), INT(now),
               INT(session->proved_at), TEXT(session->agent), BYTES(seed, DESK_SEED_BYTES)),
        NULL, err);

    if (status == OK)
        status = statement_write(store, SQL_DESK_END_OLDEST,
                                 PARAMS(INT(session->account), INT(DESK_SESSIONS_MAX)), NULL, err);
    return status;
}

enum status desk_session_start(struct store *store, const unsigned char *before,
                               const unsigned char *hash, const struct desk_session *session,
                               const char *now, struct err *err)
{
    bool has_own;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    if (before)
        status = desk_session_end(store, before, err);
    if (status == OK)
        status = insert(store, hash, session, seconds, err);
    return store_leave(store, has_own, true, status, err);
}

enum status desk_session_find(struct store *store, const unsigned char *hash, const char *now,
                              struct arena *arena, struct desk_session *out, bool *is_use_due,
                              struct err *err)
{
    struct desk_session session = {0};
    bool has_row = false;
    struct db_stmt *stmt;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = statement_first(store, SQL_DESK_FIND, PARAMS(BYTES(hash, TOKEN_HASH_BYTES)), &stmt,
                                 &has_row, err);
    if (status != OK)
        return status;
    if (has_row)
        read_session(stmt, arena, &session);
    db_done(stmt);
    if (!has_row || is_over(&session, seconds))
        return err_set(err, NOT_FOUND, "phiên làm việc đã kết thúc", "the session is over");
    *is_use_due = seconds - session.used_at >= USE_NOTED_SECONDS;
    *out = session;
    return OK;
}

enum status desk_session_prove(struct store *store, const unsigned char *hash, const char *now,
                               struct err *err)
{
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    return status == OK ? statement_write_alone(store, SQL_DESK_PROVE,
                                                PARAMS(BYTES(hash, TOKEN_HASH_BYTES), INT(seconds)),
                                                NULL, err)
                        : status;
}

enum status desk_session_end(struct store *store, const unsigned char *hash, struct err *err)
{
    return statement_write_alone(store, SQL_DESK_END, PARAMS(BYTES(hash, TOKEN_HASH_BYTES)), NULL,
                                 err);
}

enum status desk_session_end_one(struct store *store, int64_t account, int64_t id, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(store, SQL_DESK_END_ONE,
                                               PARAMS(INT(account), INT(id)), &changes, err);

    return status == OK && !changes
               ? err_set(err, NOT_FOUND, "phiên này đã kết thúc", "this session is over already")
               : status;
}

enum status desk_session_end_all(struct store *store, int64_t account, const unsigned char *but,
                                 struct err *err)
{
    return statement_write_alone(store, SQL_DESK_END_ALL,
                                 PARAMS(INT(account), BYTES(but, TOKEN_HASH_BYTES)), NULL, err);
}

enum status desk_session_list(struct store *store, int64_t account, const char *now,
                              struct arena *arena, struct desk_session **list, size_t *count,
                              struct err *err)
{
    static const struct list_kind kind = {sizeof(struct desk_session), read_session};
    void *items;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = statement_list(
            store, SQL_DESK_LIST,
            PARAMS(INT(account), INT(seconds - DESK_SECONDS), INT(seconds - DESK_IDLE_SECONDS)),
            &kind, arena, &items, count, err);
    if (status == OK)
        *list = items;
    return status;
}
