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

/* The option whose id is that number ("0.50" for 0.5), or for yes/no questions 1 and 0; MAP_NONE.
 */
size_t option_numbered(const struct question *question, struct ratio number);

/* The option that people mean who write its id, letter, number ("2,0", "02") or label; MAP_NONE. */
size_t option_written(const struct question *question, const char *text, struct arena *arena);

/* The ticks that a text is the labels of, one behind the other, parted by anything (labels have
 * commas, too); false if it is anything else or has one twice. */
bool options_labelled(const struct question *question, const char *text, struct arena *arena,
                      uint64_t *ticks);

#endif
