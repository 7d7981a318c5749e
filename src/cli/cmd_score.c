/* dxready score, match, rule: one response or rule, nothing stored. */
#include "cli/cli.h"

#include <string.h>

#include "app/evaluation.h"
#include "base/text.h"
#include "policy/combine.h"
#include "policy/reasons.h"
#include "policy/terms.h"

/* Fewer policies of a family stand on their own. */
#define FAMILY_MIN 3

static void print_dimensions(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    const struct questionnaire *q = a->response->questionnaire;
    struct table table;

    table_init(&table, &cli->arena, "lrrrrr");
    table_cell(&table, cli_say(cli, "Trụ cột", "Dimension"));
    table_cell(&table, cli_say(cli, "Điểm", "Points"));
    table_cell(&table, cli_say(cli, "Tối đa", "Max"));
    table_cell(&table, "%");
    table_cell(&table, cli_say(cli, "Mức", "Level"));
    table_cell(&table, cli_say(cli, "Trả lời %", "Answered %"));
    for (size_t d = 0; d < q->dimension_count; d++) {
        const struct score_part *part = &a->score.dimensions[d];

        if (!part->asked) /* it only asks, or all of it is hidden */
            continue;
        table_cell(&table, q->dimensions[d].name.in[cli->lang]);
        table_cell(&table, cli_number_text(cli, &cli->arena, score_points(&a->score, part), 2));
        table_cell(&table, cli_number_text(cli, &cli->arena, score_max(&a->score, part), 2));
        table_cell(&table, cli_number_text(cli, &cli->arena, score_percent(part), 2));
        table_cell(&table,
                   cli_level_text(cli, q->dimension_level_count ? score_part_level(&a->score, part)
                                                                : LEVEL_NONE));
        table_cell(&table, cli_number_text(cli, &cli->arena, score_coverage(part), 0));
    }
    table_print(&table, out);
}

static void print_notes(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    for (size_t i = 0; i < a->note_count; i++)
        buf_printf(out, "• %s\n", a->notes[i].text.in[cli->lang]);
    for (size_t i = 0; i < a->flag_count; i++)
        buf_printf(out, "⚑ %s %s\n", cli_say(cli, "Cần xem lại:", "To be looked at:"),
                   a->flags[i].text.in[cli->lang]);
}

void cli_print_score(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    buf_printf(out, "%s\n%s\n\n", a->response->questionnaire->title.in[cli->lang],
               evaluation_sentence(a, cli->lang, &cli->arena));
    if (a->score.total.asked) {
        print_dimensions(cli, a, out);
        buf_puts(out, a->note_count || a->flag_count ? "\n" : "");
    }
    print_notes(cli, a, out);
}

static void print_ledger(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    const struct questionnaire *q = a->response->questionnaire;
    struct score_line *lines = ARENA_ARRAY(&cli->arena, struct score_line, q->question_count);
    struct table table;

    score_ledger(&a->score, a->response->answers, lines);
    table_init(&table, &cli->arena, "llrrr");
    table_cell(&table, cli_say(cli, "Câu", "Question"));
    table_cell(&table, cli_say(cli, "Nội dung", "Topic"));
    table_cell(&table, cli_say(cli, "Điểm", "Points"));
    table_cell(&table, cli_say(cli, "Tối đa", "Max"));
    table_cell(&table, cli_say(cli, "Góp vào tổng %", "Of the total %"));
    for (size_t i = 0; i < q->question_count; i++) {
        if (!lines[i].counts)
            continue;
        table_cell(&table, q->questions[i].id);
        table_cell(&table, q->questions[i].label.in[cli->lang]);
        table_cell(&table, cli_number_text(cli, &cli->arena, lines[i].points, 2));
        table_cell(&table, cli_number_text(cli, &cli->arena, lines[i].max, 2));
        table_cell(&table, cli_number_text(cli, &cli->arena,
                                           ratio_mul(lines[i].contribution, ratio_of(100)), 4));
    }
    buf_putc(out, '\n');
    table_print(&table, out);
}

enum status cmd_score(struct cli *cli, struct err *err)
{
    struct evaluation *a = ARENA_NEW(&cli->arena, struct evaluation);
    enum status status = cli_evaluate(cli, false, a, err);
    struct json_writer w;
    struct buf out;

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    if (cli_has(cli, OPTION_JSON)) {
        json_writer_init(&w, &out);
        evaluation_write_score(&w, a, cli_has(cli, OPTION_LEDGER), &cli->arena);
        return cli_finish(&out, err);
    }
    cli_print_score(cli, a, &out);
    if (cli_has(cli, OPTION_LEDGER))
        print_ledger(cli, a, &out);
    return cli_finish(&out, err);
}

