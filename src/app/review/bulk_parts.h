#ifndef SRC_APP_REVIEW_BULK_PARTS_H
#define SRC_APP_REVIEW_BULK_PARTS_H

#include "app/review/bulk.h"

/* What the files of bulk runs share. */

struct bulk_check {
    const struct app_context *app;
    enum bulk_kind kind;
    int64_t target; /* 0: it is not known yet to whom */
    const struct case_row *row;
    bool is_changed; /* officers changed a value of it */
};

/* Whether a case is one to do it with; `why` gets what stands in the way, else "". */
bool bulk_may(const struct bulk_check *check, struct arena *arena, const char *why[LANG__MAX]);

#endif
