/* Tables of responses: what people said that headings and cells mean. */
#include "response_csv_parts.h"

#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"

/* No text has it: control characters are refused. */
#define KEY_FORMAT "%s\x1f%s"

static const char *key_of(struct arena *arena, const char *item, const char *text)
{
    return arena_printf(arena, KEY_FORMAT, item, text_identity(arena, text));
}

void response_csv_take_meanings(struct response_csv *csv)
{
    const struct response_meanings *said = csv->defaults.meanings;

    map_init(&csv->meanings, &csv->arena);
    for (size_t i = 0; said && i < said->count; i++) {
        const char *key = key_of(&csv->arena, said->items[i].item, said->items[i].text);

        map_put(&csv->meanings, key, strlen(key), i);
    }
}

const char *response_csv_meaning(struct response_csv *csv, const char *item, const char *text,
                                 struct arena *arena)
{
    size_t at = MAP_NONE;

    if (csv->meanings.count)
        at = map_find(&csv->meanings, key_of(arena, item, text));
    return at == MAP_NONE ? NULL : csv->defaults.meanings->items[at].meaning;
}

void response_csv_ask(struct response_csv *csv, const char *heading, const char *meaning,
                      const char *guess)
{
    if (!csv->asked)
        csv->asked = ARENA_ARRAY(&csv->arena, struct response_heading, 2 * csv->count);
    csv->asked[csv->asked_count++] = (struct response_heading){heading, meaning, guess};
}

void response_csv_note_bad(struct response_csv *csv, const struct column *column, const char *text,
                           const struct fault *fault)
{
    if (!csv->bad)
        csv->bad = ARENA_ARRAY(&csv->row_arena, struct response_bad_cell, csv->count);
    csv->bad[csv->bad_count++] = (struct response_bad_cell){
        column->id, csv->header.fields[column->cell].text, text, fault};
}

const struct response_heading *response_csv_asked(const struct response_csv *csv, size_t *count)
{
    *count = csv->asked_count;
    return csv->asked;
}

const struct response_bad_cell *response_csv_bad_cells(const struct response_csv *csv,
                                                       size_t *count)
{
    *count = csv->bad_count;
    return csv->bad;
}
