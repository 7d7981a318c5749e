#!/usr/bin/env python3
"""dxready report: what a reader gets, as other programs read it."""
import concurrent.futures
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
from fractions import Fraction

from tool import finish, report as check, run

RESPONSES = sorted(glob.glob("tests/data/demo/responses/*.json"))
GARMENT = "tests/data/demo/responses/may-sen-vang.json"
ON = ["--on", "2026-11-24"]


def text_of(pdf, *options):
    done = subprocess.run(["pdftotext", *options, pdf, "-"], capture_output=True, text=True)
    return done.stdout, done.stderr


def flat(text):
    return " ".join(text.split())


def pages_of(pdf):
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", info).group(1))


def with_answers(folder, name, change):
    """The garment factory's response, changed, as a file."""
    with open(GARMENT, encoding="utf-8") as file:
        response = json.load(file)
    change(response)
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(response, file, ensure_ascii=False)
    return path


def is_of_household(pdf):
    name = re.sub(r"(-summary)?-(vi|en)\.pdf$", ".json", os.path.basename(pdf))
    with open(f"tests/data/demo/responses/{name}", encoding="utf-8") as file:
        return json.load(file)["enterprise"].get("form") == "household"


def faults_of_document(pdf):
    """What is wrong with one of the demo reports, in a word; "" if nothing is."""
    sound = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    text, warnings = text_of(pdf)
    if sound.returncode or "WARNING" in sound.stdout + sound.stderr:
        return f"{pdf}: qpdf: {sound.stdout}{sound.stderr}"
    if warnings:
        return f"{pdf}: pdftotext: {warnings}"
    if os.path.getsize(pdf) > 150_000:
        return f"{pdf}: {os.path.getsize(pdf)} bytes"
    most = 1 if "-summary-" in pdf else 6 if is_of_household(pdf) else 10
    if pages_of(pdf) > most:
        return f"{pdf}: {pages_of(pdf)} pages, not {most} at most"
    if "\u25a1" in text or re.search(r"\{[a-z_]+\}", text):
        return f"{pdf}: a box or an unfilled value"
    return ""


def in_turns(folder, response, odd):
    """A document in each language, the one whole, the other a summary."""
    name = os.path.join(folder, os.path.basename(response)[:-5])
    return [name + suffix for suffix in (("-vi.pdf", "-summary-en.pdf"), ("-en.pdf", "-summary-vi.pdf"))[odd]]


def every_demo_report(folder):
    made = []
    for lang in ("vi", "en"):
        for more in ([], ["--summary"]):
            done = run("report", *RESPONSES, "-o", folder + "/", "--lang", lang, *more, *ON)
            check(done.returncode == 0 and done.stdout == "" and done.stderr == "",
                  f"all {len(RESPONSES)} responses, {lang} {' '.join(more)}", done.stderr)
    made = sorted(glob.glob(folder + "/*.pdf"))
    check(len(made) == 4 * len(RESPONSES), "one document each", len(made))
    # Every response whole and as a summary, in turns: one in Vietnamese and the other in English.
    read = [path for i, response in enumerate(RESPONSES) for path in in_turns(folder, response, i % 2)]
    check(len(set(read)) == 2 * len(RESPONSES) and set(read) <= set(made), "half of them are read", read[:4])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(faults_of_document, read) if fault]
    check(not faults, "sound, searchable, at most 150 kB and 10 pages; summaries one", "\n".join(faults))


