#!/usr/bin/env python3
"""`dxready rule RULE.json FACTS.json`: a sample of the public JsonLogic suite, and three truth values."""
import json
import os
import subprocess
import tempfile

import tool

STEP = int(os.environ.get("RULE_STEP", "6"))  # 1: the whole suite
# By number, from 1, in tests/data/jsonlogic/tests.json: rely on null or on types that are converted (docs/rules.md).
COERCIONS = {9, 16, 23, 27, 31, 38, 95, 99, 103, 106, 247, 250}

V = {"var": "a"}
W = {"var": "b"}
# rule, facts, verdict, value, missing
KLEENE = [
    ({"and": [V, W]}, {}, "unknown", None, ["a", "b"]),
    ({"and": [V, W]}, {"a": True}, "unknown", None, ["b"]),
    ({"and": [V, W]}, {"b": False}, "false", False, []),
    ({"and": [False, V]}, {}, "false", False, []),
    ({"and": [True, True]}, {}, "true", True, []),
    ({"or": [V, True]}, {}, "true", True, []),
    ({"or": [V, W]}, {"b": False}, "unknown", None, ["a"]),
    ({"or": [False, 0]}, {}, "false", 0, []),
    ({"!": V}, {}, "unknown", None, ["a"]),
    ({"!": [V]}, {"a": None}, "unknown", None, ["a"]),
    ({"!!": [V]}, {"a": []}, "false", False, []),
    ({"<=": [V, 100]}, {}, "unknown", None, ["a"]),
    ({"<=": [V, 100]}, {"a": 0}, "true", True, []),
    ({"<": [1, V, 3]}, {"a": 2}, "true", True, []),
    ({"<": [1, V, 3]}, {"a": 3}, "false", False, []),
    ({"<": [1, V, 0]}, {}, "unknown", None, ["a"]),
    ({"==": [V, 0]}, {}, "unknown", None, ["a"]),
    ({"!=": [V, 0]}, {}, "unknown", None, ["a"]),
    ({"==": [V, "x"]}, {"a": 3}, "unknown", None, []),
    ({"===": [V, "3"]}, {"a": 3}, "false", False, []),
    ({"in": [V, [1, 2]]}, {}, "unknown", None, ["a"]),
    ({"if": [V, 1, 2]}, {}, "unknown", None, ["a"]),
    ({"if": [True, 1, V]}, {}, "true", 1, []),
    ({"+": [0.1, 0.2]}, {}, "true", 0.3, []),
    ({"*": [{"/": [1, 3]}, 3]}, {}, "true", 1, []),
    ({"/": [1, 3]}, {}, "true", "1/3", []),
    ({"/": [1, V]}, {"a": 0}, "unknown", None, []),
    ({"+": [V, 1]}, {}, "unknown", None, ["a"]),
    ({"min": [V, 5]}, {}, "unknown", None, ["a"]),
    ({"max": [V, 5]}, {"a": -1}, "true", 5, []),
    ({"missing": ["a", "b"]}, {"b": 1}, "true", ["a"], []),
    ({"missing_some": [1, ["a", "b"]]}, {"b": 1}, "false", [], []),
    ({"var": ["a", 7]}, {}, "true", 7, []),
    ({"var": "a.b.1"}, {"a": {"b": [3, 4]}}, "true", 4, []),
    ({"<": [{"var": "founded"}, "2026-01-01"]}, {"founded": "2025-12-31"}, "true", True, []),
    ({">=": [{"var": "founded"}, {"years_before": ["2024-02-29", 1]}]}, {"founded": "2023-02-28"}, "true", True, []),
    ({"<": [{"var": "founded"}, {"years_before": ["2026-11-23", 5]}]}, {"founded": "2021-11-23"}, "false", False, []),
    ({"some": [{"var": "list"}, {">": [{"var": "x"}, 1]}]}, {"list": [{"x": 1}, {"x": 2}]}, "true", True, []),
    ({"all": [{"var": "list"}, {">": [{"var": ""}, 1]}]}, {"list": [2, 3]}, "true", True, []),
    ({"reduce": [[1, 2, 3], {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]}, {}, "true", 6, []),
    ({"cat": ["Đại ", {"substr": ["Phát đạt", 0, 4]}]}, {}, "true", "Đại Phát", []),
]


def run(folder, rule, facts):
    for name, document in (("rule.json", rule), ("facts.json", facts)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False)
    done = subprocess.run([tool.DXREADY, "rule", os.path.join(folder, "rule.json"), os.path.join(folder, "facts.json"), "--lang", "en"],
                          capture_output=True, text=True)
    return done, json.loads(done.stdout) if done.returncode == 0 else None


def main():
    with open("tests/data/jsonlogic/tests.json", encoding="utf-8") as file:
        suite = [case for case in json.load(file) if isinstance(case, list)]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, len(suite) + 1, STEP):
            if number in COERCIONS:
                continue
            rule, facts, expected = suite[number - 1]
            done, result = run(folder, rule, facts)
            tool.report(done.returncode == 0 and not done.stderr and result["value"] == expected,
                        f"suite {number}: {json.dumps(rule)[:60]}", f"{expected!r} wanted: {done}")
        for rule, facts, verdict, value, missing in KLEENE:
            done, result = run(folder, rule, facts)
            ok = done.returncode == 0 and (result["verdict"], result["value"], sorted(result["missing"])) == (verdict, value, missing)
            tool.report(ok and (verdict != "unknown" or bool(missing) or "reason" in result),
                        f"{json.dumps(rule, ensure_ascii=False)} of {json.dumps(facts)} is {verdict}", str(done))
    tool.finish()


main()
