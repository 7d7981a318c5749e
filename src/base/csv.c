#include "base/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

#include "csv_separator.h"
#include "xlsx_rows.h"

#include "base/text.h"

#define CHUNK_BYTES ((size_t)64 << 10)

enum limit { LIMIT_NONE, LIMIT_COLUMNS, LIMIT_FIELD };

/*
 * libcsv pushes fields and does not tell where it is. It is fed one physical line at a time, so
 * that the line on which a row (or an open quotation) began is known, and a row is never read
 * beyond its end.
 */
struct csv_reader {
    struct xlsx_rows *workbook; /* NULL: it is text */
    size_t width;               /* cells of its rows, at least */
    struct csv_parser parser;
    const char *name;
    char *chunk;      /* what was read and not yet parsed; NULL when the text is in memory */
    const char *data; /* chunk, or the text in memory */
    size_t pos, len;
    int fd;         /* -1: none */
    bool is_at_end; /* nothing more to read of it */
    int line;       /* of data[pos] */
    bool after_cr;  /* a LF at data[pos] ends no further line */
    bool is_started;
    bool is_broken;
    char separator;

    /* the row that is being read */
    char *text;
    size_t used; /* bytes of `text` */
    size_t fed;  /* bytes given to the parser for this row */
    bool has_row;
    bool is_open;       /* a quotation spans from an earlier line into this one */
    int quote_line;     /* where that one began */
    size_t line_fields; /* fields that ended on this line */
    bool line_is_blank;
    enum limit limit; /* which one was met */
    struct csv_row row;
    struct csv_field fields[CSV_COLUMNS_MAX];
};

static bool add_field(struct csv_reader *r, const char *text, size_t len)
{
    r->line_fields++;
    if (r->row.count == CSV_COLUMNS_MAX)
        r->limit = LIMIT_COLUMNS;
    else if (len > CSV_FIELD_BYTES_MAX)
        r->limit = LIMIT_FIELD;
    if (r->limit != LIMIT_NONE)
        return false;
    r->fields[r->row.count++] = (struct csv_field){text, len};
    return true;
}

static void take_field(void *data, size_t len, void *context)
{
    struct csv_reader *r = context;
    char *copy = r->text + r->used;

    if (!add_field(r, copy, len))
        return;
    memcpy(copy, data, len);
    copy[len] = '\0';
    r->used += len + 1;
}

static void take_row(int terminator, void *context)
{
    struct csv_reader *r = context;

    (void)terminator;
    r->has_row = true;
}

static void init_parser(struct csv_reader *r)
{
    (void)csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_realloc_func(&r->parser, xrealloc);
    csv_set_blk_size(&r->parser, CHUNK_BYTES);
}

/* No row is longer than `row_max` bytes: a short text needs no room for the longest row. */
static struct csv_reader *new_reader(const char *name, size_t row_max)
{
    struct csv_reader *r = xmalloc(sizeof(*r));

    memset(r, 0, offsetof(struct csv_reader, fields));
    init_parser(r);
    r->name = name;
    r->fd = -1;
    r->line = 1;
    r->line_is_blank = true;
    /* The NUL behind a field takes the place of its separator; the last may have had none. */
    r->text = xmalloc(row_max + 2);
    r->row.fields = r->fields;
    return r;
}

struct csv_reader *csv_reader_text(const char *name, const char *text, size_t len,
                                   struct faults *faults)
{
    size_t row_max = CSV_ROW_BYTES_MAX + CHUNK_BYTES;
    struct csv_reader *r =
        new_reader(arena_strdup(faults->arena, name), len < row_max ? len : row_max);

    r->data = text;
    r->len = len;
    r->is_at_end = true;
    return r;
}

