#!/usr/bin/env python3
"""Everything that can break under the program breaks: memory and disk at some call of every command and of the server,
and the process itself (kill -9) in imports and between saves. What must hold afterwards: no crash, one sentence, nothing
half done (a process that ends at once may leave a file NAME.xxxxxxxx.tmp), the database whole, what was acknowledged
there, and the same run again ends where it would have ended.

    torture.py [--faults N] [--kills N] [--seed S]      (make torture TORTURE="--kills 500 --seed 7")

Works in memory where there is a folder for that (/dev/shm): a process that is killed leaves behind what it wrote, on the
disk or not, so that nothing is learned by waiting for a disk. TMPDIR names another place. A kill takes about a second of
the processor: an import, what is listed, the import again; or the start of the server.
"""
import argparse
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "cli"), os.path.join(ROOT, "tests", "web")]
from client import Browser, Officer, Server  # noqa: E402
from tool import DXREADY, WorkFolder, finish, report, run  # noqa: E402

DEMO = os.path.join(ROOT, "tests", "data", "demo")
RESPONSE = os.path.join(DEMO, "responses", "may-sen-vang.json")
EARLIER = os.path.join(DEMO, "responses", "may-sen-vang-2025.json")
TABLE = os.path.join(DEMO, "doanh-nghiep-2026.csv")
FORM = "dbi-sme@2021"
ON = ["--on", "2026-11-24"]
ENOSPC, EIO = 28, 5
LAST_CALLS = 12


def shim_env(kind, **settings):
    """The environment in which calls of a kind fail (shim.c)."""
    return {"LD_PRELOAD": os.path.join(ROOT, os.environ.get("OUT", "build"), "torture", f"{kind}.so"), "TORTURE_KIND": kind,
            "ASAN_OPTIONS": "verify_asan_link_order=0", **{f"TORTURE_{name.upper()}": str(value) for name, value in settings.items()}}


# ---- what is there ----

def is_whole(path):
    """Sound by SQLite's own check; a database that was not begun is as good."""
    if not os.path.exists(path):
        return True
    with sqlite3.connect(path, timeout=10) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not db.execute("PRAGMA foreign_key_check").fetchall()


def stored(path="dxready.db"):
    """What is stored, without what is random and when it was."""
    if not os.path.exists(path):
        return None
    done = run("list", "--db", path, "--json", "--limit", "100000", lang="en")
    if done.returncode:
        return done.stderr
    rows = json.loads(done.stdout)["assessments"]
    return sorted(json.dumps({key: value for key, value in row.items() if key not in ("id", "reference", "enterprise", "imported_at", "import")},
                             sort_keys=True) for row in rows)


def leftovers(before):
    """Files that a run left besides its own."""
    return sorted(name for name in os.listdir(".") if name not in before and not re.search(r"\.db(-lock|-wal|-shm|-journal)?$", name))


# ---- one call that fails ----

class Command:
    """A command in a folder of its own; `out` is the file that it writes."""

    def __init__(self, *words, out=None, database=True):
        self.words, self.out, self.database = words, out, database

    def run(self, env=None):
        return run(*self.words, lang="en", env=env, text=False, timeout=120)

    def result(self, done):
        """All that a run leads to; times and random numbers left out."""
        said = re.sub(rb'"?(reference|imported_at|stored_at)"?: ?"[^"]*"', b"", done.stdout)
        made = None
        if self.out and os.path.exists(self.out):
            with open(self.out, "rb") as file:
                made = file.read()
            made = len(made) if self.out.endswith(".xlsx") else made
        return said, made, stored() if self.database else None


COMMANDS = {
    "check": Command("check", os.path.join(ROOT, "policies/holidays.json"), RESPONSE, database=False),
    "score": Command("score", RESPONSE, "--json", database=False),
    "match": Command("match", RESPONSE, "--json", *ON, database=False),
    "plan": Command("plan", RESPONSE, "--json", database=False),
    "compare": Command("compare", EARLIER, RESPONSE, "--json", database=False),
    "report": Command("report", RESPONSE, "-o", "out.pdf", *ON, out="out.pdf", database=False),
    "form": Command("form", FORM, "-o", "out.pdf", out="out.pdf", database=False),
    "init": Command("init", "questionnaire", "-o", "out.json", out="out.json", database=False),
    "import": Command("import", TABLE, "--questionnaire", FORM, "--rejects", "rejects.csv"),
    "import into wal": Command("import", TABLE, "--questionnaire", FORM, "--journal", "wal"),
    "import --strict": Command("import", TABLE, "--questionnaire", FORM, "--strict"),
    "list": Command("list", "--json"),
    "show": Command("show", "0899010130"),
    "stats": Command("stats", "--json", *ON),
    "match --all": Command("match", "--all", "--json", *ON),
    "export csv": Command("export", "--format", "csv", "-o", "out.csv", out="out.csv"),
    "export xlsx": Command("export", "--format", "xlsx", "-o", "out.xlsx", out="out.xlsx"),
    "export jsonl": Command("export", "--format", "jsonl", "-o", "out.jsonl", out="out.jsonl"),
    "rescore": Command("rescore", "--to", "dbi-sme@2025", "--json"),
    "purge": Command("purge"),
}


