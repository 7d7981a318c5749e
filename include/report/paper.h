#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "survey/facts.h"
#include "survey/questionnaire.h"

/*
 * A blank questionnaire on paper, to be filled in with a pen and typed in afterwards: beside every
 * box stands what is typed for it (survey/typing.h), with every field the name of its CSV column.
 * A question is never cut by a page end unless it is longer than a page.
 */
struct paper_setup {
    const struct questionnaire *questionnaire;
    const struct facts *facts;
    enum lang langs[LANG__MAX]; /* the first leads, the other stands below it */
    size_t lang_count;          /* 1 or 2 */
    const char *section;        /* whose examples are printed; NULL: the general ones */
    day on;                     /* for the lists of areas and sections, and as the date of making */
};

/* Appends the PDF to `out`. The same setup gives the same bytes. Errors: see pdf_finish(). */
MUST_USE enum status paper_print(struct arena *arena, const struct paper_setup *setup,
                                struct buf *out, struct err *err);

#endif
