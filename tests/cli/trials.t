#!/usr/bin/env python3
"""Files as people send them, kept in tests/data/trials, against what is right."""
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests/cli")
from tool import DXREADY, finish, report  # noqa: E402

TRIALS = os.path.abspath("tests/data/trials")
HOUSE, SME = "household-quick@1", "dbi-sme@2021"


def run(*args, lang="en", stdin=None):
    env = dict(os.environ, DXREADY_LANG=lang)
    return subprocess.run([DXREADY, *args], capture_output=True, text=True, env=env, input=stdin, timeout=120)


class Work:
    """A folder with copies of files and a database of its own."""

    def __init__(self, *files):
        self.old, self.path = os.getcwd(), tempfile.mkdtemp(prefix="dxready-trials-")
        os.chdir(self.path)
        for name in files:
            shutil.copy(os.path.join(TRIALS, name), name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.chdir(self.old)
        shutil.rmtree(self.path)

    def write(self, name, *lines):
        with open(name, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return name

    def take(self, name, q=HOUSE, *args, lang="en"):
        """Imports a file: (done, {counts})."""
        done = run("import", name, "--questionnaire", q, "--round", "2026", "--db", "t.db", "--json", *args, lang=lang)
        try:
            return done, json.loads(done.stdout)
        except ValueError:
            return done, {"inserted": 0, "revised": 0, "unchanged": 0, "rejected": 0, "rows": 0}

    def listed(self):
        return json.loads(run("list", "--db", "t.db", "--json").stdout)["assessments"]


def counted(counts, inserted, rejected, revised=0, unchanged=0):
    return [counts[key] for key in ("inserted", "rejected", "revised", "unchanged")] == \
        [inserted, rejected, revised, unchanged]


HEAD = "name;form;area;employees;round;submitted_on;1.1;1.2;1.3;2.1;2.2;2.3;3.1;3.2;3.3;4.1;4.2;4.3"


def house(name, answers="2;2;2;2;2;2;2;2;2;2;2;2", on="01/09/2026", **cells):
    return ";".join([name, cells.get("form", "household"), cells.get("area", "hai-duong"),
                     cells.get("employees", "2"), "2026", on, answers])


def unrated():
    for name, bad in (("38-total-row-sme.csv", 1), ("39-signature-rows-sme.csv", None)):
        with Work(name) as work:
            done, counts = work.take(name, SME)
            good = [row["name"] for row in work.listed()]
            report(counts["rejected"] >= 1 and counts["inserted"] == len(good) and
                   not any("Tổng" in (n or "") or "lập biểu" in (n or "") for n in good),
                   f"{name}: rows of totals and signatures are no enterprises", f"{good} {done.stderr}")
    with Work("56-partial-answers.csv") as work:
        done, counts = work.take("56-partial-answers.csv")
        report(counted(counts, 8, 3) and "no question is answered" in done.stderr,
               "forms without an answer are refused", done.stdout + done.stderr)
        report(counts["incomplete"] == 2 and counts["unrated"] == 2, "what is incomplete is counted", done.stdout)
        levels = sorted((row["name"], row["level"]) for row in work.listed())
        report(dict(levels)["Hộ 6"] is None and dict(levels)["Hộ 7"] is None and dict(levels)["Hộ 0"] == 3,
               "too little is answered for a level", str(levels))
        rows = sqlite3.connect("t.db").execute("SELECT level FROM assessment WHERE is_complete = 0").fetchall()
        report(rows == [(None,), (None,)], "and the database has none", str(rows))
        table = json.loads(run("stats", "--db", "t.db", "--json", "--internal").stdout)["tables"][0]
        report(table["all"]["count"] == 6 and table["incomplete"] == 2 and table["all"]["total"]["mean"] == "100.00",
               "statistics leave them out and count them", str(table["all"]["total"]))
        both = json.loads(run("stats", "--db", "t.db", "--json", "--internal", "--incomplete").stdout)["tables"][0]
        report(both["all"]["count"] == 8 and both["all"]["unrated"] == 2 and
               sum(level["count"] for level in both["all"]["levels"]) == 6, "unless they are asked for",
               str(both["all"]["levels"]))
        text = run("stats", "--db", "t.db", lang="vi").stdout
        report("Không tính 2 phiếu chưa trả lời đủ" in text, "people read it", text)
        match = json.loads(run("match", "--all", "--db", "t.db", "--json").stdout)
        report(match["assessments"] == 6 and match["incomplete"] == 2, "match --all, too", str(match)[:200])
        text = run("list", "--db", "t.db", lang="vi").stdout
        report("–*" in text and "*: chưa trả lời đủ, 2 đánh giá" in text and "chưa xếp mức, 2" in text,
               "and the list", text)
        ledger = list(csv.DictReader(io.StringIO(run("export", "--db", "t.db", "--format", "csv").stdout), delimiter=";"))
        report(sorted(row["result.level"] for row in ledger)[:3] == ["", "", "3"], "and the export",
               str([row["result.level"] for row in ledger]))
    for name, has_level in (("128-no-answers.json", False), ("132-half-answered.json", True)):
        with Work(name) as work:
            score = json.loads(run("score", name, "--json").stdout)
            report((score["level"]["level"] is not None) == has_level and not score["complete"], f"{name}: level",
                   str(score["level"]))
            run("report", name, "--summary", "-o", "r.pdf")
            pages = subprocess.run(["pdftotext", "-layout", "r.pdf", "-"], capture_output=True, text=True).stdout
            report("not answered and count" in pages, f"{name}: the summary says so", pages)


def identity():
    first, second = "61a-names-differ-by-mark-first.csv", "61b-names-differ-by-mark-second.csv"
    with Work(first, second) as work:
        work.take(first)
        done, counts = work.take(second)
        report(counted(counts, 3, 0) and len(work.listed()) == 6, "names that differ in a mark are six enterprises",
               done.stdout + done.stderr)
        found = run("list", "--db", "t.db", "--name", "nguyen van tuan", "--json").stdout
        report(json.loads(found)["total"] == 2, "search finds both without marks", found)
    for name, good in (("60-same-name-variants.csv", 2), ("09-tone-placement.csv", 1), ("08-nfd-vs-nfc-duplicate.csv", 1)):
        with Work(name) as work:
            done, counts = work.take(name)
            report(counts["inserted"] == good and counts["revised"] == 0, f"{name}: {good} enterprises",
                   done.stdout + done.stderr)
    with Work("64a-newer.csv", "64b-older-file-again.csv") as work:
        work.take("64a-newer.csv")
        before = work.listed()
        done, counts = work.take("64b-older-file-again.csv", HOUSE, lang="vi")
        report(counts["rejected"] == 1 and "mới hơn phiếu này" in done.stderr and "--replace" in done.stderr and
               work.listed() == before, "older answers replace no newer ones", done.stdout + done.stderr)
        done, counts = work.take("64b-older-file-again.csv", HOUSE, "--replace")
        report(counted(counts, 0, 0, revised=1), "unless --replace", done.stdout + done.stderr)
    with Work() as work:
        work.write("a.csv", HEAD, house("Hộ Thử"))
        work.write("b.csv", "tax_code;" + HEAD, "030085001234;" + house("Hộ Thử", on="02/09/2026"))
        work.take("a.csv")
        done, counts = work.take("b.csv")
        rows = work.listed()
        report(counted(counts, 0, 0, revised=1) and counts["linked"] == 1 and len(rows) == 1 and
               rows[0]["tax_code"] == "030085001234", "a tax code that comes later is the same enterprise",
               done.stdout + done.stderr + str(rows))
        done, counts = work.take("b.csv")
        report(counted(counts, 0, 0, unchanged=1) and counts["linked"] == 0, "and again nothing changes", done.stdout)
        work.write("c.csv", "tax_code;" + HEAD, "030085001235;" + house("Hộ Thử", on="02/09/2026"))
        report(counted(work.take("c.csv")[1], 1, 0), "another code is another enterprise")


def outputs():
    with Work("00-ok.csv", "132-half-answered.json") as work:
        work.take("00-ok.csv")
        kept = {name: open(name, "rb").read() for name in ("132-half-answered.json", "00-ok.csv", "t.db")}
        work.write("important.txt", "of value")
        kept["important.txt"] = b"of value\n"
        for name, args in (
                ("the input of report", ["report", "132-half-answered.json", "-o", "132-half-answered.json"]),
                ("with --force, too", ["report", "132-half-answered.json", "-o", "./132-half-answered.json", "--force"]),
                ("the database", ["export", "--db", "t.db", "-o", "t.db", "--format", "csv"]),
                ("a foreign file (export)", ["export", "--db", "t.db", "-o", "important.txt", "--format", "csv"]),
                ("a foreign file (xlsx)", ["export", "--db", "t.db", "-o", "important.txt", "--format", "xlsx"]),
                ("a foreign file (form)", ["form", HOUSE, "-o", "important.txt"]),
                ("a foreign file (report)", ["report", "132-half-answered.json", "-o", "important.txt"]),
                ("rejects: a foreign file", ["import", "00-ok.csv", "--db", "t.db", "--questionnaire", HOUSE, "--rejects",
                                             "important.txt"]),
                ("rejects: the input", ["import", "00-ok.csv", "--db", "t.db", "--questionnaire", HOUSE, "--rejects",
                                        "00-ok.csv"]),
                ("rejects: the database", ["import", "00-ok.csv", "--db", "t.db", "--questionnaire", HOUSE, "--rejects",
                                           "t.db"])):
            done = run(*args)
            report(done.returncode == (0 if "rejects" in name else 2) and all(
                open(n, "rb").read() == b for n, b in kept.items() if n != "t.db" or "rejects" not in name) and work.listed(),
                   f"not overwritten: {name}", done.stdout + done.stderr)
        done = run("export", "--db", "t.db", "-o", "important.txt", "--format", "csv", "--force")
        report(done.returncode == 0 and open("important.txt", "rb").read() != kept["important.txt"], "--force overwrites",
               done.stderr)
        os.chmod("important.txt", 0o600)
        done = run("export", "--db", "t.db", "-o", "important.txt", "--format", "jsonl")
        report(done.returncode == 0 and os.stat("important.txt").st_mode & 0o777 == 0o600,
               "what the program wrote is replaced, and keeps its mode", done.stderr)
        run("report", "132-half-answered.json", "-o", "r.pdf")
        done = run("report", "132-half-answered.json", "-o", "r.pdf", "--summary")
        report(done.returncode == 0, "a report replaces a report", done.stderr)
        os.symlink("132-half-answered.json", "link.pdf")
        for extra in ([], ["--force"]):
            done = run("form", HOUSE, "-o", "link.pdf", *extra)
            report(open("132-half-answered.json", "rb").read() == kept["132-half-answered.json"] and
                   (done.returncode == 2) == (not extra), "no link is followed", done.stderr)
        lines = [json.loads(open("132-half-answered.json").read())]
        lines[0]["enterprise"]["employees"] = -1
        work.write("r.jsonl", json.dumps(lines[0]))
        run("import", "r.jsonl", "--db", "t.db")
        again = json.loads(open("r.jsonl.rejects.jsonl").read())
        again["enterprise"]["employees"] = 186
        report(list(again)[0] == "reason" and "employees" in again["reason"], "rejected lines say why", str(again)[:200])
        work.write("mended.jsonl", json.dumps(again))
        done = run("import", "mended.jsonl", "--db", "t.db", "--json")
        report(json.loads(done.stdout)["inserted"] == 1, "and are read when they are mended", done.stdout + done.stderr)


def days():
    for head, value in (("founded_on", "01/01/2099"), ("submitted_on", "01/01/2099")):
        with Work("132-half-answered.json") as work:
            work.write("a.csv", *(["founded_on;" + HEAD, value + ";" + house("Hộ Thử")] if head == "founded_on" else
                                  [HEAD, house("Hộ Thử", on=value)]))
            done, counts = work.take("a.csv")
            report(counts["rejected"] == 1 and "is in the future" in done.stderr, f"CSV: {head} in the future",
                   done.stdout + done.stderr)
            document = json.load(open("132-half-answered.json"))
            (document["enterprise"] if head == "founded_on" else document)[head] = "2099-01-01"
            work.write("b.json", json.dumps(document))
            done = run("score", "b.json")
            report(done.returncode == 1 and "is in the future" in done.stderr, f"JSON: {head} in the future",
                   done.stdout + done.stderr)
    with Work("132-half-answered.json") as work:
        document = json.load(open("132-half-answered.json"))
        for on, typed, known in (("2021-12-12", "14/01/2026", False), ("2021-12-13", "15/01/2026", True),
                                 ("1926-09-01", "01/09/1926", False)):
            work.write("b.jsonl", json.dumps(dict(document, submitted_on=on)))
            work.write("b.json", json.dumps(dict(document, submitted_on=on)))
            work.write("b.csv", HEAD, house("Hộ Thử", on=typed))
            done = [run(*args) for args in (
                ["score", "b.json"], ["check", "b.json"], ["rescore", "b.json", "--to", "dbi-sme@2025"],
                ["import", "b.jsonl", "--db", "t.db"], ["import", "b.csv", "--questionnaire", HOUSE, "--db", "t.db"])]
            report(all(("can have existed first" in d.stderr) != known for d in done),
                   f"submitted on {on}, {typed}: was there a questionnaire?", "".join(d.stdout[:100] + d.stderr for d in done))


def owners():
    """A head office and its branches are one contributor: what five of their records say is what one firm says."""
    with Work("69-sdc-holding-branches.csv") as work:
        work.take("69-sdc-holding-branches.csv", SME)
        table = json.loads(run("stats", "--db", "t.db", "--by", "area", "--json").stdout)["tables"][0]
        group = next(g for g in table["groups"] if g["keys"]["area"] == "nam-sach")
        report(group["hidden"] and group["count"] is None and all(l["count"] is None for l in group["levels"]),
               "stats: branches of one owner are hidden", json.dumps(group)[:600])
        inside = json.loads(run("stats", "--db", "t.db", "--by", "area", "--json", "--internal").stdout)["tables"][0]
        report([g["count"] for g in inside["groups"] if g["keys"]["area"] == "nam-sach"] == [5], "for officials they are five records")


for group in (unrated, identity, outputs, days, owners):
    group()
finish()
