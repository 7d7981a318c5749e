#ifndef SURVEY_PACKAGES_H
#define SURVEY_PACKAGES_H

#include "survey/questionnaire.h"

/*
 * Advice as data: packages of work for one questionnaire. Nobody does twenty-five single tasks; a
 * firm does five to nine packages in a year. They stand in a file of their own beside the
 * questionnaires (questionnaires/packages/ID@VERSION.json), so that a province may change a text
 * or an effort without touching the published questionnaire. Format: docs/questionnaires.md and
 * questionnaires/packages/packages.schema.json.
 */

#define PACKAGES_MAX 60          /* of one file */
#define PACKAGE_QUESTIONS_MAX 40 /* raised by one package */
#define PACKAGE_LIST_MAX 20      /* entries of "needs", "requires", "base"/"or" */
#define PACKAGE_WEEKS_MAX 1000
#define PACKAGE_MONTHS_MAX 60
#define PACKAGE_TEXT_CHARS_MAX 300

/* Bands of effort, by headcount: up to 10 people, up to 50, more. Unknown: the middle one. */
enum headcount { HEADCOUNT_MICRO, HEADCOUNT_SMALL, HEADCOUNT_MEDIUM, HEADCOUNT__MAX };

/* One answer that a package raises: of a question, of a row of a scale, or ticks that it adds. */
struct package_question {
    size_t question;
    size_t row;                 /* of a scale; MAP_NONE else */
    unsigned option;            /* the option (column) that it brings the answer to */
    const unsigned char *ticks; /* `multiple`: the options to be added, the first ones first ... */
    size_t tick_count;          /* ... 0 else */
    unsigned from;              /* lowest present option that it starts from; OPTIONS_MAX: any */
    unsigned by;                /* at most so many options up (or ticks more) */
    const struct rule_node *when; /* for whom; NULL: everybody */
};

/* An answer that is there, or is below a floor. */
struct package_answer {
    size_t question, row; /* row as above */
    unsigned option;
};

struct package {
    const char *id;
    struct words name, what, result, who;
    const struct package_question *questions;
    size_t question_count;
    struct ratio effort[HEADCOUNT__MAX]; /* person-weeks of the firm's own people */
    int months[HEADCOUNT__MAX];          /* elapsed, waiting included */
    const char *const *needs;            /* `content` of policies that may pay for it */
    size_t need_count;
    const struct rule_node *suits; /* whom it suits; NULL: everybody */
    bool suits_if_unknown;
    const struct rule_node *fits; /* whose trade it comes first for; NULL: see fits_all */
    bool fits_all;
    const struct package_answer *requires; /* there already, or brought by another package */
    size_t require_count;
    int base;                            /* place among the base packages, from 1; 0: none */
    const struct package_answer *floors; /* in the plan while an answer is below one of these ... */
    size_t floor_count;
    const size_t *stand_ins; /* ... unless one of these packages does it */
    size_t stand_in_count;
    const struct rule_node *base_when; /* NULL: everybody */
    const struct json *json;
};

/* A fact that the packages hang on, and who is asked for it where it was not given. */
struct package_fact {
    size_t fact;                  /* index among the facts of enterprises */
    const struct rule_node *when; /* NULL: everybody */
};

/* Packages of a questionnaire, and how a plan is made of them. */
struct packages {
    const char *file;
    const struct questionnaire *q;
    const struct package *items;
    size_t count;
    struct ratio margin;          /* points above the level, since self-scores fall when verified */
    size_t at_least;              /* a plan has so many packages, where there are so many */
    struct ratio fill_min_points; /* a package that only fills the plan gains as much */
    struct ratio year[HEADCOUNT__MAX];  /* person-weeks that a firm has for this in a year ... */
    struct ratio month[HEADCOUNT__MAX]; /* ... and in a month */
    int at_once[HEADCOUNT__MAX];        /* packages beside each other */
    uint64_t beginners; /* bit set of packages, by index: what beginners begin with; of these */
    size_t beginners_at_least; /* a plan of somebody up to this level holds so many */
    int beginners_level;
    const struct package_fact *asks;
    size_t ask_count;
};

/*
 * Loads and checks the packages of a questionnaire: ids, questions, options, rules over the facts
 * and answers that the questionnaire knows, and that requirements go round in no circle. Returns
 * NULL after adding every fault. Everything lives in the arena; `q` is borrowed.
 */
const struct packages *packages_read(struct arena *arena, const struct json *root,
                                     const struct questionnaire *q, struct faults *faults);

/* The ref ("id@version") of the questionnaire that a file of packages is for, or NULL. */
const char *packages_questionnaire(const struct json *root);

#endif
