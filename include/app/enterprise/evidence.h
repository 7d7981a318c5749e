#ifndef APP_ENTERPRISE_EVIDENCE_H
#define APP_ENTERPRISE_EVIDENCE_H

#include "app/enterprise/dossiers.h"
#include "store/evidence_files.h"

/*
 * Files that prove answers: a row in the store and a file beside it, kept together. A file is
 * written before its row and deleted after the commit that removed its last row, so that neither a
 * batch that is rolled back nor another dossier that has the same file loses it.
 */

/* All evidence together. */
#define EVIDENCE_TOTAL_BYTES_MAX ((int64_t)20 << 30)

/*
 * What may come from one address (of IPv6: its /64): so much at once, and as much again in a day,
 * so that nobody fills the room of all. A class room of 25 that sends all that it may fits.
 */
#define EVIDENCE_CLIENT_BYTES_PER_DAY ((int64_t)1 << 30)

MUST_USE enum status open_dossier_evidence(const struct app_context *app,
                                           const struct open_dossier *opened, struct arena *arena,
                                           const struct evidence **list, size_t *count,
                                           struct err *err);

/*
 * Adds a row (added_at is now) or removes one. The answer to a question for a file is the name of
 * its first file, so that it counts as answered; whichever question it is about, the dossier was
 * changed. LIMIT: quotas; NOT_FOUND: no such row; DENIED for anybody but the owner.
 */
MUST_USE enum status open_dossier_add_evidence(const struct app_context *app,
                                               struct open_dossier *opened,
                                               const struct evidence *file, struct arena *arena,
                                               struct err *err);
MUST_USE enum status open_dossier_remove_evidence(const struct app_context *app,
                                                  struct open_dossier *opened,
                                                  const struct evidence *file, struct arena *arena,
                                                  struct err *err);

/* Counts what `client` (a name for its address) has sent; LIMIT, with when it may send again: not
 * counted, too much for a day. */
MUST_USE enum status evidence_count_sent(const struct app_context *app, const char *client,
                                         size_t bytes, struct err *err);

/* ---- files; in any thread ---- */

/* Writes the file and its hash; there already: nothing, but a damaged copy is replaced. */
MUST_USE enum status evidence_keep(const struct app_context *app, const unsigned char *data,
                                   size_t len, char hash[EVIDENCE_HASH_CHARS + 1], struct err *err);
/* Opens and reads it, see evidence_open(). NOT_FOUND; CONFLICT: the copy is damaged. */
MUST_USE enum status evidence_read(const struct app_context *app, const char *hash,
                                   struct evidence_content *out, struct err *err);

/* ---- files that have become unused ---- */

struct evidence_drops *evidence_drops_new(void);
void evidence_drops_free(struct evidence_drops *drops); /* NULL is fine */

/* Notes that the file of a hash goes once the batch was kept, if no row has it then. */
void evidence_drop_later(const struct app_context *app, const char *hash);
/* Deletes what was noted and is unused; what fails stays noted. */
void evidence_drop_all(const struct app_context *app);
/* Looks for files that nothing needs in one of EVIDENCE_PARTS parts, see evidence_sweep(). */
MUST_USE enum status evidence_sweep_part(const struct app_context *app, unsigned part,
                                         int64_t before, struct evidence_swept *swept,
                                         struct err *err);

#endif
