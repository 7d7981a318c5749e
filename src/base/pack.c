#include "base/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/late.h"
#include "late_names.h"

#define MODE 0600

/* What is used of libarchive, which only backups need; see base/late.h. */
#define FUNCTIONS(F)                                                                               \
    F(archive_entry_filetype)                                                                      \
    F(archive_entry_free)                                                                          \
    F(archive_entry_hardlink)                                                                      \
    F(archive_entry_new)                                                                           \
    F(archive_entry_pathname)                                                                      \
    F(archive_entry_set_filetype)                                                                  \
    F(archive_entry_set_mtime)                                                                     \
    F(archive_entry_set_pathname)                                                                  \
    F(archive_entry_set_perm)                                                                      \
    F(archive_entry_set_size)                                                                      \
    F(archive_entry_size)                                                                          \
    F(archive_entry_size_is_set)                                                                   \
    F(archive_error_string)                                                                        \
    F(archive_read_data)                                                                           \
    F(archive_read_free)                                                                           \
    F(archive_read_new)                                                                            \
    F(archive_read_next_header)                                                                    \
    F(archive_read_open)                                                                           \
    F(archive_read_support_format_tar)                                                             \
    F(archive_set_error)                                                                           \
    F(archive_write_close)                                                                         \
    F(archive_write_data)                                                                          \
    F(archive_write_fail)                                                                          \
    F(archive_write_free)                                                                          \
    F(archive_write_header)                                                                        \
    F(archive_write_new)                                                                           \
    F(archive_write_open)                                                                          \
    F(archive_write_set_format_pax_restricted)

static struct {
    FUNCTIONS(LATE_POINTER)
} lib;

static const char *const names[] = {FUNCTIONS(LATE_NAME)};
static struct late_library library = LATE_LIBRARY(LATE_ARCHIVE, names, lib);

/* What libarchive says of itself, in the middle of our sentence. */
static enum status fail(struct archive *archive, const char *path, enum status status,
                        struct err *err)
{
    const char *why = lib.archive_error_string(archive);

    if (status == BAD_INPUT)
        return err_set(err, status,
                       "%s: không đọc được, tệp bị hỏng hoặc không phải bản sao lưu "
                       "của dxready (%s)",
                       "%s: cannot be read, it is damaged or no backup of dxready (%s)", path,
                       why ? why : "?");
    return err_set(err, status, "%s: không ghi được (%s)", "%s: cannot be written (%s)", path,
                   why ? why : "?");
}

/* ---- writing ---- */

struct pack_writer {
    struct archive *archive;
    struct file_sink *sink;
    struct seal_writer *seal; /* NULL: it is not sealed */
    char *path;
    struct err err; /* of what the library calls */
    bool has_failed;
};

static enum status put(void *context, const void *data, size_t len, struct err *err)
{
    struct pack_writer *writer = context;

    return file_sink_write(writer->sink, data, len, err);
}

static la_ssize_t take(struct archive *archive, void *context, const void *data, size_t len)
{
    struct pack_writer *writer = context;
    enum status status = writer->seal ? seal_write(writer->seal, data, len, &writer->err)
                                      : put(writer, data, len, &writer->err);

    if (status == OK)
        return (la_ssize_t)len;
    writer->has_failed = true;
    lib.archive_set_error(archive, EIO, "%s", writer->err.text[LANG_EN]);
    return -1;
}

/* Our own sentence where the failure was ours. */
static enum status check_written(struct pack_writer *writer, int code, struct err *err)
{
    if (code >= ARCHIVE_OK)
        return OK;
    if (!writer->has_failed)
        return fail(writer->archive, writer->path, FAILED, err);
    *err = writer->err;
    return err->status;
}

static enum status open_archive(struct pack_writer *writer, struct err *err)
{
    enum status status;

    status = late_load(&library, err);
    if (status != OK)
        return status;
    writer->archive = lib.archive_write_new();
    if (!writer->archive)
        return err_set(err, FAILED, "không đủ bộ nhớ", "there is not enough memory");
    if (lib.archive_write_set_format_pax_restricted(writer->archive) != ARCHIVE_OK)
        return fail(writer->archive, writer->path, FAILED, err);
    return check_written(writer, lib.archive_write_open(writer->archive, writer, NULL, take, NULL),
                         err);
}

