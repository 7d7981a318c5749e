#ifndef SURVEY_RESPONSE_COLUMNS_H
#define SURVEY_RESPONSE_COLUMNS_H

#include "survey/response.h"

/*
 * The columns of a table of responses to one questionnaire, in the order in which tables are
 * written: what the response is of, the facts but for those that are computed, then the questions;
 * a scale has its rows behind its own column.
 */
enum response_part {
    RESPONSE_QUESTIONNAIRE,
    RESPONSE_ROUND,
    RESPONSE_SUBMITTED_ON,
    RESPONSE_MINUTES,
    RESPONSE_FACT,
    RESPONSE_ANSWER,
    RESPONSE_SCALE_ROW,
    RESPONSE_PART__MAX
};

/* The parts before the facts, which have a name of their own: "questionnaire", ... */
#define RESPONSE_SPECIAL_PARTS RESPONSE_FACT
extern const char *const response_special_ids[RESPONSE_SPECIAL_PARTS];

struct response_column {
    enum response_part part;
    const char *id; /* as it stands in the header of a table */
    size_t index;   /* of the fact or question */
    size_t row;     /* of a scale */
};

struct response_columns {
    const struct questionnaire *q;
    const struct facts *facts;
    const struct response_column *items;
    size_t count;
};

/* They live in the arena, and no longer than the questionnaire and the facts. */
void response_columns_init(struct response_columns *columns, struct arena *arena,
                           const struct questionnaire *q, const struct facts *facts);

/* What a response came to, as columns behind it: passed over where a table is read again. */
enum result_part {
    RESULT_SIZE_CLASS,
    RESULT_POINTS,
    RESULT_MAX,
    RESULT_PERCENT,
    RESULT_LEVEL,
    RESULT_COMPLETE,
    RESULT_COVERAGE,
    RESULT_DIMENSION_PERCENT, /* these two for each dimension */
    RESULT_DIMENSION_LEVEL,
    RESULT_PART__MAX
};

/* What people call them; those of a dimension stand behind its name ("Vận hành: mức"). */
extern const struct words response_result_names[RESULT_PART__MAX];

/* True for the name of a result, in any language, of a questionnaire with these dimensions. */
bool response_is_result_name(const char *name, const struct questionnaire *q);

#endif
