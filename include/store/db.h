#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/lang.h"
#include "store/sql.h"

/*
 * The thin layer over a database. One connection belongs to one thread. Statements are known by
 * the id of their text (store/sql.h), compiled once per connection, and take their values as
 * parameters $1 ... $n only.
 *
 * Errors: CONFLICT when a constraint is violated, BUSY when another process kept the database
 * locked for longer than one waits (see db_set_wait), BAD_INPUT for a file that is no database of
 * this program, NOT_FOUND, and FAILED for everything that the disk or a damaged file does.
 */
struct db;
struct db_stmt;

enum db_mode {
    DB_READ,   /* must exist, is never written */
    DB_WRITE,  /* must exist */
    DB_CREATE, /* is made where it does not exist */
};

/* How long a connection waits for another one, until it is told otherwise. */
#define DB_WAIT_MS 5000

/* Parameters of one statement. */
#define DB_PARAMS_MAX 40

/* `url` is a path (SQLite; ":memory:" for a test), or names a server ("postgresql://..."), which is
 * BAD_USAGE in this build; its password is never said. */
MUST_USE enum status db_open(const char *url, enum db_mode mode, struct db **out, struct err *err);

/* Rolls back what is open. NULL is fine. */
void db_close(struct db *db);

/* The path or URL that it was opened with. */
const char *db_name(const struct db *db);

/* How long one call waits for other connections and programs; 0: not at all. Returns what it was
 * before. */
int64_t db_set_wait(struct db *db, int64_t wait_ms);

/*
 * Who writes much in many transactions says so: each of them is then kept short by its caller
 * (20 ms), and begins only when nobody waits who has something short to write.
 */
void db_set_long(struct db *db, bool is_long);

/* ---- transactions: they do not nest ---- */

/*
 * Begins to write: takes the write lock at once, so that no later statement can fail for it. Among
 * programs of ours it is fair: who has waited comes before who writes much (src/store/turn.h).
 */
MUST_USE enum status db_begin(struct db *db, struct err *err);
/* On BUSY the transaction is still open and may be committed again. */
MUST_USE enum status db_commit(struct db *db, struct err *err);
/* Never fails; nothing to do where no transaction is open. */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/*
 * Reads from here to db_end_read() see one state of the database, and it is locked once for all of
 * them instead of once for each, which costs more than a small read itself. Writers of other
 * processes may have to wait meanwhile. Nothing is done where a transaction is open or a read was
 * begun; db_begin() ends it, and db_in_transaction() does not count it. BUSY.
 */
MUST_USE enum status db_begin_read(struct db *db, struct err *err);
void db_end_read(struct db *db);

/*
 * What may be put off until nothing else is to be done: moves what was committed from the log to
 * the database. Waits for nobody, and can lose nothing where it fails.
 */
void db_rest(struct db *db);

/*
 * This connection is that of the one server of the database, until it is closed or its process
 * ends. CONFLICT if another process is that. Who only reads or runs a command does not ask.
 */
MUST_USE enum status db_claim(struct db *db, struct err *err);

/* A part of the open transaction that may be taken back alone. Parts do not nest; each ends with
 * db_release(), or with db_rollback_to(), which undoes it. */
MUST_USE enum status db_savepoint(struct db *db, struct err *err);
MUST_USE enum status db_release(struct db *db, struct err *err);
MUST_USE enum status db_rollback_to(struct db *db, struct err *err);

/* ---- statements ---- */

/*
 * A statement ready to be bound; it must not be in use (see db_done). Different statements may be
 * in use at the same time, one among the rows of another; every adapter keeps to that.
 */
MUST_USE enum status db_prepare(struct db *db, enum sql_id id, struct db_stmt **out,
                                struct err *err);

/* Parameter $n, from 1. Texts and bytes are borrowed until db_done(); NULL binds NULL. */
void db_bind_null(struct db_stmt *stmt, int n);
void db_bind_int(struct db_stmt *stmt, int n, int64_t value);
void db_bind_text(struct db_stmt *stmt, int n, const char *text);
void db_bind_bytes(struct db_stmt *stmt, int n, const void *data, size_t len);

/* The next row of the result, if there is one. */
MUST_USE enum status db_step(struct db_stmt *stmt, bool *has_row, struct err *err);

/* Columns of the row, from 0. Borrowed until the next step. */
enum db_kind { DB_NULL, DB_NUMBER, DB_TEXT, DB_BYTES, DB_OTHER };
/* What stands there, whatever the column is declared as; asked before it is read. */
enum db_kind db_kind(struct db_stmt *stmt, int column);
bool db_is_null(struct db_stmt *stmt, int column);
int64_t db_int(struct db_stmt *stmt, int column);
const char *db_text(struct db_stmt *stmt, int column); /* NULL for NULL */
const void *db_bytes(struct db_stmt *stmt, int column, size_t *len);

/* Ends the use of a statement and forgets its parameters. Every use ends with it. */
void db_done(struct db_stmt *stmt);

/* One step and the end, for statements without a result; `changes` (may be NULL) are the rows
 * that were written. */
MUST_USE enum status db_run(struct db_stmt *stmt, int64_t *changes, struct err *err);

/* Several statements without parameters (migrations). */
MUST_USE enum status db_script(struct db *db, const char *script, struct err *err);

/* ---- for `backup` and `doctor` ---- */

/* Reads the whole database and checks it: its structure, its indexes, and that no row names another
 * one that is not there. */
MUST_USE enum status db_check(struct db *db, struct err *err);

/*
 * Writes all of the database, as it is at one moment, into a new file (mode 0600; CONFLICT where
 * there is one), which is on the disk afterwards. Others go on writing: it is read in pieces of
 * 20 ms, which begin anew when somebody wrote meanwhile; only after DB_COPY_TRIES of that do they
 * wait for the rest of it (SQLite reads half a gigabyte a second). With a log nobody waits.
 */
#define DB_COPY_TRIES 5
MUST_USE enum status db_copy(struct db *db, const char *path, struct err *err);

/* How a commit is made durable here, and why in this way; for tests. */
struct words db_durability(const struct db *db);

/*
 * The journal of SQLite databases that this process opens to write from now on: "wal", "rollback",
 * or NULL for what each has, and "rollback" for new ones. BAD_USAGE for another word. A database
 * that others have open keeps its own.
 */
MUST_USE enum status db_set_journal(const char *name, struct err *err);

#endif
