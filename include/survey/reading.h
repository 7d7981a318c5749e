#ifndef SURVEY_READING_H
#define SURVEY_READING_H

#include "base/ratio.h"
#include "survey/questionnaire.h"

/*
 * How long a questionnaire takes, so that nobody promises less than it does. Vietnamese parts its
 * syllables by spaces, so they can be counted: questions, options, rows and units are read; help is
 * opened by those who need it, and is left out.
 */
#define SYLLABLES_PER_MINUTE 180 /* slow silent reading, on a phone, by people at work */
#define SECONDS_TO_THINK 8       /* per question */

struct reading {
    size_t questions, syllables;
    struct ratio minutes; /* exact */
};

/*
 * What one respondent meets: of questions that depend on an earlier single choice those of its
 * longest branch are counted; questions that depend on something else are all counted.
 */
struct reading questionnaire_reading(const struct questionnaire *q, struct arena *arena);

#endif
