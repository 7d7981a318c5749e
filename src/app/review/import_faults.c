/* Faults of imports, by kinds: the first places of each, and how many more there are. */
#include "import.h"

#include <string.h>

/* What is quoted and counted differs from row to row; the rest of the sentence is the kind. */
const char *import_fault_kind(struct arena *arena, const struct fault *fault)
{
    const char *text = fault->text[LANG_EN];
    char *key = arena_printf(arena, "%d%s: %s", fault->is_warning, fault->place.pointer, text);
    char *out = key;
    bool is_quoted = false;

    for (const char *at = key; *at; at++) {
        bool opens = *at == '\'' && (is_quoted || at == key || at[-1] == ' ');

        is_quoted ^= opens;
        if (!is_quoted && !opens && (*at < '0' || *at > '9'))
            *out++ = *at;
    }
    *out = '\0';
    return key;
}

static struct fault copy_of(struct arena *arena, const struct fault *fault)
{
    struct fault copy = *fault;

    copy.place.file = arena_strdup(arena, fault->place.file);
    copy.place.pointer = arena_strdup(arena, fault->place.pointer);
    for (int lang = 0; lang < LANG__MAX; lang++)
        copy.text[lang] = arena_strdup(arena, fault->text[lang]);
    return copy;
}

static struct fault_kind *kind_of(struct fault_kinds *kinds, const struct fault *fault)
{
    const char *key = import_fault_kind(&kinds->arena, fault);
    size_t at = map_find(&kinds->by_key, key);

    if (at != MAP_NONE)
        return &kinds->items[at];
    if (kinds->count == IMPORT_FAULT_KINDS_MAX)
        return NULL;
    map_put(&kinds->by_key, key, strlen(key), kinds->count);
    return &kinds->items[kinds->count++];
}

void import_faults_begin(struct import *im)
{
    struct fault_kinds *kinds = &im->kinds;

    arena_reset(&kinds->arena);
    map_init(&kinds->by_key, &kinds->arena);
    kinds->items = ARENA_ARRAY(&kinds->arena, struct fault_kind, IMPORT_FAULT_KINDS_MAX);
    kinds->count = kinds->others = 0;
}

void import_say(struct import *im, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        struct fault_kind *kind = kind_of(&im->kinds, fault);

        if (!kind) {
            im->kinds.others += !fault->is_warning;
            continue;
        }
        if (kind->count < IMPORT_FAULT_PLACES)
            kind->first[kind->count] = copy_of(&im->kinds.arena, fault);
        kind->count++;
        kind->last_line = fault->place.line;
    }
}

static void add(struct faults *all, bool is_warning, struct place place, struct words text)
{
    if (is_warning)
        faults_warn(all, place, "%1$s%2$.0s", "%2$s%1$.0s", text.in[LANG_VI], text.in[LANG_EN]);
    else
        faults_add(all, place, "%1$s%2$.0s", "%2$s%1$.0s", text.in[LANG_VI], text.in[LANG_EN]);
}

/* How many more, and where all of them stand. */
static void add_rest(struct import *im, const struct fault_kind *kind)
{
    const struct fault *first = &kind->first[0];
    const char *rejects = first->is_warning ? NULL : im->file->rejects;
    struct words text;

    text.in[LANG_VI] =
        arena_printf(im->arena, "còn %zu chỗ nữa như vậy, đến dòng %d (tất cả %zu)%s%s",
                     kind->count - IMPORT_FAULT_PLACES, kind->last_line, kind->count,
                     rejects ? "; danh sách đầy đủ ở " : "", rejects ? rejects : "");
    text.in[LANG_EN] =
        arena_printf(im->arena, "and %zu more like this, up to line %d (%zu in all)%s%s",
                     kind->count - IMPORT_FAULT_PLACES, kind->last_line, kind->count,
                     rejects ? "; the whole list is in " : "", rejects ? rejects : "");
    add(im->faults, first->is_warning,
        (struct place){first->place.file, kind->last_line, first->place.pointer}, text);
}

void import_faults_end(struct import *im)
{
    for (size_t i = 0; i < im->kinds.count; i++) {
        const struct fault_kind *kind = &im->kinds.items[i];

        for (size_t j = 0; j < kind->count && j < IMPORT_FAULT_PLACES; j++) {
            const struct fault *fault = &kind->first[j];

            add(im->faults, fault->is_warning, fault->place,
                (struct words){{fault->text[LANG_VI], fault->text[LANG_EN]}});
        }
        if (kind->count > IMPORT_FAULT_PLACES)
            add_rest(im, kind);
    }
    im->faults->errors += im->kinds.others;
    import_faults_begin(im);
}
