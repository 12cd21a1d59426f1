"""A registry is copied between SQLite and PostgreSQL with its whole history: there and back, nothing differs."""

import datetime
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest

from life import live
from deep import DEEP
from postgresql_server import PostgreSQLServer
from registry_process import ARTICLE
from stores import query
from tampering import opened, tamper
from waiting import until

EVENTS = 1_000_000 if DEEP else 20_000


@pytest.fixture(scope="module")
def server():
    server = PostgreSQLServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def lived(binary, tmp_path_factory):
    return live(binary, tmp_path_factory.mktemp("life"))


@pytest.fixture
def copy(command):
    """Copies a database and returns what was printed about its tables."""

    def run(source, target):
        done = command("copy", "--from", source, "--to", target)
        assert done.returncode == 0, done.stderr
        assert done.stderr.endswith("all values are equal\n")
        return done.stdout

    return run


def rows(database):
    """All rows of a file, but the times of its migrations."""
    with opened(database) as connection:
        tables = [name for name, in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('migrations', 'sqlite_sequence')")]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}


def test_a_registry_goes_there_and_back(lived, server, start, copy, command, tmp_path):
    original, token = tmp_path / "registry.db", lived.registry.token
    shutil.copyfile(lived.database, original)
    first = start(database=original, token=token)
    keyed = {"Idempotency-Key": "once"}
    made = json.loads(first.call("POST", "/v1/iccs", {**ARTICLE, "name": "keyed"}, headers=keyed)[2])
    tomorrow = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    usage = f"/v1/iccs/{lived.icc}/usages/job-1"
    assert first.call("PUT", usage, {"description": "a job", "expiresAt": tomorrow})[0] == 201
    link = json.loads(first.call("POST", f"/v1/iccs/{lived.icc}/hand-over", {})[2])
    page = first.get("/v1/iccs?limit=2")
    # One consistent state of a database that a server uses.
    database = server.create_database()
    printed = copy(original, database)
    assert first.stop() == 0
    intact = command("verify-database", "--database", database)
    assert intact.returncode == 0, intact.stdout
    assert printed.splitlines()[-1] == intact.stdout.strip()
    assert printed == copy(database, tmp_path / "back.db")
    assert rows(original) == rows(tmp_path / "back.db")
    assert command("verify-database", "--database", tmp_path / "back.db").stdout == intact.stdout
    exports = [command("export", "--database", each).stdout for each in (original, database, tmp_path / "back.db")]
    assert exports[0] == exports[1] == exports[2] and made["externalId"] in exports[0]

    second = start(database=database, token=token)
    status, headers, content = second.call("POST", "/v1/iccs", {**ARTICLE, "name": "keyed"}, headers=keyed)
    assert (status, headers["Idempotency-Replayed"], json.loads(content)) == (201, "true", made)
    assert second.get(f"/v1/iccs?limit=2&cursor={page['nextCursor']}")["items"]
    assert second.get(f"/v1/iccs/{lived.icc}/usages")["items"][0]["key"] == "job-1"
    assert second.get(f"/v1/iccs/{lived.icc}/hand-overs")["items"][0]["id"] == link["id"]
    assert second.create(name="after")["version"] == 1
    assert second.stop() == 0
    intact = command("verify-database", "--database", database)
    assert intact.returncode == 0, intact.stdout


def test_only_an_empty_database_that_no_server_uses_is_filled(lived, server, start, command, tmp_path):
    full, used = tmp_path / "full.db", server.create_database()
    shutil.copyfile(lived.database, full)
    registry = start(database=used)
    unused = server.create_database()
    for words, code, message in [
        (("--from", full, "--to", full), 1, "has data"), (("--from", full, "--to", used), 1, "has data"),
        (("--from", unused, "--to", tmp_path / "new.db"), 1, "has pending migrations"),
        (("--from", tmp_path / "missing.db", "--to", unused), 1, "does not exist"),
        (("--from", full), 2, "missing: --to"),
        (("--from", full, "--to", "postgres://a:secret@127.0.0.1/b"), 2, "must not contain a password"),
    ]:
        done = command("copy", *words)
        assert done.returncode == code and message in done.stderr and "secret" not in done.stderr, done.stderr
    assert query(unused, "SELECT to_regclass('iccs') IS NULL") == [("t",)]
    assert registry.stop() == 0
    with subprocess.Popen(["psql", "--quiet", unused], stdin=subprocess.PIPE, text=True, env={
            **os.environ, "PGAPPNAME": "icc-registry reader"}) as other:
        until(lambda: int(query(unused, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'icc-registry reader'"
                                        " AND datname = current_database()")[0][0]), "the other connection")
        done = command("copy", "--from", full, "--to", unused)
        assert done.returncode == 1 and "an icc-registry uses" in done.stderr, done.stderr
        other.stdin.close()
    assert command("copy", "--from", full, "--to", unused).returncode == 0


def with_events(lived, path):
    """A copy of the database with many events more."""
    shutil.copyfile(lived.database, path)
    more = f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {EVENTS})
        INSERT INTO events (at, kind, administrators_only, actor, subject, organisation, changes, hash, number)
        SELECT i, 'icc.updated', 0, 'command-line', '{lived.icc}', 'default',
          '{{"prefix":{{"before":"' || i || '","after":"x/"}}}}', randomblob(32), 1000 + i FROM n"""
    tamper(path, more)
    return path


# Runs a command and prints its time, processor time and peak memory, in a small process of its own.
MEASURED = """
import json, resource, subprocess, sys, time
start = time.monotonic()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""


