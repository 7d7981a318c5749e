/* SQLite: errors, how a database is opened, its journal, waiting. */
#include "db_sqlite.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"

/* Who writes comes back to pages in no order; who reads goes through them once, block by block. */
#define CACHE_KIB 65536
#define CACHE_KIB_READ 8192

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

/* ---- errors ---- */

struct sqlite_error {
    int code;
    enum status status;
    struct words text;
};

/* The first that fits: extended codes stand before what they belong to. */
static const struct sqlite_error errors[] = {
    {SQLITE_READONLY_ROLLBACK,
     FAILED,
     {{"có giao dịch dở dang của một lần ghi bị ngắt; hãy chạy lệnh này một lần bằng tài khoản có "
       "quyền ghi tệp và thư mục chứa nó",
       "has an unfinished transaction of a writer that was killed; run this once as a user who may "
       "write the file and its folder"}}},
    {SQLITE_READONLY_RECOVERY,
     FAILED,
     {{"có nhật ký (-wal) cần phục hồi; hãy chạy lệnh này một lần bằng tài khoản có quyền ghi tệp "
       "và thư mục chứa nó",
       "has a log (-wal) to recover; run this once as a user who may write the file and its "
       "folder"}}},
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
    {SQLITE_CANTOPEN,
     FAILED,
     {{"không mở được (cũng cần quyền ghi vào thư mục chứa nó)",
       "cannot be opened (its folder must be writable, too)"}}},
    {SQLITE_PERM, FAILED, {{"không mở được vì thiếu quyền", "cannot be opened: no permission"}}},
    {SQLITE_FULL,
     FAILED,
     {{"không ghi được: hết chỗ trên đĩa", "cannot be written: the disk is full"}}},
    {SQLITE_IOERR, FAILED, {{"gặp lỗi đọc, ghi đĩa", "met a read or write error of the disk"}}},
};

enum status sqlite_fail(sqlite3 *handle, const char *name, int code, struct err *err)
{
    struct sqlite_error unknown = {0, FAILED, {{"gặp lỗi", "met an error"}}};
    const struct sqlite_error *error = &unknown;

    for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
        if (errors[i].code == code || errors[i].code == (code & 0xff)) {
            error = &errors[i];
            break;
        }
    }
    return err_set(err, error->status, "cơ sở dữ liệu '%1$s' %2$s (%4$s)%3$.0s",
                   "the database '%1$s' %3$s (%4$s)%2$.0s", name, error->text.in[LANG_VI],
                   error->text.in[LANG_EN], handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
}

/* ---- opening ---- */

enum journal { JOURNAL_KEPT, JOURNAL_WAL, JOURNAL_ROLLBACK };

static _Atomic enum journal chosen_journal;

enum status db_set_journal(const char *name, struct err *err)
{
    bool is_wal = name && strcmp(name, "wal") == 0;

    if (name && !is_wal && strcmp(name, "rollback") != 0)
        return err_set(err, BAD_USAGE, "--journal: không có '%s'; hãy chọn wal hoặc rollback",
                       "--journal: there is no '%s'; choose wal or rollback", name);
    chosen_journal = !name ? JOURNAL_KEPT : is_wal ? JOURNAL_WAL : JOURNAL_ROLLBACK;
    return OK;
}

struct words sqlite_durability(const struct db *db)
{
    static const struct words log = {
        {"WAL và synchronous=FULL; nhật ký chỉ được chuyển vào tệp chính khi đang giữ khóa ghi, "
         "vì SQLite 3.7.0 đến 3.51.2 có lỗi có thể làm mất giao dịch nếu hai bên làm cùng lúc",
         "WAL and synchronous=FULL; the log is moved into the database only while the lock to "
         "write is held, because SQLite 3.7.0 to 3.51.2 has a bug that can lose transactions "
         "where both happen at once"}};
    static const struct words rollback = {
        {"journal_mode=TRUNCATE và synchronous=FULL (--journal rollback)",
         "journal_mode=TRUNCATE and synchronous=FULL (--journal rollback)"}};

