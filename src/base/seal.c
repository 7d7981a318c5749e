#include "base/seal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

#define PUBLIC_MARK "dxready-public-key "
#define SECRET_MARK "dxready-secret-key "
#define KEY_FILE_BYTES_MAX 256

/* A piece as it is stored, and the sealed key with the header of the stream before the first. */
#define STORED_BYTES (SEAL_PIECE_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES)
#define STREAM_KEY_BYTES crypto_secretstream_xchacha20poly1305_KEYBYTES
#define HEADER_BYTES crypto_secretstream_xchacha20poly1305_HEADERBYTES

struct beginning {
    char mark[sizeof(SEAL_MARK) - 1];
    unsigned char key[crypto_box_SEALBYTES + STREAM_KEY_BYTES];
    unsigned char header[HEADER_BYTES];
};

_Static_assert(SEAL_KEY_BYTES == crypto_box_PUBLICKEYBYTES, "keys of libsodium's sealed boxes");
_Static_assert(SEAL_KEY_BYTES == crypto_box_SECRETKEYBYTES, "keys of libsodium's sealed boxes");

/* ---- keys ---- */

static enum status write_key(const char *path, const char *mark, const unsigned char *key,
                             struct err *err)
{
    char text[KEY_FILE_BYTES_MAX], hex[2 * SEAL_KEY_BYTES + 1];
    enum status status;
    int len;

    if (file_exists(path))
        return err_set(err, CONFLICT, "%s: tệp đã có; một khóa không bao giờ bị ghi đè",
                       "%s: the file exists; a key is never overwritten", path);
    sodium_bin2hex(hex, sizeof(hex), key, SEAL_KEY_BYTES);
    len = snprintf(text, sizeof(text), "%s%s\n", mark, hex);
    status = file_write_private(path, text, (size_t)len, err);
    sodium_memzero(text, sizeof(text));
    sodium_memzero(hex, sizeof(hex));
    return status;
}

static enum status start_sodium(struct err *err)
{
    return sodium_init() >= 0 ? OK
                              : err_set(err, FAILED, "không có nguồn số ngẫu nhiên",
                                        "there is no randomness");
}

enum status seal_make_keys(const char *name, struct seal_keys *keys, struct err *err)
{
    struct arena arena;
    const char *public_path, *secret_path;
    enum status status = start_sodium(err);

    if (status != OK)
        return status;
    arena_init(&arena);
    public_path = arena_printf(&arena, "%s.pub", name);
    secret_path = arena_printf(&arena, "%s.key", name);
    crypto_box_keypair(keys->public_key, keys->secret_key);
    if (file_exists(public_path)) /* before half of a pair is made */
        status = write_key(public_path, PUBLIC_MARK, keys->public_key, err);
    if (status == OK)
        status = write_key(secret_path, SECRET_MARK, keys->secret_key, err);
    if (status == OK)
        status = write_key(public_path, PUBLIC_MARK, keys->public_key, err);
    arena_free(&arena);
    return status;
}

/* The key behind its mark; false if the text is something else. */
static bool parse_key(const char *text, size_t len, const char *mark, unsigned char *key)
{
    size_t mark_len = strlen(mark), key_len = 0;
    const char *end = NULL;

    if (len < mark_len || strncmp(text, mark, mark_len) != 0)
        return false;
    return sodium_hex2bin(key, SEAL_KEY_BYTES, text + mark_len, len - mark_len, NULL, &key_len,
                          &end) == 0 &&
           key_len == SEAL_KEY_BYTES && strspn(end, "\r\n ") == strlen(end);
}

static enum status read_key(const char *path, const char *mark, unsigned char *key,
                            struct words what, struct err *err)
{
    struct arena arena;
    char *text;
    size_t len;
    enum status status = start_sodium(err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = file_read(&arena, path, KEY_FILE_BYTES_MAX, &text, &len, err);
    if (status == OK && !parse_key(text, len, mark, key))
        status = err_set(err, BAD_INPUT, "%1$s: đây không phải %2$s do dxready tạo%3$.0s",
                         "%1$s: this is no %3$s that dxready made%2$.0s", path, what.in[LANG_VI],
                         what.in[LANG_EN]);
    if (status == OK || status == BAD_INPUT)
        sodium_memzero(text, len);
    arena_free(&arena);
    return status;
}

enum status seal_read_public(const char *path, struct seal_keys *keys, struct err *err)
{
    return read_key(path, PUBLIC_MARK, keys->public_key,
                    (struct words){{"khóa công khai (.pub)", "public key (.pub)"}}, err);
}

enum status seal_read_secret(const char *path, struct seal_keys *keys, struct err *err)
{
    enum status status = read_key(path, SECRET_MARK, keys->secret_key,
                                  (struct words){{"khóa bí mật (.key)", "secret key (.key)"}}, err);

    if (status == OK)
        (void)crypto_scalarmult_base(keys->public_key, keys->secret_key);
    return status;
}

/* ---- writing ---- */

struct seal_writer {
    seal_put *put;
    void *context;
    crypto_secretstream_xchacha20poly1305_state state;
    size_t len;
    unsigned char piece[SEAL_PIECE_BYTES], stored[STORED_BYTES];
};

enum status seal_writer_new(const struct seal_keys *keys, seal_put *put, void *context,
                            struct seal_writer **out, struct err *err)
{
    struct beginning beginning;
    unsigned char key[STREAM_KEY_BYTES];
    struct seal_writer *writer = xmalloc(sizeof(*writer));

