"""A database too large for a check of all its pages at the start: the check runs while the server serves."""

import contextlib
import json
import sqlite3

import pytest

from faulty_disk import FaultyDisk
from waiting import until

# Far more than the size up to which a start waits for the check, so that the check takes some time.
LARGE = 64 << 20


@contextlib.contextmanager
def opened(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


@pytest.fixture
def database(stopped_registry):
    """The large database of a stopped registry, and its token."""
    with opened(stopped_registry.database) as connection:
        connection.execute(
            "INSERT INTO verifications (icc, started_at, icc_version, verdict, document)"
            " SELECT min(seq), 0, 1, 'failing', '{' || hex(zeroblob(?)) FROM iccs", (LARGE // 2,))
    return stopped_registry.database, stopped_registry.token


def overwrite(path, object_name):
    """Overwrites the first page of a table or an index with content that no page has."""
    with opened(path) as connection:
        page, = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (object_name,)).fetchone()
        size, = connection.execute("PRAGMA page_size").fetchone()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def free_pages_are_lost(path):
    """Makes the list of free pages lead nowhere."""
    with opened(path) as connection:
        connection.execute("INSERT INTO idempotency_keys SELECT id, 'k', zeroblob(32), 0, 201, NULL, NULL, zeroblob(99999) FROM tokens")
    with opened(path) as connection:
        connection.execute("DELETE FROM idempotency_keys")
    with open(path, "r+b") as file:
        file.seek(32)
        trunk = int.from_bytes(file.read(4), "big")
        assert trunk > 0
        file.seek((trunk - 1) * 4096 + 8)
        file.write((2**31 - 1).to_bytes(4, "big"))


def newest_row_is_lost(path):
    overwrite(path, "events")


def truncated(path):
    with open(path, "r+b") as file:
        file.truncate(path.stat().st_size - 4096)


def bytes_read(registry):
    """The bytes that the process has read so far (proc_pid_io(5))."""
    with open(f"/proc/{registry.process.pid}/io") as counts:
        return int(counts.readline().split()[1])


def test_a_large_database_is_checked_while_the_server_serves(database, start):
    registry = start(token=database[1])
    assert registry.create(name="at once")["version"] == 1
    until(lambda: registry.events("database-check-passed"), "the check to end")
    assert registry.get("/readyz") == {"status": "ready"}
    assert [event["level"] for event in registry.events("database-check-started")] == ["info"]
    assert registry.stop() == 0


def test_the_check_of_a_small_database_ends_before_the_start(registry):
    assert registry.create()["version"] == 1
    assert registry.stop() == 0
    assert not registry.events("database-check-started") and not registry.events("database-check-passed")


def test_damage_that_is_found_later_stops_the_writes(database, start):
    overwrite(database[0], "verifications_icc")
    registry = start(token=database[1])
    damaged = until(lambda: registry.events("database-damaged"), "the check to end")
    assert damaged[0]["level"] == "error" and damaged[0]["finding"], damaged
    status, _, content = registry.call("GET", "/readyz")
    assert (status, json.loads(content)["reason"]) == (503, "database-damaged")
    status, headers, content = registry.call("POST", "/v1/organisations", {"id": "late", "name": "Late"})
    assert (status, json.loads(content)["code"], headers["Retry-After"]) == (503, "unavailable", "60")
    assert len(registry.ids()) == 20, "reads go on"
    assert registry.stop() == 0


def test_a_stop_interrupts_the_check(database, start, tmp_path):
    disk = FaultyDisk(tmp_path)
    with disk.fails("pread64", error="slow"):
        registry = start(token=database[1], environment=disk.environment)
        # More than all other tables have: the check has reached the large one, which would take a minute.
        until(lambda: bytes_read(registry) > 2 << 20, "the check of the large table")
        assert registry.stop() == 0
    assert not registry.events("database-damaged") and not registry.events("stop-timeout")
    assert not database[0].with_name("registry.db-wal").exists()


@pytest.mark.parametrize("harm", [free_pages_are_lost, newest_row_is_lost, truncated])
def test_damage_at_the_ends_is_found_before_the_start(database, command, harm):
    path, _ = database
    harm(path)
    done = command("serve", "--listen", "127.0.0.1:0", "--database", path)
    assert done.returncode == 1 and "is damaged" in done.stderr and done.stderr.count("\n") == 1, done.stderr
