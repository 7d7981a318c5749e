#ifndef SRC_APP_BACKUP_LIST_H
#define SRC_APP_BACKUP_LIST_H

#include "app/backup.h"
#include "base/fault.h"
#include "base/json_write.h"

/* What making and restoring share: the list in front of a backup, and how a database is looked at.
 */
#define BACKUP_FORMAT 1
#define BACKUP_HASH_CHARS 64 /* BLAKE2b-256 of the database, in hex */

void backup_list_write(struct json_writer *w, const struct backup *backup, const char *hash);
/* BAD_INPUT for what is no list of this format. */
MUST_USE enum status backup_list_read(struct arena *arena, const char *name, const char *text,
                                      size_t len, struct backup *out, const char **hash,
                                      struct err *err);
/* The same for the end: what it says is `lost`. */
void backup_end_write(struct json_writer *w, const struct backup *backup);
MUST_USE enum status backup_end_read(struct arena *arena, const char *name, const char *text,
                                     size_t len, struct backup *out, struct err *err);

/* Checks a whole database, and counts what is in it. */
MUST_USE enum status backup_look(struct database *db, struct backup *out, struct err *err);
/* The hash of a file, as the list has it. */
MUST_USE enum status backup_hash(const char *path, char hash[BACKUP_HASH_CHARS + 1],
                                 struct err *err);
/* Removes a database and what SQLite leaves beside it. */
void backup_remove(const char *database, struct arena *arena);

#endif
