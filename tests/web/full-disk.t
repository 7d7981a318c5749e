#!/usr/bin/env python3
"""A disk that takes nothing more, while somebody has their data erased: it is told, nothing is half erased, and the
same form does it once there is room again."""
import glob
import json
import os
import re
import resource
import socket
import sqlite3
import time
import urllib.parse

from client import Browser, Server, wait_until
from tool import PDF, finish, report

NAME = "Cơ sở Gốm Chu Đậu Đĩa Đầy"
TABLES = ("dossier", "dossier_event", "dossier_question", "evidence", "assessment", "revision", "enterprise")
JSON = {"Accept": "application/json"}
NO_LIMIT = resource.RLIM_INFINITY
server = Server("--round", "2026")


def limit(size):
    """How large a file of the server may get; what is beyond fails as on a full disk."""
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))


def stored():
    """Everything that erasure changes."""
    with sqlite3.connect(server.db, timeout=10) as db:
        rows = {table: db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in TABLES}
    files = {path: open(path, "rb").read() for path in glob.glob(server.db + ".evidence/??/*")}
    return rows, files


def is_sound():
    with sqlite3.connect(server.db, timeout=10) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0]


def sent_again(browser):
    """Presses the button of the page that told of the failure."""
    form = re.search(r'<form method="post" action="([^"]*)".*?</form>', browser.text, re.S)
    if not form:
        return False
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.group(0)))
    fields = {name: value.replace("&amp;", "&") for name, value in fields.items()}
    return browser.post(form.group(1), fields)


def start(is_submitted):
    browser = Browser(server)
    browser.begin()
    browser.fact(1, name=f"{NAME} {browser.reference}", area="hai-duong")
    if is_submitted:
        browser.answer_all()
    if not browser.upload("1.1", PDF + browser.reference.encode()):
        raise SystemExit(f"# no upload: {browser.status} {browser.text[-500:]}")
    if is_submitted and not browser.submit():
        raise SystemExit(f"# not submitted: {browser.status} {browser.text[-500:]}")
    browser.get(f"/ho-so/{browser.reference}/xoa")
    return browser


# ---- is it ready? ----
probe = Browser(server)
report(probe.get("/readyz") and probe.text == "ready\n", "with room on the disk it is ready")
limit(0)
report(not probe.get("/readyz") and probe.status == 503 and probe.text == "not ready\n" and probe.get("/healthz"), "without it is not: it really writes", f"{probe.status} {probe.text}")
limit(NO_LIMIT)
report(probe.get("/readyz"), "and is again")


def erase(browser, headers=None):
    return browser.post(f"/ho-so/{browser.reference}/xoa", {"reference": browser.reference}, headers=headers)


def failing(size, is_submitted, what):
    """One limit: what was erased so far is left as it was, and the same form works afterwards."""
    browser = start(is_submitted)
    before, cookies = stored(), dict(browser.cookies)
    limit(size)
    erase(browser)
    report(browser.status in (500, 503) and "chưa lưu được" in browser.text and "Không có gì bị mất" in browser.text,
           f"{what}: it is told that nothing was done", f"{browser.status} {browser.text[-900:]}")
    report("/da-xoa" not in browser.text and 'name="body"' in browser.text and "Gửi lại" in browser.text, f"{what}: the form is kept to be sent again",
           browser.text[-900:])
    report(browser.cookies == cookies, f"{what}: the session goes on", f"{cookies} {browser.cookies}")
    page = browser.text
    browser.post(f"/ho-so/{browser.reference}/xoa", {"reference": browser.reference}, headers=JSON)
    report(browser.status in (500, 503) and "Không có gì bị mất" in json.loads(browser.text)["error"]["vi"], f"{what}: programs are told, too",
           f"{browser.status} {browser.text[-300:]}")
    report(server.folder.name not in browser.text + page and "disk" not in browser.text, f"{what}: nobody else is told where the database lies", browser.text[-300:])
    limit(NO_LIMIT)
    report(is_sound() == "ok" and stored() == before, f"{what}: nothing is half erased", is_sound())
    report(browser.get(f"/ho-so/{browser.reference}/du-lieu") and (NAME in browser.text), f"{what}: the dossier can be read as before")
    browser.text = page
    report(sent_again(browser) and browser.path.endswith("/da-xoa"), f"{what}: sent again it is erased", f"{browser.status} {browser.path} {browser.text[-500:]}")
    number = int(browser.reference[4:6]) * 1000000 + int(browser.reference[7:13])
    report(server.sql("SELECT state, content FROM dossier WHERE id = ?", number) == [("erased", "")], f"{what}: and gone")
    hashes = {os.path.basename(path) for path in glob.glob(server.db + ".evidence/??/*")}
    report(hashes == {row[0] for row in server.sql("SELECT hash FROM evidence")}, f"{what}: with its file, and no other")


