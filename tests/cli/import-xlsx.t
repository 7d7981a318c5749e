#!/usr/bin/env python3
"""dxready import reads workbooks: what cells hold as people see it, whichever program wrote them; what is hostile, torn or has
two readings is refused in a sentence; our own workbook comes back as it was."""
import csv
import io
import json
import os
import re
import time
import zipfile
from xml.sax.saxutils import escape

from tool import WorkFolder, finish, report, run, same

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = {"General": 0, "0%": 1, "dd/mm/yyyy": 2, '#,##0" ngày"': 3, "[$-42A]d mmmm yyyy": 4, "0.00%": 5, "14": 6, "9": 7, "@": 8}


def letters(column):
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def cell(value, row, column):
    """A text, a number, (number, format), or ("xml", what stands between <c> and </c>)."""
    place = f'r="{letters(column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, tuple) and value[0] == "xml":
        return f"<c {place} {value[1]}</c>"
    if isinstance(value, tuple):
        return f'<c {place} s="{STYLES[value[1]]}"><v>{value[0]}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {place}><v>{value!r}</v></c>"
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def workbook(path, rows, sheets=(("Sheet1", None),), shared=None, date1904=False, extra=(), sheet=None, drop=(), book=None, start=1):
    """Writes one; `rows` stand in the first sheet that is not hidden."""
    data = "".join(f'<row r="{n}">' + "".join(cell(value, n, c) for c, value in enumerate(row)) + "</row>" for n, row in enumerate(rows, start) if row)
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>' for code, n in STYLES.items() if not code.isdigit() and n)
    styles = "".join(f'<xf numFmtId="{code if code.isdigit() else 200 + n if n else 0}"/>' for code, n in STYLES.items())
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" {f"state={chr(34)}{state}{chr(34)} " if state else ""}r:id="rId{n}"/>' for n, (name, state) in enumerate(sheets, 1))
    seen = next((n for n, (_, state) in enumerate(sheets, 1) if not state), 1)
    parts = {"[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
             "xl/workbook.xml": book or f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><workbookPr date1904="{int(date1904)}"/><sheets>{listed}</sheets></workbook>',
             "xl/_rels/workbook.xml.rels": "<Relationships>" + "".join(f'<Relationship Id="rId{n}" Target="{"/xl/" if n % 2 else ""}worksheets/s{n}.xml"/>' for n in range(1, len(sheets) + 1)) + "</Relationships>",
             "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'}
    for n in range(1, len(sheets) + 1):
        parts[f"xl/worksheets/s{n}.xml"] = sheet if sheet and n == seen else f'<worksheet xmlns="{MAIN}"><sheetData>{data if n == seen else "<row r=%s1%s><c><v>9</v></c></row>" % (chr(34), chr(34))}</sheetData></worksheet>'
    if shared is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **dict(extra)}.items():
            if name not in drop:
                archive.writestr(name, content)


IDS = ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5"]
HEAD = ["name", "tax_code", "submitted_on", "employees", "revenue_vnd", "form"]


def take(path, *options, lang="en"):
    for name in os.listdir("."):
        if name.startswith("t.db") or name.endswith(".rejects.csv"):
            os.unlink(name)
    return run("import", path, "--db", "t.db", "--questionnaire", "dbi-sme@2021", "--round", "2026", *options, lang=lang)


def stored(column):
    done = run("export", "--format", "csv", "--db", "t.db")
    rows = list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff")), delimiter=done.stdout.lstrip("\ufeff")[len("questionnaire")]))
    return [row[column] for row in rows]


def fine(name, head, row, want, **more):
    """One enterprise, and what is stored of it."""
    workbook("a.xlsx", [head + IDS, row + [2] * 5], **more)
    done = take("a.xlsx")
    got = {key: stored(key) for key in want} if done.returncode == 0 else f"{done.stdout}{done.stderr}"
    same(got, {key: [value] for key, value in want.items()}, name)


