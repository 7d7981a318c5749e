#!/usr/bin/env python3
"""Result pages: what they show is what the command line computes, and what they ask for is decided at once."""
import html
import json
import os
import re
import subprocess
import tempfile
import urllib.parse

from client import Browser, Server
from tool import finish, report as ok, run as run_program

DEMO = "tests/data/demo/responses"
OPTIONS = ("--round", "2026", "--data", ".")


class Visitor:
    """A browser for programs: what comes is returned, not kept."""

    def __init__(self, server):
        self.browser = Browser(server)

    def ask(self, method, path, fields=None, accept="text/html", prefix=""):
        headers = {"Accept": accept}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.browser.send(method, prefix + path, body, headers)
        return self.browser.status, self.browser.headers, self.browser.body

    def page(self, path, prefix=""):
        status, _, data = self.ask("GET", path, prefix=prefix)
        return status, data.decode()

    def json(self, path):
        status, _, data = self.ask("GET", path, accept="application/json")
        return status, json.loads(data)

    def token(self, path):
        return re.search(r'name="token" value="([0-9a-f]+)"', self.page(path)[1]).group(1)

    def post(self, path, fields, token, accept="application/json", prefix=""):
        status, headers, data = self.ask("POST", path, {"token": token, **fields}, accept, prefix)
        return status, headers, data.decode()

    def begin(self, response):
        token = self.token("/bat-dau")
        facts = response["enterprise"]
        status, _, text = self.post("/bat-dau", {"form": facts["form"], "no_tax_code": "1", "size": "unknown",
                                                 "section": facts["section"],
                                                 "questionnaire": response["questionnaire"]}, token)
        self.reference = re.search(r"/ho-so/([A-Z0-9-]+)/", text).group(1)
        self.base = f"/ho-so/{self.reference}"
        return status

    def fill(self, response):
        """Sends every page of facts and questions; the statuses that were not fine."""
        facts = flat(response["enterprise"])
        values = {**facts, **{f"q.{key}": str(value) for key, value in response["answers"].items()}}
        bad, count = [], 0
        for kind in ("thong-tin", "trang"):
            number = 1
            while True:
                status, page = self.json(f"{self.base}/{kind}/{number}")
                if status != 200:
                    break
                fields = {}
                for control in page["controls"]:
                    fields.update(sent(control["name"], values))
                done = self.post(f"{self.base}/{kind}/{number}", fields, page["token"])
                bad += [(kind, number, done[0], done[2][:200])] if done[0] != 200 else []
                number, count = number + 1, count + 1
        return bad if count > 5 else [f"{count} pages", *bad]

    def submit(self):
        return self.post(f"{self.base}/kiem-tra", {"consent": "1"}, self.token(f"{self.base}/kiem-tra"))


def flat(facts):
    out = {}
    for key, value in facts.items():
        if isinstance(value, dict):
            out.update({f"{key}.{name}": member for name, member in value.items()})
        else:
            out[key] = value
    return out


def sent(name, values):
    value = values.get(name)
    if value is None:
        return {}
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", str(value))
    if day:
        return {f"{name}.y": day.group(1), f"{name}.m": day.group(2), f"{name}.d": day.group(3)}
    return {name: str(value)}


def demo(name, without=()):
    with open(os.path.join(DEMO, name), encoding="utf-8") as file:
        response = json.load(file)
    response["round"] = "2026"
    facts = response["enterprise"]
    del facts["tax_code"]
    del facts["plans"]["consulting_vnd"]  # is asked where a policy needs it only
    for fact in without:
        facts.pop(fact, None)
    return response


def run(folder, response, *arguments):
    """What the command line says of the same response, answered today."""
    path = os.path.join(folder, "response.json")
    same = dict(response)
    same["submitted_on"] = subprocess.run(["date", "+%Y-%m-%d"], capture_output=True, text=True,
                                          env={**os.environ, "TZ": "UTC-7"}).stdout.strip()
    with open(path, "w", encoding="utf-8") as file:
        json.dump(same, file)
    return json.loads(run_program(arguments[0], path, "--json", "--data", ".", *arguments[1:], timeout=60).stdout)


def difference(a, b):
    """Where two documents differ, for who reads a failed test."""
    if isinstance(a, dict) and isinstance(b, dict):
        for key in {**a, **b}:
            if a.get(key) != b.get(key):
                return f"{key}: {difference(a.get(key), b.get(key))}"
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for x, y in zip(a, b):
            if x != y:
                return difference(x, y)
    return f"{a} / {b}"


def text_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page))).replace("\u00a0", " ")


def pdf_is_sound(data, folder):
    path = os.path.join(folder, "x.pdf")
    with open(path, "wb") as file:
        file.write(data)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, timeout=60)
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, timeout=60).stdout.decode()
    return data[:5] == b"%PDF-" and done.returncode == 0, re.sub(r"\s+", " ", words)


