/* Signing in, and one's own account. */
#include "app/sign_in.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* By the account itself. */
static enum status tell(const struct app_context *app, const struct account *account,
                        const char *act, struct err *err)
{
    struct app_context as = *app;

    as.account = account;
    return account_tell(&as, account, &(struct account_told){act, "", ""}, err);
}

static enum status refuse_session(struct err *err)
{
    return err_set(err, NOT_FOUND, "phiên làm việc đã kết thúc", "the session is over");
}

enum status sign_in_enter(const struct app_context *app, const unsigned char *session,
                          struct arena *arena, struct signed_in *out, struct err *err)
{
    struct signed_in found = {.is_use_due = false};
    enum status status = desk_session_find(app->store, session, app->now, arena, &found.session,
                                           &found.is_use_due, err);

    if (status == OK)
        status = account_load(app->store, found.session.account, arena, &found.account, err);
    if (status == OK && found.account.is_disabled)
        return refuse_session(err);
    if (status == OK)
        *out = found;
    return status;
}

enum status sign_in_by_link(const struct app_context *app, const char *link, struct arena *arena,
                            struct account *out, struct err *err)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    enum status status;

    hash_token(link, hash);
    status = account_by_link(app->store, hash, app->now, arena, out, err);
    if (status == OK && out->is_disabled)
        return err_set(err, NOT_FOUND, "tài khoản đã bị khóa", "the account is disabled");
    return status;
}

static enum status start(const struct app_context *app, const struct account *account,
                         const struct session_plan *plan, struct err *err)
{
    struct desk_session session = {.account = account->id,
                                   .stage = plan->stage,
                                   .proved_at = context_seconds(app)};
    char agent[DESK_AGENT_BYTES_MAX + 1];

    snprintf(agent, sizeof(agent), "%.*s",
             (int)text_cut(plan->agent, strlen(plan->agent), DESK_AGENT_BYTES_MAX), plan->agent);
    session.agent = agent;
    if (plan->stage == DESK_SETUP)
        second_factor_seed(session.seed);
    return desk_session_start(app->store, plan->before, plan->after, &session, app->now, err);
}

enum status sign_in_begin(const struct app_context *app, const struct account *account,
                          const struct session_plan *plan, struct err *err)
{
    return start(app, account, plan, err);
}

enum status sign_in_code(const struct app_context *app, const struct account *account,
                         const char *typed, struct err *err)
{
    int64_t step;

    if (!totp_matches(account->totp_key, typed, context_seconds(app), &step))
        return err_set(err, DENIED, "mã không đúng", "the code is wrong");
    return account_use_step(app->store, account->id, step, err);
}

enum status sign_in_recovery(const struct app_context *app, const struct account *account,
                             const unsigned char hash[RECOVERY_HASH_BYTES], struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = account_use_code(app->store, account->id, hash, err);
    if (status == OK)
        status = tell(app, account, "recovery-code-used", err);
    return context_end(app, is_own, status, err);
}

enum status sign_in_enroll(const struct app_context *app, const struct account *account,
                           const struct second_factor *factor, int64_t step,
                           const struct recovery_set *codes, struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = account_set_factor(app->store, account->id, factor->key, step, codes, app->now, err);
    if (status == OK)
        status = tell(app, account, "factor-set", err);
    return context_end(app, is_own, status, err);
}

enum status sign_in_open(const struct app_context *app, const struct account *account,
                         const struct session_plan *plan, struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = start(app, account, plan, err);
    if (status == OK)
        status = account_signed_in(app->store, account->id, app->now, err);
    if (status == OK)
        status = tell(app, account, "signed-in", err);
    return context_end(app, is_own, status, err);
}

enum status sign_in_set_password(const struct app_context *app, const struct account *account,
                                 const char *hash, struct err *err)
{
    bool is_own;
    enum status status = OK;

    if (!*hash)
        return err_set(err, FAILED, "không đủ bộ nhớ để băm mật khẩu",
                       "there is no memory to hash a password");
    status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    status = account_set_password(app->store, account->id, hash, app->now, err);
    if (status == OK)
        status = tell(app, account, "password-set", err);
    return context_end(app, is_own, status, err);
}

/* ---- one's own account ---- */

enum status own_password(const struct app_context *app, const unsigned char *session,
                         const char *hash, struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = sign_in_set_password(app, app->account, hash, err);
    if (status == OK)
        status = desk_session_end_all(app->store, app->account->id, session, err);
    return context_end(app, is_own, status, err);
}

enum status own_codes(const struct app_context *app, const struct recovery_set *codes,
                      struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = account_set_codes(app->store, app->account->id, codes, err);
    if (status == OK)
        status = tell(app, app->account, "recovery-codes-renewed", err);
    return context_end(app, is_own, status, err);
}

enum status own_sessions(const struct app_context *app, struct arena *arena,
                         struct desk_session **list, size_t *count, struct err *err)
{
    return desk_session_list(app->store, app->account->id, app->now, arena, list, count, err);
}

enum status own_session_end(const struct app_context *app, int64_t id, struct err *err)
{
    return desk_session_end_one(app->store, app->account->id, id, err);
}

enum status own_sessions_end(const struct app_context *app, const unsigned char *but,
                             struct err *err)
{
    return desk_session_end_all(app->store, app->account->id, but, err);
}

enum status own_leave(const struct app_context *app, const unsigned char *session,
                      struct err *err)
{
    return desk_session_end(app->store, session, err);
}

enum status own_prove(const struct app_context *app, const unsigned char *session,
                      struct err *err)
{
    return desk_session_prove(app->store, session, app->now, err);
}
