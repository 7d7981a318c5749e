#!/usr/bin/env python3
"""The support policies for everybody: every one that is in force is listed once, filters, order, pages, and one alone."""
import glob
import json
import os
import re
import urllib.parse

from client import Browser, Server
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
server.stop()
finish()
