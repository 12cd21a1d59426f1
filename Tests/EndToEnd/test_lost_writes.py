"""The power fails at any moment, and the disk has lost or kept anything that was not synced: sector by sector, in any order.

Copying the disk of a machine that was switched off shows what one file system happened to have written back by then. Here every write and
every sync is recorded, and of each moment many disks are made that the recorded syncs allow."""

import random
import shutil
import sqlite3

import pytest

from disk_trace import DiskTrace, preload
from writers import Writers

CUTS = 60
# How much of the unsynced data survives: nothing, everything, and random sectors.
CHANCES = [0.0, 1.0, 0.5, 0.95]


@pytest.fixture
def traced(start, tmp_path):
    """A folder with a database after some hundreds of creates, the trace of its file operations, and the token."""
    folder, base = tmp_path / "data", tmp_path / "base"
    folder.mkdir()
    first = start(database=folder / "registry.db")
    assert first.stop() == 0
    shutil.copytree(folder, base)
    environment, path = preload(tmp_path)
    registry = start(database=folder / "registry.db", environment=environment, token=first.token)
    writers = Writers(registry)
    writers.wait_for(600)
    registry.kill()
    writers.end()
    assert not writers.others
    return folder, DiskTrace(path, base), registry.token


def rebuilt(folder, trace, cut, chance, seed, target, is_synced=True):
    """Builds the folder as a disk may contain it after a power cut before this record."""
    target.mkdir()
    for extra in ("registry.db.initialised", "registry.db.lock"):
        shutil.copyfile(folder / extra, target / extra)
    source = random.Random(seed)
    for name in ("registry.db", "registry.db-wal"):
        content = trace.file(name, cut, lambda: source.random() < chance, is_synced)
        if content:
            (target / name).write_bytes(content)
            (target / name).chmod(0o600)
    return target / "registry.db"


def ids(database):
    """Returns the ICCs of the database, which must be intact."""
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = [row[0] for row in connection.execute("SELECT id FROM iccs")]
        events = {row[0] for row in connection.execute("SELECT subject FROM events WHERE kind = 'icc.created'")}
        assert len(found) == len(set(found)) and events == set(found)
        return set(found)
    finally:
        connection.close()


def test_acknowledged_writes_survive_any_power_cut(traced, tmp_path, command, start):
    folder, trace, token = traced
    checkpoints = [number for number in trace.syncs() if trace.records[number][2] == "registry.db"]
    assert len(checkpoints) >= 2, "no page was moved out of the log while it was recorded"
    chance = random.Random(7)
    # Any moment, and the moments around a checkpoint, which affect both files.
    cuts = [chance.randrange(len(trace.records) + 1) for _ in range(CUTS)]
    cuts += [number + step for number in chance.sample(checkpoints, 2) + checkpoints[-6:] for step in (-40, -1, 0, 1, 30) if 0 <= number + step <= len(trace.records)]
    for number, cut in enumerate(cuts):
        for kept in CHANCES:
            database = rebuilt(folder, trace, cut, kept, cut, tmp_path / "disk")
            is_examined = number % 20 == 0
            if is_examined:
                done = command("verify-database", "--database", database)
                assert done.returncode == 0, (cut, kept, done.stdout, done.stderr)
            lost = trace.answered(cut) - ids(database)
            assert not lost, f"{len(lost)} answered ICCs are lost by a cut at {cut} of {len(trace.records)}, {kept} kept"
            shutil.rmtree(tmp_path / "disk")
    cut = len(trace.records)
    database = rebuilt(folder, trace, cut, 0.5, cut, tmp_path / "disk")
    again = start(database=database, token=token)
    assert trace.answered(cut) <= set(again.ids()) and len(trace.answered(cut)) >= 600
    again.create(name="after the cut")


def test_without_syncs_the_same_trace_loses_writes(traced, tmp_path):
    """Shows that the test above can fail: without syncs a disk may lose acknowledged writes."""
    folder, trace, _ = traced
    cut, lost = len(trace.records), 0
    for kept in (0.0, 0.5, 0.95):
        database = rebuilt(folder, trace, cut, kept, cut, tmp_path / "disk", is_synced=False)
        try:
            lost += bool(trace.answered(cut) - ids(database))
        except (sqlite3.DatabaseError, AssertionError):
            lost += 1
        shutil.rmtree(tmp_path / "disk")
    assert lost == 3
