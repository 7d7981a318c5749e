#!/usr/bin/env python3
"""Requests that two programs could read in two ways are refused, and what follows them never runs."""
import re

import probe

# Behind each attack stands a second request; if it ran its answer would show.
SECOND = b"GET /echo/smuggled HTTP/1.1\r\nHost: probe\r\n\r\n"
H = b"Host: probe\r\n"


def rq(line, *headers, body=b""):
    return line + b" HTTP/1.1\r\n" + b"".join(h + b"\r\n" for h in headers) + b"\r\n" + body


def with_host(line, *headers, body=b""):
    return rq(line, b"Host: probe", *headers, body=body)


P, G = b"POST /echo", b"GET /echo"
CHUNKED = b"5\r\nabcde\r\n0\r\n\r\n"
CL, TE = b"Content-Length: 5", b"Transfer-Encoding: chunked"
# name, bytes, statuses (None: closed without an answer)
VECTORS = [
    ("Content-Length and Transfer-Encoding", with_host(P, CL, TE, body=CHUNKED), [400]),
    ("Transfer-Encoding and Content-Length", with_host(P, TE, CL, body=CHUNKED), [400]),
    ("two different Content-Length", with_host(P, b"Content-Length: 0", b"Content-Length: 46"), [400]),
    ("two equal Content-Length", with_host(P, CL, CL, body=b"abcde"), [400]),
    ("a list as Content-Length", with_host(P, b"Content-Length: 0, 46"), [400]),
    ("a Content-Length with a sign", with_host(P, b"Content-Length: +5", body=b"abcde"), [400]),
    ("a negative Content-Length", with_host(P, b"Content-Length: -5"), [400]),
    ("a Content-Length with garbage", with_host(P, b"Content-Length: 5abc", body=b"abcde"), [400]),
    ("a hexadecimal Content-Length", with_host(P, b"Content-Length: 0x5", body=b"abcde"), [400]),
    ("a Content-Length with leading zeros", with_host(P, b"Content-Length: 005", body=b"abcde"), [400]),
    ("a Content-Length of 2^64", with_host(P, b"Content-Length: 18446744073709551616"), [400, 413]),
    ("a Content-Length of 30 digits", with_host(P, b"Content-Length: " + b"9" * 30), [400, 413]),
    ("a Content-Length of 2^60", with_host(P, b"Content-Length: 1152921504606846976"), [400]),
    ("an empty Content-Length", with_host(P, b"Content-Length: "), [400]),
    ("a Content-Length over the limit", with_host(P, b"Content-Length: 99999999999"), [413]),
    ("a body for a route without one", with_host(b"POST /none", CL, body=b"abcde"), [413]),
    ("no Content-Length", with_host(P), [411]),
    ("a blank before the colon of Content-Length", with_host(P, b"Content-Length : 5", body=b"abcde"), [400]),
    ("a tab before the colon of Content-Length", with_host(P, b"Content-Length\t: 5", body=b"abcde"), [400]),
    ("a blank before the colon of Transfer-Encoding",
     with_host(P, b"Transfer-Encoding : chunked", CL, body=CHUNKED), [400]),
    ("a blank before the first header", with_host(P, CL, b" X: y", body=b"abcde"), [400]),
    ("Transfer-Encoding: chunked", with_host(P, TE, body=CHUNKED), [411]),
    ("Transfer-Encoding: xchunked", with_host(P, b"Transfer-Encoding: xchunked", body=CHUNKED), [400]),
    ("Transfer-Encoding: gzip, chunked", with_host(P, b"Transfer-Encoding: gzip, chunked", body=CHUNKED), [400]),
    ("Transfer-Encoding: identity", with_host(P, b"Transfer-Encoding: identity", CL, body=b"abcde"), [400]),
    ("an empty Transfer-Encoding", with_host(P, b"Transfer-Encoding:", CL, body=b"abcde"), [400]),
    ("two Transfer-Encoding", with_host(P, TE, TE, body=CHUNKED), [400]),
    ("a chunk size 0x5", with_host(P, TE, body=b"0x5\r\nabcde\r\n0\r\n\r\n"), [411]),
    ("a chunk size -1", with_host(P, TE, body=b"-1\r\nabcde\r\n0\r\n\r\n"), [411]),
    ("an overflowing chunk size", with_host(P, TE, body=b"fffffffffffffffff\r\nabcde\r\n0\r\n\r\n"), [411]),
    ("Transfer-Encoding of GET", with_host(G, TE, body=CHUNKED), [400]),
    ("two Host", with_host(G, b"Host: other"), [400]),
    ("two equal Host", with_host(G, b"Host: probe"), [400]),
    ("no Host", rq(G), [400]),
    ("an empty Host", rq(G, b"Host: "), [400]),
    ("a Host with a path", rq(G, b"Host: probe/x"), [400]),
    ("a Host with a user", rq(G, b"Host: me@probe"), [400]),
    ("a Host with a list", rq(G, b"Host: probe, other"), [400]),
    ("a Host with a bad port", rq(G, b"Host: probe:http"), [400]),
    ("a Host with an open bracket", rq(G, b"Host: [::1"), [400]),
    ("an absolute URI", with_host(b"GET http://probe/echo"), [400]),
    ("an asterisk", with_host(b"GET *"), [400]),
    ("%00 in the path", with_host(b"GET /echo/a%00b"), [400]),
    ("%00 in the query", with_host(b"GET /echo?a=%00"), [400]),
    ("a broken escape in the path", with_host(b"GET /echo/%zz"), [400]),
    ("a cut escape at the end of the path", with_host(b"GET /echo/%4"), [400]),
    ("a cut escape before the query", with_host(b"GET /echo/%4?1"), [400]),
    ("a broken escape in the query", with_host(b"GET /echo?a=%g1"), [400]),
    ("a hidden slash", with_host(b"GET /echo/a%2fb"), [400]),
    ("a blank in the target", with_host(b"GET /echo/a b"), [400, None]),
    ("two blanks before the target", with_host(b"GET  /echo"), [400, None]),
    ("two blanks behind the target", with_host(b"GET /echo "), [400, None]),
    ("a tab in the target", with_host(b"GET /echo/a\tb"), [400, None]),
    ("a control character in the target", with_host(b"GET /echo/a\x01b"), [400]),
    ("an escaped control character", with_host(b"GET /echo/a%0db"), [400]),
    ("an escaped DEL", with_host(b"GET /echo/%7f"), [400]),
    ("an escaped C1 character", with_host(b"GET /echo/%c2%85"), [400]),
    ("raw bytes that are no ASCII", with_host("GET /echo/đ".encode()), [400]),
    ("a path that is not UTF-8", with_host(b"GET /echo/%ff"), [400]),
    ("an overlong slash", with_host(b"GET /echo/%c0%af"), [400]),
    ("a surrogate", with_host(b"GET /echo/%ed%a0%80"), [400]),
    ("a dot segment", with_host(b"GET /echo/./a"), [400]),
    ("two dots", with_host(b"GET /echo/../a"), [400]),
    ("escaped dots", with_host(b"GET /echo/%2e%2E/a"), [400]),
    ("dots at the end", with_host(b"GET /echo/.."), [400]),
    ("an empty segment", with_host(b"GET /echo//a"), [400]),
    ("an empty first segment", with_host(b"GET //echo"), [400]),
    ("a backslash", with_host(b"GET /echo\\a"), [400]),
    ("an escaped backslash", with_host(b"GET /echo/%5c"), [400]),
    ("a fragment", with_host(b"GET /echo#a"), [400]),
    ("GET with a body", with_host(G, CL, body=b"abcde"), [400]),
    ("HEAD with a body", with_host(b"HEAD /echo", CL, body=b"abcde"), [400]),
    ("bare CR as line ends", b"GET /echo HTTP/1.1\rHost: probe\r\r", [400, None]),
    ("a bare CR between headers", with_host(G, b"A: b\rC: d"), [400]),
    ("bare LF as line ends", b"GET /echo HTTP/1.1\nHost: probe\n\n", [400]),
    ("one bare LF", b"GET /echo HTTP/1.1\r\nHost: probe\nA: b\r\n\r\n", [400]),
    ("a folded header", with_host(G, b"A: b", b" c"), [400]),
    ("a NUL in a value", with_host(G, b"A: b\0c"), [400]),
    ("a NUL in a name", with_host(G, b"A\0b: c"), [400, None]),
    ("a NUL in the target", with_host(b"GET /echo/\0b"), [400, None]),
    ("a control character in a value", with_host(G, b"A: b\x07c"), [400]),
    ("DEL in a value", with_host(G, b"A: b\x7fc"), [400]),
    ("a header without a name", with_host(G, b": b"), [400]),
    ("a header without a colon", with_host(G, b"nonsense"), [400, None]),
    ("a name with a blank", with_host(G, b"A B: c"), [400]),
    ("a name with a slash", with_host(G, b"A/B: c"), [400]),
    ("a name that is not ASCII", with_host(G, b"X\xc4\x91: c"), [400]),
    ("no blank behind the colon", with_host(G, b"A:b"), [400]),
    ("blanks at the end of a value", with_host(G, b"A: b "), [400]),
    ("a request in HTTP/2.0", b"GET /echo HTTP/2.0\r\nHost: probe\r\n\r\n", [505, 400]),
    ("a request in HTTP/1.2", b"GET /echo HTTP/1.2\r\nHost: probe\r\n\r\n", [505, 400]),
    ("a request in http/1.1", b"GET /echo http/1.1\r\nHost: probe\r\n\r\n", [505, 400]),
    ("a request without a version", b"GET /echo\r\nHost: probe\r\n\r\n", [505, 400, None]),
    ("PUT", with_host(b"PUT /echo", CL, body=b"abcde"), [405]),
    ("DELETE", with_host(b"DELETE /echo"), [405]),
    ("OPTIONS", with_host(b"OPTIONS *"), [405]),
    ("TRACE", with_host(b"TRACE /echo"), [405]),
    ("CONNECT", with_host(b"CONNECT probe:443"), [405]),
    ("an unknown method", with_host(b"BREW /echo"), [501]),
    ("a method in small letters", with_host(b"get /echo"), [501]),
    ("Content-Encoding", with_host(P, CL, b"Content-Encoding: gzip", body=b"abcde"), [415]),
    ("an unknown expectation", with_host(P, CL, b"Expect: miracles", body=b"abcde"), [417]),
    ("a header of 5000 bytes", with_host(G, b"A: " + b"a" * 5000), [431]),
    ("65 headers", with_host(G, *[b"A%d: b" % i for i in range(64)]), [431]),
    ("headers of 8193 bytes", with_host(G, *[b"A%d: %s" % (i, b"a" * n) for i, n in enumerate((4000, 4000, 178))]), [431]),
    ("headers of 20 KB", with_host(G, *[b"A%d: %s" % (i, b"a" * 4000) for i in range(5)]), [431]),
    ("headers of 200 KB", with_host(G, *[b"A%d: %s" % (i, b"a" * 4000) for i in range(50)]), [431, 413, None]),
    ("a path of 1025 bytes", with_host(b"GET /" + b"a" * 1024), [414]),
    ("a query of 2049 bytes", with_host(b"GET /echo?" + b"a" * 2049), [414]),
    ("a target of 100 KB", with_host(b"GET /" + b"a" * 100000), [414, 431, None]),
] + [
    (f"two {name.decode()}", with_host(G, name + b": a", name.lower() + b": b"), [400])
    for name in (b"Cookie", b"Content-Type", b"Accept", b"Accept-Language", b"Accept-Encoding", b"Origin", b"Sec-Fetch-Site",
                 b"If-None-Match", b"X-Forwarded-For", b"Connection", b"Expect", b"Content-Encoding")
]

