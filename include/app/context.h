#ifndef APP_CONTEXT_H
#define APP_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "app/database.h"
#include "app/loaded_data.h"

/*
 * What use cases are given: who asks, when, and of which store. The web makes one for each request,
 * the command line one for each command; nothing above app/ reaches the store itself.
 */

enum actor_kind {
    ACTOR_SYSTEM,     /* the server for itself, or who runs the command line */
    ACTOR_VISITOR,    /* nobody is known yet */
    ACTOR_ENTERPRISE, /* who may open the dossier `id` */
    ACTOR_ACCOUNT,    /* who signed in with the account `id` */
    ACTOR_KIND__MAX
};

struct actor {
    enum actor_kind kind;
    int64_t id; /* 0: none */
};

/* As events of a dossier tell it: "system", "enterprise" (also a visitor, who begins one),
 * "officer". */
const char *actor_code(struct actor actor);

struct evidence_drops;
struct account;
struct audit_entry;

struct app_context {
    struct actor actor;
    const struct account *account; /* ACTOR_ACCOUNT: as it is now; else NULL */
    const struct loaded_data *loaded; /* NULL where no dossier is read */
    struct store *store;
    const char *evidence;         /* folder of its files, see store/evidence_files.h */
    struct evidence_drops *drops; /* files to look at after the commit; NULL: none are noted */
    const char *round;            /* that is being answered now: "2026"; NULL: none */
    char now[TIME_BYTES];         /* UTC; set anew before each batch of requests */
    day today;                    /* in Vietnam */
    bool sends_mail;              /* notices go out by mail, too: app/mail.h */
};

/* For a database that was opened, now; without surveys and round. */
struct app_context context_of(const struct database *db, struct actor actor);
/* Sets `now` and `today`. */
void context_set_time(struct app_context *app);
/* `now` as seconds since 1970. */
int64_t context_seconds(const struct app_context *app);

/*
 * Several changes that belong together: in the transaction that is open, whose owner undoes it
 * where a status is not OK, or (`is_own`) in one of their own, which is kept only for OK.
 */
MUST_USE enum status context_begin(const struct app_context *app, bool *is_own, struct err *err);
MUST_USE enum status context_end(const struct app_context *app, bool is_own, enum status status,
                                 struct err *err);

/* Adds to the audit (store/audit.h) what was done by who asks, now; the entry's act, object,
 * before, after and reason are set. */
MUST_USE enum status context_tell(const struct app_context *app, const struct audit_entry *entry,
                                  struct err *err);

#endif
