/* dxready show: one stored assessment with its reasons. */
#include "cli/cli.h"

#include "app/database.h"
#include "base/json_write.h"
#include "base/text.h"
#include "base/text_clean.h"

static void print_facts(struct cli *cli, const struct stored *stored, struct buf *out)
{
    const struct response *response = stored->item.response;
    const struct facts *facts = response->facts;
    struct table table;

    table_init(&table, &cli->arena, "ll");
    table_cell(&table, cli_say(cli, "Thông tin", "Fact"));
    table_cell(&table, cli_say(cli, "Giá trị", "Value"));
    for (size_t i = 0; i < facts->count; i++) {
        const struct value *value = &response->values[i];

        if (facts->items[i].is_derived || value->kind == VALUE_UNKNOWN)
            continue;
        table_cell(&table, facts->items[i].label.in[cli->lang]);
        table_cell(&table,
                   fact_print(facts, i, value, response->submitted_on, cli->lang, &cli->arena));
    }
    table_print(&table, out);
}

/* " của Xã Thanh Hà, do lan cho vào": behind the file that it came from; of the command line the
 * system's own name says nothing to people. */
static const char *senders(struct cli *cli, const struct stored *stored)
{
    const struct store_import *import = stored->import;
    const char *sender;

    if (!import)
        return "";
    sender = *import->sender ? text_printf(&cli->arena, cli->lang, " của %s", " of %s",
                                           text_tame(arena_strdup(&cli->arena, import->sender)))
                             : "";
    if (!import->account)
        return sender;
    return text_printf(&cli->arena, cli->lang, "%s, do %s cho vào", "%s, let in by %s", sender,
                       import->actor);
}

static void print_heading(struct cli *cli, const struct stored *stored, struct buf *out)
{
    const struct store_row *row = &stored->item.row;
    const char *number = arena_strndup(&cli->arena, row->reference, REFERENCE_NUMBER_CHARS);
    const char *name = row->name ? row->name : row->tax_code;
    const char *who = name ? text_tame(arena_strdup(&cli->arena, name)) : NULL;

    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "%s\nMã %s, đợt %s, bản %d, trả lời ngày %s, nhập lúc %s từ %s%s\n"
                              "Mã tham chiếu: %s\n\n",
                              "%s\nID %s, round %s, revision %d, answered on %s, imported at %s "
                              "from %s%s\nReference: %s\n\n",
                              who ? who : "–", number, row->round, row->revision,
                              row->submitted_on ? row->submitted_on : "–", row->imported_at,
                              row->source, senders(cli, stored), row->reference));
}

/* The file, and the import that --imports of `list` shows. */
static const char *source_text(struct cli *cli, const struct store_row *row)
{
    if (row->import == STORE_UNKNOWN)
        return row->source;
    return text_printf(&cli->arena, cli->lang, "%s (lần nhập %lld)", "%s (import %lld)",
                       row->source, (long long)row->import);
}

static void print_revisions(struct cli *cli, const struct stored *stored, struct buf *out)
{
    struct table table;

    if (stored->revision_count < 2)
        return;
    buf_printf(out, "\n%s\n", cli_say(cli, "Các bản đã lưu", "Stored revisions"));
    table_init(&table, &cli->arena, "rlrrll");
    table_cell(&table, cli_say(cli, "Bản", "Revision"));
    table_cell(&table, cli_say(cli, "Trả lời ngày", "Answered on"));
    table_cell(&table, "%");
    table_cell(&table, cli_say(cli, "Mức", "Level"));
    table_cell(&table, cli_say(cli, "Nhập lúc", "Imported at"));
    table_cell(&table, cli_say(cli, "Từ", "From"));
    for (size_t i = 0; i < stored->revision_count; i++) {
        const struct store_row *row = &stored->revisions[i];

        table_cell(&table, arena_printf(&cli->arena, "%d", row->revision));
        table_cell(&table, row->submitted_on ? row->submitted_on : "–");
        table_cell(&table, cli_hundredths_text(cli, &cli->arena, row->total_percent));
        table_cell(&table, cli_row_level_text(&cli->arena, row));
        table_cell(&table, row->imported_at);
        table_cell(&table, source_text(cli, row));
    }
    table_print(&table, out);
}

static void print_stored(struct cli *cli, const struct stored *stored, struct buf *out)
{
    print_heading(cli, stored, out);
    print_facts(cli, stored, out);
    buf_putc(out, '\n');
    cli_print_score(cli, &stored->assessment, out);
    buf_putc(out, '\n');
    cli_print_match(cli, &stored->assessment, out);
    print_revisions(cli, stored, out);
}

static void write_stored(struct cli *cli, const struct stored *stored, struct buf *out)
{
    struct json_writer w;

    json_writer_init(&w, out);
    json_begin_object(&w);
    cli_write_row(&w, &stored->item.row);
    json_member_string(&w, "questionnaire_hash", stored->item.row.questionnaire_hash);
    json_member_string(&w, "program_version", stored->item.row.program_version);
    json_member_string(&w, "sender", stored->import && *stored->import->sender
                                         ? stored->import->sender
                                         : NULL);
    json_member_string(&w, "let_in_by", stored->import && stored->import->account
                                            ? stored->import->actor
                                            : NULL);
    json_key(&w, "response");
    response_write(&w, stored->item.response);
    json_key(&w, "score");
    evaluation_write_score(&w, &stored->assessment, false, &cli->arena);
    json_key(&w, "match");
    evaluation_write_match(&w, &stored->assessment, &cli->arena);
    json_key(&w, "revisions");
    json_begin_array(&w);
    for (size_t i = 0; i < stored->revision_count; i++) {
        json_begin_object(&w);
        cli_write_row(&w, &stored->revisions[i]);
        json_end_object(&w);
    }
    json_end_array(&w);
    json_end_object(&w);
}

enum status cmd_show(struct cli *cli, struct err *err)
{
    struct stored *stored = ARENA_NEW(&cli->arena, struct stored);
    struct database *db = NULL;
    struct buf out;
    day on = DAY_NONE;
    enum status status = cli_on(cli, &on, err);

    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = database_load(db, &cli->arena, cli->args[0], cli->values[OPTION_ROUND], on, stored,
                               err);
    if (status == OK) {
        buf_init(&out, BUF_MAX_DEFAULT);
        (cli_has(cli, OPTION_JSON) ? write_stored : print_stored)(cli, stored, &out);
        status = cli_finish(&out, err);
    }
    database_close(db);
    return status;
}
