#include "app/context.h"

#include "base/date.h"

const char *actor_code(struct actor actor)
{
    static const char *const codes[ACTOR_KIND__MAX] = {[ACTOR_SYSTEM] = "system",
                                                       [ACTOR_VISITOR] = "enterprise",
                                                       [ACTOR_ENTERPRISE] = "enterprise"};

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
