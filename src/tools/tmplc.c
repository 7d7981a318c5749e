/*
 * Compiles HTML templates to C (docs/templates.md tells how they are written):
 *   tmplc NAME.html > NAME.c          the function view_NAME()
 *   tmplc --header *.html > views.h   the prototypes of all
 * It follows the markup as a browser does, so that it knows where each tag stands; a tag in a place
 * where escaping would not be enough is refused as "file:line: sentence".
 */
#include "tmplc.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FILE_MAX (1u << 20)

void refuse(const struct template *t, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", t->path, t->line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++) {
        if (strcasecmp(name, *names) == 0)
            return true;
    }
    return false;
}

bool starts_with(const struct template *t, const char *text)
{
    size_t len = strlen(text);

    return (size_t)(t->end - t->at) >= len && memcmp(t->at, text, len) == 0;
}

void advance(struct template *t, size_t len)
{
    for (; len > 0; len--)
        t->line += *t->at++ == '\n';
}

bool is_blank(char c)
{
    return c && strchr(" \t\r\n", c) != NULL;
}

void append(struct template *t, char *to, char c)
{
    size_t len = strlen(to);

    if (len + 1 >= NAME_MAX_BYTES)
        refuse(t, "a name has more than %d letters", NAME_MAX_BYTES - 1);
    to[len] = c;
    to[len + 1] = '\0';
}

/* ---- what is printed ---- */

void put(struct template *t, char c)
{
    t->literal[t->literal_len++] = c; /* as long as the source, so there is room */
}

/* Octal, so that no digit behind it can be taken as part of it; '?' because of trigraphs. */
static void print_c_char(char c)
{
    if (c == '\n')
        fputs("\\n", stdout);
    else if (strchr("\"\\?", c))
        printf("\\%c", c);
    else if ((unsigned char)c < 32)
        printf("\\%03o", c);
    else
        putchar(c);
}

void print_literal(struct template *t)
{
    if (t->literal_len == 0)
        return;
    fputs("    view_markup(v,\n        \"", stdout);
    for (size_t i = 0; i < t->literal_len; i++) {
        print_c_char(t->literal[i]);
        if (t->literal[i] == '\n' && i + 1 < t->literal_len)
            fputs("\"\n        \"", stdout);
    }
    printf("\", %zu);\n", t->literal_len);
    t->literal_len = 0;
}

void print_line(struct template *t)
{
    print_literal(t);
    printf("#line %d \"%s\"\n", t->line, t->path);
}

/* ---- lines ---- */

/* True for the rest of a line that has statements and comments only: it vanishes. */
static bool is_control_line(const struct template *t)
{
    const char *at = t->at;
    size_t len, count = 0;

    for (;; at += len, count++) {
        while (at < t->end && (*at == ' ' || *at == '\t'))
            at++;
        len = control_length(at, t->end);
        if (len == 0)
            break;
    }
    return count > 0 && (at == t->end || *at == '\n');
}

static void skip_blanks(struct template *t)
{
    while (t->at < t->end && is_blank(*t->at))
        advance(t, 1);
}

/* White space becomes one blank or line break; a line has no blanks before its first character. */
static void read_space(struct template *t, bool is_begin)
{
    const char *begin = t->at;
    bool is_line;

    skip_blanks(t);
    is_line = is_begin || memchr(begin, '\n', (size_t)(t->at - begin));
    if (t->at > begin && !is_begin)
        put(t, is_line && t->spot.place == IN_TEXT ? '\n' : ' ');
    if (t->spot.place == AFTER_PART)
        t->spot.place = BETWEEN;
    while (is_line && is_control_line(t)) {
        while (t->at < t->end && *t->at != '\n') {
            if (is_blank(*t->at))
                advance(t, 1);
            else
                read_tag(t);
        }
        skip_blanks(t);
    }
}

static bool takes_space(const struct template *t)
{
    enum place place = t->spot.place;

    return place == BETWEEN || place == AFTER_PART ||
           (place == IN_TEXT && !is_inside(t, verbatim_elements));
}

/* ---- files ---- */

static void read_source(struct template *t, const char *path)
{
    FILE *in = fopen(path, "rb");
    char *source = malloc(FILE_MAX + 1);
    size_t len = in && source ? fread(source, 1, FILE_MAX + 1, in) : 0;

    t->path = path;
    t->line = 1;
    if (!in || !source || len > FILE_MAX || ferror(in))
        refuse(t, "cannot be read, or has more than %u bytes", FILE_MAX);
    fclose(in);
    while (len > 0 && is_blank(source[len - 1]))
        len--;
    t->at = source;
    t->end = source + len;
    t->literal = malloc(3 * len + 1); /* what is printed for a form is longer than its tag */
    if (!t->literal)
        refuse(t, "out of memory");
}

