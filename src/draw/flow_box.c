#include "flow_parts.h"

#include <math.h>
#include <string.h>

/* What holds other blocks, and pictures. */

static const struct type title_type = {FACE_BOLD, 11, 16.2, COLOUR_TITLE, 0, 0};
static const struct type badge_type = {FACE_BOLD, 8.5, 12.6, COLOUR_PAPER, 0, 0};

static const struct tone {
    enum colour ground, edge, strong;
} tones[TONE__MAX] = {
    [TONE_PLAIN] = {COLOUR_PAPER, COLOUR_AXIS, COLOUR_TITLE},
    [TONE_INFO] = {COLOUR_INFO_PALE, COLOUR_INFO_PALE, COLOUR_INFO},
    [TONE_GOOD] = {COLOUR_GOOD_PALE, COLOUR_GOOD_PALE, COLOUR_GOOD},
    [TONE_WARN] = {COLOUR_WARN_PALE, COLOUR_WARN_PALE, COLOUR_WARN},
    [TONE_BAD] = {COLOUR_BAD_PALE, COLOUR_BAD_PALE, COLOUR_BAD},
};

#define PAD_X 13.0
#define PAD_Y 10.0
#define BAR 3.5 /* width of the bar at the left edge */
#define SIGN_SIZE 12.0
#define SIGN_ROOM 18.0
#define BADGE_PAD 7.0

/* ---- Boxes ---- */

static void draw_ground(struct flow *flow, const struct frame *frame, double top, double bottom)
{
    const struct flow_box *box = frame->data;
    const struct tone *tone = &tones[box->tone];
    struct box area = {frame->x + 0.4, top, frame->width - 0.8, bottom - top};

    canvas_rect(&flow->canvas, area, 3,
                &(struct paint){.fill = tone->ground, .line = tone->edge, .width = 0.8});
    canvas_rect(&flow->canvas, (struct box){frame->x, top, BAR, bottom - top}, 1.5,
                &(struct paint){.fill = tone->strong});
}

static void draw_resume(struct flow *flow, const struct frame *frame, double y)
{
    const struct flow_box *box = frame->data;

    flow_draw_continued(flow, (struct point){frame->x + PAD_X, y + PAD_Y - 2}, box->title,
                        frame->width - 2 * PAD_X);
}

struct set_title {
    const struct flow_box *box;
    struct lines lines;
    double badge; /* width; 0: none */
};

static void draw_badge(struct flow *flow, const struct piece *piece, double y,
                       struct pdf_element *element)
{
    const struct set_title *title = piece->data;
    const struct lettering letters = {badge_type.face, badge_type.size, badge_type.colour,
                                      ANCHOR_MIDDLE};
    struct box area = {piece->x + piece->width - title->badge, y, title->badge, 16};

    pdf_mark(flow->pdf, NULL);
    canvas_rect(&flow->canvas, area, 8, &(struct paint){.fill = tones[title->box->tone].strong});
    pdf_mark(flow->pdf, element);
    canvas_text(&flow->canvas,
                (struct point){area.x + area.width / 2, area.y + 8 + badge_type.size * 0.36},
                &letters, title->box->badge);
    pdf_unmark(flow->pdf);
}

static void draw_title_line(struct flow *flow, const struct piece *piece, double y)
{
    const struct set_title *title = piece->data;
    const struct lettering letters = {title_type.face, title_type.size,
                                      tones[title->box->tone].strong, ANCHOR_START};
    struct pdf_element *box = flow_element(flow, piece->owner, PDF_SECTION);
    struct pdf_element *element = pdf_element(flow->pdf, box, PDF_PARAGRAPH, NULL);
    struct point at = {piece->x, y + type_base(&title_type)};

    if (title->box->sign && piece->index == 0) {
        pdf_mark(flow->pdf, NULL);
        canvas_sign(&flow->canvas, title->box->sign,
                    (struct point){at.x + SIGN_SIZE / 2, at.y - title_type.size * 0.36}, SIGN_SIZE,
                    letters.colour);
    }
    at.x += title->box->sign ? SIGN_ROOM : 0;
    if (piece->index < title->lines.count)
        flow_draw_line(flow, &title->lines.items[piece->index], at, &letters, element);
    if (piece->index == 0 && title->badge > 0)
        draw_badge(flow, piece, y, element);
}

