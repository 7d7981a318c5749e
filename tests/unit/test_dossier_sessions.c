#include "dossier_fixture.h"

/* As a page asks: the use is noted where it is due. */
static bool may_open(struct store *store, int session, int64_t dossier, const char *now)
{
    struct session_check check;

    ASSERT_OK(session_check(store, token(session), dossier, now, &check, &err));
    if (check.is_use_due)
        ASSERT_OK(session_note_uses(store, token(session), 1, now, &err));
    return check.is_granted;
}

/* ---- secrets ---- */

static void test_secret(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    struct dossier dossier = add_dossier(store, 1);
    const char *hash;
    int64_t id;

    (void)state;
    ASSERT_OK(dossier_secret(store, dossier.reference, &f.arena, &id, &hash, &err));
    assert_int_equal(id, dossier.id);
    assert_string_equal(hash, "secret");
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_secret(store, "CDS-26-0000179", &f.arena, &id, &hash, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_secret(store, "nonsense", &f.arena, &id, &hash, &err));
    ASSERT_OK(session_grant(store, token(11), dossier.id, NOW, &err));
    ASSERT_OK(session_grant(store, token(12), dossier.id, NOW, &err));
    /* Another secret: the old token and other sessions are worth nothing. */
    ASSERT_OK(dossier_set_secret(store, dossier.id, "other", token(2), token(11), &err));
    ASSERT_OK(dossier_secret(store, dossier.reference, &f.arena, &id, &hash, &err));
    assert_string_equal(hash, "other");
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_by_token(store, token(1), &id, &err));
    ASSERT_OK(dossier_by_token(store, token(2), &id, &err));
    assert_true(may_open(store, 11, dossier.id, NOW));
    assert_false(may_open(store, 12, dossier.id, NOW));
    ASSERT_OK(dossier_set_secret(store, dossier.id, "third", token(3), NULL, &err));
    assert_false(may_open(store, 11, dossier.id, NOW));
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_set_secret(store, 7, "x", token(4), NULL, &err));
    store_close(store);
}

/* ---- sessions ---- */

static void test_sessions(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;

    (void)state;
    assert_false(may_open(store, 11, one, NOW));
    ASSERT_OK(session_grant(store, token(11), one, NOW, &err));
    ASSERT_OK(session_grant(store, token(11), one, NOW, &err)); /* again: nothing more */
    assert_true(may_open(store, 11, one, NOW));
    assert_false(may_open(store, 11, two, NOW));
    assert_false(may_open(store, 12, one, NOW));
    ASSERT_OK(session_grant(store, token(11), two, NOW, &err));
    assert_true(may_open(store, 11, two, NOW));
    /* Under another name. */
    ASSERT_OK(session_renew(store, token(11), token(12), &err));
    assert_false(may_open(store, 11, one, NOW));
    assert_true(may_open(store, 12, one, NOW));
    assert_true(may_open(store, 12, two, NOW));
    ASSERT_OK(session_renew(store, token(98), token(99), &err)); /* opens nothing */
    ASSERT_OK(session_end(store, token(12), &err));
    assert_false(may_open(store, 12, one, NOW));
    assert_false(may_open(store, 12, two, NOW));
    ASSERT_FAILS(NOT_FOUND, "no such dossier", session_grant(store, token(11), 7, NOW, &err));
    ASSERT_FAILS(BAD_INPUT, "written as", session_grant(store, token(11), one, "now", &err));
    ASSERT_FAILS(BAD_INPUT, "written as",
                 session_check(store, token(11), one, "", &(struct session_check){0}, &err));
    store_close(store);
}

static void test_idle(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;

    (void)state;
    ASSERT_OK(session_grant(store, token(11), one, "2026-11-23T08:00:00Z", &err));
    ASSERT_OK(session_grant(store, token(11), two, "2026-11-23T08:00:00Z", &err));
    /* Each use, of whichever dossier, begins the two hours anew. */
    assert_true(may_open(store, 11, one, "2026-11-23T09:59:59Z"));
    assert_true(may_open(store, 11, two, "2026-11-23T11:59:58Z"));
    assert_true(may_open(store, 11, one, "2026-11-23T13:59:57Z"));
    assert_false(may_open(store, 11, one, "2026-11-23T15:59:57Z"));
    assert_false(may_open(store, 11, two, "2026-11-23T15:59:57Z"));
    /* A use within a minute of the last one is not noted. */
    ASSERT_OK(session_grant(store, token(12), one, "2026-11-23T08:00:00Z", &err));
    assert_true(may_open(store, 12, one, "2026-11-23T08:00:59Z"));
    assert_false(may_open(store, 12, one, "2026-11-23T10:00:00Z"));
    ASSERT_OK(session_grant(store, token(13), one, "2026-11-23T08:00:00Z", &err));
    assert_true(may_open(store, 13, one, "2026-11-23T08:01:00Z"));
    assert_true(may_open(store, 13, one, "2026-11-23T10:00:00Z"));
    store_close(store);
}

