/* multipart/form-data (RFC 7578), as browsers send it (HTML, "multipart form data"). */
#include "form_parts.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/text.h"

#define BOUNDARY_MAX 70
#define PART_HEADERS_MAX 1024

/* Text that is borrowed from the body. */
struct piece {
    const char *at;
    size_t len;
};

/* Header lines that a part may have. */
enum part_header { PART_DISPOSITION, PART_TYPE, PART_HEADER__MAX };

static const char *const part_headers[PART_HEADER__MAX] = {
    [PART_DISPOSITION] = "Content-Disposition",
    [PART_TYPE] = "Content-Type",
};

struct part {
    struct piece headers[PART_HEADER__MAX]; /* .at is NULL if not sent */
    struct piece name;
    struct piece file_name; /* .at is NULL where the part is no file */
    struct piece data;
};

struct multipart {
    struct form_reader form;
    struct upload *file;
    bool has_file; /* its part was there, sent or left empty */
    struct piece rest;
    char delimiter[4 + BOUNDARY_MAX]; /* CR LF "--" boundary */
    size_t delimiter_len;
    size_t parts;
    size_t field_bytes;
};

static enum status broken(const struct multipart *m, const char *vi, const char *en)
{
    return err_set(m->form.err, BAD_INPUT, "Biểu mẫu kèm tệp bị hỏng: %s%.0s.",
                   "The form with a file is broken: %.0s%s.", vi, en);
}

static bool takes(struct piece *from, const char *word, size_t len)
{
    if (from->len < len || memcmp(from->at, word, len) != 0)
        return false;
    from->at += len;
    from->len -= len;
    return true;
}

/* The same for words of a header, in any case. */
static bool takes_word(struct piece *from, const char *word)
{
    size_t len = strlen(word);

    if (from->len < len || strncasecmp(from->at, word, len) != 0)
        return false;
    from->at += len;
    from->len -= len;
    return true;
}

static void skip_blanks(struct piece *from)
{
    while (from->len && (*from->at == ' ' || *from->at == '\t')) {
        from->at++;
        from->len--;
    }
}

/* Takes what comes before `end`, and `end` itself; false if it does not come. */
static bool take_until(struct piece *from, const char *end, size_t end_len, struct piece *out)
{
    const char *found = memmem(from->at, from->len, end, end_len);

    if (!found)
        return false;
    *out = (struct piece){from->at, (size_t)(found - from->at)};
    from->len -= out->len + end_len;
    from->at = found + end_len;
    return true;
}

/* ---- the boundary ---- */

/* bchars of RFC 2046, 5.1.1. */
static bool is_boundary_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("'()+_,-./:=? ", c));
}

static bool is_boundary(struct piece text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_boundary_char(text.at[i]))
            return false;
    }
    return text.len && text.len <= BOUNDARY_MAX && text.at[text.len - 1] != ' ';
}

/* A value of a parameter, quoted (without escapes: a boundary needs none) or not. */
static bool take_value(struct piece *from, struct piece *out)
{
    size_t len = 0;

    if (takes(from, "\"", 1))
        return take_until(from, "\"", 1, out);
    while (len < from->len && !strchr("; \t\"", from->at[len]))
        len++;
    *out = (struct piece){from->at, len};
    from->at += len;
    from->len -= len;
    return len > 0;
}

/* Finds the one boundary of a Content-Type header. */
static bool find_boundary(const char *type, struct piece *boundary)
{
    struct piece rest, name, value;
    const char *parameters = strchr(type, ';');

    boundary->at = NULL;
    if (!content_type_is(type, "multipart/form-data") || !parameters)
        return false;
    rest = (struct piece){parameters, strlen(parameters)};
    while (takes(&rest, ";", 1)) {
        skip_blanks(&rest);
        name = rest;
        if (!take_until(&rest, "=", 1, &value) || !take_value(&rest, &value))
            return false;
        skip_blanks(&rest);
        if (!takes_word(&name, "boundary="))
            continue;
        if (boundary->at)
            return false;
        *boundary = value;
    }
    return !rest.len && boundary->at && is_boundary(*boundary);
}

static enum status set_boundary(struct multipart *m, const char *type)
{
    struct piece boundary;

    if (!type || !find_boundary(type, &boundary))
        return err_set(m->form.err, BAD_INPUT,
                       "Biểu mẫu kèm tệp phải có kiểu multipart/form-data với một boundary.",
                       "A form with a file must be multipart/form-data with one boundary.");
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.at, boundary.len);
    m->delimiter_len = 4 + boundary.len;
    return OK;
}

