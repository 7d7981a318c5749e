#include "question_load.h"

#include <string.h>

#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *const type_codes[QUESTION_TYPE__MAX] = {
    [QUESTION_SINGLE] = "single", [QUESTION_MULTIPLE] = "multiple", [QUESTION_SCALE] = "scale",
    [QUESTION_NUMBER] = "number", [QUESTION_YESNO] = "yesno",       [QUESTION_TEXT] = "text",
    [QUESTION_DATE] = "date",     [QUESTION_FILE] = "file",
};

const char *question_type_code(enum question_type type)
{
    return type_codes[type];
}

static const struct json_field question_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"type", JSON_IS(JSON_STRING), true},
    {"label", JSON_IS(JSON_OBJECT), false},
    {"text", JSON_IS(JSON_OBJECT), true},
    {"help", JSON_IS(JSON_OBJECT), false},
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
    {"effort", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"show_if", JSON_IS(JSON_OBJECT) | JSON_IS(JSON_BOOL), false},
    {"not_applicable", JSON_IS(JSON_BOOL), false},
    {"required", JSON_IS(JSON_BOOL), false},
    {"scored", JSON_IS(JSON_BOOL), false},
};

static const struct json_field option_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"points", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"text", JSON_IS(JSON_OBJECT), true},
    {"exclusive", JSON_IS(JSON_BOOL), false},
    {"requires", JSON_IS(JSON_ARRAY), false},
    {"points_without", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
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
    {"rows", ON(QUESTION_SCALE)},
    {"columns", ON(QUESTION_SCALE)},
    {"bands", ON(QUESTION_NUMBER)},
    {"unit", ON(QUESTION_NUMBER)},
    {"min", ON(QUESTION_NUMBER)},
    {"max", ON(QUESTION_NUMBER) | ON(QUESTION_MULTIPLE)},
};

#define SCORABLE                                                                                   \
    (ON(QUESTION_SINGLE) | ON(QUESTION_MULTIPLE) | ON(QUESTION_SCALE) | ON(QUESTION_NUMBER) |      \
     ON(QUESTION_YESNO))

static bool is_on(const struct json *object, const char *key, bool fallback)
{
    const struct json *value = json_get(object, key);

    return value ? value->truth : fallback;
}

const char *load_id(const struct json *object, struct faults *faults)
{
    const struct json *id = json_get(object, "id");

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

/* Most options of one kind of list; reports when there are none or too many. */
static bool check_length(const struct json *list, size_t max, struct faults *faults)
{
    if (list->count >= 1 && list->count <= max)
        return true;
    faults_add(faults, json_place(list, faults), "cần từ 1 đến %zu mục, đây có %zu",
               "1 to %zu entries are needed, here are %zu", max, list->count);
    return false;
}

static void load_option(struct question_loader *loader, const struct json *json,
                        enum question_type type, bool is_scored, struct option *option)
{
    struct faults *faults = loader->faults;

    option->text = json_words(json_get(json, "text"), faults);
    option->id = load_id(json, faults);
    option->points = load_ratio(json, "points", ratio_of(0), faults);
    option->points_without = load_ratio(json, "points_without", ratio_of(0), faults);
    option->is_exclusive = is_on(json, "exclusive", false);
    if (is_scored && !json_get(json, "points"))
        faults_add(faults, json_place(json, faults),
                   "thiếu khóa 'points' (hoặc đặt \"scored\": false cho câu hỏi)",
                   "the key 'points' is missing (or set \"scored\": false on the question)");
    if (type == QUESTION_MULTIPLE)
        return;
    if (option->points.num < 0)
        faults_add(faults, json_place(json, faults), "chỉ câu hỏi 'multiple' mới được có điểm âm",
                   "only a 'multiple' question may have negative points");
    if (option->is_exclusive || json_get(json, "requires") || json_get(json, "points_without"))
        faults_add(faults, json_place(json, faults),
                   "'exclusive', 'requires' và 'points_without' chỉ dùng cho loại 'multiple'",
                   "'exclusive', 'requires' and 'points_without' are for the type 'multiple' only");
}

static void check_option_ids(const struct json *list, const struct question *question,
                             struct faults *faults)
{
    for (size_t i = 1; i < question->option_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const char *a = question->options[i].id, *b = question->options[j].id;

            if (a && b && strcmp(a, b) == 0)
                faults_add(faults, json_place(&list->items[i], faults),
                           "lựa chọn '%s' xuất hiện hai lần", "the option '%s' stands twice", a);
        }
    }
}

