/* SQLite behind store/db.h: the only file that knows it. */
#include "db_ops.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"

/* "DXRD": marks a file as ours, so that another program's database is not taken for an old one. */
#define APPLICATION_ID 0x44585244
/* The first version without the bug that may lose a committed WAL (3.7.0 to 3.51.2). */
#define WAL_VERSION_MIN 3051003
/* Who writes comes back to pages in no order; who reads goes through them once, block by block. */
#define CACHE_KIB 65536
#define CACHE_KIB_READ 8192

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

struct db_sqlite {
    struct db db;
    sqlite3 *handle;
};

struct stmt_sqlite {
    struct db_stmt stmt;
    sqlite3_stmt *handle;
    int bind_error;               /* the first one; told at the next step */
    int index[DB_PARAMS_MAX + 1]; /* SQLite numbers $n by first appearance; 0: not used */
};

static sqlite3 *handle_of(const struct db *db)
{
    return ((const struct db_sqlite *)db)->handle;
}

static sqlite3_stmt *stmt_of(const struct db_stmt *stmt)
{
    return ((const struct stmt_sqlite *)stmt)->handle;
}

/* ---- errors ---- */

struct sqlite_error {
    int code;
    enum status status;
    struct words text;
};

static const struct sqlite_error errors[] = {
    {SQLITE_BUSY,
     BUSY,
     {{"đang được chương trình khác ghi; hãy thử lại",
       "is being written by another program; try again"}}},
    {SQLITE_LOCKED, BUSY, {{"đang được dùng; hãy thử lại", "is in use; try again"}}},
    {SQLITE_CONSTRAINT,
     CONFLICT,
     {{"không nhận giá trị vì trái ràng buộc", "refuses a value that violates a constraint"}}},
    {SQLITE_NOTADB, BAD_INPUT, {{"không phải tệp cơ sở dữ liệu", "is no database file"}}},
    {SQLITE_CORRUPT,
     FAILED,
     {{"bị hỏng hoặc bị cắt cụt; hãy khôi phục từ bản sao lưu",
       "is damaged or cut short; restore it from a backup"}}},
    {SQLITE_READONLY,
     FAILED,
     {{"chỉ đọc được: không có quyền ghi tệp hoặc thư mục chứa nó",
       "is read-only: the file or its folder cannot be written"}}},
    {SQLITE_CANTOPEN, FAILED, {{"không mở được", "cannot be opened"}}},
    {SQLITE_PERM, FAILED, {{"không mở được vì thiếu quyền", "cannot be opened: no permission"}}},
    {SQLITE_FULL,
     FAILED,
     {{"không ghi được: hết chỗ trên đĩa", "cannot be written: the disk is full"}}},
    {SQLITE_IOERR, FAILED, {{"gặp lỗi đọc, ghi đĩa", "met a read or write error of the disk"}}},
};

static enum status fail(sqlite3 *handle, const char *name, int code, struct err *err)
{
    struct sqlite_error unknown = {0, FAILED, {{"gặp lỗi", "met an error"}}};
    const struct sqlite_error *error = &unknown;

    for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
        if (errors[i].code == (code & 0xff))
            error = &errors[i];
    }
    return err_set(err, error->status, "cơ sở dữ liệu '%1$s' %2$s (%4$s)%3$.0s",
                   "the database '%1$s' %3$s (%4$s)%2$.0s", name, error->text.in[LANG_VI],
                   error->text.in[LANG_EN], handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
}

static enum status fail_db(const struct db *db, int code, struct err *err)
{
    return fail(handle_of(db), db->name ? db->name : "?", code, err);
}

/* ---- opening ---- */

