#include "arena_fixture.h"

#include <utf8proc.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/late.h"
#include "base/map.h"
#include "base/ratio.h"
#include "base/text.h"
#include "base/text_odd.h"

static struct ratio parse(const char *text)
{
    struct ratio r;

    assert_true(ratio_parse(text, strlen(text), true, &r));
    return r;
}

static void ratio_reads_and_prints_exactly(void **state)
{
    static const struct {
        const char *text, *exact, *two;
    } cases[] = {
        {"3", "3", "3.00"},
        {"-0.125", "-0.125", "-0.12"},
        {"0.125", "0.125", "0.13"},
        {"1/3", "1/3", "0.33"},
        {"2/6", "1/3", "0.33"},
        {"63.125", "63.125", "63.13"},
        {"-1/2", "-0.5", "-0.50"},
        {"0.005", "0.005", "0.01"},
        {"1e3", "1000", "1000.00"},
        {"25e-1", "2.5", "2.50"},
        {"0", "0", "0.00"},
        {"99.995", "99.995", "100.00"},
        {"-0.005", "-0.005", "0.00"},
        {"123456789012345678", "123456789012345678", "123456789012345678.00"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct buf exact, two;

        buf_init(&exact, 100);
        buf_init(&two, 100);
        ratio_print_exact(&exact, parse(cases[i].text));
        ratio_print(&two, parse(cases[i].text), 2);
        assert_string_equal(buf_text(&exact), cases[i].exact);
        assert_string_equal(buf_text(&two), cases[i].two);
        buf_free(&exact);
        buf_free(&two);
    }
}

static void ratio_refuses_what_is_no_number(void **state)
{
    static const char *const bad[] = {
        "",    "-",    ".5", "5.",   "1/0", "1/",  "a",     "1 ",
        " 1",  "+1",   "1e", "1e99", "0x1", "1,5", "1/2/3", "1234567890123456789",
        "NaN", "1.2.3"};
    struct ratio r;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
        assert_false(ratio_parse(bad[i], strlen(bad[i]), true, &r));
    assert_false(ratio_parse("1e3", 3, false, &r));
}

static void ratio_keeps_the_laws_of_arithmetic(void **state)
{
    struct dice dice = {20211213};

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct ratio a =
            ratio_make((wide)dice_roll(&dice, 2001) - 1000, (wide)dice_roll(&dice, 60) + 1);
        struct ratio b =
            ratio_make((wide)dice_roll(&dice, 2001) - 1000, (wide)dice_roll(&dice, 60) + 1);
        struct ratio c =
            ratio_make((wide)dice_roll(&dice, 2001) - 1000, (wide)dice_roll(&dice, 60) + 1);
        wide cross = a.num * b.den - b.num * a.den;

        assert_int_equal(ratio_cmp(ratio_add(a, b), ratio_add(b, a)), 0);
        assert_int_equal(
            ratio_cmp(ratio_mul(a, ratio_add(b, c)), ratio_add(ratio_mul(a, b), ratio_mul(a, c))),
            0);
        assert_int_equal(ratio_cmp(ratio_sub(ratio_add(a, b), b), a), 0);
        assert_int_equal(ratio_cmp(a, b), cross < 0 ? -1 : cross > 0);
        if (b.num)
            assert_int_equal(ratio_cmp(ratio_mul(ratio_div(a, b), b), a), 0);
        assert_true(ratio_cmp(ratio_floor(a), a) <= 0);
    }
}

static void ratio_overflow_is_noticed(void **state)
{
    struct ratio big = {(wide)1 << 100, 1}, tiny = {1, (wide)1 << 100};

    (void)state;
    assert_false(ratio_is_valid(ratio_mul(big, big)));
    assert_false(ratio_is_valid(ratio_mul(tiny, tiny)));
    assert_false(ratio_is_valid(ratio_add(RATIO_NONE, ratio_of(1))));
    assert_false(ratio_is_valid(ratio_div(ratio_of(1), ratio_of(0))));
    assert_int_equal(ratio_cmp(big, tiny), 1);
    assert_int_equal(ratio_cmp((struct ratio){((wide)1 << 120) + 1, (wide)1 << 120},
                               (struct ratio){((wide)1 << 119) + 1, (wide)1 << 119}),
                     -1);
}