/* "requires": ids of options of the same question that must be ticked too. */
static void load_requires(const struct json *list, const struct question *question,
                          struct option *options, struct faults *faults)
{
    for (size_t i = 0; i < question->option_count; i++) {
        const struct json *requires = json_get(&list->items[i], "requires");

        for (size_t j = 0; requires && j < requires->count; j++) {
            const struct json *id = &requires->items[j];
            size_t at =
                id->type == JSON_STRING ? question_find_option(question, id->text) : MAP_NONE;

            if (at == MAP_NONE || at == i)
                faults_add(faults, json_place(id, faults),
                           "'requires' cần id một lựa chọn khác của câu hỏi này",
                           "'requires' needs the id of another option of this question");
            else
            options[i].requires |= UINT64_C(1) << at;
        }
    }
}

static void load_options(struct question_loader *loader, const struct json *list,
                         struct question *question)
{
    struct option *options;
    size_t errors = loader->faults->errors;

    if (!check_length(list, OPTIONS_MAX, loader->faults))
        return;
    options = ARENA_ARRAY(loader->arena, struct option, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (json_check_object(&list->items[i], option_fields, COUNT(option_fields), loader->faults))
            load_option(loader, &list->items[i], question->type, question->is_scored, &options[i]);
    }
    if (loader->faults->errors != errors)
        return;
    question->options = options;
    question->option_count = list->count;
    check_option_ids(list, question, loader->faults);
    load_requires(list, question, options, loader->faults);
}

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

    if (question->type == QUESTION_YESNO && !own) {
        question->options = yesno_options;
        question->option_count = 2;
        return;
    }
    if (!own == !shared) {
        faults_add(loader->faults, json_place(json, loader->faults),
                   "cần đúng một trong hai khóa '%s' và 'scale'",
                   "exactly one of the keys '%s' and 'scale' is needed", own_key);
        return;
    }
    if (shared && !json_get(loader->scales, shared->text)) {
        faults_add(loader->faults, json_place(shared, loader->faults),
                   "không có thang '%s' trong 'scales'", "there is no scale '%s' in 'scales'",
                   shared->text);
        return;
    }
    load_options(loader, own ? own : json_get(loader->scales, shared->text), question);
    if (descriptors && question->option_count)
        load_descriptors(loader, descriptors, question);
}

static void load_rows(struct question_loader *loader, const struct json *json,
                      struct question *question)
{
    const struct json *list = json_get(json, "rows");
    struct scale_row *rows;

    if (!list) {
        faults_add(loader->faults, json_place(json, loader->faults), "loại 'scale' cần khóa 'rows'",
                   "the type 'scale' needs the key 'rows'");
        return;
    }
    if (!check_length(list, ROWS_MAX, loader->faults))
        return;
    rows = ARENA_ARRAY(loader->arena, struct scale_row, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *row = &list->items[i];

        if (!json_check_object(row, row_fields, COUNT(row_fields), loader->faults))
            return;
        rows[i].id = load_id(row, loader->faults);
        rows[i].text = json_words(json_get(row, "text"), loader->faults);
        for (size_t j = 0; j < i; j++) {
            if (strcmp(rows[i].id, rows[j].id) == 0)
                faults_add(loader->faults, json_place(row, loader->faults),
                           "dòng '%s' xuất hiện hai lần", "the row '%s' stands twice", rows[i].id);
        }
    }
    question->rows = rows;
    question->row_count = list->count;
}