def what_it_says(folder):
    said = {
        "vi": ["Công ty TNHH May Minh Họa Sen Vàng", "0899010130", "152 /320 điểm", "Đơn vị ở mức 3 – Hình thành. Thêm 41 điểm là lên mức 4.",
               "Hỗ trợ thuê, mua giải pháp chuyển đổi số", "Dự chi 645,5 triệu đồng, được hỗ trợ đến 220 triệu",
               "Điều 11 khoản 2 Nghị định 80/2021/NĐ-CP", "14/12/2026", "Chưa xác định được",
               "Rõ người", "Rõ việc", "Rõ thời gian", "Rõ trách nhiệm", "rõ kết quả", "Rõ thẩm quyền", "dbi-sme@2021",
               "Đơn vị có tham gia chuỗi giá trị không?", "trên 192", "lấy theo các nguồn thuật lại",
               "8 Cách tính", "Việc tiếp theo:", "100.000.000 ₫"],
        "en": ["Công ty TNHH May Minh Họa Sen Vàng", "152 of 320 points", "level 3 – Forming", "41 more points make level 4",
               "Of VND 645.5 million planned, up to 220 million is supported", "₫100,000,000",
               "Article 11(2), Decree 80/2021/NĐ-CP", "14/12/2026", "Cannot tell yet",
               "over 192", "dbi-sme@2021", "8 How computed"],
    }
    with open("questionnaires/dbi-sme@2021.json", encoding="utf-8") as file:
        questions = [q for d in json.load(file)["dimensions"] for i in d["indicators"] for q in i["questions"]]
    for lang, parts in said.items():
        path = f"{folder}/said-{lang}.pdf"
        done = run("report", GARMENT, "-o", path, "--lang", lang, "--annex", *ON)
        raw = text_of(path, "-raw")[0]
        text = flat(raw)
        missing = [part for part in parts if part not in text]
        check(done.returncode == 0 and not missing, f"names, amounts, articles, dates ({lang})", missing)
        lost = [q["id"] for q in questions if f"{q['id']} {q['label'][lang]}:" not in text]
        check(not lost, f"every question stands in the ledger ({lang})", lost)
        ledger = raw[raw.index({"vi": "Bảng điểm từng câu", "en": "Ledger of all answers"}[lang]):]
        rows = re.findall(r"(?<![\d/])(\d+)/(\d+) (?:≈ )?([\d.,]+)(?= |$)", ledger, re.M)[:61]
        points = sum(int(row[0]) for row in rows)
        share = sum(Fraction(row[2].replace(",", ".")) for row in rows)
        check(len(rows) == 61 and points == 2 * 152 and share == 2 * Fraction("47.5"),
              f"the ledger adds up to its last row ({lang})", (len(rows), points, float(share)))


def facts_that_are_missing(folder):
    path = with_answers(folder, "bare.json", lambda r: (r["enterprise"].pop("tax_code"), r["enterprise"].pop("plans"),
                                                       r["answers"].pop("1.1.1")))
    out = f"{folder}/bare.pdf"
    done = run("report", path, "-o", out, "--lang", "en", "--annex", *ON)
    text = flat(text_of(out)[0])
    check(done.returncode == 0 and "not told" in text and "1.1.1 Website updates: Not answered" in text
          and "59 of 60 scored questions are answered" in text and "Not complete." in text
          and "up to 50 %, at most 100 million VND per year" in text,
          "what is missing is said, never 0", text[:600])


def equal_bytes(folder):
    paths = [f"{folder}/{name}.pdf" for name in "abc"]
    for path, day in zip(paths, ("2026-11-24", "2026-11-24", "2026-11-25")):
        run("report", GARMENT, "-o", path, "--on", day)
    bytes_of = [open(path, "rb").read() for path in paths]
    check(bytes_of[0] == bytes_of[1], "equal input and day give equal bytes")
    check(bytes_of[0] != bytes_of[2], "another day gives another document")


def since_last_time(folder):
    out = f"{folder}/change.pdf"
    done = run("report", GARMENT, "-o", out, "--before", "tests/data/demo/responses/may-sen-vang-2025.json", *ON)
    text = flat(text_of(out)[0])
    check(done.returncode == 0 and "Từ đợt 2025" in text and "+10,63" in text, "an earlier response is compared with",
          done.stderr)
    without = f"{folder}/said-vi.pdf"
    check("Từ đợt 2025" not in flat(text_of(without)[0]), "without one there is no such part")


