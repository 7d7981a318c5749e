#ifndef SRC_STORE_DB_SQLITE_H
#define SRC_STORE_DB_SQLITE_H

#include <sqlite3.h>

#include "db_ops.h"
#include "turn.h"

/* What the files of the SQLite adapter share. */

struct db_sqlite {
    struct db db;
    sqlite3 *handle;
    sqlite3 *checkpointer; /* NULL until the log is emptied for the first time */
    struct turn *turn;     /* NULL: not written, or no file to take turns by */
    bool has_log;          /* WAL; else a rollback journal */
    int frames;            /* of the log, as of our last commit; 0 without a log */
    int64_t busy_until_ms; /* of the wait that goes on */
};

/* The log is emptied when it has so many pages; SQLite's own number. */
#define CHECKPOINT_FRAMES 1000

/* "DXRD": marks a file as ours, so that another program's database is not taken for an old one. */
#define APPLICATION_ID 0x44585244
#define SQLITE_MARK "PRAGMA application_id = 0x44585244"

enum status sqlite_fail(sqlite3 *handle, const char *name, int code, struct err *err);

enum status sqlite_open(const char *path, enum db_mode mode, struct db **out, struct err *err);
void sqlite_close(struct db *db);
struct words sqlite_durability(const struct db *db);
enum status sqlite_check(struct db *db, struct err *err);
enum status sqlite_copy(struct db *db, const char *path, struct err *err);

/*
 * Moves what was committed from the log into the database, while SQLite's lock to write is held:
 * see db_sqlite_open.c. Fails silently: it is tried again.
 */
void sqlite_checkpoint(struct db_sqlite *sqlite);

#endif
