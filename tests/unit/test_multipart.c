#include "arena_fixture.h"

#include "http/form.h"

static const struct field declared[] = {
    {.name = "a", .max = 20},
    {.name = "list", .max = 20, .is_list = true},
    {.name = "text", .max = FORM_BYTES_MAX, .has_lines = true},
    {.name = "q\"\r\n", .max = 20},
};
#define FIELDS ARRAY_SIZE(declared)
#define TYPE "multipart/form-data; boundary=XX"

static const char *describe(const struct field *fields, const struct upload *file)
{
    const char *copy;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < FIELDS; i++) {
        for (size_t j = 0; j < fields[i].count; j++)
            buf_printf(&out, "%s=%s;", fields[i].name, fields[i].values[j]);
    }
    if (file && file->is_sent) {
        buf_printf(&out, "%s:%s:", file->field, file->name);
        buf_add(&out, file->data, file->len);
    }
    copy = arena_strdup(&arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* "name=value;... file:name:data" of what was sent, or "STATUS: sentence". */
static const char *read_form(const char *type, const char *data, size_t len, bool has_file)
{
    struct upload file = {.field = "file"};
    struct field fields[FIELDS];
    char *exact = malloc(len ? len : 1); /* a sanitizer sees reading beyond it */
    const char *result;
    enum status status;
    struct err err;

    memcpy(fields, declared, sizeof(fields));
    for (size_t i = 0; i < len; i++)
        exact[i] = data[i];
    status =
        multipart_read(&arena, type, exact, len, fields, FIELDS, has_file ? &file : NULL, &err);
    result = describe(fields, &file);
    if (status != OK) {
        assert_string_equal(result, "");
        assert_true(!file.is_sent && !file.name && !file.data && !file.len);
        assert_true(status == err.status && *err.text[LANG_VI]);
        result = arena_printf(&arena, "%d: %s", status, err.text[LANG_EN]);
    }
    assert_string_equal(file.field, "file");
    free(exact);
    return result;
}

static const char *read_text(const char *data)
{
    return read_form(TYPE, data, strlen(data), true);
}

static bool is_as_wanted(const char *got, const char *want)
{
    bool is_error = *want >= '0' && *want <= '9';

    return is_error ? strncmp(got, want, strlen(want)) == 0 : strcmp(got, want) == 0;
}

#define BAD "1: "
#define OVER "6: "
#define BROKEN BAD "The form with a file is broken: "
#define DISPOSITION "Content-Disposition: form-data; name="
#define PART(name, value) "--XX\r\n" DISPOSITION "\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, value)                                                                     \
    "--XX\r\n" DISPOSITION "\"file\"; filename=\"" name                                            \
    "\"\r\nContent-Type: application/pdf\r\n\r\n" value "\r\n"
#define END "--XX--\r\n"

static const struct {
    const char *data, *result;
} cases[] = {
    {END, ""},
    {"--XX--", ""},
    {PART("a", "1") END, "a=1;"},
    {PART("a", "1") "--XX--", "a=1;"},
    {PART("a", "") END, "a=;"},
    {PART("a", " x\t ") END, "a=x;"},
    {PART("a", "e\xcc\x81") END, "a=\xc3\xa9;"},
    {PART("text", "1\r\n\r\n2\r\n") END, "text=1\n\n2;"},
    {PART("a", "a%20b+c&d=e") END, "a=a%20b+c&d=e;"},
    {PART("list", "1") PART("a", "x") PART("list", "2") END, "a=x;list=1;list=2;"},
    {PART("q%22%0D%0A", "1") END, "q\"\r\n=1;"},
    {"--XX\r\ncontent-disposition:Form-Data;NAME=\"a\"\r\n\r\n1\r\n" END, "a=1;"},
    {"--XX\r\nContent-Type: text/plain\r\n" DISPOSITION "\"a\" ;\t\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\nContent-Type: text/plain\r\n" DISPOSITION "\"a\" \r\n\r\n1\r\n" END, "a=1;"},
    /* What looks like a boundary but is not at the beginning of a line. */
    {PART("text", "x--XX") END, "text=x--XX;"},
    {PART("text", "x\n--XX--") END, "text=x\n--XX--;"},
    {PART("text", "x\r\n--X") END, "text=x\n--X;"},
    {PART("text", "x\r\n-XX") END, "text=x\n-XX;"},
    {PART("text", "\r\n\r\n") END, "text=;"},
    /* Files. */
    {FILE_PART("x.pdf", "%PDF") END, "file:x.pdf:%PDF"},
    {FILE_PART("x.pdf", "") END, "file:x.pdf:"},
    {FILE_PART("", "") END, ""},
    {FILE_PART("", "x") END, "file::x"},
    {FILE_PART("x", "\xff\x01") PART("a", "1") END, "a=1;file:x:\xff\x01"},
    {FILE_PART("C:\\Users\\An\\x.pdf", "1") END, "file:x.pdf:1"},
    {FILE_PART("/etc/../x.pdf", "1") END, "file:x.pdf:1"},
    {FILE_PART("a/b\\c", "1") END, "file:c:1"},
    {FILE_PART("folder/", "1") END, "file::1"},
    {FILE_PART("gi\xe1\xba\xa5y ph\xc3\xa9p.pdf", "1") END,
     "file:gi\xe1\xba\xa5y ph\xc3\xa9p.pdf:1"},
    {FILE_PART("gia\xcc\x82\xcc\x81y", "1") END, "file:gi\xe1\xba\xa5y:1"},
    {FILE_PART(" x%22y%0d%0A%41% ", "1") END, "file:x\"y??%41%:1"},
    {FILE_PART("x\xffy\xc3", "1") END, "file:x?y?:1"},
    {FILE_PART("x\xc2\x9by", "1") END, "file:x??y:1"},
    {FILE_PART("x\xe2\x80\xae"
               "fdp.exe",
               "1") END,
     "file:x???fdp.exe:1"},
    /* Fields that are refused. */
    {PART("a", "1") PART("a", "1") END, BAD "Field \"a\" was sent twice"},
    {PART("c", "1") END, BAD "This form has no field \"c\"."},
    {PART("", "1") END, BAD "This form has no field \"\"."},
    {PART("a%00", "1") END, BAD "This form has no field \"a%00\"."},
    {PART("a", "123456789012345678901") END, OVER "Field \"a\" has 21 bytes"},
    {PART("a", "\xff") END, BAD "Field \"a\" is not UTF-8"},
    {PART("a", "x\x01y") END, BAD "Field \"a\" has control"},
    {PART("a", "x\r\ny") END, BAD "Field \"a\" has control"},
    {PART("a", "1") FILE_PART("x", "1") PART("a", "1") END, BAD "Field \"a\" was sent twice"},
    {FILE_PART("x", "1") FILE_PART("x", "1") END, BAD "Field \"file\" has two files"},
    {FILE_PART("", "") FILE_PART("x", "1") END, BAD "Field \"file\" has two files"},
    {PART("file", "1") END, BAD "Field \"file\" must be a file"},
    {"--XX\r\n" DISPOSITION "\"a\"; filename=\"x\"\r\n\r\n1\r\n" END,
     BAD "Field \"a\" must not be a file"},
    {"--XX\r\n" DISPOSITION "\"b\"; filename=\"x\"\r\n\r\n1\r\n" END,
     BAD "This form has no field \"b\"."},
    /* Bodies that are broken. */
    {"", BROKEN "it does not begin with its boundary."},
    {"\r\n" END, BROKEN "it does not begin"},
    {"preamble\r\n" END, BROKEN "it does not begin"},
    {"--X", BROKEN "it does not begin"},
    {"--XY--", BROKEN "it does not begin"},
    {"--XX", BROKEN "a boundary must be followed"},
    {"--XX-", BROKEN "a boundary must be followed"},
    {"--XX\n", BROKEN "a boundary must be followed"},
    {"--XX \r\n", BROKEN "a boundary must be followed"},
    {"--XX\r\n", BROKEN "the headers of a part are cut"},
    {"--XX\r\n" END, BAD "The form with a file is broken: a part has the header \"--XX--\""},
    {"--XX\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part must be"},
    {"--XX\r\n" DISPOSITION "\"a\"\r\n", BROKEN "the headers of a part are cut"},
    {"--XX\r\n" DISPOSITION "\"a\"\n\n1\r\n" END, BROKEN "a header of a part has control"},
    {"--XX\r\n" DISPOSITION "\"a\x01\"\r\n\r\n1\r\n" END, BROKEN "a header of a part has control"},
    {PART("a", "1"), BROKEN "a part has no end."},
    {"--XX\r\n" DISPOSITION "\"a\"\r\n\r\n" END, BROKEN "a part has no end."},
    {PART("a", "1") "--XX", BROKEN "a boundary must be followed"},
    {PART("a", "1") "--XX-", BROKEN "a boundary must be followed"},
    {PART("a", "1") "--XXX--", BROKEN "a boundary must be followed"},
    {PART("text", "1\r\n--XX2") END, BROKEN "a boundary must be followed"},
    {PART("a", "1") END "epilogue", BROKEN "data follows its last boundary."},
    {PART("a", "1") END "\r\n", BROKEN "data follows"},
    {END PART("a", "1") END, BROKEN "data follows"},
    /* Headers of parts that are refused. */
    {"--XX\r\nContent-Type: text/plain\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "a\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\\\"b\"\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\"; name=\"b\"\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\"; filename*=utf-8''x\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\" x\r\n\r\n1\r\n" END, BROKEN "Content-Disposition of a part"},
    {"--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\nContent-Disposition: form-datax; name=\"a\"\r\n\r\n1\r\n" END,
     BROKEN "Content-Disposition of a part"},
    {"--XX\r\n" DISPOSITION "\"a\"\r\n" DISPOSITION "\"a\"\r\n\r\n1\r\n" END,
     BROKEN "a part has a header twice."},
    {"--XX\r\n" DISPOSITION "\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END,
     BROKEN "a part has the header \"Content-Transfer-Encoding\""},
    {"--XX\r\n" DISPOSITION "\"a\";\r\n x=\"y\"\r\n\r\n1\r\n" END,
     BROKEN "a part has the header \" x=\"y\"\""},
    {"--XX\r\n" DISPOSITION "\"a\"\r\nContent-Type: Multipart/Mixed; boundary=Y\r\n\r\n1\r\n" END,
     BROKEN "a part is multipart itself."},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *got = read_text(cases[i].data);

        if (!is_as_wanted(got, cases[i].result))
            fail_msg("case %zu '%s': got '%s', not '%s'", i, cases[i].data, got, cases[i].result);
    }
}

