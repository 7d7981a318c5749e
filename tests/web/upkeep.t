#!/usr/bin/env python3
"""What the server does by itself: files of evidence that nothing needs go."""
import glob
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client import Browser, Server, wait_until  # noqa: E402
from tool import finish, report  # noqa: E402

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
HOUR = 3600
SWEPT = re.compile(r"^ts=\S+Z lvl=info evt=sweep files=(\d+) bytes=(\d+)$", re.M)


def upload(browser, question, content):
    browser.get(f"/ho-so/{browser.reference}/minh-chung/{question}")
    line = "----line7d1"
    parts = [b'Content-Disposition: form-data; name="token"\r\n\r\n' + browser.token.encode(),
             b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content]
    body = b"".join(b"--" + line.encode() + b"\r\n" + part + b"\r\n" for part in parts) + f"--{line}--\r\n".encode()
    return browser.send("POST", f"/ho-so/{browser.reference}/minh-chung/{question}", body,
                        {"Content-Type": "multipart/form-data; boundary=" + line})


def files(server):
    return set(glob.glob(server.db + ".evidence/??/*"))


def age(path, seconds):
    os.utime(path, (time.time() - seconds, time.time() - seconds))


def put(server, name, seconds):
    path = f"{server.db}.evidence/{name[:2]}/{name}"
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"12345")
    age(path, seconds)
    return path


# ---- after a crash between the commit of a deletion and that of the file ----
server = Server()
one = Browser(server)
one.begin()
for question, content in (("1.1", PDF), ("1.2", PDF + b"2")):
    report(upload(one, question, content), "a file of evidence is taken", f"{one.status} {one.text[-500:]}")
report(len(files(server)) == 2, "both are on the disk", str(files(server)))
server.kill()
gone = server.sql("SELECT hash FROM evidence WHERE question = '1.1'")[0][0]
named = server.sql("SELECT hash FROM evidence WHERE question = '1.2'")[0][0]
server.sql("DELETE FROM evidence WHERE question = '1.1'")
orphan, kept = (f"{server.db}.evidence/{name[:2]}/{name}" for name in (gone, named))
age(orphan, HOUR + 60)
age(kept, 90 * 24 * HOUR)
fresh = put(server, "ab" + "1" * 62, HOUR - 60)
broken = put(server, "ab" + "2" * 62 + ".0badcafe.tmp", HOUR + 60)
writing = put(server, "ab" + "3" * 62 + ".0badcafe.tmp", 5)
foreign = put(server, "ab-ghi-chu.txt", 90 * 24 * HOUR)
server.start()
report(wait_until(lambda: SWEPT.search(server.logged())), "soon after the start the log says that files were swept", server.logged()[-800:])
found = SWEPT.search(server.logged())
report(found and found.groups() == ("2", str(len(PDF) + 5)), "it counts them and their bytes", found and found.group(0))
report(not os.path.exists(orphan), "a file that no row names is gone")
report(not os.path.exists(broken), "and the rest of an upload that broke off")
report(os.path.exists(kept), "a file that is named stays, however old")
report(os.path.exists(fresh) and os.path.exists(writing), "fresh ones stay: an upload may be under way")
report(os.path.exists(foreign), "what is no file of evidence is not touched")
report(one.get(f"/ho-so/{one.reference}/minh-chung/1.2") and "/tep/" in one.text, "the dossier has its file")
report(upload(one, "1.1", PDF) and os.path.exists(orphan), "the same file can be sent again")

# ---- nothing to do ----
server.stop()
before = len(SWEPT.findall(server.logged()))
server.start()
time.sleep(2.5)
report(len(SWEPT.findall(server.logged())) == before, "where nothing was swept nothing is said")
report(files(server) == {orphan, kept, fresh, writing, foreign}, "and nothing is gone", str(files(server)))
server.stop()

# ---- the files of another database ----
other = Server()
other.stop()
strange = put(other, "cd" + "4" * 62, 90 * 24 * HOUR)
other.start()
time.sleep(2.5)
report(os.path.exists(strange), "a database that never had a dossier takes no file for its own")
first = Browser(other)
first.begin()
other.stop()
other.start()
report(wait_until(lambda: not os.path.exists(strange)), "with a dossier it does")
other.stop()
finish()
