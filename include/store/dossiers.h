#ifndef STORE_DOSSIERS_H
#define STORE_DOSSIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/assessments.h"

/*
 * Dossiers (hồ sơ): what an enterprise fills in on the web, step by step, and what happens to it
 * afterwards. A dossier holds the response as it stands, its secret, and its history; submitting it
 * stores an assessment (store/assessments.h), each time anew after it was amended.
 *
 * Everything here runs in the transaction that is open or in one of its own. Times are UTC,
 * "2026-11-23T08:00:00Z", and given by the caller: the store has no clock (BAD_INPUT for a `now` of
 * another form). BAD_INPUT, CONFLICT, NOT_FOUND and LIMIT leave an open transaction as it was. What
 * names a dossier that does not exist, or writes to one that is erased, is NOT_FOUND.
 */

/* "2026-11-23T08:00:00Z" as seconds since 1970. BAD_INPUT. */
MUST_USE enum status time_read(const char *text, int64_t *seconds, struct err *err);

/* "CDS-26-0000179": year (of the UTC day it was begun), number within the year in six digits, check
 * digit over all eight digits (ISO 7064 MOD 11,10), so that one wrong digit and most swaps are
 * noticed while typing. */
#define DOSSIER_REFERENCE_BYTES 16

/* Normalises what was typed (any case, spaces, with or without hyphens, o for 0); false if it can
 * be no reference: wrong length or check digit. */
bool dossier_reference_parse(const char *typed, char reference[DOSSIER_REFERENCE_BYTES]);

enum dossier_state {
    DOSSIER_DRAFT,     /* being filled in; also again after "amend" (then `assessment` is set) */
    DOSSIER_SUBMITTED, /* waits for an officer */
    DOSSIER_REVIEWING, /* an officer has begun: no more amending */
    DOSSIER_RETURNED,  /* officer asks for more; the enterprise may amend */
    DOSSIER_VERIFIED,
    DOSSIER_WITHDRAWN, /* by the enterprise; counts no more for anybody */
    DOSSIER_ERASED,    /* personal data is gone; see dossier_erase() */
    DOSSIER_STATE__MAX
};

const char *dossier_state_code(enum dossier_state state); /* "draft", ... */

#define DOSSIER_CONTENT_BYTES_MAX (1u << 20) /* also of progress */
#define DOSSIER_TEXT_BYTES_MAX (64u << 10)   /* of an event, a question, a reply, a name */
#define DOSSIERS_PER_YEAR_MAX 999999

/* What stands for a text that was erased. */
#define STORE_ERASED_TEXT "…"

struct dossier {
    int64_t id;
    char reference[DOSSIER_REFERENCE_BYTES];
    enum dossier_state state;
    int64_t version;           /* grows by one with every change of content or state */
    const char *questionnaire; /* "id@version" */
    const char *content;       /* the response, a document that response_read() takes */
    const char *progress;      /* a JSON object of the web: sections that were said to be done */
    enum lang lang;            /* that it was begun in */
    int64_t assessment;        /* what it was last submitted as; 0: never */
    int revision;              /* of that */
    int64_t earlier;           /* assessment of an earlier round that it began from; 0: none */
    const char *created_at, *changed_at;
    const char *submitted_at;     /* "" if never */
    const char *consent_at;       /* when the wording below was agreed to; "" if not */
    const char *consent_version;  /* of the wording that was agreed to */
    const char *consent_ended_at; /* "" unless consent was withdrawn */
    const char *erasure_asked_at; /* "" unless asked for */
};

/* What begins a dossier. */
struct dossier_start {
    const char *questionnaire, *content, *now;
    enum lang lang;
    int64_t earlier;
    const char *secret_hash;         /* of the secret, as crypto_pwhash_str() makes it */
    const unsigned char *token_hash; /* TOKEN_HASH_BYTES of the link's token */
};

#define TOKEN_HASH_BYTES 32 /* BLAKE2b-256 of a random token of 128 bits or more */

/* Adds a dossier; fills all of `out` (texts borrowed from `start` or constant). LIMIT: the numbers
 * of the year are used up. */
MUST_USE enum status dossier_add(struct store *store, const struct dossier_start *start,
                                 struct dossier *out, struct err *err);

