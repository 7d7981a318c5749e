#!/usr/bin/env python3
"""`dxready score --json --ledger` against an independent computation with fractions.

Random questionnaires (both ways of adding up, weights as decimals and fractions, every type, bounds of both kinds,
conditions on dimensions, hidden questions) and random answers; half of the bounds lie exactly on the score.
"""
import concurrent.futures
import json
import os
import random
import re
import subprocess
import tempfile
from fractions import Fraction

import tool

CASES = 200
SEED = int(os.environ.get("SCORE_SEED", "20261123"))


def words(text):
    return {"vi": text, "en": text}


# ---- exact numbers, as files write them ----

def number(dice, exact):
    """A Fraction in one of the ways in which a file may have it; numbers are marked and unquoted later."""
    ways = [str(exact)]
    if exact.denominator == 1:
        ways += [f"@{exact}@", f"@{exact}.0@", f"{exact}.50"[:-3], f"{exact * 2}/2"]
    elif 10**6 % exact.denominator == 0:
        text = f"{exact.numerator * 10**6 // exact.denominator / 10**6:.6f}".rstrip("0")
        ways += [f"@{text}@", text, text + "0"]
    return dice.choice(ways)


def value(text):
    return Fraction(text.strip("@")) if isinstance(text, str) else Fraction(text)


def dump(document):
    return re.sub(r'"@(-?[0-9.]+)@"', r"\1", json.dumps(document, ensure_ascii=False, indent=1))


# ---- the computation ----

def truth(rule, answers, enterprise):
    """True, False or None (unknown)."""
    (op, args), = rule.items()
    if op == "!":
        inner = truth(args[0], answers, enterprise)
        return None if inner is None else not inner
    if op in ("and", "or"):
        parts = [truth(part, answers, enterprise) for part in args]
        decided = op == "or"
        return decided if decided in parts else None if None in parts else not decided
    name = args[0]["var"] if op != "in" or isinstance(args[0], dict) else args[1]["var"]
    known = enterprise.get(name) if not name.startswith("answers.") else answers.get(name[8:])
    if known is None:
        return None
    if op == "==":
        return known == args[1]
    if op == ">":
        return known > value(args[1])
    return args[0] in known


def option_of(question, answer):
    choices = question.get("options") or [{"id": "yes", "points": 1}, {"id": "no", "points": 0}]
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    if isinstance(answer, str) and answer.startswith("@"):
        return next(o for o in choices if re.fullmatch(r"-?[0-9.]+", o["id"]) and Fraction(o["id"]) == value(answer))
    return next(o for o in choices if o["id"] == answer)


def best(question):
    points = [value(o["points"]) for o in question.get("options", question.get("columns", question.get("bands", [])))]
    if question["type"] == "yesno" and not points:
        return Fraction(1)
    if question["type"] == "scale":
        return max(points) * len(question["rows"])
    if question["type"] == "multiple":
        if "max" in question:
            return value(question["max"])
        alone = [value(o["points"]) for o in question["options"] if o.get("exclusive")]
        return max([sum(value(o["points"]) for o in question["options"] if not o.get("exclusive") and value(o["points"]) > 0)] + alone)
    return max(points + [Fraction(0)])


def earned(question, answer):
    kind = question["type"]
    if answer is None:
        return Fraction(0)
    if kind in ("single", "yesno"):
        return value(option_of(question, answer)["points"])
    if kind == "multiple":
        ticked = {option_of(question, a)["id"] for a in answer}
        points = sum((value(o["points"]) if set(o.get("requires", [])) <= ticked else value(o.get("points_without", 0))
                      for o in question["options"] if o["id"] in ticked), Fraction(0))
        return min(max(points, Fraction(0)), best(question))
    if kind == "scale":
        columns = {o["id"]: value(o["points"]) for o in question["columns"]}
        return sum((columns[c] for c in answer.values()), Fraction(0))
    points = Fraction(0)
    for band in question["bands"]:
        bound = value(band.get("from", band.get("above")))
        if value(answer) > bound or (value(answer) == bound and "from" in band):
            points = value(band["points"])
    return points