page_size = server.sql("PRAGMA page_size")[0][0]
for is_submitted in (False, True):
    kind = "submitted" if is_submitted else "draft"
    failing(0, is_submitted, f"{kind}, nothing can be written")
    failing(page_size + 512, is_submitted, f"{kind}, the journal is cut")
    start(is_submitted)
    # what is erased lies behind what can be written; the journal is shorter than that
    before_it = page_size * (server.sql("SELECT rootpage FROM sqlite_master WHERE name = 'dossier'")[0][0] - 1)
    failing(before_it, is_submitted, f"{kind}, the database can be written up to its dossiers")
report(server.process.poll() is None, "the server still runs")
data = open(server.db, "rb").read()
for number, state in server.sql("SELECT id, state FROM dossier"):
    found = re.search(rf"{NAME} (CDS-{number // 1000000}-{number % 1000000:06d}\d)".encode(), data)
    report(bool(found) == (state != "erased"), f"dossier {number} is {state}: so is its name", found and found.group(0).decode())

def crowd(browser, count):
    """So many send the form of erasure at once, from a few addresses; how long that took, and what they were told."""
    body = urllib.parse.urlencode({"reference": browser.reference, "token": browser.token}).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    request = (f"POST /ho-so/{browser.reference}/xoa HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\nConnection: close\r\n"
               f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
    begin = time.monotonic()
    sockets = [socket.create_connection(("127.0.0.1", server.port), 60, (f"127.0.0.{2 + i // 50}", 0)) for i in range(count)]
    for one in sockets:
        one.sendall(request)
    answers = []
    for one in sockets:
        with one, one.makefile("rb") as file:
            answers.append(file.read())
    return time.monotonic() - begin, answers


# ---- somebody else holds the database ----
browser = start(True)
before = stored()
USED = "SELECT MAX(used_at) FROM session"
with sqlite3.connect(server.db, timeout=10, isolation_level=None) as other:
    other.execute("UPDATE session SET used_at = used_at - 600")
    used = other.execute(USED).fetchone()[0]
    other.execute("BEGIN IMMEDIATE")
    begin = time.monotonic()
    pages = [browser.get(f"/ho-so/{browser.reference}") for _ in range(20)]
    seconds = time.monotonic() - begin
    report(all(pages) and seconds < 1, "a database that is locked: who reads does not wait", f"{seconds:.2f} s")
    erase(browser)
    report(browser.status == 503 and "Gửi lại" in browser.text and "test.db" not in browser.text, "a database that is locked: told, and kept", f"{browser.status} {browser.text[-500:]}")
    seconds, answers = crowd(browser, 256)
    kept = sum(answer.startswith(b"HTTP/1.1 503 ") and "Gửi lại".encode() in answer for answer in answers)
    report(kept == 256 and seconds < 20, "256 at once: each is told, with its form, after a wait or two and not after one for each",
           f"{kept} in {seconds:.1f} s, {answers[0][-300:]}")
    other.execute("ROLLBACK")
page = browser.text
browser.get(f"/ho-so/{browser.reference}")
browser.text = page
report(wait_until(lambda: server.sql(USED)[0][0] > used), "and the next use of the session is noted", server.sql(USED))
report(stored() == before, "a database that is locked: nothing is half erased")
report(sent_again(browser) and browser.path.endswith("/da-xoa"), "a database that is locked: sent again it is erased", f"{browser.status} {browser.path}")

# ---- the file cannot be deleted ----
browser = start(False)
number = int(browser.reference[4:6]) * 1000000 + int(browser.reference[7:13])
path = glob.glob(server.db + ".evidence/??/" + server.sql("SELECT hash FROM evidence WHERE dossier = ?", number)[0][0])[0]
os.rename(path, path + ".kept")
os.mkdir(path)  # unlink() fails, for root as well
report(erase(browser) and browser.path.endswith("/da-xoa"), "a file that cannot be deleted: the dossier is erased all the same")
os.rmdir(path)
os.rename(path + ".kept", path)
start(False)
report(not os.path.exists(path), "a file that cannot be deleted: it goes with a later commit")
server.stop()
told = re.findall(r'^ts=\S+Z lvl=err evt=failure .*text="[^"]+"$', server.logged(), re.M)
report(told and any("disk" in line for line in told), "who runs the server reads in the log why", server.logged()[-600:])
report(NAME.split()[2] not in server.logged() and all(re.fullmatch(r"[ -~]+", line) for line in server.logged().splitlines()), "and nothing of anybody")
finish()
