#!/usr/bin/env python3
"""Assessments that were withdrawn, and those of which nobody knows any more whose they are."""
import json
import os
import sqlite3

import tool
from tool import WorkFolder, finish, report as ok, same

RESPONSES = os.path.join(os.getcwd(), "tests/data/demo/responses")
TAX_CODE = "0899014946"


def run(*args, lang="en"):
    return tool.run(*args, lang=lang, timeout=120)


def runs(name, *args, lang="en"):
    done = run(*args, lang=lang)
    ok(done.returncode == 0 and "(null)" not in done.stdout, name, done.stdout + done.stderr)
    return done.stdout


def listed():
    return json.loads(run("list", "--json").stdout)


def sql(*statements):
    db = sqlite3.connect("dxready.db")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def withdrawn():
    one = json.loads(run("show", TAX_CODE, "--json").stdout)["reference"]
    number = one[:6]
    before = run("stats", "--json").stdout
    sql("UPDATE assessment SET is_withdrawn = 1 WHERE enterprise ="
        f" (SELECT id FROM enterprise WHERE tax_code = '{TAX_CODE}')")
    rest = [a["reference"] for a in listed()["assessments"]]
    ok(len(rest) == 60 and one not in rest, "withdrawn: not listed", len(rest))
    ok(run("stats", "--json").stdout != before, "withdrawn: not counted in statistics")
    table = runs("withdrawn: export", "export", "--format", "csv")
    ok(TAX_CODE not in table and len(table.splitlines()) == 61, "withdrawn: not exported", table[-300:])
    for key in (TAX_CODE, number, one[:32]):
        ok(run("show", key).returncode == 1, f"withdrawn: not found by {key}")
    runs("withdrawn: found by its whole reference", "show", one)
    done = run("import", RESPONSES, "--json")
    ok(json.loads(done.stdout)["unchanged"] == 62, "withdrawn: put again", done.stdout + done.stderr)
    ok(len(listed()["assessments"]) == 62 and run("stats", "--json").stdout == before,
       "withdrawn: counts again")


def without_names(facts):
    """Facts (include/store/codec.h) without the first two, tax code and name: texts of key 1 and 2."""
    at = 1
    for key in (1, 2):
        assert facts[at] == key << 3 | 4 and facts[at + 1] < 128, facts
        at += facts[at + 1] + 3
    return b"\x01" + facts[at:]


def erased():
    """As dossier_erase() leaves rows (tests/unit/test_dossier_erase.c)."""
    before = run("stats", "--json").stdout
    reference = json.loads(run("show", TAX_CODE, "--json").stdout)["reference"]
    db = sqlite3.connect("dxready.db")
    for one, facts in db.execute("SELECT v.id, v.facts FROM assessment v JOIN enterprise e ON e.id = v.enterprise"
                                 f" WHERE tax_code = '{TAX_CODE}'").fetchall():
        db.execute("UPDATE assessment SET facts = ? WHERE id = ?", (without_names(facts), one))
    db.commit()
    db.close()
    sql("UPDATE enterprise SET name = NULL, tax_code = NULL, name_fold = '_', area = CAST(id AS TEXT)"
        f" WHERE tax_code = '{TAX_CODE}'")
    nameless = [a for a in listed()["assessments"] if a["name"] is None and a["tax_code"] is None]
    ok(len(nameless) == 2, "erased: listed without a name", nameless)
    ok(run("stats", "--json").stdout == before, "erased: statistics are as before")
    for lang in ("vi", "en"):
        runs(f"erased: list in {lang}", "list", "--sort", "name", lang=lang)
        shown = runs(f"erased: show in {lang}", "show", reference, lang=lang)
        ok(shown.startswith("–\n"), f"erased: shown without a name in {lang}", shown[:80])
        runs(f"erased: stats in {lang}", "stats", lang=lang)
    runs("erased: show --json", "show", reference, "--json")
    runs("erased: export as CSV", "export", "--format", "csv")
    runs("erased: export as JSON lines", "export", "--format", "jsonl")
    runs("erased: rescore all", "rescore", "--to", "dbi-sme@2021")
    runs("erased: rescore all, --json", "rescore", "--to", "dbi-sme@2021", "--json")
    runs("erased: match all", "match", "--all", "--on", "2026-11-23")


