#!/usr/bin/env python3
"""Facts first, money first: what the facts bring is told before the questions; what cannot end well, before the facts."""
import json
import tempfile

from client import Browser, Server
from tool import finish, report

AUTHORITY = "Ủy ban nhân dân tỉnh Thử Nghiệm"
CODE = "0899010130"
settings = tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="utf-8")
settings.write(f"\ufeff# of the test\r\n\nauthority = {AUTHORITY}\ncontact=\"Sở Sai, 1\"\n")
settings.flush()
server = Server("--round", "2026", "--config", settings.name, "--contact", "Sở Đúng, 0220 1234567")
one = Browser(server)
report(one.get("/") and one.text.count(AUTHORITY) == 2 and "icon.svg\" alt=\"\"" in one.text, "the first page names the authority, beside a mark", one.text[:800])
report("Sở Đúng, 0220 1234567" in one.text and "Sở Sai" not in one.text, "an option wins over the file of settings", one.text[-1500:])
begin = {"form": "enterprise", "size": "small", "questionnaire": "sme-quick@1", "tax_code": CODE}
one.begin(**begin)
url = f"/ho-so/{one.reference}"
report(one.get(url) and f'class="button" href="{url}/thong-tin/1"' in one.text and 'role="progressbar"' in one.text, "facts come first", one.text[:1500])

report(one.get(f"{url}/ho-tro") and "<h1>" in one.text and "/trang/1" in one.text, "without facts it is told what is certain all the same", one.text)
one.fact(1, name="Công ty TNHH Bí Mật Riêng", area="hai-duong")
one.fact(2, section="C", founded_on__d="14", founded_on__m="3", founded_on__y="2012", private_sector="yes")
one.fact(3, employees="186", female_employees="158", revenue_vnd="128,4 tỷ", capital_vnd="64 TỶ đồng")
one.fact(4, women_capital_percent="40", women_managed="no", social_enterprise="no", innovative_startup="no")
one.get(f"{url}/ho-tro")
report("Đã đủ điều kiện" in one.text and "không quá" in one.text and "Được hỗ trợ đến" not in one.text, "without plans: rates and ceilings, no sum", one.text[1500:4000])
one.fact(5, has_website="yes", plans__dx_solution_vnd="325,5 triệu", plans__dx_consulting_vnd="120 tr")
report(one.path == f"{url}/ho-tro" and "Được hỗ trợ đến 160" in one.text.replace("\u00a0", " ") and "<rect" in one.text,
       "after the last facts: the money", one.path + one.text[1500:4000])
one.send("GET", f"{url}/ho-tro", headers={"Accept": "application/json"})
told = json.loads(one.text)
report(told["given_vnd"] == 160000000 and told["eligible"] >= 2 and len(told["lines"]) >= 2 and told["waiting"] > 0, "the same for programs", one.text[:600])

# ---- the questions ----
one.get(f"{url}/trang/1")
report('role="progressbar"' in one.text and "phút" in one.text, "how far it is, and how long still")
asked = one.text.split('name="evidence" value="')
report(len(asked) > 1, "a question that evidence is taken for")
if len(asked) > 1:
    question = asked[1].split('"')[0]
    value = one.text.split(f'name="q.{question}"')[2].split('value="')[1].split('"')[0]
    one.post(f"{url}/trang/1", {f"q.{question}": value, "evidence": question, "base": one.base})
    report(one.path == f"{url}/minh-chung/{question}", "on the way to the evidence, without a script ...", f"{one.status} {one.path}")
    one.get(f"{url}/trang/1")
    report(f'value="{value}" checked' in one.text, "... the answer is saved", one.text[1500:3500])
one.answer_all()
report(one.get(f"{url}/kiem-tra") and "thông tin về đơn vị chưa khai" not in one.text, "nothing is open")
two = Browser(server)
two.begin()
report(two.get(f"/ho-so/{two.reference}/kiem-tra") and "thông tin về đơn vị chưa khai" in two.text and "thong-tin/3?tu=check#employees" in two.text,
       "open facts are named before it is handed in", two.text[:2500])

# ---- a used tax code ----
report(one.submit(), "it is handed in", f"{one.status} {one.text[-800:]}")
report(one.get(f"{url}/ho-tro") and one.path == f"{url}/ket-qua", "then the result tells it")
three = Browser(server)
three.get("/bat-dau")
report(not three.post("/bat-dau", begin) and three.status == 409 and "đã nộp kết quả" in three.text and 'href="/tiep-tuc"' in three.text,
       "a tax code that is used is told before the first question", f"{three.status} {three.text[1000:2500]}")
report(three.get("/") and 'name="tax_code"' in three.text and 'name="no_tax_code"' in three.text, "the first page asks for the tax code at once")
report(three.post("/bat-dau", tax_code=CODE) and three.status == 200 and "đã nộp kết quả" in three.text and
       f'type="hidden" name="tax_code" value="{CODE}"' in three.text and 'name="form"' in three.text and 'id="tax_code"' not in three.text,
       "and tells at once that it is used, without asking for it again", three.text[1000:3500])
report(three.post("/bat-dau", tax_code="0399 010 13x") is False and three.status == 422 and 'id="tax_code"' in three.text and "<title>Lỗi:" in three.text,
       "what is no tax code is asked for again", f"{three.status} {three.text[1000:2500]}")
three.get("/")
report(three.post("/bat-dau", tax_code="001 085 012 345") and 'value="household" checked' in three.text and "đã nộp kết quả" not in three.text,
       "twelve digits are a household", three.text[1000:3500])
report(three.post("/bat-dau", no_tax_code="1") and 'type="hidden" name="no_tax_code" value="1"' in three.text and 'id="tax_code"' not in three.text,
       "nor is a code asked for that there is none of")
report("Bí Mật" not in three.text and one.reference not in three.text, "and nothing of the other application")
report(server.stop() == 0, "it stops when it is asked to")
finish()
