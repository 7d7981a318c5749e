#ifndef APP_REVIEW_IMPORT_UNDO_H
#define APP_REVIEW_IMPORT_UNDO_H

#include "app/context.h"
#include "store/imports.h"

/*
 * An import taken back as a whole, while nothing was built on it (enum store_built_on): what it
 * brought counts no more, what it changed is as it was before; see store_import_undo(). With its
 * entry in the audit, in the transaction that is open or one of its own.
 */

/* Assessments that stand in the way are named, so many at the most. */
#define IMPORT_BLOCKERS_SHOWN 20

struct import_blockers {
    struct store_blocker *items; /* the first of them */
    size_t count;
    int64_t total;
};

/* One import, and what stands in the way of undoing it; all in the arena. NOT_FOUND. */
MUST_USE enum status import_look(const struct app_context *app, int64_t id, struct arena *arena,
                                 struct store_import *import, struct import_blockers *blockers,
                                 struct err *err);
/* NOT_FOUND; CONFLICT with a sentence that names who stands in the way, or says that it was undone
 * before: then nothing is changed. */
MUST_USE enum status import_undo(const struct app_context *app, int64_t id,
                                 struct store_undone *undone, struct err *err);

#endif
