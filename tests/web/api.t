#!/usr/bin/env python3
"""The pages for programs: src/web/api/openapi.json tells what is there, a whole journey in JSON obeys it, docs/api.md works."""
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse

from client import DXREADY, PASSWORD, Browser, Officer, Server, told_of_options, totp
from tool import PDF, Folder, finish, report
from client import DXREADY, PASSWORD, Browser, Officer, Server, totp
from tool import PDF, Folder, finish, report, same
from jsonschema import Draft202012Validator  # noqa: E402
from jsonschema.exceptions import best_match  # noqa: E402

METHODS = ("get", "post")
PLAIN = {("get", path) for path in ("/healthz", "/readyz", "/robots.txt", "/openapi.json")}
with open("src/web/api/openapi.json", encoding="utf-8") as file:
    api = json.load(file)


# ---- the document itself ----

def follow(what):
    """What a reference leads to; KeyError where it leads nowhere."""
    while "$ref" in what:
        found = api
        for part in what["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        what = found
    return what


def operations():
    return {(method, path): op for path, item in api["paths"].items() for method, op in item.items()}


def walk(what):
    yield what
    for child in what.values() if isinstance(what, dict) else what if isinstance(what, list) else ():
        yield from walk(child)


def schema_at(schema):
    """A schema of the document as one that stands alone."""
    return Draft202012Validator({**schema, "components": api["components"]})


META = {
    "type": "object", "required": ["openapi", "info", "paths", "components"],
    "properties": {
        "openapi": {"pattern": r"^3\.1\.\d$"}, "info": {"type": "object", "required": ["title", "version"]},
        "paths": {"additionalProperties": False, "patternProperties": {"^/": {"type": "object", "additionalProperties": False, "minProperties": 1,
            "properties": {method: {"$ref": "#/$defs/operation"} for method in METHODS}}}}},
    "$defs": {
        "operation": {"type": "object", "required": ["operationId", "summary", "description", "tags", "responses"], "additionalProperties": False, "properties": {
            "description": {"type": "string"}, "tags": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            "operationId": {"pattern": "^[a-z][A-Za-z]+$"}, "summary": {"type": "string"}, "security": {"type": "array"},
            "parameters": {"type": "array"}, "requestBody": {"type": "object", "required": ["content"]},
            "responses": {"type": "object", "minProperties": 1, "additionalProperties": False, "patternProperties": {"^([2345][0-9][0-9]|default)$": {"type": "object"}}}}}}}
faults = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in Draft202012Validator(META).iter_errors(api)]
report(not faults, "the document has the form of OpenAPI 3.1", "\n".join(faults))
lost = []
for what in walk(api):
    if isinstance(what, dict) and isinstance(what.get("$ref"), str):
        try:
            follow(what)
        except KeyError:
            lost.append(what["$ref"])
report(not lost, "its references lead somewhere", str(lost))
for name, schema in api["components"]["schemas"].items():
    Draft202012Validator.check_schema(schema)
used = {what["$ref"] for what in walk(api) if isinstance(what, dict) and isinstance(what.get("$ref"), str)}
unused = [f"{kind}/{name}" for kind in ("schemas", "responses", "parameters") for name in api["components"][kind]
          if f"#/components/{kind}/{name}" not in used]
report(not unused, "nothing is described that is not used", str(unused))
ids = [op["operationId"] for op in operations().values()]
report(len(ids) == len(set(ids)), "operations have names of their own")
faults = []
for (method, path), op in operations().items():
    declared = {follow(p)["name"] for p in op.get("parameters", []) if follow(p)["in"] == "path"}
    if declared != set(re.findall(r"{(\w+)}", path)):
        faults.append(f"{path}: parameters {declared}")
    if any("description" not in follow(r) for r in op["responses"].values()):
        faults.append(f"{path}: a reply without description")
    for content in op.get("requestBody", {"content": {}})["content"].values():
        if "token" not in content["schema"]["required"]:
            faults.append(f"{path}: a form without token")
report(not faults, "parameters, replies, sessions and tokens are declared", "\n".join(faults))
rows = "".join(open(name, encoding="utf-8").read() for name in glob.glob("include/web/*/routes.h"))
routes = {(method.lower(), re.sub(r":(\w+)", r"{\1}", pattern)): owner not in ("ANYBODY", "STRANGER")
          for method, pattern, owner in re.findall(r'^ROUTE\((\w+), "([^"]+)", (\w+)', rows, re.M)}
report(set(operations()) == set(routes) | PLAIN, "it has every route of the site and no other",
       f"missing {set(routes) - set(operations())}\nextra {set(operations()) - set(routes) - PLAIN}")
report(all(("security" in op) == routes.get(key, False) for key, op in operations().items()), "and says which need a session")


# ---- a program ----