#define NO_BOUNDARY BAD "A form with a file must be multipart/form-data with one boundary."
#define B70 "1234567890123456789012345678901234567890123456789012345678901234567890"

static const struct {
    const char *type, *boundary; /* NULL: refused */
} types[] = {
    {"multipart/form-data; boundary=XX", "XX"},
    {"Multipart/Form-Data;Boundary=XX", "XX"},
    {"multipart/form-data; boundary=\"XX\"", "XX"},
    {"multipart/form-data; boundary=\"X X\"", "X X"},
    {"multipart/form-data; boundary=----WebKitFormBoundaryAb12", "----WebKitFormBoundaryAb12"},
    {"multipart/form-data; boundary=\"'()+_,-./:=?z\"", "'()+_,-./:=?z"},
    {"multipart/form-data; charset=utf-8; boundary=XX", "XX"},
    {"multipart/form-data; boundary=XX ; charset=\"utf-8\"", "XX"},
    {"multipart/form-data; boundary=" B70, B70},
    {"multipart/form-data; boundary=" B70 "1", NULL},
    {"multipart/form-data; boundary=\"\"", NULL},
    {"multipart/form-data; boundary=", NULL},
    {"multipart/form-data; boundary=\"XX", NULL},
    {"multipart/form-data; boundary=\"XX \"", NULL},
    {"multipart/form-data; boundary=X\\X", NULL},
    {"multipart/form-data; boundary=X\xc3\xa9", NULL},
    {"multipart/form-data; boundary=XX; boundary=XX", NULL},
    {"multipart/form-data; boundary=XX; boundary=YY", NULL},
    {"multipart/form-data; boundary=XX YY", NULL},
    {"multipart/form-data; boundary=XX;", NULL},
    {"multipart/form-data; xboundary=XX", NULL},
    {"multipart/form-data; charset=boundary=XX", NULL},
    {"multipart/form-data", NULL},
    {"multipart/mixed; boundary=XX", NULL},
    {"multipart/form-datax; boundary=XX", NULL},
    {"application/x-www-form-urlencoded", NULL},
    {"", NULL},
    {NULL, NULL},
};