def before_and_submit(server, folder):
    response = demo("may-sen-vang.json", without=("women_managed", "capital_vnd", "revenue_vnd", "employees"))
    v = Visitor(server)
    v.begin(response)
    bad = v.fill(response)
    ok(not bad, "every page takes what it is sent", bad)
    status, headers, _ = v.ask("GET", f"{v.base}/ket-qua")
    ok(status == 303 and headers["Location"] == v.base, "before it is submitted there is no result", headers)
    status, headers, _ = v.ask("GET", f"{v.base}/bao-cao.pdf")
    ok(status == 303, "nor a report")
    status, _, text = v.submit()
    ok(status == 200 and text.endswith('/ket-qua"}'), "submitting leads to the result", text)
    return v, response


def numbers(v, response, folder):
    status, document = v.json(f"{v.base}/ket-qua")
    score, match = run(folder, response, "score", "--ledger"), run(folder, response, "match")
    ok(status == 200 and document["score"] == score, "the score is that of the command line", document["score"])
    ok(document["match"] == match, "so are the verdicts", difference(document["match"], match))
    ok(document["plan"] == run(folder, response, "plan"), "and the way to the next level")
    ok(document["peers"] is None, "nobody is shown where nobody else was assessed")
    status, page = v.page(f"{v.base}/ket-qua")
    text = text_of(page)
    points, most = score["total"]["points"], score["total"]["max"]
    plain = [re.sub(r"\.00$", "", number) for number in (points, most)]
    ok(status == 200 and "/".join(plain) in text, "the page says the points", text[:800])
    ok("chưa xác minh" in text and "tự đánh giá" in text, "that nobody verified them")
    rows = re.findall(r'<th scope="row"[^>]*>[^<]*</th>\s*<td [^>]*class="number"[^>]*>([^<]*)</td>', page)
    told = [f"{float(d['points']):g}/{float(d['max']):g}".replace(".", ",") for d in score["dimensions"]]
    ok(rows[:len(told)] == told, "and the points of each dimension", rows)
    eligible = [p for p in match["policies"] if p["verdict"] == "eligible"]
    ok(all(html.escape(p["name"]["vi"], quote=False) in html.unescape(page) or p["name"]["vi"] in html.unescape(page)
           for p in eligible), "every policy that is certain is named", [p["id"] for p in eligible])
    ok(page.count('role="img"') == 4 and len(set(re.findall(r' id="([^"]*)"', page))) == len(re.findall(r' id="[^"]*"', page)),
       "ids occur once", [i for i in re.findall(r' id="([^"]*)"', page) if page.count(f' id="{i}"') > 1])
    labels = set(re.findall(r'aria-labelledby="([^"]*)"', page))
    ok(all(f'id="{name}"' in page for group in labels for name in group.split()), "labels exist", labels)
    return document


def missing_facts(v, response, document, folder):
    wanted = [entry["fact"] for entry in document["match"]["wanted"]]
    page = v.page(f"{v.base}/ket-qua")[1]
    token = document["token"]
    ok("employees" in wanted and 'name="employees"' in page, "a missing fact is asked for", wanted)
    status, _, text = v.post(f"{v.base}/ket-qua", {"employees": "many", "women_managed": "no"}, token, "text/html")
    ok(status == 422 and 'value="many"' in text and 'role="alert"' in text and 'href="#employees"' in text,
       "one that cannot be read is shown again, with its fault", status)
    ok('name="women_managed"' not in text, "what was right beside it is kept")
    status, _, text = v.post(f"{v.base}/ket-qua", {"employees": "x"}, token)
    ok(status == 422 and json.loads(text)["faults"][0]["field"] == "employees", "programs are told too", text)
    status, headers, _ = v.post(f"{v.base}/ket-qua", {"employees": "186", "revenue_vnd": "128.400.000.000",
                                                        "plans.consulting_vnd": "200000000"}, token, "text/html")
    ok(status == 303 and headers["Location"] == f"{v.base}/ket-qua#chinh-sach", "right ones are taken", status)
    response["enterprise"].update({"employees": 186, "revenue_vnd": 128400000000, "women_managed": False})
    response["enterprise"]["plans"]["consulting_vnd"] = 200000000
    again = v.json(f"{v.base}/ket-qua")[1]
    match = run(folder, response, "match")
    ok(again["match"] == match, "and decided at once", difference(again["match"], match))
    ok(again["match"] != document["match"] and again["score"] == document["score"], "the score stays")
    page = v.page(f"{v.base}/ket-qua")[1]
    ok("so-voi-lan-truoc" not in page, "added facts are no progress to compare with")
    status, _, text = v.post(f"{v.base}/ket-qua", {"employees": "5"}, token)
    ok(status == 422 and v.json(f"{v.base}/ket-qua")[1]["match"] == again["match"],
       "what is known is never changed here", text)
    status, _, _ = v.post(f"{v.base}/ket-qua", {"employees": "5"}, "0" * 32)
    ok(status == 403, "a form of somebody else is refused")


