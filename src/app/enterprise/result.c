#include "app/enterprise/result.h"

#include "app/way.h"

/* The way to the next level, left out where there is none or the search would be too large. */
static void find_way(struct workspace *ws, struct arena *arena, const struct evaluation *a,
                     struct report_source *source)
{
    struct way way;
    struct err ignored;

    if (way_find(ws, arena, a, -1, false, &way, &ignored) != OK)
        return;
    source->advice = way.advice;
    source->plan = way.plan;
    source->keeping = way.keeping;
}

/* Compares with an earlier response, which keeps its own questionnaire. */
static enum status find_change(struct workspace *ws, struct arena *arena,
                               const struct result_request *request, const struct evaluation *now,
                               struct report_source *source, struct err *err)
{
    struct evaluation *before = ARENA_NEW(arena, struct evaluation);
    enum status status;

    if (!request->before)
        return OK;
    status = evaluate(ws, arena, request->before, false, request->on, before, err);
    if (status != OK)
        return status;
    source->change = compare_scores(arena, &before->score, request->before->answers, &now->score,
                                    now->response->answers);
    source->before_round = request->before->round;
    source->before_on = request->before->submitted_on;
    return OK;
}

enum status result_make(struct workspace *ws, struct arena *arena,
                        const struct result_request *request, struct result *out, struct err *err)
{
    struct evaluation *a = ARENA_NEW(arena, struct evaluation);
    struct report_source source;
    enum status status = request->scorer
                             ? evaluate_with(ws, request->scorer, arena, request->response, true,
                                             request->on, a, err)
                             : evaluate(ws, arena, request->response, true, request->on, a, err);

    if (status != OK)
        return status;
    source = (struct report_source){.response = request->response,
                                    .score = &a->score,
                                    .notes = a->notes,
                                    .note_count = a->note_count,
                                    .match = a->match,
                                    .flags = a->flags,
                                    .flag_count = a->flag_count,
                                    .before_on = DAY_NONE,
                                    .peers = request->peers,
                                    .evidenced = request->evidenced,
                                    .on = request->on,
                                    .mark = request->mark};
    find_way(ws, arena, a, &source);
    status = find_change(ws, arena, request, a, &source, err);
    if (status == OK)
        *out = (struct result){a, report_new(arena, &source)};
    return status;
}

enum status result_pdf(const struct document_request *request, struct buf *out, struct err *err)
{
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = document_make(&arena, request, out, err);
    arena_free(&arena);
    return status;
}
