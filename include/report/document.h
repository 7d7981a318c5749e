#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "report/report.h"
#include "report/wording.h"

/*
 * A report as a PDF in one language: the whole one, and a summary that is always one page (it tells
 * fewer steps and policies until it fits). Equal input gives equal bytes. Appended to `out`;
 * errors: see pdf_finish().
 */
MUST_USE enum status document_report(struct arena *arena, const struct report *report,
                                     const struct wording *wording, enum lang lang, struct buf *out,
                                     struct err *err);

MUST_USE enum status document_summary(struct arena *arena, const struct report *report,
                                      const struct wording *wording, enum lang lang,
                                      struct buf *out, struct err *err);

#endif