static void test_end_of_session(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;

    (void)state;
    ASSERT_OK(session_grant(store, token(11), one, "2026-11-23T00:00:00Z", &err));
    for (int hour = 1; hour < 12; hour++)
        assert_true(
            may_open(store, 11, one, arena_printf(&f.arena, "2026-11-23T%02d:00:00Z", hour)));
    /* Another dossier makes it no longer. */
    ASSERT_OK(session_grant(store, token(11), two, "2026-11-23T11:30:00Z", &err));
    assert_true(may_open(store, 11, one, "2026-11-23T11:59:59Z"));
    assert_false(may_open(store, 11, one, "2026-11-23T12:00:00Z"));
    assert_false(may_open(store, 11, two, "2026-11-23T12:00:00Z"));
    /* The same token after the end: a new session, without what the old one could open. */
    ASSERT_OK(session_grant(store, token(11), two, "2026-11-23T12:00:00Z", &err));
    assert_true(may_open(store, 11, two, "2026-11-23T13:00:00Z"));
    assert_false(may_open(store, 11, one, "2026-11-23T12:00:00Z"));
    store_close(store);
}

static void test_session_limit(void **state)
{
    struct store *store = open_store(":memory:");
    int64_t last = 0;

    (void)state;
    for (int i = 0; i <= SESSION_DOSSIERS_MAX; i++)
        last = add_dossier(store, i + 1).id;
    for (int64_t id = last - SESSION_DOSSIERS_MAX; id < last; id++)
        ASSERT_OK(session_grant(store, token(200), id, NOW, &err));
    ASSERT_FAILS(LIMIT, "only 20 dossiers", session_grant(store, token(200), last, NOW, &err));
    ASSERT_OK(session_grant(store, token(200), last - 1, NOW, &err)); /* has it already */
    ASSERT_OK(session_grant(store, token(201), last, NOW, &err));
    ASSERT_OK(session_grant(store, token(200), last, "2026-11-23T23:00:00Z", &err));
    store_close(store);
}

static int64_t number(struct store *store, const char *sql)
{
    /* Through the only statement that gives a number of our choice. */
    int64_t count = -1;
    struct db_stmt *stmt;
    bool has_row;

    ASSERT_OK(db_script(
        store_db(store),
        arena_printf(&f.arena, "INSERT OR REPLACE INTO try_limit VALUES ('n', (%s), 1)", sql),
        &err));
    ASSERT_OK(db_prepare(store_db(store), SQL_LIMIT_FIND, &stmt, &err));
    db_bind_text(stmt, 1, "n");
    ASSERT_OK(db_step(stmt, &has_row, &err));
    count = db_int(stmt, 0);
    db_done(stmt);
    return count;
}

static void test_sweep(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int64_t one = add_dossier(store, 1).id;
    int wait;

    (void)state;
    ASSERT_OK(session_grant(store, token(11), one, "2026-11-23T08:00:00Z", &err));
    ASSERT_OK(session_grant(store, token(12), one, "2026-11-23T09:00:00Z", &err));
    ASSERT_OK(limit_take(store, "a", 3, 600, "2026-11-23T09:55:00Z", &wait, &err));
    ASSERT_OK(limit_take(store, "b", 3, 60, "2026-11-23T09:55:00Z", &wait, &err));
    ASSERT_OK(session_sweep(store, "2026-11-23T10:00:00Z", &err));
    assert_int_equal(number(store, "SELECT COUNT(*) FROM session"), 1);
    assert_true(may_open(store, 12, one, "2026-11-23T10:00:00Z"));
    assert_int_equal(number(store, "SELECT COUNT(*) FROM try_limit WHERE name <> 'n'"), 1);
    ASSERT_OK(session_sweep(store, "2026-11-23T21:00:00Z", &err));
    assert_int_equal(number(store, "SELECT COUNT(*) FROM session"), 0);
    ASSERT_FAILS(BAD_INPUT, "written as", session_sweep(store, "x", &err));
    store_close(store);
}

/* Looking at pages writes at most once a minute. */
static void test_few_writes(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int64_t one = add_dossier(store, 1).id;
    char *before, *after;
    size_t len, len_after;

    (void)state;
    ASSERT_OK(session_grant(store, token(11), one, NOW, &err));
    ASSERT_OK(file_read(&f.arena, path_of("s.db"), 1 << 24, &before, &len, &err));
    for (int second = 0; second < 60; second++)
        assert_true(
            may_open(store, 11, one, arena_printf(&f.arena, "2026-11-23T08:00:%02dZ", second)));
    ASSERT_OK(file_read(&f.arena, path_of("s.db"), 1 << 24, &after, &len_after, &err));
    assert_int_equal(len, len_after);
    assert_memory_equal(before, after, len);
    store_close(store);
}

/* ---- limits ---- */

