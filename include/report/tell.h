#ifndef REPORT_TELL_H
#define REPORT_TELL_H

#include "draw/canvas.h"
#include "report/report.h"
#include "report/wording.h"

/*
 * A result in the words of one language: what documents and pages say alike. All texts live in the
 * arena or in the report, and are never NULL unless said. The report and the wording are only read,
 * so tellers in several threads may share them, each with an arena of its own.
 */
struct flow;

struct teller {
    const struct report *report;
    const struct wording *wording;
    enum lang lang;
    struct arena *arena;
    /* Of documents only (src/report/document.h); pages leave them NULL. */
    struct flow *flow;
    unsigned *anchors; /* one per eligible policy, where its card stands */
};

/* A text of the wording with its values: TELL(t, COVER_KICKER, "level", "3", NULL). */
#define TELL(t, text, ...)                                                                         \
    wording_say((t)->wording, TEXT_##text, (t)->lang, (t)->arena, __VA_ARGS__)

/* ---- values as people read them; "–" for RATIO_NONE and DAY_NONE ---- */

const char *tell_number(const struct teller *t, struct ratio r, unsigned decimals);
const char *tell_percent(const struct teller *t, struct ratio percent, unsigned decimals);
const char *tell_change(const struct teller *t, struct ratio change); /* "+3,5", "−1", "0" */
const char *tell_count(const struct teller *t, size_t count);
const char *tell_money(const struct teller *t, int64_t dong);
const char *tell_day(const struct teller *t, day d);

/* "3 – Hình thành", or the number alone where levels have no names; NULL: "chưa xếp mức". */
const char *tell_level(const struct teller *t, const struct level_rule *rule);

/* The level of a dimension; "–" where the questionnaire gives them none or nothing was rated. */
const char *tell_dimension_level(const struct teller *t, const struct report_dimension *dimension);

/* A fact of the enterprise, or "chưa có thông tin". */
const char *tell_fact(const struct teller *t, const char *id);

/* The size class, also where it is open. */
const char *tell_size(const struct teller *t);

/* What was answered, or that it was not. */
const char *tell_answer(const struct teller *t, const struct question *question,
                        const struct answer *answer);

/* What the report says in one sentence. */
const char *tell_sentence(const struct teller *t);

/* ---- policies ---- */

const char *tell_policy_name(const struct teller *t, const struct policy_match *match);
/* "50.000.000 ₫", "10 to 20 million", "free service", "not known yet". */
const char *tell_amount(const struct teller *t, const struct policy_match *match);
/* The name of a policy, or of a family with its count. */
const char *tell_line(const struct teller *t, const struct policy_line *line);
/* Names and articles, families as one with their count, parted by semicolons. */
const char *tell_policy_list(const struct teller *t, const struct policy_match *const *policies,
                             size_t count);
/* Whether the programme takes applications, and how that is known. */
const char *tell_open(const struct teller *t, const struct policy *policy);
/* How many policies, the money that is certain, and what depends on programmes that may be
 * closed. */
const char *tell_promise(const struct teller *t);
/* "50 % of the plan, at most 50.000.000 ₫ per year"; NULL where the policy has no such numbers. */
const char *tell_rate_and_cap(const struct teller *t, const struct policy_match *match);
/* The article that grants it. */
const char *tell_citation(const struct teller *t, const struct policy_match *match);
/* Labels of missing facts, parted by semicolons; "" if none is missing. */
const char *tell_missing(const struct teller *t, const struct policy_match *match);
/* The planned spend that the amount comes from; NULL: there is none, or it was not given. */
const char *tell_plan(const struct teller *t, const struct policy *policy);
/* What another size class would get; NULL: not more. */
const char *tell_better(const struct teller *t, const struct policy_match *match);
/* From when to when it is in force. */
const char *tell_validity(const struct teller *t, const struct policy *policy);
/* The last day for the answer, if the file is handed in on the day of the report; NULL: no term. */
const char *tell_deadline(const struct teller *t, const struct policy *policy);
const char *tell_funding(const struct teller *t, const struct policy *policy);
const char *tell_certainty(const struct teller *t, const struct policy *policy);
/* A condition in words, with its article. */
const char *tell_condition(const struct teller *t, const struct policy_match *match,
                           const struct condition *condition);
/* Why it is refused, as far as the reasons certainly hold; parted by semicolons. */
const char *tell_refusal(const struct teller *t, const struct policy_match *match);

/* ---- steps to the next level ---- */

const struct question *tell_step_question(const struct teller *t, const struct report_step *step);
/* The answer that a step leads to, in words, and the one there is now. */
const char *tell_step_to(const struct teller *t, const struct report_step *step);
const char *tell_step_from(const struct teller *t, const struct report_step *step);
/* The question of a step, with its row where it is one of a scale. */
const char *tell_step_label(const struct teller *t, const struct report_step *step);

/* ---- pictures, and what they show in words ---- */

struct picture tell_gauge(const struct teller *t);
const char *tell_gauge_alt(const struct teller *t);
struct picture tell_levels(const struct teller *t);
const char *tell_levels_alt(const struct teller *t);
/* Own percents by dimension; questionnaires with fewer than RADAR_AXES_MIN draw nothing. */
struct picture tell_radar(const struct teller *t);
const char *tell_radar_alt(const struct teller *t);
/* The same as bars, with the next threshold and, where the report has them, the peers. */
struct picture tell_bars(const struct teller *t);
const char *tell_bars_alt(const struct teller *t);

/* "trung vị của ít nhất 25 doanh nghiệp cùng ngành"; NULL: the report has no peers. */
const char *tell_peers(const struct teller *t);

#endif
