#include "app/batch.h"

#include "store/dossiers.h"

void batch_init_reading(const struct app_context *app)
{
    (void)db_set_wait(store_db(app->store), BATCH_WAIT_MS);
}

enum status batch_init(const struct app_context *app, struct err *err)
{
    batch_init_reading(app);
    return db_claim(store_db(app->store), err);
}

int64_t batch_hurry(const struct app_context *app)
{
    return db_set_wait(store_db(app->store), BATCH_HURRY_MS);
}

void batch_unhurry(const struct app_context *app, int64_t wait_ms)
{
    (void)db_set_wait(store_db(app->store), wait_ms);
}

void batch_rest(const struct app_context *app)
{
    db_rest(store_db(app->store));
}

enum status batch_enter(const struct app_context *app, bool may_write, struct err *err)
{
    enum status status = OK;

    if (!may_write)
        return store_begin_read(app->store, err);
    if (!store_is_open(app->store))
        status = store_begin(app->store, err);
    return status == OK ? store_savepoint(app->store, err) : status;
}

enum status batch_leave(const struct app_context *app, bool must_undo, struct err *err)
{
    return must_undo ? store_rollback_to(app->store, err) : store_release(app->store, err);
}

enum status batch_end(const struct app_context *app, bool must_undo, struct err *err)
{
    enum status status = OK;

    store_end_read(app->store);
    if (!store_is_open(app->store))
        return OK;
    if (!must_undo)
        status = store_commit(app->store, err);
    if (must_undo || status != OK)
        store_rollback(app->store);
    return status;
}

enum status batch_is_ready(const struct app_context *app, struct err *err)
{
    return store_try_write(app->store, err);
}
