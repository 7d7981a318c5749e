#!/usr/bin/env python3
"""Would the tests notice? One token of the program is changed at a random place, in a copy of the tree; then the tests
that run the changed line are run, the closest and quickest first, until one fails. A mutant that no test notices is read:
it gets a test, or it means the same and is named, with the reason, in tests/mutants/equal.txt.

    mutants.py [--number 40] [--seed S] [--only PATH[:LINE] ...] [--folder DIR] [--seconds N] [--slow]
                 [--again] [--jobs N]              (make mutants MUTANTS="--number 200")

The tests that take longest are tried, last of all, only if asked (--slow), and no more tests than take --seconds in
sum, the first one always: what lives then may be known to others (--again tries it once more).
Not counted: what does not compile, what compiles to the same object code, what equal.txt names. A test that takes ten
times its usual time has noticed. Prints each mutant and what became of it, and in the end how many were killed; what
a run knows already it takes from its folder, if one is named, so that it can be stopped and gone on with.
"""
import argparse
import concurrent.futures
import glob
import hashlib
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from changes import places  # beside this file

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYERS = ("base", "rule", "survey", "score", "policy", "store", "insight", "app")
MEMORY_BYTES = 4 << 30
PATIENCE = 20  # seconds of the clock for one of the processor: others may use it, too
# Left out but for --slow: those that take longest.
SLOW = re.compile(r"cli/(report|match-all|store|trials|bad-input|advice|stats|schema|bad-data|officers|export-xlsx|killed|docs)\.t|web/")

# The unit tests that are closest to a layer: by the beginning of their names.
CLOSE = {
    "base": ("base", "csv", "json", "xlsx", "codec"),
    "rule": ("rule", "batch", "lint"),
    "survey": ("response_csv", "codec", "aids", "pages", "score"),
    "score": ("score", "plan", "advice"),
    "policy": ("policy", "match_all"),
    "store": ("store", "db", "codec", "dossier", "evidence", "purge"),
    "insight": ("stats", "peers"),
    "app": ("result", "match_all", "purge", "dossier", "evidence", "peers"),
}


