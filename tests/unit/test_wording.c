#include "arena_fixture.h"

#include "base/json.h"
#include "report/wording.h"

/* What data says, and what values it gets. (Faults of a file: tests/cli/report.t.) */

static const struct wording *load(void)
{
    const struct wording *wording = wording_load(&arena, "reports/enterprise.json", &faults);

    if (!wording)
        fail_msg("%s", faults.items[0].text[LANG_EN]);
    return wording;
}

static void texts_get_their_values(void **state)
{
    const struct wording *wording = load();

    (void)state;
    assert_string_equal(
        wording_tr(wording, TEXT_POINTS_OF, LANG_VI, &arena, "points", "3,5", NULL), "3,5 điểm");
    assert_string_equal(wording_tr(wording, TEXT_AMOUNT_RANGE, LANG_EN, &arena, "high", "9", "low",
                                    "1", "unused", "x", NULL),
                        "1 to 9");
    /* a value that is not given is left out, and one with braces is not filled again */
    assert_string_equal(
        wording_tr(wording, TEXT_AMOUNT_RANGE, LANG_EN, &arena, "low", "{high}", NULL),
        "{high} to ");
}

static void every_text_is_there_in_both_languages(void **state)
{
    const struct wording *wording = load();

    (void)state;
    assert_int_equal(faults.warnings, 0);
    for (int i = 0; i < REPORT_TEXT__MAX; i++) {
        for (int lang = 0; lang < LANG__MAX; lang++)
            assert_true(wording->texts[i].in[lang] && *wording->texts[i].in[lang]);
    }
    for (int i = 0; i < REPORT_LIST__MAX; i++)
        assert_true(wording->lists[i].count > 0);
    assert_int_equal(wording->lists[LIST_SECTIONS].count, 8);
}

static void owners_are_found_by_dimension(void **state)
{
    const struct wording *wording = load();

    (void)state;
    assert_string_equal(wording_owner(wording, "customer", LANG_EN), "Sales");
    assert_string_equal(wording_owner(wording, "no-such-dimension", LANG_VI), "Chủ đơn vị");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(texts_get_their_values, setup, teardown),
    cmocka_unit_test_setup_teardown(every_text_is_there_in_both_languages, setup, teardown),
    cmocka_unit_test_setup_teardown(owners_are_found_by_dimension, setup, teardown),
};

RUN(tests)
