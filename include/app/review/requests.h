#ifndef APP_REVIEW_REQUESTS_H
#define APP_REVIEW_REQUESTS_H

#include "app/context.h"
#include "store/data_requests.h"

/*
 * What enterprises ask for about their own data, answered by officers of their area: done, or
 * refused with a reason that the enterprise reads. What is asked for is to be answered within
 * DATA_REQUEST_WORKING_DAYS (app/enterprise/dossiers.h).
 */

/* Of the areas of who asks; those of erased dossiers are of no area, and of those who see all. */
MUST_USE enum status requests_list(const struct app_context *app, struct arena *arena,
                                   const struct data_request **list, size_t *count,
                                   struct err *err);
MUST_USE enum status requests_count(const struct app_context *app, struct arena *arena,
                                    int64_t *open, int64_t *overdue, struct err *err);

#define REQUEST_ANSWER_CHARS_MAX 1000

/* Answers one: what is asked to be erased is erased by that (store/dossiers.h), for good.
 * NOT_FOUND: not of one's areas; BAD_INPUT: an answer is needed; CONFLICT: answered before. */
MUST_USE enum status request_answer(const struct app_context *app, int64_t id, bool is_done,
                                    const char *answer, struct arena *arena, struct err *err);

#endif