def known_answers(question, answer):
    """What rules may see of an answer: name -> value."""
    name = question["id"]
    if answer is None or (isinstance(answer, dict) and "na" in answer):
        return {}
    if question["type"] in ("single", "yesno"):
        return {name: option_of(question, answer)["id"]}
    if question["type"] == "multiple":
        return {name: [option_of(question, a)["id"] for a in answer]}
    if question["type"] == "scale":
        return {f"{name}.{row}": column for row, column in answer.items()}
    return {name: value(answer) if question["type"] == "number" else answer}


def round_half_up(x, decimals):
    scale = 10**decimals
    return Fraction((x * scale + Fraction(1, 2)).__floor__(), scale)


def holds(rule, points, percent):
    for key, bound in rule.items():
        if not key.startswith(("above_", "from_")):
            continue
        x = points if key.endswith("points") else percent
        if x is None:
            return False
        if "rounded_to" in rule:
            x = round_half_up(x, rule["rounded_to"])
        return x > value(bound) if key.startswith("above_") else x >= value(bound)
    return True


def score(q, response):
    """The whole result, in fractions."""
    seen, parts, lines = {}, [], []
    for d in q["dimensions"]:
        part = {"id": d["id"], "asked": 0, "answered": 0, "na": 0, "lines": [], "weight": value(d.get("weight", 1))}
        for question in (question for indicator in d["indicators"] for question in indicator["questions"]):
            answer = response["answers"].get(question["id"])
            if "show_if" in question and truth(question["show_if"], seen, response["enterprise"]) is not True:
                continue
            seen.update(known_answers(question, answer))
            if question["type"] in ("text", "date", "file") or question.get("scored") is False:
                continue
            part["asked"] += 1
            if isinstance(answer, dict) and "na" in answer:
                part["na"] += 1
                continue
            part["answered"] += answer is not None and (question["type"] != "scale" or len(answer) == len(question["rows"]))
            part["lines"].append((question["id"], value(question.get("weight", 1)), earned(question, answer), best(question)))
        weights = sum(w for _, w, _, _ in part["lines"])
        part["raw"] = sum((w * p for _, w, p, _ in part["lines"]), Fraction(0))
        part["ceiling"] = sum((w * m for _, w, _, m in part["lines"]), Fraction(0))
        if not part["lines"]:
            part["share"] = None
        elif d.get("score") == "mean":
            part["share"] = sum(w * p / m for _, w, p, m in part["lines"]) / weights
        else:
            part["share"] = part["raw"] / part["ceiling"]
        is_mean = d.get("score") == "mean"
        part["points"] = (part["share"] or 0) * 100 if is_mean else part["raw"]
        part["max"] = Fraction(100 if part["share"] is not None else 0) if is_mean else part["ceiling"]
        part["percent"] = None if part["share"] is None else part["share"] * 100
        part["level"] = None if part["share"] is None else max([0] + [rule["level"] for rule in q.get("dimension_levels", [])
                                   if holds(rule, part["points"], part["percent"])])
        parts.append(part)
    return whole(q, parts)


def whole(q, parts):
    rated = [p for p in parts if p["share"] is not None]
    total = {key: sum(p[key] for p in parts) for key in ("asked", "answered", "na")}
    ceiling = sum(p["ceiling"] for p in parts)
    if q.get("total") == "mean":
        weights = sum(p["weight"] for p in rated)
        share = sum(p["weight"] * p["share"] for p in rated) / weights if weights else (Fraction(0) if rated else None)
        points, most = (share or 0) * 100, Fraction(100)
    else:
        share = sum(p["raw"] for p in parts) / ceiling if ceiling else None
        points, most = sum(p["raw"] for p in parts), ceiling
    percent = None if share is None else share * 100
    levels = [rule for rule in q["levels"] if percent is not None and holds(rule, points, percent)]
    by_total = max([rule["level"] for rule in levels], default=q["levels"][0]["level"])
    entire = [rule["level"] for rule in levels if "dimensions" not in rule or
              sum(p["level"] is not None and p["level"] >= rule["dimensions"]["level"] for p in parts) >= rule["dimensions"]["at_least"]]
    level = max(entire, default=q["levels"][0]["level"])
    lacking = []
    if level < by_total:
        asked = next(rule for rule in q["levels"] if rule["level"] == by_total)["dimensions"]["level"]
        lacking = [p["id"] for p in parts if (p["level"] or 0) < asked]
    return {"parts": parts, **total, "points": points, "max": most, "percent": percent, "share": share, "level": level,
            "by_total_only": by_total, "held_back_by": lacking}