static void dates_exist_or_are_refused(void **state)
{
    static const struct {
        const char *text;
        bool iso, typed;
    } cases[] = {
        {"2024-02-29", true, true},   {"2023-02-29", false, false},  {"2026-11-31", false, false},
        {"2026-1-1", false, false},   {"1/1/2026", false, true},     {"01/12/2026", false, true},
        {"31-12-2026", false, true},  {"31.12.2026", false, true},   {"32/1/2026", false, false},
        {"1/13/2026", false, false},  {"1/1/26", false, false},      {"0000-01-01", false, false},
        {"2026-00-10", false, false}, {"2026-11-23x", false, false}, {"", false, false},
        {"1/1/2026 ", false, false},  {"001/1/2026", false, false},  {"1/012/2026", false, false},
    };
    day d;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        assert_int_equal(day_parse_iso(cases[i].text, strlen(cases[i].text), &d), cases[i].iso);
        assert_int_equal(day_parse_typed(cases[i].text, strlen(cases[i].text), &d), cases[i].typed);
    }
    assert_true(day_parse_typed("9/11/2026", 9, &d));
    assert_int_equal(d, day_of(2026, 11, 9));
}

static mode_t mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

/* Who could not read a file cannot read the one that replaces it. */
static void files_keep_who_may_read_them(void **state)
{
    static const mode_t modes[] = {0600, 0640, 0644, 0400};
    char folder[] = "/tmp/dxready-base-XXXXXX", path[64];
    struct err err;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/a", folder);
    assert_int_equal(file_write_private(path, "x", 1, &err), OK);
    assert_int_equal(mode_of(path), 0600);
    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_int_equal(file_write(path, "xy", 2, &err), OK);
        assert_int_equal(mode_of(path), modes[i]);
    }
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(file_write_private(path, "x", 1, &err), OK);
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* Tags and entities; not what people write with the same signs. */
static void markup_is_odd(void **state)
{
    static const char *const odd[] = {"<a>", "x <z>", "</A>", "<Z/>", "&az;", "&AZ;", "&#160;"};
    static const char *const plain[] = {"a < b", "<1>",  "<@>",    "<[>",   "<`>",
                                        "<{>",   "R&D;", "a & b;", "<a@b>", "&a1;"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(odd); i++)
        assert_true(text_is_odd(odd[i], strlen(odd[i])));
    for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
        assert_false(text_is_odd(plain[i], strlen(plain[i])));
}

/* A whole text, whatever stood in its place. */
static void dates_are_written_to_their_end(void **state)
{
    char text[DAY_ISO_CHARS + 1];

    (void)state;
    memset(text, 'x', sizeof(text));
    day_write_iso(text, day_of(2026, 1, 9));
    assert_memory_equal(text, "2026-01-09", sizeof(text));
}

static void dates_count_days(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2026, 11, 23) - day_of(2021, 12, 13), 1806);
    assert_int_equal(day_of_week(day_of(2026, 11, 23)), 0); /* a Monday */
    assert_int_equal(day_years_before(day_of(2024, 2, 29), 1), day_of(2023, 2, 28));
    assert_int_equal(day_month_end(day_of(2026, 11, 30), 0), day_of(2026, 11, 30));
    assert_int_equal(day_month_end(day_of(2026, 11, 23), 1), day_of(2026, 12, 31));
    assert_int_equal(day_month_end(day_of(2026, 11, 23), 3), day_of(2027, 2, 28));
    assert_int_equal(day_month_end(day_of(2026, 12, 1), 14), day_of(2028, 2, 29));
    assert_int_equal(day_years_before(day_of(2026, 11, 23), 5), day_of(2021, 11, 23));
    for (day d = day_of(1900, 1, 1); d <= day_of(2199, 12, 31); d++) {
        struct civil c = day_civil(d);

        assert_int_equal(day_of(c.year, c.month, c.mday), d);
    }
}

