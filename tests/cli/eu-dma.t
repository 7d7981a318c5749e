#!/usr/bin/env python3
"""eu-dma-sme@2023 against formula A of the published tool, written out by hand, on random answers.

The one change that we made and document: q7's negative option earns 0, excludes the others, and q7's
ceiling is 7."""
import random
from fractions import Fraction

from surveys import Desk, answer_at_random, choices_of, done, half_up, load, ok, printed, questions_of, same

REF = "eu-dma-sme@2023"
SEED = 2023
BANDS = [(25, 1), (50, 2), (75, 3), (100, 4)]
q = load(REF)
by_id = {c["id"]: c for d, c in questions_of(q)}


def formula(a):
    """The six dimensions, 0 to 100."""
    def ticks(id):
        return Fraction(len(set(a.get(id, [])) - {"not-digital"}))

    def steps(id, worth):
        return sum((Fraction(worth(column)) for column in a.get(id, {}).values()), Fraction(0))

    def fifths(column):
        return Fraction(int(column), 5)

    def agreed(column):
        return {"no": Fraction(0), "partially": Fraction(1, 2), "yes": Fraction(1)}[column]

    return [(ticks("q1a") + ticks("q1b") + ticks("q2")) * 100 / 30,
            (ticks("q3") / 10 * 10 + steps("q4", fifths) / 7 * 10) * 5,
            (ticks("q5") / 7 * 10 + ticks("q6") / 8 * 10) * 5,
            (ticks("q7") / 7 * 10 + ticks("q8") / 6 * 10) * 5,
            steps("q9", fifths) / 5 * 100,
            (ticks("q10") / 10 * 10 + steps("q11", agreed) / 5 * 10) * 5]


def band(percent):
    return next(level for most, level in BANDS if half_up(percent) <= most)


def structure():
    same([c["id"] for d, c in questions_of(q)],
         ["q1a", "q1b", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11"], "questions q1a to q11 in order")
    same({i for i, c in by_id.items() if c["type"] == "scale"}, {"q4", "q9", "q11"}, "q4, q9 and q11 are scales")
    same([len(d["indicators"]) > 0 and d.get("score") for d in q["dimensions"]], ["mean"] * 6, "six dimensions of means")
    sizes = {i: len(c.get("rows") or choices_of(q, c)) for i, c in by_id.items()}
    same(sizes, dict(q1a=10, q1b=10, q2=10, q3=10, q4=7, q5=7, q6=8, q7=8, q8=6, q9=5, q10=10, q11=5), "items a question")
    same([o["id"] for o in by_id["q7"]["options"] if o.get("exclusive")], ["not-digital"], "q7 has one exclusive option")
    ok("Câu 1" in q["status_note"]["vi"] and "Question 7" in q["status_note"]["en"], "the file says what is unresolved")


def scores(desk):
    dice = random.Random(SEED)
    wrong = []
    for _ in range(60):
        answers = {}
        for id, c in by_id.items():
            answer = answer_at_random(dice, q, c)
            if answer is not None:
                answers[id] = answer
        got = desk.score(REF, answers)
        parts = formula(answers)
        total = sum(parts) / 6
        for d, want in zip(got["dimensions"], parts):
            if (d["percent"], d["level"]) != (printed(want), band(want)):
                wrong.append(f"{d['id']}: {d['percent']} level {d['level']}, formula {printed(want)} {band(want)}: {answers}")
        if (got["total"]["percent"], got["level"]["level"]) != (printed(total), band(total)):
            wrong.append(f"total {got['total']}, formula {printed(total)}, band {band(total)}: {answers}")
    ok(not wrong, f"60 random responses as the formula has it (seed {SEED})", "\n".join(wrong))


def edges(desk):
    everything = {i: ({r["id"]: choices_of(q, c)[-1]["id"] for r in c["rows"]} if c["type"] == "scale" else
                      [o["id"] for o in c["options"] if not o.get("exclusive")]) for i, c in by_id.items()}
    got = desk.score(REF, everything)
    same((got["total"]["percent"], got["level"]["level"]), ("100.00", 4), "everything is 100 % and the top band")
    lines = {line["question"]: line for line in got["ledger"]}
    same(lines["q7"]["max"], "7", "q7's ceiling is 7")
    got = desk.score(REF, dict(everything, q7=["not-digital"]))
    data = next(d for d in got["dimensions"] if d["id"] == "data")
    same(data["percent"], "50.00", "not collected digitally earns 0, q8 alone is left")
    refused = desk.score(REF, {"q7": ["not-digital", "stored"]})
    ok(isinstance(refused, str) and "q7" in refused, "the negative option excludes the others", refused)
    nine = {"nlp": "5", "vision": "5", "audio": "5", "robotics": "5", "business-intelligence": "4"}
    cases = [({"q1a": everything["q1a"], "q1b": everything["q1b"][:7], "q9": nine}, "25.44", 1),
             ({"q1a": everything["q1a"], "q1b": everything["q1b"][:8], "q9": nine}, "26.00", 2),
             ({"q9": dict(nine, **{"business-intelligence": "5"}), "q1a": everything["q1a"],
               "q1b": everything["q1b"][:6]}, "25.56", 2)]
    for answers, percent, level in cases:
        got = desk.score(REF, answers)
        same((got["total"]["percent"], got["level"]["level"]), (percent, level),
             f"{percent} % is level {level}: rounded to whole per cent before it is graded")


def main():
    desk = Desk(q)
    structure()
    scores(desk)
    edges(desk)
    done()


main()
