"""Commands that fail or are killed: they lose nothing, and leave nothing that the next command does not remove."""

import errno
import json
import os
import pathlib
import pty
import shutil
import sqlite3
import subprocess
import tempfile
import time

import pytest

from dying_process import DyingProcess
from faulty_disk import FaultyDisk
from mounts import mounted
from waiting import until
from writers import Writers

UNFINISHED = ".icc-registry-unfinished"


@pytest.fixture
def killed(start, command, tmp_path):
    """A folder as a killed server leaves it, with ICCs that are only in the WAL, and an earlier backup next to it."""
    folder = tmp_path / "killed"
    folder.mkdir()
    registry = start(database=folder / "registry.db")
    kept = [registry.create(name=f"kept {number}")["id"] for number in range(3)]
    assert command("backup", tmp_path / "backup.db", "--database", registry.database).returncode == 0
    late = [registry.create(name=f"late {number}")["id"] for number in range(3)]
    registry.kill()
    assert (folder / "registry.db-wal").stat().st_size > 0
    return folder, set(kept), set(kept + late)


def ids(database):
    """The ICCs in a database and its WAL, read from a copy."""
    with tempfile.TemporaryDirectory() as copy:
        for suffix in ("", "-wal"):
            source = database.with_name(database.name + suffix)
            if source.exists():
                shutil.copyfile(source, f"{copy}/copy.db{suffix}")
        connection = sqlite3.connect(f"{copy}/copy.db")
        found = {row[0] for row in connection.execute("SELECT id FROM iccs")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    return found


def databases(folder):
    """The database and those that a restore has set aside."""
    return [path for path in folder.glob("registry.db*")
            if path.name == "registry.db" or ".replaced-" in path.name and not path.name.endswith("-wal")]


def test_a_restore_that_is_killed_at_any_change_loses_nothing(killed, command, tmp_path):
    original, kept, everything = killed
    dying, folder = DyingProcess(command, tmp_path), tmp_path / "work"
    words = ("restore", tmp_path / "backup.db", "--database", folder / "registry.db")
    shutil.copytree(original, folder)
    changes = dying.changes(*words)
    assert {"rename", "pwrite64", "fsync"} <= set(changes)
    for number in range(1, len(changes) + 1):
        shutil.rmtree(folder)
        shutil.copytree(original, folder)
        assert dying.run(*words, die_at=number).returncode == -9, number
        assert everything in [ids(path) for path in databases(folder)], f"lost by a kill before change {number}"
        current = folder / "registry.db"
        assert not current.exists() or ids(current) in (kept, everything), number
        done = command(*words)
        assert done.returncode == 0, (number, done.stderr)
        assert ids(current) == kept, number
        assert everything in [ids(path) for path in databases(folder)], f"lost by the restore after kill {number}"
        names = {path.name for path in folder.iterdir() if ".replaced-" not in path.name}
        assert names == {"registry.db", "registry.db.initialised", "registry.db.last-backup", "registry.db.lock"}, (number, names)
        for log in folder.glob("*.replaced-*-wal"):
            assert log.with_name(log.name.removesuffix("-wal")).exists(), (number, log)


def test_a_damaged_database_is_set_aside_with_its_log_at_any_kill(killed, command, tmp_path):
    original, kept, _ = killed
    with open(original / "registry.db", "r+b") as file:
        file.write(bytes(100))
    log = (original / "registry.db-wal").read_bytes()
    dying, folder = DyingProcess(command, tmp_path), tmp_path / "work"
    words = ("restore", tmp_path / "backup.db", "--database", folder / "registry.db")
    shutil.copytree(original, folder)
    changes = dying.changes(*words)
    for number in [number for number, call in enumerate(changes, 1) if call != "pwrite64"]:
        shutil.rmtree(folder)
        shutil.copytree(original, folder)
        assert dying.run(*words, die_at=number).returncode == -9, number
        assert command(*words).returncode == 0, number
        assert ids(folder / "registry.db") == kept
        [old] = [path for path in databases(folder) if path.read_bytes()[:100] == bytes(100)]
        assert old.with_name(old.name + "-wal").read_bytes() == log
        assert len(list(folder.glob("*-wal"))) == 1


def test_a_backup_that_is_killed_is_removed_by_the_next(killed, command, tmp_path):
    folder, _, everything = killed
    safe = tmp_path / "safe"
    safe.mkdir()
    dying = DyingProcess(command, tmp_path)
    changes = dying.changes("backup", safe / "first.db", "--database", folder / "registry.db")
    for number in range(1, len(changes) + 1):
        assert dying.run("backup", safe / "killed.db", "--database", folder / "registry.db", die_at=number).returncode == -9
        left = sorted(path.name for path in safe.iterdir() if path.name not in ("first.db", "killed.db"))
        assert all(name.startswith(f"killed.db{UNFINISHED}") for name in left), left
        done = command("backup", safe / "next.db", "--database", folder / "registry.db")
        assert done.returncode == 0, done.stderr
        for name in left:
            assert f"removed {safe / name}" in done.stderr, (number, name, done.stderr)
        if (safe / "killed.db").exists():
            assert ids(safe / "killed.db") == everything, number
            (safe / "killed.db").unlink()
        assert sorted(path.name for path in safe.iterdir()) == ["first.db", "next.db"]
        assert ids(safe / "next.db") == everything
        (safe / "next.db").unlink()


def test_only_what_is_certainly_ours_is_removed(registry, command, tmp_path):
    safe = tmp_path / "safe"
    safe.mkdir()
    (safe / f"folder{UNFINISHED}").mkdir()
    (safe / f"link{UNFINISHED}").symlink_to(registry.database)
    (safe / "own.unfinished").write_text("not ours")
    # Another backup is in progress: it holds the lock of its file.
    grow(registry)
    slow = subprocess.Popen(
        [registry.process.args[0], "backup", safe / "slow.db", "--database", registry.database, "--rate", "1"],
        stderr=subprocess.DEVNULL)
    until(lambda: (safe / f"slow.db{UNFINISHED}").exists() and slow.poll() is None, "the slow backup", 10)
    done = command("backup", safe / "fast.db", "--database", registry.database)
    assert done.returncode == 0 and "removed" not in done.stderr, done.stderr
    assert slow.poll() is None, "the slow backup ended too early"
    assert slow.wait(60) == 0
    assert {path.name for path in safe.iterdir()} == {
        f"folder{UNFINISHED}", f"link{UNFINISHED}", "own.unfinished", "slow.db", "fast.db"}
    assert registry.database.exists()


def grow(registry, mebibytes=3):
    """Makes the database larger, without a change of its tables."""
    connection = sqlite3.connect(registry.database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"CREATE TABLE filler AS SELECT zeroblob({mebibytes << 20}) AS content")
    connection.execute("DROP TABLE filler")
    connection.execute("COMMIT")
    connection.close()


@pytest.mark.parametrize("command_name", ["backup", "restore"])
def test_a_full_disk_leaves_no_part_of_a_copy(start, command, tmp_path, command_name):
    registry = start()
    kept = registry.create(name="kept")["id"]
    backup = tmp_path / "backup.db"
    assert command("backup", backup, "--database", registry.database).returncode == 0
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs") as folder:
        if command_name == "backup":
            grow(registry)
            words = ("backup", folder / "copy.db", "--database", registry.database)
            before = []
        else:
            shutil.copyfile(backup, folder / "registry.db")
            size = os.statvfs(folder).f_bavail * 4096 - 65536
            (folder / "ballast").write_bytes(bytes(size))
            words = ("restore", backup, "--database", folder / "registry.db")
            before = ["ballast", "registry.db", "registry.db.lock"]
        done = command(*words)
        assert done.returncode == 1 and "is full" in done.stderr, done.stderr
        assert sorted(path.name for path in folder.iterdir()) == before
        if command_name == "restore":
            assert ids(folder / "registry.db") == {kept}


def test_the_start_names_and_removes_what_a_killed_restore_has_left(killed, command, start, tmp_path):
    folder, _, everything = killed
    dying = DyingProcess(command, tmp_path)
    words = ("restore", tmp_path / "backup.db", "--database", folder / "registry.db")
    changes = (lambda copy: dying.changes(*words[:3], copy / "registry.db"))(pathlib.Path(shutil.copytree(folder, tmp_path / "count")))
    assert dying.run(*words, die_at=changes.index("rename")).returncode == -9
    assert (folder / "registry.db.new").exists()
    token = command("token", "create", "--role", "admin", "--name", "x", "--database", folder / "registry.db")
    registry = start(database=folder / "registry.db", token=token.stdout.strip())
    [event] = registry.events("file-removed")
    assert event["file"] == str(folder / "registry.db.new")
    assert set(registry.ids()) == everything
    assert registry.stop() == 0
    assert command(*words).returncode == 0
    registry = start(database=folder / "registry.db", token=token.stdout.strip())
    [old] = folder.glob("*.replaced-*")
    assert [event["file"] for event in registry.events("old-database")] == [str(old)]


def test_commands_leave_no_log_and_no_index(command, tmp_path):
    database = tmp_path / "data" / "registry.db"
    database.parent.mkdir()
    files = {"registry.db", "registry.db.initialised", "registry.db.lock"}

    def run(*words):
        done = command(*words, "--database", database)
        assert done.returncode == 0, done.stderr
        assert {path.name for path in database.parent.iterdir()} - {"registry.db.last-backup"} == files, words
        return done

    run("migrate")
    run("migrate", "--status")
    made = run("token", "create", "--role", "admin", "--name", "x")
    assert made.stdout.startswith("iccr_")
    run("token", "revoke", run("token", "list").stdout.split()[0])
    run("verify-database")
    run("backup", tmp_path / "copy.db")


def test_a_command_leaves_the_log_of_a_killed_server(killed, command):
    folder, _, everything = killed
    before = (folder / "registry.db").read_bytes(), (folder / "registry.db-wal").read_bytes()
    for words in (["verify-database"], ["migrate", "--status"]):
        assert command(*words, "--database", folder / "registry.db").returncode == 0
        assert ((folder / "registry.db").read_bytes(), (folder / "registry.db-wal").read_bytes()) == before
    assert ids(folder / "registry.db") == everything


def backup_age(registry):
    lines = registry.call("GET", "/metrics")[2].decode().splitlines()
    return float(next(line for line in lines if line.startswith("icc_registry_backup_age_seconds ")).split()[1])


def test_the_age_of_the_last_backup_is_in_the_metrics(start, command, tmp_path):
    registry = start()
    assert backup_age(registry) == float("inf")
    assert command("backup", tmp_path / "copy.db", "--database", registry.database).returncode == 0
    assert 0 <= backup_age(registry) < 30
    # A failed backup is none.
    registry.database.with_name("registry.db.last-backup").write_text("2026-01-01T00:00:00.000Z\n")
    age = backup_age(registry)
    assert age > 86400
    assert command("backup", tmp_path / "copy.db", "--database", registry.database).returncode == 1
    assert backup_age(registry) >= age
    assert registry.stop() == 0
    again = start(token=registry.token)
    assert backup_age(again) >= age
    assert command("backup", tmp_path / "second.db", "--database", registry.database).returncode == 0
    assert 0 <= backup_age(again) < 30


def test_a_backup_is_limited_in_rate_and_consistent_under_load(registry, command, tmp_path):
    writers = Writers(registry, count=4)
    writers.wait_for(50)
    grow(registry)
    before, began = set(writers.answered), time.monotonic()
    done = command("backup", tmp_path / "copy.db", "--database", registry.database, "--rate", 1)
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    writers.end()
    assert took >= 2.5, f"3 MB in {took} s are more than 1 MB a second"
    assert before <= ids(tmp_path / "copy.db") < set(writers.answered)
    assert command("verify-database", "--database", tmp_path / "copy.db").returncode == 0
    for rate in ("0", "-1", "x", "1000001"):
        done = command("backup", tmp_path / "no.db", "--database", registry.database, "--rate", rate)
        assert done.returncode == 2 and "--rate" in done.stderr


def test_a_backup_shows_progress_on_a_terminal_only(registry, binary, command, tmp_path):
    grow(registry)
    terminal, error = pty.openpty()
    shown = subprocess.Popen(
        [binary, "backup", tmp_path / "shown.db", "--database", registry.database, "--rate", "3"], stderr=error)
    os.close(error)
    text = b""
    try:
        while chunk := os.read(terminal, 4096):
            text += chunk
    except OSError as end:
        assert end.errno == errno.EIO
    os.close(terminal)
    assert shown.wait(10) == 0
    steps = [int(line.split(b"%")[0].split()[-1]) for line in text.split(b"\r") if b"%" in line]
    assert steps == sorted(steps) and len(steps) >= 3 and steps[-1] == 100, text
    quiet = command("backup", tmp_path / "quiet.db", "--database", registry.database)
    assert "%" not in quiet.stderr
