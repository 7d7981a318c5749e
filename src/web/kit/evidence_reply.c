/* A file of evidence as it was sent, to be kept by who asked. */
#include "web/kit/request.h"

#include <stdlib.h>

#include "web/kit/site_log.h"

bool request_evidence_open(struct request *rq, const struct evidence *file,
                           struct evidence_opened *out)
{
    const struct evidence_content *content = &out->content;
    bool is_locked;
    struct err err;

    if (evidence_read(&rq->app, file->hash, &out->content, &err) != OK) {
        if (err.status == CONFLICT)
            site_log_failure(rq->site, rq->x->request.id, rq->x->route, &err);
        request_error(rq, &err);
        return false;
    }
    out->kind = file_kind_of(content->data, content->len, &is_locked);
    out->is_active = out->kind == FILE_PDF && pdf_is_active(content->data, content->len);
    free(content->data);
    return true;
}

enum work_queue request_evidence(struct request *rq, const struct evidence *file,
                                 const struct evidence_opened *opened, const char *plain)
{
    struct reply *reply = &rq->x->reply;
    const char *type = file_kind_type(opened->kind), *suffix = file_kind_suffix(opened->kind);

    request_download(rq, type ? type : "application/octet-stream",
                     arena_printf(rq->arena, "%s-%lld.%s", plain, (long long)file->id,
                                  suffix ? suffix : "bin"),
                     file_safe_name(rq->arena, file->name, opened->kind));
    /* Whatever is in it, it may do nothing should a browser show it. */
    reply_header(reply, "Content-Security-Policy", "sandbox; default-src 'none'");
    reply->file = opened->content.file;
    reply->file_len = opened->content.len;
    return QUEUE_DONE;
}
