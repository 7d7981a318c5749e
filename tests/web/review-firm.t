#!/usr/bin/env python3
"""The enterprise's side of a review: what is asked, what is unlocked, what was verified, objection. Officers' acts are written into the database."""
import json
import re
from datetime import datetime, timedelta, timezone

from client import Browser, Server, wait_until
from tool import PDF, Folder, finish, report, run, same

JSON = {"Accept": "application/json"}
AT = "2026-11-24T01:00:00Z"
LATER = "2026-11-24T02:00:00Z"
Q1, Q2, Q3 = "1.1", "1.2", "1.3"  # on one page
data = Folder(questionnaires=("questionnaires/household-quick@1.json",), shared=("policies", "reports"))
server = Server("--round", "2026", "--contact", "Sở KHCN, 0220 1234567", "--data", data.path)


def url(browser, rest=""):
    return f"/ho-so/{browser.reference}{rest}"


def sql(statement, *values):
    return server.sql(statement, *values)


def case(browser):
    rows = sql("SELECT c.id, c.state FROM review_case c JOIN dossier d ON d.assessment = c.assessment WHERE d.id = ?", browser.number())
    return rows[0] if rows else (0, "")


def event(browser, kind, text="", at=AT):
    sql("INSERT INTO dossier_event (dossier, kind, at, actor, text) VALUES (?, ?, ?, 'officer', ?)", browser.number(), kind, at, text)


def put(browser, dossier, state, **more):
    sql("UPDATE dossier SET state = ?, version = version + 1 WHERE id = ?", dossier, browser.number())
    for name, value in {"state": state, **more}.items():
        sql(f"UPDATE review_case SET {name} = ? WHERE id = ?", value, case(browser)[0])


def ask(browser, question, text):
    sql("INSERT INTO dossier_question (dossier, question, text, asked_at, due_on, reply, replied_at) VALUES (?, ?, ?, ?, '2099-12-01', '', '')",
        browser.number(), question, text, AT)
    return sql("SELECT max(id) FROM dossier_question")[0][0]


def answer_of(browser, question):
    return json.loads(sql("SELECT content FROM dossier WHERE id = ?", browser.number())[0][0])["answers"].get(question)


def options(browser, question):
    return re.findall(rf'name="q\.{re.escape(question)}"[^>]*? value="([^"]*)"', browser.text)


def other_than(browser, question):
    now = answer_of(browser, question)
    return next(value for value in options(browser, question) if value != now)


one = Browser(server)
one.begin(questionnaire="household-quick@1")
one.fact(1, name="Cơ sở Gốm Thử Nghiệm", area="hai-duong")
one.answer_all()
one.submit()
report(wait_until(lambda: case(one)[1] == "submitted"), "its case is there")

# ---- asked, not given back ----

event(one, "review-started")
first, second = ask(one, Q1, "Hợp đồng này của <năm> nào?"), ask(one, Q2, "Có sổ sách không?")
put(one, "reviewing", "asked", due_on="", firm_due_on="2099-12-01", days_left=8)
one.get(url(one, "/trang-thai"))
report("trả lời trước hết ngày 01/12/2099" in one.text and "&lt;năm&gt;" in one.text and f'/cau/1?tu=check"' in one.text and
       "Cán bộ bắt đầu xem" in one.text and "Cần bổ sung</strong>" in one.text, "the status page says what is asked, until when, and leads to the answer", one.text)
one.send("GET", url(one, "/trang-thai"), headers=JSON)
said = json.loads(one.text)
same((said["review"], said["reply_by"], said["object_by"]), ("asked", "2099-12-01", None), "programs are told the same")
one.get(url(one, "/cau/1"))
report(one.status == 200 and "đã khóa" in one.text and not options(one, Q1) and f'id="hoi-{first}"' in one.text and 'name="from" value="1"' in one.text,
       "the question page shows the answer locked, with the query and a reply form", one.text)
