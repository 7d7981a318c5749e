#include "arena_fixture.h"

#include <unistd.h>

#include "base/csv.h"

/* Reads everything: "line|field|field\n" per row, then "end" or "LINE: fault". */
static const char *read_all(struct csv_reader *reader)
{
    const char *text;
    const struct csv_row *row;
    enum csv_result result;
    struct buf all;

    buf_init(&all, BUF_MAX_DEFAULT);
    while ((result = csv_reader_next(reader, &faults, &row)) == CSV_ROW) {
        buf_printf(&all, "%d", row->line);
        for (size_t i = 0; i < row->count; i++) {
            assert_int_equal(strlen(row->fields[i].text), row->fields[i].len);
            buf_printf(&all, "|%s", row->fields[i].text);
        }
        buf_puts(&all, "\n");
    }
    if (result == CSV_END) {
        buf_puts(&all, "end");
    } else {
        assert_int_equal(csv_reader_next(reader, &faults, &row), CSV_BROKEN);
        assert_int_equal(faults.count, 1);
        buf_printf(&all, "%d: %.20s", faults.items[0].place.line, faults.items[0].text[LANG_EN]);
    }
    assert_false(all.is_full);
    text = arena_strdup(&arena, buf_text(&all));
    buf_free(&all);
    return text;
}

static const char *read_text(const char *text, size_t len)
{
    struct csv_reader *reader;
    const char *all;

    faults_init(&faults, &arena);
    reader = csv_reader_text("t.csv", text, len, &faults);
    all = read_all(reader);
    csv_reader_free(reader);
    return all;
}

static const struct {
    const char *text, *rows;
} read_cases[] = {
    {"", "end"},
    {"\n\r\n  \n", "end"},
    {"a,b\n1,2\n", "1|a|b\n2|1|2\nend"},
    {"a;b\r\n1;2\r\n", "1|a|b\n2|1|2\nend"},
    {"a\tb\n1\t2", "1|a|b\n2|1|2\nend"},
    {"a\tb\n\t\n1\t\n", "1|a|b\n2||\n3|1|\nend"},
    {"\xef\xbb\xbf"
     "a;b\n1;2,5\n",
     "1|a|b\n2|1|2,5\nend"},
    {"a,b\r1,2\r\r3,4", "1|a|b\n2|1|2\n4|3|4\nend"},
    {"a,b\n\n\n1,2\n", "1|a|b\n4|1|2\nend"},
    {"a;b\n\"x;y\";\"say \"\"hi\"\"\"\n", "1|a|b\n2|x;y|say \"hi\"\nend"},
    {"a,b\n\"x\ny\",2\n3,4\n", "1|a|b\n2|x\ny|2\n4|3|4\nend"},
    {"a,b\r\n\"x\r\n\r\ny\",\"p\r\nq\"\r\n3,4\r\n", "1|a|b\n2|x\r\n\r\ny|p\r\nq\n6|3|4\nend"},
    {"\"a;b\",c\n1,2\n", "1|a;b|c\n2|1|2\nend"},
    {"one\n1\n2", "1|one\n2|1\n3|2\nend"},
    {"a, b ,\" c \"\n", "1|a|b| c \nend"},
    {"a,b\n,\n", "1|a|b\n2||\nend"},
    {"a,b\n\"\",\"\"\n", "1|a|b\n2||\nend"},
    {"tên,địa bàn\nCông ty Đại Phát,Chí Linh\n", "1|tên|địa bàn\n2|Công ty Đại Phát|Chí Linh\nend"},
    /* What is refused, and where. */
    {"a,b\n1,x\"y\n", "1|a|b\n2: field 2: a quotation"},
    {"a,b\n1,\"x\"y\n", "1|a|b\n2: field 2: a quotation"},
    {"a,b\n1,2\n\"open,3\n4,5\n", "1|a|b\n2|1|2\n3: the quotation mark t"},
    {"a,b\n1,\"open", "1|a|b\n2: the quotation mark t"},
    {"a,b\n\"x\ny\",\"open\nz\n", "1|a|b\n3: the quotation mark t"},
    {"a,b\n\"open;2\n\"x\";3\n", "1|a|b\n2: the quotation mark t"},
    {"a,b\n1,\xff\xfe\n", "1|a|b\n2: the file is no UTF-8"},
    {"a,b\n1,C\xf4ng ty\n", "1|a|b\n2: the file is no UTF-8"},
    {"\xff\xfe"
     "a",
     "1: the file is UTF-16; "},
    {"\xfe\xff"
     "a",
     "1: the file is UTF-16; "},
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(read_cases); i++) {
        const char *rows = read_text(read_cases[i].text, strlen(read_cases[i].text));

        if (strcmp(rows, read_cases[i].rows) != 0)
            fail_msg("case %zu: got '%s', not '%s'", i, rows, read_cases[i].rows);
    }
    assert_string_equal(read_text("a,b\n1,2\0\n", 9), "1|a|b\n2: the file is no UTF-8");
    assert_string_equal(read_text("a\0,\0b\0", 6), "1: the file is no UTF-8");
}

