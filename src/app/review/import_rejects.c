/* Files of imports: what they contain, and those of the rows that were rejected. */
#include "import.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REJECTS_FLUSH_BYTES ((size_t)64 << 10)
#define PIECE_BYTES ((size_t)256 << 10)
#define NAMES_MAX 1000

/* ---- content ---- */

void import_hash_init(struct import_hash *hash)
{
    (void)crypto_generichash_init(&hash->state, NULL, 0, IMPORT_HASH_CHARS / 2);
}

void import_hash_add(struct import_hash *hash, const void *data, size_t len)
{
    (void)crypto_generichash_update(&hash->state, data, len);
}

void import_hash_end(struct import_hash *hash, char hex[IMPORT_HASH_CHARS + 1])
{
    unsigned char digest[IMPORT_HASH_CHARS / 2];

    (void)crypto_generichash_final(&hash->state, digest, sizeof(digest));
    sodium_bin2hex(hex, IMPORT_HASH_CHARS + 1, digest, sizeof(digest));
}

static size_t count_lines(const char *data, size_t len)
{
    const char *end = data + len;
    size_t count = 0;

    while ((data = memchr(data, '\n', (size_t)(end - data)))) {
        data++;
        count++;
    }
    return count;
}

bool import_look_at(const char *path, char hex[IMPORT_HASH_CHARS + 1], int64_t *size, size_t *lines)
{
    int file = file_is_regular(path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    char *piece = file < 0 ? NULL : xmalloc(PIECE_BYTES);
    struct import_hash hash;
    ssize_t len = -1;

    *size = 0;
    *lines = 0;
    import_hash_init(&hash);
    while (file >= 0 && (len = read(file, piece, PIECE_BYTES)) > 0) {
        import_hash_add(&hash, piece, (size_t)len);
        *size += len;
        *lines += count_lines(piece, (size_t)len);
    }
    import_hash_end(&hash, hex);
    if (file >= 0)
        (void)close(file);
    free(piece);
    return len == 0;
}

/* ---- rejected rows ---- */

void rejects_init(struct rejects *rejects, struct import *im, const char *ending)
{
    const char *path = im->file->path;

    *rejects = (struct rejects){.im = im, .path = im->options->rejects};
    if (!rejects->path)
        rejects->path = arena_printf(im->arena, "%s.rejects%s",
                                     strcmp(path, "-") == 0 ? "stdin" : path, ending);
    buf_init(&rejects->out, BUF_MAX_DEFAULT);
    import_hash_init(&rejects->hash);
}

/* True if nothing is there, or what an import wrote and nobody has changed. */
static enum status may_replace(struct import *im, const char *path, bool *may, struct err *err)
{
    char hex[IMPORT_HASH_CHARS + 1];
    int64_t size;
    size_t lines;

    *may = !file_exists(path);
    if (*may || !file_is_regular(path) || !im->db || !import_look_at(path, hex, &size, &lines)) {
        *may |= file_exists(path) && !file_is_regular(path) && !file_is_folder(path);
        return OK;
    }
    return store_wrote_rejects(database_store(im->db), hex, may, err);
}

/* "a.csv.rejects.csv" -> "a.csv-2.rejects.csv": still known for what it is. */
static const char *numbered(struct arena *arena, const char *path, int number)
{
    const char *dot = strrchr(path, '.'), *mark = NULL;

    for (const char *at = path; (at = strstr(at, ".rejects.")); at++)
        mark = at;
    if (mark)
        dot = mark;
    if (!dot || strchr(dot, '/'))
        dot = path + strlen(path);
    return arena_printf(arena, "%.*s-%d%s", (int)(dot - path), path, number, dot);
}

static enum status choose_target(struct rejects *rejects, struct err *err)
{
    struct import *im = rejects->im;
    bool may = false;
    enum status status;

    rejects->target = rejects->path;
    status = may_replace(im, rejects->target, &may, err);
    for (int number = 2; status == OK && !may && number < NAMES_MAX; number++) {
        rejects->target = numbered(im->arena, rejects->path, number);
        status = may_replace(im, rejects->target, &may, err);
    }
    return status;
}

static enum status flush(struct rejects *rejects, size_t at_least, struct err *err)
{
    struct buf *out = &rejects->out;
    enum status status = OK;

    if (out->len < at_least || !out->len)
        return OK;
    import_hash_add(&rejects->hash, out->data, out->len);
    status = file_sink_write(rejects->sink, out->data, out->len, err);
    buf_clear(out);
    return status;
}

enum status rejects_write(struct rejects *rejects, struct err *err)
{
    enum status status = OK;

    if (!rejects->sink) {
        status = choose_target(rejects, err);
        if (status == OK)
            status = file_sink_open(rejects->target, &rejects->sink, err);
    }
    return status == OK ? flush(rejects, REJECTS_FLUSH_BYTES, err) : status;
}

/* The same rows were rejected before, and stand there still. */
static bool is_there_already(const struct rejects *rejects, const char *hex)
{
    char old[IMPORT_HASH_CHARS + 1];
    int64_t size;
    size_t lines;

    return strcmp(rejects->path, rejects->target) != 0 &&
           import_look_at(rejects->path, old, &size, &lines) && strcmp(old, hex) == 0;
}

static enum status put_in_place(struct rejects *rejects, struct err *err)
{
    struct import *im = rejects->im;
    struct file_sink *sink = rejects->sink;
    char hex[IMPORT_HASH_CHARS + 1];
    enum status status = flush(rejects, 0, err);

    rejects->sink = NULL;
    import_hash_end(&rejects->hash, hex);
    im->file->rejects = rejects->target;
    if (status == OK && !is_there_already(rejects, hex)) {
        status = file_sink_commit(sink, err);
    } else {
        file_sink_abandon(sink);
        im->file->rejects = rejects->path;
    }
    if (status == OK)
        im->record.rejects_hash = arena_strdup(im->arena, hex);
    else
        im->file->rejects = NULL;
    return status;
}

/* Of an earlier run: all its rows are mended. */
static enum status remove_old(struct rejects *rejects, struct err *err)
{
    bool is_ours = false;
    enum status status = OK;

    if (file_is_regular(rejects->path))
        status = may_replace(rejects->im, rejects->path, &is_ours, err);
    if (status == OK && is_ours)
        (void)unlink(rejects->path);
    return status;
}

enum status rejects_finish(struct rejects *rejects, struct err *err)
{
    enum status status = import_commit(rejects->im, err);

    if (status == OK)
        status = rejects->sink ? put_in_place(rejects, err) : remove_old(rejects, err);
    rejects_abandon(rejects);
    return status;
}

void rejects_abandon(struct rejects *rejects)
{
    file_sink_abandon(rejects->sink);
    rejects->sink = NULL;
    buf_free(&rejects->out);
}
