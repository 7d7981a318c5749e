#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "rule/rule.h"
#include "survey/facts.h"

/*
 * A support policy (chính sách) as data: who may have it (conditions), what it gives (amount),
 * since when and by which article. Format: docs/policies.md. Everything with a date is looked up
 * for the day that a match is made for.
 */

#define POLICIES_MAX 500
#define PARAMETERS_MAX 32
#define CONDITIONS_MAX 32
#define READINGS_MAX 8

enum verdict { VERDICT_ELIGIBLE, VERDICT_NOT_ELIGIBLE, VERDICT_UNKNOWN, VERDICT__MAX };

/* What an eligible enterprise gets; amounts of different kinds are never added up. */
enum benefit {
    BENEFIT_GRANT,     /* money that need not be paid back */
    BENEFIT_LOAN,      /* the amount is what may be borrowed */
    BENEFIT_INTEREST,  /* the amount is the interest that is paid for the enterprise */
    BENEFIT_GUARANTEE, /* the amount is what may be guaranteed */
    BENEFIT_TAX,       /* the amount is tax that need not be paid */
    BENEFIT_IN_KIND,   /* a platform, a course, advice: free, no amount */
    BENEFIT_DEFERRAL,  /* tax that is paid later, but paid: no amount */
    BENEFIT__MAX
};

/* Whether a programme takes applications, as far as somebody found out on a day. */
enum openness { OPEN_UNKNOWN, OPEN_YES, OPEN_NO, OPENNESS__MAX };

enum policy_level { LEVEL_NATIONAL, LEVEL_PROVINCIAL, POLICY_LEVEL__MAX };

/* Where the money comes from; also society's, as the resolution asks. */
enum funding {
    FUNDING_STATE_BUDGET,
    FUNDING_PROVINCE_BUDGET,
    FUNDING_FUND,
    FUNDING_BANK,
    FUNDING_ASSOCIATION,
    FUNDING_VENDOR,
    FUNDING__MAX
};

/* What a ceiling is counted for. */
enum cap_basis {
    CAP_NONE,
    CAP_PER_YEAR,
    CAP_PER_CONTRACT_PER_YEAR,
    CAP_PER_MONTH,
    CAP_PER_PROJECT,
    CAP_PER_COURSE,
    CAP_PER_LEARNER,
    CAP_PER_PRODUCT,
    CAP_PER_CONTEST,
    CAP_ONCE,
    CAP_BASIS__MAX
};

/* A text that was compared with the policy, number by number: what is needed to do so again. */
struct policy_reading {
    const char *document, *article; /* as in `legal`: "80/2021/NĐ-CP", "11(2)" */
    struct words copy;              /* which copy of the text was used */
    day on;                         /* the day on which it was read */
};

/* One value of a parameter from one day to another. */
struct parameter_value {
    day from, to;
    const char *legal;
    struct value value;     /* where it does not depend on a fact */
    const struct value *by; /* else one per choice of the fact `by_fact`, UNKNOWN where absent */
};

struct parameter {
    const char *name;
    enum rule_type type;
    size_t by_fact; /* a choice fact that picks the value; MAP_NONE */
    const struct parameter_value *values;
    size_t count;
    const struct json *json;
};

struct condition {
    const char *id;
    const char *legal; /* article, or NULL */
    const struct rule_node *rule;
    struct words because; /* an addition to the generated sentence; members may be NULL */
};

/* A worked example that the file carries; `dxready check` runs it. */
struct policy_test {
    const struct json *facts;
    enum verdict verdict;
    bool names_amount; /* the amount is to be checked ... */
    bool has_amount;   /* ... and is this one, or unknown */
    int64_t amount_vnd;
    day on;
    struct words note; /* which paragraph the case comes from; members may be NULL */
    const struct json *json;
};

struct policy {
    const char *file;
    const char *id, *version;
    struct words name, summary;
    enum policy_level level;
    unsigned funding; /* bit set of enum funding */
    day from, to;
    const char *document, *article;
    day document_date;
    enum certainty certainty;
    struct words certainty_note;
    /* What was read; with CERTAINTY_READ at least the document that grants it. */
    const struct policy_reading *readings;
    size_t reading_count;
    bool is_example;    /* shows how a policy is written; not law */
    const char *family; /* id in families.json, or NULL */
    enum openness open; /* what is not OPEN_YES is not promised as money */
    day open_on;        /* the day on which that was found; DAY_NONE where it was not looked for */
    struct words open_source; /* where it was found; members NULL likewise */
    enum benefit benefit;
    const struct parameter *parameters;
    size_t parameter_count;
    const struct condition *conditions;
    size_t condition_count;
    const struct rule_node *amount; /* NULL: no amount of money */
    size_t plan_fact;               /* planned spend that the amount is computed from; MAP_NONE */
    enum cap_basis cap_basis;
    const char *content; /* what the money is for; policies of one content may exclude each other */
    const char *const
        *excludes; /* codes (see combine.h) or ids of what it cannot be combined with */
    size_t exclude_count;
    const char *const *addresses; /* ids of dimensions that it helps to improve */
    size_t address_count;
    const struct words *documents; /* what the file of an application holds */
    size_t document_count;
    struct words apply_at;
    int answer_days; /* working days; 0: not stated */
    const struct policy_test *tests;
    size_t test_count;
    struct rule_schema schema; /* facts, then parameters */
    size_t fact_count;         /* where the parameters start in it */
    const bool *uses;          /* per fact: named by a condition or the amount */
    const struct json *json;
};

/* Loads a policy; NULL after adding every fault. `facts` must outlive it. */
const struct policy *policy_read(struct arena *arena, const struct json *root,
                                 const struct facts *facts, struct faults *faults);

/*
 * The values of the parameters on a day, by index; UNKNOWN where the policy has none for that day
 * or the fact that picks it is unknown. `facts` are values by index.
 */
void policy_parameters(const struct policy *policy, const struct value *facts, day on,
                       struct value *values);

/* True where the ceiling is for each contract, course, ... so that several add up. */
bool cap_basis_is_each(enum cap_basis basis);

/* The article as people cite it: "Điều 11 khoản 2 Nghị định 80/2021/NĐ-CP". */
const char *policy_citation(const struct policy *policy, const char *article, enum lang lang,
                            struct arena *arena);

/* "Điều 11 khoản 2 Nghị định 80/2021/NĐ-CP; ... (bản ..., đọc ngày 30/11/2026)": what was read, for
 * those who check it. NULL where nothing was. */
const char *policy_readings_words(const struct policy *policy, enum lang lang, struct arena *arena);

const char *verdict_code(enum verdict verdict);
struct words verdict_words(enum verdict verdict);
const char *benefit_code(enum benefit benefit);
struct words benefit_words(enum benefit benefit);
const char *openness_code(enum openness open);
struct words openness_words(enum openness open);
const char *policy_level_code(enum policy_level level);
const char *funding_code(enum funding funding);
struct words funding_words(enum funding funding);
const char *cap_basis_code(enum cap_basis basis);
struct words cap_basis_words(enum cap_basis basis);

#endif