/* By reference, normalised (others are NOT_FOUND); or by id. Texts live in the arena. NOT_FOUND. */
MUST_USE enum status dossier_find(struct store *store, const char *reference, struct arena *arena,
                                  struct dossier *out, struct err *err);
MUST_USE enum status dossier_load(struct store *store, int64_t id, struct arena *arena,
                                  struct dossier *out, struct err *err);

/*
 * Writes content, progress, and all other members that may change (questionnaire, state,
 * assessment, revision, submitted_at, consent..., erasure_asked_at), if the stored version is still
 * `dossier->version`; then adds one to it (in `dossier` too) and sets changed_at (to `now`,
 * borrowed). CONFLICT if somebody was faster; LIMIT for content or progress that is too long.
 * Erasing is not done by saving the state: BAD_INPUT.
 */
MUST_USE enum status dossier_save(struct store *store, struct dossier *dossier, const char *now,
                                  struct err *err);

/*
 * Takes away whom it is about, for good: content becomes "" and progress "{}", events and questions
 * of officers lose their texts, evidence is forgotten (the caller lists it before, and afterwards
 * deletes the files of which evidence_is_unused() says so), sessions, secret and token end. The
 * state becomes DOSSIER_ERASED. CONFLICT as in dossier_save(); erased already: nothing.
 *
 * If it was submitted, the stored assessment and all its revisions lose the facts that are personal
 * (name, tax code, and those that the list of facts marks so), and texts that were written freely
 * (answers, reasons of "not applicable") become STORE_ERASED_TEXT. Scores and what else statistics
 * need stays, as Law 91/2025/QH15 allows for data that names nobody. So that nothing leads back,
 * the assessment goes over to an enterprise of its own without name, tax code, or a reference that
 * anybody knows, and the dossier forgets it (assessment, revision and earlier become 0); other
 * rounds of the enterprise stay as they are, and without any the enterprise is deleted.
 *
 * An assessment that another dossier was submitted as, too, stays with that one, untouched:
 * otherwise who only knows a tax code could take away what another sent in.
 *
 * Bytes are overwritten in the file when the transaction is committed (with the journal "wal" when
 * it is next merged); backups are not reached.
 */
MUST_USE enum status dossier_erase(struct store *store, struct dossier *dossier, const char *now,
                                   struct err *err);

/* A change that is not in the dossier itself, such as a file of evidence: sets changed_at, and
 * nothing else. NOT_FOUND. */
MUST_USE enum status dossier_touch(struct store *store, int64_t id, const char *now,
                                   struct err *err);

/* What a walk over all dossiers sees of each. */
struct dossier_look {
    int64_t id;
    bool is_idle; /* a draft that was never submitted and was last changed before a time */
};

/* At most `max` of them, by id, from the one behind `after` on. */
MUST_USE enum status dossier_look(struct store *store, int64_t after, const char *before,
                                  size_t max, struct arena *arena, const struct dossier_look **list,
                                  size_t *count, struct err *err);

/* The dossier that an assessment was last submitted from: 0 if it did not come by the web. */
MUST_USE enum status dossier_of_assessment(struct store *store, int64_t assessment, int64_t *id,
                                           struct err *err);

/* ---- secrets and sessions ---- */

/* The hash of the secret; NOT_FOUND for an unknown (or erased) dossier. */
MUST_USE enum status dossier_secret(struct store *store, const char *reference, struct arena *arena,
                                    int64_t *id, const char **hash, struct err *err);
/* Another secret and token; the old ones are worth nothing from then on, and no session may open
 * the dossier any more but the one named (may be NULL). NOT_FOUND. */
MUST_USE enum status dossier_set_secret(struct store *store, int64_t id, const char *hash,
                                        const unsigned char *token_hash,
                                        const unsigned char *but_session, struct err *err);
/* The dossier of a link's token. NOT_FOUND. */
MUST_USE enum status dossier_by_token(struct store *store, const unsigned char *token_hash,
                                      int64_t *id, struct err *err);

/*
 * A session may open some dossiers. It is known by the hash of its token; rows are (session,
 * dossier). It is over SESSION_IDLE_SECONDS after its last use or SESSION_SECONDS after its start.
 */
