#ifndef APP_DATABASE_H
#define APP_DATABASE_H

#include "app/evaluation.h"
#include "app/workspace.h"
#include "store/imports.h"

/* The store as the use cases see it: opened with the facts of the workspace, and with scorers. */
struct database;

/* NULL: DXREADY_DB, then dxready.db in the current folder. */
const char *database_url(const char *url);

/* Opens it, with all that it needs in the arena; without a `url` DXREADY_DB, then dxready.db in the
 * current folder. In DB_READ a missing one is NOT_FOUND. */
MUST_USE enum status database_open(struct arena *arena, struct workspace *ws, const char *url,
                                   enum db_mode mode, struct database **out, struct err *err);

/* NULL is fine. */
void database_close(struct database *db);

struct store *database_store(const struct database *db);
/* The journal of databases that are opened to write from now on, see db_set_journal(). BAD_USAGE.
 */
MUST_USE enum status database_set_journal(const char *name, struct err *err);
/* Another folder of evidence than the one beside the database, for those that are opened from now
 * on; borrowed, NULL for the one beside it. */
void database_set_evidence(const char *folder);
/* The folder of the files of evidence of a database, see store/evidence_files.h. */
const char *database_evidence_of(struct arena *arena, const char *url);
const char *database_evidence(const struct database *db);

/* The scorer of a stored questionnaire, made at the first call; NULL after setting `err`. */
const struct scorer *database_scorer(struct database *db, const struct questionnaire *q,
                                     struct err *err);

/* One stored assessment, scored and matched again. */
struct stored {
    struct store_item item;
    struct evaluation assessment;
    struct store_row *revisions; /* the oldest first; the last is the current one */
    size_t revision_count;
    const struct store_import *import; /* that it came with; NULL: it came another way */
};

/*
 * Finds it by tax code or reference (see store_find) and assesses it on a day, with the
 * questionnaire that it was answered with. All lives in the arena and the database.
 */
MUST_USE enum status database_load(struct database *db, struct arena *arena, const char *key,
                                   const char *round, day on, struct stored *out, struct err *err);

/*
 * Checks a filter as people typed it: an area, section, size, form or level that does not exist is
 * BAD_USAGE with a sentence that names the right ones. An area may be typed by its name, with or
 * without accents and kind, or by its code: it becomes its id; a name of two areas is BAD_USAGE.
 */
MUST_USE enum status database_check_filter(struct database *db, struct store_filter *filter,
                                           struct err *err);

/* Now in UTC, "2026-11-23T08:00:00Z". */
#define TIME_BYTES 24
void now_utc(char text[TIME_BYTES]);

#endif