def papers(v, folder):
    for path, words, name in (("bao-cao.pdf", "152/320", "bao-cao"), ("tom-tat.pdf", "152", "tom-tat"),
                              ("phu-luc.pdf", "1.1.1", "bao-cao-phu-luc"), ("bien-nhan.pdf", v.reference, "bien-nhan")):
        status, headers, data = v.ask("GET", f"{v.base}/{path}")
        sound, text = pdf_is_sound(data, folder)
        ok(status == 200 and headers["Content-Type"] == "application/pdf" and sound and words in text,
           f"{path} is a sound PDF", text[:400])
        ok(headers["Content-Disposition"] == f'attachment; filename="{name}-{v.reference}.pdf"', f"{path} has its name",
           headers["Content-Disposition"])
    _, headers, data = v.ask("GET", f"{v.base}/bao-cao.pdf", prefix="/en")
    ok("Your business is at level" in pdf_is_sound(data, folder)[1] and "report-" in headers["Content-Disposition"],
       "the report is there in English")
    text = text_of(v.page(f"{v.base}/ket-qua", "/en")[1])
    ok("The enterprise reaches 152 of 320 points" in text and "not verified" in text, "so is the page", text[:600])


def other_people(v, server):
    stranger = Visitor(server)
    for path in ("ket-qua", "bao-cao.pdf", "phu-luc.pdf", "tom-tat.pdf", "bien-nhan.pdf"):
        status, _, data = stranger.ask("GET", f"{v.base}/{path}")
        ok(status == 403 and not re.search(rb"\b152\b", data), f"{path} is for its owner only", status)


def at_the_top(server):
    """Who stands at the top reads which answers contradict each other, as the command line says."""
    response = demo("dien-tu-anh-sang.json")
    response["enterprise"]["has_website"] = False  # 1.1.1 says how often the website is updated
    v = Visitor(server)
    v.begin(response)
    bad = v.fill(response)
    v.submit()
    page = text_of(v.page(f"{v.base}/ket-qua")[1])
    ok(not bad and "Trả lời về trang web riêng (1.1.1) nhưng thông tin chung khai không có trang web" in page
       and "Cần xem lại vì mâu thuẫn" in page, "at the top: what contradicts stands on the page", (bad, page[:600]))


def sample(server):
    stranger = Visitor(server)
    status, headers, data = stranger.ask("GET", "/ket-qua-mau")
    page = data.decode()
    ok(status == 200 and "Đây là ví dụ" in page and "152/320" in text_of(page), "anybody may see an example")
    ok("<form" not in page.split("<main", 1)[1].split("</main>")[0], "nothing can be sent from it")
    ok("so-voi-lan-truoc" in page, "it shows what a second assessment tells")
    ok("trung vị của ít nhất 20" in text_of(page), "and how others did, as made up as itself")
    ok("This is an example" in stranger.page("/ket-qua-mau", "/en")[1], "also in English")


def gzip_size(page):
    import gzip

    return len(gzip.compress(page.encode(), 9))


def import_demo(folder):
    files = sorted(os.path.join(DEMO, name) for name in os.listdir(DEMO) if name.endswith(".json"))
    return run_program("import", *files, "--db", os.path.join(folder, "test.db"), "--data", ".", timeout=120)


def peers(server, done):
    v = Visitor(server)
    response = demo("may-sen-vang.json")
    response["enterprise"]["name"] = "Công ty của bài thử"
    v.begin(response)
    v.fill(response)
    v.submit()
    document = v.json(f"{v.base}/ket-qua")[1]
    page = v.page(f"{v.base}/ket-qua")[1]
    ok(document["peers"] and document["peers"]["at_least"] >= 10, "ten others or more are compared with",
       (document["peers"], done.stderr[-300:]))
    ok("trung vị của ít nhất" in text_of(page) and "Nhóm so sánh" in page, "the page says who they are")
    ok(gzip_size(page) <= 30000, "the page has 30 kB at most", gzip_size(page))
    ok(server.stop() == 0, "the server ends well")


def amended(v):
    """What was submitted is told until it is submitted anew; then what changed is told."""
    page = v.json(f"{v.base}/ket-qua")[1]
    before = page["score"]
    status, _, text = v.post(f"{v.base}/sua", {}, page["token"])
    ok(status == 200, "a submitted dossier is opened again", text)
    first = v.json(f"{v.base}/trang/1")[1]
    control = first["controls"][0]
    other = [choice["value"] for choice in control["choices"] if not choice["chosen"]][0]
    v.post(f"{v.base}/trang/1", {control["name"]: other}, first["token"])
    ok(v.json(f"{v.base}/ket-qua")[1]["score"] == before, "an amended dossier tells what was submitted")
    v.submit()
    ok("so-voi-lan-truoc" in v.page(f"{v.base}/ket-qua")[1], "what changed is told once it is submitted anew")


def main():
    with Server(*OPTIONS) as server:
        folder = server.folder.name
        v, response = before_and_submit(server, folder)
        document = numbers(v, response, folder)
        missing_facts(v, response, document, folder)
        papers(v, folder)
        other_people(v, server)
        sample(server)
        at_the_top(server)
        amended(v)
        ok(server.stop() == 0, "the server ends well")
    folder = tempfile.TemporaryDirectory()
    done = import_demo(folder.name)
    with Server(*OPTIONS, folder=folder) as server:
        peers(server, done)
    finish()


main()
