#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/server.h"

/*
 * The guard between libmicrohttpd and everything else. It looks at a request when its headers are
 * there and before a byte of its body is read, and refuses what two programs could read in two
 * ways: then a proxy in front and this server would not agree where one request ends and the next
 * begins (request smuggling, RFC 9112, 11.2), or on what it asks for.
 *
 * What it refuses, and with what (the connection is always closed then):
 *
 * - 400: a target that target_read() refuses; Host missing (1.1), twice or of a wrong form; a name
 *   of a header that is no token; control characters in a value; Content-Length that is not one
 *   plain number; Content-Length together with Transfer-Encoding; Transfer-Encoding other than
 *   "chunked"; a body of GET or HEAD; any header twice that this server reads; a header section
 *   that is not written as all clients write it (see below)
 * - 405: PUT, DELETE, PATCH, OPTIONS, TRACE, CONNECT (the caller adds Allow); 501: other methods
 * - 411: POST without Content-Length, also with "Transfer-Encoding: chunked"
 * - 414: a long target; 431: long or many headers; 505: other versions than HTTP/1.0 and 1.1
 * - 415: Content-Encoding; 417: Expect other than 100-continue
 *
 * The library's parser (0.9.75) tolerates without a trace: line ends that are a bare LF or CR,
 * header lines that are folded, NUL bytes (it cuts there), several blanks in the request line. It
 * does tell how long the header section was, though. So the guard adds up how long it would be
 * written plainly, "Name: value" CRLF each (after the colon of an empty value the blank may be
 * missing), and refuses any other length: one or more of the above are in it. This also refuses
 * "Name:value" and "Name:  value", which RFC 9112 allows and no browser, proxy or library of note
 * sends.
 *
 * What stays: two such oddities whose lengths make up for each other (a header folded here, bare LF
 * there). They are harmless alone: neither changes where the request ends, and the text that is
 * checked is the text that is used.
 *
 * Faults that the library finds itself (no request line, "Content-Length: 1x", headers beyond its
 * memory) it answers or cuts off itself before the guard is asked. Its answers to a malformed
 * Content-Length carry their header twice, the second time where the body should be (a fault of
 * 0.9.75); the connection is closed behind it, and nothing of the request is run.
 */
struct MHD_Connection;

struct head {
    const char *method; /* name, for the log; NULL: unknown */
    uint64_t content_length;
    bool expects_continue;
    const char *forwarded_for; /* X-Forwarded-For, may be NULL */
};

/*
 * Checks a request and fills in what the headers say (borrowed from the connection). `target_len`
 * is the length of the target as it was sent. Returns 0, or the status to refuse with.
 */
unsigned guard_head(struct MHD_Connection *connection, const char *method, const char *version,
                    size_t target_len, struct http_request *request, struct head *head);

#endif