/* ---- match ---- */

static const char *amount_text(struct cli *cli, const struct evaluation *a,
                               const struct policy_match *match)
{
    struct policy_terms terms;

    if (match->has_amount)
        return cli_money_text(cli, match->amount_vnd);
    if (match->has_range && match->low_vnd == match->high_vnd)
        return cli_money_text(cli, match->low_vnd);
    if (match->has_range)
        return text_printf(&cli->arena, cli->lang, "%s đến %s", "%s to %s",
                           cli_money_text(cli, match->low_vnd),
                           cli_money_text(cli, match->high_vnd));
    if (!match->policy->amount)
        return "–";
    policy_terms_find(a->applicant, match->policy, &cli->arena, &terms);
    return terms.count ? policy_terms_case_words(&terms, match->policy, a->applicant, cli->lang,
                                                 &cli->arena)
                       : cli_say(cli, "chưa tính được", "not known yet");
}

static void print_coming(struct cli *cli, const struct policy_match *match, struct buf *out)
{
    buf_puts(out, text_printf(&cli->arena, cli->lang, "    ✗ sắp có hiệu lực: từ ngày %s\n",
                              "    ✗ coming: in force from %s\n",
                              cli_day_text(cli, match->policy->from)));
}

/* Of a family only what all its members have in common is told: what is open may be of one alone.
 */
static bool is_told(const struct policy_match *match, enum truth truth, bool is_family)
{
    return truth == TRUTH_FALSE ||
           (truth == TRUTH_UNKNOWN && !(is_family && match->verdict == VERDICT_NOT_ELIGIBLE));
}

static void print_failed_conditions(struct cli *cli, const struct evaluation *a,
                                    const struct policy_match *match, bool is_family,
                                    struct buf *out)
{
    if (match->is_coming)
        print_coming(cli, match, out);
    else if (!match->is_in_force)
        buf_puts(out, cli_say(cli, "    ✗ đã hết hiệu lực\n", "    ✗ no longer in force\n"));
    for (size_t i = 0; i < match->policy->condition_count; i++) {
        const struct condition_result *result = &match->conditions[i];

        if (!is_told(match, result->truth, is_family))
            continue;
        buf_printf(out, "    %s %s", result->truth == TRUTH_FALSE ? "✗" : "?",
                   condition_words(a->applicant, match->policy, result->condition, cli->lang,
                                   &cli->arena));
        if (result->condition->legal)
            buf_printf(
                out, " – %s",
                policy_citation(match->policy, result->condition->legal, cli->lang, &cli->arena));
        buf_putc(out, '\n');
    }
}

static void print_missing(struct cli *cli, const struct evaluation *a,
                          const struct policy_match *match, struct buf *out)
{
    const struct facts *facts = a->applicant->catalogue->facts;

    for (size_t i = 0; i < match->missing_count; i++)
        buf_printf(out, "%s%s", i ? "; " : cli_say(cli, "    cần biết: ", "    needed: "),
                   facts->items[match->missing[i]].label.in[cli->lang]);
    if (match->missing_count)
        buf_putc(out, '\n');
}

/* How sure the content is, and what it was compared with: for those who check it. */
static void print_certainty(struct cli *cli, const struct policy *policy, struct buf *out)
{
    const char *readings = policy_readings_words(policy, cli->lang, &cli->arena);
    const char *note = policy->certainty_note.in[cli->lang];

    if (readings)
        buf_printf(out, "    %s: %s\n", cli_say(cli, "đã đọc", "read"), readings);
    if (note)
        buf_printf(out, "    %s: %s\n", cli_say(cli, "lưu ý", "note"), note);
}

