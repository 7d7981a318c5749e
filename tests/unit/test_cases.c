#include "case_fixture.h"

/* Cases: the machine against a table of its own, and the way from submission to verification. */

/* All of a dimension that is not so already. */
static void set_part(const char *dimension, int64_t version, const char *option)
{
    struct open_case c = load();
    const struct questionnaire *q = c.survey->q;

    for (size_t i = 0; i < q->question_count; i++) {
        if (strcmp(q->dimensions[q->questions[i].dimension].id, dimension) == 0)
            ASSERT_OK(set(q->questions[i].id, version, option, "no-evidence", ""));
    }
}

static enum dossier_state dossier_state_now(void)
{
    struct dossier dossier;

    ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &dossier, &err));
    return dossier.state;
}

/* ---- the machine ---- */

/* Written by hand from what review is: for each act the states that it is possible in, and what
 * comes then ("=": it stays). */
static const struct {
    enum case_act act;
    const char *from, *to;
} possible[] = {
    {CASE_ACT_TAKE, "submitted in_review answered reopened", "in_review"},
    {CASE_ACT_CORRECT, "submitted in_review asked answered reopened", "="},
    {CASE_ACT_ASK, "submitted in_review asked answered reopened", "asked"},
    {CASE_ACT_CLOSE, "in_review asked answered", "="},
    {CASE_ACT_RETURN, "asked", "asked"},
    {CASE_ACT_REPLY, "asked", "answered"},
    {CASE_ACT_VERIFY, "submitted in_review answered reopened", "verified"},
    {CASE_ACT_PROPOSE, "submitted in_review answered reopened", "proposed"},
    {CASE_ACT_AGREE, "proposed", "verified"},
    {CASE_ACT_SEND_BACK, "proposed", "in_review"},
    {CASE_ACT_REJECT, "submitted in_review asked answered reopened", "rejected"},
    {CASE_ACT_REOPEN, "verified rejected", "reopened"},
    {CASE_ACT_EXPIRE, "asked", "expired"},
    {CASE_ACT_RESUME, "expired", "in_review"},
    {CASE_ACT_WITHDRAW,
     "submitted in_review asked answered reopened proposed expired rejected verified",
     "withdrawn"},
    {CASE_ACT_RENEW, "withdrawn expired rejected", "submitted"},
    {CASE_ACT_GIVE, "submitted in_review asked answered reopened", "="},
    {CASE_ACT_RELEASE, "submitted in_review asked answered reopened", "="},
};

static bool names(const char *list, const char *code)
{
    size_t len = strlen(code);

    for (const char *at = list; (at = strstr(at, code)); at += len) {
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    }
    return false;
}

static void test_machine(void **state)
{
    (void)state;
    assert_int_equal(sizeof(possible) / sizeof(*possible), CASE_ACT__MAX);
    for (size_t i = 0; i < CASE_ACT__MAX; i++) {
        for (int from = 0; from < CASE_STATE__MAX; from++) {
            const char *code = case_state_code((enum case_state)from);
            bool may = names(possible[i].from, code);

            if (case_may(possible[i].act, (enum case_state)from) != may)
                fail_msg("%s in %s", case_rules[possible[i].act].code, code);
            if (!may)
                ASSERT_FAILS(CONFLICT, "What is possible",
                             case_check_act(possible[i].act, (enum case_state)from, &err));
            else
                assert_string_equal(
                    case_state_code(case_after(possible[i].act, (enum case_state)from)),
                    *possible[i].to == '=' ? code : possible[i].to);
        }
    }
    /* every state but the first can be reached, and every one but none can be left */
    for (int to = 0; to < CASE_STATE__MAX; to++) {
        bool may_leave = false;

        for (int a = 0; a < CASE_ACT__MAX; a++)
            may_leave |= case_may((enum case_act)a, (enum case_state)to);
        assert_true(may_leave);
    }
}

/* As lines of a state diagram. */
static void print_machine(struct buf *out, enum lang lang)
{
    for (int act = 0; act < CASE_ACT__MAX; act++) {
        for (int from = 0; from < CASE_STATE__MAX; from++) {
            enum case_state to = case_after((enum case_act)act, (enum case_state)from);

            if (case_may((enum case_act)act, (enum case_state)from) && to != (enum case_state)from)
                buf_printf(out, "    %s --> %s: %s\n", case_state_code((enum case_state)from),
                           case_state_code(to), case_rules[act].name.in[lang]);
        }
    }
}

