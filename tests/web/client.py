"""A browser without a screen for tests of the site: starts `dxready serve`, keeps cookies, reads forms."""
import base64
import hashlib
import hmac
import html
import http.client
import json
import os
import re
import socket
import secrets
import sqlite3
import struct
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tool import DXREADY, run, start  # noqa: E402


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The program with a database of its own; can be killed and started again on the same port."""

    def __init__(self, *options, folder=None, port=0):
        self.folder = folder or tempfile.TemporaryDirectory()
        self.db = os.path.join(self.folder.name, "test.db")
        self.options = options
        self.port = port  # 0: any; with --public-url the first line does not tell which
        self.start()

    def command(self):
        return [DXREADY, "serve", "--listen", f"127.0.0.1:{self.port}", "--db", self.db, *self.options]

    def start(self, **more):
        self.log = open(os.path.join(self.folder.name, "log"), "ab")
        self.process, self.line = start(self.command(), stderr=self.log, **more)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.line)
        if not self.line or not (found or self.port):
            raise SystemExit(f"# serve did not start: {self.line} {self.logged()[-500:]}")
        self.port = int(found.group(1)) if found else self.port

    def __enter__(self):
        return self

    def __exit__(self, *what):
        if self.process.poll() is None:  # the test died
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait(20)

    def logged(self):
        with open(self.log.name, encoding="utf-8") as file:
            return file.read()

    def sql(self, statement, *values):
        with sqlite3.connect(self.db, timeout=10) as db:
            return db.execute(statement, values).fetchall()


def told_of_options(questionnaire, pages):
    """How many options stand in what an enterprise was sent, and which texts for officers do (none should)."""
    with open(f"questionnaires/{questionnaire}.json", encoding="utf-8") as file:
        dimensions = json.load(file)["dimensions"]
    options = [option for dimension in dimensions for indicator in dimension["indicators"]
               for question in indicator["questions"] for option in question["options"]]
    whole = html.unescape("\n".join(pages))
    return (sum(option["text"]["vi"] in whole for option in options),
            [text for option in options for text in option["officer"].values() if text in whole])


class Browser:
    def __init__(self, server, prefix=""):
        self.server, self.prefix = server, prefix
        self.cookies = {}
        self.token = ""

    def send(self, method, path, body=None, headers=None):
        """One request; what came is in self, and True means that nothing failed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = dict(headers or {})
        if self.cookies:
            headers.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        connection.request(method, path, body, headers)
        reply = connection.getresponse()
        self.body = reply.read()
        self.status, self.headers = reply.status, reply.headers
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        connection.close()
        self.text = self.body.decode("utf-8", "replace")
        self.path = path
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.text)
        self.token = found.group(1) if found else self.token
        self.base = (re.findall(r'name="base" value="([0-9a-f]*)"', self.text) or [""])[0]
        return self.status < 400

    def get(self, path, **headers):
        fine = self.send("GET", self.prefix + path, None, {k.replace("_", "-"): v for k, v in headers.items()})
        return self.follow() if fine else False

    def follow(self):
        """Goes where a redirection leads."""
        if self.status == 303:
            return self.send("GET", self.headers["Location"].split("#")[0])
        return True

    def post(self, where, fields=(), follow=True, headers=None, **more):
        pairs = list(fields.items() if isinstance(fields, dict) else fields) + list(more.items())
        if not any(name == "token" for name, _ in pairs):
            pairs.append(("token", self.token))
        fine = self.send("POST", self.prefix + where, urllib.parse.urlencode(pairs),
                         {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})
        return self.follow() if fine and follow else fine

    def begin(self, form="household", questionnaire="household-quick@1", **fields):
        """A new dossier; its reference and secret."""
        self.get("/bat-dau")
        fields = {"form": form, "size": "micro", "questionnaire": questionnaire, **fields}
        if "tax_code" not in fields:
            fields["no_tax_code"] = "1"
        self.post("/bat-dau", fields)
        found = re.search(r"/ho-so/(CDS-\d\d-\d{7})/ma", self.path)
        if not found:
            raise SystemExit(f"# no dossier: {self.status} {self.text[-1500:]}")
        self.reference = found.group(1)
        self.secret = re.search(r'id="secret">([0-9A-Z ]+)<', self.text).group(1)
        return self.reference

    def number(self):
        """What the database calls the dossier."""
        return int(self.reference[4:6]) * 1000000 + int(self.reference[7:13])

    def names(self):
        return sorted(set(re.findall(r'name="(q\.[^"]+)"', self.text)))

    def answer_all(self, choose=lambda name, values: values[len(values) // 2]):
        """Answers every question by `choose`; returns what was sent."""
        page, sent = 1, {}
        while self.get(f"/ho-so/{self.reference}/trang/{page}"):
            chosen = {}
            for name in self.names():
                values = re.findall(rf'name="{re.escape(name)}"[^>]*? value="([^"]*)"', self.text)
                chosen[name] = choose(name, values) if values else "x"
            sent.update(chosen)
            if not self.post(f"/ho-so/{self.reference}/trang/{page}", {**chosen, "base": self.base, "confirm": "1"},
                             follow=False):
                raise SystemExit(f"# page {page}: {self.status} {self.text[:3000]}")
            page += 1
        return sent

    def fact(self, page, **fields):
        self.get(f"/ho-so/{self.reference}/thong-tin/{page}")
        return self.post(f"/ho-so/{self.reference}/thong-tin/{page}", {k.replace("__", "."): v for k, v in fields.items()})

    def upload(self, question, content):
        """Sends a file of evidence from the page of its question."""
        return self.send_file(f"/ho-so/{self.reference}/minh-chung/{question}", content)

    def send_file(self, page, content, **headers):
        """Sends a file from the page that asks for one."""
        line = b"----line7d1"
        self.get(page)
        parts = [b'name="token"\r\n\r\n' + self.token.encode(),
                 b'name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n' + content]
        body = b"".join(b"--" + line + b"\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
        return self.send("POST", self.prefix + page, body + b"--" + line + b"--\r\n",
                         {"Content-Type": "multipart/form-data; boundary=" + line.decode(), **headers})

    def submit(self):
        self.get(f"/ho-so/{self.reference}/kiem-tra")
        return self.post(f"/ho-so/{self.reference}/kiem-tra", consent="1", follow=False)

    def resume(self, reference, secret, **more):
        self.get("/tiep-tuc")
        return self.post("/tiep-tuc", reference=reference, secret=secret, **more)


def wait_until(is_so, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False


PASSWORD = "mua xuan da ve roi"


def totp(key, step=0):
    """The code of now, or of so many steps of 30 seconds before or behind (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(base64.b32decode(key.replace(" ", "")), counter, hashlib.sha1).digest()
    return f"{(struct.unpack('>I', digest[digest[19] & 15:][:4])[0] & 0x7fffffff) % 10**6:06d}"


class Officer(Browser):
    """Somebody who signs in. Each code is taken once: set up with that of the step before, sign in with that of now."""

    def add(self, name, role, *areas):
        """A new account, by the command line; the path of its link."""
        done = run("user", "add", name, f"Ông {name}", "--role", role, *(["--area", ",".join(areas)] if areas else []),
                   "--db", self.server.db, "--json")
        if done.returncode:
            raise SystemExit(f"# user add: {done.stderr}")
        self.name = name
        return "/" + json.loads(done.stdout)["link"].split("/", 3)[3]

    def set_up(self, link):
        self.get(link)
        self.post(link, password=PASSWORD)
        self.key = re.search(r'class="key">([A-Z2-7 ]+)<', self.text).group(1)
        self.codes = re.findall(r"<li>([0-9A-Z]{4}-[0-9A-Z]{4})</li>", self.text)
        self.used, self.used_step = totp(self.key, -1), int(time.time()) // 30 - 1
        return self.post("/can-bo/lop-thu-hai", code=self.used, kept="1", follow=False)

    def sign_in(self, code=None, password=PASSWORD, **fields):
        """With the code of now, or one that was sent before."""
        self.get("/can-bo/dang-nhap")
        fields = {"path": "", "body": "", **fields}
        if not self.post("/can-bo/dang-nhap", name=self.name, password=password, **fields):
            return False
        self.used = code or totp(self.key)
        return self.post("/can-bo/ma-xac-thuc", code=self.used, **fields, follow=False)

    def put_in(self, name, role, *areas):
        """In without the work of signing in: an account and a session, written into the database."""
        self.add(name, role, *areas)
        token = secrets.token_hex(32)
        self.cookies["dxready-desk"] = token
        self.server.sql("UPDATE account SET password_hash = 'x', factor_at = '2026-11-23T08:00:00Z' WHERE name = ?", name)
        self.server.sql("INSERT INTO account_session (id, hash, account, stage, started_at, used_at, proved_at, agent)"
                        " SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM account_session), ?, id, 'open', ?, ?, ?, 'Firefox/140.0'"
                        " FROM account WHERE name = ?", hashlib.blake2b(token.encode(), digest_size=32).digest(),
                        *[int(time.time())] * 3, name)
        return self