def refused(name, word, path="a.xlsx", **more):
    done = take(path, **more)
    report(done.returncode == 1 and word in done.stderr and not os.path.exists("t.db"), name, f"{done.returncode} {done.stdout} {done.stderr}")


def cells():
    fine("texts, whole numbers, a day, money", HEAD, ["Cơ sở A", "0101243150", (46349, "dd/mm/yyyy"), 8, 1500000000, "enterprise"],
         {"name": "Cơ sở A", "submitted_on": "2026-11-23", "employees": "8", "revenue_vnd": "1500000000", "1.1.1": "2"})
    for code in ("14", "[$-42A]d mmmm yyyy"):
        fine(f"a day shown as {code}", HEAD, ["A", None, (46349, code), 8, None, "enterprise"], {"submitted_on": "2026-11-23"})
    fine("a day with a time of day", HEAD, ["A", None, (46349.75, "14"), 8, None, "enterprise"], {"submitted_on": "2026-11-23"})
    fine("the calendar that begins in 1904", HEAD, ["A", None, (46349 - 1462, "14"), 8, None, "enterprise"], {"submitted_on": "2026-11-23"}, date1904=True)
    fine("a day of ISO 8601", HEAD, ["A", None, ("xml", 't="d"><v>2026-11-23T00:00:00</v>'), 8, None, "enterprise"], {"submitted_on": "2026-11-23"})
    fine("a day among texts, without its time", HEAD, [("xml", 't="d"><v>2026-11-23T00:00:00</v>'), None, "23/11/2026", 8, None, "enterprise"], {"name": "2026-11-23"})
    for digits, want in (("12.50", "12.5"), ("1200", "1200"), ("0.00", "0"), ("-3.10E1", "-31"), ("0.05", "0.05"), ("-0", "0")):
        fine(f"the number {digits} among texts", HEAD, [("xml", f"><v>{digits}</v>"), None, "23/11/2026", 8, None, "enterprise"], {"name": want})
    fine("a month among texts", HEAD, [("xml", 't="d"><v>2026-11</v>'), None, "23/11/2026", 8, None, "enterprise"], {"name": "2026-11"})
    fine("a format with words is no day", HEAD, ["A", None, "23/11/2026", (8, '#,##0" ngày"'), None, "enterprise"], {"employees": "8"})
    fine("a tax code that lost its zero, as the check digit proves", HEAD, ["A", 101243150, "23/11/2026", 8, None, "enterprise"], {"tax_code": "0101243150"})
    for digits, want in (("1.5E9", "1500000000"), ("1500000000.0", "1500000000"), ("1499999999.999995", "1500000000"), ("8E0", "8")):
        fine(f"a number written as {digits}", HEAD, ["A", None, "23/11/2026", 8, ("xml", f"><v>{digits}</v>"), "enterprise"], {"revenue_vnd": want})
    fine("texts shared by cells, in pieces, without how they are spoken", HEAD, [("xml", 't="s"><v>1</v>'), None, "23/11/2026", 8, None, ("xml", 't="s"><v>0</v>')],
         {"name": "Xưởng mộc Đại Phát"}, shared='<si><t>enterprise</t></si><si><r><t>Xưởng </t></r><r><rPr><b/></rPr><t xml:space="preserve">mộc </t></r><r><t>Đại Phát</t></r><rPh sb="0" eb="1"><t>doc</t></rPh></si>')
    fine("what a formula gave", HEAD, [("xml", 't="str"><f>UPPER("a")</f><v>A</v>'), None, "23/11/2026", ("xml", "><f>4+4</f><v>8</v>"), None, "enterprise"], {"name": "A", "employees": "8"})
    fine("escapes of Excel", HEAD, ["A _x0041__x005F_x0042_ _x12_", None, "23/11/2026", 8, None, "enterprise"], {"name": "A A_x0042_ _x12_"})
    fine("white space around a text", HEAD, ["  A\n", None, "23/11/2026", 8, None, "enterprise "], {"name": "A"})
    fine("the first sheet that is not hidden", HEAD, ["A", None, "23/11/2026", 8, None, "enterprise"], {"name": "A"}, sheets=(("cũ", "hidden"), ("ẩn", "veryHidden"), ("mới", None)))
    fine("a title and empty rows above", HEAD, ["A", None, "23/11/2026", 8, None, "enterprise"], {"name": "A"}, start=4)
    workbook("a.xlsx", [HEAD + IDS, ["A", None, "23/11/2026", 8, None, "enterprise"] + [2] * 5, [], ["B", None, "23/11/2026", 8, None, "enterprise", 1]])
    done = take("a.xlsx")
    report(done.returncode == 0 and stored("name") == ["A", "B"] and stored("1.1.5") == ["2", ""], "rows end where their cells end", f"{done.stdout} {done.stderr} {stored('1.1.5')}")
    workbook("a.xlsx", [HEAD + IDS, ["A", None, "23/11/2026", "tám", None, "enterprise"] + [2] * 5, ["B", None, "23/11/2026", 8, None, "enterprise"] + [2] * 5], start=3)
    done = take("a.xlsx")
    report(done.returncode == 1 and "a.xlsx:4" in done.stderr and stored("name") == ["B"], "faults name the row of the sheet", done.stderr)
    report(os.path.exists("a.xlsx.rejects.csv") and "tám" in open("a.xlsx.rejects.csv", encoding="utf-8").read(), "what is refused goes to a table that can be mended", os.listdir("."))