/* ---- headers of a part ---- */

/* Browsers write three characters of a name as %22, %0D and %0A, and no other. */
static struct piece unescape(struct arena *arena, struct piece text)
{
    static const struct {
        const char *escape;
        char c;
    } escapes[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    char *out = arena_alloc(arena, text.len + 1, 1);
    size_t len = 0;

    while (text.len) {
        char c = *text.at;
        size_t step = 1;

        for (size_t i = 0; c == '%' && i < ARRAY_SIZE(escapes); i++) {
            if (text.len >= 3 && strncasecmp(text.at, escapes[i].escape, 3) == 0) {
                c = escapes[i].c;
                step = 3;
            }
        }
        out[len++] = c;
        text.at += step;
        text.len -= step;
    }
    return (struct piece){out, len};
}

/* form-data; name="..."; filename="..." */
static enum status read_disposition(struct multipart *m, struct part *part)
{
    static const char vi[] = "Content-Disposition của một phần phải là form-data; name=\"...\"";
    static const char en[] = "Content-Disposition of a part must be form-data; name=\"...\"";
    struct piece rest = part->headers[PART_DISPOSITION];

    if (!rest.at || !takes_word(&rest, "form-data"))
        return broken(m, vi, en);
    for (skip_blanks(&rest); takes(&rest, ";", 1); skip_blanks(&rest)) {
        struct piece *out, value;

        skip_blanks(&rest);
        out = takes_word(&rest, "name=\"")       ? &part->name
              : takes_word(&rest, "filename=\"") ? &part->file_name
                                                 : NULL;
        if (!out || out->at || !take_until(&rest, "\"", 1, &value))
            return broken(m, vi, en);
        *out = unescape(m->form.arena, value);
    }
    return rest.len || !part->name.at ? broken(m, vi, en) : OK;
}

static bool is_clean(struct piece line)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.at[i];

        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static enum status read_header(struct multipart *m, struct part *part, struct piece line)
{
    const char *colon = memchr(line.at, ':', line.len);
    size_t name_len = colon ? (size_t)(colon - line.at) : line.len;

    if (!is_clean(line))
        return broken(m, "tiêu đề của một phần có ký tự điều khiển",
                      "a header of a part has control characters");
    for (size_t i = 0; i < PART_HEADER__MAX; i++) {
        struct piece value = line;

        if (!takes_word(&value, part_headers[i]) || !takes(&value, ":", 1))
            continue;
        if (part->headers[i].at)
            return broken(m, "một phần có tiêu đề lặp lại", "a part has a header twice");
        skip_blanks(&value);
        part->headers[i] = value;
        return OK;
    }
    return err_set(m->form.err, BAD_INPUT,
                   "Biểu mẫu kèm tệp bị hỏng: một phần có tiêu đề \"%s\"; chỉ Content-Disposition "
                   "và Content-Type được phép.",
                   "The form with a file is broken: a part has the header \"%s\"; only "
                   "Content-Disposition and Content-Type are allowed.",
                   form_shown(m->form.arena, line.at, name_len, 40));
}

static enum status read_headers(struct multipart *m, struct part *part)
{
    size_t limit = m->rest.len < PART_HEADERS_MAX ? m->rest.len : PART_HEADERS_MAX;
    struct piece block = {m->rest.at, limit}, type;
    enum status status = OK;

    for (;;) {
        struct piece line;

        if (!take_until(&block, "\r\n", 2, &line)) {
            if (limit < PART_HEADERS_MAX)
                return broken(m, "tiêu đề của một phần bị cắt", "the headers of a part are cut");
            return err_set(m->form.err, LIMIT, "Tiêu đề của một phần dài quá %d byte.",
                           "The headers of a part have more than %d bytes.", PART_HEADERS_MAX);
        }
        if (!line.len)
            break;
        status = read_header(m, part, line);
        if (status != OK)
            return status;
    }
    m->rest.len -= (size_t)(block.at - m->rest.at);
    m->rest.at = block.at;
    type = part->headers[PART_TYPE];
    if (type.at && takes_word(&type, "multipart/"))
        return broken(m, "một phần lại chứa nhiều phần", "a part is multipart itself");
    return read_disposition(m, part);
}

/* ---- what a part holds ---- */

/* Without folders, whichever system they are of; in NFC, since macOS takes letters apart. */
static const char *file_name(struct arena *arena, struct piece name)
{
    const char *shown;
    size_t len;

    for (size_t i = name.len; i; i--) {
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
            name = (struct piece){name.at + i, name.len - i};
            break;
        }
    }
    shown = form_shown(arena, name.at, name.len, name.len);
    shown = text_nfc(arena, shown, strlen(shown), &len);
    shown = form_trim(shown, &len);
    return arena_strndup(arena, shown, text_cut(shown, len, UPLOAD_NAME_BYTES_MAX));
}

