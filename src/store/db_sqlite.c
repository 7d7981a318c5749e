/* SQLite behind store/db.h: transactions and statements. How it is opened: db_sqlite_open.c. */
#include "db_sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/clock.h"

struct stmt_sqlite {
    struct db_stmt stmt;
    sqlite3_stmt *handle;
    int bind_error;               /* the first one; told at the next step */
    int index[DB_PARAMS_MAX + 1]; /* SQLite numbers $n by first appearance; 0: not used */
};

static struct db_sqlite *own(const struct db *db)
{
    return (struct db_sqlite *)(uintptr_t)db;
}

static sqlite3 *handle_of(const struct db *db)
{
    return own(db)->handle;
}

static sqlite3_stmt *stmt_of(const struct db_stmt *stmt)
{
    return ((const struct stmt_sqlite *)stmt)->handle;
}

static enum status fail_db(const struct db *db, int code, struct err *err)
{
    return sqlite_fail(handle_of(db), db->name ? db->name : "?", code, err);
}

/* ---- transactions and scripts ---- */

static enum status execute(struct db *db, const char *sql, struct err *err)
{
    int code = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? OK : fail_db(db, code, err);
}

/*
 * A transaction that reads begins with the first read only: one row is read at once, so that a lock
 * of somebody else is met here and not in the middle.
 */
static enum status sqlite_begin_read(struct db *db, struct err *err)
{
    enum status status = execute(db, "BEGIN", err);
    struct err ignored;

    if (status != OK)
        return status;
    status = execute(db, "SELECT 1 FROM sqlite_schema LIMIT 1", err);
    if (status != OK)
        (void)execute(db, "ROLLBACK", &ignored);
    return status;
}

static enum status sqlite_begin(struct db *db, struct err *err)
{
    struct turn *turn = own(db)->turn;
    enum status status;

    if (turn && !turn_take(turn, db->is_long, clock_ms() + db->wait_ms))
        return fail_db(db, SQLITE_BUSY, err);
    status = execute(db, "BEGIN IMMEDIATE", err);
    if (turn && status != OK)
        turn_give(turn);
    return status;
}

/* While the turn is still ours the log is emptied, if it has grown. */
static void end_turn(struct db *db)
{
    struct db_sqlite *sqlite = own(db);

    if (sqlite->frames >= CHECKPOINT_FRAMES)
        sqlite_checkpoint(sqlite);
    if (sqlite->turn)
        turn_give(sqlite->turn);
}

static enum status sqlite_commit(struct db *db, struct err *err)
{
    enum status status = execute(db, "COMMIT", err);

    if (status == OK)
        end_turn(db);
    return status;
}

static void sqlite_rollback(struct db *db)
{
    struct err err;

    /* A full disk may have rolled back already; a failing rollback is done by the next opening. */
    if (!sqlite3_get_autocommit(handle_of(db)))
        (void)execute(db, "ROLLBACK", &err);
    if (own(db)->turn)
        turn_give(own(db)->turn);
}

static enum status sqlite_part(struct db *db, enum db_part part, struct err *err)
{
    static const char *const texts[] = {[PART_BEGIN] = "SAVEPOINT part",
                                        [PART_RELEASE] = "RELEASE SAVEPOINT part",
                                        [PART_UNDO] = "ROLLBACK TO SAVEPOINT part"};

    return execute(db, texts[part], err);
}

/* The smallest of all commits begins the log anew: what was erased is in neither file any more. */
static void begin_log(struct db_sqlite *sqlite)
{
    (void)sqlite3_exec(sqlite->handle, SQLITE_MARK, NULL, NULL, NULL);
    sqlite->frames = 0;
}

static void sqlite_rest(struct db *db)
{
    struct db_sqlite *sqlite = own(db);
    int64_t wait_ms = db_set_wait(db, 0);

    if (sqlite->frames && (!sqlite->turn || turn_take(sqlite->turn, true, 0))) {
        sqlite_checkpoint(sqlite);
        if (!sqlite->frames)
            begin_log(sqlite);
        if (sqlite->turn)
            turn_give(sqlite->turn);
    }
    (void)db_set_wait(db, wait_ms);
}

static enum status sqlite_claim(struct db *db, struct err *err)
{
    struct turn *turn = own(db)->turn;

    if (!turn || turn_claim(turn))
        return OK;
    return err_set(err, CONFLICT,
                   "cơ sở dữ liệu '%s' đang được một máy chủ dxready serve khác phục vụ; hãy dừng "
                   "máy chủ đó trước, hoặc dùng cơ sở dữ liệu khác (--db)",
                   "the database '%s' is being served by another dxready serve; stop that one "
                   "first, or use another database (--db)",
                   db->name);
}

/*
 * Keys are BIGINT, which is right for every database; but only a column declared "INTEGER PRIMARY
 * KEY" is SQLite's own row number: that saves a second index of the whole table, and a row without
 * a key gets the next one.
 */
static enum status sqlite_script(struct db *db, const char *script, struct err *err)
{
    static const char portable[] = "BIGINT PRIMARY KEY", own[] = "INTEGER PRIMARY KEY";
    enum status status;
    struct buf text;

