/* dxready plan: what to do to reach a level, in packages of work or in single steps. */
#include "cli/cli.h"

#include <string.h>

#include "app/way.h"
#include "base/array.h"
#include "base/text.h"

static const char *short_number(struct cli *cli, struct ratio number)
{
    return text_of_number_short(&cli->arena, number, 2, cli->lang);
}

static void print_heads(struct cli *cli, struct table *table, const char *const (*heads)[LANG__MAX],
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        table_cell(table, heads[i][cli->lang]);
}

/* ---- single steps ---- */

static void print_steps(struct cli *cli, const struct evaluation *a, const struct plan *plan,
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
    print_heads(cli, &table, heads, ARRAY_SIZE(heads));
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];
        const struct question *question = &q->questions[step->question];
        const char *from = way_step_from(a, step, &cli->arena);
        const char *action = question->action.in[cli->lang];

        table_cell(&table, question->id);
        table_cell(&table, step->row != MAP_NONE ? question->rows[step->row].text.in[cli->lang]
                           : action              ? action
                                                 : question->label.in[cli->lang]);
        table_cell(&table, from ? from : "–");
        table_cell(&table, way_step_to(a, step, &cli->arena));
        table_cell(&table, short_number(cli, step->effort));
    }
    table_print(&table, out);
}

static void print_plan(struct cli *cli, const struct evaluation *a, const struct plan *plan,
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
                         plan->from, plan->to, short_number(cli, plan->effort), plan->count));
    print_steps(cli, a, plan, out);
}

/* ---- packages ---- */

static void print_minimum(struct cli *cli, const struct advice *advice, struct buf *out)
{
    const char *names = "";

    for (size_t i = 0; i < advice->minimum.count; i++)
        names = arena_printf(&cli->arena, "%s%s%s", names, i ? "; " : "",
                             advice->minimum.packages[i]->name.in[cli->lang]);
    if (!advice->minimum.exists) {
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "Mức %d chưa với tới được bằng các gói việc hợp với đơn vị.\n",
                                  "Level %d is out of reach with the packages that suit.\n",
                                  advice->to));
        return;
    }
    buf_puts(out,
             text_printf(&cli->arena, cli->lang,
                         advice->minimum.is_exact
                             ? "Đủ lên mức %d: ít nhất %s tuần công: %s.\n"
                             : "Đủ lên mức %d: khoảng %s tuần công (chưa chắc là ít nhất): %s.\n",
                         advice->minimum.is_exact
                             ? "Enough for level %d (person-weeks: at least %s): %s.\n"
                             : "Enough for level %d (person-weeks: about %s, perhaps not the "
                               "least): %s.\n",
                         advice->to, short_number(cli, advice->minimum.effort), names));
}

static const char *months_text(struct cli *cli, const struct advice_item *item)
{
    int last = item->first_month + item->months - 1;

    return last == item->first_month ? arena_printf(&cli->arena, "%d", last)
                                     : arena_printf(&cli->arena, "%d–%d", item->first_month, last);
}

static void print_items(struct cli *cli, const struct advice *advice, struct buf *out)
{
    static const char *const heads[][LANG__MAX] = {{"Gói việc", "Package"},
                                                   {"Tuần công", "Person-weeks"},
                                                   {"Thêm điểm", "Points"},
                                                   {"Tháng", "Months"},
                                                   {"Ai làm", "Who"}};
    struct table table;

    table_init(&table, &cli->arena, "lrrrl");
    print_heads(cli, &table, heads, ARRAY_SIZE(heads));
    for (size_t i = 0; i < advice->count; i++) {
        const struct advice_item *item = &advice->items[i];

        table_cell(&table,
                   arena_printf(&cli->arena, "%zu. %s", i + 1, item->package->name.in[cli->lang]));
        table_cell(&table, short_number(cli, item->effort));
        table_cell(&table, short_number(cli, item->gain));
        table_cell(&table, months_text(cli, item));
        table_cell(&table, item->package->who.in[cli->lang]);
    }
    table_print(&table, out);
}

