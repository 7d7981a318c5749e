#ifndef STORE_IMPORTS_H
#define STORE_IMPORTS_H

#include "store/assessments.h"

/*
 * Who sent what: a record of each file that was imported. Revisions name the import that they came
 * with; the revision before is what it replaced. An import is many transactions, and each brings
 * the record up to date: if it was killed the record says how far it came.
 */
struct store_import {
    int64_t id;             /* given by store_import_add() */
    const char *file;       /* as it was named; "-" for standard input */
    const char *hash;       /* BLAKE2b-256 of its content, hex; "" for standard input */
    int64_t size;           /* bytes; STORE_UNKNOWN for standard input */
    const char *actor;      /* the login name of who ran it */
    const char *started_at; /* UTC */
    const char *ended_at;   /* UTC; "" if it goes on, or was killed */
    int64_t responses;      /* that were read, good or bad */
    int64_t inserted, revised, unchanged, rejected;
    const char *rejects_hash; /* of the file of rejected rows, like `hash`; "" if there is none */
    const char *sender;       /* who sent the file, as people call them; "" if nobody said */
    int64_t inbox;            /* the file of the inbox that it was (store/inbox.h); 0: of none */
    int64_t account;          /* who let it in on the web; 0: the command line */
    const char *undone_at, *undone_by; /* UTC and the login name; "" if it was not undone */
};

/* All in the open transaction, or in one of their own. Texts must not be NULL. */
MUST_USE enum status store_import_add(struct store *store, struct store_import *import,
                                      struct err *err);
/* Counts, ended_at and rejects_hash. CONFLICT: it was undone meanwhile. */
MUST_USE enum status store_import_note(struct store *store, const struct store_import *import,
                                       struct err *err);

/* One of them, in the arena; NOT_FOUND. rejects_hash is not read. */
MUST_USE enum status store_import_load(struct store *store, int64_t id, struct arena *arena,
                                       struct store_import *import, struct err *err);
/* The latest first, at most `max`; in the arena. rejects_hash is not read. */
MUST_USE enum status store_imports(struct store *store, size_t max, struct arena *arena,
                                   const struct store_import **list, size_t *count,
                                   struct err *err);

/* Those that a file of the inbox was let in by, the earliest first; likewise. */
MUST_USE enum status store_imports_of_inbox(struct store *store, int64_t inbox,
                                            struct arena *arena, const struct store_import **list,
                                            size_t *count, struct err *err);

/* True if an import wrote a file of rejected rows with just this content. */
MUST_USE enum status store_wrote_rejects(struct store *store, const char *hash, bool *is_ours,
                                         struct err *err);

/* ---- undoing ---- */

/* Why what an import brought cannot be taken back any more: others built on it. */
enum store_built_on {
    BUILT_ON_REVIEW = 1, /* an officer has begun to review it, or decided about it */
    BUILT_ON_REVISION,   /* answers that came later have replaced it */
    BUILT_ON_DOSSIER,    /* the enterprise has submitted the same on the web */
    BUILT_ON__MAX
};

struct store_blocker {
    enum store_built_on why;
    const char *name, *tax_code; /* of the enterprise; "" where not known */
};

/* The assessments of an import that others built on: how many, and the first `max` in the arena. */
MUST_USE enum status store_import_blockers(struct store *store, int64_t import, size_t max,
                                           struct arena *arena, struct store_blocker **list,
                                           size_t *count, int64_t *total, struct err *err);

/* What undoing an import did. */
struct store_undone {
    int64_t withdrawn; /* assessments that it brought: kept, but they count no more */
    int64_t restored;  /* assessments that it changed: what they were before is current again */
};

/*
 * Takes an import back, all of it, in the open transaction or one of its own. Nothing is deleted:
 * what it brought stays among the revisions, and what was before becomes a new one. CONFLICT: it
 * was undone already, or others built on it (nothing is changed then). The tax code that an
 * enterprise known by its name got by it stays.
 */
MUST_USE enum status store_import_undo(struct store *store, int64_t import, const char *at,
                                       const char *by, struct store_undone *undone,
                                       struct err *err);

#endif
