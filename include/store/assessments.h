#ifndef STORE_ASSESSMENTS_H
#define STORE_ASSESSMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "score/score.h"
#include "store/db.h"
#include "survey/response.h"

/*
 * The memory of the system: enterprises, questionnaires as they were used, assessments (one
 * enterprise x one version of a questionnaire x one round) and their revisions. A revision is what
 * was answered and what came of it, frozen: it is never changed, a correction adds another.
 *
 * A store belongs to one thread.
 */
struct store;

struct store_options {
    const char *url; /* see db_open() */
    enum db_mode mode;
    const struct facts *facts; /* must outlive the store */
    const char *now;           /* UTC, "2026-11-23T08:00:00Z": when tables are made */
};

/* Opens a database and brings its tables up to date (in DB_READ: refuses one that is not). */
MUST_USE enum status store_open(struct store **out, const struct store_options *options,
                                struct err *err);

/* Rolls back what is open. NULL is fine. */
void store_close(struct store *store);

/* The database below, for tests. */
struct db *store_db(struct store *store);

/* Reads between these see one state, and lock the database once: see db_begin_read(). */
MUST_USE enum status store_begin_read(struct store *store, struct err *err);
void store_end_read(struct store *store);

/*
 * Transactions do not nest. After a put failed for anything but BAD_INPUT, CONFLICT or LIMIT, the
 * transaction can only be rolled back.
 */
MUST_USE enum status store_begin(struct store *store, struct err *err);
MUST_USE enum status store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);

/*
 * A part of the open transaction, for one request of a batch: released, or undone alone, whatever
 * went wrong in it, so that the others are not harmed. Parts do not nest.
 */
MUST_USE enum status store_savepoint(struct store *store, struct err *err);
MUST_USE enum status store_release(struct store *store, struct err *err);
/* If even this fails the transaction can only be rolled back. */
MUST_USE enum status store_rollback_to(struct store *store, struct err *err);

bool store_is_open(const struct store *store); /* a transaction is */

/* ---- writing ---- */

/* What a revision was made with and by. All texts are required; "" where there is nothing to say.
 */
struct store_extra {
    const char *size_class;     /* "micro", "small", "medium", "not-sme", "unknown" */
    const char *catalogue_hash; /* of the policies, "" if none were matched */
    const char *imported_at;    /* UTC, YYYY-MM-DDTHH:MM:SSZ */
    const char *source;         /* the file, or "web" */
    int64_t import;             /* see store/imports.h; 0: it came another way */
    /* Asked before an assessment gets another revision; false refuses it (BAD_INPUT). May be NULL.
     * One file must not revise its own rows: importing it again would never come to rest. */
    bool (*may_revise)(void *context, int64_t assessment);
    void *context;
    bool is_reviewed_too; /* else what an officer has begun to review is not revised (BAD_INPUT) */
    bool replaces_newer; /* else answers of an earlier day never replace later ones (BAD_INPUT) */
};

/*
 * What appears in URLs and on paper, in base 32 without i, l, o and u. That of an enterprise is its
 * number in 6 characters, by which people may ask for it, and 26 that are random (130 bits),
 * without which nobody can address it. That of an assessment is its enterprise's, "-", and the
 * number of the round.
 */
#define REFERENCE_NUMBER_CHARS 6
#define REFERENCE_RANDOM_CHARS 26
#define REFERENCE_CHARS (REFERENCE_NUMBER_CHARS + REFERENCE_RANDOM_CHARS)
#define REFERENCE_BYTES (REFERENCE_CHARS + 5) /* of an assessment, with the NUL */

/* Whose and of which round an assessment is: the numbers that its id is composed of. */
int64_t store_enterprise_of(int64_t assessment);
int64_t store_round_of(int64_t assessment);

enum store_outcome { STORE_INSERTED, STORE_REVISED, STORE_UNCHANGED };

struct store_put {
    enum store_outcome outcome;
    int64_t assessment;
    int revision;
    bool is_reviewed;   /* BAD_INPUT for that alone: of which `assessment`; else false */
    bool was_withdrawn; /* it counted no more until now */
    bool is_linked; /* an enterprise that was known by name only has its tax code now */
    char reference[REFERENCE_BYTES];
};

/* Revisions of one assessment, rounds of all questionnaires, enterprises. */
#define STORE_REVISIONS_MAX 65535
#define STORE_ROUNDS_MAX 32767
#define STORE_ENTERPRISES_MAX 268435455

