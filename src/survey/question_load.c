#include "question_load.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const char *const type_codes[QUESTION_TYPE__MAX] = {
    [QUESTION_SINGLE] = "single", [QUESTION_MULTIPLE] = "multiple", [QUESTION_SCALE] = "scale",
    [QUESTION_NUMBER] = "number", [QUESTION_YESNO] = "yesno",       [QUESTION_TEXT] = "text",
    [QUESTION_DATE] = "date",     [QUESTION_FILE] = "file",
};

static const struct json_field question_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"type", JSON_IS(JSON_STRING), true},
    {"label", JSON_IS(JSON_OBJECT), false},
    {"text", JSON_IS(JSON_OBJECT), true},
    {"help", JSON_IS(JSON_OBJECT), false},
    {"help_for", JSON_IS(JSON_ARRAY), false},
    {"evidence", JSON_IS(JSON_OBJECT), false},
    {"action", JSON_IS(JSON_OBJECT), false},
    {"weight", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"options", JSON_IS(JSON_ARRAY), false},
    {"scale", JSON_IS(JSON_STRING), false},
    {"descriptors", JSON_IS(JSON_OBJECT), false},
    {"rows", JSON_IS(JSON_ARRAY), false},
    {"columns", JSON_IS(JSON_ARRAY), false},
    {"bands", JSON_IS(JSON_ARRAY), false},
    {"unit", JSON_IS(JSON_OBJECT), false},
    {"min", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"max", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"incomplete", JSON_IS(JSON_BOOL), false},
    {"effort", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"show_if", JSON_IS(JSON_OBJECT) | JSON_IS(JSON_BOOL), false},
    {"prefill", JSON_IS(JSON_ARRAY), false},
    {"criterion", JSON_IS(JSON_STRING), false},
    {"ask_first", JSON_IS(JSON_BOOL), false},
    {"not_applicable", JSON_IS(JSON_BOOL), false},
    {"required", JSON_IS(JSON_BOOL), false},
    {"scored", JSON_IS(JSON_BOOL), false},
};

static const struct json_field row_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"text", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field band_fields[] = {
    {"from", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"above", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"points", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), true},
};

/* Which keys belong to which types; a key of another type is a fault, not ignored. */
struct type_key {
    const char *key;
    unsigned types;
};

#define ON(type) (1u << (type))

static const struct type_key type_keys[] = {
    {"options", ON(QUESTION_SINGLE) | ON(QUESTION_MULTIPLE) | ON(QUESTION_YESNO)},
    {"scale", ON(QUESTION_SINGLE) | ON(QUESTION_MULTIPLE) | ON(QUESTION_SCALE)},
    {"descriptors", ON(QUESTION_SINGLE)},
    {"prefill", ON(QUESTION_SINGLE) | ON(QUESTION_YESNO)},
    {"criterion", ON(QUESTION_SINGLE) | ON(QUESTION_YESNO)},
    {"rows", ON(QUESTION_SCALE)},
    {"columns", ON(QUESTION_SCALE)},
    {"bands", ON(QUESTION_NUMBER)},
    {"unit", ON(QUESTION_NUMBER)},
    {"min", ON(QUESTION_NUMBER)},
    {"max", ON(QUESTION_NUMBER) | ON(QUESTION_MULTIPLE)},
    {"incomplete", ON(QUESTION_MULTIPLE)},
};

#define SCORABLE                                                                                   \
    (ON(QUESTION_SINGLE) | ON(QUESTION_MULTIPLE) | ON(QUESTION_SCALE) | ON(QUESTION_NUMBER) |      \
     ON(QUESTION_YESNO))

/* Texts of this question in place of those of a shared scale. */
static void load_descriptors(struct question_loader *loader, const struct json *descriptors,
                             struct question *question)
{
    struct option *own = ARENA_ARRAY(loader->arena, struct option, question->option_count);

    if (question->option_count)
        memcpy(own, question->options, question->option_count * sizeof(*own));
    for (size_t i = 0; i < descriptors->count; i++) {
        const struct json *json = &descriptors->items[i];
        size_t at = question_find_option(question, json->key);

        if (at == MAP_NONE)
            faults_add(loader->faults, json_place(json, loader->faults),
                       "thang này không có lựa chọn '%s'", "the scale has no option '%s'",
                       json->key);
        else
            own[at].text = json_words(json, loader->faults);
    }
    question->options = own;
}

