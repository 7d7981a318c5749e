#include "draw/canvas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Hundredths, without trailing zeros; never in the notation of a locale. */
static void put_number(struct buf *out, double number)
{
    long hundredths = lround(number * 100);
    unsigned long rest;

    if (hundredths < 0)
        buf_putc(out, '-');
    rest = (unsigned long)labs(hundredths);
    buf_printf(out, "%lu", rest / 100);
    if (rest % 100)
        buf_printf(out, rest % 10 ? ".%02lu" : ".%lu", rest % 10 ? rest % 100 : rest % 100 / 10);
}

/* Text for XML 1.0: escaped, and without what no document may hold. */
static void put_text(struct buf *out, const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end) {
        const char *start = text;
        uint32_t c = font_next(&text, end);

        if (c == '<')
            buf_puts(out, "&lt;");
        else if (c == '>')
            buf_puts(out, "&gt;");
        else if (c == '&')
            buf_puts(out, "&amp;");
        else if (c == '"')
            buf_puts(out, "&quot;");
        else if (c == 0xFFFD && (size_t)(text - start) == 1)
            buf_puts(out, "\xEF\xBF\xBD");
        else if ((c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) || c == '\n')
            buf_add(out, start, (size_t)(text - start));
        else
            buf_putc(out, ' ');
    }
}

static void put_attribute(struct buf *out, const char *name, double number)
{
    buf_printf(out, " %s=\"", name);
    put_number(out, number);
    buf_putc(out, '"');
}

static void put_colour(struct buf *out, const char *name, enum colour colour)
{
    if (colour)
        buf_printf(out, " %s=\"#%06X\"", name, (unsigned)colour_rgb(colour));
    else
        buf_printf(out, " %s=\"none\"", name);
}

static void put_point(struct buf *out, struct point p)
{
    put_number(out, p.x);
    buf_putc(out, ' ');
    put_number(out, p.y);
}

static void put_step(struct buf *out, const struct path_step *step)
{
    static const char letters[] = {
        [STEP_MOVE] = 'M', [STEP_LINE] = 'L', [STEP_CURVE] = 'C', [STEP_CLOSE] = 'Z'};

    buf_putc(out, letters[step->kind]);
    if (step->kind == STEP_CLOSE)
        return;
    if (step->kind == STEP_CURVE) {
        put_point(out, step->c1);
        buf_putc(out, ' ');
        put_point(out, step->c2);
        buf_putc(out, ' ');
    }
    put_point(out, step->to);
}

static void draw_path(void *to, const struct path_step *steps, size_t count,
                      const struct paint *paint)
{
    struct buf *out = to;

    buf_puts(out, "<path d=\"");
    for (size_t i = 0; i < count; i++)
        put_step(out, &steps[i]);
    buf_putc(out, '"');
    put_colour(out, "fill", paint->fill);
    if (paint->line) {
        put_colour(out, "stroke", paint->line);
        put_attribute(out, "stroke-width", paint->width);
        if (paint->is_dashed)
            buf_puts(out, " stroke-dasharray=\"3 2\"");
    }
    buf_puts(out, "/>\n");
}

static void draw_text(void *to, struct point at, const struct lettering *lettering,
                      const char *text, size_t len)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    static const char *const faces[FACE__MAX] = {[FACE_REGULAR] = "",
                                                 [FACE_BOLD] = " font-weight=\"700\"",
                                                 [FACE_ITALIC] = " font-style=\"italic\""};
    struct buf *out = to;

    buf_puts(out, "<text");
    put_attribute(out, "x", at.x);
    put_attribute(out, "y", at.y);
    put_attribute(out, "font-size", lettering->size);
    put_colour(out, "fill", lettering->colour);
    buf_printf(out, "%s%s>", anchors[lettering->anchor], faces[lettering->face]);
    put_text(out, text, len);
    buf_puts(out, "</text>\n");
}

void canvas_svg_begin(struct canvas *canvas, struct buf *out, double width, double height,
                      const struct svg_words *words)
{
    static const struct canvas_backend backend = {draw_path, draw_text, NULL};

    *canvas = (struct canvas){&backend, out, {0, 0}, width, height};
    buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    put_point(out, (struct point){width, height});
    buf_putc(out, '"');
    put_attribute(out, "width", width);
    put_attribute(out, "height", height);
    buf_puts(out, " role=\"img\" aria-labelledby=\"");
    put_text(out, words->id, strlen(words->id));
    buf_puts(out, "-t ");
    put_text(out, words->id, strlen(words->id));
    buf_puts(out,
             "-d\" font-family=\"Roboto, 'Segoe UI', 'Noto Sans', sans-serif\">\n<title id=\"");
    put_text(out, words->id, strlen(words->id));
    buf_puts(out, "-t\">");
    put_text(out, words->title, strlen(words->title));
    buf_puts(out, "</title>\n<desc id=\"");
    put_text(out, words->id, strlen(words->id));
    buf_puts(out, "-d\">");
    put_text(out, words->description, strlen(words->description));
    buf_puts(out, "</desc>\n");
}

void canvas_svg_end(struct canvas *canvas)
{
    buf_puts(canvas->to, "</svg>\n");
}
