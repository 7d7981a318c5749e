#!/usr/bin/env python3
"""Those who sign in: links, passwords, second factors, limits, sessions; who may ask what, for every route from the table."""
import json
import re
import statistics
import time

from client import Browser, Officer, PASSWORD, Server, free_port, totp
from tool import finish, report, run, same

ROLES = ("officer", "head", "policymaker", "administrator")


def command(server, *words, lang="en"):
    return run(*words, "--db", server.db, lang=lang)


def plain(browser):
    """A page without what is another at each visit."""
    return re.sub(r'name="token" value="[0-9a-f]+"', "", browser.text)


# ---- the command line, and the first account ----

server = Server("--round", "2026", "--behind-proxy")
said = server.process.stdout.readline() + server.process.stdout.readline()
report(b"dxready user add" in said and server.db.encode() in said, "without an account serve names the one command that makes one", said)
same(server.sql("SELECT COUNT(*) FROM account"), [(0,)], "and there is no default account")
for words, code, sentence in (
        (("user", "add", "an"), 2, "--role officer, head"),
        (("user", "add", "an", "--role", "king"), 2, "not 'king'"),
        (("user", "add", "an", "--role", "officer"), 2, "needs areas"),
        (("user", "add", "an", "--role", "officer", "--area", "nowhere"), 2, "no area 'nowhere'"),
        (("user", "add", "an", "--role", "policymaker", "--area", "all"), 2, "has no areas"),
        (("user", "add", "a n", "--role", "policymaker"), 2, "small letters"),
        (("user", "disable", "nobody"), 1, "no account 'nobody'"),
        (("user", "fly"), 2, "usage: dxready user"),
        (("user", "add", "an", "--role", "officer", "--area", "all", "--public-url", "x"), 2, "https://NAME"),
        (("audit", "look"), 2, "usage: dxready audit verify")):
    done = command(server, *words)
    report(done.returncode == code and sentence in done.stderr and not done.stdout, f"{' '.join(words)}: refused", f"{done.returncode} {done.stderr}")
boss, mau = Officer(server), Officer(server)
report(boss.set_up(boss.add("boss", "administrator")) and boss.headers["Location"] == "/can-bo", "an administrator is set up by a link", boss.text)
link = mau.add("le.thi.mau", "officer", "chi-linh", "nam-sach")
done = command(server, "user", "add", "le.thi.mau", "--role", "officer", "--area", "all")
report(done.returncode == 1 and "already" in done.stderr, "a name is taken once", done.stderr)
server.kill()
server.start()
report(b"user add" not in server.line.encode(), "with an account serve is silent about it", server.line)

# ---- the link ----

mau.get(link)
report("Ông le.thi.mau" in mau.text and mau.status == 200, "the link says whose it is", mau.text)
for password, sentence in (("ngắn", "từ 12 ký tự"), ("matkhau123456", "nhiều người dùng"), ("le.thi.mau.123", "chỉ là tên của bạn")):
    mau.post(link, password=password)
    report(mau.status == 422 and sentence in mau.text, f"'{password}' is refused", mau.text)
mau.post(link, password=PASSWORD)
report(mau.path == "/can-bo/lop-thu-hai", "then the second factor", mau.path)
first = mau.text
mau.get("/can-bo/lop-thu-hai")
report(plain(mau) == re.sub(r'name="token" value="[0-9a-f]+"', "", first), "the same key and codes when it is loaded again")
mau.get("/can-bo/tai-khoan")
same(mau.status, 403, "half in is not in")
other = Officer(server)
other.get(link)
report("Nhập mật khẩu của bạn" in other.text, "who opens the link again has to know the password")
other.post(link, password="another sentence")
same(other.status, 422, "and is refused without")
report(mau.set_up(link), "set up", mau.text)
other.get(link)
same(other.status, 404, "the link is good once")
mau.get("/can-bo/tai-khoan")
report(mau.status == 200 and "Phường Chí Linh, Xã Nam Sách" in mau.text and "cán bộ" in mau.text, "in, with role and areas", mau.text)
mau.get("/can-bo/thiet-lap/" + "0" * 32)
same(mau.status, 404, "no such link")

