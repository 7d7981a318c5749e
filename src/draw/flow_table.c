#include "flow_table.h"

#include <math.h>
#include <string.h>

static const struct type cell_type = {FACE_REGULAR, 8.8, 12.9, COLOUR_INK, 0, 0};
static const struct type strong_type = {FACE_BOLD, 8.8, 12.9, COLOUR_INK, 0, 0};
static const struct type header_type = {FACE_BOLD, 8.5, 12.6, COLOUR_PAPER, 0, 0};
/* Of open tables. */
static const struct type open_cell_type = {FACE_REGULAR, 8.6, 11.7, COLOUR_INK, 0, 0};
static const struct type open_strong_type = {FACE_BOLD, 8.6, 11.7, COLOUR_INK, 0, 0};
static const struct type open_group_type = {FACE_BOLD, 8.6, 12, COLOUR_TITLE, 0, 0};
static const struct type open_header_type = {FACE_REGULAR, 8, 10.6, COLOUR_MUTED, 0, 0};
static const struct type title_type = {FACE_BOLD, 9.5, 14, COLOUR_TITLE, 0, 0};

#define PAD_X 5.0
#define PAD_Y 4.0
#define OPEN_PAD_Y 2.3
#define SIGN_ROOM 14.0 /* of a sign in front of a text */
#define SIGN_SIZE 9.5
#define NARROW 0.4  /* of the table: a longest word does not widen a column beyond */
#define SLICED 0.45 /* of a page: rows that are higher may be parted */

/* ---- Columns ---- */

static double pad_y(const struct table *table)
{
    return table->given.is_open ? OPEN_PAD_Y : PAD_Y;
}

/* What of a cell is for its text: columns of open tables begin where other texts do, and end there,
 * so that all padding is between them. */
static struct box inner_box(const struct table *table, struct box box, bool is_last)
{
    double left = table->given.is_open ? 0 : PAD_X;
    double right = table->given.is_open ? is_last ? 0 : 2 * PAD_X : PAD_X;

    return (struct box){box.x + left, box.y, box.width - left - right, box.height};
}

static double cell_needs(const struct cell *cell, const struct type *type)
{
    const struct run plain = {.text = cell->given.text, .face = type->face};
    double sign = cell->given.sign ? SIGN_ROOM : 0;

    if (cell->given.text)
        return sign + lines_longest_word(&plain, 1, type->size);
    return sign + lines_longest_word(cell->given.runs, cell->given.run_count, type->size);
}

/* What each column needs so that no word is parted. */
static void find_needs(const struct table *table, double width, double *needs)
{
    for (size_t c = 0; c < table->given.count; c++)
        needs[c] = cell_needs(&table->header->cells[c], &header_type);
    for (const struct row *row = table->rows; row; row = row->next)
        for (size_t c = 0; c < row->count && row->kind == ROW_PLAIN; c++)
            if (row->cells[c].given.span <= 1)
                needs[c] = fmax(needs[c], cell_needs(&row->cells[c], &cell_type));
    for (size_t c = 0; c < table->given.count; c++) {
        needs[c] = fmin(needs[c] + 2 * PAD_X + 0.5, width * NARROW);
        needs[c] = fmax(needs[c], table->given.columns[c].minimum);
    }
}

/* By weight; a column whose share is too small takes what it needs first. */
static void set_widths(struct table *table, double width)
{
    const size_t count = table->given.count;
    double needs[FLOW_COLUMNS_MAX], sum = 0;
    bool is_fixed[FLOW_COLUMNS_MAX] = {false};
    bool has_changed = true;

    find_needs(table, width, needs);
    for (size_t c = 0; c < count; c++)
        sum += needs[c];
    for (size_t c = 0; c < count; c++)
        table->widths[c] = sum > width ? needs[c] * width / sum : needs[c];
    while (sum <= width && has_changed) {
        double weights = 0, room = width;

        has_changed = false;
        for (size_t c = 0; c < count; c++) {
            weights += is_fixed[c] ? 0 : table->given.columns[c].weight;
            room -= is_fixed[c] ? needs[c] : 0;
        }
        for (size_t c = 0; c < count; c++) {
            double share = room * table->given.columns[c].weight / weights;

            if (is_fixed[c])
                continue;
            table->widths[c] = share;
            if (share < needs[c]) {
                is_fixed[c] = has_changed = true;
                table->widths[c] = needs[c];
            }
        }
    }
}

static double span_width(const struct table *table, size_t column, unsigned span)
{
    double sum = 0;

    for (size_t c = column; c < table->given.count && c < column + (span ? span : 1); c++)
        sum += table->widths[c];
    return sum;
}

/* ---- Rows ---- */

static const struct type *row_type(const struct table *table, const struct row *row)
{
    if (table->given.is_open)
        return row == table->header     ? &open_header_type
               : row->kind == ROW_GROUP ? &open_group_type
               : row->kind == ROW_TOTAL ? &open_strong_type
                                        : &open_cell_type;
    if (row == table->header)
        return &header_type;
    return row->kind == ROW_PLAIN ? &cell_type : &strong_type;
}

