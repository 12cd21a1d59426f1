"""Reads from a standby: as fresh as those from the primary, and answered by it when the standby cannot."""

import contextlib
import json
import os
import pathlib
import re
import signal
import threading

import pytest

from deep import DEEP
from postgresql_server import PostgreSQLServer, PostgreSQLStandby
from waiting import until



@pytest.fixture(scope="module")
def primary():
    with contextlib.closing(PostgreSQLServer("fsync=off", "max_connections=200")) as primary:
        yield primary


@pytest.fixture(scope="module")
def shared_standby(primary):
    with contextlib.closing(PostgreSQLStandby(primary)) as standby:
        yield standby


def at(server, database):
    """The URI of the same database on another server."""
    return f"{database.split('?')[0]}?host={server.folder}"


@pytest.fixture
def open_pair(start, primary):
    """Starts two instances that read from the standby, and waits until they do. Returns them and the standby's URI."""

    def open_pair(standby):
        database = primary.create_database()
        options = ("--database-replica", at(standby, database))
        first = start(*options, database=database)
        pair = first, start(*options, database=database, token=first.token)
        for registry in pair:
            until(lambda: state(registry) == "in-use", "reads from the standby")
        return pair, at(standby, database)

    return open_pair


def state(registry):
    """The state of the standby, from /readyz, whose other fields must be right too."""
    database = registry.get("/readyz")["database"]
    assert database["role"] == "primary" and (database["replicaLagBytes"] is None) == (database["replica"] == "unreachable")
    metrics = registry.call("GET", "/metrics")[2].decode()
    assert re.findall(r'^icc_registry_replica_state\{state="[a-z-]+"\} 1$', metrics, re.M), metrics
    return database["replica"]


def answered(registry):
    """The number of reads that the standby has answered."""
    metrics = registry.call("GET", "/metrics")[2].decode()
    return int(re.search(r'^icc_registry_replica_reads_total\{server="replica"\} (\d+)$', metrics, re.M)[1])


def patch(registry, icc, version):
    """Changes an ICC of this version."""
    status, _, content = registry.call("PATCH", f"/v1/iccs/{icc}", {"prefix": f"v{version}/"}, headers={
        "Content-Type": "application/merge-patch+json", "If-Match": f'"{version}"'})
    assert status == 200, content


def test_reads_go_to_the_standby(open_pair, shared_standby):
    (registry, _), at_standby = open_pair(shared_standby)
    path = f"/v1/iccs/{registry.create()['id']}"
    rollbacks = "SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    before, first = int(shared_standby.query(at_standby, rollbacks)[0]), answered(registry)
    until(lambda: registry.get(path) and registry.get("/v1/iccs") and answered(registry) >= first + 50, "answers of the standby")
    # Each read on the standby is a transaction that is rolled back.
    until(lambda: int(shared_standby.query(at_standby, rollbacks)[0]) >= before + 50, "transactions on the standby")


def test_no_read_is_stale_while_the_standby_does_not_replay(open_pair, shared_standby):
    (writer, reader), at_standby = open_pair(shared_standby)
    icc = writer.create()["id"]
    version = 1
    for number in range(4 if DEEP else 1):
        status, _, content = writer.call("POST", "/v1/tokens", {"name": f"t{number}", "role": "viewer", "organisation": "default"})
        assert status == 201, content
        token = json.loads(content)
        until(lambda: state(reader) == "in-use", "reads from the standby")
        assert reader.call("GET", f"/v1/iccs/{icc}", token=token["token"])[0] == 200
        shared_standby.query(at_standby, "SELECT pg_wal_replay_pause()")
        until(lambda: shared_standby.query(at_standby, "SELECT pg_get_wal_replay_pause_state()") == ["paused"], "the pause")
        try:
            assert writer.call("DELETE", f"/v1/tokens/{token['id']}")[0] == 204
            assert reader.call("GET", f"/v1/iccs/{icc}", token=token["token"])[0] == 401
            for _ in range(5):
                patch(writer, icc, version)
                version += 1
                for registry in (reader, writer):
                    assert registry.get(f"/v1/iccs/{icc}")["version"] == version
            made = writer.create(name=f"n{number}")["id"]
            assert made in reader.ids() and made in writer.ids()
            until(lambda: state(reader) == "lagging", "the lag to be known")
        finally:
            shared_standby.query(at_standby, "SELECT pg_wal_replay_resume()")
    before = answered(reader)
    until(lambda: reader.get(f"/v1/iccs/{icc}")["version"] == version and answered(reader) > before, "answers of the standby")


