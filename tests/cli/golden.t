#!/usr/bin/env python3
"""What people read, as a whole: outputs are held against the texts in tests/golden.

    tests/cli/golden.t --update     shows each difference and asks whether it is right (make golden)
"""
import difflib
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


def run(*words):
    return tool.run(*words).stdout


def report(response, options):
    """The text of a report; what changes with every policy file (its hash) is left out."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        run("report", response, "-o", pdf.name, *options, *ON)
        text = subprocess.run(["pdftotext", "-layout", pdf.name, "-"], capture_output=True, text=True).stdout
    # a hash is as wide as its digits, so it may stand on a line of its own
    return re.sub(r"\b[0-9a-f]{12}…", "(hash)…", re.sub(r":\s+\b[0-9a-f]{64}\b", ": (hash)", text))


def outputs():
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
