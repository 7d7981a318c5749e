#ifndef SURVEY_PAGES_H
#define SURVEY_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "survey/questionnaire.h"
#include "survey/response.h"

/*
 * A questionnaire as a row of short pages, for people who answer on a phone. A page holds at most
 * QUESTIONS_PER_PAGE questions of one indicator that share a scale: the same type with the same
 * ids of options; a question with rows, a text, and one with more than OPTIONS_BESIDE_MAX options
 * stand alone, as does one that is asked first, whose page is the first. Pages of an indicator are
 * made equally long (9 questions: 3 + 3 + 3). The division depends on the questionnaire alone,
 * never on answers: page 7 is page 7 for everybody.
 */
#define QUESTIONS_PER_PAGE 4
#define OPTIONS_BESIDE_MAX 8

struct question_page {
    size_t dimension, indicator;  /* indexes in the questionnaire */
    size_t first_question, count; /* index, and how many from there */
};

struct question_pages {
    const struct question_page *items;
    size_t count;
};

struct question_pages question_pages(const struct questionnaire *q, struct arena *arena);

/* The page of a question. */
size_t question_page_of(const struct question_pages *pages, size_t question);

/* True if at least one question of the page is shown (see response_activate). */
bool question_page_is_shown(const struct question_page *page, const struct response *response);

/* How far a part of a response is filled in, of the questions that are shown. */
struct progress {
    size_t shown, settled; /* settled: see answer_is_settled() */
};

struct progress progress_of(const struct response *response, size_t first_question, size_t count);

#endif
