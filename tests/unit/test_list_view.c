/* The one view of lists: what a query asks for, which rows are shown, where its links lead. */
#include "test.h"

#include "web/kit/list_view.h"
#include "web_views.h"

static struct arena arena;
static struct buf out;
static struct exchange exchange;
static struct request rq;
static struct choice_view kinds[] = {{"a", "Loại A", false}, {"b", "Loại <b>", false}};
static const struct list_choices choices[] = {{kinds, ARRAY_SIZE(kinds)}};
static const struct list_column columns[] = {
    {"so", WEB_policies_from, true, false},
    {"ten", WEB_policies_name, false, true},
    {"diem", WEB_policies_law, true, true},
};
static const struct list_filter filters[] = {{"loai", WEB_policies_benefit, false}};
static const struct list_kind kind = {
    .caption = WEB_policies_title,
    .counted = WEB_policies_counted,
    .none = WEB_policies_none,
    .columns = columns,
    .column_count = ARRAY_SIZE(columns),
    .filters = filters,
    .filter_count = ARRAY_SIZE(filters),
    .page_rows = 10,
};

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    buf_init(&out, 1 << 20);
    exchange = (struct exchange){.request = {.path = "/x", .query = ""}};
    rq = (struct request){.x = &exchange, .arena = &arena, .lang = LANG_VI, .prefix = ""};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_free(&out);
    arena_free(&arena);
    return 0;
}

static struct list_view asked(const char *query)
{
    struct list_view list;

    exchange.request.query = query;
    kinds[0].is_chosen = kinds[1].is_chosen = false;
    list_read(&rq, &kind, (struct path){"/x"}, choices, &list);
    return list;
}

static const char *printed(struct list_view *list, enum lang lang)
{
    struct view v = {&out, &arena, lang, lang == LANG_VI ? "" : "/en", NULL};

    buf_clear(&out);
    view_list(&v, list);
    return buf_text(&out);
}

static void nothing_asked_is_the_first_page_by_the_first_sorting_column(void **state)
{
    struct list_view list = asked("");

    (void)state;
    assert_string_equal(list.chosen[0], "");
    assert_int_equal(list.sort, 1);
    assert_false(list.is_descending);
    assert_int_equal(list.page, 1);
    assert_false(list_is_filtered(&list));
    assert_false(list_names_sort(&list));
}

static void a_query_chooses_sorts_and_pages(void **state)
{
    struct list_view list = asked("loai=b&sap-xep=diem&chieu=giam&trang=3");

    (void)state;
    assert_string_equal(list.chosen[0], "b");
    assert_true(kinds[1].is_chosen);
    assert_false(kinds[0].is_chosen);
    assert_int_equal(list.sort, 2);
    assert_true(list.is_descending);
    assert_int_equal(list.page, 3);
    assert_true(list_is_filtered(&list));
    assert_true(list_names_sort(&list));
}

static void what_the_list_does_not_know_asks_for_nothing(void **state)
{
    static const char *const queries[] = {
        "loai=z",   "loai=",      "sap-xep=so", "sap-xep=x",        "chieu=x",
        "trang=0",  "trang=-1",   "trang=1x",   "trang=9999999999", "trang=",
        "trang=+1", "sap-xep=so", "loai=A",
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(queries); i++) {
        struct list_view list = asked(queries[i]);

        assert_string_equal(list.chosen[0], "");
        assert_int_equal(list.sort, 1);
        assert_false(list.is_descending);
        assert_int_equal(list.page, 1);
    }
}

static void check_window(const char *query, size_t total, size_t first, size_t count, size_t page,
                         size_t pages)
{
    struct list_view list = asked(query);
    struct list_window window = list_window(&list, total);

    assert_int_equal(window.first, first);
    assert_int_equal(window.count, count);
    assert_int_equal(list.page, page);
    assert_int_equal(list.pages, pages);
    assert_int_equal(list.total, total);
}

static void a_page_shows_its_rows_and_none_is_behind_the_last(void **state)
{
    (void)state;
    check_window("", 0, 0, 0, 1, 1);
    check_window("trang=7", 0, 0, 0, 1, 1);
    check_window("", 10, 0, 10, 1, 1);
    check_window("trang=2", 10, 0, 10, 1, 1);
    check_window("", 11, 0, 10, 1, 2);
    check_window("trang=2", 11, 10, 1, 2, 2);
    check_window("trang=999999999", 25, 20, 5, 3, 3);
}

