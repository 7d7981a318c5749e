/* dxready stats: aggregates for policymakers; what could give somebody away is hidden. */
#include "cli/cli.h"

#include <string.h>

#include "app/policymaking/statistics.h"
#include "base/json_write.h"
#include "base/text.h"

#define HIDDEN "×"
#define NAME_CHARS_MAX 34
#define POLICY_CHARS_MAX 60

struct stats_print {
    struct cli *cli;
    const struct statistics *s;
    const struct statistics_table *table;
    struct buf *out;
    bool has_hidden;
};

/* ---- options ---- */

static enum status parse_key(const char *text, size_t len, struct statistics_options *options,
                             struct cli *cli, struct err *err)
{
    const char *code = arena_strndup(&cli->arena, text, len);
    enum stats_key key;

    if (!stats_key_parse(code, &key))
        return err_set(err, BAD_USAGE,
                       "--by: không nhóm theo '%s' được; hãy chọn trong area, section, size, "
                       "level, form, round",
                       "--by: cannot group by '%s'; choose of area, section, size, level, form, "
                       "round",
                       code);
    for (size_t i = 0; i < options->by_count; i++) {
        if (options->by[i] == key)
            return err_set(err, BAD_USAGE, "--by: '%s' được nêu hai lần",
                           "--by: '%s' is named twice", code);
    }
    options->by[options->by_count++] = key;
    return OK;
}

static enum status parse_by(struct cli *cli, struct statistics_options *options, struct err *err)
{
    const char *text = cli->values[OPTION_BY];
    enum status status = OK;

    while (text && status == OK) {
        size_t len = strcspn(text, ",");

        status = parse_key(text, len, options, cli, err);
        text = text[len] ? text + len + 1 : NULL;
    }
    return status;
}

/* ---- tables ---- */

static const char *count_text(struct stats_print *p, size_t count, bool is_hidden)
{
    p->has_hidden |= is_hidden;
    return is_hidden ? HIDDEN : cli_count_text(p->cli, (int64_t)count);
}

static void put_key_heads(struct stats_print *p, struct table *table)
{
    static const char *const heads[STATS_KEY__MAX][LANG__MAX] = {
        [STATS_AREA] = {"Địa bàn", "Area"},   [STATS_SECTION] = {"Ngành", "Section"},
        [STATS_SIZE] = {"Quy mô", "Size"},    [STATS_LEVEL] = {"Mức", "Level"},
        [STATS_FORM] = {"Loại hình", "Form"}, [STATS_ROUND] = {"Đợt", "Round"},
    };

    for (size_t i = 0; i < p->s->options.by_count; i++)
        table_cell(table, heads[p->s->options.by[i]][p->cli->lang]);
    if (!p->s->options.by_count)
        table_cell(table, "");
}

static void put_keys(struct stats_print *p, struct table *table, const struct stats_group *group)
{
    struct arena *arena = &p->cli->arena;
    size_t by = p->s->options.by_count;
    bool is_total = group == &p->table->stats.total;

    if (is_total)
        table_cell(table, cli_say(p->cli, "Tất cả", "All"));
    for (size_t i = is_total; i < by; i++)
        table_cell(table,
                   is_total ? ""
                            : cli_cut_text(arena,
                                           statistics_key_name(p->s, p->table, p->s->options.by[i],
                                                               group->keys[i], p->cli->lang, arena),
                                           NAME_CHARS_MAX));
}

/* One letter per column: the keys, then so many numbers. */
static const char *alignment(struct stats_print *p, size_t words, size_t numbers)
{
    size_t keys = p->s->options.by_count ? p->s->options.by_count : 1;
    char *text = ARENA_ARRAY(&p->cli->arena, char, keys + words + numbers + 1);

    memset(text, 'l', keys + words);
    memset(text + keys + words, 'r', numbers);
    return text;
}

/* Groups of which nothing is shown take one row together. */
static void put_hidden(struct stats_print *p, struct table *table)
{
    const struct stats *stats = &p->table->stats;
    size_t hidden = 0;

    for (size_t i = 0; i < stats->count; i++)
        hidden += stats->groups[i].is_hidden;
    if (!hidden)
        return;
    p->has_hidden = true;
    table_cell(table, text_printf(&p->cli->arena, p->cli->lang, "%zu nhóm khác", "%zu other groups",
                                  hidden));
    for (size_t i = 1; i < table->columns; i++)
        table_cell(table, i < p->s->options.by_count ? "" : HIDDEN);
}

