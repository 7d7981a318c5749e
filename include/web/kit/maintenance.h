#ifndef WEB_KIT_MAINTENANCE_H
#define WEB_KIT_MAINTENANCE_H

#include <stdbool.h>

#include "app/purge.h"
#include "app/trusted_clock.h"
#include "app/enterprise/evidence.h"

struct site;

/*
 * What need not be done at once: in the thread of the store, a little at a time, between two
 * batches of requests. What comes of it is a line of the log. Nothing is erased while the clock is
 * doubted.
 */
struct maintenance {
    unsigned ticks; /* of SERVER_TICK_MS */
    unsigned measures_left, sessions_left, expiry_left; /* ticks until they are due; 0: not begun */
    /* The part of the folder of evidence that is looked at next; EVIDENCE_PARTS: all were. */
    unsigned part;
    struct evidence_swept swept; /* since the last line about it */
    bool has_failed;
    day audit_told; /* when the head of the audit was told last; 0: never */
    struct trusted_clock clock;
    struct purge purge; /* of drafts that nobody changes any more; begun when it has days */
};

void maintenance_tick(struct site *site);

#endif
