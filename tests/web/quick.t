#!/usr/bin/env python3
"""Choosing a questionnaire, what facts fill in, examples of the trade, and from twelve questions on to sixty."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from client import Browser, Server  # noqa: E402
from tool import finish, report  # noqa: E402

server = Server()
one = Browser(server)
one.get("/")
report("theo nguồn tin khác" not in one.text and "khoảng 5 phút" in one.text, "the first page tells measured times, no hearsay")
one.get("/bat-dau")
report(one.text.index('name="section"') < one.text.index('name="tax_code"'), "the line of business is asked first")


def proposed(section):
    """The questionnaires that are offered, and the one that is chosen beforehand."""
    one.get("/bat-dau")
    one.post("/bat-dau", form="enterprise", no_tax_code="1", size="small", section=section)
    offered = re.findall(r'name="questionnaire" value="([^"]+)"', one.text)
    chosen = re.findall(r'name="questionnaire" value="([^"]+)"[^>]* checked', one.text)
    return offered, chosen


offered, chosen = proposed("C")
report(chosen == ["dbi-sme@2021"] and {"dbi-sme@2025", "sme-quick@1"} < set(offered),
       "what cannot rate a garment workshop is offered, never chosen beforehand", f"{offered} {chosen}")
report(proposed("F")[1] == ["dbi-sme@2025"] and proposed("")[1] == ["dbi-sme@2021"], "a builder is led to the criteria of the trade")

# ---- the twelve questions ----
one.begin(form="enterprise", questionnaire="sme-quick@1", section="C", tax_code="0800 291 164")
quick = one.reference
one.get(f"/ho-so/{quick}")
report("Bắt đầu: thông tin đơn vị" in one.text, "a fresh application begins with its facts; a tax code may have blanks", one.text[:800])
one.fact(1, name="Xưởng may Ví Dụ", area="chi-linh")
one.fact(5, has_website="no")
one.answer_all()
one.submit()
one.follow()
one.get(f"/ho-so/{quick}/ket-qua")
report("có lẽ" in one.text and "theo 12 câu" in one.text and "chưa biết" in one.text and "xếp mức 2" not in one.text,
       "a likely band by twelve questions, never a level", re.sub(r"(<[^>]*>|\s)+", " ", one.text)[:2500])
report("Làm tiếp bộ đầy đủ" in one.text, "... and the way on")
one.post(f"/ho-so/{quick}/lam-tiep")
whole = re.search(r"/ho-so/(CDS-\d\d-\d{7})/ma", one.path)
report(whole and whole.group(1) != quick, "going on begins an application of its own", one.text[:500])
one.reference = whole.group(1)
one.get(f"/ho-so/{one.reference}", Accept="application/json")

response = json.loads(one.body)["response"]
report(response["questionnaire"] == "dbi-sme@2021" and len(response["answers"]) == 12 and
       response["enterprise"]["name"] == "Xưởng may Ví Dụ" and response["enterprise"]["has_website"] is False,
       "... with facts and the twelve answers", str(response)[:600])

# ---- what facts say ----
one.get(f"/ho-so/{one.reference}/trang/1")
report("Điền sẵn theo thông tin chung: không có trang web riêng; sửa được." in one.text and
       re.search(r'name="q.1.1.1"[^>]* value="0" checked', one.text), "no website: 1.1.1 is filled in, and why", one.text[:3000])
report("loại vải" in one.text and "ảnh phòng" not in one.text, "a workshop reads of cloth, not of rooms")
one.post(f"/ho-so/{one.reference}/trang/1", {"q.1.1.1": "3", "base": one.base})
one.get(f"/ho-so/{one.reference}/trang/1")
report("Điền sẵn" not in one.text and re.search(r'name="q.1.1.1"[^>]* value="3" checked', one.text),
       "what somebody answered stays", one.text[:2000])
report(not one.post(f"/ho-so/{one.reference}/lam-tiep") and one.status == 409, "sixty questions go on to nothing")

# ---- what is asked first ----
two = Browser(server)
two.begin(form="enterprise", questionnaire="dbi-sme@2025", section="F")
two.get(f"/ho-so/{two.reference}/trang/1")
report(two.names() == ["q.7.1"], "the industry is the first question, since the others hang on it", str(two.names()))

# ---- the wrong questionnaire ----
three = Browser(server)
three.begin(form="enterprise", questionnaire="sme-quick@1", section="C")
three.fact(1, name="Xưởng mộc Ví Dụ", area="chi-linh")
three.answer_all()
three.get(f"/ho-so/{three.reference}")
report("Chọn nhầm bộ câu hỏi?" in three.text and "giữ 12 trên 12 câu" in three.text and "giữ 0 trên 12 câu" in three.text,
       "a draft tells what it may move to and what would be kept", re.sub(r"(<[^>]*>|\\s)+", " ", three.text)[:1500])
report('value="household-quick@1"' not in three.text and 'value="sme-quick@1"' not in three.text, "... others that fit, and no other")
three.post(f"/ho-so/{three.reference}/doi-bo-cau-hoi", questionnaire="dbi-sme@2021")
three.get(f"/ho-so/{three.reference}", Accept="application/json")
moved = json.loads(three.body)["response"]
report(moved["questionnaire"] == "dbi-sme@2021" and len(moved["answers"]) == 12 and moved["enterprise"]["name"] == "Xưởng mộc Ví Dụ",
       "it moves with facts and answers, under its own code", str(moved)[:500])
three.post(f"/ho-so/{three.reference}/doi-bo-cau-hoi", questionnaire="household-quick@1")
report("trong danh sách" in three.text, "a questionnaire for others is refused with a sentence", three.text[:500])
three.get(f"/ho-so/{three.reference}", Accept="application/json")
report(json.loads(three.body)["response"] == moved, "... and nothing changes")
report(not one.post(f"/ho-so/{quick}/doi-bo-cau-hoi", questionnaire="dbi-sme@2021") and one.status == 409,
       "what was submitted keeps its questionnaire", f"{one.status}")

finish()
