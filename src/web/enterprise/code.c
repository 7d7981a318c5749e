#include "code.h"
#include "web_paths.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define COOKIE_SUFFIX "-code"

/* What the cookie holds, before it is sealed. */
struct kept {
    char reference[DOSSIER_REFERENCE_BYTES];
    char secret[SECRET_PRINTED_BYTES];
    char token[SESSION_TOKEN_CHARS + 1];
};

#define SEALED_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + sizeof(struct kept))

void code_make(struct code *code)
{
    unsigned char bytes[SESSION_TOKEN_BYTES];

    *code = (struct code){0};
    secret_make(code->secret);
    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2hex(code->token, sizeof(code->token), bytes, sizeof(bytes));
}

void code_hash(struct code *code)
{
    char plain[SECRET_CHARS + 1];

    if (secret_parse(code->secret, plain))
        secret_hash(plain, code->hash);
}

/* The cookie stands beside that of the session. */
static const char *cookie_name(const struct request *rq)
{
    return arena_printf(rq->arena, "%s" COOKIE_SUFFIX, rq->site->cookie);
}

void code_keep(struct request *rq, const struct code *code)
{
    unsigned char sealed[SEALED_BYTES];
    char text[2 * SEALED_BYTES + 1];
    struct kept kept;

    memset(&kept, 0, sizeof(kept));
    memcpy(kept.reference, code->reference, sizeof(kept.reference));
    memcpy(kept.secret, code->secret, sizeof(kept.secret));
    memcpy(kept.token, code->token, sizeof(kept.token));
    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, (const unsigned char *)&kept,
                          sizeof(kept), sealed, rq->site->code_key);
    sodium_bin2hex(text, sizeof(text), sealed, sizeof(sealed));
    request_cookie(rq, cookie_name(rq), text, "");
}

static bool unseal(struct request *rq, struct kept *kept)
{
    unsigned char sealed[SEALED_BYTES];
    const char *text = rq->x->request.cookie
                           ? cookie_find(rq->arena, rq->x->request.cookie, cookie_name(rq))
                           : NULL;
    size_t len;

    return text &&
           sodium_hex2bin(sealed, sizeof(sealed), text, strlen(text), NULL, &len, NULL) == 0 &&
           len == sizeof(sealed) &&
           crypto_secretbox_open_easy((unsigned char *)kept, sealed + crypto_secretbox_NONCEBYTES,
                                      sizeof(sealed) - crypto_secretbox_NONCEBYTES, sealed,
                                      rq->site->code_key) == 0;
}

bool code_read(struct request *rq, const char *reference, struct code *code)
{
    struct kept kept;

    if (!unseal(rq, &kept) || strcmp(kept.reference, reference) != 0)
        return false;
    *code = (struct code){0};
    memcpy(code->reference, kept.reference, sizeof(kept.reference));
    memcpy(code->secret, kept.secret, sizeof(kept.secret));
    memcpy(code->token, kept.token, sizeof(kept.token));
    return true;
}

void code_forget(struct request *rq)
{
    request_cookie(rq, cookie_name(rq), "", "; Max-Age=0");
}

enum work_queue code_hand_over(struct request *rq, struct code *code, const struct dossier *dossier)
{
    struct err err;

    if (session_open(rq, dossier->id, &err) != OK)
        return request_error(rq, &err);
    snprintf(code->reference, sizeof(code->reference), "%s", dossier->reference);
    code_keep(rq, code);
    rq->x->subject = arena_strdup(rq->arena, dossier->reference);
    return request_redirect(rq, path_page_code(rq->arena, dossier->reference));
}
