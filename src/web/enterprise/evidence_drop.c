/*
 * Files go when nothing can need them again: after the commit that removed their last row, never
 * before. What may have become unused is noted while a batch runs and looked at when it is kept, so
 * that a batch which is rolled back, or a row that somebody else added meanwhile, loses no file.
 */
#include "web/kit/request.h"

#include <stdlib.h>
#include <string.h>

#include "store/evidence_files.h"

void evidence_drop_later(struct site *site, const char *hash)
{
    struct file_drops *drops = &site->drops;

    if (drops->count == drops->room) {
        drops->room = drops->room ? 2 * drops->room : EVIDENCE_PER_DOSSIER_MAX;
        drops->hashes = xrealloc(drops->hashes, drops->room * sizeof(*drops->hashes));
    }
    memcpy(drops->hashes[drops->count], hash, sizeof(*drops->hashes));
    drops->count++;
}

/* False if it has to be tried again. */
static bool drop(struct site *site, const char *hash)
{
    bool is_unused = false;
    struct err err;

    if (evidence_is_unused(site->store, hash, &is_unused, &err) != OK)
        return false;
    return !is_unused || evidence_delete(site->evidence, hash, &err) == OK;
}

void evidence_drop_all(struct site *site)
{
    struct file_drops *drops = &site->drops;
    size_t kept = 0;

    for (size_t i = 0; i < drops->count; i++) {
        if (drop(site, drops->hashes[i]))
            continue;
        memmove(drops->hashes[kept], drops->hashes[i], sizeof(*drops->hashes));
        kept++;
    }
    drops->count = kept;
}
