/* Any lines as the words of a command line: refused in one sentence, or options that it can take. */
#include "fuzz.h"

#include "cli/cli.h"

#define WORDS_MAX 64

/* The words behind the program's name, one a line; NULL behind the last. */
static int split(char *text, char *words[WORDS_MAX + 1])
{
    int count = 0;

    words[count++] = "dxready";
    while (text && count < WORDS_MAX)
        words[count++] = strsep(&text, "\n");
    words[count] = NULL;
    return count;
}

static void check_values(const struct cli *cli)
{
    uint64_t takes = COMMON_OPTIONS | (cli->command ? cli->command->options : 0);
    struct err err;
    int64_t number;
    day d;

    for (int i = 0; i < OPTION_ID__MAX; i++) {
        enum option_id id = (enum option_id)i;

        MUST(!cli_has(cli, id) || !cli->command || (takes & ON_OPTION(id)));
        MUST(!cli_has(cli, id) || cli_options[id].argument || !*cli->values[id]);
        if (cli_number(cli, id, 1, 1000, 5, &number, &err) != OK)
            fuzz_check_err(&err);
        else
            MUST(number >= 1 && number <= 1000);
        if (cli_day(cli, id, 0, &d, &err) != OK)
            fuzz_check_err(&err);
    }
    if (cli_refuse_options(cli, CHOOSING_OPTIONS, &err) != OK)
        fuzz_check_err(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cli cli = {.lang = LANG_VI};
    char *words[WORDS_MAX + 1];
    struct err err;

    arena_init(&cli.arena);
    faults_init(&cli.faults, &cli.arena);
    if (cli_parse(&cli, split(arena_strndup(&cli.arena, (const char *)data, size), words), words,
                  &err) != OK) {
        MUST(err.status == BAD_USAGE);
        fuzz_check_err(&err);
    } else {
        check_values(&cli);
    }
    arena_free(&cli.arena);
    return 0;
}
