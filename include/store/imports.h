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
};

/* All in the open transaction, or in one of their own. Texts must not be NULL. */
MUST_USE enum status store_import_add(struct store *store, struct store_import *import,
                                      struct err *err);
/* Counts, ended_at and rejects_hash. */
MUST_USE enum status store_import_note(struct store *store, const struct store_import *import,
                                       struct err *err);

/* The latest first, at most `max`; in the arena. rejects_hash is not read. */
MUST_USE enum status store_imports(struct store *store, size_t max, struct arena *arena,
                                   const struct store_import **list, size_t *count,
                                   struct err *err);

/* True if an import wrote a file of rejected rows with just this content. */
MUST_USE enum status store_wrote_rejects(struct store *store, const char *hash, bool *is_ours,
                                         struct err *err);

#endif
