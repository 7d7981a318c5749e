#ifndef POLICY_SIZE_H
#define POLICY_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "rule/value.h"
#include "survey/facts.h"

/*
 * The size class of an enterprise (Law 04/2017/QH14 art. 4; Decree 80/2021/NĐ-CP art. 5): so many
 * insured employees AND (revenue OR capital), all bounds inclusive, each class without those below
 * it, by the sector of the registered main line. Thresholds are data with dates
 * (policies/size-classes.json).
 *
 * A firm in its first year, or without revenue in the year, is classed by capital alone (art. 9).
 * Facts that were not given leave the class open only if they could change it: 300 employees are
 * no SME in any sector.
 */
enum size_class { SIZE_MICRO, SIZE_SMALL, SIZE_MEDIUM, SIZE_NOT_SME, SIZE_CLASS__MAX };

#define SIZE_SECTORS_MAX 8

/* Upper bounds of one class in one sector, all inclusive. */
struct size_bounds {
    int64_t employees, revenue_vnd, capital_vnd;
};

struct size_sector {
    const char *sectors[SIZE_SECTORS_MAX]; /* ids of the fact `sector` */
    size_t sector_count;
    struct size_bounds bounds[SIZE_NOT_SME]; /* micro, small, medium */
};

/* The thresholds that hold from one day to another. */
struct size_version {
    day from, to;
    const char *legal; /* "80/2021/NĐ-CP 5" */
    const struct size_sector *sectors;
    size_t sector_count;
};

struct size_rules {
    const char *file;
    const struct size_version *versions;
    size_t count;
};

/* Loads policies/size-classes.json; NULL after adding every fault. */
const struct size_rules *size_rules_load(struct arena *arena, const char *path,
                                         struct faults *faults);

/* A set of classes, one bit each: those that the known facts leave possible. */
typedef unsigned size_set;

/* What is known of an enterprise for its size; a negative number is unknown. */
struct size_facts {
    const char *sector; /* NULL if unknown */
    int64_t employees, revenue_vnd, capital_vnd;
    bool is_first_year;
};

struct size_result {
    size_set possible;   /* by law: revenue or capital */
    size_set by_revenue; /* 0 where revenue cannot be applied (first year, no revenue) */
    size_set by_capital;
    const char *legal; /* the decree that was applied; NULL if none was in force */
};

/* Determines the class on a day. */
void size_determine(const struct size_rules *rules, const struct size_facts *facts, day on,
                    struct size_result *result);

/* The class if the set has exactly one, else -1. */
int size_only(size_set set);

/* "micro", "small", "medium", "not-sme". */
const char *size_code(enum size_class size);
struct words size_words(enum size_class size);
bool size_parse(const char *code, enum size_class *size);

#endif
