#include "case_fixture.h"

#include "app/mail.h"
#include "app/notices.h"

/* What time does to cases, who is told, and mail: with a clock that the test sets. */

static size_t told(enum notice_owner kind, int64_t owner, const char *what)
{
    const struct outbox_row *list;
    size_t count, found = 0;

    ASSERT_OK(outbox_of(store, kind, owner, "", 100, &f.arena, &list, &count, &err));
    for (size_t i = 0; i < count; i++)
        found += strcmp(list[i].kind, what) == 0;
    return found;
}

static size_t told_firm(const char *what)
{
    return told(NOTICE_DOSSIER, dossier_id, what);
}

static int64_t in_state(enum outbox_state state)
{
    int64_t counts[OUTBOX_STATE__MAX];

    ASSERT_OK(outbox_count(store, counts, &err));
    return counts[state];
}

/* How often the audit says it of the case. */
static size_t audited(const char *what)
{
    const struct audit_entry *list;
    size_t count, found = 0;

    ASSERT_OK(audit_of(store, "case:1", 100, &f.arena, &list, &count, &err));
    for (size_t i = 0; i < count; i++)
        found += strcmp(list[i].act, what) == 0;
    return found;
}

static enum case_state state_now(void)
{
    return load().row.at.state;
}

/* ---- warned, expired ---- */

static void test_warned_twice(void **state)
{
    (void)state;
    act_as(&binh);
    now_is("2026-11-26T08:00:00Z"); /* a Thursday: five working days end on 3 December */
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    assert_string_equal(load().row.at.firm_due_on, "2026-12-03");
    assert_int_equal(told_firm("asked"), 1);
    watch_at("2026-11-30T08:00:00Z");
    assert_int_equal(told_firm("warned"), 0);
    watch_at("2026-12-01T01:00:00Z");
    watch_at("2026-12-01T08:00:00Z");
    watch_at("2026-12-02T08:00:00Z");
    assert_int_equal(told_firm("warned"), 1);
    assert_int_equal(told_firm("last-day"), 0);
    watch_at("2026-12-03T08:00:00Z");
    watch_at("2026-12-03T16:59:59Z");
    assert_int_equal(told_firm("last-day"), 1);
    assert_int_equal(state_now(), CASE_ASKED);
    watch_at("2026-12-03T17:00:00Z"); /* the next day in Vietnam */
    assert_int_equal(state_now(), CASE_EXPIRED);
    assert_int_equal(told_firm("expired"), 1);
    assert_int_equal(audited("warned"), 2);
    assert_int_equal(audited("expired"), 1);
    /* taken back, and asked once more: another day, other warnings */
    ASSERT_OK(act(CASE_ACT_RESUME, "đơn vị đã gọi lại"));
    assert_int_equal(state_now(), CASE_IN_REVIEW);
    ASSERT_OK(act(CASE_ACT_ASK, "lần cuối"));
    watch_at("2026-12-10T08:00:00Z");
    assert_int_equal(told_firm("warned"), 2);
    assert_int_equal(in_state(OUTBOX_WAITING), 0);
}

/* Nobody expires unwarned, also where the server stood still over all of it. */
static void test_stood_still(void **state)
{
    (void)state;
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    watch_at("2026-12-21T08:00:00Z");
    watch_at("2026-12-21T09:00:00Z");
    assert_int_equal(told_firm("warned") + told_firm("last-day"), 1);
    watch_at("2026-12-22T08:00:00Z");
    assert_int_equal(told_firm("last-day"), 1);
    assert_int_equal(state_now(), CASE_ASKED);
    watch_at("2026-12-23T08:00:00Z");
    assert_int_equal(state_now(), CASE_EXPIRED);
}

static void test_year_end(void **state)
{
    (void)state;
    act_as(&binh);
    now_is("2026-12-28T08:00:00Z");
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    assert_string_equal(load().row.at.firm_due_on, "2027-01-05"); /* 1 January, a week-end */
    watch_at("2026-12-30T08:00:00Z");
    assert_int_equal(told_firm("warned"), 0);
    watch_at("2026-12-31T08:00:00Z");
    assert_int_equal(told_firm("warned"), 1);
    watch_at("2027-01-04T08:00:00Z");
    assert_int_equal(told_firm("last-day"), 0);
    watch_at("2027-01-05T08:00:00Z");
    watch_at("2027-01-06T08:00:00Z");
    assert_int_equal(state_now(), CASE_EXPIRED);
}

/* A reply ends it: nobody is warned, and the days of the officer go on. */
static void test_replied(void **state)
{
    struct open_case c;

    (void)state;
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    c = load();
    ASSERT_OK(dossier_reply(store, dossier_id, c.queries[0].id, "Đã gửi", app.now, &err));
    ASSERT_OK(case_due_add(store, assessment, &err));
    refresh();
    watch_at("2026-12-21T08:00:00Z");
    assert_int_equal(told_firm("warned"), 0);
    assert_int_equal(state_now(), CASE_ANSWERED);
}