/* docs/review.md has the diagram as the program has it. */
static void test_diagram(void **state)
{
    struct buf out;
    char *doc;
    size_t len;

    (void)state;
    buf_init(&out, 1 << 16);
    print_machine(&out, LANG_EN);
    ASSERT_OK(file_read(&f.arena, "docs/review.md", 1 << 20, &doc, &len, &err));
    if (!strstr(doc, buf_text(&out)))
        fail_msg("docs/review.md lacks this diagram:\n%s", buf_text(&out));
    buf_free(&out);
}

/* ---- role x area x act ---- */

static void test_rights(void **state)
{
    static const char *const roles[] = {"officer", "head", "policymaker", "administrator"};
    /* in the states of a submitted and a proposed case; "ohpa" who may */
    static const struct {
        enum case_act act;
        const char *who;
    } may[] = {
        {CASE_ACT_TAKE, "oh"}, {CASE_ACT_ASK, "oh"}, {CASE_ACT_VERIFY, "oh"},
        {CASE_ACT_REJECT, "oh"}, {CASE_ACT_REOPEN, ""}, {CASE_ACT_EXPIRE, ""},
        {CASE_ACT_RENEW, ""}, {CASE_ACT_WITHDRAW, ""},
    };
    static const char *const other[] = {"nam-sach"};

    (void)state;
    for (size_t r = 0; r < 4; r++) {
        struct account who = person(9, "who", roles[r], chi_linh);
        struct open_case c = load();

        act_as(&who);
        for (size_t i = 0; i < sizeof(may) / sizeof(*may); i++) {
            bool expected = strchr(may[i].who, roles[r][0]) != NULL;

            if (open_case_may(&app, &c, may[i].act, &err) != expected)
                fail_msg("%s: %s", roles[r], case_rules[may[i].act].code);
        }
        assert_int_equal(open_case_load(&app, 1, &f.arena, &c, &err),
                         r < 2 ? OK : NOT_FOUND);
        who.areas = other;
        ASSERT_FAILS(NOT_FOUND, "no such case", open_case_load(&app, 1, &f.arena, &c, &err));
        who.is_disabled = true;
        who.areas = everywhere;
        ASSERT_FAILS(NOT_FOUND, "no such case", open_case_load(&app, 1, &f.arena, &c, &err));
        act_as(&an);
    }
    ASSERT_FAILS(NOT_FOUND, "no such case",
                 open_case_load(&app, 2, &f.arena, &(struct open_case){.second = 0}, &err));
}

static void test_lists(void **state)
{
    static const char *const other[] = {"nam-sach"};
    struct case_filter seen = CASE_FILTER_NONE;
    const struct case_window page = {.limit = 50};
    struct case_counts counts;
    struct case_row *rows;
    size_t count;
    int64_t total;

    (void)state;
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(count, 1);
    assert_int_equal(total, 1);
    assert_string_equal(rows[0].shown.area, "chi-linh");
    assert_string_equal(rows[0].at.due_on, "2026-12-08"); /* ten working days: 24/11 is a holiday */
    assert_int_equal(rows[0].shown.level, 3);
    assert_int_equal(rows[0].shown.margin, -5);
    now_is("2026-12-09T08:00:00Z");
    ASSERT_OK(cases_count(&app, &f.arena, &counts, &err));
    assert_int_equal(counts.all, 1);
    assert_int_equal(counts.unassigned, 1);
    assert_int_equal(counts.mine, 0);
    assert_int_equal(counts.overdue, 1);
    seen.words = "sen vang";
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(total, 1);
    seen.words = "sen xanh";
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(total, 0);
    seen = CASE_FILTER_NONE;
    seen.states = "|verified|";
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(total, 0);
    /* another's areas; but what was given to one is seen */
    an.areas = other;
    seen = CASE_FILTER_NONE;
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(total, 0);
    act_as(&binh);
    ASSERT_OK(act(CASE_ACT_TAKE, NULL));
    act_as(&an);
    ASSERT_OK(cases_list(&app, &seen, &page, &f.arena, &rows, &count, &total, &err));
    assert_int_equal(total, 0);
}

/* ---- values ---- */

