#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "report/report.h"
#include "report/verification.h"
#include "report/wording.h"

/* What is printed of a report, and for whom. */
enum document_kind {
    DOCUMENT_REPORT,  /* eight pages, each the answer to one question; four for a household */
    DOCUMENT_ANNEXED, /* the same and an annex: every answer, every policy, the hashes */
    DOCUMENT_SUMMARY  /* one page */
};

struct document_request {
    const struct report *report;
    const struct wording *wording;
    enum lang lang;
    enum document_kind kind;
    const char *contact; /* whom to ask, by which telephone; NULL: a line to write it on */
    const char *uri;     /* where the result stands, for a QR code; NULL: nowhere */
    const struct verification *verification; /* NULL: nobody has verified it */
};

/*
 * A report as a PDF in one language. Equal input gives equal bytes. Appended to `out`. Errors: see
 * pdf_finish(); LIMIT: the URI is longer than QR_TEXT_BYTES_MAX.
 */
MUST_USE enum status document_make(struct arena *arena, const struct document_request *request,
                                   struct buf *out, struct err *err);

#endif
