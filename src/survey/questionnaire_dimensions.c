/* Dimensions, indicators and questions. */
#include "questionnaire_parts.h"

#include <string.h>

#include "base/array.h"

static const struct json_field dimension_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"short", JSON_IS(JSON_OBJECT), false},
    {"meaning", JSON_IS(JSON_OBJECT), false},
    {"score", JSON_IS(JSON_STRING), false},
    {"weight", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING), false},
    {"meanings", JSON_IS(JSON_ARRAY), false},
    {"indicators", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field meaning_fields[] = {
    {"level", JSON_IS(JSON_NUMBER), true},
    {"text", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field indicator_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"questions", JSON_IS(JSON_ARRAY), true},
};

struct sizes {
    size_t indicators, questions;
};

/* Counts what is to be loaded; wrong shapes are reported when they are read. */
static struct sizes count_parts(const struct json *dimensions)
{
    struct sizes sizes = {0, 0};

    for (size_t i = 0; i < dimensions->count; i++) {
        const struct json *indicators = json_get(&dimensions->items[i], "indicators");

        sizes.indicators += indicators ? indicators->count : 0;
        for (size_t j = 0; indicators && j < indicators->count; j++) {
            const struct json *questions = json_get(&indicators->items[j], "questions");

            sizes.questions += questions ? questions->count : 0;
        }
    }
    return sizes;
}

static void load_indicator(struct loader *l, const struct json *json, size_t dimension)
{
    struct questionnaire *q = l->q;
    struct indicator *indicator = &l->indicators[q->indicator_count];
    const struct json *questions;

    indicator->id = "";
    if (!json_check_members(json, indicator_fields, ARRAY_SIZE(indicator_fields), l->base.faults))
        return;
    indicator->id = load_id(json, l->base.faults);
    indicator->name = json_words(json_get(json, "name"), l->base.faults);
    indicator->dimension = dimension;
    indicator->first_question = q->question_count;
    questions = json_get(json, "questions");
    if (questions && !questions->count)
        faults_add(l->base.faults, json_place(questions, l->base.faults),
                   "chỉ số thành phần cần ít nhất một câu hỏi",
                   "an indicator needs at least one question");
    for (size_t i = 0; questions && i < questions->count; i++) {
        struct question *question = &l->questions[q->question_count++];

        question_load(&l->base, &questions->items[i], question);
        question->dimension = dimension;
        question->indicator = q->indicator_count;
    }
    indicator->question_count = q->question_count - indicator->first_question;
    q->indicator_count++;
}

static void load_meanings(struct loader *l, const struct json *list, struct dimension *dimension)
{
    struct level_text *meanings;

    if (!list)
        return;
    meanings = ARENA_ARRAY(l->base.arena, struct level_text, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i];

        if (!json_check_members(json, meaning_fields, ARRAY_SIZE(meaning_fields), l->base.faults))
            continue;
        meanings[i].level = load_level_number(json_get(json, "level"), 0, l->base.faults);
        meanings[i].text = json_words(json_get(json, "text"), l->base.faults);
    }
    dimension->meanings = meanings;
    dimension->meaning_count = list->count;
}

static void load_dimension(struct loader *l, const struct json *json)
{
    struct questionnaire *q = l->q;
    struct dimension *dimension = &l->dimensions[q->dimension_count];
    struct faults *faults = l->base.faults;
    const struct json *indicators;

    dimension->id = "";
    if (!json_check_members(json, dimension_fields, ARRAY_SIZE(dimension_fields), faults))
        return;
    dimension->id = load_id(json, faults);
    dimension->name = json_words(json_get(json, "name"), faults);
    dimension->short_name = json_words(json_get(json, "short"), faults);
    if (!dimension->short_name.in[LANG_VI])
        dimension->short_name = dimension->name;
    dimension->meaning = json_words(json_get(json, "meaning"), faults);
    dimension->score = (enum aggregation)load_code(json_get(json, "score"), aggregation_codes,
                                                   AGGREGATION__MAX, AGGREGATE_POOLED, faults);
    dimension->weight = load_ratio(json, "weight", ratio_of(1), faults);
    if (dimension->weight.num < 0 || (dimension->weight.num == 0 && q->total == AGGREGATE_POOLED))
        faults_add(faults, json_place(json, faults),
                   "'weight' phải lớn hơn 0 (hoặc bằng 0 khi \"total\" là \"mean\")",
                   "'weight' must be greater than 0 (or 0 where \"total\" is \"mean\")");
    load_meanings(l, json_get(json, "meanings"), dimension);
    dimension->first_indicator = q->indicator_count;
    dimension->first_question = q->question_count;
    indicators = json_get(json, "indicators");
    if (indicators && !indicators->count)
        faults_add(faults, json_place(indicators, faults),
                   "trụ cột cần ít nhất một chỉ số thành phần",
                   "a dimension needs at least one indicator");
    for (size_t i = 0; indicators && i < indicators->count; i++)
        load_indicator(l, &indicators->items[i], q->dimension_count);
    dimension->indicator_count = q->indicator_count - dimension->first_indicator;
    dimension->question_count = q->question_count - dimension->first_question;
    q->dimension_count++;
}

