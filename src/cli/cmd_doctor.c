/* dxready doctor: what may go wrong with this installation, in sentences. */
#include "cli/cli.h"

#include "app/doctor.h"
#include "base/json_write.h"
#include "base/text.h"

static void write_findings(const struct findings *findings, struct json_writer *w)
{
    json_begin_object(w);
    json_member_int(w, "attention", (int64_t)findings->attention);
    json_key(w, "findings");
    json_begin_array(w);
    for (size_t i = 0; i < findings->count; i++) {
        json_begin_object(w);
        json_member_string(w, "check", findings->items[i].check);
        json_member_bool(w, "needs_attention", findings->items[i].needs_attention);
        json_member_string(w, "text", findings->items[i].text);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

/* What needs attention first. */
static void print_findings(struct cli *cli, const struct findings *findings, struct buf *out)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < findings->count; i++) {
            const struct finding *finding = &findings->items[i];

            if (finding->needs_attention == (pass == 0))
                buf_printf(out, "%s %s\n",
                           pass == 0 ? cli_say(cli, "[cần xem]", "[look]   ")
                                     : cli_say(cli, "[ổn]     ", "[fine]   "),
                           finding->text);
        }
    }
}

enum status cmd_doctor(struct cli *cli, struct err *err)
{
    struct findings findings;
    struct workspace *ws;
    struct database *db = NULL;
    struct json_writer w;
    struct buf out;
    enum status status;

    cli_choose_evidence(cli);
    status = cli_workspace(cli, &ws, err);
    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status != OK)
        return status;
    doctor_look(ws, db, cli->lang, &cli->arena, &findings);
    database_close(db);
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_findings(&findings, &w);
    else
        print_findings(cli, &findings, &out);
    status = cli_finish(&out, err);
    if (status != OK || !findings.attention)
        return status;
    return err_set(err, BAD_INPUT, "%s điều cần xem", "%s findings to look at",
                   cli_count_text(cli, (int64_t)findings.attention));
}
