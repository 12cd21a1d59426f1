"""The registry on PostgreSQL beside SQLite, with one, two and four instances, and during a failover."""

import concurrent.futures
import contextlib
import http.client
import json
import pathlib
import random
import statistics
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from measuring import cpu_seconds, wrk  # noqa: E402
from postgresql_server import PostgreSQLServer, replicated  # noqa: E402
from servers import registry  # noqa: E402

CONNECTIONS = 64
INSTANCES = (1, 2, 4)
CLIENTS = 8


def fill(binary, seeded, uri):
    """Copies the seeded ICCs into an empty database."""
    subprocess.run([binary, "copy", "--from", seeded.path, "--to", uri], check=True, capture_output=True, timeout=3600)


def backend_seconds(server):
    """The processor time so far of all processes of a PostgreSQL server: its own, and those of its children that have ended."""
    root = int((pathlib.Path(server.folder) / "data/postmaster.pid").read_text().split()[0])
    processes = [root]
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == root:
                processes.append(int(path.parent.name))
    ended = pathlib.Path(f"/proc/{root}/stat").read_text().rsplit(")", 1)[1].split()
    used = (int(ended[13]) + int(ended[14])) / 100
    for process in processes:
        with contextlib.suppress(OSError):
            used += cpu_seconds(process)
    return used


def load(servers, seconds, arguments):
    """All servers under load at the same time: requests, requests a second, and the highest median and 99th percentile in ms."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        found = list(pool.map(
            lambda each: wrk(each[1].url, CONNECTIONS // len(servers), seconds, [each[1].token, *arguments(each[0])]),
            enumerate(servers)))
    rate = sum(run["requests"] / run["microseconds"] * 1e6 for run in found)
    return (sum(run["requests"] for run in found), rate, max(run["p50"] for run in found) / 1000,
            max(run["p99"] for run in found) / 1000)


def add_load(table, what, options, servers, backend, arguments):
    """Adds the medians of some rounds; CPU is for 10,000 requests, of the instances and of PostgreSQL."""
    runs = []
    for number in range(options.rounds):
        own, other = sum(cpu_seconds(each.process.pid) for each in servers), backend()
        requests, *figures = load(servers, options.seconds, lambda index: arguments(number, index))
        own = (sum(cpu_seconds(each.process.pid) for each in servers) - own) / requests * 10_000
        runs.append((own, (backend() - other) / requests * 10_000, *figures))
    own, other, rate, middle, high = (statistics.median(column) for column in zip(*runs))
    table.add(what, f"{own:.2f} s", f"{other:.2f} s" if other else "", f"{rate:,.0f}/s", f"{middle:.2f}", f"{high:.2f}")


def add_both(table, where, options, servers, backend, sample, word):
    add_load(table, f"read, {where}", options, servers, backend, lambda number, index: [sample])
    add_load(table, f"create, {where}", options, servers, backend, lambda number, index: ["create", f"{word}-{number}-{index}"])


def create_until_made(ports, token, name):
    """Creates an ICC with an idempotency key, again after each failure; returns the milliseconds until it was acknowledged."""
    started = time.perf_counter()
    body = json.dumps({
        "name": name, "connectorType": "s3-cross-account", "userArn": f"arn:aws:iam::111122223333:role/{name}",
        "sessionName": name, "bucketName": "acme-data", "prefix": "p/"})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": name}
    for attempt in range(100_000):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", ports[attempt % len(ports)], timeout=30)
            with contextlib.closing(connection):
                connection.request("POST", "/v1/iccs", body, headers)
                status = connection.getresponse().status
            if status == 201:
                return (time.perf_counter() - started) * 1000
            assert status == 503, status
        time.sleep(0.05)
    raise TimeoutError("the registry did not recover")


def measure_failover(options, seeded, table):
    """The latency of creates, retries included, while the primary stops and a synchronous standby is promoted."""
    with contextlib.ExitStack() as stack:
        primary, standby, _, uri = stack.enter_context(replicated())
        fill(options.binary, seeded, uri)
        servers = [stack.enter_context(registry(options.binary, seeded, database=uri)) for _ in range(2)]
        ports, is_over, taken = [each.port for each in servers], threading.Event(), []

        def client(number):
            count = 0
            while not is_over.is_set():
                count += 1
                taken.append(create_until_made(ports, seeded.token, f"failover-{number}-{count}"))

        threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(4)
        primary.stop()
        standby.promote()
        time.sleep(4)
        is_over.set()
        for thread in threads:
            thread.join()
        taken.sort()
        table.add(
            f"create, {CLIENTS} clients, the primary stops and the standby is promoted", "", "", f"{len(taken)} in 8 s",
            f"{taken[len(taken) // 2]:.2f}", f"{taken[int(len(taken) * 0.99)]:.2f}; at most {taken[-1]:,.0f}")


def measure_postgresql(options, seeded, table):
    """Adds reads and creates on SQLite and on PostgreSQL with the same ICCs on the same machine."""
    size, sample = f"{seeded.count:,} ICCs", seeded.sample(10_000, random.Random(seeded.count))
    with registry(options.binary, seeded) as alone:
        add_both(table, f"{size}, SQLite", options, [alone], lambda: 0, sample, "sqlite")
    with contextlib.closing(PostgreSQLServer("max_connections=200", "shared_buffers=512MB")) as server:
        uri = server.create_database()
        fill(options.binary, seeded, uri)
        for count in INSTANCES:
            with contextlib.ExitStack() as stack:
                servers = [stack.enter_context(registry(options.binary, seeded, database=uri)) for _ in range(count)]
                where = f"{size}, PostgreSQL, {count} instance{'s' if count > 1 else ''}"
                add_both(table, where, options, servers, lambda: backend_seconds(server), sample, f"pg{count}")
