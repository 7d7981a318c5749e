#!/usr/bin/env python3
"""dxready backup and restore: while the site runs, sealed or not; what is damaged, hostile or in the way is refused and
leaves nothing behind."""
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import time

from client import Browser, Server
from tool import DXREADY, PDF, WorkFolder, finish, report, run, same

BYTES = random.Random(7)


def backup(server, path, *options, lang="en"):
    return run("backup", path, "--db", server.db, *options, lang=lang)


def restore(path, database="new.db", *options, lang="en"):
    """What memory holds before it is written is nothing that anybody may hope for."""
    return run("restore", path, "--db", database, *options, lang=lang, env={"MALLOC_PERTURB_": "165"})


def made():
    """What stands in the folder and was not there for the tests to use."""
    return sorted(name for name in os.listdir(".") if name.startswith("new.db"))


def is_refused(done, word, name):
    report(done.returncode != 0 and word in done.stderr and done.stderr.count("\n") == 1 and not made(), name,
           f"{done.returncode} {done.stderr} {made()}")
    for path in made():
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)


def whole(server, person):
    """A backup of a site that runs, and the site again from it."""
    done = backup(server, "whole.tar")
    report(done.returncode == 0 and "opened again and checked" in done.stdout and "2 files of evidence" in done.stdout, "a site that runs is backed up", f"{done.stdout} {done.stderr}")
    same(stat.S_IMODE(os.stat("whole.tar").st_mode), 0o600, "for its owner only")
    with tarfile.open("whole.tar") as tar:
        names = tar.getnames()
        listed = json.load(tar.extractfile(names[0]))
    report(names[:2] + names[4:] == ["dxready-backup.json", "dxready.db", "dxready-backup-end.json"] and all(name.startswith("evidence/") for name in names[2:4]), "any tar can open it", names)
    report(listed["kind"] == "dxready-backup" and listed["dossiers"] == 1 and listed["files"] == 2, "it says what is in it", listed)
    done = backup(server, "whole.tar", lang="vi")
    report(done.returncode == 1 and "không bị ghi đè" in done.stderr, "an older backup stays", done.stderr)
    report(backup(server, "whole.tar", "--force").returncode == 0, "unless it is said")
    done = restore("whole.tar", lang="vi")
    report(done.returncode == 0 and "1 hồ sơ trên web, 2 tệp minh chứng" in done.stdout, "it is brought back", f"{done.stdout} {done.stderr}")
    same(made(), ["new.db", "new.db.evidence"], "as a database and its evidence, and nothing else")
    same(stat.S_IMODE(os.stat("new.db").st_mode), 0o600, "for its owner only, too")
    for path in ("new.db", server.db):
        done = restore("whole.tar", path)
        report(done.returncode == 1 and "never overwrites" in done.stderr, "never over another one", done.stderr)
    os.rename("new.db", "moved.db")
    done = restore("whole.tar")
    report(done.returncode == 1 and "new.db.evidence" in done.stderr and not os.path.exists("new.db"), "nor beside the evidence of another one", done.stderr)
    os.rename("moved.db", "new.db")
    other = Server.__new__(Server)
    other.folder, other.db, other.options, other.port = server.folder, os.path.abspath("new.db"), (), 0
    other.start()
    person.server = other
    report(person.get(f"/ho-so/{person.reference}/minh-chung/1.1"), "the site goes on from it, and sessions do", f"{person.status} {person.text[-300:]}")
    report(other.stop() == 0, "and ends in peace")
    person.server = server
    os.unlink("new.db")
    for name in os.listdir("."):
        if name.startswith("new.db-"):
            os.unlink(name)
    shutil.rmtree("new.db.evidence")


