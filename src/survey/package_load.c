/* One package of work: every key checked against the questionnaire. */
#include "packages_load.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

const char *const headcount_codes[HEADCOUNT__MAX] = {
    [HEADCOUNT_MICRO] = "micro", [HEADCOUNT_SMALL] = "small", [HEADCOUNT_MEDIUM] = "medium"};

#define JSON_RULE (JSON_IS(JSON_OBJECT) | JSON_IS(JSON_BOOL))

static const struct json_field package_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"what", JSON_IS(JSON_OBJECT), true},
    {"result", JSON_IS(JSON_OBJECT), true},
    {"who", JSON_IS(JSON_OBJECT), true},
    {"questions", JSON_IS(JSON_ARRAY), true},
    {"effort", JSON_IS(JSON_OBJECT), true},
    {"months", JSON_IS(JSON_OBJECT), true},
    {"needs", JSON_IS(JSON_ARRAY), false},
    {"suits", JSON_RULE, false},
    {"suits_if_unknown", JSON_IS(JSON_BOOL), false},
    {"fits", JSON_RULE, false},
    {"requires", JSON_IS(JSON_ARRAY), false},
    {"base", JSON_IS(JSON_OBJECT), false},
    {"comment", JSON_IS(JSON_STRING), false},
};

static const struct json_field question_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},  {"row", JSON_IS(JSON_STRING), false},
    {"option", JSON_NUMERIC, false},     {"ticks", JSON_IS(JSON_ARRAY), false},
    {"from", JSON_NUMERIC, false},       {"by", JSON_IS(JSON_NUMBER), false},
    {"if", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field answer_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"row", JSON_IS(JSON_STRING), false},
    {"option", JSON_NUMERIC, true},
};

static const struct json_field band_fields[HEADCOUNT__MAX] = {
    {"micro", JSON_NUMERIC, true}, {"small", JSON_NUMERIC, true}, {"medium", JSON_NUMERIC, true}};

static const struct json_field base_fields[] = {
    {"order", JSON_IS(JSON_NUMBER), true},
    {"below", JSON_IS(JSON_ARRAY), true},
    {"or", JSON_IS(JSON_ARRAY), false},
    {"if", JSON_IS(JSON_OBJECT), false},
};

/* ---- by band ---- */

bool package_check_bands(struct package_loader *l, const struct json *bands)
{
    return bands && json_check_object(bands, band_fields, HEADCOUNT__MAX, l->faults);
}

void package_load_weeks(struct package_loader *l, const struct json *bands,
                        struct ratio weeks[HEADCOUNT__MAX])
{
    for (int i = 0; i < HEADCOUNT__MAX; i++)
        weeks[i] = ratio_of(1);
    if (!package_check_bands(l, bands))
        return;
    for (int i = 0; i < HEADCOUNT__MAX; i++) {
        const struct json *json = json_get(bands, headcount_codes[i]);

        weeks[i] = load_ratio(bands, headcount_codes[i], ratio_of(1), l->faults);
        if (ratio_cmp(weeks[i], ratio_of(0)) <= 0 ||
            ratio_cmp(weeks[i], ratio_of(PACKAGE_WEEKS_MAX)) > 0)
            faults_add(l->faults, json_place(json, l->faults),
                       "số tuần công phải lớn hơn 0 và không quá %d",
                       "person-weeks must be above 0 and at most %d", PACKAGE_WEEKS_MAX);
    }
}

static void load_months(struct package_loader *l, const struct json *bands, struct package *package)
{
    int64_t months = 1;

    if (!package_check_bands(l, bands))
        return;
    for (int i = 0; i < HEADCOUNT__MAX; i++) {
        json_whole(json_get(bands, headcount_codes[i]), 1, PACKAGE_MONTHS_MAX, l->faults, &months);
        package->months[i] = (int)months;
    }
}

/* ---- answers ---- */