static void place_title(struct place *place, struct block *block)
{
    const struct flow_box *box = block->data;
    struct set_title *title = ARENA_NEW(place->flow->arena, struct set_title);
    double room = place->width - (box->sign ? SIGN_ROOM : 0);
    size_t count;

    title->box = box;
    if (box->badge && *box->badge) {
        title->badge = 2 * BADGE_PAD + font_text_width(badge_type.face, badge_type.size, box->badge,
                                                       strlen(box->badge));
        room -= title->badge + 10;
    }
    title->lines = type_lines_text(place->flow, box->title ? box->title : "", &title_type,
                                   fmax(room, 60), LINES_RAGGED);
    count = title->lines.count;
    if (!count && (title->badge > 0 || box->sign))
        count = 1;
    for (size_t i = 0; i < count; i++) {
        struct piece *piece =
            place_piece(place, block, title_type.leading + (i + 1 == count ? 4 : 0));

        piece->draw = draw_title_line;
        piece->data = title;
        piece->index = i;
        piece->hold = HOLD_NEVER;
    }
    place->is_first = count == 0;
    place->after = 0;
}

static void hold_together(struct stack *stack, const struct frame *frame)
{
    for (size_t i = frame->first; i < frame->last; i++)
        if (stack->items[i].hold > HOLD_FORCED)
            stack->items[i].hold = fmax(stack->items[i].hold, HOLD_BOX);
    /* No edge stands alone. */
    stack->items[frame->first].hold = HOLD_NEVER;
    if (frame->last > frame->first)
        stack->items[frame->last - 1].hold = HOLD_NEVER;
}

void measure_box(struct place *place, struct block *block)
{
    struct frame *frame = ARENA_NEW(place->flow->arena, struct frame);
    struct place inner;

    *frame = (struct frame){.parent = place->frame,
                            .block = block,
                            .data = block->data,
                            .x = place->x,
                            .width = place->width,
                            .draw_ground = draw_ground,
                            .draw_resume = draw_resume,
                            .bottom = PAD_Y,
                            .resume = PAD_Y + CONTINUED_HEIGHT};
    place_begin(place, 8);
    place->frame = frame;
    frame->first = place->stack->count;
    place_piece(place, block, PAD_Y);
    inner = (struct place){.flow = place->flow,
                           .stack = place->stack,
                           .frame = frame,
                           .x = place->x + PAD_X,
                           .width = place->width - 2 * PAD_X,
                           .is_first = true};
    place_title(&inner, block);
    measure_blocks(&inner, block->first);
    place->gap = 0;
    frame->last = place->stack->count;
    place_piece(place, block, PAD_Y);
    hold_together(place->stack, frame);
    place->frame = frame->parent;
    place_end(place, 10);
}

/* ---- Columns ---- */

static void draw_columns(struct flow *flow, const struct piece *piece, double y)
{
    for (size_t i = 0; i < piece->stack_count; i++)
        flow_draw_stack(flow, &piece->stacks[i], 0, piece->stacks[i].count, y);
}

static double sum_of_weights(const struct block *first)
{
    double sum = 0;

    for (const struct block *column = first; column; column = column->next)
        sum += column->weight;
    return sum;
}

/* As if the blocks had never been measured. */
static void forget(struct block *first)
{
    for (struct block *block = first; block; block = block->next) {
        block->is_placed = false;
        forget(block->first);
    }
}

void measure_columns(struct place *place, struct block *block)
{
    struct stack *stacks = ARENA_ARRAY(place->flow->arena, struct stack, block->columns + 1);
    const double gap = place->flow->place->gap;
    double width = place->width - gap * (block->columns - 1.0), x = place->x, height = 0;
    double sum = sum_of_weights(block->first);
    struct piece *piece;
    size_t i = 0;

    for (struct block *column = block->first; column; column = column->next, i++) {
        struct place inner = {.flow = place->flow,
                              .stack = &stacks[i],
                              .x = x,
                              .width = width * column->weight / sum,
                              .is_first = true};

        measure_blocks(&inner, column->first);
        height = fmax(height, stack_height(&stacks[i]));
        x += inner.width + gap;
    }
    if (height > flow_height(place->flow) * 0.9) { /* too high to stand side by side on one page */
        forget(block->first);
        for (struct block *column = block->first; column; column = column->next)
            measure_blocks(place, column->first);
        return;
    }
    place_begin(place, 4);
    piece = place_piece(place, block, height);
    piece->draw = draw_columns;
    piece->stacks = stacks;
    piece->stack_count = block->columns;
    place_end(place, 8);
}

/* ---- Pictures ---- */

static void draw_picture(struct flow *flow, const struct piece *piece, double y)
{
    const struct picture *picture = piece->data;
    struct canvas canvas;

    pdf_mark(flow->pdf, pdf_element(flow->pdf, flow_parent(flow, piece->owner), PDF_FIGURE,
                                    piece->owner->text));
    canvas_pdf_init(&canvas, flow->pdf, (struct box){piece->x, y, piece->width, piece->height});
    picture->draw(picture->data, &canvas);
    pdf_unmark(flow->pdf);
}