/* The ticks that the packages before it leave to this one: a step holds all until then. */
static uint64_t added_ticks(const struct evaluation *a, const struct advice *advice, size_t at,
                            const struct plan_step *step)
{
    uint64_t ticks = step->to.ticks;
    const struct answer *now = &a->response->answers[step->question];

    if (now->state == ANSWER_GIVEN)
        ticks &= ~now->ticks;
    for (size_t i = 0; i < at; i++) {
        const struct advice_item *item = &advice->items[i];

        for (size_t k = 0; k < item->step_count; k++) {
            if (item->steps[k].question == step->question)
                ticks &= ~item->steps[k].to.ticks;
        }
    }
    return ticks;
}

static const char *ticks_text(struct cli *cli, const struct question *question, uint64_t ticks)
{
    const char *text = arena_printf(&cli->arena, "%s:", question->id);
    bool is_first = true;

    for (size_t i = 0; i < question->option_count; i++) {
        if (!(ticks >> i & 1))
            continue;
        text = arena_printf(&cli->arena, "%s%s %s", text, is_first ? "" : ";",
                            question->options[i].text.in[cli->lang]);
        is_first = false;
    }
    return text;
}

static const char *step_text(struct cli *cli, const struct evaluation *a,
                             const struct advice *advice, size_t at, const struct plan_step *step)
{
    const struct question *question = &a->response->questionnaire->questions[step->question];
    const char *from;

    if (question->type == QUESTION_MULTIPLE)
        return ticks_text(cli, question, added_ticks(a, advice, at, step));
    from = way_step_from(a, step, &cli->arena);
    return arena_printf(&cli->arena, "%s %s→%s", question->id, from ? from : "–",
                        way_step_to(a, step, &cli->arena));
}

static const char *raised_text(struct cli *cli, const struct evaluation *a,
                               const struct advice *advice, size_t at)
{
    const struct advice_item *item = &advice->items[at];
    const char *text = "";

    for (size_t i = 0; i < item->step_count; i++)
        text = arena_printf(&cli->arena, "%s%s%s", text, i ? ", " : "",
                            step_text(cli, a, advice, at, &item->steps[i]));
    return text;
}

static void print_details(struct cli *cli, const struct evaluation *a, const struct advice *advice,
                          struct buf *out)
{
    for (size_t i = 0; i < advice->count; i++) {
        const struct package *package = advice->items[i].package;

        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "\n%zu. %s: %s\n   Xong khi: %s.\n   Nâng câu: %s.\n",
                                  "\n%zu. %s: %s\n   Done when: %s.\n   Raises: %s.\n", i + 1,
                                  package->name.in[cli->lang], package->what.in[cli->lang],
                                  package->result.in[cli->lang], raised_text(cli, a, advice, i)));
    }
}

/* What is left to the level, where the plan does not reach it. */
static const char *shortfall_text(struct cli *cli, const struct advice *advice)
{
    const char *points = short_number(cli, advice->short_points);

    if (!advice->short_dimensions)
        return text_printf(&cli->arena, cli->lang, "%s điểm", "%s points", points);
    if (!advice->short_points.num)
        return text_printf(&cli->arena, cli->lang, "%zu trụ cột chưa đạt",
                           "%zu dimensions below their level", advice->short_dimensions);
    return text_printf(&cli->arena, cli->lang, "%s điểm và %zu trụ cột chưa đạt",
                       "%s points and %zu dimensions below their level", points,
                       advice->short_dimensions);
}

static void print_wanted(struct cli *cli, const struct evaluation *a, const struct advice *advice,
                         struct buf *out)
{
    const struct facts *facts = a->response->facts;

    if (!advice->wanted_count)
        return;
    buf_puts(out, cli_say(cli, "\nKế hoạch sẽ sát hơn khi biết:\n",
                          "\nThe plan fits better once this is known:\n"));
    for (size_t i = 0; i < advice->wanted_count; i++)
        buf_printf(out, "- %s\n", facts->items[advice->wanted[i]].ask.in[cli->lang]);
}

/* Of an estimate no level is said. */
static void print_aim(struct cli *cli, const struct evaluation *a, const struct advice *advice,
                      struct buf *out)
{
    const struct estimate *estimate = &a->response->questionnaire->estimate;

    if (estimate->of) {
        buf_puts(out, text_printf(
                          &cli->arena, cli->lang, "Tính %s, nên làm trước các gói việc sau.\n",
                          "Judged %s, do these packages first.\n", estimate->name.in[cli->lang]));
        return;
    }
    buf_puts(out, text_printf(&cli->arena, cli->lang, "Từ mức %d lên mức %d.\n",
                              "From level %d to level %d.\n", advice->from, advice->to));
    print_minimum(cli, advice, out);
}

