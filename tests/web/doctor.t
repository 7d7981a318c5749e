#!/usr/bin/env python3
"""dxready doctor: each thing that goes wrong with an installation is seen, and said in one sentence with its remedy."""
import datetime
import glob
import json
import os
import shutil

from client import Browser, Server
from tool import PDF, WorkFolder, finish, report, run, same

ROOT = os.getcwd()
CHECKS = {"structure", "durability", "evidence", "backup", "access", "space", "quota", "clock", "data", "accounts", "mail", "requests"}


def look(server, *options):
    done = run("doctor", "--db", server.db, "--json", *options)
    found = json.loads(done.stdout)
    same(done.returncode, 1 if found["attention"] else 0, "the exit code says whether there is something to look at")
    return found, {item["check"]: item["text"] for item in found["findings"] if item["needs_attention"]}


def healthy(server):
    before = open(server.db, "rb").read()
    found, bad = look(server)
    same({item["check"] for item in found["findings"]}, CHECKS, "every check says something")
    report("backup" in bad and not bad.keys() & {"structure", "durability", "evidence", "access", "quota", "clock"}, "only what is not there needs attention", bad)
    report(open(server.db, "rb").read() == before, "nothing is written")
    policies = [json.load(open(path, encoding="utf-8")) for path in glob.glob(f"{ROOT}/policies/*/*.json")]
    policies = [policy for policy in policies if policy.get("kind") == "policy" and not policy.get("example")]
    unread, unknown = sum(p["certainty"] != "read" for p in policies), sum(p.get("open", {}).get("state", "unknown") == "unknown" for p in policies)
    said = [item["text"] for item in look(server, "--lang", "en")[0]["findings"] if item["check"] == "data"]
    report(any(text.startswith(f"{unread} of {len(policies)} policies") if unread else text == f"All {len(policies)} policies were compared with the text of the law."
               for text in said), "how many policies were not read", said)
    report([f"of {unknown} of {len(policies)} policies" in text for text in said if "takes applications" in text or "take applications" in text] == [True] * bool(unknown),
           "and of how many it is not known whether they are open", said)
    for lang, words in (("vi", ("Cơ sở dữ liệu nguyên vẹn: 1 đơn vị", "Chưa có bản sao lưu nào", "[ổn]", "[cần xem]")),
                        ("en", ("The database is whole: 1 enterprises", "There is no backup yet", "[fine]", "[look]"))):
        done = run("doctor", "--db", server.db, lang=lang)
        report(all(word in done.stdout for word in words), f"{lang}: in sentences", done.stdout)
        lines = done.stdout.splitlines()
        report(all(line.startswith("[") and line.endswith(".") for line in lines) and lines[0].startswith(words[3]), f"{lang}: what needs attention comes first", done.stdout)


def backups(server):
    run("backup", "a.tar", "--db", server.db)
    _, bad = look(server)
    report("backup" not in bad, "a backup is noted", bad)
    old = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%SZ")
    server.sql("UPDATE store_key SET value = CAST(? AS BLOB) WHERE name = 'last-backup'", old)
    _, bad = look(server, "--lang", "en")
    report("more than 7 days ago" in bad.get("backup", ""), "an old one is old", bad)
    run("backup", "b.tar", "--db", server.db)


def evidence(server):
    path = glob.glob(server.db + ".evidence/??/*")[0]
    content = open(path, "rb").read()
    for what, change in (("shorter", lambda: open(path, "wb").write(content[:-1])), ("missing", lambda: os.unlink(path)), ("a folder", lambda: os.mkdir(path))):
        change()
        _, bad = look(server, "--lang", "en")
        report(os.path.basename(path) in bad.get("evidence", "") and "1 of 2 files" in bad["evidence"], f"a file that is {what}", bad)
    os.rmdir(path)
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, 0o600)


def access(server):
    os.chmod(server.db, 0o644)
    _, bad = look(server, "--lang", "en")
    report("chmod go=" in bad.get("access", "") and server.db in bad["access"], "a database that others may read", bad)
    os.chmod(server.db, 0o600)


