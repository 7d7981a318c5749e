#ifndef SRC_STORE_DOSSIER_H
#define SRC_STORE_DOSSIER_H

#include "statement.h"
#include "store/dossiers.h"

/* What the files of dossiers and sessions have in common. */

/* The use of a session is noted so long after the last one that was: writing at each page view
 * would be most of its cost. */
#define USE_NOTED_SECONDS 60

/* The id in a normalised reference; 0 if it is none. */
int64_t dossier_id_of(const char *reference);

enum status dossier_not_found(struct err *err);

/* LIMIT if the text is longer than DOSSIER_TEXT_BYTES_MAX. */
enum status dossier_check_text(const char *text, struct err *err);

/* OK if it can be written to and has this version; NOT_FOUND, CONFLICT. */
enum status dossier_check_version(struct store *store, const struct dossier *dossier,
                                  struct err *err);

/* OK if it exists and is not erased; NOT_FOUND. */
enum status dossier_is_open(struct store *store, int64_t id, struct err *err);

/* BAD_INPUT if it is not EVIDENCE_HASH_CHARS digits of base 16 in small letters. */
enum status evidence_check_hash(const char *hash, struct err *err);

#endif
