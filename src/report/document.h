#ifndef SRC_REPORT_DOCUMENT_H
#define SRC_REPORT_DOCUMENT_H

/* Shared by the files document*.c: telling a report in one language, block by block. */

#include "report/document.h"
#include "report/chart.h"
#include "report/flow.h"

struct teller {
    const struct report *report;
    const struct wording *wording;
    enum lang lang;
    struct arena *arena;
    struct flow *flow;
    unsigned *anchors; /* one per eligible policy, where its card stands */
};

/* A text of the wording with its values: TELL(t, COVER_KICKER, "level", "3", NULL). */
#define TELL(t, text, ...)                                                                         \
    wording_say((t)->wording, TEXT_##text, (t)->lang, (t)->arena, __VA_ARGS__)

/* Values as people read them; all live in the arena. */
const char *tell_number(const struct teller *t, struct ratio r, unsigned decimals);
const char *tell_percent(const struct teller *t, struct ratio percent, unsigned decimals);
const char *tell_change(const struct teller *t, struct ratio change); /* "+3,5", "−1", "0" */
const char *tell_count(const struct teller *t, size_t count);
const char *tell_money(const struct teller *t, int64_t dong);
const char *tell_day(const struct teller *t, day d);

/* "3 – Hình thành", or the number alone where levels have no names. */
const char *tell_level(const struct teller *t, const struct level_rule *rule);

/* The level of a dimension; "–" where the questionnaire gives them none or nothing was rated. */
const char *tell_dimension_level(const struct teller *t, const struct report_dimension *dimension);

/* A fact of the enterprise, or "chưa có". */
const char *tell_fact(const struct teller *t, const char *id);

/* The size class, also where it is open. */
const char *tell_size(const struct teller *t);

/* What was answered, or that it was not. */
const char *tell_answer(const struct teller *t, const struct question *question,
                        const struct answer *answer);

/* What the report says in one sentence. */
const char *tell_sentence(const struct teller *t);

/* ---- policies ---- */

/* "50.000.000 ₫", "10 to 20 million", "free service", "not known yet". */
const char *tell_amount(const struct teller *t, const struct policy_match *match);
/* "50 % of the plan, at most 50.000.000 ₫ per year"; NULL where the policy has no such numbers. */
const char *tell_rate_and_cap(const struct teller *t, const struct policy_match *match);
const char *tell_citation(const struct teller *t, const struct policy_match *match);
/* Labels of missing facts, parted by semicolons. */
const char *tell_missing(const struct teller *t, const struct policy_match *match);
/* The name, marked as an example where it is one. */
const char *tell_policy_name(const struct teller *t, const struct policy_match *match);

/* ---- charts ---- */

struct picture tell_gauge(const struct teller *t);
struct picture tell_levels(const struct teller *t);
struct picture tell_radar(const struct teller *t);
struct picture tell_bars(const struct teller *t);
/* What the bars show, in words. */
const char *tell_bars_alt(const struct teller *t);

/* ---- steps ---- */

/* The answer that a step leads to, in words. */
const char *tell_step_to(const struct teller *t, const struct report_step *step);
const char *tell_step_from(const struct teller *t, const struct report_step *step);
/* The question of a step, with its row where it is one of a scale. */
const char *tell_step_label(const struct teller *t, const struct report_step *step);

/* ---- sections ---- */

/* An empty document with the name of the enterprise in its title and header. */
struct flow *tell_new_flow(const struct teller *t, enum report_text title);

void tell_cover(struct teller *t);
void tell_overview(struct teller *t);
void tell_progress(struct teller *t);
void tell_dimensions(struct teller *t);
void tell_steps(struct teller *t);
void tell_policies(struct teller *t);
void tell_actions(struct teller *t);
void tell_method(struct teller *t);
void tell_answers(struct teller *t);

/* Boxes and tables that several sections have. */
void tell_status(struct teller *t);
void tell_notes(struct teller *t);
void tell_demand(struct teller *t);

#define COUNT_OF(array) (sizeof(array) / sizeof(*(array)))

/* A cell with plain text. */
static inline struct flow_cell plain_cell(const char *text)
{
    return (struct flow_cell){.text = text};
}

#endif
