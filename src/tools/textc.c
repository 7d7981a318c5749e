/*
 * Compiles the texts of the pages: textc --header FILE.json... > web_texts.h
 *                                  textc FILE.json... > web_texts.c
 * A file is an object of "key": {"vi": "...", "en": "..."}; {1} to {9} stand for values. Faults are
 * said as "file:line: sentence" (docs/templates.md).
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#define TEXTS_MAX 4000
#define FILE_MAX (1u << 20)

static const char *const languages[] = {"vi", "en"};

struct text {
    const char *path, *key, *in[2];
    int line;
    unsigned values; /* how many */
};

static struct text texts[TEXTS_MAX];
static size_t count;

__attribute__((format(printf, 3, 4), noreturn)) static void refuse(const char *path, int line,
                                                                   const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", path, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static int line_of(const char *source, const char *at)
{
    int line = 1;

    for (; source < at; source++)
        line += *source == '\n';
    return line;
}

/* The line of the `nth` member of the name, for messages; members are found by their quotes. */
static int line_of_key(const char *source, const char *key, size_t nth)
{
    char quoted[100];
    const char *at = source;

    snprintf(quoted, sizeof(quoted), "\"%s\"", key);
    while ((at = strstr(at, quoted)) != NULL) {
        const char *behind = at + strlen(quoted) + strspn(at + strlen(quoted), " \t\r\n");

        if (*behind == ':' && nth-- == 0)
            return line_of(source, at);
        at = behind;
    }
    return 1;
}

static char *read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    char *source = calloc(1, FILE_MAX + 2);
    size_t len = in && source ? fread(source, 1, FILE_MAX + 1, in) : 0;

    if (!in || !source || len > FILE_MAX || ferror(in))
        refuse(path, 1, "cannot be read, or has more than %u bytes", FILE_MAX);
    fclose(in);
    return source;
}

static void check_key(const struct text *text)
{
    size_t len = strspn(text->key, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (len == 0 || text->key[len] || len > 60)
        refuse(text->path, text->line, "the key '%s' has to consist of a to z, 0 to 9 and _",
               text->key);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(texts[i].key, text->key) == 0)
            refuse(text->path, text->line, "the key '%s' stands in %s:%d already", text->key,
                   texts[i].path, texts[i].line);
    }
}

/* Bytes of the UTF-8 character at `s`; 0 if it is none, or a control character. */
static bool is_first(unsigned char c)
{
    return (c >= 32 && c < 127) || (c >= 0xc2 && c <= 0xf4);
}

/* Overlong forms, surrogates, what is above U+10FFFF; controls, which are none of a text. */
static bool is_refused(const unsigned char *s)
{
    return (s[0] == 0xc2 && s[1] < 0xa0) || (s[0] == 0xe0 && s[1] < 0xa0) ||
           (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
           (s[0] == 0xf4 && s[1] > 0x8f);
}

static size_t char_length(const unsigned char *s)
{
    size_t len = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

    if (!is_first(s[0]))
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    }
    return is_refused(s) ? 0 : len;
}

/* The values that a text names, as bits. */
static unsigned values_of(const struct text *text, int lang)
{
    const char *s = text->in[lang];
    unsigned values = 0;

    while (*s) {
        size_t len = char_length((const unsigned char *)s);

        if (len == 0)
            refuse(text->path, text->line,
                   "'%s' has a line break, a control character or bytes that are not UTF-8",
                   text->key);
        if (*s == '}' || (*s == '{' && (s[1] < '1' || s[1] > '9' || s[2] != '}')))
            refuse(text->path, text->line, "'%s' has a brace that is none of {1} to {9}",
                   text->key);
        if (*s == '{') {
            values |= 1u << (s[1] - '1');
            len = 3;
        }
        s += len;
    }
    return values;
}

static void check_values(struct text *text)
{
    unsigned values = values_of(text, 0);

    if (values != values_of(text, 1))
        refuse(text->path, text->line, "'%s' has other values in Vietnamese than in English",
               text->key);
    if (values & (values + 1))
        refuse(text->path, text->line, "'%s' leaves out a value: they count from {1} on",
               text->key);
    for (; values; values >>= 1)
        text->values++;
}

