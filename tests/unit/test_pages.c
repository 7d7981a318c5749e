/* Questionnaires as short pages. */
#include "fixture.h"

#include "survey/pages.h"

static const char *const shipped[] = {
    "questionnaires/dbi-sme@2021.json",      "questionnaires/dbi-sme@2025.json",
    "questionnaires/dbi-large@2025.json",    "questionnaires/eu-dma-sme@2023.json",
    "questionnaires/household-quick@1.json", "questionnaires/sme-quick@1.json",
};

/* Every question stands on one page, in order but for those that are asked first, never beside one
 * of another indicator or scale. */
static void pages_cover_every_question_once(void **state)
{
    struct fixture f;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(shipped); i++) {
        struct question_pages pages;
        size_t next = 0, seen = 0;

        fixture_init(&f);
        fixture_questionnaire(&f, shipped[i]);
        pages = question_pages(f.q, &f.arena);
        for (size_t p = 0; p < pages.count; p++) {
            const struct question_page *page = &pages.items[p];

            if (next < page->first_question && f.q->questions[next].is_asked_first)
                next = page->first_question;
            seen += page->count;
            if (f.q->questions[page->first_question].is_asked_first && page->first_question) {
                assert_int_equal(p, 0);
                assert_int_equal(question_page_of(&pages, page->first_question), p);
                continue;
            }
            assert_int_equal(page->first_question, next);
            assert_in_range(page->count, 1, QUESTIONS_PER_PAGE);
            for (size_t k = 0; k < page->count; k++) {
                const struct question *question = &f.q->questions[next + k];

                assert_int_equal(question->indicator, page->indicator);
                assert_int_equal(question->dimension, page->dimension);
                assert_int_equal(question->type, f.q->questions[next].type);
                assert_int_equal(question->option_count, f.q->questions[next].option_count);
                assert_int_equal(question_page_of(&pages, next + k), p);
                if (page->count > 1)
                    assert_true(question->type != QUESTION_TEXT && !question->row_count);
            }
            next += page->count;
        }
        assert_int_equal(seen, f.q->question_count);
        arena_free(&f.arena);
    }
}

/* Indicators of 9, 4, 1, 2, 14, 6, 7, 5, 5 and 7 questions. */
static void runs_are_divided_evenly(void **state)
{
    static const size_t lengths[] = {3, 3, 3, 4, 1, 2, 4, 4, 3, 3, 3, 3, 4, 3, 3, 2, 3, 2, 4, 3};
    struct fixture f;
    struct question_pages pages;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, shipped[0]);
    pages = question_pages(f.q, &f.arena);
    assert_int_equal(pages.count, ARRAY_SIZE(lengths));
    for (size_t i = 0; i < pages.count; i++)
        assert_int_equal(pages.items[i].count, lengths[i]);
    arena_free(&f.arena);
}

static void progress_counts_what_is_shown(void **state)
{
    struct fixture f;
    struct response *response;
    struct question_pages pages;
    struct progress progress;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, shipped[0]);
    pages = question_pages(f.q, &f.arena);
    response = fixture_empty(&f);
    fixture_answer(&f, response, "1.1.1", "3");
    progress = progress_of(response, 0, pages.items[0].count);
    assert_int_equal(progress.shown, 3);
    assert_int_equal(progress.settled, 1);
    response->answers[0].is_active = false;
    response->answers[1].is_active = false;
    progress = progress_of(response, 0, 3);
    assert_int_equal(progress.shown, 1);
    assert_int_equal(progress.settled, 0);
    assert_true(question_page_is_shown(&pages.items[0], response));
    response->answers[2].is_active = false;
    assert_false(question_page_is_shown(&pages.items[0], response));
    arena_free(&f.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(pages_cover_every_question_once),
    cmocka_unit_test(runs_are_divided_evenly),
    cmocka_unit_test(progress_counts_what_is_shown),
};

RUN(tests)
