#ifndef STORE_EVIDENCE_FILES_H
#define STORE_EVIDENCE_FILES_H

#include "base/arena.h"
#include "base/err.h"
#include "store/dossiers.h"

/*
 * Files that were sent as evidence, in a folder of their own beside the database (never served by
 * name): FOLDER/ab/abcdef... by the hash of the content, mode 0600 in folders 0700. Names are made
 * here only; nothing that a person typed becomes part of a path.
 */
/* "dxready.db" -> "dxready.db.evidence". */
const char *evidence_folder(struct arena *arena, const char *database);

/* Writes the file (whole or not at all, see file_write()) and its hash; there already: nothing. */
MUST_USE enum status evidence_write(const char *folder, const unsigned char *data, size_t len,
                                    char hash[EVIDENCE_HASH_CHARS + 1], struct err *err);
/* Opens it for reading; the caller closes it. NOT_FOUND; BAD_INPUT for what is no hash, as below.
 */
MUST_USE enum status evidence_open(const char *folder, const char *hash, int *file, uint64_t *len,
                                   struct err *err);
/* Deletes it; one that is not there is no fault. */
MUST_USE enum status evidence_delete(const char *folder, const char *hash, struct err *err);

#endif
