#ifndef SURVEY_FACTS_H
#define SURVEY_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "rule/rule.h"
#include "survey/numbers.h"
#include "survey/reference.h"

/*
 * What may be known of an enterprise. The list is data (policies/facts.json): a province adds a
 * fact there, and responses, CSV columns, rules and pages know it. A fact that was not given is
 * unknown, never 0.
 */
enum fact_kind {
    FACT_TEXT,
    FACT_CHOICE,  /* one of its choices */
    FACT_INTEGER, /* a whole number, min..max */
    FACT_PERCENT, /* 0 to 100, decimals allowed */
    FACT_MONEY,   /* whole đồng */
    FACT_YESNO,
    FACT_DATE,
    FACT_TAX_CODE, /* 10 digits with check digit, 13 = 10 + "-001", or 12 (see below) */
    FACT_AREA,     /* an id of policies/areas.json */
    FACT_SECTION,  /* a letter of policies/sections.json */
    FACT_KIND__MAX
};

#define FACTS_MAX 200
#define FACT_PAGES_MAX 9
#define FACT_TEXT_BYTES_MAX 1000
#define FACT_LIST_MAX 20 /* contracts of one kind in a year */
/* Above the whole budget of the state: what is larger is a typing error. */
#define FACT_MONEY_MAX INT64_C(9000000000000000)

struct choice {
    const char *id;
    struct words text;
};

struct fact {
    const char *id; /* also the CSV column; "plans.x" is member x of "plans" in JSON */
    enum fact_kind kind;
    struct words label; /* "Số lao động bình quân" */
    struct words ask;   /* the question that would supply it; members NULL for derived facts */
    struct words help;
    struct words unit;
    const struct choice *choices;
    size_t choice_count;
    int64_t min, max;
    bool is_plan;       /* planned spend: in JSON it may be a list, one amount a contract */
    bool is_derived;    /* computed from others; never in a response */
    bool is_personal;   /* left out of what is published and of logs */
    bool is_changeable; /* its owner can change it within a year, or the year changes it */
    const struct rule_node *rule; /* derived: the rule that computes it; NULL if the program does */
    const char *group;            /* derived: name of the priority group that it stands for */
    const char *legal;            /* where a rule or a group comes from, or NULL */
    const char *const *also; /* other headings of a table that mean it, read with a note */
    size_t also_count;
    int page; /* of the form, from 1, that asks for it before the questions; 0: asked only where a
                 policy needs it */
};

/* A rule that every response must not break; if it is false the response is refused. */
struct fact_check {
    const struct rule_node *rule;
    struct words message;
    const char *fact; /* where the fault is reported */
};

struct facts {
    const struct fact *items;
    size_t count;
    struct rule_schema schema; /* the same facts, for rules; same indexes */
    const struct fact_check *checks;
    size_t check_count;
    const struct terms *areas;
    const struct terms *sections;
};

/*
 * Loads policies/facts.json, areas.json and sections.json of a folder. Returns NULL after adding
 * every fault. Everything lives in the arena.
 */
const struct facts *facts_load(struct arena *arena, const char *folder, struct faults *faults);

/* Index of a fact, or MAP_NONE. */
size_t facts_find(const struct facts *facts, const char *id);

/*
 * Reads a value as JSON gives it. On a fault adds one sentence (with what would be right) at
 * `place` and returns false. `on` is the day the answer was given, for areas and sections.
 */
bool fact_read_json(const struct facts *facts, size_t fact, const struct json *json, day on,
                    struct arena *arena, struct faults *faults, struct value *value);

/*
 * Reads a value as people type it and spreadsheets write it: "1.234.567", "51,5", "25/11/2026",
 * "có"; several amounts of a plan parted by '|'. An empty text gives UNKNOWN.
 */
bool fact_read_text(const struct facts *facts, size_t fact, const char *text, day on,
                    struct place place, struct arena *arena, struct faults *faults,
                    struct value *value);

/* How people write the numbers of a fact that stands alone; false (and of no use) if it is none. */
bool fact_number_form(const struct fact *fact, struct number_form *form);

/* The same as fact_read_text() for a cell of a column whose numbers are written in `form`. */
bool fact_read_cell(const struct facts *facts, size_t fact, const char *text,
                    const struct number_form *form, day on, struct place place, struct arena *arena,
                    struct faults *faults, struct value *value);

/* Runs the checks between facts; adds a fault for each that is broken; true if none is. */
bool facts_check(const struct facts *facts, const struct value *values, struct place place,
                 struct arena *arena, struct faults *faults);

/* A value as people read it ("45 người", "12.000.000.000 ₫", "Có"), owned by the arena. */
const char *fact_print(const struct facts *facts, size_t fact, const struct value *value, day on,
                       enum lang lang, struct arena *arena);

/*
 * True for a code that may exist: 10 digits by the rule of the check digit (TT 105/2020, kept by TT
 * 86/2024), 10-001, or the personal id of the owner of a household business, which is its tax code
 * since 01/07/2025 (TT 86/2024): 12 digits, the first three from 001 to 096. Whose code it is
 * and when it was given is checked where facts are read and compared.
 */
bool tax_code_is_valid(const char *code);

/*
 * A code as it was typed without what parts its digits (blanks, dots, dashes, an apostrophe), with
 * the dash before the number of a branch. A zero in front that a spreadsheet took away is put back
 * where the check digit proves it, with a warning for `id`. What is no code comes back as it is.
 */
const char *tax_code_typed(const char *text, const char *id, struct place place,
                           struct arena *arena, struct faults *faults);

/* Fills the facts that rules derive (groups), in the order of the file; others are untouched. */
void facts_derive(const struct facts *facts, struct value *values, struct arena *arena);

#endif
