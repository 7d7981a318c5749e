#!/usr/bin/env python3
"""`match --all` is the sum of what single runs of `match` say."""
import functools
import json
import os
import re
import subprocess
import tempfile
from collections import Counter

from surveys import done, ok, run, same

DEMO = os.path.abspath("tests/data/demo/responses")
VERDICTS = ("eligible", "unknown", "not_eligible")


def responses():
    for name in sorted(os.listdir(DEMO)):
        with open(os.path.join(DEMO, name), encoding="utf-8") as file:
            yield os.path.join(DEMO, name), json.load(file)


@functools.cache
def match(path, on):
    code, out, err = run("match", path, "--json", "--on", on)
    return json.loads(out)["policies"]


def sums(on, wanted=lambda response: True):
    """{policy: Counter}, {benefit: amount} and the number of responses, from single runs."""
    policies, benefits, count = {}, Counter(), 0
    for path, response in responses():
        if not wanted(response):
            continue
        count += 1
        for one in match(path, on):
            sum_of = policies.setdefault(one["id"], Counter())
            sum_of[one["verdict"]] += 1
            if one["verdict"] == "eligible" and one["amount_vnd"] is not None:
                sum_of["with_amount"] += 1
                sum_of["amount_vnd"] += one["amount_vnd"]
                benefits[one["benefit"]] += one["amount_vnd"]
    return policies, benefits, count


def whole(folder, *args):
    code, out, err = run("match", "--all", "--json", "--incomplete", *args, cwd=folder)
    return json.loads(out) if code == 0 else (code, err)


def is_sum(folder, name, on, *filters, wanted=lambda response: True):
    got, (policies, benefits, count) = whole(folder, "--on", on, *filters), sums(on, wanted)
    same((got["on"], got["assessments"]), (on, count), f"{name}: the day, and who is matched")
    ok(count > 4, f"{name}: there is something to add up", count)
    same([one["id"] for one in got["policies"]], list(policies), f"{name}: the policies, in the order of match")
    wrong = [(one, dict(policies[one["id"]])) for one in got["policies"]
             if any(one[key] != policies[one["id"]][key] for key in (*VERDICTS, "with_amount", "amount_vnd"))]
    ok(not wrong, f"{name}: every verdict and amount is the sum of single matches", wrong)
    same({kind: sum_of for kind, sum_of in got["amount_by_benefit"].items() if sum_of}, dict(benefits),
         f"{name}: amounts by kind of benefit")
    return got


def right(folder):
    got = is_sum(folder, "all", "2026-11-23")
    ok(got["amount_by_benefit"]["grant"] > 10**9, "all: grants are summed", got["amount_by_benefit"])
    is_sum(folder, "filtered", "2026-11-23", "--round", "2026", "--section", "C",
           wanted=lambda r: (r["round"], r["enterprise"].get("section")) == ("2026", "C"))
    early = is_sum(folder, "--on an earlier day", "2024-06-01", "--round", "2025", wanted=lambda r: r["round"] == "2025")
    ok([one["in_force"] for one in early["policies"]] != [one["in_force"] for one in got["policies"]],
       "--on an earlier day: other policies are in force")
    none = whole(folder, "--round", "1999")
    ok(none["assessments"] == 0 and not any(one[v] for one in none["policies"] for v in VERDICTS),
       "nobody passes the filter: zeros", none)


def numbers(text):
    return [int(re.sub(r"[.,đ₫\s\xa0]", "", cell)) if re.search(r"\d", cell) else 0 for cell in text]


def for_people(folder):
    got = whole(folder, "--on", "2026-11-23")
    for lang, heads, kinds in (("en", "Not eligible", "kinds are not added together"),
                               ("vi", "Chưa kết luận", "các loại không cộng với nhau")):
        code, out, err = run("match", "--all", "--incomplete", "--on", "2026-11-23", "--lang", lang, cwd=folder)
        ok(code == 0 and heads in out and kinds in out, f"{lang}: a table, and the sums by kind", out + err)
        rows = {line.split()[0]: re.split(r"\s{2,}", line.strip())[3:] for line in out.splitlines() if re.match("[a-z0-9-]+  ", line)}
        shown = [one for one in got["policies"] if one["in_force"]]
        wrong = [(one["id"], rows.get(one["id"])) for one in shown
                 if numbers(rows.get(one["id"], [])) != [one[key] for key in (*VERDICTS, "with_amount", "amount_vnd")]]
        ok(not wrong, f"{lang}: the table has the numbers of the document", wrong)
    code, out, err = run("match", "--all", "--round", "1999", "--lang", "en", cwd=folder)
    same((code, out), (0, "There are no assessments.\n"), "nobody passes the filter: said")
    code, out, err = run("match", "--help", "--lang", "en")
    ok("--all" in out and "for officers: no small number is hidden" in out, "help says that it is for officers", out)


def refused(folder):
    path = os.path.join(DEMO, os.listdir(DEMO)[0])
    for args, part in (([path, "--all"], "one of the two"), ([], "one of the two"), ([path, "--round", "2026"], "--round"),
                       ([path, "--db", "dxready.db"], "--db"), ([path, path], "usage"), (["--all", "--area", "xyz"], "chi-linh"),
                       (["--all", "--on", "2026-02-30"], "--on")):
        code, out, err = run("match", *args, "--lang", "en", cwd=folder)
        ok((code, out) == (2, "") and part in err, f"refused: match {' '.join(map(os.path.basename, args))}", (code, out, err))
    code, out, err = run("match", "--all", "--db", "none.db", "--lang", "en", cwd=folder)
    ok((code, out) == (1, "") and "there is no database" in err, "no database", (code, out, err))
    ok(not os.path.exists(os.path.join(folder, "none.db")), "no database: none was made")
    with open("/dev/full", "w", encoding="utf-8") as full:
        code = subprocess.run([os.environ["DXREADY"], "match", "--all"], stdout=full, stderr=subprocess.DEVNULL, cwd=folder,
                              check=False).returncode
    same(code, 3, "standard output is full")


with tempfile.TemporaryDirectory() as folder:
    run("import", DEMO, cwd=folder)
    right(folder)
    for_people(folder)
    refused(folder)
done()
