#ifndef RULE_RULE_H
#define RULE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/map.h"
#include "rule/value.h"

/*
 * The one rule language: JsonLogic's syntax with three-valued meaning (Kleene). A missing fact is
 * unknown, never 0 or false. `and`, `or`, `!` decide as soon as they can; everything else is
 * unknown as soon as something that it needs is. Different types are never converted silently:
 * comparing them is an error at load where it can be seen, unknown with a reason otherwise.
 * Numbers are exact. Texts of the form YYYY-MM-DD compare as dates; other texts have no order.
 *
 * The language, operator by operator: docs/rules.md.
 */

/* Operators within operators. */
#define RULE_DEPTH_MAX 64
/* Operators in one rule. */
#define RULE_NODES_MAX 4096
/* Operators run in one evaluation: nested map/filter over long lists end here. */
#define RULE_STEPS_MAX 2000000
/* Names that one evaluation reports as missing. */
#define RULE_MISSING_MAX 64

enum rule_op {
    OP_LITERAL,
    OP_ARRAY,
    OP_FACT, /* a declared fact, by index */
    OP_VAR,  /* a path into the data of the moment */
    OP_AND,
    OP_OR,
    OP_NOT,
    OP_TRUTHY,
    OP_EQ,
    OP_NE,
    OP_SAME,
    OP_NOT_SAME,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_IN,
    OP_MISSING,
    OP_MISSING_SOME,
    OP_IF,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_MOD,
    OP_MIN,
    OP_MAX,
    OP_SOME,
    OP_ALL,
    OP_NONE,
    OP_MAP,
    OP_FILTER,
    OP_REDUCE,
    OP_MERGE,
    OP_CAT,
    OP_SUBSTR,
    OP_YEARS_BEFORE,
    OP__MAX
};

/* What an author may say about a fact, and what can be seen of an expression before it runs. */
enum rule_type { TYPE_ANY, TYPE_BOOL, TYPE_NUMBER, TYPE_TEXT, TYPE_DATE, TYPE_LIST, TYPE__MAX };

struct rule_node {
    enum rule_op op;
    enum rule_type type;
    size_t fact;          /* OP_FACT: index in the schema */
    const char *name;     /* OP_FACT: its name */
    struct value literal; /* OP_LITERAL */
    const struct rule_node *args;
    size_t count;
    const struct json *json; /* where it was written */
};

/* A fact that rules may name. */
struct rule_fact {
    const char *name;
    enum rule_type type;
    const char *const *values; /* the texts that it may be, or NULL for any */
    size_t value_count;
};

/* The declared facts: a rule that names another one is refused. */
struct rule_schema {
    const struct rule_fact *facts;
    size_t count;
    struct map names;
};

/* Indexes the facts; they must outlive the schema. Two facts of one name: the first counts. */
void rule_schema_init(struct rule_schema *schema, struct arena *arena,
                      const struct rule_fact *facts, size_t count);

/* Index of a fact by name, or MAP_NONE. */
size_t rule_schema_find(const struct rule_schema *schema, const char *name);

/*
 * Checks and compiles a rule. With a schema only declared facts may be named and their types are
 * checked; with NULL any path is allowed (as in plain JsonLogic). Returns NULL after adding every
 * fault found: unknown operators, wrong numbers of operands, undeclared facts, types that cannot
 * be compared, depth over RULE_DEPTH_MAX. The result lives in `arena` and borrows `json`.
 */
const struct rule_node *rule_compile(struct arena *arena, const struct json *json,
                                     const struct rule_schema *schema, struct faults *faults);

/* The operator as it is written ("<=", "in"), "" for literals and facts. */
const char *rule_op_name(enum rule_op op);

/* The data of one evaluation. */
struct rule_data {
    const struct rule_schema *schema; /* the one it was compiled with, or NULL */
    const struct value *facts;        /* by index of the schema; NULL without a schema */
    const struct value *root;         /* for paths; NULL without data */
};

struct rule_result {
    struct value value;
    enum truth truth;
    const char *missing[RULE_MISSING_MAX]; /* facts whose absence left it open; if unknown */
    size_t missing_count;
    struct words reason; /* why it is unknown though nothing is missing; members NULL if none */
};

/* Evaluates; never fails. What it makes lives in `arena`. */
void rule_eval(const struct rule_node *rule, const struct rule_data *data, struct arena *arena,
               struct rule_result *result);

#endif
