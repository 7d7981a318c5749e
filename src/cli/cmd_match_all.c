/* dxready match --all: the catalogue over everybody stored. For officers: nothing is hidden. */
#include "cli/cli.h"

#include "app/database.h"
#include "app/policymaking/match_all.h"
#include "base/text.h"

#define NAME_CHARS_MAX 60

static void put_heads(struct cli *cli, struct table *table)
{
    table_cell(table, cli_say(cli, "Chính sách", "Policy"));
    table_cell(table, cli_say(cli, "Tên", "Name"));
    table_cell(table, cli_say(cli, "Loại hỗ trợ", "Benefit"));
    table_cell(table, cli_say(cli, "Đủ điều kiện", "Eligible"));
    table_cell(table, cli_say(cli, "Chưa kết luận", "Unknown"));
    table_cell(table, cli_say(cli, "Không đủ", "Not eligible"));
    table_cell(table, cli_say(cli, "Tính được tiền", "With amount"));
    table_cell(table, cli_say(cli, "Tổng số tiền", "Amount"));
}

static void put_policy(struct cli *cli, struct table *table, const struct policy_totals *totals)
{
    const struct policy *policy = totals->policy;

    table_cell(table, policy->id);
    table_cell(table, cli_cut_text(&cli->arena, policy->name.in[cli->lang], NAME_CHARS_MAX));
    table_cell(table, benefit_words(policy->benefit).in[cli->lang]);
    table_cell(table, cli_count_text(cli, (int64_t)totals->verdicts[VERDICT_ELIGIBLE]));
    table_cell(table, cli_count_text(cli, (int64_t)totals->verdicts[VERDICT_UNKNOWN]));
    table_cell(table, cli_count_text(cli, (int64_t)totals->verdicts[VERDICT_NOT_ELIGIBLE]));
    table_cell(table, policy->amount ? cli_count_text(cli, (int64_t)totals->with_amount) : "–");
    table_cell(table, totals->with_amount ? cli_money_text(cli, totals->amount_vnd) : "–");
}

static void print_policies(struct cli *cli, const struct match_totals *totals, struct buf *out)
{
    struct table table;
    size_t not_in_force = 0;

    table_init(&table, &cli->arena, "lllrrrrr");
    put_heads(cli, &table);
    for (size_t i = 0; i < totals->count; i++) {
        if (totals->policies[i].is_in_force)
            put_policy(cli, &table, &totals->policies[i]);
        else
            not_in_force++;
    }
    table_print(&table, out);
    if (not_in_force)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "  Không có hiệu lực ngày này: %zu chính sách (xem --json).\n",
                                  "  Not in force on this day: %zu (see --json).\n", not_in_force));
}

/* A grant and a loan are different things: there is no sum of all. */
static void print_benefits(struct cli *cli, const struct match_totals *totals, struct buf *out)
{
    struct table table;

    buf_printf(out, "\n%s\n",
               cli_say(cli,
                       "Tổng theo loại hỗ trợ (các loại không cộng với nhau; chính sách loại trừ "
                       "nhau đều được tính)",
                       "Amounts by kind of benefit (kinds are not added together; policies that "
                       "exclude each other all count)"));
    table_init(&table, &cli->arena, "lr");
    table_cell(&table, cli_say(cli, "Loại hỗ trợ", "Benefit"));
    table_cell(&table, cli_say(cli, "Tổng số tiền", "Amount"));
    for (int i = 0; i < BENEFIT__MAX; i++) {
        if (!totals->by_benefit[i])
            continue;
        table_cell(&table, benefit_words((enum benefit)i).in[cli->lang]);
        table_cell(&table, cli_money_text(cli, totals->by_benefit[i]));
    }
    table_print(&table, out);
}

static void print_incomplete(struct cli *cli, const struct match_totals *totals, struct buf *out)
{
    if (!totals->incomplete)
        return;
    buf_puts(out, cli_has(cli, OPTION_INCOMPLETE)
                      ? text_printf(&cli->arena, cli->lang, "Có tính %s phiếu chưa trả lời đủ.\n",
                                    "%s incomplete responses are included.\n",
                                    cli_count_text(cli, (int64_t)totals->incomplete))
                      : text_printf(&cli->arena, cli->lang,
                                    "Không tính %s phiếu chưa trả lời đủ (--incomplete: tính "
                                    "cả).\n",
                                    "%s incomplete responses are left out (--incomplete counts "
                                    "them).\n",
                                    cli_count_text(cli, (int64_t)totals->incomplete)));
}

static void print_totals(struct cli *cli, const struct match_totals *totals, struct buf *out)
{
    if (!totals->matched) {
        buf_puts(out, cli_say(cli, "Không có đánh giá nào.\n", "There are no assessments.\n"));
        print_incomplete(cli, totals, out);
        return;
    }
    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "%s đánh giá, xét theo quy định ngày %s (số tiền tính theo kế hoạch "
                              "chi đã nêu)\n",
                              "%s assessments by the rules of %s (amounts by the plans that were "
                              "stated)\n",
                              cli_count_text(cli, (int64_t)totals->matched),
                              cli_day_text(cli, totals->on)));
    print_incomplete(cli, totals, out);
    print_policies(cli, totals, out);
    print_benefits(cli, totals, out);
}

static enum status match_database(struct cli *cli, struct match_totals *totals, struct err *err)
{
    const struct catalogue *catalogue;
    struct app_context app = {.store = NULL};
    struct store_filter filter;
    struct database *db = NULL;
    struct workspace *ws;
    day on;
    enum status status = cli_on(cli, &on, err);

    if (status == OK)
        status = cli_workspace(cli, &ws, err);
    if (status != OK)
        return status;
    catalogue = workspace_catalogue(ws, err); /* first: the store then has its facts */
    if (!catalogue)
        return err->status;
    status = cli_database(cli, &db, err);
    if (status == OK)
        status = cli_filter(cli, db, &filter, err);
    if (status == OK)
        app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    app.today = on;
    if (status == OK)
        status = match_store(&app, &filter, catalogue, cli_has(cli, OPTION_INCOMPLETE), &cli->arena,
                             totals, err);
    database_close(db);
    return status;
}

enum status cli_match_all(struct cli *cli, struct err *err)
{
    struct match_totals totals;
    enum status status = match_database(cli, &totals, err);
    struct json_writer w;
    struct buf out;

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        match_totals_write(&w, &totals);
    else
        print_totals(cli, &totals, &out);
    return cli_finish(&out, err);
}
