#ifndef SRC_REPORT_PAPER_PARTS_H
#define SRC_REPORT_PAPER_PARTS_H

/* Shared by the files paper*.c. */

#include "draw/canvas.h"
#include "draw/lines.h"
#include "report/paper.h"

/* ---- paper_words.c: what a paper says of its own ---- */

enum paper_text {
    PAPER_KICKER,
    PAPER_REFERENCE,
    PAPER_WHO,
    PAPER_LEAD,
    PAPER_HOW,
    PAPER_CROSS,
    PAPER_CORRECT,
    PAPER_DIGITS,
    PAPER_MORE_SHEET,
    PAPER_MORE_TITLE,
    PAPER_MORE_LEAD,
    PAPER_DATE_PARTS,
    PAPER_DONG,
    PAPER_LETTER,
    PAPER_YES,
    PAPER_NO,
    PAPER_RANGE,
    PAPER_RANGE_ONE,
    PAPER_MANY,
    PAPER_REQUIRED,
    PAPER_NA,
    PAPER_ONLY_IF,
    PAPER_FILE,
    PAPER_ROWS,
    PAPER_TYPIST,
    PAPER_SIGN,
    PAPER_CONSENT_LEAD,
    PAPER_CONSENT_OFFICE,
    PAPER_CONSENT_FIGURES,
    PAPER_CONSENT_NEWS,
    PAPER_ANSWERED,
    PAPER_ANSWERED_HINT,
    PAPER_TYPED,
    PAPER_TYPED_HINT,
    PAPER_DAY,
    PAPER_RESULT,
    PAPER_PRINTED,
    PAPER_PAGE,
    PAPER_TEXT__MAX
};

struct paper {
    struct arena *arena;
    const struct paper_setup *setup;
    enum lang lang;
    const char *name; /* of the questionnaire or sheet, at the foot */
    struct pdf *pdf;  /* NULL: pages are only counted, nothing is drawn */
    struct canvas canvas;
    const struct block *blocks; /* the questions of this language, measured */
    size_t page, pages;         /* from 1, in this language; how many, once they were counted */
};

const char *paper_tr(const struct paper *paper, enum paper_text text);
/* With values for {1}, {2}, {3}. */
const char *paper_tr_with(const struct paper *paper, enum paper_text text, const char *a,
                          const char *b, const char *c);
/* "Only if ...", from the rule that hides the question. */
const char *paper_condition(const struct paper *paper, const struct question *question);
/* "doanh nghiệp, hợp tác xã" */
const char *paper_respondents(const struct paper *paper);

/* ---- paper_pages.c: pages, and what is set on them; heights are returned in points ---- */

#define PAPER_LEFT 40.0
#define PAPER_WIDTH 515.0
#define PAPER_COLUMN 249.0
#define PAPER_GUTTER 17.0
#define PAPER_TOP 84.0     /* where questions begin */
#define PAPER_BOTTOM 774.0 /* where the typist's strip begins */

enum paper_type {
    SET_TITLE,   /* of the page that asks who answers */
    SET_HEADING, /* of a dimension */
    SET_LEAD,
    SET_NUMBER, /* of a question */
    SET_QUESTION,
    SET_OPTION,
    SET_LETTER,
    SET_BODY,
    SET_SMALL,
    SET_KICKER,
    SET_LIST,
    PAPER_TYPE__MAX
};

/* Begins the next page: head, foot, the heading with what stands at its right (NULL: neither). */
void paper_page(struct paper *paper, const char *heading, const char *right);

/* A text in lines, its upper left corner at `at`. */
double paper_set(struct paper *paper, struct point at, double width, enum paper_type type,
                 const char *text);
/* The same in one line that is as long as it needs; returns its width. */
double paper_put(struct paper *paper, struct point at, enum paper_type type, const char *text);
void paper_rule(struct paper *paper, struct point from, double width, enum colour colour);
/* A box for a cross, its upper left corner at `at`. */
void paper_tick(struct paper *paper, struct point at);
/* A box a character: '#' makes a box, ' ' a gap, anything else is printed. Returns the width. */
double paper_cells(struct paper *paper, struct point at, double cell, double height,
                   const char *pattern);

/* ---- paper_facts.c ---- */

/* The page that asks who answers, without what only some policies need; returns where it ends. */
double paper_who(struct paper *paper);
/* The pages of those. */
void paper_more(struct paper *paper);

/* ---- paper_questions.c, paper_question.c ---- */

/* Measures all questions in the language of the paper, once for all that is drawn of them. */
void paper_measure(struct paper *paper);
/* All questions in two columns; returns where the last page of them ends. */
double paper_questions(struct paper *paper);
/* Consent and signatures, from `y` on. */
#define PAPER_CLOSING 144.0
void paper_closing(struct paper *paper, double y);
/* One question in a column; returns its height, and draws it where there is a PDF. */
double paper_question(struct paper *paper, struct point at, const struct question *question,
                      size_t number);

#endif
