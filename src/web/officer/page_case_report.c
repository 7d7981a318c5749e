/* The signed report of a case. */
#include "web/officer/desk.h"
#include "web/handlers.h"

#include <string.h>

#include "app/output/case_report.h"
#include "web_paths.h"

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

enum work_queue page_case_report(struct request *rq)
{
    struct case_report *report = ARENA_NEW(rq->arena, struct case_report);
    const char *unit = rq->site->options.authority ? rq->site->options.authority : "";
    struct open_case c;
    struct err err;

    if (open_case_load(&rq->app, rq->number, rq->arena, &c, &err) != OK ||
        case_report_load(&rq->app, rq->number, 0, unit,
                         request_address(rq, path_page_verify(rq->arena)), rq->arena, report,
                         &err) != OK)
        return request_error(rq, &err);
    rq->page = report;
    return request_go(rq, QUEUE_SLOW, make_report);
}