enum status pack_writer_new(const char *path, const struct seal_keys *keys,
                            struct pack_writer **out, struct err *err)
{
    struct pack_writer *writer = xmalloc(sizeof(*writer));
    enum status status;

    *writer = (struct pack_writer){.path = xstrdup(path)};
    status = file_sink_open_private(path, &writer->sink, err);
    if (status == OK && keys)
        status = seal_writer_new(keys, put, writer, &writer->seal, err);
    if (status == OK)
        status = open_archive(writer, err);
    if (status == OK)
        *out = writer;
    else
        pack_abandon(writer);
    return status;
}

enum status pack_begin(struct pack_writer *writer, const char *name, uint64_t bytes,
                       struct err *err)
{
    struct archive_entry *entry = lib.archive_entry_new();
    int code;

    if (!entry)
        return err_set(err, FAILED, "không đủ bộ nhớ", "there is not enough memory");
    lib.archive_entry_set_pathname(entry, name);
    lib.archive_entry_set_size(entry, (la_int64_t)bytes);
    lib.archive_entry_set_filetype(entry, AE_IFREG);
    lib.archive_entry_set_perm(entry, MODE);
    lib.archive_entry_set_mtime(entry, time(NULL), 0);
    code = lib.archive_write_header(writer->archive, entry);
    lib.archive_entry_free(entry);
    return check_written(writer, code, err);
}

enum status pack_add(struct pack_writer *writer, const void *data, size_t len, struct err *err)
{
    la_ssize_t written = lib.archive_write_data(writer->archive, data, len);

    if (written >= 0 && (size_t)written != len)
        return err_set(err, FAILED, "%s: một tệp dài hơn đã nói trước; hãy làm lại",
                       "%s: a file is longer than was said; try again", writer->path);
    return check_written(writer, written < 0 ? ARCHIVE_FATAL : ARCHIVE_OK, err);
}

static void release(struct pack_writer *writer)
{
    if (writer->archive)
        lib.archive_write_free(writer->archive);
    seal_writer_free(writer->seal);
    free(writer->path);
    free(writer);
}

enum status pack_commit(struct pack_writer *writer, struct err *err)
{
    enum status status = check_written(writer, lib.archive_write_close(writer->archive), err);

    if (status == OK && writer->seal)
        status = seal_writer_finish(writer->seal, err);
    if (status == OK)
        status = file_sink_commit(writer->sink, err);
    else
        file_sink_abandon(writer->sink);
    release(writer);
    return status;
}

void pack_abandon(struct pack_writer *writer)
{
    if (!writer)
        return;
    if (writer->archive)
        (void)lib.archive_write_fail(writer->archive); /* else freeing it would still write */
    file_sink_abandon(writer->sink);
    release(writer);
}

/* ---- reading ---- */

struct pack_reader {
    struct archive *archive;
    struct seal_reader *seal; /* NULL: it is not sealed */
    int file;
    char *path;
    struct err err; /* of what the library calls */
    bool has_failed;
    unsigned char piece[SEAL_PIECE_BYTES];
};

static enum status get(void *context, void *data, size_t max, size_t *len, struct err *err)
{
    struct pack_reader *reader = context;
    ssize_t got;

    do
        got = read(reader->file, data, max);
    while (got < 0 && errno == EINTR);
    *len = got > 0 ? (size_t)got : 0;
    return got >= 0 ? OK
                    : err_set(err, FAILED, "%s: không đọc được (%s)", "%s: cannot be read (%s)",
                              reader->path, strerror(errno));
}

static la_ssize_t give(struct archive *archive, void *context, const void **data)
{
    struct pack_reader *reader = context;
    const unsigned char *piece = reader->piece;
    size_t len = 0;
    enum status status = reader->seal
                             ? seal_read(reader->seal, &piece, &len, &reader->err)
                             : get(reader, reader->piece, SEAL_PIECE_BYTES, &len, &reader->err);

    *data = piece;
    if (status == OK)
        return (la_ssize_t)len;
    reader->has_failed = true;
    lib.archive_set_error(archive, EIO, "%s", reader->err.text[LANG_EN]);
    return -1;
}

static enum status check_read(struct pack_reader *reader, int code, struct err *err)
{
    if (code >= ARCHIVE_OK)
        return OK;
    if (!reader->has_failed)
        return fail(reader->archive, reader->path, BAD_INPUT, err);
    *err = reader->err;
    return err->status;
}