# ---- signing in ----

other.name, other.key = "le.thi.mau", mau.key
was_taken = other.sign_in(mau.used)
is_soon = int(time.time()) // 30 - mau.used_step <= 1  # two steps later it is too old, whether it was used or not
report(was_taken is False and (not is_soon or "đã dùng rồi" in other.text), "a code is taken once", other.text)
report(other.sign_in() and other.status == 303, "the next one is taken", other.text)
report(other.sign_in(other.used) is False, "and that once, too")
other.post("/can-bo/ma-khoi-phuc", code=mau.codes[0].lower().replace("-", " "), path="/can-bo/quyen?x=1", body="", follow=False)
same((other.status, other.headers["Location"]), (303, "/can-bo/quyen?x=1"), "a recovery code as people type it, and on to where one wanted to go")
other.get("/can-bo/dang-nhap")
other.post("/can-bo/dang-nhap", name="LE.THI.MAU ", password=PASSWORD, path="", body="")
same(other.path, "/can-bo/ma-xac-thuc", "names in any case")
other.post("/can-bo/ma-khoi-phuc", code=mau.codes[0], path="", body="")
report(other.status == 403 and "còn dùng được" in other.text, "a recovery code is good once", other.text)
other.post("/can-bo/ma-khoi-phuc", code=mau.codes[1], path="//evil.example/", body="", follow=False)
same((other.status, other.headers["Location"]), (303, "/can-bo"), "nobody is sent elsewhere")


def guess(name, client, password="mot cau sai hoan toan"):
    browser = Browser(server)
    browser.get("/can-bo/dang-nhap")
    begin = time.monotonic()
    browser.post("/can-bo/dang-nhap", [("name", name), ("password", password), ("path", ""), ("body", "")],
                 headers={"X-Forwarded-For": client})
    return browser, time.monotonic() - begin


known, unknown = [], []
for i in range(5):
    one, seconds = guess("le.thi.mau", "192.0.2.1")
    known.append(seconds)
    two, seconds = guess("le.thi.mai", "192.0.2.1")
    unknown.append(seconds)
same((one.status, plain(one).replace("thi.mau", "thi.mai")), (two.status, plain(two)), "a name that there is and one that there is not: the same page")
report(0.5 < statistics.median(known) / statistics.median(unknown) < 2, "and the same work", f"{known} {unknown}")
one, _ = guess("le.thi.mau", "192.0.2.1", PASSWORD)
two, _ = guess("le.thi.mai", "192.0.2.1")
same((one.status, two.status), (429, 429), "after five tries one has to wait, whether there is the name or not")
report("Hãy thử lại sau" in one.text and int(one.headers["Retry-After"]) > 60, "and is told how long", one.text)
one, _ = guess("le.thi.mau", "192.0.2.2", PASSWORD)
same((one.status, one.path), (200, "/can-bo/ma-xac-thuc"), "its owner comes in from elsewhere all the same")
command(server, "user", "disable", "le.thi.mau")
one, _ = guess("le.thi.mau", "192.0.2.3", PASSWORD)
report(one.status == 403 and "không đúng" in one.text, "who is disabled is told no more than a stranger", one.text)
mau.get("/can-bo/tai-khoan")
same(mau.status, 403, "and is out at once")
command(server, "user", "enable", "le.thi.mau")

# ---- nothing that was typed is lost ----