/* Moves what a pipe gives to a file without a name, so that it can be read twice. */
static bool copy_pipe(int from, int to, size_t *len)
{
    char piece[CHUNK_BYTES];
    ssize_t got;

    while (*len <= CSV_PIPE_BYTES_MAX) {
        got = read(from, piece, sizeof(piece));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        if (write(to, piece, (size_t)got) != got)
            return false;
        *len += (size_t)got;
    }
    return true;
}

/* The file that has all of the pipe, at its start; -1 after a fault. Closes the pipe. */
static int keep_pipe(int pipe, const char *path, struct faults *faults)
{
    FILE *file = tmpfile();
    size_t len = 0;
    bool is_copied = file && copy_pipe(pipe, fileno(file), &len);
    int kept = -1;

    if (!is_copied)
        faults_add(faults, (struct place){path, 0, ""}, "không đọc được tệp: %s",
                   "the file cannot be read: %s", strerror(errno));
    else if (len > CSV_PIPE_BYTES_MAX)
        faults_add(faults, (struct place){path, 0, ""},
                   "dữ liệu từ đường ống dài quá %zu byte; hãy lưu thành tệp rồi nhập tệp đó",
                   "the pipe gives more than %zu bytes; save them as a file and import that",
                   CSV_PIPE_BYTES_MAX);
    else if (lseek(fileno(file), 0, SEEK_SET) == 0)
        kept = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
    if (file)
        fclose(file);
    close(pipe);
    return kept;
}

/* False after a fault of one. */
static bool open_workbook(struct csv_reader *r, struct faults *faults)
{
    char head[4];
    ssize_t len = pread(r->fd, head, sizeof(head), 0);

    if (len <= 0 || !xlsx_rows_is_zip(head, (size_t)len))
        return true;
    r->workbook = xlsx_rows_open(r->fd, r->name, faults);
    r->separator = ',';
    return r->workbook != NULL;
}

bool csv_reader_is_workbook(const struct csv_reader *r)
{
    return r->workbook != NULL;
}

void csv_reader_widen(struct csv_reader *r, size_t width)
{
    r->width = width < CSV_COLUMNS_MAX ? width : CSV_COLUMNS_MAX;
}

struct csv_reader *csv_reader_open(const char *path, struct faults *faults)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct csv_reader *r;

    if (fd < 0) {
        faults_add(faults, (struct place){path, 0, ""}, "không mở được tệp: %s",
                   "the file cannot be opened: %s", strerror(errno));
        return NULL;
    }
    if (lseek(fd, 0, SEEK_CUR) < 0) {
        fd = keep_pipe(fd, path, faults);
        if (fd < 0)
            return NULL;
    }
    r = new_reader(arena_strdup(faults->arena, path), CSV_ROW_BYTES_MAX + CHUNK_BYTES);
    r->data = r->chunk = xmalloc(CHUNK_BYTES);
    r->fd = fd;
    if (open_workbook(r, faults))
        return r;
    csv_reader_free(r);
    return NULL;
}

void csv_reader_free(struct csv_reader *r)
{
    if (!r)
        return;
    xlsx_rows_free(r->workbook);
    csv_free(&r->parser);
    if (r->fd >= 0)
        close(r->fd);
    free(r->chunk);
    free(r->text);
    free(r);
}

bool csv_reader_rewind(struct csv_reader *r, struct faults *faults)
{
    if (r->workbook)
        return xlsx_rows_rewind(r->workbook, faults);
    if (r->fd >= 0 && lseek(r->fd, 0, SEEK_SET) != 0) {
        faults_add(faults, (struct place){r->name, 0, ""}, "không đọc lại được tệp: %s",
                   "the file cannot be read again: %s", strerror(errno));
        return false;
    }
    csv_free(&r->parser);
    init_parser(r);
    r->pos = 0;
    r->len = r->fd >= 0 ? 0 : r->len;
    r->is_at_end = r->fd < 0;
    r->line = 1;
    r->after_cr = r->is_started = r->is_broken = r->is_open = false;
    r->line_fields = 0;
    r->line_is_blank = true;
    r->limit = LIMIT_NONE;
    return true;
}

