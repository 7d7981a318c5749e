#include "app/policymaking/match_all.h"

#include <string.h>

#include "policy/batch.h"

/* What the reading of the store fills, block by block. */
struct matcher {
    const struct catalogue *catalogue;
    day on;
    bool with_incomplete;
    size_t level_fact, percent_fact; /* derived by the score, which the store has */
    struct policy_batch *batch;
    struct arena one;   /* of the enterprise that is looked at */
    struct arena block; /* of those that a block needs until it is run */
    const struct applicant *applicants[BATCH_ROWS]; /* NULL where the columns say everything */
    size_t count;
    struct policy_outcome *outcomes;
    struct policy_totals *policies;
    struct match_totals *totals;
};

static void count_outcome(struct matcher *m, size_t at, const struct policy_outcome *outcome)
{
    struct policy_totals *policy = &m->policies[at];

    policy->verdicts[outcome->verdict]++;
    if (!outcome->has_amount)
        return;
    policy->with_amount++;
    policy->amount_vnd += outcome->amount_vnd;
    m->totals->by_benefit[policy->policy->benefit] += outcome->amount_vnd;
}

static void run_block(struct matcher *m)
{
    policy_batch_run(m->batch, m->applicants, m->count, &m->block, m->outcomes);
    for (size_t i = 0; i < m->count * m->catalogue->count; i++)
        count_outcome(m, i % m->catalogue->count, &m->outcomes[i]);
    m->totals->matched += m->count;
    m->count = 0;
    arena_reset(&m->block);
}

static const struct applicant *applicant_of(struct matcher *m, const struct store_item *item,
                                            struct arena *arena)
{
    size_t count = m->catalogue->facts->count;
    struct value *values = ARENA_ARRAY(arena, struct value, count);

    memcpy(values, item->response->values, count * sizeof(*values));
    if (m->level_fact != MAP_NONE && item->row.level != STORE_UNKNOWN)
        values[m->level_fact] = value_int(item->row.level);
    if (m->percent_fact != MAP_NONE && item->row.level != STORE_UNKNOWN)
        values[m->percent_fact] = value_number(ratio_make(item->row.total_percent, 100));
    return applicant_new(arena, m->catalogue, values, item->response->submitted_on, m->on, NULL);
}

/* The same, to outlive the row that it was read from: texts and lists are copied. */
static const struct applicant *kept_applicant(struct matcher *m, const struct store_item *item)
{
    const struct applicant *applicant = applicant_of(m, item, &m->block);

    for (size_t i = 0; i < m->catalogue->facts->count; i++) {
        struct value *value = &applicant->values[i];

        if (value->kind == VALUE_TEXT)
            value->text = arena_strdup(&m->block, value->text);
        if (value->kind == VALUE_LIST) {
            struct value *items = ARENA_ARRAY(&m->block, struct value, value->count);

            memcpy(items, value->items, value->count * sizeof(*items));
            value->items = items;
        }
    }
    return applicant;
}

static bool take_item(void *context, const struct store_item *item)
{
    struct matcher *m = context;
    bool is_needed;

    m->totals->incomplete += !item->row.is_complete;
    if (!item->row.is_complete && !m->with_incomplete)
        return true;
    is_needed = policy_batch_put(m->batch, m->count, applicant_of(m, item, &m->one));
    m->applicants[m->count++] = is_needed ? kept_applicant(m, item) : NULL;
    arena_reset(&m->one);
    if (m->count == BATCH_ROWS)
        run_block(m);
    return true;
}

static void matcher_init(struct matcher *m, const struct catalogue *catalogue, day on,
                         struct arena *arena, struct match_totals *totals)
{
    *m = (struct matcher){.catalogue = catalogue, .on = on, .totals = totals};
    m->level_fact = facts_find(catalogue->facts, "level");
    m->percent_fact = facts_find(catalogue->facts, "total_percent");
    m->batch = policy_batch_new(arena, catalogue, on);
    m->outcomes = ARENA_ARRAY(arena, struct policy_outcome, BATCH_ROWS * catalogue->count);
    m->policies = ARENA_ARRAY(arena, struct policy_totals, catalogue->count);
    arena_init(&m->one);
    arena_init(&m->block);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct policy *policy = catalogue->policies[i];

        m->policies[i].policy = policy;
        m->policies[i].is_in_force =
            on >= policy->from && (policy->to == DAY_NONE || on <= policy->to);
    }
}

enum status match_store(const struct app_context *app, const struct store_filter *filter,
                        const struct catalogue *catalogue, bool with_incomplete,
                        struct arena *arena, struct match_totals *totals, struct err *err)
{
    day on = app->today;
    struct matcher *m = ARENA_NEW(arena, struct matcher);
    struct match_totals found = {.on = on, .count = catalogue->count};
    enum status status;

    matcher_init(m, catalogue, on, arena, &found);
    m->with_incomplete = with_incomplete;
    status = store_each(app->store, filter, STORE_FACTS, take_item, m, err);
    if (status == OK) {
        run_block(m);
        found.policies = m->policies;
        *totals = found;
    }
    arena_free(&m->one);
    arena_free(&m->block);
    return status;
}

/* ---- JSON ---- */

static void write_totals(struct json_writer *w, const struct policy_totals *policy)
{
    json_begin_object(w);
    json_member_string(w, "id", policy->policy->id);
    json_member_words(w, "name", policy->policy->name);
    json_member_bool(w, "in_force", policy->is_in_force);
    json_member_string(w, "benefit", benefit_code(policy->policy->benefit));
    for (int i = 0; i < VERDICT__MAX; i++)
        json_member_int(w, verdict_code((enum verdict)i), (int64_t)policy->verdicts[i]);
    json_member_int(w, "with_amount", (int64_t)policy->with_amount);
    json_member_int(w, "amount_vnd", policy->amount_vnd);
    json_end_object(w);
}

void match_totals_write(struct json_writer *w, const struct match_totals *totals)
{
    json_begin_object(w);
    json_member_day(w, "on", totals->on);
    json_member_int(w, "assessments", (int64_t)totals->matched);
    json_member_int(w, "incomplete", (int64_t)totals->incomplete);
    json_key(w, "policies");
    json_begin_array(w);
    for (size_t i = 0; i < totals->count; i++)
        write_totals(w, &totals->policies[i]);
    json_end_array(w);
    json_key(w, "amount_by_benefit");
    json_begin_object(w);
    for (int i = 0; i < BENEFIT__MAX; i++)
        json_member_int(w, benefit_code((enum benefit)i), totals->by_benefit[i]);
    json_end_object(w);
    json_end_object(w);
}
