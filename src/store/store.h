#ifndef SRC_STORE_STORE_H
#define SRC_STORE_STORE_H

#include "base/map.h"
#include "store/assessments.h"
#include "store/codec.h"

/* Facts that have a column of their own. */
enum column_fact {
    FACT_COLUMN_TAX_CODE,
    FACT_COLUMN_NAME,
    FACT_COLUMN_FORM,
    FACT_COLUMN_SECTION,
    FACT_COLUMN_AREA,
    FACT_COLUMN_EMPLOYEES,
    FACT_COLUMN_REVENUE,
    FACT_COLUMN_CAPITAL,
    FACT_COLUMN__MAX
};

#define ENTERPRISE_BITS 28
#define REVISION_BITS 16

/* Random bytes, fetched for many references at a time; see reference.c. */
struct random_pool {
    unsigned char bytes[64 * REFERENCE_RANDOM_CHARS];
    size_t left;
};

/* What the last revision was made with; id 0: nothing known. */
struct known_origin {
    int64_t id;
    const char *catalogue_hash, *source;
};

struct store {
    struct db *db;
    const struct facts *facts;
    size_t fact_columns[FACT_COLUMN__MAX]; /* indexes of facts, or MAP_NONE */
    bool is_broken;   /* something failed half-way: this transaction must not be committed */
    int64_t next_enterprise;
    struct random_pool pool;

    /* Ids of rows that are only ever added; forgotten when a transaction is rolled back. */
    struct arena known;
    struct map rounds;
    struct fact_keys keys;
    bool has_keys;
    const struct questionnaire *last_q;
    char last_round[ROUND_BYTES_MAX + 1];
    int64_t last_round_id;
    struct known_origin last_origin;
    struct arena origin_texts;

    /* Questionnaires that were read from the database. */
    struct arena arena;
    struct map questionnaires; /* by "id@version": index of `loaded` */
    const struct questionnaire **loaded;
    size_t loaded_count, loaded_cap;

    struct buf facts_bytes, answers_bytes, minutes, name_fold; /* of the response being stored */
};

/*
 * What writes goes between these two: in the transaction that is open, or else in one of its own.
 * A transaction in which something failed half-way (`has_written`), or failed at all for another
 * reason than BAD_INPUT, CONFLICT, NOT_FOUND or LIMIT, takes no more and cannot be committed.
 */
enum status store_enter(struct store *store, bool *has_own, struct err *err);
enum status store_leave(struct store *store, bool has_own, bool has_written, enum status status,
                        struct err *err);

/* The round of a questionnaire, both added where they are new. */
enum status store_find_round(struct store *store, const struct questionnaire *q, const char *round,
                             int64_t *id, struct err *err);

enum status store_find_origin(struct store *store, const struct store_extra *extra, int64_t *id,
                              struct err *err);

/* Reads the keys of facts, if they are not known yet; with `may_add` also gives every fact one. */
enum status store_find_keys(struct store *store, bool may_add, struct err *err);

/* A new reference for the enterprise with this id. */
void reference_make(struct random_pool *pool, int64_t enterprise, char text[REFERENCE_CHARS + 1]);

/* The reference of an assessment: that of its enterprise, "-", the id of the round. */
void reference_compose(char text[REFERENCE_BYTES], const char *enterprise, int64_t round);

/* What was typed of a reference. */
struct reference {
    int64_t enterprise;              /* its id, from the first characters */
    char first[REFERENCE_CHARS + 1]; /* what the enterprise's whole reference must begin with */
    int64_t round;                   /* 0 where none was typed */
};

/* Takes capitals, hyphens, spaces, o for 0, i and l for 1. False if it can be no reference, or
 * lacks characters of the number. */
bool reference_parse(const char *typed, struct reference *reference);

#endif