static void test_values(void **state)
{
    struct open_case c = load();
    struct option_effect effect;

    (void)state;
    assert_int_equal(c.seen, 0);
    assert_int_equal(c.asked, 60);
    assert_int_equal(c.second, 0);
    open_case_effect(&c, question_of(&c, "1.1.1"), 0, &effect);
    assert_true(ratio_cmp(effect.points, ratio_of(0)) < 0);
    ASSERT_OK(set("1.1.1", 0, "", "", ""));
    c = load();
    assert_int_equal(c.seen, 1);
    assert_int_equal(c.changed, 0);
    assert_int_equal(c.row.at.state, CASE_IN_REVIEW);
    assert_int_equal(c.row.at.assignee, an.id);
    assert_int_equal(dossier_state_now(), DOSSIER_REVIEWING);
    ASSERT_FAILS(BAD_INPUT, "reason", set("1.1.1", 1, "0", "", ""));
    ASSERT_FAILS(BAD_INPUT, "note", set("1.1.1", 1, "0", "other", ""));
    ASSERT_FAILS(BAD_INPUT, "1.1.1", set("1.1.1", 1, "17", "misread", ""));
    ASSERT_FAILS(LIMIT, "2000", set("1.1.1", 1, "0", "misread", arena_printf(&f.arena, "%02001d", 0)));
    ASSERT_OK(set("1.1.1", 1, "0", "no-evidence", "không thấy tệp"));
    c = load();
    assert_int_equal(c.changed, 1);
    assert_true(ratio_cmp(score_points(&c.after.score, &c.after.score.total),
                          score_points(&c.before.score, &c.before.score.total)) < 0);
    /* stale: what was seen was the version before */
    ASSERT_FAILS(CONFLICT, "Somebody else", set("1.1.1", 1, "", "", ""));
    ASSERT_OK(set("1.1.1", 2, "", "", ""));
    assert_int_equal(load().changed, 0);
    /* the whole part: only what was not looked at */
    c = load();
    {
        size_t kept;

        ASSERT_OK(open_case_keep_part(&app, &c, 0, &f.arena, &kept, &err));
        assert_int_equal(kept + 1, load().seen);
        c = load();
        ASSERT_OK(open_case_keep_part(&app, &c, 0, &f.arena, &kept, &err));
        assert_int_equal(kept, 0);
    }
}

/* ---- the whole way ---- */

static void test_small_change(void **state)
{
    struct case_freeze frozen;

    (void)state;
    ASSERT_OK(act(CASE_ACT_TAKE, NULL));
    ASSERT_FAILS(CONFLICT, "one person may approve", act(CASE_ACT_PROPOSE, NULL));
    ASSERT_OK(act(CASE_ACT_VERIFY, NULL));
    assert_int_equal(load().row.at.state, CASE_VERIFIED);
    assert_int_equal(dossier_state_now(), DOSSIER_VERIFIED);
    ASSERT_OK(case_freeze_load(store, 1, 0, &f.arena, &frozen, &err));
    assert_int_equal(frozen.edition, 1);
    assert_int_equal(frozen.level, 3);
    assert_int_equal(frozen.points, frozen.self_points);
    assert_string_equal(frozen.changes, "[]");
    assert_non_null(strstr(frozen.response, "\"kind\":\"response\""));
    ASSERT_FAILS(CONFLICT, "“Verified”", set("1.1.1", 0, "", "", ""));
    /* taken back within ten minutes, by who did it */
    {
        struct open_case c;

        act_as(&binh);
        c = load();
        ASSERT_FAILS(CONFLICT, "nothing of yours", open_case_undo(&app, &c, &f.arena, &err));
        act_as(&an);
        c = load();
        assert_true(c.has_undo);
        ASSERT_OK(open_case_undo(&app, &c, &f.arena, &err));
    }
    assert_int_equal(load().row.at.state, CASE_IN_REVIEW);
    assert_string_equal(load().row.at.due_on, "2026-12-08");
    assert_int_equal(dossier_state_now(), DOSSIER_REVIEWING);
    ASSERT_FAILS(NOT_FOUND, "not verified", case_freeze_load(store, 1, 0, &f.arena, &frozen, &err));
    ASSERT_OK(act(CASE_ACT_VERIFY, NULL));
    now_is("2026-11-23T08:10:01Z");
    {
        struct open_case c = load();

        ASSERT_FAILS(CONFLICT, "10 minutes", open_case_undo(&app, &c, &f.arena, &err));
    }
}

