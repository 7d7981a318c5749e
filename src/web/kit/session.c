/* Who asks: cookies, sessions, and the tokens that forms carry. */
#include "web/kit/request.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

/* Those who sign in have a cookie and tokens of their own: who fills in a dossier in the same
 * browser is not mixed up with who reviews it. */
static bool is_desk(const struct request *rq)
{
    return rq->route && rq->route->access >= ACCESS_STRANGER;
}

static const char *cookie_name(const struct request *rq)
{
    return is_desk(rq) ? rq->site->desk_cookie : rq->site->cookie;
}

static bool is_token(const char *text, size_t chars)
{
    return strlen(text) == chars && strspn(text, "0123456789abcdef") == chars;
}

static char *new_token(const struct request *rq)
{
    unsigned char bytes[DESK_TOKEN_BYTES];
    size_t count = is_desk(rq) ? DESK_TOKEN_BYTES : SESSION_TOKEN_BYTES;
    char *text = arena_alloc(rq->arena, 1, DESK_TOKEN_CHARS + 1);

    randombytes_buf(bytes, count);
    return sodium_bin2hex(text, DESK_TOKEN_CHARS + 1, bytes, count);
}

/* The token of forms follows from that of the session, so nothing has to be kept for it. */
static void use_token(struct request *rq, const char *token)
{
    unsigned char mac[SESSION_TOKEN_BYTES];

    rq->session = token;
    hash_token(token, rq->session_hash);
    crypto_generichash(mac, sizeof(mac), (const unsigned char *)token, strlen(token),
                       rq->site->form_key, sizeof(rq->site->form_key));
    sodium_bin2hex(rq->form_token, sizeof(rq->form_token), mac, sizeof(mac));
}

void request_cookie(struct request *rq, const char *name, const char *value, const char *more)
{
    reply_header(&rq->x->reply, "Set-Cookie",
                 arena_printf(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value,
                              rq->site->is_secure ? "; Secure" : "", more));
}

/*
 * The cookie outlives the session: one that comes back after it is over still sends its form, which
 * is then kept until the secret was typed. Strict would not be sent where people follow the link
 * of a mail; forms have their own token.
 */
static void set_cookie(struct request *rq, const char *token)
{
    request_cookie(rq, cookie_name(rq), token, "");
}

void session_read(struct request *rq)
{
    const char *cookie = rq->x->request.cookie;
    const char *token = cookie ? cookie_find(rq->arena, cookie, cookie_name(rq)) : NULL;

    if (token && is_token(token, is_desk(rq) ? DESK_TOKEN_CHARS : SESSION_TOKEN_CHARS)) {
        use_token(rq, token);
        return;
    }
    use_token(rq, new_token(rq));
    if (rq->route && rq->route->needs_cookie)
        set_cookie(rq, rq->session);
}

enum status session_open(struct request *rq, int64_t dossier, struct err *err)
{
    unsigned char before[TOKEN_HASH_BYTES];
    enum status status;

    memcpy(before, rq->session_hash, sizeof(before));
    use_token(rq, new_token(rq));
    status = access_grant(&rq->app, before, rq->session_hash, dossier, err);
    if (status == OK)
        set_cookie(rq, rq->session);
    return status;
}

void session_renew_desk(struct request *rq, unsigned char before[TOKEN_HASH_BYTES])
{
    memcpy(before, rq->session_hash, TOKEN_HASH_BYTES);
    use_token(rq, new_token(rq));
    set_cookie(rq, rq->session);
}

enum status session_close(struct request *rq, struct err *err)
{
    enum status status = access_end(&rq->app, rq->session_hash, err);

    if (status == OK)
        set_cookie(rq, new_token(rq));
    return status;
}

/* "https://host" is the start of "https://host/..." and nothing longer. */
static bool is_own_origin(const struct request *rq, const char *origin)
{
    const char *host = strstr(origin, "://");

    if (strcmp(origin, rq->site->url) == 0)
        return true;
    return host && rq->x->request.host && strcasecmp(host + 3, rq->x->request.host) == 0;
}

/* Browsers say where a form comes from; programs that say nothing have the token. */
bool session_is_same_site(const struct request *rq)
{
    const struct http_request *request = &rq->x->request;

    if (request->fetch_site && strcmp(request->fetch_site, "same-origin") != 0 &&
        strcmp(request->fetch_site, "none") != 0)
        return false;
    return !request->origin || is_own_origin(rq, request->origin);
}