def long_texts(folder):
    name = "Công ty Trách nhiệm hữu hạn Một thành viên " + "Sản xuất Thương mại Dịch vụ Xuất nhập khẩu " * 9 + "Minh Họa"
    words = " ".join(f"từ{i}" for i in range(200))

    def change(response):
        response["enterprise"]["name"] = name
        response["answers"]["1.1.1"] = 0
    path = with_answers(folder, "long.json", change)
    out = f"{folder}/long.pdf"
    done = run("report", path, "-o", out, *ON)
    check(done.returncode == 0 and name in flat(text_of(out)[0]), "a long name stands there whole", done.stderr)
    out = f"{folder}/long-summary.pdf"
    run("report", path, "-o", out, "--summary", *ON)
    check(pages_of(out) == 1, "and its summary is one page")
    data = f"{folder}/data"
    os.makedirs(f"{data}/questionnaires")
    shutil.copy("tests/data/all-types@1.json", f"{data}/questionnaires/")
    with open("tests/data/all-types@1.json", encoding="utf-8") as file:
        document = json.load(file)
    question = next(q for d in document["dimensions"] for i in d["indicators"] for q in i["questions"]
                    if q["type"] == "text")
    response = {"kind": "response", "questionnaire": "all-types@1", "enterprise": {"name": name, "form": "enterprise"},
                "answers": {question["id"]: words}}
    with open(f"{folder}/words.json", "w", encoding="utf-8") as file:
        json.dump(response, file, ensure_ascii=False)
    out = f"{folder}/words.pdf"
    done = run("report", f"{folder}/words.json", "-o", out, "--data", data, "--annex", *ON)
    text = text_of(out, "-raw")[0]
    lost = [word for word in words.split() if not re.search(rf"\b{word}\b", text)]
    check(done.returncode == 0 and not lost, "an answer of 200 words stands there whole", (done.stderr, lost))


def many_policies(folder):
    data = f"{folder}/many"
    shutil.copytree("policies", f"{data}/policies")
    with open("policies/national/nd80-art11-2.json", encoding="utf-8") as file:
        policy = json.load(file)
    del policy["tests"]
    for i in range(30):
        policy["id"] = f"copy-{i}"
        policy["content"] = "the-same"
        policy["name"] = {"vi": f"Chính sách minh họa thứ {i + 1} có tên khá dài để thử ngắt dòng và ngắt trang",
                          "en": f"Example policy {i + 1} with quite a long name"}
        with open(f"{data}/policies/national/copy-{i}.json", "w", encoding="utf-8") as file:
            json.dump(policy, file, ensure_ascii=False)
    out = f"{folder}/many.pdf"
    done = run("report", GARMENT, "-o", out, "--data", data, "--annex", *ON)
    text = flat(text_of(out)[0])
    lost = [i for i in range(30) if f"minh họa thứ {i + 1} có tên" not in text]
    check(done.returncode == 0 and not lost and "thay thế, vì" in text,
          "30 more eligible policies stand there, and which exclude each other", (done.stderr, lost))
    run("report", GARMENT, "-o", f"{folder}/many-summary.pdf", "--summary", "--data", data, *ON)
    check(pages_of(f"{folder}/many-summary.pdf") == 1, "and the summary is still one page")