    *writer = (struct seal_writer){.put = put, .context = context};
    memcpy(beginning.mark, SEAL_MARK, sizeof(beginning.mark));
    crypto_secretstream_xchacha20poly1305_keygen(key);
    (void)crypto_box_seal(beginning.key, key, sizeof(key), keys->public_key);
    (void)crypto_secretstream_xchacha20poly1305_init_push(&writer->state, beginning.header, key);
    sodium_memzero(key, sizeof(key));
    *out = writer;
    return put(context, &beginning, sizeof(beginning), err);
}

static enum status put_piece(struct seal_writer *writer, unsigned char tag, struct err *err)
{
    unsigned long long stored;

    (void)crypto_secretstream_xchacha20poly1305_push(&writer->state, writer->stored, &stored,
                                                     writer->piece, writer->len, NULL, 0, tag);
    writer->len = 0;
    return writer->put(writer->context, writer->stored, (size_t)stored, err);
}

enum status seal_write(struct seal_writer *writer, const void *data, size_t len, struct err *err)
{
    const unsigned char *from = data;
    enum status status = OK;

    while (len > 0 && status == OK) {
        size_t part = SEAL_PIECE_BYTES - writer->len;

        part = part < len ? part : len;
        memcpy(writer->piece + writer->len, from, part);
        writer->len += part;
        from += part;
        len -= part;
        if (writer->len == SEAL_PIECE_BYTES)
            status = put_piece(writer, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, err);
    }
    return status;
}

/* A piece that is not full is the last one, so that the end cannot be cut off unseen. */
enum status seal_writer_finish(struct seal_writer *writer, struct err *err)
{
    return put_piece(writer, crypto_secretstream_xchacha20poly1305_TAG_FINAL, err);
}

void seal_writer_free(struct seal_writer *writer)
{
    if (writer)
        sodium_memzero(writer, sizeof(*writer));
    free(writer);
}

/* ---- reading ---- */

struct seal_reader {
    seal_get *get;
    void *context;
    crypto_secretstream_xchacha20poly1305_state state;
    bool is_over;
    unsigned char piece[SEAL_PIECE_BYTES], stored[STORED_BYTES];
};

/* As many as there are, up to `max`. */
static enum status get_all(struct seal_reader *reader, void *data, size_t max, size_t *len,
                           struct err *err)
{
    size_t part = 1;
    enum status status = OK;

    *len = 0;
    while (status == OK && part > 0 && *len < max) {
        status = reader->get(reader->context, (char *)data + *len, max - *len, &part, err);
        *len += status == OK ? part : 0;
    }
    return status;
}

static enum status begin(struct seal_reader *reader, const struct seal_keys *keys, struct err *err)
{
    struct beginning beginning;
    unsigned char key[STREAM_KEY_BYTES];
    size_t len;
    enum status status = get_all(reader, &beginning, sizeof(beginning), &len, err);

    if (status != OK)
        return status;
    if (len != sizeof(beginning) || memcmp(beginning.mark, SEAL_MARK, sizeof(beginning.mark)) != 0)
        return err_set(err, BAD_INPUT, "đây không phải dữ liệu đã mã hóa bởi dxready",
                       "this was not encrypted by dxready");
    if (crypto_box_seal_open(key, beginning.key, sizeof(beginning.key), keys->public_key,
                             keys->secret_key) != 0)
        return err_set(err, DENIED, "khóa này không mở được: dữ liệu được mã hóa cho khóa khác",
                       "this key does not open it: it was encrypted for another one");
    if (crypto_secretstream_xchacha20poly1305_init_pull(&reader->state, beginning.header, key) != 0)
        status = err_set(err, BAD_INPUT, "phần đầu của dữ liệu mã hóa bị hỏng",
                         "the beginning of what was encrypted is damaged");
    sodium_memzero(key, sizeof(key));
    return status;
}

enum status seal_reader_new(const struct seal_keys *keys, seal_get *get, void *context,
                            struct seal_reader **out, struct err *err)
{
    struct seal_reader *reader = xmalloc(sizeof(*reader));
    enum status status;

    *reader = (struct seal_reader){.get = get, .context = context};
    status = begin(reader, keys, err);
    if (status == OK)
        *out = reader;
    else
        seal_reader_free(reader);
    return status;
}

static enum status refuse_damage(struct err *err)
{
    return err_set(err, BAD_INPUT,
                   "dữ liệu mã hóa bị hỏng hoặc thiếu phần cuối; hãy dùng bản sao lưu khác",
                   "what was encrypted is damaged, or its end is missing; use another backup");
}

enum status seal_read(struct seal_reader *reader, const unsigned char **data, size_t *len,
                      struct err *err)
{
    unsigned long long got = 0;
    unsigned char tag = 0;
    size_t stored = 0;
    enum status status;

    *data = reader->piece;
    *len = 0;
    status = get_all(reader, reader->stored, STORED_BYTES, &stored, err);
    if (status != OK)
        return status;
    if (reader->is_over)
        return stored ? refuse_damage(err) : OK;
    if (stored < crypto_secretstream_xchacha20poly1305_ABYTES ||
        crypto_secretstream_xchacha20poly1305_pull(&reader->state, reader->piece, &got, &tag,
                                                   reader->stored, stored, NULL, 0) != 0)
        return refuse_damage(err);
    reader->is_over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    *len = (size_t)got;
    if (!*len) /* the last piece may be empty: then what follows has to be the end */
        return seal_read(reader, data, len, err);
    return OK;
}

void seal_reader_free(struct seal_reader *reader)
{
    if (reader)
        sodium_memzero(reader, sizeof(*reader));
    free(reader);
}
