/* Files of evidence on the disk, named by what they contain. */
#include "store/evidence_files.h"

#include <errno.h>
#include <fcntl.h>
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

/* ---- writing ---- */

static enum status make_folder(const char *path, struct err *err)
{
    if (mkdir(path, 0700) && errno != EEXIST)
        return fail_path(path, "không tạo được thư mục", "the folder cannot be made", err);
    return OK;
}

static bool is_there(const char *path, size_t len)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISREG(info.st_mode) && (size_t)info.st_size == len;
}

static enum status write_file(struct arena *arena, const char *folder, const char *hash,
                              const unsigned char *data, size_t len, struct err *err)
{
    const char *path = path_of(arena, folder, hash);
    enum status status;

    if (is_there(path, len))
        return OK;
    status = make_folder(folder, err);
    if (status == OK)
        status = make_folder(subfolder_of(arena, folder, hash), err);
    return status == OK ? file_write_private(path, data, len, err) : status;
}

enum status evidence_write(const char *folder, const unsigned char *data, size_t len,
                           char hash[EVIDENCE_HASH_CHARS + 1], struct err *err)
{
    unsigned char digest[HASH_BYTES];
    char text[EVIDENCE_HASH_CHARS + 1];
    struct arena arena;
    enum status status;

    crypto_generichash(digest, sizeof(digest), data, len, NULL, 0);
    sodium_bin2hex(text, sizeof(text), digest, sizeof(digest));
    arena_init(&arena);
    status = write_file(&arena, folder, text, data, len, err);
    arena_free(&arena);
    if (status == OK)
        memcpy(hash, text, sizeof(text));
    return status;
}

/* ---- reading and deleting ---- */

static enum status open_file(const char *path, int *file, uint64_t *len, struct err *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
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
    *len = (uint64_t)info.st_size;
    return OK;
}

enum status evidence_open(const char *folder, const char *hash, int *file, uint64_t *len,
                          struct err *err)
{
    struct arena arena;
    enum status status = evidence_check_hash(hash, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = open_file(path_of(&arena, folder, hash), file, len, err);
    arena_free(&arena);
    return status;
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
