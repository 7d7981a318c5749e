#!/usr/bin/env python3
"""dxready purge: drafts that nobody changes go without the server, too."""
import glob
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "web"))
from client import Browser, Server, wait_until  # noqa: E402
import tool  # noqa: E402
from tool import PDF, finish, report  # noqa: E402

server = Server("--keep-drafts", "0")


def run(*args, lang="en", db=None):
    return tool.run("purge", "--db", db or server.db, *args, lang=lang)


def begin(changed_at):
    """A draft with a file, last changed then."""
    browser = Browser(server)
    browser.begin()
    browser.upload("1.1", PDF + browser.reference.encode())
    server.sql("UPDATE dossier SET changed_at = ? WHERE id = ?", changed_at, browser.number())
    return browser.number()


def states():
    return [row[0] for row in server.sql("SELECT state FROM dossier ORDER BY id")]


def files():
    return len(glob.glob(server.db + ".evidence/??/*"))


begin("2020-01-01T00:00:00Z")
begin("2999-01-01T00:00:00Z")
report(states() == ["draft", "draft"] and files() == 2, "two drafts with a file each", f"{states()} {files()}")
done = run("--dry-run")
report(done.returncode == 0 and done.stdout == "1 drafts that nobody changed for 180 days would be erased.\n", "--dry-run says how many", done.stdout + done.stderr)
report(json.loads(run("--dry-run", "--json", "--keep-drafts", "7").stdout) == {"keep_days": 7, "dry_run": True, "drafts": 1, "files": 0}, "as JSON")
report(states() == ["draft", "draft"] and files() == 2, "and does nothing")
done = run("--lang", "vi")
report(done.returncode == 0 and done.stdout == "Đã xóa 1 bản nháp không ai sửa trong 180 ngày và 1 tệp minh chứng.\n", "erased, while the server runs", done.stdout + done.stderr)
report(states() == ["erased", "draft"] and files() == 1, "the old one is gone with its file", f"{states()} {files()}")
done = run("--json")
report(json.loads(done.stdout) == {"keep_days": 180, "dry_run": False, "drafts": 0, "files": 0}, "again there is nothing to do", done.stdout)
for wrong in ("0", "-1", "3651", "x", "1.5", ""):
    done = run("--keep-drafts", wrong)
    report(done.returncode == 2 and "--keep-drafts" in done.stderr, f"--keep-drafts '{wrong}' is an error of use", done.stderr)
done = tool.run("serve", "--keep-drafts", "-1", "--db", server.db, timeout=20)
report(done.returncode == 2 and "0" in done.stderr and "3650" in done.stderr, "of serve, too", done.stderr)
done = run(db=server.db + ".none")
report(done.returncode == 1 and not os.path.exists(server.db + ".none"), "a database that is not there is not made", done.stderr)
# ---- a clock that cannot be right ----
server.stop()
server.sql("INSERT OR REPLACE INTO store_key (name, value) VALUES ('newest-time', ?)", b"2024-01-01T08:00:00Z")
server.options = ("--keep-drafts", "30")
server.start()
begin("2020-01-01T00:00:00Z")
report(wait_until(lambda: "lvl=err evt=clock event=doubted known=2024-01-01T08:00:00Z" in server.logged()), "the server says that it doubts the clock",
       server.logged()[-500:])
time.sleep(1.5)  # a tick later
done = run()
report(done.returncode == 1 and "2024-01-01T08:00:00Z" in done.stderr and "--force" in done.stderr and done.stderr.count("\n") == 1, "and so does purge", done.stderr)
report(states() == ["erased", "draft", "draft"], "nothing is erased by it", str(states()))
done = run("--force")
report(done.returncode == 0 and states() == ["erased", "draft", "erased"], "but where somebody says that it is right", f"{done.stderr} {states()}")
report(wait_until(lambda: "evt=clock event=trusted" in server.logged()), "then the server believes it, too", server.logged()[-500:])
begin("2020-01-01T00:00:00Z")
server.stop()
kept = sorted(glob.glob(server.db + ".evidence/??/*"), key=os.path.getmtime)[-1]
os.rename(kept, kept + ".kept")
os.mkdir(kept)
done = run()
report(done.returncode == 3 and "could not be deleted" in done.stderr and states()[3] == "erased", "a file that cannot be deleted is told", done.stdout + done.stderr)
finish()
