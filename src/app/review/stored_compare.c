#include "app/review/stored_compare.h"

#include <string.h>

struct row_list {
    struct arena *arena;
    struct store_row *rows;
    size_t count, cap;
};

static bool take_row(void *context, const struct store_row *row)
{
    struct row_list *list = context;

    if (list->count == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        struct store_row *rows = ARENA_ARRAY(list->arena, struct store_row, cap);

        if (list->count)
            memcpy(rows, list->rows, list->count * sizeof(*rows));
        list->rows = rows;
        list->cap = cap;
    }
    list->rows[list->count] = *row;
    store_keep_row(&list->rows[list->count++], list->arena);
    return true;
}

/* By the same questionnaire, in any version. */
static bool is_alike(const struct store_row *a, const struct store_row *b)
{
    size_t len = strcspn(a->questionnaire, "@");

    return strncmp(a->questionnaire, b->questionnaire, len + 1) == 0;
}

/* The two indexes; false where nothing came before. */
static bool choose(struct stored_comparison *c, int64_t after)
{
    while (c->after < c->count && c->rows[c->after].assessment != after)
        c->after++;
    for (size_t i = c->after + 1; i < c->count; i++) {
        c->before = i;
        if (is_alike(&c->rows[i], &c->rows[c->after]))
            return true;
    }
    c->before = c->after + 1;
    return c->before < c->count;
}

static enum status assess(struct workspace *ws, struct database *db, struct arena *arena,
                          int64_t assessment, struct evaluation *out, struct err *err)
{
    struct store_item *item = ARENA_NEW(arena, struct store_item);
    const struct scorer *scorer;
    const struct response *response;
    enum status status = store_load(database_store(db), assessment, 0, NULL, arena, item, err);

    if (status != OK)
        return status;
    response = item->response;
    scorer = database_scorer(db, response->questionnaire, err);
    if (!scorer)
        return err->status;
    return evaluate_with(ws, scorer, arena, response, false,
                         response->submitted_on == DAY_NONE ? today() : response->submitted_on, out,
                         err);
}

static enum status find_rows(struct store *store, struct arena *arena, const char *key,
                             const char *round, struct stored_comparison *c, struct err *err)
{
    struct row_list list = {.arena = arena};
    struct store_row found;
    enum status status = store_find(store, key, round, arena, &found, err);

    if (status == OK)
        status = store_assessments_of(store, store_enterprise_of(found.assessment), take_row, &list,
                                      err);
    if (status != OK)
        return status;
    c->rows = list.rows;
    c->count = list.count;
    if (choose(c, found.assessment))
        return OK;
    return err_set(err, NOT_FOUND,
                   "đơn vị này không có đánh giá nào trước đợt %s để so sánh (số đánh giá đã lưu: "
                   "%zu)",
                   "this enterprise has no assessment before the round %s to compare with "
                   "(assessments that are stored: %zu)",
                   found.round, list.count);
}

enum status stored_compare(struct workspace *ws, struct database *db, struct arena *arena,
                           const char *key, const char *round, struct stored_comparison *out,
                           struct err *err)
{
    struct evaluation *both = out->evaluations;
    enum status status;

    *out = (struct stored_comparison){.count = 0};
    status = find_rows(database_store(db), arena, key, round, out, err);
    if (status == OK)
        status = assess(ws, db, arena, out->rows[out->before].assessment, &both[0], err);
    if (status == OK)
        status = assess(ws, db, arena, out->rows[out->after].assessment, &both[1], err);
    if (status == OK)
        out->comparison = compare_scores(arena, &both[0].score, both[0].response->answers,
                                         &both[1].score, both[1].response->answers);
    return status;
}
