#ifndef APP_OUTPUT_REPORT_H
#define APP_OUTPUT_REPORT_H

#include "app/evaluation.h"
#include "base/buf.h"
#include "report/document.h"

/* What a report is made of. */
struct report_request {
    const struct response *response;
    const struct response *before; /* an earlier one to compare with; NULL: none */
    day on;
    enum lang lang;
    enum document_kind kind;
    const char *contact; /* whom to ask; NULL: a line to write it on */
};

/*
 * Assesses a response and appends its report as PDF to `out`; app/result.h does the same in two
 * parts, and says what is left out.
 */
MUST_USE enum status report_make(struct workspace *ws, struct arena *arena,
                                 const struct report_request *request, struct buf *out,
                                 struct err *err);

#endif
