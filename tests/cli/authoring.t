#!/usr/bin/env python3
"""What `dxready check` tells an author, and the files that `dxready init` begins with."""
import json
import os

from surveys import Desk, dimension, done, ok, option, question, questionnaire, run, same, words

LADDER = [option("0", 0), option("2", 2), option("5", 5)]
PLAIN = question("a", "single", options=LADDER)
NEVER = {"==": [{"var": "answers.a"}, "9"]}
BOTH = {"and": [{"==": [{"var": "answers.a"}, "0"]}, {"==": [{"var": "answers.a"}, "5"]}]}
ALWAYS = {"or": [{"==": [{"var": "answers.a"}, "0"]}, {"!=": [{"var": "answers.a"}, "0"]}]}


def low_high(**high):
    return [{"level": 0, "name": words("low")}, dict({"level": 1, "name": words("high")}, **high)]


# what is odd, the questionnaire, what must be said: warnings begin with "note: "
ADVICE = [
    ("nothing", questionnaire([PLAIN]), None),
    ("a text without English", questionnaire([dict(PLAIN, text={"vi": "Hỏi gì?"})]), "note: the English text is missing"),
    ("an option without English", questionnaire([dict(PLAIN, options=[option("0", 0), dict(option("5", 5), text={"vi": "năm"})])]),
     "note: the English text is missing"),
    ("a text without Vietnamese", questionnaire([dict(PLAIN, text={"en": "What?"})]),
     "note: the Vietnamese text is missing"),
    ("never shown, by an answer that there is not", questionnaire([PLAIN, question("b", "yesno", show_if=NEVER)]),
     "the fact 'answers.a' never has the value '9'"),
    ("never shown, by two answers at once", questionnaire([PLAIN, question("b", "yesno", show_if=BOTH)]),
     "the question 'b' is never shown"),
    ("always shown", questionnaire([PLAIN, question("b", "yesno", show_if=ALWAYS)]), "always true"),
    ("a level above 100 %", questionnaire([PLAIN], levels=low_high(above_percent=100)), "level 1"),
    ("a level over all points", questionnaire([PLAIN], levels=low_high(from_points=6)), "level 1"),
    ("a level that asks for more dimensions than there are",
     questionnaire([PLAIN], dimension_levels=[{"level": 1, "from_percent": 50}],
                   levels=low_high(from_percent=10, dimensions={"at_least": 2, "level": 1})), "2"),
    ("a level that a higher one covers",
     questionnaire([PLAIN], levels=[{"level": 0, "name": words("low")}, {"level": 1, "name": words("mid"), "from_percent": 50},
                                    {"level": 2, "name": words("high"), "from_percent": 50}]), "level 1"),
    ("a weight that is not scored", questionnaire([PLAIN, question("t", "text", weight=3)]),
     "the weight of question 't' has no effect"),
    ("a weight alone in a mean", questionnaire([dict(PLAIN, weight=3)], total="mean"), "the weight of question 'a' has no effect"),
    ("a dimension's weight in a pooled total",
     questionnaire([], dimensions=[dimension("d", [PLAIN], weight=2), dimension("e", [dict(PLAIN, id="b", text=words("other?"))])]),
     "the weight of dimension 'd' has no effect"),
    ("the same question twice", questionnaire([PLAIN, dict(PLAIN, id="b")]), "stands twice"),
    ("the same but for marks and capitals",
     questionnaire([dict(PLAIN, text={"vi": "Có bán qua mạng?", "en": "x?"}),
                    dict(PLAIN, id="b", text={"vi": "CO BAN QUA MANG", "en": "y?"})]), "stands twice"),
    ("the same option twice", questionnaire([dict(PLAIN, options=[option("0", 0), dict(option("5", 5), text=words("option 0"))])]),
     "stands twice"),
    ("a ceiling out of reach", questionnaire([question("m", "multiple", max=9, options=[option("x", 1)])]), "100 % cannot be reached"),
    ("a tag of HTML", questionnaire([dict(PLAIN, text={"vi": "<p>Có <b>bán</b>?</p>", "en": "x?"})]), "note: the text has the HTML '<p>'"),
    ("an entity", questionnaire([dict(PLAIN, options=[option("0", 0), dict(option("5", 5), text={"vi": "a&nbsp;b", "en": "b"})])]),
     "HTML '&nbsp;'"),
    ("a bell", questionnaire([dict(PLAIN, help={"vi": "Có\u0007?", "en": "x?"})]), "cannot be seen (U+0007)"),
    ("zero width", questionnaire([PLAIN], title={"vi": "Có\u200b", "en": "x"}), "cannot be seen (U+200B)"),
    ("from right to left", questionnaire([dict(PLAIN, text={"vi": "Có?", "en": "x\u202ey"})]), "cannot be seen (U+202E)"),
    ("signs that are none of these", questionnaire([dict(PLAIN, text={"vi": "1 < 2 && a<b & R&D; dòng\nhai – “x”\u00a0%", "en": "x?"})]),
     None),
    ("a contradiction that cannot be", questionnaire([PLAIN], contradictions=[{"if": BOTH, "text": words("odd")}]), "can never occur"),
]