static void print_advice(struct cli *cli, const struct evaluation *a, const struct advice *advice,
                         struct buf *out)
{
    bool is_short = !advice->is_reached && !a->response->questionnaire->estimate.of;

    print_aim(cli, a, advice, out);
    buf_puts(
        out,
        text_printf(
            &cli->arena, cli->lang,
            "%s: %zu gói, khoảng %s tuần công trong %d tháng, thêm %s điểm%s.\n\n",
            "%s: packages %zu, person-weeks about %s, months %d, points +%s%s.\n\n",
            advice->is_over_a_year
                ? cli_say(cli, "Nên làm, trong hơn một năm", "Worth doing, over more than a year")
                : cli_say(cli, "Nên làm cùng năm", "Worth doing in the same year"),
            advice->count, short_number(cli, advice->effort), advice->months,
            short_number(cli, advice->gain),
            is_short ? text_printf(&cli->arena, cli->lang, "; để lên mức còn thiếu %s",
                                   "; the level still lacks %s", shortfall_text(cli, advice))
                     : ""));
    print_items(cli, advice, out);
    if (advice->is_over_a_year)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "\nMột đơn vị cỡ này có khoảng %s tuần công mỗi năm cho việc "
                                  "này, và có việc phải chờ việc khác xong.\n",
                                  "\nA firm of this size has about %s person-weeks a year for it, "
                                  "and some work waits for other work.\n",
                                  short_number(cli, advice->capacity)));
    print_details(cli, a, advice, out);
    print_wanted(cli, a, advice, out);
}

/* ---- at the top ---- */

static void print_answers(struct cli *cli, const struct questionnaire *q, const char *title,
                          const struct kept_answer *answers, size_t count, struct buf *out)
{
    if (count)
        buf_printf(out, "\n%s\n", title);
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &q->questions[answers[i].question];

        buf_printf(out, "- %s %s\n", question->id, question->label.in[cli->lang]);
    }
}

static void print_keeping(struct cli *cli, const struct evaluation *a,
                          const struct kept_level *keeping, struct buf *out)
{
    const struct questionnaire *q = a->response->questionnaire;
    bool is_titled = false;

    buf_puts(out, text_printf(&cli->arena, cli->lang, "Giữ mức %d: đây là mức cao nhất.\n",
                              "Keep level %d: it is the highest.\n", a->score.total.level));
    print_answers(cli, q, cli_say(cli, "Còn yếu nhất:", "Weakest answers:"), keeping->weak,
                  keeping->weak_count, out);
    for (size_t i = 0; i < a->flag_count; i++) {
        if (a->flags[i].kind != QUALITY_CONTRADICTION)
            continue;
        if (!is_titled)
            buf_puts(out, cli_say(cli, "\nCần xem lại vì mâu thuẫn:\n",
                                  "\nTo be looked at again, since they contradict:\n"));
        is_titled = true;
        buf_printf(out, "- %s\n", a->flags[i].text.in[cli->lang]);
    }
    print_answers(cli, q,
                  cli_say(cli, "Đáng cho đơn vị khác xem:", "Worth showing to other firms:"),
                  keeping->strong, keeping->strong_count, out);
}

static void print_way(struct cli *cli, const struct evaluation *a, const struct way *way,
                      struct buf *out)
{
    if (way->keeping && way->to == way->from)
        print_keeping(cli, a, way->keeping, out);
    else if (way->advice)
        print_advice(cli, a, way->advice, out);
    else
        print_plan(cli, a, way->plan, out);
}

enum status cmd_plan(struct cli *cli, struct err *err)
{
    struct evaluation *a = ARENA_NEW(&cli->arena, struct evaluation);
    enum status status = cli_evaluate(cli, false, a, err);
    struct workspace *ws;
    struct json_writer w;
    struct buf out;
    struct way way;
    int64_t level = -1;

    if (status == OK)
        status = cli_number(cli, OPTION_LEVEL, 0, LEVELS_MAX, -1, &level, err);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status == OK)
        status = way_find(ws, &cli->arena, a, (int)level, cli_has(cli, OPTION_PLAIN), &way, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        way_write(&w, a, &way, &cli->arena);
    else
        print_way(cli, a, &way, &out);
    return cli_finish(&out, err);
}
