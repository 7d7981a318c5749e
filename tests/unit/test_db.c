#include "store_fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <sqlite3.h>

#include "base/clock.h"
#include "store/dossiers.h"
#include "store/migrate.h"

static void test_statements(void **state)
{
    struct store *store = open_store(":memory:");

    (void)state;
    for (int id = 0; id < SQL__MAX; id++) {
        struct db_stmt *stmt;

        assert_non_null(sql_text((enum sql_id)id));
        if (db_prepare(store_db(store), (enum sql_id)id, &stmt, &err) != OK)
            fail_msg("statement %d: %s: %s", id, err.text[LANG_EN], sql_text((enum sql_id)id));
        db_done(stmt);
    }
    store_close(store);
}

/* How SQLite goes about a statement, one step a line. */
static const char *plan_of(sqlite3 *raw, enum sql_id id)
{
    const char *sql = arena_printf(&f.arena, "EXPLAIN QUERY PLAN %s", sql_text(id)), *plan = "";
    sqlite3_stmt *stmt;

    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        plan = arena_printf(&f.arena, "%s%s\n", plan, (const char *)sqlite3_column_text(stmt, 3));
    sqlite3_finalize(stmt);
    return plan;
}

/*
 * No statement makes an index of its own, and none sorts or reads a whole table but those that
 * must: tables of few rows, the revisions of one assessment, what upkeep does.
 */
static void test_plans(void **state)
{
    static const enum sql_id sorts[] = {
        SQL_IMPORT_BUILT_ON, /* of one import, each assessment once */
        SQL_IMPORT_COUNT_BUILT_ON,SQL_ROUND_LIST,
                                        SQL_LIST_REVISIONS,
                                        SQL_FIND,
                                        SQL_DOSSIER_OF_ASSESSMENT,
                                        SQL_EVIDENCE_QUOTA,
                                        SQL_EVIDENCE_LIST,
                                        SQL_LIST_OF_ENTERPRISE,
                                        SQL_DESK_LIST,        /* of one account */
                                        SQL_SIGNING_KEY_LIST, /* a hundred at most */
                                        SQL_PLAN_LIST_OF,     /* of one enterprise */
                                        SQL_BULK_GROUPS,      /* of one run */
                                        SQL_PLAN_SUMS,        /* areas */
                                        SQL_CASE_LIST,
                                        SQL_CASE_LIST_FALLING,
                                        SQL_REVIEW_PLAN_CANDIDATES, /* once for a plan */
                                        SQL_REVIEW_PLAN_STRATA, /* these two of one plan */
                                        SQL_REVIEW_PLAN_CASES,
                                        SQL_REVIEW_PLAN_LEARNED, /* some groups */
                                        SQL_REVIEW_PLAN_ROUNDS,
                                        SQL_REVIEW_PLAN_FLAGS,
                                        SQL_OUTBOX_UNSENT, /* of what failed */
                                        SQL_CASE_DUE_COUNTS,
                                        SQL_CASE_UNTOUCHED,
                                        SQL_DATA_REQUEST_LIST};
    static const enum sql_id scans[] = {
        SQL_EVIDENCE_COUNT, /* for backups: all of an index */
        SQL_MIGRATION_LIST,
        SQL_FACT_KEY_LIST,
        SQL_ENTERPRISE_BRANCHED, /* once for a table of statistics; of the index alone */
        SQL_ROUND_LIST,
        SQL_FIND,
        SQL_LIST_OF_ENTERPRISE, /* of rounds */
        SQL_TOTALS,
        SQL_SESSION_SWEEP,
        SQL_LIMIT_SWEEP,
        SQL_EVIDENCE_TOTAL,
        SQL_LIST_REVISIONS,
        SQL_LOAD_REVISION,
        SQL_EVIDENCE_QUOTA,
        SQL_ENTERPRISE_DELETE,
        SQL_ENTERPRISE_RENAME,
        SQL_ACCOUNT_COUNT,
        SQL_ACCOUNT_LIST,
        SQL_DESK_SWEEP,
        SQL_AUDIT_LIST,
        SQL_AUDIT_PAGE, /* from the end, until a page is full */
        SQL_CASE_DUE_LIST, /* of few rows, by key */
        SQL_CASE_LIST,     /* of columns made for lists: see cases.h */
        SQL_CASE_LIST_FALLING,
        SQL_CASE_TOTAL,
        SQL_CASE_COUNT,
        SQL_CASE_CHANGED_LIST, /* of an index of few */
        SQL_SIGNING_KEY_COUNT,
        SQL_SIGNING_KEY_LIST,
        SQL_PLAN_COUNT,
        SQL_PLAN_LIST, /* in the order of its index */
        SQL_IMPORT_BUILT_ON,       /* of what its index finds of one import */
        SQL_IMPORT_COUNT_BUILT_ON,
        SQL_REVIEW_PLAN_CANDIDATES, /* these of columns made for lists, as SQL_CASE_LIST */
        SQL_REVIEW_PLAN_LEARNED,
        SQL_REVIEW_PLAN_EFFORTS,
        SQL_REVIEW_PLAN_ROUNDS,
        SQL_REVIEW_PLAN_FLAGS,
        SQL_REVIEW_PLAN_NEWEST, /* of few rows, by key */
        SQL_OUTBOX_COUNT,
        SQL_CASE_DUE_COUNTS, /* upkeep */
        SQL_PLAN_SUMS,
        SQL_DATA_REQUEST_LIST, /* of few rows */
        SQL_DATA_REQUEST_COUNT,
    };
    bool may_sort[SQL__MAX] = {false}, may_scan[SQL__MAX] = {false};
    sqlite3 *raw;

    (void)state;
    store_close(open_store(path_of("p.db")));
    assert_int_equal(sqlite3_open(path_of("p.db"), &raw), SQLITE_OK);
    for (size_t i = 0; i < ARRAY_SIZE(sorts); i++)
        may_sort[sorts[i]] = true;
    for (size_t i = 0; i < ARRAY_SIZE(scans); i++)
        may_scan[scans[i]] = true;
    for (int id = 0; id < SQL__MAX; id++) {
        const char *plan = plan_of(raw, (enum sql_id)id);

        if (strstr(plan, "AUTOMATIC") || (strstr(plan, "TEMP B-TREE") && !may_sort[id]) ||
            (strstr(plan, "SCAN ") && !strstr(plan, "SCAN CONSTANT") && !may_scan[id]))
            fail_msg("statement %d: %s\n%s", id, sql_text((enum sql_id)id), plan);
    }
    sqlite3_close(raw);
}

