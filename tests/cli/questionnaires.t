#!/usr/bin/env python3
"""The questionnaires that come with the program: their structure, their texts, and what they score."""
import json
import random
import re
import unicodedata
from fractions import Fraction

from surveys import (Desk, answers_at_random, ceiling, choices_of, differences, done, earned, half_up, load, number, ok, questions_of,
                     reference, response, run, same)

REFS = ["dbi-sme@2021", "dbi-sme@2025", "dbi-large@2025", "eu-dma-sme@2023", "household-quick@1", "sme-quick@1"]

# Criteria a component, as published (QĐ 1970; QĐ 1567 Appendix II as reported).
SME_2021 = {"1.1": 9, "1.2": 4, "2.1": 1, "3.1": 2, "3.2": 14, "4.1": 6, "4.2": 7, "5.1": 5, "5.2": 5, "6.1": 7}
LARGE_2025 = {"1.1": 9, "1.2": 8, "1.3": 3, "1.4": 5, "2.1": 4, "2.2": 3, "2.3": 3, "2.4": 3, "2.5": 3, "2.6": 8,
              "3.1": 5, "3.2": 7, "3.3": 4, "3.4": 4, "3.5": 9, "4.1": 4, "4.2": 6, "4.3": 4, "4.4": 8, "5.1": 6,
              "5.2": 8, "5.3": 8, "6.1": 8, "6.2": 7, "6.3": 3}


def components(q):
    return {i["id"]: [c["id"] for c in i["questions"]] for d in q["dimensions"] for i in d["indicators"]}


def structure():
    q = load("dbi-sme@2021")
    same(components(q), {i: [f"{i}.{n}" for n in range(1, count + 1)] for i, count in SME_2021.items()},
         "dbi-sme@2021: 10 components, 60 criteria by their ids")
    maxima = [sum(ceiling(q, c) for e, c in questions_of(q) if e is d) for d in q["dimensions"]]
    same(maxima, [65, 25, 80, 65, 50, 35], "dbi-sme@2021: maxima 65/25/80/65/50/35, 320 in all")
    same({c["id"]: [o["id"] for o in choices_of(q, c)] for d, c in questions_of(q) if c["id"] != "2.1.1"},
         {c["id"]: list("012345") for d, c in questions_of(q) if c["id"] != "2.1.1"}, "... options 0 to 5")
    strategy = next(c for d, c in questions_of(q) if c["id"] == "2.1.1")
    same([o["id"] for o in strategy["options"]], ["0", "5", "10", "15", "20", "25"], "... but 2.1.1 by fives to 25")
    ok(all(o["id"] == str(o["points"]) for d, c in questions_of(q) for o in choices_of(q, c)), "... ids are the points")
    q = load("dbi-large@2025")
    same(components(q), {i: [f"{i}.{n}" for n in range(1, count + 1)] for i, count in LARGE_2025.items()},
         "dbi-large@2025: 25 components, 140 criteria by their ids")
    ok(all([(o["id"], o["points"]) for o in choices_of(q, c)] == [(str(n), n) for n in range(5)]
           for d, c in questions_of(q)), "... each worth 0 to 4")
    same([sum(ceiling(q, c) for e, c in questions_of(q) if e is d) for d in q["dimensions"]], [100, 96, 116, 88, 88, 72],
         "... maxima 100/96/116/88/88/72, 560 in all")
    q = load("dbi-sme@2025")
    same([d.get("weight") for d in q["dimensions"]], [0, 0, 0, 0, 0, 0, 1], "dbi-sme@2025: group weights are data")
    same({c["id"]: str(ceiling(q, c)) for d, c in questions_of(q) if c["id"].startswith("7.2.")},
         {"7.2.retail": "125/6", "7.2.steel": "14", "7.2.tourism": "21", "7.2.fnb": "28", "7.2.logistics": "125/6",
          "7.2.construction": "22"}, "... industry maxima as exact fractions")
    q = load("household-quick@1")
    same((len(list(questions_of(q))), set(q["respondents"])), (12, {"household", "cooperative"}),
         "household-quick@1: 12 questions for households and co-operatives")
    same([load(r)["status"] for r in REFS], ["reported"] * 4 + ["own"] * 2, "how far each text can be relied on")


