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

/*
 * Writes the file (whole or not at all, see file_write()) and its hash, and syncs the folders that
 * it made for it. There already: nothing; a copy that is damaged is replaced.
 */
MUST_USE enum status evidence_write(const char *folder, const unsigned char *data, size_t len,
                                    char hash[EVIDENCE_HASH_CHARS + 1], struct err *err);

/* What a file holds, and the file itself; the caller closes the one and frees the other. */
struct evidence_content {
    int file; /* to be read from its beginning */
    unsigned char *data;
    size_t len;
};

/*
 * Opens it and reads all of it, at most EVIDENCE_FILE_BYTES_MAX. CONFLICT, with a sentence for
 * people: what is there is not what its name is the hash of, so that it has to be sent again.
 * NOT_FOUND; BAD_INPUT for what is no hash, as below.
 */
MUST_USE enum status evidence_open(const char *folder, const char *hash,
                                   struct evidence_content *out, struct err *err);
/* True if there is a file of that size under the hash; what is in it is not read. */
bool evidence_is_there(const char *folder, const char *hash, int64_t size);
/* Deletes it; one that is not there is no fault. */
MUST_USE enum status evidence_delete(const char *folder, const char *hash, struct err *err);
/* The same if no row names it, and no other program gives it one meanwhile. Runs in a transaction
 * of its own. */
MUST_USE enum status evidence_delete_unused(struct store *store, const char *folder,
                                            const char *hash, bool *is_deleted, struct err *err);

/*
 * Files that nothing needs: a crash between the commit of a deletion and that of the file leaves
 * one that no row names, and an upload that breaks off a temporary one. Removes those of a part of
 * the folder (hashes begin with that byte) that were last written before `before`, in seconds since
 * 1970: an upload writes its file first and its row later. What is no file of evidence stays, and
 * all of it in a database that never had a dossier: then the files belong to another one. Runs
 * where no transaction is open. A file that cannot be removed is a fault after all others of the
 * part were looked at.
 */
#define EVIDENCE_PARTS 256

struct evidence_swept {
    size_t files;
    uint64_t bytes;
};

/* Adds to `swept`. No folder: nothing to do. */
MUST_USE enum status evidence_sweep(struct store *store, const char *folder, unsigned part,
                                    int64_t before, struct evidence_swept *swept, struct err *err);

#endif