static void read_member(struct text *text, const cJSON *member)
{
    int lang = strcmp(member->string, "en") == 0;

    if (strcmp(member->string, languages[lang]) != 0 || text->in[lang])
        refuse(text->path, text->line, "'%s' has to have \"vi\" and \"en\", once each, not '%s'",
               text->key, member->string);
    if (!cJSON_IsString(member) || !member->valuestring[strspn(member->valuestring, " ")])
        refuse(text->path, text->line, "'%s' has no text in \"%s\"", text->key, languages[lang]);
    text->in[lang] = member->valuestring;
}

static void read_text(const char *path, const cJSON *item, const char *source, size_t nth)
{
    struct text *text = &texts[count];
    const cJSON *member;

    *text = (struct text){.path = path, .key = item->string};
    text->line = line_of_key(source, item->string, nth);
    if (count + 1 == TEXTS_MAX)
        refuse(path, text->line, "more than %d texts", TEXTS_MAX - 1);
    check_key(text);
    if (!cJSON_IsObject(item))
        refuse(path, text->line, "'%s' has to be {\"vi\": \"...\", \"en\": \"...\"}", text->key);
    cJSON_ArrayForEach(member, item) read_member(text, member);
    for (int lang = 0; lang < 2; lang++) {
        if (!text->in[lang])
            refuse(path, text->line, "'%s' has no \"%s\"", text->key, languages[lang]);
    }
    check_values(text);
    count++;
}

static void read_texts(const char *path)
{
    const char *source = read_file(path), *end = NULL;
    cJSON *root = cJSON_ParseWithOpts(source, &end, 1);
    const cJSON *item;

    if (!cJSON_IsObject(root))
        refuse(path, end ? line_of(source, end) : 1, "is not a JSON object");
    cJSON_ArrayForEach(item, root)
    {
        size_t nth = 0;

        for (const cJSON *other = root->child; other != item; other = other->next)
            nth += strcmp(other->string, item->string) == 0;
        read_text(path, item, source, nth);
    }
}

static void print_header(void)
{
    printf("/* Made by src/tools/textc.c. */\n#ifndef WEB_TEXTS_H\n#define WEB_TEXTS_H\n\n"
           "#include \"base/lang.h\"\n\nenum web_text {\n");
    for (size_t i = 0; i < count; i++)
        printf("    WEB_%s,\n", texts[i].key);
    printf("    WEB_TEXT__MAX\n};\n\n/* How many values they take. */\nenum {\n");
    for (size_t i = 0; i < count; i++)
        printf("    WEB_%s__VALUES = %u,\n", texts[i].key, texts[i].values);
    printf("    WEB_TEXT__VALUES_MAX = 9\n};\n\n"
           "extern const struct words web_texts[];        /* as they are ... */\n"
           "extern const struct words web_texts_escaped[]; /* ... and as HTML */\n\n#endif\n");
}

/* As a literal of C; '?' because of trigraphs. */
static void print_literal(const char *text, bool is_html)
{
    putchar('"');
    for (; *text; text++) {
        if (is_html && *text == '&')
            fputs("&amp;", stdout);
        else if (is_html && *text == '<')
            fputs("&lt;", stdout);
        else if (is_html && *text == '>')
            fputs("&gt;", stdout);
        else if (is_html && *text == '"')
            fputs("&quot;", stdout);
        else if (is_html && *text == '\'')
            fputs("&#39;", stdout);
        else
            printf(strchr("\"\\?", *text) ? "\\%c" : "%c", *text);
    }
    putchar('"');
}

static void print_table(const char *name, bool is_html)
{
    printf("\nconst struct words %s[] = {\n", name);
    for (size_t i = 0; i < count; i++) {
        printf("    {{");
        print_literal(texts[i].in[0], is_html);
        printf(",\n      ");
        print_literal(texts[i].in[1], is_html);
        printf("}},\n");
    }
    printf("    {{\"\", \"\"}},\n};\n");
}

int main(int argc, char **argv)
{
    bool is_header = argc > 1 && strcmp(argv[1], "--header") == 0;

    for (int i = 1 + is_header; i < argc; i++)
        read_texts(argv[i]);
    if (is_header) {
        print_header();
    } else {
        printf("/* Made by src/tools/textc.c. */\n#include \"web_texts.h\"\n");
        print_table("web_texts", false);
        print_table("web_texts_escaped", true);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