/* ---- given back ---- */

static void test_released(void **state)
{
    (void)state;
    act_as(&an);
    ASSERT_OK(act(CASE_ACT_TAKE, NULL)); /* Monday; Tuesday is a holiday */
    watch_at("2026-11-26T08:00:00Z");
    assert_int_equal(load().row.at.assignee, an.id);
    ASSERT_OK(set("4.1.3", 0, "", "", ""));
    watch_at("2026-11-30T08:00:00Z"); /* touched on Thursday: Friday and Monday */
    assert_int_equal(load().row.at.assignee, an.id);
    watch_at("2026-12-01T08:00:00Z");
    assert_int_equal(load().row.at.assignee, 0);
    assert_int_equal(state_now(), CASE_IN_REVIEW);
    assert_int_equal(told(NOTICE_ACCOUNT, an.id, "released"), 1);
    assert_int_equal(audited("released"), 1);
    watch_at("2026-12-20T08:00:00Z");
    assert_int_equal(audited("released"), 1);
}

/* Who waits for the enterprise, or for the second person, keeps it. */
static void test_kept(void **state)
{
    (void)state;
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    watch_at("2026-12-02T08:00:00Z");
    assert_int_equal(load().row.at.assignee, binh.id);
}

static void test_taken_over(void **state)
{
    const struct audit_entry *list;
    size_t count;

    (void)state;
    ASSERT_OK(account_add(store, &(struct account){.name = "an", .full_name = "Lê An",
                                                   .role = "officer", .areas = chi_linh,
                                                   .area_count = 1},
                          app.now, &err));
    act_as(&an);
    ASSERT_OK(act(CASE_ACT_TAKE, NULL));
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_TAKE, NULL));
    assert_int_equal(told(NOTICE_ACCOUNT, an.id, "taken"), 1);
    assert_int_equal(told(NOTICE_ACCOUNT, binh.id, "taken"), 0);
    ASSERT_OK(audit_of(store, "case:1", 10, &f.arena, &list, &count, &err));
    assert_string_equal(list[0].act, "taken");
    assert_string_equal(list[0].reason, "an");
}

/* ---- mail ---- */

static void with_mail(void)
{
    app.sends_mail = true;
    ASSERT_OK(mail_address_set(store, NOTICE_DOSSIER, dossier_id, "gam@sen-vang.vn", app.now,
                               &err));
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
}

static enum status take_mail(const char *now, struct outbox_row *row)
{
    now_is(now);
    return mail_take(&app, &f.arena, row, &err);
}

static void test_tried_again(void **state)
{
    static const char *const due[] = {"2026-11-23T08:10:00Z", "2026-11-23T08:11:00Z",
                                      "2026-11-23T08:16:00Z", "2026-11-23T08:46:00Z",
                                      "2026-11-23T10:46:00Z", "2026-11-23T16:46:00Z"};
    struct outbox_row row, other;

    (void)state;
    with_mail();
    /* not while it may be taken back */
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2026-11-23T08:09:59Z", &row));
    for (int i = 0; i < MAIL_TRIES_MAX; i++) {
        ASSERT_OK(take_mail(due[i], &row));
        assert_int_equal(row.attempts, i + 1);
        assert_string_equal(row.address, "gam@sen-vang.vn");
        ASSERT_FAILS(NOT_FOUND, "no such", take_mail(due[i], &other));
        ASSERT_OK(mail_settle(&app, &row, MAIL_REFUSED, &err));
        ASSERT_FAILS(NOT_FOUND, "no such", take_mail(due[i], &other));
    }
    assert_int_equal(in_state(OUTBOX_FAILED), 1);
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2027-11-23T16:46:00Z", &row));
}

static void test_never_twice(void **state)
{
    struct outbox_row row;
    int64_t lost;

    (void)state;
    with_mail();
    ASSERT_OK(take_mail("2026-11-23T08:10:00Z", &row));
    /* the program ended, and begins again */
    ASSERT_OK(mail_recover(&app, &lost, &err));
    assert_int_equal(lost, 1);
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2026-11-24T08:10:00Z", &row));
    ASSERT_FAILS(CONFLICT, "another state", mail_settle(&app, &row, MAIL_SENT, &err));
    assert_int_equal(in_state(OUTBOX_UNKNOWN), 1);
}

static void test_not_true_any_more(void **state)
{
    struct outbox_row row;
    struct open_case c;

    (void)state;
    with_mail();
    c = load();
    ASSERT_OK(open_case_undo(&app, &c, &f.arena, &err));
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2026-11-23T08:10:00Z", &row));
    assert_int_equal(in_state(OUTBOX_DROPPED), 1);
    /* given back: one mail, the later one */
    ASSERT_OK(act(CASE_ACT_ASK, "Xin gửi hợp đồng"));
    ASSERT_OK(act(CASE_ACT_RETURN, "Xin sửa"));
    ASSERT_OK(take_mail("2026-11-23T08:30:00Z", &row));
    assert_string_equal(row.kind, "returned");
    ASSERT_OK(mail_settle(&app, &row, MAIL_SENT, &err));
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2026-11-23T09:30:00Z", &row));
}

