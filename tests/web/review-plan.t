#!/usr/bin/env python3
"""The head's desk: the review plan of a round, who may see and make it, and what follows from it."""
import csv
import io
import json
import os
import re
import time

from client import Officer, Server
from tool import finish, report, run, same

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "data", "demo", "doanh-nghiep-2026.csv")
PLAN = "/can-bo/ke-hoach-duyet"

server = Server("--round", "2026")
run("import", TABLE, "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
chief = Officer(server).put_in("truong.phong", "head", "all")
local = Officer(server).put_in("lanh.dao.xa", "head", "nam-sach")
foreign = Officer(server).put_in("lanh.dao.khac", "head", "tu-ky")
policymaker = Officer(server).put_in("chuyen.vien", "policymaker")
for _ in range(100):
    if server.sql("SELECT (SELECT COUNT(*) FROM review_case), (SELECT COUNT(*) FROM case_due)")[0][1] == 0:
        break
    time.sleep(.2)
stored = server.sql("SELECT COUNT(*) FROM review_case")[0][0]
inside = server.sql("SELECT COUNT(*) FROM review_case WHERE area = 'nam-sach'")[0][0]


def ask_json(browser, path):
    browser.send("GET", path, None, {"Accept": "application/json"})
    return json.loads(browser.text)


def make(browser, follow=True, **fields):
    browser.get(PLAN)
    return browser.post(PLAN, follow=follow, **{"round": "2026", "half_width": "10", "expected": "10", "hours": "2", "blind_percent": "50", **fields})


# ---- before there is one ----

before = ask_json(chief, PLAN)
same((before["has_plan"], before["round"]), (False, "2026"), "no plan yet, and for which round")
mau.get(PLAN)
report(mau.status == 200 and "Lãnh đạo phòng lập" in mau.text and "Rút mẫu" not in mau.text, "an officer follows, and does not make it", mau.text[-1500:])
for browser, status, what in ((mau, 403, "an officer"), (policymaker, 403, "a policymaker")):
    browser.get("/can-bo/tai-khoan")
    browser.post(PLAN, round="2026", half_width="5", expected="10", hours="1", blind_percent="0")
    same(browser.status, status, f"{what} may not make one")
policymaker.get(PLAN)
same(policymaker.status, 403, "who sees no case sees no plan")
mau.get(PLAN + ".csv")
same(mau.status, 404, "nothing to download")
for fields, part in (({"half_width": "0"}, "từ 1 đến 20"), ({"expected": "60"}, "từ 1 đến 50"), ({"hours": "-1"}, "từ 0 đến 10000"), ({"blind_percent": "x"}, "từ 0 đến 100")):
    make(chief, **fields)
    report(chief.status == 422 and part in chief.text, f"{fields}: refused in a sentence", chief.text[:1500])
make(chief, round="1999")
same(chief.status, 409, "a round without files")
same(server.sql("SELECT COUNT(*) FROM review_plan"), [(0,)], "nothing half-done stays")

# ---- made ----

make(chief, half_width="9,5")
report(chief.status == 200 and "đợt 2026" in chief.text and "từ 10 hồ sơ trở lên" in chief.text, "made, and shown", chief.text[:3000])
plan = server.sql("SELECT id, round, areas, seed, half_width, expected, risk_hours, files FROM review_plan")
seed = int(time.strftime("%Y%m%d", time.gmtime(time.time() + 7 * 3600)))
report(plan[0][:3] == (1, "2026", "") and abs(plan[0][3] - seed) <= 1 and plan[0][4:] == (950, 1000, 2, stored), "the plan is kept with its seed", str(plan))
parts = dict(server.sql("SELECT part, COUNT(*) FROM review_plan_case GROUP BY part"))
strata = server.sql("SELECT section, size_class, files, taken FROM review_plan_stratum")
same((sum(s[2] for s in strata), sum(s[3] for s in strata)), (stored, parts["sample"]), "strata add up")
report(all(s[3] >= min(2, s[2]) for s in strata), "at least two of each stratum", str(strata))
same(parts["risk"], 8, "two hours of fifteen minutes a file")


def number(seed, case):
    """splitmix64, as include/insight/sample.h says it."""
    mask = (1 << 64) - 1
    z = (seed * 0x9e3779b97f4a7c15 + case + 0x9e3779b97f4a7c15) & mask
    z = ((z ^ z >> 30) * 0xbf58476d1ce4e5b9) & mask
    z = ((z ^ z >> 27) * 0x94d049bb133111eb) & mask
    return z ^ z >> 31


drawn = {row[0] for row in server.sql("SELECT review_case FROM review_plan_case WHERE part = 'sample'")}
again = set()
for section, size, files, taken in strata:
    cases = [row[0] for row in server.sql(f"SELECT id FROM review_case WHERE section = '{section}' AND size_class = '{size}'")]
    again |= set(sorted(cases, key=lambda case: number(plan[0][3], case))[:taken])
same(again, drawn, "anybody with the seed draws the same files")
blind = server.sql("SELECT COUNT(*) FROM review_plan_case WHERE is_blind = 1")[0][0]
report(abs(blind - parts["sample"] / 2) <= 1, "half of the sample is looked at twice", f"{blind} of {parts['sample']}")
same(server.sql("SELECT act, object FROM audit WHERE act = 'review-plan-made'"), [("review-plan-made", "review-plan:1")], "and told in the audit")

# ---- followed ----

risks = ask_json(mau, PLAN)["risks"]
same([risk["place"] for risk in risks], list(range(1, 9)), "the risk list, in order")
report(all(risk["why"] and risk["expected"] for risk in risks) and any("điểm" in risk["why"] for risk in risks) and any("không có minh chứng" in risk["why"].lower() for risk in risks),
       "with reasons in words", str(risks))
english = json.loads(mau.send("GET", "/en" + PLAN, None, {"Accept": "application/json"}) and mau.text)["risks"]
report(any("no evidence" in risk["why"].lower() for risk in english), "in English, too", str(english[:2]))
queue = ask_json(mau, "/can-bo/hang-cho?ke-hoach=rui-ro")
same([row["name"] for row in queue["cases"]], [risk["name"] for risk in risks], "the queue shows it in its order")
same(ask_json(mau, "/can-bo/hang-cho?ke-hoach=mau")["total"], parts["sample"], "and the sample")
mau.get(PLAN)
first = re.search(r'/can-bo/ho-so/(\d+)\?ds=([^"]+)"', mau.text)
mau.get(f"/can-bo/ho-so/{first.group(1)}?ds={first.group(2)}".replace("&amp;", "&"))
order = [row[0] for row in server.sql("SELECT review_case FROM review_plan_case WHERE part = 'risk' ORDER BY position")]
report(f"/can-bo/ho-so/{order[1]}?ds=" in mau.text, "a case leads to the next of the list", mau.text[:200])

# ---- areas ----

report(ask_json(local, PLAN)["has_plan"] in (True, False) and "không hiện" not in local.text, "a head of a commune")
seen = ask_json(local, PLAN)
own = server.sql("SELECT COUNT(*) FROM review_plan_case p JOIN review_case c ON c.id = p.review_case WHERE p.plan = 1 AND p.part = 'sample' AND c.area = 'nam-sach'")[0][0]
if seen["has_plan"]:
    same([part["seen"] for part in seen["parts"]][0], f"0/{own}", "sees of the sample what lies in the own area")
    report("nói cho mọi địa bàn" in seen["sentence"], "and not the rate of the others", str(seen))
elsewhere = server.sql("SELECT COUNT(*) FROM review_plan_case p JOIN review_case c ON c.id = p.review_case WHERE c.area = 'tu-ky'")[0][0]
same(ask_json(foreign, PLAN)["has_plan"], elsewhere > 0, "where nothing was drawn there is no plan")
make(local)
same((local.status, server.sql("SELECT files FROM review_plan WHERE id = 2")), (200, [(inside,)]), "makes a plan for it, of its files alone")
outside = server.sql("SELECT COUNT(*) FROM review_plan_case p JOIN review_case c ON c.id = p.review_case WHERE p.plan = 2 AND c.area <> 'nam-sach'")[0][0]
same(outside, 0, "and of no others")
server.sql("DELETE FROM review_plan_case WHERE plan = 2; ")
server.sql("DELETE FROM review_plan_stratum WHERE plan = 2")
server.sql("DELETE FROM review_plan WHERE id = 2")

# ---- as it goes on ----

chosen = sorted(drawn)
wrong = chosen[: len(chosen) // 5]
server.sql(f"UPDATE review_case SET state = 'verified', due_on = '' WHERE id IN ({', '.join(map(str, chosen))})")
server.sql(f"UPDATE review_case SET proposer = 1 WHERE id IN ({', '.join(map(str, wrong))})")
server.sql(f"UPDATE review_case SET state = 'rejected', proposer = 0 WHERE id = {chosen[-1]}")
done = ask_json(chief, PLAN)
report(re.search(r"Khoảng \d+,\d % hồ sơ của cả đợt sai, từ \d+,\d % đến \d+,\d %", done["sentence"]), "the rate with its interval", done["sentence"])
report("Chỉ mẫu ngẫu nhiên nói được cho cả đợt" in done["sentence"], "and what speaks for the whole")
same(done["parts"][1]["seen"], f"{len(chosen)}/{len(chosen)}", "how far the sample is")
chief.get(PLAN)
report("1 hồ sơ mẫu đóng mà không xác minh" in chief.text and str(plan[0][3]) in chief.text and "Cochran" in chief.text, "how it was drawn", chief.text[-2500:])
chief.get("/en" + PLAN)
report("of the files of the whole round are wrong" in chief.text and "95 % confidence" in chief.text, "in English")
chief.send("GET", PLAN + ".csv?round=2026")
rows = list(csv.reader(io.StringIO(chief.text.lstrip("\ufeff")), delimiter=";"))
same((chief.status, len(rows), rows[0][0], rows[1][0], rows[-1][0]), (200, 1 + parts["sample"] + parts["risk"], "Phần", "Mẫu ngẫu nhiên", "Danh sách rủi ro"), "both lists as a table")
server.sql("UPDATE account_session SET proved_at = proved_at - 601")
chief.get(PLAN + ".csv")
report(chief.status == 403 and "Gõ lại mật khẩu" in chief.text, "names leave only after the password was typed again")

finish()
