/* Options of questions, of their own and shared between them, and what all parts are read with. */
#include "question_load.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const struct json_field option_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"points", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"text", JSON_IS(JSON_OBJECT), true},
    {"officer", JSON_IS(JSON_OBJECT), false},
    {"exclusive", JSON_IS(JSON_BOOL), false},
    {"requires", JSON_IS(JSON_ARRAY), false},
    {"points_without", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
};

bool load_flag(const struct json *object, const char *key, bool fallback)
{
    const struct json *value = json_get(object, key);

    return value ? value->truth : fallback;
}

const char *load_id(const struct json *object, struct faults *faults)
{
    const struct json *id = json_get(object, "id");

    if (!id)
        return "";
    if (!text_is_id(id->text, id->len))
        faults_add(faults, json_place(id, faults),
                   "id '%s' phải bắt đầu bằng chữ hoặc số và chỉ gồm chữ không dấu, số, . _ -",
                   "the id '%s' must start with a letter or digit and have only plain letters, "
                   "digits, . _ -",
                   id->text);
    return id->text;
}

struct ratio load_ratio(const struct json *object, const char *key, struct ratio fallback,
                        struct faults *faults)
{
    const struct json *value = json_get(object, key);
    struct ratio r;

    if (!value)
        return fallback;
    if (json_ratio(value, true, &r))
        return r;
    faults_add(faults, json_place(value, faults),
               "cần một số hoặc phân số viết như \"1/3\", nhưng gặp '%s'",
               "a number or a fraction written as \"1/3\" is needed, but found '%s'", value->text);
    return fallback;
}

bool load_length(const struct json *list, size_t max, struct faults *faults)
{
    if (list->count >= 1 && list->count <= max)
        return true;
    faults_add(faults, json_place(list, faults), "cần từ 1 đến %zu mục, đây có %zu",
               "1 to %zu entries are needed, here are %zu", max, list->count);
    return false;
}

/* It stands beside the option in a table: a sentence, in each language. */
static void load_officer(const struct json *json, struct option *option, struct faults *faults)
{
    const struct json *officer = json_get(json, "officer");

    option->officer = json_words(officer, faults);
    for (size_t i = 0; option->officer.in[LANG_VI] && i < officer->count; i++) {
        const struct json *text = &officer->items[i];
        size_t chars = text->type == JSON_STRING ? text_chars(text->text) : 0;

        if (chars > OFFICER_CHARS_MAX)
            faults_add(faults, json_place(text, faults),
                       "dài %zu chữ; điều cán bộ cần nhìn chỉ được tới %d, hãy rút gọn",
                       "it has %zu letters; what officers look for may have %d at most, shorten it",
                       chars, OFFICER_CHARS_MAX);
    }
}

static void load_option(struct question_loader *loader, const struct json *json,
                        struct option *option)
{
    struct faults *faults = loader->faults;

    option->points = option->points_without = ratio_of(0);
    option->id = "";
    if (!json_check_members(json, option_fields, ARRAY_SIZE(option_fields), faults))
        return;
    option->text = json_words(json_get(json, "text"), faults);
    load_officer(json, option, faults);
    option->id = load_id(json, faults);
    option->points = load_ratio(json, "points", ratio_of(0), faults);
    option->points_without = load_ratio(json, "points_without", ratio_of(0), faults);
    option->is_exclusive = load_flag(json, "exclusive", false);
}

static void check_option_ids(const struct json *list, const struct option *options,
                             struct faults *faults)
{
    for (size_t i = 1; i < list->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (*options[i].id && strcmp(options[i].id, options[j].id) == 0)
                faults_add(faults, json_place(&list->items[i], faults),
                           "lựa chọn '%s' xuất hiện hai lần", "the option '%s' stands twice",
                           options[i].id);
        }
    }
}

size_t option_find(const struct option *options, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(options[i].id, id) == 0)
            return i;
    }
    return MAP_NONE;
}

