/* Accounts: passwords, second factors, sessions, rights, and the audit of all of it. */
#include "dossier_fixture.h"

#include <sqlite3.h>

#include "app/accounts.h"
#include "app/audit.h"
#include "app/sign_in.h"
#include "store/audit.h"

static struct store *store;
static struct app_context app;

static void at(const char *now)
{
    snprintf(app.now, sizeof(app.now), "%s", now);
}

static void begin(void)
{
    store = open_store(path_of("a.db"));
    app = (struct app_context){.store = store};
    at(NOW);
}

static void end(void)
{
    store_close(store);
}

static const char *link_of_new(const char *name, enum role role, const char *area)
{
    char *link = arena_alloc(&f.arena, 1, ACCOUNT_LINK_CHARS + 1);
    const char *const areas[] = {area};
    struct account_plan plan = {name, "Lê Thị Mẫu", role, areas, area ? 1 : 0};

    ASSERT_OK(accounts_add(&app, &plan, link, &err));
    return link;
}

static struct account found(const char *name)
{
    struct account account;

    ASSERT_OK(accounts_find(&app, name, &f.arena, &account, &err));
    return account;
}

/* ---- passwords ---- */

static void test_passwords(void **state)
{
    static const struct {
        const char *password;
        enum password_fault fault;
    } rows[] = {
        {"", PASSWORD_SHORT},
        {"ngắn quá đi", PASSWORD_SHORT}, /* letters count, not bytes */
        {"mùa xuân đã về rồi", PASSWORD_FINE},
        {"mua xuan da ve roi", PASSWORD_FINE},
        {"Tr0ub4dor&3xyz", PASSWORD_FINE},
        {"123456789012", PASSWORD_COMMON},
        {"aaaaaaaaaaaa", PASSWORD_COMMON},
        {"abababababab", PASSWORD_COMMON},
        {"abcabcabcabc", PASSWORD_COMMON},
        {"password1234", PASSWORD_COMMON},
        {"PASSWORD!!2026", PASSWORD_COMMON},
        {"mật khẩu 123456", PASSWORD_COMMON},
        {"matkhaumatkhau", PASSWORD_COMMON},
        {"1234-5678-9012", PASSWORD_COMMON},
        {"hải dương 2026", PASSWORD_COMMON},
        {"lethimau123456", PASSWORD_NAMED},
        {"Mẫu Lê Thị 2026", PASSWORD_NAMED},
        {"le.thi.mau.2026", PASSWORD_NAMED},
        {"le thi mau trong vuon nha", PASSWORD_FINE},
    };
    static const char *const names[] = {"le.thi.mau", "Lê Thị Mẫu"};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        enum password_fault fault = password_check(&f.arena, rows[i].password, names, 2);

        if (fault != rows[i].fault)
            fail_msg("'%s': %d, not %d", rows[i].password, fault, rows[i].fault);
    }
}

static void test_hashes(void **state)
{
    char hash[PASSWORD_HASH_BYTES];

    (void)state;
    password_hash("mùa xuân đã về rồi", hash);
    assert_true(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31) == 0);
    assert_true(password_matches(hash, "mùa xuân đã về rồi"));
    assert_false(password_matches(hash, "mùa xuân đã về rôi"));
    assert_false(password_matches("", ""));
    assert_false(password_matches(NULL, "x"));
    /* The same letters, with marks on their own. */
    assert_string_equal(password_normal(&f.arena, "mu\xcc\x80""a"), "mùa");
}

/* ---- codes ---- */

