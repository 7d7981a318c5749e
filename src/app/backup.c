/* Making a backup; bringing one back: restore.c. */
#include "app/backup.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/batch.h"
#include "backup_list.h"
#include "base/json_write.h"
#include "store/evidence_files.h"

#define PIECE_BYTES ((size_t)256 << 10)

struct making {
    struct database *db; /* the live one */
    struct database *copy;
    const char *evidence; /* folder of the live files */
    struct arena *arena;
    struct pack_writer *pack;
    struct backup *out;
};

/* ---- the copy ---- */

enum status backup_look(struct database *db, struct backup *out, struct err *err)
{
    struct store *store = database_store(db);
    enum status status = db_check(store_db(store), err);

    if (status == OK)
        status = store_totals(store, &out->totals, err);
    return status == OK ? evidence_count(store, &out->files, err) : status;
}

static enum status open_copy(struct making *m, struct workspace *ws, const char *path,
                             struct err *err)
{
    struct stat info;
    enum status status = db_copy(store_db(database_store(m->db)), path, err);

    if (status == OK)
        status = database_open(m->arena, ws, path, DB_READ, &m->copy, err);
    if (status == OK)
        status = backup_look(m->copy, m->out, err);
    if (status == OK && stat(path, &info) == 0)
        m->out->bytes = (uint64_t)info.st_size;
    return status;
}

/* ---- what goes into the file ---- */

static enum status pack_text(struct making *m, const char *name, struct buf *text, struct err *err)
{
    enum status status = pack_begin(m->pack, name, text->len, err);

    if (status == OK)
        status = pack_add(m->pack, text->data, text->len, err);
    buf_free(text);
    return status;
}

/* The list in front; without a hash the end behind. */
static enum status pack_list(struct making *m, const char *hash, struct err *err)
{
    struct buf text;
    struct json_writer w;

    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    if (hash)
        backup_list_write(&w, m->out, hash);
    else
        backup_end_write(&w, m->out);
    buf_putc(&text, '\n');
    return pack_text(m, hash ? BACKUP_LIST : BACKUP_END, &text, err);
}

/* Reads a file to its end, for `take`. */
static enum status read_pieces(int file, const char *path,
                               enum status (*take)(void *context, const void *data, size_t len,
                                                   struct err *err),
                               void *context, struct err *err)
{
    unsigned char *piece = xmalloc(PIECE_BYTES);
    enum status status = OK;
    ssize_t len;

    while (status == OK && (len = read(file, piece, PIECE_BYTES)) != 0) {
        status = len > 0 ? take(context, piece, (size_t)len, err)
                         : err_set(err, FAILED, "%s: không đọc được", "%s: cannot be read", path);
    }
    free(piece);
    return status;
}

static enum status take_hash(void *context, const void *data, size_t len, struct err *err)
{
    (void)err;
    (void)crypto_generichash_update(context, data, len);
    return OK;
}

static enum status take_pack(void *context, const void *data, size_t len, struct err *err)
{
    return pack_add(context, data, len, err);
}

enum status backup_hash(const char *path, char hash[BACKUP_HASH_CHARS + 1], struct err *err)
{
    unsigned char digest[BACKUP_HASH_CHARS / 2];
    crypto_generichash_state state;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum status status;

    if (file < 0)
        return err_set(err, FAILED, "%s: không đọc được", "%s: cannot be read", path);
    (void)crypto_generichash_init(&state, NULL, 0, sizeof(digest));
    status = read_pieces(file, path, take_hash, &state, err);
    (void)close(file);
    (void)crypto_generichash_final(&state, digest, sizeof(digest));
    sodium_bin2hex(hash, BACKUP_HASH_CHARS + 1, digest, sizeof(digest));
    return status;
}

static enum status pack_database(struct making *m, const char *path, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    enum status status;

    if (file < 0)
        return err_set(err, FAILED, "%s: không đọc được", "%s: cannot be read", path);
    status = pack_begin(m->pack, BACKUP_DATABASE, m->out->bytes, err);
    if (status == OK)
        status = read_pieces(file, path, take_pack, m->pack, err);
    (void)close(file);
    return status;
}

/* A file that is gone because its row has gone since the copy was made is no loss. */
static enum status note_loss(struct making *m, const char *hash, struct err *err)
{
    bool is_unused = false;
    enum status status = evidence_is_unused(database_store(m->db), hash, &is_unused, err);

    if (status != OK || is_unused)
        return status;
    if (m->out->lost++ == 0)
        m->out->lost_hash = arena_strdup(m->arena, hash);
    return OK;
}

static enum status pack_evidence(void *context, const char *hash, int64_t size, struct err *err)
{
    struct making *m = context;
    char name[sizeof(BACKUP_EVIDENCE) + EVIDENCE_HASH_CHARS];
    struct evidence_content content;
    enum status status = evidence_open(m->evidence, hash, &content, err);

    (void)size; /* of the row; what the file holds has its hash */
    if (status != OK)
        return note_loss(m, hash, err);
    snprintf(name, sizeof(name), BACKUP_EVIDENCE "%s", hash);
    status = pack_begin(m->pack, name, content.len, err);
    if (status == OK && content.len)
        status = pack_add(m->pack, content.data, content.len, err);
    (void)close(content.file);
    free(content.data);
    return status;
}

static enum status pack_everything(struct making *m, const char *copy, const char *path,
                                   const struct seal_keys *keys, struct err *err)
{
    char hash[BACKUP_HASH_CHARS + 1];
    enum status status = backup_hash(copy, hash, err);

    if (status == OK)
        status = pack_writer_new(path, keys, &m->pack, err);
    if (status != OK)
        return status;
    status = pack_list(m, hash, err);
    if (status == OK)
        status = pack_database(m, copy, err);
    if (status == OK)
        status = evidence_each(database_store(m->copy), pack_evidence, m, err);
    if (status == OK)
        status = pack_list(m, NULL, err);
    if (status == OK)
        return pack_commit(m->pack, err);
    pack_abandon(m->pack);
    return status;
}

/* ---- all ---- */

/* On a connection that may write. Nobody waits for it, and a backup is one also where it cannot be
 * noted. */
static void note_made(const struct making *m, struct workspace *ws)
{
    const char *url = db_name(store_db(database_store(m->db)));
    struct database *db = NULL;
    struct err ignored;

    if (database_open(m->arena, ws, url, DB_WRITE, &db, &ignored) == OK) {
        (void)db_set_wait(store_db(database_store(db)), BATCH_HURRY_MS);
        (void)!store_note_backup(database_store(db), m->out->made_at, &ignored);
    }
    database_close(db);
}

enum status backup_make(struct database *db, struct workspace *ws, const char *path,
                        const struct seal_keys *keys, struct arena *arena, struct backup *out,
                        struct err *err)
{
    const char *copy = arena_printf(arena, "%s.%08x.db", path, randombytes_random());
    struct making m = {
        .db = db, .evidence = database_evidence(db), .arena = arena, .out = out};
    enum status status;

    *out = (struct backup){.lost_hash = ""};
    now_utc(out->made_at);
    status = open_copy(&m, ws, copy, err);
    if (status == OK)
        status = pack_everything(&m, copy, path, keys, err);
    database_close(m.copy);
    backup_remove(copy, arena);
    if (status == OK)
        note_made(&m, ws);
    return status;
}

enum status backup_last(const struct app_context *app, char made_at[TIME_BYTES], struct err *err)
{
    return store_last_backup(app->store, made_at, err);
}
