#include "tmplc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Of these there is no safe way to put a value in. */
static const char *const fixed_attributes[] = {"srcset", "ping",       "data",     "poster",
                                               "cite",   "background", "manifest", NULL};
static const char *const boolean_attributes[] = {"checked",  "disabled", "selected",   "hidden",
                                                 "required", "readonly", "autofocus",  "multiple",
                                                 "open",     "reversed", "novalidate", NULL};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The places in which the branches of a block end must be the same. */
static void check_same(struct template *t, const struct block *block)
{
    const struct spot *a = &block->spot, *b = &t->spot;
    bool are_between = (a->place == BETWEEN || a->place == AFTER_PART) &&
                       (b->place == BETWEEN || b->place == AFTER_PART);

    if ((!are_between && a->place != b->place) || block->depth != t->depth ||
        strcmp(a->attribute, b->attribute) != 0 || (!a->start[0] && b->start[0]) ||
        a->is_path != b->is_path || a->is_complete != b->is_complete)
        refuse(t, "this block of C (line %d) ends in another place of the markup than it began",
               block->line);
    if (are_between && a->place != b->place)
        t->spot.place = AFTER_PART;
}

static void read_brace(struct template *t, char c)
{
    if (c == '{') {
        if (t->block_count == DEPTH_MAX)
            refuse(t, "more than %d blocks in each other", DEPTH_MAX);
        t->blocks[t->block_count++] = (struct block){t->spot, t->depth, t->line};
        return;
    }
    if (t->block_count == 0)
        refuse(t, "a '}' without its '{'");
    check_same(t, &t->blocks[--t->block_count]);
}

static bool has_jump(const char *code, size_t len)
{
    static const char *const jumps[] = {"break", "continue", "return", "goto"};

    for (size_t i = 0; i < len; i++) {
        for (int k = 0; k < 4; k++) {
            size_t n = strlen(jumps[k]);

            if (i + n <= len && memcmp(code + i, jumps[k], n) == 0 &&
                (i == 0 || !is_word(code[i - 1])) && (i + n == len || !is_word(code[i + n])))
                return true;
        }
    }
    return false;
}

/* Statements: what they open and close, whatever stands in their strings. */
static void read_braces(struct template *t, const char *code, size_t len)
{
    char quote = 0;

    for (size_t i = 0; i < len; i++) {
        char c = code[i];

        if (quote && c == '\\')
            i++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '{' || c == '}')
            read_brace(t, c);
    }
}

static void check_statement(struct template *t, const char *code, size_t len)
{
    char last = len ? code[len - 1] : ';';

    if (!strchr("{};:", last))
        refuse(t, "a statement has to end in one of { } ; : (every block needs its braces)");
    if (t->spot.place != IN_TEXT && has_jump(code, len))
        refuse(t, "a jump out of the middle of a tag of HTML");
    if (last == ':' && t->block_count)
        check_same(t, &t->blocks[t->block_count - 1]);
    read_braces(t, code, len);
}

/* An address begins its attribute, so that its scheme is the tag's. */
bool is_address_place(const struct spot *spot)
{
    return spot->place == IN_QUOTED && is_one_of(spot->attribute, url_attributes) &&
           !spot->start[0] && !spot->has_tag;
}

/* May a value be printed here? */
static void check_output(struct template *t, char op)
{
    struct spot *spot = &t->spot;

    if (spot->place == AFTER_EQUALS || spot->place == IN_UNQUOTED)
        refuse(t, "a tag in an attribute value without quotes: write %s=\"...\"", spot->attribute);
    if (spot->place == IN_SINGLE)
        refuse(t, "a tag in an attribute value in single quotes: write %s=\"...\"",
               spot->attribute);
    if (spot->place != IN_TEXT && spot->place != IN_QUOTED)
        refuse(t, "a tag in a name of an element or attribute");
    if (op == '@' && spot->place != IN_TEXT)
        refuse(t, "a view inside of a tag of HTML");
    if (spot->place == IN_QUOTED && is_one_of(spot->attribute, fixed_attributes))
        refuse(t, "a tag in the attribute '%s'", spot->attribute);
    if (op == 'a' && !is_address_place(spot))
        refuse(t, "<%%a ... %%> anywhere but at the beginning of href, src, action, formaction");
}

