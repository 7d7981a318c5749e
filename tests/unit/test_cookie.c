#include "arena_fixture.h"

#include "http/form.h"

static const struct {
    const char *header, *value; /* of the cookie "sid" */
} cookies[] = {
    {NULL, NULL},
    {"", NULL},
    {"sid=abc", "abc"},
    {"sid=", ""},
    {"a=1; sid=abc; b=2", "abc"},
    {"a=1;sid=abc;b=2", "abc"},
    {" \tsid=abc\t ", "abc"},
    {";; sid=abc;", "abc"},
    {"sid=a=b==", "a=b=="},
    {"sid=!#$%&'()*+-./:<=>?@[]^_`{|}~", "!#$%&'()*+-./:<=>?@[]^_`{|}~"},
    {"a=\"x; sid=abc", "abc"},
    {"a=\xff; sid=abc", "abc"},
    {"sid", NULL},
    {"sid; a=1", NULL},
    {"sidx=1; xsid=2; si=3; d=4", NULL},
    {"SID=abc", NULL},
    {"sid =abc", NULL},
    {"a=sid=abc", NULL},
    {"sid=abc; sid=abc", NULL},
    {"sid=abc; a=1; sid=", NULL},
    {"sid=\xff; sid=abc", NULL},
    {"sid=a b", NULL},
    {"sid= abc", NULL},
    {"sid=\"abc\"", NULL},
    {"sid=a,b", NULL},
    {"sid=a\\b", NULL},
    {"sid=a\tb", NULL},
    {"sid=a\x7f", NULL},
    {"sid=\xc4\x91", NULL},
};

static void test_cookies(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cookies); i++) {
        const char *got = cookie_find(&arena, cookies[i].header, "sid");
        const char *want = cookies[i].value;

        if (!got != !want || (got && strcmp(got, want) != 0))
            fail_msg("case %zu '%s': got '%s'", i, cookies[i].header, got ? got : "(null)");
    }
}

static const struct {
    const char *header;
    bool is_form;
} content_types[] = {
    {"application/x-www-form-urlencoded", true},
    {"Application/X-WWW-Form-URLencoded", true},
    {"application/x-www-form-urlencoded;charset=utf-8", true},
    {"application/x-www-form-urlencoded ; charset=utf-8", true},
    {" application/x-www-form-urlencoded ", true},
    {"application/x-www-form-urlencodedx", false},
    {"application/x-www-form-urlencoded, text/plain", false},
    {"application/x-www-form-urlencoded x", false},
    {"application/x-www-form", false},
    {"text/plain; application/x-www-form-urlencoded", false},
    {"", false},
    {NULL, false},
};

static void test_content_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(content_types); i++) {
        if (content_type_is(content_types[i].header, "application/x-www-form-urlencoded") !=
            content_types[i].is_form)
            fail_msg("case %zu '%s'", i, content_types[i].header);
    }
}

#define JSON "application/json"
#define HTML "text/html"