/* RFC 6238, appendix B, the last six digits. */
static void test_totp(void **state)
{
    static const struct {
        int64_t time;
        const char *code;
    } rows[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    const unsigned char *key = (const unsigned char *)"12345678901234567890";
    int64_t step;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_true(totp_matches(key, rows[i].code, rows[i].time, &step));
        assert_int_equal(step, rows[i].time / 30);
        assert_true(totp_matches(key, rows[i].code, rows[i].time + 30, &step));
        assert_int_equal(step, rows[i].time / 30);
        assert_true(totp_matches(key, rows[i].code, rows[i].time - 30, &step));
        assert_int_equal(step, rows[i].time / 30);
        assert_false(totp_matches(key, rows[i].code, rows[i].time + 60, &step));
        assert_false(totp_matches(key, rows[i].code, rows[i].time + 90, &step));
        if (rows[i].time > 60)
            assert_false(totp_matches(key, rows[i].code, rows[i].time - 60, &step));
    }
    assert_true(totp_matches(key, " 287 082 ", 59, &step));
    assert_false(totp_matches(key, "28708", 59, &step));
    assert_false(totp_matches(key, "2870821", 59, &step));
    assert_false(totp_matches(key, "28708x", 59, &step));
    assert_false(totp_matches(key, "", 59, &step));
    assert_string_equal(totp_key_text(&f.arena, key), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_string_equal(totp_address(&f.arena, key, "le.thi.mau"),
                        "otpauth://totp/dxready:le.thi.mau?secret="
                        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=dxready");
}

static void test_recovery(void **state)
{
    unsigned char seed[DESK_SEED_BYTES] = {7}, other[DESK_SEED_BYTES] = {8};
    struct second_factor a, b, c;
    char code[RECOVERY_CHARS + 1];

    (void)state;
    second_factor_make(seed, &a);
    second_factor_make(seed, &b);
    second_factor_make(other, &c);
    assert_memory_equal(&a, &b, sizeof(a));
    assert_memory_not_equal(a.key, c.key, sizeof(a.key));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        assert_int_equal(strlen(a.codes[i]), 9);
        assert_int_equal(a.codes[i][4], '-');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(a.codes[i], a.codes[k]);
        assert_true(recovery_parse(a.codes[i], code));
    }
    assert_true(recovery_parse(" 7qkm 2hxd", code));
    assert_string_equal(code, "7QKM2HXD");
    assert_true(recovery_parse("oil0-0000", code));
    assert_string_equal(code, "01100000");
    assert_false(recovery_parse("7QKM-2HX", code));
    assert_false(recovery_parse("7QKM-2HXDD", code));
    assert_false(recovery_parse("7QKM-2HXU", code));
}

/* ---- accounts ---- */

static void test_plans(void **state)
{
    static const char *const area[] = {"chi-linh"};
    char link[ACCOUNT_LINK_CHARS + 1];
    struct account_plan plan = {"x y", "A", ROLE_POLICYMAKER, NULL, 0};
    struct account account;

    (void)state;
    begin();
    ASSERT_FAILS(BAD_USAGE, "the name 'x y'", accounts_add(&app, &plan, link, &err));
    plan.name = ".x";
    ASSERT_FAILS(BAD_USAGE, "the name '.x'", accounts_add(&app, &plan, link, &err));
    plan.name = "lê";
    ASSERT_FAILS(BAD_USAGE, "the name", accounts_add(&app, &plan, link, &err));
    plan.name = "an";
    plan.full_name = "";
    ASSERT_FAILS(BAD_USAGE, "full name", accounts_add(&app, &plan, link, &err));
    plan.full_name = "An";
    plan.areas = area;
    plan.area_count = 1;
    ASSERT_FAILS(BAD_USAGE, "has no areas", accounts_add(&app, &plan, link, &err));
    plan.role = ROLE_HEAD;
    plan.area_count = 0;
    ASSERT_FAILS(BAD_USAGE, "needs areas", accounts_add(&app, &plan, link, &err));
    plan.area_count = 1;
    ASSERT_OK(accounts_add(&app, &plan, link, &err));
    ASSERT_FAILS(CONFLICT, "an account 'an' already", accounts_add(&app, &plan, link, &err));
    account = found(" AN ");
    assert_string_equal(account.role, "head");
    assert_int_equal(account.area_count, 1);
    assert_string_equal(account.areas[0], "chi-linh");
    ASSERT_FAILS(NOT_FOUND, "no such account",
                 accounts_find(&app, "binh", &f.arena, &account, &err));
    end();
}

static void test_areas(void **state)
{
    struct account_plan plan;

    (void)state;
    ASSERT_OK(accounts_areas(f.facts->areas, "chi-linh, Nam Sách,chi-linh", &f.arena, &plan, &err));
    assert_int_equal(plan.area_count, 2);
    assert_string_equal(plan.areas[1], "nam-sach");
    ASSERT_OK(accounts_areas(f.facts->areas, "all", &f.arena, &plan, &err));
    assert_string_equal(plan.areas[0], "all");
    ASSERT_OK(accounts_areas(f.facts->areas, "", &f.arena, &plan, &err));
    assert_int_equal(plan.area_count, 0);
    ASSERT_FAILS(BAD_USAGE, "no area 'khong-co'",
                 accounts_areas(f.facts->areas, "chi-linh,khong-co", &f.arena, &plan, &err));
}

/* Somebody is always left who may change accounts. */
static void test_last_administrator(void **state)
{
    struct account one, two;
    struct account_plan plan = {"one", "Một", ROLE_POLICYMAKER, NULL, 0};

    (void)state;
    begin();
    link_of_new("one", ROLE_ADMINISTRATOR, NULL);
    one = found("one");
    ASSERT_FAILS(CONFLICT, "last administrator", accounts_disable(&app, &one, true, &err));
    ASSERT_FAILS(CONFLICT, "last administrator", accounts_change(&app, &one, &plan, &err));
    link_of_new("two", ROLE_ADMINISTRATOR, NULL);
    two = found("two");
    ASSERT_OK(accounts_disable(&app, &one, true, &err));
    assert_int_equal(permission(&one, ACT_OWN_ACCOUNT), REACH_NONE);
    ASSERT_FAILS(CONFLICT, "last administrator", accounts_disable(&app, &two, true, &err));
    ASSERT_OK(accounts_disable(&app, &one, false, &err));
    ASSERT_OK(accounts_disable(&app, &two, true, &err));
    two.version--; /* as somebody has it who looked before */
    ASSERT_FAILS(CONFLICT, "changed elsewhere", accounts_disable(&app, &two, false, &err));
    end();
}

/* ---- signing in ---- */

static struct session_plan plan_of(int before, int after, enum desk_stage stage)
{
    return (struct session_plan){token(before), token(after), stage, "Firefox/140.0"};
}

static bool is_in(int session, enum desk_stage *stage)
{
    struct signed_in in;
    enum status status = sign_in_enter(&app, token(session), &f.arena, &in, &err);

    if (status == OK)
        *stage = in.session.stage;
    else
        assert_int_equal(status, NOT_FOUND);
    return status == OK;
}

static void test_link(void **state)
{
    const char *link, *next;
    char other[ACCOUNT_LINK_CHARS + 1];
    struct account account;

    (void)state;
    begin();
    link = link_of_new("mau", ROLE_OFFICER, "chi-linh");
    ASSERT_OK(sign_in_by_link(&app, link, &f.arena, &account, &err));
    ASSERT_FAILS(NOT_FOUND, "no such account",
                 sign_in_by_link(&app, "0123", &f.arena, &account, &err));
    at("2026-11-26T07:59:59Z");
    ASSERT_OK(sign_in_by_link(&app, link, &f.arena, &account, &err));
    at("2026-11-26T08:00:00Z"); /* 72 hours */
    ASSERT_FAILS(NOT_FOUND, "no such account",
                 sign_in_by_link(&app, link, &f.arena, &account, &err));
    at(NOW);
    ASSERT_OK(sign_in_set_password(&app, &account, "hash", &err));
    ASSERT_OK(accounts_give_link(&app, &account, LOST_FACTOR, other, &err));
    next = arena_strdup(&f.arena, other);
    ASSERT_FAILS(NOT_FOUND, "no such account",
                 sign_in_by_link(&app, link, &f.arena, &account, &err));
    ASSERT_OK(sign_in_by_link(&app, next, &f.arena, &account, &err));
    assert_string_equal(account.password_hash, "hash");
    ASSERT_OK(accounts_give_link(&app, &account, LOST_BOTH, other, &err));
    assert_string_equal(found("mau").password_hash, "");
    account = found("mau");
    ASSERT_OK(accounts_disable(&app, &account, true, &err));
    ASSERT_FAILS(NOT_FOUND, "disabled",
                 sign_in_by_link(&app, other, &f.arena, &account, &err));
    end();
}

static void test_sessions(void **state)
{
    struct account account;
    enum desk_stage stage;
    struct session_plan plan = plan_of(1, 11, DESK_PASSWORD);

    (void)state;
    begin();
    link_of_new("mau", ROLE_OFFICER, "chi-linh");
    account = found("mau");
    assert_false(is_in(11, &stage));
    ASSERT_OK(sign_in_begin(&app, &account, &plan, &err));
    assert_true(is_in(11, &stage));
    assert_int_equal(stage, DESK_PASSWORD);
    at("2026-11-23T08:14:59Z");
    assert_true(is_in(11, &stage));
    at("2026-11-23T08:15:00Z"); /* a quarter of an hour for the second factor */
    assert_false(is_in(11, &stage));
    at(NOW);
    plan = plan_of(11, 12, DESK_OPEN);
    ASSERT_OK(sign_in_open(&app, &account, &plan, &err));
    assert_false(is_in(11, &stage)); /* another token at each step */
    assert_true(is_in(12, &stage));
    assert_int_equal(stage, DESK_OPEN);
    assert_string_equal(found("mau").signed_in_at, NOW);
    at("2026-11-23T08:29:59Z");
    assert_true(is_in(12, &stage));
    ASSERT_OK(session_note_uses(store, token(12), 1, app.now, &err));
    at("2026-11-23T08:59:58Z");
    assert_true(is_in(12, &stage));
    at("2026-11-23T08:59:59Z"); /* 30 minutes without use */
    assert_false(is_in(12, &stage));
    for (int minute = 20; minute < 600; minute += 20) {
        at(arena_printf(&f.arena, "2026-11-23T%02d:%02d:00Z", 8 + minute / 60, minute % 60));
        ASSERT_OK(session_note_uses(store, token(12), 1, app.now, &err));
    }
    at("2026-11-23T17:59:59Z");
    assert_true(is_in(12, &stage));
    at("2026-11-23T18:00:00Z"); /* 10 hours in all */
    assert_false(is_in(12, &stage));
    end();
}

/* How many entries the audit has. */
static int64_t told_count(void)
{
    struct audit_check check;

    ASSERT_OK(audit_verify(&app, &check, &err));
    return (int64_t)check.entries;
}

static size_t session_count(void)
{
    struct desk_session *list;
    size_t count;

    ASSERT_OK(own_sessions(&app, &f.arena, &list, &count, &err));
    return count;
}

static void open_session(const struct account *account, int session)
{
    struct session_plan plan = plan_of(99, session, DESK_OPEN);

    ASSERT_OK(sign_in_open(&app, account, &plan, &err));
}

static void test_own_sessions(void **state)
{
    struct account mau, other;
    struct desk_session *list;
    enum desk_stage stage;
    size_t count;
    int64_t told;

    (void)state;
    begin();
    link_of_new("mau", ROLE_OFFICER, "chi-linh");
    link_of_new("other", ROLE_ADMINISTRATOR, NULL);
    mau = found("mau");
    other = found("other");
    app.account = &mau;
    open_session(&mau, 1);
    open_session(&mau, 2);
    open_session(&other, 3);
    assert_int_equal(session_count(), 2);
    ASSERT_OK(own_sessions(&app, &f.arena, &list, &count, &err));
    assert_string_equal(list[0].agent, "Firefox/140.0");
    app.account = &other; /* nobody ends another's */
    ASSERT_FAILS(NOT_FOUND, "over already", own_session_end(&app, list[0].id, &err));
    app.account = &mau;
    ASSERT_OK(own_session_end(&app, list[0].id, &err));
    assert_int_equal(session_count(), 1);
    open_session(&mau, 4);
    ASSERT_OK(own_password(&app, token(4), "hash", &err)); /* all others end */
    assert_true(is_in(4, &stage));
    assert_int_equal(session_count(), 1);
    for (int i = 20; i < 20 + DESK_SESSIONS_MAX; i++)
        open_session(&mau, i);
    assert_int_equal(session_count(), DESK_SESSIONS_MAX);
    assert_false(is_in(4, &stage)); /* the oldest went */
    told = told_count();
    ASSERT_OK(accounts_end_sessions(&app, &mau, &err));
    assert_int_equal(session_count(), 0);
    assert_int_equal(told_count(), told + 1);
    assert_true(is_in(3, &stage));
    ASSERT_OK(accounts_disable(&app, &mau, true, &err));
    open_session(&mau, 50);
    assert_false(is_in(50, &stage)); /* disabled: whatever its sessions say */
    end();
}

static void test_factor(void **state)
{
    struct account account;
    struct second_factor factor;
    struct recovery_set codes;
    unsigned char seed[DESK_SEED_BYTES] = {1}, hash[RECOVERY_HASH_BYTES];
    char code[RECOVERY_CHARS + 1];

    (void)state;
    begin();
    link_of_new("mau", ROLE_OFFICER, "chi-linh");
    account = found("mau");
    second_factor_make(seed, &factor);
    assert_true(recovery_hash_all(&factor, &codes));
    ASSERT_OK(sign_in_enroll(&app, &account, &factor, 100, &codes, &err));
    account = found("mau");
    assert_string_equal(account.factor_at, NOW);
    assert_memory_equal(account.totp_key, factor.key, TOTP_KEY_BYTES);
    assert_int_equal(account.codes_left, RECOVERY_CODES);
    /* No code twice, nor one before it. */
    ASSERT_FAILS(CONFLICT, "used already", account_use_step(store, account.id, 100, &err));
    ASSERT_OK(account_use_step(store, account.id, 101, &err));
    ASSERT_FAILS(CONFLICT, "used already", account_use_step(store, account.id, 101, &err));
    ASSERT_FAILS(CONFLICT, "used already", account_use_step(store, account.id, 99, &err));
    ASSERT_FAILS(DENIED, "wrong", sign_in_code(&app, &account, "12345", &err));
    assert_true(recovery_parse(factor.codes[3], code));
    assert_true(recovery_hash(code, account.code_salt, hash));
    ASSERT_OK(sign_in_recovery(&app, &account, hash, &err));
    ASSERT_FAILS(NOT_FOUND, "no recovery code", sign_in_recovery(&app, &account, hash, &err));
    assert_int_equal(found("mau").codes_left, RECOVERY_CODES - 1);
    end();
}

/* ---- the audit ---- */

static void change_by_hand(const char *sql)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(path_of("a.db"), &raw), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
    sqlite3_close(raw);
}

