#ifndef SURVEY_TYPING_H
#define SURVEY_TYPING_H

#include "survey/questionnaire.h"

/*
 * What stands beside an option on paper and may be typed for it (CSV cells, not JSON): a letter
 * from a on, by place - never the points that it earns -, but the id where ids of the question are
 * letters themselves or there are more than 26. An id always means itself, so that files which name
 * ids read as before.
 */

/* Never NULL. */
const char *option_code(const struct question *question, size_t option);

/* The id that a typed word stands for: that of a letter (small or capital), else the word itself,
 * which need not be an id. */
const char *option_typed_id(const struct question *question, const char *word);

#endif
