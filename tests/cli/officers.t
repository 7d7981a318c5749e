#!/usr/bin/env python3
"""What officers do with what is stored: lists, reports of many, comparisons; and pipes that end early."""
import csv
import fcntl
import json
import os
import re
import sqlite3
import subprocess
import time

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


# ---- lists ----

def listed(*args):
    return json.loads(run("list", "--json", *args).stdout)


def add_doubtful():
    """One that answered faster than anybody reads, and one that left most open."""
    with open(GARMENT, encoding="utf-8") as file:
        response = json.load(file)
    response.update(round="2027", submitted_on="2026-11-20", minutes=1)
    write("hasty.json", response)
    response.pop("minutes")
    response.update(round="2028", answers={"1.1.1": 3})
    write("open.json", response)
    done = run("import", "hasty.json", "open.json", "--json")
    same(json.loads(done.stdout)["inserted"], 2, "list: two doubtful ones")


def write_bytes(path, data):
    with open(path, "wb") as file:
        file.write(data)


def write(path, document):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)


def pages_of_lists():
    everything = [a["reference"] for a in listed("--sort", "-score")["assessments"]]
    part = listed("--sort", "-score", "--offset", "5", "--limit", "7")
    same([a["reference"] for a in part["assessments"]], everything[5:12], "list: a page by --offset and --limit")
    same((part["offset"], part["total"]), (5, len(everything)), "list: which page, and of how many")
    same(listed("--offset", "1000")["assessments"], [], "list: behind the last one there is nothing")
    said = run("list", "--limit", "2", "--offset", "3").stdout
    ok(f"2 of {len(everything)} assessments, after the first 3" in said, "list: the page is said", said)
    for bad in (["--offset", "-1"], ["--sort", "colour"], ["--offset", "x"]):
        same(run("list", *bad).returncode, 2, f"list: {' '.join(bad)} is no option")
    done = run("list", "--sort", "colour", lang="vi")
    ok("date" in done.stderr and "flags" in done.stderr, "list: what it can be sorted by is said", done.stderr)


def orders_of_lists():
    keys = {"date": "submitted_on", "submitted": "submitted_on", "area": "area", "level": "level", "round": "round",
            "flags": lambda a: len(a["flags"]), "incomplete": lambda a: 0 if a["complete"] else 10001 - 100 * float(a["coverage"])}
    for sort, key in keys.items():
        for sign in ("", "-"):
            rows = listed("--sort", sign + sort)["assessments"]
            values = [key(a) if callable(key) else a[key] for a in rows]
            known = [value for value in values if value is not None]
            ok(len(known) > 20 and known == sorted(known, reverse=bool(sign)) and values[:len(known)] == known,
               f"list: sorted by {sign}{sort}", values)


def flags_of_lists():
    flagged = listed("--flags")
    same([(a["round"], a["flags"]) for a in flagged["assessments"]], [("2027", ["too-fast"])], "list: --flags")
    same(flagged["total"], 1, "list: --flags is counted")
    ok("flags" not in listed("--limit", "1")["assessments"][0], "list: nobody looks for flags unasked")
    said = run("list", "--flags", lang="vi").stdout
    ok("Cần xem lại" in said and "trả lời quá nhanh" in said, "list: flags in words", said)
    same(listed("--sort", "-flags", "--limit", "1")["assessments"][0]["round"], "2027", "list: the most flags first")
    incomplete = listed("--incomplete")["assessments"]
    ok(len(incomplete) > 3 and not any(a["complete"] for a in incomplete), "list: --incomplete", incomplete)
    same(listed("--sort", "-incomplete", "--limit", "1")["assessments"][0]["round"], "2028", "list: the least answered first")
    lines = run("export", "--format", "jsonl", "--flags").stdout.splitlines()
    same([json.loads(line)["round"] for line in lines], ["2027"], "export: --flags")
    lines = run("export", "--format", "jsonl", "--incomplete").stdout.splitlines()
    same(len(lines), len(incomplete), "export: --incomplete")


