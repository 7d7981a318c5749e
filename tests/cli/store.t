#!/usr/bin/env python3
"""Import, list, show and export, as people and scripts use them."""
import csv
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

import tool
from tool import DXREADY, WorkFolder, finish, report as ok

ROOT = os.getcwd()
DEMO = os.path.join(ROOT, "tests/data/demo")
DEMO_CSV = os.path.join(DEMO, "doanh-nghiep-2026.csv")
DBI = "dbi-sme@2021"


def run(*args, lang="en", **options):
    return tool.run(*args, lang=lang, **options)


def is_run(name, code, done, out=None, err=None):
    text = f"exit {done.returncode}\n{done.stdout}{done.stderr}"
    good = done.returncode == code and (out is None or out in done.stdout) and \
        (err is None or err in done.stderr)
    if code and err is None:
        good = good and done.stderr
    ok(good, name, text)
    return done


def write(path, text, encoding="utf-8"):
    with open(path, "w", encoding=encoding, newline="") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return file.read()


def counts(done):
    data = json.loads(done.stdout)
    return [data[key] for key in ("rows", "inserted", "revised", "unchanged", "rejected")]


def stored():
    """How many assessments and older revisions the database of the folder has."""
    db = sqlite3.connect("dxready.db")
    try:
        return [db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
                for table in ("assessment", "revision")]
    finally:
        db.close()


# Four firms; tax codes with right check digits.
CODES = ["0899011617", "0899014946", "0899024197", "0899010130"]
HEAD = ["tax_code", "name", "form", "area", "section", "employees", "revenue_vnd", "capital_vnd",
        "submitted_on", "round", "1.1.1", "2.1.1"]


def code(n):
    """A tax code with its check digit."""
    for first in range(89900000, 89999999):
        digits = f"{first + 11 * n:09d}"
        rest = sum(int(d) * w for d, w in zip(digits, (31, 29, 23, 19, 17, 13, 7, 5, 3))) % 11
        if rest:
            return digits + str(10 - rest)
    return None


def row(i, **changes):
    values = {"tax_code": CODES[i], "name": f"Công ty Đại Phát {i}", "form": "enterprise",
              "area": "hai-duong", "section": "C", "employees": "12", "revenue_vnd": "5.000.000.000",
              "capital_vnd": "2000000000", "submitted_on": "25/11/2026", "round": "2026", "1.1.1": "3",
              "2.1.1": "20"}
    values.update(changes)
    return [values[key] for key in HEAD]


def table(rows, separator=",", bom="", end="\n"):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerows([HEAD, *rows])
    return bom + out.getvalue()


def import_(*args, **options):
    return run("import", "--questionnaire", DBI, *args, **options)


def demo():
    with WorkFolder():
        done = is_run("demo: a folder of JSON responses", 0,
                      run("import", os.path.join(DEMO, "responses"), "--json"))
        ok(counts(done) == [62, 62, 0, 0, 0], "demo: 62 new", done.stdout)
        done = is_run("demo: the same as a table", 0, import_(DEMO_CSV, "--json"))
        ok(counts(done) == [48, 0, 0, 48, 0], "demo: 48 unchanged", done.stdout)
        done = run("import", os.path.join(DEMO, "responses"), "--json")
        ok(counts(done) == [62, 0, 0, 62, 0], "demo: again, all unchanged", done.stdout)
        ok(stored() == [62, 0], "demo: no revisions were made", stored())
        done = run("import", os.path.join(DEMO, "responses"), lang="vi")
        ok("62 không đổi" in done.stdout and done.stderr == "", "demo: a summary in Vietnamese",
           done.stdout + done.stderr)


def forms_of_tables():
    for name, separator, bom, end in [("comma", ",", "", "\n"), ("semicolon, BOM, CRLF", ";", "\ufeff", "\r\n"),
                                      ("tab", "\t", "", "\r\n"), ("CR alone", ",", "", "\r")]:
        with WorkFolder():
            write("a.csv", table([row(0), row(1)], separator, bom, end))
            done = import_("a.csv", "--json")
            ok(done.returncode == 0 and counts(done) == [2, 2, 0, 0, 0], f"tables: {name}",
               done.stdout + done.stderr)
    with WorkFolder():
        write("a.csv", table([row(0, round=""), row(1, round="2025")]))
        is_run("tables: a row without round is refused", 1, import_("a.csv"), "1 new", "names no round")
        done = import_("a.csv", "--round", "2024", "--json")
        ok(done.returncode == 0, "tables: --round stands in where a row has none", done.stderr)
        rounds = {a["round"] for a in json.loads(run("list", "--json").stdout)["assessments"]}
        ok(rounds == {"2024", "2025"}, "tables: a round that is named is kept", rounds)
        write("b.csv", table([row(0)]).replace("tax_code", "questionnaire,tax_code", 1)
              .replace(CODES[0], f"{DBI},{CODES[0]}", 1))
        is_run("tables: a column may name the questionnaire", 0, run("import", "b.csv"))
        is_run("tables: without any it is asked for", 1, run("import", "a.csv"), "", "questionnaire")
        done = subprocess.run([DXREADY, "import", "-", "--questionnaire", DBI], input=table([row(2)]),
                              capture_output=True, text=True, check=False)
        ok(done.returncode == 0 and "1 mới" in done.stdout, "tables: from standard input",
           done.stdout + done.stderr)