# What is fine although it looks odd.
FINE = [
    ("a query that looks like a path", with_host(b"GET /echo/a?b=/../..//%41&c"), b"query=b=/../..//%41&c"),
    ("a path in Vietnamese", with_host(b"GET /echo/%C4%91%E1%BA%B7ng"), "GET /echo/đặng".encode()),
    ("escaped ordinary characters", with_host(b"GET /%65cho/%2541"), b"GET /echo/%41"),
    ("a slash at the end", with_host(b"GET /echo/a/"), b"GET /echo/a/\n"),
    ("dots in names", with_host(b"GET /echo/..a/a../..."), b"GET /echo/..a/a../..."),
    ("a host with a port", rq(G, b"Host: probe.example:8080"), b"host=probe.example:8080"),
    ("an IPv6 host", rq(G, b"Host: [::1]:8080"), b"host=[::1]:8080"),
    ("62 headers, 8 kB together, behind a long path and query",
     with_host(b"GET /echo/" + b"a" * 1018 + b"?" + b"b" * 2048,
               *[b"A%02d: %s" % (i, b"a" * 125) for i in range(62)], b"Cookie: a=b"), b"cookie=a=b"),
    ("headers of 8192 bytes", with_host(G, *[b"A%d: %s" % (i, b"a" * n) for i, n in enumerate((4000, 4000, 177))]),
     b"host=probe"),
    ("a header without a value", with_host(G, b"A:", b"Cookie: a=b"), b"cookie=a=b"),
    ("a header with a blank for a value", with_host(G, b"A: ", b"Cookie: a=b"), b"cookie=a=b"),
    ("GET with Content-Length 0", with_host(G, b"Content-Length: 0"), b"body=0:"),
    ("POST with an empty body to a route without one", with_host(b"POST /none", b"Content-Length: 0"), b"body=0:"),
    ("a body that looks like a request", with_host(P, b"Content-Length: %d" % len(SECOND), body=SECOND),
     b"body=%d:" % len(SECOND)),
    ("64 headers", with_host(G, *[b"A%d: b" % i for i in range(63)]), b"GET /echo"),
    ("a method with a body of nothing", with_host(P, b"Content-Length: 0"), b"body=0:"),
    ("HTTP/1.0 without a host", b"GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", b"host=-"),
]


