#include "form_parts.h"

#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* Marks on one letter: UAX #15 (stream-safe text) has 30 as more than any language needs. Sorting
 * them is not linear, so that a run without an end would cost seconds. */
#define MARKS_MAX 30

struct range {
    uint32_t first, last;
};

/* White_Space of Unicode, and what has no width: joiners, direction marks, byte order marks. */
static const struct range blanks[] = {
    {0x09, 0x0d},     {0x20, 0x20},     {0x85, 0x85},     {0xa0, 0xa0},
    {0x1680, 0x1680}, {0x180e, 0x180e}, {0x2000, 0x200f}, {0x2028, 0x2029},
    {0x202f, 0x202f}, {0x205f, 0x2060}, {0x3000, 0x3000}, {0xfeff, 0xfeff},
};

/* Embeddings, overrides and isolates: "fdp.exe" could read "exe.pdf". */
static const struct range turns[] = {{0x200e, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x2069}};

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    }
    return false;
}

static bool is_blank(uint32_t code)
{
    return is_in(blanks, ARRAY_SIZE(blanks), code);
}

static bool is_turn(uint32_t code)
{
    return is_in(turns, ARRAY_SIZE(turns), code);
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

const char *form_trim(const char *text, size_t *len)
{
    const char *end = text + *len;

    for (const char *next = text; text < end && is_blank(text_next(&next, end));)
        text = next;
    while (end > text) {
        const char *last = end - 1;
        const char *next;

        while (((unsigned char)*last & 0xc0) == 0x80)
            last--;
        next = last;
        if (!is_blank(text_next(&next, end)))
            break;
        end = last;
    }
    *len = (size_t)(end - text);
    return text;
}

const char *form_shown(struct arena *arena, const char *text, size_t len, size_t max)
{
    size_t kept = text_cut(text, len, max);
    char *shown = arena_strndup(arena, text, kept);

    for (size_t i = 0; i < kept;) {
        const char *at = text + i;
        size_t valid = text_valid_utf8(at, kept - i < 4 ? kept - i : 4);
        uint32_t code = text_next(&at, text + kept);
        size_t step = (size_t)(at - text) - i;

        if (!valid || is_control(code) || is_turn(code))
            memset(shown + i, '?', step);
        i += step;
    }
    return shown;
}

/* CRLF, as browsers send line ends, becomes LF; a CR alone stays and is refused. */
static size_t unify_lines(char *text, size_t len)
{
    size_t kept = 0;

    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\r' || i + 1 == len || text[i + 1] != '\n')
            text[kept++] = text[i];
    }
    return kept;
}

static bool has_controls(const char *text, size_t len, bool has_lines)
{
    const char *end = text + len;

    while (text < end) {
        uint32_t code = text_next(&text, end);

        if (is_control(code) && !(has_lines && (code == '\n' || code == '\t')))
            return true;
    }
    return false;
}

static enum status too_many_marks(struct form_reader *r, const struct field *field)
{
    return err_set(r->err, BAD_INPUT, "Trường \"%s\" có chữ mang quá %d dấu; hãy viết lại chữ đó.",
                   "Field \"%s\" has a letter with more than %d marks; write it again.",
                   field->name, MARKS_MAX);
}

/* What people cannot see is put in order. */
static enum status tidy(struct form_reader *r, const struct field *field, char *value, size_t *len,
                        const char **out)
{
    char *text = value + (form_trim(value, len) - value);

    *len = unify_lines(text, *len);
    text[*len] = '\0';
    if (has_controls(text, *len, field->has_lines))
        return err_set(r->err, BAD_INPUT,
                       "Trường \"%s\" có ký tự điều khiển%s; hãy xóa các ký tự đó rồi gửi lại.",
                       "Field \"%s\" has control characters%s; remove them and send it again.",
                       field->name, field->has_lines ? "" : " (tab, CR, LF...)");
    if (text_marks_run(text, *len) > MARKS_MAX)
        return too_many_marks(r, field);
    *out = text_nfc(r->arena, text, *len, len);
    /* Some marks become two: what is kept must be taken when it comes again. */
    return text_marks_run(*out, *len) > MARKS_MAX ? too_many_marks(r, field) : OK;
}

enum status form_convert(struct form_reader *r, const struct field *field, char *value, size_t len,
                         const char **out)
{
    enum status status = OK;

    if (text_valid_utf8(value, len) != len)
        return err_set(r->err, BAD_INPUT,
                       "Trường \"%s\" không phải là văn bản UTF-8; hãy gửi lại dưới dạng UTF-8.",
                       "Field \"%s\" is not UTF-8 text; send it again as UTF-8.", field->name);
    if (memchr(value, '\0', len))
        return err_set(
            r->err, BAD_INPUT, "Trường \"%s\" có ký tự NUL; hãy xóa ký tự đó rồi gửi lại.",
            "Field \"%s\" has a NUL character; remove it and send it again.", field->name);
    value[len] = '\0';
    *out = value;
    if (!field->is_raw)
        status = tidy(r, field, value, &len, out);
    if (status == OK && len > field->max)
        return err_set(r->err, LIMIT,
                       "Trường \"%s\" dài %zu byte; tối đa là %zu byte, hãy viết ngắn lại.",
                       "Field \"%s\" has %zu bytes; at most %zu are allowed, make it shorter.",
                       field->name, len, field->max);
    return status;
}
