#ifndef SRC_STORE_DB_OPS_H
#define SRC_STORE_DB_OPS_H

#include "store/db.h"

/* What may happen to a part of a transaction. */
enum db_part { PART_BEGIN, PART_RELEASE, PART_UNDO };

/* What an adapter does. Its own structs start with `struct db` and `struct db_stmt`. */
struct db_ops {
    enum status (*open)(const char *url, enum db_mode mode, struct db **out, struct err *err);
    void (*close)(struct db *db);
    enum status (*begin_read)(struct db *db, struct err *err);
    enum status (*begin)(struct db *db, struct err *err);
    enum status (*commit)(struct db *db, struct err *err);
    void (*rollback)(struct db *db); /* ends a read, too */
    enum status (*part)(struct db *db, enum db_part part, struct err *err);
    void (*rest)(struct db *db);
    enum status (*claim)(struct db *db, struct err *err);
    enum status (*script)(struct db *db, const char *script, struct err *err);
    enum status (*check)(struct db *db, struct err *err);
    enum status (*copy)(struct db *db, const char *path, struct err *err);
    struct words (*durability)(const struct db *db);
    enum status (*prepare)(struct db *db, enum sql_id id, struct db_stmt **out, struct err *err);
    void (*finish)(struct db_stmt *stmt);
    void (*bind_null)(struct db_stmt *stmt, int n);
    void (*bind_int)(struct db_stmt *stmt, int n, int64_t value);
    void (*bind_text)(struct db_stmt *stmt, int n, const char *text);
    void (*bind_bytes)(struct db_stmt *stmt, int n, const void *data, size_t len);
    enum status (*step)(struct db_stmt *stmt, bool *has_row, struct err *err);
    enum db_kind (*kind)(struct db_stmt *stmt, int column);
    int64_t (*get_int)(struct db_stmt *stmt, int column);
    const char *(*get_text)(struct db_stmt *stmt, int column);
    const void *(*get_bytes)(struct db_stmt *stmt, int column, size_t *len);
    int64_t (*changes)(struct db_stmt *stmt);
    void (*reset)(struct db_stmt *stmt);
};

struct db {
    const struct db_ops *ops;
    char *name;
    bool in_transaction, has_savepoint, is_reading;
    bool is_long;                    /* see db_set_long() */
    int64_t wait_ms;                 /* see db_set_wait() */
    struct db_stmt *stmts[SQL__MAX]; /* compiled so far */
};

struct db_stmt {
    struct db *db;
    bool is_in_use;
};

extern const struct db_ops db_sqlite_ops;

#endif
