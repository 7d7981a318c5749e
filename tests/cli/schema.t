#!/usr/bin/env python3
"""The JSON Schema of questionnaires and `dxready check` say the same, as far as a schema can see.

Named mutations break a good questionnaire at a known place: both must refuse, and the checker must
name the place. What no schema can see (ids that stand twice, names that lead nowhere, order) only
the checker refuses. Then random mutations: what the schema refuses the checker must refuse, and
what the checker refuses the schema must refuse too, or the fault must be one of those.
"""
import concurrent.futures
import copy
import glob
import json
import os
import random
import re
import subprocess
import tempfile

import jsonschema

import tool
from tool import DXREADY, GONE, changed, report

SCHEMA = "questionnaires/questionnaire.schema.json"
RANDOM_MUTANTS = 200
SEED = int(os.environ.get("SCHEMA_SEED", "20261123"))

# Faults that a schema cannot see, by what the checker says of them.
SEMANTIC = [
    "stands twice", "there is no scale", "the scale has no option", "the bands must rise", "the levels must rise",
    "needs the id of another option", "no answer earns points", "no question is scored", "asks for .* dimensions",
    "'dimension_levels' has no level", "is not declared", "cannot be compared", "compares numbers or dates",
    "computes with numbers", "may only look at questions that stand before", "never has the value", "written name of a fact",
    "must not be less than 'min'", "a real day", "too large", "second operand of 'in'", "too large or too fine",
    "only a 'multiple' question may have negative points", "are for the type 'multiple' only",
    "the key 'points' is missing", "a percentage: to 100", "this question has no option", "a help of its own above",
    "has 'officer' .* of .* options", "is only for files with the key 'estimate'", "a scored question of an estimate", "two questions stand for",
]

def words(text):
    return {"vi": text, "en": text}


def question(name, kind, **more):
    return {"id": name, "type": kind, "text": words(f"Câu {name}"), **more}


def options(*points, **more):
    return [{"id": str(p), "points": p, "text": words(f"Mức {p}"), **more} for p in points]


# A small questionnaire with everything that the format has.
GOOD = {
    "kind": "questionnaire", "id": "good", "version": "2026.1", "title": words("Mọi thứ"), "summary": words("Tóm tắt"),
    "status": "own", "status_note": words("Ghi chú"), "if_not_rated": words("Chưa chấm"),
    "basis": [{"document": "1970/QĐ-BTTTT", "date": "2021-12-13", "note": words("Ghi chú")}],
    "respondents": ["enterprise", "household"], "sizes": ["micro", "not-sme"], "minutes": 5, "total": "mean",
    "rates_if": {"in": [{"var": "section"}, ["G", "I"]]},
    "dimension_levels": [{"level": 1, "above_percent": 10, "name": words("Một"), "at_bound": words("Đúng mốc")},
                         {"level": 2, "from_percent": "62.5", "rounded_to": 0}],
    "levels": [{"level": 0, "name": words("Không"), "meaning": words("Chưa có gì")},
               {"level": 1, "name": words("Một"), "above_points": 20, "dimensions": {"at_least": 1, "level": 1},
                "if_held_back": words("Còn thiếu")},
               {"level": 3, "name": words("Ba"), "from_percent": "200/3", "rounded_to": 1}],
    "scales": {"often": options(0, 2, 4)},
    "dimensions": [
        {"id": "d1", "name": words("Trụ cột một"), "short": words("Một"), "meaning": words("Là gì"), "score": "pooled",
         "weight": "1/3", "meanings": [{"level": 1, "text": words("Có")}],
         "indicators": [{"id": "1.1", "name": words("Chỉ số"), "questions": [
             question("single", "single", options=options(0, 5), weight="1/2", effort=2, label=words("Nhãn"),
                      help=words("Giúp"), evidence=words("Minh chứng"), action=words("Làm gì"), not_applicable=True,
                      required=True, ask_first=True, help_for=[{"sections": ["C", "H"], "help": words("Cho xưởng")}],
                      prefill=[{"if": {"==": [{"var": "has_website"}, False]}, "option": "0", "because": words("không có")}]),
             question("shared", "single", scale="often", descriptors={"2": words("Đôi khi")},
                      show_if={"and": [{"==": [{"var": "answers.single"}, "5"]}, {">": [{"var": "employees"}, 3]}]}),
             question("ticks", "multiple", max=9, incomplete=True, options=options(1, 2) + [
                 {"id": "late", "points": 2, "points_without": "0.5", "requires": ["1"], "text": words("Sau")},
                 {"id": "worse", "points": -1, "text": words("Trừ")},
                 {"id": "none", "points": 0, "exclusive": True, "text": words("Không")}]),
         ]}]},
        {"id": "d2", "name": words("Trụ cột hai"), "score": "mean", "weight": 1,
         "indicators": [{"id": "2.1", "name": words("Chỉ số"), "questions": [
             question("rows", "scale", rows=[{"id": "r1", "text": words("Dòng 1")}, {"id": "r2", "text": words("Dòng 2")}],
                      columns=options(0, 1)),
             question("rows2", "scale", rows=[{"id": "r1", "text": words("Dòng 1")}], scale="often"),
             question("num", "number", unit=words("%"), min=0, max=100,
                      bands=[{"from": 0, "points": 0}, {"above": "12.5", "points": "1/3"}]),
             question("yn", "yesno", show_if=True),
             question("yn2", "yesno", scored=False, options=[{"id": "yes", "text": words("Có")}, {"id": "no", "text": words("Không")}]),
         ]}, {"id": "2.2", "name": words("Không chấm"), "questions": [
             question("words", "text"), question("when", "date", scored=False), question("proof", "file")]}]},
    ],
    "contradictions": [{"if": {"or": [{"!": [{"var": "women_managed"}]}, {"<": [1, {"var": "answers.num"}, 50]},
                                      {"in": ["1", {"var": "answers.ticks"}]}]}, "text": words("Mâu thuẫn")}],
}

