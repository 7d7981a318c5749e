/* dxready plan: the cheapest set of improvements that reaches a level. */
#include "cli/cli.h"

#include "app/assess.h"
#include "base/array.h"
#include "base/text.h"

static const char *effort_text(struct cli *cli, struct ratio effort)
{
    return text_of_number_short(&cli->arena, effort, 2, cli->lang);
}

static void print_steps(struct cli *cli, const struct assessment *a, const struct plan *plan,
                        struct buf *out)
{
    static const char *const heads[][LANG__MAX] = {{"Câu", "Question"},
                                                   {"Việc cần làm", "What to do"},
                                                   {"Từ", "From"},
                                                   {"Đến", "To"},
                                                   {"Công sức", "Effort"}};
    const struct questionnaire *q = a->response->questionnaire;
    struct table table;

    table_init(&table, &cli->arena, "llrrr");
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(&table, heads[i][cli->lang]);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        const struct question *question = &q->questions[step->question];
        const char *from = plan_step_from(a, step, &cli->arena);
        const char *action = question->action.in[cli->lang];

        table_cell(&table, question->id);
        table_cell(&table, step->row != MAP_NONE ? question->rows[step->row].text.in[cli->lang]
                           : action              ? action
                                                 : question->label.in[cli->lang]);
        table_cell(&table, from ? from : "–");
        table_cell(&table, plan_step_to(a, step, &cli->arena));
        table_cell(&table, effort_text(cli, step->effort));
    }
    table_print(&table, out);
}

static void print_plan(struct cli *cli, const struct assessment *a, const struct plan *plan,
                       struct buf *out)
{
    if (!plan->count) {
        buf_puts(out, text_printf(&cli->arena, cli->lang, "Đã đạt mức %d.\n",
                                  "Level %d is reached already.\n", plan->to));
        return;
    }
    buf_puts(out,
             text_printf(&cli->arena, cli->lang,
                         "Từ mức %d lên mức %d cần ít nhất %s đơn vị công sức, ở %zu việc:\n\n",
                         "From level %d to level %d takes at least %s units of effort, in %zu "
                         "steps:\n\n",
                         plan->from, plan->to, effort_text(cli, plan->effort), plan->count));
    print_steps(cli, a, plan, out);
}

/* --level, or the next one; at the top the level itself, whose plan is empty. */
static enum status wanted_level(struct cli *cli, const struct assessment *a, int64_t *level,
                                struct err *err)
{
    int next = plan_next_level(&a->score);

    return cli_number(cli, OPTION_LEVEL, 0, LEVELS_MAX, next < 0 ? a->score.total.level : next,
                      level, err);
}

enum status cmd_plan(struct cli *cli, struct err *err)
{
    struct assessment *a = ARENA_NEW(&cli->arena, struct assessment);
    enum status status = cli_assess(cli, false, a, err);
    struct json_writer w;
    struct plan plan;
    struct buf out;
    int64_t level = 0;

    if (status == OK)
        status = wanted_level(cli, a, &level, err);
    if (status == OK)
        status = plan_find(&cli->arena, &a->score, a->response->answers, (int)level, &plan, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        assessment_write_plan(&w, a, &plan, &cli->arena);
    else
        print_plan(cli, a, &plan, &out);
    return cli_finish(&out, err);
}
