#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "survey/response.h"

/*
 * Facts and answers as compact bytes. A row per answer would be 20 times slower and 5 times
 * bigger, JSON text a third bigger and slower to write: docs/decisions/0011-storage.md.
 *
 * Both start with CODEC_VERSION. Whole numbers that are not negative are written in groups of 7
 * bits, the lowest first, the high bit saying that more follow; signed ones zigzag before. A text
 * is its length, its bytes and a NUL, so that a reader need not copy it.
 *
 * Facts: per fact that was given, in rising order of their keys, (key * 8 + kind) and the value:
 *   0 false, 1 true, 2 whole number (signed), 3 fraction (signed numerator, denominator), 4 text,
 *   5 list of amounts: how many, then each as its kind (2 or 3) and value.
 * A key is the number of a fact's name in this database (table fact_key), so that facts.json may
 * change. Derived facts are not written.
 *
 * Answers: one byte per question of the questionnaire: the index of the option (single, yesno),
 * ANSWER_BYTE_NONE, or ANSWER_BYTE_MORE. Behind them, for each question with ANSWER_BYTE_MORE in
 * their order: 0 and the reason ("not applicable"), or 1 and
 *   multiple: the ticks as a number; scale: a byte per row, COLUMN_NONE where open;
 *   number: kind 2 or 3 and the value as above; text, date, file: the text.
 *
 * There is one way to write a value: reading refuses every other, so equal content is equal bytes.
 */
#define CODEC_VERSION 1
#define ANSWER_BYTE_NONE 0xff
#define ANSWER_BYTE_MORE 0xfe

/* The largest encoded facts or answers that are written or read. */
#define CODEC_BYTES_MAX ((size_t)8 << 20)

/* The keys of the facts in one database. */
struct fact_keys {
    uint32_t keys[FACTS_MAX];  /* by index of the fact; 0: has none yet */
    uint32_t order[FACTS_MAX]; /* indexes of facts that have keys, by rising key */
    size_t count;              /* in `order` */
    uint32_t last;             /* the highest key of the database, also of facts unknown here */
};

/* Puts a fact with its key into `order`; keys may come in any order. */
void fact_keys_set(struct fact_keys *keys, size_t fact, uint32_t key);

/* Appends the facts; every fact that is given must have a key. */
void codec_write_facts(struct buf *out, const struct facts *facts, const struct fact_keys *keys,
                       const struct value *values);

/*
 * Reads them into `values` (by index, unknown before). Facts whose keys are not known here (they
 * were removed from facts.json) are passed over. Texts point into `data`, which must outlive the
 * values; lists are made in the arena. False if the bytes are not what codec_write_facts() writes.
 */
bool codec_read_facts(const void *data, size_t len, const struct facts *facts,
                      const struct fact_keys *keys, struct arena *arena, struct value *values);

void codec_write_answers(struct buf *out, const struct questionnaire *q,
                         const struct answer *answers);

/*
 * Reads answers of just this questionnaire; is_active is left to response_activate(). Texts and
 * columns point into `data`. False if the bytes are not what codec_write_answers() writes for it.
 */
bool codec_read_answers(const void *data, size_t len, const struct questionnaire *q,
                        struct answer *answers);

#endif