static void test_second_person(void **state)
{
    struct case_freeze frozen;

    (void)state;
    set_part("operations", 0, "0");
    {
        struct open_case c = load();

        assert_int_equal(c.second, SECOND_LEVEL | SECOND_POINTS);
    }
    ASSERT_FAILS(CONFLICT, "second person", act(CASE_ACT_VERIFY, NULL));
    ASSERT_OK(act(CASE_ACT_PROPOSE, NULL));
    ASSERT_FAILS(DENIED, "role", act(CASE_ACT_AGREE, NULL));
    act_as(&chief);
    ASSERT_FAILS(BAD_INPUT, "text is needed", act(CASE_ACT_SEND_BACK, ""));
    ASSERT_OK(act(CASE_ACT_SEND_BACK, "xem lại 4.1.3"));
    assert_string_equal(load().row.at.reason, "xem lại 4.1.3");
    ASSERT_OK(act(CASE_ACT_PROPOSE, NULL));
    ASSERT_FAILS(CONFLICT, "somebody else", act(CASE_ACT_AGREE, NULL));
    ASSERT_OK(act(CASE_ACT_TAKE, NULL) == CONFLICT ? OK : FAILED);
    {
        struct open_case c = load();

        ASSERT_OK(open_case_undo(&app, &c, &f.arena, &err));
    }
    act_as(&an);
    ASSERT_OK(act(CASE_ACT_PROPOSE, NULL));
    act_as(&chief);
    ASSERT_OK(act(CASE_ACT_AGREE, NULL));
    ASSERT_OK(case_freeze_load(store, 1, 0, &f.arena, &frozen, &err));
    assert_int_equal(frozen.proposer, an.id);
    assert_int_equal(frozen.decider, chief.id);
    assert_true(frozen.points < frozen.self_points);
    assert_non_null(strstr(frozen.changes, "\"answers.4.1.3\""));
    /* once more: the first edition stays */
    act_as(&an);
    ASSERT_FAILS(DENIED, "role", act(CASE_ACT_REOPEN, "khiếu nại"));
    act_as(&chief);
    ASSERT_FAILS(BAD_INPUT, "text is needed", act(CASE_ACT_REOPEN, NULL));
    ASSERT_OK(act(CASE_ACT_REOPEN, "khiếu nại"));
    assert_int_equal(load().row.at.edition, 2);
    act_as(&an);
    set_part("operations", 1, "");
    ASSERT_OK(act(CASE_ACT_VERIFY, NULL));
    ASSERT_OK(case_freeze_load(store, 1, 1, &f.arena, &frozen, &err));
    assert_true(frozen.points < frozen.self_points);
    ASSERT_OK(case_freeze_load(store, 1, 0, &f.arena, &frozen, &err));
    assert_int_equal(frozen.edition, 2);
    assert_int_equal(frozen.points, frozen.self_points);
}

