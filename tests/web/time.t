#!/usr/bin/env python3
"""Time and help: reminders by mail and on the pages, kills while mail is sent, what officers do for who cannot."""
import base64
import email
import email.header
import email.policy
import os
import re
import stat
import time

from client import Browser, Officer, Server, wait_until
from tool import finish, report, run, same

# ---- a sendmail that keeps what it gets ----
import tempfile
work = tempfile.TemporaryDirectory()
BOX = os.path.join(work.name, "box")
os.mkdir(BOX)
SENDMAIL = os.path.join(work.name, "sendmail")
with open(SENDMAIL, "w", encoding="utf-8") as file:
    file.write(f'#!/bin/sh\n[ "$*" = "-t" ] || exit 9\n[ -e {work.name}/broken ] && exit 75\n'
               f'n=$(mktemp {BOX}/.XXXXXX) && cat > "$n" && mv "$n" {BOX}/$(date +%s%N)\n[ -e {work.name}/slow ] && sleep .3\nexit 0\n')
os.chmod(SENDMAIL, 0o755)


def mails():
    """What was sent, oldest first."""
    return [email.message_from_bytes(open(os.path.join(BOX, name), "rb").read(), policy=email.policy.default)
            for name in sorted(os.listdir(BOX)) if not name.startswith(".")]


def subjects():
    return [str(mail["Subject"]) for mail in mails()]


def flag(name, is_on=True):
    path = os.path.join(work.name, name)
    open(path, "w").close() if is_on else os.path.exists(path) and os.unlink(path)


def due(server):
    """What waits may be sent now."""
    server.sql("UPDATE outbox SET not_before = 0 WHERE state = 'waiting'")


def states(server):
    return dict(server.sql("SELECT state, COUNT(*) FROM outbox GROUP BY state"))


for wrong in ("sendmail", work.name + "/none"):
    done = run("serve", "--sendmail", wrong, "--db", os.path.join(work.name, "x.db"), timeout=20)
    report(done.returncode == 2 and "--sendmail" in done.stderr, f"--sendmail '{wrong}' is an error of use", done.stderr)
done = run("serve", "--mail-from", "a\nBcc: b@c.vn", "--db", os.path.join(work.name, "x.db"), timeout=20)
report(done.returncode == 2, "so is an address that is none", done.stderr)

server = Server("--round", "2026")
mau = Officer(server).put_in("le.thi.mau", "officer", "all")
du = Officer(server).put_in("pham.van.du", "officer", "all")
local = Officer(server).put_in("can.bo.xa", "officer", "nam-sach")


def firm(name, code):
    one = Browser(server)
    one.begin(tax_code=code)
    one.fact(1, name=name, area="chi-linh")
    one.answer_all()
    one.submit()
    wait_until(lambda: server.sql("SELECT 1 FROM review_case WHERE tax_code = ?", code))
    one.case = server.sql("SELECT id FROM review_case WHERE tax_code = ?", code)[0][0]
    return one


def act(officer, case, what, **fields):
    officer.get(f"/can-bo/ho-so/{case}")
    version = server.sql("SELECT version FROM review_case WHERE id = ?", case)[0][0]
    officer.post(f"/can-bo/ho-so/{case}", act=what, version=str(version), **fields)
    return officer.status


# ---- off by default ----
gom = firm("Gốm Chu Đậu", "030099010010")
page = f"/ho-so/{gom.reference}/thu-nhac"
gom.get(page)
report(gom.status == 200 and "không gửi thư" in gom.text, "where no mail is sent the page says so", gom.text[-1500:])
gom.post(page, mail="gom@chu-dau.vn\r\nBcc: b@c.vn")
same(gom.status, 400, "an address with another line is none")
gom.get(page)
gom.post(page, mail="gốm@chu-dau.vn")
report(gom.status == 422 and "ten@don-vi.vn" in gom.text, "nor is one with accents", gom.text[-2500:])
gom.post(page, mail=" gom@chu-dau.vn ")
report(gom.status == 200 and "Đã lưu" in gom.text and 'value="gom@chu-dau.vn"' in gom.text, "an address is kept", gom.text[-1500:])
gom.get(f"/ho-so/{gom.reference}/du-lieu")
report("gom@chu-dau.vn" in gom.text, "and stands among what is held")
same(act(mau, gom.case, "asked", question="1.1", text="Gửi giấy"), 200, "asked")
due(server)
gom.get(f"/ho-so/{gom.reference}/trang-thai")
report(re.search(r"Còn \d ngày làm việc để trả lời", gom.text), "the status page says how long there is", gom.text[:3000])
gom.send("GET", f"/en/ho-so/{gom.reference}/trang-thai")
report("Working days left to reply: " in gom.text, "in English, too")
same(states(server), {"screen": 1}, "without --sendmail nothing waits to be sent")
time.sleep(2.2)
same(mails(), [], "and nothing is")
server.stop()

