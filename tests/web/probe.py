"""What the tests of the server share: the probe server, raw sockets."""
import os
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tool import finish, report as ok, start  # noqa: E402,F401

SERVER = os.path.join(os.environ.get("OUT", "build"), "web/probe_server")
SECONDS_MAX = 10


class Server:
    def __init__(self, *options, **more):
        self.process, line = start([SERVER, *options], stderr=subprocess.PIPE, **more)
        found = re.fullmatch(r"listening (.*):(\d+)\n", line)
        self.host, self.port = (found.group(1).strip("[]"), int(found.group(2))) if found else (None, None)

    def connect(self, seconds=SECONDS_MAX):
        return socket.create_connection((self.host, self.port), timeout=seconds)

    def stop(self):
        """Stops it; what it counted, and what it said on its error output."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            out, err = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return {}, "did not stop"
        counts = {name: int(number) for name, number in re.findall(r"(\w+)=(\d+)", out.decode())}
        return counts, err.decode() + ("" if self.process.returncode == 0 else f"exit {self.process.returncode}")

    def __enter__(self):
        return self

    def __exit__(self, *what):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def read_all(sock, seconds=SECONDS_MAX):
    """Everything until the other side closes: (bytes, was it closed)."""
    data = b""
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        if left <= 0:
            return data, False
        sock.settimeout(left)
        try:
            piece = sock.recv(1 << 16)
        except socket.timeout:
            return data, False
        except ConnectionError:
            return data, True
        if not piece:
            return data, True
        data += piece


class Replies:
    """Reads one reply after the other from a connection."""

    def __init__(self, sock):
        self.file = sock.makefile("rb")

    def next(self, is_head=False):
        line = self.file.readline()
        if not line:
            return None, {}, b""
        status, headers = int(line.split()[1]), {}
        while (line := self.file.readline()) not in (b"\r\n", b""):
            name, value = line.decode().rstrip("\r\n").split(": ", 1)
            headers[name.lower()] = value
        length = 0 if is_head or status in (204, 304) else int(headers.get("content-length", 0))
        return status, headers, self.file.read(length)


def ask(server, request, is_head=False):
    """Sends one request over its own connection and returns its reply."""
    with server.connect() as sock:
        sock.sendall(request)
        return Replies(sock).next(is_head)


def get(path, *headers, method="GET"):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: probe", *headers, "", ""]).encode()


def post(path, body, *headers):
    return get(path, f"Content-Length: {len(body)}", *headers, method="POST") + body