class Machine(Browser):
    """Asks for JSON; every reply has to be one that the document has."""
    seen, wrong, pages = {}, [], []

    def ask(self, method, path, body=None, type="application/x-www-form-urlencoded", **headers):
        headers = {"Accept": "application/json", **({"Content-Type": type} if method == "POST" else {}), **headers}
        self.send(method, self.prefix + path, body, headers)
        self.pages.append(self.text)
        self.check(method.lower(), path.split("?")[0])
        kind = self.headers["Content-Type"]
        self.json = json.loads(self.body) if kind == "application/json" else None
        if self.json and "token" in self.json:
            self.token = self.json["token"]
        return self.json

    def do(self, path, fields=(), **more):
        pairs = list(fields.items() if isinstance(fields, dict) else fields) + list(more.items())
        if all(name != "token" for name, _ in pairs):
            pairs.append(("token", self.token))
        self.ask("POST", path, urllib.parse.urlencode(pairs))
        return self.json

    def check(self, method, path):
        found = [(key, op) for key, op in operations().items() if key[0] == method and
                 re.fullmatch(re.sub(r"{(\w+)}", lambda p: "[^/]+" if p.group(1) != "n" else r"[1-9]\d*", key[1]), path)]
        found.sort(key=lambda item: "{" in item[0][1].split("/")[-1])  # du-lieu.json before {text}
        responses = found[0][1]["responses"] if found else {"default": api["components"]["responses"]["Error"]}
        key = found[0][0] if found else (method, "none")
        self.seen.setdefault(key, set()).add(self.status)
        said = follow(responses.get(str(self.status), responses.get("default", {})))
        type = self.headers["Content-Type"].split(";")[0]
        if type not in said.get("content", {}):
            self.wrong.append(f"{method} {path}: {self.status} {type} is not described")
        elif type == "application/json":
            fault = best_match(schema_at(said["content"][type]["schema"]).iter_errors(json.loads(self.body)))
            if fault:
                self.wrong.append(f"{method} {path}: {self.status} {'/'.join(map(str, fault.absolute_path))}: {fault.message[-300:]}")

    def url(self, rest=""):
        return f"/ho-so/{self.reference}{rest}"


