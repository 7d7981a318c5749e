#ifndef STORE_ACCOUNTS_H
#define STORE_ACCOUNTS_H

#include "store/dossiers.h"

/*
 * Accounts of people who sign in, and their sessions. The store keeps hashes and says what there
 * is; what roles may do stands in app/permission.h, how one signs in in app/accounts.h. As with
 * dossiers, times are given by the caller, and NOT_FOUND, CONFLICT, LIMIT and BAD_INPUT leave an
 * open transaction as it was.
 */

#define ACCOUNT_NAME_CHARS_MAX 40 /* a to z, 0 to 9, and . - _ between them */
#define ACCOUNT_FULL_NAME_CHARS_MAX 80
#define ACCOUNT_AREAS_MAX 200
#define ACCOUNTS_MAX 10000
#define ACCOUNT_AREA_ALL "all" /* the whole province */

#define TOTP_KEY_BYTES 20 /* as long as a SHA-1 (RFC 4226, section 4) */
#define RECOVERY_CODES 10
#define RECOVERY_HASH_BYTES 32
#define RECOVERY_SALT_BYTES 16

struct account {
    int64_t id;
    const char *name, *full_name;
    const char *role; /* its code, see app/permission.h */
    int64_t version;  /* grows with every change of what it may do */
    bool is_disabled;
    const char *password_hash; /* "" until one was chosen */
    unsigned char totp_key[TOTP_KEY_BYTES]; /* counts where factor_at is not "" */
    int64_t totp_step;                      /* the last that was used */
    unsigned char code_salt[RECOVERY_SALT_BYTES];
    int64_t link_until; /* seconds since 1970; 0: there is no link */
    const char *created_at, *password_at, *factor_at, *signed_in_at; /* "" if never */
    const char *const *areas; /* ids, or ACCOUNT_AREA_ALL alone */
    size_t area_count;
    size_t codes_left;
};

/* CONFLICT: there is one of this name; LIMIT. Sets the id. */
MUST_USE enum status account_add(struct store *store, struct account *account, const char *now,
                                 struct err *err);
/* NOT_FOUND. */
MUST_USE enum status account_find(struct store *store, const char *name, struct arena *arena,
                                  struct account *out, struct err *err);
MUST_USE enum status account_load(struct store *store, int64_t id, struct arena *arena,
                                  struct account *out, struct err *err);
/* Of a link that is still good; NOT_FOUND. */
MUST_USE enum status account_by_link(struct store *store, const unsigned char *hash,
                                     const char *now, struct arena *arena, struct account *out,
                                     struct err *err);
/* All, by name. */
MUST_USE enum status account_list(struct store *store, struct arena *arena, struct account **list,
                                  size_t *count, struct err *err);
MUST_USE enum status account_any(struct store *store, bool *is_there, struct err *err);

/* Role, areas and whether it is disabled, as `account` has them, if the stored version is still
 * account->version; that grows by one. Sessions end where one may do less: with `ends_sessions`.
 * CONFLICT if somebody was faster. */
MUST_USE enum status account_change(struct store *store, struct account *account,
                                    bool ends_sessions, struct err *err);

/* What a new link takes away: the password, the second factor with its recovery codes, or both. All
 * sessions end. `until` in seconds since 1970. */
struct account_link {
    const unsigned char *hash; /* TOKEN_HASH_BYTES */
    int64_t until;
    bool drops_password, drops_factor;
};
MUST_USE enum status account_set_link(struct store *store, int64_t id,
                                      const struct account_link *link, struct err *err);

MUST_USE enum status account_set_password(struct store *store, int64_t id, const char *hash,
                                          const char *now, struct err *err);
/* Codes of this step and before are worth nothing from then on. CONFLICT: it was used already. */
MUST_USE enum status account_use_step(struct store *store, int64_t id, int64_t step,
                                      struct err *err);

/* Hashes of new recovery codes, in place of all before. */
struct recovery_set {
    unsigned char salt[RECOVERY_SALT_BYTES];
    unsigned char hashes[RECOVERY_CODES][RECOVERY_HASH_BYTES];
};
MUST_USE enum status account_set_codes(struct store *store, int64_t id,
                                       const struct recovery_set *codes, struct err *err);
/* Takes one away; compared in a time that tells nothing. NOT_FOUND: it is none of them. */
MUST_USE enum status account_use_code(struct store *store, int64_t id,
                                      const unsigned char hash[RECOVERY_HASH_BYTES],
                                      struct err *err);
/* The second factor was proven: from here on it counts, and the link is used up. */
MUST_USE enum status account_set_factor(struct store *store, int64_t id,
                                        const unsigned char key[TOTP_KEY_BYTES], int64_t step,
                                        const struct recovery_set *codes, const char *now,
                                        struct err *err);
/* Signed in entirely; a link is used up. */
MUST_USE enum status account_signed_in(struct store *store, int64_t id, const char *now,
                                       struct err *err);

/* ---- sessions ---- */

#define DESK_IDLE_SECONDS (30 * 60)
#define DESK_SECONDS (10 * 3600)
#define DESK_HALF_SECONDS (15 * 60) /* until the second factor was given or set up */
#define DESK_SESSIONS_MAX 10        /* of one account; the oldest ends first */
#define DESK_AGENT_BYTES_MAX 200
#define DESK_SEED_BYTES 32

/* How far one is in. */
enum desk_stage {
    DESK_PASSWORD, /* the second factor is awaited */
    DESK_SETUP,    /* the second factor is being set up, out of the seed */
    DESK_OPEN,
    DESK_STAGE__MAX
};

struct desk_session {
    int64_t id;
    int64_t account;
    enum desk_stage stage;
    int64_t started_at, used_at; /* seconds since 1970 */
    int64_t proved_at;           /* when the password was last typed */
    const char *agent;           /* what the browser calls itself */
    unsigned char seed[DESK_SEED_BYTES]; /* DESK_SETUP */
};

/* Begins a session in place of `before` (may be NULL), which ends. Account, stage, proved_at, agent
 * and seed are taken from `session`; started_at where it is not 0. */
MUST_USE enum status desk_session_start(struct store *store, const unsigned char *before,
                                        const unsigned char *hash,
                                        const struct desk_session *session, const char *now,
                                        struct err *err);
/* NOT_FOUND also where it is over. `is_use_due`: its last use is to be noted, session_note_uses()
 * does it. */
MUST_USE enum status desk_session_find(struct store *store, const unsigned char *hash,
                                       const char *now, struct arena *arena,
                                       struct desk_session *out, bool *is_use_due,
                                       struct err *err);
/* The password was typed again. */
MUST_USE enum status desk_session_prove(struct store *store, const unsigned char *hash,
                                        const char *now, struct err *err);
MUST_USE enum status desk_session_end(struct store *store, const unsigned char *hash,
                                      struct err *err);
/* One of an account by its id (NOT_FOUND); or all of it but one (NULL: none is left). */
MUST_USE enum status desk_session_end_one(struct store *store, int64_t account, int64_t id,
                                          struct err *err);
MUST_USE enum status desk_session_end_all(struct store *store, int64_t account,
                                          const unsigned char *but, struct err *err);
/* Those that are not over and open, the last used first. */
MUST_USE enum status desk_session_list(struct store *store, int64_t account, const char *now,
                                       struct arena *arena, struct desk_session **list,
                                       size_t *count, struct err *err);

#endif
