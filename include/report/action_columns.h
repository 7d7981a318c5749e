#ifndef REPORT_ACTION_COLUMNS_H
#define REPORT_ACTION_COLUMNS_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/lang.h"

/*
 * The columns of an action plan ("5 rõ": người, việc, thời gian, trách nhiệm, kết quả), as data
 * (reports/action-plan.json): their number, order and names are the province's, which may add
 * "thẩm quyền" as a sixth, or call the result "sản phẩm". Five of them every plan has.
 */
enum action_column {
    ACTION_PERSON,
    ACTION_TASK,
    ACTION_TIME, /* the day when it is due */
    ACTION_RESPONSIBILITY,
    ACTION_AUTHORITY, /* only where the file names it */
    ACTION_RESULT,
    ACTION_COLUMN__MAX
};

struct action_heading {
    enum action_column column;
    struct words name;    /* over the column: "Rõ người" */
    struct words missing; /* in a sentence, where it lacks: "rõ người" */
    struct words gloss;   /* what to write: "một người làm chính" */
};

struct action_columns {
    struct words title; /* "Kế hoạch hành động 5 rõ" */
    struct action_heading items[ACTION_COLUMN__MAX];
    size_t count; /* in the order of the file */
};

/* "person" */
const char *action_column_code(enum action_column column);

/* Reads and checks the document; NULL after adding every fault. */
const struct action_columns *action_columns_read(struct arena *arena, const struct json *root,
                                                 struct faults *faults);

#endif