SCALE = question("use", "scale", rows=[{"id": "books", "text": words("books")}, {"id": "na", "text": words("na")}],
                 columns=[option("0", 0), option("2", 2)])

# ids that are the name of something else in a table, and what is said of it; None: nothing is
CLASHES = [
    (["name"], "the fact 'name'"), (["plans.dx_solution_vnd"], "the fact 'plans.dx_solution_vnd'"),
    (["Size_Class"], "the fact 'size_class'"), (["questionnaire"], "the column 'questionnaire'"),
    (["ROUND"], "the column 'round'"), (["submitted_on"], "the column 'submitted_on'"), (["minutes"], "the column 'minutes'"),
    (["Reason"], "the column 'reason'"), (["result.level"], "begin with 'result.'"), (["RESULT.x"], "begin with 'result.'"),
    (["q1", "Q1"], "the question 'q1'"), (["use.books"], "the question 'use.books'"), (["USE.Books"], "the question 'USE.Books'"),
    (["day", "day.m"], "the question 'day.m'"), (["na"], None), (["result"], None), (["names", "q.1", "q.10"], None),
]


def clashes(desk):
    for ids, said in CLASHES:
        scale = dict(SCALE, rows=SCALE["rows"][:1])
        q = questionnaire([PLAIN, scale] + [dict(question(i, "date" if i == "day" else "text"), text=words(f"{i} {n}?"))
                                            for n, i in enumerate(ids)])
        code, out, err = desk.run("check", desk.write("questionnaires/t@1.json", q), "--lang", "en")
        same((code, said in err if said else err), (1, True) if said else (0, ""), f"check: ids {ids}")
    for what, q, said in (
            ("rows", [dict(SCALE, rows=[dict(SCALE["rows"][0], id=i) for i in ("books", "Books")])], "USE.books"),
            ("options", [dict(PLAIN, options=[option("x", 0), option("X", 5)])], "'x' and 'X' differ in capitals only"),
            ("columns", [dict(SCALE, rows=SCALE["rows"][:1], columns=[option("x", 0), option("X", 5)])],
             "'x' and 'X' differ in capitals only"),
            ("the row na", [SCALE], "the row 'na'")):
        code, out, err = desk.run("check", desk.write("questionnaires/t@1.json", questionnaire(q)), "--lang", "en")
        ok(code == 1 and said.lower() in err.lower(), f"check: ids of {what}", err)
    answers = desk.score("t@1", {"use": {"books": "0"}})
    ok(isinstance(answers, str) and "the row 'na'" in answers, "and nothing else takes such a file", str(answers))


def advice(desk):
    for what, q, said in ADVICE:
        path = desk.write("questionnaires/t@1.json", q)
        code, out, err = desk.run("check", path, "--lang", "en")
        if said is None:
            same((code, err), (0, ""), f"check: {what} is wrong")
        else:
            ok(said in err, f"check: {what}", err or "(nothing said)")