def idempotency():
    with WorkFolder():
        write("a.csv", table([row(0), row(1)]))
        ok(counts(import_("a.csv", "--json")) == [2, 2, 0, 0, 0], "again: two new")
        ok(counts(import_("a.csv", "--json")) == [2, 0, 0, 2, 0], "again: two unchanged")
        write("a.csv", table([row(0), row(1, **{"1.1.1": "5"})]))
        ok(counts(import_("a.csv", "--json")) == [2, 0, 1, 1, 0], "again: one revised")
        ok(stored() == [2, 1], "again: the old revision is kept", stored())
        shown = json.loads(run("show", CODES[1], "--json").stdout)
        ok([r["revision"] for r in shown["revisions"]] == [1, 2] and shown["revision"] == 2,
           "show: names the revisions", shown["revisions"])
        ok(shown["response"]["answers"]["1.1.1"] == "5", "show: the newest answers")
        write("a.csv", table([row(0), row(0, **{"1.1.1": "4"}), row(2)]))
        done = is_run("twice in one file: refused where it differs", 1, import_("a.csv"),
                      "1 new", "earlier row of the same file")
        ok("a.csv:3:" in done.stderr, "twice in one file: names the line", done.stderr)
        ok(counts(import_("a.csv", "--json"))[2] == 0, "twice in one file: importing again revises nothing")
        write("a.csv", table([row(0), row(0)]))
        ok(counts(import_("a.csv", "--json")) == [2, 0, 0, 2, 0], "twice in one file: the same is no fault")
    with WorkFolder():
        many = [code(n) for n in range(30)]
        for answer, want in (("3", [30, 30, 0, 0, 0]), ("5", [30, 0, 30, 0, 0]), ("5", [30, 0, 0, 30, 0])):
            write("many.csv", table([row(0, tax_code=one, **{"1.1.1": answer}) for one in many]))
            ok(counts(import_("many.csv", "--json")) == want, f"again: thirty of them, {want}")


def rejects():
    bad = [row(0), row(1, **{"1.1.1": "9"}), row(2, tax_code="0899011618", employees="-3"), row(3)]
    with WorkFolder():
        write("a.csv", table(bad, ";", "\ufeff", "\r\n"))
        done = is_run("rejects: exit 1, the good rows are stored", 1, import_("a.csv"), "2 new")
        lines = [line for line in done.stderr.splitlines() if line.startswith("dxready: a.csv:")]
        ok(len(lines) == 3 and "a.csv:3: column 1.1.1: " in lines[0] and
           "a.csv:4: column tax_code: " in lines[1] and "a.csv:4: column employees: " in lines[2],
           "rejects: one line for each fault", done.stderr)
        ok("a.csv.rejects.csv" in done.stdout, "rejects: says where they are", done.stdout)
        ok(stored() == [2, 0], "rejects: two stored")
        text = read("a.csv.rejects.csv")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        ok(len(rows) == 3 and rows[0] == ["reason"] + HEAD and rows[1][1:] == bad[1],
           "rejects: the reason, then the header and the cells as they were", text)
        ok("column 1.1.1" in rows[1][0] and "column employees" in rows[2][0],
           "rejects: all reasons of a row", text)
        done = import_("a.csv", "--db", "other.db")
        ok(done.returncode == 1 and "a.csv.rejects.csv" in done.stdout and not os.path.exists("a.csv-2.rejects.csv") and
           read("a.csv.rejects.csv") == text, "rejects: what stands there already is not written again", os.listdir("."))
        write("a.csv.rejects.csv", text + "\n")
        done = import_("a.csv", "--db", "other.db")
        ok("a.csv-2.rejects.csv" in done.stdout and read("a.csv-2.rejects.csv") == text and read("a.csv.rejects.csv") == text + "\n",
           "rejects: what was changed is left, and the rows go to another file", os.listdir("."))
        os.unlink("a.csv-2.rejects.csv")
        write("a.csv.rejects.csv", text.replace(";9;", ";4;").replace("0899011618", CODES[2])
              .replace(";-3;", ";3;"))
        done = import_("a.csv.rejects.csv", "--json")
        ok(done.returncode == 0 and counts(done) == [2, 2, 0, 0, 0],
           "rejects: mended, they are imported as they are", done.stdout + done.stderr)
        write("a.csv", table([row(0)]))
        is_run("rejects: all good now", 0, import_("a.csv"))
        ok(os.path.exists("a.csv.rejects.csv"), "rejects: a file that somebody has mended stays")
        os.unlink("a.csv.rejects.csv")
        write("a.csv", table(bad))
        import_("a.csv", "--round", "2031")
        write("a.csv", table([row(0)]))
        is_run("rejects: all good now, again", 0, import_("a.csv"))
        ok(not os.path.exists("a.csv.rejects.csv"), "rejects: one that nobody has touched is gone")
        write("a.csv", table(bad))
        done = import_("a.csv", "--rejects", "r.csv", "--json")
        ok(json.loads(done.stdout)["files"][0]["rejects"] == "r.csv" and os.path.exists("r.csv"),
           "rejects: --rejects names the file", done.stdout)
        ok(not os.path.exists("a.csv.rejects.csv"), "rejects: and no other")
        write("r.csv", read("r.csv").replace(";9;", ";4;"))
        mended = read("r.csv")
        done = import_("a.csv", "--rejects", "r.csv", "--json")
        ok(json.loads(done.stdout)["files"][0]["rejects"] == "r-2.csv" and read("r.csv") == mended,
           "rejects: a mended file is not replaced", done.stdout)
        again = import_("a.csv", "--rejects", "r.csv", "--json")
        ok(json.loads(again.stdout)["files"][0]["rejects"] == "r-2.csv" and not os.path.exists("r-3.csv"),
           "rejects: the one beside it is", again.stdout)
        is_run("rejects: one file cannot take those of several", 2,
               import_("a.csv", "a.csv", "--rejects", "r.csv"))
        write("many.csv", table([row(i % 4, **{"1.1.1": "9"}) for i in range(300)]))
        done = import_("many.csv")
        said = [line for line in done.stderr.splitlines() if "many.csv:" in line]
        ok(len(said) == 4 and "297 more" in done.stderr and "many.csv.rejects.csv" in said[3],
           "rejects: many faults are counted", done.stderr[-300:])
        ok(len(read("many.csv.rejects.csv").splitlines()) == 301, "rejects: all stand in the file")
        wrong_lengths()


