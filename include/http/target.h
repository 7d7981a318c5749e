#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * The pure parts of the guard (web/guard.h): what single pieces of a request must look like.
 * Nothing is repaired: two programs that read one request (a proxy and this server) must not be
 * able to understand it in two ways.
 */

/*
 * Reads a request target (RFC 9112, 3.2.1: origin form only) and splits it. `path` is decoded once:
 * UTF-8 without control characters, begins with "/", no ".", ".." or empty segments (but that the
 * last may be empty: "/a/"), no backslash, and no "/" that was sent as %2F. `query` stays as it was
 * sent, with whole percent escapes and without %00. Both in the arena.
 *
 * Returns 0, or the status to refuse with: 414 if it is longer than SERVER_PATH_BYTES_MAX (as sent)
 * or SERVER_QUERY_BYTES_MAX, else 400. The outputs are set only with 0.
 */
unsigned target_read(struct arena *arena, const char *raw, const char **path, const char **query);

/* A Host header: a name of letters, digits, ".", "-" and "_", or an IPv6 address in brackets, and
 * perhaps a port; at most 255 bytes. */
bool host_is_valid(const char *host);

/* The name of a header: a token (RFC 9110, 5.6.2). */
bool header_name_is_valid(const char *name, size_t len);

/* The value of a header: no control characters but tabs, no blank at either end. */
bool header_value_is_valid(const char *value, size_t len);

/* A Content-Length: digits only, as short as can be, less than 2^53. */
bool content_length_read(const char *text, uint64_t *out);

#endif
