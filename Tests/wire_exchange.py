"""One connection: sends raw bytes and reads the responses as strictly as RFC 9112 defines them."""

import re
import socket
from dataclasses import dataclass

from certificates import TLSSocket

STATUS_LINE = re.compile(rb"HTTP/1\.1 ([1-5]\d\d) [A-Z][A-Za-z -]+")
FIELD_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)")


@dataclass
class Answer:
    """One response: its fields by lower-case name; each name may appear once."""

    status: int
    fields: dict[str, str]
    content: bytes
    head: bytes


class Exchange:
    """A connection to the registry that sends bytes and reads responses."""

    def __init__(self, port, seconds=20, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = TLSSocket(self.socket, tls)
        self.received = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, wire, piece):
        """Sends the bytes, `piece` of them at a time."""
        for start in range(0, len(wire), piece):
            self.socket.sendall(wire[start : start + piece])

    def end(self):
        """Closes the sending direction."""
        self.socket.shutdown(socket.SHUT_WR)

    def rest(self):
        """Everything until the server closes the connection. A reset is an error: it can destroy an earlier response."""
        while part := self.socket.recv(1 << 16):
            self.received += part
        return bytes(self.received)

    def answer(self, is_head=False):
        """The next complete response."""
        head = self._take(self._find(b"\r\n\r\n"))[:-4]
        first, *lines = head.split(b"\r\n")
        status = STATUS_LINE.fullmatch(first)
        assert status, head
        fields = {}
        for line in lines:
            field = FIELD_LINE.fullmatch(line)
            assert field, (line, head)
            name = field[1].decode().lower()
            assert name not in fields, head
            fields[name] = field[2].decode()
        code = int(status[1])
        length = 0 if is_head or code < 200 or code in (204, 304) else int(fields.get("content-length", "-1"))
        assert length >= 0, head
        return Answer(code, fields, self._take(length), head)

    def _find(self, end):
        while (place := self.received.find(end)) < 0:
            self._receive()
        return place + len(end)

    def _take(self, count):
        while len(self.received) < count:
            self._receive()
        taken = bytes(self.received[:count])
        del self.received[:count]
        return taken

    def _receive(self):
        part = self.socket.recv(1 << 16)
        assert part, f"ended in the middle of an answer, or without one: {bytes(self.received)!r}"
        self.received += part
