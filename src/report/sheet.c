#include "sheet.h"

#include <string.h>

#include "base/text.h"
#include "draw/qr.h"

/* ---- the document ---- */

void sheet_begin(struct sheet *sheet, enum lang lang, enum sheet_text title, const char *service,
                 const char *whose, day on)
{
    struct flow_setup setup = {0};

    arena_init(&sheet->arena);
    sheet->lang = lang;
    setup.info = (struct pdf_info){
        .title = arena_printf(&sheet->arena, "%s – %s", sheet_tr(sheet, title), whose),
        .author = service,
        .date = on,
        .lang = lang};
    setup.header_left = service;
    setup.header_right = whose;
    setup.footer = sheet_tr_with(sheet, SHEET_MADE_ON, text_of_day(&sheet->arena, on));
    sheet->flow = flow_new(&sheet->arena, &setup);
}

void sheet_drop(struct sheet *sheet)
{
    arena_free(&sheet->arena);
}

enum status sheet_end(struct sheet *sheet, bool is_single, struct buf *out, struct err *err)
{
    enum status status;
    struct buf pdf;

    buf_init(&pdf, PDF_BYTES_MAX);
    status = flow_finish(sheet->flow, &pdf, err);
    if (status == OK && is_single && flow_page_count(sheet->flow) > 1)
        status =
            err_set(err, LIMIT, "nội dung phiếu dài hơn một trang; hãy rút ngắn phần hướng dẫn",
                    "the texts are longer than one page; shorten whom to ask for help");
    if (status == OK)
        buf_add(out, buf_text(&pdf), pdf.len);
    buf_free(&pdf);
    sheet_drop(sheet);
    return status;
}

/* ---- plates ---- */

#define PLATE_HEIGHT 62.0
#define PLATE_PADDING 12.0
#define PLATE_LABEL 9.5
#define PLATE_VALUE_MAX 25.0

struct plate {
    const char *label, *value;
};

static double plate_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return PLATE_HEIGHT;
}

/* As large as there is room for. */
static double value_size(const struct plate *plate, double width)
{
    double wanted = font_text_width(FACE_BOLD, PLATE_VALUE_MAX, plate->value, strlen(plate->value));
    double room = width - 2 * PLATE_PADDING;

    return wanted > room ? PLATE_VALUE_MAX * room / wanted : PLATE_VALUE_MAX;
}

static void plate_draw(const void *data, struct canvas *canvas)
{
    const struct plate *plate = data;
    const struct lettering label = {FACE_REGULAR, PLATE_LABEL, COLOUR_MUTED, ANCHOR_START};
    const struct lettering value = {FACE_BOLD, value_size(plate, canvas->width), COLOUR_INK,
                                    ANCHOR_START};

    canvas_rect(canvas, (struct box){0.5, 0.5, canvas->width - 1, PLATE_HEIGHT - 1}, 4,
                &(struct paint){.fill = COLOUR_PANEL, .line = COLOUR_AXIS, .width = 1});
    canvas_text(canvas, (struct point){PLATE_PADDING, 20}, &label, plate->label);
    canvas_text(canvas, (struct point){PLATE_PADDING, 48}, &value, plate->value);
}

void sheet_plate(struct sheet *sheet, enum sheet_text label, const char *value)
{
    struct plate *plate = ARENA_NEW(&sheet->arena, struct plate);

    *plate = (struct plate){sheet_tr(sheet, label), value};
    flow_picture(sheet->flow, (struct picture){plate_height, plate_draw, plate}, 0,
                 arena_printf(&sheet->arena, "%s: %s", plate->label, value));
}

/* ---- QR codes ---- */

#define QR_WIDTH 132.0 /* 4.7 cm with the quiet zone */

enum status sheet_qr(struct sheet *sheet, const char *uri, enum sheet_text caption, struct err *err)
{
    const struct qr *qr;
    enum status status = qr_new(&sheet->arena, uri, &qr, err);

    if (status != OK)
        return status;
    flow_picture(sheet->flow, qr_picture(qr), QR_WIDTH, sheet_tr_with(sheet, SHEET_QR_ALT, uri));
    flow_text(sheet->flow, FLOW_CENTRED, sheet_tr(sheet, caption));
    return OK;
}

/* ---- help ---- */

void sheet_help(struct sheet *sheet, enum sheet_text title, enum sheet_text text, const char *help)
{
    if (!help)
        return;
    flow_box_begin(
        sheet->flow,
        &(struct flow_box){.tone = TONE_INFO, .title = sheet_tr(sheet, title), .sign = SIGN_INFO});
    if (text != SHEET_TEXT__MAX)
        flow_text(sheet->flow, FLOW_BODY, sheet_tr(sheet, text));
    flow_text(sheet->flow, FLOW_BODY, help);
    flow_box_end(sheet->flow);
}
