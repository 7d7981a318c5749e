/* The audit: added to, read in order, and held against its own hashes. */
#include "store/audit.h"

#include <sodium.h>
#include <string.h>

#include "base/array.h"
#include "dossier.h"

#define TEXTS 7 /* of an entry, in the order of its columns behind the account */

static void add_number(crypto_generichash_state *state, int64_t number)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof(bytes));
}

/* Lengths stand before texts: no two rows are the same bytes. */
static void add_text(crypto_generichash_state *state, const char *text)
{
    size_t len = strlen(text);

    add_number(state, (int64_t)len);
    crypto_generichash_update(state, (const unsigned char *)text, len);
}

static void hash_entry(const unsigned char before[AUDIT_HASH_BYTES],
                       const struct audit_entry *entry, unsigned char hash[AUDIT_HASH_BYTES])
{
    const char *const texts[TEXTS] = {entry->at,     entry->actor, entry->act,   entry->object,
                                      entry->before, entry->after, entry->reason};
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, AUDIT_HASH_BYTES);
    crypto_generichash_update(&state, before, AUDIT_HASH_BYTES);
    add_number(&state, entry->id);
    add_number(&state, entry->account);
    for (int i = 0; i < TEXTS; i++)
        add_text(&state, texts[i]);
    crypto_generichash_final(&state, hash, AUDIT_HASH_BYTES);
}

static enum status check_texts(const struct audit_entry *entry, struct err *err)
{
    const char *const texts[] = {entry->actor, entry->object, entry->before, entry->after,
                                 entry->reason};
    int64_t seconds;
    enum status status = time_read(entry->at, &seconds, err);

    for (size_t i = 0; i < ARRAY_SIZE(texts) && status == OK; i++)
        status = dossier_check_text(texts[i], err);
    return status;
}

/* The last entry; zeros where there is none. */
static enum status find_head(struct store *store, int64_t *id, unsigned char *hash,
                             struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    const void *bytes;
    size_t len = 0;
    enum status status =
        statement_first(store, SQL_AUDIT_LAST, PARAMS_NONE, &stmt, &has_row, err);

    if (status != OK)
        return status;
    memset(hash, 0, AUDIT_HASH_BYTES);
    *id = 0;
    if (has_row) {
        *id = db_int(stmt, 0);
        bytes = db_bytes(stmt, 1, &len);
        if (len == AUDIT_HASH_BYTES)
            memcpy(hash, bytes, len);
    }
    db_done(stmt);
    return OK;
}

static enum status add(struct store *store, struct audit_entry entry, struct err *err)
{
    unsigned char before[AUDIT_HASH_BYTES], hash[AUDIT_HASH_BYTES];
    enum status status = find_head(store, &entry.id, before, err);

    if (status != OK)
        return status;
    entry.id++;
    hash_entry(before, &entry, hash);
    return statement_write(store, SQL_AUDIT_ADD,
                           PARAMS(INT(entry.id), TEXT(entry.at), INT(entry.account),
                                  TEXT(entry.actor), TEXT(entry.act), TEXT(entry.object),
                                  TEXT(entry.before), TEXT(entry.after), TEXT(entry.reason),
                                  BYTES(hash, AUDIT_HASH_BYTES)),
                           NULL, err);
}

enum status audit_add(struct store *store, const struct audit_entry *entry, struct err *err)
{
    bool has_own;
    enum status status = check_texts(entry, err);

    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = add(store, *entry, err);
    return store_leave(store, has_own, false, status, err);
}

static void read_entry(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct audit_entry *)item = (struct audit_entry){.id = db_int(stmt, 0),
                                                       .at = statement_text(stmt, 1, arena),
                                                       .account = db_int(stmt, 2),
                                                       .actor = statement_text(stmt, 3, arena),
                                                       .act = statement_text(stmt, 4, arena),
                                                       .object = statement_text(stmt, 5, arena),
                                                       .before = statement_text(stmt, 6, arena),
                                                       .after = statement_text(stmt, 7, arena),
                                                       .reason = statement_text(stmt, 8, arena)};
}

enum status audit_of(struct store *store, const char *object, size_t max, struct arena *arena,
                     const struct audit_entry **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct audit_entry), read_entry};
    void *items;
    enum status status =
        statement_list(store, SQL_AUDIT_OF, PARAMS(TEXT(object), INT((int64_t)max)), &kind, arena,
                       &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

/* ---- is it as it was written? ---- */

/* The columns of SQL_AUDIT_LIST, each of the kind that it was written as: bytes in the place of the
 * same text, a number as a text, a text that goes on behind a NUL are another row. */
static bool has_kinds(struct db_stmt *stmt)
{
    static const enum db_kind kinds[] = {DB_NUMBER, DB_TEXT, DB_NUMBER, DB_TEXT, DB_TEXT,
                                         DB_TEXT,   DB_TEXT, DB_TEXT,   DB_TEXT, DB_BYTES};

    for (int i = 0; i < (int)ARRAY_SIZE(kinds); i++) {
        const void *bytes;
        size_t len = 0;

        if (db_kind(stmt, i) != kinds[i])
            return false;
        if (kinds[i] != DB_TEXT)
            continue;
        bytes = db_bytes(stmt, i, &len);
        if (memchr(bytes, 0, len))
            return false;
    }
    return true;
}

/* True if the row follows what was read before it; then it is the head. */
static bool fits(struct db_stmt *stmt, struct audit_check *check)
{
    struct audit_entry entry;
    unsigned char hash[AUDIT_HASH_BYTES];
    const void *stored;
    size_t len = 0;

    if (!has_kinds(stmt) || db_int(stmt, 0) != check->entries + 1)
        return false;
    entry = (struct audit_entry){.id = db_int(stmt, 0),
                                 .at = db_text(stmt, 1),
                                 .account = db_int(stmt, 2),
                                 .actor = db_text(stmt, 3),
                                 .act = db_text(stmt, 4),
                                 .object = db_text(stmt, 5),
                                 .before = db_text(stmt, 6),
                                 .after = db_text(stmt, 7),
                                 .reason = db_text(stmt, 8)};
    stored = db_bytes(stmt, 9, &len);
    hash_entry(check->head, &entry, hash);
    if (len != AUDIT_HASH_BYTES || memcmp(stored, hash, AUDIT_HASH_BYTES) != 0)
        return false;
    memcpy(check->head, hash, AUDIT_HASH_BYTES);
    check->entries++;
    return true;
}

enum status audit_check(struct store *store, struct audit_check *out, struct err *err)
{
    struct audit_check check = {.entries = 0};
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status =
        statement_first(store, SQL_AUDIT_LIST, PARAMS_NONE, &stmt, &has_row, err);

    if (status != OK)
        return status;
    while (status == OK && has_row && !check.broken) {
        if (fits(stmt, &check))
            status = db_step(stmt, &has_row, err);
        else
            check.broken = check.entries + 1;
    }
    db_done(stmt);
    if (status == OK)
        *out = check;
    return status;
}
