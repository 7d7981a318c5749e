#!/usr/bin/env python3
"""Every kind of question, as a table: a questionnaire of one question, an answer, what it earns."""
import random

from surveys import (Desk, answers_at_random, differences, dimension, done, ok, option, question, questionnaire, reference,
                     response, same, words)

LADDER = [option("0", 0), option("2", "2"), option("5", 5)]
OFTEN = [option("never", 0), option("monthly", "1/3"), option("weekly", 1)]
ROWS = [{"id": "r1", "text": words("row one")}, {"id": "r2", "text": words("row two")}]

SINGLE = question("q", "single", options=LADDER, not_applicable=True)
YESNO = question("q", "yesno")
RATED = question("q", "yesno", options=[option("yes", 0), option("no", 3)])
TICKS = question("q", "multiple", options=[option("a", 2), option("b", "1.5"), option("c", -1),
                                           option("none", 0, exclusive=True)])
CAPPED = question("q", "multiple", max=2, options=[option("a", 2), option("b", 1), option("none", 0, exclusive=True)])
ALONE = question("q", "multiple", options=[option("a", 1), option("all", 4, exclusive=True)])
CHAIN = question("q", "multiple", options=[option("pos", 1), option("crm", 1),
                                           option("omni", 1, requires=["pos", "crm"], points_without="1/3"),
                                           option("loyal", "1/2")])
SCALE = question("q", "scale", rows=ROWS, scale="often", not_applicable=True)
NUMBER = question("q", "number", unit=words("%"), min=0, max="99.5",
                  bands=[{"above": 0, "points": 1}, {"from": 10, "points": 2}, {"above": "20.5", "points": "7/2"}])
HEAVY = question("q", "single", weight="2/3", options=LADDER)

# question, answer, points and ceiling before weight ("-": refused, "na": does not count)
TABLE = [
    (SINGLE, "0", "0", "5"), (SINGLE, "2", "2", "5"), (SINGLE, 5, "5", "5"), (SINGLE, 5.0, "5", "5"),
    (SINGLE, "3", "-", None), (SINGLE, ["2"], "-", None), (SINGLE, None, "-", None),
    (SINGLE, {"na": "not our trade"}, "na", None), (SINGLE, {"na": ""}, "-", None),
    (YESNO, "yes", "1", "1"), (YESNO, "no", "0", "1"), (YESNO, True, "1", "1"), (YESNO, False, "0", "1"),
    (YESNO, "maybe", "-", None), (YESNO, {"na": "no such thing"}, "-", None),
    (RATED, "no", "3", "3"), (RATED, "yes", "0", "3"),
    (TICKS, [], "0", "7/2"), (TICKS, ["a", "b"], "7/2", "7/2"), (TICKS, ["a", "b", "c"], "5/2", "7/2"),
    (TICKS, ["c"], "0", "7/2"), (TICKS, ["b", "c"], "1/2", "7/2"), (TICKS, ["none"], "0", "7/2"),
    (TICKS, ["none", "a"], "-", None), (TICKS, ["a", "a"], "-", None), (TICKS, ["x"], "-", None), (TICKS, "a", "-", None),
    (CAPPED, ["a", "b"], "2", "2"), (CAPPED, ["b"], "1", "2"),
    (ALONE, ["all"], "4", "4"), (ALONE, ["a"], "1", "4"),
    (CHAIN, ["pos", "crm", "omni", "loyal"], "7/2", "7/2"), (CHAIN, ["pos", "omni"], "4/3", "7/2"),
    (CHAIN, ["omni"], "1/3", "7/2"), (CHAIN, ["loyal"], "1/2", "7/2"),
    (SCALE, {"r1": "weekly", "r2": "monthly"}, "4/3", "2"), (SCALE, {"r2": "weekly"}, "1", "2"), (SCALE, {}, "0", "2"),
    (SCALE, {"r3": "weekly"}, "-", None), (SCALE, {"r1": "daily"}, "-", None), (SCALE, {"na": "not used"}, "na", None),
    (NUMBER, 0, "0", "7/2"), (NUMBER, 0.01, "1", "7/2"), (NUMBER, 9.99, "1", "7/2"), (NUMBER, 10, "2", "7/2"),
    (NUMBER, 20.5, "2", "7/2"), (NUMBER, 20.51, "7/2", "7/2"), (NUMBER, 99.5, "7/2", "7/2"),
    (NUMBER, 99.51, "-", None), (NUMBER, -1, "-", None), (NUMBER, "ten", "-", None),
    (HEAVY, "5", "5", "5"),
]