/* A value within a URL: never what its scheme, host or first segment comes from. */
static void check_url_value(struct template *t, char op)
{
    const struct spot *spot = &t->spot;
    bool is_contact = strcmp(spot->start, "tel:") == 0 || strcmp(spot->start, "mailto:") == 0;

    if (op == '=' || op == 't')
        refuse(t, "<%%%c ... %%> in '%s': write <%%u ... %%> for a part of a URL", op,
               spot->attribute);
    if (!spot->start[0] || spot->is_complete)
        refuse(t, "'%s' has to begin with <%%url NAME %%>", spot->attribute);
    check_is_elsewhere(t);
    if (op == 'u' && !is_contact && (!spot->last || !strchr("/=-#", spot->last)))
        refuse(t, "<%%u ... %%> in '%s' has to follow one of / = - #", spot->attribute);
}

/* <%t key %> or <%t key: value, value %> */
static void print_text(struct template *t, const char *code, size_t len)
{
    size_t key = 0, rest;

    while (key < len && (islower((unsigned char)code[key]) || is_word(code[key])))
        key++;
    rest = key;
    while (rest < len && is_blank(code[rest]))
        rest++;
    if (key == 0 || (rest < len && code[rest] != ':'))
        refuse(t, "<%%t ... %%> takes a key, or a key, ':' and values");
    /* one line, so that errors name the line of the tag; braces, for labels in front of it */
    if (rest == len)
        printf("    { _Static_assert(WEB_%.*s__VALUES == 0, \"the text takes values\");"
               " view_tr(v, WEB_%.*s, NULL, 0); }\n",
               (int)key, code, (int)key, code);
    else
        printf("    { const char *const say_values[] = {%.*s};"
               " _Static_assert(sizeof(say_values) / sizeof(*say_values) == WEB_%.*s__VALUES,"
               " \"the text takes another number of values\");"
               " view_tr(v, WEB_%.*s, say_values, WEB_%.*s__VALUES); }\n",
               (int)(len - rest - 1), code + rest + 1, (int)key, code, (int)key, code, (int)key,
               code);
}

/* <%a name.css %>: an enumerator, so that the compiler knows whether there is one. */
static void print_asset(const char *code, size_t len)
{
    fputs("    view_asset(v, ASSET_", stdout);
    for (size_t i = 0; i < len; i++)
        putchar(code[i] == '.' || code[i] == '-' ? '_' : code[i]);
    fputs(");\n", stdout);
}

/* <%? condition: checked %> */
static void print_boolean(struct template *t, const char *code, size_t len)
{
    const char *colon = memrchr(code, ':', len);
    char name[NAME_MAX_BYTES] = "";

    if (t->spot.place != BETWEEN && t->spot.place != AFTER_PART)
        refuse(t, "<%%? ... %%> anywhere but between the attributes of an element");
    for (const char *c = colon; c && ++c < code + len;) {
        if (!is_blank(*c))
            append(t, name, *c);
    }
    if (!colon || !is_one_of(name, boolean_attributes))
        refuse(t, "<%%? ... %%> takes a condition, ':' and a boolean attribute");
    print_line(t);
    printf("    if (%.*s)\n        view_markup(v, \" %s\", %zu);\n", (int)(colon - code), code,
           name, strlen(name) + 1);
    t->spot.place = AFTER_PART;
}

static void print_call(struct template *t, char op, const char *code, size_t len)
{
    switch (op) {
    case '=':
        printf("    view_text(v, %.*s);\n", (int)len, code);
        break;
    case 'u':
        printf("    view_url(v, %.*s);\n", (int)len, code);
        break;
    case 'd': /* "| 0": neither pointers nor fractions */
        printf("    view_int(v, (int64_t)((%.*s) | 0));\n", (int)len, code);
        break;
    case 't':
        print_text(t, code, len);
        break;
    case 'a':
        print_asset(code, len);
        break;
    default:
        printf("    %.*s;\n", (int)len, code);
    }
}