static void test_parameters(void **state)
{
    struct store *store = open_store(":memory:");
    struct db_stmt *stmt;
    bool has_row;

    (void)state;
    /* A parameter that the text does not have is told, not ignored. */
    ASSERT_OK(db_prepare(store_db(store), SQL_ENTERPRISE_LAST, &stmt, &err));
    db_bind_int(stmt, 3, 1);
    assert_int_equal(db_step(stmt, &has_row, &err), FAILED);
    db_done(stmt);
    ASSERT_OK(db_prepare(store_db(store), SQL_ENTERPRISE_LAST, &stmt, &err));
    ASSERT_OK(db_step(stmt, &has_row, &err));
    assert_true(has_row);
    assert_int_equal(db_int(stmt, 0), 0);
    db_done(stmt);
    /* A constraint is a conflict. */
    ASSERT_OK(db_prepare(store_db(store), SQL_FACT_KEY_ADD, &stmt, &err));
    db_bind_int(stmt, 1, 1);
    db_bind_text(stmt, 2, "a");
    ASSERT_OK(db_run(stmt, NULL, &err));
    ASSERT_OK(db_prepare(store_db(store), SQL_FACT_KEY_ADD, &stmt, &err));
    db_bind_int(stmt, 1, 2);
    db_bind_text(stmt, 2, "a");
    ASSERT_FAILS(CONFLICT, "violates a constraint", db_run(stmt, NULL, &err));
    store_close(store);
}

