/* The signed report of what was verified, for officers and for its enterprise. */
#include "web/kit/request.h"

#include "app/output/case_report.h"

/* No store is needed any more, but time. */
static enum work_queue make_report(struct request *rq)
{
    const struct case_report *report = rq->page;
    struct err err;

    request_attachment(rq, "application/pdf",
                       arena_printf(rq->arena, "%s.pdf", report->verification.reference));
    if (case_report_make(report, rq->lang, &rq->x->reply.body, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

enum work_queue request_case_report(struct request *rq, const struct case_report *report)
{
    rq->page = (void *)(uintptr_t)report;
    return request_go(rq, QUEUE_SLOW, make_report);
}