/* The function is named after the file: NAME.html, [a-z][a-z0-9_]* */
static void read_own_name(struct template *t)
{
    const char *slash = strrchr(t->path, '/'), *at = slash ? slash + 1 : t->path;

    if (!islower((unsigned char)*at))
        refuse(t, "the name of a template begins with a letter from a to z");
    for (; *at && *at != '.'; at++) {
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '_')
            refuse(t, "the name of a template consists of a to z, 0 to 9 and _");
        append(t, t->name, *at);
    }
    if (strcmp(at, ".html") != 0)
        refuse(t, "the name of a template ends in .html");
}

/* What stands between an operator of the top and its '%>'. */
static int read_top_tag(struct template *t, const char *op, const char **code)
{
    const char *close = memmem(t->at, (size_t)(t->end - t->at), "%>", 2), *end = close;

    if (!close)
        refuse(t, "'<%%' without '%%>'");
    *code = t->at + strlen(op);
    while (*code < end && is_blank(**code))
        ++*code;
    while (end > *code && is_blank(end[-1]))
        end--;
    advance(t, (size_t)(close - t->at) + 2);
    return (int)(end - *code);
}

/* The lines at the top: headers (printed as directives where wanted), then parameters. */
static void read_top(struct template *t, bool prints_includes, const char **parameters, int *len)
{
    const char *code;

    *len = 0;
    for (skip_blanks(t); starts_with(t, "<%include") || starts_with(t, "<%#"); skip_blanks(t)) {
        bool is_include = starts_with(t, "<%include");
        int code_len = read_top_tag(t, is_include ? "<%include" : "<%#", &code);

        if (is_include && (code_len < 3 || code[0] != '"' || code[code_len - 1] != '"'))
            refuse(t, "write <%%include \"folder/name.h\" %%>");
        if (is_include && prints_includes)
            printf("#include %.*s\n", code_len, code);
    }
    if (starts_with(t, "<%!"))
        *len = read_top_tag(t, "<%!", parameters);
}

static void print_prototype(const struct template *t, const char *parameters, int len,
                            const char *end)
{
    printf("void view_%s(struct view *v%s%.*s)%s\n", t->name, len ? ", " : "", len, parameters,
           end);
}

static void print_function(struct template *t)
{
    const char *parameters = "";
    int len;

    printf("/* Made by src/tools/tmplc.c from %s. */\n#include \"web_views.h\"\n\n", t->path);
    read_top(t, false, &parameters, &len);
    printf("#line %d \"%s\"\n", t->line, t->path);
    print_prototype(t, parameters, len, "");
    printf("{\n    (void)v;\n");
    read_space(t, true);
    while (t->at < t->end) {
        if (starts_with(t, "<%"))
            read_tag(t);
        else if (is_blank(*t->at) && takes_space(t))
            read_space(t, false);
        else
            read_markup(t);
    }
    if (t->spot.place != IN_TEXT)
        refuse(t, "the file ends inside of a tag of HTML (<%s)", t->element);
    if (t->block_count)
        refuse(t, "the block of line %d has no '}'", t->blocks[t->block_count - 1].line);
    if (t->depth && !name_ends_in(t, "_begin"))
        refuse(t, "<%s> is not closed", t->open[t->depth - 1]);
    print_literal(t);
    printf("}\n");
}

static struct template *open_template(const char *path)
{
    struct template *t = calloc(1, sizeof(*t));

    if (!t)
        exit(3);
    read_source(t, path);
    read_own_name(t);
    return t;
}

/* Headers first, then prototypes. */
static void print_header(char **paths)
{
    const char *parameters = "";
    int len;

    printf("/* Made by src/tools/tmplc.c. */\n#ifndef WEB_VIEWS_H\n#define WEB_VIEWS_H\n\n"
           "#include \"web/kit/assets.h\"\n#include \"web/kit/view.h\"\n"
           "#include \"web_paths.h\"\n");
    for (char **path = paths; *path; path++)
        read_top(open_template(*path), true, &parameters, &len);
    printf("\n");
    for (char **path = paths; *path; path++) {
        struct template *t = open_template(*path);

        read_top(t, false, &parameters, &len);
        print_prototype(t, parameters, len, ";");
    }
    printf("\n#endif\n");
}

int main(int argc, char **argv)
{
    if (argc < 2 || (strcmp(argv[1], "--header") != 0 && argc != 2)) {
        fprintf(stderr, "usage: tmplc NAME.html\n       tmplc --header NAME.html...\n");
        return 2;
    }
    if (strcmp(argv[1], "--header") == 0)
        print_header(argv + 2);
    else
        print_function(open_template(argv[1]));
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
