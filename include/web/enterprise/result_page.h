#ifndef WEB_ENTERPRISE_RESULT_PAGE_H
#define WEB_ENTERPRISE_RESULT_PAGE_H

#include "report/phrase.h"
#include "web/enterprise/money.h"
#include "web/kit/view.h"

struct control_view;
struct form_faults;
struct layout;

/* Points and level of a dimension, or of all, as they were answered and as they were verified. */
struct verified_part {
    const char *name;
    const char *self, *verified, *max, *change; /* points; "−2" */
    const char *self_level, *level;             /* "3"; "–" where there is none */
};

/* An answer that officers changed, in words. */
struct verified_change {
    const char *id, *label, *self, *verified, *reason;
    const char *note; /* that the officer wrote; "" */
};

struct verified_view {
    const char *on; /* "24/11/2026" */
    bool is_reopened;
    const struct verified_part *parts;
    size_t part_count;
    struct verified_part total;
    const struct verified_change *changes;
    size_t change_count;
};

/* What the templates result*.html are given. They tell the model of a result with the words of
 * report/phrase.h, as the documents of src/report do, so that page and PDF cannot differ. */
struct result_page {
    const struct phraser *t;
    struct money money;
    const char *reference;    /* of the dossier; NULL: the example that anybody may see */
    const char *submitted_at; /* "14:05 24/11/2026"; NULL for the example */
    bool is_open;             /* it is being amended: the page tells what was submitted */
    bool is_withdrawn;
    const struct verified_view *verified; /* the page tells what was verified; NULL: not yet */
    const char *goes_on; /* title of the questionnaire that an estimate goes on with; NULL */
    bool may_add;                       /* missing facts may be answered right here */
    const struct form_faults *faults;   /* of those; NULL: none */
    const struct control_view *asked;   /* the one that settles most ... */
    const struct control_view *further; /* ... and the others */
    size_t asked_count, further_count;
    size_t settles; /* policies that wait for the first one */
};

/* A question with so many answers at most is asked by buttons. */
#define RESULT_BUTTONS 3

/* Steps and policies that are told at once; the others stand behind "more". */
#define RESULT_TASKS_SHOWN 3
#define RESULT_STEPS_SHOWN 3
#define RESULT_FACTS_ASKED 6
/* Those worth most come first and are told at once; the others on demand. */
#define RESULT_POLICIES_FIRST 5
#define RESULT_POLICIES_NAMED 3 /* that lack one condition; more stand behind "more" */

/* ---- what templates print, beyond the phrasers ---- */

/* The bars by dimension as pictures, a narrow and a wide one: style sheets show one of them, so
 * that letters stay readable on telephones. */
void view_result_bars(struct view *v, const struct phraser *t);
/* Likewise the levels, to scale; nothing where their rules have no scale. */
void view_result_ladder(struct view *v, const struct phraser *t);
/* The picture itself; false: there is none. */
bool result_ladder(const struct phraser *t, struct picture *picture);

/* "Mức 3 – Hình thành", and what the next level still takes, in one sentence. */
const char *result_level(const struct phraser *t);
const char *result_gap(const struct phraser *t);
/* "mức 4 từ 193"; only where there is a next level. */
const char *result_next_level(const struct phraser *t);
/* What the next level asks of the dimensions, as a heading. */
const char *result_dimensions(const struct phraser *t);

/* A dimension of the table, by index: "27,5/40", "60 %", the median of its peers. */
const char *result_points(const struct phraser *t, size_t dimension);
const char *result_threshold(const struct phraser *t, size_t dimension);
const char *result_peer(const struct phraser *t, size_t dimension);

/* Anchor of an eligible policy: "cs-nd80-art11-1". */
const char *result_anchor(const struct phraser *t, const struct policy_match *match);
const char *result_level_change(const struct phraser *t, const struct compared_part *part);

/* The ledger: how a question earned its points ("3/4 × 1,5"; "–" where it does not count), and what
 * they add to the total. */
const char *result_line(const struct phraser *t, size_t question);
const char *result_contribution(const struct phraser *t, size_t question);
const char *result_answer(const struct phraser *t, size_t question);

/* True if its content was not read in the official text. */
bool result_is_uncertain(const struct policy_match *match);

#endif
