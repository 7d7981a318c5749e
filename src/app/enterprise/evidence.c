#include "app/enterprise/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/cases.h"

/* ---- rows ---- */

enum status open_dossier_evidence(const struct app_context *app, const struct open_dossier *opened,
                                  struct arena *arena, const struct evidence **list, size_t *count,
                                  struct err *err)
{
    return evidence_list(app->store, opened->dossier.id, arena, list, count, err);
}

static enum status set_answer(const struct app_context *app, struct open_dossier *opened,
                              const char *id, struct arena *arena, struct err *err)
{
    const struct questionnaire *q = opened->survey->q;
    const struct evidence *list;
    size_t count, at = 0, index = questionnaire_find(q, id);
    struct answer *answer;
    enum status status = open_dossier_evidence(app, opened, arena, &list, &count, err);

    if (status == OK && (index == MAP_NONE || q->questions[index].type != QUESTION_FILE))
        return dossier_touch(app->store, opened->dossier.id, app->now, err);
    if (status != OK)
        return status;
    while (at < count && strcmp(list[at].question, id) != 0)
        at++;
    answer = &opened->response->answers[index];
    answer->state = at < count ? ANSWER_GIVEN : ANSWER_NONE;
    answer->text = at < count ? list[at].name : NULL;
    return open_dossier_save(app, opened, arena, err);
}

enum status open_dossier_add_evidence(const struct app_context *app, struct open_dossier *opened,
                                      const struct evidence *file, struct arena *arena,
                                      struct err *err)
{
    struct evidence row = *file;
    int64_t id;
    enum status status = open_dossier_check_owner(app, opened, err);

    row.added_at = app->now;
    if (status == OK)
        status =
            evidence_add(app->store, opened->dossier.id, &row, EVIDENCE_TOTAL_BYTES_MAX, &id, err);
    if (status == OK && opened->dossier.assessment)
        status = case_due_add(app->store, opened->dossier.assessment, err);
    return status == OK ? set_answer(app, opened, file->question, arena, err) : status;
}

enum status open_dossier_remove_evidence(const struct app_context *app, struct open_dossier *opened,
                                         const struct evidence *file, struct arena *arena,
                                         struct err *err)
{
    char hash[EVIDENCE_HASH_CHARS + 1];
    bool is_unused;
    enum status status = open_dossier_check_owner(app, opened, err);

    if (status == OK)
        status = evidence_remove(app->store, opened->dossier.id, file->id, &is_unused, hash, err);
    if (status == OK)
        status = set_answer(app, opened, file->question, arena, err);
    if (status == OK)
        evidence_drop_later(app, hash);
    return status;
}

/* ---- how much comes from where ---- */

#define DAY_SECONDS (24 * 60 * 60)
#define PIECE_BYTES (EVIDENCE_CLIENT_BYTES_PER_DAY / DAY_SECONDS) /* one comes back a second */

enum status evidence_count_sent(const struct app_context *app, const char *client, size_t bytes,
                                struct err *err)
{
    int pieces = (int)((bytes + PIECE_BYTES - 1) / PIECE_BYTES), wait;
    char key[64];
    enum status status;

    snprintf(key, sizeof(key), "evidence:%s", client);
    status = limit_spend(app->store, key, pieces, DAY_SECONDS, 1, app->now, &wait, err);
    if (status != OK || wait == 0)
        return status;
    return err_set(err, LIMIT,
                   "từ địa chỉ mạng này đã gửi quá nhiều tệp trong một ngày; hãy gửi lại sau %d "
                   "phút",
                   "too many files were sent from this address within a day; please send it again "
                   "in %d minutes",
                   wait / 60 + 1);
}

/* ---- files ---- */

enum status evidence_keep(const struct app_context *app, const unsigned char *data, size_t len,
                          char hash[EVIDENCE_HASH_CHARS + 1], struct err *err)
{
    return evidence_write(app->evidence, data, len, hash, err);
}

enum status evidence_read(const struct app_context *app, const char *hash,
                          struct evidence_content *out, struct err *err)
{
    return evidence_open(app->evidence, hash, out, err);
}

/* ---- files that have become unused ---- */

struct evidence_drops {
    char (*hashes)[EVIDENCE_HASH_CHARS + 1];
    size_t count, room;
};

struct evidence_drops *evidence_drops_new(void)
{
    struct evidence_drops *drops = xmalloc(sizeof(*drops));

    *drops = (struct evidence_drops){0};
    return drops;
}

void evidence_drops_free(struct evidence_drops *drops)
{
    if (drops)
        free(drops->hashes);
    free(drops);
}

void evidence_drop_later(const struct app_context *app, const char *hash)
{
    struct evidence_drops *drops = app->drops;

    if (!drops)
        return;
    if (drops->count == drops->room) {
        drops->room = drops->room ? 2 * drops->room : EVIDENCE_PER_DOSSIER_MAX;
        drops->hashes = xrealloc(drops->hashes, drops->room * sizeof(*drops->hashes));
    }
    memcpy(drops->hashes[drops->count], hash, sizeof(*drops->hashes));
    drops->count++;
}

/* False if it has to be tried again. */
static bool drop(const struct app_context *app, const char *hash)
{
    bool is_unused = false;
    struct err err;

    if (evidence_is_unused(app->store, hash, &is_unused, &err) != OK)
        return false;
    return !is_unused || evidence_delete(app->evidence, hash, &err) == OK;
}

void evidence_drop_all(const struct app_context *app)
{
    struct evidence_drops *drops = app->drops;
    size_t kept = 0;

    for (size_t i = 0; i < drops->count; i++) {
        if (drop(app, drops->hashes[i]))
            continue;
        memmove(drops->hashes[kept], drops->hashes[i], sizeof(*drops->hashes));
        kept++;
    }
    drops->count = kept;
}

enum status evidence_sweep_part(const struct app_context *app, unsigned part, int64_t before,
                                struct evidence_swept *swept, struct err *err)
{
    return evidence_sweep(app->store, app->evidence, part, before, swept, err);
}
