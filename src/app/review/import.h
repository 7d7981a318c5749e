#ifndef SRC_APP_REVIEW_IMPORT_H
#define SRC_APP_REVIEW_IMPORT_H

#include <sodium.h>

#include "app/review/import.h"
#include "base/file.h"
#include "base/map.h"
#include "policy/match.h"
#include "store/imports.h"

/* What the files of import share. */

/* ---- the content of a file ---- */

#define IMPORT_HASH_CHARS 64 /* BLAKE2b-256, hex */

struct import_hash {
    crypto_generichash_state state;
};

void import_hash_init(struct import_hash *hash);
void import_hash_add(struct import_hash *hash, const void *data, size_t len);
void import_hash_end(struct import_hash *hash, char hex[IMPORT_HASH_CHARS + 1]);

/* Hash, size and lines of a regular file, read as a whole; false if it cannot be. */
bool import_look_at(const char *path, char hex[IMPORT_HASH_CHARS + 1], int64_t *size,
                    size_t *lines);

/* Which enterprises the file had in one round: a bit each, by the number of the enterprise. */
struct seen_round {
    int64_t round;
    unsigned char *bits;
    size_t bytes;
};

/* Rounds of one file whose repetitions are noticed; a file with more has them unchecked. */
#define SEEN_ROUNDS_MAX 64

/* ---- faults of rows ---- */

/* Faults that differ only in what they quote and where they stand. */
struct fault_kind {
    size_t count;
    struct fault first[IMPORT_FAULT_PLACES];
    int last_line;
};

struct fault_kinds {
    struct arena arena; /* of one file */
    struct map by_key;
    struct fault_kind *items;
    size_t count;
    size_t others; /* faults of kinds beyond IMPORT_FAULT_KINDS_MAX */
};

struct import {
    struct arena *arena;
    struct workspace *ws;
    const struct import_options *options;
    const struct catalogue *reference;
    struct faults *faults; /* of the whole run */
    struct database *db;   /* NULL until something is to be stored */
    struct store_extra extra;
    char now[TIME_BYTES];
    day today;
    const struct questionnaire *last_q;
    const struct scorer *last_scorer;

    /* the file that is being read */
    struct import_file *file;
    struct store_import record;     /* id 0: nothing of it is stored yet */
    struct import_counts committed; /* what is stored for good */
    char hash[IMPORT_HASH_CHARS + 1];
    size_t lines;     /* of the file; 0: not known */
    int64_t begun_us; /* the transaction was, by clock_us() */
    struct fault_kinds kinds;
    bool is_refused;
    struct seen_round seen[SEEN_ROUNDS_MAX];
    size_t seen_count;
};

/*
 * Scores a response and stores it. BAD_INPUT: this one cannot be stored (see `err`), others can.
 * CONFLICT: nothing of the file can.
 */
enum status import_put(struct import *im, const struct response *response, struct err *err);

/* Notes faults and warnings of one row, to be said when the file is done. */
void import_say(struct import *im, const struct faults *faults);
void import_faults_begin(struct import *im);
/* Says what was noted, and forgets it. */
void import_faults_end(struct import *im);
/* What faults of one kind have in common: the sentence without what it quotes and counts. */
const char *import_fault_kind(struct arena *arena, const struct fault *fault);
/* BAD_INPUT for a response in which no question is answered. */
enum status import_check_answers(const struct response *response, struct err *err);
/* A document without what an export and a file of rejects add to it. */
const struct json *import_without_computed(const struct json *root, struct arena *arena);
/* One fault of a row, from an error. */
void import_add_fault(struct faults *faults, struct place place, const struct err *err);

/*
 * Makes what was stored of the file so far last, and lets others write. In a strict run all files
 * are one transaction, which only the end commits.
 */
enum status import_commit(struct import *im, struct err *err);

/* Counts the row and tells that it goes on. */
void import_progress(struct import *im);

/* What a file is, by its name and first bytes, that is no table and no responses, and how to get
 * one; false if it may be one. */
#define IMPORT_LOOK_BYTES ((size_t)8192)
/* Whether a name has something before this ending ("x.csv"), in capitals or not. */
bool import_ends_in(const char *path, const char *ending);
bool import_foreign_kind(const char *name, const char *data, size_t len, struct words *what);
/* The same of the file that is read: true after a fault. */
bool import_refuse_foreign(struct import *im);
enum status import_csv(struct import *im, struct err *err);
enum status import_json(struct import *im, struct err *err);
enum status import_lines(struct import *im, struct err *err);

/* ---- rejected rows ---- */

/*
 * The file that they go to, made when the first one comes, and put in its place when the other rows
 * are stored for good. One of an earlier run is replaced, or removed when nothing is rejected any
 * more; but never one that somebody has changed since: then the new one has a number in its name.
 */
struct rejects {
    struct import *im;
    const char *path;       /* where it belongs */
    struct file_sink *sink; /* NULL: nothing was rejected */
    const char *target;     /* of the sink: `path`, or a name beside it */
    struct buf out;
    struct import_hash hash; /* of what was written so far */
};

void rejects_init(struct rejects *rejects, struct import *im, const char *ending);
/* Opens it at the first call; what is in `out` is written when it is much. */
enum status rejects_write(struct rejects *rejects, struct err *err);
/* Commits the import, and then finishes the file. */
enum status rejects_finish(struct rejects *rejects, struct err *err);
void rejects_abandon(struct rejects *rejects);

/* All sentences of a row's faults, in one language. */
const char *import_reason(const struct faults *faults, enum lang lang, struct arena *arena);

#endif