static void utf8_is_checked(void **state)
{
    static const struct {
        const char *text;
        size_t len, valid;
    } cases[] = {
        {"Đại Phát", 13, 13},
        {"a\xc0\x80", 3, 1},
        {"\xed\xa0\x80", 3, 0},
        {"\xf4\x90\x80\x80", 4, 0},
        {"\xe1\xba", 2, 0},
        {"x\xff", 2, 1},
        {"\xf0\x9f\x98\x80", 4, 4},
        {"\xe0\x80\x80", 3, 0},
        /* the first and last of each length, and what stands beside them */
        {"\x7f", 1, 1},
        {"\x80", 1, 0},
        {"\xc1\xbf", 2, 0},
        {"\xc2\x80", 2, 2},
        {"\xc2\x7f", 2, 0},
        {"\xc2\xc0", 2, 0},
        {"\xdf\xbf", 2, 2},
        {"\xe0\x9f\xbf", 3, 0},
        {"\xe0\xa0\x80", 3, 3},
        {"\xed\x9f\xbf", 3, 3},
        {"\xee\x80\x80", 3, 3},
        {"\xef\xbf\xbf", 3, 3},
        {"\xe1\x80\x7f", 3, 0},
        {"\xe1\x80\xc0", 3, 0},
        {"\xf0\x8f\xbf\xbf", 4, 0},
        {"\xf0\x90\x80\x80", 4, 4},
        {"\xf4\x8f\xbf\xbf", 4, 4},
        {"\xf5\x80\x80\x80", 4, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(text_valid_utf8(cases[i].text, cases[i].len), cases[i].valid);
}

static void names_fold_for_search(void **state)
{
    static const char *const cases[][2] = {
        {"Công ty Đại Phát", "cong ty dai phat"},
        {"  CÔNG TY  TNHH \"Ước Mơ\" – 2 ", "cong ty tnhh uoc mo 2"},
        {"Ngõ 5/12, đường Điện Biên Phủ", "ngo 5 12 duong dien bien phu"},
        {"sẵn sàng", "san sang"},
        {"", ""},
        {"---", ""},
    };
    size_t len;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *nfc = text_nfc(&arena, cases[i][0], strlen(cases[i][0]), &len);

        assert_string_equal(text_fold(&arena, cases[i][0]), cases[i][1]);
        assert_string_equal(text_fold(&arena, nfc), cases[i][1]);
    }
    assert_string_equal(text_fold(&arena, "Co\xcc\x82ng ty \xc4\x90\x61\xcc\xa3i"), "cong ty dai");
}

/* Letters that are looked up fold to what their base letter and its marks fold to. */
static void letters_fold_as_their_parts_do(void **state)
{
    (void)state;
    for (utf8proc_int32_t code = 0xa0; code < 0x2000; code++) {
        utf8proc_uint8_t bytes[5] = {0}, *parts;

        utf8proc_encode_char(code, bytes);
        parts = utf8proc_NFD(bytes);
        if (strcmp((char *)parts, (char *)bytes) != 0)
            assert_string_equal(text_fold(&arena, (char *)bytes), text_fold(&arena, (char *)parts));
        free(parts);
    }
}

static void text_becomes_nfc(void **state)
{
    size_t len;
    const char *nfc = text_nfc(&arena, "mu\xcc\x9b\xcc\x81\x63", 7, &len); /* m u ̛ ́ c */

    (void)state;
    assert_string_equal(nfc, "mức");
    assert_int_equal(len, strlen("mức"));
}

static const char *money(int64_t dong, enum lang lang)
{
    struct buf buf;
    const char *text;

    buf_init(&buf, 100);
    text_money(&buf, dong, lang);
    text = arena_strdup(&arena, buf_text(&buf));
    buf_free(&buf);
    return text;
}

static void money_reads_as_vietnamese_write_it(void **state)
{
    (void)state;
    assert_string_equal(money(1234567, LANG_VI), "1.234.567\xc2\xa0₫");
    assert_string_equal(money(1234567, LANG_EN), "₫1,234,567");
    assert_string_equal(money(0, LANG_VI), "0\xc2\xa0₫");
    assert_string_equal(money(-5000, LANG_VI), "-5.000\xc2\xa0₫");
}

static void maps_find_what_was_put(void **state)
{
    struct map map;

    (void)state;
    map_init(&map, &arena);
    assert_int_equal(map_find(&map, "x"), MAP_NONE);
    for (size_t i = 0; i < 5000; i++) {
        const char *key = arena_printf(&arena, "key %zu", i);

        assert_int_equal(map_put(&map, key, strlen(key), i), MAP_NONE);
    }
    assert_int_equal(map_find(&map, "key 4711"), 4711);
    assert_int_equal(map_put(&map, "key 17", 6, 1), 17);
    assert_int_equal(map_find(&map, "key 5000"), MAP_NONE);
}

static void buffers_stop_at_their_ceiling(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 10);
    buf_puts(&buf, "123456789");
    buf_printf(&buf, "%d", 42);
    assert_true(buf.is_full);
    assert_string_equal(buf_text(&buf), "123456789");
    buf_clear(&buf);
    buf_puts(&buf, "1234567890");
    assert_false(buf.is_full);
    buf_free(&buf);
}

