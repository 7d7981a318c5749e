#!/usr/bin/env python3
"""Pages for everybody. The support policies: every one that is in force is listed once, filters, order, pages, and one alone.
Verified reports are told from others."""
import glob
import json
import os
import re
import subprocess
import urllib.parse

from client import DXREADY, Browser, Server
from tool import finish, report

TODAY = os.popen("TZ=Asia/Ho_Chi_Minh date +%Y-%m-%d").read().strip()


def in_force(path):
    with open(path, encoding="utf-8") as file:
        policy = json.load(file)
    valid = policy.get("valid", {})
    if policy.get("kind") == "policy" and not policy.get("example") and \
            valid["from"] <= TODAY <= valid.get("to", "9999"):
        return policy
    return None


policies = {p["id"]: p for p in map(in_force, glob.glob("policies/*/*.json")) if p}
server = Server()
one = Browser(server)


def ask(path, **query):
    one.send("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""), headers={"Accept": "application/json"})
    return json.loads(one.body) if one.status == 200 else {}


def all_of(**query):
    found, page = [], 1
    while True:
        reply = ask("/chinh-sach", trang=page, **query)
        found += reply["policies"]
        if page >= reply["pages"]:
            return found
        page += 1


listed = all_of()
report(sorted(p["id"] for p in listed) == sorted(policies), "every policy in force is listed once",
       str(sorted(set(policies) ^ {p["id"] for p in listed})))
report(all(p["name"] == policies[p["id"]]["name"]["vi"] for p in listed), "by its name")
households = {p["id"] for p in all_of(**{"danh-cho": "household"})}
report({"nd68-art3-household", "nd68-art8-invoice"} <= households and "nd80-art22-contest" not in households and
       "law04-art16-licence" not in households, "for a household: not what refuses every household", str(sorted(households)))
loans = all_of(loai="loan")
report({p["id"] for p in loans} == {i for i, p in policies.items() if p["benefit"] == "loan"}, "by kind of support", str(loans))
days = [p["from"].split("/")[::-1] for p in all_of(**{"sap-xep": "tu-ngay", "chieu": "giam"})]
report(days == sorted(days, reverse=True) and len(days) == len(policies), "the newest first", str(days))
report(ask("/chinh-sach", trang=99)["page"] == ask("/chinh-sach")["pages"], "behind the last page is the last")
for name, policy in list(policies.items())[::9]:
    told = ask(f"/chinh-sach/{name}")
    report(told.get("name") == policy["name"]["vi"] and len(told["conditions"]) == len(policy["conditions"]) and
           len(told["documents"]) == len(policy.get("documents", [])) and
           not re.search(r"chưa (có|rõ)|not given", "".join(told["conditions"])), f"{name}: conditions and papers, of nobody", one.body.decode())
for gone in ("x", "example-province-voucher", "../facts", "%00"):
    one.send("GET", f"/chinh-sach/{gone}")
    report(one.status in (400, 404), f"no such policy: {gone}", str(one.status))
for path in ("/chinh-sach?loai=grant&sap-xep=ho-tro", "/chinh-sach/nd224-art71-2-a"):
    for prefix in ("", "/en"):
        one.send("GET", prefix + path)
        report(one.status == 200 and b"<h1" in one.body and b"art71" not in re.sub(rb'href="[^"]*"', b"", one.body),
               f"{prefix}{path}: a page without codes", one.body.decode()[:500])
one.send("GET", "/")
report(b'href="/chinh-sach"' in one.body, "the first page leads there")


# ---- verified reports ----

work = server.folder.name
subprocess.run([DXREADY, "key", "new", "--db", server.db], check=True, capture_output=True)  # while others use the site
subprocess.run([os.path.join(os.path.dirname(DXREADY), "web", "sign_report"), server.db, "tests/data/demo/responses/may-sen-vang.json",
                f"{work}/r.pdf", "https://cds.example.vn/xac-minh"], check=True)
with open(f"{work}/r.pdf", "rb") as file:
    pdf = file.read()
code = re.search(rb"%dxready-stamp \d+ (\S+)", pdf).group(1).decode()
SAID = ("0899010130", "Sen Vàng", "3 – Hình thành", "152/320", "28/11/2020", "7K2M9QXR")
one.get("/tro-giup")
report('href="/xac-minh"' in one.text, "help leads to where reports are checked")
one.send_file("/xac-minh", pdf)
report(one.status == 200 and "Chữ ký đúng." in one.text and "còn nguyên" in one.text and all(s in one.text for s in SAID),
       "a report that was signed", one.text)
report("dbi-sme@2021" not in one.text and "201" not in re.sub(r"<[^>]*>", "", one.text), "no codes, and nothing that is not signed", one.text)
english = Browser(server, "/en")
english.send_file("/xac-minh", pdf)
report("The signature holds." in english.text and "3 – Forming" in english.text, "in English", english.text)
one.send("GET", f"/xac-minh?t={code}&fbclid=x")
report(one.status == 200 and "Chữ ký đúng." in one.text and "so các dòng" in one.text and all(s in one.text for s in SAID),
       "what a telephone reads from the page", one.text)
changed = pdf[:9000] + bytes([pdf[9000] ^ 1]) + pdf[9001:]
one.send_file("/xac-minh", changed)
report(one.status == 200 and "Không xác nhận được." in one.text and "bị sửa sau khi ký" in one.text and "Báo cáo gốc" in one.text,
       "a report that was changed", one.text)
for name, told in (("t=" + code[:-1], "Không xác nhận được."), ("t=x", "Không xác nhận được."), ("t=", "Không xác nhận được."),
                   ("t=" + code.replace("~152~", "~252~"), "không khớp với khóa"), ("t=%ff", "Không cần tài khoản")):
    one.send("GET", f"/xac-minh?{name}")
    report(one.status == 200 and told in one.text and "152/320" not in one.text, f"a code that is none: {name[:12]}", one.text)
for content, status in ((b"", 422), (b"%PDF-", 200), (b"x" * (6 << 20), 413)):
    one.send_file("/xac-minh", content)
    report(one.status == status and "Chữ ký đúng" not in one.text, f"a file of {len(content)} bytes is {status}", one.text[:500])
one.get("/xac-minh")
one.send_file("/xac-minh", pdf, Origin="https://elsewhere.example")
report(one.status == 403, "no other site sends a file here", str(one.status))
report("0899010130" not in server.logged() and code not in server.logged(), "the log has nothing of it")
server.stop()
finish()
