#!/usr/bin/env python3
"""`rescore` over the store: against the independent scorer; what is stored, and what is left alone."""
import json
import os
import random
import sqlite3
import subprocess
from collections import Counter
from fractions import Fraction

from surveys import (DXREADY, Desk, done, ok, option, printed, question, questionnaire, reference, response, same, words)

SEED = int(os.environ.get("RESCORE_SEED", "20261123"))
LADDER = [option("0", 0), option("2", 2), option("5", 5)]
LEVELS = [{"level": n, "name": words(f"level {n}"), **({"from_percent": 20 * n} if n else {})} for n in range(5)]


def versions():
    """A form and its next version: a question less, one more, options in another order, other weights."""
    one = [question("stay", "single", options=LADDER), question("gone", "single", options=LADDER),
           question("ticks", "multiple", options=[option("a", 1), option("b", 1), option("c", 2)])]
    two = [question("stay", "single", weight=3, options=list(reversed(LADDER))), question("more", "yesno", weight=2),
           question("ticks", "multiple", weight="1/3", options=[option("c", 2), option("a", 1)])]
    return (questionnaire(one, id="form", version="1", levels=LEVELS),
            questionnaire(two, id="form", version="2", levels=LEVELS, respondents=["enterprise", "cooperative"]),
            questionnaire(list(reversed(one)), id="form", version="3", levels=LEVELS))


def converted(answers):
    kept = {key: value for key, value in answers.items() if key in ("stay", "ticks")}
    if "b" in kept.get("ticks", []):
        kept["ticks"] = [t for t in kept["ticks"] if t != "b"]
        if not kept["ticks"]:  # not "nothing ticked", which nobody said
            del kept["ticks"]
    return kept


def random_answers(dice):
    answers = {"stay": dice.choice("025"), "gone": dice.choice("025"), "ticks": dice.sample("abc", dice.randint(0, 3))}
    return {key: value for key, value in answers.items() if dice.random() < 0.9}


def fill(desk, dice):
    people = [response("form@1", random_answers(dice), {"name": f"Công ty {n}", "area": "chi-linh", "form": "enterprise"},
                       round="2025" if n % 3 else "2026", submitted_on="2026-03-01") for n in range(40)]
    people.append(response("form@1", {"stay": "2"}, {"name": "Hộ An", "area": "chi-linh", "form": "household"}, round="2026"))
    people.append(response("other@1", {"stay": "2"}, {"name": "Công ty khác", "form": "enterprise"}, round="2026"))
    code, out, err = desk.run("import", desk.write("people.json", people), "--db", desk.db)
    same(code, 0, "the store is filled" + err)
    return people


def document(desk, *args):
    code, out, err = desk.run("rescore", "--to", "form@2", "--db", desk.db, "--json", *args)
    return json.loads(out) if code == 0 else (code, err)


def stored(desk, *args):
    code, out, err = desk.run("list", "--json", "--db", desk.db, *args)
    return {(a["name"], a["questionnaire"], a["round"]): a for a in json.loads(out)["assessments"]}


def wanted(old, new, people):
    """name -> (before, after), by the independent scorer."""
    return {p["enterprise"]["name"]: (reference(old, p["answers"]), reference(new, converted(p["answers"]))) for p in people
            if p["questionnaire"] == "form@1" and p["enterprise"]["form"] == "enterprise"}


def right(desk, old, new, people):
    got, want = document(desk), wanted(old, new, people)
    same((got["to"], got["stored"], got["count"], got["refused"], got["inserted"]), ("form@2", False, 41, 1, 0),
         "the document: everybody of that questionnaire")
    rows = {row["name"]: row for row in got["assessments"]}
    refused = rows.pop("Hộ An")
    ok(refused["outcome"] == "refused" and "not for this form" in refused["reason"]["en"] and "level_after" not in refused,
       "a form that the version is not for: refused, with the reason", refused)
    wrong = [(name, row, want[name]) for name, row in rows.items()
             if (row["level_before"], row["level_after"], row["percent_before"], row["percent_after"]) !=
             (want[name][0]["level"], want[name][1]["level"], printed(want[name][0]["percent"]), printed(want[name][1]["percent"]))]
    ok(len(rows) == 40 and not wrong, "levels and percents, by the independent scorer", wrong)
    wrong = [row for name, row in rows.items()
             if sum(Fraction(item["change"]) for item in row["items"]) != want[name][1]["percent"] - want[name][0]["percent"]]
    ok(not wrong, "the items of each explain all of it, exactly", wrong)
    steps = [(a["level"] > b["level"]) - (a["level"] < b["level"]) for b, a in want.values()]
    moves = [(a["percent"] > b["percent"]) - (a["percent"] < b["percent"]) for b, a in want.values()]
    same([got[key] for key in ("level_up", "level_down", "level_same", "not_rated", "percent_up", "percent_down")],
         [steps.count(1), steps.count(-1), steps.count(0), 0, moves.count(1), moves.count(-1)], "how many move, up and down")
    ok(min(steps.count(1), steps.count(-1)) > 0, "both happen", steps)
    items(got, rows)
    return got


