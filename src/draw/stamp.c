#include "draw/stamp.h"

#include <string.h>

#define INTRO "%dxready-stamp "
#define DIGITS 10
#define ENDING_MIN (sizeof("startxref\n1\n%%EOF\n") - 1)
#define ENDING_MAX (ENDING_MIN + DIGITS)
/* The line with the text, without what stands behind it. */
#define LINE_BYTES (sizeof(INTRO) - 1 + DIGITS + 1 + STAMP_TEXT_BYTES + 1)

/* ---- drawing ---- */

static double height(const void *data, double width)
{
    (void)data;
    return width;
}

static void draw(const void *data, struct canvas *canvas)
{
    const double module = canvas->width / (QR_STAMP_SIZE + 2 * QR_QUIET);
    const double side = QR_STAMP_SIZE * module, edge = QR_QUIET * module;

    (void)data;
    canvas_rect(canvas, (struct box){0, 0, canvas->width, canvas->width}, 0,
                &(struct paint){.fill = COLOUR_PAPER});
    canvas_stamp(canvas, (struct box){edge, edge, side, side});
}

struct picture stamp_picture(void)
{
    return (struct picture){height, draw, NULL};
}

void stamp_put_text(struct buf *out, size_t picture)
{
    buf_printf(out, "%s%0*zu ", INTRO, DIGITS, picture);
    for (size_t i = 0; i < STAMP_TEXT_BYTES; i++)
        buf_putc(out, STAMP_BLANK);
    buf_putc(out, '\n');
}

/* ---- finding ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of "startxref\n12345\n%%EOF\n" at the end; 0: something else stands there. */
static size_t ending_length(const char *pdf, size_t len)
{
    static const char eof[] = "\n%%EOF\n", word[] = "startxref\n";
    const size_t eof_len = sizeof(eof) - 1, word_len = sizeof(word) - 1;
    size_t at = len - eof_len, digits = 0;

    if (memcmp(pdf + at, eof, eof_len) != 0)
        return 0;
    for (; digits < DIGITS && is_digit(pdf[at - 1]); digits++)
        at--;
    if (!digits || memcmp(pdf + at - word_len, word, word_len) != 0)
        return 0;
    return len - (at - word_len);
}

static bool read_place(const char *digits, size_t *out)
{
    *out = 0;
    for (int i = 0; i < DIGITS; i++) {
        if (!is_digit(digits[i]))
            return false;
        *out = *out * 10 + (size_t)(digits[i] - '0');
    }
    return true;
}

bool stamp_find(const char *pdf, size_t len, struct stamp *out)
{
    size_t ending, line, place;

    if (len < LINE_BYTES + ENDING_MAX)
        return false;
    ending = ending_length(pdf, len);
    if (!ending || pdf[len - ending - 1] != '\n')
        return false;
    line = len - ending - LINE_BYTES;
    place = line + sizeof(INTRO) - 1;
    if (memcmp(pdf + line, INTRO, sizeof(INTRO) - 1) != 0 ||
        !read_place(pdf + place, &out->picture) || pdf[place + DIGITS] != ' ')
        return false;
    out->text = place + DIGITS + 1;
    return out->picture < line && line - out->picture >= STAMP_PICTURE_BYTES;
}

bool stamp_was_there(const char *pdf, size_t len)
{
    static const char mark[] = "\n" STAMP_MARK;
    const size_t head = len < 200 ? len : 200; /* the first lines */

    return memmem(pdf, head, mark, sizeof(mark) - 1) != NULL;
}

/* ---- filling ---- */

void stamp_fill_picture(char picture[STAMP_PICTURE_BYTES], const struct qr *qr)
{
    memset(picture, 0, STAMP_PICTURE_BYTES);
    for (int y = 0; y < QR_STAMP_SIZE; y++)
        for (int x = 0; x < QR_STAMP_SIZE; x++)
            if (qr_is_dark(qr, x, y))
                picture[y * STAMP_ROW_BYTES + x / 8] |= (char)(0x80 >> x % 8);
}