def wrong_lengths():
    """Rows with too many or too few cells: the reason is where it always is, and the cells are as they were."""
    write("wide.csv", table([row(0) + ["x", "y"], row(1)[:-2], row(2, **{"1.1.1": "9"})]))
    import_("wide.csv")
    for name, more in (("wide.csv.rejects.csv", 0), ("wide.csv.rejects.csv.rejects.csv", 1)):
        rows = list(csv.reader(io.StringIO(read(name))))
        ok(rows[0] == ["reason"] + HEAD, f"rejects: {name}: the reason has the first column", rows[0])
        ok([f"{14 + more} cells" in rows[1][0], f"{10 + more} cells" in rows[2][0],
            "column 1.1.1" in rows[3][0]] == [True] * 3,
           f"rejects: {name}: in every row, however long it is", rows)
        ok([r[1:] for r in rows[1:]] == [row(0) + ["x", "y"], row(1)[:-2], row(2, **{"1.1.1": "9"})],
           f"rejects: {name}: no cell is lost, moved or added", rows)
        done = import_(name, "--json")
        ok(counts(done) == [3, 0, 0, 0, 3], f"rejects: {name}: what is not mended is rejected again", done.stdout)
    write("wide.csv", table([row(0), row(1), row(2)]).replace("tax_code", "reason,tax_code", 1)
          .replace(CODES[0], "because," + CODES[0]).replace(CODES[1], "," + CODES[1]).replace(CODES[2], "," + CODES[2]))
    done = import_("wide.csv", "--json")
    ok(counts(done)[4] == 0, "rejects: a column of reasons is passed over wherever it stands", done.stdout + done.stderr)


def strict():
    with WorkFolder():
        write("a.csv", table([row(0), row(1)]))
        write("b.csv", table([row(2), row(3, **{"1.1.1": "9"}), row(3, **{"2.1.1": "7"})]))
        done = is_run("strict: stops at the first bad row", 1, import_("a.csv", "b.csv", "--strict"), "",
                      "b.csv:3: column 1.1.1")
        ok(done.stdout == "" and "b.csv:4" not in done.stderr, "strict: no result, no later fault",
           done.stdout + done.stderr)
        ok(stored() == [0, 0], "strict: nothing of any file is stored", stored())
        ok(not os.path.exists("b.csv.rejects.csv"), "strict: no rejects file")
        is_run("strict: good files, and who waits", 0, import_("a.csv", "--strict"), "2 new", "nobody else can write until")
        ok(stored() == [2, 0], "strict: and they are stored")