const char *db_sqlite_journal(int version, struct words *why)
{
    static const struct words wal = {
        {"WAL và synchronous=FULL: bản SQLite này (từ 3.51.3) không còn lỗi có thể làm mất giao "
         "dịch "
         "đã ghi trong WAL",
         "WAL and synchronous=FULL: this SQLite (3.51.3 or later) has no more the bug that could "
         "lose committed transactions in WAL"}};
    static const struct words truncate = {{"journal_mode=TRUNCATE và synchronous=FULL: SQLite từ "
                                           "3.7.0 đến 3.51.2 có lỗi có thể làm mất "
                                           "giao dịch đã ghi khi dùng WAL, nên không dùng WAL",
                                           "journal_mode=TRUNCATE and synchronous=FULL: SQLite "
                                           "3.7.0 to 3.51.2 has a bug that can lose "
                                           "committed transactions in WAL, so WAL is not used"}};

    *why = version >= WAL_VERSION_MIN ? wal : truncate;
    return version >= WAL_VERSION_MIN ? "wal" : "truncate";
}

static struct words sqlite_durability(const struct db *db)
{
    struct words why;

    (void)db;
    (void)db_sqlite_journal(sqlite3_libversion_number(), &why);
    return why;
}

/* The number that a PRAGMA gives. */
static int read_number(sqlite3 *handle, const char *sql, int64_t *number)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);

    if (code != SQLITE_OK)
        return code;
    code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

/* Refuses what is not ours; marks what is new. */
static enum status check_owner(sqlite3 *handle, const char *path, enum db_mode mode,
                               struct err *err)
{
    int64_t pages = 0, owner = 0;
    int code = read_number(handle, "PRAGMA page_count", &pages);
    char mark[64];

    if (code == SQLITE_OK)
        code = read_number(handle, "PRAGMA application_id", &owner);
    if (code != SQLITE_OK)
        return fail(handle, path, code, err);
    if (pages > 0 && owner == APPLICATION_ID)
        return OK;
    if (pages > 0 || mode != DB_CREATE)
        return err_set(err, BAD_INPUT, "'%s' không phải cơ sở dữ liệu của dxready",
                       "'%s' is no database of dxready", path);
    snprintf(mark, sizeof(mark), "PRAGMA application_id = %d", APPLICATION_ID);
    code = sqlite3_exec(handle, mark, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : fail(handle, path, code, err);
}

static enum status configure(sqlite3 *handle, const char *path, enum db_mode mode, struct err *err)
{
    char pragmas[400];
    int code;