static void errors_speak_both_languages(void **state)
{
    struct err err;

    (void)state;
    assert_int_equal(err_set(&err, LIMIT, "quá %d", "over %d", 7), LIMIT);
    assert_string_equal(err.text[LANG_VI], "quá 7");
    assert_string_equal(err.text[LANG_EN], "over 7");
    assert_int_equal(err_exit_code(FAILED), 3);
    assert_int_equal(err_exit_code(BAD_USAGE), 2);
}

/* Names of files are any bytes: none of them reaches a terminal or a page as something else. */
static void errors_are_text_whatever_they_quote(void **state)
{
    struct err err;

    (void)state;
    err_set(&err, BAD_INPUT, "tệp '%s'", "file '%s'", "a\xff\xc3(\xc2\x9b\tđ\xe1\xba");
    assert_string_equal(err.text[LANG_EN], "file 'a?\?(?\?\?đ?\?'");
    err_set(&err, BAD_INPUT, "%s", "%s", "\x1f \x7e\x7f\xc2\x80\xc2\x9f\xc2\xa0");
    assert_string_equal(err.text[LANG_EN], "? ~?\?\?\?\?\xc2\xa0");
    err_set(&err, BAD_INPUT, "tệp '%s'", "file '%s'", "a\xff\xc3(\xc2\x9b\tđ\xe1\xba");
    assert_string_equal(err.text[LANG_VI], "tệp 'a?\?(?\?\?đ?\?'");
}

static void similar_names_are_suggested(void **state)
{
    static const char *const names[] = {"employees", "female_employees", "revenue_vnd"};

    (void)state;
    assert_string_equal(text_closest("employes", names, 3), "employees");
    assert_string_equal(text_closest("revenue", names, 3) ? "x" : "none", "none");
    assert_null(text_closest("zz", names, 3));
}

static enum status load(const char *file, const char *function, void **pointer, struct err *err)
{
    struct late_library library = {.file = file, .names = &function, .count = 1,
                                   .pointers = pointer};
    enum status status = late_load(&library, err);

    if (status == OK)
        assert_int_equal(late_load(&library, err), OK); /* once more does nothing */
    assert_int_equal(atomic_load(&library.is_loaded), status == OK);
    return status;
}

/* What is not installed is one sentence that names it, and not the end of the program. */
static void a_library_is_loaded_late_or_named(void **state)
{
    struct err err;
    void *pointer = NULL;

    (void)state;
    assert_int_equal(load("libm.so.6", "lgamma", &pointer, &err), OK);
    assert_non_null(pointer);
    assert_int_equal(load("libm.so.6", "no_function", &pointer, &err), FAILED);
    assert_non_null(strstr(err.text[LANG_EN], "the library libm.so.6 cannot be loaded ("));
    assert_non_null(strstr(err.text[LANG_EN], "no_function"));
    assert_int_equal(load("libnot-there.so.9", "any", &pointer, &err), FAILED);
    assert_non_null(strstr(err.text[LANG_VI], "không nạp được thư viện libnot-there.so.9"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ratio_reads_and_prints_exactly),
    cmocka_unit_test(ratio_refuses_what_is_no_number),
    cmocka_unit_test(ratio_keeps_the_laws_of_arithmetic),
    cmocka_unit_test(ratio_overflow_is_noticed),
    cmocka_unit_test(dates_exist_or_are_refused),
    cmocka_unit_test(dates_are_written_to_their_end),
    cmocka_unit_test(files_keep_who_may_read_them),
    cmocka_unit_test(markup_is_odd),
    cmocka_unit_test(dates_count_days),
    cmocka_unit_test(utf8_is_checked),
    cmocka_unit_test_setup_teardown(names_fold_for_search, setup, teardown),
    cmocka_unit_test_setup_teardown(letters_fold_as_their_parts_do, setup, teardown),
    cmocka_unit_test_setup_teardown(text_becomes_nfc, setup, teardown),
    cmocka_unit_test_setup_teardown(money_reads_as_vietnamese_write_it, setup, teardown),
    cmocka_unit_test_setup_teardown(maps_find_what_was_put, setup, teardown),
    cmocka_unit_test(buffers_stop_at_their_ceiling),
    cmocka_unit_test(errors_speak_both_languages),
    cmocka_unit_test(errors_are_text_whatever_they_quote),
    cmocka_unit_test(similar_names_are_suggested),
    cmocka_unit_test(a_library_is_loaded_late_or_named),
};

RUN(tests)
