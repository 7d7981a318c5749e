/* Who may open a dossier: secrets, sessions, limits of tries, keys. Only hashes are stored. */
#include "dossier.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/array.h"
#include "store/accounts.h"


/* ---- secrets ---- */

enum status dossier_secret(struct store *store, const char *reference, struct arena *arena,
                           int64_t *id, const char **hash, struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status = statement_first(
        store, SQL_DOSSIER_SECRET, PARAMS(INT(dossier_id_of(reference))), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row) {
        *id = db_int(stmt, 0);
        *hash = statement_text(stmt, 1, arena);
    }
    db_done(stmt);
    return has_row ? OK : dossier_not_found(err);
}

static enum status set_secret(struct store *store, int64_t id, const char *hash,
                              const unsigned char *token_hash, const unsigned char *but_session,
                              bool *has_written, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write(
        store, SQL_DOSSIER_SET_SECRET,
        PARAMS(INT(id), TEXT(hash), BYTES(token_hash, TOKEN_HASH_BYTES)), &changes, err);

    if (status == OK && !changes)
        return dossier_not_found(err);
    if (status != OK)
        return status;
    *has_written = true;
    return statement_write(store, SQL_SESSION_END_OTHERS,
                           PARAMS(INT(id), BYTES(but_session, TOKEN_HASH_BYTES)), NULL, err);
}

enum status dossier_set_secret(struct store *store, int64_t id, const char *hash,
                               const unsigned char *token_hash, const unsigned char *but_session,
                               struct err *err)
{
    bool has_own, has_written = false;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = set_secret(store, id, hash, token_hash, but_session, &has_written, err);
    return store_leave(store, has_own, has_written, status, err);
}

enum status dossier_by_token(struct store *store, const unsigned char *token_hash, int64_t *id,
                             struct err *err)
{
    bool has_row = false;
    enum status status =
        statement_int(store, SQL_DOSSIER_BY_TOKEN, PARAMS(BYTES(token_hash, TOKEN_HASH_BYTES)), id,
                      &has_row, err);

    return status == OK && !has_row ? dossier_not_found(err) : status;
}

/* ---- sessions ---- */

struct session_times {
    int64_t started_at, used_at;
};

static bool is_over(const struct session_times *times, int64_t now)
{
    return now - times->used_at >= SESSION_IDLE_SECONDS ||
           now - times->started_at >= SESSION_SECONDS;
}

/* The times in the first row of a statement, if there is one. */
static enum status find_times(struct store *store, enum sql_id sql, struct params params,
                              struct session_times *times, bool *has_row, struct err *err)
{
    int64_t both[2];
    enum status status = statement_ints(store, sql, params, both, ARRAY_SIZE(both), has_row, err);

    if (status == OK && *has_row)
        *times = (struct session_times){both[0], both[1]};
    return status;
}

/* Another dossier does not make a session longer; one that is over may open nothing any more. */
static enum status begin_session(struct store *store, const struct param *hash, int64_t now,
                                 struct session_times *times, bool *has_written, struct err *err)
{
    bool has_row = false;
    enum status status = find_times(store, SQL_SESSION_START, PARAMS(*hash), times, &has_row, err);

    if (status != OK || (has_row && !is_over(times, now)))
        return status;
    *times = (struct session_times){now, now};
    *has_written = has_row;
    return has_row ? statement_write(store, SQL_SESSION_END, PARAMS(*hash), NULL, err) : OK;
}

static enum status check_count(struct store *store, const struct param *hash, int64_t dossier,
                               struct err *err)
{
    int64_t count = 0;
    bool has_row;
    enum status status =
        statement_int(store, SQL_SESSION_COUNT, PARAMS(*hash, INT(dossier)), &count, &has_row, err);

    if (status == OK && count >= SESSION_DOSSIERS_MAX)
        return err_set(err, LIMIT,
                       "một phiên chỉ mở được %d hồ sơ; hãy đăng xuất rồi mở hồ sơ khác",
                       "a session may open only %d dossiers; sign out, then open another one",
                       SESSION_DOSSIERS_MAX);
    return status;
}

static enum status grant(struct store *store, const struct param *hash, int64_t dossier,
                         int64_t now, bool *has_written, struct err *err)
{
    struct session_times times = {0};
    int64_t changes = 0;
    enum status status = dossier_is_open(store, dossier, err);

    if (status == OK)
        status = begin_session(store, hash, now, &times, has_written, err);
    if (status == OK)
        status = check_count(store, hash, dossier, err);
    if (status == OK)
        status = statement_write(store, SQL_SESSION_GRANT,
                                 PARAMS(*hash, INT(dossier), INT(times.started_at), INT(now)),
                                 &changes, err);
    return status == OK && !changes ? dossier_not_found(err) : status;
}