def prepare(name):
    """The folder as it is before the command."""
    for path in os.listdir("."):
        os.unlink(path)
    if COMMANDS[name].database and not name.startswith("import"):
        shutil.copy("../stored.db", "dxready.db")


def calls_in(path):
    """What the shim counted: of the process that went furthest, where there were several."""
    with open(path, encoding="ascii") as file:
        numbers = [int(line) for line in file]
    os.unlink(path)
    return max(numbers)


def count_calls(name, kind):
    prepare(name)
    done = COMMANDS[name].run(shim_env(kind, count="../calls"))
    return calls_in("../calls"), COMMANDS[name].result(done), done


def faults_of(name, done, wanted, before):
    """What is wrong about a run in which a call failed."""
    command, said = COMMANDS[name], done.stderr.decode(errors="replace")
    if done.returncode not in (0, 1, 3):
        return f"ends with {done.returncode}: {said}"
    if done.returncode and (not said.startswith("dxready: ") or said.count("\n") > 2):
        return f"says {said!r}"
    if not is_whole("dxready.db"):
        return "the database is broken"
    if done.returncode == 0:
        return "" if command.result(done) == wanted else f"succeeds with another result: {said}"
    if command.out and os.path.exists(command.out):
        return "leaves a file half done"
    left = [path for path in leftovers(before) if "memory" not in said or not path.endswith(".tmp")]
    if left:
        return f"leaves {left}"
    again = command.run()
    return "" if command.result(again)[1:] == wanted[1:] and again.returncode == 0 else f"cannot be run again: {again.stderr}"


def failing(name, kind, points, dice):
    """The last calls always: there what was made is handed over."""
    calls, wanted, clean = count_calls(name, kind)
    numbers = sorted({*dice.sample(range(1, calls + 1), min(calls, points)), *range(max(1, calls - LAST_CALLS), calls + 1)})
    wrong = [] if clean.returncode == 0 else [f"fails without a fault: {clean.stderr}"]
    for number in numbers:
        prepare(name)
        before = os.listdir(".") + ["out.csv.rejects.csv", "rejects.csv"]
        how = {"at": number, "errno": dice.choice([ENOSPC, EIO]), "stays": int(kind == "disk" and dice.random() < 0.5)}
        problem = faults_of(name, COMMANDS[name].run(shim_env(kind, **how)), wanted, before)
        if problem:
            wrong.append(f"call {number} {how}: {problem}")
    report(not wrong, f"{name}: {kind} fails at {len(numbers)} of {calls} calls", "\n".join(wrong))


def fail_commands(points, dice):
    with WorkFolder() as top:
        done = run("import", TABLE, "--questionnaire", FORM, "--db", "stored.db")
        report(done.returncode == 0, "there is something stored", done.stderr)
        os.mkdir("work")
        os.chdir("work")
        for name in COMMANDS:
            for kind in ("memory", "disk"):
                failing(name, kind, points, dice)
        os.chdir(top)


# ---- the server, while the disk fails ----

def save(browser, value):
    """One answer of the first page; whether it was acknowledged."""
    page = f"/ho-so/{browser.reference}/trang/1"
    return browser.get(page) and browser.post(page, {browser.names()[0]: value, "base": browser.base}, follow=False) and \
        browser.status == 303


def shown(browser):
    browser.get(f"/ho-so/{browser.reference}/trang/1")
    found = re.search(rf'name="{re.escape(browser.names()[0])}"[^>]* value="([^"]*)" checked', browser.text)
    return found and found.group(1)


