#include "app/enterprise/peers.h"

#include <string.h>

#include "app/legal_person.h"

struct gather {
    struct peers *peers;
    struct legal_persons owners;
    bool is_full;
};

static const char *known_or_null(const char *text)
{
    return text && strcmp(text, "unknown") != 0 ? text : NULL;
}

static bool take_item(void *context, const struct store_item *item)
{
    struct gather *g = context;
    const struct store_row *row = &item->row;
    int scores[1 + DIMENSIONS_MAX] = {row->total_percent};

    if (!row->is_complete) /* open questions count 0: nobody is to be measured by them */
        return true;
    for (size_t i = 0; i < row->dimension_count; i++)
        scores[1 + i] = row->dimensions[i].percent;
    g->is_full = !peers_add(g->peers, known_or_null(row->section), known_or_null(row->size_class),
                            legal_person_of(&g->owners, row), scores);
    return !g->is_full;
}

enum status peers_build(const struct app_context *app, const char *questionnaire, const char *round,
                        struct arena *arena, const struct peers **out, struct err *err)
{
    struct store_filter filter = STORE_FILTER_NONE;
    const struct questionnaire *q;
    struct gather g = {0};
    enum status status = store_questionnaire(app->store, questionnaire, &q, err);

    if (status != OK)
        return status;
    filter.questionnaire = questionnaire;
    filter.round = round;
    status = legal_persons_load(app->store, arena, &g.owners, err);
    if (status != OK)
        return status;
    g.peers = peers_new(arena, q->dimension_count);
    status = store_each(app->store, &filter, 0, take_item, &g, err);
    if (status == OK && g.is_full)
        status = err_set(
            err, LIMIT, "kết quả theo %s có quá %d cặp ngành và quy mô; hãy xem lại danh mục ngành",
            "the results by %s have more than %d pairs of section and size class; check the list "
            "of sections",
            questionnaire, PEERS_CELLS_MAX);
    if (status != OK) {
        peers_drop(g.peers);
        return status;
    }
    peers_finish(g.peers);
    *out = g.peers;
    return OK;
}
