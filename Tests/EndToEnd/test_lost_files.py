"""A file of the database that is removed or replaced under a running server: it stops acknowledging, logs it, and exits."""

import http.client
import os
import shutil
import subprocess
import time

import pytest

from registry_process import ARTICLE
from waiting import until
from writers import Writers

SUFFIXES = ["", "-wal", "-shm", ".lock"]


def removed(path):
    path.unlink()


def moved(path):
    path.rename(path.with_name("elsewhere"))


def replaced(path):
    copy = path.with_name("copy")
    shutil.copyfile(path, copy)
    copy.rename(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("harm", [removed, moved, replaced])
def test_nothing_is_acknowledged_after_a_file_is_lost(start, tmp_path, harm, suffix):
    registry = start()
    registry.create(name="before")
    path = tmp_path / f"registry.db{suffix}"
    harm(path)
    answers = []
    deadline = time.monotonic() + 20
    while registry.is_running and time.monotonic() < deadline:
        try:
            answers.append(registry.call("POST", "/v1/iccs", {**ARTICLE, "name": f"lost {len(answers)}"})[0])
            answers.append(registry.call("GET", "/readyz")[0])
        except (http.client.HTTPException, OSError):
            time.sleep(0.05)
    assert registry.process.wait(20) == 1
    assert answers and set(answers) == {503}, answers
    [event] = registry.events("database-file-lost")
    assert event["level"] == "error" and event["file"] == str(path)
    assert f"{path} was removed or replaced" in registry.log_text()


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_what_was_acknowledged_survives_the_loss_of_another_file(start, tmp_path, suffix):
    registry = start()
    writers = Writers(registry)
    writers.wait_for(300)
    (tmp_path / f"registry.db{suffix}").unlink()
    assert registry.process.wait(30) == 1
    writers.end()
    again = start(token=registry.token)
    assert set(writers.answered) <= set(again.ids())
    assert again.create(name="after")["version"] == 1


def test_a_moved_database_can_be_moved_back(start, tmp_path):
    registry = start()
    writers = Writers(registry)
    writers.wait_for(300)
    moved(tmp_path / "registry.db")
    assert registry.process.wait(30) == 1
    writers.end()
    (tmp_path / "elsewhere").rename(tmp_path / "registry.db")
    again = start(token=registry.token)
    assert set(writers.answered) <= set(again.ids())


def test_closed_standard_descriptors_are_not_files_of_the_database(binary, tmp_path):
    database = tmp_path / "registry.db"
    server = subprocess.Popen(
        ["sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh", binary, "serve", "--listen", "127.0.0.1:0", "--database", database])
    try:
        until(lambda: database.with_name("registry.db-wal").exists(), "the database", 20)
        for number in range(3):
            assert os.readlink(f"/proc/{server.pid}/fd/{number}") == "/dev/null"
    finally:
        server.terminate()
        assert server.wait(20) == 0
    assert database.with_name("registry.db.lock").read_bytes() == b""
