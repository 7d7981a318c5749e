#include "policy/batch.h"

#include <string.h>

/* Facts that a policy uses and that can only have few values. */
struct finite_fact {
    size_t fact;
    int64_t values; /* 0 ... values - 1 in the column */
    bool is_size;
};

#define FINITE_MAX 6

struct compiled_policy {
    const struct policy *policy;
    const size_t *uses; /* the facts that it names, by index */
    size_t use_count;
    bool is_compiled, is_in_force;
    const struct batch_program *condition;
    const struct batch_program *amount; /* NULL: no amount */
    bool needs_plan;                    /* no amount without the planned spend */
    struct finite_fact finite[FINITE_MAX];
    size_t finite_count;
    size_t cases; /* all combinations of them; 0: too many to try */
};

struct policy_batch {
    const struct catalogue *catalogue;
    day on;
    struct batch_fact *facts;
    const struct rule_fact *declared; /* the facts as columns hold them */
    struct compiled_policy *policies;
    size_t compiled;
    const size_t *uses; /* facts that some policy names */
    size_t use_count;
    struct batch_scratch *scratch;
    int64_t **columns;            /* per fact, BATCH_ROWS each */
    int64_t **open_columns;       /* the same for the open rows of the running policy */
    const int64_t **now;          /* the columns of the running case */
    int64_t *assumed[FINITE_MAX]; /* columns with unknown facts assumed */
    uint8_t *is_odd;              /* per fact and row: the value does not fit its column */
    uint8_t *has_odd;             /* per row: some fact of it is */
    size_set *possible;           /* per row: the sizes that its facts leave possible */
    bool needs_applicants;        /* some policy is matched one by one whatever the row */
};

static struct batch_fact storage_of(const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_INTEGER:
    case FACT_MONEY:
        return (struct batch_fact){true, 1, fact->max, fact->min};
    case FACT_PERCENT:
        return (struct batch_fact){true, 10000, INT64_C(100) * 10000, 0};
    case FACT_YESNO:
    case FACT_CHOICE:
    case FACT_AREA:
    case FACT_SECTION:
        return (struct batch_fact){true, 1, 1 << 30, 0};
    case FACT_DATE:
        return (struct batch_fact){true, 1, 1 << 30, -(1 << 30)};
    default:
        return (struct batch_fact){false, 1, 0, 0};
    }
}

/* Areas and sections are choices for a column: the ids of their file, each once. */
static void choose_among(struct arena *arena, const struct terms *terms, struct rule_fact *fact)
{
    const char **ids = ARENA_ARRAY(arena, const char *, terms->count);

    fact->values = ids;
    fact->value_count = 0;
    for (size_t i = 0; i < terms->count; i++) {
        if (i == 0 || strcmp(terms->items[i].id, terms->items[i - 1].id) != 0)
            ids[fact->value_count++] = terms->items[i].id;
    }
}

static const struct rule_fact *declare(struct arena *arena, const struct facts *facts)
{
    struct rule_fact *declared = ARENA_ARRAY(arena, struct rule_fact, facts->count);

    for (size_t i = 0; i < facts->count; i++) {
        declared[i] = facts->schema.facts[i];
        if (facts->items[i].kind == FACT_AREA)
            choose_among(arena, facts->areas, &declared[i]);
        else if (facts->items[i].kind == FACT_SECTION)
            choose_among(arena, facts->sections, &declared[i]);
    }
    return declared;
}

/* All conditions as one rule; made from the rules that the policy was loaded with. */
static const struct rule_node *join_conditions(struct arena *arena, const struct policy *policy)
{
    struct rule_node *all = ARENA_NEW(arena, struct rule_node);
    struct rule_node *args = ARENA_ARRAY(arena, struct rule_node, policy->condition_count);

    for (size_t i = 0; i < policy->condition_count; i++)
        args[i] = *policy->conditions[i].rule;
    all->op = OP_AND;
    all->args = args;
    all->count = policy->condition_count;
    return all;
}

static void find_finite(const struct policy_batch *b, struct compiled_policy *c)
{
    const struct facts *facts = b->catalogue->facts;
    size_t size_fact = facts_find(facts, "size_class");

    c->cases = 1;
    for (size_t i = 0; c->cases && i < c->policy->fact_count; i++) {
        const struct fact *fact = &facts->items[i];
        bool is_size = i == size_fact;

        if (!c->policy->uses[i] || (fact->kind != FACT_YESNO && !is_size))
            continue;
        if (c->finite_count == FINITE_MAX) {
            c->cases = 0;
            return;
        }
        c->finite[c->finite_count++] =
            (struct finite_fact){i, is_size ? SIZE_CLASS__MAX : 2, is_size};
        c->cases *= is_size ? SIZE_CLASS__MAX : 2;
        if (c->cases > MATCH_CASES_MAX)
            c->cases = 0;
    }
}