/*
 * Stores a response with its score, in the transaction that is open or else in one of its own. The
 * enterprise is known by its tax code, or else by name (text_identity()) and area; one that was
 * stored without a tax code is found again by name and area when its code comes, and keeps it. The
 * same facts, answers and day as the current revision change nothing (STORE_UNCHANGED); other ones
 * add a revision.
 *
 * Errors that leave the transaction as it was: BAD_INPUT (neither tax code nor name, no round),
 * CONFLICT (the questionnaire's id@version is stored with another content), LIMIT.
 */
MUST_USE enum status store_put_response(struct store *store, const struct response *response,
                                        const struct score *score, const struct store_extra *extra,
                                        struct store_put *put, struct err *err);

/*
 * A withdrawn assessment is kept, but left out of lists, counts, rounds, aggregates and export;
 * store_find() finds it by its own whole reference only. It counts again when it is put again, also
 * unchanged. NOT_FOUND.
 */
MUST_USE enum status store_withdraw(struct store *store, int64_t assessment, bool is_withdrawn,
                                    struct err *err);

/* ---- reading ---- */

#define STORE_UNKNOWN (-1)

/* Hundredths of a per cent, or STORE_UNKNOWN where everything was not applicable. */
struct store_dimension {
    int percent;
    int level;
};

/* One revision of an assessment, without its facts and answers. Texts may be NULL unless said. */
struct store_row {
    int64_t assessment;
    char reference[REFERENCE_BYTES];
    const char *enterprise_reference; /* never NULL */
    const char *tax_code, *name;
    const char *questionnaire; /* "id@version", never NULL */
    const char *round;         /* never NULL */
    int revision;              /* 1 is the oldest */
    const char *submitted_on;
    const char *form, *section, *area, *size_class;
    int64_t employees, revenue_vnd, capital_vnd; /* STORE_UNKNOWN if not given */
    int64_t total_points, total_max;             /* hundredths */
    int total_percent;                           /* hundredths, or STORE_UNKNOWN */
    int level, by_total_only;                    /* STORE_UNKNOWN: not rated, or estimated */
    bool is_complete;
    bool is_withdrawn; /* the assessment, with all its revisions */
    int64_t import;    /* that it came with (store/imports.h), or STORE_UNKNOWN */
    int coverage;      /* hundredths of a per cent */
    struct store_dimension dimensions[DIMENSIONS_MAX];
    size_t dimension_count;
    bool has_flags;    /* it was looked for them: see STORE_FLAGS */
    int flag_count;    /* else 0 */
    unsigned has_flag; /* a bit for each enum quality_kind that it has */
    /* What it was made with; never NULL. */
    const char *imported_at, *questionnaire_hash, *catalogue_hash, *program_version, *source;
};

/* Copies the texts of a row, which a taker only borrows, into the arena. */
void store_keep_row(struct store_row *row, struct arena *arena);

/* With the response as it was given (see store_each, store_load). */
struct store_item {
    struct store_row row;
    struct response *response; /* answers as STORE_ANSWERS says; questions activated */
};

/*
 * The current revision by tax code, or by the reference of an assessment or enterprise, of which
 * the first REFERENCE_NUMBER_CHARS are enough (with or without hyphens, in any case): who may use
 * less than a whole reference is for the caller to decide. Where the key names no round and `round`
 * is NULL, the round submitted last. Texts live in the arena.
 */
MUST_USE enum status store_find(struct store *store, const char *key, const char *round,
                                struct arena *arena, struct store_row *row, struct err *err);

enum store_sort {
    STORE_BY_NAME, /* without marks: "cong ty dai phat" */
    STORE_BY_SCORE,
    STORE_BY_LEVEL,
    STORE_BY_AREA,
    STORE_BY_SECTION,
    STORE_BY_SIZE,
    STORE_BY_ROUND,
    STORE_BY_SUBMITTED,
    STORE_BY_FLAGS,      /* how many there are */
    STORE_BY_INCOMPLETE, /* complete ones, then the others from little to much that is lacking */
    STORE_SORT__MAX
};

#define STORE_WORDS_MAX 8

/* NULL (or level STORE_UNKNOWN) filters nothing; "unknown" finds what was not given. */
struct store_filter {
    const char *round, *questionnaire;
    const char *area, *section, *size_class, *form;
    const char *enterprise; /* its reference */
    const char *words;      /* every word must occur in the name, with or without marks */
    int level;
    bool only_incomplete;
    bool only_flagged; /* something is to be looked at (survey/quality.h); reads all answers */
};

