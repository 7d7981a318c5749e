/* Action plans: columns as data, rows that lack something, two at once, what is overdue. */
#include "store_fixture.h"

#include "app/audit.h"
#include "app/review/plans.h"
#include "base/text.h"

#define FIVE "reports/action-plan.json"

static struct store *store;
static struct app_context app;
static int64_t firm;
static const struct action_columns *five;

static const struct action_columns *columns_of(const char *text)
{
    const struct json *root;

    faults_init(&f.faults, &f.arena);
    root = *text == '{' ? json_parse(&f.arena, "t.json", arena_strdup(&f.arena, text),
                                     strlen(text), &f.faults)
                        : json_load(&f.arena, text, &f.faults);
    assert_non_null(root);
    return action_columns_read(&f.arena, root, &f.faults);
}

static void begin(void)
{
    struct store_put out;

    fixture_questionnaire(&f, ALL_TYPES);
    store = open_store(path_of("p.db"));
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Sen Vàng\",\"area\":\"chi-linh\"",
                                  "\"yn\":\"yes\""), &out));
    firm = store_enterprise_of(out.assessment);
    app = (struct app_context){.store = store, .today = day_of(2026, 11, 23)};
    snprintf(app.now, sizeof(app.now), "%s", NOW);
    five = columns_of(FIVE);
    assert_non_null(five);
}

static struct plan_typed row_of(const char *person, const char *task, const char *time,
                                const char *responsibility, const char *result)
{
    return (struct plan_typed){.texts = {[ACTION_PERSON] = person,
                                         [ACTION_TASK] = task,
                                         [ACTION_TIME] = time,
                                         [ACTION_RESPONSIBILITY] = responsibility,
                                         [ACTION_RESULT] = result}};
}

static struct plan_outcome saved(int64_t enterprise, struct plan_typed typed)
{
    struct plan_outcome outcome;

    ASSERT_OK(plan_save(&app, five, enterprise, &typed, 1, &f.arena, &outcome, &err));
    return outcome;
}

static size_t counted(struct plan_filter filter)
{
    size_t count, listed;
    struct plan_window window = {.max = 100};
    const struct plan_row *list;

    ASSERT_OK(plan_count(&app, &filter, &count, &err));
    ASSERT_OK(plan_list(&app, &filter, &window, &f.arena, &list, &listed, &err));
    assert_int_equal(count, listed);
    assert_int_equal(window.total, listed);
    for (size_t i = 1; i < listed; i++)
        assert_true(list[i - 1].due_on <= list[i].due_on);
    return count;
}

/* ---- columns ---- */

#define COLUMN(id, word)                                                                           \
    "{\"id\":\"" id "\",\"name\":{\"vi\":\"" word "\",\"en\":\"" id "\"},\"missing\":{\"vi\":\"" word     \
    "\",\"en\":\"" id "\"},\"gloss\":{\"vi\":\"x\",\"en\":\"x\"}}"
#define FILE_OF(columns)                                                                           \
    "{\"kind\":\"action-plan\",\"title\":{\"vi\":\"6 rõ\",\"en\":\"Six\"},\"columns\":[" columns "]}"
#define SIX                                                                                        \
    COLUMN("task", "việc") "," COLUMN("person", "người") "," COLUMN("time", "thời gian") ","       \
    COLUMN("responsibility", "trách nhiệm") "," COLUMN("authority", "thẩm quyền")

