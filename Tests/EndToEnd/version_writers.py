"""Clients that write as fast as two registries commit, and count what was applied without remembering each write."""

import itertools
import json
import re
import selectors
import socket
import threading

ENTITY_TAG = re.compile(rb'\r\nETag: "(\d+)"')


class Writer:
    """One connection, which counts up the version of an ICC that no other client changes.

    Each change is sent for one version only (`If-Match`). So the version says how many changes were applied, also those whose
    response was lost: after a lost connection the ICC is read, and has the last version that is known or the next.
    """

    def __init__(self, writers, number, icc):
        self.writers, self.icc, self.version, self.unacknowledged = writers, icc["id"], icc["version"], 0
        self.turns = itertools.count(number)
        self.socket, self.received, self.is_reading = None, b"", True

    def connect(self):
        """Connects to the next instance that accepts a connection, and reads the ICC there."""
        while True:
            registry = self.writers.registries[next(self.turns) % len(self.writers.registries)]
            try:
                self.socket = socket.create_connection(("127.0.0.1", registry.port), timeout=30)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.received = b""
                self.send("GET")
                return
            except OSError:
                continue

    def send(self, method, headers="", body=""):
        self.is_reading = method == "GET"
        self.socket.sendall((
            f"{method} /v1/iccs/{self.icc} HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {self.writers.token}\r\n"
            f"{headers}\r\n{body}").encode())

    def change(self):
        body = json.dumps({"description": f"Version {self.version + 1}"})
        self.send("PATCH", f'If-Match: "{self.version}"\r\nContent-Type: application/merge-patch+json\r\n'
                  f"Content-Length: {len(body)}\r\n", body)

    def receive(self):
        """Returns the status and the version of a response that has arrived whole; None while it has not."""
        chunk = self.socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        length = re.search(rb"\r\nContent-Length: (\d+)", self.received[:end + 2]) if end >= 0 else None
        if length is None or len(self.received) < end + 4 + int(length[1]):
            return None
        tag = ENTITY_TAG.search(self.received[:end + 2])
        status, self.received = int(self.received[9:12]), b""
        return status, tag and int(tag[1])

    def proceed(self):
        """Handles what has arrived. Returns false if the writer ends here: its last change was acknowledged."""
        response = self.receive()
        if response is None:
            return True
        status, version = response
        if status != 200:
            self.writers.others[status] = self.writers.others.get(status, 0) + 1
            self.send("GET")
            return True
        applied = version - self.version
        assert applied in (0, 1) if self.is_reading else applied == 1, (self.icc, self.version, version)
        self.unacknowledged += applied if self.is_reading else 0
        self.version = version
        if self.writers.is_stopping.is_set():
            return False
        self.change()
        return True


class VersionWriters:
    """`count` writers on the registries, which may change meanwhile. `others` counts the responses other than 200."""

    def __init__(self, registries, count):
        self.registries, self.token, self.others = registries, registries[0].token, {}
        self.is_stopping = threading.Event()
        self.writers = [
            Writer(self, number, registries[0].create(name=f"Counted {number}")) for number in range(count)]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        with selectors.DefaultSelector() as selector:
            for writer in self.writers:
                writer.connect()
                selector.register(writer.socket, selectors.EVENT_READ, writer)
            while selector.get_map():
                for key, _ in selector.select(1):
                    self.proceed(selector, key.data)

    @staticmethod
    def proceed(selector, writer):
        old = writer.socket
        try:
            goes_on = writer.proceed()
        except OSError:
            writer.connect()
            goes_on = True
        if goes_on and writer.socket is old:
            return
        selector.unregister(old)
        old.close()
        if goes_on:
            selector.register(writer.socket, selectors.EVENT_READ, writer)

    @property
    def applied(self):
        """The number of versions of all ICCs, each of which has an event."""
        return sum(writer.version for writer in self.writers)

    @property
    def unacknowledged(self):
        """The number of changes that were applied although their response was lost."""
        return sum(writer.unacknowledged for writer in self.writers)

    def end(self, seconds=300):
        """Waits until each writer has an answer to its last change."""
        self.is_stopping.set()
        self.thread.join(seconds)
        assert not self.thread.is_alive()