static const struct option yesno_options[] = {
    {.id = "yes", .text = {{"Có", "Yes"}}, .points = {1, 1}, .points_without = {0, 1}},
    {.id = "no", .text = {{"Không", "No"}}, .points = {0, 1}, .points_without = {0, 1}},
};

/* Options, columns or a shared scale: exactly one of them. */
static void load_choices(struct question_loader *loader, const struct json *json,
                         struct question *question)
{
    const char *own_key = question->type == QUESTION_SCALE ? "columns" : "options";
    const struct json *own = json_get(json, own_key), *shared = json_get(json, "scale");
    const struct json *descriptors = json_get(json, "descriptors");
    const struct option *options;

    if (question->type == QUESTION_YESNO && !json_has(json, own_key)) {
        question->options = yesno_options;
        question->option_count = 2;
        return;
    }
    if (json_has(json, own_key) == json_has(json, "scale")) {
        faults_add(loader->faults, json_place(json, loader->faults),
                   "cần đúng một trong hai khóa '%s' và 'scale'",
                   "exactly one of the keys '%s' and 'scale' is needed", own_key);
        return;
    }
    if (shared)
        use_scale(loader, shared, question);
    options = own ? load_options(loader, own) : NULL;
    if (options)
        use_options(loader, own, options, question);
    if (descriptors && question->option_count)
        load_descriptors(loader, descriptors, question);
}

static void load_row(struct question_loader *loader, const struct json *json, struct scale_row *row)
{
    row->id = "";
    if (!json_check_members(json, row_fields, ARRAY_SIZE(row_fields), loader->faults))
        return;
    row->id = load_id(json, loader->faults);
    row->text = json_words(json_get(json, "text"), loader->faults);
}

static void load_rows(struct question_loader *loader, const struct json *json,
                      struct question *question)
{
    const struct json *list = json_get(json, "rows");
    struct scale_row *rows;

    if (!json_has(json, "rows"))
        faults_add(loader->faults, json_place(json, loader->faults), "loại 'scale' cần khóa 'rows'",
                   "the type 'scale' needs the key 'rows'");
    if (!list || !load_length(list, ROWS_MAX, loader->faults))
        return;
    rows = ARENA_ARRAY(loader->arena, struct scale_row, list->count);
    for (size_t i = 0; i < list->count; i++) {
        load_row(loader, &list->items[i], &rows[i]);
        for (size_t j = 0; *rows[i].id && j < i; j++) {
            if (strcmp(rows[i].id, rows[j].id) == 0)
                faults_add(loader->faults, json_place(&list->items[i], loader->faults),
                           "dòng '%s' xuất hiện hai lần", "the row '%s' stands twice", rows[i].id);
        }
    }
    question->rows = rows;
    question->row_count = list->count;
}

/* `band->from` stays NONE where the bound has a fault. */
static void load_band(struct question_loader *loader, const struct json *json, struct band *band)
{
    struct faults *faults = loader->faults;

    band->from = RATIO_NONE;
    band->points = ratio_of(0);
    if (!json_check_members(json, band_fields, ARRAY_SIZE(band_fields), faults))
        return;
    band->is_strict = json_has(json, "above");
    if (json_has(json, "from") == band->is_strict)
        faults_add(faults, json_place(json, faults),
                   "cần đúng một trong hai khóa 'from' và 'above'",
                   "exactly one of the keys 'from' and 'above' is needed");
    else
        band->from = load_ratio(json, band->is_strict ? "above" : "from", RATIO_NONE, faults);
    band->points = load_ratio(json, "points", ratio_of(0), faults);
    if (band->points.num < 0)
        faults_add(faults, json_place(json, faults), "chỉ câu hỏi 'multiple' mới được có điểm âm",
                   "only a 'multiple' question may have negative points");
}

/* What a number is, and between which bounds. */
static void load_range(struct question_loader *loader, const struct json *json,
                       struct question *question)
{
    struct faults *faults = loader->faults;