def quota(server):
    server.sql("UPDATE evidence SET size = 9 * 1024 * 1024 * 1024")
    _, bad = look(server, "--lang", "en")
    report("90 % of the 20,480 MiB" in bad.get("quota", ""), "room for evidence that comes to its end", bad)
    report("evidence" in bad, "sizes that are not those of the files", bad)


def clock(server):
    for what, years in (("behind", 3), ("ahead", -3)):
        known = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=365 * years)).strftime("%Y-%m-%dT08:00:00Z")  # the same day in Vietnam
        server.sql("INSERT INTO store_key (name, value) VALUES ('newest-time', CAST(?1 AS BLOB)) ON CONFLICT (name) DO UPDATE SET value = CAST(?1 AS BLOB)", known)
        _, bad = look(server, "--lang", "en")
        report(f"{known[8:10]}/{known[5:7]}/{known[:4]}" in bad.get("clock", ""), f"a clock that is {what}", bad)
    server.sql("DELETE FROM store_key WHERE name = 'newest-time'")


def people(server):
    """Accounts without a second factor, mail that was not sent, requests that nobody answered."""
    run("user", "add", "le.thi.mau", "Lê Thị Mẫu", "--role", "officer", "--area", "all", "--db", server.db)
    server.sql("INSERT INTO outbox (id, name, kind, owner_kind, owner, about, while_state, address, lang, detail, made_at, state, attempts, not_before, changed_at)"
               " VALUES (1, 'x', 'verified', 'account', 1, 0, '', 'a@b.vn', 'vi', '', '2026-01-05T08:00:00Z', 'failed', 6, 0, '2026-01-05T08:00:00Z')")
    server.sql("INSERT INTO data_request (id, dossier, kind, text, asked_at, due_on, state, answered_at, account, answer)"
               " SELECT 1, id, 'erasure', '', '2026-01-05T08:00:00Z', '2026-01-07', 'open', '', 0, '' FROM dossier LIMIT 1")
    _, bad = look(server, "--lang", "en")
    report("1 of 1 accounts" in bad.get("accounts", ""), "an account without a second factor", bad)
    report("1 reminders could not be sent" in bad.get("mail", ""), "mail that was not sent", bad)
    report("1 of 1 requests" in bad.get("requests", ""), "a request that is overdue", bad)


def structure(server):
    """A row that names another one that is not there; then pages that are no pages."""
    server.sql("INSERT INTO dossier_event (id, dossier, kind, at, actor, text) VALUES (99, 12345678, 'returned', '2026-11-23T08:00:00Z', 'system', '')")
    _, bad = look(server, "--lang", "en")
    report("is damaged" in bad.get("structure", ""), "a row that names nothing", bad)
    shutil.copyfile(server.db, "broken.db")
    with open("broken.db", "r+b") as file:
        size = os.path.getsize("broken.db")
        for page in range(3, size // 4096, 3):
            file.seek(page * 4096 + 100)
            file.write(b"\xff" * 2000)
    done = run("doctor", "--db", "broken.db", lang="en")
    report(done.returncode in (1, 3) and ("damaged" in done.stdout + done.stderr or "malformed" in done.stdout + done.stderr), "a file that is broken is said to be, and nothing dies", f"{done.returncode} {done.stdout} {done.stderr}")


def data(server):
    os.makedirs("own/questionnaires")
    with open("own/questionnaires/bad.json", "w", encoding="utf-8") as file:
        file.write('{"kind": "questionnaire"}')
    _, bad = look(server, "--data", "own")
    report("bad.json" in bad.get("data", ""), "data files with a fault", bad)


server = Server()
person = Browser(server)
person.begin()
for question, content in (("1.1", PDF), ("1.2", PDF + b"2")):
    report(person.upload(question, content), "a file of evidence is taken", f"{person.status} {person.text[-500:]}")
run("import", sorted(glob.glob("tests/data/demo/responses/*.json"))[0], "--db", server.db)
server.stop()
with WorkFolder():
    healthy(server)
    backups(server)
    evidence(server)
    access(server)
    clock(server)
    quota(server)
    people(server)
    structure(server)
    data(server)
    done = run("doctor", "--db", "none.db", lang="en")
    report(done.returncode == 1 and "none.db" in done.stderr and not os.path.exists("none.db"), "no database", done.stderr)
finish()