    sqlite3_busy_timeout(handle, DB_BUSY_MS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    snprintf(pragmas, sizeof(pragmas),
             "PRAGMA page_size = 8192; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; "
             "PRAGMA mmap_size = 0; "
             /* An index made for one statement copies a table into memory: keys must do. */
             "PRAGMA automatic_index = OFF; "
             /* What was erased must not stay in free parts of the file. */
             "PRAGMA secure_delete = ON; "
             "PRAGMA cache_size = -%d; PRAGMA synchronous = FULL;",
             mode == DB_READ ? CACHE_KIB_READ : CACHE_KIB);
    code = sqlite3_exec(handle, pragmas, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : fail(handle, path, code, err);
}

static enum status choose_journal(sqlite3 *handle, const char *path, struct err *err)
{
    struct words why;
    char pragma[64];
    int code;

    snprintf(pragma, sizeof(pragma), "PRAGMA journal_mode = %s",
             db_sqlite_journal(sqlite3_libversion_number(), &why));
    code = sqlite3_exec(handle, pragma, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : fail(handle, path, code, err);
}

/* Counting the memory that SQLite uses costs a lock per allocation: a tenth of an import. */
static void configure_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum status open_handle(const char *path, enum db_mode mode, sqlite3 **handle,
                               struct err *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code;

    (void)pthread_once(&library_once, configure_library);
    if (mode != DB_CREATE && strcmp(path, ":memory:") != 0 && !file_exists(path))
        return err_set(err, NOT_FOUND, "không có cơ sở dữ liệu '%s'", "there is no database '%s'",
                       path);
    flags |= mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0;
    code = sqlite3_open_v2(path, handle, flags, NULL);
    if (code != SQLITE_OK)
        return fail(*handle, path, code, err);
    /* Without the right to write SQLite opens for reading, and says so only later. */
    if (mode != DB_READ && sqlite3_db_readonly(*handle, "main") == 1)
        return fail(NULL, path, SQLITE_READONLY, err);
    return OK;
}

static enum status sqlite_open(const char *path, enum db_mode mode, struct db **out,
                               struct err *err)
{
    struct db_sqlite *db;
    sqlite3 *handle = NULL;
    enum status status = open_handle(path, mode, &handle, err);

    if (status == OK)
        status = configure(handle, path, mode, err);
    if (status == OK)
        status = check_owner(handle, path, mode, err);
    if (status == OK && mode != DB_READ)
        status = choose_journal(handle, path, err);
    if (status != OK) {
        (void)sqlite3_close_v2(handle);
        return status;
    }
    db = xmalloc(sizeof(*db));
    *db = (struct db_sqlite){.db = {.ops = &db_sqlite_ops}, .handle = handle};
    *out = &db->db;
    return OK;
}

static void sqlite_close(struct db *db)
{
    (void)sqlite3_close_v2(handle_of(db));
    free(db);
}

/* ---- transactions and scripts ---- */

static enum status execute(struct db *db, const char *sql, struct err *err)
{
    int code = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? OK : fail_db(db, code, err);
}

static enum status sqlite_begin(struct db *db, struct err *err)
{
    return execute(db, "BEGIN IMMEDIATE", err);
}

static enum status sqlite_commit(struct db *db, struct err *err)
{
    return execute(db, "COMMIT", err);
}

static void sqlite_rollback(struct db *db)
{
    struct err err;

    /* A full disk may have rolled back already; a failing rollback is done by the next opening. */
    if (!sqlite3_get_autocommit(handle_of(db)))
        (void)execute(db, "ROLLBACK", &err);
}

/*
 * Keys are BIGINT, which is right for every database; but only a column declared "INTEGER PRIMARY
 * KEY" is SQLite's own row number, and saves a second index of the whole table.
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

static enum status sqlite_check(struct db *db, struct err *err)
{
    sqlite3_stmt *stmt;
    enum status status = OK;
    const char *found;
    int code = sqlite3_prepare_v2(handle_of(db), "PRAGMA quick_check(1)", -1, &stmt, NULL);

    if (code != SQLITE_OK)
        return fail_db(db, code, err);
    code = sqlite3_step(stmt);
    found = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (!found)
        status = fail_db(db, code, err);
    else if (strcmp(found, "ok") != 0)
        status =
            err_set(err, FAILED, "cơ sở dữ liệu '%s' bị hỏng; hãy khôi phục từ bản sao lưu (%s)",
                    "the database '%s' is damaged; restore it from a backup (%s)", db->name, found);
    (void)sqlite3_finalize(stmt);
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
    struct stmt_sqlite *own = (struct stmt_sqlite *)stmt;

    if (code != SQLITE_OK && own->bind_error == SQLITE_OK)
        own->bind_error = code;
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

static bool sqlite_is_null(struct db_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt_of(stmt), column) == SQLITE_NULL;
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
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .script = sqlite_script,
    .check = sqlite_check,
    .durability = sqlite_durability,
    .prepare = sqlite_prepare,
    .finish = sqlite_finish,
    .bind_null = sqlite_bind_null,
    .bind_int = sqlite_bind_int,
    .bind_text = sqlite_bind_text,
    .bind_bytes = sqlite_bind_bytes,
    .step = sqlite_step,
    .is_null = sqlite_is_null,
    .get_int = sqlite_int,
    .get_text = sqlite_text,
    .get_bytes = sqlite_bytes,
    .changes = sqlite_changes,
    .reset = sqlite_reset,
};
