/* The document of stats --json. */
#include "app/policymaking/statistics.h"

static void member_count(struct json_writer *w, const char *key, int64_t count, bool is_hidden)
{
    json_key(w, key);
    if (is_hidden)
        json_null(w);
    else
        json_int(w, count);
}

static void write_levels(struct json_writer *w, const struct statistics_table *table,
                         const struct stats_group *group)
{
    json_key(w, "levels");
    json_begin_array(w);
    for (size_t i = 0; i < table->q->level_count; i++) {
        const struct level_rule *level = &table->q->levels[i];

        json_begin_object(w);
        json_member_int(w, "level", level->level);
        json_member_words(w, "name", level->name);
        member_count(w, "count", (int64_t)group->levels[level->level],
                     group->hides_level[level->level]);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_values(struct json_writer *w, const char *id, const struct stats_values *values)
{
    json_begin_object(w);
    json_member_string(w, "id", id);
    member_count(w, "rated", (int64_t)values->count, values->is_hidden);
    json_member_decimal(w, "mean", values->is_hidden ? RATIO_NONE : stats_mean(values));
    json_member_decimal(w, "median", values->is_hidden ? RATIO_NONE : stats_median(values));
    json_end_object(w);
}

static void write_scores(struct json_writer *w, const struct statistics_table *table,
                         const struct stats_group *group)
{
    json_key(w, "total");
    write_values(w, "total", &group->values[0]);
    json_key(w, "dimensions");
    json_begin_array(w);
    for (size_t i = 0; i < table->q->dimension_count; i++)
        write_values(w, table->q->dimensions[i].id, &group->values[1 + i]);
    json_end_array(w);
}

static void write_policies(struct json_writer *w, const struct statistics *s,
                           const struct stats_group *group)
{
    json_key(w, "policies");
    json_begin_array(w);
    for (size_t i = 0; i < s->catalogue->count; i++) {
        const struct policy *policy = s->catalogue->policies[i];
        const struct stats_eligible *sum = &group->policies[i];

        json_begin_object(w);
        json_member_string(w, "id", policy->id);
        json_member_string(w, "benefit", benefit_code(policy->benefit));
        member_count(w, "eligible", (int64_t)sum->counts[STATS_ELIGIBLE],
                     sum->hides[STATS_ELIGIBLE]);
        member_count(w, "unknown", (int64_t)sum->counts[STATS_UNKNOWN], sum->hides[STATS_UNKNOWN]);
        member_count(w, "amount_vnd", sum->amount.sum,
                     sum->hides_amount || (!sum->amount.n && sum->counts[STATS_ELIGIBLE]));
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_group(struct json_writer *w, const struct statistics *s,
                        const struct statistics_table *table, const struct stats_group *group)
{
    json_member_bool(w, "hidden", group->is_hidden);
    member_count(w, "count", (int64_t)group->count, group->is_hidden);
    member_count(w, "unrated", (int64_t)group->unrated, group->hides_unrated || group->is_hidden);
    write_levels(w, table, group);
    write_scores(w, table, group);
    write_policies(w, s, group);
}

static void write_keys(struct json_writer *w, const struct statistics *s,
                       const struct statistics_table *table, const struct stats_group *group,
                       struct arena *arena)
{
    json_key(w, "keys");
    json_begin_object(w);
    for (size_t i = 0; i < s->options.by_count; i++)
        json_member_string(w, stats_key_code(s->options.by[i]), group->keys[i]);
    json_end_object(w);
    json_key(w, "names");
    json_begin_object(w);
    for (size_t i = 0; i < s->options.by_count; i++) {
        enum stats_key key = s->options.by[i];
        struct words name;

        for (int lang = 0; lang < LANG__MAX; lang++)
            name.in[lang] =
                statistics_key_name(s, table, key, group->keys[i], (enum lang)lang, arena);
        json_member_words(w, stats_key_code(key), name);
    }
    json_end_object(w);
}

static void write_table(struct json_writer *w, const struct statistics *s,
                        const struct statistics_table *table, struct arena *arena)
{
    json_begin_object(w);
    json_member_string(w, "questionnaire", table->q->ref);
    json_member_string(w, "round", table->round);
    json_member_int(w, "incomplete", (int64_t)table->incomplete);
    json_member_words(w, "summary",
                      (struct words){{statistics_summary(s, table, LANG_VI, arena),
                                      statistics_summary(s, table, LANG_EN, arena)}});
    json_key(w, "all");
    json_begin_object(w);
    write_group(w, s, table, &table->stats.total);
    json_end_object(w);
    json_key(w, "groups");
    json_begin_array(w);
    for (size_t i = 0; i < table->stats.count; i++) {
        json_begin_object(w);
        write_keys(w, s, table, &table->stats.groups[i], arena);
        write_group(w, s, table, &table->stats.groups[i]);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

void statistics_write(struct json_writer *w, const struct statistics *s, struct arena *arena)
{
    json_begin_object(w);
    json_member_day(w, "on", s->options.on);
    json_key(w, "by");
    json_begin_array(w);
    for (size_t i = 0; i < s->options.by_count; i++)
        json_string(w, stats_key_code(s->options.by[i]));
    json_end_array(w);
    json_member_bool(w, "internal", s->options.is_internal);
    json_member_bool(w, "with_incomplete", s->options.with_incomplete);
    json_member_int(w, "group_min", STATS_GROUP_MIN);
    json_key(w, "tables");
    json_begin_array(w);
    for (size_t i = 0; i < s->count; i++)
        write_table(w, s, &s->tables[i], arena);
    json_end_array(w);
    json_end_object(w);
}