def json_files():
    response = json.loads(read(os.path.join(DEMO, "responses/may-thanh-dong.json")))
    with WorkFolder():
        write("good.json", json.dumps(response))
        write("bad.json", '{"kind": "response", ')
        done = is_run("JSON: a malformed file", 1, run("import", "bad.json"), "", "bad.json:1")
        ok(done.stdout == "" and not os.path.exists("dxready.db"), "JSON: no result, nothing stored", done.stdout)
        done = is_run("JSON: with a good one beside it", 1, run("import", "bad.json", "good.json"), "1 new")
        ok("1 files could not be imported" in done.stdout and stored() == [1, 0], "JSON: the good one is stored",
           done.stdout)
        other = dict(response, round="2027")
        wrong = dict(response, round="2028", answers={"1.1.1": 77})
        write("list.json", json.dumps([other, wrong]))
        done = is_run("JSON: an array", 1, run("import", "list.json"), "1 new", "/1/answers/1.1.1")
        ok(json.loads(read("list.json.rejects.jsonl"))["round"] == "2028", "JSON: its rejects, one a line")
        write("lines.jsonl", json.dumps(other) + "\n\n" + json.dumps(wrong) + "\nnonsense\n")
        done = is_run("lines: one a line", 1, run("import", "lines.jsonl"), "1 unchanged", "lines.jsonl:3")
        ok("lines.jsonl:4" in done.stderr and read("lines.jsonl.rejects.jsonl").splitlines()[1] == "nonsense",
           "lines: rejects as they were", done.stderr)
        del other["round"]
        write("no-round.json", json.dumps(other))
        is_run("JSON: a response needs a round", 1, run("import", "no-round.json"), "", "no-round.json")
        is_run("JSON: --round gives one", 0, run("import", "no-round.json", "--round", "2029"), "1 new")
        is_run("a round that is no id", 1, run("import", "no-round.json", "--round", "đợt 1"))
        is_run("a file that is not there", 1, run("import", "none.json"), "", "none.json")
        os.mkdir("empty")
        is_run("an empty folder", 1, run("import", "empty"), "", "empty")
        plans = dict(response, round="2030")
        plans["enterprise"] = dict(response["enterprise"], plans={"dx_consulting_vnd": [30000000, 50000000]})
        write("plans.json", json.dumps(plans))
        run("import", "plans.json")
        shown = json.loads(run("show", response["enterprise"]["tax_code"], "--round", "2030", "--json").stdout)
        ok(shown["response"]["enterprise"]["plans"] == {"dx_consulting_vnd": [30000000, 50000000]},
           "JSON: amounts of several contracts are kept apart", shown["response"]["enterprise"])
        write("unknown.json", json.dumps(dict(response, questionnaire="none@1")))
        is_run("a questionnaire that is not known", 1, run("import", "unknown.json"), "", "none@1")


