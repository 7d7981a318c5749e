/* A unit by what people write instead of its id: its name, without accents or kind, or its code. */
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "survey/reference.h"

/* Folded; what stands before a name says of which kind the unit is, in full or cut short. */
static const struct prefix {
    const char *text;
    bool is_district;
} prefixes[] = {
    {"phuong ", false}, {"xa ", false},   {"dac khu ", false}, {"thanh pho ", true},
    {"thi xa ", true},  {"huyen ", true}, {"quan ", true},     {"tp ", true},
    {"tx ", true},      {"p ", false},    {"x ", false},       {"h ", true},
    {"q ", true},       {"dk ", false},
};

static const struct prefix *prefix_of(const char *fold)
{
    for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++) {
        if (strncmp(fold, prefixes[i].text, strlen(prefixes[i].text)) == 0)
            return &prefixes[i];
    }
    return NULL;
}

static const char *without_prefix(const char *fold)
{
    const struct prefix *prefix = prefix_of(fold);

    return prefix ? fold + strlen(prefix->text) : fold;
}

/* "TP. Hải Dương" is no ward of that name. */
static bool is_other_kind(const struct term *term, const char *fold)
{
    const struct prefix *prefix = prefix_of(fold);

    return prefix && term->kind && prefix->is_district != (strcmp(term->kind, "district") == 0);
}

/* How well a text names a term: the better, the more; 0: not at all. */
enum likeness { LIKE_NOTHING, LIKE_BARE, LIKE_FULL, LIKE_EXACT };

struct wanted {
    const char *text; /* as written, up to a comma: "Phường Chí Linh, Hải Phòng" */
    const char *fold;
};

/* True if the text is the name, or its end behind the kind: accents tell two names apart. */
static bool is_exact(const char *name, const char *text)
{
    size_t len = strlen(name), end = strlen(text);

    return len >= end && strcmp(name + len - end, text) == 0 &&
           (len == end || name[len - end - 1] == ' ');
}

static enum likeness likeness_of(const struct term *term, const struct wanted *wanted)
{
    const char *vi = term->fold.in[LANG_VI];

    if (term->code && strcmp(term->code, wanted->text) == 0)
        return LIKE_EXACT;
    if (is_other_kind(term, wanted->fold))
        return LIKE_NOTHING;
    if (strcmp(without_prefix(vi), without_prefix(wanted->fold)) == 0) {
        if (is_exact(term->name.in[LANG_VI], wanted->text))
            return LIKE_EXACT;
        return strcmp(vi, wanted->fold) == 0 ? LIKE_FULL : LIKE_BARE;
    }
    if (strcmp(term->name.in[LANG_EN], wanted->text) == 0)
        return LIKE_EXACT;
    return strcmp(term->fold.in[LANG_EN], wanted->fold) == 0 ? LIKE_FULL : LIKE_NOTHING;
}

/* Twice the likeness, and one more for what holds on the day. */
static int rank_of(const struct term *term, const struct wanted *wanted, day on)
{
    int likeness = (int)likeness_of(term, wanted);

    return likeness ? 2 * likeness + term_holds(term, on == DAY_NONE ? term->from : on) : 0;
}

const struct term *terms_search(const struct terms *terms, const char *text, day on,
                                struct arena *arena, const struct term **other)
{
    size_t len = strcspn(text, ",");
    const char *cut = arena_strndup(arena, text, len);
    const struct wanted wanted = {cut, text_fold(arena, cut)};
    const struct term *best = NULL;
    int best_rank = 0;

    *other = NULL;
    for (size_t i = 0; *wanted.fold && i < terms->count; i++) {
        const struct term *term = &terms->items[i];
        int rank = rank_of(term, &wanted, on);

        if (rank > best_rank) {
            *other = NULL;
            best = term;
            best_rank = rank;
        } else if (rank && rank == best_rank && strcmp(best->id, term->id) != 0) {
            *other = term;
        }
    }
    return best;
}

/* "Công nghiệp chế biến, chế tạo", "C - ...", "c", "Ngành C". */
static bool is_named(const struct term *term, const char *fold, struct arena *arena)
{
    const char *id = text_fold(arena, term->id);
    size_t len = strlen(id);

    if (strncmp(fold, "nganh ", 6) == 0)
        fold += 6;
    if (strncmp(fold, id, len) == 0 && (!fold[len] || fold[len] == ' '))
        fold += len + (fold[len] == ' ');
    return !*fold || strcmp(fold, term->fold.in[LANG_VI]) == 0 ||
           strcmp(fold, term->fold.in[LANG_EN]) == 0;
}

const struct term *terms_named(const struct terms *terms, const char *text, day on,
                               struct arena *arena, const struct term **other)
{
    const char *fold = text_fold(arena, text);
    const struct term *found = NULL;

    *other = NULL;
    for (size_t i = 0; *fold && i < terms->count; i++) {
        const struct term *term = &terms->items[i];

        if ((on != DAY_NONE && !term_holds(term, on)) || !is_named(term, fold, arena))
            continue;
        if (found && strcmp(found->id, term->id) != 0)
            *other = term;
        else
            found = term;
    }
    return found;
}

const struct term *terms_closest(const struct terms *terms, const char *text, day on,
                                 struct arena *arena)
{
    const char **names = ARENA_ARRAY(arena, const char *, terms->count);
    const struct term **held = ARENA_ARRAY(arena, const struct term *, terms->count);
    const char *closest;
    size_t count = 0;

    for (size_t i = 0; i < terms->count; i++) {
        if (on != DAY_NONE && !term_holds(&terms->items[i], on))
            continue;
        names[count] = without_prefix(terms->items[i].fold.in[LANG_VI]);
        held[count++] = &terms->items[i];
    }
    closest = text_closest(without_prefix(text_fold(arena, text)), names, count);
    for (size_t i = 0; closest && i < count; i++) {
        if (names[i] == closest)
            return held[i];
    }
    return NULL;
}
