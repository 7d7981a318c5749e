/* dxready form: a blank questionnaire on paper, or the sheet of further facts. */
#include "cli/cli.h"

#include <string.h>

#include "base/file.h"
#include "report/paper.h"

/* What stands in place of a questionnaire for the facts that only some policies need. */
#define SHEET_OF_FACTS "facts"

/* Here --lang also takes "both": one after the other. */
static void choose_languages(const struct cli *cli, struct paper_setup *setup)
{
    const char *code = cli->values[OPTION_LANG];

    setup->langs[0] = cli->lang;
    setup->langs[1] = cli->lang == LANG_VI ? LANG_EN : LANG_VI;
    setup->lang_count = code && strcmp(code, "both") == 0 ? 2 : 1;
}

/* Examples of one trade: a letter of the list that holds on the day. */
static enum status choose_section(const struct cli *cli, struct paper_setup *setup, struct err *err)
{
    setup->section = cli->values[OPTION_SECTION];
    if (!setup->section || terms_find(setup->facts->sections, setup->section, setup->on))
        return OK;
    return err_set(err, BAD_USAGE, "--section: không có ngành '%s'; hãy ghi một chữ cái, ví dụ C",
                   "--section: there is no section '%s'; give a letter, for example C",
                   setup->section);
}

static enum status check_usage(struct cli *cli, struct err *err)
{
    if (!cli_has(cli, OPTION_OUTPUT))
        return err_set(err, BAD_USAGE, "cần -o FILE.pdf", "-o FILE.pdf is needed");
    return cli_check_output(cli, cli->values[OPTION_OUTPUT], err);
}

/* The questionnaire of the first argument; none for the sheet of facts. */
static enum status choose_questionnaire(struct cli *cli, struct workspace *ws,
                                        struct paper_setup *setup, struct err *err)
{
    const struct scorer *scorer;

    if (strcmp(cli->args[0], SHEET_OF_FACTS) == 0)
        return OK;
    scorer = workspace_scorer(ws, cli->args[0], err);
    if (scorer)
        setup->questionnaire = scorer_questionnaire(scorer);
    return scorer ? OK : err->status;
}

static enum status print(struct cli *cli, const struct paper_setup *setup, struct err *err)
{
    struct buf out;
    enum status status;

    buf_init(&out, BUF_MAX_DEFAULT);
    status = setup->questionnaire ? paper_print(&cli->arena, setup, &out, err)
                                  : paper_print_more(&cli->arena, setup, &out, err);
    if (status == OK)
        status = file_write(cli->values[OPTION_OUTPUT], out.data, out.len, err);
    buf_free(&out);
    return status;
}

enum status cmd_form(struct cli *cli, struct err *err)
{
    struct paper_setup setup = {0};
    struct workspace *ws;
    enum status status = cli_workspace(cli, &ws, err);

    if (status == OK)
        status = check_usage(cli, err);
    if (status == OK)
        status = cli_on(cli, &setup.on, err);
    if (status == OK)
        status = choose_questionnaire(cli, ws, &setup, err);
    if (status != OK)
        return status;
    setup.facts = workspace_reference(ws, err)->facts;
    choose_languages(cli, &setup);
    status = choose_section(cli, &setup, err);
    return status == OK ? print(cli, &setup, err) : status;
}
