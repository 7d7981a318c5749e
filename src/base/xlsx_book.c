/* Around the sheet of a workbook: which one it is, its texts, what numbers look like. */
#include "xlsx_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_BYTES 64
#define NAME_BYTES 256
#define FORMATS_MAX 4096 /* that a workbook defines itself */
#define SHEETS_SAID_MAX 5

/* ---- which sheet ---- */

struct sheets {
    struct xlsx_book *book;
    char id[ID_BYTES];     /* relation of the first that is seen */
    char name[NAME_BYTES]; /* and what it is called */
    size_t seen;           /* sheets that are not hidden */
};

static void workbook_start(void *context, const char *name, const char **attributes)
{
    struct sheets *sheets = context;
    const char *value;

    if (strcmp(name, "workbookPr") == 0) {
        value = xlsx_attribute(attributes, "date1904");
        sheets->book->is_1904 = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    }
    if (strcmp(name, "sheet") != 0)
        return;
    value = xlsx_attribute(attributes, "state");
    if (value && strcmp(value, "visible") != 0)
        return;
    if (sheets->seen++)
        return;
    value = xlsx_attribute(attributes, "id");
    snprintf(sheets->id, sizeof(sheets->id), "%s", value ? value : "");
    value = xlsx_attribute(attributes, "name");
    snprintf(sheets->name, sizeof(sheets->name), "%s", value ? value : "");
}

/* "worksheets/sheet1.xml" from xl/, or "/xl/worksheets/sheet1.xml". */
static void relation_start(void *context, const char *name, const char **attributes)
{
    struct sheets *sheets = context;
    const char *id = xlsx_attribute(attributes, "Id"), *target;

    if (strcmp(name, "Relationship") != 0 || !id || strcmp(id, sheets->id) != 0)
        return;
    target = xlsx_attribute(attributes, "Target");
    if (!target || strlen(target) >= NAME_BYTES)
        return;
    sheets->book->sheet = *target == '/'
                              ? arena_strdup(&sheets->book->arena, target + 1)
                              : arena_printf(&sheets->book->arena, "xl/%s", target);
}

static void nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
}

static bool read_sheets(struct xlsx_book *book, struct xlsx_zip *zip, struct faults *faults)
{
    struct sheets sheets = {.book = book};
    struct xlsx_handler workbook = {workbook_start, nothing, NULL, &sheets};
    struct xlsx_handler relations = {relation_start, nothing, NULL, &sheets};
    bool has_workbook, has_relations = false;

    if (!xlsx_part_read(zip, "xl/workbook.xml", &workbook, &has_workbook, faults))
        return false;
    if (has_workbook && *sheets.id &&
        !xlsx_part_read(zip, "xl/_rels/workbook.xml.rels", &relations, &has_relations, faults))
        return false;
    if (!book->sheet)
        return xlsx_refuse(zip, faults,
                           "trong bảng tính XLSX không có trang nào đọc được; hãy lưu kiểu 'CSV "
                           "UTF-8' rồi nhập",
                           "the XLSX workbook has no sheet that can be read; save it as 'CSV "
                           "UTF-8' and import that");
    if (sheets.seen > 1)
        faults_warn(faults, (struct place){zip->name, 0, ""},
                    "chỉ đọc trang tính đầu tiên, '%s'; %zu trang khác không được đọc",
                    "only the first sheet is read, '%s'; %zu others are not", sheets.name,
                    sheets.seen - 1);
    return true;
}

/* ---- texts ---- */

struct strings {
    struct xlsx_book *book;
    struct xlsx_zip *zip;
    struct buf text; /* of the one that is read */
    bool is_text;    /* between <t> and </t>, not in what tells how it is spoken */
    unsigned spoken; /* depth of <rPh> */
    size_t cap, bytes;
    bool is_full;
};

static void string_start(void *context, const char *name, const char **attributes)
{
    struct strings *s = context;

    (void)attributes;
    if (strcmp(name, "si") == 0)
        buf_clear(&s->text);
    s->spoken += strcmp(name, "rPh") == 0;
    s->is_text = !s->spoken && strcmp(name, "t") == 0;
}

static void add_string(struct strings *s)
{
    struct xlsx_book *book = s->book;

    if (book->string_count == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 1024;
        book->strings = xrealloc(book->strings, s->cap * sizeof(*book->strings));
    }
    book->strings[book->string_count++] =
        arena_strndup(&book->arena, s->text.len ? buf_text(&s->text) : "", s->text.len);
    s->bytes += s->text.len + sizeof(*book->strings) + 1;
    s->is_full = s->is_full || s->bytes > XLSX_STRINGS_BYTES_MAX || s->text.is_full;
}

static void string_end(void *context, const char *name)
{
    struct strings *s = context;

    s->is_text = false;
    s->spoken -= s->spoken && strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") == 0 && !s->is_full)
        add_string(s);
}

