#!/usr/bin/env python3
"""What `dxready plan` advises: profiles that an adviser has judged, every example of tests/data/demo, and the least
effort as glpsol finds it for the same packages, computed from the files alone."""
import concurrent.futures
import copy
import glob
import json
import os
import random
import subprocess
import tempfile

import advice_oracle
import tool
from tool import DXREADY, report

NEVER_FOR_SMALL_SERVICES = {"trace", "machines-2", "export"}  # block chain, robots and 3D printing, sales abroad
FIRST_THINGS = {"books-1", "safe-1", "safe-2", "files", "orders", "learn-1"}
CRITERIA_OF_FASHION = {"3.2.10", "3.2.11", "1.1.6"}
SERVICES = set("GHIJKLMNOPQRSTUV")

# Ten more of the examples, judged likewise: what must be among the first three, what must not be in the plan.
JUDGED = {
    "khach-san-con-son": ("plan-1;safe-1", "orders codes trace export machines-1 machines-2 it ideas-2"),
    "bun-ca-ro-dong": ("safe-1;books-1", "export trace machines-1 machines-2 soft-2 ideas-2 it"),
    "nha-thuoc-tam-an": ("plan-1;safe-1", "export trace booking machines-1 machines-2 soft-2 it"),
    "tien-loi-binh-an": ("safe-1;books-1", "export trace booking machines-1 machines-2 quality-2"),
    "xe-khach-anh-tuan": ("plan-1;safe-1", "export trace orders machines-2 quality-2 codes"),
    "gach-nhi-chieu": ("plan-1;safe-1;books-1", "export trace booking machines-2 soft-2"),
    "htx-rau-gia-loc": ("safe-1;files", "trace export machines-2 booking"),
    "phong-kham-tam-duc": ("safe-2|safe-1;plan-1|booking", "orders codes trace export machines-1 machines-2"),
    "xay-dung-phuong-hoang": ("safe-2|safe-1;plan-1", "orders booking codes trace export machines-2"),
    "may-thanh-dong": ("plan-1;numbers-2|safe-2|safe-1", "export trace booking"),
}


def plan(path, *options):
    done = subprocess.run([DXREADY, "plan", "--json", *options, path], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr}


def judge(name, advised, first, forbidden):
    ids = [package["id"] for package in advised.get("packages", [])]
    wanted = [group.split("|") for group in first.split(";")]
    found = [any(choice in ids[:3] for choice in group) for group in wanted]
    never = [package for package in forbidden.split() if package in ids]
    report(all(found) and not never and "error" not in advised, f"{name}: an adviser would sign it",
           f"{ids}; wanted first {first}; never {never} {advised.get('error', '')}")


def scored(response, steps):
    """The level of the answers once the plan is done."""
    after = copy.deepcopy(response)
    for step in steps:
        after["answers"][step["question"]] = step["to"]
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(after, file)
        file.flush()
        done = subprocess.run([DXREADY, "score", "--json", file.name], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout)


def check_months(name, advised):
    """Nobody plans for more than two years; waiting for an office keeps nobody from working."""
    weeks = sum(package["effort"] for package in advised["packages"])
    ok = advised["months"] <= 24 and (advised["months"] <= 15 or weeks > advised["capacity"])
    report(ok, f"{name}: no longer than the work takes", f"{advised['months']} months, {weeks} of {advised['capacity']} weeks")


def check_promise(name, response, advised):
    """Scored, the raised answers give the points and (where it says so) the level that the plan promises."""
    before, after = scored(response, []), scored(response, advised["steps"])
    gain = float(after["total"]["points"]) - float(before["total"]["points"])
    reached = after["level"]["level"] >= advised["to"]
    sums = sum(package["gain"] for package in advised["packages"])
    ok = abs(gain - advised["gain"]) < 1e-6 and abs(sums - gain) < 1e-6 and reached == (advised["short_by"] is None)
    report(ok, f"{name}: the plan keeps its promise", f"gain {gain}, promised {advised['gain']}; level {after['level']['level']}")


