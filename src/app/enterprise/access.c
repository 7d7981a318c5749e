#include "app/enterprise/access.h"

enum status access_enter(const struct app_context *app, const char *reference,
                         const unsigned char *session, struct arena *arena, struct dossier *out,
                         struct session_check *check, struct err *err)
{
    struct dossier dossier;
    enum status status = dossier_find(app->store, reference, arena, &dossier, err);

    *check = (struct session_check){.is_granted = false};
    if (status == OK)
        status = session_check(app->store, session, dossier.id, app->now, check, err);
    if (status == NOT_FOUND)
        return OK;
    if (status == OK && check->is_granted)
        *out = dossier;
    return status;
}

enum status access_note_uses(const struct app_context *app, const unsigned char *sessions,
                             size_t count, struct err *err)
{
    return session_note_uses(app->store, sessions, count, app->now, err);
}

enum status access_secret(const struct app_context *app, const char *reference, struct arena *arena,
                          int64_t *dossier, const char **hash, struct err *err)
{
    return dossier_secret(app->store, reference, arena, dossier, hash, err);
}

enum status access_link(const struct app_context *app, const unsigned char *token_hash,
                        int64_t *dossier, struct err *err)
{
    return dossier_by_token(app->store, token_hash, dossier, err);
}

enum status access_reference(const struct app_context *app, int64_t id, struct arena *arena,
                             const char **reference, struct err *err)
{
    struct dossier dossier;
    enum status status = dossier_load(app->store, id, arena, &dossier, err);

    if (status == OK)
        *reference = arena_strdup(arena, dossier.reference);
    return status;
}

enum status access_grant(const struct app_context *app, const unsigned char *before,
                         const unsigned char *after, int64_t dossier, struct err *err)
{
    enum status status = session_renew(app->store, before, after, err);

    return status == OK ? session_grant(app->store, after, dossier, app->now, err) : status;
}

enum status access_end(const struct app_context *app, const unsigned char *session, struct err *err)
{
    return session_end(app->store, session, err);
}

enum status access_sweep(const struct app_context *app, struct err *err)
{
    return session_sweep(app->store, app->now, err);
}

enum status access_renew(const struct app_context *app, const struct open_dossier *opened,
                         const char *secret_hash, const unsigned char *token_hash,
                         const unsigned char *session, struct err *err)
{
    int64_t id = opened->dossier.id;
    struct dossier_event event = {
        .kind = "code-renewed", .actor = actor_code(app->actor), .at = app->now, .text = ""};
    enum status status = open_dossier_check_owner(app, opened, err);

    if (status == OK)
        status = dossier_set_secret(app->store, id, secret_hash, token_hash, session, err);
    return status == OK ? dossier_event_add(app->store, id, &event, err) : status;
}

enum status access_try(const struct app_context *app, const char *key, int size, int seconds_each,
                       int *wait, struct err *err)
{
    return limit_take(app->store, key, size, seconds_each, app->now, wait, err);
}

enum status access_was_right(const struct app_context *app, const char *key, struct err *err)
{
    return limit_return(app->store, key, err);
}

enum status access_key(const struct app_context *app, const char *name,
                       unsigned char key[STORE_KEY_BYTES], struct err *err)
{
    return store_key(app->store, name, key, err);
}
