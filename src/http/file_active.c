/* PDF files that do something by themselves: names of ISO 32000-1, 7.3.5 and 12.6. */
#include "http/form.h"

#include <string.h>

#include "base/array.h"

#define BLANKS " \t\r\n\f\0"
#define BLANK_COUNT 6
#define DELIMITERS BLANKS "()<>[]{}/%"
#define DELIMITER_COUNT (BLANK_COUNT + 10)
#define NAME_MAX_BYTES 16 /* longer than any that is looked for */

struct place {
    const unsigned char *at, *end;
};

static bool is_one_of(unsigned char c, const char *set, size_t count)
{
    return memchr(set, c, count) != NULL;
}

/* -1: no digit. */
static int hex_digit(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* One character of a name, where "#4A" stands for "J". */
static unsigned char next_char(struct place *p)
{
    unsigned char c = *p->at++;

    if (c != '#' || p->end - p->at < 2 || hex_digit(p->at[0]) < 0 || hex_digit(p->at[1]) < 0)
        return c;
    c = (unsigned char)(hex_digit(p->at[0]) << 4 | hex_digit(p->at[1]));
    p->at += 2;
    return c;
}

/* The name behind a "/", as far as it fits; `p` is at what follows it. */
static size_t read_name(struct place *p, char name[NAME_MAX_BYTES])
{
    size_t len = 0;

    while (p->at < p->end && !is_one_of(*p->at, DELIMITERS, DELIMITER_COUNT)) {
        unsigned char c = next_char(p);

        if (len < NAME_MAX_BYTES)
            name[len++] = (char)c;
    }
    return len;
}

/* An array is a place to open the document at, as every word processor writes it (12.3.2). */
static bool is_destination(struct place p)
{
    while (p.at < p.end && is_one_of(*p.at, BLANKS, BLANK_COUNT))
        p.at++;
    return p.at < p.end && *p.at == '[';
}

static bool is_active_name(const char *name, size_t len, struct place behind)
{
    static const char *const names[] = {"JavaScript", "JS",           "OpenAction",    "AA",
                                        "Launch",     "EmbeddedFile", "EmbeddedFiles", "RichMedia"};

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (len == strlen(names[i]) && memcmp(name, names[i], len) == 0)
            return strcmp(names[i], "OpenAction") != 0 || !is_destination(behind);
    }
    return false;
}

bool pdf_is_active(const unsigned char *data, size_t len)
{
    struct place p = {data, data + len};
    char name[NAME_MAX_BYTES];

    while (p.at < p.end) {
        const unsigned char *slash = memchr(p.at, '/', (size_t)(p.end - p.at));
        size_t name_len;

        if (!slash)
            break;
        p.at = slash + 1;
        name_len = read_name(&p, name);
        if (is_active_name(name, name_len, p))
            return true;
    }
    return false;
}