    question->unit = json_words(json_get(json, "unit"), faults);
    question->min_value = load_ratio(json, "min", RATIO_NONE, faults);
    question->max_value = load_ratio(json, "max", RATIO_NONE, faults);
    if (ratio_is_valid(question->min_value) && ratio_is_valid(question->max_value) &&
        ratio_cmp(question->min_value, question->max_value) > 0)
        faults_add(faults, json_place(json_get(json, "max"), faults),
                   "'max' phải lớn hơn hoặc bằng 'min'", "'max' must not be less than 'min'");
}

static void load_bands(struct question_loader *loader, const struct json *json,
                       struct question *question)
{
    const struct json *list = json_get(json, "bands");
    struct band *bands;

    if (!json_has(json, "bands") && question->is_scored)
        faults_add(loader->faults, json_place(json, loader->faults),
                   "câu hỏi 'number' được chấm điểm cần khóa 'bands' (hoặc \"scored\": false)",
                   "a scored 'number' question needs the key 'bands' (or \"scored\": false)");
    if (!list || !load_length(list, OPTIONS_MAX, loader->faults))
        return;
    bands = ARENA_ARRAY(loader->arena, struct band, list->count);
    for (size_t i = 0; i < list->count; i++) {
        load_band(loader, &list->items[i], &bands[i]);
        if (i && ratio_is_valid(bands[i].from) && ratio_is_valid(bands[i - 1].from) &&
            ratio_cmp(bands[i].from, bands[i - 1].from) <= 0)
            faults_add(loader->faults, json_place(&list->items[i], loader->faults),
                       "các mốc phải tăng dần", "the bands must rise");
    }
    question->bands = bands;
    question->band_count = list->count;
}

static struct ratio larger(struct ratio a, struct ratio b)
{
    return ratio_cmp(a, b) >= 0 ? a : b;
}

static struct ratio best_option(const struct question *question)
{
    struct ratio best = ratio_of(0);

    for (size_t i = 0; i < question->option_count; i++)
        best = larger(best, question->options[i].points);
    return best;
}

/* The most that ticks can earn: all that give points together, or the best one that stands alone.
 */
static struct ratio best_ticks(const struct question *question)
{
    struct ratio sum = ratio_of(0), alone = ratio_of(0);

    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];

        if (option->is_exclusive)
            alone = larger(alone, option->points);
        else if (option->points.num > 0)
            sum = ratio_add(sum, option->points);
    }
    return larger(sum, alone);
}

static struct ratio best_points(const struct question *question)
{
    struct ratio best = ratio_of(0);

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return best_option(question);
    case QUESTION_SCALE:
        return ratio_mul(best_option(question), ratio_of((int64_t)question->row_count));
    case QUESTION_MULTIPLE:
        return best_ticks(question);
    default:
        for (size_t i = 0; i < question->band_count; i++)
            best = larger(best, question->bands[i].points);
        return best;
    }
}

/* The ceiling of the points: as computed, or for ticks the one that the file names. One above what
 * the options can earn is for an instrument of which only a part is known: the file must say so. */
static void load_ceiling(struct question_loader *loader, const struct json *json,
                         struct question *question)
{
    struct ratio best = best_points(question);
    bool is_above;

    question->max = best;
    if (question->type == QUESTION_MULTIPLE)
        question->max = load_ratio(json, "max", best, loader->faults);
    is_above = ratio_cmp(question->max, best) > 0;
    if (is_above && !load_flag(json, "incomplete", false))
        faults_warn(loader->faults, json_place(json_get(json, "max"), loader->faults),
                    "'max' lớn hơn tổng điểm các lựa chọn, nên không thể đạt 100 %%; nếu danh sách "
                    "mới biết một phần, ghi \"incomplete\": true",
                    "'max' is more than the options can earn, so 100 %% cannot be reached; where "
                    "only a part of the list is known, write \"incomplete\": true");
    if (!is_above && load_flag(json, "incomplete", false))
        faults_warn(loader->faults, json_place(json_get(json, "incomplete"), loader->faults),
                    "các lựa chọn đã đủ điểm tối đa, nên 'incomplete' không có tác dụng",
                    "the options earn the ceiling, so 'incomplete' has no effect");
    if (question->is_scored && question->max.num <= 0)
        faults_add(loader->faults, json_place(json, loader->faults),
                   "câu hỏi được chấm điểm nhưng không lựa chọn nào cho điểm",
                   "the question is scored but no answer earns points");
}

