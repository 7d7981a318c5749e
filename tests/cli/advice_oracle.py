"""What the packages of a questionnaire offer an enterprise, computed once more from the files alone: the rules, the
options, the efforts, and the least effort as a whole-number program for glpsol."""
import csv
import json
import math
import os
import subprocess
import tempfile
from fractions import Fraction

BANDS = ((10, "micro"), (50, "small"), (10 ** 9, "medium"))
LETTERS = dict(zip("JKLMNOPQRSTU", "KLMNOPQRSTUV"))  # sections that ended on 14/11/2025, and what they are now


def fraction(value):
    return Fraction(str(value))


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Form:
    def __init__(self, ref):
        document = load(f"questionnaires/{ref}.json")
        self.ref, self.document = ref, document
        self.questions, self.order = {}, []
        for number, dimension in enumerate(document["dimensions"]):
            for indicator in dimension["indicators"]:
                for question in indicator["questions"]:
                    options = question.get("options") or document["scales"][question["scale"]]
                    self.questions[question["id"]] = {
                        "dimension": number, "points": {o["id"]: fraction(o["points"]) for o in options}}
                    self.order.append(question["id"])
        self.file = load(f"questionnaires/packages/{ref}.json")
        self.packages = self.file["packages"]

    def ceilings(self):
        sums = [Fraction(0)] * len(self.document["dimensions"])
        for question in self.questions.values():
            sums[question["dimension"]] += max(question["points"].values())
        return sums


def rule(node, facts):
    """Kleene's truth: True, False or None."""
    if isinstance(node, bool):
        return node
    (name, operands), = node.items()
    if name in ("and", "or"):
        parts = [rule(operand, facts) for operand in operands]
        decided = name == "or"
        return decided if decided in parts else None if None in parts else not decided
    if name == "!":
        inner = rule(operands, facts)
        return None if inner is None else not inner
    value, other = facts.get(operands[0]["var"]), operands[1]
    if value is None:
        return None
    if name == "in":
        return value in other
    return {"==": value == other, ">": name == ">" and value > other, ">=": name == ">=" and value >= other,
            "<=": name == "<=" and value <= other, "<": name == "<" and value < other}[name]


