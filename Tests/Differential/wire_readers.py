"""The first request in some bytes as h11 and httptools (llhttp, the parser of Node) read it."""

from dataclasses import dataclass

import h11
import httptools


@dataclass
class Message:
    """One request: header names in lower case, values without outer white space, no trailers."""

    method: bytes
    target: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    end: int
    changes_protocol: bool = False


class Refused(Exception):
    """The reader refuses the bytes, or treats them as an incomplete message."""


def field(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    return bytes(name).lower(), bytes(value).strip(b" \t")


def read_with_h11(wire: bytes) -> Message:
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
    connection.receive_data(wire)
    body = b""
    try:
        request = event = connection.next_event()
        while not isinstance(event, h11.EndOfMessage):
            event = connection.next_event()
            if isinstance(event, h11.Data):
                body += event.data
            elif not isinstance(event, h11.EndOfMessage):
                raise Refused(f"h11 waits: {event}")
    except h11.RemoteProtocolError as fault:
        raise Refused(f"h11: {fault}") from fault
    end = len(wire) - len(connection.trailing_data[0])
    headers = [field(name, value) for name, value in request.headers]
    return Message(bytes(request.method), bytes(request.target), headers, body, end)


class _Collector:
    def __init__(self) -> None:
        self.target = self.body = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.in_head = True
        self.begun = self.complete = 0

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_url(self, piece: bytes) -> None:
        self.target += piece

    def on_header(self, name: bytes, value: bytes) -> None:
        if self.in_head:
            self.headers.append(field(name, value))

    def on_headers_complete(self) -> None:
        self.in_head = False

    def on_body(self, piece: bytes) -> None:
        self.body += piece

    def on_message_complete(self) -> None:
        self.complete += 1


def read_with_httptools(wire: bytes, end: int) -> Message:
    """Checks that a message ends at `end` and not a byte earlier: httptools does not report where it ends."""
    message, complete = _feed_httptools(wire[:end])
    if not complete:
        raise Refused(f"httptools waits for more than {end} bytes")
    if not message.changes_protocol and _feed_httptools(wire[: end - 1])[1]:
        raise Refused(f"httptools ends the message before {end} bytes")
    return message


def _feed_httptools(wire: bytes) -> tuple[Message, bool]:
    collector, changes_protocol, end = _Collector(), False, len(wire)
    parser = httptools.HttpRequestParser(collector)
    try:
        parser.feed_data(wire)
    except httptools.HttpParserUpgrade as change:
        changes_protocol, end = True, change.args[0]
    except httptools.HttpParserError as fault:
        raise Refused(f"httptools: {fault}") from fault
    if collector.begun > 1:
        raise Refused("httptools finds a second message")
    message = Message(
        parser.get_method(), collector.target, collector.headers, collector.body, end, changes_protocol)
    return message, collector.complete == 1
