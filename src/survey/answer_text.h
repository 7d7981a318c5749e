#ifndef SRC_SURVEY_ANSWER_TEXT_H
#define SRC_SURVEY_ANSWER_TEXT_H

#include "survey/questionnaire.h"

/* What stands before the reason in a cell. */
#define ANSWER_NA_PREFIX "na:"

/* Without white space around it, which no answer consists of: tables lose it. */
const char *answer_text_trimmed(struct arena *arena, const char *text);

/* The text without the mark of answer_text_needs_mark(). */
const char *answer_text_unmarked(const struct question *question, const char *text);

/* True for "na: reason": of a text question only where "not applicable" is an answer to it. */
bool answer_text_is_na(const struct question *question, const char *text);

/*
 * True, and a fault that says how it is written, for what people write for "not applicable" or "no
 * answer" where it is neither an option nor a text: "N/A", "Không áp dụng", "-".
 */
bool answer_text_refuse_na(const struct question *question, const char *text, struct place place,
                           struct arena *arena, struct faults *faults);

/* True for what spreadsheets make of "1.2" or "2/1": "02-Thg1", "2-Jan", "02-Thg1-26", "Jan-02". */
bool answer_is_spreadsheet_day(const char *text);

#endif