def hardship():
    with WorkFolder() as folder:
        write("a.csv", table([row(0)]))
        is_run("no database: list", 1, run("list"), "", "there is no database")
        is_run("no database: show", 1, run("show", CODES[0]), "", "there is no database")
        is_run("no database: export", 1, run("export", "--format", "csv"), "", "there is no database")
        is_run("no database: stats", 1, run("stats"), "", "there is no database")
        ok(not os.path.exists("dxready.db"), "no database: none was made")
        is_run("--db in a folder that is not there", 3, import_("a.csv", "--db", "no/where.db"))
        write("text.db", "no database at all, but a text that is long enough to be taken for one" * 20)
        is_run("--db that is another file", 1, import_("a.csv", "--db", "text.db"), "", "text.db")
        ok(read("text.db").startswith("no database"), "--db that is another file: left alone")
        done = subprocess.run([DXREADY, "import", "a.csv", "--questionnaire", DBI], capture_output=True,
                              text=True, env=dict(os.environ, DXREADY_DB="named.db"), check=False)
        ok(done.returncode == 0 and os.path.exists("named.db"), "DXREADY_DB names the database", done.stderr)
        import_("a.csv")
        if os.geteuid() != 0:
            os.chmod("dxready.db", 0o444)
            is_run("a database that is read-only", 3, import_("a.csv", "--round", "2030"))
            os.chmod("dxready.db", 0o644)
        for command in (["list"], ["list", "--json"], ["show", CODES[0]], ["export", "--format", "csv"],
                        ["export", "--format", "jsonl"], ["stats"], ["import", "a.csv", "--questionnaire", DBI]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([DXREADY, *command], stdout=full, stderr=subprocess.PIPE, text=True,
                                      check=False)
            ok(done.returncode == 3 and done.stderr, f"standard output is full: {command[0]}", done.stderr)
        is_run("export to a device that is full", 3, run("export", "--format", "csv", "-o", "/dev/full"))
        ok(not os.path.isfile("/dev/full"), "and it is still a device")
        write("old.csv", "\ufeffquestionnaire;result.level\nkept")
        is_run("export into a folder that is not there", 3, run("export", "--format", "csv", "-o", "no/x.csv"))
        is_run("export of what is not there", 1,
               run("export", "--format", "csv", "--round", "1999", "-o", "old.csv"))
        ok(read("old.csv").endswith("result.level\nkept"), "an export that fails leaves the old file")
        leftovers = [name for name in os.listdir(folder) if name.endswith(".tmp")]
        ok(not leftovers, "no temporary files are left", leftovers)

        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        write("b.csv", table([row(i, round=str(r)) for r in range(1900, 2100) for i in range(4)]))
        before = stored()
        is_run("a disk that is full while importing", 3, import_("b.csv", preexec_fn=small_files), "")
        ok(stored() == before, "a disk that is full: nothing of the file is stored", stored())


def killed():
    """Killed in the middle: the database can be read at once, and the same file again ends as it would have."""
    for journal in ("wal", "rollback"):
        with WorkFolder():
            write("a.csv", table([row(0)]))
            import_("a.csv", "--journal", journal)
            with open("big.csv", "w", encoding="utf-8") as file:
                file.write(table([row(i, round=str(r)) for r in range(3000, 7000) for i in range(4)]))
            seen, whole = 1, 0
            for wait in (0.1, 0.25, 0.5):
                process = subprocess.Popen([DXREADY, "import", "big.csv", "--questionnaire", DBI, "--journal", journal],
                                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(wait)
                process.kill()
                process.wait()
                done = run("list", "--json", "--limit", "1")
                total = json.loads(done.stdout)["total"] if done.returncode == 0 else -1
                ok(seen <= total <= 16001, f"{journal}, killed after {wait} s: what was there is there", done.stderr or total)
                seen = total
                whole += total == 16001  # a quick machine was done before it was killed
                db = sqlite3.connect("dxready.db")
                ok(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"{journal}, killed: the database is sound")
                db.close()
            imports = json.loads(run("list", "--imports", "--json").stdout)["imports"]
            ok(sum(i["ended_at"] is not None for i in imports[:-1]) <= whole and imports[-1]["file"] == "a.csv" and
               imports[-1]["ended_at"], f"{journal}, killed: the records say so", imports)
            done = import_("big.csv", "--json")
            c = json.loads(done.stdout)
            ok(c["inserted"] + c["unchanged"] == 16000 and c["unchanged"] == seen - 1,
               f"{journal}, killed: again it ends as it would have", done.stdout)
            ok(stored() == [16001, 0], f"{journal}, killed: and all is stored once", stored())


def addresses():
    """The address of a server is refused before anything is done with it, and its password is told to nobody."""
    with WorkFolder() as folder:
        write("a.csv", table([row(0)]))
        commands = (["list"], ["stats"], ["export", "--format", "csv"], ["import", "a.csv", "--questionnaire", DBI],
                    ["serve", "--listen", "127.0.0.1:1"], ["match", "--all"], ["report", "-o", "out"], ["purge"],
                    ["export", "--format", "csv", "-o", "x.csv"])
        for command in commands:
            done = run(*command, "--db", "postgresql://u:geheim@h/d")
            lines = (done.stdout + done.stderr).splitlines()
            ok(done.returncode == 2 and len(lines) == 1 and "cannot use PostgreSQL" in lines[0] and "geheim" not in lines[0],
               f"addresses: {command[0]}", lines)
        for url in ("POSTGRES://u:geheim@h/d", "mysql://u:geheim@h/d", "host=h password=geheim"):
            done = run("list", "--db", url)
            ok(done.returncode == 2 and "geheim" not in done.stderr, f"addresses: {url}", done.stderr)
        ok(os.listdir(folder) == ["a.csv"], "addresses: nothing is made", os.listdir(folder))


def broken_off():
    """What a killed writer left is rolled back by whoever comes first, even to read."""
    for command in (["list"], ["stats"], ["export", "--format", "csv"]):
        with WorkFolder():
            write("a.csv", table([row(0)]))
            import_("a.csv", "--journal", "rollback")
            whole = run(*command)
            # A large transaction spills pages into the file before it ends: here it is killed, its journal stays.
            script = ("import sqlite3, os; db = sqlite3.connect('dxready.db', isolation_level=None); "
                      "db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN IMMEDIATE'); "
                      "db.execute('CREATE TABLE spill (x)'); db.execute('DELETE FROM import'); "
                      "[db.execute('INSERT INTO spill VALUES (?)', ('x' * 8000,)) for _ in range(200)]; "
                      "os._exit(9)")
            subprocess.run(["python3", "-c", script], check=False)
            hot = os.path.getsize("dxready.db-journal")
            done = run(*command)
            ok(hot and done.returncode == 0 and done.stdout == whole.stdout, f"broken off: {command[0]}", done.stderr)
            db = sqlite3.connect("dxready.db")
            tables = db.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'spill'").fetchone()[0]
            ok(tables == 0, f"broken off: {command[0]} has rolled it back", tables)
            db.close()


def others():
    """A database of a newer program or of another one is told so in one sentence, with no blame on rows."""
    with WorkFolder():
        write("a.csv", table([row(0)]))
        import_("a.csv")
        db = sqlite3.connect("dxready.db")
        days = {day for day, in db.execute("SELECT applied_at FROM migration")}
        ok(all(re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", day) for day in days), "others: when a database was made is noted", days)
        db.execute("INSERT INTO migration (number, name, checksum, applied_at) "
                   "VALUES (999, '0999_later.sql', 'x', '2030-01-01T00:00:00Z')")
        db.commit()
        db.close()
        db = sqlite3.connect("foreign.db")
        db.execute("CREATE TABLE t (x)")
        db.close()
        for command in (["list"], ["stats"], ["export", "--format", "csv"], ["import", "a.csv", "--questionnaire", DBI]):
            for name, word in (("dxready.db", "newer"), ("foreign.db", "no database of dxready")):
                done = run(*command, "--db", name)
                ok(done.returncode == 1 and len(done.stderr.splitlines()) == 1 and word in done.stderr,
                   f"others: {command[0]} of {name}", done.stderr)


def imports():
    with WorkFolder():
        write("a.csv", table([row(0), row(1)]))
        write("b.csv", table([row(0, **{"1.1.1": "4"}), row(1, **{"1.1.1": "9"})]))
        import_("a.csv")
        import_("b.csv")
        listed = json.loads(run("list", "--imports", "--json").stdout)["imports"]
        ok([(i["import"], i["file"], i["rows"], i["inserted"], i["revised"], i["rejected"]) for i in listed] ==
           [(2, "b.csv", 2, 0, 1, 1), (1, "a.csv", 2, 2, 0, 0)], "imports: which, with what outcome", listed)
        ok(all(i["by"] and i["started_at"] <= i["ended_at"] for i in listed), "imports: by whom and when", listed)
        ok(listed[1]["hash"] == hashlib.blake2b(read("a.csv").encode(), digest_size=32).hexdigest(),
           "imports: the content of the file", listed)
        ok("b.csv" in run("list", "--imports").stdout, "imports: as a table")
        shown = json.loads(run("show", CODES[0], "--json").stdout)["revisions"]
        ok([r["import"] for r in shown] == [1, 2], "imports: what was replaced, and by which", shown)
        ok("b.csv (lần nhập 2)" in run("show", CODES[0], "--lang", "vi").stdout, "imports: for people, too")
        db = sqlite3.connect("dxready.db")
        db.execute("INSERT INTO migration VALUES (9999, '9999_future.sql', 'x', 'y')")
        db.commit()
        db.close()
        done = is_run("a newer database: one sentence", 1, import_("a.csv"), "", "newer dxready")
        ok("a.csv" not in done.stderr and not os.path.exists("a.csv.rejects.csv"), "a newer database: no row is blamed",
           done.stderr)


def unread():
    """Who does not read what is exported keeps nobody from writing."""
    for journal in ("wal", "rollback"):
        with WorkFolder():
            write("a.csv", table([row(i, round=str(r)) for r in range(1000, 2000) for i in range(4)]))
            import_("a.csv", "--journal", journal)
            with subprocess.Popen([DXREADY, "export", "--format", "jsonl"], stdout=subprocess.PIPE) as process:
                process.stdout.read(1000)
                time.sleep(0.3)
                write("b.csv", table([row(0, round="3000")]))
                begin = time.monotonic()
                done = import_("b.csv")
                ok(done.returncode == 0 and time.monotonic() - begin < 2, f"{journal}: an export that nobody reads", done.stderr)
                ok(len(process.stdout.read().splitlines()) >= 3999, f"{journal}: and it goes on afterwards")


def lists():
    with WorkFolder():
        run("import", os.path.join(DEMO, "responses"))
        write("a.csv", table([row(0, round="2026x", name="Công ty Đại Phát", tax_code="")]))
        import_("a.csv")

        def listed(*args):
            done = run("list", "--json", *args)
            return json.loads(done.stdout)["assessments"] if done.returncode == 0 else done.stderr

        found = listed("--name", "cong ty dai phat")
        ok(len(found) == 1 and found[0]["round"] == "2026x", "list: a name without accents", found)
        ok(len(listed("--name", "PHÁT đại")) == 1, "list: words in any order and case")
        ok(listed("--name", "khong co ai ten nhu the") == [], "list: a name that nobody has")
        everybody = listed()
        for option, key, value in [("--round", "round", "2025"), ("--area", "area", "chi-linh"),
                                   ("--section", "section", "C"), ("--size", "size_class", "micro"),
                                   ("--form", "form", "cooperative"), ("--level", "level", 2),
                                   ("--questionnaire", "questionnaire", DBI)]:
            found = listed(option, str(value))
            ok(found and [a["reference"] for a in found] ==
               [a["reference"] for a in everybody if a[key] == value], f"list: {option} {value}", found)
        ids = [a["reference"] for a in listed("--area", "chi-linh")]
        for name in ("Chí Linh", "chi linh", "Phường Chí Linh", "TP Chi Linh", "10546", "290"):
            ok([a["reference"] for a in listed("--area", name)] == ids, f"list: --area {name}")
        is_run("stats: --area by name", 0, run("stats", "--area", "Chí Linh"))
        is_run("export: --area by name", 0, run("export", "--format", "jsonl", "--area", "Kim Thành"), "kim-thanh")
        unknown = listed("--area", "unknown")
        ok(unknown and all(a["area"] is None for a in unknown), "list: what is not known", unknown)
        both = listed("--round", "2026", "--section", "C", "--level", "3")
        ok(both and all((a["round"], a["section"], a["level"]) == ("2026", "C", 3) for a in both),
           "list: filters together")
        scores = [float(a["percent"]) for a in listed("--sort", "-score")]
        ok(scores == sorted(scores, reverse=True), "list: by score, falling", scores)
        levels = [a["level"] for a in listed("--sort", "level")]
        ok(levels == sorted(levels, key=lambda n: (n is None, n or 0)), "list: by level, without one last", levels)
        sizes = [a["size_class"] for a in listed("--sort", "size") if a["size_class"] != "unknown"]
        order = ["micro", "small", "medium", "not-sme"]
        ok(sizes == sorted(sizes, key=order.index), "list: sizes by size", sizes)
        done = is_run("list: as a table", 0, run("list", "--limit", "3", "--round", "2026", lang="vi"),
                      "3 trong 48 đánh giá")
        ok(len({len(line) for line in done.stdout.splitlines()[:1]}) == 1, "list: aligned", done.stdout)
        is_run("list: nothing found", 0, run("list", "--round", "1999"), "0 assessments")
        for option, value, right in [("--area", "xyz", "chi-linh"), ("--area", "cam giang", "Cẩm Giàng"),
                                     ("--section", "9", "A, B, C"), ("--size", "big", "micro, small"),
                                     ("--form", "shop", "cooperative"), ("--level", "7", "0, 1, 2"),
                                     ("--sort", "age", "name, score")]:
            done = is_run(f"list: {option} {value}", 2, run("list", option, value), "", right)
        is_run("list: --limit 0", 2, run("list", "--limit", "0"))
        is_run("list: too many words", 1, run("list", "--name", "a b c d e f g h i"))


def shows():
    with WorkFolder():
        run("import", os.path.join(DEMO, "responses"))
        done = is_run("show: by tax code", 0, run("show", "0899014946", "--on", "2026-11-23"), "level 3")
        for part in ("nd80-art11-2", "Eligible", "45.00"):
            ok(part in done.stdout, f"show: {part}", done.stdout)
        first = json.loads(run("show", "0899014946", "--json", "--on", "2026-11-23").stdout)
        ok(first["round"] == "2026", "show: the round submitted last", first["round"])
        for key in (first["reference"], first["reference"][:6], first["reference"].upper()):
            same = json.loads(run("show", key, "--json", "--on", "2026-11-23").stdout)
            ok(same == first, f"show: the same by {key}")
        old = json.loads(run("show", first["reference"][:6], "--round", "2025", "--json").stdout)
        ok(old["round"] == "2025", "show: --round", old["round"])
        path = os.path.join(DEMO, "responses/banh-dau-xanh-trang-ram.json")
        score = json.loads(run("score", path, "--json").stdout)
        match = json.loads(run("match", path, "--json", "--on", "2026-11-23").stdout)
        ok(first["score"] == score, "show: the document of score --json")
        ok(first["match"] == match, "show: the document of match --json")
        write("again.json", json.dumps(first["response"]))
        ok(counts(run("import", "again.json", "--json")) == [1, 0, 0, 1, 0],
           "show: its response is imported as unchanged")
        is_run("show: nobody", 1, run("show", "0899999999"), "", "0899999999")
        is_run("show: another round", 1, run("show", "0899014946", "--round", "2030"), "", "2030")


def exports():
    with WorkFolder():
        run("import", os.path.join(DEMO, "responses"))
        formula = '=HYPERLINK("http://x")'
        write("names.csv", table([row(0, round="f", name=formula), row(1, round="f", name="'+1-1"),
                                  row(2, round="f", name='Ví dụ; "trong, ngoặc"'), row(3, round="f", name="@SUM")]))
        import_("names.csv")
        names = {a["name"] for a in json.loads(run("list", "--round", "f", "--json").stdout)["assessments"]}
        ok(formula in names, "formulas: stored as they are", names)
        is_run("export: a table", 0, run("export", "--format", "csv", "-o", "all.csv"))
        raw = open("all.csv", "rb").read()
        ok(raw.startswith(b"\xef\xbb\xbfquestionnaire;round;") and raw.endswith(b"\r\n"),
           "export: as Excel with Vietnamese settings reads it")
        rows = list(csv.DictReader(io.StringIO(read("all.csv")), delimiter=";"))
        ok(len(rows) == 66, "export: all of them", len(rows))
        ok(not [c for r in rows for c in r.values() if c[:1] in ("=", "+", "@", "-")],
           "export: no field starts a formula")
        ok(any(r["name"] == "'" + formula for r in rows), "export: an apostrophe stands before it")
        done = run("import", "all.csv", "--json")
        ok(done.returncode == 0 and counts(done) == [66, 0, 0, 66, 0], "export: imported again, all unchanged",
           done.stdout + done.stderr)
        is_run("export: lines", 0, run("export", "--format", "jsonl", "-o", "all.jsonl"))
        lines = [json.loads(line) for line in read("all.jsonl").splitlines()]
        done = run("import", "all.jsonl", "--json")
        ok(counts(done) == [66, 0, 0, 66, 0], "export: lines imported again, all unchanged", done.stdout + done.stderr)
        good = 0
        for line in lines[:10]:
            score = line.pop("score")
            write("one.json", json.dumps(line))
            good += json.loads(run("score", "one.json", "--json").stdout) == score
        ok(good == 10, "export: the score can be computed again from the response", good)
        table_scores = {(r["tax_code"], r["round"]): r["result.percent"].replace(",", ".") for r in rows}
        ok(all(table_scores[(line["enterprise"]["tax_code"], line["round"])] == line["score"]["total"]["percent"]
               for line in lines[10:]), "export: both formats have the same scores")
        done = run("export", "--format", "jsonl", "--round", "2025", "--area", "chi-linh")
        ok(re.fullmatch(r"dxready: the export began at \d\d/\d\d/20\d\d \d\d:\d\d UTC; .*\n", done.stderr),
           "export: says as of when it is", done.stderr)
        ok(all(json.loads(x)["round"] == "2025" for x in done.stdout.splitlines()) and done.stdout,
           "export: filtered, to standard output", done.stderr)
        is_run("export: a format is needed", 2, run("export"))
        is_run("export: an unknown format", 2, run("export", "--format", "xml"))
        fresh = run("import", "all.csv", "--db", "other.db", "--json")
        ok(counts(fresh) == [66, 66, 0, 0, 0], "export: a new database from it", fresh.stderr)
        a = run("export", "--format", "jsonl", "--db", "other.db").stdout
        ok(sorted(a.splitlines()) == sorted(read("all.jsonl").splitlines()), "export: and it is the same")


def all_types():
    """Every type of question, by way of a questionnaire of our own."""
    with WorkFolder():
        for name in ("questionnaires", "policies"):
            shutil.copytree(os.path.join(ROOT, name), os.path.join("data", name))
        shutil.copy(os.path.join(ROOT, "tests/data/all-types@1.json"), "data/questionnaires/all-types@1.json")
        q = json.loads(read("data/questionnaires/all-types@1.json"))
        questions = [x for d in q["dimensions"] for i in d["indicators"] for x in i["questions"]]

        def answer(x, k):
            kind = x["type"]
            options = [o["id"] for o in x.get("options", [])]
            if x.get("not_applicable") and k == 1:
                return {"na": "không; có = gì"}
            if kind in ("single", "yesno"):
                return options[k % len(options)] if options else "yes"
            if kind == "multiple":
                free = [o["id"] for o in x["options"] if not o.get("exclusive")]
                return free[:k]
            if kind == "scale":
                columns = [c["id"] for c in x.get("columns", x.get("options", []))]
                return {r["id"]: columns[k % len(columns)] for r in x["rows"][:k]}
            if kind == "number":
                low = float(x.get("min", 0) or 0)
                return low + [1, 1.125, 2][k]
            if kind == "date":
                return "2026-02-0%d" % (k + 1)
            return ["=1+1", "hai dòng\nvà \"ngoặc\"", "a;b"][k]

        made = 0
        for k in range(3):
            response = {"kind": "response", "questionnaire": f"{q['id']}@{q['version']}", "round": "r",
                        "submitted_on": "2026-03-01", "minutes": 12.5,
                        "enterprise": {"tax_code": CODES[k], "name": "Đơn vị", "women_capital_percent": 51.125,
                                       "plans": {"dx_solution_vnd": [1000, 2000][:k] or 5}},
                        "answers": {x["id"]: answer(x, k) for x in questions}}
            write("r.json", json.dumps(response))
            done = run("import", "r.json", "--data", "data")
            made += done.returncode == 0
            if done.returncode:
                print("# " + done.stderr.replace("\n", "\n# "))
        ok(made == 3, "all types: imported")
        run("export", "--format", "csv", "-o", "x.csv", "--data", "data")
        done = run("import", "x.csv", "--data", "data", "--json")
        ok(done.returncode == 0 and counts(done) == [3, 0, 0, 3, 0],
           "all types: a table of them is imported as unchanged", done.stdout + done.stderr)
        shutil.rmtree("data/questionnaires")
        shutil.copytree(os.path.join(ROOT, "questionnaires"), "data/questionnaires")
        is_run("all types: shown with the questionnaire of the database", 0, run("show", CODES[0], "--data", "data"))
        is_run("all types: exported with it", 0, run("export", "--format", "jsonl", "--data", "data"))
        write("a.csv", table([row(0)]))
        import_("a.csv")
        is_run("two questionnaires do not fit into one table", 2, run("export", "--format", "csv"), "", DBI)


for test in (demo, forms_of_tables, idempotency, rejects, strict, json_files, hardship, addresses, broken_off, others, killed, imports, unread, lists, shows,
             exports, all_types):
    test()
finish()
