/* The levels as a ladder to scale, with letters that stay readable on a telephone. */
#include "web/enterprise/result_page.h"

#include <math.h>
#include <string.h>

/* In units of the drawing, which is shown larger: see result_parts.c. */
#define LETTERS 8.0
#define SMALL 7.0
#define BASE 13.0 /* height of the lowest step */
#define DOT 2.6
#define ROOM 14.0 /* over the highest step */
#define TRIANGLE 3.0

struct rung {
    const char *number, *from;
    double at; /* where it begins: 0 to 1 */
};

struct ladder {
    const struct rung *rungs;
    size_t count;
    int current;            /* index */
    double own, peers;      /* 0 to 1; peers < 0: none */
    const char *own_words, *next_words, *peer_words, *max;
};

/* Where things stand, by the width. */
struct frame {
    double width, rise, floor; /* y of the foot of all steps */
};

static struct frame frame_of(const struct ladder *l, double width)
{
    struct frame f = {.width = width, .rise = width < 300 ? 10 : 13};

    f.floor = ROOM + BASE + f.rise * (double)(l->count - 1);
    return f;
}

static double ladder_height(const void *data, double width)
{
    const struct ladder *l = data;

    return frame_of(l, width).floor + SMALL + 4 + (l->peers >= 0 ? SMALL + 3 : 0);
}

static double words_width(const char *text, enum face face, double size)
{
    return font_text_width(face, size, text, strlen(text));
}

static double top_of(const struct frame *f, size_t i)
{
    return f->floor - BASE - f->rise * (double)i;
}

static double right_of(const struct ladder *l, const struct frame *f, size_t i)
{
    return f->width * (i + 1 < l->count ? l->rungs[i + 1].at : 1);
}

static void draw_rung(const struct ladder *l, const struct frame *f, struct canvas *canvas,
                      size_t i)
{
    const struct paint passed = {.fill = COLOUR_GOOD_PALE}, here = {.fill = COLOUR_ACCENT},
                       ahead = {.fill = COLOUR_PANEL},
                       next = {.line = COLOUR_ACCENT, .width = 0.8, .is_dashed = true};
    double left = f->width * l->rungs[i].at, right = right_of(l, f, i), top = top_of(f, i);
    const bool is_here = (int)i == l->current, is_next = (int)i == l->current + 1;
    const struct lettering number = {FACE_BOLD, LETTERS,
                                     is_here   ? COLOUR_PAPER
                                     : is_next ? COLOUR_ACCENT
                                               : COLOUR_MUTED,
                                     ANCHOR_MIDDLE};
    struct box box = {left + 0.5, top, right - left - 1, f->floor - top};

    canvas_rect(canvas, box, 0,
                is_here                ? &here
                : is_next              ? &next
                : (int)i < l->current ? &passed
                                       : &ahead);
    canvas_text(canvas, (struct point){(left + right) / 2, f->floor - 4}, &number,
                l->rungs[i].number);
}

/* Bounds under the steps; one that would touch the last one written is left out. */
static void draw_bounds(const struct ladder *l, const struct frame *f, struct canvas *canvas)
{
    struct lettering bound = {FACE_REGULAR, SMALL, COLOUR_MUTED, ANCHOR_START};
    double y = f->floor + SMALL + 2, written = -1;
    double last = f->width - words_width(l->max, FACE_REGULAR, SMALL);

    for (size_t i = 0; i < l->count; i++) {
        double width = words_width(l->rungs[i].from, FACE_REGULAR, SMALL);
        double left = i ? f->width * l->rungs[i].at - width / 2 : 0;

        if (left < written + 2 || left + width > last - 2)
            continue;
        canvas_text(canvas, (struct point){left, y}, &bound, l->rungs[i].from);
        written = left + width;
    }
    canvas_text(canvas, (struct point){last, y}, &bound, l->max);
}

/* From the own points a stem, a dot and the number: to the left over lower steps, or, where there
 * is no room, to the right over the higher ones. True if it stands at the left. */
static bool draw_own(const struct ladder *l, const struct frame *f, struct canvas *canvas)
{
    struct lettering words = {FACE_BOLD, LETTERS, COLOUR_ACCENT, ANCHOR_END};
    double x = fmin(fmax(f->width * l->own, DOT), f->width - DOT);
    double top = top_of(f, (size_t)l->current), y = top - 7;
    bool is_left = x - DOT - 3 - words_width(l->own_words, FACE_BOLD, LETTERS) >= 0;

    if (!is_left) {
        size_t over = (size_t)l->current + 3 < l->count ? (size_t)l->current + 3 : l->count - 1;

        y = top_of(f, over) - 7;
        words.anchor = ANCHOR_START;
    }
    canvas_line(canvas, (struct point){x, top}, (struct point){x, y},
                &(struct paint){.line = COLOUR_ACCENT, .width = 1});
    canvas_circle(canvas, (struct point){x, y}, DOT, &(struct paint){.fill = COLOUR_ACCENT});
    canvas_text(canvas, (struct point){is_left ? x - DOT - 2.5 : x + DOT + 2.5, y + 2.8}, &words,
                l->own_words);
    return is_left;
}

