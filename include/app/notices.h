#ifndef APP_NOTICES_H
#define APP_NOTICES_H

#include "app/context.h"
#include "store/outbox.h"

/*
 * What people are told besides the page that they look at (store/outbox.h): written in the
 * transaction of the act that causes it, once for each name. It stands on the pages for everybody;
 * who gave an address gets it by mail, where the server sends any (app->sends_mail).
 */

/* Details are lines; an X line: code in the database, of an enterprise or of an account. */
#define NOTICES(X)                                                                                 \
    X(ASKED, "asked")               /* reference, last day to reply */                             \
    X(RETURNED, "returned")         /* the same */                                                 \
    X(WARNED, "warned")             /* the same: the first warning */                              \
    X(LAST_DAY, "last-day")         /* the same: the second */                                     \
    X(EXPIRED, "expired")           /* reference */                                                \
    X(VERIFIED, "verified")         /* reference */                                                \
    X(DATA_ANSWERED, "data-answered") /* reference */                                              \
    X(DIGEST, "digest")             /* overdue, due today, due on the next working day */          \
    X(TAKEN, "taken")               /* who took the case over */                                   \
    X(RELEASED, "released")         /* days without a touch */

#define X(name, code) NOTICE_##name,
enum notice { NOTICES(X) NOTICE__MAX };
#undef X

/* NOTICE__MAX for one of a newer program. */
enum notice notice_of(const struct outbox_row *row);

struct notice_told {
    enum notice kind;
    int64_t about;           /* a case; 0: none */
    const char *name;        /* what it is once for, behind its kind: "case:41:2026-12-08" */
    const char *while_state; /* of the case, for a mail to be sent; NULL: any */
    const char *detail;      /* further lines */
    int64_t wait_seconds;    /* a mail waits so long: the act may be taken back */
};

/* To the enterprise of a dossier (0: it came from a file, and nobody can be told); its reference is
 * the first line. */
MUST_USE enum status notice_tell_dossier(const struct app_context *app, int64_t dossier,
                                         const struct notice_told *told, struct arena *arena,
                                         struct err *err);
MUST_USE enum status notice_tell_account(const struct app_context *app, int64_t account,
                                         const struct notice_told *told, struct arena *arena,
                                         struct err *err);
/* Mail of a kind about a case that still waits is not needed any more. */
MUST_USE enum status notice_supersede(const struct app_context *app, int64_t dossier,
                                      enum notice kind, int64_t about, struct err *err);
/* Whether it was told, and when (`at` "" if not). */
MUST_USE enum status notice_told_at(const struct app_context *app, enum notice kind,
                                    const char *name, struct arena *arena, const char **at,
                                    struct err *err);

/* ---- addresses ---- */

/* An address as it was typed, without blanks around it: one @ between a name and a domain with a
 * dot, in ASCII, nothing that a header could be broken with. "" stays "". BAD_INPUT, with a
 * sentence for who typed it. */
MUST_USE enum status mail_address_read(const char *typed, struct arena *arena, const char **address,
                                       struct err *err);
/* Of who asks: the owner of a dossier, or an account. */
MUST_USE enum status own_mail_address(const struct app_context *app, struct arena *arena,
                                      const char **address, struct err *err);
MUST_USE enum status own_mail_address_set(const struct app_context *app, const char *address,
                                          struct err *err);
/* What the account that asks was told lately, the newest first. */
MUST_USE enum status own_notices(const struct app_context *app, int days, size_t max,
                                 struct arena *arena, const struct outbox_row **list,
                                 size_t *count, struct err *err);

#endif