one.get(url(one, "/cau/3"))
report(one.status == 409 and "đã khóa" in one.text, "what is not asked is closed", f"{one.status} {one.text[-900:]}")
one.get(url(one, "/cau/1"))
one.post(url(one, "/cau/1"), {f"q.{Q1}": "x"})
report(one.status == 409 and "không có câu nào" in one.text, "an answer is not changed while it is only asked", f"{one.status} {one.text[-900:]}")
one.get(url(one, "/cau/1"))
one.post(url(one, f"/tra-loi/{first}"), {"reply": "", "from": "1"})
report(one.status == 422 and f'href="#reply-{first}"' in one.text, "an empty reply is refused")
same((one.upload(Q1, PDF), one.upload(Q3, PDF), one.status), (True, False, 409), "files are taken for what is asked, and for nothing else")
one.get(url(one, f"/minh-chung/{Q1}"))
report("/xoa\"" in one.text and "/cau/1" in one.text, "what came since may be taken away again", one.text)
one.post(url(one, f"/tra-loi/{first}"), {"reply": "", "from": "1"})
report(one.status == 200 and one.path.endswith("/cau/1") and "Đã gửi tệp: a.pdf." in one.text, "then the file is the reply, and leads back to the question", one.text)
same(case(one)[1], "asked", "one of two is answered")
sql("UPDATE dossier_question SET closed_at = ?, close_reason = 'Đã rõ qua điện thoại' WHERE id = ?", LATER, second)
one.get(url(one, "/trang-thai"))
report("không cần trả lời nữa" in one.text and "Đã rõ qua điện thoại" in one.text and "/tra-loi/" not in one.text, "what was closed says so and is not asked", one.text)
one.post(url(one, f"/tra-loi/{second}"), reply="Có")
report(one.status == 409 and "đã đóng" in one.text, "and takes no reply", f"{one.status}")
third = ask(one, Q2, "Vậy mức nào đúng?")
report(wait_until(lambda: not sql("SELECT * FROM case_due")), "cases have followed")

# ---- given back: just what is asked is unlocked ----

event(one, "returned", "Xin xem lại câu 2", "2099-11-24T02:00:00Z")
put(one, "returned", "asked", firm_due_on="2099-12-01")
one.get(url(one, "/trang-thai"))
report("nộp lại trước hết ngày 01/12/2099" in one.text and "Xin xem lại câu 2" in one.text and "Kiểm tra và nộp lại" in one.text and "Sửa câu trả lời này" in one.text,
       "given back, with what the officer wrote", one.text)
one.get(url(one, "/kiem-tra"))
same(len(re.findall(r"\?tu=check#", one.text.split("<details class=\"part\">", 1)[1])), 1, "one answer of all can be changed")
one.get(url(one, "/cau/2"))
before, wanted = answer_of(one, Q2), other_than(one, Q2)
report("Cán bộ hỏi:" in one.text and "Vậy mức nào đúng?" in one.text and f"câu {Q2}" in one.text, "the query stands at the answer", one.text)
page = 1
while Q2 not in "".join(one.names()) or page == 1:
    one.get(url(one, f"/trang/{page}"))
    page += 1
same(one.names(), [f"q.{Q2}"], "on a page of several only that one is a control")
locked = answer_of(one, Q3)
one.post(url(one, "/cau/3"), {f"q.{Q3}": "khong-co"})
report(one.status == 409 and f"sửa được lúc này: {Q2}." in one.text and answer_of(one, Q3) == locked, "another answer is refused, and what is possible is said",
       f"{one.status} {one.text[-900:]}")