static size_t find_row(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (strcmp(question->rows[i].id, id) == 0)
            return i;
    }
    return MAP_NONE;
}

/* A question that can be raised: scored, with options. MAP_NONE after a fault. */
static size_t load_question(struct package_loader *l, const struct json *json)
{
    const char *id = json_text(json, "id");
    size_t at = id ? questionnaire_find(l->q, id) : MAP_NONE;

    if (id && at == MAP_NONE)
        faults_add(l->faults, json_place(json_get(json, "id"), l->faults),
                   "bộ câu hỏi '%s' không có câu '%s'", "questionnaire '%s' has no question '%s'",
                   l->q->ref, id);
    if (at != MAP_NONE && (!l->q->questions[at].is_scored || !l->q->questions[at].option_count)) {
        faults_add(l->faults, json_place(json_get(json, "id"), l->faults),
                   "câu '%s' không có lựa chọn được chấm điểm",
                   "question '%s' has no options that are scored", id);
        return MAP_NONE;
    }
    return at;
}

/* The row that is named, as the type of the question asks. */
static bool load_row(struct package_loader *l, const struct json *json,
                     const struct question *question, size_t *row)
{
    const struct json *name = json_get(json, "row");

    *row = name ? find_row(question, name->text) : MAP_NONE;
    if ((question->type == QUESTION_SCALE) == (*row != MAP_NONE) &&
        (name != NULL) == (*row != MAP_NONE))
        return true;
    faults_add(l->faults, json_place(name ? name : json, l->faults),
               question->type == QUESTION_SCALE ? "câu '%s' cần khóa 'row' với một dòng của thang"
                                                : "câu '%s' không có dòng: hãy bỏ khóa 'row'",
               question->type == QUESTION_SCALE ? "question '%s' needs 'row' with one of its rows"
                                                : "question '%s' has no rows: please drop 'row'",
               question->id);
    return false;
}

static bool load_option(struct package_loader *l, const struct json *name,
                        const struct question *question, unsigned *option)
{
    size_t at = question_find_option(question, name->text);

    if (at == MAP_NONE) {
        faults_add(l->faults, json_place(name, l->faults), "câu '%s' không có lựa chọn '%s'",
                   "question '%s' has no option '%s'", question->id, name->text);
        return false;
    }
    *option = (unsigned)at;
    return true;
}

static bool load_answer(struct package_loader *l, const struct json *json,
                        struct package_answer *answer)
{
    size_t at;

    if (!json_check_object(json, answer_fields, ARRAY_SIZE(answer_fields), l->faults))
        return false;
    at = load_question(l, json);
    if (at == MAP_NONE)
        return false;
    answer->question = at;
    return load_row(l, json, &l->q->questions[at], &answer->row) &&
           load_option(l, json_get(json, "option"), &l->q->questions[at], &answer->option);
}

static const struct package_answer *load_answers(struct package_loader *l, const struct json *list,
                                                 size_t *count)
{
    struct package_answer *answers;

    *count = 0;
    if (!list || !load_length(list, PACKAGE_LIST_MAX, l->faults))
        return NULL;
    answers = ARENA_ARRAY(l->arena, struct package_answer, list->count);
    for (size_t i = 0; i < list->count; i++)
        *count += load_answer(l, &list->items[i], &answers[*count]);
    return answers;
}

/* ---- what it raises ---- */

static void load_ticks(struct package_loader *l, const struct json *list,
                       const struct question *question, struct package_question *out)
{
    unsigned char *ticks;
    unsigned option;

    if (!load_length(list, OPTIONS_MAX, l->faults))
        return;
    ticks = ARENA_ARRAY(l->arena, unsigned char, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type != JSON_STRING) {
            faults_add(l->faults, json_place(&list->items[i], l->faults),
                       "ở đây cần id của một lựa chọn", "the id of an option is needed here");
            continue;
        }
        if (!load_option(l, &list->items[i], question, &option))
            continue;
        if (question->options[option].is_exclusive)
            faults_add(l->faults, json_place(&list->items[i], l->faults),
                       "lựa chọn '%s' loại trừ các lựa chọn khác nên không gói nào đánh dấu nó",
                       "the option '%s' excludes the others, so no package may tick it",
                       question->options[option].id);
        ticks[out->tick_count++] = (unsigned char)option;
    }
    out->ticks = ticks;
}

