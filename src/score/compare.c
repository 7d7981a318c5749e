#include "score/compare.h"

#include <stdlib.h>
#include <string.h>

#include "scorer.h"
#include "survey/convert.h"

static size_t find_dimension(const struct questionnaire *q, const char *id)
{
    for (size_t d = 0; d < q->dimension_count; d++) {
        if (strcmp(q->dimensions[d].id, id) == 0)
            return d;
    }
    return MAP_NONE;
}

static struct compared_part compare_parts(const struct comparison *c,
                                          const struct score_part *before,
                                          const struct score_part *after)
{
    struct compared_part part = {.percent_before = before ? score_percent(before) : RATIO_NONE,
                                 .percent_after = after ? score_percent(after) : RATIO_NONE,
                                 .level_before = LEVEL_NONE,
                                 .level_after = LEVEL_NONE};

    if (before)
        part.level_before = score_part_level(c->before, before);
    if (after)
        part.level_after = score_part_level(c->after, after);
    part.change = ratio_sub(part.percent_after, part.percent_before);
    return part;
}

static void compare_dimensions(struct arena *arena, struct comparison *c)
{
    const struct questionnaire *a = c->before->scorer->q, *b = c->after->scorer->q;
    struct compared_part *parts =
        ARENA_ARRAY(arena, struct compared_part, a->dimension_count + b->dimension_count);

    for (size_t d = 0; d < b->dimension_count; d++) {
        size_t at = find_dimension(a, b->dimensions[d].id);
        const struct score_part *before = at == MAP_NONE ? NULL : &c->before->dimensions[at];
        struct compared_part *part = &parts[c->dimension_count++];

        *part = compare_parts(c, before, &c->after->dimensions[d]);
        part->id = b->dimensions[d].id;
        part->before = at == MAP_NONE ? NULL : &a->dimensions[at];
        part->after = &b->dimensions[d];
    }
    for (size_t d = 0; d < a->dimension_count; d++) {
        struct compared_part *part = &parts[c->dimension_count];

        if (find_dimension(b, a->dimensions[d].id) != MAP_NONE)
            continue;
        *part = compare_parts(c, &c->before->dimensions[d], NULL);
        part->id = a->dimensions[d].id;
        part->before = &a->dimensions[d];
        c->dimension_count++;
    }
    c->dimensions = parts;
}

/* Options stand at other places, or are gone, in another version. */
static bool same_ticks(const struct question *x, uint64_t a, const struct question *y, uint64_t b)
{
    for (size_t i = 0; i < x->option_count; i++) {
        size_t at = question_find_option(y, x->options[i].id);

        if (!(a >> i & 1))
            continue;
        if (at == MAP_NONE || !(b >> at & 1))
            return false;
    }
    return __builtin_popcountll(a) == __builtin_popcountll(b);
}

static const char *column_of(const struct question *question, const struct answer *answer,
                             const char *row)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (strcmp(question->rows[i].id, row) == 0 && answer->columns[i] != COLUMN_NONE)
            return question->options[answer->columns[i]].id;
    }
    return "";
}

/* Every row that one of them answers is answered alike by the other. */
static bool same_rows(const struct question *x, const struct answer *a, const struct question *y,
                      const struct answer *b)
{
    for (size_t i = 0; i < x->row_count; i++) {
        const char *row = x->rows[i].id;

        if (strcmp(column_of(x, a, row), column_of(y, b, row)) != 0)
            return false;
    }
    for (size_t i = 0; i < y->row_count; i++) {
        const char *row = y->rows[i].id;

        if (strcmp(column_of(x, a, row), column_of(y, b, row)) != 0)
            return false;
    }
    return true;
}

/* Whether two answers say the same, by ids. */
static bool same_answer(const struct question *x, const struct answer *a, const struct question *y,
                        const struct answer *b)
{
    if (a->state != b->state || x->type != y->type)
        return false;
    if (a->state != ANSWER_GIVEN)
        return true;
    switch (x->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return strcmp(x->options[a->option].id, y->options[b->option].id) == 0;
    case QUESTION_MULTIPLE:
        return same_ticks(x, a->ticks, y, b->ticks);
    case QUESTION_SCALE:
        return same_rows(x, a, y, b);
    case QUESTION_NUMBER:
        return ratio_cmp(a->number, b->number) == 0;
    default:
        return strcmp(a->text, b->text) == 0;
    }
}

static struct ratio magnitude(struct ratio r)
{
    return r.num < 0 ? (struct ratio){-r.num, r.den} : r;
}

static int by_change(const void *a, const void *b)
{
    const struct compared_answer *x = a, *y = b;
    int order = ratio_cmp(magnitude(y->change), magnitude(x->change));
    const char *id_x = x->after ? x->after->id : x->before->id;
    const char *id_y = y->after ? y->after->id : y->before->id;

    return order ? order : strcmp(id_x, id_y);
}

struct side {
    const struct questionnaire *q;
    const struct answer *answers;
    struct score_line *lines;
};

static struct side make_side(struct arena *arena, const struct score *score,
                             const struct answer *answers)
{
    struct side side = {score->scorer->q, answers,
                        ARENA_ARRAY(arena, struct score_line, score->scorer->q->question_count)};

    score_ledger(score, answers, side.lines);
    return side;
}

static bool is_given(const struct answer *answer)
{
    return answer && answer->state != ANSWER_NONE;
}

static void add_answer(struct comparison *c, struct compared_answer *list,
                       const struct side *before, size_t i, const struct side *after, size_t j)
{
    struct compared_answer *one = &list[c->answer_count];
    struct ratio from = ratio_of(0), to = ratio_of(0);

    *one = (struct compared_answer){0};
    if (i != MAP_NONE) {
        one->before = &before->q->questions[i];
        one->answer_before = &before->answers[i];
        from = before->lines[i].contribution;
    }
    if (j != MAP_NONE) {
        one->after = &after->q->questions[j];
        one->answer_after = &after->answers[j];
        to = after->lines[j].contribution;
    }
    one->change = ratio_mul(ratio_sub(to, from), ratio_of(100));
    one->is_same = one->before && one->after &&
                   same_answer(one->before, one->answer_before, one->after, one->answer_after);
    if (one->change.num != 0 ||
        (!one->is_same && (is_given(one->answer_before) || is_given(one->answer_after))))
        c->answer_count++;
}

const struct comparison *compare_scores(struct arena *arena, const struct score *before,
                                        const struct answer *answers_before,
                                        const struct score *after,
                                        const struct answer *answers_after)
{
    struct comparison *c = ARENA_NEW(arena, struct comparison);
    struct side a = make_side(arena, before, answers_before);
    struct side b = make_side(arena, after, answers_after);
    struct compared_answer *list =
        ARENA_ARRAY(arena, struct compared_answer, a.q->question_count + b.q->question_count + 1);

    c->before = before;
    c->after = after;
    c->total = compare_parts(c, &before->total, &after->total);
    compare_dimensions(arena, c);
    for (size_t j = 0; j < b.q->question_count; j++)
        add_answer(c, list, &a, question_match(b.q, &b.q->questions[j], a.q), &b, j);
    for (size_t i = 0; i < a.q->question_count; i++) {
        if (question_match(a.q, &a.q->questions[i], b.q) == MAP_NONE)
            add_answer(c, list, &a, i, &b, MAP_NONE);
    }
    qsort(list, c->answer_count, sizeof(*list), by_change);
    c->answers = list;
    return c;
}
