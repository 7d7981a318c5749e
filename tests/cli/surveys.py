"""What the tests of surveys share: small questionnaires, and an independent scorer.

The scorer reads the questionnaire files with Python's json and computes with fractions.Fraction; it
knows nothing of the C code."""
import json
import os
import tempfile
from fractions import Fraction

import tool
from tool import DXREADY, same  # noqa: F401 (for those who take all from here)
from tool import finish as done, report as ok  # noqa: F401


def run(*args, **more):
    """Exit code, standard output, standard error."""
    finished = tool.run(*args, **more)
    return finished.returncode, finished.stdout, finished.stderr


def words(text):
    return {"vi": f"{text} vi", "en": text}


def option(id, points=None, **more):
    return dict({"id": id, "text": words(f"option {id}")}, **({} if points is None else {"points": points}), **more)


def question(id, type, **more):
    return dict({"id": id, "type": type, "text": words(f"question {id}?")}, **more)


def questionnaire(questions, id="t", version="1", **more):
    """A whole questionnaire of one dimension ("d") with these questions, or of the given `dimensions`."""
    whole = {"kind": "questionnaire", "id": id, "version": version, "title": words(id),
             "levels": [{"level": 0, "name": words("low")}, {"level": 1, "name": words("high"), "from_percent": 50}],
             "dimensions": [dimension("d", questions)]}
    return dict(whole, **more)


def dimension(id, questions, **more):
    return dict({"id": id, "name": words(f"dimension {id}"),
                 "indicators": [{"id": f"i-{id}", "name": words(f"indicator {id}"), "questions": questions}]}, **more)


def response(ref, answers, enterprise=None, **more):
    return dict({"kind": "response", "questionnaire": ref, "enterprise": enterprise or {"form": "enterprise"},
                 "answers": answers}, **more)


class Desk:
    """A folder with questionnaires of our own; responses are given to the program from there."""

    def __init__(self, *questionnaires):
        self.folder = tempfile.TemporaryDirectory()
        self.path = self.folder.name
        os.mkdir(os.path.join(self.path, "questionnaires"))
        for q in questionnaires:
            self.add(q)

    def add(self, q):
        return self.write(f"questionnaires/{q['id']}@{q['version']}.json", q)

    def write(self, name, document):
        path = os.path.join(self.path, name)
        with open(path, "w", encoding="utf-8") as file:
            if isinstance(document, str):
                file.write(document)
            else:
                json.dump(document, file, ensure_ascii=False)
        return path

    def run(self, *args):
        return run("--data", self.path, *args)

    def score(self, ref, answers, *args, **more):
        """The score document, or the error text of a response that was refused."""
        path = self.write("response.json", response(ref, answers, **more))
        code, out, err = self.run("score", path, "--json", "--ledger", "--lang", "en", *args)
        return json.loads(out) if code == 0 else err


# ---- the independent scorer ----

def load(ref):
    with open(f"questionnaires/{ref}.json", encoding="utf-8") as file:
        return json.load(file)


def number(value, fallback=0):
    return Fraction(str(fallback if value is None else value))


def questions_of(q):
    return [(d, c) for d in q["dimensions"] for i in d["indicators"] for c in i["questions"]]


def choices_of(q, c):
    if "scale" in c:
        own = c.get("descriptors", {})
        return [dict(o, text=own.get(o["id"], o["text"])) for o in q["scales"][c["scale"]]]
    if c["type"] == "scale":
        return c["columns"]
    if c["type"] == "yesno" and "options" not in c:
        return [{"id": "yes", "points": 1}, {"id": "no", "points": 0}]
    return c.get("options", [])


def is_scored(c):
    return c.get("scored", c["type"] in ("single", "multiple", "scale", "number", "yesno"))


def ceiling(q, c):
    points = [number(o.get("points")) for o in choices_of(q, c)]
    if c["type"] == "multiple":
        alone = [number(o.get("points")) for o in choices_of(q, c) if o.get("exclusive")]
        rest = sum(number(o.get("points")) for o in choices_of(q, c)
                   if not o.get("exclusive") and number(o.get("points")) > 0)
        return number(c["max"]) if "max" in c else max([rest] + alone)
    if c["type"] == "scale":
        return max(points) * len(c["rows"])
    if c["type"] == "number":
        return max(number(b["points"]) for b in c["bands"])
    return max(points)


