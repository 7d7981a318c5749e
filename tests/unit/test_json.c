#include "arena_fixture.h"

#include "base/json.h"
#include "base/json_write.h"

static const struct json *parse(const char *text, size_t len)
{
    faults_init(&faults, &arena);
    return json_parse(&arena, "t.json", arena_strndup(&arena, text, len), len, &faults);
}

#define PARSE(text) parse(text, sizeof(text) - 1)

/* Everything that cJSON would let pass, and what no reader should be asked to swallow. */
static void refuses_with_one_sentence(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        int line;
        const char *says; /* part of the English sentence */
    } cases[] = {
#define CASE(text, line, says) {text, sizeof(text) - 1, line, says}
        CASE("", 1, "empty"),
        CASE(" \n ", 2, "empty"),
        CASE("{", 1, "cut off"),
        CASE("{\"a\":1,", 1, "cut off"),
        CASE("{\"a\":1", 1, "cut off"),
        CASE("[1,2", 1, "cut off"),
        CASE("{\"a\":1}x", 1, "after the end"),
        CASE("{\"a\":1,\n\"a\":2}", 2, "stands twice"),
        CASE("{\"a\":1,}", 1, "comma too many"),
        CASE("[1,]", 1, "JSON value is needed"),
        CASE("\"a\\u0000b\"", 1, "\\u0000"),
        CASE("\"\\ud800\"", 1, "surrogate"),
        CASE("\"\\ud800\\u0041\"", 1, "surrogate"),
        CASE("\"\\udc00\"", 1, "surrogate"),
        CASE("\"\\x\"", 1, "after \\"),
        CASE("\"\\u12g4\"", 1, "four hexadecimal"),
        CASE("\"a\nb\"", 1, "control character"),
        CASE("\"abc", 1, "closing"),
        CASE("0123", 1, "start with 0"),
        CASE("01", 1, "start with 0"),
        CASE("[01]", 1, "start with 0"),
        CASE("[-09]", 1, "start with 0"),
        CASE("[1, 00]", 1, "start with 0"),
        CASE("-", 1, "digit"),
        CASE("1.", 1, "decimal point"),
        CASE("1e", 1, "exponent"),
        CASE("1e999", 1, "too large"),
        CASE("12345678901234567890", 1, "too large"),
        CASE("NaN", 1, "JSON value"),
        CASE("{a:1}", 1, "quotation marks"),
        CASE("{\"a\" 1}", 1, "colon"),
        CASE("[1 2]", 1, "comma or"),
        CASE("[1}", 1, "comma or"),
        CASE("\n\n\"\xff\"", 3, "not UTF-8"),
        CASE("\xff\xfe{\0}\0", 1, "UTF-16"),
        CASE("{\0\"\0", 1, "UTF-16"),
        CASE("\"a\0b\"", 1, "zero byte"),
        CASE("[1,\n2\0]", 2, "zero byte"),
        CASE("// x\n1", 1, "JSON value"),
        CASE("truex", 1, "after the end"),
#undef CASE
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct json *root = parse(cases[i].text, cases[i].len);

        if (root || faults.errors != 1 || faults.items[0].place.line != cases[i].line ||
            !strstr(faults.items[0].text[LANG_EN], cases[i].says))
            fail_msg("case %zu '%s': %zu faults, line %d, '%s'", i, cases[i].text, faults.errors,
                     faults.errors ? faults.items[0].place.line : 0,
                     faults.errors ? faults.items[0].text[LANG_EN] : "accepted");
    }
}

static void refuses_depth_and_size(void **state)
{
    size_t deep = 100000, wide_key = 2000000;
    char *text = malloc(wide_key + 16);

    (void)state;
    memset(text, '[', deep);
    assert_null(parse(text, deep));
    assert_non_null(strstr(faults.items[0].text[LANG_EN], "levels deep"));
    text[0] = '{';
    text[1] = '"';
    memset(text + 2, 'k', wide_key);
    memcpy(text + 2 + wide_key, "\":1}", 4);
    assert_null(parse(text, wide_key + 6));
    assert_non_null(strstr(faults.items[0].text[LANG_EN], "over the limit"));
    free(text);
}

static void keeps_numbers_as_written_and_texts_in_nfc(void **state)
{
    const struct json *root =
        PARSE("\xef\xbb\xbf{\"n\":0.10,\n \"t\":\"mu\\u031b\\u0301c\",\"e\":[]}");
    struct ratio r;

    (void)state;
    assert_non_null(root);
    assert_string_equal(json_get(root, "n")->text, "0.10");
    assert_true(json_ratio(json_get(root, "n"), false, &r));
    assert_int_equal(ratio_cmp(r, ratio_make(1, 10)), 0);
    assert_string_equal(json_text(root, "t"), "mức");
    assert_int_equal(json_get(root, "t")->line, 2);
    assert_null(json_get(root, "T")); /* exact case */
    assert_int_equal(json_get(root, "e")->count, 0);
}

static void points_to_places(void **state)
{
    const struct json *root = PARSE("{\"a/b\":[{\"~\":true}]}");

    (void)state;
    assert_string_equal(json_pointer(&json_get(root, "a/b")->items[0].items[0], &arena),
                        "/a~1b/0/~0");
    assert_string_equal(json_pointer(root, &arena), "");
}