class Readers:
    """Clients that read an ICC all the time."""

    def __init__(self, registries, icc, per_registry=2):
        self.is_stopping, self.statuses = threading.Event(), []
        self.threads = [
            threading.Thread(target=self.read, args=(registry, icc), daemon=True) for registry in registries * per_registry]
        for thread in self.threads:
            thread.start()

    def read(self, registry, icc):
        while not self.is_stopping.is_set():
            self.statuses.append(registry.call("GET", f"/v1/iccs/{icc}")[0])

    def end(self):
        self.is_stopping.set()
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()
        assert set(self.statuses) == {200}


@contextlib.contextmanager
def halted(server):
    """Stops all processes of a server, and lets them go on afterwards."""
    main = int(pathlib.Path(server.folder, "data/postmaster.pid").read_text().split()[0])
    os.kill(main, signal.SIGSTOP)
    # Once it is stopped, it starts no other.
    until(lambda: "T (stopped)" in pathlib.Path(f"/proc/{main}/status").read_text(), "the server's first process to stop")
    pids = [main, *map(int, pathlib.Path(f"/proc/{main}/task/{main}/children").read_text().split())]
    try:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def test_no_read_fails_while_the_standby_is_lost(open_pair, shared_standby):
    pair, _ = open_pair(shared_standby)
    readers = Readers(pair, pair[0].create()["id"])
    for _ in range(4 if DEEP else 1):
        until(lambda: all(state(registry) == "in-use" for registry in pair), "reads from the standby")
        shared_standby.stop()
        until(lambda: all(state(registry) == "unreachable" for registry in pair), "the loss to be known")
        made = pair[0].create(name=f"made {len(readers.statuses)}")["id"]
        assert made in pair[1].ids()
        shared_standby.start()
    until(lambda: all(state(registry) == "in-use" for registry in pair), "reads from the standby")
    # A standby that accepts connections and does not answer.
    with halted(shared_standby):
        until(lambda: all(state(registry) == "unreachable" for registry in pair), "the loss to be known")
    until(lambda: all(state(registry) == "in-use" for registry in pair), "reads from the standby")
    readers.end()


def test_a_standby_that_was_promoted_answers_no_read(open_pair, primary):
    with contextlib.closing(PostgreSQLStandby(primary)) as standby:
        (registry, other), at_standby = open_pair(standby)
        icc = registry.create()["id"]
        until(lambda: registry.get(f"/v1/iccs/{icc}") and answered(registry), "answers of the standby")
        standby.promote()
        assert standby.query(at_standby, "SELECT pg_is_in_recovery()") == ["f"]
        counts = [answered(each) for each in (registry, other)]
        # The promoted server has changes of its own, which no read may show.
        standby.query(at_standby, "SET session_replication_role = replica; UPDATE iccs SET version = 99")
        for version in range(1, 8):
            for each in (registry, other):
                assert each.get(f"/v1/iccs/{icc}")["version"] == version
            patch(registry, icc, version)
        assert [answered(each) for each in (registry, other)] == counts
        until(
            lambda: all(state(each) in ("not-following", "unreachable") for each in (registry, other)),
            "the promotion to be known")
        for each in (registry, other):
            assert each.stop() == 0


def test_a_replica_that_cannot_be_one_is_refused(primary, command):
    database = primary.create_database()
    serve = ("serve", "--listen", "127.0.0.1:0", "--database")
    with contextlib.closing(PostgreSQLServer("fsync=off")) as foreign:
        other = at(foreign, foreign.create_database())
        refused = command(*serve, database, "--database-replica", other)
    assert refused.returncode == 1 and "is not a standby of the server in `database`" in refused.stderr
    refused = command(*serve, "registry.db", "--database-replica", database)
    assert refused.returncode == 2 and "needs the URI of a PostgreSQL database" in refused.stderr
    refused = command(*serve, database, "--database-replica", "postgres://registry:secret@/x")
    assert refused.returncode == 2 and "password" in refused.stderr and "secret" not in refused.stderr
    refused = command(*serve, database, "--database-replica", "standby.db")
    assert refused.returncode == 2 and "must be a URI that starts with postgres://" in refused.stderr
    empty = primary.create_database()
    primary.query(empty, "CREATE ROLE plain LOGIN")
    primary.query(empty, "GRANT ALL ON SCHEMA public TO plain")
    plain = empty.replace("registry@", "plain@")
    refused = command(*serve, plain, "--database-replica", plain)
    assert refused.returncode == 1 and "GRANT pg_monitor" in refused.stderr, refused.stderr