/* "ticks" for `multiple`, "option" (and "from") for the others. */
static void load_target(struct package_loader *l, const struct json *json,
                        const struct question *question, struct package_question *out)
{
    bool is_multiple = question->type == QUESTION_MULTIPLE;
    const char *key = is_multiple ? "ticks" : "option", *other = is_multiple ? "option" : "ticks";

    if (!json_get(json, key))
        faults_add(l->faults, json_place(json, l->faults), "câu '%s' cần khóa '%s'",
                   "question '%s' needs the key '%s'", question->id, key);
    if (json_get(json, other) || (is_multiple && json_get(json, "from")))
        faults_add(l->faults, json_place(json, l->faults), "câu '%s' không dùng khóa '%s'",
                   "question '%s' does not take the key '%s'", question->id,
                   json_get(json, other) ? other : "from");
    if (is_multiple && json_get(json, "ticks"))
        load_ticks(l, json_get(json, "ticks"), question, out);
    if (!is_multiple && json_get(json, "option"))
        load_option(l, json_get(json, "option"), question, &out->option);
    if (!is_multiple && json_get(json, "from"))
        load_option(l, json_get(json, "from"), question, &out->from);
}

static bool load_raised(struct package_loader *l, const struct json *json,
                        struct package_question *out)
{
    int64_t by = 2; /* nobody climbs more in a year */
    size_t at;

    if (!json_check_members(json, question_fields, ARRAY_SIZE(question_fields), l->faults))
        return false;
    at = load_question(l, json);
    if (at == MAP_NONE)
        return false;
    *out = (struct package_question){.question = at, .row = MAP_NONE, .from = OPTIONS_MAX};
    load_row(l, json, &l->q->questions[at], &out->row);
    load_target(l, json, &l->q->questions[at], out);
    if (json_get(json, "by"))
        json_whole(json_get(json, "by"), 1, 2, l->faults, &by);
    out->by = (unsigned)by;
    if (json_get(json, "if"))
        out->when = rule_compile(l->arena, json_get(json, "if"), &l->q->schema, l->faults);
    return true;
}

static void load_questions(struct package_loader *l, const struct json *list,
                           struct package *package)
{
    struct package_question *questions;

    if (!list || !load_length(list, PACKAGE_QUESTIONS_MAX, l->faults))
        return;
    questions = ARENA_ARRAY(l->arena, struct package_question, list->count);
    for (size_t i = 0; i < list->count; i++)
        package->question_count +=
            load_raised(l, &list->items[i], &questions[package->question_count]);
    package->questions = questions;
}

/* ---- the rest ---- */

static void load_needs(struct package_loader *l, const struct json *list, struct package *package)
{
    const char **needs;

    if (!list)
        return;
    if (list->count > PACKAGE_LIST_MAX)
        faults_add(l->faults, json_place(list, l->faults), "quá %d mục", "more than %d entries",
                   PACKAGE_LIST_MAX);
    needs = ARENA_ARRAY(l->arena, const char *, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *need = &list->items[i];

        if (need->type == JSON_STRING && text_is_id(need->text, need->len))
            needs[package->need_count++] = need->text;
        else
            faults_add(l->faults, json_place(need, l->faults),
                       "ở đây cần một từ 'content' của chính sách, ví dụ \"dx-solution\"",
                       "the 'content' of a policy is needed here, such as \"dx-solution\"");
    }
    package->needs = needs;
}