#define SESSION_IDLE_SECONDS (2 * 3600)
#define SESSION_SECONDS (12 * 3600)
#define SESSION_DOSSIERS_MAX 20

/* A session that is over starts anew, without what it could open. LIMIT: it may open so many
 * others already. */
MUST_USE enum status session_grant(struct store *store, const unsigned char *hash, int64_t dossier,
                                   const char *now, struct err *err);
/* Reads only. A use is due to be noted when the last one was a minute ago. */
struct session_check {
    bool is_granted; /* the session may open the dossier now */
    bool is_use_due;
};
MUST_USE enum status session_check(struct store *store, const unsigned char *hash, int64_t dossier,
                                   const char *now, struct session_check *out, struct err *err);
/* Notes that sessions are used now: `count` hashes of TOKEN_HASH_BYTES, one behind the other. One
 * that has ended meanwhile stays ended. */
MUST_USE enum status session_note_uses(struct store *store, const unsigned char *hashes,
                                       size_t count, const char *now, struct err *err);
/* The same token under another name: all that it may open goes over to `after`. */
MUST_USE enum status session_renew(struct store *store, const unsigned char *before,
                                   const unsigned char *after, struct err *err);
MUST_USE enum status session_end(struct store *store, const unsigned char *hash, struct err *err);
/* Forgets sessions that are over, and limits that are full again. */
MUST_USE enum status session_sweep(struct store *store, const char *now, struct err *err);

/*
 * A bucket of tries that fills up again, kept over restarts: `key` names it ("resume:CDS-...",
 * "client:..."), it holds `size` tries and regains one every `seconds_each`. Takes one; `wait` is 0
 * if there was one, or else the seconds until there will be (nothing is written then). BAD_INPUT if
 * size or seconds_each is not positive.
 */
MUST_USE enum status limit_take(struct store *store, const char *key, int size, int seconds_each,
                                const char *now, int *wait, struct err *err);
/* Takes `count` of them at once, or none; BAD_INPUT too where the bucket never holds so many. */
MUST_USE enum status limit_spend(struct store *store, const char *key, int count, int size,
                                 int seconds_each, const char *now, int *wait, struct err *err);
/* Gives it back: what was tried was right. Never makes more than the size. */
MUST_USE enum status limit_return(struct store *store, const char *key, struct err *err);

/* Random bytes that stay the same for a database, made at the first call: `name` tells them apart.
 */
#define STORE_KEY_BYTES 32
MUST_USE enum status store_key(struct store *store, const char *name,
                               unsigned char key[STORE_KEY_BYTES], struct err *err);

/*
 * The newest time (UTC) at which this database was known to be looked after, as it was noted; where
 * nothing was noted yet that of the newest change of a dossier; "" where there is none either. A
 * note never goes back.
 */
#define STORE_TIME_BYTES 24
MUST_USE enum status store_known_time(struct store *store, char time[STORE_TIME_BYTES],
                                      struct err *err);
MUST_USE enum status store_note_time(struct store *store, const char *now, struct err *err);

/* When a backup was made last, UTC; "" if none was noted. */
MUST_USE enum status store_last_backup(struct store *store, char time[STORE_TIME_BYTES],
                                       struct err *err);
MUST_USE enum status store_note_backup(struct store *store, const char *now, struct err *err);

/* Writes a row that means nothing, to see whether that works: a disk that is full or read-only. */
MUST_USE enum status store_try_write(struct store *store, struct err *err);

/* ---- history ---- */

/* What happened: "created", "submitted", "amended", "withdrawn", "consent-withdrawn",
 * "erasure-asked", "code-renewed", "exported", "expired" (a draft that nobody changed any more was
 * erased); of its review "review-started", "returned", "verified", "rejected", "reopened",
 * "query-expired", "warned" (a reply is waited for), "undone" (the act before it was taken back),
 * "code-reissued", "handed-over", "data-answered" (by an officer), and "objected", by the
 * enterprise. */
struct dossier_event {
    const char *kind, *at;
    const char *actor;/* "enterprise", "officer", "system" */
    const char *text; /* what an officer, or who objects, wrote with it; "" if nothing */
};

