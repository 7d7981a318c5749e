/* The levels as a ladder to scale: that of the reports, with what a small screen shows of it. */
#include "web/enterprise/result_page.h"

#include "draw/diagram.h"

/* In units of the drawing, which is shown larger: see result_parts.c. */
#define RISE 13

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

static const char *tell(const struct phraser *t, enum web_text text, const char *number)
{
    return web_tr(t->lang, text, t->arena, (const char *[]){number}, 1);
}

/* The next level: where it begins, and what it takes. */
static void mark_next(const struct phraser *t, struct ladder *ladder)
{
    size_t next = (size_t)ladder->current + 1;

    if (next >= ladder->count)
        return;
    ladder->planned = (int)next;
    ladder->plan = (struct ladder_mark){ladder->steps[next].from,
                                        t->report->demand.rule ? result_next_level(t) : NULL};
}

bool result_ladder(const struct phraser *t, struct picture *picture)
{
    struct ladder *ladder = phrase_ladder(t);

    if (!has_scale(t->report) || ladder->current < 0)
        return false;
    ladder->is_small = true;
    ladder->rise = RISE;
    ladder->max_words = phrase_number(t, ladder->max, 1);
    ladder->now.words = phrase_is_in_points(t)
                            ? tell(t, WEB_result_points, phrase_number(t, ladder->now.at, 2))
                            : phrase_percent(t, ladder->now.at, 1);
    if (ratio_is_valid(ladder->peers.at))
        ladder->peers.words =
            tell(t, WEB_result_ladder_peers, phrase_number(t, ladder->peers.at, 0));
    mark_next(t, ladder);
    *picture = diagram_ladder(ladder);
    return true;
}
