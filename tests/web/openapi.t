#!/usr/bin/env python3
"""The description of all addresses, read by a public linter: Spectral, with all that it recommends for OpenAPI."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tool import finish, report  # noqa: E402

DOCUMENT = "src/web/api/openapi.json"
LINTER = "tests/web/openapi/node_modules/.bin/spectral"


def findings(path):
    """Each as "CODE PLACE: message"; what the linter itself had to say where it did not run."""
    said = subprocess.run([LINTER, "lint", "--ruleset", "tests/web/openapi/ruleset.yaml", "--format", "json", "--quiet",
                           "--fail-severity", "hint", path], capture_output=True, text=True, timeout=600)
    begin, end = said.stdout.find("["), said.stdout.rfind("]")
    if begin < 0 or said.returncode not in (0, 1):
        return [f"exit {said.returncode} {said.stdout} {said.stderr}"]
    return [f"{one['code']} /{'/'.join(map(str, one['path']))}: {one['message']}" for one in json.loads(said.stdout[begin:end + 1])]


found = findings(DOCUMENT)
report(not found, "no finding at all", "\n".join(found))
with open(DOCUMENT, encoding="utf-8") as file:
    document = json.load(file)
del document["paths"]["/"]["get"]["tags"]
with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
    json.dump(document, file)
    file.flush()
    found = findings(file.name)
report(len(found) == 1 and found[0].startswith("operation-tags /paths///get"), "and one where there is one", "\n".join(found))
finish()
