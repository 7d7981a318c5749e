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
GARMENT = os.path.abspath("tests/data/demo/responses/may-sen-vang.json")
QUESTIONS = os.path.abspath(f"questionnaires/{HOUSE}.json")


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
    for name, bad in (("38-total-row-sme.csv", 1), ("39-signature-rows-sme.csv", 1)):
        with Work(name) as work:
            done, counts = work.take(name, SME)
            good = [row["name"] for row in work.listed()]
            report(counts["rejected"] == 0 and "note" in done.stderr and counts["inserted"] == len(good) == bad and
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


def forget(*names):
    for name in names:
        if os.path.exists(name):
            os.remove(name)


def facts_of(work, column, *cells, separator=";", lang="en"):
    """Imports a row per cell of one column: (done, counts, the stored values or "refused")."""
    head = HEAD.split(";")
    at = head.index(column) if column in head else len(head)
    lines = []
    for i, cell in enumerate((column,) + cells):
        row = head[:] if i == 0 else house(f"Hộ Số {i - 1}", employees="").split(";")
        row[at:at + 1] = ['"' + cell + '"' if separator in cell else cell]
        lines.append(separator.join(row))
    forget("t.db", "c.csv.rejects.csv")
    work.write("c.csv", *lines)
    done, counts = work.take("c.csv", lang=lang)
    values = {}
    for line in run("export", "--db", "t.db", "--format", "jsonl").stdout.splitlines():
        response = json.loads(line)
        values[response["enterprise"]["name"]] = response["enterprise"].get(column, response.get(column))
    return done, counts, [values.get(f"Hộ Số {i}", "refused") for i in range(len(cells))]


def columns():
    no = "refused"
    with Work("34-dates.csv", "35-submitted.csv", "112-whole-step3.csv") as work:
        for name, good in (("34-dates.csv", 0), ("35-submitted.csv", 1)):
            done, counts = work.take(name)
            report(counts["inserted"] == good and "its month first" in done.stderr and "none of its days is guessed" in done.stderr,
                   f"{name}: no day of a column with months first", done.stderr)
            forget("t.db")
        done, counts = work.take("112-whole-step3.csv", SME, lang="vi")
        report(counts["inserted"] == 0 and "ngày ghi tháng trước" in done.stderr, "nor of a whole file", done.stderr)
        for name, column, separator, cells, wanted in (
                ("days first", "founded_on", ";", ["1/9/2020", "2020-09-13", "13-9-2020", "1.9.2020", "1/9/2020 0:00"],
                 ["2020-09-01", "2020-09-13", "2020-09-13", "2020-09-01", "2020-09-01"]),
                ("months first with points", "founded_on", ";", ["1.9.2020", "9.13.2020", "2020-09-13", ""], [no, no, no, None]),
                ("a column of months first, short years", "submitted_on", ",", ["9/1/2026", "9/13/26"], [no, no]),
                ("employees", "employees", ";", ["8 người", "8 lao động", "1.234", "2.000", "12 cái"], [8, 8, 1234, 2000, no]),
                ("employees, points and decimals", "employees", ";", ["2.000", "2.5", "3"], [no, no, 3]),
                ("employees by commas", "employees", ",", ["1,000", "7"], [no, 7]),
                ("money", "revenue_vnd", ";", ["1,5 tỷ", "500 triệu", "2 tỷ 300 triệu", "12.000.000đ", "1 500 000 VND", "1,5E+09",
                                               "1\u202f000\u00a0000 ₫", "1,500 tỷ", "2 tỷ 300", "1,23457E+11"],
                 [1500000000, 500000000, 2300000000, 12000000, 1500000, 1500000000, 1000000, no, no, no]),
                ("percents", "women_capital_percent", ",", ["51%", "51.5 %", "12,500"], [51, 51.5, 12.5]),
                ("minutes", "minutes", ",", ["12.500", "1,000"], [12.5, no]),
                ("minutes by semicolons", "minutes", ";", ["12,5", "1.000"], [12.5, 1000])):
            done, counts, values = facts_of(work, column, *cells, separator=separator)
            report([float(v) if isinstance(v, str) and v.replace(".", "").isdigit() else v for v in values] == wanted, f"columns: {name}",
                   f"{values} {done.stderr[-600:]}")
        for cells, note in ((["0,51", "0,3"], True), (["51", "30"], False), (["51", "1"], False), (["51", "0.5"], True)):
            done, counts, values = facts_of(work, "women_capital_percent", *cells)
            report(("51 % is" in done.stderr or "per cent (0.51" in done.stderr) == note and counts["inserted"] == 2,
                   f"columns: a note for shares {cells}", done.stderr)


def destroyed():
    for name in ("06-utf8-twice.csv", "07-questionmarks.csv", "57-field-bidi-semi.csv", "57-field-ctrl-semi.csv"):
        with Work(name) as work:
            done, counts = work.take(name)
            report(counts["inserted"] == 0 and counts["rejected"] == 1 and
                   ("CSV UTF-8" in done.stderr) == (name[0] == "0"), f"{name}: refused with the remedy", done.stderr)
    with Work("59-escape-in-name.json", "23-multiline-name.csv", "18-header-nbsp.csv") as work:
        done = run("import", "59-escape-in-name.json", "--db", "t.db")
        report(done.returncode == 1 and "control character" in done.stderr and "\x1b" not in done.stderr, "JSON, too", done.stderr)
        work.take("23-multiline-name.csv")
        report(work.listed()[0]["name"] == "Hộ Tân Lập chi nhánh 2", "a name is one line", str(work.listed()))
        for name in ("Ärzte Müller", "Quán Ăn Gì Đây?", "Café «Noé»", "Việt Á® · 5 µm"):
            done, counts, _ = facts_of(work, "name", name)
            report(counts["inserted"] == 1, f"honest: {name}", done.stderr)
        done, counts, _ = facts_of(work, "T?n", "x")
        report("question marks" in done.stderr, "a destroyed heading", done.stderr)
        connection = sqlite3.connect("t.db") if os.path.exists("t.db") else None
        report(connection is None or not connection.execute("SELECT count(*) FROM assessment").fetchone()[0], "is not stored")


def names():
    no = "refused"
    for name, note in (("15-stt-column.csv", "numbers of the rows"), ("16-headers-vietnamese.csv", "'Tên đơn vị' (name)"),
                       ("18-header-nbsp.csv", ""), ("29-header-decimal-comma.csv", ""), ("11-title-rows.csv", "2 rows of titles")):
        with Work(name) as work:
            done, counts = work.take(name)
            report(counts["inserted"] == 1 and note in done.stderr, f"{name}: read", done.stderr)
    with Work("26-answers-decimal.csv", "36-area.csv") as work:
        report(work.take("26-answers-decimal.csv")[1]["inserted"] == 4, "options as spreadsheets write their numbers")
        forget("t.db")
        done, counts = work.take("36-area.csv")
        report(counts["inserted"] == 10 and "'TP. Hải Dương'" in done.stderr, "areas by name, but no city that was", done.stderr)
        for name, column, cells, wanted in (
                ("forms", "form", ["Hộ kinh doanh", "HOUSEHOLD", "household business\u00a0", "'household", "Công ty"],
                 ["household"] * 4 + [no]),
                ("sections", "section", ["Xây dựng", "c", "C - Công nghiệp chế biến, chế tạo", "F", "C - Xây dựng"],
                 ["F", "C", "C", "F", no]),
                ("areas", "area", ["Phường Chí Linh", "chí linh", "CHI-LINH", "'chi-linh", "xa cam giang"], ["chi-linh"] * 4 + [no])):
            done, counts, values = facts_of(work, column, *cells)
            report(values == wanted, f"names: {name}", f"{values} {done.stderr[-500:]}")
        report("code cam-giang)" in done.stderr or "(code " in done.stderr, "of two areas the codes are named", done.stderr)
        labels = json.load(open(QUESTIONS, encoding="utf-8"))["dimensions"][0]["indicators"][0]["questions"][0]
        third = labels["options"][2]
        done, counts, values = facts_of(work, "1.1", third["text"]["vi"], third["text"]["vi"].upper(), third["text"]["en"],
                                        "2 - " + third["text"]["vi"], third["text"]["vi"] + " hay không")
        answers = [json.loads(line)["answers"]["1.1"] for line in
                   run("export", "--db", "t.db", "--format", "jsonl").stdout.splitlines()]
        report(counts["inserted"] == 4 and answers == ["2"] * 4, "names: options by their label", done.stderr + str(answers))
        heads = ["Tên đơn vị", "LOẠI HÌNH", " địa bàn ", "employees", "Đợt", "ngày nộp", "Câu 1.1", "1.2. " + "x"]
        work.write("h.csv", ";".join(heads[:7] + HEAD.split(";")[7:]), house("Hộ Thử"))
        report(work.take("h.csv")[1]["inserted"] == 1, "headings: by label, any case, with 'Câu'", run("import", "h.csv").stderr)
        work.write("h.csv", "Tên đơn vị;" + HEAD, "Hộ;" + house("Hộ Thử"))
        report("mean the same" in work.take("h.csv")[0].stderr, "headings: two that mean one")
        work.write("h.csv", "Tên đơn vịi;" + HEAD, "Hộ;" + house("Hộ Thử"))
        report("'Tên đơn vị' / 'name'" in work.take("h.csv")[0].stderr, "headings: the nearest is named", work.take("h.csv")[0].stderr)
    with Work() as work:
        for i, (code, good) in enumerate((("899024197", "0899024197"), ("0899 024 197", "0899024197"), ("899024198", None))):
            work.write("c.csv", "tax_code;" + HEAD, f"{code};" + house("Hộ Thử", on=f"0{i + 1}/09/2026"))
            done = run("import", "c.csv", "--questionnaire", HOUSE, "--db", "x.db")
            report(("lost the zero in front" in done.stderr) == (i == 0) and ("is no tax code" in done.stderr) == (good is None),
                   f"codes: {code}", done.stderr)


def footers():
    with Work("110-whole-official-us-excel.csv") as work:
        done, counts = work.take("110-whole-official-us-excel.csv", SME)
        report("2 rows of titles" in done.stderr and "totals or signatures" in done.stderr and counts["inserted"] == 0,
               "a whole official list", done.stderr)
        ones = ";".join(["24"] * 12)
        for name, rows, good, bad in (
                ("totals with numbers", [f"Tổng cộng;;;48;;;{ones}", f";Cộng;;;;;{ones}", f"TỔNG CỘNG: 25 hộ;;;48;;;{ones}"], 1, 0),
                ("total in English", [f"Total;;;48;2026;;{ones}"], 1, 0),
                ("signatures", ["Người lập biểu;;;;;;" + ";" * 11, ";;;;Hải Phòng, ngày 01 tháng 9 năm 2026;;" + ";" * 11,
                                "GIÁM ĐỐC;;;;;;" + ";" * 11, "Nguyễn Văn A;;;;;;" + ";" * 11], 1, 0),
                ("a total that is an enterprise, too", [house("Tổng cộng")], 1, 1),
                ("Tổng công ty is none", [house("Tổng công ty A"), house("Cộng Hòa"), house("Total Gas")], 4, 0)):
            work.write("f.csv", HEAD, house("Hộ Thử"), *rows)
            if os.path.exists("t.db"):
                forget("t.db")
            done, counts = work.take("f.csv")
            report(counted(counts, good, bad) and len(work.listed()) == good, f"footers: {name}", str(counts) + done.stderr)
        for first in ("sep=;", "SEP=;", '"sep=;"'):
            work.write("f.csv", first, HEAD, house("Hộ Sep"), house("Hộ Hai", on="32/09/2026"))
            done, counts = work.take("f.csv")
            report(counts["rejected"] == 1 and counts["rows"] == 2 and "f.csv:4:" in done.stderr, f"footers: {first}", done.stderr)
        work.write("f.csv", "DANH SÁCH, NĂM 2026, ĐỢT 1", "", "Kèm theo Công văn 12, 13", HEAD, house("Hộ Đề"))
        report(counted(work.take("f.csv")[1], 1, 0), "titles with other separators")
        pipe = open("f.csv", encoding="utf-8").read()
        done = run("import", "-", "--questionnaire", HOUSE, "--db", "pipe.db", "--json", stdin=pipe)
        report(json.loads(done.stdout or '{"inserted": 0}')["inserted"] == 1, "and from a pipe", done.stderr)


def grouped():
    with Work() as work:
        work.write("long.jsonl", "{}", "x" * (1 << 20) + "x")
        with open(GARMENT, encoding="utf-8") as file:
            work.write("mark.jsonl", "\ufeff" + json.dumps(json.load(file)))
        done, counts = work.take("mark.jsonl", SME)
        report(counted(counts, 1, 0), "grouped: a mark in front of the first line", done.stderr)
        done, counts = work.take("long.jsonl")
        report(done.returncode == 1 and "long.jsonl:2:" in done.stderr and not any("rejects" in name for name in os.listdir(".")),
               "grouped: a file that is refused leaves no rows that were put aside", f"{done.stderr[:300]} {os.listdir('.')}")
        rows = [house(f"Hộ {i}", answers="9" + ";2" * 11, employees=str(-(i % 2)) if i % 2 else "2") for i in range(40)]
        work.write("g.csv", HEAD, *rows)
        done, counts = work.take("g.csv", HOUSE, lang="vi")
        said = done.stderr.splitlines()
        report(counts["rejected"] == 40 and len(said) == 8 and "còn 37 chỗ nữa" in done.stderr and "tất cả 40" in done.stderr and
               "còn 17 chỗ nữa" in done.stderr and "g.csv.rejects.csv" in done.stderr, "faults are grouped by kind", done.stderr)


def spreadsheets():
    """What spreadsheets and forms on paper add."""
    count = HEAD.count(";") + 1
    for name, cells, start in (("(1) (2)", [f"({i + 1})" for i in range(count)], True),
                               ("1 2", [str(i + 1) for i in range(count)], True),
                               ("A B 1 2", ["A", "B", *(str(i + 1) for i in range(count - 2))], True),
                               ("1 3 2", ["1", "3", *(str(i + 1) for i in range(2, count))], False)):
        with Work() as work:
            work.write("n.csv", HEAD, ";".join(cells), house("Hộ Thử"), house("Hộ Hai"))
            done, counts = work.take("n.csv")
            report(counted(counts, 2, 0 if start else 1) and ("numbers the columns" in done.stderr) == start,
                   f"spreadsheets: a row of {name} below the heading", done.stderr)
    with Work() as work:
        work.write("q.csv", "questionnaire;" + HEAD, ";".join(str(i + 1) for i in range(count + 1)), HOUSE + ";" + house("Hộ Thử"))
        done = run("import", "q.csv", "--db", "t.db", "--json")
        report(done.returncode == 0 and json.loads(done.stdout)["inserted"] == 1, "spreadsheets: numbers name no questionnaire", done.stderr)
        for cell in ("02-Thg1", "2-Jan", "2-Jan-26", "Thg1-02"):
            work.write("d.csv", HEAD, house("Hộ Ba", answers=cell + ";2" * 11))
            done, counts = work.take("d.csv")
            report(counts["rejected"] == 1 and f"changed the option into a day, '{cell}'" in done.stderr,
                   f"spreadsheets: {cell}", done.stderr)


def foreign():
    xml = b'<?xml version="1.0"?>\n'
    own = HEAD.replace("name;", "name;_uuid;_submission_time;") + "\n"
    files = (
        ("a.csv", b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml", "XLSX"), ("a.xlsx", b"PK\x03\x04....", "XLSX"),
        ("a.ods", b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ODS"),
        ("a.zip", b"PK\x03\x04....a.csv", "ZIP"), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
        ("a.csv", b"%PDF-1.7\n", "PDF"), ("a.csv", b"\x89PNG\r\n\x1a\n", "image"), ("a.jpg", b"\xff\xd8\xff\xe0", "image"),
        ("b.xls", b"<html><body><table><tr><td>name", "HTML"), ("b.csv", b"\xef\xbb\xbf\n<TABLE><tr>", "HTML"),
        ("c.xls", xml + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel workbook as XML"),
        ("a.lss", xml + b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>", "LimeSurvey"),
        ("a.xml", xml + b"<data id='dx'><meta><instanceID>uuid:1</instanceID></meta></data>", "ODK or Kobo"),
        ("s.json", b'{"title": "x", "pages": [{"name": "p", "elements": []}]}', "SurveyJS"),
        ("f.json", b'{"display": "form", "components": []}', "Form.io"), ("k.json", b'[{"_uuid": "1", "q": "2"}]', "Kobo"),
        ("a.yaml", b"kind: response\n", "YAML"), ("b.csv", b"---\nkind: response\n", "YAML"),
        ("u.csv", (HEAD + "\n").encode("utf-16"), "UTF-16"), ("k.csv", own.encode(), "Kobo or ODK"),
        ("l.csv", b"id,submitdate,lastpage,startlanguage,name\n1,,,,A\n", "LimeSurvey"))
    with Work() as work:
        for name, data, word in files:
            with open(name, "wb") as file:
                file.write(data)
            done, counts = work.take(name)
            report(done.returncode == 1 and word in done.stderr and len(done.stderr.splitlines()) == 1 and not os.path.exists("t.db"),
                   f"foreign: {name} is {word}", done.stderr)
            if name.endswith((".csv", ".xls")):  # standard input is a table, from a file or a pipe
                words = [DXREADY, "import", "-", "--db", "t.db", "--lang", "en"]
                with open(name, "rb") as file:
                    said = subprocess.run(words, stdin=file, stderr=subprocess.PIPE).stderr
                piped = subprocess.run(words, input=data, stderr=subprocess.PIPE).stderr
                report(said == piped == done.stderr.replace(name, "-").encode(), f"foreign: {word} on standard input", said + piped)
        work.write("n.csv", HEAD, house("Hộ Thử"))
        work.take("n.csv")
        connection = sqlite3.connect("t.db")
        connection.execute("UPDATE enterprise SET name = 'Hộ ' || char(27) || '[31m' || char(8238) || 'A'")
        connection.commit()
        connection.close()
        for args in (["list"], ["show", json.loads(run("list", "--db", "t.db", "--json").stdout)["assessments"][0]["reference"]]):
            text = run(*args, "--db", "t.db").stdout
            report("Hộ ?[31m" in text and "\x1b" not in text and "\u202e" not in text, f"{args[0]}: no control reaches a terminal", text)


for group in (foreign, spreadsheets, unrated, identity, outputs, days, columns, destroyed, names, footers, grouped):
    group()
finish()
