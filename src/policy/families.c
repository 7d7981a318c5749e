#include "policy/families.h"

#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"title", JSON_IS(JSON_OBJECT), false},
    {"families", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field family_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
};

static void load_family(const struct json *json, struct families *families, struct family *family,
                        struct faults *faults)
{
    if (!json_check_object(json, family_fields, ARRAY_SIZE(family_fields), faults))
        return;
    family->id = json_text(json, "id");
    family->name = json_words(json_get(json, "name"), faults);
    if (!text_is_id(family->id, strlen(family->id)))
        faults_add(faults, json_place(json, faults),
                   "id '%s' chỉ được gồm chữ không dấu, số và . _ -",
                   "the id '%s' may only have plain letters, digits and . _ -", family->id);
    if (families_find(families, family->id))
        faults_add(faults, json_place(json, faults), "nhóm '%s' khai báo hai lần",
                   "the family '%s' is declared twice", family->id);
    families->count++;
}

const struct families *families_load(struct arena *arena, const char *path, struct faults *faults)
{
    static const char *const kind = "families";
    struct families *families = ARENA_NEW(arena, struct families);
    size_t errors = faults->errors;
    const struct json *root, *list;
    struct family *items;

    if (!file_exists(path))
        return families;
    root = json_load(arena, path, faults);
    if (!root || !json_check_object(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    list = json_get(root, "families");
    if (list->count > FAMILIES_MAX) {
        faults_add(faults, json_place(list, faults), "quá %d nhóm chính sách",
                   "more than %d families of policies", FAMILIES_MAX);
        return NULL;
    }
    families->items = items = ARENA_ARRAY(arena, struct family, list->count);
    for (size_t i = 0; i < list->count; i++)
        load_family(&list->items[i], families, &items[families->count], faults);
    return faults->errors == errors ? families : NULL;
}

const struct family *families_find(const struct families *families, const char *id)
{
    for (size_t i = 0; i < families->count; i++) {
        if (strcmp(families->items[i].id, id) == 0)
            return &families->items[i];
    }
    return NULL;
}
