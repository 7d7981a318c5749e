#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

static enum status system_error(struct err *err, const char *vi, const char *en, const char *path)
{
    int code = errno;
    const char *why = strerror(code);

    return err_set(err, code == ENOENT ? NOT_FOUND : FAILED, "%s: %s (%s)%.0s",
                   "%1$s: %4$s (%3$s)%2$.0s", path, vi, why, en);
}

static enum status read_all(struct arena *arena, int fd, const char *path, size_t max, char **data,
                            size_t *len, struct err *err)
{
    size_t cap = 65536, used = 0;
    char *bytes = xmalloc(cap);
    enum status status = OK;

    for (;;) {
        ssize_t got;

        if (used == cap)
            bytes = xrealloc(bytes, cap *= 2);
        got = read(fd, bytes + used, cap - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            status = system_error(err, "không đọc được tệp", "the file cannot be read", path);
        if (got <= 0)
            break;
        used += (size_t)got;
        if (used > max) {
            status = err_set(err, LIMIT, "%s: tệp lớn hơn giới hạn %zu byte",
                             "%s: the file is larger than the limit of %zu bytes", path, max);
            break;
        }
    }
    if (status == OK) {
        *data = arena_strndup(arena, bytes, used);
        *len = used;
    }
    free(bytes);
    return status;
}

enum status file_read(struct arena *arena, const char *path, size_t max, char **data, size_t *len,
                      struct err *err)
{
    enum status status;
    struct stat info;
    int fd;

    if (strcmp(path, "-") == 0)
        return read_all(arena, STDIN_FILENO, path, max, data, len, err);
    /* Without O_NONBLOCK a pipe that nobody writes to would hold the program for ever. */
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return system_error(err, "không mở được tệp", "the file cannot be opened", path);
    (void)fcntl(fd, F_SETFL, O_RDONLY);
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode))
        status = err_set(err, BAD_INPUT, "%s: đây là thư mục, cần một tệp",
                         "%s: this is a folder, a file is needed", path);
    else
        status = read_all(arena, fd, path, max, data, len, err);
    close(fd);
    return status;
}

static int write_all(int fd, const char *data, size_t len)
{
    while (len) {
        ssize_t put = write(fd, data, len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        data += put;
        len -= (size_t)put;
    }
    return 0;
}

/* Makes the entry of a renamed file durable; a file system without that is no reason to fail. */
static void sync_folder_of(const char *path)
{
    char *folder = strdup(path);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    int fd;

    if (slash)
        slash[slash == folder] = '\0';
    fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

static enum status write_beside(const char *path, const void *data, size_t len, struct err *err)
{
    enum status status = OK;
    struct arena arena;
    char *temporary;
    int fd;

    arena_init(&arena);
    temporary = arena_printf(&arena, "%s.%08x.tmp", path, randombytes_random());
    fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        status = system_error(err, "không ghi được tệp", "the file cannot be written", path);
        goto out;
    }
    if (write_all(fd, data, len) || fsync(fd) || rename(temporary, path)) {
        status = system_error(err, "không ghi được tệp", "the file cannot be written", path);
        (void)unlink(temporary);
    } else {
        sync_folder_of(path);
    }
    close(fd);
out:
    arena_free(&arena);
    return status == NOT_FOUND
               ? err_set(err, FAILED, "%s: thư mục chưa có", "%s: the folder does not exist", path)
               : status;
}

enum status file_write(const char *path, const void *data, size_t len, struct err *err)
{
    struct stat info;

    if (strcmp(path, "-") == 0) {
        if (write_all(STDOUT_FILENO, data, len))
            return system_error(err, "không ghi được ra màn hình", "standard output failed", path);
        return OK;
    }
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return err_set(err, BAD_INPUT, "%s: đây là thư mục, cần tên một tệp",
                       "%s: this is a folder, the name of a file is needed", path);
    return write_beside(path, data, len, err);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum status file_list(struct arena *arena, const char *folder, const char *suffix,
                      const char ***paths, size_t *count, struct err *err)
{
    size_t cap = 16, used = 0, end = strlen(suffix);
    const char **list = ARENA_ARRAY(arena, const char *, cap);
    DIR *dir = opendir(folder);

    if (!dir)
        return system_error(err, "không mở được thư mục", "the folder cannot be opened", folder);
    for (struct dirent *entry; (entry = readdir(dir));) {
        size_t len = strlen(entry->d_name);
        const char *path;

        if (entry->d_name[0] == '.' || len < end || strcmp(entry->d_name + len - end, suffix) != 0)
            continue;
        path = file_join(arena, folder, entry->d_name);
        if (file_is_folder(path))
            continue;
        if (used == cap) {
            const char **bigger = ARENA_ARRAY(arena, const char *, cap * 2);

            memcpy(bigger, list, used * sizeof(*list));
            list = bigger;
            cap *= 2;
        }
        list[used++] = path;
    }
    closedir(dir);
    qsort(list, used, sizeof(*list), by_text);
    *paths = list;
    *count = used;
    return OK;
}

bool file_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool file_exists(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

enum status file_make_folders(const char *path, struct err *err)
{
    struct arena arena;
    enum status status = OK;
    char *copy;

    arena_init(&arena);
    copy = arena_strdup(&arena, path);
    for (char *at = copy + 1; status == OK; at++) {
        char kept = *at;

        if (kept != '/' && kept != '\0')
            continue;
        *at = '\0';
        if (mkdir(copy, 0755) && errno != EEXIST)
            status = system_error(err, "không tạo được thư mục", "the folder cannot be made", copy);
        *at = kept;
        if (kept == '\0')
            break;
    }
    arena_free(&arena);
    return status;
}

const char *file_join(struct arena *arena, const char *folder, const char *name)
{
    size_t len = strlen(folder);

    return arena_printf(arena, "%s%s%s", folder, len && folder[len - 1] == '/' ? "" : "/", name);
}
