#include "base/xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/late.h"
#include "late_names.h"
#include "xlsx_check.h"

#define HEADER_HEIGHT 48 /* three lines */
#define PIECE_BYTES ((size_t)256 << 10)
#define SECONDS_OF_DAY 86400

/* What is used of libxlsxwriter, which only workbooks need; see base/late.h. */
#define FUNCTIONS(F)                                                                               \
    F(format_set_align)                                                                            \
    F(format_set_bold)                                                                             \
    F(format_set_bottom)                                                                           \
    F(format_set_num_format)                                                                       \
    F(format_set_text_wrap)                                                                        \
    F(lxw_rowcol_to_cell)                                                                          \
    F(lxw_tmpfile)                                                                                 \
    F(lxw_workbook_free)                                                                           \
    F(workbook_add_format)                                                                         \
    F(workbook_add_worksheet)                                                                      \
    F(workbook_close)                                                                              \
    F(workbook_new_opt)                                                                            \
    F(workbook_set_properties)                                                                     \
    F(worksheet_autofilter)                                                                        \
    F(worksheet_freeze_panes)                                                                      \
    F(worksheet_set_column)                                                                        \
    F(worksheet_set_row)                                                                           \
    F(worksheet_write_datetime)                                                                    \
    F(worksheet_write_number)                                                                      \
    F(worksheet_write_string)

static struct {
    FUNCTIONS(LATE_POINTER)
} lib;

static const char *const names[] = {FUNCTIONS(LATE_NAME)};
static struct late_library library = LATE_LIBRARY(LATE_XLSXWRITER, names, lib);

struct xlsx {
    char *path;
    FILE *packed; /* what the library writes to: without a name, so that nothing is left of it */
    lxw_workbook *book;
    lxw_format *styles[XLSX_STYLE__MAX], *heading;
    lxw_worksheet *sheet; /* the one that is being written, or NULL */
    size_t columns;       /* of the sheet */
    size_t row, column;   /* where the next cell comes */
    uint64_t cells;       /* of all sheets, but for the empty ones */
    struct buf text;
    struct err err; /* the first fault of a cell; status OK if there was none */
};

/* ---- opening and abandoning ---- */

static void free_xlsx(struct xlsx *x)
{
    if (x->packed)
        fclose(x->packed);
    buf_free(&x->text);
    free(x->path);
    free(x);
}

/* What was short. */
enum lack { LACK_ROOM, LACK_MEMORY, LACK_EITHER };

static enum status fail(const struct xlsx *x, enum lack lack, struct err *err)
{
    switch (lack) {
    case LACK_ROOM:
        return err_set(err, FAILED,
                       "%s: không ghi được tệp tạm; hãy xem thư mục tạm (TMPDIR, hoặc /tmp) có đủ "
                       "chỗ không",
                       "%s: the temporary files cannot be written; see whether there is room in "
                       "the temporary folder (TMPDIR, or /tmp)",
                       x->path);
    case LACK_MEMORY:
        return err_set(err, FAILED,
                       "%s: không đủ bộ nhớ để ghi sổ tính; hãy lọc bớt (ví dụ --round), hoặc xuất "
                       "dạng csv",
                       "%s: there is not enough memory for the workbook; filter (for instance by "
                       "--round), or export csv",
                       x->path);
    default:
        return err_set(err, FAILED,
                       "%s: không ghi được trọn sổ tính: thiếu bộ nhớ, hoặc thư mục tạm (TMPDIR, "
                       "hoặc /tmp) không đủ chỗ",
                       "%s: the workbook cannot be written whole: memory is short, or room in the "
                       "temporary folder (TMPDIR, or /tmp)",
                       x->path);
    }
}

/* The library tells only of memory for sure. */
static enum lack lack_of(lxw_error error)
{
    return error == LXW_ERROR_MEMORY_MALLOC_FAILED ? LACK_MEMORY : LACK_EITHER;
}