late = Officer(server).put_in("tre", "officer", "all")
late.get("/can-bo/tai-khoan")
server.sql("DELETE FROM account_session WHERE account = (SELECT id FROM account WHERE name = 'tre')")
late.post("/can-bo/tai-khoan/phien", follow=False)
report(late.status == 403 and 'value="/can-bo/tai-khoan/phien"' in late.text and "vẫn còn" in late.text, "a form is kept over a lost session", late.text)
kept = dict(re.findall(r'name="(path|body)" value="([^"]*)"', late.text))
late.post("/can-bo/dang-nhap", name="boss", password=PASSWORD, **kept)
report(late.status == 200 and f'name="path" value="{kept["path"]}"' in late.text, "also while the code is asked for", late.text)
late.post("/can-bo/ma-xac-thuc", code=totp(boss.key, 0), follow=False, **kept)
same((late.status, late.headers["Location"]), (303, "/can-bo/tai-khoan?xong=phien"), "and is taken then")
foreign = Browser(server)
foreign.send("POST", "/can-bo/tai-khoan/phien", "token=x", {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"})
report(foreign.status == 403 and 'name="body" value=""' in foreign.text, "nothing is kept of what another site sent", foreign.text)

# ---- the password once more ----

boss = late
mau_id = server.sql("SELECT id FROM account WHERE name = 'le.thi.mau'")[0][0]
server.sql("UPDATE account_session SET proved_at = proved_at - 601 WHERE stage = 'open'")
boss.get(f"/can-bo/cac-tai-khoan/{mau_id}")
boss.post(f"/can-bo/cac-tai-khoan/{mau_id}", act="both")
report(boss.status == 403 and "Gõ lại mật khẩu" in boss.text, "what matters asks for the password again", boss.text)
kept = dict(re.findall(r'name="(path|body)" value="([^"]*)"', boss.text))
kept["body"] = kept["body"].replace("&amp;", "&")
boss.post("/can-bo/xac-nhan", password="khong phai mat khau", **kept)
report(boss.status == 403 and "Mật khẩu không đúng" in boss.text, "a wrong one does not count", boss.text)
boss.post("/can-bo/xac-nhan", password=PASSWORD, **kept)
report(boss.status == 200 and "/can-bo/thiet-lap/" in boss.text, "then it is done", boss.text)
same(server.sql("SELECT password_hash, factor_at, (SELECT COUNT(*) FROM account_code WHERE account = account.id) FROM account WHERE id = ?", mau_id),
     [("", "", 0)], "password, telephone and recovery codes are worth nothing from then on")

# ---- one's own account ----

a, b = Officer(server).put_in("mot", "head", "all"), Officer(server).put_in("hai", "officer", "chi-linh")
a.get("/can-bo/tai-khoan")
other_id = server.sql("SELECT s.id FROM account_session s JOIN account a ON a.id = s.account WHERE a.name = 'hai'")[0][0]
a.post(f"/can-bo/tai-khoan/phien/{other_id}")
same(a.status, 404, "nobody ends the session of another")
b.get("/can-bo/tai-khoan")
same(b.status, 200, "which goes on")
report("Firefox" in b.text, "sessions say of which browser they are", b.text)
b.post("/can-bo/thoat", follow=False)
b.get("/can-bo/tai-khoan")
same(b.status, 403, "signed out")
command(server, "user", "role", "mot", "--role", "policymaker")
a.get("/can-bo/tai-khoan")
same(a.status, 403, "another role ends the sessions")

# ---- every route, every role ----

with open("include/app/permission.h", encoding="utf-8") as file:
    acts = re.findall(r"^ {4}X\((\w+)\)", file.read(), re.M)
with open("include/web/officer/routes.h", encoding="utf-8") as file:
    routes = re.findall(r'^ROUTE\((\w+), "([^"]+)", (\w+), (\w+)', file.read(), re.M)
officers = {role: Officer(server).put_in(f"vai.{role}", role, *(["chi-linh"] if role in ("officer", "head") else [])) for role in ROLES}
officers["officer"].send("GET", "/can-bo/quyen", None, {"Accept": "application/json"})
rights = json.loads(officers["officer"].text)
same(len(rights["rights"]), len(acts), "the page of rights has every act")
reaches = {act: dict(zip(ROLES, right["reach"])) for act, right in zip(acts, rights["rights"])}
report(all(who in reaches or who in ("STRANGER", "HALF", "SETUP") for _, _, who, _ in routes), "every route names an act", str(routes))
stranger, own = Browser(server), server.sql("SELECT id FROM account WHERE name = 'vai.officer'")[0][0]
run("import", "tests/data/demo/doanh-nghiep-2026.csv", "--db", server.db, "--questionnaire", "dbi-sme@2021", "--round", "2026")
while not server.sql("SELECT COUNT(*) FROM review_case WHERE area = 'chi-linh'")[0][0]:
    time.sleep(.1)  # made soon after it was stored
case = server.sql("SELECT MIN(id) FROM review_case WHERE area = 'chi-linh'")[0][0]


def ask(browser, method, pattern):
    path = pattern.replace(":text", "0" * 32).replace(":n", str(own if "cac-tai-khoan" in pattern else case if "ho-so" in pattern else 999999))
    if method == "GET":
        return browser.send("GET", path)
    return browser.post(path, follow=False)


for method, pattern, who, _ in routes:
    what = f"{method} {pattern}"
    if who == "STRANGER":
        continue
    ask(stranger, method, pattern)
    report(stranger.status == 403 and "vai." not in stranger.text, f"{what}: 403 without a session", f"{stranger.status} {stranger.text[-400:]}")
    for role in ROLES:
        if pattern == "/can-bo/thoat":
            continue
        browser = officers[role]
        browser.get("/can-bo/tai-khoan")
        ask(browser, method, pattern)
        may = who in reaches and reaches[who][role] not in ("không", "no")
        fine = browser.status in (200, 303, 400, 403, 404, 409, 415, 422) if may and method == "POST" else browser.status in (200, 303, 404 if re.search("/tep/|bao-cao|hang-loat/|nhap/|duyet.csv", pattern) else 200) if may else browser.status == 403
        if may and method == "POST":
            fine = fine and "không được làm việc này" not in browser.text
        report(fine, f"{what}: {'may' if may else '403 for'} {role}", f"{browser.status} {browser.text[-400:]}")

# ---- what is kept ----

done = command(server, "user", "list", "--json")
listed = {one["name"]: one for one in json.loads(done.stdout)}
report(listed["boss"]["role"] == "administrator" and listed["boss"]["has_second_factor"] and listed["vai.head"]["areas"] == ["chi-linh"], "user list --json", done.stdout)
done = command(server, "user", "list", lang="vi")
report("người quản trị" in done.stdout and "toàn tỉnh" in done.stdout and "Phường Chí Linh" in done.stdout, "user list, for people", done.stdout)
done = command(server, "audit", "verify", "--json")
audit = json.loads(done.stdout)
report(done.returncode == 0 and audit["entries"] > 20 and audit["broken"] == 0, "the audit holds", done.stdout + done.stderr)
acts_told = {act for act, in server.sql("SELECT act FROM audit")}
report(acts_told >= {"account-added", "password-set", "factor-set", "signed-in", "recovery-code-used", "account-disabled", "account-enabled",
                     "account-reset", "account-changed"}, "and tells what was done", str(acts_told))
same(server.sql("SELECT actor FROM audit WHERE act = 'account-reset'"), [("boss",)], "and by whom")
with open(server.db, "rb") as file:
    content = file.read()
report(not any(word.encode() in content for word in (PASSWORD, *mau.codes, mau.cookies["dxready-desk"])), "no password, code or token is stored")
report(not any(word in server.logged() for word in (PASSWORD, link, "le.thi.mau", *mau.codes)), "or logged")
same(server.stop(), 0, "the server ends in peace")
done = command(server, "user", "reset", "boss")
report(done.returncode == 0 and "/can-bo/thiet-lap/" in done.stdout, "who administrates is helped on the machine", done.stderr)

secure = Server("--public-url", "https://cds.example.vn", port=free_port())
one = Browser(secure)
one.get("/can-bo/dang-nhap")
cookie = one.headers["Set-Cookie"]
report(cookie.startswith("__Host-dxready-desk=") and all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")), "behind https the cookie is __Host-", cookie)
secure.stop()
finish()
