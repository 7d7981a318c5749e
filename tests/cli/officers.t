#!/usr/bin/env python3
"""What officers do with what is stored: lists, reports of many, comparisons; and pipes that end early."""
import os
import subprocess

import tool
from tool import DXREADY, WorkFolder, finish, report as ok, same

RESPONSES = os.path.join(os.getcwd(), "tests/data/demo/responses")
GARMENT = os.path.join(RESPONSES, "may-sen-vang.json")
TAX_CODE = "0899014946"
ON = ["--on", "2026-11-24"]


def run(*args, lang="en", **more):
    return tool.run(*args, lang=lang, timeout=120, **more)


# ---- `| head` ----

def unread(*args):
    """Runs into a pipe that nobody reads any more."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run([DXREADY, *args], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    finally:
        os.close(writer)


def head():
    for args in (["list"], ["list", "--json"], ["list", "--imports"], ["show", TAX_CODE], ["show", TAX_CODE, "--json"], ["stats"],
                 ["match", "--all"], ["export", "--format", "csv"], ["export", "--format", "jsonl"],
                 ["export", "--format", "xlsx", "-o", "-"], ["score", GARMENT], ["plan", GARMENT], ["compare", GARMENT, GARMENT],
                 ["rescore", "--to", "dbi-sme@2025"], ["pages"], ["import", GARMENT]):
        done = unread(*args)
        same((done.returncode, done.stderr), (0, ""), f"head: dxready {args[0]} {' '.join(a for a in args[1:] if a[0] == '-')}")
    with open("bad.json", "w", encoding="utf-8") as file:
        file.write("{}")
    same(unread("import", "bad.json", GARMENT).returncode, 1, "head: what is wrong is wrong all the same")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([DXREADY, "list"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    ok(done.returncode == 3 and done.stderr, "head: a full disk is a fault", done.stderr)


def main():
    with WorkFolder():
        done = run("import", RESPONSES)
        ok(done.returncode == 0, "the responses of the demo", done.stderr)
        head()
    finish()


main()
