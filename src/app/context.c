#include "app/context.h"

#include "base/date.h"
#include "store/accounts.h"
#include "store/audit.h"

const char *actor_code(struct actor actor)
{
    static const char *const codes[ACTOR_KIND__MAX] = {[ACTOR_SYSTEM] = "system",
                                                       [ACTOR_VISITOR] = "enterprise",
                                                       [ACTOR_ENTERPRISE] = "enterprise",
                                                       [ACTOR_ACCOUNT] = "officer"};

    return codes[actor.kind];
}

void context_set_time(struct app_context *app)
{
    now_utc(app->now);
    app->today = today();
}

struct app_context context_of(const struct database *db, struct actor actor)
{
    struct app_context app = {
        .actor = actor, .store = database_store(db), .evidence = database_evidence(db)};

    context_set_time(&app);
    return app;
}

int64_t context_seconds(const struct app_context *app)
{
    int64_t seconds = 0;
    struct err ignored;

    (void)!time_read(app->now, &seconds, &ignored); /* the program wrote it itself */
    return seconds;
}

enum status context_begin(const struct app_context *app, bool *is_own, struct err *err)
{
    *is_own = !store_is_open(app->store);
    return *is_own ? store_begin(app->store, err) : OK;
}

enum status context_end(const struct app_context *app, bool is_own, enum status status,
                        struct err *err)
{
    if (!is_own)
        return status;
    if (status == OK)
        status = store_commit(app->store, err);
    store_rollback(app->store);
    return status;
}

enum status context_tell(const struct app_context *app, const struct audit_entry *entry,
                         struct err *err)
{
    struct audit_entry told = *entry;

    told.at = app->now;
    told.account = app->account ? app->account->id : 0;
    told.actor = app->account ? app->account->name : "dxready";
    return audit_add(app->store, &told, err);
}
