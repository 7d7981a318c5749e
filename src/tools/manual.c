/*
 * Writes what is read beside the program, from its own tables:
 *     manual page vi|en TEMPLATE > dxready.1     the manual page; see man/dxready.1.in
 *     manual bash > dxready                      completion for bash
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/version.h"
#include "cli/cli.h"
#include "policy/size.h"
#include "survey/questionnaire.h"

static void die(const char *what, const char *which)
{
    fprintf(stderr, "manual: %s: %s\n", which, what);
    exit(1);
}

/* ---- the manual page ---- */

/* A text in roff: a hyphen that is typed, a backslash, and no request at the start of a line. */
static void put_roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '\'')
            fputs("\\(aq", stdout);
        else
            putchar(*text);
    }
}

static void put_face(char face, const char *text)
{
    printf("\\f%c", face);
    put_roff(text);
    fputs("\\fR", stdout);
}

static void put_option_name(const struct cli_option *option)
{
    const char letter[] = {'-', option->letter, '\0'};

    if (option->letter) {
        put_face('B', letter);
        fputs(", ", stdout);
    }
    fputs("\\fB\\-\\-", stdout);
    put_roff(option->name);
    fputs("\\fR", stdout);
    if (option->argument) {
        putchar(' ');
        put_face('I', option->argument);
    }
}

/* A command, what it is for, and the options that not every command takes. */
static void put_command(const struct cli_command *command, enum lang lang)
{
    bool is_first = true;

    puts(".TP");
    put_face('B', "dxready ");
    put_face('B', command->name);
    if (*command->arguments) {
        putchar(' ');
        put_face('I', command->arguments);
    }
    putchar('\n');
    put_roff(command->help.in[lang]);
    putchar('\n');
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if (!(command->options >> i & 1))
            continue;
        fputs(is_first ? ".br\n[" : "] [", stdout);
        put_option_name(&cli_options[i]);
        is_first = false;
    }
    if (!is_first)
        puts("]");
}

static void put_commands(enum lang lang)
{
    for (size_t i = 0; i < cli_command_count; i++)
        put_command(&cli_commands[i], lang);
}

static void put_options(enum lang lang)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        puts(".TP");
        put_option_name(&cli_options[i]);
        putchar('\n');
        put_roff(cli_options[i].help.in[lang]);
        putchar('\n');
    }
}

/* A line of the template, with its names filled in. */
static void put_line(const char *line)
{
    static const struct {
        const char *name, *value;
    } names[] = {{"@VERSION@", DXREADY_VERSION}, {"@DATADIR@", DXREADY_DATADIR}};

    while (*line) {
        size_t i = 0, count = ARRAY_SIZE(names);

        while (i < count && strncmp(line, names[i].name, strlen(names[i].name)) != 0)
            i++;
        if (i == count) {
            putchar(*line++);
            continue;
        }
        put_roff(names[i].value);
        line += strlen(names[i].name);
    }
}

static void put_page(enum lang lang, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[1000];

    if (!file)
        die("cannot be opened", path);
    while (fgets(line, sizeof(line), file)) {
        if (strncmp(line, ".\\\"", 3) == 0)
            continue;
        if (strcmp(line, "@COMMANDS@\n") == 0)
            put_commands(lang);
        else if (strcmp(line, "@OPTIONS@\n") == 0)
            put_options(lang);
        else
            put_line(line);
    }
    if (ferror(file))
        die("cannot be read", path);
    fclose(file);
}

/* ---- completion ---- */

/* Words of "vi|en" or "questionnaire|policy": choices are in lower case. */
static bool put_choices(const char *text)
{
    if (!strchr(text, '|') || text[strspn(text, "abcdefghijklmnopqrstuvwxyz|")])
        return false;
    for (; *text; text++)
        putchar(*text == '|' ? ' ' : *text);
    return true;
}

/* What may stand behind an option; false where it is not one of a few words. */
static bool put_values(enum option_id id)
{
    if (put_choices(cli_options[id].argument))
        return true;
    if (id == OPTION_SIZE) {
        for (int i = 0; i < SIZE_CLASS__MAX; i++)
            printf("%s ", size_code((enum size_class)i));
    } else if (id == OPTION_FORM) {
        for (int i = 0; i < LEGAL_FORM__MAX; i++)
            printf("%s ", legal_form_code((enum legal_form)i));
    }
    return id == OPTION_SIZE || id == OPTION_FORM;
}

