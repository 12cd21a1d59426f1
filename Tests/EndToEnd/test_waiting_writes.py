"""Writes that wait for a disk: what waits too long is refused, what is abandoned is dropped, and neither is ever applied."""

import contextlib
import json
import re
import socket

from faulty_disk import FaultyDisk, waiting_create
from registry_process import ARTICLE
from waiting import until

# Few enough to be sent within a second on a slow machine: a write waits for five at most.
COUNT = 100


def waiting_writes(registry):
    metrics = registry.call("GET", "/metrics")[2].decode()
    return int(re.search(r"^icc_registry_writes_waiting (\d+)", metrics, re.MULTILINE).group(1))


def create(registry, name):
    """Sends a create on a connection of its own."""
    body = json.dumps({**ARTICLE, "name": name})
    connection = socket.create_connection(("127.0.0.1", registry.port), timeout=60)
    connection.sendall((
        f"POST /v1/iccs HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {registry.token}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
    return connection


def start_with_waiting_creates(registry, connections):
    """Sends a create, whose sync hangs, and then many that wait for the writer."""
    first = waiting_create(registry)
    until(lambda: registry.call("GET", "/readyz")[0] == 503, "the stalled writer", 10)
    before = waiting_writes(registry)
    for number in range(COUNT):
        connections.append(create(registry, f"waiting {number}"))
    return first, before


def names(registry):
    found, cursor = [], ""
    while cursor is not None:
        page = registry.get("/v1/iccs?limit=200" + (f"&cursor={cursor}" if cursor else ""))
        found += [item["name"] for item in page["items"]]
        cursor = page["nextCursor"]
    return found


def test_creates_of_clients_that_have_gone_are_never_committed(start, tmp_path):
    disk = FaultyDisk(tmp_path)
    registry = start(environment=disk.environment)
    connections = []
    with disk.hangs("fdatasync"):
        first, before = start_with_waiting_creates(registry, connections)
        until(lambda: waiting_writes(registry) >= before + COUNT, "the writes to wait", 4)
        for connection in connections:
            connection.close()
        until(lambda: waiting_writes(registry) <= before, "the abandoned writes to be dropped", 30)
    assert first.wait(30) == 0
    registry.create(name="after")
    assert sorted(names(registry)) == ["after", "waits"]


def test_creates_that_wait_too_long_get_503_and_are_never_committed(start, tmp_path):
    disk = FaultyDisk(tmp_path)
    registry = start(environment=disk.environment)
    with contextlib.ExitStack() as stack, disk.hangs("fdatasync"):
        connections = []
        first, _ = start_with_waiting_creates(registry, connections)
        for connection in connections:
            stack.enter_context(connection)
        answers = [connection.makefile("rb").read() for connection in connections]
    assert all(answer.startswith(b"HTTP/1.1 503 ") and b"\r\nRetry-After: 1\r\n" in answer for answer in answers), answers[0]
    assert first.wait(30) == 0
    assert registry.create(name="waiting 0")["version"] == 1
    assert sorted(names(registry)) == ["waiting 0", "waits"]
    assert registry.stop() == 0