# ---- on ----
server.options = ("--round", "2026", "--sendmail", SENDMAIL, "--mail-from", "cds@tinh.gov.vn", "--contact", "Sở KH&CN")
server.start()
time.sleep(2.2)
same(mails(), [], "what was told on the pages before is not sent now")
sen = firm("Hợp tác xã Sen", "030099010028")
sen.get(f"/ho-so/{sen.reference}/trang-thai")
report(f"/ho-so/{sen.reference}/thu-nhac" in sen.text, "the status page leads to the address")
sen.post(f"/ho-so/{sen.reference}/thu-nhac", mail="sen@htx.vn")
act(mau, sen.case, "asked", question="1.1", text="Gửi giấy")
act(mau, sen.case, "asked", question="1.2", text="Gửi thêm")
time.sleep(2.2)
same(mails(), [], "nothing goes while it may be taken back")
flag("broken")
due(server)
report(wait_until(lambda: server.sql("SELECT attempts, state FROM outbox WHERE owner = ? AND state = 'waiting' AND attempts = 1", sen.number())),
       "a program that refuses: it waits", str(server.sql("SELECT kind, attempts, state FROM outbox")) + server.logged()[-900:])
left = server.sql("SELECT not_before FROM outbox WHERE state = 'waiting'")[0][0] - time.time()
report(40 <= left <= 61, "a minute, the first time", str(left))
flag("broken", False)
due(server)
report(wait_until(lambda: len(mails()) == 1), "then it goes: one for two queries", server.logged()[-500:])
mail = mails()[0]
day = server.sql("SELECT firm_due_on FROM review_case WHERE id = ?", sen.case)[0][0]
day = "/".join(reversed(day.split("-")))
same(str(mail["Subject"]), f"Hồ sơ {sen.reference}: cán bộ hỏi thêm, trả lời trước hết ngày {day}", "its subject")
same((mail["To"], mail["From"], mail["Auto-Submitted"]), ("sen@htx.vn", "cds@tinh.gov.vn", "auto-generated"), "its head")
body = mail.get_content()
report(f"/ho-so/{sen.reference}/trang-thai" in body and "Sở KH&CN" in body and sen.secret not in body, "its text leads to the status page", body)
report("evt=mail" in server.logged() and "sen@htx.vn" not in server.logged(), "the log has no address", server.logged()[-400:])

# ---- warned, expired: as if days had gone by ----
last = "2026-11-30"


def pass_days(case, due_on):
    """The last day to reply becomes another, and the server looks at once."""
    server.stop()
    server.sql("UPDATE review_case SET firm_due_on = ? WHERE id = ?", due_on, case)
    server.sql("UPDATE outbox SET made_at = '2026-01-05T08:00:00Z' WHERE kind IN ('warned', 'last-day') AND about = ?", case)
    server.start()


count = len(mails())
pass_days(sen.case, "2026-01-09")
report(wait_until(lambda: len(mails()) == count + 1), "warned", str(subjects()))
pass_days(sen.case, "2026-01-09")
report(wait_until(lambda: len(mails()) == count + 2), "and once more on the last day", str(subjects()))
sen.get(f"/ho-so/{sen.reference}/trang-thai")
report(sen.text.count("Nhắc: sắp hết hạn trả lời") == 2 and "Hôm nay là ngày cuối" in sen.text, "both stand on the status page", sen.text[-3000:])
pass_days(sen.case, "2026-01-09")
report(wait_until(lambda: "đã hết hạn trả lời" in subjects()[-1]), "then it expires", str(subjects()))
same(server.sql("SELECT state FROM review_case WHERE id = ?", sen.case), [("expired",)], "the case, too")
mau.get(f"/can-bo/ho-so/{sen.case}")
report(mau.text.count("nhắc đơn vị: sắp hết hạn trả lời") == 2, "its history tells", mau.text[-3000:])
same(act(mau, sen.case, "resumed", text="đơn vị đã gọi"), 200, "taken back")

