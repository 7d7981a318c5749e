#!/usr/bin/env python3
"""What is shipped beside the program: units of systemd, and nginx in front of the server."""
import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import urllib.parse

from client import DXREADY, Browser, Server, free_port, wait_until
from tool import finish, report

folder = tempfile.TemporaryDirectory()
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n" + b"% \n" * (1 << 20) + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def path(name):
    return os.path.join(folder.name, name)


def read(name):
    with open(name, encoding="utf-8") as file:
        return file.read()


# ---- units ----
unit = read("dist/dxready.service").replace("@bindir@/dxready", DXREADY)
options = re.findall(r"--[a-z-]+", re.search(r"^ExecStart=(.*)$", unit, re.M).group(1))
known = subprocess.run([DXREADY, "serve", "--help"], capture_output=True, text=True).stdout
report(options and all(option in known for option in options), "the service starts the program with options that it has", str(options))
report("@" not in re.sub(r"~?@(system-service|privileged|resources)", "", unit), "no place is left to be filled in")
with open(path("dxready.service"), "w", encoding="utf-8") as file:
    file.write(unit)
shutil.copy("dist/dxready.socket", path("dxready.socket"))
if shutil.which("systemd-analyze"):
    done = subprocess.run(["systemd-analyze", "verify", path("dxready.service"), path("dxready.socket")], capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if folder.name in line or "dxready" in line]
    report(not said, "systemd understands both units", "\n".join(said))
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=15", path("dxready.service")], capture_output=True, text=True)
    report(done.returncode == 0, "and calls the service safe (1.5 at the most)", done.stdout[-300:] + done.stderr)
else:
    report(True, "systemd understands both units # SKIP systemd-analyze is not here")


# ---- nginx ----
class Https(Browser):
    """Comes through the proxy."""

    def send(self, method, where, body=None, headers=None, port=None):
        context = ssl.create_default_context(cafile=path("cert.pem"))
        connection = http.client.HTTPSConnection("localhost", port or https, timeout=60, context=context)
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection.request(method, urllib.parse.urlsplit(where)._replace(scheme="", netloc="").geturl(), body, headers)
        reply = connection.getresponse()
        self.raw = self.body = reply.read()
        if reply.headers.get("Content-Encoding") == "gzip":
            self.body = gzip.decompress(self.raw)
        self.status, self.headers, self.path, self.text = reply.status, reply.headers, where, self.body.decode("utf-8", "replace")
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.text)
        self.token = found.group(1) if found else self.token
        self.base = (re.findall(r'name="base" value="([0-9a-f]*)"', self.text) or [""])[0]
        connection.close()
        return self.status < 400


