#!/usr/bin/env python3
"""Broken data files: facts, areas, sections, size classes, holidays, policies. A table of clear cases, and random
mutations, of which each must be accepted, or refused with places; never a crash, never half an answer."""
import copy
import json
import os
import random
import re
import shutil
import tempfile

import tool
from tool import GONE, changed

MUTANTS = 25  # of each file
SEED = int(os.environ.get("DATA_SEED", "20261123"))
LISTS = ("facts", "areas", "sections", "size-classes", "holidays")

# file, where, new value (GONE: removed), pointer and a part of what is said
CASES = [
    ("facts", "/kind", "fact", "/kind", "must be one of"),
    ("facts", "/facts/0/id", GONE, "/facts/0", "'id' is missing"),
    ("facts", "/facts/0/id", "mã số", "/facts/0", "may only have plain letters"),
    ("facts", "/facts/1/id", "tax_code", "/facts/1", "is declared twice"),
    ("facts", "/facts/0/type", "code", "/facts/0/type", "must be one of"),
    ("facts", "/facts/0/colour", 1, "/facts/0/colour", "unknown key"),
    ("facts", "/facts/2/choices", GONE, "/facts/2", "needs the key 'choices'"),
    ("facts", "/checks/0/if", {"<=": [{"var": "women"}, {"var": "employees"}]}, "/checks/0/if/<=/0/var", "is not declared"),
    ("areas", "/areas", GONE, "", "'areas' is missing"),
    ("areas", "/areas/0/to", "2025-06-31", "/areas/0/to", "a real day"),
    ("areas", "/areas/0/certainty", "sure", "/areas/0/certainty", "must be one of"),
    ("areas", "/areas/7/to", GONE, "/areas/8", "without overlap"),
    ("sections", "/sections/0/name", {}, "/sections/0/name", "the texts \"vi\" and \"en\" are needed"),
    ("sections", "/sections/0", "A", "/sections/0", "an object {...} is needed"),
    ("size-classes", "/versions/0/sectors/0/micro/employees", -1, "/versions/0/sectors/0/micro/employees", "a whole number from 1"),
    ("size-classes", "/versions/0/sectors/0/small", GONE, "/versions/0/sectors/0", "'small' is missing"),
    ("size-classes", "/versions/0/from", 2018, "/versions/0/from", "a text is needed"),
    ("holidays", "/off/1/date", "2024-01-01", "/off/1", "the days must rise"),
    ("holidays", "/off/0/announced", "yes", "/off/0/announced", "true or false is needed"),
    ("holidays", "/to", GONE, "", "'to' is missing"),
    ("policy", "/id", "a b", "/id", "may only have plain letters"),
    ("policy", "/conditions/0/if", {"in": [{"var": "size_clas"}, ["micro"]]}, "/conditions/0/if/in/0/var", "is 'size_class' meant?"),
    ("policy", "/conditions/0/if", {"in": [{"var": "size_class"}, ["tiny"]]}, "/conditions/0/if/in", "never has the value 'tiny'"),
    ("policy", "/valid/from", "2026-13-01", "/valid/from", "a real day"),
    ("policy", "/funding/0", "lottery", "/funding/0", "must be one of"),
    ("policy", "/tests/0/verdict", "maybe", "/tests/0/verdict", "must be one of"),
    ("policy", "/tests/0/amount_vnd", 30000001, "/tests/0", ""),
    ("policy", "/read", GONE, "/certainty", "which article of 00/2026/NQ-HĐND was read"),
    ("policy", "/read/0/document", "01/2026/NQ-HĐND", "/certainty", "which article of 00/2026/NQ-HĐND was read"),
    ("policy", "/read/0/copy", GONE, "/read/0", "'copy' is missing"),
    ("policy", "/read/0/on", "2025-12-09", "/read/0", "before the day on which it was signed"),
    ("policy", "/read", [], "/read", "1 to 8 texts"),
    ("policy", "/extra", 1, "/extra", "unknown key"),
]
VALUES = [None, True, 0, -1, 1, 2.5, 10**15, "", "x", "1/3", "2026-02-30", "2026-01-01", "micro", [], {}, [[]], [1], ["x"],
          {"vi": "chữ", "en": "x"}, {"var": "employees"}, {"from": "2026-01-01", "value": 1, "legal": "1"}]


def load(name):
    if name == "policy":
        with open("docs/policies.md", encoding="utf-8") as file:
            return json.loads(re.search(r"```json file=\S+\n(.*?)```", file.read(), re.S).group(1))
    with open(f"policies/{name}.json", encoding="utf-8") as file:
        return json.load(file)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value[:4]) if isinstance(value, list) else ()
    for key, child in items:
        yield from places(child, path + (key,))


def mutate(document, dice):
    pointer = "/" + "/".join(map(str, dice.choice([path for path in places(document) if path])))
    value = GONE if dice.random() < 0.25 else copy.deepcopy(dice.choice(VALUES))
    if dice.random() < 0.2:
        pointer = re.sub(r"[^/]+$", dice.choice(["colour", "id", "from", "if", "value", "name"]), pointer)
    try:
        return pointer, value, changed(document, pointer, value)
    except (KeyError, ValueError, IndexError, TypeError):
        return mutate(document, dice)


def check(folder, name, document):
    path = f"{folder.path}/policies/{'national/x' if name == 'policy' else name}.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, indent=1)
    done, _ = folder.run("en", "check", path)
    os.remove(path)
    if name != "policy":
        shutil.copy(f"policies/{name}.json", path)
    said = tool.parse(done.stderr, "")
    is_odd = None in said or done.returncode not in (0, 1) or (done.returncode == 1) != bool(said) or bool(said and done.stdout)
    return said, f"exit {done.returncode} {done.stdout!r} {done.stderr.decode(errors='replace')}" if is_odd else ""


def main():
    with tempfile.TemporaryDirectory() as path:
        folder = tool.Folder(path)
        os.makedirs(f"{path}/policies/national")
        for name in LISTS:
            shutil.copy(f"policies/{name}.json", f"{path}/policies/{name}.json")
        for name, where, value, pointer, part in CASES:
            said, odd = check(folder, name, changed(load(name), where, value))
            tool.report(not odd and any(s[2] == pointer and part in s[3] for s in said), f"{name} {where}: refused at {pointer}",
                        f"{odd} {said}")
        document = load("policy")
        for where, value in (("/colour", 1), ("/legal", GONE), ("/funding", "x"), ("/valid/from", "2021-13-01"),
                             ("/amount", {"*": [{"var": "ratee"}, 1]}), ("/tests/0/verdict", "maybe")):
            document = changed(document, where, value)
        said, odd = check(folder, "policy", document)
        places_said = {s[2] for s in said}
        wanted = {"/colour", "", "/funding", "/valid/from", "/amount/*/0/var", "/tests/0/verdict"}
        tool.report(not odd and places_said == wanted, "every fault of a policy is said at once", f"{odd} {said}")
        dice = random.Random(SEED)
        for name in LISTS + ("policy",):
            document, wrong, refused = load(name), [], 0
            said, odd = check(folder, name, document)
            tool.report(not said and not odd, f"{name}: as it is", f"{said} {odd}")
            for _ in range(MUTANTS):
                where, value, broken = mutate(document, dice)
                said, odd = check(folder, name, broken)
                refused += bool(said)
                wrong += [f"{where} = {value!r}: {odd}"] if odd else []
            tool.report(not wrong and refused > 5, f"{name}: {MUTANTS} mutations (DATA_SEED={SEED}), {refused} refused", "\n".join(wrong))
    tool.finish()


main()
