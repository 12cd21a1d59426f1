"""Writes that wait for a disk, or for another instance's lock: what waits too long is refused, what is abandoned is dropped, and neither is ever applied."""

import contextlib
import json
import re
import socket

import pytest

from faulty_disk import FaultyDisk, waiting_create
from postgresql_server import holding
from registry_process import ARTICLE
from waiting import until

pytestmark = pytest.mark.both_stores

# Few enough to be sent within a second on a slow machine: a write waits for five at most.
COUNT = 100


class HangingDisk:
    """The commits of an SQLite database can be made to hang."""

    # The first create hangs in its commit, which nothing can take back.
    first_statuses = {"201"}

    def __init__(self, folder):
        self.disk = FaultyDisk(folder)
        self.environment = self.disk.environment

    def hangs(self, registry):
        return self.disk.hangs("fdatasync")


class HeldLock:
    """The writes to a PostgreSQL database can be made to wait for the lock of all writers, which somebody else keeps."""

    environment = None
    # The first create too waits for the lock, perhaps for too long.
    first_statuses = {"201", "503"}

    def hangs(self, registry):
        return holding(registry.database, "SELECT pg_advisory_xact_lock(1229145938, 1)")


@pytest.fixture
def store(postgresql, tmp_path):
    return HeldLock() if postgresql else HangingDisk(tmp_path)


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


def kept_of(first, store):
    """The names that are stored of the first create: its own if it was acknowledged."""
    status, _ = first.communicate(timeout=30)
    assert status in store.first_statuses
    return ["waits"] if status == "201" else []


def names(registry):
    found, cursor = [], ""
    while cursor is not None:
        page = registry.get("/v1/iccs?limit=200" + (f"&cursor={cursor}" if cursor else ""))
        found += [item["name"] for item in page["items"]]
        cursor = page["nextCursor"]
    return found


def test_creates_of_clients_that_have_gone_are_never_committed(start, store):
    registry = start(environment=store.environment)
    connections = []
    with store.hangs(registry):
        first, before = start_with_waiting_creates(registry, connections)
        until(lambda: waiting_writes(registry) >= before + COUNT, "the writes to wait", 4)
        for connection in connections:
            connection.close()
        until(lambda: waiting_writes(registry) <= before, "the abandoned writes to be dropped", 30)
    kept = kept_of(first, store)
    registry.create(name="after")
    assert sorted(names(registry)) == ["after", *kept]


def test_creates_that_wait_too_long_get_503_and_are_never_committed(start, store):
    registry = start(environment=store.environment)
    with contextlib.ExitStack() as stack, store.hangs(registry):
        connections = []
        first, _ = start_with_waiting_creates(registry, connections)
        for connection in connections:
            stack.enter_context(connection)
        answers = [connection.makefile("rb").read() for connection in connections]
    assert all(answer.startswith(b"HTTP/1.1 503 ") and b"\r\nRetry-After: 1\r\n" in answer for answer in answers), answers[0]
    kept = kept_of(first, store)
    assert registry.create(name="waiting 0")["version"] == 1
    assert sorted(names(registry)) == ["waiting 0", *kept]
    assert registry.stop() == 0