def fail_server(points, dice):
    """Each time another call to the disk fails: it is told with the form, and what was acknowledged stays."""
    with Server("--round", "2026") as server:
        browser = Browser(server)
        browser.begin()
        acknowledged, wrong, refused = None, [], 0
        for at in [dice.randrange(1, 60) for _ in range(points)]:
            server.stop()
            try:
                server.start(env={**os.environ, **shim_env("disk", at=at, errno=ENOSPC)})
            except SystemExit:
                pass  # it said why and ended: the next one starts
            if server.process.poll() is None:
                for value in ("1", "2", "3"):
                    if save(browser, value):
                        acknowledged = value
                    else:
                        refused += 1
                        wrong += [f"call {at}: status {browser.status}"] if browser.status not in (500, 503) else []
                code = server.stop()
                wrong += [f"call {at}: ends with {code}"] if code not in (0, 3) else []
            server.start()
            if not is_whole(server.db) or shown(browser) != acknowledged:
                wrong.append(f"call {at}: {shown(browser)} is stored, {acknowledged} was acknowledged")
                acknowledged = shown(browser)
        report(not wrong, f"serve: the disk fails at {points} calls, {refused} saves are refused, the others stay", "\n".join(wrong))


# ---- kill -9 ----

def numbered(kills, wrong):
    """0, 1, 2, ...; now and then says how far it is."""
    for number in range(kills):
        yield number
        if (number + 1) % 50 == 0:
            print(f"# {number + 1} of {kills} kills, {len(wrong)} faults", flush=True)


def big_table(rows):
    """The demo table, each enterprise in many rounds."""
    with open(TABLE, encoding="utf-8-sig") as file:
        lines = list(csv.reader(file, delimiter=";"))
    at, out = lines[0].index("round"), io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(lines[0])
    for i in range(rows):
        row = list(lines[1 + i % (len(lines) - 1)])
        row[at] = str(2000 + i // (len(lines) - 1))
        writer.writerow(row)
    return out.getvalue()


def killed(words, journal, seconds, calls, dice):
    """An import that is killed, at any time or at a call that changes a file: many of these come at once."""
    at = int(calls ** dice.random()) if dice.random() < 0.5 else 0
    process = subprocess.Popen([DXREADY, *words, "--journal", journal], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, **(shim_env("disk", at=at, errno=0) if at else {})})
    if not at:
        time.sleep(dice.random() * seconds)
        process.send_signal(signal.SIGKILL)
    process.wait()
    return f"call {at}" if at else "any time"


def kill_imports(kills, dice):
    words = ("import", "big.csv", "--questionnaire", FORM, "--rejects", "rejects.csv")
    with WorkFolder():
        with open("big.csv", "w", encoding="utf-8") as file:
            file.write(big_table(300))
        begin = time.monotonic()
        clean = run(*words, "--db", "clean.db")
        seconds, wanted, wrong, most = time.monotonic() - begin, stored("clean.db"), [], 0
        run(*words, "--db", "calls.db", env=shim_env("disk", count="calls"))
        calls = calls_in("calls")
        report(clean.returncode == 0, "an import that nobody kills", clean.stderr)
        for number in numbered(kills, wrong):
            journal = dice.choice(["wal", "rollback"])
            for path in [name for name in os.listdir(".") if name.startswith("dxready.db")]:
                os.unlink(path)
            name = f"kill {number} ({journal}, {killed(words, journal, seconds, calls, dice)})"
            left = stored()  # by the program itself, before anybody else opens it
            if isinstance(left, list):
                most = max(most, len(left))
                wrong += [f"{name}: rows that were not sent"] if set(left) - set(wanted) else []
            elif left and "is empty" not in left and "older dxready" not in left:
                wrong.append(f"{name}: list says {left}")
            again = run(*words)
            if again.returncode or stored() != wanted or not is_whole("dxready.db"):
                wrong.append(f"{name}: run again it does not end where it would have ended: {again.stderr}")
        report(not wrong, f"{kills} imports are killed (up to {most} of {len(wanted)} rows were there) and run again", "\n".join(wrong))


