#!/usr/bin/env python3
"""Export as a workbook, held cell by cell against the table of the same store (export --format csv)."""
import csv
import json
import os
import pty
import resource
import signal
import subprocess
import tempfile
from datetime import date
from fractions import Fraction

from surveys import DXREADY, choices_of, done, load, ok, option, question, questionnaire, questions_of, run, same
from workbook import MAIN, Workbook

DEMO = os.path.abspath("tests/data/demo/responses")
ALL_TYPES = "tests/data/all-types@1.json"
POLICIES = os.path.abspath("policies")
SIZES = {"micro": ("siêu nhỏ", "micro"), "small": ("nhỏ", "small"), "medium": ("vừa", "medium"),
         "not-sme": ("không phải doanh nghiệp nhỏ và vừa", "not an SME")}
YES_NO = {"có": ("Có", "Yes"), "không": ("Không", "No")}
NOTHING = ("(không chọn mục nào)", "(none)")
PROGRAM = os.path.abspath(DXREADY)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def lists_of(name):
    return read(f"policies/{name}.json")[name]


FACTS = {fact["id"]: fact for fact in lists_of("facts")}
NAMES = {"area": lists_of("areas"), "section": lists_of("sections")}


def name_of(kind, id, on):
    """The entry of the day: the first that has not ended."""
    entries = [entry for entry in NAMES[kind] if entry["id"] == id]
    return next((e for e in entries if on and on <= e.get("to", "9999")), entries[-1])["name"]


def number(text):
    return Fraction(text.replace(",", "."))


def day_number(text):
    return (date.fromisoformat(text) - date(1899, 12, 30)).days


def is_number_code(id):
    return id.isdigit() and str(int(id)) == id


def exactly(value, shown):
    """A number of more than 15 digits is a text: spreadsheets would show another one."""
    if isinstance(value, str) or value is None or len(str(int(Fraction(value) * 10 ** 12)).strip("-0")) <= 15:
        return value, shown
    whole, decimals = divmod(Fraction(value), 1)
    return (f"{whole}" + f"{float(decimals):.12f}"[1:]).rstrip("0").rstrip(".") if decimals else f"{whole}", None


class Expected:
    """What a workbook in a language should have where the table has a text: (value, format of a number)."""

    def __init__(self, q, lang):
        self.q, self.lang, self.at = q, lang, ("vi", "en").index(lang)
        self.questions = {c["id"]: c for d, c in questions_of(q)} if q else {}

    def word(self, words):
        return words[self.lang] if isinstance(words, dict) else words[self.at]

    def fact(self, fact, text, row):
        kind = fact["type"]
        if kind == "yesno":
            return self.word(YES_NO[text]), None
        if kind == "choice":
            return next(self.word(c["text"]) for c in fact["choices"] if c["id"] == text), None
        if kind in NAMES:
            return self.word(name_of(kind, text, row["submitted_on"])), None
        if kind == "date":
            return day_number(text), "dd/mm/yyyy"
        if kind == "percent":
            return number(text), "General"
        if kind in ("integer", "money"):
            return sum(number(part) for part in text.split("|") if part), "#,##0"
        return text, None

    def option(self, c, id):
        choices = choices_of(self.q, c)
        if all(is_number_code(o["id"]) for o in choices):
            return Fraction(id), "General"
        default = {"yes": ("Có", "Yes"), "no": ("Không", "No")}
        return self.word(next(o.get("text", default.get(o["id"])) for o in choices if o["id"] == id)), None

    def answer(self, c, text):
        if text.startswith("na: "):
            return self.word(("Không áp dụng: ", "Not applicable: ")) + text[4:], None
        if text == "|":
            return self.word(NOTHING), None
        if c["type"] == "multiple":
            texts = {o["id"]: self.word(o["text"]) for o in c["options"]}
            return "; ".join(texts[id] for id in text.split("|")), None
        if c["type"] == "number":
            return number(text), "General"
        if c["type"] == "date":
            return day_number(text), "dd/mm/yyyy"
        return self.option(c, text) if c["type"] in ("single", "yesno") else (text, None)

    def result(self, name, text):
        if name == "result.size_class":
            return (None, None) if text == "unknown" else (self.word(SIZES[text]), None)
        if name == "result.complete":
            return self.word(YES_NO[text]), None
        return number(text), "General" if name.endswith("level") else "0.00"

    def cell(self, name, text, row):
        if text[:2] in ("'=", "'+", "'-", "'@", "'\t", "'\r", "''"):
            text = text[1:]
        if not text:
            return None, None
        if name in ("questionnaire", "round"):
            return text, None
        if name == "submitted_on":
            return day_number(text), "dd/mm/yyyy"
        if name == "minutes":
            return number(text), "General"
        if name.startswith("result."):
            return self.result(name, text)
        if name in FACTS:
            return self.fact(FACTS[name], text, row)
        if name in self.questions:
            return self.answer(self.questions[name], text)
        return self.option(self.questions[name.rsplit(".", 1)[0]], text)


