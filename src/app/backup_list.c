#include "backup_list.h"

#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/json.h"
#include "base/version.h"

#define KIND "dxready-backup"

/* Numbers of the list: written, read and compared by the same table. */
static const struct {
    const char *key;
    size_t offset;
} counts[] = {
    {"enterprises", offsetof(struct backup, totals.enterprises)},
    {"assessments", offsetof(struct backup, totals.assessments)},
    {"revisions", offsetof(struct backup, totals.revisions)},
    {"questionnaires", offsetof(struct backup, totals.questionnaires)},
    {"dossiers", offsetof(struct backup, totals.dossiers)},
    {"files", offsetof(struct backup, files)},
};

static int64_t *count_at(struct backup *backup, size_t index)
{
    return (int64_t *)(void *)((char *)backup + counts[index].offset);
}

void backup_list_write(struct json_writer *w, const struct backup *backup, const char *hash)
{
    struct backup copy = *backup;

    json_begin_object(w);
    json_member_string(w, "kind", KIND);
    json_member_int(w, "format", BACKUP_FORMAT);
    json_member_string(w, "program", DXREADY_VERSION);
    json_member_string(w, "made_at", backup->made_at);
    json_member_int(w, "bytes", (int64_t)backup->bytes);
    json_member_string(w, "hash", hash);
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        json_member_int(w, counts[i].key, *count_at(&copy, i));
    json_end_object(w);
}

static enum status refuse_format(const char *name, struct err *err)
{
    return err_set(err, BAD_INPUT,
                   "%s: bản sao lưu do phiên bản dxready mới hơn tạo; hãy dùng phiên bản đó để "
                   "khôi phục",
                   "%s: the backup was made by a newer dxready; restore it with that one", name);
}

static bool read_counts(const struct json *root, struct faults *faults, struct backup *out)
{
    int64_t bytes = 0;
    bool is_fine = json_whole(json_get(root, "bytes"), 1, INT64_MAX, faults, &bytes);

    out->bytes = (uint64_t)bytes;
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
        is_fine = json_whole(json_get(root, counts[i].key), 0, INT64_MAX, faults,
                             count_at(out, i)) && is_fine;
    return is_fine;
}

enum status backup_list_read(struct arena *arena, const char *name, const char *text, size_t len,
                             struct backup *out, const char **hash, struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    const struct json *root;
    const char *kind, *made_at;
    int64_t format = 0;

    faults_init(faults, arena);
    root = json_parse(arena, name, text, len, faults);
    kind = root ? json_text(root, "kind") : NULL;
    made_at = root ? json_text(root, "made_at") : NULL;
    *hash = root ? json_text(root, "hash") : NULL;
    if (kind && strcmp(kind, KIND) == 0 &&
        json_whole(json_get(root, "format"), 1, INT64_MAX, faults, &format) &&
        format > BACKUP_FORMAT)
        return refuse_format(name, err);
    if (format != BACKUP_FORMAT || !made_at || strlen(made_at) >= sizeof(out->made_at) || !*hash ||
        !read_counts(root, faults, out))
        return err_set(err, BAD_INPUT, "%s: không phải bản sao lưu của dxready",
                       "%s: this is no backup of dxready", name);
    memcpy(out->made_at, made_at, strlen(made_at) + 1);
    return OK;
}

void backup_end_write(struct json_writer *w, const struct backup *backup)
{
    json_begin_object(w);
    json_member_string(w, "kind", KIND "-end");
    json_member_int(w, "lost_files", backup->lost);
    json_end_object(w);
}

enum status backup_end_read(struct arena *arena, const char *name, const char *text, size_t len,
                            struct backup *out, struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    const struct json *root;
    const char *kind;

    faults_init(faults, arena);
    root = json_parse(arena, name, text, len, faults);
    kind = root ? json_text(root, "kind") : NULL;
    if (kind && strcmp(kind, KIND "-end") == 0 &&
        json_whole(json_get(root, "lost_files"), 0, out->files, faults, &out->lost))
        return OK;
    return err_set(err, BAD_INPUT, "%s: phần cuối không phải của bản sao lưu dxready",
                   "%s: its end is not that of a backup of dxready", name);
}

void backup_remove(const char *database, struct arena *arena)
{
    static const char *const tails[] = {"", "-wal", "-shm", "-journal", "-lock"};

    for (size_t i = 0; i < ARRAY_SIZE(tails); i++)
        (void)unlink(arena_printf(arena, "%s%s", database, tails[i]));
}