static void set_row(struct flow *flow, struct table *table, struct row *row)
{
    const struct type *type = row_type(table, row);
    size_t column = 0;

    row->lines = 1;
    for (size_t i = 0; i < row->count; i++) {
        struct cell *cell = &row->cells[i];
        double width = span_width(table, column, cell->given.span) - 2 * PAD_X -
                       (cell->given.sign ? SIGN_ROOM : 0);

        if (cell->given.text)
            cell->lines = type_lines_text(flow, cell->given.text, type, width, LINES_RAGGED);
        else
            cell->lines = type_lines(flow, cell->given.runs, cell->given.run_count, type, width,
                                     LINES_RAGGED);
        if (cell->lines.count > row->lines)
            row->lines = cell->lines.count;
        column += cell->given.span ? cell->given.span : 1;
    }
}

static struct row *make_header(struct flow *flow, const struct table *table)
{
    struct row *header = ARENA_NEW(flow->arena, struct row);

    header->count = table->given.count;
    header->cells = ARENA_ARRAY(flow->arena, struct cell, header->count + 1);
    for (size_t i = 0; i < header->count; i++)
        header->cells[i].given.text = table->given.columns[i].title;
    return header;
}

/* The lines from..to of a row. */
struct slice {
    struct table *table;
    struct row *row;
    size_t from, to;
};

static double slice_height(const struct slice *slice)
{
    const struct type *type = row_type(slice->table, slice->row);

    const double pad = pad_y(slice->table);

    return (double)(slice->to - slice->from) * type->leading + (slice->from == 0 ? pad : 0) +
           (slice->to == slice->row->lines ? pad : 0);
}

static enum colour row_ground(const struct table *table, const struct row *row)
{
    const bool is_open = table->given.is_open;

    if (row == table->header)
        return is_open ? COLOUR_NONE : COLOUR_TITLE;
    if (row->kind == ROW_GROUP)
        return is_open ? COLOUR_PANEL : COLOUR_INFO_PALE;
    return row->is_odd && !is_open ? COLOUR_PANEL : COLOUR_NONE;
}

static void draw_ground(struct flow *flow, const struct slice *slice, double y, double height)
{
    const struct table *table = slice->table;
    const struct row *row = slice->row;
    double width = span_width(table, 0, FLOW_COLUMNS_MAX);
    const bool is_open = table->given.is_open, is_header = row == table->header;
    enum colour ground = row_ground(table, row);
    struct paint rule = {.line = is_header ? COLOUR_TITLE : COLOUR_GRID,
                         .width = is_header ? 0.9 : 0.6};

    pdf_mark(flow->pdf, NULL);
    if (ground)
        canvas_rect(&flow->canvas, (struct box){table->x, y, width, height}, 0,
                    &(struct paint){.fill = ground});
    if (row->kind == ROW_TOTAL && slice->from == 0 && !is_open)
        canvas_line(&flow->canvas, (struct point){table->x, y}, (struct point){table->x + width, y},
                    &(struct paint){.line = COLOUR_TITLE, .width = 1});
    if (slice->to == row->lines && (!is_header || is_open))
        canvas_line(&flow->canvas, (struct point){table->x, y + height},
                    (struct point){table->x + width, y + height}, &rule);
    pdf_unmark(flow->pdf);
}

static void draw_cell(struct flow *flow, const struct slice *slice, struct cell *cell,
                      struct box box, bool is_number)
{
    const struct type *type = row_type(slice->table, slice->row);
    struct lettering letters = {type->face, type->size, type->colour, ANCHOR_START};
    struct point at = {box.x, box.y + (slice->from ? 0 : pad_y(slice->table)) + type_base(type)};

    if (cell->given.sign) {
        if (slice->from == 0) {
            pdf_mark(flow->pdf, NULL);
            canvas_sign(&flow->canvas, cell->given.sign,
                        (struct point){at.x + SIGN_SIZE / 2, at.y - type->size * 0.34}, SIGN_SIZE,
                        cell->given.colour);
        }
        at.x += SIGN_ROOM;
    }
    if (is_number) {
        letters.anchor = ANCHOR_END;
        at.x = box.x + box.width;
    }
    for (size_t i = slice->from; i < slice->to && i < cell->lines.count; i++) {
        flow_draw_line(flow, &cell->lines.items[i], at, &letters, cell->element);
        at.y += type->leading;
    }
}

/* Draws the cells; without elements (a repeated header) they belong to nobody. */
static void draw_cells(struct flow *flow, const struct slice *slice, double y)
{
    const struct table *table = slice->table;
    double x = table->x;
    size_t column = 0;

    for (size_t i = 0; i < slice->row->count; i++) {
        struct cell *cell = &slice->row->cells[i];
        double width = span_width(table, column, cell->given.span);
        bool is_number = column < table->given.count && table->given.columns[column].is_number &&
                         cell->given.span <= 1;

        column += cell->given.span ? cell->given.span : 1;
        draw_cell(flow, slice, cell,
                  inner_box(table, (struct box){x, y, width, 0}, column >= table->given.count),
                  is_number);
        x += width;
    }
}