/* Parameters of the day; those that a choice picks vary by row and are written out below. */
static const struct value *fixed_values(struct arena *arena, const struct policy *policy, day on)
{
    struct value *fixed = ARENA_ARRAY(arena, struct value, policy->schema.count);

    policy_parameters(policy, fixed, on, fixed + policy->fact_count);
    return fixed;
}

/* "cap" picked by size_class becomes if(size_class == "micro", ..., if(...)): a rule again. */
static struct rule_node pick_as_rule(struct arena *arena, const struct policy *policy,
                                     const struct parameter *parameter,
                                     const struct parameter_value *value)
{
    const struct rule_fact *fact = &policy->schema.facts[parameter->by_fact];
    struct rule_node *args = ARENA_ARRAY(arena, struct rule_node, 2 * fact->value_count + 1);
    struct rule_node unknown = {.op = OP_LITERAL, .literal = value_unknown()};
    size_t count = 0;

    for (size_t i = 0; i < fact->value_count; i++) {
        struct rule_node *sides = ARENA_ARRAY(arena, struct rule_node, 2);

        if (value->by[i].kind == VALUE_UNKNOWN)
            continue;
        sides[0] = (struct rule_node){
            .op = OP_FACT, .type = TYPE_TEXT, .fact = parameter->by_fact, .name = fact->name};
        sides[1] = (struct rule_node){
            .op = OP_LITERAL, .type = TYPE_TEXT, .literal = value_text(fact->values[i])};
        args[count++] =
            (struct rule_node){.op = OP_EQ, .type = TYPE_BOOL, .args = sides, .count = 2};
        args[count++] = (struct rule_node){.op = OP_LITERAL, .literal = value->by[i]};
    }
    args[count++] = unknown;
    return (struct rule_node){.op = OP_IF, .args = args, .count = count};
}

/* The same rule with such parameters written out. */
static struct rule_node write_out(struct arena *arena, const struct policy *policy, day on,
                                  const struct rule_node *node)
{
    struct rule_node copy = *node;
    struct rule_node *args;

    if (node->op == OP_FACT && node->fact >= policy->fact_count) {
        const struct parameter *parameter = &policy->parameters[node->fact - policy->fact_count];

        for (size_t i = parameter->count; i-- > 0;) {
            const struct parameter_value *value = &parameter->values[i];

            if (on >= value->from && (value->to == DAY_NONE || on <= value->to))
                return value->by ? pick_as_rule(arena, policy, parameter, value) : copy;
        }
        return (struct rule_node){.op = OP_LITERAL, .literal = value_unknown()};
    }
    args = ARENA_ARRAY(arena, struct rule_node, node->count);
    for (size_t i = 0; i < node->count; i++)
        args[i] = write_out(arena, policy, on, &node->args[i]);
    copy.args = args;
    return copy;
}

static const struct batch_program *compile(struct arena *arena, struct policy_batch *b,
                                           const struct policy *policy,
                                           const struct rule_node *rule)
{
    struct batch_fact *facts = ARENA_ARRAY(arena, struct batch_fact, policy->schema.count);
    struct rule_fact *declared = ARENA_ARRAY(arena, struct rule_fact, policy->schema.count);
    struct rule_node *whole = ARENA_NEW(arena, struct rule_node);
    struct rule_schema schema = policy->schema;

    if (policy->fact_count)
        memcpy(facts, b->facts, policy->fact_count * sizeof(*facts));
    for (size_t i = 0; i < schema.count; i++)
        declared[i] = i < policy->fact_count ? b->declared[i] : schema.facts[i];
    schema.facts = declared;
    *whole = write_out(arena, policy, b->on, rule);
    return batch_compile(arena, whole, &schema, facts, fixed_values(arena, policy, b->on));
}

static bool is_strict_in(const struct rule_node *rule, size_t fact);

/* if(c1, a1, c2, a2, ..., else): every value that it may take is. */
static bool are_branches_strict_in(const struct rule_node *rule, size_t fact)
{
    for (size_t i = 0; i < rule->count; i++) {
        if ((i % 2 == 1 || i + 1 == rule->count) && !is_strict_in(&rule->args[i], fact))
            return false;
    }
    return rule->count % 2 == 1;
}

