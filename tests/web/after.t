#!/usr/bin/env python3
"""What follows submission: status, questions of officers, evidence, one's own data, withdrawing and erasure."""
import glob
import json
import os
import re
import subprocess
import tempfile

from client import DXREADY, Browser, Server
from tool import PDF, Folder, finish, report

NAME = "Cơ sở Gốm Chu Đậu Thử Nghiệm"
LOCKED = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 2 0 R")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
JSON = {"Accept": "application/json"}
RECEIVED = "2026-11-24T01:00:00Z"
ASKED = "2098-11-24T01:00:00Z"  # after all files came

data = Folder(questionnaires=("questionnaires/household-quick@1.json", "tests/data/all-types@1.json"),
              shared=("policies", "reports"))
server = Server("--round", "2026", "--contact", "Sở KHCN, 0220 1234567", "--data", data.path)


def url(browser, rest=""):
    return f"/ho-so/{browser.reference}{rest}"


def upload(browser, question, content, name="tệp.pdf", token=None, follow=True, headers=None, field="file"):
    line = b"----line7d1"
    parts = [b'Content-Disposition: form-data; name="token"\r\n\r\n' + (token or browser.token).encode()]
    if content is not None:
        parts.append(f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'.encode() +
                     b"Content-Type: text/html\r\n\r\n" + content)
    body = b"".join(b"--" + line + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + line + b"--\r\n"
    browser.send("POST", browser.prefix + url(browser, f"/minh-chung/{question}"), body,
                 {"Content-Type": "multipart/form-data; boundary=" + line.decode(), **(headers or {})})
    return browser.status < 400 and (not follow or browser.follow())


def files():
    return sorted(os.path.basename(path) for path in glob.glob(server.db + ".evidence/??/*"))


def state(browser):
    return server.sql("SELECT state FROM dossier WHERE id = ?", browser.number())[0][0]


def counted():
    done = subprocess.run([DXREADY, "stats", "--db", server.db, "--data", data.path, "--json", "--internal"], capture_output=True)
    return json.loads(done.stdout)


def ask(browser, question, text, due=""):
    server.sql("INSERT INTO dossier_question (dossier, question, text, asked_at, due_on, reply, replied_at) "
               "VALUES (?, ?, ?, ?, ?, '', '')", browser.number(), question, text, ASKED, due)
    return server.sql("SELECT max(id) FROM dossier_question")[0][0]


def happened(browser, kind, to):
    server.sql("INSERT INTO dossier_event (dossier, kind, at, actor, text) VALUES (?, ?, ?, 'officer', '')",
               browser.number(), kind, RECEIVED)
    server.sql("UPDATE dossier SET state = ?, version = version + 1 WHERE id = ?", to, browser.number())


def fill(browser, name=NAME):
    browser.begin(questionnaire="household-quick@1")
    browser.fact(1, name=name, area="hai-duong")
    browser.answer_all()


one, two = Browser(server), Browser(server)
fill(one)
fill(two, "Tiệm Sửa Xe Bên Cạnh")
q1, q2, q3 = re.findall(r'"id": "([^"]+)", "type"', open("questionnaires/household-quick@1.json").read())[:3] or ("1.1", "1.2", "1.3")

# ---- evidence ----
one.get(url(one, f"/minh-chung/{q1}"))
report(one.status == 200 and 'type="file"' in one.text and "căn cước" in one.text and "Chưa có tệp" in one.text, "the page of evidence", one.text[-1500:])
report("Có thể dùng làm minh chứng" in one.text or '"evidence"' not in open("questionnaires/household-quick@1.json").read(),
       "it says what counts as evidence")
for question in ("khong-co", "1.1.1.1.1", "..%2f..%2fetc", "%00"):
    one.get(url(one, f"/minh-chung/{question}"))
    report(one.status in (400, 404), f"no page for the question {question}", str(one.status))
one.get(url(one, f"/minh-chung/{q1}"))
for content, said, what in ((None, "Chưa chọn tệp", "no file"), (b"", "rỗng", "an empty file"), (HEIC, "Tương thích nhất", "HEIC"),
                            (LOCKED, "mật khẩu", "a PDF with a password"), (b"MZ" + b"\0" * 300, "không phải PDF", "a program"),
                            (b"<html><script>alert(1)</script>", "không phải PDF", "a page"), (PDF[:-7], "không phải PDF", "half a PDF"),
                            (PDF[:-6] + b" " * (5 << 20) + b"%%EOF\n", "5 MB", "a file that is too big")):
    upload(one, q1, content)
    report(one.status == 422 and said in one.text and "<title>Lỗi:" in one.text and 'href="#file"' in one.text, f"{what} is refused, and why is said",
           f"{one.status} {one.text[-2500:]}")
upload(one, q1, HEIC, headers=JSON)
said = json.loads(one.text)
report(one.status == 422 and said["faults"][0]["field"] == "file", "programs get the faults as JSON", one.text)
upload(one, q1, b"\0" * (6 << 20))
report(one.status == 413, "a body over the limit is 413", str(one.status))
report(files() == [], "nothing of what was refused is on the disk", str(files()))
one.get(url(one, f"/minh-chung/{q1}"))
report(not upload(one, q1, PDF, token="0" * 32) and one.status == 403, "a form without its token is refused")
report(not upload(one, q1, PDF, headers={"Origin": "https://evil.example"}) and one.status == 403, "and one of another site")
report(not upload(one, q1, PDF, field="other") and one.status == 400, "and a field that was not asked for")

one.get(url(one, f"/minh-chung/{q1}"))
upload(one, q1, PDF, "C:\\\\máy\\\\Hợp đồng <b>.pdf")
report(one.status == 200 and "Hợp đồng &lt;b&gt;.pdf" in one.text and "1 kB" in one.text and len(files()) == 1, "a PDF is taken, small as it is", one.text[-2000:])
upload(one, q1, PDF, "Hợp đồng <b>.pdf")
report(one.text.count("/xoa") == 1, "the same file again changes nothing")
upload(one, q1, PNG, "ảnh.png")
upload(one, q2, JPEG, "")
report(one.status == 200 and "minh-chung.jpg" in one.text and len(files()) == 3, "PNG and JPG too, without a name too", one.text[-2000:])
modes = {os.stat(path).st_mode & 0o777 for path in glob.glob(server.db + ".evidence/??/*")}
report(modes == {0o600}, "nobody else on the machine can read them", str(modes))

one.get(url(one, f"/minh-chung/{q1}"))
ids = [int(i) for i in re.findall(r"/tep/(\d+)\"", one.text)]
one.send("GET", url(one, f"/tep/{ids[0]}"))
disposition = one.headers["Content-Disposition"]
report(one.status == 200 and one.body == PDF and one.headers["Content-Type"] == "application/pdf" and disposition.startswith("attachment; filename=\"CDS-") and
       "filename*=UTF-8''H%E1%BB%A3p%20%C4%91%E1%BB%93ng%20_b_.pdf" in disposition, "it comes back as a download", str(one.headers))
report(any("sandbox" in value for value in one.headers.get_all("Content-Security-Policy")) and one.headers["X-Content-Type-Options"] == "nosniff" and
       one.headers["Cache-Control"] == "no-store", "that a browser cannot run")
one.send("GET", url(one, f"/minh-chung/{q1}"), headers=JSON)
report([f["type"] for f in json.loads(one.text)["evidence"]] == ["application/pdf", "image/png"], "programs get the list", one.text)


# a damaged copy is not handed out, and is whole again once it is sent again
copy = max((path for path in glob.glob(server.db + ".evidence/??/*")), key=lambda path: open(path, "rb").read() == PDF)
with open(copy, "r+b") as file:
    file.seek(20)
    file.write(b"~")
one.send("GET", url(one, f"/tep/{ids[0]}"))
report(one.status == 409 and "hỏng; hãy gửi lại đúng tệp đó" in one.text and "Content-Disposition" not in one.headers, "a damaged copy is told", f"{one.status} {one.text[-900:]}")
one.get(url(one, f"/minh-chung/{q1}"))
upload(one, q1, PDF, "Hợp đồng <b>.pdf")
one.send("GET", url(one, f"/tep/{ids[0]}"))
report(one.status == 200 and one.body == PDF, "and repaired by sending it again", str(one.status))

# a PDF that does something by itself, under the name of a program
ACTIVE = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /X << /S /#4aavaScript /JS (x) >>")
two.get(url(two, f"/minh-chung/{q3}"))
upload(two, q3, ACTIVE, "hoa\u202edon.exe")
active = re.findall(r"/tep/(\d+)\"", two.text)[0]
two.get(url(two, f"/tep/{active}"))
report(two.status == 200 and "Content-Disposition" not in two.headers and "tự chạy" in two.text and b"JavaScript" not in two.body,
       "who opens it is told first", f"{two.status} {two.headers} {two.text[-1500:]}")
two.post(url(two, f"/tep/{active}"))
report(two.status == 200 and two.body == ACTIVE and "filename*=UTF-8''hoa___don.exe.pdf" in two.headers["Content-Disposition"] and
       two.headers["Content-Disposition"].startswith("attachment") and any("sandbox" in value for value in two.headers.get_all("Content-Security-Policy")),
       "and gets it, as the PDF that it is, to keep and not to show", f"{two.status} {two.headers}")
two.send("GET", url(two, f"/tep/{active}"), headers=JSON)
report(two.status == 200 and two.body == ACTIVE, "programs get it at once")
two.get(url(two, f"/minh-chung/{q3}"))
two.post(url(two, f"/tep/{active}/xoa"))
report(len(files()) == 3, "it is taken away again", str(files()))

# so much may come from one address, and no more until it comes back
server.sql("UPDATE try_limit SET full_at = full_at + 86400 WHERE name LIKE 'evidence:%'")
upload(two, q3, PDF + b"% once more\n%%EOF\n")
report(two.status == 422 and "từ địa chỉ mạng này đã gửi quá nhiều tệp" in two.text and len(files()) == 3, "an address sends no more than its part",
       f"{two.status} {len(files())} {two.text[-900:]}")
server.sql("UPDATE try_limit SET full_at = full_at - 80000 WHERE name LIKE 'evidence:%'")

# the same file for another question
one.get(url(one, f"/minh-chung/{q2}"))
report('<select name="reuse"' in one.text and one.text.count("<option value=\"") == 3, "files of other questions are offered", one.text[-1800:])
one.post(url(one, f"/minh-chung/{q2}"), reuse="")
report(one.status == 422 and "Hãy chọn một tệp" in one.text, "none was chosen: that is said")
one.post(url(one, f"/minh-chung/{q2}"), reuse=str(ids[0]))
report(one.status == 200 and one.text.count("/xoa\"") == 2 and len(files()) == 3, "one file serves two questions", one.text[-1800:])

# others
two.get(url(two, f"/minh-chung/{q1}"))
for rest in (f"/tep/{ids[0]}", "/tep/999999", "/tep/0", "/tep/x"):
    two.send("GET", url(two, rest))
    report(two.status == 404, f"another's file is not there: {rest}", str(two.status))
two.get(url(two, f"/minh-chung/{q1}"))
two.post(url(two, f"/tep/{ids[0]}/xoa"))
report(two.status == 404 and len(files()) == 3, "nor can it be deleted")
two.get(url(two, f"/minh-chung/{q1}"))
two.post(url(two, f"/minh-chung/{q1}"), reuse=str(ids[0]))
report(two.status == 404, "nor used")
stranger = Browser(server)
for rest in ("/trang-thai", "/du-lieu", "/du-lieu.json", "/du-lieu.pdf", "/rut", "/rut-dong-y", "/xoa", f"/tep/{ids[0]}", f"/minh-chung/{q1}"):
    stranger.send("GET", url(one, rest))
    report(stranger.status == 403 and NAME not in stranger.text, f"without a session {rest} is closed", str(stranger.status))
for rest in ("/sua", "/rut", "/rut-dong-y", "/xoa", "/danh-gia-lai", "/tra-loi/1", f"/tep/{ids[0]}/xoa", f"/minh-chung/{q1}"):
    stranger.post(url(one, rest), reference=one.reference)
    report(stranger.status == 403, f"and cannot be sent to: {rest}", str(stranger.status))

# deleting: the file goes with its last row
one.get(url(one, f"/minh-chung/{q1}"))
one.post(url(one, f"/tep/{ids[0]}/xoa"))
report(one.status == 200 and len(files()) == 3, "a file that another question has stays")
one.send("GET", url(one, f"/minh-chung/{q2}"), headers=JSON)
left = {f["type"]: f["id"] for f in json.loads(one.text)["evidence"]}
one.get(url(one, f"/minh-chung/{q2}"))
one.post(url(one, f"/tep/{left['application/pdf']}/xoa"))
report(one.status == 200 and len(files()) == 2, "and goes with its last row", str(files()))
one.post(url(one, f"/tep/{left['application/pdf']}/xoa"))
report(one.status == 404, "twice is 404")
two.get(url(two, f"/minh-chung/{q1}"))
upload(two, q1, PNG, "giống hệt.png")
one.send("GET", url(one, f"/minh-chung/{q1}"), headers=JSON)
shared = json.loads(one.text)["evidence"][0]
one.get(url(one, f"/minh-chung/{q1}"))
one.post(url(one, f"/tep/{shared['id']}/xoa"))
two.send("GET", url(two, f"/minh-chung/{q1}"), headers=JSON)
two.send("GET", url(two, f"/tep/{json.loads(two.text)['evidence'][0]['id']}"))
report(two.status == 200 and two.body == PNG, "what another enterprise sent too stays for it")
one.get(url(one, f"/minh-chung/{q1}"))
upload(one, q1, PDF, "hợp đồng.pdf")
for i in range(22):
    upload(one, q3, PDF.replace(b"<<>>", b"<</N %d>>" % i), f"{i}.pdf")
report(one.status == 422 and "20 tệp" in one.text and len(files()) == 21, "twenty files of a dossier, not more", f"{one.status} {len(files())}")

# ---- submitted ----
report(one.submit() and two.submit(), "both are submitted", one.text[-800:])
one.get(url(one, "/trang-thai"))
report(one.status == 200 and "chờ cán bộ xem" in one.text and "Sở KHCN" in one.text and one.text.count("(chưa)") == 3 and
       'aria-current="step"' in one.text and "Mở lại để sửa" in one.text, "the time line", one.text)
for rest in (f"/minh-chung/{q1}", f"/tep/{ids[1]}/xoa"):
    one.post(url(one, rest))
    report(one.status in (404, 409), f"evidence is closed then: {rest}", str(one.status))
report(not upload(one, q1, PNG) and one.status == 409, "nothing is uploaded then", str(one.status))
one.get(url(one, f"/minh-chung/{q1}"))
report(one.status == 200 and 'type="file"' not in one.text and "/tep/" in one.text, "files are still there to see")

asked = ask(one, q1, "Hợp đồng này của <năm> nào?", "2099-11-30")
other = ask(two, q2, "Câu hỏi của hồ sơ khác")
whole = ask(one, "", "Vui lòng kiểm tra lại địa chỉ", "2020-01-02")
happened(one, "review-started", "reviewing")
one.get(url(one, "/trang-thai"))
report("08:00 24/11/2026" in one.text and "&lt;năm&gt;" in one.text and "Hạn trả lời: 30/11/2099" in one.text and "Về toàn bộ hồ sơ" in one.text and
       "quá hạn trả lời (02/01/2020)" in one.text and "Câu hỏi của hồ sơ khác" not in one.text and "Câu trả lời của đơn vị" in one.text,
       "what the officer asks stands beside the answer", one.text)
report("Mở lại để sửa" not in one.text and 'rut"' not in one.text, "an officer has begun: no more amending")
one.post(url(one, "/sua"))
report(one.status == 409, "not by sending the form either")
one.get(url(one, "/trang-thai"))
one.post(url(one, "/rut"))
report(one.status == 409, "nor withdrawing")
one.get(url(one, "/trang-thai"))
one.post(url(one, f"/tra-loi/{other}"), reply="x")
report(one.status == 404 and server.sql("SELECT reply FROM dossier_question WHERE id = ?", other) == [("",)], "another dossier's question is not there")
one.get(url(one, "/trang-thai"))
one.post(url(one, f"/tra-loi/{asked}"), reply="  ")
report(one.status == 422 and f'href="#reply-{asked}"' in one.text, "an empty reply is refused")
one.post(url(one, f"/tra-loi/{asked}"), reply="x" * 2001)
report(one.status == 422 and "2.000" in one.text and "x" * 2001 in one.text, "a long one too, and kept")
one.post(url(one, f"/tra-loi/{asked}"), reply="Của năm 2025.\r\nBản chính ở kho.")
report(one.status == 200 and one.path.endswith("/trang-thai") and "Của năm 2025.\nBản chính" in one.text, "a reply is taken", one.text)
one.post(url(one, f"/tra-loi/{asked}"), reply="Của năm 2025.\nBản chính ở kho.")
report(one.status == 200, "a second click does no harm")
one.post(url(one, f"/tra-loi/{asked}"), reply="Khác")
report(one.status == 409, "another text does not replace what was read")
one.send("GET", url(one, "/trang-thai"), headers=JSON)
said = json.loads(one.text)
report(said["dossier"]["state"] == "reviewing" and len(said["questions"]) == 2 and said["events"][0]["kind"] == "created", "programs get the same", one.text[:500])

# ---- links that people share grow names on their way ----
TRACKED = "fbclid=IwAR0x-y_Z&zarsrc=30&utm_source=zalo&&gclid=50%25&utm_source=zalo"
routes = [line for part in ("public", "enterprise") for line in open(f"include/web/{part}/routes.h", encoding="utf-8")]
paths = [re.search(r'"([^"]+)"', line).group(1) for line in routes if line.startswith("ROUTE(GET")]
different = []
for path in paths:
    path = path.replace(":ref", one.reference).replace(":text", q1 if "minh" in path else "household-quick@1").replace(":n", "1")
    got = []
    for query in ("", "?" + TRACKED):
        one.send("GET", path + query)
        got.append((one.status, one.headers["Content-Type"], one.headers["Location"]))
    if got[0] != got[1]:
        different.append((path, got))
report(len(paths) > 25 and not different, f"{len(paths)} addresses answer the same with fbclid, zarsrc and others behind them", str(different))
one.get(f"/tiep-tuc?zarsrc=30&ma={one.reference}&{TRACKED}")
report(f'value="{one.reference}"' in one.text, "and what the link itself says is read", one.text[-1500:])
one.post(url(one, f"/tra-loi/{asked}"), reply="x", fbclid="IwAR0x")
report(one.status == 400 and "fbclid" in one.text, "a form has the fields that it has")

happened(one, "returned", "returned")
one.get(url(one, "/trang-thai"))
report("Cán bộ đề nghị bổ sung" in one.text and "Sửa câu trả lời này" in one.text, "given back: the answer can be changed", one.text)
one.get(url(one, f"/minh-chung/{q1}"))
report('type="file"' in one.text, "and evidence added")
one.submit()
report(one.status == 409 and "toàn bộ hồ sơ" in one.text, "not handed back while a question waits for a reply", str(one.status))
one.get(url(one, "/trang-thai"))
one.post(url(one, f"/tra-loi/{whole}"), reply="Địa chỉ đúng.")
one.submit()
report(state(one) == "reviewing", "handed back it goes on being reviewed", state(one))
server.sql("UPDATE dossier SET state = 'submitted' WHERE id = ?", one.number())
one.get(url(one, "/trang-thai"))
one.post(url(one, "/sua"))
report(one.status == 200 and one.path == url(one) and state(one) == "draft", "opened again until the review starts anew", f"{one.status} {one.path}")
one.get(url(one, "/trang-thai"))
report("vẫn có hiệu lực" in one.text, "what was submitted stays valid", one.text)
one.get(url(one, "/trang/1"))
name = one.names()[0]
one.post(url(one, "/trang/1"), {name: re.findall(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', one.text)[0], "base": one.base, "confirm": "1"})
one.submit()
revision = server.sql("SELECT revision FROM dossier WHERE id = ?", one.number())[0][0]
report(revision >= 2 and state(one) == "submitted", "amended and submitted: another revision", str(revision))

# ---- my data ----
one.get(url(one, "/du-lieu"))
report(NAME in one.text and "91/2025/QH15" in one.text and "356/2025" in one.text and "2 ngày làm việc" in one.text and "hợp đồng.pdf" in one.text and
       "Của năm 2025." in one.text and "2026-11" in one.text, "everything that is held", one.text[:3000])
events = len(server.sql("SELECT id FROM dossier_event"))
one.send("GET", url(one, "/du-lieu.json"))
mine = json.loads(one.text)
report(one.headers["Content-Disposition"] == f'attachment; filename="{one.reference}.json"' and mine["response"]["enterprise"]["name"] == NAME and
       mine["submitted"]["answers"] and mine["dossier"]["consent_version"] and len(mine["evidence"]) == 20 and mine["questions"][0]["reply"],
       "as JSON to take along", one.text[:1500])
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    json.dump(mine["response"], file)
    file.flush()
    scored = subprocess.run([DXREADY, "score", file.name, "--data", data.path], capture_output=True)
report(scored.returncode == 0, "its response is a document that can be scored", scored.stderr.decode())
one.send("GET", url(one, "/du-lieu"), headers=JSON)
report(json.loads(one.text) == mine, "programs get the same at the page's address")
one.send("GET", url(one, "/du-lieu.pdf"))
report(one.status == 200 and one.body[:5] == b"%PDF-", "as PDF")
one.send("GET", "/en" + url(one, "/du-lieu.pdf"))
report(one.status == 200 and one.body[:5] == b"%PDF-", "in English too")
report(len(server.sql("SELECT id FROM dossier_event")) == events, "reading writes nothing")

# ---- withdrawing ----
before = json.dumps(counted())
one.get(url(one, "/rut"))
report(one.status == 200 and "không còn được tính" in one.text and state(one) == "submitted", "it is asked first, and said what it means")
one.post(url(one, "/rut"))
report(one.path.endswith("/trang-thai") and state(one) == "withdrawn" and "đã được rút" in one.text, "withdrawn", one.text[:600])
report(json.dumps(counted()) != before, "statistics count it no more", before[:500])
one.get(url(one, "/rut"))
report(one.status == 409, "there is nothing to withdraw then")
one.get(url(one, "/trang-thai"))
one.post(url(one, "/sua"))
one.submit()
report(state(one) == "submitted" and json.dumps(counted()) == before, "opened and submitted again it counts again", json.dumps(counted())[:400])

one.get(url(one, "/rut-dong-y"))
report(one.status == 200 and "bất cứ lúc nào" in one.text, "consent can be withdrawn, after a question")
one.post(url(one, "/rut-dong-y"))
report(one.status == 200 and one.path.endswith("/du-lieu") and state(one) == "withdrawn" and json.dumps(counted()) != before, "then nothing counts", one.text[:500])
one.get(url(one, "/rut-dong-y"))
report(one.status == 409, "once is enough")
one.get(url(one, "/trang-thai"))
report("rút lại sự đồng ý lúc" in one.text, "the status says so")

# ---- erasure ----
happened(two, "review-started", "reviewing")
two.get(url(two, "/xoa"))
two.post(url(two, "/xoa"), reference=two.reference)
report(two.status == 200 and two.path.endswith("/du-lieu") and state(two) == "reviewing" and "được ghi nhận lúc" in two.text, "under review: it is noted", two.text[:700])

one.get(url(one, "/xoa"))
report("Gõ lại mã hồ sơ" in one.text and one.status == 200, "erasure asks for the reference")
for typed in ("", "CDS-26-0000000", two.reference, "x" * 59):
    one.post(url(one, "/xoa"), reference=typed)
    report(one.status == 422 and 'href="#reference"' in one.text and state(one) == "withdrawn", f"'{typed[:20]}' erases nothing")
one.post(url(one, "/xoa"), reference=one.reference.lower().replace("-", " "))
report(one.status == 200 and one.path == "/da-xoa" and "đã được xóa" in one.text and one.reference not in one.text, "erased", f"{one.status} {one.path}")
one.get(url(one, "/trang-thai"))
report(one.status == 403, "the session is over")
one.resume(one.reference, one.secret)
report(one.status == 403, "and the secret worth nothing")
stored = b"".join(open(path, "rb").read() for path in glob.glob(server.db + "*") if os.path.isfile(path))
report(NAME.encode() not in stored and "Của năm 2025".encode() not in stored and "hợp đồng.pdf".encode() not in stored, "not a byte of the name is left")
report(len(files()) == 1, "nor a file but the one that another enterprise sent too", str(files()))
two.send("GET", url(two, "/du-lieu"), headers=JSON)
report(len(json.loads(two.text)["evidence"]) == 1, "which still has it")

# ---- questions for a file, and the next round ----
three = Browser(server)
three.begin("enterprise", "all-types@1")
three.get(url(three, "/minh-chung/proof"))
upload(three, "proof", PDF, "biên bản.pdf")
upload(three, "proof", PNG, "ảnh.png")
three.send("GET", url(three, "/du-lieu"), headers=JSON)
said = json.loads(three.text)
report(said["response"]["answers"].get("proof") == "biên bản.pdf", "a question for a file is answered by the name of its first", three.text[:900])
for wanted in ("ảnh.png", None):
    first = min(f["id"] for f in said["evidence"])
    three.get(url(three, "/minh-chung/proof"))
    three.post(url(three, f"/tep/{first}/xoa"))
    three.send("GET", url(three, "/du-lieu"), headers=JSON)
    said = json.loads(three.text)
    report(said["response"]["answers"].get("proof") == wanted, f"and then by {wanted}")
three.get(url(three, "/minh-chung/proof"))
upload(three, "proof", PDF, "biên bản.pdf")  # a form without an answer is not taken
three.fact(1, name="Công ty Đợt Sau", area="hai-duong")
three.submit()
three.get(url(three, "/trang-thai"))
report("danh-gia-lai" not in three.text, "the same round is not begun twice")
three.post(url(three, "/danh-gia-lai"))
report(three.status == 409, "not by sending the form either")
server.stop()
server.options = ("--round", "2027", *server.options[2:])
server.start()
three.get(url(three, "/trang-thai"))
report("Đánh giá lại cho đợt 2027" in three.text, "the next round is offered", three.text)
three.post(url(three, "/danh-gia-lai"))
after = re.search(r"/ho-so/(CDS-\d\d-\d{7})/ma", three.path)
report(three.status == 200 and after is not None and after.group(1) != three.reference and 'id="secret">' in three.text, "and begun, with a secret of its own", three.path)
three.get(f"/ho-so/{after.group(1)}/du-lieu", Accept="application/json")
said = json.loads(three.text)
report(said["response"]["round"] == "2027" and said["response"]["enterprise"]["name"] == "Công ty Đợt Sau" and not said["response"]["answers"],
       "the facts are there, answers are not", three.text[:600])
report(three.get(url(three, "/trang-thai")), "the old one is open to the same session")
for path in ("/trang-thai", "/du-lieu", "/minh-chung/proof", "/xoa"):
    three.prefix = "/en"
    three.get(url(three, path))
    report(three.status == 200 and '<html lang="en">' in three.text, f"{path} is there in English", str(three.status))
three.prefix = ""
log = server.logged()
report(NAME not in log and "hợp" not in log and "failed" not in log, "the log names nobody, and nothing failed", log[-800:])
report(server.stop() == 0, "it stops clean")
finish()