static void test_separator(void **state)
{
    static const struct {
        const char *text;
        char separator;
    } cases[] = {
        {"a,b;c,d\n", ','},   {"a;b;c,d\n", ';'}, {"a\tb", '\t'},
        {"\"a,b,c\";d", ';'}, {"one", ','},       {"\n\na;b\n", ';'},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct csv_reader *reader =
            csv_reader_text("t", cases[i].text, strlen(cases[i].text), &faults);
        const struct csv_row *row;

        assert_int_equal(csv_reader_next(reader, &faults, &row), CSV_ROW);
        assert_int_equal(csv_reader_separator(reader), cases[i].separator);
        csv_reader_free(reader);
    }
}

static char *repeated(const char *text, size_t times, size_t *len)
{
    size_t one = strlen(text);
    char *all = arena_alloc(&arena, one * times + 1, 1);

    for (size_t i = 0; i < times; i++)
        memcpy(all + i * one, text, one);
    *len = one * times;
    return all;
}

static const char *last_of(const char *rows)
{
    const char *end = strrchr(rows, '\n');

    return end ? end + 1 : rows;
}

static void test_limits(void **state)
{
    size_t len;
    char *text;

    (void)state;
    text = repeated(",", CSV_COLUMNS_MAX - 1, &len);
    assert_string_equal(last_of(read_text(text, len)), "end");
    text = repeated(",", CSV_COLUMNS_MAX, &len);
    assert_string_equal(read_text(text, len), "1: the row has more tha");
    text = repeated("x", CSV_FIELD_BYTES_MAX, &len);
    assert_string_equal(last_of(read_text(text, len)), "end");
    text = repeated("x", CSV_FIELD_BYTES_MAX + 1, &len);
    assert_string_equal(read_text(text, len), "1: field 1 is longer th");
    text = repeated("y12345678901234567890,", CSV_ROW_BYTES_MAX / 20, &len);
    assert_string_equal(read_text(text, len), "1: the row has more tha");
    text = repeated("x\n", CSV_ROW_BYTES_MAX, &len);
    text[0] = '"'; /* never closed: the rest of the file is one field */
    assert_string_equal(read_text(text, len), "1: the quotation mark t");
}

/* Every way in which a file may be cut into chunks gives the same rows. */
static void test_chunks(void **state)
{
    struct dice dice = {20261123};
    char path[] = P_tmpdir "/dxready-csv-XXXXXX";
    int fd = mkstemp(path);
    const char *from_text;
    struct buf text;

    (void)state;
    assert_true(fd >= 0);
    buf_init(&text, BUF_MAX_DEFAULT);
    buf_puts(&text, "a;b;c\r\n");
    while (text.len < 200000) {
        size_t fields = 1 + dice_roll(&dice, 3);

        for (size_t i = 0; i < fields; i++) {
            static const char *const parts[] = {"x",        "\"q\"\"\r\nr\"",
                                                "",         "Đại Phát",
                                                "\"\n\"",   "\"long, long; text \xe2\x82\xab\"",
                                                "123456789"};

            buf_printf(&text, "%s%s", i ? ";" : "", parts[dice_roll(&dice, ARRAY_SIZE(parts))]);
        }
        buf_puts(&text, dice_roll(&dice, 2) ? "\r\n" : dice_roll(&dice, 2) ? "\n" : "\r");
    }
    assert_int_equal(write(fd, text.data, text.len), text.len);
    close(fd);
    from_text = read_text(text.data, text.len);
    assert_string_equal(last_of(from_text), "end");
    faults_init(&faults, &arena);
    {
        struct csv_reader *reader = csv_reader_open(path, &faults);

        assert_non_null(reader);
        assert_string_equal(read_all(reader), from_text);
        csv_reader_free(reader);
    }
    unlink(path);
    buf_free(&text);
}

static void test_files(void **state)
{
    struct csv_reader *reader;

    (void)state;
    assert_null(csv_reader_open("/nowhere/x.csv", &faults));
    assert_int_equal(faults.errors, 1);
    faults_init(&faults, &arena);
    reader = csv_reader_open("tests", &faults); /* a folder */
    assert_non_null(reader);
    assert_string_equal(read_all(reader), "1: the file cannot be r");
    csv_reader_free(reader);
    csv_reader_free(NULL);
}