static void add_styles(struct xlsx *x)
{
    static const char *const formats[XLSX_STYLE__MAX] = {
        [XLSX_WHOLE] = "#,##0", [XLSX_HUNDREDTHS] = "0.00", [XLSX_DAY] = "dd/mm/yyyy"};

    for (int i = 0; i < XLSX_STYLE__MAX; i++) {
        if (!formats[i])
            continue;
        x->styles[i] = lib.workbook_add_format(x->book);
        lib.format_set_num_format(x->styles[i], formats[i]);
    }
    x->styles[XLSX_WRAPPED] = lib.workbook_add_format(x->book);
    lib.format_set_text_wrap(x->styles[XLSX_WRAPPED]);
    lib.format_set_align(x->styles[XLSX_WRAPPED], LXW_ALIGN_VERTICAL_TOP);
    x->heading = lib.workbook_add_format(x->book);
    lib.format_set_bold(x->heading);
    lib.format_set_text_wrap(x->heading);
    lib.format_set_align(x->heading, LXW_ALIGN_VERTICAL_TOP);
    lib.format_set_bottom(x->heading, LXW_BORDER_THIN);
}

/* The library wants a path. */
static lxw_workbook *new_book(FILE *packed)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    char path[40];

    snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(packed));
    return lib.workbook_new_opt(path, &options);
}

/* Said before the work. The file itself is begun when the library is done: were the library to die,
 * nothing is left. */
static enum status may_be_written(const char *path, struct err *err)
{
    struct file_sink *sink;
    enum status status;

    if (file_exists(path) && !file_is_regular(path) && !file_is_folder(path))
        return OK; /* who reads a pipe takes its closing for the end */
    status = file_sink_open(path, &sink, err);
    if (status == OK)
        file_sink_abandon(sink);
    return status;
}

enum status xlsx_open(const char *path, struct xlsx **out, struct err *err)
{
    enum status status = may_be_written(path, err);
    struct xlsx *x;

    if (status == OK)
        status = late_load(&library, err);
    if (status != OK)
        return status;
    x = xmalloc(sizeof(*x));
    *x = (struct xlsx){.path = xstrdup(path)};
    buf_init(&x->text, BUF_MAX_DEFAULT);
    x->packed = lib.lxw_tmpfile(NULL);
    x->book = x->packed ? new_book(x->packed) : NULL;
    if (!x->book) {
        status = fail(x, x->packed ? LACK_MEMORY : LACK_EITHER, err);
        xlsx_abandon(x);
        return status;
    }
    add_styles(x);
    *out = x;
    return OK;
}

/* What the library wrote has to be looked at where it stands: its functions do not say. */
static bool is_stored(lxw_worksheet *sheet)
{
    return !fflush(sheet->optimize_tmpfile) && !ferror(sheet->optimize_tmpfile);
}

static bool are_stored(const struct xlsx *x)
{
    lxw_worksheet *sheet;

    STAILQ_FOREACH(sheet, x->book->worksheets, list_pointers)
    {
        if (!is_stored(sheet))
            return false;
    }
    return true;
}

void xlsx_abandon(struct xlsx *x)
{
    lxw_worksheet *sheet;

    if (!x)
        return;
    if (x->book) {
        STAILQ_FOREACH(sheet, x->book->worksheets, list_pointers)
        {
            fclose(sheet->optimize_tmpfile);
        }
        lib.lxw_workbook_free(x->book);
    }
    free_xlsx(x);
}

/* ---- cells ---- */

/* Above 16 bits a character is two of them. */
static size_t utf16_len(const char *text)
{
    size_t len = 0;

    for (; *text; text++)
        len += ((unsigned char)*text & 0xc0u) != 0x80u ? 1u + ((unsigned char)*text >= 0xf0u) : 0u;
    return len;
}

/* "_x0041_" means "A" where a spreadsheet reads it. */
static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

/* U+FFFE and U+FFFF must not stand in XML: the whole file would be refused. */
static bool is_no_character(const char *text)
{
    return strncmp(text, "\xef\xbf\xbe", 3) == 0 || strncmp(text, "\xef\xbf\xbf", 3) == 0;
}

/* The text so that what is read is what was written. Control characters are the library's work. */
static const char *escaped(struct xlsx *x, const char *text)
{
    buf_clear(&x->text);
    while (*text) {
        if (is_no_character(text)) {
            buf_puts(&x->text, "\xef\xbf\xbd");
            text += 3;
        } else if (is_escape(text)) {
            buf_puts(&x->text, "_x005F_");
            text++;
        } else {
            buf_putc(&x->text, *text++);
        }
    }
    return buf_text(&x->text);
}

