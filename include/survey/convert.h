#ifndef SURVEY_CONVERT_H
#define SURVEY_CONVERT_H

#include "survey/response.h"

/*
 * The same answers under another version of a questionnaire. Questions, options, rows and ticks are
 * matched by id; what has no match stays unanswered and is counted, never guessed.
 */
struct conversion {
    struct response *response;
    size_t dropped;   /* answers whose question or option the new version does not have */
    size_t unmatched; /* questions of the new version that the old one does not have */
};

struct conversion response_convert(struct arena *arena, const struct response *response,
                                   const struct questionnaire *to);

#endif
