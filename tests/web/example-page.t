#!/usr/bin/env python3
"""The page that docs/templates.md adds from nothing: its pieces are put where it says, the program is built, the page read."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tool  # noqa: E402
from tool import DXREADY, finish, report  # noqa: E402

PIECES = r"^```\w+ (file|append)=(\S+)\n(.*?)^```"
HANDLER = r"^enum work_queue page_survey.*?^}"
OUT = os.path.relpath(os.path.dirname(DXREADY))

with open("docs/templates.md", encoding="utf-8") as page:
    pieces = re.findall(PIECES, page.read(), re.M | re.S)
with tempfile.TemporaryDirectory() as copy:
    for name in {"src", "include", "build", OUT, "questionnaires", "policies", "reports", "Makefile"}:
        # what is built stays built: only what the page touches is made anew
        subprocess.run(["cp", "-a", "--parents", name, copy], check=True)
    for how, name, text in pieces:
        with open(os.path.join(copy, name), "a" if how == "append" else "w", encoding="utf-8") as file:
            file.write(text)
    report(len(pieces) == 5, "five pieces", str([p[1] for p in pieces]))
    handler = re.search(HANDLER, "".join(p[2] for p in pieces), re.M | re.S)[0].split("\n")
    report(len(handler) <= 18, "a short handler", "\n".join(handler))
    flags = " ".join(word for word in os.environ.get("MAKEFLAGS", "").split() if "=" in word and not word.startswith("-"))
    env = dict(os.environ, MAKEFLAGS=flags)
    # The name of the folder is among the flags of the compiler; that it is another one changes nothing.
    # Nor does it matter how fast the new objects are: half of the time is saved.
    quick = "CFLAGS=-O0 -U_FORTIFY_SOURCE"
    subprocess.run(["make", f"{OUT}/flags", quick], cwd=copy, env=env, check=True, capture_output=True)
    os.utime(os.path.join(copy, OUT, "flags"), (0, 0))
    made = subprocess.run(["make", f"{OUT}/dxready", quick], cwd=copy, capture_output=True, text=True, env=env)
    report(made.returncode == 0, "it builds without a warning", made.stdout[-500:] + made.stderr)
    built = len(re.findall(r"^ *CC ", made.stdout, re.M))
    report(0 < built < 260, f"what it does not touch is not built again ({built} files were)")
    old, tool.DXREADY = os.getcwd(), os.path.join(copy, OUT, "dxready")
    os.chdir(copy)
    import client  # noqa: E402 - with the program of the copy
    client.DXREADY = tool.DXREADY
    server = client.Server()
    one = client.Browser(server)
    for path, words in (("/bo-cau-hoi/household-quick@1", "câu hỏi, khoảng"), ("/en/bo-cau-hoi/household-quick@1", "questions, about")):
        one.send("GET", path)
        report(one.status == 200 and words in one.body.decode() and "/bat-dau" in one.body.decode(), path, one.body.decode()[:500])
    one.send("GET", "/bo-cau-hoi/household-quick@1", headers={"Accept": "application/json"})
    report(one.status == 200 and set(json.loads(one.body)) == {"title", "questions", "minutes"} and json.loads(one.body)["questions"] == 12,
           "and for programs", str(one.body))
    one.send("GET", "/bo-cau-hoi/none@1")
    report(one.status == 404, "one that is not there")
    server.stop()
    os.chdir(old)
finish()
