"""A backup and a stop under load."""

import signal
import time

from faulty_disk import FaultyDisk, waiting_create
from waiting import until
from writers import Writers


def test_a_backup_under_load_has_all_acknowledged_writes(start, command, tmp_path):
    registry = start()
    writers = Writers(registry)
    writers.wait_for(300)
    before = set(writers.answered)
    done = command("backup", tmp_path / "backup.db", "--database", registry.database)
    assert done.returncode == 0, done.stderr
    writers.wait_for(len(writers.answered) + 50)
    writers.end()
    assert not writers.others, writers.others[:3]
    after = set(writers.answered)
    assert command("restore", tmp_path / "backup.db", "--database", registry.database).returncode == 1, "a server has it open"
    assert registry.stop() == 0

    elsewhere = tmp_path / "elsewhere.db"
    for database in (elsewhere, registry.database):
        done = command("restore", tmp_path / "backup.db", "--database", database)
        assert done.returncode == 0, done.stderr
        done = command("verify-database", "--database", database)
        assert done.returncode == 0, done.stderr
        restored = start(database=database, token=registry.token)
        ids = restored.ids()
        assert len(ids) == len(set(ids)) and before <= set(ids) < after
        assert restored.create(name="after the restore")["version"] == 1
        assert restored.stop() == 0
    kept = [path for path in tmp_path.glob("registry.db.*") if path.stat().st_size > 100_000]
    assert kept, "what stood there before the restore is gone"


def test_sigterm_under_load_loses_nothing(start):
    registry = start()
    writers = Writers(registry)
    writers.wait_for(300)
    began = time.monotonic()
    assert registry.stop(signal.SIGTERM, seconds=10) == 0
    assert time.monotonic() - began < 10
    writers.end()
    assert all(status == 503 for status, _ in writers.others), writers.others[:3]
    again = start(token=registry.token)
    ids = set(again.ids())
    assert set(writers.answered) <= ids, "answered and lost"
    assert ids <= set(writers.answered), "stored, but its answer did not arrive"


def test_a_stop_ends_although_the_disk_hangs(start, tmp_path):
    disk = FaultyDisk(tmp_path)
    registry = start("--drain-seconds", 1, environment=disk.environment)
    with disk.hangs("fdatasync"):
        request = waiting_create(registry)
        until(lambda: registry.call("GET", "/readyz")[0] == 503, "the create to wait for its sync", 10)
        began = time.monotonic()
        assert registry.stop(signal.SIGTERM, seconds=20) == 1
        assert time.monotonic() - began < 10
    [event] = registry.events("stop-timeout")
    assert event["level"] == "error" and event["unfinished"] in ("connections", "token uses", "database")
    assert request.wait(10) != 0
