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

    if (code == EPIPE)
        return err_set(err, READER_LEFT, "%s", "%s", "");
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

void file_sync_folder_of(const char *path)
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

/* ---- writing piece by piece ---- */

struct file_sink {
    const char *path;
    char *temporary; /* NULL: written in place (standard output, a device, a pipe) */
    mode_t mode;
    int fd;
    struct arena arena;
};

/* What is no regular file must not be replaced by one: /dev/null, a pipe. */
static bool is_written_in_place(const char *path)
{
    struct stat info;

    return strcmp(path, "-") == 0 || (stat(path, &info) == 0 && !S_ISREG(info.st_mode));
}

static enum status fail_sink(const struct file_sink *sink, struct err *err)
{
    if (strcmp(sink->path, "-") == 0)
        return system_error(err, "không ghi được ra màn hình", "standard output failed", "-");
    if (errno == ENOENT)
        return err_set(err, FAILED, "%s: thư mục chưa có", "%s: the folder does not exist",
                       sink->path);
    return system_error(err, "không ghi được tệp", "the file cannot be written", sink->path);
}

static void free_sink(struct file_sink *sink)
{
    if (sink->fd >= 0)
        close(sink->fd);
    arena_free(&sink->arena);
    free(sink);
}

static int open_sink(struct file_sink *sink)
{
    if (strcmp(sink->path, "-") == 0)
        return dup(STDOUT_FILENO);
    if (!sink->temporary)
        return open(sink->path, O_WRONLY | O_CLOEXEC);
    return open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, sink->mode);
}

/* Who may read the file that is replaced may read the new one, and nobody else. */
static void keep_mode(const struct file_sink *sink)
{
    struct stat old;

    if (lstat(sink->path, &old) == 0 && S_ISREG(old.st_mode))
        (void)fchmod(sink->fd, old.st_mode & sink->mode);
}

static enum status open_new(const char *path, mode_t mode, struct file_sink **out, struct err *err)
{
    struct file_sink *sink;
    enum status status;

    if (strcmp(path, "-") != 0 && file_is_folder(path))
        return err_set(err, BAD_INPUT, "%s: đây là thư mục, cần tên một tệp",
                       "%s: this is a folder, the name of a file is needed", path);
    sink = xmalloc(sizeof(*sink));
    *sink = (struct file_sink){.mode = mode, .fd = -1};
    arena_init(&sink->arena);
    sink->path = arena_strdup(&sink->arena, path);
    if (!is_written_in_place(path))
        sink->temporary = arena_printf(&sink->arena, "%s.%08x.tmp", path, randombytes_random());
    sink->fd = open_sink(sink);
    if (sink->fd >= 0 && sink->temporary)
        keep_mode(sink);
    if (sink->fd < 0) {
        status = fail_sink(sink, err);
        free_sink(sink);
        return status;
    }
    *out = sink;
    return OK;
}

enum status file_sink_open(const char *path, struct file_sink **out, struct err *err)
{
    return open_new(path, 0666, out, err);
}

enum status file_sink_open_private(const char *path, struct file_sink **out, struct err *err)
{
    return open_new(path, 0600, out, err);
}

enum status file_sink_write(struct file_sink *sink, const void *data, size_t len, struct err *err)
{
    return write_all(sink->fd, data, len) ? fail_sink(sink, err) : OK;
}

enum status file_sink_commit(struct file_sink *sink, struct err *err)
{
    enum status status = OK;

    if (sink->temporary && (fsync(sink->fd) || rename(sink->temporary, sink->path))) {
        status = fail_sink(sink, err);
        (void)unlink(sink->temporary);
    } else if (sink->temporary) {
        file_sync_folder_of(sink->path);
    }
    free_sink(sink);
    return status;
}

void file_sink_abandon(struct file_sink *sink)
{
    if (!sink)
        return;
    if (sink->temporary)
        (void)unlink(sink->temporary);
    free_sink(sink);
}

static enum status write_whole(const char *path, mode_t mode, const void *data, size_t len,
                               struct err *err)
{
    struct file_sink *sink;
    enum status status = open_new(path, mode, &sink, err);

    if (status != OK)
        return status;
    status = file_sink_write(sink, data, len, err);
    if (status == OK)
        return file_sink_commit(sink, err);
    file_sink_abandon(sink);
    return status;
}

enum status file_write(const char *path, const void *data, size_t len, struct err *err)
{
    return write_whole(path, 0666, data, len, err);
}

enum status file_write_private(const char *path, const void *data, size_t len, struct err *err)
{
    return write_whole(path, 0600, data, len, err);
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

bool file_is_regular(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
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
