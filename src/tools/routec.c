/*
 * Compiles the tables of routes to functions that make addresses (docs/templates.md):
 *   routec routes.h... > web_paths.h
 * Of ROUTE(GET, "/ho-so/:ref/tep/:n", ..., page_file) comes
 *   struct path path_page_file(struct arena *arena, const char *ref, int64_t n)
 * so that a link to a page that is not there, or with other values, is an error of the compiler.
 * What is wrong in a table is refused as "file:line: sentence".
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 512
#define NAME_MAX_BYTES 64
#define PARTS_MAX 4

/* What may stand for a segment, and what is given for it. */
static const struct part_kind {
    const char *name, *parameter, *value;
} kinds[] = {
    {":ref", "const char *ref", "{ref, 0}"},
    {":text", "const char *text", "{text, 0}"},
    {":n", "int64_t n", "{NULL, n}"},
};

struct row {
    const char *file;
    int line;
    char method[NAME_MAX_BYTES], pattern[NAME_MAX_BYTES], handler[NAME_MAX_BYTES];
    const struct part_kind *parts[PARTS_MAX];
    size_t part_count;
};

static _Noreturn void refuse(const struct row *row, const char *sentence)
{
    fprintf(stderr, "%s:%d: %s\n", row->file, row->line, sentence);
    exit(1);
}

static void copy(const struct row *row, char *to, const char *from, size_t len)
{
    if (len >= NAME_MAX_BYTES)
        refuse(row, "a method, an address or a name is too long");
    memcpy(to, from, len);
    to[len] = '\0';
}

/* ROUTE(METHOD, "PATTERN", ..., HANDLER) */
static void read_row(struct row *row, const char *text)
{
    const char *method = text + strlen("ROUTE("), *open = strchr(text, '"');
    const char *close = open ? strchr(open + 1, '"') : NULL, *end = strrchr(text, ')');
    const char *comma = strrchr(text, ',');

    if (!close || !end || !comma || comma < close || end < comma)
        refuse(row, "write ROUTE(METHOD, \"/address\", who, queue, cookie, body, handler)");
    copy(row, row->method, method, strcspn(method, ","));
    copy(row, row->pattern, open + 1, (size_t)(close - open - 1));
    comma += strspn(comma, ", ");
    copy(row, row->handler, comma, (size_t)(end - comma));
}

static void read_part(struct row *row, const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strlen(kinds[i].name) != len || memcmp(kinds[i].name, name, len) != 0)
            continue;
        for (size_t k = 0; k < row->part_count; k++) {
            if (row->parts[k] == &kinds[i])
                refuse(row, "an address has each of :ref, :n and :text at most once");
        }
        row->parts[row->part_count++] = &kinds[i];
        return;
    }
    refuse(row, "a value in an address is one of :ref, :n and :text");
}

static void check_row(struct row *row)
{
    bool is_get = strcmp(row->method, "GET") == 0;

    if (!is_get && strcmp(row->method, "POST") != 0)
        refuse(row, "the method of a route is GET or POST");
    if (strncmp(row->handler, is_get ? "page_" : "post_", 5) != 0)
        refuse(row,
               is_get ? "a route of GET is named page_..." : "a route of POST is named post_...");
    if (row->pattern[0] != '/')
        refuse(row, "an address begins with /");
    for (const char *at = row->pattern; (at = strchr(at, '/')) && *++at;) {
        if (*at == ':')
            read_part(row, at, strcspn(at, "/"));
    }
}

static void print_row(const struct row *row)
{
    printf("\nstatic inline struct path path_%s(struct arena *arena", row->handler);
    for (size_t i = 0; i < row->part_count; i++)
        printf(", %s", row->parts[i]->parameter);
    printf(")\n{\n    return path_make(arena, \"%s\", ", row->pattern);
    if (row->part_count == 0)
        printf("NULL");
    for (size_t i = 0; i < row->part_count; i++)
        printf("%s%s", i ? ", " : "(const struct path_part[]){", row->parts[i]->value);
    printf("%s);\n}\n", row->part_count ? "}" : "");
}

static void read_table(const char *path)
{
    FILE *in = fopen(path, "r");
    char text[LINE_MAX_BYTES];
    struct row place = {.file = path};

    if (!in)
        refuse(&place, "cannot be read");
    while (fgets(text, sizeof(text), in)) {
        struct row row = {.file = path, .line = ++place.line};

        if (strncmp(text, "ROUTE(", 6) != 0)
            continue;
        read_row(&row, text);
        check_row(&row);
        print_row(&row);
    }
    fclose(in);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: routec routes.h...\n");
        return 2;
    }
    printf("/* Made by src/tools/routec.c: the address of every route, by its name. */\n"
           "#ifndef WEB_PATHS_H\n#define WEB_PATHS_H\n\n#include \"web/kit/path.h\"\n");
    for (int i = 1; i < argc; i++)
        read_table(argv[i]);
    printf("\n#endif\n");
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
