#ifndef SRC_APP_REVIEW_INBOX_PARTS_H
#define SRC_APP_REVIEW_INBOX_PARTS_H

#include "app/review/inbox.h"
#include "import.h"

/* What the files of the inbox share. */

/* Whether people can choose what a text in the column of an item means. */
bool inbox_may_choose(const struct loaded_data *loaded, const char *questionnaire,
                      const char *item);
/* What it probably means: an id of inbox_choices(), or "". */
const char *inbox_guess(const struct loaded_data *loaded, const char *questionnaire,
                        const char *item, const char *text, struct arena *arena);

#endif