static void test_types(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        const char *boundary = types[i].boundary ? types[i].boundary : "XX";
        const char *data = arena_printf(
            &arena, "--%s\r\n" DISPOSITION "\"a\"\r\n\r\n1\r\n--%s--\r\n", boundary, boundary);
        const char *got = read_form(types[i].type, data, strlen(data), true);

        if (strcmp(got, types[i].boundary ? "a=1;" : NO_BOUNDARY) != 0)
            fail_msg("case %zu '%s': got '%s'", i, types[i].type, got);
    }
}

static const char *repeated(const char *start, const char *text, size_t times, const char *end)
{
    struct buf out;
    const char *copy;

    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, start);
    for (size_t i = 0; i < times; i++)
        buf_puts(&out, text);
    buf_puts(&out, end);
    copy = arena_strdup(&arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void check_starts(const char *got, const char *start)
{
    if (strncmp(got, start, strlen(start)) != 0)
        fail_msg("got '%s', not '%s'", got, start);
}

static void test_limits(void **state)
{
    const char *name;

    (void)state;
    check_starts(read_text(repeated("", PART("list", "1"), FORM_LIST_MAX, END)), "list=1;");
    check_starts(read_text(repeated("", PART("list", "1"), FORM_LIST_MAX + 1, END)),
                 OVER "Field \"list\" has more than 64 values.");
    check_starts(read_text(repeated("--XX\r\nX", "-", 1100, "")), OVER "The headers of a part hav");
    check_starts(read_text(repeated("--XX\r\nX", "-", 1000, "")), BROKEN "the headers of a part a");
    name = repeated("--XX\r\n" DISPOSITION "\"", "x", 101, "\"\r\n\r\n1\r\n" END);
    check_starts(read_text(name), OVER "The field name that starts with \"xxx");
    /* Fields together, names and values: 4 + 65532 bytes. The file does not count. */
    name = repeated(FILE_PART("x", "1") "--XX\r\n" DISPOSITION "\"text\"\r\n\r\n", "y",
                    FORM_BYTES_MAX - 4, "\r\n" END);
    check_starts(read_text(name), "text=yyy");
    name = repeated("--XX\r\n" DISPOSITION "\"text\"\r\n\r\n", "y", FORM_BYTES_MAX - 3, "\r\n" END);
    check_starts(read_text(name), OVER "The fields together have more than 131072 bytes, counted");
    name = repeated("--XX\r\n" DISPOSITION "\"text\"\r\n\r\n", "y", FORM_BYTES_MAX - 4,
                    "\r\n" PART("a", "") END);
    check_starts(read_text(name), OVER "The fields together have more than 131072 bytes, counted");
    name = repeated(FILE_PART("x", "1") "--XX\r\n" DISPOSITION "\"file\"; filename=\"x\"\r\n\r\n",
                    "y", 3 * FORM_BYTES_MAX, "\r\n" END);
    check_starts(read_text(name), BAD "Field \"file\" has two files");
    /* A name of a file is cut between characters: 1 + 2 * 59 bytes. */
    name = repeated("--XX\r\n" DISPOSITION "\"file\"; filename=\"x", "\xc4\x91", 70,
                    "\"\r\n\r\n1\r\n" END);
    assert_string_equal(read_text(name), repeated("file:x", "\xc4\x91", 59, ":1"));
}

static void test_parts_limit(void **state)
{
    struct field fields[FORM_FIELDS_MAX + 1];
    struct buf data;
    struct err err;

    (void)state;
    buf_init(&data, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        fields[i] = (struct field){.name = arena_printf(&arena, "f%zu", i), .max = 9};
        buf_printf(&data, "--XX\r\n" DISPOSITION "\"f%zu\"\r\n\r\n%zu\r\n", i, i);
        if (i + 2 == ARRAY_SIZE(fields)) {
            struct buf whole;

            buf_init(&whole, BUF_MAX_DEFAULT);
            buf_printf(&whole, "%s" END, data.data);
            assert_int_equal(multipart_read(&arena, TYPE, whole.data, whole.len, fields,
                                            ARRAY_SIZE(fields), NULL, &err),
                             OK);
            assert_string_equal(fields[i].value, "299");
            buf_free(&whole);
        }
    }
    buf_puts(&data, END);
    assert_int_equal(
        multipart_read(&arena, TYPE, data.data, data.len, fields, ARRAY_SIZE(fields), NULL, &err),
        LIMIT);
    assert_string_equal(err.text[LANG_EN], "The form has more than 300 parts.");
    buf_free(&data);
}

static void test_without_file(void **state)
{
    static const char data[] = FILE_PART("x", "1") END;

    (void)state;
    check_starts(read_form(TYPE, data, sizeof(data) - 1, false), BAD "This form has no field \"fi");
    assert_string_equal(read_form(TYPE, PART("a", "1") END, strlen(PART("a", "1") END), false),
                        "a=1;");
    check_starts(read_form(TYPE, NULL, 0, true), BROKEN "it does not begin");
}

/* Every beginning of a form is refused, and says why. */
static void test_cut(void **state)
{
    static const char data[] = PART("a", "1") FILE_PART("x.pdf", "%PDF-1.7\r\n%%EOF") "--XX--";

    (void)state;
    for (size_t len = 0; len < sizeof(data) - 1; len++)
        check_starts(read_form(TYPE, data, len, true), BAD);
    check_starts(read_form(TYPE, data, sizeof(data) - 1, true), "a=1;file:x.pdf:");
}

/* Any bytes in which the boundary does not stand come out as they went in. */
static void test_random(void **state)
{
    static const char *const bits[] = {"\r\n", "--", "X", "XX", "\r", "\n", "-", "\r\n--X", "\xff"};
    struct dice dice = {20261202};

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct upload file = {.field = "file"};
        struct buf inner, data;
        struct err err;

        buf_init(&inner, BUF_MAX_DEFAULT);
        buf_init(&data, BUF_MAX_DEFAULT);
        for (size_t i = dice_roll(&dice, 12); i; i--)
            buf_puts(&inner, bits[dice_roll(&dice, ARRAY_SIZE(bits))]);
        buf_printf(&data, "--XX\r\n" DISPOSITION "\"file\"; filename=\"x\"\r\n\r\n%s\r\n" END,
                   buf_text(&inner));
        if (!strstr(buf_text(&inner), "\r\n--XX")) {
            if (multipart_read(&arena, TYPE, data.data, data.len, NULL, 0, &file, &err) != OK)
                fail_msg("seed 20261202, round %d: %s", round, err.text[LANG_EN]);
            assert_int_equal(file.len, inner.len);
            assert_memory_equal(file.data, buf_text(&inner), inner.len);
        }
        buf_free(&inner);
        buf_free(&data);
        arena_reset(&arena);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_cases, setup, teardown),
    cmocka_unit_test_setup_teardown(test_types, setup, teardown),
    cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(test_parts_limit, setup, teardown),
    cmocka_unit_test_setup_teardown(test_without_file, setup, teardown),
    cmocka_unit_test_setup_teardown(test_cut, setup, teardown),
    cmocka_unit_test_setup_teardown(test_random, setup, teardown),
};

RUN(tests)
