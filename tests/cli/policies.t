#!/usr/bin/env python3
"""The catalogue from the command line: it is checked without faults, and a match names what is coming."""
import glob
import json
import tempfile

import jsonschema

from tool import GONE, changed, finish, report, run

# A good file changed at a place, to what: `check` and the JSON Schema must both refuse it.
MUTANTS = [
    ("/kind", GONE), ("/id", "hỗ trợ"), ("/name", GONE), ("/name/fr", "x"), ("/valid/from", GONE), ("/valid/from", "1/1/2026"),
    ("/legal/document", GONE), ("/legal/colour", "red"), ("/level", "district"), ("/funding", ["lottery"]),
    ("/certainty", "sure"), ("/read/0/copy", GONE), ("/read/0/on", "today"), ("/open", {"state": "maybe"}), ("/benefit", "gift"),
    ("/parameters/rate/0/value", GONE), ("/parameters/rate/0/until", "2030-01-01"), ("/conditions", GONE),
    ("/conditions/0/if", GONE), ("/conditions/0/reason", {}), ("/cap_basis", "per-day"), ("/amount", "20 %"),
    ("/tests/0/verdict", "yes"), ("/tests/0/facts", GONE), ("/answer_within_working_days", 0), ("/colour", "red"),
]


def match_document(enterprise, on):
    response = {"kind": "response", "questionnaire": "dbi-sme@2021", "enterprise": enterprise, "answers": {}}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(response, file)
        file.flush()
        done = run("match", file.name, "--on", on, "--json")
    return json.loads(done.stdout)


def match(enterprise, on):
    return {policy["id"]: policy for policy in match_document(enterprise, on)["policies"]}


def check_schema():
    """Every file that ships follows the schema, and what the schema refuses `check` refuses, too."""
    with open("policies/policy.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    bad = []
    for path in sorted(glob.glob("policies/*/*.json")) + ["src/cli/starters/policy.json"]:
        with open(path, encoding="utf-8") as file:
            bad += [f"{path} {fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(json.load(file))]
    report(not bad, "every policy that ships follows the JSON Schema", bad)
    with open("policies/national/nd80-art11-2.json", encoding="utf-8") as file:
        good = json.load(file)
    for pointer, value in MUTANTS:
        broken = changed(good, pointer, value)
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(broken, file, ensure_ascii=False)
            file.flush()
            done = run("check", file.name)
        report(done.returncode == 1 and not validator.is_valid(broken),
               f"{pointer} = {'nothing' if value is GONE else value}: refused by both", done.stderr)


check_schema()
facts = {"form": "enterprise", "section": "C", "employees": 186, "revenue_vnd": 128400000000, "capital_vnd": 64000000000}
for known, size in ((facts, "medium"), ({"section": "C"}, "unknown")):
    got = match_document(known, "2026-11-24")["size_class"]
    report(got == dict.fromkeys(("class", "by_revenue", "by_capital"), size), f"size class: {size}", got)
checked = run("check", "policies")
report(checked.returncode == 0 and "0 lưu ý" in checked.stdout + checked.stderr,
       "every policy passes its own tests without advice", checked.stdout + checked.stderr)

small = {"section": "C", "employees": 45, "revenue_vnd": 38000000000, "capital_vnd": 12000000000}
before = match(small, "2026-01-14")
report(before["nd20-art10"].get("coming") is True and before["nd20-art10"]["starts_on"] == "2026-01-15"
       and before["nd20-art10"]["verdict"] == "not_eligible", "a policy of tomorrow is coming", before["nd20-art10"])
after = match(small, "2026-01-15")
report("coming" not in after["nd20-art10"] and after["nd20-art10"]["verdict"] == "eligible",
       "on its first day it holds", after["nd20-art10"])

# by revenue micro, by capital small, which favours it: the plan may be nothing, which is known
doubtful = {"section": "C", "employees": 8, "revenue_vnd": 2000000000, "capital_vnd": 5000000000}
for spent, amount in ((80000000, 40000000), (0, 0)):
    found = match(dict(doubtful, plans={"dx_consulting_vnd": spent}), "2026-11-23")["nd80-art11-1"]
    report(found["verdict"] == "not_eligible" and found.get("better_criterion") ==
           {"size_class": "small", "amount_vnd": amount, "legal": "06/2022/TT-BKHĐT 3(2)"}, f"the better criterion, {spent} planned", found)

contracts = dict(small, plans={"dx_consulting_vnd": [80000000, 120000000], "dx_solution_vnd": [80000000, 80000000]})
found = match(contracts, "2026-11-23")
report(found["nd80-art11-1"]["amount_vnd"] == 90000000, "a ceiling for each contract", found["nd80-art11-1"])
report(found["nd80-art11-2"]["amount_vnd"] == 50000000, "one ceiling for all contracts of a year", found["nd80-art11-2"])

chain = dict(small, innovative_startup=True, founded_on="2023-04-10", in_value_chain=True,
             plans={"ip_consulting_vnd": 60000000})
best = match_document(chain, "2026-11-23")["combination"]
left = {policy["id"]: policy for policy in best["left_out"]}
report("nd80-art25-ip" in best["chosen"] and best["given_vnd"] == 50000000 and best["exact"],
       "of three levels for one content the best is chosen", best)
report(left.get("nd80-art11-3", {}).get("instead") == "nd80-art25-ip"
       and left["nd80-art11-3"]["because"]["vi"], "and it is said why not the others", best)
consulting = match(small, "2026-11-23")["nd80-art13-2"]
report(consulting["certainty"] == "read" and consulting["read"][0]["document"] == "80/2021/NĐ-CP"
       and consulting["read"][0]["article"] == "13(2)" and consulting["read"][0]["on"] == "2026-11-30",
       "what was read is named, with its day", consulting)
report([(case["if"], case["rate"], case["cap_vnd"]) for case in consulting["terms"]]
       == [({"priority_group": True}, "1/2", 150000000), ({"priority_group": False}, "1/2", 100000000)]
       and consulting["cap_basis"] == "per-year", "rate and ceiling by case, before the spend is known", consulting)
fee = match(small, "2026-11-23")["nq198-licence-fee"]
report(fee["certainty"] == "reported" and fee["read"] == [], "what was not read says so", fee)
tests = dict(small, innovative_startup=True, founded_on="2023-04-10", plans={"product_test_vnd": [60000000] * 3})
found = match(tests, "2026-11-23")
report(found["nd80-art22-product-test"]["amount_vnd"] == 30000000, "three tests of 60 million give 30, not 90",
       found["nd80-art22-product-test"])
printed = run("check", "--cases", "policies/national/nd80-art22-product-test.json").stdout
report("| Ngày | Dữ kiện | Kết quả | Số tiền | Căn cứ |" in printed and "không phải 90 triệu. |" in printed
       and all(line.count(" |") == 5 for line in printed.splitlines() if line.startswith("| 0")),
       "cases are printed as a table", printed)
finish()
