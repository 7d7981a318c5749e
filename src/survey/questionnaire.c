#include "survey/questionnaire.h"

#include <string.h>

#include <sodium.h>

#include "base/array.h"
#include "base/json_write.h"
#include "questionnaire_parts.h"
#include "survey/reading.h"

const char *const form_codes[LEGAL_FORM__MAX] = {
    [LEGAL_FORM_ENTERPRISE] = "enterprise",
    [LEGAL_FORM_COOPERATIVE] = "cooperative",
    [LEGAL_FORM_HOUSEHOLD] = "household",
};

static const struct words form_names[LEGAL_FORM__MAX] = {
    [LEGAL_FORM_ENTERPRISE] = {{"doanh nghiệp", "enterprise"}},
    [LEGAL_FORM_COOPERATIVE] = {{"hợp tác xã", "co-operative"}},
    [LEGAL_FORM_HOUSEHOLD] = {{"hộ kinh doanh", "household business"}},
};

const char *const status_codes[SOURCE_STATUS__MAX] = {
    [STATUS_OFFICIAL] = "official",
    [STATUS_REPORTED] = "reported",
    [STATUS_OWN] = "own",
};

static const struct words status_names[SOURCE_STATUS__MAX] = {
    [STATUS_OFFICIAL] = {{"theo văn bản chính thức", "from the official text"}},
    [STATUS_REPORTED] = {{"theo nguồn tin khác, chưa đối chiếu văn bản",
                          "as reported by others, not checked against the text"}},
    [STATUS_OWN] = {{"bộ câu hỏi riêng của phần mềm", "a questionnaire of our own"}},
};

const char *const aggregation_codes[AGGREGATION__MAX] = {
    [AGGREGATE_POOLED] = "pooled",
    [AGGREGATE_MEAN] = "mean",
};

/* In the order of the size classes (survey files name them, policy/size.h computes them). */
static const char *const size_codes[] = {"micro", "small", "medium", "not-sme"};

const char *legal_form_code(enum legal_form form)
{
    return form_codes[form];
}

struct words legal_form_words(enum legal_form form)
{
    return form_names[form];
}

bool legal_form_parse(const char *code, enum legal_form *form)
{
    for (int i = 0; i < LEGAL_FORM__MAX; i++) {
        if (strcmp(code, form_codes[i]) == 0) {
            *form = (enum legal_form)i;
            return true;
        }
    }
    return false;
}

struct words source_status_words(enum source_status status)
{
    return status_names[status];
}

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},         {"id", JSON_IS(JSON_STRING), true},
    {"version", JSON_IS(JSON_STRING), true},      {"title", JSON_IS(JSON_OBJECT), true},
    {"summary", JSON_IS(JSON_OBJECT), false},     {"status", JSON_IS(JSON_STRING), false},
    {"status_note", JSON_IS(JSON_OBJECT), false}, {"if_not_rated", JSON_IS(JSON_OBJECT), false},
    {"rated_from_coverage_percent", JSON_IS(JSON_NUMBER), false},
    {"basis", JSON_IS(JSON_ARRAY), false},        {"respondents", JSON_IS(JSON_ARRAY), false},
    {"sizes", JSON_IS(JSON_ARRAY), false},        {"minutes", JSON_IS(JSON_NUMBER), false},
    {"total", JSON_IS(JSON_STRING), false},       {"dimension_levels", JSON_IS(JSON_ARRAY), false},
    {"levels", JSON_IS(JSON_ARRAY), true},        {"scales", JSON_IS(JSON_OBJECT), false},
    {"dimensions", JSON_IS(JSON_ARRAY), true},    {"contradictions", JSON_IS(JSON_ARRAY), false},
    {"estimate", JSON_IS(JSON_OBJECT), false},    {"rates_if", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field basis_fields[] = {
    {"document", JSON_IS(JSON_STRING), true},
    {"date", JSON_IS(JSON_STRING), false},
    {"note", JSON_IS(JSON_OBJECT), false},
};

int load_code(const struct json *value, const char *const *codes, size_t count, int fallback,
              struct faults *faults)
{
    int code = value ? json_one_of(value, codes, count, faults) : fallback;

    return code < 0 ? fallback : code;
}

static void load_basis(struct loader *l, const struct json *list)
{
    struct basis *basis = ARENA_ARRAY(l->base.arena, struct basis, list->count);
    day first = DAY_NONE;

    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i];

        if (!json_check_members(json, basis_fields, ARRAY_SIZE(basis_fields), l->base.faults))
            continue;
        basis[i].document = json_text(json, "document");
        basis[i].date = json_day(json_get(json, "date"), l->base.faults);
        basis[i].note = json_words(json_get(json, "note"), l->base.faults);
        if (basis[i].date != DAY_NONE && (first == DAY_NONE || basis[i].date < first))
            first = basis[i].date;
    }
    if (first != DAY_NONE)
        l->q->exists_from = first;
    l->q->basis = basis;
    l->q->basis_count = list->count;
}