static bool is_refused(const char *sql)
{
    sqlite3 *raw;
    int code;

    assert_int_equal(sqlite3_open(path_of("a.db"), &raw), SQLITE_OK);
    code = sqlite3_exec(raw, sql, NULL, NULL, NULL);
    sqlite3_close(raw);
    return code != SQLITE_OK;
}

static int64_t broken_at(void)
{
    struct audit_check check;

    ASSERT_OK(audit_verify(&app, &check, &err));
    return check.broken;
}

/* Whichever of its texts is too long: nothing is written. */
static void test_audit_has_limits(void **state)
{
    static char text[DOSSIER_TEXT_BYTES_MAX + 2];
    struct audit_entry entry = {.at = NOW, .actor = "a", .act = "act", .object = "o", .before = "b",
                                .after = "c", .reason = "d"};
    const char **const texts[] = {&entry.actor, &entry.object, &entry.before, &entry.after,
                                  &entry.reason};
    struct audit_check check;

    (void)state;
    begin();
    memset(text, 'x', sizeof(text) - 1);
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        const char *fine = *texts[i];

        *texts[i] = text;
        assert_int_equal(audit_add(store, &entry, &err), LIMIT);
        *texts[i] = fine;
    }
    entry.at = "today";
    assert_int_not_equal(audit_add(store, &entry, &err), OK);
    entry.at = NOW;
    entry.reason = text + 1; /* as long as may be */
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(audit_add(store, &entry, &err));
    ASSERT_OK(store_commit(store, &err));
    ASSERT_OK(audit_verify(&app, &check, &err));
    assert_int_equal(check.entries, 1);
    end();
}

