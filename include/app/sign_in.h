#ifndef APP_SIGN_IN_H
#define APP_SIGN_IN_H

#include "app/accounts.h"

/*
 * Signing in, and what one does with one's own account: password, then the second factor; the first
 * time, by a link, both are chosen. A session is known by the hash of its token and gets another
 * token at each step. What takes long (hashing) is done by who asks, in QUEUE_SLOW, between two
 * steps.
 */

/* Who has a session: the account as it is now. NOT_FOUND: there is none, it is over, or the account
 * was disabled. */
struct signed_in {
    struct account account;
    struct desk_session session;
    bool is_use_due; /* see session_note_uses() */
};
MUST_USE enum status sign_in_enter(const struct app_context *app, const unsigned char *session,
                                   struct arena *arena, struct signed_in *out, struct err *err);

/* The account of a link that is still good. NOT_FOUND. */
MUST_USE enum status sign_in_by_link(const struct app_context *app, const char *link,
                                     struct arena *arena, struct account *out, struct err *err);

/* What a new session is to be. */
struct session_plan {
    const unsigned char *before, *after; /* hashes of tokens; `before` ends */
    enum desk_stage stage;
    const char *agent; /* what the browser calls itself; cut to DESK_AGENT_BYTES_MAX */
};

/* The password was right: half a session. For DESK_SETUP with a new seed. */
MUST_USE enum status sign_in_begin(const struct app_context *app, const struct account *account,
                                   const struct session_plan *plan, struct err *err);
/* A code of the telephone. DENIED: wrong; CONFLICT: used already. */
MUST_USE enum status sign_in_code(const struct app_context *app, const struct account *account,
                                  const char *typed, struct err *err);
/* A recovery code, hashed; it is worth nothing from then on. NOT_FOUND. */
MUST_USE enum status sign_in_recovery(const struct app_context *app, const struct account *account,
                                      const unsigned char hash[RECOVERY_HASH_BYTES],
                                      struct err *err);
/* The second factor was set up: `step` is that of the code that proved it. */
MUST_USE enum status sign_in_enroll(const struct app_context *app, const struct account *account,
                                    const struct second_factor *factor, int64_t step,
                                    const struct recovery_set *codes, struct err *err);
/* In: a whole session, and the link is used up. */
MUST_USE enum status sign_in_open(const struct app_context *app, const struct account *account,
                                  const struct session_plan *plan, struct err *err);

/* ---- one's own account: app->account ---- */

MUST_USE enum status sign_in_set_password(const struct app_context *app,
                                          const struct account *account, const char *hash,
                                          struct err *err);
/* The same, and all other sessions end. */
MUST_USE enum status own_password(const struct app_context *app, const unsigned char *session,
                                  const char *hash, struct err *err);
MUST_USE enum status own_codes(const struct app_context *app, const struct recovery_set *codes,
                               struct err *err);
MUST_USE enum status own_sessions(const struct app_context *app, struct arena *arena,
                                  struct desk_session **list, size_t *count, struct err *err);
/* NOT_FOUND also for another's. */
MUST_USE enum status own_session_end(const struct app_context *app, int64_t id, struct err *err);
MUST_USE enum status own_sessions_end(const struct app_context *app, const unsigned char *but,
                                      struct err *err);
/* This one: signing out. */
MUST_USE enum status own_leave(const struct app_context *app, const unsigned char *session,
                               struct err *err);
/* The password was typed again. */
MUST_USE enum status own_prove(const struct app_context *app, const unsigned char *session,
                               struct err *err);

#endif