def own_wording(folder):
    data = f"{folder}/wording"
    os.makedirs(f"{data}/reports")
    with open("reports/enterprise.json", encoding="utf-8") as file:
        wording = json.load(file)
    wording["texts"]["title"]["vi"] = "Phiếu kết quả của tỉnh"
    wording["sections"] = ["result", "papers", "where"]
    path = f"{data}/reports/enterprise.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(wording, file, ensure_ascii=False)
    out = f"{folder}/wording.pdf"
    done = run("report", GARMENT, "-o", out, "--data", data, *ON)
    text = flat(text_of(out)[0])
    check(done.returncode == 0 and "Phiếu kết quả của tỉnh" in text and "3 · Đang ở đâu?" in text and "4 ·" not in text
          and text.index("2 · Cần giấy tờ") < text.index("3 · Đang ở đâu?"),
          "a province's own wording and order are used", done.stderr)
    wording["texts"]["title"]["vi"] = "Mức {level} của {nobody"
    wording["texts"]["no-such-text"] = {"vi": "a", "en": "b"}
    del wording["texts"]["total"]
    wording["sections"] = ["result", "result", "results"]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(wording, file, ensure_ascii=False, indent=1)
    done = run("check", path, "--lang", "en")
    said = ["/sections/1: 'result' stands there twice", "/sections/2:", "/texts/title: this text gets no value {level}",
            "/texts/title: a '{' has no '}' behind it", "/texts/no-such-text: reports have no text of the name",
            "the text 'total' is missing"]
    missing = [part for part in said if part not in done.stderr]
    check(done.returncode == 1 and done.stdout == "" and not missing, "every fault of a wording is told at once",
          (missing, done.stderr))
    done = run("report", GARMENT, "-o", f"{folder}/never.pdf", "--data", data, *ON)
    check(done.returncode == 1 and not os.path.exists(f"{folder}/never.pdf"), "a broken wording makes no report")


def exactly_at_a_bound(folder):
    """How a pillar at exactly 10 % is read stands with the method, not before the result."""
    path = with_answers(folder, "bound.json", lambda r: r["answers"].update(
        {key: 5 if key == "5.1.1" else 0 for key in r["answers"] if key.startswith("5.")}))
    run("report", path, "-o", f"{folder}/bound.pdf", *ON, "--lang", "en")
    text = flat(text_of(f"{folder}/bound.pdf")[0])
    note = "Exactly 10%"
    check(text.count(note) == 1 and text.index(note) > text.rindex("How was it computed?"),
          "a note on a bound stands with the method", (text.count(note), text[:200]))


def refusals(folder):
    bad = with_answers(folder, "bad.json", lambda r: r["answers"].update({"1.1.1": 9}))
    out = f"{folder}/bad.pdf"
    done = run("report", bad, "-o", out)
    check(done.returncode == 1 and "bad.json:" in done.stderr and not os.path.exists(out), "a bad response leaves no file",
          done.stderr)
    done = run("report", GARMENT)
    check(done.returncode == 2 and "-o" in done.stderr, "-o is asked for", done.stderr)
    done = run("report", GARMENT, "-o", f"{folder}/both.pdf", "--summary", "--annex")
    check(done.returncode == 2 and "--annex" in done.stderr, "a summary has no annex", done.stderr)
    done = run("report", GARMENT, GARMENT, "-o", f"{folder}/two.pdf")
    check(done.returncode == 2 and not os.path.exists(f"{folder}/two.pdf"), "several responses need a folder", done.stderr)
    done = run("report", GARMENT, "-o", f"{folder}/no/such/folder/x.pdf")
    check(done.returncode in (1, 3) and done.stderr.count("\n") == 1, "a folder that is not there is said", done.stderr)
    done = run("report", GARMENT, "-o", "/dev/full")
    check(done.returncode == 3, "a full disk is said", (done.returncode, done.stderr))
    done = run("report", GARMENT, "-o", "-", *ON, text=False)
    check(done.returncode == 0 and done.stdout.startswith(b"%PDF-"), "'-' is standard output")


with tempfile.TemporaryDirectory() as top:
    every_demo_report(os.path.join(top, "demo"))
    what_it_says(top)
    facts_that_are_missing(top)
    equal_bytes(top)
    since_last_time(top)
    long_texts(top)
    many_policies(top)
    own_wording(top)
    exactly_at_a_bound(top)
    refusals(top)
finish()
