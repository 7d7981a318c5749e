#include "draw/canvas.h"
#include "draw/qr.h"
#include "web/kit/pages.h"

void view_qr(struct view *v, const void *qr, const char *title, const char *description)
{
    struct svg_words words = {.id = "qr",
                              .title = title, .description = description};
    struct picture picture = qr_picture(qr);

    picture_svg(&picture, 180, &words, v->out);
}
