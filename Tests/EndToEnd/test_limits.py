"""Every limit of the configuration, by default and configured: a request at the limit, and one past it."""

import re
import socket
import threading

import pytest

from waiting import until

HEAD = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
POST = b"POST /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"


def target(length):
    return b"GET /" + b"a" * (length - 1) + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def head(length):
    lines = b"".join(b"X: " + b"a" * 495 + b"\r\n" for _ in range((length - len(HEAD) - 2) // 500 - 1))
    return HEAD + lines + b"Y: " + b"a" * (length - len(HEAD) - len(lines) - 7) + b"\r\n\r\n"


def header_line(length):
    return HEAD + b"X: " + b"a" * (length - 3) + b"\r\n\r\n"


def header_lines(count):
    return HEAD + b"X: a\r\n" * (count - 2) + b"\r\n"


def body(length):
    return POST + b"Content-Length: %d\r\n\r\n" % length + b"a" * length


def announced_body(length):
    """A POST without its body: the server refuses the length before the body is sent."""
    return POST + b"Content-Length: %d\r\n\r\n" % length


def chunks(length):
    half = length // 2
    return (POST + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % half + b"a" * half
            + b"\r\n%x\r\n" % (length - half) + b"a" * (length - half) + b"\r\n0\r\n\r\n")


# The key, its value (None for the default), the limit, the requests of a size at and past it, and the statuses of both.
ROWS = [
    ("max-target-bytes", None, 8000, target, target, 404, 414), ("max-target-bytes", 2000, 2000, target, target, 404, 414),
    ("max-head-bytes", None, 16_384, head, head, 200, 431), ("max-head-bytes", 5000, 5000, head, head, 200, 431),
    ("max-header-line-bytes", 2000, 2000, header_line, header_line, 200, 431),
    ("max-header-lines", None, 100, header_lines, header_lines, 200, 431),
    ("max-header-lines", 30, 30, header_lines, header_lines, 200, 431),
    ("max-body-bytes", None, 65_536, body, announced_body, 404, 413),
    ("max-body-bytes", 100_000, 100_000, body, announced_body, 404, 413),
    ("max-body-bytes", None, 65_536, chunks, chunks, 404, 413),
    ("max-body-bytes", 100_000, 100_000, chunks, chunks, 404, 413),
]


def connect(registry):
    client = socket.create_connection(("127.0.0.1", registry.port))
    client.settimeout(20)
    return client


def read_to_end(client):
    return b"".join(iter(lambda: client.recv(65_536), b""))


def answer(registry, request):
    with connect(registry) as client:
        client.sendall(request)
        return read_to_end(client)


@pytest.mark.parametrize(("key", "value", "limit", "at", "past", "status", "refusal"), ROWS)
def test_a_message_at_the_limit_and_past_it(start, key, value, limit, at, past, status, refusal):
    registry = start(*(() if value is None else (f"--{key}", value)))
    assert answer(registry, at(limit)).startswith(b"HTTP/1.1 %d " % status)
    refused = answer(registry, past(limit + 1))
    assert refused.startswith(b"HTTP/1.1 %d " % refusal) and b"Connection: close" in refused
    assert re.search(rb'"detail":"[^"]* more than %d [a-z ]+\."' % limit, refused), refused


@pytest.mark.parametrize("limit", [None, 3])
def test_requests_on_one_connection(start, limit):
    registry = start(*(("--max-requests-per-connection", limit) if limit else ()))
    count = limit or 100_000
    with connect(registry) as client:
        sender = threading.Thread(target=client.sendall, args=(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" * (count + 1),))
        sender.start()
        answers = read_to_end(client)
        sender.join()
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == count
    assert answers.count(b"\r\nConnection: close\r\n") == 1
    assert answers.rindex(b"HTTP/1.1 ") < answers.index(b"\r\nConnection: close\r\n")


def test_connections_per_address(start):
    registry = start("--max-connections-per-address", 3)
    held = [connect(registry) for _ in range(3)]
    for client in held:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")
    refused = answer(registry, HEAD + b"\r\n")
    assert refused.startswith(b"HTTP/1.1 429 ") and b"\r\nRetry-After: " in refused
    held.pop().close()
    until(lambda: answer(registry, HEAD + b"\r\n").startswith(b"HTTP/1.1 200 "), "the closed connection's place")


def test_total_connections(start):
    registry = start("--max-connections", 8, "--threads", 1)
    idle = [connect(registry) for _ in range(8)]
    for client in idle:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")
    assert answer(registry, HEAD + b"\r\n").startswith(b"HTTP/1.1 200 ")
    assert idle[0].recv(1) == b""
    for client in idle[1:]:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200 ")
