#include "policy/catalogue.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sodium.h>

#include "base/file.h"
#include "base/json_write.h"

/* Folders in folders: national/, province/, and one more below them. */
#define FOLDER_DEPTH_MAX 3

struct loader {
    struct arena *arena;
    struct faults *faults;
    const struct catalogue *catalogue;
    const struct policy *policies[POLICIES_MAX];
    size_t count;
};

/* The folder that has the reference lists. */
static const char *reference_folder(struct arena *arena, const char *folder, const char *fallback)
{
    return !fallback || file_exists(file_join(arena, folder, "facts.json")) ? folder : fallback;
}

static bool is_policy(const struct json *root)
{
    const char *kind = json_text(root, "kind");

    return kind && strcmp(kind, "policy") == 0;
}

static void add_policy(struct loader *l, const struct policy *policy, const char *path)
{
    for (size_t i = 0; i < l->count; i++) {
        if (strcmp(l->policies[i]->id, policy->id) != 0)
            continue;
        faults_add(l->faults, (struct place){path, 1, "/id"}, "chính sách '%s' đã có trong %s",
                   "the policy '%s' is already in %s", policy->id, l->policies[i]->file);
        return;
    }
    if (l->count < POLICIES_MAX)
        l->policies[l->count++] = policy;
    else
        faults_add(l->faults, (struct place){path, 0, ""}, "quá %d chính sách",
                   "more than %d policies", POLICIES_MAX);
}

static void load_file(struct loader *l, const char *path)
{
    const struct json *root = json_load(l->arena, path, l->faults);
    const struct policy *policy;

    if (!root || !is_policy(root))
        return;
    policy = policy_read(l->arena, root, l->catalogue->facts, l->faults);
    if (!policy)
        return;
    catalogue_check_family(l->catalogue, policy, l->faults);
    add_policy(l, policy, path);
}

static void load_folder(struct loader *l, const char *folder, int depth)
{
    const char **paths;
    size_t count;
    struct err err;
    DIR *dir;

    if (file_list(l->arena, folder, ".json", &paths, &count, &err) != OK) {
        faults_add(l->faults, (struct place){folder, 0, ""}, "%1$s%2$.0s", "%2$s%1$.0s",
                   err.text[LANG_VI], err.text[LANG_EN]);
        return;
    }
    for (size_t i = 0; i < count; i++)
        load_file(l, paths[i]);
    dir = depth < FOLDER_DEPTH_MAX ? opendir(folder) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *path = file_join(l->arena, folder, entry->d_name);

        if (entry->d_name[0] != '.' && file_is_folder(path))
            load_folder(l, path, depth + 1);
    }
    if (dir)
        closedir(dir);
}

static int by_id(const void *a, const void *b)
{
    const struct policy *const *x = a, *const *y = b;

    return strcmp((*x)->id, (*y)->id);
}

/* Those that are examples, or those that are not, in the order that they have. */
static const struct policy *const *pick(const struct loader *l, bool is_example, size_t *count)
{
    const struct policy **picked = ARENA_ARRAY(l->arena, const struct policy *, l->count);

    for (size_t i = 0; i < l->count; i++) {
        if (l->policies[i]->is_example == is_example)
            picked[(*count)++] = l->policies[i];
    }
    return picked;
}

/* Over the canonical text of all policies in the order of their ids, and the thresholds. */
static void hash_catalogue(struct arena *arena, struct catalogue *catalogue)
{
    unsigned char digest[32];
    struct json_writer w;
    struct faults ignored;
    const struct json *sizes;
    struct buf text;

    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    json_begin_array(&w);
    for (size_t i = 0; i < catalogue->count; i++)
        json_value(&w, catalogue->policies[i]->json);
    faults_init(&ignored, arena);
    sizes = json_load(arena, catalogue->sizes->file, &ignored);
    if (sizes)
        json_value(&w, sizes);
    json_end_array(&w);
    crypto_generichash(digest, sizeof(digest), (const unsigned char *)buf_text(&text), text.len,
                       NULL, 0);
    sodium_bin2hex(catalogue->hash, sizeof(catalogue->hash), digest, sizeof(digest));
    buf_free(&text);
}

