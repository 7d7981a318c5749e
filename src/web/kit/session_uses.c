#include "web/kit/session_uses.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned char token_hash[TOKEN_HASH_BYTES];

struct session_uses {
    pthread_mutex_t lock;
    token_hash hashes[SESSION_USES_MAX];
    size_t count;
};

struct session_uses *session_uses_new(void)
{
    struct session_uses *uses = xmalloc(sizeof(*uses));

    uses->count = 0;
    pthread_mutex_init(&uses->lock, NULL);
    return uses;
}

void session_uses_free(struct session_uses *uses)
{
    if (uses)
        pthread_mutex_destroy(&uses->lock);
    free(uses);
}

static bool is_noted(const struct session_uses *uses, const unsigned char *hash)
{
    for (size_t i = 0; i < uses->count; i++) {
        if (memcmp(uses->hashes[i], hash, TOKEN_HASH_BYTES) == 0)
            return true;
    }
    return false;
}

void session_uses_note(struct session_uses *uses, const unsigned char hash[TOKEN_HASH_BYTES])
{
    pthread_mutex_lock(&uses->lock);
    if (uses->count < SESSION_USES_MAX && !is_noted(uses, hash))
        memcpy(uses->hashes[uses->count++], hash, TOKEN_HASH_BYTES);
    pthread_mutex_unlock(&uses->lock);
}

enum status session_uses_write(struct session_uses *uses, const struct app_context *app,
                               struct err *err)
{
    token_hash hashes[SESSION_USES_MAX];
    size_t count;

    pthread_mutex_lock(&uses->lock);
    count = uses->count;
    memcpy(hashes, uses->hashes, count * sizeof(*hashes));
    uses->count = 0;
    pthread_mutex_unlock(&uses->lock);
    return count ? access_note_uses(app, hashes[0], count, err) : OK;
}