def table(folder, *args):
    code, out, err = run("export", "--format", "csv", "-o", "table.csv", *args, cwd=folder)
    assert code == 0, err
    with open(os.path.join(folder, "table.csv"), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    return rows[0], rows[1:]


def workbook(folder, *args, name="a.xlsx"):
    code, out, err = run("export", "--format", "xlsx", "-o", name, *args, cwd=folder)
    assert (code, out, len(err.splitlines())) == (0, "", 1), (code, out, err)  # it says when it began
    return Workbook(os.path.join(folder, name))


def is_same(cell, want, shown):
    if want is None or cell is None:
        return cell is None and want is None
    if isinstance(want, str):
        return cell.value == want
    return isinstance(cell.value, float) and cell.value == float(want) and cell.format == shown


def differences(head, rows, sheet, expected):
    found = [] if len(sheet.rows) == len(rows) + 1 else [f"{len(sheet.rows)} rows, not {len(rows) + 1}"]
    for at, (row, cells) in enumerate(zip(rows, sheet.rows[1:]), 2):
        named = dict(zip(head, row))
        for column, (name, text) in enumerate(zip(head, row)):
            want, shown = exactly(*expected.cell(name, text, named))
            cell = cells.get(column)
            if not is_same(cell, want, shown):
                got = cell and (cell.value, cell.format)
                found.append(f"row {at}, {name}: {got!r}, should be {want!r} {shown}")
        if cells and max(cells) >= len(head):
            found.append(f"row {at}: more cells than columns")
    return found


def against_table(folder, q, lang, name, *args):
    head, rows = table(folder, *args)
    book = workbook(folder, "--lang", lang, *args)
    found = differences(head, rows, book.sheets[0], Expected(q, lang))
    ok(rows and not found, f"{name}, {lang}: {len(rows)} rows of {len(head)} columns, each cell as in the table",
       "\n".join(found))
    return head, rows, book


def looks(head, rows, book, lang):
    """What makes a sheet one to work with."""
    sheet = book.sheets[0]
    same([s.name for s in book.sheets], {"vi": ["Kết quả", "Giải thích cột"], "en": ["Results", "Columns"]}[lang],
         f"{lang}: two sheets")
    for s in book.sheets:
        ok(all(cell.is_bold for cell in s.rows[0].values()) and not any(
            cell.is_bold for row in s.rows[1:] for cell in row.values()), f"{s.name}: the header row is bold, no other")
        same([s.attribute("pane", key) for key in ("ySplit", "xSplit", "state", "topLeftCell")],
             ["1", None, "frozen", "A2"], f"{s.name}: the header row is frozen")
        ok(not any(cell.is_formula for row in s.rows for cell in row.values()), f"{s.name}: no formulas")
    last = max(sheet.rows[0])
    same(sheet.attribute("autoFilter", "ref"), f"A1:{book.sheets[1].texts(last + 1)[0]}{len(rows) + 1}",
         f"{lang}: a filter hangs on all of the results")
    widths = [float(c.get("width")) for c in sheet.root.iter(f"{MAIN}col")]
    ok(len(widths) == len(head) and 8 < min(widths) and max(widths) < 60 and len(set(widths)) > 2,
       f"{lang}: columns have widths that fit what is in them", widths)
    headings = sheet.texts(0)
    same(sorted(headings), list(range(len(head))), f"{lang}: every column has a heading")
    name, code = {"vi": ("Mã số thuế", "Mức"), "en": ("Tax code", "Level")}[lang]
    same((headings[head.index("tax_code")], headings[head.index("result.level")]), (name, code), f"{lang}: headings")
    words = [book.sheets[1].texts(i) for i in range(1, len(book.sheets[1].rows))]
    same([w.get(2) for w in words[:len(head)]], head, f"{lang}: the second sheet has every column by its code")
    same([w[1] for w in words[:len(head)]], [headings[i] for i in range(len(head))], f"{lang}: and by its heading")
    ok(all(w.get(3) for w in words), f"{lang}: and says what it means")
    units = {w[2]: w.get(4) for w in words[:len(head)]}
    same((units["revenue_vnd"], units["result.percent"], units["employees"], units["name"]),
         {"vi": ("đồng", "%", "người", None), "en": ("VND", "%", "people", None)}[lang], f"{lang}: and in what unit")
    return words


def demo():
    q = load("dbi-sme@2021")
    with tempfile.TemporaryDirectory() as folder:
        run("import", DEMO, cwd=folder)
        for lang in ("vi", "en"):
            head, rows, book = against_table(folder, q, lang, "demo")
            words = looks(head, rows, book, lang)
            values = {w.get(2): w.get(5) for w in words}
            c = questions_of(q)[0][1]
            same(values[c["id"]], "\n".join(f"{o['id']} = {o['text'][lang]}" for o in c["options"]),
                 f"{lang}: codes are explained")
            same(values["result.size_class"], "\n".join(words[lang == "en"] for words in SIZES.values()), f"{lang}: classes by size")
            same(values["women_managed"], YES_NO["có"][lang == "en"] + "\n" + YES_NO["không"][lang == "en"], f"{lang}: yes and no")
            same(values["result.level"].split("\n")[0], f"0 = {q['levels'][0]['name'][lang]}", f"{lang}: levels too")
        against_table(folder, q, "vi", "demo, filtered", "--round", "2025", "--section", "C")
        properties = workbook(folder, "--round", "2026", "--section", "C", "--lang", "en").properties()
        ok("round 2026; section C; " in properties["description"] and properties["creator"].startswith("dxready ") and
           properties["title"] and properties["subject"] == q["title"]["en"],
           "the properties say what the workbook has", properties)
        imported = json.loads(run("show", rows[0][head.index("tax_code")], "--json", cwd=folder)[1])
        ok(properties["created"][:10] == imported["revisions"][-1]["imported_at"][:10],
           "and that it is of the day of the newest import", properties)
        stored = "/".join(reversed(imported["revisions"][-1]["imported_at"][:10].split("-")))
        ok(f"the newest was stored on {stored} (UTC)" in properties["description"], "in words, too", properties)
        code = rows[0][head.index("tax_code")]
        ok(code[0] == "0" and book.sheets[0].rows[1][head.index("tax_code")].value == code,
           "a tax code is a text and keeps its zeros")


def store_of(folder, responses, *args):
    with open(os.path.join(folder, "r.jsonl"), "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in responses))
    return run("import", "r.jsonl", *args, cwd=folder)


def others():
    """Kinds of answers that the demo has not: ticks, rows, days, numbers, texts, what does not apply."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "questionnaires"))
        os.symlink(os.path.abspath(ALL_TYPES), os.path.join(folder, "questionnaires", "all-types@1.json"))
        base = {"kind": "response", "questionnaire": "all-types@1", "round": "r"}
        na = {"na": "không có = gì"}
        answers = [{"words": "x"}, {"single": "10", "many": ["a", "b"], "rows": {"r1": "yes"}, "yn": "yes", "num": 2.125, "hidden": "1",
                        "words": "=1+1", "when": "2026-02-28", "proof": "a.pdf"},
                   {"single": na, "many": [], "rows": {}, "yn": "no", "num": 0, "hidden": "0", "words": na,
                    "when": "2024-02-29"},
                   {"single": "0", "many": na, "rows": na, "num": 123456789012.34567, "when": "1900-03-01"},
                   {"many": ["none"], "rows": {"r1": "no", "r2": "yes"}, "num": 99999999999999999, "when": "2199-12-31",
                    "words": "hai dòng\nvà \"ngoặc\"; <b>&amp;</b>"}]
        facts = [{}, {"women_capital_percent": 51.125, "plans": {"dx_solution_vnd": [1000, 2000]}, "founded_on": "2019-05-01",
                      "employees": 0, "revenue_vnd": 0, "women_managed": True},
                 {"capital_vnd": 8999999999999999, "area": "hai-duong", "section": "C", "form": "enterprise",
                  "plans": {"dx_solution_vnd": 5}, "women_managed": False, "employees": 1000000},
                 {"capital_vnd": 123456789012345, "revenue_vnd": 9000000000000000, "area": "chi-linh"}, {}]
        when = [{}, {"submitted_on": "2025-06-30", "minutes": 12.5}, {"submitted_on": "2025-07-01"},
                {"submitted_on": "2025-06-30"}, {}]
        responses = [dict(base, answers=a, enterprise=dict(f, name=f"Đơn vị {i}"), **w)
                     for i, (a, f, w) in enumerate(zip(answers, facts, when))]
        code, out, err = store_of(folder, responses, "--data", folder)
        ok(code == 0, "all kinds of answers: imported", out + err)
        q = read(ALL_TYPES)
        for lang in ("vi", "en"):
            head, rows, book = against_table(folder, q, lang, "all kinds of answers", "--data", folder)
        at = {name: i for i, name in enumerate(head)}
        sheet = book.sheets[0]
        empty = sheet.rows[1]
        same(sorted(head[i] for i, c in empty.items() if c.value is not None),
             ["name", "questionnaire", "result.complete", "result.coverage", "result.first.level", "result.first.percent",
              "result.level", "result.max", "result.percent", "result.points", "result.second.level",
              "result.second.percent", "round", "words"], "what is not known is an empty cell, never 0")
        same([sheet.rows[row][at[name]].value for row, name in ((3, "capital_vnd"), (4, "num"), (5, "num"))],
             ["8999999999999999", "123456789012.34567", "99999999999999999"], "numbers of more than 15 digits are texts")
        same(sheet.rows[4][at["capital_vnd"]].value, 123456789012345.0, "those of 15 are not")
        same((sheet.rows[2][at["revenue_vnd"]].value, sheet.rows[2][at["employees"]].value), (0.0, 0.0),
             "and a 0 that was given is a 0")
        same(sheet.rows[2][at["plans.dx_solution_vnd"]].value, 3000.0, "several amounts of a plan are their sum")
        same([sheet.rows[i][at["area"]].value for i in (3, 4)], ["Hải Dương Ward", "Chí Linh City"],
             "an area has the name of its day")


def texts():
    """What must come out as it went in."""
    names = ["=1+1", "=HYPERLINK(\"http://x\";\"y\")", "+84 912", "-5", "@SUM(A1)", "'=1", "00123", "1e5", "TRUE", "_x0041_ x",
             "_x000D_", "<b>&amp;</b> ]]>", "😀 kép", "https://dxready.example", "tệp_x12_", "  giữa  hai  ", "dòng 1\ndòng 2"]
    with tempfile.TemporaryDirectory() as folder:
        base = {"kind": "response", "questionnaire": "dbi-sme@2021", "round": "r", "submitted_on": "2026-11-23"}
        odd = ["a\u0001b\u001fc", "a\r\nb\tc", "a\ufffeb\uffffc"]
        responses = [dict(base, enterprise={"name": n, "area": "chi-linh"}, answers={"1.1.1": "3"}) for n in names + odd]
        code, out, err = store_of(folder, responses)
        head, rows = table(folder)
        sheet = workbook(folder).sheets[0]
        cells = [row[head.index("name")] for row in sheet.rows[1:]]
        stored = [a["name"] for a in json.loads(run("list", "--json", cwd=folder)[1])["assessments"]]
        same(len(cells), len(stored), "texts: all that is stored")
        same(sorted(c.value for c in cells), sorted(n.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd") for n in stored),
             "texts: come out as they are stored, whatever they begin with")
        ok(set(names[:5]) <= {c.value for c in cells} and not any(c.is_formula for c in cells), "texts: none is a formula")
        raw = b"".join(Workbook(os.path.join(folder, "a.xlsx")).parts[f"xl/worksheets/sheet{i}.xml"] for i in (1, 2))
        ok(b"<f>" not in raw and b"<f " not in raw and b"<hyperlink" not in raw, "texts: nor is there one anywhere, nor a link")


def again():
    with tempfile.TemporaryDirectory() as folder:
        run("import", DEMO, cwd=folder)
        read_bytes = lambda name: open(os.path.join(folder, name), "rb").read()
        workbook(folder, name="a.xlsx")
        book = workbook(folder, name="b.xlsx")
        ok(read_bytes("a.xlsx") == read_bytes("b.xlsx"), "two exports of one store are the same, byte by byte")
        same(book.times, {(1980, 1, 1, 0, 0, 0)}, "no time of day is in the archive")
        with open(os.path.join(folder, "out.xlsx"), "wb") as out:
            code = subprocess.run([PROGRAM, "export", "--format", "xlsx"], stdout=out, cwd=folder).returncode
        ok(code == 0 and read_bytes("out.xlsx") == read_bytes("a.xlsx"), "standard output gets the same")
        piped = subprocess.run([PROGRAM, "export", "--format", "xlsx", "-o", "-"], capture_output=True, cwd=folder).stdout
        ok(piped == read_bytes("a.xlsx"), "so does a pipe")


def memory():
    def most(folder, *args):
        """The most memory of a run; sanitizers are told to keep nothing of what was freed."""
        child = os.fork()
        if not child:
            os.chdir(folder)
            os.execve(PROGRAM, [PROGRAM, *args], dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=0"))
        return os.wait4(child, 0)[2].ru_maxrss

    sizes = {}
    for count in (100, 4000):
        with tempfile.TemporaryDirectory() as folder:
            base = {"kind": "response", "questionnaire": "dbi-sme@2021", "round": "r", "submitted_on": "2026-11-23"}
            ids = [c["id"] for d, c in questions_of(load("dbi-sme@2021"))][:10]
            store_of(folder, [dict(base, enterprise={"name": f"Đơn vị {i}", "area": "chi-linh"},
                                   answers={id: "3" for id in ids}) for i in range(count)])
            sizes[count] = most(folder, "export", "--format", "xlsx", "-o", "a.xlsx")
            rows = len(Workbook(os.path.join(folder, "a.xlsx")).sheets[0].rows) - 1
            same(rows, count, f"memory: {count} rows are all there")
    ok(sizes[4000] < sizes[100] + 9000, "memory does not grow with the rows (KiB)", sizes)


def fails(folder, name, code, part, *args, **options):
    """An export that fails: its exit code, its sentence, and nothing new in the folder."""
    before = sorted(os.listdir(folder))
    finished = subprocess.run([PROGRAM, "export", "--format", "xlsx", "--force", "--lang", "en", *args], capture_output=True, text=True,
                              cwd=folder, **options)
    left = sorted(set(os.listdir(folder)) - set(before))
    ok(finished.returncode == code and part in finished.stderr and not left, name,
       f"exit {finished.returncode}\n{finished.stderr}{left}")
    return finished


def hardship():
    with tempfile.TemporaryDirectory() as folder:
        fails(folder, "no database", 1, "there is no database", "-o", "a.xlsx")
        run("import", DEMO, cwd=folder)
        fails(folder, "a folder that is not there", 3, "no/a.xlsx: the folder does not exist", "-o", "no/a.xlsx")
        os.mkdir(os.path.join(folder, "dir"))
        fails(folder, "a folder instead of a file", 1, "dir: this is a folder", "-o", "dir")
        finished = fails(folder, "a device that is full", 3, "/dev/full: the file cannot be written", "-o", "/dev/full")
        ok(not os.path.isfile("/dev/full") and len(finished.stderr.splitlines()) == 1, "and it is still a device",
           finished.stderr)
        with open("/dev/full", "wb") as full:
            finished = subprocess.run([PROGRAM, "export", "--format", "xlsx"], stdout=full, stderr=subprocess.PIPE, cwd=folder)
        ok(finished.returncode == 3 and finished.stderr, "standard output is full", finished.stderr)
        with open(os.path.join(folder, "old.xlsx"), "w") as file:
            file.write("kept")
        fails(folder, "nothing to export", 1, "there are no assessments", "-o", "old.xlsx", "--round", "1999")
        ok(open(os.path.join(folder, "old.xlsx")).read() == "kept", "an export that fails leaves the old file")
        main, other = pty.openpty()
        finished = subprocess.run([PROGRAM, "export", "--format", "xlsx", "--lang", "en"], stdout=other, stderr=subprocess.PIPE,
                                  cwd=folder)
        os.close(other)
        ok(finished.returncode == 2 and b"say -o FILE" in finished.stderr, "a terminal does not get one", finished.stderr)
        os.close(main)
        if os.geteuid() != 0:
            os.chmod(os.path.join(folder, "dir"), 0o555)
            fails(folder, "a folder that may not be written", 3, "dir/a.xlsx: the file cannot be written", "-o", "dir/a.xlsx")


def full_disks():
    """Wherever the room ends (of the workbook or of a temporary file) it is said, and nothing is left; the library
    itself packs what there is and says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        run("import", DEMO, cwd=folder)
        sheets = [len(part) for name, part in workbook(folder, "--lang", "en", name="whole.xlsx").parts.items() if "worksheets" in name]
        whole = open(os.path.join(folder, "whole.xlsx"), "rb").read()
        with open(os.path.join(folder, "a.xlsx"), "w") as file:
            file.write("old")
        largest = max(sheets)
        for room in (0, 1000, len(whole) - 1, min(sheets), largest // 2, largest - 9000, largest - 5000, largest - 1):
            def limit(room=room):
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

            fails(folder, f"room for {room} bytes a file: {largest} are needed", 3, "cannot be written", "-o", "a.xlsx",
                  preexec_fn=limit)
            ok(open(os.path.join(folder, "a.xlsx")).read() == "old", "the old file is left alone")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        finished = subprocess.run([PROGRAM, "export", "--format", "xlsx", "--force", "-o", "a.xlsx", "--lang", "en"], capture_output=True,
                                  cwd=folder, preexec_fn=limit)
        ok(finished.returncode == 0 and open(os.path.join(folder, "a.xlsx"), "rb").read() == whole,
           "with just enough room it is the whole workbook", finished.stderr)


def short_memory():
    """Wherever memory ends, also within the library, which dies of it: one sentence, and nothing is left."""
    shim = os.path.abspath(os.path.join(os.environ.get("OUT", "build"), "torture", "memory.so"))
    if shim.endswith(("san/torture/memory.so", "shared/torture/memory.so")) or not os.path.exists(shim):
        return  # sanitizers have a memory of their own
    with tempfile.TemporaryDirectory() as folder:
        run("import", DEMO, cwd=folder)

        def export(**settings):
            env = {**os.environ, "LD_PRELOAD": shim, "TORTURE_KIND": "memory", **{f"TORTURE_{name}": str(v) for name, v in settings.items()}}
            return subprocess.run([PROGRAM, "export", "--format", "xlsx", "-o", "a.xlsx", "--lang", "en"], capture_output=True,
                                  text=True, cwd=folder, env=env)

        export(COUNT="calls")
        calls = max(map(int, open(os.path.join(folder, "calls")).read().split()))
        os.unlink(os.path.join(folder, "a.xlsx"))
        before, ends, wrong = sorted(os.listdir(folder)), set(), []
        for at in range(calls // 4, calls, calls // 30):
            for deadly in ({"ERRNO": 0} if at > calls // 2 else {}, {}):
                finished = export(AT=at, **deadly)
                said = finished.stderr
                ends.add("abruptly" if "ended abruptly (signal " in said else "memory" if "memory" in said else said)
                if finished.returncode == 0:
                    os.unlink(os.path.join(folder, "a.xlsx"))
                elif finished.returncode != 3 or said.count("\n") != 1 or not said.startswith("dxready: ") or "memory" not in said:
                    wrong.append((at, deadly, finished.returncode, said))
                left = [name for name in sorted(os.listdir(folder)) if name not in before and "-journal" not in name]
                wrong += [(at, left)] if left else []
        ok(not wrong, f"memory ends within {calls} calls: one sentence that says so, and nothing is left", wrong)
        ok("abruptly" in ends, "a library that dies is told, too", ends)


def codes():
    """Codes that are numbers are numbers, be it one alone; those that a cell would change are told by their texts."""
    q = questionnaire([question("one", "single", options=[option("7", 1)]), question("two", "single", options=[option("1", 1), option("02", 2)])], id="codes")
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "questionnaires"))
        with open(os.path.join(folder, "questionnaires", "codes@1.json"), "w", encoding="utf-8") as file:
            json.dump(q, file)
        response = {"kind": "response", "questionnaire": "codes@1", "round": "r", "enterprise": {"name": "a", "area": "chi-linh"},
                    "answers": {"one": "7", "two": "1"}}
        code, out, err = store_of(folder, [response], "--data", folder)
        head = table(folder, "--data", folder)[0]
        cells = workbook(folder, "--data", folder, "--lang", "en").sheets[0].rows[1]
        same([cells[head.index(name)].value for name in ("one", "two")], [7.0, q["dimensions"][0]["indicators"][0]["questions"][1]["options"][0]["text"]["en"]],
             "codes: numbers, one alone too, or texts")


def limits():
    """260 questions of 64 rows each are more columns than a sheet can have."""
    rows = [{"id": f"r{i}", "text": {"vi": "d", "en": "r"}} for i in range(64)]
    columns = [option("0", 0), option("1", 1)]
    wide = questionnaire([question(f"q{i}", "scale", rows=rows, columns=columns) for i in range(260)], id="wide")
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "questionnaires"))
        with open(os.path.join(folder, "questionnaires", "wide@1.json"), "w", encoding="utf-8") as file:
            json.dump(wide, file)
        response = {"kind": "response", "questionnaire": "wide@1", "round": "r", "enterprise": {"name": "a", "area": "chi-linh"},
                    "answers": {"q0": {"r0": "1"}}}
        code, out, err = store_of(folder, [response], "--data", folder)
        ok(code == 0, "a wide questionnaire: imported", err)
        fails(folder, "more columns than a sheet can have", 1, "columns, but a sheet has at most 16384", "-o", "a.xlsx",
              "--data", folder)


for test in (demo, others, texts, again, memory, hardship, full_disks, short_memory, codes, limits):
    test()
done()
