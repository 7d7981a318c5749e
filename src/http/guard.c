/* The guard; see http/guard.h. */
#include "http/guard.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "http/target.h"
#include "mhd.h"

/* Headers that this server reads. */
enum known {
    HEADER_HOST,
    HEADER_COOKIE,
    HEADER_CONTENT_TYPE,
    HEADER_CONTENT_LENGTH,
    HEADER_CONTENT_ENCODING,
    HEADER_TRANSFER_ENCODING,
    HEADER_EXPECT,
    HEADER_ACCEPT,
    HEADER_ACCEPT_LANGUAGE,
    HEADER_ACCEPT_ENCODING,
    HEADER_ORIGIN,
    HEADER_FETCH_SITE,
    HEADER_USER_AGENT,
    HEADER_IF_NONE_MATCH,
    HEADER_FORWARDED_FOR,
    HEADER_CONNECTION,
    HEADER__MAX
};

#define NAME(text) text, sizeof(text) - 1

static const struct {
    const char *name;
    size_t len;
} known[HEADER__MAX] = {
    [HEADER_HOST] = {NAME("Host")},
    [HEADER_COOKIE] = {NAME("Cookie")},
    [HEADER_CONTENT_TYPE] = {NAME("Content-Type")},
    [HEADER_CONTENT_LENGTH] = {NAME("Content-Length")},
    [HEADER_CONTENT_ENCODING] = {NAME("Content-Encoding")},
    [HEADER_TRANSFER_ENCODING] = {NAME("Transfer-Encoding")},
    [HEADER_EXPECT] = {NAME("Expect")},
    [HEADER_ACCEPT] = {NAME("Accept")},
    [HEADER_ACCEPT_LANGUAGE] = {NAME("Accept-Language")},
    [HEADER_ACCEPT_ENCODING] = {NAME("Accept-Encoding")},
    [HEADER_ORIGIN] = {NAME("Origin")},
    [HEADER_FETCH_SITE] = {NAME("Sec-Fetch-Site")},
    [HEADER_USER_AGENT] = {NAME("User-Agent")},
    [HEADER_IF_NONE_MATCH] = {NAME("If-None-Match")},
    [HEADER_FORWARDED_FOR] = {NAME("X-Forwarded-For")},
    [HEADER_CONNECTION] = {NAME("Connection")},
};

enum treatment { SERVED, NOT_ALLOWED };

static const struct {
    const char *name;
    enum treatment treatment;
    enum method method;
    bool is_head;
} methods[] = {
    {"GET", SERVED, METHOD_GET, false},           {"HEAD", SERVED, METHOD_GET, true},
    {"POST", SERVED, METHOD_POST, false},         {"PUT", NOT_ALLOWED, METHOD__MAX, false},
    {"DELETE", NOT_ALLOWED, METHOD__MAX, false},  {"PATCH", NOT_ALLOWED, METHOD__MAX, false},
    {"OPTIONS", NOT_ALLOWED, METHOD__MAX, false}, {"TRACE", NOT_ALLOWED, METHOD__MAX, false},
    {"CONNECT", NOT_ALLOWED, METHOD__MAX, false},
};

static unsigned check_method(const char *name, struct http_request *request, struct head *head)
{
    for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
        if (strcmp(name, methods[i].name) != 0)
            continue;
        request->method = methods[i].method;
        request->is_head = methods[i].is_head;
        head->method = methods[i].name;
        return methods[i].treatment == SERVED ? 0 : 405;
    }
    return 501;
}

/* ---- headers one by one ---- */

struct seen_headers {
    const char *values[HEADER__MAX]; /* NULL: not sent */
    size_t count, bytes;             /* of all headers */
    size_t plain_len;                /* of all lines if written "Name: value" CRLF */
    size_t empty;                    /* how many of them have no value */
    unsigned status;
};

static unsigned check_known(struct seen_headers *s, const char *name, size_t len, const char *value)
{
    for (int i = 0; i < HEADER__MAX; i++) {
        if (len != known[i].len || strncasecmp(name, known[i].name, len) != 0)
            continue;
        if (s->values[i])
            return 400;
        s->values[i] = value;
    }
    return 0;
}

