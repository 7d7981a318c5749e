#!/usr/bin/env python3
"""The journey of an enterprise, as a program sees it: begin, answer, check, submit, come back."""
import json
import re
import subprocess

from client import DXREADY, Browser, Server, told_of_options
from tool import finish, report

server = Server("--round", "2026", "--contact", "Sở KHCN, 0220 1234567")
report("http://127.0.0.1" in server.line and server.line.count("\n") == 1, "serve says in one line where to look")



class Reader(Browser):
    """Keeps what it was sent."""
    pages = []

    def send(self, *request):
        fine = super().send(*request)
        self.pages.append(self.text)
        return fine


one = Reader(server)
report(one.get("/") and "Sở KHCN, 0220 1234567" in one.text, "the first page names who helps", one.text[:500])
policy = one.headers["Content-Security-Policy"]
report("default-src 'none'" in policy and "unsafe" not in policy, "a strict policy forbids scripts in pages")
for path in ("/", "/bat-dau", "/tiep-tuc", "/tro-giup", "/du-lieu-ca-nhan", "/tiep-can"):
    vietnamese, english = Browser(server), Browser(server, "/en")
    both = vietnamese.get(path) and english.get(path)
    report(both and '<html lang="vi">' in vietnamese.text and '<html lang="en">' in english.text and
           f'href="/en{path}"' in vietnamese.text or 'name="lang" value="en"' in vietnamese.text,
           f"{path} is there in both languages, each leads to the other")
report(one.get("/healthz") and one.text == "ok\n" and one.get("/readyz") and one.text == "ready\n", "it says how it is")
report(not one.get("/gi-do") and one.status == 404 and "Về trang đầu" in one.text, "what is not there leads to the start")

# ---- beginning ----
one.get("/bat-dau")
report(not one.post("/bat-dau", tax_code="123", size="micro") and one.status == 422 and "<title>Lỗi:" in one.text and
       'value="123"' in one.text and 'href="#form"' in one.text and 'href="#tax_code"' in one.text,
       "faults are listed with links, what was typed stays", one.text[:1500])
one.post("/bat-dau", form="household", no_tax_code="1", size="micro")
report(one.status == 200 and one.text.count('name="questionnaire"') >= 2 and
       one.text.index("household-quick@1") < one.text.index("dbi-sme@2021"),
       "several fit: the shortest is offered first to a household")
reference = one.begin()
secret = one.secret
report(re.fullmatch(r"CDS-\d\d-\d{7}", reference) is not None, "there is a reference and a secret")
stored = open(server.db, "rb").read()
report(secret.replace(" ", "").encode() not in stored and secret.encode() not in stored, "the secret itself is not stored")
report(one.get(f"/ho-so/{reference}/the.pdf") and one.body[:5] == b"%PDF-", "the code can be kept as a card")
one.get(f"/ho-so/{reference}")
report("Chưa bắt đầu" in one.text and one.text.count('class="task"') == 5, "the list of tasks: facts and four sections")

# ---- facts ----
one.get(f"/ho-so/{reference}/thong-tin/3")
one.post(f"/ho-so/{reference}/thong-tin/3", employees="abc", revenue_vnd="1.200.000.000", base=one.base)
report(one.status == 422 and 'value="abc"' in one.text and "1.200.000.000" in one.text, "what is wrong is said, the rest saved")
one.get(f"/ho-so/{reference}/thong-tin/3")
report("Đã hiểu là 1.200.000.000" in one.text, "the page says how it understood a number", one.text[:2000])
one.fact(3, employees="5", female_employees="9")
report(one.status == 422 and "female" not in re.sub(r"<[^>]*>", "", one.text), "facts that contradict each other are refused")
one.get(f"/ho-so/{reference}/thong-tin/3")
one.post(f"/ho-so/{reference}/thong-tin/3", employees="5", female_employees="3")
report("/thong-tin/4" in one.path, "and taken once they agree", one.text[-800:])
one.fact(1, name="Quán phở Bà Tám", area="hai-duong")
one.fact(2, founded_on__d="1", founded_on__m="2", founded_on__y="2020")
one.get(f"/ho-so/{reference}/thong-tin/2")
report('name="founded_on.d" id="founded_on" value="01"' in one.text, "a date comes back in three fields")

