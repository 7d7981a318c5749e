#!/usr/bin/env python3
"""`make site`: the examples on this machine, people who are signed in to choose from, nothing left behind."""
import glob
import os
import signal
import subprocess
import tempfile

from client import Browser, free_port
from tool import DXREADY, finish, report, same


class Site:
    """As much of a server as a browser of the tests needs."""

    def __init__(self, port):
        self.port = port


port = free_port()
with tempfile.TemporaryDirectory() as folder:
    site = subprocess.Popen([os.path.join(os.path.dirname(__file__), "..", "site"), DXREADY, "--port", str(port)], stdout=subprocess.PIPE,
                            text=True, env={**os.environ, "TMPDIR": folder})
    said = [site.stdout.readline() for _ in range(3)]
    report(f"http://127.0.0.1:{port + 1}" in said[1], "it says where it is", str(said))
    chooser = Browser(Site(port + 1))
    chooser.get("/")
    report(all(f'href="/{role}"' in chooser.text for role in ("can-bo", "lanh-dao", "quan-tri")), "three roles to choose from", chooser.text)
    for role, seen in (("can-bo", "Hàng chờ"), ("lanh-dao", "Hàng chờ"), ("quan-tri", "Các tài khoản")):
        chooser.send("GET", f"/{role}")
        cookie = chooser.headers["Set-Cookie"].split(";")[0].split("=")
        browser = Browser(Site(port))
        browser.cookies[cookie[0]] = cookie[1]
        browser.get("/can-bo")
        browser.follow()
        report(browser.status == 200 and seen in browser.text and 'class="banner">dữ liệu ví dụ' in browser.text, f"{role} is in, and reads that these are examples",
               browser.text[:500])
    site.send_signal(signal.SIGTERM)
    same(site.wait(20), 0, "it ends")
    same(glob.glob(os.path.join(folder, "*")), [], "and leaves nothing")
finish()
