"""The servers that are compared: the registry, bare servers in C, and a peer in Go; and the databases that they read."""

import contextlib
import functools
import http.client
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
PEER_TABLE = """CREATE TABLE iccs(
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, user_arn TEXT NOT NULL, session_name TEXT NOT NULL,
  bucket_name TEXT NOT NULL, prefix TEXT NOT NULL, external_id TEXT NOT NULL, created_at TEXT NOT NULL) STRICT, WITHOUT ROWID"""


def build_c(folder):
    """Compiles the programs in C."""
    def compile_c(name, *words):
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", folder / name, *words], check=True)

    def source(*names):
        return [HERE / "peers/c" / name for name in names]

    compile_c("seed", *source("seed.c", "rows.c", "json.c"), "-lsqlite3", "-lcrypto")
    compile_c("server", *source("server.c", "rows.c", "json.c"), "-lsqlite3", "-lcrypto", "-lpthread")
    compile_c("floor", *source("floor.c"), "-lpthread")


def build_go(folder):
    """Compiles the peer in Go."""
    subprocess.run(
        ["go", "build", "-tags", "libsqlite3", "-o", folder / "gopeer", "."], cwd=HERE / "peers/go", check=True,
        env=os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "gocache")})


class Seeded:
    """A registry's database with this many ICCs, its token and its identifiers."""

    def __init__(self, binary, programs, folder, count):
        folder.mkdir()
        self.path, self.ids, self.count = folder / "registry.db", folder / "ids", count
        run = lambda *words: subprocess.run([binary, *words, "--database", self.path], check=True, capture_output=True, text=True)
        run("migrate")
        self.token = run("token", "create", "--role", "admin", "--name", "benchmark").stdout.strip()
        started = time.monotonic()
        subprocess.run([programs / "seed", self.path, str(count), self.ids], check=True)
        self.seconds = time.monotonic() - started

    def sample(self, count, random):
        """Some of the identifiers, in a file of their own."""
        ids = self.ids.read_text().split()
        path = self.ids.with_name("sample")
        path.write_text("\n".join(random.sample(ids, min(count, len(ids)))) + "\n")
        return path

    def copy(self):
        """The same database for a peer that writes to it."""
        path = self.path.with_name("copy.db")
        # The log and the index of an earlier copy do not belong to this one.
        for old in path.parent.glob("copy.db*"):
            old.unlink()
        subprocess.run(["cp", "--reflink=auto", self.path, path], check=True)
        return path

    def peer_table(self):
        """The ICCs in the single table of the peer in Go."""
        path = self.path.with_name("peer.db")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(PEER_TABLE)
            database.execute("ATTACH ? AS registry", (str(self.path),))
            database.execute(
                "INSERT INTO main.iccs SELECT id, name, user_arn, session_name, bucket_name, prefix, lower(hex(external_id)),"
                " strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') FROM registry.iccs ORDER BY id")
        return path

    def drop_from_cache(self):
        """Makes the next start read from the disk."""
        for path in self.path.parent.glob("registry.db*"):
            with open(path, "rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class Server:
    """A running server: its process, its address, its token, if it has any, and the context of its clients, if it uses TLS."""

    def __init__(self, words, port=None, token=None, output=subprocess.DEVNULL, tls=None):
        self.token, self.started, self.tls = token, time.monotonic(), tls
        self.process = subprocess.Popen(
            [str(word) for word in words], stdin=subprocess.DEVNULL, stdout=output if port else subprocess.PIPE, stderr=output)
        self.port = port or int(self.process.stdout.readline())
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"

    def wait(self, seconds=600):
        """Waits for the first response; returns the milliseconds since the start."""
        while time.monotonic() < self.started + seconds:
            assert self.process.poll() is None, "the server ended"
            with contextlib.suppress(OSError):
                self.call("/healthz")
                return (time.monotonic() - self.started) * 1000
            time.sleep(0.0005)
        raise TimeoutError("the server did not answer")

    def call(self, path):
        """Returns the content of a GET that must succeed."""
        kind = functools.partial(http.client.HTTPSConnection, context=self.tls) if self.tls else http.client.HTTPConnection
        with contextlib.closing(kind("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"} if self.token else {})
            response = connection.getresponse()
            content = response.read()
            assert response.status == 200, (path, response.status, content)
            return content

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


# A seeded database has more ICCs in one organisation than a registry allows by default.
UNLIMITED = ("--max-iccs-per-organisation", "0", "--max-idempotency-keys-per-token", "0")


@contextlib.contextmanager
def registry(binary, seeded, *settings, database=None, tls=None):
    """The registry on a port that is known beforehand, so that its start can be timed. Its log goes to a file.

    `database` is another database with the same ICCs and tokens; `tls` is the context of clients, if the settings use TLS.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(seeded.path.with_name("log"), "ab") as log:
        server = Server(
            [binary, "serve", "--listen", f"127.0.0.1:{port}", "--database", database or seeded.path, *UNLIMITED, *settings],
            port, seeded.token, log, tls)
        try:
            server.first_response = server.wait()
            yield server
        finally:
            server.stop()
            assert server.process.returncode == 0, "the registry did not stop cleanly: see its log"


@contextlib.contextmanager
def peer(*words):
    """A peer that prints its port."""
    server = Server(words)
    try:
        yield server
    finally:
        server.stop()


def whole_response(server, path):
    """The bytes of a response as they come from the socket."""
    request = f"GET {path} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {server.token}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request.encode())
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0 or len(received) < end + 4 + content_length(received):
            received += connection.recv(65536)
    assert received.startswith(b"HTTP/1.1 200 "), received
    return received


def content_length(response):
    return int(re.search(rb"Content-Length: (\d+)", response).group(1))


def free_megabytes(folder):
    return shutil.disk_usage(folder).free >> 20