def items(got, rows):
    moved, level_moved, size, change = Counter(), Counter(), Counter(), Counter()
    for row in rows.values():
        for item in row["items"]:
            moved[item["question"]] += 1
            level_moved[item["question"]] += row["level_before"] != row["level_after"]
            size[item["question"]] += abs(Fraction(item["change"]))
            change[item["question"]] += Fraction(item["change"])
    same({i["question"]: (i["assessments"], i["level_changes"]) for i in got["items"]},
         {q: (moved[q], level_moved[q]) for q in moved}, "items: how many each moves")
    same([i["question"] for i in got["items"]], sorted(size, key=lambda q: -size[q]), "items: those that move most come first")
    ok(all(abs(Fraction(i["mean_change"]) - change[i["question"]] / moved[i["question"]]) < Fraction(6, 1000) for i in got["items"]),
       "items: the mean change", got["items"])


def reads_only(desk):
    before = open(desk.db, "rb").read()
    only = document(desk, "--round", "2026")
    ok(0 < only["count"] < 41 and {row["round"] for row in only["assessments"]} == {"2026"}, "a filter", only["count"])
    code, out, err = desk.run("rescore", "--to", "form@2", "--db", desk.db, "--lang", "en")
    ok(code == 0 and "41 assessments" in out and "Nothing was stored" in out and "not for the form" in out and "stay" in out,
       "for people, in English", out + err)
    code, out, err = desk.run("rescore", "--to", "form@2", "--db", desk.db, "--lang", "vi")
    ok(code == 0 and "41 đánh giá" in out and "Không lưu gì" in out and "Đổi mức" in out, "for people, in Vietnamese", out + err)
    ok(open(desk.db, "rb").read() == before, "without --store the database stays as it is")


def stores(desk, new, people):
    before = stored(desk)
    none = len([p for p in people[:40] if not converted(p["answers"])])
    own = response("form@2", {"stay": "5", "more": "yes"}, people[3]["enterprise"], round=people[3]["round"])
    desk.run("import", desk.write("own.json", own), "--db", desk.db)
    got = document(desk, "--store")
    same([got[key] for key in ("stored", "inserted", "revised", "unchanged", "kept", "refused")], [True, 39 - none, 0, 0, 1, 1 + none],
         "--store: each becomes an assessment, but for one who answered the new version, and where no answer is left")
    same(got["no_answers"], none, "--store: those without an answer are counted")
    after = stored(desk)
    ok(all(after[key] == before[key] for key in before), "--store: the old ones stay as they were")
    added = {key[0]: a for key, a in after.items() if key not in before and key[1] == "form@2"}
    wrong = [(p["enterprise"]["name"], added.get(p["enterprise"]["name"])) for p in people[:40]
             if p is not people[3] and converted(p["answers"]) and (lambda w, a: not a or (a["level"], a["percent"], a["round"], a["source"]) !=
                                        (w["level"], printed(w["percent"]), p["round"], "rescore:form@1"))
             (reference(new, converted(p["answers"])), added.get(p["enterprise"]["name"]))]
    ok(len(added) == 40 - none and not wrong, "--store: level, percent, round and source of each", wrong)
    ok(added["Công ty 3"]["revision"] == 1 and added["Công ty 3"]["percent"] == printed(reference(new, own["answers"])["percent"]) and
       added["Công ty 3"]["source"].endswith("own.json"), "--store: what was answered under the version is left alone", added["Công ty 3"])
    again = document(desk, "--store")
    same([again[key] for key in ("inserted", "revised", "unchanged", "kept")], [0, 0, 39 - none, 1], "--store again: nothing new")
    return none


def corrected(desk, people, none):
    """The old answers are corrected, and another version has the same enterprises."""
    better = dict(people[5], answers={"stay": "5", "gone": "5", "ticks": ["c"]})
    desk.run("import", desk.write("better.json", better), "--db", desk.db)
    got = document(desk, "--store")
    same([got[key] for key in ("inserted", "revised", "unchanged", "kept")], [0, 1, 38 - none, 1], "--store after a correction: one revised")
    desk.run("import", desk.write("three.json", dict(people[6], questionnaire="form@3", answers={"stay": "0"})), "--db", desk.db)
    got = document(desk, "--store")
    same([got[key] for key in ("count", "inserted", "revised", "unchanged", "kept")], [42, 0, 0, 39 - none, 2],
         "--store from two versions: the second does not revise what came of the first")


