#!/usr/bin/env python3
"""Further rooms of the desk: action plans (refused in place, two at once, areas, files) and the audit."""
import csv
import glob
import io
import json
import os
import re
import subprocess
import time

from client import Officer, Server
from tool import finish, report, run, same

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "data", "demo", "doanh-nghiep-2026.csv")

server = Server("--round", "2026")
run("import", TABLE, "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
other = Officer(server).put_in("pham.van.du", "officer", "all")
local = Officer(server).put_in("can.bo.xa", "officer", "nam-sach")
maker = Officer(server).put_in("chinh.sach", "policymaker")
while server.sql("SELECT COUNT(*) FROM case_due")[0][0]:
    time.sleep(.1)


def ask_json(browser, path):
    browser.send("GET", path, None, {"Accept": "application/json"})
    return json.loads(browser.text)


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


# ---- a plan ----

case, area, name = server.sql("SELECT id, area, name FROM review_case WHERE level = 2 AND area NOT IN ('', 'nam-sach') ORDER BY support_vnd DESC, id LIMIT 1")[0]
PLAN = f"/can-bo/ho-so/{case}/viec"
COLUMNS = ("person", "task", "time", "responsibility", "result")
mau.get(PLAN)
report(mau.status == 200 and "chưa xác minh" in mau.text and "Kế hoạch chưa có dòng nào" in mau.text, "a plan without rows, of a case that is not verified", mau.text[-2500:])
mau.get(f"/can-bo/ho-so/{case}")
report(PLAN in mau.text, "the case leads to its plan")
mau.post(f"/can-bo/ho-so/{case}", act="verified", version="1")
same(mau.status, 200, "verified")
mau.get(PLAN)
report("đã xác minh" in mau.text and "Lấy từ bước cải thiện (" in mau.text, "when it is verified rows can be taken from its steps",
       mau.text[-2500:])
for take, kinds in (("buoc", ("package:", "step:")), ("chinh-sach", ("policy:",))):  # which policies are open depends on the day
    drafted = [line for line in ask_json(mau, f"{PLAN}?lay={take}")["lines"] if line["open"]]
    report((drafted or take != "buoc") and all(line["source"].startswith(kinds) and line["cells"][1]["text"] for line in drafted), f"{take}: drafts", str(drafted))


def save(browser, path, *rows, follow=True):
    """Rows of (id, version, person, task, time, responsibility, result, state)."""
    browser.get(path)
    fields = []
    for number, row in enumerate(rows, 1):
        id, version, person, task, when, answers, result, state = row
        fields += list(zip(("id", "version", "number", "source", *COLUMNS, "state", "whose"),
                           (str(id), str(version), str(number), "", person, task, when, answers, result, state, "firm")))
    browser.post(path.split("?")[0], fields, follow=follow)
    return browser.status


good = (0, 0, "Kế toán trưởng", "Chuẩn bị hồ sơ hỗ trợ", "20/11/2020", "Giám đốc ký", "Giấy tiếp nhận", "doing")
save(mau, PLAN, good, (0, 0, "", "Lập bảng theo dõi", "24/05/2090", "Giám đốc", "Ảnh bảng", "open"),
     (0, 0, "Quản lý", "Quay phim", "31/2/2090", "Quản lý sản xuất", "12 đoạn phim", "open"), (0, 0, "", "", "", "", "", "open"))
words = plain(mau.text)
report(mau.status == 422 and "Còn 2 dòng chưa lưu" in words and "Dòng 2 chưa lưu: thiếu rõ người." in words and "Thiếu: rõ người" in words,
       "a row that lacks one of the five is refused in place, with the word that is missing", words[:1500])
report("không có ngày &#39;31/2/2090&#39;" in mau.text or "không có ngày '31/2/2090'" in mau.text, "a day that there is not, too", words[:1500])
report("Đã lưu 1 dòng lúc" in words and 'value="31/2/2090"' in mau.text and "Lập bảng theo dõi</textarea>" in mau.text, "the good row is kept, and nothing that was typed is lost", words[:1500])
same(server.sql("SELECT person, state FROM plan_row"), [("Kế toán trưởng", "doing")], "and nothing else is stored")
same(save(mau, PLAN, (0, 0, "Quản lý", "Quay phim", "24/05/2090", "Quản lý sản xuất", "12 đoạn phim", "open"), follow=False), 303, "whole rows lead on")
mau.follow()
report("Đã lưu 1 dòng" in mau.text and "Quá hạn" in mau.text, "and the plan says so", mau.text[-3000:])
mau.post(PLAN, [("id", "0"), ("person", "x")])
same(mau.status, 400, "rows that are not whole are refused")

# two at once, in both orders
row, version = server.sql("SELECT id, version FROM plan_row WHERE person = 'Quản lý'")[0]
for first, second in ((mau, other), (other, mau)):
    version = server.sql("SELECT version FROM plan_row WHERE id = ?", row)[0][0]
    same(save(first, PLAN, (row, version, f"Bản của {version}", "Quay phim", "24/05/2090", "Quản lý", "12 đoạn", "doing")), 200, "who is first saves")
    save(second, PLAN, (row, version, "Bản khác", "Quay phim", "24/05/2090", "Quản lý", "12 đoạn", "open"))
    report(second.status == 409 and f"Bản người khác vừa lưu: Bản của {version}" in plain(second.text) and 'value="Bản khác"' in second.text, "who is second sees both",
           plain(second.text)[:1500])
    same(server.sql("SELECT person FROM plan_row WHERE id = ?", row), [(f"Bản của {version}",)], "and nothing is overwritten")
    same(re.search(rf'name="id" value="{row}"><input type="hidden" name="version" value="(\d+)"', second.text).group(1), str(version + 1), "saving again keeps one's own, knowingly")
mau.get(f"{PLAN}?sua={row}")
report(mau.text.count("<textarea") == 3 and 'name="state"' in mau.text, "a row is opened by a link", mau.text[-3000:])

# ---- the province's own ----

PROVINCE = "/can-bo/viec/tinh"
same(save(mau, PROVINCE, (0, 0, "Sở Tài chính", "Mở lớp kế toán", "31/12/2090", "Giám đốc Sở", "Danh sách ký", "open"), follow=False), 303, "a task of the province")
task = server.sql("SELECT id, is_province, enterprise FROM plan_row ORDER BY id DESC LIMIT 1")[0]
same(task[1:], (1, None), "concerns no single enterprise")
same(save(mau, PROVINCE, (task[0], 1, "Sở Tài chính", "Mở lớp kế toán", "31/12/2090", "Giám đốc Sở", "Danh sách ký", "done"), follow=False), 303, "is done")
mau.get(f"{PROVINCE}?sua={task[0]}")
report("Mở lớp kế toán</textarea>" in mau.text, "what is done leaves the page, and can be opened from the list", mau.text[-2500:])
same(save(mau, PROVINCE, (task[0], 1, "", "Mở lớp", "31/12/2090", "Sở", "Danh sách", "open")), 422, "also when it is refused")
report("Mở lớp</textarea>" in mau.text, "with what was typed")
same(save(mau, PROVINCE, (row, 1, "x", "x", "31/12/2090", "x", "x", "open")), 404, "the row of an enterprise is none of the province's")

# ---- the list ----

for query, count in (("", 3), ("?cua=tinh", 1), ("?cua=don-vi", 2), ("?tinh-trang=done", 1), ("?tinh-trang=chua-xong", 2), ("?nguoi=ke+toan", 1), ("?tim=khong-co", 0),
                     ("?nguoi=ke+toan&tinh-trang=doing", 1), ("?han=qua", 1), ("?han=thang", None)):
    total = ask_json(mau, "/can-bo/viec" + query)["total"]
    report(total == count if count is not None else total <= 3, f"{query} filters", str(total))
same([view["count"] for view in ask_json(mau, "/can-bo/viec")["views"]][:2], [3, 1], "views say how many")
mau.get("/can-bo/viec")
report(f"{PLAN}?sua=" in mau.text and f"{PROVINCE}?sua={task[0]}" in mau.text, "rows lead to where they are changed")
mau.send("GET", "/can-bo/viec.csv?tinh-trang=chua-xong")
rows = list(csv.reader(io.StringIO(mau.text.lstrip("\ufeff")), delimiter=";"))
report(len(rows) == 3 and rows[0] == ["Đơn vị", "Rõ người", "Rõ việc", "Rõ thời gian", "Rõ trách nhiệm", "Rõ kết quả", "Trạng thái"] and rows[1][0] == name, "what is filtered is what is downloaded", str(rows))
for path, language in ((f"/can-bo/viec.pdf?ho-so={case}", "Rõ người"), (f"/en/can-bo/viec.pdf?ho-so={case}", "Responsibility")):
    mau.send("GET", path)
    with open(server.db + ".pdf", "wb") as file:
        file.write(mau.body)
    text = subprocess.run(["pdftotext", "-layout", server.db + ".pdf", "-"], capture_output=True, text=True).stdout
    report(mau.body[:4] == b"%PDF" and language in text and "Kế toán trưởng" in re.sub(r"\s+", " ", text.replace("\n", " ")) or "Kế toán" in text, f"{path}: a plan on paper", text[:1000])
mau.send("GET", "/can-bo/viec.pdf?ho-so=999999")
same(mau.status, 404, "of a case that there is")
server.sql("UPDATE account_session SET proved_at = proved_at - 601")
mau.get(f"/can-bo/viec.csv?ho-so={case}")
report(mau.status == 403 and "Gõ lại mật khẩu" in mau.text, "names leave only after the password was typed again", mau.text)

# ---- areas and roles ----

for path in (PLAN, f"/can-bo/ho-so/999999/viec"):
    local.get(path)
same(local.status, 404, f"{path}: another area's plan is not there")
same(ask_json(local, "/can-bo/viec")["total"], 1, "lists hold own areas, and what concerns no single one")
local.get("/can-bo/viec")
local.post(PLAN, [("id", "0")])
same(local.status, 404, "nor is it changed")
maker.get("/can-bo/viec")
same(maker.status, 403, "policymakers see no rows")
counts = ask_json(maker, "/can-bo/viec/so-lieu")["areas"]
same((counts[-1]["open"] + counts[-1]["doing"], counts[-1]["done"], counts[-1]["enterprises"]), (2, 1, 1), "but how many there are")
maker.get("/can-bo/viec/so-lieu")
report("Kế toán" not in maker.text and name not in maker.text, "without a name")

# ---- the audit ----

boss, chief = Officer(server).put_in("quan.tri", "administrator"), Officer(server).put_in("truong.xa", "head", "nam-sach")
near = server.sql("SELECT MIN(id) FROM review_case WHERE area = 'nam-sach'")[0][0]
local.get(f"/can-bo/ho-so/{near}")
boss.get("/can-bo/nhat-ky")
told = plain(boss.text)
report(boss.status == 200 and "Mở xem hồ sơ" in told and "Thêm tài khoản" in told and "cán bộ: Xã Nam Sách" in told and f"hồ sơ {case}" in told, "acts, objects and what changed, in words", told[:3000])
report(not re.search(r"case-opened|account-added|case:\d|nam-sach|officer;", told), "neither codes nor ids", told[:3000])
total = server.sql("SELECT COUNT(*) FROM audit")[0][0]
head = server.sql("SELECT lower(hex(hash)) FROM audit ORDER BY id DESC LIMIT 1")[0][0]
report(head in boss.text and f"{total} dòng" in told, "with the head of the day", told[:800])
report("evt=audit entries=" in server.logged(), "which stands in the log, too", server.logged()[-500:])
for query, wanted in (("?ai=le.thi.mau", "actor = 'le.thi.mau'"), ("?viec=plan-changed", "act = 'plan-changed'"), (f"?ve=case:{case}", f"object = 'case:{case}'"),
                      ("?loai=plan", "object LIKE 'plan:%'"), ("?ngay=1/1/2001", "0"), ("?ai=le.thi.mau&loai=plan", "actor = 'le.thi.mau' AND object LIKE 'plan:%'"), ("?truoc=4", "id < 4")):
    ids = [line["id"] for line in ask_json(boss, "/can-bo/nhat-ky" + query)["lines"]]
    same(ids, [id for id, in server.sql(f"SELECT id FROM audit WHERE {wanted} ORDER BY id DESC LIMIT 100")], f"{query} filters, the newest first")
seen = ask_json(chief, "/can-bo/nhat-ky")
same(({line["object"] for line in seen["lines"]}, seen["head"]), ({f"hồ sơ {near}"}, None), "a head sees entries about cases of own areas")
chief.get("/can-bo/nhat-ky")
same((chief.post("/can-bo/nhat-ky"), chief.status), (False, 403), "and does not check it")
same((mau.get("/can-bo/nhat-ky"), mau.status), (False, 403), "an officer does not see it")
boss.get("/can-bo/nhat-ky")
boss.post("/can-bo/nhat-ky")
report("liền mạch, không dòng nào bị sửa" in boss.text and f"Đã kiểm tra {total} dòng" in plain(boss.text), "all of it holds", plain(boss.text)[:600])
server.sql("DROP TRIGGER audit_stays")
server.sql("UPDATE audit SET reason = CAST(reason AS BLOB) WHERE id = 5")
boss.post("/can-bo/nhat-ky")
report("thiếu từ dòng 5" in boss.text, "and what was changed is named", plain(boss.text)[:600])

# every act that the program writes has words
told = "".join(open(path, encoding="utf-8").read() for path in glob.glob(os.path.join(HERE, "..", "..", "src", "app", "**", "*.c"), recursive=True))
acts = set(re.findall(r'\.act = "([a-z-]+)"', told)) | set(re.findall(r'"((?:inbox|bulk|data-request|import|review-plan)-(?:[a-z]+)(?:-[a-z]+)*)"', told))
with open(os.path.join(HERE, "..", "..", "src", "web", "officer", "audit_words.c"), encoding="utf-8") as file:
    words = set(re.findall(r'^    {"([a-z-]+)", {{', file.read(), re.M))
acts -= {"import-files"}  # a right, no act
report(len(acts) > 15 and acts <= words, "every act in the audit is told in words", f"{acts - words}")

same(server.stop(), 0, "the server ends in peace")
finish()
