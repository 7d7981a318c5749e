#ifndef SRC_STORE_ROW_H
#define SRC_STORE_ROW_H

#include "store.h"

/* What the files that read have in common. */

/* The columns of ROW_COLUMNS in sql.c, in the same order. */
enum row_column {
    ROW_ASSESSMENT,
    ROW_ENTERPRISE_REFERENCE,
    ROW_TAX_CODE,
    ROW_NAME,
    ROW_QUESTIONNAIRE,
    ROW_ROUND,
    ROW_REVISION,
    ROW_SUBMITTED_ON,
    ROW_MINUTES,
    ROW_FORM,
    ROW_SECTION,
    ROW_AREA,
    ROW_SIZE_CLASS,
    ROW_EMPLOYEES,
    ROW_REVENUE,
    ROW_CAPITAL,
    ROW_POINTS,
    ROW_MAX,
    ROW_PERCENT,
    ROW_LEVEL,
    ROW_BY_TOTAL_ONLY,
    ROW_IS_COMPLETE,
    ROW_COVERAGE,
    ROW_IMPORTED_AT,
    ROW_HASH,
    ROW_CATALOGUE_HASH,
    ROW_PROGRAM_VERSION,
    ROW_SOURCE,
    ROW_IS_WITHDRAWN,
    ROW_DIMENSIONS,
    ROW_FACTS,
    ROW_ANSWERS
};

void read_row(struct db_stmt *stmt, struct store_row *row);

/* The texts of a filter as they are bound. */
struct bound_filter {
    struct buf words; /* "%cong%\0%ty%\0": one pattern after the other */
    size_t word_count;
};

/* A statement with the filter bound; bound->words is to be freed after its use. */
enum status prepare_filtered(struct store *store, enum sql_id sql,
                             const struct store_filter *filter, struct bound_filter *bound,
                             struct db_stmt **stmt, struct err *err);

#endif
