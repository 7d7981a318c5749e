/* What to do next: packages where there are some, else single steps. */
#include "app/way.h"

/* An empty plan: the level is reached. */
static const struct plan *no_steps(struct arena *arena, int from, int to)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);

    *plan = (struct plan){.from = from, .to = to, .effort = ratio_of(0)};
    return plan;
}

static enum status find_steps(struct arena *arena, const struct evaluation *a, struct way *way,
                              struct err *err)
{
    struct plan *plan = ARENA_NEW(arena, struct plan);

    way->plan = plan;
    return plan_find(arena, &a->score, a->response->answers, way->to, plan, err);
}

static enum status find_packages(struct workspace *ws, struct arena *arena,
                                 const struct evaluation *a, struct way *way, struct err *err)
{
    struct advice *advice = ARENA_NEW(arena, struct advice);
    const struct packages *packages;
    enum status status = workspace_packages(ws, a->response->questionnaire, &packages, err);

    if (status != OK)
        return status;
    if (!packages)
        return find_steps(arena, a, way, err);
    way->advice = advice;
    return advise(arena, packages, &a->score, a->response, way->to, advice, err);
}

enum status way_find(struct workspace *ws, struct arena *arena, const struct evaluation *a, int to,
                     bool is_plain, struct way *out, struct err *err)
{
    int level = a->score.total.level, next = plan_next_level(&a->score);

    *out = (struct way){.from = level, .to = to >= 0 ? to : next >= 0 ? next : level};
    if (is_plain || !questionnaire_level(a->response->questionnaire, out->to))
        return find_steps(arena, a, out, err);
    if (next < 0 && a->score.total.ceiling) {
        struct kept_level *keeping = ARENA_NEW(arena, struct kept_level);

        advise_keeping(&a->score, a->response->answers, keeping);
        out->keeping = keeping;
    }
    if (a->score.total.ceiling && level >= out->to) {
        out->plan = no_steps(arena, level, out->to);
        return OK;
    }
    return find_packages(ws, arena, a, out, err);
}