void measure_picture(struct place *place, struct block *block)
{
    const struct picture *picture = block->data;
    double width = block->weight > 0 ? fmin(block->weight, place->width) : place->width;
    double height = picture->height(picture->data, width);
    struct piece *piece;

    if (height <= 0)
        return;
    place_begin(place, 6);
    piece = place_piece(place, block, height);
    piece->x += (place->width - width) / 2;
    piece->width = width;
    piece->draw = draw_picture;
    piece->hold = HOLD_PICTURE;
    piece->data = picture;
    place_end(place, 10);
}

/* ---- The cover ---- */

static const struct type kicker_type = {FACE_REGULAR, 11, 16, COLOUR_SOFT, 0, 0};
static const struct type cover_type = {FACE_BOLD, 27, 39, COLOUR_PAPER, 0, 0};
static const struct type subtitle_type = {FACE_REGULAR, 12, 18, COLOUR_SOFT, 0, 0};

#define COVER_TOP 96.0
#define COVER_BOTTOM 40.0
#define COVER_GAP 12.0
#define COVER_EDGE 5.0
#define STRIPES 9

struct set_cover {
    struct lines kicker, title, subtitle;
};

static void draw_band(struct flow *flow, double height)
{
    pdf_mark(flow->pdf, NULL);
    canvas_rect(&flow->canvas, (struct box){0, 0, PAGE_WIDTH + 2, height}, 0,
                &(struct paint){.fill = COLOUR_TITLE});
    for (int i = 0; i < STRIPES; i++) {
        double x = PAGE_WIDTH * 0.56 + i * 44, lean = height * 0.5;
        const struct point stripe[] = {
            {x, 0}, {x + 17, 0}, {x + 17 - lean, height}, {x - lean, height}};

        canvas_polygon(&flow->canvas, stripe, 4, true, &(struct paint){.fill = COLOUR_COVER});
    }
    canvas_rect(&flow->canvas, (struct box){0, height, PAGE_WIDTH + 2, COVER_EDGE}, 0,
                &(struct paint){.fill = COLOUR_ACCENT});
    pdf_unmark(flow->pdf);
}

static double draw_cover_lines(struct flow *flow, const struct piece *piece,
                               const struct lines *lines, const struct type *type, enum pdf_tag tag,
                               double y)
{
    const struct lettering letters = {type->face, type->size, type->colour, ANCHOR_START};
    struct pdf_element *element;

    if (!lines->count)
        return y;
    element = pdf_element(flow->pdf, flow_parent(flow, piece->owner), tag, NULL);
    for (size_t i = 0; i < lines->count; i++, y += type->leading)
        flow_draw_line(flow, &lines->items[i], (struct point){piece->x, y + type_base(type)},
                       &letters, element);
    return y + COVER_GAP;
}

static void draw_cover(struct flow *flow, const struct piece *piece, double y)
{
    const struct set_cover *cover = piece->data;

    draw_band(flow, y + piece->height - 18 - COVER_EDGE);
    y = COVER_TOP;
    y = draw_cover_lines(flow, piece, &cover->kicker, &kicker_type, PDF_PARAGRAPH, y);
    y = draw_cover_lines(flow, piece, &cover->title, &cover_type, PDF_H1, y);
    draw_cover_lines(flow, piece, &cover->subtitle, &subtitle_type, PDF_PARAGRAPH, y);
}

static struct lines cover_lines(struct place *place, const char *text, const struct type *type,
                                double *height)
{
    struct lines lines =
        type_lines_text(place->flow, text ? text : "", type, place->width * 0.92, LINES_BALANCED);

    if (lines.count)
        *height += (double)lines.count * type->leading + COVER_GAP;
    return lines;
}

void measure_cover(struct place *place, struct block *block)
{
    const struct flow_cover *given = block->data;
    struct set_cover *cover = ARENA_NEW(place->flow->arena, struct set_cover);
    double height = COVER_TOP + COVER_BOTTOM + COVER_EDGE + 18 - place->flow->place->top;
    struct piece *piece;

    cover->kicker = cover_lines(place, given->kicker, &kicker_type, &height);
    cover->title = cover_lines(place, given->title, &cover_type, &height);
    cover->subtitle = cover_lines(place, given->subtitle, &subtitle_type, &height);
    place_begin(place, 0);
    piece = place_piece(place, block, height);
    piece->draw = draw_cover;
    piece->data = cover;
    piece->hold = HOLD_NEVER;
    place_end(place, 0);
}