static void load_respondents(struct loader *l, const struct json *list)
{
    for (size_t i = 0; !list && i < LEGAL_FORM__MAX; i++)
        l->q->respondents[i] = true;
    if (list && !list->count)
        faults_add(l->base.faults, json_place(list, l->base.faults),
                   "'respondents' cần ít nhất một loại hình",
                   "'respondents' needs at least one form");
    for (size_t i = 0; list && i < list->count; i++) {
        int form = json_one_of(&list->items[i], form_codes, LEGAL_FORM__MAX, l->base.faults);

        if (form >= 0)
            l->q->respondents[form] = true;
    }
}

static void load_sizes(struct loader *l, const struct json *list)
{
    for (size_t i = 0; list && i < list->count; i++) {
        int size = json_one_of(&list->items[i], size_codes, ARRAY_SIZE(size_codes), l->base.faults);

        if (size >= 0)
            l->q->sizes |= 1u << size;
    }
}

static const struct json_field estimate_fields[] = {
    {"of", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"note", JSON_IS(JSON_OBJECT), true},
};

static void load_estimate(struct loader *l, const struct json *json)
{
    struct estimate *estimate = &l->q->estimate;
    struct faults *faults = l->base.faults;

    if (!json || !json_check_members(json, estimate_fields, ARRAY_SIZE(estimate_fields), faults))
        return;
    estimate->of = json_text(json, "of");
    estimate->name = json_words(json_get(json, "name"), faults);
    estimate->note = json_words(json_get(json, "note"), faults);
}

/* Of an estimate every question that counts stands for one of the longer questionnaire, no two for
 * the same; elsewhere none does. */
static void check_estimate(struct loader *l, const struct json *root)
{
    const struct questionnaire *q = l->q;
    bool is_estimate = json_has(root, "estimate");
    struct map seen;

    map_init(&seen, l->base.arena);
    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];
        const char *criterion = question->criterion;
        struct place place = json_place(question->json, l->base.faults);

        if (criterion && !is_estimate)
            faults_add(l->base.faults, place, "'criterion' chỉ dùng khi tệp có khóa 'estimate'",
                       "'criterion' is only for files with the key 'estimate'");
        else if (criterion && map_put(&seen, criterion, strlen(criterion), i) != MAP_NONE)
            faults_add(l->base.faults, place, "hai câu cùng thay cho câu '%s'",
                       "two questions stand for the question '%s'", criterion);
        else if (!criterion && is_estimate && question->is_scored)
            faults_add(l->base.faults, place,
                       "câu được chấm điểm của bộ ước lượng cần khóa 'criterion'",
                       "a scored question of an estimate needs the key 'criterion'");
    }
}

static void load_head(struct loader *l, const struct json *root)
{
    static const char *const kind = "questionnaire";
    struct faults *faults = l->base.faults;
    struct questionnaire *q = l->q;
    int64_t coverage = 0;

    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    q->id = load_id(root, faults);
    q->version = json_text(root, "version");
    if (!q->version)
        q->version = "";
    else if (!*q->version || strchr(q->version, '@') || strlen(q->version) > 32)
        faults_add(faults, json_place(json_get(root, "version"), faults),
                   "'version' cần từ 1 đến 32 byte và không có '@'",
                   "'version' needs 1 to 32 bytes without '@'");
    q->ref = arena_printf(l->base.arena, "%s@%s", q->id, q->version);
    q->title = json_words(json_get(root, "title"), faults);
    q->summary = json_words(json_get(root, "summary"), faults);
    q->status = (enum source_status)load_code(json_get(root, "status"), status_codes,
                                              SOURCE_STATUS__MAX, STATUS_OWN, faults);
    q->status_note = json_words(json_get(root, "status_note"), faults);
    q->if_not_rated = json_words(json_get(root, "if_not_rated"), faults);
    q->total = (enum aggregation)load_code(json_get(root, "total"), aggregation_codes,
                                           AGGREGATION__MAX, AGGREGATE_POOLED, faults);
    if (json_get(root, "rated_from_coverage_percent") &&
        json_whole(json_get(root, "rated_from_coverage_percent"), 0, 100, faults, &coverage))
        q->rated_from = (int)coverage;
    q->exists_from = day_of(2000, 1, 1);
    if (json_get(root, "basis"))
        load_basis(l, json_get(root, "basis"));
    load_estimate(l, json_get(root, "estimate"));
    load_respondents(l, json_get(root, "respondents"));
    load_sizes(l, json_get(root, "sizes"));
}