static void test_queries(void **state)
{
    struct open_dossier opened;
    struct dossier dossier;
    struct open_case c;

    (void)state;
    ASSERT_FAILS(BAD_INPUT, "text is needed", act(CASE_ACT_ASK, ""));
    ASSERT_OK(act(CASE_ACT_ASK, "Gửi giấy chứng nhận còn hiệu lực."));
    c = load();
    assert_int_equal(c.row.at.state, CASE_ASKED);
    assert_int_equal(c.open_queries, 1);
    assert_string_equal(c.row.at.due_on, "");
    assert_int_equal(c.row.at.days_left, 10);
    assert_string_equal(c.row.at.firm_due_on, "2026-12-01");
    assert_string_equal(c.queries[0].due_on, "2026-12-01");
    ASSERT_FAILS(CONFLICT, "“Asked”", act(CASE_ACT_VERIFY, NULL));
    ASSERT_OK(act(CASE_ACT_RETURN, NULL));
    assert_int_equal(dossier_state_now(), DOSSIER_RETURNED);
    /* the enterprise answers: the clock goes on where it stood */
    now_is("2026-11-26T08:00:00Z");
    ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &dossier, &err));
    opened.dossier = dossier;
    ASSERT_OK(open_dossier_read(&app, &f.arena, &opened, &err));
    app.actor = (struct actor){ACTOR_ENTERPRISE, dossier_id};
    ASSERT_OK(open_dossier_reply(&app, &opened, c.queries[0].id, "đã gửi", &err));
    refresh();
    act_as(&an);
    c = load();
    assert_int_equal(c.row.at.state, CASE_ANSWERED);
    assert_int_equal(c.open_queries, 0);
    assert_string_equal(c.row.at.due_on, "2026-12-10");
    assert_int_equal(c.row.shown.asked, 1);
    assert_int_equal(c.row.shown.answered, 1);
    /* asked again, and closed with a reason */
    ASSERT_OK(act(CASE_ACT_ASK, "Còn tệp nào không?"));
    ASSERT_FAILS(BAD_INPUT, "text is needed", act(CASE_ACT_CLOSE, ""));
    ASSERT_OK(act(CASE_ACT_CLOSE, "đã hỏi qua điện thoại"));
    assert_int_equal(load().row.at.state, CASE_IN_REVIEW);
    /* asked by mistake, and taken back */
    ASSERT_OK(act(CASE_ACT_ASK, "nhầm"));
    c = load();
    ASSERT_OK(open_case_undo(&app, &c, &f.arena, &err));
    c = load();
    assert_int_equal(c.row.at.state, CASE_IN_REVIEW);
    assert_int_equal(c.open_queries, 0);
    /* never answered: warned twice, then it expires */
    ASSERT_OK(act(CASE_ACT_ASK, "lần cuối"));
    watch_at("2026-12-01T08:00:00Z");
    watch_at("2026-12-03T08:00:00Z");
    assert_int_equal(load().row.at.state, CASE_ASKED);
    watch_at("2026-12-04T08:00:00Z");
    assert_int_equal(load().row.at.state, CASE_EXPIRED);
    ASSERT_OK(act(CASE_ACT_RESUME, "đơn vị đã gọi lại"));
    assert_string_equal(load().row.at.due_on, "2026-12-18");
}

static void test_rejected_and_withdrawn(void **state)
{
    struct audit_check check;
    const struct audit_entry *entries;
    struct open_case c;
    size_t count;

    (void)state;
    c = load();
    ASSERT_OK(open_case_note(&app, c.row.id, &err));
    ASSERT_OK(open_case_note(&app, c.row.id, &err));
    ASSERT_OK(open_case_history(&app, &c, &f.arena, &entries, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(entries[0].act, "case-opened");
    ASSERT_OK(act(CASE_ACT_REJECT, "trùng với hồ sơ 12"));
    c = load();
    assert_string_equal(c.row.at.reason_code, "duplicate");
    {
        const struct case_input stale = {.version = c.row.version - 1, .text = "x"};

        act_as(&chief);
        ASSERT_FAILS(CONFLICT, "Somebody else",
                     open_case_act(&app, &c, CASE_ACT_REOPEN, &stale, &f.arena, &err));
    }
    ASSERT_OK(act(CASE_ACT_REOPEN, "không trùng"));
    assert_int_equal(load().row.at.edition, 1);
    ASSERT_OK(store_withdraw(store, assessment, true, &err));
    refresh();
    assert_int_equal(load().row.at.state, CASE_WITHDRAWN);
    ASSERT_OK(store_withdraw(store, assessment, false, &err));
    refresh();
    assert_int_equal(load().row.at.state, CASE_SUBMITTED);
    ASSERT_OK(audit_check(store, &check, &err));
    assert_int_equal(check.broken, 0);
    assert_int_equal(check.entries, 5);
    /* erased: nothing of it stays but what the audit tells, which names nobody */
    {
        struct dossier dossier;

        ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &dossier, &err));
        ASSERT_OK(dossier_erase(store, &dossier, app.now, &err));
        ASSERT_FAILS(NOT_FOUND, "no such case", open_case_load(&app, 1, &f.arena, &c, &err));
    }
}

/* While the enterprise changes what it submitted, nobody takes it. */
static void test_amended(void **state)
{
    struct dossier dossier;
    struct open_dossier opened;

    (void)state;
    ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &dossier, &err));
    opened.dossier = dossier;
    ASSERT_OK(open_dossier_read(&app, &f.arena, &opened, &err));
    ASSERT_OK(open_dossier_amend(&app, &opened, &f.arena, &err));
    ASSERT_FAILS(CONFLICT, "changing this application", act(CASE_ACT_TAKE, NULL));
    assert_int_equal(load().row.at.state, CASE_SUBMITTED);
}

