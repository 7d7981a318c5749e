#!/usr/bin/env python3
"""The manual pages and the completion, held against what the program says of itself (--help)."""
import glob
import os
import re
import shutil
import subprocess

from surveys import done, ok, run, same

OUT = os.path.abspath(os.environ.get("OUT", "build"))
PAGES = {"en": f"{OUT}/man/dxready.1", "vi": f"{OUT}/man/vi/dxready.1"}
COMPLETION = f"{OUT}/completions/dxready"
# What pages are written with; anything else would be printed as text or dropped.
MACROS = {"TH", "SH", "SS", "TP", "PP", "B", "I", "BR", "RI", "br", "nf", "fi", "nh", "ad"}
HEADINGS = {"en": ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"],
            "vi": ["TÊN", "CÁCH DÙNG", "MÔ TẢ", "LỆNH", "TÙY CHỌN", "MÃ KẾT THÚC", "BIẾN MÔI TRƯỜNG", "TỆP", "VÍ DỤ"]}


class Help:
    """What `dxready --help` says of a command: its usage, what it is for, its options with argument and text."""

    def __init__(self, lang, command=None):
        out = run(*([command] if command else []), "--help", "--lang", lang)[1]
        usage = re.search(r": dxready (.*)", out).group(1).split(" ", 1)
        self.text, self.arguments = out.split("\n")[0], usage[1] if len(usage) > 1 else ""
        self.options = {}
        for letter, name, rest in re.findall(r"^  (?:-(\w), |    )--([a-z-]+)(.*)$", out, re.M):
            argument = rest[1:].split(" ")[0] if rest[1:2] != " " else ""
            self.options[name] = (letter, argument, rest[1 + len(argument):].strip())
        self.commands = re.findall(r"^  ([a-z-]+) +\S", out, re.M) if not command else []


def plain(roff):
    """A page as it is read, but for where lines end."""
    text = re.sub(r"\\f[BIR]|\\&", "", roff)
    return text.replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")


def page(lang):
    with open(PAGES[lang], encoding="utf-8") as file:
        roff = file.read()
    text = plain(roff)
    helps = {name: Help(lang, name) for name in Help(lang).commands}
    ok(len(helps) > 10 and "export" in helps, f"{lang}: the program has commands", helps)
    lacking = [name for name, h in helps.items()
               if f"\ndxready {name} {h.arguments}".rstrip() + f"\n{h.text}\n" not in text]
    same(lacking, [], f"{lang}: every command, with its arguments and what it is for")
    options = {name: option for h in helps.values() for name, option in h.options.items()}
    entries = {name: f"\n.TP\n{'-' + letter + ', ' if letter else ''}--{name}{' ' + argument if argument else ''}\n{help}\n"
               for name, (letter, argument, help) in options.items()}
    same([name for name, entry in entries.items() if entry not in text], [], f"{lang}: every option, with what it does")
    common = set.intersection(*(set(h.options) for h in helps.values()))
    takes = {name: set(re.findall(r"--([a-z-]+)", re.search(
        rf"\ndxready {name}\b.*\n.*\n(?:\.br\n(.*)\n)?", text).group(1) or "")) for name in helps}
    same(takes, {name: set(h.options) - common for name, h in helps.items()}, f"{lang}: every command with its options")
    same(re.findall(r'^\.SH "?(.*?)"?$', roff, re.M), HEADINGS[lang], f"{lang}: the headings of a manual page")
    same(re.search(r"^\.TH .*$", roff, re.M).group(), f'.TH DXREADY 1 "" "{run("--version")[1].strip()}" "dxready"',
         f"{lang}: of this version")
    exits = text.split(HEADINGS[lang][5])[1].split(".SH")[0]
    same(re.findall(r"^\.B (\d)$", exits, re.M), ["0", "1", "2", "3"], f"{lang}: every exit code")
    used = {name for path in glob.glob("src/**/*.c", recursive=True)
            for name in re.findall(r'getenv\("(DXREADY_\w+)"\)', open(path, encoding="utf-8").read())}
    ok(used and all(f"\n.B {name}\n" in roff for name in used), f"{lang}: every variable of the environment", used)
    examples(lang, text, helps)
    written(lang, roff)


def examples(lang, text, helps):
    lines = re.findall(r"^\.B dxready ([a-z].*)$", text.split(HEADINGS[lang][8])[1], re.M)
    wrong = []
    for line in lines:
        words = line.split()
        known = helps[words[0]].options if words[0] in helps else {}
        given = [w.lstrip("-") for w in words if w.startswith("--")] + [
            next((n for n, o in known.items() if o[0] == w[1:]), w) for w in words if re.fullmatch("-[a-z]", w)]
        wrong += [line for name in given if name not in known]
    ok(len(lines) > 6 and not wrong, f"{lang}: examples that the program takes", wrong or lines)


