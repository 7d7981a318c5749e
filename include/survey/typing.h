#ifndef SURVEY_TYPING_H
#define SURVEY_TYPING_H

#include "survey/questionnaire.h"

/*
 * What stands beside an option on a paper form and may be typed for it (CSV cells, not JSON): its
 * id where all ids of the question are short, else a letter from a on, by place. An id always
 * means itself, so that files which name ids read as before.
 */

/* Longer ids are a burden to type. */
#define TYPED_ID_BYTES_MAX 3

/* Never NULL. */
const char *option_code(const struct question *question, size_t option);

/* The id that a typed word stands for: that of a letter (small or capital), else the word itself,
 * which need not be an id. */
const char *option_typed_id(const struct question *question, const char *word);

#endif