def check_small(name, response, advised):
    heads, section = response["enterprise"].get("employees"), response["enterprise"].get("section")
    ids = {package["id"] for package in advised["packages"]}
    raised = {step["question"] for step in advised["steps"]}
    if section in SERVICES and heads is not None and heads <= 10:
        report(not ids & NEVER_FOR_SMALL_SERVICES and not raised & CRITERIA_OF_FASHION,
               f"{name}: nothing of fashion for a small service firm", f"{ids} {raised}")
    if advised["from"] <= 1:
        report(len(ids & FIRST_THINGS) >= 2, f"{name}: a beginner begins with the first things", f"{ids}")


def check_minimum(name, form, response, advised):
    least = advice_oracle.Firm(form, response).least_effort(advised["to"])
    said = advised["minimum"] and advice_oracle.fraction(advised["minimum"]["effort"])
    exact = not advised["minimum"] or advised["minimum"]["exact"]
    report(least == said and exact, f"{name}: the minimum is glpsol's ({'none' if least is None else float(least)})", f"said {said}")


def check_one(path, form):
    response = advice_oracle.load(path)
    advised = plan(path)
    return os.path.basename(path)[:-5], response, advised, form


def check_quick():
    """Twelve questions take the answers of the sixty that they stand for: packages come, and no level is said."""
    form = advice_oracle.load("questionnaires/sme-quick@1.json")
    response = advice_oracle.load("tests/data/advice/responses/tailor-8.json")
    answers = {question["id"]: response["answers"][question["criterion"]] for dimension in form["dimensions"]
               for indicator in dimension["indicators"] for question in indicator["questions"]}
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(dict(response, questionnaire="sme-quick@1", answers=answers), file)
        file.flush()
        ids = [package["id"] for package in plan(file.name)["packages"]]
        done = subprocess.run([DXREADY, "plan", file.name, "--lang", "en"], capture_output=True, text=True, timeout=60)
    report(ids[:2] == ["plan-1", "safe-1"] and len(ids) >= 3, "twelve questions: first packages", f"{ids}")
    report(done.returncode == 0 and "level" not in done.stdout, "twelve questions: no level is said", done.stdout)


def written(response):
    file = tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8")
    json.dump(response, file)
    file.flush()
    return file


def response_of(questionnaire, section, heads, answers):
    return {"kind": "response", "questionnaire": questionnaire, "round": "2026", "submitted_on": "2026-11-23",
            "enterprise": {"name": "A", "form": "enterprise", "section": section, "employees": heads}, "answers": answers}


def check_made(name, response, firm):
    """A response that was made up: the minimum as computed from the files, a promise kept, two years at the most."""
    with written(response) as file:
        advised = plan(file.name)
        if "keep" in advised:
            return None
        after = copy.deepcopy(response)
        for step in advised["steps"]:
            many = isinstance(response["answers"].get(step["question"]), list)
            after["answers"][step["question"]] = step["to"].split(", ") if many else step["to"]
        with written(after) as raised:
            done = subprocess.run([DXREADY, "score", "--json", raised.name], capture_output=True, text=True, timeout=60)
    least, said = firm.least_effort(advised["to"]), advised["minimum"]
    report(least == (said and advice_oracle.fraction(said["effort"])) and (not said or said["exact"]),
           f"{name}: the minimum is {None if least is None else float(least)}", f"said {said}")
    reached = json.loads(done.stdout)["level"]["level"] >= advised["to"]
    report(reached == (advised["short_by"] is None) and advised["months"] <= 24 and len(advised["packages"]) >= 1,
           f"{name}: the plan keeps its promise, within two years", f"{advised['months']} months, {advised['short_by']}")
    return advised


