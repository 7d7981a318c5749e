#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/ratio.h"
#include "survey/questionnaire.h"
#include "survey/response.h"

/*
 * Points -> dimensions -> level, exactly. Points and weights of a questionnaire are brought to one
 * common denominator when it is loaded, so that scoring a response adds whole numbers; fractions
 * appear again only where a number is shown or a mean is taken. Nothing is rounded before a level
 * is decided, unless the questionnaire itself says so ("rounded_to").
 *
 * Rules (docs/scoring.md): an unanswered question counts 0 and makes the assessment incomplete;
 * "not applicable" and hidden questions leave both the sum and the ceiling; "not applicable"
 * lowers coverage; a `required` question that is open makes the assessment incomplete even where it
 * is not scored. The level is the highest whose rule holds entirely; if none holds, the lowest.
 * There is no level (LEVEL_NONE) where nothing that counts was asked, and none of the whole where
 * less was answered than the questionnaire asks for ("rated_from_coverage_percent").
 */

struct scorer;

/*
 * Prepares a questionnaire for scoring. NULL after a fault if its weights have no common
 * denominator that fits (points times weights must stay below 2^53 units).
 */
const struct scorer *scorer_new(struct arena *arena, const struct questionnaire *q,
                                struct faults *faults);

const struct questionnaire *scorer_questionnaire(const struct scorer *scorer);

/* A dimension or the whole. */
struct score_part {
    enum aggregation aggregation;
    int64_t raw;        /* points times weights, in units of the scorer */
    int64_t ceiling;    /* the most there could be, likewise */
    struct ratio share; /* AGGREGATE_MEAN: weighted mean of the shares below, 0 to 1 */
    int level;          /* LEVEL_NONE where it is not rated */
    size_t asked;       /* scored questions that were shown */
    size_t answered;
    size_t not_applicable;
};

struct score {
    const struct scorer *scorer;
    struct score_part total; /* its level is the level of the whole */
    struct score_part dimensions[DIMENSIONS_MAX];
    int by_total_only;     /* the level that the points alone would give, or LEVEL_NONE */
    uint32_t held_back_by; /* dimensions below what the next level by points asks for */
    bool no_level_holds;   /* then the lowest was taken */
    bool is_complete;      /* every scored and every required question that is shown is answered */
};

/* Scores answers (activated, see response.h). Does not allocate; about 0.2 µs for 60 questions. */
void score_answers(const struct scorer *scorer, const struct answer *answers, struct score *score);

/*
 * The level of the whole, or of a dimension, as it may be said; LEVEL_NONE. (The members `level`
 * of an estimate are inner values: the way to the next band is sought with them.)
 */
int score_level(const struct score *score);
int score_part_level(const struct score *score, const struct score_part *part);

/*
 * Where the level of an estimate likely lies: by the level rule on the answers as they are; if in
 * each dimension all were as its lowest answer; and as its highest. What is cut by rounding widens
 * the range.
 */
struct score_band {
    int low, likely, high;
};

/* False where the questionnaire gives levels, or nothing was rated. */
bool score_band(const struct score *score, const struct answer *answers, struct score_band *band);

/* Points and ceiling as shown: sums when pooled, out of 100 when a mean; 0 where not rated. */
struct ratio score_points(const struct score *score, const struct score_part *part);
struct ratio score_max(const struct score *score, const struct score_part *part);

/* 0 to 100; RATIO_NONE where everything was not applicable. */
struct ratio score_percent(const struct score_part *part);

/* Answered questions per asked question, 0 to 100. "Not applicable" counts as not answered. */
struct ratio score_coverage(const struct score_part *part);

/* One question: what it earned, its ceiling (points times weight), and its part of the total. */
struct score_line {
    bool counts;               /* shown, scored and not "not applicable" */
    struct ratio points, max;  /* without weight, as the questionnaire writes them */
    struct ratio contribution; /* fraction of the total; all together are the total exactly */
    struct ratio lost;         /* what a full answer would add to the total */
};

/* Fills `lines` (one per question): the ledger. */
void score_ledger(const struct score *score, const struct answer *answers,
                  struct score_line *lines);

/* Something that a reader of the score must know. */
struct score_note {
    const char
        *code; /* "incomplete", "held-back", "at-bound", "no-level", "not-rated", "low-coverage" */
    struct words text;
};

#define SCORE_NOTES_MAX (2 * DIMENSIONS_MAX + 8)

/* Below this coverage a score says little (per cent). */
#define COVERAGE_LOW 70

/* Fills `notes` and returns how many there are. Texts live in the arena. */
size_t score_notes(const struct score *score, struct arena *arena,
                   struct score_note notes[SCORE_NOTES_MAX]);

/* ---- for planning: what one question earns ---- */

/* Points times weight of an answer, in units of the scorer. */
int64_t scorer_raw(const struct scorer *scorer, size_t question, const struct answer *answer);
int64_t scorer_ceiling(const struct scorer *scorer, size_t question);

/* Units in one point. */
int64_t scorer_unit(const struct scorer *scorer);

/* What the questionnaire's level `index` asks of the total, given the parts of a score: the
 * smallest share of the whole (0 to 1) that meets its bound. */
bool score_meets_bound(const struct score *score, const struct score_part *part,
                       const struct level_rule *rule);

/* How many dimensions of the score are at this level or above. */
size_t score_dimensions_at(const struct score *score, int level);

#endif
