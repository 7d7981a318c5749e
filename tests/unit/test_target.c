#include "arena_fixture.h"

#include "http/server.h"
#include "http/target.h"

static void test_targets(void **state)
{
    static const struct {
        const char *raw;
        unsigned status;
        const char *path, *query;
    } cases[] = {
        {"/", 0, "/", ""},
        {"/a/b", 0, "/a/b", ""},
        {"/a/", 0, "/a/", ""},
        {"/a?", 0, "/a", ""},
        {"/a?b=c&d", 0, "/a", "b=c&d"},
        {"/a?b?c", 0, "/a", "b?c"},
        {"/a?%2F..//%5c", 0, "/a", "%2F..//%5c"},
        {"/%C4%91%e1%BA%b7ng", 0, "/đặng", ""},
        {"/%2541", 0, "/%41", ""},
        {"/a%3Fb?c", 0, "/a?b", "c"},
        {"/...", 0, "/...", ""},
        {"/.a/a./..a", 0, "/.a/a./..a", ""},
        {"/a+b;c=d,e!$'()*:@~", 0, "/a+b;c=d,e!$'()*:@~", ""},
        {"", 400, NULL, NULL},
        {"*", 400, NULL, NULL},
        {"a", 400, NULL, NULL},
        {"?a", 400, NULL, NULL},
        {"http://a/", 400, NULL, NULL},
        {"//", 400, NULL, NULL},
        {"//a", 400, NULL, NULL},
        {"/a//b", 400, NULL, NULL},
        {"/a//", 400, NULL, NULL},
        {"/.", 400, NULL, NULL},
        {"/..", 400, NULL, NULL},
        {"/a/.", 400, NULL, NULL},
        {"/a/../b", 400, NULL, NULL},
        {"/%2e%2E", 400, NULL, NULL},
        {"/.%2e/a", 400, NULL, NULL},
        {"/a%2Fb", 400, NULL, NULL},
        {"/a\\b", 400, NULL, NULL},
        {"/a%5Cb", 400, NULL, NULL},
        {"/a#b", 400, NULL, NULL},
        {"/a b", 400, NULL, NULL},
        {"/a?b c", 400, NULL, NULL},
        {"/a\tb", 400, NULL, NULL},
        {"/\x7f", 400, NULL, NULL},
        {"/đ", 400, NULL, NULL},
        {"/a?đ", 400, NULL, NULL},
        {"/%", 400, NULL, NULL},
        {"/%4", 400, NULL, NULL},
        {"/%4?1", 400, NULL, NULL},
        {"/%?41", 400, NULL, NULL},
        {"/%g0", 400, NULL, NULL},
        {"/%+1", 400, NULL, NULL},
        {"/a?%", 400, NULL, NULL},
        {"/a?%4", 400, NULL, NULL},
        {"/a?%00", 400, NULL, NULL},
        {"/%00", 400, NULL, NULL},
        {"/%0a", 400, NULL, NULL},
        {"/%1f", 400, NULL, NULL},
        {"/%7F", 400, NULL, NULL},
        {"/%C2%80", 400, NULL, NULL},
        {"/%C2%A0", 0, "/\u00a0", ""},
        {"/%ff", 400, NULL, NULL},
        {"/%c0%af", 400, NULL, NULL},
        {"/%ed%a0%80", 400, NULL, NULL},
        {"/%c4", 400, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *path = NULL, *query = NULL;
        unsigned status = target_read(&arena, cases[i].raw, &path, &query);

        if (status != cases[i].status)
            fail_msg("'%s': %u", cases[i].raw, status);
        if (status) {
            assert_null(path);
            assert_null(query);
        } else {
            assert_string_equal(path, cases[i].path);
            assert_string_equal(query, cases[i].query);
        }
    }
}

static char *of_length(const char *begin, size_t more)
{
    char *text = arena_alloc(&arena, strlen(begin) + more + 1, 1);

    memcpy(text, begin, strlen(begin));
    memset(text + strlen(begin), 'a', more);
    return text;
}

static void test_long_targets(void **state)
{
    const char *path, *query;

    (void)state;
    assert_int_equal(target_read(&arena, of_length("/", SERVER_PATH_BYTES_MAX - 1), &path, &query),
                     0);
    assert_int_equal(strlen(path), SERVER_PATH_BYTES_MAX);
    assert_int_equal(target_read(&arena, of_length("/", SERVER_PATH_BYTES_MAX), &path, &query),
                     414);
    assert_int_equal(target_read(&arena, of_length("/?", SERVER_QUERY_BYTES_MAX), &path, &query),
                     0);
    assert_int_equal(strlen(query), SERVER_QUERY_BYTES_MAX);
    assert_int_equal(
        target_read(&arena, of_length("/?", SERVER_QUERY_BYTES_MAX + 1), &path, &query), 414);
}

static void test_hosts(void **state)
{
    static const struct {
        const char *host;
        bool is_valid;
    } cases[] = {
        {"chuyendoiso.langson.gov.vn", true},
        {"localhost:8080", true},
        {"127.0.0.1:1", true},
        {"a_b-c", true},
        {"[::1]", true},
        {"[2001:db8::1]:65535", true},
        {"", false},
        {":80", false},
        {"a:", false},
        {"a:123456", false},
        {"a:b", false},
        {"a:80x", false},
        {"a/b", false},
        {"a@b", false},
        {"a,b", false},
        {"a b", false},
        {"đ", false},
        {"[]", false},
        {"[::1", false},
        {"[::1]x", false},
        {"[:::1]", false},
        {"::1", false},
        {"[1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111]", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        if (host_is_valid(cases[i].host) != cases[i].is_valid)
            fail_msg("'%s'", cases[i].host);
    }
    assert_true(host_is_valid(of_length("", 255)));
    assert_false(host_is_valid(of_length("", 256)));
}

static void test_headers(void **state)
{
    (void)state;
    assert_true(header_name_is_valid("X-Forwarded-For", 15));
    assert_true(header_name_is_valid("!#$%&'*+-.^_`|~09azAZ", 21));
    assert_false(header_name_is_valid("", 0));
    assert_false(header_name_is_valid("a\0b", 3));
    for (const char *c = " \t\r\n\"(),/:;<=>?@[\\]{}\x7f\x80\xc4"; *c; c++)
        assert_false(header_name_is_valid(c, 1));
    assert_true(header_value_is_valid("", 0));
    assert_true(header_value_is_valid("a\tb \xc4\x91", 6));
    assert_false(header_value_is_valid(" a", 2));
    assert_false(header_value_is_valid("a\t", 2));
    assert_false(header_value_is_valid("a\rb", 3));
    assert_false(header_value_is_valid("a\nb", 3));
    assert_false(header_value_is_valid("a\0b", 3));
    assert_false(header_value_is_valid("a\x7f", 2));
}

static void test_lengths(void **state)
{
    static const char *const bad[] = {"",
                                      "+1",
                                      "-1",
                                      " 1",
                                      "1 ",
                                      "01",
                                      "00",
                                      "0x1",
                                      "1,1",
                                      "1.0",
                                      "1a",
                                      "9007199254740992",
                                      "18446744073709551617",
                                      "99999999999999999999999999"};
    uint64_t length = 7;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        if (content_length_read(bad[i], &length) || length != 7)
            fail_msg("'%s'", bad[i]);
    }
    assert_true(content_length_read("0", &length));
    assert_int_equal(length, 0);
    assert_true(content_length_read("9007199254740991", &length));
    assert_int_equal(length, 9007199254740991);
}

/* Nothing that goes out may end its line early, and there is no more room than there is. */
static void test_reply_headers(void **state)
{
    struct reply reply = {.status = 200};

    (void)state;
    assert_false(reply_header(&reply, "Location", "/a\r\nX: y"));
    assert_false(reply_header(&reply, "Location:", "/a"));
    assert_false(reply_header(&reply, "Location", "/a\x7f"));
    assert_int_equal(reply.header_count, 0);
    for (int i = 0; i < REPLY_HEADERS_MAX; i++)
        assert_true(reply_header(&reply, "Location", "/a"));
    assert_false(reply_header(&reply, "Location", "/a"));
    assert_int_equal(reply.header_count, REPLY_HEADERS_MAX);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_targets, setup, teardown),
    cmocka_unit_test_setup_teardown(test_long_targets, setup, teardown),
    cmocka_unit_test_setup_teardown(test_hosts, setup, teardown),
    cmocka_unit_test(test_headers),
    cmocka_unit_test(test_lengths),
    cmocka_unit_test(test_reply_headers),
};

RUN(tests)