def check_large():
    form, years = advice_oracle.Form("dbi-large@2025"), []
    for seed, mean in enumerate((0.2, 0.6, 1.0, 1.4, 1.8, 2.2, 2.6, 3.2)):
        dice = random.Random(seed)
        answers = {name: min(4, max(0, round(dice.gauss(mean, 0.9)))) for name in form.order}
        response = response_of("dbi-large@2025", "CGI"[seed % 3], 300, answers)
        advised = check_made(f"large, about {mean}", response, advice_oracle.Firm(form, response))
        ids = [package["id"] for package in advised["packages"]]
        early = {"steer-1", "security-1", "process-1", "data-rules-1"}
        report(mean > 1 or (len(early & set(ids[:3])) >= 2 and not any(name.endswith("-3") for name in ids)),
               f"large, about {mean}: who begins puts the house in order first", f"{ids}")
        if advised["short_by"] and advised["minimum"]:
            years.append(advised)
    report(years and all(one["months"] <= 12 and one["effort"] <= one["capacity"] for one in years),
           "what takes more than two years: the best of one year, and what is lacking", f"{[one['months'] for one in years]}")


def check_industries():
    questions = {question["id"]: question for dimension in advice_oracle.load("questionnaires/dbi-sme@2025.json")["dimensions"]
                 for indicator in dimension["indicators"] for question in indicator["questions"]}
    for number, industry in enumerate(("retail", "steel", "tourism", "fnb", "logistics", "construction")):
        options = [option["id"] for option in questions[f"7.2.{industry}"]["options"] if option["id"] != "none"]
        for heads, share in ((8, 0), (30, 0.3), (60, 0.6)):
            dice = random.Random(number * 100 + heads)
            ticks = [option for option in options if dice.random() < share] or ["none"]
            response = response_of("dbi-sme@2025", "G", heads, {"7.1": industry, f"7.2.{industry}": ticks})
            advised = check_made(f"{industry} of {heads}", response, advice_oracle.TickFirm(response))
            ids = [package["id"] for package in advised["packages"]] if advised else []
            report(heads > 10 or not {"ai-retail", "bim-construction", "join-logistics", "chain-fnb", "chain-retail"} & set(ids),
                   f"{industry} of {heads}: nothing of fashion, no chain", f"{ids}")


def main():
    forms = {ref: advice_oracle.Form(ref) for ref in ("dbi-sme@2021", "household-quick@1")}
    for profile in advice_oracle.profiles():
        path = f"tests/data/advice/responses/{profile['id']}.json"
        response, advised = advice_oracle.load(path), plan(path)
        judge(profile["id"], advised, profile["must_be_in_first_three"], profile["must_not_be_in_plan"])
        report((advised["short_by"] is None) == (profile["reachable"] == "yes") and str(advised["to"]) == profile["level_aimed"],
               f"{profile['id']}: reaches level {profile['level_aimed']}: {profile['reachable']}", f"{advised['short_by']}")
        check_promise(profile["id"], response, advised)
        check_minimum(profile["id"], forms[response["questionnaire"]], response, advised)

    paths = [p for p in sorted(glob.glob("tests/data/demo/responses/*.json"))]
    kept = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, advised in zip(paths, pool.map(plan, paths)):
            name, response = os.path.basename(path)[:-5], advice_oracle.load(path)
            if response["questionnaire"] not in forms:
                continue
            if "keep" in advised:
                kept += 1
                report(bool(advised["keep"]["weak"]) and bool(advised["keep"]["show"]) and not advised["steps"],
                       f"{name}: at the top, what to look after and what to show")
                continue
            check_promise(name, response, advised)
            check_months(name, advised)
            check_small(name, response, advised)
            check_minimum(name, forms[response["questionnaire"]], response, advised)
            if name in JUDGED:
                judge(name, advised, *JUDGED[name])
    report(kept > 0, "an example stands at the top")

    check_quick()
    check_large()
    check_industries()
    plain = plan("tests/data/advice/responses/tailor-8.json", "--plain")
    report("packages" not in plain and plain["effort"] == sum(step["effort"] for step in plain["steps"]) == 9,
           "--plain: single steps, each option an effort of 1", f"{plain}")
    tool.finish()


main()