static void string_text(void *context, const char *text, int len)
{
    struct strings *s = context;

    if (s->is_text && !s->is_full)
        buf_add(&s->text, text, (size_t)len);
}

static bool read_strings(struct xlsx_book *book, struct xlsx_zip *zip, struct faults *faults)
{
    struct strings s = {.book = book, .zip = zip};
    struct xlsx_handler handler = {string_start, string_end, string_text, &s};
    bool is_there, is_fine;

    buf_init(&s.text, CSV_FIELD_BYTES_MAX);
    is_fine = xlsx_part_read(zip, "xl/sharedStrings.xml", &handler, &is_there, faults);
    buf_free(&s.text);
    if (is_fine && s.is_full)
        return xlsx_refuse(zip, faults,
                           "bảng tính XLSX có ô quá dài hoặc quá nhiều chữ; hãy lưu kiểu 'CSV "
                           "UTF-8' rồi nhập",
                           "the XLSX workbook has a cell that is too long, or too much text; save "
                           "it as 'CSV UTF-8' and import that");
    return is_fine;
}

/* ---- what numbers look like ---- */

struct styles {
    struct xlsx_book *book;
    size_t cap;
    bool is_in_cells; /* between <cellXfs> and </cellXfs> */
    struct {
        long id;
        enum xlsx_look look;
    } formats[FORMATS_MAX];
    size_t format_count;
};

/* Formats that every spreadsheet has (ECMA-376 part 1, 18.8.30), those of East Asia too. */
static enum xlsx_look built_in(long id)
{
    if (id == 9 || id == 10)
        return XLSX_LOOK_PERCENT;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return XLSX_LOOK_DAY;
    return XLSX_LOOK_NUMBER;
}

/* A format is one of days if it shows day or year; texts in quotes, brackets and behind a
 * backslash are no letters of it. Only its first part counts: that of positive numbers. */
static enum xlsx_look look_of_code(const char *code)
{
    enum xlsx_look look = XLSX_LOOK_NUMBER;

    for (; *code && *code != ';'; code++) {
        const char *end = NULL;

        if (*code == '"')
            end = strchr(code + 1, '"');
        else if (*code == '[')
            end = strchr(code, ']');
        else if ((*code == '\\' || *code == '_' || *code == '*') && code[1])
            end = code + 1;
        if (end)
            code = end;
        else if (strchr("dDyY", *code))
            return XLSX_LOOK_DAY;
        else if (*code == '%')
            look = XLSX_LOOK_PERCENT;
    }
    return look;
}

static enum xlsx_look look_of(const struct styles *s, const char *id)
{
    long number = id ? strtol(id, NULL, 10) : 0;

    for (size_t i = 0; i < s->format_count; i++) {
        if (s->formats[i].id == number)
            return s->formats[i].look;
    }
    return built_in(number);
}

static void add_look(struct styles *s, enum xlsx_look look)
{
    struct xlsx_book *book = s->book;

    if (book->look_count == XLSX_STYLES_MAX)
        return;
    if (book->look_count == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 64;
        book->looks = xrealloc(book->looks, s->cap);
    }
    book->looks[book->look_count++] = (unsigned char)look;
}

static void style_start(void *context, const char *name, const char **attributes)
{
    struct styles *s = context;
    const char *id = xlsx_attribute(attributes, "numFmtId");

    if (strcmp(name, "cellXfs") == 0)
        s->is_in_cells = true;
    if (strcmp(name, "numFmt") == 0 && id && s->format_count < FORMATS_MAX) {
        const char *code = xlsx_attribute(attributes, "formatCode");

        s->formats[s->format_count].id = strtol(id, NULL, 10);
        s->formats[s->format_count++].look = look_of_code(code ? code : "");
    }
    if (strcmp(name, "xf") == 0 && s->is_in_cells)
        add_look(s, look_of(s, id));
}

static void style_end(void *context, const char *name)
{
    struct styles *s = context;

    if (strcmp(name, "cellXfs") == 0)
        s->is_in_cells = false;
}

static bool read_styles(struct xlsx_book *book, struct xlsx_zip *zip, struct faults *faults)
{
    struct styles *s = xmalloc(sizeof(*s));
    struct xlsx_handler handler = {style_start, style_end, NULL, s};
    bool is_there, is_fine;

    *s = (struct styles){.book = book};
    is_fine = xlsx_part_read(zip, "xl/styles.xml", &handler, &is_there, faults);
    free(s);
    return is_fine;
}

/* ---- all ---- */

bool xlsx_book_read(struct xlsx_book *book, struct xlsx_zip *zip, struct faults *faults)
{
    return read_sheets(book, zip, faults) && read_strings(book, zip, faults) &&
           read_styles(book, zip, faults);
}
