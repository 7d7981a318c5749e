#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "base/asset.h"
#include "store/db.h"

/*
 * The tables of a database, made and changed by numbered files (src/store/sql/NNNN_name.sql) that
 * are packed into the program. Each is applied once, in one transaction, and recorded with the
 * checksum of its text.
 */

/* The migrations of this program, sorted by number. */
extern const struct asset migrations[];
extern const size_t migrations_count;

/*
 * Brings a database up to date. BAD_INPUT if it has a migration that this program does not know
 * (it is newer) or knows with another text. `now` is the time to record.
 */
MUST_USE enum status migrate(struct db *db, const struct asset *list, size_t count, const char *now,
                             struct err *err);

/* Writes nothing: refuses also a database that lacks a migration. */
MUST_USE enum status migrate_check(struct db *db, const struct asset *list, size_t count,
                                   struct err *err);

#endif