def sealed(server):
    """Who has the public key only cannot read what it wrote."""
    done = run("backup", "--new-key", "office", lang="vi")
    report(done.returncode == 0 and "office.pub" in done.stdout and stat.S_IMODE(os.stat("office.key").st_mode) == 0o600, "a pair of keys", f"{done.stdout} {done.stderr}")
    before = open("office.key").read()
    done = run("backup", "--new-key", "office", lang="en")
    report(done.returncode == 1 and "never overwritten" in done.stderr and open("office.key").read() == before, "is never overwritten", done.stderr)
    run("backup", "--new-key", "other")
    report(backup(server, "sealed", "--key", "office.pub").returncode == 0, "a backup for a key")
    marks = b"SQLite format", b"evidence", b"%PDF-"  # too long to stand in random bytes by chance
    report(backup(server, "open.tar").returncode == 0 and all(mark in open("open.tar", "rb").read() for mark in marks), "without a key all can be read")
    content = open("sealed", "rb").read()
    report(not any(mark in content for mark in marks), "in which nothing can be read")
    is_refused(restore("sealed"), "--key NAME.key", "without the key it is said")
    is_refused(restore("sealed", "new.db", "--key", "other.key"), "another one", "with another key, too")
    is_refused(restore("sealed", "new.db", "--key", "office.pub"), "secret key", "the public key opens nothing")
    done = backup(server, "wrong", "--key", "office.key")
    report(done.returncode != 0 and "public key" in done.stderr and not os.path.exists("wrong"), "and the secret one is not for the server", done.stderr)
    done = restore("sealed", "new.db", "--key", "office.key")
    report(done.returncode == 0 and made() == ["new.db", "new.db.evidence"], "with its key it is brought back", f"{done.stderr} {made()}")
    os.unlink("new.db")
    shutil.rmtree("new.db.evidence")
    for cut in (10, 100, 200, len(content) // 2, len(content) - 1):
        with open("cut", "wb") as file:
            file.write(content[:cut])
        is_refused(restore("cut", "new.db", "--key", "office.key"), "cut" if cut == 10 else "", f"cut off after {cut} bytes")
    with open("cut", "wb") as file:
        file.write(content + b"x")
    is_refused(restore("cut", "new.db", "--key", "office.key"), "damaged", "or made longer")
    for _ in range(12):
        at = BYTES.randrange(24, len(content))
        with open("flipped", "wb") as file:
            file.write(content[:at] + bytes([content[at] ^ (1 << BYTES.randrange(8))]) + content[at + 1:])
        is_refused(restore("flipped", "new.db", "--key", "office.key"), "", f"one bit changed at {at}")


def damaged():
    """What a tar tells by itself and what it does not."""
    content = open("whole.tar", "rb").read()
    with tarfile.open("whole.tar") as tar:
        places = [(member.name, member.offset_data, member.size) for member in tar]
    for name, start, size in places[1:]:
        for _ in range(5):
            at = start + BYTES.randrange(size)
            with open("flipped", "wb") as file:
                file.write(content[:at] + bytes([content[at] ^ 1]) + content[at + 1:])
            is_refused(restore("flipped"), "", f"one bit changed in {name}")
    for cut in (0, 100, 600, len(content) // 2, places[-1][1] + 1, places[-1][1] - 512):
        with open("cut", "wb") as file:
            file.write(content[:cut])
        is_refused(restore("cut"), "", f"cut off after {cut} bytes")
    for what, path in (("a folder", "."), ("a database", "whole.db"), ("nothing", "none")):
        if path.endswith(".db"):
            sqlite3.connect(path).execute("CREATE TABLE a (b)").connection.close()
        is_refused(restore(path), "", what)


def entry(tar, name, content=b"", **more):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in more.items():
        setattr(info, key, value)
    tar.addfile(info, io.BytesIO(content))


def hostile():
    """Entries that would write elsewhere, or too much, or are not what the list says."""
    with tarfile.open("whole.tar") as tar:
        good = [(member.name, tar.extractfile(member).read()) for member in tar]
    listed = json.loads(good[0][1])

    def pack(entries, **more):
        with tarfile.open("hostile.tar", "w") as tar:
            for name, content in entries:
                entry(tar, name, content)
            for name, kind in more.items():
                entry(tar, name, **kind)

    def told(**changes):
        return [("dxready-backup.json", json.dumps({**listed, **changes}).encode())] + good[1:]

    def among(*entries):
        return good[:-1] + list(entries) + good[-1:]

    name, content = good[2]
    for what, entries in {
            "a path that leads out": among(("../escaped", b"x")), "an absolute one": among(("/tmp/escaped-of-dxready", b"x")),
            "a file of evidence under another hash": good[:2] + [(name[:-1] + ("0" if name[-1] != "0" else "1"), content)] + good[3:],
            "evidence with a path in its name": among(("evidence/../../escaped", b"x")), "more behind its end": good + [good[2]],
            "no end": good[:-1], "two ends": good + good[-1:], "an end that says nothing": good[:-1] + [(good[-1][0], b"{}")],
            "an end that says of more losses": good[:-1] + [(good[-1][0], good[-1][1].replace(b"0", b"1"))],
            "another order": [good[1], good[0]] + good[2:], "no database": [good[0]] + good[2:], "no list": good[1:], "nothing": [],
            "less evidence than listed": good[:3] + good[-1:], "the same file twice": among(good[2]), "another count": told(dossiers=2),
            "a negative count": told(files=-1), "another hash": told(hash="0" * 64), "no hash": told(hash=None),
            "a list that is no JSON": [("dxready-backup.json", b"[1")] + good[1:],
            "a long list": [("dxready-backup.json", good[0][1] + b" " * (1 << 17))] + good[1:],
            "another kind": told(kind="dump"), "a longer database": told(bytes=listed["bytes"] + 1),
            "evidence that is too large": among(("evidence/" + "0" * 64, b"x" * (6 << 20)))}.items():
        pack(entries)
        is_refused(restore("hostile.tar"), "hostile.tar", what)
    pack(told(format=2))
    is_refused(restore("hostile.tar"), "newer dxready", "what a newer program made")
    for kind, more in {"a link": {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}, "a hard link": {"type": tarfile.LNKTYPE, "linkname": "dxready.db"},
                       "a folder": {"type": tarfile.DIRTYPE}, "a device": {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3}}.items():
        pack(good, **{"evidence/" + "0" * 64: more})
        is_refused(restore("hostile.tar"), "no plain file", kind)
    report(not any(os.path.exists(path) for path in ("../escaped", "escaped", "/tmp/escaped-of-dxready")), "nothing was written elsewhere")


def lost(server):
    """A row whose file is gone: the rest is worth keeping, and it is said."""
    folder = server.db + ".evidence"
    paths = sorted(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names)
    content = open(paths[0], "rb").read()
    with open(paths[0], "wb") as file:
        file.write(content[:-1] + b"!")
    done = backup(server, "lost.tar")
    report(done.returncode == 3 and "1 files of evidence are missing" in done.stderr and os.path.basename(paths[0]) in done.stderr, "a damaged file is named", done.stderr)
    os.unlink(paths[0])
    done = backup(server, "lost.tar", "--force", "--json")
    report(done.returncode == 3 and json.loads(done.stdout)["lost_files"] == 1, "one that is gone is counted", f"{done.stdout} {done.stderr}")
    done = restore("lost.tar")
    report(done.returncode == 3 and "missing already" in done.stderr and made() == ["new.db", "new.db.evidence"], "the rest is brought back, and it is said again", f"{done.returncode} {done.stderr}")
    os.unlink("new.db")
    shutil.rmtree("new.db.evidence")
    with open(paths[0], "wb") as file:
        file.write(content)


def beside_writers(server):
    """Copies made while somebody writes all the time are each of one moment."""
    begun, end = threading.Event(), threading.Event()

    def write():
        with sqlite3.connect(server.db, timeout=20, isolation_level=None) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("CREATE TABLE pair (a, b, c)")
            db.executemany("INSERT INTO pair VALUES (?, ?, ?)", [(0, 0, os.urandom(2000)) for _ in range(4000)])
            db.execute("COMMIT")
            begun.set()
            number = 0
            while not end.is_set():
                number += 1
                db.execute("BEGIN IMMEDIATE")
                db.execute("UPDATE pair SET a = ? WHERE rowid = 1", (number,))
                db.execute("UPDATE pair SET b = ? WHERE rowid = 3999", (number,))
                db.execute("COMMIT")
                time.sleep(0.002)
        writers.append(number)

    writers = []
    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(20)
    for number in range(3):
        begin = time.monotonic()
        done = backup(server, f"beside-{number}.tar")
        took = time.monotonic() - begin
        fine = done.returncode == 0 and took < 20
        if fine:
            with tarfile.open(f"beside-{number}.tar") as tar, open("beside.db", "wb") as file:
                file.write(tar.extractfile("dxready.db").read())
            with sqlite3.connect("beside.db") as db:
                fine = db.execute("SELECT (SELECT a FROM pair WHERE rowid = 1) = (SELECT b FROM pair WHERE rowid = 3999)").fetchone()[0]
        report(fine, f"beside who writes all the time, copy {number} is of one moment", f"{took:.1f} s {done.stderr}")
    end.set()
    thread.join()
    with sqlite3.connect(server.db, timeout=20) as db:
        db.execute("DROP TABLE pair")


def killed():
    """Whenever it is killed: no half of a backup or a database stands under its name."""
    halves = []
    for _ in range(10):
        process = subprocess.Popen([DXREADY, "restore", "whole.tar", "--db", "new.db"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(BYTES.uniform(0.005, 0.06))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if os.path.exists("new.db") and len([1 for _, _, names in os.walk("new.db.evidence") for _ in names]) != 2:
            halves.append(made())
        for path in made():
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    report(not halves, "a database under its name has all of its files", halves)


server = Server()
person = Browser(server)
person.begin()
for question, content in (("1.1", PDF), ("1.2", PDF + b"2")):
    report(person.upload(question, content), "a file of evidence is taken", f"{person.status} {person.text[-500:]}")
with WorkFolder():
    whole(server, person)
    sealed(server)
    damaged()
    hostile()
    lost(server)
    beside_writers(server)
    killed()
    for words, word in ((["backup"], "a file is needed"), (["backup", "-"], "needs a file"), (["backup", "x", "--new-key", "y"], "only makes keys"),
                        (["backup", "x.tar", "--db", "none.db"], "none.db"), (["backup", "none/x.tar", "--db", server.db], "none"),
                        (["restore", "whole.tar", "--db", "none/x.db"], "none"), (["backup", server.db, "--db", server.db, "--force"], "cannot be")):
        done = run(*words, lang="en")
        report(done.returncode != 0 and word in done.stderr and done.stderr.count("\n") == 1, f"refused: {' '.join(words)[:40]}", done.stderr)
    report(not [name for name in os.listdir(".") if ".tmp" in name or "restoring" in name], "nothing half-done is left", os.listdir("."))
server.stop()
finish()