enum status session_grant(struct store *store, const unsigned char *hash, int64_t dossier,
                          const char *now, struct err *err)
{
    struct param key = BYTES(hash, TOKEN_HASH_BYTES);
    bool has_own, has_written = false;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = grant(store, &key, dossier, seconds, &has_written, err);
    return store_leave(store, has_own, has_written, status, err);
}

enum status session_check(struct store *store, const unsigned char *hash, int64_t dossier,
                          const char *now, struct session_check *out, struct err *err)
{
    struct param key = BYTES(hash, TOKEN_HASH_BYTES);
    struct session_times times = {0};
    bool has_row = false;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status =
            find_times(store, SQL_SESSION_CHECK, PARAMS(key, INT(dossier)), &times, &has_row, err);
    if (status != OK)
        return status;
    out->is_granted = has_row && !is_over(&times, seconds);
    out->is_use_due = out->is_granted && seconds - times.used_at >= USE_NOTED_SECONDS;
    return OK;
}

static enum status note_use(struct store *store, const unsigned char *hash, int64_t seconds,
                            struct err *err)
{
    const struct params params = PARAMS(BYTES(hash, TOKEN_HASH_BYTES), INT(seconds));
    enum status status = statement_write(store, SQL_SESSION_USE, params, NULL, err);

    return status == OK ? statement_write(store, SQL_DESK_USE, params, NULL, err) : status;
}

enum status session_note_uses(struct store *store, const unsigned char *hashes, size_t count,
                              const char *now, struct err *err)
{
    bool has_own;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    for (size_t i = 0; i < count && status == OK; i++)
        status = note_use(store, hashes + i * TOKEN_HASH_BYTES, seconds, err);
    return store_leave(store, has_own, count > 0, status, err);
}

enum status session_renew(struct store *store, const unsigned char *before,
                          const unsigned char *after, struct err *err)
{
    return statement_write_alone(
        store, SQL_SESSION_RENEW,
        PARAMS(BYTES(before, TOKEN_HASH_BYTES), BYTES(after, TOKEN_HASH_BYTES)), NULL, err);
}

enum status session_end(struct store *store, const unsigned char *hash, struct err *err)
{
    return statement_write_alone(store, SQL_SESSION_END, PARAMS(BYTES(hash, TOKEN_HASH_BYTES)),
                                 NULL, err);
}

enum status session_sweep(struct store *store, const char *now, struct err *err)
{
    bool has_own;
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = statement_write(
        store, SQL_SESSION_SWEEP,
        PARAMS(INT(seconds - SESSION_SECONDS), INT(seconds - SESSION_IDLE_SECONDS)), NULL, err);
    if (status == OK)
        status = statement_write(
            store, SQL_DESK_SWEEP,
            PARAMS(INT(seconds - DESK_SECONDS), INT(seconds - DESK_IDLE_SECONDS),
                   INT(seconds - DESK_HALF_SECONDS)),
            NULL, err);
    if (status == OK)
        status = statement_write(store, SQL_LIMIT_SWEEP, PARAMS(INT(seconds)), NULL, err);
    return store_leave(store, has_own, status != OK, status, err);
}

/* ---- limits ---- */

/*
 * A bucket is the second at which it will be full: each try puts that off by what one try takes to
 * come back, and there is none where it would lie further away than filling takes in all.
 */
static enum status take(struct store *store, const char *key, int64_t count, int64_t size,
                        int64_t each, int64_t now, int *wait, struct err *err)
{
    int64_t full_at = now, most = now + (size - count) * each;
    bool has_row;
    enum status status =
        statement_int(store, SQL_LIMIT_FIND, PARAMS(TEXT(key)), &full_at, &has_row, err);

    if (status != OK)
        return status;
    if (full_at < now)
        full_at = now;
    if (full_at > now + size * each) /* the clock was put back, or the bucket was bigger */
        full_at = now + size * each;
    *wait = full_at > most ? (int)(full_at - most) : 0;
    if (*wait)
        return OK;
    return statement_write(store, SQL_LIMIT_SET,
                           PARAMS(TEXT(key), INT(full_at + count * each), INT(each)), NULL, err);
}

enum status limit_spend(struct store *store, const char *key, int count, int size, int seconds_each,
                        const char *now, int *wait, struct err *err)
{
    bool has_own;
    int64_t seconds;
    int result = 0;
    enum status status = time_read(now, &seconds, err);

    if (status == OK && (size < 1 || seconds_each < 1))
        status =
            err_set(err, BAD_INPUT, "giới hạn phải là số dương (%d lần, mỗi lần %d giây)",
                    "a limit must be positive (%d tries, %d seconds each)", size, seconds_each);
    if (status == OK && (count < 1 || count > size))
        status = err_set(err, BAD_INPUT, "chỉ lấy được từ 1 đến %d lần, không phải %d",
                         "from 1 to %d tries can be taken, not %d", size, count);
    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = take(store, key, count, size, seconds_each, seconds, &result, err);
    status = store_leave(store, has_own, false, status, err);
    if (status == OK)
        *wait = result;
    return status;
}

