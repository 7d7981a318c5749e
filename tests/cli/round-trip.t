#!/usr/bin/env python3
"""What was stored is exported and read again as the same: texts of every kind, in both formats; and rejects once mended."""
import csv
import json
import os

from surveys import Desk, done, ok, option, question, questionnaire, response, same, words

TEXTS = ["na: x", "na:x", "NA: x", "'na: x", "''na: x", " a", "a ", "\ta\t", "\na\n", "=1+2", "+1", "-1", "-", "@x", "'=1", "''=1",
         "'x", "a\nb", "a\r\nb", "a\tb", '"', '""', 'a"b', "a;b", "a,b", "N/A", "Không áp dụng", "|", "a|b", "1,5", "01", "1.234",
         "true", "a\\b", "\u00a0a\u00a0", "a\u2028b", "e\u0323\u0302", "0912345678", "1/2", "=HYPERLINK(\"x\";\"y\")", "x" * 5000]
NOTHING = ["", " ", " \t\n "]  # is no answer
LADDER = [option("0", 0), option("2", 2)]
FORM = questionnaire([question("c", "single", options=LADDER, not_applicable=True), question("d", "single", options=LADDER,
                                                                                             text=words("the other?")),
                      question("w", "text", not_applicable=True), question("v", "text", text=words("more?"))], id="r")


def people():
    given = [(text, {"c": "2", key: text}) for text in TEXTS for key in "wv"]
    given += [(f"{text!r}", {"c": "2", "w": text}) for text in NOTHING]
    given += [(f"na {text}", {"c": {"na": text}}) for text in TEXTS]
    return [response("r@1", answers, {"name": f"Hộ {n}", "form": "household", "area": "chi-linh"}, round="2026",
                     submitted_on="2026-09-01") for n, (_, answers) in enumerate(given)]


def exported(desk, form):
    path = os.path.join(desk.path, "out." + form)
    desk.run("export", "--format", form, "--db", desk.db, "-o", path)
    return path


def answers_of(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return {row["enterprise"]["name"]: row["answers"] for row in map(json.loads, file)}


def texts(desk):
    rows = people()
    code, out, err = desk.run("import", desk.write("in.json", rows), "--db", desk.db, "--json")
    same((code, json.loads(out)["inserted"]), (0, len(rows)), "all kinds of texts are stored" + err)
    first = answers_of(exported(desk, "jsonl"))
    trimmed = {"e\u0323\u0302": "\u1ec7"}
    wrong = [(row["answers"], first[row["enterprise"]["name"]]) for row in rows for key, value in row["answers"].items()
             if (plain := (value["na"] if isinstance(value, dict) else value).strip(" \t\r\n")) is not None
             and first[row["enterprise"]["name"]].get(key) not in
             ([{"na": trimmed.get(plain, plain)}] if isinstance(value, dict) else [trimmed.get(plain, plain)] if plain else [None])]
    ok(not wrong, "each as it was written, but for white space around it", wrong)
    for form in ("jsonl", "csv"):
        code, out, err = desk.run("import", exported(desk, form), "--db", desk.db, "--json")
        same((code, json.loads(out)["unchanged"]), (0, len(rows)), f"and read again from {form} as the same" + err)
    same(answers_of(exported(desk, "jsonl")), first, "nothing has changed")


def not_applicable(desk):
    """What people write for it is treated in one way, in both formats."""
    like = ("N/A", "n/a", "NA", "Không áp dụng", "KHÔNG ÁP DỤNG", "khong ap dung", "-", "--", "–", "Not applicable")
    asked = [(key, text) for key in "cd" for text in like]
    rows = [response("r@1", {key: text}, {"name": f"Hộ X{n}", "form": "household"}, round="2026")
            for n, (key, text) in enumerate(asked)]
    table = "name;form;questionnaire;round;c;d\n" + "".join(
        f"Hộ X{n};household;r@1;2026;{';' if key == 'd' else ''}{text}{';' if key == 'c' else ''}\n"
        for n, (key, text) in enumerate(asked))
    for path in (desk.write("na.json", rows), desk.write("na.csv", table)):
        code, out, err = desk.run("import", path, "--db", desk.db, "--json", "--lang", "en")
        counts = [err.count(part) > 0 for part in ("needs a reason", "does not allow 'not applicable'")]
        same((json.loads(out)["rejected"] if out else "", counts), (len(asked), [True] * 2), f"{path[-4:]}: N/A and the like")


def mended(desk):
    """Rows that were rejected, mended in their own file: `reason` is passed over, and the file stays."""
    path = desk.write("m.csv", "name;form;area;questionnaire;round;c;w\r\nHộ Y;household;chi-linh;r@1;2026;N/A;'=1+2\r\n"
                               "Hộ Z;household;chi-linh;r@1;2026;2;na: vì thế\r\n")
    code, out, err = desk.run("import", path, "--db", desk.db, "--json")
    rejects = path + ".rejects.csv" if os.path.exists(path + ".rejects.csv") else json.loads(out)["files"][0]["rejects"]
    with open(rejects, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    same((len(rows), rows[0][0], rows[1][-2:]), (2, "reason", ["N/A", "'=1+2"]), "the rejected row, with its reason")
    rows[1][rows[0].index("c")] = "na: chưa có"
    with open(rejects, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    kept = open(rejects, "rb").read()
    code, out, err = desk.run("import", rejects, "--db", desk.db, "--json")
    same((code, json.loads(out)["inserted"], open(rejects, "rb").read()), (0, 1, kept), "is read once it is mended" + err)
    desk.run("import", path, "--db", desk.db)
    same(open(rejects, "rb").read(), kept, "and the mended file is not replaced")
    got = answers_of(exported(desk, "jsonl"))
    same((got["Hộ Y"], got["Hộ Z"]), ({"c": {"na": "chưa có"}, "w": "=1+2"}, {"c": "2", "w": {"na": "vì thế"}}), "with what it says")


desk = Desk(FORM)
desk.db = os.path.join(desk.path, "t.db")
texts(desk)
not_applicable(desk)
mended(desk)
done()