static void addresses_keep_what_was_chosen(void **state)
{
    struct list_view list = asked("loai=b&sap-xep=diem&trang=2");

    (void)state;
    list_window(&list, 35);
    assert_string_equal(list_paged(&arena, &list, 3).text, "/x?loai=b&sap-xep=diem&trang=3");
    assert_string_equal(list_paged(&arena, &list, 1).text, "/x?loai=b&sap-xep=diem");
    /* another order begins at its first page; the same column turns round */
    assert_string_equal(list_sorted(&arena, &list, 1).text, "/x?loai=b");
    assert_string_equal(list_sorted(&arena, &list, 2).text, "/x?loai=b&sap-xep=diem&chieu=giam");
    list = asked("sap-xep=diem&chieu=giam");
    assert_string_equal(list_sorted(&arena, &list, 2).text, "/x?sap-xep=diem");
    assert_string_equal(list_paged(&arena, &list, 2).text, "/x?sap-xep=diem&chieu=giam&trang=2");
}

static void a_table_names_its_columns_and_links_its_rows(void **state)
{
    static const char *const cells[] = {"7", "An & Bình", NULL};
    static const struct list_row rows[] = {{{"/x/7"}, cells}, {{NULL}, cells}};
    struct list_view list = asked("loai=b&chieu=giam");
    const char *html;

    (void)state;
    list_window(&list, 2);
    list.rows = rows;
    html = printed(&list, LANG_VI);
    assert_non_null(strstr(html, "<option value=\"b\" selected>Loại &lt;b&gt;</option>"));
    assert_non_null(
        strstr(html, "<th scope=\"row\" role=\"rowheader\"><a href=\"/x/7\">7</a></th>"));
    assert_non_null(strstr(html, "<th scope=\"row\" role=\"rowheader\">7</th>"));
    assert_non_null(strstr(html, "data-label=\"Chính sách\">An &amp; Bình</td>"));
    assert_non_null(strstr(html, "<td role=\"cell\" class=\"number\" data-label=\"Căn cứ\"></td>"));
    assert_non_null(strstr(html, "aria-sort=\"descending\""));
    assert_null(strstr(html, "aria-sort=\"ascending\""));
    assert_non_null(strstr(html, "Có 2 chính sách."));
    assert_null(strstr(html, "<nav"));
    html = printed(&list, LANG_EN);
    assert_non_null(strstr(html, "href=\"/en/x?loai=b"));
}

static void an_empty_list_says_so_and_leads_back_to_all(void **state)
{
    struct list_view list = asked("loai=a");
    const char *html;

    (void)state;
    list_window(&list, 0);
    html = printed(&list, LANG_EN);
    assert_non_null(strstr(html, "No policy matches these filters. <a href=\"/en/x\">Remove filters</a>"));
    assert_null(strstr(html, "<table"));
    list = asked("");
    list_window(&list, 0);
    assert_null(strstr(printed(&list, LANG_EN), "Remove filters"));
}

static void pages_lead_to_each_other(void **state)
{
    static const char *const cells[] = {"7", "An", "1"};
    struct list_row rows[10];
    struct list_view list = asked("sap-xep=diem&trang=2");
    const char *html;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
        rows[i] = (struct list_row){{NULL}, cells};
    list_window(&list, 30);
    list.rows = rows;
    html = printed(&list, LANG_VI);
    assert_non_null(strstr(html, "<a rel=\"prev\" href=\"/x?sap-xep=diem\">"));
    assert_non_null(strstr(html, "<a rel=\"next\" href=\"/x?sap-xep=diem&amp;trang=3\">"));
    assert_non_null(strstr(html, "Trang 2 trên 3"));
    assert_non_null(strstr(html, "<input type=\"hidden\" name=\"sap-xep\" value=\"diem\">"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(nothing_asked_is_the_first_page_by_the_first_sorting_column,
                                    setup, teardown),
    cmocka_unit_test_setup_teardown(a_query_chooses_sorts_and_pages, setup, teardown),
    cmocka_unit_test_setup_teardown(what_the_list_does_not_know_asks_for_nothing, setup, teardown),
    cmocka_unit_test_setup_teardown(a_page_shows_its_rows_and_none_is_behind_the_last, setup,
                                    teardown),
    cmocka_unit_test_setup_teardown(addresses_keep_what_was_chosen, setup, teardown),
    cmocka_unit_test_setup_teardown(a_table_names_its_columns_and_links_its_rows, setup, teardown),
    cmocka_unit_test_setup_teardown(an_empty_list_says_so_and_leads_back_to_all, setup, teardown),
    cmocka_unit_test_setup_teardown(pages_lead_to_each_other, setup, teardown),
};
RUN(tests)