# ---- two days without a touch, and taking over ----
same(act(mau, gom.case, "query-closed", text="x", query="1") in (200, 422), True, "closed")
flag("slow")
server.stop()
server.sql("UPDATE review_case SET state = 'in_review', touched_at = '2026-01-05T08:00:00Z' WHERE id = ?", gom.case)
server.start()
report(wait_until(lambda: server.sql("SELECT assignee FROM review_case WHERE id = ?", gom.case) == [(0,)]), "what nobody touches is released")
mau.get("/can-bo/hang-cho")
report("đã về hàng chung, vì qua 2 ngày làm việc" in mau.text, "who had it is told", mau.text[:4000])
mau.get(f"/can-bo/ho-so/{gom.case}")
report("về hàng chung: le.thi.mau không động đến" in mau.text, "and the history says so", mau.text[-3000:])
du.get("/can-bo/hang-cho")
report("đã về hàng chung, vì" not in du.text, "nobody else is told")
act(mau, gom.case, "taken")
du.get(f"/can-bo/ho-so/{gom.case}")
report("Nhận từ" in du.text and "Ông le.thi.mau" in du.text, "taking over says from whom", du.text[-3000:])
same(act(du, gom.case, "taken"), 200, "taken over")
mau.get("/can-bo/hang-cho")
report("Ông pham.van.du đã nhận một hồ sơ đang giao cho bạn" in mau.text, "who had it is told", mau.text[:4000])
du.get(f"/can-bo/ho-so/{gom.case}")
report("nhận từ le.thi.mau" in du.text, "and the history says from whom", du.text[-3000:])

# ---- the officer's address ----
mau.get("/can-bo/tai-khoan/thu-nhac")
mau.post("/can-bo/tai-khoan/thu-nhac", mail="mau@")
same(mau.status, 422, "an officer's address is looked at, too")
mau.post("/can-bo/tai-khoan/thu-nhac", mail="mau@tinh.gov.vn")
report("Đã lưu" in mau.text, "and kept", mau.text[-1500:])
act(mau, sen.case, "taken")
act(du, sen.case, "taken")
report(wait_until(lambda: any(mail["To"] == "mau@tinh.gov.vn" for mail in mails())), "who had a case gets a mail", str(subjects()))

# ---- a lost code, and a tax code that somebody else took ----
help_page = f"/can-bo/ho-so/{gom.case}/cap-lai-ma"
du.get(f"/can-bo/ho-so/{gom.case}")
report(help_page in du.text, "the case leads to help", du.text[-3000:])
local.get("/can-bo/hang-cho")
local.post(help_page, kind="lost", how="x")
same(local.status, 404, "another area's case is not there")
admin = Officer(server).put_in("quan.tri", "administrator")
admin.get(help_page)
same(admin.status, 403, "nor for who has no such right")
du.get(help_page)
du.post(help_page, kind="lost", how="")
report(du.status == 422 and "bằng cách nào" in du.text, "how it was checked has to be said", du.text[:1500])
du.post(help_page, kind="lost", how="Giám đốc đến, giấy đăng ký 0300990100")
secret = re.search(r'id="secret">([0-9A-Z ]+)<', du.text)
report(secret and gom.reference in du.text, "a code, once", du.text[-2000:])
gom.get(f"/ho-so/{gom.reference}")
same(gom.status, 403, "sessions that were open are over")
gom.resume(gom.reference, gom.secret)
same(gom.status, 403, "the old code is dead")
owner = Browser(server)
owner.resume(gom.reference, secret.group(1))
same(owner.status, 200, "the new one opens it")
owner.get(f"/ho-so/{gom.reference}/trang-thai")
report("Cán bộ cấp mã mới sau khi kiểm tra đơn vị" in owner.text, "and the history says so", owner.text[-2500:])
same(server.sql("SELECT reason FROM audit WHERE act = 'code-reissued'"), [("Giám đốc đến, giấy đăng ký 0300990100",)], "how it was checked stands in the audit")
report(gom.upload("1.1", b"%PDF-1.4\n%%EOF") is not None, "(a file)")
server.sql("UPDATE account_session SET proved_at = proved_at - 601")
du.get(help_page)
report(du.status == 403 and "Gõ lại mật khẩu" in du.text, "the password is asked for", du.text[:800])
server.sql("UPDATE account_session SET proved_at = proved_at + 601")
du.get(help_page)
du.post(help_page, kind="taken", how="Người khác lập hồ sơ")
report("Mã bí mật mới" in du.text, "handed over", du.text[-2000:])
same(server.sql("SELECT (SELECT COUNT(*) FROM evidence WHERE dossier = ?1), (SELECT COUNT(*) FROM mail_address WHERE owner = ?1)", gom.number()), [(0, 0)],
     "files and the address of who had it are gone")
owner.get(f"/ho-so/{gom.reference}")
same(owner.status, 403, "and so is their session")
stranger = Browser(server)
stranger.get("/bat-dau")
stranger.post("/bat-dau", tax_code="030099010010")
report("mang giấy đăng ký đến cán bộ" in stranger.text, "who comes with a tax code that was used is told before the first question", stranger.text[:3000])
Browser(server).begin(tax_code="030099010036")
Browser(server).begin(tax_code="030099010036")
report(True, "drafts that nobody submitted stand in nobody's way")

