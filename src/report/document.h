#ifndef SRC_REPORT_DOCUMENT_H
#define SRC_REPORT_DOCUMENT_H

/* Shared by the files document*.c: telling a report in one language, page by page. */

#include "draw/diagram.h"
#include "draw/flow.h"
#include "draw/qr.h"
#include "report/document.h"
#include "report/phrase.h"

/* A piece of work as the pages tell it: a package, or a single step where there are none. */
struct task {
    const char *name, *what, *result, *who;
    const char *pay;           /* policies that may pay for it; "" */
    struct ratio effort, gain; /* person-weeks or steps; points of the total */
    size_t answers;            /* that it raises */
    int first_month, months;
};

/* At most so many single steps are told as tasks. */
#define TASKS_MAX 8

/* Eligible policies as the page of money groups them. */
enum money_group {
    MONEY_KNOWN,   /* with an amount, part of the best combination */
    MONEY_PLANNED, /* as soon as spending is planned */
    MONEY_FREE,    /* nothing to pay */
    MONEY_LOAN,
    MONEY_OTHER, /* excluded by one that brings more */
    MONEY_GROUP__MAX
};

struct money_list {
    const struct policy_match **items; /* in the order of the report */
    size_t count;
};

struct document {
    const struct phraser *t;
    const struct report *report;
    const struct document_request *request;
    struct arena *arena;
    enum lang lang;
    struct flow *flow;
    const struct qr *qr; /* NULL: none */
    const struct task *tasks;
    size_t task_count;
    struct money_list money[MONEY_GROUP__MAX];
    int64_t planned_vnd, paid_vnd; /* sums over MONEY_KNOWN */
    size_t chapters;               /* told so far */
    unsigned annex;                /* the anchor of its last part */
    size_t tightness;              /* of the summary: how often it was longer than a page */
};

#define TELL(d, text, ...) PHRASE((d)->t, text, __VA_ARGS__)

/* ---- document_facts.c: what several pages need ---- */

void document_fill(struct document *d);

/* "ba", "12": numbers up to ten as words; and as Vietnamese begins a headline with them. */
const char *tell_count(const struct document *d, size_t count);
const char *tell_count_first(const struct document *d, size_t count);
/* "645,5": millions of đồng, one decimal at most. */
const char *tell_millions(const struct document *d, int64_t dong);
const char *tell_level(const struct document *d, int level);
const char *tell_points(const struct document *d, struct ratio points);
/* The last day of the n-th month after that of the report. */
day month_end(const struct document *d, int months);
const char *tell_month(const struct document *d, int months); /* "11/2027" */
/* The name of a policy without the words that all of them begin with. */
const char *short_policy_name(const struct document *d, const struct policy_match *match);
/* What the next level lacks in points or percent; 0: nothing, RATIO_NONE: there is none. */
struct ratio missing_points(const struct document *d);
bool is_household(const struct document *d);

/* What is planned to be spent on what the policy pays for, in đồng; 0: not known. */
int64_t planned_spend(const struct document *d, const struct policy_match *match);

/* A cell with plain text, and with a bold first part. */
static inline struct flow_cell plain_cell(const char *text)
{
    return (struct flow_cell){.text = text};
}
struct flow_cell bold_cell(const struct document *d, const char *bold, const char *rest);
struct flow_cell number_cell(const struct document *d, const char *number);

/* ---- pages ---- */

/* The kicker and the headline of a page. */
void chapter_begin(struct document *d, const char *name, const char *question, const char *finding);
/* "Next: ..." in the band at the foot. */
void chapter_next(struct document *d, const char *what);

void chapter_result(struct document *d);
void chapter_where(struct document *d);
void chapter_why(struct document *d);
void chapter_first(struct document *d);
void chapter_when(struct document *d);
void chapter_money(struct document *d);
void chapter_papers(struct document *d);
void chapter_method(struct document *d);
void chapter_annex(struct document *d);
void chapter_summary(struct document *d);

/* Parts that pages share. */
void tell_name(struct document *d);
void tell_warnings(struct document *d); /* what makes the level uncertain, or why there is none */
void tell_verified(struct document *d); /* that an authority has verified it, if one has */
void tell_how_to_check(struct document *d);
void tell_contact(struct document *d);  /* QR code, address, whom to ask; at the foot */
struct picture ladder_picture(const struct document *d, double rise);
const char *ladder_alt(const struct document *d);
struct picture small_pillars(const struct document *d);
void tell_first_tasks(struct document *d, size_t most, bool has_who);
const char *money_phrase(const struct document *d);  /* "220 triệu đồng", or NULL */
const char *way_statement(const struct document *d); /* "Thêm 41 điểm là lên mức 4." */
const char *level_statement(const struct document *d);
/* The paper that says that none is needed is no paper. */
size_t count_papers(const struct document *d, const struct policy *policy);
void annex_ledger(struct document *d);
void annex_policies(struct document *d);

#endif