def sheets():
    workbook("a.xlsx", [HEAD + IDS, ["A", None, "23/11/2026", 8, None, "enterprise"] + [2] * 5], sheets=(("Danh sách", None), ("Ghi chú", None), ("ẩn", "hidden")))
    done = take("a.xlsx", lang="vi")
    report(done.returncode == 0 and "'Danh sách'" in done.stderr and "1 trang khác" in done.stderr, "it is said which sheet was read", done.stderr)
    os.rename("a.xlsx", "a.csv")
    report(take("a.csv").returncode == 0, "a workbook is known by what is in it")
    with open("a.csv", "rb") as file:
        done = run("import", "-", "--db", "t.db", "--questionnaire", "dbi-sme@2021", "--round", "2025", stdin=file)
    report(done.returncode == 0, "from standard input, too", done.stderr)


def hostile():
    row = ["A", None, "23/11/2026", 8, None, "enterprise"] + [2] * 5
    rows = [HEAD + IDS, row]
    sheet = lambda body: f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    first = '<row r="1">' + "".join(cell(value, 1, n) for n, value in enumerate(HEAD + IDS)) + "</row>"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)) + "]>"
    for name, word, more in (
            ("entities that grow", "DOCTYPE", {"sheet": bomb + f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData></worksheet>'}),
            ("a document type in the texts", "DOCTYPE", {"extra": [("xl/sharedStrings.xml", "<!DOCTYPE sst SYSTEM 'file:///etc/passwd'><sst/>")]}),
            ("a formula that was not computed", "formula", {"sheet": sheet(first + '<row r="2"><c r="A2"><f>1+1</f></c></row>')}),
            ("rows that go back", "order", {"sheet": sheet(first + '<row r="3"><c r="A3"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>')}),
            ("two cells in a place", "same place", {"sheet": sheet(first + '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>')}),
            ("a text that is not there", "not there", {"sheet": sheet(first + '<row r="2"><c r="A2" t="s"><v>7</v></c></row>')}),
            ("columns without end", "columns", {"sheet": sheet(first + '<row r="2"><c r="XFD2"><v>1</v></c></row>')}),
            ("a cell that is too long", "too long", {"sheet": sheet(first + f'<row r="2"><c r="A2" t="inlineStr"><is><t>{"x" * 70000}</t></is></c></row>')}),
            ("XML that is not closed", "damaged", {"sheet": sheet(first)[:-20]}),
            ("XML that nests", "damaged", {"sheet": sheet("<a>" * 200 + "</a>" * 200)}),
            ("no sheet", "no sheet", {"book": f'<workbook xmlns="{MAIN}"><sheets/></workbook>'}),
            ("a sheet that is not there", "not in the XLSX file", {"drop": ["xl/worksheets/s1.xml"]}),
            ("no workbook", "no sheet", {"drop": ["xl/workbook.xml"]}),
            ("a comment without end", "damaged", {"extra": [("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><!--{" " * (40 << 20)}--></sst>')]}),
            ("an attribute without end", "damaged", {"extra": [("xl/styles.xml", f'<styleSheet xmlns="{MAIN}" a="{" " * (10 << 20)}"/>')]}),
            ("parts without end", "too many parts", {"extra": [(f"a{n}", "") for n in range(2001)]})):
        workbook("a.xlsx", rows, **more)
        begin = time.monotonic()
        refused(name, word)
        report(time.monotonic() - begin < 5, f"{name}: and soon", f"{time.monotonic() - begin:.1f} s")
    workbook("a.xlsx", rows)
    content = open("a.xlsx", "rb").read()
    for cut in (30, 200, len(content) // 2, len(content) - 30):
        with open("cut.xlsx", "wb") as file:
            file.write(content[:cut])
        refused(f"cut off after {cut} bytes", "cut.xlsx", "cut.xlsx")
    at = content.index(b"xl/worksheets/s1.xml") + len("xl/worksheets/s1.xml") + 20
    with open("cut.xlsx", "wb") as file:
        file.write(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1:])
    refused("a byte changed", "cut.xlsx", "cut.xlsx")
    for name, parts, word in (("a Word document", ["[Content_Types].xml", "word/document.xml"], "Word"), ("a ZIP archive", ["a.txt"], "ZIP"),
                              ("an OpenDocument sheet", ["mimetype"], "ODS")):
        with zipfile.ZipFile("b.bin", "w") as archive:
            for part in parts:
                archive.writestr(part, "application/vnd.oasis.opendocument.spreadsheet" if part == "mimetype" else "x")
        refused(name, word, "b.bin")


def own():
    """What export writes comes back as it was, by names, in both languages."""
    demo = [os.path.join(RESPONSES, name) for name in sorted(os.listdir(RESPONSES))]
    run("import", *demo, "--db", "demo.db")
    want = sorted(run("export", "--format", "csv", "--db", "demo.db").stdout.splitlines())
    for lang in ("vi", "en"):
        run("export", "--format", "xlsx", "-o", "own.xlsx", "--force", "--db", "demo.db", lang=lang)
        for name in os.listdir("."):
            if name.startswith("back.db"):
                os.unlink(name)
        done = run("import", "own.xlsx", "--db", "back.db", lang=lang)
        report(done.returncode == 0 and sorted(run("export", "--format", "csv", "--db", "back.db").stdout.splitlines()) == want, f"{lang}: our own workbook comes back as it was", f"{done.stdout} {done.stderr}"[:3000])


def large():
    """20,000 rows pass through the memory of a piece."""
    rows = [HEAD + IDS] + [[f"Cơ sở {n}", None, (46349, "14"), n % 300 + 1, None, "enterprise"] + [n % 5 + 1 if n % 5 < 4 else 4] * 5 for n in range(4000)]
    workbook("large.xlsx", rows)
    done = take("large.xlsx")
    report(done.returncode == 0 and "4,000 new" in done.stdout, "many rows, across the pieces in which they are read", f"{done.stdout} {done.stderr}"[:600])


RESPONSES = os.path.abspath("tests/data/demo/responses")
with WorkFolder():
    cells()
    sheets()
    hostile()
    own()
    large()
finish()
