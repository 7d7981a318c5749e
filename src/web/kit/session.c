/* Who asks: cookies, sessions, and the tokens that forms carry. */
#include "web/kit/visit.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

static bool is_token(const char *text)
{
    return strlen(text) == SESSION_TOKEN_CHARS &&
           strspn(text, "0123456789abcdef") == SESSION_TOKEN_CHARS;
}

void session_hash_of(const char *token, unsigned char hash[TOKEN_HASH_BYTES])
{
    crypto_generichash(hash, TOKEN_HASH_BYTES, (const unsigned char *)token, strlen(token), NULL,
                       0);
}

static char *new_token(struct arena *arena)
{
    unsigned char bytes[SESSION_TOKEN_BYTES];
    char *text = arena_alloc(arena, 1, SESSION_TOKEN_CHARS + 1);

    randombytes_buf(bytes, sizeof(bytes));
    return sodium_bin2hex(text, SESSION_TOKEN_CHARS + 1, bytes, sizeof(bytes));
}

/* The token of forms follows from that of the session, so nothing has to be kept for it. */
static void use_token(struct visit *v, const char *token)
{
    unsigned char mac[SESSION_TOKEN_BYTES];

    v->session = token;
    session_hash_of(token, v->session_hash);
    crypto_generichash(mac, sizeof(mac), (const unsigned char *)token, strlen(token),
                       v->site->form_key, sizeof(v->site->form_key));
    sodium_bin2hex(v->form_token, sizeof(v->form_token), mac, sizeof(mac));
}

void visit_cookie(struct visit *v, const char *name, const char *value, const char *more)
{
    reply_header(&v->x->reply, "Set-Cookie",
                 arena_printf(v->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value,
                              v->site->is_secure ? "; Secure" : "", more));
}

/*
 * The cookie outlives the session: one that comes back after it is over still sends its form, which
 * is then kept until the secret was typed. Strict would not be sent where people follow the link
 * of a mail; forms have their own token.
 */
static void set_cookie(struct visit *v, const char *token)
{
    visit_cookie(v, v->site->cookie, token, "");
}

void session_read(struct visit *v)
{
    const char *cookie = v->x->request.cookie;
    const char *token = cookie ? cookie_find(v->arena, cookie, v->site->cookie) : NULL;

    if (token && is_token(token)) {
        use_token(v, token);
        return;
    }
    use_token(v, new_token(v->arena));
    if (v->route && v->route->needs_cookie)
        set_cookie(v, v->session);
}

enum status session_open(struct visit *v, int64_t dossier, struct err *err)
{
    unsigned char before[TOKEN_HASH_BYTES];
    enum status status;

    memcpy(before, v->session_hash, sizeof(before));
    use_token(v, new_token(v->arena));
    status = session_renew(v->site->store, before, v->session_hash, err);
    if (status == OK)
        status = session_grant(v->site->store, v->session_hash, dossier, v->site->desk.now, err);
    if (status == OK)
        set_cookie(v, v->session);
    return status;
}

enum status session_close(struct visit *v, struct err *err)
{
    enum status status = session_end(v->site->store, v->session_hash, err);

    if (status == OK)
        set_cookie(v, new_token(v->arena));
    return status;
}

/* "https://host" is the start of "https://host/..." and nothing longer. */
static bool is_own_origin(const struct visit *v, const char *origin)
{
    const char *host = strstr(origin, "://");

    if (strcmp(origin, v->site->url) == 0)
        return true;
    return host && v->x->request.host && strcasecmp(host + 3, v->x->request.host) == 0;
}

/* Browsers say where a form comes from; programs that say nothing have the token. */
bool session_is_same_site(const struct visit *v)
{
    const struct request *request = &v->x->request;

    if (request->fetch_site && strcmp(request->fetch_site, "same-origin") != 0 &&
        strcmp(request->fetch_site, "none") != 0)
        return false;
    return !request->origin || is_own_origin(v, request->origin);
}
