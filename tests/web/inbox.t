#!/usr/bin/env python3
"""The inbox: a file arrives, is read, what it means is said once and remembered, let in, undone; rows under review and of other
areas wait; hostile files; a server that is killed while a file goes in."""
import csv
import io
import json
import os
import zipfile

from client import Officer, Server, wait_until
from tool import finish, report, run, same

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "data", "demo", "doanh-nghiep-2026.csv"), encoding="utf-8-sig") as file:
    ROWS = list(csv.DictReader(file, delimiter=";"))

server = Server("--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
local = Officer(server).put_in("can.bo.xa", "officer", "nam-sach")
maker = Officer(server).put_in("chinh.sach", "policymaker")


def code(number):
    """A tax code with its check digit."""
    for nine in range(number * 100, number * 100 + 100):
        digits = f"{nine:09d}"
        check = 10 - sum(w * int(d) for w, d in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), digits)) % 11
        if 0 <= check <= 9:
            return digits + str(check)
    return None


def firm(number, **more):
    return {**ROWS[0], "tax_code": code(8998000 + number), "name": f"Đơn vị Minh Họa {number}", "submitted_on": "2026-11-20", **more}


def table(rows, heads=None, separator=";"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    names = list(rows[0])
    writer.writerow([(heads or {}).get(name, name) for name in names])
    writer.writerows([row[name] for name in names] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def send(content, name="phieu.csv", sender="Xã Thanh Hà", who=mau, **more):
    """Takes a file in; the number of its page, or None."""
    line = b"----line7d1"
    who.get("/can-bo/nhap")
    fields = {"token": who.token, "sender": sender, "survey": "dbi-sme@2021", "round": "2026", **more}
    parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + content)
    body = b"".join(b"--" + line + b"\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    who.send("POST", "/can-bo/nhap", body + b"--" + line + b"--\r\n",
             {"Content-Type": "multipart/form-data; boundary=" + line.decode()})
    return int(who.headers["Location"].rsplit("/", 1)[1]) if who.status == 303 else None


def look(number, who=mau):
    who.send("GET", f"/can-bo/nhap/{number}", None, {"Accept": "application/json"})
    return json.loads(who.text) if who.status == 200 else None


def counts(number, who=mau):
    page = look(number, who)
    return {key: page[key] for key in ("new", "changed", "same", "refused", "set_aside", "other_areas", "let_in") if page[key]}


def act(number, name, who=mau, **more):
    version = more.pop("version", None) or look(number, who)["version"]
    who.get(f"/can-bo/nhap/{number}")
    who.post(f"/can-bo/nhap/{number}", act=name, version=str(version), follow=False, **more)
    return who.status


def settled(number):
    return wait_until(lambda: server.sql("SELECT state FROM inbox WHERE id = ?", number) == [("entered",)], 120)


def stored():
    return server.sql("SELECT COUNT(*) FROM assessment WHERE is_withdrawn = 0")[0][0]


def with_cases():
    return wait_until(lambda: server.sql("SELECT COUNT(*) FROM case_due") == [(0,)], 20)


# ---- nothing yet; who may ----

mau.get("/can-bo/nhap")
report(mau.status == 200 and "Chưa có tệp nào" in mau.text and 'href="/can-bo/nhap" aria-current="page"' in mau.text, "an empty inbox", mau.text[:500])
maker.get("/can-bo/nhap")
same(maker.status, 403, "a policymaker has no inbox")
for fields, words in (({"sender": ""}, "ai gửi tệp"), ({"survey": "x@1"}, "trong danh sách"), ({"round": ""}, "Tên đợt")):
    same((send(b"a;b\r\n1;2\r\n", **fields), mau.status, words in mau.text), (None, 422, True), f"what lacks is said: {words}")
same((send(b""), mau.status), (None, 422), "an empty file")

# ---- headings and texts are asked about once ----

FIRMS = [firm(i, form="DNTN" if i < 3 else "enterprise") for i in range(6)]
HEADS = {"employees": "Tổng LĐ của đơn vị", "form": "Loại hình"}
first = send(table(FIRMS, HEADS))
same(counts(first), {"new": 3, "refused": 3}, "texts that nobody knows are refused, the others would be new")
page = look(first)
same((page["enterable"], stored()), (0, 0), "nothing goes in while a heading is open")
mau.get(f"/can-bo/nhap/{first}")
report("Tổng LĐ của đơn vị" in mau.text and "cần chọn" in mau.text and "DNTN" in mau.text and "còn 1 cột cần chọn" in mau.text, "and the page asks", mau.text)
report('value="enterprise"  selected' in mau.text or 'value="enterprise" selected' in mau.text, "with what is meant most probably", mau.text)
mau.post(f"/can-bo/nhap/{first}/ghep", {"version": page["version"], "cot0": "employees", "nho-cot0": "1", "o0": "enterprise", "nho-o0": "1"})
report("Đã ghép và đọc lại" in mau.text and "đã nhớ" in mau.text, "they are said", mau.text)
same(counts(first), {"new": 6}, "then all rows can be read")
page = look(first)
mau.get(f"/can-bo/nhap/{first}")
report("Cho vào 6 dòng" in mau.text, "the button carries the number", mau.text)
same(act(first, "enter", version=page["version"] - 1), 409, "who saw an older page is told")
same((act(first, "enter"), settled(first), counts(first), stored()), (303, True, {"let_in": 6}, 6), "and as many go in")
report(server.sql("SELECT sender, actor, inserted, rejected FROM import") == [("Xã Thanh Hà", "le.thi.mau", 6, 0)], "who sent and who let it in",
       server.sql("SELECT sender, actor, inserted, rejected FROM import"))
shown = run("show", FIRMS[0]["tax_code"], "--db", server.db).stdout
report("phieu.csv của Xã Thanh Hà, do le.thi.mau cho vào" in shown, "stands at each assessment", shown[:400])

second = send(table([{**FIRMS[0], "employees": "41"}, FIRMS[1], firm(7, form="DNTN")], HEADS))
same(counts(second), {"changed": 1, "new": 1, "same": 1}, "what was said is remembered for the sender")
mau.get(f"/can-bo/nhap/{second}")
report("37 người → 41 người" in mau.text or "→ 41" in mau.text, "stored and new value side by side", mau.text)
third = send(table([firm(7, form="DNTN")], HEADS), sender="Hội Ví Dụ")
same(counts(third), {"refused": 1}, "not for another sender")
same((act(third, "discard"), look(third)["state"], server.sql("SELECT COUNT(*) FROM inbox_content WHERE inbox = ?", third)), (303, "Đã bỏ", [(0,)]),
     "a file that nobody wants goes with its content")

# ---- undone ----

with_cases()
before = run("export", "--format", "jsonl", "--db", server.db).stdout
same((act(second, "enter"), settled(second), counts(second), stored()), (303, True, {"let_in": 2, "same": 1}, 7), "new and changed go in")
number = server.sql("SELECT MAX(id) FROM import")[0][0]
same((act(second, "undo", **{"import": str(number)}), look(second)["state"]), (303, "Đã hoàn tác"), "an import is undone as a whole")
same(run("export", "--format", "jsonl", "--db", server.db).stdout, before, "all is as before")
same((act(second, "read"), counts(second)), (303, {"changed": 1, "new": 1, "same": 1}), "and may be read and let in again")
act(second, "enter")
settled(second)
with_cases()
mau.send("GET", "/can-bo/hang-cho", None, {"Accept": "application/json"})
case = next(row["id"] for row in json.loads(mau.text)["cases"] if row["name"] == FIRMS[0]["name"])
mau.get(f"/can-bo/ho-so/{case}")
report("Xã Thanh Hà" in mau.text and "le.thi.mau" in mau.text, "the case says who sent it and who let it in", mau.text)
case_version = server.sql("SELECT version FROM review_case WHERE id = ?", case)[0][0]
mau.post(f"/can-bo/ho-so/{case}", act="taken", version=str(case_version))
number = server.sql("SELECT MAX(id) FROM import")[0][0]
same((act(second, "undo", **{"import": str(number)}), "Đơn vị Minh Họa 0" in mau.text and "thẩm định" in mau.text), (409, True),
     "not once somebody reviews what it brought")

# ---- under review, other areas ----

fourth = send(table([{**FIRMS[0], "employees": "42"}, {**FIRMS[1], "employees": "43"}], HEADS))
same(counts(fourth), {"set_aside": 1, "changed": 1}, "a case under review is set aside")
act(fourth, "enter")
settled(fourth)
same(counts(fourth), {"set_aside": 1, "let_in": 1}, "and stays so")
mau.send("GET", f"/can-bo/nhap/{fourth}/de-lai")
rest = list(csv.reader(io.StringIO(mau.text.lstrip("\ufeff")), delimiter=";"))
report(len(rest) == 2 and rest[0][0] == "reason" and "thẩm định" in rest[1][0] and rest[1][1] == FIRMS[0]["tax_code"], "with its reason in a file", mau.text[:400])
own = send(table([firm(20, area="nam-sach"), firm(21, area="hai-duong"), {**FIRMS[2], "area": "nam-sach"}], HEADS), who=local)
same(counts(own, local), {"new": 1, "other_areas": 2}, "rows of other areas wait, also what moved from one")
act(own, "enter", who=local)
settled(own)
same(counts(own, local), {"let_in": 1, "other_areas": 2}, "only one's own go in")
same((look(first, local), local.status), (None, 404), "a file without own rows is not there")
same(counts(own), {"let_in": 1, "new": 1, "changed": 1}, "a colleague who has the areas lets the others in")

# ---- other kinds of files ----

JSON = run("export", "--format", "jsonl", "--db", server.db).stdout.splitlines()
same(counts(send("\n".join(JSON).encode(), "x.jsonl")), {"same": len(JSON)}, "lines of JSON: nothing is new")
same(counts(send(("[" + ",".join(JSON[:3]) + "]").encode(), "x.json")), {"same": 3}, "an array")
run("export", "--format", "xlsx", "-o", "x.xlsx", "--db", server.db)
with open("x.xlsx", "rb") as file:
    workbook = file.read()
os.unlink("x.xlsx")
same(counts(send(workbook, "x.xlsx")), {"same": len(JSON)}, "a workbook")
bomb = io.BytesIO()
with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        for part in parts.namelist():
            packed.writestr(part, b"<?xml version='1.0'?><x>" + b" " * (64 << 20) if part.endswith("sheet1.xml") else parts.read(part))
for content, name, words in ((b"%PDF-1.4 x", "x.csv", "PDF"), (b"\xd0\xcf\x11\xe0" + bytes(600), "x.xls", "Excel cũ"),
                             (b"<html><table><tr><td>a</td></tr></table></html>", "x.xls", "HTML"), (bomb.getvalue(), "x.xlsx", ""),
                             (b"PK\x03\x04" + bytes(100), "x.xlsx", ""), (b"a;b\r\n\"1;2\r\n", "x.csv", ""), (b"[1,", "x.json", ""), (b"\0\1\2", "x.csv", "")):
    number = send(content, name)
    page = look(number)
    mau.get(f"/can-bo/nhap/{number}")
    sentence = mau.text.partition('<p class="notice warn">')[2].partition("</p>")[0]
    report(page["state"] == "Không đọc được" and words in sentence and 10 < len(sentence) < 600, f"{name}, {content[:6]}: one sentence", sentence or mau.text[:300])

# ---- killed while a file goes in ----

many = send(table([{**firm(100 + i), "form": "enterprise"} for i in range(800)]))
had = stored()
report(wait_until(lambda: act(many, "enter") == 303, 60), "a file of 800 rows is let in once it is read")
wait_until(lambda: stored() > had + 20, 60)
server.kill()
half = stored() - had
same(half, server.sql("SELECT inserted FROM import WHERE inbox = ?", many)[0][0], "killed: the record is what is stored")
report(0 < half < 800, "killed in the middle", f"{half}")
server.start()
report(settled(many), "goes on by itself when the server is back")
same((stored() - had, server.sql("SELECT inserted, revised, unchanged, rejected FROM import WHERE inbox = ?", many), counts(many)["let_in"]),
     (800, [(800, 0, 0, 0)], 800), "to exact counts")
same(run("audit", "verify", "--db", server.db).returncode, 0, "the audit is whole")
server.stop()
finish()
