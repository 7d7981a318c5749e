#!/usr/bin/env python3
"""The blank questionnaire on paper, read back by pdftotext and pdfinfo."""
import os
import re
import subprocess
import tempfile

from surveys import choices_of, done, load, ok, questions_of, run, same

REFS = ["dbi-sme@2021", "dbi-sme@2025", "eu-dma-sme@2023", "household-quick@1", "dbi-large@2025"]


def flat(text):
    return re.sub(r"\s+", " ", text)


def pages_of(path):
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True)
    return [flat(page) for page in read.stdout.split("\f")[:-1]], read.stderr


def printed(folder, ref, *args):
    path = os.path.join(folder, "form.pdf")
    code, out, err = run("form", ref, "-o", path, "--on", "2026-11-23", *args)
    with open(path, "rb") as file:
        return (code, err), path, file.read()


def words_of(text, count=4):
    return " ".join(text.split()[:count])


def whole_questions(ref, q, pages, langs):
    """Each question stands on one page: its number, its text, and beside every box its code."""
    lost = []
    for d, c in questions_of(q):
        options = choices_of(q, c)
        long_ids = any(len(o["id"]) > 3 for o in options)
        need = [words_of(f"{c['id']} {c['text'][lang]}", 5) for lang in langs[:1]]
        if c["type"] in ("single", "multiple"):
            need += [words_of(f"{chr(97 + n) if long_ids else o['id']} {o['text'][langs[0]]}")
                     for n, o in enumerate(options)]
        need += [words_of(c["text"][lang]) for lang in langs[1:]]
        if not any(all(part in page for part in need) for page in pages):
            lost.append(f"{c['id']}: {need}")
    ok(not lost, f"{ref} {'+'.join(langs)}: every question whole on a page, with codes", "\n".join(lost))


def forms(folder):
    for ref in REFS:
        q = load(ref)
        for langs, args in ((["vi", "en"], []), (["vi"], ["--lang", "vi"]), (["en"], ["--lang", "en"])):
            if ref != "dbi-sme@2021" and langs == ["vi"]:
                continue
            done_well, path, data = printed(folder, ref, *args)
            pages, warnings = pages_of(path)
            same((done_well, warnings), ((0, ""), ""), f"{ref} {'+'.join(langs)}: {len(pages)} pages, read without a warning")
            whole_questions(ref, q, pages, langs)
            text = " ".join(pages)
            ok("\u25a1" not in text, f"{ref} {'+'.join(langs)}: every character is in the font")
            ok(all(f"[{fact}]" in text for fact in ("tax_code", "employees", "submitted_on", "plans.dx_solution_vnd", "minutes")),
               f"{ref} {'+'.join(langs)}: the columns for typing")


def details(folder):
    _, path, data = printed(folder, "dbi-sme@2025")
    text = " ".join(pages_of(path)[0])
    ok("Chỉ trả lời nếu: Câu 7.1: b." in text and "Answer only if: Question 7.1: b." in text, "a condition in words, by its code")
    ok("chọn mọi ô đúng" in text and "bắt buộc" in text, "how many boxes, and what must be answered")
    _, path, data = printed(folder, "eu-dma-sme@2023", "--lang", "en")
    text = " ".join(pages_of(path)[0])
    ok(re.search(r"Image recognition with cameras 0 1 2 3 4 5", text), "a scale as rows and columns of boxes")
    ok("Phường" not in text.split("Codes of sections")[0], "in English only, but for names of places")
    again = printed(folder, "eu-dma-sme@2023", "--lang", "en")[2]
    ok(again == data, "the same form has the same bytes")
    other = printed(folder, "eu-dma-sme@2023", "--lang", "vi")[2]
    ok(other != data, "... and another language others")
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    ok("Page size:       595" in info and "Title:" in info, "A4, with a title", info)


def refusals(folder):
    none = os.path.join(folder, "none.pdf")
    for args, code, what in ((["dbi-sme@2021"], 2, "no -o"), (["dbi-sme@1", "-o", none], 1, "no such questionnaire"),
                             (["dbi-sme@2021", "-o", none, "--lang", "fr"], 2, "no such language"),
                             (["dbi-sme@2021", "-o", os.path.join(folder, "a", "b.pdf")], 3, "no such folder")):
        got, out, err = run("form", *args)
        same((got, out, bool(err), os.path.exists(none)), (code, "", True, False), f"refused: {what}")
    got, out, err = run("score", "x.json", "--lang", "both")
    same(got, 2, "both languages at once are for forms only")


def main():
    with tempfile.TemporaryDirectory() as folder:
        forms(folder)
        details(folder)
        refusals(folder)
    done()


main()
