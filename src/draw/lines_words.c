#include "lines_words.h"

#include <string.h>

static struct word *add(struct words_list *list, struct arena *arena)
{
    if (list->count == list->cap) {
        struct word *items = ARENA_ARRAY(arena, struct word, list->cap ? 2 * list->cap : 16);

        if (list->count)
            memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
        list->cap = list->cap ? 2 * list->cap : 16;
    }
    return &list->items[list->count++];
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* White space in front of a word belongs to the word before it, also if that is in another run. */
static const char *skip_space(struct words_list *list, const struct run *run, const char *at,
                              double size)
{
    enum break_kind kind = BREAK_NEVER;

    for (; is_space(*at) || *at == '\n'; at++)
        kind = *at == '\n' || kind == BREAK_FORCED ? BREAK_FORCED : BREAK_SPACE;
    if (list->count && kind > list->items[list->count - 1].after) {
        list->items[list->count - 1].after = kind;
        list->items[list->count - 1].space = font_code_width(run->face, size, font_code(' '));
    }
    return at;
}

static void cut_run(struct words_list *list, struct arena *arena, const struct run *run,
                    double size)
{
    const char *at = skip_space(list, run, run->text, size);

    while (*at) {
        struct word *word = add(list, arena);
        size_t len = strcspn(at, " \t\r\n");

        *word = (struct word){
            .run = run, .text = at, .len = len, .width = font_text_width(run->face, size, at, len)};
        at = skip_space(list, run, at + len, size);
    }
}

/* ---- Pairs ---- */

/* Small letters of the alphabets that Vietnamese and English are written with. */
static uint32_t small(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x1EA0 && c <= 0x1EF9) || c == 0x1A0)
        return c | 1;
    return c == 0x1AF ? 0x1B0 : c;
}

static bool is_letter(uint32_t c)
{
    return (c >= 0xC0 && c < 0x2000) || (small(c) >= 'a' && small(c) <= 'z') ||
           (c >= '0' && c <= '9');
}

/* True if the word is this one; signs may stand in front of it or behind it where it begins or ends
 * the pair. */
static bool word_is(const struct word *word, const char *text, size_t len, bool is_first,
                    bool is_last)
{
    const char *at = word->text, *end = at + word->len, *stop = text + len;

    for (const char *next = at; is_first && next < end && !is_letter(font_next(&next, end));)
        at = next;
    while (at < end && text < stop) {
        if (small(font_next(&at, end)) != small(font_next(&text, stop)))
            return false;
    }
    return text == stop && (at == end || (is_last && !is_letter(font_next(&at, end))));
}

/* The number of words of a pair that stand at the head of the list; 0 if it is another text. */
static size_t match(const struct word *words, size_t count, const char *pair)
{
    size_t n = 0;

    for (; *pair; n++) {
        size_t len = strcspn(pair, " ");

        if (n == count || (pair[len] && words[n].after != BREAK_SPACE) ||
            !word_is(&words[n], pair, len, n == 0, pair[len] == '\0'))
            return 0;
        pair += len + (pair[len] == ' ');
    }
    return n;
}

/* The first letter of a word, behind its signs; 0 if it has none. */
static uint32_t first_letter(const struct word *word)
{
    const char *at = word->text, *end = at + word->len;

    while (at < end) {
        uint32_t c = font_next(&at, end);

        if (is_letter(c))
            return small(c);
    }
    return 0;
}

static bool begins_with(const char *text, uint32_t letter)
{
    return *text && small(font_next(&text, text + strlen(text))) == letter;
}

static void join_pair(struct words_list *list, size_t at, const char *pair)
{
    size_t n = match(&list->items[at], list->count - at, pair);

    for (size_t k = 0; k + 1 < n; k++)
        list->items[at + k].after = BREAK_PAIR;
}

/* Most words begin no pair, and the first letter shows it: a tenth of a report's time. */
static void join_pairs(struct words_list *list, struct word_pairs pairs)
{
    for (size_t i = 0; i < list->count; i++) {
        uint32_t letter = first_letter(&list->items[i]);

        for (size_t p = 0; p < pairs.count; p++) {
            if (begins_with(pairs.items[p], letter))
                join_pair(list, i, pairs.items[p]);
        }
    }
}

/* ---- Words that are too long ---- */

static bool is_sign(char c)
{
    return strchr("-/_.,?&=@:;+#", c) != NULL;
}

/* Bytes of the first part of a word that fits, and what kind of break follows. */
static size_t first_part(const struct word *word, double size, double width, enum break_kind *after)
{
    size_t fits = font_text_fit(word->run->face, size, word->text, word->len, width);

    *after = BREAK_SIGN;
    for (size_t len = fits; len > fits / 3; len--)
        if (is_sign(word->text[len - 1]))
            return len;
    *after = BREAK_ANYWHERE;
    if (fits == 0) { /* not even one letter: it stands alone all the same */
        const char *at = word->text;

        font_next(&at, word->text + word->len);
        fits = (size_t)(at - word->text);
    }
    return fits;
}

static void put_parts(struct words_list *list, struct arena *arena, struct word word, double size,
                      double width)
{
    while (word.width > width) {
        enum break_kind after;
        size_t len = first_part(&word, size, width, &after);
        struct word *part;

        if (len >= word.len)
            break;
        part = add(list, arena);
        *part = word;
        part->len = len;
        part->width = font_text_width(word.run->face, size, word.text, len);
        part->space = 0;
        part->after = after;
        word.text += len;
        word.len -= len;
        word.width = font_text_width(word.run->face, size, word.text, word.len);
    }
    *add(list, arena) = word;
}

/* Where words in several faces hang together and are too long as a whole, they may part. */
static void part_chains(struct words_list *list, double width)
{
    size_t start = 0;

    while (start < list->count) {
        size_t end = start;
        double sum = list->items[start].width;

        for (; list->items[end].after == BREAK_NEVER && end + 1 < list->count; end++)
            sum += list->items[end + 1].width;
        for (size_t i = start; i < end && sum > width; i++)
            list->items[i].after = BREAK_ANYWHERE;
        start = end + 1;
    }
}

static bool needs_parts(const struct words_list *list, double width)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].width > width || list->items[i].after == BREAK_NEVER)
            return true;
    return false;
}

struct words_list words_cut(struct arena *arena, const struct run *runs, size_t count,
                            const struct lines_style *style)
{
    struct words_list list = {0}, parts = {0};

    for (size_t i = 0; i < count; i++)
        cut_run(&list, arena, &runs[i], style->size);
    if (list.count) {
        list.items[list.count - 1].after = BREAK_FORCED;
        list.items[list.count - 1].space = 0;
    }
    join_pairs(&list, style->pairs);
    if (!needs_parts(&list, style->width))
        return list;
    for (size_t i = 0; i < list.count; i++)
        put_parts(&parts, arena, list.items[i], style->size, style->width);
    part_chains(&parts, style->width);
    return parts;
}

double lines_longest_word(const struct run *runs, size_t count, double size)
{
    struct arena arena;
    struct lines_style style = {.size = size, .width = 1e9};
    struct words_list list;
    double longest = 0, chain = 0;

    arena_init(&arena);
    list = words_cut(&arena, runs, count, &style);
    for (size_t i = 0; i < list.count; i++) {
        chain += list.items[i].width;
        if (chain > longest)
            longest = chain;
        if (list.items[i].after != BREAK_NEVER)
            chain = 0;
    }
    arena_free(&arena);
    return longest;
}