static const struct {
    const char *field, *written;
} write_cases[] = {
    {"plain", "plain"},
    {"a;b", "\"a;b\""},
    {"a,b", "\"a,b\""},
    {"a\tb", "\"a\tb\""},
    {"say \"hi\"", "\"say \"\"hi\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {" spaces ", "\" spaces \""},
    {"", "\"\""},
    {NULL, "\"\""},
    {"=1+1", "'=1+1"},
    {"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
    {"@cmd", "'@cmd"},
    {"\tx", "\"'\tx\""},
    {"\rx", "\"'\rx\""},
    {"-5", "-5"},
    {"+3", "+3"},
    {"-1.234,5", "\"-1.234,5\""},
    {"-1.5", "-1.5"},
    {"-0.9", "-0.9"},
    {"-9,09", "\"-9,09\""},
    {"-:", "'-:"}, /* what stands before and behind the digits in ASCII */
    {"-/", "'-/"},
    {"-5.", "'-5."},
    {"-", "'-"},
    {"-.", "'-."},
    {"-1+2", "'-1+2"},
    {"+", "'+"},
    {"1-1", "1-1"},
    {"Đại Phát", "Đại Phát"},
    {"a\xff"
     "b",
     "a\xef\xbf\xbd"
     "b"},
    {"\xc3", "\xef\xbf\xbd"},
    {"\"\xff\"", "\"\"\"\xef\xbf\xbd\"\"\""},
};

static void test_write(void **state)
{
    struct csv_writer w;
    struct buf out;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(write_cases); i++) {
        buf_init(&out, 1000);
        csv_writer_init(&w, &out, (struct csv_format){';', false, false});
        csv_put(&w, write_cases[i].field);
        if (strcmp(buf_text(&out), write_cases[i].written) != 0)
            fail_msg("case %zu: got '%s', not '%s'", i, buf_text(&out), write_cases[i].written);
        buf_free(&out);
    }
    buf_init(&out, 1000);
    csv_writer_init(&w, &out, (struct csv_format){',', true, true});
    csv_put(&w, "a");
    csv_put(&w, "");
    csv_put_bytes(&w, "x\0y", 3);
    csv_end_row(&w);
    csv_put(&w, "");
    csv_end_row(&w);
    assert_string_equal(buf_text(&out), "\xef\xbb\xbf"
                                        "a,,x\xef\xbf\xbdy\r\n\"\"\r\n");
    buf_free(&out);
}

/* What was written is read again as it was, once the mark of formulas is taken off. */
static void test_round_trip(void **state)
{
    static const char alphabet[] = "ab12=+-@ ,;\t\"\r\n'";
    static const char separators[] = ",;\t";
    struct dice dice = {4711};

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct csv_format format = {separators[dice_roll(&dice, 3)], dice_roll(&dice, 2),
                                    dice_roll(&dice, 2)};
        char fields[2][12];
        struct csv_reader *reader;
        const struct csv_row *row;
        struct csv_writer w;
        struct buf out;

        buf_init(&out, 1000);
        csv_writer_init(&w, &out, format);
        for (size_t i = 0; i < 2; i++) { /* a header without anything special fixes the separator */
            csv_put(&w, "h");
        }
        csv_end_row(&w);
        for (size_t i = 0; i < 2; i++) {
            size_t len = dice_roll(&dice, sizeof(fields[i]));

            for (size_t j = 0; j < len; j++)
                fields[i][j] = alphabet[dice_roll(&dice, sizeof(alphabet) - 1)];
            fields[i][len] = '\0';
            csv_put(&w, fields[i]);
        }
        csv_end_row(&w);
        reader = csv_reader_text("t", out.data, out.len, &faults);
        assert_int_equal(csv_reader_next(reader, &faults, &row), CSV_ROW);
        assert_int_equal(csv_reader_next(reader, &faults, &row), CSV_ROW);
        assert_int_equal(row->count, 2);
        for (size_t i = 0; i < 2; i++) {
            const char *got = row->fields[i].text;

            if (strcmp(csv_unmark(got, strlen(got)), fields[i]) != 0)
                fail_msg("seed 4711, round %d: '%s' became '%s'", round, fields[i], got);
        }
        csv_reader_free(reader);
        buf_free(&out);
    }
}

/* A line without quotation marks is split by us, one with them by libcsv: both must agree. */
static void test_both_ways(void **state)
{
    static const char *const parts[] = {"a", "b1", " ", "\t", ",", ";", "'", "Đ", "-"};
    struct dice dice = {815};

    (void)state;
    for (int round = 0; round < 5000; round++) {
        char separator = ",;\t"[dice_roll(&dice, 3)];
        const char *header = arena_printf(&arena, "h%ch%ch%ch\n", separator, separator, separator);
        const char *line = "x", *ours, *theirs;
        size_t count = dice_roll(&dice, 12);

        for (size_t i = 0; i < count; i++)
            line = arena_printf(&arena, "%s%s", i ? line : "", parts[dice_roll(&dice, 9)]);
        if (line[strspn(line, " \t")] == '\0')
            continue; /* a blank line is no row, but would be one with a field behind it */
        ours = arena_printf(&arena, "%s%s%cz\r\n", header, line, separator);
        theirs = arena_printf(&arena, "%s%s%c\"z\"\r\n", header, line, separator);
        ours = read_text(ours, strlen(ours));
        theirs = read_text(theirs, strlen(theirs));
        if (strcmp(ours, theirs) != 0)
            fail_msg("seed 815, '%s': '%s' but '%s'", line, ours, theirs);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_read, setup, teardown),
    cmocka_unit_test_setup_teardown(test_separator, setup, teardown),
    cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(test_chunks, setup, teardown),
    cmocka_unit_test_setup_teardown(test_files, setup, teardown),
    cmocka_unit_test_setup_teardown(test_write, setup, teardown),
    cmocka_unit_test_setup_teardown(test_round_trip, setup, teardown),
    cmocka_unit_test_setup_teardown(test_both_ways, setup, teardown),
};

RUN(tests)