def shown(x):
    if x is None:
        return None
    cents = (x * 100 + Fraction(1, 2)).__floor__()
    return f"{cents // 100}.{cents % 100:02d}"


def compare(wanted, got):
    """What differs."""
    pairs = [("asked", wanted["asked"], got["asked"]), ("answered", wanted["answered"], got["answered"]),
             ("not_applicable", wanted["na"], got["not_applicable"]),
             ("complete", wanted["answered"] + wanted["na"] == wanted["asked"], got["complete"]),
             ("level", wanted["level"], got["level"]["level"]), ("by_total_only", wanted["by_total_only"], got["level"]["by_total_only"]),
             ("held_back_by", wanted["held_back_by"], got["level"]["held_back_by"])]
    pairs += [(key, shown(wanted[key]), got["total"][key]) for key in ("points", "max", "percent")]
    for part, other in zip(wanted["parts"], got["dimensions"]):
        name = part["id"]
        coverage = Fraction(100 * part["answered"], part["asked"]) if part["asked"] else Fraction(0)
        pairs += [(f"{name} {key}", shown(part[key]), other[key]) for key in ("points", "max", "percent")]
        pairs += [(f"{name} level", part["level"], other["level"]), (f"{name} coverage", shown(coverage), other["coverage"])]
    ledger = {line["question"]: line for line in got["ledger"]}
    mine = [line for part in wanted["parts"] for line in part["lines"]]
    pairs.append(("questions of the ledger", [line[0] for line in mine], list(ledger)))
    if list(ledger) == [line[0] for line in mine]:
        pairs += [(f"points of {name}", points, Fraction(ledger[name]["points"])) for name, _, points, _ in mine]
        pairs.append(("sum of the ledger", wanted["share"] or 0, sum((Fraction(l["contribution"]) for l in ledger.values()), Fraction(0))))
    return [f"{name}: {one}, but dxready says {two}" for name, one, two in pairs if one != two]


# ---- random cases ----

FRACTIONS = [Fraction(n, d) for n in range(0, 13) for d in (1, 1, 1, 2, 3, 4, 7)]


def points_of(dice, how_many):
    chosen = [dice.choice(FRACTIONS) for _ in range(how_many)]
    if not any(chosen):
        chosen[-1] = Fraction(dice.randint(1, 9), dice.choice((1, 2, 3)))
    return chosen


def make_options(dice, low=2, high=6):
    chosen = points_of(dice, dice.randint(low, high))
    ids = dice.sample(["0", "1", "2", "3", "0.5", "10", "a", "b", "x-1", "Y_2"], len(chosen))
    return [{"id": i, "points": number(dice, p), "text": words(i)} for i, p in zip(ids, chosen)]


def make_multiple(dice, q):
    q["options"] = make_options(dice, 3)
    for option in q["options"][1:]:
        if dice.random() < 0.2:
            option["points"] = number(dice, -dice.choice(FRACTIONS[3:]))
        elif dice.random() < 0.2:
            option["exclusive"] = True
        elif dice.random() < 0.2:
            option.update(requires=[q["options"][0]["id"]], points_without=number(dice, dice.choice(FRACTIONS)))
    q["options"][0]["points"] = number(dice, Fraction(dice.randint(1, 9), dice.choice((1, 3))))
    if dice.random() < 0.4:
        q["max"] = number(dice, best(q) * Fraction(dice.randint(1, 4), 4))


