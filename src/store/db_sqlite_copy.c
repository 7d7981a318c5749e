/* SQLite: whole databases, checked and copied. */
#include "db_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

/* ---- checked ---- */

/* The first row of a check; NULL at its end. Borrowed from the statement. */
static enum status first_fault(sqlite3_stmt *stmt, struct db *db, const char **fault,
                               struct err *err)
{
    int code = sqlite3_step(stmt);

    *fault = code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return OK;
    return sqlite_fail(((struct db_sqlite *)db)->handle, db->name, code, err);
}

/* `fine` is what the check says where there is no fault; NULL: nothing. */
static enum status run_check(struct db *db, const char *sql, const char *fine, struct err *err)
{
    sqlite3 *handle = ((struct db_sqlite *)db)->handle;
    sqlite3_stmt *stmt;
    const char *fault;
    enum status status;
    int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);

    if (code != SQLITE_OK)
        return sqlite_fail(handle, db->name, code, err);
    status = first_fault(stmt, db, &fault, err);
    if (status == OK && fault && (!fine || strcmp(fault, fine) != 0))
        status =
            err_set(err, FAILED, "cơ sở dữ liệu '%s' bị hỏng; hãy khôi phục từ bản sao lưu (%s)",
                    "the database '%s' is damaged; restore it from a backup (%s)", db->name, fault);
    (void)sqlite3_finalize(stmt);
    return status;
}

enum status sqlite_check(struct db *db, struct err *err)
{
    enum status status = run_check(db, "PRAGMA integrity_check(1)", "ok", err);

    return status == OK ? run_check(db, "PRAGMA foreign_key_check", NULL, err) : status;
}

/* ---- copied ---- */

#define COPY_PAGES 64 /* between two looks at the clock */
#define COPY_MS 20    /* that others wait at a time */

struct copying {
    struct db_sqlite *from;
    sqlite3 *to;
    sqlite3_backup *backup;
    int left, tries; /* pages, as of the last piece; how often it began anew */
};

static enum status open_target(struct copying *c, const char *path, struct err *err)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int code;

    if (file < 0 && errno == EEXIST)
        return err_set(err, CONFLICT, "%s: tệp đã có", "%s: the file exists", path);
    if (file < 0)
        return err_set(err, FAILED, "%s: không tạo được (%s)", "%s: cannot be made (%s)", path,
                       strerror(errno));
    (void)close(file);
    code = sqlite3_open_v2(path, &c->to, flags, NULL);
    /* Nobody looks at it before it is whole, and a part of it is thrown away. */
    if (code == SQLITE_OK)
        code = sqlite3_exec(c->to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL,
                            NULL, NULL);
    if (code != SQLITE_OK)
        return sqlite_fail(c->to, path, code, err);
    c->backup = sqlite3_backup_init(c->to, "main", c->from->handle, "main");
    return c->backup ? OK : sqlite_fail(c->to, path, sqlite3_errcode(c->to), err);
}

/* One piece: SQLite holds its lock to read only in each step, and begins anew where it must. */
static int copy_piece(struct copying *c)
{
    int64_t end_ms = clock_ms() + COPY_MS;
    int code;

    do
        code = sqlite3_backup_step(c->backup, COPY_PAGES);
    while (code == SQLITE_OK && clock_ms() < end_ms);
    if (sqlite3_backup_remaining(c->backup) > c->left)
        c->tries++;
    c->left = sqlite3_backup_remaining(c->backup);
    return code;
}

/* In the end all that is left at once: while this connection reads nobody can write, so that the
 * copy comes to its end; with a log they can, and it is one state all the same. */
static int copy_rest(struct copying *c)
{
    struct err err;
    int code;

    if (db_begin_read(&c->from->db, &err) != OK)
        return SQLITE_BUSY;
    code = sqlite3_backup_step(c->backup, -1);
    db_end_read(&c->from->db);
    return code;
}

static enum status copy_pages(struct copying *c, const char *path, struct err *err)
{
    int code = SQLITE_OK;

    c->left = INT32_MAX;
    while (!c->from->has_log && c->tries < DB_COPY_TRIES &&
           (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)) {
        code = copy_piece(c);
        if (code != SQLITE_DONE)
            turn_pause();
    }
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)
        code = copy_rest(c);
    if (code == SQLITE_DONE)
        return OK;
    return sqlite_fail(NULL, (code & 0xff) == SQLITE_BUSY ? c->from->db.name : path, code, err);
}

static enum status sync_file(const char *path, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_synced = file >= 0 && fsync(file) == 0;
    int code = errno;

    if (file >= 0)
        (void)close(file);
    return is_synced ? OK
                     : err_set(err, FAILED, "%s: không ghi được xuống đĩa (%s)",
                               "%s: cannot be written to the disk (%s)", path, strerror(code));
}

enum status sqlite_copy(struct db *db, const char *path, struct err *err)
{
    struct copying c = {.from = (struct db_sqlite *)db};
    enum status status = open_target(&c, path, err);
    bool is_ours = status != CONFLICT;

    if (status == OK)
        status = copy_pages(&c, path, err);
    (void)sqlite3_backup_finish(c.backup);
    (void)sqlite3_close_v2(c.to);
    /* After the last connection is closed: its locks go with any file of this process. */
    if (status == OK)
        status = sync_file(path, err);
    if (status != OK && is_ours)
        (void)unlink(path);
    return status;
}
