"""The rows of the tables of messages, and the pieces that rows consist of."""

from dataclasses import dataclass

# Placed wherever a row can choose the content; no field of a response may contain it.
MIRRORED = b"mirrored"
# A placeholder for the administrator's token, which is unknown before the registry runs.
TOKEN = b"{token}"
HOST = b"Host: registry\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
# Sent after every row: the response to it shows where the server thinks that the row ended. It asks for the page of a code
# that no row asks for.
CODE_BEHIND = "verification.queue-full"
BEHIND = f"GET /problems/{CODE_BEHIND} HTTP/1.1\r\nHost: behind\r\n\r\n".encode()
# A path that exists, one that does not, and one that accepts content from an authorised client.
ROUTES = {
    "a route": (b"/healthz", b""), "no route": (b"/" + MIRRORED, b""),
    "a right token": (
        b"/v1/iccs?dryRun=true", b"Authorization: Bearer " + TOKEN + b"\r\nContent-Type: application/json\r\n"),
}
TCHARS = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# RFC 9110 section 5.5: bytes that are not allowed in a value.
CONTROLS = bytes([*range(0x09), *range(0x0A, 0x20), 0x7F])


class Head(int):
    """The status of a response to HEAD: no content follows its fields."""


@dataclass(frozen=True)
class Row:
    """Bytes to send, the expected statuses in order, and whether the connection stays open afterwards."""

    name: str
    wire: bytes
    statuses: tuple[int, ...]
    is_kept: bool
    # Whether a `100` may precede the response: it does if the content arrives after its head.
    may_continue: bool = False

    @property
    def is_http10(self):
        return self.wire.partition(b"\r\n")[0].endswith(b" HTTP/1.0")


def refused(status, name, wire):
    """An invalid message: one response, and the connection ends."""
    return Row(name, wire, (status,), is_kept=False)


def taken(name, wire, *statuses, is_kept=True, may_continue=False):
    """Valid messages."""
    return Row(name, wire, statuses, is_kept, may_continue)


def line(text, fields=HOST, body=b""):
    """A message with this request line."""
    return text + b"\r\n" + fields + b"\r\n" + body


def get(target=b"/healthz", fields=HOST, body=b"", method=b"GET", version=b"HTTP/1.1"):
    return line(b" ".join((method, target, version)), fields, body)


def with_fields(fields, body=b"", method=b"GET", target=b"/healthz"):
    """A message with `Host` and these fields."""
    return get(target, HOST + fields, body, method)


def byte_name(byte):
    return f"byte {byte:#04x}"
