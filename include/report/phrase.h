#ifndef REPORT_PHRASE_H
#define REPORT_PHRASE_H

#include "draw/canvas.h"
#include "report/report.h"
#include "report/wording.h"

/*
 * A result in the words of one language: what documents and pages say alike. All texts live in the
 * arena or in the report, and are never NULL unless said. The report and the wording are only read,
 * so phrasers in several threads may share them, each with an arena of its own.
 */
struct phraser {
    const struct report *report;
    const struct wording *wording;
    enum lang lang;
    struct arena *arena;
};

/* A text of the wording with its values: PHRASE(t, COVER_KICKER, "level", "3", NULL). */
#define PHRASE(t, text, ...)                                                                       \
    wording_tr((t)->wording, TEXT_##text, (t)->lang, (t)->arena, __VA_ARGS__)

/* ---- values as people read them; "–" for RATIO_NONE and DAY_NONE ---- */

const char *phrase_number(const struct phraser *t, struct ratio r, unsigned decimals);
const char *phrase_percent(const struct phraser *t, struct ratio percent, unsigned decimals);
const char *phrase_change(const struct phraser *t, struct ratio change); /* "+3,5", "−1", "0" */
const char *phrase_count(const struct phraser *t, size_t count);
const char *phrase_money(const struct phraser *t, int64_t dong);
const char *phrase_day(const struct phraser *t, day d);

/* "3 – Hình thành", or the number alone where levels have no names; NULL: "chưa xếp mức". */
const char *phrase_level(const struct phraser *t, const struct level_rule *rule);

/* The level of a dimension; "–" where the questionnaire gives them none or nothing was rated. */
const char *phrase_dimension_level(const struct phraser *t,
                                   const struct report_dimension *dimension);

/* A fact of the enterprise, or "chưa có thông tin". */
const char *phrase_fact(const struct phraser *t, const char *id);

/* The size class, also where it is open. */
const char *phrase_size(const struct phraser *t);

/* What was answered, or that it was not. */
const char *phrase_answer(const struct phraser *t, const struct question *question,
                          const struct answer *answer);

/* What the report says in one sentence. */
const char *phrase_sentence(const struct phraser *t);

/* What the way to the next level takes; of an estimate, what to do first. */
const char *phrase_steps_lead(const struct phraser *t);

/* ---- policies ---- */

const char *phrase_policy_name(const struct phraser *t, const struct policy_match *match);
/* "50.000.000 ₫", "10 to 20 million", "up to 50 %, at most 100 million a year", "free service". */
const char *phrase_amount(const struct phraser *t, const struct policy_match *match);
/* The name of a policy, or of a family with its count. */
const char *phrase_line(const struct phraser *t, const struct policy_line *line);
/* Its article; of a family the documents that its policies stand in. */
const char *phrase_line_citation(const struct phraser *t, const struct policy_line *line);
/* Names and articles, families as one with their count, parted by semicolons. */
const char *phrase_policy_list(const struct phraser *t, const struct policy_match *const *policies,
                               size_t count);
/* How many policies, the money that is certain, and what depends on programmes that may be
 * closed. */
const char *phrase_promise(const struct phraser *t);
/* "up to 50 %, at most 50 million a year" for this firm, by case where facts are missing; NULL
 * where the amount is no share of a spend. */
const char *phrase_rate_and_cap(const struct phraser *t, const struct policy_match *match);
/* The article that grants it. */
const char *phrase_citation(const struct phraser *t, const struct policy_match *match);
/* Labels of missing facts, parted by semicolons; "" if none is missing. */
const char *phrase_missing(const struct phraser *t, const struct policy_match *match);
/* The last day for the answer, if the file is handed in on the day of the report; NULL: no term. */
const char *phrase_deadline(const struct phraser *t, const struct policy *policy);
/* From when to when it is in force. */
const char *phrase_validity(const struct phraser *t, const struct policy *policy);
/* A condition in words, with its article. */
const char *phrase_condition(const struct phraser *t, const struct policy_match *match,
                             const struct condition *condition);
/* Why it is refused, as far as the reasons certainly hold; parted by semicolons. */
const char *phrase_refusal(const struct phraser *t, const struct policy_match *match);

/* Whom it is for, where the one who asks is somebody else: the conditions that refuse it, without
 * what the text `refused-dropped` names (the label of the legal form, "yes"). */
const char *phrase_only_for(const struct phraser *t, const struct policy_match *match);

/* Rate and cap in the fewest words: without what the text `rate-dropped` names; NULL: none. */
const char *phrase_rate_short(const struct phraser *t, const struct policy_match *match);

/* What is told of an eligible policy, in order: rows that have a value. */
struct phrase_pair {
    const char *label, *value;
};

#define PHRASE_PAIRS_MAX 13

/* `papers` says which are handed in, or NULL where they are listed elsewhere. Returns how many. */
size_t phrase_policy_pairs(const struct phraser *t, const struct policy_match *match,
                           const char *papers, struct phrase_pair pairs[PHRASE_PAIRS_MAX]);
/* The question that asks for a wanted fact, with how many policies it settles. */
const char *phrase_wanted_fact(const struct phraser *t, const struct wanted_fact *wanted);

/* ---- what changed since the last time; only where the report has a comparison ---- */

#define PHRASE_ANSWERS_COMPARED 20 /* of the answers that changed, so many are told */

const char *phrase_progress_lead(const struct phraser *t);
/* What was answered by a question before and now; "–" where it was not asked. */
const char *phrase_answer_before(const struct phraser *t, const struct compared_answer *answer);
const char *phrase_answer_now(const struct phraser *t, const struct compared_answer *answer);

/* ---- steps to the next level ---- */

const struct question *phrase_step_question(const struct phraser *t,
                                            const struct report_step *step);
/* The answer that a step leads to, in words, and the one there is now. */
const char *phrase_step_to(const struct phraser *t, const struct report_step *step);
const char *phrase_step_from(const struct phraser *t, const struct report_step *step);
/* The question of a step, with its row where it is one of a scale. */
const char *phrase_step_label(const struct phraser *t, const struct report_step *step);

/* ---- packages of work ---- */

/* What reaches the level at the least effort, or that nothing which suits does. */
const char *phrase_minimum(const struct phraser *t);
/* What is worth doing in the same year: packages, weeks, months, points; and what is missing. */
const char *phrase_same_year(const struct phraser *t);
/* Months of a package: "1–3". */
const char *phrase_months(const struct phraser *t, const struct advice_item *item);
/* Policies that may pay for it, parted by semicolons; "" if there are none. */
const char *phrase_payers(const struct phraser *t, const struct report_package *package);
/* "1.1.1 Own website" */
const char *phrase_kept_answer(const struct phraser *t, const struct kept_answer *answer);

/* What a contradiction between two answers says, or NULL where the flag is about something else. */
const char *phrase_contradiction(const struct phraser *t, size_t flag);

/* ---- notes on the result ---- */

/* How a score exactly at a bound was read: told with the method, not before the result. */
bool phrase_is_of_method(const struct score_note *note);
/* The notes that are told before the result, or with `is_of_method` those of the method. */
size_t phrase_count_notes(const struct phraser *t, bool is_of_method);

/* ---- pictures, and what they show in words ---- */

/* Own percents by dimension as bars, with the next threshold and, where the report has them, the
 * peers. */
struct picture phrase_bars(const struct phraser *t);
const char *phrase_bars_alt(const struct phraser *t);

/* True if levels are by points, false if by percents. */
bool phrase_is_in_points(const struct phraser *t);
/* A percent on the scale of the levels; RATIO_NONE stays. */
struct ratio phrase_on_scale(const struct phraser *t, struct ratio percent);
/*
 * The levels as steps to scale, in the arena: where the result and its peers stand (`at`;
 * RATIO_NONE where it is not known), which step is the present one. The words of marks, the end of
 * the scale and the rise are the caller's.
 */
struct ladder *phrase_ladder(const struct phraser *t);
/* Index of a level among its steps; -1: none. */
int phrase_level_index(const struct phraser *t, int level);

/* "trung vị của ít nhất 25 doanh nghiệp cùng ngành"; NULL: the report has no peers. */
const char *phrase_peers(const struct phraser *t);

#endif