/* The minutes of the file are a promise that is held against what is measured. */
static void measure(struct loader *l, const struct json *root)
{
    const struct json *promised = json_get(root, "minutes");
    struct ratio exact = questionnaire_reading(l->q, l->base.arena).minutes;
    int64_t minutes;

    l->q->minutes = (int)((exact.num + exact.den - 1) / exact.den);
    if (promised && json_whole(promised, 1, 600, l->base.faults, &minutes) &&
        minutes < l->q->minutes)
        faults_warn(l->base.faults, json_place(promised, l->base.faults),
                    "đọc và trả lời mất khoảng %d phút; hãy bỏ khóa này, phần mềm tự tính",
                    "reading and answering takes about %d minutes; leave the key out, the program "
                    "measures it",
                    l->q->minutes);
}

/* The hash of the document without its white space: the same content has the same hash. */
static void hash_document(const struct json *root, char out[65])
{
    unsigned char digest[32];
    struct json_writer w;
    struct buf text;

    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    json_value(&w, root);
    crypto_generichash(digest, sizeof(digest), (const unsigned char *)buf_text(&text), text.len,
                       NULL, 0);
    sodium_bin2hex(out, 65, digest, sizeof(digest));
    buf_free(&text);
}

const struct questionnaire *questionnaire_read(struct arena *arena, const struct json *root,
                                               const struct rule_schema *facts,
                                               struct faults *faults)
{
    struct questionnaire *q = ARENA_NEW(arena, struct questionnaire);
    struct loader l = {.base = {.arena = arena, .faults = faults}, .q = q};
    size_t errors = faults->errors;

    if (!json_check_members(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    q->file = root->file;
    load_head(&l, root);
    scales_load(&l.base, json_get(root, "scales"));
    load_dimensions(&l, json_get(root, "dimensions"));
    q->dimension_levels =
        load_levels(&l, json_get(root, "dimension_levels"), false, &q->dimension_level_count);
    q->levels = load_levels(&l, json_get(root, "levels"), true, &q->level_count);
    check_levels(&l, json_get(root, "levels"));
    check_dimensions(&l, json_get(root, "dimensions"), faults->errors == errors);
    load_rules(&l, root, facts);
    check_estimate(&l, root);
    if (faults->errors == errors)
        measure(&l, root);
    hash_document(root, q->hash);
    return faults->errors == errors ? q : NULL;
}

const struct questionnaire *questionnaire_load(struct arena *arena, const char *path,
                                               const struct rule_schema *facts,
                                               struct faults *faults)
{
    const struct json *root = json_load(arena, path, faults);
    const struct questionnaire *q = root ? questionnaire_read(arena, root, facts, faults) : NULL;
    size_t errors = faults->errors;

    if (q)
        questionnaire_check_ids(arena, q, faults);
    return faults->errors == errors ? q : NULL;
}

size_t questionnaire_find(const struct questionnaire *q, const char *id)
{
    return map_find(&q->question_ids, id);
}

const struct level_rule *questionnaire_level(const struct questionnaire *q, int level)
{
    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].level == level)
            return &q->levels[i];
    }
    return NULL;
}

struct words dimension_meaning(const struct dimension *dimension, int level)
{
    for (size_t i = 0; i < dimension->meaning_count; i++) {
        if (dimension->meanings[i].level == level)
            return dimension->meanings[i].text;
    }
    return (struct words){{NULL, NULL}};
}
