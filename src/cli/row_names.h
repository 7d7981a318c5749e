#ifndef SRC_CLI_ROW_NAMES_H
#define SRC_CLI_ROW_NAMES_H

#include "app/context.h"
#include "base/json_write.h"
#include "base/map.h"
#include "cli/cli.h"

/* Names of what rows have as codes: areas, sections, forms, sizes, levels. */

enum row_code { ROW_CODE_AREA, ROW_CODE_SECTION, ROW_CODE_FORM, ROW_CODE_SIZE, ROW_CODE_LEVEL };
#define ROW_CODE_MAX (ROW_CODE_LEVEL + 1)

struct row_name {
    enum row_code kind;
    const char *group; /* of a level: the questionnaire; else NULL */
    const char *code;
    struct words name;
};

struct row_names {
    const struct app_context *app;
    const struct facts *facts;
    struct arena arena;
    struct map known; /* "KIND GROUP CODE" -> index */
    struct row_name *items;
    size_t count, cap;
};

/* Facts are those of the workspace. */
enum status row_names_init(struct row_names *names, struct cli *cli, const struct app_context *app,
                           struct err *err);
void row_names_free(struct row_names *names);

/* The name that held on the day of the answers; the code where it has none, "–" without a code.
 * Lives as long as the row. */
const char *row_name(struct row_names *names, const struct store_row *row, enum row_code kind,
                     enum lang lang);

/* Remembers which codes a row has. */
void row_names_note(struct row_names *names, const struct store_row *row);

/* The member "names" of a document: {"area":{"chi-linh":{"vi","en"}},...,"level":{"dbi-sme@2021":
 * {"3":{...}}}}, of all that were noted, so that no row repeats them. */
void row_names_write(const struct row_names *names, struct json_writer *w);

#endif