static void print_policy(struct cli *cli, const struct evaluation *a,
                         const struct policy_match *match, struct buf *out)
{
    const struct policy *policy = match->policy;

    buf_printf(out, "  %s  %s (%s; %s)\n", policy->id, policy->name.in[cli->lang],
               policy_citation(policy, policy->article, cli->lang, &cli->arena),
               certainty_words(policy->certainty).in[cli->lang]);
    if (match->verdict != VERDICT_NOT_ELIGIBLE)
        buf_printf(out, "    %s: %s%s%s\n", benefit_words(policy->benefit).in[cli->lang],
                   amount_text(cli, a, match), policy->open == OPEN_YES ? "" : "; ",
                   policy->open == OPEN_YES ? "" : openness_words(policy->open).in[cli->lang]);
    print_failed_conditions(cli, a, match, false, out);
    print_missing(cli, a, match, out);
    if (match->verdict != VERDICT_NOT_ELIGIBLE)
        print_certainty(cli, policy, out);
    if (match->better_size >= 0)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "    theo tiêu chí có lợi hơn (quy mô %s, Thông tư "
                                  "06/2022/TT-BKHĐT Điều 3 khoản 2): %s\n",
                                  "    by the more favourable criterion (%s, Circular "
                                  "06/2022/TT-BKHĐT, article 3(2)): %s\n",
                                  size_words((enum size_class)match->better_size).in[cli->lang],
                                  match->better_amount_vnd >= 0
                                      ? cli_money_text(cli, match->better_amount_vnd)
                                      : cli_say(cli, "đủ điều kiện", "eligible")));
}

/* Of one family, and refused or waiting for the same reasons: they are one entry. */
static bool is_like(const struct policy_match *a, const struct policy_match *b)
{
    return a->verdict == b->verdict && a->verdict != VERDICT_ELIGIBLE && a->policy->family &&
           b->policy->family && strcmp(a->policy->family, b->policy->family) == 0 &&
           match_has_same_reasons(a, b);
}

/* How many of the match are like the one at `at`, and the first of them. */
static size_t count_like(const struct match *match, size_t at, size_t *first)
{
    size_t count = 0;

    *first = at;
    for (size_t i = match->count; i-- > 0;) {
        if (!is_like(&match->policies[at], &match->policies[i]))
            continue;
        *first = i;
        count++;
    }
    return count;
}

/* "Support for innovative start-ups: 19 policies", their ids, and why. */
static void print_family(struct cli *cli, const struct evaluation *a, size_t first, size_t count,
                         struct buf *out)
{
    const struct match *match = a->match;
    const struct policy_match *one = &match->policies[first];
    const struct family *family =
        families_find(a->applicant->catalogue->families, one->policy->family);
    size_t told = 0;

    buf_puts(out, text_printf(&cli->arena, cli->lang, "  %s: %zu chính sách\n    ",
                              "  %s: %zu policies\n    ", family->name.in[cli->lang], count));
    for (size_t i = first; i < match->count; i++) {
        if (is_like(one, &match->policies[i]))
            buf_printf(out, "%s%s", told++ ? ", " : "", match->policies[i].policy->id);
    }
    buf_putc(out, '\n');
    print_failed_conditions(cli, a, one, true, out);
}

static void print_verdict(struct cli *cli, const struct evaluation *a, enum verdict verdict,
                          struct buf *out)
{
    bool is_first = true;

    for (size_t i = 0; i < a->match->count; i++) {
        size_t count, first;

        if (a->match->policies[i].verdict != verdict)
            continue;
        if (is_first)
            buf_printf(out, "\n%s\n", verdict_words(verdict).in[cli->lang]);
        is_first = false;
        count = count_like(a->match, i, &first);
        if (count < FAMILY_MIN)
            print_policy(cli, a, &a->match->policies[i], out);
        else if (first == i)
            print_family(cli, a, i, count, out);
    }
}

static const char *size_text(struct cli *cli, size_set set)
{
    int only = size_only(set);

    if (!set)
        return cli_say(cli, "không áp dụng", "not applicable");
    return only < 0 ? cli_say(cli, "chưa xác định", "unknown")
                    : size_words((enum size_class)only).in[cli->lang];
}

