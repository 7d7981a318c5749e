/* What the commands over the database have in common: filters, rows of lists, short texts. */
#include "cli/cli.h"

#include <string.h>

#include "app/database.h"
#include "base/text.h"

enum status cli_database(struct cli *cli, struct database **out, struct err *err)
{
    struct workspace *ws;
    enum status status = cli_workspace(cli, &ws, err);

    return status == OK ? database_open(&cli->arena, ws, cli->values[OPTION_DB], DB_READ, out, err)
                        : status;
}

enum status cli_filter(struct cli *cli, struct database *db, struct store_filter *filter,
                       struct err *err)
{
    int64_t level;
    enum status status = cli_number(cli, OPTION_LEVEL, 0, LEVELS_MAX, STORE_UNKNOWN, &level, err);

    if (status != OK)
        return status;
    *filter = (struct store_filter){.round = cli->values[OPTION_ROUND],
                                    .questionnaire = cli->values[OPTION_QUESTIONNAIRE],
                                    .area = cli->values[OPTION_AREA],
                                    .section = cli->values[OPTION_SECTION],
                                    .size_class = cli->values[OPTION_SIZE],
                                    .form = cli->values[OPTION_FORM],
                                    .words = cli->values[OPTION_NAME],
                                    .level = (int)level};
    return database_check_filter(db, filter, err);
}

enum status cli_choose_rows(struct cli *cli, struct database *db, struct store_filter *filter,
                            struct err *err)
{
    enum status status = cli_filter(cli, db, filter, err);

    filter->only_flagged = cli_has(cli, OPTION_FLAGS);
    filter->only_incomplete = cli_has(cli, OPTION_INCOMPLETE);
    return status;
}

const char *cli_say(const struct cli *cli, const char *vi, const char *en)
{
    return cli->lang == LANG_VI ? vi : en;
}

const char *cli_number_text(struct cli *cli, struct arena *arena, struct ratio r, unsigned decimals)
{
    return ratio_is_valid(r) ? text_of_number(arena, r, decimals, cli->lang) : "–";
}

const char *cli_level_text(struct cli *cli, int level)
{
    return level == LEVEL_NONE ? "–" : arena_printf(&cli->arena, "%d", level);
}

const char *cli_count_text(struct cli *cli, int64_t count)
{
    return cli_number_text(cli, &cli->arena, ratio_of(count), 0);
}

const char *cli_money_text(struct cli *cli, int64_t dong)
{
    return text_of_money(&cli->arena, dong, cli->lang);
}

const char *cli_day_text(struct cli *cli, day d)
{
    return d == DAY_NONE ? "–" : text_of_day(&cli->arena, d);
}

const char *cli_hundredths_text(struct cli *cli, struct arena *arena, int hundredths)
{
    return cli_number_text(
        cli, arena, hundredths == STORE_UNKNOWN ? RATIO_NONE : ratio_make(hundredths, 100), 2);
}

const char *cli_date_text(struct arena *arena, const char *date)
{
    day on;

    return date && day_parse_iso(date, strlen(date), &on) ? text_of_day(arena, on) : "–";
}

const char *cli_cut_text(struct arena *arena, const char *text, size_t chars)
{
    const char *at = text, *end = text + strlen(text);

    if (text_chars(text) <= chars)
        return arena_strdup(arena, text);
    for (size_t i = 0; i + 1 < chars; i++)
        (void)text_next(&at, end);
    return arena_printf(arena, "%.*s…", (int)(at - text), text);
}
