#ifndef APP_REVIEW_IMPORT_H
#define APP_REVIEW_IMPORT_H

#include "app/database.h"

/*
 * Responses from files into the store, scored on the way. A file is one response (.json), an array
 * of them, one a line (.jsonl), or rows of a table (.csv); folders stand for the files in them.
 *
 * A file is stored in transactions of at most 20 ms, between which others write: nobody waits for
 * an import. Importing a file again changes nothing, so that one that was killed is run again and
 * ends as it would have ended; one that cannot be read to its end keeps what stood before that
 * place. A record says who sent what, when and with what outcome (store/imports.h). Rows that are
 * refused go to a file of their own with the reason, ready to be mended and imported, which is put
 * in its place when the others are stored. Memory does not grow with a file of rows.
 *
 * A strict run is one transaction, all or nothing: others cannot write until it ends.
 */

/*
 * Faults of one file are said by kinds: the first places of each and how many more there are. All
 * stand in the rejects file.
 */
#define IMPORT_FAULT_PLACES 3
#define IMPORT_FAULT_KINDS_MAX 60
#define IMPORT_FILES_MAX 100000

struct import_options {
    const char *url;           /* see database_open() */
    const char *questionnaire; /* of responses that name none; NULL: they must */
    const char *round;         /* likewise */
    const char *sender;        /* who sent the files, as people call them; NULL: nobody says */
    const char *rejects;       /* where rejected rows go; NULL: FILE.rejects.csv or .jsonl */
    bool replaces_newer;       /* answers of an earlier day may replace later ones */
    bool is_strict;            /* the first fault stops all, and nothing of any file is stored */
    enum lang lang;            /* of the reasons in the rejects file */
    /* Called now and then; may be NULL. `lines` are those of the file, 0 if it cannot be known. */
    void (*progress)(void *context, const char *path, size_t rows, size_t lines);
    void *context;
};

/* What came of one file, or of all. */
struct import_counts {
    size_t rows; /* responses that were read, good or bad */
    size_t inserted, revised, unchanged, rejected;
    size_t incomplete, unrated; /* of those that are stored */
    size_t linked;              /* enterprises known by name so far that have a tax code now */
};

struct import_file {
    const char *path;
    struct import_counts counts;
    bool is_refused;     /* as a whole: its counts are what was stored before that was found */
    const char *rejects; /* the file of rejected rows; NULL: there is none */
};

struct import_result {
    struct import_file *files; /* those that were done, in order */
    size_t count;
    struct import_counts total;
    size_t refused;
};

/*
 * Imports all files. Wrong input goes to `faults`, and the result tells what was stored
 * nevertheless; any other status is a failure of the system, after which no further file is read.
 */
MUST_USE enum status import_files(struct arena *arena, struct workspace *ws,
                                  const struct import_options *options, const char *const *paths,
                                  size_t count, struct faults *faults, struct import_result *result,
                                  struct err *err);

#endif