static void test_audit(void **state)
{
    static const char *const columns[] = {"at", "account", "actor", "act", "object",
                                          "before", "after", "reason", "hash"};
    struct audit_check check;

    (void)state;
    begin();
    assert_int_equal(broken_at(), 0);
    link_of_new("one", ROLE_ADMINISTRATOR, NULL);
    link_of_new("two", ROLE_OFFICER, "chi-linh");
    link_of_new("three", ROLE_HEAD, "all");
    ASSERT_OK(audit_verify(&app, &check, &err));
    assert_int_equal(check.entries, 3);
    assert_int_equal(check.broken, 0);
    assert_true(is_refused("UPDATE audit SET reason = 'x'"));
    assert_true(is_refused("DELETE FROM audit"));
    change_by_hand("DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept");
    for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
        const char *c = columns[i];

        change_by_hand(arena_printf(&f.arena,
                                    "CREATE TABLE kept AS SELECT * FROM audit;"
                                    "UPDATE audit SET %s = %s || 'x' WHERE id = 2", c, c));
        if (broken_at() != 2)
            fail_msg("a changed %s is not seen", c);
        change_by_hand("DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; DROP TABLE kept");
        assert_int_equal(broken_at(), 0);
    }
    change_by_hand("DELETE FROM audit WHERE id = 2");
    assert_int_equal(broken_at(), 2);
    end();
}

