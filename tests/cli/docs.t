#!/usr/bin/env python3
"""The examples of the manual are run: ```json file=NAME``` (or csv) makes a file, ```console``` runs its lines."""
import os
import re
import subprocess
import tempfile

from tool import DXREADY, finish, report

PAGES = ["docs/command-line.md", "docs/policies.md", "docs/questionnaires.md", "docs/rules.md", "README.md"]


def run_page(page):
    with open(page, encoding="utf-8") as file:
        blocks = re.findall(r"^```((?:json|csv) file=(\S+)|console)\n(.*?)^```", file.read(), re.M | re.S)
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
finish()
