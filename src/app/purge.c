#include "app/purge.h"

#include "store/evidence_files.h"

day draft_ends_on(const struct dossier *dossier, int keep_days)
{
    day changed = day_of_utc(dossier->changed_at);

    if (keep_days <= 0 || dossier->state != DOSSIER_DRAFT || dossier->assessment ||
        *dossier->submitted_at || changed == DAY_NONE)
        return DAY_NONE;
    return changed + keep_days;
}

/* One piece of the walk. */
struct piece {
    struct purge *purge;
    const struct app_context *app;
    struct arena arena;
    size_t drafts;      /* erased in it */
    const char **files; /* hashes that lost a row */
    size_t file_count, file_cap;
};

/* What was last changed before this moment ends on the day or has ended: the end of the day (in
 * Vietnam, seven hours ahead) that lies so many days back. */
static const char *before(struct piece *p)
{
    char iso[DAY_ISO_CHARS + 1];

    day_write_iso(iso, p->app->today - p->purge->keep_days);
    return arena_printf(&p->arena, "%sT17:00:00Z", iso);
}

static void add_file(struct piece *p, const char *hash)
{
    if (p->file_count == p->file_cap) {
        size_t cap = p->file_cap ? 2 * p->file_cap : EVIDENCE_PER_DOSSIER_MAX;
        const char **files = ARENA_ARRAY(&p->arena, const char *, cap);

        for (size_t i = 0; i < p->file_count; i++)
            files[i] = p->files[i];
        p->files = files;
        p->file_cap = cap;
    }
    p->files[p->file_count++] = hash;
}

/* ---- rows ---- */

static enum status erase_draft(struct piece *p, struct dossier *dossier, struct err *err)
{
    struct store *store = p->app->store;
    struct dossier_event event = {
        .kind = "expired", .actor = "system", .at = p->app->now, .text = ""};
    const struct evidence *list;
    size_t count;
    enum status status = evidence_list(store, dossier->id, &p->arena, &list, &count, err);

    if (status == OK)
        status = dossier_event_add(store, dossier->id, &event, err);
    if (status == OK)
        status = dossier_erase(store, dossier, p->app->now, err);
    for (size_t i = 0; status == OK && i < count; i++)
        add_file(p, list[i].hash);
    p->drafts += status == OK;
    return status;
}

/* As it stands now: somebody may have come back to it after it was looked at. */
static enum status erase_if_ended(struct piece *p, int64_t id, struct err *err)
{
    struct dossier dossier;
    day ends_on;
    enum status status = dossier_load(p->app->store, id, &p->arena, &dossier, err);

    if (status != OK)
        return status;
    ends_on = draft_ends_on(&dossier, p->purge->keep_days);
    return ends_on != DAY_NONE && ends_on <= p->app->today ? erase_draft(p, &dossier, err) : OK;
}

/* Returns in `after` how far it came. */
static enum status erase_all(struct piece *p, const struct dossier_look *list, size_t count,
                             int64_t *after, struct err *err)
{
    enum status status = OK;

    for (size_t i = 0; i < count && status == OK && p->drafts < PURGE_ERASED; i++) {
        *after = list[i].id;
        if (list[i].is_idle)
            status = erase_if_ended(p, list[i].id, err);
    }
    return status;
}

static size_t count_idle(const struct dossier_look *list, size_t count)
{
    size_t idle = 0;

    for (size_t i = 0; i < count; i++)
        idle += list[i].is_idle;
    return idle;
}

static enum status write_piece(struct piece *p, const struct dossier_look *list, size_t count,
                               int64_t *after, struct err *err)
{
    struct store *store = p->app->store;
    enum status status = store_begin(store, err);

    if (status != OK)
        return status;
    status = erase_all(p, list, count, after, err);
    if (status == OK)
        status = store_commit(store, err);
    if (status != OK)
        store_rollback(store);
    return status;
}

/* ---- files, after the commit ---- */

static void delete_files(struct piece *p)
{
    struct purge *purge = p->purge;

    for (size_t i = 0; i < p->file_count; i++) {
        bool is_deleted = false;
        struct err err;

        if (evidence_delete_unused(p->app->store, p->app->evidence, p->files[i], &is_deleted,
                                   &err) != OK)
            purge->has_left_files = true;
        purge->files += is_deleted;
    }
}

static enum status walk(struct piece *p, struct err *err)
{
    struct purge *purge = p->purge;
    const struct dossier_look *list;
    int64_t after = purge->after;
    size_t count, idle;
    enum status status = dossier_look(p->app->store, purge->after, before(p), PURGE_LOOKED,
                                      &p->arena, &list, &count, err);

    if (status != OK)
        return status;
    idle = count_idle(list, count);
    if (idle && !purge->is_dry)
        status = write_piece(p, list, count, &after, err);
    else if (count)
        after = list[count - 1].id;
    if (status != OK)
        return status;
    purge->after = after;
    purge->is_done = count < PURGE_LOOKED && (!count || after == list[count - 1].id);
    purge->drafts += purge->is_dry ? idle : p->drafts;
    purge->has_more = !purge->is_done && purge->drafts_max && purge->drafts >= purge->drafts_max;
    purge->is_done = purge->is_done || purge->has_more;
    delete_files(p);
    return OK;
}

enum status purge_some(struct purge *purge, const struct app_context *app, struct err *err)
{
    struct piece p = {.purge = purge, .app = app};
    enum status status;

    arena_init(&p.arena);
    status = walk(&p, err);
    arena_free(&p.arena);
    return status;
}