def nothing_of_ours(ref, q):
    """People read neither ids of questionnaires nor notes of those who made them."""
    wrong = [f"{path}: {text[lang]}" for path, text in texts(q) for lang in text
             if re.search(r"dự án này|this project|[a-z]+-[a-z]+@\d", text[lang])]
    ok(not wrong, f"{ref}: no raw ids, no developers' notes", "\n".join(wrong))


def prefilled():
    """What facts say of dbi-sme@2021, and what may not apply."""
    q = {c["id"]: c for d, c in questions_of(load("dbi-sme@2021"))}
    same({i: [p["option"] for p in c["prefill"]] for i, c in q.items() if "prefill" in c}, {"1.1.1": ["0"], "3.2.3": ["5"]},
         "no website, and e-invoices by law, are filled in")
    same({i for i, c in q.items() if c.get("not_applicable")}, {"1.1.3", "1.1.6", "3.2.1", "3.2.3", "3.2.10", "3.2.13"},
         "what may not apply")
    ok(all("không áp dụng" in q[i]["help"]["vi"] for i, c in q.items() if c.get("not_applicable")), "... and its help says when")
    trades = r"gạo|thóc|phòng trống|chuyền may|lễ tân và|cúc áo"
    ok(not [i for i, c in q.items() if re.search(trades, c["help"]["vi"])], "general help names no trade of others")
    ok(sum("help_for" in c for c in q.values()) >= 20, "trades have examples of their own")


def quick_structure():
    """Two questions a pillar, weighted as the pillars are, with the options of what they stand for."""
    q, whole = load("sme-quick@1"), load("dbi-sme@2021")
    same([d["id"] for d in q["dimensions"]], [d["id"] for d in whole["dimensions"]], "sme-quick@1: the six pillars")
    same([len([c for e, c in questions_of(q) if e is d]) for d in q["dimensions"]], [2] * 6, "... two questions each")
    same([sum(number(c.get("weight"), 1) * ceiling(q, c) for e, c in questions_of(q) if e is d) for d in q["dimensions"]],
         [65, 25, 80, 65, 50, 35], "... which weigh as the pillars do")
    same(q["levels"][1]["dimensions"], whole["levels"][1]["dimensions"], "... with the same rule")
    criteria = {c["id"]: (d["id"], choices_of(whole, c)) for d, c in questions_of(whole)}
    wrong = [c["id"] for d, c in questions_of(q)
             if [o["id"] for o in c["options"]] != [o["id"] for o in criteria[c["criterion"]][1]]]
    ok(not wrong, "... and options that can be taken along", wrong)
    away = [c["criterion"] for d, c in questions_of(q) if criteria[c["criterion"]][0] != d["id"]]
    same(away, ["4.2.1"], "... of their own pillar, but where that has one criterion only")


def estimates(desk):
    """A band, never a level; what was answered is scored by the whole as it stands."""
    q = load("sme-quick@1")
    answers = {c["id"]: c["options"][2]["id"] for d, c in questions_of(q)}
    got = desk.score("sme-quick@1", answers)
    same(got["level"], {"level": None, "name": None, "by_total_only": None, "held_back_by": []}, "sme-quick@1: no level")
    same({k: got["band"][k] for k in ("of", "low", "likely", "high")},
         {"of": "dbi-sme@2021", "low": 2, "likely": 2, "high": 2}, "... but a band")
    same({d["level"] for d in got["dimensions"]}, {None}, "... no level of a dimension")
    ok("estimate" in [n["code"] for n in got["notes"]], "... and what is not known of it", got["notes"])
    ok("band" not in desk.score("dbi-sme@2021", {}), "a questionnaire with levels has no band")
    path = desk.write("quick.json", response("sme-quick@1", answers))
    code, out, err = desk.run("rescore", path, "--to", "dbi-sme@2021", "--json", "--lang", "en")
    moved = json.loads(out)
    same((moved["dropped"], moved["after"]["complete"]), ([], False), "its answers go along to dbi-sme@2021")


