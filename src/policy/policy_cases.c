/* The cases that a policy carries, as a table that a lawyer reads. */
#include "policy/match.h"

#include "base/text.h"

struct case_table {
    const struct facts *facts;
    enum lang lang;
    struct arena *arena;
};

/* A bar would end the cell of a Markdown table. */
static void put_cell(struct buf *out, const char *text)
{
    buf_putc(out, ' ');
    for (const char *at = text ? text : ""; *at; at++) {
        if (*at == '|')
            buf_putc(out, '\\');
        buf_putc(out, *at);
    }
    buf_puts(out, " |");
}

static const char *facts_words(const struct case_table *t, const struct value *values, day on)
{
    const char *text = "";

    for (size_t i = 0; i < t->facts->count; i++) {
        if (values[i].kind == VALUE_UNKNOWN)
            continue;
        text = arena_printf(t->arena, "%s%s%s: %s", text, *text ? "; " : "",
                            t->facts->items[i].label.in[t->lang],
                            fact_print(t->facts, i, &values[i], on, t->lang, t->arena));
    }
    return text;
}

static void put_case(const struct case_table *t, const struct policy_test *test,
                     const struct value *values, struct buf *out)
{
    buf_putc(out, '|');
    put_cell(out, text_of_day(t->arena, test->on));
    put_cell(out, facts_words(t, values, test->on));
    put_cell(out, verdict_words(test->verdict).in[t->lang]);
    put_cell(out, test->has_amount ? text_of_money(t->arena, test->amount_vnd, t->lang) : "–");
    put_cell(out, test->note.in[t->lang]);
    buf_putc(out, '\n');
}

void policy_print_cases(const struct catalogue *catalogue, const struct policy *policy,
                        enum lang lang, struct arena *arena, struct buf *out)
{
    const struct case_table t = {catalogue->facts, lang, arena};
    struct faults faults; /* policy_run_tests() has told them */

    buf_printf(out, "## %s\n\n%s\n\n", policy->name.in[lang],
               policy_citation(policy, policy->article, lang, arena));
    buf_puts(out, lang == LANG_VI ? "| Ngày | Dữ kiện | Kết quả | Số tiền | Căn cứ |\n"
                                  : "| Day | Facts | Verdict | Amount | Ground |\n");
    buf_puts(out, "|---|---|---|---:|---|\n");
    faults_init(&faults, arena);
    for (size_t i = 0; i < policy->test_count; i++) {
        struct value *values = ARENA_ARRAY(arena, struct value, catalogue->facts->count);

        policy_test_facts(catalogue->facts, &policy->tests[i], values, arena, &faults);
        put_case(&t, &policy->tests[i], values, out);
    }
    buf_putc(out, '\n');
}