static void load_band(struct question_loader *loader, const struct json *json, struct band *band)
{
    struct faults *faults = loader->faults;

    if (!json_check_object(json, band_fields, COUNT(band_fields), faults))
        return;
    if (!json_get(json, "from") == !json_get(json, "above")) {
        faults_add(faults, json_place(json, faults),
                   "cần đúng một trong hai khóa 'from' và 'above'",
                   "exactly one of the keys 'from' and 'above' is needed");
        return;
    }
    band->is_strict = json_get(json, "above") != NULL;
    band->from = load_ratio(json, band->is_strict ? "above" : "from", ratio_of(0), faults);
    band->points = load_ratio(json, "points", ratio_of(0), faults);
    if (band->points.num < 0)
        faults_add(faults, json_place(json, faults), "chỉ câu hỏi 'multiple' mới được có điểm âm",
                   "only a 'multiple' question may have negative points");
}

static void load_bands(struct question_loader *loader, const struct json *json,
                       struct question *question)
{
    const struct json *list = json_get(json, "bands");
    struct band *bands;

    question->unit = json_words(json_get(json, "unit"), loader->faults);
    question->min_value = load_ratio(json, "min", RATIO_NONE, loader->faults);
    question->max_value = load_ratio(json, "max", RATIO_NONE, loader->faults);
    if (!list && question->is_scored)
        faults_add(loader->faults, json_place(json, loader->faults),
                   "câu hỏi 'number' được chấm điểm cần khóa 'bands' (hoặc \"scored\": false)",
                   "a scored 'number' question needs the key 'bands' (or \"scored\": false)");
    if (!list || !check_length(list, OPTIONS_MAX, loader->faults))
        return;
    bands = ARENA_ARRAY(loader->arena, struct band, list->count);
    for (size_t i = 0; i < list->count; i++) {
        bands[i].from = bands[i].points = ratio_of(0);
        load_band(loader, &list->items[i], &bands[i]);
        if (i && ratio_cmp(bands[i].from, bands[i - 1].from) <= 0)
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

/* The ceiling of the points: as computed, or for ticks the one that the file names. A ceiling above
 * what the options can earn is allowed (an instrument of which only a part is known), but said. */
static void load_ceiling(struct question_loader *loader, const struct json *json,
                         struct question *question)
{
    struct ratio best = best_points(question);

    question->max = best;
    if (question->type == QUESTION_MULTIPLE)
        question->max = load_ratio(json, "max", best, loader->faults);
    if (ratio_cmp(question->max, best) > 0)
        faults_warn(loader->faults, json_place(json_get(json, "max"), loader->faults),
                    "'max' lớn hơn tổng điểm các lựa chọn, nên không thể đạt 100 %%",
                    "'max' is more than the options can earn, so 100 %% cannot be reached");
    if (question->is_scored && question->max.num <= 0)
        faults_add(loader->faults, json_place(json, loader->faults),
                   "câu hỏi được chấm điểm nhưng không lựa chọn nào cho điểm",
                   "the question is scored but no answer earns points");
}

static void check_keys(const struct json *json, enum question_type type, struct faults *faults)
{
    for (size_t i = 0; i < COUNT(type_keys); i++) {
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
    if (!json_check_object(json, question_fields, COUNT(question_fields), faults))
        return;
    question->id = load_id(json, faults);
    load_texts(json, question, faults);
    type = json_one_of(json_get(json, "type"), type_codes, QUESTION_TYPE__MAX, faults);
    if (type < 0)
        return;
    question->type = (enum question_type)type;
    check_keys(json, question->type, faults);
    question->is_scored = is_on(json, "scored", SCORABLE & ON(type));
    question->may_be_na = is_on(json, "not_applicable", false);
    question->is_required = is_on(json, "required", false);
    question->weight = load_ratio(json, "weight", ratio_of(1), faults);
    question->effort = load_ratio(json, "effort", ratio_of(1), faults);
    if (question->is_scored && !(SCORABLE & ON(type)))
        faults_add(faults, json_place(json, faults), "loại '%s' không chấm điểm được",
                   "the type '%s' cannot be scored", type_codes[type]);
    check_positive(json, "weight", question->weight, faults);
    check_positive(json, "effort", question->effort, faults);
    question->max = ratio_of(0);
    load_by_type(loader, json, question);
    if (faults->errors == errors)
        load_ceiling(loader, json, question);
    if (!question->is_scored)
        question->max = ratio_of(0);
}

size_t question_find_option(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (strcmp(question->options[i].id, id) == 0)
            return i;
    }
    return MAP_NONE;
}
