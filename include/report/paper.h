#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "survey/facts.h"
#include "survey/questionnaire.h"

/*
 * A blank questionnaire on paper, to be filled in with a pen and typed in afterwards: a page that
 * asks who answers, the questions in two columns with a letter beside each box (what is typed, see
 * survey/typing.h), consent and signatures. No ids stand on it; questions are numbered through, and
 * a strip at the foot of each page has a cell for each of its questions. A question is never cut by
 * the end of a column unless it is longer than one.
 */
struct paper_setup {
    const struct questionnaire *questionnaire; /* NULL for the sheet of further facts */
    const struct facts *facts;
    enum lang langs[LANG__MAX]; /* one after the other, each with all of its pages */
    size_t lang_count;          /* 1 or 2 */
    const char *section;        /* with help and examples for this section; NULL: without help */
    day on;                     /* for the list of sections, and as the date of making */
};

/* Appends the PDF to `out`. The same setup gives the same bytes. Errors: see pdf_finish(). */
MUST_USE enum status paper_print(struct arena *arena, const struct paper_setup *setup,
                                 struct buf *out, struct err *err);

/* The same for the facts that only some policies need: a sheet of its own, for any questionnaire.
 */
MUST_USE enum status paper_print_more(struct arena *arena, const struct paper_setup *setup,
                                      struct buf *out, struct err *err);

#endif
