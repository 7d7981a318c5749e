#ifndef TESTS_UNIT_DOSSIER_FIXTURE_H
#define TESTS_UNIT_DOSSIER_FIXTURE_H

#include "store_fixture.h"

#include "store/dossiers.h"
#include "store/evidence_files.h"

/* What tests of dossiers need. */

/* A hash of a token, each of its bytes the same. */
static inline const unsigned char *token(int byte)
{
    unsigned char *hash = arena_alloc(&f.arena, 1, TOKEN_HASH_BYTES);

    memset(hash, byte, TOKEN_HASH_BYTES);
    return hash;
}

/* A dossier whose secret hash is "secret" and whose token is token(byte). */
static inline enum status try_add(struct store *store, const char *now, int byte,
                                  struct dossier *out)
{
    struct dossier_start start = {.questionnaire = "all-types@1",
                                  .content = "{\"kind\":\"response\"}",
                                  .now = now,
                                  .lang = LANG_EN,
                                  .secret_hash = "secret",
                                  .token_hash = token(byte)};

    return dossier_add(store, &start, out, &err);
}

static inline struct dossier add_dossier(struct store *store, int byte)
{
    struct dossier dossier;

    ASSERT_OK(try_add(store, NOW, byte, &dossier));
    return dossier;
}

/* Whether the bytes of a text stand anywhere in a file. */
static inline bool file_has(const char *path, const char *text)
{
    struct arena arena;
    bool has;
    char *data;
    size_t len;

    arena_init(&arena);
    ASSERT_OK(file_read(&arena, path, (size_t)1 << 30, &data, &len, &err));
    has = memmem(data, len, text, strlen(text)) != NULL;
    arena_free(&arena);
    return has;
}

/* The same for a database with its log, after a moment of rest. */
static inline bool database_has(struct store *store, const char *text)
{
    const char *path = db_name(store_db(store)), *log = arena_printf(&f.arena, "%s-wal", path);

    db_rest(store_db(store));
    return file_has(path, text) || (file_exists(log) && file_has(log, text));
}

/* Removes a folder of evidence with all that is in its parts. */
static inline void remove_evidence_parts(const char *evidence)
{
    for (unsigned part = 0; part < EVIDENCE_PARTS; part++) {
        const char *path = arena_printf(&f.arena, "%s/%02x", evidence, part), **paths;
        size_t count = 0;

        if (file_is_folder(path))
            ASSERT_OK(file_list(&f.arena, path, "", &paths, &count, &err));
        for (size_t i = 0; i < count; i++)
            unlink(paths[i]);
        if (file_exists(path))
            remove(path);
    }
    rmdir(evidence);
}

#endif
