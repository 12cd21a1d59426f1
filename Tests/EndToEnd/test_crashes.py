"""Crashes: acknowledged writes exist after the restart, after a kill as well as after a power cut."""

import re
import shutil
import subprocess

import pytest

from load import create_many
from mounts import make_ext4, mounted
from writers import Writers

# fsync and fdatasync that do nothing.
NO_SYNC = "int fsync(int fd) { (void)fd; return 0; } int fdatasync(int fd) { (void)fd; return 0; }\n"
SYNCED = re.compile(r"\b(fsync|fdatasync)(\(\d+\)| resumed>\)) += 0")


def test_a_kill_during_creates_loses_nothing_acknowledged(start):
    registry, answered = start(), set()
    for turn in range(3):
        before = len(answered)

        def note(status, content, before=before, registry=registry):
            assert status == 201, content
            answered.add(re.match(rb'{"id":"(\w+)"', content).group(1).decode())
            if len(answered) == before + 1500:
                registry.kill()

        assert not create_many(registry, 20_000, note, prefix=f"turn {turn}")
        assert not registry.is_running and len(answered) >= before + 1500
        registry = start(token=registry.token)
        ids = registry.ids()
        assert len(ids) == len(set(ids)), "an ICC is there twice"
        assert answered <= set(ids), f"{len(answered - set(ids))} answered ICCs are lost"
    assert len({registry.get(f"/v1/iccs/{identifier}")["externalId"] for identifier in list(answered)[-200:]}) == 200


def after_power_cut(start, tmp_path, environment):
    """Creates ICCs on a separate file system, kills the process, cuts the power, and returns the acknowledged
    ICCs, the folder's copy as the disk holds it, and the token."""
    make_ext4(tmp_path / "disk")
    with mounted(tmp_path / "before", "-o", "loop,commit=600", tmp_path / "disk") as folder:
        registry = start(database=folder / "registry.db", environment=environment)
        writers = Writers(registry)
        writers.wait_for(150)
        registry.kill()
        # The image does not contain the page cache of the file system, which a power cut destroys.
        shutil.copyfile(tmp_path / "disk", tmp_path / "disk-after")
        writers.end()
        assert not writers.others
    return set(writers.answered), registry.token


def test_a_power_cut_loses_nothing_acknowledged(start, tmp_path):
    answered, token = after_power_cut(start, tmp_path, None)
    with mounted(tmp_path / "after", "-o", "loop", tmp_path / "disk-after") as folder:
        registry = start(database=folder / "registry.db", token=token)
        ids = registry.ids()
        assert registry.stop() == 0
    assert len(answered) >= 150 and answered <= set(ids), f"{len(answered - set(ids))} answered ICCs are lost"
    assert len(ids) == len(set(ids))


def test_without_syncs_a_power_cut_loses_writes(start, tmp_path, command):
    """Shows that the test above can fail: with syncs that do nothing, acknowledged ICCs are lost."""
    (tmp_path / "no_sync.c").write_text(NO_SYNC)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", tmp_path / "no_sync.so", tmp_path / "no_sync.c"], check=True, timeout=60)
    answered, token = after_power_cut(start, tmp_path, {"LD_PRELOAD": str(tmp_path / "no_sync.so")})
    with mounted(tmp_path / "after", "-o", "loop", tmp_path / "disk-after") as folder:
        database, ids = folder / "registry.db", set()
        if database.exists() and command("verify-database", "--database", database).returncode == 0:
            registry = start(database=database, token=token)
            status, _, _ = registry.call("GET", "/v1/iccs")
            ids = set(registry.ids()) if status == 200 else set()
            registry.stop()
    assert answered - ids, "nothing was lost: the copy holds what was never synced"


@pytest.fixture
def traced(start, tmp_path):
    """A registry under strace, and a function that returns the trace's lines so far."""
    trace = tmp_path / "trace"
    calls = "trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fsync,fdatasync"
    # -D: the registry stays a child of this process, and strace is a grandchild.
    registry = start(prefix=["strace", "-D", "-f", "-s", "24", "-e", calls, "-o", trace])
    return registry, lambda: trace.read_text(errors="replace").splitlines()


def test_a_sync_precedes_each_response_to_a_write(traced):
    registry, lines = traced
    created = [registry.create(name=f"traced {number}") for number in range(20)]
    for icc in created[:5]:
        path = f"/v1/iccs/{icc['id']}"
        etag = registry.call("GET", path)[1]["ETag"]
        status, headers, content = registry.call(
            "PATCH", path, {"name": icc["name"] + " again"},
            headers={"If-Match": etag, "Content-Type": "application/merge-patch+json"})
        assert status == 200, content
        assert registry.call("DELETE", path, headers={"If-Match": headers["ETag"]})[0] in (200, 204)
    assert registry.stop() == 0

    writes, arrived, is_synced = 0, None, False
    for line in lines():
        if found := re.search(r'"(GET|POST|PATCH|DELETE) /v1/', line):
            arrived, is_synced = found.group(1), False
        elif SYNCED.search(line):
            is_synced = True
        elif re.search(r'"HTTP/1\.1 20[014] ', line) and arrived:
            if arrived != "GET":
                writes += 1
                assert is_synced, f"{arrived} was answered before a sync"
            arrived = None
    assert writes == 30
