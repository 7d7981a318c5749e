#include "survey/reference.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

struct certainty_info {
    const char *code;
    struct words words;
};

static const struct certainty_info certainties[CERTAINTY__MAX] = {
    [CERTAINTY_READ] = {"read", {{"đã đọc văn bản", "text read"}}},
    [CERTAINTY_REPORTED] = {"reported", {{"theo nguồn tin khác", "reported by others"}}},
    [CERTAINTY_RECALLED] = {"recalled",
                            {{"ghi theo trí nhớ, cần đối chiếu", "recalled, to be checked"}}},
};

const char *certainty_code(enum certainty certainty)
{
    return certainties[certainty].code;
}

struct words certainty_words(enum certainty certainty)
{
    return certainties[certainty].words;
}

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},     {"title", JSON_IS(JSON_OBJECT), true},
    {"basis", JSON_IS(JSON_ARRAY), false},    {"areas", JSON_IS(JSON_ARRAY), false},
    {"sections", JSON_IS(JSON_ARRAY), false},
};

static const struct json_field term_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},        {"name", JSON_IS(JSON_OBJECT), true},
    {"from", JSON_IS(JSON_STRING), false},     {"to", JSON_IS(JSON_STRING), false},
    {"certainty", JSON_IS(JSON_STRING), true}, {"formerly", JSON_IS(JSON_STRING), false},
    {"sector", JSON_IS(JSON_STRING), false},   {"kind", JSON_IS(JSON_STRING), false},
    {"code", JSON_IS(JSON_STRING), false},     {"becomes", JSON_IS(JSON_STRING), false},
};

static void load_term(struct arena *arena, const struct json *json, struct term *term,
                      struct faults *faults)
{
    static const char *codes[CERTAINTY__MAX];
    int certainty;

    if (!json_check_object(json, term_fields, ARRAY_SIZE(term_fields), faults))
        return;
    for (int i = 0; i < CERTAINTY__MAX; i++)
        codes[i] = certainties[i].code;
    certainty = json_one_of(json_get(json, "certainty"), codes, CERTAINTY__MAX, faults);
    term->id = json_text(json, "id");
    term->name = json_words(json_get(json, "name"), faults);
    term->from = json_day(json_get(json, "from"), faults);
    term->to = json_day(json_get(json, "to"), faults);
    term->certainty = certainty < 0 ? CERTAINTY_RECALLED : (enum certainty)certainty;
    term->parent = json_text(json, json_get(json, "sector") ? "sector" : "formerly");
    term->kind = json_text(json, "kind");
    term->code = json_text(json, "code");
    for (int lang = 0; lang < LANG__MAX; lang++)
        term->fold.in[lang] = text_fold(arena, term->name.in[lang] ? term->name.in[lang] : "");
    term->becomes = json_text(json, "becomes");
}

/* Entries of one id must stand together and follow each other in time. */
static void check_order(const struct json *list, struct terms *terms, struct faults *faults)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];
        const struct term *before = i ? &terms->items[i - 1] : NULL;
        bool follows = before && before->id && term->id && strcmp(before->id, term->id) == 0;

        if (!term->id)
            continue;
        if (map_put(&terms->by_id, term->id, strlen(term->id), i) != MAP_NONE && !follows)
            faults_add(faults, json_place(&list->items[i], faults),
                       "các mục cùng id '%s' phải đứng liền nhau",
                       "the entries of one id '%s' must stand together", term->id);
        if (follows &&
            (before->to == DAY_NONE || term->from == DAY_NONE || term->from <= before->to))
            faults_add(faults, json_place(&list->items[i], faults),
                       "'%s': thời hạn phải nối tiếp mục trước, không chồng lên nhau",
                       "'%s': the validity must follow the entry before, without overlap",
                       term->id);
    }
}

const struct terms *terms_load(struct arena *arena, const char *path, const char *kind,
                               struct faults *faults)
{
    const struct json *root = json_load(arena, path, faults);
    const struct json *list = json_get(root, kind);
    struct terms *terms = ARENA_NEW(arena, struct terms);
    size_t errors = faults->errors;
    struct term *items;

    if (!root || !json_check_object(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    if (!list) {
        faults_add(faults, json_place(root, faults), "thiếu khóa '%s'", "the key '%s' is missing",
                   kind);
        return NULL;
    }
    terms->file = path;
    terms->title = json_words(json_get(root, "title"), faults);
    terms->count = list->count;
    items = ARENA_ARRAY(arena, struct term, list->count);
    terms->items = items;
    for (size_t i = 0; i < list->count; i++)
        load_term(arena, &list->items[i], &items[i], faults);
    map_init(&terms->by_id, arena);
    check_order(list, terms, faults);
    return faults->errors == errors ? terms : NULL;
}

bool term_holds(const struct term *term, day on)
{
    return (term->from == DAY_NONE || on >= term->from) && (term->to == DAY_NONE || on <= term->to);
}

const struct term *terms_find(const struct terms *terms, const char *id, day on)
{
    const struct term *term = terms_find_nearest(terms, id, on);

    return term && (on == DAY_NONE || term_holds(term, on)) ? term : NULL;
}

const struct term *terms_find_nearest(const struct terms *terms, const char *id, day on)
{
    size_t first = map_find(&terms->by_id, id);
    const struct term *nearest = NULL;

    if (first == MAP_NONE)
        return NULL;
    for (size_t i = first; i < terms->count && strcmp(terms->items[i].id, id) == 0; i++) {
        nearest = &terms->items[i];
        if (on != DAY_NONE && (nearest->to == DAY_NONE || on <= nearest->to))
            break;
    }
    return nearest;
}
