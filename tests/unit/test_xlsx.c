#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/base/xlsx_check.h"
#include "base/file.h"
#include "base/xlsx.h"

/* What stands in the cells is read by tests/cli/export-xlsx.t; here are the limits. */

static const struct xlsx_column two[] = {{"Tên", 20}, {"Số", 10}};
static const struct xlsx_properties properties = {.title = "T", .created = 20000};
static char folder[] = "/tmp/dxready-xlsx-XXXXXX";
static char path[64];
static struct err err;

static int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/a.xlsx", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder); /* fails where anything else was left */
}

static struct xlsx *begin(void)
{
    struct xlsx *x = NULL;

    assert_int_equal(xlsx_open(path, &x, &err), OK);
    assert_int_equal(xlsx_begin_sheet(x, "A", two, ARRAY_SIZE(two), &err), OK);
    return x;
}

static size_t read_whole(struct arena *arena, char **data)
{
    size_t len = 0;

    assert_int_equal(file_read(arena, path, (size_t)64 << 20, data, &len, &err), OK);
    return len;
}

static void makes_the_same_bytes_again(void **state)
{
    char *data[2];
    size_t len[2];
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (int i = 0; i < 2; i++) {
        struct xlsx *x = begin();

        xlsx_text(x, "=1+1", XLSX_PLAIN);
        xlsx_number(x, ratio_make(1, 8), XLSX_PLAIN);
        assert_int_equal(xlsx_end_row(x, &err), OK);
        xlsx_empty(x);
        xlsx_day(x, 20000);
        assert_int_equal(xlsx_end_row(x, &err), OK);
        assert_int_equal(xlsx_begin_sheet(x, "B", two, ARRAY_SIZE(two), &err), OK);
        assert_false(file_exists(path));
        assert_int_equal(xlsx_finish(x, &properties, &err), OK);
        len[i] = read_whole(&arena, &data[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(len[0], len[1]);
    assert_memory_equal(data[0], data[1], len[0]);
    assert_memory_equal(data[0], "PK\3\4", 4);
    arena_free(&arena);
}

static void refuses_too_many_rows(void **state)
{
    struct xlsx *x = begin();
    enum status status = OK;
    size_t rows = 1;

    (void)state;
    while (status == OK && rows < XLSX_ROWS_MAX + 10) {
        xlsx_number(x, ratio_of((int64_t)rows), XLSX_WHOLE);
        status = xlsx_end_row(x, &err);
        rows += status == OK;
    }
    assert_int_equal(status, LIMIT);
    assert_int_equal(rows, XLSX_ROWS_MAX);
    assert_non_null(strstr(err.text[LANG_EN], "1048576 rows"));
    assert_non_null(strstr(err.text[LANG_VI], "1048576 hàng"));
    xlsx_abandon(x);
    assert_false(file_exists(path));
}

static void refuses_too_many_columns(void **state)
{
    struct xlsx_column *many = calloc(XLSX_COLUMNS_MAX + 1, sizeof(*many));
    struct xlsx *x;
    char letters[XLSX_LETTERS_BYTES];

    (void)state;
    assert_non_null(many);
    for (size_t i = 0; i <= XLSX_COLUMNS_MAX; i++)
        many[i] = (struct xlsx_column){"c", 9};
    assert_int_equal(xlsx_open(path, &x, &err), OK);
    assert_int_equal(xlsx_begin_sheet(x, "A", many, XLSX_COLUMNS_MAX + 1, &err), LIMIT);
    assert_non_null(strstr(err.text[LANG_EN], "16385 columns"));
    assert_int_equal(xlsx_begin_sheet(x, "A", many, XLSX_COLUMNS_MAX, &err), OK);
    assert_int_equal(xlsx_finish(x, &properties, &err), OK);
    assert_int_equal(unlink(path), 0);
    xlsx_letters(letters, XLSX_COLUMNS_MAX - 1);
    assert_string_equal(letters, "XFD");
    xlsx_letters(letters, 26);
    assert_string_equal(letters, "AA");
    free(many);
}

/* 32,767 units fit, be they one or two to a character; one more does not. */
static void refuses_too_long_texts(void **state)
{
    static char text[XLSX_CHARS_MAX * 4 + 8];
    struct xlsx *x = begin();
    size_t len = 0;

    (void)state;
    for (int i = 0; i < XLSX_CHARS_MAX / 2; i++)
        len += (size_t)snprintf(text + len, 5, "\xf0\x9f\x98\x80");
    text[len++] = 'x';
    xlsx_text(x, text, XLSX_PLAIN);
    assert_int_equal(xlsx_end_row(x, &err), OK);
    text[len++] = 'x';
    xlsx_empty(x);
    xlsx_text(x, text, XLSX_PLAIN);
    xlsx_empty(x);
    assert_int_equal(xlsx_end_row(x, &err), LIMIT);
    assert_non_null(strstr(err.text[LANG_EN], "cell B3"));
    assert_non_null(strstr(err.text[LANG_EN], "32767 characters"));
    xlsx_abandon(x);
    assert_false(file_exists(path));
}

/* A workbook whose parts are cut is what the library makes where its temporary files ended early.
 */
static void sees_what_is_cut(void **state)
{
    static const char sheet[] = "xl/worksheets/sheet1.xml";
    struct xlsx *x = begin();
    struct arena arena;
    char *data, *part;
    size_t len;
    int fd;

    (void)state;
    arena_init(&arena);
    for (int i = 0; i < 2000; i++) {
        xlsx_text(x, "Công ty", XLSX_PLAIN);
        xlsx_number(x, ratio_of(i), XLSX_WHOLE);
        assert_int_equal(xlsx_end_row(x, &err), OK);
    }
    assert_int_equal(xlsx_finish(x, &properties, &err), OK);
    len = read_whole(&arena, &data);
    fd = open(path, O_RDWR);
    assert_true(xlsx_is_whole(fd, 2 + 4000));
    /* A cell that is not there, because there was no memory for it. */
    assert_false(xlsx_is_whole(fd, 2 + 4001));
    part = memmem(data, len, sheet, strlen(sheet));
    assert_non_null(part);
    part += strlen(sheet) + 100; /* in the middle of the rows */
    assert_int_equal(pwrite(fd, "\xff\xff\xff\xff", 4, part - data), 4);
    assert_false(xlsx_is_whole(fd, 2 + 4000));
    assert_int_equal(pwrite(fd, part, 4, part - data), 4);
    assert_true(xlsx_is_whole(fd, 2 + 4000));
    assert_int_equal(ftruncate(fd, (off_t)len / 2), 0);
    assert_false(xlsx_is_whole(fd, 2 + 4000));
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_false(xlsx_is_whole(fd, 2 + 4000));
    close(fd);
    assert_int_equal(unlink(path), 0);
    arena_free(&arena);
}

/* A part that unpacks well and is not what was packed: its check sum, here and in the directory. */
static void sees_a_wrong_check_sum(void **state)
{
    static const char sheet[] = "xl/worksheets/sheet1.xml";
    struct xlsx *x = begin();
    struct arena arena;
    char *data, *part, *entry;
    size_t len;
    int fd;

    (void)state;
    arena_init(&arena);
    assert_int_equal(xlsx_finish(x, &properties, &err), OK);
    len = read_whole(&arena, &data);
    part = memmem(data, len, sheet, strlen(sheet));
    assert_non_null(part);
    entry = memmem(part + 1, len - (size_t)(part + 1 - data), sheet, strlen(sheet));
    assert_non_null(entry);
    part += 14 - 30;  /* APPNOTE.TXT 4.3.7: the check sum, before the name */
    entry += 16 - 46; /* 4.3.12 */
    assert_memory_equal(part, entry, 4);
    fd = open(path, O_RDWR);
    assert_int_equal(pwrite(fd, "\1\2\3\4", 4, part - data), 4);
    assert_int_equal(pwrite(fd, "\1\2\3\4", 4, entry - data), 4);
    assert_false(xlsx_is_whole(fd, 2));
    assert_int_equal(pwrite(fd, part, 4, part - data), 4);
    assert_int_equal(pwrite(fd, part, 4, entry - data), 4);
    assert_true(xlsx_is_whole(fd, 2));
    close(fd);
    assert_int_equal(unlink(path), 0);
    arena_free(&arena);
}

static void leaves_nothing_behind(void **state)
{
    struct xlsx *x = NULL;

    (void)state;
    xlsx_abandon(NULL);
    xlsx_abandon(begin());
    assert_false(file_exists(path));
    assert_int_equal(xlsx_open("/no/such/folder/a.xlsx", &x, &err), FAILED);
    assert_null(x);
    assert_int_equal(xlsx_open("/dev/full", &x, &err), OK);
    assert_int_equal(xlsx_begin_sheet(x, "A", two, ARRAY_SIZE(two), &err), OK);
    assert_int_equal(xlsx_finish(x, &properties, &err), FAILED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(makes_the_same_bytes_again, setup, NULL),
    cmocka_unit_test(refuses_too_many_rows),
    cmocka_unit_test(refuses_too_many_columns),
    cmocka_unit_test(refuses_too_long_texts),
    cmocka_unit_test(sees_what_is_cut),
    cmocka_unit_test(sees_a_wrong_check_sum),
    cmocka_unit_test_setup_teardown(leaves_nothing_behind, NULL, teardown),
};

RUN(tests)
