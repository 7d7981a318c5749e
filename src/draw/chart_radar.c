#include "chart_parts.h"

#include "base/text.h"

#include <math.h>

#define TURN 6.283185307179586
#define RINGS 5
#define RADIUS_MAX 120.0
#define RADIUS_MIN 62.0
#define LABEL_OFF 11.0  /* from the rim to the labels */
#define LABEL_MAX 125.0 /* width of a label */
#define VALUE_LEADING 12.0
#define NUMBER_SIZE 7.0 /* of the numbers of the rings */
#define AROUND_MAX 12   /* more axes than this have their labels in two columns */

/* A label and where it stands. */
struct label {
    struct lines lines;
    const char *number;
    enum anchor anchor;
    double x, y, height; /* y: the top */
};

struct net {
    const struct radar *radar;
    struct arena arena;
    struct point centre;
    double radius, width;
    double top, bottom; /* of everything but the legend */
    struct label labels[RADAR_AXES_MAX];
};

static struct point place(const struct net *net, size_t axis, double radius)
{
    double angle = TURN * (double)axis / (double)net->radar->count;

    return (struct point){net->centre.x + radius * sin(angle), net->centre.y - radius * cos(angle)};
}

static bool is_in_columns(const struct net *net)
{
    return net->radar->count > AROUND_MAX;
}

/* -1: left of the middle, 1: right, 0: above or below. In columns there is no middle. */
static int side_of(const struct net *net, size_t axis)
{
    double sine = sin(TURN * (double)axis / (double)net->radar->count);

    if (is_in_columns(net))
        return 2 * axis < net->radar->count ? 1 : -1;
    return sine > 0.2 ? 1 : sine < -0.2 ? -1 : 0;
}

static void place_label(struct net *net, size_t axis)
{
    struct label *label = &net->labels[axis];
    const struct radar_axis *data = &net->radar->axes[axis];
    struct point at = place(net, axis, net->radius + LABEL_OFF);
    int side = side_of(net, axis);
    double room = side ? net->width / 2 - fabs(at.x - net->centre.x) : net->width * 0.45;

    if (is_in_columns(net)) {
        at.x = net->centre.x + side * (net->radius + 24);
        room = net->width / 2 - net->radius - 24;
    }
    label->lines = chart_label(&net->arena, data->label, FACE_REGULAR, CHART_SIZE,
                               fmin(fmax(room, 30), LABEL_MAX));
    label->number = chart_number(&net->arena, data->value, net->radar->decimals, net->radar->lang,
                                 net->radar->unknown);
    label->height = (double)label->lines.count * CHART_LEADING + VALUE_LEADING;
    label->anchor = side > 0 ? ANCHOR_START : side < 0 ? ANCHOR_END : ANCHOR_MIDDLE;
    label->x = at.x;
    /* Above the net at the top, below it at the bottom, beside it between. */
    label->y = at.y - label->height * (net->centre.y - at.y + net->radius + LABEL_OFF) / 2 /
                          (net->radius + LABEL_OFF);
}

/* Pushes the labels of one side apart, then back from the lower end; `step` walks downwards. */
static void push_apart(struct net *net, size_t first, size_t count, int step)
{
    const double gap = 3;
    double needs = -gap, half, free;

    for (size_t i = 0; i < count; i++)
        needs += net->labels[(int)first + step * (int)i].height + gap;
    half = fmax(needs / 2, net->radius + LABEL_OFF + 30);
    free = -half;
    for (size_t i = 0; i < count; i++) {
        struct label *label = &net->labels[(int)first + step * (int)i];

        label->y = fmax(label->y, free);
        free = label->y + label->height + gap;
    }
    free = half;
    for (size_t i = count; i-- > 0;) {
        struct label *label = &net->labels[(int)first + step * (int)i];

        label->y = fmin(label->y, free - label->height);
        free = label->y - gap;
    }
}

static void spread_labels(struct net *net)
{
    size_t count = net->radar->count, right = 0, left = 0, first = count, last = 0;

    for (size_t i = 0; i < count; i++) {
        if (side_of(net, i) > 0) {
            first = i < first ? i : first;
            right++;
        } else if (side_of(net, i) < 0) {
            last = i;
            left++;
        }
    }
    push_apart(net, first, right, 1);
    push_apart(net, last, left, -1);
}

