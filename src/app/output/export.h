#ifndef SRC_APP_OUTPUT_EXPORT_H
#define SRC_APP_OUTPUT_EXPORT_H

#include "app/output/export.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/xlsx.h"
#include "survey/response_columns.h"

/* What the formats of export share. */

/* ---- what a response came to, as columns behind it ---- */

enum result_kind {
    RESULT_CODE, /* of a size class */
    RESULT_HUNDREDTHS,
    RESULT_WHOLE,
    RESULT_YESNO
};

struct result_column {
    enum result_part part;
    enum result_kind kind;
    const char *id; /* as it stands in the header of a table */
    size_t dimension;
};

struct export_columns {
    struct response_columns response;
    const struct result_column *results; /* behind those of the response */
    size_t result_count;
};

void export_columns_init(struct export_columns *columns, struct arena *arena,
                         const struct questionnaire *q, const struct facts *facts);

/* The number of a column that is not RESULT_CODE: hundredths, a whole number, or 0 and 1;
 * STORE_UNKNOWN where nothing that counts was asked, as for levels that are not given. */
int64_t result_number(const struct result_column *column, const struct questionnaire *q,
                      const struct store_row *row);

/* ---- formats ---- */

struct export;
struct column_words;

struct export_way {
    const char *code;
    bool is_table; /* has the columns of one questionnaire */
    enum status (*begin)(struct export *e);
    enum status (*put)(struct export *e, const struct store_item *item);
    enum status (*finish)(struct export *e); /* ends it, whether it succeeds or not */
    void (*abandon)(struct export *e);
};

extern const struct export_way export_csv, export_lines, export_xlsx;

struct export
{
    struct arena *arena; /* of the whole export */
    struct workspace *ws;
    struct database *db;
    const struct store_filter *filter;
    const struct export_options *options;
    const struct export_way *way;
    struct export_columns columns; /* of a table */
    struct arena row_arena;        /* of one assessment */
    int64_t count;                 /* of what was put */
    day newest;                    /* when the newest of them was imported */
    enum status status;
    struct err *err;

    /* csv, lines */
    struct file_sink *sink;
    struct buf out;
    struct csv_writer csv;
    struct json_writer json;

    /* xlsx */
    struct xlsx *xlsx;
    bool *has_numbers;                /* by question: the codes of its options are numbers */
    const struct column_words *words; /* of all columns */
};

/* ---- what the columns of a workbook are called and mean ---- */

struct column_words {
    const char *code, *heading, *meaning;
    const char *unit, *values; /* "" where there is nothing to say */
    unsigned width;
};

/* All of them, in the language of the export and its arena. */
const struct column_words *export_column_words(struct export *e);

/* What the workbook has: questionnaire, filters, how many. */
const char *export_scope(const struct export *e);

#endif