static int take(struct store *store, const char *key, const char *now)
{
    int wait = -1;

    ASSERT_OK(limit_take(store, key, 3, 100, now, &wait, &err));
    return wait;
}

static void test_limits(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    int wait;

    (void)state;
    assert_int_equal(take(store, "a", "2026-11-23T08:00:00Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:00:00Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:00:00Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:00:00Z"), 100);
    assert_int_equal(take(store, "a", "2026-11-23T08:00:30Z"), 70); /* waiting is not punished */
    assert_int_equal(take(store, "b", "2026-11-23T08:00:30Z"), 0);
    store_close(store);
    store = open_store(path_of("s.db")); /* and remembered */
    assert_int_equal(take(store, "a", "2026-11-23T08:01:39Z"), 1);
    assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 100);
    /* What was right is given back, but never more than there was. */
    ASSERT_OK(limit_return(store, "a", &err));
    assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 100);
    for (int i = 0; i < 9; i++)
        ASSERT_OK(limit_return(store, "a", &err));
    ASSERT_OK(limit_return(store, "none", &err));
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-23T08:01:40Z"), 100);
    /* Full again after a while; a clock that was put back locks nobody out for long. */
    for (int i = 0; i < 3; i++)
        assert_int_equal(take(store, "a", "2026-11-25T08:00:00Z"), 0);
    assert_int_equal(take(store, "a", "2026-11-25T08:00:00Z"), 100);
    assert_int_equal(take(store, "a", "2026-11-24T08:00:00Z"), 100);
    ASSERT_FAILS(BAD_INPUT, "must be positive", limit_take(store, "a", 0, 1, NOW, &wait, &err));
    ASSERT_FAILS(BAD_INPUT, "must be positive", limit_take(store, "a", 1, 0, NOW, &wait, &err));
    ASSERT_FAILS(BAD_INPUT, "written as", limit_take(store, "a", 1, 1, "", &wait, &err));
    ASSERT_FAILS(BAD_INPUT, "1 to 5 tries", limit_spend(store, "a", 6, 5, 1, NOW, &wait, &err));
    ASSERT_FAILS(BAD_INPUT, "1 to 5 tries", limit_spend(store, "a", 0, 5, 1, NOW, &wait, &err));
    store_close(store);
}

/* ---- keys ---- */

static void test_keys(void **state)
{
    static const unsigned char zeros[STORE_KEY_BYTES];
    unsigned char a[STORE_KEY_BYTES] = {0}, b[STORE_KEY_BYTES], again[STORE_KEY_BYTES];
    struct store *store = open_store(path_of("k.db"));

    (void)state;
    ASSERT_OK(store_key(store, "a", a, &err));
    ASSERT_OK(store_key(store, "b", b, &err));
    assert_memory_not_equal(a, zeros, STORE_KEY_BYTES);
    assert_memory_not_equal(a, b, STORE_KEY_BYTES);
    store_close(store);
    ASSERT_OK(try_open(path_of("k.db"), DB_READ, &store));
    ASSERT_OK(store_key(store, "a", again, &err));
    assert_memory_equal(a, again, STORE_KEY_BYTES);
    ASSERT_FAILS(FAILED, "read-only", store_key(store, "c", again, &err));
    store_close(store);
    store = open_store(path_of("k.db"));
    ASSERT_OK(db_script(store_db(store), "UPDATE store_key SET value = x'00'", &err));
    ASSERT_FAILS(FAILED, "key 'a' in the database is damaged", store_key(store, "a", a, &err));
    store_close(store);
}

/* Several at once, or none. */
static void test_limit_spend(void **state)
{
    static const struct {
        const char *now;
        int count, wait;
    } steps[] = {
        {"2026-11-23T10:00:00Z", 7, 0},  {"2026-11-23T10:00:00Z", 4, 10},
        {"2026-11-23T10:00:00Z", 3, 0},  {"2026-11-23T10:00:00Z", 1, 10},
        {"2026-11-23T10:00:25Z", 2, 0},  {"2026-11-23T10:00:25Z", 10, 95},
        {"2026-11-23T10:02:00Z", 10, 0}, {"2026-11-23T10:02:00Z", 10, 100},
    };
    struct store *store = open_store(":memory:");
    int wait;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        ASSERT_OK(limit_spend(store, "key", steps[i].count, 10, 10, steps[i].now, &wait, &err));
        assert_int_equal(wait, steps[i].wait);
    }
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_limit_spend, setup, teardown),
    cmocka_unit_test_setup_teardown(test_secret, setup, teardown),
    cmocka_unit_test_setup_teardown(test_sessions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_idle, setup, teardown),
    cmocka_unit_test_setup_teardown(test_end_of_session, setup, teardown),
    cmocka_unit_test_setup_teardown(test_session_limit, setup, teardown),
    cmocka_unit_test_setup_teardown(test_sweep, setup, teardown),
    cmocka_unit_test_setup_teardown(test_few_writes, setup, teardown),
    cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
};

RUN(tests)