def configure(server):
    """The file as it is shipped, but for names, ports and certificates."""
    text = read("dist/nginx.conf")
    for old, new in (("127.0.0.1:8080", f"127.0.0.1:{server.port}"), ("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ", f"listen 127.0.0.1:{https} "),
                     ("server_name cds.example.vn", "server_name localhost"), ("/etc/ssl/certs/cds.example.vn.pem", path("cert.pem")),
                     ("/etc/ssl/private/cds.example.vn.key", path("key.pem"))):
        if old not in text:
            raise SystemExit(f"# dist/nginx.conf has no '{old}'")
        text = text.replace(old, new)
    text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
    temporary = "".join(f"{kind}_temp_path {path(kind)};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    with open(path("nginx.conf"), "w", encoding="utf-8") as file:
        file.write("user root;\n" if os.getuid() == 0 else "")
        file.write(f"daemon off;\nworker_processes 1;\npid {path('pid')};\nerror_log {path('error.log')};\nevents {{ worker_connections 64; }}\n"
                   f"http {{\ndefault_type application/octet-stream;\n{temporary}{text}\n}}\n")


if not shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:" + os.environ["PATH"]) or not shutil.which("openssl"):
    report(True, "nginx in front of the server # SKIP nginx or openssl is not here")
    finish()
subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", path("key.pem"), "-out", path("cert.pem")], check=True, capture_output=True)
plain, https = free_port(), free_port()


class Behind(Server):
    """Says the address that people use, so its own port has to be known before."""

    def start(self):
        self.port = free_port()
        super().start()


server = Behind("--round", "2026", "--behind-proxy", "--public-url", f"https://localhost:{https}")
configure(server)
nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:" + os.environ["PATH"])
done = subprocess.run([nginx, "-t", "-q", "-e", path("error.log"), "-c", path("nginx.conf")], capture_output=True, text=True)
report(done.returncode == 0 and not done.stderr, "nginx takes the file without a warning", done.stderr)
proxy = subprocess.Popen([nginx, "-e", path("error.log"), "-c", path("nginx.conf")], stderr=subprocess.DEVNULL)


def answers():
    try:
        socket.create_connection(("127.0.0.1", https), timeout=1).close()
    except OSError:
        return False
    return True


try:
    wait_until(answers)
    connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=20)
    connection.request("GET", "/tro-giup?a=b", headers={"Host": "localhost"})
    reply = connection.getresponse()
    report(reply.status == 301 and reply.headers["Location"] == "https://localhost/tro-giup?a=b", "http leads to https", str(reply.headers))
    connection.close()
    one = Https(server)
    one.send("GET", "/", headers={"Accept-Encoding": "gzip"})
    report(one.status == 200 and one.headers["Content-Encoding"] == "gzip" and len(one.raw) < len(one.body) / 2, "pages are compressed", str(one.headers))
    report(one.headers["Strict-Transport-Security"] == "max-age=31536000" and "default-src 'none'" in one.headers["Content-Security-Policy"],
           "HSTS stands beside the headers of the program", str(one.headers))
    style = re.search(r'href="(/static/[^"]+\.css)"', one.text).group(1)
    one.send("GET", style, headers={"Accept-Encoding": "gzip"})
    report(one.headers["Content-Encoding"] == "gzip" and "immutable" in one.headers["Cache-Control"], "so are style sheets, and they may be kept", str(one.headers))
    one.begin(questionnaire="household-quick@1")
    report(all(name.startswith("__Host-") for name in one.cookies), "a dossier is begun through the proxy", str(one.cookies))
    one.get(f"/ho-so/{one.reference}/thong-tin/1")
    report(one.post(f"/ho-so/{one.reference}/thong-tin/1", name="Tiệm", headers={"Origin": f"https://localhost:{https}"}), "forms arrive, with their origin", one.text[-300:])
    report(one.upload("1.1", PDF) and one.status == 303, "a file of evidence of 3 MB arrives", f"{one.status} {one.text[-300:]}")
    one.upload("1.1", PDF + b" " * (3 << 20))
    report(one.status == 413, "one of 6 MB is refused by the proxy already", str(one.status))
    one.get(f"/ho-so/{one.reference}/the.pdf")
    report(one.body[:5] == b"%PDF-", "papers arrive")
    for spoofed in ("198.51.100.1", "198.51.100.2"):
        one.send("GET", "/tro-giup", headers={"X-Forwarded-For": spoofed})
    wait_until(lambda: server.logged().count("route=/tro-giup ") == 2)  # a line is written after its answer
    clients = re.findall(r"route=/tro-giup .*client=(\w+)", server.logged())
    report(len(clients) == 2 and clients[0] == clients[1], "who writes X-Forwarded-For is not believed", str(clients))
    one.send("GET", "/readyz")
    report(one.text == "ready\n", "/readyz is there for this machine")
    one.send("GET", "/gi-do")
    report(one.status == 404 and "Về trang đầu" in one.text and one.headers["Strict-Transport-Security"], "faults are told by the program, with HSTS", one.text[-300:])
finally:
    proxy.terminate()
    proxy.wait(20)
report(not re.search(r"\[(warn|error|crit|alert|emerg)\](?!.*too large body)", read(path("error.log"))), "nginx had nothing to say", read(path("error.log"))[-600:])
report(server.stop() == 0, "the server ends in peace")
finish()
