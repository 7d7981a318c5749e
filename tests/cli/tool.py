"""What all tests in Python stand on: TAP, running the program, folders of their own, documents changed in one place."""
import copy
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

DXREADY = os.environ.get("DXREADY", os.path.abspath("build/dxready"))
SECONDS_MAX = 5  # two on an idle machine; tests run beside each other
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"  # the least that is one

count = failed = 0


# ---- TAP ----

def report(ok, name, detail=""):
    """One test; what went wrong is said below it. Returns whether it is fine."""
    global count, failed
    count += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {count} - {name}", flush=True)
    for line in str(detail).strip().splitlines()[:40] if not ok else []:
        print(f"# {line[:400]}")
    return bool(ok)


def same(got, want, name):
    return report(got == want, name, f"got  {got}\nwant {want}")


def finish():
    print(f"1..{count}")
    sys.exit(1 if failed else 0)


# ---- the program ----

def run(*words, lang=None, env=None, **more):
    """`dxready WORDS`, to its end; its output as text unless `text=False`."""
    own = {"DXREADY_LANG": lang} if lang else {}
    return subprocess.run([DXREADY, *words], **{"capture_output": True, "text": True, "env": {**os.environ, **own, **(env or {})},
                                               **more})


def start(command, **more):
    """A program that goes on; what it said in its first line."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, **more)
    return process, process.stdout.readline().decode()


# ---- folders ----

class WorkFolder:
    """A folder of its own to work in (also for what is run), which goes with all that is in it."""

    def __enter__(self):
        self.old, self.path = os.getcwd(), tempfile.mkdtemp(prefix="dxready-test-")
        os.chdir(self.path)
        return self.path

    def __exit__(self, *_):
        os.chdir(self.old)
        subprocess.run(["chmod", "-R", "u+w", self.path], check=False)
        shutil.rmtree(self.path, ignore_errors=True)


class Folder:
    """A data folder of its own with some questionnaires, and files made for a test. Folders that are `shared` are those
    of the project."""

    def __init__(self, path=None, questionnaires=(), shared=()):
        self.own = None if path else tempfile.TemporaryDirectory()
        self.path = path or self.own.name
        self.number = 0
        os.mkdir(os.path.join(self.path, "questionnaires"))
        for name in questionnaires:
            os.symlink(os.path.abspath(name), os.path.join(self.path, "questionnaires", os.path.basename(name)))
        for name in shared:
            os.symlink(os.path.abspath(name), os.path.join(self.path, name))

    def file(self, content):
        self.number += 1
        path = os.path.join(self.path, f"{self.number}.json")
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, lang, *arguments):
        begin = time.monotonic()
        done = run(*arguments, "--data", self.path, "--lang", lang, text=False, timeout=60, stdin=subprocess.DEVNULL)
        return done, time.monotonic() - begin


# ---- documents ----

GONE = object()


def changed(document, pointer, value):
    """A copy with another value at a JSON pointer, or without it (GONE)."""
    copied = copy.deepcopy(document)
    *path, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    at = copied
    for part in path:
        at = at[int(part)] if isinstance(at, list) else at[part]
    key = int(last) if isinstance(at, list) else last
    if value is GONE:
        del at[key]
    else:
        at[key] = value
    return copied


# ---- what is said of faults ----

def parse(stderr, prefix):
    """The faults (no notes) as (file, line, pointer, message); None where a line has not that form."""
    said = []
    for line in stderr.decode().splitlines():
        found = re.fullmatch(re.escape(prefix) + r"([^:]+):(\d+): (?:(/.*?): )?(.+)", line)
        said.append((found.group(1), int(found.group(2)), found.group(3) or "", found.group(4)) if found else None)
    return [fault for fault in said if not fault or not fault[3].startswith(("note: ", "lưu ý: "))]


def compare(said, other, wanted, line, paths):
    """What is wrong about the faults in English (said) and Vietnamese (other)."""
    if None in said or None in other or len(said) != len(wanted) or len(other) != len(said):
        return [f"{len(wanted)} faults wanted, in the form FILE:LINE: POINTER: message"]
    problems = []
    for pointer, part in wanted:
        if not any((s[2] == pointer or pointer == "!") and any(p in s[3] for p in part.split("|")) for s in said):
            problems.append(f"not said: {pointer} {part}")
    if line is not None and said[0][1] != line:
        problems.append(f"line {said[0][1]}, not {line}")
    if paths and [s[0] for s in said] != paths:
        problems.append(f"said of {[s[0] for s in said]}")
    problems += [f"not the same in Vietnamese: {two}" for one, two in zip(said, other)
                 if one[:3] != two[:3] or one[3] == two[3]]
    return problems


def refuses(folder, name, arguments, wanted, line=None, paths=None):
    """Runs in both languages. `wanted` are the faults in any order: pointer ("!": any) and parts of the English
    sentence, one of which must stand there."""
    prefix = "" if arguments[0] == "check" else "dxready: "
    (english, seconds), (vietnamese, _) = folder.run("en", *arguments), folder.run("vi", *arguments)
    problems = compare(parse(english.stderr, prefix), parse(vietnamese.stderr, prefix), wanted, line, paths)
    for done in (english, vietnamese):
        if done.returncode != 1 or done.stdout:
            problems.append(f"exit {done.returncode}, stdout {done.stdout[:100]!r}")
    if seconds > SECONDS_MAX:
        problems.append(f"took {seconds:.1f} s")
    report(not problems, name, "\n".join(problems) + "\n" + english.stderr.decode(errors="replace")[:900] +
           vietnamese.stderr.decode(errors="replace")[:300])
