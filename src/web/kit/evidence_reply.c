/* A file of evidence as it was sent, to be kept by who asked. */
#include "web/kit/request.h"

void request_evidence(struct request *rq, const struct evidence *file,
                      const struct evidence_content *content, enum file_kind kind,
                      const char *plain)
{
    struct reply *reply = &rq->x->reply;
    const char *type = file_kind_type(kind), *suffix = file_kind_suffix(kind);

    request_download(rq, type ? type : "application/octet-stream",
                     arena_printf(rq->arena, "%s-%lld.%s", plain, (long long)file->id,
                                  suffix ? suffix : "bin"),
                     file_safe_name(rq->arena, file->name, kind));
    /* Whatever is in it, it may do nothing should a browser show it. */
    reply_header(reply, "Content-Security-Policy", "sandbox; default-src 'none'");
    reply->file = content->file;
    reply->file_len = content->len;
}
