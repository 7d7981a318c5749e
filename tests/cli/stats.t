#!/usr/bin/env python3
"""Statistics: right where they are shown, hidden where they would give somebody away."""
import json
import os
import re
import statistics

import tool
from tool import WorkFolder, finish, report as ok

ROOT = os.getcwd()
DEMO = os.path.join(ROOT, "tests/data/demo/responses")
MIN = 5


def run(*args, lang="en"):
    return tool.run(*args, lang=lang)


def stats(*args):
    done = run("stats", "--json", "--incomplete", "--on", "2026-11-23", *args)
    return json.loads(done.stdout)


def listed(*args):
    return json.loads(run("list", "--json", *args).stdout)["assessments"]


def group_of(table, **keys):
    return next(g for g in table["groups"] if g["keys"] == keys)


def right():
    """Everything is what a few lines of Python make of the list and of single matches."""
    data = stats("--internal", "--by", "section", "--round", "2026")
    ok(len(data["tables"]) == 1 and data["internal"], "one table for one questionnaire and round")
    table = data["tables"][0]
    rows = listed("--round", "2026")
    everybody = table["all"]
    ok(everybody["count"] == 48 == sum(g["count"] for g in table["groups"]), "all are counted")
    percents = [float(r["percent"]) for r in rows]
    ok(abs(float(everybody["total"]["mean"]) - statistics.mean(percents)) < 0.0051, "mean", everybody["total"])
    ok(abs(float(everybody["total"]["median"]) - statistics.median(percents)) < 0.0051, "median")
    levels = {x["level"]: x["count"] for x in everybody["levels"]}
    ok(levels == {n: sum(r["level"] == n for r in rows) for n in range(6)}, "levels", levels)
    for section in {r["section"] for r in rows}:
        group = group_of(table, section=section)
        own = [float(r["percent"]) for r in rows if r["section"] == section]
        ok(group["count"] == len(own) and abs(float(group["total"]["mean"]) - statistics.mean(own)) < 0.0051,
           f"section {section}", group)
    verdicts, amounts = {}, {}
    for name in sorted(os.listdir(DEMO)):
        if name.endswith("-2025.json"):
            continue
        match = json.loads(run("match", os.path.join(DEMO, name), "--json", "--on", "2026-11-23").stdout)
        for policy in match["policies"]:
            key = policy["id"]
            verdicts.setdefault(key, {"eligible": 0, "unknown": 0, "not_eligible": 0})[policy["verdict"]] += 1
            if policy["verdict"] == "eligible":
                amounts[key] = amounts.get(key, 0) + (policy.get("amount_vnd") or 0)
    for policy in everybody["policies"]:
        mine = verdicts[policy["id"]]
        ok((policy["eligible"], policy["unknown"]) == (mine["eligible"], mine["unknown"]),
           f"{policy['id']}: eligible and unknown", policy)
        ok((policy["amount_vnd"] or 0) == amounts.get(policy["id"], 0), f"{policy['id']}: amount", policy)


def safe(table, name):
    """No small number is shown, and none is the only hidden one of a shown sum."""
    everybody, groups = table["all"], table["groups"]

    def attack(what, total, parts):
        shown = [p for p in parts if p is not None]
        ok(not [p for p in shown if 0 < p < MIN], f"{name}: {what}: no small number", parts)
        hidden = len(parts) - len(shown)
        if total is not None and total > sum(shown):
            ok(hidden >= 2 and total - sum(shown) >= MIN, f"{name}: {what}: none is the rest of a sum",
               (total, parts))

    attack("groups", everybody["count"], [g["count"] for g in groups])
    attack("levels of all", everybody["count"], [x["count"] for x in everybody["levels"]])
    for i, level in enumerate(everybody["levels"]):
        attack(f"level {i}", level["count"], [g["levels"][i]["count"] for g in groups])
    for g in groups:
        if g["hidden"]:
            ok(g["count"] is None and g["total"]["mean"] is None and
               all(x["count"] is None for x in g["levels"]) and
               all(p["eligible"] is p["unknown"] is p["amount_vnd"] is None for p in g["policies"]),
               f"{name}: a hidden group says nothing", g)
        elif "level" not in g["keys"]:
            attack(f"levels of {g['keys']}", g["count"], [x["count"] for x in g["levels"]])
    for i, policy in enumerate(everybody["policies"]):
        for what in ("eligible", "unknown"):
            attack(f"{policy['id']} {what}", policy[what], [g["policies"][i][what] for g in groups])
        for g in groups:
            one = g["policies"][i]
            ok(one["eligible"] is not None or one["amount_vnd"] is None, f"{name}: {policy['id']}: no sum without count")
            if one["eligible"] is not None and one["unknown"] is not None:
                rest = g["count"] - one["eligible"] - one["unknown"]
                ok(rest == 0 or rest >= MIN, f"{name}: {policy['id']}: nor is the rest small", one)