char csv_reader_separator(const struct csv_reader *r)
{
    return r->separator;
}

const char *csv_reader_name(const struct csv_reader *r)
{
    return r->name;
}

/* ---- faults: each ends the reading ---- */

static enum csv_result broken(struct csv_reader *r)
{
    r->is_broken = true;
    return CSV_BROKEN;
}

static enum csv_result refuse_encoding(struct csv_reader *r, int line, struct faults *faults)
{
    faults_add(faults, (struct place){r->name, line, ""},
               "tệp không phải văn bản UTF-8; trong Excel hãy chọn 'Lưu thành' kiểu 'CSV UTF-8'",
               "the file is no UTF-8 text; in Excel choose 'Save as' and the type 'CSV UTF-8'");
    return broken(r);
}

static enum csv_result refuse_quote(struct csv_reader *r, struct faults *faults)
{
    int line = r->is_open && !r->line_fields ? r->quote_line : r->line;

    faults_add(faults, (struct place){r->name, line, ""}, "dấu ngoặc kép mở ở đây không được đóng",
               "the quotation mark that opens here is not closed");
    return broken(r);
}

static enum csv_result refuse_stray_quote(struct csv_reader *r, struct faults *faults)
{
    if (r->is_open && !r->line_fields)
        faults_add(faults, (struct place){r->name, r->quote_line, ""},
                   "dấu ngoặc kép mở ở đây gặp một dấu khác ở dòng %d; thiếu dấu đóng?",
                   "the quotation mark that opens here meets another one on line %d; is its "
                   "closing mark missing?",
                   r->line);
    else
        faults_add(faults, (struct place){r->name, r->line, ""},
                   "ô thứ %zu: dấu ngoặc kép ở giữa; hãy đặt cả ô trong ngoặc kép và viết \"\" cho "
                   "mỗi dấu bên trong",
                   "field %zu: a quotation mark in the middle; put the whole field in quotation "
                   "marks and write \"\" for each inside",
                   r->row.count + 1);
    return broken(r);
}

static enum csv_result refuse_limit(struct csv_reader *r, struct faults *faults)
{
    struct place place = {r->name, r->row.line, ""};

    if (r->limit == LIMIT_COLUMNS)
        faults_add(faults, place, "hàng có hơn %d cột", "the row has more than %d columns",
                   CSV_COLUMNS_MAX);
    else
        faults_add(faults, place, "ô thứ %zu dài quá %zu byte",
                   "field %zu is longer than %zu bytes", r->row.count + 1, CSV_FIELD_BYTES_MAX);
    return broken(r);
}

static enum csv_result refuse_long_row(struct csv_reader *r, struct faults *faults)
{
    if (r->is_open)
        return refuse_quote(r, faults);
    faults_add(faults, (struct place){r->name, r->row.line, ""}, "hàng dài quá %zu byte",
               "the row is longer than %zu bytes", CSV_ROW_BYTES_MAX);
    return broken(r);
}

/* ---- bytes ---- */

/* Reads behind the `len` bytes that are there; false after a fault. */
static bool read_more(struct csv_reader *r, struct faults *faults)
{
    ssize_t got;

    do
        got = read(r->fd, r->chunk + r->len, CHUNK_BYTES - r->len);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        faults_add(faults, (struct place){r->name, r->line, ""}, "không đọc được tệp: %s",
                   "the file cannot be read: %s", strerror(errno));
        (void)broken(r);
        return false;
    }
    r->len += (size_t)got;
    r->is_at_end = got == 0;
    return true;
}

/* Makes sure that something is unread, unless the input is at its end. */
static bool fill(struct csv_reader *r, struct faults *faults)
{
    if (r->pos < r->len || r->is_at_end)
        return true;
    r->pos = r->len = 0;
    return read_more(r, faults);
}