static void draw_next(const struct ladder *l, const struct frame *f, struct canvas *canvas)
{
    const struct lettering words = {FACE_BOLD, SMALL, COLOUR_ACCENT, ANCHOR_START};
    size_t next = (size_t)l->current + 1;
    double width = words_width(l->next_words, FACE_BOLD, SMALL);
    double x = fmin(f->width * l->rungs[next].at + 1, f->width - width);

    canvas_text(canvas, (struct point){x, top_of(f, next) - 3}, &words, l->next_words);
}

static void draw_peers(const struct ladder *l, const struct frame *f, struct canvas *canvas)
{
    const struct lettering words = {FACE_REGULAR, SMALL, COLOUR_PEER, ANCHOR_START};
    double x = f->width * l->peers, y = f->floor + 1;
    double width = words_width(l->peer_words, FACE_REGULAR, SMALL);
    const struct point triangle[] = {
        {x, y}, {x + TRIANGLE, y + 2 * TRIANGLE}, {x - TRIANGLE, y + 2 * TRIANGLE}};

    canvas_polygon(canvas, triangle, 3, true, &(struct paint){.fill = COLOUR_PEER});
    canvas_text(canvas,
                (struct point){fmax(fmin(x - width / 2, f->width - width), 0),
                               f->floor + 2 * SMALL + 5},
                &words, l->peer_words);
}

static void ladder_draw(const void *data, struct canvas *canvas)
{
    const struct ladder *l = data;
    struct frame f = frame_of(l, canvas->width);

    for (size_t i = 0; i < l->count; i++)
        draw_rung(l, &f, canvas, i);
    draw_bounds(l, &f, canvas);
    if (draw_own(l, &f, canvas) && l->next_words)
        draw_next(l, &f, canvas);
    if (l->peers >= 0)
        draw_peers(l, &f, canvas);
}

/* ---- what it is made of ---- */

/* The whole that bounds are a part of: points, or percents. */
static struct ratio whole_of(const struct report *r, const struct level_rule *rule)
{
    return rule->kind == BOUND_PERCENT ? ratio_of(100) : r->max;
}

static double share_of(struct ratio part, struct ratio whole)
{
    struct ratio share = ratio_div(part, whole);

    return ratio_is_valid(share) ? fmin(fmax((double)share.num / (double)share.den, 0), 1) : 0;
}

/* The bounds rise and are all of one kind (the lowest level may have none); else there is no scale
 * to draw. */
static bool has_scale(const struct report *r)
{
    const struct questionnaire *q = r->q;

    if (!ratio_is_valid(r->percent) || q->level_count < 2 || q->levels[1].kind == BOUND_NONE)
        return false;
    for (size_t i = 2; i < q->level_count; i++) {
        if (q->levels[i].kind != q->levels[1].kind ||
            ratio_cmp(q->levels[i].bound, q->levels[i - 1].bound) <= 0)
            return false;
    }
    return ratio_cmp(r->max, ratio_of(0)) > 0;
}

static int current_of(const struct report *r)
{
    int level = r->has_band ? r->band.likely : r->level ? r->level->level : LEVEL_NONE;

    for (size_t i = 0; i < r->q->level_count; i++) {
        if (r->q->levels[i].level == level)
            return (int)i;
    }
    return -1;
}

static const struct rung *rungs_of(const struct phraser *t)
{
    const struct questionnaire *q = t->report->q;
    struct rung *rungs = ARENA_ARRAY(t->arena, struct rung, q->level_count);

    for (size_t i = 0; i < q->level_count; i++) {
        const struct level_rule *rule = &q->levels[i];
        bool is_bound = i > 0 && rule->kind != BOUND_NONE;

        rungs[i] = (struct rung){arena_printf(t->arena, "%d", rule->level),
                                 is_bound ? phrase_number(t, rule->bound, 2) : "0",
                                 is_bound ? share_of(rule->bound, whole_of(t->report, rule)) : 0};
    }
    return rungs;
}

static void find_peers(const struct phraser *t, const struct level_rule *rule, struct ladder *l)
{
    const struct peer_group *peers = t->report->source.peers;
    struct ratio value;

    l->peers = -1;
    if (!peers || !ratio_is_valid(peers->total))
        return;
    value = ratio_mul(peers->total, ratio_div(whole_of(t->report, rule), ratio_of(100)));
    l->peers = share_of(peers->total, ratio_of(100));
    l->peer_words = web_tr(t->lang, WEB_result_ladder_peers, t->arena,
                           (const char *[]){phrase_number(t, value, 0)}, 1);
}

bool result_ladder(const struct phraser *t, struct picture *picture)
{
    const struct report *r = t->report;
    const struct level_rule *first = &r->q->levels[r->q->level_count > 1 ? 1 : 0];
    struct ladder *l = ARENA_NEW(t->arena, struct ladder);
    bool is_percent = first->kind == BOUND_PERCENT;

    l->current = current_of(r);
    if (!has_scale(r) || l->current < 0)
        return false;
    l->rungs = rungs_of(t);
    l->count = r->q->level_count;
    l->max = phrase_number(t, whole_of(r, first), 2);
    l->own = share_of(is_percent ? r->percent : r->points, whole_of(r, first));
    l->own_words = is_percent ? phrase_percent(t, r->percent, 1)
                              : web_tr(t->lang, WEB_result_points, t->arena,
                                       (const char *[]){phrase_number(t, r->points, 2)}, 1);
    l->next_words = r->demand.rule ? result_next_level(t) : NULL;
    find_peers(t, first, l);
    *picture = (struct picture){ladder_height, ladder_draw, l};
    return true;
}
