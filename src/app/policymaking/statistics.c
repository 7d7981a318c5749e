/* Aggregates: everything that passes the filter, matched and added up. */
#include "app/policymaking/statistics.h"

#include <stdio.h>
#include <string.h>

#include "app/legal_person.h"
#include "policy/batch.h"

#define TABLES_MAX 1000

/* ---- which tables ---- */

struct table_list {
    struct arena *arena;
    const struct statistics_options *options;
    struct statistics_table *tables;
    const char **refs;
    size_t count;
};

static bool groups_by(const struct statistics_options *options, enum stats_key key)
{
    for (size_t i = 0; i < options->by_count; i++) {
        if (options->by[i] == key)
            return true;
    }
    return false;
}

static bool is_wanted(const char *filter, const char *name)
{
    return !filter || strcmp(filter, name) == 0;
}

static bool add_table(void *context, const struct store_round *round)
{
    struct table_list *list = context;
    const struct store_filter *filter = &list->options->filter;
    bool has_all_rounds = groups_by(list->options, STATS_ROUND);

    if (!is_wanted(filter->questionnaire, round->questionnaire) ||
        !is_wanted(filter->round, round->round))
        return true;
    for (size_t i = 0; has_all_rounds && i < list->count; i++) {
        if (strcmp(list->refs[i], round->questionnaire) == 0)
            return true;
    }
    list->refs[list->count] = arena_strdup(list->arena, round->questionnaire);
    list->tables[list->count].round =
        has_all_rounds ? filter->round : arena_strdup(list->arena, round->round);
    return ++list->count < TABLES_MAX;
}

/* The enterprises of one owner are one contributor, and so is one enterprise in several rounds. */
static uint32_t person_of(const struct legal_persons *owners, const struct store_row *row,
                          bool has_all_rounds)
{
    uint32_t owner = legal_person_of(owners, row);

    if (owner)
        return STORE_ENTERPRISES_MAX + owner;
    return has_all_rounds ? (uint32_t)store_enterprise_of(row->assessment) : 0;
}

/* ---- one table ---- */

struct gather {
    const struct statistics *s;
    struct statistics_table *table;
    struct database *db;
    struct arena arena; /* of one enterprise */
    int scores[1 + DIMENSIONS_MAX];
    struct policy_batch *batch; /* of one row */
    struct stats_policy policies[POLICIES_MAX];
    bool has_all_rounds; /* one enterprise may be in the table once for each */
    struct legal_persons owners;
    enum status status;
    struct err *err;
};

/* What each policy of the catalogue means for one enterprise on the day. */
static void match_policies(struct gather *g, const struct store_item *item,
                           const struct score *score)
{
    const struct catalogue *catalogue = g->s->catalogue;
    const struct response *response = item->response;
    const struct applicant *applicant = applicant_new(
        &g->arena, catalogue, response->values, response->submitted_on, g->s->options.on, score);
    struct policy_outcome *outcomes =
        ARENA_ARRAY(&g->arena, struct policy_outcome, catalogue->count);

    (void)policy_batch_put(g->batch, 0, applicant); /* it is here anyway */
    policy_batch_run(g->batch, &applicant, 1, &g->arena, outcomes);
    for (size_t i = 0; i < catalogue->count; i++)
        g->policies[i] =
            (struct stats_policy){.is_eligible = outcomes[i].verdict == VERDICT_ELIGIBLE,
                                  .is_unknown = outcomes[i].verdict == VERDICT_UNKNOWN,
                                  .has_amount = outcomes[i].has_amount,
                                  .amount_vnd = outcomes[i].amount_vnd};
}

static const char *known_or_null(const char *text)
{
    return text && strcmp(text, "unknown") != 0 ? text : NULL;
}

static void add_record(struct gather *g, const struct store_row *row)
{
    char level[16];
    struct stats_record record = {
        .level = row->level,
        .scores = g->scores,
        .policies = g->policies,
        .person = person_of(&g->owners, row, g->has_all_rounds)};

    snprintf(level, sizeof(level), "%d", row->level);
    record.keys[STATS_LEVEL] = row->level == STORE_UNKNOWN ? NULL : level;
    record.keys[STATS_AREA] = row->area;
    record.keys[STATS_SECTION] = row->section;
    record.keys[STATS_SIZE] = known_or_null(row->size_class);
    record.keys[STATS_FORM] = row->form;
    record.keys[STATS_ROUND] = row->round;
    g->scores[0] = row->total_percent;
    for (size_t i = 0; i < row->dimension_count; i++)
        g->scores[1 + i] = row->dimensions[i].percent;
    stats_add(&g->table->stats, &record);
}