def kill_server(kills, dice):
    """Saves without pause, and a kill at any moment: what was acknowledged is there."""
    with Server("--round", "2026") as server:
        browser = Browser(server)
        browser.begin()
        acknowledged, tried, saves, wrong = None, None, 0, []
        for number in numbered(kills, wrong):
            end = time.monotonic() + dice.random() * 0.15
            killer = subprocess.Popen(["sh", "-c", f"sleep {end - time.monotonic():.4f}; kill -9 {server.process.pid}"])
            try:
                while True:
                    tried = dice.choice("123")
                    if save(browser, tried):
                        acknowledged, tried, saves = tried, None, saves + 1
            except OSError:
                pass  # it is dead
            except Exception as gone:  # half a reply
                wrong += [] if "Remote" in type(gone).__name__ or "Incomplete" in type(gone).__name__ else [repr(gone)]
            killer.wait()
            server.process.wait()
            server.start()
            now = shown(browser)
            if now not in (acknowledged, tried or acknowledged):
                wrong.append(f"kill {number}: {now} is stored, {acknowledged} was acknowledged and {tried} was tried")
            acknowledged = now
        server.stop()
        wrong += [] if is_whole(server.db) else ["the database is broken"]
        report(not wrong and saves >= kills // 4, f"the server is killed {kills} times amid {saves} saves: none is lost", "\n".join(wrong))


class Desk:
    """Two officers who give values to the answers of a few cases, and what of it was acknowledged."""

    QUESTIONS = ("4.1.1", "4.1.2", "4.1.3", "4.1.4")

    def __init__(self, server):
        self.server, self.acts, self.tried = server, 0, None
        run("import", TABLE, "--db", server.db, "--questionnaire", FORM, "--round", "2026")
        self.officers = [Officer(server).put_in(name, "officer", "all") for name in ("le.thi.mau", "pham.van.du")]
        while server.sql("SELECT COUNT(*) FROM case_due")[0][0]:
            time.sleep(.1)
        self.cases = [case for case, in server.sql("SELECT id FROM review_case ORDER BY id LIMIT 3")]
        self.known = {}  # (case, question) -> what was acknowledged: (value, version)

    def act(self, dice):
        """One value; False if it was not taken as it should have been."""
        officer, at, value = dice.choice(self.officers), (dice.choice(self.cases), dice.choice(self.QUESTIONS)), dice.choice("012")
        version = self.known.get(at, (None, 0))[1]
        self.tried = (at, value)
        officer.get(f"/can-bo/ho-so/{at[0]}?cau={at[1]}")
        officer.post(f"/can-bo/ho-so/{at[0]}/cau", follow=False, question=at[1], version=str(version), option=value, reason="no-evidence", note="")
        if officer.status == 303:
            self.known[at], self.tried, self.acts = (value, version + 1), None, self.acts + 1
        return officer.status == 303

    def faults(self):
        """What was acknowledged and is not there; what was being done when it died may be there or not."""
        found, wrong = {}, []
        for case, question, value, version in self.server.sql("SELECT review_case, item, value, version FROM case_value"):
            found[case, question.removeprefix("answers.")] = (value.strip(chr(34)), version)
        for at, known in self.known.items():
            if self.tried and at == self.tried[0] and found.get(at) == (self.tried[1], known[1] + 1):
                self.known[at] = found[at]
            elif found.get(at) != known:
                wrong.append(f"{at}: {found.get(at)} is stored, {known} was acknowledged")
        if self.tried and self.tried[0] in found:
            self.known.setdefault(self.tried[0], found[self.tried[0]])
        entries = self.server.sql("SELECT COUNT(*) FROM audit WHERE act = 'value-set'")[0][0]
        changes = sum(version for _, version in found.values())
        wrong += [] if entries == changes else [f"{entries} entries tell of {changes} changes"]
        chain = run("audit", "verify", "--db", self.server.db)
        return wrong + ([] if chain.returncode == 0 else [f"the record is broken: {chain.stderr}"])


def kill_desk(kills, dice):
    """Officers at work, and a kill at any moment: every value that was acknowledged is there, once, and so is its entry in the record."""
    with Server("--round", "2026") as server:
        desk, wrong = Desk(server), []
        for number in numbered(kills, wrong):
            killer = subprocess.Popen(["sh", "-c", f"sleep {dice.random() * 0.3:.4f}; kill -9 {server.process.pid}"])
            try:
                while desk.act(dice):
                    pass
                wrong.append(f"kill {number}: status {[officer.status for officer in desk.officers]}, {desk.tried}")
            except OSError:
                pass  # it is dead
            except Exception as gone:  # half a reply
                wrong += [] if "Remote" in type(gone).__name__ or "Incomplete" in type(gone).__name__ else [repr(gone)]
            killer.wait()
            server.process.wait()
            server.start()
            wrong += [f"kill {number}: {fault}" for fault in desk.faults()]
        server.stop()
        wrong += [] if is_whole(server.db) else ["the database is broken"]
        report(not wrong and desk.acts >= kills // 4, f"officers are at work, the server is killed {kills} times amid {desk.acts} acts: "
               "none is lost, each is in the record", "\n".join(wrong[:20]))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--faults", type=int, default=40, help="calls that fail, of each command and kind")
    options.add_argument("--kills", type=int, default=500, help="of imports, and as many of the server")
    options.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = options.parse_args()
    os.chdir(ROOT)
    if os.path.isdir("/dev/shm"):
        os.environ.setdefault("TMPDIR", "/dev/shm")
    print(f"# again with --seed {options.seed}", flush=True)
    dice = random.Random(options.seed)
    if options.faults:
        fail_commands(options.faults, dice)
        fail_server(options.faults, dice)
    kill_imports(options.kills, dice)
    kill_server(options.kills, dice)
    kill_desk(options.kills, dice)
    finish()


main()
