#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/dossiers.h"

/*
 * What people are told outside of the page that they look at: a row for each thing, written in the
 * transaction of the act that causes it. Everybody reads it on the pages; who gave an address gets
 * it by mail, too, where mail is sent at all (app/mail.h). Rows are told apart by a name, so that
 * nothing is told twice.
 */

enum notice_owner { NOTICE_DOSSIER, NOTICE_ACCOUNT, NOTICE_OWNER__MAX };

#define OUTBOX_STATES(X)                                                                           \
    X(SCREEN, "screen")   /* only on the pages */                                                  \
    X(WAITING, "waiting") /* to be sent */                                                         \
    X(SENDING, "sending") /* handed over just now */                                               \
    X(SENT, "sent")                                                                                \
    X(DROPPED, "dropped") /* not true any more when it was to be sent */                           \
    X(FAILED, "failed")   /* tried as often as it may be */                                        \
    X(UNKNOWN, "unknown") /* whether it was sent; never tried again */

#define X(name, code) OUTBOX_##name,
enum outbox_state { OUTBOX_STATES(X) OUTBOX_STATE__MAX };
#undef X

struct outbox_row {
    int64_t id;
    const char *name; /* "warned-1:case:41:2026-12-08" */
    const char *kind; /* "warned-1": see app/notices.h */
    enum notice_owner owner_kind;
    int64_t owner;
    int64_t about;           /* a case; 0: none */
    const char *while_state; /* of that case, for it to be true; "": any */
    const char *address;     /* "": none */
    enum lang lang;
    const char *detail; /* what its words are made of, a line each */
    const char *made_at;
    enum outbox_state state;
    int attempts;
    int64_t not_before; /* seconds since 1970 */
    const char *changed_at;
};

/* Adds one, unless there is one of this name (`is_new`, may be NULL). */
MUST_USE enum status outbox_add(struct store *store, const struct outbox_row *row, bool *is_new,
                                struct err *err);
/* The one of a name; NOT_FOUND. */
MUST_USE enum status outbox_find(struct store *store, const char *name, struct arena *arena,
                                 struct outbox_row *out, struct err *err);
/* The one that waits longest of those that may be sent at a time, in seconds since 1970.
 * NOT_FOUND. */
MUST_USE enum status outbox_next(struct store *store, int64_t seconds, struct arena *arena,
                                 struct outbox_row *out, struct err *err);
/* Another state, if it is in `from` now; attempts and not_before as in `row`. CONFLICT. */
MUST_USE enum status outbox_move(struct store *store, const struct outbox_row *row,
                                 enum outbox_state from, const char *now, struct err *err);
/* What a later notice about the same case says better: mail of a kind to a dossier that waits. */
MUST_USE enum status outbox_supersede(struct store *store, int64_t dossier, int64_t about,
                                      const char *kind, const char *now, struct err *err);
/* What stands as being sent, though nobody sends it any more, is not known to be sent. */
MUST_USE enum status outbox_lose(struct store *store, const char *now, int64_t *count,
                                 struct err *err);
/* Those of somebody that were made since a time, the newest first. */
MUST_USE enum status outbox_of(struct store *store, enum notice_owner kind, int64_t owner,
                               const char *since, size_t max, struct arena *arena,
                               const struct outbox_row **list, size_t *count, struct err *err);
/* How many there are of each state. */
MUST_USE enum status outbox_count(struct store *store, int64_t counts[OUTBOX_STATE__MAX],
                                  struct err *err);
/* Those that failed, or of which it is not known, the newest first. */
MUST_USE enum status outbox_unsent(struct store *store, size_t max, struct arena *arena,
                                   const struct outbox_row **list, size_t *count,
                                   struct err *err);

/* ---- addresses ---- */

#define MAIL_ADDRESS_BYTES_MAX 254 /* RFC 5321, 4.5.3.1.3, without the angles */

/* "" takes it away: mail to it that waits stays on the pages alone. */
MUST_USE enum status mail_address_set(struct store *store, enum notice_owner kind, int64_t owner,
                                      const char *address, const char *now, struct err *err);
/* "" where there is none. */
MUST_USE enum status mail_address_of(struct store *store, enum notice_owner kind, int64_t owner,
                                     struct arena *arena, const char **address, struct err *err);

/* ---- what officers have to do ---- */

/* Cases of an account by the day that they are due. */
struct due_count {
    int64_t account;
    int64_t overdue, today, next; /* next: until the day that was asked for */
};
MUST_USE enum status case_due_counts(struct store *store, const char *today, const char *until,
                                     struct arena *arena, const struct due_count **list,
                                     size_t *count, struct err *err);

#endif
