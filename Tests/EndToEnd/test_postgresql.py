"""Several registries on one PostgreSQL database: order, races, lost processes, a server that stops, and the commands."""

import contextlib
import json
import os
import resource
import subprocess
import threading
import time

import pytest

from cluster import FeedReader, RetryingWriters, check_complete
from deep import DEEP
from faked_clock import FakedClock
from postgresql_server import PostgreSQLServer, holding, replicated
from registry_process import ARTICLE
from version_writers import VersionWriters
from waiting import until

EVENTS = int(os.environ.get("TESTS_EVENTS", 1_000_000 if DEEP else 1_500))


@pytest.fixture(scope="module")
def server():
    server = PostgreSQLServer("max_connections=200")
    yield server
    server.close()


@pytest.fixture
def database(server):
    return server.create_database()


@pytest.fixture
def pair(start, database):
    """Two instances that share a database and the first token."""
    first = start(database=database)
    return first, start(database=database, token=first.token)


def test_an_instance_shows_the_writes_of_the_other_at_once(pair):
    for number in range(20):
        writer, reader = pair[number % 2], pair[1 - number % 2]
        icc = writer.create(name=f"ICC {number}")
        status, headers, _ = reader.call("GET", f"/v1/iccs/{icc['id']}")
        assert status == 200 and headers["ETag"] == '"1"'
        assert reader.call("PATCH", f"/v1/iccs/{icc['id']}", {"prefix": "other/"}, headers={
            "Content-Type": "application/merge-patch+json", "If-Match": '"1"'})[0] == 200
        assert writer.get(f"/v1/iccs/{icc['id']}")["version"] == 2
    page = pair[0].get("/v1/iccs?limit=7")
    assert pair[1].get(f"/v1/iccs?limit=7&cursor={page['nextCursor']}")["items"]


