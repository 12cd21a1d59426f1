"""One client's latency beside others that take all they can get: lists, creates, and the sweep of expired keys."""

import contextlib
import http.client
import json
import os
import random
import sqlite3
import subprocess
import threading
import time

from measuring import HERE, memory_megabytes
from servers import registry

# Without the limits on one address and one organisation, so that the server itself has to be fair.
OPEN = ("--max-connections-per-address", "0", "--max-organisation-requests-per-second", "0")
LISTS = ["name=nothing+has+this", "status=verified", "limit=200"]
EXPIRED = 300_000


class Client:
    """A client with one kept connection, which waits between two requests, and its latencies in milliseconds."""

    def __init__(self, server, token, pause=0.002):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.token, self.pause, self.taken = token, pause, []

    def send(self, method, path, body=None, status=200):
        started = time.perf_counter()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.connection.request(method, path, body and json.dumps(body), headers)
        response = self.connection.getresponse()
        content = response.read()
        self.taken.append((time.perf_counter() - started) * 1000)
        assert response.status == status, (path, response.status, content)
        time.sleep(self.pause)
        return content

    def create(self):
        name = f"g{time.time_ns()}"
        self.send("POST", "/v1/iccs", status=201, body={
            "name": name, "connectorType": "s3-cross-account", "userArn": f"arn:aws:iam::111122223333:role/{name}",
            "sessionName": name, "bucketName": "acme-data", "prefix": "p/"})

    def latencies(self):
        """The median and the 99th percentile of the latencies since the last call."""
        taken, self.taken = sorted(self.taken), []
        return f"{taken[len(taken) // 2]:.2f} ms", f"{taken[int(len(taken) * 0.99)]:.2f} ms"


@contextlib.contextmanager
def listing(server, token, query, count=4):
    """Clients that send a list again as soon as it has come."""
    is_over = threading.Event()

    def run():
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
            while not is_over.is_set():
                connection.request("GET", f"/v1/iccs?{query}", headers={"Authorization": f"Bearer {token}"})
                connection.getresponse().read()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


@contextlib.contextmanager
def creating(server, token, connections, seconds):
    """Clients that create as fast as they can, for these seconds."""
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", HERE / "load.lua", server.url, "--", token,
             "create", f"w{connections}"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as load:
        time.sleep(1)
        yield
        load.terminate()


def measure_lists_beside(options, seeded, table):
    ids = seeded.sample(20_000, random.Random(1)).read_text().split()
    with registry(options.binary, seeded, *OPEN) as server:
        client = Client(server, seeded.token)

        def reads():
            for _ in range(300):
                client.send("GET", "/v1/iccs/" + random.choice(ids))
            return client.latencies()

        table.add(f"{seeded.count:,}", "read, alone", *reads())
        for query in LISTS:
            with listing(server, seeded.token, query):
                table.add(f"{seeded.count:,}", f"read, beside 4 clients that list `{query}`", *reads())


def measure_creates_beside(options, seeded, table):
    with registry(options.binary, seeded, *OPEN) as server:
        administrator = Client(server, seeded.token)
        tokens = {}
        for organisation in ("greedy", "good"):
            administrator.send("POST", "/v1/organisations", {"id": organisation, "name": organisation}, 201)
            body = {"name": organisation, "role": "editor", "organisation": organisation, "expiresInDays": 1}
            tokens[organisation] = json.loads(administrator.send("POST", "/v1/tokens", body, 201))["token"]
        client = Client(server, tokens["good"], 0.005)

        def creates():
            for _ in range(200):
                client.create()
            return client.latencies()

        table.add(f"{seeded.count:,}", "create, alone", *creates())
        for connections in (64, 900):
            with creating(server, tokens["greedy"], connections, 120):
                table.add(
                    f"{seeded.count:,}", f"create, beside {connections} connections of another organisation that create", *creates())


def measure_sweep(options, seeded, table):
    with contextlib.closing(sqlite3.connect(seeded.path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO idempotency_keys (token, key, fingerprint, created_at, status, body)"
            " SELECT id, ?, zeroblob(32), ?, 201, zeroblob(3000) FROM tokens LIMIT 1",
            ((os.urandom(12).hex(), number) for number in range(EXPIRED)))
        database.execute("COMMIT")
    with registry(options.binary, seeded, *OPEN) as server, contextlib.closing(sqlite3.connect(seeded.path)) as database:
        client = Client(server, seeded.token, 0.003)

        def left():
            return database.execute("SELECT sum(idempotency_keys) FROM token_counts").fetchone()[0] or 0

        while left() == EXPIRED:
            client.create()
        client.latencies()
        before = memory_megabytes(server.process.pid)
        while left() > 0:
            client.create()
        peak = memory_megabytes(server.process.pid, "VmHWM")
        what = f"create, beside the sweep of {EXPIRED:,} expired keys (memory {before:.0f} MB, at most {peak:.0f} MB)"
        table.add(f"{seeded.count:,}", what, *client.latencies())


def measure_neighbours(options, seeded, table):
    """Adds the latencies of a client beside lists, creates and the sweep."""
    measure_lists_beside(options, seeded, table)
    measure_creates_beside(options, seeded, table)
    measure_sweep(options, seeded, table)
