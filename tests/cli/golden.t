#!/usr/bin/env python3
"""What people and programs read, as a whole: outputs are held against the texts in tests/golden.

    tests/cli/golden.t --update     shows each difference and asks whether it is right (make golden)
"""
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile

import tool

DEMO = "tests/data/demo/responses/"
GARMENT, HOUSEHOLD = DEMO + "may-sen-vang.json", DEMO + "may-hoa-mai.json"
ON = ["--on", "2026-11-24"]
REPORTS = {"report-vi": (GARMENT, ["--lang", "vi"]), "report-en": (HOUSEHOLD, ["--lang", "en"]),
           "report-progress-vi": (GARMENT, ["--lang", "vi", "--before", DEMO + "may-sen-vang-2025.json"]),
           "summary-vi": (HOUSEHOLD, ["--lang", "vi", "--summary"]),
           "summary-en": (GARMENT, ["--lang", "en", "--summary"])}
TEXTS = {"score-vi": ["score", GARMENT], "score-ledger-en": ["score", GARMENT, "--ledger", "--lang", "en"],
         "match-vi": ["match", HOUSEHOLD, *ON], "match-en": ["match", GARMENT, "--lang", "en", *ON],
         "plan-vi": ["plan", GARMENT], "help-vi": ["--help"], "help-en": ["--help", "--lang", "en"]}
# Of a match some policies stand for all: one of each verdict and kind of amount.
POLICIES = {"nd80-art11-2", "nd80-art15", "nd245-deferral", "nd20-art10", "hd-nq23-2023"}
OLDER = DEMO + "may-sen-vang-2025.json"
DOCUMENTS = {"score": ["score", HOUSEHOLD], "score-ledger": ["score", GARMENT, "--ledger"], "match": ["match", HOUSEHOLD, *ON],
             "plan": ["plan", HOUSEHOLD], "compare": ["compare", OLDER, GARMENT]}
STORED = {"list": ["list"], "list-flags": ["list", "--flags"], "show": ["show", "0899010130", *ON], "stats": ["stats", "--internal", "--by", "size", *ON],
          "stats-public": ["stats", "--by", "level", *ON], "match-all": ["match", "--all", *ON], "compare-stored": ["compare", "0899010130"]}
CHANGING = {"reference", "imported_at", "hash", "questionnaire_hash", "catalogue_hash", "program", "program_version", "source", "last_import", "started_at"}


def run(*words):
    return tool.run(*words).stdout


def report(response, options):
    """The text of a report; what changes with every policy file (its hash) is left out."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        run("report", response, "-o", pdf.name, *options, *ON)
        text = subprocess.run(["pdftotext", "-layout", pdf.name, "-"], capture_output=True, text=True).stdout
    # a hash is as wide as its digits, so it may stand on a line of its own
    return re.sub(r"\b[0-9a-f]{12}…", "(hash)…", re.sub(r":\s+\b[0-9a-f]{64}\b", ": (hash)", text))


def settled(value, key=""):
    """A document without what differs from run to run, and of policies only those that stand for all."""
    if isinstance(value, dict):
        return {name: settled(member, name) for name, member in value.items()}
    if isinstance(value, list):
        items = value
        if key in ("policies", "benefits") and len(value) > len(POLICIES):
            items = [item for item in value if item.get("id", item.get("policy")) in POLICIES]
        return [settled(item) for item in items]
    is_random = isinstance(value, str) and re.fullmatch(r"0000[0-9a-z]{28}-\w+", value)  # a reference
    return "(changes)" if is_random or key in CHANGING and value else value


def document(*words):
    text = run(*words, "--json")
    try:
        return json.dumps(settled(json.loads(text)), indent=1, ensure_ascii=False) + "\n"
    except json.JSONDecodeError as error:
        return f"no JSON: {error}\n{text}"


def documents():
    for name, words in DOCUMENTS.items():
        yield f"json/{name}", document(*words)
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "golden.db")
        names = sorted(name for name in os.listdir(DEMO) if name.startswith(("may-", "htx-rau", "banh-dau")))
        yield "json/import", document("import", *(DEMO + name for name in names), "--db", database)
        for name, words in STORED.items():
            yield f"json/{name}", document(*words, "--db", database)


def outputs():
    yield from documents()
    for name, (response, options) in REPORTS.items():
        yield name, report(response, options)
    for name, words in TEXTS.items():
        yield name, run(*words)


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def difference(path, old, new):
    return list(difflib.unified_diff(old.splitlines(), new.splitlines(), path, "now", lineterm="", n=2))


def update():
    for name, text in outputs():
        path = f"tests/golden/{name}.txt"
        lines = difference(path, read(path), text)
        if not lines:
            continue
        print("\n".join(lines))
        if input(f"{path}: is this right? [y/n] ").strip().lower() == "y":
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)


def test():
    for name, text in outputs():
        path = f"tests/golden/{name}.txt"
        lines = difference(path, read(path), text)
        tool.report(text and not lines, path, "\n".join(lines))
    tool.finish()


if "--update" in sys.argv:
    update()
else:
    test()