def of_policies(desk):
    """References that lead nowhere, and days with two values; the starter is without a fault."""
    code, out, err = run("init", "policy")
    plain = json.loads(out)
    name = next(iter(plain["parameters"]))
    value = plain["parameters"][name][0]
    for what, change, code, said in (
            ("nothing wrong", {}, 0, ""), ("itself", {"excludes": [plain["id"]]}, 1, "cannot exclude itself"),
            ("mistyped", {"excludes": ["same-content-same-yaer"]}, 0, "no other policy names this code"),
            ("a family, which is no policy", {"excludes": ["startups"]}, 0, "there is no policy 'startups'"),
            ("a policy", {"excludes": ["nd80-art11-2"]}, 0, ""),
            ("two values on a day", {"parameters": dict(plain["parameters"], **{name: [
                dict(value, **{"from": "2026-01-01", "to": "2027-01-01"}), dict(value, **{"from": "2027-01-01"})]})}, 1,
             "begins on 01/01/2027, while the one before still holds until 01/01/2027"),
            ("one after the other", {"parameters": dict(plain["parameters"], **{name: [
                dict(value, **{"from": "2026-01-01", "to": "2026-12-31"}), dict(value, **{"from": "2027-01-01"})]})}, 0, ""),
            ("a day between", {"parameters": dict(plain["parameters"], **{name: [
                dict(value, **{"from": "2026-01-01", "to": "2026-12-30"}), dict(value, **{"from": "2027-01-01"})]})}, 0, "has days without a value"),
            ("a period backwards", {"parameters": dict(plain["parameters"], **{name: [
                dict(value, **{"from": "2026-01-01", "to": "2025-12-31"})]})}, 1, "'to' is before 'from'"),
            ("HTML", {"summary": {"vi": "<i>x</i>", "en": "x"}}, 0, "HTML '<i>'")):
        done = run("check", desk.write("policy.json", dict(plain, **change)), "--lang", "en")
        ok(done[0] == code and (said in done[2] if said else not done[2]), f"check policy: {what}", str(done))
    two = [desk.write(f"policy-{n}.json", dict(plain, id=f"own-{n}", excludes=["own-code"])) for n in (1, 2)]
    same([run("check", *files, "--lang", "en")[2] == "" for files in (two, two[:1])], [True, False],
         "check policy: a code that two name, who are checked together")


def places(desk):
    path = desk.write("questionnaires/t@1.json", json.dumps(questionnaire([PLAIN, dict(PLAIN, id="b")]), indent=1))
    code, out, err = desk.run("check", path, "--json")
    report = json.loads(out)
    first = report["faults"][0]
    same((code, report["errors"], report["warnings"] > 0, first["warning"], first["pointer"]),
         (0, 0, True, True, "/dimensions/0/indicators/0/questions/1"), "check --json: advice with line and place")


def starters(desk):
    for kind in ("questionnaire", "policy"):
        name = os.path.join(desk.path, f"start-{kind}.json")
        code, out, err = run("init", kind, "-o", name)
        same((code, name in out), (0, True), f"init {kind} -o FILE")
        code, out, err = run("check", name, "--json")
        report = json.loads(out)
        same((code, report["errors"], report["warnings"]), (0, 0, 0), f"init {kind}: passes check without a note")
        code, text, err = run("init", kind)
        same(text, open(name, encoding="utf-8").read(), f"init {kind} to standard output")
        code, out, err = run("init", kind, "-o", name)
        same((code, out, bool(err)), (1, "", True), f"init {kind}: overwrites nothing")
    code, out, err = run("init", "report")
    same((code, out), (2, ""), "init: what else there might be")
    start = json.load(open(os.path.join(desk.path, "start-questionnaire.json"), encoding="utf-8"))
    desk.add(start)
    got = desk.score("my-questionnaire@1", {"1.1": "2", "1.2": ["a", "b"], "1.3": "1", "2.1": 60,
                                            "2.2": {"books": "2", "invoice": "2"}, "2.3": "ok"})
    same((got["total"]["percent"], got["level"]["level"]), ("100.00", 2), "init questionnaire: can be answered and scored")
    types = {c["type"] for d in start["dimensions"] for i in d["indicators"] for c in i["questions"]}
    same(types, {"single", "multiple", "number", "scale", "text"}, "init questionnaire: shows the kinds of questions")


def main():
    desk = Desk()
    for part in (advice, clashes, of_policies, places, starters):
        part(desk)
    done()


main()
