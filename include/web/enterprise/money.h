#ifndef WEB_ENTERPRISE_MONEY_H
#define WEB_ENTERPRISE_MONEY_H

#include "report/phrase.h"

/*
 * What an enterprise may get, as pages tell it first: the sum of the best allowed combination, and
 * its lines. Loans and guarantees are no money given; what may be closed is counted (policy/
 * combine.h), and the page says to ask first.
 */

/* A grant, service or relief of the combination. */
struct money_line {
    const char *name;   /* of the policy */
    const char *anchor; /* of its card on the page of the result */
    const char *words;  /* "100 triệu"; rate and cap of this enterprise where it is open */
    const char *whole;  /* the planned spend, "325,5 triệu"; NULL: not given, or no share of one */
    const char *apply_at; /* NULL: not known */
    /* To one scale for all lines, in thousandths of the longest; 0: nothing is drawn. */
    int part, of;
};

struct money {
    bool is_known;           /* something is given, and the sum is: */
    const char *sum;         /* "220 triệu", as short as it is exact */
    const char *number, *unit; /* the same in two, the unit smaller: "220", "triệu đồng" */
    bool may_be_closed;      /* a part comes from programmes that may take no applications */
    const struct money_line *lines; /* those with amounts first, the largest first */
    size_t count;
    size_t known;    /* of them, with an amount */
    size_t eligible; /* policies altogether */
    size_t others;   /* of those, not among the lines */
};

/* The page between facts and questions. */
struct money_page {
    const char *reference, *token;
    const struct phraser *t;
    struct money money;
    int64_t given_vnd;
    size_t waiting;            /* policies that need more facts, or the score */
    size_t questions, minutes; /* of the questionnaire that comes next */
};

/* Of the report that the phraser tells; in its arena. */
struct money money_of(const struct phraser *t);

#endif
