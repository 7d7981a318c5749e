#!/usr/bin/env python3
"""Acts on all that is filtered: looked at, done, named case by case, taken back; killed half-way; what is made of a list."""
import json
import os
import re

from client import Officer, Server, wait_until
from tool import finish, report, run, same

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "data", "demo", "doanh-nghiep-2026.csv")

server = Server("--round", "2026")
run("import", TABLE, "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
other = Officer(server).put_in("pham.van.du", "officer", "all")
chief = Officer(server).put_in("truong.phong", "head", "all")
local = Officer(server).put_in("can.bo.xa", "officer", "nam-sach")
ids = dict((name, id) for id, name in server.sql("SELECT id, name FROM account"))
wait_until(lambda: server.sql("SELECT COUNT(*) FROM case_due")[0][0] == 0, 30)
stored = server.sql("SELECT COUNT(*) FROM review_case")[0][0]


def ask_json(browser, path):
    browser.send("GET", path, None, {"Accept": "application/json"})
    return json.loads(browser.text)


def make(browser, query, act, **fields):
    """A run, to be looked at; its path."""
    browser.get("/can-bo/hang-loat?" + query)
    browser.post("/can-bo/hang-loat", query=query, act=act, follow=False, **{"account": "", "reason": "", **fields})
    return browser.headers.get("Location", "") if browser.status == 303 else browser.status


def go(browser, path, act="begin", ends=("done", "undone")):
    browser.get(path)
    browser.post(path, act=act, follow=False)
    same(browser.status, 303, f"{path}: {act}")
    wait_until(lambda: ask_json(browser, path)["state"] in ends, 30)
    return ask_json(browser, path)


# ---- on paper, and views that are kept ----

mau.get("/can-bo/hang-cho/in?muc=5")
fives = [name for name, in server.sql("SELECT tax_code FROM review_case WHERE level = 5")]
report(mau.status == 200 and all(code in mau.text for code in fives) and mau.text.count('scope="row"') == len(fives) and "Bộ lọc: Mức: mức 5" in mau.text,
       "what is filtered is what is printed", mau.text[-3000:])
mau.get("/can-bo/hang-cho/phieu-gui?muc=5")
report("Phiếu gửi" in mau.text and f"Gửi kèm phiếu này {len(fives)} hồ sơ" in mau.text and all(code in mau.text for code in fives), "and goes with a letter", mau.text[-3000:])
mau.get("/en/can-bo/hang-cho/phieu-gui?muc=5")
report("Covering letter" in mau.text, "in both languages")
mau.get("/can-bo/hang-cho?muc=5&sap-xep=diem")
report("Lưu khung nhìn này" in mau.text, "a filter can be kept", mau.text[-3000:])
mau.post("/can-bo/khung-nhin", name="Mức năm", query="muc=5&sap-xep=diem&trang=2")
report(mau.status == 200 and mau.path == "/can-bo/hang-cho?muc=5&sap-xep=diem" and re.search(r'aria-current="true">Mức năm <span>%d<' % len(fives), mau.text) and
       "Lưu khung nhìn này" not in mau.text, "under a name, with its count, beside the others", mau.text[:4000])
other.get("/can-bo/hang-cho")
report("Mức năm" not in other.text, "for oneself alone")
for i in range(8):
    mau.get("/can-bo/hang-cho?muc=1")
    mau.post("/can-bo/khung-nhin", name=f"Khung {i}", query=f"muc={i % 6}")
report(mau.status == 422 and "nhiều nhất 8 khung nhìn" in mau.text, "eight at most", mau.text[:2000])
mine = dict((name, id) for id, name in server.sql("SELECT id, name FROM queue_view"))
same(len(mine), 8, "and no more")
mau.get("/can-bo/khung-nhin")
mau.post(f"/can-bo/khung-nhin/{mine['Mức năm']}", act="rename", name="Khung 1")
report(mau.status == 422 and "Khung 1" in mau.text, "two of one name are refused", mau.text[:2000])
other.get("/can-bo/khung-nhin")
other.post(f"/can-bo/khung-nhin/{mine['Mức năm']}", act="delete")
same(server.sql("SELECT COUNT(*) FROM queue_view"), [(8,)], "nobody deletes what is another's")
mau.post(f"/can-bo/khung-nhin/{mine['Mức năm']}", act="delete")
same(server.sql("SELECT COUNT(*) FROM queue_view WHERE name = 'Mức năm'"), [(0,)], "deleted")

# ---- chosen and looked at ----

mau.get("/can-bo/hang-cho?nganh=C")
report("/can-bo/hang-loat?nganh=C" in mau.text, "the queue leads to it with its filters", mau.text[-3000:])
level = server.sql("SELECT COUNT(*) FROM review_case WHERE level = 2")[0][0]
first = server.sql("SELECT id FROM review_case WHERE level = 2 ORDER BY id LIMIT 3")
choose = ask_json(mau, "/can-bo/hang-loat?muc=2")
acts = {one["act"]: one["able"] for one in choose["acts"]}
same((choose["total"], acts["nhan"], acts["tra"], acts["xem-tiep"], "giao" in acts), (level, level, 0, 0, False), "what each act can be done with; giving is not an officer's")
same("giao" in {one["act"] for one in ask_json(chief, "/can-bo/hang-loat")["acts"]}, True, "but a head's")
mau.get("/can-bo/hang-loat?muc=2")
report(f"{level} hồ sơ đang lọc (Mức: mức 2)" in mau.text and "Ông pham.van.du" not in mau.text, "in words; nobody is named to who may not give", mau.text[-3000:])
same(make(mau, "muc=2", ""), 422, "something has to be chosen")
same(make(mau, "muc=2", "giao", account=str(ids["pham.van.du"])), 403, "giving is refused to an officer")
for person in (0, 999, server.sql("SELECT id FROM account WHERE role = 'head'")[0][0] + 50):
    same(make(chief, "muc=2", "giao", account=str(person)), 422, f"nobody to give to: {person}")
# one of them is a colleague's, one changes between the look and the act
other.get(f"/can-bo/ho-so/{first[0][0]}")
other.post(f"/can-bo/ho-so/{first[0][0]}", act="taken", version="1")
path = make(mau, "muc=2", "nhan")
seen = ask_json(mau, path)
same((seen["state"], seen["waiting"], seen["left"]), ("ready", level - 1, 1), "the look: how many can, and how many cannot")
report({"result": "để lại", "why": "Đang giao cho đồng nghiệp", "count": 1} in seen["groups"], "and why", str(seen["groups"]))
mau.get(path)
report(f"Nhận về mình ({level - 1} hồ sơ)" in mau.text and "Chưa có gì thay đổi" in mau.text, "the button carries the number", mau.text[-2500:])
same(server.sql("SELECT COUNT(*) FROM review_case WHERE assignee = ?", ids["le.thi.mau"]), [(0,)], "nothing has changed yet")
chief.get(path)
same(chief.status, 404, "a run is its maker's alone")
other.get(f"/can-bo/ho-so/{first[1][0]}")
other.post(f"/can-bo/ho-so/{first[1][0]}", act="taken", version="1")

# ---- done ----

told = server.sql("SELECT COUNT(*) FROM audit WHERE act = 'taken'")[0][0]
done = go(mau, path)
same((done["state"], done["done"], done["failed"], done["left"]), ("done", level - 2, 1, 1), "done, with what failed")
report({"result": "không làm được", "why": "Đã thay đổi từ lúc xem trước", "count": 1} in done["groups"], "what changed since the look is left out and named", str(done["groups"]))
same(server.sql("SELECT COUNT(*) FROM review_case WHERE assignee = ? AND state = 'in_review'", ids["le.thi.mau"]), [(level - 2,)], "the others are mine")
same(server.sql("SELECT COUNT(*) FROM audit WHERE act = 'taken'")[0][0] - told, level - 2, "with an entry each")
same([act for act, in server.sql("SELECT act FROM audit WHERE object LIKE 'bulk:%' ORDER BY id")], ["bulk-begun", "bulk-done"], "and two of the run")
mine = server.sql("SELECT id FROM review_case WHERE assignee = ? ORDER BY id", ids["le.thi.mau"])
mau.get(f"/can-bo/ho-so/{mine[0][0]}")
report("theo lô 1" in mau.text, "the history says by which run", mau.text[-2500:])
mau.get(path)
report("Hoàn tác cả lô (còn 10 phút)" in mau.text and "Từng hồ sơ" in mau.text, "each file has its result, and all can be taken back", mau.text[-2500:])

# ---- taken back ----

mau.get(f"/can-bo/ho-so/{mine[0][0]}")
mau.post(f"/can-bo/ho-so/{mine[0][0]}", act="released", version="2")
same((mau.status, server.sql("SELECT assignee FROM review_case WHERE id = ?", mine[0][0])), (200, [(0,)]), "one goes back by hand")
undone = go(mau, path, "undo")
same((undone["state"], server.sql("SELECT COUNT(*) FROM bulk_row WHERE state = 'undone'"), server.sql("SELECT COUNT(*) FROM bulk_row WHERE state = 'kept'")),
     ("undone", [(level - 3,)], [(1,)]), "taken back but for the one that somebody went on with")
same(server.sql("SELECT COUNT(*) FROM review_case WHERE assignee = ? OR (level = 2 AND state = 'submitted' AND version = 3)", ids["le.thi.mau"]),
     [(level - 3,)], "they are as before")
mau.get(path)
mau.post(path, act="undo")
report(mau.status == 409 and "không hoàn tác được nữa" in mau.text, "not twice", mau.text[:1500])

# ---- approving as answered ----

choose = {one["act"]: one["able"] for one in ask_json(mau, "/can-bo/hang-loat?muc=3")["acts"]}["duyet"]
path = make(mau, "muc=3", "duyet")
seen = ask_json(mau, path)
flagged = server.sql("SELECT COUNT(*) FROM review_case WHERE level = 3 AND flag_count > 0")[0][0]
same((seen["waiting"], {g["why"]: g["count"] for g in seen["groups"]}.get("Có cờ cần xem", 0)), (choose, flagged), "what has a flag is left to be looked at")
changed = server.sql("SELECT review_case FROM bulk_row WHERE run = ? AND state = 'waiting' ORDER BY review_case", int(path.split("/")[-1]))[0][0]
mau.get(f"/can-bo/ho-so/{changed}?cau=4.1.3")
mau.post(f"/can-bo/ho-so/{changed}/cau", question="4.1.3", version="0", option="", reason="", note="")
done = go(mau, path)
same((done["done"], server.sql("SELECT COUNT(*) FROM case_freeze"), server.sql("SELECT COUNT(*) FROM review_case WHERE state = 'verified'")),
     (choose - 1, [(choose - 1,)], [(choose - 1,)]), "approved and frozen, but for the one that was worked on meanwhile")
same(server.sql("SELECT COUNT(*) FROM case_freeze WHERE points <> self_points OR level <> self_level"), [(0,)], "as answered")
undone = go(mau, path, "undo")
same((server.sql("SELECT COUNT(*) FROM case_freeze"), server.sql("SELECT COUNT(*) FROM review_case WHERE state = 'verified'")), ([(0,)], [(0,)]), "and taken back")

# ---- given, killed half-way ----

path = make(chief, "", "giao", account=str(ids["can.bo.xa"]))
server.sql("UPDATE bulk_run SET state = 'running' WHERE id = ?", int(path.split("/")[-1]))
server.kill()
server.start()
report(wait_until(lambda: server.sql("SELECT state FROM bulk_run WHERE id = ?", int(path.split("/")[-1])) == [("done",)], 20),
       "what was under way when the server was killed goes on by itself")
same(server.sql("SELECT COUNT(*) FROM review_case WHERE assignee = ?", ids["can.bo.xa"]), [(stored,)], "to its end")
same(ask_json(local, "/can-bo/hang-cho?giao=toi")["total"], stored, "who is given cases sees them")
done = run("audit", "verify", "--db", server.db, "--json")
same((done.returncode, json.loads(done.stdout)["broken"]), (0, 0), "and the audit holds")
same(server.sql("SELECT COUNT(*) FROM audit WHERE act = 'given'"), [(stored,)], "with an entry for each case, once")

# ---- areas ----

server.sql("UPDATE review_case SET assignee = 0")
inside = server.sql("SELECT COUNT(*) FROM review_case WHERE area = 'nam-sach'")[0][0]
same(ask_json(local, "/can-bo/hang-loat")["total"], inside, "what is filtered is what one sees")
path = make(local, "", "nhan")
server.sql("UPDATE review_case SET area = 'chi-linh' WHERE id = (SELECT MIN(id) FROM review_case WHERE area = 'nam-sach')")
done = go(local, path)
same((done["done"], done["failed"]), (inside - 1, 1), "and what is not there any more is not touched")
same(server.stop(), 0, "the server ends in peace")
finish()
