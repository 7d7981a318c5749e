#!/usr/bin/env python3
"""The examples of the manual are run: ```json file=NAME``` makes a file, ```console``` runs its lines."""
import os
import re
import subprocess
import sys
import tempfile

DXREADY = os.environ["DXREADY"]
PAGES = ["docs/command-line.md", "docs/policies.md", "docs/questionnaires.md", "docs/rules.md", "README.md"]
count = failed = 0


def report(ok, name, detail=""):
    global count, failed
    count += 1
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {count} - {name}")
    for line in detail.strip().splitlines() if not ok else []:
        print(f"# {line}")


def run_page(page):
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"^```(json file=(\S+)|console)\n(.*?)^```", file.read(), re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        bin_folder = os.path.join(folder, ".bin")
        os.mkdir(bin_folder)
        os.symlink(DXREADY, os.path.join(bin_folder, "dxready"))
        env = dict(os.environ, PATH=bin_folder + ":" + os.environ["PATH"], TESTS=os.path.abspath("tests/data"))
        for kind, name, text in blocks:
            if name:
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
                continue
            for line in text.splitlines():
                if not line.startswith("$ ") or line.startswith("$ make"):
                    continue
                done = subprocess.run(line[2:], shell=True, cwd=folder, env=env, capture_output=True, text=True)
                report(done.returncode == 0, f"{page}: {line[2:]}", done.stdout + done.stderr)


for path in PAGES:
    if os.path.exists(path):
        run_page(path)
print(f"1..{count}")
sys.exit(1 if failed else 0)