static void check_keys(const struct json *json, enum question_type type, struct faults *faults)
{
    for (size_t i = 0; i < ARRAY_SIZE(type_keys); i++) {
        const struct json *value = json_get(json, type_keys[i].key);

        if (value && !(type_keys[i].types & ON(type)))
            faults_add(faults, json_place(value, faults), "khóa '%s' không dùng cho loại '%s'",
                       "the key '%s' is not for the type '%s'", value->key, type_codes[type]);
    }
}

static void load_texts(const struct json *json, struct question *question, struct faults *faults)
{
    question->text = json_words(json_get(json, "text"), faults);
    question->label = json_words(json_get(json, "label"), faults);
    question->help = json_words(json_get(json, "help"), faults);
    question->evidence = json_words(json_get(json, "evidence"), faults);
    question->action = json_words(json_get(json, "action"), faults);
    if (!question->label.in[LANG_VI])
        question->label = question->text;
}

static void load_by_type(struct question_loader *loader, const struct json *json,
                         struct question *question)
{
    switch (question->type) {
    case QUESTION_SCALE:
        load_rows(loader, json, question);
        load_choices(loader, json, question);
        break;
    case QUESTION_SINGLE:
    case QUESTION_MULTIPLE:
    case QUESTION_YESNO:
        load_choices(loader, json, question);
        break;
    case QUESTION_NUMBER:
        load_range(loader, json, question);
        load_bands(loader, json, question);
        break;
    default:
        break;
    }
}

static void check_positive(const struct json *json, const char *key, struct ratio r,
                           struct faults *faults)
{
    if (r.num <= 0)
        faults_add(faults, json_place(json_get(json, key), faults), "'%s' phải lớn hơn 0",
                   "'%s' must be greater than 0", key);
}

void question_load(struct question_loader *loader, const struct json *json,
                   struct question *question)
{
    struct faults *faults = loader->faults;
    size_t errors = faults->errors;
    int type;

    question->json = json;
    question->id = "";
    question->weight = question->effort = ratio_of(1);
    if (!json_check_members(json, question_fields, ARRAY_SIZE(question_fields), faults))
        return;
    question->id = load_id(json, faults);
    load_texts(json, question, faults);
    type = json_one_of(json_get(json, "type"), type_codes, QUESTION_TYPE__MAX, faults);
    if (type < 0)
        return;
    question->type = (enum question_type)type;
    check_keys(json, question->type, faults);
    question->is_scored = load_flag(json, "scored", SCORABLE & ON(type));
    question->may_be_na = load_flag(json, "not_applicable", false);
    question->is_required = load_flag(json, "required", false);
    question->is_asked_first = load_flag(json, "ask_first", false);
    question->criterion = json_text(json, "criterion");
    question->weight = load_ratio(json, "weight", ratio_of(1), faults);
    question->effort = load_ratio(json, "effort", ratio_of(1), faults);
    if (question->is_scored && !(SCORABLE & ON(type)))
        faults_add(faults, json_place(json, faults), "loại '%s' không chấm điểm được",
                   "the type '%s' cannot be scored", type_codes[type]);
    check_positive(json, "weight", question->weight, faults);
    check_positive(json, "effort", question->effort, faults);
    question->max = ratio_of(0);
    load_by_type(loader, json, question);
    load_help_variants(loader, json_get(json, "help_for"), question);
    load_prefills(loader, json_get(json, "prefill"), question);
    if (faults->errors == errors && (question->option_count || question->band_count))
        load_ceiling(loader, json, question);
    if (!question->is_scored)
        question->max = ratio_of(0);
}

size_t question_find_row(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (strcmp(question->rows[i].id, id) == 0)
            return i;
    }
    return MAP_NONE;
}

size_t question_find_option(const struct question *question, const char *id)
{
    return option_find(question->options, question->option_count, id);
}