Q1 = "/dimensions/0/indicators/0/questions/"
Q2 = "/dimensions/1/indicators/0/questions/"
Q3 = "/dimensions/1/indicators/1/questions/"
# name, where it is changed, to what (GONE: removed), where the checker must say so, seen by the schema too
NAMED = [
    ("a section that is none", Q1 + "0/help_for/0/sections/0", "c", Q1 + "0/help_for/0/sections/0", True),
    ("a section twice", Q1 + "0/help_for", 2 * [{"sections": ["C"], "help": words("x")}], Q1 + "0/help_for/1", False),
    ("help by section without help", Q1 + "0/help", GONE, Q1 + "0/help_for", True),
    ("a prefill without a reason", Q1 + "0/prefill/0/because", GONE, Q1 + "0/prefill/0", True),
    ("a prefill with an option that is not there", Q1 + "0/prefill/0/option", "9", Q1 + "0/prefill/0/option", False),
    ("a prefill by an answer", Q1 + "0/prefill/0/if/==/0/var", "answers.yn", Q1 + "0/prefill/0/if/==/0/var", False),
    ("a prefill of ticks", Q1 + "2/prefill", [{"if": {"!": [True]}, "option": "1", "because": words("x")}],
     Q1 + "2/prefill", True),
    ("an incomplete single choice", Q1 + "0/incomplete", True, Q1 + "0/incomplete", True),
    ("a criterion without an estimate", Q1 + "0/criterion", "1.1", Q1 + "0", False),
    ("an estimate of nothing", "/estimate", {"name": words("x"), "note": words("y")}, "/estimate", True),
    ("an estimate whose questions stand for none", "/estimate", {"of": "a@1", "name": words("x"), "note": words("y")},
     Q1 + "0", False),
    ("kind missing", "/kind", GONE, "", True),
    ("kind of something else", "/kind", "questionaire", "/kind", True),
    ("id missing", "/id", GONE, "", True),
    ("id empty", "/id", "", "/id", True),
    ("id with a space", "/id", "a b", "/id", True),
    ("id with a mark", "/id", "đánh-giá", "/id", True),
    ("id a number", "/id", 5, "/id", True),
    ("id too long", "/id", "x" * 65, "/id", True),
    ("version with @", "/version", "1@2", "/version", True),
    ("version empty", "/version", "", "/version", True),
    ("version a number", "/version", 2026, "/version", True),
    ("title missing", "/title", GONE, "", True),
    ("title a plain text", "/title", "Tên", "/title", True),
    ("title empty in English", "/title/en", "", "/title/en", True),
    ("title in no language", "/title", {}, "/title", True),
    ("title in French", "/title/fr", "Titre", "/title/fr", True),
    ("title a number", "/title/vi", 3, "/title/vi", True),
    ("status unknown", "/status", "draft", "/status", True),
    ("basis an object", "/basis", {}, "/basis", True),
    ("basis without document", "/basis/0/document", GONE, "/basis/0", True),
    ("basis on no day", "/basis/0/date", "13/12/2021", "/basis/0/date", True),
    ("basis in month 13", "/basis/0/date", "2021-13-01", "/basis/0/date", True),
    ("basis on 30 February", "/basis/0/date", "2021-02-30", "/basis/0/date", False),
    ("respondents empty", "/respondents", [], "/respondents", True),
    ("respondent unknown", "/respondents/1", "school", "/respondents/1", True),
    ("respondent a number", "/respondents/1", 1, "/respondents/1", True),
    ("size unknown", "/sizes/0", "big", "/sizes/0", True),
    ("minutes zero", "/minutes", 0, "/minutes", True),
    ("minutes a fraction", "/minutes", 2.5, "/minutes", True),
    ("minutes too many", "/minutes", 601, "/minutes", True),
    ("total unknown", "/total", "sum", "/total", True),
    ("unknown key", "/colour", "red", "/colour", True),
    ("unknown key near a known one", "/dimension", [], "/dimension", True),
    ("levels missing", "/levels", GONE, "", True),
    ("levels empty", "/levels", [], "/levels", True),
    ("level negative", "/levels/0/level", -1, "/levels/0/level", True),
    ("level 21", "/levels/2/level", 21, "/levels/2/level", True),
    ("level a fraction", "/levels/2/level", 2.5, "/levels/2/level", True),
    ("level without name", "/levels/1/name", GONE, "/levels/1", True),
    ("levels fall", "/levels/2/level", 1, "/levels/2", False),
    ("two bounds", "/levels/1/from_percent", 5, "/levels/1/from_percent", True),
    ("bound negative", "/levels/1/above_points", -1, "/levels/1/above_points", True),
    ("bound over 100 %", "/dimension_levels/0/above_percent", 101, "/dimension_levels/0/above_percent", True),
    ("bound over 100 % as text", "/dimension_levels/0/above_percent", "301/3", "/dimension_levels/0/above_percent", False),
    ("bound a word", "/levels/1/above_points", "many", "/levels/1/above_points", True),
    ("bound over zero", "/levels/1/above_points", "1/0", "/levels/1/above_points", True),
    ("rounded to 7", "/levels/2/rounded_to", 7, "/levels/2/rounded_to", True),
    ("dimension level by points", "/dimension_levels/0", {"level": 1, "above_points": 3}, "/dimension_levels/0", True),
    ("dimension level without bound", "/dimension_levels/1/from_percent", GONE, "/dimension_levels/1", True),
    ("dimension levels fall", "/dimension_levels/1/level", 1, "/dimension_levels/1", False),
    ("level without count", "/levels/1/dimensions/at_least", GONE, "/levels/1/dimensions", True),
    ("level asks for no dimension", "/levels/1/dimensions/at_least", 0, "/levels/1/dimensions/at_least", True),
    ("level asks for too many dimensions", "/levels/1/dimensions/at_least", 3, "/levels/1", False),
    ("level of dimensions unknown", "/levels/1/dimensions/level", 5, "/levels/1", False),
    ("scale an object", "/scales/often", {}, "/scales/often", True),
    ("scale empty", "/scales/often", [], "/scales/often", True),
    ("scale that nobody uses broken", "/scales/other", [{"id": "x"}], "/scales/other/0", True),
    ("scale with an option twice", "/scales/often/1/id", "0", "/scales/often/1", False),
    ("scale without points", "/scales/often/1/points", GONE, "/scales/often/1", False),
    ("scale with negative points", "/scales/often/1/points", -1, "/scales/often/1", False),
    ("dimensions missing", "/dimensions", GONE, "", True),
    ("dimensions empty", "/dimensions", [], "/dimensions", True),
    ("dimension twice", "/dimensions/1/id", "d1", "/dimensions/1", False),
    ("dimension without indicators", "/dimensions/0/indicators", GONE, "/dimensions/0", True),
    ("dimension with no indicators", "/dimensions/0/indicators", [], "/dimensions/0/indicators", True),
    ("dimension a text", "/dimensions/0", "d1", "/dimensions/0", True),
    ("dimension of negative weight", "/dimensions/1/weight", -1, "/dimensions/1", True),
    ("score unknown", "/dimensions/0/score", "average", "/dimensions/0/score", True),
    ("meaning without level", "/dimensions/0/meanings/0/level", GONE, "/dimensions/0/meanings/0", True),
    ("indicator twice", "/dimensions/1/indicators/1/id", "1.1", "/dimensions/1", False),
    ("indicator without questions", "/dimensions/0/indicators/0/questions", [], "/dimensions/0/indicators/0/questions", True),
    ("question twice", Q2 + "0/id", "single", Q2 + "0", False),
    ("question without type", Q1 + "0/type", GONE, Q1 + "0", True),
    ("question of unknown type", Q1 + "0/type", "choice", Q1 + "0/type", True),
    ("question without text", Q1 + "0/text", GONE, Q1 + "0", True),
    ("question of weight 0", Q1 + "0/weight", 0, Q1 + "0/weight", True),
    ("question of weight 0/5", Q1 + "0/weight", "0/5", Q1 + "0/weight", True),
    ("question of negative weight", Q1 + "0/weight", "-1/2", Q1 + "0/weight", True),
    ("weight with a comma", Q1 + "0/weight", "0,5", Q1 + "0/weight", True),
    ("effort 0", Q1 + "0/effort", 0, Q1 + "0/effort", True),
    ("required a text", Q1 + "0/required", "yes", Q1 + "0/required", True),
    ("options empty", Q1 + "0/options", [], Q1 + "0/options", True),
    ("options missing", Q1 + "0/options", GONE, Q1 + "0", True),
    ("options and scale", Q1 + "0/scale", "often", Q1 + "0", True),
    ("65 options", Q1 + "2/options", options(*range(1, 66)), Q1 + "2/options", True),
    ("option twice", Q1 + "0/options/1/id", "0", Q1 + "0/options/1", False),
    ("option without id", Q1 + "0/options/1/id", GONE, Q1 + "0/options/1", True),
    ("option without points", Q1 + "0/options/1/points", GONE, Q1 + "0/options/1", True),
    ("option without text", Q1 + "0/options/1/text", GONE, Q1 + "0/options/1", True),
    ("option with negative points", Q1 + "0/options/0/points", -1, Q1 + "0/options/0", True),
    ("option that excludes", Q1 + "0/options/0/exclusive", True, Q1 + "0/options/0", True),
    ("option that requires", Q1 + "0/options/0/requires", ["5"], Q1 + "0/options/0", True),
    ("what officers look for a text", Q1 + "0/options/0/officer", "sổ", Q1 + "0/options/0/officer", True),
    ("what officers look for too long", Q1 + "0/options/0/officer", {"vi": "x" * 161}, Q1 + "0/options/0/officer/vi", True),
    ("what officers look for at some options only", Q1 + "0/options/0/officer", words("x"), Q1 + "2", False),
    ("nothing earns points", Q1 + "0/options/1/points", 0, Q1 + "0", False),
    ("requires an unknown option", Q1 + "2/options/2/requires", ["8"], Q1 + "2/options/2/requires/0", False),
    ("requires itself", Q1 + "2/options/2/requires", ["late"], Q1 + "2/options/2/requires/0", False),
    ("requires a number", Q1 + "2/options/2/requires", [1], Q1 + "2/options/2/requires/0", True),
    ("scale unknown", Q1 + "1/scale", "seldom", Q1 + "1/scale", False),
    ("descriptor unknown", Q1 + "1/descriptors/9", {"vi": "chín", "en": "nine"}, Q1 + "1/descriptors/9", False),
    ("descriptor a text", Q1 + "1/descriptors/2", "hai", Q1 + "1/descriptors/2", True),
    ("descriptors of ticks", Q1 + "2/descriptors", {}, Q1 + "2/descriptors", True),
    ("rows of a single choice", Q1 + "0/rows", [{"id": "r", "text": words("r")}], Q1 + "0/rows", True),
    ("unit of a text", Q3 + "0/unit", words("kg"), Q3 + "0/unit", True),
    ("max of a single choice", Q1 + "0/max", 3, Q1 + "0/max", True),
    ("scale without rows", Q2 + "0/rows", GONE, Q2 + "0", True),
    ("scale with no rows", Q2 + "0/rows", [], Q2 + "0/rows", True),
    ("row twice", Q2 + "0/rows/1/id", "r1", Q2 + "0/rows/1", False),
    ("row with points", Q2 + "0/rows/1/points", 1, Q2 + "0/rows/1/points", True),
    ("scale without columns", Q2 + "0/columns", GONE, Q2 + "0", True),
    ("number without bands", Q2 + "2/bands", GONE, Q2 + "2", True),
    ("band with two bounds", Q2 + "2/bands/0/above", 1, Q2 + "2/bands/0", True),
    ("band without bound", Q2 + "2/bands/0/from", GONE, Q2 + "2/bands/0", True),
    ("band without points", Q2 + "2/bands/0/points", GONE, Q2 + "2/bands/0", True),
    ("band with negative points", Q2 + "2/bands/0/points", -1, Q2 + "2/bands/0", True),
    ("bands fall", Q2 + "2/bands/0/from", 13, Q2 + "2/bands/1", False),
    ("min above max", Q2 + "2/min", 101, Q2 + "2/max", False),
    ("scored text", Q3 + "0/scored", True, Q3 + "0", True),
    ("rule a text", Q1 + "1/show_if", "yes", Q1 + "1/show_if", True),
    ("rule empty", Q1 + "1/show_if", {}, Q1 + "1/show_if", True),
    ("rule with two operators", Q1 + "1/show_if/or", [True], Q1 + "1/show_if", True),
    ("operator unknown", Q1 + "1/show_if", {"equals": [1, 1]}, Q1 + "1/show_if/equals", True),
    ("operator with too few operands", Q1 + "1/show_if", {"==": [1]}, Q1 + "1/show_if/==", True),
    ("operator with too many operands", Q1 + "1/show_if", {">": [4, 3, 2, 1]}, Q1 + "1/show_if/>", True),
    ("and of nothing", Q1 + "1/show_if/and", [], Q1 + "1/show_if/and", True),
    ("fact unknown", Q1 + "1/show_if/and/1/>/0/var", "employes", Q1 + "1/show_if/and/1/>/0/var", False),
    ("answer of a later question", Q1 + "1/show_if", {"==": [{"var": "answers.yn"}, "yes"]}, Q1 + "1/show_if/==/0", False),
    ("answer that cannot be", Q1 + "1/show_if/and/0/==/1", "6", Q1 + "1/show_if/and/0/==", False),
    ("number compared with text", Q1 + "1/show_if/and/1/>/1", "3", Q1 + "1/show_if/and/1/>", False),
    ("contradiction without text", "/contradictions/0/text", GONE, "/contradictions/0", True),
    ("contradiction without rule", "/contradictions/0/if", GONE, "/contradictions/0", True),
    ("contradiction always", "/contradictions/0/if", True, "/contradictions/0/if", True),
    ("nothing is scored", "/dimensions", [{"id": "d", "name": words("d"), "indicators": [
        {"id": "i", "name": words("i"), "questions": [question("t", "text")]}]}], "/dimensions", False),
]