/* ---- rights ---- */

/* docs/permissions.md has the table as the program has it, row by row. */
/* ---- a copy of the audit in which one thing is another ---- */

static const char *const audit_columns[] = {"id",     "at",    "account", "actor", "act",
                                            "object", "before", "after",  "reason", "hash"};

/* A row is found by its hash, or, while that is another, by its id. */
static const char *row_hashes[4];

static const char *where(int64_t row, const char *column)
{
    return row_hashes[row] && strcmp(column, "hash") != 0
               ? arena_printf(&f.arena, "hash = %s", row_hashes[row])
               : arena_printf(&f.arena, "id = %d", (int)row);
}

/* Sets a column of a row to an expression of SQL. */
static bool set_raw(sqlite3 *raw, int64_t row, const char *column, const char *to)
{
    const char *sql = arena_printf(&f.arena, "UPDATE audit SET %s = %s WHERE %s", column, to,
                                   where(row, column));

    return sqlite3_exec(raw, sql, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(raw) == 1;
}

/* What stands in a column, as a literal of the same type. */
static const char *literal(sqlite3 *raw, int64_t row, const char *column)
{
    const char *sql = arena_printf(&f.arena,
                                   "SELECT CASE typeof(%1$s) WHEN 'text' THEN 'CAST(x''' ||"
                                   " hex(%1$s) || ''' AS TEXT)' ELSE quote(%1$s) END FROM audit"
                                   " WHERE %2$s",
                                   column, where(row, column));
    const char *text;
    sqlite3_stmt *stmt;

    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    text = arena_strdup(&f.arena, (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return text;
}

/* One thing is another: the row is named, or one that it now stands before. */
static void must_be_seen(sqlite3 *raw, int64_t row, const char *column, const char *to)
{
    const char *kept = literal(raw, row, column);
    bool is_id = strcmp(column, "id") == 0;
    int64_t broken;

    if (!set_raw(raw, row, column, to) || strcmp(literal(raw, row, column), kept) == 0)
        return; /* refused by the database itself, or the same */
    broken = broken_at();
    if (is_id ? !broken : broken != row)
        fail_msg("row %d, %s = %s: broken is %d", (int)row, column, to, (int)broken);
    assert_true(set_raw(raw, row, column, kept));
}

/* Each bit of each byte of a literal x'...' or of a number. */
static void flip_all(sqlite3 *raw, int64_t row, const char *column)
{
    const char *kept = literal(raw, row, column), *hex = strstr(kept, "'");

    for (int bit = 0; !hex && bit < 63; bit++)
        must_be_seen(raw, row, column,
                     arena_printf(&f.arena, "(%1$s | %2$lld) - (%1$s & %2$lld)", kept,
                                  1LL << bit));
    for (const char *at = hex ? hex + 1 : "'"; *at != '\''; at += 2) {
        char *other = arena_strdup(&f.arena, kept);

        for (int bit = 0; bit < 8; bit++) {
            unsigned byte = 0;
            char two[3];

            assert_int_equal(sscanf(at, "%2x", &byte), 1);
            snprintf(two, sizeof(two), "%02X", byte ^ 1u << bit);
            memcpy(other + (at - kept), two, 2);
            must_be_seen(raw, row, column, other);
        }
    }
}

static void every_bit_and_every_type_of_the_audit_is_held(void **state)
{
    static const struct {
        const char *before, *after; /* of the column */
    } others[] = {{"CAST(", " AS BLOB)"},  {"CAST(", " AS TEXT)"},
                  {"NULLIF(1, 1 OR ", ")"}, {"substr(", ", 1, 0)"},
                  {"", " || CAST(x'0041' AS TEXT)"}, {"0.5 + ", ""}, {"", " || ' '"}};
    sqlite3 *raw;

    (void)state;
    begin();
    link_of_new("one", ROLE_ADMINISTRATOR, NULL);
    link_of_new("two", ROLE_OFFICER, "chi-linh");
    link_of_new("three", ROLE_HEAD, "all");
    change_by_hand("DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept");
    assert_int_equal(sqlite3_open(path_of("a.db"), &raw), SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON", NULL, NULL,
                 NULL);
    for (int64_t row = 1; row <= 3; row++) {
        row_hashes[row] = literal(raw, row, "hash");
        for (size_t i = 0; i < ARRAY_SIZE(audit_columns); i++) {
            const char *column = audit_columns[i];

            flip_all(raw, row, column);
            for (size_t k = 0; k < ARRAY_SIZE(others); k++)
                must_be_seen(raw, row, column, arena_printf(&f.arena, "%s%s%s", others[k].before, column,
                                          others[k].after));
        }
    }
    assert_int_equal(broken_at(), 0);
    sqlite3_close(raw);
    end();
}

static void test_documented(void **state)
{
    const char *table = "| act |";
    char *doc;
    size_t len;

    (void)state;
    for (int r = 0; r < ROLE__MAX; r++)
        table = arena_printf(&f.arena, "%s %s |", table, role_code((enum role)r));
    table = arena_printf(&f.arena, "%s\n|---|---|---|---|---|\n", table);
    for (int a = 0; a < ACT__MAX; a++) {
        table = arena_printf(&f.arena, "%s| %s%s |", table, rights[a].name.in[LANG_EN],
                             rights[a].asks_password ? " (password asked again)" : "");
        for (int r = 0; r < ROLE__MAX; r++)
            table = arena_printf(&f.arena, "%s %s |", table,
                                 reach_words(rights[a].reach[r]).in[LANG_EN]);
        table = arena_printf(&f.arena, "%s\n", table);
    }
    ASSERT_OK(file_read(&f.arena, "docs/permissions.md", 1 << 20, &doc, &len, &err));
    if (!strstr(doc, table))
        fail_msg("docs/permissions.md lacks this table:\n%s", table);
}

static void test_rights(void **state)
{
    struct account account = {.role = "officer"};

    (void)state;
    for (int r = 0; r < ROLE__MAX; r++) {
        enum role role;

        account.role = role_code((enum role)r);
        assert_true(role_parse(account.role, &role));
        assert_int_equal(role, r);
        for (int a = 0; a < ACT__MAX; a++) {
            account.is_disabled = false;
            assert_int_equal(permission(&account, (enum act)a), rights[a].reach[r]);
            account.is_disabled = true;
            assert_int_equal(permission(&account, (enum act)a), REACH_NONE);
        }
    }
    account = (struct account){.role = "king"}; /* of a newer program */
    assert_int_equal(account_role(&account), ROLE__MAX);
    assert_int_equal(permission(&account, ACT_OWN_ACCOUNT), REACH_NONE);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_passwords, setup, teardown),
    cmocka_unit_test_setup_teardown(test_hashes, setup, teardown),
    cmocka_unit_test_setup_teardown(test_totp, setup, teardown),
    cmocka_unit_test_setup_teardown(test_recovery, setup, teardown),
    cmocka_unit_test_setup_teardown(test_plans, setup, teardown),
    cmocka_unit_test_setup_teardown(test_areas, setup, teardown),
    cmocka_unit_test_setup_teardown(test_last_administrator, setup, teardown),
    cmocka_unit_test_setup_teardown(test_link, setup, teardown),
    cmocka_unit_test_setup_teardown(test_sessions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_own_sessions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_factor, setup, teardown),
    cmocka_unit_test_setup_teardown(test_audit, setup, teardown),
    cmocka_unit_test_setup_teardown(test_audit_has_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(every_bit_and_every_type_of_the_audit_is_held, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(test_documented, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rights, setup, teardown),
};

RUN(tests)
