#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "store/assessments.h"

/*
 * The audit: who did what, when, to what, and why. Entries are only ever added (triggers of the
 * database refuse anything else), each in the transaction of what it tells of, and are chained:
 * the hash of an entry is BLAKE2b-256 of the hash before it and of all that stands in the row.
 */
struct audit_entry {
    int64_t id;       /* from 1, without gaps; given by audit_add() */
    const char *at;   /* UTC */
    int64_t account;  /* who; 0: the command line, or the program itself */
    const char *actor;  /* how they were called then */
    const char *act;    /* "account-added" */
    const char *object; /* what it was done to: "account:le.thi.mau" */
    const char *before, *after, *reason; /* "" where there is nothing to say */
};

#define AUDIT_HASH_BYTES 32

/* LIMIT: a text is longer than DOSSIER_TEXT_BYTES_MAX. */
MUST_USE enum status audit_add(struct store *store, const struct audit_entry *entry,
                               struct err *err);

/* The entries about one object, the newest first, at most `max`; in the arena. */
MUST_USE enum status audit_of(struct store *store, const char *object, size_t max,
                              struct arena *arena, const struct audit_entry **list, size_t *count,
                              struct err *err);

/* What is listed; NULL and 0 filter nothing. */
struct audit_filter {
    int64_t before;     /* only entries with a smaller id: the page behind that one */
    const char *actor;  /* how they were called then */
    const char *act;    /* "account-added" */
    const char *object; /* "case:12" */
    const char *kind;   /* of objects: "case:%" */
    const char *from, *to; /* UTC: at or after, before */
    /* Only entries about cases of these areas, or that this account was given. */
    const char *areas;
    int64_t assignee;
};

/* The newest first, at most `max`; in the arena. Reads all entries in turn where few fit. */
MUST_USE enum status audit_list(struct store *store, const struct audit_filter *filter, size_t max,
                                struct arena *arena, const struct audit_entry **list,
                                size_t *count, struct err *err);

struct audit_check {
    int64_t entries;                      /* that the chain holds */
    int64_t broken;                       /* id of the first that does not fit; 0: all do */
    unsigned char head[AUDIT_HASH_BYTES]; /* of the last one; zeros where there is none */
};

/* What the last entry says of itself, without looking at any other: entries and head. */
MUST_USE enum status audit_last(struct store *store, struct audit_check *out, struct err *err);

/* Reads all of it. Who cuts off the end leaves a chain that holds: keep the head elsewhere. */
MUST_USE enum status audit_check(struct store *store, struct audit_check *out, struct err *err);

#endif