one.get(url(one, "/cau/2"))
one.post(url(one, "/luu"), [("of", f"q.{Q3}"), (f"q.{Q3}", "khong-co")])
report(one.status == 409 and Q2 in json.loads(one.text)["error"]["vi"], "also when the script saves", f"{one.status} {one.text}")
one.get(url(one, "/cau/2"))
one.post(url(one, "/thong-tin/1"), name="Tên khác", base="0" * 8)
report(one.status == 409, "and facts", str(one.status))
one.get(url(one, "/cau/2"))
one.post(url(one, "/ket-qua"), employees="5")
report(one.status == 409 and '"employees"' not in sql("SELECT content FROM dossier WHERE id = ?", one.number())[0][0], "by no way", str(one.status))
one.submit()
report(one.status == 409 and f"câu {Q2}" in one.text, "it is not handed back while something waits for a reply", f"{one.status} {one.text[-900:]}")
one.get(url(one, "/cau/2"))
one.post(url(one, "/luu"), [("of", f"q.{Q2}"), (f"q.{Q2}", wanted), ("base", one.base[:8])])
same((one.status, answer_of(one, Q2)), (200, wanted), "what is asked is saved")
# what was typed while it was unlocked, and is locked now, does not go along
sql("UPDATE dossier SET content = replace(content, 'Thử Nghiệm', 'Lén Đổi') WHERE id = ?", one.number())
one.submit()
report(one.status == 303 and one.headers["Location"].endswith("/trang-thai"), "handed back", f"{one.status} {one.text[-500:]}")
kept = json.loads(sql("SELECT content FROM dossier WHERE id = ?", one.number())[0][0])
same((kept["answers"][Q2], kept["enterprise"]["name"], kept["answers"][Q3]), (wanted, "Cơ sở Gốm Thử Nghiệm", locked), "with nothing else than what was unlocked")
same(sql("SELECT state, revision FROM dossier WHERE id = ?", one.number()), [("reviewing", 2)], "another revision, under review as before")
report(sql("SELECT reply FROM dossier_question WHERE id = ?", third)[0][0].startswith("Đã sửa câu trả lời: “"), "the change is the reply")
report(wait_until(lambda: case(one)[1] == "answered"), "and its case goes on by itself", str(case(one)))
one.post(url(one, "/kiem-tra"), consent="1", follow=False)
same(one.status, 303, "a second click does no harm")
one.get(url(one, "/trang-thai"))
report("Đơn vị đã trả lời; cán bộ đang xem tiếp" in one.text and "Mở lại để sửa" not in one.text, "the status says so", one.text)
for rest in ("/sua", "/rut"):
    one.post(url(one, rest))
    same(one.status, 409, f"{rest} is refused under review")
    one.get(url(one, "/trang-thai"))
report(wait_until(lambda: not sql("SELECT * FROM case_due")), "cases have followed again")

# ---- the other ends ----

for state, words, more in (("expired", "Đã hết hạn trả lời", {}), ("proposed", "Cán bộ đang xem hồ sơ.", {}),
                           ("rejected", "trùng với một hồ sơ khác", {"reason_code": "duplicate", "reason": "Đã nộp tháng trước"})):
    put(one, "reviewing", state, **more)
    one.get(url(one, "/trang-thai"))
    report(one.status == 200 and words in one.text and more.get("reason", "") in one.text and "người thứ hai" not in one.text, f"{state}, in words", one.text)
one.prefix = "/en"
one.get(url(one, "/trang-thai"))
report("The application was not accepted: it is there twice." in one.text and "Review started" in one.text, "in English too", one.text)
one.prefix = ""

# ---- verified ----

now = datetime.now(timezone.utc)
today = now.strftime("%Y-%m-%dT%H:%M:%SZ")
number = case(one)[0]
content = json.loads(sql("SELECT content FROM dossier WHERE id = ?", one.number())[0][0])
content["answers"][Q2] = before
changes = [{"item": f"answers.{Q2}", "self": json.dumps(wanted), "value": json.dumps(before), "reason": "not-enough", "note": "Hợp đồng <hết hạn>"}]
sql("INSERT INTO case_freeze VALUES (?, 1, ?, 0, 1, 2, 1000, NULL, 900, 4000, NULL, 'h', 'h', '1', ?, ?)", number, today,
    json.dumps(content), json.dumps(changes))
event(one, "verified", at=today)
put(one, "verified", "verified", state_at=today, reason="", reason_code="")
one.get(url(one, "/ket-qua"))
report(one.status == 200 and "đã xác minh ngày" in one.text and "Tự chấm: mức" in one.text and "Minh chứng không đủ cho mức đã chọn" in one.text and
       "Hợp đồng &lt;hết hạn&gt;" in one.text and "chưa xác minh" not in one.text and "chưa được cơ quan" not in one.text,
       "the result tells the verified one beside the self-assessed, and why", one.text)