def earned(q, c, answer):
    if answer is None:
        return Fraction(0)
    points = {o["id"]: number(o.get("points")) for o in choices_of(q, c)}
    if c["type"] == "multiple":
        total = Fraction(0)
        for o in choices_of(q, c):
            if o["id"] in answer:
                lacks = set(o.get("requires", [])) - set(answer)
                total += number(o.get("points_without")) if lacks else points[o["id"]]
        return min(max(total, 0), ceiling(q, c))
    if c["type"] == "scale":
        return sum((points[column] for column in answer.values()), Fraction(0))
    if c["type"] == "number":
        best = Fraction(0)
        for b in c["bands"]:
            if ("from" in b and number(answer) >= number(b["from"])) or \
               ("above" in b and number(answer) > number(b["above"])):
                best = number(b["points"])
        return best
    return points[str(answer)]


def holds(rule, answers):
    """The few operators that our questionnaires use in show_if; an answer that is missing: not shown."""
    (op, args), = rule.items()
    if op in ("and", "or"):
        return (all if op == "and" else any)(holds(a, answers) for a in args)
    value = [answers.get(a["var"][len("answers."):]) if isinstance(a, dict) else a for a in args]
    if op == "==":
        return value[0] is not None and value[0] == value[1]
    if op == "in":
        return value[0] is not None and value[1] is not None and value[0] in value[1]
    raise NotImplementedError(op)


def half_up(value, decimals=0):
    scale = 10 ** decimals
    return Fraction((value * scale + Fraction(1, 2)).__floor__(), scale)


def share_of(points, ceiling):
    return points / ceiling if ceiling else None


def meets(rule, points, percent):
    for key, value in (("points", points), ("percent", percent)):
        if "rounded_to" in rule and value is not None:
            value = half_up(value, rule["rounded_to"])
        if f"above_{key}" in rule and (value is None or not value > number(rule[f"above_{key}"])):
            return False
        if f"from_{key}" in rule and (value is None or not value >= number(rule[f"from_{key}"])):
            return False
    return True


def reference(q, answers):
    """{"percent", "level", "by_total_only", "dimensions": {id: (percent, level)}, "ledger": {question: part}}"""
    shown, visible = [], {}
    for d, c in questions_of(q):
        if "show_if" not in c or holds(c["show_if"], visible):
            shown.append((d, c))
            if c["id"] in answers:
                visible[c["id"]] = answers[c["id"]]
    counted = [(d, c) for d, c in shown
               if is_scored(c) and not (isinstance(answers.get(c["id"]), dict) and "na" in answers[c["id"]])]
    weight = {c["id"]: number(c.get("weight"), 1) for d, c in counted}
    points = {c["id"]: weight[c["id"]] * earned(q, c, answers.get(c["id"])) for d, c in counted}
    top = {c["id"]: weight[c["id"]] * ceiling(q, c) for d, c in counted}
    result = {"dimensions": {}, "ledger": {}}
    shares, inner = {}, {}
    for d in q["dimensions"]:
        ids = [c["id"] for e, c in counted if e["id"] == d["id"]]
        if not ids:
            result["dimensions"][d["id"]] = (None, None)
            continue
        if d.get("score") == "mean":
            whole = sum(weight[i] for i in ids)
            inner[d["id"]] = {i: weight[i] / whole for i in ids}
            shares[d["id"]] = sum(weight[i] / whole * points[i] / top[i] for i in ids)
        else:
            whole = sum(top[i] for i in ids)
            inner[d["id"]] = {i: top[i] / whole for i in ids}
            shares[d["id"]] = sum(points[i] for i in ids) / whole
        percent = 100 * shares[d["id"]]
        total = percent if d.get("score") == "mean" else sum(points[i] for i in ids)
        levels = [r["level"] for r in q.get("dimension_levels", []) if meets(r, total, percent)]
        result["dimensions"][d["id"]] = (percent, max(levels, default=0))
    if not shares:
        return dict(result, percent=None)
    if q.get("total") == "mean":
        factor = {d["id"]: number(d.get("weight"), 1) for d in q["dimensions"] if d["id"] in shares}
        whole = sum(factor.values())
        share = sum(factor[d] / whole * shares[d] for d in shares)
        for d in shares:
            for i, part in inner[d].items():
                result["ledger"][i] = factor[d] / whole * part * points[i] / top[i]
        total = 100 * share
    else:
        whole = sum(top.values())
        share = sum(points.values()) / whole
        result["ledger"] = {i: points[i] / whole for i in points}
        total = sum(points.values())
    result["percent"] = 100 * share
    result["level"] = result["by_total_only"] = min(r["level"] for r in q["levels"])
    for r in q["levels"]:
        if not meets(r, total, result["percent"]):
            continue
        result["by_total_only"] = r["level"]
        need = r.get("dimensions")
        if not need or sum(1 for p, l in result["dimensions"].values()
                           if l is not None and l >= need["level"]) >= need["at_least"]:
            result["level"] = r["level"]
    asked = [c["id"] for d, c in shown if is_scored(c)]
    answered = [c["id"] for d, c in counted if c["id"] in answers]
    if 100 * len(answered) < q.get("rated_from_coverage_percent", 0) * len(asked):  # too little to say a level
        result["level"] = result["by_total_only"] = None
    if "estimate" in q:  # a band, never a level
        result["level"] = result["by_total_only"] = None
        result["dimensions"] = {d: (p, None) for d, (p, l) in result["dimensions"].items()}
    return result