static void test_transactions(void **state)
{
    struct store *store = open_store(path_of("a.db")), *other = open_store(path_of("a.db"));
    pid_t child;
    int status;

    (void)state;
    ASSERT_OK(store_begin(store, &err));
    ASSERT_FAILS(FAILED, "cannot be nested", store_begin(store, &err));
    store_rollback(store);
    ASSERT_FAILS(FAILED, "no transaction is open", store_commit(store, &err));
    store_close(other);
    store_close(store);
    /* Who comes second waits for the first. */
    child = fork();
    if (child == 0) {
        store = open_store(path_of("a.db"));
        if (store_begin(store, &err) != OK)
            _exit(1);
        usleep(300000);
        _exit(store_commit(store, &err) == OK ? 0 : 1);
    }
    usleep(100000);
    store = open_store(path_of("a.db"));
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(store_commit(store, &err));
    store_close(store);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* True while another program could lock the whole file. */
static bool is_lockable(const char *path)
{
    sqlite3 *raw;
    int code;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    code = sqlite3_exec(raw, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
    (void)sqlite3_close(raw);
    return code == SQLITE_OK;
}

/* Locked once for all reads; a transaction that writes ends it by itself. */
static void test_reading(void **state)
{
    struct store *store = open_store(path_of("a.db")), *other = open_store(path_of("a.db"));
    unsigned char key[STORE_KEY_BYTES], same[STORE_KEY_BYTES];
    struct store_totals totals;

    (void)state;
    ASSERT_OK(store_begin_read(store, &err));
    ASSERT_OK(store_begin_read(store, &err));
    ASSERT_OK(store_totals(store, &totals, &err));
    assert_false(store_is_open(store));
    store_end_read(store);
    store_end_read(store);
    assert_true(is_lockable(path_of("a.db")));
    ASSERT_OK(store_key(other, "theirs", key, &err));
    ASSERT_OK(store_begin_read(store, &err));
    ASSERT_OK(store_key(store, "theirs", same, &err));
    assert_memory_equal(key, same, sizeof(key));
    ASSERT_OK(store_key(store, "ours", key, &err)); /* writes, in a transaction of its own */
    assert_false(store_is_open(store));
    ASSERT_OK(store_key(other, "ours", same, &err));
    assert_memory_equal(key, same, sizeof(key));
    ASSERT_OK(store_begin_read(store, &err));
    store_close(store);
    store_close(other);
}

/* Who waits comes before who writes much, however often that one begins again. */
static void test_turns(void **state)
{
    const char *path = path_of("t.db");
    struct store *store = open_store(path);
    int64_t longest = 0;
    pid_t child;
    int status;

    (void)state;
    child = fork();
    if (child == 0) {
        int64_t end_ms = clock_ms() + 1500;

        store = open_store(path);
        db_set_long(store_db(store), true);
        while (clock_ms() < end_ms) {
            if (store_begin(store, &err) != OK)
                _exit(1);
            usleep(20000);
            if (store_commit(store, &err) != OK)
                _exit(1);
        }
        _exit(0);
    }
    usleep(200000);
    for (int i = 0; i < 20; i++) {
        int64_t begin_us = clock_us(), took_us;

        ASSERT_OK(store_begin(store, &err));
        took_us = clock_us() - begin_us;
        longest = took_us > longest ? took_us : longest;
        ASSERT_OK(store_commit(store, &err));
        usleep(5000);
    }
    store_close(store);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    if (longest > 400000) /* with SQLite's lock alone: seconds */
        fail_msg("waited %lld us", (long long)longest);
}

/* A wait has an end, and may be none at all. */
static void test_wait(void **state)
{
    const char *path = path_of("w.db");
    struct store *store = open_store(path), *other = open_store(path);
    int64_t begin_ms;

    (void)state;
    ASSERT_OK(store_begin(other, &err));
    begin_ms = clock_ms();
    assert_int_equal(db_set_wait(store_db(store), 100), DB_WAIT_MS);
    ASSERT_FAILS(BUSY, "another program", store_begin(store, &err));
    assert_in_range(clock_ms() - begin_ms, 90, 1500);
    assert_int_equal(db_set_wait(store_db(store), 0), 100);
    begin_ms = clock_ms();
    ASSERT_FAILS(BUSY, "another program", store_begin(store, &err));
    assert_in_range(clock_ms() - begin_ms, 0, 90);
    store_rollback(other);
    ASSERT_OK(store_begin(store, &err));
    store_close(other);
    store_close(store);
}

static const char *journal_of(const char *path)
{
    const char *mode = "";
    sqlite3_stmt *stmt;
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, "PRAGMA journal_mode", -1, &stmt, NULL), SQLITE_OK);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        mode = arena_strdup(&f.arena, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(raw);
    return mode;
}

static void test_journal(void **state)
{
    struct store *store = open_store(path_of("j.db")), *other;

    (void)state;
    assert_string_equal(journal_of(path_of("j.db")), "delete"); /* a log has to be asked for */
    store_close(store);
    ASSERT_OK(db_set_journal("wal", &err));
    store = open_store(path_of("j.db"));
    assert_string_equal(journal_of(path_of("j.db")), "wal");
    assert_non_null(strstr(db_durability(store_db(store)).in[LANG_EN], "3.51.2"));
    assert_non_null(strstr(db_durability(store_db(store)).in[LANG_VI], "3.51.2"));
    ASSERT_OK(db_check(store_db(store), &err));
    ASSERT_FAILS(BAD_USAGE, "choose wal or rollback", db_set_journal("delete", &err));
    ASSERT_OK(db_set_journal("rollback", &err));
    other = open_store(path_of("j.db")); /* in use: it stays as it is */
    store_close(other);
    assert_string_equal(journal_of(path_of("j.db")), "wal");
    store_close(store);
    store_close(open_store(path_of("j.db")));
    assert_string_equal(journal_of(path_of("j.db")), "delete"); /* of whoever asks */
    ASSERT_OK(db_set_journal(NULL, &err));
    store = open_store(path_of("j.db"));
    assert_null(strstr(db_durability(store_db(store)).in[LANG_EN], "WAL"));
    store_close(store);
}

/* ---- the fault of SQLite 3.7.0 to 3.51.2 in WAL ---- */

static sqlite3_io_methods stopping; /* of a file, but for one */
static int (*real_open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
static int (*real_unfetch)(sqlite3_file *, sqlite3_int64, void *);
static void (*between)(void); /* what happens in the middle of the next checkpoint */

/* A checkpoint calls this after it has read the header of the log, before it looks how much of it
 * was moved. */
static int stop_between(sqlite3_file *file, sqlite3_int64 offset, void *page)
{
    void (*happens)(void) = between;

    between = NULL;
    if (happens && !page)
        happens();
    else
        between = happens;
    return real_unfetch(file, offset, page);
}

static int open_stopping(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                         int *out)
{
    int code = real_open(vfs, name, file, flags, out);

    if (code != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB))
        return code;
    if (!real_unfetch) {
        stopping = *file->pMethods;
        real_unfetch = stopping.xUnfetch;
        stopping.xUnfetch = stop_between;
    }
    file->pMethods = &stopping;
    return code;
}

static sqlite3 *writer; /* a program of somebody else */
static int writes, first_code;

static void run_raw(sqlite3 *raw, const char *sql)
{
    char *text = NULL;
    int code = sqlite3_exec(raw, sql, NULL, NULL, &text);

    if (code != SQLITE_OK && !first_code)
        first_code = code;
    sqlite3_free(text);
}

/* Begins the log anew, which is what the checkpoint under way must not miss. */
static void write_between(void)
{
    first_code = SQLITE_OK;
    for (int i = 0; i < 3; i++) {
        run_raw(writer, "INSERT INTO noted VALUES (randomblob(3000))");
        writes += first_code == SQLITE_OK;
    }
}

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    run_raw(raw, "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF");
    return raw;
}

