/* Bringing a backup back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup_list.h"
#include "base/array.h"
#include "base/file.h"
#include "store/evidence_files.h"

#define LIST_BYTES_MAX ((uint64_t)64 << 10)
#define PIECE_BYTES ((size_t)256 << 10)

struct restoring {
    struct workspace *ws;
    struct pack_reader *pack;
    const char *path;                /* of the backup */
    const char *database, *evidence; /* as they are called until all is well */
    struct arena *arena;
    struct backup *listed; /* what the backup says of itself */
    const char *hash;
    int64_t files;
};

/* ---- where there is nothing yet ---- */

static enum status check_absent(const char *path, struct err *err)
{
    struct stat info;

    if (lstat(path, &info) != 0 && errno == ENOENT)
        return OK;
    return err_set(err, CONFLICT,
                   "%s: đã có, và khôi phục không bao giờ ghi đè; hãy nêu tên khác, hoặc tự dời nó "
                   "đi trước",
                   "%s: it exists, and restoring never overwrites; choose another name, or move it "
                   "away yourself first",
                   path);
}

static enum status check_target(struct arena *arena, const char *database, const char *evidence,
                                struct err *err)
{
    static const char *const tails[] = {"", "-wal", "-journal"};
    enum status status = check_absent(evidence, err);

    for (size_t i = 0; i < ARRAY_SIZE(tails) && status == OK; i++)
        status = check_absent(arena_printf(arena, "%s%s", database, tails[i]), err);
    return status;
}

/* ---- what is in the file ---- */

static enum status refuse_content(const struct restoring *r, const char *name, struct err *err)
{
    return err_set(err, BAD_INPUT, "%s: không phải bản sao lưu nguyên vẹn của dxready (mục '%s')",
                   "%s: this is no whole backup of dxready (entry '%s')", r->path, name);
}

/* All of a small one, in memory, and a NUL behind it: JSON wants one. */
static enum status read_whole(struct restoring *r, uint64_t bytes, uint64_t max, const char *name,
                              unsigned char **data, struct err *err)
{
    size_t at = 0, len = 1;
    enum status status = OK;

    if (bytes > max)
        return refuse_content(r, name, err);
    *data = xmalloc((size_t)bytes + 1);
    while (status == OK && at < bytes && len > 0) {
        status = pack_read(r->pack, *data + at, (size_t)bytes - at, &len, err);
        at += len;
    }
    if (status == OK && at < bytes)
        status = refuse_content(r, name, err);
    if (status != OK)
        free(*data);
    else
        (*data)[at] = '\0';
    return status;
}

static enum status take_list(struct restoring *r, struct err *err)
{
    const char *name;
    unsigned char *data;
    uint64_t bytes;
    enum status status = pack_next(r->pack, r->arena, &name, &bytes, err);

    if (status != OK)
        return status;
    if (!name || strcmp(name, BACKUP_LIST) != 0)
        return refuse_content(r, name ? name : "–", err);
    status = read_whole(r, bytes, LIST_BYTES_MAX, name, &data, err);
    if (status != OK)
        return status;
    status = backup_list_read(r->arena, r->path, (const char *)data, (size_t)bytes, r->listed,
                              &r->hash, err);
    free(data);
    return status;
}

static enum status take_end(struct restoring *r, uint64_t bytes, struct err *err)
{
    unsigned char *data;
    enum status status = read_whole(r, bytes, LIST_BYTES_MAX, BACKUP_END, &data, err);

    if (status != OK)
        return status;
    status =
        backup_end_read(r->arena, r->path, (const char *)data, (size_t)bytes, r->listed, err);
    free(data);
    return status;
}

static enum status copy_pieces(struct restoring *r, struct file_sink *sink, struct err *err)
{
    unsigned char *piece = xmalloc(PIECE_BYTES);
    enum status status = OK;
    size_t len = 1;

    while (status == OK && len > 0) {
        status = pack_read(r->pack, piece, PIECE_BYTES, &len, err);
        if (status == OK && len > 0)
            status = file_sink_write(sink, piece, len, err);
    }
    free(piece);
    return status;
}

static enum status take_database(struct restoring *r, struct err *err)
{
    struct file_sink *sink;
    const char *name;
    uint64_t bytes;
    enum status status = pack_next(r->pack, r->arena, &name, &bytes, err);

    if (status != OK)
        return status;
    if (!name || strcmp(name, BACKUP_DATABASE) != 0 || bytes != r->listed->bytes)
        return refuse_content(r, name ? name : "–", err);
    status = file_sink_open_private(r->database, &sink, err);
    if (status != OK)
        return status;
    status = copy_pieces(r, sink, err);
    if (status == OK)
        return file_sink_commit(sink, err);
    file_sink_abandon(sink);
    return status;
}

/* The name is the hash of the content, which is the one that the content gets. */
static enum status take_file(struct restoring *r, const char *name, uint64_t bytes, struct err *err)
{
    char hash[EVIDENCE_HASH_CHARS + 1];
    unsigned char *data;
    enum status status;

    if (strncmp(name, BACKUP_EVIDENCE, strlen(BACKUP_EVIDENCE)) != 0)
        return refuse_content(r, name, err);
    status = read_whole(r, bytes, EVIDENCE_FILE_BYTES_MAX, name, &data, err);
    if (status != OK)
        return status;
    status = evidence_write(r->evidence, data, (size_t)bytes, hash, err);
    free(data);
    if (status == OK && strcmp(hash, name + strlen(BACKUP_EVIDENCE)) != 0)
        return err_set(err, BAD_INPUT, "%s: tệp minh chứng %s trong bản sao lưu bị hỏng",
                       "%s: the file of evidence %s in the backup is damaged", r->path, name);
    r->files++;
    return status;
}

