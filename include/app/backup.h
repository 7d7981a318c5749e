#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "app/context.h"
#include "base/pack.h"

/*
 * A backup is one file: the database as it was at one moment, every file of evidence that its rows
 * name, and a list of what there is (BACKUP_LIST). It is made while others work, and is not called
 * made before the copy was opened, checked and counted. Any `tar` can open it where it is not
 * sealed. It holds personal data and the keys of sessions: sealed for a public key, whoever takes
 * it from the server reads nothing.
 */
#define BACKUP_LIST "dxready-backup.json"
#define BACKUP_DATABASE "dxready.db"
#define BACKUP_EVIDENCE "evidence/" /* then the hash of the content */
#define BACKUP_END "dxready-backup-end.json" /* the last: what came, and that nothing is cut off */

struct backup {
    char made_at[TIME_BYTES]; /* the moment, UTC */
    struct store_totals totals;
    int64_t files;        /* of evidence */
    uint64_t bytes;       /* of the database */
    int64_t lost;         /* files that a row names and that are missing or damaged */
    const char *lost_hash; /* of the first; "" */
};

/*
 * Makes a backup of the open database. What is not sealed has `keys` NULL. A file of evidence that
 * is missing or damaged is left out and counted in `lost`: the rest is worth keeping. On an error
 * nothing is left behind. Notes in the database that there is one, if it may be written.
 */
MUST_USE enum status backup_make(struct database *db, struct workspace *ws, const char *path,
                                 const struct seal_keys *keys, struct arena *arena,
                                 struct backup *out, struct err *err);

/*
 * Makes database and evidence of a backup where there is neither: CONFLICT if one of them exists.
 * What was restored was opened, checked and counted before it stands under its name; on an error
 * nothing is left behind. BAD_INPUT for what is damaged, incomplete or no backup; what a newer
 * program made is refused in a sentence.
 */
MUST_USE enum status backup_restore(struct workspace *ws, const char *path,
                                    const struct seal_keys *keys, const char *database,
                                    const char *evidence, struct arena *arena, struct backup *out,
                                    struct err *err);

/* When the last backup was made, UTC; "" if none is known of. */
MUST_USE enum status backup_last(const struct app_context *app, char made_at[TIME_BYTES],
                                 struct err *err);

#endif
