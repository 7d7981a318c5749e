"""Reads a workbook with nothing but zipfile and xml: what stands in which cell, and how it is shown."""
import re
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUILT_IN = {"0": "General", "2": "0.00", "3": "#,##0"}


def unescaped(text):
    """Spreadsheets read _x0041_ as A."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def index_of(reference):
    """The column of "AB12", from 0."""
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Cell:
    """value is a str, or a float; format is how a number is shown."""

    def __init__(self, element, formats, bold):
        style = int(element.get("s", "0"))
        self.format, self.is_bold = formats[style], bold[style]
        self.is_formula = element.find(f"{MAIN}f") is not None
        if element.get("t") == "inlineStr":
            self.value = unescaped("".join(t.text or "" for t in element.iter(f"{MAIN}t")))
        else:
            value = element.find(f"{MAIN}v")
            self.value = None if value is None else float(value.text)


class Sheet:
    def __init__(self, root, name, formats, bold):
        self.root, self.name = root, name
        self.rows = []
        for row in root.iter(f"{MAIN}row"):
            assert int(row.get("r")) == len(self.rows) + 1, "a row is missing"
            self.rows.append({index_of(c.get("r")): Cell(c, formats, bold) for c in row})

    def attribute(self, tag, name):
        found = next(self.root.iter(MAIN + tag), None)
        return None if found is None else found.get(name)

    def texts(self, row):
        """The cells of a row by column, as values; nothing where a cell is empty."""
        return {column: cell.value for column, cell in self.rows[row].items() if cell.value is not None}


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
            self.times = {info.date_time for info in archive.infolist()}
        styles = self.root("xl/styles.xml")
        own = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(f"{MAIN}numFmt")}
        fonts = [f.find(f"{MAIN}b") is not None for f in styles.find(f"{MAIN}fonts")]
        cells = list(styles.find(f"{MAIN}cellXfs"))
        formats = [own.get(x.get("numFmtId"), BUILT_IN.get(x.get("numFmtId"))) for x in cells]
        bold = [fonts[int(x.get("fontId"))] for x in cells]
        names = [s.get("name") for s in self.root("xl/workbook.xml").iter(f"{MAIN}sheet")]
        self.sheets = [Sheet(self.root(f"xl/worksheets/sheet{i + 1}.xml"), name, formats, bold)
                       for i, name in enumerate(names)]

    def root(self, part):
        return ElementTree.fromstring(self.parts[part])

    def properties(self):
        return {element.tag.split("}")[1]: element.text for element in self.root("docProps/core.xml")}