def with_one(q):
    return questionnaire([q], scales={"often": OFTEN})


def table(desk):
    for q, answer, points, most in TABLE:
        desk.add(with_one(q))
        got = desk.score("t@1", {} if answer is None else {"q": answer}) if answer is not None else "null is no answer"
        name = f"{q['type']} {answer!r}: {points}"
        if points == "-":
            ok(isinstance(got, str), name, got)
        elif points == "na":
            same((got["ledger"], got["not_applicable"], got["complete"]), ([], 1, True), name)
        else:
            line = got["ledger"][0]
            same((line["points"], line["max"]), (points, most), name)


def unscored(desk):
    desk.add(questionnaire([SINGLE, question("t", "text"), question("d", "date"), question("f", "file"),
                            question("a", "single", scored=False, options=[option("x"), option("y")])]))
    got = desk.score("t@1", {"q": "5", "t": "Xin chào", "d": "2026-02-28", "f": "photo.jpg", "a": "y"})
    same((got["asked"], got["total"]["percent"]), (1, "100.00"), "text, date, file and unscored questions count nothing")
    for answers, what in (({"d": "2026-02-30"}, "a day that does not exist"), ({"t": 3}, "a number for a text"),
                          ({"t": "x" * 5001}, "a text over 5000 characters"), ({"a": "z"}, "an option that is not there")):
        ok(isinstance(desk.score("t@1", answers), str), f"refused: {what}")
    same(desk.score("t@1", {"t": "x" * 5000})["complete"], False, "a text of 5000 characters is taken")


def hidden(desk):
    desk.add(questionnaire([question("shop", "yesno"),
                            question("often", "single", options=LADDER, show_if={"==": [{"var": "answers.shop"}, "yes"]}),
                            question("deep", "single", options=LADDER, show_if={"in": [{"var": "answers.often"}, ["5"]]})]))
    got = desk.score("t@1", {"shop": "no", "often": "5", "deep": "5"})
    same((got["asked"], got["inactive"], got["total"]["max"]), (1, ["often", "deep"], "1.00"),
         "hidden answers never count, a chain of them neither, and are reported")
    ok(any(n["code"] == "inactive" and "often, deep" in n["text"]["en"] for n in got["notes"]), "... with a note", got["notes"])
    got = desk.score("t@1", {"shop": "yes", "often": "5", "deep": "2"})
    same((got["inactive"], got["total"]["points"]), ([], "8.00"), "shown again, they count")
    got = desk.score("t@1", {"often": "5"})
    same(got["asked"], 1, "a condition that is not known does not show")
    desk.add(questionnaire([question("q", "single", options=LADDER, show_if={">": [{"var": "employees"}, 10]})]))
    for staff, asked in ((5, 0), (11, 1)):
        got = desk.score("t@1", {"q": "5"}, enterprise={"form": "enterprise", "employees": staff})
        same(got["asked"], asked, f"shown by a fact: {staff} employees")


def required(desk):
    desk.add(questionnaire([SINGLE, question("who", "text", required=True),
                            question("why", "text", required=True, show_if={"==": [{"var": "answers.q"}, "0"]})]))
    got = desk.score("t@1", {"q": "5"})
    same((got["complete"], [n["code"] for n in got["notes"]]), (False, ["required"]), "a required text is missing")
    same(desk.score("t@1", {"q": "5", "who": "Lan"})["complete"], True, "... a hidden one is not")
    same(desk.score("t@1", {"q": "0", "who": "Lan"})["complete"], False, "... a shown one is")