static const struct rule_node *load_rule(struct package_loader *l, const struct json *json)
{
    return json && json->type == JSON_OBJECT
               ? rule_compile(l->arena, json, &l->q->schema, l->faults)
               : NULL;
}

static void load_suits(struct package_loader *l, const struct json *json, struct package *package)
{
    const struct json *suits = json_get(json, "suits"), *fits = json_get(json, "fits");

    if (suits && suits->type == JSON_BOOL && !suits->truth)
        faults_add(l->faults, json_place(suits, l->faults),
                   "gói không hợp với ai thì hãy bỏ khỏi tệp",
                   "a package that suits nobody had better leave the file");
    package->suits = load_rule(l, suits);
    package->suits_if_unknown = load_flag(json, "suits_if_unknown", true);
    package->fits = load_rule(l, fits);
    package->fits_all = fits && fits->type == JSON_BOOL && fits->truth;
}

static struct words load_text(struct package_loader *l, const struct json *json, const char *key)
{
    struct words words = json_words(json_get(json, key), l->faults);

    for (int lang = 0; lang < LANG__MAX; lang++) {
        if (words.in[lang] && text_chars(words.in[lang]) > PACKAGE_TEXT_CHARS_MAX)
            faults_add(l->faults, json_place(json_get(json, key), l->faults),
                       "văn bản dài quá %d chữ cái", "the text has more than %d letters",
                       PACKAGE_TEXT_CHARS_MAX);
    }
    return words;
}

void package_load(struct package_loader *l, const struct json *json, struct package *package)
{
    package->id = "";
    package->json = json;
    if (!json_check_members(json, package_fields, ARRAY_SIZE(package_fields), l->faults))
        return;
    package->id = load_id(json, l->faults);
    package->name = load_text(l, json, "name");
    package->what = load_text(l, json, "what");
    package->result = load_text(l, json, "result");
    package->who = load_text(l, json, "who");
    load_questions(l, json_get(json, "questions"), package);
    package_load_weeks(l, json_get(json, "effort"), package->effort);
    load_months(l, json_get(json, "months"), package);
    load_needs(l, json_get(json, "needs"), package);
    load_suits(l, json, package);
    package->requires = load_answers(l, json_get(json, "requires"), &package->require_count);
}

size_t package_find(struct package_loader *l, const struct json *id)
{
    for (size_t i = 0; id->type == JSON_STRING && i < l->out->count; i++) {
        if (strcmp(l->items[i].id, id->text) == 0)
            return i;
    }
    faults_add(l->faults, json_place(id, l->faults), "ở đây cần id của một gói trong tệp",
               "the id of a package of the file is needed here");
    return MAP_NONE;
}

static void load_stand_ins(struct package_loader *l, const struct json *list,
                           struct package *package)
{
    size_t *stand_ins;

    if (!list || !load_length(list, PACKAGE_LIST_MAX, l->faults))
        return;
    stand_ins = ARENA_ARRAY(l->arena, size_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        size_t at = package_find(l, &list->items[i]);

        if (at != MAP_NONE && &l->items[at] == package)
            faults_add(l->faults, json_place(&list->items[i], l->faults),
                       "gói không thể thay cho chính nó", "a package cannot stand in for itself");
        else if (at != MAP_NONE)
            stand_ins[package->stand_in_count++] = at;
    }
    package->stand_ins = stand_ins;
}

void package_load_base(struct package_loader *l, struct package *package)
{
    const struct json *base = json_get(package->json, "base");
    int64_t order = 1;

    if (!base || !json_check_members(base, base_fields, ARRAY_SIZE(base_fields), l->faults))
        return;
    json_whole(json_get(base, "order"), 1, PACKAGES_MAX, l->faults, &order);
    package->base = (int)order;
    package->floors = load_answers(l, json_get(base, "below"), &package->floor_count);
    package->base_when = load_rule(l, json_get(base, "if"));
    load_stand_ins(l, json_get(base, "or"), package);
}
