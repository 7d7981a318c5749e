#include "flow_parts.h"

/* Labels and their values. */

static const struct type label_type = {FACE_REGULAR, 8.5, 12.6, COLOUR_MUTED, 0, 0};
static const struct type value_type = {FACE_BOLD, 10, 14.8, COLOUR_INK, 0, 0};
static const struct type beside_type = {FACE_REGULAR, 10, 14.8, COLOUR_INK, 0, 0};

#define PAIR_GAP 14.0
#define PAIR_SPACE 6.0 /* below a row */

struct set_pair {
    struct lines label, value;
    double x;
    bool is_beside; /* the value stands beside its label */
    double label_width;
    struct pdf_element *element;
};

static void draw_pair(struct flow *flow, struct set_pair *pair, struct pdf_element *parent,
                      double y)
{
    const struct lettering label = {FACE_REGULAR, label_type.size, COLOUR_MUTED, ANCHOR_START};
    const struct lettering value = {FACE_BOLD, value_type.size, COLOUR_INK, ANCHOR_START};
    struct point at = {pair->x, y + type_base(&label_type)};

    if (!pair->element)
        pair->element = pdf_element(flow->pdf, parent, PDF_PARAGRAPH, NULL);
    if (pair->is_beside)
        at.y = y + type_base(&value_type);
    for (size_t i = 0; i < pair->label.count; i++, at.y += label_type.leading)
        flow_draw_line(flow, &pair->label.items[i], at, &label, pair->element);
    at.y += type_base(&value_type) - type_base(&label_type);
    if (pair->is_beside)
        at = (struct point){pair->x + pair->label_width, y + type_base(&value_type)};
    for (size_t i = 0; i < pair->value.count; i++, at.y += value_type.leading)
        flow_draw_line(flow, &pair->value.items[i], at, &value, pair->element);
}

static void draw_pairs(struct flow *flow, const struct piece *piece, double y)
{
    struct set_pair *const *pairs = piece->data;

    for (size_t i = 0; i < piece->index; i++)
        draw_pair(flow, pairs[i], flow_parent(flow, piece->owner), y);
}

static struct set_pair *set_pair(struct place *place, const struct flow_pair *given, double x,
                                 double width, bool is_beside)
{
    struct set_pair *pair = ARENA_NEW(place->flow->arena, struct set_pair);
    const struct run value = {.text = given->value, .uri = given->uri};

    pair->x = x;
    pair->is_beside = is_beside;
    pair->label_width = is_beside ? width * 0.34 : width;
    pair->label = type_lines_text(place->flow, given->label, &label_type,
                                  pair->label_width - (is_beside ? 8 : 0), LINES_RAGGED);
    pair->value = type_lines(place->flow, &value, 1, is_beside ? &beside_type : &value_type,
                             is_beside ? width - pair->label_width : width, LINES_RAGGED);
    return pair;
}

static double pair_height(const struct set_pair *pair)
{
    double label = (double)pair->label.count * label_type.leading;
    double value = (double)pair->value.count * value_type.leading;

    if (!pair->is_beside)
        return label + value;
    return label > value ? label : value;
}

void measure_pairs(struct place *place, struct block *block)
{
    const struct flow_pair *given = block->data;
    double width = (place->width - PAIR_GAP * (block->columns - 1)) / block->columns;

    place_begin(place, 2);
    for (size_t i = 0; i < block->count; i += block->columns) {
        size_t count = block->count - i < block->columns ? block->count - i : block->columns;
        struct set_pair **row = ARENA_ARRAY(place->flow->arena, struct set_pair *, count);
        double height = 0;
        struct piece *piece;

        for (size_t k = 0; k < count; k++) {
            row[k] = set_pair(place, &given[i + k], place->x + (double)k * (width + PAIR_GAP),
                              width, block->columns == 1);
            if (pair_height(row[k]) > height)
                height = pair_height(row[k]);
        }
        piece = place_piece(place, block, height + (block->columns == 1 ? 2 : PAIR_SPACE));
        piece->draw = draw_pairs;
        piece->data = row;
        piece->index = count;
        piece->hold = HOLD_LINE;
    }
    place_end(place, block->columns == 1 ? 6 : 3);
}