static bool is_path(const char *argument)
{
    return strstr(argument, "FILE") || strstr(argument, "DIR") || strstr(argument, "PATH") ||
           strstr(argument, "RESPONSE") || strstr(argument, ".json");
}

static void put_pattern(const struct cli_option *option)
{
    if (option->letter)
        printf("-%c | ", option->letter);
    printf("--%s", option->name);
}

/* An option with a value: its words; nothing, so that bash offers files; or not even those. */
static void put_option_case(enum option_id id)
{
    const struct cli_option *option = &cli_options[id];

    if (!option->argument)
        return;
    fputs("    ", stdout);
    put_pattern(option);
    fputs(") words='", stdout);
    if (put_values(id))
        puts("' ;;");
    else if (is_path(option->argument) || id == OPTION_DB)
        puts("' ;;");
    else
        puts("' files= ;;");
}

static void put_option_words(uint64_t options)
{
    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if (options >> i & 1)
            printf(" --%s", cli_options[i].name);
        if ((options >> i & 1) && cli_options[i].letter)
            printf(" -%c", cli_options[i].letter);
    }
}

/* What the words of a command that are no options may be: as far as the first option. */
static void put_arguments_case(const struct cli_command *command)
{
    char text[200];
    char *option;

    snprintf(text, sizeof(text), "%s", command->arguments);
    option = strstr(text, " -");
    if (option)
        *option = '\0';
    printf("        %s) words='", command->name);
    if (put_choices(text))
        puts("' ;;");
    else
        puts(is_path(text) ? "' ;;" : "' files= ;;");
}

static void put_all_patterns(void)
{
    bool is_first = true;

    for (int i = 0; i < OPTION_ID__MAX; i++) {
        if (!cli_options[i].argument)
            continue;
        fputs(is_first ? "" : " | ", stdout);
        put_pattern(&cli_options[i]);
        is_first = false;
    }
}

static void put_start(void)
{
    puts("# Completion of dxready for bash, made from the program's own tables.\n"
         "_dxready()\n"
         "{\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    local command= words= files=1 option= i\n"
         "\n"
         "    # bash takes the = of --lang=en for a word\n"
         "    if [[ $cur == = ]]; then\n"
         "        cur=\n"
         "    elif [[ $prev == = ]]; then\n"
         "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "    fi\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in");
    fputs("        ", stdout);
    put_all_patterns();
    puts(")\n"
         "            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))\n"
         "            ((i++)) ;;\n"
         "        -*) ;;\n"
         "        *) command=${COMP_WORDS[i]}; break ;;\n"
         "        esac\n"
         "    done");
}

static void put_bash(void)
{
    put_start();
    puts("    case $prev in");
    for (int i = 0; i < OPTION_ID__MAX; i++)
        put_option_case((enum option_id)i);
    puts("    *) option=1 ;;\n"
         "    esac\n"
         "    if [[ $option && $command && $cur == -* ]]; then\n"
         "        case $command in");
    for (size_t i = 0; i < cli_command_count; i++) {
        printf("        %s) words='", cli_commands[i].name);
        put_option_words(COMMON_OPTIONS | cli_commands[i].options);
        puts("' ;;");
    }
    puts("        esac\n"
         "    elif [[ $option && $command ]]; then\n"
         "        case $command in");
    for (size_t i = 0; i < cli_command_count; i++)
        put_arguments_case(&cli_commands[i]);
    fputs("        esac\n"
          "    elif [[ $option ]]; then\n"
          "        files= words='",
          stdout);
    for (size_t i = 0; i < cli_command_count; i++)
        printf("%s ", cli_commands[i].name);
    put_option_words(COMMON_OPTIONS);
    puts(" --version'\n"
         "    fi\n"
         "    # nothing to choose from: the names of files, but only where one may stand\n"
         "    [[ $words || $files ]] || compopt +o default 2>/dev/null\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "}\n"
         "complete -o default -F _dxready dxready");
}

int main(int argc, char **argv)
{
    enum lang lang;

    if (argc == 4 && strcmp(argv[1], "page") == 0 && lang_parse(argv[2], &lang) == 0)
        put_page(lang, argv[3]);
    else if (argc == 2 && strcmp(argv[1], "bash") == 0)
        put_bash();
    else
        die("page vi|en TEMPLATE, or bash", "usage");
    if (fflush(stdout) || ferror(stdout))
        die("cannot be written", "standard output");
    return 0;
}
