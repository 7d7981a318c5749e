#!/usr/bin/env python3
"""`dxready serve` as what it is to the machine: options, sockets that are handed over, addresses, how it ends."""
import fcntl
import gzip
import http.client
import os
import re
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time
import types

from client import DXREADY, Browser, Server, wait_until
import tool
from tool import finish, report

folder = tempfile.TemporaryDirectory()


def run(*options, lang="vi"):
    done = subprocess.run([DXREADY, "serve", "--lang", lang, *options], capture_output=True, text=True, timeout=20, cwd=folder.name)
    return done.returncode, done.stderr, done.stdout


# ---- what is wrong with the command line ----
BAD = (["--listen", "nonsense"], ["--listen", "127.0.0.1"], ["--listen", "127.0.0.1:99999"], ["--listen", "localhost:80x"],
       ["--public-url", "ftp://cds.example.vn"], ["--public-url", "https://"], ["--public-url", "https://cds.example.vn/a"],
       ["--public-url", "https://cds.example.vn?a"], ["--public-url", "https://a b"], ["--public-url", "cds.example.vn"],
       ["--round", "x!y"], ["--contact"], ["--no-such-thing"], ["more"])
for options in BAD:
    said = {lang: run(*options, lang=lang) for lang in ("vi", "en")}
    report(all(code == 2 and err.count("\n") == 1 and not out for code, err, out in said.values()) and said["vi"][1] != said["en"][1] or
           options == ["more"] and said["vi"][0] == 2, f"serve {' '.join(options)}: one sentence, exit code 2", str(said))
report(os.listdir(folder.name) == [], "nothing was made by any of them", str(os.listdir(folder.name)))
taken = socket.create_server(("127.0.0.1", 0))
code, err, _ = run("--listen", f"127.0.0.1:{taken.getsockname()[1]}", lang="en")
report(code == 3 and err.count("\n") == 1 and "in use" in err, "a port that is taken: a sentence, exit code 3", f"{code} {err}")
code, err, _ = run("--listen", "127.0.0.1:0", "--db", "no/such/folder/a.db")
report(code == 3 and err.count("\n") == 1, "a folder that is not there: exit code 3", f"{code} {err}")
code, err, _ = run("--listen", "127.0.0.1:0", "--data", "no/such/folder")
report(code == 1 and err.count("\n") == 1, "no data: exit code 1", f"{code} {err}")
taken.close()


# ---- an empty folder ----
def can_bind(port):
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


with tempfile.TemporaryDirectory() as empty:
    options = [] if can_bind(8080) else ["--listen", "127.0.0.1:0"]
    process = subprocess.Popen([DXREADY, "serve", *options], cwd=empty, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    url = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    report(url is not None and (options or url.group(1) == "8080"), "without options it serves at 127.0.0.1:8080", line)
    connection = http.client.HTTPConnection("127.0.0.1", int(url.group(1)), timeout=20)
    connection.request("GET", "/readyz")
    report(connection.getresponse().read() == b"ready\n", "with what is built in")
    connection.close()
    process.send_signal(signal.SIGINT)
    report(process.wait(20) == 0, "Ctrl+C ends it with exit code 0")
    report(os.path.exists(os.path.join(empty, "dxready.db")) and os.stat(os.path.join(empty, "dxready.db")).st_size > 0, "and makes dxready.db", str(os.listdir(empty)))


# ---- whose files they are, and who serves ----
os.umask(0o022)
server = Server("--journal", "wal")
one = Browser(server)
one.begin()
modes = {name: oct(os.stat(os.path.join(server.folder.name, name)).st_mode & 0o777) for name in os.listdir(server.folder.name) if name.startswith("test.db")}
report(set(modes) >= {"test.db", "test.db-wal", "test.db-lock"} and all(mode == ("0o700" if name.endswith("evidence") else "0o600") for name, mode in modes.items()),
       "the database and what stands beside it is for nobody else to read", str(modes))
for lang, words in (("vi", "máy chủ dxready serve khác"), ("en", "another dxready serve")):
    code, err, _ = run("--listen", "127.0.0.1:0", "--db", server.db, lang=lang)
    report(code == 1 and err.count("\n") == 1 and words in err, f"a second server of the same database says so ({lang})", f"{code} {err}")
report(one.get(f"/ho-so/{one.reference}"), "and the first goes on")
server.kill()
server.start()
report(one.get(f"/ho-so/{one.reference}"), "one that was killed keeps nobody out")
server.stop()

# ---- style sheets and scripts are short on a slow line ----
server = Server()
one = Browser(server)
one.get("/")
for path in sorted(set(re.findall(r"/static/[0-9a-f]{16}/[^\"]+", one.text))):
    one.get(path)
    plain, told = one.body, one.headers["Content-Encoding"]
    one.get(path, Accept_Encoding="gzip, deflate, br")
    report(told is None and one.headers["Content-Encoding"] == "gzip" and one.headers["Vary"] == "Accept-Encoding" and
           gzip.decompress(one.body) == plain and len(one.body) < len(plain), f"{path[25:]}: compressed for who takes that", str(one.headers))
    one.get(path, Accept_Encoding="gzip;q=0, br")
    report(one.body == plain and one.headers["Content-Encoding"] is None, f"{path[25:]}: and for nobody else", str(one.headers))
server.stop()


# ---- behind https ----
class Handed(Server):
    """Started as a service manager does: with a socket, and another one to be told."""

    def start(self):
        if not self.port:
            self.listener = socket.create_server(("127.0.0.1", self.port))
            self.port = self.listener.getsockname()[1]
            self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self.notices.bind(os.path.join(self.folder.name, "notify"))
            self.notices.settimeout(20)
        super().start(pass_fds=[self.listener.fileno()],
                      env={**os.environ, "NOTIFY_SOCKET": os.path.join(self.folder.name, "notify")})

    def command(self):
        hand_over = f'exec 3<&{self.listener.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" "$@"'
        return ["/bin/sh", "-c", hand_over, DXREADY, "serve", "--listen", "203.0.113.7:1", "--db", self.db, *self.options]


server = Handed("--round", "2026", "--public-url", "https://cds.example.vn", "--behind-proxy")
report("https://cds.example.vn/" in server.line, "it says the address that people use", server.line)
report(server.notices.recv(100) == b"READY=1", "a socket is handed over: it says READY=1")
one = Browser(server)
report(one.get("/readyz") and one.text == "ready\n", "and serves there, not at --listen")
one.get("/bat-dau")
set_cookies = one.headers.get_all("Set-Cookie")
report(len(set_cookies) == 1 and re.fullmatch(r"__Host-dxready=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax; Secure", set_cookies[0]) is not None,
       "cookies are __Host- and Secure", str(set_cookies))
one.begin()
report(all(name.startswith("__Host-dxready") for name in one.cookies) and len(one.cookies) == 2, "all of them", str(one.cookies))
report("https://cds.example.vn/tiep-tuc" in one.text and f":{server.port}" not in one.text, "links lead there", one.text[-1500:])
one.get(f"/ho-so/{one.reference}/the.pdf")
with tempfile.TemporaryDirectory() as papers:
    with open(os.path.join(papers, "card.pdf"), "wb") as file:
        file.write(one.body)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "card.pdf", "card"], cwd=papers, check=True)
    page = [name for name in os.listdir(papers) if name.endswith(".png")][0]
    read = subprocess.run(["zbarimg", "--quiet", "--raw", page], cwd=papers, capture_output=True, text=True).stdout
