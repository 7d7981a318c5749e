#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cli/cli.h"
#include "cli/config.h"

static void print_fault(const struct fault *fault, const char *prefix, enum lang lang)
{
    fprintf(stderr, "%s%s:%d: %s%s%s%s\n", prefix, fault->place.file, fault->place.line,
            fault->place.pointer, *fault->place.pointer ? ": " : "",
            !fault->is_warning ? ""
            : lang == LANG_VI  ? "lưu ý: "
                               : "note: ",
            fault->text[lang]);
}

/* Faults of the inputs, each on a line; warnings where a command has them to be read. */
static void print_faults(const struct cli *cli, bool with_warnings, const char *prefix)
{
    const struct faults *faults = &cli->faults;
    size_t shown = 0;

    for (size_t i = 0; i < faults->count; i++) {
        if (faults->items[i].is_warning && !with_warnings)
            continue;
        print_fault(&faults->items[i], prefix, cli->lang);
        shown += !faults->items[i].is_warning;
    }
    if (faults->errors > shown)
        fprintf(stderr,
                cli->lang == LANG_VI ? "dxready: và %zu lỗi nữa\n"
                                     : "dxready: and %zu more faults\n",
                faults->errors - shown);
}

static int finish(const struct cli *cli, enum status status, const struct err *err)
{
    bool is_check = cli->command && cli->command->run == cmd_check;
    bool is_import = cli->command && cli->command->run == cmd_import;

    if (cli->faults.errors || is_check || is_import)
        print_faults(cli, is_check || is_import, is_check ? "" : "dxready: ");
    if (status != OK && *err->text[cli->lang])
        fprintf(stderr, "dxready: %s\n", err->text[cli->lang]);
    return err_exit_code(status == READER_LEFT && cli->faults.errors ? BAD_INPUT : status);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct cli cli = {.lang = LANG_VI};
    enum status status;
    int code;

    signal(SIGPIPE, SIG_IGN);
    arena_init(&cli.arena);
    faults_init(&cli.faults, &cli.arena);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("dxready %s\n", DXREADY_VERSION);
        return 0;
    }
    status = cli_parse(&cli, argc, argv, &err);
    if (status == OK && (cli_has(&cli, OPTION_HELP) || !cli.command)) {
        cli_print_help(cli.command, cli.lang);
        status = cli.command || cli_has(&cli, OPTION_HELP) ? OK : BAD_USAGE;
    } else if (status == OK) {
        status = cli_configure(&cli, &err);
        if (status == OK)
            status = cli.command->run(&cli, &err);
    }
    code = finish(&cli, status, &err);
    arena_free(&cli.arena);
    return code;
}
