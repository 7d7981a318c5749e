/* dxready compare: two responses of one enterprise, earlier and later. */
#include "cli/cli.h"

#include <string.h>

#include "app/evaluation.h"
#include "base/file.h"
#include "base/text.h"

static const char *number(struct cli *cli, struct ratio r, bool with_sign)
{
    const char *sign = with_sign && ratio_is_valid(r) && r.num > 0 ? "+" : "";

    return arena_printf(&cli->arena, "%s%s", sign, cli_number_text(cli, &cli->arena, r, 2));
}

static const char *level(struct cli *cli, int from, int to)
{
    if (from < 0 || to < 0)
        return "–";
    return from == to ? arena_printf(&cli->arena, "%d", to)
                      : arena_printf(&cli->arena, "%d → %d", from, to);
}

static void add_part(struct cli *cli, struct table *table, const char *name,
                     const struct compared_part *part)
{
    table_cell(table, name);
    table_cell(table, number(cli, part->percent_before, false));
    table_cell(table, number(cli, part->percent_after, false));
    table_cell(table, number(cli, part->change, true));
    table_cell(table, level(cli, part->level_before, part->level_after));
}

static void print_parts(struct cli *cli, const struct comparison *c, struct buf *out)
{
    struct table table;

    table_init(&table, &cli->arena, "lrrrr");
    table_cell(&table, cli_say(cli, "Trụ cột", "Dimension"));
    table_cell(&table, cli_say(cli, "Trước %", "Before %"));
    table_cell(&table, cli_say(cli, "Sau %", "After %"));
    table_cell(&table, cli_say(cli, "Thay đổi", "Change"));
    table_cell(&table, cli_say(cli, "Mức", "Level"));
    for (size_t i = 0; i < c->dimension_count; i++) {
        const struct compared_part *part = &c->dimensions[i];
        const struct dimension *dimension = part->after ? part->after : part->before;

        if (ratio_is_valid(part->percent_before) || ratio_is_valid(part->percent_after))
            add_part(cli, &table, dimension->name.in[cli->lang], part);
    }
    add_part(cli, &table, cli_say(cli, "Tổng hợp", "Total"), &c->total);
    table_print(&table, out);
}

static const char *answer_text(struct cli *cli, const struct question *question,
                               const struct answer *answer)
{
    const char *text;

    if (!question)
        return cli_say(cli, "(không có câu này)", "(no such question)");
    text = answer_print(question, answer, cli->lang, &cli->arena);
    return *text ? text : cli_say(cli, "(chưa trả lời)", "(not answered)");
}

static void print_answers(struct cli *cli, const struct comparison *c, struct buf *out)
{
    if (!c->answer_count) {
        buf_printf(out, "\n%s\n", cli_say(cli, "Không câu nào thay đổi.", "No answer changed."));
        return;
    }
    buf_printf(out, "\n%s\n",
               cli_say(cli, "Câu làm thay đổi kết quả (điểm phần trăm, nhiều nhất trước):",
                       "What changed (in percentage points, largest first):"));
    for (size_t i = 0; i < c->answer_count; i++) {
        const struct compared_answer *a = &c->answers[i];
        const struct question *question = a->after ? a->after : a->before;

        buf_printf(out, "  %s %s: ", question->id, question->label.in[cli->lang]);
        if (a->is_same)
            buf_printf(out, "%s %s", answer_text(cli, a->after, a->answer_after),
                       cli_say(cli, "(như cũ, tính điểm khác)", "(the same, worth another share)"));
        else
            buf_printf(out, "%s → %s", answer_text(cli, a->before, a->answer_before),
                       answer_text(cli, a->after, a->answer_after));
        buf_printf(out, " [%s]\n", number(cli, a->change, true));
    }
}

void cli_print_comparison(struct cli *cli, const struct comparison *c, struct buf *out)
{
    print_parts(cli, c, out);
    print_answers(cli, c, out);
}

/* Two responses with different tax codes are of two enterprises: worth saying, not refusing. */
static void note_identity(struct cli *cli, const struct evaluation *a, const struct evaluation *b)
{
    size_t fact = facts_find(a->response->facts, "tax_code");
    const struct value *x, *y;

    if (fact == MAP_NONE)
        return;
    x = &a->response->values[fact];
    y = &b->response->values[fact];
    if (x->kind == VALUE_TEXT && y->kind == VALUE_TEXT && strcmp(x->text, y->text) != 0)
        faults_warn(&cli->faults, (struct place){cli->args[1], 0, "/enterprise/tax_code"},
                    "mã số thuế của hai phiếu khác nhau",
                    "the two responses have different tax codes");
}

/* A file alone is half of a comparison. */
static enum status compare_stored(struct cli *cli, struct err *err)
{
    if (file_exists(cli->args[0]))
        return err_set(err, BAD_USAGE,
                       "'%s' là một tệp: hãy nêu cả phiếu sau; hoặc nêu mã của một đơn vị đã lưu",
                       "'%s' is a file: name the later response, too; or name the ID of an "
                       "enterprise that is stored",
                       cli->args[0]);
    return cli_compare_stored(cli, err);
}

enum status cmd_compare(struct cli *cli, struct err *err)
{
    struct evaluation *before = ARENA_NEW(&cli->arena, struct evaluation);
    struct evaluation *after = ARENA_NEW(&cli->arena, struct evaluation);
    const struct comparison *c;
    struct json_writer w;
    struct buf out;
    enum status status;

    if (cli->arg_count == 1)
        return compare_stored(cli, err);
    status = cli_refuse_options(cli, ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND), err);
    if (status == OK)
        status = cli_evaluate_file(cli, cli->args[0], false, before, err);
    if (status == OK)
        status = cli_evaluate_file(cli, cli->args[1], false, after, err);
    if (status != OK)
        return status;
    note_identity(cli, before, after);
    c = compare_scores(&cli->arena, &before->score, before->response->answers, &after->score,
                       after->response->answers);
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON)) {
        comparison_write(&w, c, &cli->arena);
    } else {
        cli_print_comparison(cli, c, &out);
    }
    return cli_finish(&out, err);
}