MUST_USE enum status dossier_event_add(struct store *store, int64_t dossier,
                                       const struct dossier_event *event, struct err *err);
/* The oldest first; in the arena. */
MUST_USE enum status dossier_events(struct store *store, int64_t dossier, struct arena *arena,
                                    const struct dossier_event **events, size_t *count,
                                    struct err *err);

/* A question of an officer about an answer. What is added has no id and no reply. */
struct dossier_question {
    int64_t id;
    const char *question; /* its id in the questionnaire; "" for the whole */
    const char *text, *asked_at;
    const char *due_on;             /* YYYY-MM-DD; "" if open */
    const char *reply, *replied_at; /* "" until then */
    int64_t account;                /* of who asked */
    const char *closed_at;          /* "" unless an officer closed it without waiting longer */
    const char *close_reason;
};

MUST_USE enum status dossier_ask(struct store *store, int64_t dossier,
                                 const struct dossier_question *question, struct err *err);
/* NOT_FOUND if it is another dossier's. */
MUST_USE enum status dossier_reply(struct store *store, int64_t dossier, int64_t question,
                                   const char *reply, const char *now, struct err *err);
/* NOT_FOUND if it is another dossier's, or closed already. */
MUST_USE enum status dossier_close_question(struct store *store, int64_t dossier, int64_t question,
                                            const char *reason, const char *now, struct err *err);
MUST_USE enum status dossier_questions(struct store *store, int64_t dossier, struct arena *arena,
                                       const struct dossier_question **questions, size_t *count,
                                       struct err *err);

/* ---- evidence ---- */

#define EVIDENCE_HASH_CHARS 64 /* BLAKE2b-256, hex: the name of the file */
#define EVIDENCE_FILE_BYTES_MAX (5 << 20)
#define EVIDENCE_PER_DOSSIER_MAX 20
#define EVIDENCE_BYTES_PER_DOSSIER_MAX ((int64_t)40 << 20)

/* A file that belongs to an answer; one file may belong to several. */
struct evidence {
    int64_t id;
    const char *question;           /* its id */
    const char *hash, *type, *name; /* as the browser named it */
    int64_t size;
    const char *added_at;
};

/* LIMIT: quotas of the dossier or (total_max) of the whole store, counted by distinct files; the
 * same file for the same question changes nothing. BAD_INPUT: no such hash or size. */
MUST_USE enum status evidence_add(struct store *store, int64_t dossier,
                                  const struct evidence *evidence, int64_t total_max, int64_t *id,
                                  struct err *err);
MUST_USE enum status evidence_list(struct store *store, int64_t dossier, struct arena *arena,
                                   const struct evidence **list, size_t *count, struct err *err);
/* NOT_FOUND also if it is another dossier's. `is_unused`: no row has its file any more. */
MUST_USE enum status evidence_remove(struct store *store, int64_t dossier, int64_t id,
                                     bool *is_unused, char hash[EVIDENCE_HASH_CHARS + 1],
                                     struct err *err);
MUST_USE enum status evidence_is_unused(struct store *store, const char *hash, bool *is_unused,
                                        struct err *err);
/* Calls `take` for each file that rows name, once however often it is used, in the order of the
 * hashes; they are read some hundreds at a time. The first error of `take` ends it. */
typedef enum status evidence_callback(void *context, const char *hash, int64_t size,
                                      struct err *err);
MUST_USE enum status evidence_each(struct store *store, evidence_callback *take, void *context,
                                   struct err *err);
/* How many files that are, and how many bytes. */
MUST_USE enum status evidence_count(struct store *store, int64_t *count, struct err *err);
MUST_USE enum status evidence_total(struct store *store, int64_t *bytes, struct err *err);

/* ---- what is measured, without anybody's name ---- */

/* Adds to a counter of a day (YYYY-MM-DD): how often a page was shown, saved, or had faults. */
MUST_USE enum status measure_add(struct store *store, const char *on, const char *page,
                                 const char *kind, int64_t count, struct err *err);

struct measure {
    const char *on, *page, *kind;
    int64_t count;
};

/* From a day on ("": all), by day, page and kind. */
MUST_USE enum status measures(struct store *store, const char *from, struct arena *arena,
                              const struct measure **list, size_t *count, struct err *err);

#endif