/* Every group, then the total. */
static void put_rows(struct stats_print *p, struct table *table,
                     void (*put)(struct stats_print *p, struct table *table,
                                 const struct stats_group *group))
{
    const struct stats *stats = &p->table->stats;

    for (size_t i = 0; i < stats->count; i++) {
        if (!stats->groups[i].is_hidden)
            put(p, table, &stats->groups[i]);
    }
    put_hidden(p, table);
    put(p, table, &stats->total);
    table_print(table, p->out);
}

static void put_levels(struct stats_print *p, struct table *table, const struct stats_group *group)
{
    const struct questionnaire *q = p->table->q;

    put_keys(p, table, group);
    table_cell(table, count_text(p, group->count, group->is_hidden));
    for (size_t i = 0; i < q->level_count; i++)
        table_cell(table, count_text(p, group->levels[q->levels[i].level],
                                     group->hides_level[q->levels[i].level]));
    if (p->table->stats.total.unrated)
        table_cell(table, count_text(p, group->unrated, group->hides_unrated));
}

static void print_levels(struct stats_print *p)
{
    const struct questionnaire *q = p->table->q;
    bool has_unrated = p->table->stats.total.unrated > 0;
    struct table table;

    buf_printf(p->out, "\n%s\n", cli_say(p->cli, "Số đơn vị theo mức", "Enterprises by level"));
    table_init(&table, &p->cli->arena, alignment(p, 0, 1 + q->level_count + has_unrated));
    put_key_heads(p, &table);
    table_cell(&table, cli_say(p->cli, "Số đơn vị", "Count"));
    for (size_t i = 0; i < q->level_count; i++)
        table_cell(&table, arena_printf(&p->cli->arena, "%s %d", cli_say(p->cli, "Mức", "Level"),
                                        q->levels[i].level));
    if (has_unrated)
        table_cell(&table, cli_say(p->cli, "Chưa xếp", "Not rated"));
    put_rows(p, &table, put_levels);
    for (size_t i = 0; i < q->level_count; i++)
        buf_printf(p->out, "%s%s %d: %s", i ? "; " : "  ", cli_say(p->cli, "mức", "level"),
                   q->levels[i].level, q->levels[i].name.in[p->cli->lang]);
    buf_putc(p->out, '\n');
}

static const char *mean_and_median(struct stats_print *p, const struct stats_values *values)
{
    struct arena *arena = &p->cli->arena;

    p->has_hidden |= values->is_hidden;
    if (values->is_hidden)
        return HIDDEN;
    if (!values->count)
        return "–";
    return arena_printf(arena, "%s (%s)", cli_number_text(p->cli, arena, stats_mean(values), 1),
                        cli_number_text(p->cli, arena, stats_median(values), 1));
}

static void put_scores(struct stats_print *p, struct table *table, const struct stats_group *group)
{
    put_keys(p, table, group);
    for (size_t i = 0; i < p->table->stats.shape.scores; i++)
        table_cell(table, mean_and_median(p, &group->values[i]));
}

static void print_scores(struct stats_print *p)
{
    const struct questionnaire *q = p->table->q;
    struct table table;

    buf_printf(p->out, "\n%s\n",
               cli_say(p->cli, "Điểm trung bình (trung vị), %", "Mean score (median), %"));
    table_init(&table, &p->cli->arena, alignment(p, 0, 1 + q->dimension_count));
    put_key_heads(p, &table);
    table_cell(&table, cli_say(p->cli, "Tổng hợp", "Total"));
    for (size_t i = 0; i < q->dimension_count; i++)
        table_cell(&table, q->dimensions[i].short_name.in[p->cli->lang]);
    put_rows(p, &table, put_scores);
}

static const char *amount_text(struct stats_print *p, const struct policy *policy,
                               const struct stats_eligible *sum)
{
    if (!policy->amount)
        return "–";
    p->has_hidden |= sum->hides_amount;
    if (sum->hides_amount)
        return HIDDEN;
    return sum->amount.n ? cli_money_text(p->cli, sum->amount.sum) : "–";
}

/* People see the policies that somebody is certainly eligible for; none of the others says more
 * than its row in --json, whether it is nobody's or not published. */
static bool is_shown(const struct stats_eligible *sum)
{
    return sum->counts[STATS_ELIGIBLE] && !sum->hides[STATS_ELIGIBLE];
}