def hidden():
    for by in ("area", "section", "size", "level", "form", "section,size", "area,section,size"):
        for lang in ("2025", "2026"):
            safe(stats("--by", by, "--round", lang)["tables"][0], f"{by} {lang}")
    coarse = stats("--by", "section", "--round", "2026")["tables"][0]
    fine = stats("--by", "section,size", "--round", "2026")["tables"][0]
    for group in coarse["groups"]:
        parts = [g for g in fine["groups"] if g["keys"]["section"] == group["keys"]["section"]]
        if group["hidden"]:
            ok(all(g["hidden"] for g in parts), f"what is hidden alone is hidden in parts: {group['keys']}")
    few = stats("--name", "trang ram", "--round", "2026")["tables"][0]
    ok(few["all"]["hidden"] and few["all"]["count"] is None and few["all"]["total"]["mean"] is None,
       "a filter that finds one enterprise tells nothing", few["all"])
    done = run("stats", "--name", "trang ram", "--round", "2026")
    ok("Fewer than 5" in done.stdout and "40" not in done.stdout, "nor does its text", done.stdout)
    inner = stats("--name", "trang ram", "--round", "2026", "--internal")["tables"][0]
    ok(inner["all"]["count"] == 1, "--internal shows it to an officer")
    text = run("stats", "--by", "area", "--round", "2026").stdout
    ok("other groups" in text and "not published" in text, "the table says that groups are hidden", text)
    ok("not published" not in run("stats", "--by", "area", "--internal").stdout, "--internal hides none")


def sentences():
    text = run("stats", "--incomplete", "--round", "2026", "--on", "2026-11-23", lang="vi").stdout
    data = stats("--round", "2026", "--internal")["tables"][0]
    low = sum(x["count"] for x in data["all"]["levels"][:3])
    rated = 48 - data["all"]["unrated"]
    ok(data["incomplete"] == 5 and "Có tính 5 phiếu chưa trả lời đủ." in text, "incomplete ones are counted", text)
    default = json.loads(run("stats", "--json", "--internal", "--round", "2026").stdout)["tables"][0]
    ok(default["all"]["count"] == 43 and default["incomplete"] == 5 and default["all"]["unrated"] == 0 and
       "Không tính 5 phiếu chưa trả lời đủ." in default["summary"]["vi"], "and left out by default", default["summary"])
    share = f"{round(low * 1000 / rated) / 10}".replace(".", ",")
    ok(f"{share} % của {rated} đơn vị được xếp mức ({low} đơn vị) ở mức 2 trở xuống." in text,
       "a sentence on levels, in Vietnamese numbers", text)
    weakest = min(data["all"]["dimensions"], key=lambda d: float(d["mean"]))
    number = weakest["mean"].rstrip("0").rstrip(".").replace(".", ",")
    ok("trụ cột yếu nhất là" in text and f"({number} %)" in text, "the weakest dimension", text)
    grant = max((p for p in data["all"]["policies"] if p["benefit"] == "grant"), key=lambda p: p["eligible"])
    amount = f"{grant['amount_vnd']:,}".replace(",", ".")
    ok(f"{grant['eligible']} đơn vị đủ điều kiện" in text and f"{amount}\u00a0₫" in text,
       "who is eligible, and for how much", text)
    english = run("stats", "--incomplete", "--round", "2026", "--on", "2026-11-23").stdout
    ok(re.search(rf"^[\d.]+ % of the {rated} rated enterprises", english, re.M), "the same in English", english)


def tables():
    data = stats()
    ok([t["round"] for t in data["tables"]] == ["2026", "2025"], "rounds are never mixed",
       [t["round"] for t in data["tables"]])
    data = stats("--by", "round", "--internal")
    ok(len(data["tables"]) == 1 and data["tables"][0]["all"]["count"] == 62 and
       [g["keys"]["round"] for g in data["tables"][0]["groups"]] == ["2025", "2026"],
       "unless rounds are what is compared")
    early = stats("--round", "2026", "--internal")
    late = json.loads(run("stats", "--json", "--incomplete", "--internal", "--round", "2026", "--on", "2010-01-01").stdout)
    ok(sum(p["eligible"] for p in early["tables"][0]["all"]["policies"]) > 0 ==
       sum(p["eligible"] for p in late["tables"][0]["all"]["policies"]), "policies are those of the day")
    ok(late["on"] == "2010-01-01", "which is said", late["on"])
    ok(stats("--round", "1999")["tables"] == [], "nothing is there: no table")
    ok("no assessments" in run("stats", "--round", "1999").stdout, "and it says so")
    small = stats("--size", "small", "--round", "2026", "--internal")["tables"][0]["all"]["count"]
    ok(small == len(listed("--size", "small", "--round", "2026")), "filters are those of list")
    for by in ("age", "area,area", "area,,size", ""):
        ok(run("stats", "--by", by).returncode == 2, f"--by '{by}' is refused")
    same = stats("--by", "section,size", "--round", "2026"), stats("--by", "size,section", "--round", "2026")
    seen = [{(g["keys"]["section"], g["keys"]["size"]): g["hidden"] for g in d["tables"][0]["groups"]} for d in same]
    ok(seen[0] == seen[1], "the order of keys hides nothing else")


with WorkFolder():
    run("import", DEMO)
    for test in (right, hidden, sentences, tables):
        test()
finish()