# ---- answers, in two windows ----
one.get(f"/ho-so/{reference}/trang/1")
names, base = one.names(), one.base
one.post(f"/ho-so/{reference}/trang/1", {names[0]: "1", "base": base})
one.post(f"/ho-so/{reference}/trang/1", {names[1]: "2", "base": base})
one.get(f"/ho-so/{reference}/trang/1")
report(one.text.count("checked") == 2, "two windows with different answers: both are kept")
one.post(f"/ho-so/{reference}/trang/1", {names[0]: "3", "base": base})
report(one.status == 422 and "cửa sổ khác" in one.text, "the same question in both: asks which one holds")
one.post(f"/ho-so/{reference}/trang/1", {names[0]: "3", "base": one.base})
report(one.status == 200 and "/trang/1" not in one.path, "and takes what is then chosen")
one.get(f"/ho-so/{reference}/trang/1")
one.post(f"/ho-so/{reference}/luu", [("of", names[2]), (names[2], "2"), ("base", "00000000"), ("token", one.token)],
         headers={"Accept": "application/json"}, follow=False)
said = json.loads(one.text)
report(one.status == 200 and re.fullmatch(r"\d\d:\d\d", said["saved"]) and len(said["base"]) == 8, "the script saves one answer", one.text)
one.post(f"/ho-so/{reference}/trang/1", {names[0]: "1", "lang": "en", "base": ""})
report(one.path == f"/en/ho-so/{reference}/trang/1", "the other language keeps the place, and saves", one.path)

# ---- one question a page, and on paper ----
one.get(f"/ho-so/{reference}/cau/2")
report(one.names() == ["q.1.2"] and 'href="/ho-so/' in one.text and "Câu 2/12" in one.text, "a question can stand alone", one.text[:900])
one.post(f"/ho-so/{reference}/cau/2", {"q.1.2": "3", "base": one.base})
report(one.path == f"/ho-so/{reference}/cau/3", "and leads to the next one", one.path)
one.get(f"/ho-so/{reference}/trang/1")
report(re.search(r'name="q.1.2"[^>]*value="3" checked', one.text) is not None, "its answer is that of the page of several")
report(not one.get(f"/ho-so/{reference}/cau/13") and one.status == 404, "there is no question beyond the last")
report(one.get("/phieu-giay/thong-tin-them") and one.body[:5] == b"%PDF-", "the sheet of further facts")
report(one.get("/phieu-giay/household-quick@1") and one.body[:5] == b"%PDF-" and not one.get("/phieu-giay/x@1") and one.status == 404,
       "the blank form comes as a PDF")

# ---- a session that is over ----
server.sql("UPDATE session SET used_at = '2020-01-01T00:00:00Z'" if any(
    c[1] == "used_at" for c in server.sql("PRAGMA table_info(session)")) else "DELETE FROM session")
one.get("/bat-dau")
server.sql("DELETE FROM session")
one.post(f"/ho-so/{reference}/trang/2", {"q.2.1": "2", "base": ""}, follow=False)
report(one.status == 403 and "Những gì vừa nhập được giữ" in one.text and "q.2.1=2" in one.text, "a form comes back with its answers")
kept = re.search(r'name="body" value="([^"]*)"', one.text).group(1).replace("&amp;", "&")
one.post("/tiep-tuc", reference=reference, secret="0000 0000 0000", path=f"/ho-so/{reference}/trang/2", body=kept)
report(one.status == 403 and "q.2.1=2" in one.text, "and once more after a wrong code")
one.post("/tiep-tuc", reference=reference.lower(), secret=secret.lower().replace(" ", "-"), path=f"/ho-so/{reference}/trang/2", body=kept)
report(one.status == 200 and "/phan/" in one.path or "/trang/" in one.path, "with the right one it is saved", one.path)
one.get(f"/ho-so/{reference}/trang/2")
report(one.text.count("checked") == 1, "nothing was lost")