def check_refused(server, name, data, wanted):
    with server.connect() as sock:
        try:
            sock.sendall(data + SECOND)
        except ConnectionError:
            pass
        got, closed = probe.read_all(sock, 4)
    statuses = [int(s) for s in re.findall(rb"HTTP/1\.[01] (\d+)", got)]
    # the library sends the header of an answer of its own twice (and then closes): see web/guard.h
    if b"<html>" in got and len(statuses) == 2 and statuses[0] == statuses[1]:
        statuses = statuses[:1]
    good = (statuses == [] and None in wanted) or (len(statuses) == 1 and statuses[0] in wanted)
    good = good and closed and b"smuggled" not in got
    if statuses:
        good = good and b"connection: close" in got.lower()
    probe.ok(good, f"{name}: refused and closed", f"wanted {wanted}, closed {closed}\n{got[:300]}")


def check_fine(server, name, data, text):
    with server.connect() as sock:
        sock.sendall(data + SECOND)
        replies = probe.Replies(sock)
        status, _, body = replies.next()
        second, _, body_2 = replies.next()
    probe.ok(status == 200 and text in body and second == 200 and b"GET /echo/smuggled" in body_2,
             f"{name}: answered, and so is the next request", f"{status} {body!r}\n{second} {body_2!r}")


with probe.Server() as server:
    for vector in VECTORS:
        check_refused(server, *vector)
    for vector in FINE:
        check_fine(server, *vector)
    status, headers, _ = probe.ask(server, with_host(b"DELETE /echo"))
    probe.ok(headers.get("allow") == "GET, HEAD, POST", "405 says what is allowed", headers)
    counts, said = server.stop()
    started = counts.get("started")
    probe.ok(started == 2 * len(FINE) and not said, "no refused request reached a handler", f"{counts} {said}")
probe.finish()
