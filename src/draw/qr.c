#include "draw/qr.h"

#include <qrencode.h>
#include <string.h>

/* ---- the code ---- */

/* What a code of this program is like. */
struct kind {
    size_t bytes_max;
    int version; /* the least: longer texts need a higher one */
    QRecLevel level;
};

static enum status make(struct arena *arena, const char *text, const struct kind *kind,
                        const struct qr **out, struct err *err)
{
    size_t len = strlen(text);
    unsigned char *modules;
    struct qr *qr;
    QRcode *code;

    if (!len)
        return err_set(err, BAD_INPUT, "mã QR cần một nội dung, nhưng nội dung để trống",
                       "a QR code needs a text, but this one is empty");
    if (len > kind->bytes_max)
        return err_set(err, LIMIT, "nội dung của mã QR dài %zu byte; tối đa %zu",
                       "the text of a QR code has %zu bytes; at most %zu", len, kind->bytes_max);
    code = QRcode_encodeData((int)len, (const unsigned char *)text, kind->version, kind->level);
    if (!code)
        return err_set(err, FAILED, "không tạo được mã QR", "the QR code cannot be made");
    qr = ARENA_NEW(arena, struct qr);
    modules = ARENA_ARRAY(arena, unsigned char, (size_t)(code->width * code->width));
    for (int i = 0; i < code->width * code->width; i++)
        modules[i] = code->data[i] & 1; /* the other bits say what the module is for */
    *qr = (struct qr){code->width, modules};
    QRcode_free(code);
    *out = qr;
    return OK;
}

enum status qr_new(struct arena *arena, const char *text, const struct qr **out, struct err *err)
{
    return make(arena, text, &(struct kind){QR_TEXT_BYTES_MAX, 0, QR_ECLEVEL_M}, out, err);
}

enum status qr_stamp(struct arena *arena, const char *text, const struct qr **out, struct err *err)
{
    return make(arena, text, &(struct kind){QR_STAMP_TEXT_BYTES_MAX, 15, QR_ECLEVEL_L}, out, err);
}

bool qr_is_dark(const struct qr *qr, int x, int y)
{
    return x >= 0 && y >= 0 && x < qr->size && y < qr->size && qr->modules[y * qr->size + x];
}

/* ---- the picture ---- */

/* Rectangles of several runs, painted as one path. */
#define STEPS_PER_RUN 5

struct brush {
    struct canvas *canvas;
    double module; /* side of one */
    struct path_step steps[CANVAS_STEPS_MAX];
    size_t count;
};

static void paint(struct brush *brush)
{
    if (brush->count)
        canvas_path(brush->canvas, brush->steps, brush->count, &(struct paint){.fill = COLOUR_INK});
    brush->count = 0;
}

static void add_step(struct brush *brush, enum step_kind kind, int x, int y)
{
    struct point to = {(x + QR_QUIET) * brush->module, (y + QR_QUIET) * brush->module};

    brush->steps[brush->count++] = (struct path_step){.kind = kind, .to = to};
}

static void add_run(struct brush *brush, int x, int y, int width, int height)
{
    if (brush->count + STEPS_PER_RUN > CANVAS_STEPS_MAX)
        paint(brush);
    add_step(brush, STEP_MOVE, x, y);
    add_step(brush, STEP_LINE, x + width, y);
    add_step(brush, STEP_LINE, x + width, y + height);
    add_step(brush, STEP_LINE, x, y + height);
    add_step(brush, STEP_CLOSE, x, y);
}

static bool is_dark(const struct qr *qr, int line, int at, bool is_column)
{
    return is_column ? qr_is_dark(qr, line, at) : qr_is_dark(qr, at, line);
}

/* The runs of a row or column that have at least `least` modules. */
static void add_line(struct brush *brush, const struct qr *qr, int line, bool is_column, int least)
{
    for (int at = 0; at < qr->size;) {
        int start = at;

        while (is_dark(qr, line, at, is_column))
            at++;
        if (at - start >= least && is_column)
            add_run(brush, line, start, 1, at - start);
        else if (at - start >= least)
            add_run(brush, start, line, at - start, 1);
        at += at == start;
    }
}

/* Rows alone would do, but for the hair lines that viewers leave between shapes that touch: columns
 * are painted over them. */
static void qr_draw(const void *data, struct canvas *canvas)
{
    const struct qr *qr = data;
    struct brush brush = {.canvas = canvas, .module = canvas->width / (qr->size + 2 * QR_QUIET)};

    canvas_rect(canvas, (struct box){0, 0, canvas->width, canvas->width}, 0,
                &(struct paint){.fill = COLOUR_PAPER});
    for (int line = 0; line < qr->size; line++)
        add_line(&brush, qr, line, false, 1);
    paint(&brush);
    for (int line = 0; line < qr->size; line++)
        add_line(&brush, qr, line, true, 2);
    paint(&brush);
}

static double qr_height(const void *data, double width)
{
    (void)data;
    return width;
}

struct picture qr_picture(const struct qr *qr)
{
    return (struct picture){qr_height, qr_draw, qr};
}
