#include "report/action_columns.h"

#include "base/array.h"

static const char *const codes[ACTION_COLUMN__MAX] = {
    [ACTION_PERSON] = "person",
    [ACTION_TASK] = "task",
    [ACTION_TIME] = "time",
    [ACTION_RESPONSIBILITY] = "responsibility",
    [ACTION_AUTHORITY] = "authority",
    [ACTION_RESULT] = "result",
};

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"title", JSON_IS(JSON_OBJECT), true},
    {"columns", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field column_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"missing", JSON_IS(JSON_OBJECT), true},
    {"gloss", JSON_IS(JSON_OBJECT), true},
};

const char *action_column_code(enum action_column column)
{
    return codes[column];
}

/* `seen` has a bit for each column that was read. */
static void load_column(const struct json *json, struct action_columns *columns, unsigned *seen,
                        struct faults *faults)
{
    struct action_heading heading;
    int column;

    if (!json_check_members(json, column_fields, ARRAY_SIZE(column_fields), faults))
        return;
    column = json_one_of(json_get(json, "id"), codes, ACTION_COLUMN__MAX, faults);
    heading.name = json_words(json_get(json, "name"), faults);
    heading.missing = json_words(json_get(json, "missing"), faults);
    heading.gloss = json_words(json_get(json, "gloss"), faults);
    if (column < 0)
        return;
    if (*seen & 1u << column) {
        faults_add(faults, json_place(json, faults), "cột '%s' xuất hiện hai lần",
                   "the column '%s' stands twice", codes[column]);
        return;
    }
    *seen |= 1u << column;
    heading.column = (enum action_column)column;
    columns->items[columns->count++] = heading;
}

static void check_columns(const struct json *list, unsigned seen, struct faults *faults)
{
    for (int i = 0; i < ACTION_COLUMN__MAX; i++) {
        if (i != ACTION_AUTHORITY && !(seen & 1u << i))
            faults_add(faults, json_place(list, faults), "thiếu cột '%s'",
                       "the column '%s' is missing", codes[i]);
    }
}

const struct action_columns *action_columns_read(struct arena *arena, const struct json *root,
                                                 struct faults *faults)
{
    static const char *const kind = "action-plan";
    struct action_columns *columns = ARENA_NEW(arena, struct action_columns);
    size_t errors = faults->errors;
    const struct json *list;
    unsigned seen = 0;

    if (!json_check_members(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    columns->title = json_words(json_get(root, "title"), faults);
    list = json_get(root, "columns");
    for (size_t i = 0; list && i < list->count; i++)
        load_column(&list->items[i], columns, &seen, faults);
    if (list)
        check_columns(list, seen, faults);
    return faults->errors == errors ? columns : NULL;
}