def written(lang, roff):
    """What formatters would stumble over."""
    requests = {found for found in re.findall(r"^[.'](\S*)", roff, re.M)}
    ok(requests <= MACROS, f"{lang}: only macros that every formatter knows", requests - MACROS)
    ok(not re.search(r"@[A-Z]+@|\t|[ ]$|\n\n", roff), f"{lang}: no names left open, no blank lines")
    bare = [line for line in roff.split("\n") if re.search(r"(?<!\\)-", re.sub(r"\\\[.*?\]", "", line)) and "dxready.1" not in line]
    ok(not [line for line in bare if re.search(r"(?<![\\\w])-{1,2}[a-z]", line)], f"{lang}: options can be copied", bare)
    if shutil.which("groff"):
        said = subprocess.run(["groff", "-man", "-Tutf8", "-K", "utf8", "-ww", "-z", PAGES[lang]], capture_output=True, text=True)
        same((said.returncode, said.stderr), (0, ""), f"{lang}: groff has nothing to say")
    else:
        ok(True, f"{lang}: groff is not here # SKIP")


def completed(*words):
    """What bash offers for the last word."""
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dxready; printf "%s\\n" "${COMPREPLY[@]}"'
    said = subprocess.run(["bash", "-c", script, "bash", COMPLETION, "dxready", *words], capture_output=True, text=True)
    assert not said.stderr, said.stderr
    return sorted(said.stdout.split())


def completion():
    top = Help("en")
    same(completed(""), sorted(top.commands + ["--help", "-h", "--lang", "--data", "--version"]), "completion: all commands")
    same(completed("exp"), ["export"], "completion: of a command")
    same(completed("re"), ["report", "rescore", "restore"], "completion: of two")
    same(completed("nothing-like-it"), [], "completion: of none")
    wrong = []
    for name in top.commands:
        known = Help("en", name).options
        want = sorted([f"--{n}" for n in known] + [f"-{o[0]}" for o in known.values() if o[0]])
        if completed(name, "-") != want:
            wrong.append((name, completed(name, "-"), want))
    same(wrong, [], "completion: every command has its options, no other")
    same(completed("export", "--fo"), ["--force", "--form", "--format"], "completion: of an option")
    same(completed("export", "--format", ""), ["csv", "jsonl", "xlsx"], "completion: words that an option takes")
    same(completed("export", "--format", "x"), ["xlsx"], "completion: one of them")
    same(completed("export", "--format", "="), ["csv", "jsonl", "xlsx"], "completion: behind = as bash parts it")
    same(completed("export", "--format", "=", "j"), ["jsonl"], "completion: and a letter more")
    same(completed("list", "--size", "m"), ["medium", "micro"], "completion: size classes")
    same(completed("list", "--form", ""), ["cooperative", "enterprise", "household"], "completion: forms")
    same(completed("--lang", "e"), ["en"], "completion: before the command")
    same(completed("--lang", "en", "sc"), ["score"], "completion: the command behind an option and its value")
    same(completed("--lang", "=", "vi", "sc"), ["score"], "completion: and behind =")
    same(completed("--data", "export", "list", "--so"), ["--sort"], "completion: a value that looks like a command is none")
    same(completed("init", ""), ["policy", "questionnaire"], "completion: words that a command takes")
    same(completed("score", "resp"), [], "completion: files are left to bash")
    same(completed("list", "--round", "2"), [], "completion: a value that nobody can know")
    shown = subprocess.run(["bash", "-c", f"source {COMPLETION}; complete -p dxready"], capture_output=True, text=True)
    same(shown.stdout.strip(), "complete -o default -F _dxready dxready", "completion: is for dxready")


def installed():
    said = subprocess.run(["make", "-n", "install", "DESTDIR=/stage", "PREFIX=/usr"], capture_output=True, text=True,
                          env={k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}).stdout
    for path in ("share/man/man1/dxready.1", "share/man/vi/man1/dxready.1", "share/bash-completion/completions/dxready"):
        ok(re.search(rf"install -D -m 644 .*\s/stage/usr/{re.escape(path)}$", said.replace("\\\n", " "), re.M),
           f"make install: {path}", said[-1500:])


for lang in PAGES:
    page(lang)
completion()
installed()
done()
