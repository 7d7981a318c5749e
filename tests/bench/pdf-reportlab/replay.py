"""Draws what operations.py found, with reportlab's canvas, again and again.

    replay.py OPERATIONS.json COUNT WORKERS [OUT.pdf]

Prints "workers reports seconds-of-the-processor wall-seconds bytes". With MEASURES in the
environment each word's width is asked for once more, as a program that breaks its lines must.
"""
import io
import json
import os
import resource
import sys
import time

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

rl_config.useA85 = 0  # else streams grow by a quarter and cost more time

MEASURES = "MEASURES" in os.environ
FILLS = {"f": (0, 1), "f*": (0, 1), "S": (1, 0), "B": (1, 1), "b": (1, 1), "s": (1, 0)}


def draw_page(c, page):
    c.setPageSize(page["size"])
    path = None
    for operation in page["operations"]:
        what = operation[0]
        if what == "text":
            c.setFont(operation[1], operation[2])
            c.drawString(operation[3], operation[4], operation[5])
        elif what == "rg":
            c.setFillColorRGB(*operation[1:])
        elif what == "RG":
            c.setStrokeColorRGB(*operation[1:])
        elif what == "w":
            c.setLineWidth(operation[1])
        elif what == "d":
            c.setDash(operation[1:-1])
        elif what == "q":
            c.saveState()
        elif what == "Q":
            c.restoreState()
        elif what in FILLS:
            stroke, fill = FILLS[what]
            c.drawPath(path, stroke=stroke, fill=fill)
            path = None
        elif what in ("m", "l", "c", "re", "h"):
            path = path or c.beginPath()
            add_step(path, what, operation)
    c.showPage()


def add_step(path, what, operation):
    if what == "m":
        path.moveTo(*operation[1:])
    elif what == "l":
        path.lineTo(*operation[1:])
    elif what == "c":
        path.curveTo(*operation[1:])
    elif what == "re":
        path.rect(*operation[1:])
    else:
        path.close()


def measure(pages):
    """The width of each word: the least that breaking lines takes."""
    for page in pages:
        for operation in page["operations"]:
            if operation[0] == "text":
                for word in operation[5].split():
                    pdfmetrics.stringWidth(word, operation[1], operation[2])


def draw(pages):
    out = io.BytesIO()
    c = canvas.Canvas(out, pageCompression=1, invariant=1)
    c.setTitle("Báo cáo mức độ sẵn sàng chuyển đổi số")
    if MEASURES:
        measure(pages)
    for page in pages:
        draw_page(c, page)
    c.save()
    return out.getvalue()


def draw_all(pages, count):
    return max(len(draw(pages)) for _ in range(count))


def cpu_seconds(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def draw_in_workers(pages, count, workers):
    for _ in range(workers):
        if os.fork() == 0:
            draw_all(pages, count // workers)
            os._exit(0)
    for _ in range(workers):
        if os.wait()[1]:
            sys.exit("replay: a worker failed")


def main():
    count, workers = int(sys.argv[2]), int(sys.argv[3])
    for face in ("Regular", "Bold", "Italic"):
        pdfmetrics.registerFont(TTFont(f"Roboto-{face}", f"build/fonts/Roboto-{face}.ttf"))
    with open(sys.argv[1], encoding="utf-8") as file:
        pages = json.load(file)
    size = draw_all(pages, 1)
    wall, cpu = time.monotonic(), cpu_seconds(resource.RUSAGE_SELF)
    if workers > 1:
        draw_in_workers(pages, count, workers)
        cpu = cpu_seconds(resource.RUSAGE_CHILDREN)
        count = count // workers * workers
    else:
        draw_all(pages, count)
        cpu = cpu_seconds(resource.RUSAGE_SELF) - cpu
    print(workers, count, f"{cpu:.6f} {time.monotonic() - wall:.6f}", size)
    if len(sys.argv) > 4:
        with open(sys.argv[4], "wb") as out:
            out.write(draw(pages))


main()
