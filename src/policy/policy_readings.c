/* What was read: who says so can be checked. */
#include "policy_readings.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const struct json_field reading_fields[] = {
    {"document", JSON_IS(JSON_STRING), true},
    {"article", JSON_IS(JSON_STRING), true},
    {"copy", JSON_IS(JSON_OBJECT), true},
    {"on", JSON_IS(JSON_STRING), true},
};

static void load_reading(const struct json *json, const struct policy *policy,
                         struct policy_reading *reading, struct faults *faults)
{
    if (!json_check_object(json, reading_fields, ARRAY_SIZE(reading_fields), faults))
        return;
    reading->document = json_text(json, "document");
    reading->article = json_text(json, "article");
    reading->copy = json_words(json_get(json, "copy"), faults);
    reading->on = json_day(json_get(json, "on"), faults);
    if (policy->document && strcmp(reading->document, policy->document) == 0 &&
        reading->on != DAY_NONE && policy->document_date != DAY_NONE &&
        reading->on < policy->document_date)
        faults_add(faults, json_place(json, faults), "đọc văn bản trước ngày văn bản được ký",
                   "the text was read before the day on which it was signed");
}

static bool is_read(const struct policy *policy, const char *document)
{
    for (size_t i = 0; i < policy->reading_count; i++) {
        const char *read = policy->readings[i].document;

        if (read && strcmp(read, document) == 0)
            return true;
    }
    return false;
}

void policy_readings_load(struct arena *arena, const struct json *root, struct policy *policy,
                          struct faults *faults)
{
    const struct json *list = json_get(root, "read");
    struct policy_reading *readings;

    if (list && (!list->count || list->count > READINGS_MAX)) {
        faults_add(faults, json_place(list, faults), "cần từ 1 đến %d văn bản đã đọc",
                   "1 to %d texts that were read are needed", READINGS_MAX);
        return;
    }
    readings = ARENA_ARRAY(arena, struct policy_reading, list ? list->count : 0);
    for (size_t i = 0; list && i < list->count; i++)
        load_reading(&list->items[i], policy, &readings[i], faults);
    policy->readings = readings;
    policy->reading_count = list ? list->count : 0;
    if (policy->certainty == CERTAINTY_READ && policy->document &&
        !is_read(policy, policy->document))
        faults_add(faults, json_place(json_get(root, "certainty"), faults),
                   "'read' cần khóa \"read\" nêu điều nào của %s đã đọc, bản nào, ngày nào; "
                   "chưa đọc thì ghi 'reported' hoặc 'recalled'",
                   "'read' needs the key \"read\" that says which article of %s was read, in which "
                   "copy, on which day; without having read it, write 'reported' or 'recalled'",
                   policy->document);
}

/* ---- in words ---- */

static bool is_same_copy(const struct policy_reading *a, const struct policy_reading *b)
{
    return a->on == b->on && strcmp(a->copy.in[LANG_VI], b->copy.in[LANG_VI]) == 0;
}

const char *policy_readings_words(const struct policy *policy, enum lang lang, struct arena *arena)
{
    const char *text = NULL;

    for (size_t i = 0; i < policy->reading_count; i++) {
        const struct policy_reading *one = &policy->readings[i];
        bool is_last = i + 1 == policy->reading_count || !is_same_copy(one, one + 1);
        const char *article = arena_printf(arena, "%s %s", one->document, one->article);

        text = arena_printf(arena, "%s%s%s", text ? text : "", text ? "; " : "",
                            policy_citation(policy, article, lang, arena));
        if (is_last)
            text = text_printf(arena, lang, "%s (%s, đọc ngày %s)", "%s (%s, read on %s)", text,
                               one->copy.in[lang], text_of_day(arena, one->on));
    }
    return text;
}