enum status limit_take(struct store *store, const char *key, int size, int seconds_each,
                       const char *now, int *wait, struct err *err)
{
    return limit_spend(store, key, 1, size, seconds_each, now, wait, err);
}

enum status limit_return(struct store *store, const char *key, struct err *err)
{
    return statement_write_alone(store, SQL_LIMIT_RETURN, PARAMS(TEXT(key)), NULL, err);
}

/* ---- times that are known; they stand among the keys ---- */

#define TIME_NAME "newest-time"
#define BACKUP_NAME "last-backup"

/* The first column of the first row, "" if there is none. */
static enum status read_time(struct store *store, enum sql_id sql, struct params params,
                             char time[STORE_TIME_BYTES], struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    const void *text;
    size_t len = 0;
    enum status status = statement_first(store, sql, params, &stmt, &has_row, err);

    if (status != OK)
        return status;
    text = has_row ? db_bytes(stmt, 0, &len) : "";
    snprintf(time, STORE_TIME_BYTES, "%.*s", (int)len, (const char *)text);
    db_done(stmt);
    return OK;
}

enum status store_known_time(struct store *store, char time[STORE_TIME_BYTES], struct err *err)
{
    enum status status = read_time(store, SQL_STORE_KEY_FIND, PARAMS(TEXT(TIME_NAME)), time, err);

    if (status == OK && !*time)
        status = read_time(store, SQL_DOSSIER_NEWEST, PARAMS_NONE, time, err);
    return status;
}

static enum status note_time(struct store *store, const char *name, const char *now,
                             struct err *err)
{
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    return status == OK
               ? statement_write_alone(store, SQL_STORE_KEY_RAISE,
                                       PARAMS(TEXT(name), BYTES(now, strlen(now))), NULL, err)
               : status;
}

enum status store_note_time(struct store *store, const char *now, struct err *err)
{
    return note_time(store, TIME_NAME, now, err);
}

enum status store_last_backup(struct store *store, char time[STORE_TIME_BYTES], struct err *err)
{
    return read_time(store, SQL_STORE_KEY_FIND, PARAMS(TEXT(BACKUP_NAME)), time, err);
}

enum status store_note_backup(struct store *store, const char *now, struct err *err)
{
    return note_time(store, BACKUP_NAME, now, err);
}

/* What stands there already would not be written again. */
enum status store_try_write(struct store *store, struct err *err)
{
    unsigned char other[8];

    randombytes_buf(other, sizeof(other));
    return statement_write_alone(store, SQL_STORE_KEY_SET,
                                 PARAMS(TEXT("ready"), BYTES(other, sizeof(other))), NULL, err);
}

/* ---- keys ---- */

static enum status find_key(struct store *store, const char *name,
                            unsigned char key[STORE_KEY_BYTES], bool *is_found, struct err *err)
{
    struct db_stmt *stmt;
    const void *bytes;
    size_t len = 0;
    enum status status =
        statement_first(store, SQL_STORE_KEY_FIND, PARAMS(TEXT(name)), &stmt, is_found, err);

    if (status != OK)
        return status;
    if (*is_found) {
        bytes = db_bytes(stmt, 0, &len);
        if (len == STORE_KEY_BYTES)
            memcpy(key, bytes, len);
        else
            status = err_set(err, FAILED, "khóa '%s' trong cơ sở dữ liệu bị hỏng",
                             "the key '%s' in the database is damaged", name);
    }
    db_done(stmt);
    return status;
}

/* Looks again with the write lock held: another process may have made it. */
static enum status make_key(struct store *store, const char *name,
                            unsigned char key[STORE_KEY_BYTES], struct err *err)
{
    bool is_found = false;
    enum status status = find_key(store, name, key, &is_found, err);

    if (status != OK || is_found)
        return status;
    randombytes_buf(key, STORE_KEY_BYTES);
    return statement_write(store, SQL_STORE_KEY_ADD,
                           PARAMS(TEXT(name), BYTES(key, STORE_KEY_BYTES)), NULL, err);
}

enum status store_key(struct store *store, const char *name, unsigned char key[STORE_KEY_BYTES],
                      struct err *err)
{
    unsigned char found[STORE_KEY_BYTES];
    bool is_found = false, has_own;
    enum status status = find_key(store, name, found, &is_found, err);

    if (status == OK && !is_found) {
        status = store_enter(store, &has_own, err);
        if (status != OK)
            return status;
        status = make_key(store, name, found, err);
        status = store_leave(store, has_own, false, status, err);
    }
    if (status == OK)
        memcpy(key, found, sizeof(found));
    sodium_memzero(found, sizeof(found));
    return status;
}
