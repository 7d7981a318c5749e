/* dxready compare ID: one enterprise that is stored, between two rounds. */
#include "cli/cli.h"

#include "app/review/stored_compare.h"
#include "base/array.h"
#include "base/json_write.h"
#include "base/text.h"

static const char *which(struct cli *cli, const struct stored_comparison *c, size_t row)
{
    if (row == c->after)
        return cli_say(cli, "sau", "after");
    return row == c->before ? cli_say(cli, "trước", "before") : "";
}

static void print_rows(struct cli *cli, const struct stored_comparison *c, struct buf *out)
{
    static const char *const heads[][LANG__MAX] = {
        {"Đợt", "Round"}, {"Bộ câu hỏi", "Questionnaire"}, {"Ngày", "Date"}, {"Điểm %", "Score %"},
        {"Mức", "Level"}, {"So sánh", "Compared"}};
    struct table table;

    table_init(&table, &cli->arena, "lllrrl");
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(&table, heads[i][cli->lang]);
    for (size_t i = 0; i < c->count; i++) {
        const struct store_row *row = &c->rows[i];

        table_cell(&table, row->round);
        table_cell(&table, row->questionnaire);
        table_cell(&table, cli_date_text(&cli->arena, row->submitted_on));
        table_cell(&table, cli_hundredths_text(cli, &cli->arena, row->total_percent));
        table_cell(&table, cli_row_level_text(&cli->arena, row));
        table_cell(&table, which(cli, c, i));
    }
    table_print(&table, out);
}

static void print_stored(struct cli *cli, const struct stored_comparison *c, struct buf *out)
{
    const struct store_row *row = &c->rows[c->after];

    buf_puts(out,
             text_printf(&cli->arena, cli->lang, "%s\nMã số thuế: %s\n\n", "%s\nTax code: %s\n\n",
                         row->name ? row->name : "–", row->tax_code ? row->tax_code : "–"));
    print_rows(cli, c, out);
    buf_putc(out, '\n');
    cli_print_comparison(cli, c->comparison, out);
}

static void write_stored(struct cli *cli, const struct stored_comparison *c, struct buf *out)
{
    const struct store_row *row = &c->rows[c->after];
    struct json_writer w;

    json_writer_init(&w, out);
    json_begin_object(&w);
    json_member_string(&w, "tax_code", row->tax_code);
    json_member_string(&w, "name", row->name);
    json_member_string(&w, "before", c->rows[c->before].reference);
    json_member_string(&w, "after", row->reference);
    json_key(&w, "comparison");
    comparison_write(&w, c->comparison, &cli->arena);
    json_key(&w, "assessments");
    json_begin_array(&w);
    for (size_t i = 0; i < c->count; i++) {
        json_begin_object(&w);
        cli_write_row(&w, &c->rows[i]);
        json_end_object(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
}

enum status cli_compare_stored(struct cli *cli, struct err *err)
{
    struct stored_comparison *c = ARENA_NEW(&cli->arena, struct stored_comparison);
    struct database *db = NULL;
    struct buf out;
    enum status status = cli_database(cli, &db, err);

    if (status == OK)
        status = stored_compare(cli->workspace, db, &cli->arena, cli->args[0],
                                cli->values[OPTION_ROUND], c, err);
    if (status == OK) {
        buf_init(&out, BUF_MAX_DEFAULT);
        (cli_has(cli, OPTION_JSON) ? write_stored : print_stored)(cli, c, &out);
        status = cli_finish(&out, err);
    }
    database_close(db);
    return status;
}
