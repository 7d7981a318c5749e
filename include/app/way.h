#ifndef APP_WAY_H
#define APP_WAY_H

#include "app/evaluation.h"
#include "score/advice.h"

/* What an enterprise should do next: one of these, by what there is for it. */
struct way {
    int from, to;
    const struct advice *advice; /* packages of work; NULL: the questionnaire has none, or plain */
    const struct plan *plan;     /* single steps; NULL: see `advice` */
    const struct kept_level *keeping; /* at the highest level: what to look after; else NULL */
};

/*
 * The way to a level, or (`to` -1) to the next one. `is_plain` asks for single steps also where
 * there are packages. At the level already: a way without steps. Errors: those of
 * workspace_packages(), advise() and plan_find().
 */
MUST_USE enum status way_find(struct workspace *ws, struct arena *arena, const struct evaluation *a,
                              int to, bool is_plain, struct way *out, struct err *err);

/* The plan command's document. */
void way_write(struct json_writer *w, const struct evaluation *a, const struct way *way,
               struct arena *arena);

/* What a step changes, as ids: "2", "a, b", or NULL where nothing was answered. */
const char *way_step_from(const struct evaluation *a, const struct plan_step *step,
                          struct arena *arena);
const char *way_step_to(const struct evaluation *a, const struct plan_step *step,
                        struct arena *arena);

#endif