/* A pipe may give a few bytes at first: gathers a whole chunk before the separator is sought. */
static bool fill_first(struct csv_reader *r, struct faults *faults)
{
    while (!r->is_at_end && r->len < CHUNK_BYTES) {
        if (!read_more(r, faults))
            return false;
    }
    return true;
}

static bool start(struct csv_reader *r, struct faults *faults)
{
    const char *at;

    r->is_started = true;
    if (!fill_first(r, faults))
        return false;
    at = r->data;
    if (r->len >= 2 && (memcmp(at, "\xff\xfe", 2) == 0 || memcmp(at, "\xfe\xff", 2) == 0)) {
        faults_add(faults, (struct place){r->name, 1, ""},
                   "tệp được lưu dạng UTF-16; trong Excel hãy chọn 'Lưu thành' kiểu 'CSV UTF-8'",
                   "the file is UTF-16; in Excel choose 'Save as' and the type 'CSV UTF-8'");
        (void)broken(r);
        return false;
    }
    if (r->len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        r->pos = 3;
    r->separator = csv_named_separator(at + r->pos, r->len - r->pos, &r->pos, &r->line);
    if (!r->separator)
        r->separator = csv_find_separator(at + r->pos, r->len - r->pos);
    csv_set_delim(&r->parser, (unsigned char)r->separator);
    return true;
}

/* The unread part of the physical line, its end included, but at most one chunk of it. */
static size_t line_length(const struct csv_reader *r, bool *has_end)
{
    const char *at = r->data + r->pos;
    size_t left = r->len - r->pos < CHUNK_BYTES ? r->len - r->pos : CHUNK_BYTES;
    const char *lf = memchr(at, '\n', left);
    size_t len = lf ? (size_t)(lf - at) + 1 : left;
    const char *cr = memchr(at, '\r', len);

    *has_end = lf || cr;
    if (!cr)
        return len;
    len = (size_t)(cr - at) + 1;
    return len < left && at[len] == '\n' ? len + 1 : len;
}

static bool is_blank_char(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!is_blank_char(text[i]) && text[i] != '\r' && text[i] != '\n')
            return false;
    }
    return true;
}

/* After the last byte of a physical line. */
static void end_line(struct csv_reader *r)
{
    bool is_open = !r->has_row && (r->is_open || !r->line_is_blank);

    if (is_open && (!r->is_open || r->line_fields))
        r->quote_line = r->line;
    r->is_open = is_open;
    r->line++;
    r->line_fields = 0;
    r->line_is_blank = true;
}

/*
 * A row without any quotation mark, as most are, needs no state: it is split here, as libcsv would
 * do it, in a quarter of the time. (Tests compare both ways.)
 */
static void split_line(struct csv_reader *r, const char *at, size_t len)
{
    char *text = r->text, *end = text + len, separator = r->separator;

    memcpy(text, at, len);
    *end = separator;
    for (char *first = text, *next; first <= end; first = next) {
        char *last = first;

        while (*last != separator)
            last++;
        next = last + 1;
        while (first < last && is_blank_char(*first))
            first++;
        while (first < last && is_blank_char(last[-1]))
            last--;
        *last = '\0';
        if (!add_field(r, first, (size_t)(last - first)))
            return;
    }
    r->used = len + 1;
    r->has_row = true;
}

/* Without its line end. */
static size_t content_length(const char *line, size_t len)
{
    while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    return len;
}

/* Gives (the rest of) one physical line to the parser; CSV_END where the row is not done yet. */
/* Whole lines without quotes need no parser. */
static bool parse_line(struct csv_reader *r, const char *at, size_t len, bool is_whole)
{
    if (is_whole && !r->line_is_blank && !memchr(at, '"', len)) {
        split_line(r, at, content_length(at, len));
        return true;
    }
    return csv_parse(&r->parser, at, len, take_field, take_row, r) == len;
}

