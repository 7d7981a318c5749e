#!/usr/bin/env python3
"""What one address may use up: nobody is kept out by others, and a class room comes in behind one address."""
import re

from client import Browser, Server
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
report(server.stop() == 0, "it ends in peace")
finish()
