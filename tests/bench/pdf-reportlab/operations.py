"""Takes a PDF, unpacked by `qpdf --qdf`, apart into what its pages draw, as JSON.

    operations.py FILE.qdf OUT.json

Knows just what dxready's reports consist of: text in Type 0 fonts with a ToUnicode map, paths and
colours.
"""
import json
import re
import sys

TOKEN = re.compile(rb"<([0-9a-f]*)>|\(((?:\\.|[^\\)])*)\)|/([^\s/<>\[\]()]+)|([\[\]])|(<<|>>)|([^\s<>\[\]()/]+)")


def streams_of(data):
    """Each object's number with its dictionary and stream."""
    objects = {}
    for found in re.finditer(rb"\n(\d+) 0 obj\n(.*?)\nendobj\n", data, re.S):
        body, _, stream = found[2].partition(b"\nstream\n")
        objects[int(found[1])] = (body, stream.rpartition(b"endstream")[0])
    return objects


def letters_of(cmap):
    letters = {}
    for first, last, start in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", cmap):
        for code in range(int(first, 16), int(last, 16) + 1):
            letters[code] = chr(int(start, 16) + code - int(first, 16))
    return letters


def fonts_of(page, objects):
    fonts = {}
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page):
        body = objects[int(number)][0]
        face = re.search(rb"/BaseFont /\w+\+([\w-]+)", body)[1].decode()
        fonts[name] = (face, letters_of(objects[int(re.search(rb"/ToUnicode (\d+)", body)[1])][1]))
    return fonts


class Page:
    def __init__(self, fonts):
        self.fonts, self.operations, self.stack = fonts, [], []
        self.font, self.size, self.at = None, 0, (0, 0)

    def numbers(self):
        return [float(value) for value in self.stack if not isinstance(value, tuple)]

    def text(self, codes):
        face, letters = self.fonts[self.font]
        text = "".join(letters[int(codes[i:i + 4], 16)] for i in range(0, len(codes), 4))
        self.operations.append(["text", face, self.size, *self.at, text])

    def run(self, operator):
        numbers, operations = self.numbers(), self.operations
        if operator == "Tf":
            self.font, self.size = self.stack[-2][1], numbers[-1]
        elif operator == "BT":
            self.at = (0, 0)
        elif operator == "Td":
            self.at = (self.at[0] + numbers[0], self.at[1] + numbers[1])
        elif operator == "Tj":
            self.text(self.stack[-1][1])
        elif operator in ("TJ", "Tm", "cm", "Do", "'", '"', "T*", "TD", "v", "y"):
            sys.exit(f"operations: the operator {operator} is not known here")
        elif operator in ("m", "l", "c", "re", "h", "f", "f*", "S", "B", "b", "s", "n", "w", "rg", "RG", "g", "G", "d",
                          "q", "Q", "J", "j", "W", "W*"):
            operations.append([operator, *numbers])
        self.stack.clear()


def operations_of(stream, fonts):
    page = Page(fonts)
    for token in TOKEN.finditer(stream):
        code, _, name, _, _, word = token.groups()
        if code is not None:
            page.stack.append(("text", code))
        elif name is not None:
            page.stack.append(("name", name))
        elif word is not None and re.fullmatch(rb"[-+.\d]+", word):
            page.stack.append(word)
        elif word is not None:
            page.run(word.decode())
    return page.operations


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    objects, pages = streams_of(data), []
    for found in re.finditer(rb"\n%% Page \d+\n(?:%%[^\n]*\n)*(\d+) 0 obj\n", data):
        page = objects[int(found[1])][0]
        box = [float(n) for n in re.search(rb"/MediaBox \[([^\]]*)\]", page)[1].split()]
        contents = objects[int(re.search(rb"/Contents (\d+) 0 R", page)[1])][1]
        pages.append({"size": box[2:], "operations": operations_of(contents, fonts_of(page, objects))})
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        json.dump(pages, out, ensure_ascii=False)


main()
