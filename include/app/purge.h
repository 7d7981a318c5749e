#ifndef APP_PURGE_H
#define APP_PURGE_H

#include "app/context.h"
#include "store/dossiers.h"

/*
 * Data goes when its purpose has ended (Law 91/2025/QH15): a dossier that was begun, never
 * submitted, and not changed for so many days is erased with its evidence. What was submitted once
 * stays, also while it is open for changes: it is the enterprise's or the office's to end that.
 */
#define KEEP_DRAFTS_DAYS 180
#define KEEP_DRAFTS_DAYS_MAX 3650

/* The day (in Vietnam) on which it will be erased if nobody changes it; DAY_NONE: it stays, for it
 * is no such draft, or drafts are kept for ever (0 days). */
day draft_ends_on(const struct dossier *dossier, int keep_days);

/* A walk over all dossiers, a piece at a time. */
struct purge {
    int keep_days;        /* 1 or more */
    bool is_dry;          /* only counts */
    size_t drafts_max;    /* ends after so many, if it is not 0 */
    int64_t after;        /* the number that was looked at last */
    bool is_done, has_more; /* more: it ended before all were looked at */
    size_t drafts, files; /* erased so far */
    bool has_left_files;  /* some could not be deleted: the server finds them later */
};

/*
 * Goes on for PURGE_LOOKED dossiers, PURGE_ERASED of them erased, in a transaction of its own. Each
 * gets the event "expired" by "system". An error leaves it where it was.
 */
#define PURGE_LOOKED 500
#define PURGE_ERASED 20
/* What the server erases in one walk, once an hour: should it be wrong after all, somebody sees it
 * in the log before much is gone. */
#define PURGE_DRAFTS_MAX 100
MUST_USE enum status purge_some(struct purge *purge, const struct app_context *app,
                                struct err *err);

#endif