/* Of policies that exclude each other: which to take, and why. */
static void print_combination(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    const struct combination *best = combine(a->match, &cli->arena);

    buf_puts(out,
             text_printf(&cli->arena, cli->lang,
                         "\nTổ hợp được phép có lợi nhất: %s, thêm %s nếu các chương trình còn "
                         "nhận hồ sơ; chưa kể %zu khoản chưa tính được và các khoản vay, bảo "
                         "lãnh\n",
                         "\nBest allowed combination: %s, and %s more if the programmes still "
                         "take applications; besides %zu amounts not known yet and loans and "
                         "guarantees\n",
                         cli_money_text(cli, best->promised_vnd),
                         cli_money_text(cli, best->given_vnd - best->promised_vnd), best->open));
    for (size_t i = 0; i < best->count; i++) {
        const struct combined_policy *one = &best->policies[i];

        /* as long as neither amount is known, the choice is still open */
        if (one->is_chosen || !one->instead ||
            (!one->match->has_amount && !one->instead->has_amount))
            continue;
        buf_puts(out,
                 text_printf(&cli->arena, cli->lang, "  không lấy %s (%s) vì lấy %s (%s): %s\n",
                             "  not %s (%s) because of %s (%s): %s\n", one->match->policy->id,
                             amount_text(cli, a, one->match), one->instead->policy->id,
                             amount_text(cli, a, one->instead),
                             exclusion_words(one->code).in[cli->lang]));
    }
}

void cli_print_match(struct cli *cli, const struct evaluation *a, struct buf *out)
{
    const struct size_result *size = &a->applicant->size;

    buf_puts(out,
             text_printf(&cli->arena, cli->lang,
                         "Xét theo quy định ngày %s. Quy mô: %s (theo doanh thu: %s; theo nguồn "
                         "vốn: %s).\n",
                         "By the rules of %s. Size class: %s (by revenue: %s; by capital: %s).\n",
                         cli_day_text(cli, a->on), size_text(cli, size->possible),
                         size_text(cli, size->by_revenue), size_text(cli, size->by_capital)));
    print_verdict(cli, a, VERDICT_ELIGIBLE, out);
    print_combination(cli, a, out);
    print_verdict(cli, a, VERDICT_UNKNOWN, out);
    print_verdict(cli, a, VERDICT_NOT_ELIGIBLE, out);
}

static enum status match_response(struct cli *cli, struct err *err)
{
    struct evaluation *a = ARENA_NEW(&cli->arena, struct evaluation);
    enum status status = cli_refuse_options(cli, CHOOSING_OPTIONS, err);
    struct json_writer w;
    struct buf out;

    if (status == OK)
        status = cli_evaluate(cli, true, a, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    if (cli_has(cli, OPTION_JSON)) {
        json_writer_init(&w, &out);
        evaluation_write_match(&w, a, &cli->arena);
    } else {
        cli_print_match(cli, a, &out);
    }
    return cli_finish(&out, err);
}

enum status cmd_match(struct cli *cli, struct err *err)
{
    if (cli_has(cli, OPTION_ALL) == (cli->arg_count > 0))
        return err_set(err, BAD_USAGE,
                       "hãy nêu một phiếu trả lời, hoặc --all cho mọi đánh giá đã lưu",
                       "name a response, or say --all for everybody stored: one of the two");
    return cli_has(cli, OPTION_ALL) ? cli_match_all(cli, err) : match_response(cli, err);
}

/* ---- rule ---- */

static void write_rule_result(struct json_writer *w, const struct rule_result *result)
{
    static const char *const verdicts[] = {
        [TRUTH_FALSE] = "false", [TRUTH_TRUE] = "true", [TRUTH_UNKNOWN] = "unknown"};

    json_begin_object(w);
    json_member_string(w, "verdict", verdicts[result->truth]);
    json_key(w, "value");
    value_write(w, &result->value);
    json_key(w, "missing");
    json_begin_array(w);
    for (size_t i = 0; i < result->missing_count; i++)
        json_string(w, result->missing[i]);
    json_end_array(w);
    if (result->reason.in[LANG_VI])
        json_member_words(w, "reason", result->reason);
    json_end_object(w);
}

enum status cmd_rule(struct cli *cli, struct err *err)
{
    const struct json *rule_json = json_load(&cli->arena, cli->args[0], &cli->faults);
    const struct json *facts = json_load(&cli->arena, cli->args[1], &cli->faults);
    struct rule_result *result = ARENA_NEW(&cli->arena, struct rule_result);
    const struct rule_node *rule = NULL;
    struct json_writer w;
    struct value root;
    struct buf out;

    if (rule_json)
        rule = rule_compile(&cli->arena, rule_json, NULL, &cli->faults);
    if (!rule || !facts)
        return cli_refuse(cli, err);
    root = value_of_json(&cli->arena, facts);
    rule_eval(rule, &(struct rule_data){.root = &root}, &cli->arena, result);
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    write_rule_result(&w, result);
    return cli_finish(&out, err);
}
