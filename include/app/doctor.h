#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H

#include "app/context.h"

/*
 * What may go wrong with an installation, looked at before it does: each finding is one sentence
 * that says what was seen and, where it needs attention, what to do. Nothing is written.
 */
struct finding {
    const char *check;    /* "backup": the id of the check, for programs */
    bool needs_attention;
    const char *text;     /* in the language that was asked for */
};

#define DOCTOR_FINDINGS_MAX 32
#define DOCTOR_BACKUP_DAYS 7       /* after which a backup is old */
#define DOCTOR_FREE_PERCENT 10     /* of the disk */
#define DOCTOR_QUOTA_PERCENT 80    /* of the room for evidence */

struct findings {
    struct finding items[DOCTOR_FINDINGS_MAX];
    size_t count, attention;
};

/*
 * Looks at the data files of the workspace, and at a database and its evidence (the structure of
 * the whole database is read: a second for each half a gigabyte). Texts live in the arena. A check
 * that cannot be made is a finding, too.
 */
void doctor_look(struct workspace *ws, struct database *db, enum lang lang, struct arena *arena,
                 struct findings *out);

#endif
