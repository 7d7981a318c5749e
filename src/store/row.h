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
    ROW_IMPORT,
    ROW_DIMENSIONS,
    ROW_FACTS,
    ROW_ANSWERS
};

void read_row(struct db_stmt *stmt, struct store_row *row);

/*
 * Assessments are read in blocks of so many keys, and the database is let go of between them: a
 * writer waits for one block at most, however long the whole takes and however slow its reader is.
 */
#define BLOCK_ROWS_MAX 500

struct key_block {
    int64_t after, to; /* the keys of this block: after < id <= to */
    int64_t last;      /* of all blocks */
};

/* Before the first block. */
#define WHOLE_TABLE                                                                                \
    {                                                                                              \
        .to = 0, .last = INT64_MAX                                                                 \
    }

/* The keys that come next; `has_block` false when all were seen. */
enum status next_block(struct store *store, struct key_block *block, bool *has_block,
                       struct err *err);

/* The texts of a filter as they are bound. */
struct bound_filter {
    struct buf words; /* "%cong%\0%ty%\0": one pattern after the other */
    size_t word_count;
};

/* A statement with filter and block bound; bound->words is to be freed after its use. */
enum status prepare_block(struct store *store, enum sql_id sql, const struct store_filter *filter,
                          const struct key_block *block, struct bound_filter *bound,
                          struct db_stmt **stmt, struct err *err);

/* A row that outlives its statement: all is in an arena. */
struct kept_row {
    struct store_row row;
    const char *minutes;         /* NULL: not given */
    const void *facts, *answers; /* NULL: not asked for */
    size_t facts_len, answers_len;
};

/* Looks for flags in a row that was kept with facts and answers; sets them in kept->row. */
enum status look_at_flags(struct store *store, struct kept_row *kept, struct arena *arena,
                          struct err *err);

/* `parts` are those of enum store_parts. */
void keep_row(struct db_stmt *stmt, unsigned parts, struct arena *arena, struct kept_row *kept);

#endif
