/* How far a dossier is, in segments as long as its parts. */
#include "progress.h"

#define WHOLE 1000 /* of the bar */
#define GAP 8

struct progress_view progress_view_of(const struct request *rq)
{
    const struct questionnaire *q = rq->opened.survey->q;
    struct progress_segment *segments =
        ARENA_ARRAY(rq->arena, struct progress_segment, q->dimension_count + 1);
    struct progress all = progress_of(rq->opened.response, 0, q->question_count);
    struct progress_view view = {.segments = segments, .settled = all.settled, .shown = all.shown};
    int64_t left = 0, at = 0;

    for (size_t i = 0; i < q->dimension_count; i++) {
        struct progress part = progress_of(rq->opened.response, q->dimensions[i].first_question,
                                           q->dimensions[i].question_count);
        int64_t right;

        if (!part.shown)
            continue;
        at += (int64_t)part.shown;
        right = at * (WHOLE + GAP) / (int64_t)all.shown;
        segments[view.count].left = left;
        segments[view.count].width = right - GAP - left;
        segments[view.count].done =
            segments[view.count].width * (int64_t)part.settled / (int64_t)part.shown;
        view.count++;
        left = right;
    }
    return view;
}
