#ifndef APP_ENTERPRISE_RESULT_H
#define APP_ENTERPRISE_RESULT_H

#include "app/evaluation.h"
#include "base/buf.h"
#include "report/document.h"
#include "report/report.h"
#include "report/wording.h"

/* What the model of a result is made of; all borrowed. */
struct result_request {
    const struct response *response;
    const struct response *before;  /* an earlier one to compare with; NULL: none */
    const struct peer_group *peers; /* to be shown beside it; NULL: none */
    const size_t *evidenced;        /* answers that have files; NULL: not known */
    const struct scorer *scorer;    /* of the response's questionnaire; NULL: the workspace's */
    const char *mark;               /* of its documents, see struct pdf_info; NULL: none */
    day on;
};

/* A result: what was computed, and the model that pages and documents tell it from. */
struct result {
    const struct evaluation *assessment;
    const struct report *report;
};

/*
 * Assesses a response, finds the way to the next level (left out where it would take too long to
 * find, way_find: LIMIT, or there is none), compares, and makes the model that pages and documents
 * are told from (report/phrase.h). It lives in the arena, reads the workspace, and never changes
 * afterwards: what is made in one thread may be told in others, while its arena and the workspace
 * live.
 */
MUST_USE enum status result_make(struct workspace *ws, struct arena *arena,
                                 const struct result_request *request, struct result *out,
                                 struct err *err);

/* The same for programs: the members "score", "match", "plan" (where there is one), "comparison"
 * and "peers" (null where there are none) of an object. */
void result_write(struct json_writer *w, const struct result *result, struct arena *arena);

/*
 * Appends the report, with or without its annex, or its summary of one page, as a PDF to `out`.
 * Needs no workspace (see workspace_wording()) and runs in any thread. Errors: see document_make().
 */
MUST_USE enum status result_pdf(const struct document_request *request, struct buf *out,
                                struct err *err);

#endif