static void test_erased(void **state)
{
    struct dossier dossier;
    const char *address;

    (void)state;
    with_mail();
    ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &dossier, &err));
    ASSERT_OK(dossier_erase(store, &dossier, app.now, &err));
    assert_int_equal(told_firm("asked"), 0);
    ASSERT_OK(mail_address_of(store, NOTICE_DOSSIER, dossier_id, &f.arena, &address, &err));
    assert_string_equal(address, "");
}

/* Once a working day, at seven in the morning, to who has an address and something to do. */
static void test_digest(void **state)
{
    struct outbox_row row;

    (void)state;
    app.sends_mail = true;
    ASSERT_OK(mail_address_set(store, NOTICE_ACCOUNT, binh.id, "binh@tinh.gov.vn", app.now, &err));
    act_as(&binh);
    now_is("2026-12-03T08:00:00Z");
    ASSERT_OK(act(CASE_ACT_TAKE, NULL)); /* due on 8 December */
    watch_at("2026-12-04T00:30:00Z");
    assert_int_equal(told(NOTICE_ACCOUNT, binh.id, "digest"), 0);
    watch_at("2026-12-06T08:00:00Z"); /* a Sunday */
    assert_int_equal(told(NOTICE_ACCOUNT, binh.id, "digest"), 0);
    watch_at("2026-12-06T18:00:00Z"); /* Monday, one o'clock */
    watch_at("2026-12-06T19:00:00Z");
    assert_int_equal(told(NOTICE_ACCOUNT, binh.id, "digest"), 1);
    ASSERT_FAILS(NOT_FOUND, "no such", take_mail("2026-12-06T23:59:59Z", &row));
    ASSERT_OK(take_mail("2026-12-07T00:00:00Z", &row));
    assert_string_equal(row.detail, "0\n0\n1");
}

static const char *mail_text(const char *subject, const char *to)
{
    const struct mail mail = {.to = to,
                              .subject = subject,
                              .text = "Xin chào\n",
                              .host = "cds.vn",
                              .id = 7,
                              .now = "2026-11-23T08:00:00Z"};
    struct buf out;
    const char *text;

    buf_init(&out, 8192);
    mail_write(&mail, &out);
    text = arena_strdup(&f.arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static void test_written(void **state)
{
    const char *text;

    (void)state;
    assert_string_equal(mail_text("Due today", "a@b.vn"),
                        "Date: Mon, 23 Nov 2026 08:00:00 +0000\nTo: a@b.vn\nSubject: Due today\n"
                        "Message-ID: <dxready.7.2026-11-23@cds.vn>\n"
                        "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                        "Content-Type: text/plain; charset=UTF-8\n"
                        "Content-Transfer-Encoding: base64\n\nWGluIGNow6BvCg==\n");
    assert_non_null(strstr(mail_text("Hồ sơ", "a@b.vn"), "Subject: =?UTF-8?B?SOG7kyBzxqE=?=\n"));
    /* nothing that people are called begins another header */
    text = mail_text("Công ty\r\nBcc: ai@do.vn", "a@b.vn\nBcc: ai@do.vn");
    assert_null(strstr(text, "\nBcc"));
    text = mail_text("Công ty TNHH Một Thành Viên Sản Xuất Và Thương Mại Dịch Vụ Hải Đăng", "a@b.vn");
    assert_non_null(strstr(text, "?=\n =?UTF-8?B?"));
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        assert_true(strcspn(line, "\n") <= 78);
    }
}

static void test_addresses(void **state)
{
    static const char *const wrong[] = {"gam",         "gam@",         "@sen.vn",   "gam@sen",
                                        "a b@sen.vn",  "a@b@c.vn",     "a@sen.vn,b@sen.vn",
                                        "gấm@sen.vn",  "a@sen.vn\nBcc: b@c.vn", "-f@sen.vn",
                                        "<a@sen.vn>",  "a@sen_vang.vn"};
    const char *address;

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        ASSERT_FAILS(BAD_INPUT, "name@business.vn",
                     mail_address_read(wrong[i], &f.arena, &address, &err));
    ASSERT_OK(mail_address_read("  gam.le+cds@sen-vang.com.vn ", &f.arena, &address, &err));
    assert_string_equal(address, "gam.le+cds@sen-vang.com.vn");
    ASSERT_OK(mail_address_read(" ", &f.arena, &address, &err));
    assert_string_equal(address, "");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
static const struct CMUnitTest tests[] = {
    CASE(test_warned_twice), CASE(test_stood_still), CASE(test_year_end), CASE(test_replied),
    CASE(test_released),     CASE(test_kept),        CASE(test_taken_over),
    CASE(test_tried_again),  CASE(test_never_twice), CASE(test_not_true_any_more),
    CASE(test_erased),       CASE(test_digest),      CASE(test_written), CASE(test_addresses),
};

RUN(tests)
