/* The rows of a sheet, as it is read piece by piece. */
#include "xlsx_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/xlsx.h"
#include "xlsx_parts.h"

/* A row that was read and not yet given. */
struct waiting {
    struct csv_row row;
    struct waiting *next;
};

enum cell_type {
    CELL_NUMBER,
    CELL_SHARED, /* number of a text of the workbook */
    CELL_TEXT,   /* of a formula, or in the cell itself */
    CELL_TRUTH,
    CELL_DAY /* ISO 8601 */
};

struct xlsx_rows {
    struct xlsx_zip zip;
    struct xlsx_book book;
    struct xlsx_part part; /* the sheet */
    bool is_broken;
    struct arena arenas[2]; /* of the rows that wait: this piece's, and the one before */
    struct arena *arena;    /* one of them */
    struct waiting *first, **end;

    /* the row and the cell that are read */
    int line;
    struct csv_field *fields; /* XLSX_COLUMNS_MAX of them; those of the row are copied */
    size_t count;             /* up to the last that holds something */
    size_t column;
    enum cell_type type;
    enum xlsx_look look;
    struct buf text;
    bool is_in_row, has_formula, is_value, is_inline;
    unsigned spoken; /* depth of <rPh> */
    struct words fault; /* what ends the reading; NULL: nothing yet */
};

/* ---- cells ---- */

static void fail(struct xlsx_rows *r, const char *vi, const char *en)
{
    if (!r->fault.in[LANG_VI])
        r->fault = (struct words){{vi, en}};
}

/* "BC12" -> 54, from 0; the next column where it is not said. */
static size_t column_of(const char *place, size_t next)
{
    size_t column = 0;

    if (!place)
        return next;
    for (; *place >= 'A' && *place <= 'Z' && column <= XLSX_COLUMNS_MAX; place++)
        column = 26 * column + (size_t)(*place - 'A') + 1;
    return column ? column - 1 : next;
}

static enum cell_type type_of(const char *type)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED},     {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT},
                 {"b", CELL_TRUTH},      {"e", CELL_TEXT},   {"d", CELL_DAY}};

    for (size_t i = 0; type && i < ARRAY_SIZE(types); i++) {
        if (strcmp(types[i].name, type) == 0)
            return types[i].type;
    }
    return CELL_NUMBER;
}

static void begin_cell(struct xlsx_rows *r, const char **attributes)
{
    const char *style = xlsx_attribute(attributes, "s");
    size_t look = style ? strtoul(style, NULL, 10) : 0;

    r->column = column_of(xlsx_attribute(attributes, "r"), r->column + 1);
    r->type = type_of(xlsx_attribute(attributes, "t"));
    r->look = look < r->book.look_count ? (enum xlsx_look)r->book.looks[look] : XLSX_LOOK_NUMBER;
    r->has_formula = false;
    buf_clear(&r->text);
}

static const char *shared(struct xlsx_rows *r, const char *number)
{
    size_t index = strtoul(number, NULL, 10);

    if (index < r->book.string_count)
        return r->book.strings[index];
    fail(r, "có ô chỉ tới một đoạn chữ không có trong tệp",
         "a cell names a text that is not there");
    return "";
}

/* "_x000D_" -> 13; -1 for anything else. */
static int escaped(const char *text)
{
    int code = 0;

    if (text[0] != '_' || text[1] != 'x')
        return -1;
    for (int i = 2; i < 6; i++) {
        const char *digits = "0123456789abcdef", *digit;

        digit = text[i] ? strchr(digits, text[i] >= 'A' && text[i] <= 'F' ? text[i] - 'A' + 'a'
                                                                           : text[i])
                        : NULL;
        if (!digit)
            return -1;
        code = 16 * code + (int)(digit - digits);
    }
    return text[6] == '_' ? code : -1;
}

/* Spreadsheets write what XML cannot hold as "_x000D_", and "_x005F_" for a "_" that stands before
 * what would look so. */
static const char *unescape(struct xlsx_rows *r, const char *text)
{
    char *copy, *to;

    if (!strstr(text, "_x"))
        return text;
    copy = to = arena_strdup(r->arena, text);
    while (*text) {
        int code = escaped(text);

        if (code < 0)
            *to++ = *text++;
        else
            to += text_put(to, (uint32_t)code);
        text += code < 0 ? 0 : 7;
    }
    *to = '\0';
    return copy;
}

