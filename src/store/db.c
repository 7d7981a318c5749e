/* What all databases have in common: statements by id, transactions that do not nest. */
#include "db_ops.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/*
 * A name of a server never becomes the name of a file: it may have a password in it, which no
 * message and no folder may show. Only its scheme is said.
 */
static enum status refuse_server(const char *url, struct err *err)
{
    const char *end = strstr(url, "://");
    int scheme = end ? (int)(end - url) : 0;

    if (strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0)
        return err_set(err, BAD_USAGE,
                       "bản dựng này chưa nối được PostgreSQL; hãy dùng đường dẫn tệp SQLite",
                       "this build cannot use PostgreSQL; give the path of an SQLite file");
    if (end)
        return err_set(err, BAD_USAGE,
                       "không dùng được cơ sở dữ liệu '%.*s://…'; hãy dùng đường dẫn tệp SQLite",
                       "a database '%.*s://...' cannot be used; give the path of an SQLite file",
                       scheme, url);
    if (strstr(url, "password="))
        return err_set(err, BAD_USAGE,
                       "--db cần đường dẫn tệp SQLite, không phải chuỗi kết nối có mật khẩu",
                       "--db needs the path of an SQLite file, not a connection string with a "
                       "password");
    return OK;
}

enum status db_open(const char *url, enum db_mode mode, struct db **out, struct err *err)
{
    struct db *db;
    enum status status = refuse_server(url, err);

    if (status != OK)
        return status;
    status = db_sqlite_ops.open(url, mode, &db, err);
    if (status != OK)
        return status;
    db->name = xstrdup(url);
    db->wait_ms = DB_WAIT_MS;
    *out = db;
    return OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    db_end_read(db);
    db_rest(db);
    for (size_t i = 0; i < SQL__MAX; i++) {
        if (db->stmts[i])
            db->ops->finish(db->stmts[i]);
    }
    free(db->name);
    db->ops->close(db);
}

const char *db_name(const struct db *db)
{
    return db->name;
}

/* ---- transactions ---- */

int64_t db_set_wait(struct db *db, int64_t wait_ms)
{
    int64_t before = db->wait_ms;

    db->wait_ms = wait_ms;
    return before;
}

void db_set_long(struct db *db, bool is_long)
{
    db->is_long = is_long;
}

enum status db_begin_read(struct db *db, struct err *err)
{
    enum status status;

    if (db->in_transaction || db->is_reading)
        return OK;
    status = db->ops->begin_read(db, err);
    db->is_reading = status == OK;
    return status;
}

void db_end_read(struct db *db)
{
    if (db->is_reading)
        db->ops->rollback(db);
    db->is_reading = false;
}

enum status db_begin(struct db *db, struct err *err)
{
    enum status status;

    if (db->in_transaction)
        return err_set(err, FAILED, "một giao dịch đang mở: không lồng được giao dịch khác",
                       "a transaction is open: another one cannot be nested in it");
    db_end_read(db);
    status = db->ops->begin(db, err);
    db->in_transaction = status == OK;
    return status;
}

enum status db_commit(struct db *db, struct err *err)
{
    enum status status;

    if (!db->in_transaction)
        return err_set(err, FAILED, "không có giao dịch nào đang mở", "no transaction is open");
    status = db->ops->commit(db, err);
    if (status == BUSY)
        return status;
    if (status != OK)
        db->ops->rollback(db);
    db->in_transaction = db->has_savepoint = false;
    return status;
}

void db_rollback(struct db *db)
{
    if (db->in_transaction)
        db->ops->rollback(db);
    db->in_transaction = db->has_savepoint = false;
}

void db_rest(struct db *db)
{
    if (!db->in_transaction && !db->is_reading)
        db->ops->rest(db);
}

enum status db_claim(struct db *db, struct err *err)
{
    return db->ops->claim(db, err);
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

enum status db_savepoint(struct db *db, struct err *err)
{
    enum status status;