static bool is_sound(const char *path, int rows)
{
    sqlite3 *raw = open_raw(path);
    sqlite3_stmt *stmt;
    bool is_ok = false;

    if (sqlite3_prepare_v2(raw, "PRAGMA integrity_check", -1, &stmt, NULL) == SQLITE_OK) {
        is_ok = sqlite3_step(stmt) == SQLITE_ROW &&
                strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
        sqlite3_finalize(stmt);
    }
    if (is_ok &&
        sqlite3_prepare_v2(raw, "SELECT COUNT(*) FROM noted", -1, &stmt, NULL) == SQLITE_OK) {
        is_ok = sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_int(stmt, 0) == rows;
        sqlite3_finalize(stmt);
    }
    sqlite3_close(raw);
    return is_ok;
}

static void checkpoint_raw(sqlite3 *raw)
{
    (void)sqlite3_wal_checkpoint_v2(raw, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* Fills the log, and moves it as a whole, so that the next commit begins it anew. */
static void fill_log(sqlite3 *mover)
{
    for (int i = 0; i < 40; i++) {
        run_raw(writer, "INSERT INTO noted VALUES (randomblob(3000))");
        writes++;
    }
    checkpoint_raw(mover);
}

/* The database as it is after a checkpoint in whose middle another program writes. */
static bool survives(const char *path, bool is_ours)
{
    struct db *db;
    sqlite3 *mover, *late;
    bool is_ok;

    ASSERT_OK(db_set_journal("wal", &err));
    ASSERT_OK(db_open(path, DB_CREATE, &db, &err));
    ASSERT_OK(db_set_journal(NULL, &err));
    ASSERT_OK(db_begin(db, &err));
    ASSERT_OK(db_script(db, "CREATE TABLE noted (x)", &err));
    ASSERT_OK(db_commit(db, &err));
    db_rest(db); /* so that its second connection is open */
    writes = 0;
    writer = open_raw(path);
    mover = open_raw(path);
    late = open_raw(path);
    checkpoint_raw(late);
    if (is_ours) { /* our commit leaves a log to be moved */
        ASSERT_OK(db_begin(db, &err));
        ASSERT_OK(db_script(db, "INSERT INTO noted VALUES (1)", &err));
        ASSERT_OK(db_commit(db, &err));
        writes++;
    }
    fill_log(mover);
    between = write_between;
    if (is_ours)
        db_rest(db);
    else
        checkpoint_raw(late);
    assert_null(between); /* it did stop there */
    sqlite3_close(late);
    sqlite3_close(mover);
    run_raw(writer, "INSERT INTO noted VALUES (2)");
    writes += first_code == SQLITE_OK || is_ours;
    sqlite3_close(writer);
    db_close(db);
    is_ok = is_sound(path, writes);
    return is_ok;
}

static void test_log_reset(void **state)
{
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    static sqlite3_vfs shim;

    (void)state;
    shim = *real;
    shim.zName = "stopping";
    real_open = real->xOpen;
    shim.xOpen = open_stopping;
    assert_int_equal(sqlite3_vfs_register(&shim, 1), SQLITE_OK);
    if (sqlite3_libversion_number() < 3051003)
        assert_false(survives(path_of("plain.db"), false));
    assert_true(survives(path_of("ours.db"), true));
    assert_int_equal(first_code & 0xff, SQLITE_BUSY); /* nobody else could write meanwhile */
    sqlite3_vfs_unregister(&shim);
    assert_int_equal(sqlite3_vfs_register(real, 1), SQLITE_OK);
}

/* ---- migrations ---- */

#define VERSION(file, text, hash)                                                                  \
    {                                                                                              \
        .name = file, .data = (const unsigned char *)(text), .tag = hash                           \
    }

static const struct asset versions[] = {
    VERSION("0001_one.sql", "CREATE TABLE one (id BIGINT PRIMARY KEY);", "aa"),
    VERSION("0002_two.sql", "CREATE TABLE two (id BIGINT PRIMARY KEY);", "bb"),
};
static const struct asset changed[] = {
    VERSION("0001_one.sql", "CREATE TABLE one (id TEXT);", "cc"),
};
static const struct asset broken[] = {
    VERSION("0001_one.sql", "CREATE TABLE one (id BIGINT PRIMARY KEY);", "aa"),
    VERSION("0002_bad.sql", "CREATE TABLE three (id TEXT); CREATE TABLE one (x);", "dd"),
};

static void test_migrations(void **state)
{
    struct db *db;

    (void)state;
    ASSERT_OK(db_open(path_of("m.db"), DB_CREATE, &db, &err));
    ASSERT_OK(migrate(db, versions, 1, NOW, &err));
    ASSERT_OK(migrate(db, versions, 1, NOW, &err));
    ASSERT_OK(migrate_check(db, versions, 1, &err));
    ASSERT_FAILS(BAD_INPUT, "older dxready", migrate_check(db, versions, 2, &err));
    /* A migration that fails leaves nothing of itself. */
    ASSERT_FAILS(FAILED, "already exists", migrate(db, broken, 2, NOW, &err));
    ASSERT_OK(db_script(db, "CREATE TABLE three (id TEXT); DROP TABLE three;", &err));
    ASSERT_OK(migrate(db, versions, 2, NOW, &err));
    ASSERT_OK(db_script(db, "INSERT INTO two VALUES (1);", &err));
    ASSERT_FAILS(BAD_INPUT, "newer dxready (it has '0002_two.sql')",
                 migrate(db, versions, 1, NOW, &err));
    ASSERT_FAILS(BAD_INPUT, "another '0001_one.sql'", migrate(db, changed, 1, NOW, &err));
    db_close(db);
}

static void test_packed_migrations(void **state)
{
    struct store *store;
    struct db *db;

    (void)state;
    assert_true(migrations_count >= 1);
    assert_string_equal(migrations[0].name, "0001_assessments.sql");
    store_close(open_store(path_of("p.db")));
    store_close(open_store(path_of("p.db")));
    ASSERT_OK(try_open(path_of("p.db"), DB_READ, &store));
    store_close(store);
    ASSERT_OK(db_open(path_of("p.db"), DB_WRITE, &db, &err));
    ASSERT_OK(
        db_script(db, "INSERT INTO migration VALUES (9999, '9999_future.sql', 'x', 'y')", &err));
    db_close(db);
    ASSERT_FAILS(BAD_INPUT, "newer dxready", try_open(path_of("p.db"), DB_CREATE, &store));
    ASSERT_FAILS(BAD_INPUT, "newer dxready", try_open(path_of("p.db"), DB_READ, &store));
}

/* ---- files that are no database, or are broken ---- */

static void write_file(const char *path, const char *data, size_t len)
{
    ASSERT_OK(file_write(path, data, len, &err));
}

/* Whatever is taken for a server is said without what may be a password. */
static void test_passwords(void **state)
{
    static const char *const urls[] = {
        "postgresql://an:s3cret@db/x", "postgres://an:s3cret@db:5432/x?sslmode=require",
        "mysql://an:s3cret@db/x",      "Postgresql://an:s3cret@db/x",
        "https://an:s3cret@db",        "host=db user=an password=s3cret",
        "sqlite://s3cret@x",
    };
    struct store *store;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
        for (enum db_mode mode = DB_READ; mode <= DB_CREATE; mode++) {
            assert_int_equal(try_open(urls[i], mode, &store), BAD_USAGE);
            assert_null(strstr(err.text[LANG_VI], "s3cret"));
            assert_null(strstr(err.text[LANG_EN], "s3cret"));
        }
    }
}

static void test_bad_files(void **state)
{
    struct store *store;
    char *data;
    size_t len;

    (void)state;
    ASSERT_FAILS(NOT_FOUND, "there is no database", try_open(path_of("none.db"), DB_READ, &store));
    ASSERT_FAILS(NOT_FOUND, "there is no database", try_open(path_of("none.db"), DB_WRITE, &store));
    ASSERT_FAILS(FAILED, "cannot be opened", try_open(path_of("no/x.db"), DB_CREATE, &store));
    ASSERT_FAILS(FAILED, "cannot be opened", try_open(folder, DB_CREATE, &store));
    ASSERT_FAILS(BAD_USAGE, "PostgreSQL", try_open("postgresql://localhost/x", DB_CREATE, &store));
    write_file(path_of("empty.db"), "", 0);
    ASSERT_FAILS(NOT_FOUND, "is empty", try_open(path_of("empty.db"), DB_READ, &store));
    ASSERT_FAILS(NOT_FOUND, "is empty", try_open(path_of("empty.db"), DB_WRITE, &store));
    ASSERT_OK(try_open(path_of("empty.db"), DB_CREATE, &store));
    store_close(store);
    data = arena_alloc(&f.arena, 4096, 1);
    memset(data, 'x', 4096);
    write_file(path_of("text.db"), data, 4096);
    ASSERT_FAILS(BAD_INPUT, "no database file", try_open(path_of("text.db"), DB_CREATE, &store));
    /* Cut off in the middle. */
    store_close(open_store(path_of("cut.db")));
    ASSERT_OK(file_read(&f.arena, path_of("cut.db"), 1 << 24, &data, &len, &err));
    write_file(path_of("cut.db"), data, len / 2 / 4096 * 4096);
    ASSERT_FAILS(FAILED, "damaged or cut short", try_open(path_of("cut.db"), DB_CREATE, &store));
    ASSERT_FAILS(FAILED, "damaged or cut short", try_open(path_of("cut.db"), DB_READ, &store));
}

static void test_foreign_database(void **state)
{
    struct store *store;
    char *data;
    size_t len;

    (void)state;
    /* The mark of another program stands where ours would (bytes 68 to 71 of the header). */
    store_close(open_store(path_of("foreign.db")));
    ASSERT_OK(file_read(&f.arena, path_of("foreign.db"), 1 << 24, &data, &len, &err));
    memset(data + 68, 0, 4);
    write_file(path_of("foreign.db"), data, len);
    ASSERT_FAILS(BAD_INPUT, "no database of dxready",
                 try_open(path_of("foreign.db"), DB_CREATE, &store));
}

/* Bits that turn over inside a page are found by the check, or by whoever reads them. */
static void test_damaged_page(void **state)
{
    struct store *store = open_store(path_of("bits.db"));
    enum status status;
    char *data;
    size_t len;

    (void)state;
    store_close(store);
    ASSERT_OK(file_read(&f.arena, path_of("bits.db"), 1 << 24, &data, &len, &err));
    memset(data + 8192, 0xee, 8192);
    write_file(path_of("bits.db"), data, len);
    status = try_open(path_of("bits.db"), DB_WRITE, &store);
    if (status == OK) {
        status = db_check(store_db(store), &err);
        store_close(store);
    }
    ASSERT_FAILS(FAILED, "damaged", status);
}

static void test_read_only(void **state)
{
    struct store *store;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    store_close(open_store(path_of("ro.db")));
    ASSERT_OK(try_open(path_of("ro.db"), DB_READ, &store));
    ASSERT_FAILS(FAILED, "read-only",
                 put(store, answered("\"round\":\"1\",", "\"name\":\"A\"", ""), &out));
    store_close(store);
    if (geteuid() == 0) { /* root may write anything: be nobody for a moment */
        assert_int_equal(chmod(folder, 0755), 0);
        assert_int_equal(chmod(path_of("ro.db"), 0444), 0);
        assert_int_equal(seteuid(65534), 0);
        assert_int_equal(try_open(path_of("ro.db"), DB_WRITE, &store), FAILED);
        assert_int_equal(seteuid(0), 0);
        assert_non_null(strstr(err.text[LANG_EN], "read-only"));
        assert_non_null(strstr(err.text[LANG_VI], "chỉ đọc được"));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_statements, setup, teardown),
    cmocka_unit_test_setup_teardown(test_plans, setup, teardown),
    cmocka_unit_test_setup_teardown(test_parameters, setup, teardown),
    cmocka_unit_test_setup_teardown(test_transactions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_reading, setup, teardown),
    cmocka_unit_test_setup_teardown(test_turns, setup, teardown),
    cmocka_unit_test_setup_teardown(test_wait, setup, teardown),
    cmocka_unit_test_setup_teardown(test_journal, setup, teardown),
    cmocka_unit_test_setup_teardown(test_log_reset, setup, teardown),
    cmocka_unit_test_setup_teardown(test_migrations, setup, teardown),
    cmocka_unit_test_setup_teardown(test_packed_migrations, setup, teardown),
    cmocka_unit_test_setup_teardown(test_passwords, setup, teardown),
    cmocka_unit_test_setup_teardown(test_bad_files, setup, teardown),
    cmocka_unit_test_setup_teardown(test_foreign_database, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged_page, setup, teardown),
    cmocka_unit_test_setup_teardown(test_read_only, setup, teardown),
};

RUN(tests)
