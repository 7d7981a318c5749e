/* What helps people to answer a question: examples of their trade, what facts say already. */
#include "question_load.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* More would be a list of trades, and nobody keeps such a list true. */
#define VARIANTS_MAX 12
#define SECTIONS_MAX 26
#define PREFILLS_MAX 8

static const struct json_field variant_fields[] = {
    {"sections", JSON_IS(JSON_ARRAY), true},
    {"help", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field prefill_fields[] = {
    {"if", JSON_IS(JSON_OBJECT), true},
    {"option", JSON_IS(JSON_STRING), true},
    {"because", JSON_IS(JSON_OBJECT), true},
};

/* ---- help by section ---- */

static bool is_section(const struct json *json)
{
    return json->type == JSON_STRING && json->len == 1 && json->text[0] >= 'A' &&
           json->text[0] <= 'Z';
}

static void load_sections(struct question_loader *loader, const struct json *list,
                          struct help_variant *variant)
{
    const char **sections;

    if (!list || !load_length(list, SECTIONS_MAX, loader->faults))
        return;
    sections = ARENA_ARRAY(loader->arena, const char *, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (is_section(&list->items[i]))
            sections[variant->section_count++] = list->items[i].text;
        else
            faults_add(loader->faults, json_place(&list->items[i], loader->faults),
                       "cần chữ cái của một ngành cấp 1, ví dụ \"C\"",
                       "the letter of a section is needed, for example \"C\"");
    }
    variant->sections = sections;
}

static bool has_section(const struct help_variant *variant, const char *section)
{
    for (size_t i = 0; i < variant->section_count; i++) {
        if (strcmp(variant->sections[i], section) == 0)
            return true;
    }
    return false;
}

/* Of two variants for one section the second would never be read. */
static void check_sections(struct question_loader *loader, const struct json *json,
                           const struct help_variant *variants, size_t at)
{
    for (size_t s = 0; s < variants[at].section_count; s++) {
        for (size_t i = 0; i < at; i++) {
            if (has_section(&variants[i], variants[at].sections[s]))
                faults_add(loader->faults, json_place(json, loader->faults),
                           "ngành %s đã có lời giải thích riêng ở trên",
                           "section %s has a help of its own above", variants[at].sections[s]);
        }
    }
}

void load_help_variants(struct question_loader *loader, const struct json *list,
                        struct question *question)
{
    struct help_variant *variants;

    if (!list || !load_length(list, VARIANTS_MAX, loader->faults))
        return;
    if (!question->help.in[LANG_VI])
        faults_add(loader->faults, json_place(list, loader->faults),
                   "'help_for' cần khóa 'help' cho các ngành khác",
                   "'help_for' needs the key 'help' for all other sections");
    variants = ARENA_ARRAY(loader->arena, struct help_variant, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i];

        if (!json_check_members(json, variant_fields, ARRAY_SIZE(variant_fields), loader->faults))
            continue;
        load_sections(loader, json_get(json, "sections"), &variants[i]);
        variants[i].help = json_words(json_get(json, "help"), loader->faults);
        check_sections(loader, json, variants, i);
    }
    question->help_variants = variants;
    question->help_variant_count = list->count;
}

struct words question_help(const struct question *question, const char *section)
{
    for (size_t i = 0; section && i < question->help_variant_count; i++) {
        if (has_section(&question->help_variants[i], section))
            return question->help_variants[i].help;
    }
    return question->help;
}

/* ---- what facts say ---- */

static void load_prefill(struct question_loader *loader, const struct json *json,
                         const struct question *question, struct prefill *prefill)
{
    const struct json *option;
    size_t at;

    if (!json_check_members(json, prefill_fields, ARRAY_SIZE(prefill_fields), loader->faults))
        return;
    prefill->because = json_words(json_get(json, "because"), loader->faults);
    option = json_get(json, "option");
    at = option ? question_find_option(question, option->text) : MAP_NONE;
    if (option && at == MAP_NONE)
        faults_add(loader->faults, json_place(option, loader->faults),
                   "câu hỏi này không có lựa chọn '%s'", "this question has no option '%s'",
                   option->text);
    prefill->option = at == MAP_NONE ? 0 : (unsigned)at;
}

void load_prefills(struct question_loader *loader, const struct json *list,
                   struct question *question)
{
    struct prefill *prefills;

    if (!list || !question->option_count || !load_length(list, PREFILLS_MAX, loader->faults))
        return;
    prefills = ARENA_ARRAY(loader->arena, struct prefill, list->count);
    for (size_t i = 0; i < list->count; i++)
        load_prefill(loader, &list->items[i], question, &prefills[i]);
    question->prefills = prefills;
    question->prefill_count = list->count;
}
