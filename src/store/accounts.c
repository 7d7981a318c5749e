/* Accounts of people who sign in. Only hashes of what they know are stored. */
#include "store/accounts.h"

#include <string.h>

#include <sodium.h>

#include "dossier.h"

static enum status not_found(struct err *err)
{
    return err_set(err, NOT_FOUND, "không có tài khoản này", "there is no such account");
}

static void read_account(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct account *account = item;

    *account = (struct account){.id = db_int(stmt, 0),
                                .name = statement_text(stmt, 1, arena),
                                .full_name = statement_text(stmt, 2, arena),
                                .role = statement_text(stmt, 3, arena),
                                .version = db_int(stmt, 4),
                                .is_disabled = db_int(stmt, 5) != 0,
                                .password_hash = statement_text(stmt, 6, arena),
                                .totp_step = db_int(stmt, 8),
                                .link_until = db_int(stmt, 10),
                                .created_at = statement_text(stmt, 11, arena),
                                .password_at = statement_text(stmt, 12, arena),
                                .factor_at = statement_text(stmt, 13, arena),
                                .signed_in_at = statement_text(stmt, 14, arena),
                                .codes_left = (size_t)db_int(stmt, 15)};
    statement_bytes(stmt, 7, account->totp_key, sizeof(account->totp_key));
    statement_bytes(stmt, 9, account->code_salt, sizeof(account->code_salt));
}

static void read_area(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(const char **)item = statement_text(stmt, 0, arena);
}

static enum status read_areas(struct store *store, struct arena *arena, struct account *account,
                              struct err *err)
{
    static const struct list_kind kind = {sizeof(const char *), read_area};
    void *items;
    enum status status = statement_list(store, SQL_ACCOUNT_AREA_LIST, PARAMS(INT(account->id)),
                                        &kind, arena, &items, &account->area_count, err);

    if (status == OK)
        account->areas = items;
    return status;
}

static enum status find(struct store *store, enum sql_id sql, struct params params,
                        struct arena *arena, struct account *out, struct err *err)
{
    struct account account;
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status = statement_first(store, sql, params, &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row)
        read_account(stmt, arena, &account);
    db_done(stmt);
    if (!has_row)
        return not_found(err);
    status = read_areas(store, arena, &account, err);
    if (status == OK)
        *out = account;
    return status;
}

enum status account_find(struct store *store, const char *name, struct arena *arena,
                         struct account *out, struct err *err)
{
    return find(store, SQL_ACCOUNT_FIND, PARAMS(TEXT(name)), arena, out, err);
}

enum status account_load(struct store *store, int64_t id, struct arena *arena, struct account *out,
                         struct err *err)
{
    return find(store, SQL_ACCOUNT_LOAD, PARAMS(INT(id)), arena, out, err);
}

enum status account_by_link(struct store *store, const unsigned char *hash, const char *now,
                            struct arena *arena, struct account *out, struct err *err)
{
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    return status == OK ? find(store, SQL_ACCOUNT_BY_LINK,
                               PARAMS(BYTES(hash, TOKEN_HASH_BYTES), INT(seconds)), arena, out, err)
                        : status;
}

enum status account_list(struct store *store, struct arena *arena, struct account **list,
                         size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct account), read_account};
    void *items;
    enum status status =
        statement_list(store, SQL_ACCOUNT_LIST, PARAMS_NONE, &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    for (size_t i = 0; status == OK && i < *count; i++)
        status = read_areas(store, arena, *list + i, err);
    return status;
}

static enum status count_all(struct store *store, int64_t *count, struct err *err)
{
    bool has_row;

    *count = 0;
    return statement_int(store, SQL_ACCOUNT_COUNT, PARAMS_NONE, count, &has_row, err);
}

enum status account_any(struct store *store, bool *is_there, struct err *err)
{
    int64_t count;
    enum status status = count_all(store, &count, err);

    *is_there = count > 0;
    return status;
}

/* ---- changes ---- */