    buf_init(&text, BUF_MAX_DEFAULT);
    for (const char *at; (at = strstr(script, portable)); script = at + strlen(portable)) {
        buf_add(&text, script, (size_t)(at - script));
        buf_puts(&text, own);
    }
    buf_puts(&text, script);
    status = execute(db, buf_text(&text), err);
    buf_free(&text);
    return status;
}

/* ---- statements ---- */

static enum status sqlite_prepare(struct db *db, enum sql_id id, struct db_stmt **out,
                                  struct err *err)
{
    struct stmt_sqlite *stmt;
    sqlite3_stmt *handle;
    int code = sqlite3_prepare_v3(handle_of(db), sql_text(id), -1, SQLITE_PREPARE_PERSISTENT,
                                  &handle, NULL);

    if (code != SQLITE_OK)
        return fail_db(db, code, err);
    stmt = xmalloc(sizeof(*stmt));
    *stmt = (struct stmt_sqlite){.stmt = {.db = db}, .handle = handle};
    for (int n = 1; n <= DB_PARAMS_MAX; n++) {
        char name[16];

        snprintf(name, sizeof(name), "$%d", n);
        stmt->index[n] = sqlite3_bind_parameter_index(handle, name);
    }
    *out = &stmt->stmt;
    return OK;
}

static void sqlite_finish(struct db_stmt *stmt)
{
    (void)sqlite3_finalize(stmt_of(stmt));
    free(stmt);
}

static int index_of(const struct db_stmt *stmt, int n)
{
    return ((const struct stmt_sqlite *)stmt)->index[n];
}

static void note(struct db_stmt *stmt, int code)
{
    struct stmt_sqlite *sqlite = (struct stmt_sqlite *)stmt;

    if (code != SQLITE_OK && sqlite->bind_error == SQLITE_OK)
        sqlite->bind_error = code;
}

static void sqlite_bind_null(struct db_stmt *stmt, int n)
{
    note(stmt, sqlite3_bind_null(stmt_of(stmt), index_of(stmt, n)));
}

static void sqlite_bind_int(struct db_stmt *stmt, int n, int64_t value)
{
    note(stmt, sqlite3_bind_int64(stmt_of(stmt), index_of(stmt, n), value));
}

static void sqlite_bind_text(struct db_stmt *stmt, int n, const char *text)
{
    note(stmt, sqlite3_bind_text(stmt_of(stmt), index_of(stmt, n), text, -1, SQLITE_STATIC));
}

static void sqlite_bind_bytes(struct db_stmt *stmt, int n, const void *data, size_t len)
{
    note(stmt, sqlite3_bind_blob64(stmt_of(stmt), index_of(stmt, n), data, len, SQLITE_STATIC));
}

static enum status sqlite_step(struct db_stmt *stmt, bool *has_row, struct err *err)
{
    int code = ((const struct stmt_sqlite *)stmt)->bind_error;

    if (code == SQLITE_OK)
        code = sqlite3_step(stmt_of(stmt));
    *has_row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? OK : fail_db(stmt->db, code, err);
}

static enum db_kind sqlite_kind(struct db_stmt *stmt, int column)
{
    switch (sqlite3_column_type(stmt_of(stmt), column)) {
    case SQLITE_NULL:
        return DB_NULL;
    case SQLITE_INTEGER:
        return DB_NUMBER;
    case SQLITE_TEXT:
        return DB_TEXT;
    case SQLITE_BLOB:
        return DB_BYTES;
    default:
        return DB_OTHER;
    }
}

static int64_t sqlite_int(struct db_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt_of(stmt), column);
}

static const char *sqlite_text(struct db_stmt *stmt, int column)
{
    return (const char *)sqlite3_column_text(stmt_of(stmt), column);
}

static const void *sqlite_bytes(struct db_stmt *stmt, int column, size_t *len)
{
    const void *data = sqlite3_column_blob(stmt_of(stmt), column);

    *len = (size_t)sqlite3_column_bytes(stmt_of(stmt), column);
    return data ? data : "";
}

static int64_t sqlite_changes(struct db_stmt *stmt)
{
    return sqlite3_changes64(handle_of(stmt->db));
}

static void sqlite_reset(struct db_stmt *stmt)
{
    ((struct stmt_sqlite *)stmt)->bind_error = SQLITE_OK;
    (void)sqlite3_reset(stmt_of(stmt)); /* repeats the error of the step */
    (void)sqlite3_clear_bindings(stmt_of(stmt));
}

const struct db_ops db_sqlite_ops = {
    .open = sqlite_open,
    .close = sqlite_close,
    .begin_read = sqlite_begin_read,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .part = sqlite_part,
    .rest = sqlite_rest,
    .claim = sqlite_claim,
    .script = sqlite_script,
    .check = sqlite_check,
    .copy = sqlite_copy,
    .durability = sqlite_durability,
    .prepare = sqlite_prepare,
    .finish = sqlite_finish,
    .bind_null = sqlite_bind_null,
    .bind_int = sqlite_bind_int,
    .bind_text = sqlite_bind_text,
    .bind_bytes = sqlite_bind_bytes,
    .step = sqlite_step,
    .kind = sqlite_kind,
    .get_int = sqlite_int,
    .get_text = sqlite_text,
    .get_bytes = sqlite_bytes,
    .changes = sqlite_changes,
    .reset = sqlite_reset,
};