report(read.strip() == f"https://cds.example.vn/tiep-tuc?ma={one.reference}", "and so does the code on the card", read)
one.get(f"/ho-so/{one.reference}/thong-tin/1")
report(one.post(f"/ho-so/{one.reference}/thong-tin/1", name="Tiệm", headers={"Origin": "https://cds.example.vn"}), "forms of that address are taken", one.text[-500:])
report(not one.post(f"/ho-so/{one.reference}/thong-tin/1", name="Tiệm", headers={"Origin": "https://evil.example"}) and one.status == 403, "of others not")
for address in ("198.51.100.1", "198.51.100.2"):
    one.send("GET", "/tro-giup", headers={"X-Forwarded-For": f"203.0.113.9, {address}"})
wait_until(lambda: server.logged().count("route=/tro-giup ") == 2)  # a line is written after its answer
clients = re.findall(r"route=/tro-giup .*client=(\w+)", server.logged())
report(len(clients) == 2 and clients[0] != clients[1], "behind a proxy clients are told apart", server.logged()[-600:])
report(server.stop() == 0 and server.notices.recv(100) == b"STOPPING=1", "it says STOPPING=1")
report(socket.create_connection(server.listener.getsockname(), timeout=5) is not None, "the socket of the manager goes on to listen")
server.listener.close()

