#ifndef SURVEY_QUALITY_H
#define SURVEY_QUALITY_H

#include "base/arena.h"
#include "survey/response.h"

/*
 * What an officer should look at before trusting a response. Flags are shown, never scored: a
 * person decides.
 */

#define QUALITY_FLAGS_MAX 40

/* Straight-lining: at least so many ladder questions, all but one in twenty on the same rung. */
#define STRAIGHT_LINE_QUESTIONS_MIN 12
#define STRAIGHT_LINE_PERCENT_MIN 95
/* Reading a question and its options takes longer than this. */
#define SECONDS_PER_QUESTION_MIN 4

enum quality_kind {
    QUALITY_STRAIGHT_LINING,
    QUALITY_CONTRADICTION,
    QUALITY_TOO_FAST,
    QUALITY__MAX
};

struct quality_flag {
    enum quality_kind kind;
    struct words text;
};

/* "straight-lining", "contradiction", "too-fast". */
const char *quality_code(enum quality_kind kind);
/* In a few words, for lists. */
struct words quality_name(enum quality_kind kind);

/* Fills `flags` and returns how many there are. Texts live in the arena or the questionnaire. */
size_t response_quality(const struct response *response, struct arena *arena,
                        struct quality_flag flags[QUALITY_FLAGS_MAX]);

#endif