static enum csv_result feed_line(struct csv_reader *r, struct faults *faults)
{
    const char *at = r->data + r->pos;
    bool is_rest = r->after_cr && *at == '\n', has_end = false, is_whole;
    size_t len = is_rest ? 1 : line_length(r, &has_end);

    if (memchr(at, '\0', len))
        return refuse_encoding(r, r->line, faults);
    if (!r->is_open && r->line_is_blank)
        r->row.line = r->line;
    is_whole = has_end && !r->is_open && r->line_is_blank && !r->line_fields;
    r->line_is_blank = r->line_is_blank && is_blank(at, len);
    if (!parse_line(r, at, len, is_whole))
        return refuse_stray_quote(r, faults);
    r->pos += len;
    r->fed += len;
    r->after_cr = at[len - 1] == '\r';
    if (has_end)
        end_line(r);
    if (r->limit != LIMIT_NONE)
        return refuse_limit(r, faults);
    if (r->fed > CSV_ROW_BYTES_MAX)
        return refuse_long_row(r, faults);
    return r->has_row ? CSV_ROW : CSV_END;
}

/* The first byte at or behind `at` that is not ASCII, to within eight. */
static const char *skip_ascii(const char *at, const char *end)
{
    uint64_t word;

    for (; end - at >= (ptrdiff_t)sizeof(word); at += sizeof(word)) {
        memcpy(&word, at, sizeof(word));
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return at;
}

/* All fields at once, with the NULs between them. Most of a row is ASCII. */
static bool row_is_utf8(const struct csv_reader *r)
{
    const char *at = r->text, *end = r->text + r->used;

    while ((at = skip_ascii(at, end)) < end) {
        size_t left = (size_t)(end - at), window = left < 32 ? left : 32;
        size_t valid = text_valid_utf8(at, window);

        /* A character that the window cut has at most three bytes in it. */
        if (valid < window && (window == left || window - valid > 3))
            return false;
        at += valid;
    }
    return true;
}

/* At the end of input: a last row without line end. */
static enum csv_result finish(struct csv_reader *r, struct faults *faults)
{
    if (csv_fini(&r->parser, take_field, take_row, r) != 0)
        return refuse_quote(r, faults);
    if (r->limit != LIMIT_NONE)
        return refuse_limit(r, faults);
    return r->has_row ? CSV_ROW : CSV_END;
}

/* A row of a workbook ends behind its last cell that holds something: the others are empty. */
static enum csv_result next_of_workbook(struct csv_reader *r, struct faults *faults,
                                        const struct csv_row **row)
{
    enum csv_result result = xlsx_rows_next(r->workbook, faults, row);

    if (result != CSV_ROW || (*row)->count >= r->width)
        return result;
    memcpy(r->fields, (*row)->fields, (*row)->count * sizeof(*r->fields));
    r->row = (struct csv_row){(*row)->line, r->fields, r->width};
    for (size_t i = (*row)->count; i < r->width; i++)
        r->fields[i] = (struct csv_field){"", 0};
    *row = &r->row;
    return CSV_ROW;
}

enum csv_result csv_reader_next(struct csv_reader *r, struct faults *faults,
                                const struct csv_row **row)
{
    enum csv_result result = CSV_END;

    if (r->workbook)
        return next_of_workbook(r, faults, row);
    if (r->is_broken || (!r->is_started && !start(r, faults)))
        return CSV_BROKEN;
    r->has_row = false;
    r->used = r->fed = r->row.count = 0;
    while (result == CSV_END) {
        if (!fill(r, faults))
            return CSV_BROKEN;
        if (r->pos == r->len) {
            result = finish(r, faults);
            break;
        }
        result = feed_line(r, faults);
    }
    if (result == CSV_ROW && !row_is_utf8(r))
        return refuse_encoding(r, r->row.line, faults);
    if (result == CSV_ROW)
        *row = &r->row;
    return result;
}