static void reports_all_faults_of_an_object(void **state)
{
    static const struct json_field fields[] = {
        {"id", JSON_IS(JSON_STRING), true},
        {"weight", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
        {"title", JSON_IS(JSON_OBJECT), true},
    };
    const struct json *root = PARSE("{\"id\":1,\n\"weigth\":2,\n\"weight\":null}");

    (void)state;
    assert_false(json_check_object(root, fields, ARRAY_SIZE(fields), &faults));
    assert_int_equal(faults.errors, 4);
    assert_string_equal(faults.items[0].text[LANG_EN],
                        "a text is needed here, but this is a number");
    assert_string_equal(faults.items[1].text[LANG_EN], "unknown key 'weigth'; is 'weight' meant?");
    assert_int_equal(faults.items[1].place.line, 2);
    assert_string_equal(faults.items[2].text[LANG_EN],
                        "a number or a text is needed here, but this is null");
    assert_string_equal(faults.items[3].text[LANG_VI], "thiếu khóa 'title'");
}

static void many_duplicates_are_found_in_large_objects(void **state)
{
    struct buf text;

    (void)state;
    buf_init(&text, 100000);
    buf_putc(&text, '{');
    for (int i = 0; i < 500; i++)
        buf_printf(&text, "\"k%d\":%d,", i % 400, i);
    buf_puts(&text, "\"z\":0}");
    assert_null(parse(text.data, text.len));
    assert_int_equal(faults.errors, 100);
    buf_free(&text);
}

static void writes_what_it_reads(void **state)
{
    struct json_writer w;
    struct buf out;
    const struct json *root;

    (void)state;
    buf_init(&out, 10000);
    json_writer_init(&w, &out);
    json_begin_object(&w);
    json_member_string(&w, "tên \"x\"", "a<b>&\n\x01\\ đ");
    json_key(&w, "list");
    json_begin_array(&w);
    json_int(&w, -5);
    json_bool(&w, true);
    json_null(&w);
    json_begin_object(&w);
    json_end_object(&w);
    json_end_array(&w);
    json_member_words(&w, "name", (struct words){{"một", "one"}});
    json_end_object(&w);
    assert_string_equal(buf_text(&out),
                        "{\"tên \\\"x\\\"\":\"a\\u003cb\\u003e\\u0026\\n\\u0001\\\\ đ\","
                        "\"list\":[-5,true,null,{}],\"name\":{\"vi\":\"một\",\"en\":\"one\"}}");
    root = parse(out.data, out.len);
    assert_string_equal(json_text(root, "tên \"x\""), "a<b>&\n\x01\\ đ");
    buf_free(&out);
}

static void equal_is_what_is_written_alike(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_equal;
    } cases[] = {
        {"{\"<=\":[{\"var\":\"a\"},1]}", "{ \"<=\" : [ {\"var\": \"a\"}, 1 ] }", true},
        {"{\"<=\":[{\"var\":\"a\"},1]}", "{\"<\":[{\"var\":\"a\"},1]}", false},
        {"{\"<=\":[{\"var\":\"a\"},1]}", "{\"<=\":[{\"var\":\"a\"},1,2]}", false},
        {"[1]", "[\"1\"]", false},
        {"[1]", "[1.0]", false},
        {"[true]", "[false]", false},
        {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_int_equal(json_equal(parse(cases[i].a, strlen(cases[i].a)),
                                    parse(cases[i].b, strlen(cases[i].b))),
                         cases[i].is_equal);
}

static void one_of_some_names(void **state)
{
    static const char *const names[] = {"one", "two", "three"};

    (void)state;
    assert_int_equal(json_one_of(PARSE("\"three\""), names, 3, &faults), 2);
    assert_int_equal(json_one_of(NULL, names, 3, &faults), -1);
    assert_int_equal(faults.errors, 0);
    assert_int_equal(json_one_of(PARSE("\"four\""), names, 3, &faults), -1);
    assert_string_equal(faults.items[0].text[LANG_EN],
                        "the value must be one of: \"one\", \"two\", \"three\"");
    assert_int_equal(json_one_of(PARSE("1"), names, 3, &faults), -1);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(refuses_with_one_sentence, setup, teardown),
    cmocka_unit_test_setup_teardown(refuses_depth_and_size, setup, teardown),
    cmocka_unit_test_setup_teardown(keeps_numbers_as_written_and_texts_in_nfc, setup, teardown),
    cmocka_unit_test_setup_teardown(points_to_places, setup, teardown),
    cmocka_unit_test_setup_teardown(reports_all_faults_of_an_object, setup, teardown),
    cmocka_unit_test_setup_teardown(many_duplicates_are_found_in_large_objects, setup, teardown),
    cmocka_unit_test_setup_teardown(writes_what_it_reads, setup, teardown),
    cmocka_unit_test_setup_teardown(one_of_some_names, setup, teardown),
    cmocka_unit_test_setup_teardown(equal_is_what_is_written_alike, setup, teardown),
};

RUN(tests)