static struct catalogue *load_reference(struct arena *arena, const char *folder,
                                        const char *fallback, struct faults *faults)
{
    const char *reference = reference_folder(arena, folder, fallback);
    struct catalogue *catalogue = ARENA_NEW(arena, struct catalogue);

    catalogue->facts = facts_load(arena, reference, faults);
    catalogue->sizes =
        size_rules_load(arena, file_join(arena, reference, "size-classes.json"), faults);
    catalogue->calendar =
        calendar_load(arena, file_join(arena, reference, "holidays.json"), faults);
    catalogue->families =
        families_load(arena, file_join(arena, reference, "families.json"), faults);
    return catalogue->facts && catalogue->sizes && catalogue->calendar && catalogue->families
               ? catalogue
               : NULL;
}

const struct catalogue *catalogue_load_reference(struct arena *arena, const char *folder,
                                                 const char *fallback, struct faults *faults)
{
    return load_reference(arena, folder, fallback, faults);
}

const struct catalogue *catalogue_load(struct arena *arena, const char *folder,
                                       const char *fallback, struct faults *faults)
{
    struct catalogue *catalogue = load_reference(arena, folder, fallback, faults);
    struct loader *l = ARENA_NEW(arena, struct loader);
    size_t errors = faults->errors;

    if (!catalogue)
        return NULL;
    l->arena = arena;
    l->faults = faults;
    l->catalogue = catalogue;
    load_folder(l, folder, 0);
    if (faults->errors != errors)
        return NULL;
    qsort(l->policies, l->count, sizeof(*l->policies), by_id);
    catalogue->policies = pick(l, false, &catalogue->count);
    catalogue->examples = pick(l, true, &catalogue->example_count);
    hash_catalogue(arena, catalogue);
    return catalogue;
}

const struct policy *catalogue_find(const struct catalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        if (strcmp(catalogue->policies[i]->id, id) == 0)
            return catalogue->policies[i];
    }
    for (size_t i = 0; i < catalogue->example_count; i++) {
        if (strcmp(catalogue->examples[i]->id, id) == 0)
            return catalogue->examples[i];
    }
    return NULL;
}

void catalogue_check_family(const struct catalogue *catalogue, const struct policy *policy,
                            struct faults *faults)
{
    if (policy->family && !families_find(catalogue->families, policy->family))
        faults_add(faults, json_place(json_get(policy->json, "family"), faults),
                   "không có nhóm chính sách '%s' trong families.json",
                   "there is no family '%s' in families.json", policy->family);
}

/* A policy of that id, or another one that excludes by the same code. */
static bool answers_to(const struct policy *other, const struct policy *policy, const char *code)
{
    if (strcmp(other->id, policy->id) == 0)
        return false;
    if (strcmp(other->id, code) == 0)
        return true;
    for (size_t i = 0; i < other->exclude_count; i++) {
        if (strcmp(other->excludes[i], code) == 0)
            return true;
    }
    return false;
}

static bool is_answered(const struct policy *const *others, size_t count,
                        const struct policy *policy, const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (answers_to(others[i], policy, code))
            return true;
    }
    return false;
}

void catalogue_check_excludes(const struct catalogue *catalogue,
                              const struct policy *const *checked, size_t count,
                              const struct policy *policy, struct faults *faults)
{
    for (size_t i = 0; i < policy->exclude_count; i++) {
        const char *code = policy->excludes[i];

        if (is_answered(checked, count, policy, code) ||
            is_answered(catalogue->policies, catalogue->count, policy, code) ||
            is_answered(catalogue->examples, catalogue->example_count, policy, code))
            continue;
        faults_warn(faults, json_place(json_get(policy->json, "excludes"), faults),
                    "'excludes': không có chính sách '%s' và không chính sách nào khác dùng mã "
                    "này, nên không loại trừ gì",
                    "'excludes': there is no policy '%s', and no other policy names this code, so "
                    "nothing is excluded",
                    code);
    }
}

static bool is_content(const struct catalogue *catalogue, const char *word)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const char *content = catalogue->policies[i]->content;

        if (content && strcmp(content, word) == 0)
            return true;
    }
    return false;
}

void catalogue_check_needs(const struct catalogue *catalogue, const struct packages *packages,
                           struct faults *faults)
{
    for (size_t i = 0; i < packages->count; i++) {
        const struct json *needs = json_get(packages->items[i].json, "needs");

        for (size_t j = 0; needs && j < needs->count; j++) {
            if (!is_content(catalogue, needs->items[j].text))
                faults_add(faults, json_place(&needs->items[j], faults),
                           "không chính sách nào có 'content' là '%s'",
                           "no policy has the 'content' '%s'", needs->items[j].text);
        }
    }
}
