#ifndef APP_OUTPUT_CASE_REPORT_H
#define APP_OUTPUT_CASE_REPORT_H

#include "app/enterprise/result.h"
#include "app/output/signed_report.h"
#include "app/review/cases.h"

/*
 * The signed report of what was verified: made from what was frozen then, on the day of the
 * decision, so that it comes out the same again. Reading is one step (with the store), making the
 * PDF another, which may run in any thread.
 */
struct case_report {
    struct result result;
    struct verification verification;
    struct signing_key key;
    const struct wording *wording;
};

/*
 * `edition` 0 is the last that was verified; `unit` is the authority; `address` that of /xac-minh.
 * Texts live in the arena, `unit` and `address` are borrowed. NOT_FOUND: it was not verified, or
 * there is no key to sign with; FAILED: its questionnaire is not there any more.
 */
MUST_USE enum status case_report_load(const struct app_context *app, int64_t id, int edition,
                                      const char *unit, const char *address, struct arena *arena,
                                      struct case_report *out, struct err *err);
/* The same of the case of an assessment. */
MUST_USE enum status case_report_of(const struct app_context *app, int64_t assessment,
                                    const char *unit, const char *address, struct arena *arena,
                                    struct case_report *out, struct err *err);
/* Appends the PDF to `out`. Errors: see signed_report_make(). */
MUST_USE enum status case_report_make(const struct case_report *report, enum lang lang,
                                      struct buf *out, struct err *err);

#endif
