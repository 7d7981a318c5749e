/*
 * Any bytes as the sheet of a workbook, or, up to a NUL, as its texts and styles: rows rise, cells
 * are UTF-8 without white space around them, and the same rows come when it is read again.
 */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/csv.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

struct part {
    const char *name;
    const void *data;
    size_t len;
};

static void put(struct buf *out, size_t bytes, uint64_t value)
{
    for (; bytes; bytes--, value >>= 8)
        buf_putc(out, (char)(value & 0xff));
}

/* Parts as they are, without packing. */
static void put_archive(struct buf *out, const struct part *parts, size_t count)
{
    struct buf list;
    size_t begin;

    buf_init(&list, BUF_MAX_DEFAULT);
    for (size_t i = 0; i < count; i++) {
        size_t name_len = strlen(parts[i].name), at = out->len;
        uint64_t sum = crc32(0, parts[i].data, (unsigned)parts[i].len);

        put(out, 4, 0x04034b50);
        put(out, 10, (uint64_t)20);
        put(out, 4, sum);
        put(out, 4, parts[i].len);
        put(out, 4, parts[i].len);
        put(out, 4, name_len);
        buf_add(out, parts[i].name, name_len);
        buf_add(out, parts[i].data, parts[i].len);
        put(&list, 4, 0x02014b50);
        put(&list, 12, (uint64_t)20 << 16 | 20);
        put(&list, 4, sum);
        put(&list, 4, parts[i].len);
        put(&list, 4, parts[i].len);
        put(&list, 4, name_len);
        put(&list, 10, 0);
        put(&list, 4, at);
        buf_add(&list, parts[i].name, name_len);
    }
    begin = out->len;
    buf_add(out, list.data, list.len);
    put(out, 4, 0x06054b50);
    put(out, 4, 0);
    put(out, 2, count);
    put(out, 2, count);
    put(out, 4, list.len);
    put(out, 4, begin);
    put(out, 2, 0);
    buf_free(&list);
}

static void check_row(const struct csv_row *row, int last)
{
    MUST(row->line > last && row->count > 0 && row->count <= CSV_COLUMNS_MAX);
    for (size_t i = 0; i < row->count; i++) {
        const struct csv_field *field = &row->fields[i];

        MUST(strlen(field->text) == field->len);
        MUST(text_valid_utf8(field->text, field->len) == field->len);
        MUST(!field->len || (!strchr(" \t\r\n", field->text[0]) &&
                             !strchr(" \t\r\n", field->text[field->len - 1])));
    }
}

/* All rows; how many bytes their cells have. */
static size_t read_rows(struct csv_reader *reader, struct faults *faults, size_t *rows)
{
    const struct csv_row *row;
    size_t bytes = 0, errors = faults->errors;
    int last = 0;
    enum csv_result result;

    *rows = 0;
    while ((result = csv_reader_next(reader, faults, &row)) == CSV_ROW) {
        check_row(row, last);
        last = row->line;
        ++*rows;
        for (size_t i = 0; i < row->count; i++)
            bytes += row->fields[i].len;
    }
    MUST((result == CSV_BROKEN) == (faults->errors > errors));
    return bytes;
}

static void read_twice(const char *path, struct arena *arena)
{
    struct faults faults;
    struct csv_reader *reader;
    size_t rows, again, bytes;

    faults_init(&faults, arena);
    reader = csv_reader_open(path, &faults);
    if (!reader) {
        MUST(faults.errors == 1);
        return;
    }
    MUST(csv_reader_is_workbook(reader));
    bytes = read_rows(reader, &faults, &rows);
    MUST(csv_reader_rewind(reader, &faults));
    MUST(read_rows(reader, &faults, &again) == bytes && again == rows);
    csv_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char book[] =
        "<workbook " MAIN " xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"b\"/></sheets></workbook>";
    static const char relations[] = "<a><Relationship Id=\"b\" Target=\"s.xml\"/></a>";
    const uint8_t *texts = size ? memchr(data, '\0', size) : NULL;
    size_t sheet = texts ? (size_t)(texts - data) : size, rest = texts ? size - sheet - 1 : 0;
    struct part parts[] = {{"xl/workbook.xml", book, sizeof(book) - 1},
                           {"xl/_rels/workbook.xml.rels", relations, sizeof(relations) - 1},
                           {"xl/s.xml", data, sheet},
                           {"xl/sharedStrings.xml", data + sheet + 1, rest},
                           {"xl/styles.xml", data + sheet + 1, rest}};
    int file = memfd_create("workbook", 0);
    struct arena arena;
    struct buf out;
    char path[64];

    buf_init(&out, BUF_MAX_DEFAULT);
    put_archive(&out, parts, texts ? 5 : 3);
    MUST(file >= 0 && write(file, out.data, out.len) == (ssize_t)out.len);
    buf_free(&out);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    arena_init(&arena);
    read_twice(path, &arena);
    arena_free(&arena);
    close(file);
    return 0;
}
