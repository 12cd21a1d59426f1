"""What a row of the tables of messages says, and the pieces that rows are made of."""

from dataclasses import dataclass

# Stands wherever a row may write what it likes; no field of an answer may hold it.
MIRRORED = b"mirrored"
# Stands for the administrator's token, which is not known before the registry runs.
TOKEN = b"{token}"
HOST = b"Host: registry\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
# Sent behind every row: an answer to it tells where the server thinks that the row ended.
BEHIND = b"GET /healthz HTTP/1.1\r\nHost: behind\r\nX-Request-Id: behind\r\n\r\n"
# An address that exists, one that does not, and one that takes content from whoever may write.
ROUTES = {
    "a route": (b"/healthz", b""), "no route": (b"/" + MIRRORED, b""),
    "a right token": (
        b"/v1/iccs?dryRun=true", b"Authorization: Bearer " + TOKEN + b"\r\nContent-Type: application/json\r\n"),
}
TCHARS = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# RFC 9110 section 5.5: what no value may hold.
CONTROLS = bytes([*range(0x09), *range(0x0A, 0x20), 0x7F])


class Head(int):
    """The status of an answer to HEAD: there is no content behind its fields."""


@dataclass(frozen=True)
class Row:
    """Some bytes, the statuses of the answers to them in order, and whether the connection is kept after that."""

    name: str
    wire: bytes
    statuses: tuple[int, ...]
    is_kept: bool
    # Whether a `100` may come before the answer: it does where the content came later than its head.
    may_continue: bool = False

    @property
    def is_http10(self):
        return self.wire.partition(b"\r\n")[0].endswith(b" HTTP/1.0")


def refused(status, name, wire):
    """A faulty message: one answer, and the connection ends."""
    return Row(name, wire, (status,), is_kept=False)


def taken(name, wire, *statuses, is_kept=True, may_continue=False):
    """Messages without a fault."""
    return Row(name, wire, statuses, is_kept, may_continue)


def line(text, fields=HOST, body=b""):
    """A message of this request line."""
    return text + b"\r\n" + fields + b"\r\n" + body


def get(target=b"/healthz", fields=HOST, body=b"", method=b"GET", version=b"HTTP/1.1"):
    return line(b" ".join((method, target, version)), fields, body)


def with_fields(fields, body=b"", method=b"GET", target=b"/healthz"):
    """A message with these fields besides its `Host`."""
    return get(target, HOST + fields, body, method)


def byte_name(byte):
    return f"byte {byte:#04x}"
