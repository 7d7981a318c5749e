"""What the tests of the command line share: TAP, running the program, reading what it says."""
import os
import re
import subprocess
import sys
import time

DXREADY = os.environ.get("DXREADY", os.path.abspath("build/dxready"))
SECONDS_MAX = 5  # two on an idle machine; tests run beside each other

count = failed = 0


def report(ok, name, detail=""):
    global count, failed
    count += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {count} - {name}")
    for line in detail.strip().splitlines()[:14] if not ok else []:
        print(f"# {line[:400]}")


def finish():
    print(f"1..{count}")
    sys.exit(1 if failed else 0)


class Folder:
    """A data folder of its own with some questionnaires, and files made for a test."""

    def __init__(self, path, questionnaires=()):
        self.path = path
        self.number = 0
        os.mkdir(os.path.join(path, "questionnaires"))
        for name in questionnaires:
            os.symlink(os.path.abspath(name), os.path.join(path, "questionnaires", os.path.basename(name)))

    def file(self, content):
        self.number += 1
        path = os.path.join(self.path, f"{self.number}.json")
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, lang, *arguments):
        begin = time.monotonic()
        done = subprocess.run([DXREADY, *arguments, "--data", self.path, "--lang", lang], capture_output=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        return done, time.monotonic() - begin


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