    /* Outside of a transaction a savepoint would begin one that nobody ends. */
    if (!db->in_transaction)
        return err_set(err, FAILED, "không có giao dịch nào đang mở", "no transaction is open");
    if (db->has_savepoint)
        return err_set(err, FAILED, "một phần của giao dịch đang mở: không lồng được phần khác",
                       "a part of the transaction is open: another one cannot be nested in it");
    status = db->ops->part(db, PART_BEGIN, err);
    db->has_savepoint = status == OK;
    return status;
}

static enum status end_part(struct db *db, bool is_undone, struct err *err)
{
    enum status status = OK;

    if (!db->has_savepoint)
        return err_set(err, FAILED, "không có phần nào của giao dịch đang mở",
                       "no part of a transaction is open");
    db->has_savepoint = false;
    if (is_undone)
        status = db->ops->part(db, PART_UNDO, err);
    return status == OK ? db->ops->part(db, PART_RELEASE, err) : status;
}

enum status db_release(struct db *db, struct err *err)
{
    return end_part(db, false, err);
}

enum status db_rollback_to(struct db *db, struct err *err)
{
    return end_part(db, true, err);
}

/* ---- statements ---- */

enum status db_prepare(struct db *db, enum sql_id id, struct db_stmt **out, struct err *err)
{
    struct db_stmt *stmt = db->stmts[id];

    if (!stmt) {
        enum status status = db->ops->prepare(db, id, &stmt, err);

        if (status != OK)
            return status;
        db->stmts[id] = stmt;
    }
    assert(!stmt->is_in_use);
    stmt->is_in_use = true;
    *out = stmt;
    return OK;
}

void db_bind_null(struct db_stmt *stmt, int n)
{
    stmt->db->ops->bind_null(stmt, n);
}

void db_bind_int(struct db_stmt *stmt, int n, int64_t value)
{
    stmt->db->ops->bind_int(stmt, n, value);
}

void db_bind_text(struct db_stmt *stmt, int n, const char *text)
{
    if (text)
        stmt->db->ops->bind_text(stmt, n, text);
    else
        stmt->db->ops->bind_null(stmt, n);
}

void db_bind_bytes(struct db_stmt *stmt, int n, const void *data, size_t len)
{
    if (data)
        stmt->db->ops->bind_bytes(stmt, n, data, len);
    else
        stmt->db->ops->bind_null(stmt, n);
}

enum status db_step(struct db_stmt *stmt, bool *has_row, struct err *err)
{
    return stmt->db->ops->step(stmt, has_row, err);
}

enum db_kind db_kind(struct db_stmt *stmt, int column)
{
    return stmt->db->ops->kind(stmt, column);
}

bool db_is_null(struct db_stmt *stmt, int column)
{
    return db_kind(stmt, column) == DB_NULL;
}

int64_t db_int(struct db_stmt *stmt, int column)
{
    return stmt->db->ops->get_int(stmt, column);
}

const char *db_text(struct db_stmt *stmt, int column)
{
    return stmt->db->ops->get_text(stmt, column);
}

const void *db_bytes(struct db_stmt *stmt, int column, size_t *len)
{
    return stmt->db->ops->get_bytes(stmt, column, len);
}

void db_done(struct db_stmt *stmt)
{
    stmt->db->ops->reset(stmt);
    stmt->is_in_use = false;
}

enum status db_run(struct db_stmt *stmt, int64_t *changes, struct err *err)
{
    bool has_row;
    enum status status = db_step(stmt, &has_row, err);

    if (status == OK && changes)
        *changes = stmt->db->ops->changes(stmt);
    db_done(stmt);
    return status;
}

enum status db_script(struct db *db, const char *script, struct err *err)
{
    return db->ops->script(db, script, err);
}

enum status db_check(struct db *db, struct err *err)
{
    return db->ops->check(db, err);
}

enum status db_copy(struct db *db, const char *path, struct err *err)
{
    return db->ops->copy(db, path, err);
}

struct words db_durability(const struct db *db)
{
    return db->ops->durability(db);
}
