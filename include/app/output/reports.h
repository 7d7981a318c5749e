#ifndef APP_OUTPUT_REPORTS_H
#define APP_OUTPUT_REPORTS_H

#include "app/database.h"
#include "base/fault.h"
#include "report/document.h"

/* Reports of everybody stored who passes a filter, as files of one folder. */

struct reports_request {
    const struct store_filter *filter;
    const char *folder; /* made where it is missing */
    day on;
    enum lang lang;
    enum document_kind kind;
    const char *contact;  /* whom to ask; NULL: a line to write it on */
    bool is_forced;       /* see output_check() */
    const char *database; /* that must not be replaced */
    unsigned threads;     /* 0: one for each processor that the process may use */
    /* Called in the caller's thread now and then; NULL: nobody watches. */
    void (*progress)(void *context, int64_t done, int64_t all);
    void *context;
};

struct reports_result {
    int64_t assessments;
    int64_t written;
    int64_t kept;    /* were there already, of the same result */
    int64_t renamed; /* of those written: the one of the name before was removed */
    int64_t failed;  /* said in the faults */
};

/*
 * Writes NAME-ROUND-NUMBER-LANG.pdf for each: name and round of the enterprise without marks, and
 * the number that lists print with that of the round, so that no two are the same. A document says
 * in its first lines which result it is (revision, questionnaire, policies, wording, day, program,
 * language); one that is there already and whole is kept. So a run that was broken off is finished
 * by running it again: files are written beside and renamed, and what was left half-written is
 * removed.
 *
 * The database is read in short pieces (see store_each()); documents are drawn in all threads.
 * A report that cannot be made (LIMIT) is a fault, and the others are made all the same. Errors:
 * BUSY where another run writes to the folder, BAD_USAGE (output_check()), and those of the store
 * and the disk.
 */
MUST_USE enum status reports_make(struct workspace *ws, struct database *db,
                                  const struct reports_request *request, struct faults *faults,
                                  struct reports_result *result, struct err *err);

#endif