def answer(control):
    """Something for every kind of control, as its description says."""
    name, kind = control["name"], control["kind"]
    values = [choice["value"] for choice in control["choices"] if choice["value"]]
    if control["hidden"] or kind == "file":
        return []
    if kind == "one":
        return [(name, "yes" if "yes" in values else values[len(values) // 2])]
    if kind == "several":
        return [(name, value) for value in values[:2]]
    if kind == "rows":
        return [(row["name"], row["choices"][-1]["value"]) for row in control["rows"]]
    if kind == "date":
        return [(name + ".d", "2"), (name + ".m", "9"), (name + ".y", "2020")]
    return [(name, "3")]


data = Folder(questionnaires=("questionnaires/household-quick@1.json", "tests/data/all-types@1.json"),
              shared=("policies", "reports"))
server = Server("--round", "2026", "--data", data.path)
one = Machine(server)


def begin(machine, questionnaire):
    machine.ask("GET", "/bat-dau")
    machine.do("/bat-dau", form="household", no_tax_code="1", size="micro", questionnaire=questionnaire)
    machine.reference = re.fullmatch(r"/ho-so/(.+)/ma", machine.json["next"]).group(1)
    machine.ask("GET", machine.json["next"])
    machine.secret = machine.json["secret"]


def fill(machine):
    """Every page until the list of tasks comes again; a page that shows more questions comes twice."""
    machine.ask("GET", machine.url("/thong-tin/1"))
    machine.do(machine.url("/thong-tin/1"), name="Tiệm May Áo Dài Thử Máy " + machine.reference, area="hai-duong", base=machine.json["base"])
    where, steps = machine.url("/trang/1"), 0
    while where != machine.url() and steps < 60:
        steps += 1
        machine.ask("GET", where)
        if "/phan/" in where:
            machine.do(where, done="yes")
        else:
            pairs = [pair for control in machine.json["controls"] for pair in answer(control)]
            machine.do(where, pairs + [("base", machine.json["base"]), ("confirm", "1")])
        if machine.status != 200:
            raise SystemExit(f"# {where}: {machine.status} {machine.text[:2000]}")
        where = machine.json["next"]


for path in ("/healthz", "/readyz", "/robots.txt", "/ket-qua-mau", "/tro-giup", "/du-lieu-ca-nhan", "/tiep-can", "/da-xoa"):
    one.ask("GET", path)
one.ask("GET", "/openapi.json")
report(one.json == api, "the server hands out the document")
one.ask("GET", "/")
report([q["questionnaire"] for q in one.json["questionnaires"]] == ["all-types@1", "household-quick@1"] or len(one.json["questionnaires"]) == 2,
       "what can be filled in", one.text)
one.ask("GET", "/chinh-sach?danh-cho=household&trang=1")
first = one.json["policies"][0]
one.ask("GET", f"/chinh-sach/{first['id']}")
report(one.json["name"] == first["name"] and one.json["legal"] == first["legal"], "support policies, and one of them", one.text)
one.ask("GET", "/phieu-giay/household-quick@1")
report(one.body[:5] == b"%PDF-", "and on paper", one.text[:300])
one.ask("GET", "/bat-dau")
report([c["name"] for c in one.json["controls"]] == ["form", "section", "size", "tax_code", "no_tax_code"] and
       "household" in [c["value"] for c in one.json["controls"][0]["choices"]], "what is asked to begin", one.text)
one.do("/bat-dau", form="household", size="x", tax_code="12")
report(one.status == 422 and [f["field"] for f in one.json["faults"]] == ["size", "tax_code"], "faults are 422 with their fields", one.text)
one.do("/bat-dau", form="household", no_tax_code="1", size="micro")
report(one.status == 422 and one.json["faults"][0]["field"] == "questionnaire" and len(one.json["questionnaires"]) == 2,
       "where several questionnaires fit they are listed", one.text)
begin(one, "all-types@1")
report(re.fullmatch(r"[0-9A-Z]{4}( [0-9A-Z]{4}){2}", one.secret) is not None and one.json["link"].startswith(f"http://127.0.0.1:{server.port}/tiep-tuc#"), "the code")
one.ask("GET", one.url("/ho-tro"))
report(one.status == 200 and one.json["given_vnd"] == 0, "what the facts bring so far", one.text)
one.ask("GET", one.url("/thong-tin/3"))
one.do(one.url("/thong-tin/3"), employees="abc")
report(one.status == 422 and one.json["faults"][0]["field"] == "employees" and one.json["controls"], "a fact that is none", one.text)
fill(one)
kinds = set()
page = 1
while one.ask("GET", one.url(f"/trang/{page}")) and one.status == 200:
    kinds |= {c["kind"] for c in one.json["controls"]}
    if any(c["name"] == "q.yn" for c in one.json["controls"]):
        yes_no = page
    file_question = ([c["name"][2:] for c in one.json["controls"] if c["kind"] == "file"] or [None])[0] or (file_question if page > 1 else None)
    page += 1
report(one.status == 404 and kinds == {"one", "several", "rows", "line", "text", "date", "file"}, "every kind of question can be told", str(kinds))
one.ask("GET", one.url("/phan/1"))
question = [a["name"] for a in one.json["groups"][0]["answers"] if a["name"].startswith("q.")][0]
one.do(one.url("/luu"), [("of", "employees"), ("employees", "5"), ("base", "00000000"), ("token", one.token)])
report(one.status == 200 and len(one.json["base"]) == 8, "one fact alone", one.text)
one.do(one.url("/luu"), [("of", "employees"), ("employees", "none"), ("base", one.json["base"]), ("token", one.token)])
report(one.status == 422 and one.json["fault"], "and its fault", one.text)

one.ask("GET", one.url("/cau/1"))
report(one.status == 200 and len(one.json["controls"]) == 1, "one question alone", one.text[:500])
one.do(one.url("/cau/1"), [*answer(one.json["controls"][0]), ("base", one.json["base"])])
report(one.status == 200 and "/cau/" in one.json["next"], "leads to the next one", one.text)
one.ask("GET", one.url(f"/trang/{yes_no}"))
one.do(one.url(f"/trang/{yes_no}"), {"q.yn": "no", "base": one.json["base"]})
report(one.status == 422 and one.json["hides"] and not one.json["faults"], "what would hide an answer asks first", one.text)
one.do(one.url("/luu"), [("of", "q.yn"), ("q.yn", "no"), ("base", "00000000"), ("token", one.token)])
report(one.status in (409, 422), "also one by one", one.text)


def next_of(page, more=()):
    """What the answer to a save says about what follows a page."""
    one.do(one.url("/luu"), [("of", "employees"), ("employees", "6"), ("base", "00000000"), ("token", one.token), ("page", page), *more])
    return one.json["next"]


one.ask("GET", one.url("/trang/1"))
one.do(one.url("/trang/1"), [pair for c in one.json["controls"] for pair in answer(c)] + [("base", one.json["base"]), ("confirm", "1")])
after = one.json["next"]
report(one.status == 200 and next_of("trang/1") == after, "a save tells what follows a page that is whole", f"{after} {one.text}")
report(next_of("trang/1", [("from", "check")]) == one.url("/kiem-tra"), "or the check, if one came from there", one.text)
report([next_of(page) for page in ("trang/99", "trang/0", "trang/", "trang", "x/1", "thong-tin/1", "trang/1x")] ==
       [None] * 7, "other pages and those of facts: nothing", one.text)

# evidence
line = "----line7d1"


def send_file(machine, path, content):
    parts = [b'name="token"\r\n\r\n' + machine.token.encode(), b'name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n' + content]
    body = b"".join(f"--{line}\r\nContent-Disposition: form-data; ".encode() + part + b"\r\n" for part in parts) + f"--{line}--\r\n".encode()
    return machine.ask("POST", path, body, "multipart/form-data; boundary=" + line)


def upload(machine, question, content):
    return send_file(machine, machine.url(f"/minh-chung/{question}"), content)


one.ask("GET", "/xac-minh/khoa-cong-khai.txt")
report(one.status == 404, "there are no keys yet", one.text)
one.ask("GET", "/xac-minh")
report(one.json["finding"] is None and one.token, "a report can be checked", one.text)
send_file(one, "/xac-minh", PDF)
report(one.json["finding"] == "not-signed" and one.json["file"] and one.json["name"] is None, "one that nobody signed", one.text)
send_file(one, "/xac-minh", b"")
report(one.status == 422 and one.json["faults"][0]["field"] == "file", "a file is needed", one.text)
upload(one, file_question, b"MZ")
report(one.status == 422 and one.json["faults"][0]["field"] == "file", "a file that is none", one.text)
upload(one, file_question, PDF)
one.ask("GET", one.url(f"/minh-chung/{file_question}"))
ident = one.json["evidence"][0]["id"]
report(one.json["evidence"][0]["type"] == "application/pdf" and one.json["evidence"][0]["size"] == len(PDF), "files are listed", one.text)
one.do(one.url(f"/minh-chung/{question[2:]}"), reuse=str(ident))
one.ask("GET", one.url(f"/minh-chung/{question[2:]}"))
one.do(one.url(f"/tep/{one.json['evidence'][0]['id']}/xoa"))
one.ask("GET", one.url(f"/tep/{ident}"))
report(one.body == PDF, "and come back as they were")
one.do(one.url(f"/tep/{ident}"))
report(one.body == PDF, "also behind the warning that browsers show")

# check and submit
one.ask("GET", one.url("/kiem-tra"))
report(one.json["consent_version"] and one.json["open"] == 0, "all answers, none is missing", one.text[:1500])
one.do(one.url("/kiem-tra"))
report(one.status == 422 and one.json["faults"][0]["field"] == "consent", "nothing is submitted without consent", one.text[:500])
for paper in ("the", "bao-cao", "phu-luc", "tom-tat", "bien-nhan", "du-lieu"):
    one.ask("GET", one.url(f"/{paper}.pdf"))
one.do(one.url("/kiem-tra"), consent="1")
report(one.status == 200 and one.json["next"].endswith("/ket-qua"), "with it, it is", one.text)
result = one.ask("GET", one.json["next"])
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    file.write(json.dumps(one.ask("GET", one.url("/du-lieu.json"))["submitted"]))
    file.flush()
    run = {name: json.loads(subprocess.run([DXREADY, name, file.name, "--data", data.path, "--json", *more], capture_output=True, check=True).stdout)
           for name, more in (("score", ["--ledger"]), ("match", ["--on", result["match"]["on"]]))}
report(run["score"] == result["score"] and run["match"] == result["match"], "score and policies are those of the command line, exactly")
for paper in ("bao-cao", "phu-luc", "tom-tat", "bien-nhan", "du-lieu"):
    one.ask("GET", one.url(f"/{paper}.pdf"))
    report(one.body[:5] == b"%PDF-" and one.status == 200, f"{paper}.pdf", one.text[:300])
    if paper == "bao-cao":
        printed = subprocess.run(["pdftotext", "-", "-"], input=one.body, capture_output=True).stdout.decode()
        told = re.search(r"Câu có minh chứng:\s+(\d+)\.", printed)
        report(told and int(told.group(1)) == server.sql("SELECT count(DISTINCT question) FROM evidence")[0][0] > 0, "which counts the answers that have files", told or printed[:3000])
one.ask("GET", one.url("/ket-qua"))
one.do(one.url("/ket-qua"), female_employees="2")
report(one.status == 200, "a fact can be added", one.text[:500])
one.do(one.url("/ket-qua"), revenue_vnd="much")
report(one.status == 422 and one.json["faults"][0]["field"] == "revenue_vnd", "a wrong one not", one.text[:500])

# what is refused
one.ask("GET", one.url("/trang/1"))
report(one.status == 409 and set(one.json["error"]) == {"vi", "en"}, "answers are closed: 409", one.text)
one.do(one.url("/trang/1"), base="")
report(one.status == 409, "also for a form")
one.do(one.url("/sua"), nothing="1")
report(one.status == 400, "a field that nobody asked for: 400", one.text)
one.do(one.url("/sua"), token="0" * 32)
report(one.status == 403, "without the token: 403", one.text)
one.ask("POST", one.url("/sua"), json.dumps({"token": one.token}), "application/json")
report(one.status == 415, "JSON is not what forms are: 415", one.text)
one.ask("POST", one.url("/sua"), "token=" + "0" * 400000)
report(one.status == 413, "too long: 413", one.text)
one.ask("GET", one.url("/khong-co"))
report(one.status == 404 and one.json["error"]["en"].startswith("There is no such page"), "not there: 404", one.text)
one.ask("POST", "/")
report(one.status == 405 and one.headers["Allow"] == "GET, HEAD" and one.json["error"], "another method: 405", f"{one.status} {one.text}")
stranger = Machine(server, "/en")
stranger.ask("GET", one.url())
report(stranger.status == 403, "a stranger: 403", stranger.text)
stranger.ask("GET", f"/tiep-tuc?ma={one.reference}")
report(stranger.json["reference"] == one.reference, "the form to come back with knows the reference")
for _ in range(6):
    stranger.do("/tiep-tuc", reference=one.reference, secret="0000 0000 0000")
report(stranger.status == 429 and int(stranger.headers["Retry-After"]) > 0, "guessing: 429", stranger.text)
server.sql("DELETE FROM try_limit")

# status, officers, withdrawing, again
number = int(one.reference[4:6]) * 1000000 + int(one.reference[7:13])
server.sql("INSERT INTO dossier_question (dossier, question, text, asked_at, due_on, reply, replied_at) "
           "VALUES (?, '', 'Vì sao?', '2026-11-24T01:00:00Z', '', '', '')", number)
one.ask("GET", one.url("/trang-thai"))
report(one.json["dossier"]["state"] == "submitted" and one.json["questions"][0]["text"] == "Vì sao?", "where it stands", one.text)
asked = one.json["questions"][0]["id"]
one.do(one.url(f"/tra-loi/{asked}"), reply="")
report(one.status == 422 and one.json["faults"], "an empty reply", one.text)
one.do(one.url(f"/tra-loi/{asked}"), reply="Vì thế.")
one.ask("GET", one.url("/trang-thai"))
report(one.json["questions"][0]["reply"] == "Vì thế.", "a reply", one.text)
one.ask("GET", one.url("/bao-cao-da-ky.pdf"))
report(one.status == 404 and "chưa được xác minh" in one.json["error"]["vi"], "no signed report of what was not verified", one.text)
one.do(one.url("/yeu-cau"), kind="correction", text="")
report(one.status == 422, "a request about one's data needs words", one.text)
one.do(one.url("/yeu-cau"), kind="correction", text="Tên đơn vị đã đổi.")
report(one.json["next"].endswith("/du-lieu"), "a request about one's data", one.text)
one.ask("GET", one.url("/thu-nhac"))
one.do(one.url("/thu-nhac"), mail="@")
report(one.status == 422, "an address for reminders that is none", one.text)
one.do(one.url("/thu-nhac"), mail="")
report("next" in one.json, "none at all", one.text)
one.do(one.url("/y-kien"), objection="Không đồng ý.")
report(one.status == 409 and "chưa được xác minh" in one.json["error"]["vi"], "nothing was verified that one could object to", one.text)
one.do(one.url("/sua"))
one.ask("GET", one.url())
report(one.json["state"] == "draft" and one.json["response"]["answers"], "opened again", one.text[:300])
one.ask("GET", one.url("/ket-qua"))
report(one.json["comparison"] is None, "nothing to compare with yet", one.text[:300])
one.ask("GET", one.url("/trang/1"))
changed = [(c["name"], c["choices"][0]["value"]) if c["kind"] == "one" else pair for c in one.json["controls"] for pair in answer(c)]
one.do(one.url("/trang/1"), changed + [("base", one.json["base"]), ("confirm", "1")])
one.do(one.url("/kiem-tra"), consent="1")
one.ask("GET", one.url("/ket-qua"))
compared = one.json["comparison"]
report(compared["change"]["answers"] and compared["change"]["total"]["after"] == one.json["score"]["total"]["percent"],
       "what changed since it was submitted before", one.text[:600])
for path in ("/rut", "/rut-dong-y", "/xoa"):
    one.ask("GET", one.url(path))
    report(one.json["points"], f"{path} says what follows", one.text[:300])
server.stop()
server.options = ("--round", "2027", "--data", data.path)
server.start()
one.ask("GET", one.url("/du-lieu"))
one.do(one.url("/doi-bo-cau-hoi"), questionnaire="dbi-large@2025")
report(one.status == 409, "what was submitted moves to no other questionnaire", one.text)
one.do(one.url("/lam-tiep"))
report(one.status == 409, "a questionnaire that gives levels goes on to nothing", one.text)
one.do(one.url("/danh-gia-lai"))
report(one.status == 200 and one.json["next"].endswith("/ma"), "the next round", one.text)
again = Machine(server)
again.ask("GET", "/tiep-tuc")
again.do("/tiep-tuc", reference=one.reference, secret=one.secret)
report(again.status == 200 and again.json["next"] == one.url(), "the first one can be opened elsewhere", again.text)
again.reference = one.reference
again.ask("GET", again.url("/ma"))
report(again.json["secret"] is None, "where its secret is not told")
again.ask("GET", again.url("/the.pdf"))
again.do(again.url("/ma"))
again.do(again.url("/rut"))
again.ask("GET", again.url("/rut"))
report(again.status == 409, "withdrawn; not twice", again.text)
again.do(again.url("/rut-dong-y"))
again.ask("GET", again.url("/du-lieu"))
report(again.json["dossier"]["consent_ended_at"] != "", "consent was taken back", again.text[:300])
two = Machine(server, "/en")
two.ask("GET", "/bat-dau")
two.do("/bat-dau", form="household", no_tax_code="1", size="micro", questionnaire="household-quick@1")
report(two.json["next"].startswith("/en/ho-so/"), "the English prefix stays", two.text)
two.reference = two.json["next"].split("/")[3]
two.ask("GET", two.url("/xoa"))
two.do(two.url("/xoa"), reference="CDS-26-0000000")
report(two.status == 422 and two.json["faults"][0]["field"] == "reference", "erasing needs the reference", two.text)
two.do(two.url("/xoa"), reference=two.reference)
report(two.status == 200 and two.json["next"] == "/en/da-xoa", "erased", two.text)
again.do("/thoat")
again.ask("GET", again.url())
report(again.status == 403, "left", again.text)



# ---- those who sign in ----

class DeskMachine(Machine, Officer):
    pass


desk = DeskMachine(server)
link = desk.add("may.tinh", "administrator")
desk.ask("GET", link)
report(desk.json["name"] == "may.tinh" and not desk.json["has_password"], "whose link it is", desk.text)
desk.do(link, password="short")
report(desk.status == 422 and desk.json["faults"][0]["field"] == "password", "a password that is none", desk.text)
desk.do(link, password=PASSWORD)
report(desk.json["next"] == "/can-bo/lop-thu-hai", "then the second factor", desk.text)
setup = desk.ask("GET", "/can-bo/lop-thu-hai")
desk.ask("GET", "/can-bo/lop-thu-hai/ma-khoi-phuc.txt")
report(desk.status == 200 and all(code in desk.text for code in setup["codes"]), "the codes as a file", desk.text)
desk.do("/can-bo/lop-thu-hai", code=totp(setup["key"], -1))
report(desk.status == 422 and desk.json["faults"][0]["field"] == "kept", "the codes have to be kept", desk.text)
desk.do("/can-bo/lop-thu-hai", code=totp(setup["key"], -1), kept="1")
report(desk.json["next"] == "/can-bo", "and one is in", desk.text)
desk.ask("GET", "/can-bo")
own = desk.ask("GET", "/can-bo/tai-khoan")
report(own["name"] == "may.tinh" and own["codes_left"] == 10 and own["sessions"][0]["is_this"], "one's own account", desk.text)
report(len(desk.ask("GET", "/can-bo/quyen")["rights"]) >= 4, "who may do what", desk.text)
DeskMachine(server).put_in("khac", "officer", "all")
rows = desk.ask("GET", "/can-bo/cac-tai-khoan")["accounts"]
report([row["name"] for row in rows] == ["khac", "may.tinh"], "all accounts", desk.text)
desk.ask("GET", f"/can-bo/cac-tai-khoan/{rows[0]['id']}")
desk.do(f"/can-bo/cac-tai-khoan/{rows[0]['id']}", act="factor")
report("/can-bo/thiet-lap/" in desk.json["link"], "a new link", desk.text)
desk.do(f"/can-bo/cac-tai-khoan/{rows[1]['id']}", act="disable")
report(desk.status == 409, "not of oneself", desk.text)
desk.ask("GET", "/can-bo/xac-nhan")
desk.do("/can-bo/xac-nhan", [("password", PASSWORD), ("path", "/can-bo/quyen"), ("body", "")])
report(desk.json["next"] == "/can-bo/quyen", "the password once more", desk.text)
desk.do("/can-bo/tai-khoan/ma-khoi-phuc", password=PASSWORD)
codes = desk.json["codes"]
report(len(codes) == 10 and not set(codes) & set(setup["codes"]), "new recovery codes", desk.text)
desk.do("/can-bo/tai-khoan/mat-khau", password=PASSWORD, new="mot cau khac de nho")
desk.do("/can-bo/tai-khoan/phien/999")
report(desk.status == 404, "no such session", desk.text)
desk.do("/can-bo/tai-khoan/phien")
desk.do("/can-bo/thoat")
report(desk.json["next"] == "/can-bo/dang-nhap", "out", desk.text)
desk.ask("GET", "/can-bo/tai-khoan")
report(desk.status == 403, "and out it is", desk.text)
desk.ask("GET", "/can-bo/dang-nhap")
desk.do("/can-bo/dang-nhap", name="may.tinh", password="mot cau khac de nho")
desk.ask("GET", "/can-bo/ma-xac-thuc")
desk.do("/can-bo/ma-xac-thuc", code="000000")
desk.ask("GET", "/can-bo/ma-khoi-phuc")
desk.do("/can-bo/ma-khoi-phuc", code=codes[0])
report(desk.json["next"] == "/can-bo", "in again, by a recovery code", desk.text)

# ---- cases ----

reviewer = DeskMachine(server)
reviewer.put_in("can.bo", "officer", "all")
with open("questionnaires/household-quick@1.json", encoding="utf-8") as file:
    asked = [question for dimension in json.load(file)["dimensions"] for part in dimension["indicators"] for question in part["questions"]]
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    json.dump({"kind": "response", "questionnaire": "household-quick@1", "round": "2026", "submitted_on": "2026-11-23",
               "enterprise": {"tax_code": "0899010130", "name": "Hộ kinh doanh Ví Dụ Thẩm Định", "form": "household"},
               "answers": {question["id"]: question["options"][-1]["id"] for question in asked if question["type"] == "single"}}, file)
    file.flush()
    subprocess.run([DXREADY, "import", file.name, "--db", server.db], check=True, capture_output=True)
for _ in range(100):
    cases = server.sql("SELECT id FROM review_case WHERE tax_code = '0899010130'")
    if cases:
        break
    time.sleep(.1)
case = cases[0][0]
queue = reviewer.ask("GET", "/can-bo/hang-cho?tinh-trang=open")
report(case in [row["id"] for row in queue["cases"]], "the queue", reviewer.text)
reviewer.ask("GET", "/can-bo/hang-cho.csv")
report(reviewer.status == 200 and reviewer.text.count("\n") > 1, "the queue as a table", reviewer.text)
reviewer.ask("GET", "/can-bo/hang-cho.xlsx")
report(reviewer.status == 200 and reviewer.body[:2] == b"PK", "the queue as a workbook", str(reviewer.status))
read = reviewer.ask("GET", f"/can-bo/ho-so/{case}")
report(read["state"] == "Mới nộp" and {"taken", "rejected"} <= {act["act"] for act in read["acts"]}, "a case", reviewer.text)
first = read["questions"][0]["id"]
reviewer.do(f"/can-bo/ho-so/{case}/cau", question=first, version="0", option="0", reason="", note="")
report(reviewer.status == 422, "another value without a reason", reviewer.text)
reviewer.do(f"/can-bo/ho-so/{case}/cau", question=first, version="0", option="0", reason="misread", note="hiểu khác")
report(reviewer.json["next"].startswith(f"/can-bo/ho-so/{case}?"), "a value", reviewer.text)
reviewer.do(f"/can-bo/ho-so/{case}/cau", question=first, version="7", option="0", reason="misread", note="")
report(reviewer.status == 409 and reviewer.json["question"] == first, "a stale one: yours, theirs, and what was answered", reviewer.text)
reviewer.do(f"/can-bo/ho-so/{case}/phan", part=read["parts"][0]["id"])
report("next" in reviewer.json, "a whole part", reviewer.text)
reviewer.ask("GET", f"/can-bo/ho-so/{case}")
reviewer.do(f"/can-bo/ho-so/{case}", act="rejected", version=str(reviewer.json["version"]), code="duplicate", text="trùng")
report(reviewer.status == 200 and reviewer.json["may_undo"] and reviewer.json["state"] == "Không nhận", "an act", reviewer.text)
reviewer.do(f"/can-bo/ho-so/{case}", act="undo", version="1")
report(reviewer.status == 200 and reviewer.json["state"] == "Đang xem", "taken back", reviewer.text)
reviewer.do(f"/can-bo/ho-so/{case}", act="decided", version=str(reviewer.json["version"]))
report(reviewer.status in (403, 409), "what is not possible", reviewer.text)
for path in ("/can-bo/hang-cho/in", "/can-bo/hang-cho/phieu-gui"):
    report(any(row["tax_code"] == "0899010130" for row in reviewer.ask("GET", path)["cases"]), f"on paper: {path}", reviewer.text)
reviewer.ask("GET", "/can-bo/khung-nhin")
reviewer.do("/can-bo/khung-nhin", name="", query="muc=2")
report(reviewer.status == 422, "a view without a name", reviewer.text)
reviewer.do("/can-bo/khung-nhin", name="Mức hai", query="muc=2&x=1&trang=3")
report(reviewer.json["next"] == "/can-bo/hang-cho?muc=2", "a view that is kept", reviewer.text)
reviewer.ask("GET", "/can-bo/khung-nhin")
reviewer.do("/can-bo/khung-nhin/1", name="Mức 2", act="rename")
report([view["name"] for view in reviewer.ask("GET", "/can-bo/khung-nhin")["views"]] == ["Mức 2"], "renamed", reviewer.text)
found = reviewer.ask("GET", "/can-bo/hang-loat?tim=0899010130")
report(found["total"] == 1 and {act["act"]: act["able"] for act in found["acts"]} == {"nhan": 0, "tra": 1, "duyet": 0, "xem-tiep": 0}, "what can be done with many", reviewer.text)
reviewer.do("/can-bo/hang-loat", query="tim=0899010130", act="", account="", reason="")
report(reviewer.status == 422, "nothing chosen", reviewer.text)
reviewer.do("/can-bo/hang-loat", query="tim=0899010130", act="tra", account="", reason="")
run = reviewer.json["next"]
report(reviewer.ask("GET", run)["state"] == "ready" and reviewer.json["waiting"] == 1, "a run, to be looked at", reviewer.text)
reviewer.do(run, act="begin")
report(reviewer.ask("GET", run)["state"] == "done" and reviewer.json["done"] == 1, "and done", reviewer.text)
reviewer.do(run, act="begin")
report(reviewer.status == 409, "not twice", reviewer.text)
reviewer.ask("GET", f"/can-bo/ho-so/{case}/bao-cao.pdf")
report(reviewer.status == 404 and "xác minh" in reviewer.text, "no report before it was verified", reviewer.text)
reviewer.ask("GET", f"/can-bo/ho-so/{case}/tep/999999")
report(reviewer.status == 404, "no such file", reviewer.text)
# plans
PLAN_ROW = dict(id="0", version="0", number="1", source="", person="An", task="Việc", time="24/02/2090", responsibility="Bình", result="Giấy", state="open", whose="firm")
plan = f"/can-bo/ho-so/{case}/viec"
reviewer.ask("GET", plan)
reviewer.do(plan, {**PLAN_ROW, "person": ""})
report(reviewer.status == 422 and reviewer.json["lines"][0]["cells"][0]["fault"], "a row that lacks the person", reviewer.text)
reviewer.do(plan, PLAN_ROW)
row = reviewer.json["lines"][0]
report(reviewer.status == 200 and row["state"] == "open" and not row["open"], "a row of a plan", reviewer.text)
reviewer.do(plan, {**PLAN_ROW, "id": str(row["id"]), "version": "9"}, )
same(reviewer.status, 200, "the same again collides with nothing")
reviewer.do(plan, {**PLAN_ROW, "id": str(row["id"]), "version": "9", "person": "Chi"})
report(reviewer.status == 409 and reviewer.json["lines"][0]["cells"][0]["theirs"] == "An", "another version does", reviewer.text)
reviewer.ask("GET", "/can-bo/viec/tinh")
reviewer.do("/can-bo/viec/tinh", {**PLAN_ROW, "whose": "province"})
report(reviewer.status == 200 and reviewer.json["lines"][0]["province"], "a task of the province", reviewer.text)
report(reviewer.ask("GET", "/can-bo/viec?nguoi=an")["total"] == 2, "rows of plans", reviewer.text)
reviewer.ask("GET", "/can-bo/viec.csv")
reviewer.ask("GET", f"/can-bo/viec.pdf?ho-so={case}")
same(reviewer.ask("GET", "/can-bo/viec/so-lieu")["areas"][-1]["open"], 2, "how many there are")

head = DeskMachine(server)
head.put_in("truong.phong", "head", "all")
head.ask("GET", "/can-bo/ke-hoach-duyet")
report(head.json["has_plan"] is False, "no review plan yet", head.text)
head.do("/can-bo/ke-hoach-duyet", round=head.json["round"], half_width="5", expected="10", hours="1", blind_percent="0")
report(head.json["next"].startswith("/can-bo/ke-hoach-duyet?round="), "a plan is made", head.text)
report(head.ask("GET", "/can-bo/ke-hoach-duyet")["has_plan"], "and read", head.text)
head.ask("GET", "/can-bo/ke-hoach-duyet.csv")
report(head.status == 200 and head.text.count("\n") > 1, "and downloaded", head.text)

other, page = Machine(server), 1
begin(other, "household-quick@1")
while other.ask("GET", other.url(f"/trang/{page}")) and other.status == 200:
    page += 1
told, secrets = told_of_options("household-quick@1", Machine.pages)
report(told == 48 and not secrets, "programs read the options, and nowhere what officers look for", f"{told} {secrets[:3]}")
# requests about data
reviewer.ask("GET", "/can-bo/yeu-cau-du-lieu")
reviewer.do("/can-bo/yeu-cau-du-lieu/999999", act="done", answer="x")
report(reviewer.status == 404, "no such request", reviewer.text)
# help
reviewer.ask("GET", f"/can-bo/ho-so/{case}/cap-lai-ma")
reviewer.do(f"/can-bo/ho-so/{case}/cap-lai-ma", kind="lost", how="gọi số đã đăng ký")
report(reviewer.status == 409 and "nhập từ tệp" in reviewer.text, "what came from a file has no code", reviewer.text)
# reminders
reviewer.ask("GET", "/can-bo/tai-khoan/thu-nhac")
reviewer.do("/can-bo/tai-khoan/thu-nhac", mail="can.bo@tinh.gov.vn")
report("next" in reviewer.json, "an officer's address", reviewer.text)
# the audit
report(desk.ask("GET", "/can-bo/nhat-ky?loai=account")["lines"], "the audit", desk.text)
desk.do("/can-bo/nhat-ky")
report(desk.status == 200 and desk.json["checked"] and not desk.json["broken"], "which holds", desk.text)
# keys
desk.ask("GET", "/can-bo/khoa-ky")
same(desk.json["keys"], [], "no key yet")
desk.do("/can-bo/khoa-ky")
first = desk.json["keys"]
desk.do("/can-bo/khoa-ky")
report([k["in_use"] for k in desk.json["keys"]] == [True, False] and first[0]["id"] == desk.json["keys"][1]["id"], "a new key replaces the one before", desk.text)
one.ask("GET", "/xac-minh/khoa-cong-khai.txt")
report(one.status == 200 and all(k["id"] in one.text for k in desk.json["keys"]), "the public ones are for everybody", one.text)

report(not Machine.wrong, "every reply was one that the document has", "\n".join(Machine.wrong[:14]))
missing = set(operations()) - set(Machine.seen)
report(not missing, "every operation was used", str(missing))
statuses = set().union(*Machine.seen.values())
report(statuses >= {200, 400, 403, 404, 405, 409, 413, 415, 422, 429}, "and every status seen", str(statuses))
report(server.stop() == 0, "the server ends in peace")

# ---- docs/api.md, as it stands ----
server = Server("--round", "2026")
with open("docs/api.md", encoding="utf-8") as file:
    blocks = re.findall(r"^```sh\n(.*?)^```$", file.read(), re.M | re.S)
if shutil.which("curl"):
    with tempfile.TemporaryDirectory() as folder:
        script = "\n".join(blocks)
        done = subprocess.run(["sh", "-eu", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "SITE": f"http://127.0.0.1:{server.port}"})
        said = done.stdout + done.stderr
        report(done.returncode == 0 and not done.stderr and '"error"' not in said, "docs/api.md works as it is written", said[-1500:])
        report(said.count('"next"') >= 7 and "422" in said and re.search(r"\d\.\d\d [A-Z]", said) is not None, "and does what it says", said[-1500:])
        with open(os.path.join(folder, "report.pdf"), "rb") as file:
            report(file.read(5) == b"%PDF-", "down to the report")
        with open(os.path.join(folder, "my-data.json"), encoding="utf-8") as file:
            held = json.load(file)
        report(held["dossier"]["state"] == "submitted" and len(held["evidence"]) == 1,
               "and one's own data", str(held["dossier"]))
else:
    report(True, "docs/api.md works as it is written # SKIP curl is not here")
server.stop()
finish()