static void print_output(struct template *t, char op, const char *code, size_t len)
{
    check_output(t, op);
    if (t->spot.place == IN_QUOTED && is_one_of(t->spot.attribute, url_attributes) && op != 'a')
        check_url_value(t, op);
    if (!len)
        refuse(t, "<%%%c %%> is empty", op);
    print_line(t);
    print_call(t, op, code, len);
    t->spot.last = 0;
    t->spot.is_complete = op == 'a';
    t->spot.has_tag = t->spot.place == IN_QUOTED;
}

void settle(struct template *t)
{
    enum place place = t->spot.place;

    if (place == AFTER_EQUALS || place == IN_UNQUOTED || place == IN_SINGLE || t->is_closing)
        check_output(t, ' ');
    if (place != IN_ELEMENT_NAME && place != IN_ATTRIBUTE_NAME)
        return;
    end_of_name(t);
    t->spot = (struct spot){.place = AFTER_PART};
}

static void print_statement(struct template *t, const char *code, size_t len)
{
    if (len == 0)
        refuse(t, "<%% %%> is empty");
    check_statement(t, code, len);
    print_line(t);
    printf("    %.*s\n", (int)len, code);
    t->spot.last = 0;
}

size_t control_length(const char *at, const char *end)
{
    const char *close = end - at < 4 ? NULL : memmem(at + 2, (size_t)(end - at - 2), "%>", 2);

    if (!close || at[0] != '<' || at[1] != '%' || !(is_blank(at[2]) || at[2] == '#'))
        return 0;
    return (size_t)(close - at) + 2;
}

/* Tags whose operator is a word. */
static const struct named_tag {
    const char *name;
    void (*print)(struct template *t, const char *code, size_t len);
} named_tags[] = {{"url", print_url}, {"form", print_form}};

static const struct named_tag *find_named(const struct template *t)
{
    for (size_t i = 0; i < sizeof(named_tags) / sizeof(*named_tags); i++) {
        size_t len = strlen(named_tags[i].name);

        if ((size_t)(t->end - t->at) > len + 2 && memcmp(t->at + 2, named_tags[i].name, len) == 0 &&
            strchr(" \n%=", t->at[len + 2]))
            return &named_tags[i];
    }
    return NULL;
}

static void check_operator(const struct template *t, const char *code)
{
    if (*code == '!' || starts_with(t, "<%include"))
        refuse(t, "parameters and headers stand at the top, each once");
    if (!is_blank(*code) && !strchr("=duta@?#", *code))
        refuse(t, "<%%%c is no operator", *code);
    if (isalpha((unsigned char)*code) && !is_blank(code[1]))
        refuse(t, "<%%%c%c is no operator: a blank has to follow <%%%c", *code, code[1], *code);
}

static void print_tag(struct template *t, char op, const char *code, size_t len)
{
    if (is_blank(op) || op == '#' || op == '?')
        settle(t);
    if (is_blank(op))
        print_statement(t, code, len);
    else if (op == '?')
        print_boolean(t, code, len);
    else if (op != '#')
        print_output(t, op, code, len);
}

void read_tag(struct template *t)
{
    const char *code = t->at + 2;
    const char *close = memmem(code, (size_t)(t->end - code), "%>", 2), *end = close;
    const struct named_tag *named = find_named(t);
    char op = *code;

    if (!close)
        refuse(t, "'<%%' without '%%>'");
    if (!named)
        check_operator(t, code);
    code += named ? strlen(named->name) : !is_blank(op);
    while (code < end && is_blank(*code))
        code++;
    while (end > code && is_blank(end[-1]))
        end--;
    if (named)
        named->print(t, code, (size_t)(end - code));
    else
        print_tag(t, op, code, (size_t)(end - code));
    advance(t, (size_t)(close - t->at) + 2);
}
