/* The signed report of a case. */
#include "web/officer/desk.h"
#include "web/handlers.h"

#include "app/output/case_report.h"
#include "web_paths.h"

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
    return request_case_report(rq, report);
}
