#ifndef APP_REVIEW_RESCORE_ALL_H
#define APP_REVIEW_RESCORE_ALL_H

#include "app/database.h"
#include "app/review/rescore.h"

/*
 * What is stored under another version of its questionnaire: who changes level, and because of
 * which items. Looks at the current revisions by other versions of that questionnaire; those by
 * other questionnaires, and by the version itself, are passed over.
 *
 * Stores nothing unless told; then each becomes an assessment under the new version in the same
 * round, beside the old one, which stays: in transactions of 20 ms that give way to others, so that
 * a run that was killed has stored a part, and the next one ends it. An assessment that was
 * answered under the new version itself is never revised by a computed one; one that an earlier run
 * made from the same version is, where the old answers were corrected since. What is stored is what
 * import would take: answers that the new version refuses are left out and listed.
 */
struct rescore_all_options {
    struct store_filter filter;
    const char *to; /* "id@version" */
    bool stores;    /* needs a database that is open for writing */
};

enum rescore_fate {
    RESCORE_SEEN,    /* nothing was to be stored */
    RESCORE_REFUSED, /* see below */
    RESCORE_INSERTED,
    RESCORE_REVISED,
    RESCORE_UNCHANGED, /* an earlier run stored the same */
    RESCORE_KEPT,      /* another one under the new version stands there */
    RESCORE_FATE__MAX
};

/* Why an assessment is not (or would not be) stored under the version. */
enum rescore_refusal {
    REFUSED_FORM,  /* the version is not for its form: it is not scored either */
    REFUSED_DAY,   /* it was given before there was such a version */
    REFUSED_EMPTY, /* none of its answers goes along */
    REFUSED__MAX
};

/* One assessment; borrowed until the taker returns. */
struct rescored {
    const struct store_row *row;
    enum rescore_fate fate;
    const struct rescoring *rescoring; /* NULL where its form was refused */
    const struct err *refusal;         /* NULL where nothing is refused */
};

/* False if there is no room for it: all ends with LIMIT; what was stored before stays. */
typedef bool rescored_callback(void *context, const struct rescored *one);

/* What one question did to all of them. */
struct rescore_item {
    const struct question *question; /* of the new version where it has it */
    size_t moved;                    /* scores */
    size_t moved_levels;             /* of those, the ones whose level changed */
    /* Sums of its changes, each rounded to a ten-thousandth of a percentage point. */
    int64_t change, magnitude;
};

struct rescore_summary {
    const struct questionnaire *to;
    bool is_stored;
    size_t count; /* all, with those that were refused */
    size_t fates[RESCORE_FATE__MAX];
    size_t refused[REFUSED__MAX]; /* also those that would be, where nothing is stored */
    size_t with_dropped;          /* assessments of which answers do not go along ... */
    size_t dropped;               /* ... and how many answers these are */
    size_t level_up, level_down, level_same;
    size_t not_rated; /* before or after, so that levels cannot be compared */
    size_t percent_up, percent_down;
    const struct rescore_item *items; /* those that moved a score, the largest magnitude first */
    size_t item_count;
};

/* The summary lives in the arena, the workspace and the database. `take` may be NULL. */
MUST_USE enum status rescore_all(struct arena *arena, struct workspace *ws, struct database *db,
                                 const struct rescore_all_options *options, rescored_callback *take,
                                 void *context, struct rescore_summary *summary, struct err *err);

/* The object of one assessment in the document, and the members of the summary. */
void rescored_write(struct json_writer *w, const struct rescored *one);
void rescore_summary_write_members(struct json_writer *w, const struct rescore_summary *summary);

#endif