def measured(*words):
    done = subprocess.run([sys.executable, "-c", MEASURED, *map(str, words)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def killed_copy(binary, source, new_target, has_begun, total):
    """Returns the target of a copy that was killed before its commit: on a busy machine, a kill can come after it."""
    for _ in range(5):
        target = new_target()
        words = [binary, "copy", "--from", source, "--to", target]
        with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
            until(lambda: process.poll() is not None or has_begun(target), "the copy of the events", 120)
            process.kill()
        assert process.returncode in (0, -signal.SIGKILL)
        found = query(target, "SELECT count(*) FROM events")
        if found == [("0",)]:
            return target
        assert found == total
    raise AssertionError("five kills came after the commit")


def inserts_events(database):
    of_copy = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'icc-registry copy'"
    return query(database, f"{of_copy} AND query LIKE 'INSERT INTO events%'")


def has_long_log(file):
    log = file.with_name(file.name + "-wal")
    return log.exists() and log.stat().st_size > 100_000


def test_many_events_take_little_memory_and_a_killed_copy_is_repeated(lived, server, binary, tmp_path):
    source, files = with_events(lived, tmp_path / "many.db"), itertools.count()
    total = query(source, "SELECT count(*) FROM events")
    database = killed_copy(binary, source, server.create_database, inserts_events, total)
    measures = [measured(binary, "copy", "--from", source, "--to", database)]
    assert query(database, "SELECT count(*) FROM events") == total
    back = killed_copy(binary, database, lambda: tmp_path / f"back{next(files)}.db", has_long_log, total)
    measures.append(measured(binary, "copy", "--from", database, "--to", back))
    print(f"{EVENTS} events: seconds, processor time and KB of the copy to PostgreSQL and back: {measures}")
    with opened(back) as connection:
        connection.execute("ATTACH ? AS original", (str(source),))
        assert connection.execute("SELECT count(*) FROM (SELECT * FROM events EXCEPT SELECT * FROM original.events)").fetchone() == (0,)
    assert query(back, "SELECT count(*) FROM events") == total
    assert max(measure[2] for measure in measures) < 100_000


def test_a_copy_keeps_the_rules_of_the_database(lived, server, copy, tmp_path):
    database = server.create_database()
    copy(lived.database, database)
    copy(database, tmp_path / "back.db")
    with opened(tmp_path / "back.db") as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM events")
    with pytest.raises(AssertionError, match="append-only"):
        query(database, "DELETE FROM events")