def times():
    """Minutes by syllables and thinking, for what one respondent meets, rounded up."""
    code, out, err = run("check", "questionnaires", "--lang", "en")
    said = dict(re.findall(r"^(\S+@\d+): about (\d+) minutes", out, re.M))
    for ref in REFS:
        q = load(ref)
        words = lambda text: sum(bool(re.search(r"\w", w)) for w in text["vi"].split())
        def syllables(c):
            return (words(c["text"]) + sum(words(o["text"]) for o in choices_of(q, c) if "text" in o)
                    + sum(words(r["text"]) for r in c.get("rows", [])) + (words(c["unit"]) if "unit" in c else 0))
        always = [syllables(c) for d, c in questions_of(q) if "show_if" not in c]
        ways = {}
        for d, c in questions_of(q):
            if "show_if" in c:
                (left, right), = c["show_if"].values()
                for value in right if isinstance(right, list) else [right]:
                    ways.setdefault(left["var"], {}).setdefault(value, []).append(syllables(c))
        taken = always + [s for way in ways.values() for s in max(way.values(), key=lambda way: sum(way) / 180 + len(way) * 8 / 60)]
        minutes = Fraction(sum(taken), 180) + Fraction(8 * len(taken), 60)
        same(said.get(ref), str(-(-minutes.numerator // minutes.denominator)), f"{ref}: its minutes are measured")
    same(said["sme-quick@1"], "5", "sme-quick@1: five minutes")


def texts(node, path=""):
    """Every pair of texts of a file, with its path."""
    if isinstance(node, dict) and ("vi" in node or "en" in node):
        yield path, node
    elif isinstance(node, (dict, list)):
        for key, value in (node.items() if isinstance(node, dict) else enumerate(node)):
            yield from texts(value, f"{path}/{key}")


def wording(ref, q):
    wrong = [f"{path}: {text}" for path, text in texts(q)
             if set(text) != {"vi", "en"} or not text["vi"].strip() or not text["en"].strip()]
    wrong += [f"{path}: not NFC" for path, text in texts(q)
              if any(unicodedata.normalize("NFC", t) != t for t in text.values())]
    wrong += [f"{path}: spaces: {t!r}" for path, text in texts(q) for t in text.values()
              if t != t.strip() or "  " in t or re.search(r" [,.;:?!](\s|$)", t) or re.search(r"\d %", t)]
    wrong += [f"{c['id']}: is no question" for d, c in questions_of(q) if c["type"] != "text"
              and not (c["text"]["vi"].endswith("?") and c["text"]["en"].endswith("?"))]
    ok(not wrong, f"{ref}: every text in both languages, clean", "\n".join(wrong))
    scored = [c for d, c in questions_of(q) if c.get("scored", True) and c["type"] != "text"]
    lacking = [f"{c['id']}: {k}" for c in scored for k in ("label", "help", "evidence", "action") if k not in c]
    ok(not lacking, f"{ref}: label, help, evidence and action of every scored question", "\n".join(lacking))
    levels = {r["level"] for r in q["levels"]}
    rated = [d for d in q["dimensions"] if number(d.get("weight"), 1)]
    lacking = [d["id"] for d in rated if {m["level"] for m in d.get("meanings", [])} != levels or "short" not in d]
    ok(not lacking, f"{ref}: what every level means in every dimension, and a short name", lacking)
    ok(all("meaning" in r and "name" in r for r in q["levels"]), f"{ref}: every level has a name and a meaning")


def random_answers(desk):
    for ref in REFS:
        q, dice, wrong = load(ref), random.Random(ref), []
        for _ in range(8):
            answers = answers_at_random(dice, q)
            got = desk.score(ref, answers, enterprise={"form": q["respondents"][0]})
            wrong += differences(got, reference(q, answers)) if isinstance(got, dict) else [got]
        ok(not wrong, f"{ref}: 8 random responses as the independent scorer has them", "\n".join(wrong))


def large_levels(desk):
    """Coverage 25/50/75/100 %, never rounded up: 559 of 560 points are 99.82 %, level 4."""
    q = load("dbi-large@2025")
    ids = [c["id"] for d, c in questions_of(q)]

    def with_points(points):
        return {i: str(min(4, max(0, points - 4 * n))) for n, i in enumerate(ids)}

    for points, level in ((0, 1), (139, 1), (140, 2), (279, 2), (280, 3), (419, 3), (420, 4), (559, 4), (560, 5)):
        got = desk.score("dbi-large@2025", with_points(points))
        same((got["total"]["points"], got["level"]["level"]), (f"{points}.00", level),
             f"dbi-large@2025: {points} of 560 points is level {level}")


def sme_2025(desk):
    """Bands with the lower bound inclusive, both readings of a dependency, and industries without a list."""
    def score(answers):
        return desk.score("dbi-sme@2025", answers)

    solutions = ["barcode-stock", "ordering", "cashless", "weighbridge", "email", "website", "accounting", "crm",
                 "digital-ads", "chatbot"]
    for ticks, percent, level in ((1, "7.14", 1), (2, "14.29", 2), (5, "35.71", 3), (10, "71.43", 4)):
        got = score({"7.1": "steel", "7.2.steel": solutions[:ticks]})
        same((got["total"]["percent"], got["level"]["level"]), (percent, level), f"steel, {ticks} solutions: level {level}")
    got = score({"7.1": "steel", "7.2.steel": ["cashless", "handheld"]})
    same(got["ledger"][0]["points"], "3/2", "always less: a dependent solution earns 1/2 even with its prerequisite")
    for ticks, points in ((["chatbot"], "1/2"), (["chatbot", "booking"], "2")):
        got = score({"7.1": "tourism", "7.2.tourism": ticks})
        same(got["ledger"][0]["points"], points, f"less while lacking: {ticks} earn {points}")
    for ticks, points in ((["integrated", "wms"], "5/4"), (["integrated", "wms", "tms", "oms"], "4")):
        got = score({"7.1": "logistics", "7.2.logistics": ticks})
        same((got["ledger"][0]["points"], got["ledger"][0]["max"]), (points, "125/6"), f"three prerequisites: {points}")
    for industry in ("garment", "agriculture", "accommodation", "other"):
        got = score({"7.1": industry})
        note = got["notes"][0]
        same((note["code"], "60 questions" in note["text"]["en"], got["level"]["level"]), ("not-rated", True, None),
             f"no list for {industry}: sent to the 60 questions by their name, no level")
    got = score({"7.1": "retail", "7.2.retail": ["pos"], "7.2.steel": ["crm"]})
    same((got["inactive"], got["asked"]), (["7.2.steel"], 1), "the list of another industry is kept and does not count")


def said_maxima(desk):
    """The lists are incomplete: how far each can go is said in the help of its question, and true."""
    q = load("dbi-sme@2025")
    for d, c in questions_of(q):
        if not c["id"].startswith("7.2."):
            continue
        best = [o["id"] for o in c["options"] if not o.get("exclusive")]
        got = desk.score("dbi-sme@2025", {"7.1": c["id"][4:], c["id"]: best})
        percent = f"{float(half_up(Fraction(earned(q, c, best), ceiling(q, c)) * 100, 1))}"
        ok(f"{percent}%" in c["help"]["en"] and f"{percent.replace('.', ',')}%" in c["help"]["vi"],
           f"{c['id']}: {percent} % is the most that can be reached, and said", c["help"]["en"])
        level = 4 if c["id"][4:] in ("retail", "steel", "fnb") else 3
        same(got["level"]["level"], level, f"{c['id']}: with everything, level {level} as the file says")


def all_best_is_whole(desk):
    for ref in REFS:
        q = load(ref)
        if ref == "dbi-sme@2025":
            continue
        best = {}
        for d, c in questions_of(q):
            ids = [o["id"] for o in choices_of(q, c)]
            best[c["id"]] = ({r["id"]: ids[-1] for r in c["rows"]} if c["type"] == "scale" else
                             ids[-1] if c["type"] == "single" else
                             [o["id"] for o in choices_of(q, c) if not o.get("exclusive")])
        got = desk.score(ref, best, enterprise={"form": q["respondents"][0]})
        if "estimate" in q:
            same((got["total"]["percent"], got["band"]["low"]), ("100.00", 5), f"{ref}: the best of everything is at the top")
            continue
        same((got["total"]["percent"], got["level"]["level"]), ("100.00", max(r["level"] for r in q["levels"])),
             f"{ref}: the best of everything is 100 % and the top level")


def gaps(desk):
    """The two cases that QĐ 1970 leaves open: level 0 with a note."""
    q = load("dbi-sme@2021")
    nothing = {c["id"]: "0" for d, c in questions_of(q)}
    got = desk.score("dbi-sme@2021", dict(nothing, **{"5.1.1": "5"}))
    culture = next(d for d in got["dimensions"] if d["id"] == "culture")
    same((culture["percent"], culture["level"], [n["code"] for n in got["notes"]]), ("10.00", 0, ["at-bound"]),
         "dbi-sme@2021: a pillar at exactly 10 %")
    some = {c["id"]: "5" for d, c in questions_of(q) if c["id"].startswith("1.1.") and c["id"] <= "1.1.5"}
    got = desk.score("dbi-sme@2021", dict(nothing, **some))
    same((got["total"]["points"], got["level"]["level"], got["level"]["by_total_only"],
          [n["code"] for n in got["notes"]]), ("25.00", 0, 1, ["held-back"]),
         "dbi-sme@2021: 25 points in one pillar")
    same(got["level"]["held_back_by"], ["strategy", "technology", "operations", "culture", "data"], "... and who holds it back")


def respondents(desk):
    for ref, form, fits in (("dbi-large@2025", "household", "dbi-sme@2021, household-quick@1"),
                            ("household-quick@1", "enterprise", "dbi-large@2025, dbi-sme@2021, dbi-sme@2025, eu-dma-sme@2023, sme-quick@1"),
                            ("eu-dma-sme@2023", "household", "dbi-sme@2021, household-quick@1")):
        got = desk.score(ref, {}, enterprise={"form": form})
        ok(isinstance(got, str) and f"please use {fits}" in got, f"{ref} refuses a {form} and names {fits}", got)
    got = desk.score("household-quick@1", {}, enterprise={"tax_code": "030180001234"})
    ok(isinstance(got, dict) and any(n["code"] == "form-assumed" for n in got["notes"]),
       "a 12-digit code is taken for a household, and said so", got)
    big = {"form": "enterprise", "section": "C", "employees": 500}
    got = desk.score("dbi-sme@2021", {}, enterprise=big)
    ok(isinstance(got, dict) and any(n["code"] == "size" for n in got["notes"]), "a size that does not fit is a note", got)


def flags(desk):
    cases = [({"1.1.1": "3"}, {"has_website": False}, "contradiction", "website without one"),
             ({"1.1.4": "0", "1.1.9": "4"}, {"has_website": False}, "contradiction", "a web shop without a website"),
             ({"1.1.5": "0", "1.1.6": "4"}, {}, "contradiction", "cross-border e-commerce without e-commerce"),
             ({"4.2.1": "5"}, {"employees": 2}, "contradiction", "an IT unit of two employees")]
    for answers, facts, code, what in cases:
        plain = desk.score("dbi-sme@2021", answers, enterprise={"form": "enterprise"})
        got = desk.score("dbi-sme@2021", answers, enterprise=dict({"form": "enterprise"}, **facts))
        same((code in [f["code"] for f in got["flags"]], got["total"]), (True, plain["total"]), f"flag, not score: {what}")
    q = load("dbi-sme@2021")
    same_rung = {c["id"]: choices_of(q, c)[3]["id"] for d, c in questions_of(q)}
    for minutes, codes in ((3, ["straight-lining", "too-fast"]), (25, ["straight-lining"])):
        got = desk.score("dbi-sme@2021", same_rung, minutes=minutes)
        same([f["code"] for f in got["flags"]], codes, f"the same rung everywhere in {minutes} minutes: {codes}")


def main():
    desk = Desk(*[load(ref) for ref in REFS])
    structure()
    quick_structure()
    times()
    prefilled()
    for ref in REFS:
        wording(ref, load(ref))
        nothing_of_ours(ref, load(ref))
    for part in (random_answers, large_levels, sme_2025, said_maxima, all_best_is_whole, gaps, respondents, flags, estimates):
        part(desk)
    code, out, err = run("check", "questionnaires", "--json")
    same((code, json.loads(out)["errors"]), (0, 0), "dxready check questionnaires")
    done()


main()
