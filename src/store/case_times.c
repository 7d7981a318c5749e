/* When the steps of cases were taken. */
#include "store/case_times.h"

#include <string.h>

#include "statement.h"

static const char *text_at(struct db_stmt *stmt, int column)
{
    const char *text = db_text(stmt, column);

    return text ? text : "";
}

static enum case_state read_state(struct db_stmt *stmt)
{
    const char *text = db_text(stmt, 0);
    int state = 0;

    while (state < CASE_STATE__MAX && strcmp(case_state_code((enum case_state)state), text) != 0)
        state++;
    return (enum case_state)state;
}

static void read_times(struct db_stmt *stmt, struct case_times *times)
{
    *times = (struct case_times){
        .state = read_state(stmt),
        .is_late = db_int(stmt, 1) != 0,
        .is_objected = db_int(stmt, 2) != 0,
        .had_second = db_int(stmt, 3) != 0,
        .made = text_at(stmt, 4),
        .begun = text_at(stmt, 5),
        .asked = text_at(stmt, 6),
        .answered = text_at(stmt, 7),
        .proposed = text_at(stmt, 8),
        .decided = text_at(stmt, 9),
    };
}

enum status case_times_each(struct store *store, const char *areas, const char *round,
                            const char *today,
                            void (*each)(void *context, const struct case_times *times),
                            void *context, struct err *err)
{
    struct case_times times;
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status =
        statement_first(store, SQL_CASE_TIMES,
                        PARAMS(TEXT(areas), INT(0), TEXT(round), TEXT(today)), &stmt, &has_row,
                        err);

    if (status != OK)
        return status;
    while (status == OK && has_row) {
        read_times(stmt, &times);
        each(context, &times);
        status = db_step(stmt, &has_row, err);
    }
    db_done(stmt);
    return status;
}
