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


def letters(options):
    """What stands beside the boxes: letters by place, but ids where ids are letters themselves."""
    own = any(len(o["id"]) == 1 and not o["id"].isdigit() for o in options) or len(options) > 26
    return [o["id"] if own else chr(97 + n) for n, o in enumerate(options)]


def columns(path):
    """The words of each column of each page, one text a column."""
    texts = []
    for x in (0, 300):
        read = subprocess.run(["pdftotext", "-layout", "-x", str(x), "-y", "76", "-W", "300", "-H", "702", path, "-"],
                              capture_output=True, text=True)
        texts += [flat(page) for page in read.stdout.split("\f")[:-1]]
    return texts


def whole_questions(ref, q, path, lang):
    """Each question stands whole in one column: its number, its text, and beside every box its letter."""
    lost, texts = [], columns(path)
    for number, (d, c) in enumerate(questions_of(q), 1):
        options = choices_of(q, c)
        need = [flat(f"{number} {c['text'][lang]}")]
        if c["type"] in ("single", "multiple"):
            need += [flat(f"{letter} {o['text'][lang]}") for letter, o in zip(letters(options), options)]
        if not any(all(part in text for part in need) for text in texts):
            lost.append(f"{c['id']}: {[p for p in need if not any(p in text for text in texts)]}")
    ok(not lost, f"{ref} {lang}: every question whole in a column, with letters", "\n".join(lost[:3]))
    told = [o["officer"][lang] for _, c in questions_of(q) for o in choices_of(q, c) if "officer" in o and
            any(flat(o["officer"][lang]) in text for text in texts)]
    ok(not told, f"{ref} {lang}: nothing of what officers look for", "\n".join(told[:3]))


PAGES = {"dbi-sme@2021": 8, "dbi-sme@2025": 5, "eu-dma-sme@2023": 4, "household-quick@1": 2, "dbi-large@2025": 18}


def inside(path):
    """Words that stick out of the page's margins."""
    read = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True).stdout
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', read)
    return [word for x, y, right, bottom, word in boxes if float(x) < 39 or float(right) > 556 or float(bottom) > 823]


def forms(folder):
    for ref in REFS:
        q = load(ref)
        for lang in ("vi", "en"):
            done_well, path, data = printed(folder, ref, "--lang", lang)
            pages, warnings = pages_of(path)
            same((done_well, warnings), ((0, ""), ""), f"{ref} {lang}: read without a warning")
            ok(len(pages) <= PAGES[ref], f"{ref} {lang}: at most {PAGES[ref]} pages", str(len(pages)))
            whole_questions(ref, q, path, lang)
            text = " ".join(pages)
            ok("\u25a1" not in text, f"{ref} {lang}: every character is in the font")
            same(inside(path), [], f"{ref} {lang}: nothing outside the margins")
            ok(not re.search(r"\[[a-z_.]+\]|plans\.|_vnd", text) and f"{len(pages)}/{len(pages)}" in text,
               f"{ref} {lang}: no ids of the machine, pages are counted")


def details(folder):
    _, path, data = printed(folder, "dbi-sme@2025", "--lang", "vi")
    text = " ".join(pages_of(path)[0])
    ok("Chỉ trả lời nếu: Câu 21: b." in text, "a condition in words, by number and letter", text[:200])
    ok("chọn mọi ô đúng" in text and "bắt buộc" in text, "how many boxes, and what must be answered")
    ok(all(word in text for word in ("Mã số thuế", "Công nghiệp chế biến", "Đồng ý và ký tên", "Cán bộ nhập")),
       "who answers, sections by letter, consent, the typist's strip")
    helped = printed(folder, "dbi-sme@2021", "--lang", "vi", "--section", "C")
    ok(len(pages_of(helped[1])[0]) > 8, "with a section: help, on more pages")
    _, path, data = printed(folder, "eu-dma-sme@2023", "--lang", "en")
    text = " ".join(pages_of(path)[0])
    ok(re.search(r"Image recognition with( cameras)? a b c d e f", text), "a scale as rows and columns of boxes")
    ok("Phường" not in text, "in English only")
    again = printed(folder, "eu-dma-sme@2023", "--lang", "en")[2]
    ok(again == data, "the same form has the same bytes")
    _, path, both = printed(folder, "eu-dma-sme@2023", "--lang", "both")
    pages = pages_of(path)[0]
    ok(len(pages) == 8 and "Trang 4/4" in pages[3] and "Page 1/4" in pages[4], "both languages: one after the other")
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    ok("Page size:       595" in info and "Title:" in info, "A4, with a title", info)
    _, path, data = printed(folder, "facts", "--lang", "vi")
    pages, _ = pages_of(path)
    text = " ".join(pages)
    ok(len(pages) <= 3 and "Tham gia cụm liên kết ngành" in text and "Mã số thuế" not in text and not inside(path),
       "facts that only some policies need: a sheet of their own", text[:300])


def refusals(folder):
    none = os.path.join(folder, "none.pdf")
    for args, code, what in ((["dbi-sme@2021"], 2, "no -o"), (["dbi-sme@1", "-o", none], 1, "no such questionnaire"),
                             (["dbi-sme@2021", "-o", none, "--lang", "fr"], 2, "no such language"),
                             (["dbi-sme@2021", "-o", os.path.join(folder, "a", "b.pdf")], 3, "no such folder")):
        got, out, err = run("form", *args)
        same((got, out, bool(err), os.path.exists(none)), (code, "", True, False), f"refused: {what}")
    with open("questionnaires/dbi-sme@2021.json", encoding="utf-8") as file:
        content = file.read()
    own = os.path.join(folder, "own.json")
    with open(own, "w", encoding="utf-8") as file:
        file.write(content)
    got, out, err = run("form", own, "-o", own, "--force", "--lang", "en")
    with open(own, encoding="utf-8") as file:
        ok(got == 2 and "this is what is being read" in err and file.read() == content, "refused: the file that it reads", (got, err))
    got, out, err = run("score", "x.json", "--lang", "both")
    same(got, 2, "both languages at once are for forms only")


def main():
    with tempfile.TemporaryDirectory() as folder:
        forms(folder)
        details(folder)
        refusals(folder)
    done()


main()