    return ((const struct db_sqlite *)db)->has_log ? log : rollback;
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

/*
 * Refuses what is not ours; marks what is new. A file without pages, or with no more than our mark,
 * is what a kill amid the first writes has left: no database yet.
 */
static enum status check_owner(sqlite3 *handle, const char *path, enum db_mode mode, bool *is_new,
                               struct err *err)
{
    int64_t pages = 0, owner = 0;
    int code = read_number(handle, "PRAGMA page_count", &pages);

    if (code == SQLITE_OK)
        code = read_number(handle, "PRAGMA application_id", &owner);
    if (code != SQLITE_OK)
        return sqlite_fail(handle, path, code, err);
    if (pages > 0 && owner != APPLICATION_ID)
        return err_set(err, BAD_INPUT, "'%s' không phải cơ sở dữ liệu của dxready",
                       "'%s' is no database of dxready", path);
    *is_new = pages <= 1;
    if (*is_new && mode != DB_CREATE)
        return err_set(err, NOT_FOUND, "tệp '%s' rỗng, chưa có cơ sở dữ liệu nào",
                       "the file '%s' is empty, there is no database yet", path);
    if (*is_new)
        code = sqlite3_exec(handle, SQLITE_MARK, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_fail(handle, path, code, err);
}

static enum status configure(sqlite3 *handle, const char *path, enum db_mode mode, struct err *err)
{
    char pragmas[500];
    int code;

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
             "PRAGMA cache_size = -%d; PRAGMA synchronous = FULL; "
             /* The log is cut short when it begins anew: no old pages stay behind its end. */
             "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0; "
             "PRAGMA query_only = %s;",
             mode == DB_READ ? CACHE_KIB_READ : CACHE_KIB, mode == DB_READ ? "ON" : "OFF");
    code = sqlite3_exec(handle, pragmas, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_fail(handle, path, code, err);
}

/* True if the database has a log instead of a rollback journal. */
static bool reads_log(sqlite3 *handle)
{
    sqlite3_stmt *stmt;
    bool has_log = false;

    if (sqlite3_prepare_v2(handle, "PRAGMA journal_mode", -1, &stmt, NULL) != SQLITE_OK)
        return false;
    if (sqlite3_step(stmt) == SQLITE_ROW)
        has_log = strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
    (void)sqlite3_finalize(stmt);
    return has_log;
}

/*
 * The journal belongs to the file: a new one gets a rollback journal (what was erased is then gone
 * at once, while a log keeps it until the next checkpoint), and an old one keeps what it has unless
 * another was asked for and nobody else has it open.
 */
static enum status choose_journal(struct db_sqlite *sqlite, const char *path, bool is_new,
                                  struct err *err)
{
    bool wants_log = chosen_journal == JOURNAL_KEPT ? !is_new && reads_log(sqlite->handle)
                                                    : chosen_journal == JOURNAL_WAL;
    int code = sqlite3_exec(
        sqlite->handle, wants_log ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE",
        NULL, NULL, NULL);

    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        return sqlite_fail(sqlite->handle, path, code, err);
    sqlite->has_log = reads_log(sqlite->handle);
    return OK;
}

/* ---- waiting ---- */

/* SQLite's own looks again after up to 100 ms, when another one has been there meanwhile. */
static int wait_for_lock(void *context, int tries)
{
    struct db_sqlite *sqlite = context;

    if (tries == 0)
        sqlite->busy_until_ms = clock_ms() + sqlite->db.wait_ms;
    if (clock_ms() >= sqlite->busy_until_ms)
        return 0;
    turn_pause();
    return 1;
}

/* ---- the log ---- */

/*
 * SQLite 3.7.0 to 3.51.2 may lose a commit that begins the log anew between two steps of a
 * checkpoint on another connection: the checkpoint then takes the new log for the old one. So
 * there are no automatic checkpoints, and ours are made on a connection of their own while this one
 * has the lock to write: nobody can commit meanwhile, no program of any kind. (The checkpoint of
 * the last connection that closes has the whole file to itself.)
 */
static int note_frames(void *context, sqlite3 *handle, const char *name, int frames)
{
    struct db_sqlite *sqlite = context;

    (void)handle;
    (void)name;
    sqlite->frames = frames;
    return SQLITE_OK;
}

static bool open_checkpointer(struct db_sqlite *sqlite)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE;

