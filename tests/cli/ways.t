#!/usr/bin/env python3
"""From one assessment to another: the way to a level, two responses compared, another version."""
import itertools
import json
import os
import random
from fractions import Fraction

from surveys import (Desk, choices_of, dimension, done, load, number, ok, option, question, questionnaire, questions_of,
                     reference, response, same, words)

LADDER = [option("0", 0), option("2", "2"), option("5", 5)]


def plan_contract(desk):
    q = load("dbi-sme@2021")
    answers = {c["id"]: "10" if c["id"] == "2.1.1" else "2" for d, c in questions_of(q)}
    path = desk.write("r.json", response("dbi-sme@2021", answers))
    code, out, err = desk.run("plan", path, "--json")
    plan = json.loads(out)
    same((list(plan), plan["from"], plan["to"]), (["from", "to", "effort", "steps"], 2, 3), "plan: the document")
    same(list(plan["steps"][0]), ["question", "from", "to", "effort"], "plan: a step")
    then = dict(answers, **{s["question"]: s["to"] for s in plan["steps"]})
    same(reference(q, then)["level"], 3, "plan: its steps lead to the level, by the independent scorer")
    same(sum(Fraction(str(s["effort"])) for s in plan["steps"]), plan["effort"], "plan: efforts add up")
    for s in plan["steps"]:
        less = dict(then, **{s["question"]: s["from"]})
        if not ok(reference(q, less)["level"] < 3, f"plan: without {s['question']} it does not", less):
            break
    code, out, err = desk.run("plan", path, "--level", "9", "--lang", "en")
    same((code, "no level 9" in err), (1, True), "plan: a level that does not exist")
    code, out, err = desk.run("plan", path, "--level", "1", "--json")
    same(json.loads(out)["steps"], [], "plan: a level that is reached already takes nothing")
    path = desk.write("r.json", response("dbi-sme@2025", {"1.1": "10-49", "2.1": ["storage"], "7.1": "steel",
                                                          "7.2.steel": ["crm"]}))
    code, out, err = desk.run("plan", path, "--json")
    same(code, 0, "plan: answered questions that are not scored stay as they are")
    path = desk.write("r.json", response("dbi-sme@2025", {"7.1": "garment"}))
    code, out, err = desk.run("plan", path, "--lang", "en")
    same((code, "too little is answered" in err), (1, True), "plan: too little is answered")


def brute_force(q, answers, level):
    """The least effort of all sets of better answers."""
    best, asked = None, [c for d, c in questions_of(q)]
    ladders = [[o["id"] for o in choices_of(q, c)] for c in asked]
    starts = [ladder.index(answers[c["id"]]) for c, ladder in zip(asked, ladders)]
    for steps in itertools.product(*[range(s, len(ladder)) for s, ladder in zip(starts, ladders)]):
        effort = sum((t - s) * number(c.get("effort"), 1) for c, s, t in zip(asked, starts, steps))
        if best is not None and effort >= best:
            continue
        then = {c["id"]: ladder[t] for c, ladder, t in zip(asked, ladders, steps)}
        if reference(q, then)["level"] >= level:
            best = effort
    return best


def plan_is_cheapest(desk):
    dice, wrong = random.Random(5), []
    for n in range(12):
        dimensions = []
        for d in ("one", "two", "three"):
            questions = [question(f"{d}{i}", "single", options=LADDER, weight=f"{dice.randint(1, 5)}/{dice.randint(1, 3)}",
                                  effort=dice.choice(["1", "1/2", "3"])) for i in range(dice.randint(1, 2))]
            dimensions.append(dimension(d, questions, weight=dice.randint(1, 3), score=dice.choice(["pooled", "mean"])))
        q = questionnaire([], dimensions=dimensions, total=dice.choice(["pooled", "mean"]),
                          dimension_levels=[{"level": 1, "above_percent": 30}, {"level": 2, "from_percent": 60}],
                          levels=[{"level": 0, "name": words("low")}, {"level": 1, "name": words("mid"), "above_percent": 30},
                                  {"level": 2, "name": words("high"), "above_percent": 50,
                                   "dimensions": {"at_least": 3, "level": 2}}])
        desk.add(q)
        answers = {c["id"]: dice.choice(["0", "0", "2"]) for d, c in questions_of(q)}
        path = desk.write("r.json", response("t@1", answers))
        code, out, err = desk.run("plan", path, "--level", "2", "--json")
        best = brute_force(q, answers, 2)
        got = json.loads(out)["effort"] if code == 0 else None
        if got is None or Fraction(str(got)) != best:
            wrong.append(f"form {n}: {got}, brute force {best}: {answers}")
    ok(not wrong, "plan: as cheap as the best of all sets of answers, on 12 random forms (seed 5)", "\n".join(wrong))