static const char *value_of(struct xlsx_rows *r)
{
    const char *text = r->text.len ? buf_text(&r->text) : "";

    switch (r->type) {
    case CELL_SHARED:
        return unescape(r, shared(r, text));
    case CELL_TEXT:
        return unescape(r, arena_strdup(r->arena, text));
    case CELL_TRUTH:
        return strcmp(text, "1") == 0 ? "true" : "false";
    case CELL_DAY:
        return arena_strndup(r->arena, text, r->text.len < DAY_ISO_CHARS ? r->text.len
                                                                          : DAY_ISO_CHARS);
    case CELL_NUMBER:
        break;
    }
    return xlsx_number_text(r->arena, text, r->look, r->book.is_1904);
}

/* As a table of text has it: without white space around it. */
static struct csv_field trimmed(struct xlsx_rows *r, const char *text)
{
    size_t len;

    text += strspn(text, " \t\r\n");
    len = strlen(text);
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    return (struct csv_field){text[len] ? arena_strndup(r->arena, text, len) : text, len};
}

static void end_cell(struct xlsx_rows *r)
{
    struct csv_field field;

    if (r->text.is_full) {
        fail(r, "có ô quá dài", "a cell is too long");
        return;
    }
    if (!r->text.len && r->has_formula)
        fail(r, "có ô là công thức chưa tính; hãy mở bằng Excel hoặc LibreOffice rồi lưu lại",
             "a cell has a formula that was not computed; open it in Excel or LibreOffice and save "
             "it again");
    if (!r->text.len)
        return;
    field = trimmed(r, value_of(r));
    if (!field.len)
        return;
    if (r->column >= CSV_COLUMNS_MAX) {
        fail(r, "hàng có quá nhiều cột", "the row has too many columns");
        return;
    }
    while (r->count < r->column)
        r->fields[r->count++] = (struct csv_field){"", 0};
    if (r->column < r->count) {
        fail(r, "có hai ô ở cùng một chỗ", "two cells stand in the same place");
        return;
    }
    r->fields[r->count++] = field;
}

/* ---- rows ---- */

/* Numbers rise, as every program writes them: else one of two would be lost. */
static void begin_row(struct xlsx_rows *r, const char **attributes)
{
    const char *number = xlsx_attribute(attributes, "r");
    long line = number ? strtol(number, NULL, 10) : r->line + 1;

    if (line <= r->line || line > XLSX_ROWS_MAX) {
        fail(r, "các hàng không theo thứ tự", "the rows are not in their order");
        return;
    }
    r->line = (int)line;
    r->is_in_row = true;
    r->count = 0;
    r->column = SIZE_MAX; /* the next is the first */
}

static void end_row(struct xlsx_rows *r)
{
    struct waiting *waiting;
    struct csv_field *fields;

    r->is_in_row = false;
    if (!r->count || r->fault.in[LANG_VI])
        return;
    waiting = ARENA_NEW(r->arena, struct waiting);
    fields = ARENA_ARRAY(r->arena, struct csv_field, r->count);
    memcpy(fields, r->fields, r->count * sizeof(*fields));
    *waiting = (struct waiting){.row = {r->line, fields, r->count}};
    *r->end = waiting;
    r->end = &waiting->next;
}

static void sheet_start(void *context, const char *name, const char **attributes)
{
    struct xlsx_rows *r = context;

    r->spoken += strcmp(name, "rPh") == 0;
    r->is_value = strcmp(name, "v") == 0 || (r->is_inline && !r->spoken && strcmp(name, "t") == 0);
    if (strcmp(name, "c") == 0)
        begin_cell(r, attributes);
    else if (strcmp(name, "row") == 0)
        begin_row(r, attributes);
    else if (strcmp(name, "f") == 0)
        r->has_formula = true;
    else if (strcmp(name, "is") == 0)
        r->is_inline = true;
}

static void sheet_end(void *context, const char *name)
{
    struct xlsx_rows *r = context;

    r->is_value = false;
    r->spoken -= r->spoken && strcmp(name, "rPh") == 0;
    if (strcmp(name, "c") == 0)
        end_cell(r);
    else if (strcmp(name, "row") == 0)
        end_row(r);
    else if (strcmp(name, "is") == 0)
        r->is_inline = false;
}

static void sheet_text(void *context, const char *text, int len)
{
    struct xlsx_rows *r = context;

    if (r->is_value)
        buf_add(&r->text, text, (size_t)len);
}

/* ---- outside ---- */