/* After each that is not empty. */
static void count_cell(struct xlsx *x, lxw_error error)
{
    char cell[LXW_MAX_CELL_NAME_LENGTH];

    x->cells++;
    if (error == LXW_NO_ERROR || x->err.status != OK)
        return;
    lib.lxw_rowcol_to_cell(cell, (lxw_row_t)x->row, (lxw_col_t)x->column);
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        err_set(&x->err, LIMIT, "%s: ô %s: văn bản dài hơn %d ký tự, giới hạn của một ô",
                "%s: cell %s: a text of more than %d characters, the limit of a cell", x->path,
                cell, XLSX_CHARS_MAX);
    else
        fail(x, lack_of(error), &x->err);
}

void xlsx_empty(struct xlsx *x)
{
    x->column++;
}

static bool may_write(const struct xlsx *x)
{
    return x->row < XLSX_ROWS_MAX && x->column < x->columns;
}

static void put_text(struct xlsx *x, const char *text, lxw_format *format)
{
    if (text && *text && may_write(x))
        count_cell(x, utf16_len(text) > XLSX_CHARS_MAX
                          ? LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
                          : lib.worksheet_write_string(x->sheet, (lxw_row_t)x->row,
                                                       (lxw_col_t)x->column, escaped(x, text),
                                                       format));
    x->column++;
}

void xlsx_text(struct xlsx *x, const char *text, enum xlsx_style style)
{
    put_text(x, text, x->styles[style]);
}

/* How many digits the number has between its first and its last that is not 0. */
static size_t digits_of(const char *number)
{
    size_t digits = 0, zeros = 0;

    for (; *number; number++) {
        if (*number == '0' && digits)
            zeros++;
        if (*number < '1' || *number > '9')
            continue;
        digits += zeros + 1;
        zeros = 0;
    }
    return digits;
}

void xlsx_number(struct xlsx *x, struct ratio number, enum xlsx_style style)
{
    char text[200];
    struct buf exact;

    if (!ratio_is_valid(number) || !may_write(x)) {
        x->column++;
        return;
    }
    buf_init(&exact, sizeof(text));
    ratio_print_exact(&exact, number);
    snprintf(text, sizeof(text), "%s", buf_text(&exact));
    buf_free(&exact);
    if (strchr(text, '/') || digits_of(text) > XLSX_DIGITS_MAX) {
        xlsx_text(x, text, style);
        return;
    }
    count_cell(x, lib.worksheet_write_number(x->sheet, (lxw_row_t)x->row, (lxw_col_t)x->column,
                                             strtod(text, NULL), x->styles[style]));
    x->column++;
}

void xlsx_day(struct xlsx *x, day d)
{
    if (d != DAY_NONE && may_write(x)) {
        struct civil civil = day_civil(d);
        lxw_datetime date = {.year = civil.year, .month = civil.month, .day = civil.mday};

        count_cell(x,
                   lib.worksheet_write_datetime(x->sheet, (lxw_row_t)x->row, (lxw_col_t)x->column,
                                                &date, x->styles[XLSX_DAY]));
    }
    x->column++;
}

/* ---- sheets ---- */

static void end_sheet(struct xlsx *x)
{
    if (x->sheet)
        (void)lib.worksheet_autofilter(x->sheet, 0, 0, (lxw_row_t)(x->row ? x->row - 1 : 0),
                                       (lxw_col_t)(x->columns - 1));
    x->sheet = NULL;
}

enum status xlsx_begin_sheet(struct xlsx *x, const char *name, const struct xlsx_column *columns,
                             size_t count, struct err *err)
{
    if (count > XLSX_COLUMNS_MAX)
        return err_set(err, LIMIT, "%s: %zu cột, nhưng một trang tính chỉ có tối đa %d cột",
                       "%s: %zu columns, but a sheet has at most %d", x->path, count,
                       XLSX_COLUMNS_MAX);
    end_sheet(x);
    x->sheet = lib.workbook_add_worksheet(x->book, name);
    if (!x->sheet)
        return fail(x, LACK_EITHER, err);
    x->columns = count;
    x->row = x->column = 0;
    lib.worksheet_freeze_panes(x->sheet, 1, 0);
    (void)lib.worksheet_set_row(x->sheet, 0, HEADER_HEIGHT, NULL);
    for (size_t i = 0; i < count; i++)
        (void)lib.worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width,
                                       NULL);
    for (size_t i = 0; i < count; i++)
        put_text(x, columns[i].heading, x->heading);
    return xlsx_end_row(x, err);
}

