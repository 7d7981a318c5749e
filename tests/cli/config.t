#!/usr/bin/env python3
"""dxready.conf: what holds for an installation; what is wrong with it is one sentence with its line."""
import os
import subprocess
import tempfile

from tool import finish, report
from tool import run as run_program

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HOME = tempfile.TemporaryDirectory()
SAMPLE = os.path.join(ROOT, "src/web/enterprise/samples/sample.json")


def write(name, content):
    with open(os.path.join(HOME.name, name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def run(*words, **environment):
    return run_program(*words, cwd=HOME.name, env=environment)


def contact_of(*words, **environment):
    """What the summary of the sample says of whom to ask."""
    done = run("report", SAMPLE, "-o", "out.pdf", "--force", "--summary", *words, **environment)
    if done.returncode:
        return done.stderr
    text = subprocess.run(["pdftotext", "-layout", "out.pdf", "-"], capture_output=True, text=True, cwd=HOME.name, check=True)
    return text.stdout


def refused(content, *parts):
    write("bad.conf", content)
    done = run("report", SAMPLE, "-o", "bad.pdf", "--config", "bad.conf")
    report(done.returncode == 1 and len(done.stderr.splitlines()) == 1 and all(p in done.stderr for p in parts) and
           not os.path.exists(os.path.join(HOME.name, "bad.pdf")), f"refused: {content[:30]!r}", f"{done.returncode} {done.stderr}")


refused("contact = a\nautority = b\n", "bad.conf:2:", "'autority'", "authority, contact, listen, public-url")
refused("# a\n\ncontact\n", "bad.conf:3:", "mục = giá trị")
refused("contact = a\ncontact = b", "bad.conf:2:", "hai lần")
refused("contact =  ", "bad.conf:1:", "chưa có giá trị")
refused("contact = " + "ễ" * 201, "bad.conf:1:", "200")
refused("contact = a\tb", "bad.conf:1:", "ký tự điều khiển")
refused(b"contact = a\xff", "bad.conf:", "UTF-8")
refused("#" * 70000, "bad.conf")
done = run("report", SAMPLE, "-o", "x.pdf", "--config", "none.conf", "--lang", "en")
report(done.returncode == 1 and "none.conf" in done.stderr, "a file that is not there is said", done.stderr)
done = run("score", SAMPLE, "--config", "bad.conf")
report(done.returncode == 2, "commands that need none take none", done.stderr)

write("office.conf", "contact = Văn phòng Một, 111\nauthority = Ủy ban\n")
report("Văn phòng Một, 111" in contact_of("--config", "office.conf"), "--config")
report("Văn phòng Một, 111" in contact_of(DXREADY_CONFIG="office.conf"), "DXREADY_CONFIG")
report("Hai, 222" in contact_of("--config", "office.conf", "--contact", "Hai, 222"), "an option wins")
write("dxready.conf", "contact = Tại chỗ, 333\n")
report("Tại chỗ, 333" in contact_of(), "dxready.conf in the present folder")
report("Tại chỗ" not in contact_of(DXREADY_CONFIG=""), "an empty DXREADY_CONFIG: none")
finish()
