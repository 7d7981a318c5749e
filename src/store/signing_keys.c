/* Keys that verified reports are signed with. */
#include "store/signing_keys.h"

#include <stdio.h>

#include "dossier.h"

static void read_key(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct signing_key *key = item;

    *key = (struct signing_key){.since = statement_text(stmt, 3, arena),
                                .retired_at = statement_text(stmt, 4, arena)};
    snprintf(key->id, sizeof(key->id), "%s", statement_text(stmt, 0, arena));
    statement_bytes(stmt, 1, key->public_key, sizeof(key->public_key));
    statement_bytes(stmt, 2, key->secret_key, sizeof(key->secret_key));
}

enum status signing_key_list(struct store *store, struct arena *arena, struct signing_key **list,
                             size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct signing_key), read_key};
    void *items;
    enum status status =
        statement_list(store, SQL_SIGNING_KEY_LIST, PARAMS_NONE, &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static enum status check_room(struct store *store, struct err *err)
{
    int64_t count = 0;
    bool has_row;
    enum status status =
        statement_int(store, SQL_SIGNING_KEY_COUNT, PARAMS_NONE, &count, &has_row, err);

    if (status == OK && count >= SIGNING_KEYS_MAX)
        return err_set(err, LIMIT, "chỉ có tối đa %d khóa ký", "there are at most %d signing keys",
                       SIGNING_KEYS_MAX);
    return status;
}

enum status signing_key_add(struct store *store, const struct signing_key *key, struct err *err)
{
    bool has_own, has_written = false;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = check_room(store, err);
    has_written = status == OK;
    if (status == OK)
        status =
            statement_write(store, SQL_SIGNING_KEY_RETIRE, PARAMS(TEXT(key->since)), NULL, err);
    if (status == OK)
        status = statement_write(store, SQL_SIGNING_KEY_ADD,
                                 PARAMS(TEXT(key->id), BYTES(key->public_key, SIGN_PUBLIC_BYTES),
                                        BYTES(key->secret_key, SIGN_SECRET_BYTES),
                                        TEXT(key->since)),
                                 NULL, err);
    return store_leave(store, has_own, has_written, status, err);
}