static void test_working_days(void **state)
{
    const struct calendar *calendar = loaded.catalogue->calendar;
    day monday = day_of(2026, 11, 30);

    (void)state;
    assert_int_equal(working_days_until(calendar, monday, monday), 0);
    assert_int_equal(working_days_until(calendar, monday, monday + 1), 1);
    assert_int_equal(working_days_until(calendar, monday, monday + 4), 4);
    assert_int_equal(working_days_until(calendar, monday, monday + 7), 5);
    assert_int_equal(working_days_until(calendar, monday + 7, monday), -5);
    /* 1 January is a holiday */
    assert_int_equal(working_days_until(calendar, day_of(2026, 12, 31), day_of(2027, 1, 4)), 1);
}

/* ---- the enterprise's side ---- */

static struct open_dossier as_firm(void)
{
    struct open_dossier opened;

    ASSERT_OK(dossier_load(store, dossier_id, &f.arena, &opened.dossier, &err));
    ASSERT_OK(open_dossier_read(&app, &f.arena, &opened, &err));
    app.actor = (struct actor){ACTOR_ENTERPRISE, dossier_id};
    app.account = NULL;
    return opened;
}

static struct unlocked unlocked_now(void)
{
    struct open_dossier opened = as_firm();
    struct unlocked unlocked;

    ASSERT_OK(open_dossier_unlocked(&app, &opened, &f.arena, &unlocked, &err));
    act_as(&an);
    return unlocked;
}

/* Just what is asked is unlocked, and nothing else goes along when it is handed back. */
static void test_handed_back(void **state)
{
    struct open_dossier opened;
    struct open_case c = load();
    size_t asked = question_of(&c, "4.1.3"), other = question_of(&c, "1.1.1");
    unsigned kept;
    struct unlocked unlocked;

    (void)state;
    assert_int_equal(unlocked_now().answer_count, 0);
    ASSERT_OK(act(CASE_ACT_ASK, "Mức này dựa vào đâu?"));
    unlocked = unlocked_now();
    assert_int_equal(unlocked.answer_count, 0);
    assert_true(unlocked_takes_files(&unlocked, asked));
    assert_false(unlocked_takes_files(&unlocked, other));
    now_is("2026-11-23T09:00:00Z");
    ASSERT_OK(act(CASE_ACT_RETURN, NULL));
    unlocked = unlocked_now();
    assert_int_equal(unlocked.answer_count, 1);
    assert_true(unlocked_answer(&unlocked, asked));
    assert_false(unlocked.all || unlocked_answer(&unlocked, other));

    now_is("2026-11-24T08:00:00Z");
    opened = as_firm();
    ASSERT_FAILS(CONFLICT, "question 4.1.3",
                 open_dossier_submit(&app, &opened, "1", &f.arena, &err));
    opened = as_firm();
    kept = opened.response->answers[other].option;
    opened.response->answers[asked].option = opened.response->answers[asked].option ? 0 : 1;
    opened.response->answers[other].option = kept ? 0 : 1;
    ASSERT_OK(open_dossier_submit(&app, &opened, "1", &f.arena, &err));
    assert_int_equal(opened.response->answers[other].option, kept);
    assert_int_equal(opened.dossier.revision, 2);
    assert_int_equal(dossier_state_now(), DOSSIER_REVIEWING);
    refresh();
    act_as(&an);
    c = load();
    assert_int_equal(c.row.at.state, CASE_ANSWERED);
    assert_int_equal(c.open_queries, 0);
    assert_non_null(strstr(c.queries[0].reply, "Đã sửa câu trả lời"));
}

/* A reply in words is enough; once the officer goes on, what was given back is closed. */
static void test_closed_by_going_on(void **state)
{
    struct open_dossier opened;

    (void)state;
    ASSERT_OK(act(CASE_ACT_ASK, "Mức này dựa vào đâu?"));
    ASSERT_OK(act(CASE_ACT_RETURN, NULL));
    opened = as_firm();
    ASSERT_OK(open_dossier_reply(&app, &opened, 1, "Hợp đồng số 3.", &err));
    refresh();
    assert_int_equal(unlocked_now().answer_count, 1);
    ASSERT_OK(act(CASE_ACT_TAKE, NULL));
    assert_int_equal(dossier_state_now(), DOSSIER_REVIEWING);
    assert_int_equal(unlocked_now().answer_count, 0);
}