def peak_megabytes():
    """The peak of the resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def test_a_change_reads_no_earlier_events_of_its_icc(server, database, start):
    registry = start(database=database)
    icc = registry.create()
    for number in range(200):
        status, _, _ = registry.call("PATCH", f"/v1/iccs/{icc['id']}", {"description": str(number)}, headers={
            "Content-Type": "application/merge-patch+json"})
        assert status == 200
    assert registry.stop() == 0
    # The server counts what its processes have read when they end.
    writers = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'icc-registry%'"
    until(lambda: server.query(database, writers) == ["0"], "the end of the connections")
    assert int(server.query(database, "SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'events'")[0]) < 200 * 10


def test_the_feed_is_complete_although_an_instance_is_killed(server, database, pair):
    feed = FeedReader(pair[:1])
    writers = RetryingWriters(pair, 8, 1_000 if DEEP else 40)
    until(lambda: len(writers.acknowledged) >= 100, "writes")
    pair[1].kill()
    writers.end()
    check_complete(server, database, pair[0], writers, feed.end())


@pytest.mark.timeout(600 if EVENTS <= 10_000 else 7_200)
def test_many_events_are_seen_once_and_in_order_although_instances_are_killed(start, binary):
    """TESTS_EVENTS events: a million with --deep, for about 20 minutes on two quiet cores.

    Only instances are killed, so the server does not sync. Writers and reader remember one number each.
    """
    with contextlib.closing(PostgreSQLServer("max_connections=200", "fsync=off", "shared_buffers=256MB")) as server:
        database, limits = server.create_database(), ["--max-organisation-requests-per-second", 0]
        registries = [start(*limits, database=database)]
        registries.append(start(*limits, database=database, token=registries[0].token))
        feed, writers, started = FeedReader(registries), VersionWriters(registries, 64 if EVENTS > 10_000 else 8), time.monotonic()
        kills = max(3, EVENTS // 15_000)
        for kill in range(1, kills + 1):
            until(lambda: writers.applied >= kill * EVENTS // (kills + 1), "events", 600)
            registries[kill % 2].kill()
            registries[kill % 2] = start(*limits, database=database, token=registries[0].token)
        until(lambda: writers.applied >= EVENTS, "events", 600)
        writers.end()
        seconds = time.monotonic() - started
        last = feed.end(600)
        print(f"{last} events in {seconds:.0f} s, {last / seconds:.0f}/s; {kills} kills; {writers.unacknowledged} changes applied "
              f"without a response; other statuses: {writers.others}; peak memory {peak_megabytes()} MB")
        assert set(writers.others) <= {503}
        counted = server.query(database, "SELECT count(*), max(seq), count(*) FILTER (WHERE kind LIKE 'icc.%') FROM events")
        assert counted == [f"{last}|{last}|{writers.applied}"]
        examined = subprocess.run([binary, "verify-database", "--database", database], capture_output=True, text=True, timeout=3_600)
        assert examined.returncode == 0 and examined.stdout.startswith(f"{last}:"), examined.stdout[:2_000]


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_server_that_stops_under_load_loses_nothing(server, database, pair, mode):
    feed = FeedReader(pair)
    writers = RetryingWriters(pair, 6, 1_000 if DEEP else 60)
    until(lambda: len(writers.acknowledged) >= 60, "writes")
    server.stop(mode)
    until(lambda: len(writers.rejections) >= 12, "rejections")
    for registry in pair:
        status, headers, content = registry.call("GET", "/v1/iccs")
        assert status == 503 and headers["Retry-After"] and json.loads(content)["code"] == "unavailable"
        status, _, content = registry.call("GET", "/readyz")
        assert status == 503 and json.loads(content)["reason"] == "database-unreachable"
        assert registry.call("GET", "/healthz")[0] == 200
    server.start()
    writers.end()
    for registry in pair:
        until(lambda: registry.call("GET", "/readyz")[0] == 200, "the registry to be ready", 30)
    assert {(status, bool(after)) for status, after, _ in writers.rejections} <= {(503, True), (409, True)}
    assert not any(b"name.taken" in content for _, _, content in writers.rejections)
    check_complete(server, database, pair[0], writers, feed.end())


def test_reads_that_wait_for_the_server_hold_no_event_loop(server, database, start):
    registry = start("--threads", 1, database=database)
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    statuses = []
    readers = [
        threading.Thread(target=lambda: statuses.append(registry.call("GET", "/v1/iccs?limit=1")[0])) for _ in range(30)]
    with holding(database, "LOCK TABLE tokens"):
        for reader in readers:
            reader.start()
        until(lambda: int(server.query(database, waiting)[0]) >= 10, "reads that wait")
        for _ in range(8):
            assert registry.call("GET", "/healthz")[0] == 200
        assert statuses == []
    for reader in readers:
        reader.join(60)
    assert statuses == [200] * 30


def test_a_standby_takes_over_with_every_acknowledged_write(start):
    with replicated() as (primary, standby, name, hosts):
        first = start(database=hosts)
        pair = first, start(database=hosts, token=first.token)
        feed = FeedReader(pair)
        writers = RetryingWriters(pair, 6, 1_000 if DEEP else 40)
        until(lambda: len(writers.acknowledged) >= 60, "writes")
        primary.stop()
        until(lambda: len(writers.rejections) >= 6, "rejections")
        standby.promote()
        writers.end()
        assert not any(b"name.taken" in content for _, _, content in writers.rejections)
        check_complete(standby, f"postgres://registry@/{name}?host={standby.folder}", pair[0], writers, feed.end())
        for registry in pair:
            assert registry.stop() == 0


def test_commands_work_on_the_database(server, database, command, start, tmp_path):
    option = ("--database", database)
    shown = database.replace("registry@", "").split("?")[0]
    for words in [("token", "list"), ("export",)]:
        failed = command(*words, *option)
        assert failed.returncode == 1 and f"{shown} is empty" in failed.stderr
    assert "pending" in command("migrate", "--status", *option).stdout
    assert "applied" in command("migrate", *option).stdout
    token = command("token", "create", "--role", "admin", "--name", "first", *option).stdout.strip()
    registry = start(database=database, token=token)
    icc = registry.create()
    exported = command("export", *option)
    assert icc["externalId"] in exported.stdout
    identifier = command("token", "list", *option).stdout.split("\t")[0]
    (tmp_path / "iccs.ndjson").write_text(exported.stdout)
    other = ("--database", server.create_database())
    assert command("migrate", *other).returncode == 0
    assert "1 ICCs were imported" in command("import", "--apply", "iccs.ndjson", *other).stdout
    assert json.loads(command("export", *other).stdout)["externalId"] == icc["externalId"]
    for words, advice in [(("backup", "f"), "pg_dump"), (("restore", "f"), "pg_restore")]:
        refused = command(*words, *option)
        assert refused.returncode == 1 and advice in refused.stderr and shown in refused.stderr
    metrics = registry.call("GET", "/metrics")[2].decode()
    assert "\nicc_registry_database_connections_max 16\n" in metrics and 'icc_registry_iccs{status="unverified"} 1' in metrics
    assert "icc_registry_wal_bytes" not in metrics and "\nicc_registry_database_bytes 0\n" not in metrics
    assert command("token", "revoke", identifier, *option).returncode == 0
    assert registry.call("GET", "/v1/iccs")[0] == 401


def test_one_instance_makes_checkpoints_and_another_one_goes_on_when_it_is_killed(server, database, start, command, tmp_path):
    key, public = tmp_path / "checkpoint.key", tmp_path / "checkpoint.pub"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    files, registries = [tmp_path / "first", tmp_path / "second"], []
    for file in files:
        registries.append(start(
            "--checkpoint-to", file, "--checkpoint-key", key, "--checkpoint-seconds", 1, database=database,
            token=registries[0].token if registries else None))

    def last(file):
        # A file is there before its first line is.
        lines = file.read_text().splitlines() if file.exists() else []
        return json.loads(lines[-1])["seq"] if lines else 0

    for number in range(3):
        registries[number % 2].create(name=f"ICC {number}")
        head = registries[0].get("/v1/events?limit=1")["head"]["seq"]
        until(lambda: max(map(last, files)) == head, "the checkpoint", 30)
        assert sum(file.exists() for file in files) == 1
    holder = next(number for number, file in enumerate(files) if file.exists())
    made = files[holder].read_text()
    registries[holder].kill()
    other = registries[1 - holder]
    other.create(name="after")
    head = other.get("/v1/events?limit=1")["head"]["seq"]
    until(lambda: last(files[1 - holder]) == head, "a checkpoint by the other instance", 60)
    assert files[holder].read_text() == made
    assert subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", public], capture_output=True).returncode == 0
    for file in files:
        intact = command("verify-database", "--database", database, "--checkpoints", file, "--checkpoint-public-key", public)
        assert intact.returncode == 0, intact.stdout
    numbers = [json.loads(line)["seq"] for file in (files[holder], files[1 - holder]) for line in file.read_text().splitlines()]
    assert numbers == sorted(set(numbers)), "two instances kept the same checkpoint"
    assert server.query(database, "SELECT count(*), min(job) FROM leases WHERE job = 'checkpoints'") == ["1|checkpoints"]
    metrics = other.call("GET", "/metrics")[2].decode()
    assert "\nicc_registry_database_primary 1\n" in metrics and "\nicc_registry_database_standbys 0\n" in metrics


def test_one_instance_sweeps_and_another_one_does_when_it_is_killed(server, database, start, command, tmp_path):
    """With --deep the lease expires by itself, which takes two minutes."""
    clocks = [FakedClock(tmp_path / f"clock-{number}") for number in range(2)]
    assert command("migrate", "--database", database).returncode == 0
    made = command(
        "token", "create", "--role", "admin", "--name", "long", "--expires-in", 3_650, "--database", database)
    first = start(database=database, environment=clocks[0].environment, token=made.stdout.strip())
    other = start(database=database, environment=clocks[1].environment, token=first.token)

    def create(name):
        status, _, content = first.call("POST", "/v1/iccs", {**ARTICLE, "name": name}, headers={"Idempotency-Key": name})
        assert status == 201, content

    def keys():
        assert server.query(database, "SELECT count(*) FROM leases WHERE job = 'sweep'") in (["0"], ["1"])
        return int(server.query(database, "SELECT count(*) FROM idempotency_keys")[0])

    def last_use():
        return int(server.query(database, "SELECT coalesce(max(last_used_at), 0) FROM tokens")[0])

    def use(number, days):
        """A use of the token on a day, which the instance stores in the transaction in which it would sweep."""
        clocks[number].set(days)
        begun = last_use()
        (first, other)[number].get("/v1/iccs?limit=1")
        until(lambda: last_use() > begun, "the stored use")

    create("one")
    use(0, 2)
    until(lambda: keys() == 0, "the sweep of the first instance")
    holder = server.query(database, "SELECT holder FROM leases WHERE job = 'sweep'")
    create("two")
    use(1, 4)
    assert keys() == 1, "two instances sweep"
    first.kill()
    left = "SELECT expires_at - extract(epoch FROM clock_timestamp()) * 1000 <= 120000 FROM leases WHERE job = 'sweep'"
    assert server.query(database, left) == ["t"]
    if not DEEP:
        server.query(database, "UPDATE leases SET expires_at = 0 WHERE job = 'sweep'")
    for day in range(5, 1_000):
        use(1, day)
        if keys() == 0:
            break
        assert DEEP and server.query(database, left) == ["t"]
        time.sleep(1)
    assert keys() == 0 and server.query(database, "SELECT holder FROM leases WHERE job = 'sweep'") != holder


# Each statement as someone would run it who can switch the triggers off, and what the examination says.
TAMPERED = [
    ("UPDATE iccs SET bucket_name = 'evil-bucket' WHERE name = 'first'", "bucketName"),
    ("UPDATE iccs SET name_folded = 'x' WHERE name = 'first'", "a case-insensitive text does not belong to its text"),
    ("UPDATE events SET actor = 'someone' WHERE seq = 3", "event 3 of the audit trail was altered"),
    ("DELETE FROM events WHERE seq = 3", "event 3 of the audit trail is missing"),
    ("UPDATE events SET number = number + 1 WHERE seq = 3", "the wrong number within its subject"),
    ("UPDATE tokens SET hash = sha256('x')", "hash"), ("UPDATE tokens SET role = 'monitor'", "role"),
    ("UPDATE organisations SET name = 'Other'", "organisation default: name"),
    ("UPDATE external_ids SET icc = (SELECT max(seq) FROM iccs) WHERE state = 'retired'", "is recorded as another ICC's"),
    ("DELETE FROM external_ids WHERE state = 'retired'", "is not recorded as issued, but an event issued it"),
    ("UPDATE external_ids SET state = 'retired', retired_at = 1 WHERE state = 'pending'", "pending external ID of"),
    ("UPDATE counts SET value = value + 1 WHERE name = 'iccs.unverified'", "the count iccs.unverified is"),
    ("UPDATE organisation_counts SET iccs = 9", "the count of the ICCs of default is 9"),
    ("DELETE FROM events WHERE subject = (SELECT id FROM iccs WHERE name = 'last')", "but no event created it"),
]


def test_what_someone_changes_around_the_registry_is_found(server, database, command, start):
    registry = start(database=database)
    first, second = registry.create(name="first"), registry.create(name="second")
    for icc, steps in [(first, ["rotate", "promote"]), (second, ["rotate"])]:
        for step in steps:
            assert registry.call("POST", f"/v1/iccs/{icc['id']}/external-id/{step}")[0] == 200
    registry.create(name="last")
    assert registry.stop() == 0
    intact = command("verify-database", "--database", database)
    assert intact.returncode == 0, intact.stdout
    anchor = intact.stdout.strip()
    for statement, finding in TAMPERED:
        copy = server.create_database(database)
        server.query(copy, f"SET session_replication_role = replica; {statement}")
        found = command("verify-database", "--database", copy)
        assert found.returncode == 1 and finding in found.stdout, (statement, found.stdout)
    cut = server.create_database(database)
    server.query(cut, f"SET session_replication_role = replica; DELETE FROM events WHERE seq = {anchor.split(':')[0]}")
    found = command("verify-database", "--anchor", anchor, "--database", cut)
    assert found.returncode == 1 and "the anchor does not match" in found.stdout


def test_a_password_is_neither_accepted_as_an_argument_nor_shown(command, start, database):
    with_password = database.replace("registry@", "registry:secret@")
    refused = command("token", "list", "--database", with_password)
    assert refused.returncode == 2 and "password file" in refused.stderr and "secret" not in refused.stderr
    variable = {"ICC_REGISTRY_DATABASE": with_password}
    assert command("migrate", environment=variable).returncode == 0
    unreachable = {"ICC_REGISTRY_DATABASE": "postgres://registry:secret@127.0.0.1:1/a?connect_timeout=2"}
    failed = command("token", "list", environment=unreachable)
    assert failed.returncode == 1 and "postgres://127.0.0.1:1/a" in failed.stderr and "secret" not in failed.stderr