/* Whether a number is unknown as soon as a fact is. */
static bool is_strict_in(const struct rule_node *rule, size_t fact)
{
    switch (rule->op) {
    case OP_FACT:
        return rule->fact == fact;
    case OP_IF:
        return are_branches_strict_in(rule, fact);
    case OP_MIN:
    case OP_MAX:
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
        for (size_t i = 0; i < rule->count; i++) {
            if (is_strict_in(&rule->args[i], fact))
                return true;
        }
        return false;
    default:
        return false;
    }
}

/* The facts that are marked, as a list. */
static const size_t *list_uses(struct arena *arena, const bool *uses, size_t facts, size_t *count)
{
    size_t *list = ARENA_ARRAY(arena, size_t, facts);

    *count = 0;
    for (size_t i = 0; i < facts; i++) {
        if (uses[i])
            list[(*count)++] = i;
    }
    return list;
}

static void compile_policy(struct arena *arena, struct policy_batch *b, struct compiled_policy *c)
{
    const struct policy *policy = c->policy;

    c->is_in_force = b->on >= policy->from && (policy->to == DAY_NONE || b->on <= policy->to);
    c->condition = compile(arena, b, policy, join_conditions(arena, policy));
    c->amount = policy->amount ? compile(arena, b, policy, policy->amount) : NULL;
    c->needs_plan = policy->amount && policy->plan_fact != MAP_NONE &&
                    is_strict_in(policy->amount, policy->plan_fact);
    c->is_compiled = c->condition && (!policy->amount || (c->amount && batch_is_number(c->amount)));
    c->uses = list_uses(arena, policy->uses, policy->fact_count, &c->use_count);
    find_finite(b, c);
}

/* Compiles every policy, and notes which facts any of them names. */
static void compile_all(struct arena *arena, struct policy_batch *b)
{
    size_t facts = b->catalogue->facts->count;
    bool *uses = ARENA_ARRAY(arena, bool, facts);

    for (size_t i = 0; i < b->catalogue->count; i++) {
        struct compiled_policy *c = &b->policies[i];

        c->policy = b->catalogue->policies[i];
        compile_policy(arena, b, c);
        b->compiled += c->is_compiled;
        b->needs_applicants |= c->is_in_force && (!c->is_compiled || !c->cases);
        for (size_t j = 0; j < c->use_count; j++)
            uses[c->uses[j]] = true;
    }
    b->uses = list_uses(arena, uses, facts, &b->use_count);
}

struct policy_batch *policy_batch_new(struct arena *arena, const struct catalogue *catalogue,
                                      day on)
{
    struct policy_batch *b = ARENA_NEW(arena, struct policy_batch);
    size_t facts = catalogue->facts->count;

    b->catalogue = catalogue;
    b->on = on;
    b->facts = ARENA_ARRAY(arena, struct batch_fact, facts);
    b->declared = declare(arena, catalogue->facts);
    b->columns = ARENA_ARRAY(arena, int64_t *, facts);
    b->open_columns = ARENA_ARRAY(arena, int64_t *, facts);
    b->now = ARENA_ARRAY(arena, const int64_t *, facts);
    b->is_odd = ARENA_ARRAY(arena, uint8_t, facts * BATCH_ROWS);
    b->has_odd = ARENA_ARRAY(arena, uint8_t, BATCH_ROWS);
    b->possible = ARENA_ARRAY(arena, size_set, BATCH_ROWS);
    b->scratch = batch_scratch_new(arena);
    for (size_t i = 0; i < FINITE_MAX; i++)
        b->assumed[i] = ARENA_ARRAY(arena, int64_t, BATCH_ROWS);
    for (size_t i = 0; i < facts; i++) {
        b->facts[i] = storage_of(&catalogue->facts->items[i]);
        b->columns[i] = ARENA_ARRAY(arena, int64_t, BATCH_ROWS);
        b->open_columns[i] = ARENA_ARRAY(arena, int64_t, BATCH_ROWS);
    }
    b->policies = ARENA_ARRAY(arena, struct compiled_policy, catalogue->count);
    compile_all(arena, b);
    return b;
}

size_t policy_batch_compiled(const struct policy_batch *batch)
{
    return batch->compiled;
}

/* ---- running ---- */

bool policy_batch_put(struct policy_batch *b, size_t row, const struct applicant *applicant)
{
    b->has_odd[row] = 0;
    b->possible[row] = applicant->size.possible;
    for (size_t i = 0; i < b->use_count; i++) {
        size_t fact = b->uses[i];
        bool is_odd = b->facts[fact].is_stored &&
                      !batch_encode(&b->declared[fact], &b->facts[fact], &applicant->values[fact],
                                    &b->columns[fact][row]);

        b->is_odd[fact * BATCH_ROWS + row] = is_odd;
        b->has_odd[row] |= is_odd;
    }
    return b->has_odd[row] || b->needs_applicants;
}