bool xlsx_rows_is_zip(const char *data, size_t len)
{
    return len >= 4 && memcmp(data, "PK\x03\x04", 4) == 0;
}

static bool open_sheet(struct xlsx_rows *r, struct faults *faults)
{
    struct xlsx_handler handler = {sheet_start, sheet_end, sheet_text, r};
    bool is_there;

    r->first = NULL;
    r->end = &r->first;
    r->line = 0;
    r->is_in_row = r->is_value = r->is_inline = false;
    r->spoken = 0;
    if (!xlsx_part_open(&r->part, &r->zip, r->book.sheet, &handler, &is_there, faults))
        return false;
    return is_there || xlsx_refuse(&r->zip, faults,
                                   "trang tính đầu tiên không có trong tệp XLSX; hãy lưu lại rồi "
                                   "nhập",
                                   "the first sheet is not in the XLSX file; save it again and "
                                   "import that");
}

static bool check_archive(struct xlsx_rows *r, struct faults *faults)
{
    if (!r->zip.file)
        return xlsx_refuse(&r->zip, faults,
                           "bảng tính XLSX bị hỏng hoặc bị cắt cụt; hãy xin lại tệp gốc",
                           "the XLSX workbook is damaged or cut short; ask for the original file");
    return zip_count(r->zip.file) <= XLSX_PARTS_MAX ||
           xlsx_refuse(&r->zip, faults, "tệp XLSX có quá nhiều phần bên trong",
                       "there are too many parts in the XLSX file");
}

struct xlsx_rows *xlsx_rows_open(int fd, const char *name, struct faults *faults)
{
    struct xlsx_rows *r = xmalloc(sizeof(*r));

    *r = (struct xlsx_rows){.zip = {.file = zip_open(fd), .name = name}};
    r->arena = &r->arenas[0];
    arena_init(&r->arenas[0]);
    arena_init(&r->arenas[1]);
    arena_init(&r->book.arena);
    buf_init(&r->text, CSV_FIELD_BYTES_MAX);
    r->fields = xmalloc(CSV_COLUMNS_MAX * sizeof(*r->fields));
    if (check_archive(r, faults) && xlsx_book_read(&r->book, &r->zip, faults) &&
        open_sheet(r, faults))
        return r;
    xlsx_rows_free(r);
    return NULL;
}

void xlsx_rows_free(struct xlsx_rows *r)
{
    if (!r)
        return;
    xlsx_part_close(&r->part);
    zip_close(r->zip.file);
    free(r->book.strings);
    free(r->book.looks);
    arena_free(&r->book.arena);
    arena_free(&r->arenas[0]);
    arena_free(&r->arenas[1]);
    buf_free(&r->text);
    free(r->fields);
    free(r);
}

bool xlsx_rows_rewind(struct xlsx_rows *r, struct faults *faults)
{
    xlsx_part_close(&r->part);
    r->zip.bytes = 0;
    r->fault = (struct words){{NULL, NULL}};
    r->is_broken = r->zip.is_refused = false;
    return open_sheet(r, faults);
}

static enum csv_result refuse_row(struct xlsx_rows *r, struct faults *faults)
{
    r->is_broken = true;
    faults_add(faults, (struct place){r->zip.name, r->line, ""}, "bảng tính XLSX: %1$s%2$.0s",
               "the XLSX workbook: %2$s%1$.0s", r->fault.in[LANG_VI], r->fault.in[LANG_EN]);
    return CSV_BROKEN;
}

/* What waited was given; a row that goes on into the next piece takes its cells along. */
static void begin_piece(struct xlsx_rows *r)
{
    r->arena = &r->arenas[r->arena == &r->arenas[0]];
    arena_reset(r->arena);
    r->end = &r->first;
    for (size_t i = 0; r->is_in_row && i < r->count; i++)
        r->fields[i].text = arena_strndup(r->arena, r->fields[i].text, r->fields[i].len);
}

enum csv_result xlsx_rows_next(struct xlsx_rows *r, struct faults *faults,
                               const struct csv_row **row)
{
    if (r->is_broken)
        return CSV_BROKEN;
    while (!r->first) {
        if (r->fault.in[LANG_VI])
            return refuse_row(r, faults);
        if (r->part.is_over)
            return CSV_END;
        begin_piece(r);
        r->is_broken = !xlsx_part_step(&r->part, faults);
        if (r->is_broken)
            return CSV_BROKEN;
    }
    *row = &r->first->row;
    r->first = r->first->next;
    return CSV_ROW;
}