#define STORE_FILTER_NONE ((struct store_filter){.level = STORE_UNKNOWN})

struct store_count {
    int64_t all, incomplete, unrated; /* assessments */
};

struct store_page {
    enum store_sort sort;
    bool is_falling;
    int64_t limit; /* 0: no limit */
    int64_t offset;
    struct store_count *count; /* NULL, or filled before the first row is taken: without the page */
    size_t bytes;              /* for what is sorted by; 0: 64 MiB */
};

/*
 * What takes rows; borrowed until it returns. False ends the reading. It may read and write other
 * things in the store, but not call the function that calls it.
 *
 * Whatever may be long is read in blocks of 500 by key, and the database is let go of between them
 * and while rows are taken: no writer waits for a slow reader. So it is no picture of one moment:
 * each row is as it was at some time between beginning and end. A read that was begun with
 * store_begin_read() has ended afterwards.
 */
typedef bool store_row_callback(void *context, const struct store_row *row);
typedef bool store_item_callback(void *context, const struct store_item *item);

/*
 * Current revisions, page by page. Memory holds what they are sorted by, of all that pass the
 * filter or (with a limit) of twice the page, but never more than page->bytes: what has no room is
 * read again in another pass. With `only_flagged` or by flags each row says which it has. LIMIT if
 * the filter has more than STORE_WORDS_MAX words.
 */
MUST_USE enum status store_list(struct store *store, const struct store_filter *filter,
                                const struct store_page *page, store_row_callback *take,
                                void *context, struct err *err);

/* How many there are without the page. */
MUST_USE enum status store_count(struct store *store, const struct store_filter *filter,
                                 struct store_count *count, struct err *err);

/* The current revisions of one enterprise (store_enterprise_of()) that count, the day that was
 * submitted last first. */
MUST_USE enum status store_assessments_of(struct store *store, int64_t enterprise,
                                          store_row_callback *take, void *context, struct err *err);

/* All revisions of an assessment, the oldest first. */
MUST_USE enum status store_revisions(struct store *store, int64_t assessment,
                                     store_row_callback *take, void *context, struct err *err);

/* Decoding what is not needed costs a microsecond each. Flags (survey/quality.h) are found from the
 * answers each time: row.flag_count. */
enum store_parts { STORE_FACTS = 1, STORE_ANSWERS = 2, STORE_FLAGS = 4 };

/*
 * Every current revision that passes the filter with its response, for aggregates and export, in
 * the order in which they came within a round. Memory does not grow. The questionnaires are read
 * from the store (see store_questionnaire).
 */
MUST_USE enum status store_each(struct store *store, const struct store_filter *filter,
                                unsigned parts, store_item_callback *take, void *context,
                                struct err *err);

/*
 * One revision (0: the current one) with its whole response, decoded with `questionnaire`, which
 * must have the content that the revision was made with, or (NULL) with the stored one. All lives
 * in the arena and the store.
 */
MUST_USE enum status store_load(struct store *store, int64_t assessment, int revision,
                                const struct questionnaire *questionnaire, struct arena *arena,
                                struct store_item *item, struct err *err);

/* A stored questionnaire by "id@version"; lives as long as the store. */
MUST_USE enum status store_questionnaire(struct store *store, const char *ref,
                                         const struct questionnaire **q, struct err *err);

/* The tax codes (10 digits, rising) of the legal persons of whom a branch is stored ("-001" behind
 * them): what they and their branches answered is of one contributor. In the arena. */
MUST_USE enum status store_branched(struct store *store, struct arena *arena,
                                    const char *const **codes, size_t *count, struct err *err);

struct store_round {
    const char *questionnaire; /* "id@version" */
    const char *round;
    int64_t assessments;
};

typedef bool store_round_callback(void *context, const struct store_round *round);

/* The rounds that have assessments, the newest name first. */
MUST_USE enum status store_rounds(struct store *store, store_round_callback *take, void *context,
                                  struct err *err);

struct store_totals {
    int64_t enterprises, assessments, revisions, questionnaires, dossiers;
    char last_import[24]; /* UTC; "" if nothing was stored */
};

MUST_USE enum status store_totals(struct store *store, struct store_totals *totals,
                                  struct err *err);

#endif
