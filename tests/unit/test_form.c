#include "arena_fixture.h"

#include <utf8proc.h>

#include "base/text.h"
#include "http/form.h"

static const struct field declared[] = {
    {.name = "a", .max = 20},
    {.name = "b", .max = 20},
    {.name = "text", .max = 20, .has_lines = true},
    {.name = "raw", .max = 20, .is_raw = true},
    {.name = "list", .max = 5, .is_list = true},
    {.name = "địa chỉ", .max = 20},
};
#define FIELDS ARRAY_SIZE(declared)

static void check_nothing_sent(const struct field *fields)
{
    for (size_t i = 0; i < FIELDS; i++) {
        assert_false(fields[i].is_sent);
        assert_null(fields[i].value);
        assert_null(fields[i].values);
        assert_int_equal(fields[i].count, 0);
    }
}

/* "name=[value][value] name=..." of what was sent, or "STATUS: sentence". */
static const char *read_form(const char *data, size_t len)
{
    struct field fields[FIELDS];
    const char *copy;
    struct buf out;
    struct err err;
    enum status status;
    char *exact = malloc(len ? len : 1); /* a sanitizer sees reading beyond it */

    memcpy(fields, declared, sizeof(fields));
    for (size_t i = 0; i < len; i++)
        exact[i] = data[i];
    status = form_read(&arena, exact, len, fields, FIELDS, &err);
    free(exact);
    if (status != OK) {
        check_nothing_sent(fields);
        assert_true(status == err.status && *err.text[LANG_VI]);
        return arena_printf(&arena, "%d: %s", status, err.text[LANG_EN]);
    }
    buf_init(&out, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < FIELDS; i++) {
        if (!fields[i].is_sent)
            continue;
        buf_printf(&out, "%s%s=", out.len ? " " : "", fields[i].name);
        assert_ptr_equal(fields[i].value, fields[i].values[0]);
        for (size_t j = 0; j < fields[i].count; j++)
            buf_printf(&out, "[%s]", fields[i].values[j]);
    }
    copy = arena_strdup(&arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

#define BAD "1: "
#define OVER "6: "

static const struct {
    const char *data, *result;
} cases[] = {
    {"", ""},
    {"a=1", "a=[1]"},
    {"a=", "a=[]"},
    {"a", "a=[]"},
    {"b=2&a=1", "a=[1] b=[2]"},
    {"a=x%20y+z%2B%26%3d", "a=[x y z+&=]"},
    {"a=x=y==", "a=[x=y==]"},
    {"%61=1&%6C%69st=z", "a=[1] list=[z]"},
    {"list=1&list=2&list=&list=2", "list=[1][2][][2]"},
    {"%C4%91%E1%BB%8Ba+ch%e1%bb%89=Ch%C3%AD+Linh", "địa chỉ=[Chí Linh]"},
    {"địa+chỉ=Chí+Linh", "địa chỉ=[Chí Linh]"},
    /* Blanks at the ends, of every kind; those inside stay. */
    {"a=++x++y++", "a=[x  y]"},
    {"a=+%09%0D%0A+", "a=[]"},
    {"a=%C2%A0x%C2%A0y%C2%A0", "a=[x\xc2\xa0y]"},
    {"a=%EF%BB%BFx%E2%80%8B", "a=[x]"},
    {"a=%E3%80%80%E2%80%AF%C2%85x%E2%81%A0%E2%80%A8", "a=[x]"},
    {"a=%0A0801234567%09", "a=[0801234567]"},
    {"raw=+x%0D%0A%09%01+", "raw=[ x\r\n\t\x01 ]"},
    /* NFC: e + circumflex + dot below, in both orders. */
    {"a=Vie%CC%82%CC%A3t", "a=[Vi\xe1\xbb\x87t]"},
    {"a=Vie%CC%A3%CC%82t", "a=[Vi\xe1\xbb\x87t]"},
    {"raw=Vie%CC%A3%CC%82t", "raw=[Vie\xcc\xa3\xcc\x82t]"},
    {"text=1%0D%0A2%0A3%094%0D%0A", "text=[1\n2\n3\t4]"},
    /* As it is kept, the value has 20 bytes. */
    {"a=++++12345678901234567890++++", "a=[12345678901234567890]"},
    {"text=%0D%0A1%0D%0A345678901234567890%0D%0A", "text=[1\n345678901234567890]"},
    /* What is refused. */
    {"a=123456789012345678901", OVER "Field \"a\" has 21 bytes; at most 20 are allowed"},
    {"raw=+1234567890123456789+", OVER "Field \"raw\" has 21 bytes"},
    {"list=1&list=123456", OVER "Field \"list\" has 6 bytes"},
    {"a=1&a=1", BAD "Field \"a\" was sent twice"},
    {"a&a", BAD "Field \"a\" was sent twice"},
    {"c=1", BAD "This form has no field \"c\"."},
    {"A=1", BAD "This form has no field \"A\"."},
    {"a%00=1", BAD "This form has no field \"a?\"."},
    {"aa=1", BAD "This form has no field \"aa\"."},
    {"=1", BAD "This form has no field \"\"."},
    {"a=1&", BAD "This form has no field \"\"."},
    {"a=1&&b=2", BAD "This form has no field \"\"."},
    {"&", BAD "This form has no field \"\"."},
    {"x%0A%1b%9by=1", BAD "This form has no field \"x???y\"."},
    {"x%E2%80%AEy=1", BAD "This form has no field \"x???y\"."},
    {"x\xff=1", BAD "This form has no field \"x?\"."},
    {"a=%", BAD "Field \"a\" has a % without two hex digits"},
    {"a=%2", BAD "Field \"a\" has a %"},
    {"a=%2&b=0", BAD "Field \"a\" has a %"},
    {"a=%g0", BAD "Field \"a\" has a %"},
    {"a=%0g", BAD "Field \"a\" has a %"},
    {"a=%%20", BAD "Field \"a\" has a %"},
    {"a=100%", BAD "Field \"a\" has a %"},
    {"a%=1", BAD "Field \"a%\" has a %"},
    {"raw=%zz", BAD "Field \"raw\" has a %"},
    {"a=%FF", BAD "Field \"a\" is not UTF-8"},
    {"a=%C3", BAD "Field \"a\" is not UTF-8"},
    {"a=%C0%80", BAD "Field \"a\" is not UTF-8"},
    {"a=%ED%A0%80", BAD "Field \"a\" is not UTF-8"},
    {"raw=%FF", BAD "Field \"raw\" is not UTF-8"},
    {"a=x%00y", BAD "Field \"a\" has a NUL"},
    {"a=%00", BAD "Field \"a\" has a NUL"},
    {"raw=%00", BAD "Field \"raw\" has a NUL"},
    {"a=x%0Ay", BAD "Field \"a\" has control characters (tab"},
    {"a=x%09y", BAD "Field \"a\" has control"},
    {"a=x%1By", BAD "Field \"a\" has control"},
    {"a=x%7Fy", BAD "Field \"a\" has control"},
    {"a=x%C2%9By", BAD "Field \"a\" has control"},
    {"text=x%0Dy", BAD "Field \"text\" has control characters; remove"},
    {"text=x%0D%0D%0Ay", BAD "Field \"text\" has control"},
    {"text=x%0By", BAD "Field \"text\" has control"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *got = read_form(cases[i].data, strlen(cases[i].data));
        const char *want = cases[i].result;
        bool is_error = *want >= '0' && *want <= '9';

        if (is_error ? strncmp(got, want, strlen(want)) != 0 : strcmp(got, want) != 0)
            fail_msg("case %zu '%s': got '%s', not '%s'", i, cases[i].data, got, want);
    }
    assert_string_equal(read_form("a=\0x", 4), BAD "Field \"a\" has a NUL character; remove it and "
                                                   "send it again.");
    assert_string_equal(read_form("a\0=x", 4), BAD "This form has no field \"a?\".");
}

static const char *repeated(const char *start, const char *text, size_t times)
{
    struct buf out;
    const char *copy;

    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, start);
    for (size_t i = 0; i < times; i++)
        buf_puts(&out, text);
    copy = arena_strdup(&arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* Names that a link got on its way are passed over; what cannot be read was not sent. */
static void test_query(void **state)
{
    static const struct {
        const char *query, *a;
        size_t list;
    } queries[] = {
        {"", NULL, 0},
        {"a=1", "1", 0},
        {"fbclid=IwAR0_x-y&a=1", "1", 0},
        {"a=1&zarsrc=30&utm_source=zalo&utm_medium=zalo", "1", 0},
        {"&&=&a=x%20y&", "x y", 0},
        {"gclid=%&%zz=1&a=1&x\xff=%", "1", 0},
        {"list=1&list=2&list=123456&a", "", 2},
        {"a=1&a=2", "1", 0},
        {"a=%FF", NULL, 0},
        {"a=123456789012345678901", NULL, 0},
        {"a%00=1", NULL, 0},
        {"A=1", NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(queries); i++) {
        struct field fields[FIELDS];

        memcpy(fields, declared, sizeof(fields));
        query_read(&arena, queries[i].query, fields, FIELDS);
        for (size_t k = 0; k < FIELDS; k++) {
            if (strcmp(fields[k].name, "a") == 0 && queries[i].a)
                assert_string_equal(fields[k].value, queries[i].a);
            else if (strcmp(fields[k].name, "a") == 0)
                assert_null(fields[k].value);
            if (strcmp(fields[k].name, "list") == 0)
                assert_int_equal(fields[k].count, queries[i].list);
        }
    }
    query_read(&arena, repeated("a=1", "&x=1", FORM_FIELDS_MAX), NULL, 0);
}

static const char *read_repeated(const char *start, const char *text, size_t times)
{
    const char *data = repeated(start, text, times);

    return read_form(data, strlen(data));
}

static void check_starts(const char *got, const char *start)
{
    if (strncmp(got, start, strlen(start)) != 0)
        fail_msg("got '%s', not '%s'", got, start);
}

static void test_limits(void **state)
{
    static char many[FORM_BYTES_MAX + 1];
    struct field fields[FORM_FIELDS_MAX + 1];
    struct buf data;
    struct err err;

    (void)state;
    assert_string_equal(read_repeated("list=7", "&list=7", FORM_LIST_MAX - 1),
                        repeated("list=", "[7]", FORM_LIST_MAX));
    check_starts(read_repeated("list=7", "&list=7", FORM_LIST_MAX),
                 OVER "Field \"list\" has more than 64 values.");
    check_starts(read_repeated("", "x", FORM_NAME_BYTES_MAX), BAD "This form has no field \"xxxx");
    check_starts(read_repeated("", "x", FORM_NAME_BYTES_MAX + 1), OVER "The field name that star");
    check_starts(read_repeated("", "%C4%91", 51),
                 OVER "The field name that starts with \"%C4%91%C4");
    check_starts(read_repeated("text=e", "%CC%81", 40), BAD "Field \"text\" has a letter with mo");
    check_starts(read_repeated("text=e", "%CC%81", 31), BAD "Field \"text\" has a letter with mo");
    check_starts(read_repeated("text=e", "%CC%81", 30), OVER "Field \"text\" has 60 bytes");
    memset(many, 'x', sizeof(many));
    check_starts(read_form(many, sizeof(many)), OVER "The form has 131073 bytes; at most 131072");
    check_starts(read_form(many, sizeof(many) - 1), OVER "The field name that starts with");

    buf_init(&data, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
        fields[i] = (struct field){.name = arena_printf(&arena, "f%zu", i), .max = 9};
        if (i == FORM_FIELDS_MAX)
            assert_int_equal(
                form_read(&arena, data.data, data.len, fields, ARRAY_SIZE(fields), &err), OK);
        buf_printf(&data, "%sf%zu=%zu", i ? "&" : "", i, i);
    }
    assert_string_equal(fields[299].value, "299");
    assert_int_equal(form_read(&arena, data.data, data.len, fields, ARRAY_SIZE(fields), &err),
                     LIMIT);
    assert_string_equal(err.text[LANG_EN], "The form has more than 300 fields.");
    assert_null(fields[0].value);
    buf_free(&data);
}

static void test_sentences(void **state)
{
    struct field field = {.name = "x", .max = 10};
    struct err err;

    (void)state;
    assert_int_equal(form_read(&arena, "x=1&x=2", 7, &field, 1, &err), BAD_INPUT);
    assert_string_equal(err.text[LANG_VI],
                        "Trường \"x\" được gửi hai lần; mỗi trường chỉ được có một giá trị.");
    assert_int_equal(form_read(&arena, "x=1&x=2", 7, &field, 1, NULL), BAD_INPUT);
    assert_int_equal(form_read(&arena, NULL, 0, &field, 1, &err), OK);
    assert_false(field.is_sent);
    assert_int_equal(form_read(&arena, "x=1", 3, &field, 1, &err), OK);
    assert_int_equal(form_read(&arena, NULL, 0, &field, 1, &err), OK);
    assert_null(field.value); /* nothing is left of the form before */
    assert_int_equal(form_read(&arena, NULL, 0, NULL, 0, &err), OK);
    assert_int_equal(form_read(&arena, "x", 1, NULL, 0, &err), BAD_INPUT);
}

/* A character that people might send; marks and blanks come often. */
static int32_t random_char(struct dice *dice)
{
    static const int32_t often[] = {' ',    0xa0,   0xfeff, 0x200b, 0x3000, 0x301, 0x323,
                                    0x302,  0x31b,  'e',    'o',    'A',    '%',   '&',
                                    0x1ec7, 0x1100, 0x1161, 0x11a8, 0x2126, 0x958, 0x1d15e};
    int32_t code;

    if (dice_roll(dice, 2))
        return often[dice_roll(dice, ARRAY_SIZE(often))];
    do {
        code = (int32_t)dice_roll(dice, dice_roll(dice, 2) ? 0x250 : 0x110000);
    } while (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code < 0xe000));
    return code;
}

static bool is_blank(int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    return (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP) ||
           (code >= 0x200b && code <= 0x200f) || code == 0x2060 || code == 0xfeff || code == 0x180e;
}

static void encode(struct dice *dice, struct buf *out, const int32_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t len = utf8proc_encode_char(codes[i], bytes);

        for (utf8proc_ssize_t j = 0; j < len; j++) {
            bool is_plain = bytes[j] > 0x20 && !strchr("%&+", bytes[j]);

            if (bytes[j] == ' ' && dice_roll(dice, 2))
                buf_putc(out, '+');
            else if (is_plain && dice_roll(dice, 2))
                buf_putc(out, (char)bytes[j]);
            else
                buf_printf(out, dice_roll(dice, 2) ? "%%%02x" : "%%%02X", bytes[j]);
        }
    }
}

/* What is kept is what utf8proc makes of the text between its blanks. */
static void test_random(void **state)
{
    struct dice dice = {20261201};

    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct field field = {.name = "x", .max = 2000};
        int32_t codes[24];
        size_t count = dice_roll(&dice, ARRAY_SIZE(codes)), first = 0, last;
        utf8proc_uint8_t plain[4 * ARRAY_SIZE(codes) + 1], *normal;
        size_t len = 0;
        struct err err;
        struct buf data;

        for (size_t i = 0; i < count; i++)
            codes[i] = random_char(&dice);
        for (last = count; last > first && is_blank(codes[last - 1]);)
            last--;
        while (first < last && is_blank(codes[first]))
            first++;
        for (size_t i = first; i < last; i++)
            len += (size_t)utf8proc_encode_char(codes[i], plain + len);
        plain[len] = '\0';
        normal = utf8proc_NFC(plain);
        buf_init(&data, BUF_MAX_DEFAULT);
        buf_puts(&data, "x=");
        encode(&dice, &data, codes, count);
        if (form_read(&arena, data.data, data.len, &field, 1, &err) != OK)
            fail_msg("seed 20261201, round %d: '%s': %s", round, data.data, err.text[LANG_EN]);
        if (strcmp(field.value, (const char *)normal) != 0)
            fail_msg("seed 20261201, round %d: '%s' became '%s'", round, data.data, field.value);
        free(normal);
        buf_free(&data);
        arena_reset(&arena);
    }
}

/* 64 KiB of marks that would have to be sorted, or of what is taken apart into such: at once. */
static void test_marks(void **state)
{
    static const char *const marks[] = {"\xcc\x81\xcc\xa3", "\xe0\xbd\xb3\xe0\xbd\xb1", "\xcd\x84"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
        const char *data = repeated("x=e", marks[i], 60000 / strlen(marks[i]));
        struct field field = {.name = "x", .max = FORM_BYTES_MAX};
        struct err err;

        assert_int_equal(form_read(&arena, data, strlen(data), &field, 1, &err), BAD_INPUT);
        check_starts(err.text[LANG_EN], "Field \"x\" has a letter with more than 30 marks");
    }
    /* 29 that become 58. */
    check_starts(read_repeated("text=e", "%E0%BD%B3", 29), BAD "Field \"text\" has a letter with");
    assert_int_equal(text_marks_run("a\xcc\x81\xcc\xa3z\xcc\x81", 8), 2);
    assert_int_equal(text_marks_run("", 0), 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_cases, setup, teardown),
    cmocka_unit_test_setup_teardown(test_query, setup, teardown),
    cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(test_sentences, setup, teardown),
    cmocka_unit_test_setup_teardown(test_random, setup, teardown),
    cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
};

RUN(tests)
