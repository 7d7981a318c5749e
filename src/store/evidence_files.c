/* Files of evidence on the disk, named by what they contain. */
#include "store/evidence_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/file.h"
#include "dossier.h"

#define HASH_BYTES (EVIDENCE_HASH_CHARS / 2)

enum status evidence_check_hash(const char *hash, struct err *err)
{
    if (strlen(hash) == EVIDENCE_HASH_CHARS &&
        strspn(hash, "0123456789abcdef") == EVIDENCE_HASH_CHARS)
        return OK;
    return err_set(err, BAD_INPUT, "tên tệp minh chứng phải gồm %d chữ số thập lục phân",
                   "a file of evidence is named by %d digits of base 16", EVIDENCE_HASH_CHARS);
}

const char *evidence_folder(struct arena *arena, const char *database)
{
    return arena_printf(arena, "%s.evidence", database);
}

static const char *subfolder_of(struct arena *arena, const char *folder, const char *hash)
{
    return file_join(arena, folder, arena_strndup(arena, hash, 2));
}

static const char *path_of(struct arena *arena, const char *folder, const char *hash)
{
    return file_join(arena, subfolder_of(arena, folder, hash), hash);
}

static enum status fail_path(const char *path, const char *vi, const char *en, struct err *err)
{
    return err_set(err, FAILED, "%1$s: %2$s (%4$s)%3$.0s", "%1$s: %3$s (%4$s)%2$.0s", path, vi, en,
                   strerror(errno));
}

/* ---- what a file holds ---- */

static enum status open_file(const char *path, int *file, size_t *len, struct err *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat info;

    if (fd < 0 && errno == ENOENT)
        return err_set(err, NOT_FOUND, "không còn tệp minh chứng này",
                       "this file of evidence is not there any more");
    if (fd < 0)
        return fail_path(path, "không mở được tệp", "the file cannot be opened", err);
    if (fstat(fd, &info) || !S_ISREG(info.st_mode)) {
        close(fd);
        return err_set(err, FAILED, "%s: không phải tệp", "%s: is no file", path);
    }
    *file = fd;
    *len = (size_t)info.st_size;
    return OK;
}

/* Its bytes, at most `len`; -1 if they cannot be read. */
static ssize_t read_bytes(int file, unsigned char *data, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t got = pread(file, data + done, len - done, (off_t)done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

/* No more than the longest file there can be: what is longer is damaged. */
static enum status read_file(const char *path, struct evidence_content *out, struct err *err)
{
    struct evidence_content content;
    ssize_t len;
    enum status status = open_file(path, &content.file, &content.len, err);

    if (status != OK)
        return status;
    if (content.len > EVIDENCE_FILE_BYTES_MAX)
        content.len = EVIDENCE_FILE_BYTES_MAX + 1;
    content.data = xmalloc(content.len + 1);
    len = read_bytes(content.file, content.data, content.len);
    if (len >= 0) {
        content.len = (size_t)len;
        *out = content;
        return OK;
    }
    status = fail_path(path, "không đọc được tệp", "the file cannot be read", err);
    close(content.file);
    free(content.data);
    return status;
}

/* ---- writing ---- */

static enum status make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0700) == 0)
        file_sync_folder_of(path);
    else if (errno != EEXIST)
        return fail_path(path, "không tạo được thư mục", "the folder cannot be made", err);
    return OK;
}

/* What cannot be read, too, is written anew. */
static bool holds(const char *path, const unsigned char *data, size_t len)
{
    struct evidence_content content;
    bool is_same = false;

    if (read_file(path, &content, NULL) != OK)
        return false;
    is_same = content.len == len && (!len || memcmp(content.data, data, len) == 0);
    close(content.file);
    free(content.data);
    return is_same;
}

static enum status write_file(struct arena *arena, const char *folder, const char *hash,
                              const unsigned char *data, size_t len, struct err *err)
{
    const char *path = path_of(arena, folder, hash);
    enum status status;

    if (holds(path, data, len))
        return OK;
    status = make_folder(folder, err);
    if (status == OK)
        status = make_folder(subfolder_of(arena, folder, hash), err);
    return status == OK ? file_write_private(path, data, len, err) : status;
}

static void hash_of(const unsigned char *data, size_t len, char hash[EVIDENCE_HASH_CHARS + 1])
{
    unsigned char digest[HASH_BYTES];

    crypto_generichash(digest, sizeof(digest), data, len, NULL, 0);
    sodium_bin2hex(hash, EVIDENCE_HASH_CHARS + 1, digest, sizeof(digest));
}

enum status evidence_write(const char *folder, const unsigned char *data, size_t len,
                           char hash[EVIDENCE_HASH_CHARS + 1], struct err *err)
{
    char text[EVIDENCE_HASH_CHARS + 1];
    struct arena arena;
    enum status status;

    hash_of(data, len, text);
    arena_init(&arena);
    status = write_file(&arena, folder, text, data, len, err);
    arena_free(&arena);
    if (status == OK)
        memcpy(hash, text, sizeof(text));
    return status;
}

/* ---- reading, all of it, and deleting ---- */

