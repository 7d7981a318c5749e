/* For those at the highest level: what is weakest, and what others can learn from. */
#include <stdlib.h>

#include "advice_parts.h"

/* Into a list of at most KEPT_ANSWERS_MAX, the largest part first; equal ones as asked. */
static void keep(struct kept_answer *list, size_t *count, size_t question, struct ratio part)
{
    size_t at = *count < KEPT_ANSWERS_MAX ? (*count)++ : KEPT_ANSWERS_MAX;

    for (; at > 0 && ratio_cmp(part, list[at - 1].part) > 0; at--) {
        if (at < KEPT_ANSWERS_MAX)
            list[at] = list[at - 1];
    }
    if (at < KEPT_ANSWERS_MAX)
        list[at] = (struct kept_answer){question, part};
}

void advise_keeping(const struct score *score, const struct answer *answers, struct kept_level *out)
{
    const struct questionnaire *q = score->scorer->q;
    struct score_line *lines = xmalloc((q->question_count + 1) * sizeof(*lines));

    *out = (struct kept_level){0};
    score_ledger(score, answers, lines);
    for (size_t i = 0; i < q->question_count; i++) {
        bool is_full = ratio_cmp(lines[i].points, lines[i].max) == 0;

        if (!lines[i].counts)
            continue;
        if (!is_full)
            keep(out->weak, &out->weak_count, i, lines[i].lost);
        else if (q->questions[i].evidence.in[LANG_VI])
            keep(out->strong, &out->strong_count, i, lines[i].contribution);
    }
    free(lines);
}