static void put_policies(struct stats_print *p, struct table *table,
                         const struct stats_group *group)
{
    for (size_t i = 0; i < p->s->catalogue->count; i++) {
        const struct policy *policy = p->s->catalogue->policies[i];
        const struct stats_eligible *sum = &group->policies[i];

        if (!is_shown(sum))
            continue;
        put_keys(p, table, group);
        table_cell(table, policy->id);
        table_cell(table,
                   cli_cut_text(&p->cli->arena, policy->name.in[p->cli->lang], POLICY_CHARS_MAX));
        table_cell(table, benefit_words(policy->benefit).in[p->cli->lang]);
        table_cell(table, count_text(p, sum->counts[STATS_ELIGIBLE], sum->hides[STATS_ELIGIBLE]));
        table_cell(table, count_text(p, sum->counts[STATS_UNKNOWN], sum->hides[STATS_UNKNOWN]));
        table_cell(table, amount_text(p, policy, sum));
    }
}

static size_t count_not_shown(const struct stats_print *p)
{
    size_t count = 0;

    for (size_t i = 0; i < p->s->catalogue->count; i++)
        count += !is_shown(&p->table->stats.total.policies[i]);
    return count;
}

static void print_policies(struct stats_print *p)
{
    struct table table;

    buf_puts(p->out, text_printf(&p->cli->arena, p->cli->lang,
                                 "\nChính sách hỗ trợ, xét theo quy định ngày %s (số tiền tính "
                                 "theo kế hoạch chi đã nêu)\n",
                                 "\nSupport policies by the rules of %s (amounts by the plans "
                                 "that were stated)\n",
                                 cli_day_text(p->cli, p->s->options.on)));
    table_init(&table, &p->cli->arena, alignment(p, 3, 3));
    put_key_heads(p, &table);
    table_cell(&table, cli_say(p->cli, "Chính sách", "Policy"));
    table_cell(&table, cli_say(p->cli, "Tên", "Name"));
    table_cell(&table, cli_say(p->cli, "Loại hỗ trợ", "Benefit"));
    table_cell(&table, cli_say(p->cli, "Đủ điều kiện", "Eligible"));
    table_cell(&table, cli_say(p->cli, "Chưa kết luận", "Unknown"));
    table_cell(&table, cli_say(p->cli, "Tổng số tiền", "Amount"));
    put_rows(p, &table, put_policies);
    buf_puts(p->out,
             text_printf(&p->cli->arena, p->cli->lang,
                         "  Còn %zu chính sách chưa rõ có đơn vị nào đủ điều kiện (xem --json).\n",
                         "  %zu more policies of which this cannot be said (see --json).\n",
                         count_not_shown(p)));
}

static void print_statistics_table(struct stats_print *p)
{
    const struct statistics_table *table = p->table;

    buf_printf(p->out, "%s (%s)%s%s\n%s\n", table->q->title.in[p->cli->lang], table->q->ref,
               table->round ? cli_say(p->cli, ", đợt ", ", round ") : "",
               table->round ? table->round : "",
               statistics_summary(p->s, table, p->cli->lang, &p->cli->arena));
    if (table->stats.total.is_hidden)
        return;
    print_levels(p);
    print_scores(p);
    print_policies(p);
}

static void print_all(struct cli *cli, const struct statistics *s, struct buf *out)
{
    struct stats_print p = {.cli = cli, .s = s, .out = out};

    if (!s->count)
        buf_puts(out, cli_say(cli, "Không có đánh giá nào.\n", "There are no assessments.\n"));
    for (size_t i = 0; i < s->count; i++) {
        p.table = &s->tables[i];
        if (i)
            buf_putc(out, '\n');
        print_statistics_table(&p);
    }
    if (p.has_hidden)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "\n%s: không công bố (dưới %d đơn vị, hoặc sẽ làm lộ số của nhóm "
                                  "dưới %d đơn vị).\n",
                                  "\n%s: not published (fewer than %d enterprises, or it would "
                                  "give away a group of fewer than %d).\n",
                                  HIDDEN, STATS_GROUP_MIN, STATS_GROUP_MIN));
}

enum status cmd_stats(struct cli *cli, struct err *err)
{
    struct statistics_options options = {.is_internal = cli_has(cli, OPTION_INTERNAL),
                                         .with_incomplete = cli_has(cli, OPTION_INCOMPLETE)};
    struct statistics statistics;
    struct database *db = NULL;
    struct json_writer w;
    struct buf out;
    enum status status = parse_by(cli, &options, err);

    if (status == OK)
        status = cli_on(cli, &options.on, err);
    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = cli_filter(cli, db, &options.filter, err);
    if (status == OK)
        status = statistics_make(&cli->arena, cli->workspace, db, &options, &statistics, err);
    if (status == OK) {
        buf_init(&out, BUF_MAX_DEFAULT);
        json_writer_init(&w, &out);
        if (cli_has(cli, OPTION_JSON))
            statistics_write(&w, &statistics, &cli->arena);
        else
            print_all(cli, &statistics, &out);
        status = cli_finish(&out, err);
    }
    database_close(db);
    return status;
}