def answer_at_random(dice, q, c):
    """An answer as a response would give it, or None."""
    if dice.random() < 0.1:
        return {"na": "reason"} if c.get("not_applicable") else None
    ids = [o["id"] for o in choices_of(q, c)]
    if c["type"] in ("single", "yesno"):
        return dice.choice(ids)
    if c["type"] == "multiple":
        alone = [o["id"] for o in choices_of(q, c) if o.get("exclusive")]
        if alone and dice.random() < 0.15:
            return [dice.choice(alone)]
        share = dice.random()
        return [i for i in ids if i not in alone and dice.random() < share]
    if c["type"] == "scale":
        return {r["id"]: dice.choice(ids) for r in c["rows"] if dice.random() < 0.95}
    if c["type"] == "number":
        low, high = int(float(c.get("min", 0))), int(float(c.get("max", 100)))
        return dice.randint(low, high)
    return "2026-11-23" if c["type"] == "date" else "text"


def answers_at_random(dice, q):
    answers = {}
    for d, c in questions_of(q):
        answer = answer_at_random(dice, q, c)
        if answer is not None:
            answers[c["id"]] = answer
    return answers


def printed(value):
    """A number as documents have it: two decimals, half up."""
    whole = half_up(value, 2) * 100
    return f"{int(whole) // 100}.{int(whole) % 100:02d}"


def differences(score, want):
    """Where a score document and the reference differ."""
    found = []
    if want["percent"] is None:
        return [] if score["total"]["percent"] is None else ["rated, but should not be"]
    pairs = [("percent", score["total"]["percent"], printed(want["percent"])),
             ("level", score["level"]["level"], want["level"]),
             ("by_total_only", score["level"]["by_total_only"], want["by_total_only"])]
    for d in score["dimensions"]:
        percent, level = want["dimensions"][d["id"]]
        pairs.append((d["id"], d["percent"], None if percent is None else printed(percent)))
        if level is not None:
            pairs.append((f"level of {d['id']}", d["level"], level))
    ledger = {line["question"]: Fraction(line["contribution"]) for line in score["ledger"]}
    pairs.append(("ledger", ledger, want["ledger"]))
    pairs.append(("sum of the ledger", sum(ledger.values()) * 100, want["percent"]))
    return [f"{name}: {got}, should be {right}" for name, got, right in pairs if got != right]
