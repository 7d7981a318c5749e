#include "policy/calendar.h"

#include "base/array.h"
#include "base/json.h"
#include "survey/reference.h"

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},    {"title", JSON_IS(JSON_OBJECT), false},
    {"note", JSON_IS(JSON_OBJECT), false},   {"from", JSON_IS(JSON_STRING), true},
    {"to", JSON_IS(JSON_STRING), true},      {"off", JSON_IS(JSON_ARRAY), true},
    {"working", JSON_IS(JSON_ARRAY), false},
};

static const struct json_field day_fields[] = {
    {"date", JSON_IS(JSON_STRING), true},     {"name", JSON_IS(JSON_OBJECT), false},
    {"note", JSON_IS(JSON_OBJECT), false},    {"certainty", JSON_IS(JSON_STRING), true},
    {"announced", JSON_IS(JSON_BOOL), false},
};

static void check_certainty(const struct json *json, struct faults *faults)
{
    const char *codes[CERTAINTY__MAX];

    for (int i = 0; i < CERTAINTY__MAX; i++)
        codes[i] = certainty_code((enum certainty)i);
    json_one_of(json, codes, CERTAINTY__MAX, faults);
}

/* The days of a list, rising; `announced` may be NULL. */
static const day *load_days(struct arena *arena, const struct json *list, bool *announced,
                            struct faults *faults)
{
    day *days = ARENA_ARRAY(arena, day, list->count);

    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i], *known;

        if (!json_check_object(json, day_fields, ARRAY_SIZE(day_fields), faults))
            continue;
        days[i] = json_day(json_get(json, "date"), faults);
        json_words(json_get(json, "name"), faults);
        json_words(json_get(json, "note"), faults);
        check_certainty(json_get(json, "certainty"), faults);
        known = json_get(json, "announced");
        if (announced)
            announced[i] = !known || known->truth;
        if (i && days[i] <= days[i - 1])
            faults_add(faults, json_place(json, faults), "các ngày phải xếp tăng dần",
                       "the days must rise");
    }
    return days;
}

const struct calendar *calendar_read(struct arena *arena, const struct json *root,
                                     struct faults *faults)
{
    static const char *const kind = "holidays";
    const struct json *off, *working;
    struct calendar *calendar = ARENA_NEW(arena, struct calendar);
    size_t errors = faults->errors;
    bool *announced;

    if (!json_check_object(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    calendar->from = json_day(json_get(root, "from"), faults);
    calendar->to = json_day(json_get(root, "to"), faults);
    off = json_get(root, "off");
    working = json_get(root, "working");
    announced = ARENA_ARRAY(arena, bool, off->count);
    calendar->off = load_days(arena, off, announced, faults);
    calendar->announced = announced;
    calendar->off_count = off->count;
    if (working) {
        calendar->working = load_days(arena, working, NULL, faults);
        calendar->working_count = working->count;
    }
    return faults->errors == errors ? calendar : NULL;
}

const struct calendar *calendar_load(struct arena *arena, const char *path, struct faults *faults)
{
    const struct json *root = json_load(arena, path, faults);

    return root ? calendar_read(arena, root, faults) : NULL;
}

static size_t find_day(const day *days, size_t count, day d)
{
    for (size_t i = 0; i < count; i++) {
        if (days[i] == d)
            return i;
    }
    return count;
}

static bool is_working(const struct calendar *calendar, day d)
{
    if (find_day(calendar->off, calendar->off_count, d) < calendar->off_count)
        return false;
    if (find_day(calendar->working, calendar->working_count, d) < calendar->working_count)
        return true;
    return day_of_week(d) < 5;
}

day calendar_deadline(const struct calendar *calendar, day start, int n,
                      enum deadline_certainty *certainty)
{
    day d = start;

    *certainty = DEADLINE_SURE;
    while (n > 0) {
        size_t at;

        d++;
        at = find_day(calendar->off, calendar->off_count, d);
        if (at < calendar->off_count && !calendar->announced[at])
            *certainty = DEADLINE_EXPECTED;
        n -= is_working(calendar, d);
    }
    if (d > calendar->to || start < calendar->from)
        *certainty = DEADLINE_BEYOND;
    return d;
}

#define DAYS_COUNTED_MAX 400

int working_days_until(const struct calendar *calendar, day today, day due)
{
    enum deadline_certainty certainty;
    day from = today < due ? today : due, to = today < due ? due : today;
    int days = 0;

    while (days < DAYS_COUNTED_MAX && calendar_deadline(calendar, from, days + 1, &certainty) <= to)
        days++;
    return today < due ? days : -days;
}