static void make_elements(struct flow *flow, const struct piece *piece, struct row *row,
                          enum pdf_tag tag)
{
    struct pdf_element *table = flow_element(flow, piece->owner, PDF_TABLE);

    if (row->element)
        return;
    row->element = pdf_element(flow->pdf, table, PDF_ROW, NULL);
    for (size_t i = 0; i < row->count; i++)
        row->cells[i].element = pdf_element(flow->pdf, row->element, tag, NULL);
}

static void draw_slice(struct flow *flow, const struct piece *piece, double y)
{
    const struct slice *slice = piece->data;
    bool is_header = slice->row == slice->table->header;

    make_elements(flow, piece, slice->row, is_header ? PDF_HEADER_CELL : PDF_CELL);
    draw_ground(flow, slice, y, piece->height);
    draw_cells(flow, slice, y + (piece->height - slice_height(slice)) / 2);
}

/* ---- The whole table ---- */

static void draw_title(struct flow *flow, const struct piece *piece, double y)
{
    const struct lines *lines = piece->data;
    const struct lettering letters = {title_type.face, title_type.size, title_type.colour,
                                      ANCHOR_START};

    flow_draw_line(flow, &lines->items[piece->index],
                   (struct point){piece->x, y + type_base(&title_type)}, &letters,
                   pdf_element(flow->pdf, flow_parent(flow, piece->owner), PDF_PARAGRAPH, NULL));
}

static void draw_resume(struct flow *flow, const struct frame *frame, double y)
{
    struct table *table = frame->data;
    const struct slice slice = {table, table->header, 0, table->header->lines};

    for (size_t i = 0; i < table->header->count; i++)
        table->header->cells[i].element = NULL; /* a repeated header is read once */
    flow_draw_continued(flow, (struct point){frame->x, y}, table->given.title, frame->width);
    draw_ground(flow, &slice, y + CONTINUED_HEIGHT, slice_height(&slice));
    draw_cells(flow, &slice, y + CONTINUED_HEIGHT);
}

static void place_title(struct place *place, struct block *block, const struct table *table)
{
    struct lines *lines = ARENA_NEW(place->flow->arena, struct lines);

    *lines =
        type_lines_text(place->flow, table->given.title, &title_type, place->width, LINES_BALANCED);
    for (size_t i = 0; i < lines->count; i++) {
        struct piece *piece =
            place_piece(place, block, title_type.leading + (i + 1 == lines->count ? 3 : 0));

        piece->stretch = 0;
        piece->draw = draw_title;
        piece->data = lines;
        piece->index = i;
        piece->hold = HOLD_NEVER;
    }
}

static void place_slice(struct place *place, struct block *block, struct row *row, size_t from,
                        size_t to, double hold)
{
    struct slice *slice = ARENA_NEW(place->flow->arena, struct slice);
    struct piece *piece;

    *slice = (struct slice){block->data, row, from, to};
    piece = place_piece(place, block, slice_height(slice));
    if (row == slice->table->header || row->kind == ROW_GROUP)
        piece->stretch = 0;
    piece->draw = draw_slice;
    piece->data = slice;
    piece->hold = hold;
}

/* Rows stay whole, unless they are very high. */
static void place_row(struct place *place, struct block *block, struct row *row)
{
    const struct slice whole = {block->data, row, 0, row->lines};
    double hold = row->kind == ROW_GROUP ? HOLD_NEVER : HOLD_ROW;

    if (row->next && row->next->kind == ROW_TOTAL)
        hold = HOLD_SLICE;
    if (!row->next)
        hold = 0;
    if (slice_height(&whole) < SLICED * flow_height(place->flow)) {
        place_slice(place, block, row, 0, row->lines, hold);
        return;
    }
    for (size_t i = 0; i < row->lines; i++)
        place_slice(place, block, row, i, i + 1,
                    i + 1 == row->lines             ? hold
                    : i == 0 || i + 2 == row->lines ? HOLD_NEVER
                                                    : HOLD_SLICE);
}

void measure_table(struct place *place, struct block *block)
{
    struct table *table = block->data;
    struct frame *frame = ARENA_NEW(place->flow->arena, struct frame);
    struct slice header;

    if (!table->given.count)
        return;
    table->x = place->x;
    table->header = make_header(place->flow, table);
    set_widths(table, place->width);
    set_row(place->flow, table, table->header);
    header = (struct slice){table, table->header, 0, table->header->lines};
    *frame = (struct frame){.parent = place->frame,
                            .block = block,
                            .data = table,
                            .x = place->x,
                            .width = place->width,
                            .draw_resume = draw_resume,
                            .resume = slice_height(&header) + CONTINUED_HEIGHT};
    place_begin(place, 6);
    if (table->given.title)
        place_title(place, block, table);
    frame->first = place->stack->count;
    place->frame = frame;
    place_slice(place, block, table->header, 0, table->header->lines, HOLD_NEVER);
    for (struct row *row = table->rows; row; row = row->next) {
        set_row(place->flow, table, row);
        place_row(place, block, row);
    }
    frame->last = place->stack->count - 1;
    place->frame = frame->parent;
    place_end(place, 10);
}
