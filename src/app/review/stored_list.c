#include "app/review/stored_list.h"

#include <string.h>

enum status stored_level_name(const struct app_context *app, const struct store_row *row,
                              struct words *name, struct err *err)
{
    const struct questionnaire *q;
    const struct level_rule *level;
    enum status status = store_questionnaire(app->store, row->questionnaire, &q, err);

    if (status != OK)
        return status;
    level = row->level == STORE_UNKNOWN ? NULL : questionnaire_level(q, row->level);
    *name = level ? level->name : (struct words){{NULL, NULL}};
    return OK;
}

enum status stored_list(const struct app_context *app, const struct store_filter *filter,
                        const struct store_page *page, store_row_callback *take, void *context,
                        struct err *err)
{
    return store_list(app->store, filter, page, take, context, err);
}

struct questionnaires_seen {
    char ref[200];
    size_t count;
};

static bool count_questionnaires(void *context, const struct store_round *round)
{
    struct questionnaires_seen *seen = context;

    if (strncmp(seen->ref, round->questionnaire, sizeof(seen->ref) - 1) == 0)
        return true;
    seen->count++;
    memccpy(seen->ref, round->questionnaire, 0, sizeof(seen->ref) - 1);
    return seen->count < 2;
}

enum status stored_has_several(const struct app_context *app, bool *has_several, struct err *err)
{
    struct questionnaires_seen seen = {{0}, 0};
    enum status status = store_rounds(app->store, count_questionnaires, &seen, err);

    *has_several = seen.count > 1;
    return status;
}

enum status stored_imports(const struct app_context *app, size_t max, struct arena *arena,
                           const struct store_import **list, size_t *count, struct err *err)
{
    return store_imports(app->store, max, arena, list, count, err);
}
