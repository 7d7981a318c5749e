#ifndef APP_REVIEW_STORED_LIST_H
#define APP_REVIEW_STORED_LIST_H

#include "app/context.h"
#include "store/imports.h"

/* The stored assessments as a list: filtered, sorted, a page of them; see store/assessments.h. */

/* The name of a row's level, by the questionnaire that it was answered with; NULL in both languages
 * where it has none. */
MUST_USE enum status stored_level_name(const struct app_context *app, const struct store_row *row,
                                       struct words *name, struct err *err);
MUST_USE enum status stored_list(const struct app_context *app, const struct store_filter *filter,
                                 const struct store_page *page,
                                 bool (*row)(void *context, const struct store_row *row),
                                 void *context, struct err *err);
/* Whether there are assessments by more than one questionnaire. */
MUST_USE enum status stored_has_several(const struct app_context *app, bool *has_several,
                                        struct err *err);

/* What was imported, the latest first, at most `max`; in the arena. */
MUST_USE enum status stored_imports(const struct app_context *app, size_t max, struct arena *arena,
                                    const struct store_import **list, size_t *count,
                                    struct err *err);

#endif