static unsigned check_header(struct seen_headers *s, const char *name, size_t name_len,
                             const char *value, size_t value_len)
{
    if (!header_name_is_valid(name, name_len) || !header_value_is_valid(value, value_len))
        return 400;
    if (++s->count > SERVER_HEADERS_MAX || name_len + value_len > SERVER_HEADER_BYTES_MAX)
        return 431;
    s->bytes += name_len + value_len;
    s->plain_len += name_len + 2 + value_len + 2;
    s->empty += value_len == 0;
    if (s->bytes > SERVER_HEADERS_BYTES_MAX)
        return 431;
    return check_known(s, name, name_len, value);
}

static enum MHD_Result visit(void *context, enum MHD_ValueKind kind, const char *name,
                             size_t name_len, const char *value, size_t value_len)
{
    struct seen_headers *s = context;

    (void)kind;
    s->status = check_header(s, name, name_len, value ? value : "", value ? value_len : 0);
    return s->status ? MHD_NO : MHD_YES;
}

/* ---- all of them together ---- */

/* Is the header section as long as it is when written plainly? */
static bool is_plain(struct MHD_Connection *connection, const struct seen_headers *s,
                     size_t line_len)
{
    const union MHD_ConnectionInfo *info =
        mhd.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t longest = line_len + s->plain_len + 2;

    return info && info->header_size <= longest && info->header_size + s->empty >= longest;
}

static unsigned check_host(const struct seen_headers *s, bool is_1_1)
{
    const char *host = s->values[HEADER_HOST];

    if (!host)
        return is_1_1 ? 400 : 0;
    return host_is_valid(host) ? 0 : 400;
}

static unsigned check_framing(const struct seen_headers *s, enum method method, struct head *head)
{
    const char *length = s->values[HEADER_CONTENT_LENGTH];
    const char *encoding = s->values[HEADER_TRANSFER_ENCODING];

    if (encoding)
        return length || method == METHOD_GET || strcasecmp(encoding, "chunked") != 0 ? 400 : 411;
    if (length && !content_length_read(length, &head->content_length))
        return 400;
    if (method == METHOD_GET)
        return head->content_length ? 400 : 0;
    return length ? 0 : 411;
}

static unsigned check_demands(const struct seen_headers *s, struct head *head)
{
    const char *expect = s->values[HEADER_EXPECT];

    if (s->values[HEADER_CONTENT_ENCODING])
        return 415;
    head->expects_continue = expect && strcasecmp(expect, "100-continue") == 0;
    return expect && !head->expects_continue ? 417 : 0;
}

static void fill(const struct seen_headers *s, struct http_request *request, struct head *head)
{
    request->host = s->values[HEADER_HOST];
    request->cookie = s->values[HEADER_COOKIE];
    request->content_type = s->values[HEADER_CONTENT_TYPE];
    request->accept = s->values[HEADER_ACCEPT];
    request->accept_language = s->values[HEADER_ACCEPT_LANGUAGE];
    request->accept_encoding = s->values[HEADER_ACCEPT_ENCODING];
    request->origin = s->values[HEADER_ORIGIN];
    request->fetch_site = s->values[HEADER_FETCH_SITE];
    request->user_agent = s->values[HEADER_USER_AGENT];
    request->if_none_match = s->values[HEADER_IF_NONE_MATCH];
    head->forwarded_for = s->values[HEADER_FORWARDED_FOR];
}

unsigned guard_head(struct MHD_Connection *connection, const char *method, const char *version,
                    size_t target_len, struct http_request *request, struct head *head)
{
    struct seen_headers s = {.status = 0};
    size_t line_len = strlen(method) + 1 + target_len + 1 + strlen(version) + 2;
    bool is_1_1 = strcmp(version, "HTTP/1.1") == 0;
    unsigned status = check_method(method, request, head);

    if (!is_1_1 && strcmp(version, "HTTP/1.0") != 0)
        return 505;
    if (status)
        return status;
    mhd.MHD_get_connection_values_n(connection, MHD_HEADER_KIND, visit, &s);
    if (s.status)
        return s.status;
    if (!is_plain(connection, &s, line_len))
        return 400;
    if ((status = check_host(&s, is_1_1)) != 0 ||
        (status = check_framing(&s, request->method, head)) != 0 ||
        (status = check_demands(&s, head)) != 0)
        return status;
    fill(&s, request, head);
    return 0;
}