def split(pointer):
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def check(text, lang="en"):
    """Exit code and what the checker says, as (line, pointer, message)."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([DXREADY, "check", "--lang", lang, file.name], capture_output=True, text=True, timeout=20)
        said, odd = [], []
        for line in done.stderr.splitlines():
            found = re.fullmatch(re.escape(file.name) + r":(\d+): (?:(/\S*|/.*?): )?(.+)", line)
            if not found or int(found.group(1)) < 1:
                odd.append(line)
            elif not found.group(3).startswith("note: "):
                said.append((int(found.group(1)), found.group(2) or "", found.group(3)))
        if done.returncode not in (0, 1) or (done.returncode == 1) != bool(said) or (said and done.stdout):
            odd.append(f"exit {done.returncode}, {len(said)} faults, stdout {done.stdout!r} {done.stderr[-300:]!r}")
    return said, odd


def check_all(documents):
    texts = [json.dumps(document, ensure_ascii=False, indent=1) for document in documents]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(check, texts))


# ---- random mutations ----

KEYS = ["id", "points", "text", "options", "scale", "rows", "weight", "max", "min", "bands", "from", "above", "level",
        "vi", "colour", "var", "exclusive", "requires", "scored", "show_if", "==", "and"]
VALUES = [None, True, False, 0, -1, 1, 2.5, 1e6, 101, "", "x", "0", "1/3", "-0.5", "2021-02-30", "often", "answers.single",
          [], {}, [[]], ["1"], {"vi": "chữ"}, {"var": "employees"}, {"x": 1}, [{}]]


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield from places(child, path + (key,))


def mutate(document, dice):
    copied = copy.deepcopy(document)
    path = dice.choice([p for p in places(copied) if p])
    at = copied
    for part in path[:-1]:
        at = at[part]
    key = path[-1]
    kind = dice.choice(["delete", "rename", "change", "change", "again", "empty", "add", "swap"])
    name = f"{kind} /{'/'.join(map(str, path))}"
    if kind == "delete":
        del at[key]
    elif kind == "rename" and isinstance(at, dict):
        new = dice.choice(KEYS)
        at[new] = at.pop(key)
        name += f" to {new}"
    elif kind == "again" and isinstance(at, list):
        at.insert(key, copy.deepcopy(at[key]))
    elif kind == "empty" and isinstance(at[key], (list, dict)):
        at[key].clear()
    elif kind == "add" and isinstance(at, dict):
        new = dice.choice(KEYS)
        at[new] = dice.choice(VALUES)
        name += f": {new} = {at[new]!r}"
    elif kind == "swap" and isinstance(at, list):
        other = dice.randrange(len(at))
        at[key], at[other] = at[other], at[key]
    else:
        at[key] = copy.deepcopy(dice.choice(VALUES))
        name += f": {at[key]!r}"
    return name, copied


def is_semantic(message):
    return any(re.search(pattern, message) for pattern in SEMANTIC)


def main():
    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in sorted(glob.glob("questionnaires/*@*.json") + glob.glob("tests/data/*@*.json")):
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
        done = subprocess.run([DXREADY, "check", path], capture_output=True, text=True)
        report(not errors and done.returncode == 0, f"both accept {path}", "\n".join(errors) + done.stderr)
    said, odd = check_all([GOOD])[0]
    report(validator.is_valid(GOOD) and not said and not odd, "both accept everything that the format has", f"{said} {odd}")

    results = check_all([changed(GOOD, pointer, value) for _, pointer, value, _, _ in NAMED])
    for (name, pointer, value, where, seen), (said, odd) in zip(NAMED, results):
        refused = not validator.is_valid(changed(GOOD, pointer, value))
        ok = not odd and refused == seen and any(place == where for _, place, _ in said)
        ok = ok and (seen or all(is_semantic(message) for _, _, message in said))
        report(ok, f"{name}: {'both refuse' if seen else 'the checker refuses, no schema sees it'}",
               f"schema refuses: {refused}; wanted at {where!r}; said {said} {odd}")

    several = GOOD
    for pointer, value in (("/colour", 1), (Q1 + "0/weight", 0), (Q1 + "2/options/0/points", []), (Q2 + "0/rows/1/id", "r1"),
                           (Q2 + "2/bands/0/points", GONE), ("/levels/1/name", GONE), ("/contradictions/0/if", {"x": 1}),
                           ("/scales/often/0/text/vi", "")):
        several = changed(several, pointer, value)
    said, odd = check_all([several])[0]
    found = {place for _, place, _ in said}
    wanted = {"/colour", Q1 + "0/weight", Q1 + "2/options/0/points", Q2 + "0/rows/1", Q2 + "2/bands/0", "/levels/1",
              "/contradictions/0/if/x", "/scales/often/0/text/vi"}
    report(not odd and found == wanted, "eight faults are said at once, and nothing else", f"{sorted(found ^ wanted)} {said}")

    dice = random.Random(SEED)
    print(f"# random mutations with SCHEMA_SEED={SEED}")
    mutants = [mutate(GOOD, dice) for _ in range(RANDOM_MUTANTS)]
    both = neither = only_check = 0
    for (name, document), (said, odd) in zip(mutants, check_all([document for _, document in mutants])):
        refused = not validator.is_valid(document)
        both += refused and bool(said)
        neither += not refused and not said
        only_check += not refused and bool(said)
        if odd:
            report(False, f"seed {SEED}: {name}", "\n".join(odd))
        elif refused and not said:
            report(False, f"seed {SEED}: {name}: the schema refuses what the checker accepts",
                   next(validator.iter_errors(document)).message)
        elif said and not refused and not all(is_semantic(message) for _, _, message in said):
            report(False, f"seed {SEED}: {name}: the schema accepts what the checker refuses", f"{said}")
    report(both > 80 and neither > 10, f"{RANDOM_MUTANTS} random mutations: both refuse {both}, both accept {neither}, "
           f"only the checker refuses {only_check} (order, names, types of facts)")
    tool.finish()


main()