static void net_init(struct net *net, const struct radar *radar, double width)
{
    double widest = width / 2 - 100;

    *net = (struct net){.radar = radar, .width = width, .centre = {width / 2, 0}};
    arena_init(&net->arena);
    net->radius = fmin(RADIUS_MAX, fmax(widest, RADIUS_MIN));
    for (size_t i = 0; i < radar->count; i++)
        place_label(net, i);
    spread_labels(net);
    net->top = -net->radius;
    net->bottom = net->radius;
    for (size_t i = 0; i < radar->count; i++) {
        net->top = fmin(net->top, net->labels[i].y);
        net->bottom = fmax(net->bottom, net->labels[i].y + net->labels[i].height);
    }
    net->centre.y = -net->top;
    for (size_t i = 0; i < radar->count; i++)
        net->labels[i].y -= net->top;
    net->bottom -= net->top;
}

static const struct paint grid = {.line = COLOUR_GRID, .width = 0.6};
static const struct paint rim = {.line = COLOUR_AXIS, .width = 0.8};

static void draw_grid(const struct net *net, struct canvas *canvas)
{
    struct point points[RADAR_AXES_MAX];

    for (int ring = 1; ring <= RINGS; ring++) {
        for (size_t i = 0; i < net->radar->count; i++)
            points[i] = place(net, i, net->radius * ring / RINGS);
        canvas_polygon(canvas, points, net->radar->count, true, ring == RINGS ? &rim : &grid);
    }
    for (size_t i = 0; i < net->radar->count; i++)
        canvas_line(canvas, net->centre, place(net, i, net->radius), &grid);
}

static double share_of(const struct net *net, size_t axis, bool is_second)
{
    const struct radar_axis *data = &net->radar->axes[axis % net->radar->count];

    return chart_share(is_second ? data->second : data->value, net->radar->max);
}

/* Lines between neighbours that are both known, and a mark on each known value. */
static void draw_series(const struct net *net, struct canvas *canvas, bool is_second)
{
    const struct paint own = {.line = COLOUR_ACCENT, .width = 1.8};
    const struct paint other = {.line = COLOUR_PEER, .width = 1.2, .is_dashed = true};
    size_t count = net->radar->count;

    for (size_t i = 0; i < count; i++) {
        double a = share_of(net, i, is_second), b = share_of(net, i + 1, is_second);

        if (a >= 0 && b >= 0)
            canvas_line(canvas, place(net, i, net->radius * a),
                        place(net, (i + 1) % count, net->radius * b), is_second ? &other : &own);
    }
    for (size_t i = 0; i < count; i++) {
        double share = share_of(net, i, is_second);

        if (share >= 0)
            (is_second ? mark_second : mark_value)(canvas, place(net, i, net->radius * share));
    }
}

