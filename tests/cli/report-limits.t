#!/usr/bin/env python3
"""What every report keeps to, over all examples: how many pages, how full they are, how long a paragraph is, what stands
again and again, what stands outside of its box; and that the plan, scored, comes to what its page promises."""
import collections
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import tempfile

from tool import finish, report as check, run

RESPONSES = sorted(glob.glob("tests/data/demo/responses/*.json"))
ON = ["--on", "2026-11-24"]
PAGES_MAX = {"household": 6}  # of others 10
WORDS_MAX = 70  # of a paragraph
PHRASE = 8  # words without figures that make one: the longest name of a pillar has seven
PHRASE_MAX = 3  # times that it may stand in one report

# A page is looked at in rows of a third of a point of paper (24 dpi); the room for texts goes from 52 to 757 points. A
# band without ink that is higher than two lines of text is empty paper, wherever it lies.
DPI, TOP, BOTTOM, BAND = 24, 52, 757, 27
EMPTY_MAX = 0.15  # of a report
EMPTY_PAGE_MAX = 0.65  # of a single page, for what is left of a long table


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


# ---- texts ----

BLOCK = re.compile(r'<block xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</block>', re.S)


def blocks_of(pdf):
    """The blocks of text on each page, as (x, y, right, bottom, words)."""
    done = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True)
    for page in re.findall(r"<page.*?</page>", done.stdout, re.S):
        yield [(*map(float, found[:4]), re.findall(r"<word[^>]*>(.*?)</word>", found[4])) for found in BLOCK.findall(page)]


def faults_of_texts(pdf, form):
    phrases = collections.Counter()
    number = 0
    for number, blocks in enumerate(blocks_of(pdf), 1):
        for left, top, right, bottom, words in blocks:
            if left < 46 or right > 549.5 or top < 28 or bottom > 820:
                yield f"page {number}: outside of its box: {' '.join(words)[:60]}"
            if len(words) > WORDS_MAX:
                yield f"page {number}: {len(words)} words together: {' '.join(words)[:60]}"
            if top > TOP - 5 and bottom < 795:
                rows = (words[i:i + PHRASE] for i in range(len(words) - PHRASE + 1))
                phrases.update(" ".join(row) for row in rows if not re.search(r"\d", " ".join(row)))
    for phrase, times in phrases.most_common(1):
        if times > PHRASE_MAX:
            yield f"{times} times: {phrase}"
    if number > PAGES_MAX.get(form, 10):
        yield f"{number} pages"


# ---- empty paper ----

def rows_of(pdf):
    """For each page, whether there is ink in each of its rows."""
    done = subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), pdf], capture_output=True)
    at, data = 0, done.stdout
    while at < len(data):
        head = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s").match(data, at)
        width, height, at = int(head[1]), int(head[2]), head.end()
        yield [min(data[at + width * row:at + width * (row + 1)]) < 245 for row in range(height)]
        at += width * height


def empty_part(rows):
    """Of the room for texts of one page."""
    inked = rows[round(TOP * DPI / 72):round(BOTTOM * DPI / 72)]
    bands = re.findall("0+", "".join("01"[ink] for ink in inked))
    return sum(len(band) for band in bands if len(band) * 72 / DPI > BAND) / len(inked)


def faults_of_paper(pdf):
    parts = [empty_part(rows) for rows in rows_of(pdf)]
    if sum(parts) > EMPTY_MAX * len(parts):
        yield f"{100 * sum(parts) / len(parts):.1f} % of it are empty: " + " ".join(f"{100 * part:.0f}" for part in parts)
    if max(parts) > EMPTY_PAGE_MAX:
        yield f"page {parts.index(max(parts)) + 1} is empty to {100 * max(parts):.0f} %"


def faults_of(pdf, form):
    return [f"{os.path.basename(pdf)}: {fault}" for fault in (*faults_of_texts(pdf, form), *faults_of_paper(pdf))]


def every_example(folder, pool):
    """Each response in one language, in turns."""
    read = []
    for turn, lang in enumerate(("vi", "en")):
        done = run("report", *RESPONSES[turn::2], "-o", folder + "/", "--lang", lang, *ON)
        check(done.returncode == 0, f"every second example, {lang}", done.stderr)
        read += [(os.path.join(folder, os.path.basename(path)[:-5] + f"-{lang}.pdf"), load(path)["enterprise"].get("form"))
                 for path in RESPONSES[turn::2]]
    faults = [fault for some in pool.map(faults_of, *zip(*read)) for fault in some]
    check(len(read) == len(RESPONSES) and not faults, "every example keeps to all limits", "\n".join(faults))


# ---- every questionnaire ----

def made_response(name, form):
    """The answer in the middle to each question of one choice."""
    questionnaire = load(f"questionnaires/{name}.json")
    answers = {question["id"]: question["options"][len(question["options"]) // 2]["id"]
               for dimension in questionnaire["dimensions"] for indicator in dimension["indicators"]
               for question in indicator["questions"] if question["type"] == "single" and "options" in question}
    facts = dict(load("tests/data/demo/responses/may-sen-vang.json")["enterprise"], form=form)
    return {"kind": "response", "questionnaire": name, "round": "2026", "enterprise": facts, "answers": answers}


def every_questionnaire(folder):
    for path in sorted(glob.glob("questionnaires/*@*.json")):
        name = os.path.basename(path)[:-5]
        form = "household" if name.startswith("household") else "enterprise"
        with open(f"{folder}/one.json", "w", encoding="utf-8") as file:
            json.dump(made_response(name, form), file, ensure_ascii=False)
        for lang in ("vi", "en"):
            done = run("report", f"{folder}/one.json", "-o", f"{folder}/one.pdf", "--lang", lang, *ON)
            faults = [fault for fault in faults_of_texts(f"{folder}/one.pdf", form)] if done.returncode == 0 else [done.stderr]
            check(not faults, f"{name}, {lang}: pages, paragraphs, phrases, boxes", "\n".join(faults))


# ---- the promise ----

def promise_of(path, folder):
    """What page 4 adds up to, beside the raised answers scored again; None where nothing is promised."""
    name = os.path.basename(path)[:-5]
    pdf = next(found for found in glob.glob(f"{folder}/{name}-??.pdf"))
    text = " ".join(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout.split())
    said = re.search(r"[\d.,]+ \+ [\d.,]+ = ([\d.,]+) (?:điểm, đủ điều kiện mức|points: level) (\d)", text)
    plan = json.loads(run("plan", path, "--json").stdout)
    if not said or "steps" not in plan:
        return name, said and said[0], None
    raised = load(path)
    raised["answers"].update({step["question"]: step["to"] for step in plan["steps"]})
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(raised, file)
        file.flush()
        scored = json.loads(run("score", file.name, "--json").stdout)
    kept = float(said[1].replace(",", ".")) == float(scored["total"]["points"]) and scored["level"]["level"] >= int(said[2])
    return name, said[0], kept or f"{scored['total']['points']} points, level {scored['level']['level']}"


def every_promise(folder, pool):
    found = list(pool.map(lambda path: promise_of(path, folder), RESPONSES))
    broken = [entry for entry in found if entry[1] and entry[2] is not True]
    promised = [entry for entry in found if entry[1]]
    check(not broken, "what a page promises, its answers come to", broken)
    check(len(promised) >= 40, "most of the examples are promised a level", len(promised))


with tempfile.TemporaryDirectory() as top, concurrent.futures.ThreadPoolExecutor(2) as workers:
    every_example(top, workers)
    every_questionnaire(top)
    every_promise(top, workers)
finish()
