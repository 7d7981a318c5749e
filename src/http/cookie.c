/* Small headers: Cookie, Content-Type, Accept. */
#include "http/form.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* RFC 9110, 5.6.2. */
static size_t token_length(const char *at)
{
    return strspn(at, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                      "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

/* ---- Content-Type ---- */

bool content_type_is(const char *header, const char *type)
{
    size_t len = strlen(type);

    if (!header)
        return false;
    header = skip_blanks(header);
    if (strncasecmp(header, type, len) != 0)
        return false;
    header = skip_blanks(header + len);
    return *header == '\0' || *header == ';';
}

/* ---- Cookie ---- */

/* cookie-octet of RFC 6265, 4.1.1. */
static bool is_cookie_octet(char c)
{
    return c > 0x20 && c < 0x7f && !strchr("\",;\\", c);
}

static bool is_cookie_value(const char *value, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!is_cookie_octet(value[i]))
            return false;
    }
    return true;
}

const char *cookie_find(struct arena *arena, const char *header, const char *name)
{
    size_t name_len = strlen(name), found_len = 0;
    const char *found = NULL;

    while (header && *header) {
        const char *pair = skip_blanks(header);
        size_t len = strcspn(pair, ";");

        header = pair + len + (pair[len] == ';');
        while (len && (pair[len - 1] == ' ' || pair[len - 1] == '\t'))
            len--;
        if (len <= name_len || pair[name_len] != '=' || strncmp(pair, name, name_len) != 0)
            continue;
        if (found)
            return NULL;
        found = pair + name_len + 1;
        found_len = len - name_len - 1;
    }
    return found && is_cookie_value(found, found_len) ? arena_strndup(arena, found, found_len)
                                                      : NULL;
}

/* ---- Accept ---- */

/* How much one type is wanted: a nearer range overrules a wider one, whatever their weights. */
struct wish {
    const char *type, *subtype;
    int nearness; /* 0: no range spoke of it; 1: any, 2: of its type, 3: itself */
    int weight;   /* thousandths */
};

struct media_range {
    const char *type, *subtype;
    size_t type_len, subtype_len;
    int weight;
    bool has_weight;
};

/* 0 to 1 with up to three decimals, in thousandths; -1 if it is none. */
static int read_weight(const char *text, size_t len)
{
    int weight = len && *text == '1' ? 1000 : 0;
    int unit = 100;

    if (!len || (*text != '0' && *text != '1') || len > 5 || (len > 1 && text[1] != '.'))
        return -1;
    for (size_t i = 2; i < len; i++, unit /= 10) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        weight += (text[i] - '0') * unit;
    }
    return weight <= 1000 ? weight : -1;
}

/* Moves behind a quoted string; NULL if it has no end. */
static const char *skip_quoted(const char *at)
{
    for (at++; *at && *at != '"'; at++) {
        if (*at == '\\' && *++at == '\0')
            return NULL;
    }
    return *at ? at + 1 : NULL;
}

/* One parameter behind its ";"; an empty one is fine (RFC 9110, 5.6.6). NULL if unreadable. */
static const char *read_parameter(const char *at, struct media_range *range)
{
    size_t name_len = token_length(at);
    const char *value = at + name_len + 1;

    if (!name_len)
        return at;
    if (at[name_len] != '=')
        return NULL;
    if (name_len != 1 || (*at != 'q' && *at != 'Q')) {
        size_t len = token_length(value);

        return *value == '"' ? skip_quoted(value) : len ? value + len : NULL;
    }
    if (range->has_weight)
        return NULL;
    range->has_weight = true;
    range->weight = read_weight(value, token_length(value));
    return range->weight < 0 ? NULL : value + token_length(value);
}

/* Reads up to a comma or the end; NULL if unreadable. */
static const char *read_range(const char *at, struct media_range *range)
{
    *range = (struct media_range){.weight = 1000};
    range->type = at;
    range->type_len = token_length(at);
    at += range->type_len;
    if (!range->type_len || *at++ != '/')
        return NULL;
    range->subtype = at;
    range->subtype_len = token_length(at);
    at = skip_blanks(at + range->subtype_len);
    if (!range->subtype_len || (*range->type == '*' && *range->subtype != '*'))
        return NULL;
    while (at && *at == ';') {
        at = read_parameter(skip_blanks(at + 1), range);
        at = at ? skip_blanks(at) : NULL;
    }
    return at && (*at == ',' || *at == '\0') ? at : NULL;
}

static bool is_word(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && strncasecmp(text, word, len) == 0;
}

static void ask(struct wish *wish, const struct media_range *range)
{
    bool is_type = is_word(range->type, range->type_len, wish->type);
    bool is_any_subtype = is_word(range->subtype, range->subtype_len, "*");
    int nearness = 0;

    if (is_type && is_word(range->subtype, range->subtype_len, wish->subtype))
        nearness = 3;
    else if (is_type && is_any_subtype)
        nearness = 2;
    else if (is_any_subtype && is_word(range->type, range->type_len, "*"))
        nearness = 1;
    if (!nearness || nearness < wish->nearness)
        return;
    if (nearness > wish->nearness || range->weight > wish->weight)
        wish->weight = range->weight;
    wish->nearness = nearness;
}

bool accept_prefers_json(const char *header)
{
    struct wish json = {.type = "application", .subtype = "json"};
    struct wish html = {.type = "text", .subtype = "html"};

    for (const char *at = header; at && *at;) {
        struct media_range range;

        at = skip_blanks(at);
        if (*at == ',' || *at == '\0') { /* empty elements of a list: RFC 9110, 5.6.1 */
            at += *at == ',';
            continue;
        }
        at = read_range(at, &range);
        if (!at)
            return false;
        ask(&json, &range);
        ask(&html, &range);
    }
    if (json.weight != html.weight)
        return json.weight > html.weight;
    return json.weight > 0 && json.nearness == 3 && html.nearness < 3;
}

bool accept_takes_gzip(const char *header)
{
    int named = -1, any = 0;

    for (const char *at = header; at && *at;) {
        struct media_range coding = {.weight = 1000, .type = at = skip_blanks(at)};

        coding.type_len = token_length(at);
        at = skip_blanks(at + coding.type_len);
        if (coding.type_len && *at == ';')
            at = read_parameter(skip_blanks(at + 1), &coding);
        at = at ? skip_blanks(at) : NULL;
        if (!at || (*at != ',' && *at != '\0'))
            return false;
        at += *at == ',';
        if (is_word(coding.type, coding.type_len, "gzip"))
            named = coding.weight;
        else if (is_word(coding.type, coding.type_len, "*"))
            any = coding.weight;
    }
    return named >= 0 ? named > 0 : any > 0;
}