static bool is_sealed(int file)
{
    char mark[sizeof(SEAL_MARK) - 1];

    return pread(file, mark, sizeof(mark), 0) == (ssize_t)sizeof(mark) &&
           memcmp(mark, SEAL_MARK, sizeof(mark)) == 0;
}

static enum status open_sealed(struct pack_reader *reader, const struct seal_keys *keys,
                               struct err *err)
{
    if (!is_sealed(reader->file))
        return OK;
    if (!keys)
        return err_set(err, BAD_USAGE,
                       "%s: bản sao lưu đã mã hóa; hãy nêu tệp khóa bí mật bằng --key TÊN.key",
                       "%s: the backup is encrypted; name the file of the secret key: "
                       "--key NAME.key",
                       reader->path);
    return seal_reader_new(keys, get, reader, &reader->seal, err);
}

static enum status open_reader(struct pack_reader *reader, const struct seal_keys *keys,
                               struct err *err)
{
    struct stat info;
    enum status status;

    reader->file = open(reader->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (reader->file < 0)
        return err_set(err, errno == ENOENT ? NOT_FOUND : FAILED, "%s: không mở được (%s)",
                       "%s: cannot be opened (%s)", reader->path, strerror(errno));
    if (fstat(reader->file, &info) != 0 || !S_ISREG(info.st_mode))
        return err_set(err, BAD_INPUT, "%s: không phải một tệp", "%s: this is no file",
                       reader->path);
    status = open_sealed(reader, keys, err);
    if (status == OK)
        status = late_load(&library, err);
    if (status != OK)
        return status;
    reader->archive = lib.archive_read_new();
    if (!reader->archive)
        return err_set(err, FAILED, "không đủ bộ nhớ", "there is not enough memory");
    if (lib.archive_read_support_format_tar(reader->archive) != ARCHIVE_OK)
        return fail(reader->archive, reader->path, BAD_INPUT, err);
    return check_read(reader, lib.archive_read_open(reader->archive, reader, NULL, give, NULL),
                      err);
}

enum status pack_reader_new(const char *path, const struct seal_keys *keys,
                            struct pack_reader **out, struct err *err)
{
    struct pack_reader *reader = xmalloc(sizeof(*reader));
    enum status status;

    *reader = (struct pack_reader){.file = -1, .path = xstrdup(path)};
    status = open_reader(reader, keys, err);
    if (status == OK)
        *out = reader;
    else
        pack_reader_free(reader);
    return status;
}

enum status pack_next(struct pack_reader *reader, struct arena *arena, const char **name,
                      uint64_t *bytes, struct err *err)
{
    struct archive_entry *entry;
    int code = lib.archive_read_next_header(reader->archive, &entry);
    const char *path;

    *name = NULL;
    if (code == ARCHIVE_EOF)
        return OK;
    if (code != ARCHIVE_OK)
        return check_read(reader, code < ARCHIVE_OK ? code : ARCHIVE_FATAL, err);
    path = lib.archive_entry_pathname(entry);
    if (!path || strlen(path) > PACK_NAME_BYTES_MAX ||
        lib.archive_entry_filetype(entry) != AE_IFREG || lib.archive_entry_hardlink(entry) ||
        !lib.archive_entry_size_is_set(entry) || lib.archive_entry_size(entry) < 0)
        return err_set(err, BAD_INPUT,
                       "%s: có mục không phải tệp thường, nên không phải bản sao "
                       "lưu của dxready",
                       "%s: something in it is no plain file, so it is no backup of dxready",
                       reader->path);
    *name = arena_strdup(arena, path);
    *bytes = (uint64_t)lib.archive_entry_size(entry);
    return OK;
}

enum status pack_read(struct pack_reader *reader, void *data, size_t max, size_t *len,
                      struct err *err)
{
    la_ssize_t got = lib.archive_read_data(reader->archive, data, max);

    *len = got > 0 ? (size_t)got : 0;
    return check_read(reader, got < 0 ? ARCHIVE_FATAL : ARCHIVE_OK, err);
}

void pack_reader_free(struct pack_reader *reader)
{
    if (!reader)
        return;
    if (reader->archive)
        lib.archive_read_free(reader->archive);
    seal_reader_free(reader->seal);
    if (reader->file >= 0)
        (void)close(reader->file);
    free(reader->path);
    free(reader);
}