/* Distance of a point from the line between two others. */
static double distance(struct point p, struct point a, struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;

    t = fmin(fmax(t, 0), 1);
    return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* True if neither series comes near: a number there can be read. */
static bool is_free(const struct net *net, struct point p)
{
    size_t count = net->radar->count;

    for (size_t i = 0; i < count; i++)
        for (int second = 0; second < 2; second++) {
            double a = share_of(net, i, second), b = share_of(net, i + 1, second);

            if (a >= 0 && b >= 0 &&
                distance(p, place(net, i, net->radius * a),
                         place(net, (i + 1) % count, net->radius * b)) < 8)
                return false;
        }
    return true;
}

/* Numbers of the rings on the axis that points upwards, each on a plate that hides the grid; none
 * where a series comes near. Small nets have every second one. */
static void draw_numbers(struct net *net, struct canvas *canvas)
{
    const struct lettering small = {FACE_REGULAR, NUMBER_SIZE, COLOUR_MUTED, ANCHOR_MIDDLE};
    const int step = net->radius / RINGS < 2 * NUMBER_SIZE ? 2 : 1;
    double above = -NUMBER_SIZE;

    for (int ring = RINGS; ring > 0; ring -= step) {
        struct ratio value = ratio_div(ratio_mul(net->radar->max, ratio_of(ring)), ratio_of(RINGS));
        const char *number = text_of_number_short(&net->arena, value, 1, net->radar->lang);
        double width = chart_text_width(small.face, small.size, number) + 2;
        struct point at = {net->centre.x, net->centre.y - net->radius * ring / RINGS};

        if (ring == RINGS) /* below the corner of the rim, where there is room for it */
            at.y += NUMBER_SIZE / 2 + (width / 2 + 1) * tan(TURN / 2 / (double)net->radar->count);
        if (!is_free(net, at) || at.y < above + NUMBER_SIZE + 2)
            continue;
        above = at.y;
        canvas_rect(canvas,
                    (struct box){at.x - width / 2, at.y - NUMBER_SIZE / 2, width, NUMBER_SIZE}, 0,
                    &(struct paint){.fill = COLOUR_PAPER});
        canvas_text(canvas, (struct point){at.x, at.y + NUMBER_SIZE * 0.36}, &small, number);
    }
}

/* From the rim to a label that was moved away from its axis. */
static void draw_leader(const struct net *net, struct canvas *canvas, size_t axis)
{
    const struct label *label = &net->labels[axis];
    struct point rim_end = place(net, axis, net->radius), out = place(net, axis, net->radius + 9);
    double middle = label->y + label->height / 2;
    int side = side_of(net, axis);

    if (!is_in_columns(net) && (side == 0 || fabs(middle - out.y) < label->height / 2))
        return;
    canvas_line(canvas, rim_end, out, &grid);
    canvas_line(canvas, out, (struct point){label->x - side * 3, middle}, &grid);
}

static void draw_label(const struct net *net, struct canvas *canvas, size_t axis)
{
    const struct label *label = &net->labels[axis];
    const struct lettering text = {FACE_REGULAR, CHART_SIZE, COLOUR_INK, label->anchor};
    const struct lettering number = {FACE_BOLD, CHART_SIZE, COLOUR_ACCENT, label->anchor};
    const struct lettering unknown = {FACE_ITALIC, CHART_SIZE, COLOUR_MUTED, label->anchor};
    double y = label->y + CHART_LEADING - 3.3;

    draw_leader(net, canvas, axis);
    lines_draw(&label->lines, canvas, (struct point){label->x, y}, CHART_LEADING, &text);
    y += (double)label->lines.count * CHART_LEADING;
    canvas_text(canvas, (struct point){label->x, y - 0.5},
                ratio_is_valid(net->radar->axes[axis].value) ? &number : &unknown, label->number);
}

static size_t legend_of(const struct radar *radar, struct legend_entry entries[2])
{
    entries[0] = (struct legend_entry){LEGEND_LINE, radar->name};
    entries[1] = (struct legend_entry){LEGEND_DASHED, radar->second_name};
    return 2;
}

static bool is_drawable(const struct radar *radar)
{
    return radar->count >= RADAR_AXES_MIN && radar->count <= RADAR_AXES_MAX;
}

static double radar_height(const void *data, double width)
{
    struct legend_entry entries[2];
    struct net net;
    double height;

    if (!is_drawable(data))
        return 0;
    net_init(&net, data, width);
    height = net.bottom + 10 + legend_height(entries, legend_of(data, entries), width);
    arena_free(&net.arena);
    return height;
}

static void radar_draw(const void *data, struct canvas *canvas)
{
    struct legend_entry entries[2];
    struct net net;
    size_t count = legend_of(data, entries);

    if (!is_drawable(data))
        return;
    net_init(&net, data, canvas->width);
    draw_grid(&net, canvas);
    draw_series(&net, canvas, true);
    draw_series(&net, canvas, false);
    draw_numbers(&net, canvas);
    for (size_t i = 0; i < net.radar->count; i++)
        draw_label(&net, canvas, i);
    legend_draw(entries, count, canvas, (struct point){0, net.bottom + 10}, canvas->width);
    arena_free(&net.arena);
}

struct picture chart_radar(const struct radar *radar)
{
    return (struct picture){radar_height, radar_draw, radar};
}