def names_in_lists():
    vi, en = (run("list", "--round", "2026", "--name", "sen vang", lang=lang).stdout for lang in ("vi", "en"))
    ok("3 Hình thành" in vi and "doanh nghiệp" in vi and "Công nghiệp chế biến, chế tạo" in vi and " vừa " in vi,
       "list: names in Vietnamese", vi)
    ok("3 Forming" in en and "enterprise" in en and "Manufacturing" in en and " medium " in en, "list: names in English", en)
    everybody = listed("--round", "2026")
    names = everybody["names"]
    for code in ("area", "section", "form", "size_class"):
        used = {a[code] for a in everybody["assessments"]} - {None}
        same({c for c in names[code] if c != "unknown"}, used - {"unknown"}, f"list: the codes of {code} have names")
    ok(names["level"]["dbi-sme@2021"]["3"] == {"vi": "Hình thành", "en": "Forming"}, "list: levels have names", names["level"])


def lists():
    add_doubtful()
    pages_of_lists()
    orders_of_lists()
    flags_of_lists()
    names_in_lists()


# ---- reports of what is stored ----

def reports(*args, **more):
    return run("report", *(args if "--on" in args else [*ON, *args]), lang="en" if "--lang" in args else "vi", **more)


def made(*args):
    done = reports("--json", *args)
    ok(done.returncode == 0 and done.stderr == "", f"report: {' '.join(args)}", done.stderr)
    counts = json.loads(done.stdout)
    return [counts[key] for key in ("assessments", "written", "kept", "renamed", "failed")]


def stamps(folder):
    return {name: (os.stat(os.path.join(folder, name)).st_ino, os.path.getsize(os.path.join(folder, name)))
            for name in os.listdir(folder)}


def text_of(path):
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=False).stdout


def the_same_again():
    same(made("-o", "R", "--round", "2026"), [48, 48, 0, 0, 0], "report: one for each that passes the filters")
    files = sorted(os.listdir("R"))
    ok(len(files) == 48 and all(re.fullmatch(r"[a-z0-9-]+-2026-[0-9a-z]{6}-[0-9a-z]+-vi\.pdf", name) for name in files),
       "report: names that every system takes", files)
    name = next(n for n in files if "sen-vang" in n)
    run("report", GARMENT, "-o", "one.pdf", *ON, lang="vi")
    same(text_of(os.path.join("R", name)), text_of("one.pdf"), "report: what is stored makes the report of the response")
    before = stamps("R")
    same(made("-o", "R", "--round", "2026"), [48, 0, 48, 0, 0], "report: again nothing is new")
    same(stamps("R"), before, "report: no file is touched")
    with open(os.path.join("R", files[3]), "r+b") as file:
        file.truncate(5000)
    os.unlink(os.path.join("R", files[4]))
    with open(os.path.join("R", files[5] + ".0123abcd.tmp"), "wb") as file:
        file.write(b"%PDF-1.7 half")
    same(made("-o", "R", "--round", "2026"), [48, 2, 46, 0, 0], "report: what is broken or missing is made")
    same(sorted(os.listdir("R")), files, "report: what was left half-written is gone")
    return name


def another_result(name):
    with open(GARMENT, encoding="utf-8") as file:
        response = json.load(file)
    response["answers"]["1.1.1"] = "0"
    response["enterprise"]["name"] = "Công ty Đổi Tên"
    response["submitted_on"] = "2026-11-25"  # the last of this enterprise: it says its name
    write("renamed.json", response)
    run("import", "renamed.json")
    same(made("-o", "R", "--round", "2026"), [48, 1, 47, 1, 0], "report: only what was corrected is made again")
    ok(not os.path.exists(os.path.join("R", name)) and any(n.startswith("cong-ty-doi-ten-2026-") for n in os.listdir("R")),
       "report: under its new name, the old one is gone", os.listdir("R"))
    same(made("-o", "R/deep/en", "--section", "C", "--lang", "en", "--summary", "--round", "2025")[1:3],
         [len(listed("--section", "C", "--round", "2025")["assessments"]), 0], "report: summaries in English in a folder of their own")
    same(made("-o", "F", "--flags")[1], 1, "report: --flags")
    same(made("-o", "F", "--flags", "--on", "2026-11-25")[1], 1, "report: another day is another result")