def coverage(desk):
    desk.add(questionnaire([], dimensions=[dimension("d", [dict(SINGLE, id=f"q{i}") for i in range(4)])]))
    got = desk.score("t@1", {"q0": "5", "q1": {"na": "no such thing"}, "q2": "0"})
    d = got["dimensions"][0]
    same((d["points"], d["max"], d["coverage"], got["complete"]), ("5.00", "15.00", "50.00", False),
         "not applicable leaves sum and ceiling and lowers coverage; unanswered counts 0")
    ok(any(n["code"] == "low-coverage" for n in got["notes"]), "... said so", got["notes"])


def levels(desk):
    bounds = [("above_points", 2, [("2", 0), ("5", 1)]), ("from_points", 2, [("0", 0), ("2", 1)]),
              ("above_percent", 40, [("2", 0), ("5", 1)]), ("from_percent", 40, [("0", 0), ("2", 1)])]
    for key, bound, cases in bounds:
        desk.add(questionnaire([SINGLE], levels=[{"level": 0, "name": words("low")},
                                                 {"level": 1, "name": words("high"), key: bound}]))
        for answer, level in cases:
            same(desk.score("t@1", {"q": answer})["level"]["level"], level, f"{key} {bound}: {answer} of 5 is level {level}")
    desk.add(questionnaire([SINGLE], levels=[{"level": 1, "name": words("low"), "from_percent": 40},
                                             {"level": 2, "name": words("high"), "above_percent": 50}]))
    got = desk.score("t@1", {"q": "0"})
    same((got["level"]["level"], [n["code"] for n in got["notes"]]), (1, ["no-level"]),
         "no level's rule holds: the lowest, with a note")
    thirds = [question("a", "single", options=[option("0", 0), option("1", 1), option("3", 3)])]
    desk.add(questionnaire(thirds, levels=[{"level": 0, "name": words("low")},
                                           {"level": 1, "name": words("high"), "from_percent": "33.33", "rounded_to": 2},
                                           {"level": 2, "name": words("top"), "from_percent": "33.34"}]))
    same(desk.score("t@1", {"a": "1"})["level"]["level"], 1, "rounded_to 2: 33.333... is 33.33; without it it is below 33.34")


def both_languages(desk):
    desk.add(with_one(NUMBER))
    path = desk.write("r.json", response("t@1", {"q": 100}))
    code, out, vi = desk.run("score", path)
    code, out, en = desk.run("score", path, "--lang", "en")
    ok("cần một số từ 0 đến 99.5" in vi and "a number from 0 to 99.5 is needed" in en, "messages in both languages", vi + en)


def at_random(desk):
    """All types together, pooled and mean, against the independent scorer."""
    dice = random.Random(7)
    wrong = []
    for total in ("pooled", "mean"):
        for inner in ("pooled", "mean"):
            q = questionnaire([], scales={"often": OFTEN}, total=total,
                              dimension_levels=[{"level": 1, "above_percent": 20}, {"level": 2, "from_percent": 60}],
                              levels=[{"level": 0, "name": words("low")}, {"level": 1, "name": words("mid"), "above_percent": 30},
                                      {"level": 2, "name": words("high"), "above_percent": 50,
                                       "dimensions": {"at_least": 2, "level": 2}}],
                              dimensions=[dimension("one", [dict(SINGLE, id="s"), dict(YESNO, id="y", weight="1/7"),
                                                            dict(TICKS, id="m", weight=2,
                                                                 show_if={"==": [{"var": "answers.y"}, "yes"]})],
                                                    score=inner, weight=3),
                                          dimension("two", [dict(SCALE, id="g"), dict(NUMBER, id="n", weight="0.25"),
                                                            dict(CHAIN, id="c")], score=inner)])
            desk.add(q)
            for _ in range(15):
                answers = answers_at_random(dice, q)
                got = desk.score("t@1", answers)
                found = differences(got, reference(q, answers)) if isinstance(got, dict) else [got]
                wrong += [f"{total}/{inner} {answers}: {f}" for f in found]
    ok(not wrong, "60 random responses of all types as the independent scorer has them (seed 7)", "\n".join(wrong))


def main():
    desk = Desk()
    for part in (table, unscored, hidden, required, coverage, levels, both_languages, at_random):
        part(desk)
    done()


main()