one.send("GET", url(one, "/ket-qua"), headers=JSON)
said = json.loads(one.text)["verified"]
same((said["self"]["points"], said["result"]["points"], said["changes"]),
     ("10.00", "9.00", [{"question": Q2, "self": wanted, "verified": before, "reason": "not-enough", "note": "Hợp đồng <hết hạn>"}]), "for programs too")
one.get(url(one, "/trang-thai"))
report("đã được xác minh ngày" in one.text and "Xác minh xong" in one.text and 'name="objection"' in one.text and "Cần bổ sung" in one.text, "the status says so, and that one may object", one.text)

one.get(url(one, "/bao-cao-da-ky.pdf"))
report(one.status == 404 and "chưa có khóa để ký" in one.text, "without a key there is no signed report", one.text)
run("key", "new", "--db", server.db)
one.send("GET", url(one, "/bao-cao-da-ky.pdf"))
report(one.body.startswith(b"%PDF"), "with one there is", one.text[:300])

# ---- objection ----

one.post(url(one, "/y-kien"), objection=" ")
report(one.status == 422 and 'href="#objection"' in one.text and "<details class=\"noprint\" open" in one.text, "it needs a reason", one.text)
one.post(url(one, "/y-kien"), objection="x" * 4001)
report(one.status == 422 and "4.000" in one.text and "x" * 4001 in one.text, "of some length")
sql("UPDATE review_case SET state_at = ? WHERE id = ?", (now - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M:%SZ"), number)
one.post(url(one, "/y-kien"), objection="Trễ")
report(one.status == 409 and "10 ngày làm việc" in one.text, "not after ten working days", f"{one.status} {one.text[-700:]}")
one.get(url(one, "/trang-thai"))
report('name="objection"' not in one.text, "then it is not offered")
sql("UPDATE review_case SET state_at = ? WHERE id = ?", today, number)
one.get(url(one, "/trang-thai"))
one.post(url(one, "/y-kien"), objection="Hợp đồng còn hạn tới 2027.\nXem trang 3.", follow=False)
report(one.status == 303, "taken", f"{one.status} {one.text}")
one.get(url(one, "/trang-thai"))
report(one.status == 200 and "Đơn vị đã gửi ý kiến lúc" in one.text and "Xem trang 3." in one.text and 'name="objection"' not in one.text, "and shown", one.text)
one.post(url(one, "/y-kien"), objection="Lần nữa")
report(one.status == 409 and "chỉ gửi được một lần" in one.text, "once", f"{one.status}")
report(sql("SELECT objected_at >= state_at FROM review_case WHERE id = ?", number) == [(1,)] and
       sql("SELECT count(*) FROM audit WHERE act = 'objected'") == [(1,)], "its case is marked, and the audit knows")

# ---- looked at once more, and erasure ----

event(one, "reopened", "Xem lại hợp đồng", at=today)
put(one, "reviewing", "reopened", edition=2, reason="Xem lại hợp đồng")
one.get(url(one, "/ket-qua"))
report("đang được xem lại" in one.text and "đã xác minh ngày" in one.text, "the verified result holds meanwhile", one.text)
one.get(url(one, "/trang-thai"))
report("mở lại để xem lại" in one.text and one.text.count("Xem lại hợp đồng") == 2 and "Đã xác minh <span" in one.text, "the status says why", one.text)
one.get(url(one, "/xoa"))
one.post(url(one, "/xoa"), reference=one.reference)
same(sql("SELECT state, erasure_asked_at <> '' FROM dossier WHERE id = ?", one.number()), [("reviewing", 1)], "erasure is noted under review")
log = server.logged()
report("Gốm" not in log and "failed" not in log, "the log names nobody, and nothing failed", log[-800:])
report(server.stop() == 0, "it stops clean")
finish()
