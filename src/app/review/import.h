#ifndef SRC_APP_REVIEW_IMPORT_H
#define SRC_APP_REVIEW_IMPORT_H

#include "app/review/import.h"
#include "base/file.h"
#include "policy/match.h"

/* What the files of import share. */

/* Which enterprises the file had in one round: a bit each, by the number of the enterprise. */
struct seen_round {
    int64_t round;
    unsigned char *bits;
    size_t bytes;
};

/* Rounds of one file whose repetitions are noticed; a file with more has them unchecked. */
#define SEEN_ROUNDS_MAX 64

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
    size_t said; /* faults */
    bool is_refused;
    struct seen_round seen[SEEN_ROUNDS_MAX];
    size_t seen_count;
};

/*
 * Scores a response and stores it. BAD_INPUT: this one cannot be stored (see `err`), others can.
 * CONFLICT: nothing of the file can.
 */
enum status import_put(struct import *im, const struct response *response, struct err *err);

/* Reports faults of one row, as many as may be said. */
void import_say(struct import *im, const struct faults *faults);
/* One fault of a row, from an error. */
void import_add_fault(struct faults *faults, struct place place, const struct err *err);

/* Counts the row and tells that it goes on. */
void import_progress(struct import *im);

enum status import_csv(struct import *im, struct err *err);
enum status import_json(struct import *im, struct err *err);
enum status import_lines(struct import *im, struct err *err);

/* ---- rejected rows ---- */

/* The file that they go to, made when the first one comes. */
struct rejects {
    const char *path;
    struct file_sink *sink; /* NULL: nothing was rejected */
    struct buf out;
};

void rejects_init(struct rejects *rejects, struct import *im, const char *ending);
/* Opens it at the first call; what is in `out` is written when it is much. */
enum status rejects_write(struct rejects *rejects, struct err *err);
/* Finishes the file, or removes the one of an earlier run if nothing was rejected. */
enum status rejects_finish(struct rejects *rejects, struct import *im, struct err *err);
void rejects_abandon(struct rejects *rejects);

/* All sentences of a row's faults, in one language. */
const char *import_reason(const struct faults *faults, enum lang lang, struct arena *arena);

#endif