    if (sqlite->checkpointer)
        return true;
    if (sqlite3_open_v2(sqlite->db.name, &sqlite->checkpointer, flags, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite->checkpointer, "PRAGMA synchronous = FULL", NULL, NULL, NULL) ==
            SQLITE_OK)
        return true;
    (void)sqlite3_close_v2(sqlite->checkpointer);
    sqlite->checkpointer = NULL;
    return false;
}

void sqlite_checkpoint(struct db_sqlite *sqlite)
{
    int64_t wait_ms = db_set_wait(&sqlite->db, 0);

    if (open_checkpointer(sqlite) &&
        sqlite3_exec(sqlite->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK) {
        int logged = 0, moved = 0;

        if (sqlite3_wal_checkpoint_v2(sqlite->checkpointer, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                      &logged, &moved) == SQLITE_OK &&
            logged == moved)
            sqlite->frames = 0;
        (void)sqlite3_exec(sqlite->handle, "ROLLBACK", NULL, NULL, NULL);
    }
    (void)db_set_wait(&sqlite->db, wait_ms);
}

/* ---- all ---- */

/* Counting the memory that SQLite uses costs a lock per allocation: a tenth of an import. */
static void configure_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* Answers and personal data are for who runs the program; the journals take the mode of the file.
 * One that is there keeps its own, which somebody may have chosen. */
static void make_private(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file >= 0)
        (void)close(file);
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
    if (mode == DB_CREATE && strcmp(path, ":memory:") != 0)
        make_private(path);
    /* Who only reads opens to write, too, if it may: else it could not undo what a writer that was
     * killed has left, and would refuse a sound database. PRAGMA query_only keeps it from more. */
    flags |= SQLITE_OPEN_READWRITE | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    code = sqlite3_open_v2(path, handle, flags, NULL);
    if (code != SQLITE_OK)
        return sqlite_fail(*handle, path, code, err);
    /* Without the right to write SQLite opens for reading, and says so only later. */
    if (mode != DB_READ && sqlite3_db_readonly(*handle, "main") == 1)
        return sqlite_fail(NULL, path, SQLITE_READONLY, err);
    return OK;
}

/* A new connection waits for others as long as any. */
static struct db_sqlite *connect(sqlite3 *handle)
{
    struct db_sqlite *sqlite = xmalloc(sizeof(*sqlite));

    *sqlite =
        (struct db_sqlite){.db = {.ops = &db_sqlite_ops, .wait_ms = DB_WAIT_MS}, .handle = handle};
    (void)sqlite3_busy_handler(handle, wait_for_lock, sqlite);
    return sqlite;
}

enum status sqlite_open(const char *path, enum db_mode mode, struct db **out, struct err *err)
{
    struct db_sqlite *sqlite;
    sqlite3 *handle = NULL;
    bool is_new = false;
    enum status status = open_handle(path, mode, &handle, err);

    if (status != OK) {
        (void)sqlite3_close_v2(handle);
        return status;
    }
    sqlite = connect(handle);
    status = configure(handle, path, mode, err);
    if (status == OK)
        status = check_owner(handle, path, mode, &is_new, err);
    if (status == OK && mode == DB_READ)
        sqlite->has_log = reads_log(handle);
    if (status == OK && mode != DB_READ)
        status = choose_journal(sqlite, path, is_new, err);
    if (status != OK) {
        sqlite_close(&sqlite->db);
        return status;
    }
    /* Not before: PRAGMA wal_autocheckpoint takes the hook away. */
    (void)sqlite3_wal_hook(handle, note_frames, sqlite);
    if (mode != DB_READ && strcmp(path, ":memory:") != 0)
        sqlite->turn = turn_open(path);
    *out = &sqlite->db;
    return OK;
}

void sqlite_close(struct db *db)
{
    struct db_sqlite *sqlite = (struct db_sqlite *)db;

    (void)sqlite3_close_v2(sqlite->checkpointer);
    (void)sqlite3_close_v2(sqlite->handle);
    turn_close(sqlite->turn);
    free(sqlite);
}