/* What all cases of one row have in common so far. */
struct merged {
    uint8_t truth;
    bool is_started;   /* some case was run */
    bool has_range;    /* some case may hold, and all that may have an amount */
    bool has_possible; /* some case may hold */
    int64_t low, high;
};

/* value / denominator in whole đồng, rounded half up; false for unknown and for less than 0.
 * Programs keep both below 2^61, so nothing overflows. */
static bool whole_amount(int64_t value, int64_t denominator, int64_t *amount)
{
    if (value == BATCH_UNKNOWN || 2 * value + denominator < 0)
        return false;
    *amount = denominator == 1 ? value : (2 * value + denominator) / (2 * denominator);
    return true;
}

static void merge_case(struct merged *m, uint8_t truth, bool has_amount, int64_t amount)
{
    m->truth = !m->is_started || m->truth == truth ? truth : (uint8_t)BATCH_OPEN;
    m->is_started = true;
    if (truth == BATCH_FALSE)
        return;
    if (!m->has_possible) {
        m->has_possible = true;
        m->has_range = has_amount;
        m->low = m->high = amount;
        return;
    }
    m->has_range = m->has_range && has_amount;
    m->low = amount < m->low ? amount : m->low;
    m->high = amount > m->high ? amount : m->high;
}

struct block {
    struct policy_batch *b;
    const struct compiled_policy *c;
    const struct applicant *const *applicants;
    size_t count;
    uint8_t *truths;
    int64_t *amounts;
    size_t *open; /* rows that the plain run left open */
    size_t open_count;
    struct merged *merged; /* of each open row */
};

/* Runs the condition and the amount on the present columns. */
static void run_case(struct block *k, size_t count)
{
    batch_run_truth(k->c->condition, k->b->now, count, k->b->scratch, k->truths);
    if (k->c->amount)
        batch_run_number(k->c->amount, k->b->now, count, k->b->scratch, k->amounts);
}

static void merge_row(const struct block *k, size_t row, struct merged *merged)
{
    int64_t amount = 0;
    bool has_amount =
        k->c->amount && whole_amount(k->amounts[row], batch_denominator(k->c->amount), &amount);

    merge_case(merged, k->truths[row], has_amount, amount);
}

/* A row is settled by the plain run if nothing that it waits for is open, or could be closed. */
static bool is_settled(const struct block *k, size_t row)
{
    if (k->truths[row] == BATCH_OPEN)
        return false;
    return k->truths[row] == BATCH_FALSE || !k->c->amount || k->amounts[row] != BATCH_UNKNOWN ||
           (k->c->needs_plan && k->b->columns[k->c->policy->plan_fact][row] == BATCH_UNKNOWN);
}

static struct policy_outcome outcome_of(const struct merged *m)
{
    struct policy_outcome out = {.verdict = VERDICT_UNKNOWN};

    if (m->truth == BATCH_FALSE)
        out.verdict = VERDICT_NOT_ELIGIBLE;
    else if (m->truth == BATCH_TRUE)
        out.verdict = VERDICT_ELIGIBLE;
    out.has_amount = out.verdict == VERDICT_ELIGIBLE && m->has_range && m->low == m->high;
    out.amount_vnd = out.has_amount ? m->low : 0;
    return out;
}

/* ---- open rows: every case of their unknown facts ---- */

static void gather_open(struct block *k)
{
    struct policy_batch *b = k->b;

    for (size_t j = 0; j < k->c->use_count; j++) {
        size_t fact = k->c->uses[j];

        for (size_t i = 0; i < k->open_count; i++)
            b->open_columns[fact][i] = b->columns[fact][k->open[i]];
        b->now[fact] = b->open_columns[fact];
    }
}

/* Assumes the values of one case where facts are unknown. */
static void assume(struct block *k, const int64_t *digits)
{
    for (size_t i = 0; i < k->c->finite_count; i++) {
        const int64_t *column = k->b->open_columns[k->c->finite[i].fact];
        int64_t *assumed = k->b->assumed[i];

        for (size_t row = 0; row < k->open_count; row++)
            assumed[row] = column[row] == BATCH_UNKNOWN ? digits[i] : column[row];
        k->b->now[k->c->finite[i].fact] = assumed;
    }
}

