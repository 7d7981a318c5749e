#!/usr/bin/env python3
"""Anybody can compute a score again from an export: answers and the questionnaire's file are all it takes.

Points, percents, levels and every contribution, in fractions, for each row of the demo (and a few rows by each of
our other questionnaires), against the score in the export and against `score --ledger`."""
import json
import os
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

from surveys import (answers_at_random, ceiling, differences, done, earned, load, number, ok, printed, questions_of, reference,
                     response, run, same)

SEED = int(os.environ.get("EXPORT_SEED", "20261123"))
DEMO = os.path.abspath("tests/data/demo/responses")
OTHERS = {"dbi-sme@2025": "enterprise", "dbi-large@2025": "enterprise", "eu-dma-sme@2023": "enterprise",
          "household-quick@1": "household"}


def fill(folder, dice):
    """The demo, and rows of our own; random answers that are refused (contradicting ones) are left out."""
    code, out, err = run("import", DEMO, "--json", cwd=folder)
    rows = [response(ref, answers_at_random(dice, load(ref)), {"name": f"Đơn vị {ref} {n}", "form": form}, round="2026")
            for ref, form in OTHERS.items() for n in range(6)]
    with open(os.path.join(folder, "others.jsonl"), "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    run("import", "others.jsonl", cwd=folder)
    return json.loads(out)["inserted"]


def exported(folder):
    code, out, err = run("export", "--format", "jsonl", cwd=folder)
    return [json.loads(line) for line in out.splitlines()]


def points_of(q, row, want):
    """Points and maximum as documents have them, from what each question earned."""
    if q.get("total") == "mean":
        return (want["percent"], Fraction(100)) if want["percent"] is not None else (Fraction(0), Fraction(0))
    asked = [c for d, c in questions_of(q) if c["id"] in want["ledger"]]
    weigh = lambda amount: sum((number(c.get("weight"), 1) * amount(c) for c in asked), Fraction(0))
    return weigh(lambda c: earned(q, c, row["answers"].get(c["id"]))), weigh(lambda c: ceiling(q, c))


def ledger_of(folder, at, row):
    """What `score --ledger` says of the row without its score."""
    name = f"row-{at}.json"
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump({key: value for key, value in row.items() if key != "score"}, file, ensure_ascii=False)
    code, out, err = run("score", name, "--json", "--ledger", cwd=folder)
    return json.loads(out) if code == 0 else {"error": err}


def faults_of(row, again):
    """What is wrong about a row: its exported score, and the ledger that the program prints for it."""
    q, score = load(row["questionnaire"]), row["score"]
    want = reference(q, row["answers"])
    if "error" in again:
        return [again["error"]]
    ledger = again.pop("ledger")
    faults = [] if again == score else ["the export has another score than `score`"]
    faults += differences(dict(score, ledger=ledger), want)
    if want["percent"] is not None:
        points, most = points_of(q, row, want)
        if (score["total"]["points"], score["total"]["max"]) != (printed(points), printed(most)):
            faults.append(f"points {score['total']}, should be {points} of {most}")
    questions = {c["id"]: c for d, c in questions_of(q)}
    for line in ledger:
        c = questions[line["question"]]
        if (Fraction(line["points"]), Fraction(line["max"])) != (earned(q, c, row["answers"].get(c["id"])), ceiling(q, c)):
            faults.append(f"{c['id']}: {line}")
    return faults


def changed(row):
    """The same row with one answer that earns something else: the computation must notice."""
    q, other = load(row["questionnaire"]), json.loads(json.dumps(row))
    c = questions_of(q)[0][1]
    other["answers"][c["id"]] = next(o["id"] for o in c["options"] if earned(q, c, o["id"]) != earned(q, c, row["answers"].get(c["id"])))
    return other


with tempfile.TemporaryDirectory() as folder:
    print(f"# seed {SEED}")
    count = fill(folder, random.Random(SEED))
    rows = exported(folder)
    demo = [row for row in rows if row["questionnaire"] == "dbi-sme@2021"]
    same((count, len(demo)), (62, 62), "every row of the demo is exported")
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(lambda pair: ledger_of(folder, *pair), enumerate(rows)))
    first = json.loads(json.dumps(again[rows.index(demo[0])]))
    for ref in sorted({row["questionnaire"] for row in rows}):
        own = [(row, other) for row, other in zip(rows, again) if row["questionnaire"] == ref]
        faults = [f"{row['enterprise'].get('name')}: {fault}" for row, other in own for fault in faults_of(row, other)]
        ok(own and not faults, f"{ref}: {len(own)} rows computed again from the export", "\n".join(faults))
    same({row["questionnaire"] for row in rows}, {"dbi-sme@2021", *OTHERS}, "every questionnaire of ours is among them")
    ok(faults_of(changed(demo[0]), first), "an answer that was changed is noticed")
    ok(len({row["score"]["level"]["level"] for row in demo}) > 3, "the demo has many levels")
done()