enum status xlsx_end_row(struct xlsx *x, struct err *err)
{
    if (x->row >= XLSX_ROWS_MAX)
        return err_set(err, LIMIT,
                       "%s: nhiều hơn %d hàng, giới hạn của một trang tính; hãy lọc bớt (ví dụ "
                       "--round), hoặc xuất dạng csv",
                       "%s: more than %d rows, the limit of a sheet; filter (for instance by "
                       "--round), or export csv",
                       x->path, XLSX_ROWS_MAX);
    if (x->err.status != OK) {
        *err = x->err;
        return err->status;
    }
    if (ferror(x->sheet->optimize_tmpfile))
        return fail(x, LACK_ROOM, err);
    if (ftello(x->sheet->optimize_tmpfile) > XLSX_SHEET_BYTES_MAX)
        return err_set(err, LIMIT,
                       "%s: trang tính lớn hơn giới hạn %lld byte; hãy lọc bớt (ví dụ --round), "
                       "hoặc xuất dạng csv",
                       "%s: the sheet is larger than the limit of %lld bytes; filter (for instance "
                       "by --round), or export csv",
                       x->path, (long long)XLSX_SHEET_BYTES_MAX);
    x->row++;
    x->column = 0;
    return OK;
}

void xlsx_letters(char letters[XLSX_LETTERS_BYTES], size_t column)
{
    char *end = letters;

    for (size_t left = column + 1; left; left = (left - 1) / 26)
        *end++ = (char)('A' + (left - 1) % 26);
    *end = '\0';
    for (char *a = letters, *b = end - 1; a < b; a++, b--) {
        char last = *b;

        *b = *a;
        *a = last;
    }
}

/* ---- the file ---- */

static char *own(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static void set_properties(struct xlsx *x, const struct xlsx_properties *properties)
{
    struct arena arena;
    lxw_doc_properties doc = {0};

    arena_init(&arena);
    doc.title = own(&arena, properties->title);
    doc.subject = own(&arena, properties->subject);
    doc.author = own(&arena, properties->author);
    doc.comments = own(&arena, properties->comments);
    /* The library takes 0 for now. */
    doc.created = (time_t)properties->created * SECONDS_OF_DAY + 1;
    (void)lib.workbook_set_properties(x->book, &doc);
    arena_free(&arena);
}

static enum status copy_packed(const struct xlsx *x, struct file_sink *sink, struct err *err)
{
    char *piece = xmalloc(PIECE_BYTES);
    enum status status = OK;
    off_t at = 0;
    ssize_t got;

    while (status == OK && (got = pread(fileno(x->packed), piece, PIECE_BYTES, at)) != 0) {
        status = got < 0 ? fail(x, LACK_ROOM, err) : file_sink_write(sink, piece, (size_t)got, err);
        at += got;
    }
    free(piece);
    return status;
}

static enum status put_file(const struct xlsx *x, struct err *err)
{
    struct file_sink *sink;
    enum status status = file_sink_open(x->path, &sink, err);

    if (status != OK)
        return status;
    status = copy_packed(x, sink, err);
    if (status == OK)
        return file_sink_commit(sink, err);
    file_sink_abandon(sink);
    return status;
}

enum status xlsx_finish(struct xlsx *x, const struct xlsx_properties *properties, struct err *err)
{
    enum status status;
    lxw_error error;

    end_sheet(x);
    set_properties(x, properties);
    if (!are_stored(x)) {
        status = fail(x, LACK_ROOM, err);
        xlsx_abandon(x);
        return status;
    }
    error = lib.workbook_close(x->book);
    x->book = NULL; /* whatever came of it */
    status = error == LXW_NO_ERROR && xlsx_is_whole(fileno(x->packed), x->cells)
                 ? put_file(x, err)
                 : fail(x, lack_of(error), err);
    free_xlsx(x);
    return status;
}