# ---- requests about one's own data ----
sen.get(f"/ho-so/{sen.reference}/du-lieu")
sen.post(f"/ho-so/{sen.reference}/yeu-cau", kind="correction", text="Tên hợp tác xã đã đổi.")
report(sen.status == 200 and "Chờ cán bộ trả lời, hạn ngày" in sen.text, "a request, and until when it is answered", sen.text[-3000:])
sen.post(f"/ho-so/{sen.reference}/yeu-cau", kind="correction", text="Lần nữa")
same(server.sql("SELECT COUNT(*) FROM data_request"), [(1,)], "one of a kind at a time")
server.sql("UPDATE data_request SET due_on = '2026-01-07'")
mau.get("/can-bo/hang-cho")
report("Yêu cầu về dữ liệu chờ trả lời: 1, quá hạn: 1" in mau.text, "the head of the queue says what is overdue", mau.text[:4000])
admin.get("/can-bo/yeu-cau-du-lieu")
same(admin.status, 403, "not for who has no such right")
local.get("/can-bo/yeu-cau-du-lieu")
report(local.status == 200 and "Sen" not in local.text, "another area's is not there", local.text[-2000:])
local.post("/can-bo/yeu-cau-du-lieu/1", act="done", answer="x")
same(local.status, 404, "and cannot be answered")
mau.get("/can-bo/yeu-cau-du-lieu")
report("Tên hợp tác xã đã đổi." in mau.text and "quá " in mau.text, "the list", mau.text[-3000:])
mau.post("/can-bo/yeu-cau-du-lieu/1", act="refused", answer="")
report(mau.status == 422 and "Cần ghi trả lời" in mau.text, "an answer is needed", mau.text[:1500])
mau.post("/can-bo/yeu-cau-du-lieu/1", act="refused", answer="Gửi kèm giấy đăng ký mới.")
same(mau.status, 200, "refused, with the reason")
mau.post("/can-bo/yeu-cau-du-lieu/1", act="done", answer="x")
same(mau.status, 409, "once")
sen.get(f"/ho-so/{sen.reference}/du-lieu")
report("Gửi kèm giấy đăng ký mới." in sen.text, "the firm reads it", sen.text[-3000:])
sen.get(f"/ho-so/{sen.reference}/xoa")
sen.post(f"/ho-so/{sen.reference}/xoa", reference=sen.reference)
same(server.sql("SELECT kind, state FROM data_request WHERE id = 2"), [("erasure", "open")], "erasure under review is asked for")
mau.get("/can-bo/yeu-cau-du-lieu")
mau.post("/can-bo/yeu-cau-du-lieu/2", act="done", answer="Đã xóa theo yêu cầu.")
same((mau.status, server.sql("SELECT state FROM dossier WHERE id = ?", sen.number())), (200, [("erased",)]), "and done by an officer")
same(server.sql("SELECT act FROM audit WHERE object LIKE 'data-request:%' ORDER BY id"), [("data-request-refused",), ("data-request-done",)], "both in the audit")

# ---- killed at any moment: never a mail twice ----
for name in os.listdir(BOX):
    os.unlink(os.path.join(BOX, name))
server.sql("DELETE FROM outbox")
TOTAL = 24
for i in range(TOTAL):
    server.sql("INSERT INTO outbox (id, name, kind, owner_kind, owner, about, while_state, address, lang, detail, made_at, state, attempts,"
               " not_before, changed_at) VALUES (?, ?, 'verified', 'dossier', ?, 0, '', ?, 'vi', 'X', '2026-11-23T08:00:00Z', 'waiting', 0, 0,"
               " '2026-11-23T08:00:00Z')", i + 1, f"n{i}", sen.number(), f"n{i}@htx.vn")
for i in range(20):
    wait_until(lambda: states(server).get("sending") or not states(server).get("waiting"), 5)
    time.sleep(i % 5 * .05)
    server.kill()
    server.start()
report(wait_until(lambda: not states(server).get("waiting") and not states(server).get("sending"), 30), "all of them come to an end", str(states(server)))
time.sleep(.4)
to = [str(mail["To"]) for mail in mails()]
same(len(to), len(set(to)), "20 kills: no mail twice")
sent = {address for address, in server.sql("SELECT address FROM outbox WHERE state = 'sent'")}
report(sent <= set(to), "what is said to be sent was", str(sent - set(to)))
report(states(server).get("unknown", 0) >= 1 and states(server).get("sent", 0) + states(server)["unknown"] == TOTAL, "the others are said not to be known", str(states(server)))
flag("slow", False)
same(server.stop(), 0, "the server ends in peace")
finish()
