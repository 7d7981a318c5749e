#include "web/kit/store_worker.h"

#include "app/batch.h"
#include "web/kit/request.h"
#include "web/kit/site_log.h"

struct app_context *site_app(struct site *site)
{
    return &site->workers[0].app;
}

/* ---- batches ---- */

void store_worker_begin(void *context, unsigned worker)
{
    struct store_worker *of = &((struct site *)context)->workers[worker];

    context_set_time(&of->app);
    of->is_busy = false;
}

bool store_worker_end(void *context, unsigned worker)
{
    struct site *site = context;
    struct store_worker *of = &site->workers[worker];
    bool is_broken = of->is_broken;
    struct err err;
    enum status status = batch_end(&of->app, is_broken, &err);

    of->is_broken = false;
    if (status != OK)
        site_log_failure(site, NULL, NULL, &err);
    if (status != OK || is_broken)
        return false;
    if (worker == 0)
        evidence_drop_all(&of->app);
    return true;
}

/*
 * The first request that has to wait too long for another program speaks for the whole batch: who
 * stands behind it is told so at once.
 */
static enum status enter(struct store_worker *of, bool may_write, struct err *err)
{
    enum status status;

    if (of->is_busy)
        return err_set(err, BUSY,
                       "cơ sở dữ liệu đang được chương trình khác ghi; hãy thử lại sau ít phút",
                       "the database is being written by another program; please try again in a "
                       "few minutes");
    status = batch_enter(&of->app, may_write, err);
    of->is_busy = status == BUSY;
    return status;
}

/* ---- requests ---- */

static struct store_worker *worker_of(const struct request *rq)
{
    return &rq->site->workers[rq->x->worker];
}

/* The day and the time of the batch, and the store of its worker, for whoever asks. */
static void take_context(struct request *rq)
{
    struct actor actor = rq->app.actor;
    const struct account *account = rq->app.account;

    rq->app = worker_of(rq)->app;
    rq->app.actor = actor;
    rq->app.account = account;
}

static enum work_queue run(struct request *rq)
{
    struct store_worker *of = worker_of(rq);
    bool may_write = rq->x->request.method == METHOD_POST && rq->x->worker == 0;
    struct err err;
    enum work_queue queue;

    take_context(rq);
    rq->must_undo = false;
    if (enter(of, may_write, &err) != OK)
        return request_error(rq, &err);
    queue = rq->step(rq);
    if (may_write && batch_leave(&rq->app, rq->must_undo, &err) != OK)
        of->is_broken = true;
    return queue;
}

enum work_queue store_worker_step(struct exchange *x)
{
    return run(x->state);
}

bool store_worker_can_keep(const struct request *rq)
{
    struct store_worker *of = worker_of(rq);
    struct err err;
    enum status status = enter(of, true, &err);

    if (status != OK)
        return false;
    status = batch_is_ready(&of->app, &err);
    if (batch_leave(&of->app, status != OK, &err) != OK)
        of->is_broken = true;
    return status == OK;
}

/* ---- start and stop ---- */

static enum status open_one(struct site *site, struct workspace *ws, unsigned number,
                            struct err *err)
{
    struct store_worker *of = &site->workers[number];
    enum status status = database_open(&of->arena, ws, site->options.database,
                                       number == 0 ? DB_CREATE : DB_READ, &of->db, err);

    if (status != OK)
        return status;
    of->app = context_of(of->db, (struct actor){ACTOR_SYSTEM, 0});
    of->app.loaded = &site->loaded;
    of->app.round = site->round;
    of->app.sends_mail = site->options.sendmail != NULL;
    if (number > 0)
        return batch_init_reading(&of->app), OK;
    of->app.drops = evidence_drops_new();
    return batch_init(&of->app, err);
}

enum status store_workers_open(struct site *site, struct workspace *ws, struct err *err)
{
    enum status status = OK;

    for (unsigned i = 0; i < SERVER_WORKERS; i++)
        arena_init(&site->workers[i].arena);
    for (unsigned i = 0; i < SERVER_WORKERS && status == OK; i++)
        status = open_one(site, ws, i, err);
    return status;
}

void store_workers_close(struct site *site)
{
    for (unsigned i = SERVER_WORKERS; i-- > 0;) {
        struct store_worker *of = &site->workers[i];

        evidence_drops_free(of->app.drops);
        database_close(of->db);
        arena_free(&of->arena);
    }
}
