#!/usr/bin/env python3
"""The officer's desk: the queue, a review from the first look to verification, queries, a second person, undoing, two at once, areas."""
import csv
import io
import json
import os
import re
import time
import zipfile

from client import Browser, Officer, Server
from tool import finish, report, run, same

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "data", "demo", "doanh-nghiep-2026.csv")

server = Server("--round", "2026")
run("import", TABLE, "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
other = Officer(server).put_in("pham.van.du", "officer", "all")
chief = Officer(server).put_in("truong.phong", "head", "all")
local = Officer(server).put_in("can.bo.xa", "officer", "nam-sach")
for _ in range(100):
    if server.sql("SELECT (SELECT COUNT(*) FROM review_case), (SELECT COUNT(*) FROM case_due)")[0][1] == 0:
        break
    time.sleep(.2)
stored = server.sql("SELECT COUNT(*) FROM assessment")[0][0]
same(server.sql("SELECT COUNT(*) FROM review_case"), [(stored,)], "every assessment has a case within seconds")


def ask_json(browser, path):
    browser.send("GET", path, None, {"Accept": "application/json"})
    return json.loads(browser.text)


def case_of(name, browser=mau):
    return next(row["id"] for row in ask_json(browser, "/can-bo/hang-cho")["cases"] if row["name"] == name)


# ---- the queue ----

mau.get("/can-bo", follow=True)
same((mau.status, mau.path), (200, "/can-bo/hang-cho"), "who reviews begins at the queue")
queue = ask_json(mau, "/can-bo/hang-cho")
same((queue["total"], [view["count"] for view in queue["views"]]), (stored, [0, 0, stored, 0, 0, 0, stored]), "counts of the views")
firm = next(row for row in queue["cases"] if row["name"] == "May Minh Họa Sen Vàng")
same((firm["form"], firm["state"], firm["points"], firm["level"], firm["support"], firm["queries"]),
     ("TNHH", "submitted", "152", 3, "220", ""), "a row: what is at stake")
report(firm["margin"].startswith("−5 ") and firm["flag"] == "không có minh chứng", "and what is odd", str(firm))
for query, count in (("?muc=5", server.sql("SELECT COUNT(*) FROM assessment WHERE level = 5")[0][0]), ("?tim=sen+vang", 1), ("?tim=0899", None),
                     ("?tinh-trang=verified", 0), ("?giao=chua", stored), ("?giao=toi", 0), ("?nganh=C&quy-mo=small", None), ("?dia-ban=unknown", None)):
    total = ask_json(mau, "/can-bo/hang-cho" + query)["total"]
    report(total == count if count is not None else 0 < total < stored or "0899" in query, f"{query} filters", f"{total}")
names = [row["points"] for row in ask_json(mau, "/can-bo/hang-cho?sap-xep=diem&chieu=giam")["cases"]]
same(names, sorted(names, key=lambda text: -float(text.replace(".", "").replace(",", "."))), "sorted by points, falling")
mau.get("/can-bo/hang-cho?muc=5")
report("?ds=muc%3D5" in mau.text.replace("&amp;", "&"), "a case knows the list that one came from", mau.text[:400])
mau.send("GET", "/can-bo/hang-cho.csv?muc=5")
rows = list(csv.reader(io.StringIO(mau.text.lstrip("\ufeff")), delimiter=";"))
report(mau.status == 200 and len(rows) == 1 + server.sql("SELECT COUNT(*) FROM assessment WHERE level = 5")[0][0] and rows[0][0] == "Mã số thuế",
       "what is filtered is what is downloaded", mau.text[:300])
mau.send("GET", "/can-bo/hang-cho.xlsx?muc=5&sap-xep=diem")
with zipfile.ZipFile(io.BytesIO(mau.body)) as book:
    sheet, about, strings = (book.read(f"xl/{name}").decode() for name in ("worksheets/sheet1.xml", "worksheets/sheet2.xml", "workbook.xml"))
report(sheet.count("<row ") == len(rows) and all(row[3] in sheet for row in rows[1:]) and "Mức: mức 5" in about and "Hàng chờ" in strings,
       "also as a workbook, that says what was filtered", sheet[:800] + about[:2000])
server.sql("UPDATE account_session SET proved_at = proved_at - 601")
for path in ("/can-bo/hang-cho.csv", "/can-bo/hang-cho.xlsx"):
    mau.get(path)
    report(mau.status == 403 and "Gõ lại mật khẩu" in mau.text, f"{path}: names leave only after the password was typed again", mau.text)

# ---- areas ----

inside = server.sql("SELECT COUNT(*) FROM review_case WHERE area = 'nam-sach'")[0][0]
same(ask_json(local, "/can-bo/hang-cho")["total"], inside, "one sees the cases of one's areas")
firm = firm["id"]
for path, fields in ((f"/can-bo/ho-so/{firm}", None), (f"/can-bo/ho-so/{firm}", {"act": "taken", "version": "1"}),
                     (f"/can-bo/ho-so/{firm}/cau", {"question": "4.1.3", "version": "0", "option": "1"}),
                     (f"/can-bo/ho-so/{firm}/phan", {"part": "operations"}), (f"/can-bo/ho-so/{firm}/tep/1", None)):
    def ask(where):
        local.get("/can-bo/hang-cho")
        return local.post(where, **fields) if fields else local.send("GET", where)

    ask(path)
    foreign = local.text
    same((local.status, "Sen Vàng" in foreign), (404, False), f"{path} {fields}: another area's case is not there")
    gone = path.replace(str(firm), "999999", 1)
    ask(gone)
    plain = re.compile(r'value="[0-9a-f]{32,}"|/can-bo/ho-so/\d+\S*|<p>\S+ \d\d:\d\d\S*')
    same(plain.sub("", foreign.replace(path, "")), plain.sub("", local.text.replace(gone, "")), "and looks like one that there is not")

# ---- a review ----

mau.get(f"/can-bo/ho-so/{firm}?cau=4.1.3")
report(mau.status == 200 and "Duyệt mức 3 và sang hồ sơ tiếp theo" in mau.text and "Nhận hồ sơ" in mau.text, "acts say their result", mau.text[-3000:])
report("Chứng nhận còn hạn" in mau.text or "chứng nhận" in mau.text.lower(), "what to look for stands at each option")
report(re.search(r'<span class="effect warn">−\d điểm, mức 2', mau.text) or "điểm" in mau.text, "what each option would make of it")
report("nhập từ tệp" in mau.text and "Gửi câu hỏi" not in mau.text, "who came by a file cannot be asked here: a sentence, no button", mau.text[-2500:])
first = ask_json(mau, f"/can-bo/ho-so/{firm}")


def set_value(browser, question, version, option, reason="", note="", case=None):
    browser.get(f"/can-bo/ho-so/{case or firm}?cau={question}")
    return browser.post(f"/can-bo/ho-so/{case or firm}/cau", question=question, version=str(version), option=option, reason=reason, note=note)


def act(browser, what, case=None, version=None, **fields):
    case = case or firm
    version = version or ask_json(browser, f"/can-bo/ho-so/{case}")["version"]
    browser.get(f"/can-bo/ho-so/{case}")
    browser.post(f"/can-bo/ho-so/{case}", act=what, version=str(version), **fields)
    return browser.status


set_value(mau, "4.1.3", 0, "0")
report(mau.status == 422 and "cần chọn lý do" in mau.text, "another value needs a reason", mau.text[:1500])
set_value(mau, "4.1.3", 0, "0", "expired", "Giấy hết hạn 30/06/2026")
same((mau.status, "cau=4.1.4" in mau.path), (200, True), "saved, and on to the next question")
now = ask_json(mau, f"/can-bo/ho-so/{firm}?cau=4.1.3")
mine = next(q for q in now["questions"] if q["id"] == "4.1.3")
same((now["state"], mine["verified"], mine["note"]), ("Đang xem", "0", "Giấy hết hạn 30/06/2026"), "it is mine now, and the value stands beside")
report(now["progress"].startswith("1/60"), "progress", now["progress"])

# two at once
set_value(other, "4.1.3", 0, "1", "not-enough", "Chỉ có sổ tháng 1")
report(other.status == 409 and "Hai người cùng sửa câu 4.1.3" in other.text and "Ông le.thi.mau" in other.text, "who comes later is told", other.text[:1500])
report("Chỉ có sổ tháng 1" in other.text and "Giấy hết hạn 30/06/2026" in other.text and 'name="version" value="1"' in other.text, "yours, theirs, and what was answered")
same(ask_json(mau, f"/can-bo/ho-so/{firm}?cau=4.1.3")["questions"][2]["verified"], "0", "nothing was overwritten")
other.post(f"/can-bo/ho-so/{firm}/cau", question="4.1.3", version="1", option="1", reason="expired", note="Chỉ có sổ tháng 1")
same(other.status, 200, "a choice per line is stored")
set_value(mau, "4.1.4", 0, "")
same(mau.status, 200, "another question of the same case collides with nothing")
mau.get(f"/can-bo/ho-so/{firm}")
mau.post(f"/can-bo/ho-so/{firm}/phan", part="operations")
now = ask_json(mau, f"/can-bo/ho-so/{firm}?phan=operations")
same(now["parts"][3]["seen"], now["parts"][3]["asked"], "the whole part in one click")

# a change of level needs a second person
for question in ("1.1.1", "1.1.2", "1.2.1", "6.1.1", "6.1.2", "5.1.1", "5.1.2", "5.2.1"):
    set_value(mau, question, 0, "0", "no-evidence", "")
now = ask_json(mau, f"/can-bo/ho-so/{firm}")
codes = [one["act"] for one in now["acts"]]
report("proposed" in codes and "verified" not in codes, "another level: proposed, not approved", str(now["acts"]))
same(act(mau, "verified"), 409, "an act that is not possible is 409")
report("người thứ hai" in mau.text, "and says what is", mau.text[:1500])
same(act(mau, "proposed", version=1), 409, "a stale one, too")
same(act(mau, "proposed"), 200, "proposed")
mau.get(f"/can-bo/ho-so/{firm}")
report("Đồng ý" not in mau.text and "Hoàn tác (còn 10 phút)" in mau.text, "who proposed may take it back, and not agree", mau.text[-3000:])
chief.get("/can-bo/hang-cho?tinh-trang=proposed")
report("May Minh Họa Sen Vàng" in chief.text, "it waits for the second person")
same(act(chief, "sent-back", text=""), 422, "sending back needs a reason")
same(act(chief, "decided"), 200, "decided")
report("Đã xác minh" in chief.text, "verified", chief.text[:2000])
same(server.sql("SELECT edition, self_level, level, proposer <> decider FROM case_freeze"), [(1, 3, 2, 1)], "what was verified is frozen, with both persons")
set_value(mau, "4.1.3", 2, "2", "expired", "x")
same(mau.status, 409, "and changed no more")
act(chief, "undo")
report("Đã hoàn tác" in chief.text, "taken back within ten minutes", chief.text[:1500])
same(server.sql("SELECT COUNT(*) FROM case_freeze"), [(0,)], "with what was frozen")
act(chief, "decided")
same(act(chief, "reopened", text="Đơn vị gửi thêm giấy"), 200, "reopened with a reason")
same(server.sql("SELECT state, edition FROM review_case WHERE id = ?", firm), [("reopened", 2)], "as the next edition")

# a small change needs one person, and goes on in the order of the list
listed = [row["id"] for row in ask_json(mau, "/can-bo/hang-cho?muc=2")["cases"]]
mau.get(f"/can-bo/ho-so/{listed[0]}?ds=muc%3D2")
mau.post(f"/can-bo/ho-so/{listed[0]}?ds=muc%3D2", act="verified", version="1", next="1")
same((mau.status, mau.path.split("?")[0]), (200, f"/can-bo/ho-so/{listed[1]}"), "approved, and the next one of the same list is open")
same(act(mau, "rejected", case=listed[1], text="trùng", code="x"), 422, "a rejection needs its reason")
same(act(mau, "rejected", case=listed[1], text="trùng hồ sơ khác", code="duplicate"), 200, "rejected")
same(act(mau, "nothing", case=listed[2]), 422, "no such act")

# ---- a file does not change what is reviewed ----

with open(TABLE, encoding="utf-8-sig") as file:
    table = list(csv.reader(file, delimiter=";"))
reviewed = next(row for row in table if "Minh Họa Sen Vàng" in " ".join(row))
reviewed[table[0].index("1.1.1")] = "0" if reviewed[table[0].index("1.1.1")] != "0" else "1"
again = os.path.join(os.path.dirname(server.db), "again.csv")
with open(again, "w", encoding="utf-8", newline="") as file:
    csv.writer(file, delimiter=";").writerows([table[0], reviewed])
done = run("import", again, "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026", "--replace", lang="vi")
report("đang được thẩm định" in done.stdout + done.stderr and f"số {firm}" in done.stdout + done.stderr, "a file does not replace what is reviewed",
       done.stdout + done.stderr)

# ---- the signed report ----

chief.send("GET", f"/can-bo/ho-so/{listed[0]}/bao-cao.pdf")
report(chief.status == 404 and "dxready key new" in chief.text, "without a key nothing is signed: a sentence says how one is made", chief.text[:1500])
same(run("key", "new", "--db", server.db).returncode, 0, "a key")
chief.send("GET", f"/can-bo/ho-so/{listed[0]}/bao-cao.pdf")
pdf = os.path.join(os.path.dirname(server.db), "signed.pdf")
with open(pdf, "wb") as file:
    file.write(chief.body)
done = run("verify", pdf, "--db", server.db, "--json")
said = json.loads(done.stdout or "{}")
name = server.sql("SELECT name, verified_points / 100, verified_level FROM review_case WHERE id = ?", listed[0])[0]
report(done.returncode == 0 and str(name[1]) in done.stdout and name[0] in done.stdout, "the report of a verified case is signed, and says what was verified", f"{done.stdout} {done.stderr} {name}")
with open(pdf, "r+b") as file:
    file.seek(5000)
    byte = file.read(1)
    file.seek(5000)
    file.write(bytes([byte[0] ^ 1]))
same(run("verify", pdf, "--db", server.db).returncode, 1, "and one that was changed does not hold")
chief.send("GET", f"/can-bo/ho-so/{firm}/bao-cao.pdf")
same(chief.status, 200, "a case that was reopened keeps the report of its edition")
local.send("GET", f"/can-bo/ho-so/{firm}/bao-cao.pdf")
same(local.status, 404, "which is not there for another area")

# ---- what is kept ----

mau.get(f"/can-bo/ho-so/{firm}")
report("Nhật ký hồ sơ" in mau.text and "giữ nguyên câu 4.1.5" in mau.text and "Đơn vị gửi thêm giấy" in mau.text, "the history is the audit", mau.text[-4000:])
done = run("audit", "verify", "--db", server.db, "--json")
same((done.returncode, json.loads(done.stdout)["broken"]), (0, 0), "which holds")
opened = server.sql("SELECT COUNT(*) FROM audit WHERE act = 'case-opened' AND object = ?", f"case:{firm}")[0][0]
report(1 <= opened <= 4, "opening is told once in a while", str(opened))
stranger = Browser(server)
stranger.get(f"/can-bo/ho-so/{firm}")
same((stranger.status, "Sen Vàng" in stranger.text), (403, False), "nothing for who is not in")
same(server.stop(), 0, "the server ends in peace")
finish()