enum status evidence_open(const char *folder, const char *hash, struct evidence_content *out,
                          struct err *err)
{
    char found[EVIDENCE_HASH_CHARS + 1];
    struct evidence_content content;
    struct arena arena;
    enum status status = evidence_check_hash(hash, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = read_file(path_of(&arena, folder, hash), &content, err);
    arena_free(&arena);
    if (status != OK)
        return status;
    hash_of(content.data, content.len, found);
    if (strcmp(found, hash) != 0) {
        close(content.file);
        free(content.data);
        return err_set(err, CONFLICT,
                       "Bản lưu của tệp minh chứng này trên máy chủ đã bị hỏng; hãy gửi lại đúng "
                       "tệp đó, bản hỏng sẽ được thay.",
                       "The server's copy of this file of evidence is damaged; please send the "
                       "same file again, and it is replaced.");
    }
    *out = content;
    return OK;
}

bool evidence_is_there(const char *folder, const char *hash, int64_t size)
{
    struct arena arena;
    struct stat info;
    bool is_there;

    arena_init(&arena);
    is_there = stat(path_of(&arena, folder, hash), &info) == 0 && S_ISREG(info.st_mode) &&
               info.st_size == size;
    arena_free(&arena);
    return is_there;
}

enum status evidence_delete(const char *folder, const char *hash, struct err *err)
{
    struct arena arena;
    const char *path;
    enum status status = evidence_check_hash(hash, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    path = path_of(&arena, folder, hash);
    if (unlink(path) && errno != ENOENT)
        status = fail_path(path, "không xóa được tệp", "the file cannot be deleted", err);
    arena_free(&arena);
    return status;
}

enum status evidence_delete_unused(struct store *store, const char *folder, const char *hash,
                                   bool *is_deleted, struct err *err)
{
    bool is_unused = false;
    enum status status = store_begin(store, err); /* keeps others from writing */

    if (status != OK)
        return status;
    status = evidence_is_unused(store, hash, &is_unused, err);
    if (status == OK && is_unused)
        status = evidence_delete(folder, hash, err);
    store_rollback(store); /* nothing was written */
    *is_deleted = status == OK && is_unused;
    return status;
}

/* ---- what nothing needs ---- */

#define HEX_DIGITS "0123456789abcdef"
#define TEMPORARY_END ".tmp"
#define TEMPORARY_CHARS (1 + 8 + sizeof(TEMPORARY_END) - 1) /* as file_write() names them */

struct sweeping {
    struct store *store;
    struct arena arena;
    const char *folder; /* of the part */
    const char *digits; /* that its names begin with */
    int64_t before;
    struct evidence_swept *swept;
};

/* "HASH" or "HASH.0a1b2c3d.tmp"; everything else is somebody's own. */
static bool is_ours(const struct sweeping *s, const char *name, bool *is_temporary)
{
    size_t len = strlen(name);

    *is_temporary = len == EVIDENCE_HASH_CHARS + TEMPORARY_CHARS;
    if (strspn(name, HEX_DIGITS) != EVIDENCE_HASH_CHARS ||
        strncmp(name, s->digits, strlen(s->digits)) != 0)
        return false;
    return len == EVIDENCE_HASH_CHARS ||
           (*is_temporary && name[EVIDENCE_HASH_CHARS] == '.' &&
            strspn(name + EVIDENCE_HASH_CHARS + 1, HEX_DIGITS) == 8 &&
            strcmp(name + EVIDENCE_HASH_CHARS + 9, TEMPORARY_END) == 0);
}

static enum status sweep_file(struct sweeping *s, const char *path, struct err *err)
{
    const char *name = strrchr(path, '/') + 1;
    bool is_temporary, is_unused = true;
    struct stat info;
    enum status status = OK;

    if (!is_ours(s, name, &is_temporary) || lstat(path, &info) || !S_ISREG(info.st_mode) ||
        info.st_mtime >= s->before)
        return OK;
    if (!is_temporary)
        status = evidence_is_unused(s->store, name, &is_unused, err);
    if (status != OK || !is_unused)
        return status;
    if (unlink(path) && errno != ENOENT)
        return fail_path(path, "không xóa được tệp", "the file cannot be deleted", err);
    s->swept->files++;
    s->swept->bytes += (uint64_t)info.st_size;
    return OK;
}

static enum status sweep_folder(struct sweeping *s, struct err *err)
{
    const char **paths;
    size_t count;
    enum status status, worst = OK;
    struct err last;

    status = file_list(&s->arena, s->folder, "", &paths, &count, err);
    if (status != OK)
        return status == NOT_FOUND ? OK : status;
    for (size_t i = 0; i < count; i++) {
        status = sweep_file(s, paths[i], &last);
        if (status != OK) {
            worst = status;
            *err = last;
        }
    }
    return worst;
}

/* Whether the database has had a dossier: erased ones keep their rows. */
static enum status has_dossiers(struct store *store, bool *has, struct err *err)
{
    int64_t id;

    return statement_int(store, SQL_DOSSIER_ANY, PARAMS(INT(0)), &id, has, err);
}

enum status evidence_sweep(struct store *store, const char *folder, unsigned part, int64_t before,
                           struct evidence_swept *swept, struct err *err)
{
    struct sweeping s = {.store = store, .before = before, .swept = swept};
    bool is_own = false;
    enum status status = has_dossiers(store, &is_own, err);

    if (status != OK || !is_own)
        return status;
    arena_init(&s.arena);
    s.digits = arena_printf(&s.arena, "%02x", part);
    s.folder = file_join(&s.arena, folder, s.digits);
    status = sweep_folder(&s, err);
    arena_free(&s.arena);
    return status;
}
