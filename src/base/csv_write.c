#include "base/csv.h"

#include <string.h>

#include "base/text.h"

void csv_writer_init(struct csv_writer *w, struct buf *out, struct csv_format format)
{
    *w = (struct csv_writer){.out = out, .format = format};
    if (format.has_bom)
        buf_puts(out, "\xef\xbb\xbf");
}

/* Digits with a sign before, and points or commas between: "-1.234,5". */
static bool is_plain_number(const char *text, size_t len)
{
    bool after_digit = false;

    for (size_t i = *text == '+' || *text == '-'; i < len; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        if (!is_digit && !(after_digit && (text[i] == '.' || text[i] == ',')))
            return false;
        after_digit = is_digit;
    }
    return after_digit;
}

/* Quoted for every separator, not only ours: a spreadsheet may be set to another one. */
static bool needs_quotes(const char *text, size_t len, bool is_first)
{
    if (!len)
        return is_first; /* a row of one empty field must not be an empty line */
    if (text[0] == ' ' || text[len - 1] == ' ')
        return true;
    for (size_t i = 0; i < len; i++) {
        if (memchr(",;\t\"\r\n", text[i], 6))
            return true;
    }
    return false;
}

/* Copies valid UTF-8, doubles quotation marks. */
static void put_text(struct buf *out, const char *text, size_t len)
{
    for (const char *end = text + len; text < end;) {
        size_t left = (size_t)(end - text), valid = text_valid_utf8(text, left);
        const char *stop = memchr(text, '"', valid);
        const char *nul = memchr(text, '\0', stop ? (size_t)(stop - text) : valid);
        size_t plain = nul ? (size_t)(nul - text) : stop ? (size_t)(stop - text) : valid;

        buf_add(out, text, plain);
        text += plain;
        if (text == end)
            break;
        buf_puts(out, !nul && stop ? "\"\"" : "\xef\xbf\xbd");
        text++;
    }
}

static size_t count_marks(const char *text, size_t len)
{
    size_t marks = 0;

    while (marks < len && text[marks] == '\'')
        marks++;
    return marks;
}

/* Behind any apostrophes, which are doubled so to say, there is what starts a formula. */
static bool starts_formula(const char *text, size_t len, size_t marks)
{
    return marks < len && memchr("=+-@\t\r", text[marks], 6);
}

const char *csv_unmark(const char *text, size_t len)
{
    size_t marks = count_marks(text, len);

    return marks && starts_formula(text, len, marks) ? text + 1 : text;
}

void csv_put_bytes(struct csv_writer *w, const char *text, size_t len)
{
    size_t marks = count_marks(text, len);
    bool is_formula = starts_formula(text, len, marks) && (marks || !is_plain_number(text, len));
    bool is_quoted = needs_quotes(text, len, !w->fields);

    if (w->fields++)
        buf_putc(w->out, w->format.separator);
    if (is_quoted)
        buf_putc(w->out, '"');
    if (is_formula)
        buf_putc(w->out, '\'');
    put_text(w->out, text, len);
    if (is_quoted)
        buf_putc(w->out, '"');
}

void csv_put(struct csv_writer *w, const char *text)
{
    csv_put_bytes(w, text ? text : "", text ? strlen(text) : 0);
}

void csv_end_row(struct csv_writer *w)
{
    buf_puts(w->out, w->format.has_crlf ? "\r\n" : "\n");
    w->fields = 0;
}