def old_names():
    """Names were stored once with the line ends that somebody pasted."""
    run("import", GARMENT, "--db", "old.db")
    with sqlite3.connect("old.db") as db:
        facts = db.execute("SELECT facts FROM assessment").fetchone()[0]
        db.execute("UPDATE assessment SET facts = ?", [facts.replace("ty TNHH May".encode(), "ty\nTNHH\rMay".encode())])
    db.close()
    done = run("report", "--db", "old.db", "-o", "old", *ON, lang="vi")
    ok(done.returncode == 0, "report: a name of several lines", done.stderr)
    run("report", GARMENT, "-o", "one.pdf", *ON, lang="vi")
    same(text_of(os.path.join("old", os.listdir("old")[0])), text_of("one.pdf"), "report: is written on one")


def nothing_is_lost():
    name = os.listdir("F")[0]
    with open(os.path.join("F", name), "w", encoding="utf-8") as file:
        file.write("of somebody else")
    same(reports("-o", "F", "--flags").returncode, 2, "report: a file of others stays")
    with open(os.path.join("F", name), encoding="utf-8") as file:
        same(file.read(), "of somebody else", "report: as it was")
    same(made("-o", "F", "--flags", "--force")[1], 1, "report: but for --force")
    for args in (["-o", "one.pdf"], [], [GARMENT, "-o", "x.pdf", "--flags"], ["-o", "F", "--before", GARMENT]):
        done = run("report", *args)
        ok(done.returncode == 2 and done.stderr, f"report: {' '.join(args)} is not right", done.stderr)
    folder = os.open("F", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    done = reports("-o", "F")
    ok(done.returncode == 3 and "lần chạy khác" in done.stderr, "report: one run at a time", done.stderr)
    os.close(folder)


def killed():
    """Broken off at any time, it ends where it would have ended."""
    for seconds in (0.15, 0.3, 0.6):
        with subprocess.Popen([DXREADY, "report", "-o", "K", *ON, "--summary"], stdout=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.kill()
    whole = made("-o", "K", "--summary")
    same(whole[1] + whole[2], whole[0], "report: killed and run again")
    names = os.listdir("K")
    ok(len(names) == whole[0] and all(name.endswith("-summary-vi.pdf") for name in names), "report: and nothing half-written stays",
       names)


def reports_of_all():
    name = the_same_again()
    another_result(name)
    nothing_is_lost()
    killed()


# ---- one enterprise between rounds ----

def comparisons():
    files = [os.path.join(RESPONSES, name) for name in ("may-sen-vang-2025.json", "may-sen-vang.json")]
    code = "0899010130"
    want = json.loads(run("compare", *files, "--json").stdout)
    with open("hasty.json", encoding="utf-8") as file:
        response = json.load(file)
    os.mkdir("compare")
    database = ["--db", "compare/c.db"]
    run("import", *files, *database)
    got = json.loads(run("compare", code, "--json", *database).stdout)
    same(got["comparison"], want, "compare: what is stored compares as the responses do")
    same([a["round"] for a in got["assessments"]], ["2026", "2025"], "compare: all assessments, the latest first")
    same((got["after"], got["before"]), tuple(a["reference"] for a in got["assessments"]), "compare: says which two")
    ok("dbi-sme" not in run("list", *database).stdout, "list: rounds of one questionnaire do not name it")
    for key in (got["after"][:6], got["after"]):
        same(json.loads(run("compare", key, "--json", *database).stdout)["comparison"], want, f"compare: by {len(key)} letters of its number")
    vi, en = (run("compare", code, *database, lang=lang).stdout for lang in ("vi", "en"))
    ok("Công ty TNHH May Minh Họa Sen Vàng" in vi and "+10,63" in vi and "Thay đổi" in vi and "08/09/2026" in vi,
       "compare: in Vietnamese", vi)
    ok("Tax code: 0899010130" in en and "before" in en and "+10.63" in en, "compare: in English", en)
    with open(files[1], encoding="utf-8") as file:
        later = json.load(file)
    later["answers"]["1.1.1"] = "0"
    later["submitted_on"] = "2026-11-19"  # sent once more: the last counts
    write("again.json", later)
    run("import", "again.json", *database)
    want = json.loads(run("compare", files[0], "again.json", "--json").stdout)
    got = json.loads(run("compare", code, "--round", "2026", "--json", *database).stdout)
    same(got["comparison"], want, "compare: what was sent last")
    del response["minutes"]
    response["submitted_on"] = "2026-11-20"
    write("late.json", response)
    run("import", "late.json", *database)
    got = json.loads(run("compare", code, "--json", *database).stdout)
    same([got["assessments"][i]["round"] for i in (0, 1)], ["2027", "2026"], "compare: the two latest")
    got = json.loads(run("compare", code, "--round", "2026", "--json", *database).stdout)
    same(got["comparison"], want, "compare: --round names the later one")
    done = run("compare", code, "--round", "2025", *database)
    ok(done.returncode == 1 and "before the round 2025" in done.stderr, "compare: nothing came before", done.stderr)
    for args in (["nobody", *database], [code, "--round", "1999", *database]):
        done = run("compare", *args)
        ok(done.returncode == 1 and "no assessment" in done.stderr, f"compare: {' '.join(args[:3])}", done.stderr)
    for args in ([files[0]], [*files, *database]):
        same(run("compare", *args).returncode, 2, "compare: one file, or files and a database")


# ---- verified reports ----

SIGN = os.path.join(os.path.dirname(os.path.abspath(DXREADY)), "web", "sign_report")


def keys_of(database):
    return json.loads(run("key", "list", "--json", "--db", database).stdout)


def signing_keys():
    database = ["--db", "keys.db"]
    run("user", "add", "quan.tri", "--role", "administrator", *database)
    done = run("key", "export", "keys.txt", *database)
    ok(done.returncode == 1 and "dxready key new" in done.stderr, "key: there is none yet", done.stderr)
    first = json.loads(run("key", "new", "--json", *database).stdout)
    subprocess.run([SIGN, "keys.db", GARMENT, "old.pdf"], check=True)
    done = run("key", "new", *database, lang="vi")
    keys = keys_of("keys.db")
    ok(keys[0]["id"] in done.stdout and [bool(k["retired_at"]) for k in keys] == [False, True] and keys[1]["id"] == first["id"],
       "key: a new one retires the old one", keys)
    subprocess.run([SIGN, "keys.db", GARMENT, "new.pdf"], check=True)
    done = run("key", "export", "keys.txt", *database)
    with open("keys.txt", encoding="utf-8") as file:
        text = file.read()
    ok(done.returncode == 0 and all(k["id"] in text and k["public"] in text for k in keys) and len(text) < 1000,
       "key: the public ones as a small text", text)
    same(run("key", "export", "keys.txt", *database).returncode, 0, "key: an export of ours is replaced")
    write("mine.txt", {"mine": 1})
    same(run("key", "export", "mine.txt", *database).returncode, 2, "key: a file of others is not")
    acts = [row[0] for row in sqlite3.connect("keys.db").execute("SELECT act FROM audit WHERE act LIKE 'signing%' ORDER BY id")]
    same(acts, ["signing-key-made"] * 2 + ["signing-keys-exported"] * 2, "key: all of it stands in the audit")
    for words in (["burn"], ["new", "x"], ["export"], ["list", "x"]):
        same(run("key", *words, *database).returncode, 2, f"key: {' '.join(words)} is no use")


def verified_reports():
    signing_keys()
    for name in ("old", "new"):
        done = run("verify", f"{name}.pdf", "--key", "keys.txt", lang="vi")
        ok(done.returncode == 0 and "mã số thuế 0899010130" in done.stdout and "28/11/2020 ở mức 3, 152/320 điểm" in done.stdout,
           f"verify: signed with the {name} key", done.stdout + done.stderr)
        same(run("verify", f"{name}.pdf", "--db", "keys.db").returncode, 0, f"verify: the {name} key of the database")
    got = json.loads(run("verify", "new.pdf", "--key", "keys.txt", "--json").stdout)
    ok(got["finding"] == "holds" and got["signed"]["points"] == "152.00" and got["signed"]["verified_on"] == "2020-11-28",
       "verify: for programs", got)
    with open("new.pdf", "rb") as file:
        pdf = file.read()
    with open("keys.txt", encoding="utf-8") as file:
        only_new = file.read().splitlines()[:3]
    write_bytes("new-key.txt", "\n".join(only_new).encode())
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    for name, data, finding, says in (
            ("changed", bytes(changed), "changed", "changed after it was signed. What was signed: "),
            ("longer", pdf + b"% more\n", "cut", "something was added"), ("shorter", pdf[:-5], "cut", "end of the report"),
            ("other", tool.PDF, "not-signed", "no verified report"), ("empty", b"", "not-signed", "no verified report")):
        write_bytes(f"{name}.pdf", data)
        done = run("verify", f"{name}.pdf", "--key", "keys.txt")
        ok(done.returncode == 1 and says in done.stderr and f"{name}.pdf" in done.stderr, f"verify: {name}", done.stderr)
        done = run("verify", f"{name}.pdf", "--key", "keys.txt", "--json")
        same((done.returncode, json.loads(done.stdout)["finding"]), (1, finding), f"verify: {name}, for programs")
    done = run("verify", "old.pdf", "--key", "new-key.txt")
    ok(done.returncode == 1 and "not at hand" in done.stderr and keys_of("keys.db")[1]["id"] in done.stderr,
       "verify: names the key that is missing", done.stderr)
    for name, text, says in (("none", "# nothing\n", "no public key"), ("odd", "hello\n", "odd.txt:1:"),
                             ("id", only_new[2].replace(" ", " X", 1) + "\n", "id.txt:1:")):
        write_bytes(f"{name}.txt", text.encode())
        done = run("verify", "new.pdf", "--key", f"{name}.txt")
        ok(done.returncode == 1 and says in done.stderr, f"verify: a file of keys: {name}", done.stderr)
    same(run("verify", "nowhere.pdf", "--key", "keys.txt").returncode, 1, "verify: no such file")
    same(run("verify", "new.pdf", "--db", "nowhere.db").returncode, 1, "verify: no such database")
# ---- action plans ----

HEADS = "id,version,state,Rõ người,việc,task,time,Rõ trách nhiệm,Rõ kết quả\n"


def added(rows, *args, lang="vi", heads=HEADS):
    with open("plan.csv", "w", encoding="utf-8") as file:
        file.write(heads + "".join(row + "\n" for row in rows))
    done = run("actions", "add", *args, "plan.csv", lang=lang)
    return done.returncode, done.stdout, done.stderr


def action_plans():
    code = listed("--limit", "1")["assessments"][0]["tax_code"]
    got = added([",,,Kế toán,x,Nộp hồ sơ,24/12/2026,Giám đốc ký,Giấy tiếp nhận", ",,,,x,Lập bảng,24/05/2027,Giám đốc,",
                 ",,,An,x,Dạy lại,31/11/2026,Quản lý,Danh sách", ",,doing,An,x,Dạy lại,20/11/2026,Quản lý,Danh sách"], code)
    same(got, (1, "Đã lưu 2 dòng, giữ nguyên 0, chưa lưu 2.\n",
               "dxready: plan.csv:3: Dòng 2 chưa lưu: thiếu rõ người, rõ kết quả.\n"
               "dxready: plan.csv:4: Dòng 3 chưa lưu: không có ngày '31/11/2026', hãy viết như 24/02/2027.\n"),
         "actions: what lacks is named, the others are saved")
    rows = json.loads(run("actions", "list", code, "--json", *ON).stdout)
    same([(r["time"], r["state"], r["overdue"], r["version"]) for r in rows],
         [("2026-11-20", "doing", True, 1), ("2026-12-24", "open", False, 1)], "actions: by their day")
    same([r["task"] for r in json.loads(run("actions", "late", "--json", *ON).stdout)], ["Dạy lại"], "actions: what is late")
    ok("Quá hạn" in run("actions", "late", *ON, lang="vi").stdout, "actions: ... for people")
    with open("again.csv", "w", encoding="utf-8") as file:
        file.write(run("actions", "list", code, "--format", "csv", lang="vi").stdout)
    same(run("actions", "add", code, "again.csv").stdout, "0 rows saved, 2 as they were, 0 not saved.\n", "actions: its own table changes nothing")
    late = [f"{rows[0]['id']},1,done,{who},x,Dạy lại,20/11/2026,Quản lý,Danh sách" for who in ("Bình", "Chi")]
    same(added(late, code)[:2], (1, "Đã lưu 1 dòng, giữ nguyên 0, chưa lưu 1.\n"), "actions: an old version is refused")
    ok("changed it, choose" in added(late[1:], code, lang="en")[2], "actions: ... and says why")
    same(json.loads(run("actions", "late", "--json", *ON).stdout), [], "actions: what is done is not late")
    with open("draft.csv", "w", encoding="utf-8") as file:
        file.write(run("actions", "draft", code, *ON, lang="vi").stdout)
    done = run("actions", "add", code, "draft.csv", lang="vi")
    lacks = done.stderr.splitlines()
    ok(done.returncode == 1 and "Đã lưu 0 dòng" in done.stdout and len(lacks) > 2 and
       all("thiếu rõ trách nhiệm." in line or "thiếu rõ người, rõ thời gian, rõ trách nhiệm." in line for line in lacks),
       "actions: a draft lacks what only people know", done.stdout + done.stderr)
    with open("draft.csv", encoding="utf-8-sig", newline="") as file:
        drafts = list(csv.DictReader(file))
    ok({d["source"].split(":")[0] for d in drafts} >= {"package"} and all(d["Rõ việc"] for d in drafts), "actions: out of packages", str(drafts)[:500])
    for draft in drafts:
        draft.update({"Rõ trách nhiệm": "Giám đốc", "Rõ người": draft["Rõ người"] or "Kế toán", "Rõ thời gian": draft["Rõ thời gian"] or "31/3/2027"})
    with open("draft.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, drafts[0])
        writer.writeheader()
        writer.writerows(drafts)
    same(run("actions", "add", code, "draft.csv").stdout, f"{len(drafts)} rows saved, 0 as they were, 0 not saved.\n", "actions: a draft that was filled in")
    same(len(run("actions", "draft", code, *ON).stdout.splitlines()), 1, "actions: what is planned is not drafted again")
    same(added([",,,Sở,x,Mở lớp,31/12/2026,Sở,Danh sách"], "province")[0], 0, "actions: of the province")
    same([r["enterprise"] for r in json.loads(run("actions", "list", "province", "--json").stdout)], [None], "actions: ... alone")
    got = added([], "province", heads="person,task\n", lang="en")
    ok(got[0] == 1 and got[2].count("there is no column") == 3, "actions: every column that lacks is named", got[2])
    for rows, words in ((["x,,,A,x,B,1/1/2027,C,D"], "no number of a row"), (["999,1,,A,x,B,1/1/2027,C,D"], "no such row"),
                        ([",,gone,A,x,B,1/1/2027,C,D"], "no state 'gone'")):
        got = added(rows, "province", lang="en")
        ok(got[0] == 1 and words in got[2], f"actions: {words}", got[2])
    for args in (["list", "0000000000"], ["add", "province", "absent.csv"]):
        same(run("actions", *args).returncode, 1, f"actions: {' '.join(args)}")
    for args in (["remove"], ["add", "province"], ["list", "--format", "xlsx"]):
        same(run("actions", *args).returncode, 2, f"actions: {' '.join(args)}")
    same(run("audit", "verify").returncode, 0, "actions: each stands in the audit")


def main():
    with WorkFolder():
        verified_reports()

        done = run("import", RESPONSES)
        ok(done.returncode == 0, "the responses of the demo", done.stderr)
        head()
        lists()
        reports_of_all()
        old_names()
        comparisons()
        action_plans()
    finish()


main()
