#!/usr/bin/env python3
"""What the server does by itself: files of evidence that nothing needs go, and drafts that nobody changes."""
import datetime
import glob
import json
import os
import re
import time

from client import Browser, Server, wait_until
from tool import PDF, finish, report

HOUR = 3600
SWEPT = re.compile(r"^ts=\S+Z lvl=info evt=sweep files=(\d+) bytes=(\d+)$", re.M)


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
    report(one.upload(question, content), "a file of evidence is taken", f"{one.status} {one.text[-500:]}")
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
report(one.upload("1.1", PDF) and os.path.exists(orphan), "the same file can be sent again")

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

# ---- drafts that nobody changes ----
NAME = "Cơ sở Gốm Chu Đậu Bỏ Dở"
DAY = datetime.timedelta(days=1)
JSON = {"Accept": "application/json"}
server = Server("--keep-drafts", "30", "--round", "2026")
PURGED = re.compile(r"^ts=\S+Z lvl=info evt=purge drafts=(\d+) files=(\d+)$", re.M)


def in_vietnam():
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=7)


while in_vietnam().hour == 23 and in_vietnam().minute >= 57:  # no other day may begin within this test
    time.sleep(5)
today = in_vietnam().date()


def state(browser):
    return server.sql("SELECT state FROM dossier WHERE id = ?", browser.number())[0][0]


def changed(browser, days):
    """As if it had been changed last so many days ago, at noon."""
    server.sql("UPDATE dossier SET changed_at = ? WHERE id = ?", f"{today - days * DAY}T05:00:00Z", browser.number())


def fill(name):
    browser = Browser(server)
    browser.begin()
    browser.fact(1, name=name, area="hai-duong")
    return browser


old, young, done, amended, evident = fill(NAME), fill("Quán Trà Đá"), fill("Tiệm May"), fill("Tiệm Bánh"), fill("Tiệm Vàng")
for browser in (done, amended):
    browser.answer_all()
    browser.submit()
amended.get(f"/ho-so/{amended.reference}/trang-thai")
amended.post(f"/ho-so/{amended.reference}/sua")
report(state(amended) == "draft", "a submitted dossier that is open for changes is a draft again")
for browser, content in ((old, PDF + b"3"), (young, PDF + b"4"), (evident, PDF + b"5")):
    browser.upload("1.1", content)

end = f"{today + 30 * DAY:%d/%m/%Y}"
for path in ("", "/ma"):
    for prefix, words in (("", f"không ai sửa trong 30 ngày sẽ tự động bị xóa. Nếu không sửa gì thêm, hồ sơ này bị xóa ngày {end}"),
                          ("/en", f"nobody changes for 30 days is deleted. Without another change this one is deleted on {end}")):
        old.send("GET", f"{prefix}/ho-so/{old.reference}{path}")
        report(words in old.text, f"{prefix}/ho-so/...{path}: the owner is told when the draft ends", old.text[-3000:])
        done.send("GET", f"{prefix}/ho-so/{done.reference}{path}")
        report(done.status == 200 and "30 " not in re.sub(r"<[^>]*>", "", done.text).replace(":30 ", ""), f"{prefix}/ho-so/...{path}: nothing of the kind where it was submitted",
               done.text[-2000:])
    for browser, said in ((old, f"{today + 30 * DAY}"), (done, None), (amended, None)):
        browser.get(f"/ho-so/{browser.reference}{path}", **JSON)
        report(json.loads(browser.text)["draft_ends_on"] == said, f"/ho-so/...{path} as JSON: {said}", browser.text[:400])
for path in ("/trang-thai", "/du-lieu"):
    old.get(f"/ho-so/{old.reference}{path}", **JSON)
    report(json.loads(old.text)["dossier"]["draft_ends_on"] == f"{today + 30 * DAY}", f"/ho-so/...{path} as JSON", old.text[:400])
report(old.get(f"/ho-so/{old.reference}/du-lieu") and "Tự động xóa nếu không sửa" in old.text and end in old.text and "trong 30 ngày" in old.text,
       "and the page of one's own data", old.text[-3000:])
for prefix, words in (("", "trong 30 ngày thì tự động bị xóa"), ("/en", "for 30 days, is deleted together with its evidence")):
    old.send("GET", prefix + "/du-lieu-ca-nhan")
    report(words in old.text, f"{prefix}/du-lieu-ca-nhan says so, too", old.text[-2500:])
changed(old, 20)
report(old.get(f"/ho-so/{old.reference}") and "notice warn" in old.text and f"{today + 10 * DAY:%d/%m/%Y}" in old.text, "two weeks before, it is a warning", old.text[-2500:])
changed(young, 15)
report(young.get(f"/ho-so/{young.reference}") and "notice warn" not in young.text, "not earlier")

changed(old, 30)
changed(young, 29)
for browser in (done, amended, evident):
    changed(browser, 400)
report(evident.upload("1.2", PDF + b"6"), "a file of evidence is sent")
evidence = {row[1]: f"{server.db}.evidence/{row[0][:2]}/{row[0]}" for row in server.sql("SELECT hash, dossier FROM evidence ORDER BY id")}
server.stop()
server.start()
report(wait_until(lambda: PURGED.search(server.logged())), "soon after the start the log says that drafts were erased", server.logged()[-800:])
report(PURGED.search(server.logged()).groups() == ("1", "1"), "it counts them and their files", PURGED.search(server.logged()).group(0))
report(state(old) == "erased", "a draft that nobody changed for 30 days is erased")
report(not os.path.exists(evidence[old.number()]) and os.path.exists(evidence[young.number()]), "with its evidence, and with no other")
report(state(young) == "draft", "one that was changed 29 days ago stays")
report(state(done) == "submitted" and state(amended) == "draft", "what was submitted stays, also while it is open for changes")
report(state(evident) == "draft", "sending evidence is a change")
report(server.sql("SELECT kind, actor, text FROM dossier_event WHERE dossier = ? ORDER BY id DESC LIMIT 1", old.number()) == [("expired", "system", "")],
       "the event is noted")
report(NAME.encode() not in open(server.db, "rb").read() and NAME.split()[2] not in server.logged(), "and nobody's name is left, nor in the log")
old.get(f"/ho-so/{old.reference}")
report(old.status == 403, "its session is over", str(old.status))
report(not old.resume(old.reference, old.secret) and old.status in (403, 422) and "không ai sửa trong 30 ngày thì đã tự động bị xóa" in old.text,
       "who comes back reads why the code does not work", f"{old.status} {old.text[-2500:]}")
server.stop()

# ---- kept for ever ----
server.options = ("--keep-drafts", "0", "--round", "2026")
changed(young, 4000)
server.start()
time.sleep(2.5)
report(state(young) == "draft", "--keep-drafts 0 keeps them")
young.resume(young.reference, young.secret)
report(young.get(f"/ho-so/{young.reference}") and "bị xóa" not in young.text, "and promises nothing", young.text[-2000:])
young.get("/du-lieu-ca-nhan")
report("tự động bị xóa" not in young.text, "nor does the page about personal data")
server.stop()
server.options = ("--round", "2026")
server.start()
young.resume(young.reference, young.secret)
report(wait_until(lambda: state(young) == "erased"), "without the option it is 180 days")
server.stop()
finish()