static const struct {
    const char *header;
    bool is_json;
} accepts[] = {
    {JSON, true},
    {"Application/JSON", true},
    {JSON "; charset=utf-8", true},
    {JSON ";odata=\"a,b;c\\\"d\"", true},
    {"application/*", true},
    {JSON ";q=0.001", true},
    {JSON ", " HTML ";q=0.9", true},
    {HTML ";q=0.9," JSON, true},
    {HTML ";Q=0.899, " JSON ";q=0.9", true},
    {HTML ";level=1;q=0.5, " JSON ";q=0.6", true},
    /* The nearer range overrules the wider one. */
    {HTML ";q=0, */*", true},
    {"text/*, " HTML ";q=0.1, " JSON ";q=0.2", true},
    {"*/*;q=1, application/*;q=0.1, " JSON ";q=0.5, " HTML ";q=0.4", true},
    {JSON ";q=0.2, " JSON ";q=0.9, " HTML ";q=0.5", true},
    /* Named beats let in. */
    {JSON ", text/plain, */*", true},
    {JSON ", text/*", true},
    {", ," JSON ",", true},
    {"\t" JSON " ;q=1.000 ; , x/y", true},
    /* Not preferred. */
    {NULL, false},
    {"", false},
    {"*/*", false},
    {HTML, false},
    {HTML "," JSON, false},
    {JSON "," HTML, false},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
     false},
    {JSON ";q=0", false},
    {JSON ";q=0, " HTML ";q=0", false},
    {JSON ";q=0.5, */*", false},
    {JSON ", " JSON ";q=0.3, " HTML ";q=1", false},
    {"application/json-seq", false},
    {"application/jso", false},
    {"application/*, text/*", false},
    {"text/json", false},
    /* Unreadable: nothing of it counts. */
    {"*", false},
    {"json", false},
    {JSON ", *", false},
    {JSON ", */json", false},
    {JSON ", text/", false},
    {JSON ", /html", false},
    {JSON ";q", false},
    {JSON ";q=", false},
    {JSON ";q=2", false},
    {JSON ";q=1.001", false},
    {JSON ";q=0.1234", false},
    {JSON ";q=.5", false},
    {JSON ";q=-1", false},
    {JSON ";q=0,5", false},
    {JSON ";q=01", false},
    {JSON ";q=0.5x", false},
    {JSON ";q=\"1\"", false},
    {JSON ";q=1;q=1", false},
    {JSON ";q =1", false},
    {JSON ";a=\"b", false},
    {JSON ";a=\"b\\", false},
    {JSON ";a=", false},
    {JSON " x", false},
    {"application /json", false},
    {JSON ", \xff", false},
};

static void test_accept(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(accepts); i++) {
        if (accept_prefers_json(accepts[i].header) != accepts[i].is_json)
            fail_msg("case %zu '%s'", i, accepts[i].header);
    }
}

static const struct {
    const char *header;
    bool takes_gzip;
} encodings[] = {
    {NULL, false},
    {"", false},
    {"gzip", true},
    {"GZip", true},
    {"gzip, deflate, br, zstd", true},
    {"br;q=1.0, gzip;q=0.8, *;q=0.1", true},
    {"deflate,gzip", true},
    {" gzip ; q=0.001", true},
    {"gzip;q=0", false},
    {"gzip;q=0.000, br", false},
    {"gzip;q=0, *", false},
    {"*", true},
    {"*;q=0", false},
    {"*;q=0, gzip", true},
    {"identity", false},
    {"gzipped", false},
    {"x gzip", false},
    {"gzip;q=2", false},
    {"gzip;q", false},
    {"gzip br", false},
    {",gzip,,", true},
};

static void test_encodings(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(encodings); i++) {
        if (accept_takes_gzip(encodings[i].header) != encodings[i].takes_gzip)
            fail_msg("case %zu '%s'", i, encodings[i].header);
    }
}

/* All weights with up to three decimals are told apart. */
static void test_weights(void **state)
{
    struct dice dice = {20261203};

    (void)state;
    for (int round = 0; round < 5000; round++) {
        unsigned json = (unsigned)dice_roll(&dice, 1001), html = (unsigned)dice_roll(&dice, 1001);
        const char *header = arena_printf(&arena, JSON ";q=%u.%03u," HTML ";q=%u.%03u", json / 1000,
                                          json % 1000, html / 1000, html % 1000);

        if (accept_prefers_json(header) != (json > html))
            fail_msg("seed 20261203: '%s'", header);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_cookies, setup, teardown),
    cmocka_unit_test_setup_teardown(test_content_types, setup, teardown),
    cmocka_unit_test_setup_teardown(test_accept, setup, teardown),
    cmocka_unit_test_setup_teardown(test_encodings, setup, teardown),
    cmocka_unit_test_setup_teardown(test_weights, setup, teardown),
};

RUN(tests)