/* "requires": ids of options of the same list that must be ticked too. */
static void load_requires(const struct json *list, struct option *options, struct faults *faults)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct json *requires = json_get(&list->items[i], "requires");

        for (size_t j = 0; requires && j < requires->count; j++) {
            const struct json *id = &requires->items[j];
            size_t at =
                id->type == JSON_STRING ? option_find(options, list->count, id->text) : MAP_NONE;

            if (at == MAP_NONE || at == i)
                faults_add(faults, json_place(id, faults),
                           "'requires' cần id một lựa chọn khác của câu hỏi này",
                           "'requires' needs the id of another option of this question");
            else
            options[i].requires |= UINT64_C(1) << at;
        }
    }
}

const struct option *load_options(struct question_loader *loader, const struct json *list)
{
    size_t errors = loader->faults->errors;
    struct option *options;

    if (!load_length(list, OPTIONS_MAX, loader->faults))
        return NULL;
    options = ARENA_ARRAY(loader->arena, struct option, list->count);
    for (size_t i = 0; i < list->count; i++)
        load_option(loader, &list->items[i], &options[i]);
    check_option_ids(list, options, loader->faults);
    load_requires(list, options, loader->faults);
    return loader->faults->errors == errors ? options : NULL;
}

/* What holds for an option in a question of this type. */
static void check_option(const struct json *json, const struct option *option,
                         const struct question *question, struct faults *faults)
{
    if (question->is_scored && !json_has(json, "points"))
        faults_add(faults, json_place(json, faults),
                   "thiếu khóa 'points' (hoặc đặt \"scored\": false cho câu hỏi)",
                   "the key 'points' is missing (or set \"scored\": false on the question)");
    if (question->type == QUESTION_MULTIPLE)
        return;
    if (option->points.num < 0)
        faults_add(faults, json_place(json, faults), "chỉ câu hỏi 'multiple' mới được có điểm âm",
                   "only a 'multiple' question may have negative points");
    if (option->is_exclusive || json_has(json, "requires") || json_has(json, "points_without"))
        faults_add(faults, json_place(json, faults),
                   "'exclusive', 'requires' và 'points_without' chỉ dùng cho loại 'multiple'",
                   "'exclusive', 'requires' and 'points_without' are for the type 'multiple' only");
}

void use_options(struct question_loader *loader, const struct json *list,
                 const struct option *options, struct question *question)
{
    for (size_t i = 0; i < list->count; i++)
        check_option(&list->items[i], &options[i], question, loader->faults);
    question->options = options;
    question->option_count = list->count;
}

void scales_load(struct question_loader *loader, const struct json *scales)
{
    size_t count = scales ? scales->count : 0;

    loader->scales = ARENA_ARRAY(loader->arena, struct shared_scale, count);
    loader->scale_count = count;
    for (size_t i = 0; i < count; i++) {
        struct shared_scale *scale = &loader->scales[i];

        scale->list = &scales->items[i];
        if (scale->list->type == JSON_ARRAY)
            scale->options = load_options(loader, scale->list);
        else
            faults_add(loader->faults, json_place(scale->list, loader->faults),
                       "một thang là một mảng các lựa chọn", "a scale is an array of options");
        scale->is_refused = !scale->options;
    }
}

static struct shared_scale *find_scale(const struct question_loader *loader, const char *name)
{
    for (size_t i = 0; i < loader->scale_count; i++) {
        if (strcmp(loader->scales[i].list->key, name) == 0)
            return &loader->scales[i];
    }
    return NULL;
}

void use_scale(struct question_loader *loader, const struct json *name, struct question *question)
{
    struct shared_scale *scale = find_scale(loader, name->text);
    size_t errors = loader->faults->errors;

    if (!scale)
        faults_add(loader->faults, json_place(name, loader->faults),
                   "không có thang '%s' trong 'scales'", "there is no scale '%s' in 'scales'",
                   name->text);
    if (!scale || scale->is_refused)
        return;
    use_options(loader, scale->list, scale->options, question);
    scale->is_refused = loader->faults->errors != errors;
}
