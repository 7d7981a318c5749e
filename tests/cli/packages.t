#!/usr/bin/env python3
"""Files of packages: what is right passes the schema and `dxready check`; what is wrong is named with its place."""
import copy
import json
import os
import re
import subprocess
import tempfile

import jsonschema

import tool
from tool import DXREADY, GONE, changed, report

SCHEMA = "questionnaires/packages/packages.schema.json"
FOLDER = "questionnaires/packages"

# where it is changed, to what (GONE: removed), where the checker must say so, what it says, seen by the schema too
NAMED = [
    ("/kind", GONE, "", "kind", True),
    ("/questionnaire", GONE, "", "questionnaire", True),
    ("/questionnaire", "dbi-sme@1999", "/questionnaire", "there is no questionnaire", False),
    ("/plan", GONE, "", "plan", True),
    ("/plan/margin_points", -1, "/plan/margin_points", "0 or more", True),
    ("/plan/at_least", 1.5, "/plan/at_least", "whole", True),
    ("/plan/at_once/small", 0, "/plan/at_once/small", "1", True),
    ("/plan/capacity_weeks_per_year/medium", GONE, "/plan/capacity_weeks_per_year", "medium", True),
    ("/plan/capacity_weeks_per_year/big", 3, "/plan/capacity_weeks_per_year/big", "big", True),
    ("/plan/capacity_weeks_per_month/micro", 0, "/plan/capacity_weeks_per_month/micro", "above 0", True),
    ("/packages", [], "/packages", "", True),
    ("/packages/0/id", "kế-hoạch", "/packages/0/id", "", True),
    ("/packages/1/id", "plan-1", "/packages/1", "stands twice", False),
    ("/packages/0/name", GONE, "/packages/0", "name", True),
    ("/packages/0/what/fr", "Ecrire", "/packages/0/what/fr", "", True),
    ("/packages/0/what/vi", "dài " * 100, "/packages/0/what", "more than", False),
    ("/packages/0/colour", "red", "/packages/0/colour", "", True),
    ("/packages/0/questions", [], "/packages/0/questions", "", True),
    ("/packages/0/questions/0/id", "9.9.9", "/packages/0/questions/0/id", "has no question '9.9.9'", False),
    ("/packages/0/questions/0/option", "17", "/packages/0/questions/0/option", "has no option '17'", False),
    ("/packages/0/questions/0/option", GONE, "/packages/0/questions/0", "option", True),
    ("/packages/0/questions/0/row", "x", "/packages/0/questions/0/row", "has no rows", False),
    ("/packages/0/questions/0/ticks", ["1"], "/packages/0/questions/0", "ticks", True),
    ("/packages/0/questions/0/by", 3, "/packages/0/questions/0/by", "2", True),
    ("/packages/1/questions/0/from", "16", "/packages/1/questions/0/from", "has no option '16'", False),
    ("/packages/0/effort/small", 0, "/packages/0/effort/small", "above 0", True),
    ("/packages/0/effort/small", 1001, "/packages/0/effort/small", "at most 1000", True),
    ("/packages/0/effort", {"small": 1}, "/packages/0/effort", "micro", True),
    ("/packages/0/months/small", 0, "/packages/0/months/small", "1", True),
    ("/packages/0/needs", ["training"], "/packages/0/needs/0", "no policy has the 'content' 'training'", False),
    ("/packages/0/needs", ["accounting-platform", "training"], "/packages/0/needs/1", "no policy has the 'content' 'training'", False),
    ("/packages/0/suits", False, "/packages/0/suits", "suits nobody", True),
    ("/packages/0/suits", {"==": [{"var": "colour"}, "red"]}, "/packages/0/suits/==/0/var", "colour", False),
    ("/packages/0/suits", {"in": [{"var": "answers.2.1.1"}, ["17"]]}, "/packages/0/suits", "", False),
    ("/packages/0/requires", [{"id": "3.2.3", "option": "9"}], "/packages/0/requires/0/option", "no option '9'", False),
    ("/packages/0/base/order", 0, "/packages/0/base/order", "1", True),
    ("/packages/0/base/or", ["plan-9"], "/packages/0/base/or/0", "id of a package", False),
    ("/packages/0/base/or", ["plan-1"], "/packages/0/base/or/0", "for itself", False),
    ("/plan/beginners/packages", ["plan-9"], "/plan/beginners/packages/0", "id of a package", False),
    ("/plan/beginners/at_least", 0, "/plan/beginners/at_least", "1", True),
    ("/ask/0/fact", "colour", "/ask/0/fact", "no fact 'colour'", False),
    ("/ask/0/fact", GONE, "/ask/0", "fact", True),
]


def check(document, lang="en"):
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
        file.flush()
        done = subprocess.run([DXREADY, "check", "--lang", lang, file.name], capture_output=True, text=True, timeout=20)
        return done.returncode, tool.parse(done.stderr.replace(file.name, "F").encode(), "")


def main():
    with open(SCHEMA, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in sorted(os.listdir(FOLDER)):
        if "@" not in name:
            continue
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            document = json.load(file)
        code, said = check(document)
        errors = [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(document)]
        report(not errors and code == 0 and document["questionnaire"] + ".json" == name, f"both accept {name}", f"{errors} {said}")
        ids = [package["id"] for package in document["packages"]]
        words = [package[key] for package in document["packages"] for key in ("name", "what", "result", "who")]
        report(len(ids) == len(set(ids)) and all(set(w) == {"vi", "en"} for w in words), f"{name}: every text in both languages")

    with open(os.path.join(FOLDER, "dbi-sme@2021.json"), encoding="utf-8") as file:
        good = json.load(file)
    for pointer, value, where, text, seen in NAMED:
        broken = changed(good, pointer, value)
        code, said = check(broken)
        refused = not validator.is_valid(broken)
        ok = code == 1 and None not in said and any(f[2].startswith(where) and text in f[3] for f in said) and refused == seen
        name = f"{pointer} = {'nothing' if value is GONE else json.dumps(value, ensure_ascii=False)[:40]}"
        report(ok, f"{name}: refused at its place", f"schema refuses: {refused}; {said}")
        code, said = check(broken, "vi")
        report(code == 1 and all(f and re.search("[à-ỹđ]", f[3]) for f in said), f"{name}: said in Vietnamese", f"{said}")

    # papers-2 waits for e-invoices (books-1); books-1 for what only papers-2 brings: a circle
    circle = copy.deepcopy(good)
    books = next(p for p in circle["packages"] if p["id"] == "books-1")
    books["requires"] = [{"id": "1.2.4", "option": "3"}]
    code, said = check(circle)
    named = sorted(re.search("'(.*?)'", f[3]).group(1) for f in said if "waits for itself" in f[3])
    report(code == 1 and {"books-1", "papers-2"} <= set(named), "a circle of requirements is refused", f"{said}")
    tool.finish()


main()