stranger = Browser(server)
stranger.resume(reference, secret, path=f"/ho-so/{reference}/khong-co", body="")
report(stranger.status == 200 and stranger.path == f"/ho-so/{reference}", "an address that there is not leads to the list of tasks", stranger.path)

# ---- killed between two clicks ----
one.get(f"/ho-so/{reference}/trang/3")
one.post(f"/ho-so/{reference}/trang/3", {"q.3.1": "2", "base": one.base})
server.kill()
server.start()
one.get(f"/ho-so/{reference}/trang/3")
report(one.status == 200 and one.text.count("checked") == 1, "kill -9: what was answered is there, and so is the session")

# ---- submit ----
one.answer_all()
one.get(f"/ho-so/{reference}/kiem-tra")
report("Mọi câu đã được trả lời" in one.text and 'id="consent"' in one.text and "checked" not in one.text, "all is checked; consent is not given by default")
report(not one.post(f"/ho-so/{reference}/kiem-tra") and one.status == 422, "nothing is submitted without consent")
report(one.submit() and one.headers["Location"] == f"/ho-so/{reference}/ket-qua", "submitted", one.text[-900:])
report(one.submit() and one.headers["Location"] == f"/ho-so/{reference}/ket-qua", "and once more: the same answer")
listed = json.loads(subprocess.run([DXREADY, "list", "--db", server.db, "--json"], capture_output=True, check=True).stdout)
rows = listed if isinstance(listed, list) else listed.get("assessments", listed.get("rows"))
report(len(rows) == 1 and rows[0]["name"] == "Quán phở Bà Tám" and rows[0]["round"] == "2026", "it is an assessment of the round", str(listed)[:400])
one.get(f"/ho-so/{reference}/trang/1")
report(one.status == 409, "answers are closed then")

told, secrets = told_of_options("household-quick@1", Reader.pages)
report(told == 48 and not secrets, "every option was shown, and nowhere what officers look for", f"{told} {secrets[:3]}")

# ---- others ----
two = Browser(server)
report(not two.get(f"/ho-so/{reference}") and two.status == 403, "nobody else can open it")
report(not two.get("/ho-so/CDS-26-9999993") and two.status in (403, 404), "nor learn whether there is one")
two.begin()
two.answer_all()
two.fact(1, name="Quán phở Bà Tám", area="hai-duong")
report(not two.submit() and two.status == 409 and "Đợt 2026 đã có kết quả" in two.text, "one enterprise has one result a round; the second asks for help",
       f"{two.status} {two.text[-700:]}")
three = Browser(server)
tries = 0
while three.resume(reference, "0000 0000 0000") or three.status == 403:
    tries += 1
report(three.status == 429 and 3 <= tries <= 5 and "Retry-After" in three.headers, "guessing a code is slowed down", f"{tries} {three.status}")
report("Bà Tám" not in server.logged() and secret not in server.logged() and "q.1.1" not in server.logged(), "the log has no data of anybody")
report(server.stop() == 0, "it stops when it is asked to")
counted = {(page, kind): count for page, kind, count in server.sql("SELECT page, kind, SUM(number) FROM measure GROUP BY page, kind")}
report(counted.get(("household-quick@1/trang/1", "shown")) == 2 and counted.get(("household-quick@1/trang/1", "saved")) == 2,
       "pages are counted by the day, without a name (a kill -9 forgets a minute of it)", str(counted))
told = json.loads(subprocess.run([DXREADY, "pages", "--db", server.db, "--json", "--internal"], capture_output=True, check=True).stdout)
told = {(f"{q['questionnaire']}/{'thong-tin' if p['kind'] == 'facts' else 'trang'}/{p['number']}", kind): p[kind]
        for q in told["questionnaires"] for p in q["pages"] for kind in ("shown", "saved", "faults") if p[kind]}
report(told == counted, "dxready pages tells what was counted", f"{told} {counted}")
finish()