def narrowed():
    """Bounds, options, types and rows that are gone or narrower in the next version; its document is of a later day."""
    def one(number, ticks, scale, more):
        return [question("n", "number", min=0, max=number, bands=[{"above": 0, "points": 2}]),
                question("t", "multiple", options=[option(i, 1) for i in ticks] + [option("none", 0, **more)]),
                question("s", "scale", rows=[{"id": i, "text": words(i)} for i in scale], columns=LADDER),
                question("y", "yesno", not_applicable=bool(more)), question("w", "text"), question("c", "single", options=LADDER)]
    old, new = one(100, "ab", "ab", {}), one(50, "b", "b", {"exclusive": True})
    old[3]["not_applicable"] = True
    new[3]["not_applicable"] = False
    new[4] = question("w", "date")
    return (questionnaire(old, id="n", version="1"),
            questionnaire(new, id="n", version="2", basis=[{"document": "x", "date": "2026-02-01"}]))


NARROW = {  # answers, the questions of which nothing or not all goes along, what is left
    "kept": ({"n": 50, "t": ["b"], "s": {"b": "2"}, "y": "yes", "c": "5"}, [], None),
    "above": ({"n": 60, "c": "5"}, ["n"], {"c": "5"}),
    "gone tick": ({"t": ["a"], "c": "5"}, ["t"], {"c": "5"}),
    "one tick of two": ({"t": ["a", "b"]}, ["t"], {"t": ["b"]}),
    "alone now": ({"t": ["b", "none"], "c": "0"}, ["t"], {"c": "0"}),
    "gone row": ({"s": {"a": "2"}, "c": "5"}, ["s"], {"c": "5"}),
    "one row of two": ({"s": {"a": "2", "b": "5"}}, ["s"], {"s": {"b": "5"}}),
    "no more na": ({"y": {"na": "vì thế"}, "c": "5"}, ["y"], {"c": "5"}),
    "another type": ({"w": "chữ", "c": "5"}, ["w"], {"c": "5"}),
    "nothing left": ({"n": 99}, ["n"], None), "too early": ({"c": "5"}, [], None)}


def narrow(desk):
    """What is stored under a narrower version is what import would take, and is read again."""
    for q in narrowed():
        desk.add(q)
    path = os.path.join(desk.path, "n.db")
    people = [response("n@1", a, {"name": name, "area": "chi-linh", "form": "enterprise"}, round="2026",
                       submitted_on="2026-01-31" if name == "too early" else "2026-02-01") for name, (a, _, _) in NARROW.items()]
    code, out, err = desk.run("import", desk.write("n.json", people), "--db", path)
    same(code, 0, "narrower: the store is filled" + err)
    for args, count in (((), 0), (("--store",), 9), (("--store",), 0)):
        code, out, err = desk.run("rescore", "--to", "n@2", "--db", path, "--json", *args)
        got = json.loads(out)
        same([got[key] for key in ("inserted", "too_early", "no_answers", "with_dropped", "answers_dropped")],
             [count, 1, 1, 9, 9], f"narrower: what is lost is counted {args}")
        same({row["name"]: (row["dropped"], "reason" in row) for row in got["assessments"]},
             {n: (lost, n in ("nothing left", "too early")) for n, (_, lost, _) in NARROW.items()}, "and named with its enterprise")
    code, out, err = desk.run("rescore", "--to", "n@2", "--db", path, "--lang", "vi")
    ok("không có hoặc không nhận: 9, của 9" in out and "gone row" in out and "trước khi có phiên bản này" in out,
       "and people read it", out + err)
    code, out, err = desk.run("export", "--format", "jsonl", "--questionnaire", "n@2", "--db", path)
    rows = {row["enterprise"]["name"]: row["answers"] for row in map(json.loads, out.splitlines())}
    same(rows, {n: left or a for n, (a, _, left) in NARROW.items() if n not in ("nothing left", "too early")},
         "narrower: the answers that are stored")
    for form in ("jsonl", "csv"):
        name = os.path.join(desk.path, "again." + form)
        desk.run("export", "--format", form, "--questionnaire", "n@2", "--db", path, "-o", name)
        code, out, err = desk.run("import", name, "--db", path, "--json")
        same((code, json.loads(out)["unchanged"]), (0, 9), f"narrower: its own {form} is read again {err}")