static enum status write_areas(struct store *store, const struct account *account,
                               struct err *err)
{
    enum status status =
        statement_write(store, SQL_ACCOUNT_AREA_DROP, PARAMS(INT(account->id)), NULL, err);

    for (size_t i = 0; i < account->area_count && status == OK; i++)
        status = statement_write(store, SQL_ACCOUNT_AREA_ADD,
                                 PARAMS(INT(account->id), TEXT(account->areas[i])), NULL, err);
    return status;
}

static enum status check_room(struct store *store, struct err *err)
{
    int64_t count;
    enum status status = count_all(store, &count, err);

    if (status == OK && count >= ACCOUNTS_MAX)
        return err_set(err, LIMIT, "chỉ có tối đa %d tài khoản", "there are at most %d accounts",
                       ACCOUNTS_MAX);
    return status;
}

static enum status insert(struct store *store, struct account *account, const char *now,
                          struct err *err)
{
    bool has_row = false;
    enum status status = statement_int(
        store, SQL_ACCOUNT_ADD,
        PARAMS(TEXT(account->name), TEXT(account->full_name), TEXT(account->role), TEXT(now)),
        &account->id, &has_row, err);

    if (status == OK && !has_row)
        return err_set(err, CONFLICT, "đã có tài khoản '%s'", "there is an account '%s' already",
                       account->name);
    return status;
}

enum status account_add(struct store *store, struct account *account, const char *now,
                        struct err *err)
{
    bool has_own, has_written = false;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = check_room(store, err);
    if (status == OK)
        status = insert(store, account, now, err);
    has_written = status == OK;
    if (status == OK)
        status = write_areas(store, account, err);
    return store_leave(store, has_own, has_written, status, err);
}

/* A statement that has to change the one row of an account. */
static enum status write_one(struct store *store, enum sql_id sql, struct params params,
                             struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write(store, sql, params, &changes, err);

    return status == OK && !changes ? not_found(err) : status;
}

static enum status change(struct store *store, struct account *account, bool ends_sessions,
                          bool *has_written, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write(store, SQL_ACCOUNT_CHANGE,
                                         PARAMS(INT(account->id), INT(account->version),
                                                TEXT(account->role), INT(account->is_disabled)),
                                         &changes, err);

    if (status == OK && !changes)
        return err_set(err, CONFLICT,
                       "tài khoản vừa được thay đổi ở nơi khác; hãy mở lại để xem bản mới nhất",
                       "the account was changed elsewhere; open it again to see how it stands now");
    *has_written = status == OK;
    if (status == OK)
        status = write_areas(store, account, err);
    return status == OK && ends_sessions
               ? desk_session_end_all(store, account->id, NULL, err)
               : status;
}

enum status account_change(struct store *store, struct account *account, bool ends_sessions,
                           struct err *err)
{
    bool has_own, has_written = false;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = change(store, account, ends_sessions, &has_written, err);
    status = store_leave(store, has_own, has_written, status, err);
    if (status == OK)
        account->version++;
    return status;
}

static enum status drop_codes(struct store *store, int64_t id, struct err *err)
{
    return statement_write(store, SQL_ACCOUNT_CODE_DROP, PARAMS(INT(id)), NULL, err);
}

enum status account_set_link(struct store *store, int64_t id, const struct account_link *link,
                             struct err *err)
{
    bool has_own, has_written;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = write_one(store, SQL_ACCOUNT_SET_LINK,
                       PARAMS(INT(id), BYTES(link->hash, TOKEN_HASH_BYTES), INT(link->until),
                              INT(link->drops_password), INT(link->drops_factor)),
                       err);
    has_written = status == OK;
    if (status == OK && link->drops_factor)
        status = drop_codes(store, id, err);
    if (status == OK)
        status = desk_session_end_all(store, id, NULL, err);
    return store_leave(store, has_own, has_written, status, err);
}

/* The same between store_enter() and store_leave(). */
static enum status write_one_alone(struct store *store, enum sql_id sql, struct params params,
                                   struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = write_one(store, sql, params, err);
    return store_leave(store, has_own, false, status, err);
}

