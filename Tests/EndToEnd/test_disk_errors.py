"""Errors of the disk by their meaning: what a client and an operator see, and that nothing else is lost."""

import errno
import json
import sqlite3
import subprocess
import sys

import pytest

from faulty_disk import FaultyDisk
from registry_process import ARTICLE
from test_readiness import readiness
from waiting import until

# Holds a read transaction on the database, as a forgotten shell of sqlite3 does, until its input ends.
FOREIGN_READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM iccs").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(("calls", "error", "status", "retry_after", "reason", "code"), [
    (["pwrite64"], errno.EDQUOT, 507, "30", "storage-full", "storage-full"),
    (["pwrite64"], errno.ENOSPC, 507, "30", "storage-full", "storage-full"),
    (["pwrite64"], errno.EROFS, 503, "60", "database-read-only", "unavailable"),
    (["fdatasync", "fsync"], errno.EIO, 503, "10", "sync-failed", "unavailable"),
    (["fdatasync", "fsync"], errno.EDQUOT, 507, "30", "storage-full", "storage-full"),
    (["pwrite64"], errno.EIO, 500, None, "disk-error", "internal-error"),
], ids=["quota", "full", "read-only", "sync", "quota-at-sync", "write"])
def test_a_write_that_fails_says_what_to_do(start, tmp_path, calls, error, status, retry_after, reason, code):
    disk = FaultyDisk(tmp_path)
    registry = start(environment=disk.environment)
    kept = registry.create(name="before")["id"]
    with disk.fails(*calls, error=error):
        for number in range(3):
            answer = registry.call("POST", "/v1/iccs", {**ARTICLE, "name": f"failed {number}"})
            assert (answer[0], answer[1]["Retry-After"], json.loads(answer[2])["code"]) == (status, retry_after, code)
            assert readiness(registry) == (503, reason)
            assert registry.ids() == [kept]
    until(lambda: readiness(registry) == (200, None), "readiness", 10)
    later = registry.create(name="failed 0")["id"]
    assert registry.stop() == 0
    again = start(token=registry.token)
    assert again.ids() == [kept, later]


def wal_bytes(registry):
    return registry.database.with_name("registry.db-wal").stat().st_size


def test_a_log_that_a_foreign_reader_keeps_from_shrinking_is_limited(start, command):
    limit = 64 << 20
    registry = start("--max-wal-bytes", limit)
    organisation = "x" * 63
    reader = subprocess.Popen(
        [sys.executable, "-c", FOREIGN_READER, registry.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert reader.stdout.readline() == "reading\n"
        # A second process fills the log faster than requests do.
        filler = sqlite3.connect(registry.database, isolation_level=None)
        filler.execute("PRAGMA wal_autocheckpoint = 0")
        while wal_bytes(registry) < limit:
            filler.execute("BEGIN IMMEDIATE")
            filler.execute("CREATE TABLE filler AS SELECT zeroblob(4000000) AS content")
            filler.execute("DROP TABLE filler")
            filler.execute("COMMIT")
        filler.close()
        # The first write finds the log as it is; those after it are refused.
        accepted = registry.call("POST", "/v1/iccs", {**ARTICLE, "name": "accepted"})[0]
        assert accepted in (201, 503)
        for number in range(3):
            status, headers, _ = registry.call("POST", "/v1/iccs", {**ARTICLE, "name": f"refused {number}"})
            assert (status, headers["Retry-After"]) == (503, "10")
        assert readiness(registry) == (503, "wal-too-large")
        size = wal_bytes(registry)
        assert len(registry.ids()) == (accepted == 201)
        until(lambda: registry.events("wal-too-large"), "the log line", 10)
        metrics = registry.call("GET", "/metrics")[2].decode()
        assert f"icc_registry_wal_bytes {size}" in metrics
        assert 'icc_registry_store_failing{error="walTooLarge"} 1' in metrics
        assert wal_bytes(registry) == size
    finally:
        reader.communicate("")
    until(lambda: readiness(registry) == (200, None), "readiness", 10)
    assert registry.create(name="refused 0")["version"] == 1
    assert wal_bytes(registry) < 1 << 20
    until(lambda: registry.events("wal-shrunk"), "the log line", 10)
    [event] = registry.events("wal-too-large")
    assert event["level"] == "error" and event["maxWalBytes"] == limit <= event["bytes"]
    assert registry.stop() == 0
    assert command("verify-database", "--database", registry.database).returncode == 0
