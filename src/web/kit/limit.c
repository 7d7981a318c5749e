/* How often anybody may try. */
#include "web/kit/request.h"

const char *request_client(const struct request *rq)
{
    return arena_printf(rq->arena, "%016llx", (unsigned long long)rq->x->request.client);
}

enum status request_limit(struct request *rq, const char *what, const char *key, int size,
                        int seconds_each, struct err *err)
{
    int wait;
    enum status status = access_try(&rq->app, arena_printf(rq->arena, "%s:%s", what, key), size,
                                    seconds_each, &wait, err);

    if (status != OK || wait == 0)
        return status;
    reply_header(&rq->x->reply, "Retry-After", arena_printf(rq->arena, "%d", wait));
    return err_set(err, LIMIT, "Đã thử quá nhiều lần. Hãy thử lại sau %d phút.",
                   "Too many attempts. Please try again in %d minutes.", wait / 60 + 1);
}

enum status request_limit_return(struct request *rq, const char *what, const char *key,
                                 struct err *err)
{
    return access_was_right(&rq->app, arena_printf(rq->arena, "%s:%s", what, key), err);
}

enum work_queue request_limited(struct request *rq, const struct err *err)
{
    enum work_queue queue = request_fail(rq, err->status == LIMIT ? 429 : 500, err);

    rq->x->event = err->status == LIMIT ? "limited" : "failed";
    rq->must_undo = false;
    return queue;
}

