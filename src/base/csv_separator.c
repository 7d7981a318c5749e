#include "csv_separator.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define LINES_MAX 40

/* The rarer in texts, the earlier. */
static const char candidates[] = "\t;,";

#define CANDIDATES (sizeof(candidates) - 1)

char csv_named_separator(const char *text, size_t len, size_t *pos, int *line)
{
    size_t quote = len && *text == '"', at = quote + 5;
    char separator;

    if (len < at + quote || strncasecmp(text + quote, "sep=", 4) != 0)
        return 0;
    separator = text[quote + 4];
    if (!separator || !strchr(candidates, separator))
        return 0;
    at += quote;
    while (at < len && text[at] == separator)
        at++;
    if (at < len && text[at] == '\r')
        at++;
    else if (at < len && text[at] != '\n')
        return 0;
    if (at < len && text[at] == '\n')
        at++;
    *pos += at;
    ++*line;
    return separator;
}

struct counts {
    size_t of[CANDIDATES];
};

/* Counts in one line; returns its length with its end. */
static size_t count_line(const char *text, size_t len, struct counts *counts)
{
    bool is_quoted = false;
    size_t i = 0;

    *counts = (struct counts){.of = {0}};
    for (; i < len; i++) {
        const char *at = text[i] ? strchr(candidates, text[i]) : NULL;

        if (!is_quoted && (text[i] == '\n' || text[i] == '\r'))
            return i + 1;
        if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (at && !is_quoted)
            counts->of[at - candidates]++;
    }
    return i;
}

static bool has_any(const struct counts *counts)
{
    for (size_t i = 0; i < CANDIDATES; i++) {
        if (counts->of[i])
            return true;
    }
    return false;
}

/* How many lines have it as often as most that have it at all. */
static size_t agreement(const struct counts *lines, size_t count, size_t candidate)
{
    size_t best = 0;

    for (size_t i = 0; i < count; i++) {
        size_t same = 0;

        for (size_t j = 0; lines[i].of[candidate] && j < count; j++)
            same += lines[j].of[candidate] == lines[i].of[candidate];
        best = same > best ? same : best;
    }
    return best;
}

char csv_find_separator(const char *text, size_t len)
{
    struct counts lines[LINES_MAX];
    size_t count = 0, best = 0, agreed[CANDIDATES];

    while (len && count < LINES_MAX) {
        size_t line = count_line(text, len, &lines[count]);

        text += line;
        len -= line;
        count += has_any(&lines[count]);
    }
    if (!count)
        return ',';
    for (size_t i = 0; i < CANDIDATES; i++)
        agreed[i] = agreement(lines, count, i);
    for (size_t i = 1; i < CANDIDATES; i++) {
        if (agreed[i] > agreed[best] ||
            (agreed[i] == agreed[best] && lines[0].of[i] > lines[0].of[best]))
            best = i;
    }
    return candidates[best];
}
