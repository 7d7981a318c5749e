/* The signed report of what was verified, for its enterprise. */
#include "web/kit/request.h"

#include "app/output/case_report.h"
#include "web/handlers.h"
#include "web_paths.h"

/* What keys are is the administrator's business. */
static enum work_queue refuse(struct request *rq, struct err *err)
{
    if (err->status == NOT_FOUND)
        err_set(err, NOT_FOUND,
                "Hồ sơ này chưa có báo cáo đã ký: kết quả chưa được xác minh, hoặc cơ quan thẩm "
                "định chưa có khóa để ký. Hãy hỏi cơ quan thẩm định.",
                "There is no signed report of this application: it was not verified, or the "
                "authority has no key to sign with. Please ask the authority.");
    return request_error(rq, err);
}

enum work_queue page_verified_pdf(struct request *rq)
{
    struct case_report *report = ARENA_NEW(rq->arena, struct case_report);
    const char *unit = rq->site->options.authority ? rq->site->options.authority : "";
    struct err err;

    if (case_report_of(&rq->app, rq->opened.dossier.assessment, unit,
                       request_address(rq, path_page_verify(rq->arena)), rq->arena, report,
                       &err) != OK)
        return refuse(rq, &err);
    return request_case_report(rq, report);
}
