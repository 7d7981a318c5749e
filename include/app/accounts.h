#ifndef APP_ACCOUNTS_H
#define APP_ACCOUNTS_H

#include "app/context.h"
#include "app/password.h"
#include "app/permission.h"
#include "app/second_factor.h"

/*
 * Accounts: made and changed by an administrator (on the command line by who runs it), used by who
 * signs in. Every change is told in the audit, by app->account or, without one, the command line.
 *
 * A new account has a link that is good once, for ACCOUNT_LINK_SECONDS: its owner chooses a
 * password and sets up the second factor. So does who lost one of them, with a new link.
 */
#define ACCOUNT_LINK_SECONDS (72 * 3600)
#define ACCOUNT_LINK_BYTES 16 /* random: 128 bits */
#define ACCOUNT_LINK_CHARS (2 * ACCOUNT_LINK_BYTES)

/* What is told in the audit of an account: "password-set"; what it was before and is now, or "". */
struct account_told {
    const char *act, *before, *after;
};
MUST_USE enum status account_tell(const struct app_context *app, const struct account *account,
                                  const struct account_told *told, struct err *err);

/* In small letters, without blanks around it, in the arena: how names are looked up. */
const char *account_name_typed(struct arena *arena, const char *typed);

/* What an account is to be; texts are borrowed. */
struct account_plan {
    const char *name, *full_name;
    enum role role;
    const char *const *areas; /* ids of areas, or ACCOUNT_AREA_ALL; see accounts_areas() */
    size_t area_count;
};

/*
 * Reads "chi-linh, Kim Thành" or "all": areas by id, name or code, as --area takes them. BAD_USAGE
 * with a sentence that names the one that is wrong. In the arena.
 */
MUST_USE enum status accounts_areas(const struct terms *areas, const char *typed,
                                    struct arena *arena, struct account_plan *plan,
                                    struct err *err);

/* Adds an account; `link` gets what its owner has to open. BAD_USAGE for a name that cannot be one,
 * or areas that its role does not have or lacks; CONFLICT; LIMIT. */
MUST_USE enum status accounts_add(const struct app_context *app, const struct account_plan *plan,
                                  char link[ACCOUNT_LINK_CHARS + 1], struct err *err);

MUST_USE enum status accounts_find(const struct app_context *app, const char *name,
                                   struct arena *arena, struct account *out, struct err *err);
MUST_USE enum status accounts_load(const struct app_context *app, int64_t id, struct arena *arena,
                                   struct account *out, struct err *err);
MUST_USE enum status accounts_list(const struct app_context *app, struct arena *arena,
                                   struct account **list, size_t *count, struct err *err);
MUST_USE enum status accounts_any(const struct app_context *app, bool *is_there, struct err *err);

/* Another role and other areas; whether it is disabled. Sessions of it end. CONFLICT: nobody would
 * be left who may change accounts, or somebody was faster. */
MUST_USE enum status accounts_change(const struct app_context *app, struct account *account,
                                     const struct account_plan *plan, struct err *err);
MUST_USE enum status accounts_disable(const struct app_context *app, struct account *account,
                                      bool is_disabled, struct err *err);

/* A new link, for who lost the password, the telephone, or both; the old ones are worth nothing
 * from then on. */
enum account_loss { LOST_PASSWORD = 1, LOST_FACTOR = 2, LOST_BOTH = 3 };
MUST_USE enum status accounts_give_link(const struct app_context *app,
                                        const struct account *account, enum account_loss loss,
                                        char link[ACCOUNT_LINK_CHARS + 1], struct err *err);
MUST_USE enum status accounts_end_sessions(const struct app_context *app,
                                           const struct account *account, struct err *err);

#endif
