#!/usr/bin/env python3
"""dxready pages: what was counted about the pages of the site, right and without giving anybody away."""
import json
import os
import sqlite3
import tempfile

import tool
from tool import finish, report

QUICK, DBI, GONE = "household-quick@1", "dbi-sme@2021", "da-bo@7"
DEMO = os.path.abspath("tests/data/demo/responses/may-sen-vang.json")
folder = tempfile.TemporaryDirectory()
db = os.path.join(folder.name, "a.db")


def run(*args, lang="en"):
    return tool.run("pages", "--db", db, *args, lang=lang)


def pages(*args):
    return json.loads(run("--json", *args).stdout)


def page(data, questionnaire, kind, number):
    of = next(q for q in data["questionnaires"] if q["questionnaire"] == questionnaire)
    return next(p for p in of["pages"] if (p["kind"], p["number"]) == (kind, number))


def count(*rows):
    with sqlite3.connect(db) as store:
        store.executemany("INSERT INTO measure (day, page, kind, number) VALUES (?, ?, ?, ?)", rows)


report(run().returncode == 1 and "a.db" in run().stderr, "a database that is not there is an error, and not made", run().stderr)
tool.run("import", DEMO, "--db", db, check=True)
done = run()
report(done.returncode == 0 and done.stdout == "Nothing was counted about pages.\n", "nothing was counted", done.stdout + done.stderr)
report(run(lang="vi").stdout == "Chưa có số liệu nào về các trang.\n", "said in Vietnamese, too")
report(pages() == {"from": None, "to": None, "internal": False, "questionnaires": []}, "as JSON", str(pages()))

count(("2026-11-01", f"{QUICK}/trang/1", "shown", 30), ("2026-11-02", f"{QUICK}/trang/1", "shown", 10),
      ("2026-11-01", f"{QUICK}/trang/1", "saved", 25), ("2026-11-02", f"{QUICK}/trang/1", "saved", 5),
      ("2026-11-02", f"{QUICK}/trang/1", "faults", 10), ("2026-11-03", f"{QUICK}/trang/2", "shown", 9),
      ("2026-11-03", f"{QUICK}/trang/2", "saved", 8), ("2026-11-01", f"{QUICK}/trang/10", "shown", 11),
      ("2026-11-01", f"{QUICK}/thong-tin/1", "shown", 1234), ("2026-11-01", f"{QUICK}/thong-tin/1", "saved", 617),
      ("2026-11-01", f"{DBI}/trang/3", "shown", 12), ("2026-11-01", f"{DBI}/trang/3", "saved", 13),
      ("2026-11-01", f"{GONE}/trang/2", "shown", 20), ("2026-10-31", "home", "shown", 99),
      ("2026-10-30", f"{QUICK}/trang/x", "shown", 99), ("2026-10-30", f"{QUICK}/trang/0", "shown", 99))
data = pages()
report([q["questionnaire"] for q in data["questionnaires"]] == [GONE, DBI, QUICK], "one group for each questionnaire", str(data))
report([(p["kind"], p["number"]) for p in data["questionnaires"][2]["pages"]] ==
       [("facts", 1), ("questions", 1), ("questions", 2), ("questions", 10)], "facts first, then pages by number")
first = page(data, QUICK, "questions", 1)
report((first["shown"], first["saved"], first["faults"]) == (40, 30, 10), "days are summed up", str(first))
report((first["went_on"], first["faulty"]) == ("75.00", "25.00"), "who went on, and what had faults", str(first))
report((data["from"], data["to"]) == ("2026-11-01", "2026-11-03"), "of which days", f"{data['from']} {data['to']}")
report(page(data, DBI, "questions", 3)["went_on"] == "108.33", "more may go on than it was shown: by the back button")
second = page(data, QUICK, "questions", 2)
report(second["hidden"] and [second[k] for k in ("shown", "saved", "faults", "went_on", "faulty")] == [None] * 5,
       "a page that was shown fewer than 10 times is hidden, all of it", str(second))
tenth = page(data, QUICK, "questions", 10)
report((tenth["shown"], tenth["saved"], tenth["went_on"], tenth["faulty"]) == (11, 0, "0.00", None), "nobody went on; nothing was sent", str(tenth))
report("1.1" in first["subject"]["vi"] and first["subject"]["vi"] != first["subject"]["en"], "what is asked there, in both languages", str(first))
report("Tên" in page(data, QUICK, "facts", 1)["subject"]["vi"] and "Name" in page(data, QUICK, "facts", 1)["subject"]["en"], "facts, too",
       str(page(data, QUICK, "facts", 1)))
report(page(data, GONE, "questions", 2)["subject"] == {"vi": "", "en": ""} and tenth["subject"]["vi"] == "", "of what is not here any more that is not known")

inside = pages("--internal")
report(page(inside, QUICK, "questions", 2)["shown"] == 9 and inside["internal"], "--internal hides nothing")
late = pages("--from", "2026-11-02", "--internal")
report(page(late, QUICK, "questions", 1)["shown"] == 10 and late["from"] == "2026-11-02", "--from leaves earlier days out", str(late))
report(pages("--from", "2/11/2026", "--internal") == late, "--from as it is typed here")
report(pages("--from", "2026-11-04")["questionnaires"] == [], "--from after everything")
report([q["questionnaire"] for q in pages("--questionnaire", GONE)["questionnaires"]] == [GONE], "--questionnaire chooses one")
report(pages("--questionnaire", "eu-dma-sme@2023")["questionnaires"] == [], "one of which nothing was counted")
for args, said in ((("--questionnaire", "khong-co@1"), "khong-co@1"), (("--from", "31/02/2026"), "31/02/2026"), (("--by", "area"), "--by"), (("x",), "usage")):
    done = run(*args)
    report(done.returncode == 2 and said in done.stderr and not done.stdout, f"{' '.join(args)} is an error of use", done.stderr)

text = run().stdout
report("From 01/11/2026 to 03/11/2026" in text and "1,234" in text and "50.0" in text, "for people", text)
report("fewer than 10 times" in text and text.count("×") == 6, "what is hidden is marked, and why is said", text)
lines = [line for line in text.splitlines() if line.startswith("Page 2 ")]
report(len(lines) == 2 and sum(" 9 " in line or " 8 " in line for line in lines) == 0, "and not shown elsewhere", "\n".join(lines))
text = run("--internal", lang="vi").stdout
report("Từ 01/11/2026" in text and "Thông tin 1" in text and "1.234" in text and "75,0" in text and "×" not in text, "in Vietnamese", text)
finish()
