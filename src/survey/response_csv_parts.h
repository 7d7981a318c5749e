#ifndef SRC_SURVEY_RESPONSE_CSV_PARTS_H
#define SRC_SURVEY_RESPONSE_CSV_PARTS_H

#include "base/map.h"
#include "survey/response_csv.h"

/* What the files that read tables of responses share. */

/* What a column holds, in the order in which the cells of a row are read: a day decides which
 * areas and sections there are; rows of a scale add to what its own column says. */
enum column_kind {
    COLUMN_QUESTIONNAIRE = RESPONSE_QUESTIONNAIRE,
    COLUMN_ROUND = RESPONSE_ROUND,
    COLUMN_SUBMITTED_ON = RESPONSE_SUBMITTED_ON,
    COLUMN_MINUTES = RESPONSE_MINUTES,
    COLUMN_FACT,
    COLUMN_QUESTION,
    COLUMN_SCALE_ROW,
    COLUMN_COMPUTED, /* what an export or a rejects file adds; passed over */
    COLUMN_NAMELESS, /* what a separator at the end of all lines makes; must be empty */
    COLUMN_KIND__MAX
};

#define QUICK_MAX 128

struct column {
    enum column_kind kind;
    size_t cell;  /* which cell of a row it is */
    size_t index; /* of the fact or question */
    size_t row;   /* of a scale */
    const char *pointer;
    const char *id; /* what it is called in files: "employees", "1.1.1" */
    /* Most cells of a questionnaire are one digit: index + 1 of the option that it names. */
    unsigned char quick[QUICK_MAX];
    struct map known; /* longer texts that were met -> option */

    /* how it is written, by all its cells */
    bool has_numbers, has_days;
    struct number_form form;
    bool is_month_first; /* a cell can only be so: none can be read */
    int month_first_line;
};

/* What a heading means. */
struct heading {
    enum column_kind kind;
    size_t index, row; /* as of a column */
    const char *name;  /* for people: the label, or the text of the question */
    const char *id;
    bool is_alias;     /* another word for it: said in a note */
    const char *other; /* the id of a second column that is called so; NULL: none */
};

/* All headings that may be written in place of an id. Built when the first is met. */
struct headings {
    bool is_built;
    struct map exact, folded; /* with all marks, and without -> index of items */
    struct heading *items;
    size_t count;
};

/* What a row is. */
enum row_role { ROW_RESPONSE, ROW_FOOTER, ROW_DOUBTFUL };

struct response_csv {
    struct csv_reader *reader;
    const struct facts *facts;
    const struct questionnaire *q;
    struct questionnaire_source source;
    struct response_csv_defaults defaults;
    struct arena arena; /* what lives as long as the file */
    struct csv_row header;
    struct headings headings;
    struct column *columns; /* sorted by kind */
    size_t count;
    size_t titles;     /* rows above the header */
    int title_line;    /* of the first */
    int numbers_line;  /* of the row below the header that numbers the columns; 0: there is none */
    bool is_in_footer; /* a row of totals or signatures was met */
    const struct csv_row *row;
    enum row_role role; /* of the row */
    bool is_peeked;     /* the first row was read to find the questionnaire */
    struct arena row_arena;
    struct faults faults;

    /* with defaults.meanings */
    struct map meanings; /* item, a separator, text -> index */
    struct response_heading *asked;
    size_t asked_count;
    struct response_bad_cell *bad; /* of the row */
    size_t bad_count;
};

/* ---- columns ---- */

/* Finds what each cell of the header means, in the order in which they are read; false after a
 * fault. */
bool response_csv_load_columns(struct response_csv *csv, struct faults *faults);

/* How many cells of a row are known headings. */
size_t response_csv_count_headings(struct response_csv *csv, const struct csv_row *row);

/* True for the heading of the column that names the questionnaire. */
bool response_csv_is_questionnaire(struct response_csv *csv, const char *heading);

/* ---- what people said (response_csv_meanings.c) ---- */

void response_csv_take_meanings(struct response_csv *csv);
/* NULL: nobody said anything. */
const char *response_csv_meaning(struct response_csv *csv, const char *item, const char *text,
                                 struct arena *arena);
/* Notes a heading to be asked about, or what was said of it. */
void response_csv_ask(struct response_csv *csv, const char *heading, const char *meaning,
                      const char *guess);
void response_csv_note_bad(struct response_csv *csv, const struct column *column, const char *text,
                           const struct fault *fault);

/* ---- the first pass ---- */

/* Looks at all cells of the columns with numbers and days, and comes back to the first row behind
 * the header; false after a fault. Notes what is worth it. */
bool response_csv_scan(struct response_csv *csv, struct faults *faults);

/* ---- rows that are no responses ---- */

/* Totals and signatures are footers where nothing else is said in their row, else doubtful. */
enum row_role response_csv_role(struct response_csv *csv);

/* True for a row that numbers the columns: "(1) (2) (3)", "1 2 3", also "A B 1 2 3". */
bool response_csv_numbers_columns(const struct csv_row *row);

/* A cell of the row in one line, without the marks of spreadsheets. */
const char *response_csv_cell(const struct csv_field *field, struct arena *arena);

#endif