def make_number(dice, q):
    bounds = sorted(dice.sample([Fraction(n, 4) for n in range(-8, 60)], dice.randint(1, 4)))
    points = points_of(dice, len(bounds))
    q["bands"] = [{dice.choice(("from", "above")): number(dice, b), "points": number(dice, p)} for b, p in zip(bounds, points)]


def make_question(dice, name, before):
    kind = dice.choice(["single", "single", "multiple", "scale", "number", "yesno", "text"])
    q = {"id": name, "type": kind, "text": words(name)}
    if kind == "single":
        q["options"] = make_options(dice)
    elif kind == "multiple":
        make_multiple(dice, q)
    elif kind == "scale":
        q["columns"] = make_options(dice, 2, 4)
        q["rows"] = [{"id": f"r{i}", "text": words("r")} for i in range(dice.randint(1, 4))]
    elif kind == "number":
        make_number(dice, q)
    elif kind == "yesno" and dice.random() < 0.4:
        q["options"] = [{"id": i, "points": number(dice, p), "text": words(i)} for i, p in zip(("yes", "no"), points_of(dice, 2))]
    if kind != "text":
        if dice.random() < 0.5:
            q["weight"] = number(dice, Fraction(dice.randint(1, 9), dice.choice((1, 2, 3, 4, 7))))
        if dice.random() < 0.1:
            q["scored"] = False
    q["not_applicable"] = dice.random() < 0.4
    if before and dice.random() < 0.25:
        q["show_if"] = make_rule(dice, before)
    return q


def make_rule(dice, before, depth=0):
    if depth < 2 and dice.random() < 0.4:
        op = dice.choice(["and", "or", "!"])
        return {op: [make_rule(dice, before, depth + 1) for _ in range(1 if op == "!" else dice.randint(1, 3))]}
    q = dice.choice(before)
    var = {"var": f"answers.{q['id']}"}
    if dice.random() < 0.2 or q["type"] == "text":
        return {">": [{"var": "employees"}, dice.choice([5, 50])]}
    if q["type"] in ("single", "yesno"):
        return {"==": [var, dice.choice([o["id"] for o in q.get("options") or [{"id": "yes"}, {"id": "no"}]])]}
    if q["type"] == "multiple":
        return {"in": [dice.choice(q["options"])["id"], var]}
    if q["type"] == "scale":
        return {"==": [{"var": f"answers.{q['id']}.{q['rows'][0]['id']}"}, dice.choice(q["columns"])["id"]]}
    return {">": [var, f"@{dice.randint(-1, 12)}@"]}


def make_answer(dice, q):
    kind = q["type"]
    if q["not_applicable"] and dice.random() < 0.2:
        return {"na": "không có"}

    def pick(choices):
        chosen = dice.choice(choices)["id"]
        return f"@{chosen}@" if re.fullmatch("[0-9.]+", chosen) and dice.random() < 0.5 else chosen
    if kind == "single":
        return pick(q["options"])
    if kind == "yesno":
        return dice.choice(["yes", "no", True, False])
    if kind == "multiple":
        alone = [o for o in q["options"] if o.get("exclusive")]
        if alone and dice.random() < 0.3:
            return [dice.choice(alone)["id"]]
        together = [o for o in q["options"] if not o.get("exclusive")]
        return [o["id"] for o in dice.sample(together, dice.randint(0, len(together)))]
    if kind == "scale":
        rows = dice.sample(q["rows"], dice.choice([len(q["rows"])] * 3 + [dice.randint(0, len(q["rows"]))]))
        return {row["id"]: dice.choice(q["columns"])["id"] for row in rows}
    if kind == "number":
        bound = value(next(iter(v for k, v in dice.choice(q["bands"]).items() if k in ("from", "above"))))
        exact = bound + Fraction(dice.choice([0, 0, 1, -1]), 1000)
        return f"@{exact.numerator * 1000 // exact.denominator / 1000:.3f}@"
    return "chữ"


