"""A new name is on the disk only after its folder is synced: every rename and the marker are followed by one."""

import pathlib

import pytest

from disk_trace import DiskTrace, preload


@pytest.fixture
def traced(command, tmp_path):
    """Runs a command and gives what it did to the files, in order."""
    environment, path = preload(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()

    def run(*words):
        path.unlink(missing_ok=True)
        done = command(*words, environment=environment)
        assert done.returncode == 0, done.stderr
        return DiskTrace(path, empty).records

    return run


def is_synced_next(records, place, folder):
    """Whether the first write or finished sync after the record is a sync of the folder."""
    return next((name for kind, _, name, _, _ in records[place + 1 :] if kind in "WTS"), None) == folder.name


def renames(records):
    return [(number, pathlib.Path(data.decode())) for number, (kind, *_, data) in enumerate(records) if kind == "R"]


def test_the_folder_is_synced_next_each_new_name(traced, tmp_path):
    data, safe = tmp_path / "data", tmp_path / "safe"
    data.mkdir()
    safe.mkdir()
    database = data / "registry.db"

    made = traced("migrate", "--database", database)
    [(renamed, target)] = renames(made)
    assert target == database and is_synced_next(made, renamed, data), "the new database's name"
    marker = [number for number, (kind, _, name, _, _) in enumerate(made) if kind == "S" and name == "registry.db.initialised"]
    assert is_synced_next(made, marker[0], data), "the marker's name"

    copied = traced("backup", safe / "copy.db", "--database", database)
    named = {path: number for number, path in renames(copied)}
    assert is_synced_next(copied, named[safe / "copy.db"], safe), "the backup's name"
    assert is_synced_next(copied, named[data / "registry.db.last-backup"], data), "the name of the backup's time"

    put_back = traced("restore", safe / "copy.db", "--database", database)
    assert [path for _, path in renames(put_back)][-1] == database
    assert is_synced_next(put_back, renames(put_back)[-1][0], data), "the restored database's name"