static enum status take_file(struct multipart *m, const struct part *part)
{
    struct upload *file = m->file;

    if (m->has_file)
        return err_set(m->form.err, BAD_INPUT,
                       "Trường \"%s\" có hai tệp; mỗi lần chỉ được gửi một tệp.",
                       "Field \"%s\" has two files; only one may be sent at a time.", file->field);
    if (!part->file_name.at)
        return err_set(m->form.err, BAD_INPUT, "Trường \"%s\" phải là một tệp.",
                       "Field \"%s\" must be a file.", file->field);
    m->has_file = true;
    if (!part->file_name.len && !part->data.len)
        return OK;
    file->is_sent = true;
    file->name = file_name(m->form.arena, part->file_name);
    file->data = (const unsigned char *)part->data.at;
    file->len = part->data.len;
    return OK;
}

static enum status take_field(struct multipart *m, const struct part *part)
{
    struct form_reader *form = &m->form;
    struct field *field;
    enum status status = form_find(form, part->name.at, part->name.len, &field);

    if (status != OK)
        return status;
    if (part->file_name.at)
        return err_set(form->err, BAD_INPUT, "Trường \"%s\" không được là một tệp.",
                       "Field \"%s\" must not be a file.", field->name);
    if (part->name.len + part->data.len > FORM_BYTES_MAX - m->field_bytes)
        return err_set(form->err, LIMIT,
                       "Các trường cùng nhau dài quá %d byte, tính đến trường \"%s\".",
                       "The fields together have more than %d bytes, counted up to field \"%s\".",
                       FORM_BYTES_MAX, field->name);
    m->field_bytes += part->name.len + part->data.len;
    return form_put(form, field, arena_strndup(form->arena, part->data.at, part->data.len),
                    part->data.len);
}

static enum status read_part(struct multipart *m)
{
    struct part part = {0};
    enum status status;

    if (++m->parts > FORM_FIELDS_MAX)
        return err_set(m->form.err, LIMIT, "Biểu mẫu có quá %d phần.",
                       "The form has more than %d parts.", FORM_FIELDS_MAX);
    status = read_headers(m, &part);
    if (status != OK)
        return status;
    if (!take_until(&m->rest, m->delimiter, m->delimiter_len, &part.data))
        return broken(m, "một phần không có chỗ kết thúc", "a part has no end");
    if (m->file && strlen(m->file->field) == part.name.len &&
        memcmp(m->file->field, part.name.at, part.name.len) == 0)
        return take_file(m, &part);
    return take_field(m, &part);
}

/* The parts up to the last delimiter, which has "--" behind it. */
static enum status read_parts(struct multipart *m)
{
    if (!takes(&m->rest, m->delimiter + 2, m->delimiter_len - 2))
        return broken(m, "phần đầu không bắt đầu bằng boundary",
                      "it does not begin with its boundary");
    while (!takes(&m->rest, "--", 2)) {
        enum status status;

        if (!takes(&m->rest, "\r\n", 2))
            return broken(m, "sau boundary phải là xuống dòng",
                          "a boundary must be followed by a line break");
        status = read_part(m);
        if (status != OK)
            return status;
    }
    (void)takes(&m->rest, "\r\n", 2);
    return m->rest.len ? broken(m, "có dữ liệu sau boundary cuối", "data follows its last boundary")
                       : OK;
}

static void clear_file(struct upload *file)
{
    if (file)
        *file = (struct upload){.field = file->field};
}

enum status multipart_read(struct arena *arena, const char *type, const char *data, size_t len,
                           struct field *fields, size_t count, struct upload *file, struct err *err)
{
    struct multipart m = {
        .form = {.arena = arena, .fields = fields, .count = count, .err = err},
        .file = file,
        .rest = {len ? data : "", len},
    };
    enum status status;

    form_clear(fields, count);
    clear_file(file);
    status = set_boundary(&m, type);
    if (status == OK)
        status = read_parts(&m);
    if (status != OK) {
        form_clear(fields, count);
        clear_file(file);
    }
    return status;
}
