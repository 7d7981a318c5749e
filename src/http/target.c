/* What the pieces of a request must look like; see web/target.h. */
#include "http/target.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/text.h"
#include "http/server.h"

#define HOST_BYTES_MAX 255
#define LENGTH_MAX ((uint64_t)1 << 53)

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of an escape ("%41"), or -1. Reads no further than the NUL. */
static int escaped_byte(const char *at)
{
    int high = hex_digit(at[1]);
    int low = high < 0 ? -1 : hex_digit(at[2]);

    return low < 0 ? -1 : high * 16 + low;
}

/* Visible ASCII but "#": what a target may have at all. */
static bool is_target_byte(char c)
{
    return c > ' ' && c < 0x7f && c != '#';
}

static bool has_control(const char *text, const char *end)
{
    uint32_t c;

    while ((c = text_next(&text, end)) != 0) {
        if (c < 0x20 || (c >= 0x7f && c <= 0x9f))
            return true;
    }
    return text != end;
}

/* No ".", "..", or empty segment, the last one aside. */
static bool has_clean_segments(const char *path)
{
    for (const char *at = path + 1;; at++) {
        size_t len = strcspn(at, "/");

        if ((len == 0 && *at == '/') || (len == 1 && at[0] == '.') ||
            (len == 2 && at[0] == '.' && at[1] == '.'))
            return false;
        at += len;
        if (*at == '\0')
            return true;
    }
}

/* Decodes `len` bytes to `out`; false for a broken escape, or one that hides a "/" or a NUL. */
static bool decode_path(const char *raw, size_t len, char *out)
{
    for (const char *end = raw + len; raw < end; raw++) {
        int byte = (unsigned char)*raw;

        if (*raw == '%') {
            byte = escaped_byte(raw);
            raw += 2;
            if (byte <= 0 || byte == '/')
                return false;
        }
        if (byte == '\\')
            return false;
        *out++ = (char)byte;
    }
    return true;
}

static bool is_query_whole(const char *query)
{
    for (; *query; query++) {
        if (*query == '%' && escaped_byte(query) <= 0)
            return false;
    }
    return true;
}

unsigned target_read(struct arena *arena, const char *raw, const char **path, const char **query)
{
    size_t path_len = strcspn(raw, "?");
    size_t query_len = raw[path_len] ? strlen(raw + path_len + 1) : 0;
    char *decoded;
    size_t len;

    if (path_len > SERVER_PATH_BYTES_MAX || query_len > SERVER_QUERY_BYTES_MAX)
        return 414;
    if (*raw != '/')
        return 400;
    for (const char *at = raw; *at; at++) {
        if (!is_target_byte(*at))
            return 400;
    }
    decoded = arena_alloc(arena, path_len + 1, 1);
    if (!decode_path(raw, path_len, decoded))
        return 400;
    len = strlen(decoded);
    if (text_valid_utf8(decoded, len) != len || has_control(decoded, decoded + len) ||
        !has_clean_segments(decoded) || !is_query_whole(raw + path_len))
        return 400;
    *path = decoded;
    *query = arena_strndup(arena, raw[path_len] ? raw + path_len + 1 : "", query_len);
    return 0;
}

static bool is_alphanumeric(char c)
{
    char lower = (char)(c | 0x20);

    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
}

/* Length of an IPv6 address in brackets at the begin of `host`, or 0. */
static size_t bracketed_len(const char *host)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr address;
    size_t len = strcspn(host, "]");

    if (host[len] != ']' || len < 3 || len - 1 >= sizeof(text))
        return 0;
    memcpy(text, host + 1, len - 1);
    text[len - 1] = '\0';
    return inet_pton(AF_INET6, text, &address) == 1 ? len + 1 : 0;
}

static size_t host_name_len(const char *host)
{
    size_t len = 0;

    while (is_alphanumeric(host[len]) || (host[len] && strchr(".-_", host[len])))
        len++;
    return len;
}

bool host_is_valid(const char *host)
{
    size_t len = *host == '[' ? bracketed_len(host) : host_name_len(host);
    size_t digits;

    if (len == 0 || strlen(host) > HOST_BYTES_MAX)
        return false;
    if (host[len] == '\0')
        return true;
    digits = strspn(host + len + 1, "0123456789");
    return host[len] == ':' && digits >= 1 && digits <= 5 && host[len + 1 + digits] == '\0';
}

bool header_name_is_valid(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!is_alphanumeric(name[i]) && (!name[i] || !strchr("!#$%&'*+-.^_`|~", name[i])))
            return false;
    }
    return len > 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool header_value_is_valid(const char *value, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value[i];

        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return len == 0 || (!is_blank(value[0]) && !is_blank(value[len - 1]));
}

bool content_length_read(const char *text, uint64_t *out)
{
    uint64_t length = 0;

    if (!*text || (text[0] == '0' && text[1]))
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        length = length * 10 + (uint64_t)(*text - '0');
        if (length >= LENGTH_MAX)
            return false;
    }
    *out = length;
    return true;
}
