#include "app/output/report.h"

#include "app/enterprise/result.h"

enum status report_make(struct workspace *ws, struct arena *arena,
                        const struct report_request *request, struct buf *out, struct err *err)
{
    const struct wording *wording = workspace_wording(ws, err);
    const struct result_request result = {
        .response = request->response, .before = request->before, .on = request->on};
    struct result made;
    enum status status;

    if (!wording)
        return err->status;
    status = result_make(ws, arena, &result, &made, err);
    if (status != OK)
        return status;
    return result_pdf(&(struct document_request){.report = made.report,
                                                 .wording = wording,
                                                 .lang = request->lang,
                                                 .kind = request->kind,
                                                 .contact = request->contact},
                      out, err);
}
