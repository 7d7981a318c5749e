#include "survey/pages.h"

#include <string.h>

static bool stands_alone(const struct question *question)
{
    return question->row_count || question->type == QUESTION_TEXT || question->is_asked_first ||
           question->option_count > OPTIONS_BESIDE_MAX;
}

static bool share_scale(const struct question *a, const struct question *b)
{
    if (a->type != b->type || a->option_count != b->option_count || stands_alone(a) ||
        stands_alone(b))
        return false;
    for (size_t i = 0; i < a->option_count; i++) {
        if (strcmp(a->options[i].id, b->options[i].id) != 0)
            return false;
    }
    return true;
}

/* How many questions from `first` on, of the same indicator, share one scale. */
static size_t run_length(const struct questionnaire *q, size_t first, size_t end)
{
    size_t count = 1;

    while (first + count < end && share_scale(&q->questions[first], &q->questions[first + count]))
        count++;
    return count;
}

/* Divides a run into pages that differ by one question at the most. */
static void add_run(struct question_pages *pages, struct question_page *items, size_t indicator,
                    const struct questionnaire *q, size_t first, size_t count)
{
    size_t parts = (count + QUESTIONS_PER_PAGE - 1) / QUESTIONS_PER_PAGE;

    for (size_t part = 0; part < parts; part++) {
        size_t length = count / parts + (part < count % parts ? 1 : 0);

        items[pages->count++] =
            (struct question_page){.dimension = q->indicators[indicator].dimension,
                                   .indicator = indicator,
                                   .first_question = first,
                                   .count = length};
        first += length;
    }
}

/* Pages of questions that are asked first come first; all others stay in their order. */
static void move_first(const struct questionnaire *q, struct question_pages *pages,
                       struct question_page *items)
{
    size_t front = 0;

    for (size_t i = 0; i < pages->count; i++) {
        struct question_page page = items[i];

        if (!q->questions[page.first_question].is_asked_first)
            continue;
        memmove(&items[front + 1], &items[front], (i - front) * sizeof(*items));
        items[front++] = page;
    }
}

struct question_pages question_pages(const struct questionnaire *q, struct arena *arena)
{
    struct question_page *items = ARENA_ARRAY(arena, struct question_page, q->question_count);
    struct question_pages pages = {.items = items};

    for (size_t i = 0; i < q->indicator_count; i++) {
        size_t at = q->indicators[i].first_question;
        size_t end = at + q->indicators[i].question_count;

        while (at < end) {
            size_t count = run_length(q, at, end);

            add_run(&pages, items, i, q, at, count);
            at += count;
        }
    }
    move_first(q, &pages, items);
    return pages;
}

size_t question_page_of(const struct question_pages *pages, size_t question)
{
    size_t page = 0;

    while (page + 1 < pages->count &&
           question - pages->items[page].first_question >= pages->items[page].count)
        page++;
    return page;
}

bool question_page_is_shown(const struct question_page *page, const struct response *response)
{
    return progress_of(response, page->first_question, page->count).shown > 0;
}

struct progress progress_of(const struct response *response, size_t first_question, size_t count)
{
    struct progress progress = {0};

    for (size_t i = first_question; i < first_question + count; i++) {
        const struct answer *answer = &response->answers[i];

        if (!answer->is_active)
            continue;
        progress.shown++;
        if (answer_is_settled(&response->questionnaire->questions[i], answer))
            progress.settled++;
    }
    return progress;
}