/* A size that the known facts rule out is no case of that row. */
static bool is_possible(const struct block *k, const int64_t *digits, size_t at)
{
    for (size_t i = 0; i < k->c->finite_count; i++) {
        const struct finite_fact *finite = &k->c->finite[i];

        if (finite->is_size && k->b->open_columns[finite->fact][at] == BATCH_UNKNOWN &&
            !(k->b->possible[k->open[at]] >> digits[i] & 1))
            return false;
    }
    return true;
}

static bool next_case(const struct compiled_policy *c, int64_t *digits)
{
    for (size_t i = 0; i < c->finite_count; i++) {
        if (++digits[i] < c->finite[i].values)
            return true;
        digits[i] = 0;
    }
    return false;
}

static void run_cases(struct block *k)
{
    int64_t digits[FINITE_MAX] = {0};

    gather_open(k);
    memset(k->merged, 0, k->open_count * sizeof(*k->merged));
    do {
        assume(k, digits);
        run_case(k, k->open_count);
        for (size_t i = 0; i < k->open_count; i++) {
            if (is_possible(k, digits, i))
                merge_row(k, i, &k->merged[i]);
        }
    } while (next_case(k->c, digits));
    for (size_t i = 0; i < k->c->use_count; i++)
        k->b->now[k->c->uses[i]] = k->b->columns[k->c->uses[i]];
}

/* ---- one policy over the block ---- */

static struct policy_outcome match_alone(const struct applicant *applicant,
                                         const struct policy *policy, struct arena *arena)
{
    struct policy_match match;

    policy_match_one(applicant, policy, arena, &match);
    return (struct policy_outcome){match.verdict, match.has_amount, match.amount_vnd};
}

static bool is_odd_row(const struct policy_batch *b, const struct compiled_policy *c, size_t row)
{
    for (size_t i = 0; b->has_odd[row] && i < c->use_count; i++) {
        if (b->is_odd[c->uses[i] * BATCH_ROWS + row])
            return true;
    }
    return false;
}

/* Whether the columns say everything of this row. */
static bool is_regular(const struct block *k, size_t row)
{
    return k->c->is_compiled && !is_odd_row(k->b, k->c, row) && (k->c->cases || is_settled(k, row));
}

/* `outcomes` steps by the size of the catalogue. */
static void run_policy(struct block *k, struct arena *arena, struct policy_outcome *outcomes)
{
    size_t step = k->b->catalogue->count;

    k->open_count = 0;
    if (k->c->is_compiled)
        run_case(k, k->count);
    for (size_t row = 0; row < k->count; row++) {
        struct merged merged = {0};

        if (k->c->is_compiled && k->truths[row] == BATCH_FALSE && !k->b->has_odd[row]) {
            outcomes[row * step] = (struct policy_outcome){.verdict = VERDICT_NOT_ELIGIBLE};
        } else if (!is_regular(k, row)) {
            outcomes[row * step] = match_alone(k->applicants[row], k->c->policy, arena);
        } else if (!is_settled(k, row)) {
            k->open[k->open_count++] = row;
        } else {
            merge_row(k, row, &merged);
            outcomes[row * step] = outcome_of(&merged);
        }
    }
    if (k->open_count)
        run_cases(k);
    for (size_t i = 0; i < k->open_count; i++)
        outcomes[k->open[i] * step] = outcome_of(&k->merged[i]);
}

/* Whatever the facts, nobody may have it on this day. */
static void refuse_all(const struct block *k, struct policy_outcome *outcomes)
{
    for (size_t row = 0; row < k->count; row++)
        outcomes[row * k->b->catalogue->count] =
            (struct policy_outcome){.verdict = VERDICT_NOT_ELIGIBLE};
}

void policy_batch_run(struct policy_batch *batch, const struct applicant *const *applicants,
                      size_t count, struct arena *arena, struct policy_outcome *outcomes)
{
    struct block k = {.b = batch,
                      .applicants = applicants,
                      .count = count,
                      .truths = ARENA_ARRAY(arena, uint8_t, BATCH_ROWS),
                      .amounts = ARENA_ARRAY(arena, int64_t, BATCH_ROWS),
                      .open = ARENA_ARRAY(arena, size_t, BATCH_ROWS),
                      .merged = ARENA_ARRAY(arena, struct merged, BATCH_ROWS)};

    for (size_t i = 0; i < batch->use_count; i++)
        batch->now[batch->uses[i]] = batch->columns[batch->uses[i]];
    for (size_t i = 0; i < batch->catalogue->count; i++) {
        k.c = &batch->policies[i];
        if (k.c->is_in_force)
            run_policy(&k, arena, &outcomes[i]);
        else
            refuse_all(&k, &outcomes[i]);
    }
}
