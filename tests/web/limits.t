#!/usr/bin/env python3
"""What one address may use up: nobody is kept out by others, and a class room comes in behind one address."""
import re
import socket

from client import Browser, Server, wait_until
from tool import finish, report


class From(Browser):
    """A browser at an address, which the proxy tells."""

    def __init__(self, server, address):
        super().__init__(server)
        self.address = address

    def send(self, method, path, body=None, headers=None):
        return super().send(method, path, body, {"X-Forwarded-For": self.address, **(headers or {})})


server = Server("--round", "2026", "--behind-proxy")

# ---- secrets ----
owner = From(server, "198.51.100.1")
owner.begin()
link = re.search(r"/tiep-tuc#([0-9a-f]{32})", owner.text).group(1)
attacker = From(server, "203.0.113.66")
said = []
while attacker.resume(owner.reference, "0000 0000 0000") or attacker.status == 403:
    said.append(attacker.status)
report(attacker.status == 429 and len(said) == 5 and int(attacker.headers["Retry-After"]) > 0, "who guesses five times has to wait", f"{said} {attacker.status}")
attacker.resume(owner.reference, owner.secret)
report(attacker.status == 429, "even with the right secret")
away = From(server, "198.51.100.2")
report(away.resume(owner.reference, owner.secret) and away.path == f"/ho-so/{owner.reference}", "the owner comes in from another address all the same",
       f"{away.status} {away.path} {away.text[-300:]}")

# ---- a class room ----
inside = 0
for number in range(66):
    pupil = From(server, "198.51.100.3")
    pupil.get("/tiep-tuc")
    inside += pupil.post("/tiep-tuc", link=link) and pupil.path == f"/ho-so/{owner.reference}"
report(inside == 66, "66 come in from one address: what was right does not count", f"{inside} {pupil.status} {pupil.text[-300:]}")
typed = From(server, "198.51.100.3")
for _ in range(8):
    typed.resume("CDS-26", owner.secret)
    typed.resume(owner.reference, "7K2M")
report(typed.status == 403 and typed.resume(owner.reference, owner.secret), "what can be no code is no try", f"{typed.status} {typed.text[-300:]}")
# ---- cookies ----
def says(cookies, accept="*/*"):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sock:
        sock.sendall(f"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: {cookies}\r\n\r\n".encode())
        data = b""
        while piece := sock.recv(65536):
            data += piece
    return data.decode()


for count, name in ((180, "_ga_%04d=GS1.1.17"), (180, "a_rather_long_name_%d=and_a_value_of_some_length_that_says_nothing"), (2000, "_ga_%04d=GS1.1.17")):
    got = says("; ".join(name % number for number in range(count)))
    report(got[9:12] in ("200", "431"), f"{count} cookies are answered", got[:200])
    if got[9:12] == "431" and count == 180:
        report("xóa cookie" in got and "delete the cookies" in got, "with what to do", got)
bare = From(server, "198.51.100.4")
bare.get("/tiep-tuc")
bare.cookies = {}
bare.post("/tiep-tuc", reference=owner.reference, secret=owner.secret)
report(bare.status == 403 and "cho phép cookie" in bare.text, "who has no cookies reads what to do", bare.text[-900:])

# ---- files in memory ----
def sends(size, address):
    """A body that is about to come; and whether it may."""
    sock = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    sock.sendall(f"POST /ho-so/{owner.reference}/minh-chung/1.1 HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {address}\r\nExpect: 100-continue\r\n"
                 f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {size}\r\n\r\n".encode())
    return sock, int(sock.recv(12)[9:12])


def status_of(size, address):
    sock, status = sends(size, address)
    sock.close()
    return status


MIB = 1 << 20
open_ones = [sends(5 * MIB, "198.51.100.5") for _ in range(25)]
report(all(status == 100 for _, status in open_ones) and status_of(5 * MIB, "198.51.100.5") == 503, "one address has no room for more than 128 MiB of files under way")
report(status_of(5 * MIB, "198.51.100.6") != 503, "others have")
open_ones += [sends(5 * MIB, "198.51.100.7") for _ in range(25)] + [sends(5 * MIB, "198.51.100.9")]
report(status_of(5 * MIB, "198.51.100.8") == 503 and owner.get("/tro-giup"), "all together have 256 MiB, pages go on")
for sock, _ in open_ones:
    sock.close()
report(wait_until(lambda: status_of(5 * MIB, "198.51.100.5") != 503, 20), "who left makes room again")
report(server.stop() == 0, "it ends in peace")
finish()
