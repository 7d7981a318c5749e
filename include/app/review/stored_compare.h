#ifndef APP_REVIEW_STORED_COMPARE_H
#define APP_REVIEW_STORED_COMPARE_H

#include "app/database.h"

/* Two assessments of one enterprise, and all that it has. */
struct stored_comparison {
    const struct store_row *rows; /* those that count, the latest first */
    size_t count;
    size_t before, after;             /* indexes of the two */
    struct evaluation evaluations[2]; /* the earlier one, the later one */
    const struct comparison *comparison;
};

/*
 * Compares the assessment that store_find() finds by a tax code or reference (of a round, or the
 * one submitted last) with the one before it: the latest earlier one by the same questionnaire in
 * any version, or else by another. Each is scored with the questionnaire that it was answered with.
 * All lives in the arena and the database. NOT_FOUND where there is no earlier one.
 */
MUST_USE enum status stored_compare(struct workspace *ws, struct database *db, struct arena *arena,
                                    const char *key, const char *round,
                                    struct stored_comparison *out, struct err *err);

#endif