static int64_t objected_cases(void)
{
    struct case_filter filter = CASE_FILTER_NONE;
    const struct case_window page = {.limit = 50};
    struct case_row *rows;
    size_t count;
    int64_t total;

    filter.states = "|objected|";
    ASSERT_OK(cases_list(&app, &filter, &page, &f.arena, &rows, &count, &total, &err));
    return total;
}

static void test_objection(void **state)
{
    struct verified_result verified;
    struct open_dossier opened;
    struct open_case c;
    size_t at;

    (void)state;
    opened = as_firm();
    ASSERT_FAILS(CONFLICT, "not verified",
                 open_dossier_object(&app, &opened, "Sai.", &f.arena, &err));
    ASSERT_FAILS(NOT_FOUND, "was not verified",
                 open_dossier_verified(&app, &opened, &f.arena, &verified, &err));
    act_as(&an);
    ASSERT_OK(set("4.1.3", 0, "4", "not-enough", "Hợp đồng hết hạn"));
    ASSERT_OK(act(load().second ? CASE_ACT_PROPOSE : CASE_ACT_VERIFY, NULL));
    act_as(&chief);
    if (load().row.at.state == CASE_PROPOSED)
        ASSERT_OK(act(CASE_ACT_AGREE, NULL));
    assert_int_equal(objected_cases(), 0);

    opened = as_firm();
    ASSERT_OK(open_dossier_verified(&app, &opened, &f.arena, &verified, &err));
    assert_false(verified.is_reopened);
    for (int one = 0; one < DOSSIER_STATE__MAX; one++) { /* between the first look and the end */
        bool is_fine = one >= DOSSIER_REVIEWING && one <= DOSSIER_VERIFIED;

        opened.dossier.state = (enum dossier_state)one;
        assert_int_equal(open_dossier_verified(&app, &opened, &f.arena, &verified, &err),
                         is_fine ? OK : NOT_FOUND);
    }
    opened = as_firm();
    ASSERT_OK(open_dossier_verified(&app, &opened, &f.arena, &verified, &err));
    at = questionnaire_find(opened.survey->q, "4.1.3");
    assert_int_not_equal(verified.response->answers[at].option,
                         verified.self->answers[at].option);
    now_is("2026-12-08T08:00:00Z"); /* ten working days: 24/11 is a holiday */
    ASSERT_OK(open_dossier_object(&app, &opened, "Hợp đồng còn hạn.", &f.arena, &err));
    ASSERT_FAILS(CONFLICT, "already", open_dossier_object(&app, &opened, "Sai.", &f.arena, &err));
    act_as(&chief);
    c = load();
    assert_true(c.objection.is_open);
    assert_string_equal(c.objection.text, "Hợp đồng còn hạn.");
    assert_int_equal(objected_cases(), 1);
    now_is("2026-12-09T08:00:00Z");
    ASSERT_OK(act(CASE_ACT_REOPEN, "Xem lại hợp đồng."));
    assert_int_equal(objected_cases(), 0);
    opened = as_firm();
    ASSERT_OK(open_dossier_verified(&app, &opened, &f.arena, &verified, &err));
    assert_true(verified.is_reopened);
    act_as(&chief);
}

static void test_objection_is_late(void **state)
{
    struct open_dossier opened;

    (void)state;
    ASSERT_OK(act(CASE_ACT_VERIFY, NULL));
    now_is("2026-12-09T08:00:00Z");
    opened = as_firm();
    ASSERT_FAILS(CONFLICT, "10 working days",
                 open_dossier_object(&app, &opened, "Sai.", &f.arena, &err));
    act_as(&an);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
static const struct CMUnitTest tests[] = {
    CASE(test_machine),       CASE(test_diagram),        CASE(test_rights),
    CASE(test_lists),         CASE(test_values),         CASE(test_small_change),
    CASE(test_second_person), CASE(test_queries),        CASE(test_rejected_and_withdrawn),
    CASE(test_amended),       CASE(test_working_days),   CASE(test_handed_back),
    CASE(test_objection),     CASE(test_objection_is_late), CASE(test_closed_by_going_on),
};

RUN(tests)