class Firm:
    """A response with what its packages offer it."""

    def __init__(self, form, response):
        self.form = form
        enterprise = response["enterprise"]
        self.now = {}
        for name, question in form.questions.items():
            answer = response["answers"].get(name)
            if not isinstance(answer, dict):  # not applicable: stays as it is
                self.now[name] = question["points"][str(answer)] if answer is not None else Fraction(0)
        self.left_out = set(form.questions) - set(self.now)
        self.facts = {key: value for key, value in enterprise.items()}
        if response["submitted_on"] < "2025-11-15" and enterprise.get("section") in LETTERS:
            self.facts["section"] = LETTERS[enterprise["section"]]
        for name in self.now:
            answer = response["answers"].get(name)
            lowest = min(form.questions[name]["points"], key=form.questions[name]["points"].get)
            self.facts[f"answers.{name}"] = str(answer) if answer is not None else lowest
        unknown = 10 if enterprise.get("form") == "household" else 50
        heads = enterprise.get("employees", unknown)
        self.band = next(band for most, band in BANDS if heads <= most)
        self.offers = self.offered()

    def raised(self, package):
        """Points afterwards by question, from today's answers."""
        to = {}
        for entry in package["questions"]:
            name, points = entry["id"], self.form.questions[entry["id"]]["points"]
            if name not in self.now or rule(entry.get("if", True), self.facts) is not True:
                continue
            if "from" in entry and self.now[name] < points[str(entry["from"])]:
                continue
            above = sorted(p for p in set(points.values()) if p > self.now[name])[:entry.get("by", 2)]
            reach = [p for p in above if p <= points[str(entry["option"])]]
            if reach:
                to[name] = max(reach[-1], to.get(name, 0))
        return to

    def effort(self, package):
        effort = fraction(package["effort"][self.band])
        entries = [e for e in package["questions"]
                   if e["id"] in self.now and rule(e.get("if", True), self.facts) is True]
        done = sum(self.now[e["id"]] >= self.form.questions[e["id"]]["points"][str(e["option"])] for e in entries)
        if not done:
            return effort
        return min(effort, Fraction(math.ceil(2 * effort * (1 - Fraction(done, 2 * len(entries)))), 2))

    def offered(self):
        offers = {}
        for package in self.form.packages:
            suits = rule(package.get("suits", True), self.facts)
            raised = self.raised(package)
            if raised and (suits or suits is None and package.get("suits_if_unknown", True)):
                offers[package["id"]] = {"raised": raised, "effort": self.effort(package), "package": package}
        return offers

    def lacking_requirements(self, name):
        for asked in self.offers[name]["package"].get("requires", []):
            points = self.form.questions[asked["id"]]["points"][str(asked["option"])]
            if self.now.get(asked["id"], Fraction(-1)) < points:
                yield [other for other in self.offers if other != name
                       and self.offers[other]["raised"].get(asked["id"], Fraction(-1)) >= points]

    def least_effort(self, level):
        """The least effort that reaches the level, by glpsol; None if nothing does."""
        rules = {entry["level"]: entry for entry in self.form.document["levels"]}
        steps = {entry["level"]: entry for entry in self.form.document.get("dimension_levels", [])}
        wanted, lines, binaries, bounds = rules[level], [], [], []
        cost = " + ".join(f"{offer['effort'].numerator * 60 // offer['effort'].denominator} p{i}"
                          for i, offer in enumerate(self.offers.values()))
        index = {name: i for i, name in enumerate(self.offers)}
        gains = {}
        for name in self.now:  # the highest of what the chosen packages bring counts
            who = [(offer["raised"][name], index[p]) for p, offer in self.offers.items() if name in offer["raised"]]
            parts = []
            for points, at in who:
                variable = f"g{self.form.order.index(name)}_{at}"
                binaries.append(variable)
                lines.append(f"{variable} - p{at} <= 0")
                parts.append((points - self.now[name], variable))
            if parts:
                lines.append(" + ".join(v for _, v in parts) + " <= 1")
                gains[name] = parts
        present = sum(self.now.values())
        dimensions = [[Fraction(0), Fraction(0), []] for _ in self.form.document["dimensions"]]
        for name, question in self.form.questions.items():
            if name in self.now:
                part = dimensions[question["dimension"]]
                part[0] += self.now[name]
                part[1] += max(question["points"].values())
                part[2] += gains.get(name, [])
        everything = [g for part in dimensions for g in part[2]]
        # points are whole: "above" means one more
        key = next((key for key in wanted if key.startswith(("above_p", "from_p"))), None)
        if key:
            bound = fraction(wanted[key]) * (1 if key.endswith("points") else sum(part[1] for part in dimensions) / 100)
            total = math.floor(bound) + 1 if key.startswith("above") else math.ceil(bound)
            lines.append(self.sum_of(everything) + f" >= {total - present}")
        if "dimensions" in wanted:
            share = fraction(steps[wanted["dimensions"]["level"]]["above_percent"]) / 100
            for number, (points, ceiling, parts) in enumerate(dimensions):
                need = math.floor(ceiling * share) + 1 - points
                if ceiling and need > 0:
                    lines.append(self.sum_of(parts) + f" - {need} d{number} >= 0")
                elif not ceiling:
                    bounds.append(f"d{number} = 0")
                binaries.append(f"d{number}")
            lines.append(" + ".join(f"d{i}" for i in range(len(dimensions))) + f" >= {wanted['dimensions']['at_least']}")
        for name in self.offers:
            for providers in self.lacking_requirements(name):
                lines.append(" + ".join([f"p{index[p]}" for p in providers] + [""])[:-2] + f" - p{index[name]} >= 0"
                             if providers else f"p{index[name]} <= 0")
        return self.solve(cost, lines, bounds, binaries + [f"p{i}" for i in index.values()])

    @staticmethod
    def sum_of(parts):
        return " + ".join(f"{gain} {variable}" for gain, variable in parts) or "0 p0"

    @staticmethod
    def solve(cost, lines, bounds, binaries):
        with tempfile.TemporaryDirectory() as folder:
            program, answer = os.path.join(folder, "p.lp"), os.path.join(folder, "p.sol")
            with open(program, "w") as file:
                file.write(f"Minimize\n cost: {cost}\nSubject To\n")
                for number, line in enumerate(lines):
                    file.write(f" c{number}: {line}\n")
                file.write("Bounds\n" + "".join(f" {bound}\n" for bound in bounds))
                file.write("Binary\n" + "".join(f" {name}\n" for name in sorted(set(binaries))) + "End\n")
            done = subprocess.run(["glpsol", "--lp", program, "--write", answer, "--tmlim", "60"], capture_output=True, text=True)
            if not os.path.exists(answer):
                raise RuntimeError(done.stdout[-800:])
            with open(answer) as file:
                for line in file:
                    if line.startswith("s mip"):
                        _, _, _, _, status, value = line.split()
                        return Fraction(round(float(value)), 60) if status == "o" else None
        raise RuntimeError(done.stdout[-800:])


class TickFirm:
    """A response to a list of ticks (the 2025 criteria of an industry): every set of packages is tried."""

    def __init__(self, response):
        document = load("questionnaires/dbi-sme@2025.json")
        self.levels = {level["level"]: fraction(level["from_percent"]) for level in document["levels"]}
        industry = "7.2." + response["answers"]["7.1"]
        self.question = next(question for dimension in document["dimensions"] for indicator in dimension["indicators"]
                             for question in indicator["questions"] if question["id"] == industry)
        self.now = set(response["answers"][industry]) - {"none"}
        heads = response["enterprise"]["employees"]
        band = next(band for most, band in BANDS if heads <= most)
        self.offers = []
        for package in load("questionnaires/packages/dbi-sme@2025.json")["packages"]:
            ticks = [tick for entry in package["questions"] if entry["id"] == industry for tick in entry["ticks"]]
            new = [tick for tick in ticks if tick not in self.now][:2]
            if new and rule(package.get("suits", True), response["enterprise"]):
                needs = {need["option"] for need in package.get("requires", [])} - self.now
                self.offers.append((fraction(package["effort"][band]), set(new), needs))

    def percent(self, ticks):
        points = sum(fraction(option["points"] if set(option.get("requires", [])) <= ticks else option["points_without"])
                     for option in self.question["options"] if option["id"] in ticks)
        return points * 100 / fraction(self.question["max"])

    def least_effort(self, level):
        """The least effort that reaches the level; None if nothing does."""
        least = None
        for chosen in range(1 << len(self.offers)):
            some = [offer for i, offer in enumerate(self.offers) if chosen >> i & 1]
            cost = sum(offer[0] for offer in some)
            ticks = set.union(self.now, *(offer[1] for offer in some))
            if (least is None or cost < least) and all(offer[2] <= ticks for offer in some) \
                    and self.percent(ticks) >= self.levels[level]:
                least = cost
        return least


def profiles():
    with open("tests/data/advice/profiles.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
