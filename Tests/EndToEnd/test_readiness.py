"""`/readyz` is true: within a second it says whether requests fail, and why."""

import concurrent.futures
import json
import resource
import sqlite3
import time

from faulty_disk import FaultyDisk, waiting_create
from registry_process import ARTICLE
from waiting import until

def readiness(registry):
    """Returns the status and the reason, after at most a second (and some time for a slow machine)."""
    began = time.monotonic()
    status, _, content = registry.call("GET", "/readyz")
    assert time.monotonic() - began < 1.5
    return status, json.loads(content).get("reason")


def test_a_truncated_database_is_not_ready(start, tmp_path):
    first = start()
    first.create()
    assert first.stop() == 0
    registry = start(token=first.token)
    assert readiness(registry) == (200, None)
    with open(registry.database, "r+b") as file:
        file.truncate(4096)
    assert readiness(registry) in [(503, "database-damaged"), (503, "disk-error")]


def test_a_missing_table_is_not_ready(registry):
    connection = sqlite3.connect(registry.database)
    connection.execute("ALTER TABLE tokens RENAME TO renamed")
    connection.commit()
    connection.close()
    assert readiness(registry) == (503, "internal-error")


def test_a_locked_database_is_not_ready_until_it_is_unlocked(registry):
    holder = sqlite3.connect(registry.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        assert readiness(registry) == (503, "writer-stalled")
    holder.execute("ROLLBACK")
    holder.close()
    until(lambda: readiness(registry) == (200, None), "readiness", 15)


def test_a_hanging_disk_is_not_ready(start, tmp_path):
    disk = FaultyDisk(tmp_path)
    registry = start(environment=disk.environment)
    assert readiness(registry) == (200, None)
    with disk.hangs("fdatasync"):
        request = waiting_create(registry)
        until(lambda: readiness(registry) == (503, "writer-stalled"), "the stalled writer", 10)
        assert readiness(registry) == (503, "writer-stalled")
    until(lambda: readiness(registry) == (200, None), "readiness", 10)
    assert request.wait(10) == 0


def test_reads_that_hang_are_not_ready_and_hold_no_other_request(start, tmp_path):
    disk = FaultyDisk(tmp_path)
    registry = start("--threads", 1, environment=disk.environment)
    assert readiness(registry) == (200, None)
    with disk.hangs("pread64"), concurrent.futures.ThreadPoolExecutor(1) as pool:
        for _ in range(2):
            checked = pool.submit(readiness, registry)
            answers = []
            while not checked.done():
                began = time.monotonic()
                assert registry.call("GET", "/healthz")[0] == 200
                answers.append(time.monotonic() - began)
            assert checked.result() == (503, "reader-stalled")
            assert max(answers) < 0.5, "a health check waited for the readiness check"
    until(lambda: readiness(registry) == (200, None), "readiness", 10)


def test_a_file_that_cannot_grow_is_not_ready_although_a_page_fits(registry):
    registry.create(name="before")
    size = registry.database.with_name("registry.db-wal").stat().st_size
    # One frame of the WAL is a page and 24 bytes.
    resource.prlimit(registry.process.pid, resource.RLIMIT_FSIZE, (size + 4120 + 100, resource.RLIM_INFINITY))
    assert registry.call("POST", "/v1/iccs", {**ARTICLE, "name": "too large"})[0] == 507
    for _ in range(3):
        assert readiness(registry) == (503, "storage-full")
    resource.prlimit(registry.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert readiness(registry) == (200, None)
    registry.create(name="after")