static bool take_item(void *context, const struct store_item *item)
{
    struct gather *g = context;
    const struct scorer *scorer = database_scorer(g->db, item->response->questionnaire, g->err);
    struct score score;

    g->table->incomplete += !item->row.is_complete;
    if (!item->row.is_complete && !g->s->options.with_incomplete)
        return true;
    if (!scorer) {
        g->status = g->err->status;
        return false;
    }
    arena_reset(&g->arena);
    score_answers(scorer, item->response->answers, &score);
    match_policies(g, item, &score);
    add_record(g, &item->row);
    if (item->response->submitted_on > g->table->last_on)
        g->table->last_on = item->response->submitted_on;
    return true;
}

static size_t level_count(const struct questionnaire *q)
{
    return q->level_count ? (size_t)q->levels[q->level_count - 1].level + 1 : 1;
}

static enum status fill_table(struct arena *arena, struct database *db, struct policy_batch *batch,
                              struct statistics *s, struct statistics_table *table, struct err *err)
{
    struct gather g = {.s = s,
                       .table = table,
                       .db = db,
                       .batch = batch,
                       .has_all_rounds = groups_by(&s->options, STATS_ROUND),
                       .err = err};
    struct store_filter filter = s->options.filter;
    struct stats_shape shape = {.by_count = s->options.by_count,
                                .scores = 1 + table->q->dimension_count,
                                .levels = level_count(table->q),
                                .policies = s->catalogue->count};
    enum status status;

    memcpy(shape.by, s->options.by, sizeof(shape.by));
    stats_init(&table->stats, arena, &shape);
    table->last_on = DAY_NONE;
    filter.questionnaire = table->q->ref;
    filter.round = table->round;
    arena_init(&g.arena);
    status = legal_persons_load(database_store(db), arena, &g.owners, err);
    if (status == OK)
        status = store_each(database_store(db), &filter, STORE_FACTS | STORE_ANSWERS, take_item, &g,
                            err);
    arena_free(&g.arena);
    if (status == OK)
        status = g.status;
    if (status == OK && table->stats.is_full)
        return err_set(err, LIMIT, "quá %d nhóm; hãy nhóm theo ít khóa hơn hoặc lọc bớt",
                       "more than %d groups; group by fewer keys, or filter", STATS_GROUPS_MAX);
    if (status != OK)
        return status;
    stats_finish(&table->stats);
    if (!s->options.is_internal)
        stats_suppress(&table->stats);
    return OK;
}

static enum status fill_tables(struct arena *arena, struct database *db, struct statistics *s,
                               const struct table_list *list, struct err *err)
{
    struct policy_batch *batch = policy_batch_new(arena, s->catalogue, s->options.on);
    enum status status = OK;

    s->tables = list->tables;
    for (size_t i = 0; i < list->count && status == OK; i++) {
        struct statistics_table *table = &s->tables[s->count];

        *table = list->tables[i];
        status = store_questionnaire(database_store(db), list->refs[i], &table->q, err);
        if (status == OK)
            status = fill_table(arena, db, batch, s, table, err);
        s->count += table->stats.total.count + table->incomplete > 0;
    }
    return status;
}

enum status statistics_make(struct arena *arena, struct workspace *ws, struct database *db,
                            const struct statistics_options *options, struct statistics *out,
                            struct err *err)
{
    struct table_list list = {
        .arena = arena,
        .options = options,
        .tables = ARENA_ARRAY(arena, struct statistics_table, TABLES_MAX),
        .refs = ARENA_ARRAY(arena, const char *, TABLES_MAX),
    };
    enum status status;

    *out = (struct statistics){.options = *options};
    out->catalogue = workspace_catalogue(ws, err);
    if (!out->catalogue)
        return err->status;
    status = store_rounds(database_store(db), add_table, &list, err);
    return status == OK ? fill_tables(arena, db, out, &list, err) : status;
}
