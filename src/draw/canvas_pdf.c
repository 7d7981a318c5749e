#include "draw/canvas.h"

static void draw_path(void *to, const struct path_step *steps, size_t count,
                      const struct paint *paint)
{
    pdf_path(to, steps, count, paint);
}

static void draw_text(void *to, struct point at, const struct lettering *lettering,
                      const char *text, size_t len)
{
    pdf_text(to, at, lettering, text, len);
}

static void draw_stamp(void *to, struct box box)
{
    pdf_stamp(to, box);
}

void canvas_pdf_init(struct canvas *canvas, struct pdf *pdf, struct box box)
{
    static const struct canvas_backend backend = {draw_path, draw_text, draw_stamp};

    *canvas = (struct canvas){&backend, pdf, {box.x, box.y}, box.width, box.height};
}