/* Up to the end, behind which nothing comes. */
static enum status take_files(struct restoring *r, struct err *err)
{
    struct arena names;
    const char *name = "";
    uint64_t bytes;
    bool is_over = false;
    enum status status = OK;

    arena_init(&names);
    while (status == OK && name) {
        arena_reset(&names);
        status = pack_next(r->pack, &names, &name, &bytes, err);
        if (status != OK || (!name && is_over))
            break;
        if (!name || is_over)
            status = refuse_content(r, name ? name : BACKUP_END, err);
        else if ((is_over = strcmp(name, BACKUP_END) == 0))
            status = take_end(r, bytes, err);
        else
            status = take_file(r, name, bytes, err);
    }
    arena_free(&names);
    return status;
}

/* ---- is it what it says? ---- */

static bool is_as_listed(const struct restoring *r, const struct backup *found)
{
    const struct store_totals *a = &found->totals, *b = &r->listed->totals;

    return a->enterprises == b->enterprises && a->assessments == b->assessments &&
           a->revisions == b->revisions && a->dossiers == b->dossiers &&
           found->files == r->listed->files && r->files == r->listed->files - r->listed->lost;
}

static enum status refuse_incomplete(const struct restoring *r, struct err *err)
{
    return err_set(err, BAD_INPUT,
                   "%s: nội dung không khớp danh mục ở đầu bản sao lưu; hãy dùng bản khác",
                   "%s: what is in it is not what the list at its beginning says; use another one",
                   r->path);
}

/* To write: tables of an older program are brought up to date. */
static enum status look_at_database(const struct restoring *r, struct err *err)
{
    struct backup found = {.files = 0};
    struct database *db = NULL;
    enum status status = database_open(r->arena, r->ws, r->database, DB_WRITE, &db, err);

    if (status != OK)
        return status;
    status = backup_look(db, &found, err);
    database_close(db);
    return status == OK && !is_as_listed(r, &found) ? refuse_incomplete(r, err) : status;
}

/* The hash first: opening a database may write beside it. */
static enum status verify(const struct restoring *r, struct err *err)
{
    char hash[BACKUP_HASH_CHARS + 1];
    enum status status = backup_hash(r->database, hash, err);

    if (status == OK && strcmp(hash, r->hash) != 0)
        status = refuse_incomplete(r, err);
    return status == OK ? look_at_database(r, err) : status;
}

/* ---- all ---- */

static void remove_evidence(const struct restoring *r)
{
    const char **paths;
    size_t count;
    struct err err;

    for (unsigned part = 0; part < EVIDENCE_PARTS; part++) {
        const char *folder = arena_printf(r->arena, "%s/%02x", r->evidence, part);

        if (!file_is_folder(folder) ||
            file_list(r->arena, folder, "", &paths, &count, &err) != OK)
            continue;
        for (size_t i = 0; i < count; i++)
            (void)unlink(paths[i]);
        (void)rmdir(folder);
    }
    (void)rmdir(r->evidence);
}

/* Files first: a database that stands under its name has all of them. */
static enum status move_in(const struct restoring *r, const char *database, const char *evidence,
                           struct err *err)
{
    if (r->files && rename(r->evidence, evidence) != 0)
        return err_set(err, FAILED, "%s: không đổi tên được (%s)", "%s: cannot be renamed (%s)",
                       r->evidence, strerror(errno));
    /* A link fails where a rename would replace what somebody made meanwhile. */
    if (link(r->database, database) != 0) {
        (void)err_set(err, errno == EEXIST ? CONFLICT : FAILED, "%s: không tạo được (%s)",
                      "%s: cannot be made (%s)", database, strerror(errno));
        (void)(r->files && rename(evidence, r->evidence));
        return err->status;
    }
    file_sync_folder_of(database);
    return OK;
}

static enum status take_all(struct restoring *r, struct err *err)
{
    enum status status = take_list(r, err);

    if (status == OK)
        status = take_database(r, err);
    if (status == OK)
        status = take_files(r, err);
    return status == OK ? verify(r, err) : status;
}

enum status backup_restore(struct workspace *ws, const char *path, const struct seal_keys *keys,
                           const char *database, const char *evidence, struct arena *arena,
                           struct backup *out, struct err *err)
{
    struct restoring r = {.ws = ws,
                          .path = path,
                          .database = arena_printf(arena, "%s.restoring", database),
                          .evidence = arena_printf(arena, "%s.restoring", evidence),
                          .arena = arena,
                          .listed = out};
    enum status status = check_target(arena, database, evidence, err);

    *out = (struct backup){.lost_hash = ""};
    if (status == OK)
        status = check_target(arena, r.database, r.evidence, err);
    if (status == OK)
        status = pack_reader_new(path, keys, &r.pack, err);
    if (status != OK)
        return status;
    status = take_all(&r, err);
    pack_reader_free(r.pack);
    if (status == OK)
        status = move_in(&r, database, evidence, err);
    backup_remove(r.database, arena);
    if (status != OK)
        remove_evidence(&r);
    return status;
}