void load_dimensions(struct loader *l, const struct json *list)
{
    struct faults *faults = l->base.faults;
    struct arena *arena = l->base.arena;
    struct sizes sizes;

    if (!list)
        return;
    sizes = count_parts(list);
    if (!list->count || list->count > DIMENSIONS_MAX || sizes.questions > QUESTIONS_MAX) {
        faults_add(
            faults, json_place(list, faults), "cần từ 1 đến %d trụ cột và từ 1 đến %d câu hỏi",
            "1 to %d dimensions and 1 to %d questions are needed", DIMENSIONS_MAX, QUESTIONS_MAX);
        return;
    }
    l->q->dimensions = l->dimensions = ARENA_ARRAY(arena, struct dimension, list->count);
    l->q->indicators = l->indicators = ARENA_ARRAY(arena, struct indicator, sizes.indicators);
    l->q->questions = l->questions = ARENA_ARRAY(arena, struct question, sizes.questions);
    for (size_t i = 0; i < list->count; i++)
        load_dimension(l, &list->items[i]);
}

static void refuse_twice(struct loader *l, const struct json *json, const char *id)
{
    faults_add(l->base.faults, json_place(json, l->base.faults), "id '%s' xuất hiện hai lần",
               "the id '%s' stands twice", id);
}

static void check_ids(struct loader *l, const struct json *dimensions)
{
    const struct questionnaire *q = l->q;
    struct map indicators;

    for (size_t i = 1; i < q->dimension_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const char *id = q->dimensions[i].id;

            if (*id && strcmp(id, q->dimensions[j].id) == 0)
                refuse_twice(l, &dimensions->items[i], id);
        }
    }
    map_init(&indicators, l->base.arena);
    for (size_t i = 0; i < q->indicator_count; i++) {
        const char *id = q->indicators[i].id;

        if (*id && map_put(&indicators, id, strlen(id), i) != MAP_NONE)
            refuse_twice(l, &dimensions->items[q->indicators[i].dimension], id);
    }
    map_init(&l->q->question_ids, l->base.arena);
    for (size_t i = 0; i < q->question_count; i++) {
        const char *id = q->questions[i].id;

        if (*id && map_put(&l->q->question_ids, id, strlen(id), i) != MAP_NONE)
            refuse_twice(l, q->questions[i].json, id);
    }
}

/* Something must be scored, and count; other dimensions may only ask (needs, barriers). */
static void check_scored(struct loader *l, const struct json *dimensions)
{
    for (size_t i = 0; i < l->q->question_count; i++) {
        const struct question *question = &l->q->questions[i];

        if (question->is_scored && l->q->dimensions[question->dimension].weight.num > 0)
            return;
    }
    faults_add(l->base.faults, json_place(dimensions, l->base.faults),
               "không có câu hỏi nào được chấm điểm", "no question is scored");
}

/* Officers either find at each option what to look for, or know that they will not. */
static size_t count_officer(const struct question *question)
{
    size_t count = 0;

    for (size_t i = 0; question->is_scored && i < question->option_count; i++)
        count += question->options[i].officer.in[LANG_VI] != NULL;
    return count;
}

static void check_officer(struct loader *l)
{
    size_t told = 0;

    for (size_t i = 0; i < l->q->question_count; i++)
        told += count_officer(&l->q->questions[i]);
    for (size_t i = 0; told && i < l->q->question_count; i++) {
        const struct question *question = &l->q->questions[i];
        size_t own = count_officer(question);

        if (question->is_scored && own < question->option_count)
            faults_add(l->base.faults, json_place(question->json, l->base.faults),
                       "câu '%s' có %zu/%zu lựa chọn ghi 'officer' (cán bộ cần nhìn gì); hãy ghi "
                       "cho mọi lựa chọn được chấm điểm của bộ câu hỏi, hoặc bỏ hết",
                       "the question '%s' has 'officer' (what officers look for) at %zu of %zu "
                       "options: write it for all scored options of the questionnaire, or for none",
                       question->id, own, question->option_count);
    }
}

void check_dimensions(struct loader *l, const struct json *list, bool is_whole)
{
    check_ids(l, list);
    if (!is_whole)
        return;
    check_scored(l, list);
    check_officer(l);
}