static void columns_are_data(void **state)
{
    static const struct {
        const char *text, *fault; /* part of it; NULL: none */
    } rows[] = {
        {FIVE, NULL},
        {FILE_OF(SIX "," COLUMN("result", "sản phẩm")), NULL},
        {FILE_OF(SIX), "the column 'result' is missing"},
        {FILE_OF(SIX "," COLUMN("result", "a") "," COLUMN("result", "b")), "stands twice"},
        {FILE_OF(SIX "," COLUMN("proof", "a")), "one of: \"person\""},
        {"{\"kind\":\"plan\",\"title\":{\"vi\":\"a\",\"en\":\"b\"}}", "columns"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct action_columns *columns = columns_of(rows[i].text);
        bool is_told = false;

        for (size_t j = 0; rows[i].fault && j < f.faults.count; j++)
            is_told |= strstr(f.faults.items[j].text[LANG_EN], rows[i].fault) != NULL;
        if (!columns != (rows[i].fault != NULL) || (rows[i].fault && !is_told))
            fail_msg("case %zu: %s", i, f.faults.count ? f.faults.items[0].text[LANG_EN] : "fine");
    }
}

/* A sixth column is asked for like the others, in the order of the file. */
static void a_sixth_column_is_needed_where_it_is_named(void **state)
{
    const struct action_columns *six = columns_of(FILE_OF(SIX "," COLUMN("result", "sản phẩm")));
    struct plan_typed typed = row_of("An", "", "1/2/2027", "Bình", "");
    struct plan_outcome outcome;

    (void)state;
    begin();
    ASSERT_OK(plan_save(&app, six, firm, &typed, 1, &f.arena, &outcome, &err));
    assert_int_equal(outcome.result, PLAN_MISSING);
    assert_string_equal(outcome.why.in[LANG_VI],
                        "Dòng 1 chưa lưu: thiếu việc, thẩm quyền, sản phẩm.");
    typed.texts[ACTION_TASK] = "Viết kế hoạch";
    typed.texts[ACTION_AUTHORITY] = "Giám đốc";
    typed.texts[ACTION_RESULT] = "Bản đã ký";
    ASSERT_OK(plan_save(&app, six, firm, &typed, 1, &f.arena, &outcome, &err));
    assert_int_equal(outcome.result, PLAN_SAVED);
    assert_string_equal(outcome.row.authority, "Giám đốc");
    store_close(store);
}

/* ---- rows ---- */

static void what_lacks_is_named_and_the_others_are_kept(void **state)
{
    struct plan_typed rows[] = {
        row_of("Kế toán trưởng", "Chuẩn bị hồ sơ", "24/12/2026", "Giám đốc ký", "Giấy tiếp nhận"),
        row_of(" \t", "Lập bảng theo dõi", "2027-05-24", "Giám đốc", "Ảnh bảng"),
        row_of(NULL, "", NULL, "", ""),
        row_of("Lê Thị Mẫu", "Hướng dẫn", "30/2/2027", "Sở", "Biên bản"),
        row_of("Tổ trưởng", "  Mời dạy lại \n", "20.11.2026", "Quản lý", "Danh sách ký"),
    };
    static const enum plan_result wanted[] = {PLAN_SAVED, PLAN_MISSING, PLAN_BLANK, PLAN_REFUSED,
                                              PLAN_SAVED};
    struct plan_outcome outcomes[5];
    struct plan_filter of_firm = PLAN_FILTER_NONE;
    struct audit_check check;

    (void)state;
    begin();
    ASSERT_OK(plan_save(&app, five, firm, rows, 5, &f.arena, outcomes, &err));
    for (int i = 0; i < 5; i++)
        assert_int_equal(outcomes[i].result, wanted[i]);
    assert_string_equal(outcomes[1].why.in[LANG_VI], "Dòng 2 chưa lưu: thiếu rõ người.");
    assert_string_equal(outcomes[1].why.in[LANG_EN], "Row 2 is not saved: the person lacks.");
    assert_int_equal(outcomes[1].missing, 1u << ACTION_PERSON);
    assert_int_equal(outcomes[3].fault, ACTION_TIME);
    assert_non_null(strstr(outcomes[3].why.in[LANG_VI], "không có ngày '30/2/2027'"));
    assert_string_equal(outcomes[4].row.task, "Mời dạy lại");
    assert_int_equal(outcomes[4].row.version, 1);
    assert_string_equal(outcomes[4].row.name, "Sen Vàng");
    of_firm.enterprise = firm;
    assert_int_equal(counted(of_firm), 2);
    ASSERT_OK(audit_verify(&app, &check, &err));
    assert_int_equal(check.entries, 2);
    store_close(store);
}

static void limits_are_told(void **state)
{
    struct plan_typed typed = row_of("An", "Việc", "1/2/2027", "Bình", "Giấy"), *many;
    struct plan_outcome outcome, *outcomes;
    char *text;

    (void)state;
    begin();
    text = arena_alloc(&f.arena, 1, 2 * (PLAN_TEXT_CHARS_MAX + 1) + 1);
    for (int i = 0; i <= PLAN_TEXT_CHARS_MAX; i++)
        memcpy(text + 2 * i, "đ", 2);
    typed.texts[ACTION_TASK] = text;
    outcome = saved(firm, typed);
    assert_int_equal(outcome.result, PLAN_REFUSED);
    assert_string_equal(outcome.why.in[LANG_VI],
                        "Dòng 1 chưa lưu: rõ việc dài 501 chữ, chỉ được tới 500.");
    typed.texts[ACTION_TASK] = text + 2;
    typed.state = "gone";
    assert_int_equal(saved(firm, typed).result, PLAN_REFUSED);
    typed.state = NULL;
    typed.source = "policy:đ";
    assert_int_equal(saved(firm, typed).result, PLAN_REFUSED);
    typed.source = "policy:nd80-art11-2a";
    ASSERT_FAILS(NOT_FOUND, "no such enterprise",
                 plan_save(&app, five, firm + 1, &typed, 1, &f.arena, &outcome, &err));
    /* One more than there is room for: none of them is stored. */
    many = ARENA_ARRAY(&f.arena, struct plan_typed, PLAN_ROWS_MAX + 1);
    outcomes = ARENA_ARRAY(&f.arena, struct plan_outcome, PLAN_ROWS_MAX + 1);
    for (int i = 0; i <= PLAN_ROWS_MAX; i++)
        many[i] = typed;
    ASSERT_FAILS(LIMIT, "200 rows",
                 plan_save(&app, five, firm, many, PLAN_ROWS_MAX + 1, &f.arena, outcomes, &err));
    assert_int_equal(counted(PLAN_FILTER_NONE), 0);
    ASSERT_OK(plan_save(&app, five, firm, many, PLAN_ROWS_MAX, &f.arena, outcomes, &err));
    store_close(store);
}

/* ---- two at once ---- */

static struct plan_typed again(const struct plan_row *row)
{
    struct plan_typed typed = row_of(row->person, row->task, text_of_day(&f.arena, row->due_on),
                                     row->responsibility, row->result);

    typed.id = row->id;
    typed.version = row->version;
    return typed;
}

static void who_was_slower_sees_both(void **state)
{
    struct plan_row first;
    struct plan_typed mine, theirs;
    struct plan_outcome outcome;

    (void)state;
    begin();
    mine = row_of("An", "Việc", "1/2/2027", "Bình", "Giấy");
    mine.source = PLAN_FROM_PACKAGE "books";
    first = saved(firm, mine).row;
    assert_string_equal(first.source, "package:books");
    assert_int_equal(saved(firm, again(&first)).result, PLAN_SAME);
    theirs = again(&first);
    theirs.texts[ACTION_PERSON] = "Chi";
    outcome = saved(firm, theirs);
    assert_int_equal(outcome.result, PLAN_SAVED);
    assert_int_equal(outcome.row.version, 2);
    mine = again(&first);
    mine.texts[ACTION_PERSON] = "Dũng";
    outcome = saved(firm, mine);
    assert_int_equal(outcome.result, PLAN_STALE);
    assert_string_equal(outcome.row.person, "Chi");
    assert_non_null(strstr(outcome.why.in[LANG_VI], "người khác vừa sửa"));
    /* The same words from both are no conflict. */
    mine.texts[ACTION_PERSON] = "Chi";
    assert_int_equal(saved(firm, mine).result, PLAN_SAME);
    /* Mine, after seeing theirs. */
    mine.texts[ACTION_PERSON] = "Dũng";
    mine.version = outcome.row.version;
    assert_int_equal(saved(firm, mine).result, PLAN_SAVED);
    /* A row of another plan is none of this one, whatever its version. */
    ASSERT_FAILS(NOT_FOUND, "no such row in this plan",
                 plan_save(&app, five, 0, &mine, 1, &f.arena, &outcome, &err));
    mine.id = 99;
    ASSERT_FAILS(NOT_FOUND, "no such row",
                 plan_save(&app, five, firm, &mine, 1, &f.arena, &outcome, &err));
    /* The store itself, too, for one that read an old version. */
    ASSERT_FAILS(CONFLICT, "somebody else", plan_row_change(store, &first, NOW, &err));
    store_close(store);
}

/* ---- states and lists ---- */

static void what_is_done_has_a_day_and_is_never_overdue(void **state)
{
    struct plan_row row;
    struct plan_typed typed;

    (void)state;
    begin();
    row = saved(firm, row_of("An", "Việc", "20/11/2026", "Bình", "Giấy")).row;
    assert_true(plan_is_overdue(&row, app.today));
    assert_false(plan_is_overdue(&row, row.due_on));
    assert_int_equal(counted(plan_overdue_filter(app.today)), 1);
    typed = again(&row);
    typed.state = "done";
    row = saved(firm, typed).row;
    assert_int_equal(row.done_on, app.today);
    assert_false(plan_is_overdue(&row, app.today));
    assert_int_equal(counted(plan_overdue_filter(app.today)), 0);
    /* It stays the day when it was first said to be done. */
    app.today++;
    typed = again(&row);
    typed.texts[ACTION_RESULT] = "Giấy đã ký";
    row = saved(firm, typed).row;
    assert_int_equal(row.done_on, app.today - 1);
    typed = again(&row);
    typed.state = "doing";
    row = saved(firm, typed).row;
    assert_int_equal(row.done_on, DAY_NONE);
    typed = again(&row);
    typed.state = "dropped";
    assert_int_equal(saved(firm, typed).row.state, PLAN_DROPPED);
    assert_int_equal(counted(plan_overdue_filter(app.today)), 0);
    store_close(store);
}

static void lists_are_of_areas_of_the_province_and_of_days(void **state)
{
    struct plan_typed own = row_of("Sở", "Hướng dẫn", "1/12/2026", "Sở", "Biên bản");
    struct plan_filter filter = PLAN_FILTER_NONE;

    (void)state;
    begin();
    saved(firm, row_of("An", "Việc", "20/11/2026", "Bình", "Giấy"));
    own.is_province = true;
    saved(firm, own);
    assert_true(saved(0, row_of("Sở", "Mở lớp", "31/12/2026", "Sở", "Danh sách")).row.is_province);
    assert_int_equal(counted(filter), 3);
    filter.only_province = true;
    assert_int_equal(counted(filter), 2);
    filter = PLAN_FILTER_NONE;
    filter.areas = "|nam-sach|";
    assert_int_equal(counted(filter), 1); /* what concerns no enterprise */
    filter.areas = "|nam-sach|chi-linh|";
    assert_int_equal(counted(filter), 3);
    filter = PLAN_FILTER_NONE;
    filter.due_from = day_of(2026, 12, 1);
    filter.due_to = day_of(2026, 12, 31);
    assert_int_equal(counted(filter), 2);
    filter = PLAN_FILTER_NONE;
    filter.only_firms = true;
    assert_int_equal(counted(filter), 1);
    store_close(store);
}

static void lists_are_of_states_and_of_words_and_are_seen_in_pages(void **state)
{
    struct plan_filter filter = PLAN_FILTER_NONE;
    struct plan_window window = {.first = 1, .max = 2};
    struct plan_typed done = row_of("Kế toán Đặng", "Sổ", "20/11/2026", "Bình", "Giấy");
    const struct plan_row *list;
    const struct plan_sum *sums;
    size_t count;

    (void)state;
    begin();
    done.state = "done";
    saved(firm, done);
    saved(firm, row_of("An", "Việc", "1/11/2026", "Bình", "Giấy"));
    saved(firm, row_of("Kế toán", "Việc", "1/12/2026", "Bình", "Giấy"));
    saved(0, row_of("Sở, kế toán", "Mở lớp", "2/12/2026", "Sở", "Danh sách"));
    filter.states = "|done|dropped|";
    assert_int_equal(counted(filter), 1);
    filter.states = NULL;
    filter.person = "ke toan";
    assert_int_equal(counted(filter), 3);
    filter.firm = "sen";
    assert_int_equal(counted(filter), 2);
    filter.firm = "sen do";
    assert_int_equal(counted(filter), 0);
    filter.firm = NULL;
    for (int words = 0; words < 2; words++) {
        filter.person = words ? "" : NULL;
        ASSERT_OK(plan_list(&app, &filter, &window, &f.arena, &list, &count, &err));
        assert_int_equal(window.total, 4);
        assert_int_equal(count, 2);
        assert_string_equal(list[0].person, "Kế toán Đặng");
        assert_string_equal(list[1].person, "Kế toán");
    }
    ASSERT_OK(plan_sums(&app, "|chi-linh|", &f.arena, &sums, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(sums[0].enterprises, 0); /* of no single one */
    assert_int_equal(sums[0].states[PLAN_OPEN], 1);
    assert_string_equal(sums[1].area, "chi-linh");
    assert_int_equal(sums[1].enterprises, 1);
    assert_int_equal(sums[1].states[PLAN_DONE], 1);
    assert_int_equal(sums[1].late, 1);
    ASSERT_OK(plan_sums(&app, "|nam-sach|", &f.arena, &sums, &count, &err));
    assert_int_equal(count, 1);
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(columns_are_data, setup, teardown),
    cmocka_unit_test_setup_teardown(a_sixth_column_is_needed_where_it_is_named, setup, teardown),
    cmocka_unit_test_setup_teardown(what_lacks_is_named_and_the_others_are_kept, setup, teardown),
    cmocka_unit_test_setup_teardown(limits_are_told, setup, teardown),
    cmocka_unit_test_setup_teardown(who_was_slower_sees_both, setup, teardown),
    cmocka_unit_test_setup_teardown(what_is_done_has_a_day_and_is_never_overdue, setup, teardown),
    cmocka_unit_test_setup_teardown(lists_are_of_areas_of_the_province_and_of_days, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(lists_are_of_states_and_of_words_and_are_seen_in_pages, setup,
                                    teardown),
};

RUN(tests)
