"""What is put between clients, registries and PostgreSQL: HAProxy in front of two instances, and PgBouncer behind them."""

import contextlib
import copy
import os
import subprocess
import time

import pytest

from cluster import DEEP, FeedReader, RetryingWriters, check_complete
from postgresql_server import PostgreSQLServer, replicated
from proxies import haproxy
from waiting import until


def test_clients_of_haproxy_lose_nothing_if_an_instance_and_the_primary_are_killed(start, tmp_path):
    begun, transcript = time.monotonic(), []

    def note(text):
        transcript.append(f"{time.monotonic() - begun:6.1f} s  {text}")

    with replicated() as (primary, standby, name, hosts):
        first = start(database=hosts)
        pair = first, start(database=hosts, token=first.token)
        with haproxy(tmp_path, [registry.port for registry in pair]) as port:
            proxied = copy.copy(pair[1])
            proxied.port = port
            until(lambda: proxied.call("GET", "/readyz")[0] == 200, "an instance to be ready")
            feed = FeedReader([proxied])
            writers = RetryingWriters([proxied], 6, 2_000 if DEEP else 60)
            until(lambda: len(writers.acknowledged) >= 60, "writes")
            metrics = proxied.call("GET", "/metrics")[2].decode()
            assert "\nicc_registry_database_standbys 1\n" in metrics
            assert "\nicc_registry_database_replication_lag_seconds " in metrics
            note(f"{len(writers.acknowledged)} creates acknowledged; kill -9 of an instance")
            pair[0].kill()
            before = len(writers.acknowledged)
            until(lambda: len(writers.acknowledged) >= before + 60, "writes without that instance")
            note(f"{len(writers.acknowledged)} creates acknowledged; kill of the primary")
            rejections = len(writers.rejections)
            primary.stop()
            until(lambda: len(writers.rejections) > rejections, "rejections")
            standby.promote()
            note(f"standby promoted after {len(writers.rejections) - rejections} responses other than 201")
            before = len(writers.acknowledged)
            until(lambda: len(writers.acknowledged) > before, "a write after the failover")
            note("first create acknowledged by the new primary")
            writers.end()
            seen = feed.end()
            note(f"{len(writers.acknowledged)} creates acknowledged, each sent again until it was")
            metrics = proxied.call("GET", "/metrics")[2].decode()
            assert "\nicc_registry_database_primary 1\n" in metrics
            assert {status for status, _, _ in writers.rejections} <= {409, 502, 503, 504}
            at_standby = f"postgres://registry@/{name}?host={standby.folder}"
            check_complete(standby, at_standby, proxied, writers, seen)
            rows = standby.query(at_standby, "SELECT count(*) FROM iccs")[0]
            note(f"checker: {rows} ICCs in the database, {seen} events seen in order, none missing, none twice")
        assert pair[1].stop() == 0
    print("\n".join(transcript))


@contextlib.contextmanager
def pgbouncer(server, mode):
    """Runs PgBouncer in front of the server; yields the folder of its socket, which is that of the server."""
    file = f"{server.folder}/pgbouncer-{mode}.ini"
    with open(file, "w") as settings:
        settings.write(
            f"[databases]\n* = host={server.folder} user=registry\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n"
            f"unix_socket_dir = {server.folder}\nauth_type = any\npool_mode = {mode}\nmax_client_conn = 200\n"
            "default_pool_size = 60\n")
    user = [] if os.geteuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    with open(f"{server.folder}/pgbouncer-{mode}.log", "wb") as log:
        process = subprocess.Popen([*user, "/usr/sbin/pgbouncer", file], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        socket = f"{server.folder}/.s.PGSQL.6432"
        until(lambda: os.path.exists(socket) or process.poll() is not None, "PgBouncer to listen")
        assert process.poll() is None, open(log.name).read()
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def server():
    server = PostgreSQLServer("max_connections=200")
    yield server
    server.close()


def test_pgbouncer_in_session_mode_is_like_no_pgbouncer(server, start, command):
    direct = server.create_database()
    pooled = direct + "&port=6432"
    with pgbouncer(server, "session"):
        first = start(database=pooled)
        pair = first, start(database=pooled, token=first.token)
        feed = FeedReader(pair[:1])
        writers = RetryingWriters(pair, 6, 40)
        until(lambda: len(writers.acknowledged) >= 60, "writes")
        # PgBouncer ends the transaction of a client that has gone, and with it the lock of all writers.
        pair[1].kill()
        writers.end()
        check_complete(server, direct, pair[0], writers, feed.end())
        assert pair[0].stop() == 0
        done = command("verify-database", "--database", pooled)
        assert done.returncode == 0, done.stdout
        assert command("copy", "--from", pooled, "--to", "copy.db").returncode == 0


@pytest.mark.parametrize("mode", ["transaction", "statement"])
def test_pgbouncer_in_another_mode_is_refused(server, command, mode):
    database = server.create_database()
    with pgbouncer(server, mode):
        for words in [("serve", "--listen", "127.0.0.1:0"), ("migrate",), ("migrate",)]:
            done = command(*words, "--database", database + "&port=6432")
            assert done.returncode == 1 and "pool_mode" in done.stderr, done.stderr
    assert server.query(database, "SELECT to_regclass('iccs') IS NULL") == ["t"]