def compare(desk):
    q = load("dbi-sme@2021")
    old = {c["id"]: "5" if c["id"] == "2.1.1" else "1" for d, c in questions_of(q)}
    new = dict(old, **{"1.1.1": "4", "2.1.1": "25", "6.1.1": "0"})
    paths = [desk.write(name, response("dbi-sme@2021", a)) for name, a in (("t0.json", old), ("t1.json", new))]
    code, out, err = desk.run("compare", *paths, "--json")
    c = json.loads(out)
    same((c["total"]["before"], c["total"]["after"], c["total"]["change"]), ("20.00", "26.88", "6.88"), "compare: the total")
    same([a["question"] for a in c["answers"]], ["2.1.1", "1.1.1", "6.1.1"], "compare: what changed, largest first")
    same(sum(Fraction(a["change"]) for a in c["answers"]), Fraction(22, 320) * 100, "compare: the changes add up exactly")
    same([d["id"] for d in c["dimensions"] if d["change"] != "0.00"], ["customer", "strategy", "data"], "compare: dimensions")
    code, out, err = desk.run("compare", *paths, "--lang", "en")
    ok("Digital strategy" in out and "20.00" in out and "+80.00" in out, "compare: for people", out)


def versions():
    """A form, and its next version: a question less, one more, options in another order, another weight."""
    old = questionnaire([question("stay", "single", options=LADDER), question("gone", "single", options=LADDER),
                         question("ticks", "multiple", options=[option("a", 1), option("b", 1), option("c", 2)]),
                         question("rows", "scale", columns=[option("no", 0), option("yes", 1)],
                                  rows=[{"id": r, "text": words(r)} for r in ("x", "y")])], id="form", version="1")
    new = questionnaire([question("rows", "scale", columns=[option("yes", 1), option("no", 0)],
                                  rows=[{"id": r, "text": words(r)} for r in ("y", "x")]),
                         question("stay", "single", weight=2, options=list(reversed(LADDER))),
                         question("ticks", "multiple", options=[option("c", 2), option("a", 1)]),
                         question("more", "single", options=LADDER)], id="form", version="2",
                        respondents=["enterprise", "cooperative"])
    return old, new


def rescore(desk):
    old, new = versions()
    desk.add(old)
    desk.add(new)
    desk.add(questionnaire([question("stay", "single", options=LADDER)], id="other"))
    answers = {"stay": "5", "gone": "2", "ticks": ["b", "c"], "rows": {"x": "yes", "y": "no"}}
    path = desk.write("r.json", response("form@1", answers))
    before = open(path, encoding="utf-8").read()
    code, out, err = desk.run("rescore", path, "--to", "form@2", "--json")
    r = json.loads(out)
    want = [reference(old, answers), reference(new, {"stay": "5", "ticks": ["c"], "rows": {"x": "yes", "y": "no"}})]
    same((r["from"], r["to"], r["stored"]), ("form@1", "form@2", False), "rescore: the document")
    same((r["before"]["level"], r["after"]["level"]), (want[0]["level"], want[1]["level"]), "rescore: both levels")
    same(Fraction(r["changes"]["total"]["after"]), round(want[1]["percent"], 2), "rescore: the score under the new version")
    same((sorted(r["dropped"]), r["unasked"], r["after"]["complete"]), (["gone", "ticks"], ["more"], False),
         "rescore: what has no place, what was not asked")
    moved = {a["question"]: (a["same_answer"], Fraction(a["change"])) for a in r["changes"]["answers"]}
    same(moved["rows"][0], True, "rescore: rows and columns in another order are the same answer")
    same((moved["stay"][0], moved["stay"][1] > 0), (True, True), "rescore: the same answer, worth more")
    same(sum(m[1] for m in moved.values()), want[1]["percent"] - want[0]["percent"], "rescore: the items explain all of it")
    code, out, err = desk.run("rescore", path, "--to", "form@1", "--json")
    same(json.loads(out)["changes"]["answers"], [], "rescore: under the same version nothing moves")
    code, out, err = desk.run("rescore", path, path, "--to", "form@2", "--json")
    same(len(json.loads(out)), 2, "rescore: several files make an array")
    code, out, err = desk.run("rescore", path, "--to", "form@2", "--lang", "en")
    ok("Answers without a place in the new version: 2." in out and "nobody was asked: 1;" in out, "rescore: for people", out)
    for args, status, what in ((["--to", "other@1"], 1, "another questionnaire"), (["--to", "form@3"], 1, "no such version"),
                               ([], 2, "no --to")):
        code, out, err = desk.run("rescore", path, *args)
        same((code, out, bool(err)), (status, "", True), f"rescore refuses: {what}")
    household = desk.write("h.json", response("form@1", answers, {"form": "household"}))
    code, out, err = desk.run("rescore", household, "--to", "form@2", "--lang", "en")
    same((code, "not for this form: household" in err), (1, True), "rescore refuses: a version that is not for the form")
    same((open(path, encoding="utf-8").read(), sorted(os.listdir(desk.path))),
         (before, ["h.json", "questionnaires", "r.json", "t0.json", "t1.json"]), "rescore: stores nothing")


def main():
    desk = Desk(load("dbi-sme@2021"), load("dbi-sme@2025"))
    for part in (plan_contract, plan_is_cheapest, compare, rescore):
        part(desk)
    done()


main()