def listed(*patterns):
    """Files of the project, also new ones."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(name for name in names if os.path.exists(os.path.join(ROOT, name)))


def content(path):
    with open(path, "rb") as file:
        return file.read()


def digest(*paths):
    return hashlib.sha256(b"\0".join(content(os.path.join(ROOT, path)) for path in paths)).hexdigest()


def keep(path, document):
    """Whole, also if it is ended amid that."""
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=0)
    os.replace(path + ".new", path)


def sources():
    return [path for path in listed("src/*.c") if path.split("/")[1] in LAYERS]


# ---- running ----

def limited(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def passes(command, folder, build, seconds, more=None):
    """Whether a test ends well, within seconds of the processor, and how many it took; it is ended at its first fault."""
    work = tempfile.mkdtemp(prefix="tmp-", dir=folder)
    env = {**os.environ, "OUT": build, "DXREADY": os.path.join(folder, build, "dxready"), "LC_ALL": "C.UTF-8", "TMPDIR": work,
           "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1", **(more or {})}
    for name in ("DXREADY_DATA", "DXREADY_DB", "DXREADY_LANG"):
        env.pop(name, None)
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=lambda: limited(seconds))
    late = threading.Timer(PATIENCE * seconds, end, [process])  # what waits for nothing
    late.start()
    good = not any(line.startswith(b"not ok") for line in process.stdout)
    late.cancel()
    if not good:
        end(process)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    good = process.returncode == 0 and good
    end(process)  # what it left running
    process.stdout.close()
    shutil.rmtree(work, ignore_errors=True)
    return good, usage.ru_utime + usage.ru_stime


def end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


# ---- the tree as it is ----

def make(folder, *words):
    done = subprocess.run(["make", "-j2", *words], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the tree does not build ({' '.join(words)[:80]}):\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def copy_tree(folder):
    for path in listed():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target) or content(target) != content(os.path.join(ROOT, path)):
            shutil.copy(os.path.join(ROOT, path), target)
    fonts = os.path.join(folder, "build/fonts")
    if not os.path.exists(fonts) and os.path.exists(os.path.join(ROOT, "build/fonts")):
        shutil.copytree(os.path.join(ROOT, "build/fonts"), fonts)


def commands(folder):
    """How each source is compiled, and how all are linked."""
    words = ["make", "-n", "V=1", "SHARED=1", *[f"-W{path}" for path in sources()], "build/shared/libdxready.so"]
    lines = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()
    compiled = {line.split()[-1]: shlex.split(line) for line in lines if " -c -o build/shared/obj/" in line}
    return compiled, next(shlex.split(line) for line in lines if " -shared " in line)


class Test:
    """A test: its name, how it is run, and what is known of it: seconds, and the lines that it runs."""

    def __init__(self, name):
        self.name, self.seconds, self.lines = name, 0.0, {}
        self.is_unit = name.endswith(".c")
        self.short = os.path.basename(name).rsplit(".", 1)[0]
        self.source_digest = digest(name)

    def command(self, build):
        return [f"{build}/tests/{self.short}"] if self.is_unit else [self.name]

    def runs(self, path, line):
        """Whether the line, or the statement or function that it belongs to, is run."""
        known = self.lines.get(path, {})
        before = [number for number in known if number <= line]
        return bool(before) and known[max(before)]


def tests(with_slow):
    """Units, commands, and (slow) the site without a browser."""
    names = [name for name in listed("tests/unit/test_*.c", "tests/cli/*.t", "tests/web/*.t") if with_slow or not SLOW.search(name)]
    return [Test(name) for name in names if "/web/" not in name or not re.search(rb"browser/|node |probe|photos", content(name))]


# ---- which test runs which line ----

def measure(folder, test):
    """Runs a test as built with --coverage; None if it fails or is not there."""
    kept = tempfile.mkdtemp(prefix="coverage-", dir=folder)
    try:
        good, seconds = passes(test.command("build/coverage"), folder, "build/coverage", 600,
                               {"GCOV_PREFIX": kept, "GCOV_PREFIX_STRIP": str(len(folder.strip("/").split("/")))})
        return {"seconds": seconds, "lines": lines_run(folder, kept)} if good else None
    finally:
        shutil.rmtree(kept, ignore_errors=True)


def lines_run(folder, kept):
    """What the counts of gcov say that were kept: path -> line -> whether it was run."""
    lines = {}
    base = os.path.join(kept, "build/coverage/obj")
    found = [path for layer in LAYERS for path in glob.glob(f"{base}/{layer}/**/*.gcda", recursive=True)]
    for path in found:
        notes = path[:-4] + "gcno"
        os.symlink(os.path.join(folder, os.path.relpath(notes, kept)), notes)
    done = subprocess.run(["gcov", "--json-format", "--stdout", *found], cwd=folder, capture_output=True, text=True)
    for document in map(json.loads, filter(None, done.stdout.splitlines())):
        for file in document["files"]:
            if file["file"].endswith(".c"):
                known = lines.setdefault(os.path.normpath(file["file"]), {})
                for line in file["lines"]:
                    known[line["line_number"]] = known.get(line["line_number"], False) or line["count"] > 0
    return lines


def is_known(learned, test, program):
    """Whether neither the test nor a source that it runs has changed since."""
    return learned.get("digest") == test.source_digest and \
        all(program.get(path) == was for path, was in learned.get("sources", {}).items())


def learn(folder, all_tests, jobs):
    """What each test runs, from the folder if it is still so."""
    path = os.path.join(folder, "coverage.json")
    program = {source: digest(source) for source in sources()}
    known = json.loads(content(path)) if os.path.exists(path) else {}
    missing = [test for test in all_tests if not is_known(known.get(test.name, {}), test, program)]
    if missing:
        units = [f"build/coverage/tests/{test.short}" for test in all_tests if test.is_unit]
        make(folder, "SHARED=1", "OUT=build/coverage", "CFLAGS=--coverage -O1", "LDFLAGS=--coverage", "build/coverage/dxready", *units)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for number, (test, learned) in enumerate(zip(missing, pool.map(lambda test: measure(folder, test), missing))):
            print(f"\rwhat the tests run: {number + 1}/{len(missing)} {test.name:50}", end="", flush=True)
            used = [source for source, lines in learned["lines"].items() if any(lines.values())] if learned else []
            known[test.name] = {"digest": test.source_digest, "is": learned, "sources": {source: program[source] for source in used}}
            keep(path, known)
    print("\r" + " " * 80 + "\r", end="")
    for test in all_tests:
        learned = known[test.name]["is"]
        if learned:
            test.seconds = learned["seconds"]
            test.lines = {path: {int(line): run for line, run in lines.items()} for path, lines in learned["lines"].items()}
    return [test for test in all_tests if test.lines], [test.name for test in all_tests if not known[test.name]["is"]]


# ---- one mutant ----

def order(chosen, path):
    """The closest first, then those that run most of the file in the least time; commands after units."""
    close = CLOSE[path.split("/")[1]]

    def worth(test):
        near = next((at for at, prefix in enumerate(close) if test.short.startswith("test_" + prefix)), len(close))
        is_close = test.is_unit and near < len(close) and test.seconds < 2
        return not test.is_unit, near if is_close else len(close), test.seconds / (1 + sum(test.lines[path].values())) ** 2
    return sorted(chosen, key=worth)


def within(ordered, seconds):
    """As many of the first as take so long in sum."""
    chosen, sum_seconds = [], 0.0
    for test in ordered:
        sum_seconds += test.seconds
        if chosen and sum_seconds > seconds:
            break
        chosen.append(test)
    return chosen


def fate(folder, how, known_tests, change, seconds, passed):
    """What becomes of a mutant, in a folder that is built: a word, and the test that noticed. `passed`: tests that it
    passed before, with their digests; those that it passes now are added."""
    compiled, link = how
    path, line = change.path, change.line
    other, real = os.path.join(folder, "mutant.o"), f"build/shared/obj/{path[4:-2]}.o"
    words = [other if word == real else word for word in compiled[path]]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "CCACHE_DISABLE": "1"}}
    if subprocess.run(words, check=False, **quiet).returncode:
        return "does not compile", ""
    if content(other) == content(os.path.join(folder, real)):
        return "is the same", ""
    subprocess.run([other if word == real else word for word in link], check=True, **quiet)
    covering = order([test for test in known_tests if test.runs(path, line)], path)
    for test in within([test for test in covering if passed.get(test.name) != test.source_digest], seconds):
        trial = (test.command("build/shared"), folder, "build/shared", 5 + 10 * test.seconds)
        if not passes(*trial)[0] and (test.is_unit or not passes(*trial)[0]):
            return "killed", os.path.basename(test.name)
        passed[test.name] = test.source_digest
    tried = sum(passed.get(test.name) == test.source_digest for test in covering)
    return "lives", f"{len(covering)} tests run it, {tried} were tried" if covering else "no test runs it"


def attempt(folder, how, known_tests, change, *how_far):
    target = os.path.join(folder, change.path)
    with open(target, "w", encoding="utf-8") as file:
        file.write(change.changed())
    try:
        return fate(folder, how, known_tests, change, *how_far)
    finally:
        with open(target, "w", encoding="utf-8") as file:
            file.write(change.text)


# ---- all of them ----

def named_equal():
    """What means the same, as equal.txt says: PATH | line | old -> new | reason."""
    with open(os.path.join(ROOT, "tests/mutants/equal.txt"), encoding="utf-8") as file:
        rows = [line.split(" | ") for line in file if line.strip() and not line.startswith("#")]
    # a line of the program may have bars of its own
    return {(row[0], " | ".join(row[1:-2]), row[-2]) for row in rows if len(row) >= 4 and row[-1].strip()}


class Run:
    """Mutants in the order of a seed, tried by some workers at a time."""

    def __init__(self, options, folder, known_tests):
        self.options, self.folder, self.tests, self.lock = options, folder, known_tests, threading.Lock()
        self.how, self.equal = commands(folder), named_equal()
        self.changes = [one for path in sources() for one in places(ROOT, path)
                        if not options.only or {path, f"{path}:{one.line}"} & set(options.only)]
        random.Random(options.seed).shuffle(self.changes)
        self.log = os.path.join(folder, f"mutants-{options.seed}.json")
        self.known = json.loads(content(self.log)) if os.path.exists(self.log) else {}
        self.passed = {words: fate[2] for words, fate in self.known.items() if len(fate) > 2}
        self.counts = {what: 0 for what in ("killed", "lives", "does not compile", "is the same", "is named as equal")}
        self.lived, self.at = [], 0

    def next(self):
        """The next change, unless there are enough; those that are being tried count as if they were enough."""
        with self.lock:
            if self.at == len(self.changes) or self.counts["killed"] + self.counts["lives"] >= self.options.number:
                return None
            self.at += 1
            return self.changes[self.at - 1]

    def count(self, change, what, by):
        with self.lock:
            if self.counts["killed"] + self.counts["lives"] >= self.options.number:
                return
            self.counts[what] += 1
            self.lived += [f"{change.words()}   [{by}]"] if what == "lives" else []
            self.known[change.words()] = [what, by, self.passed.get(change.words(), {}) if what == "lives" else {}]
            keep(self.log, self.known)
            print(f"{what}{' by ' + by if what == 'killed' else ''}: {change.words()}", flush=True)

    def work(self, number):
        folder = os.path.join(self.folder, f"worker-{number}")
        shutil.rmtree(folder, ignore_errors=True)
        ignored = ("worker-*", "coverage", "coverage-*", "tmp-*", "*.json", "*.gcda", "*.gcno")
        shutil.copytree(self.folder, folder, symlinks=True, ignore=lambda at, names: shutil.ignore_patterns(*ignored)(at, names)
                        if at in (self.folder, os.path.join(self.folder, "build")) else [])
        while change := self.next():
            if change.key() in self.equal:
                what, by = "is named as equal", ""
            elif change.words() in self.known and not (self.options.again and self.known[change.words()][0] == "lives"):
                what, by = self.known[change.words()][:2]
            else:
                passed = self.passed.setdefault(change.words(), {})
                what, by = attempt(folder, self.how, self.tests, change, self.options.seconds, passed)
            self.count(change, what, by)
        shutil.rmtree(folder, ignore_errors=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--number", type=int, default=40)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options.add_argument("--only", nargs="+", help="paths, or PATH:LINE")
    options.add_argument("--folder", help="is kept")
    options.add_argument("--seconds", type=float, default=1e9, help="of tests for each mutant, about")
    options.add_argument("--slow", action="store_true", help="with the tests that take longest")
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--again", action="store_true", help="those that lived are tried once more")
    options = options.parse_args()
    begin = time.monotonic()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") and "TMPDIR" not in os.environ else None
    folder = os.path.abspath(options.folder or tempfile.mkdtemp(prefix="dxready-mutants-", dir=memory))
    print(f"again with --seed {options.seed}; the copy is {folder}", flush=True)
    try:
        copy_tree(folder)
        all_tests = tests(options.slow)
        units = [f"build/shared/tests/{test.short}" for test in all_tests if test.is_unit]
        make(folder, "SHARED=1", "build/shared/dxready", *units)
        known_tests, failed = learn(folder, all_tests, options.jobs)
        print(f"{len(known_tests)} tests; these fail or run nothing: {', '.join(failed) or 'none'}", flush=True)
        run = Run(options, folder, known_tests)
        workers = [threading.Thread(target=run.work, args=[number]) for number in range(options.jobs)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    for words in sorted(run.lived):
        print("lives: " + words)
    tried = run.counts["killed"] + run.counts["lives"]
    print(f"{run.counts['killed']} of {tried} killed ({100 * run.counts['killed'] / max(tried, 1):.1f} %), {run.counts['lives']} live; "
          f"not counted: {', '.join(f'{run.counts[what]} {what}' for what in list(run.counts)[2:])} "
          f"(seed {options.seed}, {(time.monotonic() - begin) / 60:.0f} minutes)")


main()
