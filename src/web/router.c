/* Which page answers which address. */
#include "web/kit/request.h"

#include <stdlib.h>
#include <string.h>

#include "app/review/inbox.h"
#include "base/array.h"
#include "web/handlers.h"

/* Half of what form_read() takes: a form that is carried along (request_ask_code) grows on its way.
 */
#define FORM (FORM_BYTES_MAX / 2)
#define CARRIED FORM_BYTES_MAX
/* A file, and what stands around it. */
#define UPLOAD (EVIDENCE_FILE_BYTES_MAX + (64 << 10))

#define INBOX (INBOX_FILE_BYTES_MAX + (64 << 10))

/* The order of the journey. What needs no store is answered by the thread that took it. */
static const struct route routes[] = {
#define ROUTE(method, pattern, access, queue, needs_cookie, body_max, handler)                     \
    {METHOD_##method, pattern, ACCESS_##access, QUEUE_##queue, needs_cookie, body_max, handler},
#include "web/routes.h"
#undef ROUTE
};

/* One segment of a path, up to "/" or the end. */
static size_t segment_length(const char *path)
{
    return strcspn(path, "/");
}

static bool take_number(struct request *rq, const char *text, size_t len)
{
    rq->number = 0;
    if (len == 0 || len > 9)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        rq->number = 10 * rq->number + (text[i] - '0');
    }
    return text[0] != '0';
}

static bool take_reference(struct request *rq, const char *text, size_t len)
{
    char reference[DOSSIER_REFERENCE_BYTES];

    if (!dossier_reference_parse(arena_strndup(rq->arena, text, len), reference))
        return false;
    rq->reference = arena_strdup(rq->arena, reference);
    return true;
}

/* Without a request only fixed segments are compared: most routes differ in one of them, and what
 * stands for a name is read once rather than for each route that has one. */
static bool take_segment(struct request *rq, const char *pattern, size_t pattern_len,
                         const char *text, size_t len)
{
    if (*pattern != ':')
        return pattern_len == len && memcmp(pattern, text, len) == 0;
    if (!rq)
        return true;
    if (strncmp(pattern, ":ref", pattern_len) == 0)
        return take_reference(rq, text, len);
    if (strncmp(pattern, ":n", pattern_len) == 0)
        return take_number(rq, text, len);
    rq->segment = arena_strndup(rq->arena, text, len);
    return len > 0;
}

static bool matches(struct request *rq, const char *pattern, const char *path)
{
    while (*pattern == '/' && *path == '/') {
        size_t pattern_len = segment_length(++pattern), len = segment_length(++path);

        if (!take_segment(rq, pattern, pattern_len, path, len))
            return false;
        pattern += pattern_len;
        path += len;
    }
    return *pattern == *path;
}

const struct route *route_find(struct request *rq, enum method method, const char *path,
                               bool *other_method)
{
    *other_method = false;
    for (size_t i = 0; i < ARRAY_SIZE(routes); i++) {
        if (!matches(NULL, routes[i].pattern, path) || !matches(rq, routes[i].pattern, path))
            continue;
        if (routes[i].method == method)
            return &routes[i];
        *other_method = true;
    }
    return NULL;
}

const char *route_reference(const struct request *rq, const char *path)
{
    struct request other = *rq;
    bool other_method;

    other.reference = "";
    return route_find(&other, METHOD_POST, path, &other_method) || other_method ? other.reference
                                                                                : "";
}

/* Before there is a request: only the length matters, so what stands for a name is not read. */
long route_body_limit(const char *path)
{
    long limit = -1;

    for (size_t i = 0; i < ARRAY_SIZE(routes); i++) {
        if (routes[i].method == METHOD_POST && routes[i].body_max > limit &&
            matches(NULL, routes[i].pattern, path))
            limit = routes[i].body_max;
    }
    return limit;
}