def exported():
    """What is stored and counts, without when and by which import it came."""
    return run("export", "--format", "jsonl").stdout


def imported(path, *more):
    done = run("import", path, "--json", *more)
    got = json.loads(done.stdout)
    return {key: got[key] for key in ("inserted", "revised", "unchanged", "rejected") if got[key]}


def undo(number, lang="en"):
    return run("import", "--undo", str(number), "--json", lang=lang)


def undone():
    """An import of one changed and one new enterprise is taken back, and comes again."""
    with open(os.path.join(RESPONSES, "may-sen-vang.json"), encoding="utf-8") as file:
        changed = json.load(file)
    code = changed["enterprise"]["tax_code"]
    fresh = json.loads(json.dumps(changed))
    changed["enterprise"]["name"] = "Tên Khác Minh Họa"
    changed["enterprise"]["employees"] = 190
    fresh["enterprise"].update(tax_code="0899990017", name="Mới Minh Họa")
    with open("two.json", "w", encoding="utf-8") as file:
        json.dump([changed, fresh], file)
    before, stats = exported(), run("stats", "--json").stdout
    same(imported("two.json", "--sender", "Xã Ví Dụ"), {"inserted": 1, "revised": 1}, "undo: comes in")
    last = json.loads(run("list", "--imports", "--json").stdout)["imports"][0]
    number = last["import"]
    same((last["sender"], last["undone_at"]), ("Xã Ví Dụ", None), "undo: the record says who sent it")
    ok("Xã Ví Dụ" in run("show", code).stdout, "undo: and so does what came with it", run("show", code).stdout[-400:])
    done = undo(number)
    same((done.returncode, json.loads(done.stdout or "{}")), (0, {"import": number, "withdrawn": 1, "restored": 1}),
         "undo: says what it did")
    same(exported(), before, "undo: all is as before")
    same(run("stats", "--json").stdout, stats, "undo: also in statistics")
    ok(run("show", "0899990017").returncode == 1, "undo: what came is not found any more")
    done = undo(number)
    ok(done.returncode == 1 and "before" in done.stderr, "undo: once only", done.stderr)
    same(imported("two.json"), {"revised": 2}, "undo: the same file again")
    ok("0899990017" in exported(), "undo: what it brought counts again")
    same(imported("two.json"), {"unchanged": 2}, "undo: and again is nothing new")
    changed["enterprise"]["employees"] = 191
    with open("one.json", "w", encoding="utf-8") as file:
        json.dump(changed, file)
    imported("one.json")
    after = exported()
    for lang, word in (("vi", "1 đánh giá"), ("en", "1 of its assessments")):
        done = undo(number + 1, lang)
        ok(done.returncode == 1 and word in done.stderr and "Tên Khác Minh Họa" in done.stderr,
           f"undo: refused once it is built on, {lang}", done.stderr)
    same(exported(), after, "undo: nothing is changed then")
    later = json.loads(run("list", "--imports", "--json").stdout)["imports"][0]["import"]
    same(json.loads(undo(later).stdout)["restored"], 1, "undo: the later one first")
    same(json.loads(undo(number + 1).stdout), {"import": number + 1, "withdrawn": 1, "restored": 1}, "undo: then the earlier")
    same(exported(), before, "undo: all is as before both")
    for words, what in ((["--undo", "999"], "999"), (["--undo", "1", "two.json"], "--undo"), (["--undo", "x"], "--undo"),
                        (["--undo", "1", "--round", "2"], "--round"), ([], "--undo")):
        done = run("import", *words)
        ok(done.returncode in (1, 2) and what in done.stderr and len(done.stderr.splitlines()) <= 2, f"undo: import {words}",
           done.stderr)


with WorkFolder():
    run("import", RESPONSES)
    undone()
    withdrawn()
    erased()
finish()