# ---- who came before it was there ----
# A manager listens first: whoever comes meanwhile is served by threads that have only just begun.
STARTS, WAITING = 24, 12  # of 40 starts 3 died
died = []
server = Handed("--round", "2026")
report(server.notices.recv(100) == b"READY=1", "it is there")
for _ in range(STARTS):
    server.stop()
    waiting = [socket.create_connection(server.listener.getsockname(), timeout=20) for _ in range(WAITING)]
    for one in waiting:
        one.sendall(b"POST /thoat HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nContent-Length: 7\r\nConnection: close\r\n"
                    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken=a")
    server.start()
    server.notices.recv(100), server.notices.recv(100)  # of the last end and of this start
    answers = [one.recv(30) for one in waiting]
    died += [answer for answer in answers if not answer.startswith(b"HTTP/1.1 403")]
report(not died and server.stop() == 0, f"{STARTS} starts with {WAITING} forms that wait already: each is answered", str(died))
server.listener.close()

# ---- a log that nobody reads ----
def full_pipe():
    """A pipe in which there is no room for a byte."""
    out, into = os.pipe()
    fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(into, False)
    os.write(into, b"." * 4096)
    os.set_blocking(into, True)
    return out, into


free = socket.create_server(("127.0.0.1", 0))
port = free.getsockname()[1]
free.close()
(out, said), (log, logged) = full_pipe(), full_pipe()
with tempfile.TemporaryDirectory() as quiet:
    process = subprocess.Popen([DXREADY, "serve", "--listen", f"127.0.0.1:{port}", "--db", os.path.join(quiet, "a.db")], stdout=said, stderr=logged)
    server = types.SimpleNamespace(port=port)
    one, answers = Browser(server), []
    report(wait_until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0), "it serves, though nobody reads what it says")
    try:
        for _ in range(150):  # more lines than wait in memory
            answers.append(one.get("/tro-giup") and one.status)
    except OSError as error:
        answers.append(str(error))
    report(answers == [200] * 150, "each of 150 requests is answered, though nobody reads the log", str(answers[-3:]))
    os.read(log, 4096)
    one.get("/tro-giup")
    lines = b""
    while b"evt=log lost=" not in lines and wait_until(lambda: select.select([log], [], [], 0)[0], 3):
        lines += os.read(log, 4096)
        one.get("/tro-giup")
    report(re.search(rb"lvl=warn evt=log lost=\d+\n", lines) is not None, "who reads again is told how many lines were lost", lines[-300:].decode())
    os.set_blocking(logged, False)
    try:
        while os.write(logged, b"." * 4096):
            pass
    except BlockingIOError:
        pass
    os.set_blocking(logged, True)
    process.send_signal(signal.SIGTERM)
    try:
        report(process.wait(15) == 0, "and it ends when it is asked to")
    except subprocess.TimeoutExpired:
        report(process.kill() is not None, "and it ends when it is asked to", "it did not")
for end in (out, said, log, logged):
    os.close(end)

# ---- the end, while people submit ----
server = Server("--round", "2026")
people = [Browser(server) for _ in range(18)]
for number, person in enumerate(people):
    person.begin(form="household", questionnaire="household-quick@1")
    person.fact(1, name=f"Hộ Kinh Doanh Số {number}", area="hai-duong")
    person.answer_all()
    person.get(f"/ho-so/{person.reference}/kiem-tra")


def submit(person):
    try:
        person.was_told = person.post(f"/ho-so/{person.reference}/kiem-tra", consent="1", follow=False) and person.status == 303
    except (OSError, http.client.HTTPException):
        person.was_told = False


told = 0
for group, delay in ((people[:6], 0.004), (people[6:12], 0.02), (people[12:], 1.0)):
    threads = [threading.Thread(target=submit, args=[person]) for person in group]
    for thread in threads:
        thread.start()
    time.sleep(delay)
    code = server.stop()
    for thread in threads:
        thread.join()
    stored = {int(row[0]) for row in server.sql("SELECT id FROM dossier WHERE state = 'submitted'")}
    lost = [p.reference for p in group if p.was_told and int(p.reference[4:6]) * 1000000 + int(p.reference[7:13]) not in stored]
    told += sum(person.was_told for person in group)
    report(code == 0 and not lost, f"SIGTERM after {delay * 1000:.0f} ms: what was acknowledged is there", f"{code} {lost}")
    server.start()
counts = server.sql("SELECT (SELECT count(*) FROM dossier WHERE state = 'submitted'), (SELECT count(*) FROM assessment), "
                    "(SELECT count(*) FROM dossier WHERE state = 'submitted' AND assessment IS NULL)")[0]
report(counts[0] == counts[1] and counts[2] == 0 and counts[0] >= told > 0, "and nothing is half there", f"{told} {counts}")
for person in people:
    if not person.was_told:
        submit(person)
report(server.sql("SELECT count(*) FROM assessment")[0][0] == 18, "who was not answered sends it again", str([p.status for p in people]))

# ---- backup and restore, as docs/serve.md tells ----
with tempfile.TemporaryDirectory() as backup:
    copy, packed = os.path.join(backup, "dxready.db"), os.path.join(backup, "dxready.tar")
    done = tool.run("backup", "--db", server.db, packed)
    report(done.returncode == 0 and people[0].get(f"/ho-so/{people[0].reference}"), "a backup is made while it serves", done.stderr)
    report(server.stop() == 0, "it ends in peace")
    done = tool.run("restore", "--db", copy, packed)
    report(done.returncode == 0, "and brought back", done.stderr)
    restored = Server.__new__(Server)
    restored.folder, restored.db, restored.options, restored.port = server.folder, copy, server.options, 0
    restored.start()
    report(subprocess.run(["sqlite3", copy, "PRAGMA integrity_check"], capture_output=True, text=True).stdout == "ok\n", "the copy is whole")
    person = people[0]
    person.server = restored
    report(person.get(f"/ho-so/{person.reference}/ket-qua"), "restored, it serves what was there, and sessions go on", person.text[-300:])
    stranger = Browser(restored)
    report(stranger.resume(person.reference, person.secret), "also to who comes with reference and secret", stranger.text[-300:])
    restored.stop()
finish()
