"""Every change of one token of a source: operators, numbers, characters, constants, statements left out, indexes swapped."""
import os
import re

SWAPS = {"==": ["!="], "!=": ["=="], "<": ["<=", ">"], ">": [">=", "<"], "<=": ["<"], ">=": [">"], "&&": ["||"], "||": ["&&"],
         "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["+"], "++": ["--"], "--": ["++"], "+=": ["-="], "-=": ["+="],
         "&": ["|"], "|": ["&"], "<<": [">>"], ">>": ["<<"], "true": ["false"], "false": ["true"], "!": [""],
         "break": ["continue"], "continue": ["break"]}
TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'
                    |\w+(?:\.\d+)?|<<=|>>=|->|\+\+|--|<<|>>|[-+*/%&|^!=<>]=|&&|\|\||[^\s\w]""", re.S | re.M | re.X)
STATEMENT = re.compile(r"^[ ]+([a-z_][\w>.\[\]-]*(?:\([^;{}=]*\)| [-+|&]?= [^;{}]*|\+\+|--));\n", re.M)


class Change:
    """`old` at a place of a file becomes `new`."""

    def __init__(self, path, text, place, old, new):
        self.path, self.text, self.place, self.old, self.new = path, text, place, old, new
        self.line = text.count("\n", 0, place) + 1

    def changed(self):
        return self.text[:self.place] + self.new + self.text[self.place + len(self.old):]

    def key(self):
        """What names it as long as its line stays the same, wherever that stands."""
        line = " ".join(self.text.splitlines()[self.line - 1].split())
        return self.path, line, f"{' '.join(self.old.split())} -> {self.new or 'nothing'}"

    def words(self):
        path, line, what = self.key()
        return f"{path}:{self.line} | {line} | {what}"


def tokens(text):
    """(place, token) of what is code; comments, texts and what is for the preprocessor left out."""
    return [(found.start(), found.group()) for found in TOKEN.finditer(text)
            if not re.match(r'/\*|//|[ \t]*#|"', found.group())]


def other_tokens(text, place, token):
    """What a token may become."""
    if re.fullmatch(r"\d+[uUlL]*", token):
        number, end = int(re.match(r"\d+", token).group()), re.sub(r"^\d+", "", token)
        return [f"{number + 1}{end}"] + ([f"{number - 1}{end}"] if number else [])
    if re.fullmatch(r"'[ -~]'", token):
        return [f"'{chr(ord(token[1]) + step)}'" for step in (1, -1) if chr(ord(token[1]) + step) not in "'\\"]
    if token in ("+", "-", "*", "&") and text[place + 1:place + 2] not in (" ", "\n"):  # of one operand, or a pointer
        return []
    return SWAPS.get(token, [])


def places(root, path):
    """Every change of a file, within functions: tables and declarations have no statements."""
    with open(os.path.join(root, path), encoding="utf-8") as file:
        text = file.read()
    found = [(place, token, new) for place, token in tokens(text) for new in other_tokens(text, place, token)]
    found += [(m.start(1), m.group(1) + ";", ";") for m in STATEMENT.finditer(text) if not re.match(r"(return|struct|const)\b", m.group(1))]
    found += [(m.start(), m.group(), f"[{m.group(2)}][{m.group(1)}]")
              for m in re.finditer(r"\[([a-z]\w*)\]\[([a-z]\w*)\]", text) if m.group(1) != m.group(2)]
    ranges = [(m.start(), m.end()) for m in re.finditer(r"^\{\n.*?^\}\n", text, re.S | re.M)]
    return [Change(path, text, *one) for one in found if any(begin < one[0] < end for begin, end in ranges)]