def killed(desk):
    """kill -9 in the middle: what is stored is whole, and the next run ends it."""
    path, count = os.path.join(desk.path, "k.db"), 3000
    desk.write("k.jsonl", "\n".join(json.dumps(response("form@1", {"stay": "2", "gone": "5"}, {"name": f"Công ty {n}",
               "area": "chi-linh", "form": "enterprise"}, round="2026")) for n in range(count)))
    desk.run("import", os.path.join(desk.path, "k.jsonl"), "--db", path)
    command = [DXREADY, "--data", desk.path, "rescore", "--to", "form@2", "--db", path, "--store", "--json"]

    def under_two():
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20) as db:
            return db.execute("SELECT count(*) FROM assessment a JOIN round r ON r.id = a.round JOIN questionnaire q"
                              " ON q.id = r.questionnaire WHERE q.version = '2'").fetchone()[0]

    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while child.poll() is None and not under_two():
        pass
    child.kill()
    child.wait()
    part = under_two()
    ok(0 < part < count, "rescore --store is many transactions", part)
    got = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    same((got["inserted"], got["unchanged"], under_two()), (count - part, part, count), "killed and run again it comes to its end")


def refused(desk):
    path = desk.write("r.json", response("form@1", {"stay": "5"}))
    for args, status, part in ((["--db", desk.db], 2, "--to"), ([path, "--to", "form@2", "--store"], 2, "--store"),
                               ([path, "--to", "form@2", "--db", desk.db], 2, "--db"),
                               (["--to", "form@9", "--db", desk.db], 1, "form@9"),
                               (["--to", "form@2", "--db", "none.db"], 1, "there is no database"),
                               (["--to", "form@2", "--db", "none.db", "--store"], 1, "there is no database")):
        code, out, err = desk.run("rescore", *args, "--lang", "en")
        ok((code, out) == (status, "") and part in err, f"refused: {part}, exit {status}", (code, out, err))
    ok(not os.path.exists("none.db"), "no database: none was made")
    desk.add(questionnaire([question("stay", "single", options=LADDER)], id="form", version="2", levels=LEVELS))
    before = stored(desk)
    got = document(desk, "--store")
    ok(isinstance(got, tuple) and got[0] == 1 and "form@2" in got[1], "a version that is stored with another content", got)
    same(stored(desk), before, "and nothing is stored")


def compared(desk):
    """One enterprise in three rounds: a version is compared with another version, not with another questionnaire."""
    who = {"name": "Công ty Ba Vòng", "tax_code": "0899011617", "form": "enterprise", "area": "chi-linh"}
    path = desk.write("three.json", [response(ref, {"stay": answer}, who, round=round, submitted_on=f"{round}-03-01")
                                     for ref, answer, round in (("form@1", "0", "2024"), ("other@1", "5", "2025"), ("form@2", "2", "2026"))])
    database = ["--db", os.path.join(desk.path, "c.db")]
    code, out, err = desk.run("import", path, *database)
    same(code, 0, "three rounds of one enterprise" + err)
    got = json.loads(desk.run("compare", "0899011617", "--json", *database)[1])
    rounds = {one["reference"]: one["questionnaire"] for one in got["assessments"]}
    same((rounds[got["after"]], rounds[got["before"]]), ("form@2", "form@1"), "what is compared: versions of one questionnaire")
    mean = questionnaire([question("a", "single", options=LADDER), question("b", "single", weight=2, options=LADDER)], id="mean", total="mean",
                         levels=LEVELS)
    mean["dimensions"][0]["score"] = "mean"
    desk.add(mean)
    answers = {"a": "2", "b": "0"}  # 2/5 of a third: 13.33...
    path = desk.write("mean.json", [response("mean@1", answers, dict(who, name="Công ty Trung Bình", tax_code="0899014946"), round="2026", submitted_on="2026-03-01")])
    desk.run("import", path, *database)
    kept = next(a for a in json.loads(desk.run("list", "--json", *database)[1])["assessments"] if a["questionnaire"] == "mean@1")
    same(kept["percent"], printed(reference(mean, answers)["percent"]), "the percentage of means is stored to the hundredth")
    before = json.loads(desk.run("compare", "0899011617", "--json", "--round", "2025", *database)[1])
    same((rounds[before["after"]], rounds[before["before"]]), ("other@1", "form@1"), "where nothing is alike: with what came before")


old, new, third = versions()
desk = Desk(old, new, third, questionnaire([question("stay", "single", options=LADDER)], id="other"))
desk.db = os.path.join(desk.path, "t.db")
people = fill(desk, random.Random(SEED))
print(f"# seed {SEED}")
right(desk, old, new, people)
reads_only(desk)
corrected(desk, people, stores(desk, new, people))
narrow(desk)
compared(desk)
killed(desk)
refused(desk)
done()