def make_questionnaire(dice):
    q = {"kind": "questionnaire", "id": "random", "version": "1", "title": words("t"), "total": dice.choice(["pooled", "mean"]),
         "levels": [], "dimensions": []}
    before = []
    for d in range(dice.randint(1, 4)):
        dimension = {"id": f"d{d}", "name": words(f"d{d}"), "score": dice.choice(["pooled", "mean"]), "indicators": []}
        if dice.random() < 0.6:
            dimension["weight"] = number(dice, Fraction(dice.randint(0 if q["total"] == "mean" and d else 1, 6), dice.choice((1, 2, 3))))
        for i in range(dice.randint(1, 2)):
            questions = [make_question(dice, f"q{d}.{i}.{k}", before) for k in range(dice.randint(1, 4))]
            before += questions
            dimension["indicators"].append({"id": f"{d}.{i}", "name": words("i"), "questions": questions})
        q["dimensions"].append(dimension)
    first = q["dimensions"][0]["indicators"][0]["questions"]
    first.append({"id": "sure", "type": "yesno", "text": words("s"), "not_applicable": False})
    return q


def make_bound(dice, near, kinds):
    kind = dice.choice(kinds)
    x = near[kind]
    bound = x if x is not None and dice.random() < 0.5 else Fraction(dice.randint(0, 100))
    rule = {}
    if dice.random() < 0.3:
        rule["rounded_to"] = dice.choice([0, 1])
        bound = round_half_up(bound, rule["rounded_to"])
    if kind == "percent":
        bound = min(bound, Fraction(100))
    if bound.denominator > 10**9 or bound.numerator > 10**9:
        bound = Fraction(bound.__floor__())
    rule[f"{dice.choice(['above', 'from'])}_{kind}"] = number(dice, bound)
    return rule


def make_levels(dice, q, response):
    """Bounds of which half lie exactly on this response's score."""
    q["levels"] = [{"level": 0, "name": words("0")}]
    bare = score(q, response)
    part = dice.choice(bare["parts"])
    q["dimension_levels"] = [{"level": n, **make_bound(dice, part, ["percent"])} for n in range(1, dice.randint(1, 4))]
    for n in range(1, dice.randint(2, 5)):
        rule = {"level": n, "name": words(str(n)), **make_bound(dice, bare, ["points", "percent"])}
        if q["dimension_levels"] and dice.random() < 0.5:
            rule["dimensions"] = {"at_least": dice.randint(1, len(q["dimensions"])), "level": dice.choice(q["dimension_levels"])["level"]}
        q["levels"].append(rule)
    if dice.random() < 0.2:
        q["levels"][0].update(make_bound(dice, bare, ["percent"]))


def make_case(seed):
    dice = random.Random(seed)
    q = make_questionnaire(dice)
    questions = [question for d in q["dimensions"] for i in d["indicators"] for question in i["questions"]]
    enterprise = {} if dice.random() < 0.3 else {"employees": dice.choice([3, 20, 80])}
    answers = {question["id"]: make_answer(dice, question) for question in questions if dice.random() < 0.85}
    response = {"kind": "response", "questionnaire": "random@1", "enterprise": enterprise, "answers": answers}
    make_levels(dice, q, response)
    return q, response


def run_case(seed):
    q, response = make_case(seed)
    with tempfile.TemporaryDirectory() as path:
        os.mkdir(f"{path}/questionnaires")
        for name, document in (("questionnaires/random@1.json", q), ("response.json", response)):
            with open(f"{path}/{name}", "w", encoding="utf-8") as file:
                file.write(dump(document))
        done = subprocess.run([tool.DXREADY, "score", "--json", "--ledger", "--lang", "en", "--data", path, f"{path}/response.json"],
                              capture_output=True, text=True)
    if done.returncode:
        return [done.stderr]
    return compare(score(q, response), json.loads(done.stdout))


def main():
    seeds = [SEED * 1000 + i for i in range(CASES)]
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for seed, problems in zip(seeds, pool.map(run_case, seeds)):
            wrong += bool(problems)
            if problems:
                tool.report(False, f"random questionnaire {seed}", "\n".join(problems))
    tool.report(not wrong, f"{CASES} random questionnaires score as computed with fractions (SCORE_SEED={SEED})")
    tool.finish()


main()