enum status account_set_password(struct store *store, int64_t id, const char *hash,
                                 const char *now, struct err *err)
{
    return write_one_alone(store, SQL_ACCOUNT_SET_PASSWORD,
                           PARAMS(INT(id), TEXT(hash), TEXT(now)), err);
}

enum status account_signed_in(struct store *store, int64_t id, const char *now, struct err *err)
{
    return write_one_alone(store, SQL_ACCOUNT_SIGNED_IN, PARAMS(INT(id), TEXT(now)), err);
}

/* ---- the second factor ---- */

enum status account_use_step(struct store *store, int64_t id, int64_t step, struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(store, SQL_ACCOUNT_USE_STEP,
                                               PARAMS(INT(id), INT(step)), &changes, err);

    return status == OK && !changes
               ? err_set(err, CONFLICT, "mã này đã được dùng", "this code was used already")
               : status;
}

static enum status write_codes(struct store *store, int64_t id, const struct recovery_set *codes,
                               struct err *err)
{
    enum status status =
        write_one(store, SQL_ACCOUNT_SET_SALT,
                  PARAMS(INT(id), BYTES(codes->salt, RECOVERY_SALT_BYTES)), err);

    if (status == OK)
        status = drop_codes(store, id, err);
    for (size_t i = 0; i < RECOVERY_CODES && status == OK; i++)
        status = statement_write(store, SQL_ACCOUNT_CODE_ADD,
                                 PARAMS(INT(id), BYTES(codes->hashes[i], RECOVERY_HASH_BYTES)),
                                 NULL, err);
    return status;
}

enum status account_set_codes(struct store *store, int64_t id, const struct recovery_set *codes,
                              struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = write_codes(store, id, codes, err);
    return store_leave(store, has_own, status != NOT_FOUND, status, err);
}

enum status account_set_factor(struct store *store, int64_t id,
                               const unsigned char key[TOTP_KEY_BYTES], int64_t step,
                               const struct recovery_set *codes, const char *now, struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = write_one(
        store, SQL_ACCOUNT_SET_FACTOR,
        PARAMS(INT(id), BYTES(key, TOTP_KEY_BYTES), INT(step), TEXT(now)), err);
    if (status == OK)
        status = write_codes(store, id, codes, err);
    return store_leave(store, has_own, status != NOT_FOUND, status, err);
}

static void read_hash(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    statement_bytes(stmt, 0, item, RECOVERY_HASH_BYTES);
}

/* All of them are looked at, whichever fits. */
static bool is_among(const unsigned char *hashes, size_t count, const unsigned char *hash)
{
    bool is_one = false;

    for (size_t i = 0; i < count; i++)
        is_one |= sodium_memcmp(hashes + i * RECOVERY_HASH_BYTES, hash, RECOVERY_HASH_BYTES) == 0;
    return is_one;
}

static enum status use_code(struct store *store, int64_t id, const unsigned char *hash,
                            struct arena *arena, struct err *err)
{
    static const struct list_kind kind = {RECOVERY_HASH_BYTES, read_hash};
    void *hashes;
    size_t count;
    enum status status = statement_list(store, SQL_ACCOUNT_CODE_LIST, PARAMS(INT(id)), &kind, arena,
                                        &hashes, &count, err);

    if (status == OK && !is_among(hashes, count, hash))
        return err_set(err, NOT_FOUND, "không phải mã khôi phục còn dùng được",
                       "this is no recovery code that is left");
    return status == OK
               ? statement_write(store, SQL_ACCOUNT_CODE_USE,
                                 PARAMS(INT(id), BYTES(hash, RECOVERY_HASH_BYTES)), NULL, err)
               : status;
}

enum status account_use_code(struct store *store, int64_t id,
                             const unsigned char hash[RECOVERY_HASH_BYTES], struct err *err)
{
    struct arena arena;
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = use_code(store, id, hash, &arena, err);
    arena_free(&arena);
    return store_leave(store, has_own, false, status, err);
}
